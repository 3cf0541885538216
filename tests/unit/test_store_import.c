/* SPDX-License-Identifier: MIT */
/* test_store_import.c - replacing an account's contacts: compared, touched where changed, all at once or not at all. */
#include "store_fixture.h"

#include "base/cancel.h"
#include "base/fail.h"

enum { MANY = 5000 }; /* enough for the indexes to be made after the rows */

static struct kith_contact *people[MANY];

static void make_people(size_t n, const char *version)
{
    for (size_t i = 0; i < n; i++) {
        char id[64], name[32];
        (void)kith_text_format(id, sizeof(id), "AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5%06zuAAA=", i);
        (void)kith_text_format(name, sizeof(name), "Person%zu", i);
        people[i] = store_person(id, name, "Lovelace", "Engines");
        people[i]->change_key = version;
        store_add_email(people[i], "somebody@example.org");
        (void)store_add_phone(people[i], "(408) 555-0100", "+14085550100", "4085550100");
    }
}

static int64_t count_found(const char *word)
{
    struct kith_query query = {.n_words = 1};
    struct kith_rows *rows;

    (void)kith_text_copy(query.word[0].text, sizeof(query.word[0].text), word);
    assert_ok(kith_store_find(store, &query, &rows, &store_err));
    int64_t n = (int64_t)rows->n;
    kith_rows_free(rows);
    return n;
}

static void put(struct kith_store_tx *tx, const struct kith_contact *contact, bool *ret_added)
{
    KITH_AUTO_DONE(kith_keys) keys;

    kith_keys_init(&keys);
    store_keys.keys(NULL, contact, &keys);
    assert_ok(kith_store_replace_put(tx, contact, &keys, ret_added, &store_err));
}

static void assert_all_indexes(void)
{
    assert_string_equal(store_sql("SELECT count(*) FROM sqlite_schema WHERE type = 'index' AND name IN "
                                  "('contact_source', 'contact_order', 'phone_e164', 'phone_ending')"),
                        "4");
}

/* --- The numbers --------------------------------------------------------------- */

static void import__counts_added_changed_removed_and_unchanged(void **state)
{
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(10, "v1");
    struct kith_import_result r = store_import(account, people, 10);
    assert_int_equal(r.added, 10);
    assert_int_equal(r.imported, 10);
    assert_int_equal(r.account_id, account);

    people[3]->change_key = "v2";
    people[4]->change_key = "v2";
    r = store_import(account, people + 1, 9);
    assert_int_equal(r.added, 0);
    assert_int_equal(r.changed, 2);
    assert_int_equal(r.removed, 1);
    assert_int_equal(r.unchanged, 7);
    assert_int_equal(r.imported, 9);
    assert_int_equal(kith_store_count(store, account), 9);
    assert_int_equal(kith_store_count(store, 0), 9);
    assert_int_equal(count_found("person"), 9);
    assert_string_equal(store_sql("SELECT imported || ' ' || changed || ' ' || removed || ' ' || unchanged FROM import "
                                  "ORDER BY id DESC"),
                        "9 2 1 7");
    assert_ok(kith_store_check(store, &store_err));
}

static void import__of_nothing_empties_the_account_and_no_other(void **state)
{
    (void)state;
    int64_t work = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    int64_t home = store_add_account("home", KITH_SOURCE_GOOGLE);
    make_people(20, "v1");
    (void)store_import(work, people, 20);
    (void)store_import(home, people, 20); /* the same ids, but another account's */
    assert_int_equal(kith_store_count(store, 0), 40);
    assert_int_equal(store_import(work, NULL, 0).removed, 20);
    assert_int_equal(kith_store_count(store, work), 0);
    assert_int_equal(kith_store_count(store, home), 20);
    assert_int_equal(count_found("person"), 20);
    assert_ok(kith_store_check(store, &store_err));
}

static void import__first_large_one_makes_its_indexes_after_the_rows(void **state)
{
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(MANY, "v1");
    assert_int_equal(store_import(account, people, MANY).added, MANY);
    assert_all_indexes();
    assert_ok(kith_store_check(store, &store_err));
    assert_int_equal(store_import(account, people, MANY).unchanged, MANY);
    assert_int_equal(count_found("person"), MANY);
}

static void import__id_that_comes_twice_is_one_contact(void **state)
{
    (void)state;
    struct kith_store_tx *tx;
    struct kith_import_result result = {.reported = MANY};
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(MANY, "v1");
    struct kith_contact later = *people[7];
    later.change_key = "v2";
    later.text[KITH_TEXT_DISPLAY] = later.shown = "Somebody Else";

    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_replace_begin(tx, account, MANY, &store_err));
    for (size_t i = 0; i < MANY; i++) {
        bool added = false;
        put(tx, people[i], &added);
        assert_true(added);
        if (i % 1000 == 500) {
            put(tx, people[i], &added);
            assert_false(added);
        }
    }
    put(tx, &later, NULL);
    assert_ok(kith_store_replace_end(tx, true, "", &result, &store_err));
    assert_ok(kith_store_commit(tx, &store_err));
    assert_int_equal(result.added, MANY);
    assert_int_equal(result.changed, 0);
    assert_int_equal(result.imported, MANY);
    assert_int_equal(count_found("somebody"), MANY); /* their addresses */
    assert_int_equal(count_found("else"), 1);
    assert_all_indexes();
    assert_ok(kith_store_check(store, &store_err));
}

static void import__contact_keeps_its_number_as_long_as_it_stays(void **state)
{
    struct kith_ids *before, *after;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(5, "v1");
    (void)store_import(account, people, 5);
    assert_ok(kith_store_list_ids(store, account, &before, &store_err));
    for (size_t i = 0; i < 5; i++)
        people[i]->change_key = "v2";
    (void)store_import(account, people, 5);
    assert_ok(kith_store_list_ids(store, account, &after, &store_err));
    assert_memory_equal(before->id, after->id, 5 * sizeof(int64_t));
    int64_t highest = after->id[4];
    kith_ids_free(before);
    kith_ids_free(after);

    (void)store_import(account, NULL, 0);
    (void)store_import(account, people, 1);
    assert_ok(kith_store_list_ids(store, account, &after, &store_err));
    assert_true(after->id[0] > highest); /* and no number is given again */
    kith_ids_free(after);
}

static void import__same_version_put_again_counts_as_unchanged(void **state)
{
    struct kith_store_tx *tx;
    struct kith_import_result result = {.reported = 1};

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(1, "v1");
    (void)store_import(account, people, 1);
    (void)kith_text_copy(people[0]->phones[0].e164, sizeof(people[0]->phones[0].e164), "+444085550100");
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_replace_begin(tx, account, 1, &store_err));
    put(tx, people[0], NULL);
    assert_ok(kith_store_replace_end(tx, true, "", &result, &store_err));
    assert_ok(kith_store_commit(tx, &store_err));
    assert_int_equal(result.unchanged, 1);
    assert_int_equal(result.changed, 0);
    assert_string_equal(store_sql("SELECT e164 FROM phone"), "444085550100");
}

/* --- What is written -------------------------------------------------------------- */

static void import__of_nothing_new_writes_no_contact_and_no_word(void **state)
{
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(100, "v1");
    (void)store_import(account, people, 100);
    (void)store_sql("CREATE TABLE written (what)");
    static const char *const tables[] = {"contact", "email", "phone"};
    for (size_t i = 0; i < KITH_COUNT_OF(tables); i++) {
        static const char *const events[] = {"INSERT", "UPDATE", "DELETE"};
        for (size_t k = 0; k < KITH_COUNT_OF(events); k++) {
            char sql[200];
            (void)kith_text_format(sql, sizeof(sql),
                                   "CREATE TRIGGER t_%s_%s AFTER %s ON %s BEGIN INSERT INTO written VALUES (1); END",
                                   tables[i], events[k], events[k], tables[i]);
            (void)store_sql(sql);
        }
    }
    char words[512];
    static const char words_sql[] = "SELECT (SELECT count(*) || total(length(block)) FROM search_all_data) || (SELECT "
                                    "count(*) || total(length(block)) FROM search_name_data)";
    (void)kith_text_copy(words, sizeof(words), store_sql(words_sql));
    assert_int_equal(store_import(account, people, 100).unchanged, 100);
    assert_string_equal(store_sql("SELECT count(*) FROM written"), "0");
    assert_string_equal(store_sql(words_sql), words);

    people[0]->change_key = "v2"; /* and the triggers do look */
    (void)store_import(account, people, 100);
    assert_string_not_equal(store_sql("SELECT count(*) FROM written"), "0");
}

static void import__change_reaches_words_order_and_numbers(void **state)
{
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(3, "v1");
    (void)store_import(account, people, 3);
    struct kith_contact *c = store_person(people[1]->source_id, "Zed", "Aaron", "Looms");
    c->change_key = "v2";
    (void)store_add_phone(c, "020 7946 0018", "+442079460018", "2079460018");
    people[1] = c;
    (void)store_import(account, people, 3);

    struct kith_rows *rows;
    assert_ok(kith_store_list(store, &(struct kith_list_options){0}, 0, &rows, &store_err));
    assert_string_equal(store_names(rows), "Zed Aaron|Person0 Lovelace|Person2 Lovelace");
    assert_string_equal(rows->row[0].phone_e164, "+442079460018");
    kith_rows_free(rows);
    assert_int_equal(count_found("person"), 2);
    assert_int_equal(count_found("looms"), 1);
    assert_int_equal(count_found("engines"), 2);
    assert_ok(kith_store_check(store, &store_err));
}

/* FTS5 writes a segment at every savepoint: one that each changed contact opens costs more than all else. */
static void import__of_many_changes_writes_its_words_at_once(void **state)
{
    enum { SOME = 500 };
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(SOME, "v1");
    (void)store_import(account, people, SOME);
    make_people(SOME, "v2");
    for (size_t i = 0; i < SOME; i++)
        people[i]->text[KITH_TEXT_DISPLAY] = people[i]->shown = "Augusta Byron";

    struct kith_import_result r = store_import(account, people, SOME);
    assert_int_equal(r.changed, SOME);
    assert_int_equal(count_found("byron"), SOME);
    assert_string_equal(store_sql("SELECT count(DISTINCT segid) <= 2 FROM search_name_idx"), "1");
    assert_string_equal(store_sql("SELECT count(DISTINCT segid) <= 2 FROM search_all_idx"), "1");
}

/* --- Changes, and the brake on removals ----------------------------------------------- */

/* A list of changes: these are put, those are gone. */
static struct kith_import_result change(int64_t account, size_t from, size_t n, size_t gone_from, size_t n_gone,
                                        bool may_remove_many)
{
    struct kith_import_result result = {.reported = -1};
    struct kith_store_tx *tx;

    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_changes_begin(tx, account, (int64_t)(n + n_gone), &store_err));
    for (size_t i = gone_from; i < gone_from + n_gone; i++)
        assert_ok(kith_store_changes_remove(tx, people[i]->source_id, NULL, &store_err));
    for (size_t i = from; i < from + n; i++)
        put(tx, people[i], NULL);
    assert_ok(kith_store_replace_end(tx, may_remove_many, "go on here", &result, &store_err));
    assert_ok(kith_store_commit(tx, &store_err));
    return result;
}

static void changes__touch_only_what_they_mention(void **state)
{
    KITH_AUTO_DONE(kith_buf) resume;

    (void)state;
    kith_buf_init(&resume, 1000);
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(120, "v1");
    (void)store_import(account, people, 100);
    people[5]->change_key = "v2";
    people[6]->change_key = "v2";
    struct kith_import_result r = change(account, 5, 3, 90, 3, false); /* 5, 6 changed, 7 told again */
    assert_int_equal(r.changed, 2);
    assert_int_equal(r.removed, 3);
    assert_int_equal(r.added, 0);
    assert_int_equal(r.unchanged, 95);
    assert_int_equal(r.imported, 97);
    assert_int_equal(r.held, 0);
    r = change(account, 100, 7, 119, 1, false); /* one that was never here is gone, too */
    assert_int_equal(r.added, 7);
    assert_int_equal(r.removed, 0);
    assert_int_equal(r.imported, 104);
    assert_int_equal(kith_store_count(store, account), 104);
    assert_int_equal(count_found("person"), 104);
    assert_string_equal(store_sql("SELECT n_contacts || ' ' || n_reported FROM account"), "104 104");
    assert_ok(kith_store_resume_get(store, account, &resume, &store_err));
    assert_string_equal(kith_buf_text(&resume), "go on here");
    assert_ok(kith_store_check(store, &store_err));
}

/* It moved before the last round saw where to, and after that round had seen where from. */
static void changes__only_the_folder_a_contact_is_in_can_lose_it(void **state)
{
    static const struct {
        size_t who;
        const char *left;
        int64_t removed;
    } rounds[] = {{1, "", 0}, {1, "Clients", 0}, {1, "Suppliers", 1}, {0, "Clients", 0}, {0, "", 1}};
    struct kith_store_tx *tx;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(3, "v1");
    people[1]->folder = "Suppliers";
    people[2]->folder = "Clients";
    (void)store_import(account, people, 3);
    for (size_t i = 0; i < KITH_COUNT_OF(rounds); i++) {
        struct kith_import_result result = {.reported = -1};

        assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
        assert_ok(kith_store_changes_begin(tx, account, 1, &store_err));
        assert_ok(kith_store_changes_remove(tx, people[rounds[i].who]->source_id, rounds[i].left, &store_err));
        assert_ok(kith_store_replace_end(tx, false, "", &result, &store_err));
        assert_ok(kith_store_commit(tx, &store_err));
        assert_int_equal(result.removed, rounds[i].removed);
    }
    assert_int_equal(kith_store_count(store, account), 1);
}

static void changes__contact_that_moved_is_not_gone(void **state)
{
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(10, "v1");
    (void)store_import(account, people, 10);
    people[4]->change_key = "v2";
    struct kith_import_result r = change(account, 4, 1, 4, 1, false);
    assert_int_equal(r.changed, 1);
    assert_int_equal(r.removed, 0);
    assert_int_equal(r.imported, 10);
}

/* The last word about each of them counts, whatever was said before in the same list. */
static void add_touched(void *ctx, int64_t account_id, int64_t contact_id)
{
    struct kith_buf *out = ctx;

    (void)kith_buf_addf(out, "%lld:%lld ", (long long)account_id, (long long)contact_id);
}

static void changes__last_word_counts(void **state)
{
    KITH_AUTO_DONE(kith_buf) touched;
    struct kith_import_result result = {.reported = -1};
    struct kith_store_tx *tx;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_GOOGLE);
    make_people(12, "v1");
    (void)store_import(account, people, 10);
    people[3]->change_key = people[4]->change_key = "v2";
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_changes_begin(tx, account, 6, &store_err));
    put(tx, people[3], NULL);  /* changed, then gone */
    put(tx, people[4], NULL);  /* changed, gone, and there again */
    put(tx, people[10], NULL); /* new, then gone */
    put(tx, people[11], NULL); /* new */
    assert_ok(kith_store_changes_remove(tx, people[3]->source_id, NULL, &store_err));
    assert_ok(kith_store_changes_remove(tx, people[4]->source_id, NULL, &store_err));
    assert_ok(kith_store_changes_remove(tx, people[10]->source_id, NULL, &store_err));
    put(tx, people[4], NULL);
    assert_ok(kith_store_replace_end(tx, false, "", &result, &store_err));
    kith_buf_init(&touched, 100);
    kith_store_replace_touched(tx, add_touched, &touched);
    assert_string_equal(kith_buf_text(&touched), "1:5 1:12 ");
    assert_ok(kith_store_commit(tx, &store_err));
    assert_int_equal(result.added, 1);
    assert_int_equal(result.changed, 1);
    assert_int_equal(result.removed, 1);
    assert_int_equal(result.imported, 10);
    assert_int_equal(result.unchanged, 8);
    assert_int_equal(kith_store_count(store, account), 10);
    assert_int_equal(count_found("person"), 10);
    assert_string_equal(store_sql("SELECT count(*) FROM contact"), "10");
    assert_ok(kith_store_check(store, &store_err));
}

static int64_t held(int64_t account)
{
    struct kith_ids *ids = NULL;

    assert_ok(kith_store_held(store, account, &ids, &store_err));
    int64_t n = (int64_t)ids->n;
    kith_ids_free(ids);
    return n;
}

static void brake__holds_many_removals_until_they_are_allowed(void **state)
{
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(310, "v1");
    (void)store_import(account, people, 300);
    struct kith_import_result r = change(account, 300, 2, 0, 61, false); /* 61 of 300 are more than a fifth */
    assert_int_equal(r.held, 61);
    assert_int_equal(r.removed, 0);
    assert_int_equal(r.added, 2);
    assert_int_equal(r.imported, 302);
    assert_int_equal(r.unchanged, 239);
    assert_int_equal(held(account), 61);
    assert_int_equal(count_found("person"), 302);
    assert_string_equal(
        store_sql("SELECT state || ' ' || status || ' ' || count || ' ' || done || ' ' || total FROM account "
                  "JOIN import ON import.id = failure"),
        "2 17 61 241 302");

    r = change(account, 302, 1, 0, 0, false); /* still waiting: said again, nothing lost */
    assert_int_equal(r.held, 61);
    r = change(account, 0, 1, 0, 0, false); /* one of them came back */
    assert_int_equal(r.held, 60);
    r = change(account, 0, 0, 0, 0, true);
    assert_int_equal(r.held, 0);
    assert_int_equal(r.removed, 60);
    assert_int_equal(held(account), 0);
    assert_int_equal(kith_store_count(store, account), 243);
    assert_string_equal(store_sql("SELECT state || ' ' || ifnull(failure, 'fine') FROM account"), "1 fine");
    assert_ok(kith_store_check(store, &store_err));
}

static void brake__lets_few_or_a_small_part_go(void **state)
{
    (void)state;
    int64_t small = store_add_account("small", KITH_SOURCE_GOOGLE);
    int64_t large = store_add_account("large", KITH_SOURCE_GOOGLE);
    make_people(400, "v1");
    (void)store_import(small, people, 60);
    (void)store_import(large, people, 400);
    assert_int_equal(change(small, 0, 0, 0, 50, false).removed, 50); /* 50 are not more than 50 */
    assert_int_equal(change(large, 0, 0, 0, 80, false).removed, 80); /* a fifth is not more than a fifth */
    assert_int_equal(change(large, 0, 0, 80, 65, false).held, 65);   /* of 320 a fifth is 64 */
}

static void brake__goes_with_the_account(void **state)
{
    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_GOOGLE);
    make_people(100, "v1");
    (void)store_import(account, people, 100);
    assert_int_equal(change(account, 0, 0, 0, 70, false).held, 70);
    assert_ok(kith_store_account_remove(store, account, &store_err));
    assert_string_equal(store_sql("SELECT count(*) FROM held"), "0");
}

/* --- All or nothing ---------------------------------------------------------------- */

static void transaction__freed_leaves_nothing_behind(void **state)
{
    struct kith_store_tx *tx;
    struct kith_import_result result = {0};

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(MANY, "v1");
    (void)store_import(account, people, 10);
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_replace_begin(tx, account, MANY, &store_err));
    for (size_t i = 10; i < MANY; i++)
        put(tx, people[i], NULL);
    assert_int_equal(kith_store_count(store, account), 10); /* others see the old ones meanwhile */
    assert_int_equal(count_found("person"), 10);
    assert_ok(kith_store_replace_end(tx, true, "", &result, &store_err));
    kith_store_tx_free(tx);
    assert_int_equal(kith_store_count(store, account), 10);
    assert_int_equal(count_found("person"), 10);
    assert_ok(kith_store_check(store, &store_err));
    assert_int_equal(store_import(account, people, 10).unchanged, 10);
}

static void transaction__aborted_first_import_keeps_its_indexes(void **state)
{
    struct kith_store_tx *tx;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(100, "v1");
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_replace_begin(tx, account, MANY, &store_err));
    for (size_t i = 0; i < 100; i++)
        put(tx, people[i], NULL);
    kith_store_tx_free(tx);
    assert_all_indexes();
    assert_int_equal(store_import(account, people, 100).added, 100);
}

static void transaction__ends_when_it_is_cancelled(void **state)
{
    struct kith_cancel *cancel = kith_cancel_new();
    struct kith_import_result result = {0};
    struct kith_store_tx *tx;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(MANY, "v1");
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    kith_store_tx_set_cancel(tx, cancel);
    assert_ok(kith_store_replace_begin(tx, account, MANY, &store_err));
    for (size_t i = 0; i < MANY; i++)
        put(tx, people[i], NULL);
    kith_cancel_set(cancel);
    assert_fails(kith_store_replace_end(tx, true, "", &result, &store_err), KITH_E_CANCELLED); /* in the indexes */
    kith_store_tx_free(tx);
    assert_int_equal(kith_store_count(store, account), 0);
    assert_ok(kith_store_setting_set(store, "k", "v", &store_err)); /* the switch is not looked at any more */
    kith_cancel_free(cancel);
}

static void transaction__account_that_is_gone_is_not_found(void **state)
{
    struct kith_store_tx *tx;

    (void)state;
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_fails(kith_store_replace_begin(tx, 77, 10, &store_err), KITH_E_NOT_FOUND);
    kith_store_tx_free(tx);
}

static void keep__of_a_contact_that_has_gone_fails(void **state)
{
    struct kith_store_tx *tx;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    make_people(2, "v1");
    (void)store_import(account, people, 2);
    (void)store_import(account, people, 1);
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_replace_begin(tx, account, 2, &store_err));
    assert_ok(kith_store_replace_keep(tx, 1, &store_err));
    assert_fails(kith_store_replace_keep(tx, 2, &store_err), KITH_E_STORE);
    kith_store_tx_free(tx);
}

static void lookup__tells_new_same_and_changed(void **state)
{
    KITH_AUTO(kith_store_lookup) lookup = NULL;
    enum kith_store_known known;
    int64_t id;

    (void)state;
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    int64_t other = store_add_account("home", KITH_SOURCE_GOOGLE);
    make_people(2000, "v1");
    (void)store_import(account, people, 2000);
    (void)store_import(other, people, 1);
    assert_ok(kith_store_lookup_new(store, account, &lookup, &store_err));
    for (size_t i = 0; i < 2000; i++) { /* more than one snapshot */
        assert_ok(kith_store_lookup(lookup, people[i]->source_id, "v1", &known, &id, &store_err));
        assert_int_equal(known, KITH_STORE_SAME);
        assert_int_equal(id, i + 1);
    }
    assert_ok(kith_store_lookup(lookup, people[5]->source_id, "v2", &known, &id, &store_err));
    assert_int_equal(known, KITH_STORE_CHANGED);
    assert_int_equal(id, 6);
    assert_ok(kith_store_lookup(lookup, "AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5", "v1", &known, &id, &store_err));
    assert_int_equal(known, KITH_STORE_NEW);
    assert_int_equal(id, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(import__counts_added_changed_removed_and_unchanged),
        store_test(import__of_nothing_empties_the_account_and_no_other),
        store_test(import__first_large_one_makes_its_indexes_after_the_rows),
        store_test(import__id_that_comes_twice_is_one_contact),
        store_test(import__contact_keeps_its_number_as_long_as_it_stays),
        store_test(import__same_version_put_again_counts_as_unchanged),
        store_test(import__of_nothing_new_writes_no_contact_and_no_word),
        store_test(import__change_reaches_words_order_and_numbers),
        store_test(import__of_many_changes_writes_its_words_at_once),
        store_test(changes__touch_only_what_they_mention),
        store_test(changes__only_the_folder_a_contact_is_in_can_lose_it),
        store_test(changes__contact_that_moved_is_not_gone),
        store_test(changes__last_word_counts),
        store_test(brake__holds_many_removals_until_they_are_allowed),
        store_test(brake__lets_few_or_a_small_part_go),
        store_test(brake__goes_with_the_account),
        store_test(transaction__freed_leaves_nothing_behind),
        store_test(transaction__aborted_first_import_keeps_its_indexes),
        store_test(transaction__ends_when_it_is_cancelled),
        store_test(transaction__account_that_is_gone_is_not_found),
        store_test(keep__of_a_contact_that_has_gone_fails),
        store_test(lookup__tells_new_same_and_changed),
    };

    return cmocka_run_group_tests_name("store_import", tests, NULL, NULL);
}
