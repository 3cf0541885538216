/* SPDX-License-Identifier: MIT */
/*
 * phone_shim.cpp - libphonenumber behind a C header.
 *
 * Before: number.c has a number that the short path is not certain of. After: it decides
 * what the reading is worth.
 *
 * Errors are codes in libphonenumber; what may be thrown all the same (no memory) ends here
 * as "not a number".
 */
#include "normalise/phone_shim.h"

#include <cstring>
#include <mutex>
#include <string>

#include <phonenumbers/logger.h>
#include <phonenumbers/phonenumberutil.h>
#include <phonenumbers/shortnumberinfo.h>

using i18n::phonenumbers::NullLogger;
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;
using i18n::phonenumbers::ShortNumberInfo;

namespace
{

/* The library writes to standard output unless told not to; it owns its logger from then on. */
const PhoneNumberUtil &library()
{
    static std::once_flag silenced;
    PhoneNumberUtil *util = PhoneNumberUtil::GetInstance();

    std::call_once(silenced, [util] { util->SetLogger(new NullLogger); });
    return *util;
}

const ShortNumberInfo &short_numbers()
{
    static const ShortNumberInfo info;

    return info;
}

std::string region_or_none(const char *region)
{
    return region[0] ? region : "ZZ"; /* libphonenumber's word for an unknown region */
}

bool copy(const std::string &text, char *out, size_t out_size)
{
    if (text.size() >= out_size)
        return false;
    memcpy(out, text.c_str(), text.size() + 1);
    return true;
}

bool read(const char *text, const char *region, kith_phone_reading *ret)
{
    const PhoneNumberUtil &util = library();
    kith_phone_reading reading = {};
    PhoneNumber number;
    std::string e164, national;

    if (util.ParseAndKeepRawInput(text, region_or_none(region), &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return false;
    util.Format(number, PhoneNumberUtil::E164, &e164);
    util.GetNationalSignificantNumber(number, &national);
    if (!copy(e164, reading.e164, sizeof(reading.e164)) || !copy(national, reading.national, sizeof(reading.national)))
        return false;
    if (!copy(number.extension(), reading.extension, sizeof(reading.extension)))
        reading.extension[0] = '\0'; /* nobody's extension has twelve digits */
    reading.country_typed = number.country_code_source() != PhoneNumber::FROM_DEFAULT_COUNTRY;
    reading.possible = util.IsPossibleNumberWithReason(number) == PhoneNumberUtil::IS_POSSIBLE;
    *ret = reading;
    return true;
}

bool is_short(const char *digits, const char *region)
{
    PhoneNumber number;

    if (library().Parse(digits, region_or_none(region), &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return false;
    return short_numbers().IsPossibleShortNumberForRegion(number, region_or_none(region));
}

bool is_whole(const char *digits, const char *region)
{
    const PhoneNumberUtil &util = library();
    PhoneNumber number;

    if (util.Parse(digits, region_or_none(region), &number) != PhoneNumberUtil::NO_PARSING_ERROR)
        return false;
    return util.IsValidNumberForRegion(number, region_or_none(region)) &&
           !short_numbers().IsValidShortNumberForRegion(number, region_or_none(region));
}

} // namespace

extern "C" bool kith_phone_read(const char *text, const char *region, struct kith_phone_reading *ret)
{
    try {
        return read(text, region, ret);
    } catch (...) {
        return false;
    }
}

extern "C" bool kith_phone_is_short(const char *digits, const char *region)
{
    try {
        return is_short(digits, region);
    } catch (...) {
        return false;
    }
}

extern "C" bool kith_phone_is_whole(const char *digits, const char *region)
{
    try {
        return is_whole(digits, region);
    } catch (...) {
        return false;
    }
}

/* Linked to it, hence there; libkith has that of phone_gate.c instead. */
extern "C" enum kith_status kith_phone_status(struct kith_error *)
{
    return KITH_OK;
}
