/* SPDX-License-Identifier: MIT */
/*
 * web_connections.h - who is connected, and who has to go so that the page is always served.
 *
 * Any program of this device can connect. The number of connections is bounded; when all are
 * taken, the one that has kept us waiting longest goes, and one that holds the cookie last of all.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct kith_web_connections;
struct kith_web_connection;

struct kith_web_connections *kith_web_connections_new(void);
void kith_web_connections_free(struct kith_web_connections *connections); /* all are closed */

enum { KITH_WEB_CONNECTIONS_MAX = 256 };

/*
 * Make room for one more and give it a row; false: everybody here has a better right to stay. Rows are given
 * where connections are accepted, not where the HTTP library gets to them: it is late when many come at once.
 */
bool kith_web_connections_let_in(struct kith_web_connections *connections, int fd);
/* It was not taken after all; its descriptor is closed. */
void kith_web_connections_let_out(struct kith_web_connections *connections, int fd);

/* The row of a connection that was let in. */
struct kith_web_connection *kith_web_connection_begin(struct kith_web_connections *connections, int fd);
/* Before its descriptor is closed. */
void kith_web_connection_end(struct kith_web_connections *connections, struct kith_web_connection *connection);

/* Enough of a large file came in: its time begins anew. */
void kith_web_connection_progress(struct kith_web_connections *connections, struct kith_web_connection *connection);

/* A whole request is here: from now on we are the ones who take their time. */
void kith_web_connection_busy(struct kith_web_connections *connections, struct kith_web_connection *connection,
                              bool trusted);
/* Its answer is sent. */
void kith_web_connection_idle(struct kith_web_connections *connections, struct kith_web_connection *connection);

/* Hang up on those that have not sent a whole request for too long. */
void kith_web_connections_sweep(struct kith_web_connections *connections);
