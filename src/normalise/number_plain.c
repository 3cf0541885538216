/* SPDX-License-Identifier: MIT */
/*
 * number_plain.c - the numbers that are E.164 as they stand, without libphonenumber.
 *
 * Before: number_read.c took the text apart. After: number.c asks libphonenumber about
 * everything else.
 *
 * Nine in ten numbers of an address book are plain, and libphonenumber takes forty times as
 * long for them and five milliseconds to wake up: longer than a whole search may take.
 */
#include "normalise/number_plain.h"

#include "base/cleanup.h"
#include "base/text.h"

enum { SHORTEST_PLAIN = 7 };

static int compare_code(const char *code, const struct kith_number_region *region)
{
    return strcmp(code, region->code);
}

const struct kith_number_region *kith_number_region(const char *code)
{
    size_t low = 0;
    size_t high = kith_number_n_regions;

    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = compare_code(code, &kith_number_regions[middle]);

        if (order == 0)
            return &kith_number_regions[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_of_code(const struct kith_number_region *region, const char *digits)
{
    return kith_text_starts_with(digits, region->country_code);
}

/* A code that several share has a first among them; the others are islands of its plan. */
const struct kith_number_region *kith_number_main_region(const char *digits)
{
    static const char *const first[] = {"US", "RU", "IT", "GB", "NO", "AU", "MA", "RE", "SH", "FI", "GP", "CW"};

    for (size_t i = 0; i < KITH_COUNT_OF(first); i++)
        if (is_of_code(kith_number_region(first[i]), digits))
            return kith_number_region(first[i]);
    for (size_t i = 0; i < kith_number_n_regions; i++)
        if (is_of_code(&kith_number_regions[i], digits))
            return &kith_number_regions[i];
    return NULL;
}

static const struct kith_number_country *country(unsigned code)
{
    size_t low = 0;
    size_t high = kith_number_n_countries;

    while (low < high) {
        size_t middle = (low + high) / 2;

        if (kith_number_countries[middle].code == code)
            return &kith_number_countries[middle];
        if (code < kith_number_countries[middle].code)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool fits(const char *national, uint16_t lengths, uint16_t first)
{
    size_t len = strlen(national);

    return len < 16 && (lengths >> len & 1) && (first >> (national[0] - '0') & 1);
}

static bool answer(const char *country_code, size_t code_len, const char *national, struct kith_plain_number *ret)
{
    if (code_len + strlen(national) > 15)
        return false;
    (void)kith_text_format(ret->e164, sizeof(ret->e164), "+%.*s%s", (int)code_len, country_code, national);
    (void)kith_text_copy(ret->national, sizeof(ret->national), national);
    return true;
}

/* "+49 (0)30": the trunk prefix, which is not dialled from abroad. Returns what is behind it. */
static const char *without_trunk(const char *digits, const char *national, const struct kith_number_country *found)
{
    const struct kith_number_region *region;

    if (national[0] != '0' || found->first & 1) /* in Italy the 0 is the number's own */
        return national;
    region = kith_number_main_region(digits);
    if (!region || strcmp(region->trunk, "0") != 0 || !fits(national + 1, region->lengths, region->first))
        return national;
    return national + 1;
}

bool kith_number_plain_international(const char *digits, struct kith_plain_number *ret)
{
    unsigned code = 0;

    if (digits[0] == '0')
        return false;
    /* No calling code is the beginning of another. */
    for (size_t len = 1; len <= 3 && digits[len - 1]; len++) {
        code = code * 10 + (unsigned)(digits[len - 1] - '0');
        const struct kith_number_country *found = country(code);

        if (!found)
            continue;
        const char *national = without_trunk(digits, digits + len, found);

        ret->region_assumed = false;
        return national[0] && fits(national, found->lengths, found->first) && answer(digits, len, national, ret);
    }
    return false;
}

static bool plain_national(const struct kith_number_region *region, const char *digits, struct kith_plain_number *ret)
{
    bool has_trunk = region->trunk[0] && kith_text_starts_with(digits, region->trunk);
    bool trunk_optional = !region->trunk[0] || strcmp(region->country_code, "1") == 0;
    const char *national = has_trunk ? digits + strlen(region->trunk) : digits;

    if (!has_trunk && !trunk_optional)
        return false;
    if (!has_trunk && kith_text_starts_with(digits, region->country_code))
        return false; /* with its country code, or a number that begins like it */
    /* North America's trunk prefix is its country code, too: then the country was typed. */
    ret->region_assumed = !(has_trunk && strcmp(region->trunk, region->country_code) == 0);
    return fits(national, region->lengths, region->first) &&
           answer(region->country_code, strlen(region->country_code), national, ret);
}

bool kith_number_plain(const char *region_code, const struct kith_dialled *dialled, struct kith_plain_number *ret)
{
    const struct kith_number_region *region = kith_number_region(region_code);
    const char *digits = dialled->digits;

    if (dialled->has_letters || dialled->has_code_signs || dialled->is_private || strlen(digits) < SHORTEST_PLAIN)
        return false;
    if (dialled->plus)
        return kith_number_plain_international(digits, ret);
    if (!region) /* without a region 00 is what the world dials */
        return kith_text_starts_with(digits, "00") && kith_number_plain_international(digits + 2, ret);
    if (region->idd[0] && kith_text_starts_with(digits, region->idd))
        return kith_number_plain_international(digits + strlen(region->idd), ret);
    return plain_national(region, digits, ret);
}

/*
 * North America's numbers have ten digits, seven within an area, and eight may be a short number. Elsewhere how many
 * there are varies, and what stands before them is of many kinds: those are left to libphonenumber.
 */
bool kith_number_is_impossible(const char *region_code, const struct kith_dialled *dialled)
{
    enum { LONGEST_SHORT = 8, WHOLE = 10 };
    const struct kith_number_region *region = kith_number_region(region_code);
    const char *digits = dialled->digits;
    size_t len = strlen(digits);

    if (dialled->plus || !region || strcmp(region->country_code, "1") != 0)
        return false;
    if (dialled->text[strspn(dialled->text, "0123456789 -.()")])
        return false; /* what may be an extension, or stands between two numbers */
    if (digits[0] == '1' || kith_text_starts_with(digits, region->idd))
        return false;
    return len > LONGEST_SHORT && len != WHOLE;
}
