/* SPDX-License-Identifier: MIT */
/*
 * parse_csv.h - a table of contacts becomes contacts, exactly as its writer said them.
 */
#pragma once

#include "model/contact_sink.h"

/* What a table leaves open. */
struct kith_parse_csv_options {
    const char *region; /* ISO 3166 code: whether 3/4/1984 is in March where nothing in the file says it; "" unknown */
    const char *code_page; /* of bytes that are no Unicode, such as "windows-1250"; "": windows-1252 */
};

/* How the file was understood, so that a person can see what was assumed. */
struct kith_parse_csv_facts {
    char encoding[32];
    bool encoding_assumed; /* nothing in the file says it */
    char separator;        /* ',', ';', a tab, or '|' where the file names it */
    bool dates_assumed;    /* there are dates, and nothing in the file says their order */
    bool dates_day_first;
    char layout[32]; /* "outlook", "outlook.com", "google", "google-outlook", "thunderbird" or "other" */
};

/*
 * Read the tables that Outlook, Outlook.com, Google and Thunderbird export, and any other whose headings are known, in
 * any order and in twenty languages. A row is handed to the sink as soon as it has ended.
 *
 * bytes: the file as it is, need not end in NUL; borrowed for this call.
 * ret:   how it was understood; NULL: not wanted.
 *
 * Cells that have no field of their own are kept among the extra items, with their heading as label. An e-mail that is
 * a path inside of Exchange (type EX) is no address, and is kept so, too; the contact is not `partial` for it, since
 * nothing is missing that the file has. A row that is damaged gives a `partial` contact, and is told to sink->skipped,
 * as is one that gives none. Each cell with text in it is counted in sink->report, by its heading.
 *
 * Headings without rows are an address book that is empty: success, without contacts.
 * A row has no id: source_id is "". source is KITH_SOURCE_OUTLOOK, as of all files.
 *
 * Fails with KITH_E_FILE when the file is empty (KITH_REASON_FILE_EMPTY), has no headings as contacts have them
 * (KITH_REASON_FILE_UNKNOWN) or is beyond a ceiling (KITH_REASON_FILE_TOO_LARGE), and with what sink->contact failed
 * with.
 */
enum kith_status kith_parse_csv(const char *bytes, size_t len, const struct kith_parse_csv_options *options,
                                const struct kith_contact_sink *sink, struct kith_parse_csv_facts *ret,
                                struct kith_error *err);
