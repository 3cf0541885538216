/* SPDX-License-Identifier: MIT */
/* test_store_find.c - candidates for what a person types: who is found, by what, and in which order. */
#include "store_fixture.h"

static int64_t account;

static struct kith_query query_of(const char *text, int64_t limit)
{
    struct kith_query query = {.limit = limit};

    for (const char *at = text; *at; at += strspn(at, " ")) {
        size_t len = strcspn(at, " ");
        (void)kith_text_copy_n(query.word[query.n_words++].text, KITH_QUERY_WORD_BYTES, at, len);
        at += len;
    }
    return query;
}

static struct kith_rows *find(const struct kith_query *query)
{
    struct kith_rows *rows = NULL;

    assert_ok(kith_store_find(store, query, &rows, &store_err));
    assert_ok(kith_store_find_complete(store, query, rows, &store_err));
    return rows;
}

/* Names of who is found, in the order they come. */
static const char *found(const char *text)
{
    struct kith_query query = query_of(text, 0);
    struct kith_rows *rows = find(&query);
    const char *names = store_names(rows);

    kith_rows_free(rows);
    return names;
}

static void fill(void)
{
    struct kith_contact *c[6];

    account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    c[0] = store_person("0", "Ada", "Lovelace", "Analytical Engines");
    store_add_email(c[0], "ada.lovelace@engines.example");
    (void)store_add_phone(c[0], "+1 (408) 555-0100", "+14085550100", "4085550100");
    c[1] = store_person("1", "Alan", "Turing", "Bletchley Ada Park");
    store_add_email(c[1], "alan@bletchley.example");
    store_add_email(c[1], "adamant@home.example");
    (void)store_add_phone(c[1], "020 7946 0018", "+442079460018", "2079460018");
    c[2] = store_person("2", "Grace", "Hopper", "");
    c[2]->text[KITH_TEXT_JOB_TITLE] = "Admiral";
    store_add_email(c[2], "grace@navy.example");
    (void)store_add_phone(c[2], "112", "", "112");
    c[3] = store_person("3", "", "", "Adastra GmbH");
    c[4] = store_person("4", "O\"Neill", "d'Arc*", "A AND B (C)");
    c[5] = store_person("5", "\xD0\x90\xD0\xB4\xD0\xB0", "\xD0\x9B",
                        "\xD0\x9A\xD0\xBE\xD0\xBD\xD1\x82\xD0\xBE\xD1\x80\xD0\xB0");
    (void)store_import(account, c, 6);
}

/* --- Words ------------------------------------------------------------------- */

static void find__every_word_begins_one_of_the_contact(void **state)
{
    (void)state;
    fill();
    assert_string_equal(found("l"), "Ada Lovelace");
    assert_string_equal(found("love"), "Ada Lovelace");
    assert_string_equal(found("lovelace"), "Ada Lovelace");
    assert_string_equal(found("lovelacex"), "");
    assert_string_equal(found("ovelace"), "");
    assert_string_equal(found("lov ad"), "Ada Lovelace");
    assert_string_equal(found("ada engines"), "Ada Lovelace");
    assert_string_equal(found("turing ada"), "Alan Turing"); /* name and company */
    assert_string_equal(found("ada hopper"), "");
    assert_string_equal(found(""), "");
}

static void find__names_come_before_everything_else(void **state)
{
    (void)state;
    fill();
    assert_string_equal(found("ad"), "Ada Lovelace|Alan Turing|Grace Hopper|Adastra GmbH");
    struct kith_query query = query_of("ad", 0);
    struct kith_rows *rows = find(&query);
    assert_int_equal(rows->row[0].match, KITH_MATCH_NAME);
    assert_string_equal(rows->row[0].matched, "");
    assert_int_equal(rows->row[1].match, KITH_MATCH_COMPANY);
    assert_string_equal(rows->row[1].matched, "Bletchley Ada Park");
    assert_string_equal(rows->row[2].matched, "Admiral");
    assert_string_equal(rows->row[3].matched, ""); /* the company is the name that is shown */
    assert_false(rows->more);
    kith_rows_free(rows);
}

static void find__hit_carries_the_text_it_was_found_in(void **state)
{
    static const struct {
        const char *typed;
        enum kith_match match;
        const char *matched;
    } cases[] = {
        {"bletchley", KITH_MATCH_COMPANY, "Bletchley Ada Park"},
        {"alan@", KITH_MATCH_EMAIL, "alan@bletchley.example"},
        {"adamant", KITH_MATCH_EMAIL, "adamant@home.example"},
        {"2079", KITH_MATCH_NUMBER, "020 7946 0018"},
    };

    (void)state;
    fill();
    for (size_t i = 0; i < KITH_COUNT_OF(cases); i++) {
        struct kith_query query = query_of(cases[i].typed, 20);
        struct kith_rows *rows = find(&query);
        assert_int_equal(rows->n, 1);
        assert_int_equal(rows->row[0].match, cases[i].match);
        assert_string_equal(rows->row[0].matched, cases[i].matched);
        assert_string_not_equal(rows->row[0].second, "");
        kith_rows_free(rows);
    }
}

static void find__other_letters_are_folded_to_tell_where(void **state)
{
    (void)state;
    fill();
    struct kith_query query = query_of("\xD0\x9A\xD0\xBE\xD0\xBD", 20);
    struct kith_rows *rows = find(&query);
    assert_int_equal(rows->n, 1);
    assert_string_equal(rows->row[0].matched, "\xD0\x9A\xD0\xBE\xD0\xBD\xD1\x82\xD0\xBE\xD1\x80\xD0\xB0");
    kith_rows_free(rows);
}

static void find__what_is_typed_is_never_a_language(void **state)
{
    static const char *const typed[] = {
        "\"", "\"\"", "*",    "a*",     "name:", "{name}", "(",    ")", "AND", "OR NOT", "-a",
        "^a", "a\"b", "';--", "NEAR(a", "\x01",  "a\tb",   "\x7f", "+", ":",   "\\",     "\xFF\xFE",
    };

    (void)state;
    fill();
    for (size_t i = 0; i < KITH_COUNT_OF(typed); i++) {
        struct kith_query query = query_of(typed[i], i % 2 ? 20 : 0);
        kith_rows_free(find(&query));
    }
    assert_string_equal(found("o\"n"), "O\"Neill d'Arc*");
    assert_string_equal(found("d'arc*"), "O\"Neill d'Arc*");
    assert_string_equal(found("(c)"), "O\"Neill d'Arc*");
    assert_string_equal(found("and"), "O\"Neill d'Arc*");
}

/* A skeleton is another way to find the word: U+E000 and the consonants are among the words. */
static void find__skeleton_is_an_alternative_to_the_word(void **state)
{
    struct kith_contact *c[3];

    (void)state;
    account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    c[0] = store_person("0", "First", "\xEE\x80\x80mhmd", "");
    c[1] = store_person("1", "Second", "Mohamed", "");
    c[2] = store_person("2", "Third", "\xEE\x80\x80mr\xEE\x80\x81", "");
    (void)store_import(account, c, 3);

    struct kith_query query = query_of("mohamed", 20);
    (void)kith_text_copy(query.word[0].skeleton, sizeof(query.word[0].skeleton), "mhm");
    struct kith_rows *rows = find(&query);
    assert_int_equal(rows->n, 2);
    kith_rows_free(rows);

    (void)kith_text_copy(query.word[0].skeleton, sizeof(query.word[0].skeleton), "mr\xEE\x80\x81");
    rows = find(&query);
    assert_int_equal(rows->n, 2);
    kith_rows_free(rows);
}

/* --- Many -------------------------------------------------------------------------- */

enum { CROWD = 1000 };

static void fill_crowd(void)
{
    static struct kith_contact *c[CROWD];

    account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    for (size_t i = 0; i < CROWD; i++) {
        char id[16], name[32];
        (void)kith_text_format(id, sizeof(id), "%zu", i);
        (void)kith_text_format(name, sizeof(name), "Anna%zu", i);
        c[i] = store_person(id, i == CROWD - 1 ? "An" : i % 2 ? name : "Other", "Person", "Angular Ltd");
    }
    (void)store_import(account, c, CROWD);
}

static bool holds(const struct kith_rows *rows, const char *name)
{
    for (size_t i = 0; i < rows->n; i++) {
        if (strcmp(rows->row[i].shown, name) == 0)
            return true;
    }
    return false;
}

static void find__whole_word_is_among_the_candidates_of_many(void **state)
{
    (void)state;
    fill_crowd();
    struct kith_query query = query_of("an", 20);
    struct kith_rows *rows = find(&query);
    assert_true(rows->n > 20 && rows->n <= KITH_QUERY_CANDIDATES);
    assert_true(rows->more);
    assert_true(holds(rows, "An Person"));
    kith_rows_free(rows);

    query = query_of("an per", 20); /* all but the last are mostly complete */
    rows = find(&query);
    assert_true(holds(rows, "An Person"));
    kith_rows_free(rows);
}

static void find__without_limit_gives_all_once(void **state)
{
    (void)state;
    fill_crowd();
    struct kith_query query = query_of("an", 0);
    struct kith_rows *rows = find(&query);
    assert_int_equal(rows->n, CROWD); /* by name or by company */
    assert_false(rows->more);
    for (size_t i = 0; i < rows->n; i++)
        assert_int_equal(rows->row[i].match, i < CROWD / 2 ? KITH_MATCH_NAME : KITH_MATCH_COMPANY);
    kith_rows_free(rows);
}

static void find__limit_above_the_candidates_is_kept(void **state)
{
    (void)state;
    fill_crowd();
    struct kith_query query = query_of("an", 400);
    struct kith_rows *rows = find(&query);
    assert_true(rows->n > 400);
    assert_true(rows->more);
    kith_rows_free(rows);
}

/* The store believes its accounts' numbers, so that a test need not wait for a million. */
static void find__long_prefix_among_very_many_finds_the_same(void **state)
{
    static const struct {
        const char *typed, *all_hold;
        size_t at_least, at_most;
    } cases[] = {
        {"anna", "Anna", 21, KITH_QUERY_CANDIDATES}, /* common: found by its first letters */
        {"anna997", "Anna997", 1, 1},                /* rare: beyond what is looked at */
        {"anna9 pers", "Anna9", 21, KITH_QUERY_CANDIDATES},
        {"angul", "", 21, KITH_QUERY_CANDIDATES}, /* of the company */
        {"other angular", "Other", 21, KITH_QUERY_CANDIDATES},
        {"annx", "", 0, 0},
    };

    (void)state;
    fill_crowd();
    (void)store_sql("UPDATE account SET n_contacts = 1000000");
    for (size_t i = 0; i < KITH_COUNT_OF(cases); i++) {
        struct kith_query query = query_of(cases[i].typed, 20);
        struct kith_rows *rows = find(&query);
        assert_in_range(rows->n, cases[i].at_least, cases[i].at_most);
        assert_int_equal(rows->more, rows->n > 20);
        for (size_t k = 0; k < rows->n; k++) {
            assert_non_null(strstr(rows->row[k].shown, cases[i].all_hold));
            for (size_t other = 0; other < k; other++)
                assert_int_not_equal(rows->row[k].id, rows->row[other].id);
        }
        kith_rows_free(rows);
    }
}

/* --- Digits -------------------------------------------------------------------------- */

static const char *found_number(const char *digits, const char *e164_prefix)
{
    struct kith_query query = {.limit = 20};

    (void)kith_text_copy(query.digits, sizeof(query.digits), digits);
    (void)kith_text_copy(query.e164_prefix[0], sizeof(query.e164_prefix[0]), e164_prefix);
    struct kith_rows *rows = find(&query);
    const char *names = store_names(rows);
    for (size_t i = 0; i < rows->n; i++) {
        assert_int_equal(rows->row[i].match, KITH_MATCH_NUMBER);
        assert_string_not_equal(rows->row[i].matched, "");
    }
    kith_rows_free(rows);
    return names;
}

static void find__digits_from_the_start_and_from_the_end(void **state)
{
    (void)state;
    fill();
    assert_string_equal(found_number("408", ""), "Ada Lovelace");      /* as typed nationally */
    assert_string_equal(found_number("1408", "1408"), "Ada Lovelace"); /* with the country */
    assert_string_equal(found_number("4420", "4420"), "Alan Turing");
    assert_string_equal(found_number("44", "44"), "Alan Turing");
    assert_string_equal(found_number("0018", ""), "Alan Turing"); /* the last ones */
    assert_string_equal(found_number("18", ""), "");              /* too few of them */
    assert_string_equal(found_number("4085550100", "14085550100"), "Ada Lovelace");
    assert_string_equal(found_number("112", ""), "Grace Hopper");
    assert_string_equal(found_number("999", "999"), "");
    assert_string_equal(found_number("14085550100999999999", "14085550100999999"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(find__every_word_begins_one_of_the_contact),
        store_test(find__names_come_before_everything_else),
        store_test(find__hit_carries_the_text_it_was_found_in),
        store_test(find__other_letters_are_folded_to_tell_where),
        store_test(find__what_is_typed_is_never_a_language),
        store_test(find__skeleton_is_an_alternative_to_the_word),
        store_test(find__whole_word_is_among_the_candidates_of_many),
        store_test(find__without_limit_gives_all_once),
        store_test(find__limit_above_the_candidates_is_kept),
        store_test(find__long_prefix_among_very_many_finds_the_same),
        store_test(find__digits_from_the_start_and_from_the_end),
    };

    return cmocka_run_group_tests_name("store_find", tests, NULL, NULL);
}
