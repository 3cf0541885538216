/* SPDX-License-Identifier: MIT */
/*
 * providers.c - one row a provider: which settings it reads, where its endpoints are, what is asked for.
 *
 * Microsoft identity platform: "OAuth 2.0 authorization code flow", "Device
 * authorization grant", "Admin consent". Google: "OAuth 2.0 for
 * Mobile & Desktop Apps". Least privilege: reading contacts, going on without a browser, and knowing whose
 * account it is; nothing else.
 */
#include "engine/providers.h"

#include "base/buf.h"
#include "base/fail.h"
#include "base/text.h"
#include "http/http_url.h"

enum { NO_SETTING = KITH_SETTING_COUNT };

/*
 * {authority} and {oauth2} in an address are settings, {tenant} is one, {directory} is put in later; {resource} in a
 * scope is the service whose permission it is, where that does not go without saying.
 */
struct provider_row {
    enum kith_source source;
    unsigned client_id, client_secret, tenant, authority, oauth2, contacts; /* enum kith_setting_id, or NO_SETTING */
    const char *client_id_key, *client_secret_key;
    const char *authorize, *token, *device, *revoke, *admin_consent; /* "" where the provider has none */
    const char *loopback; /* the host its redirect goes to: as registered, or as the provider advises */
    const char *scope;
    const char *contacts_scopes[3];
};

static const struct provider_row rows[] = {
    {
        .source = KITH_SOURCE_MICROSOFT365,
        .client_id = KITH_SET_MICROSOFT_CLIENT_ID,
        .client_secret = NO_SETTING, /* a public client must not send one */
        .tenant = KITH_SET_MICROSOFT_TENANT,
        .authority = KITH_SET_MICROSOFT_AUTHORITY,
        .oauth2 = KITH_SET_MICROSOFT_AUTHORITY,
        .contacts = KITH_SET_MICROSOFT_GRAPH,
        .client_id_key = "microsoft.client_id",
        .client_secret_key = "",
        .authorize = "{authority}/{tenant}/oauth2/v2.0/authorize",
        .token = "{oauth2}/{tenant}/oauth2/v2.0/token",
        .device = "{oauth2}/{tenant}/oauth2/v2.0/devicecode",
        .revoke = "",
        .admin_consent = "{authority}/{directory}/v2.0/adminconsent",
        .loopback = "localhost",
        .scope = "openid profile offline_access {resource}Contacts.Read",
        .contacts_scopes = {"Contacts.Read", "Contacts.ReadWrite", NULL},
    },
    {
        .source = KITH_SOURCE_GOOGLE,
        .client_id = KITH_SET_GOOGLE_CLIENT_ID,
        .client_secret = KITH_SET_GOOGLE_CLIENT_SECRET,
        .tenant = NO_SETTING,
        .authority = KITH_SET_GOOGLE_ACCOUNTS,
        .oauth2 = KITH_SET_GOOGLE_OAUTH2,
        .contacts = KITH_SET_GOOGLE_PEOPLE,
        .client_id_key = "google.client_id",
        .client_secret_key = "google.client_secret",
        .authorize = "{authority}/o/oauth2/v2/auth",
        .token = "{oauth2}/token",
        .device = "", /* there is one, but no contacts for it: "Allowed scopes" of its page */
        .revoke = "{oauth2}/revoke",
        .admin_consent = "",
        .loopback = "127.0.0.1",
        /* Why openid and email, although they bring the tick box: docs/decisions/0017-google-asks-for-three-scopes.md.
         */
        .scope = "openid email https://www.googleapis.com/auth/contacts.readonly",
        .contacts_scopes = {"https://www.googleapis.com/auth/contacts.readonly",
                            "https://www.googleapis.com/auth/contacts", NULL},
    },
};

static const struct provider_row *row_of(enum kith_source source)
{
    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++)
        if (rows[i].source == source)
            return &rows[i];
    return NULL;
}

static void get_setting(struct kith_config *config, unsigned id, char out[KITH_SETTING_BYTES])
{
    out[0] = '\0';
    if (id != NO_SETTING)
        kith_config_get(config, (enum kith_setting_id)id, out);
}

static void get_root(struct kith_config *config, unsigned id, char out[KITH_SETTING_BYTES])
{
    size_t len;

    get_setting(config, id, out);
    for (len = strlen(out); len > 0 && out[len - 1] == '/'; len--)
        out[len - 1] = '\0';
}

/* What stands in braces, one word each. */
struct place {
    const char *name, *value;
};

/* false: it does not fit. */
static bool fill_places(const char *pattern, const struct place *places, size_t n, char *out, size_t out_size)
{
    KITH_AUTO_DONE(kith_buf) url;

    kith_buf_init(&url, out_size - 1);
    while (*pattern != '\0') {
        const struct place *place = NULL;

        for (size_t i = 0; i < n && !place; i++)
            if (kith_text_starts_with(pattern, places[i].name))
                place = &places[i];
        if (place)
            (void)kith_buf_add_text(&url, place->value);
        else
            (void)kith_buf_add_char(&url, *pattern);
        pattern += place ? strlen(place->name) : 1;
    }
    return !url.full && kith_text_copy(out, out_size, kith_buf_text(&url));
}

static bool fill_addresses(struct kith_config *config, const struct provider_row *row, const char *tenant,
                           struct kith_provider *provider)
{
    char authority[KITH_SETTING_BYTES], oauth2[KITH_SETTING_BYTES];
    const struct place places[] = {
        {"{authority}", authority}, {"{oauth2}", oauth2}, {"{tenant}", tenant}, {"{directory}", "{tenant}"}};
    const size_t n = KITH_COUNT_OF(places);

    get_root(config, row->authority, authority);
    get_root(config, row->oauth2, oauth2);
    return fill_places(row->authorize, places, n, provider->authorize_url, sizeof(provider->authorize_url)) &&
           fill_places(row->token, places, n, provider->token_url, sizeof(provider->token_url)) &&
           fill_places(row->device, places, n, provider->device_url, sizeof(provider->device_url)) &&
           fill_places(row->revoke, places, n, provider->revoke_url, sizeof(provider->revoke_url)) &&
           fill_places(row->admin_consent, places, n, provider->admin_consent_url, sizeof(provider->admin_consent_url));
}

/*
 * A bare permission means the global cloud's service, wherever it is asked for; a national cloud's own has to be named.
 * What stands in for Microsoft on this device is asked as the global one is.
 */
static bool fill_scope(const struct provider_row *row, struct kith_provider_in_use *provider)
{
    char resource[KITH_SETTING_BYTES + 1] = "";
    const struct place places[] = {{"{resource}", resource}};
    struct kith_http_url service;

    if (kith_http_url_read(provider->contacts, &service) && !service.loopback &&
        !kith_text_equal_ci(service.host, "graph.microsoft.com"))
        (void)kith_text_format(resource, sizeof(resource), "%s/", provider->contacts); /* fits */
    return fill_places(row->scope, places, KITH_COUNT_OF(places), provider->scope, sizeof(provider->scope));
}

enum kith_status kith_provider_get(struct kith_config *config, enum kith_source source,
                                   struct kith_provider_in_use *ret, struct kith_error *err)
{
    const struct provider_row *row = row_of(source);

    if (!row)
        return kith_fail(err, KITH_E_USAGE, "this kith cannot sign in to %s", kith_source_title(source));
    get_setting(config, row->client_id, ret->client_id);
    get_setting(config, row->client_secret, ret->client_secret);
    get_setting(config, row->tenant, ret->tenant);
    get_root(config, row->contacts, ret->contacts);
    ret->provider = (struct kith_provider){
        .source = source,
        .client_id = ret->client_id,
        .client_secret = ret->client_secret,
        .client_id_key = row->client_id_key,
        .client_secret_key = row->client_secret_key,
        .loopback = row->loopback,
        .scope = ret->scope,
        .contacts_scopes = {row->contacts_scopes[0], row->contacts_scopes[1], NULL},
    };
    if (!fill_scope(row, ret) || !fill_addresses(config, row, ret->tenant, &ret->provider))
        return kith_fail(err, KITH_E_USAGE, "the addresses of %s in the settings are too long",
                         kith_source_title(source));
    return KITH_OK;
}
