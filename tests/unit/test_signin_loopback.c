/* SPDX-License-Identifier: MIT */
/* test_signin_loopback.c - the listener for the browser's answer, and the page it gives (src/signin/loopback.c, tab.c).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/text.h"
#include "signin/loopback.h"
#include "signin/tab.h"

struct listener {
    struct kith_loopback *loopback;
    pthread_mutex_t lock;
    enum kith_tab tab;
    int n;
    char target[16384];
};

static enum kith_tab on_target(void *ctx, const char *target)
{
    struct listener *l = ctx;

    pthread_mutex_lock(&l->lock);
    l->n++;
    (void)kith_text_copy(l->target, sizeof(l->target), target);
    enum kith_tab tab = l->tab;
    pthread_mutex_unlock(&l->lock);
    return tab;
}

static void begin(struct listener *l, enum kith_tab tab)
{
    struct kith_error err;

    memset(l, 0, sizeof(*l));
    l->tab = tab;
    pthread_mutex_init(&l->lock, NULL);
    assert_int_equal(kith_loopback_new(on_target, l, &l->loopback, &err), KITH_OK);
}

static void end(struct listener *l)
{
    kith_loopback_free(l->loopback);
    pthread_mutex_destroy(&l->lock);
}

/* A connection to the listener; -1 when there is none at that address. */
static int connect_to(int family, int port)
{
    struct sockaddr_in v4 = {
        .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_in6 v6 = {
        .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port), .sin6_addr = IN6ADDR_LOOPBACK_INIT};
    int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int code = family == AF_INET ? connect(fd, (struct sockaddr *)&v4, sizeof(v4))
                                 : connect(fd, (struct sockaddr *)&v6, sizeof(v6));

    if (code == 0)
        return fd;
    close(fd);
    return -1;
}

/* Send a request, read all of the answer. */
static size_t ask_raw(int family, int port, const char *request, char *answer, size_t answer_size)
{
    int fd = connect_to(family, port);
    size_t len = 0;
    ssize_t n;

    assert_true(fd >= 0);
    assert_int_equal(send(fd, request, strlen(request), MSG_NOSIGNAL), (ssize_t)strlen(request));
    while ((n = recv(fd, answer + len, answer_size - 1 - len, 0)) > 0)
        len += (size_t)n;
    answer[len] = '\0';
    close(fd);
    return len;
}

static void ask(const struct listener *l, const char *method, const char *target, const char *host, char *answer,
                size_t answer_size)
{
    static char request[64 * 1024];

    (void)snprintf(request, sizeof(request), "%s %s HTTP/1.1\r\nHost: %s:%d\r\n\r\n", method, target, host,
                   kith_loopback_port(l->loopback));
    (void)ask_raw(AF_INET, kith_loopback_port(l->loopback), request, answer, answer_size);
}

static char answer[65536];

static void loopback__the_answer_is_taken_and_the_tab_told(void **state)
{
    struct listener l;
    (void)state;

    begin(&l, KITH_TAB_DONE);
    ask(&l, "GET", "/?code=a%2Fb+c&state=x&x=%ZZ", "localhost", answer, sizeof(answer));
    assert_non_null(strstr(answer, "HTTP/1.1 200"));
    assert_non_null(strstr(answer, "You can close this tab"));
    assert_string_equal(l.target, "/?code=a%2Fb+c&state=x&x=%ZZ"); /* as it was sent */
    assert_int_equal(l.n, 1);
    end(&l);
}

static void loopback__its_page_cannot_be_framed_kept_or_run(void **state)
{
    static const char *const wanted[] = {
        "Content-Security-Policy: default-src 'none'; style-src 'sha256-",
        "frame-ancestors 'none'",
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "X-Frame-Options: DENY",
        "Content-Type: text/html; charset=utf-8",
        "Connection: close",
    };
    struct listener l;
    (void)state;

    begin(&l, KITH_TAB_CANCELLED);
    ask(&l, "GET", "/?state=x", "127.0.0.1", answer, sizeof(answer));
    for (size_t i = 0; i < KITH_COUNT_OF(wanted); i++)
        if (!strstr(answer, wanted[i]))
            fail_msg("missing: %s", wanted[i]);
    assert_null(strstr(answer, "Access-Control"));
    end(&l);
}

static void loopback__it_listens_on_both_addresses(void **state)
{
    struct listener l;
    (void)state;

    begin(&l, KITH_TAB_DONE);
    int v6 = connect_to(AF_INET6, kith_loopback_port(l.loopback));
    if (v6 < 0) { /* a system without ::1 */
        end(&l);
        return; /* not cmocka's skip(): it says "not ok" in TAP */
    }
    close(v6);
    char request[128];
    (void)snprintf(request, sizeof(request), "GET /?a=1 HTTP/1.1\r\nHost: [::1]:%d\r\n\r\n",
                   kith_loopback_port(l.loopback));
    (void)ask_raw(AF_INET6, kith_loopback_port(l.loopback), request, answer, sizeof(answer));
    assert_non_null(strstr(answer, "200"));
    assert_string_equal(l.target, "/?a=1");
    end(&l);
}

static void loopback__anything_else_is_not_there(void **state)
{
    static const struct {
        const char *method, *target, *host;
    } rows[] = {
        {"GET", "/favicon.ico", "localhost"}, {"GET", "/x?code=a&state=b", "localhost"},
        {"POST", "/?code=a", "localhost"},    {"PUT", "/?code=a", "localhost"},
        {"GET", "/?code=a", "evil.example"},  {"GET", "/?code=a", "localhost.evil.example"},
        {"HEAD", "/?code=a", "localhost"},
    };
    struct listener l;
    (void)state;

    begin(&l, KITH_TAB_DONE);
    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        ask(&l, rows[i].method, rows[i].target, rows[i].host, answer, sizeof(answer));
        if (!strstr(answer, " 404 "))
            fail_msg("%s %s at %s: %.40s", rows[i].method, rows[i].target, rows[i].host, answer);
    }
    assert_int_equal(l.n, 0);
    end(&l);

    begin(&l, KITH_TAB_NOT_OURS);
    ask(&l, "GET", "/?code=a&state=wrong", "localhost", answer, sizeof(answer));
    assert_non_null(strstr(answer, " 404 "));
    assert_null(strstr(answer, "wrong"));
    end(&l);
}

static void loopback__long_codes_fit_and_longer_lines_are_refused(void **state)
{
    static char target[40 * 1024];
    struct listener l;
    (void)state;

    begin(&l, KITH_TAB_DONE);
    (void)kith_text_copy(target, sizeof(target), "/?state=x&code=");
    memset(target + 15, 'a', 8000);
    ask(&l, "GET", target, "localhost", answer, sizeof(answer));
    assert_non_null(strstr(answer, " 200 "));
    assert_int_equal(strlen(l.target), 8015);

    memset(target + 15, 'a', 39000);
    ask(&l, "GET", target, "localhost", answer, sizeof(answer));
    assert_null(strstr(answer, " 200 "));
    assert_int_equal(l.n, 1);
    end(&l);
}

static void loopback__idle_connections_do_not_hold_its_end_up(void **state)
{
    struct listener l;
    int idle[4];
    (void)state;

    begin(&l, KITH_TAB_DONE);
    for (size_t i = 0; i < KITH_COUNT_OF(idle); i++)
        idle[i] = connect_to(AF_INET, kith_loopback_port(l.loopback));
    ask(&l, "GET", "/?a=1", "localhost", answer, sizeof(answer));
    int port = kith_loopback_port(l.loopback);
    int64_t began_ms = kith_clock_monotonic_ms();
    end(&l);
    assert_true(kith_clock_monotonic_ms() - began_ms < 900); /* a second is what an answer is given */
    for (size_t i = 0; i < KITH_COUNT_OF(idle); i++)
        close(idle[i]);
    assert_int_equal(connect_to(AF_INET, port), -1);
}

static void *ask_in_thread(void *ctx)
{
    struct listener *l = ctx;
    char request[128];
    char own[16384];

    (void)snprintf(request, sizeof(request), "GET /?a=1 HTTP/1.1\r\nHost: localhost:%d\r\n\r\n",
                   kith_loopback_port(l->loopback));
    for (int i = 0; i < 10; i++)
        (void)ask_raw(AF_INET, kith_loopback_port(l->loopback), request, own, sizeof(own));
    return NULL;
}

static void loopback__several_may_ask_at_once(void **state)
{
    struct listener l;
    pthread_t threads[4];
    (void)state;

    begin(&l, KITH_TAB_DONE);
    for (size_t i = 0; i < KITH_COUNT_OF(threads); i++)
        assert_int_equal(pthread_create(&threads[i], NULL, ask_in_thread, &l), 0);
    for (size_t i = 0; i < KITH_COUNT_OF(threads); i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(l.n, 40);
    end(&l);
}

/* --- The page ---------------------------------------------------------------------- */

static void tab__each_has_its_words(void **state)
{
    char page[8192];
    (void)state;

    assert_true(kith_signin_tab_html(KITH_TAB_DONE, NULL, page, sizeof(page)) > 0);
    assert_non_null(strstr(page, "<h1>You can close this tab</h1>"));
    assert_non_null(strstr(page, "kith may read your contacts now. The import is running by itself."));
    assert_true(kith_signin_tab_html(KITH_TAB_CANCELLED, NULL, page, sizeof(page)) > 0);
    assert_non_null(strstr(page, "<h1>The import was cancelled before</h1>"));
    assert_null(strstr(page, "Start again</a>"));
    assert_true(kith_signin_tab_html(KITH_TAB_DECLINED, NULL, page, sizeof(page)) > 0);
    assert_non_null(strstr(page, "<h1>Permission was not given</h1>"));
    assert_true(kith_signin_tab_html((enum kith_tab)77, NULL, page, sizeof(page)) > 0);
    assert_non_null(strstr(page, "There is nothing here"));
}

static void tab__it_asks_nothing_of_anybody(void **state)
{
    static const char *const never[] = {"<script", "src=", "<link", "url(", "@import", "style=", "onclick"};
    char page[8192];
    (void)state;

    for (int tab = KITH_TAB_NOT_OURS; tab <= KITH_TAB_DECLINED; tab++) {
        assert_true(kith_signin_tab_html((enum kith_tab)tab, "/settings", page, sizeof(page)) > 0);
        for (size_t i = 0; i < KITH_COUNT_OF(never); i++)
            if (strstr(page, never[i]))
                fail_msg("tab %d holds %s", tab, never[i]);
        assert_null(strstr(page, "http://"));
        assert_null(strstr(page, "https://"));
    }
}

static void tab__start_again_leads_to_a_page_only(void **state)
{
    char page[8192];
    (void)state;

    assert_true(kith_signin_tab_html(KITH_TAB_CANCELLED, "http://127.0.0.1:5/#settings?a=\"&b='<", page, sizeof(page)) >
                0);
    assert_non_null(strstr(page, "<a href=\"http://127.0.0.1:5/#settings?a=&quot;&amp;b=&#39;&lt;\">Start again</a>"));
    assert_true(kith_signin_tab_html(KITH_TAB_CANCELLED, "javascript:alert(1)", page, sizeof(page)) > 0);
    assert_null(strstr(page, "javascript"));
    assert_true(kith_signin_tab_html(KITH_TAB_DONE, "/settings", page, sizeof(page)) > 0);
    assert_null(strstr(page, "/settings"));
}

static void tab__half_a_page_is_no_page(void **state)
{
    char page[1000];
    (void)state;

    assert_int_equal(kith_signin_tab_html(KITH_TAB_DONE, NULL, page, sizeof(page)), 0);
    assert_string_equal(page, "");
    assert_int_equal(kith_signin_tab_html(KITH_TAB_DONE, NULL, NULL, 0), 0);
}

static void browser__only_web_addresses_are_opened(void **state)
{
    (void)state;
    assert_false(kith_browser_open("file:///etc/passwd", NULL));
    assert_false(kith_browser_open("--help", NULL));
    assert_false(kith_browser_open("", NULL));
    unsetenv("DISPLAY");
    unsetenv("WAYLAND_DISPLAY");
    unsetenv("BROWSER");
    assert_false(kith_browser_open("https://localhost/", NULL)); /* no display to show it on */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loopback__the_answer_is_taken_and_the_tab_told),
        cmocka_unit_test(loopback__its_page_cannot_be_framed_kept_or_run),
        cmocka_unit_test(loopback__it_listens_on_both_addresses),
        cmocka_unit_test(loopback__anything_else_is_not_there),
        cmocka_unit_test(loopback__long_codes_fit_and_longer_lines_are_refused),
        cmocka_unit_test(loopback__idle_connections_do_not_hold_its_end_up),
        cmocka_unit_test(loopback__several_may_ask_at_once),
        cmocka_unit_test(tab__each_has_its_words),
        cmocka_unit_test(tab__it_asks_nothing_of_anybody),
        cmocka_unit_test(tab__start_again_leads_to_a_page_only),
        cmocka_unit_test(tab__half_a_page_is_no_page),
        cmocka_unit_test(browser__only_web_addresses_are_opened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
