/* SPDX-License-Identifier: MIT */
/*
 * http_url.c - what may be asked for, and how an address may appear in a log; see http_url.h.
 *
 * The one gate before anything leaves this device: http.c asks it for each
 * request, fetch/ for each link that a service gave. It asks GLib and not libcurl
 * what an address is made of, since the settings are checked by it at every start,
 * when libcurl is not there; http.c sends nothing that curl reads differently.
 */
#include "http/http_url.h"

#include <arpa/inet.h>

#include <glib.h>

#include "base/text.h"
#include "http/http.h"

enum { LONGEST_URL = 16 * 1024 };

/* Two programs that read an address differently are how tokens get to the wrong host: odd ones are refused. */
static bool is_plain(const char *url)
{
    size_t len = strnlen(url, LONGEST_URL + 1);

    if (len == 0 || len > LONGEST_URL)
        return false;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)url[i];
        if (c <= ' ' || c >= 0x7F || c == '\\')
            return false;
    }
    return true;
}

/* host: an IPv6 address in brackets. */
static bool is_loopback(const char *host)
{
    struct in_addr v4;
    struct in6_addr v6;
    char bare[64];
    size_t len = strlen(host);

    if (kith_text_equal_ci(host, "localhost"))
        return true;
    if (inet_pton(AF_INET, host, &v4) == 1)
        return ntohl(v4.s_addr) >> 24 == 127;
    if (len < 3 || host[0] != '[' || host[len - 1] != ']' || !kith_text_copy_n(bare, sizeof(bare), host + 1, len - 2))
        return false;
    return inet_pton(AF_INET6, bare, &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

/*
 * What stands between "//" and the path: a name or an address, and perhaps a port. Others would read some of the rest
 * too, "https:///host/", "https://@host/", "https://ho%73t/". We do not.
 */
static bool has_plain_authority(const char *url)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:[]";
    const char *authority = strstr(url, "://");

    if (!authority)
        return false;
    authority += 3;
    size_t len = strcspn(authority, "/?#");
    return len > 0 && strspn(authority, plain) >= len;
}

static bool keep_parts(const char *scheme, const char *host, int port, struct kith_http_url *ret)
{
    bool is_v6 = strchr(host, ':') != NULL; /* GLib takes the brackets away */

    ret->https = kith_text_equal_ci(scheme, "https");
    if (!ret->https && !kith_text_equal_ci(scheme, "http"))
        return false;
    if (port < 0)
        port = ret->https ? 443 : 80;
    if (host[0] == '\0' || !kith_text_format(ret->host, sizeof(ret->host), is_v6 ? "[%s]" : "%s", host))
        return false;
    ret->loopback = is_loopback(ret->host);
    return kith_text_format(ret->port, sizeof(ret->port), "%d", port);
}

bool kith_http_url_read(const char *url, struct kith_http_url *ret)
{
    g_autofree char *scheme = NULL;
    g_autofree char *host = NULL;
    struct kith_http_url parts = {0};
    int port = -1;

    if (!is_plain(url) || !has_plain_authority(url) ||
        !g_uri_split_network(url, G_URI_FLAGS_NONE, &scheme, &host, &port, NULL) ||
        !keep_parts(scheme, host, port, &parts))
        return false;
    *ret = parts;
    return true;
}

bool kith_http_url_allowed(const char *url)
{
    struct kith_http_url parts;

    return kith_http_url_read(url, &parts) && (parts.https || parts.loopback);
}

bool kith_http_same_origin(const char *url_a, const char *url_b)
{
    struct kith_http_url a, b;

    return kith_http_url_read(url_a, &a) && kith_http_url_read(url_b, &b) && a.https == b.https &&
           kith_text_equal_ci(a.host, b.host) && strcmp(a.port, b.port) == 0;
}

/* --- For the log --------------------------------------------------------- */

/* Values that say nothing about anybody. What is not listed may be a token, a code, a name. */
static const char *const harmless[] = {"$top",   "$skip",   "$count",   "$select",
                                       "%24top", "%24skip", "%24count", "%24select"};

static bool is_harmless(const char *name, size_t len)
{
    for (size_t i = 0; i < KITH_COUNT_OF(harmless); i++) {
        if (strlen(harmless[i]) == len && strncmp(harmless[i], name, len) == 0)
            return true;
    }
    return false;
}

/* One "name=value" of the query; returns where the next one begins. */
static const char *add_parameter(struct kith_buf *out, const char *p)
{
    size_t len = strcspn(p, "&#");
    size_t name_len = strcspn(p, "=&#");

    (void)kith_buf_add(out, p, is_harmless(p, name_len) ? len : name_len); /* a cut log line is no harm */
    if (!is_harmless(p, name_len) && name_len < len)
        (void)kith_buf_add_text(out, "=...");
    if (p[len] != '&')
        return p + strlen(p);
    (void)kith_buf_add_char(out, '&');
    return p + len + 1;
}

void kith_http_url_for_log(const char *url, char *out, size_t out_size)
{
    struct kith_http_url parts;
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, out_size - 1);
    if (kith_http_url_read(url, &parts)) {
        const char *path = strstr(url, "://") + 3;
        path += strcspn(path, "/?#");
        size_t path_len = strcspn(path, "?#");
        (void)kith_buf_addf(&buf, "%s:%s%.*s", parts.host, parts.port, (int)path_len, path);
        const char *p = path + path_len;
        if (*p == '?') {
            (void)kith_buf_add_char(&buf, '?');
            for (p++; *p != '\0' && *p != '#';)
                p = add_parameter(&buf, p);
        }
    }
    (void)kith_text_copy(out, out_size, kith_buf_text(&buf)); /* has the same ceiling: fits */
}
