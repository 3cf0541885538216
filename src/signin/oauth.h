/* SPDX-License-Identifier: MIT */
/*
 * oauth.h - OAuth 2.0 as both providers speak it: addresses, PKCE, token requests, token answers.
 *
 * RFC 6749, RFC 7636; Microsoft: "OAuth 2.0 authorization code flow" and its error codes.
 */
#pragma once

#include <stdint.h>

#include <kith/kith.h>

#include "base/buf.h"
#include "http/http.h"
#include "signin/provider.h"

/* One sign-in's secrets: 43 characters of base64url each, from the system's random source. */
struct kith_pkce {
    char verifier[44];
    char challenge[44];
    char state[44];
    char nonce[44];
};
void kith_pkce_make(struct kith_pkce *pkce);

/* The address for the browser. false: it does not fit. prompt, login_hint: "" for none. */
bool kith_oauth_authorize_url(const struct kith_provider *provider, const struct kith_pkce *pkce,
                              const char *redirect_uri, const char *prompt, const char *login_hint,
                              struct kith_buf *out);

/* The address by which an administrator allows the permission for everybody; domain "" = organizations. */
bool kith_oauth_admin_url(const struct kith_provider *provider, const char *domain, const char *redirect_uri, char *out,
                          size_t out_size);

/* The browser's answer, from the query of a request target or of a pasted address. */
struct kith_redirect {
    char code[8192];
    char state[128];
    char error[64];
    char error_subcode[64];
    char error_description[1024];
};
/* false: no query, broken escapes, parts too long, a parameter twice, or neither code nor error. */
bool kith_redirect_read(const char *target, size_t len, struct kith_redirect *ret);

/* The failure that an error answer of the authorize endpoint means. */
enum kith_status kith_oauth_redirect_error(const struct kith_provider *provider, const struct kith_redirect *redirect,
                                           struct kith_error *err);

/* What the token endpoint gave. Strings are wiped by kith_tokens_done(). */
struct kith_tokens {
    struct kith_buf access, refresh;
    struct kith_buf scope; /* as granted */
    int64_t expires_at_s;  /* of the access token, by our clock */
    int64_t ends_at_s;     /* of the refresh token, where the provider says so (Google, refresh_token_expires_in); 0 */
    /* From the id_token, when there is one: */
    char uid[128];      /* "tid.oid" at Microsoft, sub at Google: stable; "" unknown */
    char identity[128]; /* preferred_username; email at Google */
    char tenant[64];    /* the directory's id at Microsoft, the Workspace's domain at Google; "" none */
    char nonce[64];     /* checked against the sign-in's own where the provider returns it */
};
void kith_tokens_init(struct kith_tokens *tokens);
void kith_tokens_done(struct kith_tokens *tokens);
KITH_DEFINE_AUTO_DONE(kith_tokens, kith_tokens_done)

/*
 * Read a token answer (success body). Missing scope means: as asked. KITH_E_SERVICE when it is not one;
 * the message never holds a token.
 */
enum kith_status kith_tokens_read(const struct kith_provider *provider, const char *json, size_t len,
                                  struct kith_tokens *ret, struct kith_error *err);
/* The failure that an error answer of the token endpoint means. refreshing: it was a refresh, not a sign-in. */
enum kith_status kith_tokens_error(const struct kith_provider *provider, int http_status, const char *json, size_t len,
                                   bool refreshing, struct kith_error *err);

/*
 * Trade a code, or a refresh token, for tokens. Checks that contacts may be read: after KITH_E_PERMISSION_MISSING of a
 * code *ret holds what was granted instead (kith_tokens_done()), so that it can be named and given back.
 */
enum kith_status kith_oauth_redeem(struct kith_http *http, const struct kith_provider *provider, const char *code,
                                   const struct kith_pkce *pkce, const char *redirect_uri,
                                   const struct kith_cancel *cancel, struct kith_tokens *ret, struct kith_error *err);
enum kith_status kith_oauth_refresh(struct kith_http *http, const struct kith_provider *provider,
                                    const char *refresh_token, const struct kith_cancel *cancel,
                                    struct kith_tokens *ret, struct kith_error *err);

/*
 * Ask the provider to forget a token and all that was granted with it; false when it has no way to, or was not
 * reached. One try, some seconds: who leaves must not be kept.
 */
bool kith_oauth_revoke(struct kith_http *http, const struct kith_provider *provider, const char *token,
                       const struct kith_cancel *cancel);

/* true: scope (short names or addresses, any case) holds one of the provider's contacts scopes. */
bool kith_oauth_scope_suffices(const struct kith_provider *provider, const char *scope);
