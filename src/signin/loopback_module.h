/* SPDX-License-Identifier: MIT */
/* loopback_module.h - what loopback_gate.c and the module with libmicrohttpd in it both know. */
#pragma once

#include "base/module.h"
#include "signin/loopback.h"

struct kith_loopback_functions {
    __typeof__(kith_loopback_new) *new;
    __typeof__(kith_loopback_port) *port;
    __typeof__(kith_loopback_free) *free;
};
