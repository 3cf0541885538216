/* SPDX-License-Identifier: MIT */
/*
 * normaliser_parts.h - what the files of normalise/ share; nobody else includes it.
 *
 *     fold.c        text -> folded words          letters.c     one character
 *     spellings.c   other scripts in Latin        skeleton.c    Arabic and Hebrew by their consonants
 *     east_asia.c   kana, Hangul, Han
 *     names.c       shown, bold, initials         reading.c     the name in Latin letters, to be read
 *     collate.c     sort key, heading             normalise_keys.c, normalise_query.c
 *     number.c      any form of a number          number_plain.c  the short path without libphonenumber
 */
#pragma once

#include <unicode/ucol.h>
#include <unicode/unorm2.h>
#include <unicode/utrans.h>

#include "normalise/letters.h"
#include "normalise/normaliser.h"
#include "normalise/words.h"

/* ICU's transliterators that are used, each opened when the first name needs it. */
enum kith_translit {
    KITH_TRANSLIT_ANY,     /* whatever has no rules of ours, e.g. Georgian, Devanagari */
    KITH_TRANSLIT_HAN,     /* pinyin, family names as families say them */
    KITH_TRANSLIT_RUSSIAN, /* BGN, for reading */
    KITH_TRANSLIT_UKRAINIAN,
    KITH_TRANSLIT_BELARUSIAN,
    KITH_TRANSLIT_SERBIAN,
    KITH_TRANSLIT_MACEDONIAN,
    KITH_TRANSLIT_BULGARIAN,
    KITH_TRANSLIT_KAZAKH,
    KITH_TRANSLIT_GREEK,
    KITH_TRANSLIT_COUNT
};

/* How names sort, for one language; opened with the first key. */
struct kith_collation {
    UCollator *full;    /* NULL: ICU has no data at all, bytes are compared */
    UCollator *primary; /* the same, letters only */
    bool opened;
    signed char digraph[26][26];   /* 0 not asked yet, 1 a letter of its own (cs "ch"), 2 as å, -1 no */
    signed char own_letter[0x530]; /* by code point: 0 not asked yet, 1 sorts as a letter of its own, -1 no */
};

struct kith_translit_memo;

struct kith_normaliser {
    char language[32];
    char region_given[16];
    char region[3]; /* in capitals, "" for none */
    char sort_version[96];
    enum kith_script own_script;
    bool only_open_rules; /* while answering quickly matters more than every spelling */
    bool pinyin_order;    /* Han names stand among Latin ones, by their reading */
    struct kith_collation collation;
    UTransliterator *translit[KITH_TRANSLIT_COUNT];
    bool translit_tried[KITH_TRANSLIT_COUNT];
    struct kith_translit_memo *memo; /* what was transliterated lately; NULL until something was */
};

/* --- fold.c ---------------------------------------------------------------- */

enum kith_spellings {
    KITH_SPELLINGS_NONE, /* as written: for queries and ranking */
    KITH_SPELLINGS_TEXT, /* + joined forms, umlauts, Latin forms */
    KITH_SPELLINGS_NAME  /* + what only names have: initials, particles, Han names in both orders */
};

/* Make words of text. how decides what is added beside each word. */
void kith_fold_words(struct kith_normaliser *n, const char *text, enum kith_spellings how, struct kith_words *words);

/* The same for at most max_words words as written; for long texts. */
void kith_fold_beginning(struct kith_normaliser *n, const char *text, size_t max_words, struct kith_words *words);

/* NFKC with case folded, as code points; returns how many (at most max). */
size_t kith_fold_compatibility(const char *text, size_t len, uint32_t *ret, size_t max);

/* --- spellings.c, east_asia.c, skeleton.c ---------------------------------- */

enum { KITH_WORD_LETTERS = 32 }; /* of one word that spellings are made of */

/* One word before its marks were taken off. */
struct kith_plain_word {
    uint32_t letter[KITH_WORD_LETTERS];
    size_t n;
    enum kith_script script;
};

/* Add how a word of another script is typed in Latin letters. */
void kith_spell_latin(struct kith_normaliser *n, const struct kith_plain_word *word, enum kith_spellings how,
                      struct kith_words *words);
void kith_spell_east_asian(struct kith_normaliser *n, const struct kith_plain_word *word, enum kith_spellings how,
                           struct kith_words *words);
/* Write kana in Latin letters (Hepburn). long_marks: a long vowel sign becomes a macron, else nothing. */
void kith_kana_to_latin(const uint32_t *kana, size_t n_kana, bool long_marks, char *out, size_t out_size);

/* Write Hangul in Latin letters; family: one syllable, as families write themselves (Kim, Lee, Park). */
void kith_hangul_to_latin(const uint32_t *letter, size_t n, bool family, char *out, size_t out_size);

/*
 * Add the consonants of an Arabic or Hebrew word: U+E000, a letter for each, U+E001. A name that can be heard
 * in several ways gets several. Latin spellings of it have the same consonants.
 */
void kith_skeleton_words(const struct kith_plain_word *word, struct kith_words *words);
/*
 * The consonants of a folded Latin word, to be looked up behind U+E000 as the beginning of a word;
 * "" when it has none. Short ones end in U+E001: only a whole name is that short.
 */
void kith_skeleton_of_latin(const char *word, char *out, size_t out_size);

/* --- normaliser.c ---------------------------------------------------------- */

/* Transliterate UTF-8 text; false: ICU has no such rules, or no room. */
bool kith_transliterate(struct kith_normaliser *n, enum kith_translit which, const char *text, char *out,
                        size_t out_size);

/* --- names.c --------------------------------------------------------------- */

/* "Weber, Anna" and the like. */
bool kith_names_is_company(const struct kith_contact *contact);
/* Where the family name's first capital is: "von Auersperg" sorts under A. */
const char *kith_names_sorting_part(const char *family);
bool kith_names_is_honorific(const char *word); /* folded */

/* --- collate.c ------------------------------------------------------------- */

void kith_collate(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_keys *keys);
void kith_collation_done(struct kith_collation *collation);

/* --- number.c -------------------------------------------------------------- */

void kith_number_of_phone(const char *region, struct kith_phone *phone);
