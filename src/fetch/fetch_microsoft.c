/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft.c - asks Graph for the pages of a mailbox's contacts; see fetch_microsoft.h.
 *
 * Before: engine/ has an account and a way to get access tokens for it.
 * After:  parse/ reads the bytes of each page and says which link it holds.
 *
 * The chain of nextLinks is the truth. While it is regular (each link differs from the
 * one before by the same number in $skip) the links to come are known, and their pages
 * are asked for ahead: up to four at a time, never beyond what the mailbox reported or
 * the limit. A page that came early is delivered only when the chain names exactly its
 * address; what the chain does not name is thrown away.
 */
#include "fetch/fetch_microsoft.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "fetch/fetch_ask.h"
#include "fetch/link.h"

enum {
    WINDOW = 6,                    /* pages asked for or waiting for their turn */
    HELD_BYTES = 4 * 1024 * 1024,  /* when this much waits, nothing is asked for ahead */
    PAGE_BYTES = 64 * 1024 * 1024, /* ceiling of one page */
    ALONE_BYTES = 4 * 1024 * 1024, /* ceiling of a page of folders */
    COUNT_BYTES = 64 * 1024,       /* a number, or an error that says why not */
    TOP = 999,                     /* Graph's largest page by one reading of its documentation, 1,000 by another */
    SMALLEST_TOP = 50,             /* a service that cannot give so few has other trouble */
    STALE_PAGES = 1000,            /* pages in a row that brought nothing new: an endless chain */
    STALE_PAGES_BEYOND = 32,       /* the same, once everything reported has been passed */
};
#define MOST_CONTACTS INT64_C(2147483647)

/* Ids that survive a move to another folder; each answer follows the header of its own request. */
static const char prefer_immutable[] = "IdType=\"ImmutableId\"";
static const char prefer_changes[] = "IdType=\"ImmutableId\", odata.maxpagesize=200";

enum slot_state { SLOT_FREE, SLOT_ASKED, SLOT_HERE };

/* One page that was asked for. */
struct slot {
    enum slot_state state;
    char *url;
    uint64_t token_no; /* the token it was asked with */
    struct kith_http_response response;
};

struct kith_fetch_microsoft {
    struct kith_http *http;
    char *graph, *account;
    struct kith_fetch_microsoft_options options;

    struct kith_buf token;
    uint64_t token_no; /* 0: none yet */
    bool refused;      /* the newest token was refused and replaced, and nothing was answered since */

    char *start; /* of the chain: a path, or a whole address */
    enum kith_graph_chain kind;
    int64_t count;    /* expected at the start; -1 unknown */
    int64_t n_before; /* unique contacts of the chains before it */
    int top;
    char *next;    /* where the chain leads; NULL: it has ended */
    char *current; /* the page delivered last */
    int n_retries; /* of that page */

    int64_t stride;  /* between two links; 0: not known yet */
    bool sequential; /* the chain was irregular: nothing is asked for ahead any more */
    bool slowed;     /* pages were too large for the service once */
    struct kith_link_set followed;
    int64_t n_unique;
    int64_t farthest; /* largest $skip that was delivered */
    int n_stale;
    struct slot slots[WINDOW];
};

/* --- Making and ending --------------------------------------------------- */

static void slot_free(struct slot *slot)
{
    kith_http_response_done(&slot->response);
    free(slot->url);
    *slot = (struct slot){.state = SLOT_FREE};
}

/* Forget what was asked for ahead. */
static void abandon(struct kith_fetch_microsoft *fetch)
{
    kith_http_drop(fetch->http);
    for (size_t i = 0; i < WINDOW; i++)
        slot_free(&fetch->slots[i]);
}

static void set_link(char **link, const char *url)
{
    char *copy = url ? kith_xstrdup(url) : NULL;

    free(*link);
    *link = copy;
}

static char *address(const struct kith_fetch_microsoft *fetch, const char *path)
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

static char *first_link(const struct kith_fetch_microsoft *fetch)
{
    KITH_AUTO_DONE(kith_buf) path;

    kith_buf_init(&path, KITH_LINK_BYTES);
    if (fetch->kind == KITH_GRAPH_CHANGES)
        return fetch->start[0] == '/' ? address(fetch, fetch->start) : kith_xstrdup(fetch->start);
    (void)kith_buf_addf(&path, "%s%c$top=%d&$count=true", fetch->start, strchr(fetch->start, '?') ? '&' : '?',
                        fetch->top); /* too long: see address() */
    return address(fetch, kith_buf_text(&path));
}

void kith_fetch_microsoft_restart(struct kith_fetch_microsoft *fetch)
{
    abandon(fetch);
    kith_link_set_done(&fetch->followed);
    free(fetch->next);
    fetch->next = first_link(fetch);
    set_link(&fetch->current, NULL);
    fetch->n_retries = 0;
    fetch->stride = 0;
    fetch->sequential = fetch->slowed || fetch->kind == KITH_GRAPH_CHANGES;
    fetch->n_unique = fetch->n_before;
    fetch->farthest = -1;
    fetch->n_stale = 0;
}

void kith_fetch_microsoft_begin(struct kith_fetch_microsoft *fetch, const char *start, enum kith_graph_chain kind,
                                int64_t count, int64_t n_before)
{
    set_link(&fetch->start, start);
    fetch->kind = kind;
    fetch->count = count;
    fetch->n_before = n_before;
    kith_fetch_microsoft_restart(fetch);
}

struct kith_fetch_microsoft *kith_fetch_microsoft_new(struct kith_http *http,
                                                      const struct kith_fetch_microsoft_options *options)
{
    struct kith_fetch_microsoft *fetch = kith_xnew(struct kith_fetch_microsoft);

    fetch->http = http;
    fetch->options = *options;
    fetch->graph = kith_xstrdup(options->graph);
    fetch->account = kith_xstrdup(options->account);
    fetch->top = options->limit > 0 && options->limit < TOP ? (int)options->limit : TOP;
    kith_buf_init_secret(&fetch->token, KITH_FETCH_TOKEN_BYTES);
    kith_fetch_microsoft_begin(fetch, "/v1.0/me/contacts", KITH_GRAPH_PAGES, /* count= */ -1, /* n_before= */ 0);
    return fetch;
}

void kith_fetch_microsoft_free(struct kith_fetch_microsoft *fetch)
{
    if (!fetch)
        return;
    abandon(fetch);
    kith_link_set_done(&fetch->followed);
    kith_buf_done_secret(&fetch->token);
    free(fetch->next);
    free(fetch->current);
    free(fetch->start);
    free(fetch->graph);
    free(fetch->account);
    free(fetch);
}

/* --- Failing ------------------------------------------------------------- */

/* Every failure leaves through here: nothing stays under way, and the account has its name. */
static enum kith_status give_up(struct kith_fetch_microsoft *fetch, enum kith_status status, struct kith_error *err)
{
    abandon(fetch);
    return kith_fetch_blame(KITH_SOURCE_MICROSOFT365, fetch->account, status, err);
}

static enum kith_status give_up_service(struct kith_fetch_microsoft *fetch, const char *request_id,
                                        struct kith_error *err, const char *message)
{
    (void)kith_fail(err, KITH_E_SERVICE, "%s", message);
    if (err)
        (void)kith_text_copy(err->request_id, sizeof(err->request_id), request_id); /* same size: fits */
    return give_up(fetch, KITH_E_SERVICE, err);
}

/* --- Tokens -------------------------------------------------------------- */

static enum kith_status get_token(struct kith_fetch_microsoft *fetch, bool force, struct kith_error *err)
{
    enum kith_status st = kith_fetch_token(fetch->options.token, fetch->options.token_ctx, force, &fetch->token, err);

    if (st == KITH_OK)
        fetch->token_no++;
    return st;
}

/*
 * After a 401. *ret_again: ask again; else the answer is final. Requests that were under way with the token before
 * the newest one only missed the change.
 */
static enum kith_status after_refusal(struct kith_fetch_microsoft *fetch, uint64_t token_no, bool *ret_again,
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

/* --- Counting ------------------------------------------------------------ */

/* One request outside of the chain, with a fresh token after a 401. */
static enum kith_status ask_alone(struct kith_fetch_microsoft *fetch, const struct kith_http_request *request,
                                  struct kith_http_response *ret, struct kith_error *err)
{
    struct kith_http_request with_token = *request;
    bool again = true;

    while (again) {
        uint64_t token_no = fetch->token_no;
        with_token.bearer = kith_buf_text(&fetch->token);
        kith_http_response_done(ret);
        enum kith_status st = kith_http_perform(fetch->http, &with_token, fetch->options.cancel, ret, err);
        if (st != KITH_OK)
            return st;
        again = false;
        if (ret->status == 401)
            st = after_refusal(fetch, token_no, &again, err);
        if (st != KITH_OK)
            return st;
    }
    if (ret->status != 200)
        return kith_fetch_microsoft_error(ret, fetch->options.first_time, err);
    fetch->refused = false;
    return KITH_OK;
}

/* A bare number, perhaps with a byte order mark; one that no int64 holds is the largest. */
static bool read_count(const struct kith_buf *body, int64_t *ret)
{
    const char *text = kith_buf_text(body);

    if (kith_text_starts_with(text, "\xEF\xBB\xBF"))
        text += 3;
    text += strspn(text, " \t\r\n");
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits + strspn(text + digits, " \t\r\n")] != '\0')
        return false;
    char number[24];
    if (digits >= sizeof(number) || !kith_text_copy_n(number, sizeof(number), text, digits) ||
        !kith_text_to_int64(number, 0, INT64_MAX, ret))
        *ret = INT64_MAX;
    return true;
}

static enum kith_status too_many(struct kith_fetch_microsoft *fetch, int64_t count, struct kith_error *err)
{
    (void)kith_fail(err, KITH_E_TOO_MANY_CONTACTS, "the mailbox reports %lld contacts, more than %lld",
                    (long long)count, (long long)MOST_CONTACTS);
    if (err)
        err->count = count;
    return give_up(fetch, KITH_E_TOO_MANY_CONTACTS, err);
}

enum kith_status kith_fetch_microsoft_count(struct kith_fetch_microsoft *fetch, const char *path, int64_t *ret,
                                            struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_STRING folder = address(fetch, path);
    KITH_AUTO_STRING url = kith_xcalloc(1, strlen(folder) + sizeof("/$count"));
    (void)kith_text_format(url, strlen(folder) + sizeof("/$count"), "%s/$count", folder); /* it was made to fit */
    struct kith_http_request request = {.url = url, .accept = "text/plain", .max_bytes = COUNT_BYTES};
    enum kith_status st = KITH_OK;

    if (fetch->token_no == 0)
        st = get_token(fetch, /* force= */ false, err);
    if (st == KITH_OK)
        st = ask_alone(fetch, &request, &response, err);
    if (st != KITH_OK)
        return give_up(fetch, st, err);

    int64_t count;
    if (!read_count(&response.body, &count))
        return give_up_service(fetch, response.request_id, err, "the number of contacts is not a number");
    if (count > MOST_CONTACTS)
        return too_many(fetch, count, err);
    if (strcmp(path, fetch->start) == 0)
        fetch->count = count;
    *ret = count;
    return KITH_OK;
}

/* --- One answer alone ---------------------------------------------------- */

static enum kith_status get_good(struct kith_fetch_microsoft *fetch, const struct kith_http_request *request,
                                 struct kith_http_response *ret, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    if (fetch->token_no == 0)
        st = get_token(fetch, /* force= */ false, err);
    if (st == KITH_OK)
        st = ask_alone(fetch, request, ret, err);
    return st == KITH_OK ? KITH_OK : give_up(fetch, st, err);
}

enum kith_status kith_fetch_microsoft_get(struct kith_fetch_microsoft *fetch, const char *where, struct kith_buf *body,
                                          char *request_id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_STRING url = where[0] == '/' ? address(fetch, where) : kith_xstrdup(where);
    struct kith_http_request request = {.url = url, .prefer = prefer_immutable, .max_bytes = ALONE_BYTES};
    enum kith_status st;

    if (strlen(url) > KITH_LINK_BYTES || !kith_http_same_origin(url, fetch->graph))
        return give_up_service(fetch, "", err, "a page of folders links to another host");
    st = get_good(fetch, &request, &response, err);
    if (st != KITH_OK)
        return st;
    kith_buf_done(body);
    *body = response.body;
    response.body = (struct kith_buf){0};
    (void)kith_text_copy(request_id, sizeof(response.request_id), response.request_id); /* same size */
    return KITH_OK;
}

enum kith_status kith_fetch_microsoft_post(struct kith_fetch_microsoft *fetch, const char *path, const char *json,
                                           size_t max_bytes, struct kith_buf *body, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_STRING url = address(fetch, path);
    struct kith_http_request request = {.url = url, .json = json, .prefer = prefer_immutable, .max_bytes = max_bytes};
    enum kith_status st = get_good(fetch, &request, &response, err);

    if (st != KITH_OK)
        return st;
    kith_buf_done(body);
    *body = response.body;
    response.body = (struct kith_buf){0};
    return KITH_OK;
}

/* --- Asking for pages ---------------------------------------------------- */

static enum kith_status ask(struct kith_fetch_microsoft *fetch, struct slot *slot, struct kith_error *err)
{
    int64_t top;
    struct kith_http_request request = {
        .url = slot->url,
        .bearer = kith_buf_text(&fetch->token),
        .prefer = fetch->kind == KITH_GRAPH_CHANGES ? prefer_changes : prefer_immutable,
        .max_bytes = PAGE_BYTES,
        .tag = (uint64_t)(slot - fetch->slots),
    };

    /* A gateway's time-out is answered with a smaller page, not with patience. */
    if (kith_link_number(slot->url, "$top", &top) && top > SMALLEST_TOP)
        request.final_status = 504;
    kith_http_response_done(&slot->response);
    slot->state = SLOT_ASKED;
    slot->token_no = fetch->token_no;
    return kith_http_submit(fetch->http, &request, err);
}

static struct slot *slot_of(struct kith_fetch_microsoft *fetch, const char *url)
{
    for (size_t i = 0; i < WINDOW; i++) {
        if (fetch->slots[i].state != SLOT_FREE && strcmp(fetch->slots[i].url, url) == 0)
            return &fetch->slots[i];
    }
    return NULL;
}

static struct slot *free_slot(struct kith_fetch_microsoft *fetch)
{
    for (size_t i = 0; i < WINDOW; i++) {
        if (fetch->slots[i].state == SLOT_FREE)
            return &fetch->slots[i];
    }
    return NULL;
}

/* The slot of the page that the chain names, asked for now if it was not before. */
static enum kith_status slot_of_next(struct kith_fetch_microsoft *fetch, struct slot **ret, struct kith_error *err)
{
    struct slot *slot = slot_of(fetch, fetch->next);

    if (!slot) {
        slot = free_slot(fetch);
        if (!slot) { /* full of pages that the chain did not name */
            abandon(fetch);
            slot = &fetch->slots[0];
        }
        slot->url = kith_xstrdup(fetch->next);
        enum kith_status st = ask(fetch, slot, err);
        if (st != KITH_OK)
            return st;
    }
    *ret = slot;
    return KITH_OK;
}

static size_t held_bytes(const struct kith_fetch_microsoft *fetch)
{
    size_t n = 0;

    for (size_t i = 0; i < WINDOW; i++)
        n += fetch->slots[i].response.body.len;
    return n;
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

static enum kith_status ask_ahead(struct kith_fetch_microsoft *fetch, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) url;
    int64_t skip;

    kith_buf_init(&url, KITH_LINK_BYTES);
    if (fetch->sequential || fetch->stride <= 0 || !kith_link_number(fetch->next, "$skip", &skip))
        return KITH_OK;
    int64_t end = end_of_foresight(fetch, skip);
    for (int64_t ahead = skip + fetch->stride; ahead < end && held_bytes(fetch) < HELD_BYTES; ahead += fetch->stride) {
        if (!kith_link_with_number(fetch->next, "$skip", ahead, &url))
            return KITH_OK;
        if (slot_of(fetch, kith_buf_text(&url)))
            continue;
        struct slot *slot = free_slot(fetch);
        if (!slot)
            return KITH_OK;
        slot->url = kith_xstrdup(kith_buf_text(&url));
        enum kith_status st = ask(fetch, slot, err);
        if (st != KITH_OK)
            return st;
    }
    return KITH_OK;
}

static enum kith_status receive(struct kith_fetch_microsoft *fetch, struct kith_error *err)
{
    struct kith_http_response response;

    enum kith_status st = kith_http_wait(fetch->http, fetch->options.cancel, &response, err);
    if (st != KITH_OK)
        return st;
    struct slot *slot = &fetch->slots[response.tag];
    slot->response = response;
    slot->state = SLOT_HERE;
    return KITH_OK;
}

/* --- Judging an answer --------------------------------------------------- */

/* The page was too much for the service: from here on half as many contacts a page, one page at a time. */
static bool halve_page(struct kith_fetch_microsoft *fetch)
{
    KITH_AUTO_DONE(kith_buf) url;
    int64_t top;

    kith_buf_init(&url, KITH_LINK_BYTES);
    if (!kith_link_number(fetch->next, "$top", &top) || top <= SMALLEST_TOP)
        return false;
    if (!kith_link_with_number(fetch->next, "$top", top / 2, &url))
        return false;
    kith_log_debug(KITH_LOG_FETCH, "the service timed out, asking for pages of %lld", (long long)(top / 2));
    abandon(fetch);
    fetch->top = (int)(top / 2);
    fetch->slowed = true;
    fetch->sequential = true;
    set_link(&fetch->next, kith_buf_text(&url));
    return true;
}

/* *ret_good: this is the page. Else it was asked for again, or the call fails. */
static enum kith_status judge(struct kith_fetch_microsoft *fetch, struct slot *slot, bool *ret_good,
                              struct kith_error *err)
{
    bool again = false;
    enum kith_status st = KITH_OK;

    *ret_good = slot->response.status == 200 && kith_fetch_is_json(&slot->response);
    if (*ret_good)
        return KITH_OK;
    if (slot->response.status == 504 && halve_page(fetch))
        return KITH_OK;
    if (slot->response.status == 200)
        st = kith_fetch_retry(&fetch->n_retries, fetch->options.cancel, &again, err);
    else if (slot->response.status == 401)
        st = after_refusal(fetch, slot->token_no, &again, err);
    if (st != KITH_OK)
        return st;
    if (again)
        return ask(fetch, slot, err);
    if (slot->response.status == 200)
        return give_up_service(fetch, slot->response.request_id, err, "a page of contacts is not JSON");
    return kith_fetch_microsoft_error(&slot->response, fetch->options.first_time, err);
}

/* Wait until the page that the chain names is here and good. */
static enum kith_status await_next(struct kith_fetch_microsoft *fetch, struct slot **ret, struct kith_error *err)
{
    struct slot *slot;
    bool good = false;

    while (!good) {
        enum kith_status st = slot_of_next(fetch, &slot, err);
        if (st == KITH_OK)
            st = ask_ahead(fetch, err);
        if (st == KITH_OK && slot->state == SLOT_ASKED)
            st = receive(fetch, err);
        if (st == KITH_OK && slot->state == SLOT_HERE)
            st = judge(fetch, slot, &good, err);
        if (st != KITH_OK)
            return st;
    }
    *ret = slot;
    return KITH_OK;
}

static void deliver(struct kith_fetch_microsoft *fetch, struct slot *slot, struct kith_buf *body, char *request_id)
{
    int64_t skip;

    kith_log_debug(KITH_LOG_FETCH, "page of %zu bytes, %zu followed before", slot->response.body.len,
                   fetch->followed.n);
    kith_buf_done(body);
    *body = slot->response.body;
    slot->response.body = (struct kith_buf){0};
    (void)kith_text_copy(request_id, sizeof(slot->response.request_id), slot->response.request_id); /* same size */
    slot_free(slot);
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
    return give_up(fetch, KITH_E_SERVICE, err);
}

enum kith_status kith_fetch_microsoft_page(struct kith_fetch_microsoft *fetch, struct kith_buf *body, char *request_id,
                                           bool *ret_more, struct kith_error *err)
{
    struct slot *slot;
    enum kith_status st = KITH_OK;

    if (!fetch->next) {
        *ret_more = false;
        return KITH_OK;
    }
    if (!kith_http_same_origin(fetch->next, fetch->graph))
        return fail_stranger(fetch, err);
    if (fetch->token_no == 0)
        st = get_token(fetch, /* force= */ false, err);
    if (st == KITH_OK)
        st = await_next(fetch, &slot, err);
    if (st != KITH_OK)
        return give_up(fetch, st, err);
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
        return give_up(fetch, st, err);
    if (!again) {
        if (err)
            (void)kith_text_copy(err->request_id, sizeof(err->request_id), request_id); /* same size: fits */
        return give_up(fetch, KITH_E_SERVICE, err);
    }
    kith_log_debug(KITH_LOG_FETCH, "a page could not be read, asking for it again");
    set_link(&fetch->next, fetch->current);
    return kith_fetch_microsoft_page(fetch, body, request_id, &more, err);
}

/* --- Following the chain ------------------------------------------------- */

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
    abandon(fetch);
    set_link(&fetch->next, NULL);
}

/* The chain is not what we foresaw: believe it, step by step. */
static void become_sequential(struct kith_fetch_microsoft *fetch)
{
    fetch->sequential = true;
    abandon(fetch);
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
    KITH_AUTO_STRING first = first_link(fetch);
    if (strcmp(fetch->current, first) != 0) /* not ours: we do not know what it means */
        return false;
    long long behind = skip + step;
    kith_buf_clear(url);
    (void)kith_buf_addf(url, "%s&$skip=%lld", first, behind);
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
        set_link(&fetch->next, kith_buf_text(&url));
        return KITH_OK;
    }
    bool numbered = kith_link_number(next_link, "$skip", &number) || kith_link_number(fetch->current, "$skip", &number);
    if (!complete && !numbered)
        return give_up_service(fetch, "", err, "the pages of contacts link in a circle");
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
    bool news = brings_news(fetch, next_link, n_unique);
    if (next_link[0] == '\0' || limit_is_reached(fetch, n_unique) || is_passed(fetch)) {
        end_chain(fetch);
        return KITH_OK;
    }
    if (strlen(next_link) > KITH_LINK_BYTES || !kith_http_same_origin(next_link, fetch->graph))
        return give_up_service(fetch, "", err, "a page of contacts links to another host");
    if (kith_link_set_has(&fetch->followed, next_link))
        return leave_circle(fetch, next_link, news, n_page, err);
    if (fetch->n_stale > STALE_PAGES)
        return give_up_service(fetch, "", err, "the pages of contacts do not end");
    learn(fetch, next_link);
    set_link(&fetch->next, next_link);
    return KITH_OK;
}
