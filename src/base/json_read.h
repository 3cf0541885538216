/* SPDX-License-Identifier: MIT */
/*
 * json_read.h - JSON (RFC 8259) as C sees it, over simdjson (json_read.cpp).
 *
 * A document is read whole and checked whole; then its values may be visited in
 * any order, any number of times. A value is a small handle without memory of its
 * own: it lives until its reader reads the next document or is freed, and so do
 * the strings it gives.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

#ifdef __cplusplus
extern "C" {
#endif

struct kith_buf;
struct kith_json_reader; /* one document at a time, one thread at a time */

struct kith_json_reader *kith_json_reader_new(void);
void kith_json_reader_free(struct kith_json_reader *reader); /* NULL is fine */

/* What it reads is a secret: its copies are overwritten before they are freed. Said before the first document. */
void kith_json_reader_keep_secret(struct kith_json_reader *reader);

enum kith_json_type {
    KITH_JSON_NONE = 0, /* what a missing member is */
    KITH_JSON_NULL,
    KITH_JSON_BOOL,
    KITH_JSON_NUMBER,
    KITH_JSON_STRING,
    KITH_JSON_ARRAY,
    KITH_JSON_OBJECT,
};

struct kith_json {
    uint64_t opaque[2];
    enum kith_json_type type;
};

/*
 * Read len bytes; they are copied. false: not JSON, and why ("unexpected end at byte 120")
 * is in why. Documents deeper than 64 levels or larger than 64 MiB are refused.
 */
bool kith_json_read(struct kith_json_reader *reader, const char *bytes, size_t len, struct kith_json *ret, char *why,
                    size_t why_size);

/* The same of buf's bytes without a copy of them; buf is empty afterwards, unless they were too many. */
bool kith_json_read_buf(struct kith_json_reader *reader, struct kith_buf *buf, struct kith_json *ret, char *why,
                        size_t why_size);

/* The member of an object; type KITH_JSON_NONE when it is missing or v is no object. The first of equal names. */
struct kith_json kith_json_member(struct kith_json v, const char *name);

/* A string's UTF-8 bytes and length (may hold NULs); "" and 0 for anything that is no string. Never NULL. */
const char *kith_json_string(struct kith_json v, size_t *ret_len);

/* true: v is an integer (or a string of digits, as some servers send) within int64. */
bool kith_json_int64(struct kith_json v, int64_t *ret);
bool kith_json_double(struct kith_json v, double *ret);
bool kith_json_bool(struct kith_json v, bool preset);

size_t kith_json_length(struct kith_json v); /* members or elements; 0 for anything else */

/* Walk over an object or an array: struct kith_json_walk w = kith_json_walk(v); while (kith_json_next(&w)) ... */
struct kith_json_walk {
    uint64_t opaque[4];
    const char *name; /* of the member; "" in an array. Not NUL-terminated beyond name_len when it holds NULs */
    size_t name_len;
    struct kith_json value;
};
struct kith_json_walk kith_json_walk(struct kith_json v);
bool kith_json_next(struct kith_json_walk *walk);

#ifdef __cplusplus
}
#else
KITH_DEFINE_AUTO(kith_json_reader, kith_json_reader_free)
#endif
