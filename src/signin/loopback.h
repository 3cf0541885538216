/* SPDX-License-Identifier: MIT */
/*
 * loopback.h - the small listener that takes the browser's answer (RFC 8252 section 7.3).
 *
 * Listens on 127.0.0.1 and, where there is one, on ::1, on one free port, for the time
 * of a sign-in; over libmicrohttpd, on a thread of its own. In libkith it stands in a module (loopback_gate.c).
 */
#pragma once

#include <kith/signin.h>

#include "base/cleanup.h"

struct kith_loopback;

/* Decide about a request target; called on the listener's threads (one for each address), at times at once. */
typedef enum kith_tab (*kith_loopback_fn)(void *ctx, const char *target);

enum kith_status kith_loopback_new(kith_loopback_fn fn, void *ctx, struct kith_loopback **ret, struct kith_error *err);
int kith_loopback_port(const struct kith_loopback *loopback);
void kith_loopback_free(struct kith_loopback *loopback); /* answers under way are finished first (up to 1 s) */
KITH_DEFINE_AUTO(kith_loopback, kith_loopback_free)
