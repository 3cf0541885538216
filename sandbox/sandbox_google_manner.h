/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_manner.h - how the Google half behaves at the moment: what tests may set once for many requests.
 *
 * All calls lock by themselves and give copies.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

/* What --auto does on the consent page. */
enum sandbox_google_answer {
    SANDBOX_ANSWER_TICK = 0, /* every box */
    SANDBOX_ANSWER_LEAVE,    /* the boxes stay as they are, unticked; Continue */
    SANDBOX_ANSWER_CANCEL,
};

struct sandbox_google_settings {
    int64_t refresh_token_expires_in_s; /* 0: they have no end, and the answer does not speak of one */
    int64_t sync_token_life_s;
};

struct sandbox_google_manner;

struct sandbox_google_manner *sandbox_google_manner_new(void);
void sandbox_google_manner_free(struct sandbox_google_manner *manner); /* NULL is fine */
void sandbox_google_manner_reset(struct sandbox_google_manner *manner);

struct sandbox_google_settings sandbox_google_get_settings(struct sandbox_google_manner *manner);
void sandbox_google_set_settings(struct sandbox_google_manner *manner, const struct sandbox_google_settings *settings);

enum sandbox_google_answer sandbox_google_get_answer(struct sandbox_google_manner *manner, size_t person);
void sandbox_google_set_answer(struct sandbox_google_manner *manner, size_t person, enum sandbox_google_answer answer);

KITH_DEFINE_AUTO(sandbox_google_manner, sandbox_google_manner_free)
