/* SPDX-License-Identifier: MIT */
/*
 * web_signins.c - sign-ins that were begun on the page, from the press of the button to the import that follows.
 *
 * Before: web_api_accounts.c begins one; the browser goes to the provider.
 * After:  the browser comes back to "/" with a `state`, the engine trades the answer, an import begins.
 *
 * A sign-in that is over is remembered by its state, so that an answer that comes too late hears
 * what became of it and is not used.
 */
#include "web_jobs_inside.h"

#include <sodium.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "web_json.h"

static struct kith_web_signin *find(struct kith_web_jobs *jobs, const char *id)
{
    struct kith_web_signin *s = jobs->signins;

    while (s && strcmp(s->job.id, id) != 0)
        s = s->next;
    return s;
}

static bool is_over(const struct kith_web_signin *signin)
{
    return signin->state == KITH_WEB_SIGNIN_FAILED || signin->state == KITH_WEB_SIGNIN_DONE;
}

bool kith_web_signin_is_shown(const struct kith_web_signin *signin)
{
    return signin->state != KITH_WEB_SIGNIN_DONE;
}

/* --- The end of one ----------------------------------------------------------------------- */

/* What the tab of a late answer is told: that it was not used, unless it was the one that was. */
static enum kith_tab late_tab(const struct kith_web_signin *signin)
{
    if (signin->state == KITH_WEB_SIGNIN_DONE)
        return KITH_TAB_DONE;
    if (signin->error.status == KITH_E_SIGNIN_CANCELLED && signin->error.reason == KITH_REASON_DECLINED)
        return KITH_TAB_DECLINED;
    if (signin->error.status == KITH_E_SIGNIN_CANCELLED || signin->error.status == KITH_E_SIGNIN_EXPIRED)
        return KITH_TAB_CANCELLED;
    return KITH_TAB_DECLINED;
}

static void remember(struct kith_web_jobs *jobs, const struct kith_web_signin *signin)
{
    struct kith_web_past *past = &jobs->past[jobs->next_past++ % KITH_WEB_PAST_MAX];

    (void)kith_text_copy(past->state, sizeof(past->state), kith_signin_state(signin->engine));
    past->tab = late_tab(signin);
}

/* It is off the list and nobody uses it. */
static void free_signin(struct kith_web_jobs *jobs, struct kith_web_signin *signin)
{
    remember(jobs, signin);
    kith_web_job_done(&signin->job);
    kith_signin_free(signin->engine);
    free(signin);
}

static bool may_go(const struct kith_web_signin *signin)
{
    return signin->job.ended && signin->n_users == 0;
}

void kith_web_signins_reap(struct kith_web_jobs *jobs, bool all)
{
    size_t n_failed = 0;

    for (const struct kith_web_signin *s = jobs->signins; s; s = s->next)
        n_failed += s->state == KITH_WEB_SIGNIN_FAILED;
    for (struct kith_web_signin **at = &jobs->signins; *at;) {
        struct kith_web_signin *s = *at;
        bool is_old = s->state == KITH_WEB_SIGNIN_FAILED && n_failed > KITH_WEB_ENDED_MAX;
        if (!may_go(s) || !(all || is_old || s->state == KITH_WEB_SIGNIN_DONE)) {
            at = &s->next;
            continue;
        }
        n_failed -= s->state == KITH_WEB_SIGNIN_FAILED;
        *at = s->next;
        free_signin(jobs, s);
    }
}

static void cancel_one(struct kith_web_signin *signin)
{
    if (is_over(signin))
        return;
    kith_cancel_set(signin->job.cancel);
    kith_signin_cancel(signin->engine);
}

void kith_web_signins_cancel_all(struct kith_web_jobs *jobs)
{
    for (struct kith_web_signin *s = jobs->signins; s; s = s->next)
        cancel_one(s);
}

bool kith_web_signins_all_ended(const struct kith_web_jobs *jobs)
{
    for (const struct kith_web_signin *s = jobs->signins; s; s = s->next)
        if (!may_go(s))
            return false;
    return true;
}

/* --- Beginning one --------------------------------------------------------------------------- */

static void finish(struct kith_web_signin *signin, enum kith_status st, const struct kith_account *account,
                   const struct kith_error *err)
{
    struct kith_web_jobs *jobs = signin->jobs;
    struct kith_error own = *err;

    kith_web_jobs_lock(jobs);
    if (st == KITH_OK)
        st = kith_web_run_after_signin(jobs, account, signin->job.id, &own);
    signin->state = st == KITH_OK ? KITH_WEB_SIGNIN_DONE : KITH_WEB_SIGNIN_FAILED;
    signin->error = own;
    signin->job.ended = true;
    kith_web_job_touch(jobs, &signin->job);
    kith_web_jobs_tell(jobs);
    kith_web_jobs_unlock(jobs);
}

static void *signin_thread(void *arg)
{
    struct kith_web_signin *signin = arg;
    struct kith_account account;
    struct kith_error err = {0};
    enum kith_status st = kith_signin_wait(signin->engine, signin->job.cancel, &account, &err);

    finish(signin, st, &account, &err);
    return NULL;
}

/* On the sign-in's own thread, as soon as the provider has given a code. */
static void on_code(void *ctx, const struct kith_device_code *code)
{
    struct kith_web_signin *signin = ctx;
    struct kith_web_jobs *jobs = signin->jobs;

    kith_web_jobs_lock(jobs);
    (void)kith_text_copy(signin->code, sizeof(signin->code), code->code);          /* larger than any: fits */
    (void)kith_text_copy(signin->address, sizeof(signin->address), code->address); /* the same */
    signin->code_ends_s = code->expires_at_s;
    kith_web_job_touch(jobs, &signin->job);
    kith_web_jobs_tell(jobs);
    kith_web_jobs_unlock(jobs);
}

static void cancel_others(struct kith_web_jobs *jobs, enum kith_source source)
{
    for (struct kith_web_signin *s = jobs->signins; s; s = s->next)
        if (s->source == source && s->state == KITH_WEB_SIGNIN_WAITING)
            cancel_one(s);
}

static void append(struct kith_web_jobs *jobs, struct kith_web_signin *signin)
{
    struct kith_web_signin **end = &jobs->signins;

    while (*end)
        end = &(*end)->next;
    *end = signin;
}

/* With the lock held. On failure the sign-in is the caller's still. */
static enum kith_status put_on_list(struct kith_web_jobs *jobs, struct kith_web_signin *signin, struct kith_error *err)
{
    enum kith_status st;

    if (jobs->stopping)
        return kith_web_job_stopping(err);
    kith_web_signins_reap(jobs, /* all= */ false);
    cancel_others(jobs, signin->source);
    st = kith_web_job_start(&signin->job, signin_thread, signin, err);
    if (st == KITH_OK)
        append(jobs, signin);
    return st;
}

/* It was never on the list. */
static void drop(struct kith_web_signin *signin)
{
    kith_signin_free(signin->engine);
    kith_web_job_done(&signin->job);
    free(signin);
}

static struct kith_web_signin *make(struct kith_web_jobs *jobs, enum kith_source source, const char *again, bool device)
{
    struct kith_web_signin *signin = kith_xnew(struct kith_web_signin);

    kith_web_job_init(&signin->job);
    signin->jobs = jobs;
    signin->source = source;
    signin->device = device;
    (void)kith_text_copy(signin->again, sizeof(signin->again), again);
    return signin;
}

enum kith_status kith_web_signin_begin(struct kith_web_jobs *jobs, enum kith_source source, const char *again,
                                       bool device, char ret_id[KITH_WEB_ID_BYTES], struct kith_error *err)
{
    struct kith_web_signin *signin = make(jobs, source, again, device);
    const struct kith_signin_options options = {.source = source,
                                                .again = again[0] ? again : NULL,
                                                .redirect_port = jobs->port,
                                                .on_device_code = device ? on_code : NULL,
                                                .ctx = signin};
    enum kith_status st = kith_signin_start(jobs->k, &options, &signin->engine, err);

    if (st == KITH_OK) {
        (void)kith_text_copy(ret_id, KITH_WEB_ID_BYTES, signin->job.id);
        kith_web_jobs_lock(jobs);
        st = put_on_list(jobs, signin, err);
        kith_web_jobs_unlock(jobs);
    }
    if (st == KITH_OK)
        kith_web_jobs_tell(jobs);
    else
        drop(signin);
    return st;
}

/* --- While it waits ---------------------------------------------------------------------------- */

/* Whoever calls the engine without the lock holds the sign-in: it is not freed meanwhile. */
static void give_back(struct kith_web_jobs *jobs, struct kith_web_signin *signin)
{
    signin->n_users--;
    (void)pthread_cond_broadcast(&jobs->changed);
}

enum kith_status kith_web_signin_cancel(struct kith_web_jobs *jobs, const char *id, struct kith_error *err)
{
    struct kith_web_signin *signin;

    kith_web_jobs_lock(jobs);
    signin = find(jobs, id);
    if (signin)
        cancel_one(signin);
    kith_web_jobs_unlock(jobs);
    return signin ? KITH_OK : kith_web_job_not_found(id, err);
}

enum kith_status kith_web_signin_close(struct kith_web_jobs *jobs, const char *id, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    kith_web_jobs_lock(jobs);
    struct kith_web_signin *signin = find(jobs, id);
    if (!signin) {
        st = kith_web_job_not_found(id, err);
    } else if (!may_go(signin)) {
        st = kith_fail(err, KITH_E_IMPORT_RUNNING, "the sign-in still waits");
    } else {
        struct kith_web_signin **at = &jobs->signins;
        while (*at != signin)
            at = &(*at)->next;
        *at = signin->next;
        free_signin(jobs, signin);
    }
    kith_web_jobs_unlock(jobs);
    kith_web_jobs_tell(jobs);
    return st;
}

static void set_finishing(struct kith_web_jobs *jobs, struct kith_web_signin *signin)
{
    if (signin->state != KITH_WEB_SIGNIN_WAITING)
        return;
    signin->state = KITH_WEB_SIGNIN_FINISHING;
    kith_web_job_touch(jobs, &signin->job);
    kith_web_jobs_tell(jobs);
}

enum kith_status kith_web_signin_paste(struct kith_web_jobs *jobs, const char *id, const char *text,
                                       struct kith_error *err)
{
    enum kith_status st;

    kith_web_jobs_lock(jobs);
    struct kith_web_signin *signin = find(jobs, id);
    if (!signin || !kith_web_signin_is_shown(signin))
        st = kith_web_job_not_found(id, err);
    else
        st = kith_signin_paste(signin->engine, text, err);
    if (signin && st == KITH_OK)
        set_finishing(jobs, signin);
    kith_web_jobs_unlock(jobs);
    return st;
}

static bool is_state(const char *wanted, const char *given)
{
    size_t len = strlen(wanted);

    return len > 0 && strlen(given) == len && sodium_memcmp(wanted, given, len) == 0;
}

static enum kith_tab past_tab(const struct kith_web_jobs *jobs, const char *state)
{
    for (size_t i = 0; i < KITH_WEB_PAST_MAX; i++)
        if (is_state(jobs->past[i].state, state))
            return jobs->past[i].tab;
    return KITH_TAB_NOT_OURS;
}

/* The engine waits until it knows the outcome: without the lock, which the outcome needs. */
static enum kith_tab hand_over(struct kith_web_jobs *jobs, struct kith_web_signin *signin, const char *target)
{
    enum kith_tab tab;

    signin->n_users++;
    set_finishing(jobs, signin);
    kith_web_jobs_unlock(jobs);
    tab = kith_signin_answer(signin->engine, target);
    kith_web_jobs_lock(jobs);
    if (tab == KITH_TAB_NOT_OURS && signin->state == KITH_WEB_SIGNIN_FINISHING) {
        signin->state = KITH_WEB_SIGNIN_WAITING; /* the right state in a request that was no answer */
        kith_web_job_touch(jobs, &signin->job);
        kith_web_jobs_tell(jobs);
    }
    give_back(jobs, signin);
    return tab;
}

enum kith_tab kith_web_signin_answer(struct kith_web_jobs *jobs, const char *state, const char *target)
{
    enum kith_tab tab;

    kith_web_jobs_lock(jobs);
    struct kith_web_signin *signin = jobs->signins;
    while (signin && !is_state(kith_signin_state(signin->engine), state))
        signin = signin->next;
    if (!signin)
        tab = past_tab(jobs, state);
    else if (is_over(signin))
        tab = late_tab(signin);
    else
        tab = hand_over(jobs, signin, target);
    kith_web_jobs_unlock(jobs);
    return tab;
}

/* --- What the pages see ---------------------------------------------------------------------------- */

static const char *state_id(enum kith_web_signin_state state)
{
    switch (state) {
    case KITH_WEB_SIGNIN_WAITING:
        return "waiting";
    case KITH_WEB_SIGNIN_FINISHING:
        return "finishing";
    case KITH_WEB_SIGNIN_FAILED:
        return "failed";
    case KITH_WEB_SIGNIN_DONE:
        break;
    }
    return "done";
}

/* What a person must open: with `code` on any device, else in this browser. */
static const char *url_of(const struct kith_web_signin *signin)
{
    if (signin->state != KITH_WEB_SIGNIN_WAITING)
        return "";
    return signin->device ? signin->address : kith_signin_url(signin->engine);
}

static void put_approval(struct kith_json_writer *w, const struct kith_web_signin *signin)
{
    struct kith_error approval;

    if (signin->state != KITH_WEB_SIGNIN_WAITING) {
        kith_json_put_null(w, "approval");
        return;
    }
    kith_signin_approval(signin->engine, &approval);
    if (approval.link[0] == '\0') /* nobody there whom a link would help */
        kith_json_put_null(w, "approval");
    else
        kith_web_json_failure(w, "approval", &approval);
}

void kith_web_signin_json(struct kith_json_writer *w, const char *name, const struct kith_web_signin *signin)
{
    bool has_code = signin->code[0] != '\0';

    kith_json_begin_object(w, name);
    kith_json_put_text(w, "id", signin->job.id);
    kith_json_put_text(w, "source", kith_source_id(signin->source));
    kith_json_put_text(w, "again", signin->again);
    kith_json_put_text(w, "url", url_of(signin));
    kith_json_put_bool(w, "device", signin->device);
    kith_json_put_text(w, "code", signin->code);
    kith_json_put_text(w, "state", state_id(signin->state));
    kith_json_put_int(w, "expires_at_s", has_code ? signin->code_ends_s : kith_signin_expires_at_s(signin->engine));
    put_approval(w, signin);
    kith_web_json_failure_or_null(w, "error", &signin->error);
    kith_json_end(w);
}

bool kith_web_signin_write(struct kith_web_jobs *jobs, struct kith_json_writer *w, const char *id)
{
    const struct kith_web_signin *signin;

    kith_web_jobs_lock(jobs);
    signin = find(jobs, id);
    if (signin)
        kith_web_signin_json(w, NULL, signin);
    kith_web_jobs_unlock(jobs);
    return signin != NULL;
}
