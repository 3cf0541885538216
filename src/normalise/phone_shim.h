/* SPDX-License-Identifier: MIT */
/*
 * phone_shim.h - what kith asks libphonenumber, in C.
 *
 * No C++ type, exception or allocation crosses this header. Safe on any thread.
 * The first call takes some milliseconds: it reads the library's data and, in libkith, loads the library itself
 * (phone_gate.c).
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith_phone_reading {
    char e164[17];      /* "+12025550123" */
    char national[17];  /* national significant number, leading zeros kept where they belong to it */
    char extension[12]; /* "" when there is none */
    bool country_typed; /* the text named the country, by + or by its code */
    bool possible;      /* a number of this length can exist; says nothing about whether it is given out */
};

/*
 * Read text as a number. region: "US", "" for none. false: not a number, or it has more digits than
 * E.164 allows; *ret is untouched then.
 */
bool kith_phone_read(const char *text, const char *region, struct kith_phone_reading *ret);

/* Whether digits are an emergency or service number that is dialled as it stands in region. */
bool kith_phone_is_short(const char *digits, const char *region);

/* Whether digits are a whole number that is given out in region, and no service number: some islands have five digits.
 */
bool kith_phone_is_whole(const char *digits, const char *region);

/* KITH_OK unless one of the above was asked and libphonenumber cannot be had: then what it said was no answer. */
enum kith_status kith_phone_status(struct kith_error *err);

#ifdef __cplusplus
}
#endif
