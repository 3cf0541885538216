/* SPDX-License-Identifier: MIT */
/* clock.h - time: of day for people and servers, monotonic for waiting. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

int64_t kith_clock_now_s(void);        /* seconds since 1970 UTC */
int64_t kith_clock_now_ms(void);       /* milliseconds since 1970 UTC */
int64_t kith_clock_monotonic_ms(void); /* never goes back; for durations and deadlines */

/* "2026-11-24T08:15:30Z" and the forms servers send (fraction, offset); false for anything else. */
bool kith_clock_parse_iso(const char *text, int64_t *ret_s);
/* Writes "2026-11-24T08:15:30Z". */
void kith_clock_format_iso(int64_t time_s, char out[21]);
/* "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 IMF-fixdate); false for anything else. */
bool kith_clock_parse_http(const char *text, int64_t *ret_s);
/* For people, in local time: "today at 14:02", "yesterday at 18:20", "2 November 2026 at 09:12". */
void kith_clock_format_day(int64_t time_s, char *out, unsigned long out_size);
