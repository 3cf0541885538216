/* SPDX-License-Identifier: MIT */
/*
 * sandbox_answer.c - puts an answer together: status, headers, body, compression.
 *
 * Before: a part of the sandbox decides what to say.
 * After:  sandbox_faults.c may spoil it, sandbox_server.c sends it.
 */
#include "sandbox/sandbox_answer.h"

#include <zlib.h>

#include "base/text.h"
#include "sandbox/sandbox_cache.h"

void sandbox_answer_init(struct sandbox_answer *ans)
{
    *ans = (struct sandbox_answer){.status = 200, .content_type = SANDBOX_JSON};
    kith_buf_init(&ans->body, SANDBOX_MAX_ANSWER);
}

void sandbox_answer_done(struct sandbox_answer *ans)
{
    kith_buf_done(&ans->body);
    sandbox_cached_unref(ans->cached);
    ans->cached = NULL;
}

void sandbox_answer_clear(struct sandbox_answer *ans)
{
    kith_buf_clear(&ans->body);
    sandbox_cached_unref(ans->cached);
    ans->cached = NULL;
    ans->n_headers = 0;
    ans->zipped = false;
    ans->content_type = SANDBOX_JSON;
}

void sandbox_answer_header(struct sandbox_request *req, struct sandbox_answer *ans, const char *name, const char *value)
{
    if (ans->n_headers == SANDBOX_MAX_HEADERS)
        return;
    ans->header[ans->n_headers].name = name;
    ans->header[ans->n_headers].value = kith_arena_copy(req->arena, value, strlen(value));
    ans->n_headers++;
}

void sandbox_answer_redirect(struct sandbox_request *req, struct sandbox_answer *ans, const char *location)
{
    sandbox_answer_text(ans, 302, SANDBOX_HTML, "");
    sandbox_answer_header(req, ans, "Location", location);
    sandbox_answer_header(req, ans, "Cache-Control", "no-store");
}

void sandbox_answer_text(struct sandbox_answer *ans, int status, const char *content_type, const char *text)
{
    sandbox_answer_clear(ans);
    ans->status = status;
    ans->content_type = content_type;
    (void)kith_buf_add_text(&ans->body, text); /* far below the ceiling */
}

void sandbox_answer_refuse(struct sandbox_answer *ans, int status, const char *message)
{
    sandbox_answer_clear(ans);
    ans->status = status;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "error", message);
    kith_json_end(w);
}

bool sandbox_zip(const void *bytes, size_t len, struct kith_buf *out)
{
    z_stream z = {0};
    char *room;
    int rc;

    if (deflateInit2(&z, 1, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY) != Z_OK)
        return false;
    size_t bound = deflateBound(&z, (uLong)len);
    room = kith_buf_reserve(out, bound);
    if (!room) {
        (void)deflateEnd(&z);
        return false;
    }
    z.next_in = (z_const Bytef *)bytes;
    z.avail_in = (uInt)len;
    z.next_out = (Bytef *)room;
    z.avail_out = (uInt)bound;
    rc = deflate(&z, Z_FINISH);
    out->len += z.total_out;
    out->data[out->len] = '\0';
    (void)deflateEnd(&z);
    return rc == Z_STREAM_END;
}

bool sandbox_request_accepts_gzip(const struct sandbox_request *req)
{
    const char *accept = sandbox_request_header(req, "Accept-Encoding");

    return accept && (strstr(accept, "gzip") || strstr(accept, "*"));
}

/* Below this a compressed body would not be smaller. */
#define WORTH_ZIPPING 200

void sandbox_answer_zip(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct kith_buf zipped;

    if (ans->zipped || ans->cached || ans->body.len < WORTH_ZIPPING || !sandbox_request_accepts_gzip(req))
        return;
    kith_buf_init(&zipped, SANDBOX_MAX_ANSWER);
    if (!sandbox_zip(ans->body.data, ans->body.len, &zipped)) {
        kith_buf_done(&zipped);
        return;
    }
    kith_buf_done(&ans->body);
    ans->body = zipped;
    ans->zipped = true;
}
