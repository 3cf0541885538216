/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard_complete.c - what a card says in several lines becomes one.
 *
 * Before: parse_vcard_property.c read the lines.
 * After:  parse_vcard.c hands the contact on.
 *
 * Apple and Google say in a line of its own what a property is for: "item1.X-ABLabel:_$!<Mobile>!$_".
 */
#include "parse/parse_vcard_card.h"

#include <string.h>

#include "base/text.h"
#include "parse/parse_vcard_types.h"

static const char *label_of(const struct kith_vcard_card *card, uint64_t group)
{
    for (size_t i = 0; i < card->n_labels && group != 0; i++)
        if (card->labels[i].group == group)
            return card->labels[i].text;
    return "";
}

/* "_$!<Mobile>!$_" is one of Apple's words, anything else the person's. Returns the label itself. */
static const char *read_wrapped(struct kith_vcard_card *card, const char *label, bool *ret_wrapped)
{
    size_t len = strlen(label);

    *ret_wrapped = kith_vcard_unwrap_label(&label, &len);
    if (kith_vcard_trim((struct kith_vcard_piece){label, len}).len == 0)
        return "";
    return *ret_wrapped ? kith_arena_copy(card->arena, label, len) : label;
}

static void label_place(enum kith_place *place, const char **label, const char *text, bool wrapped)
{
    if (!wrapped || !kith_vcard_label_place(text, place))
        *label = text;
}

static void label_phone(struct kith_phone *phone, const char *text, bool wrapped)
{
    if (wrapped && kith_vcard_label_phone(text, &phone->kind))
        phone->label = "";
    else
        phone->label = text;
}

static void label_date(struct kith_date *date, const char *text, bool wrapped)
{
    if (wrapped && kith_text_equal_ci(text, "anniversary"))
        date->kind = KITH_DATE_ANNIVERSARY;
    else
        date->label = text;
}

static void label_item(struct kith_item *item, const char *text, bool wrapped)
{
    if (wrapped && item->kind == KITH_ITEM_WEB && kith_text_equal_ci(text, "homepage"))
        return; /* what a page is, unless something else is said */
    label_place(&item->place, &item->label, text, wrapped && item->kind != KITH_ITEM_EXTRA);
}

static void set_labels(struct kith_vcard_card *card)
{
    for (size_t i = 0; i < card->n_grouped; i++) {
        const struct kith_vcard_grouped *part = &card->grouped[i];
        const char *text = label_of(card, part->group);
        struct kith_email *email;
        struct kith_address *address;
        bool wrapped;

        if (text[0] == '\0')
            continue;
        text = read_wrapped(card, text, &wrapped);
        switch (part->kind) {
        case KITH_VCARD_EMAIL:
            email = &card->contact.emails[part->at];
            label_place(&email->place, &email->label, text, wrapped);
            break;
        case KITH_VCARD_ADDRESS:
            address = &card->contact.addresses[part->at];
            label_place(&address->place, &address->label, text, wrapped);
            break;
        case KITH_VCARD_PHONE:
            label_phone(&card->contact.phones[part->at], text, wrapped);
            break;
        case KITH_VCARD_DATE:
            label_date(&card->contact.dates[part->at], text, wrapped);
            break;
        case KITH_VCARD_ITEM:
            label_item(&card->contact.items[part->at], text, wrapped);
            break;
        }
    }
}

static bool is_same_date(const struct kith_date *a, const struct kith_date *b)
{
    return a->kind == b->kind && a->year == b->year && a->month == b->month && a->day == b->day &&
           strcmp(a->label, b->label) == 0;
}

/* Programs say an anniversary under each name they know for it. */
static void drop_repeated_dates(struct kith_contact *contact)
{
    size_t n = 0;

    for (size_t i = 0; i < contact->n_dates; i++) {
        bool repeated = false;

        for (size_t k = 0; k < n && !repeated; k++)
            repeated = is_same_date(&contact->dates[k], &contact->dates[i]);
        if (!repeated)
            contact->dates[n++] = contact->dates[i];
    }
    contact->n_dates = n;
}

/* A manager, an assistant and a spouse are fields of their own, one of each; children are items of their own. */
static bool set_relation(struct kith_vcard_card *card, const char *word, const char *name)
{
    static const struct {
        const char *word;
        enum kith_text field;
    } fields[] = {{"manager", KITH_TEXT_MANAGER}, {"assistant", KITH_TEXT_ASSISTANT}, {"spouse", KITH_TEXT_SPOUSE}};

    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        const char **text = &card->contact.text[fields[i].field];

        if (kith_text_equal_ci(word, fields[i].word) && ((*text)[0] == '\0' || strcmp(*text, name) == 0)) {
            *text = name;
            return true;
        }
    }
    return kith_text_equal_ci(word, "child") &&
           kith_contact_add_item(&card->contact, card->arena, KITH_ITEM_CHILD, name);
}

static void add_relations(struct kith_vcard_card *card)
{
    for (size_t i = 0; i < card->n_relations; i++) {
        const struct kith_vcard_relation *relation = &card->relations[i];
        const char *label = label_of(card, relation->group);
        const char *word = relation->word;
        bool own_words = false;
        struct kith_item *item;

        if (label[0] != '\0') {
            bool wrapped;

            word = read_wrapped(card, label, &wrapped);
            own_words = !wrapped;
        } else if (kith_text_starts_with_ci(word, "x-")) {
            word += 2;
        }
        if (!own_words && set_relation(card, word, relation->name))
            continue;
        item = kith_contact_add_item(&card->contact, card->arena, KITH_ITEM_RELATION, relation->name);
        if (item)
            item->label = word;
        else
            card->contact.partial = true;
    }
}

/* LABEL says again what ADR says, unless there is no ADR. */
static void add_written_addresses(struct kith_vcard_card *card)
{
    for (size_t i = 0; i < card->n_written; i++) {
        struct kith_address *address = NULL;

        for (size_t k = 0; k < card->contact.n_addresses && !address; k++)
            if (card->contact.addresses[k].place == card->written[i].place)
                address = &card->contact.addresses[k];
        if (address || card->written[i].text[0] == '\0')
            continue;
        address = kith_contact_add_address(&card->contact, card->arena);
        if (!address) {
            card->contact.partial = true;
            return;
        }
        address->place = card->written[i].place;
        address->street = card->written[i].text;
    }
}

/* How the name is filed (SORT-AS, SORT-STRING), where nothing says it better: a reading sorts by itself. */
static void set_file_as(struct kith_contact *contact, const char *sort_as)
{
    if (contact->text[KITH_TEXT_FILE_AS][0] == '\0' && contact->text[KITH_TEXT_PHONETIC_FAMILY][0] == '\0' &&
        contact->text[KITH_TEXT_PHONETIC_GIVEN][0] == '\0')
        contact->text[KITH_TEXT_FILE_AS] = sort_as;
}

void kith_vcard_complete(struct kith_vcard_card *card)
{
    set_labels(card);
    drop_repeated_dates(&card->contact);
    add_relations(card);
    add_written_addresses(card);
    set_file_as(&card->contact, card->sort_as);
}
