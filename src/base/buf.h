/* SPDX-License-Identifier: MIT */
/*
 * buf.h - bytes that grow up to a ceiling.
 *
 * Everything whose size a server, a file or a person decides is gathered in one of
 * these. At the ceiling an append fails and the buffer stays as it was, marked
 * `full`, so that a run of appends may be checked once at its end.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

struct kith_buf {
    char *data; /* always NUL-terminated when len > 0; NULL before the first byte */
    size_t len; /* bytes, without the NUL */
    size_t cap;
    size_t max;
    bool full;   /* something did not fit */
    bool secret; /* see kith_buf_init_secret() */
};

void kith_buf_init(struct kith_buf *buf, size_t max_bytes);
/*
 * For what must not be read by others later: its memory is kept from swap and core dumps, as far as the system lets
 * us lock memory (RLIMIT_MEMLOCK), lies between pages that nobody may touch, and is overwritten whenever it is given
 * back or grows. Costs some pages each: for tokens and keys, not for contacts.
 */
void kith_buf_init_secret(struct kith_buf *buf, size_t max_bytes);
void kith_buf_done(struct kith_buf *buf);
void kith_buf_clear(struct kith_buf *buf); /* empty again, keeps its memory and ceiling */

bool kith_buf_add(struct kith_buf *buf, const void *bytes, size_t len);
bool kith_buf_add_text(struct kith_buf *buf, const char *text);
bool kith_buf_add_char(struct kith_buf *buf, char c);
bool kith_buf_addf(struct kith_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Make room for len more bytes without adding them; NULL at the ceiling. For readers that write in place. */
char *kith_buf_reserve(struct kith_buf *buf, size_t len);

const char *kith_buf_text(const struct kith_buf *buf); /* "" when empty; borrowed */
char *kith_buf_take_text(struct kith_buf *buf);        /* yours to free(); the buffer is empty then */

/* Overwrite the bytes before they are freed: for what held a secret. */
void kith_buf_done_secret(struct kith_buf *buf);

KITH_DEFINE_AUTO_DONE(kith_buf, kith_buf_done)
