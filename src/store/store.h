/* SPDX-License-Identifier: MIT */
/*
 * store.h - where contacts are kept: one interface, SQLite behind it (store_sqlite_*.c).
 *
 * A store may be used from several threads: each call borrows a connection of its
 * own. Readers never wait for a writer. A transaction belongs to one thread.
 * Several processes may open the same folder.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <kith/account.h>
#include <kith/find.h>
#include <kith/import.h>

#include "base/cleanup.h"
#include "model/contact_parts.h"
#include "model/picture.h"
#include "model/query.h"

struct kith_cancel;
struct kith_repair;
struct kith_store;
struct kith_store_tx;

/*
 * What the store needs from normalise/ and gets from engine/: the keys of a contact that
 * it read back, to take them out of its index or to make them anew.
 */
struct kith_store_keys_fn {
    void (*keys)(void *ctx, const struct kith_contact *contact, struct kith_keys *keys); /* any thread */
    void (*fold)(void *ctx, const char *text, struct kith_buf *out); /* one text as the keys are; any thread */
    void *ctx;
    const char *version; /* kith_normaliser_version(): other than stored = all search keys are made again at open */
    const char *sort_version; /* kith_normaliser_sort_version(): the same for sort keys */
};

/*
 * Open dir/contacts.db, made when it is not there, migrated when it is older.
 * KITH_E_STORE with reason: NO_ACCESS, DISK_FULL, DAMAGED (see kith_store_repair), NEWER (message names the version).
 */
enum kith_status kith_store_open(const char *dir, const struct kith_store_keys_fn *keys, struct kith_store **ret,
                                 struct kith_error *err);
/*
 * The same in two steps, for who wants to go on when it cannot be used now: every call tries again, and fails with the
 * reason until it can.
 */
struct kith_store *kith_store_new(const char *dir, const struct kith_store_keys_fn *keys);
enum kith_status kith_store_ready(struct kith_store *store, struct kith_error *err);
void kith_store_close(struct kith_store *store);
KITH_DEFINE_AUTO(kith_store, kith_store_close)

/*
 * Check the whole store, and mend what is wrong. Words that do not agree with the contacts are made anew. A file that
 * cannot be read whole is renamed to contacts.db.damaged-<time>, and a new one takes its place, with the accounts and
 * settings that could still be read and without contacts. Other processes go on with the new file at their next call.
 */
enum kith_status kith_store_repair(struct kith_store *store, struct kith_repair *ret, struct kith_error *err);

/* Changes with every committed change, by whichever process. */
uint64_t kith_store_data_version(struct kith_store *store);
int kith_store_schema(struct kith_store *store);
const char *kith_store_library_version(void);
/* Read everything and verify it. KITH_E_STORE reason DAMAGED when something is wrong. */
enum kith_status kith_store_check(struct kith_store *store, struct kith_error *err);
int64_t kith_store_bytes(struct kith_store *store);
/* Delete every row of everything and give the space back. */
enum kith_status kith_store_clear(struct kith_store *store, struct kith_error *err);

/* --- Accounts ------------------------------------------------------------ */

/* What an account is beside its public face. */
struct kith_store_account {
    struct kith_account public_face; /* importing, done, total stay 0: locks know them */
    char uid[128];                   /* the provider's stable key of the person, e.g. "tid.oid"; "" for files */
};
enum kith_status kith_store_accounts(struct kith_store *store, struct kith_store_account **ret, size_t *ret_n,
                                     struct kith_error *err); /* *ret: yours to free() */
enum kith_status kith_store_account_by_name(struct kith_store *store, const char *name, struct kith_store_account *ret,
                                            struct kith_error *err);
enum kith_status kith_store_account_by_uid(struct kith_store *store, enum kith_source source, const char *uid,
                                           struct kith_store_account *ret, struct kith_error *err);
/*
 * Make a new account (public_face.id 0, filled in on return) or update name, identity, state. Fails with
 * KITH_E_SOURCE_CONFLICT (err->other: the other source's title) when Microsoft 365 and Outlook would both hold
 * contacts or accounts: checked inside the write transaction, so two processes cannot both pass. KITH_E_USAGE: name
 * taken.
 */
enum kith_status kith_store_account_save(struct kith_store *store, struct kith_store_account *account,
                                         struct kith_error *err);
/* With its contacts. */
enum kith_status kith_store_account_remove(struct kith_store *store, int64_t account_id, struct kith_error *err);
/* Note the outcome of a try: error->status KITH_OK or why it failed, state, time. Contacts are not touched. */
enum kith_status kith_store_account_note(struct kith_store *store, int64_t account_id, enum kith_account_state state,
                                         const struct kith_error *outcome, struct kith_error *err);

/* What an account of the Outlook app is read from, in the order it was added. */
struct kith_store_files {
    char **path; /* n of them, absolute */
    size_t n;
    bool copies; /* they lie in the data folder and go with the account */
};
enum kith_status kith_store_files_get(struct kith_store *store, int64_t account_id, struct kith_store_files *ret,
                                      struct kith_error *err); /* *ret: yours to kith_store_files_done() */
void kith_store_files_done(struct kith_store_files *files);    /* all zeroes is fine */
KITH_DEFINE_AUTO_DONE(kith_store_files, kith_store_files_done)
/* As kith_store_account_save() for a new account, together with its files. KITH_E_USAGE: another account has one. */
enum kith_status kith_store_account_add_files(struct kith_store *store, struct kith_store_account *account,
                                              const struct kith_store_files *files, struct kith_error *err);

/*
 * Which contacts an account has, by their source ids: tells each to fn. What is longer than KITH_ORIGIN_BYTES comes as
 * "".
 */
enum { KITH_ORIGIN_BYTES = 1024 };
typedef void (*kith_store_origin_fn)(void *ctx, int64_t contact_id, const char *source_id, const char *change_key);
enum kith_status kith_store_origins(struct kith_store *store, int64_t account_id, kith_store_origin_fn fn, void *ctx,
                                    struct kith_error *err);

/* --- Import: compare and touch ------------------------------------------- */

/*
 * What is known of a source id before any lock is taken: 0 nothing, 1 here with this change key, 2 here with
 * another. Reads only.
 */
enum kith_store_known { KITH_STORE_NEW, KITH_STORE_SAME, KITH_STORE_CHANGED };
struct kith_store_lookup; /* one account's view for a run of lookups; one thread */
enum kith_status kith_store_lookup_new(struct kith_store *store, int64_t account_id, struct kith_store_lookup **ret,
                                       struct kith_error *err);
enum kith_status kith_store_lookup(struct kith_store_lookup *lookup, const char *source_id, const char *change_key,
                                   enum kith_store_known *ret, int64_t *ret_contact_id, struct kith_error *err);
void kith_store_lookup_free(struct kith_store_lookup *lookup);
KITH_DEFINE_AUTO(kith_store_lookup, kith_store_lookup_free)

/*
 * One write transaction. At most one in the world at a time; waits for another up to 30 s (KITH_E_STORE then).
 * Freed without commit it leaves nothing behind. cancel: NULL, or a switch that ends the wait with KITH_E_CANCELLED.
 */
enum kith_status kith_store_begin(struct kith_store *store, const struct kith_cancel *cancel,
                                  struct kith_store_tx **ret, struct kith_error *err);
enum kith_status kith_store_commit(struct kith_store_tx *tx, struct kith_error *err); /* takes tx, also when it fails */
void kith_store_tx_free(struct kith_store_tx *tx);
/*
 * From now on every step of tx, building an index included, ends with KITH_E_CANCELLED soon after the switch is thrown;
 * a commit that has begun is not ended. NULL: no longer.
 */
void kith_store_tx_set_cancel(struct kith_store_tx *tx, const struct kith_cancel *cancel);
KITH_DEFINE_AUTO(kith_store_tx, kith_store_tx_free)

/*
 * Where change tracking goes on: what the listing of the last import or refresh left for the next one. Appends to out;
 * nothing when there is none. Written only by kith_store_replace_end(), together with the contacts it belongs to.
 */
enum kith_status kith_store_resume_get(struct kith_store *store, int64_t account_id, struct kith_buf *out,
                                       struct kith_error *err);

/*
 * Begin replacing an account's contacts in tx: drops the secondary indexes when the store is (nearly) empty and
 * much comes. expected: about how many will be put. Notes which contacts are there, to remove what is not seen.
 */
enum kith_status kith_store_replace_begin(struct kith_store_tx *tx, int64_t account_id, int64_t expected,
                                          struct kith_error *err);
/*
 * The same for a list of changes: what is not mentioned stays. expected: how many changes.
 */
enum kith_status kith_store_changes_begin(struct kith_store_tx *tx, int64_t account_id, int64_t expected,
                                          struct kith_error *err);
/*
 * Of a list of changes: a contact that is gone at its source; with a folder: that left this one, and is gone unless it
 * is in another here. Fine when it is not here. Of a put and a removal of the same contact the later one counts.
 */
enum kith_status kith_store_changes_remove(struct kith_store_tx *tx, const char *source_id, const char *folder,
                                           struct kith_error *err);
/*
 * A contact that was KITH_STORE_SAME: it stays. No row is written. KITH_E_STORE when it has gone since it was
 * looked up: then the import must begin anew.
 */
enum kith_status kith_store_replace_keep(struct kith_store_tx *tx, int64_t contact_id, struct kith_error *err);
/*
 * A new or changed contact, normalised, with its keys. One that is there in this version is written again but
 * counts as unchanged (it is understood anew), one that came before in this tx is counted once; the last one wins.
 * ret_added: true new, false changed; NULL is fine, since kith_store_replace_end() tells all numbers.
 */
enum kith_status kith_store_replace_put(struct kith_store_tx *tx, const struct kith_contact *contact,
                                        const struct kith_keys *keys, bool *ret_added, struct kith_error *err);
/* Tell fn of each contact that this tx made or put in another version and that is still there, by their ids. */
void kith_store_replace_touched(const struct kith_store_tx *tx, kith_touched_fn fn, void *ctx);
/*
 * Remove what is to go, build the indexes again, save the account's numbers (n_reported, state, times), the resume
 * token and the history row. The caller commits.
 *
 * What is to go: what was neither kept nor put (of a list of changes: what was removed there), and what was held back
 * before and has not come again. When that is more than KITH_HELD_MIN contacts and more than a fifth of the account's
 * (or some wait already), and may_remove_many is false, all of it is held back: it stays, result->held counts it, and
 * the account's failure is KITH_E_REMOVALS_HELD until it is decided.
 *
 * resume: "" none; NULL: the one that is there stays, since going on from an older state than this does no harm.
 * result: its reported, skipped, partial, limit, requests and took_ms are noted; account_id, imported, added, changed,
 *         removed, unchanged and held are filled in here, since only the store knows them. reported -1 for a list of
 *         changes: what the account said last is carried on by what came and went.
 */
enum { KITH_HELD_MIN = 50 };
enum kith_status kith_store_replace_end(struct kith_store_tx *tx, bool may_remove_many, const char *resume,
                                        struct kith_import_result *result, struct kith_error *err);

/* The contacts that are held back, by id; *ret: yours to kith_ids_free(). */
enum kith_status kith_store_held(struct kith_store *store, int64_t account_id, struct kith_ids **ret,
                                 struct kith_error *err);

/* --- Reading ------------------------------------------------------------- */

enum kith_status kith_store_list(struct kith_store *store, const struct kith_list_options *options, int64_t account_id,
                                 struct kith_rows **ret, struct kith_error *err); /* account_id 0: all */
enum kith_status kith_store_list_ids(struct kith_store *store, int64_t account_id, struct kith_ids **ret,
                                     struct kith_error *err);
enum kith_status kith_store_letters(struct kith_store *store, int64_t account_id, struct kith_letters **ret,
                                    struct kith_error *err);
enum kith_status kith_store_rows(struct kith_store *store, const int64_t *ids, size_t n, struct kith_rows **ret,
                                 struct kith_error *err);
enum kith_status kith_store_contact(struct kith_store *store, int64_t id, struct kith_contact **ret,
                                    struct kith_error *err);
enum kith_status kith_store_each(struct kith_store *store, int64_t account_id, kith_contact_fn fn, void *ctx,
                                 struct kith_error *err);
int64_t kith_store_count(struct kith_store *store, int64_t account_id);

/*
 * Candidates for a query, likely ones first: all of them when query->limit is 0, else up to KITH_QUERY_CANDIDATES for
 * ranking (or query->limit, if that is more); each with .match set to where it was found. What is not needed for
 * ranking comes when the few that are shown are known: kith_store_find_complete(). rows->more: there are others.
 */
enum kith_status kith_store_find(struct kith_store *store, const struct kith_query *query, struct kith_rows **ret,
                                 struct kith_error *err);
/* Fill in the rows' second, email and phone, and .matched: the field's text where that is not the name. */
enum kith_status kith_store_find_complete(struct kith_store *store, const struct kith_query *query,
                                          struct kith_rows *rows, struct kith_error *err);
/* Who has this number: .match says how sure; ordered by sureness, then name. */
enum kith_status kith_store_who(struct kith_store *store, const struct kith_number *number, struct kith_rows **ret,
                                struct kith_error *err);

/* --- Pictures -------------------------------------------------------------- */

/* As kith_photo_get(). *ret: yours to free(). */
enum kith_status kith_store_photo_get(struct kith_store *store, int64_t contact_id, struct kith_photo **ret,
                                      struct kith_error *err);

/* Pictures that are to be fetched. */
struct kith_photo_wishes {
    struct kith_arena *arena; /* of their texts */
    struct kith_photo_wish *wish;
    size_t n;
    int64_t all; /* of the account, these among them; counted when after is 0 only */
};
/*
 * The next wishes behind contact `after` (0: from the first), at most max; none once the account is signed out: nobody
 * may ask for its pictures then. Yours to kith_photo_wishes_done().
 */
enum kith_status kith_store_photo_wishes(struct kith_store *store, int64_t account_id, int64_t after, size_t max,
                                         struct kith_photo_wishes *ret, struct kith_error *err);
void kith_photo_wishes_done(struct kith_photo_wishes *wishes);
KITH_DEFINE_AUTO_DONE(kith_photo_wishes, kith_photo_wishes_done)

/*
 * What came of a wish: the picture, or none (bytes NULL: the source has none after all). A contact that has gone or
 * changed meanwhile is left alone. Bytes that are no picture count as none. In a transaction of the caller.
 */
enum kith_status kith_store_photo_put(struct kith_store_tx *tx, const struct kith_photo_wish *wish, const void *bytes,
                                      size_t n_bytes, struct kith_error *err);

/* --- Settings that belong to the device's data, not to the configuration --- */
enum kith_status kith_store_setting_get(struct kith_store *store, const char *key, struct kith_buf *value,
                                        struct kith_error *err); /* appends; nothing when unset */
enum kith_status kith_store_setting_set(struct kith_store *store, const char *key, const char *value,
                                        struct kith_error *err);
