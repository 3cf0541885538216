/* SPDX-License-Identifier: MIT */
/*
 * text.c - small things about strings; see text.h.
 *
 * Used everywhere. Nothing here looks at the locale: what a person's language
 * says about letters is the business of normalise/.
 */
#include "base/text.h"

#include <stdarg.h>

#include "base/cleanup.h"

enum { REPLACEMENT = 0xFFFD, LONGEST_WORD = 64 };

/* --- Copying and formatting --------------------------------------------- */

/* How many bytes a character takes that begins with this byte; 1 for what cannot begin one. */
static size_t expected_len(unsigned char first)
{
    if (first >= 0xF0 && first <= 0xF4)
        return 4;
    if (first >= 0xE0)
        return first <= 0xEF ? 3 : 1;
    return first >= 0xC2 ? 2 : 1;
}

/* len without the beginning of a character whose rest lies beyond it. */
static size_t len_of_whole_characters(const char *text, size_t len)
{
    size_t back = 0;

    while (back < 3 && back < len && ((unsigned char)text[len - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back == len)
        return len;
    size_t first = len - 1 - back;
    return expected_len((unsigned char)text[first]) > back + 1 ? first : len;
}

bool kith_text_copy_n(char *out, size_t out_size, const char *text, size_t len)
{
    if (out_size == 0)
        return false;
    bool fits = len < out_size;
    size_t n = fits ? len : len_of_whole_characters(text, out_size - 1);
    if (n > 0)
        memmove(out, text, n);
    out[n] = '\0';
    return fits;
}

bool kith_text_copy(char *out, size_t out_size, const char *text)
{
    return kith_text_copy_n(out, out_size, text, strlen(text));
}

bool kith_text_format(char *out, size_t out_size, const char *format, ...)
{
    va_list args;

    if (out_size == 0)
        return false;
    va_start(args, format);
    int len = vsnprintf(out, out_size, format, args);
    va_end(args);

    if (len < 0) {
        out[0] = '\0';
        return false;
    }
    if ((size_t)len < out_size)
        return true;
    out[len_of_whole_characters(out, out_size - 1)] = '\0';
    return false;
}

/* --- Comparing ---------------------------------------------------------- */

static char ascii_lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

void kith_text_format_count(int64_t n, char *out, size_t out_size)
{
    char digits[24];
    size_t len, at = 0;

    (void)kith_text_format(digits, sizeof(digits), "%lld", (long long)n);
    len = strlen(digits);
    for (size_t i = 0; i < len && at + 2 < out_size; i++) {
        if (i > 0 && (len - i) % 3 == 0 && digits[i - 1] != '-')
            out[at++] = ',';
        out[at++] = digits[i];
    }
    out[at] = '\0';
}

bool kith_text_equal_ci(const char *a, const char *b)
{
    while (*a != '\0' && ascii_lower(*a) == ascii_lower(*b)) {
        a++;
        b++;
    }
    return ascii_lower(*a) == ascii_lower(*b);
}

bool kith_text_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool kith_text_starts_with_ci(const char *text, const char *prefix)
{
    while (*prefix != '\0' && ascii_lower(*text) == ascii_lower(*prefix)) {
        text++;
        prefix++;
    }
    return *prefix == '\0';
}

bool kith_text_ends_with(const char *text, const char *suffix)
{
    size_t len = strlen(text);
    size_t suffix_len = strlen(suffix);

    return suffix_len <= len && memcmp(text + len - suffix_len, suffix, suffix_len) == 0;
}

/* --- Numbers ------------------------------------------------------------ */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool kith_text_to_int64(const char *text, int64_t min, int64_t max, int64_t *ret)
{
    bool negative = *text == '-';
    int64_t value = 0;

    if (*text == '-' || *text == '+')
        text++;
    if (!is_digit(*text))
        return false;
    for (; is_digit(*text); text++) {
        int digit = *text - '0';
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_add_overflow(value, negative ? -digit : digit, &value))
            return false;
    }
    if (*text != '\0' || value < min || value > max)
        return false;
    *ret = value;
    return true;
}

/*
 * Not strtod(): that reads a comma where the locale has one, and hexadecimal,
 * and "nan". Absurd numbers are held at some 30,000 years, which a caller can
 * still add to a time in seconds.
 */
bool kith_text_to_seconds(const char *text, double *ret_s)
{
    const double ceiling = 1e12;
    double value = 0;

    if (!is_digit(*text))
        return false;
    for (; is_digit(*text); text++) {
        if (value < ceiling)
            value = value * 10 + (*text - '0');
    }
    if (*text == '.') {
        double unit = 0.1;
        text++;
        if (!is_digit(*text))
            return false;
        for (; is_digit(*text); text++, unit /= 10)
            value += unit * (*text - '0');
    }
    if (*text != '\0')
        return false;
    *ret_s = value < ceiling ? value : ceiling;
    return true;
}

/* --- UTF-8 -------------------------------------------------------------- */

static bool is_continuation(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

/* Decode the character at p, of which len bytes (at least one) are there; 0: these bytes are none. */
static size_t decode(const unsigned char *p, size_t len, uint32_t *ret_cp)
{
    size_t n = expected_len(p[0]);

    if (n == 1) {
        *ret_cp = p[0];
        return p[0] < 0x80 ? 1 : 0;
    }
    if (n > len)
        return 0;
    uint32_t cp = p[0] & (0xFFu >> (n + 1));
    for (size_t i = 1; i < n; i++) {
        if (!is_continuation(p[i]))
            return 0;
        cp = cp << 6 | (p[i] & 0x3Fu);
    }
    /* Too long a form, a surrogate, or beyond Unicode; two bytes cannot be too long after C2. */
    if ((n == 3 && cp < 0x800) || (n == 4 && cp < 0x10000) || (cp >= 0xD800 && cp <= 0xDFFF) || cp > 0x10FFFF)
        return 0;
    *ret_cp = cp;
    return n;
}

/* Most text is ASCII: eight bytes at a time while it is. */
static size_t skip_ascii(const unsigned char *p, size_t len)
{
    size_t i = 0;
    uint64_t word;

    for (; len - i >= sizeof(word); i += sizeof(word)) {
        memcpy(&word, p + i, sizeof(word));
        if (word & UINT64_C(0x8080808080808080))
            break;
    }
    while (i < len && p[i] < 0x80)
        i++;
    return i;
}

size_t kith_utf8_valid_len(const char *text, size_t len)
{
    const unsigned char *p = (const unsigned char *)text;
    size_t i = 0;
    uint32_t cp;

    while (i < len) {
        i += skip_ascii(p + i, len - i);
        if (i == len)
            break;
        size_t n = decode(p + i, len - i, &cp);
        if (n == 0)
            break;
        i += n;
    }
    return i;
}

uint32_t kith_utf8_next(const char **text, const char *end)
{
    uint32_t cp = REPLACEMENT;
    size_t n = decode((const unsigned char *)*text, (size_t)(end - *text), &cp);

    if (n == 0) {
        *text += 1;
        return REPLACEMENT;
    }
    *text += n;
    return cp;
}

bool kith_text_is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

static bool is_foreign(uint32_t cp)
{
    static const struct {
        uint32_t first, last;
    } letters[] = {
        {0x370, 0x52F},   {0x5D0, 0x5EA},   {0x620, 0x65F},   {0x671, 0x6D3}, {0x900, 0x963}, /* Greek to Devanagari */
        {0xE01, 0xE4E},   {0x10D0, 0x10FF},                                                   /* Thai, Georgian */
        {0x3041, 0x30FF}, {0x3400, 0x9FFF}, {0xAC00, 0xD7A3},                                 /* kana, Han, Hangul */
    };

    for (size_t i = 0; i < KITH_COUNT_OF(letters); i++)
        if (cp <= letters[i].last)
            return cp >= letters[i].first;
    return false;
}

bool kith_text_is_foreign(const char *text)
{
    const char *end = text + strlen(text);

    while (text < end) {
        uint32_t cp = kith_utf8_next(&text, end);
        bool letter = (cp | 0x20) - 'a' < 26 || cp - '0' < 10;
        if (letter || (cp >= 0x80 && !is_foreign(cp)))
            return false;
    }
    return true;
}

size_t kith_utf8_put(uint32_t cp, char out[4])
{
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF))
        return 0;
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* --- Did you mean ------------------------------------------------------- */

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;

    return least < c ? least : c;
}

/* Levenshtein's distance, one row of the table at a time. Of longer words the beginnings are compared. */
size_t kith_text_distance(const char *a, const char *b)
{
    size_t a_len = strnlen(a, LONGEST_WORD);
    size_t b_len = strnlen(b, LONGEST_WORD);
    size_t row[LONGEST_WORD + 1];

    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least_of(row[j] + 1, row[j - 1] + 1, replaced);
        }
    }
    return row[b_len];
}

const char *kith_text_nearest(const char *text, const char *const *words, size_t n)
{
    size_t len = strnlen(text, LONGEST_WORD);
    /* One slip in a short word, two or three in a longer one; more and it was meant to be something else. */
    size_t best = (len <= 3 ? 1 : len <= 7 ? 2 : 3) + 1;
    const char *nearest = NULL;

    for (size_t i = 0; i < n; i++) {
        size_t distance = kith_text_distance(text, words[i]);
        /* A word that shares no letter with text is not near it, however short both are. */
        if (distance < best && distance < strlen(words[i]) && distance < len) {
            best = distance;
            nearest = words[i];
        }
    }
    return nearest;
}

/* --- Hashes ------------------------------------------------------------- */

uint32_t kith_fnv1a32(const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    uint32_t hash = UINT32_C(2166136261);

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ p[i]) * UINT32_C(16777619);
    return hash;
}

uint64_t kith_fnv1a64(const void *bytes, size_t len)
{
    const unsigned char *p = bytes;
    uint64_t hash = UINT64_C(14695981039346656037);

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ p[i]) * UINT64_C(1099511628211);
    return hash;
}

/* --- Percent encoding --------------------------------------------------- */

static bool is_unreserved(char c)
{
    return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' ||
           c == '~';
}

bool kith_percent_encode(const char *text, char *out, size_t out_size)
{
    static const char digits[] = "0123456789ABCDEF";
    size_t n = 0;

    for (; *text != '\0'; text++) {
        size_t needed = is_unreserved(*text) ? 1 : 3;
        if (n + needed >= out_size)
            return false;
        if (needed == 1) {
            out[n++] = *text;
            continue;
        }
        unsigned char byte = (unsigned char)*text;
        out[n++] = '%';
        out[n++] = digits[byte >> 4];
        out[n++] = digits[byte & 0xF];
    }
    if (n >= out_size)
        return false;
    out[n] = '\0';
    return true;
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    c = ascii_lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool kith_percent_decode(const char *text, size_t len, bool form, char *out, size_t out_size)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '%') {
            if (len - i < 3 || hex_value(text[i + 1]) < 0 || hex_value(text[i + 2]) < 0)
                return false;
            c = (char)(hex_value(text[i + 1]) << 4 | hex_value(text[i + 2]));
            i += 2;
        } else if (c == '+' && form) {
            c = ' ';
        }
        if (c == '\0' || n + 1 >= out_size)
            return false;
        out[n++] = c;
    }
    if (n >= out_size)
        return false;
    out[n] = '\0';
    return true;
}
