/* SPDX-License-Identifier: MIT */
/*
 * json_write.h - JSON, written in one pass into a buffer, over yajl's generator.
 *
 *     kith_json_begin_object(w);
 *     kith_json_put_text(w, "name", name);         a member
 *     kith_json_put_text(w, NULL, name);           an element of an array
 *     kith_json_end(w);
 *
 * Bytes that are no UTF-8 are written as U+FFFD, so the output is always valid.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/cleanup.h"

struct kith_json_writer;

/* out: borrowed, must outlive the writer. indented: for people. */
struct kith_json_writer *kith_json_writer_new(struct kith_buf *out, bool indented);
void kith_json_writer_free(struct kith_json_writer *w); /* NULL is fine */

void kith_json_begin_object(struct kith_json_writer *w, const char *name);
void kith_json_begin_array(struct kith_json_writer *w, const char *name);
void kith_json_end(struct kith_json_writer *w); /* the innermost object or array */

/* name NULL: an element of an array. */
void kith_json_put_text(struct kith_json_writer *w, const char *name, const char *text);
void kith_json_put_text_n(struct kith_json_writer *w, const char *name, const char *text, size_t len);
void kith_json_put_text_if(struct kith_json_writer *w, const char *name, const char *text); /* nothing for "" */
void kith_json_put_int(struct kith_json_writer *w, const char *name, int64_t number);
void kith_json_put_bool(struct kith_json_writer *w, const char *name, bool value);
void kith_json_put_null(struct kith_json_writer *w, const char *name);
void kith_json_put_time(struct kith_json_writer *w, const char *name, int64_t time_s); /* ISO 8601 UTC; null for 0 */
/* A value that is JSON already. */
void kith_json_put_raw(struct kith_json_writer *w, const char *name, const char *json, size_t len);

/* Forget the document that was written, begin the next one (for one document a line). */
void kith_json_writer_reset(struct kith_json_writer *w);

KITH_DEFINE_AUTO(kith_json_writer, kith_json_writer_free)
