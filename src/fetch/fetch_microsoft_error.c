/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft_error.c - what an error answer of Graph means; see fetch_microsoft.h.
 *
 * Before: http/ has retried what may pass by itself, fetch_microsoft.c has tried a fresh token.
 * After:  engine/ turns the status into a person's words.
 *
 * Graph: "Microsoft Graph error responses and resource types". Codes come in any case, may be
 * nested, unknown or missing; then the HTTP status decides.
 */
#include "fetch/fetch_microsoft.h"

#include "base/fail.h"
#include "base/json_read.h"
#include "base/log.h"
#include "base/text.h"

enum outcome {
    UNKNOWN = 0,
    SERVICE,    /* nothing a person could do but try again later */
    SIGNIN,     /* the token is no longer accepted */
    PERMISSION, /* the token is fine, what it may do is not enough */
    NO_MAILBOX, /* on premises, no licence, a guest */
    RESYNC,     /* the place where change tracking would go on is not known any more */
    THROTTLED,
};

static const struct {
    const char *code;
    int http_status; /* 0: any */
    enum outcome outcome;
} codes[] = {
    {"InvalidAuthenticationToken", 0, SIGNIN},
    {"insufficient_claims", 0, SIGNIN},
    /* A fresh token was tried before: what remains is an account that may not. */
    {"AuthenticationError", 401, PERMISSION},
    {"unauthenticated", 401, PERMISSION},
    {"ErrorAccessDenied", 403, PERMISSION},
    {"Authorization_RequestDenied", 403, PERMISSION},
    {"accessDenied", 403, PERMISSION},
    {"Forbidden", 403, PERMISSION},
    {"extensionError", 403, NO_MAILBOX},
    {"MailboxNotEnabledForRESTAPI", 0, NO_MAILBOX},
    {"MailboxNotSupportedForRESTAPI", 0, NO_MAILBOX},
    {"ErrorNonExistentMailbox", 0, NO_MAILBOX},
    {"ResourceNotFound", 404, NO_MAILBOX},
    {"Request_ResourceNotFound", 404, NO_MAILBOX},
    {"ErrorInvalidUser", 404, NO_MAILBOX},
    {"SyncStateNotFound", 0, RESYNC},
    {"SyncStateInvalid", 0, RESYNC},
    {"ResyncRequired", 0, RESYNC},
    {"ErrorInvalidSyncStateData", 0, RESYNC},
    {"quotaLimitReached", 403, SERVICE},
    {"ErrorQuotaExceeded", 403, SERVICE},
    {"ApplicationThrottled", 0, THROTTLED},
    {"TooManyRequests", 0, THROTTLED},
    {"activityLimitReached", 0, THROTTLED},
};

static const struct {
    int http_status;
    enum outcome outcome;
} statuses[] = {
    {401, SIGNIN}, {403, PERMISSION}, {410, RESYNC}, {429, THROTTLED}, {509, THROTTLED},
};

/* Inner errors nest; more than this is not Graph. */
enum { DEEPEST = 8 };

struct graph_error {
    char code[64]; /* as sent, for the message */
    char request_id[64];
    enum outcome outcome;
};

static enum outcome outcome_of_code(int http_status, const char *code)
{
    for (size_t i = 0; i < KITH_COUNT_OF(codes); i++) {
        if ((codes[i].http_status == 0 || codes[i].http_status == http_status) &&
            kith_text_equal_ci(codes[i].code, code))
            return codes[i].outcome;
    }
    return UNKNOWN;
}

static enum outcome outcome_of_status(int http_status)
{
    for (size_t i = 0; i < KITH_COUNT_OF(statuses); i++) {
        if (statuses[i].http_status == http_status)
            return statuses[i].outcome;
    }
    return SERVICE;
}

/* A code or an id: one visible word, or "". */
static void copy_word(struct kith_json v, char *out, size_t out_size)
{
    size_t len;
    const char *text = kith_json_string(v, &len);

    out[0] = '\0';
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] <= ' ' || (unsigned char)text[i] >= 0x7F)
            return;
    }
    (void)kith_text_copy_n(out, out_size, text, len); /* cut: it only explains */
}

static struct kith_json inner_of(struct kith_json error)
{
    struct kith_json inner = kith_json_member(error, "innerError");

    return inner.type == KITH_JSON_OBJECT ? inner : kith_json_member(error, "innererror");
}

/* From the outside in: the most specific code that we understand wins. */
static void read_error(struct kith_json error, int http_status, struct graph_error *ret)
{
    char code[sizeof(ret->code)];
    char id[sizeof(ret->request_id)];

    for (int depth = 0; depth < DEEPEST && error.type == KITH_JSON_OBJECT; depth++) {
        copy_word(kith_json_member(error, "code"), code, sizeof(code));
        copy_word(kith_json_member(error, "request-id"), id, sizeof(id));
        enum outcome outcome = outcome_of_code(http_status, code);
        if (outcome != UNKNOWN)
            ret->outcome = outcome;
        if (code[0] != '\0' && (ret->code[0] == '\0' || outcome != UNKNOWN))
            (void)kith_text_copy(ret->code, sizeof(ret->code), code); /* same size: fits */
        if (id[0] != '\0')
            (void)kith_text_copy(ret->request_id, sizeof(ret->request_id), id); /* same size: fits */
        error = inner_of(error);
    }
}

static void read_body(const struct kith_http_response *response, struct graph_error *ret)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json document;
    char why[128];

    if (kith_json_read(reader, kith_buf_text(&response->body), response->body.len, &document, why, sizeof(why)))
        read_error(kith_json_member(document, "error"), response->status, ret);
}

static enum kith_status status_of(enum outcome outcome, bool first_time)
{
    switch (outcome) {
    case SIGNIN:
        return KITH_E_SIGNIN_NEEDED;
    case PERMISSION:
        return first_time ? KITH_E_PERMISSION_MISSING : KITH_E_PERMISSION_REMOVED;
    case NO_MAILBOX:
        return KITH_E_NO_MAILBOX;
    case THROTTLED:
        return KITH_E_THROTTLED;
    case UNKNOWN:
    case RESYNC:
    case SERVICE:
        break;
    }
    return KITH_E_SERVICE;
}

enum kith_status kith_fetch_microsoft_error(const struct kith_http_response *response, bool first_time,
                                            struct kith_error *err)
{
    struct graph_error graph = {0};

    read_body(response, &graph);
    /* A claims challenge stands in a header, beside a code that says less. */
    if (strstr(response->www_authenticate, "insufficient_claims"))
        graph.outcome = SIGNIN;
    if (graph.outcome == UNKNOWN)
        graph.outcome = outcome_of_status(response->status);

    enum kith_status status = status_of(graph.outcome, first_time);
    (void)kith_fail(err, status, "Graph answered %d%s%s", response->status, graph.code[0] != '\0' ? " " : "",
                    graph.code);
    if (!err)
        return status;
    err->source = KITH_SOURCE_MICROSOFT365;
    err->http_status = response->status;
    if (graph.outcome == RESYNC)
        err->reason = KITH_REASON_RESYNC;
    (void)kith_text_copy(err->request_id, sizeof(err->request_id),
                         response->request_id[0] != '\0' ? response->request_id
                                                         : graph.request_id); /* same size: fits */
    return status;
}
