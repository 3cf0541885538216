/* SPDX-License-Identifier: MIT */
/*
 * fetch_google_error.c - what an error answer of Google's means; see fetch_google.h.
 *
 * Before: http/ has retried what may pass by itself, fetch_google.c has tried a fresh token.
 * After:  engine/ turns the status and reason into a person's words.
 *
 * google.rpc.Status in JSON: the reason of an ErrorInfo decides, else the reason in the older list "errors", else the
 * HTTP status. The canonical status ("FAILED_PRECONDITION") is the same for several things, so it decides nothing;
 * of the message only two phrases are looked for, which tell a token that is no longer good where no reason does.
 */
#include "fetch/fetch_google.h"

#include "base/fail.h"
#include "base/json_read.h"
#include "base/log.h"
#include "base/text.h"

enum outcome {
    UNKNOWN = 0,
    SERVICE,     /* nothing a person could do but try again later */
    SIGNIN,      /* the token is no longer accepted */
    PERMISSION,  /* the token is fine, what it may do is not enough */
    BLOCKED,     /* an administrator does not want it */
    SERVICE_OFF, /* the application's owner has not switched the service on */
    PROJECT,     /* something else is wrong with the application */
    THROTTLED,
    SYNC_TOKEN,
    BAD_REQUEST,
    NOT_FOUND,
};

static const struct {
    const char *reason;
    enum outcome outcome;
} reasons[] = {
    {"EXPIRED_SYNC_TOKEN", SYNC_TOKEN},
    {"ACCESS_TOKEN_EXPIRED", SIGNIN},
    {"ACCESS_TOKEN_TYPE_UNSUPPORTED", SIGNIN},
    {"ACCOUNT_STATE_INVALID", SIGNIN},
    {"CREDENTIALS_MISSING", SIGNIN},
    {"authError", SIGNIN},
    {"ACCESS_TOKEN_SCOPE_INSUFFICIENT", PERMISSION},
    {"insufficientPermissions", PERMISSION},
    {"forbidden", PERMISSION},
    {"USER_BLOCKED_BY_ADMIN", BLOCKED},
    {"ORG_RESTRICTION_VIOLATION", BLOCKED},
    {"ORG_RESTRICTION_HEADER_INVALID", BLOCKED},
    {"SERVICE_DISABLED", SERVICE_OFF},
    {"accessNotConfigured", SERVICE_OFF},
    {"CONSUMER_SUSPENDED", PROJECT},
    {"CONSUMER_INVALID", PROJECT},
    {"SECURITY_POLICY_VIOLATED", PROJECT},
    {"BILLING_DISABLED", PROJECT},
    {"RATE_LIMIT_EXCEEDED", THROTTLED},
    {"RESOURCE_QUOTA_EXCEEDED", THROTTLED},
    {"rateLimitExceeded", THROTTLED},
    {"userRateLimitExceeded", THROTTLED},
    {"quotaExceeded", THROTTLED},
    {"dailyLimitExceeded", THROTTLED},
};

static const struct {
    int http_status;
    enum outcome outcome;
} statuses[] = {
    {400, BAD_REQUEST}, {401, SIGNIN}, {403, PERMISSION}, {404, NOT_FOUND}, {429, THROTTLED},
};

enum { FULL_QUOTA_S = 5 * 60 }; /* minutes, not seconds: more is not known */

struct google_error {
    char reason[64]; /* for the message; "" unknown */
    char status[64];
    char message[512];
    char link[768];  /* where an owner can mend it */
    bool full_quota; /* the quota of whole listings, which fills up in minutes */
    enum outcome outcome;
};

static enum outcome outcome_of_reason(const char *reason)
{
    for (size_t i = 0; i < KITH_COUNT_OF(reasons); i++)
        if (strcmp(reasons[i].reason, reason) == 0)
            return reasons[i].outcome;
    return UNKNOWN;
}

static enum outcome outcome_of_status(int http_status)
{
    for (size_t i = 0; i < KITH_COUNT_OF(statuses); i++)
        if (statuses[i].http_status == http_status)
            return statuses[i].outcome;
    return SERVICE;
}

/* A member as one line of words; "" when it is none. */
static void copy_words(struct kith_json object, const char *name, char *out, size_t out_size)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(object, name), &len);

    (void)kith_text_copy_n(out, out_size, text, strnlen(text, len)); /* cut: it only explains */
    for (char *p = out; *p != '\0'; p++)
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            *p = ' ';
}

/* The first reason that we understand counts; of those that we do not, the first is told. */
static void take_reason(struct google_error *error, struct kith_json object)
{
    char reason[sizeof(error->reason)];

    copy_words(object, "reason", reason, sizeof(reason));
    if (reason[0] == '\0' || error->outcome != UNKNOWN)
        return;
    error->outcome = outcome_of_reason(reason);
    if (error->reason[0] == '\0' || error->outcome != UNKNOWN)
        (void)kith_text_copy(error->reason, sizeof(error->reason), reason); /* same size: fits */
}

/* A page of Google's, to be opened by a person. */
static bool is_page(const char *url)
{
    return kith_text_starts_with(url, "https://") && url[strcspn(url, " \"<>\\")] == '\0';
}

static void take_link(struct google_error *error, struct kith_json detail)
{
    struct kith_json_walk walk = kith_json_walk(kith_json_member(detail, "links"));
    char url[sizeof(error->link)];

    while (error->link[0] == '\0' && kith_json_next(&walk)) {
        copy_words(walk.value, "url", url, sizeof(url));
        if (is_page(url))
            (void)kith_text_copy(error->link, sizeof(error->link), url); /* same size: fits */
    }
}

/* "Enable it by visiting https://... then retry.": all that an older answer says. */
static void take_link_of_message(struct google_error *error)
{
    const char *at = strstr(error->message, "https://");
    size_t len = at ? strcspn(at, " ") : 0;

    if (error->link[0] != '\0' || len == 0)
        return;
    if (!kith_text_copy_n(error->link, sizeof(error->link), at, len) || !is_page(error->link))
        error->link[0] = '\0';
}

static void take_quota(struct google_error *error, struct kith_json detail)
{
    struct kith_json_walk walk = kith_json_walk(kith_json_member(detail, "violations"));
    char description[64];

    while (kith_json_next(&walk)) {
        copy_words(walk.value, "description", description, sizeof(description));
        error->full_quota = error->full_quota || strstr(description, "FBS quota");
    }
}

/* What only the message says. A request without a sync token cannot have been refused for it: the caller knows. */
static enum outcome outcome_of_message(const struct google_error *error, int http_status)
{
    if ((http_status == 400 || http_status == 410) && strcasestr(error->message, "sync token"))
        return SYNC_TOKEN;
    return UNKNOWN;
}

static void read_body(const struct kith_http_response *response, struct google_error *ret)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json document, error;
    struct kith_json_walk walk;
    char why[128];

    if (!kith_json_read(reader, kith_buf_text(&response->body), response->body.len, &document, why, sizeof(why)))
        return;
    error = kith_json_member(document, "error");
    copy_words(error, "status", ret->status, sizeof(ret->status));
    copy_words(error, "message", ret->message, sizeof(ret->message));
    walk = kith_json_walk(kith_json_member(error, "details"));
    while (kith_json_next(&walk)) {
        take_reason(ret, walk.value);
        take_link(ret, walk.value);
        take_quota(ret, walk.value);
    }
    walk = kith_json_walk(kith_json_member(error, "errors"));
    while (kith_json_next(&walk))
        take_reason(ret, walk.value);
    take_link_of_message(ret);
}

static void understand(const struct kith_http_response *response, struct google_error *ret)
{
    read_body(response, ret);
    if (ret->outcome == UNKNOWN)
        ret->outcome = outcome_of_message(ret, response->status);
    if (ret->outcome == UNKNOWN)
        ret->outcome = outcome_of_status(response->status);
    /* 401 has one meaning, whatever else is said: the token. */
    if (response->status == 401 && ret->outcome != BLOCKED)
        ret->outcome = SIGNIN;
}

struct verdict {
    enum kith_status status;
    enum kith_reason reason;
};

static struct verdict verdict_of(enum outcome outcome, bool first_time)
{
    switch (outcome) {
    case SIGNIN:
        return (struct verdict){KITH_E_SIGNIN_NEEDED, KITH_REASON_NONE};
    case PERMISSION:
        return (struct verdict){first_time ? KITH_E_PERMISSION_MISSING : KITH_E_PERMISSION_REMOVED, KITH_REASON_NONE};
    case BLOCKED:
        return (struct verdict){KITH_E_PERMISSION_MISSING, KITH_REASON_BLOCKED};
    case SERVICE_OFF:
        return (struct verdict){KITH_E_NOT_CONFIGURED, KITH_REASON_SERVICE_OFF};
    case PROJECT:
        return (struct verdict){KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION};
    case THROTTLED:
        return (struct verdict){KITH_E_THROTTLED, KITH_REASON_NONE};
    case UNKNOWN:
    case SERVICE:
    case SYNC_TOKEN:
    case BAD_REQUEST:
    case NOT_FOUND:
        break;
    }
    return (struct verdict){KITH_E_SERVICE, KITH_REASON_NONE};
}

static enum kith_google_trouble trouble_of(enum outcome outcome)
{
    switch (outcome) {
    case THROTTLED:
        return KITH_GOOGLE_TROUBLE_THROTTLED;
    case SYNC_TOKEN:
        return KITH_GOOGLE_TROUBLE_SYNC_TOKEN;
    case BAD_REQUEST:
        return KITH_GOOGLE_TROUBLE_BAD_REQUEST;
    case NOT_FOUND:
        return KITH_GOOGLE_TROUBLE_NOT_FOUND;
    case UNKNOWN:
    case SERVICE:
    case SIGNIN:
    case PERMISSION:
    case BLOCKED:
    case SERVICE_OFF:
    case PROJECT:
        break;
    }
    return KITH_GOOGLE_TROUBLE_OTHER;
}

enum kith_status kith_fetch_google_error(const struct kith_http_response *response, bool first_time,
                                         enum kith_google_trouble *ret_trouble, struct kith_error *err)
{
    struct google_error google = {0};
    struct verdict verdict;
    const char *word;

    understand(response, &google);
    verdict = verdict_of(google.outcome, first_time);
    *ret_trouble = trouble_of(google.outcome);
    word = google.reason[0] != '\0' ? google.reason : google.status;
    (void)kith_fail_reason(err, verdict.status, verdict.reason, "Google answered %d%s%s", response->status,
                           word[0] != '\0' ? " " : "", word);
    if (!err)
        return verdict.status;
    err->source = KITH_SOURCE_GOOGLE;
    err->http_status = response->status;
    (void)kith_text_copy(err->request_id, sizeof(err->request_id), response->request_id); /* same size: fits */
    if (verdict.status == KITH_E_NOT_CONFIGURED)
        (void)kith_text_copy(err->setting, sizeof(err->setting), "google.client_id"); /* fits */
    if (verdict.reason == KITH_REASON_SERVICE_OFF)
        (void)kith_text_copy(err->link, sizeof(err->link), google.link); /* same size: fits */
    return verdict.status;
}

int64_t kith_fetch_google_patience_ms(const struct kith_http_response *response)
{
    struct google_error google = {0};

    if (response->status != 403 && response->status != 429)
        return -1;
    understand(response, &google);
    if (google.outcome != THROTTLED)
        return -1;
    return google.full_quota ? (int64_t)FULL_QUOTA_S * 1000 : 0;
}
