/* SPDX-License-Identifier: MIT */
/*
 * sandbox_people.h - who exists in the sandbox: tenants, people, permissions, registered programs.
 *
 * Microsoft's people and Google's stand in the same tables and never meet: each half
 * finds its own only. All of it is constant tables; what people granted is in sandbox_vault.h, what
 * their mailboxes hold in sandbox_mailbox.h.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum sandbox_provider { SANDBOX_MICROSOFT, SANDBOX_GOOGLE };
#define SANDBOX_N_PROVIDERS 2

/* An organization; at Google a Workspace domain. */
struct sandbox_tenant {
    const char *id; /* GUID */
    const char *domain;
    bool users_may_consent;
    bool consumers; /* the tenant of all personal accounts */
    enum sandbox_provider provider;
};

/* What stands in a Google person's way. */
enum sandbox_obstacle {
    SANDBOX_OBSTACLE_NONE = 0,
    SANDBOX_OBSTACLE_POLICY,     /* the administrator blocks the program: said on the sign-in page */
    SANDBOX_OBSTACLE_NO_SERVICE, /* the administrator has turned contacts off: said by the People API */
    SANDBOX_OBSTACLE_NO_TESTER,  /* the program is being tested, by others */
};

struct sandbox_person {
    const char *address;
    const char *nickname; /* for "Other people to rehearse with"; NULL: only an administrator's page offers them */
    const char *name;
    const char *given_name, *surname, *job_title;
    const char *oid; /* object id in the tenant; at Google the account's number, "sub" */
    size_t tenant;   /* index of sandbox_tenants */
    bool admin;
    bool mailbox; /* has a licence */
    enum sandbox_obstacle obstacle;
};

extern const struct sandbox_tenant sandbox_tenants[];
extern const size_t sandbox_n_tenants;
extern const struct sandbox_person sandbox_people[];
extern const size_t sandbox_n_people;

#define SANDBOX_NOBODY ((size_t)-1)
#define SANDBOX_MAX_PEOPLE 16
#define SANDBOX_MAX_TENANTS 8

/* By address (any case) or object id; SANDBOX_NOBODY when there is no such person. */
size_t sandbox_person_find(const char *address_or_oid);
/* The same among those of one provider. */
size_t sandbox_person_find_at(enum sandbox_provider provider, const char *address_or_oid);
enum sandbox_provider sandbox_person_provider(size_t person);
/* Microsoft's, by GUID or domain; SANDBOX_NOBODY for anything else, the words "common" etc. included. */
size_t sandbox_tenant_find(const char *id_or_domain);

/* Microsoft's permissions, as bits of a mask; Google's are in sandbox_google_scopes.h. */
enum sandbox_scope {
    SANDBOX_SCOPE_OPENID = 1 << 0,
    SANDBOX_SCOPE_PROFILE = 1 << 1,
    SANDBOX_SCOPE_EMAIL = 1 << 2,
    SANDBOX_SCOPE_OFFLINE = 1 << 3,
    SANDBOX_SCOPE_USER_READ = 1 << 4,
    SANDBOX_SCOPE_CONTACTS_READ = 1 << 5,
    SANDBOX_SCOPE_CONTACTS_READWRITE = 1 << 6,
    SANDBOX_SCOPE_CONTACTS_SHARED = 1 << 7,
    SANDBOX_SCOPE_MAIL_READ = 1 << 8,
    SANDBOX_SCOPE_PEOPLE_READ = 1 << 9,
};

struct sandbox_scope_rule {
    const char *name;
    const char *title; /* on the consent page; NULL: shares the line of openid */
    unsigned bit;
    bool admin_decides; /* left out of what users may grant in a tenant that Microsoft manages */
};
extern const struct sandbox_scope_rule sandbox_scopes[];
extern const size_t sandbox_n_scopes;

/* The bits of a space separated list; false when a name is unknown, which is then in unknown. */
bool sandbox_scope_parse(const char *list, unsigned *ret, char *unknown, size_t unknown_size);
/* Space separated names, without offline_access: the real answers leave it out too. */
void sandbox_scope_write(unsigned mask, char *out, size_t out_size);
/* Those bits of mask that only an administrator may grant in the tenant. */
unsigned sandbox_scope_admin_part(unsigned mask, size_t tenant);

/* A program's registration. */
struct sandbox_app {
    const char *client_id;
    const char *name;
    const char *const *redirects; /* NULL at the end; of a Google program none: any loopback address will do */
    size_t only_tenant;           /* SANDBOX_NOBODY: any */
    enum sandbox_provider provider;
    bool wants_secret;  /* registered as "web" only; at Google: always */
    const char *secret; /* NULL: none */
};
extern const struct sandbox_app sandbox_apps[];
extern const size_t sandbox_n_apps;
const struct sandbox_app *sandbox_app_find(enum sandbox_provider provider, const char *client_id);
/* The one that the ready line names. */
const struct sandbox_app *sandbox_app_first(enum sandbox_provider provider);

/* Exact, but the port is ignored for loopback; ret_slash: a slash is added when the answer is sent there. */
bool sandbox_app_redirect_matches(const struct sandbox_app *app, const char *redirect, bool *ret_slash);
