/* SPDX-License-Identifier: MIT */
/* sandbox_google_signin.h - what the files of Google's sign-in share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_google_scopes.h"
#include "sandbox/sandbox_people.h"
#include "sandbox/sandbox_request.h"
#include "sandbox/sandbox_vault.h"

/* The addresses; each answers whatever comes. */
void sandbox_google_authorize(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_choose(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_decide(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_token(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_revoke(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_device_code(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_discovery(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_certs(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_userinfo(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_google_tokeninfo(struct sandbox_request *req, struct sandbox_answer *ans);

/* The boxes a person sees: what was asked for, without what only says who signed in. */
unsigned sandbox_google_boxes(const struct sandbox_flow *flow);

/* A flow goes on: picker, consent, or its end. */
void sandbox_google_flow_begin(struct sandbox_request *req, const struct sandbox_flow *flow, size_t hinted,
                               struct sandbox_answer *ans);

/* {"error", "error_description"}; subtype NULL: none. */
void sandbox_google_refuse(struct sandbox_request *req, int status, const char *error, const char *words,
                           const char *subtype, struct sandbox_answer *ans);

/* Why a person's refresh tokens may be refused; "" beyond the last. Row 0 is "none". */
const char *sandbox_google_refusal_name(int refusal);
int sandbox_google_refusal_find(const char *name); /* -1: no such word */

/* What the device flow answers to a poll. false: an answer was made. */
bool sandbox_google_device_poll(struct sandbox_request *req, const struct sandbox_params *form,
                                const struct sandbox_app *app, struct sandbox_token *ret_token,
                                struct sandbox_answer *ans);

/* --- Pages --- */
void sandbox_google_page_picker(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                                struct sandbox_answer *ans);
void sandbox_google_page_consent(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                                 struct sandbox_answer *ans);
/* flow_id NULL: no way back to the picker. */
void sandbox_google_page_error(struct sandbox_request *req, int status, const char *error, const char *words,
                               const char *flow_id, struct sandbox_answer *ans);
