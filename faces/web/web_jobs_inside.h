/* SPDX-License-Identifier: MIT */
/* web_jobs_inside.h - what web_jobs.c, web_signins.c and web_runs.c share about jobs; for nobody else. */
#pragma once

#include <pthread.h>

#include "web_jobs.h"

enum {
    KITH_WEB_ENDED_MAX = 20, /* of each kind; older ones leave by themselves */
    KITH_WEB_PAST_MAX = 64,  /* sign-ins whose late answer is still recognised */
    KITH_WEB_SHOWN_MAX = 8,  /* refreshes whose changes can still be shown */
    KITH_WEB_STATE_BYTES = 128,
    KITH_WEB_CODE_BYTES = 64,
    KITH_WEB_ADDRESS_BYTES = 512
};

/* What both kinds have. All of it is protected by the lock of the list. */
struct kith_web_job {
    char id[KITH_WEB_ID_BYTES];
    pthread_t thread;
    struct kith_cancel *cancel;
    bool ended;       /* its thread does nothing more than return */
    uint64_t version; /* counts changes */
    uint64_t published_version;
    int64_t published_ms; /* monotonic */
};

enum kith_web_signin_state {
    KITH_WEB_SIGNIN_WAITING,
    KITH_WEB_SIGNIN_FINISHING,
    KITH_WEB_SIGNIN_FAILED,
    KITH_WEB_SIGNIN_DONE,
};

struct kith_web_signin {
    struct kith_web_job job;
    struct kith_web_signin *next; /* younger */
    struct kith_web_jobs *jobs;
    struct kith_signin *engine;
    enum kith_source source;
    char again[64];
    bool device;                          /* on another one, which needs the next three; "" until they are here */
    char code[KITH_WEB_CODE_BYTES];       /* to type there */
    char address[KITH_WEB_ADDRESS_BYTES]; /* to open there */
    int64_t code_ends_s;
    enum kith_web_signin_state state;
    int n_users;             /* threads inside a call on `engine` */
    struct kith_error error; /* of a failed one */
};

struct kith_web_import {
    char account[64];
    int64_t account_id;
    enum kith_source source;
    const char *phase; /* static: the words of openapi.yaml */
    int64_t n_before;  /* contacts it had here when the run began */
    int64_t done, total, wait_until_ms;
    bool again; /* change tracking had ended: everything is fetched again */
    bool has_result;
    struct kith_import_result result;
    struct kith_error error; /* status KITH_OK: none */
};

/* Who is new or changed since a refresh. */
struct kith_web_touched {
    char run[KITH_WEB_ID_BYTES];
    size_t n;
    int64_t *id; /* of the contacts */
};

struct kith_web_run {
    struct kith_web_job job;
    struct kith_web_run *next; /* younger */
    struct kith_web_jobs *jobs;
    bool is_refresh, allow_removals;
    char signin[KITH_WEB_ID_BYTES]; /* that it follows, or "" */
    int64_t started_s, ended_s;
    size_t n;
    struct kith_web_import *import;
    struct kith_web_touched touched; /* of its thread alone, which at last hands it to the jobs */
};

struct kith_web_past {
    char state[KITH_WEB_STATE_BYTES];
    enum kith_tab tab;
};

struct kith_web_jobs {
    struct kith *k;
    int port;
    void (*on_change)(void *ctx);
    void *ctx;

    pthread_mutex_t lock; /* over everything below */
    pthread_cond_t changed;
    bool stopping;
    struct kith_web_signin *signins; /* oldest first */
    struct kith_web_run *runs;
    struct kith_web_past past[KITH_WEB_PAST_MAX]; /* a ring */
    size_t next_past;
    struct kith_web_touched touched[KITH_WEB_SHOWN_MAX]; /* a ring */
    size_t next_touched;
};

void kith_web_jobs_lock(struct kith_web_jobs *jobs);
void kith_web_jobs_unlock(struct kith_web_jobs *jobs);
void kith_web_jobs_tell(struct kith_web_jobs *jobs); /* all pages shall know at once; with or without the lock */

void kith_web_job_init(struct kith_web_job *job);
/* Wait for its thread, which has ended or is about to, and free what the job owns. */
void kith_web_job_done(struct kith_web_job *job);
/* With the lock held: something changed, if only a number. */
void kith_web_job_touch(struct kith_web_jobs *jobs, struct kith_web_job *job);
/* Begin thread(arg); with the lock held. */
enum kith_status kith_web_job_start(struct kith_web_job *job, void *(*thread)(void *), void *arg,
                                    struct kith_error *err);
enum kith_status kith_web_job_not_found(const char *id, struct kith_error *err);
enum kith_status kith_web_job_stopping(struct kith_error *err);

/* web_signins.c, with the lock held */
void kith_web_signin_json(struct kith_json_writer *w, const char *name, const struct kith_web_signin *signin);
bool kith_web_signin_is_shown(const struct kith_web_signin *signin);
void kith_web_signins_cancel_all(struct kith_web_jobs *jobs);
bool kith_web_signins_all_ended(const struct kith_web_jobs *jobs);
/* Take off the list what is done or too old; all: everything, which must have ended. */
void kith_web_signins_reap(struct kith_web_jobs *jobs, bool all);

/* web_touched.c; keep and clear with the lock held */
void kith_web_touched_add(struct kith_web_touched *touched, int64_t contact_id);
void kith_web_touched_keep(struct kith_web_jobs *jobs, struct kith_web_touched *touched); /* takes what is in it */
void kith_web_touched_clear(struct kith_web_jobs *jobs);

/* web_runs.c, with the lock held */
void kith_web_run_json(struct kith_json_writer *w, const char *name, const struct kith_web_run *run);
void kith_web_runs_cancel_all(struct kith_web_jobs *jobs);
bool kith_web_runs_all_ended(const struct kith_web_jobs *jobs);
void kith_web_runs_reap(struct kith_web_jobs *jobs, bool all);
/* An import of this account that follows a sign-in. Begins even while another is wanted: the engine refuses then. */
enum kith_status kith_web_run_after_signin(struct kith_web_jobs *jobs, const struct kith_account *account,
                                           const char *signin_id, struct kith_error *err);
