/* SPDX-License-Identifier: MIT */
/* test_show_marks.c - which letters of a row are marked, in UTF-16 units, across scripts. */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <kith/marks.h>

#include "base/cleanup.h"

#include "base/text.h"

KITH_DEFINE_AUTO(kith_marker, kith_marker_free)

/* Marks as "0+4 9+2". */
static void assert_marks(const char *typed, const char *text, const char *expected)
{
    KITH_AUTO(kith_marker) marker = kith_marker_new(typed);
    struct kith_mark marks[8];
    char got[128] = "";
    size_t n = kith_marks_find(marker, text, marks, 8);

    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(got);
        (void)kith_text_format(got + len, sizeof(got) - len, "%s%d+%d", len ? " " : "", marks[i].start,
                               marks[i].length);
    }
    if (strcmp(got, expected) != 0)
        fail_msg("\"%s\" in \"%s\": %s instead of %s", typed, text, got, expected);
}

static void marks__latin_letters_mark_every_script_they_sound_like(void **state)
{
    assert_marks("mari", "Мария Иванова", "0+4");
    assert_marks("mari", "Μαρία Παπαδοπούλου", "0+4");
    assert_marks("mari", "山口 マリア", "3+2");
    assert_marks("mari", "მარიამ ბერიძე", "0+4");
    assert_marks("mari", "मारिया डिसूज़ा", "0+4");
    assert_marks("mariya", "Мария", "0+5");
}

static void marks__chinese_letters_are_marked_by_either_reading(void **state)
{
    assert_marks("wang", "王静", "0+1");
    assert_marks("lu", "吕品", "0+1");
    assert_marks("shan", "单田芳", "0+1"); /* as families say it */
    assert_marks("dan", "单田芳", "0+1");
    assert_marks("zeng", "曾国藩", "0+1");
}

static void marks__accents_and_case_do_not_count(void **state)
{
    assert_marks("mari", "María José Núñez", "0+4");
    assert_marks("MARÍ", "maria", "0+4");
    assert_marks("nunez", "María José Núñez", "11+5");
    assert_marks("over", "Marius Øverås", "7+4");
    assert_marks("strasse", "Lange Straße", "6+6");
    assert_marks("a", "a\xcc\x81", "0+2"); /* a letter and its accent apart: one grapheme */
}

static void marks__words_are_marked_where_words_begin(void **state)
{
    assert_marks("mari", "Anne-Marie Lefèvre", "5+4");
    assert_marks("mari", "tom@marisol.example", "4+4");
    assert_marks("mari", "Marina Maritime", "0+4 7+4");
    assert_marks("rosa halv", "Rosa Halvdan", "0+4 5+4");
    assert_marks("halv rosa", "Rosa Halvdan", "0+4 5+4");
    assert_marks("rosa ros", "Rosa", "0+4");
    assert_marks("口", "山口 マリア", "1+1"); /* written together: inside the word */
}

static void marks__units_are_those_of_javascript(void **state)
{
    assert_marks("mari", "\xf0\x9f\x8c\xb8 Maria", "3+4"); /* a flower takes two units */
}

static void marks__numbers_are_marked_by_their_digits(void **state)
{
    assert_marks("0044 20 7946 0812", "Work +44 20 7946 0812 ext. 24", "5+16");
    assert_marks("+44 20 7946 0812", "020 7946 0812", "1+12");
    assert_marks("5550100", "+1 (408) 555-0100", "9+8");
    assert_marks("555", "No number here", "");
    assert_marks("12", "12 Harbour Road", "0+2"); /* too short for a number: a word */
}

static void marks__nothing_typed_or_nothing_there_marks_nothing(void **state)
{
    assert_marks("", "Maria", "");
    assert_marks("  -- ", "Maria", "");
    assert_marks("mari", "", "");
    assert_marks("mari", "\xff\xfe\xc3", "");
    assert_marks("qwxz", "Maria", "");
}

static void marks__of_a_row_are_json(void **state)
{
    KITH_AUTO(kith_marker) marker = kith_marker_new("mari halv");
    const struct kith_row row = {
        .shown = "Мария Halvorsen", .reading = "Mariya Halvorsen", .second = "", .matched = ""};
    KITH_AUTO_STRING json = kith_row_marks_to_json(marker, &row);

    (void)state;
    assert_string_equal(json, "{\"shown\":[[0,4],[6,4]],\"reading\":[[0,4],[7,4]],\"second\":[],\"matched\":[]}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(marks__latin_letters_mark_every_script_they_sound_like),
        cmocka_unit_test(marks__chinese_letters_are_marked_by_either_reading),
        cmocka_unit_test(marks__accents_and_case_do_not_count),
        cmocka_unit_test(marks__words_are_marked_where_words_begin),
        cmocka_unit_test(marks__units_are_those_of_javascript),
        cmocka_unit_test(marks__numbers_are_marked_by_their_digits),
        cmocka_unit_test(marks__of_a_row_are_json),
        cmocka_unit_test(marks__nothing_typed_or_nothing_there_marks_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
