/* SPDX-License-Identifier: MIT */
/*
 * sandbox_identity.c - Microsoft's identity platform v2.0: which of its addresses was asked, and the small answers.
 *
 * Before: sandbox_route.c found that a path is not Graph's.
 * After:  sandbox_authorize.c, sandbox_token.c and sandbox_device.c do the large ones.
 */
#include "sandbox/sandbox_identity.h"

#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_world.h"

/* --- Tenants in paths ------------------------------------------------------------ */

bool sandbox_tenant_word_is_known(const char *word)
{
    return kith_text_equal_ci(word, "common") || kith_text_equal_ci(word, "organizations") ||
           kith_text_equal_ci(word, "consumers") || sandbox_tenant_find(word) != SANDBOX_NOBODY;
}

bool sandbox_tenant_word_admits(const char *word, size_t person)
{
    size_t tenant = sandbox_people[person].tenant;

    if (kith_text_equal_ci(word, "common"))
        return true;
    if (kith_text_equal_ci(word, "organizations"))
        return !sandbox_tenants[tenant].consumers;
    if (kith_text_equal_ci(word, "consumers"))
        return sandbox_tenants[tenant].consumers;
    return sandbox_tenant_find(word) == tenant;
}

/* --- Errors ------------------------------------------------------------------------ */

static void write_stamp(char out[21])
{
    kith_clock_format_iso(kith_clock_now_s(), out);
    out[10] = ' '; /* the identity platform writes a space where ISO 8601 has a T */
}

char *sandbox_identity_description(struct sandbox_request *req, int number, const char *words)
{
    char trace[37], correlation[37], stamp[21];

    sandbox_random_guid(trace);
    sandbox_random_guid(correlation);
    write_stamp(stamp);
    if (number == 0)
        return sandbox_request_format(req, "%s", words);
    return sandbox_request_format(req, "AADSTS%d: %s\r\nTrace ID: %s\r\nCorrelation ID: %s\r\nTimestamp: %s", number,
                                  words, trace, correlation, stamp);
}

void sandbox_identity_error(struct sandbox_request *req, const struct sandbox_identity_problem *problem,
                            struct sandbox_answer *ans)
{
    char guid[37], stamp[21];

    sandbox_answer_clear(ans);
    ans->status = problem->status;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    write_stamp(stamp);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "error", problem->error);
    kith_json_put_text(w, "error_description", sandbox_identity_description(req, problem->number, problem->words));
    kith_json_begin_array(w, "error_codes");
    if (problem->number)
        kith_json_put_int(w, NULL, problem->number);
    kith_json_end(w);
    kith_json_put_text(w, "timestamp", stamp);
    kith_json_put_text(w, "trace_id", req->request_id);
    sandbox_random_guid(guid);
    kith_json_put_text(w, "correlation_id", guid);
    if (problem->number)
        kith_json_put_text(
            w, "error_uri",
            sandbox_request_format(req, "%s/error?code=%d", sandbox_request_base_url(req), problem->number));
    if (problem->suberror)
        kith_json_put_text(w, "suberror", problem->suberror);
    if (problem->claims)
        kith_json_put_text(w, "claims", problem->claims);
    kith_json_end(w);
    sandbox_answer_header(req, ans, "Cache-Control", "no-store, no-cache");
}

/* --- Discovery ----------------------------------------------------------------------- */

static void put_texts(struct kith_json_writer *w, const char *name, const char *const *texts)
{
    kith_json_begin_array(w, name);
    for (; *texts; texts++)
        kith_json_put_text(w, NULL, *texts);
    kith_json_end(w);
}

/* The issuer names the tenant; for words that stand for many it is a template. */
static const char *issuer_of(struct sandbox_request *req, const char *word)
{
    const char *base = sandbox_request_base_url(req);
    size_t tenant = sandbox_tenant_find(word);

    if (kith_text_equal_ci(word, "consumers"))
        tenant = sandbox_people[sandbox_person_find("someone@outlook.example")].tenant;
    if (tenant == SANDBOX_NOBODY)
        return sandbox_request_format(req, "%s/{tenantid}/v2.0", base);
    return sandbox_request_format(req, "%s/%s/v2.0", base, sandbox_tenants[tenant].id);
}

static void put_endpoints(struct sandbox_request *req, struct kith_json_writer *w, const char *word)
{
    static const struct {
        const char *member, *path;
    } endpoints[] = {
        {"token_endpoint", "oauth2/v2.0/token"},
        {"jwks_uri", "discovery/v2.0/keys"},
        {"authorization_endpoint", "oauth2/v2.0/authorize"},
        {"device_authorization_endpoint", "oauth2/v2.0/devicecode"},
        {"end_session_endpoint", "oauth2/v2.0/logout"},
    };
    const char *base = sandbox_request_base_url(req);

    for (size_t i = 0; i < KITH_COUNT_OF(endpoints); i++)
        kith_json_put_text(w, endpoints[i].member,
                           sandbox_request_format(req, "%s/%s/%s", base, word, endpoints[i].path));
    kith_json_put_text(w, "userinfo_endpoint", sandbox_request_format(req, "%s/oidc/userinfo", base));
}

static void discovery(struct sandbox_request *req, const char *word, struct sandbox_answer *ans)
{
    static const char *const auth_methods[] = {"client_secret_post", "private_key_jwt", "client_secret_basic", NULL};
    static const char *const modes[] = {"query", "fragment", "form_post", NULL};
    static const char *const subjects[] = {"pairwise", NULL};
    static const char *const algorithms[] = {"RS256", NULL};
    static const char *const types[] = {"code", "id_token", "code id_token", "id_token token", NULL};
    static const char *const scopes[] = {"openid", "profile", "email", "offline_access", NULL};
    static const char *const claims[] = {"sub",  "iss", "aud", "exp", "iat",   "nonce", "preferred_username",
                                         "name", "tid", "oid", "ver", "email", NULL};
    const char *base = sandbox_request_base_url(req);
    const char *host = strstr(base, "://") + 3;

    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    put_endpoints(req, w, word);
    put_texts(w, "token_endpoint_auth_methods_supported", auth_methods);
    put_texts(w, "response_modes_supported", modes);
    put_texts(w, "subject_types_supported", subjects);
    put_texts(w, "id_token_signing_alg_values_supported", algorithms);
    put_texts(w, "response_types_supported", types);
    put_texts(w, "scopes_supported", scopes);
    kith_json_put_text(w, "issuer", issuer_of(req, word));
    kith_json_put_bool(w, "request_uri_parameter_supported", false);
    kith_json_put_bool(w, "http_logout_supported", true);
    kith_json_put_bool(w, "frontchannel_logout_supported", true);
    put_texts(w, "claims_supported", claims);
    kith_json_put_null(w, "tenant_region_scope");
    kith_json_put_text(w, "cloud_instance_name", host);
    kith_json_put_text(w, "cloud_graph_host_name", host);
    kith_json_put_text(w, "msgraph_host", host);
    kith_json_end(w);
    sandbox_answer_header(req, ans, "Cache-Control", "max-age=86400, private");
    sandbox_answer_header(req, ans, "Access-Control-Allow-Origin", "*");
}

/* No key signs anything here: a native program takes its id token from the token endpoint and need not check it. */
static void keys(struct sandbox_answer *ans)
{
    sandbox_answer_text(ans, 200, SANDBOX_JSON, "{\"keys\":[]}");
}

/* Official clients ask which hosts belong to one cloud. */
static void instance_discovery(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const char *base = sandbox_request_base_url(req);
    const char *host = strstr(base, "://") + 3;

    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "tenant_discovery_endpoint",
                       sandbox_request_format(req, "%s/common/v2.0/.well-known/openid-configuration", base));
    kith_json_put_text(w, "api-version", "1.1");
    kith_json_begin_array(w, "metadata");
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "preferred_network", host);
    kith_json_put_text(w, "preferred_cache", host);
    kith_json_begin_array(w, "aliases");
    kith_json_put_text(w, NULL, host);
    kith_json_end(w);
    kith_json_end(w);
    kith_json_end(w);
    kith_json_end(w);
}

static void logout(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const char *back = sandbox_params_text(&req->query, "post_logout_redirect_uri");
    bool slash = false;

    for (size_t i = 0; i < sandbox_n_apps; i++) {
        if (sandbox_app_redirect_matches(&sandbox_apps[i], back, &slash)) {
            sandbox_answer_redirect(req, ans, back);
            return;
        }
    }
    sandbox_page_message(req, "Signed out", "This browser holds no sign-in any more. Programs keep their permission.",
                         ans);
}

static void start_page(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_page_message(
        req, "kith-sandbox is running",
        "It stands for Microsoft's and Google's sign-in and contacts. Start a sign-in in a program that was "
        "pointed here, or look at /sandbox/requests.",
        ans);
}

/* --- Which address -------------------------------------------------------------------- */

/* The segments behind the tenant; all must match, in any case, and there must be no more. */
static bool path_is(const struct sandbox_request *req, const char *path)
{
    size_t i = 1;

    while (*path) {
        size_t len = strcspn(path, "/");
        char segment[48];
        if (!kith_text_copy_n(segment, sizeof(segment), path, len) ||
            !kith_text_equal_ci(sandbox_request_segment(req, i), segment))
            return false;
        i++;
        path += len;
        path += *path == '/';
    }
    return req->n_segments == i;
}

enum method { METHOD_GET = 1, METHOD_POST = 2 };

static const struct {
    const char *path;
    unsigned methods;
    void (*serve)(struct sandbox_request *req, struct sandbox_answer *ans);
} tenant_paths[] = {
    {"oauth2/v2.0/authorize", METHOD_GET | METHOD_POST, sandbox_authorize},
    {"oauth2/v2.0/token", METHOD_POST, sandbox_token_endpoint},
    {"oauth2/v2.0/devicecode", METHOD_POST, sandbox_device_endpoint},
    {"oauth2/v2.0/logout", METHOD_GET | METHOD_POST, logout},
    {"v2.0/adminconsent", METHOD_GET, sandbox_admin_consent},
    {"adminconsent", METHOD_GET, sandbox_admin_consent},
    {"discovery/instance", METHOD_GET, instance_discovery},
    {"login", METHOD_GET | METHOD_POST, sandbox_choose_person},
    {"consent", METHOD_POST, sandbox_decide},
    {"oauth2/deviceauth", METHOD_GET | METHOD_POST, sandbox_device_page},
};

static unsigned method_bit(const struct sandbox_request *req)
{
    if (strcmp(req->method, "POST") == 0)
        return METHOD_POST;
    return strcmp(req->method, "GET") == 0 || strcmp(req->method, "HEAD") == 0 ? METHOD_GET : 0;
}

static void not_found(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_page_error(req, 404, 0, "There is no such address here.", NULL, ans);
}

static void unknown_tenant(struct sandbox_request *req, const char *word, struct sandbox_answer *ans)
{
    const char *words = sandbox_request_format(req, "Tenant '%s' was not found.", word);
    struct sandbox_identity_problem problem = {400, "invalid_tenant", 90002, words, NULL, NULL};

    if (path_is(req, "oauth2/v2.0/authorize"))
        sandbox_page_error(req, 400, 90002, words, NULL, ans);
    else
        sandbox_identity_error(req, &problem, ans);
}

static bool is_known_path(const struct sandbox_request *req)
{
    for (size_t i = 0; i < KITH_COUNT_OF(tenant_paths); i++)
        if (path_is(req, tenant_paths[i].path))
            return true;
    return path_is(req, "v2.0/.well-known/openid-configuration") || path_is(req, "discovery/v2.0/keys");
}

void sandbox_identity(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const char *word = sandbox_request_segment(req, 0);

    if (sandbox_fault_replaces_answer(req, ans))
        return;
    if (req->n_segments == 0) {
        start_page(req, ans);
        return;
    }
    if (strcmp(word, "devicelogin") == 0 && req->n_segments == 1) {
        sandbox_device_page(req, ans);
        return;
    }
    if (is_known_path(req) && !sandbox_tenant_word_is_known(word)) {
        unknown_tenant(req, word, ans);
        return;
    }
    if (path_is(req, "v2.0/.well-known/openid-configuration")) {
        discovery(req, word, ans);
        return;
    }
    if (path_is(req, "discovery/v2.0/keys")) {
        keys(ans);
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(tenant_paths); i++) {
        if (!path_is(req, tenant_paths[i].path))
            continue;
        if (!(tenant_paths[i].methods & method_bit(req)))
            sandbox_page_error(req, 405, 900561, "This address does not take that kind of request.", NULL, ans);
        else
            tenant_paths[i].serve(req, ans);
        return;
    }
    not_found(req, ans);
}
