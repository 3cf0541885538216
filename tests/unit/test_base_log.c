/* SPDX-License-Identifier: MIT */
/* test_base_log.c - what developers see with KITH_DEBUG. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/text.h"

static char logged[4096];

/* Run the block with standard error going into logged. */
static void capture(void (*block)(void))
{
    int ends[2];
    int saved = dup(STDERR_FILENO);

    assert_int_equal(pipe(ends), 0);
    assert_true(dup2(ends[1], STDERR_FILENO) >= 0);
    block();
    assert_true(dup2(saved, STDERR_FILENO) >= 0);
    assert_int_equal(close(ends[1]), 0);
    ssize_t n = read(ends[0], logged, sizeof(logged) - 1);
    assert_true(n >= 0);
    logged[n] = '\0';
    assert_int_equal(close(ends[0]), 0);
    assert_int_equal(close(saved), 0);
}

static void log__only_areas_asked_for_are_wanted(void **state)
{
    (void)state;
    assert_true(kith_log_wanted(KITH_LOG_HTTP));
    assert_true(kith_log_wanted(KITH_LOG_STORE));
    assert_false(kith_log_wanted(KITH_LOG_FETCH));
    assert_false(kith_log_wanted(KITH_LOG_FIND));
}

static void log__details_stand_behind_a_colon(void **state)
{
    (void)state;
    assert_true(kith_log_wanted_detail(KITH_LOG_STORE, "explain"));
    assert_false(kith_log_wanted_detail(KITH_LOG_STORE, "expl"));
    assert_false(kith_log_wanted_detail(KITH_LOG_STORE, ""));
    assert_false(kith_log_wanted_detail(KITH_LOG_HTTP, "explain"));
    assert_false(kith_log_wanted_detail(KITH_LOG_FIND, "explain"));
}

static void write_three(void)
{
    kith_log_debug(KITH_LOG_HTTP, "page %d: %s", 3, "Zoë");
    kith_log_debug(KITH_LOG_FIND, "not wanted");
    kith_log_debug(KITH_LOG_STORE, "one\nof a \x1b[31mserver");
}

static void log__a_line_has_time_area_and_message(void **state)
{
    (void)state;
    capture(write_three);
    char *second = strchr(logged, '\n');
    assert_non_null(second);
    *second++ = '\0';
    assert_int_equal(logged[10], 'T');
    assert_int_equal(logged[23], 'Z');
    assert_string_equal(logged + 24, " http: page 3: Zoë");
    assert_string_equal(second + 24, " store: one of a  [31mserver\n");
}

static void write_long(void)
{
    kith_log_debug(KITH_LOG_HTTP, "%3000d", 7);
}

static void log__a_long_message_is_cut_and_still_a_line(void **state)
{
    (void)state;
    capture(write_long);
    assert_true(strlen(logged) < 1200);
    assert_int_equal(logged[strlen(logged) - 1], '\n');
}

int main(void)
{
    (void)setenv("KITH_DEBUG", "http,,store:explain, nonsense:x", 1); /* read once, so before all tests */

    const struct CMUnitTest tests[] = {
        cmocka_unit_test(log__only_areas_asked_for_are_wanted),
        cmocka_unit_test(log__details_stand_behind_a_colon),
        cmocka_unit_test(log__a_line_has_time_area_and_message),
        cmocka_unit_test(log__a_long_message_is_cut_and_still_a_line),
    };

    return cmocka_run_group_tests_name("base_log", tests, NULL, NULL);
}
