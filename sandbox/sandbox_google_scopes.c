/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_scopes.c - reads and writes Google's permissions.
 *
 * Before: a program asks for some.
 * After:  sandbox_google_signin.c lets a person tick them.
 */
#include "sandbox/sandbox_google_scopes.h"

#include "base/cleanup.h"
#include "base/text.h"

#define AUTH "https://www.googleapis.com/auth/"

/* In the order in which they come back. */
const struct sandbox_google_scope_rule sandbox_google_scopes[] = {
    {AUTH "userinfo.email", "email", NULL, SANDBOX_GOOGLE_EMAIL, true},
    {AUTH "contacts.readonly", NULL, "See and download your contacts", SANDBOX_GOOGLE_CONTACTS_READONLY, false},
    {AUTH "contacts", NULL, "See, edit, download and delete your contacts for good", SANDBOX_GOOGLE_CONTACTS, false},
    {AUTH "contacts.other.readonly", NULL, "See and download what was saved under \"Other contacts\" by itself",
     SANDBOX_GOOGLE_OTHER_READONLY, false},
    {AUTH "directory.readonly", NULL, "See and download your organization's directory", SANDBOX_GOOGLE_DIRECTORY,
     false},
    {AUTH "carddav", NULL, "See and change your contacts by CardDAV", SANDBOX_GOOGLE_CARDDAV, false},
    {AUTH "drive.appdata", NULL, "Keep the program's own data in your storage", SANDBOX_GOOGLE_DRIVE_APPDATA, true},
    {AUTH "drive.file", NULL, "See and change the files you use with this program", SANDBOX_GOOGLE_DRIVE_FILE, true},
    {AUTH "youtube", NULL, "Manage your videos", SANDBOX_GOOGLE_YOUTUBE, true},
    {AUTH "youtube.readonly", NULL, "See your videos", SANDBOX_GOOGLE_YOUTUBE_READONLY, true},
    {AUTH "userinfo.profile", "profile", NULL, SANDBOX_GOOGLE_PROFILE, true},
    {"openid", NULL, NULL, SANDBOX_GOOGLE_OPENID, true},
};
const size_t sandbox_google_n_scopes = KITH_COUNT_OF(sandbox_google_scopes);

static unsigned scope_bit(const char *name)
{
    for (size_t i = 0; i < sandbox_google_n_scopes; i++) {
        const struct sandbox_google_scope_rule *rule = &sandbox_google_scopes[i];
        if (strcmp(rule->name, name) == 0 || (rule->alias && strcmp(rule->alias, name) == 0))
            return rule->bit;
    }
    return 0;
}

bool sandbox_google_scope_parse(const char *list, unsigned *ret, char *unknown, size_t unknown_size)
{
    unsigned mask = 0;

    for (; *list; list += strcspn(list, " "), list += *list == ' ') {
        size_t len = strcspn(list, " ");
        char name[160];
        unsigned bit = 0;
        if (len == 0)
            continue;
        if (kith_text_copy_n(name, sizeof(name), list, len))
            bit = scope_bit(name);
        if (bit == 0) {
            (void)kith_text_copy(unknown, unknown_size, name); /* cut is fine: it is only shown */
            return false;
        }
        mask |= bit;
    }
    *ret = mask;
    return true;
}

void sandbox_google_scope_write(unsigned mask, char *out, size_t out_size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < sandbox_google_n_scopes; i++) {
        if (!(mask & sandbox_google_scopes[i].bit))
            continue;
        if (!kith_text_format(out + used, out_size - used, "%s%s", used ? " " : "", sandbox_google_scopes[i].name))
            return;
        used += strlen(out + used);
    }
}

const struct sandbox_google_scope_rule *sandbox_google_scope_not_by_device(unsigned mask)
{
    for (size_t i = 0; i < sandbox_google_n_scopes; i++)
        if ((mask & sandbox_google_scopes[i].bit) && !sandbox_google_scopes[i].by_device)
            return &sandbox_google_scopes[i];
    return NULL;
}
