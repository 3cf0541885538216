/* SPDX-License-Identifier: MIT */
/*
 * fetch_google.c - asks Google for groups and pages of people; see fetch_google.h.
 *
 * Before: engine/ has an account and a way to get access tokens for it.
 * After:  parse/ reads the bytes of each page and says which token it holds.
 *
 * http/ waits where Google asks for patience and tries again what may pass by itself; here a refused access token is
 * replaced once, and a page that came damaged is asked for again.
 */
#include "fetch/fetch_google.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "fetch/fetch_ask.h"
#include "fetch/fetch_google_inside.h"
#include "fetch/link.h"

enum {
    PAGE_BYTES = 64 * 1024 * 1024, /* ceiling of one page */
    URL_BYTES = 64 * 1024,         /* with two tokens in it, every byte of them encoded */
};

#define FIELDS                                                                                                         \
    "personFields=names,nicknames,emailAddresses,phoneNumbers,addresses,organizations,birthdays,events,urls,photos,"   \
    "biographies,relations,imClients,sipAddresses,userDefined,memberships,metadata,externalIds,miscKeywords,genders,"  \
    "occupations,locations,calendarUrls"
#define SOURCES "sources=READ_SOURCE_TYPE_CONTACT" /* what people wrote themselves, not what a profile says */

/* 1,000 is the largest page. */
static const char question[] = FIELDS "&" SOURCES "&pageSize=1000&requestSyncToken=true";
static const char question_of_person[] = FIELDS "&" SOURCES;
static const char question_of_groups[] = "groupFields=groupType,metadata,name&pageSize=1000";

/* Labels and formatted names come in the language asked for: always the same, so that they compare. */
static const char language[] = "en-US";

struct kith_fetch_google {
    struct kith_http *http;
    char *people, *account;
    struct kith_fetch_google_options options;

    struct kith_buf token;
    bool refused; /* the newest token was refused and replaced, and nothing was answered since */

    char *current;              /* the address that was given last */
    int n_retries;              /* of it */
    struct kith_link_set given; /* pages of people, by their addresses */
};

struct kith_http *kith_fetch_google_http(struct kith_fetch_google *fetch)
{
    return fetch->http;
}

const struct kith_cancel *kith_fetch_google_cancel(const struct kith_fetch_google *fetch)
{
    return fetch->options.cancel;
}

const char *kith_fetch_google_root(const struct kith_fetch_google *fetch)
{
    return fetch->people;
}

const char *kith_fetch_google_question(void)
{
    return question;
}

struct kith_fetch_google *kith_fetch_google_new(struct kith_http *http, const struct kith_fetch_google_options *options)
{
    struct kith_fetch_google *fetch = kith_xnew(struct kith_fetch_google);

    fetch->http = http;
    fetch->options = *options;
    fetch->people = kith_xstrdup(options->people);
    fetch->account = kith_xstrdup(options->account);
    kith_buf_init_secret(&fetch->token, KITH_FETCH_TOKEN_BYTES);
    return fetch;
}

void kith_fetch_google_free(struct kith_fetch_google *fetch)
{
    if (!fetch)
        return;
    kith_link_set_done(&fetch->given);
    kith_buf_done_secret(&fetch->token);
    free(fetch->current);
    free(fetch->people);
    free(fetch->account);
    free(fetch);
}

void kith_fetch_google_restart(struct kith_fetch_google *fetch)
{
    kith_link_set_done(&fetch->given);
    fetch->n_retries = 0;
}

/* --- Failing ------------------------------------------------------------- */

/* Every failure leaves through here: the account has its name. */
static enum kith_status give_up(const struct kith_fetch_google *fetch, enum kith_status status, struct kith_error *err)
{
    return kith_fetch_blame(KITH_SOURCE_GOOGLE, fetch->account, status, err);
}

static enum kith_status give_up_service(const struct kith_fetch_google *fetch, struct kith_error *err,
                                        const char *message)
{
    return give_up(fetch, kith_fail(err, KITH_E_SERVICE, "%s", message), err);
}

/* --- Tokens -------------------------------------------------------------- */

static enum kith_status get_token(struct kith_fetch_google *fetch, bool force, struct kith_error *err)
{
    return kith_fetch_token(fetch->options.token, fetch->options.token_ctx, force, &fetch->token, err);
}

/* After a 401. *ret_again: ask again, with a fresh token; else the answer is final. */
static enum kith_status after_refusal(struct kith_fetch_google *fetch, bool *ret_again, struct kith_error *err)
{
    *ret_again = !fetch->refused;
    if (fetch->refused)
        return KITH_OK;
    fetch->refused = true;
    kith_log_debug(KITH_LOG_FETCH, "the access token was refused, asking for a fresh one");
    return get_token(fetch, /* force= */ true, err);
}

/* --- Asking -------------------------------------------------------------- */

static enum kith_status ask_once(struct kith_fetch_google *fetch, struct kith_http_response *response,
                                 struct kith_error *err)
{
    const struct kith_http_request request = {
        .url = fetch->current,
        .bearer = kith_buf_text(&fetch->token),
        .language = language,
        .max_bytes = PAGE_BYTES,
        .patience_ms = kith_fetch_google_patience_ms,
    };

    kith_http_response_done(response);
    return kith_http_perform(fetch->http, &request, fetch->options.cancel, response, err);
}

/* fetch->current, until there is an answer that a fresh token or another try would not change. */
static enum kith_status ask(struct kith_fetch_google *fetch, struct kith_http_response *response,
                            struct kith_error *err)
{
    enum kith_status st = fetch->token.len == 0 ? get_token(fetch, /* force= */ false, err) : KITH_OK;
    bool again = st == KITH_OK;

    while (again) {
        again = false;
        st = ask_once(fetch, response, err);
        if (st != KITH_OK)
            break;
        if (response->status == 401)
            st = after_refusal(fetch, &again, err);
        else if (response->status == 200 && !kith_fetch_is_json(response))
            st = kith_fetch_retry(&fetch->n_retries, fetch->options.cancel, &again, err);
        if (st != KITH_OK)
            again = false;
    }
    if (st != KITH_OK)
        return give_up(fetch, st, err);
    if (response->status == 200 && !kith_fetch_is_json(response))
        return give_up_service(fetch, err, "a page of contacts is not JSON");
    if (response->status == 200)
        fetch->refused = false;
    return KITH_OK;
}

static void take_body(struct kith_http_response *response, struct kith_buf *body)
{
    kith_buf_done(body);
    *body = response->body;
    response->body = (struct kith_buf){0};
}

/* What is asked for next; the tries of what was asked for before do not count any more. */
static void go_to(struct kith_fetch_google *fetch, struct kith_buf *url)
{
    free(fetch->current);
    fetch->current = kith_buf_take_text(url);
    fetch->n_retries = 0;
}

/* --- Addresses ----------------------------------------------------------- */

static void begin_address(const struct kith_fetch_google *fetch, struct kith_buf *url, const char *path,
                          const char *query)
{
    kith_buf_init(url, URL_BYTES);
    (void)kith_buf_addf(url, "%s%s?%s", fetch->people, path, query);
}

/* A token may hold anything that is visible. */
static void add_token(struct kith_buf *url, const char *name, const char *token)
{
    size_t room = strlen(token) * 3 + 1;
    char *encoded;

    if (token[0] == '\0')
        return;
    (void)kith_buf_addf(url, "&%s=", name);
    encoded = kith_buf_reserve(url, room);
    if (!encoded || !kith_percent_encode(token, encoded, room)) {
        url->full = true;
        return;
    }
    url->len += strlen(encoded);
}

/* "people/c1": nothing that could lead elsewhere. */
static bool is_name(const char *name)
{
    const char *rest = kith_text_starts_with(name, "people/") ? name + strlen("people/") : "";

    return rest[0] != '\0' &&
           rest[strspn(rest, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")] == '\0';
}

/* --- What can be asked for ------------------------------------------------ */

enum kith_status kith_fetch_google_groups(struct kith_fetch_google *fetch, const char *page_token,
                                          struct kith_buf *body, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_DONE(kith_buf) url;
    enum kith_google_trouble trouble;
    enum kith_status st;

    begin_address(fetch, &url, "/v1/contactGroups", question_of_groups);
    add_token(&url, "pageToken", page_token);
    if (url.full)
        return give_up_service(fetch, err, "the token of a page is too long");
    go_to(fetch, &url);
    st = ask(fetch, &response, err);
    if (st == KITH_OK && response.status != 200)
        st = give_up(fetch, kith_fetch_google_error(&response, fetch->options.first_time, &trouble, err), err);
    if (st == KITH_OK)
        take_body(&response, body);
    return st;
}

/* An answer that is no page: perhaps only a token is no longer good. */
static enum kith_status judge(const struct kith_fetch_google *fetch, const struct kith_http_response *response,
                              const char *sync_token, const char *page_token, enum kith_google_answer *ret_answer,
                              struct kith_error *err)
{
    enum kith_google_trouble trouble;
    enum kith_status st = kith_fetch_google_error(response, fetch->options.first_time, &trouble, err);

    if (trouble == KITH_GOOGLE_TROUBLE_SYNC_TOKEN && sync_token[0] != '\0')
        *ret_answer = KITH_GOOGLE_EXPIRED;
    else if (trouble == KITH_GOOGLE_TROUBLE_BAD_REQUEST && page_token[0] != '\0')
        *ret_answer = KITH_GOOGLE_NO_PLACE; /* the same question was good for the first page */
    else
        return give_up(fetch, st, err);
    if (err)
        kith_error_clear(err);
    return KITH_OK;
}

enum kith_status kith_fetch_google_page(struct kith_fetch_google *fetch, const char *sync_token, const char *page_token,
                                        struct kith_buf *body, enum kith_google_answer *ret_answer,
                                        struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_DONE(kith_buf) url;
    enum kith_status st;

    begin_address(fetch, &url, "/v1/people/me/connections", question);
    add_token(&url, "syncToken", sync_token);
    add_token(&url, "pageToken", page_token);
    if (url.full)
        return give_up_service(fetch, err, "the token of a page is too long");
    if (kith_link_set_has(&fetch->given, kith_buf_text(&url)))
        return give_up_service(fetch, err, "the pages of contacts lead in a circle");
    kith_link_set_add(&fetch->given, kith_buf_text(&url));
    go_to(fetch, &url);
    st = ask(fetch, &response, err);
    if (st != KITH_OK)
        return st;
    if (response.status != 200)
        return judge(fetch, &response, sync_token, page_token, ret_answer, err);
    kith_log_debug(KITH_LOG_FETCH, "page of %zu bytes, %zu asked for", response.body.len, fetch->given.n);
    take_body(&response, body);
    *ret_answer = KITH_GOOGLE_PAGE;
    return KITH_OK;
}

enum kith_status kith_fetch_google_person(struct kith_fetch_google *fetch, const char *name, struct kith_buf *body,
                                          bool *ret_there, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    enum kith_google_trouble trouble;
    char path[512];
    enum kith_status st;

    *ret_there = false;
    if (!is_name(name) || !kith_text_format(path, sizeof(path), "/v1/%s", name))
        return KITH_OK; /* nobody's name that could be asked for */
    KITH_AUTO_DONE(kith_buf) url;
    begin_address(fetch, &url, path, question_of_person);
    go_to(fetch, &url);
    st = ask(fetch, &response, err);
    if (st != KITH_OK)
        return st;
    *ret_there = response.status == 200;
    if (*ret_there) {
        take_body(&response, body);
        return KITH_OK;
    }
    st = kith_fetch_google_error(&response, fetch->options.first_time, &trouble, err);
    if (trouble != KITH_GOOGLE_TROUBLE_NOT_FOUND)
        return give_up(fetch, st, err);
    if (err)
        kith_error_clear(err);
    return KITH_OK;
}

enum kith_status kith_fetch_google_retry(struct kith_fetch_google *fetch, struct kith_buf *body, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    enum kith_google_trouble trouble;
    bool again = false;

    if (!fetch->current)
        return kith_fail(err, KITH_E_INTERNAL, "no page was given that could be asked for again");
    enum kith_status st = kith_fetch_retry(&fetch->n_retries, fetch->options.cancel, &again, err);
    if (st != KITH_OK || !again)
        return give_up(fetch, st != KITH_OK ? st : KITH_E_SERVICE, err);
    kith_log_debug(KITH_LOG_FETCH, "a page could not be read, asking for it again");
    st = ask(fetch, &response, err);
    if (st == KITH_OK && response.status != 200)
        st = give_up(fetch, kith_fetch_google_error(&response, fetch->options.first_time, &trouble, err), err);
    if (st == KITH_OK)
        take_body(&response, body);
    return st;
}
