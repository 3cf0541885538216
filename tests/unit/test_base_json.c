/* SPDX-License-Identifier: MIT */
/* test_base_json.c - JSON, read and written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <math.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

/* --- Reading ------------------------------------------------------------ */

static struct kith_json_reader *reader;
static char why[128];

static int make_reader(void **state)
{
    (void)state;
    reader = kith_json_reader_new();
    why[0] = '\0';
    return 0;
}

static int free_reader(void **state)
{
    (void)state;
    kith_json_reader_free(reader);
    return 0;
}

static struct kith_json read_n(const char *json, size_t len)
{
    struct kith_json root = {0};

    /* A copy of exactly this size, so that a sanitizer sees a read beyond it. */
    char *bytes = malloc(len > 0 ? len : 1);
    assert_non_null(bytes);
    memcpy(bytes, json, len);
    bool good = kith_json_read(reader, bytes, len, &root, why, sizeof(why));
    free(bytes);
    if (!good)
        fail_msg("not read: %s", why);
    return root;
}

static struct kith_json read_text(const char *json)
{
    return read_n(json, strlen(json));
}

static void assert_refused_n(const char *json, size_t len, const char *expected_why)
{
    struct kith_json root = {.type = KITH_JSON_BOOL};

    assert_false(kith_json_read(reader, json, len, &root, why, sizeof(why)));
    assert_int_equal(root.type, KITH_JSON_BOOL);
    assert_string_equal(why, expected_why);
}

static void assert_refused(const char *json, const char *expected_why)
{
    assert_refused_n(json, strlen(json), expected_why);
}

static const char *string_of(struct kith_json v)
{
    size_t len;

    return kith_json_string(v, &len);
}

static void json_read__finds_members_of_every_type(void **state)
{
    (void)state;
    struct kith_json v = read_text(
        "{\"s\":\"Zo\\u00eb \\ud83d\\ude00\",\"n\":-12,\"d\":1.5,\"t\":true,\"z\":null,\"a\":[1,2,3],\"o\":{}}");
    int64_t n = 0;
    double d;

    assert_int_equal(v.type, KITH_JSON_OBJECT);
    assert_int_equal(kith_json_length(v), 7);
    assert_string_equal(string_of(kith_json_member(v, "s")), "Zoë 😀");
    assert_true(kith_json_int64(kith_json_member(v, "n"), &n));
    assert_int_equal(n, -12);
    assert_true(kith_json_double(kith_json_member(v, "d"), &d));
    assert_true(fabs(d - 1.5) < 1e-9);
    assert_true(kith_json_double(kith_json_member(v, "n"), &d));
    assert_true(fabs(d + 12) < 1e-9);
    assert_true(kith_json_bool(kith_json_member(v, "t"), false));
    assert_int_equal(kith_json_member(v, "z").type, KITH_JSON_NULL);
    assert_int_equal(kith_json_member(v, "a").type, KITH_JSON_ARRAY);
    assert_int_equal(kith_json_length(kith_json_member(v, "a")), 3);
    assert_int_equal(kith_json_member(v, "o").type, KITH_JSON_OBJECT);
    assert_int_equal(kith_json_length(kith_json_member(v, "o")), 0);
}

static void json_read__what_is_missing_answers_with_nothing(void **state)
{
    (void)state;
    struct kith_json none = kith_json_member(read_text("{\"a\":1}"), "b");
    struct kith_json_walk walk = kith_json_walk(none);
    size_t len = 7;
    int64_t n = 7;
    double d = 7;

    assert_int_equal(none.type, KITH_JSON_NONE);
    assert_int_equal(kith_json_member(none, "c").type, KITH_JSON_NONE);
    assert_string_equal(kith_json_string(none, &len), "");
    assert_int_equal(len, 0);
    assert_false(kith_json_int64(none, &n));
    assert_false(kith_json_double(none, &d));
    assert_true(kith_json_bool(none, true));
    assert_false(kith_json_bool(none, false));
    assert_int_equal(kith_json_length(none), 0);
    assert_false(kith_json_next(&walk));
    assert_string_equal(walk.name, "");
    assert_int_equal(n, 7);
}

static void json_read__a_value_of_another_type_answers_with_nothing(void **state)
{
    (void)state;
    struct kith_json v = read_text("{\"n\":null,\"s\":\"text\",\"f\":1.0,\"b\":18446744073709551615}");
    struct kith_json_walk walk = kith_json_walk(kith_json_member(v, "s"));
    int64_t n = 7;
    double d = 7;

    assert_string_equal(string_of(kith_json_member(v, "n")), "");
    assert_string_equal(string_of(v), "");
    assert_false(kith_json_int64(kith_json_member(v, "s"), &n));
    assert_false(kith_json_int64(kith_json_member(v, "f"), &n));
    assert_false(kith_json_int64(kith_json_member(v, "b"), &n));
    assert_false(kith_json_double(kith_json_member(v, "s"), &d));
    assert_true(kith_json_bool(kith_json_member(v, "s"), true));
    assert_int_equal(kith_json_member(kith_json_member(v, "s"), "x").type, KITH_JSON_NONE);
    assert_int_equal(kith_json_length(kith_json_member(v, "s")), 0);
    assert_false(kith_json_next(&walk));
}

static void json_read__digits_in_a_string_are_a_number(void **state)
{
    (void)state;
    struct kith_json v = read_text("[\"3599\",\"-1\",\"9223372036854775807\",\"1.5\",\"\",\"12\\u000034\"]");
    struct kith_json_walk walk = kith_json_walk(v);
    int64_t n = 0;

    assert_true(kith_json_next(&walk) && kith_json_int64(walk.value, &n));
    assert_int_equal(n, 3599);
    assert_true(kith_json_next(&walk) && kith_json_int64(walk.value, &n));
    assert_int_equal(n, -1);
    assert_true(kith_json_next(&walk) && kith_json_int64(walk.value, &n));
    assert_true(n == INT64_MAX);
    while (kith_json_next(&walk))
        assert_false(kith_json_int64(walk.value, &n));
}

static void json_read__of_equal_names_the_first_counts(void **state)
{
    (void)state;
    int64_t n = 0;

    assert_true(kith_json_int64(kith_json_member(read_text("{\"a\":1,\"a\":2}"), "a"), &n));
    assert_int_equal(n, 1);
}

static void json_read__names_are_compared_after_unescaping(void **state)
{
    (void)state;
    int64_t n = 0;

    assert_true(kith_json_int64(kith_json_member(read_text("{\"\\u0061b\":1}"), "ab"), &n));
    assert_int_equal(n, 1);
}

static void json_read__strings_may_hold_nuls(void **state)
{
    (void)state;
    size_t len;
    const char *text = kith_json_string(read_text("\"a\\u0000b\""), &len);

    assert_int_equal(len, 3);
    assert_memory_equal(text, "a\0b", 4);
}

static void json_read__a_walk_visits_everything_in_order(void **state)
{
    (void)state;
    struct kith_json v = read_text("{\"a\":[10,[20,21],{}],\"\":{\"c\":\"d\"},\"e\\u0000f\":null}");
    struct kith_json_walk walk = kith_json_walk(v);
    int64_t n = 0;

    assert_true(kith_json_next(&walk));
    assert_string_equal(walk.name, "a");
    struct kith_json_walk inner = kith_json_walk(walk.value);
    assert_true(kith_json_next(&inner));
    assert_string_equal(inner.name, "");
    assert_int_equal(inner.name_len, 0);
    assert_true(kith_json_int64(inner.value, &n));
    assert_int_equal(n, 10);
    assert_true(kith_json_next(&inner));
    assert_int_equal(kith_json_length(inner.value), 2);
    assert_true(kith_json_next(&inner));
    assert_int_equal(inner.value.type, KITH_JSON_OBJECT);
    assert_false(kith_json_next(&inner));
    assert_false(kith_json_next(&inner));
    assert_int_equal(inner.value.type, KITH_JSON_NONE);

    assert_true(kith_json_next(&walk));
    assert_int_equal(walk.name_len, 0);
    assert_string_equal(string_of(kith_json_member(walk.value, "c")), "d");
    assert_true(kith_json_next(&walk));
    assert_int_equal(walk.name_len, 3);
    assert_memory_equal(walk.name, "e\0f", 3);
    assert_int_equal(walk.value.type, KITH_JSON_NULL);
    assert_false(kith_json_next(&walk));
}

static void json_read__a_walk_may_begin_again(void **state)
{
    (void)state;
    struct kith_json v = read_text("[1,2,3]");

    for (int round = 0; round < 3; round++) {
        struct kith_json_walk walk = kith_json_walk(v);
        size_t count = 0;
        while (kith_json_next(&walk))
            count++;
        assert_int_equal(count, 3);
    }
}

static void json_read__a_document_may_be_a_single_value(void **state)
{
    (void)state;
    int64_t n = 0;

    assert_true(kith_json_int64(read_text(" 42 "), &n));
    assert_int_equal(n, 42);
    assert_int_equal(read_text("null").type, KITH_JSON_NULL);
    assert_string_equal(string_of(read_text("\"x\"")), "x");
    assert_int_equal(read_text("[]").type, KITH_JSON_ARRAY);
}

static void json_read__a_byte_order_mark_is_skipped(void **state)
{
    (void)state;
    int64_t n = 0;

    assert_true(kith_json_int64(kith_json_member(read_text("\xEF\xBB\xBF{\"a\":1}"), "a"), &n));
    assert_refused("\xEF\xBB\xBF", "nothing there");
    assert_refused("\xEF\xBB\xBF{\"a\":\"\xFF\"}", "not UTF-8 at byte 9");
}

static void json_read__half_a_character_costs_only_itself(void **state)
{
    (void)state;
    struct kith_json v =
        read_text("[\"Ann \\ud83d\",\"\\uDE00x\",\"\\ud83d\\ud83d\\ude00\",\"\\\\ud83d\",\"\\ud83d\\n\"]");
    struct kith_json_walk walk = kith_json_walk(v);
    static const char *const expected[] = {"Ann \uFFFD", "\uFFFDx", "\uFFFD😀", "\\ud83d", "\uFFFD\n"};

    for (size_t i = 0; i < KITH_COUNT_OF(expected); i++) {
        assert_true(kith_json_next(&walk));
        assert_string_equal(string_of(walk.value), expected[i]);
    }
}

static void json_read__says_what_is_wrong_and_where(void **state)
{
    (void)state;
    assert_refused("", "nothing there");
    assert_refused(" \n", "nothing there");
    assert_refused("{\"a\":1", "unexpected end at byte 6");
    assert_refused("[1,2", "unexpected end at byte 4");
    assert_refused("{\"a\":\"bc", "unexpected end in a string at byte 8");
    assert_refused("\"\xC3\x28\"", "not UTF-8 at byte 1");
    assert_refused("<html>", "unexpected character at byte 0");
    assert_refused("{\"a\" 1}", "unexpected character at byte 5");
    assert_refused("[1]]", "unexpected character at byte 3");
    assert_refused("[1e999]", "broken or too large number");
    assert_refused("[nope]", "unknown word at byte 1");
}

static void json_read__refuses_what_is_no_json(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "[1,]",
        "{,}",
        "{\"a\"}",
        "{\"a\":}",
        "{a:1}",
        "{'a':1}",
        "[1 2]",
        "[1]]",
        "{} {}",
        "tru",
        "nul",
        "truex",
        "01",
        "1.",
        ".5",
        "+1",
        "1e",
        "-",
        "0x1",
        "NaN",
        "Infinity",
        "[\"\\x\"]",
        "[\"\\u12\"]",
        "[\"a\nb\"]",
        "]",
        "}",
        "[}",
        "{]",
        ",",
        ":",
        "\"",
        "[\"\\\"]",
        "1e999",
        "123456789012345678901234567890",
        "/* x */ 1",
        "//",
        "[1,2",
        "[[[",
        "{\"a\":{\"b\":[",
    };
    struct kith_json root;

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++) {
        why[0] = '\0';
        if (kith_json_read(reader, wrong[i], strlen(wrong[i]), &root, why, sizeof(why)))
            fail_msg("`%s` was taken for JSON", wrong[i]);
        assert_string_not_equal(why, "");
    }
    assert_false(kith_json_read(reader, "1\0", 2, &root, why, sizeof(why)));
}

static void json_read__a_reader_recovers_from_a_refused_document(void **state)
{
    (void)state;
    assert_refused("[1,2", "unexpected end at byte 4");
    assert_int_equal(kith_json_length(read_text("[1,2]")), 2);
}

static void json_read__works_with_little_room_for_the_reason(void **state)
{
    (void)state;
    struct kith_json root;
    char small[8];

    assert_false(kith_json_read(reader, "[1,2", 4, &root, small, sizeof(small)));
    assert_string_equal(small, "unexpec");
    assert_false(kith_json_read(reader, "[1,2", 4, &root, NULL, 0));
}

static void json_read__goes_64_levels_deep_and_no_further(void **state)
{
    (void)state;
    char json[2 * 65 + 1];

    memset(json, '[', 64);
    memset(json + 64, ']', 64);
    assert_int_equal(kith_json_length(read_n(json, 128)), 1);
    memset(json, '[', 65);
    memset(json + 65, ']', 65);
    assert_refused_n(json, 130, "deeper than 64 levels");
}

static void json_read__depth_stays_bounded_after_growing(void **state)
{
    (void)state;
    size_t len = 200000;
    char *json = malloc(len);

    assert_non_null(json);
    memset(json, ' ', len);
    json[0] = '7';
    assert_int_equal(read_n(json, len).type, KITH_JSON_NUMBER);
    memset(json, '[', len / 2);
    memset(json + len / 2, ']', len / 2);
    assert_refused_n(json, len, "deeper than 64 levels");
    memset(json, '[', len);
    assert_refused_n(json, len, "unexpected end at byte 200000");
    memset(json, '[', 65);
    memset(json + 65, ']', 65);
    assert_refused_n(json, 130, "deeper than 64 levels");
    free(json);
}

static void json_read__refuses_more_than_64_mib_without_looking(void **state)
{
    (void)state;
    struct kith_json root;

    assert_false(kith_json_read(reader, "[", (size_t)64 * 1024 * 1024 + 1, &root, why, sizeof(why)));
    assert_string_equal(why, "larger than 64 MiB");
}

static void json_read__takes_the_bytes_of_a_buffer(void **state)
{
    (void)state;
    struct kith_json root;
    struct kith_buf buf;
    size_t len;

    kith_buf_init(&buf, 64);
    assert_true(kith_buf_add_text(&buf, "\xEF\xBB\xBF[\"half \\ud83d\"]"));
    assert_true(kith_json_read_buf(reader, &buf, &root, why, sizeof(why)));
    assert_int_equal(buf.len, 0);
    struct kith_json_walk walk = kith_json_walk(root);
    assert_true(kith_json_next(&walk));
    assert_string_equal(kith_json_string(walk.value, &len), "half \xEF\xBF\xBD");

    assert_true(kith_buf_add_text(&buf, "[1,"));
    assert_false(kith_json_read_buf(reader, &buf, &root, why, sizeof(why)));
    assert_string_equal(why, "unexpected end at byte 3");
    assert_int_equal(buf.len, 0);
    assert_false(kith_json_read_buf(reader, &buf, &root, why, sizeof(why)));
    assert_string_equal(why, "nothing there");
    kith_buf_done(&buf);

    kith_buf_init_secret(&buf, 64);
    assert_true(kith_buf_add_text(&buf, "{\"access_token\":\"t\"}"));
    assert_true(kith_json_read_buf(reader, &buf, &root, why, sizeof(why)));
    assert_int_equal(buf.len, 0);
    assert_string_equal(kith_json_string(kith_json_member(root, "access_token"), &len), "t");
}

static void json_read__counts_more_elements_than_24_bits_hold(void **state)
{
    (void)state;
    size_t n = 0x1000001;
    char *json = malloc(2 * n + 1);

    assert_non_null(json);
    for (size_t i = 0; i < n; i++)
        memcpy(json + 2 * i, i == 0 ? "[1" : ",1", 2);
    json[2 * n] = ']';
    struct kith_json root;
    assert_true(kith_json_read(reader, json, 2 * n + 1, &root, why, sizeof(why)));
    assert_int_equal(kith_json_length(root), n);
    free(json);
}

static void json_read__any_prefix_and_any_changed_byte_does_no_harm(void **state)
{
    (void)state;
    static const char json[] =
        "{\"value\":[{\"id\":\"A\\\"B\",\"n\":[-1.5e3,true,null],\"x\\u00e9\\ud83d\\ude00\":{}}]}";
    char copy[sizeof(json)];
    struct kith_json root;

    for (size_t len = 0; len < sizeof(json) - 1; len++)
        assert_false(kith_json_read(reader, json, len, &root, why, sizeof(why)));
    for (size_t at = 0; at < sizeof(json) - 1; at++) {
        memcpy(copy, json, sizeof(json));
        for (int byte = 0; byte < 256; byte++) {
            copy[at] = (char)byte;
            (void)kith_json_read(reader, copy, sizeof(json) - 1, &root, why, sizeof(why));
        }
    }
}

/* --- Writing ------------------------------------------------------------ */

static void json_write__writes_every_kind_of_value(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) out;
    kith_buf_init(&out, 1000);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&out, /* indented= */ false);

    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "name", "Zoë \"Z\"\n/\x01");
    kith_json_put_text_if(w, "none", "");
    kith_json_put_text_if(w, "some", "x");
    kith_json_put_text_n(w, "part", "abcdef", 3);
    kith_json_put_int(w, "n", INT64_MIN);
    kith_json_put_bool(w, "b", true);
    kith_json_put_null(w, "z");
    kith_json_put_time(w, "at", 1795508130);
    kith_json_put_time(w, "never", 0);
    kith_json_put_raw(w, "raw", "{\"a\":[1]}", 9);
    kith_json_begin_array(w, "list");
    kith_json_put_int(w, NULL, 1);
    kith_json_put_raw(w, NULL, "[]", 2);
    kith_json_begin_object(w, NULL);
    kith_json_end(w);
    kith_json_end(w);
    kith_json_end(w);
    assert_string_equal(kith_buf_text(&out),
                        "{\"name\":\"Zoë \\\"Z\\\"\\n/\\u0001\",\"some\":\"x\",\"part\":\"abc\","
                        "\"n\":-9223372036854775808,\"b\":true,\"z\":null,\"at\":\"2026-11-24T08:15:30Z\","
                        "\"never\":null,\"raw\":{\"a\":[1]},\"list\":[1,[],{}]}");
}

static void json_write__output_is_always_utf8(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) out;
    kith_buf_init(&out, 1000);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&out, false);

    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "na\xFFme",
                       "\x80"
                       "a\xC3");
    kith_json_end(w);
    assert_string_equal(kith_buf_text(&out), "{\"na\uFFFDme\":\"\uFFFDa\uFFFD\"}");
}

static void json_write__indents_for_people(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) out;
    kith_buf_init(&out, 1000);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&out, /* indented= */ true);

    kith_json_begin_object(w, NULL);
    kith_json_begin_array(w, "a");
    kith_json_put_int(w, NULL, 1);
    kith_json_end(w);
    kith_json_end(w);
    assert_string_equal(kith_buf_text(&out), "{\n  \"a\": [\n    1\n  ]\n}\n");
}

static void json_write__one_document_a_line(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) out;
    kith_buf_init(&out, 1000);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&out, false);

    for (int i = 0; i < 2; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_int(w, "i", i);
        kith_json_end(w);
        kith_json_writer_reset(w);
        assert_true(kith_buf_add_char(&out, '\n'));
    }
    assert_string_equal(kith_buf_text(&out), "{\"i\":0}\n{\"i\":1}\n");
}

static void json_write__an_abandoned_document_is_forgotten(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) out;
    kith_buf_init(&out, 1000);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&out, false);

    kith_json_begin_object(w, NULL);
    kith_json_begin_array(w, "half");
    kith_json_writer_reset(w);
    kith_buf_clear(&out);
    kith_json_put_int(w, NULL, 7);
    assert_string_equal(kith_buf_text(&out), "7");
}

static void json_write__a_full_buffer_is_marked(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) out;
    kith_buf_init(&out, 20);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&out, false);

    kith_json_begin_array(w, NULL);
    for (int i = 0; i < 100; i++)
        kith_json_put_text(w, NULL, "some text");
    kith_json_end(w);
    assert_true(out.full);
    assert_true(out.len <= 20);
}

static void json_write__what_it_writes_can_be_read(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) out;
    kith_buf_init(&out, 100000);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&out, false);
    char every_byte[255];
    size_t len;

    for (size_t i = 0; i < sizeof(every_byte); i++)
        every_byte[i] = (char)(i < 0x7F ? i : i + 1);
    kith_json_begin_array(w, NULL);
    kith_json_put_text_n(w, NULL, every_byte, sizeof(every_byte));
    kith_json_end(w);
    struct kith_json_walk walk = kith_json_walk(read_n(out.data, out.len));
    assert_true(kith_json_next(&walk));
    const char *text = kith_json_string(walk.value, &len);
    assert_int_equal(kith_utf8_valid_len(text, len), len);
    assert_memory_equal(text, every_byte, 0x7F);
}

static void json_write__freeing_null_is_fine(void **state)
{
    (void)state;
    kith_json_writer_free(NULL);
    kith_json_reader_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(json_read__finds_members_of_every_type, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__what_is_missing_answers_with_nothing, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__a_value_of_another_type_answers_with_nothing, make_reader,
                                        free_reader),
        cmocka_unit_test_setup_teardown(json_read__digits_in_a_string_are_a_number, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__of_equal_names_the_first_counts, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__names_are_compared_after_unescaping, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__strings_may_hold_nuls, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__a_walk_visits_everything_in_order, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__a_walk_may_begin_again, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__a_document_may_be_a_single_value, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__a_byte_order_mark_is_skipped, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__half_a_character_costs_only_itself, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__says_what_is_wrong_and_where, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__refuses_what_is_no_json, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__a_reader_recovers_from_a_refused_document, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__works_with_little_room_for_the_reason, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__goes_64_levels_deep_and_no_further, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__depth_stays_bounded_after_growing, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__refuses_more_than_64_mib_without_looking, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__takes_the_bytes_of_a_buffer, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__counts_more_elements_than_24_bits_hold, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_read__any_prefix_and_any_changed_byte_does_no_harm, make_reader,
                                        free_reader),
        cmocka_unit_test_setup_teardown(json_write__writes_every_kind_of_value, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_write__output_is_always_utf8, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_write__indents_for_people, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_write__one_document_a_line, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_write__an_abandoned_document_is_forgotten, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_write__a_full_buffer_is_marked, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_write__what_it_writes_can_be_read, make_reader, free_reader),
        cmocka_unit_test_setup_teardown(json_write__freeing_null_is_fine, make_reader, free_reader),
    };

    return cmocka_run_group_tests_name("base_json", tests, NULL, NULL);
}
