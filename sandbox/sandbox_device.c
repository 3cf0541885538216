/* SPDX-License-Identifier: MIT */
/*
 * sandbox_device.c - the device code grant (RFC 8628): the code, the page where it is typed, the polls.
 *
 * Before: a program without a browser asks for a code.
 * After:  sandbox_token.c issues tokens to its next poll.
 */
#include "sandbox/sandbox_device.h"

#include "base/text.h"
#include "sandbox/sandbox_google_signin.h"
#include "sandbox/sandbox_world.h"

#define LIFE_S 900
/* Seconds between polls. With --auto nobody types the code, and tests need not wait either. */
#define INTERVAL_S 5
#define INTERVAL_AUTO_S 1

static void refuse(struct sandbox_request *req, const char *error, int number, const char *words,
                   struct sandbox_answer *ans)
{
    struct sandbox_identity_problem problem = {400, error, number, words, NULL, NULL};

    sandbox_identity_error(req, &problem, ans);
}

static bool read_request(struct sandbox_request *req, struct sandbox_token *asked, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    char unknown[160];

    sandbox_params_parse(req->arena, req->body, req->body_len, &form);
    asked->app = sandbox_app_find(SANDBOX_MICROSOFT, sandbox_params_text(&form, "client_id"));
    asked->person = SANDBOX_NOBODY;
    (void)kith_text_copy(asked->tenant, sizeof(asked->tenant), sandbox_request_segment(req, 0)); /* a known word */
    if (!sandbox_params_get(&form, "client_id")) {
        refuse(req, "invalid_request", 900144, "The request lacks the parameter 'client_id'.", ans);
        return false;
    }
    if (!asked->app) {
        refuse(req, "unauthorized_client", 700016, "No program is registered under this client id.", ans);
        return false;
    }
    if (asked->app->wants_secret) {
        refuse(req, "invalid_client", 7000218, "The program is not registered as a public client.", ans);
        return false;
    }
    if (!sandbox_scope_parse(sandbox_params_text(&form, "scope"), &asked->scopes, unknown, sizeof(unknown))) {
        refuse(req, "invalid_scope", 70011, sandbox_request_format(req, "The scope '%s' is not known.", unknown), ans);
        return false;
    }
    return true;
}

/* As the real ones, unless a test asked for another. */
static struct sandbox_device_pace choose_pace(struct sandbox_request *req)
{
    bool by_itself = req->world->auto_person[SANDBOX_MICROSOFT] != SANDBOX_NOBODY;
    struct sandbox_device_pace pace = sandbox_vault_device_pace(req->world->vault);

    if (pace.life_s == 0)
        pace.life_s = LIFE_S;
    if (pace.interval_s == 0)
        pace.interval_s = by_itself ? INTERVAL_AUTO_S : INTERVAL_S;
    return pace;
}

void sandbox_device_endpoint(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_device_pace pace = choose_pace(req);
    struct sandbox_token asked = {0};
    char device_code[SANDBOX_TOKEN_SIZE], user_code[SANDBOX_USER_CODE_SIZE];
    const char *page;

    if (!read_request(req, &asked, ans))
        return;
    sandbox_vault_add_device(req->world->vault, &asked, pace.life_s, device_code, user_code);
    page = sandbox_request_format(req, "%s/devicelogin", sandbox_request_base_url(req));
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "user_code", user_code);
    kith_json_put_text(w, "device_code", device_code);
    kith_json_put_text(w, "verification_uri", page);
    kith_json_put_int(w, "expires_in", pace.life_s);
    kith_json_put_int(w, "interval", pace.interval_s);
    kith_json_put_text(
        w, "message",
        sandbox_request_format(req, "Open %s in a web browser and type the code %s to sign in.", page, user_code));
    kith_json_end(w);
    sandbox_answer_header(req, ans, "Cache-Control", "no-store, no-cache");
}

/* --auto: the first poll finds nothing, the second finds that the person has signed in. */
static void type_code_by_itself(struct sandbox_request *req, const char *device_code, struct sandbox_token *token)
{
    struct sandbox_vault *vault = req->world->vault;
    size_t person = req->world->auto_person[SANDBOX_MICROSOFT];
    unsigned missing = token->scopes & ~sandbox_vault_granted(vault, person, token->app);
    int64_t since_ms;

    if (sandbox_vault_count_poll(vault, device_code, &since_ms) < 2)
        return;
    if (!sandbox_people[person].admin && sandbox_scope_admin_part(missing, sandbox_people[person].tenant)) {
        sandbox_vault_set_device(vault, device_code, SANDBOX_DEVICE_DECLINED, person);
        return;
    }
    sandbox_vault_grant(vault, person, token->app, token->scopes, /* for_everybody= */ false);
    sandbox_vault_set_refusal(vault, person, 0);
    sandbox_vault_set_device(vault, device_code, SANDBOX_DEVICE_APPROVED, person);
}

bool sandbox_device_poll(struct sandbox_request *req, const struct sandbox_params *form, const struct sandbox_app *app,
                         struct sandbox_token *ret_token, struct sandbox_answer *ans)
{
    struct sandbox_vault *vault = req->world->vault;
    const char *device_code = sandbox_params_text(form, "device_code");
    enum sandbox_device_state state = sandbox_vault_find_device(vault, device_code, ret_token, NULL);

    if (state == SANDBOX_DEVICE_PENDING && req->world->auto_person[SANDBOX_MICROSOFT] != SANDBOX_NOBODY) {
        type_code_by_itself(req, device_code, ret_token);
        state = sandbox_vault_find_device(vault, device_code, ret_token, NULL);
        if (state != SANDBOX_DEVICE_PENDING && state != SANDBOX_DEVICE_APPROVED)
            req->person = req->world->auto_person[SANDBOX_MICROSOFT];
    }
    if (!*device_code || state == SANDBOX_DEVICE_UNKNOWN || ret_token->app != app) {
        refuse(req, "bad_verification_code", 70018, "The device code is not known.", ans);
        return false;
    }
    switch (state) {
    case SANDBOX_DEVICE_APPROVED:
        sandbox_vault_set_device(vault, device_code, SANDBOX_DEVICE_SPENT, ret_token->person);
        return true;
    case SANDBOX_DEVICE_PENDING:
        refuse(req, "authorization_pending", 70016, "Nobody has typed the code yet.", ans);
        return false;
    case SANDBOX_DEVICE_DECLINED:
        refuse(req, "authorization_declined", 0, "The person declined to sign in.", ans);
        return false;
    case SANDBOX_DEVICE_SPENT:
        refuse(req, "invalid_grant", 54005, "The device code was redeemed already.", ans);
        return false;
    case SANDBOX_DEVICE_EXPIRED:
    case SANDBOX_DEVICE_UNKNOWN:
        break;
    }
    refuse(req, "expired_token", 70020, "The device code has expired.", ans);
    return false;
}

void sandbox_device_page(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    struct sandbox_flow flow = {.kind = SANDBOX_FLOW_DEVICE, .person = SANDBOX_NOBODY};
    struct sandbox_token asked;
    const char *typed;
    char code[SANDBOX_USER_CODE_SIZE + 8];
    size_t n = 0;

    sandbox_params_parse(req->arena, req->body, req->body_len, &form);
    typed = sandbox_params_get(&form, "code") ? sandbox_params_text(&form, "code")
                                              : sandbox_params_text(&req->query, "code");
    if (!*typed) {
        sandbox_page_device(req, NULL, ans);
        return;
    }
    for (; *typed && n < sizeof(code) - 1; typed++) /* people type spaces and hyphens into codes */
        if (*typed != ' ' && *typed != '-')
            code[n++] = *typed;
    code[n] = '\0';
    if (sandbox_vault_find_device(req->world->vault, code, &asked, flow.device_code) != SANDBOX_DEVICE_PENDING) {
        sandbox_page_device(req, "That code did not work. Look at it again, or ask the program for a new one.", ans);
        return;
    }
    flow.app = asked.app;
    flow.scopes = asked.scopes;
    (void)kith_text_copy(flow.tenant, sizeof(flow.tenant), asked.tenant); /* the same size */
    if (asked.app->provider == SANDBOX_GOOGLE)
        sandbox_google_flow_begin(req, &flow, SANDBOX_NOBODY, ans);
    else
        sandbox_flow_begin(req, &flow, SANDBOX_NOBODY, ans);
}
