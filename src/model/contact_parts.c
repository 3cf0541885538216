/* SPDX-License-Identifier: MIT */
/*
 * contact_parts.c - contacts and pages: made, filled part by part, and freed.
 *
 * Before: nothing; parse/ fills what is made here from a provider's page, store/ from its rows.
 * After:  every other folder only reads what stands in struct kith_contact.
 */
#include "model/contact_parts.h"

#include <string.h>

#include "base/text.h"

/* Room for the search keys of one contact: what goes beyond it cannot be what somebody types. */
enum { KEYS_MAX_BYTES = 64 * 1024 };

/* A contact that stands alone. The contact comes first, so that its address is also that of its owner. */
struct standing_contact {
    struct kith_contact contact;
    struct kith_arena *arena;
};

void kith_contact_init(struct kith_contact *contact)
{
    *contact = (struct kith_contact){
        .account = "", .folder = "", .source_id = "", .change_key = "", .shown = "", .initials = "", .photo_url = ""};
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        contact->text[i] = "";
}

struct kith_contact *kith_contact_new(void)
{
    struct standing_contact *standing = kith_xnew(struct standing_contact);

    kith_contact_init(&standing->contact);
    standing->arena = kith_arena_new();
    return &standing->contact;
}

struct kith_arena *kith_contact_arena(struct kith_contact *contact)
{
    return ((struct standing_contact *)contact)->arena;
}

void kith_contact_free(struct kith_contact *contact)
{
    struct standing_contact *standing = (struct standing_contact *)contact;

    if (!standing)
        return;
    kith_arena_free(standing->arena);
    free(standing);
}

void *kith_add_part(struct kith_arena *arena, void *parts, size_t *n, size_t part_bytes, size_t max)
{
    char *array;

    if (*n >= max)
        return NULL;

    memcpy(&array, parts, sizeof(array));
    if (*n == 0 || (*n >= 2 && (*n & (*n - 1)) == 0)) {
        size_t capacity = *n == 0 ? 2 : *n * 2;
        char *larger = (char *)kith_arena_alloc(arena, kith_array_bytes(capacity, part_bytes));

        if (*n > 0)
            memcpy(larger, array, *n * part_bytes);
        array = larger;
        memcpy(parts, &array, sizeof(array));
    }
    return array + (*n)++ * part_bytes;
}

/* One of the parts of a contact. */
static void *add_part(struct kith_arena *arena, void *parts, size_t *n, size_t part_bytes)
{
    return kith_add_part(arena, parts, n, part_bytes, KITH_PARTS_MAX);
}

struct kith_email *kith_contact_add_email(struct kith_contact *contact, struct kith_arena *arena)
{
    struct kith_email *email = add_part(arena, &contact->emails, &contact->n_emails, sizeof(*email));

    if (email)
        email->address = email->name = email->label = "";
    return email;
}

struct kith_phone *kith_contact_add_phone(struct kith_contact *contact, struct kith_arena *arena)
{
    struct kith_phone *phone = add_part(arena, &contact->phones, &contact->n_phones, sizeof(*phone));

    if (phone)
        phone->raw = phone->label = "";
    return phone;
}

struct kith_address *kith_contact_add_address(struct kith_contact *contact, struct kith_arena *arena)
{
    struct kith_address *address = add_part(arena, &contact->addresses, &contact->n_addresses, sizeof(*address));

    if (!address)
        return NULL;
    address->street = address->po_box = address->city = address->region = "";
    address->postal_code = address->country = address->label = "";
    return address;
}

struct kith_date *kith_contact_add_date(struct kith_contact *contact, struct kith_arena *arena)
{
    struct kith_date *date = add_part(arena, &contact->dates, &contact->n_dates, sizeof(*date));

    if (date)
        date->label = "";
    return date;
}

struct kith_item *kith_contact_add_item(struct kith_contact *contact, struct kith_arena *arena,
                                        enum kith_item_kind kind, const char *value)
{
    struct kith_item *item = add_part(arena, &contact->items, &contact->n_items, sizeof(*item));

    if (!item)
        return NULL;
    item->kind = kind;
    item->label = "";
    item->value = value;
    return item;
}

bool kith_contact_is_empty(const struct kith_contact *contact)
{
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        if (contact->text[i][0] != '\0')
            return false;
    return contact->n_emails + contact->n_phones + contact->n_addresses + contact->n_dates + contact->n_items == 0;
}

struct kith_page *kith_page_new(void)
{
    struct kith_page *page = kith_xnew(struct kith_page);

    page->arena = kith_arena_new();
    page->reported = -1;
    page->next_link = kith_arena_copy(page->arena, "", 0);
    page->resume = kith_arena_copy(page->arena, "", 0);
    return page;
}

void kith_page_add_removed(struct kith_page *page, const char *id, size_t id_len)
{
    const char **removed =
        kith_add_part(page->arena, &page->removed, &page->n_removed, sizeof(*removed), /* max= */ SIZE_MAX);

    *removed = kith_arena_copy(page->arena, id, id_len);
}

void kith_page_free(struct kith_page *page)
{
    if (!page)
        return;
    kith_arena_free(page->arena);
    free(page);
}

void kith_keys_init(struct kith_keys *keys)
{
    *keys = (struct kith_keys){0};
    kith_buf_init(&keys->names, KEYS_MAX_BYTES);
    kith_buf_init(&keys->others, KEYS_MAX_BYTES);
    kith_buf_init(&keys->numbers, KEYS_MAX_BYTES);
    kith_buf_init(&keys->sort, KEYS_MAX_BYTES);
}

void kith_keys_clear(struct kith_keys *keys)
{
    kith_buf_clear(&keys->names);
    kith_buf_clear(&keys->others);
    kith_buf_clear(&keys->numbers);
    kith_buf_clear(&keys->sort);
    keys->letter[0] = '\0';
    keys->bold_start = keys->bold_len = 0;
    keys->reading[0] = '\0';
}

void kith_keys_done(struct kith_keys *keys)
{
    kith_buf_done(&keys->names);
    kith_buf_done(&keys->others);
    kith_buf_done(&keys->numbers);
    kith_buf_done(&keys->sort);
}
