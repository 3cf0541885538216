/* SPDX-License-Identifier: MIT */
/*
 * web_security.c - Host, Origin, cookie and start link; the header fields that bind the browser.
 *
 * Before: web_wire.c read a request.
 * After:  web_router.c lets a handler answer it.
 */
#include "web_security.h"

#include <sodium.h>

#include "base/text.h"

const char kith_web_page_policy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/* The engine's page for a browser's tab is one static document with its styles inside, and no script at all. */
const char kith_web_tab_policy[] = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
                                   "form-action 'none'; frame-ancestors 'none'";

const char *const kith_web_fixed_headers[][2] = {
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), microphone=(), geolocation=()"},
    {NULL, NULL},
};

/* --- Secrets ------------------------------------------------------------------ */

void kith_web_random_word(char *out, size_t out_size)
{
    unsigned char bytes[32];
    char word[KITH_WEB_SECRET_BYTES];

    randombytes_buf(bytes, sizeof(bytes));
    (void)sodium_bin2base64(word, sizeof(word), bytes, sizeof(bytes), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    (void)kith_text_copy(out, out_size, word);
    sodium_memzero(bytes, sizeof(bytes));
    sodium_memzero(word, sizeof(word));
}

void kith_web_security_init(struct kith_web_security *security, int port)
{
    *security = (struct kith_web_security){.port = port};
    (void)kith_text_format(security->cookie_name, sizeof(security->cookie_name), "kith-%d", port);
    kith_web_random_word(security->cookie, sizeof(security->cookie));
    kith_web_random_word(security->start_key, sizeof(security->start_key));
    (void)pthread_mutex_init(&security->lock, NULL); /* with default attributes it cannot fail on Linux */
}

void kith_web_security_done(struct kith_web_security *security)
{
    sodium_memzero(security->cookie, sizeof(security->cookie));
    sodium_memzero(security->start_key, sizeof(security->start_key));
    (void)pthread_mutex_destroy(&security->lock);
}

/* The length is no secret; where two words of it differ is. */
static bool is_secret(const char *secret, const char *given, size_t given_len)
{
    size_t len = strlen(secret);

    return given_len == len && sodium_memcmp(given, secret, len) == 0;
}

bool kith_web_take_start_key(struct kith_web_security *security, const char *key)
{
    bool first;

    if (!is_secret(security->start_key, key, strlen(key)))
        return false;
    (void)pthread_mutex_lock(&security->lock);
    first = !security->start_used;
    security->start_used = true;
    (void)pthread_mutex_unlock(&security->lock);
    return first;
}

/* One "name=value" of a Cookie field, blanks around it allowed. */
static bool is_our_cookie(const struct kith_web_security *security, const char *pair, size_t len)
{
    size_t name_len = strlen(security->cookie_name);

    for (; len > 0 && pair[0] == ' '; len--)
        pair++;
    while (len > 0 && pair[len - 1] == ' ')
        len--;
    return len > name_len && memcmp(pair, security->cookie_name, name_len) == 0 && pair[name_len] == '=' &&
           is_secret(security->cookie, pair + name_len + 1, len - name_len - 1);
}

bool kith_web_has_cookie(const struct kith_web_security *security, const struct kith_web_request *request)
{
    const char *at = request->cookie ? request->cookie : "";

    for (;;) {
        size_t len = strcspn(at, ";");
        if (is_our_cookie(security, at, len))
            return true;
        if (at[len] == '\0')
            return false;
        at += len + 1;
    }
}

/* --- Where it comes from --------------------------------------------------------- */

/* "localhost:8765" or another name of ours. A page that had its own name point here would send that name. */
static bool is_our_host(const struct kith_web_security *security, const char *host)
{
    static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};
    char ours[32];

    for (size_t i = 0; i < KITH_COUNT_OF(names); i++) {
        (void)kith_text_format(ours, sizeof(ours), "%s:%d", names[i], security->port);
        if (kith_text_equal_ci(host, ours) || (security->port == 80 && kith_text_equal_ci(host, names[i])))
            return true;
    }
    return false;
}

static bool is_our_origin(const struct kith_web_security *security, const char *origin)
{
    static const char scheme[] = "http://";

    return kith_text_starts_with_ci(origin, scheme) && is_our_host(security, origin + sizeof(scheme) - 1);
}

bool kith_web_is_ours(const struct kith_web_security *security, const struct kith_web_request *request)
{
    if (request->doubled || !request->host || !is_our_host(security, request->host))
        return false;
    return !request->origin || is_our_origin(security, request->origin);
}

/* "none" is what a browser says of an address that the person typed or saved. */
bool kith_web_is_from_our_page(const struct kith_web_request *request)
{
    return !request->fetch_site || strcmp(request->fetch_site, "same-origin") == 0 ||
           strcmp(request->fetch_site, "none") == 0;
}

void kith_web_address(const struct kith_web_security *security, const char *path, char *out, size_t out_size)
{
    (void)kith_text_format(out, out_size, "http://localhost:%d%s", security->port, path);
}
