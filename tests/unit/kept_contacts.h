/* SPDX-License-Identifier: MIT */
/*
 * kept_contacts.h - what a reader of files made of one file, kept to be looked at: for tests of every format.
 *
 * A reader hands each contact on and begins anew, so a sink that wants to compare them later must copy them.
 */
#pragma once

#include <string.h>

#include "model/codec.h"
#include "model/contact_sink.h"
#include "parse/parse_csv.h"

enum { CONTACTS_KEPT = 256 };

/* What came of one file. */
struct file {
    struct kith_contact contacts[CONTACTS_KEPT];
    size_t n;
    struct kith_buf skipped; /* "what: why\n" for each */
    struct kith_field_report *report;
    struct kith_arena *arena;
    struct kith_parse_csv_facts facts; /* of a table */
    enum kith_status st;
    struct kith_error err;
};

static inline void file_init(struct file *file)
{
    *file = (struct file){.arena = kith_arena_new(), .report = kith_field_report_new()};
    kith_buf_init(&file->skipped, SIZE_MAX);
}

static inline void file_done(struct file *file)
{
    kith_arena_free(file->arena);
    kith_field_report_free(file->report);
    kith_buf_done(&file->skipped);
}
KITH_DEFINE_AUTO_DONE(file, file_done)

static inline enum kith_status file_keep(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                         struct kith_error *err)
{
    struct file *file = ctx;
    KITH_AUTO_DONE(kith_buf) bytes;

    (void)arena;
    (void)err;
    kith_buf_init(&bytes, SIZE_MAX);
    assert_true(file->n < CONTACTS_KEPT);
    assert_int_equal(contact->source, KITH_SOURCE_OUTLOOK);
    assert_true(kith_codec_write(&bytes, contact, NULL));
    assert_int_equal(kith_codec_read(bytes.data, bytes.len, file->arena, &file->contacts[file->n++], NULL), bytes.len);
    return KITH_OK;
}

static inline void file_note_skipped(void *ctx, const char *what, const char *why)
{
    struct file *file = ctx;

    assert_true(kith_buf_addf(&file->skipped, "%s: %s\n", what, why));
}

/* The sink that keeps all of it. */
static inline struct kith_contact_sink file_sink(struct file *file)
{
    return (struct kith_contact_sink){
        .contact = file_keep, .skipped = file_note_skipped, .report = file->report, .ctx = file};
}

/* Yours to free(). Without a byte behind them: one that is read too many is a fault that sanitizers see. */
static inline char *exact_copy(const char *bytes, size_t len)
{
    char *exact = kith_xrealloc(NULL, len > 0 ? len : 1, 1);

    memcpy(exact, bytes, len);
    return exact;
}

/* How many fields of this name had this fate, whatever the reason. */
static inline int64_t fate_count(const struct file *file, const char *name, enum kith_field_fate fate)
{
    int64_t n = 0;

    for (size_t i = 0; i < kith_field_report_count(file->report); i++) {
        const struct kith_field_count *count = kith_field_report_get(file->report, i);

        if (strcmp(count->name, name) == 0 && count->fate == fate)
            n += count->n;
    }
    return n;
}

static inline void assert_phone(const struct kith_contact *contact, size_t i, enum kith_phone_kind kind,
                                const char *raw)
{
    assert_true(i < contact->n_phones);
    assert_string_equal(contact->phones[i].raw, raw);
    assert_int_equal(contact->phones[i].kind, kind);
}

static inline void assert_item(const struct kith_contact *contact, enum kith_item_kind kind, const char *label,
                               const char *value)
{
    for (size_t i = 0; i < contact->n_items; i++)
        if (contact->items[i].kind == kind && strcmp(contact->items[i].label, label) == 0 &&
            strcmp(contact->items[i].value, value) == 0)
            return;
    fail_msg("no item %d \"%s\": \"%s\"", kind, label, value);
}

static inline void assert_date(const struct kith_contact *contact, size_t i, enum kith_date_kind kind, int year,
                               int month, int day)
{
    assert_true(i < contact->n_dates);
    assert_int_equal(contact->dates[i].kind, kind);
    assert_int_equal(contact->dates[i].year, year);
    assert_int_equal(contact->dates[i].month, month);
    assert_int_equal(contact->dates[i].day, day);
}
