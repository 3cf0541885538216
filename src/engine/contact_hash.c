/* SPDX-License-Identifier: MIT */
/*
 * contact_hash.c - see contact_hash.h.
 *
 * Before: fetch/fetch_file.c gives a contact of a file, exactly as the file says it.
 * After:  listing_files.c makes its source id and its change key of it.
 *
 * Each text is hashed with its length before it, each array with its number of parts: nothing can pass for something
 * else by standing closer together.
 */
#include "engine/contact_hash.h"

#include <sodium.h>
#include <string.h>

enum { HASH_BYTES = 16 };

_Static_assert(KITH_CONTACT_HASH_BYTES == 2 * HASH_BYTES + 1, "hexadecimal, and its end");

/* BLAKE2b cannot fail with sizes that are right. */
struct hashing {
    crypto_generichash_state state;
};

static void begin(struct hashing *h)
{
    (void)crypto_generichash_init(&h->state, NULL, 0, HASH_BYTES);
}

static void end(struct hashing *h, char out[KITH_CONTACT_HASH_BYTES])
{
    unsigned char hash[HASH_BYTES];

    (void)crypto_generichash_final(&h->state, hash, sizeof(hash));
    (void)sodium_bin2hex(out, KITH_CONTACT_HASH_BYTES, hash, sizeof(hash));
}

/* Low byte first, whatever the machine. */
static void add_number(struct hashing *h, int64_t number)
{
    unsigned char bytes[8];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    (void)crypto_generichash_update(&h->state, bytes, sizeof(bytes));
}

static void add_bytes(struct hashing *h, const void *bytes, size_t len)
{
    add_number(h, (int64_t)len);
    (void)crypto_generichash_update(&h->state, bytes, len);
}

static void add_text(struct hashing *h, const char *text)
{
    add_bytes(h, text, strlen(text));
}

/* --- What it says ---------------------------------------------------------------------------- */

static void add_texts(struct hashing *h, const struct kith_contact *contact)
{
    for (int i = 0; i < KITH_TEXT_COUNT; i++) {
        if (contact->text[i][0] == '\0')
            continue; /* so that a field which a later release adds changes no hash */
        add_number(h, i);
        add_text(h, contact->text[i]);
    }
}

static void add_emails(struct hashing *h, const struct kith_contact *contact)
{
    add_number(h, (int64_t)contact->n_emails);
    for (size_t i = 0; i < contact->n_emails; i++) {
        const struct kith_email *email = &contact->emails[i];

        add_number(h, email->place);
        add_text(h, email->address);
        add_text(h, email->name);
        add_text(h, email->label);
    }
}

static void add_phones(struct hashing *h, const struct kith_contact *contact)
{
    add_number(h, (int64_t)contact->n_phones);
    for (size_t i = 0; i < contact->n_phones; i++) {
        const struct kith_phone *phone = &contact->phones[i];

        add_number(h, phone->kind);
        add_text(h, phone->raw);
        add_text(h, phone->label);
    }
}

static void add_addresses(struct hashing *h, const struct kith_contact *contact)
{
    add_number(h, (int64_t)contact->n_addresses);
    for (size_t i = 0; i < contact->n_addresses; i++) {
        const struct kith_address *address = &contact->addresses[i];

        add_number(h, address->place);
        add_text(h, address->street);
        add_text(h, address->po_box);
        add_text(h, address->city);
        add_text(h, address->region);
        add_text(h, address->postal_code);
        add_text(h, address->country);
        add_text(h, address->label);
    }
}

static void add_dates(struct hashing *h, const struct kith_contact *contact)
{
    add_number(h, (int64_t)contact->n_dates);
    for (size_t i = 0; i < contact->n_dates; i++) {
        const struct kith_date *date = &contact->dates[i];

        add_number(h, date->kind);
        add_number(h, date->year);
        add_number(h, date->month);
        add_number(h, date->day);
        add_text(h, date->label);
    }
}

static void add_items(struct hashing *h, const struct kith_contact *contact)
{
    add_number(h, (int64_t)contact->n_items);
    for (size_t i = 0; i < contact->n_items; i++) {
        const struct kith_item *item = &contact->items[i];

        add_number(h, item->kind);
        add_number(h, item->place);
        add_text(h, item->label);
        add_text(h, item->value);
    }
}

void kith_contact_hash_content(const struct kith_contact *contact, char out[KITH_CONTACT_HASH_BYTES])
{
    struct hashing h;

    begin(&h);
    add_text(&h, contact->folder);
    add_number(&h, contact->partial);
    add_bytes(&h, contact->photo, contact->n_photo);
    add_emails(&h, contact);
    add_phones(&h, contact);
    add_addresses(&h, contact);
    add_dates(&h, contact);
    add_items(&h, contact);
    add_texts(&h, contact);
    end(&h, out);
}

/* --- Who it is --------------------------------------------------------------------------------- */

/* The first group of these of which the contact has anything. */
static const enum kith_text names[][6] = {
    {KITH_TEXT_GIVEN, KITH_TEXT_MIDDLE, KITH_TEXT_FAMILY, KITH_TEXT_SUFFIX, KITH_TEXT_COMPANY, KITH_TEXT_COUNT},
    {KITH_TEXT_DISPLAY, KITH_TEXT_COMPANY, KITH_TEXT_COUNT},
    {KITH_TEXT_NICKNAME, KITH_TEXT_COUNT},
    {KITH_TEXT_COMPANY, KITH_TEXT_DEPARTMENT, KITH_TEXT_JOB_TITLE, KITH_TEXT_COUNT},
};

/* A company alone does not make a group of names: it has a group of its own. */
static bool has_any(const struct kith_contact *contact, const enum kith_text *group)
{
    for (size_t i = 0; group[i] != KITH_TEXT_COUNT; i++)
        if (contact->text[group[i]][0] != '\0' && (group[i] != KITH_TEXT_COMPANY || i == 0))
            return true;
    return false;
}

static bool add_name(struct hashing *h, const struct kith_contact *contact)
{
    for (size_t g = 0; g < sizeof(names) / sizeof(names[0]); g++) {
        if (!has_any(contact, names[g]))
            continue;
        add_number(h, (int64_t)g);
        for (size_t i = 0; names[g][i] != KITH_TEXT_COUNT; i++)
            add_text(h, contact->text[names[g][i]]);
        return true;
    }
    return false;
}

void kith_contact_hash_identity(const struct kith_contact *contact, char out[KITH_CONTACT_HASH_BYTES])
{
    struct hashing h;

    begin(&h);
    if (add_name(&h, contact)) {
        end(&h, out);
    } else if (contact->n_emails > 0) {
        add_emails(&h, contact);
        end(&h, out);
    } else if (contact->n_phones > 0) {
        add_phones(&h, contact);
        end(&h, out);
    } else {
        kith_contact_hash_content(contact, out);
    }
}
