/* SPDX-License-Identifier: MIT */
/* import_apply.h - the last step of an import: one transaction from the old contacts to the new. */
#pragma once

#include "engine/handle.h"
#include "engine/spool.h"

/*
 * Apply a complete spool. result: reported, skipped, limit, ... are given; added, changed, unchanged,
 * removed and imported are filled in. Nothing is changed unless KITH_OK.
 */
enum kith_status kith_import_apply(struct kith *k, int64_t account_id, struct kith_spool *spool,
                                   const struct kith_cancel *cancel, struct kith_import_result *result,
                                   struct kith_error *err);
