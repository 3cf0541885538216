/* SPDX-License-Identifier: MIT */
/* sample_module.h - what test_base_module.c and its samples both know. */
#pragma once

#include "base/module.h"

struct sample_functions {
    int (*answer)(void);
};
