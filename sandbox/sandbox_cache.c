/* SPDX-License-Identifier: MIT */
/*
 * sandbox_cache.c - a bounded store of finished pages: the page used longest ago makes room.
 *
 * Before: sandbox_graph_contacts.c rendered and compressed a page.
 * After:  the next request for the same page costs a look-up.
 */
#include "sandbox/sandbox_cache.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/text.h"

#define N_BUCKETS 4096

struct page {
    struct sandbox_cached shown; /* first: what others hold is a pointer to this */
    atomic_uint refs;
    char *data, *key;
    uint64_t hash;
    struct page *next_in_bucket;
    struct page *newer, *older;
};

struct sandbox_cache {
    pthread_mutex_t lock;
    struct page *bucket[N_BUCKETS];
    struct page *newest, *oldest;
    size_t bytes, max_bytes;
};

struct sandbox_cache *sandbox_cache_new(size_t max_bytes)
{
    struct sandbox_cache *cache = kith_xnew(struct sandbox_cache);

    (void)pthread_mutex_init(&cache->lock, NULL); /* cannot fail for a plain mutex */
    cache->max_bytes = max_bytes;
    return cache;
}

void sandbox_cached_unref(struct sandbox_cached *shown)
{
    struct page *page = (struct page *)shown;

    if (!page || atomic_fetch_sub(&page->refs, 1) != 1)
        return;
    free(page->data);
    free(page->key);
    free(page);
}

static void unlink_from_row(struct sandbox_cache *cache, struct page *page)
{
    if (page->newer)
        page->newer->older = page->older;
    else
        cache->newest = page->older;
    if (page->older)
        page->older->newer = page->newer;
    else
        cache->oldest = page->newer;
    page->newer = page->older = NULL;
}

static void put_newest(struct sandbox_cache *cache, struct page *page)
{
    page->older = cache->newest;
    if (cache->newest)
        cache->newest->newer = page;
    cache->newest = page;
    if (!cache->oldest)
        cache->oldest = page;
}

static size_t weight(const struct page *page)
{
    return page->shown.len + strlen(page->key) + sizeof(*page);
}

static void drop(struct sandbox_cache *cache, struct page *page)
{
    struct page **at = &cache->bucket[page->hash % N_BUCKETS];

    while (*at != page)
        at = &(*at)->next_in_bucket;
    *at = page->next_in_bucket;
    unlink_from_row(cache, page);
    cache->bytes -= weight(page);
    sandbox_cached_unref(&page->shown);
}

void sandbox_cache_free(struct sandbox_cache *cache)
{
    if (!cache)
        return;
    while (cache->oldest)
        drop(cache, cache->oldest);
    (void)pthread_mutex_destroy(&cache->lock); /* nobody holds it any more */
    free(cache);
}

static struct page *find(struct sandbox_cache *cache, const char *key, uint64_t hash)
{
    struct page *page = cache->bucket[hash % N_BUCKETS];

    while (page && (page->hash != hash || strcmp(page->key, key) != 0))
        page = page->next_in_bucket;
    return page;
}

struct sandbox_cached *sandbox_cache_get(struct sandbox_cache *cache, const char *key)
{
    uint64_t hash = kith_fnv1a64(key, strlen(key));
    struct page *page;

    (void)pthread_mutex_lock(&cache->lock);
    page = find(cache, key, hash);
    if (page) {
        atomic_fetch_add(&page->refs, 1);
        unlink_from_row(cache, page);
        put_newest(cache, page);
    }
    (void)pthread_mutex_unlock(&cache->lock);
    return page ? &page->shown : NULL;
}

/* A page that is larger than the whole cache is kept alone. */
static void make_room(struct sandbox_cache *cache, size_t bytes)
{
    while (cache->oldest && cache->bytes + bytes > cache->max_bytes) {
        assert(!cache->oldest->older); /* so that dropping it moves the row's end */
        drop(cache, cache->oldest);
    }
}

struct sandbox_cached *sandbox_cache_put(struct sandbox_cache *cache, const char *key, struct kith_buf *bytes,
                                         bool zipped)
{
    struct page *page = kith_xnew(struct page);
    size_t len = bytes->len;
    struct page *same;

    page->data = kith_buf_take_text(bytes);
    page->key = kith_xstrdup(key);
    page->hash = kith_fnv1a64(key, strlen(key));
    page->shown = (struct sandbox_cached){page->data, len, zipped};
    atomic_init(&page->refs, 2); /* the cache's and the caller's */

    (void)pthread_mutex_lock(&cache->lock);
    same = find(cache, key, page->hash); /* two threads may have made the same page */
    if (same)
        drop(cache, same);
    make_room(cache, weight(page));
    page->next_in_bucket = cache->bucket[page->hash % N_BUCKETS];
    cache->bucket[page->hash % N_BUCKETS] = page;
    put_newest(cache, page);
    cache->bytes += weight(page);
    (void)pthread_mutex_unlock(&cache->lock);
    return &page->shown;
}
