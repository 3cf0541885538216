/* SPDX-License-Identifier: MIT */
/*
 * sandbox_cache.h - finished pages, kept so that the sandbox is never what is measured.
 *
 * A page's key names everything it depends on, the mailbox's state included, so
 * nothing has to be taken out when a mailbox changes: old pages fall out in turn.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/cleanup.h"

struct sandbox_cache;

/* One page; it never changes, and lives while somebody has a reference. */
struct sandbox_cached {
    char *bytes; /* not const because libmicrohttpd takes it; nobody writes */
    size_t len;
    bool zipped;
};

struct sandbox_cache *sandbox_cache_new(size_t max_bytes);
void sandbox_cache_free(struct sandbox_cache *cache);

/* A new reference, or NULL. Safe on any thread, as are the others. */
struct sandbox_cached *sandbox_cache_get(struct sandbox_cache *cache, const char *key);
/* Takes the buffer's bytes; returns a reference to the page. */
struct sandbox_cached *sandbox_cache_put(struct sandbox_cache *cache, const char *key, struct kith_buf *page,
                                         bool zipped);
void sandbox_cached_unref(struct sandbox_cached *page); /* NULL is fine */

KITH_DEFINE_AUTO(sandbox_cache, sandbox_cache_free)
