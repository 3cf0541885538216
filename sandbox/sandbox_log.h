/* SPDX-License-Identifier: MIT */
/*
 * sandbox_log.h - every request that was answered, for tests and the curious, and how many are under way.
 *
 * Neither bodies nor headers are kept: a token or a password never gets in.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/json_write.h"
#include "sandbox/sandbox_people.h"

struct sandbox_log;
struct sandbox_request;

struct sandbox_log *sandbox_log_new(void);
void sandbox_log_free(struct sandbox_log *log);

/*
 * A request arrives / its answer is ready. Both count per mailbox (SANDBOX_NOBODY is
 * one of its own). Safe on any thread, as are the others. Returns how many are under
 * way, this one included.
 */
unsigned sandbox_log_arrive(struct sandbox_log *log, size_t mailbox);
void sandbox_log_leave(struct sandbox_log *log, size_t mailbox);
/* How many requests of this mailbox arrived in this window (ten minutes; at Google one), this one included. */
unsigned sandbox_log_count_window(struct sandbox_log *log, size_t mailbox);

void sandbox_log_add(struct sandbox_log *log, const struct sandbox_request *req, int status, size_t bytes,
                     unsigned under_way);
void sandbox_log_clear(struct sandbox_log *log);
void sandbox_log_write(struct sandbox_log *log, struct kith_json_writer *w);

KITH_DEFINE_AUTO(sandbox_log, sandbox_log_free)
