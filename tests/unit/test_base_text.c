/* SPDX-License-Identifier: MIT */
/* test_base_text.c - small things about strings. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/text.h"

static void text__a_copy_that_fits_is_whole(void **state)
{
    (void)state;
    char out[6];

    assert_true(kith_text_copy(out, sizeof(out), "Göta"));
    assert_string_equal(out, "Göta");
    assert_true(kith_text_copy(out, sizeof(out), ""));
    assert_string_equal(out, "");
    assert_true(kith_text_copy_n(out, sizeof(out), "abcdefgh", 5));
    assert_string_equal(out, "abcde");
}

static void text__a_copy_is_cut_at_a_characters_edge(void **state)
{
    (void)state;
    char out[8];

    assert_false(kith_text_copy(out, 3, "aö"));
    assert_string_equal(out, "a");
    assert_true(kith_text_copy(out, 4, "aö"));
    assert_false(kith_text_copy(out, 4, "a漢字"));
    assert_string_equal(out, "a");
    assert_false(kith_text_copy(out, 5, "a漢字"));
    assert_string_equal(out, "a漢");
    assert_false(kith_text_copy(out, 5, "ab😀"));
    assert_string_equal(out, "ab");
    assert_false(kith_text_copy(out, 4, "😀"));
    assert_string_equal(out, "");
    assert_false(kith_text_copy(out, 1, "x"));
    assert_string_equal(out, "");
    assert_false(kith_text_copy(out, 0, "x"));
}

static void text__cutting_bytes_that_are_no_text_stays_within_bounds(void **state)
{
    (void)state;
    char out[5];

    assert_false(kith_text_copy(out, sizeof(out), "\x80\x80\x80\x80\x80\x80\x80"));
    assert_true(strlen(out) <= 4);
    assert_false(kith_text_copy(out, sizeof(out), "\xFF\xFF\xFF\xFF\xFF\xFF\xFF"));
    assert_int_equal(strlen(out), 4);
    assert_false(kith_text_copy(out, 3, "\x80\x80\x80"));
}

static void text__format_is_cut_at_a_characters_edge(void **state)
{
    (void)state;
    char out[8];

    assert_true(kith_text_format(out, sizeof(out), "%s-%d", "abc", 42));
    assert_string_equal(out, "abc-42");
    assert_false(kith_text_format(out, sizeof(out), "%s%s", "abcde", "漢"));
    assert_string_equal(out, "abcde");
    assert_true(kith_text_format(out, sizeof(out), "%s%s", "abcd", "漢"));
    assert_string_equal(out, "abcd漢");
}

static void text__compares_ascii_without_regard_to_case(void **state)
{
    (void)state;
    assert_true(kith_text_equal_ci("Retry-After", "RETRY-after"));
    assert_false(kith_text_equal_ci("Retry", "Retry-After"));
    assert_false(kith_text_equal_ci("Retry-After", "Retry"));
    assert_true(kith_text_equal_ci("", ""));
    assert_false(kith_text_equal_ci("Ä", "ä"));
    assert_false(kith_text_equal_ci("[", "{"));
    assert_true(kith_text_starts_with_ci("Bearer x", "bearer "));
    assert_false(kith_text_starts_with_ci("Bea", "bearer"));
}

static void text__knows_beginnings_and_ends(void **state)
{
    (void)state;
    assert_true(kith_text_starts_with("microsoft.graph", "microsoft."));
    assert_true(kith_text_starts_with("x", ""));
    assert_false(kith_text_starts_with("micro", "microsoft"));
    assert_true(kith_text_ends_with("people.csv", ".csv"));
    assert_true(kith_text_ends_with("people.csv", ""));
    assert_false(kith_text_ends_with("csv", ".csv"));
    assert_true(kith_text_is_empty(NULL));
    assert_true(kith_text_is_empty(""));
    assert_false(kith_text_is_empty(" "));
}

static void text__reads_whole_numbers_within_their_range(void **state)
{
    (void)state;
    int64_t n = 7;

    assert_true(kith_text_to_int64("0", 0, 10, &n));
    assert_int_equal(n, 0);
    assert_true(kith_text_to_int64("-12", -12, 10, &n));
    assert_int_equal(n, -12);
    assert_true(kith_text_to_int64("+0010", 0, 10, &n));
    assert_int_equal(n, 10);
    assert_true(kith_text_to_int64("9223372036854775807", INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MAX);
    assert_true(kith_text_to_int64("-9223372036854775808", INT64_MIN, INT64_MAX, &n));
    assert_true(n == INT64_MIN);
}

static void text__refuses_what_is_no_whole_number(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "", "-", "+", " 1", "1 ", "1.0", "0x1", "one", "--1", "1e3", "9223372036854775808", "-9223372036854775809"};
    int64_t n = 7;

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++)
        assert_false(kith_text_to_int64(wrong[i], INT64_MIN, INT64_MAX, &n));
    assert_false(kith_text_to_int64("11", 0, 10, &n));
    assert_false(kith_text_to_int64("-1", 0, 10, &n));
    assert_int_equal(n, 7);
}

static void text__reads_seconds_with_a_fraction(void **state)
{
    (void)state;
    double s = 7;

    assert_true(kith_text_to_seconds("2.128", &s));
    assert_true(s > 2.1279 && s < 2.1281);
    assert_true(kith_text_to_seconds("120", &s));
    assert_true(s > 119.9 && s < 120.1);
    assert_true(kith_text_to_seconds("0", &s));
    assert_true(s < 0.1);
}

static void text__holds_absurd_seconds_at_a_ceiling(void **state)
{
    (void)state;
    char digits[2001];
    double s = 7;

    memset(digits, '9', sizeof(digits) - 1);
    digits[sizeof(digits) - 1] = '\0';
    assert_true(kith_text_to_seconds(digits, &s));
    assert_true(s > 0.9e12 && s < 1.1e12);
}

static void text__refuses_what_are_no_seconds(void **state)
{
    (void)state;
    static const char *const wrong[] = {"", "-1", "+1", "1.", ".5", "1,5", "nan", "inf", "0x10", "1e9", "5 s", " 5"};
    double s = 7;

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++)
        assert_false(kith_text_to_seconds(wrong[i], &s));
    assert_true(s > 6.9 && s < 7.1);
}

static size_t valid(const char *text)
{
    return kith_utf8_valid_len(text, strlen(text));
}

static void text__knows_valid_utf8(void **state)
{
    (void)state;
    assert_int_equal(valid(""), 0);
    assert_int_equal(valid("plain ascii, long enough for whole words"), 40);
    assert_int_equal(valid("aö漢😀"), 10);
    assert_int_equal(valid("\xF4\x8F\xBF\xBF"), 4);
    assert_int_equal(valid("\xED\x9F\xBF\xEE\x80\x80"), 6);
    assert_int_equal(kith_utf8_valid_len("a\0b", 3), 3);
}

static void text__knows_where_utf8_stops_being_valid(void **state)
{
    (void)state;
    assert_int_equal(valid("ab\x80"), 2);
    assert_int_equal(valid("abcdefghij\xC3"), 10);
    assert_int_equal(valid("\xC0\x80"), 0); /* too long a form */
    assert_int_equal(valid("\xC1\xBF"), 0);
    assert_int_equal(valid("\xE0\x9F\xBF"), 0);
    assert_int_equal(valid("\xF0\x8F\xBF\xBF"), 0);
    assert_int_equal(valid("\xED\xA0\x80"), 0);     /* a surrogate */
    assert_int_equal(valid("\xF4\x90\x80\x80"), 0); /* beyond Unicode */
    assert_int_equal(valid("\xF5\x80\x80\x80"), 0);
    assert_int_equal(valid("ö\xE6\xBC"), 2); /* cut off */
    assert_int_equal(valid("\xE6\xBC"
                           "a"),
                     0);
    assert_int_equal(valid("\xFF"), 0);
}

static void text__every_character_survives_put_and_next(void **state)
{
    (void)state;
    for (uint32_t cp = 0; cp <= 0x10FFFF; cp++) {
        char bytes[4];
        size_t n = kith_utf8_put(cp, bytes);
        const char *at = bytes;
        if (cp >= 0xD800 && cp <= 0xDFFF) {
            assert_int_equal(n, 0);
            continue;
        }
        assert_int_equal(kith_utf8_valid_len(bytes, n), n);
        assert_int_equal(kith_utf8_next(&at, bytes + n), cp);
        assert_ptr_equal(at, bytes + n);
    }
    assert_int_equal(kith_utf8_put(0x110000, (char[4]){0}), 0);
}

static void text__bytes_that_are_no_character_are_replaced_one_by_one(void **state)
{
    (void)state;
    const char text[] = "a\xE6\xBC"
                        "b\x80";
    static const uint32_t expected[] = {'a', 0xFFFD, 0xFFFD, 'b', 0xFFFD};
    const char *at = text;

    for (size_t i = 0; i < KITH_COUNT_OF(expected); i++)
        assert_int_equal(kith_utf8_next(&at, text + sizeof(text) - 1), expected[i]);
    assert_ptr_equal(at, text + sizeof(text) - 1);
}

static void text__counts_edits_between_words(void **state)
{
    (void)state;
    char a[201], b[201];

    assert_int_equal(kith_text_distance("", ""), 0);
    assert_int_equal(kith_text_distance("refresh", "refresh"), 0);
    assert_int_equal(kith_text_distance("refesh", "refresh"), 1);
    assert_int_equal(kith_text_distance("", "abc"), 3);
    assert_int_equal(kith_text_distance("kitten", "sitting"), 3);
    memset(a, 'a', 200);
    memset(b, 'b', 200);
    a[200] = b[200] = '\0';
    assert_int_equal(kith_text_distance(a, b), 64);
}

static void text__finds_the_nearest_word_or_none(void **state)
{
    (void)state;
    static const char *const words[] = {"sign-in", "sign-out", "accounts", "import", "refresh", "who", "list"};

    assert_string_equal(kith_text_nearest("refesh", words, KITH_COUNT_OF(words)), "refresh");
    assert_string_equal(kith_text_nearest("signin", words, KITH_COUNT_OF(words)), "sign-in");
    assert_string_equal(kith_text_nearest("lst", words, KITH_COUNT_OF(words)), "list");
    assert_null(kith_text_nearest("bicycle", words, KITH_COUNT_OF(words)));
    assert_null(kith_text_nearest("x", words, KITH_COUNT_OF(words)));
    assert_null(kith_text_nearest("", words, KITH_COUNT_OF(words)));
    assert_null(kith_text_nearest("refesh", words, 0));
}

static void text__hashes_as_everybody_else_does(void **state)
{
    (void)state;
    assert_int_equal(kith_fnv1a32("", 0), 0x811c9dc5);
    assert_int_equal(kith_fnv1a32("a", 1), 0xe40c292c);
    assert_int_equal(kith_fnv1a32("foobar", 6), 0xbf9cf968);
    assert_true(kith_fnv1a64("", 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(kith_fnv1a64("a", 1) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(kith_fnv1a64("foobar", 6) == UINT64_C(0x85944171f73967e8));
}

static void text__percent_encoding_leaves_only_unreserved_characters(void **state)
{
    (void)state;
    char out[32];

    assert_true(kith_percent_encode("a-Z_0.9~", out, sizeof(out)));
    assert_string_equal(out, "a-Z_0.9~");
    assert_true(kith_percent_encode("ö &/+%", out, sizeof(out)));
    assert_string_equal(out, "%C3%B6%20%26%2F%2B%25");
    assert_true(kith_percent_encode("", out, 1));
    assert_string_equal(out, "");
    assert_true(kith_percent_encode("a b", out, 6));
    assert_false(kith_percent_encode("a b", out, 5));
    assert_false(kith_percent_encode("", out, 0));
}

static bool decodes(const char *text, bool form, char *out, size_t out_size)
{
    return kith_percent_decode(text, strlen(text), form, out, out_size);
}

static void text__percent_decoding_undoes_it(void **state)
{
    (void)state;
    char out[16];

    assert_true(decodes("%C3%b6+%2B", /* form= */ true, out, sizeof(out)));
    assert_string_equal(out, "ö +");
    assert_true(decodes("a+b", /* form= */ false, out, sizeof(out)));
    assert_string_equal(out, "a+b");
    assert_true(decodes("", false, out, 1));
    assert_true(kith_percent_decode("abcdef", 2, false, out, sizeof(out)));
    assert_string_equal(out, "ab");
}

static void text__percent_decoding_refuses_what_is_broken(void **state)
{
    (void)state;
    char out[16];

    assert_false(decodes("%", false, out, sizeof(out)));
    assert_false(decodes("%4", false, out, sizeof(out)));
    assert_false(decodes("%4g", false, out, sizeof(out)));
    assert_false(decodes("%-1", false, out, sizeof(out)));
    assert_false(decodes("a%00b", false, out, sizeof(out)));
    assert_false(kith_percent_decode("a\0b", 3, false, out, sizeof(out)));
    assert_false(kith_percent_decode("%41", 2, false, out, sizeof(out)));
    assert_true(decodes("abc", false, out, 4));
    assert_false(decodes("abc", false, out, 3));
    assert_false(decodes("", false, out, 0));
}

static void text__counts_are_grouped_by_thousands(void **state)
{
    static const struct {
        int64_t n;
        const char *text;
    } cases[] = {{0, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {-1234, "-1,234"},
                 {2147483647, "2,147,483,647"},
                 {INT64_MIN, "-9,223,372,036,854,775,808"}};
    char out[32];

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        kith_text_format_count(cases[i].n, out, sizeof(out));
        assert_string_equal(out, cases[i].text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text__counts_are_grouped_by_thousands),
        cmocka_unit_test(text__a_copy_that_fits_is_whole),
        cmocka_unit_test(text__a_copy_is_cut_at_a_characters_edge),
        cmocka_unit_test(text__cutting_bytes_that_are_no_text_stays_within_bounds),
        cmocka_unit_test(text__format_is_cut_at_a_characters_edge),
        cmocka_unit_test(text__compares_ascii_without_regard_to_case),
        cmocka_unit_test(text__knows_beginnings_and_ends),
        cmocka_unit_test(text__reads_whole_numbers_within_their_range),
        cmocka_unit_test(text__refuses_what_is_no_whole_number),
        cmocka_unit_test(text__reads_seconds_with_a_fraction),
        cmocka_unit_test(text__holds_absurd_seconds_at_a_ceiling),
        cmocka_unit_test(text__refuses_what_are_no_seconds),
        cmocka_unit_test(text__knows_valid_utf8),
        cmocka_unit_test(text__knows_where_utf8_stops_being_valid),
        cmocka_unit_test(text__every_character_survives_put_and_next),
        cmocka_unit_test(text__bytes_that_are_no_character_are_replaced_one_by_one),
        cmocka_unit_test(text__counts_edits_between_words),
        cmocka_unit_test(text__finds_the_nearest_word_or_none),
        cmocka_unit_test(text__hashes_as_everybody_else_does),
        cmocka_unit_test(text__percent_encoding_leaves_only_unreserved_characters),
        cmocka_unit_test(text__percent_decoding_undoes_it),
        cmocka_unit_test(text__percent_decoding_refuses_what_is_broken),
    };

    return cmocka_run_group_tests_name("base_text", tests, NULL, NULL);
}
