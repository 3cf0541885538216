/* SPDX-License-Identifier: MIT */
/*
 * sandbox_contact.h - one invented contact, made on demand from a few numbers.
 *
 * Nothing is stored: the same key, number and revision give the same person, so a
 * mailbox of a million costs no memory.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Texts of a contact, in the order of the table in sandbox_contact_json.c. */
enum sandbox_text {
    SANDBOX_FILE_AS,
    SANDBOX_DISPLAY_NAME,
    SANDBOX_GIVEN_NAME,
    SANDBOX_INITIALS,
    SANDBOX_MIDDLE_NAME,
    SANDBOX_NICK_NAME,
    SANDBOX_SURNAME,
    SANDBOX_TITLE,
    SANDBOX_YOMI_GIVEN_NAME,
    SANDBOX_YOMI_SURNAME,
    SANDBOX_YOMI_COMPANY_NAME,
    SANDBOX_GENERATION,
    SANDBOX_JOB_TITLE,
    SANDBOX_COMPANY_NAME,
    SANDBOX_DEPARTMENT,
    SANDBOX_OFFICE_LOCATION,
    SANDBOX_PROFESSION,
    SANDBOX_HOME_PAGE,
    SANDBOX_ASSISTANT_NAME,
    SANDBOX_MANAGER,
    SANDBOX_MOBILE_PHONE,
    SANDBOX_SPOUSE_NAME,
    SANDBOX_PERSONAL_NOTES,
    SANDBOX_BIRTHDAY, /* as it is sent: many forms are about */
    SANDBOX_TEXT_COUNT
};

struct sandbox_list {
    const char *item[4];
    size_t n;
};

struct sandbox_email {
    const char *name, *address; /* NULL: the member is missing */
};

struct sandbox_address {
    bool set;
    const char *street, *city, *state, *country, *postal_code; /* NULL: the member is missing */
};

struct sandbox_contact {
    uint64_t key; /* of this contact: for what is derived elsewhere (photo, extended properties) */
    const char *text[SANDBOX_TEXT_COUNT]; /* NULL: null */
    struct sandbox_list categories, im_addresses, home_phones, business_phones, children;
    struct sandbox_email email[3];
    size_t n_emails;
    struct sandbox_address home, business, other;
    int64_t created_s, changed_s;
    bool leaves_nulls_out; /* unset members are absent, not null */
    size_t used;           /* of store */
    char store[40960];     /* where the texts are */
};

/* key: of the mailbox and folder; revision: how often the contact was changed. */
void sandbox_contact_make(struct sandbox_contact *c, uint64_t key, int64_t number, unsigned revision);

/*
 * Give the contact notes of bytes bytes: its own, again and again. Contacts that have no room for so much (a few in a
 * thousand have long notes) keep theirs.
 */
#define SANDBOX_MAX_NOTE_BYTES (32 * 1024)
void sandbox_contact_write_note(struct sandbox_contact *c, size_t bytes);

bool sandbox_contact_has_photo(uint64_t contact_key);

/* The key of one contact, as in c->key. */
uint64_t sandbox_contact_key(uint64_t key, int64_t number);
