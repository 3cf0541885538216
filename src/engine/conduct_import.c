/* SPDX-License-Identifier: MIT */
/*
 * conduct_import.c - an import, or one account's part of a refresh, from its first request to its commit.
 *
 * The order of steps: lock the account, open the listing of its source (listing.h), count, take page after page, hand
 * each to the worker (import_worker.c), and when the account is complete apply everything at once (import_apply.c).
 * Nothing in the store changes before that, so whatever goes wrong leaves the contacts as they were.
 */
#include "engine/conduct_import.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "engine/account_lock.h"
#include "engine/import_apply.h"
#include "engine/import_worker.h"
#include "engine/listing.h"
#include "engine/pictures.h"
#include "engine/seen.h"

enum { STARTS_OVER = 3 }; /* a source whose lists of changes end too early more often is at fault */

/* One import under way. */
struct import {
    struct kith *k;
    const struct kith_import_options *options;
    bool refresh; /* changes are enough, and many removals are held back */
    struct kith_store_account account;
    struct kith_import_result result;
    int64_t started_ms;
    struct kith_account_lock *lock;
    struct kith_token_access access;
    struct kith_http *http;
    struct kith_listing *listing;
    struct kith_buf resume; /* the token of the last time, then the one for the next */
    struct kith_seen *seen;
    struct kith_spool *spool;
    struct kith_import_worker *worker;
    bool applied;                    /* result is complete, whatever is to be said of it */
    int64_t n_removed;               /* told by a list of changes */
    bool shifted;                    /* the listing changed while it was read */
    bool cut;                        /* the limit left somebody out */
    char region[KITH_SETTING_BYTES]; /* numbers without a country code are read for */
    bool region_is_new;              /* the contacts here were read for another, or nobody knows for which */
};

static void import_done(struct import *import)
{
    kith_import_worker_free(import->worker);
    kith_spool_free(import->spool);
    kith_seen_free(import->seen);
    kith_listing_free(import->listing);
    kith_buf_done(&import->resume);
    kith_http_free(import->http);
    kith_http_free(import->access.http);
    kith_account_lock_free(import->lock);
}

/* --- Saying what happens ------------------------------------------------------- */

/* As far as it is now; the total is not known before the account was counted. */
static struct kith_event event_of(const struct import *import, enum kith_event_kind kind)
{
    int64_t done = import->seen ? kith_seen_count(import->seen) : 0;
    int64_t expected = import->result.imported;

    return (struct kith_event){
        .kind = kind,
        .account_id = import->account.public_face.id,
        .account = import->account.public_face.name,
        .source = import->account.public_face.source,
        .done = done,
        .total = import->result.reported < 0 ? -1 : (expected > done ? expected : done),
    };
}

static void tell(const struct import *import, const struct kith_event *event)
{
    if (import->options->on_event)
        import->options->on_event(import->options->ctx, event);
}

static void emit(struct import *import, enum kith_event_kind kind, const struct kith_error *error)
{
    struct kith_event event = event_of(import, kind);

    event.result = import->applied ? &import->result : NULL;
    event.error = error;
    kith_account_lock_progress(import->lock, event.done, event.total);
    tell(import, &event);
}

static void emit_waiting(void *ctx, int64_t wait_until_ms)
{
    const struct import *import = ctx;
    struct kith_event event = event_of(import, KITH_EVENT_WAITING);

    event.wait_until_ms = wait_until_ms;
    tell(import, &event);
}

/* --- Preparing ------------------------------------------------------------------ */

static struct kith_http *new_client(struct import *import)
{
    char ca_file[KITH_SETTING_BYTES], proxy[KITH_SETTING_BYTES];
    struct kith_http_config config = {.source = import->account.public_face.source, .ca_file = ca_file, .proxy = proxy};
    struct kith_http *http;

    kith_config_get(import->k->config, KITH_SET_NETWORK_CA_FILE, ca_file);
    kith_config_get(import->k->config, KITH_SET_NETWORK_PROXY, proxy);
    http = kith_http_new(&config);
    kith_http_on_wait(http, emit_waiting, import);
    return http;
}

/* Find and lock the account, then read it as it is now that nobody else imports it. */
static enum kith_status take_account(struct import *import, const char *name, struct kith_error *err)
{
    enum kith_status st = kith_account_look_up(import->k, name, &import->account, err);
    int64_t locked = import->account.public_face.id;

    if (st == KITH_OK)
        st = kith_account_lock_take(import->k->data_dir, locked, &import->lock, err);
    if (st == KITH_OK)
        st = kith_account_look_up(import->k, name, &import->account, err);
    if (st == KITH_OK && import->account.public_face.id != locked) /* signed out and in anew: another account now */
        st = kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "\"%s\" was signed out meanwhile", name);
    return st;
}

static enum kith_status open_network(struct import *import, struct kith_error *err)
{
    enum kith_status st =
        kith_provider_get(import->k->config, import->account.public_face.source, &import->access.provider, err);

    if (st != KITH_OK)
        return st;
    import->access.k = import->k;
    import->access.account = &import->account;
    import->access.cancel = import->options->cancel;
    import->access.http = new_client(import);
    import->http = new_client(import);
    return KITH_OK;
}

static enum kith_status prepare(struct import *import, const char *name, struct kith_error *err)
{
    enum kith_status st = take_account(import, name, err);

    if (st != KITH_OK)
        return st;
    if (import->account.public_face.state == KITH_ACCOUNT_SIGNED_OUT)
        return kith_fail(err, KITH_E_SIGNIN_NEEDED, "this account is signed out");
    return import->account.public_face.source == KITH_SOURCE_OUTLOOK ? KITH_OK : open_network(import, err);
}

/* Where change tracking goes on, when that is enough: numbers that are read for another region now need every contact.
 */
static enum kith_status read_resume(struct import *import, struct kith_error *err)
{
    kith_buf_clear(&import->resume);
    if (!import->refresh || import->region_is_new)
        return KITH_OK;
    return kith_store_resume_get(import->k->store, import->account.public_face.id, &import->resume, err);
}

static enum kith_status open_listing(struct import *import, struct kith_error *err)
{
    struct kith_listing_options options = {
        .k = import->k,
        .account = &import->account,
        .http = import->http,
        .access = &import->access,
        .cancel = import->options->cancel,
        .limit = import->result.limit,
        .on_file = import->options->on_file,
        .on_file_ctx = import->options->ctx,
        .refresh = import->refresh,
    };
    enum kith_status st = read_resume(import, err);

    if (st != KITH_OK)
        return st;
    options.resume = kith_buf_text(&import->resume);
    return kith_listing_open(&options, &import->listing, err);
}

/* How many are expected, until the truth is known. */
static void expect(struct import *import)
{
    struct kith_import_result *result = &import->result;

    result->imported = result->reported >= 0 ? result->reported : import->account.public_face.n_contacts;
    if (result->limit > 0 && result->imported > result->limit)
        result->imported = result->limit;
}

static enum kith_status count(struct import *import, struct kith_error *err)
{
    struct kith_import_result *result = &import->result;
    enum kith_status st = import->listing->ops->count(import->listing, &result->reported, err);

    if (st == KITH_OK)
        expect(import);
    return st;
}

/* --- Fetching -------------------------------------------------------------------- */

/*
 * Leave out what was met before (a listing by offset shifts when somebody adds a contact) and what is too many. A
 * round of changes may tell one contact twice, and the last word counts: there nothing is left out.
 */
static void thin_out(struct import *import, struct kith_page *page, bool second_look)
{
    const bool whole = import->listing->mode == KITH_LISTING_WHOLE;
    const int64_t limit = whole ? import->result.limit : 0;
    size_t kept = 0;

    for (size_t i = 0; i < page->n_contacts; i++) {
        if (limit > 0 && kith_seen_count(import->seen) >= limit) {
            import->cut = import->cut || !kith_seen_has(import->seen, page->contacts[i].source_id);
            break;
        }
        if (kith_seen_add(import->seen, page->contacts[i].source_id) || !whole)
            page->contacts[kept++] = page->contacts[i];
        else if (!second_look)
            import->shifted = import->listing->may_shift;
    }
    page->n_contacts = kept;
    if (!second_look)
        import->result.skipped += (int64_t)page->n_skipped;
    if (page->reported >= 0 && page->reported != import->result.reported)
        import->shifted = import->listing->may_shift;
    import->n_removed += (int64_t)page->n_removed;
    if (whole)
        page->n_removed = 0; /* what was never mentioned goes anyway */
}

static bool limit_is_reached(const struct import *import)
{
    return import->listing->mode == KITH_LISTING_WHOLE && import->result.limit > 0 &&
           kith_seen_count(import->seen) >= import->result.limit;
}

/*
 * Whoever comes now is beyond the limit. An account that has just as many as the limit is read to its end all the same:
 * only there stands the token by which the next refresh costs what changed.
 */
static bool has_enough(const struct import *import)
{
    return limit_is_reached(import) &&
           (import->cut || import->result.reported < 0 || import->result.reported > import->result.limit);
}

/* Page after page to the end, or to the limit. */
static enum kith_status fetch_all(struct import *import, bool second_look, struct kith_error *err)
{
    struct kith_listing *listing = import->listing;

    while (!has_enough(import)) {
        KITH_AUTO(kith_page) page = NULL;
        enum kith_status st = listing->ops->next(listing, kith_seen_count(import->seen), &page, err);

        if (st != KITH_OK || !page)
            return st;
        thin_out(import, page, second_look);
        st = kith_import_worker_push(import->worker, KITH_TAKE(page), err);
        if (st != KITH_OK)
            return st;
        emit(import, KITH_EVENT_PROGRESS, NULL);
    }
    return KITH_OK;
}

/*
 * The mailbox's number counts contact lists, which no listing returns; so fewer than reported is usual, but a
 * contact that slipped past while the listing shifted looks the same. As many missing as at the last
 * import: those are the lists.
 */
static bool wants_second_look(const struct import *import)
{
    const struct kith_account *before = &import->account.public_face;
    int64_t missing = import->result.reported - kith_seen_count(import->seen);

    if (limit_is_reached(import) || !import->listing->may_shift)
        return false;
    if (import->shifted)
        return true;
    return missing > 0 && !(before->n_reported >= 0 && before->n_reported - before->n_contacts == missing);
}

/*
 * The region that an account's numbers were read for is kept with it: when the setting is another one now,
 * unchanged contacts are understood anew as well, or a caller's number would miss them.
 */
static void region_key(const struct import *import, char *out, size_t out_size)
{
    (void)kith_text_format(out, out_size, "region.%lld", (long long)import->account.public_face.id);
}

static void look_at_region(struct import *import)
{
    KITH_AUTO_DONE(kith_buf) before;
    char key[48];

    kith_buf_init(&before, KITH_SETTING_BYTES);
    region_key(import, key, sizeof(key));
    kith_config_get(import->k->config, KITH_SET_IMPORT_REGION, import->region);
    import->region_is_new = kith_store_setting_get(import->k->store, key, &before, NULL) != KITH_OK ||
                            strcmp(kith_buf_text(&before), import->region) != 0;
}

/* After the commit: a crash in between leaves an older region or none, and costs understanding everything again. */
static void keep_region(const struct import *import)
{
    char key[48];

    region_key(import, key, sizeof(key));
    (void)kith_store_setting_set(import->k->store, key, import->region, NULL);
}

/* What was fetched so far is forgotten; a worker that runs is ended. */
static enum kith_status begin_anew(struct import *import, struct kith_error *err)
{
    /* What a list of changes mentions is written whether its version is new or not: it may have moved to another
     * folder. */
    bool anew = import->region_is_new || import->listing->anew || import->listing->mode == KITH_LISTING_CHANGES;

    kith_import_worker_free(import->worker);
    kith_spool_free(import->spool);
    kith_seen_free(import->seen);
    import->worker = NULL;
    import->spool = kith_spool_new(import->k->data_dir);
    import->seen = kith_seen_new();
    import->shifted = false;
    import->cut = false;
    import->n_removed = 0;
    import->result.skipped = 0;
    return kith_import_worker_new(import->k, import->account.public_face.id, import->spool, anew,
                                  import->options->cancel, &import->worker, err);
}

/* The whole account after all. */
static enum kith_status start_over(struct import *import, struct kith_error *err)
{
    enum kith_status st;

    import->listing->ops->restart(import->listing);
    import->result.reported = -1;
    st = count(import, err);
    return st == KITH_OK ? begin_anew(import, err) : st;
}

/* Once more from the start where the source does not know our token any more. */
static enum kith_status fetch_everything(struct import *import, struct kith_error *err)
{
    enum kith_status st = fetch_all(import, /* second_look= */ false, err);

    for (int tries = 0; st == KITH_OK && import->listing->expired; tries++) {
        if (tries == STARTS_OVER)
            return kith_fail(err, KITH_E_SERVICE, "the list of changes ended too early again and again");
        import->result.again = true;
        emit(import, KITH_EVENT_AGAIN, NULL);
        st = start_over(import, err);
        if (st == KITH_OK)
            st = fetch_all(import, /* second_look= */ false, err);
    }
    if (st == KITH_OK && wants_second_look(import)) {
        import->listing->ops->restart(import->listing);
        st = fetch_all(import, /* second_look= */ true, err);
    }
    return st;
}

static void add_up(struct import *import, const struct kith_import_counts *counts)
{
    struct kith_import_result *result = &import->result;

    result->partial = counts->n_partial;
    result->skipped += import->listing->n_skipped;
    result->by_changes = import->listing->mode == KITH_LISTING_CHANGES;
    if (result->by_changes)
        return;
    result->imported = counts->n_new + counts->n_changed + counts->n_same;
    result->limit_reached = limit_is_reached(import) && result->reported > result->imported;
}

/* Changes that lead beyond the limit do not say which contacts are within it. */
static bool outgrows_limit(const struct import *import, const struct kith_import_counts *counts)
{
    return import->listing->mode == KITH_LISTING_CHANGES && import->result.limit > 0 &&
           import->account.public_face.n_contacts + counts->n_new - counts->n_gone > import->result.limit;
}

static enum kith_status fetch_to_the_end(struct import *import, struct kith_import_counts *counts,
                                         struct kith_error *err)
{
    enum kith_status st = fetch_everything(import, err);

    return st == KITH_OK ? kith_import_worker_finish(import->worker, counts, err) : st;
}

static enum kith_status fetch_and_spool(struct import *import, struct kith_error *err)
{
    struct kith_import_counts counts;
    enum kith_status st = begin_anew(import, err);

    if (st == KITH_OK)
        st = fetch_to_the_end(import, &counts, err);
    if (st == KITH_OK && outgrows_limit(import, &counts)) {
        st = start_over(import, err);
        if (st == KITH_OK)
            st = fetch_to_the_end(import, &counts, err);
    }
    if (st == KITH_OK)
        add_up(import, &counts);
    return st;
}

/* --- The whole -------------------------------------------------------------------- */

/*
 * The token for the next refresh. An import that brings none leaves the one that is there: to go on from an older state
 * only tells again what is here already. With a limit in the way nobody could tell the changes of those here from the
 * others'.
 */
static const char *take_resume(struct import *import)
{
    kith_buf_clear(&import->resume);
    if (has_enough(import))
        return "";
    import->listing->ops->resume(import->listing, &import->resume);
    if (import->resume.full)
        return "";
    return import->resume.len == 0 && !import->refresh ? NULL : kith_buf_text(&import->resume);
}

static enum kith_status apply(struct import *import, struct kith_error *err)
{
    struct kith_import_result *result = &import->result;
    struct kith_import_plan plan = {
        .account_id = import->account.public_face.id,
        .changes = result->by_changes || import->listing->incomplete,
        .may_remove_many = !import->refresh || import->options->allow_removals,
        .expected = result->by_changes ? kith_seen_count(import->seen) + import->n_removed : result->imported,
        .on_touched = import->options->on_touched,
        .ctx = import->options->ctx,
    };

    plan.resume = take_resume(import);
    return kith_import_apply(import->k, &plan, import->spool, import->options->cancel, result, err);
}

/* The account is complete: what only fetching it needed is not kept beside what writing it needs. */
static void let_go(struct import *import)
{
    import->listing->ops->rest(import->listing);
    kith_seen_keep_count(import->seen);
}

static void count_requests(struct import *import)
{
    import->result.took_ms = kith_clock_monotonic_ms() - import->started_ms;
    if (import->http)
        import->result.requests = kith_http_requests(import->http) + kith_http_requests(import->access.http);
}

static enum kith_status run(struct import *import, struct kith_error *err)
{
    enum kith_status st;

    import->result.limit = kith_config_get_int(import->k->config, KITH_SET_IMPORT_LIMIT);
    kith_buf_init(&import->resume, KITH_RESUME_BYTES);
    look_at_region(import);
    emit(import, KITH_EVENT_STARTED, NULL);
    st = open_listing(import, err);
    if (st == KITH_OK)
        st = count(import, err);
    if (st == KITH_OK)
        st = fetch_and_spool(import, err);
    if (st != KITH_OK)
        return st;
    emit(import, KITH_EVENT_SAVING, NULL);
    let_go(import);
    count_requests(import);
    st = apply(import, err);
    if (st == KITH_OK && import->region_is_new) /* else the write, and waiting for whoever writes, is for nothing */
        keep_region(import);
    count_requests(import);
    return st;
}

/* Everything else is done; what would go waits for a yes. */
static enum kith_status say_held(const struct import *import, struct kith_error *err)
{
    const struct kith_import_result *result = &import->result;
    enum kith_status st = kith_fail(err, KITH_E_REMOVALS_HELD, "%lld of %lld contacts would be removed",
                                    (long long)result->held, (long long)result->imported);

    err->count = result->held;
    err->done = result->imported - result->held;
    err->total = result->imported;
    return kith_account_blame(&import->account.public_face, st, err);
}

/* A failure is kept with the account, so that every face can show it. A cancel is no state of the account. */
static void note_failure(struct import *import, enum kith_status st, const struct kith_error *error)
{
    const struct kith_account *account = &import->account.public_face;

    if (st == KITH_E_CANCELLED || !import->lock || account->state == KITH_ACCOUNT_SIGNED_OUT)
        return;
    (void)kith_store_account_note(import->k->store, account->id, KITH_ACCOUNT_FAILED, error,
                                  NULL); /* the failure itself is reported; a full disk may well be it */
}

/* Everything that could be read is here; what came from the other files before is here still. */
static enum kith_status say_trouble(struct import *import, struct kith_error *err)
{
    *err = import->listing->trouble;
    err->count = import->result.imported;
    (void)kith_account_blame(&import->account.public_face, err->status, err);
    note_failure(import, err->status, err);
    return err->status;
}

/*
 * The provider only says that it may not be read. Whether the permission never was there or was taken away
 * is for us to know: it worked before, or it did not.
 */
static enum kith_status name_permission(const struct kith_account *account, enum kith_status st)
{
    bool worked_before = account->last_import_s > 0;

    if (st == KITH_E_PERMISSION_MISSING && worked_before)
        return KITH_E_PERMISSION_REMOVED;
    if (st == KITH_E_PERMISSION_REMOVED && !worked_before)
        return KITH_E_PERMISSION_MISSING;
    return st;
}

static enum kith_status fail(struct import *import, enum kith_status st, struct kith_error *err)
{
    st = name_permission(&import->account.public_face, st);
    if (import->account.public_face.id == 0)
        return st;
    (void)kith_account_blame(&import->account.public_face, st, err);
    if (st == KITH_E_PERMISSION_MISSING)
        kith_error_add_admin_link(import->k, err->source, err);
    note_failure(import, st, err);
    if (import->lock)
        emit(import, KITH_EVENT_FAILED, err);
    return st;
}

/* Files that brought nothing the first time are no account: the person adds others. */
static void forget_files_in_vain(struct import *import)
{
    const struct kith_account *account = &import->account.public_face;

    if (import->lock && account->source == KITH_SOURCE_OUTLOOK && account->last_import_s == 0)
        (void)kith_files_forget(import->k, account->id, NULL); /* what led here is told */
}

static void tell_pictures(void *ctx, int64_t done, int64_t total)
{
    const struct import *import = ctx;
    struct kith_event event = event_of(import, KITH_EVENT_PICTURES);

    event.done = done;
    event.total = total;
    tell(import, &event);
}

/* The import is over and told; whoever wants to import the account anew need not wait for pictures. */
static void fetch_pictures(struct import *import)
{
    if (!kith_config_get_bool(import->k->config, KITH_SET_IMPORT_PHOTOS))
        return;
    kith_account_lock_free(import->lock);
    import->lock = NULL;
    import->access.unlocked = true;
    kith_pictures_fetch(import->k, import->account.public_face.id, import->listing, import->options->cancel,
                        tell_pictures, import);
}

enum kith_status kith_conduct_import(struct kith *k, const char *name, bool refresh,
                                     const struct kith_import_options *options, struct kith_import_result *ret,
                                     struct kith_error *err)
{
    static const struct kith_import_options no_options = {0};
    struct import import = {
        .k = k, .options = options ? options : &no_options, .refresh = refresh, .result = {.reported = -1}};
    struct kith_error own_error = {0};
    enum kith_status st;

    if (!err)
        err = &own_error;
    import.started_ms = kith_clock_monotonic_ms();
    st = prepare(&import, name, err);
    import.result.account_id = import.account.public_face.id;
    import.result.source = import.account.public_face.source;
    (void)kith_text_copy(import.result.account, sizeof(import.result.account), import.account.public_face.name);
    if (st == KITH_OK)
        st = run(&import, err);
    if (st != KITH_OK) {
        st = fail(&import, st, err);
        forget_files_in_vain(&import);
    } else {
        kith_error_clear(err); /* a page that came damaged and was whole the next time has left its words there */
        *ret = import.result;
        import.applied = true;
        if (import.result.held > 0)
            st = say_held(&import, err);
        else if (import.listing->trouble.status != KITH_OK)
            st = say_trouble(&import, err);
        emit(&import, st == KITH_OK ? KITH_EVENT_FINISHED : KITH_EVENT_FAILED, st == KITH_OK ? NULL : err);
        fetch_pictures(&import);
    }
    import_done(&import);
    return st;
}

enum kith_status kith_import_run(struct kith *k, const char *name, const struct kith_import_options *options,
                                 struct kith_import_result *ret, struct kith_error *err)
{
    return kith_conduct_import(k, name, /* refresh= */ false, options, ret, err);
}
