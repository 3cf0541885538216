/* SPDX-License-Identifier: MIT */
/* store_set.h - sets of contacts while an import or a search runs: what was there, what was seen. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

/* Contact numbers, one bit each: 1 million of them take 125 kB. */
struct kith_bits {
    unsigned char *byte;
    size_t n_bytes;
    int64_t first; /* what bit 0 stands for; a multiple of 8 */
    int64_t count;
};
void kith_bits_init(struct kith_bits *bits, int64_t first);
void kith_bits_done(struct kith_bits *bits);
bool kith_bits_has(const struct kith_bits *bits, int64_t number);
bool kith_bits_add(struct kith_bits *bits, int64_t number);    /* false: it was there */
bool kith_bits_remove(struct kith_bits *bits, int64_t number); /* false: it was not there */
/* The next number that is in bits and not in other; -1 when there is none. Begin with bits->first. */
int64_t kith_bits_next_without(const struct kith_bits *bits, const struct kith_bits *other, int64_t from);

/*
 * Hashes of source ids, 32 bits each beside the place where they lie: 8 MiB for a million. "Not there" is
 * certain, "maybe there" is to be checked; it is also the answer once there are many more than expected.
 */
struct kith_prints {
    uint32_t *slot;
    size_t n_slots; /* a power of two */
    size_t count;
};
void kith_prints_init(struct kith_prints *prints, size_t expected);
void kith_prints_done(struct kith_prints *prints);
bool kith_prints_add(struct kith_prints *prints, uint64_t hash); /* false: maybe it was there */

/* Numbers of an answer, each once, in the order they came. */
struct kith_picks {
    int64_t *number;
    size_t n, cap;
    uint32_t *slot; /* index + 1 into number */
    size_t n_slots;
};
void kith_picks_done(struct kith_picks *picks);                /* all zeroes is an empty one */
bool kith_picks_add(struct kith_picks *picks, int64_t number); /* false: it was there */
bool kith_picks_has(const struct kith_picks *picks, int64_t number);
KITH_DEFINE_AUTO_DONE(kith_picks, kith_picks_done)
