/* SPDX-License-Identifier: MIT */
/*
 * kith.h - the engine, as every face sees it.
 *
 * Begin here: kith_open() gives the handle that all other calls take. The
 * sub-headers follow what a person does: settings, sign in, import, accounts,
 * find, contact, export.
 *
 * Threads: one struct kith may be used from any number of threads at once. Calls
 * that wait for a network (kith_signin_wait, kith_import_run, kith_refresh_run)
 * block their own thread only and can be cancelled from any other.
 * Processes: any number of processes may open the same data folder; each sees the
 * others' changes at its next call.
 */
#pragma once

#include <kith/account.h>
#include <kith/contact.h>
#include <kith/error.h>
#include <kith/export.h>
#include <kith/find.h>
#include <kith/import.h>
#include <kith/outlook.h>
#include <kith/settings.h>
#include <kith/signin.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;

struct kith_options {
    const char *data_dir;    /* NULL: $XDG_DATA_HOME/kith */
    const char *config_file; /* NULL: $XDG_CONFIG_HOME/kith/config; need not exist */
    const char *const *set;  /* NULL, or "section.key=value" strings that win over the file; NULL-terminated */
    const char *language;    /* NULL: from the locale, else as last time; e.g. "sv_SE": how names sort */
    bool even_unusable;      /* open although the store cannot be used now: calls fail with the reason until it can */
};

/*
 * Open the data folder (made with mode 0700 when it is not there) and its store.
 *
 * options: NULL for all defaults; borrowed for this call.
 * ret:     on success a new handle, yours to kith_close(); else untouched.
 *
 * Fails with KITH_E_STORE (folder or store not usable; err->reason says why) or
 * KITH_E_USAGE (a setting that does not exist or has an impossible value).
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_open(const struct kith_options *options, struct kith **ret,
                                                    struct kith_error *err);

/* Close the handle. NULL is fine. No call on it may be under way or follow. */
KITH_API void kith_close(struct kith *k);

/* "0.1.0"; static. */
KITH_API const char *kith_version(void);

/* Where the contacts are on this device; borrowed from k. */
KITH_API const char *kith_data_dir(const struct kith *k);

/*
 * A number that changes whenever contacts, accounts or settings in the store
 * change, by whichever process. Compare for equality only. 0 when it cannot be read.
 */
KITH_API uint64_t kith_data_version(struct kith *k);

/* --- Cancelling --------------------------------------------------------- */

/*
 * A switch that can be thrown once, from any thread and from a signal handler.
 * Calls that take one come back with KITH_E_CANCELLED soon after it is thrown.
 */
struct kith_cancel;
KITH_API struct kith_cancel *kith_cancel_new(void);
KITH_API void kith_cancel_free(struct kith_cancel *cancel); /* NULL is fine */
KITH_API void kith_cancel_set(struct kith_cancel *cancel);  /* async-signal-safe; NULL is fine */
KITH_API bool kith_cancel_is_set(const struct kith_cancel *cancel);

/* --- Health ------------------------------------------------------------- */

struct kith_health {
    char version[16];
    char store_version[16]; /* SQLite's */
    int schema;             /* number of the store's schema */
    char data_dir[512];
    char config_file[512];
    int64_t store_bytes;
    int64_t n_contacts;
    int64_t n_accounts;
    char tokens_in[32];   /* "keyring" or "encrypted file" */
    char region[4];       /* for numbers without a country code */
    char language[32];    /* how names sort */
    bool microsoft_ready; /* a client id is set */
    bool google_ready;    /* a client id and its secret are set */
    bool checked;         /* the next two were looked at (deep) */
    bool store_sound;
    char problem[256]; /* "" or what is wrong, with what to do */
};

/* deep: also read the whole store and verify it (takes seconds at a million contacts). */
KITH_API KITH_MUST_CHECK enum kith_status kith_health_get(struct kith *k, bool deep, struct kith_health *ret,
                                                          struct kith_error *err);

struct kith_repair {
    bool damaged;       /* false: the store is sound, nothing was done */
    int64_t n_accounts; /* that came over into a new file; a refresh brings their contacts */
    char copy[512];     /* where the damaged file is kept; "" when it was mended in its place */
};

/*
 * Check the whole store and mend it: what contacts are found by is made anew, or the damaged file is renamed and a
 * new one begun. Other processes go on with the new file at their next call.
 *
 * Fails with KITH_E_STORE when it cannot be repaired: no room, no permission, written by a newer kith.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_repair(struct kith *k, struct kith_repair *ret, struct kith_error *err);

#ifdef __cplusplus
}
#endif
