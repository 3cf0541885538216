/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_google.c - any bytes as a page of people, of groups, as one person and as an error of Google's.
 *
 * Whatever is sent: no contact is without an id, none holds a control character, a stored copy is the same, the JSON
 * that is shown of it can be read again, and an error has a status, words and a link that is a page or none.
 */
#include "fetch/fetch_google.h"
#include "fuzz_contact.h"
#include "parse/parse_google.h"

static struct kith_json_reader *reader; /* reused, as the engine does */

static void check_page(const struct kith_page *page)
{
    for (size_t i = 0; i < page->n_contacts; i++) {
        const struct kith_contact *contact = &page->contacts[i];

        FUZZ_CHECK(contact->source_id[0] != '\0' && contact->source == KITH_SOURCE_GOOGLE);
        for (size_t k = 0; k < contact->n_phones; k++)
            FUZZ_CHECK(contact->phones[k].e164[0] == '\0' || contact->phones[k].e164[0] == '+');
        fuzz_check_contact(contact);
        fuzz_check_codec(contact);
        fuzz_check_json(contact);
    }
    fuzz_check_text(page->next_link, false);
    fuzz_check_text(page->resume, false);
}

static struct kith_buf copy_of(const char *json, size_t len)
{
    struct kith_buf copy;

    kith_buf_init(&copy, len);
    FUZZ_CHECK(kith_buf_add(&copy, json, len));
    return copy;
}

static void try_person(const char *json, size_t len, const struct kith_google_groups *groups, struct kith_page *page)
{
    KITH_AUTO_DONE(kith_buf) copy = copy_of(json, len);
    struct kith_error err = {0};

    if (page->n_contacts == 0)
        return;
    if (kith_parse_google_person(reader, &copy, groups, page, 0, &err) != KITH_OK)
        FUZZ_CHECK(err.status == KITH_E_SERVICE && err.message[0] != '\0');
    check_page(page);
}

static void try_page(const char *json, size_t len, const struct kith_google_groups *groups)
{
    KITH_AUTO_DONE(kith_buf) copy = copy_of(json, len);
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    if (kith_parse_google_page(reader, &copy, groups, &page, NULL, &err) != KITH_OK) {
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
    KITH_AUTO_DONE(kith_buf) copy = copy_of(json, len);
    struct kith_buf next;
    struct kith_error err = {0};

    kith_google_groups_init(&groups);
    kith_buf_init(&next, 64 * 1024);
    if (kith_parse_google_groups(reader, &copy, &groups, &next, &err) == KITH_OK)
        fuzz_check_text(kith_buf_text(&next), false);
    for (size_t i = 0; i < groups.n; i++) {
        fuzz_check_text(groups.group[i].name, false);
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
    fuzz_check_text(err.link, false);
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
