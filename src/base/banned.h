/* SPDX-License-Identifier: MIT */
/*
 * banned.h - functions too easy to misuse do not compile.
 *
 * Included last by base/text.h, which every C file of ours reaches. Instead: kith_text_copy,
 * kith_text_format, kith_text_to_int64, gmtime_r.
 */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* With clang and FORTIFY these are macros of the C library, which cannot be poisoned quietly. */
#undef sprintf
#undef vsprintf

#pragma GCC poison strcpy strcat strncpy strncat sprintf vsprintf gets strtok atoi atol atoll atof
#pragma GCC poison gmtime localtime ctime asctime tmpnam mktemp
