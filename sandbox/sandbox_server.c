/* SPDX-License-Identifier: MIT */
/*
 * sandbox_server.c - the listening side: one libmicrohttpd daemon for each loopback address.
 *
 * Before: sandbox_main.c made the world.
 * After:  sandbox_exchange.c meets each request.
 */
#include "sandbox/sandbox_server.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>

#include <microhttpd.h>

#include "base/alloc.h"
#include "base/file.h"
#include "base/text.h"
#include "sandbox/sandbox_exchange.h"
#include "sandbox/sandbox_timer.h"
#include "sandbox/sandbox_world.h"

#define N_THREADS 4
#define MAX_CONNECTIONS 4096
#define IDLE_TIMEOUT_S 900U /* longer than the longest hang */
#define CONNECTION_BYTES ((size_t)64 << 10)
#define MAX_PEM_BYTES ((size_t)1 << 20)

struct sandbox_server {
    struct sandbox_exchange_context context;
    struct MHD_Daemon *v4, *v6;
    char *cert, *key; /* PEM; NULL without TLS */
};

static char *read_pem(const char *path)
{
    KITH_AUTO_DONE(kith_buf) buf = {0};
    struct kith_error err = {0};

    kith_buf_init(&buf, MAX_PEM_BYTES);
    if (kith_file_read(path, &buf, &err) == KITH_OK)
        return kith_buf_take_text(&buf);
    (void)fprintf(stderr, "kith-sandbox: %s\n", err.message);
    return NULL;
}

/* A listening socket, or -1 and errno. The port stays free for others while it is in TIME_WAIT only. */
static int listen_on(const struct sockaddr *addr, socklen_t len)
{
    int fd = socket(addr->sa_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    int on = 1;

    if (fd < 0)
        return -1;
    (void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)); /* only convenience */
    if (addr->sa_family == AF_INET6)
        (void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on, sizeof(on)); /* v4 has its own socket */
    if (bind(fd, addr, len) == 0 && listen(fd, 512) == 0)
        return fd;
    int reason = errno;
    (void)close(fd); /* it was never used */
    errno = reason;
    return -1;
}

static struct MHD_Daemon *start_daemon(struct sandbox_server *server, int fd)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, server->cert},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, server->key},
        {MHD_OPTION_END, 0, NULL},
    };

    if (!server->cert)
        tls[0] = tls[2];
    else
        flags |= MHD_USE_TLS;
    return MHD_start_daemon(flags, 0, NULL, NULL, sandbox_exchange_handle, &server->context, MHD_OPTION_LISTEN_SOCKET,
                            fd, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)N_THREADS, MHD_OPTION_CONNECTION_LIMIT,
                            (unsigned)MAX_CONNECTIONS, MHD_OPTION_CONNECTION_TIMEOUT, IDLE_TIMEOUT_S,
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, CONNECTION_BYTES, MHD_OPTION_URI_LOG_CALLBACK,
                            sandbox_exchange_begin, &server->context, MHD_OPTION_NOTIFY_COMPLETED, sandbox_exchange_end,
                            &server->context, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
}

static bool start_v4(struct sandbox_server *server, struct sandbox_world *world)
{
    struct sockaddr_in addr = {.sin_family = AF_INET, .sin_port = htons(world->options.port)};
    socklen_t len = sizeof(addr);
    int fd;

    addr.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    fd = listen_on((struct sockaddr *)&addr, sizeof(addr));
    if (fd < 0 || getsockname(fd, (struct sockaddr *)&addr, &len) != 0) {
        (void)fprintf(stderr, "kith-sandbox: cannot listen on 127.0.0.1:%u: %s\n", (unsigned)world->options.port,
                      strerror(errno));
        if (fd >= 0)
            (void)close(fd); /* it was never used */
        return false;
    }
    world->port = ntohs(addr.sin_port);
    (void)kith_text_format(world->base_url, sizeof(world->base_url), "%s://127.0.0.1:%u", world->scheme,
                           (unsigned)world->port);
    server->v4 = start_daemon(server, fd);
    if (server->v4)
        return true;
    (void)close(fd); /* it was never used */
    (void)fputs("kith-sandbox: the HTTP server could not start\n", stderr);
    return false;
}

/* Not having it is fine: the ready line names 127.0.0.1. */
static void start_v6(struct sandbox_server *server, const struct sandbox_world *world)
{
    struct sockaddr_in6 addr = {.sin6_family = AF_INET6, .sin6_port = htons(world->port)};
    int fd;

    addr.sin6_addr = in6addr_loopback;
    fd = listen_on((struct sockaddr *)&addr, sizeof(addr));
    if (fd < 0)
        return;
    server->v6 = start_daemon(server, fd);
    if (!server->v6)
        (void)close(fd); /* it was never used */
}

struct sandbox_server *sandbox_server_start(struct sandbox_world *world)
{
    KITH_AUTO(sandbox_server) server = kith_xnew(struct sandbox_server);

    server->context.world = world;
    if (world->options.tls_cert) {
        server->cert = read_pem(world->options.tls_cert);
        server->key = server->cert ? read_pem(world->options.tls_key) : NULL;
        if (!server->key)
            return NULL;
    }
    server->context.timer = sandbox_timer_new();
    if (!start_v4(server, world))
        return NULL;
    start_v6(server, world);
    return KITH_TAKE(server);
}

void sandbox_server_stop(struct sandbox_server *server)
{
    if (!server)
        return;
    if (server->context.timer)
        sandbox_timer_stop(server->context.timer);
    if (server->v4)
        MHD_stop_daemon(server->v4);
    if (server->v6)
        MHD_stop_daemon(server->v6);
    sandbox_timer_free(server->context.timer);
    free(server->cert);
    free(server->key);
    free(server);
}
