/* SPDX-License-Identifier: MIT */
/*
 * web_jobs.c - the list of jobs, and what every job has: a thread, a switch, an id, a count of changes.
 *
 * Before: a button on a page.
 * After:  web_signins.c and web_runs.c do the work on the job's thread; web_events.c tells all pages.
 */
#include "web_jobs_inside.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "web_security.h"

enum { RUN_EVERY_MS = 100 };

struct kith_web_jobs *kith_web_jobs_new(struct kith *k, int port, void (*on_change)(void *ctx), void *ctx)
{
    struct kith_web_jobs *jobs = kith_xnew(struct kith_web_jobs);

    jobs->k = k;
    jobs->port = port;
    jobs->on_change = on_change;
    jobs->ctx = ctx;
    (void)pthread_mutex_init(&jobs->lock, NULL); /* with default attributes these cannot fail on Linux */
    (void)pthread_cond_init(&jobs->changed, NULL);
    return jobs;
}

void kith_web_jobs_lock(struct kith_web_jobs *jobs)
{
    (void)pthread_mutex_lock(&jobs->lock);
}

void kith_web_jobs_unlock(struct kith_web_jobs *jobs)
{
    (void)pthread_mutex_unlock(&jobs->lock);
}

void kith_web_jobs_tell(struct kith_web_jobs *jobs)
{
    if (jobs->on_change)
        jobs->on_change(jobs->ctx);
}

static void cancel_and_wait(struct kith_web_jobs *jobs)
{
    kith_web_signins_cancel_all(jobs);
    kith_web_runs_cancel_all(jobs);
    /* A sign-in that was just done may still begin its run: both lists are looked at after every change. */
    while (!kith_web_signins_all_ended(jobs) || !kith_web_runs_all_ended(jobs)) {
        (void)pthread_cond_wait(&jobs->changed, &jobs->lock);
        kith_web_runs_cancel_all(jobs);
    }
}

void kith_web_jobs_stop(struct kith_web_jobs *jobs)
{
    kith_web_jobs_lock(jobs);
    jobs->stopping = true;
    cancel_and_wait(jobs);
    kith_web_jobs_unlock(jobs);
}

void kith_web_jobs_clear(struct kith_web_jobs *jobs)
{
    kith_web_jobs_lock(jobs);
    cancel_and_wait(jobs);
    kith_web_signins_reap(jobs, /* all= */ true);
    kith_web_runs_reap(jobs, /* all= */ true);
    kith_web_jobs_unlock(jobs);
    kith_web_jobs_tell(jobs);
}

void kith_web_jobs_free(struct kith_web_jobs *jobs)
{
    if (!jobs)
        return;
    kith_web_jobs_clear(jobs);
    (void)pthread_cond_destroy(&jobs->changed);
    (void)pthread_mutex_destroy(&jobs->lock);
    free(jobs);
}

/* --- One job ----------------------------------------------------------------------- */

void kith_web_job_init(struct kith_web_job *job)
{
    *job = (struct kith_web_job){.version = 1};
    kith_web_random_word(job->id, sizeof(job->id));
    job->cancel = kith_cancel_new();
}

void kith_web_job_done(struct kith_web_job *job)
{
    if (job->ended)
        (void)pthread_join(job->thread, NULL); /* it has nothing left to do but return */
    kith_cancel_free(job->cancel);
}

void kith_web_job_touch(struct kith_web_jobs *jobs, struct kith_web_job *job)
{
    job->version++;
    (void)pthread_cond_broadcast(&jobs->changed);
    kith_web_jobs_tell(jobs);
}

enum kith_status kith_web_job_start(struct kith_web_job *job, void *(*thread)(void *), void *arg,
                                    struct kith_error *err)
{
    int reason = pthread_create(&job->thread, NULL, thread, arg);

    if (reason != 0)
        return kith_fail(err, KITH_E_INTERNAL, "a thread could not be started: %s", strerror(reason));
    return KITH_OK;
}

enum kith_status kith_web_job_not_found(const char *id, struct kith_error *err)
{
    return kith_fail(err, KITH_E_NOT_FOUND, "there is no \"%s\" any more", id);
}

enum kith_status kith_web_job_stopping(struct kith_error *err)
{
    return kith_fail(err, KITH_E_CANCELLED, "kith is being stopped");
}

/* --- What the pages see -------------------------------------------------------------- */

void kith_web_jobs_write(struct kith_web_jobs *jobs, struct kith_json_writer *w)
{
    kith_web_jobs_lock(jobs);
    kith_json_begin_array(w, "signins");
    for (const struct kith_web_signin *s = jobs->signins; s; s = s->next)
        if (kith_web_signin_is_shown(s))
            kith_web_signin_json(w, NULL, s);
    kith_json_end(w);
    kith_json_begin_array(w, "runs");
    for (const struct kith_web_run *r = jobs->runs; r; r = r->next)
        kith_web_run_json(w, NULL, r);
    kith_json_end(w);
    kith_web_jobs_unlock(jobs);
}

void kith_web_jobs_add_ids(struct kith_web_jobs *jobs, struct kith_buf *out)
{
    kith_web_jobs_lock(jobs);
    for (const struct kith_web_signin *s = jobs->signins; s; s = s->next)
        if (kith_web_signin_is_shown(s))
            (void)kith_buf_addf(out, " %s", s->job.id);
    for (const struct kith_web_run *r = jobs->runs; r; r = r->next)
        (void)kith_buf_addf(out, " %s", r->job.id);
    kith_web_jobs_unlock(jobs);
}

static void mark_published(struct kith_web_job *job, int64_t now_ms)
{
    job->published_version = job->version;
    job->published_ms = now_ms;
}

/* In how many milliseconds this run may be handed out; 0: now. */
static int64_t wait_of(const struct kith_web_run *run, int64_t now_ms)
{
    int64_t wait = run->job.published_ms + RUN_EVERY_MS - now_ms;

    return run->job.ended || wait < 0 ? 0 : wait;
}

int kith_web_jobs_publish(struct kith_web_jobs *jobs, bool quietly, kith_web_publish_fn fn, void *ctx)
{
    int64_t now_ms = kith_clock_monotonic_ms();
    int64_t wait = -1;
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, 1 << 20);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_web_jobs_lock(jobs);
    for (struct kith_web_signin *s = jobs->signins; s; s = s->next) {
        if (s->job.published_version == s->job.version)
            continue;
        mark_published(&s->job, now_ms);
        if (quietly)
            continue;
        kith_buf_clear(&out);
        kith_json_writer_reset(w);
        kith_web_signin_json(w, NULL, s);
        fn(ctx, "signin", kith_buf_text(&out));
    }
    for (struct kith_web_run *r = jobs->runs; r; r = r->next) {
        if (r->job.published_version == r->job.version)
            continue;
        int64_t its_wait = quietly ? 0 : wait_of(r, now_ms);
        if (its_wait > 0) {
            wait = wait < 0 || its_wait < wait ? its_wait : wait;
            continue;
        }
        mark_published(&r->job, now_ms);
        if (quietly)
            continue;
        kith_buf_clear(&out);
        kith_json_writer_reset(w);
        kith_web_run_json(w, NULL, r);
        fn(ctx, "run", kith_buf_text(&out));
    }
    kith_web_jobs_unlock(jobs);
    return (int)wait;
}
