/* SPDX-License-Identifier: MIT */
/* test_base_clock.c - time, read and written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/cleanup.h"
#include "base/text.h"

static int64_t iso(const char *text)
{
    int64_t s = -77;

    return kith_clock_parse_iso(text, &s) ? s : INT64_MIN;
}

static int64_t http_date(const char *text)
{
    int64_t s = -77;

    return kith_clock_parse_http(text, &s) ? s : INT64_MIN;
}

static void clock__reads_what_servers_send(void **state)
{
    (void)state;
    assert_int_equal(iso("1970-01-01T00:00:00Z"), 0);
    assert_int_equal(iso("2026-11-24T08:15:30Z"), 1795508130);
    assert_int_equal(iso("2026-11-24t08:15:30z"), 1795508130);
    assert_int_equal(iso("2026-11-24T08:15:30.1Z"), 1795508130);
    assert_int_equal(iso("2026-11-24T08:15:30.1234567890123456789Z"), 1795508130);
    assert_int_equal(iso("2026-11-24T10:15:30+02:00"), 1795508130);
    assert_int_equal(iso("2026-11-24T02:45:30.5-0530"), 1795508130);
    assert_int_equal(iso("2026-11-24T09:15:30+01"), 1795508130);
    assert_int_equal(iso("2016-12-31T23:59:60Z"), 1483228800);
}

static void clock__a_date_alone_is_its_midnight_in_utc(void **state)
{
    (void)state;
    assert_int_equal(iso("2014-10-19"), 1413676800);
    assert_int_equal(iso("1604-02-29"), -11544768000);
    assert_int_equal(iso("0001-01-01"), -62135596800);
}

static void clock__refuses_what_is_no_time(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "2026",
        "2026-11",
        "2026-11-24T",
        "2026-11-24T08:15",
        "2026-11-24T08:15:30",
        "2026-11-24 08:15:30Z",
        "2026-11-24T08:15:30.Z",
        "2026-11-24T08:15:30Zx",
        "2026-11-24T08:15:30+2",
        "2026-11-24T08:15:30+02:",
        "2026-11-24T08:15:30+02:0",
        "2026-11-24T08:15:30+24:00",
        "2026-11-24T08:15:30+02:60",
        "2026-13-01",
        "2026-00-01",
        "2026-02-29",
        "2100-02-29",
        "2026-04-31",
        "2026-01-00",
        "2026-11-24T24:00:00Z",
        "2026-11-24T08:60:00Z",
        "2026-11-24T08:15:61Z",
        "26-11-24",
        "-026-11-24",
        "2026-1-24",
        "20261124",
        " 2026-11-24",
        "2026-11-24 ",
        "12026-11-24",
        "2026-11-2\xEF",
        "2026-11-24T08:15:30,5Z",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++) {
        if (iso(wrong[i]) != INT64_MIN)
            fail_msg("\"%s\" was taken for a time", wrong[i]);
    }
}

static void clock__what_it_writes_it_reads(void **state)
{
    (void)state;
    static const int64_t times[] = {0, -1, 951782400, 1795508130, 4107542399, -62135596800, 253402300799, -2208988800};
    char text[21];

    for (size_t i = 0; i < KITH_COUNT_OF(times); i++) {
        kith_clock_format_iso(times[i], text);
        assert_int_equal(strlen(text), 20);
        assert_int_equal(iso(text), times[i]);
    }
    kith_clock_format_iso(1795508130, text);
    assert_string_equal(text, "2026-11-24T08:15:30Z");
}

static void clock__agrees_with_the_c_library_on_every_day(void **state)
{
    (void)state;
    for (int64_t day = -719528; day <= 2932896; day += 1) { /* years 0 to 9999 */
        time_t t = (time_t)(day * 86400);
        struct tm tm;
        char text[11];
        int64_t s;
        assert_non_null(gmtime_r(&t, &tm));
        snprintf(text, sizeof(text), "%04u-%02u-%02u", (unsigned)(tm.tm_year + 1900) % 10000,
                 (unsigned)(tm.tm_mon + 1) % 100, (unsigned)tm.tm_mday % 100);
        if (!kith_clock_parse_iso(text, &s) || s != (int64_t)t)
            fail_msg("%s is another day", text);
    }
}

static void clock__writes_absurd_times_as_the_last_it_can(void **state)
{
    (void)state;
    char text[21];

    kith_clock_format_iso(INT64_MAX, text);
    assert_string_equal(text, "9999-12-31T23:59:59Z");
    kith_clock_format_iso(INT64_MIN, text);
    assert_string_equal(text, "0000-01-01T00:00:00Z");
}

static void clock__reads_http_dates(void **state)
{
    (void)state;
    assert_int_equal(http_date("Sun, 06 Nov 1994 08:49:37 GMT"), 784111777);
    assert_int_equal(http_date("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
    assert_int_equal(http_date("Tue, 24 Nov 2026 08:15:30 GMT"), 1795508130);
}

static void clock__refuses_other_forms_of_http_dates(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",
        "Sun",
        "Sun, ",
        "Sunday, 06-Nov-94 08:49:37 GMT",
        "Sun Nov  6 08:49:37 1994",
        "Sun, 6 Nov 1994 08:49:37 GMT",
        "Sun, 06 nov 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, 06 Nov 1994 08:49:37 GMT ",
        "Sun, 06 Nov 1994 08:49:37 UTC",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 25:49:37 GMT",
        "120",
        "So., 06 Nov 1994 08:49:37 GMT",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++) {
        if (http_date(wrong[i]) != INT64_MIN)
            fail_msg("\"%s\" was taken for a date", wrong[i]);
    }
}

static void set_zone(const char *zone)
{
    assert_int_equal(setenv("TZ", zone, 1), 0);
    tzset();
}

static void clock__speaks_of_days_as_people_do(void **state)
{
    (void)state;
    char text[64];
    int64_t now = kith_clock_now_s();
    int64_t midnight = now - now % 86400;

    set_zone("UTC0");
    kith_clock_format_day(midnight, text, sizeof(text));
    assert_string_equal(text, "today at 00:00");
    kith_clock_format_day(midnight - 60, text, sizeof(text));
    assert_string_equal(text, "yesterday at 23:59");
    kith_clock_format_day(midnight - 86400, text, sizeof(text));
    assert_string_equal(text, "yesterday at 00:00");
    kith_clock_format_day(1762074720, text, sizeof(text));
    assert_string_equal(text, "2 November 2025 at 09:12");
    set_zone("XYZ-9");
    kith_clock_format_day(1762074720, text, sizeof(text));
    assert_string_equal(text, "2 November 2025 at 18:12");
}

static void clock__an_absurd_day_does_no_harm(void **state)
{
    (void)state;
    char text[64];
    char tiny[6];

    kith_clock_format_day(INT64_MAX, text, sizeof(text));
    assert_true(strlen(text) > 0);
    kith_clock_format_day(INT64_MIN, text, sizeof(text));
    assert_true(strlen(text) > 0);
    kith_clock_format_day(67767976233532799, text, sizeof(text)); /* the last year that fits an int */
    assert_true(strlen(text) > 0);
    kith_clock_format_day(0, tiny, sizeof(tiny));
    assert_true(strlen(tiny) < sizeof(tiny));
}

static void clock__does_not_go_back(void **state)
{
    (void)state;
    int64_t before = kith_clock_monotonic_ms();

    for (int i = 0; i < 1000; i++) {
        int64_t now = kith_clock_monotonic_ms();
        assert_true(now >= before);
        before = now;
    }
    assert_true(kith_clock_now_s() > 1700000000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clock__reads_what_servers_send),
        cmocka_unit_test(clock__a_date_alone_is_its_midnight_in_utc),
        cmocka_unit_test(clock__refuses_what_is_no_time),
        cmocka_unit_test(clock__what_it_writes_it_reads),
        cmocka_unit_test(clock__agrees_with_the_c_library_on_every_day),
        cmocka_unit_test(clock__writes_absurd_times_as_the_last_it_can),
        cmocka_unit_test(clock__reads_http_dates),
        cmocka_unit_test(clock__refuses_other_forms_of_http_dates),
        cmocka_unit_test(clock__speaks_of_days_as_people_do),
        cmocka_unit_test(clock__an_absurd_day_does_no_harm),
        cmocka_unit_test(clock__does_not_go_back),
    };

    return cmocka_run_group_tests_name("base_clock", tests, NULL, NULL);
}
