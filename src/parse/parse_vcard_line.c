/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard_line.c - bytes become properties: lines put together again, taken apart, decoded.
 *
 * Before: the bytes of a file of vCards.
 * After:  parse_vcard.c gives the properties their meaning.
 *
 * Lines are put together as bytes, before anything is decoded, since writers fold inside of characters. A value is
 * decoded when somebody asks for it: pictures are most of a file's bytes, and nobody does.
 */
#include "parse/parse_vcard_line.h"

#include <sodium.h>

#include "base/alloc.h"
#include "base/text.h"
#include "parse/charset.h"

enum {
    VALUE_BYTES_MAX = 6 * 1024 * 1024,       /* a picture of KITH_PHOTO_BYTES_MAX in base64, with its folds */
    DECODED_BYTES_MAX = 4 * VALUE_BYTES_MAX, /* UTF-8 of a code page is longer */
    NAME_BYTES_MAX = 80,                     /* some 30 are usual */
};

/* Where we are in lines that end in CR LF, LF or CR. */
struct cursor {
    const char *at;
    const char *end;
    const char *newline; /* the next \n, or end: found once, not once for each CR before it */
};

struct kith_vcard_lines {
    struct cursor cursor;
    size_t number;
    bool keep_blanks;
    struct kith_charset *charset;
    struct kith_buf whole;     /* a line whose header is folded */
    struct kith_buf unfolded;  /* a value; then */
    struct kith_buf decoded;   /* its bytes; then */
    struct kith_buf converted; /* UTF-8 */
    struct kith_buf parameter;
    struct kith_buf parameter_converted;
};

struct kith_vcard_lines *kith_vcard_lines_new(const char *bytes, size_t len)
{
    struct kith_vcard_lines *lines = kith_xnew(struct kith_vcard_lines);

    lines->cursor = (struct cursor){.at = bytes, .end = bytes + len};
    lines->charset = kith_charset_new();
    kith_buf_init(&lines->whole, DECODED_BYTES_MAX);
    kith_buf_init(&lines->unfolded, DECODED_BYTES_MAX);
    kith_buf_init(&lines->decoded, DECODED_BYTES_MAX);
    kith_buf_init(&lines->converted, DECODED_BYTES_MAX);
    kith_buf_init(&lines->parameter, DECODED_BYTES_MAX);
    kith_buf_init(&lines->parameter_converted, DECODED_BYTES_MAX);
    return lines;
}

void kith_vcard_lines_free(struct kith_vcard_lines *lines)
{
    if (!lines)
        return;
    kith_charset_free(lines->charset);
    kith_buf_done(&lines->whole);
    kith_buf_done(&lines->unfolded);
    kith_buf_done(&lines->decoded);
    kith_buf_done(&lines->converted);
    kith_buf_done(&lines->parameter);
    kith_buf_done(&lines->parameter_converted);
    free(lines);
}

void kith_vcard_keep_folding_blanks(struct kith_vcard_lines *lines, bool keep)
{
    lines->keep_blanks = keep;
}

/* --- Pieces --------------------------------------------------------------- */

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool starts_with(struct kith_vcard_piece piece, const char *word)
{
    size_t len = strlen(word);

    if (piece.len < len)
        return false;
    for (size_t i = 0; i < len; i++)
        if (lower(piece.at[i]) != lower(word[i]))
            return false;
    return true;
}

bool kith_vcard_is(struct kith_vcard_piece piece, const char *word)
{
    return piece.len == strlen(word) && starts_with(piece, word);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

struct kith_vcard_piece kith_vcard_trim(struct kith_vcard_piece piece)
{
    while (piece.len > 0 && is_blank(piece.at[0])) {
        piece.at++;
        piece.len--;
    }
    while (piece.len > 0 && is_blank(piece.at[piece.len - 1]))
        piece.len--;
    return piece;
}

static struct kith_vcard_piece piece_between(const char *at, const char *end)
{
    return (struct kith_vcard_piece){at, (size_t)(end - at)};
}

bool kith_vcard_next_part(struct kith_vcard_piece *rest, char separator, struct kith_vcard_piece *ret)
{
    size_t i = 0;

    if (!rest->at)
        return false;
    while (i < rest->len && rest->at[i] != separator)
        i += rest->at[i] == '\\' && i + 1 < rest->len ? 2 : 1;
    *ret = (struct kith_vcard_piece){rest->at, i};
    if (i < rest->len)
        *rest = (struct kith_vcard_piece){rest->at + i + 1, rest->len - i - 1};
    else
        *rest = (struct kith_vcard_piece){0};
    return true;
}

/* --- Lines as they stand in the file --------------------------------------- */

static bool next_physical(struct cursor *cursor, struct kith_vcard_piece *ret)
{
    const char *stop;
    const char *cr;

    if (cursor->at >= cursor->end)
        return false;
    if (!cursor->newline || cursor->newline < cursor->at) {
        cursor->newline = memchr(cursor->at, '\n', (size_t)(cursor->end - cursor->at));
        if (!cursor->newline)
            cursor->newline = cursor->end;
    }
    stop = cursor->newline;
    cr = memchr(cursor->at, '\r', (size_t)(stop - cursor->at));
    *ret = piece_between(cursor->at, cr ? cr : stop);

    if (cr && cr + 1 < stop && !(cr[1] == '\r' && cr + 2 == stop)) /* CR CR LF comes from one conversion too many */
        stop = cr;
    cursor->at = stop < cursor->end ? stop + 1 : stop;
    return true;
}

/* Outside of quotes, in which a parameter may speak of it. */
static bool is_quoted_printable(struct kith_vcard_piece first)
{
    bool quoted = false;

    for (; first.len > 0 && (quoted || first.at[0] != ':'); first.at++, first.len--) {
        if (first.at[0] == '"')
            quoted = !quoted;
        else if (!quoted && starts_with(first, "QUOTED-PRINTABLE"))
            return true;
    }
    return false;
}

static bool ends_soft(struct kith_vcard_piece part)
{
    return part.len > 0 && part.at[part.len - 1] == '=';
}

/* The line that `part` ends goes on in the next one. may_be_soft: it is quoted-printable. */
static bool goes_on(const struct cursor *next, struct kith_vcard_piece part, bool may_be_soft)
{
    struct kith_vcard_piece rest = piece_between(next->at, next->end);

    if (rest.len == 0)
        return false;
    if (is_blank(rest.at[0]))
        return true;
    if (!may_be_soft || !ends_soft(part))
        return false;
    return !starts_with(rest, "END:VCARD") && !starts_with(rest, "BEGIN:VCARD"); /* a damaged card ends there */
}

/* The bytes of one line, its folds in them. */
static bool next_whole(struct kith_vcard_lines *lines, struct kith_vcard_piece *ret_first,
                       struct kith_vcard_piece *ret_whole, size_t *ret_number)
{
    struct kith_vcard_piece part;
    enum { NOT_LOOKED, NO, YES } soft = NOT_LOOKED; /* a header may be long, and its parts many: looked at once */

    do {
        if (!next_physical(&lines->cursor, ret_first))
            return false;
        lines->number++;
    } while (kith_vcard_trim(*ret_first).len == 0);
    *ret_number = lines->number;

    for (part = *ret_first;; lines->number++) {
        if (soft == NOT_LOOKED && ends_soft(part))
            soft = is_quoted_printable(*ret_first) ? YES : NO;
        if (!goes_on(&lines->cursor, part, soft == YES))
            break;
        (void)next_physical(&lines->cursor, &part); /* there is one */
    }
    *ret_whole = piece_between(ret_first->at, part.at + part.len);
    return true;
}

/* Put the parts of a folded line together. false: out is full. */
static bool unfold(const struct kith_vcard_lines *lines, struct kith_vcard_piece folded,
                   enum kith_vcard_encoding encoding, struct kith_buf *out)
{
    struct cursor cursor = {.at = folded.at, .end = folded.at + folded.len};
    struct kith_vcard_piece part;
    bool soft = false;
    bool first = true;

    kith_buf_clear(out);
    while (next_physical(&cursor, &part)) {
        bool is_fold = !first && !soft && part.len > 0 && is_blank(part.at[0]);

        if (is_fold && !(lines->keep_blanks && encoding == KITH_VCARD_PLAIN)) {
            part.at++;
            part.len--;
        }
        soft = encoding == KITH_VCARD_QUOTED_PRINTABLE && ends_soft(part) && cursor.at < cursor.end;
        if (!kith_buf_add(out, part.at, part.len - soft))
            return false;
        first = false;
    }
    return true;
}

/* --- Taking a line apart ---------------------------------------------------- */

/* The next `wanted` outside of quotes; the end when there is none. Where quotes do not pair up, they are none. */
static const char *find_outside_quotes(const char *at, const char *end, char wanted)
{
    const char *open = NULL;
    const char *found = NULL;

    for (const char *p = at; p < end; p++) {
        if (*p == '"')
            open = open ? NULL : p;
        else if (*p == wanted && !open)
            return p;
        else if (*p == wanted && !found)
            found = p;
    }
    return open && found ? found : end;
}

/* Letters and digits, and what programs put between them. Prose that lost its fold is no name. */
static bool is_name(struct kith_vcard_piece name)
{
    if (name.len == 0 || name.len > NAME_BYTES_MAX)
        return false;
    for (size_t i = 0; i < name.len; i++) {
        char c = lower(name.at[i]);

        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && !strchr("-_/", c))
            return false;
        if (c == '\0')
            return false;
    }
    return true;
}

static bool read_name(struct kith_vcard_line *line, struct kith_vcard_piece text)
{
    const char *dot = memrchr(text.at, '.', text.len);

    text = kith_vcard_trim(text);
    if (dot) {
        line->group = kith_vcard_trim(piece_between(text.at, dot));
        text = kith_vcard_trim(piece_between(dot + 1, text.at + text.len));
    }
    line->name = is_name(text) ? text : (struct kith_vcard_piece){0};
    return line->name.len > 0;
}

static void read_encoding(struct kith_vcard_line *line, struct kith_vcard_piece word)
{
    if (kith_vcard_is(word, "QUOTED-PRINTABLE") || kith_vcard_is(word, "Q"))
        line->encoding = KITH_VCARD_QUOTED_PRINTABLE;
    else if (kith_vcard_is(word, "BASE64") || kith_vcard_is(word, "B"))
        line->encoding = KITH_VCARD_BASE64;
}

static void read_parameter(struct kith_vcard_line *line, struct kith_vcard_piece text)
{
    const char *equals = memchr(text.at, '=', text.len);
    struct kith_vcard_parameter *parameter;

    if (text.len == 0)
        return;
    parameter = &line->parameters[line->n_parameters++];
    parameter->name = (struct kith_vcard_piece){0};
    parameter->value = text;
    if (!equals) {
        if (text.len > 1) /* a bare "B" is a type */
            read_encoding(line, text);
        return;
    }
    parameter->name = kith_vcard_trim(piece_between(text.at, equals));
    parameter->value = kith_vcard_trim(piece_between(equals + 1, text.at + text.len));
    if (kith_vcard_is(parameter->name, "ENCODING"))
        read_encoding(line, parameter->value);
    else if (kith_vcard_is(parameter->name, "CHARSET"))
        line->charset = parameter->value;
}

/* "item1.TEL;TYPE=work:" and what follows. false: it is no property. */
static bool read_property(struct kith_vcard_line *line, struct kith_vcard_piece first, const char *end)
{
    const char *first_end = first.at + first.len;
    const char *colon = find_outside_quotes(first.at, first_end, ':');
    const char *semicolon;

    if (colon == first_end)
        return false;
    semicolon = memchr(first.at, ';', (size_t)(colon - first.at));
    if (!read_name(line, piece_between(first.at, semicolon ? semicolon : colon)))
        return false;
    for (size_t i = 0; semicolon && semicolon < colon && i < KITH_VCARD_PARAMETERS_MAX; i++) {
        const char *next = find_outside_quotes(semicolon + 1, colon, ';');

        read_parameter(line, kith_vcard_trim(piece_between(semicolon + 1, next)));
        semicolon = next;
    }
    line->raw = piece_between(colon + 1, end);
    return true;
}

static bool has_open_quote(struct kith_vcard_piece text)
{
    size_t n = 0;

    for (size_t i = 0; i < text.len; i++)
        n += text.at[i] == '"';
    return n % 2 != 0;
}

static void clear(struct kith_vcard_line *line)
{
    line->group = line->name = line->charset = (struct kith_vcard_piece){0};
    line->n_parameters = 0;
    line->encoding = KITH_VCARD_PLAIN;
}

/* The fold is in the header: put the whole line together first. */
static void read_unfolded(struct kith_vcard_lines *lines, struct kith_vcard_line *line, struct kith_vcard_piece first,
                          struct kith_vcard_piece whole)
{
    enum kith_vcard_encoding encoding = is_quoted_printable(first) ? KITH_VCARD_QUOTED_PRINTABLE : KITH_VCARD_PLAIN;

    (void)unfold(lines, whole, encoding, &lines->whole); /* what is too long has no name then */
    whole = (struct kith_vcard_piece){kith_buf_text(&lines->whole), lines->whole.len};
    clear(line);
    line->folded = false;
    line->raw = whole;
    (void)read_property(line, whole, whole.at + whole.len); /* false: the name is empty */
}

bool kith_vcard_next_line(struct kith_vcard_lines *lines, struct kith_vcard_line *ret)
{
    struct kith_vcard_piece first;
    struct kith_vcard_piece whole;

    if (!next_whole(lines, &first, &whole, &ret->number))
        return false;
    clear(ret);
    ret->folded = whole.len > first.len;
    ret->raw = whole;
    /* Quotes that open in the first part and close in another: the fold is in the header, or the value has an odd one.
     */
    if (ret->folded && has_open_quote(first))
        read_unfolded(lines, ret, first, whole);
    else if (!read_property(ret, first, whole.at + whole.len) && ret->folded)
        read_unfolded(lines, ret, first, whole);
    return true;
}

/* --- Values ----------------------------------------------------------------- */

static int digit_of(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

/* "=C3=A9"; an "=" that begins no such pair stands for itself, but for the last one, which goes on in nothing. */
static bool decode_quoted_printable(struct kith_vcard_piece text, struct kith_buf *out)
{
    char *room = kith_buf_reserve(out, text.len);
    size_t n = 0;

    if (!room)
        return false;
    if (text.len > 0 && text.at[text.len - 1] == '=')
        text.len--;
    for (size_t i = 0; i < text.len; i++) {
        int high = text.at[i] == '=' && i + 2 < text.len ? digit_of(text.at[i + 1]) : -1;
        int low = high >= 0 ? digit_of(text.at[i + 2]) : -1;

        if (low >= 0) {
            room[n++] = (char)(high << 4 | low);
            i += 2;
        } else {
            room[n++] = text.at[i];
        }
    }
    room[n] = '\0';
    out->len += n;
    return true;
}

static bool decode_base64(struct kith_vcard_piece text, struct kith_buf *out)
{
    char *room = kith_buf_reserve(out, text.len);
    size_t n = 0;

    if (!room || sodium_base642bin((unsigned char *)room, text.len, text.at, text.len, " \t\r\n", &n, NULL,
                                   sodium_base64_VARIANT_ORIGINAL) != 0)
        return false;
    room[n] = '\0';
    out->len += n;
    return true;
}

static bool decode(struct kith_vcard_lines *lines, enum kith_vcard_encoding encoding, struct kith_vcard_piece *text)
{
    if (encoding == KITH_VCARD_PLAIN)
        return true;
    kith_buf_clear(&lines->decoded);
    if (encoding == KITH_VCARD_QUOTED_PRINTABLE ? !decode_quoted_printable(*text, &lines->decoded)
                                                : !decode_base64(*text, &lines->decoded))
        return false;
    *text = (struct kith_vcard_piece){kith_buf_text(&lines->decoded), lines->decoded.len};
    return true;
}

/* UTF-8 as it is where it is that already: most is. */
static bool to_utf8(struct kith_vcard_lines *lines, struct kith_vcard_piece charset, struct kith_buf *out,
                    struct kith_vcard_piece *text)
{
    bool is_wide = charset.len >= 3 && starts_with(charset, "UTF") && !kith_vcard_is(charset, "UTF-8");

    if (!is_wide && kith_charset_is_ascii(text->at, text->len))
        return true;
    kith_buf_clear(out);
    if (!kith_charset_to_utf8(lines->charset, charset.at ? charset.at : "", charset.len, text->at, text->len, out))
        return false;
    *text = (struct kith_vcard_piece){kith_buf_text(out), out->len};
    return true;
}

bool kith_vcard_bytes(struct kith_vcard_lines *lines, const struct kith_vcard_line *line, struct kith_vcard_piece *ret)
{
    struct kith_vcard_piece text = line->raw;
    bool whole = text.len <= VALUE_BYTES_MAX;

    if (!whole)
        text.len = VALUE_BYTES_MAX;
    if (line->folded) {
        whole = unfold(lines, text, line->encoding, &lines->unfolded) && whole;
        text = (struct kith_vcard_piece){kith_buf_text(&lines->unfolded), lines->unfolded.len};
    }
    if (!decode(lines, line->encoding, &text)) {
        *ret = (struct kith_vcard_piece){"", 0};
        return false;
    }
    *ret = text;
    return whole;
}

bool kith_vcard_value(struct kith_vcard_lines *lines, const struct kith_vcard_line *line, struct kith_vcard_piece *ret)
{
    struct kith_vcard_piece text;
    bool whole = kith_vcard_bytes(lines, line, &text);

    if (!to_utf8(lines, line->charset, &lines->converted, &text)) {
        *ret = (struct kith_vcard_piece){"", 0};
        return false;
    }
    *ret = text;
    return whole;
}

struct kith_vcard_piece kith_vcard_parameter_text(struct kith_vcard_lines *lines, struct kith_vcard_piece value)
{
    static const struct kith_vcard_piece none = {"", 0};
    struct kith_buf *out = &lines->parameter;

    if (value.len > 0 && value.at[0] == '"') {
        const char *close = memchr(value.at + 1, '"', value.len - 1);

        value = piece_between(value.at + 1, close ? close : value.at + value.len);
    }
    kith_buf_clear(out);
    for (size_t i = 0; i < value.len; i++) {
        char next = value.at[i] == '^' && i + 1 < value.len ? value.at[i + 1] : '\0';
        char meant = next == 'n' || next == 'N' ? '\n' : next == '^' ? '^' : next == '\'' ? '"' : '\0';

        (void)kith_buf_add_char(out, meant ? meant : value.at[i]); /* a line fits */
        i += meant != '\0';
    }
    value = (struct kith_vcard_piece){kith_buf_text(out), out->len};
    return to_utf8(lines, none, &lines->parameter_converted, &value) ? value : none;
}
