/* SPDX-License-Identifier: MIT */
/* test_base_fail.c - how errors are made. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/fail.h"
#include "base/text.h"

static void fail__clears_old_facts(void **state)
{
    (void)state;
    struct kith_error err = {.status = KITH_E_THROTTLED, .retry_at_s = 99, .hint = "old", .http_status = 429};

    assert_int_equal(kith_fail(&err, KITH_E_SERVICE, "page %d is not JSON", 3), KITH_E_SERVICE);
    assert_int_equal(err.status, KITH_E_SERVICE);
    assert_string_equal(err.message, "page 3 is not JSON");
    assert_string_equal(err.hint, "");
    assert_int_equal(err.retry_at_s, 0);
    assert_int_equal(err.http_status, 0);
    assert_int_equal(err.reason, KITH_REASON_NONE);
}

static void fail__keeps_the_reason_it_was_given(void **state)
{
    (void)state;
    struct kith_error err;

    assert_int_equal(kith_fail_reason(&err, KITH_E_STORE, KITH_REASON_DISK_FULL, "could not save"), KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_DISK_FULL);
}

static void fail__its_own_message_may_be_an_argument(void **state)
{
    (void)state;
    struct kith_error err;

    (void)kith_fail(&err, KITH_E_SERVICE, "inner");
    (void)kith_fail(&err, KITH_E_FILE, "outer around \"%s\"", err.message);
    assert_string_equal(err.message, "outer around \"inner\"");
}

static void fail__context_stands_before_the_message_and_keeps_facts(void **state)
{
    (void)state;
    struct kith_error err;

    (void)kith_fail(&err, KITH_E_SERVICE, "not JSON");
    err.http_status = 502;
    assert_int_equal(kith_fail_context(&err, KITH_E_SERVICE, "page %d", 3), KITH_E_SERVICE);
    assert_int_equal(kith_fail_context(&err, KITH_E_SERVICE, "account \"%s\"", "work"), KITH_E_SERVICE);
    assert_string_equal(err.message, "account \"work\": page 3: not JSON");
    assert_int_equal(err.http_status, 502);
}

static void fail__context_without_a_message_stands_alone(void **state)
{
    (void)state;
    struct kith_error err;

    kith_error_clear(&err);
    assert_int_equal(kith_fail_context(&err, KITH_E_OFFLINE, "page 3"), KITH_E_OFFLINE);
    assert_string_equal(err.message, "page 3");
    assert_int_equal(err.status, KITH_E_OFFLINE);
}

static void fail__long_messages_are_cut_at_a_characters_edge(void **state)
{
    (void)state;
    struct kith_error err;
    char text[2000] = "";

    for (size_t i = 0; i + 4 < sizeof(text); i += 3)
        memcpy(text + i, "漢", 4);
    (void)kith_fail(&err, KITH_E_SERVICE, "a%s", text);
    assert_int_equal(strlen(err.message), 253);
    assert_int_equal(kith_utf8_valid_len(err.message, strlen(err.message)), strlen(err.message));
    (void)kith_fail_context(&err, KITH_E_SERVICE, "page 3");
    assert_true(kith_text_starts_with(err.message, "page 3: a漢"));
    assert_int_equal(kith_utf8_valid_len(err.message, strlen(err.message)), strlen(err.message));
    (void)kith_fail_hint(&err, "%s", text);
    assert_int_equal(kith_utf8_valid_len(err.hint, strlen(err.hint)), strlen(err.hint));
}

static void fail__gives_advice(void **state)
{
    (void)state;
    struct kith_error err;

    (void)kith_fail(&err, KITH_E_USAGE, "no command \"%s\"", "refesh");
    assert_int_equal(kith_fail_hint(&err, "did you mean \"%s\"", "refresh"), KITH_E_USAGE);
    assert_string_equal(err.hint, "did you mean \"refresh\"");
    assert_string_equal(err.message, "no command \"refesh\"");
}

static void fail__works_without_a_struct(void **state)
{
    (void)state;
    assert_int_equal(kith_fail(NULL, KITH_E_STORE, "x"), KITH_E_STORE);
    assert_int_equal(kith_fail_reason(NULL, KITH_E_STORE, KITH_REASON_DAMAGED, "x"), KITH_E_STORE);
    assert_int_equal(kith_fail_context(NULL, KITH_E_STORE, "x"), KITH_E_STORE);
    assert_int_not_equal(kith_fail_hint(NULL, "x"), KITH_OK);
    kith_error_clear(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fail__clears_old_facts),
        cmocka_unit_test(fail__keeps_the_reason_it_was_given),
        cmocka_unit_test(fail__its_own_message_may_be_an_argument),
        cmocka_unit_test(fail__context_stands_before_the_message_and_keeps_facts),
        cmocka_unit_test(fail__context_without_a_message_stands_alone),
        cmocka_unit_test(fail__long_messages_are_cut_at_a_characters_edge),
        cmocka_unit_test(fail__gives_advice),
        cmocka_unit_test(fail__works_without_a_struct),
    };

    return cmocka_run_group_tests_name("base_fail", tests, NULL, NULL);
}
