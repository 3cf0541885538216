/* SPDX-License-Identifier: MIT */
/*
 * sandbox_authorize.c - from the authorize address over picker and consent to the redirect.
 *
 * Before: a program opened a browser here.
 * After:  the browser carries a code, or a refusal, back to the program; sandbox_token.c redeems the code.
 *
 * Nothing is kept in cookies: what a page needs to go on stands in a flow in the
 * vault, whose id the page's form carries. So two sign-ins at once never meet.
 */
#include "sandbox/sandbox_identity.h"

#include "base/text.h"
#include "sandbox/sandbox_world.h"

/* --- Ends of a flow ---------------------------------------------------------------- */

#define MAX_PAIRS 16

/* Send names and values to the flow's redirect, the way the flow asked for. */
static void redirect_with(struct sandbox_request *req, const struct sandbox_flow *flow, const char *const *pairs,
                          struct sandbox_answer *ans)
{
    KITH_AUTO_DONE(kith_buf) location = {0};
    char separator = flow->mode == SANDBOX_MODE_FRAGMENT ? '#' : '?';

    if (flow->mode == SANDBOX_MODE_FORM) {
        sandbox_page_form_post(req, flow->redirect, pairs, ans);
        return;
    }
    kith_buf_init(&location, 64 * 1024);
    (void)kith_buf_addf(&location, "%s%s", flow->redirect, flow->slash ? "/" : "");
    for (size_t i = 0; pairs[i]; i += 2) {
        size_t room = strlen(pairs[i + 1]) * 3 + 1;
        char *encoded = kith_arena_alloc(req->arena, room);
        (void)kith_percent_encode(pairs[i + 1], encoded, room); /* three bytes for each are enough */
        (void)kith_buf_addf(&location, "%c%s=%s", separator, pairs[i], encoded);
        separator = '&';
    }
    sandbox_answer_redirect(req, ans, kith_buf_text(&location));
}

void sandbox_flow_refuse(struct sandbox_request *req, const struct sandbox_flow *flow,
                         const struct sandbox_refusal_text *why, struct sandbox_answer *ans)
{
    const char *pairs[MAX_PAIRS + 1] = {0};
    size_t n = 0;

    if (flow->kind == SANDBOX_FLOW_DEVICE) {
        sandbox_vault_set_device(req->world->vault, flow->device_code, SANDBOX_DEVICE_DECLINED, SANDBOX_NOBODY);
        sandbox_page_message(req, "Cancelled", "The device was not signed in. You may close this tab.", ans);
        return;
    }
    if (flow->kind == SANDBOX_FLOW_ADMIN) {
        pairs[n++] = "admin_consent";
        pairs[n++] = "True";
    }
    pairs[n++] = "error";
    pairs[n++] = why->error;
    if (why->subcode) {
        pairs[n++] = "error_subcode";
        pairs[n++] = why->subcode;
    }
    if (why->words) {
        pairs[n++] = "error_description";
        pairs[n++] = sandbox_identity_description(req, why->number, why->words);
    }
    if (flow->state[0]) {
        pairs[n++] = "state";
        pairs[n++] = flow->state;
    }
    redirect_with(req, flow, pairs, ans);
}

static void succeed_admin(struct sandbox_request *req, const struct sandbox_flow *flow, struct sandbox_answer *ans)
{
    char scopes[256];
    const char *pairs[MAX_PAIRS + 1] = {0};
    size_t n = 0;

    sandbox_scope_write(flow->scopes, scopes, sizeof(scopes));
    pairs[n++] = "admin_consent";
    pairs[n++] = "True";
    pairs[n++] = "tenant";
    pairs[n++] = sandbox_tenants[sandbox_people[flow->person].tenant].id;
    pairs[n++] = "scope";
    pairs[n++] = scopes;
    if (flow->state[0]) {
        pairs[n++] = "state";
        pairs[n++] = flow->state;
    }
    redirect_with(req, flow, pairs, ans);
}

void sandbox_flow_succeed(struct sandbox_request *req, const struct sandbox_flow *flow, struct sandbox_answer *ans)
{
    char code[SANDBOX_TOKEN_SIZE], session[37];
    const char *pairs[MAX_PAIRS + 1] = {0};
    size_t n = 0;

    req->person = flow->person;
    if (flow->kind == SANDBOX_FLOW_ADMIN) {
        succeed_admin(req, flow, ans);
        return;
    }
    /* A visible sign-in heals what can be healed by one: a changed password, a token unused for too long. */
    sandbox_vault_set_refusal(req->world->vault, flow->person, 0);
    if (flow->kind == SANDBOX_FLOW_DEVICE) {
        sandbox_vault_set_device(req->world->vault, flow->device_code, SANDBOX_DEVICE_APPROVED, flow->person);
        sandbox_page_message(req, "Signed in", "The device is signed in. You may close this tab.", ans);
        return;
    }
    sandbox_vault_add_code(req->world->vault, flow, code);
    sandbox_random_guid(session);
    pairs[n++] = "code";
    pairs[n++] = code;
    if (flow->state[0]) {
        pairs[n++] = "state";
        pairs[n++] = flow->state;
    }
    pairs[n++] = "session_state";
    pairs[n++] = session;
    redirect_with(req, flow, pairs, ans);
}

/* --- The person is known ------------------------------------------------------------- */

static unsigned missing_scopes(struct sandbox_request *req, const struct sandbox_flow *flow)
{
    return flow->scopes & ~sandbox_vault_granted(req->world->vault, flow->person, flow->app);
}

static bool needs_admin(struct sandbox_request *req, const struct sandbox_flow *flow)
{
    const struct sandbox_person *person = &sandbox_people[flow->person];

    return !person->admin && sandbox_scope_admin_part(missing_scopes(req, flow), person->tenant) != 0;
}

static const struct sandbox_refusal_text left_the_page = {"access_denied", 0, NULL, "cancel"};

/* What leaving the page "Need admin approval" answers; some report left_the_page for it, without any number. */
static const struct sandbox_refusal_text needs_approval = {"access_denied", 90094,
                                                           "The grant requires administrator permission.", "cancel"};

static void wrong_directory(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                            struct sandbox_answer *ans)
{
    const struct sandbox_person *person = &sandbox_people[flow->person];
    bool personal = sandbox_tenants[person->tenant].consumers;

    sandbox_page_error(
        req, 400, personal ? 500208 : 50020,
        sandbox_request_format(req, "%s cannot be used here: it belongs to another directory.", person->address),
        flow_id, ans);
}

/* The flow's person was chosen: refuse, ask for consent, or end. */
static void person_chosen(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                          struct sandbox_answer *ans)
{
    int number = 0;
    const char *words = NULL;

    req->person = flow->person;
    if (!sandbox_tenant_word_admits(flow->tenant, flow->person))
        wrong_directory(req, flow, flow_id, ans);
    else if (flow->app->only_tenant != SANDBOX_NOBODY && flow->app->only_tenant != sandbox_people[flow->person].tenant)
        wrong_directory(req, flow, flow_id, ans);
    else if (sandbox_refusal_blocks(sandbox_vault_refusal(req->world->vault, flow->person), &number, &words))
        sandbox_page_error(req, 400, number, words, flow_id, ans);
    else if (flow->kind == SANDBOX_FLOW_ADMIN && !sandbox_people[flow->person].admin)
        sandbox_page_error(req, 400, 90094, "Only an administrator may allow this for everybody.", flow_id, ans);
    else if (needs_admin(req, flow))
        sandbox_page_approval(req, flow, flow_id, ans);
    else if (flow->kind == SANDBOX_FLOW_ADMIN || flow->ask_consent || missing_scopes(req, flow))
        sandbox_page_consent(req, flow, flow_id, ans);
    else
        sandbox_flow_succeed(req, flow, ans);
}

/* --auto: what a person would do on the pages, without the pages. */
static void answer_by_itself(struct sandbox_request *req, struct sandbox_flow *flow, const char *flow_id,
                             struct sandbox_answer *ans)
{
    bool for_everybody = flow->kind == SANDBOX_FLOW_ADMIN;
    int number = 0;
    const char *words = NULL;

    req->person = flow->person;
    if (!sandbox_tenant_word_admits(flow->tenant, flow->person)) {
        wrong_directory(req, flow, flow_id, ans);
        return;
    }
    if (sandbox_refusal_blocks(sandbox_vault_refusal(req->world->vault, flow->person), &number, &words)) {
        sandbox_page_error(req, 400, number, words, flow_id, ans);
        return;
    }
    if (needs_admin(req, flow)) {
        sandbox_flow_refuse(req, flow, &needs_approval, ans);
        return;
    }
    sandbox_vault_grant(req->world->vault, flow->person, flow->app, flow->scopes, for_everybody);
    sandbox_flow_succeed(req, flow, ans);
}

/* The administrator who would open an approval link meant for this tenant. */
static size_t auto_admin(const struct sandbox_world *world, const char *tenant_word)
{
    size_t tenant = sandbox_tenant_find(tenant_word);

    if (sandbox_people[world->auto_person[SANDBOX_MICROSOFT]].admin)
        return world->auto_person[SANDBOX_MICROSOFT];
    if (tenant == SANDBOX_NOBODY)
        tenant = sandbox_people[world->auto_person[SANDBOX_MICROSOFT]].tenant;
    for (size_t i = 0; i < sandbox_n_people; i++)
        if (sandbox_people[i].admin && sandbox_people[i].tenant == tenant)
            return i;
    return world->auto_person[SANDBOX_MICROSOFT];
}

void sandbox_flow_begin(struct sandbox_request *req, const struct sandbox_flow *asked, size_t hinted,
                        struct sandbox_answer *ans)
{
    struct sandbox_world *world = req->world;
    struct sandbox_flow flow = *asked;
    char flow_id[SANDBOX_FLOW_ID_SIZE];

    flow.person = hinted;
    if (world->auto_person[SANDBOX_MICROSOFT] != SANDBOX_NOBODY)
        flow.person =
            flow.kind == SANDBOX_FLOW_ADMIN ? auto_admin(world, flow.tenant) : world->auto_person[SANDBOX_MICROSOFT];
    sandbox_vault_add_flow(world->vault, &flow, flow_id);
    if (world->auto_person[SANDBOX_MICROSOFT] != SANDBOX_NOBODY)
        answer_by_itself(req, &flow, flow_id, ans);
    else if (flow.person != SANDBOX_NOBODY)
        person_chosen(req, &flow, flow_id, ans);
    else
        sandbox_page_picker(req, &flow, flow_id, ans);
}

/* --- The pages' forms ------------------------------------------------------------------ */

static const char *param(struct sandbox_request *req, struct sandbox_params *form, const char *name)
{
    const char *value = sandbox_params_get(form, name);

    return value ? value : sandbox_params_text(&req->query, name);
}

static bool load_flow(struct sandbox_request *req, struct sandbox_params *form, struct sandbox_flow *ret,
                      const char **ret_id, struct sandbox_answer *ans)
{
    sandbox_params_parse(req->arena, req->body, req->body_len, form);
    *ret_id = param(req, form, "flow");
    if (sandbox_vault_get_flow(req->world->vault, *ret_id, ret) && ret->app->provider == SANDBOX_MICROSOFT)
        return true;
    sandbox_page_error(req, 400, 165000, "This page is too old. Start the sign-in again in the program.", NULL, ans);
    return false;
}

void sandbox_choose_person(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    struct sandbox_flow flow;
    const char *flow_id, *who;

    if (!load_flow(req, &form, &flow, &flow_id, ans))
        return;
    who = param(req, &form, "person");
    if (strcmp(param(req, &form, "action"), "cancel") == 0) {
        sandbox_flow_refuse(req, &flow, &left_the_page, ans);
        return;
    }
    flow.person = sandbox_person_find_at(SANDBOX_MICROSOFT, who);
    if (flow.person == SANDBOX_NOBODY) {
        sandbox_page_picker(req, &flow, flow_id, ans);
        return;
    }
    sandbox_vault_set_flow_person(req->world->vault, flow_id, flow.person);
    person_chosen(req, &flow, flow_id, ans);
}

static void declined(struct sandbox_request *req, const struct sandbox_flow *flow, struct sandbox_answer *ans)
{
    static const struct sandbox_refusal_text work = {"access_denied", 65004,
                                                     "The user declined what the program asked for.", NULL};
    static const struct sandbox_refusal_text admin = {"consent_required", 65004,
                                                      "The administrator declined what the program asked for.", NULL};
    static const struct sandbox_refusal_text personal = {
        "access_denied", 0, "The user has denied access to the scope requested by the client application.", NULL};

    if (flow->kind == SANDBOX_FLOW_ADMIN)
        sandbox_flow_refuse(req, flow, &admin, ans);
    else if (sandbox_tenants[sandbox_people[flow->person].tenant].consumers)
        sandbox_flow_refuse(req, flow, &personal, ans);
    else
        sandbox_flow_refuse(req, flow, &work, ans);
}

void sandbox_decide(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    struct sandbox_flow flow;
    const char *flow_id, *action;
    bool for_everybody;

    if (!load_flow(req, &form, &flow, &flow_id, ans))
        return;
    action = sandbox_params_text(&form, "action");
    if (flow.person == SANDBOX_NOBODY) {
        sandbox_page_picker(req, &flow, flow_id, ans);
        return;
    }
    req->person = flow.person;
    if (strcmp(action, "back") == 0) {
        sandbox_flow_refuse(req, &flow, needs_admin(req, &flow) ? &needs_approval : &left_the_page, ans);
        return;
    }
    if (strcmp(action, "accept") != 0) {
        declined(req, &flow, ans);
        return;
    }
    if (needs_admin(req, &flow)) { /* the form was made up: the page has no such button */
        sandbox_page_approval(req, &flow, flow_id, ans);
        return;
    }
    for_everybody = sandbox_people[flow.person].admin &&
                    (flow.kind == SANDBOX_FLOW_ADMIN || sandbox_params_get(&form, "organization"));
    sandbox_vault_grant(req->world->vault, flow.person, flow.app, flow.scopes, for_everybody);
    sandbox_flow_succeed(req, &flow, ans);
}

/* --- The request -------------------------------------------------------------------------- */

/* What makes an answer to the redirect impossible is said on a page. true: one was. */
static bool refuse_on_page(struct sandbox_request *req, const struct sandbox_params *params, struct sandbox_flow *flow,
                           struct sandbox_answer *ans)
{
    const char *client_id = sandbox_params_text(params, "client_id");
    const char *redirect = sandbox_params_text(params, "redirect_uri");
    const char *word = sandbox_request_segment(req, 0);

    if (!*client_id) {
        sandbox_page_error(req, 400, 900144, "The request lacks the parameter 'client_id'.", NULL, ans);
        return true;
    }
    flow->app = sandbox_app_find(SANDBOX_MICROSOFT, client_id);
    if (!flow->app) {
        sandbox_page_error(
            req, 400, 700016,
            sandbox_request_format(req, "No program is registered as '%s' in this directory.", client_id), NULL, ans);
        return true;
    }
    if (flow->app->only_tenant != SANDBOX_NOBODY && sandbox_tenant_find(word) == SANDBOX_NOBODY) {
        sandbox_page_error(req, 400, 50194,
                           "The program is registered for one organization only and must name it in the address.", NULL,
                           ans);
        return true;
    }
    if (!sandbox_app_redirect_matches(flow->app, redirect, &flow->slash)) {
        sandbox_page_error(
            req, 400, 50011,
            sandbox_request_format(req, "The redirect address '%s' is not registered for '%s'.", redirect, client_id),
            NULL, ans);
        return true;
    }
    (void)kith_text_copy(flow->redirect, sizeof(flow->redirect), redirect); /* at most 256 when it matches */
    (void)kith_text_copy(flow->tenant, sizeof(flow->tenant), word);         /* a known word is short */
    return false;
}

static bool read_mode(const struct sandbox_params *params, struct sandbox_flow *flow)
{
    const char *mode = sandbox_params_text(params, "response_mode");

    if (!*mode || strcmp(mode, "query") == 0)
        flow->mode = SANDBOX_MODE_QUERY;
    else if (strcmp(mode, "fragment") == 0)
        flow->mode = SANDBOX_MODE_FRAGMENT;
    else if (strcmp(mode, "form_post") == 0)
        flow->mode = SANDBOX_MODE_FORM;
    else
        return false;
    return true;
}

static const struct sandbox_refusal_text *check_challenge(const struct sandbox_params *params,
                                                          struct sandbox_flow *flow)
{
    static const struct sandbox_refusal_text size = {"invalid_request", 501491, "The code challenge has a wrong size.",
                                                     NULL};
    static const struct sandbox_refusal_text method = {"invalid_request", 50149,
                                                       "The code challenge method must be 'S256' or 'plain'.", NULL};
    const char *challenge = sandbox_params_text(params, "code_challenge");
    const char *how = sandbox_params_text(params, "code_challenge_method");

    if (!*challenge)
        return NULL;
    if (strlen(challenge) < 43 || strlen(challenge) > 128)
        return &size;
    if (*how && strcmp(how, "S256") != 0 && strcmp(how, "plain") != 0)
        return &method;
    flow->challenge_is_hash = strcmp(how, "S256") == 0;
    (void)kith_text_copy(flow->challenge, sizeof(flow->challenge), challenge); /* at most 128 */
    return NULL;
}

static const struct sandbox_refusal_text *check_prompt(const struct sandbox_params *params, struct sandbox_flow *flow)
{
    static const char *const known[] = {"", "login", "none", "consent", "select_account", "create"};
    static const struct sandbox_refusal_text wrong = {"invalid_request", 90023,
                                                      "The parameter 'prompt' has an unknown value.", NULL};
    const char *prompt = sandbox_params_text(params, "prompt");

    flow->ask_consent = strcmp(prompt, "consent") == 0;
    for (size_t i = 0; i < KITH_COUNT_OF(known); i++)
        if (strcmp(known[i], prompt) == 0)
            return NULL;
    return &wrong;
}

/* The first thing that is wrong with a request whose redirect is known; NULL: nothing. */
static const struct sandbox_refusal_text *check_request(struct sandbox_request *req,
                                                        const struct sandbox_params *params, struct sandbox_flow *flow)
{
    static const struct sandbox_refusal_text type = {"unsupported_response_type", 700054,
                                                     "Only the response type 'code' is enabled for the program.", NULL};
    static const struct sandbox_refusal_text mode = {"invalid_request", 90023,
                                                     "The parameter 'response_mode' has an unknown value.", NULL};
    static const struct sandbox_refusal_text no_scope = {"invalid_request", 900144,
                                                         "The request lacks the parameter 'scope'.", NULL};
    static const struct sandbox_refusal_text long_text = {"invalid_request", 90015,
                                                          "The parameters 'state' or 'nonce' are too long.", NULL};
    const char *scope = sandbox_params_text(params, "scope");
    const struct sandbox_refusal_text *wrong;
    char unknown[160];

    if (!kith_text_copy(flow->state, sizeof(flow->state), sandbox_params_text(params, "state")) ||
        !kith_text_copy(flow->nonce, sizeof(flow->nonce), sandbox_params_text(params, "nonce")))
        return &long_text;
    if (!read_mode(params, flow))
        return &mode;
    if (strcmp(sandbox_params_text(params, "response_type"), "code") != 0)
        return &type;
    if (!*scope)
        return &no_scope;
    if (!sandbox_scope_parse(scope, &flow->scopes, unknown, sizeof(unknown))) {
        struct sandbox_refusal_text *unknown_scope = kith_arena_alloc(req->arena, sizeof(*unknown_scope));
        *unknown_scope = (struct sandbox_refusal_text){
            "invalid_scope", 70011, sandbox_request_format(req, "The scope '%s' is not known.", unknown), NULL};
        return unknown_scope;
    }
    wrong = check_challenge(params, flow);
    return wrong ? wrong : check_prompt(params, flow);
}

/* prompt=none: no page may be shown. There are no sessions here; a hint counts as one. */
static void be_silent(struct sandbox_request *req, struct sandbox_flow *flow, struct sandbox_answer *ans)
{
    static const struct sandbox_refusal_text no_session = {"login_required", 50058,
                                                           "Nobody is signed in, and no page may be shown.", NULL};
    static const struct sandbox_refusal_text no_consent = {"interaction_required", 65001,
                                                           "Consent is missing, and no page may be shown.", NULL};

    if (flow->person == SANDBOX_NOBODY || !sandbox_tenant_word_admits(flow->tenant, flow->person))
        sandbox_flow_refuse(req, flow, &no_session, ans);
    else if (missing_scopes(req, flow))
        sandbox_flow_refuse(req, flow, &no_consent, ans);
    else
        sandbox_flow_succeed(req, flow, ans);
}

static const struct sandbox_params *request_params(struct sandbox_request *req, struct sandbox_params *form)
{
    if (strcmp(req->method, "POST") != 0)
        return &req->query;
    sandbox_params_parse(req->arena, req->body, req->body_len, form);
    return form;
}

void sandbox_authorize(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    const struct sandbox_params *params = request_params(req, &form);
    struct sandbox_flow flow = {.kind = SANDBOX_FLOW_CODE, .person = SANDBOX_NOBODY};
    const struct sandbox_refusal_text *wrong;
    size_t hinted = sandbox_person_find_at(SANDBOX_MICROSOFT, sandbox_params_text(params, "login_hint"));

    if (refuse_on_page(req, params, &flow, ans))
        return;
    wrong = check_request(req, params, &flow);
    if (wrong) {
        sandbox_flow_refuse(req, &flow, wrong, ans);
        return;
    }
    if (strcmp(sandbox_params_text(params, "prompt"), "none") == 0) {
        flow.person = hinted;
        be_silent(req, &flow, ans);
        return;
    }
    /* With select_account the picker is wanted, whatever the hint says. */
    if (strcmp(sandbox_params_text(params, "prompt"), "select_account") == 0)
        hinted = SANDBOX_NOBODY;
    sandbox_flow_begin(req, &flow, hinted, ans);
}

void sandbox_admin_consent(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_flow flow = {.kind = SANDBOX_FLOW_ADMIN, .person = SANDBOX_NOBODY};
    const char *scope = sandbox_params_text(&req->query, "scope");
    char unknown[160];

    if (kith_text_equal_ci(sandbox_request_segment(req, 0), "common")) {
        sandbox_page_error(req, 400, 90044, "An approval needs the organization's name in its address, not 'common'.",
                           NULL, ans);
        return;
    }
    if (refuse_on_page(req, &req->query, &flow, ans))
        return;
    (void)kith_text_copy(flow.state, sizeof(flow.state), sandbox_params_text(&req->query, "state"));
    if (!sandbox_scope_parse(*scope ? scope : ".default", &flow.scopes, unknown, sizeof(unknown))) {
        struct sandbox_refusal_text wrong = {
            "invalid_scope", 70011, sandbox_request_format(req, "The scope '%s' is not known.", unknown), NULL};
        sandbox_flow_refuse(req, &flow, &wrong, ans);
        return;
    }
    sandbox_flow_begin(req, &flow, SANDBOX_NOBODY, ans);
}
