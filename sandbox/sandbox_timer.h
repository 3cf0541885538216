/* SPDX-License-Identifier: MIT */
/*
 * sandbox_timer.h - connections that wait without holding a thread: latency, and answers that never come.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"

struct MHD_Connection;
struct sandbox_timer;

struct sandbox_timer *sandbox_timer_new(void);
/*
 * Wake everybody, and come back when all are awake; from now on nobody may wait. To be
 * called before the daemons stop: libmicrohttpd ends the process over a suspended connection.
 */
void sandbox_timer_stop(struct sandbox_timer *timer);
void sandbox_timer_free(struct sandbox_timer *timer);

/*
 * Suspend the connection until due_ms (kith_clock_monotonic_ms); its handler is called
 * again then, or soon after its client has left. false: stopping, or too many wait; the
 * connection was not suspended.
 */
bool sandbox_timer_wait(struct sandbox_timer *timer, struct MHD_Connection *connection, int64_t due_ms);

KITH_DEFINE_AUTO(sandbox_timer, sandbox_timer_free)
