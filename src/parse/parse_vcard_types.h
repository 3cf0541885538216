/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard_types.h - the words by which vCards say what a number, an address or a page is for.
 *
 * They stand in TYPE parameters, alone as in vCard 2.1, or as Apple's label, "_$!<Mobile>!$_".
 */
#pragma once

#include <kith/contact.h>
#include <stdint.h>

#include "parse/parse_vcard_line.h"

/* What the words of one property say together. */
struct kith_vcard_types {
    uint32_t flags;                   /* see parse_vcard_types.c */
    struct kith_vcard_piece stranger; /* the first word that we do not know, without its "x-"; empty for none */
};

void kith_vcard_read_types(const struct kith_vcard_line *line, struct kith_vcard_types *ret);

enum kith_place kith_vcard_place(const struct kith_vcard_types *types);
enum kith_phone_kind kith_vcard_phone_kind(const struct kith_vcard_types *types);

/* The first value of the parameter of this name; false when there is none. */
bool kith_vcard_parameter(const struct kith_vcard_line *line, const char *name, struct kith_vcard_piece *ret);

/* Cut the next word off a parameter's value: `work` of `"work,fax"`. false: none was left. */
bool kith_vcard_next_word(struct kith_vcard_piece *rest, struct kith_vcard_piece *ret);

/* Take "_$!<" and ">!$_" off a label, in place. false: it has none, it is in the person's own words. */
bool kith_vcard_unwrap_label(const char **label, size_t *len);
/* What a word of Apple's stands for; false: nothing that kith has a kind for. */
bool kith_vcard_label_place(const char *word, enum kith_place *ret);
bool kith_vcard_label_phone(const char *word, enum kith_phone_kind *ret);
