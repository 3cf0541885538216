/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_account.c - accounts, their numbers, and the history of their imports.
 *
 * Before: signin/ or an Outlook file gives engine/ an account; an import ends, well or not.
 * After:  faces show Linked Accounts.
 *
 * Contacts of Microsoft 365 and of the Outlook app are mostly the same people: one of
 * the two is enough. The rule is looked at inside the write transaction, so that two
 * processes cannot both find nothing in their way.
 */
#include "store/store_sqlite.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "store/store_contact.h"

enum { HISTORY_KEPT = 50 };

/* --- Reading -------------------------------------------------------------------- */

#define SELECT_ACCOUNT                                                                                                 \
    "SELECT account.id, account.source, account.state, account.name, account.identity, account.uid, "                  \
    "account.n_contacts, account.n_reported, account.last_import_s, account.last_attempt_s, "                          \
    "import.status, import.reason, import.http_status, import.retry_at_s, import.count, import.done, import.total, "   \
    "import.other, import.request_id, import.setting, import.link, import.message, import.hint, import.file "          \
    "FROM account LEFT JOIN import ON import.id = account.failure "

static const char accounts_sql[] = SELECT_ACCOUNT "ORDER BY account.source, account.name";
static const char by_name_sql[] = SELECT_ACCOUNT "WHERE account.name = ?1";
static const char by_uid_sql[] = SELECT_ACCOUNT "WHERE account.source = ?1 AND account.uid = ?2 ORDER BY account.id";

static void read_failure(struct kith_stmt *s, const struct kith_account *account, struct kith_error *e)
{
    int64_t status = kith_stmt_int(s, 10);

    /* A number that this version does not know was written by a newer one. */
    e->status = status < 0 || status >= KITH_STATUS_COUNT ? KITH_E_INTERNAL : (enum kith_status)status;
    if (e->status == KITH_OK)
        return;
    e->source = account->source;
    e->reason = (int)kith_stmt_int(s, 11);
    e->http_status = (int)kith_stmt_int(s, 12);
    e->retry_at_s = kith_stmt_int(s, 13);
    e->count = kith_stmt_int(s, 14);
    e->done = kith_stmt_int(s, 15);
    e->total = kith_stmt_int(s, 16);
    kith_text_copy(e->account, sizeof(e->account), account->name);
    kith_text_copy(e->identity, sizeof(e->identity), account->identity);
    kith_text_copy(e->other, sizeof(e->other), kith_stmt_text(s, 17));
    kith_text_copy(e->request_id, sizeof(e->request_id), kith_stmt_text(s, 18));
    kith_text_copy(e->setting, sizeof(e->setting), kith_stmt_text(s, 19));
    kith_text_copy(e->link, sizeof(e->link), kith_stmt_text(s, 20));
    kith_text_copy(e->message, sizeof(e->message), kith_stmt_text(s, 21));
    kith_text_copy(e->hint, sizeof(e->hint), kith_stmt_text(s, 22));
    kith_text_copy(e->file, sizeof(e->file), kith_stmt_text(s, 23));
}

static void read_account(struct kith_stmt *s, struct kith_store_account *ret)
{
    struct kith_account *a = &ret->public_face;

    *ret = (struct kith_store_account){0};
    a->id = kith_stmt_int(s, 0);
    a->source = (enum kith_source)kith_stmt_int(s, 1);
    a->state = (enum kith_account_state)kith_stmt_int(s, 2);
    kith_text_copy(a->name, sizeof(a->name), kith_stmt_text(s, 3));
    kith_text_copy(a->identity, sizeof(a->identity), kith_stmt_text(s, 4));
    kith_text_copy(ret->uid, sizeof(ret->uid), kith_stmt_text(s, 5));
    a->n_contacts = kith_stmt_int(s, 6);
    a->n_reported = kith_stmt_int(s, 7);
    a->last_import_s = kith_stmt_int(s, 8);
    a->last_attempt_s = kith_stmt_int(s, 9);
    read_failure(s, a, &a->last_error);
}

enum kith_status kith_store_accounts(struct kith_store *store, struct kith_store_account **ret, size_t *ret_n,
                                     struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    struct kith_store_account *accounts = NULL;
    size_t n = 0, cap = 0;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, accounts_sql);
    while (kith_stmt_step(&s)) {
        if (n == cap) {
            cap = cap ? cap * 2 : 4;
            accounts = kith_xrealloc(accounts, cap, sizeof(accounts[0]));
        }
        read_account(&s, &accounts[n++]);
    }
    st = kith_stmt_end(&s, "read the accounts", err);
    if (st != KITH_OK) {
        free(accounts);
        return st;
    }
    *ret = accounts;
    *ret_n = n;
    return KITH_OK;
}

static enum kith_status read_one(struct kith_stmt *s, struct kith_store_account *ret, struct kith_error *err)
{
    if (kith_stmt_step(s)) {
        read_account(s, ret);
        return KITH_OK;
    }
    enum kith_status st = kith_stmt_end(s, "read an account", err);
    return st == KITH_OK ? kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "there is no such account")
                         : st;
}

enum kith_status kith_store_account_by_name(struct kith_store *store, const char *name, struct kith_store_account *ret,
                                            struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, by_name_sql);
    kith_bind_text(&s, name);
    return read_one(&s, ret, err);
}

enum kith_status kith_store_account_by_uid(struct kith_store *store, enum kith_source source, const char *uid,
                                           struct kith_store_account *ret, struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, by_uid_sql);
    kith_bind_int(&s, source);
    kith_bind_text(&s, uid);
    return read_one(&s, ret, err);
}

/* --- Saving ------------------------------------------------------------------------ */

static const char name_taken_sql[] = "SELECT 1 FROM account WHERE name = ?1 AND id <> ?2";
static const char source_used_sql[] = "SELECT name FROM account WHERE source = ?1 LIMIT 1";

static enum kith_source rival_of(enum kith_source source)
{
    switch (source) {
    case KITH_SOURCE_MICROSOFT365:
        return KITH_SOURCE_OUTLOOK;
    case KITH_SOURCE_OUTLOOK:
        return KITH_SOURCE_MICROSOFT365;
    default:
        return KITH_SOURCE_NONE;
    }
}

static enum kith_status check_rival(struct kith_db *db, const struct kith_account *account, struct kith_error *err)
{
    enum kith_source rival = rival_of(account->source);

    if (rival == KITH_SOURCE_NONE)
        return KITH_OK;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, source_used_sql);
    kith_bind_int(&s, rival);
    if (!kith_stmt_step(&s))
        return kith_stmt_end(&s, "save the account", err);

    enum kith_status st = kith_fail(err, KITH_E_SOURCE_CONFLICT, "\"%s\" already brings the contacts of %s",
                                    kith_stmt_text(&s, 0), kith_source_title(rival));
    if (err) {
        err->source = account->source;
        kith_text_copy(err->other, sizeof(err->other), kith_source_title(rival));
        kith_text_copy(err->account, sizeof(err->account), kith_stmt_text(&s, 0));
    }
    return st;
}

static enum kith_status check_name(struct kith_db *db, const struct kith_account *account, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, name_taken_sql);

    if (account->name[0] == '\0')
        return kith_fail(err, KITH_E_USAGE, "an account needs a name");
    kith_bind_text(&s, account->name);
    kith_bind_int(&s, account->id);
    if (kith_stmt_step(&s))
        return kith_fail(err, KITH_E_USAGE, "there is already an account \"%s\"", account->name);
    return kith_stmt_end(&s, "save the account", err);
}

/* Numbers and times are not saved here but by imports: one may have ended since the caller read them. */
static const char insert_sql[] =
    "INSERT INTO account (source, state, name, identity, uid, n_reported) VALUES (?, ?, ?, ?, ?, ?)";
static const char update_sql[] =
    "UPDATE account SET source = ?, state = ?, name = ?, identity = ?, uid = ? WHERE id = ?";

static enum kith_status write_account(struct kith_db *db, const struct kith_store_account *account,
                                      struct kith_error *err)
{
    const struct kith_account *a = &account->public_face;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, a->id ? update_sql : insert_sql);

    kith_bind_int(&s, a->source);
    kith_bind_int(&s, a->state);
    kith_bind_text(&s, a->name);
    kith_bind_text(&s, a->identity);
    kith_bind_text(&s, account->uid);
    kith_bind_int(&s, a->id ? a->id : a->n_reported);
    enum kith_status st = kith_stmt_run(&s, "save the account", err);
    if (st == KITH_OK && a->id && sqlite3_changes(db->sqlite) == 0)
        return kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "account \"%s\" is gone", a->name);
    return st;
}

enum kith_status kith_account_put(struct kith_db *db, const struct kith_store_account *account, int64_t *ret_id,
                                  struct kith_error *err)
{
    enum kith_status st = check_rival(db, &account->public_face, err);

    if (st == KITH_OK)
        st = check_name(db, &account->public_face, err);
    if (st == KITH_OK)
        st = write_account(db, account, err);
    if (st == KITH_OK)
        *ret_id = account->public_face.id ? account->public_face.id : sqlite3_last_insert_rowid(db->sqlite);
    return st;
}

enum kith_status kith_store_account_save(struct kith_store *store, struct kith_store_account *account,
                                         struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    int64_t id = 0;
    enum kith_status st = kith_store_begin(store, NULL, &tx, err);

    if (st == KITH_OK)
        st = kith_account_put(tx->db, account, &id, err);
    if (st == KITH_OK)
        st = kith_store_commit(KITH_TAKE(tx), err);
    if (st == KITH_OK)
        account->public_face.id = id;
    return st;
}

/* --- History -------------------------------------------------------------------------- */

static const char note_sql[] =
    "INSERT INTO import (account, ended_s, status, reason, http_status, retry_at_s, count, done, total, other, "
    "request_id, setting, link, message, hint, file) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char forget_old_sql[] =
    "DELETE FROM import WHERE account = ?1 AND id <= (SELECT id FROM import WHERE account = ?1 ORDER BY id DESC "
    "LIMIT 1 OFFSET ?2)";

static enum kith_status forget_old(struct kith_db *db, int64_t account_id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, forget_old_sql);

    kith_bind_int(&s, account_id);
    kith_bind_int(&s, HISTORY_KEPT);
    return kith_stmt_run(&s, "note the import", err);
}

static enum kith_status note_failure(struct kith_db *db, int64_t account_id, int64_t now_s, const struct kith_error *e,
                                     struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, note_sql);

    kith_bind_int(&s, account_id);
    kith_bind_int(&s, now_s);
    kith_bind_int(&s, e->status);
    kith_bind_int(&s, e->reason);
    kith_bind_int(&s, e->http_status);
    kith_bind_int(&s, e->retry_at_s);
    kith_bind_int(&s, e->count);
    kith_bind_int(&s, e->done);
    kith_bind_int(&s, e->total);
    kith_bind_text(&s, e->other);
    kith_bind_text(&s, e->request_id);
    kith_bind_text(&s, e->setting);
    kith_bind_text(&s, e->link);
    kith_bind_text(&s, e->message);
    kith_bind_text(&s, e->hint);
    kith_bind_text(&s, e->file);
    return kith_stmt_run(&s, "note the import", err);
}

/* To sign out is no try. */
static const char outcome_sql[] = "UPDATE account SET state = ?1, failure = ?2, last_attempt_s = iif(?1 = ?5, "
                                  "last_attempt_s, ?3) WHERE id = ?4";

enum kith_status kith_store_account_note(struct kith_store *store, int64_t account_id, enum kith_account_state state,
                                         const struct kith_error *outcome, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    bool failed = outcome && outcome->status != KITH_OK;
    int64_t now_s = kith_clock_now_s();
    enum kith_status st = kith_store_begin(store, NULL, &tx, err);

    if (st == KITH_OK && failed)
        st = note_failure(tx->db, account_id, now_s, outcome, err);
    if (st != KITH_OK)
        return st;
    int64_t failure = failed ? sqlite3_last_insert_rowid(tx->db->sqlite) : 0;
    {
        KITH_AUTO_DONE(kith_stmt) s = kith_db_use(tx->db, outcome_sql);
        kith_bind_int(&s, state);
        kith_bind_int_or_null(&s, failure);
        kith_bind_int(&s, now_s);
        kith_bind_int(&s, account_id);
        kith_bind_int(&s, KITH_ACCOUNT_SIGNED_OUT);
        st = kith_stmt_run(&s, "note the import", err);
    }
    if (st == KITH_OK && sqlite3_changes(tx->db->sqlite) == 0)
        return kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "there is no such account");
    if (st == KITH_OK)
        st = forget_old(tx->db, account_id, err);
    return st == KITH_OK ? kith_store_commit(KITH_TAKE(tx), err) : st;
}

static const char imported_sql[] =
    "INSERT INTO import (account, ended_s, took_ms, reported, imported, added, changed, removed, unchanged, skipped, "
    "partial, max_count, requests, held, status, count, done, total) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
/* A list of changes does not say how many there are: what was said last is carried on. */
static const char success_sql[] = "UPDATE account SET state = ?1, failure = ?2, n_contacts = ?3, "
                                  "n_reported = iif(?4 >= 0 OR n_reported < 0, ?4, max(0, n_reported + ?5)), "
                                  "last_import_s = ?6, last_attempt_s = ?6, "
                                  "resume_token = iif(?7, resume_token, ?8) WHERE id = ?9";

static enum kith_status note_success(struct kith_db *db, const struct kith_import_result *r, int64_t now_s,
                                     struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, imported_sql);

    kith_bind_int(&s, r->account_id);
    kith_bind_int(&s, now_s);
    kith_bind_int(&s, r->took_ms);
    kith_bind_int(&s, r->reported);
    kith_bind_int(&s, r->imported);
    kith_bind_int(&s, r->added);
    kith_bind_int(&s, r->changed);
    kith_bind_int(&s, r->removed);
    kith_bind_int(&s, r->unchanged);
    kith_bind_int(&s, r->skipped);
    kith_bind_int(&s, r->partial);
    kith_bind_int(&s, r->limit);
    kith_bind_int(&s, r->requests);
    kith_bind_int(&s, r->held);
    kith_bind_int(&s, r->held > 0 ? KITH_E_REMOVALS_HELD : KITH_OK);
    kith_bind_int(&s, r->held);
    kith_bind_int(&s, r->held > 0 ? r->imported - r->held : 0);
    kith_bind_int(&s, r->held > 0 ? r->imported : 0);
    return kith_stmt_run(&s, "note the import", err);
}

enum kith_status kith_account_imported(struct kith_db *db, const struct kith_import_result *result, const char *resume,
                                       struct kith_error *err)
{
    int64_t now_s = kith_clock_now_s();
    enum kith_status st = note_success(db, result, now_s, err);
    int64_t failure = result->held > 0 ? sqlite3_last_insert_rowid(db->sqlite) : 0;

    if (st == KITH_OK)
        st = forget_old(db, result->account_id, err);
    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, success_sql);
    kith_bind_int(&s, failure != 0 ? KITH_ACCOUNT_FAILED : KITH_ACCOUNT_READY);
    kith_bind_int_or_null(&s, failure);
    kith_bind_int(&s, result->imported);
    kith_bind_int(&s, result->reported);
    kith_bind_int(&s, result->added - result->removed);
    kith_bind_int(&s, now_s);
    kith_bind_int(&s, resume == NULL);
    kith_bind_text(&s, resume);
    kith_bind_int(&s, result->account_id);
    return kith_stmt_run(&s, "save the account", err);
}

static const char resume_sql[] = "SELECT resume_token FROM account WHERE id = ?1";

enum kith_status kith_store_resume_get(struct kith_store *store, int64_t account_id, struct kith_buf *out,
                                       struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, resume_sql);
    kith_bind_int(&s, account_id);
    if (kith_stmt_step(&s) && !kith_buf_add_text(out, kith_stmt_text(&s, 0)))
        kith_buf_clear(out); /* longer than anything kith writes: as good as none */
    return kith_stmt_end(&s, "read the account", err);
}

/* --- Leaving ------------------------------------------------------------------------------ */

static const char contacts_of_sql[] = "SELECT id FROM contact WHERE account = ?1 AND id > ?2 ORDER BY id LIMIT 1";
static const char drop_account_sql[] = "DELETE FROM account WHERE id = ?1";
static const char drop_history_sql[] = "DELETE FROM import WHERE account = ?1";
static const char drop_held_sql[] = "DELETE FROM held WHERE account = ?1";
static const char drop_files_sql[] = "DELETE FROM source_file WHERE account = ?1";
static const char numbers_sql[] = "SELECT n_contacts, (SELECT sum(n_contacts) FROM account) FROM account WHERE id = ?1";

static enum kith_status run_for(struct kith_db *db, const char *sql, int64_t account_id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, sql);

    kith_bind_int(&s, account_id);
    return kith_stmt_run(&s, "remove the account", err);
}

static enum kith_status read_numbers(struct kith_db *db, int64_t account_id, int64_t *ret_its, int64_t *ret_all,
                                     struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, numbers_sql);

    kith_bind_int(&s, account_id);
    if (kith_stmt_step(&s)) {
        *ret_its = kith_stmt_int(&s, 0);
        *ret_all = kith_stmt_int(&s, 1);
        return KITH_OK;
    }
    enum kith_status st = kith_stmt_end(&s, "remove the account", err);
    return st == KITH_OK ? kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "there is no such account")
                         : st;
}

/* Take the words of the account's contacts out, one contact after the other. */
static enum kith_status remove_words(struct kith_store *store, struct kith_db *db, int64_t account_id,
                                     struct kith_error *err)
{
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO_DONE(kith_keys) keys;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, contacts_of_sql);
    enum kith_status st = KITH_OK;
    int64_t id = 0;

    kith_keys_init(&keys);
    while (st == KITH_OK) {
        kith_stmt_again(&s);
        kith_bind_int(&s, account_id);
        kith_bind_int(&s, id);
        if (!kith_stmt_step(&s))
            return kith_stmt_end(&s, "remove the account", err);
        id = kith_stmt_int(&s, 0);
        st = kith_index_forget(store, db, id, arena, &keys, err);
    }
    return st;
}

/* Whichever costs less: taking out what goes, or making anew what stays. */
static enum kith_status remove_contacts(struct kith_store *store, struct kith_db *db, int64_t account_id,
                                        struct kith_error *err)
{
    int64_t its = 0, all = 0;
    enum kith_status st = read_numbers(db, account_id, &its, &all, err);

    if (st != KITH_OK)
        return st;
    bool most = its > all - its;
    if (!most && its > 0)
        st = remove_words(store, db, account_id, err);
    if (st == KITH_OK)
        st = kith_contact_remove_account(db, account_id, err);
    if (st != KITH_OK || its == 0)
        return st;
    return most ? kith_index_rebuild(store, db, err) : kith_index_tidy(db, err);
}

enum kith_status kith_store_account_remove(struct kith_store *store, int64_t account_id, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    enum kith_status st = kith_store_begin(store, NULL, &tx, err);

    if (st != KITH_OK)
        return st;
    tx->large = true; /* the log must not keep what was removed */
    st = kith_index_refresh(store, tx->db, err);
    if (st == KITH_OK)
        st = remove_contacts(store, tx->db, account_id, err);
    if (st == KITH_OK)
        st = run_for(tx->db, drop_history_sql, account_id, err);
    if (st == KITH_OK)
        st = run_for(tx->db, drop_held_sql, account_id, err);
    if (st == KITH_OK)
        st = run_for(tx->db, drop_files_sql, account_id, err);
    if (st == KITH_OK)
        st = run_for(tx->db, drop_account_sql, account_id, err);
    return st == KITH_OK ? kith_store_commit(KITH_TAKE(tx), err) : st;
}
