/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_signin.c - Google's authorization address: picker, consent with boxes, redirect.
 *
 * Before: a program opened a browser here.
 * After:  the browser carries a code, or a refusal, back to the program; sandbox_google_token.c redeems the code.
 *
 * What is wrong with a request stays on a page here, with hardly an exception: the
 * program on loopback hears nothing, and has to bring its own patience.
 */
#include "sandbox/sandbox_google_signin.h"

#include "base/text.h"
#include "sandbox/sandbox_google_manner.h"
#include "sandbox/sandbox_identity.h"
#include "sandbox/sandbox_world.h"

/* --- Ends of a flow ---------------------------------------------------------------- */

/* The redirect so far; a program that gave no path is asked for "/". */
static void begin_location(const struct sandbox_flow *flow, struct kith_buf *out)
{
    const char *host = strstr(flow->redirect, "://") + 3;

    kith_buf_init(out, 64 * 1024);
    (void)kith_buf_addf(out, "%s%s", flow->redirect, strpbrk(host, "/?") ? "" : "/");
}

static void add_pair(struct sandbox_request *req, struct kith_buf *out, const char *name, const char *value)
{
    size_t room = strlen(value) * 3 + 1;
    char *encoded = kith_arena_alloc(req->arena, room);

    (void)kith_percent_encode(value, encoded, room); /* three bytes for each are enough */
    (void)kith_buf_addf(out, "%c%s=%s", strchr(kith_buf_text(out), '?') ? '&' : '?', name, encoded);
}

static void refuse_at_redirect(struct sandbox_request *req, const struct sandbox_flow *flow, const char *error,
                               struct sandbox_answer *ans)
{
    KITH_AUTO_DONE(kith_buf) location = {0};

    if (flow->kind == SANDBOX_FLOW_DEVICE) {
        sandbox_vault_set_device(req->world->vault, flow->device_code, SANDBOX_DEVICE_DECLINED, SANDBOX_NOBODY);
        sandbox_page_message(req, "Cancelled", "The device was not signed in. You may close this tab.", ans);
        return;
    }
    begin_location(flow, &location);
    add_pair(req, &location, "error", error);
    if (flow->state[0])
        add_pair(req, &location, "state", flow->state);
    sandbox_answer_redirect(req, ans, kith_buf_text(&location));
}

static void send_code(struct sandbox_request *req, const struct sandbox_flow *flow, struct sandbox_answer *ans)
{
    const struct sandbox_tenant *tenant = &sandbox_tenants[sandbox_people[flow->person].tenant];
    KITH_AUTO_DONE(kith_buf) location = {0};
    char code[SANDBOX_TOKEN_SIZE], scopes[1024];

    sandbox_vault_add_code(req->world->vault, flow, code);
    sandbox_google_scope_write(flow->scopes, scopes, sizeof(scopes));
    begin_location(flow, &location);
    if (flow->state[0])
        add_pair(req, &location, "state", flow->state);
    add_pair(req, &location, "iss", sandbox_request_base_url(req));
    /* Real codes have a slash in them: who decodes or encodes once too often shall notice here. */
    add_pair(req, &location, "code", sandbox_request_format(req, "4/%s", code));
    add_pair(req, &location, "scope", scopes);
    add_pair(req, &location, "authuser", "0");
    if (!tenant->consumers)
        add_pair(req, &location, "hd", tenant->domain);
    add_pair(req, &location, "prompt", flow->consented ? "consent" : "none");
    sandbox_answer_redirect(req, ans, kith_buf_text(&location));
}

/* flow->scopes: what was granted. */
static void succeed(struct sandbox_request *req, struct sandbox_flow *flow, struct sandbox_answer *ans)
{
    struct sandbox_vault *vault = req->world->vault;

    req->person = flow->person;
    if (flow->include_granted)
        flow->scopes |= sandbox_vault_granted(vault, flow->person, flow->app);
    /* A visible sign-in heals what can be healed by one. */
    sandbox_vault_set_refusal(vault, flow->person, 0);
    if (flow->kind != SANDBOX_FLOW_DEVICE) {
        send_code(req, flow, ans);
        return;
    }
    sandbox_vault_set_device(vault, flow->device_code, SANDBOX_DEVICE_APPROVED, flow->person);
    sandbox_page_message(req, "Signed in", "The device is signed in. You may close this tab.", ans);
}

/* Somebody saw the consent page and left it with these boxes ticked. */
static void consent(struct sandbox_request *req, struct sandbox_flow *flow, unsigned ticked, struct sandbox_answer *ans)
{
    flow->scopes &= SANDBOX_GOOGLE_SIGN_IN | ticked;
    if (flow->scopes == 0) {
        refuse_at_redirect(req, flow, "access_denied", ans);
        return;
    }
    flow->consented = true;
    sandbox_vault_grant(req->world->vault, flow->person, flow->app, flow->scopes, /* for_everybody= */ false);
    succeed(req, flow, ans);
}

/* --- The person is known ------------------------------------------------------------- */

unsigned sandbox_google_boxes(const struct sandbox_flow *flow)
{
    unsigned boxes = flow->scopes & ~(unsigned)SANDBOX_GOOGLE_SIGN_IN;
    bool alone = boxes == flow->scopes && (boxes & (boxes - 1)) == 0;

    return alone ? 0 : boxes; /* one scope that is asked for alone is given or refused as a whole */
}

/* What Google says on its page and nowhere else. true: it did. */
static bool stand_in_the_way(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                             struct sandbox_answer *ans)
{
    const struct sandbox_person *person = &sandbox_people[flow->person];

    if (flow->app->only_tenant != SANDBOX_NOBODY && flow->app->only_tenant != person->tenant) {
        sandbox_google_page_error(req, 403, "org_internal",
                                  sandbox_request_format(req, "Only accounts of %s may use this program.",
                                                         sandbox_tenants[flow->app->only_tenant].domain),
                                  flow_id, ans);
        return true;
    }
    switch (person->obstacle) {
    case SANDBOX_OBSTACLE_POLICY:
        sandbox_google_page_error(req, 400, "admin_policy_enforced",
                                  sandbox_request_format(req, "The administrator of %s does not allow this program.",
                                                         sandbox_tenants[person->tenant].domain),
                                  flow_id, ans);
        return true;
    case SANDBOX_OBSTACLE_NO_TESTER:
        sandbox_google_page_error(req, 403, "access_denied",
                                  "The program is being tested, and this account is not one of its testers.", flow_id,
                                  ans);
        return true;
    case SANDBOX_OBSTACLE_NONE:
    case SANDBOX_OBSTACLE_NO_SERVICE:
        break;
    }
    return false;
}

static unsigned missing_scopes(struct sandbox_request *req, const struct sandbox_flow *flow)
{
    return flow->scopes & ~sandbox_vault_granted(req->world->vault, flow->person, flow->app);
}

static void person_chosen(struct sandbox_request *req, struct sandbox_flow *flow, const char *flow_id,
                          struct sandbox_answer *ans)
{
    req->person = flow->person;
    if (stand_in_the_way(req, flow, flow_id, ans))
        return;
    if (flow->ask_consent || missing_scopes(req, flow))
        sandbox_google_page_consent(req, flow, flow_id, ans);
    else
        succeed(req, flow, ans);
}

/* --auto: what a person would do on the pages, without the pages. */
static void answer_by_itself(struct sandbox_request *req, struct sandbox_flow *flow, const char *flow_id,
                             struct sandbox_answer *ans)
{
    enum sandbox_google_answer answer = sandbox_google_get_answer(req->world->google, flow->person);

    req->person = flow->person;
    if (stand_in_the_way(req, flow, flow_id, ans))
        return;
    if (answer == SANDBOX_ANSWER_CANCEL)
        refuse_at_redirect(req, flow, "access_denied", ans);
    else if (!flow->ask_consent && missing_scopes(req, flow) == 0)
        succeed(req, flow, ans);
    else if (answer == SANDBOX_ANSWER_LEAVE && sandbox_google_boxes(flow))
        consent(req, flow, 0, ans);
    else
        consent(req, flow, flow->scopes, ans);
}

void sandbox_google_flow_begin(struct sandbox_request *req, const struct sandbox_flow *asked, size_t hinted,
                               struct sandbox_answer *ans)
{
    struct sandbox_world *world = req->world;
    struct sandbox_flow flow = *asked;
    char flow_id[SANDBOX_FLOW_ID_SIZE];

    flow.person = world->auto_person[SANDBOX_GOOGLE] != SANDBOX_NOBODY ? world->auto_person[SANDBOX_GOOGLE] : hinted;
    sandbox_vault_add_flow(world->vault, &flow, flow_id);
    if (world->auto_person[SANDBOX_GOOGLE] != SANDBOX_NOBODY)
        answer_by_itself(req, &flow, flow_id, ans);
    else if (flow.person != SANDBOX_NOBODY)
        person_chosen(req, &flow, flow_id, ans);
    else
        sandbox_google_page_picker(req, &flow, flow_id, ans);
}

/* --- The pages' forms ------------------------------------------------------------------ */

static const char *param(struct sandbox_request *req, const struct sandbox_params *form, const char *name)
{
    const char *value = sandbox_params_get(form, name);

    return value ? value : sandbox_params_text(&req->query, name);
}

static bool load_flow(struct sandbox_request *req, struct sandbox_params *form, struct sandbox_flow *ret,
                      const char **ret_id, struct sandbox_answer *ans)
{
    sandbox_params_parse(req->arena, req->body, req->body_len, form);
    *ret_id = param(req, form, "flow");
    if (sandbox_vault_get_flow(req->world->vault, *ret_id, ret) && ret->app->provider == SANDBOX_GOOGLE)
        return true;
    sandbox_google_page_error(req, 400, "invalid_request",
                              "This page is too old. Start the sign-in again in the program.", NULL, ans);
    return false;
}

void sandbox_google_choose(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    struct sandbox_flow flow;
    const char *flow_id;

    if (!load_flow(req, &form, &flow, &flow_id, ans))
        return;
    if (strcmp(param(req, &form, "action"), "cancel") == 0) {
        refuse_at_redirect(req, &flow, "access_denied", ans);
        return;
    }
    flow.person = sandbox_person_find_at(SANDBOX_GOOGLE, param(req, &form, "person"));
    if (flow.person == SANDBOX_NOBODY) {
        sandbox_google_page_picker(req, &flow, flow_id, ans);
        return;
    }
    sandbox_vault_set_flow_person(req->world->vault, flow_id, flow.person);
    person_chosen(req, &flow, flow_id, ans);
}

/* The boxes of the form that were ticked. */
static unsigned read_boxes(const struct sandbox_params *form)
{
    unsigned ticked = 0;

    for (size_t i = 0; i < sandbox_google_n_scopes; i++) {
        const char *slash = strrchr(sandbox_google_scopes[i].name, '/');
        if (slash && sandbox_params_get(form, slash + 1))
            ticked |= sandbox_google_scopes[i].bit;
    }
    return ticked;
}

void sandbox_google_decide(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    struct sandbox_flow flow;
    const char *flow_id;

    if (!load_flow(req, &form, &flow, &flow_id, ans))
        return;
    if (flow.person == SANDBOX_NOBODY) {
        sandbox_google_page_picker(req, &flow, flow_id, ans);
        return;
    }
    req->person = flow.person;
    if (stand_in_the_way(req, &flow, flow_id, ans)) /* the form was made up */
        return;
    if (strcmp(sandbox_params_text(&form, "action"), "continue") != 0)
        refuse_at_redirect(req, &flow, "access_denied", ans);
    else
        consent(req, &flow, sandbox_google_boxes(&flow) ? read_boxes(&form) : flow.scopes, ans);
}

/* --- The request -------------------------------------------------------------------------- */

struct complaint {
    int status;
    const char *error, *words;
};

/* http, a loopback name, any port, any path. */
static bool is_loopback(const char *redirect)
{
    static const char *const hosts[] = {"http://127.0.0.1", "http://[::1]", "http://localhost"};

    for (size_t i = 0; i < KITH_COUNT_OF(hosts); i++) {
        const char *rest;
        size_t digits;
        if (!kith_text_starts_with_ci(redirect, hosts[i]))
            continue;
        rest = redirect + strlen(hosts[i]);
        digits = *rest == ':' ? strspn(rest + 1, "0123456789") : 0;
        if (*rest == ':' && (digits == 0 || digits > 5))
            return false;
        rest += digits ? digits + 1 : 0;
        return *rest == '\0' || ((*rest == '/' || *rest == '?') && !strchr(rest, '#'));
    }
    return false;
}

static const struct complaint *check_challenge(const struct sandbox_params *params, struct sandbox_flow *flow)
{
    static const struct complaint method = {400, "invalid_request", "Invalid parameter value: code_challenge_method"};
    static const struct complaint size = {400, "invalid_request", "Invalid parameter value: code_challenge"};
    const char *challenge = sandbox_params_text(params, "code_challenge");
    const char *how = sandbox_params_text(params, "code_challenge_method");

    if (*how && strcmp(how, "S256") != 0 && strcmp(how, "plain") != 0)
        return &method;
    if (!*challenge)
        return NULL;
    flow->challenge_is_hash = strcmp(how, "S256") == 0;
    if (strlen(challenge) < 43 || !kith_text_copy(flow->challenge, sizeof(flow->challenge), challenge))
        return &size;
    return NULL;
}

/* prompt is a list of words. */
static const struct complaint *check_prompt(const struct sandbox_params *params, struct sandbox_flow *flow,
                                            size_t *hinted, bool *ret_silent)
{
    static const struct complaint wrong = {400, "invalid_request", "Invalid parameter value: prompt"};
    const char *prompt = sandbox_params_text(params, "prompt");

    *ret_silent = false;
    for (; *prompt; prompt += strcspn(prompt, " "), prompt += *prompt == ' ') {
        size_t len = strcspn(prompt, " ");
        if (len == 7 && strncmp(prompt, "consent", len) == 0)
            flow->ask_consent = true;
        else if (len == 14 && strncmp(prompt, "select_account", len) == 0)
            *hinted = SANDBOX_NOBODY; /* the picker is wanted, whatever the hint says */
        else if (len == 4 && strncmp(prompt, "none", len) == 0)
            *ret_silent = true;
        else if (len > 0)
            return &wrong;
    }
    return *ret_silent && flow->ask_consent ? &wrong : NULL;
}

/* Everything but prompt; the first thing that is wrong, or NULL. */
static const struct complaint *check_request(struct sandbox_request *req, const struct sandbox_params *params,
                                             struct sandbox_flow *flow)
{
    static const struct complaint no_client = {400, "invalid_request", "Required parameter is missing: client_id"};
    static const struct complaint client = {401, "invalid_client", "The OAuth client was not found."};
    static const struct complaint web_view = {403, "disallowed_useragent",
                                              "A browser inside another program may not be used to sign in."};
    static const struct complaint no_redirect = {400, "invalid_request", "Required parameter is missing: redirect_uri"};
    static const struct complaint no_type = {400, "invalid_request", "Required parameter is missing: response_type"};
    static const struct complaint type = {400, "unsupported_response_type", "Invalid response_type"};
    static const struct complaint no_scope = {400, "invalid_request", "Missing required parameter: scope"};
    static const struct complaint long_text = {400, "invalid_request", "The parameters state or nonce are too long."};
    const char *redirect = sandbox_params_text(params, "redirect_uri");
    const char *agent = sandbox_request_header(req, "User-Agent");
    struct complaint *made = kith_arena_alloc(req->arena, sizeof(*made));
    char unknown[160];

    if (agent && strstr(agent, "; wv)"))
        return &web_view;
    if (!sandbox_params_get(params, "client_id"))
        return &no_client;
    flow->app = sandbox_app_find(SANDBOX_GOOGLE, sandbox_params_text(params, "client_id"));
    if (!flow->app)
        return &client;
    if (!*redirect)
        return &no_redirect;
    if (!is_loopback(redirect) || !kith_text_copy(flow->redirect, sizeof(flow->redirect), redirect)) {
        *made = (struct complaint){
            400, "redirect_uri_mismatch",
            sandbox_request_format(req, "The redirect address %s is not a loopback address.", redirect)};
        return made;
    }
    if (!sandbox_params_get(params, "response_type"))
        return &no_type;
    if (strcmp(sandbox_params_text(params, "response_type"), "code") != 0)
        return &type;
    if (!sandbox_google_scope_parse(sandbox_params_text(params, "scope"), &flow->scopes, unknown, sizeof(unknown))) {
        *made = (struct complaint){
            400, "invalid_scope",
            sandbox_request_format(req, "Some requested scopes were invalid. {invalid=[%s]}", unknown)};
        return made;
    }
    if (flow->scopes == 0)
        return &no_scope;
    if (!kith_text_copy(flow->state, sizeof(flow->state), sandbox_params_text(params, "state")) ||
        !kith_text_copy(flow->nonce, sizeof(flow->nonce), sandbox_params_text(params, "nonce")))
        return &long_text;
    flow->include_granted = strcmp(sandbox_params_text(params, "include_granted_scopes"), "true") == 0;
    return check_challenge(params, flow);
}

/* prompt=none: no page may be shown. There are no sessions here; a hint counts as one. */
static void be_silent(struct sandbox_request *req, struct sandbox_flow *flow, size_t hinted, struct sandbox_answer *ans)
{
    flow->person = hinted;
    if (hinted == SANDBOX_NOBODY)
        refuse_at_redirect(req, flow, "login_required", ans);
    else if (sandbox_people[hinted].obstacle == SANDBOX_OBSTACLE_POLICY || missing_scopes(req, flow))
        refuse_at_redirect(req, flow, "interaction_required", ans);
    else
        succeed(req, flow, ans);
}

void sandbox_google_authorize(struct sandbox_request *req, struct sandbox_answer *ans)
{
    struct sandbox_params form = {0};
    const struct sandbox_params *params = &req->query;
    struct sandbox_flow flow = {.kind = SANDBOX_FLOW_CODE, .person = SANDBOX_NOBODY};
    const struct complaint *wrong;
    size_t hinted;
    bool silent = false;

    if (strcmp(req->method, "POST") == 0) {
        sandbox_params_parse(req->arena, req->body, req->body_len, &form);
        params = &form;
    }
    hinted = sandbox_person_find_at(SANDBOX_GOOGLE, sandbox_params_text(params, "login_hint"));
    wrong = check_request(req, params, &flow);
    if (!wrong)
        wrong = check_prompt(params, &flow, &hinted, &silent);
    if (wrong)
        sandbox_google_page_error(req, wrong->status, wrong->error, wrong->words, NULL, ans);
    else if (silent)
        be_silent(req, &flow, hinted, ans);
    else
        sandbox_google_flow_begin(req, &flow, hinted, ans);
}
