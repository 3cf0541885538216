/* SPDX-License-Identifier: MIT */
/*
 * sandbox_codec.c - SHA-256 (FIPS 180-4) and base64 (RFC 4648), so that the sandbox needs no crypto library.
 *
 * Before: sandbox_token.c has a code verifier, sandbox_ids.c a place.
 * After:  text that goes over the wire.
 */
#include "sandbox/sandbox_codec.h"

#include <stdint.h>

#include "base/text.h"

/* --- SHA-256 ----------------------------------------------------------------- */

static const uint32_t round_constant[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static void take_block(uint32_t h[8], const unsigned char *block)
{
    uint32_t w[64], v[8];

    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 | (uint32_t)block[4 * i + 2] << 8 |
               block[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        uint32_t s0 = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ w[i - 15] >> 3;
        uint32_t s1 = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10;
        w[i] = w[i - 16] + s0 + w[i - 7] + s1;
    }
    memcpy(v, h, sizeof(v));
    for (int i = 0; i < 64; i++) {
        uint32_t s1 = turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25);
        uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        uint32_t t1 = v[7] + s1 + choice + round_constant[i] + w[i];
        uint32_t s0 = turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22);
        uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        memmove(v + 1, v, 7 * sizeof(v[0]));
        v[4] += t1;
        v[0] = t1 + s0 + majority;
    }
    for (int i = 0; i < 8; i++)
        h[i] += v[i];
}

void sandbox_sha256(const void *bytes, size_t len, unsigned char out[32])
{
    uint32_t h[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const unsigned char *p = bytes;
    unsigned char last[128] = {0};
    size_t left = len, n_last;

    for (; left >= 64; left -= 64, p += 64)
        take_block(h, p);
    memcpy(last, p, left);
    last[left] = 0x80;
    n_last = left < 56 ? 64 : 128;
    for (size_t i = 0; i < 8; i++)
        last[n_last - 1 - i] = (unsigned char)((uint64_t)len * 8 >> (8 * i));
    take_block(h, last);
    if (n_last == 128)
        take_block(h, last + 64);
    for (int i = 0; i < 32; i++)
        out[i] = (unsigned char)(h[i / 4] >> (24 - 8 * (i % 4)));
}

/* --- Base64 ------------------------------------------------------------------ */

static const char url_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
static const char plain_letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static char *encode(const char *letters, const unsigned char *bytes, size_t len, char *out)
{
    for (size_t i = 0; i < len; i += 3) {
        size_t n = len - i < 3 ? len - i : 3;
        unsigned group = (unsigned)bytes[i] << 16;
        if (n > 1)
            group |= (unsigned)bytes[i + 1] << 8;
        if (n > 2)
            group |= bytes[i + 2];
        for (size_t k = 0; k <= n; k++)
            *out++ = letters[group >> (18 - 6 * k) & 63];
    }
    *out = '\0';
    return out;
}

void sandbox_base64url(const unsigned char *bytes, size_t len, char *out)
{
    (void)encode(url_letters, bytes, len, out);
}

void sandbox_base64(const unsigned char *bytes, size_t len, char *out)
{
    char *end = encode(plain_letters, bytes, len, out);

    for (size_t pad = (3 - len % 3) % 3; pad > 0; pad--)
        *end++ = '=';
    *end = '\0';
}

bool sandbox_unbase64url(const char *text, size_t n, unsigned char *out)
{
    for (size_t i = 0; i + 3 < n; i += 4) {
        unsigned group = 0;
        for (size_t k = 0; k < 4; k++) {
            const char *at = text[i + k] ? strchr(url_letters, text[i + k]) : NULL;
            if (!at)
                return false;
            group = group << 6 | (unsigned)(at - url_letters);
        }
        *out++ = (unsigned char)(group >> 16);
        *out++ = (unsigned char)(group >> 8);
        *out++ = (unsigned char)group;
    }
    return true;
}
