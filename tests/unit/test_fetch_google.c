/* SPDX-License-Identifier: MIT */
/*
 * test_fetch_google.c - groups, pages and persons asked for at a tiny server (src/fetch/fetch_google.c), and what error
 * answers mean (src/fetch/fetch_google_error.c).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <kith/contact.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"
#include "fetch/fetch_google.h"
#include "tiny_server.h"

struct google {
    struct tiny_server *server;
    struct kith_http *http;
    struct kith_fetch_google *fetch;
    struct kith_fetch_google_options options;
    char root[64];
    tiny_fn fn; /* writes an answer that is not "{}"; NULL: none */
    int n_tokens, n_forced;
    char target[4096], headers[16384]; /* of the last request */
};

static enum kith_status give_token(void *ctx, bool force, struct kith_buf *out, struct kith_error *err)
{
    struct google *g = ctx;

    (void)err;
    g->n_tokens++;
    g->n_forced += force;
    return kith_buf_addf(out, "token-%d", g->n_tokens) ? KITH_OK : KITH_E_INTERNAL;
}

static void on_request(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct google *g = ctx;

    (void)kith_text_copy(g->target, sizeof(g->target), request->target);
    (void)kith_text_copy(g->headers, sizeof(g->headers), request->headers);
    (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Content-Type: application/json; charset=UTF-8\r\n");
    if (g->fn)
        g->fn(g, request, reply);
    else
        (void)kith_buf_add_text(&reply->body, "{}");
}

static struct google *begin(tiny_fn fn)
{
    const struct kith_http_config config = {.source = KITH_SOURCE_GOOGLE, .ca_file = "", .proxy = "", .backoff_ms = 20};
    struct google *g = kith_xnew(struct google);

    g->fn = fn;
    g->server = tiny_server_start(on_request, g);
    g->http = kith_http_new(&config);
    (void)snprintf(g->root, sizeof(g->root), "http://127.0.0.1:%d", tiny_server_port(g->server));
    g->options =
        (struct kith_fetch_google_options){.people = g->root, .account = "home", .token = give_token, .token_ctx = g};
    g->fetch = kith_fetch_google_new(g->http, &g->options);
    return g;
}

static void end(struct google *g)
{
    kith_fetch_google_free(g->fetch);
    kith_http_free(g->http);
    tiny_server_stop(g->server);
    free(g);
}

static enum kith_status page(struct google *g, const char *sync, const char *place, enum kith_google_answer *answer,
                             struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) body;

    kith_buf_init(&body, 1024 * 1024);
    *err = (struct kith_error){0};
    return kith_fetch_google_page(g->fetch, sync, place, &body, answer, err);
}

/* --- Asking ------------------------------------------------------------------------- */

static void fetch_google__asks_for_all_fields_in_one_language(void **state)
{
    (void)state;
    struct google *g = begin(NULL);
    enum kith_google_answer answer;
    struct kith_error err;

    assert_int_equal(page(g, "", "", &answer, &err), KITH_OK);
    assert_int_equal(answer, KITH_GOOGLE_PAGE);
    assert_true(kith_text_starts_with(g->target, "/v1/people/me/connections?personFields=names,"));
    assert_non_null(strstr(g->target, "&pageSize=1000&requestSyncToken=true"));
    assert_non_null(strstr(g->target, "&sources=READ_SOURCE_TYPE_CONTACT"));
    assert_null(strstr(g->target, "fileAses")); /* refused, although persons have it */
    assert_null(strstr(g->target, "oken=&"));
    assert_non_null(strstr(g->headers, "Accept-Language: en-US\r\n"));
    assert_non_null(strstr(g->headers, "Authorization: Bearer token-1\r\n"));
    assert_non_null(strstr(g->headers, "(gzip)")); /* else Google compresses nothing */
    end(g);
}

static void fetch_google__every_page_repeats_the_question(void **state)
{
    (void)state;
    struct google *g = begin(NULL);
    enum kith_google_answer answer;
    struct kith_error err;

    assert_int_equal(page(g, "s/=", "p+&", &answer, &err), KITH_OK);
    assert_non_null(strstr(g->target, kith_fetch_google_question()));
    assert_non_null(strstr(g->target, "&syncToken=s%2F%3D&pageToken=p%2B%26"));
    end(g);
}

static void fetch_google__groups_and_persons_have_their_addresses(void **state)
{
    (void)state;
    struct google *g = begin(NULL);
    struct kith_error err = {0};
    KITH_AUTO_DONE(kith_buf) body;
    bool there;

    kith_buf_init(&body, 1024 * 1024);
    assert_int_equal(kith_fetch_google_groups(g->fetch, "g1", &body, &err), KITH_OK);
    assert_true(kith_text_starts_with(g->target, "/v1/contactGroups?"));
    assert_non_null(strstr(g->target, "pageSize=1000&pageToken=g1"));
    assert_int_equal(kith_fetch_google_person(g->fetch, "people/c1", &body, &there, &err), KITH_OK);
    assert_true(there);
    assert_true(kith_text_starts_with(g->target, "/v1/people/c1?personFields="));
    assert_string_equal(kith_buf_text(&body), "{}");
    assert_int_equal(kith_fetch_google_person(g->fetch, "people/../me", &body, &there, &err), KITH_OK);
    assert_false(there);
    assert_int_equal(tiny_server_requests(g->server), 2);
    end(g);
}

static void fetch_google__pages_that_lead_back_are_refused(void **state)
{
    (void)state;
    struct google *g = begin(NULL);
    enum kith_google_answer answer;
    struct kith_error err;

    assert_int_equal(page(g, "", "p1", &answer, &err), KITH_OK);
    assert_int_equal(page(g, "", "p2", &answer, &err), KITH_OK);
    assert_int_equal(page(g, "", "p1", &answer, &err), KITH_E_SERVICE);
    assert_non_null(strstr(err.message, "circle"));
    assert_string_equal(err.account, "home");
    kith_fetch_google_restart(g->fetch);
    assert_int_equal(page(g, "", "p1", &answer, &err), KITH_OK);
    end(g);
}

/* --- What goes wrong ------------------------------------------------------------------ */

static void refuse_first_token(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    reply->status = strstr(request->headers, "token-1\r\n") ? 401 : 200;
    (void)kith_buf_add_text(&reply->body, "{}");
}

static void refuse_every_token(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 401;
}

static void fetch_google__a_refused_token_is_replaced_once(void **state)
{
    (void)state;
    enum kith_google_answer answer;
    struct kith_error err;
    struct google *g = begin(refuse_first_token);

    assert_int_equal(page(g, "", "", &answer, &err), KITH_OK);
    assert_int_equal(g->n_forced, 1);
    end(g);
    g = begin(refuse_every_token);
    assert_int_equal(page(g, "", "", &answer, &err), KITH_E_SIGNIN_NEEDED);
    assert_int_equal(g->n_forced, 1);
    assert_int_equal(tiny_server_requests(g->server), 2);
    end(g);
}

static const char expired[] =
    "{\"error\":{\"code\":400,\"message\":\"Sync token is expired. Clear local cache and retry call without the sync "
    "token.\",\"status\":\"INVALID_ARGUMENT\",\"details\":[{\"@type\":\"type.googleapis.com/google.rpc.ErrorInfo\","
    "\"reason\":\"EXPIRED_SYNC_TOKEN\",\"domain\":\"people.googleapis.com\"}]}}";

static void answer_expired(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 400;
    (void)kith_buf_add_text(&reply->body, expired);
}

static void fetch_google__an_expired_token_is_an_answer(void **state)
{
    (void)state;
    struct google *g = begin(answer_expired);
    enum kith_google_answer answer;
    struct kith_error err;

    assert_int_equal(page(g, "s", "", &answer, &err), KITH_OK);
    assert_int_equal(answer, KITH_GOOGLE_EXPIRED);
    assert_int_equal(err.status, KITH_OK);
    assert_int_equal(page(g, "s", "p", &answer, &err), KITH_OK);
    assert_int_equal(answer, KITH_GOOGLE_EXPIRED);
    assert_int_equal(page(g, "", "", &answer, &err), KITH_E_SERVICE); /* nobody gave one */
    end(g);
}

static void answer_bad_request(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 400;
    (void)kith_buf_add_text(&reply->body, "{\"error\":{\"code\":400,\"status\":\"FAILED_PRECONDITION\"}}");
}

static void fetch_google__a_bad_request_means_the_page_s_token_where_there_is_one(void **state)
{
    (void)state;
    struct google *g = begin(answer_bad_request);
    enum kith_google_answer answer;
    struct kith_error err;

    assert_int_equal(page(g, "", "p", &answer, &err), KITH_OK);
    assert_int_equal(answer, KITH_GOOGLE_NO_PLACE);
    assert_int_equal(page(g, "s", "", &answer, &err), KITH_E_SERVICE); /* a status alone says nothing about a token */
    assert_int_equal(page(g, "", "", &answer, &err), KITH_E_SERVICE);
    end(g);
}

static void answer_web_page_once(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (request->number == 1)
        (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Content-Type: text/html\r\n");
    (void)kith_buf_add_text(&reply->body, request->number == 1 ? "<html>" : "{}");
}

static void fetch_google__a_web_page_is_asked_again_for_json(void **state)
{
    (void)state;
    struct google *g = begin(answer_web_page_once);
    enum kith_google_answer answer;
    struct kith_error err;

    assert_int_equal(page(g, "", "", &answer, &err), KITH_OK);
    assert_int_equal(tiny_server_requests(g->server), 2);
    end(g);
}

static void fetch_google__a_damaged_page_is_fetched_again_twice(void **state)
{
    (void)state;
    struct google *g = begin(NULL);
    enum kith_google_answer answer;
    struct kith_error err;
    KITH_AUTO_DONE(kith_buf) body;

    kith_buf_init(&body, 1024 * 1024);
    assert_int_equal(page(g, "", "p", &answer, &err), KITH_OK);
    (void)kith_text_copy(err.message, sizeof(err.message), "the page is not JSON");
    err.status = KITH_E_SERVICE;
    assert_int_equal(kith_fetch_google_retry(g->fetch, &body, &err), KITH_OK);
    assert_non_null(strstr(g->target, "&pageToken=p"));
    assert_int_equal(kith_fetch_google_retry(g->fetch, &body, &err), KITH_OK);
    assert_int_equal(kith_fetch_google_retry(g->fetch, &body, &err), KITH_E_SERVICE);
    assert_string_equal(err.message, "the page is not JSON");
    assert_int_equal(tiny_server_requests(g->server), 3);
    end(g);
}

static void throttle_once(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    reply->status = request->number == 1 ? 403 : 200;
    (void)kith_buf_add_text(&reply->body,
                            request->number == 1
                                ? "{\"error\":{\"code\":403,\"errors\":[{\"domain\":\"usageLimits\",\"reason\":"
                                  "\"userRateLimitExceeded\"}]}}"
                                : "{}");
}

static void forbid(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 403;
    (void)kith_buf_add_text(&reply->body, "{\"error\":{\"code\":403,\"status\":\"PERMISSION_DENIED\"}}");
}

static void fetch_google__a_403_that_asks_for_patience_gets_it(void **state)
{
    (void)state;
    enum kith_google_answer answer;
    struct kith_error err;
    struct google *g = begin(throttle_once);

    assert_int_equal(page(g, "", "", &answer, &err), KITH_OK);
    assert_int_equal(tiny_server_requests(g->server), 2);
    end(g);
    g = begin(forbid);
    assert_int_equal(page(g, "", "", &answer, &err), KITH_E_PERMISSION_REMOVED);
    assert_int_equal(tiny_server_requests(g->server), 1);
    end(g);
}

static void nobody(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 404;
}

static void fetch_google__a_person_may_be_gone_a_list_may_not(void **state)
{
    (void)state;
    struct google *g = begin(nobody);
    enum kith_google_answer answer;
    struct kith_error err = {0};
    KITH_AUTO_DONE(kith_buf) body;
    bool there = true;

    kith_buf_init(&body, 1024 * 1024);
    assert_int_equal(kith_fetch_google_person(g->fetch, "people/c1", &body, &there, &err), KITH_OK);
    assert_false(there);
    assert_int_equal(page(g, "", "", &answer, &err), KITH_E_SERVICE);
    end(g);
}

/* --- Pictures ----------------------------------------------------------------------------- */

static void pictures(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    size_t n = strcmp(request->target, "/large") == 0 ? KITH_PHOTO_BYTES_MAX + 1 : 3;
    char *room = kith_buf_reserve(&reply->body, n);

    if (strcmp(request->target, "/cut") == 0)
        reply->manner = TINY_CUT;
    assert_non_null(room);
    memset(room, 'p', n);
    reply->body.len += n;
}

static void fetch_google__one_picture_too_large_takes_no_other_along(void **state)
{
    (void)state;
    static const char *const targets[] = {"/a", "/large", "/b", "/c"};
    struct google *g = begin(pictures);
    struct kith_photo_wish wishes[KITH_COUNT_OF(targets)] = {0};
    struct kith_picture photos[KITH_COUNT_OF(targets)] = {0};
    char urls[KITH_COUNT_OF(targets)][96];
    struct kith_error err = {0};

    for (size_t i = 0; i < KITH_COUNT_OF(targets); i++) {
        (void)snprintf(urls[i], sizeof(urls[i]), "%s%s", g->root, targets[i]);
        wishes[i].url = urls[i];
        photos[i].wish = &wishes[i];
    }
    assert_int_equal(kith_fetch_google_photos(g->fetch, photos, KITH_COUNT_OF(targets), &err), KITH_OK);
    for (size_t i = 0; i < KITH_COUNT_OF(targets); i++) {
        assert_true(photos[i].answered);
        assert_int_equal(photos[i].n_bytes, i == 1 ? 0 : 3);
        free(photos[i].bytes);
    }
    assert_int_equal(g->n_tokens, 0);
    end(g);
}

static void fetch_google__one_host_that_is_not_there_takes_no_other_along(void **state)
{
    (void)state;
    static const char *const targets[] = {"/a", "/cut", "/b"};
    struct google *g = begin(pictures);
    struct kith_photo_wish wishes[KITH_COUNT_OF(targets)] = {0};
    struct kith_picture photos[KITH_COUNT_OF(targets)] = {0};
    char urls[KITH_COUNT_OF(targets)][96];
    struct kith_error err = {0};

    for (size_t i = 0; i < KITH_COUNT_OF(targets); i++) {
        (void)snprintf(urls[i], sizeof(urls[i]), "%s%s", g->root, targets[i]);
        wishes[i].url = urls[i];
        photos[i].wish = &wishes[i];
    }
    assert_int_equal(kith_fetch_google_photos(g->fetch, photos, KITH_COUNT_OF(targets), &err), KITH_OK);
    assert_int_equal(photos[0].n_bytes, 3);
    assert_false(photos[1].answered); /* another time, perhaps */
    assert_int_equal(photos[2].n_bytes, 3);
    free(photos[0].bytes);
    free(photos[2].bytes);

    struct kith_picture alone = {.wish = &wishes[1]};
    assert_int_equal(kith_fetch_google_photos(g->fetch, &alone, 1, &err), KITH_E_OFFLINE);
    end(g);
}

static void fetch_google__no_picture_is_asked_for_on_this_device(void **state)
{
    (void)state;
    struct google *g = begin(pictures);
    const struct kith_photo_wish wishes[] = {{.url = "https://localhost/a"},
                                             {.url = "https://127.0.0.1:8443/a"},
                                             {.url = "https://[::1]/a"},
                                             {.url = "http://127.0.0.1:9/a"},
                                             {.url = "file:///etc/passwd"}};
    struct kith_error err = {0};

    for (size_t i = 0; i < KITH_COUNT_OF(wishes); i++) {
        struct kith_picture picture = {.wish = &wishes[i]};

        assert_int_equal(kith_fetch_google_photos(g->fetch, &picture, 1, &err), KITH_OK);
        assert_true(picture.answered);
        assert_null(picture.bytes);
    }
    assert_int_equal(kith_http_requests(g->http), 0);
    end(g);
}

/* --- Error answers ----------------------------------------------------------------------- */

struct meaning {
    int http_status;
    const char *json; /* ' stands for " */
    enum kith_status status;
    enum kith_reason reason;
    enum kith_google_trouble trouble;
};

#define INFO(reason) "{'error':{'code':0,'details':[{'@type':'x'},{'reason':'" reason "','domain':'googleapis.com'}]}}"
#define OLD(reason) "{'error':{'code':0,'errors':[{'domain':'global','reason':'" reason "'}]}}"

static const struct meaning meanings[] = {
    {401, INFO("ACCESS_TOKEN_EXPIRED"), KITH_E_SIGNIN_NEEDED, 0, KITH_GOOGLE_TROUBLE_OTHER},
    {401, "", KITH_E_SIGNIN_NEEDED, 0, KITH_GOOGLE_TROUBLE_OTHER},
    {403, INFO("ACCESS_TOKEN_SCOPE_INSUFFICIENT"), KITH_E_PERMISSION_REMOVED, 0, KITH_GOOGLE_TROUBLE_OTHER},
    {403, OLD("insufficientPermissions"), KITH_E_PERMISSION_REMOVED, 0, KITH_GOOGLE_TROUBLE_OTHER},
    {403, "<html>no</html>", KITH_E_PERMISSION_REMOVED, 0, KITH_GOOGLE_TROUBLE_OTHER},
    {403, INFO("SERVICE_DISABLED"), KITH_E_NOT_CONFIGURED, KITH_REASON_SERVICE_OFF, KITH_GOOGLE_TROUBLE_OTHER},
    {403, OLD("accessNotConfigured"), KITH_E_NOT_CONFIGURED, KITH_REASON_SERVICE_OFF, KITH_GOOGLE_TROUBLE_OTHER},
    {403, INFO("CONSUMER_SUSPENDED"), KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION, KITH_GOOGLE_TROUBLE_OTHER},
    {403, INFO("USER_BLOCKED_BY_ADMIN"), KITH_E_PERMISSION_MISSING, KITH_REASON_BLOCKED, KITH_GOOGLE_TROUBLE_OTHER},
    {403, INFO("ORG_RESTRICTION_VIOLATION"), KITH_E_PERMISSION_MISSING, KITH_REASON_BLOCKED, KITH_GOOGLE_TROUBLE_OTHER},
    {403, INFO("RATE_LIMIT_EXCEEDED"), KITH_E_THROTTLED, 0, KITH_GOOGLE_TROUBLE_THROTTLED},
    {403, OLD("quotaExceeded"), KITH_E_THROTTLED, 0, KITH_GOOGLE_TROUBLE_THROTTLED},
    {429, "", KITH_E_THROTTLED, 0, KITH_GOOGLE_TROUBLE_THROTTLED},
    {400, INFO("EXPIRED_SYNC_TOKEN"), KITH_E_SERVICE, 0, KITH_GOOGLE_TROUBLE_SYNC_TOKEN},
    {410, INFO("EXPIRED_SYNC_TOKEN"), KITH_E_SERVICE, 0, KITH_GOOGLE_TROUBLE_SYNC_TOKEN},
    {400, "{'error':{'message':'Sync token is expired. Clear local cache'}}", KITH_E_SERVICE, 0,
     KITH_GOOGLE_TROUBLE_SYNC_TOKEN},
    {400, "{'error':{'status':'FAILED_PRECONDITION'}}", KITH_E_SERVICE, 0, KITH_GOOGLE_TROUBLE_BAD_REQUEST},
    {400, "{'error':{'status':'INVALID_ARGUMENT','message':'Invalid personFields mask path'}}", KITH_E_SERVICE, 0,
     KITH_GOOGLE_TROUBLE_BAD_REQUEST},
    {404, OLD("notFound"), KITH_E_SERVICE, 0, KITH_GOOGLE_TROUBLE_NOT_FOUND},
    {500, OLD("backendError"), KITH_E_SERVICE, 0, KITH_GOOGLE_TROUBLE_OTHER},
    {302, "", KITH_E_SERVICE, 0, KITH_GOOGLE_TROUBLE_OTHER},
};

static enum kith_status understand(int http_status, const char *json, bool first_time,
                                   enum kith_google_trouble *trouble, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {.status = http_status};
    KITH_AUTO_STRING text = kith_xstrdup(json);

    for (char *c = text; *c != '\0'; c++)
        if (*c == '\'')
            *c = '"';
    kith_buf_init(&response.body, 64 * 1024);
    (void)kith_buf_add_text(&response.body, text);
    *err = (struct kith_error){0};
    return kith_fetch_google_error(&response, first_time, trouble, err);
}

static void fetch_google__each_error_means_one_thing(void **state)
{
    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(meanings); i++) {
        const struct meaning *m = &meanings[i];
        enum kith_google_trouble trouble;
        struct kith_error err;
        enum kith_status st = understand(m->http_status, m->json, false, &trouble, &err);

        if (st != m->status || err.reason != (int)m->reason || trouble != m->trouble)
            fail_msg("%d %s: status %d, reason %d, trouble %d", m->http_status, m->json, st, err.reason, trouble);
        assert_int_equal(err.source, KITH_SOURCE_GOOGLE);
        assert_int_equal(err.http_status, m->http_status);
    }
}

static void fetch_google__a_permission_that_never_worked_is_missing(void **state)
{
    (void)state;
    enum kith_google_trouble trouble;
    struct kith_error err;

    assert_int_equal(understand(403, INFO("ACCESS_TOKEN_SCOPE_INSUFFICIENT"), true, &trouble, &err),
                     KITH_E_PERMISSION_MISSING);
}

static void fetch_google__the_link_that_switches_the_service_on_is_kept(void **state)
{
    (void)state;
    enum kith_google_trouble trouble;
    struct kith_error err;

    (void)understand(403,
                     "{'error':{'details':[{'links':[{'url':'javascript:x'},{'url':'https://console.example/on?p=1'}]},"
                     "{'reason':'SERVICE_DISABLED'}]}}",
                     false, &trouble, &err);
    assert_string_equal(err.link, "https://console.example/on?p=1");
    assert_string_equal(err.setting, "google.client_id");
    (void)understand(403,
                     "{'error':{'message':'Enable it by visiting https://console.example/on?p=2 then retry.',"
                     "'errors':[{'reason':'accessNotConfigured'}]}}",
                     false, &trouble, &err);
    assert_string_equal(err.link, "https://console.example/on?p=2");
}

static void throttle_whole_listings(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 429;
    (void)kith_buf_add_text(&reply->body, "{\"error\":{\"code\":429,\"details\":[{\"violations\":[{\"description\":"
                                          "\"FBS quota limit exceeded\"}]}]}}");
}

static void fetch_google__the_quota_of_whole_listings_takes_minutes(void **state)
{
    (void)state;
    struct google *g = begin(throttle_whole_listings);
    enum kith_google_answer answer;
    struct kith_error err;

    assert_int_equal(page(g, "", "", &answer, &err), KITH_E_THROTTLED);
    assert_true(err.retry_at_s >= kith_clock_now_s() + 120);
    assert_int_equal(tiny_server_requests(g->server), 1); /* asking again soon would only be refused again */
    end(g);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fetch_google__asks_for_all_fields_in_one_language),
        cmocka_unit_test(fetch_google__every_page_repeats_the_question),
        cmocka_unit_test(fetch_google__groups_and_persons_have_their_addresses),
        cmocka_unit_test(fetch_google__pages_that_lead_back_are_refused),
        cmocka_unit_test(fetch_google__a_refused_token_is_replaced_once),
        cmocka_unit_test(fetch_google__an_expired_token_is_an_answer),
        cmocka_unit_test(fetch_google__a_bad_request_means_the_page_s_token_where_there_is_one),
        cmocka_unit_test(fetch_google__a_web_page_is_asked_again_for_json),
        cmocka_unit_test(fetch_google__a_damaged_page_is_fetched_again_twice),
        cmocka_unit_test(fetch_google__a_403_that_asks_for_patience_gets_it),
        cmocka_unit_test(fetch_google__a_person_may_be_gone_a_list_may_not),
        cmocka_unit_test(fetch_google__one_picture_too_large_takes_no_other_along),
        cmocka_unit_test(fetch_google__one_host_that_is_not_there_takes_no_other_along),
        cmocka_unit_test(fetch_google__no_picture_is_asked_for_on_this_device),
        cmocka_unit_test(fetch_google__each_error_means_one_thing),
        cmocka_unit_test(fetch_google__a_permission_that_never_worked_is_missing),
        cmocka_unit_test(fetch_google__the_link_that_switches_the_service_on_is_kept),
        cmocka_unit_test(fetch_google__the_quota_of_whole_listings_takes_minutes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
