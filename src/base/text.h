/* SPDX-License-Identifier: MIT */
/* text.h - small things about strings, each once. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Copy text into out, cut at a character's edge when it does not fit; always NUL-terminated. true: it fitted. */
bool kith_text_copy(char *out, size_t out_size, const char *text);
bool kith_text_copy_n(char *out, size_t out_size, const char *text, size_t len);
/* snprintf that cuts at a character's edge. true: it fitted. */
bool kith_text_format(char *out, size_t out_size, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* 12874 as "12,874": for sentences in English. 32 bytes hold any number. */
void kith_text_format_count(int64_t n, char *out, size_t out_size);

bool kith_text_equal_ci(const char *a, const char *b); /* ASCII letters without regard to case */
bool kith_text_starts_with(const char *text, const char *prefix);
bool kith_text_starts_with_ci(const char *text, const char *prefix);
bool kith_text_ends_with(const char *text, const char *suffix);
static inline bool kith_text_is_empty(const char *text)
{
    return !text || text[0] == '\0';
}

/* Whole text is one decimal number (sign allowed) within the range. */
bool kith_text_to_int64(const char *text, int64_t min, int64_t max, int64_t *ret);
/* A decimal with an optional fraction, as in Retry-After: "2.128". Seconds; false when it is anything else. */
bool kith_text_to_seconds(const char *text, double *ret_s);

/* Length in bytes of the longest valid UTF-8 beginning of text. */
size_t kith_utf8_valid_len(const char *text, size_t len);
/* Decode one code point at *text (not at its end) and move on; invalid bytes give U+FFFD, one byte each. */
uint32_t kith_utf8_next(const char **text, const char *end);
bool kith_text_is_ascii(const char *text);
/*
 * Its letters are of scripts that have none in common with Latin, and there are no digits: nothing that is typed in
 * ASCII is in it, however it is folded. false: there may be.
 */
bool kith_text_is_foreign(const char *text);
/* Write cp's bytes; returns how many (1 to 4), 0 for what is no character. */
size_t kith_utf8_put(uint32_t cp, char out[4]);

/* The number of single-character edits between two short words, at most 64 bytes each; for "did you mean". */
size_t kith_text_distance(const char *a, const char *b);
/* The entry of words (n of them) nearest to text, or NULL when none is near. */
const char *kith_text_nearest(const char *text, const char *const *words, size_t n);

/* FNV-1a, 32 and 64 bit. */
uint32_t kith_fnv1a32(const void *bytes, size_t len);
uint64_t kith_fnv1a64(const void *bytes, size_t len);

/* Percent-encode everything but RFC 3986 unreserved characters; false when out is too small. */
bool kith_percent_encode(const char *text, char *out, size_t out_size);
/* Decode %XX (and + as space when form); false for a broken escape, an embedded NUL or no room. */
bool kith_percent_decode(const char *text, size_t len, bool form, char *out, size_t out_size);

#include "base/banned.h"
