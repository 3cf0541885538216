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

static enum kith_status apply(struct kith_store_tx *tx, enum kith_spooled what, int64_t id,
                              const struct kith_contact *contact, const struct kith_keys *keys, struct kith_error *err)
{
    switch (what) {
    case KITH_SPOOLED_KEEP:
        return kith_store_replace_keep(tx, id, err);
    case KITH_SPOOLED_GONE:
        return kith_store_changes_remove(tx, contact->source_id, NULL, err);
    case KITH_SPOOLED_LEFT:
        return kith_store_changes_remove(tx, contact->source_id, contact->folder, err);
    case KITH_SPOOLED_PUT:
    case KITH_SPOOLED_END:
        break;
    }
    return kith_store_replace_put(tx, contact, keys, NULL, err);
}

static enum kith_status apply_all(struct kith_store_tx *tx, struct kith_spool *spool, const struct kith_cancel *cancel,
                                  struct kith_error *err)
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
        st = apply(tx, what, id, &contact, &keys, err);
        if (st != KITH_OK)
            return st;
    }
}

enum kith_status kith_import_apply(struct kith *k, const struct kith_import_plan *plan, struct kith_spool *spool,
                                   const struct kith_cancel *cancel, struct kith_import_result *result,
                                   struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL; /* rolls back unless committed */
    enum kith_status st = kith_spool_rewind(spool, err);

    if (st == KITH_OK)
        st = kith_store_begin(k->store, cancel, &tx, err);
    if (st != KITH_OK)
        return st;
    kith_store_tx_set_cancel(tx, cancel);
    st = plan->changes ? kith_store_changes_begin(tx, plan->account_id, plan->expected, err)
                       : kith_store_replace_begin(tx, plan->account_id, plan->expected, err);
    if (st == KITH_OK)
        st = apply_all(tx, spool, cancel, err);
    if (st == KITH_OK)
        st = kith_store_replace_end(tx, plan->may_remove_many, plan->resume, result, err);
    if (st != KITH_OK)
        return st;
    if (plan->on_touched)
        kith_store_replace_touched(tx, plan->on_touched, plan->ctx);
    return kith_store_commit(KITH_TAKE(tx), err);
}
