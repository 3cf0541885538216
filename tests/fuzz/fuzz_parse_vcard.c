/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_vcard.c - any bytes as a file of vCards, and from each contact to a card and back.
 *
 * Whatever is sent: no contact holds a control character or bytes that are no UTF-8, none is empty, the report counts
 * in words that can be printed, and what is written as vCard 3.0 and 4.0 comes back as it was.
 */
#include <string.h>

#include "fuzz_target.h"
#include "parse/parse_vcard.h"
#include "show/show_vcard.h"
#include "tests/unit/same_contact.h"

static void check_text(const char *text, bool lines)
{
    size_t len = strlen(text);

    FUZZ_CHECK(kith_utf8_valid_len(text, len) == len);
    for (size_t i = 0; i < len; i++)
        FUZZ_CHECK((unsigned char)text[i] >= 0x20 || (lines && (text[i] == '\n' || text[i] == '\t')));
}

static void check_contact(const struct kith_contact *contact)
{
    size_t filled = contact->n_emails + contact->n_phones + contact->n_addresses + contact->n_dates + contact->n_items;

    check_text(contact->source_id, false);
    check_text(contact->folder, false);
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++) {
        check_text(contact->text[i], i == KITH_TEXT_NOTES);
        filled += contact->text[i][0] != '\0';
    }
    FUZZ_CHECK(filled > 0);
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
                   contact->dates[i].day <= 31);
}

static void check_lines(const struct kith_buf *card)
{
    const char *line = kith_buf_text(card);

    while (*line != '\0') {
        const char *end = strstr(line, "\r\n");

        FUZZ_CHECK(end && end - line <= 75);
        FUZZ_CHECK(kith_utf8_valid_len(line, (size_t)(end - line)) == (size_t)(end - line));
        line = end + 2;
    }
}

struct origin {
    const struct kith_contact *contact;
    size_t n;
};

static enum kith_status take_back(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                  struct kith_error *err)
{
    struct origin *origin = ctx;
    struct difference difference;

    (void)arena;
    (void)err;
    origin->n++;
    if (!same_contact(&difference, origin->contact, contact))
        (void)fprintf(stderr, "%s\n", difference.text);
    FUZZ_CHECK(difference.text[0] == '\0' && !contact->partial);
    return KITH_OK;
}

static void check_round_trip(const struct kith_contact *contact,
                             bool (*show)(struct kith_buf *out, const struct kith_contact *contact))
{
    struct origin origin = {.contact = contact};
    struct kith_contact_sink sink = {.contact = take_back, .ctx = &origin};
    struct kith_buf card;

    kith_buf_init(&card, SIZE_MAX);
    FUZZ_CHECK(show(&card, contact));
    check_lines(&card);
    FUZZ_CHECK(kith_parse_vcard(card.data, card.len, &sink, NULL) == KITH_OK && origin.n == 1);
    kith_buf_done(&card);
}

static enum kith_status take(void *ctx, struct kith_contact *contact, struct kith_arena *arena, struct kith_error *err)
{
    (void)ctx;
    (void)arena;
    (void)err;
    check_contact(contact);
    check_round_trip(contact, kith_show_vcard3);
    check_round_trip(contact, kith_show_vcard4);
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
    struct kith_error err = {0};
    enum kith_status st = kith_parse_vcard((const char *)data, size, &sink, &err);

    FUZZ_CHECK(st == KITH_OK || (st == KITH_E_FILE && err.message[0] != '\0' && err.reason != KITH_REASON_NONE));
    check_report(report);
    kith_field_report_free(report);
    return 0;
}
