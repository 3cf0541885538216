/* SPDX-License-Identifier: MIT */
/* example_numbers.cpp - see example_numbers.h. */
#include "example_numbers.h"

#include <cstring>
#include <string>

#include <phonenumbers/phonenumberutil.h>

using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

namespace
{

const PhoneNumberUtil::PhoneNumberType types[] = {
    PhoneNumberUtil::MOBILE,          PhoneNumberUtil::FIXED_LINE,
    PhoneNumberUtil::MOBILE,          PhoneNumberUtil::FIXED_LINE,
    PhoneNumberUtil::TOLL_FREE,       PhoneNumberUtil::PREMIUM_RATE,
    PhoneNumberUtil::SHARED_COST,     PhoneNumberUtil::VOIP,
    PhoneNumberUtil::PAGER,           PhoneNumberUtil::UAN,
    PhoneNumberUtil::PERSONAL_NUMBER,
};

/* The last digits become those of random; zeros that lead stay where they are. */
void vary(PhoneNumber *number, unsigned random)
{
    static const unsigned long long widths[] = {100, 1000, 10000, 100000, 1000000};
    unsigned long long width = widths[random % 5];

    while (width > 1 && number->national_number() < width * 10)
        width /= 10;
    number->set_national_number(number->national_number() / width * width + random / 5 % width);
}

std::string written(const PhoneNumber &number, example_form form, const char *from)
{
    const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
    std::string text;

    switch (form) {
    case EXAMPLE_INTERNATIONAL:
        util.Format(number, PhoneNumberUtil::INTERNATIONAL, &text);
        break;
    case EXAMPLE_LINK:
        util.Format(number, PhoneNumberUtil::RFC3966, &text);
        break;
    case EXAMPLE_NATIONAL:
        util.Format(number, PhoneNumberUtil::NATIONAL, &text);
        break;
    case EXAMPLE_ABROAD:
        util.FormatOutOfCountryCallingNumber(number, from, &text);
        break;
    case EXAMPLE_DIGITS:
        util.GetNationalSignificantNumber(number, &text);
        break;
    default:
        util.Format(number, PhoneNumberUtil::E164, &text);
        break;
    }
    return text;
}

} // namespace

extern "C" bool example_number(const char *region, unsigned type, unsigned random, enum example_form form,
                               const char *from, char *out, size_t out_size)
{
    PhoneNumber number;

    if (!PhoneNumberUtil::GetInstance()->GetExampleNumberForType(
            region, types[type % (sizeof(types) / sizeof(types[0]))], &number))
        return false;
    vary(&number, random);
    std::string text = written(number, form, from);
    if (text.size() >= out_size)
        return false;
    memcpy(out, text.c_str(), text.size() + 1);
    return true;
}
