/* SPDX-License-Identifier: MIT */
/* picture.h - a picture that is wished for, and what came of it: from store/ through engine/ to fetch/ and back. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The picture of a contact that is to be fetched: new, or of one that changed. */
struct kith_photo_wish {
    int64_t contact_id;
    const char *source_id; /* under which the source knows the contact */
    const char *url;       /* where the picture is; "" the source does not say */
};

enum { KITH_PICTURES_AT_ONCE = 4 }; /* no more than a source answers at a time for one account */

struct kith_picture {
    const struct kith_photo_wish *wish; /* borrowed */
    bool answered;                      /* else the source was busy: to be asked for again, another time */
    unsigned char *bytes;               /* n_bytes, the caller's to free(); NULL: there is none */
    size_t n_bytes;
};
