/* SPDX-License-Identifier: MIT */
/*
 * html_text.c - notes that came as HTML become plain text; see html_text.h.
 *
 * No HTML parser: what stands in notes is a paragraph, a line break, a link. Whatever else comes, the result is text
 * that no program shows as anything but text, and never longer than what it was made of.
 */
#include "parse/html_text.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/cleanup.h"
#include "base/text.h"

enum { LONGEST_TAG = 4096 }; /* a "<" without its ">" must not be looked after to the end each time */

/* Where the reading and the writing are. */
struct reducing {
    char *html;
    size_t len, at; /* read so far */
    size_t n;       /* written so far, never more than was read */
    bool space;     /* one is due before the next character, unless a line begins there */
    int newlines;   /* due before the next character */
};

/* --- Writing --------------------------------------------------------------- */

static void write_byte(struct reducing *r, char c)
{
    if (r->n == 0) /* a text begins with neither */
        r->newlines = 0;
    for (int i = 0; i < r->newlines && r->n < r->at; i++)
        r->html[r->n++] = '\n';
    if (r->space && r->newlines == 0 && r->n > 0 && r->n < r->at)
        r->html[r->n++] = ' ';
    r->space = false;
    r->newlines = 0;
    if (r->n < r->at)
        r->html[r->n++] = c;
}

static void end_line(struct reducing *r)
{
    if (r->newlines < 2)
        r->newlines++;
    r->space = false;
}

/* --- Character references ---------------------------------------------------- */

static const struct {
    const char *name;
    uint32_t character;
} names[] = {
    {"amp", '&'},      {"lt", '<'},       {"gt", '>'},        {"quot", '"'},     {"apos", '\''},
    {"nbsp", ' '},     {"ndash", 0x2013}, {"mdash", 0x2014},  {"lsquo", 0x2018}, {"rsquo", 0x2019},
    {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"hellip", 0x2026}, {"euro", 0x20ac},  {"copy", 0xa9},
};

static uint32_t number_of(const char *digits, size_t len, uint32_t base)
{
    uint32_t value = 0;

    for (size_t i = 0; i < len; i++) {
        char c = digits[i];
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 99;

        if (digit >= base || value > 0x10ffff)
            return 0;
        value = value * base + digit;
    }
    return value;
}

/* What stands between & and ;; 0 for what is no reference. */
static uint32_t character_of(const char *reference, size_t len)
{
    if (len >= 2 && reference[0] == '#')
        return reference[1] == 'x' || reference[1] == 'X' ? number_of(reference + 2, len - 2, 16)
                                                          : number_of(reference + 1, len - 1, 10);
    for (size_t i = 0; i < KITH_COUNT_OF(names); i++)
        if (strlen(names[i].name) == len && memcmp(names[i].name, reference, len) == 0)
            return names[i].character;
    return 0;
}

/* At "&": true when a reference stood there, which is read then. */
static bool read_reference(struct reducing *r)
{
    enum { LONGEST = 10 };
    const char *text = r->html + r->at + 1;
    size_t left = r->len - r->at - 1;
    const char *end = memchr(text, ';', left < LONGEST ? left : LONGEST);
    uint32_t character = end ? character_of(text, (size_t)(end - text)) : 0;
    char utf8[4];
    size_t n = character >= ' ' ? kith_utf8_put(character, utf8) : 0;

    if (n == 0)
        return false;
    r->at += (size_t)(end - text) + 2;
    if (character == ' ') {
        r->space = true;
        return true;
    }
    for (size_t i = 0; i < n; i++)
        write_byte(r, utf8[i]);
    return true;
}

/* --- Tags ---------------------------------------------------------------------- */

/* The tag at text, "br" or "/p", in lower case and cut to what any of ours has. */
static void name_of(const char *text, size_t len, char *out, size_t out_size)
{
    size_t n = 0;

    for (size_t i = 0; i < len && n + 1 < out_size; i++) {
        char c = text[i];

        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (!(c >= 'a' && c <= 'z') && !(c == '/' && n == 0) && !(c >= '0' && c <= '9'))
            break;
        out[n++] = c;
    }
    out[n] = '\0';
}

static bool is_one_of(const char *name, const char *const *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(name, all[i]) == 0)
            return true;
    return false;
}

/* Behind what `name` opened and nobody is to read: a script, a style, a comment. */
static void skip_to(struct reducing *r, const char *end)
{
    size_t end_len = strlen(end);

    while (r->at < r->len && !(r->len - r->at >= end_len && strncasecmp(r->html + r->at, end, end_len) == 0))
        r->at++;
}

/* At "<": true when a tag stood there, which is read then. */
static bool read_tag(struct reducing *r)
{
    static const char *const ends_line[] = {"br", "/p", "/div", "/li", "/tr", "/h1", "/h2", "/h3", "/h4", "/ul", "/ol"};
    const char *text = r->html + r->at + 1;
    size_t left = r->len - r->at - 1;
    const char *end = memchr(text, '>', left < LONGEST_TAG ? left : LONGEST_TAG);
    char name[8];

    if (left >= 3 && memcmp(text, "!--", 3) == 0) {
        skip_to(r, "-->");
        r->at = r->len - r->at > 3 ? r->at + 3 : r->len;
        return true;
    }
    name_of(text, left, name, sizeof(name));
    if (!end || (name[0] == '\0' && text[0] != '!' && text[0] != '?'))
        return false; /* "a < b" */
    r->at += (size_t)(end - text) + 2;
    if (strcmp(name, "script") == 0)
        skip_to(r, "</script");
    else if (strcmp(name, "style") == 0)
        skip_to(r, "</style");
    else if (is_one_of(name, ends_line, KITH_COUNT_OF(ends_line)))
        end_line(r);
    return true;
}

size_t kith_html_to_text(char *html, size_t len)
{
    struct reducing r = {.html = html, .len = len};

    while (r.at < r.len) {
        char c = html[r.at];

        if ((c == '<' && read_tag(&r)) || (c == '&' && read_reference(&r)))
            continue;
        r.at++;
        if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            r.space = true;
        else
            write_byte(&r, c);
    }
    return r.n;
}
