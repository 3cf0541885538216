/* SPDX-License-Identifier: MIT */
/* token_keyring_module.c - token_keyring.c as a module: kith-keyring.so, which brings libsecret; see base/module.h. */
#include "signin/token_keyring_module.h"

KITH_MODULE_FACE(kith_token_keyring_functions, {.open = kith_token_keyring_open,
                                                .close = kith_token_keyring_close,
                                                .usable = kith_token_keyring_usable,
                                                .put = kith_token_keyring_put,
                                                .get = kith_token_keyring_get,
                                                .remove = kith_token_keyring_remove,
                                                .clear = kith_token_keyring_clear})
