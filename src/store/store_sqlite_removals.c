/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_removals.c - what is to go at the end of an import, and the brake on it.
 *
 * Before: store_sqlite_import.c knows which contacts of the account their source has no longer.
 * After:  they are gone, or all of them wait for a yes: a fault at a source, or an account emptied by mistake, must not
 *         empty an address book that nobody looked at.
 */
#include "store/store_sqlite.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/log.h"
#include "store/store_contact.h"
#include "store/store_set.h"

enum { HELD_FRACTION = 5 }; /* more than one in five */

static const char held_sql[] = "SELECT contact FROM held WHERE account = ?1";
static const char hold_sql[] = "INSERT INTO held (account, contact) VALUES (?1, ?2)";
static const char held_in_order_sql[] = "SELECT contact.id FROM held JOIN contact ON contact.id = held.contact "
                                        "WHERE held.account = ?1 ORDER BY sort_key, letter, contact.id";
static const char let_go_sql[] = "DELETE FROM held WHERE account = ?1";

enum kith_status kith_removals_load_held(struct kith_db *db, int64_t account_id, struct kith_bits *ret,
                                         struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, held_sql);

    kith_bind_int(&s, account_id);
    while (kith_stmt_step(&s))
        (void)kith_bits_add(ret, kith_stmt_int(&s, 0));
    return kith_stmt_end(&s, "read what is held back", err);
}

static enum kith_status let_go(struct kith_db *db, int64_t account_id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, let_go_sql);

    kith_bind_int(&s, account_id);
    return kith_stmt_run(&s, "save the contacts", err);
}

static enum kith_status hold(struct kith_db *db, int64_t account_id, const struct kith_bits *gone,
                             const struct kith_bits *stay, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (int64_t id = kith_bits_next_without(gone, stay, gone->first); id >= 0 && st == KITH_OK;
         id = kith_bits_next_without(gone, stay, id + 1)) {
        KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, hold_sql);

        kith_bind_int(&s, account_id);
        kith_bind_int(&s, id);
        st = kith_stmt_run(&s, "save the contacts", err);
    }
    return st;
}

static enum kith_status remove_all(struct kith_store_tx *tx, const struct kith_bits *gone, const struct kith_bits *stay,
                                   struct kith_error *err)
{
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO_DONE(kith_keys) keys;
    enum kith_status st = KITH_OK;

    kith_keys_init(&keys);
    for (int64_t id = kith_bits_next_without(gone, stay, gone->first); id >= 0 && st == KITH_OK;
         id = kith_bits_next_without(gone, stay, id + 1)) {
        st = kith_index_forget(tx->store, tx->db, id, arena, &keys, err);
        if (st == KITH_OK)
            st = kith_contact_remove(tx->db, id, err);
    }
    return st;
}

static int64_t count_without(const struct kith_bits *gone, const struct kith_bits *stay)
{
    int64_t n = 0;

    for (int64_t id = kith_bits_next_without(gone, stay, gone->first); id >= 0;
         id = kith_bits_next_without(gone, stay, id + 1))
        n++;
    return n;
}

static bool some_wait(struct kith_db *db, int64_t account_id)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, held_sql);

    kith_bind_int(&s, account_id);
    return kith_stmt_step(&s);
}

enum kith_status kith_removals_settle(struct kith_store_tx *tx, const struct kith_removals *removals,
                                      int64_t *ret_removed, int64_t *ret_held, struct kith_error *err)
{
    int64_t n = count_without(removals->gone, removals->stay);
    /* Those that wait already do not go because others came meanwhile and made them a smaller part. */
    bool many =
        n > KITH_HELD_MIN && (n * HELD_FRACTION > removals->n_before || some_wait(tx->db, removals->account_id));
    enum kith_status st = let_go(tx->db, removals->account_id, err);

    if (st != KITH_OK)
        return st;
    if (many && !removals->may_remove_many) {
        kith_log_debug(KITH_LOG_STORE, "%lld of %lld contacts would go: held back", (long long)n,
                       (long long)removals->n_before);
        *ret_removed = 0;
        *ret_held = n;
        return hold(tx->db, removals->account_id, removals->gone, removals->stay, err);
    }
    *ret_removed = n;
    *ret_held = 0;
    return remove_all(tx, removals->gone, removals->stay, err);
}

enum kith_status kith_store_held(struct kith_store *store, int64_t account_id, struct kith_ids **ret,
                                 struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    struct kith_ids *ids = kith_xnew(struct kith_ids);
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, held_in_order_sql);
    kith_bind_int(&s, account_id);
    while (kith_stmt_step(&s)) {
        ids->id = kith_xrealloc(ids->id, ids->n + 1, sizeof(ids->id[0]));
        ids->id[ids->n++] = kith_stmt_int(&s, 0);
    }
    st = kith_stmt_end(&s, "read what is held back", err);
    if (st != KITH_OK) {
        kith_ids_free(ids);
        return st;
    }
    *ret = ids;
    return KITH_OK;
}
