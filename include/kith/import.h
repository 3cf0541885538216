/* SPDX-License-Identifier: MIT */
/*
 * import.h - bring an account's contacts here, all at once or not at all.
 *
 * Until an import is complete, every face sees the old contacts; a cancel, a
 * crash, a lost connection or a full disk leaves them as they were.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/account.h>
#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;
struct kith_cancel;
struct kith_outlook_file;
struct kith_rows;

enum kith_event_kind {
    KITH_EVENT_STARTED,  /* counting the contacts */
    KITH_EVENT_PROGRESS, /* done of total fetched; never goes backwards */
    KITH_EVENT_WAITING,  /* the service asked for patience until wait_until_ms */
    KITH_EVENT_SAVING,   /* all is here, being saved: a matter of moments */
    KITH_EVENT_FINISHED, /* result is complete */
    KITH_EVENT_FAILED,   /* error says why; where result is not NULL, everything else was done */
    KITH_EVENT_PICTURES, /* the import is over; done of total pictures were asked for. The call returns after them */
    KITH_EVENT_AGAIN,    /* change tracking had ended at the source: everything is fetched again, from the start */
};

/* How many, and why some were left out. */
struct kith_import_result {
    int64_t account_id;
    char account[64];
    enum kith_source source;
    int64_t reported; /* what the account says it has; an estimate, -1 unknown */
    int64_t imported; /* contacts of the account on this device now */
    int64_t added, changed, removed, unchanged;
    int64_t held;       /* removals that wait for a yes; those contacts are among imported */
    bool by_changes;    /* the source told what changed; else everything was fetched and compared */
    bool again;         /* change tracking had ended, so everything was fetched again */
    int64_t skipped;    /* records that are no people (contact lists); left out */
    int64_t partial;    /* imported, with something in them that could not be read */
    int64_t limit;      /* that was in force; 0 none */
    bool limit_reached; /* reported > imported because of the limit */
    int64_t requests;   /* made to the service */
    int64_t took_ms;
};

struct kith_event {
    enum kith_event_kind kind;
    int64_t account_id;
    const char *account; /* short name; borrowed for the call */
    enum kith_source source;
    int64_t done, total;                     /* total -1 while it is not known */
    int64_t wait_until_ms;                   /* KITH_EVENT_WAITING: milliseconds since 1970 UTC */
    const struct kith_import_result *result; /* KITH_EVENT_FINISHED, removals held back, some files failed; else NULL */
    const struct kith_error *error;          /* KITH_EVENT_FAILED, else NULL */
};

/* Called on the importing thread; must return soon and not call the engine's blocking calls. */
typedef void (*kith_event_fn)(void *ctx, const struct kith_event *event);

/* Called on the importing thread for each file of an account of the Outlook app; see <kith/outlook.h>. */
typedef void (*kith_outlook_file_fn)(void *ctx, const struct kith_outlook_file *file);

/*
 * Called on the importing thread for each contact that is new or changed, in the order of their ids, while everything
 * is being saved: it holds only when the import then ends well.
 */
typedef void (*kith_touched_fn)(void *ctx, int64_t account_id, int64_t contact_id);

struct kith_import_options {
    struct kith_cancel *cancel;   /* NULL: cannot be cancelled */
    kith_event_fn on_event;       /* NULL: silent */
    kith_outlook_file_fn on_file; /* NULL: what became of each file and its fields is not wanted */
    kith_touched_fn on_touched;   /* NULL: which contacts are new or changed is not wanted */
    void *ctx;                    /* of all three */
    bool allow_removals; /* of a refresh: also when it removes a large part of an account, see kith_refresh_run() */
};

/*
 * The whole process for one account: count, fetch everything, replace in one step. Whoever asks for this wants what
 * the source has now, however few that is; nothing is held back.
 *
 * Pictures are fetched afterwards, when import.photos is yes: that fails nothing, and the switch ends it at once.
 *
 * name:    short name of the account.
 * options: NULL for none; borrowed for the call.
 * ret:     on success what happened; else untouched.
 *
 * Any row of the catalogue that concerns a provider or the store may come back;
 * whatever it is, the contacts here are as they were.
 *
 * With one exception: some of an account's files could not be read, or not to their end. Then everything that could be
 * read is imported, what came from the others before stays, *ret is filled in, and the failure is KITH_E_FILE, about
 * the first of them. (Set ret->account_id to 0 before: it is not 0 when *ret was filled in.)
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_import_run(struct kith *k, const char *name,
                                                          const struct kith_import_options *options,
                                                          struct kith_import_result *ret, struct kith_error *err);

/* One account of a refresh: its result, or its error. */
struct kith_refresh_outcome {
    char account[64];
    struct kith_error error;          /* status KITH_OK when all went well */
    struct kith_import_result result; /* valid when its account_id is not 0: also with KITH_E_REMOVALS_HELD, and with
                                         KITH_E_FILE when only some files could not be read */
    bool fresh_enough;                /* left alone: it is younger than if_older_than_s */
};

struct kith_refresh_result {
    size_t n;
    struct kith_refresh_outcome *outcome;
};

/*
 * Bring accounts up to date: those in names (n_names of them), or all linked ones
 * when n_names is 0. One failing account does not stop the others.
 *
 * Where the source tells what changed, only that is fetched (Microsoft Graph: delta query; Google People: sync
 * token). A token that is refused makes the source fetched as a whole, by itself: KITH_EVENT_AGAIN.
 *
 * A refresh that would remove more than 20 % of an account's contacts, and more than 50, updates everything else
 * and holds the removals back: the outcome is KITH_E_REMOVALS_HELD (error.count would go, error.total are here) with
 * a valid result. They go with the next refresh that has allow_removals; kith_held_rows() shows them.
 *
 * if_older_than_s: leave accounts alone whose last import is younger; 0: none.
 * ret: yours to kith_refresh_result_free(), also when the call fails because an
 *      account failed; then the status is that of the first that failed.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_refresh_run(struct kith *k, const char *const *names, size_t n_names,
                                                           int64_t if_older_than_s,
                                                           const struct kith_import_options *options,
                                                           struct kith_refresh_result **ret, struct kith_error *err);
KITH_API void kith_refresh_result_free(struct kith_refresh_result *result); /* NULL is fine */

/*
 * The contacts of an account whose removal waits for a yes, as rows by name; at most limit, 0: all. *ret: yours to
 * kith_rows_free(). KITH_E_NOT_FOUND (reason KITH_REASON_NO_ACCOUNT).
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_held_rows(struct kith *k, const char *name, size_t limit,
                                                         struct kith_rows **ret, struct kith_error *err);

#ifdef __cplusplus
}
#endif
