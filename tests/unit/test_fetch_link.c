/* SPDX-License-Identifier: MIT */
/* test_fetch_link.c - the numbers in links, and the links that were followed (src/fetch/link.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "fetch/link.h"

static int64_t skip_of(const char *link)
{
    int64_t n = -1;

    return kith_link_number(link, "$skip", &n) ? n : -1;
}

static void link__a_number_is_found_however_it_is_spelt(void **state)
{
    (void)state;
    assert_int_equal(skip_of("https://h/contacts?$top=100&$skip=200"), 200);
    assert_int_equal(skip_of("https://h/contacts?%24skip=0"), 0);
    assert_int_equal(skip_of("https://h/contacts?$SKIP=7&$top=3#$skip=9"), 7);
    assert_int_equal(skip_of("?$skip=999999999999999"), 999999999999999);
}

static void link__what_is_no_plain_number_is_none(void **state)
{
    (void)state;
    assert_int_equal(skip_of("https://h/contacts"), -1);
    assert_int_equal(skip_of("https://h/$skip=5"), -1);
    assert_int_equal(skip_of("https://h/?$skiptoken=5"), -1);
    assert_int_equal(skip_of("https://h/?x=$skip=5"), -1);
    assert_int_equal(skip_of("https://h/?$skip"), -1);
    assert_int_equal(skip_of("https://h/?$skip="), -1);
    assert_int_equal(skip_of("https://h/?$skip=-5"), -1);
    assert_int_equal(skip_of("https://h/?$skip=5x"), -1);
    assert_int_equal(skip_of("https://h/?$skip=1234567890123456"), -1);
    assert_int_equal(skip_of("https://h/?$skip=5&$skip=6"), -1);
    assert_int_equal(skip_of("https://h/?&&="), -1);
    assert_int_equal(skip_of(""), -1);
}

static void link__only_the_number_changes(void **state)
{
    KITH_AUTO_DONE(kith_buf) out;
    (void)state;

    kith_buf_init(&out, KITH_LINK_BYTES);
    assert_true(kith_link_with_number("https://h/c?$top=9&%24skip=10&x=%20y#f", "$skip", 2000, &out));
    assert_string_equal(kith_buf_text(&out), "https://h/c?$top=9&%24skip=2000&x=%20y#f");
    assert_true(kith_link_with_number("https://h/c?$skip=10", "$skip", 3, &out));
    assert_string_equal(kith_buf_text(&out), "https://h/c?$skip=3");
    assert_false(kith_link_with_number("https://h/c", "$skip", 3, &out));
}

static void link__the_set_knows_what_it_was_given(void **state)
{
    struct kith_link_set set = {0};
    char link[64];
    (void)state;

    assert_false(kith_link_set_has(&set, ""));
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(link, sizeof(link), "https://h/c?$skip=%d", i);
        assert_false(kith_link_set_has(&set, link));
        kith_link_set_add(&set, link);
        kith_link_set_add(&set, link);
    }
    assert_int_equal(set.n, 5000);
    for (int i = 0; i < 5000; i++) {
        (void)snprintf(link, sizeof(link), "https://h/c?$skip=%d", i);
        assert_true(kith_link_set_has(&set, link));
    }
    assert_false(kith_link_set_has(&set, "https://h/c?$skip=5000"));
    kith_link_set_done(&set);
    assert_false(kith_link_set_has(&set, link));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(link__a_number_is_found_however_it_is_spelt),
        cmocka_unit_test(link__what_is_no_plain_number_is_none),
        cmocka_unit_test(link__only_the_number_changes),
        cmocka_unit_test(link__the_set_knows_what_it_was_given),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
