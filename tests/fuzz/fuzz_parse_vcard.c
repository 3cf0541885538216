/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_vcard.c - any bytes as a file of vCards, and from each contact to a card and back.
 *
 * Whatever is sent: no contact holds a control character or bytes that are no UTF-8, none is empty, the report counts
 * in words that can be printed, and what is written as vCard 3.0 and 4.0 comes back as it was.
 */
#include "fuzz_contact.h"
#include "parse/parse_vcard.h"
#include "show/show_vcard.h"
#include "tests/unit/same_contact.h"

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
    fuzz_check_card(kith_buf_text(&card));
    FUZZ_CHECK(kith_parse_vcard(card.data, card.len, &sink, NULL) == KITH_OK && origin.n == 1);
    kith_buf_done(&card);
}

static enum kith_status take(void *ctx, struct kith_contact *contact, struct kith_arena *arena, struct kith_error *err)
{
    (void)ctx;
    (void)arena;
    (void)err;
    fuzz_check_contact(contact);
    FUZZ_CHECK(!kith_contact_is_empty(contact));
    check_round_trip(contact, kith_show_vcard3);
    check_round_trip(contact, kith_show_vcard4);
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
    struct kith_error err = {0};
    enum kith_status st = kith_parse_vcard((const char *)data, size, &sink, &err);

    FUZZ_CHECK(st == KITH_OK || (st == KITH_E_FILE && err.message[0] != '\0' && err.reason != KITH_REASON_NONE));
    check_report(report);
    kith_field_report_free(report);
    return 0;
}
