/* SPDX-License-Identifier: MIT */
/*
 * reader_out.c - what was found goes out, as frames on standard output.
 *
 * Before: a parser has a contact.
 * After:  src/fetch/fetch_file.c reads the frame, in another process.
 */
#include "reader/reader_out.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"

enum {
    FRAMES_BYTES_MAX = 2 * KITH_READER_FRAME_BODY_MAX,
    ENOUGH_BYTES = 64 * 1024, /* what a pipe takes at once */
    SILENCE_MS = 1000,
};

void reader_out_init(struct reader_out *out)
{
    *out = (struct reader_out){.report = kith_field_report_new(), .heard = true};
    kith_buf_init(&out->frames, FRAMES_BYTES_MAX);
    out->written_ms = kith_clock_monotonic_ms();
}

void reader_out_done(struct reader_out *out)
{
    kith_field_report_free(out->report);
    kith_buf_done(&out->frames);
}

static void write_out(struct reader_out *out)
{
    const char *at = out->frames.data;
    size_t left = out->frames.len;

    while (left > 0 && out->heard) {
        ssize_t n = write(STDOUT_FILENO, at, left);

        if (n < 0 && errno == EINTR)
            continue;
        out->heard = n > 0;
        at += n > 0 ? n : 0;
        left -= n > 0 ? (size_t)n : 0;
    }
    kith_buf_clear(&out->frames);
    out->written_ms = kith_clock_monotonic_ms();
}

static enum kith_status put_contact(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                    struct kith_error *err)
{
    struct reader_out *out = ctx;

    if (!kith_reader_frame_contact(&out->frames, contact))
        (void)kith_reader_frame_skipped(&out->frames, "contact", "too large"); /* a few bytes: they fit */
    if (out->frames.len >= ENOUGH_BYTES)
        write_out(out);
    return out->heard ? KITH_OK : kith_fail(err, KITH_E_CANCELLED, "nobody listens any more");
}

static void put_skipped(void *ctx, const char *what, const char *why)
{
    struct reader_out *out = ctx;

    (void)kith_reader_frame_skipped(&out->frames, what, why); /* the buffer was emptied below its ceiling */
    if (out->frames.len >= ENOUGH_BYTES)
        write_out(out);
}

struct kith_contact_sink reader_out_sink(struct reader_out *out)
{
    return (struct kith_contact_sink){
        .contact = put_contact, .skipped = put_skipped, .report = out->report, .ctx = out};
}

/* Goes out at once: it also says that the reader lives. */
void reader_out_hello(struct reader_out *out, unsigned locks)
{
    (void)kith_reader_frame_hello(&out->frames, locks);
    write_out(out);
}

void reader_out_alive(struct reader_out *out)
{
    if (kith_clock_monotonic_ms() - out->written_ms < SILENCE_MS)
        return;
    (void)kith_reader_frame_alive(&out->frames);
    write_out(out);
}

void reader_out_lost(struct reader_out *out, const char *format, ...)
{
    char where[512];
    va_list args;

    if (out->where[0] != '\0')
        return;
    va_start(args, format);
    (void)vsnprintf(where, sizeof(where), format, args); /* what does not fit is cut */
    va_end(args);
    (void)kith_text_copy_n(out->where, sizeof(out->where), where, kith_utf8_valid_len(where, strlen(where)));
}

static void put_end(struct reader_out *out, enum kith_status st, const struct kith_error *err)
{
    struct kith_reader_failure failure = {0};

    if (st == KITH_OK) {
        (void)kith_reader_frame_end(&out->frames, out->where);
        return;
    }
    failure.reason = st == KITH_E_FILE ? (enum kith_reason)err->reason : KITH_REASON_NONE;
    (void)kith_text_copy(failure.message, sizeof(failure.message), err->message);
    (void)kith_reader_frame_failure(&out->frames, &failure);
}

void reader_out_end(struct reader_out *out, enum kith_status st, const struct kith_error *err)
{
    for (size_t i = 0; i < kith_field_report_count(out->report); i++)
        (void)kith_reader_frame_field(&out->frames, kith_field_report_get(out->report, i));
    (void)kith_reader_frame_facts(&out->frames, &out->facts);
    put_end(out, st, err);
    write_out(out);
}
