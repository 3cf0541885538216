/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft_follow.c - from one page of a chain to the next; see fetch_microsoft.h.
 *
 * Before: fetch_microsoft.c gave a page, and its reader says which link it holds.
 * After:  fetch_microsoft.c asks for the page behind that link.
 *
 * The link is believed, but for one to another host, one that was followed before, and those of a chain without end.
 */
#include "fetch/fetch_microsoft_inside.h"

#include <string.h>

#include "base/fail.h"
#include "base/log.h"

enum {
    STALE_PAGES = 1000,      /* pages in a row that brought nothing new: an endless chain */
    STALE_PAGES_BEYOND = 32, /* the same, once everything reported has been passed */
};

/* As many contacts as there can be to find: the chains before and what was reported, or the limit. -1: unknown. */
static int64_t target(const struct kith_fetch_microsoft *fetch)
{
    int64_t limit = fetch->options.limit;
    int64_t all = fetch->n_before + fetch->count;

    if (fetch->count < 0)
        return -1;
    return limit > 0 && limit < all ? limit : all;
}

static void end_chain(struct kith_fetch_microsoft *fetch)
{
    kith_graph_abandon_chain(fetch, fetch->chain);
    kith_graph_set_link(&fetch->next, NULL);
}

/* The chain is not what we foresaw: believe it, step by step. */
static void become_sequential(struct kith_fetch_microsoft *fetch)
{
    fetch->sequential = true;
    kith_graph_abandon_chain(fetch, fetch->chain);
}

static void learn(struct kith_fetch_microsoft *fetch, const char *next_link)
{
    KITH_AUTO_DONE(kith_buf) expected;
    int64_t before = 0; /* the first page has no $skip */
    int64_t skip;

    kith_buf_init(&expected, KITH_LINK_BYTES);
    if (fetch->sequential)
        return;
    (void)kith_link_number(fetch->current, "$skip", &before);
    if (!kith_link_number(next_link, "$skip", &skip) || skip <= before) {
        become_sequential(fetch);
        return;
    }
    if (fetch->stride == 0) {
        fetch->stride = skip - before;
        return;
    }
    if (!kith_link_with_number(fetch->current, "$skip", before + fetch->stride, &expected) ||
        strcmp(kith_buf_text(&expected), next_link) != 0)
        become_sequential(fetch);
}

/*
 * The address behind the current page by our own count. n_page items were seen on it; lists of people may have
 * stood between them, so the next page may repeat some, but misses none.
 */
static bool own_next(const struct kith_fetch_microsoft *fetch, const char *next_link, size_t n_page,
                     struct kith_buf *url)
{
    int64_t step = n_page > 0 ? (int64_t)n_page : fetch->stride;
    int64_t skip = 0;

    bool numbered = kith_link_number(fetch->current, "$skip", &skip);
    if (step <= 0 || (fetch->count >= 0 && skip + step >= fetch->count))
        return false;
    if (kith_link_with_number(numbered ? fetch->current : next_link, "$skip", skip + step, url))
        return true;
    if (strcmp(fetch->current, fetch->first) != 0) /* not ours: we do not know what it means */
        return false;
    long long behind = skip + step;
    kith_buf_clear(url);
    (void)kith_buf_addf(url, "%s&$skip=%lld", fetch->first, behind);
    return !url->full;
}

/* A link that was followed before: a service that lost its place. We keep ours, while there is something to find. */
static enum kith_status leave_circle(struct kith_fetch_microsoft *fetch, const char *next_link, bool news,
                                     size_t n_page, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) url;
    int64_t wanted = target(fetch);
    int64_t number;

    kith_buf_init(&url, KITH_LINK_BYTES);
    become_sequential(fetch);
    bool complete = wanted >= 0 && fetch->n_unique >= wanted;
    bool lost = wanted < 0 && !news;
    if (!complete && !lost && own_next(fetch, next_link, n_page, &url) &&
        !kith_link_set_has(&fetch->followed, kith_buf_text(&url))) {
        kith_log_debug(KITH_LOG_FETCH, "a page links to one that was read before, going on by our own count");
        kith_graph_set_link(&fetch->next, kith_buf_text(&url));
        return KITH_OK;
    }
    bool numbered = kith_link_number(next_link, "$skip", &number) || kith_link_number(fetch->current, "$skip", &number);
    if (!complete && !numbered)
        return kith_graph_give_up_service(fetch, "", err, "the pages of contacts link in a circle");
    end_chain(fetch);
    return KITH_OK;
}

/* News is a contact not seen before, or a step forward inside of what was reported. */
static bool brings_news(struct kith_fetch_microsoft *fetch, const char *next_link, int64_t n_unique)
{
    int64_t skip;
    bool news = n_unique > fetch->n_unique;
    bool forward = kith_link_number(next_link, "$skip", &skip) && skip > fetch->farthest && fetch->count >= 0 &&
                   skip <= fetch->count;

    fetch->n_unique = n_unique;
    fetch->n_stale = news || forward ? 0 : fetch->n_stale + 1;
    return news;
}

static bool is_passed(const struct kith_fetch_microsoft *fetch)
{
    return fetch->count >= 0 && fetch->farthest >= fetch->count && fetch->n_stale >= STALE_PAGES_BEYOND;
}

static bool limit_is_reached(const struct kith_fetch_microsoft *fetch, int64_t n_unique)
{
    return fetch->kind == KITH_GRAPH_PAGES && fetch->options.limit > 0 && n_unique >= fetch->options.limit;
}

enum kith_status kith_fetch_microsoft_follow(struct kith_fetch_microsoft *fetch, const char *next_link,
                                             int64_t n_unique, size_t n_page, struct kith_error *err)
{
    fetch->n_retries = 0;
    if (!fetch->current)
        return kith_fail(err, KITH_E_INTERNAL, "no page was given whose link could be followed");
    bool resize = kith_page_size_learn(&fetch->size[fetch->kind], fetch->current_bytes, n_page) &&
                  fetch->kind == KITH_GRAPH_PAGES;
    bool news = brings_news(fetch, next_link, n_unique);
    if (next_link[0] == '\0' || limit_is_reached(fetch, n_unique) || is_passed(fetch)) {
        end_chain(fetch);
        return KITH_OK;
    }
    if (strlen(next_link) > KITH_LINK_BYTES || !kith_http_same_origin(next_link, fetch->graph))
        return kith_graph_give_up_service(fetch, "", err, "a page of contacts links to another host");
    if (kith_link_set_has(&fetch->followed, next_link))
        return leave_circle(fetch, next_link, news, n_page, err);
    if (fetch->n_stale > STALE_PAGES)
        return kith_graph_give_up_service(fetch, "", err, "the pages of contacts do not end");
    learn(fetch, next_link);
    kith_graph_set_link(&fetch->next, next_link);
    if (resize)
        (void)kith_graph_resize_next(fetch); /* a link without a number of its own stays as it is */
    return KITH_OK;
}
