/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite.c - the store as a whole: opening it, its connections, its one write transaction.
 *
 * Before: engine/ gives a folder and the functions that make keys.
 * After:  store_sqlite_import.c writes contacts, _list.c, _find.c and _who.c read them.
 *
 * Opening must cost next to nothing, since a command line opens the store for a
 * single look: one connection, four small questions. The writer is opened when
 * something is to be written.
 */
#include "store/store_sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"
#include "store/store_contact.h"

enum {
    PATH_MAX_BYTES = 4096,
    IDLE_READERS_MAX = 4, /* more than so many readers at once open their own connection and close it */
    WRITER_WAIT_S = 30,
    WRITER_SLICE_MS = 50,          /* between two looks at a cancel switch */
    STEPS_PER_CANCEL_LOOK = 20000, /* of SQLite's machine: a few milliseconds */
};

static const char store_file[] = "contacts.db";

/* --- Opening ---------------------------------------------------------------- */

static int create(const char *path)
{
    return open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

/*
 * Made here and not by SQLite, so that there is no moment at which others may read it. A file that is there is not
 * opened: to close it again would take the locks away that our connections hold on it.
 */
static enum kith_status make_file(const char *dir, const char *path, struct kith_error *err)
{
    struct stat about;

    if (path[0] == '\0')
        return kith_fail(err, KITH_E_STORE, "name of the data folder is too long");
    KITH_AUTO_FD fd = create(path);
    if (fd < 0 && errno == ENOENT) {
        enum kith_status st = kith_file_make_dir(dir, err);
        if (st != KITH_OK)
            return st;
        fd = create(path);
    }
    if (fd >= 0)
        return KITH_OK;
    if (errno != EEXIST || faccessat(AT_FDCWD, path, R_OK | W_OK, AT_EACCESS) != 0)
        return kith_file_fail(err, errno, "open", path);
    if (stat(path, &about) == 0 && (about.st_mode & 077) && about.st_uid == geteuid())
        (void)chmod(path, 0600); /* a copy that was put back; when it stays readable the folder still guards it */
    return KITH_OK;
}

/* false: another file has taken the place of the one that db is connected to. */
static bool is_current(const struct kith_store *store, const struct kith_db *db)
{
    return kith_file_id_equal(db->file, kith_file_id_of(store->path));
}

static enum kith_status open_writer(struct kith_store *store, struct kith_error *err)
{
    if (store->writer && !is_current(store, store->writer)) {
        kith_db_close(store->writer);
        store->writer = NULL;
    }
    return store->writer ? KITH_OK : kith_db_open(store->path, KITH_DB_WRITER, &store->writer, err);
}

static enum kith_status borrow(struct kith_store *store, struct kith_db **ret, struct kith_error *err);
static enum kith_status begin(struct kith_store *store, const struct kith_cancel *cancel, struct kith_store_tx **ret,
                              struct kith_error *err);

/* Bring an older or new file up to date, and keys that other versions of our rules made. */
static enum kith_status bring_up_to_date(struct kith_store *store, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    enum kith_status st = begin(store, NULL, &tx, err);

    if (st != KITH_OK)
        return st;
    st = kith_schema_migrate(tx->db, err);
    if (st != KITH_OK)
        return st;
    st = kith_index_refresh(store, tx->db, err);
    if (st != KITH_OK)
        return st;
    return kith_store_commit(KITH_TAKE(tx), err);
}

static enum kith_status look_and_mend(struct kith_store *store, struct kith_error *err)
{
    bool current = false;

    {
        KITH_AUTO(kith_db) db = NULL;
        enum kith_status st = borrow(store, &db, err);
        if (st != KITH_OK)
            return st;
        st = kith_schema_look(db, &current, err);
        if (st != KITH_OK)
            return st;
        current = current && kith_index_is_current(store, db);
    }
    return current ? KITH_OK : bring_up_to_date(store, err);
}

/*
 * Before every use: is the file that the path names the one that was looked at? A new store is not yet; and another
 * process may have set a damaged file aside. Whatever made it fail may be mended by now, so it is tried each time.
 */
static enum kith_status make_ready(struct kith_store *store, struct kith_error *err)
{
    struct kith_file_id now = kith_file_id_of(store->path);
    enum kith_status st = KITH_OK;

    (void)pthread_mutex_lock(&store->ready_lock);
    if (!kith_file_id_equal(store->ready, now)) {
        store->ready = (struct kith_file_id){0};
        st = make_file(store->dir, store->path, err);
        now = kith_file_id_of(store->path);
        if (st == KITH_OK)
            st = look_and_mend(store, err);
        if (st == KITH_OK)
            store->ready = now;
    }
    (void)pthread_mutex_unlock(&store->ready_lock);
    return st;
}

struct kith_store *kith_store_new(const char *dir, const struct kith_store_keys_fn *keys)
{
    struct kith_store *store = kith_xnew(struct kith_store);
    char path[PATH_MAX_BYTES] = "";

    if (!kith_file_join(path, sizeof(path), dir, store_file))
        path[0] = '\0'; /* said when it is to be opened */
    store->dir = kith_xstrdup(dir);
    store->path = kith_xstrdup(path);
    store->keys = *keys;
    store->keys.version = kith_xstrdup(keys->version);
    store->keys.sort_version = kith_xstrdup(keys->sort_version);
    (void)pthread_mutex_init(&store->ready_lock, NULL); /* cannot fail with no attributes */
    (void)pthread_mutex_init(&store->pool_lock, NULL);
    (void)pthread_mutex_init(&store->writer_lock, NULL);
    (void)pthread_mutex_init(&store->watcher_lock, NULL);
    return store;
}

enum kith_status kith_store_ready(struct kith_store *store, struct kith_error *err)
{
    return make_ready(store, err);
}

enum kith_status kith_store_open(const char *dir, const struct kith_store_keys_fn *keys, struct kith_store **ret,
                                 struct kith_error *err)
{
    KITH_AUTO(kith_store) store = kith_store_new(dir, keys);
    enum kith_status st = kith_store_ready(store, err);

    if (st != KITH_OK)
        return st;
    *ret = KITH_TAKE(store);
    return KITH_OK;
}

void kith_store_close(struct kith_store *store)
{
    if (!store)
        return;
    while (store->idle) {
        struct kith_db *next = store->idle->next;
        kith_db_close(store->idle);
        store->idle = next;
    }
    kith_db_close(store->watcher);
    kith_db_close(store->writer); /* last: it may write the log back into the file */
    (void)pthread_mutex_destroy(&store->ready_lock);
    (void)pthread_mutex_destroy(&store->pool_lock);
    (void)pthread_mutex_destroy(&store->writer_lock);
    (void)pthread_mutex_destroy(&store->watcher_lock);
    free((char *)store->keys.version);
    free((char *)store->keys.sort_version);
    free(store->path);
    free(store->dir);
    free(store);
}

/* --- Readers ------------------------------------------------------------------ */

static const char snapshot_sql[] = "BEGIN";
static const char end_snapshot_sql[] = "COMMIT";

static enum kith_status run_plain(struct kith_db *db, const char *sql, const char *what, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, sql);
    return kith_stmt_run(&s, what, err);
}

static struct kith_db *take_any_idle(struct kith_store *store)
{
    (void)pthread_mutex_lock(&store->pool_lock);
    struct kith_db *db = store->idle;
    if (db) {
        store->idle = db->next;
        store->n_idle--;
    }
    (void)pthread_mutex_unlock(&store->pool_lock);
    return db;
}

/* One of the file that is there now. */
static struct kith_db *take_idle(struct kith_store *store)
{
    struct kith_db *db = take_any_idle(store);

    while (db && !is_current(store, db)) {
        kith_db_close(db);
        db = take_any_idle(store);
    }
    return db;
}

/* Takes db, also when it fails. */
static enum kith_status take_snapshot(struct kith_db *db, struct kith_db **ret, struct kith_error *err)
{
    enum kith_status st = run_plain(db, snapshot_sql, "read the contacts", err);

    if (st == KITH_OK)
        *ret = db;
    else
        kith_db_close(db);
    return st;
}

static enum kith_status borrow(struct kith_store *store, struct kith_db **ret, struct kith_error *err)
{
    struct kith_db *db = take_idle(store);

    if (!db) {
        enum kith_status st = kith_db_open(store->path, KITH_DB_READER, &db, err);
        if (st != KITH_OK)
            return st;
        db->owner = store;
    }
    return take_snapshot(db, ret, err);
}

enum kith_status kith_store_borrow(struct kith_store *store, struct kith_db **ret, struct kith_error *err)
{
    enum kith_status st = make_ready(store, err);

    return st == KITH_OK ? borrow(store, ret, err) : st;
}

enum kith_status kith_store_open_lookup(struct kith_store *store, struct kith_db **ret, struct kith_error *err)
{
    struct kith_db *db;
    enum kith_status st = kith_db_open(store->path, KITH_DB_LOOKUP, &db, err);

    return st == KITH_OK ? take_snapshot(db, ret, err) : st;
}

void kith_store_give_back(struct kith_db *reader)
{
    struct kith_store *store = reader->owner;
    bool sound = run_plain(reader, end_snapshot_sql, "read the contacts", NULL) == KITH_OK;

    (void)pthread_mutex_lock(&store->pool_lock);
    bool keep = sound && store->n_idle < IDLE_READERS_MAX;
    if (keep) {
        reader->next = store->idle;
        store->idle = reader;
        store->n_idle++;
    }
    (void)pthread_mutex_unlock(&store->pool_lock);
    if (!keep)
        kith_db_close(reader);
}

enum kith_status kith_store_renew(struct kith_db *reader, struct kith_error *err)
{
    enum kith_status st = run_plain(reader, end_snapshot_sql, "read the contacts", err);

    return st == KITH_OK ? run_plain(reader, snapshot_sql, "read the contacts", err) : st;
}

/* --- The write transaction ---------------------------------------------------- */

static const char begin_write_sql[] = "BEGIN IMMEDIATE";
static const char rollback_sql[] = "ROLLBACK";
static const char commit_sql[] = "COMMIT";

/* Both waits go in slices, so that a cancel ends them soon; each takes WRITER_WAIT_S in all. */
static enum kith_status fail_waiting(const struct kith_cancel *cancel, struct kith_error *err)
{
    if (kith_cancel_is_set(cancel))
        return kith_fail(err, KITH_E_CANCELLED, "cancelled while another write was awaited");
    return kith_fail(err, KITH_E_STORE, "could not write contacts: another write took longer than %d seconds",
                     WRITER_WAIT_S);
}

enum kith_status kith_store_wait_for_writer(struct kith_store *store, const struct kith_cancel *cancel,
                                            struct kith_error *err)
{
    int64_t until_ms = kith_clock_monotonic_ms() + WRITER_WAIT_S * 1000;

    while (kith_clock_monotonic_ms() < until_ms && !kith_cancel_is_set(cancel)) {
        struct timespec slice;

        (void)clock_gettime(CLOCK_REALTIME, &slice); /* what pthread_mutex_timedlock counts in */
        slice.tv_nsec += WRITER_SLICE_MS * 1000000L;
        slice.tv_sec += slice.tv_nsec / 1000000000L;
        slice.tv_nsec %= 1000000000L;
        if (pthread_mutex_timedlock(&store->writer_lock, &slice) == 0)
            return KITH_OK;
    }
    return fail_waiting(cancel, err);
}

/* The database's own lock: another process may hold it. */
static enum kith_status begin_write(struct kith_db *db, const struct kith_cancel *cancel, struct kith_error *err)
{
    int64_t until_ms = kith_clock_monotonic_ms() + WRITER_WAIT_S * 1000;
    int code;

    (void)sqlite3_busy_timeout(db->sqlite, WRITER_SLICE_MS);
    do
        code = sqlite3_exec(db->sqlite, begin_write_sql, NULL, NULL, NULL);
    while ((code & 0xff) == SQLITE_BUSY && kith_clock_monotonic_ms() < until_ms && !kith_cancel_is_set(cancel));
    (void)sqlite3_busy_timeout(db->sqlite, WRITER_WAIT_S * 1000);
    if ((code & 0xff) == SQLITE_BUSY)
        return fail_waiting(cancel, err);
    return code == SQLITE_OK ? KITH_OK : kith_db_fail(db, code, "write contacts", err);
}

static enum kith_status begin(struct kith_store *store, const struct kith_cancel *cancel, struct kith_store_tx **ret,
                              struct kith_error *err)
{
    enum kith_status st = kith_store_wait_for_writer(store, cancel, err);

    if (st != KITH_OK)
        return st;
    st = open_writer(store, err);
    if (st == KITH_OK)
        st = begin_write(store->writer, cancel, err);
    if (st != KITH_OK) {
        (void)pthread_mutex_unlock(&store->writer_lock);
        return st;
    }
    struct kith_store_tx *tx = kith_xnew(struct kith_store_tx);
    tx->store = store;
    tx->db = store->writer;
    *ret = tx;
    return KITH_OK;
}

enum kith_status kith_store_begin(struct kith_store *store, const struct kith_cancel *cancel,
                                  struct kith_store_tx **ret, struct kith_error *err)
{
    enum kith_status st = make_ready(store, err);

    return st == KITH_OK ? begin(store, cancel, ret, err) : st;
}

static int is_cancelled(void *cancel)
{
    return kith_cancel_is_set(cancel);
}

void kith_store_tx_set_cancel(struct kith_store_tx *tx, const struct kith_cancel *cancel)
{
    sqlite3_progress_handler(tx->db->sqlite, STEPS_PER_CANCEL_LOOK, cancel ? is_cancelled : NULL, (void *)cancel);
}

enum kith_status kith_store_tx_check(struct kith_store_tx *tx, struct kith_error *err)
{
    if (sqlite3_get_autocommit(tx->db->sqlite))
        return kith_fail(err, KITH_E_STORE, "could not write contacts: the transaction had to be given up before");
    return KITH_OK;
}

/* Best effort: a reader in the middle of something keeps the log as long as it is. */
static void cut_log_back(struct kith_db *db)
{
    (void)sqlite3_busy_timeout(db->sqlite, 0);
    (void)sqlite3_wal_checkpoint_v2(db->sqlite, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    (void)sqlite3_busy_timeout(db->sqlite, WRITER_WAIT_S * 1000);
}

enum kith_status kith_store_commit(struct kith_store_tx *tx, struct kith_error *err)
{
    enum kith_status st = kith_store_tx_check(tx, err);

    /* From here on nothing is to be interrupted: either all is there or nothing. */
    kith_store_tx_set_cancel(tx, NULL);
    if (st == KITH_OK)
        st = run_plain(tx->db, commit_sql, "save the contacts", err);
    if (st == KITH_OK && tx->large)
        cut_log_back(tx->db);
    kith_store_tx_free(tx);
    return st;
}

void kith_store_tx_free(struct kith_store_tx *tx)
{
    if (!tx)
        return;
    kith_store_tx_set_cancel(tx, NULL);
    kith_replace_free(tx->replace);
    if (!sqlite3_get_autocommit(tx->db->sqlite))
        (void)run_plain(tx->db, rollback_sql, "take back", NULL); /* a file that cannot be written is as it was */
    (void)pthread_mutex_unlock(&tx->store->writer_lock);
    free(tx);
}

/* --- The store as a file ------------------------------------------------------- */

static const char data_version_sql[] = "PRAGMA data_version";

/* SQLite counts for one connection; the high half counts the files that the path named one after the other. */
uint64_t kith_store_data_version(struct kith_store *store)
{
    (void)pthread_mutex_lock(&store->watcher_lock);
    if (store->watcher && !is_current(store, store->watcher)) {
        kith_db_close(store->watcher);
        store->watcher = NULL;
        store->n_files++;
    }
    if (!store->watcher)
        (void)kith_db_open(store->path, KITH_DB_READER, &store->watcher, NULL); /* 0 says that it cannot be read */
    int64_t version = store->watcher ? kith_db_integer(store->watcher, data_version_sql, 0) : 0;
    if (version != 0)
        version += (int64_t)store->n_files << 32;
    (void)pthread_mutex_unlock(&store->watcher_lock);
    return (uint64_t)version;
}

int kith_store_schema(struct kith_store *store)
{
    KITH_AUTO(kith_db) db = NULL;

    if (kith_store_borrow(store, &db, NULL) != KITH_OK)
        return 0;
    return (int)kith_db_integer(db, "PRAGMA user_version", 0);
}

const char *kith_store_library_version(void)
{
    return sqlite3_libversion();
}

int64_t kith_store_bytes(struct kith_store *store)
{
    static const char *const ends[] = {"", "-wal"};
    int64_t bytes = 0;

    for (size_t i = 0; i < KITH_COUNT_OF(ends); i++) {
        char path[PATH_MAX_BYTES + 8];
        struct stat about;
        kith_text_format(path, sizeof(path), "%s%s", store->path, ends[i]);
        if (stat(path, &about) == 0)
            bytes += about.st_size;
    }
    return bytes;
}

/* --- Is it sound? ---------------------------------------------------------------- */

static const char integrity_sql[] = "PRAGMA integrity_check(1)";
static const char miscounted_sql[] = "SELECT count(*) FROM account WHERE n_contacts <> (SELECT count(*) FROM contact "
                                     "WHERE contact.account = account.id)";

enum kith_status kith_store_check_pages(struct kith_db *db, struct kith_error *err)
{
    enum kith_status st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, integrity_sql);
    if (kith_stmt_step(&s) && strcmp(kith_stmt_text(&s, 0), "ok") != 0)
        return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_DAMAGED, "contacts are damaged: %s",
                                kith_stmt_text(&s, 0));
    st = kith_stmt_end(&s, "check the contacts", err);
    if (st != KITH_OK)
        return st;
    if (kith_db_integer(db, miscounted_sql, 1) != 0)
        return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_DAMAGED,
                                "contacts are damaged: an account holds another number than it says");
    return KITH_OK;
}

static enum kith_status check_as_reader(struct kith_store *store, struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    return st == KITH_OK ? kith_store_check_pages(db, err) : st;
}

enum kith_status kith_store_check(struct kith_store *store, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    enum kith_status st = check_as_reader(store, err); /* takes long, and keeps nobody from writing */

    if (st != KITH_OK)
        return st;
    st = kith_store_begin(store, NULL, &tx, err);
    return st == KITH_OK ? kith_index_check(tx->db, err) : st;
}

/* --- Everything goes --------------------------------------------------------------- */

static const char clear_sql[] =
    "DELETE FROM setting; DELETE FROM import; DELETE FROM held; DELETE FROM source_file; DELETE FROM account;"
    "DELETE FROM meta WHERE key NOT IN ('keys_version', 'sort_version', 'next_contact', 'kith');";

enum kith_status kith_store_clear(struct kith_store *store, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    enum kith_status st = kith_store_begin(store, NULL, &tx, err);

    if (st != KITH_OK)
        return st;
    st = kith_contact_remove_all(tx->db, err);
    if (st == KITH_OK)
        st = kith_index_empty(tx->db, err);
    if (st == KITH_OK)
        st = kith_db_exec(tx->db, clear_sql, "remove everything", err);
    if (st != KITH_OK)
        return st;

    /* The log and free pages still hold what was removed: write the file anew, then the log away. */
    st = kith_store_commit(KITH_TAKE(tx), err);
    if (st != KITH_OK)
        return st;
    st = kith_store_wait_for_writer(store, NULL, err);
    if (st != KITH_OK)
        return st;
    st = kith_db_exec(store->writer, "VACUUM; PRAGMA wal_checkpoint(TRUNCATE);", "give the space back", err);
    (void)pthread_mutex_unlock(&store->writer_lock);
    return st;
}

/* --- Settings ------------------------------------------------------------------------ */

static const char setting_get_sql[] = "SELECT value FROM setting WHERE key = ?1";
static const char setting_set_sql[] = "INSERT INTO setting (key, value) VALUES (?1, ?2) "
                                      "ON CONFLICT (key) DO UPDATE SET value = excluded.value";
static const char setting_unset_sql[] = "DELETE FROM setting WHERE key = ?1";

enum kith_status kith_store_setting_get(struct kith_store *store, const char *key, struct kith_buf *value,
                                        struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, setting_get_sql);
    kith_bind_text(&s, key);
    if (kith_stmt_step(&s) && !kith_buf_add_text(value, kith_stmt_text(&s, 0)))
        return kith_fail(err, KITH_E_STORE, "value of \"%s\" is too long", key);
    return kith_stmt_end(&s, "read a setting", err);
}

enum kith_status kith_store_setting_set(struct kith_store *store, const char *key, const char *value,
                                        struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    enum kith_status st = kith_store_begin(store, NULL, &tx, err);

    if (st != KITH_OK)
        return st;
    {
        KITH_AUTO_DONE(kith_stmt)
        s = kith_db_use(tx->db, kith_text_is_empty(value) ? setting_unset_sql : setting_set_sql);
        kith_bind_text(&s, key);
        if (!kith_text_is_empty(value))
            kith_bind_text(&s, value);
        st = kith_stmt_run(&s, "save a setting", err);
    }
    return st == KITH_OK ? kith_store_commit(KITH_TAKE(tx), err) : st;
}
