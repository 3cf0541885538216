/* SPDX-License-Identifier: MIT */
/*
 * tiny_server.h - an HTTP/1.1 server on loopback for tests, which can also be cut off, stop in the middle, or say
 * nothing.
 *
 * One function decides about each request; it is called under a lock, so it may count.
 */
#pragma once

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct tiny_request {
    int number;     /* of this server, from 1 */
    int connection; /* which of its connections, from 1 */
    char method[8];
    char target[4096];
    char headers[16384]; /* as they came, "Name: value\r\n" each */
    char body[65536];
};

enum tiny_manner {
    TINY_WHOLE,
    TINY_CUT,      /* close without a byte */
    TINY_TRUNCATE, /* promise the whole body, send half of it, close */
    TINY_HANG,     /* say nothing until the client goes away */
};

struct tiny_reply {
    int status;         /* 200 */
    char headers[2048]; /* "Name: value\r\n" each; Content-Length is added */
    struct kith_buf body;
    enum tiny_manner manner;
    int delay_ms;
    const atomic_int *after; /* NULL, or what must not be 0 any more before a byte is sent */
};

typedef void (*tiny_fn)(void *ctx, const struct tiny_request *request, struct tiny_reply *reply);

struct tiny_server;
struct tiny_server *tiny_server_start(tiny_fn fn, void *ctx);
void tiny_server_stop(struct tiny_server *server);
int tiny_server_port(const struct tiny_server *server);
int tiny_server_requests(struct tiny_server *server);
int tiny_server_most_at_once(struct tiny_server *server);

/* Copy a header's value; false when it is missing. */
bool tiny_header(const struct tiny_request *request, const char *name, char *out, size_t out_size);
