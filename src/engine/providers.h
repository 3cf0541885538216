/* SPDX-License-Identifier: MIT */
/* providers.h - what the engine knows of each provider: a row of providers.c, filled in from the configuration. */
#pragma once

#include "engine/config.h"
#include "signin/provider.h"

struct kith_provider_in_use {
    struct kith_provider provider; /* its pointers point into the buffers below */
    char client_id[KITH_SETTING_BYTES];
    char client_secret[KITH_SETTING_BYTES]; /* "" where none is wanted */
    char tenant[KITH_SETTING_BYTES];        /* "" where accounts belong to nobody but the person */
    char contacts[KITH_SETTING_BYTES];      /* root of the service that holds the contacts */
    char scope[KITH_SETTING_BYTES + 128];
};

/* KITH_E_USAGE for a source nobody can sign in to. */
enum kith_status kith_provider_get(struct kith_config *config, enum kith_source source,
                                   struct kith_provider_in_use *ret, struct kith_error *err);
