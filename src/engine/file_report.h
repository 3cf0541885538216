/* SPDX-License-Identifier: MIT */
/* file_report.h - what became of one file after the other, for whoever asked to be told (<kith/outlook.h>). */
#pragma once

#include <kith/outlook.h>

#include "base/cleanup.h"
#include "fetch/fetch_file.h"
#include "model/field_report.h"

struct kith_file_report;

/* on_file NULL: nothing is collected, and the functions do nothing. */
struct kith_file_report *kith_file_report_new(kith_outlook_file_fn on_file, void *ctx);
void kith_file_report_free(struct kith_file_report *report); /* NULL is fine */
KITH_DEFINE_AUTO(kith_file_report, kith_file_report_free)

/* A file is about to be read, perhaps again: forget what was collected. */
void kith_file_report_begin(struct kith_file_report *report);
/* Where its fields are counted; NULL: nobody wants to know. */
struct kith_field_report *kith_file_report_fields(struct kith_file_report *report);
void kith_file_report_skipped(struct kith_file_report *report, const char *what, const char *why);

/* Tell of the file that was read, or failed: error NULL when it was not. */
void kith_file_report_tell(struct kith_file_report *report, const char *path, const struct kith_file_facts *facts,
                           const struct kith_error *error);
/* Tell of one that was not read. n_contacts: that are here of it. */
void kith_file_report_tell_unread(struct kith_file_report *report, const char *path, enum kith_outlook_seen seen,
                                  int64_t n_contacts, const struct kith_error *error);
