/* SPDX-License-Identifier: MIT */
/* tiny_server.c - an HTTP/1.1 server on loopback for tests; see tiny_server.h. One thread a connection. */
#include "tiny_server.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/text.h"

enum { MOST_CONNECTIONS = 256 };

struct connection {
    struct tiny_server *server;
    pthread_t thread;
    int fd;
    int number;
};

struct tiny_server {
    tiny_fn fn;
    void *ctx;
    int listening, port;
    int stop[2]; /* a pipe: closed at one end, readable at the other */
    pthread_t thread;
    pthread_mutex_t lock; /* over what follows, and around fn */
    int n_requests, n_open, most_open;
    struct connection connections[MOST_CONNECTIONS];
    int n_connections;
};

static void die(const char *what)
{
    perror(what);
    abort();
}

/* Wait for bytes; false: the server stops, or the client went away. */
static bool wait_readable(struct tiny_server *server, int fd)
{
    struct pollfd p[2] = {{.fd = fd, .events = POLLIN}, {.fd = server->stop[0], .events = POLLIN}};

    return poll(p, 2, -1) > 0 && p[1].revents == 0;
}

static bool send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = send(fd, bytes, len, MSG_NOSIGNAL);
        if (n <= 0)
            return false;
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* Read until the headers end, then the body they announce. in keeps what belongs to the next request. */
static bool read_request(struct connection *c, struct kith_buf *in, struct tiny_request *request)
{
    char chunk[16384];
    char value[32] = "0";
    char *end;

    while (in->len == 0 || !(end = strstr(in->data, "\r\n\r\n"))) {
        ssize_t n = wait_readable(c->server, c->fd) ? recv(c->fd, chunk, sizeof(chunk), 0) : 0;
        if (n <= 0 || !kith_buf_add(in, chunk, (size_t)n))
            return false;
    }
    size_t head_len = (size_t)(end - in->data) + 4;
    *request = (struct tiny_request){.connection = c->number};
    if (sscanf(in->data, "%7s %4095s", request->method, request->target) != 2)
        return false;
    const char *headers = strstr(in->data, "\r\n") + 2;
    kith_text_copy_n(request->headers, sizeof(request->headers), headers, (size_t)(end + 2 - headers));
    (void)tiny_header(request, "Content-Length", value, sizeof(value));
    size_t body_len = strtoul(value, NULL, 10);
    while (in->len < head_len + body_len) {
        ssize_t n = wait_readable(c->server, c->fd) ? recv(c->fd, chunk, sizeof(chunk), 0) : 0;
        if (n <= 0 || !kith_buf_add(in, chunk, (size_t)n))
            return false;
    }
    kith_text_copy_n(request->body, sizeof(request->body), in->data + head_len, body_len);
    memmove(in->data, in->data + head_len + body_len, in->len - head_len - body_len + 1);
    in->len -= head_len + body_len;
    return true;
}

static void decide(struct tiny_server *server, struct tiny_request *request, struct tiny_reply *reply)
{
    pthread_mutex_lock(&server->lock);
    request->number = ++server->n_requests;
    if (++server->n_open > server->most_open)
        server->most_open = server->n_open;
    server->fn(server->ctx, request, reply);
    pthread_mutex_unlock(&server->lock);
}

/* true: the connection stays open. */
static bool send_reply(struct connection *c, const struct tiny_reply *reply)
{
    char head[4096];

    if (reply->delay_ms > 0)
        usleep((useconds_t)reply->delay_ms * 1000);
    for (int i = 0; reply->after && atomic_load(reply->after) == 0 && i < 10000; i++)
        usleep(1000);
    if (reply->manner == TINY_HANG)
        (void)wait_readable(c->server, c->fd);
    if (reply->manner == TINY_HANG || reply->manner == TINY_CUT)
        return false;
    (void)kith_text_format(head, sizeof(head), "HTTP/1.1 %d Said\r\n%sContent-Length: %zu\r\n\r\n", reply->status,
                           reply->headers, reply->body.len);
    size_t len = reply->manner == TINY_TRUNCATE ? reply->body.len / 2 : reply->body.len;
    return send_all(c->fd, head, strlen(head)) && send_all(c->fd, kith_buf_text(&reply->body), len) &&
           reply->manner == TINY_WHOLE;
}

static void *serve_connection(void *ctx)
{
    struct connection *c = ctx;
    struct tiny_request *request = kith_xnew(struct tiny_request);
    KITH_AUTO_DONE(kith_buf) in;
    bool open = true;

    kith_buf_init(&in, 1024 * 1024);
    while (open && read_request(c, &in, request)) {
        struct tiny_reply reply = {.status = 200};
        kith_buf_init(&reply.body, 64 * 1024 * 1024);
        decide(c->server, request, &reply);
        open = send_reply(c, &reply);
        pthread_mutex_lock(&c->server->lock);
        c->server->n_open--;
        pthread_mutex_unlock(&c->server->lock);
        kith_buf_done(&reply.body);
    }
    close(c->fd);
    free(request);
    return NULL;
}

static void *serve(void *ctx)
{
    struct tiny_server *server = ctx;
    const int on = 1;

    while (wait_readable(server, server->listening)) {
        int fd = accept(server->listening, NULL, NULL);
        if (fd < 0)
            continue;
        if (server->n_connections == MOST_CONNECTIONS)
            die("too many connections for a test");
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
        struct connection *c = &server->connections[server->n_connections++];
        *c = (struct connection){.server = server, .fd = fd, .number = server->n_connections};
        if (pthread_create(&c->thread, NULL, serve_connection, c) != 0)
            die("pthread_create");
    }
    for (int i = 0; i < server->n_connections; i++)
        pthread_join(server->connections[i].thread, NULL);
    return NULL;
}

struct tiny_server *tiny_server_start(tiny_fn fn, void *ctx)
{
    struct tiny_server *server = kith_xnew(struct tiny_server);
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof(address);

    server->fn = fn;
    server->ctx = ctx;
    pthread_mutex_init(&server->lock, NULL);
    server->listening = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (pipe(server->stop) != 0 || bind(server->listening, (struct sockaddr *)&address, len) != 0 ||
        listen(server->listening, 64) != 0 || getsockname(server->listening, (struct sockaddr *)&address, &len) != 0)
        die("listen");
    server->port = ntohs(address.sin_port);
    if (pthread_create(&server->thread, NULL, serve, server) != 0)
        die("pthread_create");
    return server;
}

void tiny_server_stop(struct tiny_server *server)
{
    close(server->stop[1]);
    pthread_join(server->thread, NULL);
    close(server->stop[0]);
    close(server->listening);
    pthread_mutex_destroy(&server->lock);
    free(server);
}

int tiny_server_port(const struct tiny_server *server)
{
    return server->port;
}

int tiny_server_requests(struct tiny_server *server)
{
    pthread_mutex_lock(&server->lock);
    int n = server->n_requests;
    pthread_mutex_unlock(&server->lock);
    return n;
}

int tiny_server_most_at_once(struct tiny_server *server)
{
    pthread_mutex_lock(&server->lock);
    int n = server->most_open;
    pthread_mutex_unlock(&server->lock);
    return n;
}

bool tiny_header(const struct tiny_request *request, const char *name, char *out, size_t out_size)
{
    size_t name_len = strlen(name);

    for (const char *line = request->headers; *line != '\0'; line = strstr(line, "\r\n") + 2) {
        if (kith_text_starts_with_ci(line, name) && line[name_len] == ':') {
            const char *value = line + name_len + 1;
            value += strspn(value, " ");
            kith_text_copy_n(out, out_size, value, strcspn(value, "\r"));
            return true;
        }
    }
    return false;
}
