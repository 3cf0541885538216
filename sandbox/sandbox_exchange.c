/* SPDX-License-Identifier: MIT */
/*
 * sandbox_exchange.c - one request from arrival to answer: body, limits, faults, latency, log.
 *
 * Before: libmicrohttpd parsed the request's head.
 * After:  sandbox_route.c makes the answer; this file sends it, whole or spoilt.
 *
 * A request is "under way" from the moment it is complete until its answer is
 * ready: what a client can have open at once is then never counted twice, because
 * it cannot have read an answer that was not ready.
 */
#include "sandbox/sandbox_exchange.h"

#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_cache.h"
#include "sandbox/sandbox_google_people.h"
#include "sandbox/sandbox_graph.h"
#include "sandbox/sandbox_log.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_timer.h"
#include "sandbox/sandbox_world.h"

#define HANG_MS (10 * 60 * 1000)
/* What Outlook's part of Graph serves at once for one program and mailbox. */
#define MAILBOX_CONCURRENCY 4

enum stage { STAGE_HEAD, STAGE_BODY, STAGE_LATENCY, STAGE_HANGING, STAGE_ANSWERED };

struct exchange {
    struct sandbox_request req;
    struct kith_buf body;
    enum stage stage;
    unsigned under_way;
    bool counted; /* sandbox_log_arrive was called, sandbox_log_leave not yet */
    bool bad_target;
};

void *sandbox_exchange_begin(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct sandbox_exchange_context *context = cls;
    struct exchange *x = kith_xnew(struct exchange);
    struct sandbox_request *req = &x->req;
    char guid[37];

    req->world = context->world;
    req->connection = connection;
    req->arena = kith_arena_new();
    req->person = SANDBOX_NOBODY;
    req->mailbox = SANDBOX_NOBODY;
    req->target = req->path = "/";
    sandbox_random_guid(guid);
    req->request_id = kith_arena_copy(req->arena, guid, strlen(guid));
    kith_buf_init(&x->body, SANDBOX_MAX_BODY);
    x->bad_target = !sandbox_request_parse_target(req, target);
    return x;
}

static void leave(struct exchange *x)
{
    if (x->counted)
        sandbox_log_leave(x->req.world->log, x->req.mailbox);
    x->counted = false;
}

void sandbox_exchange_end(void *cls, struct MHD_Connection *connection, void **con_cls,
                          enum MHD_RequestTerminationCode why)
{
    struct exchange *x = *con_cls;

    (void)cls;
    (void)connection;
    (void)why;
    if (!x)
        return;
    leave(x);
    kith_buf_done(&x->body);
    kith_arena_free(x->req.arena);
    free(x);
    *con_cls = NULL;
}

/* Sends the first half of its buffer and then fails, so that the connection ends there. */
struct cut_body {
    size_t send;
    char bytes[];
};

static ssize_t read_cut_body(void *cls, uint64_t pos, char *out, size_t max)
{
    const struct cut_body *cut = cls;
    size_t len = pos < cut->send ? cut->send - (size_t)pos : 0;

    if (len == 0)
        return MHD_CONTENT_READER_END_WITH_ERROR;
    len = len < max ? len : max;
    memcpy(out, cut->bytes + pos, len);
    return (ssize_t)len;
}

static struct MHD_Response *make_cut_response(const char *bytes, size_t len)
{
    struct cut_body *cut = kith_xcalloc(1, sizeof(*cut) + len + 1);

    cut->send = len / 2;
    memcpy(cut->bytes, bytes, cut->send);
    /* One byte more than there is, so that an empty body can be cut as well. */
    return MHD_create_response_from_callback(len + (len == 0), 16384, read_cut_body, cut, free);
}

static void unref_page(void *page)
{
    sandbox_cached_unref(page);
}

/* The response takes the answer's bytes over. */
static struct MHD_Response *make_response(struct sandbox_answer *ans, size_t *ret_len)
{
    static char nothing[1] = "";
    struct sandbox_cached *page = ans->cached;
    const char *bytes = page ? page->bytes : kith_buf_text(&ans->body);
    size_t len = page ? page->len : ans->body.len;

    *ret_len = ans->wire == SANDBOX_WIRE_CUT ? len / 2 : len;
    if (ans->wire == SANDBOX_WIRE_CUT)
        return make_cut_response(bytes, len);
    if (page) {
        ans->cached = NULL;
        return MHD_create_response_from_buffer_with_free_callback_cls(len, page->bytes, unref_page, page);
    }
    if (len == 0)
        return MHD_create_response_from_buffer(0, nothing, MHD_RESPMEM_PERSISTENT);
    return MHD_create_response_from_buffer(len, kith_buf_take_text(&ans->body), MHD_RESPMEM_MUST_FREE);
}

static void add_headers(struct MHD_Response *response, const struct sandbox_answer *ans, bool zipped)
{
    /* An answer without one of these headers is still an answer. */
    (void)MHD_add_response_header(response, "Content-Type", ans->content_type);
    if (zipped)
        (void)MHD_add_response_header(response, "Content-Encoding", "gzip");
    (void)MHD_add_response_header(response, "Vary", "Accept-Encoding");
    for (size_t i = 0; i < ans->n_headers; i++)
        (void)MHD_add_response_header(response, ans->header[i].name, ans->header[i].value);
}

static enum MHD_Result send_answer(struct exchange *x, struct sandbox_answer *ans)
{
    bool zipped = ans->cached ? ans->cached->zipped : ans->zipped;
    size_t len = 0;
    struct MHD_Response *response = make_response(ans, &len);
    enum MHD_Result result;

    if (!response)
        return MHD_NO;
    add_headers(response, ans, zipped);
    leave(x);
    if (!sandbox_is_control_path(&x->req))
        sandbox_log_add(x->req.world->log, &x->req, ans->status, len, x->under_way);
    x->stage = STAGE_ANSWERED;
    result = MHD_queue_response(x->req.connection, (unsigned)ans->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result hang(struct exchange *x, struct sandbox_timer *timer)
{
    sandbox_log_add(x->req.world->log, &x->req, 0, 0, x->under_way);
    x->stage = STAGE_HANGING;
    if (!sandbox_timer_wait(timer, x->req.connection, kith_clock_monotonic_ms() + HANG_MS))
        return MHD_NO;
    return MHD_YES;
}

static enum MHD_Result answer(struct exchange *x, struct sandbox_timer *timer)
{
    KITH_AUTO_DONE(sandbox_answer) ans = {0};

    sandbox_answer_init(&ans);
    if (x->req.fault.act == SANDBOX_ACT_HANG)
        return hang(x, timer);
    if (x->req.fault.act == SANDBOX_ACT_CLOSE) {
        sandbox_log_add(x->req.world->log, &x->req, 0, 0, x->under_way);
        return MHD_NO;
    }
    if (x->bad_target)
        sandbox_answer_text(&ans, 400, "text/html", "<h1>Bad Request</h1>");
    else if (x->body.full)
        sandbox_answer_text(&ans, 413, "text/html", "<h1>Request Entity Too Large</h1>");
    else
        sandbox_route(&x->req, &ans);
    sandbox_fault_spoil(&x->req, &ans);
    return send_answer(x, &ans);
}

/* The request is complete: count it, choose its fault, and wait out the latency. */
static enum MHD_Result arrive(struct exchange *x, struct sandbox_timer *timer)
{
    struct sandbox_request *req = &x->req;
    int64_t latency_ms = req->world->options.latency_ms;

    req->body = kith_buf_text(&x->body);
    req->body_len = x->body.len;
    if (x->bad_target || sandbox_is_control_path(req))
        return answer(x, timer);
    sandbox_graph_identify(req);
    sandbox_google_identify(req);
    x->under_way = sandbox_log_arrive(req->world->log, req->mailbox);
    x->counted = true;
    if (req->mailbox != SANDBOX_NOBODY) {
        int64_t most = sandbox_mailbox_max_requests(req->world->mailbox[req->mailbox]);
        unsigned in_window = sandbox_log_count_window(req->world->log, req->mailbox);
        bool limited = sandbox_person_provider(req->mailbox) == SANDBOX_MICROSOFT;
        req->throttled = (limited && x->under_way > MAILBOX_CONCURRENCY) || (most > 0 && in_window > most);
    }
    if (!req->throttled)
        req->fault = sandbox_faults_take(req->world->faults, req);
    if (req->fault.act == SANDBOX_ACT_LATENCY)
        latency_ms += req->fault.latency_ms;
    /* A refusal for too many requests comes at once, as the real one does. */
    if (latency_ms > 0 && !req->throttled) {
        x->stage = STAGE_LATENCY;
        if (sandbox_timer_wait(timer, req->connection, kith_clock_monotonic_ms() + latency_ms))
            return MHD_YES;
    }
    return answer(x, timer);
}

enum MHD_Result sandbox_exchange_handle(void *cls, struct MHD_Connection *connection, const char *url,
                                        const char *method, const char *version, const char *upload,
                                        size_t *upload_size, void **con_cls)
{
    struct sandbox_exchange_context *context = cls;
    struct exchange *x = *con_cls;

    (void)connection;
    (void)url;
    (void)version;
    if (!x)
        return MHD_NO;
    switch (x->stage) {
    case STAGE_HEAD:
        x->req.method = kith_arena_copy(x->req.arena, method, strlen(method));
        x->stage = STAGE_BODY;
        return MHD_YES;
    case STAGE_BODY:
        if (*upload_size == 0)
            return arrive(x, context->timer);
        (void)kith_buf_add(&x->body, upload, *upload_size); /* body.full is looked at when all of it is here */
        *upload_size = 0;
        return MHD_YES;
    case STAGE_LATENCY:
        return answer(x, context->timer);
    case STAGE_HANGING:
    case STAGE_ANSWERED:
        break;
    }
    return MHD_NO;
}
