/* SPDX-License-Identifier: MIT */
/*
 * web_contact.c - addresses in lines, and found letters in the fields of one contact; see web_contact.h.
 *
 * Before: web_api_contacts.c got the contact from the engine.
 * After:  page/fields.js draws the lines and marks the letters.
 */
#include "web_contact.h"

#include "base/alloc.h"
#include "base/text.h"
#include "web_marks.h"

enum { ADDRESS_BYTES = 1 << 16, COUNTRIES_MAX = 16 };

/* --- Addresses ------------------------------------------------------------------ */

/* In kana, Han or Hangul: written from large to small. */
static bool is_east_asian(const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t c = kith_utf8_next(&text, end);

        if ((c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) || (c >= 0xac00 && c <= 0xd7a3))
            return true;
    }
    return false;
}

static bool is_in_own_script(const struct kith_address *a)
{
    return is_east_asian(a->street) || is_east_asian(a->city);
}

/* Two parts of a line, with what stands between them when both are there. */
static void put_pair(struct kith_buf *out, const char *first, const char *between, const char *second)
{
    (void)kith_buf_addf(out, "%s%s%s", first, first[0] != '\0' && second[0] != '\0' ? between : "", second);
}

static void put_line(struct kith_buf *out, const char *text)
{
    (void)kith_buf_addf(out, "%s\n", text); /* an address beyond the ceiling ends there */
}

/* 14 Lantern Yard / London SE1 0QX */
static void put_british(const struct kith_address *a, struct kith_buf *out)
{
    put_line(out, a->street);
    put_pair(out, a->city, " ", a->postal_code);
    (void)kith_buf_addf(out, "\n%s\n%s", a->region, a->country);
}

/* 7 Harbour Road / San Jose, CA 95110 */
static void put_american(const struct kith_address *a, struct kith_buf *out)
{
    put_line(out, a->street);
    put_pair(out, a->city, ", ", a->region[0] != '\0' ? a->region : a->postal_code);
    if (a->region[0] != '\0' && a->postal_code[0] != '\0')
        (void)kith_buf_addf(out, " %s", a->postal_code);
    (void)kith_buf_addf(out, "\n%s", a->country);
}

/* 〒999-0000 / みどり県架空市港町 3-12-5 */
static void put_japanese(const struct kith_address *a, struct kith_buf *out)
{
    static const char sign[] = "〒";
    bool has_sign = kith_text_starts_with(a->postal_code, sign);

    if (a->postal_code[0] != '\0')
        (void)kith_buf_addf(out, "%s%s\n", has_sign ? "" : sign, a->postal_code);
    if (is_in_own_script(a)) {
        (void)kith_buf_addf(out, "%s%s%s", a->region, a->city, a->street);
    } else {
        put_line(out, a->street);
        put_pair(out, a->city, ", ", a->region);
    }
    (void)kith_buf_addf(out, "\n%s", a->country);
}

static void put_chinese(const struct kith_address *a, struct kith_buf *out)
{
    if (!is_in_own_script(a)) {
        put_american(a, out);
        return;
    }
    put_line(out, a->country);
    put_pair(out, a->postal_code, " ", a->region[0] != '\0' ? a->region : a->city);
    (void)kith_buf_addf(out, "%s\n%s", a->region[0] != '\0' ? a->city : "", a->street);
}

/* Hauptstraße 1 / 10115 Berlin */
static void put_common(const struct kith_address *a, struct kith_buf *out)
{
    put_line(out, a->street);
    put_pair(out, a->postal_code, " ", a->city);
    (void)kith_buf_addf(out, "\n%s\n%s", a->region, a->country);
}

struct shape {
    void (*put)(const struct kith_address *a, struct kith_buf *out);
    const char *countries[COUNTRIES_MAX];
};

static const struct shape shapes[] = {
    {put_british,
     {"uk", "u.k.", "gb", "united kingdom", "great britain", "england", "scotland", "wales", "northern ireland",
      "ireland"}},
    {put_american,
     {"us", "usa", "u.s.", "u.s.a.", "united states", "united states of america", "ca", "canada", "au", "australia",
      "in", "india", "nz", "new zealand", "south africa"}},
    {put_american, {"mexico", "méxico", "brazil", "brasil"}},
    {put_japanese, {"jp", "japan", "日本"}},
    {put_chinese,
     {"cn", "china", "中国", "中國", "kr", "korea", "south korea", "대한민국", "한국", "taiwan", "台灣", "臺灣"}},
};

static void put_shaped(const struct kith_address *a, struct kith_buf *out)
{
    for (size_t i = 0; i < KITH_COUNT_OF(shapes); i++) {
        for (size_t j = 0; j < COUNTRIES_MAX && shapes[i].countries[j]; j++) {
            if (kith_text_equal_ci(a->country, shapes[i].countries[j])) {
                shapes[i].put(a, out);
                return;
            }
        }
    }
    if (a->country[0] == '\0' && is_in_own_script(a))
        put_japanese(a, out);
    else
        put_common(a, out);
}

/* A number alone would read as a house's. */
static void put_box(const char *box, struct kith_buf *out)
{
    bool is_number = box[strspn(box, "0123456789")] == '\0';

    if (box[0] != '\0')
        (void)kith_buf_addf(out, "%s%s\n", is_number ? "PO Box " : "", box);
}

/* The next line without the blanks around it; false at the end. */
static bool next_line(const char **at, const char **ret_line, size_t *ret_len)
{
    const char *line = *at;
    size_t len = strcspn(line, "\n");

    if (line[0] == '\0')
        return false;
    *at += len + (line[len] == '\n');
    for (; len > 0 && strchr(" \t\r", line[0]); len--)
        line++;
    while (len > 0 && strchr(" \t\r", line[len - 1]))
        len--;
    *ret_line = line;
    *ret_len = len;
    return true;
}

void kith_web_address_lines(const struct kith_address *address, struct kith_buf *out)
{
    KITH_AUTO_DONE(kith_buf) raw;
    const char *at, *line;
    size_t len;

    kith_buf_init(&raw, ADDRESS_BYTES);
    put_box(address->po_box, &raw);
    put_shaped(address, &raw);
    at = kith_buf_text(&raw);
    while (next_line(&at, &line, &len)) {
        if (len == 0)
            continue;
        if (out->len > 0)
            (void)kith_buf_add_char(out, '\n');
        (void)kith_buf_add(out, line, len);
    }
}

/* --- The document ------------------------------------------------------------------- */

struct marking {
    struct kith_json_writer *w;
    struct kith_web_marker *marker;
};

static void mark(const struct marking *marking, const char *text)
{
    struct kith_web_mark first;

    if (kith_web_marks_find(marking->marker, text, &first, 1) == 0)
        return;
    kith_json_begin_object(marking->w, NULL);
    kith_json_put_text(marking->w, "text", text);
    kith_web_marks_write(marking->marker, marking->w, "marks", text);
    kith_json_end(marking->w);
}

static void mark_lines(const struct marking *marking, char *lines)
{
    while (lines) {
        char *end = strchr(lines, '\n');

        if (end)
            *end = '\0';
        mark(marking, lines);
        lines = end ? end + 1 : NULL;
    }
}

static void mark_fields(const struct marking *marking, const struct kith_contact *contact)
{
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        mark(marking, contact->text[i]);
    for (size_t i = 0; i < contact->n_phones; i++)
        mark(marking, contact->phones[i].raw);
    for (size_t i = 0; i < contact->n_emails; i++)
        mark(marking, contact->emails[i].address);
    for (size_t i = 0; i < contact->n_items; i++)
        mark(marking, contact->items[i].value);
    for (size_t i = 0; i < contact->n_addresses; i++) {
        KITH_AUTO_DONE(kith_buf) lines;

        kith_buf_init(&lines, ADDRESS_BYTES);
        kith_web_address_lines(&contact->addresses[i], &lines);
        KITH_AUTO_STRING text = kith_buf_take_text(&lines);
        mark_lines(marking, text);
    }
}

static void put_lines(struct kith_json_writer *w, const struct kith_address *address)
{
    KITH_AUTO_DONE(kith_buf) lines;
    const char *at, *line;
    size_t len;

    kith_buf_init(&lines, ADDRESS_BYTES);
    kith_web_address_lines(address, &lines);
    at = kith_buf_text(&lines);
    kith_json_begin_array(w, NULL);
    while (next_line(&at, &line, &len)) {
        KITH_AUTO_STRING text = kith_xstrndup(line, len);
        kith_json_put_text(w, NULL, text);
    }
    kith_json_end(w);
}

void kith_web_contact_write(struct kith_json_writer *w, const struct kith_contact *contact, const char *typed)
{
    KITH_AUTO(kith_web_marker) marker = typed[0] != '\0' ? kith_web_marker_new(typed) : NULL;
    const struct marking marking = {.w = w, .marker = marker};

    kith_json_begin_array(w, "address_lines");
    for (size_t i = 0; i < contact->n_addresses; i++)
        put_lines(w, &contact->addresses[i]);
    kith_json_end(w);
    kith_json_begin_array(w, "marks");
    if (marker)
        mark_fields(&marking, contact);
    kith_json_end(w);
}
