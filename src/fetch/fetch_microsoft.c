/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft.c - asks Graph for the pages of a mailbox's contacts; see fetch_microsoft.h.
 *
 * Before: engine/ has an account and a way to get access tokens for it.
 * After:  parse/ reads the bytes of each page and says which link it holds; fetch_microsoft_follow.c follows it.
 *
 * The chain of nextLinks is the truth. While it is regular (each link differs from the
 * one before by the same number in $skip) the links to come are known, and their pages
 * are asked for ahead: up to four at a time, never beyond what the mailbox reported or
 * the limit. A page that came early is delivered only when the chain names exactly its
 * address; what the chain does not name is thrown away. Behind the last page of a chain
 * the first ones of the chains to come are asked for.
 */
#include "fetch/fetch_microsoft_inside.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "fetch/fetch_ask.h"

enum {
    TOP = 999,                /* Graph's largest page by one reading of its documentation, 1,000 by another */
    MOST_CHANGES = 200,       /* the same of a delta query */
    SMALLEST_TOP = 50,        /* a service that cannot give so few in time has other trouble */
    SMALL_BYTES = 256 * 1024, /* of a page that may wait for its turn however long */
};

/* --- Addresses ----------------------------------------------------------- */

void kith_graph_set_link(char **link, const char *url)
{
    char *copy = url ? kith_xstrdup(url) : NULL;

    free(*link);
    *link = copy;
}

char *kith_graph_address(const struct kith_fetch_microsoft *fetch, const char *path)
{
    KITH_AUTO_DONE(kith_buf) url;
    size_t len = strlen(fetch->graph);

    while (len > 0 && fetch->graph[len - 1] == '/')
        len--;
    kith_buf_init(&url, KITH_LINK_BYTES);
    (void)kith_buf_add(&url, fetch->graph, len);
    (void)kith_buf_add_text(&url, path); /* too long: then it is no address, and http/ refuses it */
    return kith_buf_take_text(&url);
}

char *kith_graph_first_link(const struct kith_fetch_microsoft *fetch, const char *start, enum kith_graph_chain kind)
{
    KITH_AUTO_DONE(kith_buf) path;

    kith_buf_init(&path, KITH_LINK_BYTES);
    if (kind == KITH_GRAPH_CHANGES)
        return start[0] == '/' ? kith_graph_address(fetch, start) : kith_xstrdup(start);
    (void)kith_buf_addf(&path, "%s%c$top=%d&$count=true", start, strchr(start, '?') ? '&' : '?',
                        fetch->size[kind].items); /* too long: see kith_graph_address() */
    return kith_graph_address(fetch, kith_buf_text(&path));
}

/* --- Beginning a chain --------------------------------------------------- */

/* From its first page: the one that was asked for early, or a new one. */
static void rewind_chain(struct kith_fetch_microsoft *fetch)
{
    const struct kith_graph_slot *early = kith_graph_slot_of_chain(fetch, fetch->chain);

    kith_link_set_done(&fetch->followed);
    free(fetch->first);
    fetch->first = early ? kith_xstrdup(early->url) : kith_graph_first_link(fetch, fetch->start, fetch->kind);
    kith_graph_set_link(&fetch->next, fetch->first);
    kith_graph_set_link(&fetch->current, NULL);
    fetch->n_retries = 0;
    fetch->stride = 0;
    fetch->sequential = fetch->slowed || fetch->kind == KITH_GRAPH_CHANGES;
    fetch->n_unique = fetch->n_before;
    fetch->farthest = -1;
    fetch->n_stale = 0;
}

void kith_fetch_microsoft_restart(struct kith_fetch_microsoft *fetch)
{
    kith_graph_abandon(fetch);
    rewind_chain(fetch);
}

static void forget_expected(struct kith_fetch_microsoft *fetch)
{
    for (size_t i = 0; i < fetch->n_expected; i++)
        free(fetch->expected[i].start);
    fetch->n_expected = 0;
}

static bool is_expected(const struct kith_fetch_microsoft *fetch, const char *start)
{
    for (size_t i = 0; i < fetch->n_expected; i++) {
        if (strcmp(fetch->expected[i].start, start) == 0)
            return true;
    }
    return false;
}

void kith_fetch_microsoft_expect(struct kith_fetch_microsoft *fetch, const char *start, int64_t count)
{
    if (fetch->n_expected == KITH_GRAPH_EXPECTED || is_expected(fetch, start))
        return;
    fetch->expected[fetch->n_expected++] =
        (struct kith_graph_expected){.start = kith_xstrdup(start), .count = count, .chain = ++fetch->last_chain};
}

/* The number of the chain that is begun now. Another one than was expected: whatever is under way is of no use. */
static uint64_t take_expected(struct kith_fetch_microsoft *fetch, const char *start, enum kith_graph_chain kind)
{
    if (fetch->n_expected == 0 || kind != KITH_GRAPH_PAGES || strcmp(fetch->expected[0].start, start) != 0) {
        forget_expected(fetch);
        kith_graph_abandon(fetch);
        return ++fetch->last_chain;
    }
    uint64_t chain = fetch->expected[0].chain;
    free(fetch->expected[0].start);
    fetch->n_expected--;
    memmove(&fetch->expected[0], &fetch->expected[1], fetch->n_expected * sizeof(fetch->expected[0]));
    kith_graph_abandon_chain(fetch, fetch->chain);
    return chain;
}

void kith_fetch_microsoft_begin(struct kith_fetch_microsoft *fetch, const char *start, enum kith_graph_chain kind,
                                int64_t count, int64_t n_before)
{
    fetch->chain = take_expected(fetch, start, kind);
    kith_graph_set_link(&fetch->start, start);
    fetch->kind = kind;
    fetch->count = count;
    fetch->n_before = n_before;
    rewind_chain(fetch);
}

/* --- Making and ending --------------------------------------------------- */

struct kith_fetch_microsoft *kith_fetch_microsoft_new(struct kith_http *http,
                                                      const struct kith_fetch_microsoft_options *options)
{
    struct kith_fetch_microsoft *fetch = kith_xnew(struct kith_fetch_microsoft);
    int top = options->limit > 0 && options->limit < TOP ? (int)options->limit : TOP;

    fetch->http = http;
    fetch->options = *options;
    fetch->graph = kith_xstrdup(options->graph);
    fetch->account = kith_xstrdup(options->account);
    kith_page_size_init(&fetch->size[KITH_GRAPH_PAGES], top);
    kith_page_size_init(&fetch->size[KITH_GRAPH_CHANGES], MOST_CHANGES);
    kith_buf_init_secret(&fetch->token, KITH_FETCH_TOKEN_BYTES);
    kith_fetch_microsoft_begin(fetch, "/v1.0/me/contacts", KITH_GRAPH_PAGES, /* count= */ -1, /* n_before= */ 0);
    return fetch;
}

void kith_fetch_microsoft_free(struct kith_fetch_microsoft *fetch)
{
    if (!fetch)
        return;
    kith_graph_abandon(fetch);
    forget_expected(fetch);
    kith_link_set_done(&fetch->followed);
    kith_buf_done_secret(&fetch->token);
    free(fetch->next);
    free(fetch->current);
    free(fetch->first);
    free(fetch->start);
    free(fetch->graph);
    free(fetch->account);
    free(fetch);
}

/* --- Failing ------------------------------------------------------------- */

enum kith_status kith_graph_give_up(struct kith_fetch_microsoft *fetch, enum kith_status status, struct kith_error *err)
{
    kith_graph_abandon(fetch);
    return kith_fetch_blame(KITH_SOURCE_MICROSOFT365, fetch->account, status, err);
}

enum kith_status kith_graph_give_up_service(struct kith_fetch_microsoft *fetch, const char *request_id,
                                            struct kith_error *err, const char *message)
{
    (void)kith_fail(err, KITH_E_SERVICE, "%s", message);
    if (err)
        (void)kith_text_copy(err->request_id, sizeof(err->request_id), request_id); /* same size: fits */
    return kith_graph_give_up(fetch, KITH_E_SERVICE, err);
}

/* --- Tokens -------------------------------------------------------------- */

static enum kith_status get_token(struct kith_fetch_microsoft *fetch, bool force, struct kith_error *err)
{
    enum kith_status st = kith_fetch_token(fetch->options.token, fetch->options.token_ctx, force, &fetch->token, err);

    if (st == KITH_OK)
        fetch->token_no++;
    return st;
}

enum kith_status kith_graph_need_token(struct kith_fetch_microsoft *fetch, struct kith_error *err)
{
    return fetch->token_no == 0 ? get_token(fetch, /* force= */ false, err) : KITH_OK;
}

/* Requests that were under way with the token before the newest one only missed the change. */
enum kith_status kith_graph_after_refusal(struct kith_fetch_microsoft *fetch, uint64_t token_no, bool *ret_again,
                                          struct kith_error *err)
{
    *ret_again = true;
    if (token_no != fetch->token_no)
        return KITH_OK;
    if (fetch->refused) {
        *ret_again = false;
        return KITH_OK;
    }
    fetch->refused = true;
    kith_log_debug(KITH_LOG_FETCH, "the access token was refused, asking for a fresh one");
    return get_token(fetch, /* force= */ true, err);
}

/* --- Asking for pages ---------------------------------------------------- */

/*
 * Ask for a page of a chain. items: so many contacts, 0 not known. Changes say their number in a header, and it must be
 * said each time; pages have it in their link.
 */
static enum kith_status ask(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot,
                            enum kith_graph_chain kind, struct kith_error *err)
{
    int64_t top;

    if (kind == KITH_GRAPH_CHANGES) {
        slot->items = fetch->size[kind].items;
        (void)kith_text_format(slot->prefer, sizeof(slot->prefer), KITH_GRAPH_PREFER ", odata.maxpagesize=%d",
                               slot->items); /* fits */
        slot->request.prefer = slot->prefer;
    } else if (kith_link_number(slot->url, "$top", &top)) {
        slot->items = top <= TOP ? (int)top : TOP;
    }
    slot->request.max_bytes = slot->items > 0 ? kith_page_size_ceiling(slot->items) : KITH_PAGE_CEILING_BYTES;
    slot->request.over_is_answer = slot->items > 0;
    /* A gateway's time-out is answered with a smaller page, not with patience. */
    slot->request.final_status = kind == KITH_GRAPH_PAGES && slot->items > SMALLEST_TOP ? 504 : 0;
    return kith_graph_slot_submit(fetch, slot, err);
}

static enum kith_status ask_new(struct kith_fetch_microsoft *fetch, const char *url, uint64_t chain,
                                enum kith_graph_chain kind, int64_t items, struct kith_graph_slot **ret,
                                struct kith_error *err)
{
    const struct kith_http_request request = {.url = url, .prefer = KITH_GRAPH_PREFER};

    *ret = kith_graph_slot_new(fetch, &request);
    if (!*ret)
        return KITH_OK;
    (*ret)->chain = chain;
    (*ret)->expected_bytes = kith_page_size_expected(&fetch->size[kind], items);
    return ask(fetch, *ret, kind, err);
}

/* The slot of the page that the chain names, asked for now if it was not before. */
static enum kith_status slot_of_next(struct kith_fetch_microsoft *fetch, struct kith_graph_slot **ret,
                                     struct kith_error *err)
{
    int64_t items = fetch->size[fetch->kind].items;
    enum kith_status st = KITH_OK;

    *ret = kith_graph_slot_of(fetch, fetch->next);
    if (!*ret)
        st = ask_new(fetch, fetch->next, fetch->chain, fetch->kind, items, ret, err);
    if (*ret)
        return st;
    kith_graph_abandon(fetch); /* full of pages that the chain did not name */
    return ask_new(fetch, fetch->next, fetch->chain, fetch->kind, items, ret, err);
}

/* Ask for a page before it is wanted. *ret_asked false: what is under way and what waits comes to enough already. */
static enum kith_status ask_early(struct kith_fetch_microsoft *fetch, const char *url, uint64_t chain,
                                  enum kith_graph_chain kind, int64_t items, bool *ret_asked, struct kith_error *err)
{
    size_t bytes = kith_page_size_expected(&fetch->size[kind], items);
    struct kith_graph_slot *slot;

    *ret_asked = false;
    if (kith_graph_slot_bytes(fetch) + bytes > KITH_GRAPH_FLIGHT_BYTES)
        return KITH_OK;
    enum kith_status st = ask_new(fetch, url, chain, kind, items, &slot, err);
    *ret_asked = slot != NULL;
    return st;
}

/*
 * Nothing at or beyond this $skip is asked for ahead. A page holds at most stride contacts, so all pages before it
 * are needed to reach the limit, however many of the items turn out to be no contacts.
 */
static int64_t end_of_foresight(const struct kith_fetch_microsoft *fetch, int64_t skip)
{
    int64_t end = fetch->count;

    if (fetch->options.limit > 0 && skip + fetch->options.limit - fetch->n_unique < end)
        end = skip + fetch->options.limit - fetch->n_unique;
    return end;
}

/* The page at this $skip is the last one, as far as one can tell. */
static bool is_last(const struct kith_fetch_microsoft *fetch, int64_t skip)
{
    int64_t step = fetch->stride > 0 ? fetch->stride : fetch->size[fetch->kind].items;

    return fetch->count >= 0 && skip + step >= end_of_foresight(fetch, skip);
}

/* *ret_all: the chain is asked for to its end. */
static enum kith_status ask_pages_ahead(struct kith_fetch_microsoft *fetch, bool *ret_all, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) url;
    int64_t skip = 0;
    bool numbered = kith_link_number(fetch->next, "$skip", &skip);
    int64_t end = end_of_foresight(fetch, skip);

    kith_buf_init(&url, KITH_LINK_BYTES);
    *ret_all = is_last(fetch, skip);
    if (fetch->sequential || fetch->stride <= 0 || !numbered)
        return KITH_OK;
    for (int64_t ahead = skip + fetch->stride; ahead < end; ahead += fetch->stride) {
        bool asked = true;
        enum kith_status st = KITH_OK;
        if (!kith_link_with_number(fetch->next, "$skip", ahead, &url))
            return KITH_OK;
        if (!kith_graph_slot_of(fetch, kith_buf_text(&url)))
            st = ask_early(fetch, kith_buf_text(&url), fetch->chain, fetch->kind, fetch->stride, &asked, err);
        if (st != KITH_OK || !asked)
            return st;
    }
    *ret_all = true;
    return KITH_OK;
}

/* How many contacts the first page of a chain to come will have. */
static int64_t first_items(const struct kith_fetch_microsoft *fetch, const struct kith_graph_expected *expected)
{
    int64_t items = fetch->size[KITH_GRAPH_PAGES].items;

    return expected->count >= 0 && expected->count < items ? expected->count : items;
}

/* The first pages of the chains to come; those that are next to nothing may be asked for at any time. */
static enum kith_status ask_first_pages(struct kith_fetch_microsoft *fetch, bool only_small, struct kith_error *err)
{
    for (size_t i = 0; i < fetch->n_expected; i++) {
        const struct kith_graph_expected *expected = &fetch->expected[i];
        int64_t items = first_items(fetch, expected);
        bool asked;
        if (kith_graph_slot_of_chain(fetch, expected->chain))
            continue;
        if (only_small && kith_page_size_expected(&fetch->size[KITH_GRAPH_PAGES], items) > SMALL_BYTES)
            return KITH_OK;
        KITH_AUTO_STRING url = kith_graph_first_link(fetch, expected->start, KITH_GRAPH_PAGES);
        if (!kith_http_same_origin(url, fetch->graph))
            return KITH_OK; /* whoever reads it will say so */
        enum kith_status st = ask_early(fetch, url, expected->chain, KITH_GRAPH_PAGES, items, &asked, err);
        if (st != KITH_OK || !asked)
            return st;
    }
    return KITH_OK;
}

static enum kith_status ask_ahead(struct kith_fetch_microsoft *fetch, struct kith_error *err)
{
    bool all;
    enum kith_status st = ask_pages_ahead(fetch, &all, err);

    return st == KITH_OK ? ask_first_pages(fetch, /* only_small= */ !all, err) : st;
}

/* --- Judging an answer --------------------------------------------------- */

bool kith_graph_resize_next(struct kith_fetch_microsoft *fetch)
{
    KITH_AUTO_DONE(kith_buf) url;
    int items = fetch->size[fetch->kind].items;

    kith_buf_init(&url, KITH_LINK_BYTES);
    if (!kith_link_with_number(fetch->next, "$top", items, &url))
        return false;
    kith_log_debug(KITH_LOG_FETCH, "asking for pages of %d from here on", items);
    kith_graph_abandon_chain(fetch, fetch->chain);
    kith_graph_set_link(&fetch->next, kith_buf_text(&url));
    fetch->stride = 0;
    return true;
}

/* The page was too much for the service: from here on half as many contacts a page, one page at a time. */
static bool halve_page(struct kith_fetch_microsoft *fetch, const struct kith_graph_slot *slot)
{
    if (fetch->kind != KITH_GRAPH_PAGES || slot->items <= SMALLEST_TOP)
        return false;
    kith_page_size_halve(&fetch->size[KITH_GRAPH_PAGES], slot->items);
    fetch->slowed = true;
    fetch->sequential = true;
    return kith_graph_resize_next(fetch);
}

/* The page was too much for us. */
static enum kith_status ask_for_less(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot,
                                     struct kith_error *err)
{
    bool less = kith_page_size_shrink(&fetch->size[fetch->kind], slot->items);

    if (less && fetch->kind == KITH_GRAPH_CHANGES)
        return ask(fetch, slot, fetch->kind, err);
    if (less && kith_graph_resize_next(fetch))
        return KITH_OK;
    return kith_graph_give_up_service(fetch, slot->response.request_id, err, "a page of contacts is too large");
}

/* *ret_good: this is the page. Else it was asked for again, or the call fails. */
static enum kith_status judge(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot, bool *ret_good,
                              struct kith_error *err)
{
    bool again = false;
    enum kith_status st = KITH_OK;

    if (slot->response.over)
        return ask_for_less(fetch, slot, err);
    *ret_good = slot->response.status == 200 && kith_fetch_is_json(&slot->response);
    if (*ret_good)
        return KITH_OK;
    if (slot->response.status == 504 && halve_page(fetch, slot))
        return KITH_OK;
    if (slot->response.status == 200)
        st = kith_fetch_retry(&fetch->n_retries, fetch->options.cancel, &again, err);
    else if (slot->response.status == 401)
        st = kith_graph_after_refusal(fetch, slot->token_no, &again, err);
    if (st != KITH_OK)
        return st;
    if (again)
        return ask(fetch, slot, fetch->kind, err);
    if (slot->response.status == 200)
        return kith_graph_give_up_service(fetch, slot->response.request_id, err, "a page of contacts is not JSON");
    return kith_fetch_microsoft_error(&slot->response, fetch->options.first_time, err);
}

/* Wait until the page that the chain names is here and good. */
static enum kith_status await_next(struct kith_fetch_microsoft *fetch, struct kith_graph_slot **ret,
                                   struct kith_error *err)
{
    struct kith_graph_slot *slot;
    bool good = false;

    while (!good) {
        enum kith_status st = slot_of_next(fetch, &slot, err);
        if (st == KITH_OK)
            st = ask_ahead(fetch, err);
        if (st == KITH_OK)
            st = kith_graph_slot_await(fetch, slot, err);
        if (st == KITH_OK)
            st = judge(fetch, slot, &good, err);
        if (st != KITH_OK)
            return st;
    }
    *ret = slot;
    return KITH_OK;
}

static void deliver(struct kith_fetch_microsoft *fetch, struct kith_graph_slot *slot, struct kith_buf *body,
                    char *request_id)
{
    int64_t skip;

    kith_log_debug(KITH_LOG_FETCH, "page of %zu bytes, %zu followed before", slot->response.body.len,
                   fetch->followed.n);
    fetch->current_bytes = slot->response.body.len;
    kith_buf_done(body);
    *body = slot->response.body;
    slot->response.body = (struct kith_buf){0};
    (void)kith_text_copy(request_id, sizeof(slot->response.request_id), slot->response.request_id); /* same size */
    kith_graph_slot_free(fetch, slot);
    free(fetch->current);
    fetch->current = KITH_TAKE(fetch->next);
    fetch->refused = false;
    kith_link_set_add(&fetch->followed, fetch->current);
    if (kith_link_number(fetch->current, "$skip", &skip) && skip > fetch->farthest)
        fetch->farthest = skip;
}

/*
 * A round of changes begins where the answer of the last one said, perhaps weeks ago and under another setting: the
 * token must not go there unseen. Reading everything again leads back to our own addresses.
 */
static enum kith_status fail_stranger(struct kith_fetch_microsoft *fetch, struct kith_error *err)
{
    (void)kith_fail_reason(err, KITH_E_SERVICE, KITH_REASON_RESYNC, "the list of changes goes on at another host");
    return kith_graph_give_up(fetch, KITH_E_SERVICE, err);
}

enum kith_status kith_fetch_microsoft_page(struct kith_fetch_microsoft *fetch, struct kith_buf *body, char *request_id,
                                           bool *ret_more, struct kith_error *err)
{
    struct kith_graph_slot *slot;

    if (!fetch->next) {
        *ret_more = false;
        return KITH_OK;
    }
    if (!kith_http_same_origin(fetch->next, fetch->graph))
        return fail_stranger(fetch, err);
    enum kith_status st = kith_graph_need_token(fetch, err);
    if (st == KITH_OK)
        st = await_next(fetch, &slot, err);
    if (st != KITH_OK)
        return kith_graph_give_up(fetch, st, err);
    deliver(fetch, slot, body, request_id);
    *ret_more = true;
    return KITH_OK;
}

enum kith_status kith_fetch_microsoft_retry(struct kith_fetch_microsoft *fetch, struct kith_buf *body, char *request_id,
                                            struct kith_error *err)
{
    bool again = false;
    bool more;

    if (!fetch->current)
        return kith_fail(err, KITH_E_INTERNAL, "no page was given that could be asked for again");
    enum kith_status st = kith_fetch_retry(&fetch->n_retries, fetch->options.cancel, &again, err);
    if (st != KITH_OK)
        return kith_graph_give_up(fetch, st, err);
    if (!again) {
        if (err)
            (void)kith_text_copy(err->request_id, sizeof(err->request_id), request_id); /* same size: fits */
        return kith_graph_give_up(fetch, KITH_E_SERVICE, err);
    }
    kith_log_debug(KITH_LOG_FETCH, "a page could not be read, asking for it again");
    kith_graph_set_link(&fetch->next, fetch->current);
    return kith_fetch_microsoft_page(fetch, body, request_id, &more, err);
}
