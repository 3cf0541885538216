/* SPDX-License-Identifier: MIT */
/* test_base_alloc.c - memory that cannot run out, and arenas. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/text.h"

static void alloc__pieces_are_zeroed_and_never_null(void **state)
{
    (void)state;
    int *n = kith_xnew_n(int, 100);
    char *nothing = kith_xcalloc(0, 8);

    for (int i = 0; i < 100; i++)
        assert_int_equal(n[i], 0);
    assert_non_null(nothing);
    n = kith_xrealloc(n, 200, sizeof(*n));
    assert_int_equal(n[99], 0);
    free(nothing);
    free(n);
}

static void alloc__duplicates_are_text_of_their_own(void **state)
{
    (void)state;
    KITH_AUTO_STRING whole = kith_xstrdup("Ada");
    KITH_AUTO_STRING part = kith_xstrndup("Adamant", 3);
    KITH_AUTO_STRING none = kith_xstrdup(NULL);

    assert_string_equal(whole, part);
    assert_ptr_not_equal(whole, part);
    assert_string_equal(none, "");
}

static bool is_zeroed(const unsigned char *p, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (p[i] != 0)
            return false;
    }
    return true;
}

static void arena__pieces_are_aligned_zeroed_and_stay_where_they_are(void **state)
{
    (void)state;
    enum { N = 3000 };
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    unsigned char *pieces[N];

    for (size_t i = 0; i < N; i++) {
        size_t size = i % 300 == 299 ? 100000 : i % 97;
        pieces[i] = kith_arena_alloc(arena, size);
        assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t), 0);
        assert_true(is_zeroed(pieces[i], size));
        memset(pieces[i], (int)(i % 251), size);
    }
    for (size_t i = 0; i < N; i++) {
        size_t size = i % 300 == 299 ? 100000 : i % 97;
        for (size_t j = 0; j < size; j++)
            assert_int_equal(pieces[i][j], i % 251);
    }
}

static void arena__copies_end_in_a_nul(void **state)
{
    (void)state;
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    char *a = kith_arena_copy(arena, "abcdef", 3);
    char *b = kith_arena_copy(arena, "xyz", 3);

    assert_string_equal(a, "abc");
    assert_string_equal(b, "xyz");
    assert_ptr_equal(b, a + 4); /* packed */
}

static void arena__empty_text_costs_nothing(void **state)
{
    (void)state;
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    size_t before = kith_arena_bytes(arena);

    for (int i = 0; i < 100000; i++)
        assert_string_equal(kith_arena_copy(arena, "anything", 0), "");
    assert_int_equal(kith_arena_bytes(arena), before);
}

static void arena__wastes_little_on_text(void **state)
{
    (void)state;
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    size_t used = 0;

    for (int i = 0; i < 100000; i++, used += 14)
        (void)kith_arena_copy(arena, "+442079460123", 13);
    assert_true(kith_arena_bytes(arena) < used + used / 4);
}

static void arena__large_pieces_leave_the_current_block_in_use(void **state)
{
    (void)state;
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    char *a = kith_arena_copy(arena, "a", 1);
    char *large = kith_arena_alloc(arena, 1 << 20);
    char *second = kith_arena_alloc(arena, 1 << 20);

    memset(large, 'x', 1 << 20);
    memset(second, 'y', 1 << 20);
    assert_string_equal(a, "a");
    assert_true(kith_arena_bytes(arena) < (2 << 20) + 16384);
}

static void arena__reset_gives_everything_back_but_its_first_block(void **state)
{
    (void)state;
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    size_t before = kith_arena_bytes(arena);

    for (int round = 0; round < 3; round++) {
        unsigned char *first = kith_arena_alloc(arena, 64);
        assert_true(is_zeroed(first, 64));
        memset(first, 0xAA, 64);
        for (int i = 0; i < 1000; i++)
            memset(kith_arena_alloc(arena, 100), 0xBB, 100);
        memset(kith_arena_alloc(arena, 1 << 20), 0xCC, 1 << 20);
        assert_true(kith_arena_bytes(arena) > before);
        kith_arena_reset(arena);
        assert_int_equal(kith_arena_bytes(arena), before);
    }
}

static void arena__freeing_null_is_fine(void **state)
{
    (void)state;
    kith_arena_free(NULL);
}

static void alloc__array_bytes_multiplies(void **state)
{
    (void)state;
    assert_int_equal(kith_array_bytes(12, 8), 96);
    assert_int_equal(kith_array_bytes(0, 8), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(alloc__pieces_are_zeroed_and_never_null),
        cmocka_unit_test(alloc__duplicates_are_text_of_their_own),
        cmocka_unit_test(arena__pieces_are_aligned_zeroed_and_stay_where_they_are),
        cmocka_unit_test(arena__copies_end_in_a_nul),
        cmocka_unit_test(arena__empty_text_costs_nothing),
        cmocka_unit_test(arena__wastes_little_on_text),
        cmocka_unit_test(arena__large_pieces_leave_the_current_block_in_use),
        cmocka_unit_test(arena__reset_gives_everything_back_but_its_first_block),
        cmocka_unit_test(arena__freeing_null_is_fine),
        cmocka_unit_test(alloc__array_bytes_multiplies),
    };

    return cmocka_run_group_tests_name("base_alloc", tests, NULL, NULL);
}
