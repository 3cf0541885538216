/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_person.h - an invented contact as an address book at Google would hold it.
 *
 * The people are those of sandbox_contact.h; here they get what only Google has: custom labels, several types of
 * numbers, dates without a year, relations, user-defined fields, a profile beside the contact.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sandbox_contact;

/* One element of a list; NULL: the member is missing. What extra is, the list's row in the writer says. */
struct sandbox_google_item {
    const char *value, *type, *extra;
};

enum sandbox_google_list_id {
    SANDBOX_GOOGLE_NICKNAMES,
    SANDBOX_GOOGLE_EMAILS,
    SANDBOX_GOOGLE_PHONES, /* extra: canonicalForm */
    SANDBOX_GOOGLE_BIOGRAPHIES,
    SANDBOX_GOOGLE_URLS,
    SANDBOX_GOOGLE_RELATIONS,
    SANDBOX_GOOGLE_IM_CLIENTS, /* extra: protocol */
    SANDBOX_GOOGLE_SIP_ADDRESSES,
    SANDBOX_GOOGLE_USER_DEFINED,
    SANDBOX_GOOGLE_EXTERNAL_IDS,
    SANDBOX_GOOGLE_CALENDAR_URLS,
    SANDBOX_GOOGLE_CLIENT_DATA,
    SANDBOX_GOOGLE_MISC_KEYWORDS,
    SANDBOX_GOOGLE_OCCUPATIONS,
    SANDBOX_GOOGLE_INTERESTS,
    SANDBOX_GOOGLE_SKILLS,
    SANDBOX_GOOGLE_LOCALES,
    SANDBOX_GOOGLE_GENDERS,
    SANDBOX_GOOGLE_N_LISTS
};

#define SANDBOX_GOOGLE_MAX_ITEMS 10

struct sandbox_google_list {
    struct sandbox_google_item item[SANDBOX_GOOGLE_MAX_ITEMS];
    size_t n;
};

struct sandbox_google_date {
    unsigned year, month, day; /* 0: unknown */
};

struct sandbox_google_birthday {
    struct sandbox_google_date date;
    const char *text; /* NULL: none */
};

struct sandbox_google_event {
    struct sandbox_google_date date;
    const char *type;
};

struct sandbox_google_address {
    const char *type, *formatted, *po_box, *street, *extended, *city, *region, *postal_code, *country, *country_code;
};

struct sandbox_google_organization {
    const char *type, *name, *phonetic_name, *department, *title, *job_description, *symbol, *domain, *location;
    bool current;
    struct sandbox_google_date start, end;
};

struct sandbox_google_location {
    const char *value, *building, *floor, *section, *desk;
};

struct sandbox_google_person {
    const struct sandbox_contact *contact; /* borrowed */
    bool has_name, has_profile, starred;
    const char *display_name, *display_last_first, *unstructured, *phonetic_full;
    struct sandbox_google_list list[SANDBOX_GOOGLE_N_LISTS];
    struct sandbox_google_birthday birthday[2];
    size_t n_birthdays;
    struct sandbox_google_event event[2];
    size_t n_events;
    struct sandbox_google_address address[3];
    size_t n_addresses;
    struct sandbox_google_organization organization[2];
    size_t n_organizations;
    struct sandbox_google_location location;
    bool has_location;
    size_t used;       /* of store */
    char store[36864]; /* where texts are that the contact does not hold: its notes once more, and small ones */
};

/* contact: must live as long as the person. */
void sandbox_google_person_make(struct sandbox_google_person *person, const struct sandbox_contact *contact);
