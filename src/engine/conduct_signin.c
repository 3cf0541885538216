/* SPDX-License-Identifier: MIT */
/*
 * conduct_signin.c - one sign-in from the address for the browser to an account with kept tokens.
 *
 * The answer may come on three ways (listener, face, pasted) and on any thread; it is taken once,
 * if its `state` is ours. What the browser's tab is told waits for the outcome: a tab must not
 * say "you can close this" when the permission was not given. With a code for another device there
 * is no answer to take: the provider is asked until it has one.
 */
#include <kith/signin.h>

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sodium.h>
#include <sys/eventfd.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "engine/handle.h"
#include "engine/token_access.h"
#include "signin/device.h"
#include "signin/loopback.h"
#include "signin/oauth.h"

enum {
    PRESET_TIMEOUT_S = 15 * 60,
    SLICE_S = 10,
    TAB_PATIENCE_S = 20, /* how long a tab waits for the outcome before it says what is likely */
    REDIRECT_BYTES = 64
};

/* Microsoft's tenant of personal accounts; see "ID token claims reference". */
static const char personal_tenant[] = "9188040d-6c67-4c5b-b112-36a304b66dad";

enum phase {
    PHASE_WAITING,  /* for the browser, or for the other device */
    PHASE_ANSWERED, /* the answer is here and being worked on */
    PHASE_DONE,
    PHASE_FAILED,
    PHASE_CANCELLED,
};

struct kith_signin {
    struct kith *k;
    enum kith_source source;
    struct kith_provider_in_use provider;
    struct kith_pkce pkce;
    char redirect_uri[REDIRECT_BYTES];
    char name[64];                   /* wished for; "" none */
    struct kith_store_account again; /* public_face.id 0: a new sign-in */
    struct kith_buf url;
    int64_t expires_at_s;
    struct kith_loopback *loopback;     /* NULL: the face listens, or there is nothing to hear */
    kith_device_code_fn on_device_code; /* NULL: with a browser */
    void *ctx;

    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    int answered_fd; /* readable when phase has left PHASE_WAITING */
    enum phase phase;
    struct kith_redirect redirect;
    enum kith_tab tab; /* what the tab is told once there is an outcome */
};

static void set_phase(struct kith_signin *s, enum phase phase, enum kith_tab tab)
{
    const uint64_t one = 1;

    s->phase = phase;
    s->tab = tab;
    (void)!write(s->answered_fd, &one,
                 sizeof(one)); /* an eventfd only fails when it is full, and then it is readable */
    (void)pthread_cond_broadcast(&s->changed);
}

/* --- Starting -------------------------------------------------------------------- */

static enum kith_tab on_answer(void *ctx, const char *target)
{
    return kith_signin_answer(ctx, target);
}

static enum kith_status choose_redirect(struct kith_signin *s, int port, struct kith_error *err)
{
    if (port == 0) {
        enum kith_status st = kith_loopback_new(on_answer, s, &s->loopback, err);

        if (st != KITH_OK)
            return st;
        port = kith_loopback_port(s->loopback);
    }
    (void)kith_text_format(s->redirect_uri, sizeof(s->redirect_uri), "http://%s:%d", s->provider.provider.loopback,
                           port);
    return KITH_OK;
}

/* The other source holds the same people; checked again, inside a transaction, when the account is saved. */
static enum kith_status check_conflict(struct kith *k, enum kith_source source, struct kith_error *err)
{
    KITH_AUTO(kith_accounts) accounts = NULL;
    enum kith_status st;

    if (source != KITH_SOURCE_MICROSOFT365)
        return KITH_OK;
    st = kith_accounts_get(k, &accounts, err);
    for (size_t i = 0; st == KITH_OK && i < accounts->n; i++) {
        if (accounts->account[i].source != KITH_SOURCE_OUTLOOK)
            continue;
        st = kith_fail(err, KITH_E_SOURCE_CONFLICT, "contacts of the Outlook app are imported already");
        if (err)
            (void)kith_text_copy(err->other, sizeof(err->other), kith_source_title(KITH_SOURCE_OUTLOOK));
    }
    return st;
}

/* A secret where the provider wants one: asking without it would end at the very last step. */
static enum kith_status check_configured(const struct kith_signin *s, struct kith_error *err)
{
    const struct kith_provider *provider = &s->provider.provider;
    bool wants_secret = provider->client_secret_key[0] != '\0';
    const char *missing = NULL;

    if (provider->client_id[0] == '\0')
        missing = provider->client_id_key;
    else if (wants_secret && provider->client_secret[0] == '\0')
        missing = provider->client_secret_key;
    if (!missing)
        return KITH_OK;
    (void)kith_fail_reason(err, KITH_E_NOT_CONFIGURED, KITH_REASON_NO_CLIENT_ID, "the setting \"%s\" is missing",
                           missing);
    if (err)
        (void)kith_text_copy(err->setting, sizeof(err->setting), missing);
    return KITH_E_NOT_CONFIGURED;
}

static enum kith_status check_device(const struct kith_signin *s, struct kith_error *err)
{
    if (!s->on_device_code || s->provider.provider.device_url[0] != '\0')
        return KITH_OK;
    return kith_fail(err, KITH_E_USAGE, "%s gives no contacts for a code on another device",
                     kith_source_title(s->source));
}

static enum kith_status prepare(struct kith_signin *s, const struct kith_signin_options *options,
                                struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    if (options->name) {
        st = kith_account_check_name(options->name, err);
        (void)kith_text_copy(s->name, sizeof(s->name), options->name);
    }
    if (st == KITH_OK && options->again) {
        st = kith_account_look_up(s->k, options->again, &s->again, err);
        s->source = s->again.public_face.source;
    }
    if (st == KITH_OK)
        st = kith_provider_get(s->k->config, s->source, &s->provider, err);
    if (st == KITH_OK)
        st = check_device(s, err);
    if (st == KITH_OK)
        st = check_configured(s, err);
    if (st == KITH_OK)
        st = check_conflict(s->k, s->source, err);
    if (st == KITH_OK && !s->on_device_code)
        st = choose_redirect(s, options->redirect_port, err);
    return st;
}

/*
 * Somebody who signs in anew chooses among their accounts; somebody who mends an account is led to it.
 * Microsoft is never asked for consent: where an administrator consented for everybody it would ask for approval
 * again. Google always is: it gives a refresh token with a consent only.
 */
static const char *prompt_of(const struct kith_signin *s, bool again)
{
    if (s->source == KITH_SOURCE_GOOGLE)
        return again ? "consent" : "consent select_account";
    return again ? "" : "select_account";
}

static bool make_url(struct kith_signin *s)
{
    bool again = s->again.public_face.id != 0;

    return s->on_device_code ||
           kith_oauth_authorize_url(&s->provider.provider, &s->pkce, s->redirect_uri, prompt_of(s, again),
                                    again ? s->again.public_face.identity : "", &s->url);
}

enum kith_status kith_signin_start(struct kith *k, const struct kith_signin_options *options, struct kith_signin **ret,
                                   struct kith_error *err)
{
    struct kith_signin *s = kith_xnew(struct kith_signin);
    enum kith_status st;

    s->k = k;
    s->source = options->source;
    s->on_device_code = options->on_device_code;
    s->ctx = options->ctx;
    s->expires_at_s = kith_clock_now_s() + (options->timeout_s > 0 ? options->timeout_s : PRESET_TIMEOUT_S);
    s->answered_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    (void)pthread_mutex_init(&s->lock, NULL); /* with default attributes these cannot fail on Linux */
    (void)pthread_cond_init(&s->changed, NULL);
    kith_buf_init(&s->url, 8192);
    kith_pkce_make(&s->pkce);
    st = s->answered_fd < 0 ? kith_fail(err, KITH_E_INTERNAL, "no more files can be opened") : prepare(s, options, err);
    if (st == KITH_OK && !make_url(s))
        st = kith_fail(err, KITH_E_USAGE, "the address for the browser is too long");
    if (st != KITH_OK) {
        if (err)
            err->source = s->source;
        kith_signin_free(s);
        return st;
    }
    *ret = s;
    return KITH_OK;
}

void kith_signin_free(struct kith_signin *s)
{
    if (!s)
        return;
    kith_signin_cancel(s); /* a tab that still waits for the outcome goes on */
    kith_loopback_free(s->loopback);
    if (s->answered_fd >= 0)
        (void)close(s->answered_fd);
    kith_buf_done(&s->url);
    (void)pthread_cond_destroy(&s->changed);
    (void)pthread_mutex_destroy(&s->lock);
    sodium_memzero(s, sizeof(*s));
    free(s);
}

const char *kith_signin_url(const struct kith_signin *s)
{
    return kith_buf_text(&s->url);
}

const char *kith_signin_state(const struct kith_signin *s)
{
    return s->pkce.state;
}

int64_t kith_signin_expires_at_s(const struct kith_signin *s)
{
    return s->expires_at_s;
}

/* --- The answer -------------------------------------------------------------------- */

static bool is_ours(const struct kith_signin *s, const struct kith_redirect *redirect)
{
    size_t len = strlen(s->pkce.state);

    return !s->on_device_code && strlen(redirect->state) == len &&
           sodium_memcmp(redirect->state, s->pkce.state, len) == 0;
}

/* Take the answer if it is the first. With the lock held. */
static void take_answer(struct kith_signin *s, const struct kith_redirect *redirect)
{
    if (s->phase != PHASE_WAITING)
        return;
    s->redirect = *redirect;
    set_phase(s, PHASE_ANSWERED, redirect->error[0] ? KITH_TAB_DECLINED : KITH_TAB_DONE);
}

static enum kith_tab wait_for_outcome(struct kith_signin *s)
{
    struct timespec until;

    (void)clock_gettime(CLOCK_REALTIME, &until); /* the clock that pthread_cond_timedwait reads */
    until.tv_sec += TAB_PATIENCE_S;
    while (s->phase == PHASE_ANSWERED)
        if (pthread_cond_timedwait(&s->changed, &s->lock, &until) == ETIMEDOUT)
            break;
    return s->phase == PHASE_CANCELLED ? KITH_TAB_CANCELLED : s->tab;
}

enum kith_tab kith_signin_answer(struct kith_signin *s, const char *target)
{
    struct kith_redirect redirect;
    enum kith_tab tab;

    if (!kith_redirect_read(target, strlen(target), &redirect) || !is_ours(s, &redirect)) {
        kith_log_debug(KITH_LOG_SIGNIN, "an answer that is not of this sign-in was ignored");
        return KITH_TAB_NOT_OURS;
    }
    (void)pthread_mutex_lock(&s->lock);
    take_answer(s, &redirect);
    tab = wait_for_outcome(s);
    (void)pthread_mutex_unlock(&s->lock);
    sodium_memzero(&redirect, sizeof(redirect));
    return tab;
}

enum kith_status kith_signin_paste(struct kith_signin *s, const char *text, struct kith_error *err)
{
    struct kith_redirect redirect;

    if (!kith_redirect_read(text, strlen(text), &redirect) || !is_ours(s, &redirect)) {
        (void)kith_fail(err, KITH_E_USAGE, "this is not the address of this sign-in");
        (void)kith_fail_hint(err, "copy the whole line of the browser's address field");
        return KITH_E_USAGE;
    }
    (void)pthread_mutex_lock(&s->lock);
    take_answer(s, &redirect);
    (void)pthread_mutex_unlock(&s->lock);
    sodium_memzero(&redirect, sizeof(redirect));
    return KITH_OK;
}

void kith_signin_cancel(struct kith_signin *s)
{
    (void)pthread_mutex_lock(&s->lock);
    if (s->phase == PHASE_WAITING || s->phase == PHASE_ANSWERED)
        set_phase(s, PHASE_CANCELLED, KITH_TAB_CANCELLED);
    (void)pthread_mutex_unlock(&s->lock);
}

static enum phase phase_of(struct kith_signin *s)
{
    enum phase phase;

    (void)pthread_mutex_lock(&s->lock);
    phase = s->phase;
    (void)pthread_mutex_unlock(&s->lock);
    return phase;
}

/* --- From the answer to an account --------------------------------------------------- */

static enum kith_status fail_cancelled(struct kith_error *err)
{
    return kith_fail(err, KITH_E_SIGNIN_CANCELLED, "the sign-in was cancelled");
}

/* Sleep at most that long; a cancel, or an answer, ends it. Interrupted: whoever calls looks again. */
static void watch(struct kith_signin *s, struct kith_cancel *cancel, int64_t ms)
{
    struct pollfd fds[2] = {{.fd = s->answered_fd, .events = POLLIN}, {.fd = kith_cancel_fd(cancel), .events = POLLIN}};
    const int64_t slice_ms = SLICE_S * 1000;

    (void)poll(fds, 2, (int)(ms < slice_ms ? ms : slice_ms));
    if (kith_cancel_is_set(cancel))
        kith_signin_cancel(s);
}

static enum kith_status await_answer(struct kith_signin *s, struct kith_cancel *cancel, struct kith_error *err)
{
    while (phase_of(s) == PHASE_WAITING) {
        int64_t left_s = s->expires_at_s - kith_clock_now_s();

        if (left_s <= 0)
            return kith_fail(err, KITH_E_SIGNIN_EXPIRED, "the browser gave no answer in time");
        watch(s, cancel, left_s * 1000); /* in slices: the clock of a device that sleeps goes on, a poll does not */
    }
    return phase_of(s) == PHASE_CANCELLED ? fail_cancelled(err) : KITH_OK;
}

/*
 * A grant without the contacts is of no use and not kept, so it is given back. Only not where the same person's account
 * is here and works: what was granted before would go with it.
 */
static void give_back(struct kith_signin *s, struct kith_http *http, const struct kith_cancel *cancel,
                      const struct kith_tokens *tokens)
{
    const struct kith_buf *token = tokens->refresh.len > 0 ? &tokens->refresh : &tokens->access;
    struct kith_store_account here;

    if (tokens->uid[0] != '\0' &&
        kith_store_account_by_uid(s->k->store, s->source, tokens->uid, &here, NULL) == KITH_OK &&
        here.public_face.state != KITH_ACCOUNT_SIGNED_OUT)
        return;
    (void)kith_oauth_revoke(http, &s->provider.provider, kith_buf_text(token), cancel); /* it runs out by itself else */
}

static struct kith_http *open_http(const struct kith_signin *s)
{
    char ca_file[KITH_SETTING_BYTES], proxy[KITH_SETTING_BYTES];
    const struct kith_http_config config = {.source = s->source, .ca_file = ca_file, .proxy = proxy};

    kith_config_get(s->k->config, KITH_SET_NETWORK_CA_FILE, ca_file);
    kith_config_get(s->k->config, KITH_SET_NETWORK_PROXY, proxy);
    return kith_http_new(&config);
}

static enum kith_status redeem(struct kith_signin *s, struct kith_http *http, struct kith_cancel *cancel,
                               struct kith_tokens *tokens, struct kith_error *err)
{
    enum kith_status st = await_answer(s, cancel, err);

    if (st != KITH_OK)
        return st;
    if (s->redirect.error[0] != '\0')
        return kith_oauth_redirect_error(&s->provider.provider, &s->redirect, err);
    return kith_oauth_redeem(http, &s->provider.provider, s->redirect.code, &s->pkce, s->redirect_uri, cancel, tokens,
                             err);
}

/* --- With a code for another device ---------------------------------------------------- */

struct waiting {
    struct kith_signin *signin;
    struct kith_cancel *cancel;
};

static bool sleep_unless_cancelled(void *ctx, int64_t ms)
{
    const struct waiting *waiting = ctx;
    const int64_t until_ms = kith_clock_monotonic_ms() + ms;

    for (int64_t left_ms = ms; left_ms > 0; left_ms = until_ms - kith_clock_monotonic_ms()) {
        watch(waiting->signin, waiting->cancel, left_ms);
        if (phase_of(waiting->signin) != PHASE_WAITING)
            return false;
    }
    return true;
}

static void hand_out(const struct kith_signin *s, const struct kith_device *device)
{
    const struct kith_device_code code = {
        .code = device->user_code, .address = device->address, .expires_at_s = kith_clock_now_s() + device->life_s};

    s->on_device_code(s->ctx, &code);
}

/* The other device's person has answered; from here on all is as with a browser. false: cancelled before. */
static bool claim_answered(struct kith_signin *s)
{
    bool answered;

    (void)pthread_mutex_lock(&s->lock);
    answered = s->phase == PHASE_WAITING;
    if (answered)
        set_phase(s, PHASE_ANSWERED, KITH_TAB_DONE);
    (void)pthread_mutex_unlock(&s->lock);
    return answered;
}

static enum kith_status redeem_device(struct kith_signin *s, struct kith_http *http, struct kith_cancel *cancel,
                                      struct kith_tokens *tokens, struct kith_error *err)
{
    struct waiting waiting = {.signin = s, .cancel = cancel};
    KITH_AUTO_DONE(kith_device) device;
    enum kith_status st;

    kith_device_init(&device);
    st = kith_device_ask(http, &s->provider.provider, cancel, &device, err);
    if (st == KITH_OK && phase_of(s) != PHASE_WAITING)
        st = fail_cancelled(err);
    if (st != KITH_OK)
        return st;
    hand_out(s, &device);
    st = kith_device_await(http, &s->provider.provider, &device, sleep_unless_cancelled, &waiting, cancel, tokens, err);
    return st != KITH_OK || claim_answered(s) ? st : fail_cancelled(err);
}

/* --- The account ------------------------------------------------------------------------- */

static bool is_taken(struct kith *k, const char *name)
{
    struct kith_store_account account;

    return kith_store_account_by_name(k->store, name, &account, NULL) == KITH_OK;
}

/* An account without an organization behind it is the person's own. */
static const char *stem_of(const struct kith_signin *s, const struct kith_tokens *tokens)
{
    if (s->source == KITH_SOURCE_GOOGLE)
        return tokens->tenant[0] != '\0' ? "work" : "home";
    return strcmp(tokens->tenant, personal_tenant) == 0 ? "personal" : "work";
}

/* "work", "personal", "home"; then "work-2" and so on. */
static void invent_name(const struct kith_signin *s, const struct kith_tokens *tokens, char *out, size_t out_size)
{
    const char *stem = stem_of(s, tokens);

    (void)kith_text_copy(out, out_size, stem);
    for (int i = 2; is_taken(s->k, out); i++)
        (void)kith_text_format(out, out_size, "%s-%d", stem, i);
}

static enum kith_status fail_somebody_else(const struct kith_account *again, const struct kith_tokens *tokens,
                                           struct kith_error *err)
{
    (void)kith_fail_reason(err, KITH_E_USAGE, KITH_REASON_OTHER_PERSON, "\"%s\" belongs to %s, but %s signed in",
                           again->name, again->identity, tokens->identity);
    if (err)
        (void)kith_text_copy(err->other, sizeof(err->other), again->identity); /* cut: it is only shown */
    return KITH_E_USAGE;
}

/* before: the account as it is here already; without an id when it is new. */
static enum kith_status fill_account(const struct kith_signin *s, const struct kith_tokens *tokens,
                                     struct kith_store_account *before, struct kith_store_account *account,
                                     struct kith_error *err)
{
    struct kith_account *face = &account->public_face;
    enum kith_status st = kith_store_account_by_uid(s->k->store, s->source, tokens->uid, before, err);

    if (st != KITH_OK && st != KITH_E_NOT_FOUND)
        return st;
    *account = *before;
    if (s->again.public_face.id != 0 && face->id != s->again.public_face.id)
        return fail_somebody_else(&s->again.public_face, tokens, err);
    if (st == KITH_E_NOT_FOUND) {
        *account = (struct kith_store_account){.public_face = {.source = s->source, .n_reported = -1}};
        (void)kith_text_copy(account->uid, sizeof(account->uid), tokens->uid);
        invent_name(s, tokens, face->name, sizeof(face->name));
    }
    if (s->name[0] != '\0')
        (void)kith_text_copy(face->name, sizeof(face->name), s->name);
    (void)kith_text_copy(face->identity, sizeof(face->identity), tokens->identity);
    face->state = face->last_import_s > 0 ? KITH_ACCOUNT_READY : KITH_ACCOUNT_NEW;
    face->last_error = (struct kith_error){0};
    if (st == KITH_E_NOT_FOUND && err)
        kith_error_clear(err);
    return KITH_OK;
}

/* From here on it is done, and a cancel comes too late. false: one came before. */
static bool claim_done(struct kith_signin *s, const struct kith_cancel *cancel)
{
    bool done;

    (void)pthread_mutex_lock(&s->lock);
    done = s->phase == PHASE_ANSWERED && !kith_cancel_is_set(cancel);
    if (done)
        set_phase(s, PHASE_DONE, KITH_TAB_DONE);
    (void)pthread_mutex_unlock(&s->lock);
    return done;
}

/* The account as it was; what goes wrong here is not told, as what led here is. */
static void put_account_back(struct kith_signin *s, struct kith_store_account *before, int64_t account_id)
{
    if (before->public_face.id == 0)
        (void)kith_store_account_remove(s->k->store, account_id, NULL);
    else
        (void)kith_store_account_save(s->k->store, before, NULL);
}

/* The account first: tokens without one would be a sign-in that nobody sees and nobody can end. */
static enum kith_status keep_account(struct kith_signin *s, const struct kith_tokens *tokens,
                                     const struct kith_cancel *cancel, struct kith_store_account *before,
                                     struct kith_store_account *account, struct kith_error *err)
{
    struct kith_buf tokens_before;
    bool in_vain = false; /* the account is saved, the sign-in is not */
    enum kith_status st = kith_tokens_look_at(s->k, account, &tokens_before, err);

    if (st == KITH_OK)
        st = kith_store_account_save(s->k->store, account, err);
    if (st == KITH_OK) {
        st = kith_tokens_keep(s->k, account, tokens, err);
        in_vain = st != KITH_OK;
    }
    if (st == KITH_OK && !claim_done(s, cancel)) {
        st = fail_cancelled(err);
        in_vain = kith_tokens_put_back(s->k, account, &tokens_before, NULL) == KITH_OK;
    }
    if (in_vain)
        put_account_back(s, before, account->public_face.id);
    kith_buf_done_secret(&tokens_before);
    return st;
}

static enum kith_status keep(struct kith_signin *s, const struct kith_tokens *tokens, const struct kith_cancel *cancel,
                             struct kith_account *ret, struct kith_error *err)
{
    struct kith_store_account before = {0}, account;
    enum kith_status st = fill_account(s, tokens, &before, &account, err);

    if (st == KITH_OK)
        st = keep_account(s, tokens, cancel, &before, &account, err);
    if (st == KITH_OK)
        *ret = account.public_face;
    return st;
}

/* Tokens, by the way that was chosen. */
static enum kith_status obtain(struct kith_signin *s, struct kith_cancel *cancel, struct kith_tokens *tokens,
                               struct kith_error *err)
{
    KITH_AUTO(kith_http) http = open_http(s);
    enum kith_status st =
        s->on_device_code ? redeem_device(s, http, cancel, tokens, err) : redeem(s, http, cancel, tokens, err);

    if (st == KITH_E_PERMISSION_MISSING)
        give_back(s, http, cancel, tokens);
    if (st == KITH_E_CANCELLED)
        return fail_cancelled(err);
    if (st == KITH_OK && tokens->uid[0] == '\0')
        return kith_fail(err, KITH_E_SERVICE, "the answer does not say who signed in");
    return st == KITH_OK && phase_of(s) == PHASE_CANCELLED ? fail_cancelled(err) : st;
}

static enum kith_status conduct(struct kith_signin *s, struct kith_cancel *cancel, struct kith_account *ret,
                                struct kith_error *err)
{
    KITH_AUTO_DONE(kith_tokens) tokens;
    enum kith_status st;

    kith_tokens_init(&tokens);
    st = obtain(s, cancel, &tokens, err);
    if (st == KITH_OK)
        st = keep(s, &tokens, cancel, ret, err);
    if (st != KITH_OK && err && err->identity[0] == '\0')
        (void)kith_text_copy(err->identity, sizeof(err->identity), tokens.identity);
    return st;
}

/* What a tab is told, and one that comes late: a permission that was given must not be called refused. */
static enum kith_tab tab_of_failure(const struct kith_signin *s, enum kith_status st)
{
    bool declined = s->redirect.error[0] != '\0';

    return st == KITH_E_SIGNIN_EXPIRED || (st == KITH_E_SIGNIN_CANCELLED && !declined) ? KITH_TAB_CANCELLED
                                                                                       : KITH_TAB_DECLINED;
}

static void settle_failure(struct kith_signin *s, enum kith_status st)
{
    (void)pthread_mutex_lock(&s->lock);
    if (s->phase != PHASE_CANCELLED)
        set_phase(s, PHASE_FAILED, tab_of_failure(s, st));
    (void)pthread_mutex_unlock(&s->lock);
}

enum kith_status kith_signin_wait(struct kith_signin *s, struct kith_cancel *cancel, struct kith_account *ret,
                                  struct kith_error *err)
{
    struct kith_error own_error = {0};
    enum kith_status st;

    if (!err)
        err = &own_error;
    st = conduct(s, cancel, ret, err);
    if (st == KITH_OK)
        return st;
    settle_failure(s, st);
    err->source = s->source;
    err->signing_in = true;
    err->by_code = s->on_device_code != NULL;
    if (err->identity[0] == '\0')
        (void)kith_text_copy(err->identity, sizeof(err->identity), s->again.public_face.identity);
    if (err->account[0] == '\0')
        (void)kith_text_copy(err->account, sizeof(err->account), s->again.public_face.name);
    if (st == KITH_E_PERMISSION_MISSING)
        kith_error_add_admin_link(s->k, s->source, err);
    return st;
}

/* --- The administrator's link --------------------------------------------------------- */

/* Whose administrator: the configured tenant's, else the one of the person's domain, else any organization's. */
static const char *admin_tenant(const struct kith_provider_in_use *provider, const struct kith_error *err)
{
    static const char *const shared[] = {"common", "organizations", "consumers"};
    const char *at = strrchr(err->identity, '@');
    bool own = true;

    for (size_t i = 0; i < KITH_COUNT_OF(shared); i++)
        own = own && strcmp(provider->tenant, shared[i]) != 0;
    if (own)
        return provider->tenant;
    return at ? at + 1 : "";
}

void kith_error_add_admin_link(struct kith *k, enum kith_source source, struct kith_error *err)
{
    struct kith_provider_in_use provider;

    if (!err || err->link[0] != '\0' || kith_provider_get(k->config, source, &provider, NULL) != KITH_OK ||
        provider.provider.admin_consent_url[0] == '\0')
        return;
    if (!kith_oauth_admin_url(&provider.provider, admin_tenant(&provider, err), "http://localhost", err->link,
                              sizeof(err->link)))
        err->link[0] = '\0';
}

/* Who signs in is known only when an account is signed in again; the link then is for that domain alone. */
void kith_signin_approval(const struct kith_signin *s, struct kith_error *ret)
{
    (void)kith_fail_reason(ret, KITH_E_PERMISSION_MISSING,
                           s->source == KITH_SOURCE_GOOGLE ? KITH_REASON_BLOCKED : KITH_REASON_MANAGED,
                           "an administrator may have to allow that contacts are read");
    ret->source = s->source;
    (void)kith_text_copy(ret->account, sizeof(ret->account), s->again.public_face.name);
    (void)kith_text_copy(ret->identity, sizeof(ret->identity), s->again.public_face.identity);
    kith_error_add_admin_link(s->k, s->source, ret);
}
