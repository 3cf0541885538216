/* SPDX-License-Identifier: MIT */
/*
 * sandbox_token.c - the token endpoint: codes, refresh tokens and device codes become tokens.
 *
 * Before: sandbox_authorize.c issued a code, sandbox_device.c a device code.
 * After:  sandbox_graph.c accepts the access token.
 */
#include "sandbox/sandbox_identity.h"

#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_device.h"
#include "sandbox/sandbox_proof.h"
#include "sandbox/sandbox_world.h"

#define REFRESH_LIFE_S (INT64_C(90) * 24 * 3600)

/* --- Why a refresh may be refused ------------------------------------------------------- */

static const struct {
    const char *name;
    struct sandbox_identity_problem problem;
    bool blocks; /* signing in again does not help */
} refusals[] = {
    {"none", {0}, false},
    {"password", {400, "invalid_grant", 50173, "The grant was made before the password changed.", NULL, NULL}, false},
    {"unused", {400, "invalid_grant", 700082, "The refresh token was not used for 90 days.", NULL, NULL}, false},
    {"expired", {400, "invalid_grant", 70008, "The refresh token has expired.", "token_expired", NULL}, false},
    {"bad-token", {400, "invalid_grant", 70000, "The refresh token is no longer good.", "bad_token", NULL}, false},
    {"mfa",
     {400, "interaction_required", 50076, "A second proof of identity is asked for.", "basic_action",
      "{\"access_token\":{\"capolids\":{\"essential\":true,\"values\":[\"0f1c9f3e-6d51-4d0a-9a53-2f2f6f2d1c10\"]}}}"},
     false},
    {"frequency",
     {400, "invalid_grant", 70043, "The organization asks for a new sign-in every day.", NULL, NULL},
     false},
    {"device",
     {400, "interaction_required", 53001, "Only managed devices are allowed.", "additional_action", NULL},
     true},
    {"blocked",
     {400, "interaction_required", 53003, "A policy of the organization blocks this access.", "message_only", NULL},
     true},
    {"disabled", {400, "invalid_grant", 50057, "The account is disabled.", NULL, NULL}, true},
    {"unassigned", {400, "invalid_grant", 50105, "The account is not assigned to the program.", NULL, NULL}, true},
    {"outage", {503, "temporarily_unavailable", 90033, "The service is not available for a moment.", NULL, NULL}, true},
};

const char *sandbox_refusal_name(int refusal)
{
    return refusal >= 0 && (size_t)refusal < KITH_COUNT_OF(refusals) ? refusals[refusal].name : "";
}

int sandbox_refusal_find(const char *name)
{
    for (size_t i = 0; i < KITH_COUNT_OF(refusals); i++)
        if (strcmp(refusals[i].name, name) == 0)
            return (int)i;
    return -1;
}

bool sandbox_refusal_blocks(int refusal, int *ret_number, const char **ret_words)
{
    if (!refusals[refusal].blocks)
        return false;
    *ret_number = refusals[refusal].problem.number;
    *ret_words = refusals[refusal].problem.words;
    return true;
}

/* --- The answer --------------------------------------------------------------------------- */

/* The same for one person and program, different between programs. */
static void write_subject(const struct sandbox_token *token, char out[44])
{
    char both[128];
    unsigned char hash[32];

    (void)kith_text_format(both, sizeof(both), "%s %s", sandbox_people[token->person].oid, token->app->client_id);
    sandbox_sha256(both, strlen(both), hash);
    sandbox_base64url(hash, sizeof(hash), out);
}

static const char *id_token_claims(struct sandbox_request *req, const struct sandbox_token *token, const char *nonce)
{
    const struct sandbox_person *person = &sandbox_people[token->person];
    const char *tenant = sandbox_tenants[person->tenant].id;
    int64_t now_s = kith_clock_now_s();
    KITH_AUTO_DONE(kith_buf) claims = {0};
    char subject[44], uti[25];

    kith_buf_init(&claims, 8192);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&claims, false);
    write_subject(token, subject);
    sandbox_random_hex(uti, 22);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "aud", token->app->client_id);
    kith_json_put_text(w, "iss", sandbox_request_format(req, "%s/%s/v2.0", sandbox_request_base_url(req), tenant));
    kith_json_put_int(w, "iat", now_s - 300);
    kith_json_put_int(w, "nbf", now_s - 300);
    kith_json_put_int(w, "exp", now_s + 3600);
    if (token->scopes & SANDBOX_SCOPE_PROFILE) {
        kith_json_put_text(w, "name", person->name);
        kith_json_put_text(w, "oid", person->oid);
        kith_json_put_text(w, "preferred_username", person->address);
    }
    if (token->scopes & SANDBOX_SCOPE_EMAIL)
        kith_json_put_text(w, "email", person->address);
    kith_json_put_text_if(w, "nonce", nonce);
    kith_json_put_text(w, "sub", subject);
    kith_json_put_text(w, "tid", tenant);
    kith_json_put_text(w, "uti", uti);
    kith_json_put_text(w, "ver", "2.0");
    kith_json_end(w);
    return kith_arena_copy(req->arena, claims.data, claims.len);
}

static void put_client_info(struct sandbox_request *req, const struct sandbox_token *token, struct kith_json_writer *w)
{
    const struct sandbox_person *person = &sandbox_people[token->person];
    const char *info = sandbox_request_format(req, "{\"uid\":\"%s\",\"utid\":\"%s\"}", person->oid,
                                              sandbox_tenants[person->tenant].id);

    kith_json_put_text(w, "client_info", sandbox_base64url_text(req, info));
}

/* form: the request's; token->scopes is what was granted. */
static void issue(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_token *token,
                  const char *nonce, struct sandbox_answer *ans)
{
    struct sandbox_vault *vault = req->world->vault;
    int64_t life_s = sandbox_vault_choose_life(vault, SANDBOX_MICROSOFT);
    char text[SANDBOX_TOKEN_SIZE], scopes[256];

    req->person = token->person;
    sandbox_scope_write(token->scopes, scopes, sizeof(scopes));
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "token_type", "Bearer");
    kith_json_put_text(w, "scope", scopes);
    kith_json_put_int(w, "expires_in", life_s);
    kith_json_put_int(w, "ext_expires_in", life_s);
    sandbox_vault_add_access(vault, token, life_s, text);
    kith_json_put_text(w, "access_token", text);
    if (token->scopes & SANDBOX_SCOPE_OFFLINE) {
        sandbox_vault_add_refresh(vault, token, REFRESH_LIFE_S, text);
        kith_json_put_text(w, "refresh_token", text);
    }
    if (token->scopes & SANDBOX_SCOPE_OPENID)
        kith_json_put_text(w, "id_token", sandbox_id_token(req, id_token_claims(req, token, nonce)));
    if (strcmp(sandbox_params_text(form, "client_info"), "1") == 0)
        put_client_info(req, token, w);
    kith_json_end(w);
    sandbox_answer_header(req, ans, "Cache-Control", "no-store, no-cache");
    sandbox_answer_header(req, ans, "Pragma", "no-cache");
}

static void refuse(struct sandbox_request *req, int status, const char *error, int number, const char *words,
                   struct sandbox_answer *ans)
{
    struct sandbox_identity_problem problem = {status, error, number, words, NULL, NULL};

    sandbox_identity_error(req, &problem, ans);
}

static void refuse_missing(struct sandbox_request *req, const char *name, struct sandbox_answer *ans)
{
    refuse(req, 400, "invalid_request", 900144,
           sandbox_request_format(req, "The request lacks the parameter '%s'.", name), ans);
}

/* --- Grants -------------------------------------------------------------------------------- */

static bool is_proven(const struct sandbox_flow *flow, const char *verifier)
{
    size_t len = strlen(verifier);

    return !flow->challenge[0] || (len >= 43 && len <= 128 && sandbox_verifier_matches(flow, verifier));
}

static void grant_code(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                       struct sandbox_answer *ans)
{
    const char *code = sandbox_params_text(form, "code");
    const char *tenant = sandbox_request_segment(req, 0);
    struct sandbox_flow flow;
    struct sandbox_token token;

    if (!*code) {
        refuse_missing(req, "code", ans);
        return;
    }
    switch (sandbox_vault_use_code(req->world->vault, code, &flow)) {
    case SANDBOX_TOKEN_OK:
        break;
    case SANDBOX_TOKEN_USED:
        refuse(req, 400, "invalid_grant", 54005, "The code was redeemed already.", ans);
        return;
    case SANDBOX_TOKEN_EXPIRED:
        refuse(req, 400, "invalid_grant", 70008, "The code has expired.", ans);
        return;
    case SANDBOX_TOKEN_UNKNOWN:
    case SANDBOX_TOKEN_NONE:
        refuse(req, 400, "invalid_grant", 9002313, "The code is malformed or not known.", ans);
        return;
    }
    req->person = flow.person;
    if (flow.app != app)
        refuse(req, 400, "invalid_grant", 70000, "The code was issued to another program.", ans);
    else if (!kith_text_equal_ci(flow.tenant, tenant))
        refuse(req, 400, "invalid_grant", 700005, "The code was issued at another tenant's address.", ans);
    else if (strcmp(flow.redirect, sandbox_params_text(form, "redirect_uri")) != 0)
        refuse(req, 400, "invalid_grant", 500112, "The redirect address is not the one the code was sent to.", ans);
    else if (!is_proven(&flow, sandbox_params_text(form, "code_verifier")))
        refuse(req, 400, "invalid_grant", 501481, "The code verifier does not match the code challenge.", ans);
    else {
        token = (struct sandbox_token){.person = flow.person, .scopes = flow.scopes, .app = app};
        (void)kith_text_copy(token.tenant, sizeof(token.tenant), flow.tenant); /* the same size */
        issue(req, form, &token, flow.nonce, ans);
    }
}

/* Consent is looked at anew on every refresh: this is where a removed grant shows. */
static void consent_is_gone(struct sandbox_request *req, size_t person, struct sandbox_answer *ans)
{
    static const struct sandbox_identity_problem work = {
        400,
        "invalid_grant",
        65001,
        "The user or an administrator has not consented to use the program.",
        "consent_required",
        NULL};
    static const struct sandbox_identity_problem personal = {
        400, "invalid_grant", 70000, "The user must sign in again and if needed grant the program access.", NULL, NULL};

    sandbox_identity_error(req, sandbox_tenants[sandbox_people[person].tenant].consumers ? &personal : &work, ans);
}

static void grant_refresh(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                          struct sandbox_answer *ans)
{
    struct sandbox_vault *vault = req->world->vault;
    const char *text = sandbox_params_text(form, "refresh_token");
    const char *scope = sandbox_params_text(form, "scope");
    struct sandbox_token token;
    enum sandbox_token_state state;
    unsigned asked, granted;
    int refusal;
    char unknown[160];

    if (!*text) {
        refuse_missing(req, "refresh_token", ans);
        return;
    }
    state = sandbox_vault_check_refresh(vault, text, &token);
    if (state == SANDBOX_TOKEN_EXPIRED) {
        refuse(req, 400, "invalid_grant", 700082, "The refresh token was not used for 90 days.", ans);
        return;
    }
    if (state != SANDBOX_TOKEN_OK || token.app != app) {
        refuse(req, 400, "invalid_grant", 9002313, "The refresh token is malformed or not this program's.", ans);
        return;
    }
    req->person = token.person;
    refusal = sandbox_vault_refusal(vault, token.person);
    if (refusal > 0) {
        sandbox_identity_error(req, &refusals[refusal].problem, ans);
        return;
    }
    asked = token.scopes;
    if (*scope && !sandbox_scope_parse(scope, &asked, unknown, sizeof(unknown))) {
        refuse(req, 400, "invalid_scope", 70011, sandbox_request_format(req, "The scope '%s' is not known.", unknown),
               ans);
        return;
    }
    granted = sandbox_vault_granted(vault, token.person, app);
    if ((granted & token.scopes) != token.scopes || (asked & ~granted)) {
        consent_is_gone(req, token.person, ans);
        return;
    }
    /* A refresh token refreshes itself, and the sign-in's own scopes stay, whatever the request repeats. */
    token.scopes = asked | (token.scopes & (SANDBOX_SCOPE_OFFLINE | SANDBOX_SCOPE_OPENID | SANDBOX_SCOPE_PROFILE));
    issue(req, form, &token, "", ans);
}

static void grant_device(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                         struct sandbox_answer *ans)
{
    struct sandbox_token token;

    if (sandbox_device_poll(req, form, app, &token, ans))
        issue(req, form, &token, "", ans);
}

static const struct {
    const char *grant_type;
    void (*serve)(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                  struct sandbox_answer *ans);
} grants[] = {
    {"authorization_code", grant_code},
    {"refresh_token", grant_refresh},
    {"urn:ietf:params:oauth:grant-type:device_code", grant_device},
    {"device_code", grant_device},
};

/* Public programs must not send a secret, others must. true: refused. */
static bool refuse_client(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                          struct sandbox_answer *ans)
{
    const char *secret = sandbox_params_text(form, "client_secret");

    if (!app->wants_secret && *secret) {
        refuse(req, 401, "invalid_client", 700025, "The program is public and must not send a secret.", ans);
        return true;
    }
    if (app->wants_secret && !*secret) {
        refuse(req, 401, "invalid_client", 7000218,
               "The request must hold 'client_secret' or 'client_assertion': the program is registered as 'web'.", ans);
        return true;
    }
    if (app->wants_secret && strcmp(secret, app->secret) != 0) {
        refuse(req, 401, "invalid_client", 7000215, "The secret is wrong.", ans);
        return true;
    }
    return false;
}

void sandbox_token_endpoint(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    const struct sandbox_app *app;
    const char *grant_type;

    sandbox_params_parse(req->arena, req->body, req->body_len, &form);
    if (!sandbox_params_get(&form, "client_id")) {
        refuse_missing(req, "client_id", ans);
        return;
    }
    app = sandbox_app_find(SANDBOX_MICROSOFT, sandbox_params_text(&form, "client_id"));
    if (!app) {
        refuse(req, 400, "unauthorized_client", 700016, "No program is registered under this client id.", ans);
        return;
    }
    if (refuse_client(req, &form, app, ans))
        return;
    grant_type = sandbox_params_text(&form, "grant_type");
    for (size_t i = 0; i < KITH_COUNT_OF(grants); i++) {
        if (strcmp(grants[i].grant_type, grant_type) == 0) {
            grants[i].serve(req, &form, app, ans);
            return;
        }
    }
    if (!*grant_type)
        refuse_missing(req, "grant_type", ans);
    else
        refuse(req, 400, "unsupported_grant_type", 70003, "The grant type is not supported.", ans);
}
