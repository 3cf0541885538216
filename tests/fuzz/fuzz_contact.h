/* SPDX-License-Identifier: MIT */
/*
 * fuzz_contact.h - what holds of every contact, whichever parser made it of whatever bytes.
 *
 * No text holds a control character or bytes that are no UTF-8, no part is empty, no day is beyond the calendar, a
 * stored copy is the same, the JSON that is shown can be read again, a card keeps to the lines of RFC 6350.
 */
#pragma once

#include <string.h>

#include <kith/export.h>

#include "base/json_read.h"
#include "base/text.h"
#include "fuzz_target.h"
#include "model/codec.h"

static inline void fuzz_check_text(const char *text, bool lines)
{
    size_t len = strlen(text);

    FUZZ_CHECK(kith_utf8_valid_len(text, len) == len);
    for (size_t i = 0; i < len; i++)
        FUZZ_CHECK((unsigned char)text[i] >= 0x20 || (lines && (text[i] == '\n' || text[i] == '\t')));
}

static inline void fuzz_check_addresses(const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_addresses; i++) {
        fuzz_check_text(contact->addresses[i].street, true);
        fuzz_check_text(contact->addresses[i].po_box, false);
        fuzz_check_text(contact->addresses[i].city, false);
        fuzz_check_text(contact->addresses[i].region, false);
        fuzz_check_text(contact->addresses[i].postal_code, false);
        fuzz_check_text(contact->addresses[i].country, false);
        fuzz_check_text(contact->addresses[i].label, false);
    }
}

static inline void fuzz_check_parts(const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_emails; i++) {
        FUZZ_CHECK(contact->emails[i].address[0] != '\0');
        fuzz_check_text(contact->emails[i].address, false);
        fuzz_check_text(contact->emails[i].name, false);
        fuzz_check_text(contact->emails[i].label, false);
    }
    for (size_t i = 0; i < contact->n_phones; i++) {
        FUZZ_CHECK(contact->phones[i].raw[0] != '\0');
        fuzz_check_text(contact->phones[i].raw, false);
        fuzz_check_text(contact->phones[i].label, false);
    }
    for (size_t i = 0; i < contact->n_items; i++) {
        FUZZ_CHECK(contact->items[i].value[0] != '\0');
        fuzz_check_text(contact->items[i].value, false);
        fuzz_check_text(contact->items[i].label, false);
    }
    for (size_t i = 0; i < contact->n_dates; i++) {
        FUZZ_CHECK(contact->dates[i].month >= 1 && contact->dates[i].month <= 12 && contact->dates[i].day >= 1 &&
                   contact->dates[i].day <= 31 && contact->dates[i].year >= 0);
        fuzz_check_text(contact->dates[i].label, false);
    }
}

static inline void fuzz_check_contact(const struct kith_contact *contact)
{
    fuzz_check_text(contact->source_id, false);
    fuzz_check_text(contact->change_key, false);
    fuzz_check_text(contact->folder, false);
    fuzz_check_text(contact->photo_url, false);
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        fuzz_check_text(contact->text[i], i == KITH_TEXT_NOTES);
    fuzz_check_parts(contact);
    fuzz_check_addresses(contact);
}

static inline void fuzz_check_codec(const struct kith_contact *contact)
{
    struct kith_buf first;
    struct kith_buf second;
    struct kith_arena *arena = kith_arena_new();
    struct kith_contact copy;

    kith_buf_init(&first, SIZE_MAX);
    kith_buf_init(&second, SIZE_MAX);
    FUZZ_CHECK(kith_codec_write(&first, contact, NULL));
    FUZZ_CHECK(kith_codec_read(first.data, first.len, arena, &copy, NULL) == first.len);
    FUZZ_CHECK(kith_codec_write(&second, &copy, NULL));
    FUZZ_CHECK(first.len == second.len && memcmp(first.data, second.data, first.len) == 0);
    kith_buf_done(&first);
    kith_buf_done(&second);
    kith_arena_free(arena);
}

static inline void fuzz_check_json(const struct kith_contact *contact)
{
    struct kith_json_reader *reader = kith_json_reader_new();
    char *json = kith_contact_to_json(contact);
    struct kith_json root;
    char why[160];

    FUZZ_CHECK(kith_json_read(reader, json, strlen(json), &root, why, sizeof(why)));
    free(json);
    kith_json_reader_free(reader);
}

static inline void fuzz_check_card(const char *card)
{
    while (*card != '\0') {
        const char *end = strstr(card, "\r\n");

        FUZZ_CHECK(end && end - card <= 75);
        FUZZ_CHECK(kith_utf8_valid_len(card, (size_t)(end - card)) == (size_t)(end - card));
        FUZZ_CHECK(memchr(card, '\n', (size_t)(end - card)) == NULL);
        card = end + 2;
    }
}
