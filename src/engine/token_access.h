/* SPDX-License-Identifier: MIT */
/*
 * token_access.h - a usable access token for an account: the kept one while it lives, else a refreshed one.
 *
 * Every refresh may bring a new refresh token, which is kept at once; the old one stays
 * valid, so a crash in between harms nothing (Microsoft: "Refresh tokens", rotation).
 */
#pragma once

#include "engine/handle.h"
#include "http/http.h"
#include "signin/oauth.h"

struct kith_token_access {
    struct kith *k;
    const struct kith_store_account *account; /* borrowed */
    const struct kith_cancel *cancel;
    struct kith_provider_in_use provider;
    struct kith_http *http; /* a client of its own: the refresh must not wait behind the pages */
    bool unlocked;          /* the account's lock was given back, and somebody may sign out at any moment */
};

/* Keep fresh tokens of a sign-in or a refresh. */
enum kith_status kith_tokens_keep(struct kith *k, const struct kith_store_account *account,
                                  const struct kith_tokens *tokens, struct kith_error *err);

/* Forget the account's tokens; fine when there are none. */
enum kith_status kith_tokens_forget(struct kith *k, const struct kith_store_account *account, struct kith_error *err);

/*
 * The same, and where the provider has a way to (Google), ask it to forget them, too. Not reaching it is no failure:
 * what nobody holds any more runs out by itself.
 */
enum kith_status kith_tokens_give_back(struct kith *k, const struct kith_store_account *account,
                                       struct kith_error *err);

/*
 * What is kept for the account now ("" when nothing is), to be put back when a sign-in is taken back. before: wipe it
 * with kith_buf_done_secret().
 */
enum kith_status kith_tokens_look_at(struct kith *k, const struct kith_store_account *account, struct kith_buf *before,
                                     struct kith_error *err);
enum kith_status kith_tokens_put_back(struct kith *k, const struct kith_store_account *account,
                                      const struct kith_buf *before, struct kith_error *err);

/* A kith_token_fn (fetch/token_fn.h); ctx is a struct kith_token_access. */
enum kith_status kith_token_access_get(void *ctx, bool force, struct kith_buf *out, struct kith_error *err);
