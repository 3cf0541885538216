/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_google.c - any bytes as a page of people, of groups, as one person and as an error of Google's.
 *
 * Whatever is sent: no contact is without an id, none holds a control character, a stored copy is the same, the JSON
 * that is shown of it can be read again, and an error has a status, words and a link that is a page or none.
 */
#include <string.h>

#include <kith/export.h>

#include "base/text.h"
#include "fetch/fetch_google.h"
#include "fuzz_target.h"
#include "model/codec.h"
#include "parse/parse_google.h"

static struct kith_json_reader *reader; /* reused, as the engine does */

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
        check_text(contact->emails[i].label, false);
    }
    for (size_t i = 0; i < contact->n_phones; i++) {
        FUZZ_CHECK(contact->phones[i].raw[0] != '\0');
        check_text(contact->phones[i].raw, false);
        FUZZ_CHECK(contact->phones[i].e164[0] == '\0' || contact->phones[i].e164[0] == '+');
    }
    for (size_t i = 0; i < contact->n_addresses; i++)
        check_text(contact->addresses[i].street, true);
    for (size_t i = 0; i < contact->n_items; i++) {
        FUZZ_CHECK(contact->items[i].value[0] != '\0');
        check_text(contact->items[i].value, false);
        check_text(contact->items[i].label, false);
    }
    for (size_t i = 0; i < contact->n_dates; i++)
        FUZZ_CHECK(contact->dates[i].month >= 1 && contact->dates[i].month <= 12 && contact->dates[i].day >= 1 &&
                   contact->dates[i].day <= 31 && contact->dates[i].year >= 0);
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

static void check_json(const struct kith_contact *contact)
{
    struct kith_json_reader *own = kith_json_reader_new();
    char *json = kith_contact_to_json(contact);
    struct kith_json root;
    char why[160];

    FUZZ_CHECK(kith_json_read(own, json, strlen(json), &root, why, sizeof(why)));
    free(json);
    kith_json_reader_free(own);
}

static void check_page(const struct kith_page *page)
{
    for (size_t i = 0; i < page->n_contacts; i++) {
        const struct kith_contact *contact = &page->contacts[i];

        FUZZ_CHECK(contact->source_id[0] != '\0' && contact->source == KITH_SOURCE_GOOGLE);
        check_text(contact->source_id, false);
        check_text(contact->change_key, false);
        for (size_t t = 0; t < KITH_TEXT_COUNT; t++)
            check_text(contact->text[t], t == KITH_TEXT_NOTES);
        check_parts(contact);
        check_codec(contact);
        check_json(contact);
    }
    check_text(page->next_link, false);
    check_text(page->resume, false);
}

static void try_person(const char *json, size_t len, const struct kith_google_groups *groups, struct kith_page *page)
{
    struct kith_error err = {0};

    if (page->n_contacts == 0)
        return;
    if (kith_parse_google_person(reader, json, len, groups, page, 0, &err) != KITH_OK)
        FUZZ_CHECK(err.status == KITH_E_SERVICE && err.message[0] != '\0');
    check_page(page);
}

static void try_page(const char *json, size_t len, const struct kith_google_groups *groups)
{
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    if (kith_parse_google_page(reader, json, len, groups, &page, &err) != KITH_OK) {
        FUZZ_CHECK(!page && err.status == KITH_E_SERVICE && err.message[0] != '\0');
        return;
    }
    check_page(page);
    try_person(json, len, groups, page);
    kith_page_free(page);
}

/* The groups that the bytes hold are those that the people in them are in. */
static void try_groups(const char *json, size_t len)
{
    struct kith_google_groups groups;
    struct kith_buf next;
    struct kith_error err = {0};

    kith_google_groups_init(&groups);
    kith_buf_init(&next, 64 * 1024);
    if (kith_parse_google_groups(reader, json, len, &groups, &next, &err) == KITH_OK)
        check_text(kith_buf_text(&next), false);
    for (size_t i = 0; i < groups.n; i++) {
        check_text(groups.group[i].name, false);
        FUZZ_CHECK(strcmp(kith_google_groups_name(&groups, groups.group[i].id), groups.group[i].name) == 0);
        FUZZ_CHECK(i == 0 || strcmp(groups.group[i - 1].id, groups.group[i].id) < 0);
    }
    try_page(json, len, &groups);
    kith_google_groups_done(&groups);
    kith_buf_done(&next);
}

static void try_error(int http_status, const char *json, size_t len)
{
    struct kith_http_response response = {.status = http_status};
    enum kith_google_trouble trouble;
    struct kith_error err = {0};

    kith_buf_init(&response.body, SIZE_MAX);
    (void)kith_buf_add(&response.body, json, len);
    FUZZ_CHECK(kith_fetch_google_error(&response, false, &trouble, &err) == err.status && err.status != KITH_OK);
    FUZZ_CHECK(err.message[0] != '\0' && (err.link[0] == '\0' || kith_text_starts_with(err.link, "https://")));
    check_text(err.link, false);
    (void)kith_fetch_google_patience_ms(&response);
    kith_http_response_done(&response);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *json = (const char *)data;

    if (!reader)
        reader = kith_json_reader_new();
    try_groups(json, size);
    try_error(400, json, size);
    try_error(403, json, size);
    return 0;
}
