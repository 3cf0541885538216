/* SPDX-License-Identifier: MIT */
/*
 * skeleton.c - finds Arabic and Hebrew names by the consonants that a Latin spelling of them has.
 *
 * Before: fold.c found an Arabic or Hebrew word. After: its consonants stand among the
 * contact's words, and normalise_query.c makes the same of what a person types.
 *
 * These scripts write no short vowels, and everybody spells them differently:
 * Muhammad, Mohamed and Mohammed are one name. What all spellings share are the consonants.
 * Letters that Latin spellings confuse are one letter here (kh and h, q and k); a letter
 * that is heard in two ways gives two skeletons.
 *
 *     a  a vowel at the beginning     b  b, p        d  d, dh      f  f, ph, v of pe
 *     g  g, gh        h  h, kh, ch    j  j, dj       k  k, q, c    t  t, th
 *     w  w, v at the beginning        x  sh          y  y at the beginning       z  z, ts, tz
 *
 * The skeleton is one word in the index: U+E000, which nobody can type, the consonants, U+E001
 * as their end; who asks puts U+E000 before it. One or two consonants mean too many names to be
 * the beginning of one, so a short skeleton is asked for with its end.
 */
#include "normalise/normaliser_parts.h"

#include "base/text.h"

#define SKELETON_MARK "\xEE\x80\x80" /* U+E000 */
#define SKELETON_END "\xEE\x80\x81"  /* U+E001 */

enum {
    FORMS_MAX = 8,
    FORM_BYTES = 24, /* consonants of one form; the longest names have some ten */
    SHORT_SKELETON = 2
};

/* --- Arabic and Hebrew ----------------------------------------------------- */

struct forms {
    char text[FORMS_MAX][FORM_BYTES];
    size_t n;
};

/*
 * What a letter may be in Latin ears, one character for each; '-' for not heard. first and last tell where in
 * the word it stands: at the beginning even a weak letter is heard, at the end h is not always.
 */
static const char *arabic_sounds(uint32_t c, bool first, bool last)
{
    switch (c) {
    case 0x627: /* alef and its forms, ain */
    case 0x622:
    case 0x623:
    case 0x625:
    case 0x671:
    case 0x639:
        return first ? "a" : "";
    case 0x628: /* beh, peh */
    case 0x67E:
        return "b";
    case 0x62A: /* teh, tah */
    case 0x637:
    case 0x679:
        return "t";
    case 0x62B: /* theh: Othman, Osman */
        return "ts";
    case 0x62C: /* jeem: Jamal, Gamal */
        return "jg";
    case 0x686: /* tcheh */
        return "h";
    case 0x62D: /* hah */
    case 0x647: /* heh */
    case 0x6BE:
    case 0x6C1:
        return last ? "h-" : "h";
    case 0x62E: /* khah */
        return "h";
    case 0x62F: /* dal */
    case 0x688:
        return "d";
    case 0x630: /* thal, dad, zah: Ramadan, Ramazan */
    case 0x636:
    case 0x638:
        return "dz";
    case 0x631: /* reh */
    case 0x691:
        return "r";
    case 0x632: /* zain */
        return "z";
    case 0x698: /* jeh */
        return "jz";
    case 0x633: /* seen, sad */
    case 0x635:
        return "s";
    case 0x634: /* sheen: Rashid, Rachid */
        return "xh";
    case 0x63A: /* ghain */
    case 0x6AF: /* gaf */
        return "g";
    case 0x641: /* feh */
    case 0x6A4:
        return "f";
    case 0x642: /* qaf */
    case 0x643: /* kaf */
    case 0x6A9:
        return "k";
    case 0x644:
        return "l";
    case 0x645:
        return "m";
    case 0x646: /* noon */
    case 0x6BA:
        return "n";
    case 0x648: /* waw */
    case 0x624:
        return first ? "w" : "";
    case 0x64A: /* yeh */
    case 0x6CC:
        return first ? "y" : "";
    default: /* teh marbuta, alef maqsura, hamza ... */
        return "";
    }
}

static const char *hebrew_sounds(uint32_t c, bool first, bool last)
{
    switch (c) {
    case 0x5D0: /* alef, ayin */
    case 0x5E2:
        return first ? "a" : "";
    case 0x5D1: /* bet: Rebecca, Rivka */
        return first ? "b" : "b-";
    case 0x5D2:
        return "g";
    case 0x5D3:
        return "d";
    case 0x5D4:
        return last ? "-h" : "h";
    case 0x5D5: /* vav */
        return first ? "w" : "";
    case 0x5D6:
        return "z";
    case 0x5D7: /* het */
        return last ? "h-" : "h";
    case 0x5D8: /* tet, tav */
    case 0x5EA:
        return "t";
    case 0x5D9: /* yod: Yosef, Joseph, Israel */
        return first ? "yja" : "";
    case 0x5DB: /* kaf: Cohen, Michal */
        return "kh";
    case 0x5DC:
        return "l";
    case 0x5DE:
        return "m";
    case 0x5E0:
        return "n";
    case 0x5E1:
        return "s";
    case 0x5E4: /* pe: Peretz, Yosef */
        return "bf";
    case 0x5E6:
        return "z";
    case 0x5E7:
        return "k";
    case 0x5E8:
        return "r";
    case 0x5E9: /* shin, sin: Moshe, Sarah */
        return "xs";
    default:
        return "";
    }
}

static void append_to_form(char *form, char sound)
{
    size_t len = strlen(form);

    if (sound != '-' && len + 1 < FORM_BYTES) {
        form[len] = sound;
        form[len + 1] = '\0';
    }
}

/* Every form goes on with the first sound; a copy of it with each other one, while there is room. */
static void add_sounds(struct forms *forms, const char *sounds)
{
    size_t before = forms->n;

    for (size_t s = 1; sounds[0] && sounds[s]; s++) {
        for (size_t i = 0; i < before && forms->n < FORMS_MAX; i++) {
            memcpy(forms->text[forms->n], forms->text[i], FORM_BYTES);
            append_to_form(forms->text[forms->n++], sounds[s]);
        }
    }
    for (size_t i = 0; sounds[0] && i < before; i++)
        append_to_form(forms->text[i], sounds[0]);
}

static uint32_t without_final_form(uint32_t c)
{
    return c == 0x5DA || c == 0x5DD || c == 0x5DF || c == 0x5E3 || c == 0x5E5 ? c + 1 : c;
}

static void letters_to_forms(const uint32_t *letter, size_t n, enum kith_script script, struct forms *forms)
{
    forms->n = 1;
    forms->text[0][0] = '\0';
    for (size_t i = 0; i < n; i++) {
        bool last = i + 1 == n;
        const char *sounds = script == KITH_SCRIPT_ARABIC ? arabic_sounds(letter[i], i == 0, last)
                                                          : hebrew_sounds(without_final_form(letter[i]), i == 0, last);
        bool doubled = i > 0 && letter[i] == letter[i - 1];

        if (doubled && sounds[0]) {
            char maybe[3] = {sounds[0], '-', '\0'}; /* Abdullah has one l to the eye, Mamduh two m */

            add_sounds(forms, maybe);
        } else {
            add_sounds(forms, sounds);
        }
    }
}

static void add_form(const char *form, struct kith_words *words)
{
    char word[KITH_WORD_BYTES];

    if (!form[0])
        return;
    (void)kith_text_format(word, sizeof(word), SKELETON_MARK "%s" SKELETON_END, form);
    (void)kith_words_add(words, word, strlen(word));
}

static void add_forms(const uint32_t *letter, size_t n, enum kith_script script, struct kith_words *words)
{
    struct forms forms;

    letters_to_forms(letter, n, script, &forms);
    for (size_t i = 0; i < forms.n; i++)
        add_form(forms.text[i], words);
}

static bool has_article(const struct kith_plain_word *word)
{
    return word->script == KITH_SCRIPT_ARABIC && word->n > 4 && word->letter[0] == 0x627 && word->letter[1] == 0x644;
}

/* "عبدالرحمن": the l of the article is not heard before sun letters, Abdurrahman. */
static size_t without_inner_article(const struct kith_plain_word *word, uint32_t *ret)
{
    static const uint32_t abd_al[] = {0x639, 0x628, 0x62F, 0x627, 0x644};
    size_t n = 0;

    if (word->script != KITH_SCRIPT_ARABIC || word->n < 8 || memcmp(word->letter, abd_al, sizeof(abd_al)) != 0)
        return 0;
    for (size_t i = 0; i < word->n; i++)
        if (i != 4)
            ret[n++] = word->letter[i];
    return n;
}

void kith_skeleton_words(const struct kith_plain_word *word, struct kith_words *words)
{
    uint32_t assimilated[KITH_WORD_LETTERS];
    size_t n = without_inner_article(word, assimilated);

    add_forms(word->letter, word->n, word->script, words);
    if (has_article(word)) {
        add_forms(word->letter + 2, word->n - 2, word->script, words);
        kith_words_add_spelling(words, "al", 2); /* "al-Rashid" is asked as two words */
        kith_words_add_spelling(words, "el", 2);
    }
    if (n > 0)
        add_forms(assimilated, n, word->script, words);
}

/* --- Latin ----------------------------------------------------------------- */

static bool is_vowel(char c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

struct sound {
    const char *letters;
    char sound;
};

/* Longer ones first. */
static const struct sound digraphs[] = {
    {"sch", 'x'}, {"sh", 'x'}, {"ch", 'h'}, {"kh", 'h'}, {"gh", 'g'}, {"dh", 'd'}, {"th", 't'},
    {"ph", 'f'},  {"dj", 'j'}, {"tz", 'z'}, {"ts", 'z'}, {"cz", 'z'}, {"ck", 'k'}, {"zh", 'z'},
};

static char single_sound(const char *at)
{
    switch (*at) {
    case 'c':
        return at[1] == 'e' || at[1] == 'i' || at[1] == 'y' ? 's' : 'k';
    case 'q':
        return 'k';
    case 'p':
        return 'b';
    default:
        return *at;
    }
}

/* The consonant at *at; moves on behind it. '\0': nothing is heard. */
static char next_sound(const char **at)
{
    for (size_t i = 0; i < KITH_COUNT_OF(digraphs); i++) {
        if (kith_text_starts_with(*at, digraphs[i].letters)) {
            *at += strlen(digraphs[i].letters);
            return digraphs[i].sound;
        }
    }

    char c = **at;
    bool silent = is_vowel(c) || c == 'y' || c == 'w' || c == 'v' || (c == 'h' && (*at)[1] == '\0');
    char sound = silent ? '\0' : single_sound(*at);

    (*at)++;
    return sound;
}

/* What is only heard at the beginning: a vowel, y, w. */
static char first_sound(const char **at)
{
    const char *word = *at;

    if (word[0] == 'y' || word[0] == 'w' || word[0] == 'v') {
        *at += 1;
        return word[0] == 'y' ? 'y' : 'w';
    }
    if (word[0] == 'o' && word[1] == 'u' && is_vowel(word[2])) { /* Oualid */
        *at += 2;
        return 'w';
    }
    return is_vowel(word[0]) ? 'a' : '\0';
}

static bool is_latin(const char *word)
{
    for (const char *c = word; *c; c++)
        if (*c < 'a' || *c > 'z')
            return false;
    return word[0] != '\0';
}

void kith_skeleton_of_latin(const char *word, char *out, size_t out_size)
{
    char form[KITH_WORD_BYTES];
    size_t n = 0;
    char before = '\0'; /* the sound just before, '\0' behind a vowel: "ss" is one s, "layla" has two l */

    out[0] = '\0';
    if (!is_latin(word) || strlen(word) < 2)
        return;
    char first = first_sound(&word);
    if (first)
        form[n++] = first;
    while (*word && n + 2 < sizeof(form)) {
        bool x = *word == 'x';
        char sound = next_sound(&word);

        if (x) /* two sounds in one letter */
            form[n++] = 'k';
        if (sound && sound != before)
            form[n++] = x ? 's' : sound;
        before = sound;
    }
    form[n] = '\0';
    if (n == 0 || n >= FORM_BYTES)
        return;
    (void)kith_text_format(out, out_size, "%s%s", form, n <= SHORT_SKELETON ? SKELETON_END : "");
}
