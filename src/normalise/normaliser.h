/* SPDX-License-Identifier: MIT */
/*
 * normaliser.h - makes a contact comparable: what to show, to sort and to find it by.
 *
 * Holds ICU's and libphonenumber's objects for one language and region. Costly to
 * make, cheap to use; one thread at a time (make one a thread).
 */
#pragma once

#include <kith/error.h>

#include "base/cleanup.h"
#include "model/contact_parts.h"
#include "model/query.h"

struct kith_normaliser;

/*
 * language: "sv_SE" or "sv"; how names sort. region: two letters (ISO 3166-1), for numbers
 * without a country code; "" for none. Never NULL: where ICU lacks a part, the root rules serve.
 */
struct kith_normaliser *kith_normaliser_new(const char *language, const char *region);
void kith_normaliser_free(struct kith_normaliser *n);
KITH_DEFINE_AUTO(kith_normaliser, kith_normaliser_free)

/*
 * Changes whenever the same contact may get other keys than before: our rules, ICU's data.
 * Stored beside the keys, so that old ones are made again.
 */
const char *kith_normaliser_version(void);
/* The same for sort keys: language and ICU's collation version. Borrowed from n. */
const char *kith_normaliser_sort_version(const struct kith_normaliser *n);
/* As given to kith_normaliser_new(); borrowed from n. */
const char *kith_normaliser_region(const struct kith_normaliser *n);

/*
 * Fill in what is derived: shown, initials, colour, nameless, each phone's class, E.164, national
 * form and extension. Strings go into arena. The source's own values are not touched.
 */
void kith_normalise_contact(struct kith_normaliser *n, struct kith_contact *contact, struct kith_arena *arena);

/*
 * The keys of a normalised contact. A pure function of it and of kith_normaliser_version():
 * the store hands old keys back exactly as they were to take them out of its index.
 *
 * Without a name shown, as no normalised contact is, only words are made, and none that would first
 * have to open ICU's rules (15 milliseconds): good enough to tell where a hit was found.
 */
void kith_normalise_keys(struct kith_normaliser *n, const struct kith_contact *contact, struct kith_keys *keys);

/* Understand what a person typed into a search field. Cannot fail: what makes no sense has no words. */
void kith_normalise_query(struct kith_normaliser *n, const char *text, struct kith_query *query);

/* Understand a caller's number in any form: +, 00, national, tel:, sip:, extension. */
void kith_normalise_number(struct kith_normaliser *n, const char *text, struct kith_number *number);

/* KITH_OK unless a number, of a contact or a caller, needed libphonenumber and it is missing from the installation. */
KITH_MUST_CHECK
enum kith_status kith_normalise_number_status(struct kith_error *err);

/*
 * The one of two numbers that names no country is the other: as it is dialled in the other's country, or digit for
 * digit. Which region it was once read by does not count.
 */
bool kith_normalise_same_elsewhere(struct kith_normaliser *n, const char *asked, const char *stored);

/* Fold one text as the keys are folded (appends words separated by a space). */
void kith_normalise_fold(struct kith_normaliser *n, const char *text, struct kith_buf *out);

/* The name in Latin letters where that is true to the ear (look.md: never Han, Arabic, Hebrew); "" otherwise. */
void kith_normalise_reading(struct kith_normaliser *n, const struct kith_contact *contact, char *out, size_t out_size);

/* The part of contact->shown that sorts; a position in shown, len 0 when there is none. */
void kith_normalise_bold(const struct kith_contact *contact, size_t *ret_start, size_t *ret_len);
