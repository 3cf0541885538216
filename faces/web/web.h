/* SPDX-License-Identifier: MIT */
/*
 * web.h - the local web page: what a command line needs to know of it.
 *
 * One call serves until it is told to stop. Reached only from this device and by
 * whoever holds the one-time start link; docs/api/openapi.yaml says what it answers.
 */
#pragma once

#include <kith/kith.h>

struct kith_web_options {
    int port;                   /* -1: the setting web.port; 0: any free one */
    struct kith_cancel *cancel; /* thrown: stop serving and come back */

    /* Called once, when everything listens: the address to open, good for one use. */
    void (*on_ready)(void *ctx, const char *start_link);
    void *ctx;
};

/*
 * Serve the page on 127.0.0.1 and ::1 until options->cancel is thrown; that is KITH_OK.
 * Sign-ins and imports that were begun on the page are cancelled before it comes back.
 *
 * Fails with KITH_E_USAGE (port is no port, or taken: err->hint says what to do) and
 * KITH_E_INTERNAL (no sockets, no memory for the server).
 */
KITH_MUST_CHECK
enum kith_status kith_web_run(struct kith *k, const struct kith_web_options *options, struct kith_error *err);
