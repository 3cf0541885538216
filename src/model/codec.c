/* SPDX-License-Identifier: MIT */
/*
 * codec.c - a contact and its keys as bytes, and back.
 *
 * Before: normalise/ has made the contact comparable and its keys.
 * After:  store/ takes all contacts of the account at once, when the last one is here.
 *
 * A record is its length (4 bytes), then the fields one after the other: numbers in base 128, low digits
 * first, texts as length and bytes. Most texts of most contacts are empty, and then cost one bit or byte.
 */
#include "model/codec.h"

#include <limits.h>
#include <string.h>

#include "base/text.h"

/* Where the texts of each part stand: one table serves writing and reading, so that they cannot disagree. */
#define TEXT_OF(type, member) offsetof(struct type, member)

static const size_t contact_texts[] = {
    TEXT_OF(kith_contact, account),    TEXT_OF(kith_contact, folder), TEXT_OF(kith_contact, source_id),
    TEXT_OF(kith_contact, change_key), TEXT_OF(kith_contact, shown),  TEXT_OF(kith_contact, initials),
    TEXT_OF(kith_contact, photo_url),
};
static const size_t email_texts[] = {
    TEXT_OF(kith_email, address),
    TEXT_OF(kith_email, name),
    TEXT_OF(kith_email, label),
};
static const size_t phone_texts[] = {
    TEXT_OF(kith_phone, raw),
    TEXT_OF(kith_phone, label),
};
static const size_t address_texts[] = {
    TEXT_OF(kith_address, street), TEXT_OF(kith_address, po_box),      TEXT_OF(kith_address, city),
    TEXT_OF(kith_address, region), TEXT_OF(kith_address, postal_code), TEXT_OF(kith_address, country),
    TEXT_OF(kith_address, label),
};
static const size_t date_texts[] = {TEXT_OF(kith_date, label)};
static const size_t item_texts[] = {TEXT_OF(kith_item, label), TEXT_OF(kith_item, value)};

#define CONTACT_TEXTS contact_texts, KITH_COUNT_OF(contact_texts)
#define EMAIL_TEXTS email_texts, KITH_COUNT_OF(email_texts)
#define PHONE_TEXTS phone_texts, KITH_COUNT_OF(phone_texts)
#define ADDRESS_TEXTS address_texts, KITH_COUNT_OF(address_texts)
#define DATE_TEXTS date_texts, KITH_COUNT_OF(date_texts)
#define ITEM_TEXTS item_texts, KITH_COUNT_OF(item_texts)

enum {
    LENGTH_BYTES = 4,
    NUMBER_BYTES_MAX = 10, /* 64 bits, 7 a byte */

    /* Bits of a contact. */
    CONTACT_NAMELESS = 1,
    CONTACT_PARTIAL = 2,
    CONTACT_HAS_PHOTO = 4,
    CONTACT_HAS_KEYS = 8,
    CONTACT_BITS = 16 /* one more than all of them */
};

/* --- Writing ------------------------------------------------------------- */

static size_t encode_number(uint64_t number, char bytes[NUMBER_BYTES_MAX])
{
    size_t n = 0;

    while (number >= 0x80) {
        bytes[n++] = (char)(number | 0x80);
        number >>= 7;
    }
    bytes[n++] = (char)number;
    return n;
}

static void put_number(struct kith_buf *out, uint64_t number)
{
    char bytes[NUMBER_BYTES_MAX];

    (void)kith_buf_add(out, bytes, encode_number(number, bytes)); /* out->full remembers; seen at the record's end */
}

/* Small numbers stay short on both sides of zero. */
static void put_signed(struct kith_buf *out, int64_t number)
{
    put_number(out, ((uint64_t)number << 1) ^ (number < 0 ? UINT64_MAX : 0));
}

/* Length and bytes in one go: a contact has some thirty texts. */
static void put_bytes(struct kith_buf *out, const char *bytes, size_t len)
{
    char length[NUMBER_BYTES_MAX];
    size_t n = encode_number(len, length);
    char *room = kith_buf_reserve(out, n + len);

    if (!room)
        return; /* as above */
    memcpy(room, length, n);
    if (len > 0)
        memcpy(room + n, bytes, len);
    out->len += n + len;
    out->data[out->len] = '\0';
}

static void put_text(struct kith_buf *out, const char *text)
{
    put_bytes(out, text, strlen(text));
}

static void put_texts(struct kith_buf *out, const void *part, const size_t *offsets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *text;

        memcpy(&text, (const char *)part + offsets[i], sizeof(text));
        put_text(out, text);
    }
}

/* The fields that a contact has once: which there are, as bits, then those. */
static void put_fields(struct kith_buf *out, const struct kith_contact *contact)
{
    uint64_t present = 0;

    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        if (contact->text[i][0] != '\0')
            present |= UINT64_C(1) << i;

    put_number(out, present);
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        if (present >> i & 1)
            put_text(out, contact->text[i]);
}

static void put_parts(struct kith_buf *out, const struct kith_contact *contact)
{
    put_number(out, contact->n_emails);
    for (size_t i = 0; i < contact->n_emails; i++) {
        put_number(out, contact->emails[i].place);
        put_texts(out, &contact->emails[i], EMAIL_TEXTS);
    }

    put_number(out, contact->n_phones);
    for (size_t i = 0; i < contact->n_phones; i++) {
        const struct kith_phone *phone = &contact->phones[i];

        put_number(out, phone->kind);
        put_number(out, phone->number_class);
        put_number(out, phone->region_assumed);
        put_texts(out, phone, PHONE_TEXTS);
        put_text(out, phone->e164);
        put_text(out, phone->national);
        put_text(out, phone->extension);
    }

    put_number(out, contact->n_addresses);
    for (size_t i = 0; i < contact->n_addresses; i++) {
        put_number(out, contact->addresses[i].place);
        put_texts(out, &contact->addresses[i], ADDRESS_TEXTS);
    }

    put_number(out, contact->n_dates);
    for (size_t i = 0; i < contact->n_dates; i++) {
        const struct kith_date *date = &contact->dates[i];

        put_number(out, date->kind);
        put_signed(out, date->year);
        put_signed(out, date->month);
        put_signed(out, date->day);
        put_texts(out, date, DATE_TEXTS);
    }

    put_number(out, contact->n_items);
    for (size_t i = 0; i < contact->n_items; i++) {
        put_number(out, contact->items[i].kind);
        put_number(out, contact->items[i].place);
        put_texts(out, &contact->items[i], ITEM_TEXTS);
    }
}

static void put_keys(struct kith_buf *out, const struct kith_keys *keys)
{
    put_bytes(out, keys->names.data, keys->names.len);
    put_bytes(out, keys->others.data, keys->others.len);
    put_bytes(out, keys->numbers.data, keys->numbers.len);
    put_bytes(out, keys->sort.data, keys->sort.len);
    put_text(out, keys->letter);
    put_number(out, keys->bold_start);
    put_number(out, keys->bold_len);
    put_text(out, keys->reading);
}

static unsigned bits_of(const struct kith_contact *contact, const struct kith_keys *keys)
{
    return (contact->nameless ? CONTACT_NAMELESS : 0) | (contact->partial ? CONTACT_PARTIAL : 0) |
           (contact->has_photo ? CONTACT_HAS_PHOTO : 0) | (keys ? CONTACT_HAS_KEYS : 0);
}

/* The buffer as it was before the record: half a record would make the next one unreadable. */
static bool take_back(struct kith_buf *out, size_t start)
{
    out->len = start;
    if (out->data)
        out->data[start] = '\0';
    out->full = true;
    return false;
}

bool kith_codec_write(struct kith_buf *out, const struct kith_contact *contact, const struct kith_keys *keys)
{
    static const char no_length_yet[LENGTH_BYTES];
    size_t start = out->len;
    size_t body_bytes;
    uint32_t length;

    if (out->full || !kith_buf_add(out, no_length_yet, LENGTH_BYTES))
        return false;

    put_number(out, bits_of(contact, keys));
    put_signed(out, contact->id);
    put_signed(out, contact->account_id);
    put_number(out, contact->source);
    put_signed(out, contact->colour);
    put_signed(out, contact->created_s);
    put_signed(out, contact->modified_s);
    put_texts(out, contact, CONTACT_TEXTS);
    put_bytes(out, contact->photo, contact->n_photo);
    put_fields(out, contact);
    put_parts(out, contact);
    if (keys)
        put_keys(out, keys);

    body_bytes = out->len - start - LENGTH_BYTES;
    if (out->full || body_bytes > UINT32_MAX)
        return take_back(out, start);
    length = (uint32_t)body_bytes;
    memcpy(out->data + start, &length, LENGTH_BYTES);
    return true;
}

/* --- Reading ------------------------------------------------------------- */

/* Once something does not fit, `damaged` stays set and every later read gives 0 or "": looked at once, at the end. */
struct cursor {
    const char *at;
    const char *end;
    struct kith_arena *arena;
    bool damaged;
};

static uint64_t get_number(struct cursor *c)
{
    uint64_t number = 0;

    for (unsigned shift = 0; shift < 7 * NUMBER_BYTES_MAX && c->at < c->end; shift += 7) {
        unsigned char byte = (unsigned char)*c->at++;

        number |= (uint64_t)(byte & 0x7f) << shift;
        if (byte < 0x80)
            return number;
    }
    c->damaged = true;
    c->at = c->end;
    return 0;
}

static int64_t get_signed(struct cursor *c)
{
    uint64_t number = get_number(c);

    return (int64_t)(number >> 1) ^ -(int64_t)(number & 1);
}

/* A number below end, else 0 and damaged. */
static unsigned get_below(struct cursor *c, unsigned end)
{
    uint64_t number = get_number(c);

    if (number < end)
        return (unsigned)number;
    c->damaged = true;
    return 0;
}

static int get_int(struct cursor *c)
{
    int64_t number = get_signed(c);

    if (number >= INT_MIN && number <= INT_MAX)
        return (int)number;
    c->damaged = true;
    return 0;
}

static const char *get_bytes(struct cursor *c, size_t *ret_len)
{
    uint64_t len = get_number(c);
    const char *bytes = c->at;

    if (len > (size_t)(c->end - c->at)) {
        c->damaged = true;
        len = 0;
    }
    c->at += len;
    *ret_len = (size_t)len;
    return bytes;
}

/* A text's bytes; one with a NUL inside was not written by us. */
static const char *get_text_bytes(struct cursor *c, size_t *ret_len)
{
    const char *bytes = get_bytes(c, ret_len);

    if (*ret_len > 0 && memchr(bytes, '\0', *ret_len)) {
        c->damaged = true;
        *ret_len = 0;
    }
    return bytes;
}

static const char *get_text(struct cursor *c)
{
    size_t len;
    const char *bytes;

    if (c->at < c->end && *c->at == 0) { /* most are empty */
        c->at++;
        return "";
    }
    bytes = get_text_bytes(c, &len);

    return kith_arena_copy(c->arena, bytes, len);
}

static void get_chars(struct cursor *c, char *out, size_t out_size)
{
    size_t len;
    const char *bytes = get_text_bytes(c, &len);

    if (len >= out_size) {
        c->damaged = true;
        len = 0;
    }
    memcpy(out, bytes, len);
    out[len] = '\0';
}

static void get_texts(struct cursor *c, void *part, const size_t *offsets, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const char *text = get_text(c);

        memcpy((char *)part + offsets[i], &text, sizeof(text));
    }
}

static void get_fields(struct cursor *c, struct kith_contact *contact)
{
    uint64_t present = get_number(c);

    if (present >> KITH_TEXT_COUNT)
        c->damaged = true;
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        if (present >> i & 1)
            contact->text[i] = get_text(c);
}

static void get_email(struct cursor *c, struct kith_contact *contact)
{
    struct kith_email *email = kith_contact_add_email(contact, c->arena);

    email->place = (enum kith_place)get_below(c, KITH_PLACE_OTHER + 1);
    get_texts(c, email, EMAIL_TEXTS);
}

static void get_phone(struct cursor *c, struct kith_contact *contact)
{
    struct kith_phone *phone = kith_contact_add_phone(contact, c->arena);

    phone->kind = (enum kith_phone_kind)get_below(c, KITH_PHONE_KIND_COUNT);
    phone->number_class = (enum kith_number_class)get_below(c, KITH_NUMBER_NO_NUMBER + 1);
    phone->region_assumed = get_below(c, 2) != 0;
    get_texts(c, phone, PHONE_TEXTS);
    get_chars(c, phone->e164, sizeof(phone->e164));
    get_chars(c, phone->national, sizeof(phone->national));
    get_chars(c, phone->extension, sizeof(phone->extension));
}

static void get_address(struct cursor *c, struct kith_contact *contact)
{
    struct kith_address *address = kith_contact_add_address(contact, c->arena);

    address->place = (enum kith_place)get_below(c, KITH_PLACE_OTHER + 1);
    get_texts(c, address, ADDRESS_TEXTS);
}

static void get_date(struct cursor *c, struct kith_contact *contact)
{
    struct kith_date *date = kith_contact_add_date(contact, c->arena);

    date->kind = (enum kith_date_kind)get_below(c, KITH_DATE_OTHER + 1);
    date->year = get_int(c);
    date->month = get_int(c);
    date->day = get_int(c);
    get_texts(c, date, DATE_TEXTS);
}

static void get_item(struct cursor *c, struct kith_contact *contact)
{
    struct kith_item *item = kith_contact_add_item(contact, c->arena, KITH_ITEM_EXTRA, "");

    item->kind = (enum kith_item_kind)get_below(c, KITH_ITEM_EXTRA + 1);
    item->place = (enum kith_place)get_below(c, KITH_PLACE_OTHER + 1);
    get_texts(c, item, ITEM_TEXTS);
}

/* In the order of put_parts(). A count is never trusted further than the bytes reach. */
static void get_parts(struct cursor *c, struct kith_contact *contact)
{
    static void (*const readers[])(struct cursor *, struct kith_contact *) = {
        get_email, get_phone, get_address, get_date, get_item,
    };

    for (size_t kind = 0; kind < KITH_COUNT_OF(readers); kind++) {
        unsigned n = get_below(c, KITH_PARTS_MAX + 1);

        for (unsigned i = 0; i < n && !c->damaged; i++)
            readers[kind](c, contact);
    }
}

static void get_key(struct cursor *c, struct kith_buf *key)
{
    size_t len;
    const char *bytes = get_bytes(c, &len);

    if (len > 0 && !kith_buf_add(key, bytes, len))
        c->damaged = true;
}

static void get_keys(struct cursor *c, const struct kith_contact *contact, struct kith_keys *keys)
{
    size_t shown_bytes = strlen(contact->shown);

    get_key(c, &keys->names);
    get_key(c, &keys->others);
    get_key(c, &keys->numbers);
    get_key(c, &keys->sort);
    get_chars(c, keys->letter, sizeof(keys->letter));
    keys->bold_start = get_number(c);
    keys->bold_len = get_number(c);
    get_chars(c, keys->reading, sizeof(keys->reading));
    if (keys->bold_start > shown_bytes || keys->bold_len > shown_bytes - keys->bold_start)
        c->damaged = true;
}

/* The record's bytes without its length; false when it does not end within len. */
static bool open_record(struct cursor *c, const char *bytes, size_t len)
{
    uint32_t length;

    if (len < LENGTH_BYTES)
        return false;
    memcpy(&length, bytes, LENGTH_BYTES);
    c->at = bytes + LENGTH_BYTES;
    c->end = c->at + (length <= len - LENGTH_BYTES ? length : 0);
    return length <= len - LENGTH_BYTES;
}

static void get_photo(struct cursor *c, struct kith_contact *contact)
{
    size_t len;
    const char *bytes = get_bytes(c, &len);

    if (len == 0)
        return;
    contact->photo = kith_arena_copy(c->arena, bytes, len);
    contact->n_photo = len;
}

size_t kith_codec_read(const char *bytes, size_t len, struct kith_arena *arena, struct kith_contact *contact,
                       struct kith_keys *keys)
{
    struct cursor c = {.arena = arena};
    unsigned bits;

    kith_contact_init(contact);
    if (keys)
        kith_keys_clear(keys);
    if (!open_record(&c, bytes, len))
        return 0;

    bits = get_below(&c, CONTACT_BITS);
    contact->nameless = bits & CONTACT_NAMELESS;
    contact->partial = bits & CONTACT_PARTIAL;
    contact->has_photo = bits & CONTACT_HAS_PHOTO;
    contact->id = get_signed(&c);
    contact->account_id = get_signed(&c);
    contact->source = (enum kith_source)get_below(&c, KITH_SOURCE_OUTLOOK + 1);
    contact->colour = get_int(&c);
    contact->created_s = get_signed(&c);
    contact->modified_s = get_signed(&c);
    get_texts(&c, contact, CONTACT_TEXTS);
    get_photo(&c, contact);
    get_fields(&c, contact);
    get_parts(&c, contact);

    if (bits & CONTACT_HAS_KEYS) {
        if (keys)
            get_keys(&c, contact, keys);
        else
            c.at = c.end; /* nobody asked for them */
    }
    return c.damaged || c.at != c.end ? 0 : (size_t)(c.end - bytes);
}
