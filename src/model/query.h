/* SPDX-License-Identifier: MIT */
/*
 * query.h - a typed question after it was understood, and the candidates that may answer it.
 *
 * find/ makes a kith_query from folded words, store/ looks candidates up,
 * find/ ranks them. Plain data: no step needs another's header for it.
 */
#pragma once

#include <kith/find.h>

#include "base/alloc.h"

enum {
    KITH_QUERY_WORDS_MAX = 8,   /* words that are looked at; later ones are ignored */
    KITH_QUERY_WORD_BYTES = 64, /* a longer word is cut: it still finds what begins like it */
    KITH_QUERY_CANDIDATES = 200 /* fetched for ranking when the answer is limited */
};

struct kith_query_word {
    char text[KITH_QUERY_WORD_BYTES];     /* folded; matches words that begin with it */
    char skeleton[KITH_QUERY_WORD_BYTES]; /* consonants by which Arabic and Hebrew names are found; "" when too short */
};

struct kith_query {
    struct kith_query_word word[KITH_QUERY_WORDS_MAX];
    size_t n_words;
    /* The whole text was a number (digits and separators): */
    char digits[24];         /* as typed, ASCII; "" when it is no number */
    char e164_prefix[3][20]; /* digits without "+" that an E.164 may begin with, likeliest first; "" ends the list */
    int64_t limit;           /* 0: all */
};

/* Who is calling: one understood number. */
struct kith_number {
    enum kith_number_class number_class;
    char e164[17];     /* "+..." or "" */
    char national[17]; /* national significant number, or raw digits */
    bool region_assumed;
    bool country_named; /* by a plus; also when no number could be made of it */
    bool withheld;      /* "anonymous" and its like: nobody to look up */
    char extension[12];
    char also[4][17]; /* other E.164 forms of the same line (AR 9, MX 1, BR ninth digit); "" ends the list */
};
