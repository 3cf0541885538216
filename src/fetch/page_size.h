/* SPDX-License-Identifier: MIT */
/*
 * page_size.h - how many contacts to ask for at once, by what they weigh.
 *
 * Usually that is the largest page there is. Where contacts carry long notes such a page is tens of megabytes; then it
 * is asked for in parts of about KITH_PAGE_PART_BYTES.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    KITH_PAGE_MOST_BYTES = 4 * 1024 * 1024,     /* a page over this is asked for in smaller ones */
    KITH_PAGE_PART_BYTES = 1024 * 1024,         /* what those should weigh */
    KITH_PAGE_CEILING_BYTES = 64 * 1024 * 1024, /* of a page that cannot be smaller */
};

struct kith_page_size {
    int largest;        /* what the service gives at most, or the limit */
    int items;          /* to be asked for from now on */
    int64_t each_bytes; /* of one contact, by the last page that had any */
};

void kith_page_size_init(struct kith_page_size *size, int largest);

/* What a page of so many contacts may weigh before it is asked for in smaller ones. */
size_t kith_page_size_ceiling(int items);

/* What a page of so many contacts will weigh if they are as those of the last page. */
size_t kith_page_size_expected(const struct kith_page_size *size, int64_t items);

/* A page came. true: size->items is another one now. */
bool kith_page_size_learn(struct kith_page_size *size, size_t bytes, size_t n_items);

/* A page of so many contacts was over its ceiling: size->items is less than that now. false: it cannot be. */
bool kith_page_size_shrink(struct kith_page_size *size, int items);

/* The service could not give a page of so many contacts in time, and is not asked for as many again. */
void kith_page_size_halve(struct kith_page_size *size, int items);
