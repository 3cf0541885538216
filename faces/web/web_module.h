/* SPDX-License-Identifier: MIT */
/* web_module.h - what `kith serve` and the module with the web page in it both know: web.h, as a table. */
#pragma once

#include "base/module.h"
#include "web.h"

struct kith_web_functions {
    __typeof__(kith_web_run) *run;
};
