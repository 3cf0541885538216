/* SPDX-License-Identifier: MIT */
/*
 * web_security.h - who may ask: this device's own browser, opened by the start link.
 *
 * Loopback addresses are open to every program and, through a browser, to every web
 * site. So a request must name us (Host), come from us (Origin, Sec-Fetch-Site), hold
 * the cookie that only the start link gives, and, to change something, a header that
 * another origin's page cannot send.
 */
#pragma once

#include <pthread.h>

#include "web_exchange.h"

enum { KITH_WEB_SECRET_BYTES = 44 }; /* 32 random bytes in base64url, and the NUL */

struct kith_web_security {
    int port;
    char cookie_name[16]; /* "kith-8765": browsers do not keep cookies of two ports apart */
    char cookie[KITH_WEB_SECRET_BYTES];
    char start_key[KITH_WEB_SECRET_BYTES];
    pthread_mutex_t lock; /* over start_used */
    bool start_used;
};

void kith_web_security_init(struct kith_web_security *security, int port);
void kith_web_security_done(struct kith_web_security *security);

/* A word of 32 random bytes, as an id or a secret; cut to what out holds. */
void kith_web_random_word(char *out, size_t out_size);

/* It names this server, and no page of another origin sent it. */
bool kith_web_is_ours(const struct kith_web_security *security, const struct kith_web_request *request);
/* The same for /api/, where no other site's link may lead either. */
bool kith_web_is_from_our_page(const struct kith_web_request *request);
bool kith_web_has_cookie(const struct kith_web_security *security, const struct kith_web_request *request);

/* Use the start link: true the first time that key is the right one. */
bool kith_web_take_start_key(struct kith_web_security *security, const char *key);

/* "localhost:8765" is the name for the start link and the sign-in, so that one cookie serves both. */
void kith_web_address(const struct kith_web_security *security, const char *path, char *out, size_t out_size);

/* Header fields of every answer, {name, value} pairs; ends with {NULL, NULL}. */
extern const char *const kith_web_fixed_headers[][2];
extern const char kith_web_page_policy[];
extern const char kith_web_tab_policy[];
