/* SPDX-License-Identifier: MIT */
/*
 * normaliser.c - one language and region, and the ICU objects that names have needed so far.
 *
 * Before: parse/ gave a contact exactly as its source said it. After: store/ keeps it
 * with its keys. The other files of this folder do the work.
 *
 * Everything costly is opened when the first name needs it: a command that looks up one
 * plain number or one ASCII name pays for none of it.
 */
#include "normalise/normaliser_parts.h"

#include <unicode/uloc.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#include "base/alloc.h"
#include "base/log.h"
#include "base/text.h"
#include "model/pinyin.h"

/*
 * The number of our own rules. Raise it with every change that gives any contact other keys:
 * stores make theirs anew then. tests/unit/test_normalise_golden.c fails until it is raised.
 */
#define RULES_VERSION "2"

static enum kith_script script_of_language(const char *language, bool *ret_pinyin_order)
{
    UErrorCode status = U_ZERO_ERROR;
    UScriptCode codes[8] = {USCRIPT_LATIN};
    int32_t n = uscript_getCode(language, codes, (int32_t)KITH_COUNT_OF(codes), &status);

    *ret_pinyin_order = false;
    if (U_FAILURE(status) || n < 1)
        return KITH_SCRIPT_LATIN;
    switch (codes[0]) {
    case USCRIPT_GREEK:
        return KITH_SCRIPT_GREEK;
    case USCRIPT_CYRILLIC:
        return KITH_SCRIPT_CYRILLIC;
    case USCRIPT_GEORGIAN:
        return KITH_SCRIPT_GEORGIAN;
    case USCRIPT_ARMENIAN:
        return KITH_SCRIPT_ARMENIAN;
    case USCRIPT_HEBREW:
        return KITH_SCRIPT_HEBREW;
    case USCRIPT_ARABIC:
        return KITH_SCRIPT_ARABIC;
    case USCRIPT_HANGUL:
    case USCRIPT_KOREAN:
        return KITH_SCRIPT_HANGUL;
    case USCRIPT_KATAKANA:
    case USCRIPT_HIRAGANA:
    case USCRIPT_JAPANESE:
        return KITH_SCRIPT_KANA;
    case USCRIPT_HAN:
    case USCRIPT_SIMPLIFIED_HAN:
    case USCRIPT_TRADITIONAL_HAN:
    case USCRIPT_HAN_WITH_BOPOMOFO:
        *ret_pinyin_order = true;
        return KITH_SCRIPT_LATIN;
    case USCRIPT_LATIN:
        return KITH_SCRIPT_LATIN;
    default:
        return KITH_SCRIPT_OTHER;
    }
}

/* "sv_SE.UTF-8" and "sv_SE" are one; "C" and "POSIX" are nobody's language. */
static void set_language(struct kith_normaliser *n, const char *language)
{
    (void)kith_text_copy_n(n->language, sizeof(n->language), language, strcspn(language, ".@"));
    if (strcmp(n->language, "C") == 0 || strcmp(n->language, "POSIX") == 0)
        n->language[0] = '\0';
    n->own_script = n->language[0] ? script_of_language(n->language, &n->pinyin_order) : KITH_SCRIPT_LATIN;
}

static void set_region(struct kith_normaliser *n, const char *region)
{
    (void)kith_text_copy(n->region_given, sizeof(n->region_given), region); /* what is longer is no region */
    if (strlen(region) != 2)
        return;
    for (size_t i = 0; i < 2; i++)
        n->region[i] = region[i] >= 'a' && region[i] <= 'z' ? (char)(region[i] - 'a' + 'A') : region[i];
}

static void set_sort_version(struct kith_normaliser *n)
{
    (void)kith_text_format(n->sort_version, sizeof(n->sort_version), "%s;%s;icu" U_ICU_VERSION ";%d", RULES_VERSION,
                           n->language, UCOL_RUNTIME_VERSION);
}

struct kith_normaliser *kith_normaliser_new(const char *language, const char *region)
{
    struct kith_normaliser *n = kith_xnew(struct kith_normaliser);

    set_language(n, language ? language : "");
    set_region(n, region ? region : "");
    set_sort_version(n);
    return n;
}

void kith_normaliser_free(struct kith_normaliser *n)
{
    if (!n)
        return;
    for (int i = 0; i < KITH_TRANSLIT_COUNT; i++)
        if (n->translit[i])
            utrans_close(n->translit[i]);
    kith_collation_done(&n->collation);
    free(n->memo);
    free(n);
}

const char *kith_normaliser_sort_version(const struct kith_normaliser *n)
{
    return n->sort_version;
}

const char *kith_normaliser_region(const struct kith_normaliser *n)
{
    return n->region_given;
}

/* Numbers are not among what it stands for: they are read once, when a contact comes, and kept with it. */
const char *kith_normaliser_version(void)
{
    return "rules" RULES_VERSION ";icu" U_ICU_VERSION;
}

/* --- Transliteration ------------------------------------------------------- */

static const char *const translit_ids[KITH_TRANSLIT_COUNT] = {
    [KITH_TRANSLIT_ANY] = "Any-Latin",
    [KITH_TRANSLIT_HAN] = "Han-Latin/Names",
    [KITH_TRANSLIT_RUSSIAN] = "Russian-Latin/BGN",
    [KITH_TRANSLIT_UKRAINIAN] = "Ukrainian-Latin/BGN",
    [KITH_TRANSLIT_BELARUSIAN] = "Belarusian-Latin/BGN",
    [KITH_TRANSLIT_SERBIAN] = "Serbian-Latin/BGN",
    [KITH_TRANSLIT_MACEDONIAN] = "Macedonian-Latin/BGN",
    [KITH_TRANSLIT_BULGARIAN] = "Bulgarian-Latin/BGN",
    [KITH_TRANSLIT_KAZAKH] = "Kazakh-Latin/BGN",
    [KITH_TRANSLIT_GREEK] = "Greek-Latin/UNGEGN",
};

static UTransliterator *translit(struct kith_normaliser *n, enum kith_translit which)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar id[32];

    if (n->translit_tried[which])
        return n->translit[which];
    n->translit_tried[which] = true;
    u_uastrcpy(id, translit_ids[which]);
    n->translit[which] = utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status))
        kith_log_debug(KITH_LOG_NORMALISE, "no rules \"%s\": %s", translit_ids[which], u_errorName(status));
    return n->translit[which];
}

/*
 * Cities, companies, family and given names come again and again, and ICU takes up to 20 microseconds for a word.
 * Whatever falls into a taken place takes it over.
 */
enum { MEMO_PLACES = 1024 };
struct kith_translit_memo {
    struct remembered {
        enum kith_translit which;
        char text[48];
        char latin[80]; /* "": nothing is remembered here */
    } at[MEMO_PLACES];
};

/* NULL: text is too long to be one that comes again. */
static struct remembered *place_of(struct kith_normaliser *n, enum kith_translit which, const char *text)
{
    size_t len = strlen(text);

    if (len >= sizeof(n->memo->at->text))
        return NULL;
    if (!n->memo)
        n->memo = kith_xnew(struct kith_translit_memo);
    return &n->memo->at[(kith_fnv1a64(text, len) + (uint64_t)which) % MEMO_PLACES];
}

static bool is_remembered(const struct remembered *place, enum kith_translit which, const char *text)
{
    return place && place->latin[0] && place->which == which && strcmp(place->text, text) == 0;
}

static void remember(struct remembered *place, enum kith_translit which, const char *text, const char *latin)
{
    if (!place)
        return;
    place->which = which;
    if (!kith_text_copy(place->text, sizeof(place->text), text) ||
        !kith_text_copy(place->latin, sizeof(place->latin), latin))
        place->latin[0] = '\0';
}

static bool transliterate(struct kith_normaliser *n, enum kith_translit which, const char *text, char *out,
                          size_t out_size)
{
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *t = n->only_open_rules ? n->translit[which] : translit(n, which);
    UChar utf16[KITH_WORDS_FIELD_BYTES];
    int32_t len = 0;

    if (!t)
        return false;
    u_strFromUTF8WithSub(utf16, (int32_t)KITH_COUNT_OF(utf16), &len, text, -1, 0xFFFD, NULL, &status);
    if (U_FAILURE(status))
        return false;
    int32_t limit = len;
    utrans_transUChars(t, utf16, &len, (int32_t)KITH_COUNT_OF(utf16), 0, &limit, &status);
    u_strToUTF8(out, (int32_t)out_size, NULL, utf16, limit, &status);
    return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING;
}

bool kith_transliterate(struct kith_normaliser *n, enum kith_translit which, const char *text, char *out,
                        size_t out_size)
{
    if (which == KITH_TRANSLIT_HAN && kith_pinyin(text, out, out_size))
        return true;
    struct remembered *place = place_of(n, which, text);

    if (is_remembered(place, which, text))
        return kith_text_copy(out, out_size, place->latin);
    if (!transliterate(n, which, text, out, out_size))
        return false;
    remember(place, which, text, out);
    return true;
}
