/* SPDX-License-Identifier: MIT */
/*
 * reader_pst_fields.c - the properties of an Outlook contact become the fields of a contact.
 *
 * Before: reader_pst_item.c has them in plain memory.
 * After:  reader_pst.c hands the contact on.
 *
 * The table near the end is the mapping: one row a property, see [MS-OXPROPS] and [MS-OXOCNTC] for their numbers.
 * Nothing is tidied here, as in parse_microsoft.c. Outlook says many things twice (an address in parts and as one
 * text, a birthday in UTC and in local time); then the better one is read, and the report says what the other was.
 */
#include "reader/reader_pst_fields.h"

#include <string.h>
#include <time.h>

#include "base/text.h"
#include "parse/harmless.h"
#include "parse/html_text.h"
#include "reader/reader_rtf.h"

enum {
    SLOTS = 3,           /* of e-mail addresses */
    YEAR_UNKNOWN = 1604, /* Outlook's leap year for "no year" */
    NOTES_BYTES_MAX = 1024 * 1024,
};

/* What a slot of the three e-mail addresses holds. */
enum slot_part { SLOT_NAME, SLOT_TYPE, SLOT_ADDRESS, SLOT_WRITTEN, SLOT_PARTS };
struct slot {
    const char *text[SLOT_PARTS];
    const struct reader_pst_property *entry_id; /* NULL: none */
};

/* The contact that is being read. */
struct reading {
    struct kith_contact *contact;
    struct reader_pst_texts *texts;
    struct kith_arena *arena;
    struct slot slots[SLOTS];
    struct kith_address mailing;                    /* a copy of one of the others, or the only one there is */
    enum kith_place mailing_place;                  /* which it is a copy of */
    const char *written[KITH_PLACE_OTHER + 1];      /* addresses as one text; of no place: the mailing one */
    const char *country_code[KITH_PLACE_OTHER + 1]; /* the same */
    enum kith_field_fate fate;                      /* of the property that is being read */
    const char *reason;
};

/* A property, and what becomes of it. what, place, label: as `read` understands them. */
struct rule {
    uint32_t property; /* see TAG() and its neighbours */
    const char *title; /* for the report */
    void (*read)(struct reading *r, const struct rule *rule, const struct reader_pst_property *p);
    int what;
    enum kith_place place;
    const char *label;
};

/* --- Small readers ------------------------------------------------------- */

static void ignore(struct reading *r, const char *reason)
{
    r->fate = KITH_FIELD_IGNORED;
    r->reason = reason;
}

/* Something of the contact is missing. */
static void ignore_damaged(struct reading *r, const char *reason)
{
    r->contact->partial = true;
    ignore(r, reason);
}

static const char *take_line(struct reading *r, const struct reader_pst_property *p)
{
    const char *text = reader_pst_line(r->texts, p);

    if (!reader_pst_is_text(p))
        ignore_damaged(r, "not the kind of value it should be");
    else if (text[strspn(text, " ")] == '\0') {
        ignore(r, "empty");
        return "";
    }
    return text;
}

/* Row by row where the mapping has nothing for it. label: the reason. */
static void read_nothing(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    ignore(r, rule->label);
}

/* what: enum kith_text. */
static void read_text(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    const char *text = take_line(r, p);

    if (text[0] == '\0')
        return;
    if (r->contact->text[rule->what][0] == '\0')
        r->contact->text[rule->what] = text;
    else
        ignore(r, "said by another property");
}

/* The subject of a contact is its name. It may begin with the length of a prefix, as that of a letter ("Re:") does. */
static void read_subject(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    struct reader_pst_property subject = *p;
    size_t mark = p->type == 0x001F ? 4 : 2;

    if (p->len >= mark && p->bytes[0] == 1 && (mark == 2 || p->bytes[1] == 0)) {
        subject.bytes += mark;
        subject.len -= mark;
    }
    read_text(r, rule, &subject);
}

static void add_item(struct reading *r, enum kith_item_kind kind, enum kith_place place, const char *label,
                     const char *value)
{
    struct kith_item *item;

    if (value[0] == '\0')
        return;
    item = kith_contact_add_item(r->contact, r->arena, kind, value);
    if (!item) {
        ignore_damaged(r, "one too many");
        return;
    }
    item->place = place;
    item->label = label;
}

/* what: enum kith_item_kind. Each value of several. */
static void read_items(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    size_t n = reader_pst_count(p);

    if (n == 0)
        ignore(r, "empty");
    for (size_t i = 0; i < n; i++) {
        struct reader_pst_property value = reader_pst_nth(p, i);

        add_item(r, (enum kith_item_kind)rule->what, rule->place, "", take_line(r, &value));
    }
}

/* Kept word for word under its label: there is no field for it. Each value of several. */
static void read_extra(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    r->fate = KITH_FIELD_KEPT;
    for (size_t i = 0; i < reader_pst_count(p); i++) {
        struct reader_pst_property value = reader_pst_nth(p, i);

        add_item(r, KITH_ITEM_EXTRA, KITH_PLACE_NONE, rule->label, take_line(r, &value));
    }
}

static void read_gender(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    static const char *const genders[] = {"", "female", "male"};
    int64_t gender = reader_pst_integer(p);

    if (gender < 1 || gender > 2) {
        ignore(r, "not given");
        return;
    }
    r->fate = KITH_FIELD_KEPT;
    add_item(r, KITH_ITEM_EXTRA, KITH_PLACE_NONE, rule->label, genders[gender]);
}

/* The same page once: Outlook keeps a second copy of it under "web page". */
static void read_web(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    const char *page = take_line(r, p);

    for (size_t i = 0; i < r->contact->n_items && page[0] != '\0'; i++)
        if (r->contact->items[i].kind == KITH_ITEM_WEB && strcmp(r->contact->items[i].value, page) == 0) {
            ignore(r, "said by another property");
            return;
        }
    add_item(r, KITH_ITEM_WEB, rule->place, "", page);
}

/* what: offset of the time in struct kith_contact. */
static void read_time(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    int64_t time_s;

    if (!reader_pst_time(p, &time_s)) {
        ignore(r, "empty");
        return;
    }
    memcpy((char *)r->contact + rule->what, &time_s, sizeof(time_s));
}

/* --- Numbers --------------------------------------------------------------- */

static bool has_phone(const struct reading *r, enum kith_phone_kind kind)
{
    for (size_t i = 0; i < r->contact->n_phones; i++)
        if (r->contact->phones[i].kind == kind)
            return true;
    return false;
}

static void add_phone(struct reading *r, enum kith_phone_kind kind, const char *raw)
{
    struct kith_phone *phone;

    if (raw[0] == '\0')
        return;
    phone = kith_contact_add_phone(r->contact, r->arena);
    if (!phone) {
        ignore_damaged(r, "one too many");
        return;
    }
    phone->kind = kind;
    phone->raw = raw;
}

/* what: enum kith_phone_kind. Some files hold "business 2" and "home 2" as lists. */
static void read_phone(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    size_t n = reader_pst_count(p);

    for (size_t i = 0; i < n; i++) {
        struct reader_pst_property value = reader_pst_nth(p, i);

        add_phone(r, (enum kith_phone_kind)rule->what, take_line(r, &value));
    }
}

/* "Ada Lind@+49 30 5550100": a fax number as something that mail can be sent to. what: enum kith_phone_kind. */
static void read_fax_address(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    const char *text = take_line(r, p);
    const char *at = strrchr(text, '@');
    const char *number = at ? at + 1 : text;

    if (text[0] == '\0')
        return;
    if (has_phone(r, (enum kith_phone_kind)rule->what) || number[strcspn(number, "0123456789")] == '\0')
        ignore(r, "said by the fax number");
    else
        add_phone(r, (enum kith_phone_kind)rule->what, number);
}

/* --- Dates ----------------------------------------------------------------- */

/*
 * Which day a point in time stands for: it was the writer's midnight, in UTC. East of Greenwich that falls on the day
 * before, in the afternoon or evening at a full quarter of an hour, as zones do.
 */
static int64_t day_meant_s(int64_t time_s)
{
    enum { DAY_S = 86400, NOON_S = 43200, QUARTER_S = 900 };
    int64_t second = ((time_s % DAY_S) + DAY_S) % DAY_S;
    bool eastern_midnight = second >= NOON_S && second % QUARTER_S == 0;

    return time_s - second + (eastern_midnight ? DAY_S : 0);
}

static void add_date(struct reading *r, enum kith_date_kind kind, int64_t day_s)
{
    struct kith_date *date;
    struct tm tm;

    if (!gmtime_r(&day_s, &tm))
        return;
    date = kith_contact_add_date(r->contact, r->arena);
    if (!date)
        return; /* there are two */
    date->kind = kind;
    date->year = tm.tm_year + 1900 == YEAR_UNKNOWN ? 0 : tm.tm_year + 1900;
    date->month = tm.tm_mon + 1;
    date->day = tm.tm_mday;
}

static bool has_date(const struct reading *r, enum kith_date_kind kind)
{
    for (size_t i = 0; i < r->contact->n_dates; i++)
        if (r->contact->dates[i].kind == kind)
            return true;
    return false;
}

/* what: enum kith_date_kind. In local time: the day is the one that was meant. */
static void read_local_date(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    int64_t time_s;

    if (reader_pst_time(p, &time_s))
        add_date(r, (enum kith_date_kind)rule->what, time_s);
    else
        ignore(r, "empty");
}

static void read_date(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    int64_t time_s;

    if (!reader_pst_time(p, &time_s))
        ignore(r, "empty");
    else if (has_date(r, (enum kith_date_kind)rule->what))
        ignore(r, "said by the date in local time");
    else
        add_date(r, (enum kith_date_kind)rule->what, day_meant_s(time_s));
}

/* --- E-mail ---------------------------------------------------------------- */

/* what: 10 times the slot, and the part. */
static void read_slot(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    r->slots[rule->what / 10].text[rule->what % 10] = take_line(r, p);
}

/* what: the slot. */
static void read_slot_entry(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    r->slots[rule->what].entry_id = p;
}

static bool looks_like_address(const char *text)
{
    const char *at = strchr(text, '@');

    return at && at != text && at[1] != '\0' && !strpbrk(text, " /<>");
}

/* The next text of an entry id, which ends in NUL; *at moves behind it. */
static const char *next_text(struct reading *r, const char **at, const char *end, bool wide)
{
    const char *start = *at;
    const char *p = start;
    size_t unit = wide ? 2 : 1;

    while ((size_t)(end - p) >= unit && (p[0] != '\0' || (wide && p[1] != '\0')))
        p += unit;
    *at = (size_t)(end - p) >= unit ? p + unit : end;
    return reader_pst_bytes(r->texts, start, (size_t)(p - start), wide);
}

/*
 * The address inside of an entry id that is not in any directory ("one-off", [MS-OXCDATA] 2.2.5.1): flags, a GUID, a
 * version, how it is written, then name, type and address. "" for others, and for those that are no SMTP.
 */
static const char *address_of_entry(struct reading *r, const struct reader_pst_property *entry)
{
    static const unsigned char one_off[] = {0x81, 0x2b, 0x1f, 0xa4, 0xbe, 0xa3, 0x10, 0x19,
                                            0x9d, 0x6e, 0x00, 0xdd, 0x01, 0x0f, 0x54, 0x02};
    enum { GUID_AT = 4, FLAGS_AT = 22, TEXTS_AT = 24, WIDE = 0x80 };
    const char *end;
    const char *at;
    const char *type;
    bool wide;

    if (!entry || entry->len < TEXTS_AT || memcmp(entry->bytes + GUID_AT, one_off, sizeof(one_off)) != 0)
        return "";
    end = entry->bytes + entry->len;
    at = entry->bytes + TEXTS_AT;
    wide = (unsigned char)entry->bytes[FLAGS_AT + 1] & WIDE;
    (void)next_text(r, &at, end, wide); /* the name */
    type = next_text(r, &at, end, wide);
    return kith_text_equal_ci(type, "SMTP") ? next_text(r, &at, end, wide) : "";
}

/* Inside Exchange a recipient is a path in its directory; the address to write to may stand beside it. */
static const char *address_of_slot(struct reading *r, const struct slot *slot)
{
    bool is_path = kith_text_equal_ci(slot->text[SLOT_TYPE], "EX") || slot->text[SLOT_ADDRESS][0] == '/';
    const char *address;

    if (!is_path && slot->text[SLOT_ADDRESS][0] != '\0')
        return slot->text[SLOT_ADDRESS];
    if (looks_like_address(slot->text[SLOT_WRITTEN]))
        return slot->text[SLOT_WRITTEN];
    address = address_of_entry(r, slot->entry_id);
    if (address[0] != '\0')
        return address;
    return looks_like_address(slot->text[SLOT_NAME]) ? slot->text[SLOT_NAME] : "";
}

static void finish_slot(struct reading *r, const struct slot *slot)
{
    const char *address = address_of_slot(r, slot);
    struct kith_email *email;

    if (kith_text_equal_ci(slot->text[SLOT_TYPE], "FAX"))
        return; /* a number, said by the fax numbers */
    if (address[0] == '\0') {
        add_item(r, KITH_ITEM_EXTRA, KITH_PLACE_NONE, "Name beside the e-mail", slot->text[SLOT_NAME]);
        add_item(r, KITH_ITEM_EXTRA, KITH_PLACE_NONE, "Exchange address", slot->text[SLOT_ADDRESS]);
        return;
    }
    email = kith_contact_add_email(r->contact, r->arena);
    if (!email)
        return; /* there are three */
    email->address = address;
    email->name = slot->text[SLOT_NAME];
    if (slot->text[SLOT_ADDRESS][0] == '/')
        add_item(r, KITH_ITEM_EXTRA, KITH_PLACE_NONE, "Exchange address", slot->text[SLOT_ADDRESS]);
}

/* --- Addresses -------------------------------------------------------------- */

/* The address of this place, NULL when there is none yet. */
static struct kith_address *find_address(const struct reading *r, enum kith_place place)
{
    for (size_t i = 0; i < r->contact->n_addresses; i++)
        if (r->contact->addresses[i].place == place)
            return &r->contact->addresses[i];
    return NULL;
}

static struct kith_address *address_at(struct reading *r, enum kith_place place)
{
    struct kith_address *address = find_address(r, place);

    if (address)
        return address;
    address = kith_contact_add_address(r->contact, r->arena);
    if (address)
        address->place = place;
    return address;
}

static void set_part(struct kith_address *address, int offset, const char *text)
{
    memcpy((char *)address + offset, &text, sizeof(text));
}

/* what: offset of the part in struct kith_address. */
static void read_address(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    const char *text = take_line(r, p);
    struct kith_address *address;

    if (text[0] == '\0')
        return;
    if (rule->what == (int)offsetof(struct kith_address, street))
        text = reader_pst_lines(r->texts, p);
    address = rule->place == KITH_PLACE_NONE ? &r->mailing : address_at(r, rule->place);
    if (address)
        set_part(address, rule->what, text);
}

static void read_mailing_place(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    static const enum kith_place places[] = {KITH_PLACE_NONE, KITH_PLACE_HOME, KITH_PLACE_WORK, KITH_PLACE_OTHER};
    int64_t place = reader_pst_integer(p);

    if (place >= 0 && place < (int64_t)KITH_COUNT_OF(places))
        r->mailing_place = places[place];
    else
        ignore(r, "not the kind of value it should be");
}

/* The whole address as one text: needed only where its parts are not there. */
static void read_written_address(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    if (take_line(r, p)[0] == '\0')
        return;
    if (find_address(r, rule->place) || (rule->place == KITH_PLACE_NONE && r->contact->n_addresses > 0))
        ignore(r, "said by its parts");
    else
        r->written[rule->place] = reader_pst_lines(r->texts, p);
}

static void read_country_code(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    r->country_code[rule->place] = take_line(r, p);
}

static bool is_same_address(const struct kith_address *a, const struct kith_address *b)
{
    return strcmp(a->street, b->street) == 0 && strcmp(a->city, b->city) == 0 && strcmp(a->region, b->region) == 0 &&
           strcmp(a->postal_code, b->postal_code) == 0 && strcmp(a->po_box, b->po_box) == 0 &&
           strcmp(a->country, b->country) == 0;
}

static bool is_empty_address(const struct kith_address *address)
{
    return address->street[0] == '\0' && address->city[0] == '\0' && address->region[0] == '\0' &&
           address->postal_code[0] == '\0' && address->po_box[0] == '\0' && address->country[0] == '\0';
}

/* The mailing address is a copy of one of the three, where Outlook wrote it; other programs write nothing else. */
static void finish_mailing(struct reading *r)
{
    struct kith_address *address;

    if (is_empty_address(&r->mailing) || find_address(r, r->mailing_place))
        return;
    for (size_t i = 0; i < r->contact->n_addresses; i++)
        if (is_same_address(&r->contact->addresses[i], &r->mailing))
            return;
    address = address_at(r, r->mailing_place);
    if (!address)
        return; /* there are four at most */
    *address = r->mailing;
    address->place = r->mailing_place;
}

static void finish_written(struct reading *r)
{
    static const enum kith_place order[] = {KITH_PLACE_WORK, KITH_PLACE_HOME, KITH_PLACE_OTHER, KITH_PLACE_NONE};

    for (size_t i = 0; i < KITH_COUNT_OF(order); i++) {
        enum kith_place place = order[i];
        struct kith_address *address;

        if (r->written[place][0] == '\0' || find_address(r, place) ||
            (place == KITH_PLACE_NONE && r->contact->n_addresses > 0))
            continue;
        address = address_at(r, place == KITH_PLACE_NONE ? r->mailing_place : place);
        if (address)
            address->street = r->written[place];
    }
}

/* A country that is known by its code only. */
static void finish_countries(struct reading *r)
{
    for (size_t i = 0; i < r->contact->n_addresses; i++) {
        struct kith_address *address = &r->contact->addresses[i];

        if (address->country[0] == '\0' && (address->city[0] != '\0' || address->postal_code[0] != '\0'))
            address->country = r->country_code[address->place];
    }
}

/* --- Notes ----------------------------------------------------------------- */

static bool has_notes(const struct reading *r)
{
    return r->contact->text[KITH_TEXT_NOTES][0] != '\0';
}

static void set_notes(struct reading *r, const char *text)
{
    if (text[strspn(text, " \n\t")] == '\0')
        ignore(r, "empty");
    else
        r->contact->text[KITH_TEXT_NOTES] = text;
}

static void read_notes(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    if (reader_pst_is_text(p))
        set_notes(r, reader_pst_lines(r->texts, p));
    else
        ignore_damaged(r, "not the kind of value it should be");
}

static void take_notes(struct reading *r, struct kith_buf *text)
{
    size_t len = kith_harmless(text->data, text->len, /* lines= */ true);

    if (len > NOTES_BYTES_MAX) {
        len = kith_utf8_valid_len(text->data, NOTES_BYTES_MAX);
        r->contact->partial = true;
    }
    set_notes(r, kith_arena_copy(r->arena, kith_buf_text(text), len));
}

/* As text or in bytes, by who wrote it; bytes have a code page of their own. */
static const char *encoding_of_html(const struct reader_pst_texts *texts, const struct reader_pst_property *p)
{
    if (p->type == 0x001F)
        return "UTF-16LE";
    return texts->html_code_page && !reader_pst_is_text(p) ? texts->html_code_page : texts->code_page;
}

static void read_html_notes(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    const char *encoding = encoding_of_html(r->texts, p);
    KITH_AUTO_DONE(kith_buf) html;

    kith_buf_init(&html, 16 * NOTES_BYTES_MAX);
    if (has_notes(r)) {
        ignore(r, "said by the plain notes");
        return;
    }
    if (!kith_charset_to_utf8(r->texts->charset, encoding, strlen(encoding), p->bytes, p->len, &html)) {
        ignore_damaged(r, "too large");
        return;
    }
    html.len = kith_html_to_text(html.data, html.len);
    take_notes(r, &html);
}

static void read_rtf_notes(struct reading *r, const struct rule *rule, const struct reader_pst_property *p)
{
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, 2 * NOTES_BYTES_MAX);
    if (has_notes(r)) {
        ignore(r, "said by the plain notes");
        return;
    }
    if (reader_rtf_to_text(p->bytes, p->len, r->texts->charset, &text))
        take_notes(r, &text);
    else
        ignore_damaged(r, "damaged or too large");
}

/* --- The table -------------------------------------------------------------- */

#define TAG(id) (UINT32_C(0x00000) | (id))
#define ADDRESS(id) (UINT32_C(0x10000) | (id))
#define COMMON(id) (UINT32_C(0x20000) | (id))
#define KEYWORDS UINT32_C(0x30000) /* a name of PS_PUBLIC_STRINGS */
#define NO_PROPERTY UINT32_C(0xffffffff)

#define PART(member) offsetof(struct kith_address, member)

static const char about_record[] = "about the record, not the person";
static const char about_outlook[] = "of Outlook itself";

/* Applied in this order, whatever the file's is: a contact's first number is the one in its pocket, and a better
 * source comes before its stand-in. */
static const struct rule rules[] = {
    {TAG(0x3007), "created", read_time, offsetof(struct kith_contact, created_s), 0, NULL},
    {TAG(0x3008), "modified", read_time, offsetof(struct kith_contact, modified_s), 0, NULL},

    {TAG(0x3001), "display name", read_text, KITH_TEXT_DISPLAY, 0, NULL},
    {TAG(0x0037), "subject", read_subject, KITH_TEXT_DISPLAY, 0, NULL},
    {TAG(0x3A06), "given name", read_text, KITH_TEXT_GIVEN, 0, NULL},
    {TAG(0x3A44), "middle name", read_text, KITH_TEXT_MIDDLE, 0, NULL},
    {TAG(0x3A11), "surname", read_text, KITH_TEXT_FAMILY, 0, NULL},
    {TAG(0x3A45), "title", read_text, KITH_TEXT_PREFIX, 0, NULL},
    {TAG(0x3A05), "suffix", read_text, KITH_TEXT_SUFFIX, 0, NULL},
    {TAG(0x3A4F), "nickname", read_text, KITH_TEXT_NICKNAME, 0, NULL},
    {TAG(0x3A0A), "initials", read_text, KITH_TEXT_INITIALS, 0, NULL},
    {ADDRESS(0x8005), "file as", read_text, KITH_TEXT_FILE_AS, 0, NULL},
    {ADDRESS(0x802C), "phonetic given name", read_text, KITH_TEXT_PHONETIC_GIVEN, 0, NULL},
    {ADDRESS(0x802D), "phonetic surname", read_text, KITH_TEXT_PHONETIC_FAMILY, 0, NULL},
    {ADDRESS(0x802E), "phonetic company", read_text, KITH_TEXT_PHONETIC_COMPANY, 0, NULL},
    {TAG(0x3A16), "company", read_text, KITH_TEXT_COMPANY, 0, NULL},
    {TAG(0x3A18), "department", read_text, KITH_TEXT_DEPARTMENT, 0, NULL},
    {ADDRESS(0x8010), "department", read_text, KITH_TEXT_DEPARTMENT, 0, NULL},
    {TAG(0x3A17), "job title", read_text, KITH_TEXT_JOB_TITLE, 0, NULL},
    {TAG(0x3A19), "office", read_text, KITH_TEXT_OFFICE, 0, NULL},
    {TAG(0x3A46), "profession", read_text, KITH_TEXT_PROFESSION, 0, NULL},
    {TAG(0x3A4E), "manager", read_text, KITH_TEXT_MANAGER, 0, NULL},
    {TAG(0x3A30), "assistant", read_text, KITH_TEXT_ASSISTANT, 0, NULL},
    {TAG(0x3A48), "spouse", read_text, KITH_TEXT_SPOUSE, 0, NULL},

    {TAG(0x3A1C), "mobile phone", read_phone, KITH_PHONE_MOBILE, 0, NULL},
    {TAG(0x3A08), "business phone", read_phone, KITH_PHONE_WORK, 0, NULL},
    {TAG(0x3A1B), "business phone 2", read_phone, KITH_PHONE_WORK, 0, NULL},
    {TAG(0x3A09), "home phone", read_phone, KITH_PHONE_HOME, 0, NULL},
    {TAG(0x3A2F), "home phone 2", read_phone, KITH_PHONE_HOME, 0, NULL},
    {TAG(0x3A1A), "primary phone", read_phone, KITH_PHONE_PRIMARY, 0, NULL},
    {TAG(0x3A1F), "other phone", read_phone, KITH_PHONE_OTHER, 0, NULL},
    {TAG(0x3A57), "company phone", read_phone, KITH_PHONE_COMPANY, 0, NULL},
    {TAG(0x3A2E), "assistant's phone", read_phone, KITH_PHONE_ASSISTANT, 0, NULL},
    {TAG(0x3A02), "callback", read_phone, KITH_PHONE_CALLBACK, 0, NULL},
    {TAG(0x3A1E), "car phone", read_phone, KITH_PHONE_CAR, 0, NULL},
    {TAG(0x3A1D), "radio phone", read_phone, KITH_PHONE_RADIO, 0, NULL},
    {TAG(0x3A21), "pager", read_phone, KITH_PHONE_PAGER, 0, NULL},
    {TAG(0x3A24), "business fax", read_phone, KITH_PHONE_WORK_FAX, 0, NULL},
    {TAG(0x3A25), "home fax", read_phone, KITH_PHONE_HOME_FAX, 0, NULL},
    {TAG(0x3A23), "other fax", read_phone, KITH_PHONE_OTHER_FAX, 0, NULL},
    {TAG(0x3A2D), "ISDN", read_phone, KITH_PHONE_ISDN, 0, NULL},
    {TAG(0x3A2C), "telex", read_phone, KITH_PHONE_TELEX, 0, NULL},
    {TAG(0x3A4B), "text telephone", read_phone, KITH_PHONE_TEXT, 0, NULL},

    {ADDRESS(0x80B0), "business fax, name", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80B2), "business fax, type", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80B3), "business fax, address", read_fax_address, KITH_PHONE_WORK_FAX, 0, NULL},
    {ADDRESS(0x80B4), "business fax, as written", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80B5), "business fax, entry", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80C0), "home fax, name", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80C2), "home fax, type", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80C3), "home fax, address", read_fax_address, KITH_PHONE_HOME_FAX, 0, NULL},
    {ADDRESS(0x80C4), "home fax, as written", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80C5), "home fax, entry", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80D0), "other fax, name", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80D2), "other fax, type", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80D3), "other fax, address", read_fax_address, KITH_PHONE_OTHER_FAX, 0, NULL},
    {ADDRESS(0x80D4), "other fax, as written", read_nothing, 0, 0, "said by the fax number"},
    {ADDRESS(0x80D5), "other fax, entry", read_nothing, 0, 0, "said by the fax number"},

    {ADDRESS(0x8080), "e-mail 1, name", read_slot, 0 + SLOT_NAME, 0, NULL},
    {ADDRESS(0x8082), "e-mail 1, type", read_slot, 0 + SLOT_TYPE, 0, NULL},
    {ADDRESS(0x8083), "e-mail 1, address", read_slot, 0 + SLOT_ADDRESS, 0, NULL},
    {ADDRESS(0x8084), "e-mail 1, as written", read_slot, 0 + SLOT_WRITTEN, 0, NULL},
    {ADDRESS(0x8085), "e-mail 1, entry", read_slot_entry, 0, 0, NULL},
    {ADDRESS(0x8090), "e-mail 2, name", read_slot, 10 + SLOT_NAME, 0, NULL},
    {ADDRESS(0x8092), "e-mail 2, type", read_slot, 10 + SLOT_TYPE, 0, NULL},
    {ADDRESS(0x8093), "e-mail 2, address", read_slot, 10 + SLOT_ADDRESS, 0, NULL},
    {ADDRESS(0x8094), "e-mail 2, as written", read_slot, 10 + SLOT_WRITTEN, 0, NULL},
    {ADDRESS(0x8095), "e-mail 2, entry", read_slot_entry, 1, 0, NULL},
    {ADDRESS(0x80A0), "e-mail 3, name", read_slot, 20 + SLOT_NAME, 0, NULL},
    {ADDRESS(0x80A2), "e-mail 3, type", read_slot, 20 + SLOT_TYPE, 0, NULL},
    {ADDRESS(0x80A3), "e-mail 3, address", read_slot, 20 + SLOT_ADDRESS, 0, NULL},
    {ADDRESS(0x80A4), "e-mail 3, as written", read_slot, 20 + SLOT_WRITTEN, 0, NULL},
    {ADDRESS(0x80A5), "e-mail 3, entry", read_slot_entry, 2, 0, NULL},

    {ADDRESS(0x8045), "work street", read_address, PART(street), KITH_PLACE_WORK, NULL},
    {ADDRESS(0x8046), "work city", read_address, PART(city), KITH_PLACE_WORK, NULL},
    {ADDRESS(0x8047), "work state", read_address, PART(region), KITH_PLACE_WORK, NULL},
    {ADDRESS(0x8048), "work postal code", read_address, PART(postal_code), KITH_PLACE_WORK, NULL},
    {ADDRESS(0x8049), "work country", read_address, PART(country), KITH_PLACE_WORK, NULL},
    {ADDRESS(0x804A), "work PO box", read_address, PART(po_box), KITH_PLACE_WORK, NULL},
    {TAG(0x3A5D), "home street", read_address, PART(street), KITH_PLACE_HOME, NULL},
    {TAG(0x3A59), "home city", read_address, PART(city), KITH_PLACE_HOME, NULL},
    {TAG(0x3A5C), "home state", read_address, PART(region), KITH_PLACE_HOME, NULL},
    {TAG(0x3A5B), "home postal code", read_address, PART(postal_code), KITH_PLACE_HOME, NULL},
    {TAG(0x3A5A), "home country", read_address, PART(country), KITH_PLACE_HOME, NULL},
    {TAG(0x3A5E), "home PO box", read_address, PART(po_box), KITH_PLACE_HOME, NULL},
    {TAG(0x3A63), "other street", read_address, PART(street), KITH_PLACE_OTHER, NULL},
    {TAG(0x3A5F), "other city", read_address, PART(city), KITH_PLACE_OTHER, NULL},
    {TAG(0x3A62), "other state", read_address, PART(region), KITH_PLACE_OTHER, NULL},
    {TAG(0x3A61), "other postal code", read_address, PART(postal_code), KITH_PLACE_OTHER, NULL},
    {TAG(0x3A60), "other country", read_address, PART(country), KITH_PLACE_OTHER, NULL},
    {TAG(0x3A64), "other PO box", read_address, PART(po_box), KITH_PLACE_OTHER, NULL},
    {TAG(0x3A29), "mailing street", read_address, PART(street), KITH_PLACE_NONE, NULL},
    {TAG(0x3A27), "mailing city", read_address, PART(city), KITH_PLACE_NONE, NULL},
    {TAG(0x3A28), "mailing state", read_address, PART(region), KITH_PLACE_NONE, NULL},
    {TAG(0x3A2A), "mailing postal code", read_address, PART(postal_code), KITH_PLACE_NONE, NULL},
    {TAG(0x3A26), "mailing country", read_address, PART(country), KITH_PLACE_NONE, NULL},
    {TAG(0x3A2B), "mailing PO box", read_address, PART(po_box), KITH_PLACE_NONE, NULL},
    {ADDRESS(0x8022), "which is the mailing address", read_mailing_place, 0, 0, NULL},
    {ADDRESS(0x801B), "work address as one text", read_written_address, 0, KITH_PLACE_WORK, NULL},
    {ADDRESS(0x801A), "home address as one text", read_written_address, 0, KITH_PLACE_HOME, NULL},
    {ADDRESS(0x801C), "other address as one text", read_written_address, 0, KITH_PLACE_OTHER, NULL},
    {TAG(0x3A15), "mailing address as one text", read_written_address, 0, KITH_PLACE_NONE, NULL},
    {ADDRESS(0x80DB), "work country code", read_country_code, 0, KITH_PLACE_WORK, NULL},
    {ADDRESS(0x80DA), "home country code", read_country_code, 0, KITH_PLACE_HOME, NULL},
    {ADDRESS(0x80DC), "other country code", read_country_code, 0, KITH_PLACE_OTHER, NULL},
    {ADDRESS(0x80DD), "mailing country code", read_country_code, 0, KITH_PLACE_NONE, NULL},

    {ADDRESS(0x80DE), "birthday, local", read_local_date, KITH_DATE_BIRTHDAY, 0, NULL},
    {TAG(0x3A42), "birthday", read_date, KITH_DATE_BIRTHDAY, 0, NULL},
    {ADDRESS(0x80DF), "anniversary, local", read_local_date, KITH_DATE_ANNIVERSARY, 0, NULL},
    {TAG(0x3A41), "anniversary", read_date, KITH_DATE_ANNIVERSARY, 0, NULL},

    {TAG(0x3A51), "business page", read_web, 0, KITH_PLACE_WORK, NULL},
    {TAG(0x3A50), "personal page", read_web, 0, KITH_PLACE_HOME, NULL},
    {ADDRESS(0x802B), "web page", read_web, 0, KITH_PLACE_NONE, NULL},
    {ADDRESS(0x8062), "IM address", read_items, KITH_ITEM_CHAT, 0, NULL},
    {KEYWORDS, "categories", read_items, KITH_ITEM_CATEGORY, 0, NULL},
    {TAG(0x3A58), "children", read_items, KITH_ITEM_CHILD, 0, NULL},

    {TAG(0x1000), "notes", read_notes, 0, 0, NULL},
    {TAG(0x1013), "notes, HTML", read_html_notes, 0, 0, NULL},
    {TAG(0x1009), "notes, RTF", read_rtf_notes, 0, 0, NULL},
    {ADDRESS(0x8015), "has a picture", read_nothing, 0, 0, "said by the picture"},

    {TAG(0x3A47), "preferred name", read_extra, 0, 0, "Preferred name"},
    {ADDRESS(0x800E), "referred by", read_extra, 0, 0, "Referred by"},
    {TAG(0x3A43), "hobbies", read_extra, 0, 0, "Hobbies"},
    {TAG(0x3A4D), "gender", read_gender, 0, 0, "Gender"},
    {TAG(0x3A0C), "language", read_extra, 0, 0, "Language"},
    {TAG(0x3A0D), "location", read_extra, 0, 0, "Location"},
    {TAG(0x3A00), "account", read_extra, 0, 0, "Account"},
    {TAG(0x3A4A), "customer id", read_extra, 0, 0, "Customer ID"},
    {TAG(0x3A07), "government id", read_extra, 0, 0, "Government ID"},
    {TAG(0x3A10), "organisational id", read_extra, 0, 0, "Organisational ID"},
    {TAG(0x3A49), "computer network name", read_extra, 0, 0, "Computer network name"},
    {TAG(0x3A4C), "FTP site", read_extra, 0, 0, "FTP site"},
    {ADDRESS(0x80D8), "free/busy address", read_extra, 0, 0, "Free/busy address"},
    {COMMON(0x8535), "billing", read_extra, 0, 0, "Billing information"},
    {COMMON(0x8539), "companies", read_extra, 0, 0, "Companies"},
    {COMMON(0x853A), "contacts", read_extra, 0, 0, "Contacts"},
    {ADDRESS(0x804F), "user field 1", read_extra, 0, 0, "User field 1"},
    {ADDRESS(0x8050), "user field 2", read_extra, 0, 0, "User field 2"},
    {ADDRESS(0x8051), "user field 3", read_extra, 0, 0, "User field 3"},
    {ADDRESS(0x8052), "user field 4", read_extra, 0, 0, "User field 4"},

    {TAG(0x001A), "class", read_nothing, 0, 0, about_record},
    {TAG(0x0036), "sensitivity", read_nothing, 0, 0, about_record},
    {COMMON(0x8506), "private", read_nothing, 0, 0, about_record},
    {TAG(0x300B), "search key", read_nothing, 0, 0, "the id of the contact"},
    {TAG(0x3A0B), "keyword", read_nothing, 0, 0, about_record},
    {TAG(0x3A40), "send rich text", read_nothing, 0, 0, about_record},
    {TAG(0x3A71), "send encoding", read_nothing, 0, 0, about_record},
    {ADDRESS(0x8006), "file-as rule", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8007), "name order", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8023), "text form of the card", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8025), "in the address book", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8026), "choice of file-as", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8027), "choice of addresses", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8028), "address book slots", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8029), "address book bits", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x8040), "look of the card", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x80E5), "addresses of linked contacts", read_nothing, 0, 0, about_outlook},
    {ADDRESS(0x80E6), "rejected links", read_nothing, 0, 0, about_outlook},
};
enum { N_RULES = KITH_COUNT_OF(rules) };

/* Which row is meant by a property; NO_PROPERTY none by its set. */
static uint32_t number_of(const struct reader_pst_property *p)
{
    if (p->set == READER_PST_PUBLIC && strcmp(p->name, "Keywords") == 0)
        return KEYWORDS;
    if (p->name[0] != '\0' || p->id > 0xffff)
        return NO_PROPERTY;
    switch (p->set) {
    case READER_PST_TAG:
        return TAG(p->id);
    case READER_PST_ADDRESS:
        return ADDRESS(p->id);
    case READER_PST_COMMON:
        return COMMON(p->id);
    default:
        return NO_PROPERTY;
    }
}

/* --- Properties without a row ------------------------------------------------ */

/* A field that somebody made for their contacts has a plain name; programs make theirs look like addresses. */
static bool is_own_field(const struct reader_pst_property *p)
{
    return p->set == READER_PST_PUBLIC && p->name[0] != '\0' && !strpbrk(p->name, ":/") &&
           !kith_text_starts_with_ci(p->name, "x-") && !kith_text_starts_with_ci(p->name, "content-");
}

static bool is_about_person(const struct reader_pst_property *p)
{
    return is_own_field(p) || p->set == READER_PST_ADDRESS ||
           (p->set == READER_PST_TAG && p->id >= 0x3A00 && p->id <= 0x3AFF);
}

static void format_name(const struct reader_pst_property *p, char *out, size_t out_size)
{
    if (p->set == READER_PST_TAG)
        (void)kith_text_format(out, out_size, "%04X", p->id);
    else if (p->name[0] != '\0')
        (void)kith_text_format(out, out_size, "%08X:%s", p->set_number, p->name);
    else
        (void)kith_text_format(out, out_size, "%08X:%04X", p->set_number, p->id);
}

/* Texts about the person are kept under the name that the file gives them; the rest has no meaning outside of it. */
static void read_unknown(struct reading *r, const struct reader_pst_property *p)
{
    char name[96];

    format_name(p, name, sizeof(name));
    if (!is_about_person(p)) {
        ignore(r, p->set == READER_PST_TAG ? about_record : about_outlook);
        return;
    }
    r->fate = KITH_FIELD_KEPT;
    for (size_t i = 0; i < reader_pst_count(p); i++) {
        struct reader_pst_property value = reader_pst_nth(p, i);

        if (!reader_pst_is_text(&value)) {
            ignore(r, "not a text");
            return;
        }
        add_item(r, KITH_ITEM_EXTRA, KITH_PLACE_NONE,
                 is_own_field(p) ? p->name : kith_arena_copy(r->arena, name, strlen(name)), take_line(r, &value));
    }
}

/* --- The contact ------------------------------------------------------------- */

static void count(const struct reading *r, struct kith_field_report *report, const struct reader_pst_property *p,
                  const struct rule *rule)
{
    char name[96];
    size_t len;

    format_name(p, name, sizeof(name));
    len = strlen(name);
    if (rule)
        (void)kith_text_format(name + len, sizeof(name) - len, " %s", rule->title);
    kith_field_report_add(report, name, r->fate, r->reason);
}

static void read_property(struct reading *r, const struct rule *rule, const struct reader_pst_property *p,
                          struct kith_field_report *report)
{
    r->fate = KITH_FIELD_READ;
    r->reason = "";
    if (p->cut && p->len == 0)
        ignore_damaged(r, "damaged or too large");
    else if (rule)
        rule->read(r, rule, p);
    else
        read_unknown(r, p);
    count(r, report, p, rule);
}

static void read_known(struct reading *r, const struct reader_pst_property *const *found,
                       struct kith_field_report *report)
{
    for (size_t i = 0; i < N_RULES; i++)
        if (found[i])
            read_property(r, &rules[i], found[i], report);
}

/* The rows come first, in their order; what has none follows in the file's. */
static void read_properties(struct reading *r, const struct reader_pst_item *item, struct kith_field_report *report)
{
    const struct reader_pst_property *found[N_RULES] = {0};
    bool *has_row = kith_arena_new_n(r->arena, bool, item->n);

    for (size_t i = 0; i < item->n; i++) {
        uint32_t number = number_of(&item->properties[i]);

        for (size_t rule = 0; rule < N_RULES && number != NO_PROPERTY && !has_row[i]; rule++) {
            if (rules[rule].property != number || found[rule])
                continue;
            found[rule] = &item->properties[i];
            has_row[i] = true;
        }
    }
    read_known(r, found, report);
    for (size_t i = 0; i < item->n; i++)
        if (!has_row[i])
            read_property(r, NULL, &item->properties[i], report);
}

static void init(struct reading *r)
{
    static const struct kith_address no_address = {
        .street = "", .po_box = "", .city = "", .region = "", .postal_code = "", .country = "", .label = ""};

    r->mailing = no_address;
    for (size_t slot = 0; slot < SLOTS; slot++)
        for (size_t part = 0; part < SLOT_PARTS; part++)
            r->slots[slot].text[part] = "";
    for (size_t place = 0; place <= KITH_PLACE_OTHER; place++) {
        r->written[place] = "";
        r->country_code[place] = "";
    }
}

void reader_pst_fields_read(const struct reader_pst_item *item, struct reader_pst_texts *texts,
                            struct kith_contact *contact, struct kith_field_report *report)
{
    struct reading r = {.contact = contact, .texts = texts, .arena = texts->arena};

    init(&r);
    texts->cut = false;
    read_properties(&r, item, report);
    for (size_t i = 0; i < SLOTS; i++)
        finish_slot(&r, &r.slots[i]);
    finish_mailing(&r);
    finish_written(&r);
    finish_countries(&r);
    contact->source = KITH_SOURCE_OUTLOOK;
    contact->partial |= item->damaged || texts->cut;
}
