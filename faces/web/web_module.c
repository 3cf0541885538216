/* SPDX-License-Identifier: MIT */
/*
 * web_module.c - the web page as a module: kith-web.so, which brings libmicrohttpd; see base/module.h.
 *
 * Before: cmd_serve.c of the command line asks for it. After: web.c serves.
 */
#include "web_module.h"

KITH_MODULE_FACE(kith_web_functions, {.run = kith_web_run})
