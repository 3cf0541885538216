/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_microsoft.c - any bytes as a page of Graph contacts, and on to what is shown of them.
 *
 * Whatever is sent: no contact is without an id, none holds a control character, a stored copy is the same, a
 * card keeps to the lines of RFC 6350, and the JSON can be read again.
 */
#include <string.h>

#include <kith/export.h>

#include "base/text.h"
#include "fuzz_target.h"
#include "model/codec.h"
#include "parse/parse_microsoft.h"

static void check_text(const char *text, bool lines)
{
    size_t len = strlen(text);

    FUZZ_CHECK(kith_utf8_valid_len(text, len) == len);
    for (size_t i = 0; i < len; i++)
        FUZZ_CHECK((unsigned char)text[i] >= 0x20 || (lines && (text[i] == '\n' || text[i] == '\t')));
}

static void check_contact(const struct kith_contact *contact)
{
    FUZZ_CHECK(contact->source_id[0] != '\0');
    check_text(contact->source_id, false);
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        check_text(contact->text[i], i == KITH_TEXT_NOTES);
    for (size_t i = 0; i < contact->n_emails; i++)
        check_text(contact->emails[i].address, false);
    for (size_t i = 0; i < contact->n_phones; i++)
        check_text(contact->phones[i].raw, false);
    for (size_t i = 0; i < contact->n_addresses; i++)
        check_text(contact->addresses[i].street, true);
    for (size_t i = 0; i < contact->n_items; i++)
        check_text(contact->items[i].value, false);
    for (size_t i = 0; i < contact->n_dates; i++)
        FUZZ_CHECK(contact->dates[i].month >= 1 && contact->dates[i].month <= 12 && contact->dates[i].day >= 1 &&
                   contact->dates[i].day <= 31);
}

static void check_codec(const struct kith_contact *contact)
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

static void check_card(const struct kith_contact *contact)
{
    char *card = kith_contact_to_vcard(contact);
    const char *line = card;

    while (*line != '\0') {
        const char *end = strstr(line, "\r\n");

        FUZZ_CHECK(end && end - line <= 75);
        FUZZ_CHECK(kith_utf8_valid_len(line, (size_t)(end - line)) == (size_t)(end - line));
        FUZZ_CHECK(memchr(line, '\n', (size_t)(end - line)) == NULL);
        line = end + 2;
    }
    free(card);
}

static void check_json(const struct kith_contact *contact)
{
    struct kith_json_reader *reader = kith_json_reader_new();
    char *json = kith_contact_to_json(contact);
    struct kith_json root;
    char why[160];

    FUZZ_CHECK(kith_json_read(reader, json, strlen(json), &root, why, sizeof(why)));
    free(json);
    kith_json_reader_free(reader);
}

static void check_screen(const struct kith_contact *contact)
{
    char *text = kith_contact_to_text(contact);

    check_text(text, true);
    free(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct kith_json_reader *reader; /* reused, as the engine does */
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    if (!reader)
        reader = kith_json_reader_new();
    if (kith_parse_microsoft_page(reader, (const char *)data, size, &page, &err) != KITH_OK) {
        FUZZ_CHECK(!page && err.status == KITH_E_SERVICE && err.message[0] != '\0');
        return 0;
    }
    for (size_t i = 0; i < page->n_contacts; i++) {
        check_contact(&page->contacts[i]);
        check_codec(&page->contacts[i]);
        check_card(&page->contacts[i]);
        check_json(&page->contacts[i]);
        check_screen(&page->contacts[i]);
    }
    kith_page_free(page);
    return 0;
}
