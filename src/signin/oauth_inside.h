/* SPDX-License-Identifier: MIT */
/* oauth_inside.h - requests for tokens and their answers, as oauth.c and device.c share them; for nobody else. */
#pragma once

#include "signin/oauth.h"

/* A form that may hold secrets; kith_oauth_post() or kith_buf_done_secret() ends it. */
void kith_oauth_form_begin(struct kith_buf *form);
void kith_oauth_form_add(struct kith_buf *form, const char *name, const char *value);
/* What is granted, and to which application. */
void kith_oauth_form_add_grant(struct kith_buf *form, const struct kith_provider *provider, const char *grant_type);

/* Post the form and wipe it. KITH_OK for an answer of any HTTP status; repeatable: it may be sent twice. */
enum kith_status kith_oauth_post(struct kith_http *http, const struct kith_provider *provider, const char *url,
                                 struct kith_buf *form, bool repeatable, const struct kith_cancel *cancel,
                                 struct kith_http_response *ret, struct kith_error *err);

/* The tokens in an answer of the token endpoint, or the failure it means. */
enum kith_status kith_oauth_read_tokens(const struct kith_provider *provider, const struct kith_http_response *response,
                                        bool refreshing, struct kith_tokens *ret, struct kith_error *err);

/*
 * Hand over what was granted. Too little of it is handed over as well after a sign-in, with
 * KITH_E_PERMISSION_MISSING: somebody must give it back.
 */
enum kith_status kith_oauth_hand_over(const struct kith_provider *provider, bool refreshing, struct kith_tokens *tokens,
                                      struct kith_tokens *ret, struct kith_error *err);
