/* SPDX-License-Identifier: MIT */
/*
 * spool.h - where an import's contacts wait until the account is complete.
 *
 * Outside the database, so that no write lock is held while the network is
 * awaited: in memory up to a bound, then in an unnamed private file that goes with
 * the process. One thread writes; after kith_spool_rewind() one thread reads.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <kith/error.h>

#include "base/cleanup.h"
#include "model/contact_parts.h"

enum {
    KITH_SPOOL_MEMORY_BYTES = 256 * 1024,
    KITH_SPOOL_WINDOW_BYTES = 64 * 1024, /* of the file, when it is read back */
};

struct kith_spool;

/* dir: where the private file is made if there is need for one. */
struct kith_spool *kith_spool_new(const char *dir);
void kith_spool_free(struct kith_spool *spool);
KITH_DEFINE_AUTO(kith_spool, kith_spool_free)

/* A contact that is here already, unchanged. */
enum kith_status kith_spool_keep(struct kith_spool *spool, int64_t contact_id, struct kith_error *err);
/* A new or changed contact with its keys. */
enum kith_status kith_spool_put(struct kith_spool *spool, const struct kith_contact *contact,
                                const struct kith_keys *keys, struct kith_error *err);

/* A contact that is gone from a folder of its source, or with NULL from the source. id: at most KITH_SPOOL_ID_BYTES. */
enum { KITH_SPOOL_ID_BYTES = 4096 };
enum kith_status kith_spool_gone(struct kith_spool *spool, const char *source_id, const char *folder,
                                 struct kith_error *err);

enum kith_status kith_spool_rewind(struct kith_spool *spool, struct kith_error *err);

enum kith_spooled { KITH_SPOOLED_END, KITH_SPOOLED_KEEP, KITH_SPOOLED_PUT, KITH_SPOOLED_GONE, KITH_SPOOLED_LEFT };
/*
 * The next record, in the order written. Of a contact that is gone only source_id is filled in, of one that left a
 * folder that folder, too. contact's strings live until the next call. KITH_E_STORE when the file cannot be read back.
 */
enum kith_status kith_spool_next(struct kith_spool *spool, enum kith_spooled *ret, int64_t *ret_contact_id,
                                 struct kith_contact *ret_contact, struct kith_keys *keys, struct kith_error *err);
