/* SPDX-License-Identifier: MIT */
/*
 * show_text.c - a contact for a terminal: labels at the left, values beside them.
 *
 * Before: store/ gave the contact.
 * After:  the command line prints it.
 *
 * Groups and words are those of the contact's page in the browser, so that a person finds the same things in the
 * same order everywhere. Values stay as the source wrote them, but for what could drive the terminal: a contact
 * comes from anybody who ever wrote to this person.
 */
#include "show/show_text.h"

#include <assert.h>
#include <kith/export.h>
#include <stdint.h>

#include "base/text.h"

enum {
    LABEL_COLUMNS_MAX = 24, /* a longer label moves its own value only */
    GAP_COLUMNS = 2,
};

/*
 * The sheet that is being written. It is gone over twice: once to measure the labels, once to write, so that the
 * values stand in one column that is no wider than it must be.
 */
struct sheet {
    struct kith_buf *out; /* NULL: measuring */
    size_t label_columns;
    bool group_begins; /* an empty line comes before the next field */
};

/* --- Fields --------------------------------------------------------------- */

static size_t columns_of(const char *text)
{
    const char *end = text + strlen(text);
    size_t n = 0;

    for (; text < end; n++)
        (void)kith_utf8_next(&text, end);
    return n;
}

/* Control characters, and those that turn the writing direction of what comes after them. */
static bool is_dangerous(uint32_t c)
{
    return c < 0x20 || (c >= 0x7f && c <= 0x9f) || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) ||
           c == 0x2028 || c == 0x2029;
}

/* Write text with what is dangerous spelled out: \x1b, \u202e. */
static void put_safe(struct kith_buf *out, const char *text, size_t len)
{
    const char *end = text + len;
    char bytes[4];

    while (text < end) {
        uint32_t c = kith_utf8_next(&text, end);

        if (c == '\t')
            (void)kith_buf_add_char(out, ' ');
        else if (is_dangerous(c))
            (void)kith_buf_addf(out, c < 0x100 ? "\\x%02x" : "\\u%04x", (unsigned)c); /* out->full remembers */
        else
            (void)kith_buf_add(out, bytes, kith_utf8_put(c, bytes));
    }
}

static void put_spaces(struct kith_buf *out, size_t n)
{
    while (n-- > 0)
        (void)kith_buf_add_char(out, ' ');
}

/* A value of several lines goes on under itself. */
static void put_lines(struct sheet *sheet, const char *text)
{
    for (;;) {
        size_t len = strcspn(text, "\n");

        put_safe(sheet->out, text, len);
        (void)kith_buf_add_char(sheet->out, '\n');
        text += len;
        if (text[0] == '\0' || text[1] == '\0')
            return;
        text++;
        put_spaces(sheet->out, sheet->label_columns + GAP_COLUMNS);
    }
}

static void measure(struct sheet *sheet, const char *label)
{
    size_t columns = columns_of(label);

    if (columns > sheet->label_columns && columns <= LABEL_COLUMNS_MAX)
        sheet->label_columns = columns;
}

static void put_field(struct sheet *sheet, const char *label, const char *value)
{
    size_t columns = columns_of(label);

    if (value[0] == '\0')
        return;
    if (!sheet->out) {
        measure(sheet, label);
        return;
    }
    if (sheet->group_begins)
        (void)kith_buf_add_char(sheet->out, '\n');
    sheet->group_begins = false;

    put_safe(sheet->out, label, strlen(label));
    put_spaces(sheet->out, GAP_COLUMNS + (columns < sheet->label_columns ? sheet->label_columns - columns : 0));
    put_lines(sheet, value);
}

static void begin_group(struct sheet *sheet)
{
    sheet->group_begins = true;
}

/* "Work e-mail", "E-mail"; the source's own word for it wins. */
static void put_placed(struct sheet *sheet, enum kith_place place, const char *own, const char *noun,
                       const char *noun_alone, const char *value)
{
    static const char *const places[] = {[KITH_PLACE_NONE] = "",
                                         [KITH_PLACE_WORK] = "Work ",
                                         [KITH_PLACE_HOME] = "Home ",
                                         [KITH_PLACE_OTHER] = "Other "};
    char label[48];
    bool is_placed = place != KITH_PLACE_NONE && (size_t)place < KITH_COUNT_OF(places);

    (void)kith_text_format(label, sizeof(label), "%s%s", is_placed ? places[place] : "",
                           is_placed ? noun : noun_alone); /* they are ours, and short */
    put_field(sheet, own[0] != '\0' ? own : label, value);
}

const char *kith_phone_title(const struct kith_phone *phone)
{
    static const char *const labels[KITH_PHONE_KIND_COUNT] = {
        [KITH_PHONE_OTHER] = "Number",
        [KITH_PHONE_MOBILE] = "Mobile",
        [KITH_PHONE_WORK] = "Work phone",
        [KITH_PHONE_HOME] = "Home phone",
        [KITH_PHONE_WORK_FAX] = "Work fax",
        [KITH_PHONE_HOME_FAX] = "Home fax",
        [KITH_PHONE_OTHER_FAX] = "Fax",
        [KITH_PHONE_PAGER] = "Pager",
        [KITH_PHONE_COMPANY] = "Company phone",
        [KITH_PHONE_ASSISTANT] = "Assistant’s phone",
        [KITH_PHONE_CALLBACK] = "Callback",
        [KITH_PHONE_CAR] = "Car phone",
        [KITH_PHONE_RADIO] = "Radio phone",
        [KITH_PHONE_PRIMARY] = "Main number",
        [KITH_PHONE_ISDN] = "ISDN",
        [KITH_PHONE_TELEX] = "Telex",
        [KITH_PHONE_TEXT] = "Text telephone",
    };
    size_t kind = (size_t)phone->kind < KITH_PHONE_KIND_COUNT ? (size_t)phone->kind : KITH_PHONE_OTHER;

    return phone->label[0] != '\0' ? phone->label : labels[kind];
}

/* --- Groups, in the order of the page -------------------------------------- */

static void put_phones(struct sheet *sheet, const struct kith_contact *contact)
{
    begin_group(sheet);
    for (size_t i = 0; i < contact->n_phones; i++) {
        const struct kith_phone *phone = &contact->phones[i];

        put_field(sheet, kith_phone_title(phone), phone->raw);
    }
}

static void put_emails(struct sheet *sheet, const struct kith_contact *contact)
{
    begin_group(sheet);
    for (size_t i = 0; i < contact->n_emails; i++)
        put_placed(sheet, contact->emails[i].place, contact->emails[i].label, "e-mail", "E-mail",
                   contact->emails[i].address);
}

static void put_items(struct sheet *sheet, const struct kith_contact *contact, enum kith_item_kind kind,
                      const char *noun, const char *noun_alone)
{
    for (size_t i = 0; i < contact->n_items; i++)
        if (contact->items[i].kind == kind)
            put_placed(sheet, contact->items[i].place, contact->items[i].label, noun, noun_alone,
                       contact->items[i].value);
}

/* Where the town comes before the postal code. Everywhere else the code leads: the rule of most of the world. */
static bool town_leads(const char *country)
{
    static const char *const countries[] = {
        "US",
        "USA",
        "United States",
        "United States of America",
        "CA",
        "Canada",
        "GB",
        "UK",
        "United Kingdom",
        "Great Britain",
        "England",
        "Scotland",
        "Wales",
        "Northern Ireland",
        "IE",
        "Ireland",
        "AU",
        "Australia",
        "NZ",
        "New Zealand",
        "IN",
        "India",
        "ZA",
        "South Africa",
        "SG",
        "Singapore",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(countries); i++)
        if (kith_text_equal_ci(country, countries[i]))
            return true;
    return false;
}

/* Add text, with separator before it when something stands there already. */
static void join(struct kith_buf *line, const char *separator, const char *text)
{
    if (text[0] == '\0')
        return;
    if (line->len > 0)
        (void)kith_buf_add_text(line, separator); /* it has no ceiling */
    (void)kith_buf_add_text(line, text);
}

static void join_town(struct kith_buf *lines, const struct kith_address *address)
{
    KITH_AUTO_DONE(kith_buf) town;

    kith_buf_init(&town, SIZE_MAX);
    if (town_leads(address->country) || (address->country[0] == '\0' && address->region[0] != '\0')) {
        join(&town, "", address->city);
        join(&town, ", ", address->region);
        join(&town, " ", address->postal_code);
        join(lines, "\n", kith_buf_text(&town));
        return;
    }
    join(&town, "", address->postal_code);
    join(&town, " ", address->city);
    join(lines, "\n", kith_buf_text(&town));
    join(lines, "\n", address->region);
}

static void put_address(struct sheet *sheet, const struct kith_address *address)
{
    KITH_AUTO_DONE(kith_buf) lines;

    kith_buf_init(&lines, SIZE_MAX);
    join(&lines, "", address->street);
    if (address->po_box[0] != '\0') {
        join(&lines, "\n", "PO box ");
        (void)kith_buf_add_text(&lines, address->po_box);
    }
    join_town(&lines, address);
    join(&lines, "\n", address->country);
    put_placed(sheet, address->place, address->label, "address", "Address", kith_buf_text(&lines));
}

/* "14 March 1981", "14 March" */
static void put_date(struct sheet *sheet, const struct kith_date *date)
{
    static const char *const months[] = {"",     "January", "February",  "March",   "April",    "May",     "June",
                                         "July", "August",  "September", "October", "November", "December"};
    const char *label = date->kind == KITH_DATE_BIRTHDAY      ? "Birthday"
                        : date->kind == KITH_DATE_ANNIVERSARY ? "Anniversary"
                                                              : "Date";
    char value[48];

    if (date->month < 1 || date->month > 12)
        return;
    if (date->year > 0)
        (void)kith_text_format(value, sizeof(value), "%d %s %d", date->day, months[date->month], date->year);
    else
        (void)kith_text_format(value, sizeof(value), "%d %s", date->day, months[date->month]);
    put_field(sheet, date->label[0] != '\0' ? date->label : label, value);
}

static void put_people(struct sheet *sheet, const struct kith_contact *contact)
{
    begin_group(sheet);
    put_field(sheet, "Manager", contact->text[KITH_TEXT_MANAGER]);
    put_field(sheet, "Assistant", contact->text[KITH_TEXT_ASSISTANT]);
    put_field(sheet, "Spouse", contact->text[KITH_TEXT_SPOUSE]);
    put_items(sheet, contact, KITH_ITEM_CHILD, "child", "Child");
    put_items(sheet, contact, KITH_ITEM_RELATION, "relation", "Relation");
}

static void put_categories(struct sheet *sheet, const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) names;

    kith_buf_init(&names, SIZE_MAX);
    for (size_t i = 0; i < contact->n_items; i++)
        if (contact->items[i].kind == KITH_ITEM_CATEGORY)
            join(&names, ", ", contact->items[i].value);
    put_field(sheet, "Categories", kith_buf_text(&names));
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || ((unsigned char)c & 0x80) != 0;
}

/* text is one or more whole words of name. */
static bool is_part_of_name(const char *name, const char *text)
{
    size_t len = strlen(text);

    for (const char *at = strstr(name, text); len > 0 && at; at = strstr(at + 1, text))
        if ((at == name || !is_letter(at[-1])) && !is_letter(at[len]))
            return true;
    return false;
}

/* A terminal shows no picture, but that there is one. */
static void put_photo(struct sheet *sheet, const struct kith_contact *contact)
{
    char size[32], text[64];

    if (contact->n_photo == 0)
        return;
    kith_text_format_count((int64_t)contact->n_photo, size, sizeof(size));
    (void)kith_text_format(text, sizeof(text), "%s, %s bytes",
                           kith_photo_media_type(kith_photo_kind_of(contact->photo, contact->n_photo)), size);
    put_field(sheet, "Picture", text);
}

/* What is part of the name above need not be said again. */
static void put_more_fields(struct sheet *sheet, const struct kith_contact *contact)
{
    static const struct {
        enum kith_text field;
        const char *label;
    } fields[] = {
        {KITH_TEXT_NICKNAME, "Nickname"},
        {KITH_TEXT_PREFIX, "Title"},
        {KITH_TEXT_MIDDLE, "Middle name"},
        {KITH_TEXT_SUFFIX, "Suffix"},
        {KITH_TEXT_FILE_AS, "Filed as"},
        {KITH_TEXT_PROFESSION, "Profession"},
        {KITH_TEXT_PHONETIC_COMPANY, "Company, as it is read"},
    };

    begin_group(sheet);
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++)
        if (!is_part_of_name(contact->shown, contact->text[fields[i].field]))
            put_field(sheet, fields[i].label, contact->text[fields[i].field]);
    put_items(sheet, contact, KITH_ITEM_EXTRA, "field", "Field");
    put_photo(sheet, contact);
}

static void put_groups(struct sheet *sheet, const struct kith_contact *contact)
{
    put_phones(sheet, contact);
    put_emails(sheet, contact);
    begin_group(sheet);
    put_items(sheet, contact, KITH_ITEM_CHAT, "chat", "Chat");
    begin_group(sheet);
    for (size_t i = 0; i < contact->n_addresses; i++)
        put_address(sheet, &contact->addresses[i]);
    begin_group(sheet);
    put_items(sheet, contact, KITH_ITEM_WEB, "web page", "Web page");
    begin_group(sheet);
    for (size_t i = 0; i < contact->n_dates; i++)
        put_date(sheet, &contact->dates[i]);
    put_people(sheet, contact);
    begin_group(sheet);
    put_field(sheet, "Company", contact->text[KITH_TEXT_COMPANY]);
    put_field(sheet, "Department", contact->text[KITH_TEXT_DEPARTMENT]);
    put_field(sheet, "Office", contact->text[KITH_TEXT_OFFICE]);
    begin_group(sheet);
    put_field(sheet, "Notes", contact->text[KITH_TEXT_NOTES]);
    begin_group(sheet);
    put_categories(sheet, contact);
    put_more_fields(sheet, contact);
    begin_group(sheet);
    put_field(sheet, "Imported", contact->partial ? "Only in part: something of it could not be read" : "");
}

/* --- Above and below ------------------------------------------------------- */

static void put_line(struct kith_buf *out, const char *first, const char *separator, const char *second)
{
    if (first[0] == '\0' && second[0] == '\0')
        return;
    put_safe(out, first, strlen(first));
    if (first[0] != '\0' && second[0] != '\0')
        (void)kith_buf_add_text(out, separator);
    put_safe(out, second, strlen(second));
    (void)kith_buf_add_char(out, '\n');
}

/* The name, its reading, and what they do. A reading is written as its language does: family name first. */
static void put_head(struct kith_buf *out, const struct kith_contact *contact)
{
    bool is_company = strcmp(contact->shown, contact->text[KITH_TEXT_COMPANY]) == 0; /* it stands above already */

    put_line(out, contact->shown, "", "");
    put_line(out, contact->text[KITH_TEXT_PHONETIC_FAMILY], " ", contact->text[KITH_TEXT_PHONETIC_GIVEN]);
    if (contact->nameless)
        put_line(out, "No name", "", "");
    put_line(out, contact->text[KITH_TEXT_JOB_TITLE], ", ", is_company ? "" : contact->text[KITH_TEXT_COMPANY]);
}

/* "Microsoft 365, account work, folder Contacts / Suppliers" */
static void put_origin(struct kith_buf *out, const struct kith_contact *contact)
{
    if (contact->source == KITH_SOURCE_NONE)
        return;
    (void)kith_buf_add_char(out, '\n');
    (void)kith_buf_add_text(out, kith_source_title(contact->source));
    (void)kith_buf_add_text(out, contact->account[0] != '\0' ? ", account " : "");
    put_safe(out, contact->account, strlen(contact->account));
    (void)kith_buf_add_text(out, contact->folder[0] != '\0' ? ", folder " : "");
    for (const char *part = contact->folder; part[0] != '\0';) {
        size_t len = strcspn(part, "/");

        put_safe(out, part, len);
        part += len;
        if (part[0] == '/') {
            (void)kith_buf_add_text(out, " / ");
            part++;
        }
    }
    (void)kith_buf_add_char(out, '\n');
}

bool kith_show_text(struct kith_buf *out, const struct kith_contact *contact)
{
    struct sheet sheet = {.out = NULL};

    put_groups(&sheet, contact);
    sheet.out = out;
    put_head(out, contact);
    put_groups(&sheet, contact);
    put_origin(out, contact);
    return !out->full;
}

char *kith_contact_to_text(const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) out;
    bool fits;

    kith_buf_init(&out, SIZE_MAX);
    fits = kith_show_text(&out, contact);
    assert(fits); /* there is no ceiling */
    (void)fits;
    return kith_buf_take_text(&out);
}
