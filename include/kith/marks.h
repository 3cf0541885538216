/* SPDX-License-Identifier: MIT */
/*
 * marks.h - where in a text the found letters are, for faces that mark them.
 *
 * kith_find() says which contacts a question finds; this says which letters of a row to mark: the shortest runs
 * of whole graphemes whose reading holds what was typed, without regard to case and accents, also across
 * scripts ("mari" marks the beginning of "Мария"). Nothing of it is worked out unless a face asks.
 */
#pragma once

#include <stddef.h>

#include <kith/find.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith_marker; /* one question; one thread at a time */

/* typed: as it went to kith_find() or kith_who(). Never NULL: where ICU lacks a part, less is marked. */
KITH_API struct kith_marker *kith_marker_new(const char *typed);
KITH_API void kith_marker_free(struct kith_marker *marker); /* NULL is fine */

struct kith_mark {
    int start, length; /* UTF-16 code units, as JavaScript, Java and .NET count */
};

/* Up to max marks of text, in order, apart from each other. Returns how many. */
KITH_API size_t kith_marks_find(struct kith_marker *marker, const char *text, struct kith_mark *marks, size_t max);

/*
 * The marks of one row, {"shown": [[start, length]], "reading": [], "second": [], "matched": []}:
 * docs/output-schema.md. Yours to free().
 */
KITH_API char *kith_row_marks_to_json(struct kith_marker *marker, const struct kith_row *row);

#ifdef __cplusplus
}
#endif
