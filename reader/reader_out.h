/* SPDX-License-Identifier: MIT */
/* reader_out.h - what was found goes out, as frames on standard output. */
#pragma once

#include "model/contact_sink.h"
#include "model/reader_frame.h"

struct reader_out {
    struct kith_buf frames; /* not written yet */
    struct kith_field_report *report;
    struct kith_reader_facts facts;
    char where[128]; /* what could not be read, "" when all was */
    int64_t written_ms;
    bool heard; /* false: nobody listens any more */
};

void reader_out_init(struct reader_out *out);
void reader_out_done(struct reader_out *out);
KITH_DEFINE_AUTO_DONE(reader_out, reader_out_done)

/* Where parsers put contacts; borrowed from out. */
struct kith_contact_sink reader_out_sink(struct reader_out *out);

void reader_out_hello(struct reader_out *out, unsigned locks);
/* Call it now and then while nothing is found: the engine gives up on a reader that is silent. */
void reader_out_alive(struct reader_out *out);
/* Something could not be read. The first place is the one that is told. */
void reader_out_lost(struct reader_out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The last words: what became of the fields, the facts, then how it ended. */
void reader_out_end(struct reader_out *out, enum kith_status st, const struct kith_error *err);
