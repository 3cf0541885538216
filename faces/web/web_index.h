/* SPDX-License-Identifier: MIT */
/*
 * web_index.h - My Contacts by position, kept while nothing changes.
 *
 * A page that scrolls asks for rows by position many times a second; the ids of the whole list are
 * asked of the engine once for each data version.
 */
#pragma once

#include <pthread.h>

#include <kith/kith.h>

#include "base/cleanup.h"
#include "web_jobs.h"

/* One state of one list: never changes, shared by whoever holds it. */
struct kith_web_list {
    char account[64];            /* "" all */
    char run[KITH_WEB_ID_BYTES]; /* of those, who is new or changed since this refresh; "" all */
    uint64_t data_version;
    struct kith_ids *ids;
    struct kith_letters *letters;
    int n_holders;
    struct kith_web_index *index;
};

struct kith_web_index;
struct kith_web_index *kith_web_index_new(struct kith *k, struct kith_web_jobs *jobs); /* jobs: of the runs, borrowed */
void kith_web_index_free(struct kith_web_index *index);                                /* every list given back */

/*
 * The list as it is now; account and run as above. *ret is to be given back. Any thread. KITH_E_NOT_FOUND,
 * KITH_E_STORE.
 */
enum kith_status kith_web_index_get(struct kith_web_index *index, const char *account, const char *run,
                                    struct kith_web_list **ret, struct kith_error *err);
void kith_web_list_return(struct kith_web_list *list);
KITH_DEFINE_AUTO(kith_web_list, kith_web_list_return)
