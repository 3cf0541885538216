/* SPDX-License-Identifier: MIT */
/*
 * error.h - what can go wrong, as a code to act on and facts to show.
 *
 * A call that can fail returns an enum kith_status and, when it is not KITH_OK,
 * fills the struct kith_error it was given (NULL is allowed: the caller only
 * wants the code). kith_failure_describe() turns the error into the one wording
 * that every face shows: id, exit code, title, sentence, remedy.
 */
#pragma once

#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>

#include <kith/visibility.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where contacts come from. The numbers are stored; they never change. */
enum kith_source {
    KITH_SOURCE_NONE = 0,
    KITH_SOURCE_MICROSOFT365 = 1,
    KITH_SOURCE_GOOGLE = 2,
    KITH_SOURCE_OUTLOOK = 3,
};

/* The rows of the failure catalogue, one remedy each. kith_failure_describe() gives the words. Stored; append only. */
enum kith_status {
    KITH_OK = 0,
    KITH_E_USAGE,
    KITH_E_SIGNIN_NEEDED,
    KITH_E_SIGNIN_CANCELLED,
    KITH_E_SIGNIN_EXPIRED,
    KITH_E_PERMISSION_MISSING,
    KITH_E_PERMISSION_REMOVED,
    KITH_E_NO_MAILBOX,
    KITH_E_TOO_MANY_CONTACTS,
    KITH_E_SOURCE_CONFLICT,
    KITH_E_IMPORT_RUNNING,
    KITH_E_CANCELLED,
    KITH_E_NOT_CONFIGURED,
    KITH_E_THROTTLED, /* retry_at_s says when the service answers again */
    KITH_E_OFFLINE,
    KITH_E_SERVICE, /* request_id is what its support asks for */
    KITH_E_TLS,
    KITH_E_REMOVALS_HELD,
    KITH_E_FILE,
    KITH_E_STORE,
    KITH_E_NOT_FOUND,
    KITH_E_INTERNAL,
    KITH_STATUS_COUNT
};

/*
 * One failure. It holds no pointers: copy it, keep it, nothing to free.
 * Facts that do not apply are 0 or "".
 */
struct kith_error {
    enum kith_status status;
    enum kith_source source; /* whose fault or answer it was; KITH_SOURCE_NONE for our own side */
    int http_status;         /* 0 when no server answered */
    int reason;              /* enum kith_reason: which sentence of the row fits */
    bool signing_in;         /* a sign-in failed, so that is what to try again */
    bool by_code;            /* it was one with a code for another device */
    int64_t retry_at_s;      /* seconds since 1970 UTC; 0 unknown */
    int64_t count;           /* contacts kept, reported, or to be removed: what the row's sentence counts */
    int64_t done, total;     /* of the import that is in the way */
    char account[64];        /* short name of the account */
    char identity[128];      /* who signed in there, usually an address */
    char other[64];          /* the source or account that is in the way */
    char file[192];          /* the file that could not be read, the folder that may not be written; its end if long */
    char request_id[64];     /* id of the failed request at the service */
    char setting[48];        /* configuration key that is missing or wrong */
    char link[768];          /* address that an administrator can open to give the permission */
    char message[256];       /* what went wrong, with the reason; English, for logs and -v */
    char hint[160];          /* what to try next; may be "" */
};

/* Which of the sentences of a row applies. Stored; append only. */
enum kith_reason {
    KITH_REASON_NONE = 0,
    KITH_REASON_DECLINED,       /* signin-cancelled: declined at the provider, not here */
    KITH_REASON_MANAGED,        /* permission-missing: an administrator must allow it */
    KITH_REASON_UNTICKED,       /* permission-missing: Google's box for contacts */
    KITH_REASON_NO_CLIENT_ID,   /* not-configured: nothing set */
    KITH_REASON_REGISTRATION,   /* not-configured: the registration does not fit a desktop program */
    KITH_REASON_DISK_FULL,      /* store */
    KITH_REASON_NO_ACCESS,      /* store: no permission on the folder */
    KITH_REASON_DAMAGED,        /* store */
    KITH_REASON_NEWER,          /* store: written by a newer kith */
    KITH_REASON_NO_CONTACT,     /* not-found */
    KITH_REASON_NO_ACCOUNT,     /* not-found */
    KITH_REASON_TOKENS_LOCKED,  /* store: the keyring is locked or gone */
    KITH_REASON_FILE_MISSING,   /* file: no longer where it was */
    KITH_REASON_FILE_NO_ACCESS, /* file: kith may not open it */
    KITH_REASON_FILE_ENCRYPTED, /* file: with a password or a key that kith does not have */
    KITH_REASON_FILE_UNKNOWN,   /* file: not what its name says, or nothing kith reads */
    KITH_REASON_FILE_CUT,       /* file: ends too early or is damaged; message says where */
    KITH_REASON_FILE_CHANGED,   /* file: changed while it was read */
    KITH_REASON_FILE_TOO_LARGE, /* file: beyond a ceiling; message says which */
    KITH_REASON_FILE_EMPTY,     /* file: nothing in it that is a contact */
    KITH_REASON_SERVICE_OFF,  /* not-configured: the provider's contacts service is not switched on; link says where */
    KITH_REASON_NO_PHOTO,     /* not-found: no picture of this contact is here */
    KITH_REASON_RESYNC,       /* service: change tracking cannot go on from where it was */
    KITH_REASON_BLOCKED,      /* permission-missing: an administrator has blocked the service for this person */
    KITH_REASON_PROXY,        /* offline: the proxy that is set is not there, or one does not let us through */
    KITH_REASON_CODE_UNUSED,  /* signin-expired: the code for another device ran out */
    KITH_REASON_OTHER_PERSON, /* usage: signed in again, but not the account's person, who is named in other */
    KITH_REASON_INCOMPLETE,   /* internal: a part of kith is missing, or of another version */
};

/* What the one button of a failure does. A command line prints .command instead. */
enum kith_remedy {
    KITH_REMEDY_NONE = 0,
    KITH_REMEDY_START_AGAIN,   /* begin the sign-in again */
    KITH_REMEDY_SIGN_IN_AGAIN, /* sign out, keep the contacts, sign in */
    KITH_REMEDY_COPY_LINK,     /* the administrator's link */
    KITH_REMEDY_OTHER_ACCOUNT,
    KITH_REMEDY_SHOW_ACCOUNTS,
    KITH_REMEDY_SHOW_PROGRESS,
    KITH_REMEDY_TRY_AGAIN,
    KITH_REMEDY_OPEN_GUIDE,
    KITH_REMEDY_DECIDE,
    KITH_REMEDY_CHOOSE_FILE,
    KITH_REMEDY_OPEN_FOLDER,
    KITH_REMEDY_REPAIR,
    KITH_REMEDY_SHOW_CONTACTS,
    KITH_REMEDY_REPORT,
};

/* The words for one failure, ready to show. No pointers: copy freely. */
struct kith_failure {
    const char *id;  /* stable, e.g. "permission-removed"; static */
    int exit_code;   /* of the command line; stable */
    int http_status; /* what a web face answers with */
    enum kith_remedy remedy;
    const char *remedy_id; /* stable, e.g. "sign-in-again"; static */
    char title[96];
    char sentence[512];
    char button[48];   /* label of the remedy's button; "" when there is none */
    char command[256]; /* the remedy as a command line; "" when there is none */
};

/*
 * Fill *out with the words for err. Cannot fail: an unknown status is described
 * as `internal`. Safe from any thread.
 */
KITH_API void kith_failure_describe(const struct kith_error *err, struct kith_failure *out);

/* The stable id of a status, e.g. "offline"; "ok" for KITH_OK. Static. */
KITH_API const char *kith_status_id(enum kith_status status);

/* The name a person reads for a source, e.g. "Microsoft 365"; its id, e.g. "microsoft365". Static. */
KITH_API const char *kith_source_title(enum kith_source source);
KITH_API const char *kith_source_id(enum kith_source source);

#ifdef __cplusplus
}
#endif
