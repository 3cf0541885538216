/* SPDX-License-Identifier: MIT */
/*
 * conduct_find.c - list, find, who, show: understand the question, ask the store, rank.
 *
 * normalise/ understands what was typed, store/ gives candidates, find/ ranks them; none of
 * them knows the others.
 */
#include <kith/find.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "engine/handle.h"
#include "find/ask.h"
#include "model/rows.h"

/* 0 for NULL: all accounts. */
static enum kith_status account_id_of(struct kith *k, const char *name, int64_t *ret, struct kith_error *err)
{
    struct kith_store_account account;
    enum kith_status st;

    *ret = 0;
    if (!name)
        return KITH_OK;
    st = kith_account_look_up(k, name, &account, err);
    if (st == KITH_OK)
        *ret = account.public_face.id;
    return st;
}

enum kith_status kith_list(struct kith *k, const struct kith_list_options *options, struct kith_rows **ret,
                           struct kith_error *err)
{
    static const struct kith_list_options all = {0};
    int64_t account_id;
    enum kith_status st;

    if (!options)
        options = &all;
    st = account_id_of(k, options->account, &account_id, err);
    if (st == KITH_OK)
        st = kith_store_list(k->store, options, account_id, ret, err);
    return st;
}

enum kith_status kith_list_ids(struct kith *k, const char *account, struct kith_ids **ret, struct kith_error *err)
{
    int64_t account_id;
    enum kith_status st = account_id_of(k, account, &account_id, err);

    return st == KITH_OK ? kith_store_list_ids(k->store, account_id, ret, err) : st;
}

enum kith_status kith_letters_get(struct kith *k, const char *account, struct kith_letters **ret,
                                  struct kith_error *err)
{
    int64_t account_id;
    enum kith_status st = account_id_of(k, account, &account_id, err);

    return st == KITH_OK ? kith_store_letters(k->store, account_id, ret, err) : st;
}

enum kith_status kith_rows_get(struct kith *k, const int64_t *ids, size_t n, struct kith_rows **ret,
                               struct kith_error *err)
{
    return kith_store_rows(k->store, ids, n, ret, err);
}

static void fold(void *ctx, const char *text, struct kith_buf *out)
{
    kith_normalise_fold(ctx, text, out);
}

enum kith_status kith_find(struct kith *k, const char *text, int64_t limit, struct kith_rows **ret,
                           struct kith_error *err)
{
    struct kith_normaliser *n = kith_normaliser_borrow(k);
    const struct kith_find_fold folding = {.fold = fold, .ctx = n};
    struct kith_query query = {.limit = limit};
    KITH_AUTO(kith_rows) rows = NULL;
    enum kith_status st;

    kith_normalise_query(n, text, &query);
    st = kith_store_find(k->store, &query, &rows, err);
    if (st == KITH_OK)
        kith_find_rank(&query, &folding, rows);
    kith_normaliser_return(k, n);
    if (st == KITH_OK)
        st = kith_store_find_complete(k->store, &query, rows, err);
    if (st != KITH_OK)
        return st;
    *ret = KITH_TAKE(rows);
    return KITH_OK;
}

/*
 * Guesses that are none: a number that was imported under another region than it is asked in, or that no region
 * could make sense of, is still the one that is written or dialled like that. Where somebody is certain nobody is
 * guessed.
 */
static void settle_guesses(struct kith_normaliser *n, const char *number, struct kith_rows *rows)
{
    size_t kept = 0;

    if (rows->n == 0 || rows->row[0].match != KITH_MATCH_NUMBER_GUESS)
        return;
    for (size_t i = 0; i < rows->n; i++)
        if (kith_normalise_same_elsewhere(n, number, rows->row[i].matched)) {
            rows->row[kept] = rows->row[i];
            rows->row[kept++].match = KITH_MATCH_NUMBER_NATIONAL;
        }
    if (kept > 0)
        rows->n = kept;
}

enum kith_status kith_who(struct kith *k, const char *number, struct kith_rows **ret, struct kith_error *err)
{
    struct kith_normaliser *n = kith_normaliser_borrow(k);
    struct kith_number understood = {0};
    KITH_AUTO(kith_rows) rows = NULL;
    enum kith_status st;

    kith_normalise_number(n, number, &understood);
    st = kith_normalise_number_status(err);
    if (st == KITH_OK)
        st = kith_store_who(k->store, &understood, &rows, err);
    if (st == KITH_OK)
        settle_guesses(n, number, rows);
    kith_normaliser_return(k, n);
    if (st == KITH_OK)
        *ret = KITH_TAKE(rows);
    return st;
}

enum kith_status kith_contact_get(struct kith *k, int64_t id, struct kith_contact **ret, struct kith_error *err)
{
    return kith_store_contact(k->store, id, ret, err);
}

enum kith_status kith_photo_get(struct kith *k, int64_t contact_id, struct kith_photo **ret, struct kith_error *err)
{
    return kith_store_photo_get(k->store, contact_id, ret, err);
}

void kith_contact_add_photo(struct kith *k, struct kith_contact *contact)
{
    struct kith_photo *photo = NULL;

    if (!contact->has_photo || kith_store_photo_get(k->store, contact->id, &photo, NULL) != KITH_OK)
        return;
    contact->photo = kith_arena_copy(kith_contact_arena(contact), (const char *)photo->bytes, photo->n_bytes);
    contact->n_photo = photo->n_bytes;
    free(photo);
}

enum kith_status kith_contacts_each(struct kith *k, const char *account, kith_contact_fn fn, void *ctx,
                                    struct kith_error *err)
{
    int64_t account_id;
    enum kith_status st = account_id_of(k, account, &account_id, err);

    return st == KITH_OK ? kith_store_each(k->store, account_id, fn, ctx, err) : st;
}
