/* SPDX-License-Identifier: MIT */
/* exchange_path.h - inside Exchange a recipient is a path in its directory: nobody can write to it from here. */
#pragma once

#include "base/text.h"

static inline bool kith_is_exchange_path(const char *address)
{
    return kith_text_starts_with_ci(address, "/o=") || kith_text_starts_with_ci(address, "/cn=");
}
