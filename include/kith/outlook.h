/* SPDX-License-Identifier: MIT */
/*
 * outlook.h - the Outlook app's local data: data files (.pst, .ost), its CSV export, vCards, folders of them.
 *
 * One account stands for the files and folders that were added together. kith_import_run() reads all of them again,
 * kith_refresh_run() those that changed; kith_sign_out() forgets the account and its contacts, and no file that is the
 * person's own is ever touched.
 *
 * A file is read by a program of its own that can reach neither the network nor another file: what is damaged or
 * hostile in it stays there.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/account.h>
#include <kith/error.h>
#include <kith/import.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;
struct kith_cancel;

/* --- Adding ------------------------------------------------------------------------------ */

struct kith_outlook_options {
    const char *name; /* short name for the account; NULL: "outlook", "outlook-2" ... */
    bool take;        /* the files (no folders) become the account's own: they are moved into the data folder, which is
                         on the same file system, and go with the account */
};

/*
 * Make an account of these n files and folders, without reading them yet: its state is KITH_ACCOUNT_NEW, and
 * kith_import_run() brings its contacts. When that first import brings nothing at all (nothing could be read, it was
 * cancelled), the account is gone again.
 *
 * In a folder every .pst, .ost, .csv and .vcf is meant, also in folders below it (16 deep, 20,000 files at most).
 * What is hidden, what is a link, and files of other kinds are left out.
 * These very paths again: the account that is there already, with its new name where one is given.
 *
 * paths:   made absolute; links in them are followed.
 * options: NULL for none; borrowed for the call.
 * ret:     on success the account; else untouched.
 *
 * KITH_E_FILE when one of the paths is not there. KITH_E_SOURCE_CONFLICT while there is an account at Microsoft 365,
 * which holds the same people. KITH_E_USAGE: the name is taken, or a part of this is imported into another account.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_outlook_link(struct kith *k, const char *const *paths, size_t n,
                                                            const struct kith_outlook_options *options,
                                                            struct kith_account *ret, struct kith_error *err);

/*
 * kith_outlook_link() and its import in one call. import: NULL for none.
 *
 * Fails as these two do. With KITH_E_FILE and a result (result->account_id is not 0) a part of it could not be read,
 * and the account is there with the rest; with any other failure, and without a result, there is no new account.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_outlook_add(struct kith *k, const char *const *paths, size_t n,
                                                           const struct kith_outlook_options *options,
                                                           const struct kith_import_options *import,
                                                           struct kith_import_result *ret, struct kith_error *err);

/*
 * How many contacts are in these files and folders? They are read, and nothing is changed.
 *
 * cancel: NULL, or a switch that ends it with KITH_E_CANCELLED.
 * KITH_E_FILE when no contact can be read from any of them: err is about the first.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_outlook_look(struct kith *k, const char *const *paths, size_t n,
                                                            struct kith_cancel *cancel, int64_t *ret_found,
                                                            struct kith_error *err);

/* --- What became of each file -------------------------------------------------------------- */

enum kith_outlook_fate {
    KITH_OUTLOOK_READ,    /* became a field of the contact */
    KITH_OUTLOOK_KEPT,    /* kept word for word under "More fields" */
    KITH_OUTLOOK_IGNORED, /* left out; reason says why */
};

KITH_API const char *kith_outlook_fate_id(enum kith_outlook_fate fate); /* "read", "kept", "ignored"; static */

/* A kind of field, with how often it was met. About names of fields, never about what stands in them. */
struct kith_outlook_field {
    enum kith_outlook_fate fate;
    int64_t n;
    const char *name;   /* as the file names it, e.g. "X-MS-MANAGER", "Business Fax", "3A0A" */
    const char *reason; /* "" where the fate says it all */
};

/* A record that was left out. */
struct kith_outlook_skipped {
    const char *what; /* e.g. "contact list" */
    const char *why;
};
enum { KITH_OUTLOOK_SKIPPED_MAX = 100 }; /* so many are named; n_skipped counts all */

enum kith_outlook_seen {
    KITH_OUTLOOK_SEEN_READ,      /* perhaps in part: ended_early */
    KITH_OUTLOOK_SEEN_UNCHANGED, /* not read: it is as it was the last time */
    KITH_OUTLOOK_SEEN_FAILED,    /* error says why; what was imported from it before is still here */
    KITH_OUTLOOK_SEEN_IGNORED,   /* lies in the folder and is no file that kith reads */
};

/* One file, on its way through an import; everything is borrowed for the call. */
struct kith_outlook_file {
    const char *path;
    enum kith_outlook_seen seen;
    const char *format;   /* "pst", "ost", "csv", "vcard"; "" when it was not read */
    const char *layout;   /* of a CSV: whose columns these are */
    const char *encoding; /* of its text, e.g. "windows-1252"; "" when the format says it */
    bool encoding_assumed, dates_assumed;
    int64_t n_contacts, n_skipped;
    bool ended_early;               /* damaged or cut: not all of it could be read */
    const char *where;              /* what could not */
    const struct kith_error *error; /* of one that failed; else NULL */
    const struct kith_outlook_field *fields;
    size_t n_fields;
    const struct kith_outlook_skipped *skipped;
    size_t n_named; /* of skipped */
};

/* --- Watching ------------------------------------------------------------------------------- */

/*
 * Look whether the files are as they were when the account was imported: fills in account->files, files_changed_s and
 * files_at. Nothing is read, so it costs little, and little is certain: a file that was only touched counts as changed.
 * Accounts of other sources are left as they are. KITH_E_STORE.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_outlook_watch(struct kith *k, struct kith_account *account,
                                                             struct kith_error *err);

/* The paths of an account, in the order they were added. */
struct kith_outlook_paths {
    size_t n;
    char **path;
};
/* *ret: yours to kith_outlook_paths_free(). None for an account of another source. KITH_E_NOT_FOUND. */
KITH_API KITH_MUST_CHECK enum kith_status
kith_outlook_paths_get(struct kith *k, const char *name, struct kith_outlook_paths **ret, struct kith_error *err);
KITH_API void kith_outlook_paths_free(struct kith_outlook_paths *paths); /* NULL is fine */

#ifdef __cplusplus
}
#endif
