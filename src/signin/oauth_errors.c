/* SPDX-License-Identifier: MIT */
/*
 * oauth_errors.c - what a provider's no means; see oauth.h.
 *
 * Before: redirect.c and oauth.c have an error answer of the authorize or the token endpoint.
 * After:  engine/ turns the status and reason into a person's words.
 *
 * Reading the tables is reading the rules. Microsoft promises only `error` and the sub-errors;
 * the AADSTS numbers (learn.microsoft.com, "Microsoft Entra authentication and authorization
 * error codes") may change, so an unknown one decides nothing. Google says less: one `error`
 * for several things, and a description that nobody promises.
 */
#include "signin/oauth.h"

#include "base/fail.h"
#include "base/json_read.h"
#include "base/log.h"
#include "base/text.h"

/* What an error is about. The same one asks for something else during a sign-in than behind the person's back. */
enum meaning {
    MEANS_NOTHING,      /* not in the tables */
    MEANS_DECLINED,     /* the person said no */
    MEANS_NO_CONSENT,   /* never given, or taken back */
    MEANS_ADMIN,        /* an administrator has to allow it */
    MEANS_POLICY,       /* this device, place or risk is not allowed by the organisation */
    MEANS_LICENCE,      /* the organisation has no such service */
    MEANS_INTERACTION,  /* a visible sign-in would do: extra verification, password, session */
    MEANS_STALE,        /* a code or token that is too old or was used */
    MEANS_GONE,         /* a code as before; but a token that was good is good no longer, and nobody says why */
    MEANS_REGISTRATION, /* the application's registration does not fit kith, this account or this directory */
    MEANS_BUSY,         /* the service is in trouble */
    MEANS_THROTTLED,
    MEANS_FAULT, /* a request that should not have been made, or not so */
    MEANING_COUNT
};

struct verdict {
    enum kith_status status;
    enum kith_reason reason;
};

/* clang-format off */
static const struct {
    struct verdict signing_in;
    struct verdict refreshing;
} verdicts[MEANING_COUNT] = {
    [MEANS_NOTHING]      = {{KITH_E_SERVICE, 0},                                   {KITH_E_SERVICE, 0}},
    [MEANS_DECLINED]     = {{KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED},       {KITH_E_PERMISSION_REMOVED, 0}},
    [MEANS_NO_CONSENT]   = {{KITH_E_PERMISSION_MISSING, 0},                        {KITH_E_PERMISSION_REMOVED, 0}},
    [MEANS_ADMIN]        = {{KITH_E_PERMISSION_MISSING, KITH_REASON_MANAGED},      {KITH_E_PERMISSION_REMOVED, KITH_REASON_MANAGED}},
    [MEANS_POLICY]       = {{KITH_E_PERMISSION_MISSING, KITH_REASON_MANAGED},      {KITH_E_SIGNIN_NEEDED, 0}},
    [MEANS_LICENCE]      = {{KITH_E_NO_MAILBOX, 0},                                {KITH_E_NO_MAILBOX, 0}},
    [MEANS_INTERACTION]  = {{KITH_E_SIGNIN_NEEDED, 0},                             {KITH_E_SIGNIN_NEEDED, 0}},
    [MEANS_STALE]        = {{KITH_E_SIGNIN_EXPIRED, 0},                            {KITH_E_SIGNIN_NEEDED, 0}},
    [MEANS_GONE]         = {{KITH_E_SIGNIN_EXPIRED, 0},                            {KITH_E_PERMISSION_REMOVED, 0}},
    [MEANS_REGISTRATION] = {{KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION},     {KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION}},
    [MEANS_BUSY]         = {{KITH_E_SERVICE, 0},                                   {KITH_E_SERVICE, 0}},
    [MEANS_THROTTLED]    = {{KITH_E_THROTTLED, 0},                                 {KITH_E_THROTTLED, 0}},
    [MEANS_FAULT]        = {{KITH_E_SERVICE, 0},                                   {KITH_E_SERVICE, 0}},
};

static const struct {
    int number;
    enum meaning meaning;
} aadsts[] = {
    {16000, MEANS_REGISTRATION},   {16002, MEANS_INTERACTION},    {28002, MEANS_FAULT},          {28003, MEANS_FAULT},
    {50002, MEANS_POLICY},         {50011, MEANS_REGISTRATION},   {50020, MEANS_REGISTRATION},   {50033, MEANS_BUSY},
    {50034, MEANS_REGISTRATION},   {50053, MEANS_INTERACTION},    {50055, MEANS_INTERACTION},    {50056, MEANS_INTERACTION},
    {50057, MEANS_INTERACTION},    {50058, MEANS_INTERACTION},    {50072, MEANS_INTERACTION},    {50074, MEANS_INTERACTION},
    {50076, MEANS_INTERACTION},    {50078, MEANS_INTERACTION},    {50079, MEANS_INTERACTION},    {50085, MEANS_INTERACTION},
    {50087, MEANS_BUSY},           {50089, MEANS_INTERACTION},    {50097, MEANS_POLICY},         {50105, MEANS_ADMIN},
    {50126, MEANS_INTERACTION},    {50129, MEANS_POLICY},         {50131, MEANS_POLICY},         {50132, MEANS_INTERACTION},
    {50133, MEANS_INTERACTION},    {50134, MEANS_FAULT},          {50144, MEANS_INTERACTION},    {50147, MEANS_FAULT},
    {50149, MEANS_FAULT},          {50158, MEANS_INTERACTION},    {50173, MEANS_INTERACTION},    {50194, MEANS_REGISTRATION},
    {50196, MEANS_THROTTLED},      {51004, MEANS_REGISTRATION},   {53000, MEANS_POLICY},         {53001, MEANS_POLICY},
    {53002, MEANS_POLICY},         {53003, MEANS_POLICY},         {53004, MEANS_INTERACTION},    {53011, MEANS_POLICY},
    {54005, MEANS_STALE},          {65001, MEANS_NO_CONSENT},     {65004, MEANS_DECLINED},       {65005, MEANS_REGISTRATION},
    {70000, MEANS_STALE},          {70001, MEANS_REGISTRATION},   {70002, MEANS_REGISTRATION},   {70004, MEANS_REGISTRATION},
    {70008, MEANS_STALE},          {70011, MEANS_FAULT},          {70012, MEANS_BUSY},           {70018, MEANS_FAULT},
    {70019, MEANS_STALE},          {70020, MEANS_STALE},          {70043, MEANS_INTERACTION},    {90002, MEANS_REGISTRATION},
    {90006, MEANS_BUSY},           {90008, MEANS_NO_CONSENT},     {90012, MEANS_BUSY},           {90014, MEANS_FAULT},
    {90023, MEANS_FAULT},          {90024, MEANS_BUSY},           {90033, MEANS_BUSY},           {90038, MEANS_REGISTRATION},
    {90055, MEANS_THROTTLED},      {90072, MEANS_REGISTRATION},   {90090, MEANS_BUSY},           {90091, MEANS_BUSY},
    {90093, MEANS_ADMIN},          {90094, MEANS_ADMIN},          {90095, MEANS_ADMIN},          {90100, MEANS_FAULT},
    {160021, MEANS_INTERACTION},   {500011, MEANS_REGISTRATION},  {500021, MEANS_POLICY},        {500022, MEANS_POLICY},
    {500208, MEANS_REGISTRATION},  {500212, MEANS_POLICY},        {500213, MEANS_POLICY},        {501481, MEANS_FAULT},
    {501491, MEANS_FAULT},         {530032, MEANS_POLICY},        {530034, MEANS_POLICY},        {530035, MEANS_POLICY},
    {650052, MEANS_LICENCE},       {650056, MEANS_REGISTRATION},  {650057, MEANS_REGISTRATION},  {700005, MEANS_REGISTRATION},
    {700011, MEANS_REGISTRATION},  {700016, MEANS_REGISTRATION},  {700022, MEANS_FAULT},         {700023, MEANS_FAULT},
    {700025, MEANS_REGISTRATION},  {700082, MEANS_STALE},         {700084, MEANS_REGISTRATION},  {900144, MEANS_FAULT},
    {900432, MEANS_REGISTRATION},  {900941, MEANS_ADMIN},         {900971, MEANS_REGISTRATION},  {900981, MEANS_ADMIN},
    {1000031, MEANS_REGISTRATION}, {1000104, MEANS_REGISTRATION}, {7000112, MEANS_REGISTRATION}, {7000215, MEANS_REGISTRATION},
    {7000218, MEANS_REGISTRATION}, {7000222, MEANS_REGISTRATION}, {9002313, MEANS_FAULT},        {9002332, MEANS_REGISTRATION},
};

struct word {
    const char *word;
    enum meaning meaning;
};

/* `suberror` (Microsoft) and `error_subtype` (Google) of the token endpoint. */
static const struct word sub_errors[] = {
    {"consent_required", MEANS_NO_CONSENT},
    {"bad_token", MEANS_STALE},
    {"token_expired", MEANS_STALE},
    {"basic_action", MEANS_INTERACTION},
    {"additional_action", MEANS_INTERACTION},
    {"message_only", MEANS_INTERACTION},
    {"user_password_expired", MEANS_INTERACTION},
    {"device_authentication_failed", MEANS_INTERACTION},
    {"ui_not_allowed", MEANS_INTERACTION},
    {"interrupted_user", MEANS_INTERACTION},
    {"client_mismatch", MEANS_REGISTRATION},
    {"protection_policy_required", MEANS_REGISTRATION},
    {"invalid_rapt", MEANS_INTERACTION},
    {"rapt_required", MEANS_INTERACTION},
};

/* `error` at the redirect. An older Microsoft, and its administrators' page, say consent_required for a no. */
static const struct word redirect_errors[] = {
    {"access_denied", MEANS_DECLINED},
    {"consent_required", MEANS_DECLINED},
    {"login_required", MEANS_INTERACTION},
    {"interaction_required", MEANS_INTERACTION},
    {"unauthorized_client", MEANS_REGISTRATION},
    {"invalid_client", MEANS_REGISTRATION},
    {"redirect_uri_mismatch", MEANS_REGISTRATION},
    {"deleted_client", MEANS_REGISTRATION},
    {"admin_policy_enforced", MEANS_ADMIN},
    {"org_internal", MEANS_REGISTRATION},
    {"server_error", MEANS_BUSY},
    {"temporarily_unavailable", MEANS_BUSY},
    {"invalid_request", MEANS_FAULT},
    {"invalid_scope", MEANS_FAULT},
    {"invalid_resource", MEANS_FAULT},
    {"unsupported_response_type", MEANS_FAULT},
};

/* `error` at the token endpoint. */
static const struct word token_errors[] = {
    {"invalid_grant", MEANS_STALE},
    {"bad_token", MEANS_STALE},
    {"interaction_required", MEANS_INTERACTION},
    {"login_required", MEANS_INTERACTION},
    {"consent_required", MEANS_NO_CONSENT},
    {"access_denied", MEANS_DECLINED},
    {"authorization_declined", MEANS_DECLINED},
    {"expired_token", MEANS_STALE},
    {"code_expired", MEANS_STALE},
    {"bad_verification_code", MEANS_FAULT},
    {"invalid_client", MEANS_REGISTRATION},
    {"unauthorized_client", MEANS_REGISTRATION},
    {"deleted_client", MEANS_REGISTRATION},
    {"redirect_uri_mismatch", MEANS_REGISTRATION},
    {"admin_policy_enforced", MEANS_ADMIN},
    {"server_error", MEANS_BUSY},
    {"temporarily_unavailable", MEANS_BUSY},
    {"slow_down", MEANS_THROTTLED},
    {"rate_limit_exceeded", MEANS_THROTTLED},
    {"invalid_request", MEANS_FAULT},
    {"invalid_scope", MEANS_FAULT},
    {"unsupported_grant_type", MEANS_FAULT},
};
/* clang-format on */

static enum meaning meaning_of_word(const struct word *words, size_t n, const char *word)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(words[i].word, word) == 0)
            return words[i].meaning;
    }
    return MEANS_NOTHING;
}

static enum meaning meaning_of_number(int64_t number)
{
    for (size_t i = 0; i < KITH_COUNT_OF(aadsts); i++) {
        if (aadsts[i].number == number)
            return aadsts[i].meaning;
    }
    return MEANS_NOTHING;
}

/* --- Facts --------------------------------------------------------------- */

/* What an error answer says, wherever it came from. */
struct refusal {
    char error[64];
    char sub_error[64];
    char description[1024];
    char trace_id[64];
    int64_t number; /* AADSTS; 0 none */
    enum meaning by_number;
};

/* "AADSTS65001: The user or ..." The first number counts; others stand in advice. */
static int64_t number_in(const char *description)
{
    static const char mark[] = "AADSTS";
    const char *at = strstr(description, mark);
    int64_t number = 0;

    if (!at)
        return 0;
    at += strlen(mark);
    for (int digits = 0; *at >= '0' && *at <= '9' && digits < 9; at++, digits++)
        number = number * 10 + (*at - '0');
    return number;
}

/* "Trace ID: 1234-..." as it stands in a description. */
static void trace_id_in(const char *description, char *out, size_t out_size)
{
    static const char mark[] = "Trace ID: ";
    const char *at = strstr(description, mark);

    if (!at)
        return;
    at += strlen(mark);
    if (!kith_text_copy_n(out, out_size, at, strspn(at, "0123456789abcdefABCDEF-")))
        out[0] = '\0';
}

static void take_number(struct refusal *refusal, int64_t number)
{
    if (refusal->by_number != MEANS_NOTHING || number <= 0)
        return;
    refusal->by_number = meaning_of_number(number);
    if (refusal->number == 0 || refusal->by_number != MEANS_NOTHING)
        refusal->number = number;
}

/*
 * AADSTS70000 of a personal account is what 65001 is elsewhere: "The user could not be authenticated or must
 * sign in again and if needed grant the client application access to the requested scope."
 */
static bool speaks_of_granting(const char *description)
{
    return strstr(description, "grant the client application access") != NULL;
}

/*
 * Google has one word for a permission that was taken back and for a token that was forgotten. Where that happens
 * behind the person's back, what it means for them is the same: the permission has to be given again.
 */
static enum meaning as_google_means(const struct refusal *refusal, enum meaning by_error)
{
    if (strcmp(refusal->error, "invalid_grant") == 0)
        return MEANS_GONE;
    /* "client_secret is missing." and its like: a parameter that the settings should have given. */
    if (by_error == MEANS_FAULT && strstr(refusal->description, "client_secret"))
        return MEANS_REGISTRATION;
    return by_error;
}

static enum meaning meaning_of(const struct refusal *refusal, enum meaning by_error)
{
    enum meaning by_sub = meaning_of_word(sub_errors, KITH_COUNT_OF(sub_errors), refusal->sub_error);

    if (speaks_of_granting(refusal->description))
        return MEANS_NO_CONSENT;
    if (by_error == MEANS_BUSY) /* a number would only say which part of it */
        return MEANS_BUSY;
    if (refusal->by_number != MEANS_NOTHING)
        return refusal->by_number;
    return by_sub != MEANS_NOTHING ? by_sub : by_error;
}

/* Which of the settings is to blame for a registration that does not fit. */
static const char *setting_to_blame(const struct kith_provider *provider, const struct refusal *refusal)
{
    bool secret = strstr(refusal->description, "client_secret") || strstr(refusal->description, "Unauthorized");

    return secret && !kith_text_is_empty(provider->client_secret_key) ? provider->client_secret_key
                                                                      : provider->client_id_key;
}

/* There is no link at Google by which an administrator could allow it. */
static struct verdict verdict_of(const struct kith_provider *provider, enum meaning meaning, bool refreshing)
{
    struct verdict verdict = refreshing ? verdicts[meaning].refreshing : verdicts[meaning].signing_in;

    if (provider->source == KITH_SOURCE_GOOGLE && verdict.reason == KITH_REASON_MANAGED)
        verdict.reason = KITH_REASON_BLOCKED;
    return verdict;
}

static enum kith_status refuse(const struct kith_provider *provider, const struct refusal *refusal,
                               enum meaning meaning, bool refreshing, int http_status, struct kith_error *err)
{
    struct verdict verdict = verdict_of(provider, meaning, refreshing);
    const char *what = refreshing ? "refresh" : "sign-in";
    char number[32] = "";

    if (refusal->number > 0)
        (void)kith_text_format(number, sizeof(number), " AADSTS%lld", (long long)refusal->number); /* fits */
    (void)kith_fail_reason(err, verdict.status, verdict.reason, "%s refused: %s%s%s%s", what,
                           refusal->error[0] != '\0' ? refusal->error : "no reason given",
                           refusal->sub_error[0] != '\0' ? "/" : "", refusal->sub_error, number);
    kith_log_debug(KITH_LOG_SIGNIN, "%s refused: %s/%s%s", what, refusal->error, refusal->sub_error, number);
    if (!err)
        return verdict.status;
    err->source = provider->source;
    err->http_status = http_status;
    (void)kith_text_copy(err->request_id, sizeof(err->request_id), refusal->trace_id); /* same size: fits */
    if (verdict.status == KITH_E_NOT_CONFIGURED)
        (void)kith_text_copy(err->setting, sizeof(err->setting), setting_to_blame(provider, refusal)); /* fits */
    return verdict.status;
}

/* --- At the redirect ----------------------------------------------------- */

enum kith_status kith_oauth_redirect_error(const struct kith_provider *provider, const struct kith_redirect *redirect,
                                           struct kith_error *err)
{
    struct refusal refusal = {0};

    (void)kith_text_copy(refusal.error, sizeof(refusal.error), redirect->error);                         /* same size */
    (void)kith_text_copy(refusal.sub_error, sizeof(refusal.sub_error), redirect->error_subcode);         /* same size */
    (void)kith_text_copy(refusal.description, sizeof(refusal.description), redirect->error_description); /* same size */
    take_number(&refusal, number_in(refusal.description));
    trace_id_in(refusal.description, refusal.trace_id, sizeof(refusal.trace_id));

    enum meaning by_error = meaning_of_word(redirect_errors, KITH_COUNT_OF(redirect_errors), refusal.error);
    /* Cancel, or Back on the page "Need admin approval": nothing tells the two apart. */
    if (strcmp(refusal.sub_error, "cancel") == 0 && refusal.number == 0)
        return refuse(provider, &refusal, MEANS_DECLINED, /* refreshing= */ false, 0, err);
    return refuse(provider, &refusal, meaning_of(&refusal, by_error), /* refreshing= */ false, 0, err);
}

/* --- At the token endpoint ----------------------------------------------- */

/* A member as one line of words; "" when it is none. */
static void copy_words(struct kith_json answer, const char *name, char *out, size_t out_size)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(answer, name), &len);

    (void)kith_text_copy_n(out, out_size, text, strnlen(text, len)); /* cut: it only explains */
    for (char *p = out; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            *p = ' ';
    }
}

static void read_refusal(struct kith_json answer, struct refusal *refusal)
{
    int64_t number;

    copy_words(answer, "error", refusal->error, sizeof(refusal->error));
    copy_words(answer, "suberror", refusal->sub_error, sizeof(refusal->sub_error));
    if (refusal->sub_error[0] == '\0')
        copy_words(answer, "error_subtype", refusal->sub_error, sizeof(refusal->sub_error));
    copy_words(answer, "error_description", refusal->description, sizeof(refusal->description));
    copy_words(answer, "trace_id", refusal->trace_id, sizeof(refusal->trace_id));
    if (refusal->trace_id[0] == '\0')
        trace_id_in(refusal->description, refusal->trace_id, sizeof(refusal->trace_id));

    struct kith_json_walk walk = kith_json_walk(kith_json_member(answer, "error_codes"));
    while (kith_json_next(&walk)) {
        if (kith_json_int64(walk.value, &number))
            take_number(refusal, number);
    }
    take_number(refusal, number_in(refusal->description));
}

/* Without an `error` that we know, the status still tells whose fault it was. */
static enum meaning meaning_of_status(int http_status)
{
    if (http_status == 429)
        return MEANS_THROTTLED;
    if (http_status >= 500)
        return MEANS_BUSY;
    return MEANS_NOTHING;
}

enum kith_status kith_tokens_error(const struct kith_provider *provider, int http_status, const char *json, size_t len,
                                   bool refreshing, struct kith_error *err)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct refusal refusal = {0};
    struct kith_json answer;
    char why[128];

    if (kith_json_read(reader, json, len, &answer, why, sizeof(why)))
        read_refusal(answer, &refusal);
    enum meaning by_error = meaning_of_word(token_errors, KITH_COUNT_OF(token_errors), refusal.error);
    if (provider->source == KITH_SOURCE_GOOGLE)
        by_error = as_google_means(&refusal, by_error);
    enum meaning meaning = meaning_of(&refusal, by_error);
    if (meaning == MEANS_NOTHING)
        meaning = meaning_of_status(http_status);
    return refuse(provider, &refusal, meaning, refreshing, http_status, err);
}
