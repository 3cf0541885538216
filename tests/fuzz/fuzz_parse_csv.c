/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_csv.c - any bytes as a table of contacts, and from each contact to our own table and back.
 *
 * Whatever is sent: no contact holds a control character or bytes that are no UTF-8, none is empty, the report counts
 * in words that can be printed, and what we export of a contact is read again as one contact, whole.
 */
#include "fuzz_contact.h"
#include "parse/parse_csv.h"
#include "show/show_csv.h"

static void check_contact(const struct kith_contact *contact)
{
    fuzz_check_contact(contact);
    FUZZ_CHECK(!kith_contact_is_empty(contact));
    for (size_t i = 0; i < contact->n_dates; i++)
        FUZZ_CHECK(contact->dates[i].year <= 9999);
}

static enum kith_status count(void *ctx, struct kith_contact *contact, struct kith_arena *arena, struct kith_error *err)
{
    (void)arena;
    (void)err;
    FUZZ_CHECK(!contact->partial);
    (*(size_t *)ctx)++;
    return KITH_OK;
}

static void check_export(const struct kith_contact *contact)
{
    size_t n = 0;
    struct kith_contact_sink sink = {.contact = count, .ctx = &n};
    struct kith_parse_csv_options options = {.region = "US", .code_page = ""};
    struct kith_buf csv;

    kith_buf_init(&csv, SIZE_MAX);
    FUZZ_CHECK(kith_show_csv_begin(&csv) && kith_show_csv(&csv, contact));
    FUZZ_CHECK(kith_parse_csv(csv.data, csv.len, &options, &sink, NULL, NULL) == KITH_OK && n == 1);
    kith_buf_done(&csv);
}

static enum kith_status take(void *ctx, struct kith_contact *contact, struct kith_arena *arena, struct kith_error *err)
{
    (void)ctx;
    (void)arena;
    (void)err;
    check_contact(contact);
    check_export(contact);
    return KITH_OK;
}

static void check_report(const struct kith_field_report *report)
{
    for (size_t i = 0; i < kith_field_report_count(report); i++)
        fuzz_check_text(kith_field_report_get(report, i)->name, false);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct kith_field_report *report = kith_field_report_new();
    struct kith_contact_sink sink = {.contact = take, .report = report};
    struct kith_parse_csv_options options = {.region = "", .code_page = ""};
    struct kith_parse_csv_facts facts = {0};
    struct kith_error err = {0};
    enum kith_status st = kith_parse_csv((const char *)data, size, &options, &sink, &facts, &err);

    FUZZ_CHECK(st == KITH_OK || (st == KITH_E_FILE && err.message[0] != '\0' && err.reason != KITH_REASON_NONE));
    FUZZ_CHECK(st != KITH_OK || (facts.separator != '\0' && facts.layout[0] != '\0' && facts.encoding[0] != '\0'));
    check_report(report);
    kith_field_report_free(report);
    return 0;
}
