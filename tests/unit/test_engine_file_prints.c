/* SPDX-License-Identifier: MIT */
/* test_engine_file_prints.c - what is remembered of files, and that nothing that looks like it is believed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"
#include "engine/file_prints.h"

static const int64_t long_ago_ns = INT64_C(1700000000123456789);

static struct kith_file_past make_past(const char *tag, int64_t modified_ns)
{
    return (struct kith_file_past){
        .tag = tag, .print = {.bytes = 7, .modified_ns = modified_ns, .hash = "ab"}, .lost = "", .n_contacts = 3};
}

static void file_prints__come_back_as_they_were(void **state)
{
    (void)state;
    struct kith_file_past past[] = {make_past("1/b", long_ago_ns), make_past("0", long_ago_ns)};
    KITH_AUTO_DONE(kith_buf) text;
    KITH_AUTO_DONE(kith_file_prints) prints;

    past[0].lost = "an item of \"Contacts\"";
    past[1].shared = true;
    kith_buf_init(&text, 4096);
    kith_file_prints_write(past, 2, &text);
    kith_file_prints_read(kith_buf_text(&text), &prints);
    assert_int_equal(prints.n, 2);
    const struct kith_file_past *first = kith_file_prints_find(&prints, "0");
    const struct kith_file_past *second = kith_file_prints_find(&prints, "1/b");
    assert_non_null(first);
    assert_non_null(second);
    assert_true(first->shared);
    assert_int_equal(first->n_contacts, 3);
    assert_int_equal(first->print.modified_ns, long_ago_ns); /* to the nanosecond: more than a double holds */
    assert_string_equal(first->print.hash, "ab");
    assert_string_equal(second->lost, past[0].lost);
    assert_null(kith_file_prints_find(&prints, "1"));
}

static void file_prints__a_time_of_just_now_proves_nothing(void **state)
{
    (void)state;
    const struct kith_file_past past = make_past("0", kith_clock_now_ms() * 1000000);
    KITH_AUTO_DONE(kith_buf) text;
    KITH_AUTO_DONE(kith_file_prints) prints;

    kith_buf_init(&text, 4096);
    kith_file_prints_write(&past, 1, &text);
    kith_file_prints_read(kith_buf_text(&text), &prints);
    assert_int_equal(prints.n, 1);
    assert_false(kith_file_past_fits(&prints.past[0], &past.print));
}

static void file_prints__fit_by_size_and_time(void **state)
{
    (void)state;
    const struct kith_file_past past = make_past("0", long_ago_ns);
    struct kith_file_print now = past.print;

    assert_true(kith_file_past_fits(&past, &now));
    now.modified_ns++;
    assert_false(kith_file_past_fits(&past, &now));
    now = past.print;
    now.bytes++;
    assert_false(kith_file_past_fits(&past, &now));
}

static void file_prints__what_is_none_of_ours_is_none(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "https://graph.microsoft.com/v1.0/me/contacts/delta?$deltatoken=x",
        "{\"version\":2,\"files\":[{\"tag\":\"0\"}]}",
        "{\"version\":1,\"files\":7}",
        "[1]",
        "{\"version\":1}",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(texts); i++) {
        KITH_AUTO_DONE(kith_file_prints) prints;

        kith_file_prints_read(texts[i], &prints);
        assert_int_equal(prints.n, 0);
        assert_null(kith_file_prints_find(&prints, "0"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_prints__come_back_as_they_were),
        cmocka_unit_test(file_prints__a_time_of_just_now_proves_nothing),
        cmocka_unit_test(file_prints__fit_by_size_and_time),
        cmocka_unit_test(file_prints__what_is_none_of_ours_is_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
