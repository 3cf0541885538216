/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite.h - what the files of this folder share: the store's connections, its transaction, its index.
 *
 * Not for anybody outside: the engine sees store.h.
 */
#pragma once

#include <pthread.h>

#include "store/store.h"
#include "store/store_db.h"

struct kith_cancel;
struct kith_replace;

struct kith_store {
    char *dir;
    char *path;
    struct kith_store_keys_fn keys; /* its strings are ours */

    pthread_mutex_t ready_lock;
    struct kith_file_id ready; /* the file that was looked at and can be used; zero: none yet */

    pthread_mutex_t pool_lock;
    struct kith_db *idle; /* readers nobody uses at the moment */
    size_t n_idle;

    pthread_mutex_t writer_lock; /* held as long as a transaction lives */
    struct kith_db *writer;      /* opened for the first write */

    pthread_mutex_t watcher_lock;
    struct kith_db *watcher; /* never writes, so that it sees what every other connection did */
    uint32_t n_files;        /* how often another file took the place */
};

/* --- Connections (store_sqlite.c) ------------------------------------------- */

/* A reader with a snapshot: all it reads is of one moment. */
enum kith_status kith_store_borrow(struct kith_store *store, struct kith_db **ret, struct kith_error *err);
void kith_store_give_back(struct kith_db *reader);
KITH_DEFINE_AUTO(kith_db, kith_store_give_back)

/* A reader of one's own, to be closed. */
enum kith_status kith_store_open_lookup(struct kith_store *store, struct kith_db **ret, struct kith_error *err);

/* Let go of the snapshot and take one of now. */
enum kith_status kith_store_renew(struct kith_db *reader, struct kith_error *err);

struct kith_store_tx {
    struct kith_store *store;
    struct kith_db *db;
    struct kith_replace *replace; /* between replace_begin and the end; else NULL */
    bool large;                   /* much was written: cut the log back after the commit */
};

/* Take writer_lock; the caller unlocks it. Waits as kith_store_begin() does. */
enum kith_status kith_store_wait_for_writer(struct kith_store *store, const struct kith_cancel *cancel,
                                            struct kith_error *err);

/* Read every page, and count what is counted. KITH_E_STORE reason DAMAGED. */
enum kith_status kith_store_check_pages(struct kith_db *db, struct kith_error *err);

/* SQLite ends a transaction by itself after some failures. What would follow must not be written on its own. */
enum kith_status kith_store_tx_check(struct kith_store_tx *tx, struct kith_error *err);

/* --- The file (store_sqlite_schema.c) ---------------------------------------- */

int kith_schema_latest(void);
/* Whether db is a store that this program can use as it is; fails for what it can never use. */
enum kith_status kith_schema_look(struct kith_db *db, bool *ret_current, struct kith_error *err);
/* Bring the file to the latest schema, inside the caller's transaction. */
enum kith_status kith_schema_migrate(struct kith_db *db, struct kith_error *err);

/* --- The import's end of a transaction (store_sqlite_import.c) ---------------- */

void kith_replace_free(struct kith_replace *replace);

/* --- Pictures (store_sqlite_photo.c) -------------------------------------------- */

/* How faces see the number that tells one picture from the next. */
void kith_photo_tag_text(int64_t tag, char out[KITH_PHOTO_TAG_SIZE]);

/* After a contact was written: its picture is here, is wished for, or is none. */
enum kith_status kith_photo_note(struct kith_db *db, int64_t contact_id, const struct kith_contact *contact,
                                 struct kith_error *err);

/* --- The brake on removals (store_sqlite_removals.c) --------------------------- */

struct kith_bits;

struct kith_removals {
    int64_t account_id;
    int64_t n_before;             /* contacts of the account when it began */
    const struct kith_bits *gone; /* those that their source has no longer ... */
    const struct kith_bits *stay; /* ... unless they are among these: it gave them after all */
    bool may_remove_many;
};
/* Remove them, or hold all of them back (see kith_store_replace_end). What was held back before is forgotten. */
enum kith_status kith_removals_settle(struct kith_store_tx *tx, const struct kith_removals *removals,
                                      int64_t *ret_removed, int64_t *ret_held, struct kith_error *err);
/* Add what is held back now. */
enum kith_status kith_removals_load_held(struct kith_db *db, int64_t account_id, struct kith_bits *ret,
                                         struct kith_error *err);

/* --- Keys: what contacts are found and sorted by (store_sqlite_index.c) -------- */

/* true: the keys in the file are those that this store's functions make. */
bool kith_index_is_current(struct kith_store *store, struct kith_db *db);
/* Make the keys anew where they are not. Inside a write transaction. */
enum kith_status kith_index_refresh(struct kith_store *store, struct kith_db *db, struct kith_error *err);
/* Make all search keys anew, whatever the versions say. */
enum kith_status kith_index_rebuild(struct kith_store *store, struct kith_db *db, struct kith_error *err);

enum kith_status kith_index_add(struct kith_db *db, int64_t contact_id, const struct kith_keys *keys,
                                struct kith_error *err);
/* keys must be exactly what was added. */
enum kith_status kith_index_remove(struct kith_db *db, int64_t contact_id, const struct kith_keys *keys,
                                   struct kith_error *err);
/* The keys of the contact as it is in the file. arena and keys are emptied first and lent for this. */
enum kith_status kith_index_keys_of(struct kith_store *store, struct kith_db *db, int64_t contact_id,
                                    struct kith_arena *arena, struct kith_keys *keys, bool *ret_found,
                                    struct kith_error *err);
/* Take the words of a contact out that is still in the file. */
enum kith_status kith_index_forget(struct kith_store *store, struct kith_db *db, int64_t contact_id,
                                   struct kith_arena *arena, struct kith_keys *keys, struct kith_error *err);
enum kith_status kith_index_empty(struct kith_db *db, struct kith_error *err);
/* Merge what was added and removed, so that removed words are gone from the file. */
enum kith_status kith_index_tidy(struct kith_db *db, struct kith_error *err);

/* KITH_E_STORE reason DAMAGED when the word index does not agree with itself. FTS5 tells it to a writer only. */
enum kith_status kith_index_check(struct kith_db *db, struct kith_error *err);

/* The secondary indexes, which a large first import makes after its rows. */
enum kith_status kith_index_drop_secondary(struct kith_db *db, struct kith_error *err);
enum kith_status kith_index_make_source(struct kith_db *db, struct kith_error *err);
enum kith_status kith_index_make_secondary(struct kith_db *db, struct kith_error *err); /* those that are missing */

/* --- Accounts (store_sqlite_account.c) ----------------------------------------- */

/*
 * Write the account, new or updated, as kith_store_account_save() does, inside the caller's write transaction. *ret_id:
 * its number, final when that commits.
 */
enum kith_status kith_account_put(struct kith_db *db, const struct kith_store_account *account, int64_t *ret_id,
                                  struct kith_error *err);

/* Write the account's numbers, its resume token ("" none) and the history row of an import that ended well. */
enum kith_status kith_account_imported(struct kith_db *db, const struct kith_import_result *result, const char *resume,
                                       struct kith_error *err);

/* --- Rows (store_sqlite_list.c) -------------------------------------------------- */

/* Builds rows one by one from one reader. */
struct kith_row_maker {
    struct kith_db *db;
    struct kith_rows *rows;
    int64_t account_id; /* whose name and source are these: neighbours mostly share it */
    const char *account;
    enum kith_source source;
    struct kith_row_place *place; /* NULL, or as many as rows are completed: filled in with them */
};
/* Where a row stands in the list, before account and id. In the arena of the rows. */
struct kith_row_place {
    const char *key;
    size_t n_key;
    const char *letter;
};
/*
 * Append what a contact is ranked by: its names. s is a statement that answers RANKED_COLUMNS, of contact, before all
 * others. The row may move when the next comes.
 */
#define RANKED_COLUMNS "contact.id, flags, shown, bold_start, bold_len, reading"
enum ranked_column { RANKED_ID, RANKED_FLAGS, RANKED_SHOWN, RANKED_COLUMNS_END = RANKED_SHOWN + 4 };
struct kith_row *kith_row_begin(struct kith_row_maker *maker, struct kith_stmt *s);
/* Fill in everything, or all but the names, of n rows that have an id. One whose contact is gone stays as it is. */
enum kith_status kith_rows_complete(struct kith_row_maker *maker, struct kith_row *row, size_t n,
                                    struct kith_error *err);
