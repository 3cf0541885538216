/* SPDX-License-Identifier: MIT */
/*
 * sandbox_extended.c - fax, pager, post-office box and their like, which v1.0 hides in extended properties.
 *
 * Before: a request says $expand=singleValueExtendedProperties($filter=id eq '...').
 * After:  sandbox_contact_json.c writes the values that are set.
 */
#include "sandbox/sandbox_extended.h"

#include "base/cleanup.h"
#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_dice.h"

enum kind {
    KIND_NUMBER,
    KIND_BOX,
    KIND_PAGE,
    KIND_FIELD,
    KIND_DAY,
    KIND_PICTURE,
    KIND_CLASS,
    KIND_PRIVATE,
    KIND_EMAIL
};

#define ADDRESS_SET "{00062004-0000-0000-C000-000000000046} Id "

/* Share: of how many contacts in a hundred have it. */
static const struct row {
    const char *id;
    enum kind kind;
    unsigned share;
    unsigned number; /* which e-mail, which field */
} rows[] = {
    {"String 0x3A24", KIND_NUMBER, 12, 0},            /* business fax */
    {"String 0x3A25", KIND_NUMBER, 3, 0},             /* home fax */
    {"String 0x3A21", KIND_NUMBER, 2, 0},             /* pager */
    {"String 0x3A1F", KIND_NUMBER, 4, 0},             /* other phone */
    {"String 0x3A1E", KIND_NUMBER, 2, 0},             /* car */
    {"String 0x3A2E", KIND_NUMBER, 3, 0},             /* assistant */
    {"String 0x3A02", KIND_NUMBER, 1, 0},             /* callback */
    {"String 0x3A1D", KIND_NUMBER, 1, 0},             /* radio */
    {"String 0x3A57", KIND_NUMBER, 6, 0},             /* company main */
    {"String 0x3A1A", KIND_NUMBER, 2, 0},             /* primary */
    {"String 0x3A23", KIND_NUMBER, 1, 0},             /* other fax */
    {"String 0x3A2D", KIND_NUMBER, 1, 0},             /* ISDN */
    {"String 0x3A2C", KIND_NUMBER, 1, 0},             /* telex */
    {"String 0x3A4B", KIND_NUMBER, 1, 0},             /* text telephone */
    {"String 0x3A50", KIND_PAGE, 5, 0},               /* personal web page */
    {"String " ADDRESS_SET "0x804A", KIND_BOX, 3, 0}, /* post-office boxes: work, home, other */
    {"String 0x3A5E", KIND_BOX, 2, 1},
    {"String 0x3A64", KIND_BOX, 1, 2},
    {"String " ADDRESS_SET "0x804F", KIND_FIELD, 3, 1}, /* user fields */
    {"String " ADDRESS_SET "0x8050", KIND_FIELD, 2, 2},
    {"String " ADDRESS_SET "0x8051", KIND_FIELD, 1, 3},
    {"String " ADDRESS_SET "0x8052", KIND_FIELD, 1, 4},
    {"SystemTime 0x3A41", KIND_DAY, 5, 0}, /* anniversary */
    {"SystemTime " ADDRESS_SET "0x80DF", KIND_DAY, 5, 0},
    {"Boolean " ADDRESS_SET "0x8015", KIND_PICTURE, 100, 0},
    {"String 0x001A", KIND_CLASS, 100, 0},
    {"Boolean {00062008-0000-0000-C000-000000000046} Id 0x8506", KIND_PRIVATE, 100, 0},
    {"String " ADDRESS_SET "0x8083", KIND_EMAIL, 100, 0},
    {"String " ADDRESS_SET "0x8093", KIND_EMAIL, 100, 1},
    {"String " ADDRESS_SET "0x80A3", KIND_EMAIL, 100, 2},
};

static bool write_value(const struct sandbox_contact *c, const struct row *row, struct sandbox_dice *dice, char *out,
                        size_t out_size)
{
    unsigned number = sandbox_roll_below(dice, 100);

    switch (row->kind) {
    case KIND_NUMBER:
        return kith_text_format(out, out_size, "+1 %u 555 01%02u", 201 + sandbox_roll_below(dice, 700), number);
    case KIND_BOX:
        return kith_text_format(out, out_size, "PO Box %u", 100 + number);
    case KIND_PAGE:
        return kith_text_format(out, out_size, "https://people.example/~%04u", 1000 + number);
    case KIND_FIELD:
        return kith_text_format(out, out_size, "User field %u: %u", row->number, number);
    case KIND_DAY:
        return kith_text_format(out, out_size, "%u-%02u-%02uT00:00:00Z", 1960 + number % 60, 1 + number % 12,
                                1 + number % 28);
    case KIND_PICTURE:
        return kith_text_copy(out, out_size, sandbox_contact_has_photo(c->key) ? "true" : "false");
    case KIND_CLASS:
        return kith_text_copy(out, out_size, "IPM.Contact");
    case KIND_PRIVATE:
        return kith_text_copy(out, out_size, number < 2 ? "true" : "false");
    case KIND_EMAIL:
        if (row->number >= c->n_emails || !c->email[row->number].address)
            return false;
        return kith_text_copy(out, out_size, c->email[row->number].address);
    }
    return false;
}

/* As sent back: the hexadecimal digits come in small letters. */
static void write_id(const char *asked, char *out, size_t out_size)
{
    const char *hex = strstr(asked, "0x");

    if (!hex)
        hex = strstr(asked, "0X");
    (void)kith_text_copy(out, out_size, asked); /* asked is as short as out */
    for (char *p = hex ? out + (hex - asked) : out + strlen(out); *p; p++)
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p | 0x20);
}

bool sandbox_extended_value(const struct sandbox_contact *c, const char *asked, char *ret_id, size_t id_size,
                            char *ret_value, size_t value_size)
{
    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        const struct row *row = &rows[i];
        struct sandbox_dice dice = {.state = sandbox_mix2(c->key, 0x657874 + (row->kind == KIND_DAY ? 99 : i))};
        if (!kith_text_equal_ci(row->id, asked))
            continue;
        if (!sandbox_chance(&dice, row->share) || !write_value(c, row, &dice, ret_value, value_size))
            return false;
        write_id(asked, ret_id, id_size);
        return true;
    }
    /* The second numbers of these two are in the ordinary lists as well. */
    const struct sandbox_list *list = NULL;
    if (kith_text_equal_ci(asked, "String 0x3A1B"))
        list = &c->business_phones;
    else if (kith_text_equal_ci(asked, "String 0x3A2F"))
        list = &c->home_phones;
    if (!list || list->n < 2)
        return false;
    write_id(asked, ret_id, id_size);
    return kith_text_copy(ret_value, value_size, list->item[1]);
}
