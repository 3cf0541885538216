/* SPDX-License-Identifier: MIT */
/* parse_vcard_date.h - the days and times of vCards, in all the ways they are written. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* A day; the year may be missing. */
struct kith_vcard_day {
    int year; /* 0: not known; 1604 says the same */
    int month, day;
};

/*
 * "19800322", "1980-03-22", "--0322", "--03-22", each with a time of day behind it or not. false: anything else, also
 * what is less than a day of the year ("1985-04", "---03").
 */
bool kith_vcard_read_day(const char *text, struct kith_vcard_day *ret);

/* "20120305T131933Z", "2012-03-05T13:32:54+01:00" and what is between; without a zone in UTC. Seconds since 1970. */
bool kith_vcard_read_time(const char *text, int64_t *ret_s);
