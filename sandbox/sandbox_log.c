/* SPDX-License-Identifier: MIT */
/*
 * sandbox_log.c - the newest requests in a ring, and counters of what is under way.
 *
 * Before: sandbox_server.c took a request in or has its answer ready.
 * After:  GET /sandbox/requests shows it.
 *
 * A request is written down when its answer is ready, before the first byte goes
 * out: whoever has read an answer finds the request in the log.
 */
#include "sandbox/sandbox_log.h"

#include <pthread.h>
#include <stdbool.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_request.h"

#define MAX_ENTRIES 65536
#define MAX_LOGGED_TARGET 2048
/* What is counted together: Microsoft counts by ten minutes, Google by one. */
#define WINDOW_MS (10 * 60 * 1000)
#define GOOGLE_WINDOW_MS (60 * 1000)

struct entry {
    char *target;
    char method[12];
    char request_id[40];
    size_t person;
    int status;
    enum sandbox_act act;
    unsigned under_way;
    uint64_t bytes;
    int64_t at_ms;
};

struct counter {
    unsigned under_way, most;
    unsigned in_window;
    int64_t window_began_ms;
};

struct sandbox_log {
    pthread_mutex_t lock;
    struct entry *ring; /* MAX_ENTRIES */
    uint64_t n_total;   /* since the last clear */
    struct counter counter[SANDBOX_MAX_PEOPLE + 1];
};

struct sandbox_log *sandbox_log_new(void)
{
    struct sandbox_log *log = kith_xnew(struct sandbox_log);

    (void)pthread_mutex_init(&log->lock, NULL); /* cannot fail for a plain mutex */
    log->ring = kith_xnew_n(struct entry, MAX_ENTRIES);
    return log;
}

void sandbox_log_free(struct sandbox_log *log)
{
    if (!log)
        return;
    for (size_t i = 0; i < MAX_ENTRIES; i++)
        free(log->ring[i].target);
    free(log->ring);
    (void)pthread_mutex_destroy(&log->lock); /* nobody holds it any more */
    free(log);
}

static struct counter *counter_of(struct sandbox_log *log, size_t mailbox)
{
    return &log->counter[mailbox < SANDBOX_MAX_PEOPLE ? mailbox : SANDBOX_MAX_PEOPLE];
}

unsigned sandbox_log_arrive(struct sandbox_log *log, size_t mailbox)
{
    unsigned n;

    (void)pthread_mutex_lock(&log->lock);
    struct counter *c = counter_of(log, mailbox);
    n = ++c->under_way;
    if (n > c->most)
        c->most = n;
    (void)pthread_mutex_unlock(&log->lock);
    return n;
}

void sandbox_log_leave(struct sandbox_log *log, size_t mailbox)
{
    (void)pthread_mutex_lock(&log->lock);
    counter_of(log, mailbox)->under_way--;
    (void)pthread_mutex_unlock(&log->lock);
}

unsigned sandbox_log_count_window(struct sandbox_log *log, size_t mailbox)
{
    bool google = mailbox < sandbox_n_people && sandbox_person_provider(mailbox) == SANDBOX_GOOGLE;
    int64_t now = kith_clock_monotonic_ms(), window_ms = google ? GOOGLE_WINDOW_MS : WINDOW_MS;
    unsigned n;

    (void)pthread_mutex_lock(&log->lock);
    struct counter *c = counter_of(log, mailbox);
    if (c->in_window == 0 || now - c->window_began_ms >= window_ms) {
        c->window_began_ms = now;
        c->in_window = 0;
    }
    n = ++c->in_window;
    (void)pthread_mutex_unlock(&log->lock);
    return n;
}

void sandbox_log_add(struct sandbox_log *log, const struct sandbox_request *req, int status, size_t bytes,
                     unsigned under_way)
{
    struct entry e = {
        .target = kith_xstrndup(req->target, strnlen(req->target, MAX_LOGGED_TARGET)),
        .person = req->person,
        .status = status,
        .act = req->fault.act,
        .under_way = under_way,
        .bytes = bytes,
        .at_ms = kith_clock_now_ms(),
    };

    (void)kith_text_copy(e.method, sizeof(e.method), req->method); /* cut is fine */
    (void)kith_text_copy(e.request_id, sizeof(e.request_id), req->request_id);
    (void)pthread_mutex_lock(&log->lock);
    struct entry *slot = &log->ring[log->n_total % MAX_ENTRIES];
    free(slot->target);
    *slot = e;
    log->n_total++;
    (void)pthread_mutex_unlock(&log->lock);
}

void sandbox_log_clear(struct sandbox_log *log)
{
    (void)pthread_mutex_lock(&log->lock);
    log->n_total = 0;
    for (size_t i = 0; i <= SANDBOX_MAX_PEOPLE; i++)
        log->counter[i].most = log->counter[i].under_way;
    (void)pthread_mutex_unlock(&log->lock);
}

static void write_entry(const struct entry *e, struct kith_json_writer *w)
{
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "method", e->method);
    kith_json_put_text(w, "path", e->target);
    if (e->person < sandbox_n_people)
        kith_json_put_text(w, "person", sandbox_people[e->person].address);
    else
        kith_json_put_null(w, "person");
    kith_json_put_int(w, "status", e->status);
    kith_json_put_int(w, "bytes", (int64_t)e->bytes);
    kith_json_put_int(w, "under_way", e->under_way);
    kith_json_put_int(w, "at_ms", e->at_ms);
    kith_json_put_text(w, "request_id", e->request_id);
    kith_json_put_text_if(w, "fault", sandbox_act_name(e->act));
    kith_json_end(w);
}

void sandbox_log_write(struct sandbox_log *log, struct kith_json_writer *w)
{
    unsigned most = 0;

    (void)pthread_mutex_lock(&log->lock);
    uint64_t first = log->n_total > MAX_ENTRIES ? log->n_total - MAX_ENTRIES : 0;
    for (size_t i = 0; i < SANDBOX_MAX_PEOPLE; i++)
        most = log->counter[i].most > most ? log->counter[i].most : most;
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "count", (int64_t)log->n_total);
    kith_json_put_int(w, "dropped", (int64_t)first);
    kith_json_put_int(w, "max_under_way", most);
    kith_json_begin_array(w, "requests");
    for (uint64_t i = first; i < log->n_total; i++)
        write_entry(&log->ring[i % MAX_ENTRIES], w);
    kith_json_end(w);
    kith_json_end(w);
    (void)pthread_mutex_unlock(&log->lock);
}
