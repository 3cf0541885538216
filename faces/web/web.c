/* SPDX-License-Identifier: MIT */
/*
 * web.c - `kith serve`: opens the two loopback sockets, accepts, and ends when it is told to.
 *
 * Before: faces/cli/ opened the engine.
 * After:  web_wire.c reads requests from the connections that are accepted here.
 */
#include "web.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sodium.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/fail.h"
#include "base/text.h"
#include "web_context.h"
#include "web_wire.h"

enum {
    BACKLOG = 1024,  /* a client that finds it full waits a whole second */
    PORT_TRIES = 16, /* a port that is free on 127.0.0.1 may be taken on ::1 */
    SWEEP_EVERY_MS = 1000,
    NO_DESCRIPTORS_MS = 100,
    ACCEPTS_AT_ONCE = 64
};

struct listener {
    int v4, v6; /* v6 -1: this device has no ::1 */
    int port;
};

static void close_listener(struct listener *listener)
{
    if (listener->v4 >= 0)
        (void)close(listener->v4); /* nothing is lost: whoever waits in its queue was not accepted */
    if (listener->v6 >= 0)
        (void)close(listener->v6);
    *listener = (struct listener){.v4 = -1, .v6 = -1};
}

/* --- Listening -------------------------------------------------------------------- */

/* A listening socket, or -1 and errno. */
static int listen_on(const struct sockaddr *address, socklen_t len)
{
    int fd = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;

    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)); /* only convenience: start again at once */
    if (address->sa_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)); /* 127.0.0.1 has its own socket */
    if (bind(fd, address, len) == 0 && listen(fd, BACKLOG) == 0)
        return fd;
    int reason = errno;
    (void)close(fd); /* never used */
    errno = reason;
    return -1;
}

static int listen_v4(int port, int *ret_port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    socklen_t len = sizeof(address);
    int fd;

    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd = listen_on((struct sockaddr *)&address, sizeof(address));
    if (fd >= 0 && getsockname(fd, (struct sockaddr *)&address, &len) == 0)
        *ret_port = ntohs(address.sin_port);
    return fd;
}

static int listen_v6(int port)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6, .sin6_port = htons((uint16_t)port)};

    address.sin6_addr = in6addr_loopback;
    return listen_on((struct sockaddr *)&address, sizeof(address));
}

/* "localhost" may mean either address to a browser, so another program must not answer on one of them. */
static bool is_taken(int reason)
{
    return reason == EADDRINUSE || reason == EACCES;
}

static enum kith_status fail_port(int port, int reason, struct kith_error *err)
{
    if (!is_taken(reason))
        return kith_fail(err, KITH_E_INTERNAL, "cannot listen on this device's own address: %s", strerror(reason));
    (void)kith_fail(err, KITH_E_USAGE, "port %d cannot be used: %s", port, strerror(reason));
    (void)kith_fail_hint(err, "choose another with `--port`, or leave it out for any free one");
    return KITH_E_USAGE;
}

static enum kith_status open_listener(int wanted, struct listener *ret, struct kith_error *err)
{
    for (int i = 0; i < PORT_TRIES; i++) {
        struct listener listener = {.v4 = -1, .v6 = -1};

        listener.v4 = listen_v4(wanted, &listener.port);
        if (listener.v4 < 0)
            return fail_port(wanted, errno, err);
        listener.v6 = listen_v6(listener.port);
        if (listener.v6 >= 0 || !is_taken(errno)) {
            *ret = listener;
            return KITH_OK;
        }
        int reason = errno;
        close_listener(&listener);
        if (wanted != 0)
            return fail_port(wanted, reason, err);
    }
    return fail_port(wanted, EADDRINUSE, err);
}

/* --- Serving ------------------------------------------------------------------------- */

static bool is_passing(int reason)
{
    return reason == EINTR || reason == ECONNABORTED || reason == EAGAIN || reason == EWOULDBLOCK;
}

/* Take those who wait; a few at a time, so that a crowd does not keep us from being stopped. */
static void accept_from(int listening, struct kith_web_wire *wire, const struct kith_cancel *cancel)
{
    for (int i = 0; i < ACCEPTS_AT_ONCE; i++) {
        int on = 1;
        int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

        if (fd < 0) {
            if (!is_passing(errno))
                (void)kith_cancel_sleep_ms(cancel, NO_DESCRIPTORS_MS); /* no descriptor left: some will come back */
            return;
        }
        (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on)); /* only speed */
        kith_web_wire_take(wire, fd);
    }
}

static void serve(const struct listener *listener, struct kith_web *web, struct kith_web_wire *wire,
                  const struct kith_cancel *cancel)
{
    struct pollfd fds[3] = {{.fd = listener->v4, .events = POLLIN},
                            {.fd = listener->v6, .events = POLLIN}, /* -1 is left out by poll */
                            {.fd = kith_cancel_fd(cancel), .events = POLLIN}};

    while (!kith_cancel_is_set(cancel)) {
        int n = poll(fds, KITH_COUNT_OF(fds), SWEEP_EVERY_MS);

        kith_web_wire_sweep(wire);
        kith_web_uploads_sweep(web->uploads);
        for (size_t i = 0; n > 0 && i < 2; i++)
            if (fds[i].revents != 0)
                accept_from(fds[i].fd, wire, cancel);
    }
}

static enum kith_status choose_port(struct kith *k, int wanted, int *ret, struct kith_error *err)
{
    struct kith_settings *settings = NULL;
    int64_t port = wanted;
    enum kith_status st = wanted < 0 ? kith_settings_get(k, &settings, err) : KITH_OK;

    if (st != KITH_OK)
        return st;
    if (wanted < 0)
        port = 0;
    for (size_t i = 0; settings && i < settings->n; i++)
        if (strcmp(settings->setting[i].key, "web.port") == 0)
            (void)kith_text_to_int64(settings->setting[i].value, 0, 65535, &port); /* the engine checked it */
    kith_settings_free(settings);
    if (port > 65535)
        return kith_fail(err, KITH_E_USAGE, "a port is a number from 0 to 65535");
    *ret = (int)port;
    return KITH_OK;
}

static void tell_ready(struct kith_web *web, const struct kith_web_options *options)
{
    char path[128], link[256];

    (void)kith_text_format(path, sizeof(path), "/start?key=%s", web->security.start_key);
    kith_web_address(&web->security, path, link, sizeof(link));
    options->on_ready(options->ctx, link);
    sodium_memzero(path, sizeof(path));
    sodium_memzero(link, sizeof(link));
}

enum kith_status kith_web_run(struct kith *k, const struct kith_web_options *options, struct kith_error *err)
{
    struct listener listener = {.v4 = -1, .v6 = -1};
    struct kith_web_wire *wire;
    struct kith_web *web;
    int port = 0;
    enum kith_status st = choose_port(k, options->port, &port, err);

    if (st == KITH_OK && sodium_init() < 0)
        st = kith_fail(err, KITH_E_INTERNAL, "the system gives no random numbers");
    if (st == KITH_OK)
        st = open_listener(port, &listener, err);
    if (st != KITH_OK)
        return st;
    web = kith_web_new(k, listener.port);
    wire = kith_web_wire_start(web);
    if (wire) {
        tell_ready(web, options);
        serve(&listener, web, wire, options->cancel);
    } else {
        st = kith_fail(err, KITH_E_INTERNAL, "the HTTP server could not start");
    }
    close_listener(&listener);
    kith_web_stop(web);
    kith_web_wire_stop(wire);
    kith_web_free(web);
    return st;
}
