/* SPDX-License-Identifier: MIT */
/*
 * conduct_import.c - an import from its first request to its commit, and a refresh of several accounts.
 *
 * The order of steps: lock the account, count, fetch page after page, parse, hand each page to the worker
 * (import_worker.c), and when the account is complete apply everything at once (import_apply.c). Nothing in
 * the store changes before that, so whatever goes wrong leaves the contacts as they were.
 */
#include <kith/import.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/json_read.h"
#include "base/text.h"
#include "engine/account_lock.h"
#include "engine/handle.h"
#include "engine/import_apply.h"
#include "engine/import_worker.h"
#include "engine/seen.h"
#include "engine/token_access.h"
#include "fetch/fetch_microsoft.h"
#include "parse/parse_microsoft.h"

enum { PAGE_TRIES = 3 }; /* a page may come damaged once and be whole the next time */

/* One import under way. */
struct import {
    struct kith *k;
    const struct kith_import_options *options;
    struct kith_store_account account;
    struct kith_import_result result;
    int64_t started_ms;
    struct kith_account_lock *lock;
    struct kith_token_access access;
    struct kith_http *http;
    struct kith_fetch_microsoft *fetch;
    struct kith_json_reader *reader;
    struct kith_seen *seen;
    struct kith_spool *spool;
    struct kith_import_worker *worker;
    bool shifted;                    /* the listing changed while it was read */
    char region[KITH_SETTING_BYTES]; /* numbers without a country code are read for */
    bool region_is_new;              /* the contacts here were read for another, or nobody knows for which */
};

static void import_done(struct import *import)
{
    kith_import_worker_free(import->worker);
    kith_spool_free(import->spool);
    kith_seen_free(import->seen);
    kith_json_reader_free(import->reader);
    kith_fetch_microsoft_free(import->fetch);
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

    event.result = kind == KITH_EVENT_FINISHED ? &import->result : NULL;
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

static enum kith_status prepare(struct import *import, const char *name, struct kith_error *err)
{
    enum kith_status st = take_account(import, name, err);

    if (st != KITH_OK)
        return st;
    if (import->account.public_face.state == KITH_ACCOUNT_SIGNED_OUT)
        return kith_fail(err, KITH_E_SIGNIN_NEEDED, "this account is signed out");
    st = kith_provider_get(import->k->config, import->account.public_face.source, &import->access.provider, err);
    if (st != KITH_OK)
        return st;
    import->access.k = import->k;
    import->access.account = &import->account;
    import->access.cancel = import->options->cancel;
    import->access.http = new_client(import);
    import->http = new_client(import);
    return KITH_OK;
}

static void open_fetch(struct import *import)
{
    const struct kith_fetch_microsoft_options options = {
        .graph = import->access.provider.graph,
        .account = import->account.public_face.name,
        .token = kith_token_access_get,
        .token_ctx = &import->access,
        .cancel = import->options->cancel,
        .limit = import->result.limit,
        .first_time = import->account.public_face.last_import_s == 0,
    };

    import->fetch = kith_fetch_microsoft_new(import->http, &options);
    import->reader = kith_json_reader_new();
    import->seen = kith_seen_new();
    import->spool = kith_spool_new(import->k->data_dir);
}

static enum kith_status count(struct import *import, struct kith_error *err)
{
    struct kith_import_result *result = &import->result;
    enum kith_status st;

    result->limit = kith_config_get_int(import->k->config, KITH_SET_IMPORT_LIMIT);
    open_fetch(import);
    emit(import, KITH_EVENT_STARTED, NULL);
    st = kith_fetch_microsoft_count(import->fetch, &result->reported, err);
    if (st != KITH_OK)
        return st;
    result->imported = result->reported; /* expected, until the truth is known */
    if (result->limit > 0 && result->imported > result->limit)
        result->imported = result->limit;
    return KITH_OK;
}

/* --- Fetching -------------------------------------------------------------------- */

/* The next page, parsed; asked for again when it came damaged. *ret_page NULL: there was none. */
static enum kith_status next_page(struct import *import, struct kith_buf *body, struct kith_page **ret_page,
                                  struct kith_error *err)
{
    char request_id[64] = "";
    bool more = false;
    enum kith_status st = kith_fetch_microsoft_page(import->fetch, body, request_id, &more, err);

    *ret_page = NULL;
    if (st != KITH_OK || !more)
        return st;
    for (int tries = 1;; tries++) {
        st = kith_parse_microsoft_page(import->reader, kith_buf_text(body), body->len, ret_page, err);
        if (st == KITH_OK || tries == PAGE_TRIES)
            break;
        st = kith_fetch_microsoft_retry(import->fetch, body, request_id, err);
        if (st != KITH_OK)
            return st;
    }
    if (st != KITH_OK && err)
        (void)kith_text_copy(err->request_id, sizeof(err->request_id), request_id);
    return st;
}

/* Leave out what was met before (a listing by offset shifts when somebody adds a contact) and what is too many. */
static void thin_out(struct import *import, struct kith_page *page, bool second_look)
{
    const int64_t limit = import->result.limit;
    size_t kept = 0;

    for (size_t i = 0; i < page->n_contacts; i++) {
        if (limit > 0 && kith_seen_count(import->seen) >= limit)
            break;
        if (kith_seen_add(import->seen, page->contacts[i].source_id))
            page->contacts[kept++] = page->contacts[i];
        else if (!second_look)
            import->shifted = true;
    }
    page->n_contacts = kept;
    if (!second_look)
        import->result.skipped += (int64_t)page->n_skipped;
    if (page->reported >= 0 && page->reported != import->result.reported)
        import->shifted = true;
}

static bool limit_is_reached(const struct import *import)
{
    return import->result.limit > 0 && kith_seen_count(import->seen) >= import->result.limit;
}

/* Follow the chain of nextLinks to its end, or to the limit. */
static enum kith_status fetch_all(struct import *import, bool second_look, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) body;

    kith_buf_init(&body, KITH_PARSE_MICROSOFT_PAGE_BYTES);
    while (!limit_is_reached(import)) {
        KITH_AUTO(kith_page) page = NULL;
        size_t n_page;
        enum kith_status st = next_page(import, &body, &page, err);

        if (st != KITH_OK || !page)
            return st;
        n_page = page->n_contacts + page->n_skipped;
        thin_out(import, page, second_look);
        st = kith_fetch_microsoft_follow(import->fetch, page->next_link, kith_seen_count(import->seen), n_page, err);
        if (st == KITH_OK)
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

    if (limit_is_reached(import))
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

static enum kith_status fetch_and_spool(struct import *import, struct kith_error *err)
{
    struct kith_import_counts counts;
    enum kith_status st;

    look_at_region(import);
    st = kith_import_worker_new(import->k, import->account.public_face.id, import->spool, import->region_is_new,
                                import->options->cancel, &import->worker, err);
    if (st == KITH_OK)
        st = fetch_all(import, /* second_look= */ false, err);
    if (st == KITH_OK && wants_second_look(import)) {
        kith_fetch_microsoft_restart(import->fetch);
        st = fetch_all(import, /* second_look= */ true, err);
    }
    if (st == KITH_OK)
        st = kith_import_worker_finish(import->worker, &counts, err);
    if (st != KITH_OK)
        return st;
    import->result.partial = counts.n_partial;
    import->result.imported = counts.n_new + counts.n_changed + counts.n_same;
    import->result.limit_reached = limit_is_reached(import) && import->result.reported > import->result.imported;
    return KITH_OK;
}

/* --- The whole -------------------------------------------------------------------- */

static enum kith_status run(struct import *import, struct kith_error *err)
{
    enum kith_status st = count(import, err);

    if (st == KITH_OK)
        st = fetch_and_spool(import, err);
    if (st != KITH_OK)
        return st;
    emit(import, KITH_EVENT_SAVING, NULL);
    import->result.requests = kith_http_requests(import->http) + kith_http_requests(import->access.http);
    import->result.took_ms = kith_clock_monotonic_ms() - import->started_ms;
    st = kith_import_apply(import->k, import->account.public_face.id, import->spool, import->options->cancel,
                           &import->result, err);
    if (st == KITH_OK && import->region_is_new) /* else the write, and waiting for whoever writes, is for nothing */
        keep_region(import);
    import->result.took_ms = kith_clock_monotonic_ms() - import->started_ms;
    return st;
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

/* A failure is kept with the account, so that every face can show it. A cancel is no state of the account. */
static void note_failure(struct import *import, enum kith_status st, const struct kith_error *error)
{
    const struct kith_account *account = &import->account.public_face;

    if (st == KITH_E_CANCELLED || !import->lock || account->state == KITH_ACCOUNT_SIGNED_OUT)
        return;
    (void)kith_store_account_note(import->k->store, account->id, KITH_ACCOUNT_FAILED, error,
                                  NULL); /* the failure itself is reported; a full disk may well be it */
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

enum kith_status kith_import_run(struct kith *k, const char *name, const struct kith_import_options *options,
                                 struct kith_import_result *ret, struct kith_error *err)
{
    static const struct kith_import_options no_options = {0};
    struct import import = {.k = k, .options = options ? options : &no_options, .result = {.reported = -1}};
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
    if (st == KITH_OK) {
        kith_error_clear(err); /* a page that came damaged and was whole the next time has left its words there */
        emit(&import, KITH_EVENT_FINISHED, NULL);
        *ret = import.result;
    } else {
        st = fail(&import, st, err);
    }
    import_done(&import);
    return st;
}

/* --- Refresh ------------------------------------------------------------------------ */

void kith_refresh_result_free(struct kith_refresh_result *result)
{
    if (!result)
        return;
    free(result->outcome);
    free(result);
}
KITH_DEFINE_AUTO(kith_refresh_result, kith_refresh_result_free)

static void add_outcome(struct kith_refresh_result *result, const char *account)
{
    result->outcome = kith_xrealloc(result->outcome, result->n + 1, sizeof(*result->outcome));
    result->outcome[result->n] = (struct kith_refresh_outcome){0};
    (void)kith_text_copy(result->outcome[result->n].account, sizeof(result->outcome->account), account);
    result->n++;
}

/* Every account asked for, in order; all signed-in ones when none is. A wrong name fails before anything is done. */
static enum kith_status choose_accounts(struct kith *k, const char *const *names, size_t n_names,
                                        struct kith_refresh_result *result, struct kith_error *err)
{
    KITH_AUTO(kith_accounts) accounts = NULL;
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < n_names && st == KITH_OK; i++) {
        struct kith_account account;

        st = kith_account_find(k, names[i], &account, err);
        if (st == KITH_OK)
            add_outcome(result, account.name);
    }
    if (n_names > 0 || st != KITH_OK)
        return st;
    st = kith_accounts_get(k, &accounts, err);
    for (size_t i = 0; st == KITH_OK && i < accounts->n; i++)
        if (accounts->account[i].state != KITH_ACCOUNT_SIGNED_OUT)
            add_outcome(result, accounts->account[i].name);
    return st;
}

static bool is_fresh_enough(struct kith *k, const char *name, int64_t if_older_than_s)
{
    struct kith_account account;
    int64_t now_s = kith_clock_now_s();

    if (if_older_than_s <= 0 || kith_account_find(k, name, &account, NULL) != KITH_OK)
        return false;
    /* A time to come was written by a clock that was wrong: it says nothing. */
    return account.last_import_s <= now_s && account.last_import_s > now_s - if_older_than_s;
}

enum kith_status kith_refresh_run(struct kith *k, const char *const *names, size_t n_names, int64_t if_older_than_s,
                                  const struct kith_import_options *options, struct kith_refresh_result **ret,
                                  struct kith_error *err)
{
    KITH_AUTO(kith_refresh_result) result = kith_xnew(struct kith_refresh_result);
    enum kith_status first = choose_accounts(k, names, n_names, result, err);

    if (first != KITH_OK)
        return first;
    for (size_t i = 0; i < result->n; i++) {
        struct kith_refresh_outcome *outcome = &result->outcome[i];
        enum kith_status st;

        outcome->fresh_enough = is_fresh_enough(k, outcome->account, if_older_than_s);
        if (outcome->fresh_enough)
            continue;
        st = kith_import_run(k, outcome->account, options, &outcome->result, &outcome->error);
        if (st != KITH_OK && first == KITH_OK) {
            first = st;
            if (err)
                *err = outcome->error;
        }
        if (st == KITH_E_CANCELLED)
            result->n = i + 1; /* the person wants no more of it, whichever account it was */
    }
    *ret = KITH_TAKE(result);
    return first;
}
