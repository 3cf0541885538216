/* SPDX-License-Identifier: MIT */
/*
 * find.h - My Contacts: list, find as you type, who is calling, one contact.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/contact.h>
#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;

/* Why a row is an answer. */
enum kith_match {
    KITH_MATCH_NONE = 0, /* listed, not searched */
    KITH_MATCH_NAME,
    KITH_MATCH_COMPANY,
    KITH_MATCH_EMAIL,
    KITH_MATCH_NUMBER,          /* find: digits of a number; who: the same number */
    KITH_MATCH_NUMBER_NATIONAL, /* who: same national number, region assumed on one side */
    KITH_MATCH_NUMBER_MAIN,     /* who: same number, the stored one has an extension */
    KITH_MATCH_NUMBER_GUESS, /* who: only the last digits agree, seven or more; several rows: it may be any of them */
};

/* What kith_who() was asked about, so that a face can say why nobody answers. */
enum kith_caller {
    KITH_CALLER_NUMBER = 0,
    KITH_CALLER_SHORT,     /* a service number, a code or an extension: the same only when written the same */
    KITH_CALLER_WITHHELD,  /* the caller hides the number ("anonymous" and its like): nobody is looked up */
    KITH_CALLER_NO_NUMBER, /* there is nothing to dial in the text */
};
KITH_API const char *kith_caller_id(enum kith_caller caller); /* "number", "short", "withheld", "no-number" */

/* What a list shows of one contact. Strings are never NULL and belong to the rows. */
struct kith_row {
    int64_t id;
    int64_t account_id;
    enum kith_source source;
    const char *account;
    const char *shown;      /* the name to show */
    const char *bold;       /* the part of shown that sorts; "" when it is not a part of it */
    const char *reading;    /* shown in Latin letters where that is true to the ear, else "" */
    const char *second;     /* job and company, else e-mail, else number */
    const char *email;      /* the first, or "" */
    const char *phone;      /* the first, as written, or "" */
    const char *phone_e164; /* the first's E.164 form, or "" */
    const char *initials;
    int colour;
    bool nameless;
    bool is_company;
    bool has_photo;        /* the source has a picture */
    const char *photo_tag; /* that of the picture that is here (struct kith_photo); "" while none is */
    enum kith_match match;
    const char *matched; /* text of the field that matched when it is not the name; else "" */
};

struct kith_rows {
    size_t n;
    struct kith_row *row;    /* n of them */
    bool more;               /* there are more than the limit let through */
    enum kith_caller caller; /* of kith_who() */
};
KITH_API void kith_rows_free(struct kith_rows *rows); /* NULL is fine */

struct kith_list_options {
    const char *account; /* NULL: all accounts */
    int64_t after;       /* begin after this contact; 0: at the beginning */
    int64_t limit;       /* 0: all */
};

/* Contacts in the order of the person's language. Fails with KITH_E_NOT_FOUND (no such account or `after`),
 * KITH_E_STORE. */
KITH_API KITH_MUST_CHECK enum kith_status kith_list(struct kith *k, const struct kith_list_options *options,
                                                    struct kith_rows **ret, struct kith_error *err);

/* The ids of all contacts (of one account, or NULL for all) in the list's order. */
struct kith_ids {
    size_t n;
    int64_t *id;
};
KITH_API KITH_MUST_CHECK enum kith_status kith_list_ids(struct kith *k, const char *account, struct kith_ids **ret,
                                                        struct kith_error *err);
KITH_API void kith_ids_free(struct kith_ids *ids); /* NULL is fine */

/* Where each letter of the list begins, e.g. {"A", 0}, {"B", 812}: index into kith_list_ids(). */
struct kith_letter {
    char letter[8]; /* UTF-8; "#" for what begins with no letter */
    int64_t index;
};
struct kith_letters {
    size_t n;
    struct kith_letter *letter;
};
KITH_API KITH_MUST_CHECK enum kith_status kith_letters_get(struct kith *k, const char *account,
                                                           struct kith_letters **ret, struct kith_error *err);
KITH_API void kith_letters_free(struct kith_letters *letters); /* NULL is fine */

/* The rows of these contacts, in the order given; ids that are gone are left out. */
KITH_API KITH_MUST_CHECK enum kith_status kith_rows_get(struct kith *k, const int64_t *ids, size_t n,
                                                        struct kith_rows **ret, struct kith_error *err);

/*
 * Find by any part of name, company, e-mail or number, as typed so far: each word
 * may be unfinished, in any order, with or without accents, in Latin letters for
 * other scripts. Best first. limit: 0 for all.
 * Never fails for what was typed; an empty text finds nothing.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_find(struct kith *k, const char *text, int64_t limit,
                                                    struct kith_rows **ret, struct kith_error *err);

/*
 * Who has this number, in whatever form it is written: with +, 00 or the region's own prefix, national, with an
 * extension, as a tel:, sip: or callto: address. Each row's match is the reason. Certain answers only when there are
 * any; else guesses, marked KITH_MATCH_NUMBER_GUESS: all of them, since it may be any. No answer is KITH_OK with
 * n == 0, and rows->caller says what it was that nobody has.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_who(struct kith *k, const char *number, struct kith_rows **ret,
                                                   struct kith_error *err);

/* One contact whole. *ret: yours to kith_contact_free(). KITH_E_NOT_FOUND when it is not (or no longer) here. */
KITH_API KITH_MUST_CHECK enum kith_status kith_contact_get(struct kith *k, int64_t id, struct kith_contact **ret,
                                                           struct kith_error *err);

/*
 * Call fn for each contact whole, in the list's order; a false answer ends it.
 * account: NULL for all. Memory stays bounded at any number.
 */
typedef bool (*kith_contact_fn)(void *ctx, const struct kith_contact *contact);
KITH_API KITH_MUST_CHECK enum kith_status kith_contacts_each(struct kith *k, const char *account, kith_contact_fn fn,
                                                             void *ctx, struct kith_error *err);

#ifdef __cplusplus
}
#endif
