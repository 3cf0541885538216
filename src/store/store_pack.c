/* SPDX-License-Identifier: MIT */
/*
 * store_pack.c - small forms of what a contact holds; see store_pack.h.
 *
 * Used where a contact is written, read and looked up. Graph's ids and change keys
 * are most of what has no meaning for a person: kept as text they would be a
 * quarter of the file.
 */
#include "store/store_pack.h"

#include <zlib.h>

#include "base/alloc.h"
#include "base/text.h"

/* --- Base64 ---------------------------------------------------------------- */

enum { PACK_URL_ALPHABET = 1, PACK_UNPADDED = 2, PACK_TEXT_MIN = 12 };

static const char alphabets[2][65] = {
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_",
};

/* -1 for what is in neither alphabet. Sets *url or *plain when only one of them has it. */
static int sextet(char c, bool *url, bool *plain)
{
    if (c >= 'A' && c <= 'Z')
        return c - 'A';
    if (c >= 'a' && c <= 'z')
        return c - 'a' + 26;
    if (c >= '0' && c <= '9')
        return c - '0' + 52;
    if (c == '-' || c == '_') {
        *url = true;
        return c == '-' ? 62 : 63;
    }
    if (c == '+' || c == '/') {
        *plain = true;
        return c == '+' ? 62 : 63;
    }
    return -1;
}

static size_t encoded(const unsigned char *bytes, size_t len, unsigned form, char *out)
{
    const char *alphabet = alphabets[form & PACK_URL_ALPHABET];
    size_t n = 0;

    for (size_t i = 0; i < len; i += 3) {
        size_t left = len - i;
        uint32_t group = (uint32_t)bytes[i] << 16 | (left > 1 ? (uint32_t)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? (uint32_t)bytes[i + 2] : 0);
        size_t digits = left > 2 ? 4 : left + 1;
        for (size_t k = 0; k < digits; k++)
            out[n++] = alphabet[group >> (18 - 6 * k) & 63];
        for (size_t k = digits; k < 4 && !(form & PACK_UNPADDED); k++)
            out[n++] = '=';
    }
    out[n] = '\0';
    return n;
}

/* Fill room; false: not base64, or not the one way of writing it that would come out again. */
static bool decoded(const char *text, size_t len, struct kith_packed *out)
{
    char again[KITH_PACK_TEXT_MAX + 4];
    bool url = false, plain = false;
    size_t digits = len, n = 0;
    uint32_t bits = 0;
    unsigned held = 0;

    while (digits > 0 && digits + 2 > len && text[digits - 1] == '=')
        digits--;
    for (size_t i = 0; i < digits; i++) {
        int value = sextet(text[i], &url, &plain);
        if (value < 0)
            return false;
        bits = bits << 6 | (uint32_t)value;
        held += 6;
        if (held >= 8) {
            held -= 8;
            out->room[1 + n++] = (unsigned char)(bits >> held);
        }
    }
    unsigned form = (url ? PACK_URL_ALPHABET : 0u) | (digits == len && len % 4 ? PACK_UNPADDED : 0u);
    if ((url && plain) || encoded(out->room + 1, n, form, again) != len || memcmp(again, text, len) != 0)
        return false;
    out->room[0] = (unsigned char)form;
    out->len = 1 + n;
    return true;
}

void kith_pack(const char *text, size_t text_len, struct kith_packed *out)
{
    out->binary = text_len >= PACK_TEXT_MIN && text_len <= KITH_PACK_TEXT_MAX && decoded(text, text_len, out);
    out->data = out->binary ? (const void *)out->room : text;
    if (!out->binary)
        out->len = text_len;
}

size_t kith_unpack(const void *binary, size_t len, char out[KITH_PACK_TEXT_MAX + 1])
{
    const unsigned char *bytes = binary;

    out[0] = '\0';
    if (len < 2 || len - 1 > KITH_PACK_TEXT_MAX / 4 * 3 || bytes[0] > (PACK_URL_ALPHABET | PACK_UNPADDED))
        return 0;
    return encoded(bytes + 1, len - 1, bytes[0], out);
}

/* --- Long texts ------------------------------------------------------------ */

enum { MOST_TIMES_LONGER = 1100 }; /* zlib's form is never shorter than a 1032nd */

char *kith_pack_long(const char *text, size_t text_len, size_t *ret_len)
{
    uLongf len = compressBound(text_len);
    char *packed = kith_xnew_n(char, len);

    (void)compress2((Bytef *)packed, &len, (const Bytef *)text, text_len, Z_BEST_SPEED); /* it fits: there is a bound */
    *ret_len = len;
    return packed;
}

const char *kith_unpack_long(const void *packed, size_t packed_len, int64_t text_len, struct kith_arena *arena)
{
    if (text_len <= 0 || (uint64_t)text_len / MOST_TIMES_LONGER > packed_len)
        return NULL;
    uLongf len = (uLongf)text_len;
    char *text = kith_arena_alloc(arena, len + 1);
    if (uncompress((Bytef *)text, &len, packed, packed_len) != Z_OK || len != (uLongf)text_len)
        return NULL;
    text[len] = '\0';
    return text;
}

/* --- Phone numbers --------------------------------------------------------- */

/* Thirteen symbols: nothing more, the ten digits, * and #. Sixteen places of them fit into 63 bits. */
enum { ENDING_BASE = 13, ENDING_PLACES = 16 };

static int ending_symbol(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0' + 1;
    return c == '*' ? 11 : c == '#' ? 12 : 0;
}

bool kith_ending_range(const char *last_digits, int64_t *ret_first, int64_t *ret_last)
{
    size_t len = strlen(last_digits);
    int64_t first = 0, width = 1;

    if (len == 0 || len > ENDING_PLACES)
        return false;
    for (size_t i = len; i-- > 0;) {
        int symbol = ending_symbol(last_digits[i]);
        if (symbol == 0)
            return false;
        first = first * ENDING_BASE + symbol;
    }
    for (size_t place = len; place < ENDING_PLACES; place++)
        width *= ENDING_BASE;
    *ret_first = first * width;
    *ret_last = first * width + width - 1;
    return true;
}

int64_t kith_ending(const char *number)
{
    int64_t first, last;

    return kith_ending_range(number, &first, &last) ? first : 0;
}

int64_t kith_e164_number(const char *e164)
{
    int64_t number;

    /* A country's code never begins with 0, so that the digits come back as they were. */
    if (e164[0] != '+' || e164[1] < '1' || e164[1] > '9')
        return 0;
    return kith_text_to_int64(e164 + 1, 1, INT64_MAX, &number) ? number : 0;
}

void kith_e164_text(int64_t number, char out[17])
{
    char digits[20]; /* from the last one */
    size_t n = 0, len = 0;

    do
        digits[n++] = (char)('0' + number % 10);
    while ((number /= 10) > 0 && n + 2 < 17);
    out[len++] = '+';
    while (n > 0)
        out[len++] = digits[--n];
    out[len] = '\0';
}

/* --- Source ids ------------------------------------------------------------ */

int64_t kith_source_hash(int64_t account_id, const char *source_id)
{
    uint64_t hash = kith_fnv1a64(source_id, strlen(source_id));

    return (int64_t)(hash ^ (uint64_t)account_id * UINT64_C(0x9E3779B97F4A7C15));
}

size_t kith_common_prefix(const char *a, const char *b)
{
    size_t len = 0;

    while (a[len] && a[len] == b[len])
        len++;
    return len / 4 * 4;
}
