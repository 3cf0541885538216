/* SPDX-License-Identifier: MIT */
/*
 * reader_pst_value.c - one property of an item, and what its bytes say.
 *
 * Before: reader_pst_item.c has the bytes from libpff.
 * After:  reader_pst_fields.c makes fields of a contact of them.
 */
#include "reader/reader_pst_value.h"

#include <string.h>

#include "base/text.h"
#include "parse/harmless.h"

enum {
    TYPE_I16 = 0x0002,
    TYPE_I32 = 0x0003,
    TYPE_BOOL = 0x000B,
    TYPE_I64 = 0x0014,
    TYPE_TEXT8 = 0x001E,
    TYPE_TEXT16 = 0x001F,
    TYPE_TIME = 0x0040,
    TYPE_MULTI = 0x1000,

    VALUES_MAX = 1000,
    LINE_BYTES_MAX = 32 * 1024,
    NOTES_BYTES_MAX = 1024 * 1024,
};
#define SECONDS_1601_TO_1970 INT64_C(11644473600)
#define YEAR_4500_S INT64_C(79839648000) /* Outlook's "none" is the first day of 4501 */

static uint64_t little_endian(const char *bytes, size_t n)
{
    uint64_t number = 0;

    for (size_t i = 0; i < n; i++)
        number |= (uint64_t)(unsigned char)bytes[i] << (8 * i);
    return number;
}

/* --- Texts --------------------------------------------------------------- */

/* Up to the first NUL: what stands behind it was never shown to anybody. */
static size_t text_len(const char *bytes, size_t len, bool wide)
{
    if (!wide)
        return strnlen(bytes, len);
    for (size_t i = 0; i + 1 < len; i += 2)
        if (bytes[i] == '\0' && bytes[i + 1] == '\0')
            return i;
    return len & ~(size_t)1;
}

static const char *take(struct reader_pst_texts *texts, const char *bytes, size_t len, bool wide, size_t max_bytes,
                        bool lines)
{
    const char *encoding = wide ? "UTF-16LE" : texts->code_page;
    KITH_AUTO_DONE(kith_buf) utf8;
    size_t fits;

    len = text_len(bytes, len, wide);
    if (len > max_bytes) { /* no code page makes a text shorter than half of its bytes */
        texts->cut = true;
        len = max_bytes;
    }
    kith_buf_init(&utf8, 4 * max_bytes);
    if (!kith_charset_to_utf8(texts->charset, encoding, strlen(encoding), bytes, len, &utf8)) {
        texts->cut = true;
        return "";
    }
    fits = kith_harmless(utf8.data, utf8.len, lines);
    return kith_arena_copy(texts->arena, kith_buf_text(&utf8), fits);
}

bool reader_pst_is_text(const struct reader_pst_property *p)
{
    return p->type == TYPE_TEXT16 || p->type == TYPE_TEXT8;
}

static const char *take_property(struct reader_pst_texts *texts, const struct reader_pst_property *p, size_t max_bytes,
                                 bool lines)
{
    if (!reader_pst_is_text(p))
        return "";
    if (p->cut)
        texts->cut = true;
    return take(texts, p->bytes, p->len, p->type == TYPE_TEXT16, max_bytes, lines);
}

const char *reader_pst_line(struct reader_pst_texts *texts, const struct reader_pst_property *p)
{
    return take_property(texts, p, LINE_BYTES_MAX, /* lines= */ false);
}

const char *reader_pst_lines(struct reader_pst_texts *texts, const struct reader_pst_property *p)
{
    return take_property(texts, p, NOTES_BYTES_MAX, /* lines= */ true);
}

const char *reader_pst_bytes(struct reader_pst_texts *texts, const char *bytes, size_t len, bool wide)
{
    return take(texts, bytes, len, wide, LINE_BYTES_MAX, /* lines= */ false);
}

/* --- Several values ------------------------------------------------------- */

static bool is_multi(const struct reader_pst_property *p)
{
    return (p->type & TYPE_MULTI) != 0;
}

/* Values whose size differs follow their count and a list of where each begins, [MS-PST] 2.3.3.4.2. */
size_t reader_pst_count(const struct reader_pst_property *p)
{
    uint64_t n;

    if (!is_multi(p))
        return 1;
    if (p->len < 4)
        return 0;
    n = little_endian(p->bytes, 4);
    if (n > (p->len - 4) / 4)
        return 0;
    return n < VALUES_MAX ? (size_t)n : VALUES_MAX;
}

struct reader_pst_property reader_pst_nth(const struct reader_pst_property *p, size_t i)
{
    struct reader_pst_property value = *p;
    size_t n = reader_pst_count(p);
    uint64_t begin;
    uint64_t end;

    if (!is_multi(p))
        return value;
    value.type &= ~(uint32_t)TYPE_MULTI;
    value.len = 0;
    if (i >= n)
        return value;
    begin = little_endian(p->bytes + 4 + 4 * i, 4);
    end = i + 1 < n ? little_endian(p->bytes + 8 + 4 * i, 4) : p->len;
    if (begin > end || end > p->len)
        return value;
    value.bytes = p->bytes + begin;
    value.len = (size_t)(end - begin);
    return value;
}

/* --- Numbers and times ----------------------------------------------------- */

int64_t reader_pst_integer(const struct reader_pst_property *p)
{
    if (p->type == TYPE_I16 && p->len >= 2)
        return (int16_t)little_endian(p->bytes, 2);
    if (p->type == TYPE_I32 && p->len >= 4)
        return (int32_t)little_endian(p->bytes, 4);
    if (p->type == TYPE_I64 && p->len >= 8)
        return (int64_t)little_endian(p->bytes, 8);
    if (p->type == TYPE_BOOL && p->len >= 1)
        return p->bytes[0] != 0;
    return 0;
}

/* Steps of 100 ns since 1601. 0 and what lies far ahead both say: not set. */
bool reader_pst_time(const struct reader_pst_property *p, int64_t *ret_s)
{
    uint64_t ticks;
    int64_t time_s;

    if (p->type != TYPE_TIME || p->len < 8)
        return false;
    ticks = little_endian(p->bytes, 8);
    time_s = (int64_t)(ticks / 10000000) - SECONDS_1601_TO_1970;
    if (ticks == 0 || time_s >= YEAR_4500_S)
        return false;
    *ret_s = time_s;
    return true;
}

/* --- Code pages ------------------------------------------------------------ */

static const struct {
    int number;
    const char *name;
} code_pages[] = {
    {1252, "windows-1252"}, {1250, "windows-1250"}, {1251, "windows-1251"}, {1253, "windows-1253"},
    {1254, "windows-1254"}, {1255, "windows-1255"}, {1256, "windows-1256"}, {1257, "windows-1257"},
    {1258, "windows-1258"}, {874, "windows-874"},   {932, "windows-31j"},   {936, "GBK"},
    {949, "windows-949"},   {950, "Big5"},          {54936, "GB18030"},     {65001, "UTF-8"},
    {20127, "US-ASCII"},    {28591, "ISO-8859-1"},  {28592, "ISO-8859-2"},  {28595, "ISO-8859-5"},
    {28597, "ISO-8859-7"},  {28599, "ISO-8859-9"},  {28605, "ISO-8859-15"}, {20866, "KOI8-R"},
    {21866, "KOI8-U"},      {50220, "ISO-2022-JP"}, {51932, "EUC-JP"},      {51949, "EUC-KR"},
};

const char *reader_pst_code_page(int64_t number)
{
    for (size_t i = 0; i < KITH_COUNT_OF(code_pages); i++)
        if (code_pages[i].number == number)
            return code_pages[i].name;
    return "";
}
