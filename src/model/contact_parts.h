/* SPDX-License-Identifier: MIT */
/*
 * contact_parts.h - building a contact, and keeping one beyond the page it came on.
 *
 * A contact's strings and arrays live in one arena. While a page is read, all its
 * contacts share the page's arena; kith_contact_new() makes one that stands alone
 * (what faces get) and goes with kith_contact_free().
 */
#pragma once

#include <kith/contact.h>

#include "base/alloc.h"
#include "base/buf.h"

/* All strings "", all numbers 0, no parts. */
void kith_contact_init(struct kith_contact *contact);

/* A contact with an arena of its own, yours to kith_contact_free(). */
struct kith_contact *kith_contact_new(void);
struct kith_arena *kith_contact_arena(struct kith_contact *contact); /* of one made by kith_contact_new() */
KITH_DEFINE_AUTO(kith_contact, kith_contact_free)

/* Append one zeroed part ("" strings); the array grows in the arena. At most KITH_PARTS_MAX: then NULL. */
enum { KITH_PARTS_MAX = 1000 };
struct kith_email *kith_contact_add_email(struct kith_contact *contact, struct kith_arena *arena);
struct kith_phone *kith_contact_add_phone(struct kith_contact *contact, struct kith_arena *arena);
struct kith_address *kith_contact_add_address(struct kith_contact *contact, struct kith_arena *arena);
struct kith_date *kith_contact_add_date(struct kith_contact *contact, struct kith_arena *arena);
struct kith_item *kith_contact_add_item(struct kith_contact *contact, struct kith_arena *arena,
                                        enum kith_item_kind kind, const char *value);

/* No text, no part: nothing that anybody would look for. */
bool kith_contact_is_empty(const struct kith_contact *contact);

/*
 * Room for one more in an array that grows in the arena. The capacity follows from the count (2, 4, 8 ...), so that
 * nobody needs a field for it; outgrown arrays stay in the arena and go with it.
 * parts: address of the array's pointer. Returns the new part, zeroed; NULL when there are max already.
 */
void *kith_add_part(struct kith_arena *arena, void *parts, size_t *n, size_t part_bytes, size_t max);

/* One page of contacts as parse/ gives it. */
struct kith_page {
    struct kith_arena *arena;
    struct kith_contact *contacts; /* n_contacts, in the server's order */
    size_t n_contacts;
    const char **removed; /* n_removed source ids that are gone there (change tracking); in the arena */
    size_t n_removed;
    const char *removed_from; /* path of the folder that these went from; NULL: from the account. In the arena */
    size_t n_skipped;         /* records that are no contacts (contact lists, damaged beyond use) */
    int64_t reported;         /* how many the source says there are; -1 when the page did not say */
    char *next_link;          /* "" on the last page; in the arena */
    char *resume;             /* the link or token for the next round of changes; "" none; in the arena */
};
struct kith_page *kith_page_new(void);
/* id is copied. */
void kith_page_add_removed(struct kith_page *page, const char *id, size_t id_len);
void kith_page_free(struct kith_page *page);
KITH_DEFINE_AUTO(kith_page, kith_page_free)

/*
 * What a contact is found and sorted by, made by normalise/, kept by store/.
 * All text is folded: lower case, no accents, words separated by one space.
 */
struct kith_keys {
    struct kith_buf names;   /* words of all names, in every spelling that finds them */
    struct kith_buf others;  /* company, department, job, e-mail (whole and in parts), nickname ... */
    struct kith_buf numbers; /* digits of each number as they are typed from the start */
    struct kith_buf sort;    /* binary sort key of the language; memcmp order */
    char letter[8];          /* heading in the list, "#" for none; UTF-8 */
    size_t bold_start;       /* the part of contact->shown that sorts: byte position in it, */
    size_t bold_len;         /* and length; 0 when there is none */
    char reading[128];       /* shown in Latin letters where that is true to the ear, else "" */
};
void kith_keys_init(struct kith_keys *keys);
void kith_keys_clear(struct kith_keys *keys);
void kith_keys_done(struct kith_keys *keys);
KITH_DEFINE_AUTO_DONE(kith_keys, kith_keys_done)
