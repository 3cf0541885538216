/* SPDX-License-Identifier: MIT */
/*
 * file_prints.h - how each file of an account was when it was read: kept as the account's resume token.
 *
 * A file of the same size and time is not even opened; one of another time is hashed, and read only when that differs.
 */
#pragma once

#include "base/alloc.h"
#include "base/buf.h"
#include "fetch/fetch_file.h"

struct kith_file_past {
    const char *tag;
    struct kith_file_print
        print;        /* modified_ns 0: written so shortly before it was read that its time proves nothing */
    const char *lost; /* what could not be read of it; "" all was */
    int64_t n_contacts;
    bool shared; /* the account has some of its contacts from another file, word for word */
};

struct kith_file_prints {
    struct kith_arena *arena;
    struct kith_file_past *past; /* n of them, by tag */
    size_t n;
};

/* Read a resume token. One that is "" or none of ours gives none: then every file is read. ret:
 * kith_file_prints_done(). */
void kith_file_prints_read(const char *resume, struct kith_file_prints *ret);
void kith_file_prints_done(struct kith_file_prints *prints); /* all zeroes is fine */
KITH_DEFINE_AUTO_DONE(kith_file_prints, kith_file_prints_done)

/* NULL: there was none. */
const struct kith_file_past *kith_file_prints_find(const struct kith_file_prints *prints, const char *tag);

/* Append a resume token of these. */
void kith_file_prints_write(const struct kith_file_past *past, size_t n, struct kith_buf *out);

/* What a file looks like from outside is what it was: no byte of it need be read. */
bool kith_file_past_fits(const struct kith_file_past *past, const struct kith_file_print *now);
