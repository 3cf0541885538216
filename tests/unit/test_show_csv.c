/* SPDX-License-Identifier: MIT */
/* test_show_csv.c - a table that Outlook imports, in which nothing is lost and nothing runs. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/contact_parts.h"
#include "show/show_csv.h"

enum { COLUMNS = 92 };

/* --- Helpers -------------------------------------------------------------- */

/* One row taken apart, by the rules of RFC 4180; the text of the cells, quotes gone, in the order of the columns. */
struct row {
    char *cells[COLUMNS + 1];
    size_t n;
};

static void row_done(struct row *row)
{
    for (size_t i = 0; i < row->n; i++)
        free(row->cells[i]);
}
KITH_DEFINE_AUTO_DONE(row, row_done)

/* The cell at *at, which ends at a comma or the end of the row. */
static char *read_cell(const char **at)
{
    KITH_AUTO_DONE(kith_buf) cell;
    bool quoted = **at == '"';

    kith_buf_init(&cell, SIZE_MAX);
    *at += quoted;
    for (; **at != '\0'; (*at)++) {
        if (quoted && **at == '"' && (*at)[1] == '"')
            (*at)++;
        else if (quoted && **at == '"')
            break;
        else if (!quoted && (**at == ',' || **at == '\r'))
            break;
        assert_true(kith_buf_add_char(&cell, **at));
    }
    if (quoted) {
        assert_int_equal(**at, '"');
        (*at)++;
    }
    return kith_buf_take_text(&cell);
}

static void read_row(const char *text, struct row *ret)
{
    ret->n = 0;
    for (;;) {
        assert_in_range(ret->n, 0, COLUMNS - 1);
        ret->cells[ret->n++] = read_cell(&text);
        if (*text != ',')
            break;
        text++;
    }
    assert_string_equal(text, "\r\n");
    assert_int_equal(ret->n, COLUMNS);
}

static void write_row(const struct kith_contact *contact, struct row *ret)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, SIZE_MAX);
    assert_true(kith_show_csv(&out, contact));
    read_row(kith_buf_text(&out), ret);
}

static void read_headings(struct row *ret)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, SIZE_MAX);
    assert_true(kith_show_csv_begin(&out));
    assert_true(kith_text_starts_with(kith_buf_text(&out), "\xef\xbb\xbf\"Title\",\"First Name\","));
    read_row(kith_buf_text(&out) + 3, ret);
}

static void assert_cell(const struct kith_contact *contact, const char *heading, const char *expected)
{
    KITH_AUTO_DONE(row) headings;
    KITH_AUTO_DONE(row) row;

    read_headings(&headings);
    write_row(contact, &row);
    for (size_t i = 0; i < COLUMNS; i++) {
        if (strcmp(headings.cells[i], heading) == 0) {
            assert_string_equal(row.cells[i], expected);
            return;
        }
    }
    fail_msg("no column \"%s\"", heading);
}

static struct kith_contact *make_contact(void)
{
    struct kith_contact *contact = kith_contact_new();

    contact->text[KITH_TEXT_GIVEN] = "Rosa";
    contact->text[KITH_TEXT_FAMILY] = "Almeida";
    contact->text[KITH_TEXT_DISPLAY] = "Rosa Almeida";
    return contact;
}

static void add_phone(struct kith_contact *contact, enum kith_phone_kind kind, const char *raw, const char *label)
{
    struct kith_phone *phone = kith_contact_add_phone(contact, kith_contact_arena(contact));

    phone->kind = kind;
    phone->raw = raw;
    phone->label = label;
}

/* --- Columns ---------------------------------------------------------------- */

static void csv__row_has_every_column_whatever_is_missing(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    assert_cell(contact, "First Name", "");
    assert_cell(contact, "Birthday", "0/0/00");
    assert_cell(contact, "Priority", "Normal");
    assert_cell(contact, "Private", "False");
    assert_cell(contact, "Notes", "");
}

static void csv__texts_have_their_columns(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->text[KITH_TEXT_PREFIX] = "Dr.";
    contact->text[KITH_TEXT_COMPANY] = "Halvorsen, Inc. \"H\"";
    contact->text[KITH_TEXT_MANAGER] = "Britta";
    contact->text[KITH_TEXT_OFFICE] = "3.14";
    assert_cell(contact, "Title", "Dr.");
    assert_cell(contact, "First Name", "Rosa");
    assert_cell(contact, "Last Name", "Almeida");
    assert_cell(contact, "Company", "Halvorsen, Inc. \"H\"");
    assert_cell(contact, "Manager's Name", "Britta");
    assert_cell(contact, "Office Location", "3.14");
    assert_cell(contact, "Notes", ""); /* the whole name is made of the two columns */
}

static void csv__name_without_parts_is_a_first_name(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    contact->text[KITH_TEXT_DISPLAY] = "Rosa";
    assert_cell(contact, "First Name", "Rosa");
    assert_cell(contact, "Notes", "");
    contact->text[KITH_TEXT_COMPANY] = "Rosa"; /* a company's name is none of a person */
    assert_cell(contact, "First Name", "");
}

static void csv__street_has_three_lines(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_address *address = kith_contact_add_address(contact, kith_contact_arena(contact));

    *address = (struct kith_address){KITH_PLACE_WORK, "a\nb\nc\nd", "12", "London", "E", "SE1", "UK", ""};
    assert_cell(contact, "Business Street", "a");
    assert_cell(contact, "Business Street 2", "b");
    assert_cell(contact, "Business Street 3", "c\r\nd");
    assert_cell(contact, "Business City", "London");
    assert_cell(contact, "Business State", "E");
    assert_cell(contact, "Business Postal Code", "SE1");
    assert_cell(contact, "Business Country/Region", "UK");
    assert_cell(contact, "Business Address PO Box", "12");
    assert_cell(contact, "Other Street", "");
    address->place = KITH_PLACE_NONE;
    assert_cell(contact, "Business Street", "");
    assert_cell(contact, "Other Street", "a");
}

static void csv__numbers_go_by_kind(void **state)
{
    (void)state;
    for (int kind = 0; kind < KITH_PHONE_KIND_COUNT; kind++) {
        KITH_AUTO(kith_contact) contact = make_contact();
        KITH_AUTO_DONE(row) row;
        size_t n = 0;

        add_phone(contact, (enum kith_phone_kind)kind, "112", "");
        write_row(contact, &row);
        for (size_t i = 0; i < COLUMNS; i++)
            n += strcmp(row.cells[i], "112") == 0;
        assert_int_equal(n, 1);
    }
}

static void csv__dates_are_in_american_order(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_date *date = kith_contact_add_date(contact, kith_contact_arena(contact));

    *date = (struct kith_date){KITH_DATE_BIRTHDAY, 1981, 3, 14, ""};
    assert_cell(contact, "Birthday", "3/14/1981");
    assert_cell(contact, "Anniversary", "0/0/00");
    date->year = 0;
    assert_cell(contact, "Birthday", "3/14/1604");
}

static void csv__lists_are_separated_by_semicolons(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Suppliers");
    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Lisbon, 2026");
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "blue")->label = "User field 2";
    assert_cell(contact, "Categories", "Suppliers;Lisbon, 2026");
    assert_cell(contact, "User 2", "blue");
    assert_cell(contact, "Notes", "");
}

/* --- Notes -------------------------------------------------------------------- */

static void csv__what_has_no_column_is_in_the_notes(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    contact->text[KITH_TEXT_NOTES] = "Met in Porto.\nTwice.";
    contact->text[KITH_TEXT_NICKNAME] = "Rosinha";
    contact->text[KITH_TEXT_DISPLAY] = "Rosa A.";
    contact->text[KITH_TEXT_FILE_AS] = "Almeida, Rosa";
    add_phone(contact, KITH_PHONE_MOBILE, "1", "");
    add_phone(contact, KITH_PHONE_MOBILE, "2", "boat");
    for (int i = 0; i < 4; i++)
        kith_contact_add_email(contact, arena)->address = i < 3 ? "rosa@halvorsen.example" : "fourth@halvorsen.example";
    kith_contact_add_item(contact, arena, KITH_ITEM_WEB, "http://a.example");
    kith_contact_add_item(contact, arena, KITH_ITEM_WEB, "http://b.example");
    kith_contact_add_item(contact, arena, KITH_ITEM_CHAT, "sip:rosa@halvorsen.example");
    *kith_contact_add_date(contact, arena) = (struct kith_date){KITH_DATE_OTHER, 0, 5, 6, "Name day"};
    assert_cell(contact, "Web Page", "http://a.example");
    assert_cell(contact, "Notes",
                "Met in Porto.\r\nTwice.\r\nFull Name: Rosa A.\r\nNickname: Rosinha\r\nboat: 2\r\n"
                "E-mail: fourth@halvorsen.example\r\nName day: 05-06\r\nWeb Page: http://b.example\r\n"
                "IM Address: sip:rosa@halvorsen.example");
}

static void csv__second_address_of_a_place_is_in_the_notes(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    *kith_contact_add_address(contact, arena) = (struct kith_address){KITH_PLACE_HOME, "1", "", "", "", "", "", ""};
    *kith_contact_add_address(contact, arena) =
        (struct kith_address){KITH_PLACE_HOME, "2\n3", "", "Faro", "", "", "Portugal", "Summer"};
    assert_cell(contact, "Home Street", "1");
    assert_cell(contact, "Notes", "Summer: 2 3, Faro, Portugal");
}

/* --- Formulas ------------------------------------------------------------------ */

static void csv__text_that_would_run_gets_an_apostrophe(void **state)
{
    (void)state;
    static const char *const texts[][2] = {
        {"=HYPERLINK(\"http://x.example\")", "'=HYPERLINK(\"http://x.example\")"},
        {"+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"},
        {"-1+A1", "'-1+A1"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"a=b", "a=b"},
        {"'quoted'", "'quoted'"},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(texts); i++) {
        KITH_AUTO(kith_contact) contact = make_contact();

        contact->text[KITH_TEXT_COMPANY] = texts[i][0];
        contact->text[KITH_TEXT_NOTES] = texts[i][0];
        assert_cell(contact, "Company", texts[i][1]);
        assert_cell(contact, "Notes", texts[i][1]);
    }
}

static void csv__numbers_stay_as_they_are(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    add_phone(contact, KITH_PHONE_MOBILE, "+44 (0)20 7946-0812", "");
    assert_cell(contact, "Mobile Phone", "+44 (0)20 7946-0812");
}

static void csv__full_buffer_is_told(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, 50);
    assert_false(kith_show_csv_begin(&out));
    kith_buf_clear(&out);
    assert_false(kith_show_csv(&out, contact));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv__row_has_every_column_whatever_is_missing),
        cmocka_unit_test(csv__texts_have_their_columns),
        cmocka_unit_test(csv__name_without_parts_is_a_first_name),
        cmocka_unit_test(csv__street_has_three_lines),
        cmocka_unit_test(csv__numbers_go_by_kind),
        cmocka_unit_test(csv__dates_are_in_american_order),
        cmocka_unit_test(csv__lists_are_separated_by_semicolons),
        cmocka_unit_test(csv__what_has_no_column_is_in_the_notes),
        cmocka_unit_test(csv__second_address_of_a_place_is_in_the_notes),
        cmocka_unit_test(csv__text_that_would_run_gets_an_apostrophe),
        cmocka_unit_test(csv__numbers_stay_as_they_are),
        cmocka_unit_test(csv__full_buffer_is_told),
    };

    return cmocka_run_group_tests_name("show_csv", tests, NULL, NULL);
}
