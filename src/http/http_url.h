/* SPDX-License-Identifier: MIT */
/*
 * http_url.h - what may be asked for, and how an address may appear in a log.
 *
 * kith_http_url_allowed() and kith_http_same_origin() are declared in http.h.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* An address taken apart; false when it is none, or one of those nobody honest sends (user names, controls). */
struct kith_http_url {
    bool https;
    bool loopback; /* 127.0.0.0/8, [::1] or localhost: never through a proxy */
    char host[256];
    char port[8];
};
bool kith_http_url_read(const char *url, struct kith_http_url *ret);

/*
 * "graph.microsoft.com/v1.0/me/contacts?$top=999&$skiptoken=...": the address with every value struck out but
 * those that are known to be harmless.
 */
void kith_http_url_for_log(const char *url, char *out, size_t out_size);
