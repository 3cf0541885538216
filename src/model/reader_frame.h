/* SPDX-License-Identifier: MIT */
/*
 * reader_frame.h - what kith-reader says about a file, as bytes in a pipe.
 *
 * A frame is its kind (1 byte), the length of its body (4 bytes, low byte first) and the body. The stream begins with
 * HELLO and ends with FAILURE or END; without one of these two the reader did not come to its end.
 *
 * Whoever reads frames must expect anything: a damaged or hostile file may have taken over the process that writes
 * them. So every length, number and text is checked here, and nothing is believed that only the engine can know.
 */
#pragma once

#include "model/contact_parts.h"
#include "model/field_report.h"

enum kith_reader_frame_kind {
    KITH_FRAME_HELLO = 1,   /* the first one: which protections hold */
    KITH_FRAME_CONTACT = 2, /* one contact */
    KITH_FRAME_SKIPPED = 3, /* a record that was left out */
    KITH_FRAME_FIELD = 4,   /* a kind of field, counted */
    KITH_FRAME_FACTS = 5,   /* about the file as a whole */
    KITH_FRAME_ALIVE = 6,   /* nothing to say yet: a large part of the file holds no contacts */
    KITH_FRAME_FAILURE = 7, /* the last one: the file could not be read */
    KITH_FRAME_END = 8,     /* the last one: the file was read, perhaps not all of it */
};

/* What holds the reader in. Added together. */
enum kith_reader_lock {
    KITH_LOCK_LIMITS = 1,        /* of memory, time, open and written files */
    KITH_LOCK_NO_PRIVILEGES = 2, /* none can be gained, nobody may look in */
    KITH_LOCK_LANDLOCK = 4,      /* no file by name, where the kernel has it */
    KITH_LOCK_SECCOMP = 8,       /* no system call but those for memory and the pipe, where the kernel has it */
    KITH_LOCK_ALL = 15
};

enum {
    KITH_READER_FRAME_VERSION = 1, /* of the frames */
    KITH_READER_FRAME_HEAD_BYTES = 5,
    /* Ceiling for a body. A contact with the largest notes, twice. */
    KITH_READER_FRAME_BODY_MAX = 16 * 1024 * 1024,
};

struct kith_reader_facts {
    char format[8]; /* "pst", "ost", "csv", "vcard"; "" not known yet */
    char layout[32];
    char encoding[32];
    char separator; /* of a CSV; 0 none */
    bool encoding_assumed, dates_assumed, dates_day_first;
};

struct kith_reader_failure {
    enum kith_reason reason; /* one of KITH_REASON_FILE_*, or KITH_REASON_NONE */
    char message[224];
};

/* One frame, read. Which member is filled follows from the kind. */
struct kith_reader_frame {
    enum kith_reader_frame_kind kind;
    unsigned locks;              /* HELLO: enum kith_reader_lock */
    bool is_stranger;            /* HELLO: from a build with other contacts or frames; nothing else can be read */
    struct kith_contact contact; /* CONTACT: its texts in the arena */
    char what[128], why[128];    /* SKIPPED; END: `what` could not be read, "" when all was */
    struct kith_field_count field;
    struct kith_reader_facts facts;
    struct kith_reader_failure failure;
};

/* Append one frame. false: it is larger than a frame may be, or the buffer is at its ceiling; nothing was added. */
bool kith_reader_frame_hello(struct kith_buf *out, unsigned locks);
bool kith_reader_frame_contact(struct kith_buf *out, const struct kith_contact *contact);
bool kith_reader_frame_skipped(struct kith_buf *out, const char *what, const char *why);
bool kith_reader_frame_field(struct kith_buf *out, const struct kith_field_count *field);
bool kith_reader_frame_facts(struct kith_buf *out, const struct kith_reader_facts *facts);
bool kith_reader_frame_alive(struct kith_buf *out);
bool kith_reader_frame_failure(struct kith_buf *out, const struct kith_reader_failure *failure);
bool kith_reader_frame_end(struct kith_buf *out, const char *where);

enum kith_reader_frame_state {
    KITH_FRAME_WHOLE,   /* *ret and *ret_used are filled */
    KITH_FRAME_MORE,    /* these bytes are the beginning of a frame */
    KITH_FRAME_DAMAGED, /* no reader of ours wrote this: listen to it no longer */
};

/*
 * Read the frame at bytes. Texts come out as valid UTF-8 without control characters (but \n and \t), numbers within
 * their enum. Of a contact, only what a file can say is kept: ids, the name to show, colours are left empty.
 */
enum kith_reader_frame_state kith_reader_frame_read(const char *bytes, size_t len, struct kith_arena *arena,
                                                    struct kith_reader_frame *ret, size_t *ret_used);
