/* SPDX-License-Identifier: MIT */
/* test_show_json.c - the JSON that docs/output-schema.md promises. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <kith/export.h>

#include "base/json_read.h"
#include "base/text.h"
#include "model/contact_parts.h"
#include "model/rows.h"

static void json__contact_is_what_the_schema_says(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    struct kith_arena *arena = kith_contact_arena(contact);
    struct kith_phone *phone = kith_contact_add_phone(contact, arena);

    contact->id = 42;
    contact->account = "work";
    contact->source = KITH_SOURCE_MICROSOFT365;
    contact->folder = "Contacts/Suppliers";
    contact->source_id = "AAMk1";
    contact->shown = "Rosa \"R\" Almeida";
    contact->partial = true;
    contact->created_s = 1413760104;
    contact->text[KITH_TEXT_GIVEN] = "Rosa";
    contact->text[KITH_TEXT_NOTES] = "one\ntwo";
    *kith_contact_add_email(contact, arena) =
        (struct kith_email){KITH_PLACE_WORK, "rosa@halvorsen.example", "Rosa", ""};
    *phone = (struct kith_phone){.kind = KITH_PHONE_WORK_FAX,
                                 .raw = "020 7946 0812",
                                 .label = "",
                                 .e164 = "+442079460812",
                                 .national = "2079460812",
                                 .extension = "24",
                                 .region_assumed = true};
    *kith_contact_add_address(contact, arena) =
        (struct kith_address){KITH_PLACE_HOME, "14 Lantern Yard", "12", "London", "", "SE1 0QX", "UK", ""};
    *kith_contact_add_date(contact, arena) = (struct kith_date){KITH_DATE_BIRTHDAY, 0, 3, 14, ""};
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "one")->label = "User field 1";

    KITH_AUTO_STRING json = kith_contact_to_json(contact);
    assert_string_equal(
        json,
        "{\"id\":42,\"account\":\"work\",\"source\":\"microsoft365\",\"folder\":\"Contacts/Suppliers\","
        "\"source_id\":\"AAMk1\",\"change_key\":\"\",\"shown\":\"Rosa \\\"R\\\" "
        "Almeida\",\"nameless\":false,\"partial\":true,"
        "\"has_photo\":false,\"created_s\":1413760104,\"modified_s\":0,"
        "\"text\":{\"given\":\"Rosa\",\"notes\":\"one\\ntwo\"},"
        "\"emails\":[{\"place\":\"work\",\"address\":\"rosa@halvorsen.example\",\"name\":\"Rosa\",\"label\":\"\"}],"
        "\"phones\":[{\"kind\":\"work-fax\",\"raw\":\"020 7946 0812\",\"label\":\"\",\"e164\":\"+442079460812\","
        "\"national\":\"2079460812\",\"extension\":\"24\",\"region_assumed\":true}],"
        "\"addresses\":[{\"place\":\"home\",\"street\":\"14 Lantern Yard\",\"po_box\":\"12\",\"city\":\"London\","
        "\"region\":\"\",\"postal_code\":\"SE1 0QX\",\"country\":\"UK\",\"label\":\"\"}],"
        "\"dates\":[{\"kind\":\"birthday\",\"year\":0,\"month\":3,\"day\":14,\"label\":\"\"}],"
        "\"items\":[{\"kind\":\"extra\",\"place\":\"\",\"label\":\"User field 1\",\"value\":\"one\"}]}");
}

static void json__empty_contact_has_every_member(void **state)
{
    (void)state;
    static const char *const members[] = {"id",    "account",  "source",  "folder",    "source_id", "change_key",
                                          "shown", "nameless", "partial", "has_photo", "created_s", "modified_s",
                                          "text",  "emails",   "phones",  "addresses", "dates",     "items"};
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_STRING json = kith_contact_to_json(contact);
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json root;
    char why[160];

    assert_true(kith_json_read(reader, json, strlen(json), &root, why, sizeof(why)));
    assert_int_equal(kith_json_length(root), KITH_COUNT_OF(members));
    for (size_t i = 0; i < KITH_COUNT_OF(members); i++)
        assert_int_not_equal(kith_json_member(root, members[i]).type, KITH_JSON_NONE);
}

static void json__bytes_that_are_no_text_are_replaced(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    contact->shown = "a\xff\x01";
    KITH_AUTO_STRING json = kith_contact_to_json(contact);
    assert_non_null(strstr(json, "\"shown\":\"a\xef\xbf\xbd\\u0001\""));
}

static void json__row_of_a_list_says_nothing_of_a_match(void **state)
{
    (void)state;
    KITH_AUTO(kith_rows) rows = kith_rows_new();
    struct kith_row *row = kith_rows_add(rows);

    row->id = 7;
    row->source = KITH_SOURCE_GOOGLE;
    row->account = "home";
    row->shown = "Rosa Almeida";
    row->bold = "Almeida";
    row->colour = 11;
    row->has_photo = true;
    row->photo_tag = "00c0ffee00c0ffee";
    KITH_AUTO_STRING json = kith_row_to_json(row);
    assert_string_equal(json, "{\"id\":7,\"source\":\"google\",\"account\":\"home\",\"shown\":\"Rosa Almeida\","
                              "\"bold\":\"Almeida\",\"reading\":\"\",\"second\":\"\",\"email\":\"\",\"phone\":\"\","
                              "\"phone_e164\":\"\",\"initials\":\"\",\"colour\":11,\"nameless\":false,"
                              "\"is_company\":false,\"has_photo\":true,\"photo_tag\":\"00c0ffee00c0ffee\"}");
}

static void json__row_of_an_answer_says_why(void **state)
{
    (void)state;
    static const char *const ids[] = {
        [KITH_MATCH_NAME] = "name",
        [KITH_MATCH_COMPANY] = "company",
        [KITH_MATCH_EMAIL] = "email",
        [KITH_MATCH_NUMBER] = "number",
        [KITH_MATCH_NUMBER_NATIONAL] = "number-national",
        [KITH_MATCH_NUMBER_MAIN] = "number-main",
        [KITH_MATCH_NUMBER_GUESS] = "number-guess",
    };
    KITH_AUTO(kith_rows) rows = kith_rows_new();
    struct kith_row *row = kith_rows_add(rows);

    row->matched = "rosa@halvorsen.example";
    for (size_t i = KITH_MATCH_NAME; i < KITH_COUNT_OF(ids); i++) {
        char expected[96];

        row->match = (enum kith_match)i;
        KITH_AUTO_STRING json = kith_row_to_json(row);
        assert_true(kith_text_format(expected, sizeof(expected),
                                     ",\"match\":\"%s\",\"matched\":\"rosa@halvorsen.example\"}", ids[i]));
        assert_true(kith_text_ends_with(json, expected));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json__contact_is_what_the_schema_says),
        cmocka_unit_test(json__empty_contact_has_every_member),
        cmocka_unit_test(json__bytes_that_are_no_text_are_replaced),
        cmocka_unit_test(json__row_of_a_list_says_nothing_of_a_match),
        cmocka_unit_test(json__row_of_an_answer_says_why),
    };

    return cmocka_run_group_tests_name("show_json", tests, NULL, NULL);
}
