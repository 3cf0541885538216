/* SPDX-License-Identifier: MIT */
/*
 * web_words.h - what the page says about imports that ended well, the state of an account, files and sources.
 *
 * The engine words the failures for every face; these are the sentences beside them. Only what changes while
 * somebody looks (progress, a clock that runs) is worded on the page itself.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/kith.h>

/* One account of a run that has ended. */
struct kith_web_outcome {
    const char *account;
    enum kith_source source;
    int64_t n_before;                        /* contacts it had here when the run began */
    const struct kith_import_result *result; /* NULL when it failed; with removals held back also beside an error */
    const struct kith_error *error;          /* NULL when it did not */
};

struct kith_web_closing {
    const char *look;   /* static: "done", "partly" */
    const char *action; /* static: what its button does: "contacts", "changes", "limit", "again", "decide"; "" none */
    char title[256];
    char sentence[2048];
};

/* The closing banner of a run of one account that did not fail, or of several. */
void kith_web_closing_describe(const struct kith_web_outcome *outcome, size_t n, bool is_refresh,
                               struct kith_web_closing *ret);

/* One of several accounts in a few words, while others still run: "2 changed", "no connection to Google". */
void kith_web_outcome_in_short(const struct kith_web_outcome *outcome, char *out, size_t out_size);

/* Why a file has no contacts to import, for somebody who has just chosen it. */
void kith_web_file_reason(const struct kith_error *err, char *out, size_t out_size);

/* How Settings and the banners speak of a source. All static, "" for nothing. */
struct kith_web_source_words {
    const char *name;      /* in Settings */
    const char *tile;      /* stands for a picture */
    const char *button;    /* brings contacts from there */
    const char *line;      /* what kinds there are */
    const char *answer;    /* what to do on its page */
    const char *take_back; /* where the permission can be taken back */
    const char *barred;    /* why it is, up to the name of the account that is in the way */
};
const struct kith_web_source_words *kith_web_source_words(enum kith_source source);

/* What somebody does at a provider to get a client id; NULL-terminated, static. NULL: the source needs none. */
const char *const *kith_web_guide_steps(enum kith_source source);

/* How an account is while nothing runs. */
struct kith_web_status {
    const char *icon; /* static: a name of page/icons.js */
    const char *tone; /* static: "good", "warn", "bad"; "" none of them */
    char text[256];
};
void kith_web_status_describe(const struct kith_account *account, struct kith_web_status *ret);
