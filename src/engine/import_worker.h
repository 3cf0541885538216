/* SPDX-License-Identifier: MIT */
/*
 * import_worker.h - the second thread of an import: what is new or changed is normalised and spooled
 * while the first thread fetches and parses the next page.
 */
#pragma once

#include "engine/handle.h"
#include "engine/spool.h"

struct kith_import_worker;

/*
 * spool is borrowed until kith_import_worker_finish(). anew: what is unchanged at its source is understood again
 * too, since the region for its numbers is another one now.
 */
enum kith_status kith_import_worker_new(struct kith *k, int64_t account_id, struct kith_spool *spool, bool anew,
                                        const struct kith_cancel *cancel, struct kith_import_worker **ret,
                                        struct kith_error *err);

/* Hand over a page (always taken). Waits while four are queued. The failure of an earlier page comes back here. */
enum kith_status kith_import_worker_push(struct kith_import_worker *worker, struct kith_page *page,
                                         struct kith_error *err);

struct kith_import_counts {
    int64_t n_new, n_changed, n_same, n_partial;
    int64_t n_gone; /* told to be removed, and here */
};
/* Wait until every page is spooled. */
enum kith_status kith_import_worker_finish(struct kith_import_worker *worker, struct kith_import_counts *ret,
                                           struct kith_error *err);

/* Stops early if it was not finished. */
void kith_import_worker_free(struct kith_import_worker *worker);
KITH_DEFINE_AUTO(kith_import_worker, kith_import_worker_free)
