/* SPDX-License-Identifier: MIT */
/* test_show_text.c - a contact on a terminal. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <kith/export.h>

#include "base/text.h"
#include "model/contact_parts.h"
#include "show/show_text.h"

static void assert_holds(const struct kith_contact *contact, const char *words)
{
    KITH_AUTO_STRING text = kith_contact_to_text(contact);

    if (!strstr(text, words))
        fail_msg("no \"%s\" in\n%s", words, text);
}

static void add_phone(struct kith_contact *contact, enum kith_phone_kind kind, const char *raw)
{
    struct kith_phone *phone = kith_contact_add_phone(contact, kith_contact_arena(contact));

    phone->kind = kind;
    phone->raw = raw;
}

static void text__whole_contact_reads_like_its_page(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    struct kith_arena *arena = kith_contact_arena(contact);

    contact->source = KITH_SOURCE_MICROSOFT365;
    contact->account = "work";
    contact->folder = "Contacts/Suppliers";
    contact->shown = "Rosa Almeida Figueiredo";
    contact->partial = true;
    contact->text[KITH_TEXT_GIVEN] = "Rosa";
    contact->text[KITH_TEXT_JOB_TITLE] = "Supplier Quality Lead";
    contact->text[KITH_TEXT_COMPANY] = "Halvorsen Instruments";
    contact->text[KITH_TEXT_MANAGER] = "Britta-Karin Ahlström";
    contact->text[KITH_TEXT_NICKNAME] = "Rosinha";
    contact->text[KITH_TEXT_NOTES] = "Met at the Lisbon fair.\nPrefers a call before ten.\n";
    add_phone(contact, KITH_PHONE_MOBILE, "+44 7700 900461");
    add_phone(contact, KITH_PHONE_WORK, "+44 20 7946 0812 ext. 24");
    *kith_contact_add_email(contact, arena) = (struct kith_email){KITH_PLACE_WORK, "rosa@halvorsen.example", "", ""};
    *kith_contact_add_email(contact, arena) = (struct kith_email){KITH_PLACE_NONE, "rosa@almeida.example", "", ""};
    *kith_contact_add_address(contact, arena) = (struct kith_address){
        KITH_PLACE_WORK, "14 Lantern Yard\n3rd floor", "12", "London", "", "SE1 0QX", "United Kingdom", ""};
    *kith_contact_add_date(contact, arena) = (struct kith_date){KITH_DATE_BIRTHDAY, 0, 3, 14, ""};
    kith_contact_add_item(contact, arena, KITH_ITEM_CHAT, "sip:rosa@halvorsen.example");
    kith_contact_add_item(contact, arena, KITH_ITEM_WEB, "https://halvorsen.example")->place = KITH_PLACE_WORK;
    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Suppliers");
    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Lisbon 2026");
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "one")->label = "User field 1";

    KITH_AUTO_STRING text = kith_contact_to_text(contact);
    assert_string_equal(text, "Rosa Almeida Figueiredo\n"
                              "Supplier Quality Lead, Halvorsen Instruments\n"
                              "\n"
                              "Mobile         +44 7700 900461\n"
                              "Work phone     +44 20 7946 0812 ext. 24\n"
                              "\n"
                              "Work e-mail    rosa@halvorsen.example\n"
                              "E-mail         rosa@almeida.example\n"
                              "\n"
                              "Chat           sip:rosa@halvorsen.example\n"
                              "\n"
                              "Work address   14 Lantern Yard\n"
                              "               3rd floor\n"
                              "               PO box 12\n"
                              "               London SE1 0QX\n"
                              "               United Kingdom\n"
                              "\n"
                              "Work web page  https://halvorsen.example\n"
                              "\n"
                              "Birthday       14 March\n"
                              "\n"
                              "Manager        Britta-Karin Ahlström\n"
                              "\n"
                              "Company        Halvorsen Instruments\n"
                              "\n"
                              "Notes          Met at the Lisbon fair.\n"
                              "               Prefers a call before ten.\n"
                              "\n"
                              "Categories     Suppliers, Lisbon 2026\n"
                              "\n"
                              "Nickname       Rosinha\n"
                              "User field 1   one\n"
                              "\n"
                              "Imported       Only in part: something of it could not be read\n"
                              "\n"
                              "Microsoft 365, account work, folder Contacts / Suppliers\n");
}

static void text__contact_without_a_name_says_so(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    contact->shown = "+1 408 555 0142";
    contact->nameless = true;
    add_phone(contact, KITH_PHONE_OTHER, "+1 408 555 0142");
    KITH_AUTO_STRING text = kith_contact_to_text(contact);
    assert_string_equal(text, "+1 408 555 0142\nNo name\n\nNumber  +1 408 555 0142\n");
}

static void text__company_is_not_said_twice_above(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    contact->shown = contact->text[KITH_TEXT_COMPANY] = "Atelier Brume";
    KITH_AUTO_STRING text = kith_contact_to_text(contact);
    assert_string_equal(text, "Atelier Brume\n\nCompany  Atelier Brume\n");
}

static void text__reading_stands_under_the_name(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    contact->shown = "山田 太郎";
    contact->text[KITH_TEXT_PHONETIC_FAMILY] = "やまだ";
    contact->text[KITH_TEXT_PHONETIC_GIVEN] = "たろう";
    assert_holds(contact, "山田 太郎\nやまだ たろう\n");
}

static void text__contact_cannot_drive_the_terminal(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    struct kith_phone *phone = kith_contact_add_phone(contact, kith_contact_arena(contact));

    contact->shown = "A\x1b[2J\nB\x7f";
    contact->account = "\x07";
    contact->source = KITH_SOURCE_GOOGLE;
    contact->text[KITH_TEXT_NOTES] = "a\tb\r\nc\xc2\x9b"
                                     "31m\u202ed\xff";
    phone->label = "x\x1b]0;y";
    phone->raw = "1";
    KITH_AUTO_STRING text = kith_contact_to_text(contact);

    for (const char *c = text; *c != '\0'; c++)
        assert_true((unsigned char)*c >= 0x20 || *c == '\n');
    assert_null(strchr(text, '\x7f'));
    assert_holds(contact, "A\\x1b[2J\\x0aB\\x7f\n");
    assert_holds(contact, "c\\x9b31m\\u202ed\xef\xbf\xbd");
    assert_holds(contact, "a b");
}

static void text__parts_of_the_name_are_not_said_twice(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    contact->shown = "Dr. Anna Björk";
    contact->text[KITH_TEXT_PREFIX] = "Dr.";
    contact->text[KITH_TEXT_MIDDLE] = "A"; /* a letter of "Anna" is no middle name */
    KITH_AUTO_STRING text = kith_contact_to_text(contact);
    assert_null(strstr(text, "Title"));
    assert_non_null(strstr(text, "Middle name  A\n"));
}

static void text__town_and_code_stand_as_the_country_writes_them(void **state)
{
    (void)state;
    static const struct {
        struct kith_address address;
        const char *written;
    } addresses[] = {
        {{KITH_PLACE_NONE, "10 Contoso Way", "", "Redmond", "WA", "98075", "USA", ""},
         "10 Contoso Way\n         Redmond, WA 98075\n         USA\n"},
        {{KITH_PLACE_NONE, "", "", "Redmond", "WA", "98075", "", ""}, "Redmond, WA 98075\n"},
        {{KITH_PLACE_NONE, "Werkstr. 1", "", "Berlin", "", "10115", "Deutschland", ""},
         "Werkstr. 1\n         10115 Berlin\n         Deutschland\n"},
        {{KITH_PLACE_NONE, "", "", "", "", "", "Norge", ""}, "Address  Norge\n"},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(addresses); i++) {
        KITH_AUTO(kith_contact) contact = kith_contact_new();

        *kith_contact_add_address(contact, kith_contact_arena(contact)) = addresses[i].address;
        assert_holds(contact, addresses[i].written);
    }
}

static void text__long_label_moves_only_its_own_value(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    struct kith_arena *arena = kith_contact_arena(contact);

    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "one")->label = "Name of the boat they sailed on";
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "two")->label = "Boats";
    assert_holds(contact, "Name of the boat they sailed on  one\nBoats  two\n");
}

static void text__every_kind_of_number_has_a_label(void **state)
{
    (void)state;
    for (int kind = 0; kind < KITH_PHONE_KIND_COUNT; kind++) {
        KITH_AUTO(kith_contact) contact = kith_contact_new();

        add_phone(contact, (enum kith_phone_kind)kind, "112");
        KITH_AUTO_STRING text = kith_contact_to_text(contact);
        assert_true(strlen(text) > strlen("\n  112\n"));
        assert_int_equal(text[0], '\n');
        assert_int_not_equal(text[1], ' ');
    }
}

static void text__full_buffer_is_told(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_buf) out;

    contact->shown = "Rosa Almeida";
    kith_buf_init(&out, 5);
    assert_false(kith_show_text(&out, contact));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text__whole_contact_reads_like_its_page),
        cmocka_unit_test(text__contact_without_a_name_says_so),
        cmocka_unit_test(text__company_is_not_said_twice_above),
        cmocka_unit_test(text__reading_stands_under_the_name),
        cmocka_unit_test(text__contact_cannot_drive_the_terminal),
        cmocka_unit_test(text__parts_of_the_name_are_not_said_twice),
        cmocka_unit_test(text__town_and_code_stand_as_the_country_writes_them),
        cmocka_unit_test(text__long_label_moves_only_its_own_value),
        cmocka_unit_test(text__every_kind_of_number_has_a_label),
        cmocka_unit_test(text__full_buffer_is_told),
    };

    return cmocka_run_group_tests_name("show_text", tests, NULL, NULL);
}
