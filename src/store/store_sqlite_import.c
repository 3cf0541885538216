/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_import.c - replacing an account's contacts in one step: compare, and touch what changed.
 *
 * Before: engine/ has every page of the account, looked its ids up and normalised what is new or changed.
 * After:  all faces see the new contacts at once; store_sqlite_list.c and _find.c read them.
 *
 * The first import runs through the same code. When little is here and much comes, the
 * secondary indexes are made after the rows: sorted once instead of kept sorted a
 * million times. Meanwhile a set of hashes answers what the index would: has this id come
 * before? Only when it says "maybe" is the index made early.
 */
#include "store/store_sqlite.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "store/store_contact.h"
#include "store/store_pack.h"
#include "store/store_set.h"

enum {
    LOOKUPS_PER_SNAPSHOT = 1000, /* a snapshot that stays keeps the log from being used anew */
    MUCH = 2000,                 /* fewer contacts are written with the indexes in place */
};

/* --- Before the lock: what is known -------------------------------------------------- */

struct kith_store_lookup {
    struct kith_db *db;
    struct kith_account_texts texts;
    unsigned n_since_snapshot;
};

enum kith_status kith_store_lookup_new(struct kith_store *store, int64_t account_id, struct kith_store_lookup **ret,
                                       struct kith_error *err)
{
    KITH_AUTO(kith_store_lookup) lookup = kith_xnew(struct kith_store_lookup);
    enum kith_status st = kith_store_open_lookup(store, &lookup->db, err);

    if (st == KITH_OK)
        st = kith_account_texts_load(lookup->db, account_id, &lookup->texts, err);
    if (st != KITH_OK)
        return st;
    *ret = KITH_TAKE(lookup);
    return KITH_OK;
}

enum kith_status kith_store_lookup(struct kith_store_lookup *lookup, const char *source_id, const char *change_key,
                                   enum kith_store_known *ret, int64_t *ret_contact_id, struct kith_error *err)
{
    bool same = false;
    int64_t id = 0;
    enum kith_status st = KITH_OK;

    if (++lookup->n_since_snapshot >= LOOKUPS_PER_SNAPSHOT) {
        st = kith_store_renew(lookup->db, err);
        lookup->n_since_snapshot = 0;
    }
    if (st == KITH_OK)
        st = kith_contact_look_up(lookup->db, &lookup->texts, source_id, change_key, &id, &same, err);
    if (st != KITH_OK)
        return st;
    *ret = id == 0 ? KITH_STORE_NEW : same ? KITH_STORE_SAME : KITH_STORE_CHANGED;
    *ret_contact_id = id;
    return KITH_OK;
}

void kith_store_lookup_free(struct kith_store_lookup *lookup)
{
    if (!lookup)
        return;
    kith_account_texts_done(&lookup->texts);
    kith_db_close(lookup->db);
    free(lookup);
}

/* --- Beginning ------------------------------------------------------------------------- */

struct kith_replace {
    int64_t account_id;
    struct kith_account_texts texts;
    bool changes;           /* only what is mentioned is touched */
    int64_t n_before;       /* contacts of the account when it began */
    struct kith_bits there; /* these; not known of a list of changes, whose cost is not that of the account */
    struct kith_bits seen;  /* kept or put */
    struct kith_bits gone;  /* of changes: removed at the source, now or held back before */
    bool deferred;          /* no secondary index at the moment; prints answers for contact_source */
    bool without_indexes;   /* they are made at the end */
    struct kith_prints prints;
    int64_t first_added; /* numbers of contacts are never given twice: older ones were there */
    int64_t next_contact;
    int64_t added;
    struct kith_bits changed; /* put in another version */
    struct kith_arena *arena;
    struct kith_keys old_keys;
};

void kith_replace_free(struct kith_replace *r)
{
    if (!r)
        return;
    kith_account_texts_done(&r->texts);
    kith_bits_done(&r->there);
    kith_bits_done(&r->seen);
    kith_bits_done(&r->gone);
    kith_bits_done(&r->changed);
    kith_prints_done(&r->prints);
    kith_arena_free(r->arena);
    kith_keys_done(&r->old_keys);
    free(r);
}

static const char count_sql[] = "SELECT n_contacts FROM account WHERE id = ?1";
static const char count_all_sql[] = "SELECT total(n_contacts) FROM account";
static const char there_sql[] = "SELECT id FROM contact WHERE account = ?1";
static const char next_contact_sql[] = "SELECT value FROM meta WHERE key = 'next_contact'";
static const char set_next_contact_sql[] = "REPLACE INTO meta (key, value) VALUES ('next_contact', ?1)";

static enum kith_status read_count(struct kith_db *db, int64_t account_id, int64_t *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, count_sql);

    kith_bind_int(&s, account_id);
    if (kith_stmt_step(&s)) {
        *ret = kith_stmt_int(&s, 0);
        return KITH_OK;
    }
    enum kith_status st = kith_stmt_end(&s, "begin the import", err);
    return st == KITH_OK ? kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "the account is gone") : st;
}

static enum kith_status note_there(struct kith_db *db, struct kith_replace *r, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, there_sql);

    kith_bind_int(&s, r->account_id);
    while (kith_stmt_step(&s))
        (void)kith_bits_add(&r->there, kith_stmt_int(&s, 0)); /* a key: each comes once */
    r->n_before = r->there.count;
    return kith_stmt_end(&s, "begin the import", err);
}

static enum kith_status defer_indexes(struct kith_db *db, struct kith_replace *r, int64_t expected,
                                      struct kith_error *err)
{
    kith_log_debug(KITH_LOG_STORE, "indexes are made after the rows");
    r->deferred = r->without_indexes = true;
    kith_prints_init(&r->prints, (size_t)expected + (size_t)expected / 8);
    return kith_index_drop_secondary(db, err);
}

static enum kith_status begin(struct kith_store_tx *tx, int64_t account_id, int64_t expected, bool changes,
                              struct kith_error *err)
{
    int64_t here = 0;
    enum kith_status st = kith_store_tx_check(tx, err);

    if (st == KITH_OK)
        st = kith_index_refresh(tx->store, tx->db, err); /* another version of our rules may have been here */
    if (st == KITH_OK)
        st = read_count(tx->db, account_id, &here, err);
    if (st != KITH_OK)
        return st;

    kith_replace_free(tx->replace);
    struct kith_replace *r = tx->replace = kith_xnew(struct kith_replace);
    r->account_id = account_id;
    r->changes = changes;
    r->n_before = here;
    r->arena = kith_arena_new();
    kith_keys_init(&r->old_keys);
    r->first_added = r->next_contact = kith_db_integer(tx->db, next_contact_sql, 1);
    kith_bits_init(&r->there, 0);
    kith_bits_init(&r->seen, 0);
    kith_bits_init(&r->gone, 0);
    kith_bits_init(&r->changed, 0);

    st = kith_account_texts_load(tx->db, account_id, &r->texts, err);
    if (st == KITH_OK && here > 0 && !changes)
        st = note_there(tx->db, r, err);
    int64_t all = kith_db_integer(tx->db, count_all_sql, INT64_MAX);
    if (st == KITH_OK && here == 0 && expected >= MUCH && all < expected / 4)
        st = defer_indexes(tx->db, r, expected, err);
    tx->large = expected >= MUCH;
    return st;
}

enum kith_status kith_store_replace_begin(struct kith_store_tx *tx, int64_t account_id, int64_t expected,
                                          struct kith_error *err)
{
    return begin(tx, account_id, expected, /* changes= */ false, err);
}

enum kith_status kith_store_changes_begin(struct kith_store_tx *tx, int64_t account_id, int64_t expected,
                                          struct kith_error *err)
{
    enum kith_status st = begin(tx, account_id, expected, /* changes= */ true, err);

    if (st != KITH_OK)
        return st;
    return kith_removals_load_held(tx->db, account_id, &tx->replace->gone, err);
}

/* --- One contact -------------------------------------------------------------------------- */

static const char is_there_sql[] = "SELECT 1 FROM contact WHERE id = ?1 AND account = ?2";

static bool is_there(struct kith_db *db, const struct kith_replace *r, int64_t contact_id)
{
    if (!r->changes)
        return kith_bits_has(&r->there, contact_id);
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, is_there_sql);

    kith_bind_int(&s, contact_id);
    kith_bind_int(&s, r->account_id);
    return kith_stmt_step(&s);
}

/* Of a contact that is here now: whether it was when the import began. */
static bool was_there(const struct kith_replace *r, int64_t contact_id)
{
    return contact_id < r->first_added;
}

enum kith_status kith_store_replace_keep(struct kith_store_tx *tx, int64_t contact_id, struct kith_error *err)
{
    struct kith_replace *r = tx->replace;

    if (!is_there(tx->db, r, contact_id))
        return kith_fail(err, KITH_E_STORE, "contacts of this account were removed while it was imported");
    (void)kith_bits_add(&r->seen, contact_id); /* a server may give it twice */
    return KITH_OK;
}

/* Whether the id is certainly new, without an index to ask. */
static bool is_new(struct kith_replace *r, const char *source_id)
{
    return r->deferred && kith_prints_add(&r->prints, (uint64_t)kith_source_hash(r->account_id, source_id));
}

/* "Maybe" needs an answer: from now on there is an index that gives it. */
static enum kith_status end_guessing(struct kith_store_tx *tx, struct kith_error *err)
{
    struct kith_replace *r = tx->replace;

    if (!r->deferred)
        return KITH_OK;
    kith_log_debug(KITH_LOG_STORE, "an id may have come twice: its index is made now");
    r->deferred = false;
    kith_prints_done(&r->prints);
    return kith_index_make_source(tx->db, err);
}

static enum kith_status put_new(struct kith_store_tx *tx, const struct kith_contact *contact,
                                const struct kith_keys *keys, struct kith_error *err)
{
    struct kith_replace *r = tx->replace;
    int64_t id = r->next_contact++;
    enum kith_status st = kith_contact_insert(tx->db, &r->texts, id, contact, keys, err);

    if (st == KITH_OK)
        st = kith_index_add(tx->db, id, keys, err);
    if (st != KITH_OK)
        return st;
    (void)kith_bits_add(&r->seen, id); /* numbers are never given twice */
    r->added++;
    return KITH_OK;
}

static bool same_words(const struct kith_keys *a, const struct kith_keys *b)
{
    return strcmp(kith_buf_text(&a->names), kith_buf_text(&b->names)) == 0 &&
           strcmp(kith_buf_text(&a->others), kith_buf_text(&b->others)) == 0 &&
           strcmp(kith_buf_text(&a->numbers), kith_buf_text(&b->numbers)) == 0;
}

/* same: it is so at its source too, and is only understood anew here; that counts as unchanged. */
static enum kith_status put_changed(struct kith_store_tx *tx, int64_t id, bool same, const struct kith_contact *contact,
                                    const struct kith_keys *keys, struct kith_error *err)
{
    struct kith_replace *r = tx->replace;
    bool found = false;
    enum kith_status st = kith_index_keys_of(tx->store, tx->db, id, r->arena, &r->old_keys, &found, err);

    if (st != KITH_OK)
        return st;
    bool reindex = !found || !same_words(&r->old_keys, keys);
    if (found && reindex)
        st = kith_index_remove(tx->db, id, &r->old_keys, err);
    if (st == KITH_OK)
        st = kith_contact_replace(tx->db, &r->texts, id, contact, keys, err);
    if (st == KITH_OK && reindex)
        st = kith_index_add(tx->db, id, keys, err);
    if (st == KITH_OK && kith_bits_add(&r->seen, id) && !same)
        (void)kith_bits_add(&r->changed, id); /* a server may give it twice */
    return st;
}

enum kith_status kith_store_replace_put(struct kith_store_tx *tx, const struct kith_contact *contact,
                                        const struct kith_keys *keys, bool *ret_added, struct kith_error *err)
{
    struct kith_replace *r = tx->replace;
    int64_t id = 0;
    bool same = false;
    enum kith_status st = kith_store_tx_check(tx, err);

    if (st == KITH_OK && !is_new(r, contact->source_id)) {
        st = end_guessing(tx, err);
        if (st == KITH_OK)
            st = kith_contact_look_up(tx->db, &r->texts, contact->source_id, contact->change_key, &id, &same, err);
    }
    if (st != KITH_OK)
        return st;
    if (ret_added)
        *ret_added = id == 0;
    if (id == 0)
        return put_new(tx, contact, keys, err);
    same = same && contact->change_key[0] != '\0'; /* without versions nobody knows */
    if (same && kith_bits_has(&r->seen, id))
        return KITH_OK; /* a server may give it twice */
    return put_changed(tx, id, same, contact, keys, err);
}

/* --- One that is gone ------------------------------------------------------------------------- */

static const char in_folder_sql[] = "SELECT 1 FROM contact LEFT JOIN folder ON folder.id = contact.folder "
                                    "WHERE contact.id = ?1 AND ifnull(folder.path, '') = ifnull(?2, '')";

static enum kith_status is_in_folder(struct kith_db *db, int64_t contact_id, const char *folder, bool *ret,
                                     struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, in_folder_sql);

    kith_bind_int(&s, contact_id);
    kith_bind_text(&s, folder);
    *ret = kith_stmt_step(&s);
    return *ret ? KITH_OK : kith_stmt_end(&s, "look a contact up", err);
}

/* Whoever was here goes at the end, unless he is put again; whoever came with this very list never was. */
static enum kith_status let_go(struct kith_store_tx *tx, int64_t id, struct kith_error *err)
{
    struct kith_replace *r = tx->replace;
    enum kith_status st = KITH_OK;

    if (was_there(r, id)) {
        (void)kith_bits_remove(&r->seen, id);
        (void)kith_bits_add(&r->gone, id); /* a round may tell it twice */
    } else if (kith_bits_remove(&r->seen, id)) {
        st = kith_index_forget(tx->store, tx->db, id, r->arena, &r->old_keys, err);
        if (st == KITH_OK)
            st = kith_contact_remove(tx->db, id, err);
        r->added--;
    }
    return st;
}

enum kith_status kith_store_changes_remove(struct kith_store_tx *tx, const char *source_id, const char *folder,
                                           struct kith_error *err)
{
    struct kith_replace *r = tx->replace;
    int64_t id = 0;
    bool same, gone = true;
    enum kith_status st = kith_store_tx_check(tx, err);

    if (st != KITH_OK || r->n_before + r->seen.count == 0) /* nobody is here */
        return st;
    st = end_guessing(tx, err);
    if (st == KITH_OK)
        st = kith_contact_look_up(tx->db, &r->texts, source_id, "", &id, &same, err);
    if (st == KITH_OK && id != 0 && folder)
        st = is_in_folder(tx->db, id, folder, &gone, err);
    return st == KITH_OK && id != 0 && gone ? let_go(tx, id, err) : st;
}

/* --- The end --------------------------------------------------------------------------------- */

static enum kith_status save_next_contact(struct kith_store_tx *tx, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(tx->db, set_next_contact_sql);

    kith_bind_int(&s, tx->replace->next_contact);
    return kith_stmt_run(&s, "save the contacts", err);
}

static enum kith_status settle(struct kith_store_tx *tx, bool may_remove_many, struct kith_import_result *result,
                               struct kith_error *err)
{
    const struct kith_replace *r = tx->replace;
    const struct kith_removals removals = {
        .account_id = r->account_id,
        .n_before = r->n_before,
        .gone = r->changes ? &r->gone : &r->there,
        .stay = &r->seen,
        .may_remove_many = may_remove_many,
    };

    return kith_removals_settle(tx, &removals, &result->removed, &result->held, err);
}

/* Put in another version, and not removed after that. */
static int64_t count_changed(const struct kith_replace *r)
{
    int64_t n = r->changed.count;

    for (int64_t id = kith_bits_next_without(&r->changed, &r->seen, r->changed.first); id >= 0;
         id = kith_bits_next_without(&r->changed, &r->seen, id + 1))
        n--;
    return n;
}

void kith_store_replace_touched(const struct kith_store_tx *tx, kith_touched_fn fn, void *ctx)
{
    static const struct kith_bits none;
    const struct kith_replace *r = tx->replace;

    for (int64_t id = kith_bits_next_without(&r->seen, &none, r->seen.first); id >= 0;
         id = kith_bits_next_without(&r->seen, &none, id + 1))
        if (!was_there(r, id) || kith_bits_has(&r->changed, id))
            fn(ctx, r->account_id, id);
}

static void add_up(const struct kith_replace *r, struct kith_import_result *result)
{
    result->account_id = r->account_id;
    result->added = r->added;
    result->changed = count_changed(r);
    result->imported = r->n_before + r->added - result->removed;
    result->unchanged = result->imported - r->added - result->changed - result->held;
}

enum kith_status kith_store_replace_end(struct kith_store_tx *tx, bool may_remove_many, const char *resume,
                                        struct kith_import_result *result, struct kith_error *err)
{
    struct kith_replace *r = tx->replace;
    enum kith_status st = kith_store_tx_check(tx, err);

    if (st == KITH_OK)
        st = settle(tx, may_remove_many, result, err);
    if (st == KITH_OK && r->added > 0)
        st = save_next_contact(tx, err);
    if (st == KITH_OK && r->without_indexes)
        st = kith_index_make_secondary(tx->db, err);
    if (st != KITH_OK)
        return st;
    add_up(r, result);
    return kith_account_imported(tx->db, result, resume, err);
}
