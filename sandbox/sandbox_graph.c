/* SPDX-License-Identifier: MIT */
/*
 * sandbox_graph.c - Microsoft Graph v1.0: who is asking, what may they, and which part of the tree answers.
 *
 * Before: sandbox_token.c issued the access token.
 * After:  sandbox_graph_contacts.c and its neighbours answer for the mailbox.
 */
#include "sandbox/sandbox_graph.h"

#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_contact_json.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_people.h"
#include "sandbox/sandbox_vault.h"
#include "sandbox/sandbox_world.h"

/* --- Errors ------------------------------------------------------------------------ */

void sandbox_graph_error(struct sandbox_request *req, struct sandbox_answer *ans, int status, const char *code,
                         const char *message)
{
    const char *client_id = sandbox_request_header(req, "client-request-id");
    char stamp[21];

    sandbox_answer_clear(ans);
    ans->status = status;
    ans->content_type = "application/json";
    kith_clock_format_iso(kith_clock_now_s(), stamp);
    stamp[19] = '\0'; /* Graph's dates in errors have no zone */
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_begin_object(w, "error");
    kith_json_put_text(w, "code", code);
    kith_json_put_text(w, "message", message);
    kith_json_begin_object(w, "innerError");
    kith_json_put_text(w, "date", stamp);
    kith_json_put_text(w, "request-id", req->request_id);
    kith_json_put_text(w, "client-request-id", client_id ? client_id : req->request_id);
    kith_json_end(w);
    kith_json_end(w);
    kith_json_end(w);
}

void sandbox_graph_error_for(struct sandbox_request *req, struct sandbox_answer *ans, int status)
{
    static const struct {
        int status;
        const char *code, *message;
    } usual[] = {
        {400, "BadRequest", "The request is malformed or incorrect."},
        {401, "InvalidAuthenticationToken", "Access token has expired or is not yet valid."},
        {403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."},
        {404, "ErrorItemNotFound", "The specified object was not found in the store."},
        {410, "SyncStateNotFound", "The sync state generation is not found; generation=605;[highest=841]"},
        {429, "ApplicationThrottled", "Application is over its MailboxConcurrency limit."},
        {500, "ErrorInternalServerError", "An internal server error occurred. The operation failed."},
        {502, "UnknownError", ""},
        {503, "serviceNotAvailable", "The service is temporarily unavailable."},
        {504, "UnknownError", ""},
        {509, "activityLimitReached", "The bandwidth limit of the application is exceeded."},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(usual); i++) {
        if (usual[i].status == status) {
            sandbox_graph_error(req, ans, status, usual[i].code, usual[i].message);
            return;
        }
    }
    sandbox_graph_error(req, ans, status, "UnknownError", "");
}

void sandbox_graph_error_token(struct sandbox_request *req, struct sandbox_answer *ans, const char *message)
{
    sandbox_graph_error(req, ans, 401, "InvalidAuthenticationToken", message);
    sandbox_answer_header(req, ans, "WWW-Authenticate",
                          sandbox_request_format(req,
                                                 "Bearer realm=\"\", authorization_uri=\"%s/common/oauth2/authorize\"",
                                                 sandbox_request_base_url(req)));
}

void sandbox_graph_error_claims(struct sandbox_request *req, struct sandbox_answer *ans)
{
    static const char claims[] = "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1700000000\"}}}";
    char encoded[sizeof(claims) * 2];

    sandbox_base64((const unsigned char *)claims, sizeof(claims) - 1, encoded);
    sandbox_graph_error(req, ans, 401, "InvalidAuthenticationToken",
                        "Continuous access evaluation resulted in challenge.");
    sandbox_answer_header(req, ans, "WWW-Authenticate",
                          sandbox_request_format(req,
                                                 "Bearer realm=\"\", authorization_uri=\"%s/common/oauth2/authorize\", "
                                                 "error=\"insufficient_claims\", claims=\"%s\"",
                                                 sandbox_request_base_url(req), encoded));
}

/* --- Who ------------------------------------------------------------------------------ */

/* "me" and "users/ID" in any case: the index of the segment behind them, 0 when it is neither. */
static size_t behind_user(const struct sandbox_request *req)
{
    const char *second = sandbox_request_segment(req, 1);

    if (kith_text_equal_ci(second, "me"))
        return 2;
    return kith_text_equal_ci(second, "users") && req->n_segments > 2 ? 3 : 0;
}

static bool is_mailbox_path(const struct sandbox_request *req)
{
    size_t i = behind_user(req);
    const char *what = sandbox_request_segment(req, i ? i : SANDBOX_MAX_SEGMENTS);

    return kith_text_equal_ci(what, "contacts") || kith_text_equal_ci(what, "contactFolders") ||
           kith_text_equal_ci(what, "translateExchangeIds");
}

void sandbox_graph_identify(struct sandbox_request *req)
{
    const char *header;
    struct sandbox_token token;

    if (!sandbox_is_graph_path(req))
        return;
    header = sandbox_request_header(req, "Authorization");
    if (!header || !kith_text_starts_with_ci(header, "Bearer ") || header[7] == '\0') {
        req->token_state = SANDBOX_TOKEN_NONE;
        return;
    }
    req->token_state = (int)sandbox_vault_check_access(req->world->vault, header + 7, &token);
    if (req->token_state == SANDBOX_TOKEN_UNKNOWN)
        return;
    if (token.app->provider != SANDBOX_MICROSOFT) {
        req->token_state = SANDBOX_TOKEN_UNKNOWN;
        return;
    }
    req->person = token.person;
    req->scopes = token.scopes;
    if (req->token_state == SANDBOX_TOKEN_OK && is_mailbox_path(req) && req->world->mailbox[req->person])
        req->mailbox = req->person;
}

static bool refuse_token(struct sandbox_request *req, struct sandbox_answer *ans)
{
    switch ((enum sandbox_token_state)req->token_state) {
    case SANDBOX_TOKEN_OK:
        return false;
    case SANDBOX_TOKEN_NONE:
        sandbox_graph_error_token(req, ans, "Access token is empty.");
        return true;
    case SANDBOX_TOKEN_EXPIRED:
        sandbox_graph_error_token(req, ans, "Lifetime validation failed, the token is expired.");
        return true;
    case SANDBOX_TOKEN_UNKNOWN:
    case SANDBOX_TOKEN_USED:
        break;
    }
    sandbox_graph_error_token(req, ans, "CompactToken validation failed with reason code: 80049228.");
    return true;
}

/* --- Small helpers for the parts -------------------------------------------------------- */

const char *sandbox_graph_context(struct sandbox_request *req, const char *what)
{
    const char *oid = req->person != SANDBOX_NOBODY ? sandbox_people[req->person].oid : "";

    return sandbox_request_format(req, "%s/v1.0/$metadata#users('%s')/%s", sandbox_request_base_url(req), oid, what);
}

bool sandbox_graph_is_delta(const char *segment)
{
    return kith_text_equal_ci(segment, "delta") || kith_text_equal_ci(segment, "delta()") ||
           kith_text_equal_ci(segment, "microsoft.graph.delta()") ||
           kith_text_equal_ci(segment, "microsoft.graph.delta");
}

bool sandbox_graph_wants_immutable(struct sandbox_request *req)
{
    const char *type = sandbox_request_preference(req, "IdType");

    return type && kith_text_equal_ci(type, "ImmutableId");
}

bool sandbox_graph_number(struct sandbox_request *req, const char *name, int64_t preset, int64_t *ret)
{
    const char *text = sandbox_params_get(&req->query, name);

    *ret = preset;
    return !text || kith_text_to_int64(text, 0, INT64_MAX, ret);
}

bool sandbox_graph_read_view(struct sandbox_request *req, uint64_t *ret_select, struct sandbox_expand *ret_expand,
                             struct sandbox_answer *ans)
{
    const char *select = sandbox_params_text(&req->query, "$select");
    const char *expand = sandbox_params_text(&req->query, "$expand");
    char unknown[64] = "";

    *ret_select = SANDBOX_SELECT_ALL;
    ret_expand->n = 0;
    if (*select && !sandbox_select_parse(select, ret_select, unknown, sizeof(unknown))) {
        sandbox_graph_error(req, ans, 400, "RequestBroker--ParseUri",
                            sandbox_request_format(req,
                                                   "Could not find a property named '%s' on type "
                                                   "'microsoft.graph.contact'.",
                                                   unknown));
        return false;
    }
    if (!*expand)
        return true;
    switch (sandbox_expand_parse(expand, ret_expand)) {
    case SANDBOX_EXPAND_OK:
        return true;
    case SANDBOX_EXPAND_NOT_SUPPORTED:
        sandbox_graph_error(req, ans, 400, "ExpandNotSupported", "This navigation property cannot be expanded.");
        return false;
    case SANDBOX_EXPAND_WRONG:
        break;
    }
    sandbox_graph_error(req, ans, 400, "ErrorInvalidUrlQueryFilter",
                        "The query filter contains one or more invalid nodes.");
    return false;
}

/* --- /me and userinfo ---------------------------------------------------------------------- */

static void put_or_null(struct kith_json_writer *w, const char *name, const char *text)
{
    if (text)
        kith_json_put_text(w, name, text);
    else
        kith_json_put_null(w, name);
}

static bool selected(const char *select, const char *name)
{
    size_t len = strlen(name);

    if (!*select)
        return true;
    for (const char *p = select; *p; p += strcspn(p, ","), p += *p == ',')
        if (strcspn(p, ",") == len && strncasecmp(p, name, len) == 0)
            return true;
    return false;
}

static void user(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_person *person = &sandbox_people[req->person];
    const char *select = sandbox_params_text(&req->query, "$select");
    const struct {
        const char *name, *value;
    } members[] = {
        {"displayName", person->name},
        {"givenName", person->given_name},
        {"jobTitle", person->job_title},
        {"mail", person->mailbox ? person->address : NULL},
        {"mobilePhone", NULL},
        {"officeLocation", NULL},
        {"preferredLanguage", NULL},
        {"surname", person->surname},
        {"userPrincipalName", person->address},
    };

    if (!(req->scopes & SANDBOX_SCOPE_USER_READ)) {
        sandbox_graph_error(req, ans, 403, "Authorization_RequestDenied",
                            "Insufficient privileges to complete the operation.");
        return;
    }
    ans->content_type = SANDBOX_GRAPH_JSON;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@odata.context",
                       sandbox_request_format(req, "%s/v1.0/$metadata#users/$entity", sandbox_request_base_url(req)));
    if (selected(select, "businessPhones")) {
        kith_json_begin_array(w, "businessPhones");
        kith_json_end(w);
    }
    for (size_t i = 0; i < KITH_COUNT_OF(members); i++)
        if (selected(select, members[i].name))
            put_or_null(w, members[i].name, members[i].value);
    if (selected(select, "id"))
        kith_json_put_text(w, "id", person->oid);
    kith_json_end(w);
}

static void userinfo(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_person *person = &sandbox_people[req->person];

    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "sub", person->oid);
    kith_json_put_text(w, "name", person->name);
    kith_json_put_text_if(w, "given_name", person->given_name);
    kith_json_put_text_if(w, "family_name", person->surname);
    kith_json_put_text(w, "email", person->address);
    kith_json_end(w);
}

/* --- Into a mailbox ---------------------------------------------------------------------------- */

static void no_mailbox(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_graph_error(req, ans, 404, "MailboxNotEnabledForRESTAPI",
                        "The mailbox is either inactive, soft-deleted, or is hosted on-premise.");
}

static void in_mailbox(struct sandbox_request *req, size_t i, struct sandbox_answer *ans)
{
    struct sandbox_place_in_mailbox place = {
        .mailbox = req->world->mailbox[req->person], .folder = SANDBOX_DEFAULT_FOLDER, .next = i + 1};
    const char *what = sandbox_request_segment(req, i);
    const unsigned enough =
        SANDBOX_SCOPE_CONTACTS_READ | SANDBOX_SCOPE_CONTACTS_READWRITE | SANDBOX_SCOPE_CONTACTS_SHARED;

    if (!(req->scopes & enough)) {
        sandbox_graph_error_for(req, ans, 403);
        return;
    }
    if (!place.mailbox) {
        no_mailbox(req, ans);
        return;
    }
    if (strcmp(req->method, "GET") != 0 && !kith_text_equal_ci(what, "translateExchangeIds")) {
        sandbox_graph_error(req, ans, 405, "ErrorMethodNotAllowed", "The sandbox serves reading only.");
        return;
    }
    sandbox_mailbox_read(place.mailbox);
    if (kith_text_equal_ci(what, "contacts"))
        sandbox_graph_contacts(req, &place, ans);
    else if (kith_text_equal_ci(what, "contactFolders"))
        sandbox_graph_folders(req, &place, ans);
    else
        sandbox_graph_translate_ids(req, place.mailbox, ans);
    sandbox_mailbox_read_end(place.mailbox);
}

static void in_user(struct sandbox_request *req, size_t i, struct sandbox_answer *ans)
{
    bool other = i == 3 && sandbox_person_find_at(SANDBOX_MICROSOFT, sandbox_request_segment(req, 2)) != req->person;

    if (other)
        sandbox_graph_error_for(req, ans, 403);
    else if (req->n_segments == i)
        user(req, ans);
    else if (is_mailbox_path(req))
        in_mailbox(req, i, ans);
    else
        sandbox_graph_error(
            req, ans, 400, "BadRequest",
            sandbox_request_format(req, "Resource not found for the segment '%s'.", sandbox_request_segment(req, i)));
}

static void throttled(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_graph_error_for(req, ans, 429);
    sandbox_answer_header(req, ans, "Retry-After", "1");
}

void sandbox_graph_serve(struct sandbox_request *req, struct sandbox_answer *ans)
{
    size_t i = behind_user(req);

    if (req->throttled)
        throttled(req, ans);
    else if (sandbox_fault_replaces_answer(req, ans) || refuse_token(req, ans))
        return;
    else if (kith_text_equal_ci(sandbox_request_segment(req, 0), "oidc"))
        userinfo(req, ans);
    else if (kith_text_equal_ci(sandbox_request_segment(req, 1), "$batch"))
        sandbox_graph_batch(req, ans);
    else if (i > 0)
        in_user(req, i, ans);
    else
        sandbox_graph_error(
            req, ans, 400, "BadRequest",
            sandbox_request_format(req, "Resource not found for the segment '%s'.", sandbox_request_segment(req, 1)));
}

void sandbox_graph(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const char *client_id = sandbox_request_header(req, "client-request-id");

    sandbox_graph_serve(req, ans);
    sandbox_answer_header(req, ans, "request-id", req->request_id);
    sandbox_answer_header(req, ans, "client-request-id", client_id ? client_id : req->request_id);
    sandbox_answer_header(req, ans, "x-ms-ags-diagnostic",
                          "{\"ServerInfo\":{\"DataCenter\":\"Sandbox\",\"Slice\":\"E\",\"Ring\":\"1\"}}");
    sandbox_answer_header(req, ans, "Cache-Control", "private");
    /* What will be cut short must be cut short before it is compressed. */
    if (req->fault.act != SANDBOX_ACT_TRUNCATE)
        sandbox_answer_zip(req, ans);
}
