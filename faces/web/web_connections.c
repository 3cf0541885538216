/* SPDX-License-Identifier: MIT */
/*
 * web_connections.c - the table of connections; see web_connections.h.
 *
 * Before: web.c accepts a connection.
 * After:  web_wire.c says what happens on it.
 *
 * Hanging up is shutdown(): the connection's own thread wakes, closes, and takes its row away.
 */
#include "web_connections.h"

#include <pthread.h>
#include <stdint.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/clock.h"

/* For a whole request, from its first byte or from the end of the one before. A slow sender gets no more for each byte.
 */
enum {
    REQUEST_WITHIN_MS = 20000,
    SLACK = 64,          /* hung up on, not gone yet */
    ROOM_WITHIN_MS = 500 /* how long the next one waits at the door; going takes a moment */
};

struct kith_web_connection {
    struct kith_web_connection *before, *after;
    int fd;
    int64_t since_ms; /* of what it does now */
    bool begun, busy, trusted, hung_up;
};

struct kith_web_connections {
    pthread_mutex_t lock;
    pthread_cond_t gone;
    struct kith_web_connection *first;
    size_t n, n_hung_up;
};

struct kith_web_connections *kith_web_connections_new(void)
{
    struct kith_web_connections *connections = kith_xnew(struct kith_web_connections);
    pthread_condattr_t attr;

    (void)pthread_mutex_init(&connections->lock, NULL); /* with these attributes none of it can fail on Linux */
    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&connections->gone, &attr);
    (void)pthread_condattr_destroy(&attr);
    return connections;
}

/* Rows that are left were let in and never begun. */
void kith_web_connections_free(struct kith_web_connections *connections)
{
    struct kith_web_connection *after;

    if (!connections)
        return;
    for (struct kith_web_connection *c = connections->first; c; c = after) {
        after = c->after;
        free(c);
    }
    (void)pthread_cond_destroy(&connections->gone);
    (void)pthread_mutex_destroy(&connections->lock);
    free(connections);
}

/* With the lock held. */
static void add(struct kith_web_connections *connections, int fd)
{
    struct kith_web_connection *connection = kith_xnew(struct kith_web_connection);

    connection->fd = fd;
    connection->since_ms = kith_clock_monotonic_ms();
    connection->after = connections->first;
    if (connections->first)
        connections->first->before = connection;
    connections->first = connection;
    connections->n++;
}

/* With the lock held. */
static void take_away(struct kith_web_connections *connections, struct kith_web_connection *connection)
{
    if (connection->before)
        connection->before->after = connection->after;
    else
        connections->first = connection->after;
    if (connection->after)
        connection->after->before = connection->before;
    connections->n--;
    connections->n_hung_up -= connection->hung_up;
    (void)pthread_cond_signal(&connections->gone);
    free(connection);
}

static struct kith_web_connection *find_not_begun(const struct kith_web_connections *connections, int fd)
{
    struct kith_web_connection *c = connections->first;

    while (c && (c->begun || c->fd != fd))
        c = c->after;
    return c;
}

struct kith_web_connection *kith_web_connection_begin(struct kith_web_connections *connections, int fd)
{
    struct kith_web_connection *connection;

    (void)pthread_mutex_lock(&connections->lock);
    connection = find_not_begun(connections, fd);
    if (connection)
        connection->begun = true;
    (void)pthread_mutex_unlock(&connections->lock);
    return connection;
}

void kith_web_connection_end(struct kith_web_connections *connections, struct kith_web_connection *connection)
{
    (void)pthread_mutex_lock(&connections->lock);
    take_away(connections, connection);
    (void)pthread_mutex_unlock(&connections->lock);
}

void kith_web_connections_let_out(struct kith_web_connections *connections, int fd)
{
    struct kith_web_connection *connection;

    (void)pthread_mutex_lock(&connections->lock);
    connection = find_not_begun(connections, fd);
    if (connection)
        take_away(connections, connection);
    (void)pthread_mutex_unlock(&connections->lock);
}

static void set_busy(struct kith_web_connections *connections, struct kith_web_connection *connection, bool busy,
                     bool trusted)
{
    (void)pthread_mutex_lock(&connections->lock);
    connection->busy = busy;
    connection->trusted = trusted;
    connection->since_ms = kith_clock_monotonic_ms();
    (void)pthread_mutex_unlock(&connections->lock);
}

void kith_web_connection_busy(struct kith_web_connections *connections, struct kith_web_connection *connection,
                              bool trusted)
{
    set_busy(connections, connection, /* busy= */ true, trusted);
}

void kith_web_connection_idle(struct kith_web_connections *connections, struct kith_web_connection *connection)
{
    set_busy(connections, connection, /* busy= */ false, /* trusted= */ false);
}

void kith_web_connection_progress(struct kith_web_connections *connections, struct kith_web_connection *connection)
{
    set_busy(connections, connection, /* busy= */ false, /* trusted= */ true);
}

/* --- Who has to go ------------------------------------------------------------------ */

/* With the lock held, so that the descriptor is still this connection's. */
static void hang_up(struct kith_web_connections *connections, struct kith_web_connection *connection)
{
    (void)shutdown(connection->fd, SHUT_RDWR); /* fails when the other side was faster */
    connection->hung_up = true;
    connections->n_hung_up++;
}

/* Whoever keeps us waiting goes before whoever waits for us. */
static bool goes_before(const struct kith_web_connection *a, const struct kith_web_connection *b)
{
    if (a->busy != b->busy)
        return b->busy;
    return a->since_ms < b->since_ms;
}

static struct kith_web_connection *next_to_go(const struct kith_web_connections *connections)
{
    struct kith_web_connection *next = NULL;

    for (struct kith_web_connection *c = connections->first; c; c = c->after)
        if (!c->hung_up && !(c->busy && c->trusted) && (!next || goes_before(c, next)))
            next = c;
    return next;
}

static bool has_room(const struct kith_web_connections *connections)
{
    return connections->n - connections->n_hung_up < KITH_WEB_CONNECTIONS_MAX && connections->n_hung_up < SLACK;
}

bool kith_web_connections_let_in(struct kith_web_connections *connections, int fd)
{
    int64_t until_ms = kith_clock_monotonic_ms() + ROOM_WITHIN_MS;
    struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};
    struct kith_web_connection *next = NULL;
    bool room;

    (void)pthread_mutex_lock(&connections->lock);
    if (connections->n - connections->n_hung_up >= KITH_WEB_CONNECTIONS_MAX)
        next = next_to_go(connections);
    if (next)
        hang_up(connections, next);
    while (!has_room(connections))
        if (pthread_cond_timedwait(&connections->gone, &connections->lock, &until) != 0)
            break;
    room = has_room(connections);
    if (room)
        add(connections, fd);
    (void)pthread_mutex_unlock(&connections->lock);
    return room;
}

void kith_web_connections_sweep(struct kith_web_connections *connections)
{
    int64_t now_ms = kith_clock_monotonic_ms();

    (void)pthread_mutex_lock(&connections->lock);
    for (struct kith_web_connection *c = connections->first; c; c = c->after)
        if (!c->busy && !c->hung_up && now_ms - c->since_ms > REQUEST_WITHIN_MS)
            hang_up(connections, c);
    (void)pthread_mutex_unlock(&connections->lock);
}
