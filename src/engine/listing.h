/* SPDX-License-Identifier: MIT */
/*
 * listing.h - reading one account at its source, page after page, whatever the source.
 *
 * Before: conduct_import.c has locked the account and opened what is needed to ask for it.
 * After:  conduct_import.c hands each page to the worker and, at the end, applies everything at once.
 *
 * A source is a table of functions (listing_microsoft.c, listing_google.c, listing_files.c). It gives the WHOLE
 * account, or the CHANGES since a resume token; the conductor need not know how.
 */
#pragma once

#include "engine/handle.h"
#include "engine/token_access.h"

struct kith_listing;

struct kith_listing_options {
    struct kith *k;
    const struct kith_store_account *account;
    struct kith_http *http;           /* NULL where the source needs no network */
    struct kith_token_access *access; /* the same */
    const struct kith_cancel *cancel;
    int64_t limit;      /* contacts of an account; 0 none */
    const char *resume; /* what kith_listing_resume() gave the last time; "" none. Borrowed for the listing's life */
    kith_outlook_file_fn on_file; /* of files: told what became of each; NULL not wanted */
    void *on_file_ctx;
    bool refresh; /* changes are enough where they can be had, and a token is worth its requests; else the whole
                     account is wanted */
};

enum kith_listing_mode {
    KITH_LISTING_WHOLE,   /* what no page holds is gone at the source */
    KITH_LISTING_CHANGES, /* what no page mentions is as it was */
};

struct kith_listing_ops {
    /*
     * How many contacts the account says it has; -1 unknown (CHANGES usually). Afterwards listing->mode is settled.
     * KITH_E_TOO_MANY_CONTACTS.
     */
    enum kith_status (*count)(struct kith_listing *listing, int64_t *ret_reported, struct kith_error *err);
    /*
     * The next page, yours; *ret_page NULL after the last one. n_seen: different contacts met so far, what the
     * conductor made of the page before this. listing->expired set, with *ret_page NULL: the token is no longer good.
     */
    enum kith_status (*next)(struct kith_listing *listing, int64_t n_seen, struct kith_page **ret_page,
                             struct kith_error *err);
    /* Begin anew with the whole account: after `expired`, or for a second look at a listing that shifted. */
    void (*restart)(struct kith_listing *listing);
    /* After the last page: the token for the next time, at most KITH_RESUME_BYTES; appends, nothing when there is none.
     */
    void (*resume)(struct kith_listing *listing, struct kith_buf *out);
    /* No page is asked for any more, but by restart(): what only pages needed goes, before the contacts are written. */
    void (*rest)(struct kith_listing *listing);
    /*
     * After the import: fetch these pictures, at most KITH_PICTURES_AT_ONCE of them. NULL where they come with the
     * contacts. A picture that fails alone is none; one that is not answered is asked for again another time.
     */
    enum kith_status (*pictures)(struct kith_listing *listing, struct kith_picture *pictures, size_t n,
                                 struct kith_error *err);
    void (*free)(struct kith_listing *listing);
};

enum { KITH_RESUME_BYTES = 4 * 1024 * 1024 }; /* a mailbox may have thousands of folders, each with a link of its own */

/* What every source's listing begins with. */
struct kith_listing {
    const struct kith_listing_ops *ops;
    enum kith_listing_mode mode;
    bool expired;      /* the resume token was refused: restart() */
    bool anew;         /* contacts that did not change must be written all the same (a folder has another name) */
    bool may_shift;    /* pages are found by offset: somebody's change in between moves what follows */
    bool incomplete;   /* part of it could not be read (folders beyond a ceiling): nobody is removed because he is not
                          there */
    int64_t n_skipped; /* records left out so far that are on no page */
    struct kith_error trouble; /* not KITH_OK: a part of the account could not be read, and what is here of it stays;
                                  all else is on the pages, and the import is told to have failed with this */
};

/* Open the listing of options->account's source. *ret: yours to kith_listing_free(). */
enum kith_status kith_listing_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                   struct kith_error *err);
void kith_listing_free(struct kith_listing *listing); /* NULL is fine */
KITH_DEFINE_AUTO(kith_listing, kith_listing_free)

/* KITH_E_TOO_MANY_CONTACTS for an account that reports more than can be numbered here. */
enum kith_status kith_listing_check_count(int64_t reported, struct kith_error *err);

/* The sources. */
enum kith_status kith_listing_microsoft_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                             struct kith_error *err);
enum kith_status kith_listing_google_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                          struct kith_error *err);
enum kith_status kith_listing_files_open(const struct kith_listing_options *options, struct kith_listing **ret,
                                         struct kith_error *err);
