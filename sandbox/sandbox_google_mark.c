/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_mark.c - page tokens and sync tokens: opaque outside, everything a round needs inside.
 *
 * Before: a list ends a page.
 * After:  the next request brings the token back, and nothing had to be kept for it.
 */
#include "base/text.h"
#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_google_people.h"

enum { N_NUMBERS = 8, BYTES = 66, CHARS = BYTES / 3 * 4 };

_Static_assert(CHARS < SANDBOX_MARK_SIZE, "a token and its NUL fit");

static uint64_t check_of(const uint64_t *number, uint64_t key)
{
    return sandbox_mix2(key, kith_fnv1a64(number, (N_NUMBERS - 1) * sizeof(number[0])));
}

void sandbox_google_mark_write(const struct sandbox_google_mark *mark, uint64_t key, char out[SANDBOX_MARK_SIZE])
{
    uint64_t number[N_NUMBERS] = {
        mark->kind, mark->question, mark->epoch, mark->since, mark->until, mark->position, (uint64_t)mark->began_s, 0};
    unsigned char bytes[BYTES] = {0x32, 0x2b}; /* all begin alike, as real ones do */

    number[N_NUMBERS - 1] = check_of(number, key);
    for (size_t i = 0; i < N_NUMBERS; i++)
        for (size_t k = 0; k < 8; k++)
            bytes[2 + 8 * i + k] = (unsigned char)(number[i] >> (8 * k));
    sandbox_base64url(bytes, sizeof(bytes), out);
}

bool sandbox_google_mark_read(const char *text, uint64_t key, struct sandbox_google_mark *ret)
{
    unsigned char bytes[BYTES];
    uint64_t number[N_NUMBERS] = {0};

    if (strlen(text) != CHARS || !sandbox_unbase64url(text, CHARS, bytes))
        return false;
    for (size_t i = 0; i < N_NUMBERS; i++)
        for (size_t k = 0; k < 8; k++)
            number[i] |= (uint64_t)bytes[2 + 8 * i + k] << (8 * k);
    if (number[N_NUMBERS - 1] != check_of(number, key) || number[5] > INT64_MAX)
        return false;
    *ret = (struct sandbox_google_mark){number[0], number[1], number[2],         number[3],
                                        number[4], number[5], (int64_t)number[6]};
    return true;
}
