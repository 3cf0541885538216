/* SPDX-License-Identifier: MIT */
/*
 * web_runs.c - imports and refreshes that were begun on the page; a run is one press of a button.
 *
 * Before: a button, or a sign-in that is done.
 * After:  the engine imports on the run's thread; what it says on the way is kept here for all pages.
 */
#include "web_jobs_inside.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "web_json.h"
#include "web_words.h"

/* The words of openapi.yaml. */
static const char next_phase[] = "next", counting[] = "counting", fetching[] = "fetching", waiting[] = "waiting",
                  saving[] = "saving", done[] = "done", failed[] = "failed";

static bool is_over(const struct kith_web_import *import)
{
    return import->phase == done || import->phase == failed;
}

static struct kith_web_run *find(struct kith_web_jobs *jobs, const char *id)
{
    struct kith_web_run *r = jobs->runs;

    while (r && strcmp(r->job.id, id) != 0)
        r = r->next;
    return r;
}

static void free_run(struct kith_web_run *run)
{
    kith_web_job_done(&run->job);
    free(run->import);
    free(run->touched.id);
    free(run);
}

void kith_web_runs_cancel_all(struct kith_web_jobs *jobs)
{
    for (struct kith_web_run *r = jobs->runs; r; r = r->next)
        kith_cancel_set(r->job.cancel);
}

bool kith_web_runs_all_ended(const struct kith_web_jobs *jobs)
{
    for (const struct kith_web_run *r = jobs->runs; r; r = r->next)
        if (!r->job.ended)
            return false;
    return true;
}

void kith_web_runs_reap(struct kith_web_jobs *jobs, bool all)
{
    size_t n_ended = 0;

    for (const struct kith_web_run *r = jobs->runs; r; r = r->next)
        n_ended += r->job.ended;
    for (struct kith_web_run **at = &jobs->runs; *at;) {
        struct kith_web_run *r = *at;
        if (!r->job.ended || !(all || n_ended > KITH_WEB_ENDED_MAX)) {
            at = &r->next;
            continue;
        }
        n_ended--;
        *at = r->next;
        free_run(r);
    }
}

/* --- While it runs ------------------------------------------------------------------------- */

static struct kith_web_import *import_of(struct kith_web_run *run, const char *account)
{
    for (size_t i = 0; i < run->n; i++)
        if (strcmp(run->import[i].account, account) == 0)
            return &run->import[i];
    return NULL;
}

/* By number: the account may get another name while it is imported. */
static struct kith_web_import *import_with_id(struct kith_web_run *run, int64_t account_id)
{
    for (size_t i = 0; i < run->n; i++)
        if (run->import[i].account_id == account_id)
            return &run->import[i];
    return NULL;
}

static void settle(struct kith_web_import *import, const struct kith_import_result *result,
                   const struct kith_error *err)
{
    if (result && (!err || err->status == KITH_E_REMOVALS_HELD)) {
        import->result = *result;
        import->has_result = true;
        import->done = import->total = result->imported;
    }
    if (result && !err) {
        import->phase = done;
        return;
    }
    import->phase = failed;
    if (err)
        import->error = *err;
    if (import->error.account[0] == '\0')
        (void)kith_text_copy(import->error.account, sizeof(import->error.account), import->account);
    if (import->error.source == KITH_SOURCE_NONE)
        import->error.source = import->source;
}

/* A bar never goes backwards, also when the source asked for a fresh start. */
static void note_progress(struct kith_web_import *import, const struct kith_event *event)
{
    import->phase = fetching;
    if (event->done > import->done)
        import->done = event->done;
    import->total = event->total;
}

static void note(struct kith_web_import *import, const struct kith_event *event)
{
    switch (event->kind) {
    case KITH_EVENT_STARTED:
        import->phase = counting;
        break;
    case KITH_EVENT_PROGRESS:
        note_progress(import, event);
        break;
    case KITH_EVENT_WAITING:
        import->phase = waiting;
        import->wait_until_ms = event->wait_until_ms;
        break;
    case KITH_EVENT_SAVING:
        import->phase = saving;
        break;
    case KITH_EVENT_FINISHED:
        settle(import, event->result, NULL);
        break;
    case KITH_EVENT_FAILED:
        settle(import, event->result, event->error);
        break;
    case KITH_EVENT_PICTURES:
        break; /* the import is over; pages show each picture as it comes */
    case KITH_EVENT_AGAIN:
        import->phase = counting;
        import->again = true;
        break;
    }
}

static void on_event(void *ctx, const struct kith_event *event)
{
    struct kith_web_run *run = ctx;
    struct kith_web_import *import;

    kith_web_jobs_lock(run->jobs);
    import = import_with_id(run, event->account_id);
    if (import) {
        note(import, event);
        kith_web_job_touch(run->jobs, &run->job);
    }
    kith_web_jobs_unlock(run->jobs);
}

static void on_touched(void *ctx, int64_t account_id, int64_t contact_id)
{
    struct kith_web_run *run = ctx;

    (void)account_id; /* they are shown together */
    kith_web_touched_add(&run->touched, contact_id);
}

/* What the engine did not speak of any more ended as the whole did. */
static void finish(struct kith_web_run *run, const struct kith_error *err)
{
    kith_web_jobs_lock(run->jobs);
    for (size_t i = 0; i < run->n; i++)
        if (!is_over(&run->import[i]))
            settle(&run->import[i], NULL, err);
    if (run->is_refresh)
        kith_web_touched_keep(run->jobs, &run->touched);
    run->ended_s = kith_clock_now_s();
    run->job.ended = true;
    kith_web_job_touch(run->jobs, &run->job);
    kith_web_jobs_tell(run->jobs);
    kith_web_jobs_unlock(run->jobs);
}

static void run_import(struct kith_web_run *run, const struct kith_import_options *options, struct kith_error *err)
{
    struct kith_import_result result = {0};
    enum kith_status st = kith_import_run(run->jobs->k, run->import[0].account, options, &result, err);

    kith_web_jobs_lock(run->jobs);
    settle(&run->import[0], &result, st == KITH_OK ? NULL : err);
    kith_web_jobs_unlock(run->jobs);
}

static void take_outcomes(struct kith_web_run *run, const struct kith_refresh_result *result)
{
    kith_web_jobs_lock(run->jobs);
    for (size_t i = 0; i < result->n; i++) {
        const struct kith_refresh_outcome *outcome = &result->outcome[i];
        struct kith_web_import *import = import_of(run, outcome->account);

        if (import)
            settle(import, &outcome->result, outcome->error.status == KITH_OK ? NULL : &outcome->error);
    }
    kith_web_jobs_unlock(run->jobs);
}

static void run_refresh(struct kith_web_run *run, const struct kith_import_options *options, struct kith_error *err)
{
    struct kith_refresh_result *result = NULL;
    enum kith_status st;
    const char **names = kith_xnew_n(const char *, run->n);

    for (size_t i = 0; i < run->n; i++)
        names[i] = run->import[i].account;
    st = kith_refresh_run(run->jobs->k, names, run->n, /* if_older_than_s= */ 0, options, &result, err);
    if (st == KITH_OK)
        err->status = KITH_OK;
    if (result)
        take_outcomes(run, result);
    kith_refresh_result_free(result);
    free(names);
}

static void *run_thread(void *arg)
{
    struct kith_web_run *run = arg;
    struct kith_error err = {0};
    const struct kith_import_options options = {.cancel = run->job.cancel,
                                                .on_event = on_event,
                                                .on_touched = run->is_refresh ? on_touched : NULL,
                                                .ctx = run,
                                                .allow_removals = run->allow_removals};

    if (run->is_refresh)
        run_refresh(run, &options, &err);
    else
        run_import(run, &options, &err);
    if (err.status == KITH_OK) /* an account that the engine left out without a word */
        (void)kith_fail(&err, KITH_E_INTERNAL, "the refresh ended without an outcome");
    finish(run, &err);
    return NULL;
}

/* --- Beginning one ----------------------------------------------------------------------------- */

static struct kith_web_run *new_run(struct kith_web_jobs *jobs, size_t n)
{
    struct kith_web_run *run = kith_xnew(struct kith_web_run);

    kith_web_job_init(&run->job);
    run->jobs = jobs;
    run->started_s = kith_clock_now_s();
    run->import = kith_xnew_n(struct kith_web_import, n);
    return run;
}

static void add_import(struct kith_web_run *run, const struct kith_account *account)
{
    struct kith_web_import *import = &run->import[run->n++];

    (void)kith_text_copy(import->account, sizeof(import->account), account->name);
    import->account_id = account->id;
    import->source = account->source;
    import->n_before = account->n_contacts;
    import->phase = next_phase;
    import->total = -1;
}

static void append(struct kith_web_jobs *jobs, struct kith_web_run *run)
{
    struct kith_web_run **end = &jobs->runs;

    while (*end)
        end = &(*end)->next;
    *end = run;
}

/* The run goes on the list or is freed. With the lock held. */
static enum kith_status start_locked(struct kith_web_jobs *jobs, struct kith_web_run *run, struct kith_error *err)
{
    enum kith_status st = jobs->stopping ? kith_web_job_stopping(err) : KITH_OK;

    kith_web_runs_reap(jobs, /* all= */ false);
    if (st == KITH_OK)
        st = kith_web_job_start(&run->job, run_thread, run, err);
    if (st == KITH_OK)
        append(jobs, run);
    else
        free_run(run);
    return st;
}

enum kith_status kith_web_run_after_signin(struct kith_web_jobs *jobs, const struct kith_account *account,
                                           const char *signin_id, struct kith_error *err)
{
    struct kith_web_run *run = new_run(jobs, 1);

    add_import(run, account);
    (void)kith_text_copy(run->signin, sizeof(run->signin), signin_id);
    return start_locked(jobs, run, err);
}

/* Ours that has begun but does not hold the account's lock yet counts as well. */
static bool is_ours_running(const struct kith_web_jobs *jobs, const char *account)
{
    for (const struct kith_web_run *r = jobs->runs; r; r = r->next)
        for (size_t i = 0; i < r->n; i++)
            if (!is_over(&r->import[i]) && strcmp(r->import[i].account, account) == 0)
                return true;
    return false;
}

static enum kith_status fail_running(const struct kith_account *account, struct kith_error *err)
{
    (void)kith_fail(err, KITH_E_IMPORT_RUNNING, "\"%s\" is being imported", account->name);
    err->source = account->source;
    err->done = account->done;
    err->total = account->total;
    (void)kith_text_copy(err->account, sizeof(err->account), account->name);
    (void)kith_text_copy(err->identity, sizeof(err->identity), account->identity);
    return KITH_E_IMPORT_RUNNING;
}

static enum kith_status start(struct kith_web_jobs *jobs, struct kith_web_run *run, char ret_id[KITH_WEB_ID_BYTES],
                              struct kith_error *err)
{
    enum kith_status st;

    (void)kith_text_copy(ret_id, KITH_WEB_ID_BYTES, run->job.id);
    st = start_locked(jobs, run, err);
    if (st == KITH_OK)
        kith_web_jobs_tell(jobs);
    return st;
}

enum kith_status kith_web_import_begin(struct kith_web_jobs *jobs, const char *account, char ret_id[KITH_WEB_ID_BYTES],
                                       struct kith_error *err)
{
    struct kith_account found;
    struct kith_web_run *run;
    enum kith_status st = kith_account_find(jobs->k, account, &found, err);

    if (st != KITH_OK)
        return st;
    kith_web_jobs_lock(jobs);
    if (found.importing || is_ours_running(jobs, found.name)) {
        st = fail_running(&found, err);
    } else {
        run = new_run(jobs, 1);
        add_import(run, &found);
        st = start(jobs, run, ret_id, err);
    }
    kith_web_jobs_unlock(jobs);
    return st;
}

/* --- A refresh --------------------------------------------------------------------------------- */

/* All that are linked and free. With the lock held. */
static enum kith_status choose_all(const struct kith_web_jobs *jobs, const struct kith_accounts *accounts,
                                   struct kith_web_run *run, struct kith_error *err)
{
    const struct kith_account *running = NULL;

    for (size_t i = 0; i < accounts->n; i++) {
        const struct kith_account *account = &accounts->account[i];

        if (account->state == KITH_ACCOUNT_SIGNED_OUT)
            continue;
        if (account->importing || is_ours_running(jobs, account->name))
            running = account;
        else
            add_import(run, account);
    }
    if (run->n > 0)
        return KITH_OK;
    if (running)
        return fail_running(running, err);
    return kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "no account is linked");
}

static const struct kith_account *account_named(const struct kith_accounts *accounts, const char *name)
{
    for (size_t i = 0; i < accounts->n; i++)
        if (strcmp(accounts->account[i].name, name) == 0)
            return &accounts->account[i];
    return NULL;
}

static enum kith_status choose_named(const struct kith_web_jobs *jobs, const struct kith_accounts *accounts,
                                     const char (*names)[64], size_t n, struct kith_web_run *run,
                                     struct kith_error *err)
{
    for (size_t i = 0; i < n; i++) {
        const struct kith_account *account = account_named(accounts, names[i]);

        if (!account) {
            (void)kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "there is no account \"%s\"",
                                   names[i]);
            (void)kith_text_copy(err->account, sizeof(err->account), names[i]);
            return KITH_E_NOT_FOUND;
        }
        if (account->importing || is_ours_running(jobs, account->name))
            return fail_running(account, err);
        if (!import_of(run, account->name)) /* named twice is once */
            add_import(run, account);
    }
    return KITH_OK;
}

enum kith_status kith_web_refresh_begin(struct kith_web_jobs *jobs, const char (*names)[64], size_t n,
                                        bool allow_removals, char ret_id[KITH_WEB_ID_BYTES], struct kith_error *err)
{
    struct kith_accounts *accounts = NULL;
    struct kith_web_run *run;
    enum kith_status st = kith_accounts_get(jobs->k, &accounts, err);

    if (st != KITH_OK)
        return st;
    run = new_run(jobs, (n > 0 ? n : accounts->n) + 1);
    run->is_refresh = true;
    (void)kith_text_copy(run->touched.run, sizeof(run->touched.run), run->job.id);
    run->allow_removals = allow_removals;
    kith_web_jobs_lock(jobs);
    st = n > 0 ? choose_named(jobs, accounts, names, n, run, err) : choose_all(jobs, accounts, run, err);
    if (st == KITH_OK)
        st = start(jobs, run, ret_id, err);
    else
        free_run(run);
    kith_web_jobs_unlock(jobs);
    kith_accounts_free(accounts);
    return st;
}

/* --- The buttons of a run ------------------------------------------------------------------------ */

enum kith_status kith_web_run_cancel(struct kith_web_jobs *jobs, const char *id, struct kith_error *err)
{
    struct kith_web_run *run;

    kith_web_jobs_lock(jobs);
    run = find(jobs, id);
    if (run)
        kith_cancel_set(run->job.cancel);
    kith_web_jobs_unlock(jobs);
    return run ? KITH_OK : kith_web_job_not_found(id, err);
}

enum kith_status kith_web_run_close(struct kith_web_jobs *jobs, const char *id, struct kith_error *err)
{
    struct kith_web_run **at = &jobs->runs;
    enum kith_status st = KITH_OK;

    kith_web_jobs_lock(jobs);
    while (*at && strcmp((*at)->job.id, id) != 0)
        at = &(*at)->next;
    struct kith_web_run *run = *at;
    if (!run) {
        st = kith_web_job_not_found(id, err);
    } else if (!run->job.ended) {
        st = kith_fail(err, KITH_E_IMPORT_RUNNING, "it still runs");
        (void)kith_text_copy(err->account, sizeof(err->account), run->import[0].account);
    } else {
        *at = run->next;
        free_run(run);
    }
    kith_web_jobs_unlock(jobs);
    kith_web_jobs_tell(jobs);
    return st;
}

/* --- What the pages see ---------------------------------------------------------------------------- */

static struct kith_web_outcome outcome_of(const struct kith_web_import *import)
{
    return (struct kith_web_outcome){.account = import->account,
                                     .source = import->source,
                                     .n_before = import->n_before,
                                     .result = import->has_result ? &import->result : NULL,
                                     .error = import->phase == failed ? &import->error : NULL};
}

/* null while it runs, and when it was one account's and failed: the failure has its own words. */
static void put_closing(struct kith_json_writer *w, const struct kith_web_run *run)
{
    struct kith_web_outcome *outcome;
    struct kith_web_closing closing;

    if (!run->job.ended || (run->n == 1 && run->import[0].phase == failed)) {
        kith_json_put_null(w, "closing");
        return;
    }
    outcome = kith_xnew_n(struct kith_web_outcome, run->n);
    for (size_t i = 0; i < run->n; i++)
        outcome[i] = outcome_of(&run->import[i]);
    kith_web_closing_describe(outcome, run->n, run->is_refresh, &closing);
    free(outcome);
    kith_json_begin_object(w, "closing");
    kith_json_put_text(w, "look", closing.look);
    kith_json_put_text(w, "title", closing.title);
    kith_json_put_text(w, "sentence", closing.sentence);
    kith_json_put_text(w, "action", closing.action);
    kith_json_end(w);
}

static void import_json(struct kith_json_writer *w, const struct kith_web_import *import)
{
    const struct kith_web_outcome outcome = outcome_of(import);
    char in_short[128] = "";

    if (is_over(import))
        kith_web_outcome_in_short(&outcome, in_short, sizeof(in_short));
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "account", import->account);
    kith_json_put_text(w, "source", kith_source_id(import->source));
    kith_json_put_text(w, "phase", import->phase);
    kith_json_put_int(w, "done", import->done);
    kith_json_put_int(w, "total", import->total);
    kith_json_put_int(w, "wait_until_ms", import->phase == waiting ? import->wait_until_ms : 0);
    kith_json_put_bool(w, "again", import->again);
    kith_json_put_text(w, "in_short", in_short);
    if (import->has_result)
        kith_web_json_result(w, "result", &import->result);
    else
        kith_json_put_null(w, "result");
    kith_web_json_failure_or_null(w, "error", &import->error);
    kith_json_end(w);
}

void kith_web_run_json(struct kith_json_writer *w, const char *name, const struct kith_web_run *run)
{
    kith_json_begin_object(w, name);
    kith_json_put_text(w, "id", run->job.id);
    kith_json_put_text(w, "kind", run->is_refresh ? "refresh" : "import");
    kith_json_put_text(w, "signin", run->signin);
    kith_json_put_int(w, "started_s", run->started_s);
    kith_json_put_int(w, "ended_s", run->ended_s);
    kith_json_begin_array(w, "imports");
    for (size_t i = 0; i < run->n; i++)
        import_json(w, &run->import[i]);
    kith_json_end(w);
    put_closing(w, run);
    kith_json_end(w);
}

bool kith_web_run_write(struct kith_web_jobs *jobs, struct kith_json_writer *w, const char *id)
{
    const struct kith_web_run *run;

    kith_web_jobs_lock(jobs);
    run = find(jobs, id);
    if (run)
        kith_web_run_json(w, NULL, run);
    kith_web_jobs_unlock(jobs);
    return run != NULL;
}
