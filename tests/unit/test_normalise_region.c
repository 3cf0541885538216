/* SPDX-License-Identifier: MIT */
/* test_normalise_region.c - which two letters are a country, and what was meant by those that are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "normalise/number_plain.h"
#include "normalise/region.h"

static void region__every_country_is_known_and_nothing_else(void **state)
{
    static const char *const others[] = {"", "UK", "XX", "EN", "ZZ", "SU", "gb", "G", "GBR", "A1", "001"};
    (void)state;

    for (size_t i = 0; i < kith_number_n_regions; i++)
        assert_true(kith_region_is_known(kith_number_regions[i].code));
    assert_true(kith_region_is_known("AQ")); /* a country to ISO, without numbers of its own */
    for (size_t i = 0; i < KITH_COUNT_OF(others); i++)
        if (kith_region_is_known(others[i]))
            fail_msg("\"%s\" is taken for a country", others[i]);
}

static void region__what_is_meant_by_another_form(void **state)
{
    static const struct {
        const char *text, *language, *want; /* "" nothing is near */
    } rows[] = {
        {"UK", "", "GB"},
        {"uk", "", "GB"},
        {"de", "", "DE"},
        {"DEU", "", "DE"},
        {"usa", "", "US"},
        {"840", "", "US"},
        {"Germany", "", "DE"},
        {"united kingdom", "fr_FR.UTF-8", "GB"},
        {"Deutschland", "de_DE.UTF-8", "DE"},
        {"Deutschland", "sv_SE", ""},
        {"XX", "", ""},
        {"EN", "", ""},
        {"ZZ", "", ""},
        {"001", "", ""}, /* the world */
        {"", "", ""},
        {"\xff\xfe", "", ""},
        {"a country whose name nobody has ever given to any place on this or any other map, far too long for one", "",
         ""},
    };
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        char got[3] = "";

        assert_int_equal(kith_region_nearest(rows[i].text, rows[i].language, got), rows[i].want[0] != '\0');
        if (strcmp(got, rows[i].want) != 0)
            fail_msg("\"%s\": \"%s\", wanted \"%s\"", rows[i].text, got, rows[i].want);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(region__every_country_is_known_and_nothing_else),
        cmocka_unit_test(region__what_is_meant_by_another_form),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
