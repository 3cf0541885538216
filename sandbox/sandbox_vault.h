/* SPDX-License-Identifier: MIT */
/*
 * sandbox_vault.h - what was granted and issued: consents, sign-ins under way, codes, tokens.
 *
 * Everything is bounded: rings in which the newest takes the place of the oldest.
 * All calls lock by themselves and give copies.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "sandbox/sandbox_people.h"

struct sandbox_vault;

struct sandbox_vault *sandbox_vault_new(void);
void sandbox_vault_free(struct sandbox_vault *vault);
void sandbox_vault_reset(struct sandbox_vault *vault);

#define SANDBOX_TOKEN_SIZE 1200 /* codes are long, as the real ones are */

/* --- Consent --------------------------------------------------------------- */

/* What this person, or the tenant for everybody in it, allowed the program. */
unsigned sandbox_vault_granted(struct sandbox_vault *vault, size_t person, const struct sandbox_app *app);
void sandbox_vault_grant(struct sandbox_vault *vault, size_t person, const struct sandbox_app *app, unsigned scopes,
                         bool for_everybody);
/* The grants are gone, the tenant's too; access tokens live on for token_life_s, refresh tokens do not. */
void sandbox_vault_revoke(struct sandbox_vault *vault, size_t person, int64_t token_life_s);
/* What one program was granted is gone, and all its tokens with it. */
void sandbox_vault_revoke_app(struct sandbox_vault *vault, size_t person, const struct sandbox_app *app);

/* Why a person's refresh tokens are refused: a row of a table in sandbox_token.c or sandbox_google_token.c; 0: not. */
int sandbox_vault_refusal(struct sandbox_vault *vault, size_t person);
void sandbox_vault_set_refusal(struct sandbox_vault *vault, size_t person, int refusal);

/* --- A sign-in under way ----------------------------------------------------- */

enum sandbox_flow_kind { SANDBOX_FLOW_CODE, SANDBOX_FLOW_DEVICE, SANDBOX_FLOW_ADMIN };
enum sandbox_response_mode { SANDBOX_MODE_QUERY, SANDBOX_MODE_FRAGMENT, SANDBOX_MODE_FORM };

struct sandbox_flow {
    enum sandbox_flow_kind kind;
    const struct sandbox_app *app;
    size_t person;   /* chosen so far */
    unsigned scopes; /* asked for; of a Google code: granted */
    enum sandbox_response_mode mode;
    bool slash, ask_consent, challenge_is_hash;
    bool include_granted; /* Google: earlier grants are added */
    bool consented;       /* Google: somebody saw the consent page, so a refresh token is due */
    char tenant[64];      /* as in the path */
    char redirect[260];
    char state[2048];
    char nonce[256];
    char challenge[132]; /* "": none */
    char device_code[SANDBOX_TOKEN_SIZE];
};

#define SANDBOX_FLOW_ID_SIZE 64
void sandbox_vault_add_flow(struct sandbox_vault *vault, const struct sandbox_flow *flow,
                            char id[SANDBOX_FLOW_ID_SIZE]);
bool sandbox_vault_get_flow(struct sandbox_vault *vault, const char *id, struct sandbox_flow *ret);
void sandbox_vault_set_flow_person(struct sandbox_vault *vault, const char *id, size_t person);

/* --- Codes and tokens ---------------------------------------------------------- */

enum sandbox_token_state {
    SANDBOX_TOKEN_UNKNOWN = 0,
    SANDBOX_TOKEN_OK,
    SANDBOX_TOKEN_EXPIRED,
    SANDBOX_TOKEN_USED,
    SANDBOX_TOKEN_NONE, /* none was sent */
};

/* A code remembers its flow. */
void sandbox_vault_add_code(struct sandbox_vault *vault, const struct sandbox_flow *flow,
                            char code[SANDBOX_TOKEN_SIZE]);
/* The first use of a code that is not older than ten minutes is OK. */
enum sandbox_token_state sandbox_vault_use_code(struct sandbox_vault *vault, const char *code,
                                                struct sandbox_flow *ret);

struct sandbox_token {
    size_t person;
    unsigned scopes;
    const struct sandbox_app *app;
    char tenant[64];
};
void sandbox_vault_add_access(struct sandbox_vault *vault, const struct sandbox_token *token, int64_t life_s,
                              char text[SANDBOX_TOKEN_SIZE]);
enum sandbox_token_state sandbox_vault_check_access(struct sandbox_vault *vault, const char *text,
                                                    struct sandbox_token *ret);
/*
 * At Google a hundred live ones for a person and program are all there can be: the oldest goes, silently; and a grant
 * that was taken back stays taken back for the tokens of before, whatever is granted later.
 */
void sandbox_vault_add_refresh(struct sandbox_vault *vault, const struct sandbox_token *token, int64_t life_s,
                               char text[SANDBOX_TOKEN_SIZE]);
enum sandbox_token_state sandbox_vault_check_refresh(struct sandbox_vault *vault, const char *text,
                                                     struct sandbox_token *ret);
/* Of access tokens issued from now on; 0: as the real ones: 60 to 90 minutes, at Google 3599 seconds. */
void sandbox_vault_set_life(struct sandbox_vault *vault, int64_t life_s);
int64_t sandbox_vault_choose_life(struct sandbox_vault *vault, enum sandbox_provider provider);

/* --- Device codes ---------------------------------------------------------------- */

enum sandbox_device_state {
    SANDBOX_DEVICE_UNKNOWN = 0,
    SANDBOX_DEVICE_PENDING,
    SANDBOX_DEVICE_APPROVED,
    SANDBOX_DEVICE_DECLINED,
    SANDBOX_DEVICE_EXPIRED,
    SANDBOX_DEVICE_SPENT,
};
/* Of Microsoft's codes given from now on; 0: as the real ones. */
struct sandbox_device_pace {
    int64_t life_s, interval_s;
};
void sandbox_vault_set_device_pace(struct sandbox_vault *vault, const struct sandbox_device_pace *pace);
struct sandbox_device_pace sandbox_vault_device_pace(struct sandbox_vault *vault);

#define SANDBOX_USER_CODE_SIZE 10
void sandbox_vault_add_device(struct sandbox_vault *vault, const struct sandbox_token *asked, int64_t life_s,
                              char device_code[SANDBOX_TOKEN_SIZE], char user_code[SANDBOX_USER_CODE_SIZE]);
/* By device code or user code (any case). */
enum sandbox_device_state sandbox_vault_find_device(struct sandbox_vault *vault, const char *code,
                                                    struct sandbox_token *ret,
                                                    char ret_device_code[SANDBOX_TOKEN_SIZE]);
void sandbox_vault_set_device(struct sandbox_vault *vault, const char *code, enum sandbox_device_state state,
                              size_t person);
/* How often this device code was asked for, this time included; ret_since_ms: since the last time, -1 at first. */
unsigned sandbox_vault_count_poll(struct sandbox_vault *vault, const char *device_code, int64_t *ret_since_ms);

KITH_DEFINE_AUTO(sandbox_vault, sandbox_vault_free)
