/* SPDX-License-Identifier: MIT */
/*
 * parse_csv.c - a table of contacts becomes contacts.
 *
 * Before: the bytes of a file.
 * After:  the sink takes the contacts, normalise/ makes them comparable.
 *
 * A table says nothing about itself but its headings. So they decide: the separator and the code page are those with
 * which most headings are known (parse_csv_headings.c); then what each column holds; and whether it is a table of
 * contacts at all. The order of day and month is that of the first date that cannot be read both ways. What is left
 * is assumed, and said in the facts.
 *
 * Then each row becomes a contact: parse_csv_rows.c, parse_csv_contact.c.
 */
#include "parse/parse_csv.h"

#include <string.h>

#include "base/fail.h"
#include "base/text.h"
#include "parse/harmless.h"
#include "parse/parse_csv_contact.h"
#include "parse/parse_csv_text.h"

enum {
    HEADING_BYTES = 96,    /* with its NUL; as much as a report shows */
    NUMBERED_MAX = 1024,   /* groups that Google numbers */
    EMAILS_WITH_PLACE = 6, /* slots of e-mails that headings name; the others are for repeated ones */
    DATE_BYTES = 64,       /* more is no date */
};

struct bytes {
    const char *at;
    size_t len;
};

/* How the first row was read, and how many of its headings are known. */
struct reading_of_headings {
    const char *encoding;
    char separator;
    size_t n_known;
    size_t n_known_beyond_ascii; /* those that an encoding can be told by */
};

struct table {
    struct kith_csv_reading r;
    struct bytes file;
    struct reading_of_headings how;
    struct kith_arena *headings; /* the columns and their names */
    size_t n_named;              /* columns with a heading */
    bool english;                /* each known heading is */
    bool has_dates;              /* whose order counts */
};

/* --- Headings ------------------------------------------------------------------ */

/* A heading in UTF-8, harmless, cut to what fits; in out. */
static void take_heading(struct kith_charset *charset, const char *encoding, struct kith_csv_cell cell,
                         char out[HEADING_BYTES])
{
    KITH_AUTO_DONE(kith_buf) text;
    size_t len = cell.len < 4 * HEADING_BYTES ? cell.len : 4 * HEADING_BYTES;

    kith_buf_init(&text, 16 * HEADING_BYTES);
    (void)kith_charset_to_utf8(charset, encoding, strlen(encoding), cell.at, len, &text); /* else it is empty */
    (void)kith_text_copy_n(out, HEADING_BYTES, kith_buf_text(&text), text.len);           /* cut: nobody knows it */
    len = kith_harmless(out, strlen(out), /* lines= */ false);
    while (len > 0 && out[len - 1] == ' ')
        len--;
    out[len] = '\0';
    len = strspn(out, " ");
    memmove(out, out + len, strlen(out) - len + 1);
}

static struct reading_of_headings try_headings(struct table *t, const char *encoding, char separator)
{
    KITH_AUTO(kith_csv_rows) rows = kith_csv_rows_new(t->file.at, t->file.len, separator);
    struct reading_of_headings how = {.encoding = encoding, .separator = separator};
    struct kith_csv_row row;

    if (!kith_csv_next_row(rows, &row))
        return how;
    for (size_t i = 0; i < row.n_cells; i++) {
        char heading[HEADING_BYTES];
        bool known, english;

        take_heading(t->r.charset, encoding, row.cells[i], heading);
        known = kith_csv_field_of(heading, strlen(heading), &english).kind != KITH_CSV_STRANGER;
        how.n_known += known;
        how.n_known_beyond_ascii += known && !kith_charset_is_ascii(row.cells[i].at, row.cells[i].len);
    }
    return how;
}

/* only: the one that the file names, '\0' where it names none. */
static void try_separators(struct table *t, const char *encoding, char only)
{
    static const char separators[] = {',', ';', '\t'};
    size_t n = only != '\0' ? 1 : KITH_COUNT_OF(separators);

    for (size_t i = 0; i < n; i++) {
        struct reading_of_headings how = try_headings(t, encoding, only != '\0' ? only : separators[i]);

        if (t->how.separator == '\0' || how.n_known > t->how.n_known)
            t->how = how;
    }
}

/* "sep=;": a line for Excel, before the headings. '\0': there is none. */
static char skip_separator_line(struct table *t)
{
    struct bytes *file = &t->file;
    size_t len = strlen("sep=;");
    char separator;

    if (file->len <= len || !kith_text_starts_with_ci(file->at, "sep=") ||
        (file->at[len] != '\r' && file->at[len] != '\n'))
        return '\0';
    separator = file->at[len - 1];
    file->at += len;
    file->len -= len;
    return strchr(",;\t|", separator) ? separator : '\0';
}

/* --- What the columns hold -------------------------------------------------------- */

static bool has_street(const struct table *t, enum kith_place place)
{
    for (size_t i = 0; i < t->r.n_columns; i++) {
        const struct kith_csv_field *field = &t->r.columns[i].field;

        if (field->kind == KITH_CSV_STREET && field->place == place && field->n == 0)
            return true;
    }
    return false;
}

static struct kith_csv_column *column_with(struct table *t, enum kith_csv_kind kind, int which)
{
    for (size_t i = 0; i < t->r.n_columns; i++)
        if (t->r.columns[i].field.kind == kind && t->r.columns[i].field.which == which)
            return &t->r.columns[i];
    return NULL;
}

/* Some words mean one thing alone and another one beside others. */
static void settle_by_neighbours(struct table *t)
{
    struct kith_csv_column *name = column_with(t, KITH_CSV_WHOLE_NAME, KITH_TEXT_DISPLAY);
    struct kith_csv_column *birthday = column_with(t, KITH_CSV_DATE, KITH_DATE_BIRTHDAY);

    /* "Vorname, Name": the family's. */
    if (name && column_with(t, KITH_CSV_TEXT, KITH_TEXT_GIVEN) && !column_with(t, KITH_CSV_TEXT, KITH_TEXT_FAMILY))
        name->field.which = KITH_TEXT_FAMILY;
    /* "Birth Year, Birth Month, Birth Day". */
    if (birthday && column_with(t, KITH_CSV_BIRTHDAY, KITH_CSV_MONTH))
        birthday->field = (struct kith_csv_field){.kind = KITH_CSV_BIRTHDAY, .which = KITH_CSV_DAY, .word = ""};
    /* "Home Address, Home Address 2, Home City": its first line, which is no column of its own. */
    for (size_t i = 0; i < t->r.n_columns; i++) {
        struct kith_csv_field *field = &t->r.columns[i].field;

        if (field->kind == KITH_CSV_ADDRESS && !has_street(t, field->place))
            field->kind = KITH_CSV_STREET;
    }
}

/* In French and others the title of a person and of a job are one word, and the person's comes first. */
static void settle_second_title(struct table *t)
{
    struct kith_csv_column *title = column_with(t, KITH_CSV_TEXT, KITH_TEXT_PREFIX);

    if (!title || column_with(t, KITH_CSV_TEXT, KITH_TEXT_JOB_TITLE))
        return;
    for (struct kith_csv_column *c = title + 1; c < t->r.columns + t->r.n_columns; c++)
        if (c->field.kind == KITH_CSV_TEXT && c->field.which == KITH_TEXT_PREFIX)
            c->field.which = KITH_TEXT_JOB_TITLE;
}

/* The same heading again is another e-mail. */
static void settle_second_emails(struct table *t)
{
    bool taken[KITH_CSV_EMAILS] = {false};
    int next = EMAILS_WITH_PLACE;

    for (size_t i = 0; i < t->r.n_columns; i++) {
        struct kith_csv_field *field = &t->r.columns[i].field;

        if (field->kind != KITH_CSV_EMAIL)
            continue;
        if (taken[field->n] && next < KITH_CSV_EMAILS)
            field->n = next++;
        taken[field->n] = true;
    }
}

static struct kith_csv_numbered *numbered_of(struct table *t, const struct kith_csv_field *field)
{
    struct kith_csv_numbered *numbered = t->r.numbered;

    for (size_t i = 0; i < t->r.n_numbered; i++)
        if ((int)numbered[i].group == field->which && numbered[i].number == field->n)
            return &numbered[i];
    if (t->r.n_numbered == NUMBERED_MAX)
        return NULL;
    numbered += t->r.n_numbered++;
    numbered->group = (enum kith_csv_group)field->which;
    numbered->number = field->n;
    return numbered;
}

/* Members of one group may stand anywhere. */
static void gather_numbered(struct table *t)
{
    t->r.numbered = kith_arena_new_n(t->headings, struct kith_csv_numbered, NUMBERED_MAX);
    for (size_t i = 0; i < t->r.n_columns; i++) {
        struct kith_csv_column *column = &t->r.columns[i];
        struct kith_csv_numbered *numbered =
            column->field.kind == KITH_CSV_NUMBERED ? numbered_of(t, &column->field) : NULL;

        if (numbered && !numbered->column[column->field.member])
            numbered->column[column->field.member] = column;
        else if (column->field.kind == KITH_CSV_NUMBERED)
            column->field.kind = KITH_CSV_STRANGER; /* the same heading twice, or beyond the ceiling */
    }
}

/* Which headings are known is decided; now the columns are made of them. */
static void make_columns(struct table *t, const struct kith_csv_row *row)
{
    t->english = true;
    t->r.columns = kith_arena_new_n(t->headings, struct kith_csv_column, row->n_cells);
    t->r.n_columns = row->n_cells;
    for (size_t i = 0; i < row->n_cells; i++) {
        struct kith_csv_column *column = &t->r.columns[i];
        char heading[HEADING_BYTES];
        bool english;

        take_heading(t->r.charset, t->how.encoding, row->cells[i], heading);
        column->heading = kith_arena_copy(t->headings, heading, strlen(heading));
        column->field = kith_csv_field_of(heading, strlen(heading), &english);
        t->n_named += heading[0] != '\0';
        t->english = t->english && (english || column->field.kind == KITH_CSV_STRANGER);
    }
    t->r.beyond = (struct kith_csv_column){.heading = "(no heading)", .field.word = ""};
    while (t->r.n_columns > 0 && t->r.columns[t->r.n_columns - 1].heading[0] == '\0')
        t->r.n_columns--; /* a separator ends each row of some tables */
    settle_by_neighbours(t);
    settle_second_title(t);
    settle_second_emails(t);
    gather_numbered(t);
}

/* A name, or a way to reach somebody. */
static bool is_about_somebody(const struct kith_csv_field *field)
{
    switch (field->kind) {
    case KITH_CSV_WHOLE_NAME:
    case KITH_CSV_PHONE:
    case KITH_CSV_EMAIL:
    case KITH_CSV_NUMBERED:
        return true;
    case KITH_CSV_TEXT:
        return field->which == KITH_TEXT_GIVEN || field->which == KITH_TEXT_FAMILY ||
               field->which == KITH_TEXT_NICKNAME || field->which == KITH_TEXT_COMPANY;
    default:
        return false;
    }
}

/* Other tables have names and notes, too: more than a quarter of the headings must be known, and two of them. */
static bool is_of_contacts(const struct table *t)
{
    bool somebody = false;

    for (size_t i = 0; i < t->r.n_columns; i++)
        somebody = somebody || is_about_somebody(&t->r.columns[i].field);
    return somebody && t->how.n_known * 4 > t->n_named && (t->how.n_known > 1 || t->n_named <= 2);
}

/* --- Which program wrote it --------------------------------------------------------- */

/* Each program has columns that no other has, in all languages. */
static const char *layout_of(struct table *t)
{
    if (t->r.n_numbered > 0)
        return "google";
    if (column_with(t, KITH_CSV_EMAIL_TYPE, 0))
        return "outlook";
    if (column_with(t, KITH_CSV_ADDRESS, 0) && column_with(t, KITH_CSV_STREET, 0) &&
        column_with(t, KITH_CSV_LIST, KITH_ITEM_CATEGORY) && column_with(t, KITH_CSV_EMAIL, 0))
        return "google-outlook";
    if (column_with(t, KITH_CSV_TEXT, KITH_TEXT_PHONETIC_COMPANY) && column_with(t, KITH_CSV_EMAIL, 0))
        return "outlook.com";
    if (column_with(t, KITH_CSV_BIRTHDAY, KITH_CSV_YEAR) && column_with(t, KITH_CSV_WHOLE_NAME, KITH_TEXT_DISPLAY))
        return "thunderbird";
    return "other";
}

/* These programs write each cell, be it empty: a row with fewer of them has lost some. Spreadsheets do not. */
static bool has_whole_rows(const struct table *t, const char *layout)
{
    return t->how.separator == ',' && strcmp(layout, "other") != 0;
}

/* --- The order of day and month --------------------------------------------------------- */

static bool may_be_date(const struct kith_csv_column *column)
{
    const struct kith_csv_field *field = &column->field;

    return field->kind == KITH_CSV_DATE ||
           (field->kind == KITH_CSV_NUMBERED && field->which == KITH_CSV_G_EVENT && field->member == KITH_CSV_M_VALUE);
}

/* true: it is a date that would be another one in the other order. */
static bool depends_on_order(const char *text)
{
    struct kith_csv_day a, b;

    return kith_csv_read_date(text, KITH_CSV_MONTH_FIRST, &a) == KITH_CSV_IS_DATE &&
           kith_csv_read_date(text, KITH_CSV_DAY_FIRST, &b) == KITH_CSV_IS_DATE && a.month != b.month;
}

static enum kith_csv_order order_in_row(struct table *t, const struct kith_csv_row *row)
{
    for (size_t i = 0; i < row->n_cells && i < t->r.n_columns; i++) {
        char text[DATE_BYTES];
        enum kith_csv_order order;

        if (row->cells[i].len == 0 || !may_be_date(&t->r.columns[i]) ||
            !kith_text_copy_n(text, sizeof(text), row->cells[i].at, row->cells[i].len))
            continue;
        order = kith_csv_order_of(text);
        if (order != KITH_CSV_ORDER_OPEN)
            return order;
        t->has_dates = t->has_dates || depends_on_order(text);
    }
    return KITH_CSV_ORDER_OPEN;
}

/* The first date in the file that says it speaks for all. */
static enum kith_csv_order find_order(struct table *t)
{
    KITH_AUTO(kith_csv_rows) rows = NULL;
    enum kith_csv_order order = KITH_CSV_ORDER_OPEN;
    struct kith_csv_row row;
    bool any = false;

    for (size_t i = 0; i < t->r.n_columns; i++)
        any = any || may_be_date(&t->r.columns[i]);
    if (!any)
        return order;
    rows = kith_csv_rows_new(t->file.at, t->file.len, t->how.separator);
    while (order == KITH_CSV_ORDER_OPEN && kith_csv_next_row(rows, &row))
        order = order_in_row(t, &row);
    return order;
}

/* --- Rows ------------------------------------------------------------------------------------ */

static void say_skipped(const struct table *t, const char *why)
{
    char what[48];

    if (!t->r.sink->skipped)
        return;
    (void)kith_text_format(what, sizeof(what), "row %zu", t->r.row.number); /* it fits */
    t->r.sink->skipped(t->r.sink->ctx, what, why);
}

static bool has_text(const struct kith_csv_row *row)
{
    for (size_t i = 0; i < row->n_cells; i++)
        if (!kith_csv_is_blank(row->cells[i].at, row->cells[i].len))
            return true;
    return false;
}

/* The headings again: several exports in one file. */
static bool is_headings(struct table *t)
{
    size_t n_same = 0;

    for (size_t i = 0; i < t->r.row.n_cells && i < t->r.n_columns; i++) {
        char heading[HEADING_BYTES];

        take_heading(t->r.charset, t->how.encoding, t->r.row.cells[i], heading);
        if (strcmp(heading, t->r.columns[i].heading) != 0)
            return false;
        n_same += heading[0] != '\0';
    }
    return n_same > 0 && t->r.row.n_cells >= t->r.n_columns;
}

/* Why a row is not whole; NULL when it is. */
static const char *damage_of(const struct table *t, bool whole_rows)
{
    const struct kith_csv_row *row = &t->r.row;
    bool is_short = row->n_cells < t->r.n_columns;

    if (row->damaged && row->unfinished)
        return "the file ends inside of it; what is there was read";
    if (row->damaged)
        return "a quote is missing in it; what is there was read";
    if (is_short && row->unfinished)
        return "the file ends inside of it; what is there was read";
    if (is_short && whole_rows)
        return "has fewer cells than there are headings; what is there was read";
    if (row->too_wide)
        return "has too many cells; what is in the first ones was read";
    return NULL;
}

static enum kith_status read_row(struct table *t, bool whole_rows, struct kith_error *err)
{
    const char *damage = damage_of(t, whole_rows);

    if (!has_text(&t->r.row))
        return KITH_OK; /* nothing was left out */
    if (is_headings(t)) {
        say_skipped(t, "is the headings once more");
        return KITH_OK;
    }
    if (!kith_csv_read_contact(&t->r)) {
        say_skipped(t, damage ? damage : "holds nothing about anybody");
        return KITH_OK;
    }
    if (damage) {
        t->r.contact.partial = true;
        say_skipped(t, damage);
    } else if (t->r.row.n_cells > t->r.n_columns && t->r.contact.partial) {
        say_skipped(t, "has more cells than there are headings; they were kept");
    }
    return t->r.sink->contact(t->r.sink->ctx, &t->r.contact, t->r.arena, err);
}

static void report_column(const struct table *t, const struct kith_csv_column *column)
{
    for (size_t i = 0; i < KITH_CSV_TALLIES && column->tallies[i].n > 0; i++)
        kith_field_report_add_n(t->r.sink->report, column->heading[0] != '\0' ? column->heading : "(no heading)",
                                column->tallies[i].fate, column->tallies[i].reason, column->tallies[i].n);
}

static void report(const struct table *t)
{
    for (size_t i = 0; i < t->r.n_columns; i++)
        report_column(t, &t->r.columns[i]);
    report_column(t, &t->r.beyond);
}

static enum kith_status read_rows(struct table *t, bool whole_rows, struct kith_error *err)
{
    KITH_AUTO(kith_csv_rows) rows = kith_csv_rows_new(t->file.at, t->file.len, t->how.separator);
    enum kith_status st = KITH_OK;

    (void)kith_csv_next_row(rows, &t->r.row); /* the headings: they are there */
    while (st == KITH_OK && kith_csv_next_row(rows, &t->r.row))
        st = read_row(t, whole_rows, err);
    if (st == KITH_OK && kith_csv_rows_gave_up(rows) && t->r.sink->skipped)
        t->r.sink->skipped(t->r.sink->ctx, "the rest of the file", "too many rows before it are damaged");
    report(t);
    return st;
}

/* --- The file ------------------------------------------------------------------------------------ */

static enum kith_status open_text(struct table *t, const char *code_page, struct kith_buf *utf8, bool *ret_assumed,
                                  struct kith_error *err)
{
    const char *name;
    size_t mark_len;
    enum kith_csv_encoding encoding = kith_csv_encoding_of(t->file.at, t->file.len, &name, &mark_len);
    char separator;

    t->file.at += mark_len;
    t->file.len -= mark_len;
    if (encoding == KITH_CSV_UTF16) {
        enum kith_status st = kith_charset_wide_file(t->r.charset, name, t->file.at, t->file.len, utf8, err);

        if (st != KITH_OK)
            return st;
        t->file = (struct bytes){kith_buf_text(utf8), utf8->len};
    }
    if (kith_csv_is_blank(t->file.at, t->file.len))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_EMPTY, "the file is empty");

    separator = skip_separator_line(t);
    *ret_assumed = false;
    if (encoding != KITH_CSV_CODE_PAGE) {
        try_separators(t, "UTF-8", separator);
        return KITH_OK;
    }
    try_separators(t, code_page, separator);
    for (size_t i = 0; kith_csv_code_pages[i]; i++)
        try_separators(t, kith_csv_code_pages[i], separator);
    *ret_assumed = t->how.n_known_beyond_ascii == 0;
    return KITH_OK;
}

static enum kith_status open_table(struct table *t, struct kith_error *err)
{
    KITH_AUTO(kith_csv_rows) rows = kith_csv_rows_new(t->file.at, t->file.len, t->how.separator);
    struct kith_csv_row row;

    if (!kith_csv_next_row(rows, &row))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_EMPTY, "the file is empty");
    make_columns(t, &row);
    if (!is_of_contacts(t))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_UNKNOWN,
                                "its first line has no headings that tables of contacts have");
    return KITH_OK;
}

static enum kith_status read_table(struct table *t, const char *code_page, const char *region,
                                   struct kith_parse_csv_facts *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) utf8;
    struct kith_parse_csv_facts facts = {0};
    const char *layout;
    enum kith_status st;

    kith_buf_init(&utf8, 4 * (size_t)KITH_WIDE_FILE_BYTES_MAX);
    st = open_text(t, code_page, &utf8, &facts.encoding_assumed, err);
    if (st == KITH_OK)
        st = open_table(t, err);
    if (st != KITH_OK)
        return st;

    layout = layout_of(t);
    t->r.encoding = t->how.encoding;
    t->r.order = find_order(t);
    facts.dates_assumed = t->r.order == KITH_CSV_ORDER_OPEN && t->has_dates;
    if (t->r.order == KITH_CSV_ORDER_OPEN)
        t->r.order = kith_csv_usual_order(region, t->english);
    facts.dates_day_first = t->r.order == KITH_CSV_DAY_FIRST;
    facts.separator = t->how.separator;
    (void)kith_text_copy(facts.layout, sizeof(facts.layout), layout); /* it fits */
    (void)kith_text_copy(facts.encoding, sizeof(facts.encoding), utf8.len > 0 ? "UTF-16" : t->how.encoding);

    st = read_rows(t, has_whole_rows(t, layout), err);
    if (st == KITH_OK && ret)
        *ret = facts;
    return st;
}

enum kith_status kith_parse_csv(const char *bytes, size_t len, const struct kith_parse_csv_options *options,
                                const struct kith_contact_sink *sink, struct kith_parse_csv_facts *ret,
                                struct kith_error *err)
{
    KITH_AUTO(kith_charset) charset = kith_charset_new();
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO(kith_arena) headings = kith_arena_new();
    struct table t = {.file = {bytes, len}, .headings = headings};
    enum kith_status st;

    t.r.sink = sink;
    t.r.charset = charset;
    t.r.arena = arena;
    kith_buf_init(&t.r.utf8, 4 * (size_t)KITH_CSV_ROW_BYTES_MAX);
    st = read_table(&t, options->code_page[0] != '\0' ? options->code_page : kith_csv_code_pages[0], options->region,
                    ret, err);
    kith_buf_done(&t.r.utf8);
    return st;
}
