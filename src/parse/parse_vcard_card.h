/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard_card.h - the card that is being read, as the files of this parser share it.
 *
 * parse_vcard.c finds where cards begin and end, parse_vcard_property.c reads what is in them, parse_vcard_complete.c
 * puts together what stands in several lines.
 */
#pragma once

#include "model/contact_sink.h"
#include "parse/parse_vcard_line.h"

/* A property whose label stands in another line, "item1.X-ABLabel". */
enum kith_vcard_part { KITH_VCARD_EMAIL, KITH_VCARD_PHONE, KITH_VCARD_ADDRESS, KITH_VCARD_DATE, KITH_VCARD_ITEM };
struct kith_vcard_grouped {
    uint64_t group; /* its name as a hash, 0 for none: they are compared many times */
    enum kith_vcard_part kind;
    size_t at; /* in the contact's array of that kind */
};

struct kith_vcard_label {
    uint64_t group;
    const char *text;
};

/* Somebody who is related; how may be said by a label, so it waits for the end of the card. */
struct kith_vcard_relation {
    uint64_t group;
    const char *word;
    const char *name;
};

/* An address as one text. It is said again by ADR, or there is no ADR. */
struct kith_vcard_written_address {
    enum kith_place place;
    const char *text;
};

struct kith_vcard_card {
    struct kith_vcard_lines *lines;
    const struct kith_contact_sink *sink;
    struct kith_arena *arena; /* of the card */
    struct kith_contact contact;
    size_t n_cards; /* begun so far: the number of this one */
    bool in_card;
    bool is_old;     /* vCard 2.1: a backslash is a backslash */
    bool is_list;    /* of contacts: nobody in particular */
    bool has_name;   /* N was there */
    bool has_agent;  /* the last property was an AGENT: a card may follow inside of this one */
    bool in_base64;  /* the last property was: a line without a name may be more of it */
    size_t n_inside; /* how deep we are in cards inside */
    const char *sort_as;

    struct kith_vcard_grouped *grouped; /* in the arena, as the next three */
    struct kith_vcard_label *labels;
    struct kith_vcard_relation *relations;
    struct kith_vcard_written_address *written;
    size_t n_grouped, n_labels, n_relations, n_written;

    /* The property that is being read, and what becomes of it. */
    struct kith_vcard_line line;
    struct kith_vcard_piece value;
    enum kith_field_fate fate;
    const char *reason;
};

/* Read card->line, which is a property, and count it. */
void kith_vcard_read_property(struct kith_vcard_card *card);

/* All lines are read: labels go to what they label, relations to their fields. */
void kith_vcard_complete(struct kith_vcard_card *card);
