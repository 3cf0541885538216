/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_repair.c - a store that does not agree with itself is mended, or set aside for a new one.
 *
 * Before: a check, or any look at the contacts, found the file damaged, and the person asked for a repair.
 * After:  the accounts are there again, and a refresh brings their contacts.
 *
 * Contacts are a copy of what their sources have, so they are not pieced together from what a broken disk left of
 * them: the damaged file is kept whole, for whoever wants to look into it.
 */
#include "store/store_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>

#include <kith/kith.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

enum { SAVED_MAX = 1000 }; /* rows of each kind: a broken file may hold any number */

/* --- What can still be read of it -------------------------------------------------- */

struct saved_account {
    int64_t id;
    enum kith_source source;
    enum kith_account_state state;
    char name[64], identity[128], uid[128];
};

struct saved_file {
    int64_t account_id, ord, is_copy;
    char *path;
};

struct saved_setting {
    char *key, *value;
};

struct saved {
    struct saved_account *account;
    size_t n_accounts;
    struct saved_file *file;
    size_t n_files;
    struct saved_setting *setting;
    size_t n_settings;
};

static void saved_done(struct saved *saved)
{
    for (size_t i = 0; i < saved->n_files; i++)
        free(saved->file[i].path);
    for (size_t i = 0; i < saved->n_settings; i++) {
        free(saved->setting[i].key);
        free(saved->setting[i].value);
    }
    free(saved->account);
    free(saved->file);
    free(saved->setting);
}
KITH_DEFINE_AUTO_DONE(saved, saved_done)

/* A text of the damaged file: false for one that is broken or too long. */
static bool read_text(struct kith_stmt *s, int column, char *out, size_t out_size)
{
    const char *text = kith_stmt_text(s, column);
    size_t len = strlen(text);

    return kith_utf8_valid_len(text, len) == len && kith_text_copy(out, out_size, text);
}

static const char accounts_sql[] = "SELECT id, source, state, name, identity, uid FROM account";
static const char files_sql[] = "SELECT account, ord, is_copy, path FROM source_file";
static const char settings_sql[] = "SELECT key, value FROM setting";

static bool read_account(struct kith_stmt *s, struct saved_account *ret)
{
    int64_t source = kith_stmt_int(s, 1);

    ret->id = kith_stmt_int(s, 0);
    ret->source = (enum kith_source)source;
    ret->state = kith_stmt_int(s, 2) == KITH_ACCOUNT_SIGNED_OUT ? KITH_ACCOUNT_SIGNED_OUT : KITH_ACCOUNT_NEW;
    return ret->id > 0 && source >= KITH_SOURCE_MICROSOFT365 && source <= KITH_SOURCE_OUTLOOK &&
           read_text(s, 3, ret->name, sizeof(ret->name)) && ret->name[0] != '\0' &&
           read_text(s, 4, ret->identity, sizeof(ret->identity)) && read_text(s, 5, ret->uid, sizeof(ret->uid));
}

/* Each list ends where the file cannot be read any further; what came before counts. */
static void save_accounts(struct kith_db *db, struct saved *saved)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, accounts_sql);

    saved->account = kith_xnew_n(struct saved_account, SAVED_MAX);
    while (saved->n_accounts < SAVED_MAX && kith_stmt_step(&s))
        saved->n_accounts += read_account(&s, &saved->account[saved->n_accounts]);
}

static void save_files(struct kith_db *db, struct saved *saved)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, files_sql);

    saved->file = kith_xnew_n(struct saved_file, SAVED_MAX);
    for (; saved->n_files < SAVED_MAX && kith_stmt_step(&s); saved->n_files++)
        saved->file[saved->n_files] = (struct saved_file){.account_id = kith_stmt_int(&s, 0),
                                                          .ord = kith_stmt_int(&s, 1),
                                                          .is_copy = kith_stmt_int(&s, 2),
                                                          .path = kith_xstrdup(kith_stmt_text(&s, 3))};
}

static void save_settings(struct kith_db *db, struct saved *saved)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, settings_sql);

    saved->setting = kith_xnew_n(struct saved_setting, SAVED_MAX);
    for (; saved->n_settings < SAVED_MAX && kith_stmt_step(&s); saved->n_settings++)
        saved->setting[saved->n_settings] = (struct saved_setting){.key = kith_xstrdup(kith_stmt_text(&s, 0)),
                                                                   .value = kith_xstrdup(kith_stmt_text(&s, 1))};
}

static void save(const char *path, struct saved *saved)
{
    struct kith_db *db = NULL;

    if (kith_db_open(path, KITH_DB_READER, &db, NULL) != KITH_OK)
        return; /* not even that */
    save_accounts(db, saved);
    save_files(db, saved);
    save_settings(db, saved);
    kith_db_close(db);
}

/* --- A new file ------------------------------------------------------------------------ */

static const char put_account_sql[] =
    "INSERT OR IGNORE INTO account (id, source, state, name, identity, uid) VALUES (?, ?, ?, ?, ?, ?)";
static const char put_file_sql[] =
    "INSERT OR IGNORE INTO source_file (account, ord, is_copy, path) VALUES (?, ?, ?, ?)";
static const char put_setting_sql[] = "INSERT OR IGNORE INTO setting (key, value) VALUES (?, ?)";
static const char taking_over[] = "take over the accounts";

static enum kith_status put_accounts(struct kith_db *db, const struct saved *saved, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, put_account_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < saved->n_accounts && st == KITH_OK; i++) {
        kith_bind_int(&s, saved->account[i].id);
        kith_bind_int(&s, saved->account[i].source);
        kith_bind_int(&s, saved->account[i].state);
        kith_bind_text(&s, saved->account[i].name);
        kith_bind_text(&s, saved->account[i].identity);
        kith_bind_text(&s, saved->account[i].uid);
        st = kith_stmt_run(&s, taking_over, err);
    }
    return st;
}

static enum kith_status put_files(struct kith_db *db, const struct saved *saved, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, put_file_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < saved->n_files && st == KITH_OK; i++) {
        if (saved->file[i].path[0] == '\0')
            continue;
        kith_bind_int(&s, saved->file[i].account_id);
        kith_bind_int(&s, saved->file[i].ord);
        kith_bind_int(&s, saved->file[i].is_copy);
        kith_bind_text(&s, saved->file[i].path);
        st = kith_stmt_run(&s, taking_over, err);
    }
    return st;
}

static enum kith_status put_settings(struct kith_db *db, const struct saved *saved, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, put_setting_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < saved->n_settings && st == KITH_OK; i++) {
        if (saved->setting[i].key[0] == '\0' || saved->setting[i].value[0] == '\0')
            continue;
        kith_bind_text(&s, saved->setting[i].key);
        kith_bind_text(&s, saved->setting[i].value);
        st = kith_stmt_run(&s, taking_over, err);
    }
    return st;
}

static enum kith_status take_over(struct kith_store *store, const struct saved *saved, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    enum kith_status st = kith_store_begin(store, NULL, &tx, err); /* makes the new file */

    if (st == KITH_OK)
        st = put_accounts(tx->db, saved, err);
    if (st == KITH_OK)
        st = put_files(tx->db, saved, err);
    if (st == KITH_OK)
        st = put_settings(tx->db, saved, err);
    return st == KITH_OK ? kith_store_commit(KITH_TAKE(tx), err) : st;
}

/* --- The old one ------------------------------------------------------------------------- */

/*
 * The log first: a new contacts.db must not find an old log beside it, or it would take the log's pages for its own.
 * Once more at the end, since a process that came in between may have made another. Who still has the old file open
 * leaves the new log alone: SQLite removes none whose database has moved.
 */
static enum kith_status rename_all(const char *from, const char *to, struct kith_error *err)
{
    static const char *const ends[] = {"-wal", "-shm", "", "-wal", "-shm"};

    for (size_t i = 0; i < KITH_COUNT_OF(ends); i++) {
        char old[4200], kept[4300];

        (void)kith_text_format(old, sizeof(old), "%s%s", from, ends[i]);
        (void)kith_text_format(kept, sizeof(kept), "%s%s%s", to, i > 2 ? "-late" : "", ends[i]);
        if (rename(old, kept) != 0 && errno != ENOENT)
            return kith_file_fail(err, errno, "set aside", old);
    }
    return KITH_OK;
}

static enum kith_status set_aside(struct kith_store *store, struct kith_repair *ret, struct kith_error *err)
{
    char to[4200];
    enum kith_status st;

    (void)kith_text_format(to, sizeof(to), "%s.damaged-%lld", store->path, (long long)kith_clock_now_s());
    st = kith_store_wait_for_writer(store, NULL, err);
    if (st != KITH_OK)
        return st;
    st = rename_all(store->path, to, err);
    (void)pthread_mutex_unlock(&store->writer_lock);
    if (st == KITH_OK)
        (void)kith_text_copy(ret->copy, sizeof(ret->copy), to);
    return st;
}

static enum kith_status begin_anew(struct kith_store *store, struct kith_repair *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(saved) saved = {0};
    enum kith_status st;

    save(store->path, &saved);
    kith_log_debug(KITH_LOG_STORE, "repair: %zu accounts could be read", saved.n_accounts);
    st = set_aside(store, ret, err);
    if (st == KITH_OK)
        st = take_over(store, &saved, err);
    ret->n_accounts = (int64_t)saved.n_accounts;
    return st;
}

/* --- Mending ------------------------------------------------------------------------------ */

/* Only the words may be wrong. Nothing is written unless the whole store is sound afterwards. */
static bool mend_words(struct kith_store *store)
{
    KITH_AUTO(kith_store_tx) tx = NULL;

    return kith_store_begin(store, NULL, &tx, NULL) == KITH_OK && kith_index_rebuild(store, tx->db, NULL) == KITH_OK &&
           kith_store_check_pages(tx->db, NULL) == KITH_OK && kith_index_check(tx->db, NULL) == KITH_OK &&
           kith_store_commit(KITH_TAKE(tx), NULL) == KITH_OK;
}

/* One repair at a time, also of several processes: the second finds a sound store. */
static int lock_folder(const char *dir)
{
    int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (fd >= 0)
        (void)flock(fd, LOCK_EX); /* a file system without locks: then it is the person who presses one button */
    return fd;
}

enum kith_status kith_store_repair(struct kith_store *store, struct kith_repair *ret, struct kith_error *err)
{
    KITH_AUTO_FD folder = lock_folder(store->dir);
    struct kith_error found = {0};
    struct kith_repair repair = {0};
    enum kith_status st = kith_store_check(store, &found);

    (void)folder; /* held until we return */
    if (st != KITH_OK && (st != KITH_E_STORE || found.reason != KITH_REASON_DAMAGED)) {
        if (err)
            *err = found;
        return st;
    }
    repair.damaged = st != KITH_OK;
    if (repair.damaged && !mend_words(store))
        st = begin_anew(store, &repair, err);
    else
        st = KITH_OK;
    if (st == KITH_OK)
        *ret = repair;
    return st;
}
