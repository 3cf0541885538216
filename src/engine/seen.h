/* SPDX-License-Identifier: MIT */
/*
 * seen.h - which source ids an import has met, at a few bytes a contact.
 *
 * Keeps a 64-bit hash of each id under a random key (SipHash-2-4) instead of the id itself: a
 * million of Graph's ids would be 150 MB. A server cannot make two ids collide on purpose; by chance
 * it happens to one import of a million contacts in 30 million.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct kith_seen;
struct kith_seen *kith_seen_new(void);
void kith_seen_free(struct kith_seen *seen);
KITH_DEFINE_AUTO(kith_seen, kith_seen_free)

/* Another empty one, for ids that may be merged into this one later. */
struct kith_seen *kith_seen_new_like(const struct kith_seen *seen);
void kith_seen_merge(struct kith_seen *into, const struct kith_seen *from);

bool kith_seen_add(struct kith_seen *seen, const char *id); /* true: it was not there */
bool kith_seen_has(const struct kith_seen *seen, const char *id);
int64_t kith_seen_count(const struct kith_seen *seen);

/* No id will be asked about any more: only their number is kept. */
void kith_seen_keep_count(struct kith_seen *seen);
