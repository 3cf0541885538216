/* SPDX-License-Identifier: MIT */
/*
 * fuzz_tokens.c - any bytes as an answer of a token endpoint, a good one and a refusal, and to a request for a code.
 *
 * The first byte says which provider, whether it was a refresh, and the HTTP status.
 */
#include <string.h>

#include "fuzz_target.h"
#include "signin/device.h"

static const struct kith_provider providers[] = {
    {.source = KITH_SOURCE_MICROSOFT365,
     .client_id = "client",
     .client_secret = "",
     .client_id_key = "microsoft.client_id",
     .scope = "Contacts.Read offline_access",
     .contacts_scopes = {"Contacts.Read", "Contacts.ReadWrite", NULL}},
    {.source = KITH_SOURCE_GOOGLE,
     .client_id = "client",
     .client_secret = "",
     .client_id_key = "google.client_id",
     .scope = "https://www.googleapis.com/auth/contacts.readonly",
     .contacts_scopes = {"https://www.googleapis.com/auth/contacts.readonly", NULL}},
};

static void try_success(const struct kith_provider *provider, const char *json, size_t len)
{
    struct kith_tokens tokens;
    struct kith_error err = {0};

    kith_tokens_init(&tokens);
    if (kith_tokens_read(provider, json, len, &tokens, &err) == KITH_OK) {
        FUZZ_CHECK(tokens.access.len > 0 && strlen(tokens.access.data) == tokens.access.len);
        FUZZ_CHECK(tokens.expires_at_s > 0);
    } else {
        FUZZ_CHECK(err.status != KITH_OK && err.message[0] != '\0');
    }
    kith_tokens_done(&tokens);
}

static bool is_visible(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text <= ' ' || (unsigned char)*text >= 0x7F)
            return false;
    }
    return true;
}

static void try_device(const struct kith_provider *provider, const char *json, size_t len)
{
    struct kith_device device;
    struct kith_error err = {0};

    kith_device_init(&device);
    if (kith_device_read(provider, json, len, &device, &err) == KITH_OK) {
        FUZZ_CHECK(device.code.len > 0 && strlen(device.code.data) == device.code.len);
        FUZZ_CHECK(device.user_code[0] != '\0' && is_visible(device.user_code));
        FUZZ_CHECK(kith_http_url_allowed(device.address) && is_visible(device.address));
        FUZZ_CHECK(device.life_s > 0 && device.life_s <= 3600 && device.interval_s > 0 && device.interval_s <= 60);
    } else {
        FUZZ_CHECK(err.status != KITH_OK && err.message[0] != '\0');
    }
    kith_device_done(&device);
}

static void try_error(const struct kith_provider *provider, int http_status, const char *json, size_t len,
                      bool refreshing)
{
    struct kith_error err = {0};
    enum kith_status st = kith_tokens_error(provider, http_status, json, len, refreshing, &err);

    FUZZ_CHECK(st != KITH_OK && err.status == st);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const int http_statuses[] = {400, 401, 403, 429, 500, 503};
    const struct kith_provider *provider;
    unsigned choice;

    if (size == 0)
        return 0;
    choice = data[0];
    provider = &providers[choice & 1];
    try_success(provider, (const char *)data + 1, size - 1);
    try_device(provider, (const char *)data + 1, size - 1);
    try_error(provider, http_statuses[(choice >> 2) % 6], (const char *)data + 1, size - 1, (choice & 2) != 0);
    return 0;
}
