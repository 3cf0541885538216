/* SPDX-License-Identifier: MIT */
/* test_base_buf.c - bytes that grow up to a ceiling. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/text.h"

static void buf__gathers_what_is_added(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 1000);
    assert_string_equal(kith_buf_text(&buf), "");
    assert_true(kith_buf_add_text(&buf, "page "));
    assert_true(kith_buf_addf(&buf, "%d of %s", 3, "many"));
    assert_true(kith_buf_add_char(&buf, '!'));
    assert_true(kith_buf_add(&buf, "", 0));
    assert_string_equal(kith_buf_text(&buf), "page 3 of many!");
    assert_int_equal(buf.len, 15);
}

static void buf__keeps_embedded_nuls(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 100);
    assert_true(kith_buf_add(&buf, "a\0b", 3));
    assert_int_equal(buf.len, 3);
    assert_memory_equal(buf.data, "a\0b", 4);
}

static void buf__refuses_to_grow_past_its_ceiling(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 10);
    assert_true(kith_buf_add_text(&buf, "0123456789"));
    assert_false(buf.full);
    assert_false(kith_buf_add_char(&buf, 'x'));
    assert_true(buf.full);
    assert_string_equal(kith_buf_text(&buf), "0123456789");
}

static void buf__takes_nothing_more_once_something_did_not_fit(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 10);
    assert_true(kith_buf_add_text(&buf, "01234567"));
    assert_false(kith_buf_add_text(&buf, "too long"));
    assert_false(kith_buf_add_char(&buf, 'x'));
    assert_false(kith_buf_addf(&buf, "%s", "y"));
    assert_null(kith_buf_reserve(&buf, 0));
    assert_string_equal(kith_buf_text(&buf), "01234567");
    kith_buf_clear(&buf);
    assert_true(kith_buf_add_char(&buf, 'x'));
    assert_string_equal(kith_buf_text(&buf), "x");
}

static void buf__with_a_ceiling_of_nothing_takes_nothing(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 0);
    assert_true(kith_buf_add(&buf, "", 0));
    assert_false(kith_buf_add_char(&buf, 'x'));
    assert_string_equal(kith_buf_text(&buf), "");
}

static void buf__an_absurd_length_does_not_overflow(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, SIZE_MAX);
    assert_true(kith_buf_add_text(&buf, "abc"));
    assert_null(kith_buf_reserve(&buf, SIZE_MAX));
    assert_true(buf.full);
    kith_buf_clear(&buf);
    assert_true(kith_buf_add_text(&buf, "abc"));
    assert_null(kith_buf_reserve(&buf, SIZE_MAX / 2));
}

static void buf__never_holds_more_than_its_ceiling_and_a_nul(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 5000);
    while (kith_buf_add_text(&buf, "seven b"))
        assert_true(buf.cap <= 5001);
    assert_int_equal(buf.len, 5000 / 7 * 7);
    assert_int_equal(strlen(kith_buf_text(&buf)), buf.len);
}

static void buf__formats_texts_longer_than_its_memory(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 100000);
    assert_true(kith_buf_addf(&buf, "%9999d", 7));
    assert_true(kith_buf_addf(&buf, "%9999d", 8));
    assert_int_equal(buf.len, 2 * 9999);
    assert_int_equal(buf.data[9998], '7');
    assert_int_equal(buf.data[2 * 9999 - 1], '8');
}

static void buf__reserve_gives_room_to_write_in_place(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 3000);
    assert_true(kith_buf_add_text(&buf, "ab"));
    char *room = kith_buf_reserve(&buf, 2000);
    assert_non_null(room);
    assert_int_equal(buf.len, 2);
    memset(room, 'c', 2000);
    room[2000] = '\0';
    buf.len += 2000;
    assert_int_equal(strlen(kith_buf_text(&buf)), 2002);
}

static void buf__take_text_hands_over_and_leaves_it_empty(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 100);
    assert_true(kith_buf_add_text(&buf, "mine"));
    KITH_AUTO_STRING mine = kith_buf_take_text(&buf);
    KITH_AUTO_STRING nothing = kith_buf_take_text(&buf);
    assert_string_equal(mine, "mine");
    assert_string_equal(nothing, "");
    assert_true(kith_buf_add_text(&buf, "again"));
    assert_string_equal(kith_buf_text(&buf), "again");
}

static void buf__clear_keeps_its_memory(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 100);
    assert_true(kith_buf_add_text(&buf, "first"));
    char *data = buf.data;
    kith_buf_clear(&buf);
    assert_string_equal(kith_buf_text(&buf), "");
    assert_true(kith_buf_add_text(&buf, "2nd"));
    assert_ptr_equal(buf.data, data);
    kith_buf_done_secret(&buf);
    assert_null(buf.data);
    kith_buf_done_secret(&buf);
}

static void buf__a_secret_one_grows_like_any_other(void **state)
{
    char block[1000];
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;

    memset(block, 'x', sizeof(block));
    kith_buf_init_secret(&buf, 10000);
    assert_string_equal(kith_buf_text(&buf), "");
    for (int i = 0; i < 10; i++)
        assert_true(kith_buf_add(&buf, block, sizeof(block)));
    assert_int_equal(strlen(kith_buf_text(&buf)), 10000);
    assert_false(kith_buf_add_char(&buf, 'y'));
    kith_buf_done_secret(&buf);
    assert_null(buf.data);
    assert_true(kith_buf_add_text(&buf, "again")); /* as secret as before */
    assert_true(buf.secret);
    kith_buf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(buf__gathers_what_is_added),
        cmocka_unit_test(buf__keeps_embedded_nuls),
        cmocka_unit_test(buf__refuses_to_grow_past_its_ceiling),
        cmocka_unit_test(buf__takes_nothing_more_once_something_did_not_fit),
        cmocka_unit_test(buf__with_a_ceiling_of_nothing_takes_nothing),
        cmocka_unit_test(buf__an_absurd_length_does_not_overflow),
        cmocka_unit_test(buf__never_holds_more_than_its_ceiling_and_a_nul),
        cmocka_unit_test(buf__formats_texts_longer_than_its_memory),
        cmocka_unit_test(buf__reserve_gives_room_to_write_in_place),
        cmocka_unit_test(buf__take_text_hands_over_and_leaves_it_empty),
        cmocka_unit_test(buf__clear_keeps_its_memory),
        cmocka_unit_test(buf__a_secret_one_grows_like_any_other),
    };

    return cmocka_run_group_tests_name("base_buf", tests, NULL, NULL);
}
