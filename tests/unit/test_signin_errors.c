/* SPDX-License-Identifier: MIT */
/* test_signin_errors.c - what a provider's no means (src/signin/oauth_errors.c). */
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
#include "signin/oauth.h"

static const struct kith_provider microsoft = {.source = KITH_SOURCE_MICROSOFT365,
                                               .client_id = "c",
                                               .client_secret = "",
                                               .client_id_key = "microsoft.client_id",
                                               .scope = "Contacts.Read"};

static enum kith_status at_redirect(const char *error, const char *subcode, const char *description,
                                    struct kith_error *err)
{
    static struct kith_redirect redirect;

    memset(&redirect, 0, sizeof(redirect));
    (void)kith_text_copy(redirect.error, sizeof(redirect.error), error);
    (void)kith_text_copy(redirect.error_subcode, sizeof(redirect.error_subcode), subcode);
    (void)kith_text_copy(redirect.error_description, sizeof(redirect.error_description), description);
    return kith_oauth_redirect_error(&microsoft, &redirect, err);
}

static void signin_errors__the_redirects_errors_hold(void **state)
{
    static const struct {
        const char *error, *subcode, *description;
        enum kith_status status;
        enum kith_reason reason;
    } rows[] = {
        {"access_denied", "cancel", "", KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},
        {"access_denied", "", "AADSTS65004: User declined to consent.", KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},
        {"consent_required", "", "AADSTS65004: declined", KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},
        {"access_denied", "", "The user has denied access to the scope requested by the client application.",
         KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},
        {"access_denied", "", "AADSTS90094: The grant requires admin permission.", KITH_E_PERMISSION_MISSING,
         KITH_REASON_MANAGED},
        {"interaction_required", "", "AADSTS90095: admin", KITH_E_PERMISSION_MISSING, KITH_REASON_MANAGED},
        {"access_denied", "", "AADSTS900941: risky", KITH_E_PERMISSION_MISSING, KITH_REASON_MANAGED},
        {"invalid_request", "", "AADSTS50105: not assigned", KITH_E_PERMISSION_MISSING, KITH_REASON_MANAGED},
        {"access_denied", "", "AADSTS53003: blocked", KITH_E_PERMISSION_MISSING, KITH_REASON_MANAGED},
        {"access_denied", "", "AADSTS50020: other directory", KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION},
        {"unauthorized_client", "", "AADSTS700016: not found", KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION},
        {"unauthorized_client", "", "", KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION},
        {"login_required", "", "", KITH_E_SIGNIN_NEEDED, KITH_REASON_NONE},
        {"server_error", "", "AADSTS90094: not now", KITH_E_SERVICE, KITH_REASON_NONE},
        {"temporarily_unavailable", "", "", KITH_E_SERVICE, KITH_REASON_NONE},
        {"invalid_scope", "", "AADSTS70011: scope", KITH_E_SERVICE, KITH_REASON_NONE},
        {"something_new", "", "", KITH_E_SERVICE, KITH_REASON_NONE},
        {"access_denied", "", "AADSTS999999999999999999999: new", KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},
    };
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        enum kith_status st = at_redirect(rows[i].error, rows[i].subcode, rows[i].description, &err);
        if (st != rows[i].status || err.reason != (int)rows[i].reason)
            fail_msg("%s %s: %d %d", rows[i].error, rows[i].description, (int)st, err.reason);
        assert_int_equal(err.source, KITH_SOURCE_MICROSOFT365);
    }
}

static void signin_errors__a_registration_fault_names_the_setting_and_the_trace(void **state)
{
    struct kith_error err;
    (void)state;

    assert_int_equal(at_redirect("unauthorized_client", "",
                                 "AADSTS700016: Application was not found.  Trace ID: 0a1b-2c  Correlation ID: 9-9",
                                 &err),
                     KITH_E_NOT_CONFIGURED);
    assert_string_equal(err.setting, "microsoft.client_id");
    assert_string_equal(err.request_id, "0a1b-2c");
    assert_non_null(strstr(err.message, "AADSTS700016"));
}

static void signin_errors__the_token_endpoints_errors_hold(void **state)
{
    static const struct {
        int http_status;
        const char *json;
        enum kith_status signing_in, refreshing;
    } rows[] = {
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[65001],\"suberror\":\"consent_required\"}",
         KITH_E_PERMISSION_MISSING, KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":\"invalid_grant\",\"suberror\":\"consent_required\"}", KITH_E_PERMISSION_MISSING,
         KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS65001: no\"}", KITH_E_PERMISSION_MISSING,
         KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[],\"error_description\":\"AADSTS65001: no\"}",
         KITH_E_PERMISSION_MISSING, KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[99999,65001]}", KITH_E_PERMISSION_MISSING,
         KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":\"consent_required\"}", KITH_E_PERMISSION_MISSING, KITH_E_PERMISSION_REMOVED},
        {400,
         "{\"error\":\"invalid_grant\",\"error_description\":\"AADSTS70000: The user could not be authenticated or the "
         "grant is expired. The user must first sign in again and if needed grant the client application access to "
         "the requested scope.\"}",
         KITH_E_PERMISSION_MISSING, KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[70000]}", KITH_E_SIGNIN_EXPIRED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[70008]}", KITH_E_SIGNIN_EXPIRED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[700082]}", KITH_E_SIGNIN_EXPIRED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[54005]}", KITH_E_SIGNIN_EXPIRED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\"}", KITH_E_SIGNIN_EXPIRED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"suberror\":\"bad_token\"}", KITH_E_SIGNIN_EXPIRED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[50173]}", KITH_E_SIGNIN_NEEDED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[50076],\"suberror\":\"basic_action\",\"claims\":\"{}\"}",
         KITH_E_SIGNIN_NEEDED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"interaction_required\"}", KITH_E_SIGNIN_NEEDED, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[53003]}", KITH_E_PERMISSION_MISSING, KITH_E_SIGNIN_NEEDED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[90094]}", KITH_E_PERMISSION_MISSING,
         KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[650052]}", KITH_E_NO_MAILBOX, KITH_E_NO_MAILBOX},
        {401, "{\"error\":\"invalid_client\",\"error_codes\":[7000218]}", KITH_E_NOT_CONFIGURED, KITH_E_NOT_CONFIGURED},
        {401, "{\"error\":\"invalid_client\"}", KITH_E_NOT_CONFIGURED, KITH_E_NOT_CONFIGURED},
        {400, "{\"error\":\"invalid_request\",\"error_codes\":[50194]}", KITH_E_NOT_CONFIGURED, KITH_E_NOT_CONFIGURED},
        {400, "{\"error\":\"invalid_grant\",\"suberror\":\"client_mismatch\"}", KITH_E_NOT_CONFIGURED,
         KITH_E_NOT_CONFIGURED},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[501481]}", KITH_E_SERVICE, KITH_E_SERVICE},
        {400, "{\"error\":\"invalid_request\",\"error_codes\":[90033]}", KITH_E_SERVICE, KITH_E_SERVICE},
        {400, "{\"error\":\"invalid_grant\",\"error_codes\":[50196]}", KITH_E_THROTTLED, KITH_E_THROTTLED},
        {429, "", KITH_E_THROTTLED, KITH_E_THROTTLED},
        {503, "{\"error\":\"temporarily_unavailable\"}", KITH_E_SERVICE, KITH_E_SERVICE},
        {502, "<html>", KITH_E_SERVICE, KITH_E_SERVICE},
        {400, "", KITH_E_SERVICE, KITH_E_SERVICE},
        {400, "[]", KITH_E_SERVICE, KITH_E_SERVICE},
        {400, "{\"error\":[],\"error_codes\":{\"a\":65001}}", KITH_E_PERMISSION_MISSING, KITH_E_PERMISSION_REMOVED},
        {400, "{\"error\":null,\"error_codes\":\"65001\",\"error_description\":5}", KITH_E_SERVICE, KITH_E_SERVICE},
    };
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        const char *json = rows[i].json;
        enum kith_status st = kith_tokens_error(&microsoft, rows[i].http_status, json, strlen(json), false, &err);
        if (st != rows[i].signing_in)
            fail_msg("signing in, %s: %s", json, err.message);
        st = kith_tokens_error(&microsoft, rows[i].http_status, json, strlen(json), true, &err);
        if (st != rows[i].refreshing)
            fail_msg("refreshing, %s: %s", json, err.message);
        assert_int_equal(err.http_status, rows[i].http_status);
    }
}

static void signin_errors__an_administrators_no_is_marked_as_such(void **state)
{
    static const char json[] = "{\"error\":\"invalid_grant\",\"error_codes\":[90094],\"trace_id\":\"t-1\"}";
    struct kith_error err;
    (void)state;

    assert_int_equal(kith_tokens_error(&microsoft, 400, json, strlen(json), false, &err), KITH_E_PERMISSION_MISSING);
    assert_int_equal(err.reason, KITH_REASON_MANAGED);
    assert_string_equal(err.request_id, "t-1");
    assert_int_equal(kith_tokens_error(&microsoft, 400, json, strlen(json), false, NULL), KITH_E_PERMISSION_MISSING);
}

/* --- Google ------------------------------------------------------------------------- */

static const struct kith_provider google = {.source = KITH_SOURCE_GOOGLE,
                                            .client_id = "c",
                                            .client_secret = "s",
                                            .client_id_key = "google.client_id",
                                            .client_secret_key = "google.client_secret",
                                            .scope = "https://www.googleapis.com/auth/contacts.readonly"};

static void signin_errors__google_s_answers_hold(void **state)
{
    static const struct {
        int http_status;
        const char *json;
        enum kith_status signing_in, refreshing;
        const char *setting;
    } rows[] = {
        {400, "{\"error\":\"invalid_grant\",\"error_description\":\"Token has been expired or revoked.\"}",
         KITH_E_SIGNIN_EXPIRED, KITH_E_PERMISSION_REMOVED, ""},
        {400, "{\"error\":\"invalid_grant\",\"error_description\":\"Malformed auth code.\"}", KITH_E_SIGNIN_EXPIRED,
         KITH_E_PERMISSION_REMOVED, ""},
        {400, "{\"error\":\"invalid_grant\",\"error_subtype\":\"invalid_rapt\"}", KITH_E_SIGNIN_NEEDED,
         KITH_E_SIGNIN_NEEDED, ""},
        {400, "{\"error\":\"invalid_request\",\"error_description\":\"client_secret is missing.\"}",
         KITH_E_NOT_CONFIGURED, KITH_E_NOT_CONFIGURED, "google.client_secret"},
        {401, "{\"error\":\"invalid_client\",\"error_description\":\"Unauthorized\"}", KITH_E_NOT_CONFIGURED,
         KITH_E_NOT_CONFIGURED, "google.client_secret"},
        {401, "{\"error\":\"invalid_client\",\"error_description\":\"The OAuth client was not found.\"}",
         KITH_E_NOT_CONFIGURED, KITH_E_NOT_CONFIGURED, "google.client_id"},
        {400, "{\"error\":\"redirect_uri_mismatch\",\"error_description\":\"Bad Request\"}", KITH_E_NOT_CONFIGURED,
         KITH_E_NOT_CONFIGURED, "google.client_id"},
        {403, "{\"error\":\"rate_limit_exceeded\"}", KITH_E_THROTTLED, KITH_E_THROTTLED, ""},
        {502, "<html>", KITH_E_SERVICE, KITH_E_SERVICE, ""},
    };
    struct kith_error err;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        size_t len = strlen(rows[i].json);
        enum kith_status first = kith_tokens_error(&google, rows[i].http_status, rows[i].json, len, false, &err);
        enum kith_status later = kith_tokens_error(&google, rows[i].http_status, rows[i].json, len, true, &err);

        if (first != rows[i].signing_in || later != rows[i].refreshing || strcmp(err.setting, rows[i].setting) != 0)
            fail_msg("%s: %d %d \"%s\"", rows[i].json, (int)first, (int)later, err.setting);
    }
}

static void signin_errors__google_s_administrator_has_no_link(void **state)
{
    static const struct kith_redirect redirect = {.error = "admin_policy_enforced"};
    static const struct kith_redirect declined = {.error = "access_denied"};
    struct kith_error err;
    (void)state;

    assert_int_equal(kith_oauth_redirect_error(&google, &redirect, &err), KITH_E_PERMISSION_MISSING);
    assert_int_equal(err.reason, KITH_REASON_BLOCKED);
    assert_int_equal(kith_oauth_redirect_error(&google, &declined, &err), KITH_E_SIGNIN_CANCELLED);
    assert_int_equal(err.reason, KITH_REASON_DECLINED);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signin_errors__the_redirects_errors_hold),
        cmocka_unit_test(signin_errors__a_registration_fault_names_the_setting_and_the_trace),
        cmocka_unit_test(signin_errors__the_token_endpoints_errors_hold),
        cmocka_unit_test(signin_errors__an_administrators_no_is_marked_as_such),
        cmocka_unit_test(signin_errors__google_s_answers_hold),
        cmocka_unit_test(signin_errors__google_s_administrator_has_no_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
