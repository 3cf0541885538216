/* SPDX-License-Identifier: MIT */
/*
 * token_keyring.h - values in the desktop's Secret Service, over libsecret.
 *
 * Never waits long and never asks the person anything: no call takes more than three seconds, a
 * locked keyring is a failure like a missing one. Built without libsecret there is none. In libkith it stands in a
 * module (token_keyring_gate.c).
 */
#pragma once

#include <stdbool.h>

#include <kith/error.h>

#include "base/buf.h"
#include "base/cleanup.h"

struct kith_token_keyring;

/*
 * dir: kith's data folder; values of one folder are not those of another. Talks to nobody yet. KITH_E_OFFLINE when
 * this build has no libsecret, KITH_E_INTERNAL when its module is missing.
 */
enum kith_status kith_token_keyring_open(const char *dir, struct kith_token_keyring **ret, struct kith_error *err);
void kith_token_keyring_close(struct kith_token_keyring *keyring);
KITH_DEFINE_AUTO(kith_token_keyring, kith_token_keyring_close)

/* Can it keep a value now: is there a default keyring, and is it unlocked? Asks the service. */
bool kith_token_keyring_usable(struct kith_token_keyring *keyring);

/*
 * As those of the token store. KITH_E_STORE with reason TOKENS_LOCKED: it is there, behind a lock; without a reason:
 * no answer. KITH_E_OFFLINE: there is no service at all; to put something there fails with KITH_E_STORE then. Any
 * thread.
 */
enum kith_status kith_token_keyring_put(struct kith_token_keyring *keyring, const char *key, const char *value,
                                        struct kith_error *err);
enum kith_status kith_token_keyring_get(struct kith_token_keyring *keyring, const char *key, struct kith_buf *value,
                                        struct kith_error *err);
enum kith_status kith_token_keyring_remove(struct kith_token_keyring *keyring, const char *key, struct kith_error *err);
enum kith_status kith_token_keyring_clear(struct kith_token_keyring *keyring, struct kith_error *err);
