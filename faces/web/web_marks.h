/* SPDX-License-Identifier: MIT */
/*
 * web_marks.h - where in a text the found letters are.
 *
 * The engine says which contacts a question finds; this says which letters of a row to
 * mark: the shortest runs of whole graphemes whose reading holds what was typed, without regard to case
 * and accents, also across scripts ("mari" marks the beginning of "Мария").
 */
#pragma once

#include <stddef.h>

#include "base/cleanup.h"
#include "base/json_write.h"

struct kith_web_marker; /* one question; one thread at a time */

struct kith_web_marker *kith_web_marker_new(const char *typed);
void kith_web_marker_free(struct kith_web_marker *marker); /* NULL is fine */
KITH_DEFINE_AUTO(kith_web_marker, kith_web_marker_free)

struct kith_web_mark {
    int start, length; /* UTF-16 code units, as JavaScript counts */
};

/* Up to max marks of text, in order, apart from each other. Returns how many. */
size_t kith_web_marks_find(struct kith_web_marker *marker, const char *text, struct kith_web_mark *marks, size_t max);

/* The same as a JSON array of [start, length]. */
void kith_web_marks_write(struct kith_web_marker *marker, struct kith_json_writer *w, const char *name,
                          const char *text);
