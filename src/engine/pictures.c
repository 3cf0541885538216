/* SPDX-License-Identifier: MIT */
/*
 * pictures.c - see pictures.h.
 *
 * Before: conduct_import.c has committed the contacts; whose picture is missing stands in the store.
 * After:  faces show the pictures instead of initials.
 *
 * They are committed some dozens at a time: every commit has all faces look what is new.
 */
#include "engine/pictures.h"

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/log.h"

enum {
    WISHES_AT_ONCE = 64,               /* of one commit */
    HELD_BYTES_MAX = 16 * 1024 * 1024, /* or when so much waits for it */
    PATIENCE_MS = 2000,                /* before pictures that were not answered are asked for again, once */
};

struct round {
    struct kith *k;
    struct kith_listing *listing;
    const struct kith_cancel *cancel;
    struct kith_photo_wishes wishes;
    struct kith_picture picture[WISHES_AT_ONCE];
    size_t n; /* fetched so far */
    size_t held;
};

static void round_done(struct round *round)
{
    for (size_t i = 0; i < round->wishes.n; i++)
        free(round->picture[i].bytes);
    kith_photo_wishes_done(&round->wishes);
}
KITH_DEFINE_AUTO_DONE(round, round_done)

/* The next few. false: no more of them now. */
static bool fetch_some(struct round *round)
{
    size_t left = round->wishes.n - round->n;
    size_t n = left < KITH_PICTURES_AT_ONCE ? left : KITH_PICTURES_AT_ONCE;
    struct kith_picture *some = &round->picture[round->n];
    struct kith_error err = {0};
    size_t n_answered = 0;

    for (size_t i = 0; i < n; i++)
        some[i] = (struct kith_picture){.wish = &round->wishes.wish[round->n + i]};
    enum kith_status st = round->listing->ops->pictures(round->listing, some, n, &err);
    for (size_t i = 0; i < n; i++) {
        round->held += some[i].n_bytes;
        n_answered += some[i].answered;
    }
    round->n += n;
    if (st != KITH_OK)
        kith_log_debug(KITH_LOG_ENGINE, "pictures: %s", err.message);
    if (st == KITH_OK && n_answered < n)
        (void)kith_cancel_sleep_ms(round->cancel, PATIENCE_MS);
    return st == KITH_OK;
}

static enum kith_status keep(struct round *round, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL; /* rolls back unless committed */
    enum kith_status st = kith_store_begin(round->k->store, round->cancel, &tx, err);

    for (size_t i = 0; i < round->n && st == KITH_OK; i++) {
        const struct kith_picture *picture = &round->picture[i];

        if (picture->answered)
            st = kith_store_photo_put(tx, picture->wish, picture->bytes, picture->n_bytes, err);
    }
    return st == KITH_OK ? kith_store_commit(KITH_TAKE(tx), err) : st;
}

void kith_pictures_fetch(struct kith *k, int64_t account_id, struct kith_listing *listing,
                         const struct kith_cancel *cancel, kith_pictures_fn tell, void *ctx)
{
    int64_t after = 0, done = 0, total = -1;
    bool more = listing->ops->pictures != NULL;

    while (more && !kith_cancel_is_set(cancel)) {
        KITH_AUTO_DONE(round) round = {.k = k, .listing = listing, .cancel = cancel};

        if (kith_store_photo_wishes(k->store, account_id, after, WISHES_AT_ONCE, &round.wishes, NULL) != KITH_OK ||
            round.wishes.n == 0)
            return;
        if (total < 0)
            total = round.wishes.all;
        while (more && round.n < round.wishes.n && round.held < HELD_BYTES_MAX && !kith_cancel_is_set(cancel)) {
            tell(ctx, done, total);
            more = fetch_some(&round);
            done = done + KITH_PICTURES_AT_ONCE < total ? done + KITH_PICTURES_AT_ONCE : total;
        }
        if (round.n == 0 || keep(&round, NULL) != KITH_OK)
            return;
        after = round.wishes.wish[round.n - 1].contact_id;
    }
}
