/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_index.c - what contacts are found and sorted by: the words in FTS5, the indexes of SQLite.
 *
 * Before: normalise/ makes the keys of a contact (by way of engine/).
 * After:  store_sqlite_find.c and _list.c look into what is made here.
 *
 * The word index keeps no contents: whoever takes a contact out hands its words back
 * exactly as they went in. They are made again from the contact as it is read, and that
 * works only while the rules are those that made them. So the rules' version is kept
 * beside the index, and everything is made anew as soon as it differs.
 */
#include "store/store_sqlite.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "store/store_contact.h"

/* --- Words -------------------------------------------------------------------- */

static const char add_name_sql[] = "INSERT INTO search_name (rowid, words) VALUES (?1, ?2)";
static const char add_all_sql[] = "INSERT INTO search_all (rowid, names, others, numbers) VALUES (?1, ?2, ?3, ?4)";
static const char remove_name_sql[] = "INSERT INTO search_name (search_name, rowid, words) VALUES ('delete', ?1, ?2)";
static const char remove_all_sql[] =
    "INSERT INTO search_all (search_all, rowid, names, others, numbers) VALUES ('delete', ?1, ?2, ?3, ?4)";
static const char empty_sql[] = "INSERT INTO search_name (search_name) VALUES ('delete-all');"
                                "INSERT INTO search_all (search_all) VALUES ('delete-all')";
static const char tidy_sql[] = "INSERT INTO search_name (search_name) VALUES ('optimize');"
                               "INSERT INTO search_all (search_all) VALUES ('optimize')";
static const char check_sql[] = "INSERT INTO search_name (search_name) VALUES ('integrity-check');"
                                "INSERT INTO search_all (search_all) VALUES ('integrity-check')";

static enum kith_status run_words(struct kith_db *db, const char *name_sql, const char *all_sql, int64_t contact_id,
                                  const struct kith_keys *keys, struct kith_error *err)
{
    static const char what[] = "index a contact";
    KITH_AUTO_DONE(kith_stmt) name = kith_db_use(db, name_sql);
    KITH_AUTO_DONE(kith_stmt) all = kith_db_use(db, all_sql);

    kith_bind_int(&name, contact_id);
    kith_bind_text_n(&name, keys->names.data, keys->names.len);
    enum kith_status st = kith_stmt_run(&name, what, err);
    if (st != KITH_OK)
        return st;
    kith_bind_int(&all, contact_id);
    kith_bind_text_n(&all, keys->names.data, keys->names.len);
    kith_bind_text_n(&all, keys->others.data, keys->others.len);
    kith_bind_text_n(&all, keys->numbers.data, keys->numbers.len);
    return kith_stmt_run(&all, what, err);
}

enum kith_status kith_index_add(struct kith_db *db, int64_t contact_id, const struct kith_keys *keys,
                                struct kith_error *err)
{
    return run_words(db, add_name_sql, add_all_sql, contact_id, keys, err);
}

enum kith_status kith_index_remove(struct kith_db *db, int64_t contact_id, const struct kith_keys *keys,
                                   struct kith_error *err)
{
    return run_words(db, remove_name_sql, remove_all_sql, contact_id, keys, err);
}

enum kith_status kith_index_keys_of(struct kith_store *store, struct kith_db *db, int64_t contact_id,
                                    struct kith_arena *arena, struct kith_keys *keys, bool *ret_found,
                                    struct kith_error *err)
{
    struct kith_contact contact;

    kith_arena_reset(arena);
    kith_contact_init(&contact);
    kith_keys_clear(keys);
    enum kith_status st = kith_contact_read(db, contact_id, arena, &contact, ret_found, err);
    if (st == KITH_OK && *ret_found)
        store->keys.keys(store->keys.ctx, &contact, keys);
    return st;
}

enum kith_status kith_index_forget(struct kith_store *store, struct kith_db *db, int64_t contact_id,
                                   struct kith_arena *arena, struct kith_keys *keys, struct kith_error *err)
{
    bool found = false;
    enum kith_status st = kith_index_keys_of(store, db, contact_id, arena, keys, &found, err);

    return st == KITH_OK && found ? kith_index_remove(db, contact_id, keys, err) : st;
}

enum kith_status kith_index_empty(struct kith_db *db, struct kith_error *err)
{
    return kith_db_exec(db, empty_sql, "empty the search index", err);
}

enum kith_status kith_index_tidy(struct kith_db *db, struct kith_error *err)
{
    return kith_db_exec(db, tidy_sql, "tidy the search index", err);
}

enum kith_status kith_index_check(struct kith_db *db, struct kith_error *err)
{
    return kith_db_exec(db, check_sql, "check the search index", err);
}

/* --- Indexes -------------------------------------------------------------------- */

/*
 * source:   a contact of an account by its hash.
 * order:    the list, and all that letters and ids of one account need.
 * e164:     who is calling.
 * ending:   the same by the last digits.
 */
#define MAKE_SOURCE "CREATE INDEX IF NOT EXISTS contact_source ON contact (source_hash);"
#define MAKE_ORDER "CREATE INDEX IF NOT EXISTS contact_order ON contact (sort_key, letter, account);"

static const char make_sql[] =
    MAKE_SOURCE MAKE_ORDER "CREATE INDEX IF NOT EXISTS phone_e164 ON phone (e164) WHERE e164 IS NOT NULL;"
                           "CREATE INDEX IF NOT EXISTS phone_ending ON phone (ending) WHERE ending IS NOT NULL;";
static const char drop_sql[] = "DROP INDEX IF EXISTS contact_source; DROP INDEX IF EXISTS contact_order;"
                               "DROP INDEX IF EXISTS phone_e164; DROP INDEX IF EXISTS phone_ending;";

enum kith_status kith_index_drop_secondary(struct kith_db *db, struct kith_error *err)
{
    return kith_db_exec(db, drop_sql, "prepare the import", err);
}

enum kith_status kith_index_make_source(struct kith_db *db, struct kith_error *err)
{
    return kith_db_exec(db, MAKE_SOURCE, "index the contacts", err);
}

enum kith_status kith_index_make_secondary(struct kith_db *db, struct kith_error *err)
{
    return kith_db_exec(db, make_sql, "index the contacts", err);
}

/* --- Versions --------------------------------------------------------------------- */

static const char keys_version[] = "keys_version";
static const char sort_version[] = "sort_version";
static const char get_version_sql[] = "SELECT value FROM meta WHERE key = ?1";
static const char set_version_sql[] = "REPLACE INTO meta (key, value) VALUES (?1, ?2)";

static bool version_is(struct kith_db *db, const char *key, const char *wanted)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, get_version_sql);

    kith_bind_text(&s, key);
    return kith_stmt_step(&s) && strcmp(kith_stmt_text(&s, 0), wanted) == 0;
}

static enum kith_status set_version(struct kith_db *db, const char *key, const char *version, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, set_version_sql);

    kith_bind_text(&s, key);
    kith_bind_text(&s, version);
    return kith_stmt_run(&s, "note the version of the search index", err);
}

bool kith_index_is_current(struct kith_store *store, struct kith_db *db)
{
    return version_is(db, keys_version, store->keys.version) && version_is(db, sort_version, store->keys.sort_version);
}

/* --- Made anew ----------------------------------------------------------------------- */

enum { MAKE_WORDS = 1 << 0, MAKE_SORT = 1 << 1 };

static const char next_contact_sql[] = "SELECT id FROM contact WHERE id > ?1 ORDER BY id LIMIT 1";

/* 0 after the last. One question a contact: rows are changed between two of them. */
static enum kith_status next_contact(struct kith_db *db, int64_t *id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, next_contact_sql);

    kith_bind_int(&s, *id);
    *id = kith_stmt_step(&s) ? kith_stmt_int(&s, 0) : 0;
    return kith_stmt_end(&s, "read the contacts", err);
}

static enum kith_status make_one(struct kith_store *store, struct kith_db *db, unsigned what, int64_t id,
                                 struct kith_arena *arena, struct kith_keys *keys, struct kith_error *err)
{
    bool found = false;
    enum kith_status st = kith_index_keys_of(store, db, id, arena, keys, &found, err);

    if (st == KITH_OK && found && (what & MAKE_WORDS))
        st = kith_index_add(db, id, keys, err);
    if (st == KITH_OK && found && (what & MAKE_SORT))
        st = kith_contact_set_sort(db, id, keys, err);
    return st;
}

static enum kith_status make_all(struct kith_store *store, struct kith_db *db, unsigned what, struct kith_error *err)
{
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO_DONE(kith_keys) keys;
    enum kith_status st = KITH_OK;
    int64_t id = 0;

    kith_keys_init(&keys);
    if (what & MAKE_WORDS)
        st = kith_index_empty(db, err);
    if (st == KITH_OK && (what & MAKE_SORT))
        st = kith_db_exec(db, "DROP INDEX IF EXISTS contact_order", "sort the contacts", err);
    while (st == KITH_OK) {
        st = next_contact(db, &id, err);
        if (st != KITH_OK || id == 0)
            break;
        st = make_one(store, db, what, id, arena, &keys, err);
    }
    if (st == KITH_OK && (what & MAKE_SORT))
        st = kith_db_exec(db, MAKE_ORDER, "sort the contacts", err);
    return st;
}

enum kith_status kith_index_rebuild(struct kith_store *store, struct kith_db *db, struct kith_error *err)
{
    return make_all(store, db, MAKE_WORDS, err);
}

enum kith_status kith_index_refresh(struct kith_store *store, struct kith_db *db, struct kith_error *err)
{
    /* Other words go with other letters and readings: they are made by the same rules. */
    bool words = !version_is(db, keys_version, store->keys.version);
    bool sort = words || !version_is(db, sort_version, store->keys.sort_version);
    enum kith_status st = KITH_OK;

    if (!sort)
        return KITH_OK;
    kith_log_debug(KITH_LOG_STORE, "keys of all contacts are made anew%s", words ? "" : ": order only");
    st = make_all(store, db, (words ? MAKE_WORDS : 0u) | MAKE_SORT, err);
    if (st == KITH_OK)
        st = set_version(db, keys_version, store->keys.version, err);
    return st == KITH_OK ? set_version(db, sort_version, store->keys.sort_version, err) : st;
}
