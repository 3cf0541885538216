/* SPDX-License-Identifier: MIT */
/*
 * sandbox_request.c - takes a request's target, query, form and headers apart.
 *
 * Before: sandbox_server.c received it, or sandbox_graph_batch.c unpacked it.
 * After:  sandbox_route.c hands it to the part of the sandbox that answers.
 */
#include "sandbox/sandbox_request.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include <microhttpd.h>

#include "base/text.h"
#include "sandbox/sandbox_world.h"

/* NULL when an escape is broken. */
static const char *decode(struct kith_arena *arena, const char *text, size_t len, bool form)
{
    char *out = kith_arena_alloc(arena, len + 1);

    return kith_percent_decode(text, len, form, out, len + 1) ? out : NULL;
}

static bool split_path(struct sandbox_request *req)
{
    const char *p = req->path;

    while (*p) {
        size_t len = strcspn(p, "/");
        if (len > 0) {
            if (req->n_segments == SANDBOX_MAX_SEGMENTS)
                return false;
            req->segment[req->n_segments] = decode(req->arena, p, len, false);
            if (!req->segment[req->n_segments])
                return false;
            req->n_segments++;
        }
        p += len;
        p += *p == '/';
    }
    return true;
}

bool sandbox_request_parse_target(struct sandbox_request *req, const char *target)
{
    size_t len = strlen(target);
    size_t path_len = strcspn(target, "?");

    if (len > SANDBOX_MAX_TARGET)
        return false;
    req->target = kith_arena_copy(req->arena, target, len);
    req->path = kith_arena_copy(req->arena, target, path_len);
    if (target[path_len] == '?')
        sandbox_params_parse(req->arena, target + path_len + 1, len - path_len - 1, &req->query);
    return split_path(req);
}

static void add_param(struct kith_arena *arena, const char *text, size_t len, struct sandbox_params *params)
{
    const char *equals = memchr(text, '=', len);
    size_t name_len = equals ? (size_t)(equals - text) : len;
    const char *name = decode(arena, text, name_len, true);
    const char *value = equals ? decode(arena, equals + 1, len - name_len - 1, true) : "";

    if (!name || !value || !*name)
        return;
    params->item[params->n].name = name;
    params->item[params->n].value = value;
    params->n++;
}

void sandbox_params_parse(struct kith_arena *arena, const char *text, size_t len, struct sandbox_params *ret)
{
    const char *end = text + len;

    while (text < end && ret->n < SANDBOX_MAX_PARAMS) {
        const char *amp = memchr(text, '&', (size_t)(end - text));
        size_t part = amp ? (size_t)(amp - text) : (size_t)(end - text);
        if (part > 0)
            add_param(arena, text, part, ret);
        text += part + 1;
    }
}

const char *sandbox_params_get(const struct sandbox_params *params, const char *name)
{
    for (size_t i = 0; i < params->n; i++)
        if (kith_text_equal_ci(params->item[i].name, name))
            return params->item[i].value;
    return NULL;
}

const char *sandbox_params_text(const struct sandbox_params *params, const char *name)
{
    const char *value = sandbox_params_get(params, name);
    return value ? value : "";
}

const char *sandbox_request_header(const struct sandbox_request *req, const char *name)
{
    const char *value = req->headers ? sandbox_params_get(req->headers, name) : NULL;

    if (value || !req->connection)
        return value;
    return MHD_lookup_connection_value(req->connection, MHD_HEADER_KIND, name);
}

const char *sandbox_request_segment(const struct sandbox_request *req, size_t i)
{
    return i < req->n_segments ? req->segment[i] : "";
}

static bool is_own_host(const struct sandbox_world *world, const char *host)
{
    static const char *const names[] = {"127.0.0.1", "localhost", "[::1]"};
    char own[48];

    for (size_t i = 0; i < KITH_COUNT_OF(names); i++) {
        (void)kith_text_format(own, sizeof(own), "%s:%u", names[i], (unsigned)world->port);
        if (kith_text_equal_ci(own, host))
            return true;
    }
    return false;
}

const char *sandbox_request_base_url(struct sandbox_request *req)
{
    const char *host = sandbox_request_header(req, "Host");

    if (!host || !is_own_host(req->world, host))
        return req->world->base_url;
    return sandbox_request_format(req, "%s://%s", req->world->scheme, host);
}

char *sandbox_request_format(struct sandbox_request *req, const char *format, ...)
{
    va_list args, again;
    char *out;
    int len;

    va_start(args, format);
    va_copy(again, args);
    len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    out = kith_arena_alloc(req->arena, (size_t)(len < 0 ? 0 : len) + 1);
    if (len > 0)
        (void)vsnprintf(out, (size_t)len + 1, format, again); /* the length was measured above */
    va_end(again);
    return out;
}

static const char *trim(struct sandbox_request *req, const char *text, size_t len)
{
    while (len > 0 && (isspace((unsigned char)text[0]) || text[0] == '"')) {
        text++;
        len--;
    }
    while (len > 0 && (isspace((unsigned char)text[len - 1]) || text[len - 1] == '"'))
        len--;
    return kith_arena_copy(req->arena, text, len);
}

struct prefer_search {
    struct sandbox_request *req;
    const char *name;
    const char *found;
};

static void search_prefer(struct prefer_search *s, const char *header)
{
    while (!s->found && *header) {
        size_t len = strcspn(header, ",");
        const char *equals = memchr(header, '=', len);
        size_t name_len = equals ? (size_t)(equals - header) : len;
        if (kith_text_equal_ci(trim(s->req, header, name_len), s->name))
            s->found = equals ? trim(s->req, equals + 1, len - name_len - 1) : "";
        header += len;
        header += *header == ',';
    }
}

static enum MHD_Result visit_header(void *cls, enum MHD_ValueKind kind, const char *key, const char *value)
{
    struct prefer_search *s = cls;

    (void)kind;
    if (value && kith_text_equal_ci(key, "Prefer"))
        search_prefer(s, value);
    return s->found ? MHD_NO : MHD_YES;
}

const char *sandbox_request_preference(struct sandbox_request *req, const char *name)
{
    struct prefer_search s = {.req = req, .name = name};

    if (req->headers)
        search_prefer(&s, sandbox_params_text(req->headers, "Prefer"));
    if (!s.found && req->connection)
        (void)MHD_get_connection_values(req->connection, MHD_HEADER_KIND, visit_header, &s);
    return s.found;
}
