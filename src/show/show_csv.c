/* SPDX-License-Identifier: MIT */
/*
 * show_csv.c - contacts as the table that Outlook imports, and every spreadsheet opens.
 *
 * Before: store/ gave the contact.
 * After:  a face writes the row to a file.
 *
 * The layout is that of Outlook for Windows in English: other languages have other headings, Outlook lets a person
 * match them. It has three e-mails, one page and no nickname; what has no column of its own goes to the notes with its
 * name, so that nothing is lost.
 *
 * A cell that begins with "=", "+", "-" or "@" is a formula to a spreadsheet, and whoever wrote the contact may have
 * meant it to be one ("=HYPERLINK(...)"). An apostrophe before it makes it text. Numbers stay as they are: with digits
 * alone nothing can be called.
 */
#include "show/show_csv.h"

#include "base/alloc.h"
#include "base/text.h"

enum { STREET_LINES = 3, EMAILS = 3, USER_FIELDS = 4 };

/* What a column holds; `which` and `n` say more. */
enum column_kind {
    COLUMN_EMPTY, /* Outlook has it, kith does not */
    COLUMN_WORD,  /* always the same: `word` */
    COLUMN_TEXT,  /* which: enum kith_text */
    COLUMN_GIVEN, /* the given name, or the whole one where it has no parts */
    COLUMN_NOTES,
    COLUMN_STREET, /* which: enum kith_place; n: line */
    COLUMN_CITY,
    COLUMN_REGION,
    COLUMN_CODE,
    COLUMN_COUNTRY,
    COLUMN_BOX,
    COLUMN_PHONE, /* which: enum kith_phone_kind; n: of its kind */
    COLUMN_EMAIL, /* n */
    COLUMN_EMAIL_TYPE,
    COLUMN_EMAIL_NAME,
    COLUMN_DATE, /* which: enum kith_date_kind */
    COLUMN_LIST, /* which: enum kith_item_kind */
    COLUMN_USER, /* n */
    COLUMN_WEB,
};

static const struct column {
    const char *heading;
    enum column_kind kind;
    int which;
    size_t n;
    const char *word;
} columns[] = {
    {"Title", COLUMN_TEXT, KITH_TEXT_PREFIX, 0, NULL},
    {"First Name", COLUMN_GIVEN, 0, 0, NULL},
    {"Middle Name", COLUMN_TEXT, KITH_TEXT_MIDDLE, 0, NULL},
    {"Last Name", COLUMN_TEXT, KITH_TEXT_FAMILY, 0, NULL},
    {"Suffix", COLUMN_TEXT, KITH_TEXT_SUFFIX, 0, NULL},
    {"Company", COLUMN_TEXT, KITH_TEXT_COMPANY, 0, NULL},
    {"Department", COLUMN_TEXT, KITH_TEXT_DEPARTMENT, 0, NULL},
    {"Job Title", COLUMN_TEXT, KITH_TEXT_JOB_TITLE, 0, NULL},
    {"Business Street", COLUMN_STREET, KITH_PLACE_WORK, 0, NULL},
    {"Business Street 2", COLUMN_STREET, KITH_PLACE_WORK, 1, NULL},
    {"Business Street 3", COLUMN_STREET, KITH_PLACE_WORK, 2, NULL},
    {"Business City", COLUMN_CITY, KITH_PLACE_WORK, 0, NULL},
    {"Business State", COLUMN_REGION, KITH_PLACE_WORK, 0, NULL},
    {"Business Postal Code", COLUMN_CODE, KITH_PLACE_WORK, 0, NULL},
    {"Business Country/Region", COLUMN_COUNTRY, KITH_PLACE_WORK, 0, NULL},
    {"Home Street", COLUMN_STREET, KITH_PLACE_HOME, 0, NULL},
    {"Home Street 2", COLUMN_STREET, KITH_PLACE_HOME, 1, NULL},
    {"Home Street 3", COLUMN_STREET, KITH_PLACE_HOME, 2, NULL},
    {"Home City", COLUMN_CITY, KITH_PLACE_HOME, 0, NULL},
    {"Home State", COLUMN_REGION, KITH_PLACE_HOME, 0, NULL},
    {"Home Postal Code", COLUMN_CODE, KITH_PLACE_HOME, 0, NULL},
    {"Home Country/Region", COLUMN_COUNTRY, KITH_PLACE_HOME, 0, NULL},
    {"Other Street", COLUMN_STREET, KITH_PLACE_OTHER, 0, NULL},
    {"Other Street 2", COLUMN_STREET, KITH_PLACE_OTHER, 1, NULL},
    {"Other Street 3", COLUMN_STREET, KITH_PLACE_OTHER, 2, NULL},
    {"Other City", COLUMN_CITY, KITH_PLACE_OTHER, 0, NULL},
    {"Other State", COLUMN_REGION, KITH_PLACE_OTHER, 0, NULL},
    {"Other Postal Code", COLUMN_CODE, KITH_PLACE_OTHER, 0, NULL},
    {"Other Country/Region", COLUMN_COUNTRY, KITH_PLACE_OTHER, 0, NULL},
    {"Assistant's Phone", COLUMN_PHONE, KITH_PHONE_ASSISTANT, 0, NULL},
    {"Business Fax", COLUMN_PHONE, KITH_PHONE_WORK_FAX, 0, NULL},
    {"Business Phone", COLUMN_PHONE, KITH_PHONE_WORK, 0, NULL},
    {"Business Phone 2", COLUMN_PHONE, KITH_PHONE_WORK, 1, NULL},
    {"Callback", COLUMN_PHONE, KITH_PHONE_CALLBACK, 0, NULL},
    {"Car Phone", COLUMN_PHONE, KITH_PHONE_CAR, 0, NULL},
    {"Company Main Phone", COLUMN_PHONE, KITH_PHONE_COMPANY, 0, NULL},
    {"Home Fax", COLUMN_PHONE, KITH_PHONE_HOME_FAX, 0, NULL},
    {"Home Phone", COLUMN_PHONE, KITH_PHONE_HOME, 0, NULL},
    {"Home Phone 2", COLUMN_PHONE, KITH_PHONE_HOME, 1, NULL},
    {"ISDN", COLUMN_PHONE, KITH_PHONE_ISDN, 0, NULL},
    {"Mobile Phone", COLUMN_PHONE, KITH_PHONE_MOBILE, 0, NULL},
    {"Other Fax", COLUMN_PHONE, KITH_PHONE_OTHER_FAX, 0, NULL},
    {"Other Phone", COLUMN_PHONE, KITH_PHONE_OTHER, 0, NULL},
    {"Pager", COLUMN_PHONE, KITH_PHONE_PAGER, 0, NULL},
    {"Primary Phone", COLUMN_PHONE, KITH_PHONE_PRIMARY, 0, NULL},
    {"Radio Phone", COLUMN_PHONE, KITH_PHONE_RADIO, 0, NULL},
    {"TTY/TDD Phone", COLUMN_PHONE, KITH_PHONE_TEXT, 0, NULL},
    {"Telex", COLUMN_PHONE, KITH_PHONE_TELEX, 0, NULL},
    {"Account", COLUMN_EMPTY, 0, 0, NULL},
    {"Anniversary", COLUMN_DATE, KITH_DATE_ANNIVERSARY, 0, NULL},
    {"Assistant's Name", COLUMN_TEXT, KITH_TEXT_ASSISTANT, 0, NULL},
    {"Billing Information", COLUMN_EMPTY, 0, 0, NULL},
    {"Birthday", COLUMN_DATE, KITH_DATE_BIRTHDAY, 0, NULL},
    {"Business Address PO Box", COLUMN_BOX, KITH_PLACE_WORK, 0, NULL},
    {"Categories", COLUMN_LIST, KITH_ITEM_CATEGORY, 0, NULL},
    {"Children", COLUMN_LIST, KITH_ITEM_CHILD, 0, NULL},
    {"Directory Server", COLUMN_EMPTY, 0, 0, NULL},
    {"E-mail Address", COLUMN_EMAIL, 0, 0, NULL},
    {"E-mail Type", COLUMN_EMAIL_TYPE, 0, 0, NULL},
    {"E-mail Display Name", COLUMN_EMAIL_NAME, 0, 0, NULL},
    {"E-mail 2 Address", COLUMN_EMAIL, 0, 1, NULL},
    {"E-mail 2 Type", COLUMN_EMAIL_TYPE, 0, 1, NULL},
    {"E-mail 2 Display Name", COLUMN_EMAIL_NAME, 0, 1, NULL},
    {"E-mail 3 Address", COLUMN_EMAIL, 0, 2, NULL},
    {"E-mail 3 Type", COLUMN_EMAIL_TYPE, 0, 2, NULL},
    {"E-mail 3 Display Name", COLUMN_EMAIL_NAME, 0, 2, NULL},
    {"Gender", COLUMN_WORD, 0, 0, "Unspecified"},
    {"Government ID Number", COLUMN_EMPTY, 0, 0, NULL},
    {"Hobby", COLUMN_EMPTY, 0, 0, NULL},
    {"Home Address PO Box", COLUMN_BOX, KITH_PLACE_HOME, 0, NULL},
    {"Initials", COLUMN_TEXT, KITH_TEXT_INITIALS, 0, NULL},
    {"Internet Free Busy", COLUMN_EMPTY, 0, 0, NULL},
    {"Keywords", COLUMN_EMPTY, 0, 0, NULL},
    {"Language", COLUMN_EMPTY, 0, 0, NULL},
    {"Location", COLUMN_EMPTY, 0, 0, NULL},
    {"Manager's Name", COLUMN_TEXT, KITH_TEXT_MANAGER, 0, NULL},
    {"Mileage", COLUMN_EMPTY, 0, 0, NULL},
    {"Notes", COLUMN_NOTES, 0, 0, NULL},
    {"Office Location", COLUMN_TEXT, KITH_TEXT_OFFICE, 0, NULL},
    {"Organizational ID Number", COLUMN_EMPTY, 0, 0, NULL},
    {"Other Address PO Box", COLUMN_BOX, KITH_PLACE_OTHER, 0, NULL},
    {"Priority", COLUMN_WORD, 0, 0, "Normal"},
    {"Private", COLUMN_WORD, 0, 0, "False"},
    {"Profession", COLUMN_TEXT, KITH_TEXT_PROFESSION, 0, NULL},
    {"Referred By", COLUMN_EMPTY, 0, 0, NULL},
    {"Sensitivity", COLUMN_WORD, 0, 0, "Normal"},
    {"Spouse", COLUMN_TEXT, KITH_TEXT_SPOUSE, 0, NULL},
    {"User 1", COLUMN_USER, 0, 0, NULL},
    {"User 2", COLUMN_USER, 0, 1, NULL},
    {"User 3", COLUMN_USER, 0, 2, NULL},
    {"User 4", COLUMN_USER, 0, 3, NULL},
    {"Web Page", COLUMN_WEB, 0, 0, NULL},
};
_Static_assert(KITH_COUNT_OF(columns) == 92, "Outlook's layout has 92 columns");

/* --- Cells ---------------------------------------------------------------- */

/* A formula needs a name to do anything. */
static bool is_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@", text[0]) && text[strspn(text, "+-0123456789 ().,/#*")] != '\0';
}

/* Every text in quotes, as Outlook writes them; line ends are CR LF also inside. */
static void put_cell(struct kith_buf *out, const char *text)
{
    if (text[0] == '\0')
        return;
    (void)kith_buf_add_char(out, '"'); /* out->full remembers; looked at once, at the end of the row */
    if (is_formula(text))
        (void)kith_buf_add_char(out, '\'');
    while (*text != '\0') {
        size_t plain = strcspn(text, "\"\n");

        (void)kith_buf_add(out, text, plain);
        text += plain;
        if (*text == '\0')
            break;
        (void)kith_buf_add_text(out, *text == '"' ? "\"\"" : "\r\n");
        text++;
    }
    (void)kith_buf_add_char(out, '"');
}

/* --- Finding what belongs into a column -------------------------------------- */

static const struct kith_phone *nth_phone(const struct kith_contact *contact, int kind, size_t n)
{
    for (size_t i = 0; i < contact->n_phones; i++)
        if ((int)contact->phones[i].kind == kind && n-- == 0)
            return &contact->phones[i];
    return NULL;
}

/* One without a place is another one. */
static bool is_at(const struct kith_address *address, int place)
{
    return (int)address->place == place || (address->place == KITH_PLACE_NONE && place == KITH_PLACE_OTHER);
}

static const struct kith_address *address_at(const struct kith_contact *contact, int place)
{
    for (size_t i = 0; i < contact->n_addresses; i++)
        if (is_at(&contact->addresses[i], place))
            return &contact->addresses[i];
    return NULL;
}

static const struct kith_date *date_of(const struct kith_contact *contact, int kind)
{
    for (size_t i = 0; i < contact->n_dates; i++)
        if ((int)contact->dates[i].kind == kind)
            return &contact->dates[i];
    return NULL;
}

static const struct kith_item *first_web(const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_items; i++)
        if (contact->items[i].kind == KITH_ITEM_WEB)
            return &contact->items[i];
    return NULL;
}

/* "User field 1" is what Outlook's field is called here. n: from 0. */
static const struct kith_item *user_field(const struct kith_contact *contact, size_t n)
{
    char label[32];

    (void)kith_text_format(label, sizeof(label), "User field %zu", n + 1); /* it fits */
    for (size_t i = 0; i < contact->n_items; i++)
        if (contact->items[i].kind == KITH_ITEM_EXTRA && strcmp(contact->items[i].label, label) == 0)
            return &contact->items[i];
    return NULL;
}

/* Nobody's name has parts, but there is one. */
static bool has_whole_name_only(const struct kith_contact *contact)
{
    return contact->text[KITH_TEXT_GIVEN][0] == '\0' && contact->text[KITH_TEXT_MIDDLE][0] == '\0' &&
           contact->text[KITH_TEXT_FAMILY][0] == '\0' &&
           strcmp(contact->text[KITH_TEXT_DISPLAY], contact->text[KITH_TEXT_COMPANY]) != 0;
}

/* --- The columns --------------------------------------------------------------- */

/* The first line, the second, and all others. n: which. */
static void put_street(struct kith_buf *out, const char *street, size_t n)
{
    KITH_AUTO_STRING line = NULL;

    for (size_t i = 0; i < n && street[0] != '\0'; i++) {
        street += strcspn(street, "\n");
        street += street[0] == '\n';
    }
    line = kith_xstrndup(street, n + 1 < STREET_LINES ? strcspn(street, "\n") : strlen(street));
    put_cell(out, line);
}

/* month/day/year, as the English layout has it; Outlook's "none" is a date too, and 1604 is its "no year". */
static void put_date(struct kith_buf *out, const struct kith_date *date)
{
    if (date)
        (void)kith_buf_addf(out, "%d/%d/%d", date->month, date->day, date->year > 0 ? date->year : 1604);
    else
        (void)kith_buf_add_text(out, "0/0/00");
}

static void put_list(struct kith_buf *out, const struct kith_contact *contact, int kind)
{
    KITH_AUTO_DONE(kith_buf) list;

    kith_buf_init(&list, SIZE_MAX);
    for (size_t i = 0; i < contact->n_items; i++)
        if ((int)contact->items[i].kind == kind)
            (void)kith_buf_addf(&list, "%s%s", list.len > 0 ? ";" : "", contact->items[i].value);
    put_cell(out, kith_buf_text(&list));
}

/* --- What has no column --------------------------------------------------------------- */

/* One more line of the notes. */
static void add_line(struct kith_buf *notes, const char *label, const char *fallback, const char *value)
{
    if (value[0] == '\0')
        return;
    if (notes->len > 0 && notes->data[notes->len - 1] != '\n')
        (void)kith_buf_add_char(notes, '\n');
    (void)kith_buf_addf(notes, "%s: %s", label[0] != '\0' ? label : fallback, value);
}

/* A name that can be made of the columns again is not said twice. */
static bool is_made_of_columns(const struct kith_contact *contact, const char *name)
{
    const char *given = contact->text[KITH_TEXT_GIVEN];
    const char *family = contact->text[KITH_TEXT_FAMILY];
    KITH_AUTO_DONE(kith_buf) forms;

    kith_buf_init(&forms, SIZE_MAX);
    if (name[0] == '\0')
        return true;
    (void)kith_buf_addf(&forms, "\n%s\n%s %s\n%s, %s\n%s\n", contact->text[KITH_TEXT_COMPANY], given, family, family,
                        given, has_whole_name_only(contact) ? contact->text[KITH_TEXT_DISPLAY] : "");
    for (const char *at = strstr(kith_buf_text(&forms), name); at; at = strstr(at + 1, name))
        if (at[-1] == '\n' && at[strlen(name)] == '\n')
            return true;
    return false;
}

static void add_names(struct kith_buf *notes, const struct kith_contact *contact)
{
    static const struct {
        enum kith_text field;
        const char *label;
    } fields[] = {
        {KITH_TEXT_NICKNAME, "Nickname"},
        {KITH_TEXT_PHONETIC_GIVEN, "Given Yomi"},
        {KITH_TEXT_PHONETIC_FAMILY, "Surname Yomi"},
        {KITH_TEXT_PHONETIC_COMPANY, "Company Yomi"},
    };

    if (!is_made_of_columns(contact, contact->text[KITH_TEXT_DISPLAY]))
        add_line(notes, "Full Name", "", contact->text[KITH_TEXT_DISPLAY]);
    if (!is_made_of_columns(contact, contact->text[KITH_TEXT_FILE_AS]))
        add_line(notes, "File As", "", contact->text[KITH_TEXT_FILE_AS]);
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++)
        add_line(notes, fields[i].label, "", contact->text[fields[i].field]);
}

static bool has_column(const struct kith_contact *contact, size_t i)
{
    const struct kith_phone *phone = &contact->phones[i];

    for (size_t k = 0; k < KITH_COUNT_OF(columns); k++)
        if (columns[k].kind == COLUMN_PHONE && columns[k].which == (int)phone->kind &&
            nth_phone(contact, columns[k].which, columns[k].n) == phone)
            return true;
    return false;
}

static void add_phones_and_emails(struct kith_buf *notes, const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_phones; i++)
        if (!has_column(contact, i))
            add_line(notes, contact->phones[i].label, kith_phone_kind_id(contact->phones[i].kind),
                     contact->phones[i].raw);
    for (size_t i = EMAILS; i < contact->n_emails; i++)
        add_line(notes, contact->emails[i].label, "E-mail", contact->emails[i].address);
}

static void add_address(struct kith_buf *notes, const struct kith_address *address)
{
    const char *const parts[] = {address->street, address->po_box,      address->city,
                                 address->region, address->postal_code, address->country};
    KITH_AUTO_DONE(kith_buf) line;

    kith_buf_init(&line, SIZE_MAX);
    for (size_t i = 0; i < KITH_COUNT_OF(parts); i++)
        if (parts[i][0] != '\0')
            (void)kith_buf_addf(&line, "%s%s", line.len > 0 ? ", " : "", parts[i]);
    for (size_t i = 0; i < line.len; i++)
        if (line.data[i] == '\n')
            line.data[i] = ' ';
    add_line(notes, address->label, "Address", kith_buf_text(&line));
}

static void add_addresses_and_dates(struct kith_buf *notes, const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_addresses; i++) {
        int place =
            contact->addresses[i].place == KITH_PLACE_NONE ? KITH_PLACE_OTHER : (int)contact->addresses[i].place;

        if (address_at(contact, place) != &contact->addresses[i])
            add_address(notes, &contact->addresses[i]);
    }
    for (size_t i = 0; i < contact->n_dates; i++) {
        const struct kith_date *date = &contact->dates[i];
        char day[32];

        if (date->kind != KITH_DATE_OTHER && date_of(contact, date->kind) == date)
            continue;
        (void)kith_text_format(day, sizeof(day), "%04d-%02d-%02d", date->year, date->month, date->day); /* it fits */
        add_line(notes, date->label, "Date", date->year > 0 ? day : day + strlen("0000-"));
    }
}

static bool is_user_field(const struct kith_contact *contact, const struct kith_item *item)
{
    for (size_t n = 0; n < USER_FIELDS; n++)
        if (user_field(contact, n) == item)
            return true;
    return false;
}

static void add_items(struct kith_buf *notes, const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_items; i++) {
        const struct kith_item *item = &contact->items[i];

        if (item->kind == KITH_ITEM_CATEGORY || item->kind == KITH_ITEM_CHILD || item == first_web(contact) ||
            is_user_field(contact, item))
            continue;
        add_line(notes, item->label,
                 item->kind == KITH_ITEM_WEB        ? "Web Page"
                 : item->kind == KITH_ITEM_CHAT     ? "IM Address"
                 : item->kind == KITH_ITEM_RELATION ? "Related"
                                                    : "Other",
                 item->value);
    }
}

static void put_notes(struct kith_buf *out, const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) notes;

    kith_buf_init(&notes, SIZE_MAX);
    (void)kith_buf_add_text(&notes, contact->text[KITH_TEXT_NOTES]);
    add_names(&notes, contact);
    add_phones_and_emails(&notes, contact);
    add_addresses_and_dates(&notes, contact);
    add_items(&notes, contact);
    put_cell(out, kith_buf_text(&notes));
}

/* --- Rows ------------------------------------------------------------------------------- */

static const char *address_text(const struct kith_address *address, enum column_kind kind)
{
    switch (kind) {
    case COLUMN_CITY:
        return address->city;
    case COLUMN_REGION:
        return address->region;
    case COLUMN_CODE:
        return address->postal_code;
    case COLUMN_COUNTRY:
        return address->country;
    default:
        return address->po_box;
    }
}

static void put_address(struct kith_buf *out, const struct kith_contact *contact, const struct column *column)
{
    const struct kith_address *address = address_at(contact, column->which);

    if (address && column->kind == COLUMN_STREET)
        put_street(out, address->street, column->n);
    else if (address)
        put_cell(out, address_text(address, column->kind));
}

static void put_email(struct kith_buf *out, const struct kith_contact *contact, const struct column *column)
{
    if (column->n >= contact->n_emails)
        return;
    put_cell(out, column->kind == COLUMN_EMAIL        ? contact->emails[column->n].address
                  : column->kind == COLUMN_EMAIL_TYPE ? "SMTP"
                                                      : contact->emails[column->n].name);
}

static void put_item(struct kith_buf *out, const struct kith_item *item)
{
    if (item)
        put_cell(out, item->value);
}

static void put_column(struct kith_buf *out, const struct kith_contact *contact, const struct column *column)
{
    const struct kith_phone *phone;

    switch (column->kind) {
    case COLUMN_EMPTY:
        break;
    case COLUMN_WORD:
        put_cell(out, column->word);
        break;
    case COLUMN_TEXT:
        put_cell(out, contact->text[column->which]);
        break;
    case COLUMN_GIVEN:
        put_cell(out, contact->text[has_whole_name_only(contact) ? KITH_TEXT_DISPLAY : KITH_TEXT_GIVEN]);
        break;
    case COLUMN_NOTES:
        put_notes(out, contact);
        break;
    case COLUMN_STREET:
    case COLUMN_CITY:
    case COLUMN_REGION:
    case COLUMN_CODE:
    case COLUMN_COUNTRY:
    case COLUMN_BOX:
        put_address(out, contact, column);
        break;
    case COLUMN_PHONE:
        phone = nth_phone(contact, column->which, column->n);
        put_cell(out, phone ? phone->raw : "");
        break;
    case COLUMN_EMAIL:
    case COLUMN_EMAIL_TYPE:
    case COLUMN_EMAIL_NAME:
        put_email(out, contact, column);
        break;
    case COLUMN_DATE:
        put_date(out, date_of(contact, column->which));
        break;
    case COLUMN_LIST:
        put_list(out, contact, column->which);
        break;
    case COLUMN_USER:
        put_item(out, user_field(contact, column->n));
        break;
    case COLUMN_WEB:
        put_item(out, first_web(contact));
        break;
    }
}

bool kith_show_csv_begin(struct kith_buf *out)
{
    (void)kith_buf_add_text(out, "\xef\xbb\xbf"); /* or Outlook and Excel take UTF-8 for their code page */
    for (size_t i = 0; i < KITH_COUNT_OF(columns); i++) {
        (void)kith_buf_add_text(out, i > 0 ? "," : "");
        put_cell(out, columns[i].heading);
    }
    return kith_buf_add_text(out, "\r\n");
}

bool kith_show_csv(struct kith_buf *out, const struct kith_contact *contact)
{
    for (size_t i = 0; i < KITH_COUNT_OF(columns); i++) {
        (void)kith_buf_add_text(out, i > 0 ? "," : "");
        put_column(out, contact, &columns[i]);
    }
    return kith_buf_add_text(out, "\r\n");
}
