/* SPDX-License-Identifier: MIT */
/* test_fetch_error.c - what an error answer of Graph means (src/fetch/fetch_microsoft_error.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "fetch/fetch_microsoft.h"

static enum kith_status meaning(int http_status, const char *body, bool first_time, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {.status = http_status};

    kith_buf_init(&response.body, 64 * 1024);
    assert_true(kith_buf_add_text(&response.body, body));
    return kith_fetch_microsoft_error(&response, first_time, err);
}

static void fetch_error__the_rows_of_the_table_hold(void **state)
{
    static const struct {
        int http_status;
        const char *code;
        enum kith_status status;
    } rows[] = {
        {400, "ErrorInvalidUrlQuery", KITH_E_SERVICE},
        {401, "InvalidAuthenticationToken", KITH_E_SIGNIN_NEEDED},
        {401, "AuthenticationError", KITH_E_PERMISSION_REMOVED},
        {401, "", KITH_E_SIGNIN_NEEDED},
        {403, "ErrorAccessDenied", KITH_E_PERMISSION_REMOVED},
        {403, "erroraccessdenied", KITH_E_PERMISSION_REMOVED},
        {403, "insufficient_claims", KITH_E_SIGNIN_NEEDED},
        {403, "extensionError", KITH_E_NO_MAILBOX},
        {403, "SomethingNew", KITH_E_PERMISSION_REMOVED},
        {404, "MailboxNotEnabledForRESTAPI", KITH_E_NO_MAILBOX},
        {404, "ResourceNotFound", KITH_E_NO_MAILBOX},
        {404, "Request_ResourceNotFound", KITH_E_NO_MAILBOX},
        {404, "ErrorNonExistentMailbox", KITH_E_NO_MAILBOX},
        {404, "ErrorItemNotFound", KITH_E_SERVICE},
        {404, "", KITH_E_SERVICE},
        {429, "ApplicationThrottled", KITH_E_THROTTLED},
        {509, "", KITH_E_THROTTLED},
        {500, "ErrorInternalServerError", KITH_E_SERVICE},
        {503, "", KITH_E_SERVICE},
    };
    char body[256];
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        (void)snprintf(body, sizeof(body), "{\"error\":{\"code\":\"%s\",\"message\":\"Secret words.\"}}", rows[i].code);
        if (meaning(rows[i].http_status, body, false, &err) != rows[i].status)
            fail_msg("%d %s: %s", rows[i].http_status, rows[i].code, err.message);
        assert_int_equal(err.http_status, rows[i].http_status);
        assert_int_equal(err.source, KITH_SOURCE_MICROSOFT365);
        assert_null(strstr(err.message, "Secret"));
    }
}

static void fetch_error__a_permission_that_never_was_is_missing(void **state)
{
    struct kith_error err;
    (void)state;

    assert_int_equal(meaning(403, "{\"error\":{\"code\":\"ErrorAccessDenied\"}}", true, &err),
                     KITH_E_PERMISSION_MISSING);
}

static void fetch_error__the_innermost_code_that_is_known_wins(void **state)
{
    struct kith_error err;
    (void)state;

    assert_int_equal(meaning(404,
                             "{\"error\":{\"code\":\"itemNotFound\",\"innererror\":{\"code\":\"ResourceNotFound\","
                             "\"request-id\":\"id-7\",\"innerError\":{\"code\":\"Unheard\"}}}}",
                             false, &err),
                     KITH_E_NO_MAILBOX);
    assert_string_equal(err.request_id, "id-7");
    assert_non_null(strstr(err.message, "ResourceNotFound"));
}

static void fetch_error__bodies_that_are_no_error_objects_leave_the_status(void **state)
{
    static const char *const bodies[] = {"",
                                         "<html>Bad gateway</html>",
                                         "null",
                                         "[]",
                                         "{\"error\":7}",
                                         "{\"error\":{\"code\":[]}}",
                                         "{\"error\":{\"co",
                                         "\"error\"",
                                         "{}"};
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(bodies); i++) {
        assert_int_equal(meaning(502, bodies[i], false, &err), KITH_E_SERVICE);
        assert_int_equal(meaning(401, bodies[i], false, &err), KITH_E_SIGNIN_NEEDED);
    }
}

static void fetch_error__a_claims_challenge_asks_for_a_sign_in(void **state)
{
    KITH_AUTO_DONE(kith_http_response) response = {.status = 403};
    struct kith_error err;
    (void)state;

    (void)kith_text_copy(response.www_authenticate, sizeof(response.www_authenticate),
                         "Bearer realm=\"\", error=\"insufficient_claims\", claims=\"e30=\"");
    (void)kith_text_copy(response.request_id, sizeof(response.request_id), "id-1");
    assert_int_equal(kith_fetch_microsoft_error(&response, false, &err), KITH_E_SIGNIN_NEEDED);
    assert_string_equal(err.request_id, "id-1");
    assert_int_equal(kith_fetch_microsoft_error(&response, false, NULL), KITH_E_SIGNIN_NEEDED);
}

static void fetch_error__codes_that_are_no_words_are_not_shown(void **state)
{
    struct kith_error err;
    (void)state;

    assert_int_equal(meaning(403, "{\"error\":{\"code\":\"two words\\n\"}}", false, &err), KITH_E_PERMISSION_REMOVED);
    assert_string_equal(err.message, "Graph answered 403");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fetch_error__the_rows_of_the_table_hold),
        cmocka_unit_test(fetch_error__a_permission_that_never_was_is_missing),
        cmocka_unit_test(fetch_error__the_innermost_code_that_is_known_wins),
        cmocka_unit_test(fetch_error__bodies_that_are_no_error_objects_leave_the_status),
        cmocka_unit_test(fetch_error__a_claims_challenge_asks_for_a_sign_in),
        cmocka_unit_test(fetch_error__codes_that_are_no_words_are_not_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
