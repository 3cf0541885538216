/* SPDX-License-Identifier: MIT */
/* file.h - private files: made 0600 in folders 0700, replaced in one step, read up to a ceiling. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/error.h>

#include "base/buf.h"

/* Make the folder and its parents; those it makes have mode 0700. KITH_E_STORE with the reason. */
enum kith_status kith_file_make_dir(const char *path, struct kith_error *err);

/* Replace path by these bytes, mode 0600: temporary file, fsync, rename, fsync of the folder. */
enum kith_status kith_file_replace(const char *path, const void *bytes, size_t len, struct kith_error *err);

/* Append the whole file to buf. KITH_E_NOT_FOUND when there is none; KITH_E_STORE for anything else, its size included.
 */
enum kith_status kith_file_read(const char *path, struct kith_buf *buf, struct kith_error *err);

/* An unnamed private file in dir that goes with its descriptor; -1 and errno on failure. */
int kith_file_temporary(const char *dir);

/* What errno says of a disk or its permissions; KITH_REASON_NONE for all else. */
enum kith_reason kith_file_reason(int errno_value);

/* Status and reason for errno after a failed write or open below a folder of ours. */
enum kith_status kith_file_fail(struct kith_error *err, int errno_value, const char *what, const char *path);

/* Put path into err->file; its beginning is cut when it is longer. */
void kith_file_blame(struct kith_error *err, const char *path);
/* Put the folder of path into err->file, for the sentence of KITH_REASON_NO_ACCESS; its beginning is cut as there. */
void kith_file_blame_folder(struct kith_error *err, const char *path);

/* Two absolute paths: they are the same, or one lies below the other. */
bool kith_file_overlaps(const char *a, const char *b);

/* What stands behind the last slash of a path; all of it when nothing does. Borrowed from path. */
const char *kith_file_name(const char *path);

/* base + "/" + name into out; false when it does not fit. */
bool kith_file_join(char *out, size_t out_size, const char *base, const char *name);
