/* SPDX-License-Identifier: MIT */
/*
 * sandbox_request.h - one request as the sandbox's parts see it.
 *
 * It may have come over the network or be a part of a Graph batch; only
 * sandbox_server.c knows the difference.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "sandbox/sandbox_faults.h"

struct MHD_Connection;
struct sandbox_world;

#define SANDBOX_MAX_BODY ((size_t)1 << 20)
#define SANDBOX_MAX_TARGET ((size_t)16 << 10)
#define SANDBOX_MAX_SEGMENTS 24
#define SANDBOX_MAX_PARAMS 64

/* Names and values of a query or a form, decoded. */
struct sandbox_params {
    struct {
        const char *name, *value;
    } item[SANDBOX_MAX_PARAMS];
    size_t n;
};

struct sandbox_request {
    struct sandbox_world *world;
    struct kith_arena *arena; /* lives as long as the request */
    const char *method;
    const char *target;                        /* as sent: path and query */
    const char *path;                          /* as sent, without the query */
    const char *segment[SANDBOX_MAX_SEGMENTS]; /* of the path, decoded; empty ones left out */
    size_t n_segments;
    struct sandbox_params query;
    const char *body;
    size_t body_len;
    const struct sandbox_params *headers; /* of a part of a batch, looked at before the connection's */
    struct MHD_Connection *connection;

    size_t person;              /* who is asking, as far as known; SANDBOX_NOBODY */
    size_t mailbox;             /* whose mailbox it counts against; SANDBOX_NOBODY */
    unsigned scopes;            /* of the access token */
    int token_state;            /* enum sandbox_token_state */
    bool throttled;             /* more than the mailbox allows at once */
    struct sandbox_fault fault; /* fault.act NONE: behave */
    const char *request_id;     /* GUID, quoted in answers and in the log */
};

/* Split target into path, segments and query. false: too long, or an escape is broken. */
bool sandbox_request_parse_target(struct sandbox_request *req, const char *target);

/* Read name=value&... into ret; what does not fit or is broken is left out. */
void sandbox_params_parse(struct kith_arena *arena, const char *text, size_t len, struct sandbox_params *ret);
/* Without regard to the name's case; NULL when missing. */
const char *sandbox_params_get(const struct sandbox_params *params, const char *name);
/* "" when missing. */
const char *sandbox_params_text(const struct sandbox_params *params, const char *name);

const char *sandbox_request_header(const struct sandbox_request *req, const char *name); /* NULL when missing */
/* A segment, or "" beyond the last. */
const char *sandbox_request_segment(const struct sandbox_request *req, size_t i);
/* "http://127.0.0.1:8080": how the client reached us when that is a loopback name, else the address of the ready line.
 */
const char *sandbox_request_base_url(struct sandbox_request *req);
/* Formatted text that lives as long as the request. */
char *sandbox_request_format(struct sandbox_request *req, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* A member of one comma separated Prefer header, e.g. "odata.maxpagesize"; its value ("" without one) or NULL. */
const char *sandbox_request_preference(struct sandbox_request *req, const char *name);
