/* SPDX-License-Identifier: MIT */
/* token_keyring_module.h - what token_keyring_gate.c and the module with libsecret in it both know. */
#pragma once

#include "base/module.h"
#include "signin/token_keyring.h"

struct kith_token_keyring_functions {
    __typeof__(kith_token_keyring_open) *open;
    __typeof__(kith_token_keyring_close) *close;
    __typeof__(kith_token_keyring_usable) *usable;
    __typeof__(kith_token_keyring_put) *put;
    __typeof__(kith_token_keyring_get) *get;
    __typeof__(kith_token_keyring_remove) *remove;
    __typeof__(kith_token_keyring_clear) *clear;
};
