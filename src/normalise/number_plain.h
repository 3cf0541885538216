/* SPDX-License-Identifier: MIT */
/*
 * number_plain.h - numbers as people and programs write them, and those that need no library.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number taken apart, nothing interpreted yet. */
struct kith_dialled {
    char text[128];      /* ASCII: digits, separators, vanity letters; no scheme, label, extension */
    char digits[48];     /* of text; more are cut */
    char extension[12];  /* digits; "" when there is none */
    bool plus;           /* begins with "+" */
    bool has_letters;    /* 1-800-FLOWERS */
    bool has_code_signs; /* "*" or "#": a code for the exchange */
    bool labelled;       /* words around it were taken off */
    bool is_private;     /* of one company's exchange: tel: with the context of a domain */
    bool withheld;       /* "anonymous" and its like */
};

/* Take text apart. false: there is nothing to dial in it (withheld may be set all the same). */
bool kith_number_read(const char *text, struct kith_dialled *out);

struct kith_number_country {
    uint16_t code;
    uint16_t lengths; /* bit n: national numbers of n digits are plain */
    uint16_t first;   /* bit n: when they begin with digit n */
};

struct kith_number_region {
    char code[3];
    char country_code[4];
    char trunk[4];           /* before national numbers: "0", "1", "8"; "" for none */
    char idd[5];             /* before foreign numbers: "00", "011"; "" when it is not one fixed prefix */
    uint16_t lengths, first; /* as above, of the number behind the trunk prefix */
};

extern const struct kith_number_country kith_number_countries[];
extern const size_t kith_number_n_countries;
extern const struct kith_number_region kith_number_regions[];
extern const size_t kith_number_n_regions;

const struct kith_number_region *kith_number_region(const char *code); /* NULL: unknown or "" */

/* The region whose rules the numbers of a country code follow; digits begin with the code. NULL: no such code. */
const struct kith_number_region *kith_number_main_region(const char *digits);

struct kith_plain_number {
    char e164[17];
    char national[17];
    bool region_assumed;
};

/*
 * The short path. false: not certain, ask libphonenumber. Where it answers, it answers as libphonenumber would.
 */
bool kith_number_plain(const char *region, const struct kith_dialled *dialled, struct kith_plain_number *ret);
/* The same for digits that begin with a country code. */
bool kith_number_plain_international(const char *digits, struct kith_plain_number *ret);

/*
 * A number without a country of which no libphonenumber has to be asked: no number of the region has so many digits.
 * Nor is it a short one. Whether two numbers stand in one field is not looked at.
 */
bool kith_number_is_impossible(const char *region, const struct kith_dialled *dialled);
