/* SPDX-License-Identifier: MIT */
/*
 * web_uploads.h - files that a page hands over, from the first byte until they are imported or left out.
 *
 * A browser does not say where a file is, so its bytes come here. They go straight to a file of mode 0600 in the data
 * folder, never into memory; what is not imported goes again: by Cancel, when nobody touches it for a quarter of an
 * hour, at the end of the program, and, after a crash, at the next start. All functions may be called from any thread.
 */
#pragma once

#include "web_exchange.h"

enum {
    KITH_WEB_UPLOAD_FILES_MAX = 20000, /* of one upload: a folder of vCards may be large */
    KITH_WEB_UPLOAD_NAME_BYTES = 256
};

/* As large as Outlook lets a data file grow. */
#define KITH_WEB_UPLOAD_FILE_BYTES (INT64_C(50) << 30)

struct kith_web_uploads;

struct kith_web_uploads *kith_web_uploads_new(struct kith *k); /* also clears what a crash left behind */
void kith_web_uploads_stop(struct kith_web_uploads *uploads);  /* what is being read comes back; nothing begins */
void kith_web_uploads_free(struct kith_web_uploads *uploads);  /* NULL is fine */
/* Now and then: take away what nobody touches any more. */
void kith_web_uploads_sweep(struct kith_web_uploads *uploads);
void kith_web_uploads_clear(struct kith_web_uploads *uploads); /* everything */

/* Begin one; the longest untouched goes when there are too many. */
enum kith_status kith_web_upload_begin(struct kith_web_uploads *uploads, char ret_id[KITH_WEB_ID_BYTES],
                                       struct kith_error *err);
enum kith_status kith_web_upload_cancel(struct kith_web_uploads *uploads, const char *id, struct kith_error *err);
/* Leave one file out again. */
enum kith_status kith_web_upload_drop(struct kith_web_uploads *uploads, const char *id, int64_t file,
                                      struct kith_error *err);

/* --- One file that is coming in ----------------------------------------------------------- */

struct kith_web_intake;

/*
 * name: as the browser says it, only for people to read. announced: bytes that the request says it holds, -1 unknown:
 * more than there is room for fails at once (KITH_E_STORE). *ret: yours to kith_web_intake_close().
 */
enum kith_status kith_web_intake_open(struct kith_web_uploads *uploads, const char *id, const char *name,
                                      int64_t announced, struct kith_web_intake **ret, struct kith_error *err);
/* What cannot be written is remembered for the end; false: more than a file may hold, stop reading. */
bool kith_web_intake_write(struct kith_web_intake *intake, const char *bytes, size_t len);
/* Gone again unless kith_web_intake_look() took it. NULL is fine. */
void kith_web_intake_close(struct kith_web_intake *intake);
KITH_DEFINE_AUTO(kith_web_intake, kith_web_intake_close)

/* What was found in a file. */
struct kith_web_look {
    int64_t id;    /* of the file in its upload; 0: it was not taken */
    int64_t found; /* contacts */
    char why[256]; /* why there are none to import; "" */
};
/* All of it is here: look into it. Fails for what is not the file's fault. */
enum kith_status kith_web_intake_look(struct kith_web_intake *intake, struct kith_web_look *ret,
                                      struct kith_error *err);

/*
 * Make an account of the files, which the engine then has as its own; the upload is over. KITH_E_SOURCE_CONFLICT,
 * KITH_E_USAGE (nothing in it to import), KITH_E_NOT_FOUND.
 */
enum kith_status kith_web_upload_add(struct kith_web_uploads *uploads, const char *id, struct kith_account *ret,
                                     struct kith_error *err);
