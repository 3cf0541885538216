/* SPDX-License-Identifier: MIT */
/*
 * device.h - a sign-in on another device (RFC 8628): a code that a person types there, and the wait for their answer.
 *
 * Microsoft identity platform: "Device authorization grant".
 */
#pragma once

#include "signin/oauth.h"

/* What the provider gave for a sign-in on another device. */
struct kith_device {
    struct kith_buf code; /* ours, a secret: who has it gets the tokens */
    char user_code[33];   /* the person's: what they type */
    char address[257];    /* where they type it */
    int64_t life_s;       /* of both codes, from the answer on */
    int64_t interval_s;   /* the least there may be between two questions */
};
void kith_device_init(struct kith_device *device);
void kith_device_done(struct kith_device *device);
KITH_DEFINE_AUTO_DONE(kith_device, kith_device_done)

/* Read the answer to a request for a code. KITH_E_SERVICE when it is not one; no message holds a part of it. */
enum kith_status kith_device_read(const struct kith_provider *provider, const char *json, size_t len,
                                  struct kith_device *ret, struct kith_error *err);

/* Ask for a code. *ret: initialised here, yours to kith_device_done(). */
enum kith_status kith_device_ask(struct kith_http *http, const struct kith_provider *provider,
                                 const struct kith_cancel *cancel, struct kith_device *ret, struct kith_error *err);

/* Sleep; false: the sign-in was cancelled meanwhile. */
typedef bool (*kith_device_sleep_fn)(void *ctx, int64_t ms);

/*
 * Ask for tokens at the provider's pace, until the person has answered or the code has run out. A connection that is
 * lost meanwhile is waited for. Checks that contacts may be read, as kith_oauth_redeem() does.
 * KITH_E_CANCELLED, KITH_E_SIGNIN_EXPIRED, and what the provider's no means.
 */
enum kith_status kith_device_await(struct kith_http *http, const struct kith_provider *provider,
                                   const struct kith_device *device, kith_device_sleep_fn sleep, void *ctx,
                                   const struct kith_cancel *cancel, struct kith_tokens *ret, struct kith_error *err);
