/* SPDX-License-Identifier: MIT */
/*
 * test_normalise_number_differential.c - where the short path answers, libphonenumber says the same.
 *
 * Two kinds of numbers, always the same ones: such as could be given out in fifty countries, written as people there
 * write them; and digits of all regions without any sense. KITH_TEST_NUMBERS=1000000 takes more of each.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "example_numbers.h"
#include "base/text.h"
#include "normalise/number_plain.h"
#include "normalise/phone_shim.h"

enum { NUMBERS = 20000, SHOWN_AT_MOST = 20 };

static uint64_t random_state = 0x9E3779B97F4A7C15u;

static unsigned next_random(unsigned below)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (unsigned)((random_state >> 16) % below);
}

static void append(char *out, size_t size, const char *text)
{
    size_t len = strlen(out);

    (void)kith_text_copy(out + len, size - len, text);
}

/* Mostly as many digits as a number has there, sometimes more or fewer; sometimes a rare beginning. */
static void append_national(char *out, size_t size)
{
    static const char *const beginnings[] = {"", "", "", "0", "1", "15", "9", "179", "011", "800", "116", "21", "90"};
    static const char *const separators[] = {"", "", "", " ", "-", ".", ") "};
    unsigned digits = 6 + next_random(6);

    append(out, size, beginnings[next_random((unsigned)KITH_COUNT_OF(beginnings))]);
    for (unsigned i = 0; i < digits; i++) {
        char digit[2] = {(char)('0' + next_random(10)), '\0'};

        append(out, size, digit);
        if (next_random(4) == 0 && i + 1 < digits)
            append(out, size, separators[next_random((unsigned)KITH_COUNT_OF(separators))]);
    }
}

static void invent(const struct kith_number_region *region, char *out, size_t size)
{
    const struct kith_number_region *abroad = &kith_number_regions[next_random((unsigned)kith_number_n_regions)];

    out[0] = '\0';
    switch (next_random(5)) {
    case 0:
        append(out, size, "+");
        append(out, size, abroad->country_code);
        append(out, size, next_random(2) ? " " : "");
        append(out, size, next_random(8) ? "" : "(0)");
        break;
    case 1:
        append(out, size, next_random(3) ? region->idd : "00");
        append(out, size, abroad->country_code);
        break;
    case 2:
        append(out, size, region->trunk);
        break;
    case 3:
        append(out, size, next_random(2) ? region->country_code : abroad->country_code);
        break;
    default:
        break;
    }
    append_national(out, size);
}

static bool agrees(const char *text, const char *region, const struct kith_dialled *dialled,
                   const struct kith_plain_number *plain)
{
    struct kith_phone_reading reading;

    if (!kith_phone_read(text, region, &reading) || !reading.possible) {
        print_error("%s in %s: short path %s, libphonenumber nothing possible\n", text, region, plain->e164);
        return false;
    }
    if (strcmp(reading.e164, plain->e164) != 0 || strcmp(reading.national, plain->national) != 0 ||
        reading.country_typed == plain->region_assumed) {
        print_error("%s in %s: short path %s (%s, assumed %d), libphonenumber %s (%s, typed %d)\n", text, region,
                    plain->e164, plain->national, plain->region_assumed, reading.e164, reading.national,
                    reading.country_typed);
        return false;
    }
    if (!dialled->plus && strlen(dialled->digits) <= 8 && kith_phone_is_short(dialled->digits, region)) {
        print_error("%s in %s: short path %s, libphonenumber a short number\n", text, region, plain->e164);
        return false;
    }
    return true;
}

static long wanted_numbers(void)
{
    const char *more = getenv("KITH_TEST_NUMBERS");
    int64_t n = NUMBERS;

    if (more)
        (void)kith_text_to_int64(more, 1, 100000000, &n);
    return (long)n;
}

/* false: the short path does not answer. */
static bool try_both(const char *text, const char *region, long *wrong)
{
    struct kith_dialled dialled;
    struct kith_plain_number plain;

    if (!kith_number_read(text, &dialled) || !kith_number_plain(region, &dialled, &plain))
        return false;
    *wrong += !agrees(text, region, &dialled, &plain);
    return true;
}

static void number_differential__numbers_of_fifty_countries_are_read_alike(void **state)
{
    static const char *const regions[] = {"US", "GB", "DE", "FR", "IT", "ES", "PT", "NL", "BE", "LU", "CH", "AT", "SE",
                                          "NO", "DK", "FI", "IS", "IE", "PL", "CZ", "SK", "HU", "RO", "BG", "GR", "TR",
                                          "RU", "UA", "LT", "LV", "EE", "HR", "RS", "IL", "AE", "SA", "EG", "ZA", "NG",
                                          "KE", "IN", "PK", "CN", "JP", "KR", "AU", "NZ", "BR", "AR", "MX"};
    enum { REGIONS = KITH_COUNT_OF(regions) };
    long answered[REGIONS] = {0};
    long n = wanted_numbers(), made = 0, all_answered = 0, wrong = 0;

    (void)state;
    assert_int_equal(REGIONS, 50);
    for (unsigned i = 0; made < n && wrong < SHOWN_AT_MOST; i++) {
        const char *at_home = regions[i % REGIONS], *line = at_home;
        enum example_form form = (enum example_form)next_random(EXAMPLE_FORMS);
        char text[96];

        if (form == EXAMPLE_ABROAD || next_random(8) == 0)
            line = regions[next_random(REGIONS)];
        if (!example_number(at_home, next_random(16), next_random(5000000), form, line, text, sizeof(text)))
            continue;
        made++;
        answered[i % REGIONS] += try_both(text, line, &wrong);
    }
    for (size_t i = 0; i < REGIONS; i++)
        all_answered += answered[i];
    print_message("# %ld of %ld numbers of fifty countries took the short path, %ld were read otherwise\n",
                  all_answered, made, wrong);
    assert_int_equal(wrong, 0);
    assert_true(all_answered > made / 2); /* it is there for most numbers */
}

static void number_differential__the_short_path_agrees_with_libphonenumber(void **state)
{
    (void)state;
    long n = wanted_numbers(), answered = 0, wrong = 0;

    for (long i = 0; i < n && wrong < SHOWN_AT_MOST; i++) {
        const struct kith_number_region *row = &kith_number_regions[(size_t)i % kith_number_n_regions];
        const char *region = row->code;
        char text[96];

        invent(row, text, sizeof(text));
        answered += try_both(text, region, &wrong);
    }
    print_message("# %ld of %ld numbers took the short path\n", answered, n);
    assert_int_equal(wrong, 0);
    assert_true(answered > n / 10); /* it would agree with everything if it never answered */
}

/* Digits as they stand in address books, in lengths that a number may have or not. */
static void invent_impossible(char *out, size_t size)
{
    static const char *const beginnings[] = {"", "0", "00", "000", "01", "21", "911", "(0", "555", "7", "06", "988"};
    static const char *const separators[] = {"", "", "", " ", "-", ".", ") ", " (", "  "};
    unsigned digits = 6 + next_random(14);

    out[0] = '\0';
    append(out, size, beginnings[next_random((unsigned)KITH_COUNT_OF(beginnings))]);
    for (unsigned i = 0; i < digits; i++) {
        append(out, size, (char[2]){(char)('0' + next_random(10)), '\0'});
        if (next_random(4) == 0)
            append(out, size, separators[next_random((unsigned)KITH_COUNT_OF(separators))]);
    }
}

static void number_differential__what_is_impossible_is_nothing_to_libphonenumber(void **state)
{
    (void)state;
    long n = wanted_numbers(), impossible = 0;

    for (long i = 0; i < n; i++) {
        const char *region = kith_number_regions[(size_t)i % kith_number_n_regions].code;
        struct kith_dialled dialled;
        struct kith_phone_reading reading;
        char text[96];

        invent_impossible(text, sizeof(text));
        if (!kith_number_read(text, &dialled) || !kith_number_is_impossible(region, &dialled))
            continue;
        impossible++;
        if (kith_phone_read(dialled.text, region, &reading) && reading.possible)
            fail_msg("%s in %s: libphonenumber has %s", text, region, reading.e164);
        if (kith_phone_is_short(dialled.digits, region))
            fail_msg("%s in %s: libphonenumber has a short number", text, region);
    }
    print_message("# %ld of %ld numbers were impossible\n", impossible, n);
    assert_true(impossible > n / 20); /* a tenth of all regions have North America's numbers */
}

static void number_differential__regions_are_found_by_their_code(void **state)
{
    (void)state;
    for (size_t i = 0; i < kith_number_n_regions; i++)
        assert_ptr_equal(kith_number_region(kith_number_regions[i].code), &kith_number_regions[i]);
    assert_null(kith_number_region(""));
    assert_null(kith_number_region("XX"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_differential__numbers_of_fifty_countries_are_read_alike),
        cmocka_unit_test(number_differential__the_short_path_agrees_with_libphonenumber),
        cmocka_unit_test(number_differential__what_is_impossible_is_nothing_to_libphonenumber),
        cmocka_unit_test(number_differential__regions_are_found_by_their_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
