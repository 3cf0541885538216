/* SPDX-License-Identifier: MIT */
/* test_normalise_number.c - numbers in every form that sources, callers and people write. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "normalise/normaliser.h"
#include "normalise/number_plain.h"

struct stored {
    const char *raw;
    const char *region;
    enum kith_number_class number_class;
    const char *e164; /* or the digits, when there is no E.164 */
    const char *extension;
};

static void understand(const char *raw, const char *region, struct kith_phone *ret)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", region);
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    kith_contact_add_phone(contact, kith_contact_arena(contact))->raw = raw;
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    *ret = contact->phones[0];
}

static bool is_as_wanted(const struct stored *want)
{
    struct kith_phone phone;

    understand(want->raw, want->region, &phone);
    const char *got = phone.e164[0] ? phone.e164 : phone.national;
    if (phone.number_class == want->number_class && strcmp(got, want->e164) == 0 &&
        strcmp(phone.extension, want->extension) == 0)
        return true;
    print_error("\"%s\" in \"%s\": class %d %s ext \"%s\", wanted class %d %s ext \"%s\"\n", want->raw, want->region,
                phone.number_class, got, phone.extension, want->number_class, want->e164, want->extension);
    return false;
}

static void assert_all(const struct stored *rows, size_t n)
{
    size_t wrong = 0;

    for (size_t i = 0; i < n; i++)
        wrong += !is_as_wanted(&rows[i]);
    assert_int_equal(wrong, 0);
}

static void number__written_forms_of_one_number_are_one(void **state)
{
    (void)state;
    static const struct stored rows[] = {
        {"(415) 555-2671", "US", KITH_NUMBER_NORMAL, "+14155552671", ""},
        {"14155552671", "US", KITH_NUMBER_NORMAL, "+14155552671", ""},
        {"+1 415 555 2671", "", KITH_NUMBER_NORMAL, "+14155552671", ""},
        {"0014155552671", "GB", KITH_NUMBER_NORMAL, "+14155552671", ""},
        {"011 44 20 7946 0018", "US", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"0044 20 7946 0018", "US", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"0044 20 7946 0018", "", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"020 7946 0018", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"+44 (0)20 7946 0018", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"+44 (0)20 7946 0018", "", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"+44 020 7946 0018", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"44 20 7946 0018", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"(+44) 20 7946 0018", "DE", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"02 1234 5678", "IT", KITH_NUMBER_NORMAL, "+390212345678", ""},
        {"+39 02 1234 5678", "IT", KITH_NUMBER_NORMAL, "+390212345678", ""},
        {"+39 2 1234 5678", "IT", KITH_NUMBER_NORMAL, "+39212345678", ""},
        {"347 123 4567", "IT", KITH_NUMBER_NORMAL, "+393471234567", ""},
        {"011 15-2345-6789", "AR", KITH_NUMBER_NORMAL, "+5491123456789", ""},
        {"0 11 15 2345 6789", "AR", KITH_NUMBER_NORMAL, "+5491123456789", ""},
        {"+54 9 11 2345-6789", "AR", KITH_NUMBER_NORMAL, "+5491123456789", ""},
        {"+54 11 2345 6789", "AR", KITH_NUMBER_NORMAL, "+541123456789", ""},
        {"+52 1 55 1234 5678", "MX", KITH_NUMBER_NORMAL, "+525512345678", ""},
        {"044 55 1234 5678", "MX", KITH_NUMBER_NORMAL, "+525512345678", ""},
        {"01 55 1234 5678", "MX", KITH_NUMBER_NORMAL, "+525512345678", ""},
        {"55 1234 5678", "MX", KITH_NUMBER_NORMAL, "+525512345678", ""},
        {"0 15 11 98765-4321", "BR", KITH_NUMBER_NORMAL, "+5511987654321", ""},
        {"8 (495) 123-45-67", "RU", KITH_NUMBER_NORMAL, "+74951234567", ""},
        {"+49 (0)30 123456-78", "DE", KITH_NUMBER_NORMAL, "+493012345678", ""},
        {"030/123456", "DE", KITH_NUMBER_NORMAL, "+4930123456", ""},
        {"1-800-FLOWERS", "US", KITH_NUMBER_NORMAL, "+18003569377", ""},
        {"+800 1234 5678", "", KITH_NUMBER_NORMAL, "+80012345678", ""},
        {"+883 510 012 345", "", KITH_NUMBER_NORMAL, "+883510012345", ""},
        {"\xD9\xA0\xD9\xA2\xD9\xA0 \xD9\xA7\xD9\xA9\xD9\xA4\xD9\xA6 \xD9\xA0\xD9\xA0\xD9\xA1\xD9\xA8", "GB",
         KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"０２０　７９４６　００１８", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"\xE2\x80\xAA+44\xC2\xA0"
         "20\xE2\x80\x91"
         "7946\xE2\x80\x91"
         "0018\xE2\x80\xAC",
         "", KITH_NUMBER_NORMAL, "+442079460018", ""},
    };

    assert_all(rows, KITH_COUNT_OF(rows));
}

static void number__what_is_no_part_of_it_is_taken_off(void **state)
{
    (void)state;
    static const struct stored rows[] = {
        {"020 7946 0018 (home)", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"020 7946 0018 home", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"Mobile: +44 7700 900461", "", KITH_NUMBER_NORMAL, "+447700900461", ""},
        {"Tel. 020 7946 0018", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"тел. +7 495 123-45-67", "", KITH_NUMBER_NORMAL, "+74951234567", ""},
        {"*67 415 555 2671", "US", KITH_NUMBER_NORMAL, "+14155552671", ""},
        {"#31#0171 1234567", "DE", KITH_NUMBER_NORMAL, "+491711234567", ""},
        {"*31#+49 171 1234567", "", KITH_NUMBER_NORMAL, "+491711234567", ""},
        {"+44 20 7946 0018 / 0019", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"+44 20 7946 0018; +44 20 7946 0019", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"+44 20 7946 0018 or +44 20 7946 0019", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"+44 20 7946 0018\n+44 20 7946 0019", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"415-555-2671 415-555-2672", "US", KITH_NUMBER_NORMAL, "+14155552671", ""},
        {"(925)599-3355(925)599-3355", "US", KITH_NUMBER_NORMAL, "+19255993355", ""},
        {"020 7946 0018, 020 7946 0019", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
    };

    assert_all(rows, KITH_COUNT_OF(rows));
}

static void number__extensions_and_pauses_stand_beside_it(void **state)
{
    (void)state;
    static const struct stored rows[] = {
        {"+1 650 253 0000 ext. 123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000 ext 123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000 extension 123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000;ext=123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000 x123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000x123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000,123#", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000,,123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000 p123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000w123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+1 650 253 0000 #123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"+7 495 123-45-67 доб. 12", "", KITH_NUMBER_NORMAL, "+74951234567", "12"},
        {"tel:+1-650-253-0000;ext=123", "", KITH_NUMBER_NORMAL, "+16502530000", "123"},
        {"020 7946 0812 ext 24", "GB", KITH_NUMBER_NORMAL, "+442079460812", "24"},
        {"1-800-FLOWERS ext 5", "US", KITH_NUMBER_NORMAL, "+18003569377", "5"},
    };

    assert_all(rows, KITH_COUNT_OF(rows));
}

static void number__links_are_understood(void **state)
{
    (void)state;
    static const struct stored rows[] = {
        {"tel:+16502530000", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"tel:%2B16502530000", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"tel:+1%20650%20253%200000", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"tel:2530000;phone-context=+1650", "US", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"tel:7042;phone-context=example.com", "US", KITH_NUMBER_SHORT, "7042", ""},
        {"tel:20794600;phone-context=example.com", "GB", KITH_NUMBER_SHORT, "20794600", ""},
        {"sip:+16502530000@example.com;user=phone", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"sip:02079460018@example.com", "GB", KITH_NUMBER_NORMAL, "+442079460018", ""},
        {"sips:+16502530000;ext=12@example.com", "", KITH_NUMBER_NORMAL, "+16502530000", "12"},
        {"sip:rosa.almeida@example.com", "GB", KITH_NUMBER_NO_NUMBER, "", ""},
        {"\"Rosa 2\" <sip:+16502530000@example.com>", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"callto:+16502530000", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"callto:tel:+16502530000", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"callto://+16502530000", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"callto:rosa.almeida", "US", KITH_NUMBER_NO_NUMBER, "", ""},
        {"skype:+16502530000?call", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
        {"https://wa.me/16502530000", "", KITH_NUMBER_NORMAL, "+16502530000", ""},
    };

    assert_all(rows, KITH_COUNT_OF(rows));
}

static void number__short_numbers_and_codes_stay_what_they_are(void **state)
{
    (void)state;
    static const struct stored rows[] = {
        {"112", "DE", KITH_NUMBER_SHORT, "112", ""},
        {"911", "US", KITH_NUMBER_SHORT, "911", ""},
        {"12345", "US", KITH_NUMBER_SHORT, "12345", ""},
        {"116 117", "DE", KITH_NUMBER_SHORT, "116117", ""},
        {"4711", "", KITH_NUMBER_SHORT, "4711", ""},
        {"*100#", "DE", KITH_NUMBER_SHORT, "*100#", ""},
        {"*21*12345#", "DE", KITH_NUMBER_SHORT, "*21*12345#", ""},
        {"7", "US", KITH_NUMBER_SHORT, "7", ""},
    };

    assert_all(rows, KITH_COUNT_OF(rows));
}

static void number__what_cannot_be_known_keeps_its_digits(void **state)
{
    (void)state;
    static const struct stored rows[] = {
        {"555-2671", "US", KITH_NUMBER_LOCAL, "5552671", ""},
        {"415 555 2671", "", KITH_NUMBER_LOCAL, "4155552671", ""},
        {"415 555 2671", "XX", KITH_NUMBER_LOCAL, "4155552671", ""},
        {"020 7946 0018", "", KITH_NUMBER_LOCAL, "02079460018", ""},
        {"+1234567890123456789012345", "", KITH_NUMBER_LOCAL, "1234567890123456", ""},
        {"Anonymous", "US", KITH_NUMBER_NO_NUMBER, "", ""},
        {"restricted", "US", KITH_NUMBER_NO_NUMBER, "", ""},
        {"", "US", KITH_NUMBER_NO_NUMBER, "", ""},
        {"+", "US", KITH_NUMBER_NO_NUMBER, "", ""},
        {"ask at the desk", "US", KITH_NUMBER_NO_NUMBER, "", ""},
        {"FLOWERS", "US", KITH_NUMBER_NO_NUMBER, "", ""},
        {"\xFF\xFE(((((", "US", KITH_NUMBER_NO_NUMBER, "", ""},
    };

    assert_all(rows, KITH_COUNT_OF(rows));
}

static void number__a_typed_country_is_not_assumed(void **state)
{
    (void)state;
    struct kith_phone phone;

    understand("020 7946 0018", "GB", &phone);
    assert_true(phone.region_assumed);
    assert_string_equal(phone.national, "2079460018");
    understand("+44 20 7946 0018", "US", &phone);
    assert_false(phone.region_assumed);
    understand("0044 20 7946 0018", "GB", &phone);
    assert_false(phone.region_assumed);
    understand("02 1234 5678", "IT", &phone);
    assert_true(phone.region_assumed);
    assert_string_equal(phone.national, "0212345678"); /* the zero is part of it */
}

/* --- Who is calling -------------------------------------------------------- */

static void caller(const char *text, const char *region, struct kith_number *number)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", region);

    kith_normalise_number(n, text, number);
}

static void number__a_withheld_caller_is_nobody(void **state)
{
    (void)state;
    static const char *const withheld[] = {"",
                                           "  ",
                                           "anonymous",
                                           "Anonymous",
                                           "sip:anonymous@anonymous.invalid",
                                           "\"Anonymous\" <sip:anonymous@anonymous.invalid>",
                                           "unknown",
                                           "restricted",
                                           "private",
                                           "unavailable",
                                           "withheld",
                                           "+266696687",
                                           "266696687",
                                           "0000000000",
                                           "00000000",
                                           "tel:+266696687",
                                           "Private Number",
                                           "UNKNOWN CALLER",
                                           "No Caller ID",
                                           "Unbekannt",
                                           "P",
                                           "O",
                                           "sip:unknown@gateway.example",
                                           "sip:Restricted@192.0.2.7:5060;user=phone",
                                           "sips:unavailable@gateway.example;transport=tls",
                                           "\"Anonymous\" <sip:x7f3k@anonymous.invalid>;tag=9",
                                           "sip:anonymous"};
    struct kith_number number;

    for (size_t i = 0; i < KITH_COUNT_OF(withheld); i++) {
        caller(withheld[i], "US", &number);
        if (!number.withheld || number.number_class != KITH_NUMBER_NO_NUMBER || number.national[0])
            fail_msg("\"%s\" is looked up", withheld[i]);
    }
    static const char *const shown[] = {"+442079460018",
                                        "\"Anonymous\" <sip:+442079460018@gateway.example>",
                                        "private@halvorsen.example",
                                        "Privately",
                                        "000000",
                                        "0000000001"};
    for (size_t i = 0; i < KITH_COUNT_OF(shown); i++) {
        caller(shown[i], "GB", &number);
        if (number.withheld)
            fail_msg("\"%s\" is taken for withheld", shown[i]);
    }
}

static void number__other_forms_of_a_line_are_tried(void **state)
{
    (void)state;
    static const struct {
        const char *text, *region, *also;
    } rows[] = {
        {"+54 9 11 2345 6789", "", "+541123456789"},
        {"+54 11 2345 6789", "", "+5491123456789"},
        {"+52 55 1234 5678", "", "+5215512345678"},
        {"+55 11 98765 4321", "", "+551187654321"},
        {"+55 11 8765 4321", "", "+5511987654321"},
        {"442079460018", "", "+442079460018"},
        {"+55 11 3765 4321", "", ""},
        {"+44 20 7946 0018", "", ""},
        {"555-2671", "US", ""},
    };
    struct kith_number number;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        caller(rows[i].text, rows[i].region, &number);
        if (strcmp(number.also[0], rows[i].also) != 0)
            fail_msg("%s: also \"%s\", wanted \"%s\"", rows[i].text, number.also[0], rows[i].also);
    }
}

static void number__one_caller_in_six_forms_is_one_number(void **state)
{
    (void)state;
    static const char *const forms[] = {"+44 20 7946 0018", "0044 20 7946 0018",    "020 7946 0018",
                                        "442079460018",     "tel:+44-20-7946-0018", "sip:+442079460018@gw.example",
                                        "(020) 7946-0018",  "callto:+442079460018", "020.7946.0018 ext 9"};
    struct kith_number number;

    for (size_t i = 0; i < KITH_COUNT_OF(forms); i++) {
        caller(forms[i], "GB", &number);
        assert_string_equal(number.e164, "+442079460018");
        assert_int_equal(number.number_class, KITH_NUMBER_NORMAL);
    }
}

static void number__hostile_texts_stay_within_bounds(void **state)
{
    (void)state;
    char text[4096];
    struct kith_number number;
    static const char alphabet[] = "0123456789+-()/;,.*#<>@:=% xpwextel\xC3\xA9\xE2\x80";
    uint32_t random = 12345;

    for (int round = 0; round < 2000; round++) {
        size_t len = (size_t)round * 2 % (sizeof(text) - 1);

        for (size_t i = 0; i < len; i++) {
            random = random * 1664525u + 1013904223u;
            text[i] = alphabet[(random >> 16) % (sizeof(alphabet) - 1)];
        }
        text[len] = '\0';
        caller(text, round % 2 ? "DE" : "", &number);
        assert_true(strlen(number.national) < sizeof(number.national));
    }
}

static void number__the_short_path_needs_no_library_for_plain_callers(void **state)
{
    (void)state;
    static const struct {
        const char *text, *region;
    } rows[] = {{"+44 20 7946 0018", ""},  {"+1 (408) 555-0100", ""}, {"020 7946 0018", "GB"},
                {"(408) 555-0100", "US"},  {"1 408 555 0100", "US"},  {"0044 20 7946 0018", "DE"},
                {"0171 1234567", "DE"},    {"01 23 45 67 89", "FR"},  {"612 34 56 78", "ES"},
                {"+86 138 0013 8000", ""}, {"+91 98765 43210", "GB"}, {"+49 30 123456", ""}};

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        struct kith_dialled dialled;
        struct kith_plain_number plain;

        assert_true(kith_number_read(rows[i].text, &dialled));
        if (!kith_number_plain(rows[i].region, &dialled, &plain))
            fail_msg("%s in \"%s\" is not plain", rows[i].text, rows[i].region);
    }
}

/* What Google says beside a number counts where the number itself names no country. */
static void number__a_source_knows_the_region_of_its_account(void **state)
{
    static const struct {
        const char *raw, *said, *region;
        const char *e164;
        bool assumed;
    } rows[] = {
        {"020 7946 0018", "+442079460018", "US", "+442079460018", false},
        {"020 7946 0018", "+442079460018", "GB", "+442079460018", false},
        {"+1 408 555 0100", "+442079460018", "GB", "+14085550100", false}, /* it names its country */
        {"408 555 0100", "+442079460018", "US", "+14085550100", true},     /* another number altogether */
        {"408 555 0100", "nonsense", "US", "+14085550100", true},
    };
    (void)state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", rows[i].region);
        KITH_AUTO(kith_contact) contact = kith_contact_new();
        struct kith_phone *phone = kith_contact_add_phone(contact, kith_contact_arena(contact));

        phone->raw = rows[i].raw;
        (void)kith_text_copy(phone->e164, sizeof(phone->e164), rows[i].said);
        kith_normalise_contact(n, contact, kith_contact_arena(contact));
        assert_string_equal(contact->phones[0].e164, rows[i].e164);
        assert_string_equal(contact->phones[0].raw, rows[i].raw);
        assert_int_equal(contact->phones[0].region_assumed, rows[i].assumed);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number__written_forms_of_one_number_are_one),
        cmocka_unit_test(number__what_is_no_part_of_it_is_taken_off),
        cmocka_unit_test(number__extensions_and_pauses_stand_beside_it),
        cmocka_unit_test(number__links_are_understood),
        cmocka_unit_test(number__short_numbers_and_codes_stay_what_they_are),
        cmocka_unit_test(number__what_cannot_be_known_keeps_its_digits),
        cmocka_unit_test(number__a_typed_country_is_not_assumed),
        cmocka_unit_test(number__a_withheld_caller_is_nobody),
        cmocka_unit_test(number__other_forms_of_a_line_are_tried),
        cmocka_unit_test(number__one_caller_in_six_forms_is_one_number),
        cmocka_unit_test(number__hostile_texts_stay_within_bounds),
        cmocka_unit_test(number__the_short_path_needs_no_library_for_plain_callers),
        cmocka_unit_test(number__a_source_knows_the_region_of_its_account),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
