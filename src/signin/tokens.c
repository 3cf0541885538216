/* SPDX-License-Identifier: MIT */
/*
 * tokens.c - one answer of the token endpoint becomes struct kith_tokens; see oauth.h.
 *
 * Before: oauth.c got the bytes over TLS, straight from the provider; that is why the
 *         id_token's signature need not be checked (OpenID Connect Core 3.1.3.7).
 * After:  engine/ keeps the tokens and names the account by uid and identity.
 *
 * No message made here ever holds a part of the answer.
 */
#include "signin/oauth.h"

#include <sodium.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/json_read.h"
#include "base/text.h"

enum {
    TOKEN_BYTES = 16 * 1024,
    SCOPE_BYTES = 4 * 1024,
    ID_TOKEN_BYTES = 32 * 1024,
    PRESET_LIFE_S = 3600,
    SHORTEST_LIFE_S = 60,
    LONGEST_LIFE_S = 30 * 3600,           /* 28 hours is the longest that Microsoft gives */
    LONGEST_END_S = 10 * 366 * 24 * 3600, /* a refresh token that lives longer has no end worth noting */
};

void kith_tokens_init(struct kith_tokens *tokens)
{
    *tokens = (struct kith_tokens){0};
    kith_buf_init_secret(&tokens->access, TOKEN_BYTES);
    kith_buf_init_secret(&tokens->refresh, TOKEN_BYTES);
    kith_buf_init(&tokens->scope, SCOPE_BYTES);
}

void kith_tokens_done(struct kith_tokens *tokens)
{
    kith_buf_done_secret(&tokens->access);
    kith_buf_done_secret(&tokens->refresh);
    kith_buf_done(&tokens->scope);
}

static enum kith_status fail_answer(const struct kith_provider *provider, struct kith_error *err, const char *what)
{
    (void)kith_fail(err, KITH_E_SERVICE, "the token answer %s", what);
    if (err)
        err->source = provider->source;
    return KITH_E_SERVICE;
}

/* --- Members ------------------------------------------------------------- */

/* Copy a token; false when it is empty, too long, or could not stand in a header. */
static bool read_token(struct kith_json answer, const char *name, struct kith_buf *out)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(answer, name), &len);

    if (len == 0)
        return false;
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] <= ' ' || (unsigned char)text[i] >= 0x7F)
            return false;
    }
    return kith_buf_add(out, text, len);
}

static int64_t read_life_s(struct kith_json answer)
{
    int64_t life_s = PRESET_LIFE_S;
    double fraction;

    if (!kith_json_int64(kith_json_member(answer, "expires_in"), &life_s) &&
        kith_json_double(kith_json_member(answer, "expires_in"), &fraction))
        life_s = fraction > 0 && fraction < LONGEST_LIFE_S ? (int64_t)fraction : PRESET_LIFE_S;
    if (life_s < SHORTEST_LIFE_S)
        return SHORTEST_LIFE_S;
    return life_s < LONGEST_LIFE_S ? life_s : LONGEST_LIFE_S;
}

/* Seven days while the application is only tested at Google, or what the person chose there. */
static int64_t read_end_s(struct kith_json answer)
{
    int64_t life_s;

    if (!kith_json_int64(kith_json_member(answer, "refresh_token_expires_in"), &life_s) || life_s <= 0 ||
        life_s > LONGEST_END_S)
        return 0;
    return kith_clock_now_s() + life_s;
}

static bool read_scope(const struct kith_provider *provider, struct kith_json answer, struct kith_buf *out)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(answer, "scope"), &len);

    return len > 0 ? kith_buf_add(out, text, len) : kith_buf_add_text(out, provider->scope);
}

/* --- The id_token -------------------------------------------------------- */

/* Copy a claim as far as it is a line of text; "" when it is missing or does not fit: half an id names nobody. */
static void copy_claim(struct kith_json claims, const char *name, char *out, size_t out_size)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(claims, name), &len);

    out[0] = '\0';
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7F)
            return;
    }
    if (!kith_text_copy_n(out, out_size, text, len))
        out[0] = '\0';
}

/* The person's stable id: the directory's and the person's number there; else who says so and what they call them. */
static void read_uid(const struct kith_provider *provider, struct kith_json claims, struct kith_tokens *tokens)
{
    const bool google = provider->source == KITH_SOURCE_GOOGLE;
    char tid[64], oid[64], iss[96], sub[96];

    copy_claim(claims, google ? "hd" : "tid", tid, sizeof(tid));
    copy_claim(claims, "oid", oid, sizeof(oid));
    copy_claim(claims, "iss", iss, sizeof(iss));
    copy_claim(claims, "sub", sub, sizeof(sub));
    (void)kith_text_copy(tokens->tenant, sizeof(tokens->tenant), tid); /* same size: fits */

    bool fits = true;
    if (google)
        fits = kith_text_copy(tokens->uid, sizeof(tokens->uid), sub); /* the address may change, this never does */
    else if (tid[0] != '\0' && oid[0] != '\0')
        fits = kith_text_format(tokens->uid, sizeof(tokens->uid), "%s.%s", tid, oid);
    else if (iss[0] != '\0' && sub[0] != '\0')
        fits = kith_text_format(tokens->uid, sizeof(tokens->uid), "%s.%s", iss, sub);
    if (!fits)
        tokens->uid[0] = '\0';
}

static void read_identity(struct kith_json claims, struct kith_tokens *tokens)
{
    static const char *const names[] = {"preferred_username", "email", "upn", "name"};

    for (size_t i = 0; i < KITH_COUNT_OF(names) && tokens->identity[0] == '\0'; i++)
        copy_claim(claims, names[i], tokens->identity, sizeof(tokens->identity));
}

static void read_claims(const struct kith_provider *provider, const char *json, size_t len, struct kith_tokens *tokens)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json claims;
    char why[128];

    kith_json_reader_keep_secret(reader);
    if (!kith_json_read(reader, json, len, &claims, why, sizeof(why)))
        return;
    read_uid(provider, claims, tokens);
    read_identity(claims, tokens);
    copy_claim(claims, "nonce", tokens->nonce, sizeof(tokens->nonce));
}

/* The middle part of "header.payload.signature". A damaged id_token leaves the person unknown, the tokens good. */
static void read_id_token(const struct kith_provider *provider, struct kith_json answer, struct kith_tokens *tokens)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(answer, "id_token"), &len);
    const char *payload = memchr(text, '.', len);
    KITH_AUTO_STRING json = NULL;
    size_t json_len = 0;

    if (!payload || len > ID_TOKEN_BYTES)
        return;
    payload++;
    const char *end = memchr(payload, '.', (size_t)(text + len - payload));
    if (!end)
        end = text + len;
    while (end > payload && end[-1] == '=')
        end--;
    json = kith_xcalloc(1, (size_t)(end - payload) + 1);
    if (sodium_base642bin((unsigned char *)json, (size_t)(end - payload), payload, (size_t)(end - payload), NULL,
                          &json_len, NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING) == 0)
        read_claims(provider, json, json_len, tokens);
}

/* --- The answer ---------------------------------------------------------- */

static bool is_bearer(struct kith_json answer)
{
    size_t len;
    const char *type = kith_json_string(kith_json_member(answer, "token_type"), &len);

    return len == 0 || kith_text_equal_ci(type, "Bearer");
}

static enum kith_status read_answer(const struct kith_provider *provider, struct kith_json answer,
                                    struct kith_tokens *tokens, struct kith_error *err)
{
    if (!is_bearer(answer))
        return fail_answer(provider, err, "has a token of an unknown type");
    if (!read_token(answer, "access_token", &tokens->access))
        return fail_answer(provider, err, "has no usable access_token");
    if (kith_json_member(answer, "refresh_token").type == KITH_JSON_STRING &&
        !read_token(answer, "refresh_token", &tokens->refresh))
        return fail_answer(provider, err, "has no usable refresh_token");
    if (!read_scope(provider, answer, &tokens->scope))
        return fail_answer(provider, err, "has too long a scope");
    tokens->expires_at_s = kith_clock_now_s() + read_life_s(answer);
    tokens->ends_at_s = read_end_s(answer);
    read_id_token(provider, answer, tokens);
    return KITH_OK;
}

enum kith_status kith_tokens_read(const struct kith_provider *provider, const char *json, size_t len,
                                  struct kith_tokens *ret, struct kith_error *err)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_tokens) tokens;
    struct kith_json answer;
    char why[128];

    kith_tokens_init(&tokens);
    kith_json_reader_keep_secret(reader);
    if (!kith_json_read(reader, json, len, &answer, why, sizeof(why)) || answer.type != KITH_JSON_OBJECT)
        return fail_answer(provider, err, "is not a JSON object"); /* why may quote it, so it is not told */
    enum kith_status st = read_answer(provider, answer, &tokens, err);
    if (st != KITH_OK)
        return st;
    *ret = tokens;
    kith_tokens_init(&tokens); /* they belong to *ret now */
    return KITH_OK;
}
