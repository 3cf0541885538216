/* SPDX-License-Identifier: MIT */
/* test_engine_failures.c - the catalogue: ids and exit codes are promises, words are complete. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <kith/error.h>

#include "base/text.h"

static void failures__ids_and_exit_codes_are_as_promised(void **state)
{
    static const struct {
        enum kith_status status;
        const char *id;
        int exit_code;
    } promised[] = {
        {KITH_E_USAGE, "usage", 2},
        {KITH_E_SIGNIN_NEEDED, "signin-needed", 9},
        {KITH_E_SIGNIN_CANCELLED, "signin-cancelled", 10},
        {KITH_E_SIGNIN_EXPIRED, "signin-expired", 11},
        {KITH_E_PERMISSION_MISSING, "permission-missing", 12},
        {KITH_E_PERMISSION_REMOVED, "permission-removed", 13},
        {KITH_E_NO_MAILBOX, "no-mailbox", 14},
        {KITH_E_TOO_MANY_CONTACTS, "too-many-contacts", 15},
        {KITH_E_SOURCE_CONFLICT, "source-conflict", 16},
        {KITH_E_IMPORT_RUNNING, "import-running", 17},
        {KITH_E_CANCELLED, "cancelled", 18},
        {KITH_E_NOT_CONFIGURED, "not-configured", 19},
        {KITH_E_THROTTLED, "throttled", 20},
        {KITH_E_OFFLINE, "offline", 21},
        {KITH_E_SERVICE, "service", 22},
        {KITH_E_TLS, "tls", 23},
        {KITH_E_REMOVALS_HELD, "removals-held", 24},
        {KITH_E_FILE, "file", 30},
        {KITH_E_STORE, "store", 40},
        {KITH_E_NOT_FOUND, "not-found", 44},
        {KITH_E_INTERNAL, "internal", 70},
    };

    (void)state;
    assert_int_equal(sizeof(promised) / sizeof(promised[0]), KITH_STATUS_COUNT - 1);
    for (size_t i = 0; i < sizeof(promised) / sizeof(promised[0]); i++) {
        const struct kith_error err = {.status = promised[i].status, .source = KITH_SOURCE_MICROSOFT365};
        struct kith_failure failure;

        kith_failure_describe(&err, &failure);
        assert_string_equal(failure.id, promised[i].id);
        assert_string_equal(kith_status_id(promised[i].status), promised[i].id);
        assert_int_equal(failure.exit_code, promised[i].exit_code);
        assert_true(failure.title[0] != '\0');
        assert_null(strchr(failure.sentence, '{'));
        assert_null(strchr(failure.command, '{'));
        assert_true(failure.remedy == KITH_REMEDY_NONE || failure.button[0] != '\0');
    }
}

static void failures__facts_are_filled_in(void **state)
{
    struct kith_error err = {.status = KITH_E_PERMISSION_REMOVED, .source = KITH_SOURCE_MICROSOFT365, .count = 12874};
    struct kith_failure failure;

    (void)state;
    (void)kith_text_copy(err.account, sizeof(err.account), "work");
    kith_failure_describe(&err, &failure);
    assert_string_equal(failure.sentence,
                        "“work” no longer lets kith read its contacts. The 12,874 imported before are "
                        "still here. Sign in again and give the permission.");
    assert_string_equal(failure.command, "kith sign-in --again work");
}

static void failures__a_managed_account_names_its_domain(void **state)
{
    struct kith_error err = {
        .status = KITH_E_PERMISSION_MISSING, .source = KITH_SOURCE_MICROSOFT365, .reason = KITH_REASON_MANAGED};
    struct kith_failure failure;

    (void)state;
    (void)kith_text_copy(err.identity, sizeof(err.identity), "managed@locked.example");
    kith_failure_describe(&err, &failure);
    assert_non_null(strstr(failure.sentence, "An administrator of locked.example must allow Contacts.Read"));
    assert_int_equal(failure.remedy, KITH_REMEDY_COPY_LINK);
}

static void failures__a_command_is_safe_to_paste(void **state)
{
    struct kith_error err = {.status = KITH_E_CANCELLED, .source = KITH_SOURCE_MICROSOFT365};
    struct kith_failure failure;

    (void)state;
    (void)kith_text_copy(err.account, sizeof(err.account), "it's; rm -rf ~");
    kith_failure_describe(&err, &failure);
    assert_string_equal(failure.command, "kith import 'it'\\''s; rm -rf ~'");
}

static void failures__an_unknown_status_is_a_mistake_of_ours(void **state)
{
    const struct kith_error err = {.status = (enum kith_status)999};
    struct kith_failure failure;

    (void)state;
    kith_failure_describe(&err, &failure);
    assert_string_equal(failure.id, "internal");
    assert_string_equal(kith_status_id((enum kith_status)999), "internal");
}

static void failures__the_longest_facts_fit(void **state)
{
    struct kith_error err = {.source = KITH_SOURCE_MICROSOFT365, .count = INT64_MAX};
    struct kith_failure failure;

    (void)state;
    memset(err.account, 'x', sizeof(err.account) - 1);
    memset(err.identity, '\'', sizeof(err.identity) - 1);
    memset(err.message, 'x', sizeof(err.message) - 1);
    memset(err.other, 'x', sizeof(err.other) - 1);
    memset(err.request_id, 'x', sizeof(err.request_id) - 1);
    for (int status = 0; status < KITH_STATUS_COUNT; status++) {
        err.status = (enum kith_status)status;
        kith_failure_describe(&err, &failure);
        assert_true(strlen(failure.sentence) < sizeof(failure.sentence));
    }
}

static void failures__google_has_words_of_its_own(void **state)
{
    static const struct {
        struct kith_error err;
        const char *sentence; /* a part of it */
        const char *command;
    } rows[] = {
        {{.status = KITH_E_PERMISSION_MISSING, .reason = KITH_REASON_UNTICKED},
         "The box for contacts was not ticked on Google’s page.",
         "kith sign-in google"},
        {{.status = KITH_E_PERMISSION_MISSING, .reason = KITH_REASON_BLOCKED, .identity = "a@school.example"},
         "An administrator of school.example does not allow",
         "kith sign-in google"},
        {{.status = KITH_E_PERMISSION_MISSING},
         "Google gave neither contacts.readonly nor contacts.",
         "kith sign-in google"},
        {{.status = KITH_E_PERMISSION_REMOVED, .reason = KITH_REASON_BLOCKED, .account = "home", .count = 1204},
         "“home”. The 1,204 imported before are still here.",
         "kith import home"},
        {{.status = KITH_E_NOT_CONFIGURED, .reason = KITH_REASON_SERVICE_OFF},
         "switched off for the application",
         "kith sign-in google"},
        {{.status = KITH_E_NOT_CONFIGURED, .reason = KITH_REASON_NO_CLIENT_ID, .setting = "google.client_secret"},
         "no client secret: the setting google.client_secret is missing",
         "kith config set google.client_secret SECRET"},
        {{.status = KITH_E_NOT_CONFIGURED, .reason = KITH_REASON_NO_CLIENT_ID, .setting = "google.client_id"},
         "no client id: the setting google.client_id is missing",
         "kith config set google.client_id ID"},
    };
    (void)state;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct kith_error err = rows[i].err;
        struct kith_failure failure;

        err.source = KITH_SOURCE_GOOGLE;
        kith_failure_describe(&err, &failure);
        if (!strstr(failure.sentence, rows[i].sentence) || strcmp(failure.command, rows[i].command) != 0)
            fail_msg("%s / %s", failure.sentence, failure.command);
        assert_null(strchr(failure.sentence, '{'));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(failures__ids_and_exit_codes_are_as_promised),
        cmocka_unit_test(failures__facts_are_filled_in),
        cmocka_unit_test(failures__a_managed_account_names_its_domain),
        cmocka_unit_test(failures__a_command_is_safe_to_paste),
        cmocka_unit_test(failures__an_unknown_status_is_a_mistake_of_ours),
        cmocka_unit_test(failures__the_longest_facts_fit),
        cmocka_unit_test(failures__google_has_words_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
