/* SPDX-License-Identifier: MIT */
/* reader_pst_item.h - the properties of an item, out of libpff and into plain memory. */
#pragma once

#include <libpff.h>

#include "reader/reader_pst_value.h"

struct reader_pst_item {
    struct reader_pst_property *properties; /* in the arena, as all they point to */
    size_t n;
    bool damaged; /* some of them could not be read */
};

/* All properties of an item. false: none of them can be read. */
bool reader_pst_item_read(libpff_item_t *item, struct kith_arena *arena, struct reader_pst_item *ret);

/* One property tag of it alone. false: it is not there. */
bool reader_pst_item_get(libpff_item_t *item, uint32_t tag, struct kith_arena *arena, struct reader_pst_property *ret);

/* Every call of libpff ends in one of these: true is its 1, and the error it made is freed. */
bool reader_pst_did(int rc, libpff_error_t **error);
