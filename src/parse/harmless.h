/* SPDX-License-Identifier: MIT */
/*
 * harmless.h - text of a file or an answer without what no later step could bear: control characters.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * In place, len bytes of UTF-8, which need not end in NUL: control characters become spaces; where lines are allowed,
 * CR LF, CR and LF become \n and tabs stay. Returns the new length, never more than len.
 */
size_t kith_harmless(char *text, size_t len, bool lines);
