/* SPDX-License-Identifier: MIT */
/*
 * patience.c - when a request that went wrong may be sent again; see patience.h.
 *
 * Stands between an answer that is none and http.c's next try: all knowledge
 * about retrying is here, so that one page tells how polite we are.
 */
#include "http/patience.h"

#include <math.h>

#include <sodium.h>

#include "base/clock.h"
#include "base/text.h"

enum {
    LONGEST_BACKOFF_MS = 120000,
    TRIES_THROTTLED = 12, /* in practice the total pause ends it first */
    TRIES_500 = 4,        /* a damaged item answers 500 for ever */
    TRIES_CUT = 4,
    TRIES_SILENT = 2, /* each costs a minute already */
    TRIES_NO_WAY = 3
};

enum kith_trouble kith_trouble_of_status(int http_status, bool retry_after)
{
    switch (http_status) {
    case 429:
    case 509:
        return KITH_TROUBLE_THROTTLED;
    case 503:
        return retry_after ? KITH_TROUBLE_THROTTLED : KITH_TROUBLE_SERVICE;
    case 500:
    case 502:
    case 504:
        return KITH_TROUBLE_SERVICE;
    default:
        return KITH_TROUBLE_NONE;
    }
}

enum kith_trouble kith_trouble_of_transfer(CURLcode code, bool connected)
{
    switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_SSL_CONNECT_ERROR:
        return KITH_TROUBLE_NO_WAY;
    case CURLE_OPERATION_TIMEDOUT:
        return connected ? KITH_TROUBLE_SILENT : KITH_TROUBLE_NO_WAY;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_BAD_CONTENT_ENCODING: /* gzip that ends too early */
    case CURLE_WEIRD_SERVER_REPLY:
        return KITH_TROUBLE_CUT;
    default:
        return KITH_TROUBLE_NONE;
    }
}

bool kith_trouble_is_tls(CURLcode code)
{
    switch (code) {
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
        return true;
    default:
        return false;
    }
}

static int lesser(int a, int b)
{
    return a < b ? a : b;
}

int kith_patience_tries(enum kith_trouble trouble, int http_status, int max_tries)
{
    int tries = max_tries > 0 ? max_tries : KITH_PATIENCE_TRIES;

    if (tries == 1)
        return 1;
    switch (trouble) {
    case KITH_TROUBLE_THROTTLED:
        return TRIES_THROTTLED;
    case KITH_TROUBLE_SERVICE:
        return http_status == 500 ? lesser(tries, TRIES_500) : tries;
    case KITH_TROUBLE_CUT:
        return lesser(tries, TRIES_CUT);
    case KITH_TROUBLE_SILENT:
        return lesser(tries, TRIES_SILENT);
    case KITH_TROUBLE_NO_WAY:
        return lesser(tries, TRIES_NO_WAY);
    case KITH_TROUBLE_NONE:
        break;
    }
    return 1;
}

bool kith_patience_retry_after(const char *header, int64_t now_s, int64_t *ret_ms)
{
    double seconds;
    int64_t date_s;

    if (kith_text_is_empty(header))
        return false;
    if (header[0] == '-') /* a time that is over: come back soon, but not at once */
        seconds = 1;
    else if (kith_clock_parse_http(header, &date_s))
        seconds = (double)(date_s - now_s);
    else if (!kith_text_to_seconds(header, &seconds))
        return false;

    if (seconds < 1)
        seconds = 1;
    if (seconds > KITH_PATIENCE_LONGEST_S)
        seconds = KITH_PATIENCE_LONGEST_S;
    *ret_ms = (int64_t)ceil(seconds * 1000);
    return true;
}

/* A broken connection is worth a quick second try; a service in trouble is not. */
static int64_t first_pause_ms(enum kith_trouble trouble, int first_ms)
{
    int64_t ms = first_ms > 0 ? first_ms : KITH_PATIENCE_BACKOFF_MS;

    if (trouble == KITH_TROUBLE_THROTTLED)
        return ms;
    return trouble == KITH_TROUBLE_SERVICE ? ms / 2 : ms / 4;
}

/* Jitter only ever lengthens: who was refused must not come back sooner than the plain rule says. */
int64_t kith_patience_backoff_ms(enum kith_trouble trouble, int n_tries, int first_ms)
{
    int64_t ms = first_pause_ms(trouble, first_ms);

    for (int i = 1; i < n_tries && ms < LONGEST_BACKOFF_MS; i++)
        ms *= 2;
    if (ms > LONGEST_BACKOFF_MS)
        ms = LONGEST_BACKOFF_MS;
    ms += (int64_t)randombytes_uniform((uint32_t)(ms / 2 + 1));
    return ms < LONGEST_BACKOFF_MS ? ms : LONGEST_BACKOFF_MS;
}
