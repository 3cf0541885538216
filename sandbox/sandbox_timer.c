/* SPDX-License-Identifier: MIT */
/*
 * sandbox_timer.c - one thread that wakes suspended connections when their time has come.
 *
 * Before: sandbox_server.c wants to answer later.
 * After:  libmicrohttpd calls the request's handler again.
 */
#include "sandbox/sandbox_timer.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <time.h>

#include <microhttpd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"

#define MAX_WAITING 8192
#define WATCH_EVERY_MS 50

struct waiting {
    struct MHD_Connection *connection;
    int64_t due_ms;
    int fd; /* -1: its client cannot be watched */
};

struct sandbox_timer {
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    struct waiting item[MAX_WAITING];
    size_t n;
    bool stopping;
    bool joined; /* the thread has ended; only the thread that stops it looks here */
};

static bool has_left(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLRDHUP};

    return poll(&p, 1, 0) > 0 && (p.revents & (POLLRDHUP | POLLHUP | POLLERR));
}

static bool is_due(const struct sandbox_timer *timer, const struct waiting *w, int64_t now_ms)
{
    return timer->stopping || w->due_ms <= now_ms || (w->fd >= 0 && has_left(w->fd));
}

/* Wake those whose time has come; returns when to look again. */
static int64_t wake_due(struct sandbox_timer *timer)
{
    int64_t now_ms = kith_clock_monotonic_ms();
    int64_t next_ms = now_ms + 3600 * 1000;

    for (size_t i = 0; i < timer->n;) {
        struct waiting *w = &timer->item[i];
        int64_t look_ms = w->fd >= 0 && now_ms + WATCH_EVERY_MS < w->due_ms ? now_ms + WATCH_EVERY_MS : w->due_ms;
        if (is_due(timer, w, now_ms)) {
            MHD_resume_connection(w->connection);
            *w = timer->item[--timer->n];
            continue;
        }
        next_ms = look_ms < next_ms ? look_ms : next_ms;
        i++;
    }
    return next_ms;
}

static void *run(void *cls)
{
    struct sandbox_timer *timer = cls;

    (void)pthread_mutex_lock(&timer->lock);
    while (!timer->stopping || timer->n > 0) {
        int64_t next_ms = wake_due(timer);
        struct timespec until = {.tv_sec = next_ms / 1000, .tv_nsec = (next_ms % 1000) * 1000000};
        if (!timer->stopping)
            (void)pthread_cond_timedwait(&timer->changed, &timer->lock, &until); /* why it woke does not matter */
    }
    (void)pthread_mutex_unlock(&timer->lock);
    return NULL;
}

struct sandbox_timer *sandbox_timer_new(void)
{
    struct sandbox_timer *timer = kith_xnew(struct sandbox_timer);
    pthread_condattr_t attr;

    (void)pthread_mutex_init(&timer->lock, NULL); /* none of these can fail with these arguments */
    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&timer->changed, &attr);
    (void)pthread_condattr_destroy(&attr);
    if (pthread_create(&timer->thread, NULL, run, timer) != 0)
        abort(); /* no thread at start-up: nothing could work */
    return timer;
}

void sandbox_timer_stop(struct sandbox_timer *timer)
{
    (void)pthread_mutex_lock(&timer->lock);
    timer->stopping = true;
    (void)pthread_cond_signal(&timer->changed);
    (void)pthread_mutex_unlock(&timer->lock);
    if (!timer->joined)
        (void)pthread_join(timer->thread, NULL);
    timer->joined = true;
}

void sandbox_timer_free(struct sandbox_timer *timer)
{
    if (!timer)
        return;
    sandbox_timer_stop(timer);
    (void)pthread_cond_destroy(&timer->changed);
    (void)pthread_mutex_destroy(&timer->lock);
    free(timer);
}

bool sandbox_timer_wait(struct sandbox_timer *timer, struct MHD_Connection *connection, int64_t due_ms)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    int fd = info ? info->connect_fd : -1;
    bool waits;

    (void)pthread_mutex_lock(&timer->lock);
    waits = !timer->stopping && timer->n < MAX_WAITING;
    if (waits) {
        MHD_suspend_connection(connection);
        timer->item[timer->n++] = (struct waiting){connection, due_ms, fd};
        (void)pthread_cond_signal(&timer->changed);
    }
    (void)pthread_mutex_unlock(&timer->lock);
    return waits;
}
