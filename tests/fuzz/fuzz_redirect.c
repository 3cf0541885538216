/* SPDX-License-Identifier: MIT */
/*
 * fuzz_redirect.c - any bytes as the browser's answer, or as what a person pasted.
 *
 * Anybody on this device can send a request to the listener of a sign-in.
 */
#include <string.h>

#include "fuzz_target.h"
#include "signin/oauth.h"

static bool ends_within(const char *text, size_t size)
{
    return memchr(text, '\0', size) != NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct kith_provider provider = {.source = KITH_SOURCE_MICROSOFT365,
                                                  .client_id = "client",
                                                  .client_secret = "",
                                                  .client_id_key = "microsoft.client_id",
                                                  .scope = "Contacts.Read offline_access",
                                                  .contacts_scopes = {"Contacts.Read", "Contacts.ReadWrite", NULL}};
    static struct kith_redirect redirect; /* large; filled anew by each call */
    struct kith_error err = {0};

    memset(&redirect, 0xee, sizeof(redirect)); /* so that what is not written is not "" by luck */
    if (!kith_redirect_read((const char *)data, size, &redirect))
        return 0;
    FUZZ_CHECK(ends_within(redirect.code, sizeof(redirect.code)));
    FUZZ_CHECK(ends_within(redirect.state, sizeof(redirect.state)));
    FUZZ_CHECK(ends_within(redirect.error, sizeof(redirect.error)));
    FUZZ_CHECK(ends_within(redirect.error_subcode, sizeof(redirect.error_subcode)));
    FUZZ_CHECK(ends_within(redirect.error_description, sizeof(redirect.error_description)));
    FUZZ_CHECK(redirect.code[0] != '\0' || redirect.error[0] != '\0');
    if (redirect.error[0] != '\0')
        FUZZ_CHECK(kith_oauth_redirect_error(&provider, &redirect, &err) != KITH_OK);
    return 0;
}
