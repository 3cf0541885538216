/* SPDX-License-Identifier: MIT */
/* field_report.c - see field_report.h. A file has some hundred kinds of fields at most: a plain array will do. */
#include "model/field_report.h"

#include "base/alloc.h"
#include "base/text.h"

struct kith_field_report {
    struct kith_field_count *kinds;
    size_t n, last; /* last: the kind found last; the next field is often of the one behind it */
};

struct kith_field_report *kith_field_report_new(void)
{
    return kith_xnew(struct kith_field_report);
}

void kith_field_report_free(struct kith_field_report *report)
{
    if (!report)
        return;
    free(report->kinds);
    free(report);
}

static bool is_kind(const struct kith_field_count *kind, const char *name, enum kith_field_fate fate,
                    const char *reason)
{
    return kind->fate == fate && strcmp(kind->name, name) == 0 && strcmp(kind->reason, reason) == 0;
}

/* Files repeat the same fields in the same order, so the search begins behind the last find. */
static struct kith_field_count *find(struct kith_field_report *report, const char *name, enum kith_field_fate fate,
                                     const char *reason)
{
    for (size_t i = 1; i <= report->n; i++) {
        size_t at = (report->last + i) % report->n;

        if (is_kind(&report->kinds[at], name, fate, reason)) {
            report->last = at;
            return &report->kinds[at];
        }
    }
    return NULL;
}

static struct kith_field_count *add(struct kith_field_report *report, const char *name, enum kith_field_fate fate,
                                    const char *reason)
{
    struct kith_field_count *kind;

    report->kinds = kith_xrealloc(report->kinds, report->n + 1, sizeof(*report->kinds));
    kind = &report->kinds[report->n];
    *kind = (struct kith_field_count){.fate = fate};
    (void)kith_text_copy(kind->name, sizeof(kind->name), name);
    (void)kith_text_copy(kind->reason, sizeof(kind->reason), reason);
    report->last = report->n++;
    return kind;
}

static void copy_printable(char *out, size_t out_size, const char *text)
{
    (void)kith_text_copy(out, out_size, text);
    for (char *p = out; *p != '\0'; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7f)
            *p = '?';
}

void kith_field_report_add_n(struct kith_field_report *report, const char *name, enum kith_field_fate fate,
                             const char *reason, int64_t n)
{
    char printable[sizeof(((struct kith_field_count *)NULL)->name)];
    char why[sizeof(((struct kith_field_count *)NULL)->reason)];
    struct kith_field_count *kind;

    if (!report)
        return;
    copy_printable(printable, sizeof(printable), name);
    copy_printable(why, sizeof(why), reason);
    kind = find(report, printable, fate, why);
    if (!kind && report->n >= KITH_FIELD_KINDS_MAX) {
        (void)kith_text_copy(printable, sizeof(printable), "(others)");
        why[0] = '\0';
        kind = find(report, printable, fate, why);
    }
    if (!kind)
        kind = add(report, printable, fate, why);
    kind->n += n;
}

void kith_field_report_add(struct kith_field_report *report, const char *name, enum kith_field_fate fate,
                           const char *reason)
{
    kith_field_report_add_n(report, name, fate, reason, 1);
}

size_t kith_field_report_count(const struct kith_field_report *report)
{
    return report->n;
}

const struct kith_field_count *kith_field_report_get(const struct kith_field_report *report, size_t i)
{
    return &report->kinds[i];
}
