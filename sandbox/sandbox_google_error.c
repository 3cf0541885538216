/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_error.c - the People API's error envelope, in its present and its older shape.
 *
 * Before: a request cannot be answered, or a fault says so.
 * After:  the client looks at the reason in the details, or wherever its age lets it look.
 */
#include "base/text.h"
#include "sandbox/sandbox_google_people.h"
#include "sandbox/sandbox_world.h"

#define PROJECT "100000000001"

enum detail { DETAIL_INFO, DETAIL_NONE, DETAIL_HELP, DETAIL_QUOTA, DETAIL_VIOLATION };

/* In the order of a client's interest: the first row with a status is what usually comes with it. */
static const struct problem {
    const char *code; /* the reason; where there is none, the canonical status */
    int status;
    enum detail detail;
    const char *canonical, *message;
    const char *domain;        /* of the reason */
    const char *legacy_reason; /* in the older shape */
} problems[] = {
    {"INVALID_ARGUMENT", 400, DETAIL_NONE, "INVALID_ARGUMENT", "The request has an invalid argument.", "",
     "badRequest"},
    {"FAILED_PRECONDITION", 400, DETAIL_NONE, "FAILED_PRECONDITION", "The precondition failed.", "",
     "failedPrecondition"},
    /* Clients look for these words where nothing else helps. */
    {"EXPIRED_SYNC_TOKEN", 400, DETAIL_INFO, "FAILED_PRECONDITION",
     "Sync token is expired. Clear local cache and retry call without the sync token.", "people.googleapis.com",
     "failedPrecondition"},
    {"ACCESS_TOKEN_EXPIRED", 401, DETAIL_INFO, "UNAUTHENTICATED",
     "The request's authentication credentials are invalid.", "googleapis.com", "authError"},
    {"CREDENTIALS_MISSING", 401, DETAIL_INFO, "UNAUTHENTICATED", "The request has no authentication credential.",
     "googleapis.com", "required"},
    {"ACCESS_TOKEN_TYPE_UNSUPPORTED", 401, DETAIL_INFO, "UNAUTHENTICATED",
     "The request's authentication credential is of the wrong kind.", "googleapis.com", "authError"},
    {"ACCOUNT_STATE_INVALID", 401, DETAIL_INFO, "UNAUTHENTICATED", "The account cannot be used.", "googleapis.com",
     "authError"},
    {"PERMISSION_DENIED", 403, DETAIL_NONE, "PERMISSION_DENIED", "The caller does not have permission.", "",
     "forbidden"},
    {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", 403, DETAIL_INFO, "PERMISSION_DENIED",
     "Request had insufficient authentication scopes.", "googleapis.com", "insufficientPermissions"},
    {"SERVICE_DISABLED", 403, DETAIL_HELP, "PERMISSION_DENIED",
     "People API is disabled or was never used in project " PROJECT ". Enable it and retry.", "googleapis.com",
     "accessNotConfigured"},
    {"CONSUMER_SUSPENDED", 403, DETAIL_INFO, "PERMISSION_DENIED", "The project is suspended.", "googleapis.com",
     "forbidden"},
    {"CONSUMER_INVALID", 403, DETAIL_INFO, "PERMISSION_DENIED", "The project is not valid.", "googleapis.com",
     "forbidden"},
    {"SECURITY_POLICY_VIOLATED", 403, DETAIL_INFO, "PERMISSION_DENIED",
     "A policy of the organization prohibits the request.", "googleapis.com", "forbidden"},
    {"USER_BLOCKED_BY_ADMIN", 403, DETAIL_INFO, "PERMISSION_DENIED",
     "The administrator has blocked this service for the user.", "googleapis.com", "forbidden"},
    {"ORG_RESTRICTION_VIOLATION", 403, DETAIL_INFO, "PERMISSION_DENIED", "The organization restricts the access.",
     "googleapis.com", "forbidden"},
    {"NOT_FOUND", 404, DETAIL_NONE, "NOT_FOUND", "Requested entity was not found.", "", "notFound"},
    {"ALREADY_EXISTS", 409, DETAIL_NONE, "ALREADY_EXISTS", "The entity exists already.", "", "duplicate"},
    {"RATE_LIMIT_EXCEEDED", 429, DETAIL_QUOTA, "RESOURCE_EXHAUSTED",
     "Quota exceeded for quota metric 'Critical read requests (Contact and Profile Reads)' and limit 'Critical read "
     "requests (Contact and Profile Reads) per minute per user' of service 'people.googleapis.com' for consumer "
     "'project_number:" PROJECT "'.",
     "googleapis.com", "rateLimitExceeded"},
    {"QUOTA_EXCEEDED", 429, DETAIL_VIOLATION, "RESOURCE_EXHAUSTED", "Resource has been exhausted (e.g. check quota).",
     "", "rateLimitExceeded"},
    {"INTERNAL", 500, DETAIL_NONE, "INTERNAL", "Internal error encountered.", "", "backendError"},
    {"UNIMPLEMENTED", 501, DETAIL_NONE, "UNIMPLEMENTED", "The sandbox serves reading only.", "", "notImplemented"},
    {"UNAVAILABLE", 503, DETAIL_NONE, "UNAVAILABLE", "The service is currently unavailable.", "", "backendError"},
    {"DEADLINE_EXCEEDED", 504, DETAIL_NONE, "DEADLINE_EXCEEDED",
     "The deadline expired before the operation could complete.", "", "backendError"},
};

static const struct problem *find_problem(const char *code)
{
    for (size_t i = 0; i < KITH_COUNT_OF(problems); i++)
        if (strcmp(problems[i].code, code) == 0)
            return &problems[i];
    return NULL;
}

/* The name that Google's back end has for what was asked. */
static const char *method_name(const struct sandbox_request *req)
{
    const char *what = sandbox_request_segment(req, 1);

    if (strcmp(what, "otherContacts") == 0)
        return "google.people.v1.PeopleService.ListOtherContacts";
    if (strcmp(what, "contactGroups") == 0)
        return "google.people.v1.ContactGroupsService.ListContactGroups";
    if (strcmp(what, "people:batchGet") == 0)
        return "google.people.v1.PeopleService.GetBatchGet";
    if (strcmp(sandbox_request_segment(req, 3), "connections") == 0)
        return "google.people.v1.PeopleService.ListConnections";
    return "google.people.v1.PeopleService.GetPerson";
}

static void put_info(struct sandbox_request *req, const struct problem *p, struct kith_json_writer *w)
{
    bool quota = p->detail == DETAIL_QUOTA;

    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@type", "type.googleapis.com/google.rpc.ErrorInfo");
    kith_json_put_text(w, "reason", p->code);
    kith_json_put_text(w, "domain", p->domain);
    kith_json_begin_object(w, "metadata");
    kith_json_put_text(w, "service", "people.googleapis.com");
    if (quota || p->detail == DETAIL_HELP)
        kith_json_put_text(w, "consumer", "projects/" PROJECT);
    else
        kith_json_put_text(w, "method", method_name(req));
    if (quota) {
        kith_json_put_text(w, "quota_metric", "people.googleapis.com/critical_read_requests");
        kith_json_put_text(w, "quota_limit", "CriticalReadsPerMinutePerProjectPerUser");
        kith_json_put_text(w, "quota_limit_value", "60");
        kith_json_put_text(w, "quota_location", "global");
    }
    kith_json_end(w);
    kith_json_end(w);
}

static void put_help(struct sandbox_request *req, struct kith_json_writer *w)
{
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@type", "type.googleapis.com/google.rpc.Help");
    kith_json_begin_array(w, "links");
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "description", "Where the People API is enabled");
    kith_json_put_text(w, "url",
                       sandbox_request_format(req, "%s/apis/people?project=" PROJECT, sandbox_request_base_url(req)));
    kith_json_end(w);
    kith_json_end(w);
    kith_json_end(w);
}

static void put_violation(struct kith_json_writer *w)
{
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@type", "type.googleapis.com/google.rpc.QuotaFailure");
    kith_json_begin_array(w, "violations");
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "subject", "QUOTA_EXCEEDED");
    kith_json_put_text(w, "description", "FBS quota limit exceeded");
    kith_json_end(w);
    kith_json_end(w);
    kith_json_end(w);
}

static void put_details(struct sandbox_request *req, const struct problem *p, struct kith_json_writer *w)
{
    if (p->detail == DETAIL_NONE)
        return;
    kith_json_begin_array(w, "details");
    if (p->detail == DETAIL_HELP)
        put_help(req, w);
    if (p->detail == DETAIL_VIOLATION)
        put_violation(w);
    else
        put_info(req, p, w);
    kith_json_end(w);
}

/* What answers looked like before there were details; some still do. */
static void put_errors(const struct problem *p, const char *message, struct kith_json_writer *w)
{
    bool usage = p->status == 429 || strcmp(p->legacy_reason, "accessNotConfigured") == 0;

    kith_json_begin_array(w, "errors");
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "message", message);
    kith_json_put_text(w, "domain", usage ? "usageLimits" : "global");
    kith_json_put_text(w, "reason", p->legacy_reason);
    kith_json_end(w);
    kith_json_end(w);
}

static void add_challenge(struct sandbox_request *req, const struct problem *p, int status, struct sandbox_answer *ans)
{
    const char *base = sandbox_request_base_url(req);

    if (status == 401)
        sandbox_answer_header(req, ans, "WWW-Authenticate",
                              sandbox_request_format(req, "Bearer realm=\"%s/\", error=\"invalid_token\"", base));
    if (strcmp(p->code, "ACCESS_TOKEN_SCOPE_INSUFFICIENT") == 0)
        sandbox_answer_header(req, ans, "WWW-Authenticate",
                              sandbox_request_format(req,
                                                     "Bearer realm=\"%s/\", error=\"insufficient_scope\", "
                                                     "scope=\"https://www.googleapis.com/auth/contacts "
                                                     "https://www.googleapis.com/auth/contacts.readonly\"",
                                                     base));
}

static void write_error(struct sandbox_request *req, struct sandbox_answer *ans, const struct problem *p, int status,
                        const char *message, bool legacy)
{
    const char *words = *message ? message : p->message;

    sandbox_answer_clear(ans);
    ans->status = status;
    ans->content_type = SANDBOX_GOOGLE_JSON;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_begin_object(w, "error");
    kith_json_put_int(w, "code", status);
    kith_json_put_text(w, "message", words);
    if (legacy)
        put_errors(p, words, w);
    kith_json_put_text(w, "status", p->canonical);
    if (!legacy)
        put_details(req, p, w);
    kith_json_end(w);
    kith_json_end(w);
    add_challenge(req, p, status, ans);
}

static const struct problem *problem_of_status(int status)
{
    for (size_t i = 0; i < KITH_COUNT_OF(problems); i++)
        if (problems[i].status == status)
            return &problems[i];
    return find_problem("INTERNAL");
}

void sandbox_google_error(struct sandbox_request *req, struct sandbox_answer *ans, const char *code, int status,
                          const char *message)
{
    const struct problem *p = find_problem(code);
    struct problem own = {
        code, status, DETAIL_INFO, "PERMISSION_DENIED", "The sandbox was told to answer so.", "googleapis.com", code};

    if (!p) {
        own.canonical = problem_of_status(status)->canonical;
        p = &own;
    }
    write_error(req, ans, p, status ? status : p->status, message, strcmp(req->fault.body, "legacy") == 0);
}

void sandbox_google_error_for(struct sandbox_request *req, struct sandbox_answer *ans, int status)
{
    sandbox_google_error(req, ans, problem_of_status(status)->code, status, "");
}

/* An expired sync token comes as either canonical status, and some say as 410: the fault's code chooses. */
static void expired_as_told(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_fault *f = &req->fault;
    struct problem p = *find_problem("EXPIRED_SYNC_TOKEN");

    if (f->code[0] && find_problem(f->code))
        p.canonical = find_problem(f->code)->canonical;
    write_error(req, ans, &p, f->status ? f->status : p.status, f->message, strcmp(f->body, "legacy") == 0);
}

void sandbox_google_error_as_told(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_fault *f = &req->fault;

    if (f->act == SANDBOX_ACT_GONE)
        expired_as_told(req, ans);
    else if (f->act == SANDBOX_ACT_STATUS && f->code[0])
        sandbox_google_error(req, ans, f->code, f->status, f->message);
    else if (f->act == SANDBOX_ACT_STATUS)
        sandbox_google_error(req, ans, problem_of_status(f->status)->code, f->status, f->message);
    else
        sandbox_google_error(req, ans, "ACCESS_TOKEN_EXPIRED", 0, "");
}
