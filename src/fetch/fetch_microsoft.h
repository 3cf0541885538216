/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft.h - asks Microsoft Graph for the pages of a mailbox's contacts; returns bytes.
 *
 * Graph: "List contacts", "Paging", "Throttling"; see docs/decisions for how pages are asked for
 * ahead of the chain of nextLinks without ever trusting anything but the chain.
 */
#pragma once

#include <kith/kith.h>

#include "base/buf.h"
#include "base/cleanup.h"
#include "fetch/token_fn.h"
#include "http/http.h"
#include "model/picture.h"

struct kith_fetch_microsoft_options {
    const char *graph;   /* root, e.g. "https://graph.microsoft.com" */
    const char *account; /* short name, for messages */
    kith_token_fn token;
    void *token_ctx;
    const struct kith_cancel *cancel;
    int64_t limit;   /* 0: none; pages beyond it are not asked for */
    bool first_time; /* nothing was ever imported with this permission: a 403 says that it is missing, not gone */
};

struct kith_fetch_microsoft;
/* http is borrowed; options' strings are copied. */
struct kith_fetch_microsoft *kith_fetch_microsoft_new(struct kith_http *http,
                                                      const struct kith_fetch_microsoft_options *options);
void kith_fetch_microsoft_free(struct kith_fetch_microsoft *fetch);
KITH_DEFINE_AUTO(kith_fetch_microsoft, kith_fetch_microsoft_free)

/*
 * What to read from now on; a new one begins with the default folder's contacts, KITH_GRAPH_PAGES. Whatever was under
 * way is dropped, but for what kith_fetch_microsoft_expect() foretold when this is the first of it.
 *
 * start: a path below the root, e.g. "/v1.0/me/contactFolders/AAMk.../contacts", with or without a query, or for
 *        changes the whole address that a round ended with. Copied.
 * count: contacts that are expected there, so that pages can be asked for ahead; -1 unknown.
 * n_before: contacts of other chains seen so far; kith_fetch_microsoft_follow() counts on from there.
 */
enum kith_graph_chain {
    KITH_GRAPH_PAGES,   /* large pages found by offset, several at a time */
    KITH_GRAPH_CHANGES, /* a round of a delta query: at most 200 a page, one after the other; the limit does not count
                         */
    KITH_GRAPH_CHAINS   /* how many kinds there are */
};
void kith_fetch_microsoft_begin(struct kith_fetch_microsoft *fetch, const char *start, enum kith_graph_chain kind,
                                int64_t count, int64_t n_before);

/*
 * A chain of pages that will be begun after the one at hand, and after those said before. Its first page is asked for
 * early: when the one at hand is asked for to its end, or at once when there is next to nothing on it. The next few are
 * enough to say; what is said twice, or is one too many, is nothing.
 */
void kith_fetch_microsoft_expect(struct kith_fetch_microsoft *fetch, const char *start, int64_t count);

/*
 * Ask now for what kith_fetch_microsoft_get() or _count() will soon be asked for with the same path: its answer waits
 * for them. No room for more: nothing is done. What a service says to it is heard by whoever wants it.
 */
enum kith_graph_alone { KITH_GRAPH_GET, KITH_GRAPH_COUNT };
enum kith_status kith_fetch_microsoft_foresee(struct kith_fetch_microsoft *fetch, enum kith_graph_alone what,
                                              const char *path, struct kith_error *err);

/*
 * One answer outside of any chain, e.g. a page of folders. where: a path below the root or an address on the same host
 * (KITH_E_SERVICE for another). body: cleared and filled; request_id: at least 64 bytes.
 */
enum kith_status kith_fetch_microsoft_get(struct kith_fetch_microsoft *fetch, const char *where, struct kith_buf *body,
                                          char *request_id, struct kith_error *err);

/*
 * GET .../$count of the contacts at path ("/v1.0/me/contacts"): what the folder says it has, contact lists included.
 * KITH_E_TOO_MANY_CONTACTS above 2,147,483,647 (err->count), KITH_E_PERMISSION_MISSING / _REMOVED, KITH_E_NO_MAILBOX,
 * ...
 */
enum kith_status kith_fetch_microsoft_count(struct kith_fetch_microsoft *fetch, const char *path, int64_t *ret,
                                            struct kith_error *err);

/*
 * The bytes of the next page in the chain's order; *ret_more false: there was none. The caller reads the page and
 * says what it linked to with kith_fetch_microsoft_follow() before it asks for the next one.
 * body: cleared and filled. request_id: at least 64 bytes, for messages about this page.
 * KITH_E_SERVICE with KITH_REASON_RESYNC when the chain's start is an address on another host: nothing is asked there.
 */
enum kith_status kith_fetch_microsoft_page(struct kith_fetch_microsoft *fetch, struct kith_buf *body, char *request_id,
                                           bool *ret_more, struct kith_error *err);

/*
 * The page just given could not be read: cut short, or an error sent as 200. Fetches the same page again, like
 * kith_fetch_microsoft_page(), at most twice for a page. *err: what the parser said; it stays as it is (with the
 * request's id) and KITH_E_SERVICE comes back once the tries are spent.
 */
enum kith_status kith_fetch_microsoft_retry(struct kith_fetch_microsoft *fetch, struct kith_buf *body, char *request_id,
                                            struct kith_error *err);

/*
 * next_link: as the page gave it, "" when it gave none; n_unique: contacts seen so far, n_page: items on the page.
 * KITH_E_SERVICE when the link leads to another host (the token is never sent there) or the chain runs in a
 * circle that leads nowhere.
 */
enum kith_status kith_fetch_microsoft_follow(struct kith_fetch_microsoft *fetch, const char *next_link,
                                             int64_t n_unique, size_t n_page, struct kith_error *err);

/* Begin the chain anew (a second look after the listing shifted while it was read). */
void kith_fetch_microsoft_restart(struct kith_fetch_microsoft *fetch);

/*
 * Ask for at most KITH_PICTURES_AT_ONCE pictures, by the contacts' ids, in one request ("JSON batching"). Whatever a
 * single picture fails with means that there is none, but for patience.
 */
enum kith_status kith_fetch_microsoft_photos(struct kith_fetch_microsoft *fetch, struct kith_picture *pictures,
                                             size_t n, struct kith_error *err);

/* One POST of JSON to path, with a fresh token after a 401; body: cleared and filled. For fetch_microsoft_photos.c. */
enum kith_status kith_fetch_microsoft_post(struct kith_fetch_microsoft *fetch, const char *path, const char *json,
                                           size_t max_bytes, struct kith_buf *body, struct kith_error *err);

/*
 * The failure that an error answer of Graph means; reason KITH_REASON_RESYNC when change tracking cannot go on from
 * where it was. first_time: nothing was ever imported with this permission.
 */
enum kith_status kith_fetch_microsoft_error(const struct kith_http_response *response, bool first_time,
                                            struct kith_error *err);
