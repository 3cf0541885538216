/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_csv.c - any bytes as a table of contacts, and from each contact to our own table and back.
 *
 * Whatever is sent: no contact holds a control character or bytes that are no UTF-8, none is empty, the report counts
 * in words that can be printed, and what we export of a contact is read again as one contact, whole.
 */
#include <string.h>

#include "base/text.h"
#include "fuzz_target.h"
#include "parse/parse_csv.h"
#include "show/show_csv.h"

static void check_text(const char *text, bool lines)
{
    size_t len = strlen(text);

    FUZZ_CHECK(kith_utf8_valid_len(text, len) == len);
    for (size_t i = 0; i < len; i++)
        FUZZ_CHECK((unsigned char)text[i] >= 0x20 || (lines && (text[i] == '\n' || text[i] == '\t')));
}

static void check_parts(const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_emails; i++) {
        FUZZ_CHECK(contact->emails[i].address[0] != '\0');
        check_text(contact->emails[i].address, false);
        check_text(contact->emails[i].name, false);
        check_text(contact->emails[i].label, false);
    }
    for (size_t i = 0; i < contact->n_phones; i++) {
        FUZZ_CHECK(contact->phones[i].raw[0] != '\0');
        check_text(contact->phones[i].raw, false);
        check_text(contact->phones[i].label, false);
    }
    for (size_t i = 0; i < contact->n_addresses; i++) {
        check_text(contact->addresses[i].street, true);
        check_text(contact->addresses[i].city, false);
        check_text(contact->addresses[i].label, false);
    }
    for (size_t i = 0; i < contact->n_items; i++) {
        FUZZ_CHECK(contact->items[i].value[0] != '\0');
        check_text(contact->items[i].value, false);
        check_text(contact->items[i].label, false);
    }
    for (size_t i = 0; i < contact->n_dates; i++)
        FUZZ_CHECK(contact->dates[i].month >= 1 && contact->dates[i].month <= 12 && contact->dates[i].day >= 1 &&
                   contact->dates[i].day <= 31 && contact->dates[i].year >= 0 && contact->dates[i].year <= 9999);
}

static void check_contact(const struct kith_contact *contact)
{
    size_t filled = contact->n_emails + contact->n_phones + contact->n_addresses + contact->n_dates + contact->n_items;

    for (size_t i = 0; i < KITH_TEXT_COUNT; i++) {
        check_text(contact->text[i], i == KITH_TEXT_NOTES);
        filled += contact->text[i][0] != '\0';
    }
    FUZZ_CHECK(filled > 0);
    check_parts(contact);
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
        check_text(kith_field_report_get(report, i)->name, false);
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
