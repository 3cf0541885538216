/* SPDX-License-Identifier: MIT */
/*
 * store_set.c - sets of contacts; see store_set.h.
 *
 * Used by store_sqlite_import.c and store_sqlite_find.c. Their size follows from the
 * number of contacts, a few bytes for each, so that a million fit beside everything else.
 */
#include "store/store_set.h"

#include "base/alloc.h"
#include "base/text.h"

static uint64_t mixed(uint64_t x)
{
    x ^= x >> 33;
    x *= UINT64_C(0xFF51AFD7ED558CCD);
    return x ^ x >> 33;
}

/* --- One bit a contact ------------------------------------------------------ */

void kith_bits_init(struct kith_bits *bits, int64_t first)
{
    *bits = (struct kith_bits){.first = first / 8 * 8};
}

void kith_bits_done(struct kith_bits *bits)
{
    free(bits->byte);
    *bits = (struct kith_bits){0};
}

bool kith_bits_has(const struct kith_bits *bits, int64_t number)
{
    uint64_t at = (uint64_t)(number - bits->first);

    return number >= bits->first && at / 8 < bits->n_bytes && (bits->byte[at / 8] >> at % 8 & 1);
}

static void bits_grow(struct kith_bits *bits, size_t n_bytes)
{
    size_t grown = bits->n_bytes + bits->n_bytes / 2 + 64;

    grown = grown > n_bytes ? grown : n_bytes;
    bits->byte = kith_xrealloc(bits->byte, grown, 1);
    memset(bits->byte + bits->n_bytes, 0, grown - bits->n_bytes);
    bits->n_bytes = grown;
}

bool kith_bits_add(struct kith_bits *bits, int64_t number)
{
    uint64_t at = (uint64_t)(number - bits->first);

    if (kith_bits_has(bits, number))
        return false;
    if (at / 8 >= bits->n_bytes)
        bits_grow(bits, (size_t)(at / 8) + 1);
    bits->byte[at / 8] = (unsigned char)(bits->byte[at / 8] | 1u << at % 8);
    bits->count++;
    return true;
}

bool kith_bits_remove(struct kith_bits *bits, int64_t number)
{
    uint64_t at = (uint64_t)(number - bits->first);

    if (!kith_bits_has(bits, number))
        return false;
    bits->byte[at / 8] = (unsigned char)(bits->byte[at / 8] & ~(1u << at % 8));
    bits->count--;
    return true;
}

int64_t kith_bits_next_without(const struct kith_bits *bits, const struct kith_bits *other, int64_t from)
{
    int64_t end = bits->first + (int64_t)bits->n_bytes * 8;

    for (int64_t number = from; number < end; number++) {
        if (number % 8 == 0 && bits->byte[(number - bits->first) / 8] == 0)
            number += 7;
        else if (kith_bits_has(bits, number) && !kith_bits_has(other, number))
            return number;
    }
    return -1;
}

/* --- Hashes that were seen --------------------------------------------------- */

static size_t prints_room(size_t n_slots)
{
    return n_slots / 4 * 3;
}

void kith_prints_init(struct kith_prints *prints, size_t expected)
{
    size_t n_slots = 64;

    while (prints_room(n_slots) < expected)
        n_slots *= 2;
    *prints = (struct kith_prints){.n_slots = n_slots, .slot = kith_xnew_n(uint32_t, n_slots)};
}

void kith_prints_done(struct kith_prints *prints)
{
    free(prints->slot);
    *prints = (struct kith_prints){0};
}

bool kith_prints_add(struct kith_prints *prints, uint64_t hash)
{
    uint64_t bits = mixed(hash);
    uint32_t print = (uint32_t)bits ? (uint32_t)bits : 1;
    size_t at = (size_t)(bits >> 32) & (prints->n_slots - 1);

    if (prints->count >= prints_room(prints->n_slots))
        return false;
    while (prints->slot[at]) {
        if (prints->slot[at] == print)
            return false;
        at = (at + 1) & (prints->n_slots - 1);
    }
    prints->slot[at] = print;
    prints->count++;
    return true;
}

/* --- The numbers of an answer ------------------------------------------------ */

void kith_picks_done(struct kith_picks *picks)
{
    free(picks->number);
    free(picks->slot);
    *picks = (struct kith_picks){0};
}

static void picks_grow(struct kith_picks *picks)
{
    picks->cap = picks->cap ? picks->cap * 2 : 256;
    picks->number = kith_xrealloc(picks->number, picks->cap, sizeof(picks->number[0]));
    free(picks->slot);
    picks->n_slots = picks->cap * 2;
    picks->slot = kith_xnew_n(uint32_t, picks->n_slots);
    for (size_t i = 0; i < picks->n; i++) {
        size_t at = (size_t)mixed((uint64_t)picks->number[i]) & (picks->n_slots - 1);
        while (picks->slot[at])
            at = (at + 1) & (picks->n_slots - 1);
        picks->slot[at] = (uint32_t)i + 1;
    }
}

/* The slot that holds number, or the empty one where it would be. */
static size_t picks_slot(const struct kith_picks *picks, int64_t number)
{
    size_t at = (size_t)mixed((uint64_t)number) & (picks->n_slots - 1);

    while (picks->slot[at] && picks->number[picks->slot[at] - 1] != number)
        at = (at + 1) & (picks->n_slots - 1);
    return at;
}

bool kith_picks_has(const struct kith_picks *picks, int64_t number)
{
    return picks->n > 0 && picks->slot[picks_slot(picks, number)];
}

bool kith_picks_add(struct kith_picks *picks, int64_t number)
{
    if (picks->n == picks->cap)
        picks_grow(picks);
    size_t at = picks_slot(picks, number);
    if (picks->slot[at])
        return false;
    picks->number[picks->n] = number;
    picks->slot[at] = (uint32_t)++picks->n;
    return true;
}
