/* SPDX-License-Identifier: MIT */
/*
 * words.h - a small set of folded words, in the order in which they were met.
 *
 * Bounded on every side: what does not fit is left out, and what is left out of an
 * index is only not found by that word. Lives in the frame, nothing to free.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

enum {
    KITH_WORD_BYTES = 64,         /* with its NUL; longer words are cut at a character's edge */
    KITH_WORDS_BYTES = 2048,      /* of all words together */
    KITH_WORDS_MAX = 160,         /* words in one set */
    KITH_WORDS_FIELD_BYTES = 1024 /* of one field that are looked at */
};

struct kith_words {
    char text[KITH_WORDS_BYTES + 1]; /* each word followed by a space, a NUL at the end */
    struct kith_word_place {
        uint16_t start;
        uint16_t len;
    } place[KITH_WORDS_MAX];
    size_t n;
    size_t len;
    size_t max_bytes; /* at most KITH_WORDS_BYTES */
};

void kith_words_init(struct kith_words *words, size_t max_bytes);

/* Add a word unless it is there. false: no room. */
bool kith_words_add(struct kith_words *words, const char *word, size_t len);

/* Add another spelling: not even when a word that is there begins like it, since beginnings find. */
void kith_words_add_spelling(struct kith_words *words, const char *word, size_t len);

/* The words with one space between them, appended to buf (after a space when something is there). */
void kith_words_write(const struct kith_words *words, struct kith_buf *buf);

static inline const char *kith_words_at(const struct kith_words *words, size_t i)
{
    return words->text + words->place[i].start;
}
