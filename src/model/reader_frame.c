/* SPDX-License-Identifier: MIT */
/*
 * reader_frame.c - frames between kith-reader and the engine, both directions.
 *
 * Before: reader/ has found a contact in a file, in a process of its own.
 * After:  fetch/fetch_file.c hands it to the engine.
 *
 * Bodies are numbers (8 bytes, low byte first) and texts (length, bytes), one after the other; a contact is a record
 * of codec.h. Writing and reading stand side by side, so that they can be compared.
 */
#include "model/reader_frame.h"

#include <string.h>

#include "base/text.h"
#include "model/codec.h"

enum { NUMBER_BYTES = 8, LENGTH_BYTES = 4, YEAR_MAX = 9999 };

/* --- Writing ------------------------------------------------------------- */

static void put_le(char *out, uint64_t number, size_t n_bytes)
{
    for (size_t i = 0; i < n_bytes; i++)
        out[i] = (char)(unsigned char)(number >> (8 * i) & 0xff);
}

/* out->full remembers what did not fit; seen at the frame's end. */
static void put_number(struct kith_buf *out, uint64_t number)
{
    char bytes[NUMBER_BYTES];

    put_le(bytes, number, sizeof(bytes));
    (void)kith_buf_add(out, bytes, sizeof(bytes));
}

static void put_text(struct kith_buf *out, const char *text)
{
    put_number(out, strlen(text));
    (void)kith_buf_add_text(out, text);
}

/* The head with a length that end_frame() fills in. Returns where the frame starts. */
static size_t begin_frame(struct kith_buf *out, enum kith_reader_frame_kind kind)
{
    static const char no_length_yet[LENGTH_BYTES];
    size_t start = out->len;

    (void)kith_buf_add_char(out, (char)kind);
    (void)kith_buf_add(out, no_length_yet, LENGTH_BYTES);
    return start;
}

/* Whole or not at all: half a frame would make the rest of the stream unreadable. */
static bool end_frame(struct kith_buf *out, size_t start)
{
    size_t body_bytes = out->len - start - KITH_READER_FRAME_HEAD_BYTES;

    if (out->full || body_bytes > KITH_READER_FRAME_BODY_MAX) {
        out->len = start;
        if (out->data)
            out->data[start] = '\0';
        out->full = false;
        return false;
    }
    put_le(out->data + start + 1, body_bytes, LENGTH_BYTES);
    return true;
}

/*
 * What both sides must agree on: contacts travel as codec.h writes them, which has no version of its own. They are
 * installed together, but an upgrade may be half done.
 */
static uint64_t build_number(void)
{
    const uint32_t shape[] = {
        KITH_READER_FRAME_VERSION,   KITH_TEXT_COUNT,           KITH_PHONE_KIND_COUNT,
        sizeof(struct kith_contact), sizeof(struct kith_email), sizeof(struct kith_phone),
        sizeof(struct kith_date),    sizeof(struct kith_item),  sizeof(struct kith_address),
    };

    return kith_fnv1a64(shape, sizeof(shape));
}

bool kith_reader_frame_hello(struct kith_buf *out, unsigned locks)
{
    size_t start = begin_frame(out, KITH_FRAME_HELLO);

    put_number(out, build_number());
    put_number(out, locks);
    return end_frame(out, start);
}

bool kith_reader_frame_contact(struct kith_buf *out, const struct kith_contact *contact)
{
    size_t start = begin_frame(out, KITH_FRAME_CONTACT);

    if (!out->full)
        (void)kith_codec_write(out, contact, NULL); /* as put_number() */
    return end_frame(out, start);
}

bool kith_reader_frame_skipped(struct kith_buf *out, const char *what, const char *why)
{
    size_t start = begin_frame(out, KITH_FRAME_SKIPPED);

    put_text(out, what);
    put_text(out, why);
    return end_frame(out, start);
}

bool kith_reader_frame_field(struct kith_buf *out, const struct kith_field_count *field)
{
    size_t start = begin_frame(out, KITH_FRAME_FIELD);

    put_text(out, field->name);
    put_text(out, field->reason);
    put_number(out, field->fate);
    put_number(out, (uint64_t)field->n);
    return end_frame(out, start);
}

bool kith_reader_frame_facts(struct kith_buf *out, const struct kith_reader_facts *facts)
{
    size_t start = begin_frame(out, KITH_FRAME_FACTS);

    put_text(out, facts->format);
    put_text(out, facts->layout);
    put_text(out, facts->encoding);
    put_number(out, (unsigned char)facts->separator);
    put_number(out, facts->encoding_assumed);
    put_number(out, facts->dates_assumed);
    put_number(out, facts->dates_day_first);
    return end_frame(out, start);
}

bool kith_reader_frame_alive(struct kith_buf *out)
{
    return end_frame(out, begin_frame(out, KITH_FRAME_ALIVE));
}

bool kith_reader_frame_failure(struct kith_buf *out, const struct kith_reader_failure *failure)
{
    size_t start = begin_frame(out, KITH_FRAME_FAILURE);

    put_number(out, failure->reason);
    put_text(out, failure->message);
    return end_frame(out, start);
}

bool kith_reader_frame_end(struct kith_buf *out, const char *where)
{
    size_t start = begin_frame(out, KITH_FRAME_END);

    put_text(out, where);
    return end_frame(out, start);
}

/* --- Reading ------------------------------------------------------------- */

/* Once something does not fit, `damaged` stays set and every later read gives 0 or "": looked at once, at the end. */
struct cursor {
    const char *at;
    const char *end;
    bool damaged;
};

static uint64_t get_le(const char *bytes, size_t n_bytes)
{
    uint64_t number = 0;

    for (size_t i = 0; i < n_bytes; i++)
        number |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return number;
}

static uint64_t get_number(struct cursor *c, uint64_t max)
{
    uint64_t number;

    if (c->end - c->at < NUMBER_BYTES) {
        c->damaged = true;
        c->at = c->end;
        return 0;
    }
    number = get_le(c->at, NUMBER_BYTES);
    c->at += NUMBER_BYTES;
    if (number <= max)
        return number;
    c->damaged = true;
    return 0;
}

static bool get_flag(struct cursor *c)
{
    return get_number(c, 1) != 0;
}

/* How a text of the reader may reach a person's screen: no line could then forge another. */
static void strike_controls(char *text, bool lines)
{
    for (unsigned char *p = (unsigned char *)text; *p != '\0'; p++) {
        if ((*p < 0x20 && !(lines && (*p == '\n' || *p == '\t'))) || *p == 0x7f)
            *p = ' ';
        else if (p[0] == 0xc2 && p[1] >= 0x80 && p[1] <= 0x9f)
            p[0] = p[1] = ' '; /* U+0080 to U+009F */
    }
}

/* What is longer than out is cut: so were the reader's own fields. */
static void get_text(struct cursor *c, char *out, size_t out_size)
{
    size_t len = (size_t)get_number(c, (uint64_t)(c->end - c->at));

    out[0] = '\0';
    if (c->damaged || len > (size_t)(c->end - c->at) || memchr(c->at, '\0', len) ||
        kith_utf8_valid_len(c->at, len) != len) {
        c->damaged = true;
        return;
    }
    (void)kith_text_copy_n(out, out_size, c->at, len);
    strike_controls(out, /* lines= */ false);
    c->at += len;
}

static void get_hello(struct cursor *c, struct kith_reader_frame *frame)
{
    frame->is_stranger = get_number(c, UINT64_MAX) != build_number();
    frame->locks = (unsigned)get_number(c, KITH_LOCK_ALL);
}

static void get_skipped(struct cursor *c, struct kith_reader_frame *frame)
{
    get_text(c, frame->what, sizeof(frame->what));
    get_text(c, frame->why, sizeof(frame->why));
}

static void get_field(struct cursor *c, struct kith_reader_frame *frame)
{
    get_text(c, frame->field.name, sizeof(frame->field.name));
    get_text(c, frame->field.reason, sizeof(frame->field.reason));
    frame->field.fate = (enum kith_field_fate)get_number(c, KITH_FIELD_IGNORED);
    frame->field.n = (int64_t)get_number(c, INT32_MAX);
}

static void get_facts(struct cursor *c, struct kith_reader_frame *frame)
{
    struct kith_reader_facts *facts = &frame->facts;

    get_text(c, facts->format, sizeof(facts->format));
    get_text(c, facts->layout, sizeof(facts->layout));
    get_text(c, facts->encoding, sizeof(facts->encoding));
    facts->separator = (char)get_number(c, 0x7e);
    facts->encoding_assumed = get_flag(c);
    facts->dates_assumed = get_flag(c);
    facts->dates_day_first = get_flag(c);
}

static void get_failure(struct cursor *c, struct kith_reader_frame *frame)
{
    uint64_t reason = get_number(c, KITH_REASON_FILE_EMPTY);

    if (reason != KITH_REASON_NONE && reason < KITH_REASON_FILE_MISSING)
        c->damaged = true;
    frame->failure.reason = (enum kith_reason)reason;
    get_text(c, frame->failure.message, sizeof(frame->failure.message));
}

static void get_end(struct cursor *c, struct kith_reader_frame *frame)
{
    get_text(c, frame->what, sizeof(frame->what));
}

/* --- Contacts ------------------------------------------------------------ */

/* The texts of a contact were just copied into an arena of ours: they may be changed in place. */
static void check_text(struct cursor *c, const char *text)
{
    size_t len = strlen(text);

    if (kith_utf8_valid_len(text, len) != len)
        c->damaged = true;
    else if (len > 0)
        strike_controls((char *)(uintptr_t)text, /* lines= */ true);
}

static void check_texts(struct cursor *c, struct kith_contact *contact)
{
    check_text(c, contact->folder);
    check_text(c, contact->source_id);
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        check_text(c, contact->text[i]);
    for (size_t i = 0; i < contact->n_emails; i++) {
        check_text(c, contact->emails[i].address);
        check_text(c, contact->emails[i].name);
        check_text(c, contact->emails[i].label);
    }
    for (size_t i = 0; i < contact->n_phones; i++) {
        check_text(c, contact->phones[i].raw);
        check_text(c, contact->phones[i].label);
    }
    for (size_t i = 0; i < contact->n_items; i++) {
        check_text(c, contact->items[i].label);
        check_text(c, contact->items[i].value);
    }
}

static void check_addresses(struct cursor *c, const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_addresses; i++) {
        const struct kith_address *address = &contact->addresses[i];

        check_text(c, address->street);
        check_text(c, address->po_box);
        check_text(c, address->city);
        check_text(c, address->region);
        check_text(c, address->postal_code);
        check_text(c, address->country);
        check_text(c, address->label);
    }
}

static bool is_date(const struct kith_date *date)
{
    return date->kind >= KITH_DATE_BIRTHDAY && date->year >= 0 && date->year <= YEAR_MAX && date->month >= 0 &&
           date->month <= 12 && date->day >= 0 && date->day <= 31;
}

static void check_dates_and_items(struct cursor *c, const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_dates; i++) {
        check_text(c, contact->dates[i].label);
        if (!is_date(&contact->dates[i]))
            c->damaged = true;
    }
    for (size_t i = 0; i < contact->n_items; i++)
        if (contact->items[i].kind < KITH_ITEM_WEB)
            c->damaged = true;
}

/* What no file can know. */
static void forget_what_is_ours(struct kith_contact *contact)
{
    contact->id = 0;
    contact->account_id = 0;
    contact->account = "";
    contact->change_key = "";
    contact->shown = "";
    contact->initials = "";
    contact->photo_url = ""; /* pictures of files come with them */
    contact->colour = 0;
    contact->nameless = false;
    contact->source = KITH_SOURCE_OUTLOOK;
    for (size_t i = 0; i < contact->n_phones; i++) {
        struct kith_phone *phone = &contact->phones[i];

        phone->number_class = KITH_NUMBER_UNREAD;
        phone->region_assumed = false;
        phone->e164[0] = '\0';
        phone->national[0] = '\0';
        phone->extension[0] = '\0';
    }
}

static void get_contact(struct cursor *c, struct kith_arena *arena, struct kith_contact *contact)
{
    size_t len = (size_t)(c->end - c->at);

    if (kith_codec_read(c->at, len, arena, contact, NULL) != len) {
        c->damaged = true;
        return;
    }
    c->at = c->end;
    forget_what_is_ours(contact);
    check_texts(c, contact);
    check_addresses(c, contact);
    check_dates_and_items(c, contact);
}

/* --- The frame ----------------------------------------------------------- */

static void get_body(struct cursor *c, struct kith_arena *arena, struct kith_reader_frame *frame)
{
    switch (frame->kind) {
    case KITH_FRAME_HELLO:
        get_hello(c, frame);
        break;
    case KITH_FRAME_CONTACT:
        get_contact(c, arena, &frame->contact);
        break;
    case KITH_FRAME_SKIPPED:
        get_skipped(c, frame);
        break;
    case KITH_FRAME_FIELD:
        get_field(c, frame);
        break;
    case KITH_FRAME_FACTS:
        get_facts(c, frame);
        break;
    case KITH_FRAME_ALIVE:
        break;
    case KITH_FRAME_FAILURE:
        get_failure(c, frame);
        break;
    case KITH_FRAME_END:
        get_end(c, frame);
        break;
    }
}

enum kith_reader_frame_state kith_reader_frame_read(const char *bytes, size_t len, struct kith_arena *arena,
                                                    struct kith_reader_frame *ret, size_t *ret_used)
{
    struct cursor c = {0};
    unsigned char kind;
    uint64_t body_bytes;

    if (len == 0)
        return KITH_FRAME_MORE;
    kind = (unsigned char)bytes[0];
    if (kind < KITH_FRAME_HELLO || kind > KITH_FRAME_END)
        return KITH_FRAME_DAMAGED;
    if (len < KITH_READER_FRAME_HEAD_BYTES)
        return KITH_FRAME_MORE;
    body_bytes = get_le(bytes + 1, LENGTH_BYTES);
    if (body_bytes > KITH_READER_FRAME_BODY_MAX)
        return KITH_FRAME_DAMAGED;
    if (len - KITH_READER_FRAME_HEAD_BYTES < body_bytes)
        return KITH_FRAME_MORE;

    *ret = (struct kith_reader_frame){.kind = (enum kith_reader_frame_kind)kind};
    kith_contact_init(&ret->contact);
    c.at = bytes + KITH_READER_FRAME_HEAD_BYTES;
    c.end = c.at + body_bytes;
    get_body(&c, arena, ret);
    *ret_used = KITH_READER_FRAME_HEAD_BYTES + (size_t)body_bytes;
    return c.damaged || c.at != c.end ? KITH_FRAME_DAMAGED : KITH_FRAME_WHOLE;
}
