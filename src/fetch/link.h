/* SPDX-License-Identifier: MIT */
/*
 * link.h - the links from page to page: their numbers, and which of them were followed.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Ceiling of one link. */
enum { KITH_LINK_BYTES = 8 * 1024 };

/*
 * The number of the query's parameter of this name, e.g. "$skip"; its '$' may stand as %24, case does not matter.
 * false: it is missing, there twice, or no plain number.
 */
bool kith_link_number(const char *link, const char *name, int64_t *ret);

/* The same link with another number; false as above, or when it does not fit. out is cleared first. */
bool kith_link_with_number(const char *link, const char *name, int64_t number, struct kith_buf *out);

/* Links that were followed; grows with them, 8 bytes each. */
struct kith_link_set {
    uint64_t *hash; /* open addressing; 0 is an empty place */
    size_t n, cap;
};
void kith_link_set_done(struct kith_link_set *set);
bool kith_link_set_has(const struct kith_link_set *set, const char *link);
void kith_link_set_add(struct kith_link_set *set, const char *link);
