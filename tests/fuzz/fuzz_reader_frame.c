/* SPDX-License-Identifier: MIT */
/*
 * fuzz_reader_frame.c - any bytes as what kith-reader says: a hostile file that has taken it over.
 *
 * The stream is read frame by frame, as fetch_file.c does. A contact that comes out is fit for everything behind it:
 * its texts are UTF-8, and written again it reads again.
 */
#include <string.h>

#include "base/text.h"
#include "fuzz_target.h"
#include "model/reader_frame.h"

static void check_text(const char *text)
{
    FUZZ_CHECK(kith_utf8_valid_len(text, strlen(text)) == strlen(text));
}

static void check_contact(const struct kith_contact *contact)
{
    struct kith_arena *arena = kith_arena_new();
    struct kith_reader_frame again;
    struct kith_buf bytes;
    size_t used;

    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        check_text(contact->text[i]);
    for (size_t i = 0; i < contact->n_dates; i++)
        FUZZ_CHECK(contact->dates[i].month >= 0 && contact->dates[i].month <= 12);
    kith_buf_init(&bytes, SIZE_MAX);
    FUZZ_CHECK(kith_reader_frame_contact(&bytes, contact));
    FUZZ_CHECK(kith_reader_frame_read(bytes.data, bytes.len, arena, &again, &used) == KITH_FRAME_WHOLE);
    FUZZ_CHECK(used == bytes.len);
    kith_buf_done(&bytes);
    kith_arena_free(arena);
}

static void check_frame(const struct kith_reader_frame *frame)
{
    check_text(frame->what);
    check_text(frame->why);
    check_text(frame->field.name);
    check_text(frame->failure.message);
    if (frame->kind == KITH_FRAME_CONTACT)
        check_contact(&frame->contact);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct kith_arena *arena = kith_arena_new();
    struct kith_reader_frame frame;
    size_t used;

    while (kith_reader_frame_read((const char *)data, size, arena, &frame, &used) == KITH_FRAME_WHOLE) {
        FUZZ_CHECK(used > 0 && used <= size);
        check_frame(&frame);
        data += used;
        size -= used;
        kith_arena_reset(arena);
    }
    kith_arena_free(arena);
    return 0;
}
