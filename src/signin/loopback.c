/* SPDX-License-Identifier: MIT */
/*
 * loopback.c - the small listener that takes the browser's answer; see loopback.h.
 *
 * Before: engine/ sends the browser to the provider, with this listener as the way back.
 * After:  the function it was given decides, tab.c says the words.
 *
 * Whoever runs on this device can reach it, web pages in the person's browser included. So it
 * answers one address only, sends nothing that could be framed or read from another origin,
 * and has a ceiling on everything.
 */
#include "signin/loopback.h"

#include <arpa/inet.h>
#include <errno.h>
#include <stdatomic.h>
#include <sys/socket.h>

#include <microhttpd.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "signin/tab.h"

enum {
    CONNECTIONS = 16,
    TIMEOUT_S = 10,
    CONNECTION_BYTES = 32 * 1024, /* codes are long: several kilobytes of request line */
    TARGET_BYTES = 16 * 1024,
    BACKLOG = 8,
    PORT_TRIES = 16, /* a free port on 127.0.0.1 may be taken on ::1 */
    PAGE_BYTES = 8 * 1024,
    FINISH_MS = 1000,
    LOOK_EVERY_MS = 10,
};

struct kith_loopback {
    kith_loopback_fn fn;
    void *ctx;
    int port;
    atomic_int n_under_way;     /* requests begun and not fully answered; browsers keep idle connections beside them */
    struct MHD_Daemon *v4, *v6; /* v6: NULL where there is no ::1 */
};

/* --- Sockets ------------------------------------------------------------- */

static int listen_on(int family, const struct sockaddr *address, socklen_t address_len)
{
    const int on = 1;
    KITH_AUTO_FD fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

    if (fd < 0)
        return -1;
    if (family == AF_INET6 && setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)) != 0)
        return -1;
    if (bind(fd, address, address_len) != 0 || listen(fd, BACKLOG) != 0)
        return -1;
    return kith_take_fd(&fd);
}

static int listen_v4(int *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);
    KITH_AUTO_FD fd = listen_on(AF_INET, (const struct sockaddr *)&address, len);

    if (fd < 0 || getsockname(fd, (struct sockaddr *)&address, &len) != 0)
        return -1;
    *ret_port = ntohs(address.sin_port);
    return kith_take_fd(&fd);
}

static int listen_v6(int port)
{
    struct sockaddr_in6 address = {
        .sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT, .sin6_port = htons((uint16_t)port)};

    return listen_on(AF_INET6, (const struct sockaddr *)&address, sizeof(address));
}

/*
 * "localhost" may lead a browser to ::1 first, so the same port is needed on both. Where there is no ::1 at all,
 * no browser goes there; where somebody else has the port, they would get the answer: then another port is tried.
 */
static bool open_sockets(int *ret_v4, int *ret_v6, int *ret_port)
{
    for (int i = 0; i < PORT_TRIES; i++) {
        int v4 = listen_v4(ret_port);
        if (v4 < 0)
            return false;
        int v6 = listen_v6(*ret_port);
        if (v6 >= 0 || errno != EADDRINUSE) {
            *ret_v4 = v4;
            *ret_v6 = v6;
            return true;
        }
        (void)close(v4); /* it never had a connection */
    }
    errno = EADDRINUSE;
    return false;
}

/* --- Answering ----------------------------------------------------------- */

static const char *const headers[][2] = {
    {"Content-Type", "text/html; charset=utf-8"},
    {"Cache-Control", "no-store"},
    {"Referrer-Policy", "no-referrer"},
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Connection", "close"}, /* nothing else is to be had here */
};

static bool add_headers(struct MHD_Response *response)
{
    char policy[512];

    if (!kith_text_format(policy, sizeof(policy), "%s; frame-ancestors 'none'", kith_tab_policy()) ||
        MHD_add_response_header(response, "Content-Security-Policy", policy) != MHD_YES)
        return false;
    for (size_t i = 0; i < KITH_COUNT_OF(headers); i++) {
        if (MHD_add_response_header(response, headers[i][0], headers[i][1]) != MHD_YES)
            return false;
    }
    return true;
}

static enum MHD_Result answer(struct MHD_Connection *connection, enum kith_tab tab)
{
    char page[PAGE_BYTES];
    unsigned status = tab == KITH_TAB_NOT_OURS ? MHD_HTTP_NOT_FOUND : MHD_HTTP_OK;

    size_t len = kith_signin_tab_html(tab, NULL, page, sizeof(page));
    struct MHD_Response *response = MHD_create_response_from_buffer(len, page, MHD_RESPMEM_MUST_COPY);
    if (!response)
        return MHD_NO;
    enum MHD_Result result = add_headers(response) ? MHD_queue_response(connection, status, response) : MHD_NO;
    MHD_destroy_response(response);
    return result;
}

/* Called with the first line's target as it was sent; what it returns is on_request's *request. */
static void *on_target(void *ctx, const char *target, struct MHD_Connection *connection)
{
    struct kith_loopback *loopback = ctx;

    (void)connection;
    atomic_fetch_add(&loopback->n_under_way, 1);
    return strnlen(target, TARGET_BYTES) < TARGET_BYTES ? kith_xstrdup(target) : kith_xstrdup("");
}

/* The target holds the code: not a byte of it stays behind. */
static void on_completed(void *ctx, struct MHD_Connection *connection, void **request,
                         enum MHD_RequestTerminationCode why)
{
    struct kith_loopback *loopback = ctx;
    char *target = *request;

    (void)connection;
    (void)why;
    if (!target)
        return;
    explicit_bzero(target, strlen(target));
    free(target);
    *request = NULL;
    atomic_fetch_sub(&loopback->n_under_way, 1);
}

/* A page elsewhere that resolves its own name to this device must not get through. */
static bool is_our_host(struct MHD_Connection *connection, int port)
{
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    char expected[32];

    for (size_t i = 0; host && i < KITH_COUNT_OF(names); i++) {
        (void)kith_text_format(expected, sizeof(expected), "%s:%d", names[i], port); /* fits */
        if (kith_text_equal_ci(host, expected))
            return true;
    }
    return false;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *connection, const char *path, const char *method,
                                  const char *version, const char *upload, size_t *upload_len, void **request)
{
    struct kith_loopback *loopback = ctx;
    const char *target = *request;

    (void)version;
    (void)upload;
    *upload_len = 0;
    if (!target || strcmp(method, MHD_HTTP_METHOD_GET) != 0 || strcmp(path, "/") != 0 ||
        !is_our_host(connection, loopback->port))
        return answer(connection, KITH_TAB_NOT_OURS);
    enum kith_tab tab = loopback->fn(loopback->ctx, target);
    kith_log_debug(KITH_LOG_SIGNIN, "the browser asked port %d, tab %d", loopback->port, (int)tab);
    return answer(connection, tab);
}

/* --- Beginning and ending ------------------------------------------------ */

static void on_library_message(void *ctx, const char *format, va_list args)
{
    (void)ctx; /* a browser that hangs up is no news, and a message may quote a request */
    (void)format;
    (void)args;
}

/* fd belongs to the daemon from here on, also when it cannot be started. */
static struct MHD_Daemon *start(struct kith_loopback *loopback, int fd)
{
    struct MHD_Daemon *daemon = MHD_start_daemon(
        MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC | MHD_USE_ERROR_LOG, 0, NULL, NULL, on_request,
        loopback, MHD_OPTION_EXTERNAL_LOGGER, on_library_message, NULL, MHD_OPTION_LISTEN_SOCKET, fd,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)TIMEOUT_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES, MHD_OPTION_URI_LOG_CALLBACK, on_target, loopback,
        MHD_OPTION_NOTIFY_COMPLETED, on_completed, loopback, MHD_OPTION_END);

    if (!daemon)
        (void)close(fd); /* nothing was ever received on it */
    return daemon;
}

enum kith_status kith_loopback_new(kith_loopback_fn fn, void *ctx, struct kith_loopback **ret, struct kith_error *err)
{
    KITH_AUTO(kith_loopback) loopback = kith_xnew(struct kith_loopback);
    int v4 = -1;
    int v6 = -1;

    loopback->fn = fn;
    loopback->ctx = ctx;
    if (!open_sockets(&v4, &v6, &loopback->port))
        return kith_fail(err, KITH_E_INTERNAL, "could not listen for the browser's answer: %s", strerror(errno));
    loopback->v4 = start(loopback, v4);
    if (v6 >= 0)
        loopback->v6 = start(loopback, v6);
    if (!loopback->v4 || (v6 >= 0 && !loopback->v6))
        return kith_fail(err, KITH_E_INTERNAL, "could not start the listener for the browser's answer");
    *ret = KITH_TAKE(loopback);
    return KITH_OK;
}

int kith_loopback_port(const struct kith_loopback *loopback)
{
    return loopback->port;
}

/* Take no new ones. */
static void quiesce(struct MHD_Daemon *daemon)
{
    KITH_AUTO_FD fd = daemon ? MHD_quiesce_daemon(daemon) : -1; /* the listening socket is ours to close then */

    (void)fd;
}

void kith_loopback_free(struct kith_loopback *loopback)
{
    if (!loopback)
        return;
    quiesce(loopback->v4);
    quiesce(loopback->v6);
    /* The tab should get its words: the answer is often what made the sign-in end. */
    int64_t until_ms = kith_clock_monotonic_ms() + FINISH_MS;
    while (atomic_load(&loopback->n_under_way) > 0 && kith_clock_monotonic_ms() < until_ms)
        (void)kith_cancel_sleep_ms(NULL, LOOK_EVERY_MS); /* cannot be cancelled without a switch */
    if (loopback->v4)
        MHD_stop_daemon(loopback->v4);
    if (loopback->v6)
        MHD_stop_daemon(loopback->v6);
    free(loopback);
}
