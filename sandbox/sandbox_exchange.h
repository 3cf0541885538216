/* SPDX-License-Identifier: MIT */
/* sandbox_exchange.h - one request on one connection, from its first byte to its answer's last. */
#pragma once

#include <microhttpd.h>

struct sandbox_timer;
struct sandbox_world;

/* What the handlers below need; lives as long as the daemons. */
struct sandbox_exchange_context {
    struct sandbox_world *world;
    struct sandbox_timer *timer;
};

/* libmicrohttpd's three calls; cls is a struct sandbox_exchange_context. */
void *sandbox_exchange_begin(void *cls, const char *target, struct MHD_Connection *connection);
enum MHD_Result sandbox_exchange_handle(void *cls, struct MHD_Connection *connection, const char *url,
                                        const char *method, const char *version, const char *upload,
                                        size_t *upload_size, void **con_cls);
void sandbox_exchange_end(void *cls, struct MHD_Connection *connection, void **con_cls,
                          enum MHD_RequestTerminationCode why);
