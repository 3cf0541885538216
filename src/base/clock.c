/* SPDX-License-Identifier: MIT */
/*
 * clock.c - time of day for people and servers, monotonic time for waiting; see clock.h.
 *
 * Every written form is read and made here by hand: strptime() and strftime()
 * follow the locale, servers do not.
 */
#include "base/clock.h"

#include "base/cleanup.h"
#include "base/text.h"

enum { DAY_S = 24 * 60 * 60 };

static const char *const months[12] = {"January", "February", "March",     "April",   "May",      "June",
                                       "July",    "August",   "September", "October", "November", "December"};
static const char *const weekdays[7] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};

/* --- Now ---------------------------------------------------------------- */

static int64_t read_clock_ms(clockid_t which)
{
    struct timespec now = {0};

    (void)clock_gettime(which, &now); /* fails only for clocks that do not exist */
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t kith_clock_now_s(void)
{
    return kith_clock_now_ms() / 1000;
}

int64_t kith_clock_now_ms(void)
{
    return read_clock_ms(CLOCK_REALTIME);
}

int64_t kith_clock_monotonic_ms(void)
{
    return read_clock_ms(CLOCK_MONOTONIC);
}

/* --- Calendar ----------------------------------------------------------- */

static bool is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* month: 1 to 12 */
static int days_in_month(int year, int month)
{
    static const int days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

    return month == 2 && is_leap_year(year) ? 29 : days[month - 1];
}

/* Days from 1970-01-01 to this one in the Gregorian calendar; year 0 to 9999. */
static int64_t days_since_1970(int year, int month, int day)
{
    static const int days_before[12] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    int64_t past = (int64_t)year - 1; /* whole years behind us */
    int64_t leap_days = year == 0 ? -1 : past / 4 - past / 100 + past / 400;
    int64_t since_year_1 = past * 365 + leap_days + days_before[month - 1] + day - 1;

    if (month > 2 && is_leap_year(year))
        since_year_1++;
    return since_year_1 - 719162; /* from 0001-01-01 to 1970-01-01 */
}

/* --- Reading ------------------------------------------------------------ */

/* A time as it is written, before the calendar had a look at it. */
struct written_time {
    int year, month, day, hour, minute, second;
    int offset_s; /* east of Greenwich */
};

/* Exactly n digits at *p. */
static bool read_digits(const char **p, int n, int *ret)
{
    int value = 0;

    for (int i = 0; i < n; i++) {
        char c = (*p)[i];
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *p += n;
    *ret = value;
    return true;
}

static bool skip_char(const char **p, char c)
{
    if (**p != c)
        return false;
    (*p)++;
    return true;
}

static bool read_date(const char **p, struct written_time *t)
{
    return read_digits(p, 4, &t->year) && skip_char(p, '-') && read_digits(p, 2, &t->month) && skip_char(p, '-') &&
           read_digits(p, 2, &t->day);
}

static bool read_time_of_day(const char **p, struct written_time *t)
{
    return read_digits(p, 2, &t->hour) && skip_char(p, ':') && read_digits(p, 2, &t->minute) && skip_char(p, ':') &&
           read_digits(p, 2, &t->second);
}

/* ".123", any number of digits, or nothing. We count in seconds, so it is not kept. */
static bool skip_fraction(const char **p)
{
    if (!skip_char(p, '.'))
        return true;
    size_t n = strspn(*p, "0123456789");
    *p += n;
    return n > 0;
}

/* "Z", "+02:00", "-0730" or "+02". */
static bool read_offset(const char **p, struct written_time *t)
{
    int hours;
    int minutes = 0;

    if (skip_char(p, 'Z') || skip_char(p, 'z'))
        return true;
    if (**p != '+' && **p != '-')
        return false;
    int sign = **p == '-' ? -1 : 1;
    (*p)++;
    if (!read_digits(p, 2, &hours))
        return false;
    bool colon = skip_char(p, ':');
    if (!read_digits(p, 2, &minutes) && (colon || **p != '\0'))
        return false;
    t->offset_s = sign * (hours * 60 + minutes) * 60;
    return hours < 24 && minutes < 60;
}

static bool to_seconds(const struct written_time *t, int64_t *ret_s)
{
    if (t->month < 1 || t->month > 12 || t->day < 1 || t->day > days_in_month(t->year, t->month))
        return false;
    if (t->hour > 23 || t->minute > 59 || t->second > 60) /* 60: a leap second */
        return false;
    *ret_s =
        days_since_1970(t->year, t->month, t->day) * DAY_S + t->hour * 3600 + t->minute * 60 + t->second - t->offset_s;
    return true;
}

bool kith_clock_parse_iso(const char *text, int64_t *ret_s)
{
    struct written_time t = {0};
    const char *p = text;

    if (!read_date(&p, &t))
        return false;
    if (*p == '\0') /* a date alone, as birthdays are sent: its midnight in UTC */
        return to_seconds(&t, ret_s);
    if (!skip_char(&p, 'T') && !skip_char(&p, 't'))
        return false;
    if (!read_time_of_day(&p, &t) || !skip_fraction(&p) || !read_offset(&p, &t) || *p != '\0')
        return false;
    return to_seconds(&t, ret_s);
}

static bool read_month_name(const char **p, int *ret_month)
{
    for (int i = 0; i < 12; i++) {
        if (strncmp(*p, months[i], 3) == 0) {
            *p += 3;
            *ret_month = i + 1;
            return true;
        }
    }
    return false;
}

static bool skip_weekday(const char **p)
{
    for (size_t i = 0; i < KITH_COUNT_OF(weekdays); i++) {
        if (strncmp(*p, weekdays[i], 3) == 0) {
            *p += 3;
            return true;
        }
    }
    return false;
}

bool kith_clock_parse_http(const char *text, int64_t *ret_s)
{
    struct written_time t = {0};
    const char *p = text;

    /* That the weekday fits the date is not checked: the date is what counts. */
    if (!skip_weekday(&p) || !skip_char(&p, ',') || !skip_char(&p, ' '))
        return false;
    if (!read_digits(&p, 2, &t.day) || !skip_char(&p, ' ') || !read_month_name(&p, &t.month) || !skip_char(&p, ' ') ||
        !read_digits(&p, 4, &t.year) || !skip_char(&p, ' '))
        return false;
    if (!read_time_of_day(&p, &t) || strcmp(p, " GMT") != 0)
        return false;
    return to_seconds(&t, ret_s);
}

/* --- Writing ------------------------------------------------------------ */

/* The nearest time whose year has four digits; a year beyond them would not fit, be it our text or an int. */
static time_t within_four_digits(int64_t time_s)
{
    const int64_t first = INT64_C(-62167219200); /* 0000-01-01T00:00:00Z */
    const int64_t last = INT64_C(253402300799);  /* 9999-12-31T23:59:59Z */

    return (time_t)(time_s < first ? first : time_s > last ? last : time_s);
}

void kith_clock_format_iso(int64_t time_s, char out[21])
{
    time_t t = within_four_digits(time_s);
    struct tm tm = {0};

    (void)gmtime_r(&t, &tm); /* cannot fail between these two years */
    (void)kith_text_format(out, 21, "%04d-%02d-%02dT%02d:%02d:%02dZ", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday,
                           tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static int64_t local_day(const struct tm *tm)
{
    return days_since_1970(tm->tm_year + 1900, tm->tm_mon + 1, tm->tm_mday);
}

void kith_clock_format_day(int64_t time_s, char *out, unsigned long out_size)
{
    time_t then_t = within_four_digits(time_s);
    time_t now_t = (time_t)kith_clock_now_s();
    struct tm then, now;

    if (!localtime_r(&then_t, &then) || !localtime_r(&now_t, &now)) {
        (void)kith_text_copy(out, out_size, "at an unknown time");
        return;
    }
    int64_t days_ago = local_day(&now) - local_day(&then);
    if (days_ago == 0)
        (void)kith_text_format(out, out_size, "today at %02d:%02d", then.tm_hour, then.tm_min);
    else if (days_ago == 1)
        (void)kith_text_format(out, out_size, "yesterday at %02d:%02d", then.tm_hour, then.tm_min);
    else
        (void)kith_text_format(out, out_size, "%d %s %d at %02d:%02d", then.tm_mday, months[then.tm_mon],
                               then.tm_year + 1900, then.tm_hour, then.tm_min);
}
