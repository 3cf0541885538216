/* SPDX-License-Identifier: MIT */
/*
 * fetch_google.h - asks the Google People API for groups and pages of people; returns bytes.
 *
 * People: "Read and Manage Contacts", "people.connections.list", "contactGroups.list". One request at a time: each
 * page names the next one by a token that nobody can foresee.
 */
#pragma once

#include "base/cleanup.h"
#include "fetch/token_fn.h"
#include "http/http.h"
#include "model/picture.h"

struct kith_fetch_google_options {
    const char *people;  /* root, e.g. "https://people.googleapis.com" */
    const char *account; /* short name, for messages */
    kith_token_fn token;
    void *token_ctx;
    const struct kith_cancel *cancel;
    bool first_time; /* nothing was ever imported with this permission: a 403 says that it is missing, not gone */
};

struct kith_fetch_google;
/* http is borrowed; options' strings are copied. */
struct kith_fetch_google *kith_fetch_google_new(struct kith_http *http,
                                                const struct kith_fetch_google_options *options);
void kith_fetch_google_free(struct kith_fetch_google *fetch);
KITH_DEFINE_AUTO(kith_fetch_google, kith_fetch_google_free)

/*
 * What is asked for, as the query of an address. A sync token is good for the very same question only, so whoever
 * keeps one keeps this with it. Static.
 */
const char *kith_fetch_google_question(void);

/* What became of a page that was asked for. */
enum kith_google_answer {
    KITH_GOOGLE_PAGE,     /* it is in body */
    KITH_GOOGLE_EXPIRED,  /* the sync token is no longer good */
    KITH_GOOGLE_NO_PLACE, /* the token of the page is no longer good: begin anew */
};

/* One page of groups. page_token: "" for the first. body: cleared and filled. */
enum kith_status kith_fetch_google_groups(struct kith_fetch_google *fetch, const char *page_token,
                                          struct kith_buf *body, struct kith_error *err);

/*
 * One page of people: of all of them, or with a sync token of those who changed since. Both tokens may be "".
 * *ret_answer says whether body holds the page.
 *
 * KITH_E_SERVICE also when the pages lead back to one that was given before; kith_fetch_google_restart() forgets which
 * those were.
 */
enum kith_status kith_fetch_google_page(struct kith_fetch_google *fetch, const char *sync_token, const char *page_token,
                                        struct kith_buf *body, enum kith_google_answer *ret_answer,
                                        struct kith_error *err);

/*
 * At most KITH_PICTURES_AT_ONCE pictures, all at once, by the addresses that the persons' pages gave. No token is sent.
 * One beyond KITH_PHOTO_BYTES_MAX is none; one whose host does not answer is asked for another time. Fails only when
 * none of them was answered.
 */
enum kith_status kith_fetch_google_photos(struct kith_fetch_google *fetch, struct kith_picture *pictures, size_t n,
                                          struct kith_error *err);

/* One person by name ("people/c1"), with whole lists. *ret_there false: gone meanwhile. */
enum kith_status kith_fetch_google_person(struct kith_fetch_google *fetch, const char *name, struct kith_buf *body,
                                          bool *ret_there, struct kith_error *err);

/*
 * What was just given could not be read: cut short, or an error sent as 200. Fetches it again, at most twice. *err:
 * what the parser said; it comes back as it is once the tries are spent.
 */
enum kith_status kith_fetch_google_retry(struct kith_fetch_google *fetch, struct kith_buf *body,
                                         struct kith_error *err);

void kith_fetch_google_restart(struct kith_fetch_google *fetch);

/* What an error answer of Google is about, beyond what a person is told. */
enum kith_google_trouble {
    KITH_GOOGLE_TROUBLE_OTHER,
    KITH_GOOGLE_TROUBLE_THROTTLED,
    KITH_GOOGLE_TROUBLE_SYNC_TOKEN, /* expired, or refused */
    KITH_GOOGLE_TROUBLE_BAD_REQUEST,
    KITH_GOOGLE_TROUBLE_NOT_FOUND,
};

/* The failure that an error answer means; *ret_trouble: what it was about. first_time: as in the options. */
enum kith_status kith_fetch_google_error(const struct kith_http_response *response, bool first_time,
                                         enum kith_google_trouble *ret_trouble, struct kith_error *err);

/* What only the body says: a 403 may ask for patience, a 429 for more than usual. -1: none, 0: some. */
int64_t kith_fetch_google_patience_ms(const struct kith_http_response *response);
