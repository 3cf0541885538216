/* SPDX-License-Identifier: MIT */
/* test_store_who.c - who is calling: the table of product.md and of what telephones really present. */
#include "store_fixture.h"

static void fill(void)
{
    struct kith_contact *c[8];
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);

    c[0] = store_person("0", "Ada", "Lovelace", "");
    (void)store_add_phone(c[0], "+1 408 555 0100", "+14085550100", "4085550100");
    c[1] = store_person("1", "Alan", "Turing", ""); /* a colleague at an extension of the same line */
    struct kith_phone *p = store_add_phone(c[1], "+1 408 555 0100 x12", "+14085550100", "4085550100");
    (void)kith_text_copy(p->extension, sizeof(p->extension), "12");
    c[2] = store_person("2", "Grace", "Hopper", ""); /* no country in the text; the region made one */
    store_add_phone(c[2], "20 7946 0018", "+12079460018", "2079460018")->region_assumed = true;
    c[3] = store_person("3", "Blaise", "Pascal", "");
    (void)store_add_phone(c[3], "+33 6 12 34 56 78", "+33612345678", "612345678");
    c[4] = store_person("4", "Desk", "Security", "");
    (void)store_add_phone(c[4], "7042", "", "7042");
    (void)store_add_phone(c[4], "*100#", "", "*100#");
    c[5] = store_person("5", "Neighbour", "Local", ""); /* without an area code */
    (void)store_add_phone(c[5], "555-0177", "", "5550177");
    c[6] = store_person("6", "Luisa", "Buenos", "");
    (void)store_add_phone(c[6], "+54 9 11 2345 6789", "+5491123456789", "91123456789");
    c[7] = store_person("7", "Ada", "Aaron", ""); /* of the family: the same line twice */
    (void)store_add_phone(c[7], "+1 (408) 555-0100", "+14085550100", "4085550100");
    (void)store_add_phone(c[7], "408-555-0100", "+14085550100", "4085550100");
    (void)store_import(account, c, 8);
}

struct caller {
    const char *e164, *national, *extension, *also;
    bool assumed;
    const char *names;     /* who it is */
    enum kith_match match; /* of the first */
};

static void check(const struct caller *caller)
{
    struct kith_number number = {.region_assumed = caller->assumed};
    struct kith_rows *rows;

    number.number_class = caller->e164[0] ? KITH_NUMBER_NORMAL : KITH_NUMBER_LOCAL;
    (void)kith_text_copy(number.e164, sizeof(number.e164), caller->e164);
    (void)kith_text_copy(number.national, sizeof(number.national), caller->national);
    (void)kith_text_copy(number.extension, sizeof(number.extension), caller->extension);
    (void)kith_text_copy(number.also[0], sizeof(number.also[0]), caller->also);
    assert_ok(kith_store_who(store, &number, &rows, &store_err));
    assert_string_equal(store_names(rows), caller->names);
    if (rows->n) {
        assert_int_equal(rows->row[0].match, caller->match);
        assert_string_not_equal(rows->row[0].matched, "");
        assert_string_not_equal(rows->row[0].account, "");
    }
    kith_rows_free(rows);
}

static void who__same_number_by_name_then_the_main_line(void **state)
{
    static const struct caller callers[] = {
        {"+14085550100", "4085550100", "", "", false, "Ada Aaron|Ada Lovelace|Alan Turing", KITH_MATCH_NUMBER},
        {"+14085550100", "4085550100", "12", "", false, "Ada Aaron|Ada Lovelace|Alan Turing", KITH_MATCH_NUMBER},
        {"+14085550100", "4085550100", "99", "", false, "Ada Aaron|Ada Lovelace", KITH_MATCH_NUMBER},
        {"+14085550100", "4085550100", "", "", true, "Ada Aaron|Ada Lovelace|Alan Turing", KITH_MATCH_NUMBER},
        {"+541123456789", "1123456789", "", "+5491123456789", false, "Luisa Buenos", KITH_MATCH_NUMBER},
        {"+33612345678", "612345678", "", "", false, "Blaise Pascal", KITH_MATCH_NUMBER},
    };

    (void)state;
    fill();
    for (size_t i = 0; i < KITH_COUNT_OF(callers); i++)
        check(&callers[i]);
}

static void who__extension_makes_it_the_main_line_or_the_person(void **state)
{
    struct kith_number number = {.number_class = KITH_NUMBER_NORMAL, .e164 = "+14085550100", .national = "4085550100"};
    struct kith_rows *rows;

    (void)state;
    fill();
    assert_ok(kith_store_who(store, &number, &rows, &store_err));
    assert_int_equal(rows->row[2].match, KITH_MATCH_NUMBER_MAIN);
    assert_string_equal(rows->row[2].matched, "+1 408 555 0100 x12");
    kith_rows_free(rows);
    (void)kith_text_copy(number.extension, sizeof(number.extension), "12");
    assert_ok(kith_store_who(store, &number, &rows, &store_err));
    assert_int_equal(rows->row[2].match, KITH_MATCH_NUMBER);
    kith_rows_free(rows);
}

static void who__national_number_where_a_country_is_not_certain(void **state)
{
    static const struct caller callers[] = {
        /* the stored number's country was assumed */
        {"+442079460018", "2079460018", "", "", false, "Grace Hopper", KITH_MATCH_NUMBER_NATIONAL},
        /* the caller's is not known, or assumed */
        {"", "612345678", "", "", false, "Blaise Pascal", KITH_MATCH_NUMBER_NATIONAL},
        {"+34612345678", "612345678", "", "", true, "Blaise Pascal", KITH_MATCH_NUMBER_NATIONAL},
        /* both said, and they differ: another person */
        {"+34612345678", "612345678", "", "", false, "", KITH_MATCH_NONE},
        {"", "5550177", "", "", false, "Neighbour Local", KITH_MATCH_NUMBER_NATIONAL},
    };

    (void)state;
    fill();
    for (size_t i = 0; i < KITH_COUNT_OF(callers); i++)
        check(&callers[i]);
}

static void who__one_number_ends_with_the_other_is_a_guess(void **state)
{
    static const struct caller callers[] = {
        {"+14085550177", "4085550177", "", "", false, "Neighbour Local", KITH_MATCH_NUMBER_GUESS},
        {"", "4420 7946 0018", "", "", false, "", KITH_MATCH_NONE}, /* spaces: no digits that were understood */
        {"", "442079460018", "", "", false, "Grace Hopper", KITH_MATCH_NUMBER_GUESS},
        {"", "85550100", "", "", false, "Ada Aaron|Ada Lovelace|Alan Turing", KITH_MATCH_NUMBER_GUESS},
        {"", "5550100", "", "", false, "Ada Aaron|Ada Lovelace|Alan Turing", KITH_MATCH_NUMBER_GUESS},
        /* the last seven agree, but neither ends with the other */
        {"+13035550177", "3035550177", "", "", false, "Neighbour Local", KITH_MATCH_NUMBER_GUESS},
        {"+13035550100", "3035550100", "", "", false, "", KITH_MATCH_NONE},
        {"+3312345678", "12345678", "", "", false, "Blaise Pascal", KITH_MATCH_NUMBER_GUESS}, /* within one country */
        {"+4912345678", "12345678", "", "", false, "", KITH_MATCH_NONE},                      /* across two */
        {"", "555010", "", "", false, "", KITH_MATCH_NONE},                                   /* too few digits */
        {"+19995551234", "9995551234", "", "", false, "", KITH_MATCH_NONE},
    };

    (void)state;
    fill();
    for (size_t i = 0; i < KITH_COUNT_OF(callers); i++)
        check(&callers[i]);
}

static void who__the_answer_says_what_was_asked_about(void **state)
{
    static const struct {
        struct kith_number number;
        enum kith_caller caller;
        const char *id;
    } rows[] = {
        {{.number_class = KITH_NUMBER_NORMAL, .e164 = "+442079460018"}, KITH_CALLER_NUMBER, "number"},
        {{.number_class = KITH_NUMBER_SHORT, .national = "112"}, KITH_CALLER_SHORT, "short"},
        {{.number_class = KITH_NUMBER_LOCAL, .national = "7042"}, KITH_CALLER_SHORT, "short"},
        {{.withheld = true}, KITH_CALLER_WITHHELD, "withheld"},
        {{.number_class = KITH_NUMBER_NO_NUMBER}, KITH_CALLER_NO_NUMBER, "no-number"},
    };

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        struct kith_rows *answer;
        assert_ok(kith_store_who(store, &rows[i].number, &answer, &store_err));
        assert_int_equal(answer->caller, rows[i].caller);
        assert_string_equal(kith_caller_id(answer->caller), rows[i].id);
        kith_rows_free(answer);
    }
}

static void who__short_numbers_and_codes_match_exactly(void **state)
{
    static const struct caller callers[] = {
        {"", "7042", "", "", false, "Desk Security", KITH_MATCH_NUMBER},
        {"", "*100#", "", "", false, "Desk Security", KITH_MATCH_NUMBER},
        {"", "042", "", "", false, "", KITH_MATCH_NONE},
        {"", "17042", "", "", false, "", KITH_MATCH_NONE},
        {"", "0100", "", "", false, "", KITH_MATCH_NONE},
    };

    (void)state;
    fill();
    for (size_t i = 0; i < KITH_COUNT_OF(callers); i++)
        check(&callers[i]);
}

static void who__withheld_or_no_number_is_nobody(void **state)
{
    struct kith_number withheld = {
        .withheld = true, .number_class = KITH_NUMBER_NORMAL, .e164 = "+14085550100", .national = "4085550100"};
    struct kith_number none = {.number_class = KITH_NUMBER_NO_NUMBER};
    struct kith_rows *rows;

    (void)state;
    fill();
    assert_ok(kith_store_who(store, &withheld, &rows, &store_err));
    assert_int_equal(rows->n, 0);
    kith_rows_free(rows);
    assert_ok(kith_store_who(store, &none, &rows, &store_err));
    assert_int_equal(rows->n, 0);
    kith_rows_free(rows);
}

static void who__line_of_everybody_is_answered_in_part(void **state)
{
    static struct kith_contact *c[300];
    struct kith_number number = {.number_class = KITH_NUMBER_NORMAL, .e164 = "+14085550100", .national = "4085550100"};
    struct kith_rows *rows;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    for (size_t i = 0; i < KITH_COUNT_OF(c); i++) {
        char id[16];
        (void)kith_text_format(id, sizeof(id), "%zu", i);
        c[i] = store_person(id, id, "Person", "");
        (void)store_add_phone(c[i], "+1 408 555 0100", "+14085550100", "4085550100");
    }
    (void)store_import(account, c, KITH_COUNT_OF(c));
    assert_ok(kith_store_who(store, &number, &rows, &store_err));
    assert_int_equal(rows->n, 100);
    assert_true(rows->more);
    kith_rows_free(rows);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(who__same_number_by_name_then_the_main_line),
        store_test(who__extension_makes_it_the_main_line_or_the_person),
        store_test(who__national_number_where_a_country_is_not_certain),
        store_test(who__one_number_ends_with_the_other_is_a_guess),
        store_test(who__the_answer_says_what_was_asked_about),
        store_test(who__short_numbers_and_codes_match_exactly),
        store_test(who__withheld_or_no_number_is_nobody),
        store_test(who__line_of_everybody_is_answered_in_part),
    };

    return cmocka_run_group_tests_name("store_who", tests, NULL, NULL);
}
