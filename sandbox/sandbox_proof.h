/* SPDX-License-Identifier: MIT */
/* sandbox_proof.h - what both providers write and check alike: id tokens, and the proof that comes with a code. */
#pragma once

#include <stdbool.h>

struct sandbox_flow;
struct sandbox_request;

/* Three parts as real ones have; the third is words, not a signature. In the request's arena. */
const char *sandbox_id_token(struct sandbox_request *req, const char *claims);

/* In the request's arena. */
const char *sandbox_base64url_text(struct sandbox_request *req, const char *text);

/* The verifier is the one that the flow's challenge was made of: RFC 7636. */
bool sandbox_verifier_matches(const struct sandbox_flow *flow, const char *verifier);
