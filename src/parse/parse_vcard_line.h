/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard_line.h - the lines of a file of vCards: properties with their parameters, put together and decoded.
 *
 * parse_vcard.c says what they mean.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Some bytes of the file or of a buffer; not a string. */
struct kith_vcard_piece {
    const char *at;
    size_t len;
};

bool kith_vcard_is(struct kith_vcard_piece piece, const char *word); /* without regard to case */
struct kith_vcard_piece kith_vcard_trim(struct kith_vcard_piece piece);

/* Cut *rest at the next `separator` that no backslash stands before. false: nothing was left. */
bool kith_vcard_next_part(struct kith_vcard_piece *rest, char separator, struct kith_vcard_piece *ret);

enum { KITH_VCARD_PARAMETERS_MAX = 64 };

/* ;NAME=value, or ;value as in vCard 2.1: then name is empty. */
struct kith_vcard_parameter {
    struct kith_vcard_piece name;
    struct kith_vcard_piece value; /* as it stands, with its quotes */
};

enum kith_vcard_encoding { KITH_VCARD_PLAIN, KITH_VCARD_QUOTED_PRINTABLE, KITH_VCARD_BASE64 };

struct kith_vcard_line {
    struct kith_vcard_piece group; /* "item1" of item1.TEL; empty for most */
    struct kith_vcard_piece name;  /* empty: this line is no property */
    struct kith_vcard_parameter parameters[KITH_VCARD_PARAMETERS_MAX];
    size_t n_parameters;
    enum kith_vcard_encoding encoding;
    struct kith_vcard_piece charset;
    struct kith_vcard_piece raw; /* the value as it stands in the file, line ends and all */
    bool folded;                 /* raw goes over several lines */
    size_t number;               /* of its first line in the file, from 1 */
};

struct kith_vcard_lines;
/* bytes: borrowed until the lines are freed. */
struct kith_vcard_lines *kith_vcard_lines_new(const char *bytes, size_t len);
void kith_vcard_lines_free(struct kith_vcard_lines *lines);
KITH_DEFINE_AUTO(kith_vcard_lines, kith_vcard_lines_free)

/* The next line that is not blank; false at the end. What *ret points to is valid until the next call. */
bool kith_vcard_next_line(struct kith_vcard_lines *lines, struct kith_vcard_line *ret);

/* vCard 2.1 folds where a blank stands, and the blank stays; later ones fold anywhere, and it goes. */
void kith_vcard_keep_folding_blanks(struct kith_vcard_lines *lines, bool keep);

/*
 * The value, unfolded, decoded and in UTF-8; its backslashes are still there. Valid until the next call.
 * false: it is too long, or its encoding is not what was said; *ret is then what could be read of it, or "".
 */
bool kith_vcard_value(struct kith_vcard_lines *lines, const struct kith_vcard_line *line, struct kith_vcard_piece *ret);

/* The same without reading the bytes as text: a picture. Valid until the next call of these two. */
bool kith_vcard_bytes(struct kith_vcard_lines *lines, const struct kith_vcard_line *line, struct kith_vcard_piece *ret);

/* A parameter's text without its quotes and carets (RFC 6868), in UTF-8. Valid until the next call of these two. */
struct kith_vcard_piece kith_vcard_parameter_text(struct kith_vcard_lines *lines, struct kith_vcard_piece value);
