/* SPDX-License-Identifier: MIT */
/*
 * sandbox_countries.h - what invented people are made of, one row for each country.
 *
 * Lists are texts with '|' between the items. A name that is not in Latin letters
 * has its Latin spelling behind a '/', and a reading in kana behind another:
 * "山田/Yamada/やまだ". A place is "city;state;postal code;area code;street
 * names with ',' between them". In numbers and codes '#' is any digit, '@' the
 * place's area code, '^' any capital letter.
 *
 * Telephone numbers come from the ranges that a country keeps free for films and
 * books where there is one (555-01xx, 07700 900xxx, 020 7946 0xxx, ...).
 */
#pragma once

#include <stddef.h>

enum sandbox_name_order {
    SANDBOX_GIVEN_FIRST,
    SANDBOX_FAMILY_FIRST,  /* with a space between */
    SANDBOX_FAMILY_JOINED, /* without */
};

struct sandbox_country {
    const char *name; /* as people there write it */
    unsigned weight;  /* share among all contacts, in thousandths */
    enum sandbox_name_order order;
    const char *women, *men;
    const char *surnames;
    const char *women_surnames; /* NULL: the same */
    const char *places;
    const char *street; /* "%n" the number, "%s" the name */
    const char *mobile, *landline;
    const char *companies; /* NULL: made of the words every country shares */
    const char *suffixes;  /* "Ltd|plc" */
};

extern const struct sandbox_country sandbox_countries_west[];
extern const size_t sandbox_n_countries_west;
extern const struct sandbox_country sandbox_countries_north[];
extern const size_t sandbox_n_countries_north;
extern const struct sandbox_country sandbox_countries_east[];
extern const size_t sandbox_n_countries_east;
