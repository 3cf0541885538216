/* SPDX-License-Identifier: MIT */
/*
 * fetch_ask.c - see fetch_ask.h.
 *
 * Before: fetch_microsoft.c or fetch_google.c knows what to ask for.
 * After:  it has a token to ask with, or knows whether to ask again.
 */
#include "fetch/fetch_ask.h"

#include <string.h>

#include "base/fail.h"
#include "base/text.h"

enum {
    RETRIES = 2,          /* of a page that could not be read */
    RETRY_PAUSE_MS = 300, /* before the first of them */
};

enum kith_status kith_fetch_token(kith_token_fn token, void *ctx, bool force, struct kith_buf *out,
                                  struct kith_error *err)
{
    kith_buf_clear(out);
    if (!kith_buf_reserve(out, KITH_FETCH_TOKEN_BYTES))
        return kith_fail(err, KITH_E_INTERNAL, "no room for a token");
    return token(ctx, force, out, err);
}

enum kith_status kith_fetch_retry(int *n_retries, const struct kith_cancel *cancel, bool *ret_again,
                                  struct kith_error *err)
{
    *ret_again = *n_retries < RETRIES;
    if (!*ret_again)
        return KITH_OK;
    if (!kith_cancel_sleep_ms(cancel, (int64_t)RETRY_PAUSE_MS << *n_retries))
        return kith_fail(err, KITH_E_CANCELLED, "cancelled before a page was asked for again");
    (*n_retries)++;
    return KITH_OK;
}

bool kith_fetch_is_json(const struct kith_http_response *response)
{
    return response->content_type[0] == '\0' || strcasestr(response->content_type, "json");
}

enum kith_status kith_fetch_blame(enum kith_source source, const char *account, enum kith_status st,
                                  struct kith_error *err)
{
    if (!err)
        return st;
    if (err->source == KITH_SOURCE_NONE)
        err->source = source;
    if (err->account[0] == '\0')
        (void)kith_text_copy(err->account, sizeof(err->account), account); /* names are shorter */
    return st;
}
