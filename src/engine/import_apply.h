/* SPDX-License-Identifier: MIT */
/* import_apply.h - the last step of an import: one transaction from the old contacts to the new. */
#pragma once

#include "engine/handle.h"
#include "engine/spool.h"

struct kith_import_plan {
    int64_t account_id;
    bool changes;               /* what the spool does not mention stays */
    bool may_remove_many;       /* no brake on removals */
    int64_t expected;           /* records in the spool, about */
    const char *resume;         /* kept together with the contacts; "" none; NULL: what is kept stays */
    kith_touched_fn on_touched; /* see kith_import_options */
    void *ctx;                  /* its own */
};
/*
 * Apply a complete spool as planned. result: reported, skipped, limit, ... are given; added, changed, unchanged,
 * removed, held and imported are filled in. Nothing is changed unless KITH_OK.
 */
enum kith_status kith_import_apply(struct kith *k, const struct kith_import_plan *plan, struct kith_spool *spool,
                                   const struct kith_cancel *cancel, struct kith_import_result *result,
                                   struct kith_error *err);
