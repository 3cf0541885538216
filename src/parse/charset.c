/* SPDX-License-Identifier: MIT */
/*
 * charset.c - see charset.h. ICU's converters do the work: they are in memory with the library, whereas iconv loads
 * its tables from the disk, which the program that reads files may not do.
 */
#include "parse/charset.h"

#include <stdint.h>
#include <unicode/ucnv.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"

enum {
    NAME_BYTES = 64,
    PIECE_BYTES = 64 * 1024,
    GROWTH_MAX = 3,     /* UTF-8 bytes for one byte of a code page, U+FFFD among them */
    FIRST_BYTES = 4096, /* of a file, where its encoding shows */
};

struct kith_charset {
    UConverter *utf8;
    UConverter *converter;
    char name[NAME_BYTES]; /* of the converter */
};

struct kith_charset *kith_charset_new(void)
{
    return kith_xnew(struct kith_charset);
}

void kith_charset_free(struct kith_charset *charset)
{
    if (!charset)
        return;
    ucnv_close(charset->converter);
    ucnv_close(charset->utf8);
    free(charset);
}

bool kith_charset_is_ascii(const char *bytes, size_t len)
{
    size_t i = 0;
    uint64_t word;

    for (; len - i >= sizeof(word); i += sizeof(word)) {
        memcpy(&word, bytes + i, sizeof(word));
        if (word & UINT64_C(0x8080808080808080))
            return false;
    }
    for (; i < len; i++)
        if ((unsigned char)bytes[i] & 0x80)
            return false;
    return true;
}

/* Latin-1 has control characters where its successor has quotes and dashes, and those are what is meant. */
static const char *better_name(const char *name)
{
    static const char *const latin[] = {"iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "us-ascii", "ascii"};

    for (size_t i = 0; i < KITH_COUNT_OF(latin); i++)
        if (kith_text_equal_ci(name, latin[i]))
            return "windows-1252";
    return name;
}

/* ICU would look for an unknown name in files, and it comes from outside: only names it knows are opened. */
static UConverter *open_converter(const char *name)
{
    UErrorCode code = U_ZERO_ERROR;
    UConverter *converter;

    if (ucnv_countAliases(name, &code) == 0 || U_FAILURE(code))
        return NULL;
    converter = ucnv_open(name, &code);
    return U_SUCCESS(code) ? converter : NULL;
}

static UConverter *get_converter(struct kith_charset *charset, const char *name)
{
    if (charset->converter && strcmp(charset->name, name) == 0)
        return charset->converter;
    ucnv_close(charset->converter);
    charset->converter = open_converter(name);
    (void)kith_text_copy(charset->name, sizeof(charset->name), name); /* it came from such an array */
    return charset->converter;
}

/* Convert in pieces; a character may be cut between two, so the converter keeps its state from one to the next. */
static bool convert(UConverter *utf8, UConverter *converter, const char *bytes, size_t len, struct kith_buf *out)
{
    const char *end = bytes + len;
    size_t before = out->len;
    UErrorCode code = U_BUFFER_OVERFLOW_ERROR;
    UChar pivot[1024];
    UChar *pivot_source = pivot;
    UChar *pivot_target = pivot;
    bool first = true;

    while (code == U_BUFFER_OVERFLOW_ERROR || bytes < end) {
        size_t piece = (size_t)(end - bytes) < PIECE_BYTES ? (size_t)(end - bytes) : PIECE_BYTES;
        size_t room = piece * GROWTH_MAX + 64;
        char *start = kith_buf_reserve(out, room);
        char *to = start;

        code = U_ZERO_ERROR;
        if (start)
            ucnv_convertEx(utf8, converter, &to, start + room, &bytes, bytes + piece, pivot, &pivot_source,
                           &pivot_target, pivot + KITH_COUNT_OF(pivot), first, /* flush= */ bytes + piece == end,
                           &code);
        if (!start || (U_FAILURE(code) && code != U_BUFFER_OVERFLOW_ERROR)) {
            out->len = before;
            return false;
        }
        *to = '\0';
        out->len += (size_t)(to - start);
        first = false;
    }
    return true;
}

/* Each byte that belongs to no character is one U+FFFD. */
static bool add_repaired(const char *bytes, size_t len, struct kith_buf *out)
{
    size_t before = out->len;

    while (len > 0) {
        size_t valid = kith_utf8_valid_len(bytes, len);
        bool is_broken = valid < len;

        if (!kith_buf_add(out, bytes, valid) || (is_broken && !kith_buf_add_text(out, "\xef\xbf\xbd"))) {
            out->len = before;
            return false;
        }
        bytes += valid + is_broken;
        len -= valid + is_broken;
    }
    return true;
}

/* Broken UTF-8 that was cut, not another code page: there is a character of several bytes before the first fault. */
static bool is_mostly_utf8(const char *bytes, size_t len)
{
    size_t valid = kith_utf8_valid_len(bytes, len);

    return valid == len || !kith_charset_is_ascii(bytes, valid);
}

static bool is_utf8_name(const char *name)
{
    return name[0] == '\0' || kith_text_equal_ci(name, "utf-8") || kith_text_equal_ci(name, "utf8");
}

bool kith_charset_to_utf8(struct kith_charset *charset, const char *name, size_t name_len, const char *bytes,
                          size_t len, struct kith_buf *out)
{
    char wanted[NAME_BYTES];
    UConverter *converter = NULL;
    UErrorCode code = U_ZERO_ERROR;

    if (!kith_text_copy_n(wanted, sizeof(wanted), name, name_len))
        wanted[0] = '\0'; /* no charset has so long a name */
    if (!is_utf8_name(wanted))
        converter = get_converter(charset, better_name(wanted));
    if (!converter && is_mostly_utf8(bytes, len))
        return add_repaired(bytes, len, out);

    if (!converter)
        converter = get_converter(charset, "windows-1252");
    if (!charset->utf8)
        charset->utf8 = ucnv_open("UTF-8", &code);
    return converter && charset->utf8 && convert(charset->utf8, converter, bytes, len, out);
}

/* UTF-16 of text in Latin letters has a zero in every other byte; nothing else that is text has zeros. */
static const char *utf16_by_zeros(const char *bytes, size_t len)
{
    size_t n = (len < FIRST_BYTES ? len : FIRST_BYTES) & ~(size_t)1;
    size_t zeros[2] = {0, 0};

    for (size_t i = 0; i < n; i++)
        zeros[i & 1] += bytes[i] == '\0';
    if (zeros[1] > n / 8 && zeros[0] == 0)
        return "UTF-16LE";
    if (zeros[0] > n / 8 && zeros[1] == 0)
        return "UTF-16BE";
    return "";
}

const char *kith_charset_of_file(const char *bytes, size_t len, size_t *ret_mark_len)
{
    static const struct {
        const char *mark;
        size_t len;
        const char *name;
    } marks[] = {{"\xef\xbb\xbf", 3, "UTF-8"}, {"\xff\xfe", 2, "UTF-16LE"}, {"\xfe\xff", 2, "UTF-16BE"}};

    *ret_mark_len = 0;
    for (size_t i = 0; i < KITH_COUNT_OF(marks); i++) {
        if (len >= marks[i].len && memcmp(bytes, marks[i].mark, marks[i].len) == 0) {
            *ret_mark_len = marks[i].len;
            return marks[i].name;
        }
    }
    return utf16_by_zeros(bytes, len);
}

enum kith_status kith_charset_wide_file(struct kith_charset *charset, const char *name, const char *bytes, size_t len,
                                        struct kith_buf *out, struct kith_error *err)
{
    if (len > KITH_WIDE_FILE_BYTES_MAX || !kith_charset_to_utf8(charset, name, strlen(name), bytes, len, out))
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_TOO_LARGE,
                                "a file in %s of %zu bytes is too large, %d at most", name, len,
                                KITH_WIDE_FILE_BYTES_MAX);
    return KITH_OK;
}
