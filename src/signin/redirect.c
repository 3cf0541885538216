/* SPDX-License-Identifier: MIT */
/*
 * redirect.c - reads the browser's answer out of a request target or a pasted address; see oauth.h.
 *
 * Before: the listener's thread or a person's clipboard: anybody may have written it.
 * After:  engine/ compares the state and takes exactly one answer.
 *
 * A pure function over bytes; tests/fuzz has a target for it.
 */
#include "signin/oauth.h"

#include "base/text.h"

/* What surrounds an address where people copy it from. */
static bool is_wrapping(char c)
{
    return (unsigned char)c <= ' ' || strchr("\"'`<>", c) != NULL;
}

static void trim(const char **text, size_t *len)
{
    while (*len > 0 && is_wrapping((*text)[0])) {
        (*text)++;
        (*len)--;
    }
    while (*len > 0 && is_wrapping((*text)[*len - 1]))
        (*len)--;
}

/* Narrow text to what stands between the first '?' and a '#'. */
static bool find_query(const char **text, size_t *len)
{
    const char *begin = memchr(*text, '?', *len);

    if (!begin)
        return false;
    begin++;
    *len -= (size_t)(begin - *text);
    *text = begin;
    const char *fragment = memchr(begin, '#', *len);
    if (fragment)
        *len = (size_t)(fragment - begin);
    return true;
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* A query as browsers send it: printable ASCII, whole escapes. Checked once, parameters we do not know included. */
static bool is_sound(const char *query, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)query[i];
        if (c <= ' ' || c >= 0x7F)
            return false;
        if (c == '%' && (len - i < 3 || !is_hex(query[i + 1]) || !is_hex(query[i + 2])))
            return false;
    }
    return true;
}

/* A code, a state, an error: visible ASCII once it is decoded. */
static bool is_token(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text <= ' ' || (unsigned char)*text >= 0x7F)
            return false;
    }
    return true;
}

/* Words for a log: what does not fit or is no text is left out, the sign-in does not fail for it. */
static bool read_words(const char *value, size_t len, char *out, size_t out_size)
{
    size_t n = len < out_size - 1 ? len : out_size - 1;

    for (size_t back = 1; back <= 2 && back <= n && n < len; back++) {
        if (value[n - back] == '%') { /* do not cut an escape in two */
            n -= back;
            break;
        }
    }
    if (!kith_percent_decode(value, n, /* form= */ true, out, out_size))
        out[0] = '\0';
    out[kith_utf8_valid_len(out, strlen(out))] = '\0';
    for (char *p = out; *p != '\0'; p++) {
        if ((unsigned char)*p < ' ' || *p == 0x7F)
            *p = ' ';
    }
    return true;
}

static bool read_token(const char *value, size_t len, char *out, size_t out_size)
{
    return kith_percent_decode(value, len, /* form= */ true, out, out_size) && is_token(out);
}

struct parameter {
    const char *name;
    bool (*read)(const char *value, size_t len, char *out, size_t out_size);
    char *out;
    size_t out_size;
    bool seen;
};

/* One "name=value". Unknown names are none of our business; session_state and the like come along. */
static bool read_parameter(struct parameter *known, size_t n_known, const char *pair, size_t len)
{
    const char *equals = memchr(pair, '=', len);
    size_t name_len = equals ? (size_t)(equals - pair) : len;
    char name[32];

    if (!kith_percent_decode(pair, name_len, /* form= */ true, name, sizeof(name)))
        return true;
    for (size_t i = 0; i < n_known; i++) {
        if (strcmp(known[i].name, name) != 0)
            continue;
        if (known[i].seen) /* which of the two would be meant? */
            return false;
        known[i].seen = true;
        return !equals || known[i].read(equals + 1, len - name_len - 1, known[i].out, known[i].out_size);
    }
    return true;
}

bool kith_redirect_read(const char *target, size_t len, struct kith_redirect *ret)
{
    struct kith_redirect r = {0};
    struct parameter known[] = {
        {"code", read_token, r.code, sizeof(r.code), false},
        {"state", read_token, r.state, sizeof(r.state), false},
        {"error", read_token, r.error, sizeof(r.error), false},
        {"error_subcode", read_token, r.error_subcode, sizeof(r.error_subcode), false},
        {"error_description", read_words, r.error_description, sizeof(r.error_description), false},
    };

    trim(&target, &len);
    if (!find_query(&target, &len) || !is_sound(target, len))
        return false;
    while (len > 0) {
        const char *end = memchr(target, '&', len);
        size_t pair_len = end ? (size_t)(end - target) : len;
        if (!read_parameter(known, KITH_COUNT_OF(known), target, pair_len))
            return false;
        pair_len += end != NULL;
        target += pair_len;
        len -= pair_len;
    }

    /* Either a yes or a no: an answer that is both was not made by a provider. */
    if ((r.code[0] != '\0') == (r.error[0] != '\0'))
        return false;
    *ret = r;
    return true;
}
