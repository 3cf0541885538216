/* SPDX-License-Identifier: MIT */
/*
 * region.c - the two letters of a country, and what somebody meant who wrote something else.
 *
 * Before: a person or a locale names a region. After: number.c reads national numbers by it.
 *
 * A region that does not exist would be no region at all, and every number without a country would silently
 * stay unknown: so it is refused where it is set. Which codes there are and what they were called before is known
 * to ICU.
 */
#include "normalise/region.h"

#include <string.h>

#include <unicode/uenum.h>
#include <unicode/uloc.h>
#include <unicode/uregion.h>
#include <unicode/ustring.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "normalise/number_plain.h"

enum { NAME_BYTES = 128 };

bool kith_region_is_known(const char *code)
{
    if (kith_number_region(code))
        return true;
    for (const char *const *known = uloc_getISOCountries(); *known; known++) /* a few have no numbers of their own */
        if (strcmp(*known, code) == 0)
            return true;
    return false;
}

/* "de", "DEU", "276", and "UK", which ICU knows as another word for GB. */
static bool by_code(const char *text, char out[3])
{
    UErrorCode status = U_ZERO_ERROR;
    char code[4] = "";

    for (size_t i = 0; i < sizeof(code) && text[i]; i++)
        code[i] = text[i] >= 'a' && text[i] <= 'z' ? (char)(text[i] - 'a' + 'A') : text[i];
    if (code[sizeof(code) - 1])
        return false;
    const URegion *region = uregion_getRegionFromCode(code, &status);
    const char *canonical = U_SUCCESS(status) ? uregion_getRegionCode(region) : "";

    return kith_region_is_known(canonical) && kith_text_copy(out, 3, canonical);
}

static bool is_name(const char *code, const char *language, const char *text)
{
    UErrorCode status = U_ZERO_ERROR;
    char locale[8] = "und_", utf8[NAME_BYTES];
    UChar name[NAME_BYTES];

    (void)kith_text_copy(locale + 4, sizeof(locale) - 4, code);
    int32_t len = uloc_getDisplayCountry(locale, language, name, (int32_t)KITH_COUNT_OF(name), &status);
    u_strToUTF8(utf8, (int32_t)sizeof(utf8), NULL, name, len, &status);
    return U_SUCCESS(status) && status != U_STRING_NOT_TERMINATED_WARNING && kith_text_equal_ci(utf8, text);
}

/* "Germany", and "Deutschland" where German is spoken. */
static bool by_name(const char *text, const char *language, char out[3])
{
    for (const char *const *code = uloc_getISOCountries(); *code; code++)
        if (is_name(*code, "en", text) || is_name(*code, language, text))
            return kith_text_copy(out, 3, *code);
    return false;
}

bool kith_region_nearest(const char *text, const char *language, char out[3])
{
    char found[3];

    if (!by_code(text, found) && !by_name(text, language, found))
        return false;
    memcpy(out, found, sizeof(found));
    return true;
}
