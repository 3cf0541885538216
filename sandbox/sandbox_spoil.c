/* SPDX-License-Identifier: MIT */
/*
 * sandbox_spoil.c - does what a fault says: answers in the place of the honest part, or spoils its bytes.
 *
 * Before: sandbox_faults.c picked a fault for the request.
 * After:  sandbox_exchange.c sends the result, or cuts it.
 */
#include "base/text.h"
#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_faults.h"
#include "sandbox/sandbox_google_people.h"
#include "sandbox/sandbox_google_signin.h"
#include "sandbox/sandbox_graph.h"
#include "sandbox/sandbox_identity.h"
#include "sandbox/sandbox_world.h"

static void identity_status(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_fault *f = &req->fault;
    struct sandbox_identity_problem problem = {.status = f->status, .error = f->code, .words = f->message};
    int64_t number = 0;

    if (!f->code[0])
        problem.error = f->status == 503 || f->status == 429 ? "temporarily_unavailable" : "server_error";
    /* "AADSTS53003" as code: the number belongs to the description, the error is the usual one. */
    if (kith_text_starts_with(f->code, "AADSTS") && kith_text_to_int64(f->code + 6, 1, INT32_MAX, &number)) {
        problem.number = (int)number;
        problem.error = f->status == 401 ? "invalid_client" : "invalid_grant";
    }
    if (!f->message[0])
        problem.words = "The sandbox was told to answer so.";
    if (f->suberror[0])
        problem.suberror = f->suberror;
    sandbox_identity_error(req, &problem, ans);
}

/* Google's sign-in has plain errors; its load balancers answer with pages. */
static void google_status(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_fault *f = &req->fault;
    const char *usual = f->status == 401 ? "invalid_client" : f->status < 500 ? "invalid_grant" : "internal_failure";

    if (sandbox_is_people_path(req))
        sandbox_google_error_as_told(req, ans);
    else
        sandbox_google_refuse(req, f->status, f->code[0] ? f->code : usual,
                              f->message[0] ? f->message : "The sandbox was told to answer so.",
                              f->suberror[0] ? f->suberror : NULL, ans);
}

static void graph_status(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_fault *f = &req->fault;

    if (f->code[0] || f->message[0])
        sandbox_graph_error(req, ans, f->status, f->code, f->message);
    else
        sandbox_graph_error_for(req, ans, f->status);
}

static void answer_status(struct sandbox_request *req, struct sandbox_answer *ans)
{
    const struct sandbox_fault *f = &req->fault;

    if (strcmp(f->body, "empty") == 0)
        sandbox_answer_text(ans, f->status, "text/plain", "");
    else if (strcmp(f->body, "text") == 0)
        sandbox_answer_text(ans, f->status, "text/plain", "upstream connect error or disconnect/reset before headers");
    else if (strcmp(f->body, "html") == 0)
        sandbox_answer_text(
            ans, f->status, "text/html",
            "<html><head><title>Gateway</title></head><body><h1>Service not available</h1></body></html>");
    else if (sandbox_is_graph_path(req))
        graph_status(req, ans);
    else if (sandbox_is_google_path(req))
        google_status(req, ans);
    else
        identity_status(req, ans);
    if (f->retry_after[0])
        sandbox_answer_header(req, ans, "Retry-After", f->retry_after);
}

/* What only the parts behind an access token can say. */
static void answer_for_the_token(struct sandbox_request *req, struct sandbox_answer *ans)
{
    if (sandbox_is_google_path(req))
        sandbox_google_error_as_told(req, ans);
    else if (req->fault.act == SANDBOX_ACT_TOKEN_EXPIRED)
        sandbox_graph_error_token(req, ans, "Access token has expired or is not yet valid.");
    else if (req->fault.act == SANDBOX_ACT_CLAIMS)
        sandbox_graph_error_claims(req, ans);
    else
        sandbox_graph_error(req, ans, 410, "syncStateNotFound",
                            "The sync state generation is not found; generation=605;[highest=841]");
}

bool sandbox_fault_replaces_answer(struct sandbox_request *req, struct sandbox_answer *ans)
{
    switch (req->fault.act) {
    case SANDBOX_ACT_STATUS:
        answer_status(req, ans);
        return true;
    case SANDBOX_ACT_TOKEN_EXPIRED:
    case SANDBOX_ACT_CLAIMS:
    case SANDBOX_ACT_GONE:
        answer_for_the_token(req, ans);
        return true;
    case SANDBOX_ACT_WRONG_TYPE:
        sandbox_answer_text(ans, 200, "text/html; charset=utf-8",
                            "<!DOCTYPE html><html><head><title>Sign in to the network</title></head>"
                            "<body><h1>Welcome</h1><p>Accept the terms to go online.</p></body></html>");
        return true;
    case SANDBOX_ACT_MALFORMED:
        sandbox_answer_text(ans, 200, SANDBOX_JSON, "{\"value\": [{\"id\": }, <oops>");
        return true;
    default:
        return false;
    }
}

void sandbox_fault_spoil(struct sandbox_request *req, struct sandbox_answer *ans)
{
    if (req->fault.act == SANDBOX_ACT_CUT)
        ans->wire = SANDBOX_WIRE_CUT;
    if (req->fault.act != SANDBOX_ACT_TRUNCATE)
        return;
    /* Pages of a faulty request are never cached ones, so the body is here. */
    ans->body.len = ans->body.len * 3 / 5;
    if (ans->body.len > 0)
        ans->body.data[ans->body.len] = '\0';
    if (sandbox_is_graph_path(req))
        sandbox_answer_zip(req, ans); /* what is cut short here is still whole as gzip */
}
