/* SPDX-License-Identifier: MIT */
/* sandbox_google_person_json.h - a person as the People API writes one. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct sandbox_google_person;

/* The fields of a personFields or readMask as a mask. */
#define SANDBOX_GOOGLE_MASK_ALL UINT64_MAX
uint64_t sandbox_google_mask_bit(const char *field); /* 0: no such field */
/* false: a name is no field; it is then in unknown. */
bool sandbox_google_mask_parse(const char *list, uint64_t *ret, char *unknown, size_t unknown_size);

struct sandbox_google_view {
    const char *kind;   /* "people/c", "otherContacts/c" */
    const char *source; /* "CONTACT", "OTHER_CONTACT" */
    uint64_t id;
    uint64_t former[8]; /* ids it had before, the newest first */
    size_t n_former;
    uint64_t sequence; /* of the last change: what the etags are made of */
    uint64_t mask;
    bool with_profile;     /* what a person's own profile says is mixed in */
    bool turned;           /* elements of lists come in another order than usual */
    const char *photo_url; /* what pictures' addresses begin with */
};

void sandbox_google_person_write(const struct sandbox_google_person *person, const struct sandbox_google_view *view,
                                 struct kith_buf *out);
/* A person that was removed. */
void sandbox_google_tombstone_write(const struct sandbox_google_view *view, struct kith_buf *out);
