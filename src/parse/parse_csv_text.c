/* SPDX-License-Identifier: MIT */
/* parse_csv_text.c - see parse_csv_text.h. */
#include "parse/parse_csv_text.h"

#include <stdbool.h>

#include "base/text.h"
#include "parse/charset.h"

enum {
    LOOKED_AT_BYTES = 16 * 1024 * 1024, /* a file that is UTF-8 as far as here is UTF-8 */
    CHARACTERS_PER_FAULT = 2, /* a damaged file has bytes that are no UTF-8; of other encodings most are not */
};

/* Windows' for Central European, Cyrillic, Greek, Turkish, Japanese, Chinese (both scripts) and Korean. */
const char *const kith_csv_code_pages[] = {
    "windows-1252", "windows-1250", "windows-1251", "windows-1253",   "windows-1254",
    "windows-31j",  "gb18030",      "big5",         "ks_c_5601-1987", NULL};

/* Characters of several bytes against bytes that belong to none. */
static bool is_utf8(const char *bytes, size_t len)
{
    size_t characters = 0;
    size_t faults = 0;

    while (len > 0) {
        size_t valid = kith_utf8_valid_len(bytes, len);

        for (size_t i = 0; i < valid; i++)
            characters += (unsigned char)bytes[i] >= 0xc0;
        faults += valid < len;
        bytes += valid + (valid < len);
        len -= valid + (valid < len);
    }
    return faults == 0 || characters / CHARACTERS_PER_FAULT >= faults;
}

enum kith_csv_encoding kith_csv_encoding_of(const char *bytes, size_t len, const char **ret_name, size_t *ret_mark_len)
{
    size_t looked_at = len;

    *ret_name = kith_charset_of_file(bytes, len, ret_mark_len);
    if (kith_text_starts_with(*ret_name, "UTF-16"))
        return KITH_CSV_UTF16;
    if (looked_at > LOOKED_AT_BYTES) {
        looked_at = LOOKED_AT_BYTES;
        while (looked_at > 0 && (unsigned char)bytes[looked_at] >= 0x80) /* not in the middle of a character */
            looked_at--;
    }
    if ((*ret_name)[0] == '\0' && !kith_charset_is_ascii(bytes, looked_at) && !is_utf8(bytes, looked_at))
        return KITH_CSV_CODE_PAGE;
    *ret_name = "UTF-8";
    return KITH_CSV_UTF8;
}
