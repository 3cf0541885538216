/* SPDX-License-Identifier: MIT */
/*
 * collate.c - where a contact stands in the list, and under which letter.
 *
 * Before: names.c decided what is shown. After: store/ lists by the key's bytes.
 *
 * A key is one byte for the script and then ICU's collation key for the person's language.
 * The person's own script has its letters; each other script stands after it as one
 * group under one sign. What begins with no letter is at the end, under "#".
 */
#include "normalise/normaliser_parts.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>

#include "base/log.h"
#include "base/text.h"

enum {
    SORT_BYTES = 64, /* a longer key is cut; equal ones stand by id */
    SORT_UNITS = 384,
    GROUP_OWN = 0x10,
    GROUP_OTHERS = 0x20, /* + enum kith_script */
    GROUP_NONE = 0xF0
};

/* --- Opening --------------------------------------------------------------- */

static UCollator *open_collator(const char *language, bool primary)
{
    UErrorCode status = U_ZERO_ERROR;
    UCollator *collator = ucol_open(language, &status);

    if (U_FAILURE(status)) {
        kith_log_debug(KITH_LOG_NORMALISE, "no collation: %s", u_errorName(status));
        return NULL;
    }
    if (primary)
        ucol_setStrength(collator, UCOL_PRIMARY);
    return collator;
}

static void open_collation(struct kith_normaliser *n)
{
    if (n->collation.opened)
        return;
    n->collation.opened = true;
    n->collation.full = open_collator(n->language, /* primary= */ false);
    n->collation.primary = open_collator(n->language, /* primary= */ true);
}

void kith_collation_done(struct kith_collation *collation)
{
    if (collation->full)
        ucol_close(collation->full);
    if (collation->primary)
        ucol_close(collation->primary);
}

/* --- What sorts ------------------------------------------------------------ */

/* The parts of a name in the order in which they sort; "" where there is none. */
struct sort_name {
    const char *part[3];
    char latin[512]; /* pinyin, where Han names stand among Latin ones */
};

static const char *skip_to_letter_or_digit(const char *text)
{
    const char *end = text + strlen(text);

    for (const char *at = text; at < end;) {
        const char *here = at;
        UChar32 cp = (UChar32)kith_utf8_next(&at, end);

        if (u_isalnum(cp))
            return here;
    }
    return text;
}

static bool uses_phonetic(const struct kith_normaliser *n, const struct kith_contact *contact)
{
    const char *family = contact->text[KITH_TEXT_PHONETIC_FAMILY];
    const char *given = contact->text[KITH_TEXT_PHONETIC_GIVEN];

    return n->own_script == KITH_SCRIPT_KANA && kith_script_of_text(family[0] ? family : given) == KITH_SCRIPT_KANA;
}

static const char *either(const char *a, const char *b)
{
    return a[0] ? a : b;
}

static void find_sort_name(struct kith_normaliser *n, const struct kith_contact *contact, struct sort_name *name)
{
    const char *const *text = contact->text;
    const char *family = text[KITH_TEXT_FAMILY];
    const char *given = text[KITH_TEXT_GIVEN];

    if (uses_phonetic(n, contact)) {
        family = either(text[KITH_TEXT_PHONETIC_FAMILY], family);
        given = either(text[KITH_TEXT_PHONETIC_GIVEN], given);
    }
    name->part[0] = family[0] ? kith_names_sorting_part(family) : either(given, contact->shown);
    name->part[1] = family[0] ? given : "";
    name->part[2] = family[0] || given[0] ? text[KITH_TEXT_MIDDLE] : "";
    name->part[0] = skip_to_letter_or_digit(name->part[0]);

    if (!n->pinyin_order || kith_script_of_text(name->part[0]) != KITH_SCRIPT_HAN)
        return;
    char whole[256];
    (void)kith_text_format(whole, sizeof(whole), "%s %s", name->part[0], name->part[1]); /* cut: still sorts */
    if (!kith_transliterate(n, KITH_TRANSLIT_HAN, whole, name->latin, sizeof(name->latin)))
        return;
    name->part[2] = name->part[0]; /* same reading: by the characters */
    name->part[0] = name->latin;
    name->part[1] = "";
}

/* --- Key ------------------------------------------------------------------- */

static void append_units(UChar *units, int32_t *len, const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t written = 0;
    int32_t room = SORT_UNITS - *len;

    /* A part that does not fit is cut: some 128 letters of it have decided by then. */
    u_strFromUTF8WithSub(units + *len, room, &written, text, (int32_t)strnlen(text, SORT_UNITS / 3 - 2), 0xFFFD, NULL,
                         &status);
    *len += U_SUCCESS(status) ? written : 0;
}

static void append_key(struct kith_normaliser *n, const struct sort_name *name, struct kith_buf *sort)
{
    UChar units[SORT_UNITS];
    uint8_t key[SORT_BYTES];
    int32_t len = 0;

    for (size_t i = 0; i < KITH_COUNT_OF(name->part); i++) {
        if (!name->part[i][0])
            continue;
        if (len > 0)
            units[len++] = 0xFFFE; /* ICU: sorts before every letter, so "Li, Wei" stands before "Lianos" */
        append_units(units, &len, name->part[i]);
    }
    if (!n->collation.full) {
        (void)kith_buf_add(sort, name->part[0], strnlen(name->part[0], SORT_BYTES - 1));
        return;
    }
    int32_t key_len = ucol_getSortKey(n->collation.full, units, len, key, (int32_t)sizeof(key));
    if (key_len <= 0)
        return;
    size_t kept = (size_t)key_len <= sizeof(key) ? (size_t)key_len - 1 : sizeof(key); /* without ICU's NUL */
    (void)kith_buf_add(sort, key, kept);
}

/* --- Heading --------------------------------------------------------------- */

static int32_t primary_key(const struct kith_collation *collation, const UChar *text, int32_t len, uint8_t *key,
                           int32_t size)
{
    int32_t key_len = ucol_getSortKey(collation->primary, text, len, key, size);

    return key_len > 0 && key_len <= size ? key_len - 1 : 0;
}

static bool same_letter(const struct kith_collation *collation, const UChar *a, int32_t a_len, const UChar *b,
                        int32_t b_len)
{
    return ucol_strcoll(collation->primary, a, a_len, b, b_len) == UCOL_EQUAL;
}

/* "Ch" in Czech, "Sz" in Hungarian: their key does not begin like that of their first letter. */
static signed char ask_digraph(const struct kith_collation *collation, char a, char b)
{
    UChar pair[2] = {(UChar)a, (UChar)b};
    UChar ring = 0xE5;
    uint8_t one[16], two[32];

    if (a == 'a' && b == 'a' && same_letter(collation, pair, 2, &ring, 1))
        return 2;
    int32_t one_len = primary_key(collation, pair, 1, one, (int32_t)sizeof(one));
    int32_t two_len = primary_key(collation, pair, 2, two, (int32_t)sizeof(two));
    bool begins_alike = one_len > 0 && two_len >= one_len && memcmp(one, two, (size_t)one_len) == 0;

    return begins_alike || one_len == 0 ? -1 : 1;
}

static char to_lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool is_ascii_lower(char c)
{
    return c >= 'a' && c <= 'z';
}

static bool digraph_heading(struct kith_collation *collation, const char *text, char *letter, size_t size)
{
    char a = to_lower_ascii(text[0]);
    char b = a ? to_lower_ascii(text[1]) : '\0';

    if (!collation->primary || !is_ascii_lower(a) || !is_ascii_lower(b))
        return false;
    signed char *known = &collation->digraph[a - 'a'][b - 'a'];
    if (*known == 0)
        *known = ask_digraph(collation, a, b);
    if (*known < 0)
        return false;
    if (*known == 2)
        return kith_text_copy(letter, size, "\xC3\x85"); /* Å */
    return kith_text_format(letter, size, "%c%c", a - 'a' + 'A', b);
}

/* The letter without its marks; itself when it has none. */
static UChar32 base_letter(UChar32 cp)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar apart[8];
    int32_t len =
        unorm2_getDecomposition(unorm2_getNFDInstance(&status), cp, apart, (int32_t)KITH_COUNT_OF(apart), &status);
    UChar32 base = cp;

    if (U_FAILURE(status) || len <= 0)
        return cp;
    U16_GET(apart, 0, 0, len, base);
    return base;
}

static bool sorts_by_itself(struct kith_collation *collation, UChar32 cp, UChar32 base)
{
    UChar letter[2], plain[2];
    int32_t letter_len = 0, plain_len = 0;
    bool cached = cp < (UChar32)KITH_COUNT_OF(collation->own_letter);

    if (!collation->primary)
        return false;
    if (cached && collation->own_letter[cp])
        return collation->own_letter[cp] > 0;
    U16_APPEND_UNSAFE(letter, letter_len, cp);
    U16_APPEND_UNSAFE(plain, plain_len, base);
    bool own = !same_letter(collation, letter, letter_len, plain, plain_len);
    if (cached)
        collation->own_letter[cp] = own ? 1 : -1;
    return own;
}

static void letter_heading(struct kith_collation *collation, const char *text, char *letter, size_t size)
{
    const char *end = text + strlen(text);

    if (digraph_heading(collation, text, letter, size))
        return;
    UChar32 cp = u_tolower((UChar32)kith_utf8_next(&text, end));
    if (u_hasBinaryProperty(cp, UCHAR_LOGICAL_ORDER_EXCEPTION) && text < end)
        cp = (UChar32)kith_utf8_next(&text, end); /* Thai writes some vowels before the consonant that sorts */
    UChar32 base = base_letter(cp);
    struct kith_folded_letter folded;

    if (base != cp && !sorts_by_itself(collation, cp, base))
        cp = base;
    if (cp >= 0x80 && base == cp) { /* ø, æ, ł: no marks to Unicode, yet not a letter in every language */
        kith_letter_fold((uint32_t)cp, &folded);
        if (folded.script == KITH_SCRIPT_LATIN && folded.text[0] &&
            !sorts_by_itself(collation, cp, (unsigned char)folded.text[0]))
            cp = (unsigned char)folded.text[0];
    }
    letter[kith_utf8_put(kith_letter_upper((uint32_t)cp), letter)] = '\0';
}

/* Japanese: the ten rows of the syllabary. */
static void kana_heading(const char *text, char *letter, size_t size)
{
    static const struct {
        uint32_t first;
        const char *row;
    } rows[] = {{0x3041, "あ"}, {0x304B, "か"}, {0x3055, "さ"}, {0x305F, "た"}, {0x306A, "な"}, {0x306F, "は"},
                {0x307E, "ま"}, {0x3083, "や"}, {0x3089, "ら"}, {0x308E, "わ"}, {0x3094, "あ"}, {0x3095, "か"}};
    struct kith_folded_letter folded;

    kith_letter_fold(kith_utf8_next(&text, text + strlen(text)), &folded);
    (void)kith_text_copy(letter, size, "あ");
    for (size_t i = 0; i < KITH_COUNT_OF(rows) && folded.plain >= rows[i].first; i++)
        (void)kith_text_copy(letter, size, rows[i].row);
}

/* Korean: the fourteen consonants, doubled ones with their plain ones. */
static void hangul_heading(const char *text, char *letter, size_t size)
{
    static const char *const rows[] = {"가", "가", "나", "다", "다", "라", "마", "바", "바", "사",
                                       "사", "아", "자", "자", "차", "카", "타", "파", "하"};
    uint32_t cp = kith_utf8_next(&text, text + strlen(text));

    if (cp >= 0xAC00 && cp <= 0xD7A3)
        (void)kith_text_copy(letter, size, rows[(cp - 0xAC00) / 588]);
    else
        (void)kith_text_copy(letter, size, "가");
}

/* One sign for each script that is not the person's own. */
static const char *sign_of(enum kith_script script)
{
    static const char *const signs[] = {
        [KITH_SCRIPT_NONE] = "#",     [KITH_SCRIPT_LATIN] = "A",    [KITH_SCRIPT_GREEK] = "Ω",
        [KITH_SCRIPT_CYRILLIC] = "Я", [KITH_SCRIPT_GEORGIAN] = "ა", [KITH_SCRIPT_ARMENIAN] = "Ա",
        [KITH_SCRIPT_HEBREW] = "א",   [KITH_SCRIPT_ARABIC] = "ع",   [KITH_SCRIPT_OTHER] = "…",
        [KITH_SCRIPT_HANGUL] = "가",  [KITH_SCRIPT_KANA] = "あ",    [KITH_SCRIPT_HAN] = "漢",
    };

    return signs[script];
}

/* The letter that Unicode names as a script's example, for scripts that have no sign above. */
static void sample_heading(const char *text, char *letter, size_t size)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar32 cp = (UChar32)kith_utf8_next(&text, text + strlen(text));
    UChar sample[8];
    UChar32 example = 0;
    int32_t len =
        uscript_getSampleString(uscript_getScript(cp, &status), sample, (int32_t)KITH_COUNT_OF(sample), &status);

    (void)kith_text_copy(letter, size, sign_of(KITH_SCRIPT_OTHER));
    if (U_FAILURE(status) || len <= 0)
        return;
    U16_GET(sample, 0, 0, len, example);
    letter[kith_utf8_put((uint32_t)example, letter)] = '\0';
}

static void own_heading(struct kith_normaliser *n, enum kith_script script, const char *text, char *letter, size_t size)
{
    if (script == KITH_SCRIPT_KANA)
        kana_heading(text, letter, size);
    else if (script == KITH_SCRIPT_HANGUL)
        hangul_heading(text, letter, size);
    else
        letter_heading(&n->collation, text, letter, size);
}

void kith_collate(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_keys *keys)
{
    struct sort_name name;
    enum kith_script script;

    (void)kith_text_copy(keys->letter, sizeof(keys->letter), sign_of(KITH_SCRIPT_NONE));
    if (!contact->shown[0]) /* only its words are asked for */
        return;
    open_collation(n);
    find_sort_name(n, contact, &name);
    const char *first = name.part[0];
    script = kith_script_of(kith_utf8_next(&first, first + strlen(first)));
    if (contact->nameless && contact->n_emails == 0)
        script = KITH_SCRIPT_NONE; /* words that say there is no name are no letter to look under */

    if (script == KITH_SCRIPT_NONE)
        (void)kith_buf_add_char(&keys->sort, (char)GROUP_NONE);
    else if (script == n->own_script)
        (void)kith_buf_add_char(&keys->sort, GROUP_OWN);
    else
        (void)kith_buf_add_char(&keys->sort, (char)(GROUP_OTHERS + script));
    append_key(n, &name, &keys->sort);

    if (script != KITH_SCRIPT_NONE && script == n->own_script)
        own_heading(n, script, name.part[0], keys->letter, sizeof(keys->letter));
    else if (script == KITH_SCRIPT_OTHER)
        sample_heading(name.part[0], keys->letter, sizeof(keys->letter));
    else
        (void)kith_text_copy(keys->letter, sizeof(keys->letter), sign_of(script));
}
