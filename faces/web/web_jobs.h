/* SPDX-License-Identifier: MIT */
/*
 * web_jobs.h - sign-ins and imports that were begun on the page.
 *
 * Each has a thread of its own and an id by which every open page can cancel or close it. What has
 * ended stays on the list until somebody closes it: the page that began it may be gone.
 * All functions may be called from any thread.
 */
#pragma once

#include <kith/kith.h>

#include "base/buf.h"
#include "base/json_write.h"
#include "web_exchange.h"

struct kith_web_jobs;

/*
 * on_change is called after every change but the progress of a run, on the thread that made it; must return at once.
 */
struct kith_web_jobs *kith_web_jobs_new(struct kith *k, int port, void (*on_change)(void *ctx), void *ctx);
void kith_web_jobs_stop(struct kith_web_jobs *jobs); /* cancel all and wait for them; begins fail from now on */
void kith_web_jobs_free(struct kith_web_jobs *jobs); /* after the stop */

/* Cancel all, wait for them, and take them off the list. */
void kith_web_jobs_clear(struct kith_web_jobs *jobs);

/* --- Sign-ins -------------------------------------------------------------------- */

/*
 * again: "" or the account to sign in again. device: by a code for another device, which comes when the provider has
 * given it. One that waits at the same source is cancelled.
 */
enum kith_status kith_web_signin_begin(struct kith_web_jobs *jobs, enum kith_source source, const char *again,
                                       bool device, char ret_id[KITH_WEB_ID_BYTES], struct kith_error *err);
enum kith_status kith_web_signin_cancel(struct kith_web_jobs *jobs, const char *id, struct kith_error *err);
enum kith_status kith_web_signin_paste(struct kith_web_jobs *jobs, const char *id, const char *text,
                                       struct kith_error *err);
/* KITH_E_IMPORT_RUNNING while it waits. */
enum kith_status kith_web_signin_close(struct kith_web_jobs *jobs, const char *id, struct kith_error *err);

/*
 * The browser came back with this state in the request target. Waits until it is known what the tab
 * shall say. A state of a sign-in that is over gets the answer that fits how it ended.
 */
enum kith_tab kith_web_signin_answer(struct kith_web_jobs *jobs, const char *state, const char *target);

/* --- Imports and refreshes ------------------------------------------------------------ */

enum kith_status kith_web_import_begin(struct kith_web_jobs *jobs, const char *account, char ret_id[KITH_WEB_ID_BYTES],
                                       struct kith_error *err);
/* names: n of them; n 0: all that are linked and not being imported already. */
enum kith_status kith_web_refresh_begin(struct kith_web_jobs *jobs, const char (*names)[64], size_t n,
                                        bool allow_removals, char ret_id[KITH_WEB_ID_BYTES], struct kith_error *err);
enum kith_status kith_web_run_cancel(struct kith_web_jobs *jobs, const char *id, struct kith_error *err);
/* KITH_E_IMPORT_RUNNING while it runs. */
enum kith_status kith_web_run_close(struct kith_web_jobs *jobs, const char *id, struct kith_error *err);

/*
 * Who is new or changed since a refresh, also when it was closed: *ret is yours to free(), sorted. KITH_E_NOT_FOUND:
 * there is no such run, or newer ones took its place.
 */
enum kith_status kith_web_run_touched(struct kith_web_jobs *jobs, const char *id, int64_t **ret, size_t *ret_n,
                                      struct kith_error *err);

/* --- What the pages see ------------------------------------------------------------------ */

/* The members "signins" and "runs". */
void kith_web_jobs_write(struct kith_web_jobs *jobs, struct kith_json_writer *w);
/* One of them as a value; false when there is none of this id. */
bool kith_web_signin_write(struct kith_web_jobs *jobs, struct kith_json_writer *w, const char *id);
bool kith_web_run_write(struct kith_web_jobs *jobs, struct kith_json_writer *w, const char *id);

/* The ids on both lists, in order: what it is compared by to see whether the lists changed. */
void kith_web_jobs_add_ids(struct kith_web_jobs *jobs, struct kith_buf *out);

/*
 * Hand every job that changed since it was last handed out to fn, as an event of this name with this JSON;
 * a run at most 10 times a second, its end at once. Returns in how many milliseconds to look again;
 * -1: when on_change is called.
 */
typedef void (*kith_web_publish_fn)(void *ctx, const char *event, const char *json);
int kith_web_jobs_publish(struct kith_web_jobs *jobs, kith_web_publish_fn fn, void *ctx);
