/* SPDX-License-Identifier: MIT */
/* sandbox_identity.h - what the files of the sign-in half share. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_people.h"
#include "sandbox/sandbox_request.h"
#include "sandbox/sandbox_vault.h"

/* The address parts, each answers whatever comes. */
void sandbox_authorize(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_admin_consent(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_choose_person(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_decide(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_token_endpoint(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_device_endpoint(struct sandbox_request *req, struct sandbox_answer *ans);
void sandbox_device_page(struct sandbox_request *req, struct sandbox_answer *ans);

/* A flow goes on: picker, consent, or its end; id as sandbox_vault_add_flow() gave it. */
void sandbox_flow_begin(struct sandbox_request *req, const struct sandbox_flow *flow, size_t hinted,
                        struct sandbox_answer *ans);
/* The flow has its answer. */
void sandbox_flow_succeed(struct sandbox_request *req, const struct sandbox_flow *flow, struct sandbox_answer *ans);
struct sandbox_refusal_text {
    const char *error;
    int number;          /* AADSTS; 0: none is shown */
    const char *words;   /* NULL: no description at all */
    const char *subcode; /* NULL: none */
};
void sandbox_flow_refuse(struct sandbox_request *req, const struct sandbox_flow *flow,
                         const struct sandbox_refusal_text *why, struct sandbox_answer *ans);

/* Does this person belong to the tenant a path names ("common", "organizations", ..., GUID, domain)? */
bool sandbox_tenant_word_is_known(const char *word);
bool sandbox_tenant_word_admits(const char *word, size_t person);

/* "AADSTS65001: words\r\nTrace ID: ...\r\nCorrelation ID: ...\r\nTimestamp: ...Z". */
char *sandbox_identity_description(struct sandbox_request *req, int number, const char *words);

struct sandbox_identity_problem {
    int status;
    const char *error;
    int number; /* AADSTS; 0: none, as personal accounts have it */
    const char *words;
    const char *suberror, *claims; /* NULL: none */
};
void sandbox_identity_error(struct sandbox_request *req, const struct sandbox_identity_problem *problem,
                            struct sandbox_answer *ans);

/* Why a person's refresh tokens may be refused; "" beyond the last. Row 0 is "none". */
const char *sandbox_refusal_name(int refusal);
int sandbox_refusal_find(const char *name); /* -1: no such word */
/* true: signing in again does not help, and the page says so with this number and words. */
bool sandbox_refusal_blocks(int refusal, int *ret_number, const char **ret_words);

/* --- Pages --- */
void sandbox_page_picker(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                         struct sandbox_answer *ans);
void sandbox_page_consent(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                          struct sandbox_answer *ans);
void sandbox_page_approval(struct sandbox_request *req, const struct sandbox_flow *flow, const char *flow_id,
                           struct sandbox_answer *ans);
/* number 0: no AADSTS line. flow_id NULL: no way back to the picker. */
void sandbox_page_error(struct sandbox_request *req, int status, int number, const char *words, const char *flow_id,
                        struct sandbox_answer *ans);
void sandbox_page_message(struct sandbox_request *req, const char *title, const char *words,
                          struct sandbox_answer *ans);
void sandbox_page_device(struct sandbox_request *req, const char *problem, struct sandbox_answer *ans);
/* response_mode=form_post: names and values, ending in NULL. */
void sandbox_page_form_post(struct sandbox_request *req, const char *action, const char *const *pairs,
                            struct sandbox_answer *ans);
