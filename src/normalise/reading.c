/* SPDX-License-Identifier: MIT */
/*
 * reading.c - the name in Latin letters, to be printed under it, where that is true to the ear.
 *
 * Before: names.c decided what is shown. After: store/ keeps it for the list.
 *
 * True are the source's own phonetic fields, and alphabets that write their vowels. Han, Arabic
 * and Hebrew are never guessed at: somebody's name would be printed wrong.
 */
#include "normalise/normaliser_parts.h"

#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include "base/text.h"

enum { READING_BYTES = 512 };

/* --- Tidying what ICU gives ------------------------------------------------ */

/* Signs of scholars: soft and hard signs as primes, η and ω underlined. */
static bool is_scholars_sign(UChar c)
{
    return c == 0x331 || c == 0x2B9 || c == 0x2BA;
}

static int32_t drop_signs(UChar *text, int32_t len)
{
    int32_t kept = 0;

    for (int32_t i = 0; i < len; i++)
        if (!is_scholars_sign(text[i]))
            text[kept++] = text[i];
    return kept;
}

/* Each word with a capital; ICU keeps capitals, but not every script has them. */
static void capitalise(UChar *text, int32_t len)
{
    bool at_start = true;

    for (int32_t i = 0; i < len; i++) {
        if (at_start)
            text[i] = (UChar)u_totitle(text[i]);
        at_start = text[i] == ' ' || text[i] == '-';
    }
}

static void tidy(const char *text, char *out, size_t out_size)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar given[READING_BYTES];
    UChar apart[2 * READING_BYTES];
    UChar whole[2 * READING_BYTES];
    int32_t len = 0;

    u_strFromUTF8WithSub(given, (int32_t)KITH_COUNT_OF(given), &len, text, -1, 0xFFFD, NULL, &status);
    len = unorm2_normalize(unorm2_getNFDInstance(&status), given, len, apart, (int32_t)KITH_COUNT_OF(apart), &status);
    if (U_FAILURE(status))
        return;
    len = drop_signs(apart, len);
    len = unorm2_normalize(unorm2_getNFCInstance(&status), apart, len, whole, (int32_t)KITH_COUNT_OF(whole), &status);
    if (U_FAILURE(status))
        return;
    capitalise(whole, len);
    u_strToUTF8(out, (int32_t)out_size, NULL, whole, len, &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
        out[0] = '\0';
}

/* --- Which rules ----------------------------------------------------------- */

struct letters_of_language {
    uint32_t letters[4]; /* that only this language has among its neighbours */
    enum kith_translit rules;
};

static const struct letters_of_language cyrillic_letters[] = {
    {{0x451, 0x44D, 0x44B}, KITH_TRANSLIT_RUSSIAN}, /* ё э ы: not Ukrainian, Serbian or Bulgarian */
    {{0x454, 0x457, 0x491}, KITH_TRANSLIT_UKRAINIAN},
    {{0x45E}, KITH_TRANSLIT_BELARUSIAN},
    {{0x453, 0x45C, 0x455}, KITH_TRANSLIT_MACEDONIAN},
    {{0x452, 0x45B, 0x459, 0x45A}, KITH_TRANSLIT_SERBIAN},
    {{0x458, 0x45F}, KITH_TRANSLIT_SERBIAN},
    {{0x49B, 0x493, 0x4A3, 0x4B1}, KITH_TRANSLIT_KAZAKH},
    {{0x456}, KITH_TRANSLIT_UKRAINIAN},
};

static bool holds_any(const char *text, const uint32_t letters[4])
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t lower = (uint32_t)u_tolower((UChar32)kith_utf8_next(&text, end));

        for (size_t i = 0; i < 4 && letters[i]; i++)
            if (letters[i] == lower)
                return true;
    }
    return false;
}

static enum kith_translit rules_of_language(const char *language)
{
    static const struct {
        const char *language;
        enum kith_translit rules;
    } languages[] = {{"uk", KITH_TRANSLIT_UKRAINIAN},  {"be", KITH_TRANSLIT_BELARUSIAN}, {"sr", KITH_TRANSLIT_SERBIAN},
                     {"mk", KITH_TRANSLIT_MACEDONIAN}, {"bg", KITH_TRANSLIT_BULGARIAN},  {"kk", KITH_TRANSLIT_KAZAKH}};

    for (size_t i = 0; i < KITH_COUNT_OF(languages); i++)
        if (strncmp(language, languages[i].language, 2) == 0)
            return languages[i].rules;
    return KITH_TRANSLIT_RUSSIAN;
}

/* The letters tell the language; where they do not, the person's own, else the commonest. */
static enum kith_translit cyrillic_rules(const struct kith_normaliser *n, const char *text)
{
    for (size_t i = 0; i < KITH_COUNT_OF(cyrillic_letters); i++)
        if (holds_any(text, cyrillic_letters[i].letters))
            return cyrillic_letters[i].rules;
    return rules_of_language(n->language);
}

/* Scripts from Devanagari to Sinhala write every vowel; Thai and its neighbours need more than letters. */
static bool is_indic(const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t cp = kith_utf8_next(&text, end);

        if (kith_script_of(cp) == KITH_SCRIPT_OTHER && (cp < 0x900 || cp > 0xDFF))
            return false;
    }
    return true;
}

/* --- Kana and Hangul ------------------------------------------------------- */

static bool is_space(uint32_t cp)
{
    return cp == ' ' || cp == 0x3000 || cp == 0x30FB;
}

/* The next word of *text as code points; moves on behind it. */
static size_t next_word(const char **text, const char *end, uint32_t *word, size_t max)
{
    size_t n = 0;

    while (*text < end) {
        uint32_t cp = kith_utf8_next(text, end);

        if (is_space(cp) && n > 0)
            break;
        if (!is_space(cp) && n < max)
            word[n++] = cp;
    }
    return n;
}

struct latin {
    char text[READING_BYTES];
    size_t len;
};

static void put_word(struct latin *latin, const char *word)
{
    (void)kith_text_format(latin->text + latin->len, sizeof(latin->text) - latin->len, "%s%s",
                           latin->len > 0 && word[0] ? " " : "", word); /* an absurdly long one is cut */
    latin->len += strlen(latin->text + latin->len);
}

static void read_kana(const char *text, char *out, size_t out_size)
{
    const char *end = text + strlen(text);
    struct latin latin = {.len = 0};
    uint32_t word[KITH_WORD_LETTERS];
    char spelled[READING_BYTES];

    while (text < end) {
        size_t n = next_word(&text, end, word, KITH_COUNT_OF(word));

        kith_kana_to_latin(word, n, /* long_marks= */ true, spelled, sizeof(spelled));
        put_word(&latin, spelled);
    }
    tidy(latin.text, out, out_size);
}

/* "김민준" is a family name of one syllable and a given name. */
static void read_hangul(const char *text, char *out, size_t out_size)
{
    const char *end = text + strlen(text);
    struct latin latin = {.len = 0};
    uint32_t word[KITH_WORD_LETTERS];
    char spelled[READING_BYTES];
    bool first = true;

    while (text < end) {
        size_t n = next_word(&text, end, word, KITH_COUNT_OF(word));
        size_t family = first && n >= 1 && n <= 4 ? 1 : 0;

        kith_hangul_to_latin(word, family, /* family= */ true, spelled, sizeof(spelled));
        put_word(&latin, spelled);
        kith_hangul_to_latin(word + family, n - family, /* family= */ false, spelled, sizeof(spelled));
        put_word(&latin, spelled);
        first = false;
    }
    tidy(latin.text, out, out_size);
}

/* --- Which text ------------------------------------------------------------ */

/* The one script that all letters of text are in beside Latin ones; NONE when there are several. */
static enum kith_script foreign_script(const char *text)
{
    const char *end = text + strlen(text);
    enum kith_script found = KITH_SCRIPT_LATIN;

    while (text < end) {
        enum kith_script script = kith_script_of(kith_utf8_next(&text, end));

        if (script <= KITH_SCRIPT_LATIN || script == found)
            continue;
        if (found != KITH_SCRIPT_LATIN)
            return KITH_SCRIPT_NONE;
        found = script;
    }
    return found;
}

static bool read_by_rules(struct kith_normaliser *n, enum kith_translit rules, const char *text, char *out,
                          size_t out_size)
{
    char latin[READING_BYTES];

    if (!kith_transliterate(n, rules, text, latin, sizeof(latin)))
        return false;
    tidy(latin, out, out_size);
    return true;
}

static void read_text(struct kith_normaliser *n, const char *text, char *out, size_t out_size)
{
    if (strlen(text) >= READING_BYTES / 2)
        return;
    switch (foreign_script(text)) {
    case KITH_SCRIPT_GREEK:
        (void)read_by_rules(n, KITH_TRANSLIT_GREEK, text, out, out_size); /* no rules: no reading */
        break;
    case KITH_SCRIPT_CYRILLIC:
        if (!read_by_rules(n, cyrillic_rules(n, text), text, out, out_size))
            (void)read_by_rules(n, KITH_TRANSLIT_ANY, text, out, out_size);
        break;
    case KITH_SCRIPT_GEORGIAN:
    case KITH_SCRIPT_ARMENIAN:
        (void)read_by_rules(n, KITH_TRANSLIT_ANY, text, out, out_size);
        break;
    case KITH_SCRIPT_OTHER:
        if (is_indic(text))
            (void)read_by_rules(n, KITH_TRANSLIT_ANY, text, out, out_size);
        break;
    case KITH_SCRIPT_KANA:
        read_kana(text, out, out_size);
        break;
    case KITH_SCRIPT_HANGUL:
        read_hangul(text, out, out_size);
        break;
    case KITH_SCRIPT_NONE:
    case KITH_SCRIPT_LATIN:
    case KITH_SCRIPT_HEBREW:
    case KITH_SCRIPT_ARABIC:
    case KITH_SCRIPT_HAN:
        break;
    }
}

/* The source's own reading, in the order in which the name is shown. */
static bool phonetic_name(const struct kith_contact *contact, char *out, size_t out_size)
{
    const char *given = contact->text[KITH_TEXT_PHONETIC_GIVEN];
    const char *family = contact->text[KITH_TEXT_PHONETIC_FAMILY];
    bool family_first = kith_script_is_cjk(kith_script_of_text(contact->shown));
    const char *first = family_first ? family : given;
    const char *second = family_first ? given : family;

    (void)kith_text_format(out, out_size, "%s%s%s", first, first[0] && second[0] ? " " : "", second);
    return out[0] != '\0';
}

void kith_normalise_reading(struct kith_normaliser *n, const struct kith_contact *contact, char *out, size_t out_size)
{
    char phonetic[READING_BYTES];

    if (out_size == 0)
        return;
    out[0] = '\0';
    if (contact->nameless || kith_script_of_text(contact->shown) == KITH_SCRIPT_NONE)
        return;
    if (!phonetic_name(contact, phonetic, sizeof(phonetic))) {
        read_text(n, contact->shown, out, out_size);
        return;
    }
    if (foreign_script(contact->shown) == KITH_SCRIPT_LATIN)
        return; /* it is in Latin letters already */
    if (foreign_script(phonetic) == KITH_SCRIPT_LATIN && kith_script_of_text(phonetic) == KITH_SCRIPT_LATIN)
        (void)kith_text_copy(out, out_size, phonetic); /* cut when it is absurdly long */
    else
        read_text(n, phonetic, out, out_size);
}
