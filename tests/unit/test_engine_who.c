/* SPDX-License-Identifier: MIT */
/*
 * test_engine_who.c - a corpus of pairs: a number that a contact has, a caller, and whether they are the same line.
 *
 * data/number_pairs.tsv is read line by line. What must never happen is a wrong name that is called certain;
 * a line that is the same and is not known for certain is counted and listed, and the file says why.
 *
 * KITH_TEST_REGENERATE=1 writes the answers into the file, to be reviewed.
 */
#include "store_fixture.h"

#include <kith/kith.h>

#include "base/file.h"
#include "normalise/normaliser.h"

enum { FILE_MAX_BYTES = 1 << 20, PAIRS_AT_LEAST = 300, COLUMNS = 7 };
enum column { TRUTH, ANSWER, STORED_REGION, STORED, ASKED_REGION, ASKED, WHY };

static const char *pairs_path;

struct counts {
    size_t pairs, same, missed, different, guessed, open, wrong;
};

static bool is_certain(const char *answer)
{
    return strcmp(answer, "number") == 0 || strcmp(answer, "main") == 0 || strcmp(answer, "national") == 0;
}

static const char *word_of(const struct kith_rows *rows)
{
    switch (rows->n == 0 ? KITH_MATCH_NONE : rows->row[0].match) {
    case KITH_MATCH_NUMBER:
        return "number";
    case KITH_MATCH_NUMBER_MAIN:
        return "main";
    case KITH_MATCH_NUMBER_NATIONAL:
        return "national";
    case KITH_MATCH_NUMBER_GUESS:
        return "guess";
    default:
        return "nobody";
    }
}

/* One contact with this number, imported while the region was set so. */
static void store_number(int64_t account, const char *region, const char *number)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", region);
    struct kith_contact *contact = store_person("0", "Rosa", "Almeida", "");

    kith_contact_add_phone(contact, store_arena)->raw = number;
    contact->change_key = kith_arena_copy(store_arena, number, strlen(number));
    kith_normalise_contact(n, contact, store_arena);
    (void)store_import(account, NULL, 0);
    (void)store_import(account, &contact, 1);
}

static const char *ask(const char *region, const char *number)
{
    char set[32];
    const char *const sets[] = {set, NULL};
    const struct kith_options options = {.data_dir = store_dir, .config_file = store_path("config"), .set = sets};
    struct kith *k;
    struct kith_rows *rows;

    (void)kith_text_format(set, sizeof(set), "import.region=%s", region);
    assert_ok(kith_open(&options, &k, &store_err));
    assert_ok(kith_who(k, number, &rows, &store_err));
    const char *word = word_of(rows);
    kith_rows_free(rows);
    kith_close(k);
    return word;
}

/* A name that is called certain must be right, and what nobody can know must not be called the same number. */
static bool is_wrong(const char *truth, const char *answer)
{
    if (strcmp(truth, "different") == 0)
        return is_certain(answer);
    return strcmp(truth, "open") == 0 && (strcmp(answer, "number") == 0 || strcmp(answer, "main") == 0);
}

static void count(const char *const *column, const char *answer, struct counts *counts)
{
    const char *truth = column[TRUTH];

    counts->pairs++;
    counts->same += strcmp(truth, "same") == 0;
    counts->different += strcmp(truth, "different") == 0;
    counts->open += strcmp(truth, "open") == 0;
    counts->guessed += strcmp(truth, "different") == 0 && strcmp(answer, "guess") == 0;
    if (strcmp(truth, "same") == 0 && !is_certain(answer)) {
        counts->missed++;
        print_message("# missed (%s): %s in %s, called by %s in %s: %s\n", answer, column[STORED],
                      column[STORED_REGION], column[ASKED], column[ASKED_REGION], column[WHY]);
    }
    if (is_wrong(truth, answer) || strcmp(answer, column[ANSWER]) != 0) {
        counts->wrong++;
        print_error("%s: %s in \"%s\", called by %s in \"%s\": %s, wanted %s (%s)\n", truth, column[STORED],
                    column[STORED_REGION], column[ASKED], column[ASKED_REGION], answer, column[ANSWER], column[WHY]);
    }
}

static void split(char *line, const char **column)
{
    for (size_t i = 0; i < COLUMNS; i++) {
        char *tab = strchr(line, '\t');

        assert_true((tab != NULL) == (i + 1 < COLUMNS));
        column[i] = line;
        if (tab)
            *tab = '\0';
        line = tab ? tab + 1 : line;
    }
}

static void pair(int64_t account, char *line, struct counts *counts, struct kith_buf *anew)
{
    const char *column[COLUMNS];

    split(line, column);
    store_number(account, column[STORED_REGION], column[STORED]);
    const char *answer = ask(column[ASKED_REGION], column[ASKED]);
    (void)kith_buf_addf(anew, "%s\t%s\t%s\t%s\t%s\t%s\t%s\n", column[TRUTH], answer, column[STORED_REGION],
                        column[STORED], column[ASKED_REGION], column[ASKED], column[WHY]);
    count(column, answer, counts);
}

static void who__no_wrong_name_is_called_certain(void **state)
{
    KITH_AUTO_DONE(kith_buf) text;
    KITH_AUTO_DONE(kith_buf) anew;
    struct counts counts = {0};
    char *rest, *line;
    int64_t account = store_add_account("work", KITH_SOURCE_GOOGLE);

    (void)state;
    kith_buf_init(&text, FILE_MAX_BYTES);
    kith_buf_init(&anew, FILE_MAX_BYTES);
    assert_ok(kith_file_read(pairs_path, &text, &store_err));
    for (line = strtok_r(text.data, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        if (line[0] == '#')
            (void)kith_buf_addf(&anew, "%s\n", line);
        else
            pair(account, line, &counts, &anew);
    }
    print_message(
        "# %zu pairs: %zu the same, of which %zu were missed; %zu different, of which %zu were called a guess; "
        "%zu that nobody can know\n",
        counts.pairs, counts.same, counts.missed, counts.different, counts.guessed, counts.open);
    assert_true(counts.pairs >= PAIRS_AT_LEAST);
    if (getenv("KITH_TEST_REGENERATE"))
        assert_ok(kith_file_replace(pairs_path, kith_buf_text(&anew), anew.len, &store_err));
    else
        assert_int_equal(counts.wrong, 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        store_test(who__no_wrong_name_is_called_certain),
    };

    pairs_path = argc > 1 ? argv[1] : "tests/unit/data/number_pairs.tsv";
    return cmocka_run_group_tests_name("engine_who", tests, NULL, NULL);
}
