/* SPDX-License-Identifier: MIT */
/*
 * reader_rtf.c - notes as Outlook keeps them when they have a look: compressed RTF becomes plain text.
 *
 * Before: reader_pst_fields.c has found notes in no simpler form.
 * After:  the text stands in the contact; fonts, colours, pictures and links' targets are gone.
 *
 * Where the notes came as HTML, Outlook hides its tags in destinations of their own, [MS-OXRTFEX], which are passed
 * over as all others are. What stands between \htmlrtf and \htmlrtf0 is for those who do just that: the line end of a
 * <br>, the sign of a "&lt;". It is read like the rest.
 */
#include "reader/reader_rtf.h"

#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "reader/reader_pst_value.h"

enum {
    RTF_BYTES_MAX = 16 * 1024 * 1024,
    HEADER_BYTES = 16,
    WINDOW_BYTES = 4096,
    DEPTH_MAX = 64,
    WORD_BYTES = 32, /* the longest one of the format, and its end */
    PLAIN_BYTES_MAX = 64 * 1024,
};

/* --- Compression ------------------------------------------------------------ */

/* What both sides know before the first byte. */
static const char known[] = "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
                            "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0"
                            "\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

struct window {
    char bytes[WINDOW_BYTES];
    size_t at;
};

static void put(struct window *window, char c, struct kith_buf *out)
{
    window->bytes[window->at] = c;
    window->at = (window->at + 1) % WINDOW_BYTES;
    (void)kith_buf_add_char(out, c); /* out->full remembers */
}

/* One of eight: a byte, or a reference back into the window. false: the end, or damaged. */
static bool expand_one(struct window *window, bool is_reference, const char **at, const char *end, struct kith_buf *out)
{
    unsigned reference;
    size_t from;

    if (end - *at < (is_reference ? 2 : 1))
        return false;
    if (!is_reference) {
        put(window, *(*at)++, out);
        return true;
    }
    reference = (unsigned)(unsigned char)(*at)[0] << 8 | (unsigned char)(*at)[1];
    *at += 2;
    from = reference >> 4;
    if (from == window->at)
        return false; /* how the stream says that it has ended */
    for (unsigned n = (reference & 15) + 2; n > 0; n--) {
        put(window, window->bytes[from], out);
        from = (from + 1) % WINDOW_BYTES;
    }
    return true;
}

static void expand(const char *at, const char *end, struct kith_buf *out)
{
    struct window window = {.at = sizeof(known) - 1};

    memcpy(window.bytes, known, sizeof(known) - 1);
    while (at < end && !out->full) {
        unsigned char kinds = (unsigned char)*at++;

        for (unsigned bit = 0; bit < 8; bit++)
            if (!expand_one(&window, kinds >> bit & 1, &at, end, out))
                return;
    }
}

static bool decompress(const char *bytes, size_t len, struct kith_buf *out)
{
    if (len < HEADER_BYTES)
        return false;
    if (memcmp(bytes + 8, "LZFu", 4) == 0)
        expand(bytes + HEADER_BYTES, bytes + len, out);
    else if (memcmp(bytes + 8, "MELA", 4) == 0)
        (void)kith_buf_add(out, bytes + HEADER_BYTES, len - HEADER_BYTES); /* as put() */
    else
        return false;
    return !out->full && out->len > 0;
}

/* --- The format -------------------------------------------------------------- */

/* What a group inherits from the one around it. */
struct group {
    bool skipped;  /* a destination that nobody reads as text */
    int stand_ins; /* how many characters follow \u for programs that do not know it */
};

struct rtf {
    const char *at, *end;
    struct kith_charset *charset;
    const char *code_page;
    struct kith_buf plain; /* bytes of that code page, not converted yet */
    struct kith_buf *out;
    struct group groups[DEPTH_MAX];
    size_t depth;
    size_t too_deep; /* groups beyond the ceiling: passed over */
    int to_pass;     /* stand-ins that are still to come */
    uint32_t high;   /* the first half of a surrogate pair */
};

static struct group *current(struct rtf *rtf)
{
    return &rtf->groups[rtf->depth];
}

static void flush(struct rtf *rtf)
{
    if (rtf->plain.len > 0)
        (void)kith_charset_to_utf8(rtf->charset, rtf->code_page, strlen(rtf->code_page), rtf->plain.data,
                                   rtf->plain.len, rtf->out); /* out->full remembers */
    kith_buf_clear(&rtf->plain);
}

static bool is_hidden(struct rtf *rtf)
{
    return current(rtf)->skipped || rtf->too_deep > 0;
}

static void put_byte(struct rtf *rtf, char c)
{
    if (rtf->to_pass > 0) {
        rtf->to_pass--;
        return;
    }
    if (is_hidden(rtf) || c == '\0')
        return;
    if (rtf->plain.len == PLAIN_BYTES_MAX)
        flush(rtf);
    (void)kith_buf_add_char(&rtf->plain, c); /* there is room now */
}

static void put_character(struct rtf *rtf, uint32_t cp)
{
    char utf8[4];

    if (is_hidden(rtf))
        return;
    flush(rtf);
    (void)kith_buf_add(rtf->out, utf8, kith_utf8_put(cp, utf8)); /* as flush() */
}

/* \u takes a signed 16-bit number; larger characters come in two halves. */
static void put_unicode(struct rtf *rtf, int64_t number)
{
    uint32_t unit = (uint32_t)number & 0xffff;

    rtf->to_pass = current(rtf)->stand_ins;
    if (unit >= 0xd800 && unit < 0xdc00) {
        rtf->high = unit;
        return;
    }
    if (unit >= 0xdc00 && unit < 0xe000 && rtf->high != 0)
        unit = 0x10000 + ((rtf->high - 0xd800) << 10) + (unit - 0xdc00);
    rtf->high = 0;
    put_character(rtf, unit);
}

/* Words that are a character. */
static const struct {
    const char *word;
    uint32_t cp;
} characters[] = {
    {"par", '\n'},         {"line", '\n'},        {"sect", '\n'},      {"row", '\n'},
    {"page", '\n'},        {"tab", '\t'},         {"cell", '\t'},      {"emdash", 0x2014},
    {"endash", 0x2013},    {"bullet", 0x2022},    {"lquote", 0x2018},  {"rquote", 0x2019},
    {"ldblquote", 0x201c}, {"rdblquote", 0x201d}, {"emspace", 0x2003}, {"enspace", 0x2002},
};

/* Destinations that hold no text of the notes; those of newer programs begin with \* anyway. */
static const char *const destinations[] = {
    "fonttbl",  "colortbl", "stylesheet", "info",   "pict",     "object",  "header",
    "headerl",  "headerr",  "headerf",    "footer", "footerl",  "footerr", "footerf",
    "footnote", "fldinst",  "listtable",  "revtbl", "xmlnstbl",
};

static void take_setting(struct rtf *rtf, const char *word, bool has_number, int64_t number)
{
    if (strcmp(word, "u") == 0 && has_number)
        put_unicode(rtf, number);
    else if (strcmp(word, "uc") == 0 && number >= 0 && number < 100)
        current(rtf)->stand_ins = (int)number;
    else if (strcmp(word, "ansicpg") == 0 && reader_pst_code_page(number)[0] != '\0')
        rtf->code_page = reader_pst_code_page(number);
    else if (strcmp(word, "bin") == 0 && number > 0)
        rtf->at += number < rtf->end - rtf->at ? number : rtf->end - rtf->at;
}

static void take_word(struct rtf *rtf, const char *word, bool has_number, int64_t number)
{
    if (rtf->to_pass > 0 && strcmp(word, "u") != 0) {
        rtf->to_pass--; /* a word counts as one character */
        return;
    }
    rtf->to_pass = 0;
    for (size_t i = 0; i < KITH_COUNT_OF(characters); i++)
        if (strcmp(word, characters[i].word) == 0) {
            put_character(rtf, characters[i].cp);
            return;
        }
    for (size_t i = 0; i < KITH_COUNT_OF(destinations); i++)
        if (strcmp(word, destinations[i]) == 0)
            current(rtf)->skipped = true;
    take_setting(rtf, word, has_number, number);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* "\word-12 ": letters, a number perhaps, one space that belongs to it. */
static void read_word(struct rtf *rtf)
{
    char word[WORD_BYTES];
    int64_t number = 0;
    bool negative = false;
    bool has_number = false;
    size_t n = 0;

    for (; rtf->at < rtf->end && is_letter(*rtf->at); rtf->at++)
        if (n + 1 < sizeof(word))
            word[n++] = *rtf->at;
    word[n] = '\0';
    if (rtf->at < rtf->end && *rtf->at == '-') {
        negative = true;
        rtf->at++;
    }
    for (; rtf->at < rtf->end && is_digit(*rtf->at); rtf->at++) {
        has_number = true;
        if (number < INT32_MAX)
            number = number * 10 + (*rtf->at - '0');
    }
    if (rtf->at < rtf->end && *rtf->at == ' ')
        rtf->at++;
    take_word(rtf, word, has_number, negative ? -number : number);
}

static int hex_digit(char c)
{
    if (is_digit(c))
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Behind a backslash: a word, or one sign. */
static void read_control(struct rtf *rtf)
{
    char c;

    if (rtf->at == rtf->end)
        return;
    if (is_letter(*rtf->at)) {
        read_word(rtf);
        return;
    }
    c = *rtf->at++;
    if (c == '\'' && rtf->end - rtf->at >= 2 && hex_digit(rtf->at[0]) >= 0 && hex_digit(rtf->at[1]) >= 0) {
        put_byte(rtf, (char)(hex_digit(rtf->at[0]) << 4 | hex_digit(rtf->at[1])));
        rtf->at += 2;
    } else if (c == '*') {
        current(rtf)->skipped = true;
    } else if (c == '~') {
        put_character(rtf, 0xa0);
    } else if (c == '\n' || c == '\r') {
        put_character(rtf, '\n'); /* the same as \par */
    } else if (c == '\\' || c == '{' || c == '}') {
        put_byte(rtf, c);
    } else if (c == '_') {
        put_byte(rtf, '-');
    }
}

static void open_group(struct rtf *rtf)
{
    if (rtf->depth + 1 == DEPTH_MAX) {
        rtf->too_deep++;
        return;
    }
    rtf->groups[rtf->depth + 1] = rtf->groups[rtf->depth];
    rtf->depth++;
}

static void close_group(struct rtf *rtf)
{
    if (rtf->too_deep > 0)
        rtf->too_deep--;
    else if (rtf->depth > 0)
        rtf->depth--;
}

static void read_all(struct rtf *rtf)
{
    while (rtf->at < rtf->end && !rtf->out->full) {
        char c = *rtf->at++;

        if (c == '\\')
            read_control(rtf);
        else if (c == '{')
            open_group(rtf);
        else if (c == '}')
            close_group(rtf);
        else if (c != '\r' && c != '\n')
            put_byte(rtf, c);
    }
    flush(rtf);
}

bool reader_rtf_to_text(const char *bytes, size_t len, struct kith_charset *charset, struct kith_buf *out)
{
    KITH_AUTO_DONE(kith_buf) source;
    struct rtf rtf = {.charset = charset, .code_page = "windows-1252", .out = out, .groups = {{.stand_ins = 1}}};

    kith_buf_init(&source, RTF_BYTES_MAX);
    if (!decompress(bytes, len, &source))
        return false;
    kith_buf_init(&rtf.plain, PLAIN_BYTES_MAX);
    rtf.at = source.data;
    rtf.end = source.data + source.len;
    read_all(&rtf);
    kith_buf_done(&rtf.plain);
    return !out->full;
}
