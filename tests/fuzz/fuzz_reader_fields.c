/* SPDX-License-Identifier: MIT */
/*
 * fuzz_reader_fields.c - any bytes as the properties of an Outlook contact.
 *
 * libpff only finds the properties; what is in them (texts, lists of values, entry ids, compressed RTF, HTML) is read
 * by code of ours. The input is one property after the other: which set (1 byte), id, type and length (2 each), bytes.
 */
#include <string.h>

#include "base/text.h"
#include "fuzz_target.h"
#include "reader/reader_pst_fields.h"

enum { HEAD_BYTES = 7, PROPERTIES_MAX = 300 };

static uint32_t number_at(const uint8_t *bytes)
{
    return (uint32_t)(bytes[0] | bytes[1] << 8);
}

/* Returns how many bytes it took; 0 at the end. */
static size_t take_property(const uint8_t *data, size_t size, struct reader_pst_property *p)
{
    size_t len;

    if (size < HEAD_BYTES)
        return 0;
    len = number_at(data + 5);
    if (len > size - HEAD_BYTES)
        len = size - HEAD_BYTES;
    *p = (struct reader_pst_property){.set = (enum reader_pst_set)(data[0] % (READER_PST_OTHER + 1)),
                                      .set_number = 0x00062004,
                                      .id = number_at(data + 1),
                                      .name = data[0] & 0x80   ? "Keywords"
                                              : data[0] & 0x40 ? "Membership"
                                                               : "",
                                      .type = number_at(data + 3),
                                      .bytes = (const char *)data + HEAD_BYTES,
                                      .len = len};
    return HEAD_BYTES + len;
}

static void check_contact(const struct kith_contact *contact)
{
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        FUZZ_CHECK(kith_utf8_valid_len(contact->text[i], strlen(contact->text[i])) == strlen(contact->text[i]));
    for (size_t i = 0; i < contact->n_emails; i++)
        FUZZ_CHECK(contact->emails[i].address[0] != '\0');
    for (size_t i = 0; i < contact->n_items; i++)
        FUZZ_CHECK(contact->items[i].value[0] != '\0');
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct reader_pst_property properties[PROPERTIES_MAX];
    struct reader_pst_item item = {.properties = properties};
    struct kith_charset *charset = kith_charset_new();
    struct kith_arena *arena = kith_arena_new();
    struct reader_pst_texts texts = {.charset = charset, .arena = arena, .code_page = "windows-1252"};
    struct kith_contact contact;

    while (item.n < PROPERTIES_MAX) {
        size_t used = take_property(data, size, &properties[item.n]);

        if (used == 0)
            break;
        data += used;
        size -= used;
        item.n++;
    }
    kith_contact_init(&contact);
    reader_pst_fields_read(&item, &texts, &contact, NULL);
    check_contact(&contact);
    kith_arena_free(arena);
    kith_charset_free(charset);
    return 0;
}
