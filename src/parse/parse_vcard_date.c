/* SPDX-License-Identifier: MIT */
/* parse_vcard_date.c - see parse_vcard_date.h. ISO 8601 in its basic and its extended form, and half of it. */
#include "parse/parse_vcard_date.h"

#include "base/clock.h"
#include "base/text.h"

/* A leap year in which nobody who is in an address book was born: programs write it where they must write one. */
enum { YEAR_UNKNOWN = 1604 };

static const char *skip_blanks(const char *text)
{
    return text + strspn(text, " \t");
}

/* Exactly n digits at *p. */
static bool read_digits(const char **p, int n, int *ret)
{
    int value = 0;

    for (int i = 0; i < n; i++) {
        if ((*p)[i] < '0' || (*p)[i] > '9')
            return false;
        value = value * 10 + ((*p)[i] - '0');
    }
    *p += n;
    *ret = value;
    return true;
}

static bool skip(const char **p, char c)
{
    if (**p != c)
        return false;
    (*p)++;
    return true;
}

static bool is_day(const struct kith_vcard_day *day)
{
    static const int days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return day->month >= 1 && day->month <= 12 && day->day >= 1 && day->day <= days[day->month - 1];
}

/* "--" or a year, a month and a day. Leaves *p behind it. */
static bool read_day(const char **p, struct kith_vcard_day *ret)
{
    struct kith_vcard_day day = {0};

    if ((*p)[0] == '-' && (*p)[1] == '-')
        *p += 2;
    else if (read_digits(p, 4, &day.year))
        (void)skip(p, '-'); /* it may be there */
    else
        return false;
    if (!read_digits(p, 2, &day.month))
        return false;
    (void)skip(p, '-');
    if (!read_digits(p, 2, &day.day) || !is_day(&day))
        return false;
    if (day.year == YEAR_UNKNOWN)
        day.year = 0;
    *ret = day;
    return true;
}

bool kith_vcard_read_day(const char *text, struct kith_vcard_day *ret)
{
    struct kith_vcard_day day;
    const char *p = skip_blanks(text);

    if (!read_day(&p, &day) || (*p != '\0' && !strchr("Tt ", *p)))
        return false;
    *ret = day;
    return true;
}

/* "131933" or "13:19:33", a fraction behind it or not; a part that is missing is 0. */
static bool read_time_of_day(const char **p, int *hour, int *minute, int *second)
{
    if (!read_digits(p, 2, hour))
        return false;
    (void)skip(p, ':');
    if (!read_digits(p, 2, minute))
        return true;
    (void)skip(p, ':');
    if (!read_digits(p, 2, second))
        return true;
    if (skip(p, '.') || skip(p, ','))
        *p += strspn(*p, "0123456789");
    return true;
}

bool kith_vcard_read_time(const char *text, int64_t *ret_s)
{
    const char *p = skip_blanks(text);
    struct kith_vcard_day day;
    int hour = 0;
    int minute = 0;
    int second = 0;
    char iso[64];

    if (!read_day(&p, &day) || day.year == 0)
        return false;
    if (*p != '\0' && (!strchr("Tt ", *p) || (p++, !read_time_of_day(&p, &hour, &minute, &second))))
        return false;
    return kith_text_format(iso, sizeof(iso), "%04d-%02d-%02dT%02d:%02d:%02d%s", day.year, day.month, day.day, hour,
                            minute, second, *p != '\0' ? p : "Z") &&
           kith_clock_parse_iso(iso, ret_s);
}
