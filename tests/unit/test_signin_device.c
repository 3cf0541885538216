/* SPDX-License-Identifier: MIT */
/* test_signin_device.c - a code for another device, and how patiently its answer is awaited (src/signin/device.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cancel.h"
#include "base/text.h"
#include "signin/device.h"
#include "tiny_server.h"

static const struct kith_provider microsoft = {
    .source = KITH_SOURCE_MICROSOFT365,
    .client_id = "client",
    .client_secret = "",
    .client_id_key = "microsoft.client_id",
    .scope = "openid Contacts.Read",
    .contacts_scopes = {"Contacts.Read", "Contacts.ReadWrite"},
};

/* --- The answer to a request for a code ---------------------------------------------- */

static enum kith_status read_answer(const char *json, struct kith_device *device, struct kith_error *err)
{
    memset(err, 0, sizeof(*err));
    return kith_device_read(&microsoft, json, strlen(json), device, err);
}

static void device__an_answer_is_read_whole(void **state)
{
    KITH_AUTO_DONE(kith_device) device;
    struct kith_error err;
    (void)state;

    kith_device_init(&device);
    assert_int_equal(read_answer("{\"user_code\":\"B6SUYU5PL\",\"device_code\":\"secret\",\"verification_uri\":"
                                 "\"https://microsoft.com/devicelogin\",\"expires_in\":900,\"interval\":5,"
                                 "\"message\":\"To sign in ...\"}",
                                 &device, &err),
                     KITH_OK);
    assert_string_equal(device.user_code, "B6SUYU5PL");
    assert_string_equal(kith_buf_text(&device.code), "secret");
    assert_string_equal(device.address, "https://microsoft.com/devicelogin");
    assert_int_equal(device.life_s, 900);
    assert_int_equal(device.interval_s, 5);
}

static void device__an_older_spelling_is_read_too(void **state)
{
    KITH_AUTO_DONE(kith_device) device;
    struct kith_error err;
    (void)state;

    kith_device_init(&device);
    assert_int_equal(
        read_answer("{\"user_code\":\"C\",\"device_code\":\"d\",\"verification_url\":\"https://a.example\","
                    "\"expires_in\":\"600\",\"interval\":\"7\"}",
                    &device, &err),
        KITH_OK);
    assert_string_equal(device.address, "https://a.example");
    assert_int_equal(device.life_s, 600);
    assert_int_equal(device.interval_s, 7);
}

static void device__absurd_times_are_held_in_bounds(void **state)
{
    static const struct {
        const char *expires_in, *interval;
        int64_t life_s, interval_s;
    } rows[] = {
        {"-1", "-1", 1, 1},         {"0", "0", 1, 1},
        {"null", "null", 900, 5},   {"\"soon\"", "[]", 900, 5},
        {"1e300", "1e300", 900, 5}, {"9223372036854775807", "9223372036854775807", 3600, 60},
        {"3600", "60", 3600, 60},   {"3601", "61", 3600, 60},
    };
    char json[256];
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        KITH_AUTO_DONE(kith_device) device;

        kith_device_init(&device);
        (void)snprintf(json, sizeof(json),
                       "{\"user_code\":\"C\",\"device_code\":\"d\",\"verification_uri\":\"https://a.example\","
                       "\"expires_in\":%s,\"interval\":%s}",
                       rows[i].expires_in, rows[i].interval);
        assert_int_equal(read_answer(json, &device, &err), KITH_OK);
        assert_int_equal(device.life_s, rows[i].life_s);
        assert_int_equal(device.interval_s, rows[i].interval_s);
    }
}

static void device__what_nobody_could_type_or_open_is_refused_without_quoting_it(void **state)
{
    static const char *const wrong[] = {
        "",
        "SECRET",
        "[]",
        "{}",
        "{\"user_code\":\"C\",\"verification_uri\":\"https://a.example\"}",
        "{\"user_code\":\"C\",\"device_code\":7,\"verification_uri\":\"https://a.example\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SEC RET\",\"verification_uri\":\"https://a.example\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SECRET\\u0000\",\"verification_uri\":\"https://a.example\"}",
        "{\"device_code\":\"SECRET\",\"verification_uri\":\"https://a.example\"}",
        "{\"user_code\":\"\",\"device_code\":\"SECRET\",\"verification_uri\":\"https://a.example\"}",
        "{\"user_code\":\"\\u001b[2J\",\"device_code\":\"SECRET\",\"verification_uri\":\"https://a.example\"}",
        "{\"user_code\":\"\\u202eC\",\"device_code\":\"SECRET\",\"verification_uri\":\"https://a.example\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SECRET\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SECRET\",\"verification_uri\":\"http://a.example\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SECRET\",\"verification_uri\":\"javascript:SECRET\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SECRET\",\"verification_uri\":\"https://user@a.example\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SECRET\",\"verification_uri\":\"https://a.example/\\n\"}",
        "{\"user_code\":\"C\",\"device_code\":\"SECRET\",\"verification_uri\":[\"https://a.example\"]}",
    };
    struct kith_device device;
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++) {
        if (read_answer(wrong[i], &device, &err) != KITH_E_SERVICE)
            fail_msg("taken: %s", wrong[i]);
        assert_int_equal(err.source, KITH_SOURCE_MICROSOFT365);
        assert_null(strstr(err.message, "SECRET"));
    }
}

/* One member is a run of so many letters, the others are as they should be. */
static enum kith_status read_long(const char *before, size_t n, const char *behind)
{
    KITH_AUTO_DONE(kith_buf) json;
    KITH_AUTO_DONE(kith_device) device;
    struct kith_error err;

    kith_device_init(&device);
    kith_buf_init(&json, 64 * 1024);
    (void)kith_buf_addf(&json, "{\"verification_uri\":\"https://a.example\",%s", before);
    for (size_t i = 0; i < n; i++)
        (void)kith_buf_add_char(&json, 'A');
    (void)kith_buf_addf(&json, "%s}", behind);
    return read_answer(kith_buf_text(&json), &device, &err);
}

static void device__codes_beyond_their_ceiling_are_refused(void **state)
{
    (void)state;
    assert_int_equal(read_long("\"device_code\":\"d\",\"user_code\":\"", 32, "\""), KITH_OK);
    assert_int_equal(read_long("\"device_code\":\"d\",\"user_code\":\"", 33, "\""), KITH_E_SERVICE);
    assert_int_equal(read_long("\"user_code\":\"C\",\"device_code\":\"", 8 * 1024 - 1, "\""), KITH_OK);
    assert_int_equal(read_long("\"user_code\":\"C\",\"device_code\":\"", 9 * 1024, "\""), KITH_E_SERVICE);
}

/* --- Asking and waiting ------------------------------------------------------------------ */

#define PENDING                                                                                                        \
    {                                                                                                                  \
        400, "{\"error\":\"authorization_pending\",\"error_codes\":[70016]}"                                           \
    }
#define TOO_FAST                                                                                                       \
    {                                                                                                                  \
        400, "{\"error\":\"slow_down\"}"                                                                               \
    }
#define TOKENS                                                                                                         \
    {                                                                                                                  \
        200, "{\"token_type\":\"Bearer\",\"access_token\":\"acc\",\"refresh_token\":\"ref\",\"scope\":\"Contacts."     \
             "Read\"}"                                                                                                 \
    }

enum { ANSWERS_MAX = 8, SLEEPS_MAX = 16 };

struct answer {
    int status; /* 0: the connection is cut */
    const char *json;
};

/* A provider that says these things one after another, and a person who waits without sleeping. */
struct scene {
    struct tiny_server *server;
    struct kith_http *http;
    struct kith_provider provider;
    struct answer answers[ANSWERS_MAX];
    char form[4096]; /* the last one */
    int64_t slept_ms[SLEEPS_MAX];
    size_t n_sleeps;
    size_t cancelled_at; /* the sleep in which it is cancelled, from 1; 0: none */
    struct kith_tokens tokens;
    struct kith_error err;
};

static void on_request(void *ctx, const struct tiny_request *request, struct tiny_reply *reply)
{
    struct scene *scene = ctx;
    const struct answer *answer = &scene->answers[request->number - 1];

    (void)kith_text_copy(scene->form, sizeof(scene->form), request->body);
    reply->manner = answer->status == 0 ? TINY_CUT : TINY_WHOLE;
    reply->status = answer->status;
    if (answer->json)
        (void)kith_buf_add_text(&reply->body, answer->json);
}

static bool note_sleep(void *ctx, int64_t ms)
{
    struct scene *scene = ctx;

    assert_true(scene->n_sleeps < SLEEPS_MAX);
    scene->slept_ms[scene->n_sleeps++] = ms;
    return scene->n_sleeps != scene->cancelled_at;
}

static void begin(struct scene *scene, const struct answer *answers, size_t n)
{
    const struct kith_http_config config = {
        .source = KITH_SOURCE_MICROSOFT365, .ca_file = "", .proxy = "", .backoff_ms = 5};

    memset(scene, 0, sizeof(*scene));
    memcpy(scene->answers, answers, n * sizeof(*answers));
    scene->provider = microsoft;
    scene->server = tiny_server_start(on_request, scene);
    scene->http = kith_http_new(&config);
    (void)snprintf(scene->provider.token_url, sizeof(scene->provider.token_url), "http://127.0.0.1:%d/token",
                   tiny_server_port(scene->server));
    (void)snprintf(scene->provider.device_url, sizeof(scene->provider.device_url), "http://127.0.0.1:%d/devicecode",
                   tiny_server_port(scene->server));
    kith_tokens_init(&scene->tokens);
}

static void end(struct scene *scene)
{
    kith_tokens_done(&scene->tokens);
    kith_http_free(scene->http);
    tiny_server_stop(scene->server);
}

static enum kith_status wait_with(struct scene *scene, int64_t life_s, int64_t interval_s)
{
    KITH_AUTO_DONE(kith_device) device;

    kith_device_init(&device);
    (void)kith_buf_add_text(&device.code, "co/de");
    device.life_s = life_s;
    device.interval_s = interval_s;
    return kith_device_await(scene->http, &scene->provider, &device, note_sleep, scene, NULL, &scene->tokens,
                             &scene->err);
}

/* The sleeps were these, in seconds; 0 ends them. */
static void assert_slept(const struct scene *scene, const int64_t *seconds)
{
    size_t i = 0;

    for (; seconds[i] != 0; i++) {
        assert_true(i < scene->n_sleeps);
        assert_int_equal(scene->slept_ms[i], seconds[i] * 1000);
    }
    assert_int_equal(scene->n_sleeps, i);
}

static void device__a_code_is_asked_for_with_what_shall_be_read(void **state)
{
    static const struct answer answers[] = {
        {200, "{\"user_code\":\"C\",\"device_code\":\"d\",\"verification_uri\":\"https://a.example\"}"},
        {400, "{\"error\":\"invalid_client\",\"error_codes\":[7000218]}"},
    };
    KITH_AUTO_DONE(kith_device) device;
    struct scene scene;
    (void)state;

    kith_device_init(&device);
    begin(&scene, answers, KITH_COUNT_OF(answers));
    assert_int_equal(kith_device_ask(scene.http, &scene.provider, NULL, &device, &scene.err), KITH_OK);
    assert_string_equal(scene.form, "client_id=client&scope=openid%20Contacts.Read");
    assert_int_equal(kith_device_ask(scene.http, &scene.provider, NULL, &device, &scene.err), KITH_E_NOT_CONFIGURED);
    assert_string_equal(scene.err.setting, "microsoft.client_id");
    end(&scene);
}

static void device__it_waits_as_long_as_it_is_told_between_two_questions(void **state)
{
    static const struct answer answers[] = {PENDING, PENDING, TOKENS};
    struct scene scene;
    (void)state;

    begin(&scene, answers, KITH_COUNT_OF(answers));
    assert_int_equal(wait_with(&scene, 900, 5), KITH_OK);
    assert_slept(&scene, (const int64_t[]){5, 5, 5, 0});
    assert_string_equal(scene.form,
                        "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=client&"
                        "device_code=co%2Fde");
    assert_string_equal(kith_buf_text(&scene.tokens.access), "acc");
    assert_string_equal(kith_buf_text(&scene.tokens.refresh), "ref");
    end(&scene);
}

static void device__told_to_slow_down_it_does_for_good(void **state)
{
    static const struct answer answers[] = {TOO_FAST, PENDING, TOO_FAST, PENDING, TOKENS};
    struct scene scene;
    (void)state;

    begin(&scene, answers, KITH_COUNT_OF(answers));
    assert_int_equal(wait_with(&scene, 900, 5), KITH_OK);
    assert_slept(&scene, (const int64_t[]){5, 10, 10, 15, 15, 0});
    end(&scene);
}

static void device__trouble_on_the_way_is_waited_for_with_growing_pauses(void **state)
{
    static const struct answer answers[] = {
        {0, NULL}, {0, NULL}, PENDING, {500, "<html>"}, {400, "{\"error\":\"temporarily_unavailable\"}"}, TOKENS};
    struct scene scene;
    (void)state;

    begin(&scene, answers, KITH_COUNT_OF(answers));
    assert_int_equal(wait_with(&scene, 900, 5), KITH_OK);
    assert_slept(&scene, (const int64_t[]){5, 10, 20, 5, 10, 20, 0});
    assert_int_equal(scene.err.status, KITH_OK); /* what was overcome is not told */
    end(&scene);
}

static void device__without_a_connection_to_the_end_that_is_what_is_said(void **state)
{
    static const struct answer answers[] = {{0, NULL}};
    struct scene scene;
    (void)state;

    begin(&scene, answers, KITH_COUNT_OF(answers));
    assert_int_equal(wait_with(&scene, 35, 20), KITH_E_OFFLINE);
    assert_int_equal(scene.n_sleeps, 2);
    end(&scene);
}

static void device__a_code_that_runs_out_is_not_asked_for_in_haste(void **state)
{
    static const struct answer answers[] = {PENDING, PENDING};
    struct scene scene;
    (void)state;

    begin(&scene, answers, KITH_COUNT_OF(answers));
    assert_int_equal(wait_with(&scene, 4, 10), KITH_E_SIGNIN_EXPIRED);
    assert_int_equal(scene.err.reason, KITH_REASON_CODE_UNUSED);
    assert_int_equal(tiny_server_requests(scene.server), 0);
    assert_in_range(scene.slept_ms[0], 3000, 4000); /* what was left of its life */
    end(&scene);
}

static void device__a_cancel_ends_the_wait_before_the_next_question(void **state)
{
    static const struct answer answers[] = {PENDING, TOKENS};
    struct scene scene;
    (void)state;

    begin(&scene, answers, KITH_COUNT_OF(answers));
    scene.cancelled_at = 2;
    assert_int_equal(wait_with(&scene, 900, 5), KITH_E_CANCELLED);
    assert_int_equal(tiny_server_requests(scene.server), 1);
    end(&scene);
}

static void device__each_no_has_its_meaning(void **state)
{
    static const struct {
        struct answer answer;
        enum kith_status status;
        enum kith_reason reason;
    } rows[] = {
        {{400, "{\"error\":\"authorization_declined\"}"}, KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},
        {{400, "{\"error\":\"access_denied\"}"}, KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},
        {{400, "{\"error\":\"expired_token\",\"error_codes\":[70020]}"},
         KITH_E_SIGNIN_EXPIRED,
         KITH_REASON_CODE_UNUSED},
        {{400, "{\"error\":\"expired_token\",\"error_codes\":[70019]}"},
         KITH_E_SIGNIN_EXPIRED,
         KITH_REASON_CODE_UNUSED},
        {{400, "{\"error\":\"code_expired\"}"}, KITH_E_SIGNIN_EXPIRED, KITH_REASON_CODE_UNUSED},
        {{400, "{\"error\":\"invalid_grant\",\"error_codes\":[54005]}"},
         KITH_E_SIGNIN_EXPIRED,
         KITH_REASON_CODE_UNUSED},
        {{400, "{\"error\":\"bad_verification_code\",\"error_codes\":[70018]}"}, KITH_E_SERVICE, KITH_REASON_NONE},
        {{400, "{\"error\":\"access_denied\",\"error_codes\":[53003]}"},
         KITH_E_PERMISSION_MISSING,
         KITH_REASON_MANAGED},
        {{400, "{\"error\":\"authorization_pending_or_so\"}"}, KITH_E_SERVICE, KITH_REASON_NONE},
        {{400, "{\"error\":[\"authorization_pending\"]}"}, KITH_E_SERVICE, KITH_REASON_NONE},
        {{400, "<html>"}, KITH_E_SERVICE, KITH_REASON_NONE},
        {{200, "{\"error\":\"authorization_pending\"}"}, KITH_E_SERVICE, KITH_REASON_NONE},
        {{200, "{\"access_token\":\"a\",\"scope\":\"openid User.Read\"}"}, KITH_E_PERMISSION_MISSING, KITH_REASON_NONE},
    };
    struct scene scene;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        begin(&scene, &rows[i].answer, 1);
        enum kith_status st = wait_with(&scene, 900, 5);
        if (st != rows[i].status || scene.err.reason != (int)rows[i].reason)
            fail_msg("%s: %d, %d", rows[i].answer.json, (int)st, scene.err.reason);
        assert_int_equal(tiny_server_requests(scene.server), 1);
        end(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(device__an_answer_is_read_whole),
        cmocka_unit_test(device__an_older_spelling_is_read_too),
        cmocka_unit_test(device__absurd_times_are_held_in_bounds),
        cmocka_unit_test(device__what_nobody_could_type_or_open_is_refused_without_quoting_it),
        cmocka_unit_test(device__codes_beyond_their_ceiling_are_refused),
        cmocka_unit_test(device__a_code_is_asked_for_with_what_shall_be_read),
        cmocka_unit_test(device__it_waits_as_long_as_it_is_told_between_two_questions),
        cmocka_unit_test(device__told_to_slow_down_it_does_for_good),
        cmocka_unit_test(device__trouble_on_the_way_is_waited_for_with_growing_pauses),
        cmocka_unit_test(device__without_a_connection_to_the_end_that_is_what_is_said),
        cmocka_unit_test(device__a_code_that_runs_out_is_not_asked_for_in_haste),
        cmocka_unit_test(device__a_cancel_ends_the_wait_before_the_next_question),
        cmocka_unit_test(device__each_no_has_its_meaning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
