/* SPDX-License-Identifier: MIT */
/* tab.h - what goes with the page of kith_signin_tab_html(): its Content-Security-Policy. */
#pragma once

#include <stddef.h>

/* The policy as a header's value: nothing but the page's own style, known by its hash. Static; any thread. */
const char *kith_tab_policy(void);
