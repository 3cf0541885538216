/* SPDX-License-Identifier: MIT */
/*
 * file_report.c - see file_report.h.
 *
 * Before: fetch/fetch_file.c has told what it met in a file.
 * After:  a face shows it: nothing of a file is left out without a word.
 */
#include "engine/file_report.h"

#include "base/alloc.h"
#include "base/text.h"

struct kith_file_report {
    kith_outlook_file_fn on_file;
    void *ctx;
    struct kith_field_report *fields;
    struct kith_outlook_skipped skipped[KITH_OUTLOOK_SKIPPED_MAX];
    size_t n_named;
    struct kith_arena *arena; /* of skipped's words */
};

struct kith_file_report *kith_file_report_new(kith_outlook_file_fn on_file, void *ctx)
{
    struct kith_file_report *report = kith_xnew(struct kith_file_report);

    report->on_file = on_file;
    report->ctx = ctx;
    report->arena = kith_arena_new();
    return report;
}

void kith_file_report_free(struct kith_file_report *report)
{
    if (!report)
        return;
    kith_field_report_free(report->fields);
    kith_arena_free(report->arena);
    free(report);
}

void kith_file_report_begin(struct kith_file_report *report)
{
    kith_field_report_free(report->fields);
    kith_arena_reset(report->arena);
    report->fields = report->on_file ? kith_field_report_new() : NULL;
    report->n_named = 0;
}

struct kith_field_report *kith_file_report_fields(struct kith_file_report *report)
{
    return report->fields;
}

void kith_file_report_skipped(struct kith_file_report *report, const char *what, const char *why)
{
    if (!report->on_file || report->n_named == KITH_OUTLOOK_SKIPPED_MAX)
        return;
    report->skipped[report->n_named++] = (struct kith_outlook_skipped){
        .what = kith_arena_copy(report->arena, what, strlen(what)),
        .why = kith_arena_copy(report->arena, why, strlen(why)),
    };
}

static enum kith_outlook_fate fate_of(enum kith_field_fate fate)
{
    switch (fate) {
    case KITH_FIELD_READ:
        return KITH_OUTLOOK_READ;
    case KITH_FIELD_KEPT:
        return KITH_OUTLOOK_KEPT;
    case KITH_FIELD_IGNORED:
        break;
    }
    return KITH_OUTLOOK_IGNORED;
}

/* Names and reasons stay in the counts: borrowed. */
static struct kith_outlook_field *list_fields(const struct kith_field_report *counts, size_t n)
{
    struct kith_outlook_field *fields = kith_xnew_n(struct kith_outlook_field, n + 1);

    for (size_t i = 0; i < n; i++) {
        const struct kith_field_count *count = kith_field_report_get(counts, i);
        fields[i] = (struct kith_outlook_field){
            .fate = fate_of(count->fate), .n = count->n, .name = count->name, .reason = count->reason};
    }
    return fields;
}

void kith_file_report_tell(struct kith_file_report *report, const char *path, const struct kith_file_facts *facts,
                           const struct kith_error *error)
{
    struct kith_outlook_file file = {
        .path = path,
        .seen = error ? KITH_OUTLOOK_SEEN_FAILED : KITH_OUTLOOK_SEEN_READ,
        .format = facts->read.format,
        .layout = facts->read.layout,
        .encoding = facts->read.encoding,
        .encoding_assumed = facts->read.encoding_assumed,
        .dates_assumed = facts->read.dates_assumed,
        .n_contacts = facts->n_contacts,
        .n_skipped = facts->n_skipped,
        .ended_early = facts->ended_early,
        .where = facts->where,
        .error = error,
        .skipped = report->skipped,
        .n_named = report->n_named,
    };
    struct kith_outlook_field *fields;

    if (!report->on_file)
        return;
    file.n_fields = report->fields ? kith_field_report_count(report->fields) : 0;
    fields = list_fields(report->fields, file.n_fields);
    file.fields = fields;
    report->on_file(report->ctx, &file);
    free(fields);
}

void kith_file_report_tell_unread(struct kith_file_report *report, const char *path, enum kith_outlook_seen seen,
                                  int64_t n_contacts, const struct kith_error *error)
{
    const struct kith_outlook_file file = {
        .path = path,
        .seen = seen,
        .format = "",
        .layout = "",
        .encoding = "",
        .where = "",
        .n_contacts = n_contacts,
        .error = error,
    };

    if (report->on_file)
        report->on_file(report->ctx, &file);
}
