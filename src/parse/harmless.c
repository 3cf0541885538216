/* SPDX-License-Identifier: MIT */
/* harmless.c - see harmless.h. Most text is harmless already and is only looked at, eight bytes at a time. */
#include "parse/harmless.h"

#include <stdint.h>

#include "base/text.h"

/* Not 0 when some byte of word is c. */
static uint64_t holds(uint64_t word, unsigned char c)
{
    uint64_t x = word ^ (UINT64_C(0x0101010101010101) * c);

    return (x - UINT64_C(0x0101010101010101)) & ~x & UINT64_C(0x8080808080808080);
}

static bool is_control(unsigned char c)
{
    return c < 0x20 || c == 0x7f;
}

/* How much surely has no control characters. 0xC2 leads U+0080 to U+009F, which are some, and others that are none. */
static size_t plain_len(const char *text, size_t len)
{
    size_t i = 0;
    uint64_t word;

    for (; len - i >= sizeof(word); i += sizeof(word)) {
        memcpy(&word, text + i, sizeof(word));
        if (((word - UINT64_C(0x2020202020202020)) & ~word & UINT64_C(0x8080808080808080)) | holds(word, 0x7f) |
            holds(word, 0xc2))
            return i;
    }
    while (i < len && !is_control((unsigned char)text[i]) && (unsigned char)text[i] != 0xc2)
        i++;
    return i;
}

size_t kith_harmless(char *text, size_t len, bool lines)
{
    size_t n = plain_len(text, len);

    for (size_t i = n; i < len; i++) {
        unsigned char c = (unsigned char)text[i];
        unsigned char next = i + 1 < len ? (unsigned char)text[i + 1] : 0;

        if (lines && c == '\r') {
            text[n++] = '\n';
            i += next == '\n';
        } else if (c == 0xc2 && next >= 0x80 && next <= 0x9f) {
            text[n++] = ' ';
            i++;
        } else if (is_control(c) && !(lines && (c == '\n' || c == '\t'))) {
            text[n++] = ' ';
        } else {
            text[n++] = (char)c;
        }
    }
    return n;
}
