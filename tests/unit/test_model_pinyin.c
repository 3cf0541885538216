/* SPDX-License-Identifier: MIT */
/*
 * test_model_pinyin.c - the table of Chinese readings says letter for letter what ICU says.
 *
 * Stored words are made by it: where the two differed, an upgrade would leave people unfound.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/alloc.h"
#include "base/text.h"
#include "model/pinyin.h"

enum { FIRST = 0x3000, END = 0x40000, LATIN_BYTES = 512 };

static UTransliterator *rules;

static int open_rules(void **state)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[32];

    (void)state;
    u_uastrcpy(id, "Han-Latin/Names");
    rules = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    return U_SUCCESS(status) ? 0 : -1;
}

static int close_rules(void **state)
{
    (void)state;
    utrans_close(rules);
    return 0;
}

static void ask_icu(const char *text, char *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[LATIN_BYTES];
    int32_t len = 0;

    u_strFromUTF8(wide, LATIN_BYTES, &len, text, -1, &status);
    int32_t limit = len;
    utrans_transUChars(rules, wide, &len, LATIN_BYTES, 0, &limit, &status);
    u_strToUTF8(out, LATIN_BYTES, NULL, wide, limit, &status);
    assert_true(U_SUCCESS(status));
}

static void write_text(const uint32_t *letter, size_t n, char *out)
{
    size_t len = 0;

    for (size_t i = 0; i < n; i++)
        len += kith_utf8_put(letter[i], out + len);
    out[len] = '\0';
}

/* Whether the table has the text; if it does, it agrees with ICU. */
static bool agrees(const uint32_t *letter, size_t n)
{
    char text[128], by_table[LATIN_BYTES], by_icu[LATIN_BYTES];

    write_text(letter, n, text);
    if (!kith_pinyin(text, by_table, sizeof(by_table)))
        return false;
    ask_icu(text, by_icu);
    if (strcmp(by_table, by_icu) != 0)
        print_error("\"%s\": \"%s\", ICU has \"%s\"\n", text, by_table, by_icu);
    assert_string_equal(by_table, by_icu);
    return true;
}

static void model_pinyin__every_letter_of_the_table_is_read_as_icu_reads_it(void **state)
{
    size_t n_read = 0;

    (void)state;
    for (uint32_t letter = FIRST; letter < END; letter++) {
        if (U_IS_SURROGATE(letter))
            continue;
        bool alone = agrees((uint32_t[]){letter}, 1);
        bool inside = agrees((uint32_t[]){0x738B, letter, 0x660E}, 3);

        assert_int_equal(alone, inside);
        n_read += alone;
    }
    assert_true(n_read > 40000);
}

static void model_pinyin__letters_that_names_are_made_of_are_all_in_the_table(void **state)
{
    char latin[LATIN_BYTES];

    (void)state;
    for (uint32_t letter = 0x4E00; letter <= 0x9FA5; letter++) {
        char text[5] = "";

        write_text(&letter, 1, text);
        assert_true(kith_pinyin(text, latin, sizeof(latin)));
    }
    assert_true(kith_pinyin("佐々木", latin, sizeof(latin)));
}

static void model_pinyin__a_letter_is_read_by_its_place_and_its_neighbour(void **state)
{
    static const struct {
        const char *text, *latin;
    } names[] = {
        {"任", "rén"},         {"王任", "wáng rèn"},           {"王 任", "wáng  rén"},
        {"沈阳", "shěn yáng"}, {"重庆", "chóng qìng"},         {"西藏文", "xī zàng wén"},
        {"西藏", "xī cáng"},   {"长孙", "zhǎng sūn"},          {"王孙", "wáng sūn"},
        {"令狐", "líng hú"},   {"曾小明 ", "zēng xiǎo míng "}, {"佐々木", "zuǒ 々 mù"},
    };
    char latin[LATIN_BYTES];

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(names); i++) {
        assert_true(kith_pinyin(names[i].text, latin, sizeof(latin)));
        assert_string_equal(latin, names[i].latin);
        ask_icu(names[i].text, latin);
        assert_string_equal(latin, names[i].latin);
    }
}

/* A random number below n, the same in every run. */
static uint32_t below(uint32_t n)
{
    static uint64_t state = 20;

    state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(state >> 33) % n;
}

static uint32_t letter_of_some_script(void)
{
    /* Those that ICU reads by their place or their neighbour, so that they meet. */
    static const uint32_t special[] = {0x4EE4, 0x72D0, 0x4E07, 0x4FDF, 0x6FB9, 0x53F0, 0x957F, 0x5B59, 0x79D8,
                                       0x9C81, 0x91CD, 0x5E86, 0x6C88, 0x9633, 0x85CF, 0x6587, 0x4EFB, 0x5355,
                                       0x66FE, 0x5E72, 0x3005, 0x3007, 0x534E, 0x4E50, 0x67E5, 0x89E3, 0x533A};
    static const uint32_t first[] = {0x3400, 0x4E00, 0x4E00, 0x4E00, 0x20000, 0xF900, 0x3041, 0xAC00, 0x41, 0x400};
    static const uint32_t count[] = {0x19C0, 0x5200, 0x5200, 0x5200, 0xA6E0, 0x200, 0x60, 0x2BA4, 0x3A, 0x60};
    uint32_t kind = below(40);

    if (kind < 8)
        return ' ';
    if (kind < 24)
        return special[below(KITH_COUNT_OF(special))];
    kind = below(8) > 0 ? 1 + below(3) : below(KITH_COUNT_OF(first));
    return first[kind] + below(count[kind]);
}

static void model_pinyin__what_the_table_has_of_mixed_text_is_what_icu_has(void **state)
{
    size_t n_in_table = 0;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        uint32_t letter[8];
        size_t n = 1 + below(KITH_COUNT_OF(letter));

        for (size_t k = 0; k < n; k++)
            letter[k] = letter_of_some_script();
        n_in_table += agrees(letter, n);
    }
    assert_true(n_in_table > 5000);
}

static void model_pinyin__what_is_not_in_the_table_is_left_to_icu(void **state)
{
    static const char *const texts[] = {"", "Wang", "王小明 Wang", "山田たろう", "김", "王·明", "\xEF\xBF\xBF"};
    char latin[LATIN_BYTES] = "as before";

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(texts); i++)
        assert_false(kith_pinyin(texts[i], latin, sizeof(latin)));
    assert_false(kith_pinyin("王小明", latin, 12));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(model_pinyin__every_letter_of_the_table_is_read_as_icu_reads_it),
        cmocka_unit_test(model_pinyin__letters_that_names_are_made_of_are_all_in_the_table),
        cmocka_unit_test(model_pinyin__a_letter_is_read_by_its_place_and_its_neighbour),
        cmocka_unit_test(model_pinyin__what_the_table_has_of_mixed_text_is_what_icu_has),
        cmocka_unit_test(model_pinyin__what_is_not_in_the_table_is_left_to_icu),
    };

    return cmocka_run_group_tests(tests, open_rules, close_rules);
}
