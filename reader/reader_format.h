/* SPDX-License-Identifier: MIT */
/* reader_format.h - what a file is, by its content. */
#pragma once

#include <stddef.h>

enum reader_format {
    READER_UNKNOWN,
    READER_EMPTY,
    READER_PST,
    READER_OST,
    READER_VCARD,
    READER_CSV,
    READER_PAB,     /* the address book of Outlook before 2000 */
    READER_OLM,     /* Outlook for Mac: an archive */
    READER_MSG,     /* one saved item */
    READER_DBX_NK2, /* of Outlook Express, or of the suggestions while typing */
};

/*
 * name: the file's, "" when not known. Only its suffix counts, and only where the content does not decide: a CSV has
 * no mark of its own.
 */
enum reader_format reader_format_of(const char *bytes, size_t len, const char *name);

/* "pst", "ost", "vcard", "csv"; "" for the others. */
const char *reader_format_id(enum reader_format format);

/* What it is and what can be done about it, for those that cannot be read. */
const char *reader_format_words(enum reader_format format);
