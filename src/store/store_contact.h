/* SPDX-License-Identifier: MIT */
/*
 * store_contact.h - one contact between struct kith_contact and the tables contact, email, phone, ...
 *
 * What is read back is in every byte what was written: the search index depends on it
 * (store_sqlite_index.c).
 */
#pragma once

#include "store/store_db.h"
#include "store/store_sqlite.h"

/* Bits of contact.flags. Stored; append only. */
enum contact_flag {
    CONTACT_NAMELESS = 1 << 0,
    CONTACT_PARTIAL = 1 << 1,
    CONTACT_HAS_PHOTO = 1 << 2,
    CONTACT_IS_COMPANY = 1 << 3,    /* its only name is the company's */
    CONTACT_SHOWN_IS_NAME = 1 << 4, /* display is the same as shown and kept once */
    CONTACT_HAS_EMAIL = 1 << 5,     /* which tables to look into */
    CONTACT_HAS_PHONE = 1 << 6,
    CONTACT_HAS_ADDRESS = 1 << 7,
    CONTACT_HAS_DATE = 1 << 8,
    CONTACT_HAS_ITEM = 1 << 9,
    CONTACT_FILE_AS_SHOWN = 1 << 10,    /* file_as is the same as shown */
    CONTACT_FILE_AS_REVERSED = 1 << 11, /* file_as is "family, given" */
    CONTACT_FAMILY_ENDS = 1 << 12,   /* shown is "given family" or "given middle family", which keeps the family name */
    CONTACT_FAMILY_BEGINS = 1 << 13, /* shown is "family, given", and the same */
    CONTACT_HAS_LONG_NOTE = 1 << 14, /* notes are in the table note */
};

/* Columns of the table contact, in the order of enum kith_text. */
#define CONTACT_TEXT_COLUMNS                                                                                           \
    "display, given, middle, family, prefix, suffix, nickname, initials, file_as, phonetic_given, phonetic_family, "   \
    "phonetic_company, company, department, job_title, office, profession, manager, assistant, spouse, notes"

/*
 * The tables of a contact's parts have one number for a row: the contact's, and the part's place among those of its
 * kind. KITH_PARTS_MAX fits into PART_BITS.
 */
enum { PART_BITS = 10 };
#define PARTS_OF_CONTACT "id BETWEEN ?1 << 10 AND ?1 << 10 | 1023"
int64_t kith_part_id(int64_t contact_id, size_t ord);

/* Where an e-mail's caption is. Stored; append only. */
enum caption { CAPTION_OWN = 0, CAPTION_ADDRESS = 1, CAPTION_SHOWN = 2 };

/* What an account's source ids have in common, and its folders: asked for once, then known. */
struct kith_known_texts {
    struct kith_known_text {
        int64_t id;
        size_t len;
        char *text;
    } * entry;
    size_t n, cap;
};
struct kith_account_texts {
    int64_t account_id;
    struct kith_known_texts prefixes;
    struct kith_known_texts folders;
    char *last_id; /* the source id before this one: what both begin with may be a prefix */
    char *last_key;
};
enum kith_status kith_account_texts_load(struct kith_db *db, int64_t account_id, struct kith_account_texts *texts,
                                         struct kith_error *err);
void kith_account_texts_done(struct kith_account_texts *texts); /* all zeroes is an empty one */
KITH_DEFINE_AUTO_DONE(kith_account_texts, kith_account_texts_done)

/* The contact of this source id; *ret_id 0 when there is none. ret_same: its change key is change_key. */
enum kith_status kith_contact_look_up(struct kith_db *db, const struct kith_account_texts *texts, const char *source_id,
                                      const char *change_key, int64_t *ret_id, bool *ret_same, struct kith_error *err);

/* Write a new contact with this number, or in the place of the one that has it. The index is not touched. */
enum kith_status kith_contact_insert(struct kith_db *db, struct kith_account_texts *texts, int64_t id,
                                     const struct kith_contact *contact, const struct kith_keys *keys,
                                     struct kith_error *err);
enum kith_status kith_contact_replace(struct kith_db *db, struct kith_account_texts *texts, int64_t id,
                                      const struct kith_contact *contact, const struct kith_keys *keys,
                                      struct kith_error *err);
/* Only what the list is sorted and headed by. */
enum kith_status kith_contact_set_sort(struct kith_db *db, int64_t id, const struct kith_keys *keys,
                                       struct kith_error *err);

/* *ret_found false: there is no such contact. Strings are in arena. */
enum kith_status kith_contact_read(struct kith_db *db, int64_t id, struct kith_arena *arena,
                                   struct kith_contact *contact, bool *ret_found, struct kith_error *err);

enum kith_status kith_contact_remove(struct kith_db *db, int64_t id, struct kith_error *err);
enum kith_status kith_contact_remove_account(struct kith_db *db, int64_t account_id, struct kith_error *err);
enum kith_status kith_contact_remove_all(struct kith_db *db, struct kith_error *err);
