/* SPDX-License-Identifier: MIT */
/* test_store_account.c - accounts: saved, noted, conflicting, removed with all that is theirs. */
#include "store_fixture.h"

#include "base/clock.h"
#include "base/fail.h"

static struct kith_store_account account_of(const char *name)
{
    struct kith_store_account account;

    assert_ok(kith_store_account_by_name(store, name, &account, &store_err));
    return account;
}

static void account__comes_back_as_it_was_saved(void **state)
{
    struct kith_store_account a = {.public_face = {.source = KITH_SOURCE_GOOGLE, .n_reported = -1}};

    (void)state;
    (void)kith_text_copy(a.public_face.name, sizeof(a.public_face.name), "home");
    (void)kith_text_copy(a.public_face.identity, sizeof(a.public_face.identity), "anna@gmail.example");
    (void)kith_text_copy(a.uid, sizeof(a.uid), "people/1");
    assert_ok(kith_store_account_save(store, &a, &store_err));
    store_reopen();

    struct kith_store_account got;
    assert_ok(kith_store_account_by_uid(store, KITH_SOURCE_GOOGLE, "people/1", &got, &store_err));
    assert_int_equal(got.public_face.id, a.public_face.id);
    assert_string_equal(got.public_face.name, "home");
    assert_string_equal(got.public_face.identity, "anna@gmail.example");
    assert_int_equal(got.public_face.n_reported, -1);
    assert_int_equal(got.public_face.state, KITH_ACCOUNT_NEW);
    assert_int_equal(got.public_face.last_error.status, KITH_OK);
}

static void account__is_found_by_its_own_key_only(void **state)
{
    struct kith_store_account got;

    (void)state;
    (void)store_add_account("home", KITH_SOURCE_GOOGLE);
    assert_fails(kith_store_account_by_name(store, "nobody", &got, &store_err), KITH_E_NOT_FOUND);
    assert_int_equal(store_err.reason, KITH_REASON_NO_ACCOUNT);
    assert_fails(kith_store_account_by_uid(store, KITH_SOURCE_MICROSOFT365, "uid-of-home", &got, &store_err),
                 KITH_E_NOT_FOUND);
}

static void account__list_is_by_source_then_name(void **state)
{
    struct kith_store_account *accounts;
    size_t n;

    (void)state;
    (void)store_add_account("b", KITH_SOURCE_GOOGLE);
    (void)store_add_account("A", KITH_SOURCE_GOOGLE);
    (void)store_add_account("z", KITH_SOURCE_MICROSOFT365);
    assert_ok(kith_store_accounts(store, &accounts, &n, &store_err));
    assert_int_equal(n, 3);
    assert_string_equal(accounts[0].public_face.name, "z");
    assert_string_equal(accounts[1].public_face.name, "A");
    assert_string_equal(accounts[2].public_face.name, "b");
    free(accounts);
}

static void account__name_is_taken_once_whatever_its_case(void **state)
{
    struct kith_store_account a = {.public_face = {.source = KITH_SOURCE_GOOGLE}};

    (void)state;
    (void)store_add_account("work", KITH_SOURCE_GOOGLE);
    (void)kith_text_copy(a.public_face.name, sizeof(a.public_face.name), "Work");
    assert_fails(kith_store_account_save(store, &a, &store_err), KITH_E_USAGE);
    assert_int_equal(a.public_face.id, 0);
    a.public_face.name[0] = '\0';
    assert_fails(kith_store_account_save(store, &a, &store_err), KITH_E_USAGE);

    struct kith_store_account work = account_of("work");
    assert_ok(kith_store_account_save(store, &work, &store_err)); /* its own name is not in its way */
}

static void account__microsoft_and_outlook_exclude_each_other(void **state)
{
    struct kith_store_account a = {.public_face = {.source = KITH_SOURCE_OUTLOOK, .name = "app"}};

    (void)state;
    int64_t work = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    (void)store_add_account("second", KITH_SOURCE_MICROSOFT365);
    (void)store_add_account("home", KITH_SOURCE_GOOGLE);
    assert_fails(kith_store_account_save(store, &a, &store_err), KITH_E_SOURCE_CONFLICT);
    assert_string_equal(store_err.other, "Microsoft 365");
    assert_ok(kith_store_account_remove(store, work, &store_err));
    assert_fails(kith_store_account_save(store, &a, &store_err), KITH_E_SOURCE_CONFLICT);
    assert_ok(kith_store_account_remove(store, account_of("second").public_face.id, &store_err));
    assert_ok(kith_store_account_save(store, &a, &store_err));

    struct kith_store_account b = {.public_face = {.source = KITH_SOURCE_MICROSOFT365, .name = "work"}};
    assert_fails(kith_store_account_save(store, &b, &store_err), KITH_E_SOURCE_CONFLICT);
    assert_string_equal(store_err.other, "Outlook");
}

static void note__failure_is_kept_until_a_try_succeeds(void **state)
{
    struct kith_error failure = {0};

    (void)state;
    int64_t id = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    (void)kith_fail_reason(&failure, KITH_E_THROTTLED, 0, "the service asks to wait");
    failure.http_status = 429;
    failure.retry_at_s = 1234567890;
    failure.count = 12;
    (void)kith_text_copy(failure.request_id, sizeof(failure.request_id), "abc-1");
    (void)kith_text_copy(failure.hint, sizeof(failure.hint), "wait");
    (void)kith_text_copy(failure.link, sizeof(failure.link), "https://login.example/consent");
    assert_ok(kith_store_account_note(store, id, KITH_ACCOUNT_FAILED, &failure, &store_err));
    store_reopen();

    struct kith_store_account a = account_of("work");
    assert_int_equal(a.public_face.state, KITH_ACCOUNT_FAILED);
    assert_true(a.public_face.last_attempt_s > 0 && a.public_face.last_import_s == 0);
    const struct kith_error *e = &a.public_face.last_error;
    assert_int_equal(e->status, KITH_E_THROTTLED);
    assert_int_equal(e->source, KITH_SOURCE_MICROSOFT365);
    assert_int_equal(e->http_status, 429);
    assert_int_equal(e->retry_at_s, 1234567890);
    assert_int_equal(e->count, 12);
    assert_string_equal(e->account, "work");
    assert_string_equal(e->request_id, "abc-1");
    assert_string_equal(e->message, "the service asks to wait");
    assert_string_equal(e->hint, "wait");
    assert_string_equal(e->link, "https://login.example/consent");

    (void)store_import(id, NULL, 0);
    a = account_of("work");
    assert_int_equal(a.public_face.state, KITH_ACCOUNT_READY);
    assert_int_equal(a.public_face.last_error.status, KITH_OK);
    assert_true(a.public_face.last_import_s > 0);
}

static void note__signing_out_is_no_try(void **state)
{
    static const struct kith_error none = {0};

    (void)state;
    int64_t id = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    assert_ok(kith_store_account_note(store, id, KITH_ACCOUNT_SIGNED_OUT, &none, &store_err));
    assert_int_equal(account_of("work").public_face.state, KITH_ACCOUNT_SIGNED_OUT);
    assert_int_equal(account_of("work").public_face.last_attempt_s, 0);
    assert_fails(kith_store_account_note(store, 99, KITH_ACCOUNT_FAILED, &none, &store_err), KITH_E_NOT_FOUND);
}

static void history__keeps_the_newest_fifty_of_an_account(void **state)
{
    struct kith_error failure = {.status = KITH_E_OFFLINE};

    (void)state;
    int64_t id = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    int64_t other = store_add_account("home", KITH_SOURCE_GOOGLE);
    assert_ok(kith_store_account_note(store, other, KITH_ACCOUNT_FAILED, &failure, &store_err));
    for (int i = 0; i < 60; i++)
        assert_ok(kith_store_account_note(store, id, KITH_ACCOUNT_FAILED, &failure, &store_err));
    assert_string_equal(store_sql("SELECT count(*) || ' ' || min(id) FROM import WHERE account = 1"), "50 12");
    assert_string_equal(store_sql("SELECT count(*) FROM import WHERE account = 2"), "1");
    assert_int_equal(account_of("work").public_face.last_error.status, KITH_E_OFFLINE);
}

static void save__does_not_undo_an_import_that_ended_meanwhile(void **state)
{
    struct kith_contact *c = store_person("x", "Ada", "Lovelace", "");

    (void)state;
    int64_t id = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    struct kith_store_account read_before = account_of("work");
    (void)store_import(id, &c, 1);
    (void)kith_text_copy(read_before.public_face.name, sizeof(read_before.public_face.name), "office");
    assert_ok(kith_store_account_save(store, &read_before, &store_err));
    struct kith_account now = account_of("office").public_face;
    assert_int_equal(now.n_contacts, 1);
    assert_int_equal(now.n_reported, 1);
    assert_true(now.last_import_s > 0);
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

static void check_remove(size_t n_mine, size_t n_others)
{
    static struct kith_contact *mine[30], *others[30];
    int64_t work = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    int64_t home = store_add_account("home", KITH_SOURCE_GOOGLE);

    for (size_t i = 0; i < 30; i++) {
        char id[16];
        (void)kith_text_format(id, sizeof(id), "id%zu", i);
        mine[i] = store_person(id, "Ada", id, "Engines");
        others[i] = store_person(id, "Alan", id, "Engines");
        (void)store_add_phone(mine[i], "1", "+14085550100", "4085550100");
    }
    (void)store_import(work, mine, n_mine);
    (void)store_import(home, others, n_others);
    assert_ok(kith_store_account_remove(store, work, &store_err));
    assert_int_equal(count_found("ada"), 0);
    assert_int_equal(count_found("alan"), (int64_t)n_others);
    assert_int_equal(count_found("engines"), (int64_t)n_others);
    assert_int_equal(kith_store_count(store, 0), (int64_t)n_others);
    assert_string_equal(store_sql("SELECT count(*) FROM phone"), "0");
    assert_string_equal(store_sql("SELECT count(*) FROM import WHERE account = 1"), "0");
    assert_ok(kith_store_check(store, &store_err));
    assert_fails(kith_store_account_remove(store, work, &store_err), KITH_E_NOT_FOUND);
}

static void remove__takes_the_few_out_of_the_many(void **state)
{
    (void)state;
    check_remove(5, 30);
}

static void remove__keeps_the_few_of_the_many(void **state)
{
    (void)state;
    check_remove(30, 5);
}

static void remove__last_account_leaves_an_empty_store(void **state)
{
    (void)state;
    check_remove(30, 0);
}

static void remove__number_of_an_account_is_never_given_again(void **state)
{
    (void)state;
    int64_t first = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    assert_ok(kith_store_account_remove(store, first, &store_err));
    assert_true(store_add_account("work", KITH_SOURCE_MICROSOFT365) > first);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(account__comes_back_as_it_was_saved),
        store_test(account__is_found_by_its_own_key_only),
        store_test(account__list_is_by_source_then_name),
        store_test(account__name_is_taken_once_whatever_its_case),
        store_test(account__microsoft_and_outlook_exclude_each_other),
        store_test(note__failure_is_kept_until_a_try_succeeds),
        store_test(note__signing_out_is_no_try),
        store_test(history__keeps_the_newest_fifty_of_an_account),
        store_test(save__does_not_undo_an_import_that_ended_meanwhile),
        store_test(remove__takes_the_few_out_of_the_many),
        store_test(remove__keeps_the_few_of_the_many),
        store_test(remove__last_account_leaves_an_empty_store),
        store_test(remove__number_of_an_account_is_never_given_again),
    };

    return cmocka_run_group_tests_name("store_account", tests, NULL, NULL);
}
