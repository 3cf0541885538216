/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_device.c - Google's device flow, which gives no contacts: its list of scopes is short.
 *
 * Before: a program without a browser asks for a code.
 * After:  sandbox_google_token.c issues tokens to its poll.
 */
#include "base/text.h"
#include "sandbox/sandbox_google_signin.h"
#include "sandbox/sandbox_world.h"

#define LIFE_S 1800
#define INTERVAL_S 5
#define INTERVAL_AUTO_S 1 /* with --auto nobody types the code, and tests need not wait either */

void sandbox_google_device_code(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_token asked = {.person = SANDBOX_NOBODY};
    struct sandbox_params form = {0};
    const struct sandbox_google_scope_rule *refused;
    char device_code[SANDBOX_TOKEN_SIZE], user_code[SANDBOX_USER_CODE_SIZE], unknown[160];
    bool by_itself = req->world->auto_person[SANDBOX_GOOGLE] != SANDBOX_NOBODY;

    sandbox_params_parse(req->arena, req->body, req->body_len, &form);
    asked.app = sandbox_app_find(SANDBOX_GOOGLE, sandbox_params_text(&form, "client_id"));
    if (!asked.app) {
        sandbox_google_refuse(req, 401, "invalid_client", "The OAuth client was not found.", NULL, ans);
        return;
    }
    if (!sandbox_google_scope_parse(sandbox_params_text(&form, "scope"), &asked.scopes, unknown, sizeof(unknown))) {
        sandbox_google_refuse(req, 400, "invalid_scope",
                              sandbox_request_format(req, "Invalid device flow scope: %s", unknown), NULL, ans);
        return;
    }
    refused = sandbox_google_scope_not_by_device(asked.scopes);
    if (refused) {
        sandbox_google_refuse(req, 400, "invalid_scope",
                              sandbox_request_format(req, "Invalid device flow scope: %s", refused->name), NULL, ans);
        return;
    }
    sandbox_vault_add_device(req->world->vault, &asked, LIFE_S, device_code, user_code);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "device_code", device_code);
    kith_json_put_text(w, "user_code", sandbox_request_format(req, "%.4s-%s", user_code, user_code + 4));
    kith_json_put_int(w, "expires_in", LIFE_S);
    kith_json_put_int(w, "interval", by_itself ? INTERVAL_AUTO_S : INTERVAL_S);
    kith_json_put_text(w, "verification_url", sandbox_request_format(req, "%s/device", sandbox_request_base_url(req)));
    kith_json_end(w);
}

/* --auto: the second poll finds that somebody has signed in. */
static void type_code_by_itself(struct sandbox_request *req, const char *device_code, const struct sandbox_token *token)
{
    size_t person = req->world->auto_person[SANDBOX_GOOGLE];

    sandbox_vault_grant(req->world->vault, person, token->app, token->scopes, /* for_everybody= */ false);
    sandbox_vault_set_device(req->world->vault, device_code, SANDBOX_DEVICE_APPROVED, person);
}

bool sandbox_google_device_poll(struct sandbox_request *req, const struct sandbox_params *form,
                                const struct sandbox_app *app, struct sandbox_token *ret_token,
                                struct sandbox_answer *ans)
{
    struct sandbox_vault *vault = req->world->vault;
    const char *device_code = sandbox_params_text(form, "device_code");
    enum sandbox_device_state state = sandbox_vault_find_device(vault, device_code, ret_token, NULL);
    bool by_itself = req->world->auto_person[SANDBOX_GOOGLE] != SANDBOX_NOBODY;
    int64_t since_ms;

    if (!*device_code || state == SANDBOX_DEVICE_UNKNOWN || ret_token->app != app) {
        sandbox_google_refuse(req, 400, "invalid_grant", "Malformed device code.", NULL, ans);
        return false;
    }
    if (sandbox_vault_count_poll(vault, device_code, &since_ms) >= 2 && by_itself && state == SANDBOX_DEVICE_PENDING) {
        type_code_by_itself(req, device_code, ret_token);
        state = sandbox_vault_find_device(vault, device_code, ret_token, NULL);
    }
    if (state == SANDBOX_DEVICE_APPROVED) {
        sandbox_vault_set_device(vault, device_code, SANDBOX_DEVICE_SPENT, ret_token->person);
        return true;
    }
    if (state == SANDBOX_DEVICE_PENDING && since_ms >= 0 && since_ms < INTERVAL_S * 1000 - 500 && !by_itself)
        sandbox_google_refuse(req, 403, "slow_down", "Forbidden", NULL, ans);
    else if (state == SANDBOX_DEVICE_PENDING)
        sandbox_google_refuse(req, 428, "authorization_pending", "Precondition Required", NULL, ans);
    else if (state == SANDBOX_DEVICE_DECLINED)
        sandbox_google_refuse(req, 403, "access_denied", "Forbidden", NULL, ans);
    else if (state == SANDBOX_DEVICE_EXPIRED)
        sandbox_google_refuse(req, 400, "expired_token", "The device code has expired.", NULL, ans);
    else
        sandbox_google_refuse(req, 400, "invalid_grant", "Bad Request", NULL, ans);
    return false;
}
