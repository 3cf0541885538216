/* SPDX-License-Identifier: MIT */
/* sandbox_google_scopes.h - Google's permissions, as bits of a mask. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum sandbox_google_scope {
    SANDBOX_GOOGLE_OPENID = 1 << 0,
    SANDBOX_GOOGLE_EMAIL = 1 << 1,
    SANDBOX_GOOGLE_PROFILE = 1 << 2,
    SANDBOX_GOOGLE_CONTACTS_READONLY = 1 << 3,
    SANDBOX_GOOGLE_CONTACTS = 1 << 4,
    SANDBOX_GOOGLE_OTHER_READONLY = 1 << 5,
    SANDBOX_GOOGLE_DIRECTORY = 1 << 6,
    SANDBOX_GOOGLE_DRIVE_APPDATA = 1 << 7,
    SANDBOX_GOOGLE_DRIVE_FILE = 1 << 8,
    SANDBOX_GOOGLE_YOUTUBE = 1 << 9,
    SANDBOX_GOOGLE_YOUTUBE_READONLY = 1 << 10,
    SANDBOX_GOOGLE_CARDDAV = 1 << 11,
};

/* Who signed in; these have no box on the consent page. */
#define SANDBOX_GOOGLE_SIGN_IN (SANDBOX_GOOGLE_OPENID | SANDBOX_GOOGLE_EMAIL | SANDBOX_GOOGLE_PROFILE)

struct sandbox_google_scope_rule {
    const char *name;  /* as it comes back: in full */
    const char *alias; /* as it may be asked for, too; NULL: none */
    const char *title; /* on the consent page; NULL: no box */
    unsigned bit;
    bool by_device; /* the device flow may ask for it */
};
extern const struct sandbox_google_scope_rule sandbox_google_scopes[];
extern const size_t sandbox_google_n_scopes;

/* The bits of a space separated list; false when a name is unknown, which is then in unknown. */
bool sandbox_google_scope_parse(const char *list, unsigned *ret, char *unknown, size_t unknown_size);
/* Space separated names. */
void sandbox_google_scope_write(unsigned mask, char *out, size_t out_size);
/* The first one of mask that the device flow refuses, or NULL. */
const struct sandbox_google_scope_rule *sandbox_google_scope_not_by_device(unsigned mask);
