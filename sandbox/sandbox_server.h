/* SPDX-License-Identifier: MIT */
/* sandbox_server.h - HTTP on loopback: takes requests in, sends answers out. */
#pragma once

#include <stdbool.h>

#include "base/cleanup.h"

struct sandbox_server;
struct sandbox_world;

/*
 * Listen on 127.0.0.1 and, where there is one, on [::1]. On success world->port and
 * world->base_url are set; on failure NULL, and why went to standard error.
 */
struct sandbox_server *sandbox_server_start(struct sandbox_world *world);
/* Ends every request under way. */
void sandbox_server_stop(struct sandbox_server *server);

KITH_DEFINE_AUTO(sandbox_server, sandbox_server_stop)
