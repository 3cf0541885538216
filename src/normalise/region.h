/* SPDX-License-Identifier: MIT */
/* region.h - which regions there are (ISO 3166-1), for the setting that numbers without a country are read by. */
#pragma once

#include <stdbool.h>

/* code: two capital letters. No library's data is read for it. */
bool kith_region_is_known(const char *code);

/*
 * What text most likely stands for: another writing of a code ("uk", "DEU") or a country's name in English or
 * in language ("de_DE", "" for none). false: nothing near; out is untouched then.
 */
bool kith_region_nearest(const char *text, const char *language, char out[3]);
