/* SPDX-License-Identifier: MIT */
/*
 * letters.c - folds single characters, mostly by table.
 *
 * Before: a name as its source wrote it. After: fold.c makes words of the letters.
 *
 * Most names that are not plain ASCII are Latin with accents, and the large scripts
 * after them are regular. Doing these here costs nanoseconds a letter and saves a
 * short command from waking ICU's normaliser.
 */
#include "normalise/letters.h"

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include "base/cleanup.h"
#include "base/text.h"

/* U+00C0 to U+024F and U+1E00 to U+1EFF without marks, by Unicode's decompositions and, for letters that have none
 * (ø, ł, þ ...), as they are usually written where there is only ASCII. "" is no letter. */
static const char latin_extended[][3] = {
    "a",  "a",  "a",  "a",  "a",  "a",  "ae", "c",  "e",  "e", "e",  "e",  "i", "i",  "i",  "i",  "d",  "n",  "o",  "o",
    "o",  "o",  "o",  "",   "o",  "u",  "u",  "u",  "u",  "y", "th", "ss", "a", "a",  "a",  "a",  "a",  "a",  "ae", "c",
    "e",  "e",  "e",  "e",  "i",  "i",  "i",  "i",  "d",  "n", "o",  "o",  "o", "o",  "o",  "",   "o",  "u",  "u",  "u",
    "u",  "y",  "th", "y",  "a",  "a",  "a",  "a",  "a",  "a", "c",  "c",  "c", "c",  "c",  "c",  "c",  "c",  "d",  "d",
    "d",  "d",  "e",  "e",  "e",  "e",  "e",  "e",  "e",  "e", "e",  "e",  "g", "g",  "g",  "g",  "g",  "g",  "g",  "g",
    "h",  "h",  "h",  "h",  "i",  "i",  "i",  "i",  "i",  "i", "i",  "i",  "i", "i",  "ij", "ij", "j",  "j",  "k",  "k",
    "k",  "l",  "l",  "l",  "l",  "l",  "l",  "l",  "l",  "l", "l",  "n",  "n", "n",  "n",  "n",  "n",  "n",  "n",  "n",
    "o",  "o",  "o",  "o",  "o",  "o",  "oe", "oe", "r",  "r", "r",  "r",  "r", "r",  "s",  "s",  "s",  "s",  "s",  "s",
    "s",  "s",  "t",  "t",  "t",  "t",  "t",  "t",  "u",  "u", "u",  "u",  "u", "u",  "u",  "u",  "u",  "u",  "u",  "u",
    "w",  "w",  "y",  "y",  "y",  "z",  "z",  "z",  "z",  "z", "z",  "s",  "b", "b",  "b",  "b",  "b",  "b",  "o",  "c",
    "c",  "d",  "d",  "d",  "d",  "d",  "e",  "a",  "e",  "f", "f",  "g",  "g", "hv", "i",  "i",  "k",  "k",  "l",  "l",
    "m",  "n",  "n",  "o",  "o",  "o",  "oi", "oi", "p",  "p", "r",  "s",  "s", "s",  "s",  "t",  "t",  "t",  "t",  "u",
    "u",  "u",  "v",  "y",  "y",  "z",  "z",  "z",  "z",  "z", "z",  "2",  "5", "5",  "t",  "w",  "",   "",   "",   "",
    "dz", "dz", "dz", "lj", "lj", "lj", "nj", "nj", "nj", "a", "a",  "i",  "i", "o",  "o",  "u",  "u",  "u",  "u",  "u",
    "u",  "u",  "u",  "u",  "u",  "e",  "a",  "a",  "a",  "a", "ae", "ae", "g", "g",  "g",  "g",  "k",  "k",  "o",  "o",
    "o",  "o",  "z",  "z",  "j",  "dz", "dz", "dz", "g",  "g", "hv", "w",  "n", "n",  "a",  "a",  "ae", "ae", "o",  "o",
    "a",  "a",  "a",  "a",  "e",  "e",  "e",  "e",  "i",  "i", "i",  "i",  "o", "o",  "o",  "o",  "r",  "r",  "r",  "r",
    "u",  "u",  "u",  "u",  "s",  "s",  "t",  "t",  "y",  "y", "h",  "h",  "n", "d",  "ou", "ou", "z",  "z",  "a",  "a",
    "e",  "e",  "o",  "o",  "o",  "o",  "o",  "o",  "o",  "o", "y",  "y",  "l", "n",  "t",  "j",  "db", "qp", "a",  "c",
    "c",  "l",  "t",  "s",  "z",  "",   "",   "b",  "u",  "v", "e",  "e",  "j", "j",  "q",  "q",  "r",  "r",  "y",  "y",
};
static const char latin_additional[][3] = {
    "a", "a", "b", "b", "b",  "b", "b", "b", "c",  "c",  "d", "d", "d", "d", "d", "d", "d", "d", "d", "d", "e", "e",
    "e", "e", "e", "e", "e",  "e", "e", "e", "f",  "f",  "g", "g", "h", "h", "h", "h", "h", "h", "h", "h", "h", "h",
    "i", "i", "i", "i", "k",  "k", "k", "k", "k",  "k",  "l", "l", "l", "l", "l", "l", "l", "l", "m", "m", "m", "m",
    "m", "m", "n", "n", "n",  "n", "n", "n", "n",  "n",  "o", "o", "o", "o", "o", "o", "o", "o", "p", "p", "p", "p",
    "r", "r", "r", "r", "r",  "r", "r", "r", "s",  "s",  "s", "s", "s", "s", "s", "s", "s", "s", "t", "t", "t", "t",
    "t", "t", "t", "t", "u",  "u", "u", "u", "u",  "u",  "u", "u", "u", "u", "v", "v", "v", "v", "w", "w", "w", "w",
    "w", "w", "w", "w", "w",  "w", "x", "x", "x",  "x",  "y", "y", "z", "z", "z", "z", "z", "z", "h", "t", "w", "y",
    "a", "s", "s", "s", "ss", "d", "a", "a", "a",  "a",  "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a",
    "a", "a", "a", "a", "a",  "a", "a", "a", "e",  "e",  "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e", "e",
    "e", "e", "i", "i", "i",  "i", "o", "o", "o",  "o",  "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o", "o",
    "o", "o", "o", "o", "o",  "o", "o", "o", "u",  "u",  "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u",
    "y", "y", "y", "y", "y",  "y", "y", "y", "ll", "ll", "v", "v", "y", "y",
};

struct range {
    uint32_t first, last;
    enum kith_script script;
};

static const struct range ranges[] = {
    {0x0041, 0x024F, KITH_SCRIPT_LATIN},    {0x0370, 0x03FF, KITH_SCRIPT_GREEK},
    {0x0400, 0x052F, KITH_SCRIPT_CYRILLIC}, {0x0531, 0x058F, KITH_SCRIPT_ARMENIAN},
    {0x05D0, 0x05F2, KITH_SCRIPT_HEBREW},   {0x0620, 0x06FF, KITH_SCRIPT_ARABIC},
    {0x0750, 0x077F, KITH_SCRIPT_ARABIC},   {0x0900, 0x109F, KITH_SCRIPT_OTHER},
    {0x10A0, 0x10FF, KITH_SCRIPT_GEORGIAN}, {0x1100, 0x11FF, KITH_SCRIPT_HANGUL},
    {0x1C90, 0x1CBF, KITH_SCRIPT_GEORGIAN}, {0x1E00, 0x1EFF, KITH_SCRIPT_LATIN},
    {0x1F00, 0x1FFF, KITH_SCRIPT_GREEK},    {0x3005, 0x3007, KITH_SCRIPT_HAN},
    {0x3041, 0x30FF, KITH_SCRIPT_KANA},     {0x3130, 0x318F, KITH_SCRIPT_HANGUL},
    {0x31F0, 0x31FF, KITH_SCRIPT_KANA},     {0x3400, 0x4DBF, KITH_SCRIPT_HAN},
    {0x4E00, 0x9FFF, KITH_SCRIPT_HAN},      {0xAC00, 0xD7A3, KITH_SCRIPT_HANGUL},
    {0xF900, 0xFAFF, KITH_SCRIPT_HAN},      {0xFB1D, 0xFB4F, KITH_SCRIPT_HEBREW},
    {0xFB50, 0xFDFF, KITH_SCRIPT_ARABIC},   {0xFE70, 0xFEFC, KITH_SCRIPT_ARABIC},
    {0xFF21, 0xFF5A, KITH_SCRIPT_LATIN},    {0xFF66, 0xFF9F, KITH_SCRIPT_KANA},
    {0xFFA0, 0xFFDC, KITH_SCRIPT_HANGUL},   {0x20000, 0x3FFFF, KITH_SCRIPT_HAN},
};

static enum kith_script script_by_range(uint32_t cp)
{
    for (size_t i = 0; i < KITH_COUNT_OF(ranges) && cp >= ranges[i].first; i++)
        if (cp <= ranges[i].last)
            return ranges[i].script;
    return KITH_SCRIPT_OTHER;
}

bool kith_letter_is_letter(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return u_isalpha((UChar32)cp);
}

enum kith_script kith_script_of(uint32_t cp)
{
    return kith_letter_is_letter(cp) ? script_by_range(cp) : KITH_SCRIPT_NONE;
}

enum kith_script kith_script_of_text(const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        enum kith_script script = kith_script_of(kith_utf8_next(&text, end));

        if (script != KITH_SCRIPT_NONE)
            return script;
    }
    return KITH_SCRIPT_NONE;
}

uint32_t kith_letter_upper(uint32_t cp)
{
    return (uint32_t)u_totitle((UChar32)cp);
}

bool kith_letter_is_upper(uint32_t cp)
{
    if (cp < 0x80)
        return cp >= 'A' && cp <= 'Z';
    return u_isupper((UChar32)cp) || u_istitle((UChar32)cp);
}

/* --- Folding --------------------------------------------------------------- */

static void part(struct kith_folded_letter *letter, enum kith_script script, uint32_t plain, uint32_t folded)
{
    letter->letter_class = KITH_LETTER_PART;
    letter->script = script;
    letter->plain = plain;
    letter->text[kith_utf8_put(folded, letter->text)] = '\0';
}

/* The same letter written with two: what people without the key on their keyboard type. */
static const char *other_latin(uint32_t lower)
{
    switch (lower) {
    case 0xE4: /* ä */
        return "ae";
    case 0xE5: /* å */
        return "aa";
    case 0xF6:  /* ö */
    case 0xF8:  /* ø */
    case 0x1FF: /* ǿ */
        return "oe";
    case 0xFC: /* ü */
        return "ue";
    case 0xF0: /* ð */
        return "th";
    case 0x111: /* đ */
        return "dj";
    case 0x259: /* ə */
        return "e";
    default:
        return "";
    }
}

static void fold_latin(uint32_t cp, const char *table_text, struct kith_folded_letter *letter)
{
    letter->letter_class = table_text[0] ? KITH_LETTER_PART : KITH_LETTER_BREAK;
    letter->script = KITH_SCRIPT_LATIN;
    letter->plain = (uint32_t)u_tolower((UChar32)cp);
    (void)kith_text_copy(letter->text, sizeof(letter->text), table_text); /* two letters at most */
    (void)kith_text_copy(letter->other, sizeof(letter->other), other_latin(letter->plain));
}

static uint32_t greek_without_tonos(uint32_t lower)
{
    switch (lower) {
    case 0x3AC:
        return 0x3B1; /* alpha */
    case 0x3AD:
        return 0x3B5; /* epsilon */
    case 0x3AE:
        return 0x3B7; /* eta */
    case 0x390:
    case 0x3AF:
    case 0x3CA:
        return 0x3B9; /* iota */
    case 0x3CC:
        return 0x3BF; /* omicron */
    case 0x3B0:
    case 0x3CB:
    case 0x3CD:
        return 0x3C5; /* upsilon */
    case 0x3CE:
        return 0x3C9; /* omega */
    case 0x3C2:
        return 0x3C3; /* final sigma */
    default:
        return lower;
    }
}

static uint32_t hebrew_without_final_form(uint32_t cp)
{
    switch (cp) {
    case 0x5DA: /* kaf */
    case 0x5DD: /* mem */
    case 0x5DF: /* nun */
    case 0x5E3: /* pe */
    case 0x5E5: /* tsadi */
        return cp + 1;
    default:
        return cp;
    }
}

static void fold_hebrew(uint32_t cp, struct kith_folded_letter *letter)
{
    if (cp == 0x5BE)
        letter->letter_class = KITH_LETTER_HYPHEN;
    else if (cp == 0x5F3 || cp == 0x5F4)
        letter->letter_class = KITH_LETTER_APOSTROPHE;
    else if (cp < 0x5D0)
        letter->letter_class = cp == 0x5C0 || cp == 0x5C3 ? KITH_LETTER_BREAK : KITH_LETTER_DROP;
    else
        part(letter, KITH_SCRIPT_HEBREW, hebrew_without_final_form(cp), hebrew_without_final_form(cp));
}

/* One spelling for what writers, keyboards and countries treat alike; 0 for a sign that is dropped. */
static uint32_t arabic_unified(uint32_t cp)
{
    switch (cp) {
    case 0x622: /* alef with madda, hamza above, below, wasla */
    case 0x623:
    case 0x625:
    case 0x671:
        return 0x627;
    case 0x624: /* waw with hamza */
        return 0x648;
    case 0x626: /* yeh with hamza, alef maqsura, Persian yeh, barree */
    case 0x649:
    case 0x6CC:
    case 0x6D2:
        return 0x64A;
    case 0x629: /* teh marbuta, Urdu and Kurdish heh */
    case 0x6BE:
    case 0x6C1:
    case 0x6D5:
        return 0x647;
    case 0x6A9: /* Persian kaf */
        return 0x643;
    case 0x621: /* hamza alone, tatweel */
    case 0x640:
        return 0;
    default:
        return cp;
    }
}

static bool is_arabic_mark(uint32_t cp)
{
    return (cp >= 0x610 && cp <= 0x61A) || (cp >= 0x64B && cp <= 0x65F) || cp == 0x670 ||
           (cp >= 0x6D6 && cp <= 0x6ED && cp != 0x6E5 && cp != 0x6E6);
}

static void fold_arabic(uint32_t cp, struct kith_folded_letter *letter)
{
    uint32_t unified = arabic_unified(cp);

    if (is_arabic_mark(cp) || unified == 0)
        letter->letter_class = KITH_LETTER_DROP;
    else if (u_charType((UChar32)cp) == U_DECIMAL_DIGIT_NUMBER)
        part(letter, KITH_SCRIPT_NONE, cp, (uint32_t)('0' + u_charDigitValue((UChar32)cp)));
    else if (u_isalpha((UChar32)cp))
        part(letter, KITH_SCRIPT_ARABIC, cp, unified);
}

static void fold_kana(uint32_t cp, struct kith_folded_letter *letter)
{
    bool is_katakana = cp >= 0x30A1 && cp <= 0x30F6;

    if (cp == 0x30FB || cp == 0x30A0)
        letter->letter_class = KITH_LETTER_BREAK; /* the dot between foreign names */
    else
        part(letter, KITH_SCRIPT_KANA, is_katakana ? cp - 0x60 : cp, is_katakana ? cp - 0x60 : cp);
}

static void fold_punctuation(uint32_t cp, struct kith_folded_letter *letter)
{
    switch (cp) {
    case 0x2010: /* hyphens and dashes that stand for one */
    case 0x2011:
    case 0x2012:
    case 0x2212:
        letter->letter_class = KITH_LETTER_HYPHEN;
        break;
    case 0xB4: /* what is typed for an apostrophe */
    case 0x2B9:
    case 0x2BB:
    case 0x2BC:
    case 0x2BF:
    case 0x2018:
    case 0x2019:
    case 0x201B:
    case 0x2032:
        letter->letter_class = KITH_LETTER_APOSTROPHE;
        break;
    case 0xAD: /* soft hyphen, joiners, direction marks */
    case 0x200B:
    case 0x200C:
    case 0x200D:
    case 0x200E:
    case 0x200F:
    case 0x2060:
    case 0xFEFF:
        letter->letter_class = KITH_LETTER_DROP;
        break;
    default:
        break;
    }
}

/* Scripts without a table of ours. Marks that carry no vowel go, vowel signs stay: they are the name. */
static void fold_by_properties(uint32_t cp, struct kith_folded_letter *letter)
{
    UChar32 c = (UChar32)cp;
    int8_t type = u_charType(c);

    if (type == U_DECIMAL_DIGIT_NUMBER) {
        part(letter, KITH_SCRIPT_NONE, cp, (uint32_t)('0' + u_charDigitValue(c)));
    } else if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_COMBINING_SPACING_MARK) {
        if (u_getCombiningClass(c) != 0 || type == U_ENCLOSING_MARK)
            letter->letter_class = KITH_LETTER_DROP;
        else
            part(letter, KITH_SCRIPT_OTHER, cp, cp);
        letter->plain = cp; /* transliteration wants a virama */
    } else if (u_isalpha(c) || type == U_OTHER_NUMBER || type == U_LETTER_NUMBER) {
        part(letter, script_by_range(cp), (uint32_t)u_foldCase(c, U_FOLD_CASE_DEFAULT),
             (uint32_t)u_foldCase(c, U_FOLD_CASE_DEFAULT));
    } else if (type == U_FORMAT_CHAR) {
        letter->letter_class = KITH_LETTER_DROP;
    }
}

static void fold_cyrillic(uint32_t cp, struct kith_folded_letter *letter)
{
    uint32_t lower = (uint32_t)u_tolower((UChar32)cp);

    if (!u_isalpha((UChar32)cp))
        return;
    part(letter, KITH_SCRIPT_CYRILLIC, lower, lower == 0x451 || lower == 0x450 ? 0x435 : lower); /* ё as е */
}

static void fold_greek(uint32_t cp, struct kith_folded_letter *letter)
{
    uint32_t lower = (uint32_t)u_tolower((UChar32)cp);

    if (!u_isalpha((UChar32)cp))
        return;
    part(letter, KITH_SCRIPT_GREEK, lower, greek_without_tonos(lower));
}

void kith_letter_fold(uint32_t cp, struct kith_folded_letter *letter)
{
    *letter = (struct kith_folded_letter){.letter_class = KITH_LETTER_BREAK, .plain = cp};

    if (cp >= 0xC0 && cp < 0x250)
        fold_latin(cp, latin_extended[cp - 0xC0], letter);
    else if (cp >= 0x1E00 && cp < 0x1F00)
        fold_latin(cp, latin_additional[cp - 0x1E00], letter);
    else if (cp == 0x259)
        fold_latin(cp, "a", letter);
    else if (cp >= 0x300 && cp < 0x370)
        letter->letter_class = KITH_LETTER_DROP;
    else if (cp >= 0x370 && cp < 0x400)
        fold_greek(cp, letter);
    else if (cp >= 0x400 && cp < 0x530 && !(cp >= 0x483 && cp <= 0x489))
        fold_cyrillic(cp, letter);
    else if (cp >= 0x591 && cp < 0x5F5)
        fold_hebrew(cp, letter);
    else if (cp >= 0x600 && cp < 0x700)
        fold_arabic(cp, letter);
    else if (cp >= 0x3041 && cp < 0x3100 && !(cp >= 0x3097 && cp <= 0x309C))
        fold_kana(cp, letter);
    else if ((cp >= 0x4E00 && cp <= 0x9FFF) || (cp >= 0x3400 && cp <= 0x4DBF) || cp == 0x3005)
        part(letter, KITH_SCRIPT_HAN, cp, cp);
    else if (cp >= 0xAC00 && cp <= 0xD7A3)
        part(letter, KITH_SCRIPT_HANGUL, cp, cp);
    else {
        fold_punctuation(cp, letter);
        if (letter->letter_class == KITH_LETTER_BREAK)
            fold_by_properties(cp, letter);
    }
}

static bool is_plain(uint32_t cp)
{
    if (cp < 0x250)
        return cp < 0xA8 || cp == 0xAB || cp == 0xAD || cp == 0xB7 || cp == 0xBB || cp >= 0xC0;
    return (cp >= 0x386 && cp <= 0x3CE) || (cp >= 0x400 && cp <= 0x481) || (cp >= 0x48A && cp <= 0x52F) ||
           (cp >= 0x5BE && cp <= 0x5F4) || (cp >= 0x5D0 && cp <= 0x5EA) || (cp >= 0x600 && cp <= 0x653) ||
           (cp >= 0x660 && cp <= 0x6FF) || (cp >= 0x1E00 && cp <= 0x1EFF) || (cp >= 0x2010 && cp <= 0x2022) ||
           (cp >= 0x3041 && cp <= 0x3096) || (cp >= 0x309D && cp <= 0x30FE) || (cp >= 0x3000 && cp <= 0x3005) ||
           (cp >= 0x3400 && cp <= 0x9FFF) || (cp >= 0xAC00 && cp <= 0xD7A3) || cp == 0x259 || cp == 0x2BC;
}

bool kith_letters_need_icu(const char *text, size_t len)
{
    const char *end = text + len;

    while (text < end)
        if (!is_plain(kith_utf8_next(&text, end)))
            return true;
    return false;
}
