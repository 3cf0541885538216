/* SPDX-License-Identifier: MIT */
/*
 * page_rest.h - the contacts of an answer that were not read yet.
 *
 * An answer may hold a thousand contacts with long notes, and some more of them are on their way through the import at
 * any time. So it becomes several pages, one after the other, each of them small.
 */
#pragma once

#include <stdbool.h>

#include "base/json_read.h"
#include "model/contact_parts.h"

/* Of one answer at a time: so many contacts, or as many as take so much memory. */
enum { KITH_PORTION_CONTACTS = 50, KITH_PORTION_BYTES = 256 * 1024 };

struct kith_page_rest {
    struct kith_json_walk walk; /* in the answer's reader: over as soon as that reads something else */
    size_t n_read, n_left;      /* items */
};

static inline struct kith_page_rest kith_page_rest_of(struct kith_json list)
{
    return (struct kith_page_rest){.walk = kith_json_walk(list), .n_left = kith_json_length(list)};
}

/* Room for the contacts that kith_page_rest_next() gives this page. whole: for all there are. */
static inline void kith_page_rest_begin(const struct kith_page_rest *rest, struct kith_page *page, bool whole)
{
    const size_t n = whole || rest->n_left < KITH_PORTION_CONTACTS ? rest->n_left : KITH_PORTION_CONTACTS;

    page->contacts = kith_arena_new_n(page->arena, struct kith_contact, n);
}

/* The next item is in rest->walk.value. false: there is none, or the page has its portion. */
static inline bool kith_page_rest_next(struct kith_page_rest *rest, const struct kith_page *page, bool whole)
{
    const size_t n_done = page->n_contacts + page->n_removed + page->n_skipped;

    if (!whole && (n_done >= KITH_PORTION_CONTACTS || kith_arena_bytes(page->arena) >= KITH_PORTION_BYTES))
        return false;
    if (!kith_json_next(&rest->walk))
        return false;
    rest->n_read++;
    rest->n_left--;
    return true;
}
