/* SPDX-License-Identifier: MIT */
/* parse_csv_text.h - which encoding a table is in, as far as its bytes say it. */
#pragma once

#include <stddef.h>

/* How sure it is. */
enum kith_csv_encoding {
    KITH_CSV_UTF8,      /* or ASCII, which is the same */
    KITH_CSV_UTF16,     /* *ret_name says which of the two */
    KITH_CSV_CODE_PAGE, /* one of many: the bytes do not say which */
};

/* *ret_mark_len: of the byte order mark. *ret_name: "UTF-8", "UTF-16LE", "UTF-16BE" or "". */
enum kith_csv_encoding kith_csv_encoding_of(const char *bytes, size_t len, const char **ret_name, size_t *ret_mark_len);

/* Code pages that tables are met in, beside the one that is assumed; NULL behind the last one. */
extern const char *const kith_csv_code_pages[];
