/* SPDX-License-Identifier: MIT */
/*
 * web_wire.c - the only file that knows libmicrohttpd: gathers a request, has it answered, sends the answer.
 *
 * Before: web.c accepted a connection.
 * After:  web_router.c answers; this file adds the header fields that every answer has.
 *
 * Each connection has a thread of its own, so that a handler may wait for the engine and a stream for news. The
 * number of threads is that of connections, which web_connections.c bounds.
 */
#include "web_wire.h"

#include <netinet/in.h>

#include <microhttpd.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/text.h"
#include "web_connections.h"
#include "web_context.h"
#include "web_router.h"

enum {
    /* Of a connection: more than the header fields may be, so that we can refuse too many of them ourselves. */
    POOL_BYTES = 64 * 1024,
    STACK_BYTES = 512 * 1024,
    STALLED_S = 120, /* an answer of which nobody takes a byte; beyond anything a handler needs */
    /* The library's own limit is never reached: 0.9.75 keeps a lock when it is, and stands still from then on. */
    NO_LIMIT = 1 << 20,
    /* Of a body that is too large: its sender reads our answer only after its own last byte. */
    SWALLOWED_BYTES = 16 << 20,
    STREAM_BLOCK_BYTES = 16 * 1024,
    PROGRESS_BYTES = 1 << 20 /* of a file, within the time that a whole request has otherwise */
};

struct kith_web_wire {
    struct kith_web *web;
    struct kith_web_connections *connections;
    struct MHD_Daemon *daemon;
};

/* One request from its first line to the end of its answer. */
struct exchange {
    struct kith_web_request request;
    char *target;
    char *cookies; /* several fields joined; NULL: request.cookie is the only one */
    struct kith_buf body;
    size_t body_bytes;    /* that came, whether kept or not */
    size_t unnoted_bytes; /* of a file, since its progress was noted */
    bool has_fields;
};

/* --- Gathering a request ----------------------------------------------------------- */

static void *begin_exchange(void *cls, const char *target, struct MHD_Connection *connection)
{
    struct exchange *exchange = kith_xnew(struct exchange);

    exchange->target = kith_xstrdup(target);
    kith_buf_init(&exchange->body, KITH_WEB_BODY_BYTES);
    return exchange;
}

static void free_exchange(struct exchange *exchange)
{
    kith_web_intake_close(exchange->request.intake);
    kith_buf_done_secret(&exchange->body); /* it may be the pasted address of a sign-in */
    explicit_bzero(exchange->target, strlen(exchange->target));
    free(exchange->target);
    free(exchange->cookies);
    free(exchange);
}

struct field {
    const char *name;
    size_t offset; /* of a const char * in struct kith_web_request */
};

static const struct field fields[] = {
    {"Host", offsetof(struct kith_web_request, host)},
    {"Origin", offsetof(struct kith_web_request, origin)},
    {"Sec-Fetch-Site", offsetof(struct kith_web_request, fetch_site)},
    {"Content-Type", offsetof(struct kith_web_request, content_type)},
    {"X-Kith", offsetof(struct kith_web_request, x_kith)},
    {"If-None-Match", offsetof(struct kith_web_request, if_none_match)},
    {"Content-Length", offsetof(struct kith_web_request, content_length)},
};

static void take_cookie(struct exchange *exchange, const char *value)
{
    char *joined;
    size_t size;

    if (!exchange->request.cookie) {
        exchange->request.cookie = value;
        return;
    }
    size = strlen(exchange->request.cookie) + strlen(value) + 3;
    joined = kith_xnew_n(char, size);
    (void)kith_text_format(joined, size, "%s; %s", exchange->request.cookie, value);
    free(exchange->cookies);
    exchange->cookies = joined;
    exchange->request.cookie = joined;
}

static void take_field(struct exchange *exchange, const char *name, const char *value)
{
    if (kith_text_equal_ci(name, "Cookie")) {
        take_cookie(exchange, value);
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        if (!kith_text_equal_ci(name, fields[i].name))
            continue;
        const char **place = (const char **)(void *)((char *)&exchange->request + fields[i].offset);
        if (*place)
            exchange->request.doubled = true;
        *place = value;
    }
}

static enum MHD_Result on_field(void *cls, enum MHD_ValueKind kind, const char *name, size_t name_len,
                                const char *value, size_t value_len)
{
    struct exchange *exchange = cls;

    exchange->request.header_bytes += name_len + value_len + 4; /* ": " and the end of the line */
    if (value && strlen(value) == value_len)
        take_field(exchange, name, value);
    else if (value)
        exchange->request.doubled = true; /* a NUL inside: two fields in one */
    return MHD_YES;
}

/* A body larger than what is swallowed is refused before it is read; its sender may not see why. */
static bool is_hopeless(const struct kith_web_request *request)
{
    const char *length = request->content_length;
    int64_t n;

    return !request->intake && length && !kith_text_to_int64(length, 0, SWALLOWED_BYTES, &n);
}

static bool take_body(struct exchange *exchange, const char *bytes, size_t len)
{
    if (exchange->request.intake)
        return kith_web_intake_write(exchange->request.intake, bytes, len);
    exchange->body_bytes += len;
    (void)kith_buf_add(&exchange->body, bytes, len); /* marked full when it does not fit */
    exchange->request.body_too_large = exchange->body.full;
    return exchange->body_bytes <= SWALLOWED_BYTES;
}

/* --- Sending an answer ---------------------------------------------------------------- */

static ssize_t read_stream(void *cls, uint64_t pos, char *out, size_t out_size)
{
    struct kith_web_stream *stream = cls;
    ssize_t n = stream->read(stream, out, out_size);

    if (n > 0)
        return n;
    return n == 0 ? MHD_CONTENT_READER_END_OF_STREAM : MHD_CONTENT_READER_END_WITH_ERROR;
}

static void close_stream(void *cls)
{
    struct kith_web_stream *stream = cls;

    stream->close(stream);
}

/* The body goes over to the response. */
static struct MHD_Response *make_response(struct MHD_Connection *connection, struct kith_web_answer *answer)
{
    if (answer->stream) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        answer->stream->socket = info ? info->connect_fd : -1;
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK_BYTES, read_stream,
                                                 KITH_TAKE(answer->stream), close_stream);
    }
    if (answer->text.len > 0) {
        size_t len = answer->text.len;
        return MHD_create_response_from_buffer(len, kith_buf_take_text(&answer->text), MHD_RESPMEM_MUST_FREE);
    }
    /* Static bytes: the library does not write to them. */
    return MHD_create_response_from_buffer(answer->n_bytes, (void *)(uintptr_t)answer->bytes, MHD_RESPMEM_PERSISTENT);
}

static void add_field(struct MHD_Response *response, const char *name, const char *value)
{
    if (!kith_text_is_empty(value))
        (void)MHD_add_response_header(response, name, value); /* fails without memory only; the answer goes without */
}

static void add_fields(struct MHD_Response *response, const struct kith_web_answer *answer)
{
    for (size_t i = 0; kith_web_fixed_headers[i][0]; i++)
        add_field(response, kith_web_fixed_headers[i][0], kith_web_fixed_headers[i][1]);
    add_field(response, "Content-Security-Policy", answer->own_page ? kith_web_tab_policy : kith_web_page_policy);
    add_field(response, "Cache-Control", answer->etag[0] != '\0' ? "private, no-cache" : "no-store");
    add_field(response, "Content-Type", answer->type);
    add_field(response, "ETag", answer->etag);
    add_field(response, "Clear-Site-Data", answer->forget_kept ? "\"cache\"" : "");
    add_field(response, "Allow", answer->allow);
    add_field(response, "Location", answer->location);
    add_field(response, "Set-Cookie", answer->set_cookie);
    add_field(response, "Content-Disposition", answer->disposition);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection, struct kith_web_answer *answer)
{
    struct MHD_Response *response = make_response(connection, answer);
    enum MHD_Result result;

    if (!response)
        return MHD_NO;
    add_fields(response, answer);
    result = MHD_queue_response(connection, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return result;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, enum kith_web_refusal why)
{
    KITH_AUTO_DONE(kith_web_answer) answer;

    kith_web_answer_init(&answer);
    kith_web_answer_refuse(&answer, why);
    return send_answer(connection, &answer);
}

/* --- What libmicrohttpd calls ------------------------------------------------------------ */

static struct kith_web_connection *row_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

static enum MHD_Result answer_exchange(struct kith_web_wire *wire, struct MHD_Connection *connection,
                                       struct exchange *exchange)
{
    KITH_AUTO_DONE(kith_web_answer) answer;
    struct kith_web_connection *row = row_of(connection);

    exchange->request.body = kith_buf_text(&exchange->body);
    exchange->request.body_len = exchange->body.len;
    exchange->request.trusted = kith_web_has_cookie(&wire->web->security, &exchange->request);
    if (row)
        kith_web_connection_busy(wire->connections, row, exchange->request.trusted);
    kith_web_answer_init(&answer);
    kith_web_handle(wire->web, &exchange->request, &answer);
    kith_log_debug(KITH_LOG_WEB, "%s %.*s: %d", exchange->request.method, (int)strcspn(exchange->target, "?"),
                   exchange->target, answer.status);
    return send_answer(connection, &answer);
}

/* The header fields are here. A refusal now spares the body. */
static enum MHD_Result begin_body(struct kith_web_wire *wire, struct MHD_Connection *connection,
                                  struct exchange *exchange)
{
    KITH_AUTO_DONE(kith_web_answer) answer;

    kith_web_answer_init(&answer);
    if (!kith_web_begin(wire->web, &exchange->request, &answer))
        return send_answer(connection, &answer);
    return is_hopeless(&exchange->request) ? refuse(connection, KITH_WEB_REFUSED_BODY_SIZE) : MHD_YES;
}

/* A file may take its time as long as it comes in. */
static void note_progress(struct kith_web_wire *wire, struct MHD_Connection *connection, struct exchange *exchange,
                          size_t n_bytes)
{
    struct kith_web_connection *row = row_of(connection);

    exchange->unnoted_bytes += n_bytes;
    if (!exchange->request.intake || exchange->unnoted_bytes < PROGRESS_BYTES || !row)
        return;
    exchange->unnoted_bytes = 0;
    kith_web_connection_progress(wire->connections, row);
}

/* Called once when the header fields are here, for each piece of the body, and once at its end. */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url, const char *method,
                                  const char *version, const char *bytes, size_t *n_bytes, void **req_cls)
{
    struct exchange *exchange = *req_cls;

    if (!exchange)
        return MHD_NO;
    if (!exchange->has_fields) {
        exchange->has_fields = true;
        exchange->request.method = method;
        exchange->request.target = exchange->target;
        (void)MHD_get_connection_values_n(connection, MHD_HEADER_KIND, on_field, exchange);
        return begin_body(cls, connection, exchange);
    }
    if (*n_bytes > 0) {
        bool go_on = take_body(exchange, bytes, *n_bytes);
        note_progress(cls, connection, exchange, *n_bytes);
        *n_bytes = 0;
        return go_on ? MHD_YES : MHD_NO;
    }
    return answer_exchange(cls, connection, exchange);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **req_cls,
                         enum MHD_RequestTerminationCode why)
{
    struct kith_web_wire *wire = cls;
    struct kith_web_connection *row = row_of(connection);

    if (row)
        kith_web_connection_idle(wire->connections, row);
    if (*req_cls)
        free_exchange(*req_cls);
    *req_cls = NULL;
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct kith_web_wire *wire = cls;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        *socket_context = info ? kith_web_connection_begin(wire->connections, info->connect_fd) : NULL;
    } else if (*socket_context) {
        kith_web_connection_end(wire->connections, *socket_context);
        *socket_context = NULL;
    }
}

/* The library's own remarks are about clients that send nonsense: for who debugs only. */
__attribute__((format(printf, 2, 0))) static void on_log(void *cls, const char *format, va_list args)
{
    char line[512];

    if (kith_log_wanted(KITH_LOG_WEB) && vsnprintf(line, sizeof(line), format, args) > 0)
        kith_log_write(KITH_LOG_WEB, "%.*s", (int)strcspn(line, "\n"), line);
}

/* --- Life ---------------------------------------------------------------------------------- */

struct kith_web_wire *kith_web_wire_start(struct kith_web *web)
{
    const unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL |
                           MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC | MHD_USE_ERROR_LOG;
    struct kith_web_wire *wire = kith_xnew(struct kith_web_wire);

    wire->web = web;
    wire->connections = kith_web_connections_new();
    wire->daemon = MHD_start_daemon(flags, 0, NULL, NULL, on_request, wire, MHD_OPTION_EXTERNAL_LOGGER, on_log, NULL,
                                    MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, wire, MHD_OPTION_NOTIFY_COMPLETED,
                                    on_completed, wire, MHD_OPTION_NOTIFY_CONNECTION, on_connection, wire,
                                    MHD_OPTION_CONNECTION_LIMIT, (unsigned)NO_LIMIT, MHD_OPTION_CONNECTION_TIMEOUT,
                                    (unsigned)STALLED_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)POOL_BYTES,
                                    MHD_OPTION_THREAD_STACK_SIZE, (size_t)STACK_BYTES, MHD_OPTION_END);
    if (wire->daemon)
        return wire;
    kith_web_wire_stop(wire);
    return NULL;
}

void kith_web_wire_stop(struct kith_web_wire *wire)
{
    if (!wire)
        return;
    if (wire->daemon)
        MHD_stop_daemon(wire->daemon);
    kith_web_connections_free(wire->connections);
    free(wire);
}

void kith_web_wire_take(struct kith_web_wire *wire, int fd)
{
    struct sockaddr_in6 address = {.sin6_family = AF_INET6}; /* nothing is decided by it: both ends are here */

    if (!kith_web_connections_let_in(wire->connections, fd)) {
        (void)close(fd); /* nothing was read or written */
        return;
    }
    /* It closes the descriptor itself when it fails. */
    if (MHD_add_connection(wire->daemon, fd, (struct sockaddr *)&address, sizeof(address)) != MHD_YES)
        kith_web_connections_let_out(wire->connections, fd);
}

void kith_web_wire_sweep(struct kith_web_wire *wire)
{
    kith_web_connections_sweep(wire->connections);
}
