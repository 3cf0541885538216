/* SPDX-License-Identifier: MIT */
/* parse_csv_date.h - the days in tables, which are written as the region of the writer's computer has them. */
#pragma once

#include <stdbool.h>

/* What comes first in 3/4/1984. */
enum kith_csv_order { KITH_CSV_ORDER_OPEN, KITH_CSV_MONTH_FIRST, KITH_CSV_DAY_FIRST };

struct kith_csv_day {
    int year; /* 0: not known; 1604 says the same */
    int month, day;
};

enum kith_csv_date {
    KITH_CSV_IS_DATE,
    KITH_CSV_IS_NONE,    /* a date that means none: 0/0/00, 1/1/4501 */
    KITH_CSV_IS_NO_DATE, /* something else */
};

/*
 * Read a day: "2/29/1984", "29.02.1984", "29-Feb-84", "1984-02-29", "--02-29" and the like, a time behind it or not.
 * order: for what says it of itself it does not matter. *ret is filled when KITH_CSV_IS_DATE is returned.
 */
enum kith_csv_date kith_csv_read_date(const char *text, enum kith_csv_order order, struct kith_csv_day *ret);

/* What a date says about the order of all others: one of its numbers is no month. KITH_CSV_ORDER_OPEN: nothing. */
enum kith_csv_order kith_csv_order_of(const char *text);

/* What to assume where nothing in the file says it. region: ISO 3166 code, "" unknown. english: the headings are. */
enum kith_csv_order kith_csv_usual_order(const char *region, bool english);
