/* SPDX-License-Identifier: MIT */
/*
 * test_store_upgrade.c - a file of an older version becomes the latest and loses nothing.
 *
 * The older file is made by that version's own scripts, then every row that it can hold is copied into it from a
 * store of today, the index of words included. KITH_TEST_CONTACTS=100000 takes more contacts.
 */
#include "store_fixture.h"

#include <sqlite3.h>
#include <unistd.h>

#include <kith/export.h>

#include "base/file.h"

enum { CONTACTS = 2000, SCRIPT_MAX_BYTES = 1 << 20 };

static char **scripts; /* paths, the first version's first */
static int n_scripts;

/* --- A store of today ------------------------------------------------------------ */

static int64_t wanted_contacts(void)
{
    const char *more = getenv("KITH_TEST_CONTACTS");
    int64_t n = CONTACTS;

    if (more)
        (void)kith_text_to_int64(more, 1, 10000000, &n);
    return n;
}

static struct kith_contact *somebody(int64_t i)
{
    char id[32], given[32], family[32], text[64];

    (void)kith_text_format(id, sizeof(id), "AAMkAGI2-%08lld", (long long)i);
    (void)kith_text_format(given, sizeof(given), "Given%lld", (long long)(i % 997));
    (void)kith_text_format(family, sizeof(family), "Family%lld", (long long)i);
    struct kith_contact *c = store_person(id, given, i % 50 ? family : "", i % 3 ? "Halvorsen" : "");
    (void)kith_text_format(text, sizeof(text), "given%lld@halvorsen.example", (long long)i);
    store_add_email(c, text);
    (void)kith_text_format(text, sizeof(text), "+442%09lld", (long long)i);
    store_add_phone(c, text, text, text + 3)->region_assumed = i % 2;
    if (i % 10 == 0)
        (void)store_add_phone(c, "4711", "", "4711");
    if (i % 4 == 0)
        kith_contact_add_address(c, store_arena)->city = "Lisboa";
    if (i % 7 == 0)
        kith_contact_add_date(c, store_arena)->day = 29;
    if (i % 9 == 0)
        (void)kith_contact_add_item(c, store_arena, KITH_ITEM_CATEGORY, "friends");
    c->text[KITH_TEXT_NOTES] = i % 5 ? "" : "Two\nlines.";
    c->modified_s = i;
    return c;
}

static void fill(int64_t n)
{
    struct kith_contact **all = kith_xnew_n(struct kith_contact *, (size_t)n);
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);

    for (int64_t i = 0; i < n; i++)
        all[i] = somebody(i);
    (void)store_import(account, all, (size_t)n);
    (void)store_add_account("home", KITH_SOURCE_GOOGLE);
    assert_ok(kith_store_setting_set(store, "colour", "green", &store_err));
    free(all);
}

/* --- What is in a store ------------------------------------------------------------ */

struct contents {
    int64_t n;
    uint64_t contacts; /* a sum over all of them, whole, in the list's order */
    size_t found, callers;
    char accounts[256], setting[32];
};

static bool add_contact(void *ctx, const struct kith_contact *contact)
{
    struct contents *contents = ctx;
    char *json = kith_contact_to_json(contact);

    contents->n++;
    contents->contacts = (contents->contacts ^ kith_fnv1a64(json, strlen(json))) * 0x9E3779B97F4A7C15u;
    free(json);
    return true;
}

static void look(struct contents *contents)
{
    struct kith_query query = {.n_words = 2, .word = {{.text = "given7"}, {.text = "family"}}};
    struct kith_number caller = {.number_class = KITH_NUMBER_NORMAL, .e164 = "+442000000007", .national = "2000000007"};
    struct kith_rows *rows;

    memset(contents, 0, sizeof(*contents));
    assert_ok(kith_store_each(store, 0, add_contact, contents, &store_err));
    assert_ok(kith_store_find(store, &query, &rows, &store_err));
    contents->found = rows->n;
    kith_rows_free(rows);
    assert_ok(kith_store_who(store, &caller, &rows, &store_err));
    contents->callers = rows->n;
    kith_rows_free(rows);
    (void)kith_text_copy(contents->accounts, sizeof(contents->accounts),
                         store_sql("SELECT group_concat(id || name || uid || n_contacts || state) FROM account"));
    (void)kith_text_copy(contents->setting, sizeof(contents->setting),
                         store_sql("SELECT value FROM setting WHERE key = 'colour'"));
}

static void assert_same(const struct contents *a, const struct contents *b)
{
    assert_int_equal(a->n, b->n);
    assert_true(a->contacts == b->contacts);
    assert_int_equal(a->found, b->found);
    assert_int_equal(a->callers, b->callers);
    assert_string_equal(a->accounts, b->accounts);
    assert_string_equal(a->setting, b->setting);
}

/* --- A file of an older version ------------------------------------------------------ */

static void run(sqlite3 *db, const char *sql)
{
    char *problem = NULL;

    if (sqlite3_exec(db, sql, NULL, NULL, &problem) != SQLITE_OK)
        fail_msg("%s: %.200s", problem, sql);
}

static void run_script(sqlite3 *db, const char *path)
{
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, SCRIPT_MAX_BYTES);
    assert_ok(kith_file_read(path, &text, &store_err));
    run(db, kith_buf_text(&text));
}

/* Statements of SQL, made by SQL. */
static void run_made(sqlite3 *db, const char *making)
{
    sqlite3_stmt *stmt;

    assert_int_equal(sqlite3_prepare_v2(db, making, -1, &stmt, NULL), SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW)
        run(db, (const char *)sqlite3_column_text(stmt, 0));
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
}

/* Every table that the older version has, in the columns that it has. The tables under the word index are among them.
 */
static const char copying[] = "SELECT 'DELETE FROM main.' || t.name || '; INSERT INTO main.' || t.name || ' (' || "
                              "group_concat('\"' || c.name || '\"') || "
                              "') SELECT ' || group_concat('\"' || c.name || '\"') || ' FROM now.' || t.name "
                              "FROM main.sqlite_schema t, pragma_table_info(t.name) c "
                              "WHERE t.type = 'table' AND t.sql NOT LIKE 'CREATE VIRTUAL%' GROUP BY t.name";

static void make_older(int version)
{
    char older[256], statement[512];
    sqlite3 *db;

    kith_store_close(store);
    store = NULL;
    (void)kith_text_copy(older, sizeof(older), store_path("older.db"));
    assert_int_equal(sqlite3_open(older, &db), SQLITE_OK);
    for (int i = 0; i < version; i++)
        run_script(db, scripts[i]);
    (void)kith_text_format(statement, sizeof(statement), "ATTACH '%s' AS now", store_path("contacts.db"));
    run(db, statement);
    run(db, "BEGIN");
    run_made(db, copying);
    (void)kith_text_format(statement, sizeof(statement),
                           "COMMIT; DETACH now; PRAGMA application_id = 1802073192; PRAGMA user_version = %d", version);
    run(db, statement);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    (void)unlink(store_path("contacts.db-wal")); /* gone already when the last one closed it */
    (void)unlink(store_path("contacts.db-shm"));
    assert_int_equal(rename(older, store_path("contacts.db")), 0);
}

/* --- The tests ------------------------------------------------------------------------- */

static void upgrade(int version, const char *rules)
{
    struct contents before, after;

    look(&before);
    make_older(version);
    store_keys.version = rules;
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    assert_int_equal(kith_store_schema(store), n_scripts);
    look(&after);
    assert_same(&before, &after);
    assert_ok(kith_store_check(store, &store_err));
}

static void upgrade__from_every_version_loses_nothing(void **state)
{
    struct contents contents;
    int64_t n = wanted_contacts();

    (void)state;
    fill(n);
    look(&contents);
    assert_int_equal(contents.n, n);
    assert_true(contents.found > 0);
    assert_int_equal(contents.callers, 1);
    for (int version = 1; version < n_scripts; version++)
        upgrade(version, "1");
    upgrade(1, "2"); /* and with other rules: all words are made anew as well */
}

static void upgrade__file_can_be_worked_with_afterwards(void **state)
{
    int64_t n = 50;
    struct kith_contact *few[2] = {somebody(3), somebody(1000000)};

    (void)state;
    fill(n);
    make_older(1);
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    struct kith_import_result result = store_import(1, few, 2);
    assert_int_equal(result.unchanged, 1);
    assert_int_equal(result.added, 1);
    assert_int_equal(result.removed, n - 1);
    assert_ok(kith_store_check(store, &store_err));
}

/* Version 4 keeps a tag beside a picture; one from before has none, and what was wished for is still wished for. */
static void upgrade__pictures_are_still_here(void **state)
{
    static const unsigned char png[] = "\x89PNG\r\n\x1A\n and the rest of it";
    struct kith_contact *few[2] = {somebody(1), somebody(2)};
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};
    KITH_AUTO_DONE(kith_photo_wishes) left = {0};
    KITH_AUTO(kith_rows) rows = NULL;
    struct kith_photo *photo = NULL;
    struct kith_store_tx *tx;
    int64_t account = store_add_account("work", KITH_SOURCE_GOOGLE);

    (void)state;
    few[0]->has_photo = few[1]->has_photo = true;
    few[1]->photo_url = "https://pictures.example/1=s100";
    (void)store_import(account, few, 2);
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_photo_put(tx, &wishes.wish[0], png, sizeof(png), &store_err));
    assert_ok(kith_store_commit(tx, &store_err));
    make_older(3);
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    assert_ok(kith_store_photo_get(store, wishes.wish[0].contact_id, &photo, &store_err));
    assert_int_equal(photo->kind, KITH_PHOTO_PNG);
    assert_int_equal(photo->n_bytes, sizeof(png));
    free(photo);
    assert_ok(kith_store_rows(store, &wishes.wish[0].contact_id, 1, &rows, &store_err));
    assert_string_equal(rows->row[0].photo_tag, "0000000000000000");
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &left, &store_err));
    assert_int_equal(left.n, 1);
    assert_string_equal(left.wish[0].url, "https://pictures.example/1=s100");
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        store_test(upgrade__from_every_version_loses_nothing),
        store_test(upgrade__file_can_be_worked_with_afterwards),
        store_test(upgrade__pictures_are_still_here),
    };

    scripts = argv + 1;
    n_scripts = argc - 1;
    return cmocka_run_group_tests_name("store_upgrade", tests, NULL, NULL);
}
