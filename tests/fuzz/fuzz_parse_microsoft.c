/* SPDX-License-Identifier: MIT */
/*
 * fuzz_parse_microsoft.c - any bytes as a page of Graph contacts, and on to what is shown of them.
 *
 * Whatever is sent: no contact is without an id, none holds a control character, a stored copy is the same, a
 * card keeps to the lines of RFC 6350, and the JSON can be read again.
 */
#include "fuzz_contact.h"
#include "parse/parse_microsoft.h"

static void check_card(const struct kith_contact *contact)
{
    char *card = kith_contact_to_vcard(contact);

    fuzz_check_card(card);
    free(card);
}

static void check_screen(const struct kith_contact *contact)
{
    char *text = kith_contact_to_text(contact);

    fuzz_check_text(text, true);
    free(text);
}

static struct kith_buf copy_of(const uint8_t *json, size_t len)
{
    struct kith_buf copy;

    kith_buf_init(&copy, len);
    FUZZ_CHECK(kith_buf_add(&copy, json, len));
    return copy;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct kith_json_reader *reader; /* reused, as the engine does */
    KITH_AUTO_DONE(kith_buf) copy = copy_of(data, size);
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    if (!reader)
        reader = kith_json_reader_new();
    if (kith_parse_microsoft_page(reader, &copy, &page, NULL, &err) != KITH_OK) {
        FUZZ_CHECK(!page && err.status == KITH_E_SERVICE && err.message[0] != '\0');
        return 0;
    }
    for (size_t i = 0; i < page->n_contacts; i++) {
        FUZZ_CHECK(page->contacts[i].source_id[0] != '\0');
        fuzz_check_contact(&page->contacts[i]);
        fuzz_check_codec(&page->contacts[i]);
        fuzz_check_json(&page->contacts[i]);
        check_card(&page->contacts[i]);
        check_screen(&page->contacts[i]);
    }
    kith_page_free(page);
    return 0;
}
