/* SPDX-License-Identifier: MIT */
/*
 * example_numbers.h - numbers that could be given out, written as people of their country write them.
 *
 * From libphonenumber's examples and formats; C++ stays behind this header.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Ways to write a number. */
enum example_form {
    EXAMPLE_E164,          /* +442079460018 */
    EXAMPLE_INTERNATIONAL, /* +44 20 7946 0018 */
    EXAMPLE_LINK,          /* tel:+44-20-7946-0018 */
    EXAMPLE_NATIONAL,      /* 020 7946 0018 */
    EXAMPLE_ABROAD,        /* 011 44 20 7946 0018, as dialled from another region */
    EXAMPLE_DIGITS,        /* 2079460018: nothing before it */
    EXAMPLE_FORMS
};

/*
 * A number of region, of its type-th kind (fixed line, mobile, free of charge ...), its last digits taken from
 * random. from: the region where it is dialled. false: no such kind there, or no room.
 */
bool example_number(const char *region, unsigned type, unsigned random, enum example_form form, const char *from,
                    char *out, size_t out_size);

#ifdef __cplusplus
}
#endif
