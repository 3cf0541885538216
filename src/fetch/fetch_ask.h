/* SPDX-License-Identifier: MIT */
/* fetch_ask.h - what fetch_microsoft.c and fetch_google.c do alike: tokens, pages that came damaged, and failing. */
#pragma once

#include <kith/account.h>

#include "base/buf.h"
#include "base/cancel.h"
#include "fetch/token_fn.h"
#include "http/http.h"

/* Room for an access token; reserved at once, so that none is left behind by growing. */
enum { KITH_FETCH_TOKEN_BYTES = 16 * 1024 };

/* Replace the token in out, a buffer with room for KITH_FETCH_TOKEN_BYTES. force: it was refused. */
enum kith_status kith_fetch_token(kith_token_fn token, void *ctx, bool force, struct kith_buf *out,
                                  struct kith_error *err);

/*
 * Before a page that could not be read is asked for once more: a pause, longer each time. *n_retries: how often it was
 * done for this page; counted up. *ret_again false: often enough. KITH_E_CANCELLED.
 */
enum kith_status kith_fetch_retry(int *n_retries, const struct kith_cancel *cancel, bool *ret_again,
                                  struct kith_error *err);

/* Gateways and captive portals answer 200 with a page for people. Without a type the parser will see. */
bool kith_fetch_is_json(const struct kith_http_response *response);

/* Name the account in a failure that names none yet. Returns st. */
enum kith_status kith_fetch_blame(enum kith_source source, const char *account, enum kith_status st,
                                  struct kith_error *err);
