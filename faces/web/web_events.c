/* SPDX-License-Identifier: MIT */
/*
 * web_events.c - one thread looks for changes, each open page's stream reads them from a ring.
 *
 * Before: web_jobs.c, a handler or another process changed something.
 * After:  the page draws what it is told.
 *
 * A stream that falls behind the ring is sent the whole State again, which is right whatever it missed. A page
 * may be told the same thing twice, never nothing.
 */
#include "web_events.h"

#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "web_api.h"
#include "web_json.h"

enum {
    STREAMS_MAX = 32,
    RING = 64,
    LOOK_EVERY_MS = 250,     /* for what other processes did: half of it is what a person waits */
    ACCOUNTS_EVERY_MS = 500, /* for imports that other processes run: they change no data until their end */
    ALIVE_EVERY_MS = 15000,  /* a comment, so that both ends notice a broken connection */
    SOCKET_EVERY_MS = 500    /* is the page still there? */
};

struct event {
    const char *name; /* static */
    char *data;       /* JSON in one line */
};

struct kith_web_events {
    struct kith_web *web;
    pthread_t thread;
    bool has_thread;

    pthread_mutex_t lock; /* over what follows; no other lock is taken while it is held */
    pthread_cond_t changed;
    struct event ring[RING];
    uint64_t seq; /* number of the next event; the ring holds the RING before it */
    size_t n_streams;
    bool dirty;      /* something changed here */
    bool speechless; /* the state cannot be told: streams end, and their pages hear why from /api/state */
    bool stopping;

    /* Of the looking thread alone: */
    struct kith_web_snapshot last;
    int64_t looked_ms, asked_accounts_ms;
};

/* --- The ring -------------------------------------------------------------------------- */

static void add_event(struct kith_web_events *events, const char *name, const char *data)
{
    (void)pthread_mutex_lock(&events->lock);
    struct event *event = &events->ring[events->seq++ % RING];
    free(event->data);
    event->name = name;
    event->data = kith_xstrdup(data);
    (void)pthread_cond_broadcast(&events->changed);
    (void)pthread_mutex_unlock(&events->lock);
}

static void publish_job(void *ctx, const char *event, const char *json)
{
    add_event(ctx, strcmp(event, "run") == 0 ? "run" : "signin", json);
}

static void publish_state(struct kith_web_events *events, const struct kith_web_snapshot *snapshot)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, KITH_WEB_DOCUMENT_BYTES);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_web_state_write(events->web, snapshot, w, NULL);
    add_event(events, "state", kith_buf_text(&out));
}

static void publish_data(struct kith_web_events *events, const struct kith_web_snapshot *snapshot)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, 256);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_web_json_version(w, snapshot->data_version);
    kith_json_put_int(w, "n_contacts", snapshot->n_contacts);
    kith_json_end(w);
    add_event(events, "data", kith_buf_text(&out));
}

/* --- Looking ----------------------------------------------------------------------------- */

/* Is there a reason to ask the engine for everything? */
static bool is_worth_asking(struct kith_web_events *events, bool dirty, int64_t now_ms)
{
    if (!dirty && now_ms - events->looked_ms < LOOK_EVERY_MS)
        return false;
    events->looked_ms = now_ms;
    return dirty || kith_data_version(events->web->k) != events->last.data_version ||
           now_ms - events->asked_accounts_ms >= ACCOUNTS_EVERY_MS;
}

static void set_speechless(struct kith_web_events *events, bool speechless)
{
    (void)pthread_mutex_lock(&events->lock);
    events->speechless = speechless;
    (void)pthread_cond_broadcast(&events->changed);
    (void)pthread_mutex_unlock(&events->lock);
}

static void compare(struct kith_web_events *events)
{
    struct kith_web_snapshot now;
    struct kith_error err = {0};

    kith_web_snapshot_init(&now);
    if (kith_web_snapshot_take(events->web, &now, &err) != KITH_OK) {
        kith_log_debug(KITH_LOG_WEB, "the state cannot be told: %s", err.message);
        kith_web_snapshot_done(&now);
        set_speechless(events, true);
        return;
    }
    set_speechless(events, false);
    if (!kith_web_snapshot_equal(&now, &events->last)) {
        publish_state(events, &now);
    } else if (now.data_version != events->last.data_version) {
        publish_data(events, &now);
    }
    kith_web_snapshot_done(&events->last);
    events->last = now;
}

/* Returns how long to sleep. Runs go first: the State that follows has them already. */
static int look(struct kith_web_events *events, bool dirty)
{
    int64_t now_ms = kith_clock_monotonic_ms();
    int wait = kith_web_jobs_publish(events->web->jobs, publish_job, events);

    if (is_worth_asking(events, dirty, now_ms)) {
        events->asked_accounts_ms = now_ms;
        compare(events);
    }
    return wait >= 0 && wait < LOOK_EVERY_MS ? wait : LOOK_EVERY_MS;
}

static void wait_until(struct kith_web_events *events, int64_t ms)
{
    int64_t until_ms = kith_clock_monotonic_ms() + ms;
    struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};

    (void)pthread_cond_timedwait(&events->changed, &events->lock, &until); /* the caller looks why it woke */
}

/* Nobody listens: sleep until somebody does. Otherwise until something changed here, or for ms. */
static bool rest(struct kith_web_events *events, int64_t ms, bool *ret_dirty)
{
    int64_t until_ms = kith_clock_monotonic_ms() + ms;

    (void)pthread_mutex_lock(&events->lock);
    while (!events->stopping && events->n_streams == 0)
        (void)pthread_cond_wait(&events->changed, &events->lock);
    while (!events->stopping && !events->dirty && kith_clock_monotonic_ms() < until_ms)
        wait_until(events, until_ms - kith_clock_monotonic_ms());
    *ret_dirty = events->dirty;
    events->dirty = false;
    bool go_on = !events->stopping;
    (void)pthread_mutex_unlock(&events->lock);
    return go_on;
}

static void *looking_thread(void *arg)
{
    struct kith_web_events *events = arg;
    bool dirty = true;
    int ms = 0;

    while (rest(events, ms, &dirty))
        ms = look(events, dirty);
    return NULL;
}

void kith_web_events_wake(struct kith_web_events *events)
{
    if (!events)
        return;
    (void)pthread_mutex_lock(&events->lock);
    events->dirty = true;
    (void)pthread_cond_broadcast(&events->changed);
    (void)pthread_mutex_unlock(&events->lock);
}

/* --- Life ---------------------------------------------------------------------------------- */

struct kith_web_events *kith_web_events_new(struct kith_web *web)
{
    struct kith_web_events *events = kith_xnew(struct kith_web_events);
    pthread_condattr_t attr;

    events->web = web;
    kith_web_snapshot_init(&events->last);
    (void)pthread_mutex_init(&events->lock, NULL); /* with these attributes none of it can fail on Linux */
    (void)pthread_condattr_init(&attr);
    (void)pthread_condattr_setclock(&attr, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&events->changed, &attr);
    (void)pthread_condattr_destroy(&attr);
    return events;
}

void kith_web_events_stop(struct kith_web_events *events)
{
    (void)pthread_mutex_lock(&events->lock);
    events->stopping = true;
    (void)pthread_cond_broadcast(&events->changed);
    bool join = events->has_thread;
    events->has_thread = false;
    (void)pthread_mutex_unlock(&events->lock);
    if (join)
        (void)pthread_join(events->thread, NULL); /* it ends by itself now */
}

void kith_web_events_free(struct kith_web_events *events)
{
    if (!events)
        return;
    kith_web_events_stop(events);
    for (size_t i = 0; i < RING; i++)
        free(events->ring[i].data);
    kith_web_snapshot_done(&events->last);
    (void)pthread_cond_destroy(&events->changed);
    (void)pthread_mutex_destroy(&events->lock);
    free(events);
}

/* --- One stream ------------------------------------------------------------------------------- */

struct stream {
    struct kith_web_stream base;
    struct kith_web_events *events;
    uint64_t seq; /* of the next event to send */
    bool needs_state;
    int64_t sent_ms;
    struct kith_buf out; /* what is being sent */
    size_t n_sent;
};

static void put_event(struct stream *stream, const char *name, const char *data)
{
    (void)kith_buf_addf(&stream->out, "event: %s\ndata: %s\n\n", name, data);
}

/*
 * The number of the next event is taken first: what happens while the State is gathered is sent
 * again afterwards.
 */
static bool put_state(struct stream *stream)
{
    KITH_AUTO_DONE(kith_web_snapshot) snapshot;
    KITH_AUTO_DONE(kith_buf) data;
    KITH_AUTO(kith_json_writer) w = NULL;
    struct kith_web_events *events = stream->events;

    (void)pthread_mutex_lock(&events->lock);
    stream->seq = events->seq;
    (void)pthread_mutex_unlock(&events->lock);

    kith_web_snapshot_init(&snapshot);
    kith_buf_init(&data, KITH_WEB_DOCUMENT_BYTES);
    if (kith_web_snapshot_take(events->web, &snapshot, NULL) != KITH_OK)
        return false; /* the page comes again and then hears why, from /api/state */
    w = kith_json_writer_new(&data, /* indented= */ false);
    kith_web_state_write(events->web, &snapshot, w, NULL);
    put_event(stream, "state", kith_buf_text(&data));
    set_speechless(events, false);
    stream->needs_state = false;
    return true;
}

/* With the lock held. */
static void put_events(struct stream *stream)
{
    struct kith_web_events *events = stream->events;

    if (events->seq - stream->seq > RING) {
        stream->needs_state = true;
        return;
    }
    for (; stream->seq < events->seq; stream->seq++)
        put_event(stream, events->ring[stream->seq % RING].name, events->ring[stream->seq % RING].data);
}

static bool is_gone(const struct stream *stream)
{
    char byte;
    ssize_t n;

    if (stream->base.socket < 0)
        return false;
    n = recv(stream->base.socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
    return n == 0 || (n < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR);
}

/* Wait for something to send; false: the stream ends. */
static bool await(struct stream *stream)
{
    struct kith_web_events *events = stream->events;
    bool go_on = true;

    (void)pthread_mutex_lock(&events->lock);
    while (go_on && stream->out.len == 0 && !stream->needs_state) {
        if (events->seq == stream->seq)
            wait_until(events, SOCKET_EVERY_MS);
        put_events(stream);
        if (stream->out.len == 0 && kith_clock_monotonic_ms() - stream->sent_ms >= ALIVE_EVERY_MS)
            (void)kith_buf_add_text(&stream->out, ":\n\n");
        go_on = !events->stopping && !events->speechless && !is_gone(stream);
    }
    (void)pthread_mutex_unlock(&events->lock);
    return go_on;
}

static ssize_t read_stream(struct kith_web_stream *base, char *out, size_t out_size)
{
    struct stream *stream = (struct stream *)base;

    if (stream->n_sent == stream->out.len) {
        kith_buf_clear(&stream->out);
        stream->n_sent = 0;
        if (!stream->needs_state && !await(stream))
            return 0;
        if (stream->needs_state && !put_state(stream))
            return 0;
    }
    size_t n = stream->out.len - stream->n_sent;
    n = n < out_size ? n : out_size;
    memcpy(out, stream->out.data + stream->n_sent, n);
    stream->n_sent += n;
    stream->sent_ms = kith_clock_monotonic_ms();
    return (ssize_t)n;
}

static void close_stream(struct kith_web_stream *base)
{
    struct stream *stream = (struct stream *)base;
    struct kith_web_events *events = stream->events;

    (void)pthread_mutex_lock(&events->lock);
    events->n_streams--;
    (void)pthread_mutex_unlock(&events->lock);
    kith_buf_done(&stream->out);
    free(stream);
}

/* The looking thread begins with the first stream: a server that only answers a sign-in needs none. */
static bool take_place(struct kith_web_events *events)
{
    bool taken = false;

    (void)pthread_mutex_lock(&events->lock);
    if (!events->stopping && events->n_streams < STREAMS_MAX) {
        if (!events->has_thread)
            events->has_thread = pthread_create(&events->thread, NULL, looking_thread, events) == 0;
        taken = events->has_thread;
    }
    if (taken) {
        events->n_streams++;
        events->dirty = true;
        (void)pthread_cond_broadcast(&events->changed);
    }
    (void)pthread_mutex_unlock(&events->lock);
    return taken;
}

KITH_WEB_HANDLER(kith_web_get_events)
{
    struct stream *stream;

    if (!take_place(web->events)) {
        kith_web_answer_refuse(answer, KITH_WEB_REFUSED_BUSY);
        return KITH_OK;
    }
    stream = kith_xnew(struct stream);
    stream->base = (struct kith_web_stream){.read = read_stream, .close = close_stream, .socket = -1};
    stream->events = web->events;
    stream->needs_state = true;
    kith_buf_init(&stream->out, KITH_WEB_DOCUMENT_BYTES);
    (void)kith_buf_add_text(&stream->out, "retry: 1000\n\n");
    answer->status = 200;
    answer->type = "text/event-stream; charset=utf-8";
    answer->stream = &stream->base;
    return KITH_OK;
}
