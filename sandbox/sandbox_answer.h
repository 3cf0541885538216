/* SPDX-License-Identifier: MIT */
/* sandbox_answer.h - what the sandbox says to one request, before it goes over the network. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/json_write.h"
#include "sandbox/sandbox_request.h"

struct sandbox_cached;

enum sandbox_wire {
    SANDBOX_WIRE_WHOLE = 0,
    SANDBOX_WIRE_CUT,  /* the connection ends in the middle of the body */
    SANDBOX_WIRE_HANG, /* no answer at all until the client leaves */
};

#define SANDBOX_MAX_HEADERS 16
#define SANDBOX_MAX_ANSWER ((size_t)64 << 20)

struct sandbox_answer {
    int status;
    const char *content_type;
    struct kith_buf body;
    struct sandbox_cached *cached; /* a finished page instead of body; the reference is the answer's */
    struct {
        const char *name, *value;
    } header[SANDBOX_MAX_HEADERS];
    size_t n_headers;
    bool zipped; /* body is gzip already */
    enum sandbox_wire wire;
};

void sandbox_answer_init(struct sandbox_answer *ans);
void sandbox_answer_done(struct sandbox_answer *ans);
/* Forget body and headers; the status stays. */
void sandbox_answer_clear(struct sandbox_answer *ans);

/* name static; value copied. */
void sandbox_answer_header(struct sandbox_request *req, struct sandbox_answer *ans, const char *name,
                           const char *value);
void sandbox_answer_redirect(struct sandbox_request *req, struct sandbox_answer *ans, const char *location);
void sandbox_answer_text(struct sandbox_answer *ans, int status, const char *content_type, const char *text);

/* {"error": {"code", "message"}} for the control interface. */
void sandbox_answer_refuse(struct sandbox_answer *ans, int status, const char *message);

/* Append gzip (level 1) of the bytes to out. */
bool sandbox_zip(const void *bytes, size_t len, struct kith_buf *out);
/* Compress the body when the client accepts that. */
void sandbox_answer_zip(struct sandbox_request *req, struct sandbox_answer *ans);
bool sandbox_request_accepts_gzip(const struct sandbox_request *req);

#define SANDBOX_JSON "application/json; charset=utf-8"
#define SANDBOX_HTML "text/html; charset=utf-8"

KITH_DEFINE_AUTO_DONE(sandbox_answer, sandbox_answer_done)
