/* SPDX-License-Identifier: MIT */
/*
 * settings.h - the configuration: an INI file, one "section.key" a setting.
 *
 * Order of precedence: kith_options.set, the file, what the distributor built
 * in, the default. docs/man/kith-config.5.scd lists the keys.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;

struct kith_setting {
    const char *key;         /* "import.limit" */
    const char *value;       /* in force now; "" when unset; a secret is shown as "(set)" */
    const char *preset;      /* what it is when nobody sets it */
    const char *description; /* one line */
    bool is_set;             /* by the file or on the command line */
    bool secret;
};

struct kith_settings {
    size_t n;
    struct kith_setting *setting;
};

/* All settings there are. *ret: yours to kith_settings_free(). */
KITH_API KITH_MUST_CHECK enum kith_status kith_settings_get(struct kith *k, struct kith_settings **ret,
                                                            struct kith_error *err);
KITH_API void kith_settings_free(struct kith_settings *settings); /* NULL is fine */

/*
 * Change a setting in the file, in one step, comments kept. value NULL takes it
 * back to its preset. KITH_E_USAGE: no such key (err->hint names the nearest), or an
 * impossible value. KITH_E_STORE: the file cannot be written.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_setting_set(struct kith *k, const char *key, const char *value,
                                                           struct kith_error *err);

#ifdef __cplusplus
}
#endif
