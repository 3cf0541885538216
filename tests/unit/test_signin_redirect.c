/* SPDX-License-Identifier: MIT */
/* test_signin_redirect.c - the browser's answer, sent or pasted (src/signin/redirect.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/alloc.h"
#include "base/text.h"
#include "signin/oauth.h"

static struct kith_redirect redirect;

static bool read_text(const char *text)
{
    /* A copy without a NUL at its end: an overrun would be noticed. */
    size_t len = strlen(text);
    char *exact = malloc(len > 0 ? len : 1);

    memcpy(exact, text, len);
    bool ok = kith_redirect_read(exact, len, &redirect);
    free(exact);
    return ok;
}

static void redirect__a_code_and_a_state_are_read(void **state)
{
    (void)state;
    assert_true(read_text("/?code=0.AX%2FB-c_d.~&state=xyz&session_state=1-2-3"));
    assert_string_equal(redirect.code, "0.AX/B-c_d.~");
    assert_string_equal(redirect.state, "xyz");
    assert_string_equal(redirect.error, "");
}

static void redirect__a_pasted_address_may_be_wrapped(void **state)
{
    static const char *const pasted[] = {
        "http://localhost:41813/?code=abc&state=xyz",
        "  http://localhost:41813/?code=abc&state=xyz\r\n",
        "\"http://localhost:41813/?code=abc&state=xyz\"",
        "<http://127.0.0.1:1/?state=xyz&code=abc#>",
        "'?code=abc&state=xyz'",
        "localhost/?&&code=abc&&state=xyz&",
    };
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(pasted); i++) {
        if (!read_text(pasted[i]))
            fail_msg("not read: %s", pasted[i]);
        assert_string_equal(redirect.code, "abc");
        assert_string_equal(redirect.state, "xyz");
    }
}

static void redirect__an_error_has_words(void **state)
{
    (void)state;
    assert_true(read_text("/?error=access_denied&error_subcode=cancel&state=xyz"));
    assert_string_equal(redirect.error, "access_denied");
    assert_string_equal(redirect.error_subcode, "cancel");
    assert_true(
        read_text("/?error=access_denied&error_description=AADSTS65004%3a+User+declined.%0d%0aTrace+ID%3a+1-2"));
    assert_string_equal(redirect.error_description, "AADSTS65004: User declined.  Trace ID: 1-2");
}

static void redirect__long_words_are_cut_and_broken_ones_left_out(void **state)
{
    KITH_AUTO_DONE(kith_buf) text;
    (void)state;

    kith_buf_init(&text, 64 * 1024);
    (void)kith_buf_add_text(&text, "/?error=x&error_description=");
    for (int i = 0; i < 2000; i++)
        (void)kith_buf_add_text(&text, "%C3%A9");
    assert_true(read_text(kith_buf_text(&text)));
    size_t len = strlen(redirect.error_description);
    assert_true(len > 200 && len < sizeof(redirect.error_description));
    assert_int_equal(kith_utf8_valid_len(redirect.error_description, len), len);
    assert_true(read_text("/?error=x&error_description=%00"));
    assert_string_equal(redirect.error_description, "");
    assert_true(read_text("/?error=x&error_description=a%FFb"));
    assert_string_equal(redirect.error_description, "a");
}

static void redirect__what_is_no_answer_is_not_read(void **state)
{
    static const char *const wrong[] = {
        "",
        "/",
        "?",
        "/favicon.ico",
        "http://localhost:41813/",
        "/?state=xyz",
        "/?code=&state=xyz",
        "/?error=&code=",
        "/?code=abc&error=access_denied",
        "/?code=abc&code=abc",
        "/?code=abc&state=x&state=x",
        "/?code=abc&%73tate=x&state=x",
        "/?code=a%",
        "/?code=a%4",
        "/?code=a%4g",
        "/?code=abc&other=%",
        "/?code=a%00b",
        "/?code=a%0Ab",
        "/?code=a%20b",
        "/?code=a+b",
        "/?code=a b&state=x",
        "/?code=a\001b",
        "/?code=\xC3\xA9",
        "/?code=%C3%A9",
        "/#code=abc&state=xyz",
        "code=abc&state=xyz",
        "javascript:alert(1)",
    };
    (void)state;

    memset(&redirect, 0, sizeof(redirect));
    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++)
        if (read_text(wrong[i]))
            fail_msg("read: %s", wrong[i]);
    assert_string_equal(redirect.code, ""); /* untouched all the while */
}

static void redirect__long_codes_fit_and_longer_ones_do_not(void **state)
{
    char *text = kith_xcalloc(1, 10000);
    (void)state;

    (void)kith_text_copy(text, 10000, "/?state=s&code=");
    memset(text + 15, 'a', 8191);
    assert_true(read_text(text));
    assert_int_equal(strlen(redirect.code), 8191);
    text[15 + 8191] = 'a';
    assert_false(read_text(text));
    free(text);

    assert_false(read_text("/?code=a&state=0123456789012345678901234567890123456789012345678901234567890123456789"
                           "01234567890123456789012345678901234567890123456789012345678901234567890"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(redirect__a_code_and_a_state_are_read),
        cmocka_unit_test(redirect__a_pasted_address_may_be_wrapped),
        cmocka_unit_test(redirect__an_error_has_words),
        cmocka_unit_test(redirect__long_words_are_cut_and_broken_ones_left_out),
        cmocka_unit_test(redirect__what_is_no_answer_is_not_read),
        cmocka_unit_test(redirect__long_codes_fit_and_longer_ones_do_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
