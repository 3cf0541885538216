/* SPDX-License-Identifier: MIT */
/* seen.c - see seen.h. GLib's hash table keeps keys without values as a set, at 12 bytes a place. */
#include "engine/seen.h"

#include <glib.h>
#include <sodium.h>
#include <string.h>

#include "base/alloc.h"

_Static_assert(sizeof(gpointer) == sizeof(uint64_t), "a hash is kept in the place of a pointer");

struct kith_seen {
    GHashTable *hashes; /* NULL: only their number is known */
    int64_t count;      /* then */
    unsigned char key[crypto_shorthash_KEYBYTES];
};

struct kith_seen *kith_seen_new(void)
{
    struct kith_seen *seen = kith_xnew(struct kith_seen);

    crypto_shorthash_keygen(seen->key);
    seen->hashes = g_hash_table_new(g_direct_hash, g_direct_equal);
    return seen;
}

void kith_seen_free(struct kith_seen *seen)
{
    if (!seen)
        return;
    kith_seen_keep_count(seen);
    free(seen);
}

struct kith_seen *kith_seen_new_like(const struct kith_seen *seen)
{
    struct kith_seen *like = kith_seen_new();

    memcpy(like->key, seen->key, sizeof(like->key));
    return like;
}

static gpointer hash_of(const struct kith_seen *seen, const char *id)
{
    uint64_t hash;

    _Static_assert(crypto_shorthash_BYTES == sizeof(hash), "SipHash gives 64 bits");
    (void)crypto_shorthash((unsigned char *)&hash, (const unsigned char *)id, strlen(id), seen->key);
    return (gpointer)(uintptr_t)hash;
}

bool kith_seen_add(struct kith_seen *seen, const char *id)
{
    return g_hash_table_add(seen->hashes, hash_of(seen, id));
}

bool kith_seen_has(const struct kith_seen *seen, const char *id)
{
    return g_hash_table_contains(seen->hashes, hash_of(seen, id));
}

void kith_seen_merge(struct kith_seen *into, const struct kith_seen *from)
{
    GHashTableIter all;
    gpointer hash;

    g_hash_table_iter_init(&all, from->hashes);
    while (g_hash_table_iter_next(&all, &hash, NULL))
        (void)g_hash_table_add(into->hashes, hash);
}

int64_t kith_seen_count(const struct kith_seen *seen)
{
    return seen->hashes ? (int64_t)g_hash_table_size(seen->hashes) : seen->count;
}

void kith_seen_keep_count(struct kith_seen *seen)
{
    seen->count = kith_seen_count(seen);
    if (seen->hashes)
        g_hash_table_destroy(seen->hashes);
    seen->hashes = NULL;
}
