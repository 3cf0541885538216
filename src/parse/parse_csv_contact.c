/* SPDX-License-Identifier: MIT */
/*
 * parse_csv_contact.c - see parse_csv_contact.h.
 *
 * Before: parse_csv_rows.c has split the row, parse_csv_headings.c knows its columns.
 * After:  parse_csv.c hands the contact to the sink.
 *
 * A cell goes where its column says. Three things need several cells and wait for the end of the row: an e-mail with
 * its type and name, a street in lines, a birthday in parts.
 */
#include "parse/parse_csv_contact.h"

#include <string.h>

#include "base/text.h"
#include "parse/exchange_path.h"
#include "parse/harmless.h"

static const char one_too_many[] = "one too many";

/* --- Text -------------------------------------------------------------------- */

/* What goes on as it is: nothing to convert, nothing to repair. */
static bool is_plain(const struct kith_csv_reading *r, struct kith_csv_cell cell)
{
    return kith_charset_is_ascii(cell.at, cell.len) ||
           (strcmp(r->encoding, "UTF-8") == 0 && kith_utf8_valid_len(cell.at, cell.len) == cell.len);
}

/* The cell in UTF-8. Damaged UTF-8 is repaired, and the contact is partial. */
static struct kith_csv_cell to_utf8(struct kith_csv_reading *r, struct kith_csv_cell cell)
{
    if (is_plain(r, cell))
        return cell;
    kith_buf_clear(&r->utf8);
    if (strcmp(r->encoding, "UTF-8") == 0)
        r->contact.partial = true;
    if (!kith_charset_to_utf8(r->charset, r->encoding, strlen(r->encoding), cell.at, cell.len, &r->utf8))
        r->contact.partial = true; /* it is empty then: a row is never larger than the buffer may become */
    return (struct kith_csv_cell){kith_buf_text(&r->utf8), r->utf8.len};
}

/* An apostrophe makes text of what a spreadsheet would take for a formula; it is no part of it. */
static struct kith_csv_cell without_apostrophe(struct kith_csv_cell cell)
{
    if (cell.len < 2 || cell.at[0] != '\'' || !strchr("=+-@", cell.at[1]) || cell.at[1] == '\0')
        return cell;
    return (struct kith_csv_cell){cell.at + 1, cell.len - 1};
}

const char *kith_csv_take(struct kith_csv_reading *r, struct kith_csv_cell cell, size_t max, bool lines)
{
    char *copy;

    if (cell.len == 0)
        return "";
    cell = without_apostrophe(to_utf8(r, cell));
    if (cell.len > max) {
        cell.len = kith_utf8_valid_len(cell.at, max);
        r->contact.partial = true;
    }
    copy = kith_arena_copy(r->arena, cell.at, cell.len);
    cell.len = kith_harmless(copy, cell.len, lines);
    copy[cell.len] = '\0';
    return copy[strspn(copy, " \t\n")] != '\0' ? copy : "";
}

struct kith_csv_cell kith_csv_cell_of(const struct kith_csv_reading *r, const struct kith_csv_column *column)
{
    size_t i = (size_t)(column - r->columns);

    return i < r->row.n_cells ? r->row.cells[i] : (struct kith_csv_cell){"", 0};
}

bool kith_csv_is_blank(const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!strchr(" \t\r\n", bytes[i])) /* it finds NUL, too, which is as good as a blank */
            return false;
    return true;
}

/* --- Telling and keeping -------------------------------------------------------- */

void kith_csv_tell(struct kith_csv_reading *r, struct kith_csv_column *column, enum kith_field_fate fate,
                   const char *reason)
{
    for (size_t i = 0; i < KITH_CSV_TALLIES; i++) {
        struct kith_csv_tally *tally = &column->tallies[i];

        if (tally->n > 0 && (tally->fate != fate || strcmp(tally->reason, reason) != 0))
            continue;
        *tally = (struct kith_csv_tally){fate, reason, tally->n + 1};
        return;
    }
    kith_field_report_add(r->sink->report, column->heading, fate, reason);
}

struct kith_item *kith_csv_add_item(struct kith_csv_reading *r, struct kith_csv_column *column,
                                    enum kith_item_kind kind, const char *label, const char *value)
{
    struct kith_item *item = kith_contact_add_item(&r->contact, r->arena, kind, value);

    if (!item) {
        r->contact.partial = true;
        kith_csv_tell(r, column, KITH_FIELD_IGNORED, one_too_many);
        return NULL;
    }
    item->label = label;
    kith_csv_tell(r, column, kind == KITH_ITEM_EXTRA ? KITH_FIELD_KEPT : KITH_FIELD_READ, "");
    return item;
}

/* Items have one line. */
static const char *in_one_line(struct kith_csv_reading *r, const char *value)
{
    char *copy;

    if (!strchr(value, '\n'))
        return value;
    copy = kith_arena_copy(r->arena, value, strlen(value));
    for (char *c = copy; *c != '\0'; c++)
        if (*c == '\n')
            *c = ' ';
    return copy;
}

void kith_csv_keep(struct kith_csv_reading *r, struct kith_csv_column *column, const char *value)
{
    const char *label = column->heading[0] != '\0' ? column->heading : "(no heading)";

    (void)kith_csv_add_item(r, column, KITH_ITEM_EXTRA, label, in_one_line(r, value)); /* it tells how it went */
}

void kith_csv_set_text(struct kith_csv_reading *r, struct kith_csv_column *column, enum kith_text field,
                       const char *value)
{
    const char **text = &r->contact.text[field];

    if ((*text)[0] != '\0' && strcmp(*text, value) != 0) {
        kith_csv_keep(r, column, value);
        return;
    }
    *text = value;
    kith_csv_tell(r, column, KITH_FIELD_READ, "");
}

/* --- E-mails ------------------------------------------------------------------------ */

/* What is told of the cells of one e-mail; those that are not there are not told. */
static void tell_waiting(struct kith_csv_reading *r, const struct kith_csv_waiting *cell, enum kith_field_fate fate,
                         const char *reason)
{
    if (cell->column)
        kith_csv_tell(r, cell->column, fate, reason);
}

static bool looks_like_address(const char *text, size_t len)
{
    const char *at = memchr(text, '@', len);

    if (!at || at == text || at + 1 == text + len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (strchr(" /<>()", text[i]))
            return false;
    return true;
}

/* "Li Wei (li.wei@example.com)", or an address and nothing else: the address. "" for others. */
static const char *address_in(struct kith_csv_reading *r, const char *name)
{
    const char *open = strrchr(name, '(');
    const char *close = open ? strchr(open, ')') : NULL;

    if (looks_like_address(name, strlen(name)))
        return name;
    if (!close || !looks_like_address(open + 1, (size_t)(close - open - 1)))
        return "";
    return kith_arena_copy(r->arena, open + 1, (size_t)(close - open - 1));
}

static bool is_exchange_path(const char *address, const char *type)
{
    return address[0] != '\0' && (kith_text_equal_ci(type, "EX") || kith_is_exchange_path(address));
}

static bool is_of_other_type(const char *address, const char *type)
{
    return type[0] != '\0' && !kith_text_equal_ci(type, "SMTP") && !strchr(address, '@');
}

static void add_email(struct kith_csv_reading *r, size_t n, const char *address)
{
    struct kith_email *email = kith_contact_add_email(&r->contact, r->arena);

    if (!email) { /* there are not so many columns, but numbered ones */
        r->contact.partial = true;
        return;
    }
    email->address = address;
    email->name = r->emails[n].name.text;
    email->place = r->emails[n].place;
}

/* There is no address; but there may be one in its name. */
static void read_name_of_email(struct kith_csv_reading *r, size_t n)
{
    const struct kith_csv_waiting *name = &r->emails[n].name;
    const char *address = address_in(r, name->text);

    if (address[0] != '\0') {
        add_email(r, n, address);
        tell_waiting(r, name, KITH_FIELD_READ, "");
    } else if (name->column && strcmp(name->text, r->emails[n].address.text) == 0) {
        tell_waiting(r, name, KITH_FIELD_IGNORED, "said by the address");
    } else if (name->column) {
        (void)kith_csv_add_item(r, name->column, KITH_ITEM_EXTRA, "Name beside the e-mail", name->text);
    }
}

static void finish_email(struct kith_csv_reading *r, size_t n)
{
    const struct kith_csv_waiting *address = &r->emails[n].address;
    const struct kith_csv_waiting *type = &r->emails[n].type;
    bool is_path = address->column && is_exchange_path(address->text, type->text);

    if (!address->column)
        tell_waiting(r, type, KITH_FIELD_IGNORED, "there is no address");
    else
        tell_waiting(r, type, KITH_FIELD_READ, "");
    if (is_path)
        (void)kith_csv_add_item(r, address->column, KITH_ITEM_EXTRA, "Exchange address", address->text);
    else if (address->column && is_of_other_type(address->text, type->text))
        kith_csv_keep(r, address->column, address->text);
    else if (address->column) {
        add_email(r, n, address->text);
        tell_waiting(r, address, KITH_FIELD_READ, "");
        tell_waiting(r, &r->emails[n].name, KITH_FIELD_READ, "");
        return;
    }
    read_name_of_email(r, n);
}

static void finish_emails(struct kith_csv_reading *r)
{
    for (size_t n = 0; n < KITH_CSV_EMAILS; n++)
        finish_email(r, n);
}

/* --- Addresses -------------------------------------------------------------------------- */

static struct kith_address *address_at(struct kith_csv_reading *r, enum kith_place place)
{
    size_t *number = &r->addresses[place].number;

    if (*number == 0) {
        struct kith_address *address = kith_contact_add_address(&r->contact, r->arena);

        if (!address)
            return NULL;
        address->place = place;
        *number = r->contact.n_addresses;
    }
    return &r->contact.addresses[*number - 1];
}

static const char **part_of(struct kith_address *address, enum kith_csv_kind kind)
{
    switch (kind) {
    case KITH_CSV_CITY:
        return &address->city;
    case KITH_CSV_REGION:
        return &address->region;
    case KITH_CSV_CODE:
        return &address->postal_code;
    case KITH_CSV_COUNTRY:
        return &address->country;
    default:
        return &address->po_box;
    }
}

static void read_address_part(struct kith_csv_reading *r, struct kith_csv_column *column, const char *text)
{
    struct kith_address *address = address_at(r, column->field.place);
    const char **part = address ? part_of(address, column->field.kind) : NULL;

    if (!part || (*part)[0] != '\0') {
        kith_csv_keep(r, column, text);
        return;
    }
    *part = text;
    kith_csv_tell(r, column, KITH_FIELD_READ, "");
}

static void wait_for_others(struct kith_csv_reading *r, struct kith_csv_waiting *cell, struct kith_csv_column *column,
                            const char *text)
{
    if (cell->column) {
        kith_csv_keep(r, column, text); /* the same heading twice */
        return;
    }
    *cell = (struct kith_csv_waiting){column, text};
}

/* The lines, empty ones between them, too: they were there. */
static const char *join_street(struct kith_csv_reading *r, const struct kith_csv_waiting *lines)
{
    KITH_AUTO_DONE(kith_buf) street;
    size_t missing = 0;

    kith_buf_init(&street, SIZE_MAX);
    for (size_t i = 0; i < KITH_CSV_STREET_LINES; i++) {
        missing++;
        if (!lines[i].column)
            continue;
        for (; missing > 0 && street.len > 0; missing--)
            (void)kith_buf_add_char(&street, '\n');
        missing = 0;
        (void)kith_buf_add_text(&street, lines[i].text);
        kith_csv_tell(r, lines[i].column, KITH_FIELD_READ, "");
    }
    return kith_arena_copy(r->arena, kith_buf_text(&street), street.len);
}

/* The address in one piece says again what its parts say, if they say the street. */
static void read_whole_address(struct kith_csv_reading *r, enum kith_place place, bool has_street)
{
    const struct kith_csv_waiting *whole = &r->addresses[place].whole;
    bool has_parts = r->addresses[place].number > 0;
    struct kith_address *address;

    if (has_street) {
        kith_csv_tell(r, whole->column, KITH_FIELD_IGNORED, "said by its parts");
        return;
    }
    address = has_parts ? NULL : address_at(r, place);
    if (!address) {
        kith_csv_keep(r, whole->column, whole->text);
        return;
    }
    address->street = whole->text;
    kith_csv_tell(r, whole->column, KITH_FIELD_READ, "");
}

static void finish_address(struct kith_csv_reading *r, enum kith_place place)
{
    const char *street = join_street(r, r->addresses[place].street);
    struct kith_address *address = street[0] != '\0' ? address_at(r, place) : NULL;

    if (address)
        address->street = street;
    if (r->addresses[place].whole.column)
        read_whole_address(r, place, street[0] != '\0');
}

static void finish_addresses(struct kith_csv_reading *r)
{
    for (int place = 0; place < KITH_CSV_PLACES; place++)
        finish_address(r, (enum kith_place)place);
}

/* --- Days ------------------------------------------------------------------------------------ */

static struct kith_date *date_of(struct kith_contact *contact, enum kith_date_kind kind)
{
    for (size_t i = 0; i < contact->n_dates; i++)
        if (contact->dates[i].kind == kind)
            return &contact->dates[i];
    return NULL;
}

static bool put_date(struct kith_csv_reading *r, enum kith_date_kind kind, const char *label,
                     const struct kith_csv_day *day)
{
    struct kith_date *date = NULL;

    if (kind == KITH_DATE_OTHER || !date_of(&r->contact, kind))
        date = kith_contact_add_date(&r->contact, r->arena);
    if (!date)
        return false;
    date->kind = kind;
    date->label = label;
    date->year = day->year;
    date->month = day->month;
    date->day = day->day;
    return true;
}

void kith_csv_add_date(struct kith_csv_reading *r, struct kith_csv_column *column, enum kith_date_kind kind,
                       const char *label, const char *text)
{
    struct kith_csv_day day;
    enum kith_csv_date read = kith_csv_read_date(text, r->order, &day);

    if (read == KITH_CSV_IS_NONE)
        kith_csv_tell(r, column, KITH_FIELD_IGNORED, "means that there is none");
    else if (read == KITH_CSV_IS_DATE && put_date(r, kind, label, &day))
        kith_csv_tell(r, column, KITH_FIELD_READ, "");
    else
        kith_csv_keep(r, column, text); /* a second one, or in words */
}

static int number_of(const struct kith_csv_waiting *cell, int max)
{
    int64_t number = 0;

    return kith_text_to_int64(cell->text, 1, max, &number) ? (int)number : 0;
}

/* In three columns, as Thunderbird has it; the year may be missing. */
static void finish_birthday(struct kith_csv_reading *r)
{
    struct kith_csv_day day = {.year = number_of(&r->birthday[KITH_CSV_YEAR], 9999),
                               .month = number_of(&r->birthday[KITH_CSV_MONTH], 12),
                               .day = number_of(&r->birthday[KITH_CSV_DAY], 31)};
    bool is_date = day.month > 0 && day.day > 0 && put_date(r, KITH_DATE_BIRTHDAY, "", &day);

    for (size_t i = 0; i < KITH_CSV_DAY_PARTS; i++) {
        const struct kith_csv_waiting *part = &r->birthday[i];

        if (part->column && is_date)
            kith_csv_tell(r, part->column, KITH_FIELD_READ, "");
        else if (part->column)
            kith_csv_keep(r, part->column, part->text);
    }
}

/* --- Lists ----------------------------------------------------------------------------------------- */

const char *kith_csv_group_name(char *name)
{
    static const char *const silent[] = {"myContacts", "My Contacts", "all", "blocked", "chatBuddies"};
    bool own = kith_text_starts_with(name, "* "); /* of Google, not of the person */

    name += own ? 2 : 0;
    for (size_t i = 0; i < KITH_COUNT_OF(silent); i++)
        if ((own || i == 0) && kith_text_equal_ci(name, silent[i]))
            return NULL;
    return name;
}

/* Google's between, then Outlook's, then Outlook's in some languages. */
static const char *separator_in(const char *list)
{
    static const char *const separators[] = {" ::: ", ";", ","};

    for (size_t i = 0; i < KITH_COUNT_OF(separators); i++)
        if (strstr(list, separators[i]))
            return separators[i];
    return ";";
}

/* One of a list, without the blanks around it. */
static const char *take_listed(struct kith_csv_reading *r, enum kith_item_kind kind, const char *text, size_t len)
{
    char *copy;

    while (len > 0 && (text[0] == ' ' || text[0] == '\t')) {
        text++;
        len--;
    }
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\t'))
        len--;
    copy = kith_arena_copy(r->arena, text, len);
    return kind == KITH_ITEM_CATEGORY && len > 0 ? kith_csv_group_name(copy) : copy;
}

static void read_list(struct kith_csv_reading *r, struct kith_csv_column *column, const char *text)
{
    enum kith_item_kind kind = (enum kith_item_kind)column->field.which;
    const char *separator = separator_in(text);
    bool added = false;
    bool whole = true;

    for (const char *end; *text != '\0'; text = *end != '\0' ? end + strlen(separator) : end) {
        const char *listed;

        end = strstr(text, separator);
        end = end ? end : text + strlen(text);
        listed = take_listed(r, kind, text, (size_t)(end - text));
        if (!listed || listed[0] == '\0')
            continue;
        added = true;
        whole = kith_contact_add_item(&r->contact, r->arena, kind, listed) && whole;
    }
    if (!whole)
        r->contact.partial = true;
    if (!added)
        kith_csv_tell(r, column, KITH_FIELD_IGNORED, "the group that holds everybody");
    else
        kith_csv_tell(r, column, whole ? KITH_FIELD_READ : KITH_FIELD_IGNORED, whole ? "" : one_too_many);
}

/* --- Cells --------------------------------------------------------------------------------------------- */

static void read_phone(struct kith_csv_reading *r, struct kith_csv_column *column, const char *text)
{
    struct kith_phone *phone = kith_contact_add_phone(&r->contact, r->arena);

    if (!phone) {
        kith_csv_keep(r, column, text);
        return;
    }
    phone->kind = (enum kith_phone_kind)column->field.which;
    phone->raw = text;
    kith_csv_tell(r, column, KITH_FIELD_READ, "");
}

static void read_item(struct kith_csv_reading *r, struct kith_csv_column *column, const char *text)
{
    struct kith_item *item =
        kith_csv_add_item(r, column, (enum kith_item_kind)column->field.which, column->field.word, text);

    if (item)
        item->place = column->field.place;
}

/* Outlook says that nobody said it, in its language. */
static void read_gender(struct kith_csv_reading *r, struct kith_csv_column *column, const char *text)
{
    static const char *const unsaid[] = {
        "Unspecified",     "Keine Angabe",    "Nicht angegeben", "Nicht spezifiziert", "Non spécifié",
        "Sin especificar", "No especificado", "Non specificato", "Não especificado",   "Não especificada",
        "Niet opgegeven",  "Onbekend",        "Ej angivet",      "Ospecificerat",      "Ikke angivet",
        "Uspecificeret",   "Ikke angitt",     "Uspesifisert",    "Määrittämätön",      "Ei määritetty",
        "Nieokreślona",    "Nie określono",   "Neurčeno",        "Nezadáno",           "Neurčené",
        "Nincs megadva",   "Belirtilmemiş",   "Не указан",       "Не указано",         "Не указана",
        "Не вказано",      "指定なし",        "未指定",          "지정 안 함",         "지정되지 않음"};

    for (size_t i = 0; i < KITH_COUNT_OF(unsaid); i++) {
        if (kith_text_equal_ci(text, unsaid[i])) {
            kith_csv_tell(r, column, KITH_FIELD_IGNORED, "not given");
            return;
        }
    }
    (void)kith_csv_add_item(r, column, KITH_ITEM_EXTRA, column->field.word, text); /* it tells how it went */
}

/* Only notes are long; they have lines, as addresses do. */
static const char *take_cell(struct kith_csv_reading *r, const struct kith_csv_field *field, struct kith_csv_cell cell)
{
    bool notes = field->kind == KITH_CSV_TEXT && field->which == KITH_TEXT_NOTES;
    bool lines = notes || field->kind == KITH_CSV_STREET || field->kind == KITH_CSV_ADDRESS;

    return kith_csv_take(r, cell, notes ? KITH_CSV_NOTES_MAX : KITH_CSV_LINE_MAX, lines);
}

/* text: not empty. */
static void read_taken(struct kith_csv_reading *r, struct kith_csv_column *column, const char *text)
{
    const struct kith_csv_field *field = &column->field;

    switch (field->kind) {
    case KITH_CSV_TEXT:
    case KITH_CSV_WHOLE_NAME:
        kith_csv_set_text(r, column, (enum kith_text)field->which, text);
        break;
    case KITH_CSV_PHONE:
        read_phone(r, column, text);
        break;
    case KITH_CSV_EMAIL:
        r->emails[field->n].place = field->place;
        wait_for_others(r, &r->emails[field->n].address, column, text);
        break;
    case KITH_CSV_EMAIL_TYPE:
        wait_for_others(r, &r->emails[field->n].type, column, text);
        break;
    case KITH_CSV_EMAIL_NAME:
        wait_for_others(r, &r->emails[field->n].name, column, text);
        break;
    case KITH_CSV_STREET:
        wait_for_others(r, &r->addresses[field->place].street[field->n], column, text);
        break;
    case KITH_CSV_ADDRESS:
        wait_for_others(r, &r->addresses[field->place].whole, column, text);
        break;
    case KITH_CSV_CITY:
    case KITH_CSV_REGION:
    case KITH_CSV_CODE:
    case KITH_CSV_COUNTRY:
    case KITH_CSV_BOX:
        read_address_part(r, column, text);
        break;
    case KITH_CSV_DATE:
        kith_csv_add_date(r, column, (enum kith_date_kind)field->which, "", text);
        break;
    case KITH_CSV_BIRTHDAY:
        wait_for_others(r, &r->birthday[field->which], column, text);
        break;
    case KITH_CSV_LIST:
        read_list(r, column, text);
        break;
    case KITH_CSV_ITEM:
        read_item(r, column, text);
        break;
    case KITH_CSV_EXTRA:
        (void)kith_csv_add_item(r, column, KITH_ITEM_EXTRA, field->word, text); /* it tells how it went */
        break;
    case KITH_CSV_GENDER:
        read_gender(r, column, text);
        break;
    default:
        kith_csv_keep(r, column, text);
        break;
    }
}

static void read_cell(struct kith_csv_reading *r, struct kith_csv_column *column, struct kith_csv_cell cell)
{
    const struct kith_csv_field *field = &column->field;
    const char *text;

    if (field->kind == KITH_CSV_NUMBERED)
        return; /* with the others of its group */
    if (field->kind == KITH_CSV_NOISE) {
        kith_csv_tell(r, column, KITH_FIELD_IGNORED, field->word);
        return;
    }
    text = take_cell(r, field, cell);
    if (text[0] == '\0')
        kith_csv_tell(r, column, KITH_FIELD_IGNORED, "nothing but control characters");
    else
        read_taken(r, column, text);
}

/* --- Rows -------------------------------------------------------------------------------------------------- */

static void begin_contact(struct kith_csv_reading *r)
{
    static const struct kith_csv_waiting nothing = {NULL, ""};

    kith_arena_reset(r->arena);
    kith_contact_init(&r->contact);
    r->contact.source = KITH_SOURCE_OUTLOOK;
    for (size_t i = 0; i < KITH_CSV_EMAILS; i++) {
        r->emails[i].address = r->emails[i].type = r->emails[i].name = nothing;
        r->emails[i].place = KITH_PLACE_NONE;
    }
    for (size_t i = 0; i < KITH_CSV_PLACES; i++) {
        r->addresses[i].number = 0;
        r->addresses[i].whole = nothing;
        for (size_t k = 0; k < KITH_CSV_STREET_LINES; k++)
            r->addresses[i].street[k] = nothing;
    }
    for (size_t i = 0; i < KITH_CSV_DAY_PARTS; i++)
        r->birthday[i] = nothing;
}

bool kith_csv_read_contact(struct kith_csv_reading *r)
{
    begin_contact(r);
    for (size_t i = 0; i < r->row.n_cells; i++) {
        struct kith_csv_column *column = i < r->n_columns ? &r->columns[i] : &r->beyond;

        if (kith_csv_is_blank(r->row.cells[i].at, r->row.cells[i].len))
            continue;
        if (column == &r->beyond)
            r->contact.partial = true; /* it belongs somewhere, and perhaps nothing before it is where it should be */
        read_cell(r, column, r->row.cells[i]);
    }
    finish_emails(r);
    finish_addresses(r);
    finish_birthday(r);
    kith_csv_read_numbered(r);
    return !kith_contact_is_empty(&r->contact);
}
