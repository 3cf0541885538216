/* SPDX-License-Identifier: MIT */
/* phone_module.h - what phone_gate.c and the module with libphonenumber in it both know. */
#pragma once

#include "base/module.h"
#include "normalise/phone_shim.h"

struct kith_phone_functions {
    __typeof__(kith_phone_read) *read;
    __typeof__(kith_phone_is_short) *is_short;
    __typeof__(kith_phone_is_whole) *is_whole;
};
