/* SPDX-License-Identifier: MIT */
/* test_http_client.c - the client against a server on loopback that behaves and misbehaves (src/http/http.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

#include <cmocka.h>

#include "base/cancel.h"
#include "base/clock.h"
#include "base/text.h"
#include "http/http.h"
#include "tiny_server.h"

enum { BACKOFF_MS = 40 };

struct scene {
    struct tiny_server *server;
    struct kith_http *http;
    tiny_fn fn;
    char url[128];
    /* What a scene's function saw. */
    char headers[16384];
    char body[4096];
    int connections[16];
    int64_t at_ms[16];
    atomic_int n_waits; /* also read by the server's threads */
    int64_t wait_until_ms;
};

static void note(struct scene *scene, const struct tiny_request *request)
{
    (void)kith_text_copy(scene->headers, sizeof(scene->headers), request->headers);
    (void)kith_text_copy(scene->body, sizeof(scene->body), request->body);
    if (request->number <= 16) {
        scene->connections[request->number - 1] = request->connection;
        scene->at_ms[request->number - 1] = kith_clock_monotonic_ms();
    }
}

static void on_request(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct scene *scene = ctx;

    note(scene, request);
    scene->fn(scene, request, reply);
}

static void on_wait(void *ctx, int64_t wait_until_ms)
{
    struct scene *scene = ctx;

    scene->wait_until_ms = wait_until_ms;
    atomic_fetch_add(&scene->n_waits, 1);
}

static void begin(struct scene *scene, tiny_fn fn)
{
    const struct kith_http_config config = {
        .source = KITH_SOURCE_MICROSOFT365, .ca_file = "", .proxy = "", .backoff_ms = BACKOFF_MS};

    *scene = (struct scene){.fn = fn};
    scene->server = tiny_server_start(on_request, scene);
    scene->http = kith_http_new(&config);
    kith_http_on_wait(scene->http, on_wait, scene);
    (void)snprintf(scene->url, sizeof(scene->url), "http://127.0.0.1:%d/v1.0/me", tiny_server_port(scene->server));
}

static void end(struct scene *scene)
{
    kith_http_free(scene->http);
    tiny_server_stop(scene->server);
}

static enum kith_status get(struct scene *scene, struct kith_http_response *response, struct kith_error *err)
{
    const struct kith_http_request request = {.url = scene->url};

    return kith_http_perform(scene->http, &request, NULL, response, err);
}

/* --- What a request says -------------------------------------------------- */

static void say_hello(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    (void)kith_text_copy(reply->headers, sizeof(reply->headers),
                         "Content-Type: application/json; charset=utf-8\r\nRequest-Id: 11-22\r\n"
                         "Date: Sun, 06 Nov 1994 08:49:37 GMT\r\n"
                         "WWW-Authenticate: Bearer error=\"insufficient_claims\"\r\n");
    (void)kith_buf_add_text(&reply->body, "{\"hello\":1}");
}

static void http__a_get_says_who_asks_for_what(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_hello);
    const struct kith_http_request request = {
        .url = scene.url, .bearer = "opaque", .prefer = "IdType=\"ImmutableId\"", .tag = 77};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    assert_int_equal(response.status, 200);
    assert_int_equal(response.tag, 77);
    assert_string_equal(kith_buf_text(&response.body), "{\"hello\":1}");
    assert_string_equal(response.content_type, "application/json; charset=utf-8");
    assert_string_equal(response.request_id, "11-22");
    assert_string_equal(response.www_authenticate, "Bearer error=\"insufficient_claims\"");
    assert_int_equal(response.date_s, 784111777);
    assert_non_null(strstr(scene.headers, "Authorization: Bearer opaque\r\n"));
    assert_non_null(strstr(scene.headers, "Accept: application/json\r\n"));
    assert_non_null(strstr(scene.headers, "Accept-Encoding: gzip\r\n"));
    assert_non_null(strstr(scene.headers, "User-Agent: kith/"));
    assert_non_null(strstr(scene.headers, "Prefer: IdType=\"ImmutableId\"\r\n"));
    assert_non_null(strstr(scene.headers, "client-request-id: "));
    kith_http_response_done(&response);
    assert_int_equal(kith_http_requests(scene.http), 1);
    end(&scene);
}

static void http__a_form_is_posted(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_hello);
    const struct kith_http_request request = {.url = scene.url, .form = "grant_type=x&code=y"};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    assert_string_equal(scene.body, "grant_type=x&code=y");
    assert_non_null(strstr(scene.headers, "Content-Type: application/x-www-form-urlencoded\r\n"));
    assert_null(strstr(scene.headers, "Authorization"));
    kith_http_response_done(&response);
    end(&scene);
}

static void http__connections_are_used_again(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_hello);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(get(&scene, &response, &err), KITH_OK);
        kith_http_response_done(&response);
    }
    assert_int_equal(scene.connections[2], 1);
    end(&scene);
}

static void http__odd_addresses_and_headers_are_refused_before_anything_is_sent(void **state)
{
    struct scene scene;
    struct kith_error err;
    (void)state;

    begin(&scene, say_hello);
    const struct kith_http_request plain = {.url = "http://graph.example/"};
    assert_int_equal(kith_http_submit(scene.http, &plain, &err), KITH_E_USAGE);
    const struct kith_http_request two_readings = {.url = "https://0x7f000001/"}; /* 127.0.0.1 to curl, a name to us */
    assert_true(kith_http_url_allowed(two_readings.url));
    assert_int_equal(kith_http_submit(scene.http, &two_readings, &err), KITH_E_USAGE);
    const struct kith_http_request split = {.url = scene.url, .bearer = "a\r\nX-Evil: 1"};
    assert_int_equal(kith_http_submit(scene.http, &split, &err), KITH_E_INTERNAL);
    assert_int_equal(kith_http_queued(scene.http), 0);
    assert_int_equal(tiny_server_requests(scene.server), 0);
    end(&scene);
}

static void redirect_away(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 302;
    (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Location: http://127.0.0.1:1/\r\n");
}

static void http__redirects_are_not_followed(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, redirect_away);
    assert_int_equal(get(&scene, &response, &err), KITH_OK);
    assert_int_equal(response.status, 302);
    kith_http_response_done(&response);
    end(&scene);
}

/* --- Bodies ---------------------------------------------------------------- */

/* 100,000 times the letter a. */
static const unsigned char gzipped[] = {
    0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02, 0x03, 0xed, 0xc1, 0x31, 0x01, 0x00, 0x00, 0x00, 0xc2, 0xa0,
    0xac, 0xeb, 0x5f, 0xc2, 0x1a, 0x1e, 0x40, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xaf, 0x06, 0x87, 0xfa, 0xe2, 0x1b, 0xa0, 0x86, 0x01, 0x00};

static void say_gzip(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Content-Encoding: gzip\r\n");
    (void)kith_buf_add(&reply->body, gzipped, sizeof(gzipped));
}

static void http__gzip_is_inflated_up_to_the_ceiling(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_gzip);
    struct kith_http_request request = {.url = scene.url, .max_bytes = 100000};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    assert_int_equal(response.body.len, 100000);
    kith_http_response_done(&response);
    request.max_bytes = 99999;
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_E_SERVICE);
    end(&scene);
}

static void say_damaged_gzip(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    say_gzip(ctx, request, reply);
    if (request->number == 1)
        reply->body.data[12] = '\xff';
}

static void http__damaged_gzip_is_asked_for_again(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_damaged_gzip);
    assert_int_equal(get(&scene, &response, &err), KITH_OK);
    assert_int_equal(response.body.len, 100000);
    assert_int_equal(tiny_server_requests(scene.server), 2);
    kith_http_response_done(&response);
    end(&scene);
}

static void say_much(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    char block[1024];

    (void)ctx;
    (void)request;
    memset(block, 'a', sizeof(block));
    for (int i = 0; i < 64; i++)
        (void)kith_buf_add(&reply->body, block, sizeof(block));
}

static void http__a_body_has_a_ceiling(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_much);
    struct kith_http_request request = {.url = scene.url, .max_bytes = 65535};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_E_SERVICE);
    assert_int_equal(err.source, KITH_SOURCE_MICROSOFT365);
    assert_int_equal(tiny_server_requests(scene.server), 1);
    request.max_bytes = 65536;
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    assert_int_equal(response.body.len, 65536);
    kith_http_response_done(&response);
    end(&scene);
}

static void http__a_body_over_its_ceiling_is_an_answer_for_whoever_expects_it(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_gzip);
    struct kith_http_request request = {.url = scene.url, .max_bytes = 99999, .over_is_answer = true, .tag = 3};
    assert_int_equal(kith_http_submit(scene.http, &request, &err), KITH_OK);
    request.max_bytes = 100000;
    request.tag = 4;
    assert_int_equal(kith_http_submit(scene.http, &request, &err), KITH_OK);
    for (int i = 0; i < 2; i++) {
        assert_int_equal(kith_http_wait(scene.http, NULL, &response, &err), KITH_OK);
        assert_int_equal(response.status, 200);
        assert_int_equal(response.over, response.tag == 3);
        assert_int_equal(response.body.len, response.tag == 3 ? 0 : 100000);
        kith_http_response_done(&response);
    }
    assert_int_equal(tiny_server_requests(scene.server), 2);
    end(&scene);
}

static void http__one_of_several_can_be_forgotten(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_much);
    struct kith_http_request request = {.url = scene.url, .tag = 1};
    assert_int_equal(kith_http_submit(scene.http, &request, &err), KITH_OK);
    request.tag = 2;
    assert_int_equal(kith_http_submit(scene.http, &request, &err), KITH_OK);
    kith_http_forget(scene.http, 1);
    kith_http_forget(scene.http, 7);
    assert_int_equal(kith_http_queued(scene.http), 1);
    assert_int_equal(kith_http_wait(scene.http, NULL, &response, &err), KITH_OK);
    assert_int_equal(response.tag, 2);
    kith_http_response_done(&response);
    end(&scene);
}

/* --- Patience --------------------------------------------------------------- */

static void throttle_once(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (request->number == 1) {
        reply->status = 429;
        (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Retry-After: 1.2\r\n");
    }
}

static void http__retry_after_is_obeyed_and_told(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, throttle_once);
    int64_t now_ms = kith_clock_now_ms();
    assert_int_equal(get(&scene, &response, &err), KITH_OK);
    assert_int_equal(response.status, 200);
    assert_true(scene.at_ms[1] - scene.at_ms[0] >= 1190);
    assert_int_equal(scene.n_waits, 1);
    assert_true(scene.wait_until_ms >= now_ms + 1200);
    assert_int_equal(scene.connections[1], scene.connections[0]);
    kith_http_response_done(&response);
    end(&scene);
}

static void throttle_until_a_date(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (request->number == 1) {
        reply->status = 429;
        (void)kith_text_copy(reply->headers, sizeof(reply->headers),
                             "Retry-After: Tue, 01 Jan 2030 00:00:02 GMT\r\nDate: Tue, 01 Jan 2030 00:00:00 GMT\r\n");
    }
}

static void http__a_date_to_come_back_is_read_by_the_clock_that_set_it(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, throttle_until_a_date);
    int64_t now_ms = kith_clock_now_ms();
    assert_int_equal(get(&scene, &response, &err), KITH_OK);
    assert_int_equal(response.status, 200);
    assert_true(scene.at_ms[1] - scene.at_ms[0] >= 1990);
    assert_in_range(scene.wait_until_ms, now_ms + 2000, now_ms + 30000);
    kith_http_response_done(&response);
    end(&scene);
}

static void throttle_long(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 429;
    (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Retry-After: 600\r\nrequest-id: r-1\r\n");
}

static void http__more_patience_than_we_have_is_a_failure_with_a_time(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, throttle_long);
    int64_t now_s = kith_clock_now_s();
    assert_int_equal(get(&scene, &response, &err), KITH_E_THROTTLED);
    assert_true(err.retry_at_s >= now_s + 600 && err.retry_at_s <= now_s + 605);
    assert_int_equal(err.http_status, 429);
    assert_string_equal(err.request_id, "r-1");
    assert_int_equal(scene.n_waits, 0);
    assert_int_equal(tiny_server_requests(scene.server), 1);
    end(&scene);
}

static void throttle_silently(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 429;
}

static void http__without_retry_after_the_pauses_grow_until_patience_ends(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, throttle_silently);
    kith_http_free(scene.http);
    const struct kith_http_config config = {
        .source = KITH_SOURCE_MICROSOFT365, .ca_file = "", .proxy = "", .backoff_ms = 1};
    scene.http = kith_http_new(&config);
    assert_int_equal(get(&scene, &response, &err), KITH_E_THROTTLED);
    assert_int_equal(tiny_server_requests(scene.server), 12);
    assert_true(err.retry_at_s > kith_clock_now_s());
    end(&scene);
}

static void http__a_single_try_gets_its_429_back(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, throttle_long);
    const struct kith_http_request request = {.url = scene.url, .max_tries = 1};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    assert_int_equal(response.status, 429);
    kith_http_response_done(&response);
    end(&scene);
}

static void busy_twice(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    if (request->number <= 2)
        reply->status = 503;
}

static void http__after_a_503_a_new_connection_is_used(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, busy_twice);
    assert_int_equal(get(&scene, &response, &err), KITH_OK);
    assert_int_equal(response.status, 200);
    assert_int_equal(tiny_server_requests(scene.server), 3);
    assert_int_not_equal(scene.connections[1], scene.connections[0]);
    assert_int_not_equal(scene.connections[2], scene.connections[1]);
    kith_http_response_done(&response);
    end(&scene);
}

static void broken(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 500;
}

static void http__a_500_is_retried_three_times_then_given_back(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, broken);
    assert_int_equal(get(&scene, &response, &err), KITH_OK);
    assert_int_equal(response.status, 500);
    assert_int_equal(tiny_server_requests(scene.server), 4);
    kith_http_response_done(&response);
    end(&scene);
}

static void timed_out(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 504;
}

static void http__a_final_status_comes_back_at_once(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, timed_out);
    const struct kith_http_request request = {.url = scene.url, .final_status = 504};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    assert_int_equal(response.status, 504);
    assert_int_equal(tiny_server_requests(scene.server), 1);
    kith_http_response_done(&response);
    end(&scene);
}

/* --- Broken connections ------------------------------------------------------ */

static void cut_then_truncate(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    say_hello(ctx, request, reply);
    reply->manner = request->number == 1 ? TINY_CUT : request->number == 2 ? TINY_TRUNCATE : TINY_WHOLE;
}

static void http__what_was_cut_off_is_asked_for_again(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, cut_then_truncate);
    assert_int_equal(get(&scene, &response, &err), KITH_OK);
    assert_string_equal(kith_buf_text(&response.body), "{\"hello\":1}");
    assert_int_equal(tiny_server_requests(scene.server), 3);
    assert_int_equal(scene.n_waits, 0); /* nobody asked for patience */
    kith_http_response_done(&response);
    end(&scene);
}

static void always_cut(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->manner = TINY_CUT;
}

static void http__a_connection_that_is_always_cut_is_no_connection(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, always_cut);
    assert_int_equal(get(&scene, &response, &err), KITH_E_OFFLINE);
    assert_int_equal(tiny_server_requests(scene.server), 4);
    assert_int_equal(err.source, KITH_SOURCE_MICROSOFT365);
    end(&scene);
}

static void http__a_form_is_repeated_only_where_that_does_no_harm(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, always_cut);
    struct kith_http_request request = {.url = scene.url, .form = "code=once"};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_E_OFFLINE);
    assert_int_equal(tiny_server_requests(scene.server), 1);
    request.repeatable = true;
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_E_OFFLINE);
    assert_int_equal(tiny_server_requests(scene.server), 1 + 4);
    end(&scene);

    begin(&scene, busy_twice); /* a 503 was surely not acted on */
    request = (struct kith_http_request){.url = scene.url, .form = "code=once"};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    kith_http_response_done(&response);
    end(&scene);
}

static void http__without_a_network_the_failure_comes_at_once(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_hello);
    (void)snprintf(scene.url, sizeof(scene.url), "http://127.0.0.1:1/");
    assert_int_equal(get(&scene, &response, &err), KITH_E_OFFLINE);
    assert_int_equal(kith_http_requests(scene.http), 1);
    end(&scene);
}

/* --- Several at once ---------------------------------------------------------- */

static void say_slowly(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->delay_ms = 60;
}

static void submit_all(struct scene *scene, int n)
{
    struct kith_error err;

    for (int i = 0; i < n; i++) {
        const struct kith_http_request request = {.url = scene->url, .tag = (uint64_t)i};
        assert_int_equal(kith_http_submit(scene->http, &request, &err), KITH_OK);
    }
}

static void http__four_run_at_a_time(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    uint64_t tags = 0;
    (void)state;

    begin(&scene, say_slowly);
    submit_all(&scene, 11);
    assert_int_equal(kith_http_queued(scene.http), 11);
    for (int i = 0; i < 11; i++) {
        assert_int_equal(kith_http_wait(scene.http, NULL, &response, &err), KITH_OK);
        tags |= UINT64_C(1) << response.tag;
        kith_http_response_done(&response);
    }
    assert_int_equal(tags, (1 << 11) - 1);
    assert_in_range(tiny_server_most_at_once(scene.server), 2, 4);
    assert_int_equal(kith_http_queued(scene.http), 0);
    assert_int_equal(kith_http_wait(scene.http, NULL, &response, &err), KITH_E_INTERNAL);
    end(&scene);
}

/* The second is refused, and the three beside it are answered only once the client knows. */
static void throttle_second(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct scene *scene = ctx;

    if (request->number == 2) {
        reply->status = 429;
        (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Retry-After: 1\r\n");
        return;
    }
    reply->after = &scene->n_waits;
}

static void http__when_one_is_told_to_wait_the_others_wait_too(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, throttle_second);
    submit_all(&scene, 8);
    for (int i = 0; i < 8; i++) {
        assert_int_equal(kith_http_wait(scene.http, NULL, &response, &err), KITH_OK);
        kith_http_response_done(&response);
    }
    /* Those that had begun run on; the fifth begins only after the pause. */
    for (int i = 4; i < 9; i++)
        assert_true(scene.at_ms[i] - scene.at_ms[1] >= 990);
    assert_int_equal(scene.n_waits, 1);
    end(&scene);
}

static void http__a_single_request_passes_by_what_is_queued(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, say_hello);
    submit_all(&scene, 3);
    const struct kith_http_request request = {.url = scene.url, .tag = 99};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_OK);
    assert_int_equal(response.tag, 99);
    kith_http_response_done(&response);
    assert_int_equal(kith_http_queued(scene.http), 3);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(kith_http_wait(scene.http, NULL, &response, &err), KITH_OK);
        assert_in_range(response.tag, 0, 2);
        kith_http_response_done(&response);
    }
    end(&scene);
}

/* --- Cancelling ----------------------------------------------------------------- */

static void *cancel_soon(void *cancel)
{
    (void)kith_cancel_sleep_ms(NULL, 100);
    kith_cancel_set(cancel);
    return NULL;
}

/* How long a call went on after its switch was thrown. */
static int64_t cancel_takes_ms(tiny_fn fn)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    pthread_t thread;
    struct kith_cancel *cancel = kith_cancel_new();

    begin(&scene, fn);
    submit_all(&scene, 6);
    int64_t began_ms = kith_clock_monotonic_ms();
    assert_int_equal(pthread_create(&thread, NULL, cancel_soon, cancel), 0);
    assert_int_equal(kith_http_wait(scene.http, cancel, &response, &err), KITH_E_CANCELLED);
    int64_t took_ms = kith_clock_monotonic_ms() - began_ms - 100;
    assert_int_equal(kith_http_queued(scene.http), 0);
    assert_int_equal(pthread_join(thread, NULL), 0);
    end(&scene);
    kith_cancel_free(cancel);
    return took_ms;
}

static void hang(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->manner = TINY_HANG;
}

static void throttle_for_long(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    (void)ctx;
    (void)request;
    reply->status = 429;
    (void)kith_text_copy(reply->headers, sizeof(reply->headers), "Retry-After: 60\r\n");
}

static void http__a_cancel_ends_the_wait_for_an_answer(void **state)
{
    (void)state;
    assert_true(cancel_takes_ms(hang) < 2000); /* it would be a minute */
}

static void http__a_cancel_ends_a_pause(void **state)
{
    (void)state;
    assert_true(cancel_takes_ms(throttle_for_long) < 2000); /* as above */
}

static void http__silence_is_no_connection(void **state)
{
    struct scene scene;
    struct kith_http_response response;
    struct kith_error err;
    (void)state;

    begin(&scene, hang);
    const struct kith_http_request request = {.url = scene.url, .timeout_s = 1, .max_tries = 1};
    assert_int_equal(kith_http_perform(scene.http, &request, NULL, &response, &err), KITH_E_OFFLINE);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(http__a_get_says_who_asks_for_what),
        cmocka_unit_test(http__a_form_is_posted),
        cmocka_unit_test(http__connections_are_used_again),
        cmocka_unit_test(http__odd_addresses_and_headers_are_refused_before_anything_is_sent),
        cmocka_unit_test(http__redirects_are_not_followed),
        cmocka_unit_test(http__gzip_is_inflated_up_to_the_ceiling),
        cmocka_unit_test(http__damaged_gzip_is_asked_for_again),
        cmocka_unit_test(http__a_body_has_a_ceiling),
        cmocka_unit_test(http__a_body_over_its_ceiling_is_an_answer_for_whoever_expects_it),
        cmocka_unit_test(http__one_of_several_can_be_forgotten),
        cmocka_unit_test(http__retry_after_is_obeyed_and_told),
        cmocka_unit_test(http__a_date_to_come_back_is_read_by_the_clock_that_set_it),
        cmocka_unit_test(http__more_patience_than_we_have_is_a_failure_with_a_time),
        cmocka_unit_test(http__without_retry_after_the_pauses_grow_until_patience_ends),
        cmocka_unit_test(http__a_single_try_gets_its_429_back),
        cmocka_unit_test(http__after_a_503_a_new_connection_is_used),
        cmocka_unit_test(http__a_500_is_retried_three_times_then_given_back),
        cmocka_unit_test(http__a_final_status_comes_back_at_once),
        cmocka_unit_test(http__what_was_cut_off_is_asked_for_again),
        cmocka_unit_test(http__a_connection_that_is_always_cut_is_no_connection),
        cmocka_unit_test(http__a_form_is_repeated_only_where_that_does_no_harm),
        cmocka_unit_test(http__without_a_network_the_failure_comes_at_once),
        cmocka_unit_test(http__four_run_at_a_time),
        cmocka_unit_test(http__when_one_is_told_to_wait_the_others_wait_too),
        cmocka_unit_test(http__a_single_request_passes_by_what_is_queued),
        cmocka_unit_test(http__a_cancel_ends_the_wait_for_an_answer),
        cmocka_unit_test(http__a_cancel_ends_a_pause),
        cmocka_unit_test(http__silence_is_no_connection),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
