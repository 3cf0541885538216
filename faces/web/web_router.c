/* SPDX-License-Identifier: MIT */
/*
 * web_router.c - one table from method and path to handler, and the order in which a request is judged.
 *
 * Before: web_wire.c read the whole request.
 * After:  a handler answers it, or a refusal does.
 *
 * A path is compared as it was sent, byte by byte. Nothing is ever looked up on the disk, so dots,
 * doubled slashes and escapes lead to "there is nothing here" and nowhere else.
 */
#include "web_router.h"

#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"

enum {
    GET = 1,  /* and HEAD */
    GET_ONLY, /* a HEAD would use up what it asks for */
    POST,
    POST_FILE, /* the body is no JSON but a file */
    PATCH,
};

struct route {
    int method;
    const char *path; /* "*" stands for one segment that is not empty */
    kith_web_handler handler;
};

/* The first fitting path counts: what is exact stands before what has a "*". */
static const struct route routes[] = {
    {GET, "/", kith_web_get_root},
    {GET_ONLY, "/start", kith_web_get_start},
    {GET, "/api/state", kith_web_get_state},
    {GET_ONLY, "/api/events", kith_web_get_events},
    {GET, "/api/contacts/index", kith_web_get_index},
    {GET, "/api/contacts/rows", kith_web_get_rows},
    {GET, "/api/contacts/*", kith_web_get_contact},
    {GET, "/api/contacts/*/position", kith_web_get_position},
    {GET, "/api/contacts/*/vcard", kith_web_get_vcard},
    {GET, "/api/contacts/*/photo", kith_web_get_photo},
    {GET, "/api/find", kith_web_get_find},
    {GET, "/api/who", kith_web_get_who},
    {GET, "/api/export", kith_web_get_export},
    {POST, "/api/signin", kith_web_post_signin},
    {POST, "/api/signin/*/cancel", kith_web_post_signin_cancel},
    {POST, "/api/signin/*/paste", kith_web_post_signin_paste},
    {POST, "/api/signin/*/close", kith_web_post_signin_close},
    {POST, "/api/import", kith_web_post_import},
    {POST, "/api/refresh", kith_web_post_refresh},
    {POST, "/api/runs/*/cancel", kith_web_post_run_cancel},
    {POST, "/api/runs/*/close", kith_web_post_run_close},
    {POST, "/api/uploads", kith_web_post_upload},
    {POST_FILE, "/api/uploads/*/file", kith_web_post_upload_file},
    {POST, "/api/uploads/*/drop", kith_web_post_upload_drop},
    {POST, "/api/uploads/*/import", kith_web_post_upload_import},
    {POST, "/api/uploads/*/cancel", kith_web_post_upload_cancel},
    {POST, "/api/accounts/*/sign-out", kith_web_post_sign_out},
    {POST, "/api/accounts/*/rename", kith_web_post_rename},
    {GET, "/api/accounts/*/held", kith_web_get_held},
    {GET, "/api/settings", kith_web_get_settings},
    {PATCH, "/api/settings", kith_web_patch_settings},
    {GET, "/api/regions", kith_web_get_regions},
    {GET, "/api/guide/*", kith_web_get_guide},
    {POST, "/api/repair", kith_web_post_repair},
    {POST, "/api/remove-everything", kith_web_post_remove_everything},
    {GET, "/*", kith_web_get_file},
};

/* Does path (len bytes) fit the pattern? The segment under the "*" goes to *ret_arg. */
static bool fits(const char *pattern, const char *path, size_t len, const char **ret_arg, size_t *ret_arg_len)
{
    const char *star = strchr(pattern, '*');
    size_t head = star ? (size_t)(star - pattern) : strlen(pattern);
    size_t tail = star ? strlen(star + 1) : 0;

    if (!star)
        return len == head && memcmp(path, pattern, len) == 0;
    if (len <= head + tail || memcmp(path, pattern, head) != 0 || memcmp(path + len - tail, star + 1, tail) != 0)
        return false;
    *ret_arg = path + head;
    *ret_arg_len = len - head - tail;
    return !memchr(*ret_arg, '/', *ret_arg_len);
}

static bool takes(int allowed, const char *method)
{
    switch (allowed) {
    case GET:
        return strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0;
    case GET_ONLY:
        return strcmp(method, "GET") == 0;
    case POST:
    case POST_FILE:
        return strcmp(method, "POST") == 0;
    default:
        return strcmp(method, "PATCH") == 0;
    }
}

static void add_allowed(int allowed, char *out, size_t out_size)
{
    static const char *const names[] = {
        [GET] = "GET, HEAD", [GET_ONLY] = "GET", [POST] = "POST", [POST_FILE] = "POST", [PATCH] = "PATCH"};
    size_t len = strlen(out);

    (void)kith_text_format(out + len, out_size - len, "%s%s", len > 0 ? ", " : "", names[allowed]);
}

/*
 * The route of a request; NULL after a refusal (404 or 405). Several methods of one path stand as
 * several rows, whose names add up in Allow.
 */
static const struct route *find_route(struct kith_web_request *request, struct kith_web_answer *answer)
{
    size_t len = strcspn(request->target, "?");
    const char *path = NULL;
    const char *arg = "";
    size_t arg_len = 0;

    for (size_t i = 0; i < KITH_COUNT_OF(routes); i++) {
        if ((path && strcmp(path, routes[i].path) != 0) || !fits(routes[i].path, request->target, len, &arg, &arg_len))
            continue;
        path = routes[i].path;
        if (takes(routes[i].method, request->method)) {
            /* A broken escape names nothing that there could be. */
            if (kith_percent_decode(arg, arg_len, /* form= */ false, request->arg, sizeof(request->arg)))
                return &routes[i];
            path = NULL;
            break;
        }
        add_allowed(routes[i].method, answer->allow, sizeof(answer->allow));
    }
    if (path) {
        kith_web_answer_refuse(answer, KITH_WEB_REFUSED_METHOD);
        return NULL;
    }
    answer->allow[0] = '\0';
    kith_web_answer_refuse(answer, KITH_WEB_REFUSED_NO_PATH);
    return NULL;
}

static bool is_type(const char *content_type, const char *wanted)
{
    if (!content_type || !kith_text_starts_with_ci(content_type, wanted))
        return false;
    content_type += strlen(wanted);
    return *content_type == '\0' || *content_type == ';' || *content_type == ' ';
}

/* What a request that changes something has to have beside the cookie. */
static bool may_write(const struct kith_web_request *request, int method, struct kith_web_answer *answer)
{
    bool is_file = method == POST_FILE;

    if (!request->x_kith || strcmp(request->x_kith, "1") != 0) {
        kith_web_answer_refuse(answer, KITH_WEB_REFUSED_FOREIGN);
        return false;
    }
    if (!is_type(request->content_type, is_file ? "application/octet-stream" : "application/json")) {
        kith_web_answer_refuse(answer, is_file ? KITH_WEB_REFUSED_FILE_TYPE : KITH_WEB_REFUSED_TYPE);
        return false;
    }
    return true;
}

/* Sizes first, then where it comes from: a refusal must not depend on what a stranger may not know. */
static bool is_welcome(struct kith_web *web, struct kith_web_request *request, bool is_api,
                       struct kith_web_answer *answer)
{
    enum kith_web_refusal why;

    if (strlen(request->target) > KITH_WEB_TARGET_BYTES)
        why = KITH_WEB_REFUSED_TARGET_SIZE;
    else if (request->header_bytes > KITH_WEB_HEADER_BYTES)
        why = KITH_WEB_REFUSED_HEADER_SIZE;
    else if (!kith_web_is_ours(&web->security, request) || (is_api && !kith_web_is_from_our_page(request)))
        why = KITH_WEB_REFUSED_FOREIGN;
    else if (is_api && !request->trusted)
        why = KITH_WEB_REFUSED_START_LINK;
    else
        return true;
    kith_web_answer_refuse(answer, why);
    return false;
}

static bool changes_something(const struct route *route)
{
    return route->method == POST || route->method == POST_FILE || route->method == PATCH;
}

/* The route of a request that may go there; NULL after a refusal. */
static const struct route *judge(struct kith_web *web, struct kith_web_request *request, struct kith_web_answer *answer)
{
    bool is_api = kith_text_starts_with(request->target, "/api/");
    const struct route *route;

    request->query = strchr(request->target, '?');
    request->query = request->query ? request->query + 1 : "";
    request->trusted = kith_web_has_cookie(&web->security, request);
    if (!is_welcome(web, request, is_api, answer))
        return NULL;
    route = find_route(request, answer);
    if (route && changes_something(route) && !may_write(request, route->method, answer))
        return NULL;
    return route;
}

/* Of a path that takes files: judged before its body, which may be as large as a disk. */
static bool may_bring_file(const struct kith_web_request *request)
{
    const char *arg;
    size_t arg_len;

    for (size_t i = 0; i < KITH_COUNT_OF(routes); i++)
        if (routes[i].method == POST_FILE &&
            fits(routes[i].path, request->target, strcspn(request->target, "?"), &arg, &arg_len))
            return true;
    return false;
}

static bool announces_too_much(const struct kith_web_request *request)
{
    int64_t n;

    return request->content_length && !kith_text_to_int64(request->content_length, 0, KITH_WEB_UPLOAD_FILE_BYTES, &n);
}

bool kith_web_begin(struct kith_web *web, struct kith_web_request *request, struct kith_web_answer *answer)
{
    struct kith_error err = {0};

    if (!may_bring_file(request))
        return true;
    if (!judge(web, request, answer))
        return false;
    if (announces_too_much(request)) {
        kith_web_answer_refuse(answer, KITH_WEB_REFUSED_FILE_SIZE);
        return false;
    }
    if (kith_web_upload_intake(web, request, &err) == KITH_OK)
        return true;
    kith_web_answer_fail(answer, &err);
    return false;
}

void kith_web_handle(struct kith_web *web, struct kith_web_request *request, struct kith_web_answer *answer)
{
    const struct route *route = judge(web, request, answer);
    struct kith_error err = {0};

    if (!route)
        return;
    if (request->body_too_large) {
        kith_web_answer_refuse(answer,
                               route->method == POST_FILE ? KITH_WEB_REFUSED_FILE_SIZE : KITH_WEB_REFUSED_BODY_SIZE);
        return;
    }
    if (route->handler(web, request, answer, &err) != KITH_OK)
        kith_web_answer_fail(answer, &err);
}
