/* SPDX-License-Identifier: MIT */
/*
 * http.h - one polite client over libcurl for everything that leaves this device.
 *
 * Polite: at most 4 requests of a client under way, Retry-After obeyed, exponential
 * back-off with jitter, a ceiling on every body, gzip, connection reuse, HTTP/2
 * where offered. Safe: TLS always verified, http:// for loopback addresses only,
 * no redirects followed, secrets struck out of the log in the one place that writes it.
 *
 * In libkith all of it but kith_http_url_* stands in a module, so that who only looks at contacts does not wait for
 * libcurl: http_gate.c brings it in. Where it is missing a client is NULL, which every call takes, and every request
 * fails with KITH_E_INTERNAL.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <kith/kith.h>

#include "base/buf.h"
#include "base/cleanup.h"

enum { KITH_HTTP_PARALLEL = 4 };

struct kith_http_config {
    enum kith_source source; /* put into errors */
    const char *ca_file;     /* "" the system's */
    const char *proxy;       /* "" the system's (environment); never used for loopback addresses */
    int backoff_ms;          /* first pause where the service names none; 0: 2,000 */
};

/* A client with its connections; one thread at a time. config is copied. */
struct kith_http;
struct kith_http *kith_http_new(const struct kith_http_config *config);
void kith_http_free(struct kith_http *http);
KITH_DEFINE_AUTO(kith_http, kith_http_free)

/* Asked when the service wants patience: called once a pause, before it. */
typedef void (*kith_http_wait_fn)(void *ctx, int64_t wait_until_ms);
void kith_http_on_wait(struct kith_http *http, kith_http_wait_fn fn, void *ctx);

struct kith_http_response;

struct kith_http_request {
    const char *url;
    const char *form;     /* NULL: GET; else a POST of application/x-www-form-urlencoded (a secret: wiped after use) */
    const char *json;     /* NULL, or instead of form: a POST of application/json; no secret, always repeatable */
    bool repeatable;      /* a POST that may be sent again when its answer was lost; a GET always may */
    const char *bearer;   /* NULL or an access token; never logged, never sent to another host than url's */
    const char *accept;   /* NULL: application/json */
    const char *prefer;   /* NULL or the Prefer header's value */
    const char *language; /* NULL or the Accept-Language header's value */
    size_t max_bytes;     /* ceiling of the body after inflating; 0: 1 MiB */
    bool over_is_answer;  /* a good answer over that ceiling comes back, without its body, instead of failing */
    int timeout_s;        /* without a byte; 0: 60 */
    int max_tries;        /* of what fails; 0: 5; 1: no retry at all, a 429 comes back too */
    int final_status;     /* a status that comes back at once though it would be retried; 0: none */
    /* NULL, or the milliseconds of patience that an answer's body asks for, whatever its status: 0 some, -1 none. */
    int64_t (*patience_ms)(const struct kith_http_response *response);
    uint64_t tag; /* yours */
};

struct kith_http_response {
    uint64_t tag;
    int status;
    bool over; /* it was larger than its ceiling: nothing of it is here */
    struct kith_buf body;
    char content_type[64];
    char request_id[64];
    char www_authenticate[512];
    int64_t date_s; /* the server's clock; 0 when it did not say */
};
static inline void kith_http_response_done(struct kith_http_response *response)
{
    kith_buf_done_secret(&response->body); /* a page of contacts is nobody's business, tokens even less */
}
KITH_DEFINE_AUTO_DONE(kith_http_response, kith_http_response_done)

/*
 * Queue a request (its strings are copied). Up to KITH_HTTP_PARALLEL run at once, the rest waits.
 * KITH_E_USAGE for an address that is neither https nor http on loopback.
 */
enum kith_status kith_http_submit(struct kith_http *http, const struct kith_http_request *request,
                                  struct kith_error *err);

/*
 * Wait until one of the queued requests has its final answer, whatever the HTTP status: 429 and 5xx
 * only after the retry budget is spent. *ret: initialised here, yours to kith_http_response_done().
 * KITH_E_CANCELLED; KITH_E_OFFLINE (no connection, DNS, time-out, cut off); KITH_E_TLS; KITH_E_SERVICE (body over
 * its ceiling); after any of these all queued requests are dropped.
 * KITH_E_THROTTLED when Retry-After asks for more patience than the budget: err->retry_at_s.
 */
enum kith_status kith_http_wait(struct kith_http *http, const struct kith_cancel *cancel,
                                struct kith_http_response *ret, struct kith_error *err);

/* submit + wait for a single request. */
enum kith_status kith_http_perform(struct kith_http *http, const struct kith_http_request *request,
                                   const struct kith_cancel *cancel, struct kith_http_response *ret,
                                   struct kith_error *err);

size_t kith_http_queued(const struct kith_http *http);       /* submitted, no final answer yet */
void kith_http_drop(struct kith_http *http);                 /* forget what is queued or under way */
void kith_http_forget(struct kith_http *http, uint64_t tag); /* ... of this tag alone; fine when there is none */
int64_t kith_http_requests(const struct kith_http *http);    /* sent so far, retries included */

/* true: url is https, or http on 127.0.0.0/8, [::1] or localhost. */
bool kith_http_url_allowed(const char *url);
/* true: both have the same scheme, host and port. */
bool kith_http_same_origin(const char *url_a, const char *url_b);
