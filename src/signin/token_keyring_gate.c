/* SPDX-License-Identifier: MIT */
/*
 * token_keyring_gate.c - token_keyring.h for libkith: hands each call on to the module with libsecret in it.
 *
 * Before: token_store.c found that there is a bus, over which a keyring may answer.
 * After:  token_keyring.c, in kith-keyring.so.
 */
#include "signin/token_keyring_module.h"

static struct kith_module module = KITH_MODULE("kith-keyring.so", kith_token_keyring_functions);

/* Only who has a keyring calls the others, and then the module is there. */
static const struct kith_token_keyring_functions *loaded(void)
{
    return kith_module_load(&module, NULL);
}

enum kith_status kith_token_keyring_open(const char *dir, struct kith_token_keyring **ret, struct kith_error *err)
{
    const struct kith_token_keyring_functions *functions = kith_module_load(&module, err);

    return functions ? functions->open(dir, ret, err) : KITH_E_INTERNAL;
}

void kith_token_keyring_close(struct kith_token_keyring *keyring)
{
    if (keyring)
        loaded()->close(keyring);
}

bool kith_token_keyring_usable(struct kith_token_keyring *keyring)
{
    return loaded()->usable(keyring);
}

enum kith_status kith_token_keyring_put(struct kith_token_keyring *keyring, const char *key, const char *value,
                                        struct kith_error *err)
{
    return loaded()->put(keyring, key, value, err);
}

enum kith_status kith_token_keyring_get(struct kith_token_keyring *keyring, const char *key, struct kith_buf *value,
                                        struct kith_error *err)
{
    return loaded()->get(keyring, key, value, err);
}

enum kith_status kith_token_keyring_remove(struct kith_token_keyring *keyring, const char *key, struct kith_error *err)
{
    return loaded()->remove(keyring, key, err);
}

enum kith_status kith_token_keyring_clear(struct kith_token_keyring *keyring, struct kith_error *err)
{
    return loaded()->clear(keyring, err);
}
