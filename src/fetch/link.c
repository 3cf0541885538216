/* SPDX-License-Identifier: MIT */
/*
 * link.c - the links from page to page; see link.h.
 *
 * Used by fetch_microsoft.c alone: to know the next links before the service names
 * them, and to notice when it names the same one again.
 */
#include "fetch/link.h"

#include "base/alloc.h"
#include "base/text.h"

enum { MOST_DIGITS = 15, FIRST_CAP = 64 };

/* Where a number stands in a link. */
struct place {
    size_t at, len;
    int64_t number;
};

static bool is_named(const char *parameter, size_t name_len, const char *name)
{
    char plain[32];

    return kith_percent_decode(parameter, name_len, /* form= */ false, plain, sizeof(plain)) &&
           kith_text_equal_ci(plain, name);
}

static bool read_number(const char *digits, size_t len, int64_t *ret)
{
    int64_t number = 0;

    if (len == 0 || len > MOST_DIGITS)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (digits[i] < '0' || digits[i] > '9')
            return false;
        number = number * 10 + (digits[i] - '0');
    }
    *ret = number;
    return true;
}

static bool find(const char *link, const char *name, struct place *ret)
{
    const char *p = strchr(link, '?');
    bool found = false;

    for (p = p ? p + 1 : ""; *p != '\0' && *p != '#';) {
        size_t len = strcspn(p, "&#");
        size_t name_len = strcspn(p, "=&#");
        if (is_named(p, name_len, name)) {
            if (found || name_len == len || !read_number(p + name_len + 1, len - name_len - 1, &ret->number))
                return false;
            ret->at = (size_t)(p + name_len + 1 - link);
            ret->len = len - name_len - 1;
            found = true;
        }
        p += len + (p[len] == '&');
    }
    return found;
}

bool kith_link_number(const char *link, const char *name, int64_t *ret)
{
    struct place place;

    if (!find(link, name, &place))
        return false;
    *ret = place.number;
    return true;
}

bool kith_link_with_number(const char *link, const char *name, int64_t number, struct kith_buf *out)
{
    struct place place;

    if (!find(link, name, &place))
        return false;
    kith_buf_clear(out);
    (void)kith_buf_add(out, link, place.at);
    (void)kith_buf_addf(out, "%lld", (long long)number);
    (void)kith_buf_add_text(out, link + place.at + place.len);
    return !out->full;
}

/* --- The set ------------------------------------------------------------- */

static uint64_t hash_of(const char *link)
{
    uint64_t hash = kith_fnv1a64(link, strlen(link));

    return hash != 0 ? hash : 1;
}

/* The place of a hash, or the empty one where it would stand. */
static size_t place_of(const struct kith_link_set *set, uint64_t hash)
{
    size_t i = (size_t)hash & (set->cap - 1);

    while (set->hash[i] != 0 && set->hash[i] != hash)
        i = (i + 1) & (set->cap - 1);
    return i;
}

static void grow(struct kith_link_set *set)
{
    struct kith_link_set larger = {.cap = set->cap > 0 ? set->cap * 2 : FIRST_CAP, .n = set->n};

    larger.hash = kith_xnew_n(uint64_t, larger.cap);
    for (size_t i = 0; i < set->cap; i++) {
        if (set->hash[i] != 0)
            larger.hash[place_of(&larger, set->hash[i])] = set->hash[i];
    }
    free(set->hash);
    *set = larger;
}

void kith_link_set_done(struct kith_link_set *set)
{
    free(set->hash);
    *set = (struct kith_link_set){0};
}

bool kith_link_set_has(const struct kith_link_set *set, const char *link)
{
    uint64_t hash = hash_of(link);

    return set->cap > 0 && set->hash[place_of(set, hash)] == hash;
}

void kith_link_set_add(struct kith_link_set *set, const char *link)
{
    uint64_t hash = hash_of(link);

    if (set->n * 2 >= set->cap)
        grow(set);
    size_t i = place_of(set, hash);
    set->n += set->hash[i] == 0;
    set->hash[i] = hash;
}
