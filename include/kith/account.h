/* SPDX-License-Identifier: MIT */
/* account.h - Linked Accounts: who is signed in, in which state, with how many contacts. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <kith/error.h>

#ifdef __cplusplus
extern "C" {
#endif

struct kith;

/* What an account needs or does. Stored; append only. */
enum kith_account_state {
    KITH_ACCOUNT_NEW = 0,        /* signed in, never imported */
    KITH_ACCOUNT_READY = 1,      /* imported and up to date as of last_import_s */
    KITH_ACCOUNT_FAILED = 2,     /* the last import failed: last_error says why */
    KITH_ACCOUNT_SIGNED_OUT = 3, /* contacts kept, no sign-in */
};

/* Whether the files of an account of the Outlook app are as they were imported. */
enum kith_files_state {
    KITH_FILES_UNKNOWN = 0, /* not looked at (see kith_outlook_watch), or no account of files */
    KITH_FILES_SAME,
    KITH_FILES_CHANGED, /* a refresh would read something */
    KITH_FILES_GONE,    /* one is no longer where it was */
};

/* Where the account's tokens were when they were last kept or read. Told by id in JSON. */
enum kith_tokens_in {
    KITH_TOKENS_UNKNOWN = 0, /* nowhere, or not looked at since an older kith kept them */
    KITH_TOKENS_IN_FILE,     /* "encrypted file" */
    KITH_TOKENS_IN_KEYRING,  /* "keyring": the desktop's Secret Service */
};

struct kith_account {
    int64_t id;
    enum kith_source source;
    enum kith_account_state state;
    char name[64];      /* short name, unique on this device, e.g. "work" */
    char identity[128]; /* who signed in there, e.g. "worker@contoso.example" */
    int64_t n_contacts;
    int64_t n_reported;           /* what the account said it has at the last import; -1 unknown */
    int64_t last_import_s;        /* last success, seconds since 1970 UTC; 0 never */
    int64_t last_attempt_s;       /* last try; 0 never */
    bool importing;               /* right now, by this or another process */
    int64_t done, total;          /* of that import; total -1 while it is not known */
    struct kith_error last_error; /* status KITH_OK when the last try succeeded */
    enum kith_files_state files;  /* the next two belong to it; filled in by kith_outlook_watch() alone */
    int64_t files_changed_s;      /* KITH_FILES_CHANGED: when the newest was written; 0 unknown */
    char files_at[192];           /* KITH_FILES_CHANGED, KITH_FILES_GONE: path of the first one; its end if long */
    enum kith_tokens_in tokens_in;
};

struct kith_accounts {
    size_t n;
    struct kith_account *account; /* n of them, by source, then name */
};

/* The id of a place, e.g. "keyring"; "" for KITH_TOKENS_UNKNOWN. Static. */
KITH_API const char *kith_tokens_in_id(enum kith_tokens_in place);

/* *ret: yours to kith_accounts_free(). Fails with KITH_E_STORE. */
KITH_API KITH_MUST_CHECK enum kith_status kith_accounts_get(struct kith *k, struct kith_accounts **ret,
                                                            struct kith_error *err);
KITH_API void kith_accounts_free(struct kith_accounts *accounts); /* NULL is fine */

/*
 * The account of this short name, or identity where no name fits. KITH_E_NOT_FOUND
 * (reason KITH_REASON_NO_ACCOUNT) when there is none.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_account_find(struct kith *k, const char *name, struct kith_account *ret,
                                                            struct kith_error *err);

/* Give the account another short name: 1 to 63 bytes, no control characters, not taken (else KITH_E_USAGE). */
KITH_API KITH_MUST_CHECK enum kith_status kith_account_rename(struct kith *k, const char *name, const char *new_name,
                                                              struct kith_error *err);

/*
 * Forget the account's sign-in and, unless keep_contacts, its contacts: tokens first,
 * so that a crash in between leaves contacts, never a usable sign-in.
 * KITH_E_IMPORT_RUNNING while an import of it runs; KITH_E_STORE (reason KITH_REASON_TOKENS_LOCKED), and nothing but
 * the account's file of tokens is touched, when they lie in a keyring that is locked or not there. An account of files
 * has no sign-in: it is removed, and to keep its contacts without it is KITH_E_USAGE.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_sign_out(struct kith *k, const char *name, bool keep_contacts,
                                                        struct kith_error *err);

/*
 * Sign out everywhere and delete every contact and all else that the data folder holds of people; the files that
 * remain in it are empty of them. The configuration file is the person's own and stays.
 */
KITH_API KITH_MUST_CHECK enum kith_status kith_remove_everything(struct kith *k, struct kith_error *err);

#ifdef __cplusplus
}
#endif
