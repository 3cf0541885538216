/* SPDX-License-Identifier: MIT */
/*
 * store_pack.h - small forms of what a contact holds: base64 as bytes, numbers as integers, prefixes once.
 *
 * Pure functions, without a database: each form turns back into exactly the text
 * that it was made of, or is not used.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- Ids and change keys: base64 becomes bytes ---------------------------- */

enum { KITH_PACK_TEXT_MAX = 512 }; /* a longer text stays text */

struct kith_packed {
    const void *data; /* the text itself, or room */
    size_t len;
    bool binary; /* data is one byte that tells the alphabet, then what the base64 says */
    unsigned char room[1 + KITH_PACK_TEXT_MAX / 4 * 3 + 3];
};

/* text is borrowed as long as *out is used. */
void kith_pack(const char *text, size_t text_len, struct kith_packed *out);
/* Write the text that binary bytes were made of; returns its length, 0 when they are none of ours. out has the NUL. */
size_t kith_unpack(const void *binary, size_t len, char out[KITH_PACK_TEXT_MAX + 1]);

/* --- Long texts: zlib's form ------------------------------------------------ */

struct kith_arena;

/* Yours to free(). */
char *kith_pack_long(const char *text, size_t text_len, size_t *ret_len);
/* The text, of text_len bytes, in arena; NULL when packed is none of ours or does not become so many. */
const char *kith_unpack_long(const void *packed, size_t packed_len, int64_t text_len, struct kith_arena *arena);

/* --- Phone numbers: seen from their end ------------------------------------ */

/*
 * A number's digits (and * and #) from the last to the first, as one integer of fixed width: all numbers
 * with the same ending lie in one range. 0: too long, or there is something else in it.
 */
int64_t kith_ending(const char *number);
/* The range of everything that ends like this; false as above. */
bool kith_ending_range(const char *last_digits, int64_t *ret_first, int64_t *ret_last);

/* "+14085550100" as 14085550100; 0 when it is not that. */
int64_t kith_e164_number(const char *e164);
/* The text again. */
void kith_e164_text(int64_t number, char out[17]);

/* --- Source ids: what many have in common ---------------------------------- */

/* Finds rows, proves nothing. Differs from account to account. */
int64_t kith_source_hash(int64_t account_id, const char *source_id);

/* Bytes that a and b have in common at their beginning, whole groups of base64 (four) only. */
size_t kith_common_prefix(const char *a, const char *b);
