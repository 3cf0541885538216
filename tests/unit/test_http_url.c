/* SPDX-License-Identifier: MIT */
/* test_http_url.c - what may be asked for, and how an address may appear in a log. */
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
#include "http/http.h"
#include "http/http_url.h"

static void http_url__https_is_allowed_everywhere(void **state)
{
    (void)state;
    assert_true(kith_http_url_allowed("https://graph.microsoft.com/v1.0/me"));
    assert_true(kith_http_url_allowed("HTTPS://graph.microsoft.com"));
    assert_true(kith_http_url_allowed("https://127.0.0.1:8443/x"));
}

static void http_url__http_is_allowed_on_this_device_only(void **state)
{
    static const char *const allowed[] = {
        "http://localhost:8080/x", "http://LOCALHOST/", "http://127.0.0.1:1/", "http://127.1.2.3/", "http://[::1]:9/",
    };
    static const char *const refused[] = {
        "http://graph.microsoft.com/",
        "http://10.0.0.1/",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://[::2]/",
        "http://[fe80::1]/",
        "http://0.0.0.0/",
        "http://128.0.0.1/",
    };
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(allowed); i++)
        if (!kith_http_url_allowed(allowed[i]))
            fail_msg("refused: %s", allowed[i]);
    for (size_t i = 0; i < KITH_COUNT_OF(refused); i++)
        if (kith_http_url_allowed(refused[i]))
            fail_msg("allowed: %s", refused[i]);
}

static void http_url__odd_addresses_are_refused(void **state)
{
    static const char *const odd[] = {
        "",
        "graph.microsoft.com",
        "//graph.microsoft.com/",
        "ftp://localhost/",
        "file:///etc/passwd",
        "gopher://localhost/",
        "javascript:alert(1)",
        "https://",
        "https:///path",
        "https://user@graph.microsoft.com/",
        "https://graph.microsoft.com@evil.example/",
        "https://graph.microsoft.com:443@evil.example/",
        "https://@evil.example/",
        "https://:@evil.example/",
        "http://localhost@evil.example/",
        "http://localhost\\@evil.example/",
        "http://localhost#@evil.example:80\\/",
        "http://localhost /",
        "http://localhost/\r\nHost: evil.example",
        "http://local\thost/",
        "https://graph.microsoft.com:99999/",
    };
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(odd); i++)
        if (kith_http_url_allowed(odd[i]))
            fail_msg("allowed: %s", odd[i]);
}

static void http_url__an_origin_is_scheme_host_and_port(void **state)
{
    (void)state;
    assert_true(kith_http_same_origin("https://graph.microsoft.com/a", "https://GRAPH.microsoft.com:443/b?c"));
    assert_true(kith_http_same_origin("http://127.0.0.1:80/", "http://127.0.0.1"));
    assert_false(kith_http_same_origin("https://graph.microsoft.com/", "http://graph.microsoft.com/"));
    assert_false(kith_http_same_origin("https://graph.microsoft.com/", "https://graph.microsoft.us/"));
    assert_false(kith_http_same_origin("https://graph.microsoft.com/", "https://graph.microsoft.com:444/"));
    assert_false(kith_http_same_origin("https://graph.microsoft.com/", "https://graph.microsoft.com.evil.example/"));
    assert_false(kith_http_same_origin("https://graph.microsoft.com/", "/v1.0/me/contacts?$skip=10"));
    assert_false(kith_http_same_origin("https://graph.microsoft.com/", "https://graph.microsoft.com@evil.example/"));
}

static void http_url__a_log_shows_no_secret(void **state)
{
    char out[256];
    (void)state;

    kith_http_url_for_log("https://graph.microsoft.com/v1.0/me/contacts?$top=999&$skiptoken=SECRET&$skip=10#SECRET",
                          out, sizeof(out));
    assert_string_equal(out, "graph.microsoft.com:443/v1.0/me/contacts?$top=999&$skiptoken=...&$skip=10");
    kith_http_url_for_log("http://localhost:5000/?code=SECRET&state=SECRET&x", out, sizeof(out));
    assert_string_equal(out, "localhost:5000/?code=...&state=...&x");
    kith_http_url_for_log("https://user:SECRET@host/", out, sizeof(out));
    assert_string_equal(out, "");
    char small[12];
    kith_http_url_for_log("https://graph.microsoft.com/v1.0/me?code=SECRET", small, sizeof(small));
    assert_null(strstr(small, "SECRET"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(http_url__https_is_allowed_everywhere),
        cmocka_unit_test(http_url__http_is_allowed_on_this_device_only),
        cmocka_unit_test(http_url__odd_addresses_are_refused),
        cmocka_unit_test(http_url__an_origin_is_scheme_host_and_port),
        cmocka_unit_test(http_url__a_log_shows_no_secret),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
