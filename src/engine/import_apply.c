/* SPDX-License-Identifier: MIT */
/*
 * import_apply.c - see import_apply.h.
 *
 * Before: import_worker.c has spooled every contact of the account.
 * After:  find/ and show/ see the new contacts; until the commit they see the old ones.
 */
#include "engine/import_apply.h"

#include "base/fail.h"

enum { CANCEL_EVERY = 256 }; /* contacts between two looks at the switch: well under a millisecond each */

static enum kith_status apply_record(struct kith_store_tx *tx, enum kith_spooled what, int64_t contact_id,
                                     const struct kith_contact *contact, const struct kith_keys *keys,
                                     struct kith_import_result *result, struct kith_error *err)
{
    bool added = false;
    enum kith_status st;

    if (what == KITH_SPOOLED_KEEP) {
        result->unchanged++;
        return kith_store_replace_keep(tx, contact_id, err);
    }
    st = kith_store_replace_put(tx, contact, keys, &added, err);
    if (st == KITH_OK && added)
        result->added++;
    else if (st == KITH_OK)
        result->changed++;
    return st;
}

static enum kith_status apply_all(struct kith_store_tx *tx, struct kith_spool *spool, const struct kith_cancel *cancel,
                                  struct kith_import_result *result, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_keys) keys;

    kith_keys_init(&keys);
    for (int64_t n = 0;; n++) {
        struct kith_contact contact;
        enum kith_spooled what;
        int64_t id;
        enum kith_status st;

        if (n % CANCEL_EVERY == 0 && kith_cancel_is_set(cancel))
            return kith_fail(err, KITH_E_CANCELLED, "cancelled");
        kith_keys_clear(&keys);
        st = kith_spool_next(spool, &what, &id, &contact, &keys, err);
        if (st != KITH_OK || what == KITH_SPOOLED_END)
            return st;
        st = apply_record(tx, what, id, &contact, &keys, result, err);
        if (st != KITH_OK)
            return st;
    }
}

enum kith_status kith_import_apply(struct kith *k, int64_t account_id, struct kith_spool *spool,
                                   const struct kith_cancel *cancel, struct kith_import_result *result,
                                   struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL; /* rolls back unless committed */
    int64_t removed = 0;
    enum kith_status st = kith_spool_rewind(spool, err);

    if (st == KITH_OK)
        st = kith_store_begin(k->store, &tx, err);
    if (st != KITH_OK)
        return st;
    kith_store_tx_set_cancel(tx, cancel);
    st = kith_store_replace_begin(tx, account_id, result->imported, err);
    result->imported = 0;
    if (st == KITH_OK)
        st = apply_all(tx, spool, cancel, result, err);
    if (st != KITH_OK)
        return st;
    result->imported = result->added + result->changed + result->unchanged;
    st = kith_store_replace_end(tx, result, &removed, err);
    if (st != KITH_OK)
        return st;
    result->removed = removed;
    return kith_store_commit(KITH_TAKE(tx), err);
}
