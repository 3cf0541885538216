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
    kith_web_touched_clear(jobs);
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

/* --- Changes ------------------------------------------------------------------------- */

struct publishing {
    struct kith_buf out;
    struct kith_json_writer *w;
    int64_t now_ms;
    kith_web_publish_fn fn;
    void *ctx;
};

/* true: it changed since it was handed out, and is to be written now. */
static bool take_change(struct publishing *publishing, struct kith_web_job *job)
{
    if (job->published_version == job->version)
        return false;
    job->published_version = job->version;
    job->published_ms = publishing->now_ms;
    kith_buf_clear(&publishing->out);
    kith_json_writer_reset(publishing->w);
    return true;
}

static void publish_signin(struct publishing *publishing, struct kith_web_signin *signin)
{
    if (!take_change(publishing, &signin->job))
        return;
    kith_web_signin_json(publishing->w, NULL, signin);
    publishing->fn(publishing->ctx, "signin", kith_buf_text(&publishing->out));
}

static void publish_run(struct publishing *publishing, struct kith_web_run *run)
{
    bool is_due = run->job.ended || publishing->now_ms - run->job.published_ms >= RUN_EVERY_MS;

    if (!is_due || !take_change(publishing, &run->job))
        return;
    kith_web_run_json(publishing->w, NULL, run);
    publishing->fn(publishing->ctx, "run", kith_buf_text(&publishing->out));
}

int kith_web_jobs_publish(struct kith_web_jobs *jobs, kith_web_publish_fn fn, void *ctx)
{
    struct publishing publishing = {.now_ms = kith_clock_monotonic_ms(), .fn = fn, .ctx = ctx};
    bool progresses = false;

    kith_buf_init(&publishing.out, 1 << 20);
    publishing.w = kith_json_writer_new(&publishing.out, /* indented= */ false);
    kith_web_jobs_lock(jobs);
    for (struct kith_web_signin *s = jobs->signins; s; s = s->next)
        publish_signin(&publishing, s);
    for (struct kith_web_run *r = jobs->runs; r; r = r->next) {
        publish_run(&publishing, r);
        progresses |= !r->job.ended;
    }
    kith_web_jobs_unlock(jobs);
    kith_json_writer_free(publishing.w);
    kith_buf_done(&publishing.out);
    return progresses ? RUN_EVERY_MS : -1;
}
