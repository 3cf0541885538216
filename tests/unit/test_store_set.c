/* SPDX-License-Identifier: MIT */
/* test_store_set.c - sets of contacts hold what was put in, and nothing else. */
#include "store_fixture.h"

#include "store/store_set.h"

static void bits__hold_what_was_added(void **state)
{
    struct kith_bits bits;

    (void)state;
    kith_bits_init(&bits, 100);
    assert_false(kith_bits_has(&bits, 100));
    for (int64_t n = 100; n < 5000; n += 7)
        assert_true(kith_bits_add(&bits, n));
    for (int64_t n = 90; n < 6000; n++)
        assert_int_equal(kith_bits_has(&bits, n), n >= 100 && n < 5000 && (n - 100) % 7 == 0);
    assert_false(kith_bits_add(&bits, 107));
    assert_int_equal(bits.count, 700);
    kith_bits_done(&bits);
}

static void bits__difference_visits_each_once_in_order(void **state)
{
    struct kith_bits all, some;
    int64_t last = -1, n_visited = 0;

    (void)state;
    kith_bits_init(&all, 0);
    kith_bits_init(&some, 0);
    for (int64_t n = 1; n <= 3000; n++) {
        (void)kith_bits_add(&all, n);
        if (n % 3)
            (void)kith_bits_add(&some, n);
    }
    for (int64_t n = kith_bits_next_without(&all, &some, all.first); n >= 0;
         n = kith_bits_next_without(&all, &some, n + 1)) {
        assert_true(n > last && n % 3 == 0);
        last = n;
        n_visited++;
    }
    assert_int_equal(n_visited, 1000);
    assert_int_equal(kith_bits_next_without(&some, &all, 0), -1);
    kith_bits_done(&all);
    kith_bits_done(&some);
}

static void prints__say_not_there_only_when_it_is_so(void **state)
{
    struct kith_prints prints;
    int maybe = 0;

    (void)state;
    kith_prints_init(&prints, 10000);
    for (uint64_t n = 0; n < 10000; n++)
        maybe += !kith_prints_add(&prints, n * UINT64_C(0x9E3779B97F4A7C15));
    assert_true(maybe <= 1); /* 32 bits among 10,000 */
    for (uint64_t n = 0; n < 10000; n++)
        assert_false(kith_prints_add(&prints, n * UINT64_C(0x9E3779B97F4A7C15)));
    kith_prints_done(&prints);
}

static void prints__many_more_than_expected_are_all_maybe(void **state)
{
    struct kith_prints prints;
    uint64_t n = 0;

    (void)state;
    kith_prints_init(&prints, 10);
    while (n < 100000 && kith_prints_add(&prints, n))
        n++;
    assert_true(n >= 10 && n < 100000);
    kith_prints_done(&prints);
}

static void picks__keep_their_order_and_take_each_once(void **state)
{
    struct kith_picks picks = {0};

    (void)state;
    for (int round = 0; round < 2; round++) {
        for (int64_t n = 0; n < 5000; n++)
            assert_int_equal(kith_picks_add(&picks, n * 31 % 5003), round == 0);
    }
    assert_int_equal(picks.n, 5000);
    for (int64_t n = 0; n < 5000; n++)
        assert_int_equal(picks.number[n], n * 31 % 5003);
    kith_picks_done(&picks);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bits__hold_what_was_added),
        cmocka_unit_test(bits__difference_visits_each_once_in_order),
        cmocka_unit_test(prints__say_not_there_only_when_it_is_so),
        cmocka_unit_test(prints__many_more_than_expected_are_all_maybe),
        cmocka_unit_test(picks__keep_their_order_and_take_each_once),
    };

    return cmocka_run_group_tests_name("store_set", tests, NULL, NULL);
}
