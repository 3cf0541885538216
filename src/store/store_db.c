/* SPDX-License-Identifier: MIT */
/*
 * store_db.c - one connection to SQLite; see store_db.h.
 *
 * Below everything else in this folder. What SQLite answers becomes a row of the
 * failure catalogue here and nowhere else, so that a full disk is called a full
 * disk whichever statement meets it.
 */
#include "store/store_db.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"

enum {
    READER_CACHE_KIB = 4096,
    WRITER_CACHE_KIB = 2048,    /* more gains nothing; indexes that are made are sorted in as much again */
    READER_PATIENCE_MS = 5000,  /* readers only meet a lock while a crashed process's log is recovered */
    WRITER_PATIENCE_MS = 30000, /* store.h promises this much */
    WAL_KEPT_BYTES = 4 << 20,   /* what the log is cut back to after a large import */
};

/* --- What went wrong ------------------------------------------------------ */

/*
 * Why a read or write failed: a quota that is used up is no SQLITE_FULL, only ENOSPC is. The log's file knows, or the
 * database's; sqlite3_system_errno() is what was cleaned up after that.
 */
static int errno_of_io(struct kith_db *db)
{
    sqlite3_file *log = NULL;
    int errno_value = 0;

    if (sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_JOURNAL_POINTER, (void *)&log) == SQLITE_OK && log &&
        log->pMethods)
        (void)log->pMethods->xFileControl(log, SQLITE_FCNTL_LAST_ERRNO, &errno_value);
    if (errno_value == 0)
        (void)sqlite3_file_control(db->sqlite, "main", SQLITE_FCNTL_LAST_ERRNO, &errno_value);
    return errno_value ? errno_value : sqlite3_system_errno(db->sqlite);
}

static enum kith_reason reason_of(struct kith_db *db, int code)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return KITH_REASON_DISK_FULL;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return KITH_REASON_DAMAGED;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return db->sqlite && kith_file_reason(sqlite3_system_errno(db->sqlite)) == KITH_REASON_DISK_FULL
                   ? KITH_REASON_DISK_FULL
                   : KITH_REASON_NO_ACCESS;
    case SQLITE_IOERR:
        return db->sqlite ? kith_file_reason(errno_of_io(db)) : KITH_REASON_NONE;
    default:
        return KITH_REASON_NONE;
    }
}

enum kith_status kith_db_fail(struct kith_db *db, int code, const char *what, struct kith_error *err)
{
    const char *why = db->sqlite ? sqlite3_errmsg(db->sqlite) : sqlite3_errstr(code);

    switch (code & 0xff) {
    case SQLITE_INTERRUPT:
        return kith_fail(err, KITH_E_CANCELLED, "could not %s: cancelled", what);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return kith_fail(err, KITH_E_STORE, "could not %s: another program is writing contacts (%s)", what, why);
    case SQLITE_ERROR:
    case SQLITE_MISUSE:
    case SQLITE_RANGE:
    case SQLITE_MISMATCH:
        return kith_fail(err, KITH_E_INTERNAL, "could not %s: %s", what, why);
    default:
        (void)kith_fail_reason(err, KITH_E_STORE, reason_of(db, code), "could not %s: %s", what, why);
        if (db->sqlite && reason_of(db, code) == KITH_REASON_NO_ACCESS)
            kith_file_blame_folder(err, sqlite3_db_filename(db->sqlite, "main"));
        return KITH_E_STORE;
    }
}

/* --- The file --------------------------------------------------------------- */

struct kith_file_id kith_file_id_of(const char *path)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return (struct kith_file_id){0};
    return (struct kith_file_id){.device = about.st_dev, .number = about.st_ino};
}

bool kith_file_id_equal(struct kith_file_id a, struct kith_file_id b)
{
    return a.number != 0 && a.device == b.device && a.number == b.number;
}

/* --- The connection ------------------------------------------------------- */

/*
 * Mapped, a page need not be copied for each look at it: a third less time for a search. Where a million ids are
 * looked up, mapped pages would only count as memory of the import.
 */
static const char reader_setup[] = "PRAGMA query_only = ON;"
                                   "PRAGMA temp_store = MEMORY;"
                                   "PRAGMA mmap_size = 268435456;";
static const char lookup_setup[] = "PRAGMA query_only = ON;"
                                   "PRAGMA temp_store = MEMORY;";

/*
 * FULL: a commit that was reported is there after the power went. secure_delete: what a person
 * removed is overwritten, not only forgotten.
 */
static const char writer_setup[] = "PRAGMA synchronous = FULL;"
                                   "PRAGMA foreign_keys = OFF;"
                                   "PRAGMA secure_delete = ON;"
                                   "PRAGMA temp_store = FILE;";

/*
 * The log makes readers independent of the writer; the file remembers it. Two processes that make the
 * same new file may meet here, and SQLite does not wait then: we do.
 */
static enum kith_status use_log(struct kith_db *db, struct kith_error *err)
{
    int64_t until_ms = kith_clock_monotonic_ms() + READER_PATIENCE_MS;
    int code;

    do {
        code = sqlite3_exec(db->sqlite, "PRAGMA journal_mode = WAL", NULL, NULL, NULL);
    } while ((code & 0xff) == SQLITE_BUSY && kith_clock_monotonic_ms() < until_ms && kith_cancel_sleep_ms(NULL, 5));
    return code == SQLITE_OK ? KITH_OK : kith_db_fail(db, code, "open the contacts", err);
}

static enum kith_status set_up(struct kith_db *db, enum kith_db_role role, struct kith_error *err)
{
    static const char *const setup[] = {
        [KITH_DB_READER] = reader_setup, [KITH_DB_LOOKUP] = lookup_setup, [KITH_DB_WRITER] = writer_setup};
    char sizes[128];

    kith_text_format(sizes, sizeof(sizes), "PRAGMA cache_size = -%d; PRAGMA journal_size_limit = %d;",
                     role == KITH_DB_WRITER ? WRITER_CACHE_KIB : READER_CACHE_KIB, WAL_KEPT_BYTES);
    enum kith_status st = kith_db_exec(db, sizes, "open the contacts", err);
    if (st == KITH_OK && role == KITH_DB_WRITER)
        st = use_log(db, err);
    if (st != KITH_OK)
        return st;
    return kith_db_exec(db, setup[role], "open the contacts", err);
}

enum kith_status kith_db_open(const char *path, enum kith_db_role role, struct kith_db **ret, struct kith_error *err)
{
    struct kith_db *db = kith_xnew(struct kith_db);

    db->file = kith_file_id_of(path); /* before: should it change now, the connection is only opened once too often */
    db->explain = kith_log_wanted_detail(KITH_LOG_STORE, "explain");
    int code = sqlite3_open_v2(path, &db->sqlite,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (code != SQLITE_OK) {
        enum kith_status st = kith_db_fail(db, code, "open the contacts", err);
        kith_db_close(db);
        return st;
    }
    (void)sqlite3_extended_result_codes(db->sqlite, 1);
    (void)sqlite3_busy_timeout(db->sqlite, role == KITH_DB_WRITER ? WRITER_PATIENCE_MS : READER_PATIENCE_MS);

    enum kith_status st = set_up(db, role, err);
    if (st != KITH_OK) {
        kith_db_close(db);
        return st;
    }
    *ret = db;
    return KITH_OK;
}

void kith_db_close(struct kith_db *db)
{
    if (!db)
        return;
    for (size_t i = 0; i < KITH_DB_STATEMENTS; i++)
        (void)sqlite3_finalize(db->cached[i].handle); /* repeats what its last step said */
    (void)sqlite3_close(db->sqlite);                  /* nothing is left open that could make it fail */
    free(db);
}

enum kith_status kith_db_exec(struct kith_db *db, const char *sql, const char *what, struct kith_error *err)
{
    int code = sqlite3_exec(db->sqlite, sql, NULL, NULL, NULL);
    return code == SQLITE_OK ? KITH_OK : kith_db_fail(db, code, what, err);
}

int64_t kith_db_integer(struct kith_db *db, const char *sql, int64_t preset)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, sql);
    return kith_stmt_step(&s) ? kith_stmt_int(&s, 0) : preset;
}

/* --- Statements ----------------------------------------------------------- */

static void log_plan(struct kith_db *db, const char *sql)
{
    char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
    sqlite3_stmt *plan = NULL;

    if (explain && sqlite3_prepare_v2(db->sqlite, explain, -1, &plan, NULL) == SQLITE_OK) {
        kith_log_write(KITH_LOG_STORE, "%s", sql);
        while (sqlite3_step(plan) == SQLITE_ROW)
            kith_log_write(KITH_LOG_STORE, "    %s", (const char *)sqlite3_column_text(plan, 3));
    }
    (void)sqlite3_finalize(plan);
    sqlite3_free(explain);
}

static size_t slot_of(const struct kith_db *db, const char *sql)
{
    size_t slot = ((uintptr_t)sql >> 4) % KITH_DB_STATEMENTS;

    for (size_t tried = 0; tried < KITH_DB_STATEMENTS; tried++) {
        if (!db->cached[slot].sql || db->cached[slot].sql == sql)
            return slot;
        slot = (slot + 1) % KITH_DB_STATEMENTS;
    }
    return slot; /* all taken: this one is made anew, which only costs time */
}

struct kith_stmt kith_db_use(struct kith_db *db, const char *sql)
{
    struct kith_stmt stmt = {.db = db};
    size_t slot = slot_of(db, sql);

    if (db->cached[slot].sql != sql) {
        (void)sqlite3_finalize(db->cached[slot].handle);
        db->cached[slot].sql = NULL;
        db->cached[slot].handle = NULL;
        stmt.code = sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &db->cached[slot].handle, NULL);
        if (stmt.code != SQLITE_OK)
            return stmt;
        db->cached[slot].sql = sql;
        if (db->explain)
            log_plan(db, sql);
    }
    stmt.handle = db->cached[slot].handle;
    return stmt;
}

void kith_stmt_done(struct kith_stmt *stmt)
{
    if (!stmt->handle)
        return;
    (void)sqlite3_reset(stmt->handle); /* repeats what the last step said */
    (void)sqlite3_clear_bindings(stmt->handle);
    stmt->handle = NULL;
}

/* A failed bind shows as SQLITE_MISUSE or SQLITE_RANGE when the statement is stepped without it. */
static void note_bind(struct kith_stmt *stmt, int code)
{
    if (code != SQLITE_OK && stmt->code == SQLITE_OK)
        stmt->code = code;
}

void kith_bind_int(struct kith_stmt *stmt, int64_t value)
{
    if (stmt->handle)
        note_bind(stmt, sqlite3_bind_int64(stmt->handle, ++stmt->n_bound, value));
}

void kith_bind_int_or_null(struct kith_stmt *stmt, int64_t value)
{
    if (value)
        kith_bind_int(stmt, value);
    else
        kith_bind_null(stmt);
}

void kith_bind_text(struct kith_stmt *stmt, const char *text)
{
    kith_bind_text_n(stmt, text, text ? strlen(text) : 0);
}

void kith_bind_text_n(struct kith_stmt *stmt, const char *text, size_t len)
{
    if (len == 0)
        kith_bind_null(stmt);
    else if (stmt->handle)
        note_bind(stmt, sqlite3_bind_text64(stmt->handle, ++stmt->n_bound, text, len, SQLITE_STATIC, SQLITE_UTF8));
}

void kith_bind_blob(struct kith_stmt *stmt, const void *bytes, size_t len)
{
    if (stmt->handle)
        note_bind(stmt, sqlite3_bind_blob64(stmt->handle, ++stmt->n_bound, len ? bytes : "", len, SQLITE_STATIC));
}

void kith_bind_null(struct kith_stmt *stmt)
{
    if (stmt->handle)
        note_bind(stmt, sqlite3_bind_null(stmt->handle, ++stmt->n_bound));
}

bool kith_stmt_step(struct kith_stmt *stmt)
{
    if (!stmt->handle || (stmt->code != SQLITE_OK && stmt->code != SQLITE_ROW))
        return false;
    stmt->code = sqlite3_step(stmt->handle);
    return stmt->code == SQLITE_ROW;
}

void kith_stmt_again(struct kith_stmt *stmt)
{
    if (!stmt->handle)
        return;
    (void)sqlite3_reset(stmt->handle); /* repeats what the last step said */
    stmt->n_bound = 0;
    stmt->code = SQLITE_OK;
}

enum kith_status kith_stmt_end(struct kith_stmt *stmt, const char *what, struct kith_error *err)
{
    if (stmt->handle && (stmt->code == SQLITE_DONE || stmt->code == SQLITE_ROW || stmt->code == SQLITE_OK))
        return KITH_OK;
    return kith_db_fail(stmt->db, stmt->code, what, err);
}

enum kith_status kith_stmt_run(struct kith_stmt *stmt, const char *what, struct kith_error *err)
{
    (void)kith_stmt_step(stmt);
    enum kith_status st = kith_stmt_end(stmt, what, err);
    kith_stmt_again(stmt);
    return st;
}

int64_t kith_stmt_int(struct kith_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->handle, column);
}

const char *kith_stmt_text(struct kith_stmt *stmt, int column)
{
    const char *text = (const char *)sqlite3_column_text(stmt->handle, column);
    return text ? text : "";
}

const void *kith_stmt_blob(struct kith_stmt *stmt, int column, size_t *ret_len)
{
    const void *bytes = sqlite3_column_blob(stmt->handle, column);

    *ret_len = bytes ? (size_t)sqlite3_column_bytes(stmt->handle, column) : 0;
    return bytes;
}

bool kith_stmt_is_null(struct kith_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}
