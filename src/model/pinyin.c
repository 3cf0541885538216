/* SPDX-License-Identifier: MIT */
/*
 * pinyin.c - Chinese names in Latin letters, from a table.
 *
 * Before: normalise/ wants a name spelled, show/ the letters of a hit that were typed. After: what is not in the table
 * goes to ICU.
 *
 * The table is made by make_pinyin.c from ICU's own rules while kith is built, and says letter by
 * letter what they say, so it does not matter for a stored name which of the two was asked.
 */
#include "model/pinyin.h"

#include <string.h>

#include <unicode/uversion.h>

#include "base/cleanup.h"
#include "base/text.h"

struct pinyin_block {
    uint32_t here[2]; /* a bit for each letter */
    uint16_t n_before;
};

struct pinyin_otherwise {
    uint32_t letter;
    uint32_t next;
    uint16_t at_first;
    uint16_t inside;
};

#include "pinyin_table.h"

enum { NOT_HERE = -1, ITSELF = 0, BLOCK = 64 };

static unsigned bits(uint32_t word)
{
    return (unsigned)__builtin_popcount(word);
}

/* Where letter is in pinyin_reading; NOT_HERE: nowhere. */
static int place_of(uint32_t letter)
{
    uint32_t i = letter - PINYIN_FIRST; /* one before the first is behind the last */

    if (i / BLOCK >= KITH_COUNT_OF(pinyin_block))
        return NOT_HERE;
    const struct pinyin_block *block = &pinyin_block[i / BLOCK];
    bool second = i % BLOCK >= 32;
    uint32_t bit = UINT32_C(1) << i % 32;

    if (!(block->here[second] & bit))
        return NOT_HERE;
    return (int)(block->n_before + bits(block->here[second] & (bit - 1)) + (second ? bits(block->here[0]) : 0));
}

static const struct pinyin_otherwise *find_otherwise(uint32_t letter, uint32_t next)
{
    for (size_t i = 0; i < KITH_COUNT_OF(pinyin_otherwise); i++)
        if (pinyin_otherwise[i].letter == letter && pinyin_otherwise[i].next == next)
            return &pinyin_otherwise[i];
    return NULL;
}

/* The number of the syllable at place, before next. */
static int syllable_at(int place, uint32_t letter, uint32_t next, bool at_first)
{
    const struct pinyin_otherwise *otherwise = NULL;

    if (pinyin_reading[place] & PINYIN_OTHERWISE)
        otherwise = find_otherwise(letter, next);
    if (!otherwise && pinyin_reading[place] & PINYIN_OTHERWISE)
        otherwise = find_otherwise(letter, 0);
    if (!otherwise)
        return pinyin_reading[place] & ~(PINYIN_OTHERWISE | PINYIN_CLOSE);
    return at_first ? otherwise->at_first : otherwise->inside;
}

static bool is_of_our_icu(void)
{
    return PINYIN_ICU == U_ICU_VERSION_MAJOR_NUM; /* false: built on a machine with another one */
}

const char *kith_pinyin_letter(uint32_t letter, bool at_first)
{
    int place = is_of_our_icu() ? place_of(letter) : NOT_HERE;
    int number = place == NOT_HERE ? ITSELF : syllable_at(place, letter, 0, at_first);

    return number == ITSELF ? NULL : pinyin_syllable[number];
}

/* The character at text, 0 at its end. */
static uint32_t peek(const char *text, const char *end)
{
    return text < end ? kith_utf8_next(&text, end) : 0;
}

struct pinyin {
    char *text;
    size_t len;
    bool inside; /* behind another letter, not at the beginning of a name */
    bool close;  /* that letter stands apart from most, but not from those like it */
};

static bool put_letter(struct pinyin *out, uint32_t letter, uint32_t next)
{
    int place = place_of(letter);

    if (place == NOT_HERE)
        return false;
    bool close = pinyin_reading[place] & PINYIN_CLOSE;
    int number = syllable_at(place, letter, next, !out->inside);

    if (out->close && close)
        return false;
    if (out->len > 0)
        out->text[out->len++] = ' ';
    if (number == ITSELF) {
        out->len += kith_utf8_put(letter, out->text + out->len);
    } else {
        size_t len = strlen(pinyin_syllable[number]);

        memcpy(out->text + out->len, pinyin_syllable[number], len);
        out->len += len;
    }
    out->inside = true;
    out->close = close;
    return true;
}

static void put_space(struct pinyin *out)
{
    out->text[out->len++] = ' ';
    out->inside = out->close = false;
}

bool kith_pinyin(const char *text, char *out, size_t out_size)
{
    const char *end = text + strlen(text);
    struct pinyin pinyin = {.text = out};

    if (!is_of_our_icu())
        return false;
    while (text < end) {
        uint32_t letter = kith_utf8_next(&text, end);

        if (pinyin.len + 1 + sizeof(pinyin_syllable[0]) > out_size)
            return false;
        if (letter == ' ')
            put_space(&pinyin);
        else if (!put_letter(&pinyin, letter, peek(text, end)))
            return false;
    }
    out[pinyin.len] = '\0';
    return pinyin.len > 0;
}
