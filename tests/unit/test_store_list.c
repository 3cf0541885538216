/* SPDX-License-Identifier: MIT */
/* test_store_list.c - My Contacts: order, pages, letters, rows, all of them. */
#include "store_fixture.h"

static int64_t work, home;

static void fill(void)
{
    static const char *const names[][3] = {
        {"Ada", "Lovelace", "Engines"},
        {"Alan", "Turing", ""},
        {"Grace", "Hopper", "Navy"},
        {"", "", "Zuse KG"},
        {"Ada", "Aaron", ""},
        {"Blaise", "Pascal", ""},
        {"7", "", ""},
        {"Charles", "Babbage", ""},
    };
    struct kith_contact *contacts[KITH_COUNT_OF(names)];

    work = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    home = store_add_account("home", KITH_SOURCE_GOOGLE);
    for (size_t i = 0; i < KITH_COUNT_OF(names); i++) {
        char id[16];
        (void)kith_text_format(id, sizeof(id), "id%zu", i);
        contacts[i] = store_person(id, names[i][0], names[i][1], names[i][2]);
    }
    (void)store_import(work, contacts, 6);
    (void)store_import(home, contacts + 6, 2);
}

static const char *page(int64_t account, int64_t after, int64_t limit, bool *ret_more, int64_t *ret_last)
{
    const struct kith_list_options options = {.after = after, .limit = limit};
    struct kith_rows *rows;

    assert_ok(kith_store_list(store, &options, account, &rows, &store_err));
    const char *names = store_names(rows);
    if (ret_more)
        *ret_more = rows->more;
    if (ret_last && rows->n)
        *ret_last = rows->row[rows->n - 1].id;
    kith_rows_free(rows);
    return names;
}

static void list__is_in_the_order_of_the_sort_keys(void **state)
{
    (void)state;
    fill();
    assert_string_equal(page(0, 0, 0, NULL, NULL), "7|Ada Aaron|Charles Babbage|Grace Hopper|Ada Lovelace|Blaise "
                                                   "Pascal|Alan Turing|Zuse KG");
    assert_string_equal(page(home, 0, 0, NULL, NULL), "7|Charles Babbage");
    assert_string_equal(page(99, 0, 0, NULL, NULL), "");
}

static void list__pages_join_without_gap_or_overlap(void **state)
{
    char joined[512] = "";
    int64_t after = 0;
    bool more = true;

    (void)state;
    fill();
    for (int n = 0; more && n < 10; n++) {
        size_t len = strlen(joined);
        (void)kith_text_format(joined + len, sizeof(joined) - len, "%s%s", n ? "|" : "",
                               page(0, after, 3, &more, &after));
    }
    assert_string_equal(joined, page(0, 0, 0, NULL, NULL));
    assert_string_equal(page(work, after, 3, &more, NULL), "");
    assert_false(more);
}

static void list__equal_names_are_all_listed(void **state)
{
    static struct kith_contact *twins[50];
    int64_t after = 0, n = 0;
    bool more = true;

    (void)state;
    fill();
    for (size_t i = 0; i < 50; i++) {
        char id[16];
        (void)kith_text_format(id, sizeof(id), "twin%zu", i);
        twins[i] = store_person(id, "Same", "Name", "");
    }
    (void)store_import(home, twins, 50);
    for (; more && n < 100; n++)
        (void)page(home, after, 1, &more, &after);
    assert_int_equal(n, 50);
}

static void list__after_somebody_unknown_is_not_found(void **state)
{
    const struct kith_list_options options = {.after = 12345, .limit = 3};
    struct kith_rows *rows = NULL;

    (void)state;
    fill();
    assert_fails(kith_store_list(store, &options, 0, &rows, &store_err), KITH_E_NOT_FOUND);
    assert_int_equal(store_err.reason, KITH_REASON_NO_CONTACT);
    assert_null(rows);
}

static void ids__and_letters_agree_with_the_list(void **state)
{
    struct kith_ids *ids;
    struct kith_letters *letters;
    struct kith_rows *rows;

    (void)state;
    fill();
    assert_ok(kith_store_list_ids(store, 0, &ids, &store_err));
    assert_ok(kith_store_letters(store, 0, &letters, &store_err));
    assert_ok(kith_store_rows(store, ids->id, ids->n, &rows, &store_err));
    assert_string_equal(store_names(rows), page(0, 0, 0, NULL, NULL));
    assert_int_equal(ids->n, 8);
    static const struct kith_letter wanted[] = {{"#", 0}, {"A", 1}, {"B", 2}, {"H", 3},
                                                {"L", 4}, {"P", 5}, {"T", 6}, {"Z", 7}};
    assert_int_equal(letters->n, KITH_COUNT_OF(wanted));
    for (size_t i = 0; i < letters->n; i++) {
        assert_string_equal(letters->letter[i].letter, wanted[i].letter);
        assert_int_equal(letters->letter[i].index, wanted[i].index);
    }
    kith_rows_free(rows);
    kith_letters_free(letters);
    kith_ids_free(ids);

    assert_ok(kith_store_letters(store, home, &letters, &store_err));
    assert_int_equal(letters->n, 2);
    assert_int_equal(letters->letter[1].index, 1);
    kith_letters_free(letters);
}

static void empty_store__lists_nothing(void **state)
{
    struct kith_ids *ids;
    struct kith_letters *letters;

    (void)state;
    assert_string_equal(page(0, 0, 10, NULL, NULL), "");
    assert_ok(kith_store_list_ids(store, 0, &ids, &store_err));
    assert_ok(kith_store_letters(store, 0, &letters, &store_err));
    assert_int_equal(ids->n + letters->n, 0);
    kith_ids_free(ids);
    kith_letters_free(letters);
    assert_int_equal(kith_store_count(store, 0), 0);
    assert_int_equal(kith_store_count(store, 5), 0);
}

static void rows__follow_the_ids_and_leave_out_who_is_gone(void **state)
{
    const int64_t ids[] = {3, 99, 1, 3};
    struct kith_rows *rows;

    (void)state;
    fill();
    assert_ok(kith_store_rows(store, ids, KITH_COUNT_OF(ids), &rows, &store_err));
    assert_string_equal(store_names(rows), "Grace Hopper|Ada Lovelace|Grace Hopper");
    kith_rows_free(rows);
}

/* The second line: job and company, else e-mail, else number; never what the name says already. */
static void row__second_line_says_what_the_name_does_not(void **state)
{
    struct kith_contact *c[6];
    struct kith_rows *rows;
    static const int64_t ids[] = {1, 2, 3, 4, 5, 6};

    (void)state;
    work = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    c[0] = store_person("0", "Ada", "Lovelace", "Engines");
    c[0]->text[KITH_TEXT_JOB_TITLE] = "Analyst";
    c[0]->initials = "AL";
    c[0]->colour = 7;
    c[0]->has_photo = true;
    c[1] = store_person("1", "Alan", "Turing", "Engines");
    c[2] = store_person("2", "Grace", "Hopper", "");
    store_add_email(c[2], "grace@example.org");
    c[3] = store_person("3", "Blaise", "Pascal", "");
    c[4] = store_person("4", "", "", "Engines");
    store_add_email(c[4], "desk@example.org");
    (void)store_add_phone(c[3], "(408) 555-0100", "+14085550100", "4085550100");
    c[5] = store_person("5", "Kurt", "G", "");
    c[5]->text[KITH_TEXT_JOB_TITLE] = "Logician";
    (void)store_import(work, c, 6);

    assert_ok(kith_store_rows(store, ids, 6, &rows, &store_err));
    const struct kith_row *row = rows->row;
    assert_string_equal(row[0].second, "Analyst, Engines");
    assert_string_equal(row[1].second, "Engines");
    assert_string_equal(row[2].second, "grace@example.org");
    assert_string_equal(row[3].second, "(408) 555-0100");
    assert_string_equal(row[4].second, "desk@example.org");
    assert_string_equal(row[5].second, "Logician");

    assert_string_equal(row[0].bold, "Lovelace");
    assert_string_equal(row[0].initials, "AL");
    assert_string_equal(row[0].account, "work");
    assert_int_equal(row[0].account_id, work);
    assert_int_equal(row[0].source, KITH_SOURCE_MICROSOFT365);
    assert_int_equal(row[0].colour, 7);
    assert_true(row[0].has_photo && !row[0].is_company && !row[0].nameless);
    assert_string_equal(row[3].phone_e164, "+14085550100");
    assert_true(row[4].is_company && row[4].nameless);
    assert_string_equal(row[4].bold, "");
    assert_int_equal(row[0].match, KITH_MATCH_NONE);
    kith_rows_free(rows);
}

struct visit {
    char names[512];
    int64_t stop_after;
};

static bool visit_one(void *ctx, const struct kith_contact *contact)
{
    struct visit *visit = ctx;
    size_t len = strlen(visit->names);

    (void)kith_text_format(visit->names + len, sizeof(visit->names) - len, "%s|", contact->shown);
    return --visit->stop_after != 0;
}

static void each__visits_all_in_order_until_told_to_stop(void **state)
{
    struct visit all = {0}, some = {.stop_after = 2}, of_home = {0};

    (void)state;
    fill();
    assert_ok(kith_store_each(store, 0, visit_one, &all, &store_err));
    assert_string_equal(all.names, "7|Ada Aaron|Charles Babbage|Grace Hopper|Ada Lovelace|Blaise Pascal|Alan "
                                   "Turing|Zuse KG|");
    assert_ok(kith_store_each(store, 0, visit_one, &some, &store_err));
    assert_string_equal(some.names, "7|Ada Aaron|");
    assert_ok(kith_store_each(store, home, visit_one, &of_home, &store_err));
    assert_string_equal(of_home.names, "7|Charles Babbage|");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(list__is_in_the_order_of_the_sort_keys),
        store_test(list__pages_join_without_gap_or_overlap),
        store_test(list__equal_names_are_all_listed),
        store_test(list__after_somebody_unknown_is_not_found),
        store_test(ids__and_letters_agree_with_the_list),
        store_test(empty_store__lists_nothing),
        store_test(rows__follow_the_ids_and_leave_out_who_is_gone),
        store_test(row__second_line_says_what_the_name_does_not),
        store_test(each__visits_all_in_order_until_told_to_stop),
    };

    return cmocka_run_group_tests_name("store_list", tests, NULL, NULL);
}
