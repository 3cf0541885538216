/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_schema.c - which version the file has, and how it becomes the latest.
 *
 * Looked at when the store is opened (store_sqlite.c). The scripts are those of
 * src/store/sqlite/, built in by embed_sql.py. A file that cannot be used is never
 * touched: the person may want it back, or a newer kith may read it.
 */
#include "store/store_sqlite.h"

#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "kith_config.h"
#include "store/store_schema_sql.h"

/* "kith" in ASCII: what `file` and SQLite's own tools tell the file by. */
enum { APPLICATION_ID = 0x6b697468 };

static const struct migration {
    int number;
    const char *sql;
} migrations[] = {
    {1, sql_0001_people}, {2, sql_0002_sources}, {3, sql_0003_photos}, {4, sql_0004_photo_tags}, {5, sql_0005_parts},
};

int kith_schema_latest(void)
{
    return migrations[KITH_COUNT_OF(migrations) - 1].number;
}

static const char version_sql[] = "PRAGMA user_version";
static const char application_sql[] = "PRAGMA application_id";
static const char tables_sql[] = "SELECT count(*) FROM sqlite_schema";

static enum kith_status read_integer(struct kith_db *db, const char *sql, int64_t *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, sql);

    if (kith_stmt_step(&s))
        *ret = kith_stmt_int(&s, 0);
    return kith_stmt_end(&s, "open the contacts", err);
}

static const char writer_sql[] = "SELECT value FROM meta WHERE key = 'kith'";

/* Who wrote it, in err->other, for the advice to install that; "" when the file does not say so, or not legibly. */
static enum kith_status fail_newer(struct kith_db *db, int64_t version, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, writer_sql);
    const char *writer = kith_stmt_step(&s) ? kith_stmt_text(&s, 0) : "";

    (void)kith_fail_reason(err, KITH_E_STORE, KITH_REASON_NEWER,
                           "contacts.db has version %lld, this kith knows versions up to %d", (long long)version,
                           kith_schema_latest());
    if (err && strlen(writer) < 16 && writer[strspn(writer, "0123456789.")] == '\0')
        (void)kith_text_copy(err->other, sizeof(err->other), writer);
    return KITH_E_STORE;
}

/* -1: nothing is in it yet. */
static enum kith_status read_version(struct kith_db *db, int64_t *ret, struct kith_error *err)
{
    int64_t version = 0, application = 0, n_tables = 0;
    enum kith_status st = read_integer(db, version_sql, &version, err);

    if (st == KITH_OK)
        st = read_integer(db, application_sql, &application, err);
    if (st == KITH_OK && application != APPLICATION_ID)
        st = read_integer(db, tables_sql, &n_tables, err);
    if (st != KITH_OK)
        return st;

    if (application != APPLICATION_ID && (n_tables > 0 || version != 0 || application != 0))
        return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_DAMAGED, "contacts.db is a database of another program");
    if (version > kith_schema_latest())
        return fail_newer(db, version, err);
    *ret = application == APPLICATION_ID ? version : -1;
    return KITH_OK;
}

enum kith_status kith_schema_look(struct kith_db *db, bool *ret_current, struct kith_error *err)
{
    int64_t version = -1;
    enum kith_status st = read_version(db, &version, err);

    if (st == KITH_OK)
        *ret_current = version == kith_schema_latest();
    return st;
}

static enum kith_status apply(struct kith_db *db, const struct migration *m, struct kith_error *err)
{
    char stamp[192];

    kith_log_debug(KITH_LOG_STORE, "schema %d", m->number);
    enum kith_status st = kith_db_exec(db, m->sql, "bring the contacts up to date", err);
    if (st != KITH_OK)
        return st;
    kith_text_format(stamp, sizeof(stamp),
                     "PRAGMA application_id = %d; PRAGMA user_version = %d;"
                     "INSERT OR REPLACE INTO meta (key, value) VALUES ('kith', '%s');",
                     APPLICATION_ID, m->number, KITH_VERSION);
    return kith_db_exec(db, stamp, "bring the contacts up to date", err);
}

enum kith_status kith_schema_migrate(struct kith_db *db, struct kith_error *err)
{
    int64_t version = -1;
    enum kith_status st =
        read_version(db, &version, err); /* again, under the lock: another process may have been faster */

    for (size_t i = 0; i < KITH_COUNT_OF(migrations) && st == KITH_OK; i++) {
        if (migrations[i].number > version)
            st = apply(db, &migrations[i], err);
    }
    return st == KITH_OK ? kith_index_make_secondary(db, err) : st;
}
