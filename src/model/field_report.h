/* SPDX-License-Identifier: MIT */
/*
 * field_report.h - what became of each kind of field of a file: read, kept as it stood, or ignored and why.
 *
 * Nothing of a file is dropped silently, so every reader of files counts each field it meets here, by the name
 * the file gave it. The report is about kinds of fields, never about what stands in them.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/cleanup.h"

enum kith_field_fate {
    KITH_FIELD_READ,    /* became a field of the contact */
    KITH_FIELD_KEPT,    /* kept word for word among the contact's extra items */
    KITH_FIELD_IGNORED, /* left out; reason says why */
};

struct kith_field_count {
    char name[96]; /* as the file names it, e.g. "X-MS-MANAGER", "Business Fax", "3A0A" */
    char reason[64];
    enum kith_field_fate fate;
    int64_t n;
};

/* Ceiling for kinds of fields; what comes beyond it is counted together as "(others)". */
enum { KITH_FIELD_KINDS_MAX = 512 };

struct kith_field_report;
struct kith_field_report *kith_field_report_new(void);
void kith_field_report_free(struct kith_field_report *report); /* NULL is fine */
KITH_DEFINE_AUTO(kith_field_report, kith_field_report_free)

/*
 * Count one more. report NULL: nobody wants to know. name: cut to what fits, control characters become "?".
 * reason: a literal such as "not for people"; "" where the fate says it all.
 */
void kith_field_report_add(struct kith_field_report *report, const char *name, enum kith_field_fate fate,
                           const char *reason);
/* The same for n at once, as it was counted by another report. */
void kith_field_report_add_n(struct kith_field_report *report, const char *name, enum kith_field_fate fate,
                             const char *reason, int64_t n);

/* In the order the kinds were first met; borrowed, valid until the next call that adds. */
size_t kith_field_report_count(const struct kith_field_report *report);
const struct kith_field_count *kith_field_report_get(const struct kith_field_report *report, size_t i);
