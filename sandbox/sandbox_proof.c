/* SPDX-License-Identifier: MIT */
/*
 * sandbox_proof.c - id tokens, and the proof that comes with a code.
 *
 * Before: sandbox_token.c or sandbox_google_token.c was brought a code.
 * After:  it knows that who began the sign-in has brought it, and tells them who signed in.
 */
#include "sandbox/sandbox_proof.h"

#include <string.h>

#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_request.h"
#include "sandbox/sandbox_vault.h"

const char *sandbox_base64url_text(struct sandbox_request *req, const char *text)
{
    size_t len = strlen(text);
    char *out = kith_arena_alloc(req->arena, (len + 2) / 3 * 4 + 1);

    sandbox_base64url((const unsigned char *)text, len, out);
    return out;
}

const char *sandbox_id_token(struct sandbox_request *req, const char *claims)
{
    const char *head = sandbox_base64url_text(req, "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"sandbox\"}");

    return sandbox_request_format(req, "%s.%s.%s", head, sandbox_base64url_text(req, claims),
                                  sandbox_base64url_text(req, "the sandbox signs nothing"));
}

bool sandbox_verifier_matches(const struct sandbox_flow *flow, const char *verifier)
{
    unsigned char hash[32];
    char encoded[44];

    if (!flow->challenge_is_hash)
        return strcmp(verifier, flow->challenge) == 0;
    sandbox_sha256(verifier, strlen(verifier), hash);
    sandbox_base64url(hash, sizeof(hash), encoded);
    return strcmp(encoded, flow->challenge) == 0;
}
