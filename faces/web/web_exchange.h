/* SPDX-License-Identifier: MIT */
/*
 * web_exchange.h - one request and its answer, as plain data.
 *
 * web_wire.c fills the request from a connection and sends the answer; everything
 * between them is a function of the two, so that a fuzz target needs no socket.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <kith/kith.h>

#include "base/buf.h"
#include "base/json_write.h"

enum {
    KITH_WEB_BODY_BYTES = 64 * 1024,    /* a body beyond it is refused (413) */
    KITH_WEB_HEADER_BYTES = 32 * 1024,  /* all header fields and the target together (431) */
    KITH_WEB_TARGET_BYTES = 20 * 1024,  /* room for the longest answer of a provider (414) */
    KITH_WEB_DOCUMENT_BYTES = 64 << 20, /* no answer of ours comes near it */
    KITH_WEB_ARG_BYTES =
        256,               /* the part of a path that names something, decoded: 63 bytes of name fit thrice encoded */
    KITH_WEB_ID_BYTES = 17 /* of a sign-in, a run, an upload */
};

struct kith_web_intake; /* web_uploads.h */

/* Header fields that were not sent are NULL. All text is borrowed from the connection. */
struct kith_web_request {
    const char *method;
    const char *target; /* as sent, "/path?query" */
    const char *host;
    const char *origin;
    const char *fetch_site;
    const char *cookie;
    const char *content_type;
    const char *x_kith;
    const char *if_none_match;
    const char *content_length;
    bool doubled;        /* one of the above, cookie excepted, came twice: nobody honest does that */
    size_t header_bytes; /* of all fields */
    const char *body;
    size_t body_len;
    bool body_too_large;            /* more came than is ever read; body is not to be used */
    struct kith_web_intake *intake; /* the body went there instead: a file */

    /* Filled in by kith_web_handle(): */
    const char *query;            /* behind the "?"; "" for none */
    char arg[KITH_WEB_ARG_BYTES]; /* that part of the path, decoded */
    bool trusted;                 /* came with the cookie */
};

/* A body that is made while it is sent. The connection's own thread calls read, so it may wait. */
struct kith_web_stream {
    ssize_t (*read)(struct kith_web_stream *stream, char *out, size_t out_size); /* 0: the end; -1: it broke off */
    void (*close)(struct kith_web_stream *stream);                               /* also frees it */
    int socket; /* of the connection, to see whether somebody is still there; -1 without one */
};

struct kith_web_answer {
    int status;
    const char *type;  /* of the body; static; NULL: no body */
    const char *bytes; /* the body is these static bytes, */
    size_t n_bytes;
    struct kith_buf text;           /* or this text, when it is not empty, */
    struct kith_web_stream *stream; /* or comes from here; ours to close */
    bool own_page;                  /* the engine's page for a browser's tab: it brings its own styles */
    char etag[40];                  /* by which the browser asks whether what it kept is still the same; "" it may not
                                       keep it */
    bool forget_kept; /* the browser is to forget what it kept: pictures of people who are gone from here */
    char allow[32];
    const char *location; /* static */
    char set_cookie[160];
    char disposition[640];
};

void kith_web_answer_init(struct kith_web_answer *answer);
void kith_web_answer_done(struct kith_web_answer *answer);
KITH_DEFINE_AUTO_DONE(kith_web_answer, kith_web_answer_done)

/* Begin a JSON body: the writer is the caller's to free, before the answer is sent. */
struct kith_json_writer *kith_web_answer_json(struct kith_web_answer *answer, int status);

/*
 * The browser may keep what is answered, and asks under this tag (with its quotes) whether it is still the same. true:
 * it has it, and that was the answer.
 */
bool kith_web_answer_kept(const struct kith_web_request *request, const char *etag, struct kith_web_answer *answer);

/* A failure of the engine, as {"error": ...} with the status that the catalogue gives it. */
void kith_web_answer_fail(struct kith_web_answer *answer, const struct kith_error *err);

/* What the server itself refuses, before the engine hears of it. */
enum kith_web_refusal {
    KITH_WEB_REFUSED_START_LINK, /* no cookie */
    KITH_WEB_REFUSED_FOREIGN,    /* another Host, Origin or page */
    KITH_WEB_REFUSED_NO_PATH,
    KITH_WEB_REFUSED_METHOD,
    KITH_WEB_REFUSED_BODY_SIZE,
    KITH_WEB_REFUSED_TARGET_SIZE,
    KITH_WEB_REFUSED_HEADER_SIZE,
    KITH_WEB_REFUSED_TYPE,
    KITH_WEB_REFUSED_FILE_SIZE,
    KITH_WEB_REFUSED_FILE_TYPE,
    KITH_WEB_REFUSED_BUSY,
};
void kith_web_answer_refuse(struct kith_web_answer *answer, enum kith_web_refusal why);
