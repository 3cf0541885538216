/* SPDX-License-Identifier: MIT */
/*
 * patience.h - when a request that went wrong may be sent again, and after which pause.
 *
 * Decisions only; http.c acts on them. Microsoft: "Microsoft Graph throttling guidance".
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <curl/curl.h>

enum {
    KITH_PATIENCE_TRIES = 5,            /* of a request, unless it says otherwise */
    KITH_PATIENCE_TOTAL_MS = 120000,    /* all pauses of one request together */
    KITH_PATIENCE_BACKOFF_MS = 2000,    /* first pause where the service names none */
    KITH_PATIENCE_LONGEST_S = 24 * 3600 /* no service is believed that asks for more */
};

/* What kind of trouble it is decides how often, and after which pause, to try again. */
enum kith_trouble {
    KITH_TROUBLE_NONE,      /* an answer, or a failure that a second try would only repeat */
    KITH_TROUBLE_THROTTLED, /* the service asks for patience; it is there and will answer */
    KITH_TROUBLE_SERVICE,   /* 5xx */
    KITH_TROUBLE_CUT,       /* the connection broke under way: the request may have been acted on */
    KITH_TROUBLE_SILENT,    /* no byte for a minute */
    KITH_TROUBLE_NO_WAY,    /* no connection came about: the request was never sent */
};

/* What an HTTP status means; retry_after: the service said when to come back. */
enum kith_trouble kith_trouble_of_status(int http_status, bool retry_after);
/* What a failed transfer means; connected: there was a connection. */
enum kith_trouble kith_trouble_of_transfer(CURLcode code, bool connected);
/* true: the certificate, or what checks it, is what failed. */
bool kith_trouble_is_tls(CURLcode code);

/* How many times a request may be sent; max_tries as the request gave it. */
int kith_patience_tries(enum kith_trouble trouble, int http_status, int max_tries);

/*
 * Read a Retry-After header: seconds with or without a fraction, or an HTTP date. At least one second, whatever was
 * asked; false when it is missing or says nothing: then back off. now_s: what the clock that set the date says.
 */
bool kith_patience_retry_after(const char *header, int64_t now_s, int64_t *ret_ms);

/* The pause before try n_tries + 1: doubled with each try, from first_ms (0: the preset) to 120 s, with jitter. */
int64_t kith_patience_backoff_ms(enum kith_trouble trouble, int n_tries, int first_ms);
