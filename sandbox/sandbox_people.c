/* SPDX-License-Identifier: MIT */
/*
 * sandbox_people.c - the invented tenants, people, permissions and registered programs.
 *
 * Before: nothing; these are the facts everything else in the sandbox rests on.
 * After:  sandbox_authorize.c asks one of these people, sandbox_graph.c serves their mailbox.
 *
 * The kinds are those that decide what an importer meets: may consent, may consent
 * for everybody, may not consent, has no mailbox, personal account.
 */
#include "sandbox/sandbox_people.h"

#include "base/cleanup.h"
#include "base/text.h"

const struct sandbox_tenant sandbox_tenants[] = {
    {"3f2a8c64-7d15-4b0e-9c61-5a8e2f70b1d4", "contoso.example", true, false, SANDBOX_MICROSOFT},
    {"b91e4d07-26fa-4c83-8a5d-c03f7162e9ab", "locked.example", false, false, SANDBOX_MICROSOFT},
    /* The one that Microsoft gives to all personal accounts. */
    {"9188040d-6c67-4c5b-b112-36a304b66dad", "outlook.example", true, true, SANDBOX_MICROSOFT},
    {"gmail", "gmail.example", true, true, SANDBOX_GOOGLE},
    {"studio", "studio.example", true, false, SANDBOX_GOOGLE},
    {"strict", "strict.example", false, false, SANDBOX_GOOGLE},
};
const size_t sandbox_n_tenants = KITH_COUNT_OF(sandbox_tenants);

const struct sandbox_person sandbox_people[] = {
    {"worker@contoso.example", "worker", "Wren Ashdown", "Wren", "Ashdown", "Account Manager",
     "5d0c1f3a-9b72-4e68-8f14-2c7a60d9e351", 0, false, true, SANDBOX_OBSTACLE_NONE},
    {"admin@contoso.example", "admin", "Adele Brandt", "Adele", "Brandt", "IT Administrator",
     "a47e92b5-03d8-4f1c-b6a9-71e5c8204d3f", 0, true, true, SANDBOX_OBSTACLE_NONE},
    {"managed@locked.example", "managed", "Milo Castellan", "Milo", "Castellan", "Analyst",
     "c8315e7d-64a0-42b9-91f3-0d6b28e4a75c", 1, false, true, SANDBOX_OBSTACLE_NONE},
    {"unlicensed@contoso.example", "unlicensed", "Una Delacroix", "Una", "Delacroix", "Contractor",
     "e02b74f9-1c56-4da3-a87e-963d1f5b08c2", 0, false, false, SANDBOX_OBSTACLE_NONE},
    {"someone@outlook.example", "personal", "Sam Evergreen", "Sam", "Evergreen", NULL,
     "00000000-0000-0000-7b3e-5c90a1d4f826", 2, false, true, SANDBOX_OBSTACLE_NONE},
    {"admin@locked.example", NULL, "Lena Fairweather", "Lena", "Fairweather", "Head of IT",
     "7f69d3c1-b845-4702-9e5a-4ac21b70e68d", 1, true, true, SANDBOX_OBSTACLE_NONE},
    {"anna@gmail.example", "anna", "Anna Lindqvist", "Anna", "Lindqvist", NULL, "104418273650918273645", 3, false, true,
     SANDBOX_OBSTACLE_NONE},
    {"carla@studio.example", "carla", "Carla Montero", "Carla", "Montero", "Producer", "107736451908273640182", 4,
     false, true, SANDBOX_OBSTACLE_NONE},
    {"noah@studio.example", "no service", "Noah Petrov", "Noah", "Petrov", "Intern", "111902837465019283746", 4, false,
     true, SANDBOX_OBSTACLE_NO_SERVICE},
    {"olga@strict.example", "blocked", "Olga Sandberg", "Olga", "Sandberg", "Auditor", "115564738291047382910", 5,
     false, true, SANDBOX_OBSTACLE_POLICY},
    {"guest@gmail.example", "no tester", "Gustav Rehn", "Gustav", "Rehn", NULL, "118273645546372819905", 3, false, true,
     SANDBOX_OBSTACLE_NO_TESTER},
};
const size_t sandbox_n_people = KITH_COUNT_OF(sandbox_people);

_Static_assert(KITH_COUNT_OF(sandbox_people) <= SANDBOX_MAX_PEOPLE, "tables elsewhere are that long");
_Static_assert(KITH_COUNT_OF(sandbox_tenants) <= SANDBOX_MAX_TENANTS, "tables elsewhere are that long");

size_t sandbox_person_find(const char *address_or_oid)
{
    for (size_t i = 0; i < sandbox_n_people; i++)
        if (kith_text_equal_ci(sandbox_people[i].address, address_or_oid) ||
            kith_text_equal_ci(sandbox_people[i].oid, address_or_oid))
            return i;
    return SANDBOX_NOBODY;
}

enum sandbox_provider sandbox_person_provider(size_t person)
{
    return sandbox_tenants[sandbox_people[person].tenant].provider;
}

size_t sandbox_person_find_at(enum sandbox_provider provider, const char *address_or_oid)
{
    size_t person = sandbox_person_find(address_or_oid);

    return person != SANDBOX_NOBODY && sandbox_person_provider(person) == provider ? person : SANDBOX_NOBODY;
}

size_t sandbox_tenant_find(const char *id_or_domain)
{
    for (size_t i = 0; i < sandbox_n_tenants && sandbox_tenants[i].provider == SANDBOX_MICROSOFT; i++)
        if (kith_text_equal_ci(sandbox_tenants[i].id, id_or_domain) ||
            kith_text_equal_ci(sandbox_tenants[i].domain, id_or_domain))
            return i;
    return SANDBOX_NOBODY;
}

/* admin_decides follows the list that Microsoft keeps for tenants with the default consent setting. */
const struct sandbox_scope_rule sandbox_scopes[] = {
    {"Contacts.Read", "Read your contacts", SANDBOX_SCOPE_CONTACTS_READ, false},
    {"Contacts.ReadWrite", "Have full access to your contacts", SANDBOX_SCOPE_CONTACTS_READWRITE, true},
    {"Contacts.Read.Shared", "Read your and shared contacts", SANDBOX_SCOPE_CONTACTS_SHARED, true},
    {"Mail.Read", "Read your mail", SANDBOX_SCOPE_MAIL_READ, true},
    {"People.Read", "Read your relevant people list", SANDBOX_SCOPE_PEOPLE_READ, true},
    {"User.Read", "Sign you in and read your profile", SANDBOX_SCOPE_USER_READ, false},
    {"offline_access", "Maintain access to data you have given it access to", SANDBOX_SCOPE_OFFLINE, false},
    {"openid", "Sign you in", SANDBOX_SCOPE_OPENID, false},
    {"profile", NULL, SANDBOX_SCOPE_PROFILE, false},
    {"email", NULL, SANDBOX_SCOPE_EMAIL, false},
};
const size_t sandbox_n_scopes = KITH_COUNT_OF(sandbox_scopes);

/* What `.default` stands for: the permissions in the registration. */
#define DEFAULT_SCOPES (SANDBOX_SCOPE_CONTACTS_READ | SANDBOX_SCOPE_USER_READ)

/* "Contacts.Read" of "https://graph.microsoft.com/Contacts.Read", or of the sandbox's own address. */
static const char *scope_short_name(const char *name)
{
    const char *scheme = strstr(name, "://");
    const char *slash = scheme ? strrchr(scheme + 3, '/') : NULL;
    return slash ? slash + 1 : name;
}

static unsigned scope_bit(const char *name)
{
    const char *word = scope_short_name(name);

    if (kith_text_equal_ci(word, ".default"))
        return DEFAULT_SCOPES;
    for (size_t i = 0; i < sandbox_n_scopes; i++)
        if (kith_text_equal_ci(sandbox_scopes[i].name, word))
            return sandbox_scopes[i].bit;
    return 0;
}

bool sandbox_scope_parse(const char *list, unsigned *ret, char *unknown, size_t unknown_size)
{
    unsigned mask = 0;

    while (*list) {
        size_t len = strcspn(list, " ");
        if (len > 0) {
            char name[160];
            unsigned bit = 0;
            if (kith_text_copy_n(name, sizeof(name), list, len))
                bit = scope_bit(name);
            if (bit == 0) {
                (void)kith_text_copy(unknown, unknown_size, name); /* cut is fine: it is only shown */
                return false;
            }
            mask |= bit;
        }
        list += len;
        list += *list == ' ';
    }
    *ret = mask;
    return true;
}

void sandbox_scope_write(unsigned mask, char *out, size_t out_size)
{
    size_t used = 0;

    out[0] = '\0';
    for (size_t i = 0; i < sandbox_n_scopes; i++) {
        if (!(mask & sandbox_scopes[i].bit) || sandbox_scopes[i].bit == SANDBOX_SCOPE_OFFLINE)
            continue;
        if (!kith_text_format(out + used, out_size - used, "%s%s", used ? " " : "", sandbox_scopes[i].name))
            return;
        used += strlen(out + used);
    }
}

unsigned sandbox_scope_admin_part(unsigned mask, size_t tenant)
{
    unsigned part = 0;

    if (sandbox_tenants[tenant].consumers)
        return 0;
    if (!sandbox_tenants[tenant].users_may_consent)
        return mask;
    for (size_t i = 0; i < sandbox_n_scopes; i++)
        if (sandbox_scopes[i].admin_decides)
            part |= mask & sandbox_scopes[i].bit;
    return part;
}

static const char *const desktop_redirects[] = {
    "http://localhost",
    "http://127.0.0.1",
    "https://login.microsoftonline.com/common/oauth2/nativeclient",
    NULL,
};
static const char *const web_redirects[] = {"http://localhost", "https://app.contoso.example/signin", NULL};

static const char *const no_redirects[] = {NULL};

#define TENANT_STUDIO 4

/* Google's ids and secrets have another shape here than real ones, so that nobody takes them for such. */
const struct sandbox_app sandbox_apps[] = {
    {"6b1f0e52-8c3d-4a97-b2e4-90d7c5a1f368", "kith", desktop_redirects, SANDBOX_NOBODY, SANDBOX_MICROSOFT, false, NULL},
    {"6b1f0e52-8c3d-4a97-b2e4-90d7c5a1f369", "web only", web_redirects, SANDBOX_NOBODY, SANDBOX_MICROSOFT, true,
     "sandbox-secret"},
    {"6b1f0e52-8c3d-4a97-b2e4-90d7c5a1f36a", "contoso only", desktop_redirects, 0, SANDBOX_MICROSOFT, false, NULL},
    {"kith.apps.sandbox.example", "kith", no_redirects, SANDBOX_NOBODY, SANDBOX_GOOGLE, true, "not-a-secret-at-all"},
    {"internal.apps.sandbox.example", "studio only", no_redirects, TENANT_STUDIO, SANDBOX_GOOGLE, true,
     "not-a-secret-either"},
};
const size_t sandbox_n_apps = KITH_COUNT_OF(sandbox_apps);

const struct sandbox_app *sandbox_app_find(enum sandbox_provider provider, const char *client_id)
{
    for (size_t i = 0; i < sandbox_n_apps; i++)
        if (sandbox_apps[i].provider == provider && kith_text_equal_ci(sandbox_apps[i].client_id, client_id))
            return &sandbox_apps[i];
    return NULL;
}

const struct sandbox_app *sandbox_app_first(enum sandbox_provider provider)
{
    const struct sandbox_app *app = sandbox_apps;

    while (app->provider != provider)
        app++;
    return app;
}

/* Length of the loopback origin ("http://localhost", "http://127.0.0.1") that url begins with, 0 for any other. */
static size_t loopback_origin_len(const char *url)
{
    static const char *const origins[] = {"http://localhost", "http://127.0.0.1"};

    for (size_t i = 0; i < KITH_COUNT_OF(origins); i++) {
        size_t len = strlen(origins[i]);
        char after;
        if (!kith_text_starts_with_ci(url, origins[i]))
            continue;
        after = url[len];
        if (after == '\0' || after == ':' || after == '/')
            return len;
    }
    return 0;
}

static bool loopback_matches(const char *registered, size_t origin_len, const char *redirect, bool *ret_slash)
{
    const char *rest = redirect + origin_len;
    const char *path = registered + origin_len;

    if (loopback_origin_len(redirect) != origin_len || strncmp(redirect, registered, origin_len) != 0)
        return false;
    if (*rest == ':') {
        size_t digits = strspn(rest + 1, "0123456789");
        if (digits == 0 || digits > 5)
            return false;
        rest += 1 + digits;
    }
    if (*path == '\0' && strcmp(rest, "/") == 0)
        rest++;
    if (strcmp(rest, path) != 0)
        return false;
    *ret_slash = *path == '\0' && redirect[strlen(redirect) - 1] != '/';
    return true;
}

bool sandbox_app_redirect_matches(const struct sandbox_app *app, const char *redirect, bool *ret_slash)
{
    if (strlen(redirect) > 256)
        return false;
    for (const char *const *r = app->redirects; *r; r++) {
        size_t origin_len = loopback_origin_len(*r);
        if (origin_len > 0 && loopback_matches(*r, origin_len, redirect, ret_slash))
            return true;
        if (origin_len == 0 && strcmp(*r, redirect) == 0) {
            *ret_slash = false;
            return true;
        }
    }
    return false;
}
