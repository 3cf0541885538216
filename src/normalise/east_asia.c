/* SPDX-License-Identifier: MIT */
/*
 * east_asia.c - kana, Hangul and Han words in Latin letters, and their parts as words.
 *
 * Before: fold.c found a word in one of these scripts. After: its spellings stand among
 * the contact's words.
 *
 * There are no spaces inside these names, so every part that a name may end with is a
 * word too: 王小明 is found by 小明 and by 明. Family and given name are also joined the other
 * way round, as people who write Latin do.
 */
#include "normalise/normaliser_parts.h"

#include "base/text.h"

enum {
    TAILS_MAX = 7, /* parts of one word that are words too */
    NAME_MAX = 5,  /* characters of a whole name */
    LATIN_BYTES = 256
};

static void write_letters(const uint32_t *letter, size_t n, char *out, size_t out_size)
{
    size_t used = 0;

    for (size_t i = 0; i < n && used + 5 <= out_size; i++)
        used += kith_utf8_put(letter[i], out + used);
    out[used] = '\0';
}

static void add(const char *word, struct kith_words *words)
{
    kith_words_add_spelling(words, word, strlen(word));
}

static void add_tails(const struct kith_plain_word *word, struct kith_words *words)
{
    char text[4 * KITH_WORD_LETTERS + 1];

    for (size_t i = 1; i < word->n && i <= TAILS_MAX; i++) {
        write_letters(word->letter + i, word->n - i, text, sizeof(text));
        add(text, words);
    }
}

/* --- Kana ------------------------------------------------------------------ */

/* U+3041 to U+3096, Hepburn. Small y-kana are read with the syllable before them. */
static const char *const hiragana[] = {
    "a",  "a",  "i",  "i",  "u",   "u",  "e",  "e",  "o",  "o",  "ka", "ga", "ki", "gi", "ku",  "gu", "ke",  "ge",
    "ko", "go", "sa", "za", "shi", "ji", "su", "zu", "se", "ze", "so", "zo", "ta", "da", "chi", "ji", "tsu", "tsu",
    "zu", "te", "de", "to", "do",  "na", "ni", "nu", "ne", "no", "ha", "ba", "pa", "hi", "bi",  "pi", "fu",  "bu",
    "pu", "he", "be", "pe", "ho",  "bo", "po", "ma", "mi", "mu", "me", "mo", "ya", "ya", "yu",  "yu", "yo",  "yo",
    "ra", "ri", "ru", "re", "ro",  "wa", "wa", "i",  "e",  "o",  "n",  "vu", "ka", "ke",
};

enum { SMALL_TSU = 0x3063, SMALL_YA = 0x3083, SMALL_YU = 0x3085, SMALL_YO = 0x3087, LONG_SIGN = 0x30FC };

static uint32_t to_hiragana(uint32_t c)
{
    return c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c;
}

static const char *kana_sound(uint32_t c)
{
    return c >= 0x3041 && c <= 0x3096 ? hiragana[c - 0x3041] : "";
}

static bool is_small_y(uint32_t c)
{
    return c == SMALL_YA || c == SMALL_YU || c == SMALL_YO;
}

static bool is_small_vowel(uint32_t c)
{
    return c == 0x3041 || c == 0x3043 || c == 0x3045 || c == 0x3047 || c == 0x3049;
}

struct latin {
    char text[LATIN_BYTES];
    size_t len;
};

static void put(struct latin *out, const char *text)
{
    (void)kith_text_copy(out->text + out->len, sizeof(out->text) - out->len, text); /* cut: beginnings find */
    out->len += strlen(out->text + out->len);
}

static void drop_last(struct latin *out)
{
    if (out->len > 0)
        out->text[--out->len] = '\0';
}

/* きゃ kya, しゃ sha, ふぁ fa, てぃ ti: the small one takes the vowel's place. */
static void put_small(struct latin *out, uint32_t c)
{
    bool hissing = out->len > 1 && (out->text[out->len - 2] == 'h' || out->text[out->len - 2] == 'j');
    const char *sound = kana_sound(c);

    drop_last(out);
    put(out, is_small_y(c) && hissing ? sound + 1 : sound);
}

static void put_long(struct latin *out, bool long_marks)
{
    if (long_marks && out->len > 0 && strchr("aeiou", out->text[out->len - 1]))
        put(out, "\xCC\x84"); /* combining macron */
}

void kith_kana_to_latin(const uint32_t *kana, size_t n_kana, bool long_marks, char *out, size_t out_size)
{
    struct latin latin = {.len = 0};
    bool doubled = false;

    for (size_t i = 0; i < n_kana; i++) {
        uint32_t c = to_hiragana(kana[i]);
        const char *sound = kana_sound(c);

        if (c == SMALL_TSU) {
            doubled = true;
        } else if (c == LONG_SIGN) {
            put_long(&latin, long_marks);
        } else if ((is_small_y(c) || is_small_vowel(c)) && latin.len > 0) {
            put_small(&latin, c);
        } else {
            if (doubled && sound[0] && !strchr("aeioun", sound[0]))
                put(&latin, (char[2]){sound[0] == 'c' ? 't' : sound[0], '\0'});
            put(&latin, sound);
            doubled = false;
        }
    }
    (void)kith_text_copy(out, out_size, latin.text); /* cut: beginnings find */
}

/* Long vowels as one letter: satou, sato; oono, ono. */
static void shorten_vowels(const char *text, char *out, size_t out_size)
{
    size_t used = 0;

    for (size_t i = 0; text[i] && used + 1 < out_size; i++) {
        bool lengthens = i > 0 && ((text[i] == 'u' && (text[i - 1] == 'o' || text[i - 1] == 'u')) ||
                                   (text[i] == 'o' && text[i - 1] == 'o'));

        if (!lengthens)
            out[used++] = text[i];
    }
    out[used] = '\0';
}

/* shinpei, shimpei */
static bool assimilate_n(char *text)
{
    bool changed = false;

    for (size_t i = 0; text[i] && text[i + 1]; i++) {
        if (text[i] == 'n' && strchr("bmp", text[i + 1])) {
            text[i] = 'm';
            changed = true;
        }
    }
    return changed;
}

static void spell_kana(const struct kith_plain_word *word, struct kith_words *words)
{
    char latin[LATIN_BYTES];
    char shorter[LATIN_BYTES];

    kith_kana_to_latin(word->letter, word->n, /* long_marks= */ false, latin, sizeof(latin));
    shorten_vowels(latin, shorter, sizeof(shorter));
    add(latin, words);
    add(shorter, words);
    if (shorter[0] == 'o' && strlen(latin) > strlen(shorter) && (latin[1] == 'o' || latin[1] == 'u')) {
        char with_h[LATIN_BYTES + 1]; /* Ohtani */

        (void)kith_text_format(with_h, sizeof(with_h), "oh%s", shorter + 1);
        add(with_h, words);
    }
    if (assimilate_n(shorter))
        add(shorter, words);
}

/* --- Hangul ---------------------------------------------------------------- */

/* A syllable as many write it in their own name, beside the rule. */
struct syllable {
    uint32_t letter;
    const char *family; /* as a family name; NULL: no other than given */
    const char *given;  /* inside a given name; NULL: as the rule says */
};

static const struct syllable syllables[] = {
    {0xAC15, "kang", "kang"}, {0xAC74, NULL, "kun"},    {0xACBD, NULL, "kyung"},  {0xACE0, "ko", NULL},
    {0xACE8, NULL, "kol"},    {0xACFD, "kwak", NULL},   {0xAD11, NULL, "kwang"},  {0xAD6C, "koo", "koo"},
    {0xAD6D, "kook", "kook"}, {0xAD8C, "kwon", "kwon"}, {0xADDC, NULL, "kyu"},    {0xADFC, NULL, "keun"},
    {0xAE08, NULL, "keum"},   {0xAE30, "ki", "ki"},     {0xAE38, "kil", "kil"},   {0xAE40, "kim", NULL},
    {0xB178, "noh", NULL},    {0xB958, "ryu", NULL},    {0xBB38, "moon", "moon"}, {0xBC15, "park", NULL},
    {0xBC30, "bae", NULL},    {0xBC31, "paik", NULL},   {0xBC94, NULL, "bum"},    {0xBCD1, NULL, "byung"},
    {0xC11C, "suh", NULL},    {0xC11D, NULL, "suk"},    {0xC120, "sun", "sun"},   {0xC131, "sung", "sung"},
    {0xC218, NULL, "soo"},    {0xC219, NULL, "sook"},   {0xC21C, NULL, "soon"},   {0xC2EC, "shim", NULL},
    {0xC2E0, "shin", "shin"}, {0xC548, "ahn", NULL},    {0xC5B4, NULL, "uh"},     {0xC601, NULL, "young"},
    {0xC5F0, NULL, "yun"},    {0xC5EC, "yuh", NULL},    {0xC624, "oh", NULL},     {0xC6B0, "woo", "woo"},
    {0xC724, "yoon", "yoon"}, {0xC720, "yoo", "yoo"},   {0xC774, "lee", NULL},    {0xC784, "lim", NULL},
    {0xC815, "jung", "jung"}, {0xC870, "cho", NULL},    {0xC8FC, "joo", "joo"},   {0xC900, NULL, "joon"},
    {0xC911, NULL, "joong"},  {0xC9C0, "chi", NULL},    {0xCCA0, NULL, "chul"},   {0xCD5C, "choi", NULL},
    {0xD5C8, "heo", NULL},    {0xD604, "hyun", "hyun"}, {0xD6C8, NULL, "hoon"},   {0xD76C, NULL, "hee"},
};

enum { HANGUL_FIRST = 0xAC00, VOWELS = 21, FINALS = 28 };

static const struct syllable *other_syllable(uint32_t c)
{
    for (size_t i = 0; i < KITH_COUNT_OF(syllables); i++)
        if (syllables[i].letter == c)
            return &syllables[i];
    return NULL;
}

/* Revised romanisation of one syllable, without what its neighbours do to it: so are names written. */
static void put_syllable(struct latin *out, uint32_t c)
{
    static const char *const initials[] = {"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
                                           "ss", "",   "j", "jj", "ch", "k", "t", "p", "h"};
    static const char *const vowels[] = {"a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
                                         "oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i"};
    static const char *const finals[] = {"",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
                                         "p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t"};
    uint32_t index = c - HANGUL_FIRST;

    put(out, initials[index / (VOWELS * FINALS)]);
    put(out, vowels[index / FINALS % VOWELS]);
    put(out, finals[index % FINALS]);
}

static bool is_syllable(uint32_t c)
{
    return c >= HANGUL_FIRST && c <= 0xD7A3;
}

static void put_hangul(struct latin *out, const uint32_t *letter, size_t n, bool customary)
{
    for (size_t i = 0; i < n; i++) {
        const struct syllable *other = customary ? other_syllable(letter[i]) : NULL;

        if (other && other->given)
            put(out, other->given);
        else if (is_syllable(letter[i]))
            put_syllable(out, letter[i]);
    }
}

void kith_hangul_to_latin(const uint32_t *letter, size_t n, bool family, char *out, size_t out_size)
{
    const struct syllable *other = n == 1 && family ? other_syllable(letter[0]) : NULL;
    struct latin latin = {.len = 0};

    if (other && other->family)
        put(&latin, other->family);
    else
        put_hangul(&latin, letter, n, /* customary= */ false);
    (void)kith_text_copy(out, out_size, latin.text); /* cut when absurdly long */
}

/* The name from position i on, by the rule and by custom. */
static void add_hangul_tail(const struct kith_plain_word *word, size_t i, struct kith_words *words)
{
    for (int customary = 0; customary < 2; customary++) {
        struct latin latin = {.len = 0};

        put_hangul(&latin, word->letter + i, word->n - i, customary);
        add(latin.text, words);
    }
}

static void spell_hangul(const struct kith_plain_word *word, enum kith_spellings how, struct kith_words *words)
{
    const struct syllable *family = other_syllable(word->letter[0]);

    for (size_t i = 0; i < word->n && i <= TAILS_MAX; i++)
        add_hangul_tail(word, i, words);
    if (how != KITH_SPELLINGS_NAME || word->n > NAME_MAX || !family || !family->family)
        return;
    add(family->family, words);
    if (word->letter[0] == 0xC774) { /* the second of three spellings of the commonest name */
        add("yi", words);
        add("rhee", words);
    }
}

/* --- Han ------------------------------------------------------------------- */

/* Family names of two characters; all others have one. */
static bool is_double_family(const struct kith_plain_word *word)
{
    static const uint32_t doubles[][2] = {
        {0x6B27, 0x9633}, {0x6B50, 0x967D}, {0x53F8, 0x9A6C}, {0x53F8, 0x99AC}, {0x4E0A, 0x5B98}, {0x8BF8, 0x845B},
        {0x8AF8, 0x845B}, {0x7687, 0x752B}, {0x5C09, 0x8FDF}, {0x5C09, 0x9072}, {0x516C, 0x5B59}, {0x516C, 0x5B6B},
        {0x6155, 0x5BB9}, {0x4EE4, 0x72D0}, {0x590F, 0x4FAF}, {0x4E1C, 0x65B9}, {0x6771, 0x65B9}, {0x72EC, 0x5B64},
    };

    for (size_t i = 0; word->n > 2 && i < KITH_COUNT_OF(doubles); i++)
        if (word->letter[0] == doubles[i][0] && word->letter[1] == doubles[i][1])
            return true;
    return false;
}

static size_t family_letters(const struct kith_plain_word *word)
{
    return is_double_family(word) ? 2 : 1;
}

static bool is_whole_name(const struct kith_plain_word *word, enum kith_spellings how)
{
    return how == KITH_SPELLINGS_NAME && word->n >= 2 && word->n <= NAME_MAX;
}

static void add_given_first(const struct kith_plain_word *word, struct kith_words *words)
{
    size_t family = family_letters(word);
    struct kith_plain_word turned = {.n = word->n, .script = word->script};
    char text[4 * KITH_WORD_LETTERS + 1];

    memcpy(turned.letter, word->letter + family, (word->n - family) * sizeof(word->letter[0]));
    memcpy(turned.letter + word->n - family, word->letter, family * sizeof(word->letter[0]));
    write_letters(turned.letter, turned.n, text, sizeof(text));
    add(text, words);
}

struct pinyin {
    char syllable[KITH_WORD_LETTERS][8];
    size_t n;
};

static void join_pinyin(const struct pinyin *pinyin, size_t from, size_t to, struct latin *out)
{
    for (size_t i = from; i < to; i++)
        put(out, pinyin->syllable[i]);
}

/* The ü of 吕 is typed v on Chinese keyboards, yu in passports. */
static void add_with_other_u(const char *latin, const char *pinyin_u, struct kith_words *words)
{
    char text[LATIN_BYTES];
    size_t used = 0;

    if (!strchr(latin, 'v')) {
        add(latin, words);
        return;
    }
    for (size_t i = 0; latin[i] && used + 3 < sizeof(text); i++) {
        const char *letter = latin[i] == 'v' ? pinyin_u : (char[2]){latin[i], '\0'};

        used += (size_t)snprintf(text + used, sizeof(text) - used, "%s", letter);
    }
    add(text, words);
}

static void add_pinyin_run(const struct pinyin *pinyin, size_t from, size_t to, struct latin *before,
                           struct kith_words *words)
{
    struct latin latin = *before;

    join_pinyin(pinyin, from, to, &latin);
    add_with_other_u(latin.text, "v", words);
    add_with_other_u(latin.text, "u", words);
    add_with_other_u(latin.text, "yu", words);
}

static void fold_pinyin(const char *latin, struct pinyin *pinyin)
{
    const char *end = latin + strlen(latin);
    size_t used = 0;

    memset(pinyin, 0, sizeof(*pinyin));
    while (latin < end && pinyin->n < KITH_WORD_LETTERS) {
        uint32_t cp = kith_utf8_next(&latin, end);
        struct kith_folded_letter letter;
        bool umlaut = cp == 0xFC || (cp >= 0x1D6 && cp <= 0x1DC); /* ü with its four tones */

        if (cp == ' ') {
            pinyin->n += used > 0;
            used = 0;
            continue;
        }
        kith_letter_fold(cp < 0x80 ? 0 : cp, &letter);
        char c = cp < 0x80 ? (char)cp : letter.text[0];
        if (used < sizeof(pinyin->syllable[0]) - 1 && c >= 'a' && c <= 'z')
            pinyin->syllable[pinyin->n][used++] = umlaut ? 'v' : c;
    }
    pinyin->n += used > 0 && pinyin->n < KITH_WORD_LETTERS;
}

static void spell_han(struct kith_normaliser *n, const struct kith_plain_word *word, enum kith_spellings how,
                      struct kith_words *words)
{
    char text[4 * KITH_WORD_LETTERS + 1];
    char latin[8 * KITH_WORD_LETTERS];
    struct pinyin pinyin;
    struct latin nothing = {.len = 0};

    write_letters(word->letter, word->n, text, sizeof(text));
    if (!kith_transliterate(n, KITH_TRANSLIT_HAN, text, latin, sizeof(latin)))
        return;
    fold_pinyin(latin, &pinyin);
    for (size_t i = 0; i < pinyin.n && i <= TAILS_MAX; i++)
        add_pinyin_run(&pinyin, i, pinyin.n, &nothing, words);
    if (!is_whole_name(word, how) || pinyin.n != word->n)
        return;

    struct latin given = {.len = 0};
    size_t family = family_letters(word);

    (void)kith_words_add(words, pinyin.syllable[0], strlen(pinyin.syllable[0])); /* by itself a whole word */
    join_pinyin(&pinyin, family, pinyin.n, &given);
    add_pinyin_run(&pinyin, 0, family, &given, words);
}

static bool is_all_han(const struct kith_plain_word *word)
{
    for (size_t i = 0; i < word->n; i++)
        if (kith_script_of(word->letter[i]) != KITH_SCRIPT_HAN)
            return false;
    return true;
}

void kith_spell_east_asian(struct kith_normaliser *n, const struct kith_plain_word *word, enum kith_spellings how,
                           struct kith_words *words)
{
    if (word->n == 0)
        return;
    if (word->script == KITH_SCRIPT_KANA) {
        spell_kana(word, words);
        return;
    }
    add_tails(word, words);
    if (word->script == KITH_SCRIPT_HANGUL) {
        spell_hangul(word, how, words);
        return;
    }
    if (!is_all_han(word)) /* a Japanese word: pinyin would be nobody's reading */
        return;
    if (is_whole_name(word, how))
        add_given_first(word, words);
    spell_han(n, word, how, words);
}
