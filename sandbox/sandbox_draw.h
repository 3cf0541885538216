/* SPDX-License-Identifier: MIT */
/*
 * sandbox_draw.h - the tables of sandbox_countries.h, taken apart once so that drawing from them is quick.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "sandbox/sandbox_countries.h"
#include "sandbox/sandbox_dice.h"

/* A name or another piece of text, with what is derived from it. All "" when there is none. */
struct sandbox_word {
    const char *native;
    const char *latin;   /* for names in any script */
    const char *reading; /* in kana */
    const char *local;   /* for an e-mail address: small ASCII letters */
};

struct sandbox_words {
    struct sandbox_word *item;
    size_t n;
};

struct sandbox_place {
    const char *city, *state, *postal, *area;
    struct sandbox_words streets;
};

struct sandbox_draw {
    const char *name, *street;
    enum sandbox_name_order order;
    struct sandbox_words women, men, surnames, women_surnames, mobile, landline, companies, suffixes;
    struct sandbox_place *place;
    size_t n_places;
    unsigned weight_end; /* sum of the weights up to this one */
    bool company_readings;
};

/* Take the tables apart; to be called once before anything else here. Never freed. */
void sandbox_draw_prepare(void);
void sandbox_draw_forget(void);

unsigned sandbox_draw_total_weight(void);
/* The country at this place among all weights. */
const struct sandbox_draw *sandbox_draw_country(unsigned weight);

/* A company's name, and the word its addresses use. */
void sandbox_draw_company(const struct sandbox_draw *country, struct sandbox_dice *dice, char *name, size_t name_size,
                          char *host, size_t host_size);
/* How the company is read, or NULL. */
const char *sandbox_draw_company_reading(const struct sandbox_draw *country, const char *name);
