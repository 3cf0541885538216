/* SPDX-License-Identifier: MIT */
/*
 * oauth.c - OAuth 2.0: the addresses for the browser and the requests for tokens; see oauth.h.
 *
 * Before: engine/ knows the provider and opens a listener.
 * After:  redirect.c reads the browser's answer, tokens.c what the token endpoint gave,
 *         oauth_errors.c what either meant when it was a no. Without a browser, device.c
 *         asks in this file's way for a code instead.
 */
#include "signin/oauth.h"

#include <sodium.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "signin/oauth_inside.h"

enum {
    FORM_BYTES = 64 * 1024,
    ANSWER_BYTES = 256 * 1024,
    ENCODED_BYTES = 3 * 16 * 1024, /* one value: a refresh token, every byte of it encoded */
    REVOKE_TIMEOUT_S = 10,         /* somebody waits for the sign-out */
};

/* --- Secrets of one sign-in ---------------------------------------------- */

/* 32 bytes as base64url without padding: 43 characters. */
static void encode_32(const unsigned char bytes[32], char out[44])
{
    (void)sodium_bin2base64(out, 44, bytes, 32, sodium_base64_VARIANT_URLSAFE_NO_PADDING); /* returns out */
}

static void make_random(char out[44])
{
    unsigned char bytes[32];

    randombytes_buf(bytes, sizeof(bytes));
    encode_32(bytes, out);
    sodium_memzero(bytes, sizeof(bytes));
}

void kith_pkce_make(struct kith_pkce *pkce)
{
    unsigned char digest[crypto_hash_sha256_BYTES];

    if (sodium_init() < 0)
        abort(); /* no randomness: nothing secret can be made */
    make_random(pkce->verifier);
    make_random(pkce->state);
    make_random(pkce->nonce);
    (void)crypto_hash_sha256(digest, (const unsigned char *)pkce->verifier, 43); /* always 0 */
    encode_32(digest, pkce->challenge);
}

/* --- Writing queries and forms ------------------------------------------- */

/* Append "name=value", with the '?' or '&' that it needs before it. out->full tells when it did not fit. */
static void add_parameter(struct kith_buf *out, const char *before, const char *name, const char *value)
{
    char *encoded = NULL;

    (void)kith_buf_add_text(out, before);
    (void)kith_buf_add_text(out, name);
    (void)kith_buf_add_char(out, '=');
    size_t room = strlen(value) * 3 + 1;
    encoded = room <= ENCODED_BYTES ? kith_buf_reserve(out, room) : NULL;
    if (!encoded || !kith_percent_encode(value, encoded, room)) {
        out->full = true;
        return;
    }
    out->len += strlen(encoded);
}

static void add_parameter_if(struct kith_buf *out, const char *before, const char *name, const char *value)
{
    if (value[0] != '\0')
        add_parameter(out, before, name, value);
}

/* A sandbox or a proxy may have put a query into the configured address already. */
static const char *first_separator(const char *url)
{
    return strchr(url, '?') ? "&" : "?";
}

bool kith_oauth_authorize_url(const struct kith_provider *provider, const struct kith_pkce *pkce,
                              const char *redirect_uri, const char *prompt, const char *login_hint,
                              struct kith_buf *out)
{
    bool google = provider->source == KITH_SOURCE_GOOGLE;

    (void)kith_buf_add_text(out, provider->authorize_url);
    add_parameter(out, first_separator(provider->authorize_url), "client_id", provider->client_id);
    add_parameter(out, "&", "response_type", "code");
    add_parameter(out, "&", "redirect_uri", redirect_uri);
    add_parameter(out, "&", "scope", provider->scope);
    add_parameter(out, "&", "state", pkce->state);
    add_parameter(out, "&", "nonce", pkce->nonce);
    add_parameter(out, "&", "code_challenge", pkce->challenge);
    add_parameter(out, "&", "code_challenge_method", "S256"); /* left out, Microsoft would assume plain */
    if (google) {
        add_parameter(out, "&", "access_type", "offline"); /* Google's word for a refresh token */
        /* What the same application was allowed elsewhere is none of this sign-in's business. */
        add_parameter(out, "&", "include_granted_scopes", "false");
    } else {
        add_parameter(out, "&", "response_mode", "query");
    }
    add_parameter_if(out, "&", "prompt", prompt);
    /* Microsoft refuses a hint beside its account picker. */
    if (google || strcmp(prompt, "select_account") != 0)
        add_parameter_if(out, "&", "login_hint", login_hint);
    return !out->full;
}

static bool is_domain(const char *text)
{
    for (; *text != '\0'; text++) {
        bool letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
        if (!letter && !(*text >= '0' && *text <= '9') && *text != '.' && *text != '-')
            return false;
    }
    return true;
}

bool kith_oauth_admin_url(const struct kith_provider *provider, const char *domain, const char *redirect_uri, char *out,
                          size_t out_size)
{
    static const char place[] = "{tenant}";
    const char *tenant = domain[0] != '\0' ? domain : "organizations";
    const char *at = strstr(provider->admin_consent_url, place);
    KITH_AUTO_DONE(kith_buf) url;

    kith_buf_init(&url, out_size - 1);
    if (!at || !is_domain(tenant))
        return false;
    (void)kith_buf_add(&url, provider->admin_consent_url, (size_t)(at - provider->admin_consent_url));
    (void)kith_buf_add_text(&url, tenant);
    (void)kith_buf_add_text(&url, at + strlen(place));
    add_parameter(&url, first_separator(provider->admin_consent_url), "client_id", provider->client_id);
    add_parameter(&url, "&", "scope", provider->scope); /* all of it: where nobody may consent, not even to openid */
    add_parameter(&url, "&", "redirect_uri", redirect_uri);
    return !url.full && kith_text_copy(out, out_size, kith_buf_text(&url));
}

/* --- Asking for tokens --------------------------------------------------- */

void kith_oauth_form_begin(struct kith_buf *form)
{
    kith_buf_init_secret(form, FORM_BYTES);
}

void kith_oauth_form_add(struct kith_buf *form, const char *name, const char *value)
{
    add_parameter(form, form->len > 0 ? "&" : "", name, value);
}

void kith_oauth_form_add_grant(struct kith_buf *form, const struct kith_provider *provider, const char *grant_type)
{
    kith_oauth_form_add(form, "grant_type", grant_type);
    kith_oauth_form_add(form, "client_id", provider->client_id);
    add_parameter_if(form, "&", "client_secret", provider->client_secret);
}

static enum kith_status fail_for(const struct kith_provider *provider, struct kith_error *err, enum kith_status status,
                                 const char *message)
{
    (void)kith_fail(err, status, "%s", message);
    if (err)
        err->source = provider->source;
    return status;
}

enum kith_status kith_oauth_post(struct kith_http *http, const struct kith_provider *provider, const char *url,
                                 struct kith_buf *form, bool repeatable, const struct kith_cancel *cancel,
                                 struct kith_http_response *ret, struct kith_error *err)
{
    struct kith_http_request request = {
        .url = url,
        .form = kith_buf_text(form),
        .repeatable = repeatable,
        .max_bytes = ANSWER_BYTES,
    };
    enum kith_status st = form->full
                              ? fail_for(provider, err, KITH_E_INTERNAL, "the request of the sign-in is too long")
                              : kith_http_perform(http, &request, cancel, ret, err);

    kith_buf_done_secret(form);
    return st;
}

enum kith_status kith_oauth_read_tokens(const struct kith_provider *provider, const struct kith_http_response *response,
                                        bool refreshing, struct kith_tokens *ret, struct kith_error *err)
{
    const char *json = kith_buf_text(&response->body);
    enum kith_status st;

    if (response->status != 200)
        return kith_tokens_error(provider, response->status, json, response->body.len, refreshing, err);
    st = kith_tokens_read(provider, json, response->body.len, ret, err);
    if (st != KITH_OK && err && err->request_id[0] == '\0')
        (void)kith_text_copy(err->request_id, sizeof(err->request_id), response->request_id); /* same size: fits */
    return st;
}

/* Post the form, read what comes back; the form is wiped. */
static enum kith_status ask_for_tokens(struct kith_http *http, const struct kith_provider *provider,
                                       struct kith_buf *form, bool refreshing, const struct kith_cancel *cancel,
                                       struct kith_tokens *tokens, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    /* A refresh may be repeated: the old token stays good until the new one is used. A code is good once. */
    enum kith_status st = kith_oauth_post(http, provider, provider->token_url, form, /* repeatable= */ refreshing,
                                          cancel, &response, err);

    return st == KITH_OK ? kith_oauth_read_tokens(provider, &response, refreshing, tokens, err) : st;
}

/* Granted, but not what kith came for. */
static enum kith_status fail_scope(const struct kith_provider *provider, bool refreshing, struct kith_error *err)
{
    enum kith_status status = refreshing ? KITH_E_PERMISSION_REMOVED : KITH_E_PERMISSION_MISSING;
    bool unticked = !refreshing && provider->source == KITH_SOURCE_GOOGLE;

    (void)fail_for(provider, err, status, "what was granted does not include reading contacts");
    if (err && unticked)
        err->reason = KITH_REASON_UNTICKED;
    return status;
}

enum kith_status kith_oauth_hand_over(const struct kith_provider *provider, bool refreshing, struct kith_tokens *tokens,
                                      struct kith_tokens *ret, struct kith_error *err)
{
    bool suffices = kith_oauth_scope_suffices(provider, kith_buf_text(&tokens->scope));

    if (!suffices && refreshing)
        return fail_scope(provider, refreshing, err);
    *ret = *tokens;
    kith_tokens_init(tokens); /* they belong to *ret now */
    return suffices ? KITH_OK : fail_scope(provider, refreshing, err);
}

/* An id_token made for another sign-in was slipped in; PKCE should have stopped it before. */
static bool nonce_fits(const struct kith_tokens *tokens, const struct kith_pkce *pkce)
{
    return tokens->nonce[0] == '\0' || strcmp(tokens->nonce, pkce->nonce) == 0;
}

enum kith_status kith_oauth_redeem(struct kith_http *http, const struct kith_provider *provider, const char *code,
                                   const struct kith_pkce *pkce, const char *redirect_uri,
                                   const struct kith_cancel *cancel, struct kith_tokens *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_tokens) tokens;
    struct kith_buf form;

    kith_tokens_init(&tokens);
    kith_oauth_form_begin(&form);
    kith_oauth_form_add_grant(&form, provider, "authorization_code");
    kith_oauth_form_add(&form, "code", code);
    kith_oauth_form_add(&form, "redirect_uri", redirect_uri);
    kith_oauth_form_add(&form, "code_verifier", pkce->verifier);
    enum kith_status st = ask_for_tokens(http, provider, &form, /* refreshing= */ false, cancel, &tokens, err);
    if (st != KITH_OK)
        return st;
    if (!nonce_fits(&tokens, pkce))
        return fail_for(provider, err, KITH_E_SERVICE, "the answer belongs to another sign-in");
    kith_log_debug(KITH_LOG_SIGNIN, "signed in, access for %lld s, refresh token %s",
                   (long long)(tokens.expires_at_s - kith_clock_now_s()), tokens.refresh.len > 0 ? "given" : "missing");
    return kith_oauth_hand_over(provider, /* refreshing= */ false, &tokens, ret, err);
}

enum kith_status kith_oauth_refresh(struct kith_http *http, const struct kith_provider *provider,
                                    const char *refresh_token, const struct kith_cancel *cancel,
                                    struct kith_tokens *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_tokens) tokens;
    struct kith_buf form;

    kith_tokens_init(&tokens);
    kith_oauth_form_begin(&form);
    kith_oauth_form_add_grant(&form, provider, "refresh_token");
    kith_oauth_form_add(&form, "refresh_token", refresh_token);
    enum kith_status st = ask_for_tokens(http, provider, &form, /* refreshing= */ true, cancel, &tokens, err);
    if (st != KITH_OK)
        return st;
    return kith_oauth_hand_over(provider, /* refreshing= */ true, &tokens, ret, err);
}

/* --- Giving back --------------------------------------------------------- */

bool kith_oauth_revoke(struct kith_http *http, const struct kith_provider *provider, const char *token,
                       const struct kith_cancel *cancel)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    struct kith_buf form;

    if (provider->revoke_url[0] == '\0' || token[0] == '\0')
        return false;
    kith_oauth_form_begin(&form);
    kith_oauth_form_add(&form, "token", token);
    struct kith_http_request request = {
        .url = provider->revoke_url,
        .form = kith_buf_text(&form),
        .max_bytes = ANSWER_BYTES,
        .timeout_s = REVOKE_TIMEOUT_S,
        .max_tries = 1,
    };
    bool asked = !form.full && kith_http_perform(http, &request, cancel, &response, NULL) == KITH_OK;
    kith_buf_done_secret(&form);
    kith_log_debug(KITH_LOG_SIGNIN, "gave the sign-in back: %s", asked ? "answered" : "not reached");
    /* 400 says that it is unknown there: gone already, which is what was asked for. */
    return asked && (response.status == 200 || response.status == 400);
}

/* --- Scopes -------------------------------------------------------------- */

/* The last part of "https://graph.microsoft.com/Contacts.Read", which is all that a short name has. */
static const char *last_segment(const char *scope)
{
    const char *slash = strrchr(scope, '/');

    return slash ? slash + 1 : scope;
}

static bool is_contacts_scope(const struct kith_provider *provider, const char *scope)
{
    for (size_t i = 0; i < KITH_COUNT_OF(provider->contacts_scopes) && provider->contacts_scopes[i]; i++) {
        if (kith_text_equal_ci(last_segment(scope), last_segment(provider->contacts_scopes[i])))
            return true;
    }
    return false;
}

bool kith_oauth_scope_suffices(const struct kith_provider *provider, const char *scope)
{
    char plain[4096];
    char one[512];

    /* Microsoft's own sample shows it percent-encoded; a plain one decodes to itself. */
    if (!kith_percent_decode(scope, strlen(scope), /* form= */ true, plain, sizeof(plain)))
        return false;
    for (const char *p = plain; *p != '\0';) {
        size_t len = strcspn(p, " \t\r\n");
        if (len > 0 && kith_text_copy_n(one, sizeof(one), p, len) && is_contacts_scope(provider, one))
            return true;
        p += len + (p[len] != '\0');
    }
    return false;
}
