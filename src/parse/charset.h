/* SPDX-License-Identifier: MIT */
/*
 * charset.h - the bytes of a file become UTF-8, whatever its writer's code page was.
 *
 * Files say their encoding wrongly, late or not at all. What is not said is told from the bytes: UTF-8 is known by its
 * characters of several bytes, the rest is windows-1252, which every byte sequence is.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/error.h>

#include "base/buf.h"

/* Keeps the converter it used last: a file has one code page, or two. Not for two threads at once. */
struct kith_charset;
struct kith_charset *kith_charset_new(void);
void kith_charset_free(struct kith_charset *charset); /* NULL is fine */
KITH_DEFINE_AUTO(kith_charset, kith_charset_free)

/*
 * Append bytes as valid UTF-8; what has no meaning there becomes U+FFFD.
 *
 * name: an IANA name as files write it ("windows-1252", "UTF-8", "Shift_JIS"), any case, need not end in NUL. An empty
 * or unknown one, or UTF-8 where the bytes are not, is told from the bytes instead.
 * false: out is at its ceiling (or ICU is without its data); nothing was added then.
 */
bool kith_charset_to_utf8(struct kith_charset *charset, const char *name, size_t name_len, const char *bytes,
                          size_t len, struct kith_buf *out);

/* What a whole file is in, as a name for the call above: by its byte order mark, by zeros as UTF-16 has them, else "".
 */
const char *kith_charset_of_file(const char *bytes, size_t len, size_t *ret_mark_len);

/* Ceiling for a file in UTF-16: it is converted as a whole. */
enum { KITH_WIDE_FILE_BYTES_MAX = 256 * 1024 * 1024 };

/*
 * Append a whole file in UTF-16 as UTF-8: no line can be found in it otherwise. name: as kith_charset_of_file() gives
 * it. Fails with KITH_E_FILE, KITH_REASON_FILE_TOO_LARGE.
 */
enum kith_status kith_charset_wide_file(struct kith_charset *charset, const char *name, const char *bytes, size_t len,
                                        struct kith_buf *out, struct kith_error *err);

/* All bytes below 0x80: the same in every code page of files (not in UTF-16). */
bool kith_charset_is_ascii(const char *bytes, size_t len);
