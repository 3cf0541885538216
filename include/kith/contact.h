/* SPDX-License-Identifier: MIT */
/*
 * contact.h - one contact, as one account has it.
 *
 * Every string is UTF-8, NUL-terminated and never NULL: what the source does
 * not have is "". All memory of a contact belongs to the contact; it is one
 * allocation family and goes with kith_contact_free().
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Fields that a contact has once. The numbers are stored; append only.
 * Names follow vCard (RFC 6350) where it has one.
 */
enum kith_text {
    KITH_TEXT_DISPLAY = 0, /* the name as the source shows it */
    KITH_TEXT_GIVEN = 1,
    KITH_TEXT_MIDDLE = 2,
    KITH_TEXT_FAMILY = 3,
    KITH_TEXT_PREFIX = 4, /* honorific: "Dr." */
    KITH_TEXT_SUFFIX = 5, /* generation: "Jr." */
    KITH_TEXT_NICKNAME = 6,
    KITH_TEXT_INITIALS = 7,
    KITH_TEXT_FILE_AS = 8,
    KITH_TEXT_PHONETIC_GIVEN = 9, /* reading, e.g. Japanese yomi */
    KITH_TEXT_PHONETIC_FAMILY = 10,
    KITH_TEXT_PHONETIC_COMPANY = 11,
    KITH_TEXT_COMPANY = 12,
    KITH_TEXT_DEPARTMENT = 13,
    KITH_TEXT_JOB_TITLE = 14,
    KITH_TEXT_OFFICE = 15,
    KITH_TEXT_PROFESSION = 16,
    KITH_TEXT_MANAGER = 17,
    KITH_TEXT_ASSISTANT = 18,
    KITH_TEXT_SPOUSE = 19,
    KITH_TEXT_NOTES = 20, /* plain text, lines end in \n */
    KITH_TEXT_COUNT = 21
};

/* Which place an address, number or page belongs to. Stored; append only. */
enum kith_place { KITH_PLACE_NONE = 0, KITH_PLACE_WORK = 1, KITH_PLACE_HOME = 2, KITH_PLACE_OTHER = 3 };

/* Stored; append only. */
enum kith_phone_kind {
    KITH_PHONE_OTHER = 0,
    KITH_PHONE_MOBILE = 1,
    KITH_PHONE_WORK = 2,
    KITH_PHONE_HOME = 3,
    KITH_PHONE_WORK_FAX = 4,
    KITH_PHONE_HOME_FAX = 5,
    KITH_PHONE_OTHER_FAX = 6,
    KITH_PHONE_PAGER = 7,
    KITH_PHONE_COMPANY = 8, /* a company's main line */
    KITH_PHONE_ASSISTANT = 9,
    KITH_PHONE_CALLBACK = 10,
    KITH_PHONE_CAR = 11,
    KITH_PHONE_RADIO = 12,
    KITH_PHONE_PRIMARY = 13,
    KITH_PHONE_ISDN = 14,
    KITH_PHONE_TELEX = 15,
    KITH_PHONE_TEXT = 16, /* text telephone, TTY/TDD */
    KITH_PHONE_KIND_COUNT = 17
};

/* What kith understood a number to be. Stored; append only. */
enum kith_number_class {
    KITH_NUMBER_UNREAD = 0,   /* not looked at yet */
    KITH_NUMBER_NORMAL = 1,   /* has an E.164 form */
    KITH_NUMBER_SHORT = 2,    /* emergency, service or internal number: compared exactly */
    KITH_NUMBER_LOCAL = 3,    /* digits without a country that could be told */
    KITH_NUMBER_NO_NUMBER = 4 /* nothing to dial in it */
};

struct kith_phone {
    enum kith_phone_kind kind;
    enum kith_number_class number_class;
    bool region_assumed; /* the text named no country; the configured region was used */
    const char *raw;     /* as the source wrote it; what is shown */
    const char *label;   /* the source's own name for the kind, else "" */
    char e164[17];       /* ITU-T E.164 with "+", e.g. "+14085550100"; "" when it cannot be known */
    char national[17];   /* national significant number; raw digits when there is no E.164 */
    char extension[12];  /* digits; "" when there is none */
};

struct kith_email {
    enum kith_place place;
    const char *address;
    const char *name;  /* the source's caption for the address; often the address again */
    const char *label; /* the source's own name for the kind, else "" */
};

struct kith_address {
    enum kith_place place;
    const char *street; /* may hold \n */
    const char *po_box;
    const char *city;
    const char *region;
    const char *postal_code;
    const char *country;
    const char *label;
};

/* Stored; append only. */
enum kith_date_kind { KITH_DATE_BIRTHDAY = 1, KITH_DATE_ANNIVERSARY = 2, KITH_DATE_OTHER = 3 };

struct kith_date {
    enum kith_date_kind kind;
    int year; /* 0: not known */
    int month, day;
    const char *label;
};

/* Everything that can be there several times and is one string. Stored; append only. */
enum kith_item_kind {
    KITH_ITEM_WEB = 1,
    KITH_ITEM_CHAT = 2, /* an instant-messaging address, with its scheme when the source gave one */
    KITH_ITEM_CATEGORY = 3,
    KITH_ITEM_CHILD = 4,
    KITH_ITEM_RELATION = 5, /* label says which */
    KITH_ITEM_EXTRA = 6     /* label says what; shown under "More fields" */
};

struct kith_item {
    enum kith_item_kind kind;
    enum kith_place place;
    const char *label;
    const char *value;
};

struct kith_contact {
    int64_t id;          /* this device's number for it; stays as long as the contact stays */
    int64_t account_id;  /* which account it came from */
    const char *account; /* that account's short name */
    enum kith_source source;
    const char *folder;     /* path there, e.g. "Contacts/Suppliers"; "" is the default folder */
    const char *source_id;  /* the provider's id */
    const char *change_key; /* the provider's version (Graph changeKey, Google etag, content hash for files) */
    const char *shown;      /* the name to show: never "" (company, e-mail or number stand in) */
    const char *initials;   /* one or two letters for the picture; "" for an outline */
    int colour;             /* 0 to 11: which of the twelve grounds the initials stand on */
    bool nameless;          /* shown is not a name */
    bool partial;           /* something of it could not be read; the rest is here */
    bool has_photo;         /* the source has a picture; kith_photo_get() gives it once it is here */
    const char *photo_url;  /* where the source keeps it; only while it is imported, else "" */
    const void *photo;      /* the picture itself, n_photo bytes, where somebody put it beside the contact, else NULL */
    size_t n_photo;
    int64_t created_s, modified_s; /* at the source, seconds since 1970 UTC; 0 unknown */
    const char *text[KITH_TEXT_COUNT];
    struct kith_email *emails;
    struct kith_phone *phones;
    struct kith_address *addresses;
    struct kith_date *dates;
    struct kith_item *items;
    size_t n_emails, n_phones, n_addresses, n_dates, n_items;
};

/* What a picture is, told from its bytes. Stored; append only. */
enum kith_photo_kind {
    KITH_PHOTO_NONE = 0, /* none, or nothing that a browser shows */
    KITH_PHOTO_JPEG = 1,
    KITH_PHOTO_PNG = 2,
    KITH_PHOTO_GIF = 3,
    KITH_PHOTO_WEBP = 4,
};
enum { KITH_PHOTO_BYTES_MAX = 4 * 1024 * 1024 }; /* Graph's own ceiling; larger ones are not kept */

enum { KITH_PHOTO_TAG_SIZE = 17 }; /* of a tag, its end counted */

/* A contact's picture. One allocation: free() it. */
struct kith_photo {
    enum kith_photo_kind kind;
    char tag[KITH_PHOTO_TAG_SIZE]; /* hexadecimal; another picture has another one */
    size_t n_bytes;
    unsigned char bytes[];
};
KITH_API enum kith_photo_kind kith_photo_kind_of(const void *bytes, size_t n_bytes);
KITH_API const char *kith_photo_media_type(enum kith_photo_kind kind); /* e.g. "image/jpeg"; "" for none; static */

/*
 * The picture of a contact. *ret: yours to free(). KITH_E_NOT_FOUND (reason KITH_REASON_NO_CONTACT) when there is no
 * such contact, (reason KITH_REASON_NO_PHOTO) when no picture of it is here (yet).
 */
struct kith;
KITH_API KITH_MUST_CHECK enum kith_status kith_photo_get(struct kith *k, int64_t contact_id, struct kith_photo **ret,
                                                         struct kith_error *err);

/* Put the picture beside the contact, e.g. before it is written as vCard or JSON; nothing when none is here. */
KITH_API void kith_contact_add_photo(struct kith *k, struct kith_contact *contact);

/* Free a contact that a call of this library gave you. NULL is fine. */
KITH_API void kith_contact_free(struct kith_contact *contact);

/* What a person calls this number: the source's own name, else English, "Work fax". Static, or as long as the phone. */
KITH_API const char *kith_phone_title(const struct kith_phone *phone);

/* Stable ids for JSON and vCard, e.g. "work-fax", "given"; static. */
KITH_API const char *kith_phone_kind_id(enum kith_phone_kind kind);
KITH_API const char *kith_text_id(enum kith_text field);
KITH_API const char *kith_place_id(enum kith_place place); /* "" for none */

#ifdef __cplusplus
}
#endif
