/* SPDX-License-Identifier: MIT */
/* http_module.c - http.c as a module: kith-http.so, which brings libcurl; see base/module.h. */
#include "http/http_module.h"

KITH_MODULE_FACE(kith_http_functions, {.new = kith_http_new,
                                       .free = kith_http_free,
                                       .on_wait = kith_http_on_wait,
                                       .submit = kith_http_submit,
                                       .wait = kith_http_wait,
                                       .perform = kith_http_perform,
                                       .queued = kith_http_queued,
                                       .drop = kith_http_drop,
                                       .forget = kith_http_forget,
                                       .requests = kith_http_requests})
