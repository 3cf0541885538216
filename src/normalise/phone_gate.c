/* SPDX-License-Identifier: MIT */
/*
 * phone_gate.c - phone_shim.h for libkith: hands each call on to the module with libphonenumber in it.
 *
 * Before: number.c has a number that the short path is not certain of.
 * After:  phone_shim.cpp, in kith-phone.so.
 *
 * Where it cannot be had no text is a number, and kith_phone_status() says that this was no answer.
 */
#include "normalise/phone_module.h"

static struct kith_module module = KITH_MODULE("kith-phone.so", kith_phone_functions);

static const struct kith_phone_functions *load(void)
{
    return kith_module_load(&module, NULL);
}

bool kith_phone_read(const char *text, const char *region, struct kith_phone_reading *ret)
{
    const struct kith_phone_functions *functions = load();

    return functions && functions->read(text, region, ret);
}

bool kith_phone_is_short(const char *digits, const char *region)
{
    const struct kith_phone_functions *functions = load();

    return functions && functions->is_short(digits, region);
}

bool kith_phone_is_whole(const char *digits, const char *region)
{
    const struct kith_phone_functions *functions = load();

    return functions && functions->is_whole(digits, region);
}

enum kith_status kith_phone_status(struct kith_error *err)
{
    return kith_module_status(&module, err);
}
