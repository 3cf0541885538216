/* SPDX-License-Identifier: MIT */
/*
 * web_contact.c - what the fields of one contact are called, addresses in lines, found letters; see web_contact.h.
 *
 * Before: web_api_contacts.c got the contact from the engine.
 * After:  page/fields.js draws the lines and marks the letters.
 */
#include "web_contact.h"

#include <time.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"

enum { ADDRESS_BYTES = 1 << 16, COUNTRIES_MAX = 20, PEOPLE_LOOK = 5, DAY_S = 86400, SOON_DAYS = 31 };

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
      "in", "india", "nz", "new zealand", "south africa", "mexico", "méxico", "brazil", "brasil"}},
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

enum { MARKS_MAX = 16 };

struct marking {
    struct kith_json_writer *w;
    struct kith_marker *marker;
};

static void mark(const struct marking *marking, const char *text)
{
    struct kith_mark marks[MARKS_MAX];
    size_t n = kith_marks_find(marking->marker, text, marks, MARKS_MAX);

    if (n == 0)
        return;
    kith_json_begin_object(marking->w, NULL);
    kith_json_put_text(marking->w, "text", text);
    kith_json_begin_array(marking->w, "marks");
    for (size_t i = 0; i < n; i++) {
        kith_json_begin_array(marking->w, NULL);
        kith_json_put_int(marking->w, NULL, marks[i].start);
        kith_json_put_int(marking->w, NULL, marks[i].length);
        kith_json_end(marking->w);
    }
    kith_json_end(marking->w);
    kith_json_end(marking->w);
}

static void mark_address(const struct marking *marking, const struct kith_address *address)
{
    KITH_AUTO_DONE(kith_buf) lines;
    const char *at, *line;
    size_t len;

    kith_buf_init(&lines, ADDRESS_BYTES);
    kith_web_address_lines(address, &lines);
    at = kith_buf_text(&lines);
    while (next_line(&at, &line, &len)) {
        KITH_AUTO_STRING text = kith_xstrndup(line, len);
        mark(marking, text);
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
    for (size_t i = 0; i < contact->n_addresses; i++)
        mark_address(marking, &contact->addresses[i]);
}

/* --- What things are called -------------------------------------------------------- */

static const char *placed_label(enum kith_place place, const char *own, const char *const labels[4])
{
    if (own[0] != '\0')
        return own;
    return labels[(unsigned)place < 4 ? place : KITH_PLACE_NONE];
}

static const char *email_label(const struct kith_email *email)
{
    static const char *const labels[] = {"E-mail", "Work e-mail", "Home e-mail", "Other e-mail"};

    return placed_label(email->place, email->label, labels);
}

static const char *address_label(const struct kith_address *address)
{
    static const char *const labels[] = {"Address", "Work address", "Home address", "Other address"};

    return placed_label(address->place, address->label, labels);
}

static const char *item_label(const struct kith_item *item)
{
    static const char *const pages[] = {"Web page", "Work web page", "Home web page", "Other web page"};

    if (item->label[0] != '\0')
        return item->label;
    switch (item->kind) {
    case KITH_ITEM_WEB:
        return placed_label(item->place, "", pages);
    case KITH_ITEM_CHAT:
        return "Chat";
    case KITH_ITEM_CHILD:
        return "Child";
    case KITH_ITEM_CATEGORY:
    case KITH_ITEM_RELATION:
    case KITH_ITEM_EXTRA:
        break;
    }
    return "Also";
}

static const char *date_label(const struct kith_date *date)
{
    if (date->label[0] != '\0')
        return date->label;
    if (date->kind == KITH_DATE_BIRTHDAY)
        return "Birthday";
    return date->kind == KITH_DATE_ANNIVERSARY ? "Anniversary" : "Date";
}

/* --- Dates ------------------------------------------------------------------------------ */

/* Days since 1970 of a day in the calendar; the 29 February of other years is the 1 March. */
static int64_t day_number(int year, int month, int day)
{
    struct tm date = {.tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day, .tm_hour = 12};

    return (int64_t)timegm(&date) / DAY_S;
}

static int64_t days_until(const struct kith_date *date, const struct tm *today)
{
    int64_t now = day_number(today->tm_year + 1900, today->tm_mon + 1, today->tm_mday);
    int64_t then = day_number(today->tm_year + 1900, date->month, date->day);

    return then >= now ? then - now : day_number(today->tm_year + 1901, date->month, date->day) - now;
}

void kith_web_date_format(const struct kith_date *date, int64_t now_s, char *out, size_t out_size)
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    time_t now_t = (time_t)now_s;
    struct tm today;
    char year[16] = "", left[32] = "";

    if (date->month < 1 || date->month > 12 || !localtime_r(&now_t, &today)) {
        (void)kith_text_copy(out, out_size, "");
        return;
    }
    int64_t days = days_until(date, &today);
    if (date->year > 0)
        (void)kith_text_format(year, sizeof(year), " %d", date->year);
    if (days == 0)
        (void)kith_text_copy(left, sizeof(left), ", today");
    else if (days == 1)
        (void)kith_text_copy(left, sizeof(left), ", tomorrow");
    else if (days <= SOON_DAYS)
        (void)kith_text_format(left, sizeof(left), ", in %lld days", (long long)days);
    (void)kith_text_format(out, out_size, "%d %s%s%s", date->day, months[date->month - 1], year, left);
}

/* --- The members ------------------------------------------------------------------------ */

static void put_label(struct kith_json_writer *w, const char *label)
{
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "label", label);
    kith_json_end(w);
}

static void put_address(struct kith_json_writer *w, const struct kith_address *address)
{
    KITH_AUTO_DONE(kith_buf) lines;
    const char *at, *line;
    size_t len;

    kith_buf_init(&lines, ADDRESS_BYTES);
    kith_web_address_lines(address, &lines);
    at = kith_buf_text(&lines);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "label", address_label(address));
    kith_json_begin_array(w, "lines");
    while (next_line(&at, &line, &len)) {
        KITH_AUTO_STRING text = kith_xstrndup(line, len);
        kith_json_put_text(w, NULL, text);
    }
    kith_json_end(w);
    kith_json_end(w);
}

static void put_date(struct kith_json_writer *w, const struct kith_date *date)
{
    char text[64];

    kith_web_date_format(date, kith_clock_now_s(), text, sizeof(text));
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "label", date_label(date));
    kith_json_put_text(w, "text", text);
    kith_json_end(w);
}

static void put_words(const struct kith_contact *contact, struct kith_json_writer *w)
{
    kith_json_begin_object(w, "words");
    kith_json_begin_array(w, "phones");
    for (size_t i = 0; i < contact->n_phones; i++)
        put_label(w, kith_phone_title(&contact->phones[i]));
    kith_json_end(w);
    kith_json_begin_array(w, "emails");
    for (size_t i = 0; i < contact->n_emails; i++)
        put_label(w, email_label(&contact->emails[i]));
    kith_json_end(w);
    kith_json_begin_array(w, "addresses");
    for (size_t i = 0; i < contact->n_addresses; i++)
        put_address(w, &contact->addresses[i]);
    kith_json_end(w);
    kith_json_begin_array(w, "items");
    for (size_t i = 0; i < contact->n_items; i++)
        put_label(w, item_label(&contact->items[i]));
    kith_json_end(w);
    kith_json_begin_array(w, "dates");
    for (size_t i = 0; i < contact->n_dates; i++)
        put_date(w, &contact->dates[i]);
    kith_json_end(w);
    kith_json_end(w);
}

/* What few people have, under "More fields". */
static void put_texts(const struct kith_contact *contact, struct kith_json_writer *w)
{
    static const struct {
        enum kith_text field;
        const char *label;
    } rare[] = {
        {KITH_TEXT_NICKNAME, "Nickname"}, {KITH_TEXT_PREFIX, "Title"},
        {KITH_TEXT_SUFFIX, "Suffix"},     {KITH_TEXT_MIDDLE, "Middle name"},
        {KITH_TEXT_OFFICE, "Office"},     {KITH_TEXT_PROFESSION, "Profession"},
        {KITH_TEXT_FILE_AS, "Filed as"},  {KITH_TEXT_PHONETIC_COMPANY, "Company, as it is read"},
        {KITH_TEXT_INITIALS, "Initials"},
    };

    kith_json_begin_array(w, "texts");
    for (size_t i = 0; i < KITH_COUNT_OF(rare); i++) {
        if (contact->text[rare[i].field][0] == '\0')
            continue;
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "label", rare[i].label);
        kith_json_put_text(w, "text", contact->text[rare[i].field]);
        kith_json_end(w);
    }
    kith_json_end(w);
}

/* The one contact that is shown by exactly this name. */
static int64_t find_person(struct kith *k, const char *name)
{
    struct kith_rows *rows = NULL;
    int64_t id = 0;
    size_t n = 0;

    if (name[0] == '\0' || kith_find(k, name, PEOPLE_LOOK, &rows, NULL) != KITH_OK)
        return 0; /* a name without a link is right, too */
    for (size_t i = 0; i < rows->n; i++) {
        if (strcmp(rows->row[i].shown, name) != 0)
            continue;
        id = rows->row[i].id;
        n++;
    }
    kith_rows_free(rows);
    return n == 1 ? id : 0;
}

static void put_people(struct kith *k, const struct kith_contact *contact, struct kith_json_writer *w)
{
    static const enum kith_text people[] = {KITH_TEXT_MANAGER, KITH_TEXT_ASSISTANT, KITH_TEXT_SPOUSE};

    kith_json_begin_object(w, "people");
    for (size_t i = 0; i < KITH_COUNT_OF(people); i++)
        kith_json_put_int(w, kith_text_id(people[i]), find_person(k, contact->text[people[i]]));
    kith_json_end(w);
}

void kith_web_contact_write(struct kith *k, const struct kith_contact *contact, const char *typed,
                            struct kith_json_writer *w)
{
    KITH_AUTO(kith_marker) marker = typed[0] != '\0' ? kith_marker_new(typed) : NULL;
    const struct marking marking = {.w = w, .marker = marker};

    put_words(contact, w);
    put_texts(contact, w);
    put_people(k, contact, w);
    kith_json_begin_array(w, "marks");
    if (marker)
        mark_fields(&marking, contact);
    kith_json_end(w);
}
