/* SPDX-License-Identifier: MIT */
/*
 * sandbox_graph_batch.c - POST /$batch: up to 20 requests in one, each with its own status.
 *
 * Before: sandbox_graph.c took the outer request in.
 * After:  every part is served as if it had come alone; faults apply to parts as well.
 */
#include "sandbox/sandbox_graph.h"

#include "base/json_read.h"
#include "base/text.h"
#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_faults.h"
#include "sandbox/sandbox_log.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_world.h"

#define MAX_PARTS 20

struct part {
    const char *id, *method, *url, *depends_on; /* depends_on: the first of them; NULL: none */
    const char *body;
    size_t body_len;
    struct sandbox_params headers;
    int status;
    bool done;
};

struct batch {
    struct sandbox_request *req;
    struct part part[MAX_PARTS];
    size_t n;
};

static const char *keep(struct sandbox_request *req, struct kith_json v)
{
    size_t len = 0;
    const char *text = kith_json_string(v, &len);

    return kith_arena_copy(req->arena, text, len);
}

static void take_headers(struct sandbox_request *req, struct kith_json headers, struct part *part)
{
    struct kith_json_walk walk = kith_json_walk(headers);

    while (part->headers.n < SANDBOX_MAX_PARAMS && kith_json_next(&walk)) {
        part->headers.item[part->headers.n].name = kith_arena_copy(req->arena, walk.name, walk.name_len);
        part->headers.item[part->headers.n].value = keep(req, walk.value);
        part->headers.n++;
    }
}

static bool take_part(struct sandbox_request *req, struct kith_json v, struct part *part)
{
    struct kith_json_walk depends = kith_json_walk(kith_json_member(v, "dependsOn"));

    part->id = keep(req, kith_json_member(v, "id"));
    part->method = keep(req, kith_json_member(v, "method"));
    part->url = keep(req, kith_json_member(v, "url"));
    if (kith_json_next(&depends))
        part->depends_on = keep(req, depends.value);
    take_headers(req, kith_json_member(v, "headers"), part);
    return part->id[0] && part->method[0] && part->url[0];
}

static bool read_batch(struct batch *b)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json body, requests;
    char why[120];

    if (!kith_json_read(reader, b->req->body, b->req->body_len, &body, why, sizeof(why)))
        return false;
    requests = kith_json_member(body, "requests");
    if (requests.type != KITH_JSON_ARRAY || kith_json_length(requests) == 0 || kith_json_length(requests) > MAX_PARTS)
        return false;
    struct kith_json_walk walk = kith_json_walk(requests);
    while (kith_json_next(&walk))
        if (!take_part(b->req, walk.value, &b->part[b->n++]))
            return false;
    return true;
}

/* Whether the part this one waits for failed; one that is unknown or comes later counts as failed. */
static bool predecessor_failed(const struct batch *b, const struct part *part)
{
    if (!part->depends_on)
        return false;
    for (size_t i = 0; i < b->n; i++)
        if (strcmp(b->part[i].id, part->depends_on) == 0)
            return !b->part[i].done || b->part[i].status >= 400;
    return true;
}

/* Parts are served one after the other; a part's own fault is looked for by its own path. */
static void serve_part(struct batch *b, struct part *part, struct sandbox_answer *ans)
{
    struct sandbox_request *outer = b->req;
    struct sandbox_request inner = {
        .world = outer->world,
        .arena = outer->arena,
        .method = part->method,
        .headers = &part->headers,
        .connection = outer->connection,
        .person = outer->person,
        .scopes = outer->scopes,
        .token_state = outer->token_state,
        .mailbox = SANDBOX_NOBODY,
        .request_id = outer->request_id,
    };
    const char *version = sandbox_request_segment(outer, 0);

    if (!sandbox_request_parse_target(
            &inner, sandbox_request_format(outer, "/%s%s%s", version, part->url[0] == '/' ? "" : "/", part->url)) ||
        kith_text_equal_ci(sandbox_request_segment(&inner, 1), "$batch")) {
        sandbox_graph_error_for(outer, ans, 400);
        return;
    }
    inner.fault = sandbox_faults_take(outer->world->faults, &inner);
    sandbox_graph_serve(&inner, ans);
}

static void write_body(const struct sandbox_answer *ans, struct sandbox_request *req, struct kith_json_writer *w)
{
    size_t len = ans->body.len;

    if (len == 0)
        return;
    if (strstr(ans->content_type, "json")) {
        kith_json_put_raw(w, "body", ans->body.data, len);
    } else if (kith_text_starts_with(ans->content_type, "image/")) {
        char *encoded = kith_arena_alloc(req->arena, (len + 2) / 3 * 4 + 1);
        sandbox_base64((const unsigned char *)ans->body.data, len, encoded);
        kith_json_put_text(w, "body", encoded);
    } else {
        kith_json_put_text_n(w, "body", ans->body.data, len);
    }
}

static void write_answer(struct batch *b, struct part *part, struct sandbox_answer *ans, struct kith_json_writer *w)
{
    part->status = ans->status;
    part->done = true;
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "id", part->id);
    kith_json_put_int(w, "status", ans->status);
    kith_json_begin_object(w, "headers");
    kith_json_put_text(w, "Cache-Control", "private");
    kith_json_put_text(w, "Content-Type", ans->content_type);
    for (size_t i = 0; i < ans->n_headers; i++)
        kith_json_put_text(w, ans->header[i].name, ans->header[i].value);
    kith_json_end(w);
    write_body(ans, b->req, w);
    kith_json_end(w);
}

static void run_part(struct batch *b, struct part *part, struct kith_json_writer *w)
{
    KITH_AUTO_DONE(sandbox_answer) ans = {0};

    sandbox_answer_init(&ans);
    if (predecessor_failed(b, part))
        sandbox_graph_error(b->req, &ans, 424, "FailedDependency", "A request this one depends on failed.");
    else
        serve_part(b, part, &ans);
    sandbox_fault_spoil(b->req, &ans);
    write_answer(b, part, &ans, w);
}

void sandbox_graph_batch(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct batch *b = kith_arena_alloc(req->arena, sizeof(*b));

    b->req = req;
    if (strcmp(req->method, "POST") != 0 || !read_batch(b)) {
        sandbox_graph_error(req, ans, 400, "BadRequest", "Invalid batch payload format.");
        return;
    }
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_begin_array(w, "responses");
    for (size_t i = 0; i < b->n; i++)
        run_part(b, &b->part[i], w);
    kith_json_end(w);
    kith_json_end(w);
}
