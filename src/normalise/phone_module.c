/* SPDX-License-Identifier: MIT */
/* phone_module.c - phone_shim.cpp as a module: kith-phone.so, which brings libphonenumber; see base/module.h. */
#include "normalise/phone_module.h"

KITH_MODULE_FACE(kith_phone_functions,
                 {.read = kith_phone_read, .is_short = kith_phone_is_short, .is_whole = kith_phone_is_whole})
