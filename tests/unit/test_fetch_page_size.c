/* SPDX-License-Identifier: MIT */
/* test_fetch_page_size.c - how many contacts are asked for at once (src/fetch/page_size.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fetch/page_size.h"

enum { HEAVY = 34 * 1024, LIGHT = 1700 };

static void page_size__usual_contacts_come_in_the_largest_pages(void **state)
{
    struct kith_page_size size;
    (void)state;

    kith_page_size_init(&size, 999);
    assert_int_equal(size.items, 999);
    assert_false(kith_page_size_learn(&size, (size_t)999 * LIGHT, 999));
    assert_false(kith_page_size_learn(&size, (size_t)999 * 4000, 999)); /* nor are somewhat heavier ones a reason */
    assert_int_equal(size.items, 999);
}

static void page_size__heavy_ones_are_weighed_and_measured_out(void **state)
{
    struct kith_page_size size;
    (void)state;

    kith_page_size_init(&size, 999);
    assert_true(kith_page_size_shrink(&size, 999));
    assert_in_range(size.items, 1, 50);
    assert_true(kith_page_size_learn(&size, (size_t)size.items * HEAVY, (size_t)size.items));
    assert_in_range((size_t)size.items * HEAVY, KITH_PAGE_PART_BYTES / 2, KITH_PAGE_PART_BYTES);
    assert_in_range(kith_page_size_expected(&size, size.items), KITH_PAGE_PART_BYTES / 2, KITH_PAGE_PART_BYTES);
    assert_false(kith_page_size_learn(&size, (size_t)size.items * HEAVY, (size_t)size.items)); /* and so it stays */
}

static void page_size__lighter_ones_lead_back_step_by_step(void **state)
{
    struct kith_page_size size;
    int pages = 0;
    (void)state;

    kith_page_size_init(&size, 999);
    (void)kith_page_size_shrink(&size, 999);
    for (int before = size.items; size.items < 999; before = size.items, pages++) {
        assert_true(kith_page_size_learn(&size, (size_t)size.items * LIGHT, (size_t)size.items));
        assert_in_range(size.items, before + 1, before * 4);
        assert_true(pages < 10);
    }
}

static void page_size__heavier_ones_shrink_it_without_a_page_in_vain(void **state)
{
    struct kith_page_size size = {.largest = 999, .items = 100, .each_bytes = 10 * 1024};
    (void)state;

    assert_false(kith_page_size_learn(&size, (size_t)100 * 11 * 1024, 100)); /* near enough */
    assert_int_equal(size.items, 100);
    assert_true(kith_page_size_learn(&size, (size_t)100 * HEAVY, 100));
    assert_in_range((size_t)size.items * HEAVY, KITH_PAGE_PART_BYTES / 2, KITH_PAGE_PART_BYTES);
}

static void page_size__there_is_an_end_to_shrinking(void **state)
{
    struct kith_page_size size;
    (void)state;

    kith_page_size_init(&size, 999);
    assert_true(kith_page_size_shrink(&size, 999));
    assert_false(kith_page_size_shrink(&size, size.items));
    assert_int_equal(kith_page_size_ceiling(size.items), KITH_PAGE_CEILING_BYTES);
    assert_int_equal(kith_page_size_ceiling(999), KITH_PAGE_MOST_BYTES);
    (void)kith_page_size_learn(&size, (size_t)size.items * 4 * 1024 * 1024, (size_t)size.items);
    assert_true(size.items >= 1);

    kith_page_size_init(&size, 7); /* a limit */
    assert_false(kith_page_size_shrink(&size, 7));
    assert_false(kith_page_size_learn(&size, (size_t)7 * HEAVY, 7));
    assert_int_equal(size.items, 7);
}

static void page_size__an_empty_page_says_nothing(void **state)
{
    struct kith_page_size size;
    (void)state;

    kith_page_size_init(&size, 200);
    (void)kith_page_size_shrink(&size, 200);
    int before = size.items;
    assert_false(kith_page_size_learn(&size, 300, 0));
    assert_int_equal(size.items, before);
    assert_true(kith_page_size_learn(&size, 1, 100)); /* no contact weighs nothing */
    assert_true(kith_page_size_expected(&size, 1) > 0);
}

static void page_size__what_the_service_cannot_give_is_not_asked_for_again(void **state)
{
    struct kith_page_size size;
    (void)state;

    kith_page_size_init(&size, 999);
    kith_page_size_halve(&size, 999);
    assert_int_equal(size.items, 499);
    (void)kith_page_size_shrink(&size, 499);
    for (int i = 0; i < 10; i++)
        (void)kith_page_size_learn(&size, (size_t)size.items * LIGHT, (size_t)size.items);
    assert_int_equal(size.items, 499);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(page_size__usual_contacts_come_in_the_largest_pages),
        cmocka_unit_test(page_size__heavy_ones_are_weighed_and_measured_out),
        cmocka_unit_test(page_size__lighter_ones_lead_back_step_by_step),
        cmocka_unit_test(page_size__heavier_ones_shrink_it_without_a_page_in_vain),
        cmocka_unit_test(page_size__there_is_an_end_to_shrinking),
        cmocka_unit_test(page_size__an_empty_page_says_nothing),
        cmocka_unit_test(page_size__what_the_service_cannot_give_is_not_asked_for_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
