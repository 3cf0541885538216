/* SPDX-License-Identifier: MIT */
/* http_module.h - what http_gate.c and the module with libcurl in it both know: http.h, as a table. */
#pragma once

#include "base/module.h"
#include "http/http.h"

struct kith_http_functions {
    __typeof__(kith_http_new) *new;
    __typeof__(kith_http_free) *free;
    __typeof__(kith_http_on_wait) *on_wait;
    __typeof__(kith_http_submit) *submit;
    __typeof__(kith_http_wait) *wait;
    __typeof__(kith_http_perform) *perform;
    __typeof__(kith_http_queued) *queued;
    __typeof__(kith_http_drop) *drop;
    __typeof__(kith_http_forget) *forget;
    __typeof__(kith_http_requests) *requests;
};
