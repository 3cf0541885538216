/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google.c - Google: which of its addresses was asked, and the small answers.
 *
 * Before: sandbox_route.c found that a path is Google's.
 * After:  sandbox_google_signin.c and sandbox_google_token.c sign in, sandbox_google_people.c answers with people.
 */
#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_google_people.h"
#include "sandbox/sandbox_google_signin.h"
#include "sandbox/sandbox_identity.h"
#include "sandbox/sandbox_world.h"

/* --- Discovery and keys ------------------------------------------------------------------ */

static void put_texts(struct kith_json_writer *w, const char *name, const char *const *texts)
{
    kith_json_begin_array(w, name);
    for (; *texts; texts++)
        kith_json_put_text(w, NULL, *texts);
    kith_json_end(w);
}

void sandbox_google_discovery(struct sandbox_request *req, struct sandbox_answer *ans)
{
    static const struct {
        const char *member, *path;
    } endpoints[] = {
        {"issuer", ""},
        {"authorization_endpoint", "/o/oauth2/v2/auth"},
        {"device_authorization_endpoint", "/device/code"},
        {"token_endpoint", "/token"},
        {"userinfo_endpoint", "/v1/userinfo"},
        {"revocation_endpoint", "/revoke"},
        {"jwks_uri", "/oauth2/v3/certs"},
    };
    static const char *const types[] = {"code", NULL}, *const subjects[] = {"public", NULL},
                             *const algorithms[] = {"RS256", NULL},
                             *const scopes[] = {"openid", "email", "profile", NULL},
                             *const methods[] = {"client_secret_post", "client_secret_basic", NULL},
                             *const claims[] = {"aud", "email", "email_verified", "exp", "family_name", "given_name",
                                                "iat", "iss",   "name",           "sub", NULL},
                             *const challenges[] = {"plain", "S256", NULL},
                             *const grants[] = {"authorization_code", "refresh_token",
                                                "urn:ietf:params:oauth:grant-type:device_code", NULL};
    const char *base = sandbox_request_base_url(req);

    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    for (size_t i = 0; i < KITH_COUNT_OF(endpoints); i++)
        kith_json_put_text(w, endpoints[i].member, sandbox_request_format(req, "%s%s", base, endpoints[i].path));
    put_texts(w, "response_types_supported", types);
    put_texts(w, "subject_types_supported", subjects);
    put_texts(w, "id_token_signing_alg_values_supported", algorithms);
    put_texts(w, "scopes_supported", scopes);
    put_texts(w, "token_endpoint_auth_methods_supported", methods);
    put_texts(w, "claims_supported", claims);
    put_texts(w, "code_challenge_methods_supported", challenges);
    put_texts(w, "grant_types_supported", grants);
    kith_json_end(w);
    sandbox_answer_header(req, ans, "Cache-Control", "public, max-age=3600");
}

/* No key signs anything here: a native program takes its id token from the token endpoint and need not check it. */
void sandbox_google_certs(struct sandbox_request *req, struct sandbox_answer *ans)
{
    bool as_keys = strcmp(sandbox_request_segment(req, 1), "v3") == 0;

    sandbox_answer_text(ans, 200, SANDBOX_JSON, as_keys ? "{\"keys\":[]}" : "{}");
}

/* --- Who signed in -------------------------------------------------------------------------- */

/* The token of the header, or of the parameter that older programs use; false: it is not good. */
static bool find_token(struct sandbox_request *req, struct sandbox_token *token)
{
    const char *header = sandbox_request_header(req, "Authorization");
    struct sandbox_params form = {0};
    const char *text;

    sandbox_params_parse(req->arena, req->body, req->body_len, &form);
    text = sandbox_params_get(&form, "access_token");
    if (!text)
        text = sandbox_params_text(&req->query, "access_token");
    if (header && kith_text_starts_with_ci(header, "Bearer "))
        text = header + 7;
    if (sandbox_vault_check_access(req->world->vault, text, token) != SANDBOX_TOKEN_OK ||
        token->app->provider != SANDBOX_GOOGLE)
        return false;
    req->person = token->person;
    return true;
}

static void refuse_token(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_google_refuse(req, 401, "invalid_request", "Invalid Credentials", NULL, ans);
    sandbox_answer_header(
        req, ans, "WWW-Authenticate",
        sandbox_request_format(req, "Bearer realm=\"%s/\", error=\"invalid_token\"", sandbox_request_base_url(req)));
}

/* Version 2 has other names for some members. */
void sandbox_google_userinfo(struct sandbox_request *req, struct sandbox_answer *ans)
{
    bool old = strcmp(sandbox_request_segment(req, 1), "v2") == 0;
    struct sandbox_token token;

    if (!find_token(req, &token)) {
        refuse_token(req, ans);
        return;
    }
    const struct sandbox_person *person = &sandbox_people[token.person];
    const struct sandbox_tenant *tenant = &sandbox_tenants[person->tenant];
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, old ? "id" : "sub", person->oid);
    if (token.scopes & SANDBOX_GOOGLE_PROFILE) {
        kith_json_put_text(w, "name", person->name);
        kith_json_put_text(w, "given_name", person->given_name);
        kith_json_put_text(w, "family_name", person->surname);
        kith_json_put_text(
            w, "picture",
            sandbox_request_format(req, "%s/cm/o%.16s=s96-c", sandbox_request_base_url(req), person->oid));
    }
    if (token.scopes & SANDBOX_GOOGLE_EMAIL) {
        kith_json_put_text(w, "email", person->address);
        kith_json_put_bool(w, old ? "verified_email" : "email_verified", true);
    }
    if (!tenant->consumers)
        kith_json_put_text(w, "hd", tenant->domain);
    kith_json_end(w);
}

void sandbox_google_tokeninfo(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_token token;
    char scopes[1024];

    if (!find_token(req, &token)) {
        sandbox_google_refuse(req, 400, "invalid_token", "Invalid Value", NULL, ans);
        return;
    }
    sandbox_google_scope_write(token.scopes, scopes, sizeof(scopes));
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "azp", token.app->client_id);
    kith_json_put_text(w, "aud", token.app->client_id);
    kith_json_put_text(w, "sub", sandbox_people[token.person].oid);
    kith_json_put_text(w, "scope", scopes);
    kith_json_put_text(w, "expires_in", "3599");
    if (token.scopes & SANDBOX_GOOGLE_EMAIL)
        kith_json_put_text(w, "email", sandbox_people[token.person].address);
    kith_json_put_text(w, "access_type", "offline");
    kith_json_end(w);
}

/* --- Which address ---------------------------------------------------------------------------- */

enum method { METHOD_GET = 1, METHOD_POST = 2 };

static const struct {
    const char *path; /* exactly */
    unsigned methods;
    void (*serve)(struct sandbox_request *req, struct sandbox_answer *ans);
} paths[] = {
    {"/o/oauth2/v2/auth", METHOD_GET | METHOD_POST, sandbox_google_authorize},
    {"/o/oauth2/auth", METHOD_GET | METHOD_POST, sandbox_google_authorize},
    {"/signin/choose", METHOD_GET | METHOD_POST, sandbox_google_choose},
    {"/signin/consent", METHOD_POST, sandbox_google_decide},
    {"/token", METHOD_POST, sandbox_google_token},
    {"/oauth2/v4/token", METHOD_POST, sandbox_google_token},
    {"/oauth2/v3/token", METHOD_POST, sandbox_google_token},
    {"/o/oauth2/token", METHOD_POST, sandbox_google_token},
    {"/revoke", METHOD_GET | METHOD_POST, sandbox_google_revoke},
    {"/o/oauth2/revoke", METHOD_GET | METHOD_POST, sandbox_google_revoke},
    {"/device/code", METHOD_POST, sandbox_google_device_code},
    {"/device", METHOD_GET | METHOD_POST, sandbox_device_page},
    {"/tokeninfo", METHOD_GET | METHOD_POST, sandbox_google_tokeninfo},
    {"/oauth2/v3/tokeninfo", METHOD_GET | METHOD_POST, sandbox_google_tokeninfo},
    {"/.well-known/openid-configuration", METHOD_GET, sandbox_google_discovery},
    {"/oauth2/v3/certs", METHOD_GET, sandbox_google_certs},
    {"/oauth2/v1/certs", METHOD_GET, sandbox_google_certs},
    {"/v1/userinfo", METHOD_GET | METHOD_POST, sandbox_google_userinfo},
    {"/oauth2/v3/userinfo", METHOD_GET | METHOD_POST, sandbox_google_userinfo},
    {"/oauth2/v2/userinfo", METHOD_GET | METHOD_POST, sandbox_google_userinfo},
    {"/$discovery/rest", METHOD_GET, sandbox_google_api_description},
    {"/discovery/v1/apis/people/v1/rest", METHOD_GET, sandbox_google_api_description},
};

static unsigned method_bit(const struct sandbox_request *req)
{
    if (strcmp(req->method, "POST") == 0)
        return METHOD_POST;
    return strcmp(req->method, "GET") == 0 || strcmp(req->method, "HEAD") == 0 ? METHOD_GET : 0;
}

static void serve_others(struct sandbox_request *req, struct sandbox_answer *ans)
{
    for (size_t i = 0; i < KITH_COUNT_OF(paths); i++) {
        if (strcmp(paths[i].path, req->path) != 0)
            continue;
        if (paths[i].methods & method_bit(req))
            paths[i].serve(req, ans);
        else
            sandbox_google_page_error(req, 405, "method_not_allowed",
                                      "This address does not take that kind of request.", NULL, ans);
        return;
    }
    if (strcmp(sandbox_request_segment(req, 0), "cm") == 0 && req->n_segments == 2)
        sandbox_google_photo(req, ans);
    else
        sandbox_google_page_error(req, 404, "not_found", "There is no such address here.", NULL, ans);
}

void sandbox_google(struct sandbox_request *req, struct sandbox_answer *ans)
{
    if (sandbox_is_people_path(req))
        sandbox_google_people(req, ans);
    else if (!sandbox_fault_replaces_answer(req, ans))
        serve_others(req, ans);
}
