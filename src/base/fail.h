/* SPDX-License-Identifier: MIT */
/*
 * fail.h - how the engine's own code makes a struct kith_error.
 *
 *     return kith_fail(err, KITH_E_SERVICE, "page %u is not JSON", page_no);
 *     return kith_fail_context(err, st, "page %u", page_no);      "page 3: <inner message>"
 *
 * Messages: lower case, no full stop, no function names, names quoted, always the reason.
 * err may be NULL everywhere.
 */
#pragma once

#include <kith/error.h>

/* Start a fresh error: clears all facts, sets status and message. Returns status. */
enum kith_status kith_fail(struct kith_error *err, enum kith_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with a reason (which sentence of the row applies). */
enum kith_status kith_fail_reason(struct kith_error *err, enum kith_status status, enum kith_reason reason,
                                  const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Put words before the message that is there; facts stay. Returns status. */
enum kith_status kith_fail_context(struct kith_error *err, enum kith_status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Give advice. Returns err->status. */
enum kith_status kith_fail_hint(struct kith_error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

void kith_error_clear(struct kith_error *err); /* KITH_OK, no facts */
