/* SPDX-License-Identifier: MIT */
/* test_http_patience.c - when a request may be sent again, and after which pause. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "http/patience.h"

enum { NOW_S = 784111770 }; /* Sun, 06 Nov 1994 08:49:30 GMT */

static int64_t pause_of(const char *header)
{
    int64_t ms = -1;

    return kith_patience_retry_after(header, NOW_S, &ms) ? ms : -1;
}

static void patience__seconds_may_have_a_fraction(void **state)
{
    (void)state;
    assert_int_equal(pause_of("7"), 7000);
    assert_int_equal(pause_of("2.128"), 2128);
    assert_int_equal(pause_of("120"), 120000);
}

static void patience__it_is_at_least_a_second(void **state)
{
    (void)state;
    assert_int_equal(pause_of("0"), 1000);
    assert_int_equal(pause_of("0.249"), 1000);
    assert_int_equal(pause_of("-5"), 1000);
    assert_int_equal(pause_of("Sun, 06 Nov 1994 08:49:00 GMT"), 1000);
}

static void patience__a_date_counts_from_now(void **state)
{
    (void)state;
    assert_int_equal(pause_of("Sun, 06 Nov 1994 08:49:37 GMT"), 7000);
}

static void patience__absurd_values_have_a_ceiling(void **state)
{
    (void)state;
    assert_int_equal(pause_of("1000000000"), KITH_PATIENCE_LONGEST_S * INT64_C(1000));
    assert_int_equal(pause_of("99999999999999999999999999"), KITH_PATIENCE_LONGEST_S * INT64_C(1000));
    assert_int_equal(pause_of("Fri, 31 Dec 9999 23:59:59 GMT"), KITH_PATIENCE_LONGEST_S * INT64_C(1000));
}

static void patience__what_says_nothing_is_as_if_missing(void **state)
{
    (void)state;
    assert_int_equal(pause_of(""), -1);
    assert_int_equal(pause_of(NULL), -1);
    assert_int_equal(pause_of("soon"), -1);
    assert_int_equal(pause_of("1e9"), -1);
    assert_int_equal(pause_of("nan"), -1);
    assert_int_equal(pause_of("3 apples"), -1);
}

static void patience__backing_off_doubles_up_to_two_minutes(void **state)
{
    int64_t least = 2000;
    (void)state;

    for (int i = 1; i <= 40; i++) {
        int64_t ms = kith_patience_backoff_ms(KITH_TROUBLE_THROTTLED, i, 0);
        assert_true(ms >= least);
        assert_true(ms <= 120000 && ms <= least + least / 2);
        least = least * 2 < 120000 ? least * 2 : 120000;
    }
}

static void patience__jitter_spreads_those_who_wait(void **state)
{
    int64_t first = kith_patience_backoff_ms(KITH_TROUBLE_THROTTLED, 5, 0);
    bool differs = false;
    (void)state;

    for (int i = 0; i < 20; i++)
        differs = differs || kith_patience_backoff_ms(KITH_TROUBLE_THROTTLED, 5, 0) != first;
    assert_true(differs);
}

static void patience__statuses_and_transfers_have_their_kind(void **state)
{
    (void)state;
    assert_int_equal(kith_trouble_of_status(429, false), KITH_TROUBLE_THROTTLED);
    assert_int_equal(kith_trouble_of_status(509, false), KITH_TROUBLE_THROTTLED);
    assert_int_equal(kith_trouble_of_status(503, true), KITH_TROUBLE_THROTTLED);
    assert_int_equal(kith_trouble_of_status(503, false), KITH_TROUBLE_SERVICE);
    assert_int_equal(kith_trouble_of_status(504, false), KITH_TROUBLE_SERVICE);
    assert_int_equal(kith_trouble_of_status(501, false), KITH_TROUBLE_NONE);
    assert_int_equal(kith_trouble_of_status(401, true), KITH_TROUBLE_NONE);
    assert_int_equal(kith_trouble_of_status(200, true), KITH_TROUBLE_NONE);
    assert_int_equal(kith_trouble_of_transfer(CURLE_PARTIAL_FILE, true), KITH_TROUBLE_CUT);
    assert_int_equal(kith_trouble_of_transfer(CURLE_COULDNT_RESOLVE_HOST, false), KITH_TROUBLE_NO_WAY);
    assert_int_equal(kith_trouble_of_transfer(CURLE_OPERATION_TIMEDOUT, true), KITH_TROUBLE_SILENT);
    assert_int_equal(kith_trouble_of_transfer(CURLE_OPERATION_TIMEDOUT, false), KITH_TROUBLE_NO_WAY);
    assert_int_equal(kith_trouble_of_transfer(CURLE_PEER_FAILED_VERIFICATION, false), KITH_TROUBLE_NONE);
    assert_true(kith_trouble_is_tls(CURLE_PEER_FAILED_VERIFICATION));
    assert_false(kith_trouble_is_tls(CURLE_COULDNT_CONNECT));
}

static void patience__tries_are_counted_by_kind(void **state)
{
    (void)state;
    assert_int_equal(kith_patience_tries(KITH_TROUBLE_SERVICE, 503, 0), 5);
    assert_int_equal(kith_patience_tries(KITH_TROUBLE_SERVICE, 500, 0), 4);
    assert_int_equal(kith_patience_tries(KITH_TROUBLE_SERVICE, 503, 2), 2);
    assert_int_equal(kith_patience_tries(KITH_TROUBLE_THROTTLED, 429, 1), 1);
    assert_int_equal(kith_patience_tries(KITH_TROUBLE_NONE, 0, 0), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patience__seconds_may_have_a_fraction),
        cmocka_unit_test(patience__it_is_at_least_a_second),
        cmocka_unit_test(patience__a_date_counts_from_now),
        cmocka_unit_test(patience__absurd_values_have_a_ceiling),
        cmocka_unit_test(patience__what_says_nothing_is_as_if_missing),
        cmocka_unit_test(patience__backing_off_doubles_up_to_two_minutes),
        cmocka_unit_test(patience__jitter_spreads_those_who_wait),
        cmocka_unit_test(patience__statuses_and_transfers_have_their_kind),
        cmocka_unit_test(patience__tries_are_counted_by_kind),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
