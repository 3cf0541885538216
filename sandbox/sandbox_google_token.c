/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_token.c - Google's token endpoint, and taking a grant back.
 *
 * Before: sandbox_google_signin.c issued a code.
 * After:  sandbox_google.c and the People API accept the access token.
 */
#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_google_manner.h"
#include "sandbox/sandbox_google_signin.h"
#include "sandbox/sandbox_proof.h"
#include "sandbox/sandbox_world.h"

/* A refresh token that nobody uses for half a year dies. */
#define REFRESH_LIFE_S (INT64_C(180) * 24 * 3600)

/* --- Refusals --------------------------------------------------------------------------- */

static const struct {
    const char *name;
    int status;
    const char *error, *words, *subtype;
} refusals[] = {
    {"none", 200, "", "", NULL},
    {"expired", 400, "invalid_grant", "Token has been expired or revoked.", NULL},
    {"bad-request", 400, "invalid_grant", "Bad Request", NULL},
    {"rapt", 400, "invalid_grant", "reauth related error (invalid_rapt)", "invalid_rapt"},
    {"rapt-required", 400, "invalid_grant", "reauth related error (rapt_required)", "rapt_required"},
    {"deleted", 400, "invalid_grant", "Account has been deleted", NULL},
    {"disabled", 400, "invalid_grant", "Account disabled", NULL},
    {"policy", 400, "admin_policy_enforced", "The administrator does not allow this.", NULL},
    {"outage", 503, "temporarily_unavailable", "The service is not available for a moment.", NULL},
};

const char *sandbox_google_refusal_name(int refusal)
{
    return refusal >= 0 && (size_t)refusal < KITH_COUNT_OF(refusals) ? refusals[refusal].name : "";
}

int sandbox_google_refusal_find(const char *name)
{
    for (size_t i = 0; i < KITH_COUNT_OF(refusals); i++)
        if (strcmp(refusals[i].name, name) == 0)
            return (int)i;
    return -1;
}

static void no_store(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_answer_header(req, ans, "Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    sandbox_answer_header(req, ans, "Pragma", "no-cache");
}

void sandbox_google_refuse(struct sandbox_request *req, int status, const char *error, const char *words,
                           const char *subtype, struct sandbox_answer *ans)
{
    sandbox_answer_clear(ans);
    ans->status = status;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "error", error);
    kith_json_put_text_if(w, "error_description", words);
    if (subtype) {
        kith_json_put_text(w, "error_subtype", subtype);
        kith_json_put_text(w, "error_uri", sandbox_request_format(req, "%s/error", sandbox_request_base_url(req)));
    }
    kith_json_end(w);
    no_store(req, ans);
}

/* --- The answer ------------------------------------------------------------------------------ */

/* The left half of the access token's hash: OpenID Connect Core 3.1.3.6. */
static const char *hash_of_token(struct sandbox_request *req, const char *access_token)
{
    unsigned char hash[32];
    char *out = kith_arena_alloc(req->arena, 24);

    sandbox_sha256(access_token, strlen(access_token), hash);
    sandbox_base64url(hash, 16, out);
    return out;
}

static const char *id_token_claims(struct sandbox_request *req, const struct sandbox_token *token, const char *nonce,
                                   const char *access_token)
{
    const struct sandbox_person *person = &sandbox_people[token->person];
    const struct sandbox_tenant *tenant = &sandbox_tenants[person->tenant];
    int64_t now_s = kith_clock_now_s();
    KITH_AUTO_DONE(kith_buf) claims = {0};

    kith_buf_init(&claims, 8192);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&claims, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "iss", sandbox_request_base_url(req));
    kith_json_put_text(w, "azp", token->app->client_id);
    kith_json_put_text(w, "aud", token->app->client_id);
    kith_json_put_text(w, "sub", person->oid);
    if (!tenant->consumers)
        kith_json_put_text(w, "hd", tenant->domain);
    if (token->scopes & SANDBOX_GOOGLE_EMAIL) {
        kith_json_put_text(w, "email", person->address);
        kith_json_put_bool(w, "email_verified", true);
    }
    kith_json_put_text(w, "at_hash", hash_of_token(req, access_token));
    kith_json_put_text_if(w, "nonce", nonce);
    if (token->scopes & SANDBOX_GOOGLE_PROFILE) {
        kith_json_put_text(w, "name", person->name);
        kith_json_put_text(w, "given_name", person->given_name);
        kith_json_put_text(w, "family_name", person->surname);
    }
    kith_json_put_int(w, "iat", now_s);
    kith_json_put_int(w, "exp", now_s + 3600);
    kith_json_end(w);
    return kith_arena_copy(req->arena, claims.data, claims.len);
}

static void put_refresh_token(struct sandbox_request *req, const struct sandbox_token *token,
                              struct kith_json_writer *w)
{
    int64_t ends_in_s = sandbox_google_get_settings(req->world->google).refresh_token_expires_in_s;
    char text[SANDBOX_TOKEN_SIZE];

    sandbox_vault_add_refresh(req->world->vault, token, ends_in_s ? ends_in_s : REFRESH_LIFE_S, text);
    kith_json_put_text(w, "refresh_token", text);
    if (ends_in_s)
        kith_json_put_int(w, "refresh_token_expires_in", ends_in_s);
}

/* token->scopes: what was granted. */
static void issue(struct sandbox_request *req, const struct sandbox_token *token, const char *nonce, bool with_refresh,
                  struct sandbox_answer *ans)
{
    int64_t life_s = sandbox_vault_choose_life(req->world->vault, SANDBOX_GOOGLE);
    char text[SANDBOX_TOKEN_SIZE], scopes[1024];

    req->person = token->person;
    sandbox_google_scope_write(token->scopes, scopes, sizeof(scopes));
    sandbox_vault_add_access(req->world->vault, token, life_s, text);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "access_token", text);
    kith_json_put_int(w, "expires_in", life_s);
    if (with_refresh)
        put_refresh_token(req, token, w);
    kith_json_put_text(w, "scope", scopes);
    kith_json_put_text(w, "token_type", "Bearer");
    if (token->scopes & SANDBOX_GOOGLE_OPENID)
        kith_json_put_text(w, "id_token", sandbox_id_token(req, id_token_claims(req, token, nonce, text)));
    kith_json_end(w);
    no_store(req, ans);
}

/* --- Grants ------------------------------------------------------------------------------------ */

/* What is wrong with the request that carries a good code; false: an answer was made. */
static bool code_fits(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                      const struct sandbox_flow *flow, struct sandbox_answer *ans)
{
    const char *verifier = sandbox_params_text(form, "code_verifier");

    if (flow->app != app)
        sandbox_google_refuse(req, 401, "unauthorized_client", "Unauthorized", NULL, ans);
    else if (strcmp(flow->redirect, sandbox_params_text(form, "redirect_uri")) != 0)
        sandbox_google_refuse(req, 400, "redirect_uri_mismatch", "Bad Request", NULL, ans);
    else if (flow->challenge[0] && !*verifier)
        sandbox_google_refuse(req, 400, "invalid_grant", "Missing code verifier.", NULL, ans);
    else if (flow->challenge[0] && !sandbox_verifier_matches(flow, verifier))
        sandbox_google_refuse(req, 400, "invalid_grant", "Invalid code verifier.", NULL, ans);
    else
        return true;
    return false;
}

static void grant_code(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                       struct sandbox_answer *ans)
{
    const char *code = sandbox_params_text(form, "code");
    struct sandbox_flow flow;
    struct sandbox_token token = {.app = app};

    if (!*code) {
        sandbox_google_refuse(req, 400, "invalid_request", "Missing required parameter: code", NULL, ans);
        return;
    }
    if (!kith_text_starts_with(code, "4/")) {
        sandbox_google_refuse(req, 400, "invalid_grant", "Malformed auth code.", NULL, ans);
        return;
    }
    switch (sandbox_vault_use_code(req->world->vault, code + 2, &flow)) {
    case SANDBOX_TOKEN_OK:
        break;
    case SANDBOX_TOKEN_USED:
    case SANDBOX_TOKEN_EXPIRED:
        sandbox_google_refuse(req, 400, "invalid_grant", "Bad Request", NULL, ans);
        return;
    case SANDBOX_TOKEN_UNKNOWN:
    case SANDBOX_TOKEN_NONE:
        sandbox_google_refuse(req, 400, "invalid_grant", "Malformed auth code.", NULL, ans);
        return;
    }
    req->person = flow.person;
    if (!code_fits(req, form, app, &flow, ans))
        return;
    token.person = flow.person;
    token.scopes = flow.scopes;
    issue(req, &token, flow.nonce, flow.consented, ans);
}

/* Whatever it was that ended a refresh token: the answer does not tell. */
static void refresh_is_dead(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_google_refuse(req, 400, "invalid_grant", "Token has been expired or revoked.", NULL, ans);
}

static void grant_refresh(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                          struct sandbox_answer *ans)
{
    struct sandbox_vault *vault = req->world->vault;
    const char *text = sandbox_params_text(form, "refresh_token");
    struct sandbox_token token;
    enum sandbox_token_state state;
    unsigned asked = 0;
    int refusal;
    char unknown[160];

    if (!*text) {
        sandbox_google_refuse(req, 400, "invalid_request", "Missing required parameter: refresh_token", NULL, ans);
        return;
    }
    state = sandbox_vault_check_refresh(vault, text, &token);
    if (state != SANDBOX_TOKEN_UNKNOWN)
        req->person = token.person;
    if (state == SANDBOX_TOKEN_UNKNOWN) {
        sandbox_google_refuse(req, 400, "invalid_grant", "Bad Request", NULL, ans);
        return;
    }
    if (token.app != app) {
        sandbox_google_refuse(req, 401, "unauthorized_client", "Unauthorized", NULL, ans);
        return;
    }
    refusal = sandbox_vault_refusal(vault, token.person);
    if (refusal > 0) {
        sandbox_google_refuse(req, refusals[refusal].status, refusals[refusal].error, refusals[refusal].words,
                              refusals[refusal].subtype, ans);
        return;
    }
    token.scopes &= sandbox_vault_granted(vault, token.person, app);
    if (state != SANDBOX_TOKEN_OK || token.scopes == 0) {
        refresh_is_dead(req, ans);
        return;
    }
    if (!sandbox_google_scope_parse(sandbox_params_text(form, "scope"), &asked, unknown, sizeof(unknown)) ||
        (asked & ~token.scopes)) {
        sandbox_google_refuse(req, 400, "invalid_scope", "Some requested scopes were invalid.", NULL, ans);
        return;
    }
    token.scopes = asked ? asked : token.scopes;
    issue(req, &token, "", /* with_refresh= */ false, ans);
}

static void grant_device(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                         struct sandbox_answer *ans)
{
    struct sandbox_token token;

    if (!sandbox_google_device_poll(req, form, app, &token, ans))
        return;
    token.scopes &= sandbox_vault_granted(req->world->vault, token.person, app); /* some boxes may be unticked */
    issue(req, &token, "", /* with_refresh= */ true, ans);
}

static const struct {
    const char *grant_type;
    void (*serve)(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                  struct sandbox_answer *ans);
} grants[] = {
    {"authorization_code", grant_code},
    {"refresh_token", grant_refresh},
    {"urn:ietf:params:oauth:grant-type:device_code", grant_device},
    {"http://oauth.net/grant_type/device/1.0", grant_device}, /* what Google called it before there was a standard */
};

/* --- Who asks ---------------------------------------------------------------------------------- */

/* Base64 with any padding; NULL when it is none. */
static const char *unbase64(struct sandbox_request *req, const char *text)
{
    size_t len = strcspn(text, "="), room = (len + 3) / 4 * 4;
    char *letters = kith_arena_alloc(req->arena, room + 1);
    unsigned char *bytes = kith_arena_alloc(req->arena, room / 4 * 3 + 1);

    memset(letters, 'A', room); /* stands for nothing: cut off again below */
    for (size_t i = 0; i < len; i++)
        letters[i] = text[i] == '+' ? '-' : text[i] == '/' ? '_' : text[i];
    if (!sandbox_unbase64url(letters, room, bytes))
        return NULL;
    bytes[len * 3 / 4] = '\0';
    return (const char *)bytes;
}

/* Id and secret of an HTTP Basic header take the place of the two parameters. */
static void read_client(struct sandbox_request *req, const struct sandbox_params *form, const char **ret_id,
                        const char **ret_secret)
{
    const char *header = sandbox_request_header(req, "Authorization");
    const char *pair = header && kith_text_starts_with_ci(header, "Basic ") ? unbase64(req, header + 6) : NULL;
    const char *colon = pair ? strchr(pair, ':') : NULL;

    *ret_id = sandbox_params_text(form, "client_id");
    *ret_secret = sandbox_params_text(form, "client_secret");
    if (!colon)
        return;
    char *id = kith_arena_alloc(req->arena, strlen(pair) + 1);
    char *secret = kith_arena_alloc(req->arena, strlen(pair) + 1);
    if (!kith_percent_decode(pair, (size_t)(colon - pair), true, id, strlen(pair) + 1) ||
        !kith_percent_decode(colon + 1, strlen(colon + 1), true, secret, strlen(pair) + 1))
        return;
    *ret_id = id;
    *ret_secret = secret;
}

/* The program that asks, or NULL: an answer was made. */
static const struct sandbox_app *find_client(struct sandbox_request *req, const struct sandbox_params *form,
                                             struct sandbox_answer *ans)
{
    const struct sandbox_app *app;
    const char *id, *secret;

    read_client(req, form, &id, &secret);
    app = sandbox_app_find(SANDBOX_GOOGLE, id);
    if (!*id)
        sandbox_google_refuse(req, 400, "invalid_request", "Could not determine client ID from request.", NULL, ans);
    else if (!app)
        sandbox_google_refuse(req, 401, "invalid_client", "The OAuth client was not found.", NULL, ans);
    else if (!*secret)
        sandbox_google_refuse(req, 400, "invalid_request", "client_secret is missing.", NULL, ans);
    else if (strcmp(secret, app->secret) != 0)
        sandbox_google_refuse(req, 401, "invalid_client", "Unauthorized", NULL, ans);
    else
        return app;
    return NULL;
}

void sandbox_google_token(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    const struct sandbox_app *app;
    const char *grant_type;

    sandbox_params_parse(req->arena, req->body, req->body_len, &form);
    app = find_client(req, &form, ans);
    if (!app)
        return;
    grant_type = sandbox_params_text(&form, "grant_type");
    for (size_t i = 0; i < KITH_COUNT_OF(grants); i++) {
        if (strcmp(grants[i].grant_type, grant_type) == 0) {
            grants[i].serve(req, &form, app, ans);
            return;
        }
    }
    sandbox_google_refuse(req, 400, "unsupported_grant_type",
                          sandbox_request_format(req, "Invalid grant_type: %.60s", grant_type), NULL, ans);
}

/* --- Taking back --------------------------------------------------------------------------------- */

/* The token says whose grant it is: nobody has to prove who they are, and all that was granted goes. */
void sandbox_google_revoke(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_vault *vault = req->world->vault;
    struct sandbox_params form = {0};
    struct sandbox_token token;
    const char *text;

    sandbox_params_parse(req->arena, req->body, req->body_len, &form);
    text = sandbox_params_get(&form, "token");
    if (!text)
        text = sandbox_params_text(&req->query, "token");
    if ((sandbox_vault_check_access(vault, text, &token) != SANDBOX_TOKEN_OK &&
         sandbox_vault_check_refresh(vault, text, &token) != SANDBOX_TOKEN_OK) ||
        token.app->provider != SANDBOX_GOOGLE) {
        sandbox_google_refuse(req, 400, "invalid_token", "Token expired or revoked", NULL, ans);
        return;
    }
    req->person = token.person;
    sandbox_vault_revoke_app(vault, token.person, token.app);
    sandbox_answer_text(ans, 200, SANDBOX_JSON, "{}");
    no_store(req, ans);
}
