/* SPDX-License-Identifier: MIT */
/*
 * reader_pst_value.h - one property of an item, and what its bytes say.
 *
 * The bytes are as the file has them, [MS-PST] 2.3.3: nothing about them may be taken for granted.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/alloc.h"
#include "parse/charset.h"

/* Which numbering the id belongs to: property tags, or one of the sets of named properties. */
enum reader_pst_set {
    READER_PST_TAG,
    READER_PST_ADDRESS, /* PSETID_Address: what contacts have */
    READER_PST_COMMON,  /* PSETID_Common: what all items have */
    READER_PST_PUBLIC,  /* PS_PUBLIC_STRINGS: categories, and fields that people made themselves */
    READER_PST_OTHER,
};

struct reader_pst_property {
    enum reader_pst_set set;
    uint32_t set_number; /* how the set's GUID begins, for the report */
    uint32_t id;         /* tag or long id */
    const char *name;    /* instead of a long id; "" none */
    uint32_t type;
    const char *bytes;
    size_t len;
    bool cut; /* it was too large, or could not be read to its end */
};

/* How the texts of one item become UTF-8. */
struct reader_pst_texts {
    struct kith_charset *charset;
    struct kith_arena *arena;
    const char *code_page;      /* of texts in 8 bits */
    const char *html_code_page; /* of HTML in bytes; NULL: the same */
    bool cut;                   /* set when a text did not fit */
};

/* A text as one line, or with its lines; "" for what is none or empty. In the arena. */
const char *reader_pst_line(struct reader_pst_texts *texts, const struct reader_pst_property *p);
const char *reader_pst_lines(struct reader_pst_texts *texts, const struct reader_pst_property *p);

/* The same for n bytes that stand alone, in UTF-16 or in 8 bits. */
const char *reader_pst_bytes(struct reader_pst_texts *texts, const char *bytes, size_t len, bool wide);

/* How many values a multi-value has, at most a thousand; 1 for a single one. The i-th of them as a single one. */
size_t reader_pst_count(const struct reader_pst_property *p);
struct reader_pst_property reader_pst_nth(const struct reader_pst_property *p, size_t i);

bool reader_pst_is_text(const struct reader_pst_property *p);
int64_t reader_pst_integer(const struct reader_pst_property *p); /* 0 for what is none */
/* Seconds since 1970 UTC; false for what is no time, or none that was set. */
bool reader_pst_time(const struct reader_pst_property *p, int64_t *ret_s);

/* "windows-1250" for 1250; "" for a number that nobody uses. */
const char *reader_pst_code_page(int64_t number);
