/* SPDX-License-Identifier: MIT */
/* parse_csv_date.c - see parse_csv_date.h. */
#include "parse/parse_csv_date.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "parse/parse_vcard_date.h"

enum {
    NUMBERS = 3,
    BETWEEN_MAX = 4,       /* bytes between two numbers: "/", ". ", a Chinese character for "year" */
    YEAR_UNKNOWN = 1604,   /* a leap year in which nobody who is in an address book was born */
    YEAR_NEVER = 4501,     /* Outlook's "none" */
    SHORT_YEAR_PIVOT = 30, /* "29" is 2029 and "30" is 1930, as Windows has it */
};

/* A date as it is written: three numbers, one of which may be the name of a month. */
struct written {
    int number[NUMBERS];
    size_t digits[NUMBERS]; /* 0: a name */
};

/* The first three letters do. English alone: Windows uses names for English regions, such as India's. */
static int month_by_name(const char *text, size_t len)
{
    static const char *const names[] = {"jan", "feb", "mar", "apr", "may", "jun",
                                        "jul", "aug", "sep", "oct", "nov", "dec"};

    for (size_t i = 0; i < KITH_COUNT_OF(names) && len >= 3; i++)
        if (kith_text_starts_with_ci(text, names[i]))
            return (int)i + 1;
    return 0;
}

static bool is_letter(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static size_t letters_at(const char *text)
{
    size_t n = 0;

    while (is_letter(text[n]))
        n++;
    return n;
}

/* What stands between two parts, or NULL when it is too much. */
static const char *skip_between(const char *text)
{
    size_t n = 0;

    while (text[n] != '\0' && !is_letter(text[n]) && !(text[n] >= '0' && text[n] <= '9'))
        n++;
    return n > 0 && n <= BETWEEN_MAX ? text + n : NULL;
}

/* A number of at most four digits, or the name of a month. Moves on. */
static bool read_part(const char **text, int *ret, size_t *ret_digits)
{
    size_t digits = strspn(*text, "0123456789");
    size_t letters = letters_at(*text);

    *ret = 0;
    *ret_digits = digits;
    if (digits > 4)
        return false;
    for (size_t i = 0; i < digits; i++)
        *ret = *ret * 10 + ((*text)[i] - '0');
    if (digits == 0)
        *ret = month_by_name(*text, letters);
    *text += digits > 0 ? digits : letters;
    return digits > 0 || *ret > 0;
}

/* A time of day, or nothing that counts. */
static bool is_end(const char *text)
{
    size_t between = strcspn(text, "0123456789");

    if (text[between] == '\0')
        return letters_at(text) == 0 && between <= BETWEEN_MAX;
    text += between;
    return between <= BETWEEN_MAX && text[strspn(text, "0123456789")] == ':';
}

static bool read_written(const char *text, struct written *ret)
{
    struct written written;

    text += strspn(text, " \t");
    for (size_t i = 0; i < NUMBERS; i++) {
        if (i > 0 && !(text = skip_between(text)))
            return false;
        if (!read_part(&text, &written.number[i], &written.digits[i]))
            return false;
    }
    *ret = written;
    return is_end(text);
}

/* Where the year stands: the number that can be nothing else; else the last one. */
static size_t year_at(const struct written *w)
{
    return w->digits[0] > 2 || w->number[0] > 31 ? 0 : NUMBERS - 1;
}

static int long_year(int year, size_t digits)
{
    if (digits > 2)
        return year;
    return year < SHORT_YEAR_PIVOT ? 2000 + year : 1900 + year;
}

static bool is_none(const struct written *w)
{
    bool all_zero = w->number[0] == 0 && w->number[1] == 0 && w->number[2] == 0;

    return all_zero || w->number[year_at(w)] == YEAR_NEVER;
}

static bool is_day(const struct kith_csv_day *day)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return day->month >= 1 && day->month <= 12 && day->day >= 1 && day->day <= days[day->month - 1] && day->year > 0;
}

enum kith_csv_order kith_csv_order_of(const char *text)
{
    struct written w;

    if (!read_written(text, &w) || year_at(&w) == 0 || w.digits[0] == 0 || w.digits[1] == 0 || is_none(&w))
        return KITH_CSV_ORDER_OPEN;
    if (w.number[0] > 12 && w.number[1] <= 12)
        return KITH_CSV_DAY_FIRST;
    if (w.number[1] > 12 && w.number[0] <= 12)
        return KITH_CSV_MONTH_FIRST;
    return KITH_CSV_ORDER_OPEN;
}

/* Which of the first two numbers is the month. */
static size_t month_at(const struct written *w, const char *text, enum kith_csv_order order)
{
    enum kith_csv_order own = kith_csv_order_of(text);

    if (w->digits[0] == 0 || w->digits[1] == 0)
        return w->digits[0] == 0 ? 0 : 1;
    if (own != KITH_CSV_ORDER_OPEN)
        order = own;
    else if (text[strcspn(text, "/.-")] == '.') /* nobody writes the month first, then a dot */
        order = KITH_CSV_DAY_FIRST;
    return order == KITH_CSV_DAY_FIRST ? 1 : 0;
}

enum kith_csv_date kith_csv_read_date(const char *text, enum kith_csv_order order, struct kith_csv_day *ret)
{
    struct kith_csv_day day;
    struct kith_vcard_day iso;
    struct written w;
    size_t year, month;

    if (kith_vcard_read_day(text, &iso)) {
        if (iso.year == YEAR_NEVER)
            return KITH_CSV_IS_NONE;
        *ret = (struct kith_csv_day){iso.year, iso.month, iso.day};
        return KITH_CSV_IS_DATE;
    }
    if (!read_written(text, &w))
        return KITH_CSV_IS_NO_DATE;
    if (is_none(&w))
        return KITH_CSV_IS_NONE;
    year = year_at(&w);
    month = year == 0 ? 1 : month_at(&w, text, order);
    day.year = long_year(w.number[year], w.digits[year]);
    day.month = w.number[month];
    day.day = w.number[year == 0 ? 2 : 1 - month];
    if (!is_day(&day))
        return KITH_CSV_IS_NO_DATE;
    if (day.year == YEAR_UNKNOWN)
        day.year = 0;
    *ret = day;
    return KITH_CSV_IS_DATE;
}

enum kith_csv_order kith_csv_usual_order(const char *region, bool english)
{
    static const char *const month_first[] = {"US", "PR", "GU", "VI", "AS", "MP", "UM", "FM", "MH", "PW", "PH", "PA"};

    for (size_t i = 0; i < KITH_COUNT_OF(month_first); i++)
        if (kith_text_equal_ci(region, month_first[i]))
            return KITH_CSV_MONTH_FIRST;
    return region[0] == '\0' && english ? KITH_CSV_MONTH_FIRST : KITH_CSV_DAY_FIRST;
}
