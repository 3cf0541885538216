/* SPDX-License-Identifier: MIT */
/*
 * conduct_refresh.c - all linked accounts, or those named, brought up to date one after the other.
 *
 * Before: a person, a timer or a program asks for a refresh.
 * After:  conduct_import.c does the work for each account; one that fails does not stop the others.
 */
#include <kith/find.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "engine/conduct_import.h"
#include "engine/handle.h"

void kith_refresh_result_free(struct kith_refresh_result *result)
{
    if (!result)
        return;
    free(result->outcome);
    free(result);
}
KITH_DEFINE_AUTO(kith_refresh_result, kith_refresh_result_free)

static void add_outcome(struct kith_refresh_result *result, const char *account)
{
    result->outcome = kith_xrealloc(result->outcome, result->n + 1, sizeof(*result->outcome));
    result->outcome[result->n] = (struct kith_refresh_outcome){0};
    (void)kith_text_copy(result->outcome[result->n].account, sizeof(result->outcome->account), account);
    result->n++;
}

/* Every account asked for, in order; all signed-in ones when none is. A wrong name fails before anything is done. */
static enum kith_status choose_accounts(struct kith *k, const char *const *names, size_t n_names,
                                        struct kith_refresh_result *result, struct kith_error *err)
{
    KITH_AUTO(kith_accounts) accounts = NULL;
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < n_names && st == KITH_OK; i++) {
        struct kith_account account;

        st = kith_account_find(k, names[i], &account, err);
        if (st == KITH_OK)
            add_outcome(result, account.name);
    }
    if (n_names > 0 || st != KITH_OK)
        return st;
    st = kith_accounts_get(k, &accounts, err);
    for (size_t i = 0; st == KITH_OK && i < accounts->n; i++)
        if (accounts->account[i].state != KITH_ACCOUNT_SIGNED_OUT)
            add_outcome(result, accounts->account[i].name);
    return st;
}

static bool is_fresh_enough(struct kith *k, const char *name, int64_t if_older_than_s)
{
    struct kith_account account;
    int64_t now_s = kith_clock_now_s();

    if (if_older_than_s <= 0 || kith_account_find(k, name, &account, NULL) != KITH_OK)
        return false;
    /* A time to come was written by a clock that was wrong: it says nothing. */
    return account.last_import_s <= now_s && account.last_import_s > now_s - if_older_than_s;
}

enum kith_status kith_refresh_run(struct kith *k, const char *const *names, size_t n_names, int64_t if_older_than_s,
                                  const struct kith_import_options *options, struct kith_refresh_result **ret,
                                  struct kith_error *err)
{
    KITH_AUTO(kith_refresh_result) result = kith_xnew(struct kith_refresh_result);
    enum kith_status first = choose_accounts(k, names, n_names, result, err);

    if (first != KITH_OK)
        return first;
    for (size_t i = 0; i < result->n; i++) {
        struct kith_refresh_outcome *outcome = &result->outcome[i];
        enum kith_status st;

        outcome->fresh_enough = is_fresh_enough(k, outcome->account, if_older_than_s);
        if (outcome->fresh_enough)
            continue;
        st = kith_conduct_import(k, outcome->account, /* refresh= */ true, options, &outcome->result, &outcome->error);
        if (st != KITH_OK && first == KITH_OK) {
            first = st;
            if (err)
                *err = outcome->error;
        }
        if (st == KITH_E_CANCELLED)
            result->n = i + 1; /* the person wants no more of it, whichever account it was */
    }
    *ret = KITH_TAKE(result);
    return first;
}

/* --- What was held back ---------------------------------------------------------------- */

enum kith_status kith_held_rows(struct kith *k, const char *name, size_t limit, struct kith_rows **ret,
                                struct kith_error *err)
{
    struct kith_store_account account;
    struct kith_ids *ids = NULL;
    enum kith_status st = kith_account_look_up(k, name, &account, err);

    if (st == KITH_OK)
        st = kith_store_held(k->store, account.public_face.id, &ids, err);
    if (st == KITH_OK)
        st = kith_store_rows(k->store, ids->id, limit > 0 && limit < ids->n ? limit : ids->n, ret, err);
    kith_ids_free(ids);
    return st;
}
