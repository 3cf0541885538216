/* SPDX-License-Identifier: MIT */
/*
 * reader_format.c - what a file is, by its content.
 *
 * Before: reader_main.c has mapped the file and locked itself in.
 * After:  reader_main.c calls the parser of the format.
 */
#include "reader/reader_format.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "parse/charset.h"

enum {
    LOOKED_AT_BYTES = 64 * 1024, /* a card may stand behind some lines of something else */
    MARK_AT_MAX = 8,
};

/* Marks of binary formats. The second one: of the kinds of PST, at byte 8. */
static const struct {
    enum reader_format format;
    const char *mark, *second;
} marks[] = {
    {READER_PST, "!BDN", "SM"},
    {READER_OST, "!BDN", "SO"},
    {READER_PAB, "!BDN", "AB"},
    {READER_PST, "!BDN", ""}, /* damaged there: libpff says the rest */
    {READER_OLM, "PK\x03\x04", ""},
    {READER_MSG, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ""},
    {READER_DBX_NK2, "\xcf\xad\x12\xfe", ""},
    {READER_DBX_NK2, "\x0d\xf0\xad\xba", ""},
};

static const struct {
    const char *id, *words;
} formats[] = {
    [READER_UNKNOWN] = {"", "it is neither an Outlook data file nor a CSV nor a vCard"},
    [READER_EMPTY] = {"", "it is empty"},
    [READER_PST] = {"pst", ""},
    [READER_OST] = {"ost", ""},
    [READER_VCARD] = {"vcard", ""},
    [READER_CSV] = {"csv", ""},
    [READER_PAB] = {"", "it is a personal address book of an old Outlook; import it there, then export a CSV"},
    [READER_OLM] = {"", "it is an archive, such as Outlook for Mac exports; drag its contacts out as vCards instead"},
    [READER_MSG] = {"", "it is a single saved item of Outlook; save the contact as a vCard instead"},
    [READER_DBX_NK2] = {"", "it is a list of another program or of suggested addresses, not of contacts"},
};

static bool has_mark(const char *bytes, size_t len, size_t at, const char *mark)
{
    size_t mark_len = strlen(mark);

    return len >= at + mark_len && memcmp(bytes + at, mark, mark_len) == 0;
}

/* Letters of an ASCII word in any code page of files, UTF-16 with either byte order included: zeros are passed over. */
static bool is_word_at(const char *bytes, size_t len, size_t at, const char *word)
{
    for (; *word != '\0' && at < len; at++) {
        if (bytes[at] == '\0')
            continue;
        if ((bytes[at] & ~0x20) != (*word & ~0x20))
            return false;
        word++;
    }
    return *word == '\0';
}

static bool has_line_beginning_with(const char *bytes, size_t len, const char *word)
{
    bool at_start = true;

    for (size_t at = 0; at < len; at++) {
        if (at_start && is_word_at(bytes, len, at, word))
            return true;
        if (bytes[at] == '\n' || bytes[at] == '\r')
            at_start = true;
        else if (bytes[at] != ' ' && bytes[at] != '\t' && bytes[at] != '\0')
            at_start = false;
    }
    return false;
}

/* Text has no zeros, but where a character takes two bytes. */
static bool is_text(const char *bytes, size_t len)
{
    size_t mark_len;
    const char *encoding = kith_charset_of_file(bytes, len, &mark_len);

    return kith_text_starts_with(encoding, "UTF-16") || !memchr(bytes, '\0', len);
}

static bool has_suffix(const char *name, const char *suffix)
{
    size_t name_len = strlen(name);
    size_t len = strlen(suffix);

    return name_len >= len && kith_text_equal_ci(name + name_len - len, suffix);
}

static enum reader_format text_format(const char *bytes, size_t len, const char *name)
{
    size_t mark_len;
    size_t looked_at = len < LOOKED_AT_BYTES ? len : LOOKED_AT_BYTES;

    (void)kith_charset_of_file(bytes, looked_at, &mark_len);
    if (has_line_beginning_with(bytes + mark_len, looked_at - mark_len, "BEGIN:VCARD"))
        return READER_VCARD;
    if (!is_text(bytes, looked_at))
        return READER_UNKNOWN;
    return has_suffix(name, ".vcf") || has_suffix(name, ".vcard") ? READER_VCARD : READER_CSV;
}

enum reader_format reader_format_of(const char *bytes, size_t len, const char *name)
{
    if (len == 0)
        return READER_EMPTY;
    for (size_t i = 0; i < KITH_COUNT_OF(marks); i++)
        if (has_mark(bytes, len, 0, marks[i].mark) && has_mark(bytes, len, MARK_AT_MAX, marks[i].second))
            return marks[i].format;
    return text_format(bytes, len, name);
}

const char *reader_format_id(enum reader_format format)
{
    return formats[format].id;
}

const char *reader_format_words(enum reader_format format)
{
    return formats[format].words;
}
