/* SPDX-License-Identifier: MIT */
/* pictures.h - pictures come after the contacts, so that nobody waits for them. */
#pragma once

#include "engine/listing.h"

/* How far it is, before each request: done of total pictures asked for. */
typedef void (*kith_pictures_fn)(void *ctx, int64_t done, int64_t total);

/*
 * Fetch the pictures of the listing's account that are wished for and not here. Nothing of it is a failure of the
 * import: what cannot be had now is asked for with the next one. A cancel ends it, what has come stays.
 */
void kith_pictures_fetch(struct kith *k, int64_t account_id, struct kith_listing *listing,
                         const struct kith_cancel *cancel, kith_pictures_fn tell, void *ctx);
