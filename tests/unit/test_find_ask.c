/* SPDX-License-Identifier: MIT */
/* test_find_ask.c - what a person most likely meant comes first. */
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
#include "find/ask.h"
#include "normalise/normaliser.h"

struct candidate {
    const char *shown, *bold, *reading;
    enum kith_match match;
    bool is_company;
    const char *matched, *phone_e164;
};

static void fold(void *ctx, const char *text, struct kith_buf *out)
{
    kith_normalise_fold(ctx, text, out);
}

static void add(struct kith_rows *rows, const struct candidate *candidate, int64_t id)
{
    struct kith_row *row = kith_rows_add(rows);

    row->id = id;
    row->shown = candidate->shown;
    row->bold = candidate->bold ? candidate->bold : "";
    row->reading = candidate->reading ? candidate->reading : "";
    row->matched = candidate->matched ? candidate->matched : "";
    row->phone_e164 = candidate->phone_e164 ? candidate->phone_e164 : "";
    row->match = candidate->match;
    row->is_company = candidate->is_company;
}

/* candidates stand in the order that is wanted; they are handed over backwards. */
static void assert_ranked(const char *typed, const struct candidate *candidates, size_t n)
{
    KITH_AUTO(kith_normaliser) normaliser = kith_normaliser_new("en", "GB");
    KITH_AUTO(kith_rows) rows = kith_rows_new();
    struct kith_query query = {.limit = 20};
    struct kith_find_fold folding = {.fold = fold, .ctx = normaliser};

    for (size_t i = n; i > 0; i--)
        add(rows, &candidates[i - 1], (int64_t)i);
    kith_normalise_query(normaliser, typed, &query);
    kith_find_rank(&query, &folding, rows);
    assert_int_equal(rows->n, n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows->row[i].shown, candidates[i].shown) != 0)
            fail_msg("\"%s\": %s stands at place %zu", typed, rows->row[i].shown, i);
}

static void ask__names_come_before_companies_before_addresses_before_numbers(void **state)
{
    (void)state;
    static const struct candidate candidates[] = {
        {.shown = "Anne-Marie Lefèvre", .bold = "Lefèvre", .match = KITH_MATCH_NAME},
        {.shown = "Marisol Ceramics", .bold = "Marisol Ceramics", .match = KITH_MATCH_NAME, .is_company = true},
        {.shown = "Jean-Baptiste Buisson", .bold = "Buisson", .match = KITH_MATCH_COMPANY},
        {.shown = "Tom Okafor", .bold = "Okafor", .match = KITH_MATCH_EMAIL},
        {.shown = "Ada Zola", .bold = "Zola", .match = KITH_MATCH_NUMBER},
    };

    assert_ranked("mari", candidates, KITH_COUNT_OF(candidates));
}

static void ask__whole_words_come_before_beginnings(void **state)
{
    (void)state;
    static const struct candidate candidates[] = {
        {.shown = "Rosa Almeida Figueiredo", .bold = "Almeida Figueiredo", .match = KITH_MATCH_NAME},
        {.shown = "Ann Rosander", .bold = "Rosander", .match = KITH_MATCH_NAME},
        {.shown = "Rosalie Bo", .bold = "Bo", .match = KITH_MATCH_NAME},
    };

    assert_ranked("rosa", candidates, KITH_COUNT_OF(candidates));
}

static void ask__family_names_come_before_given_names(void **state)
{
    (void)state;
    static const struct candidate candidates[] = {
        {.shown = "Elizabeth Montgomery James", .bold = "James", .match = KITH_MATCH_NAME},
        {.shown = "James Li", .bold = "Li", .match = KITH_MATCH_NAME},
    };

    assert_ranked("james", candidates, KITH_COUNT_OF(candidates));
    assert_ranked("jam", candidates, KITH_COUNT_OF(candidates));
}

static void ask__shorter_names_come_before_longer_ones(void **state)
{
    (void)state;
    static const struct candidate candidates[] = {
        {.shown = "Ian Cole", .bold = "Cole", .match = KITH_MATCH_NAME},
        {.shown = "Adam Coleman", .bold = "Coleman", .match = KITH_MATCH_NAME},
        {.shown = "Bartholomew Coleman", .bold = "Coleman", .match = KITH_MATCH_NAME},
    };

    assert_ranked("co", candidates, KITH_COUNT_OF(candidates));
}

static void ask__several_words_in_any_order_are_one_person(void **state)
{
    (void)state;
    static const struct candidate candidates[] = {
        {.shown = "Li Wei", .bold = "Wei", .match = KITH_MATCH_NAME},
        {.shown = "Liv Weiss", .bold = "Weiss", .match = KITH_MATCH_NAME},
    };

    assert_ranked("wei li", candidates, KITH_COUNT_OF(candidates));
    assert_ranked("li wei", candidates, KITH_COUNT_OF(candidates));
}

static void ask__a_reading_counts_like_the_name(void **state)
{
    (void)state;
    static const struct candidate candidates[] = {
        {.shown = "Мария Ли", .bold = "Ли", .reading = "Mariya Li", .match = KITH_MATCH_NAME},
        {.shown = "Anna Oberhuber", .bold = "Oberhuber", .match = KITH_MATCH_NAME},
    };

    assert_ranked("mariya", candidates, KITH_COUNT_OF(candidates));
}

static void ask__a_whole_number_comes_before_its_beginning(void **state)
{
    (void)state;
    static const struct candidate candidates[] = {
        {.shown = "Rosa Almeida Figueiredo",
         .match = KITH_MATCH_NUMBER,
         .matched = "+44 20 7946 0812",
         .phone_e164 = "+442079460812"},
        {.shown = "Al Li", .match = KITH_MATCH_NUMBER, .matched = "020 7946 08120"},
    };

    assert_ranked("020 7946 0812", candidates, KITH_COUNT_OF(candidates));
}

static void ask__equal_ones_stay_in_the_stores_order(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO(kith_rows) rows = kith_rows_new();
    struct kith_query query = {.limit = 0};
    struct kith_find_fold folding = {.fold = fold, .ctx = n};

    for (int64_t i = 0; i < 150; i++)
        add(rows, &(struct candidate){.shown = "Rosa Li", .bold = "Li", .match = KITH_MATCH_NAME}, i);
    kith_normalise_query(n, "ro", &query);
    kith_find_rank(&query, &folding, rows);
    assert_int_equal(rows->n, 150);
    for (int64_t i = 0; i < 150; i++)
        assert_int_equal(rows->row[i].id, i);
    assert_false(rows->more);
}

static void ask__the_answer_is_cut_to_its_limit_and_says_so(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO(kith_rows) rows = kith_rows_new();
    struct kith_query query = {.limit = 2};
    struct kith_find_fold folding = {.fold = fold, .ctx = n};
    static const struct candidate candidate = {.shown = "Rosa", .match = KITH_MATCH_NAME};

    kith_find_rank(&query, &folding, rows); /* nobody: nothing to do */
    assert_int_equal(rows->n, 0);
    add(rows, &candidate, 1);
    add(rows, &candidate, 2);
    kith_find_rank(&query, &folding, rows);
    assert_int_equal(rows->n, 2);
    assert_false(rows->more);
    add(rows, &candidate, 3);
    kith_find_rank(&query, &folding, rows);
    assert_int_equal(rows->n, 2);
    assert_true(rows->more);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ask__names_come_before_companies_before_addresses_before_numbers),
        cmocka_unit_test(ask__whole_words_come_before_beginnings),
        cmocka_unit_test(ask__family_names_come_before_given_names),
        cmocka_unit_test(ask__shorter_names_come_before_longer_ones),
        cmocka_unit_test(ask__several_words_in_any_order_are_one_person),
        cmocka_unit_test(ask__a_reading_counts_like_the_name),
        cmocka_unit_test(ask__a_whole_number_comes_before_its_beginning),
        cmocka_unit_test(ask__equal_ones_stay_in_the_stores_order),
        cmocka_unit_test(ask__the_answer_is_cut_to_its_limit_and_says_so),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
