/* SPDX-License-Identifier: MIT */
/*
 * show_json.c - contacts and rows as JSON.
 *
 * Before: store/ gave a contact or the rows of an answer.
 * After:  a face prints or sends it; other programs read it.
 *
 * docs/output-schema.md is the promise: what is here may get new members, it never loses or renames one. Every
 * member is always there, "" or 0 when there is nothing to say, so that a reader needs no second thought; only
 * `text` leaves out what is empty, since most of its fields are, for most people.
 */
#include "show/show_json.h"

#include <assert.h>

#include "base/text.h"
#include "show/show_photo.h"

/* clang-format off */
static const char *const date_kind_ids[] = {
    [KITH_DATE_BIRTHDAY] = "birthday",
    [KITH_DATE_ANNIVERSARY] = "anniversary",
    [KITH_DATE_OTHER] = "other",
};

static const char *const item_kind_ids[] = {
    [KITH_ITEM_WEB] = "web",
    [KITH_ITEM_CHAT] = "chat",
    [KITH_ITEM_CATEGORY] = "category",
    [KITH_ITEM_CHILD] = "child",
    [KITH_ITEM_RELATION] = "relation",
    [KITH_ITEM_EXTRA] = "extra",
};

static const char *const match_ids[] = {
    [KITH_MATCH_NAME] = "name",
    [KITH_MATCH_COMPANY] = "company",
    [KITH_MATCH_EMAIL] = "email",
    [KITH_MATCH_NUMBER] = "number",
    [KITH_MATCH_NUMBER_NATIONAL] = "number-national",
    [KITH_MATCH_NUMBER_MAIN] = "number-main",
    [KITH_MATCH_NUMBER_GUESS] = "number-guess",
};
/* clang-format on */

/* A value that this version does not know (a newer store) is "other". */
static const char *id_of(const char *const *ids, size_t n, size_t value)
{
    return value < n && ids[value] ? ids[value] : "other";
}
#define ID_OF(ids, value) id_of(ids, KITH_COUNT_OF(ids), (size_t)(value))

static void put_fields(struct kith_json_writer *w, const struct kith_contact *contact)
{
    kith_json_begin_object(w, "text");
    for (int i = 0; i < KITH_TEXT_COUNT; i++)
        kith_json_put_text_if(w, kith_text_id((enum kith_text)i), contact->text[i]);
    kith_json_end(w);
}

static void put_emails(struct kith_json_writer *w, const struct kith_contact *contact)
{
    kith_json_begin_array(w, "emails");
    for (size_t i = 0; i < contact->n_emails; i++) {
        const struct kith_email *email = &contact->emails[i];

        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "place", kith_place_id(email->place));
        kith_json_put_text(w, "address", email->address);
        kith_json_put_text(w, "name", email->name);
        kith_json_put_text(w, "label", email->label);
        kith_json_end(w);
    }
    kith_json_end(w);
}

static void put_phones(struct kith_json_writer *w, const struct kith_contact *contact)
{
    kith_json_begin_array(w, "phones");
    for (size_t i = 0; i < contact->n_phones; i++) {
        const struct kith_phone *phone = &contact->phones[i];

        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "kind", kith_phone_kind_id(phone->kind));
        kith_json_put_text(w, "raw", phone->raw);
        kith_json_put_text(w, "label", phone->label);
        kith_json_put_text(w, "e164", phone->e164);
        kith_json_put_text(w, "national", phone->national);
        kith_json_put_text(w, "extension", phone->extension);
        kith_json_put_bool(w, "region_assumed", phone->region_assumed);
        kith_json_end(w);
    }
    kith_json_end(w);
}

static void put_addresses(struct kith_json_writer *w, const struct kith_contact *contact)
{
    kith_json_begin_array(w, "addresses");
    for (size_t i = 0; i < contact->n_addresses; i++) {
        const struct kith_address *address = &contact->addresses[i];

        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "place", kith_place_id(address->place));
        kith_json_put_text(w, "street", address->street);
        kith_json_put_text(w, "po_box", address->po_box);
        kith_json_put_text(w, "city", address->city);
        kith_json_put_text(w, "region", address->region);
        kith_json_put_text(w, "postal_code", address->postal_code);
        kith_json_put_text(w, "country", address->country);
        kith_json_put_text(w, "label", address->label);
        kith_json_end(w);
    }
    kith_json_end(w);
}

static void put_dates(struct kith_json_writer *w, const struct kith_contact *contact)
{
    kith_json_begin_array(w, "dates");
    for (size_t i = 0; i < contact->n_dates; i++) {
        const struct kith_date *date = &contact->dates[i];

        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "kind", ID_OF(date_kind_ids, date->kind));
        kith_json_put_int(w, "year", date->year);
        kith_json_put_int(w, "month", date->month);
        kith_json_put_int(w, "day", date->day);
        kith_json_put_text(w, "label", date->label);
        kith_json_end(w);
    }
    kith_json_end(w);
}

static void put_items(struct kith_json_writer *w, const struct kith_contact *contact)
{
    kith_json_begin_array(w, "items");
    for (size_t i = 0; i < contact->n_items; i++) {
        const struct kith_item *item = &contact->items[i];

        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "kind", ID_OF(item_kind_ids, item->kind));
        kith_json_put_text(w, "place", kith_place_id(item->place));
        kith_json_put_text(w, "label", item->label);
        kith_json_put_text(w, "value", item->value);
        kith_json_end(w);
    }
    kith_json_end(w);
}

/* Only where somebody put the picture beside the contact: it may be larger than all the rest. */
static void put_photo(struct kith_json_writer *w, const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) uri;

    kith_buf_init(&uri, SIZE_MAX);
    kith_show_photo_uri(&uri, contact);
    if (uri.len > 0)
        kith_json_put_text(w, "photo", kith_buf_text(&uri));
}

void kith_show_json_contact(struct kith_json_writer *w, const char *name, const struct kith_contact *contact)
{
    kith_json_begin_object(w, name);
    kith_json_put_int(w, "id", contact->id);
    kith_json_put_text(w, "account", contact->account);
    kith_json_put_text(w, "source", kith_source_id(contact->source));
    kith_json_put_text(w, "folder", contact->folder);
    kith_json_put_text(w, "source_id", contact->source_id);
    kith_json_put_text(w, "change_key", contact->change_key);
    kith_json_put_text(w, "shown", contact->shown);
    kith_json_put_bool(w, "nameless", contact->nameless);
    kith_json_put_bool(w, "partial", contact->partial);
    kith_json_put_bool(w, "has_photo", contact->has_photo);
    kith_json_put_int(w, "created_s", contact->created_s);
    kith_json_put_int(w, "modified_s", contact->modified_s);
    put_fields(w, contact);
    put_emails(w, contact);
    put_phones(w, contact);
    put_addresses(w, contact);
    put_dates(w, contact);
    put_items(w, contact);
    put_photo(w, contact);
    kith_json_end(w);
}

void kith_show_json_row(struct kith_json_writer *w, const char *name, const struct kith_row *row)
{
    kith_json_begin_object(w, name);
    kith_json_put_int(w, "id", row->id);
    kith_json_put_text(w, "source", kith_source_id(row->source));
    kith_json_put_text(w, "account", row->account);
    kith_json_put_text(w, "shown", row->shown);
    kith_json_put_text(w, "bold", row->bold);
    kith_json_put_text(w, "reading", row->reading);
    kith_json_put_text(w, "second", row->second);
    kith_json_put_text(w, "email", row->email);
    kith_json_put_text(w, "phone", row->phone);
    kith_json_put_text(w, "phone_e164", row->phone_e164);
    kith_json_put_text(w, "initials", row->initials);
    kith_json_put_int(w, "colour", row->colour);
    kith_json_put_bool(w, "nameless", row->nameless);
    kith_json_put_bool(w, "is_company", row->is_company);
    kith_json_put_bool(w, "has_photo", row->has_photo);
    kith_json_put_text(w, "photo_tag", row->photo_tag);
    if (row->match != KITH_MATCH_NONE) {
        kith_json_put_text(w, "match", ID_OF(match_ids, row->match));
        kith_json_put_text(w, "matched", row->matched);
    }
    kith_json_end(w);
}

/* A contact is in memory already: its JSON is a few times larger at most, and needs no ceiling of its own. */
char *kith_contact_to_json(const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, SIZE_MAX);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_show_json_contact(w, NULL, contact);
    assert(!out.full);
    return kith_buf_take_text(&out);
}

char *kith_row_to_json(const struct kith_row *row)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, SIZE_MAX);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_show_json_row(w, NULL, row);
    assert(!out.full);
    return kith_buf_take_text(&out);
}
