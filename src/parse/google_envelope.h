/* SPDX-License-Identifier: MIT */
/* google_envelope.h - what is the same around every answer of the Google People API: an object, no error, a list. */
#pragma once

#include <kith/error.h>

#include "base/buf.h"
#include "base/json_read.h"

/* Ceiling for one page: 1,000 contacts of up to 128 KiB would be more, but Google keeps 20 MB for a whole account. */
enum { KITH_PARSE_GOOGLE_PAGE_BYTES = 64 * 1024 * 1024 };

/*
 * Read json, which is taken and empty afterwards. *ret_root: the document; lives in the reader until its
 * next one. what: names it in messages ("contacts"). Fails with KITH_E_SERVICE when the bytes are too many, not JSON,
 * not an object, or hold an error.
 */
enum kith_status kith_google_document(struct kith_json_reader *reader, struct kith_buf *json, const char *what,
                                      struct kith_json *ret_root, struct kith_error *err);

/* The array of this name, of at most max items; an absent one is empty, as Google leaves empty lists out. */
enum kith_status kith_google_list(struct kith_json root, const char *name, size_t max, struct kith_json *ret,
                                  struct kith_error *err);
