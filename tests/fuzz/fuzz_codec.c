/* SPDX-License-Identifier: MIT */
/*
 * fuzz_codec.c - any bytes as a stored record: a damaged disk.
 *
 * What can be read is written again and read again: the same bytes must come out.
 */
#include <string.h>

#include "fuzz_target.h"
#include "model/codec.h"

static void check_again(const struct kith_contact *contact, const struct kith_keys *keys)
{
    struct kith_buf first;
    struct kith_buf second;
    struct kith_arena *arena = kith_arena_new();
    struct kith_contact copy;
    struct kith_keys copied_keys;

    kith_buf_init(&first, SIZE_MAX);
    kith_buf_init(&second, SIZE_MAX);
    kith_keys_init(&copied_keys);
    FUZZ_CHECK(kith_codec_write(&first, contact, keys));
    FUZZ_CHECK(kith_codec_read(first.data, first.len, arena, &copy, &copied_keys) == first.len);
    FUZZ_CHECK(kith_codec_write(&second, &copy, &copied_keys));
    FUZZ_CHECK(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
    kith_keys_done(&copied_keys);
    kith_buf_done(&first);
    kith_buf_done(&second);
    kith_arena_free(arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct kith_arena *arena = kith_arena_new();
    struct kith_contact contact;
    struct kith_keys keys;
    size_t used;

    kith_keys_init(&keys);
    used = kith_codec_read((const char *)data, size, arena, &contact, &keys);
    FUZZ_CHECK(used <= size);
    if (used > 0)
        check_again(&contact, &keys);
    if (used > 0)
        FUZZ_CHECK(kith_codec_read((const char *)data, size, arena, &contact, NULL) == used);
    kith_keys_done(&keys);
    kith_arena_free(arena);
    return 0;
}
