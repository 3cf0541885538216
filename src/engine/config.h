/* SPDX-License-Identifier: MIT */
/*
 * config.h - the settings: one table of keys, their values from the command line, the file,
 * the distributor, the preset, in this order.
 */
#pragma once

#include <kith/settings.h>

#include "base/cleanup.h"

enum kith_setting_id {
    KITH_SET_IMPORT_LIMIT,
    KITH_SET_IMPORT_REGION,
    KITH_SET_IMPORT_PHOTOS,
    KITH_SET_MICROSOFT_CLIENT_ID,
    KITH_SET_MICROSOFT_TENANT,
    KITH_SET_MICROSOFT_AUTHORITY,
    KITH_SET_MICROSOFT_GRAPH,
    KITH_SET_GOOGLE_CLIENT_ID,
    KITH_SET_GOOGLE_CLIENT_SECRET,
    KITH_SET_GOOGLE_ACCOUNTS,
    KITH_SET_GOOGLE_OAUTH2,
    KITH_SET_GOOGLE_PEOPLE,
    KITH_SET_TOKENS_KEEP,
    KITH_SET_NETWORK_CA_FILE,
    KITH_SET_NETWORK_PROXY,
    KITH_SET_WEB_PORT,
    KITH_SETTING_COUNT
};

enum { KITH_SETTING_BYTES = 512 }; /* the longest value */

struct kith_config;

/* path: the INI file, need not exist. set: NULL or "section.key=value" strings, NULL-terminated. */
enum kith_status kith_config_new(const char *path, const char *const *set, struct kith_config **ret,
                                 struct kith_error *err);
void kith_config_free(struct kith_config *config);
KITH_DEFINE_AUTO(kith_config, kith_config_free)

const char *kith_config_path(const struct kith_config *config);

/*
 * The value in force now: the file is read again when it has changed, so that a long-running
 * face sees what another one set. Any thread. out: KITH_SETTING_BYTES.
 */
void kith_config_get(struct kith_config *config, enum kith_setting_id id, char out[KITH_SETTING_BYTES]);
int64_t kith_config_get_int(struct kith_config *config, enum kith_setting_id id);
bool kith_config_get_bool(struct kith_config *config, enum kith_setting_id id);

/* The first key of the file that is no setting of this kith, with the one that may be meant, as a sentence; false:
 * none. */
bool kith_config_find_unknown(struct kith_config *config, char *out, size_t out_size);

enum kith_status kith_config_all(struct kith_config *config, struct kith_settings **ret, struct kith_error *err);
enum kith_status kith_config_set(struct kith_config *config, const char *key, const char *value,
                                 struct kith_error *err);
