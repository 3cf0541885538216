/* SPDX-License-Identifier: MIT */
/*
 * loopback_gate.c - loopback.h for libkith: hands each call on to the module with libmicrohttpd in it.
 *
 * Before: engine/ begins a sign-in whose answer no face takes.
 * After:  loopback.c, in kith-loopback.so.
 */
#include "signin/loopback_module.h"

static struct kith_module module = KITH_MODULE("kith-loopback.so", kith_loopback_functions);

static const struct kith_loopback_functions *load(struct kith_error *err)
{
    return kith_module_load(&module, err);
}

enum kith_status kith_loopback_new(kith_loopback_fn fn, void *ctx, struct kith_loopback **ret, struct kith_error *err)
{
    const struct kith_loopback_functions *functions = load(err);

    return functions ? functions->new (fn, ctx, ret, err) : KITH_E_INTERNAL;
}

int kith_loopback_port(const struct kith_loopback *loopback)
{
    return load(NULL)->port(loopback); /* whoever has a listener has the module */
}

void kith_loopback_free(struct kith_loopback *loopback)
{
    if (loopback)
        load(NULL)->free(loopback);
}
