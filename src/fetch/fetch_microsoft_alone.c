/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft_alone.c - what is asked of Graph outside of any chain of pages: numbers, folders, pictures.
 *
 * Before: engine/ wants to know what there is, or foresees that it soon will.
 * After:  it begins the chains of pages, which fetch_microsoft.c reads.
 */
#include "fetch/fetch_microsoft_inside.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"

enum {
    ALONE_BYTES = 4 * 1024 * 1024, /* ceiling of a page of folders */
    COUNT_BYTES = 64 * 1024,       /* a number, or an error that says why not */
};
#define MOST_CONTACTS INT64_C(2147483647)

/* --- Asking -------------------------------------------------------------- */

/* The slot of an address, asked for now if it was not before. */
static enum kith_status slot_of(struct kith_fetch_microsoft *fetch, const struct kith_http_request *request,
                                struct kith_graph_slot **ret, struct kith_error *err)
{
    struct kith_graph_slot *slot = kith_graph_slot_of(fetch, request->url);
    enum kith_status st = KITH_OK;

    if (!slot) {
        slot = kith_graph_slot_new(fetch, request);
        if (!slot) { /* full of what was foreseen in vain */
            kith_graph_abandon(fetch);
            slot = kith_graph_slot_new(fetch, request);
        }
        st = kith_graph_slot_submit(fetch, slot, err);
    }
    *ret = slot;
    return st;
}

/* One request outside of the chain, with a fresh token after a 401. */
static enum kith_status ask_alone(struct kith_fetch_microsoft *fetch, const struct kith_http_request *request,
                                  struct kith_http_response *ret, struct kith_error *err)
{
    struct kith_graph_slot *slot;
    bool again = true;
    enum kith_status st = slot_of(fetch, request, &slot, err);

    while (st == KITH_OK && again) {
        again = false;
        st = kith_graph_slot_await(fetch, slot, err);
        if (st == KITH_OK && slot->response.status == 401)
            st = kith_graph_after_refusal(fetch, slot->token_no, &again, err);
        if (st == KITH_OK && again)
            st = kith_graph_slot_submit(fetch, slot, err);
    }
    if (st != KITH_OK)
        return st;
    *ret = slot->response;
    slot->response = (struct kith_http_response){0};
    kith_graph_slot_free(fetch, slot);
    if (ret->status != 200)
        return kith_fetch_microsoft_error(ret, fetch->options.first_time, err);
    fetch->refused = false;
    return KITH_OK;
}

static enum kith_status get_good(struct kith_fetch_microsoft *fetch, const struct kith_http_request *request,
                                 struct kith_http_response *ret, struct kith_error *err)
{
    enum kith_status st = kith_graph_need_token(fetch, err);

    if (st == KITH_OK)
        st = ask_alone(fetch, request, ret, err);
    return st == KITH_OK ? KITH_OK : kith_graph_give_up(fetch, st, err);
}

static void take_body(struct kith_http_response *response, struct kith_buf *body)
{
    kith_buf_done(body);
    *body = response->body;
    response->body = (struct kith_buf){0};
}

/* --- Counting ------------------------------------------------------------ */

static char *count_address(const struct kith_fetch_microsoft *fetch, const char *path)
{
    KITH_AUTO_STRING folder = kith_graph_address(fetch, path);
    char *url = kith_xcalloc(1, strlen(folder) + sizeof("/$count"));

    (void)kith_text_format(url, strlen(folder) + sizeof("/$count"), "%s/$count", folder); /* it was made to fit */
    return url;
}

static struct kith_http_request count_request(const char *url)
{
    return (struct kith_http_request){.url = url, .accept = "text/plain", .max_bytes = COUNT_BYTES};
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
    return kith_graph_give_up(fetch, KITH_E_TOO_MANY_CONTACTS, err);
}

enum kith_status kith_fetch_microsoft_count(struct kith_fetch_microsoft *fetch, const char *path, int64_t *ret,
                                            struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_STRING url = count_address(fetch, path);
    struct kith_http_request request = count_request(url);
    int64_t count;
    enum kith_status st = get_good(fetch, &request, &response, err);

    if (st != KITH_OK)
        return st;
    if (!read_count(&response.body, &count))
        return kith_graph_give_up_service(fetch, response.request_id, err, "the number of contacts is not a number");
    if (count > MOST_CONTACTS)
        return too_many(fetch, count, err);
    if (strcmp(path, fetch->start) == 0)
        fetch->count = count;
    *ret = count;
    return KITH_OK;
}

/* --- Folders ------------------------------------------------------------- */

static struct kith_http_request get_request(const char *url)
{
    return (struct kith_http_request){.url = url, .prefer = KITH_GRAPH_PREFER, .max_bytes = ALONE_BYTES};
}

static bool is_askable(const struct kith_fetch_microsoft *fetch, const char *url)
{
    return strlen(url) <= KITH_LINK_BYTES && kith_http_same_origin(url, fetch->graph);
}

enum kith_status kith_fetch_microsoft_get(struct kith_fetch_microsoft *fetch, const char *where, struct kith_buf *body,
                                          char *request_id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_STRING url = where[0] == '/' ? kith_graph_address(fetch, where) : kith_xstrdup(where);
    struct kith_http_request request = get_request(url);
    enum kith_status st;

    if (!is_askable(fetch, url))
        return kith_graph_give_up_service(fetch, "", err, "a page of folders links to another host");
    st = get_good(fetch, &request, &response, err);
    if (st != KITH_OK)
        return st;
    take_body(&response, body);
    (void)kith_text_copy(request_id, sizeof(response.request_id), response.request_id); /* same size */
    return KITH_OK;
}

/* --- Before it is wanted ------------------------------------------------- */

enum kith_status kith_fetch_microsoft_foresee(struct kith_fetch_microsoft *fetch, enum kith_graph_alone what,
                                              const char *path, struct kith_error *err)
{
    KITH_AUTO_STRING url = what == KITH_GRAPH_COUNT ? count_address(fetch, path) : kith_graph_address(fetch, path);
    struct kith_http_request request = what == KITH_GRAPH_COUNT ? count_request(url) : get_request(url);
    enum kith_status st;

    if (kith_graph_slot_of(fetch, url) || !is_askable(fetch, url))
        return KITH_OK;
    st = kith_graph_need_token(fetch, err);
    struct kith_graph_slot *slot = st == KITH_OK ? kith_graph_slot_new(fetch, &request) : NULL;
    if (slot)
        st = kith_graph_slot_submit(fetch, slot, err);
    return st == KITH_OK ? KITH_OK : kith_graph_give_up(fetch, st, err);
}

/* --- Pictures ------------------------------------------------------------ */

enum kith_status kith_fetch_microsoft_post(struct kith_fetch_microsoft *fetch, const char *path, const char *json,
                                           size_t max_bytes, struct kith_buf *body, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_STRING url = kith_graph_address(fetch, path);
    struct kith_http_request request = {.url = url, .json = json, .prefer = KITH_GRAPH_PREFER, .max_bytes = max_bytes};
    enum kith_status st = get_good(fetch, &request, &response, err);

    if (st != KITH_OK)
        return st;
    take_body(&response, body);
    return KITH_OK;
}
