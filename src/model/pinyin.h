/* SPDX-License-Identifier: MIT */
/*
 * pinyin.h - Chinese letters in Latin ones, from a table that was made while kith was built.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Write what ICU's Han-Latin/Names makes of text, letter for letter. false: a character that is not in the table, or
 * hardly any room; ICU has to be asked.
 */
bool kith_pinyin(const char *text, char *out, size_t out_size);

/* How one letter is read, with its tone; at_first: as the first of a name. NULL: not in the table. */
const char *kith_pinyin_letter(uint32_t letter, bool at_first);
