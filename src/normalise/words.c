/* SPDX-License-Identifier: MIT */
/*
 * words.c - the set of words that the keys of one contact are gathered in.
 *
 * A contact has some twenty words: looking through all of them is faster than any
 * hash table, and keeps the order, on which the store relies when it takes old
 * keys out of its index.
 */
#include "normalise/words.h"

#include "base/text.h"

void kith_words_init(struct kith_words *words, size_t max_bytes)
{
    words->n = 0;
    words->len = 0;
    words->text[0] = '\0';
    words->max_bytes = max_bytes < KITH_WORDS_BYTES ? max_bytes : KITH_WORDS_BYTES;
}

static bool is_there(const struct kith_words *words, const char *word, size_t len, bool beginning_counts)
{
    for (size_t i = 0; i < words->n; i++) {
        size_t there = words->place[i].len;

        if ((there == len || (beginning_counts && there > len)) && memcmp(kith_words_at(words, i), word, len) == 0)
            return true;
    }
    return false;
}

static size_t cut_at_character(const char *word, size_t len)
{
    if (len < KITH_WORD_BYTES)
        return len;
    return kith_utf8_valid_len(word, KITH_WORD_BYTES - 1);
}

static bool append(struct kith_words *words, const char *word, size_t len)
{
    size_t with_space = len + 1;

    if (words->n == KITH_WORDS_MAX || words->len + with_space > words->max_bytes)
        return false;
    memcpy(words->text + words->len, word, len);
    words->text[words->len + len] = ' ';
    words->place[words->n].start = (uint16_t)words->len;
    words->place[words->n].len = (uint16_t)len;
    words->n++;
    words->len += with_space;
    words->text[words->len] = '\0';
    return true;
}

bool kith_words_add(struct kith_words *words, const char *word, size_t len)
{
    len = cut_at_character(word, len);
    if (len == 0 || is_there(words, word, len, /* beginning_counts= */ false))
        return true;
    return append(words, word, len);
}

void kith_words_add_spelling(struct kith_words *words, const char *word, size_t len)
{
    len = cut_at_character(word, len);
    if (len == 0 || is_there(words, word, len, /* beginning_counts= */ true))
        return;
    (void)append(words, word, len); /* no room: not found by this spelling */
}

void kith_words_write(const struct kith_words *words, struct kith_buf *buf)
{
    if (words->len == 0)
        return;
    if (buf->len > 0)
        (void)kith_buf_add_char(buf, ' ');                /* buf->full tells */
    (void)kith_buf_add(buf, words->text, words->len - 1); /* without the last space */
}
