/* SPDX-License-Identifier: MIT */
/*
 * letters.h - single characters: which script they belong to and what they fold to.
 *
 * Latin, Greek, Cyrillic, Hebrew, Arabic, kana, Hangul and Han need no library
 * for this; everything else asks ICU.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* In the order in which a list shows them, after the person's own. Not stored by itself. */
enum kith_script {
    KITH_SCRIPT_NONE = 0, /* no letter */
    KITH_SCRIPT_LATIN,
    KITH_SCRIPT_GREEK,
    KITH_SCRIPT_CYRILLIC,
    KITH_SCRIPT_GEORGIAN,
    KITH_SCRIPT_ARMENIAN,
    KITH_SCRIPT_HEBREW,
    KITH_SCRIPT_ARABIC,
    KITH_SCRIPT_OTHER,
    KITH_SCRIPT_HANGUL,
    KITH_SCRIPT_KANA,
    KITH_SCRIPT_HAN
};

enum kith_letter_class {
    KITH_LETTER_BREAK, /* ends a word */
    KITH_LETTER_DROP,  /* a mark, a vowel point: as if it were not there */
    KITH_LETTER_HYPHEN,
    KITH_LETTER_APOSTROPHE,
    KITH_LETTER_PART /* belongs to a word */
};

/* What one character becomes. */
struct kith_folded_letter {
    enum kith_letter_class letter_class;
    enum kith_script script; /* NONE for digits */
    uint32_t plain;          /* lower case, still with its marks: what transliteration wants */
    char text[8];            /* folded, UTF-8, may be "" */
    char other[4];           /* the other way to write it in Latin letters: "ue" for ü; else "" */
};

enum kith_script kith_script_of(uint32_t cp);
/* The script of the first letter of text; NONE when there is none. */
enum kith_script kith_script_of_text(const char *text);
static inline bool kith_script_is_cjk(enum kith_script script)
{
    return script >= KITH_SCRIPT_HANGUL;
}

/* cp: above U+007F. */
void kith_letter_fold(uint32_t cp, struct kith_folded_letter *letter);

/* Whether compatibility forms (full width, ligatures, presentation forms ...) have to be undone by ICU first. */
bool kith_letters_need_icu(const char *text, size_t len);

uint32_t kith_letter_upper(uint32_t cp); /* as a word's first letter */
bool kith_letter_is_upper(uint32_t cp);
bool kith_letter_is_letter(uint32_t cp);
