/* SPDX-License-Identifier: MIT */
/*
 * same_contact.h - whether two contacts say the same, whatever account and device they are in.
 *
 * What is made of the rest (what is shown, E.164, search keys) is not compared; items are, kind by kind.
 */
#pragma once

#include <string.h>

#include "base/text.h"
#include "model/contact_parts.h"

struct difference {
    char text[512]; /* "" when there is none */
};

static inline bool same_text(struct difference *d, const char *what, const char *a, const char *b)
{
    if (strcmp(a, b) == 0)
        return true;
    (void)kith_text_format(d->text, sizeof(d->text), "%s: \"%.200s\" became \"%.200s\"", what, a, b);
    return false;
}

static inline bool same_number(struct difference *d, const char *what, int64_t a, int64_t b)
{
    if (a == b)
        return true;
    (void)kith_text_format(d->text, sizeof(d->text), "%s: %lld became %lld", what, (long long)a, (long long)b);
    return false;
}

static inline bool same_emails(struct difference *d, const struct kith_contact *a, const struct kith_contact *b)
{
    if (!same_number(d, "number of e-mails", (int64_t)a->n_emails, (int64_t)b->n_emails))
        return false;
    for (size_t i = 0; i < a->n_emails; i++)
        if (!same_number(d, "place of e-mail", a->emails[i].place, b->emails[i].place) ||
            !same_text(d, "e-mail", a->emails[i].address, b->emails[i].address) ||
            !same_text(d, "name of e-mail", a->emails[i].name, b->emails[i].name) ||
            !same_text(d, "label of e-mail", a->emails[i].label, b->emails[i].label))
            return false;
    return true;
}

static inline bool same_phones(struct difference *d, const struct kith_contact *a, const struct kith_contact *b)
{
    if (!same_number(d, "number of phones", (int64_t)a->n_phones, (int64_t)b->n_phones))
        return false;
    for (size_t i = 0; i < a->n_phones; i++)
        if (!same_number(d, "kind of phone", a->phones[i].kind, b->phones[i].kind) ||
            !same_text(d, "phone", a->phones[i].raw, b->phones[i].raw) ||
            !same_text(d, "label of phone", a->phones[i].label, b->phones[i].label))
            return false;
    return true;
}

static inline bool same_addresses(struct difference *d, const struct kith_contact *a, const struct kith_contact *b)
{
    if (!same_number(d, "number of addresses", (int64_t)a->n_addresses, (int64_t)b->n_addresses))
        return false;
    for (size_t i = 0; i < a->n_addresses; i++) {
        const struct kith_address *x = &a->addresses[i];
        const struct kith_address *y = &b->addresses[i];

        if (!same_number(d, "place of address", x->place, y->place) || !same_text(d, "street", x->street, y->street) ||
            !same_text(d, "box", x->po_box, y->po_box) || !same_text(d, "city", x->city, y->city) ||
            !same_text(d, "region", x->region, y->region) || !same_text(d, "code", x->postal_code, y->postal_code) ||
            !same_text(d, "country", x->country, y->country) || !same_text(d, "label of address", x->label, y->label))
            return false;
    }
    return true;
}

static inline bool same_dates(struct difference *d, const struct kith_contact *a, const struct kith_contact *b)
{
    if (!same_number(d, "number of dates", (int64_t)a->n_dates, (int64_t)b->n_dates))
        return false;
    for (size_t i = 0; i < a->n_dates; i++)
        if (!same_number(d, "kind of date", a->dates[i].kind, b->dates[i].kind) ||
            !same_number(d, "year", a->dates[i].year, b->dates[i].year) ||
            !same_number(d, "month", a->dates[i].month, b->dates[i].month) ||
            !same_number(d, "day", a->dates[i].day, b->dates[i].day) ||
            !same_text(d, "label of date", a->dates[i].label, b->dates[i].label))
            return false;
    return true;
}

/* The next item of this kind from *i on; NULL when there is none. */
static inline const struct kith_item *next_item(const struct kith_contact *contact, enum kith_item_kind kind, size_t *i)
{
    while (*i < contact->n_items && contact->items[*i].kind != kind)
        (*i)++;
    return *i < contact->n_items ? &contact->items[(*i)++] : NULL;
}

static inline bool same_items(struct difference *d, const struct kith_contact *a, const struct kith_contact *b)
{
    for (int kind = KITH_ITEM_WEB; kind <= KITH_ITEM_EXTRA; kind++) {
        size_t i = 0;
        size_t k = 0;

        for (;;) {
            const struct kith_item *x = next_item(a, (enum kith_item_kind)kind, &i);
            const struct kith_item *y = next_item(b, (enum kith_item_kind)kind, &k);

            if (!x && !y)
                break;
            if (!same_text(d, "item", x ? x->value : "(none)", y ? y->value : "(none)") || !x || !y ||
                !same_text(d, "label of item", x->label, y->label) ||
                !same_number(d, "place of item", x->place, y->place))
                return false;
        }
    }
    return same_number(d, "number of items", (int64_t)a->n_items, (int64_t)b->n_items);
}

static inline bool same_photo(struct difference *d, const struct kith_contact *a, const struct kith_contact *b)
{
    if (!same_number(d, "size of the picture", (int64_t)a->n_photo, (int64_t)b->n_photo))
        return false;
    return same_number(d, "the picture", 0, a->n_photo > 0 ? memcmp(a->photo, b->photo, a->n_photo) : 0);
}

static inline bool same_contact(struct difference *d, const struct kith_contact *a, const struct kith_contact *b)
{
    d->text[0] = '\0';
    for (int field = 0; field < KITH_TEXT_COUNT; field++)
        if (!same_text(d, kith_text_id((enum kith_text)field), a->text[field], b->text[field]))
            return false;
    return same_text(d, "folder", a->folder, b->folder) && same_number(d, "created", a->created_s, b->created_s) &&
           same_number(d, "modified", a->modified_s, b->modified_s) && same_emails(d, a, b) && same_phones(d, a, b) &&
           same_addresses(d, a, b) && same_dates(d, a, b) && same_items(d, a, b) && same_photo(d, a, b);
}
