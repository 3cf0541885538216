/* SPDX-License-Identifier: MIT */
/*
 * number.c - what a number is: one that can be dialled from anywhere, a short one, or only digits.
 *
 * Before: number_read.c took the text apart. After: store/ looks for E.164 first, then for
 * national numbers, then for endings.
 *
 * The order is that of certainty: codes and short numbers are no numbers to libphonenumber,
 * the short path knows the plain ones, libphonenumber the rest. A number is never dropped
 * because it is not given out today: the library's data is older than the numbers.
 */
#include "normalise/normaliser_parts.h"

#include "base/text.h"
#include "normalise/number_plain.h"
#include "normalise/phone_shim.h"

enum { SHORT_DIGITS = 6, LONGEST_SHORT = 8, TWO_NUMBERS_DIGITS = 14, GLUED_BYTES = 128 };

struct understood {
    enum kith_number_class number_class;
    char e164[17];
    char national[17];
    char extension[12];
    bool region_assumed;
};

static void keep_digits(enum kith_number_class number_class, const char *digits, struct understood *ret)
{
    ret->number_class = number_class;
    (void)kith_text_copy(ret->national, sizeof(ret->national), digits); /* what is longer is cut: no number */
}

/* A code as it is dialled: "*100#". */
static void keep_code(const char *text, struct understood *ret)
{
    char code[sizeof(ret->national)];
    size_t n = 0;

    for (; *text && n + 1 < sizeof(code); text++)
        if (strchr("0123456789*#+", *text))
            code[n++] = *text;
    code[n] = '\0';
    keep_digits(KITH_NUMBER_SHORT, code, ret);
}

/* --- libphonenumber -------------------------------------------------------- */

static bool read_possible(const char *text, const char *region, struct kith_phone_reading *reading)
{
    return kith_phone_read(text, region, reading) && reading->possible;
}

/* 00 is not the way out of every country, but nobody means anything else by it. */
static bool read_double_zero(const struct kith_dialled *dialled, const char *region, struct kith_phone_reading *reading)
{
    char with_plus[sizeof(dialled->digits) + 1];

    if (dialled->plus || !kith_text_starts_with(dialled->digits, "00"))
        return false;
    (void)kith_text_format(with_plus, sizeof(with_plus), "+%s", dialled->digits + 2);
    return read_possible(with_plus, region, reading);
}

/* "(925)599-3355(925)599-3355", as old address books have it. */
static bool is_twice(const char *digits)
{
    size_t half = strlen(digits) / 2;

    return half >= SHORT_DIGITS && strlen(digits) % 2 == 0 && memcmp(digits, digits + half, half) == 0;
}

static bool read_half(const struct kith_dialled *dialled, const char *region, struct kith_phone_reading *reading)
{
    size_t half = strlen(dialled->digits) / 2;
    char first[sizeof(dialled->digits) + 1];

    if (!is_twice(dialled->digits))
        return false;
    (void)kith_text_format(first, sizeof(first), "%s%.*s", dialled->plus ? "+" : "", (int)half, dialled->digits);
    return read_possible(first, region, reading);
}

/* Where the first of two numbers that were written in one field ends; 0: nowhere from start on. */
static size_t end_of_first(const char *text, size_t start)
{
    for (size_t i = start; text[i]; i++) {
        if (strchr("/;|\n,", text[i]))
            return i;
        if (kith_text_starts_with_ci(text + i, " or ") || kith_text_starts_with_ci(text + i, " oder "))
            return i;
        if (text[i] == ' ' && (text[i + 1] == '+' || text[i + 1] == '('))
            return i;
    }
    return 0;
}

static bool read_first_of_several(const struct kith_dialled *dialled, const char *region,
                                  struct kith_phone_reading *reading)
{
    char first[GLUED_BYTES];

    for (size_t end = end_of_first(dialled->text, 1); end > 0; end = end_of_first(dialled->text, end + 1)) {
        (void)kith_text_copy_n(first, sizeof(first), dialled->text, end);
        if (read_possible(first, region, reading))
            return true;
    }
    return false;
}

/* Two numbers with nothing but a space between them: the first half that is a number. */
static bool read_before_space(const struct kith_dialled *dialled, const char *region,
                              struct kith_phone_reading *reading)
{
    char first[GLUED_BYTES];
    const char *space = strchr(dialled->text, ' ');

    for (; space && strlen(dialled->digits) >= TWO_NUMBERS_DIGITS; space = strchr(space + 1, ' ')) {
        (void)kith_text_copy_n(first, sizeof(first), dialled->text, (size_t)(space - dialled->text));
        if (strlen(first) >= 7 && read_possible(first, region, reading))
            return true;
    }
    return false;
}

static bool read_by_library(const struct kith_dialled *dialled, const char *region, struct kith_phone_reading *reading)
{
    return read_possible(dialled->text, region, reading) || read_double_zero(dialled, region, reading) ||
           read_half(dialled, region, reading) || read_first_of_several(dialled, region, reading) ||
           read_before_space(dialled, region, reading);
}

/* Two numbers in one field, as the functions above look for them. */
static bool may_be_two(const struct kith_dialled *dialled)
{
    return strlen(dialled->digits) >= TWO_NUMBERS_DIGITS || is_twice(dialled->digits) ||
           end_of_first(dialled->text, 1) > 0;
}

/* --- Deciding -------------------------------------------------------------- */

/* Where a whole number has six digits or fewer, a neighbour is no service number. */
static bool is_whole_but_short(const struct kith_dialled *dialled, const char *region)
{
    static const char SMALL[] = "AC AD CK FK FO GL KI NC NF NU PM SB SH SR TA TK TO TV VU WF WS";

    return region[0] && strstr(SMALL, region) && strlen(dialled->digits) >= 4 &&
           strlen(dialled->digits) <= SHORT_DIGITS && kith_phone_is_whole(dialled->digits, region);
}

static bool is_short(const struct kith_dialled *dialled, const char *region)
{
    size_t len = strlen(dialled->digits);

    if (dialled->plus || dialled->has_letters || is_whole_but_short(dialled, region))
        return false;
    return len <= SHORT_DIGITS || (len <= LONGEST_SHORT && region[0] && kith_phone_is_short(dialled->digits, region));
}

static void understand_plain(const struct kith_plain_number *plain, struct understood *ret)
{
    ret->number_class = KITH_NUMBER_NORMAL;
    ret->region_assumed = plain->region_assumed;
    memcpy(ret->e164, plain->e164, sizeof(ret->e164));
    memcpy(ret->national, plain->national, sizeof(ret->national));
}

static void understand_reading(const struct kith_phone_reading *reading, struct understood *ret)
{
    ret->number_class = KITH_NUMBER_NORMAL;
    ret->region_assumed = !reading->country_typed;
    memcpy(ret->e164, reading->e164, sizeof(ret->e164));
    memcpy(ret->national, reading->national, sizeof(ret->national));
    if (!ret->extension[0])
        memcpy(ret->extension, reading->extension, sizeof(ret->extension));
}

/* What libphonenumber would be asked in vain, as read_by_library() would answer in the end. false: ask it. */
static bool understand_impossible(const char *region, const struct kith_dialled *dialled, struct understood *ret)
{
    struct kith_plain_number plain;

    if (!kith_number_is_impossible(region, dialled))
        return false;
    if (kith_text_starts_with(dialled->digits, "00")) {
        if (!kith_number_plain_international(dialled->digits + 2, &plain))
            return false;
        understand_plain(&plain, ret);
        return true;
    }
    if (may_be_two(dialled))
        return false;
    keep_digits(KITH_NUMBER_LOCAL, dialled->digits, ret);
    return true;
}

static void understand(const char *region, const struct kith_dialled *dialled, struct understood *ret)
{
    struct kith_plain_number plain;
    struct kith_phone_reading reading;

    memset(ret, 0, sizeof(*ret));
    memcpy(ret->extension, dialled->extension, sizeof(ret->extension));
    if (dialled->is_private)
        keep_digits(KITH_NUMBER_SHORT, dialled->digits, ret);
    else if (dialled->has_code_signs)
        keep_code(dialled->text, ret);
    else if (kith_number_plain(region, dialled, &plain))
        understand_plain(&plain, ret);
    else if (understand_impossible(region, dialled, ret))
        return;
    else if (is_short(dialled, region))
        keep_digits(KITH_NUMBER_SHORT, dialled->digits, ret);
    else if (read_by_library(dialled, region, &reading))
        understand_reading(&reading, ret);
    else
        keep_digits(KITH_NUMBER_LOCAL, dialled->digits, ret);
}

/* Both end in the same digits, as one number does in whatever form it is written. */
static bool end_alike(const char *a, const char *b)
{
    enum { ENOUGH = 6 };
    size_t a_len = strlen(a), b_len = strlen(b);
    size_t n = a_len < ENOUGH ? a_len : ENOUGH;

    return n <= b_len && memcmp(a + a_len - n, b + b_len - n, n) == 0;
}

/*
 * Where the text names no country, the source may know better than our setting which one was meant: Google says so with
 * the number, of the account's own region.
 */
static void ask_source(const struct kith_phone *phone, const struct kith_dialled *typed, struct understood *number)
{
    struct kith_dialled dialled;
    struct understood said = {.number_class = KITH_NUMBER_NO_NUMBER};
    bool open = number->region_assumed || number->number_class == KITH_NUMBER_LOCAL;

    if (!open || phone->e164[0] != '+' || !kith_number_read(phone->e164, &dialled) ||
        !end_alike(typed->digits, dialled.digits))
        return;
    understand("", &dialled, &said);
    if (said.number_class != KITH_NUMBER_NORMAL)
        return;
    memcpy(said.extension, number->extension, sizeof(said.extension));
    *number = said;
}

void kith_number_of_phone(const char *region, struct kith_phone *phone)
{
    struct kith_dialled dialled;
    struct understood number = {.number_class = KITH_NUMBER_NO_NUMBER};

    if (kith_number_read(phone->raw, &dialled)) {
        understand(region, &dialled, &number);
        ask_source(phone, &dialled, &number);
    }
    phone->number_class = number.number_class;
    phone->region_assumed = number.region_assumed;
    memcpy(phone->e164, number.e164, sizeof(phone->e164));
    memcpy(phone->national, number.national, sizeof(phone->national));
    memcpy(phone->extension, number.extension, sizeof(phone->extension));
}

/* --- The same in another region --------------------------------------------- */

static bool country_open(const struct understood *number)
{
    return number->region_assumed || number->number_class == KITH_NUMBER_LOCAL;
}

/* Where the number of e164 is, dialled is that number too. */
static bool is_dialled_as(const struct kith_dialled *dialled, const char *e164)
{
    struct understood there;
    const struct kith_number_region *region = e164[0] ? kith_number_main_region(e164 + 1) : NULL;

    if (!region)
        return false;
    understand(region->code, dialled, &there);
    return strcmp(there.e164, e164) == 0;
}

bool kith_normalise_same_elsewhere(struct kith_normaliser *n, const char *asked, const char *stored)
{
    struct kith_dialled a, b;
    struct understood as_asked, as_stored;

    if (!kith_number_read(asked, &a) || !kith_number_read(stored, &b))
        return false;
    understand(n->region, &a, &as_asked);
    understand(n->region, &b, &as_stored);
    if (as_asked.number_class == KITH_NUMBER_SHORT || as_stored.number_class == KITH_NUMBER_SHORT)
        return false;
    if (as_asked.e164[0] && strcmp(as_asked.e164, as_stored.e164) == 0)
        return true;
    if (country_open(&as_stored) && (strcmp(a.digits, b.digits) == 0 || is_dialled_as(&b, as_asked.e164)))
        return true;
    return country_open(&as_asked) && (strcmp(a.digits, b.digits) == 0 || is_dialled_as(&a, as_stored.e164));
}

/* --- Who is calling -------------------------------------------------------- */

/* start_len bytes of start, middle and rest are one more E.164 form of the same line. */
static void add_also(struct kith_number *number, const char *start, int start_len, const char *middle, const char *rest)
{
    char e164[2 * sizeof(number->also[0])];

    (void)kith_text_format(e164, sizeof(e164), "%.*s%s%s", start_len, start, middle, rest);
    if (strlen(e164) >= sizeof(number->also[0]))
        return;
    for (size_t i = 0; i < KITH_COUNT_OF(number->also); i++) {
        if (number->also[i][0])
            continue;
        (void)kith_text_copy(number->also[i], sizeof(number->also[i]), e164);
        return;
    }
}

/* One digit behind the country code that mobiles have from abroad (Argentina) or had until 2019 (Mexico). */
static void also_with_or_without(char digit, struct kith_number *number)
{
    const char *national = number->e164 + 3; /* both have a country code of two digits */

    if (strlen(national) == 11 && national[0] == digit)
        add_also(number, number->e164, 3, "", national + 1);
    else if (strlen(national) == 10)
        add_also(number, number->e164, 3, (char[2]){digit, '\0'}, national);
}

/* Brazil: mobiles, which begin with 6 to 9, got a ninth digit behind the area code. */
static void also_brazil(struct kith_number *number)
{
    const char *national = number->e164 + 3;

    if (strlen(national) == 11 && national[2] == '9' && national[3] >= '6')
        add_also(number, number->e164, 5, "", national + 3);
    else if (strlen(national) == 10 && national[2] >= '6')
        add_also(number, number->e164, 5, "9", national + 2);
}

/* Some exchanges leave the plus away. Only when nothing else could be made of the digits. */
static void also_without_plus(const struct kith_dialled *dialled, struct kith_number *number)
{
    struct kith_plain_number plain;

    if (number->number_class != KITH_NUMBER_LOCAL || dialled->plus || strlen(dialled->digits) < 10)
        return;
    if (kith_number_plain_international(dialled->digits, &plain))
        add_also(number, "", 0, "", plain.e164);
}

static void find_other_forms(const struct kith_dialled *dialled, struct kith_number *number)
{
    if (kith_text_starts_with(number->e164, "+54"))
        also_with_or_without('9', number);
    else if (kith_text_starts_with(number->e164, "+52"))
        also_with_or_without('1', number);
    else if (kith_text_starts_with(number->e164, "+55"))
        also_brazil(number);
    also_without_plus(dialled, number);
}

void kith_normalise_number(struct kith_normaliser *n, const char *text, struct kith_number *number)
{
    struct kith_dialled dialled;
    struct understood found = {.number_class = KITH_NUMBER_NO_NUMBER};
    bool readable = kith_number_read(text, &dialled);

    memset(number, 0, sizeof(*number));
    number->withheld = dialled.withheld;
    if (readable)
        understand(n->region, &dialled, &found);
    number->number_class = found.number_class;
    number->region_assumed = found.region_assumed;
    number->country_named = dialled.plus;
    memcpy(number->e164, found.e164, sizeof(number->e164));
    memcpy(number->national, found.national, sizeof(number->national));
    memcpy(number->extension, found.extension, sizeof(number->extension));
    find_other_forms(&dialled, number);
}

enum kith_status kith_normalise_number_status(struct kith_error *err)
{
    return kith_phone_status(err);
}
