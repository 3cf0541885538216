/* SPDX-License-Identifier: MIT */
/* loopback_module.c - loopback.c as a module: kith-loopback.so, which brings libmicrohttpd; see base/module.h. */
#include "signin/loopback_module.h"

KITH_MODULE_FACE(kith_loopback_functions,
                 {.new = kith_loopback_new, .port = kith_loopback_port, .free = kith_loopback_free})
