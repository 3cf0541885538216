/* SPDX-License-Identifier: MIT */
/*
 * fetch_file.h - the contacts of one file of the Outlook app: PST, OST, CSV, vCard.
 *
 * The file is opened and hashed here and read by kith-reader, in a process of its own that is locked in.
 */
#pragma once

#include "base/cancel.h"
#include "model/contact_sink.h"
#include "model/reader_frame.h"

struct kith_fetch_file_options {
    const char *reader;    /* path of kith-reader; NULL: as kith_fetch_file_reader() finds it */
    const char *region;    /* for dates of a CSV, e.g. "US"; NULL or "" none */
    const char *code_page; /* of texts that do not say it, e.g. "windows-1250"; NULL or "": told from the bytes */
    const struct kith_cancel *cancel; /* may be NULL */
    int silence_ms;                   /* so long may the reader say nothing; 0: a minute */
};

/* What can be known of a file without reading it as anything. */
struct kith_file_print {
    int64_t bytes;
    int64_t modified_ns; /* since 1970 UTC */
    char hash[65];       /* of all its bytes, hexadecimal; "" not made */
};

struct kith_file_facts {
    struct kith_file_print print;
    struct kith_reader_facts read; /* format, encoding, what was assumed */
    int64_t n_contacts, n_skipped;
    bool ended_early;   /* not all could be read */
    char where[128];    /* what was not, e.g. "an item of \"Contacts\""; "" when all was, or nobody can tell */
    unsigned locked_in; /* enum kith_reader_lock: which protections were active */
};

/*
 * Read the file at path: each contact goes to sink->contact, on this thread. Returns within 200 ms of a cancel.
 *
 * ret is filled as far as it is known, also on failure: contacts that were delivered before it stay delivered, and it
 * is the caller who decides what they are worth.
 *
 * KITH_E_FILE with err->file and a KITH_REASON_FILE_*: missing, no access, encrypted, unknown, cut (also: the reader
 * gave up on it, died or fell silent), changed while it was read, too large, empty. KITH_E_CANCELLED; KITH_E_INTERNAL
 * when there is no reader to start; whatever sink->contact failed with.
 */
KITH_MUST_CHECK
enum kith_status kith_fetch_file(const char *path, const struct kith_fetch_file_options *options,
                                 const struct kith_contact_sink *sink, struct kith_file_facts *ret,
                                 struct kith_error *err);

/*
 * The print of the file at path alone, so that one that did not change need not be read. with_hash false: size and
 * time only, which costs nothing. Fails as kith_fetch_file(). cancel may be NULL.
 */
KITH_MUST_CHECK
enum kith_status kith_file_print_of(const char *path, bool with_hash, const struct kith_cancel *cancel,
                                    struct kith_file_print *ret, struct kith_error *err);

/*
 * Where kith-reader is: KITH_READER of the environment (not for a setuid program), else beside this library while it
 * lies in the folder it was built in, else where it was installed. false: out is too small.
 */
bool kith_fetch_file_reader(char *out, size_t out_size);
