/* SPDX-License-Identifier: MIT */
/* provider.h - what a sign-in must know of a provider; engine/providers.c fills it from the configuration. */
#pragma once

#include <kith/error.h>

struct kith_provider {
    enum kith_source source;
    const char *client_id;         /* "" not configured */
    const char *client_secret;     /* "" none (Microsoft public clients must not send one) */
    const char *client_id_key;     /* "microsoft.client_id": named when it is missing */
    const char *client_secret_key; /* "google.client_secret"; NULL or "" where none is wanted */
    const char *loopback;          /* host of the redirect's address: "localhost" or "127.0.0.1" */
    char authorize_url[256];
    char token_url[256];
    char device_url[256];           /* "" when it gives no contacts for a device code */
    char revoke_url[256];           /* "" when the provider has none */
    char admin_consent_url[256];    /* "{tenant}" in it stands for the directory; "" when the provider has none */
    const char *scope;              /* asked for */
    const char *contacts_scopes[3]; /* one of these must be granted; NULL-terminated */
};
