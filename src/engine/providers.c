/* SPDX-License-Identifier: MIT */
/*
 * providers.c - one row a provider: which settings it reads, where its endpoints are, what is asked for.
 *
 * Microsoft identity platform: "OAuth 2.0 authorization code flow", "Admin consent"; least
 * privilege: Contacts.Read and offline_access beside the sign-in scopes.
 */
#include "engine/providers.h"

#include "base/fail.h"
#include "base/text.h"

struct provider_row {
    enum kith_source source;
    enum kith_setting_id client_id, tenant, authority, contacts;
    const char *client_id_key;
    const char *authorize, *token; /* below authority/tenant */
    const char *admin_consent;     /* below authority/{tenant}: the administrator's own, which is not known yet */
    const char *scope;
    const char *contacts_scopes[3];
};

static const struct provider_row rows[] = {
    {KITH_SOURCE_MICROSOFT365,
     KITH_SET_MICROSOFT_CLIENT_ID,
     KITH_SET_MICROSOFT_TENANT,
     KITH_SET_MICROSOFT_AUTHORITY,
     KITH_SET_MICROSOFT_GRAPH,
     "microsoft.client_id",
     "oauth2/v2.0/authorize",
     "oauth2/v2.0/token",
     "v2.0/adminconsent",
     "openid profile offline_access Contacts.Read",
     {"Contacts.Read", "Contacts.ReadWrite", NULL}},
};

static void strip_slashes(char *url)
{
    size_t len = strlen(url);

    while (len > 0 && url[len - 1] == '/')
        url[--len] = '\0';
}

static bool join(char *out, size_t out_size, const char *authority, const char *tenant, const char *path)
{
    return kith_text_format(out, out_size, "%s/%s/%s", authority, tenant, path);
}

enum kith_status kith_provider_get(struct kith_config *config, enum kith_source source,
                                   struct kith_provider_in_use *ret, struct kith_error *err)
{
    const struct provider_row *row = &rows[0];
    struct kith_provider *provider = &ret->provider;
    char authority[KITH_SETTING_BYTES];

    if (source != row->source)
        return kith_fail(err, KITH_E_USAGE, "this kith cannot sign in to %s", kith_source_title(source));
    kith_config_get(config, row->client_id, ret->client_id);
    kith_config_get(config, row->tenant, ret->tenant);
    kith_config_get(config, row->contacts, ret->graph);
    kith_config_get(config, row->authority, authority);
    strip_slashes(authority);
    strip_slashes(ret->graph);
    *provider = (struct kith_provider){
        .source = source,
        .client_id = ret->client_id,
        .client_secret = "",
        .client_id_key = row->client_id_key,
        .scope = row->scope,
        .contacts_scopes = {row->contacts_scopes[0], row->contacts_scopes[1], NULL},
    };
    if (!join(provider->authorize_url, sizeof(provider->authorize_url), authority, ret->tenant, row->authorize) ||
        !join(provider->token_url, sizeof(provider->token_url), authority, ret->tenant, row->token) ||
        !join(provider->admin_consent_url, sizeof(provider->admin_consent_url), authority, "{tenant}",
              row->admin_consent))
        return kith_fail(err, KITH_E_USAGE, "the addresses of %s in the settings are too long",
                         kith_source_title(source));
    return KITH_OK;
}
