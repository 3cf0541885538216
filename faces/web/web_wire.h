/* SPDX-License-Identifier: MIT */
/* web_wire.h - HTTP over libmicrohttpd: bytes of a connection to struct kith_web_request and back. */
#pragma once

#include <kith/kith.h>

#include "base/cleanup.h"

struct kith_web;
struct kith_web_wire;

/* Everything borrowed; one thread for each connection. NULL when the HTTP library does not start. */
struct kith_web_wire *kith_web_wire_start(struct kith_web *web);
/* Closes all connections and waits for their threads; kith_web_stop() was called. NULL is fine. */
void kith_web_wire_stop(struct kith_web_wire *wire);
KITH_DEFINE_AUTO(kith_web_wire, kith_web_wire_stop)

/* Serve this connection; the descriptor is taken over. */
void kith_web_wire_take(struct kith_web_wire *wire, int fd);
/* Now and then: hang up on connections that lead to nothing. */
void kith_web_wire_sweep(struct kith_web_wire *wire);
