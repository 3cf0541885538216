/* SPDX-License-Identifier: MIT */
/* test_store_open.c - the file: made, reopened, refused, set aside, shared by processes, emptied. */
#include "store_fixture.h"

#include <kith/kith.h>

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static struct kith_contact *some_people[40];

static int64_t fill(void)
{
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);

    for (size_t i = 0; i < KITH_COUNT_OF(some_people); i++) {
        char text[32];
        (void)kith_text_format(text, sizeof(text), "Person%zu", i);
        some_people[i] = store_person(text, text, "Lovelace", "Engines");
    }
    (void)store_import(account, some_people, KITH_COUNT_OF(some_people));
    return account;
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

/* --- The file ---------------------------------------------------------------- */

static void open__makes_a_private_file_in_wal_mode(void **state)
{
    struct stat about;

    (void)state;
    assert_int_equal(stat(store_path("contacts.db"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    (void)store_add_account("work", KITH_SOURCE_GOOGLE);
    assert_int_equal(stat(store_path("contacts.db-wal"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    assert_string_equal(store_sql("PRAGMA journal_mode"), "wal");
    assert_int_equal(kith_store_schema(store), 5);
    assert_true(kith_store_bytes(store) > 0);
    assert_non_null(strchr(kith_store_library_version(), '.'));
}

static void open__takes_back_what_others_may_read(void **state)
{
    struct stat about;

    (void)state;
    assert_int_equal(chmod(store_path("contacts.db"), 0644), 0);
    store_reopen();
    assert_int_equal(stat(store_path("contacts.db"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
}

static void open__makes_the_folder(void **state)
{
    struct kith_store *other;
    char dir[128];

    (void)state;
    (void)kith_text_format(dir, sizeof(dir), "%s/a/b", store_dir);
    assert_ok(kith_store_open(dir, &store_keys, &other, &store_err));
    kith_store_close(other);
}

static void open__empty_file_becomes_a_store(void **state)
{
    (void)state;
    kith_store_close(store);
    store = NULL;
    assert_int_equal(truncate(store_path("contacts.db"), 0), 0);
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    (void)fill();
    assert_ok(kith_store_check(store, &store_err));
}

static void open__writes_nothing_when_all_is_current(void **state)
{
    (void)state;
    (void)fill();
    store_reopen();
    uint64_t version = kith_store_data_version(store);
    struct kith_store *other;
    assert_ok(kith_store_open(store_dir, &store_keys, &other, &store_err));
    assert_int_equal(kith_store_data_version(store), version);
    kith_store_close(other);
}

static void assert_refused(enum kith_reason reason)
{
    kith_store_close(store);
    store = NULL;
    assert_fails(kith_store_open(store_dir, &store_keys, &store, &store_err), KITH_E_STORE);
    assert_int_equal(store_err.reason, reason);
    assert_null(store);
}

static void open__newer_file_is_refused_and_left_alone(void **state)
{
    (void)state;
    (void)fill();
    (void)store_sql("PRAGMA user_version = 7");
    assert_refused(KITH_REASON_NEWER);
    assert_non_null(strstr(store_err.message, "7"));
    assert_string_equal(store_sql("SELECT count(*) FROM contact"), "40");
}

static void open__database_of_another_program_is_refused(void **state)
{
    (void)state;
    (void)store_sql("PRAGMA application_id = 1234");
    assert_refused(KITH_REASON_DAMAGED);
}

static void write_garbage(const char *name, long at, size_t n)
{
    FILE *f = fopen(store_path(name), "r+b");

    assert_non_null(f);
    assert_int_equal(fseek(f, at, SEEK_SET), 0);
    for (size_t i = 0; i < n; i++)
        (void)fputc((int)(i * 37 % 251), f);
    assert_int_equal(fclose(f), 0);
}

static void open__no_database_at_all_is_damaged_and_can_be_set_aside(void **state)
{
    (void)state;
    (void)fill();
    kith_store_close(store);
    store = NULL;
    write_garbage("contacts.db", 0, 4096);
    assert_fails(kith_store_open(store_dir, &store_keys, &store, &store_err), KITH_E_STORE);
    assert_int_equal(store_err.reason, KITH_REASON_DAMAGED);

    struct kith_repair repair = {0};
    store = kith_store_new(store_dir, &store_keys);
    assert_fails(kith_store_ready(store, &store_err), KITH_E_STORE);
    assert_ok(kith_store_repair(store, &repair, &store_err));
    assert_true(repair.damaged);
    assert_int_equal(access(repair.copy, F_OK), 0);
    assert_int_equal(kith_store_count(store, 0), 0);
    assert_ok(kith_store_repair(store, &repair, &store_err));
    assert_false(repair.damaged);
}

/* The accounts come over, each with its number; the contacts come with the next import. */
static void repair__keeps_the_accounts_that_can_be_read(void **state)
{
    struct kith_store *other = NULL;
    struct kith_store_account before, after;
    struct kith_repair repair = {0};

    (void)state;
    (void)fill();
    assert_ok(kith_store_account_by_name(store, "work", &before, &store_err));
    assert_ok(kith_store_setting_set(store, "colour", "green", &store_err));
    assert_ok(kith_store_open(store_dir, &store_keys, &other, &store_err)); /* as another program would have it open */
    assert_int_equal(kith_store_count(other, 0), 40);
    uint64_t version = kith_store_data_version(other);
    (void)store_sql("DELETE FROM contact WHERE id = 3"); /* now the account holds another number than it says */

    assert_ok(kith_store_repair(store, &repair, &store_err));
    assert_true(repair.damaged);
    assert_int_equal(repair.n_accounts, 1);
    assert_ok(kith_store_account_by_name(store, "work", &after, &store_err));
    assert_int_equal(after.public_face.id, before.public_face.id);
    assert_string_equal(after.uid, before.uid);
    assert_int_equal(after.public_face.state, KITH_ACCOUNT_NEW);
    assert_string_equal(store_sql("SELECT value FROM setting WHERE key = 'colour'"), "green");
    assert_ok(kith_store_setting_set(store, "colour", "blue", &store_err));
    (void)kith_store_data_version(store);
    assert_int_equal(kith_store_count(other, 0), 0); /* with this the last who has the file before open lets it go */
    assert_int_not_equal(kith_store_data_version(other), version);
    assert_int_equal(access(store_path("contacts.db-wal"), F_OK), 0);
    assert_string_equal(store_sql("SELECT value FROM setting WHERE key = 'colour'"), "blue"); /* its log is there */
    assert_ok(kith_store_check(store, &store_err));
    kith_store_close(other);
}

static void repair__makes_words_anew_and_keeps_every_contact(void **state)
{
    struct kith_repair repair = {0};

    (void)state;
    (void)fill();
    (void)store_sql("DELETE FROM search_all_data WHERE id > 10");
    assert_fails(kith_store_check(store, &store_err), KITH_E_STORE);
    assert_ok(kith_store_repair(store, &repair, &store_err));
    assert_true(repair.damaged);
    assert_string_equal(repair.copy, "");
    assert_int_equal(kith_store_count(store, 0), 40);
    assert_ok(kith_store_check(store, &store_err));
}

static void repair__leaves_a_newer_file_alone(void **state)
{
    struct kith_repair repair = {0};

    (void)state;
    (void)fill();
    (void)store_sql("PRAGMA user_version = 7");
    (void)store_sql("UPDATE meta SET value = '9.1.0' WHERE key = 'kith'");
    kith_store_close(store);
    store = kith_store_new(store_dir, &store_keys);
    assert_fails(kith_store_repair(store, &repair, &store_err), KITH_E_STORE);
    assert_int_equal(store_err.reason, KITH_REASON_NEWER);
    assert_string_equal(store_err.other, "9.1.0");
    assert_string_equal(store_sql("SELECT count(*) FROM contact"), "40");
}

static void check__finds_damage_in_the_middle(void **state)
{
    (void)state;
    (void)fill();
    store_reopen();
    assert_ok(kith_store_check(store, &store_err));
    kith_store_close(store);
    store = NULL;
    struct stat about;
    assert_int_equal(stat(store_path("contacts.db"), &about), 0);
    for (long page = 8; page * 4096 < about.st_size; page++)
        write_garbage("contacts.db", page * 4096, 200);
    enum kith_status st = kith_store_open(store_dir, &store_keys, &store, &store_err);
    if (st == KITH_OK)
        st = kith_store_check(store, &store_err);
    assert_int_equal(st, KITH_E_STORE);
    assert_int_equal(store_err.reason, KITH_REASON_DAMAGED);
}

static void check__finds_an_account_that_was_miscounted(void **state)
{
    (void)state;
    (void)fill();
    (void)store_sql("DELETE FROM contact WHERE id = 3");
    assert_fails(kith_store_check(store, &store_err), KITH_E_STORE);
    assert_int_equal(store_err.reason, KITH_REASON_DAMAGED);
}

/* --- Rules change ----------------------------------------------------------------- */

static void shout(void *ctx, const struct kith_contact *contact, struct kith_keys *keys)
{
    (void)ctx;
    kith_keys_clear(keys);
    (void)kith_buf_add_text(&keys->names, "new rules");
    (void)kith_buf_add_text(&keys->sort, contact->shown + strlen("Person"));
    (void)kith_text_copy(keys->letter, sizeof(keys->letter), "N");
}

static void open__other_rules_make_all_keys_anew(void **state)
{
    struct kith_store_keys_fn mine = store_keys, other = store_keys;
    struct kith_letters *letters;

    (void)state;
    (void)fill();
    assert_int_equal(count_found("person"), 40);
    other.keys = shout;
    other.version = "2";
    store_keys = other;
    store_reopen();
    assert_int_equal(count_found("person"), 0);
    assert_int_equal(count_found("rules"), 40);
    assert_ok(kith_store_letters(store, 0, &letters, &store_err));
    assert_int_equal(letters->n, 1);
    assert_string_equal(letters->letter[0].letter, "N");
    kith_letters_free(letters);
    assert_ok(kith_store_check(store, &store_err));
    store_keys = mine;
}

static void open__other_language_sorts_anew_and_keeps_the_words(void **state)
{
    struct kith_store_keys_fn mine = store_keys;

    (void)state;
    (void)fill();
    store_keys.keys = shout;
    store_keys.sort_version = "sv";
    store_reopen();
    assert_int_equal(count_found("person"), 40);
    assert_string_equal(store_sql("SELECT DISTINCT letter FROM contact"), "N");
    store_keys = mine;
}

/* The other process has the old rules still, and now writes: it must not take out words it did not put in. */
static void write__with_other_rules_than_the_file_makes_keys_anew_first(void **state)
{
    struct kith_store_keys_fn other = store_keys;
    struct kith_store *newer;

    (void)state;
    int64_t account = fill();
    other.keys = shout;
    other.version = "2";
    assert_ok(kith_store_open(store_dir, &other, &newer, &store_err));
    kith_store_close(newer);
    assert_int_equal(count_found("person"), 0);
    some_people[0]->change_key = "v2";
    assert_int_equal(store_import(account, some_people, 39).changed, 1);
    assert_int_equal(count_found("person"), 39);
    assert_int_equal(count_found("rules"), 0);
    assert_ok(kith_store_check(store, &store_err));
}

/* --- Others -------------------------------------------------------------------------- */

static void data_version__changes_with_every_commit_of_everybody(void **state)
{
    struct kith_store *other;

    (void)state;
    uint64_t at_first = kith_store_data_version(store);
    assert_int_equal(kith_store_data_version(store), at_first);
    (void)store_add_account("work", KITH_SOURCE_GOOGLE);
    uint64_t after_mine = kith_store_data_version(store);
    assert_true(after_mine != at_first);

    assert_ok(kith_store_open(store_dir, &store_keys, &other, &store_err));
    assert_ok(kith_store_setting_set(other, "key", "value", &store_err));
    kith_store_close(other);
    assert_true(kith_store_data_version(store) != after_mine);
}

static int in_child(int (*fn)(void))
{
    int status = -1;
    pid_t pid = fork();

    if (pid == 0)
        _exit(fn());
    assert_true(pid > 0);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int open_without_permission(void)
{
    struct kith_store *mine = NULL;
    struct kith_error err = {0};

    if (geteuid() == 0 && setuid(65534) != 0) /* root may write everywhere */
        return 1;
    if (kith_store_open(store_dir, &store_keys, &mine, &err) != KITH_E_STORE)
        return 2;
    return err.reason == KITH_REASON_NO_ACCESS ? 0 : 3;
}

static void open__folder_that_may_not_be_written_is_no_access(void **state)
{
    (void)state;
    kith_store_close(store);
    store = NULL;
    assert_int_equal(chmod(store_path("contacts.db"), 0400), 0);
    assert_int_equal(chmod(store_dir, 0500), 0);
    int code = in_child(open_without_permission);
    assert_int_equal(chmod(store_dir, 0700), 0);
    assert_int_equal(code, 0);
}

static int write_much(void)
{
    struct kith_store *mine;

    if (kith_store_open(store_dir, &store_keys, &mine, NULL) != KITH_OK)
        return 1;
    for (int i = 0; i < 50; i++) {
        char text[16];
        (void)kith_text_format(text, sizeof(text), "%d", i);
        if (kith_store_setting_set(mine, "child", text, NULL) != KITH_OK)
            return 2;
    }
    kith_store_close(mine);
    return 0;
}

static void processes__write_side_by_side(void **state)
{
    KITH_AUTO_DONE(kith_buf) value;
    pid_t pid;
    int status;

    (void)state;
    kith_store_close(store); /* SQLite's connections do not survive a fork */
    store = NULL;
    pid = fork();
    if (pid == 0)
        _exit(write_much());
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    for (int i = 0; i < 50; i++)
        assert_ok(kith_store_setting_set(store, "parent", "x", &store_err));
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    kith_buf_init(&value, 100);
    assert_ok(kith_store_setting_get(store, "child", &value, &store_err));
    assert_string_equal(kith_buf_text(&value), "49");
}

static int make_the_same_store(void)
{
    struct kith_store *mine;

    if (kith_store_open(store_dir, &store_keys, &mine, NULL) != KITH_OK)
        return 1;
    kith_store_close(mine);
    return 0;
}

static void processes__may_make_the_same_new_file(void **state)
{
    pid_t pids[6];

    (void)state;
    kith_store_close(store);
    store = NULL;
    assert_int_equal(unlink(store_path("contacts.db")), 0);
    for (size_t i = 0; i < KITH_COUNT_OF(pids); i++) {
        pids[i] = fork();
        if (pids[i] == 0)
            _exit(make_the_same_store());
    }
    for (size_t i = 0; i < KITH_COUNT_OF(pids); i++) {
        int status;
        assert_int_equal(waitpid(pids[i], &status, 0), pids[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    assert_ok(kith_store_check(store, &store_err));
}

static int die_in_the_middle(void)
{
    struct kith_store *mine;
    struct kith_store_tx *tx;
    struct kith_keys keys;

    if (kith_store_open(store_dir, &store_keys, &mine, NULL) != KITH_OK ||
        kith_store_begin(mine, NULL, &tx, NULL) != KITH_OK || kith_store_replace_begin(tx, 1, 5000, NULL) != KITH_OK)
        return 1;
    kith_keys_init(&keys);
    for (int i = 0; i < 5000; i++) {
        char id[32];
        (void)kith_text_format(id, sizeof(id), "new-%d", i);
        struct kith_contact *c = store_person(id, "New", id, "");
        store_keys.keys(NULL, c, &keys);
        if (kith_store_replace_put(tx, c, &keys, NULL, NULL) != KITH_OK)
            return 2;
    }
    (void)raise(SIGKILL);
    return 3;
}

static void processes__one_that_dies_leaves_nothing_behind(void **state)
{
    (void)state;
    (void)fill();
    kith_store_close(store);
    store = NULL;
    assert_int_equal(in_child(die_in_the_middle), 128 + SIGKILL);
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    assert_int_equal(kith_store_count(store, 0), 40);
    assert_int_equal(count_found("person"), 40);
    assert_int_equal(count_found("new"), 0);
    assert_ok(kith_store_check(store, &store_err));
}

/* A file that may not grow is what a full disk looks like. Exit code: 0 as it should be. */
static int fill_the_disk(void)
{
    static struct kith_error err;
    struct rlimit limit = {.rlim_cur = 400 * 1024, .rlim_max = 400 * 1024};
    struct kith_store *mine;
    struct kith_store_tx *tx;
    struct kith_keys keys;
    enum kith_status st = KITH_OK;

    (void)signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || kith_store_open(store_dir, &store_keys, &mine, &err) != KITH_OK ||
        kith_store_begin(mine, NULL, &tx, &err) != KITH_OK || kith_store_replace_begin(tx, 1, 90000, &err) != KITH_OK)
        return 1;
    kith_keys_init(&keys);
    for (int i = 0; i < 90000 && st == KITH_OK; i++) {
        char id[32];
        (void)kith_text_format(id, sizeof(id), "new-%d", i);
        struct kith_contact *c = store_person(id, "New", id, "");
        store_keys.keys(NULL, c, &keys);
        st = kith_store_replace_put(tx, c, &keys, NULL, &err);
    }
    if (st != KITH_E_STORE || err.reason != KITH_REASON_DISK_FULL)
        return 2;
    if (kith_store_commit(tx, &err) == KITH_OK) /* a caller that did not look */
        return 3;
    kith_store_close(mine);
    return 0;
}

static void disk_full__is_told_and_changes_nothing(void **state)
{
    (void)state;
    (void)fill();
    kith_store_close(store);
    store = NULL;
    assert_int_equal(in_child(fill_the_disk), 0);
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
    assert_int_equal(kith_store_count(store, 0), 40);
    assert_int_equal(count_found("person"), 40);
    assert_ok(kith_store_check(store, &store_err));
}

/* --- Threads ------------------------------------------------------------------------------ */

static void *read_often(void *arg)
{
    int64_t *wrong = arg;

    for (int i = 0; i < 60; i++) {
        struct kith_query query = {.n_words = 1};
        struct kith_rows *rows;
        (void)kith_text_copy(query.word[0].text, sizeof(query.word[0].text), "person");
        if (kith_store_find(store, &query, &rows, NULL) != KITH_OK) {
            ++*wrong;
            continue;
        }
        *wrong += rows->n != 40 && rows->n != 20;
        kith_rows_free(rows);
        (void)kith_store_data_version(store);
    }
    return NULL;
}

static void threads__see_all_of_an_import_or_nothing(void **state)
{
    pthread_t threads[6];
    int64_t wrong[KITH_COUNT_OF(threads)] = {0};

    (void)state;
    int64_t account = fill();
    for (size_t i = 0; i < KITH_COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, read_often, &wrong[i]), 0);
    for (int i = 0; i < 20; i++)
        (void)store_import(account, some_people, i % 2 ? 40 : 20);
    for (size_t i = 0; i < KITH_COUNT_OF(threads); i++) {
        assert_int_equal(pthread_join(threads[i], NULL), 0);
        assert_int_equal(wrong[i], 0);
    }
}

/* --- Everything goes ------------------------------------------------------------------------ */

static bool file_holds(const char *name, const char *word)
{
    KITH_AUTO_DONE(kith_buf) bytes;
    FILE *f = fopen(store_path(name), "rb");
    bool found = false;

    if (!f)
        return false;
    kith_buf_init(&bytes, 64 << 20);
    for (int c = fgetc(f); c != EOF; c = fgetc(f))
        (void)kith_buf_add_char(&bytes, (char)c);
    (void)fclose(f);
    found = bytes.len > 0 && memmem(bytes.data, bytes.len, word, strlen(word));
    return found;
}

static void clear__leaves_nothing_on_disk(void **state)
{
    struct kith_store_account *accounts;
    size_t n;

    (void)state;
    (void)fill();
    assert_ok(kith_store_setting_set(store, "secret-key", "secret-value", &store_err));
    assert_true(file_holds("contacts.db", "Lovelace") || file_holds("contacts.db-wal", "Lovelace"));
    assert_ok(kith_store_clear(store, &store_err));
    static const char *const words[] = {"Lovelace", "lovelace", "Person1", "Engines", "uid-of-work", "secret"};
    for (size_t i = 0; i < KITH_COUNT_OF(words); i++) {
        assert_false(file_holds("contacts.db", words[i]));
        assert_false(file_holds("contacts.db-wal", words[i]));
    }
    assert_int_equal(kith_store_count(store, 0), 0);
    assert_ok(kith_store_accounts(store, &accounts, &n, &store_err));
    assert_int_equal(n, 0);
    free(accounts);
    assert_ok(kith_store_check(store, &store_err));
    (void)fill();
    assert_int_equal(count_found("person"), 40);
}

static void settings__are_kept_changed_and_forgotten(void **state)
{
    KITH_AUTO_DONE(kith_buf) value;

    (void)state;
    kith_buf_init(&value, 100);
    assert_ok(kith_store_setting_get(store, "k", &value, &store_err));
    assert_int_equal(value.len, 0);
    assert_ok(kith_store_setting_set(store, "k", "one", &store_err));
    assert_ok(kith_store_setting_set(store, "k", "two", &store_err));
    store_reopen();
    assert_ok(kith_store_setting_get(store, "k", &value, &store_err));
    assert_string_equal(kith_buf_text(&value), "two");
    assert_ok(kith_store_setting_set(store, "k", NULL, &store_err));
    kith_buf_clear(&value);
    assert_ok(kith_store_setting_get(store, "k", &value, &store_err));
    assert_int_equal(value.len, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(open__makes_a_private_file_in_wal_mode),
        store_test(open__takes_back_what_others_may_read),
        store_test(open__makes_the_folder),
        store_test(open__empty_file_becomes_a_store),
        store_test(open__writes_nothing_when_all_is_current),
        store_test(open__newer_file_is_refused_and_left_alone),
        store_test(open__database_of_another_program_is_refused),
        store_test(open__no_database_at_all_is_damaged_and_can_be_set_aside),
        store_test(repair__keeps_the_accounts_that_can_be_read),
        store_test(repair__makes_words_anew_and_keeps_every_contact),
        store_test(repair__leaves_a_newer_file_alone),
        store_test(check__finds_damage_in_the_middle),
        store_test(check__finds_an_account_that_was_miscounted),
        store_test(open__folder_that_may_not_be_written_is_no_access),
        store_test(open__other_rules_make_all_keys_anew),
        store_test(open__other_language_sorts_anew_and_keeps_the_words),
        store_test(write__with_other_rules_than_the_file_makes_keys_anew_first),
        store_test(data_version__changes_with_every_commit_of_everybody),
        store_test(processes__write_side_by_side),
        store_test(processes__may_make_the_same_new_file),
        store_test(processes__one_that_dies_leaves_nothing_behind),
        store_test(disk_full__is_told_and_changes_nothing),
        store_test(threads__see_all_of_an_import_or_nothing),
        store_test(clear__leaves_nothing_on_disk),
        store_test(settings__are_kept_changed_and_forgotten),
    };

    return cmocka_run_group_tests_name("store_open", tests, NULL, NULL);
}
