/* SPDX-License-Identifier: MIT */
/*
 * parse_csv_numbered.c - what Google numbers: "Phone 2 - Type", "Phone 2 - Value" and so on.
 *
 * Before: parse_csv_contact.c has read the columns that stand for themselves.
 * After:  parse_csv.c hands the contact to the sink.
 *
 * A type beginning with "* " marks the preferred one of its kind, which we put first. Where a contact has more values
 * than the table has columns, they stand in one cell with " ::: " between them.
 */
#include "parse/parse_csv_contact.h"

#include <string.h>

#include "base/text.h"

enum {
    PIECES_MAX = 100,    /* of a cell; what comes behind them stays together */
    PART_BYTES_MAX = 80, /* of a contact's parts that have a preferred one */
};
_Static_assert(sizeof(struct kith_email) <= PART_BYTES_MAX && sizeof(struct kith_phone) <= PART_BYTES_MAX &&
                   sizeof(struct kith_address) <= PART_BYTES_MAX,
               "each of them fits");

static const char between[] = " ::: ";

/* The group that is read: the texts of its members, and where we are in them. */
struct group {
    struct kith_csv_reading *r;
    const struct kith_csv_numbered *numbered;
    char *text[KITH_CSV_MEMBERS]; /* NULL: empty */
    bool used[KITH_CSV_MEMBERS];
    bool preferred;
    size_t n_preferred; /* of this group, in front of all others */
};

/* --- Cells with several values ------------------------------------------------- */

/* Cut the next piece off. The last one stays to be taken again for a type, which then holds for all that follow. */
static const char *next_piece(struct group *g, enum kith_csv_member member, bool is_last)
{
    char *piece = g->text[member];
    char *end;

    g->used[member] = true;
    if (!piece)
        return "";
    end = is_last ? NULL : strstr(piece, between);
    if (end) {
        *end = '\0';
        g->text[member] = end + strlen(between);
    } else if (member != KITH_CSV_M_TYPE && member != KITH_CSV_M_SERVICE) {
        g->text[member] = NULL;
    }
    return piece[strspn(piece, " \n")] != '\0' ? piece : "";
}

static size_t count_pieces(const struct group *g)
{
    size_t most = 1;

    for (size_t member = 0; member < KITH_CSV_MEMBERS; member++) {
        size_t n = 1;

        for (const char *at = g->text[member]; at && (at = strstr(at, between)); at += strlen(between))
            n++;
        if (g->text[member] && member != KITH_CSV_M_TYPE && n > most)
            most = n;
    }
    return most < PIECES_MAX ? most : PIECES_MAX;
}

/* --- Types ------------------------------------------------------------------------ */

static const char *next_type(struct group *g, bool is_last)
{
    const char *type = next_piece(g, KITH_CSV_M_TYPE, is_last);

    g->preferred = kith_text_starts_with(type, "* ");
    return g->preferred ? type + 2 : type;
}

/* *ret_label: "" where the place says it all. */
static enum kith_place place_of(const char *type, const char **ret_label)
{
    static const struct {
        const char *type;
        enum kith_place place;
    } places[] = {{"Work", KITH_PLACE_WORK}, {"Home", KITH_PLACE_HOME}, {"Other", KITH_PLACE_OTHER}};

    *ret_label = "";
    for (size_t i = 0; i < KITH_COUNT_OF(places); i++)
        if (kith_text_equal_ci(type, places[i].type))
            return places[i].place;
    *ret_label = type;
    return KITH_PLACE_NONE;
}

/* Types that say what our kinds say have no label; the others keep Google's. */
static enum kith_phone_kind phone_kind(const char *type, const char **ret_label)
{
    static const struct {
        const char *type;
        enum kith_phone_kind kind;
        bool labelled; /* our kind says less than the type */
    } kinds[] = {
        {"Mobile", KITH_PHONE_MOBILE, false},     {"Work", KITH_PHONE_WORK, false},
        {"Home", KITH_PHONE_HOME, false},         {"Main", KITH_PHONE_PRIMARY, false},
        {"Work Mobile", KITH_PHONE_MOBILE, true}, {"Home Fax", KITH_PHONE_HOME_FAX, false},
        {"Work Fax", KITH_PHONE_WORK_FAX, false}, {"Other Fax", KITH_PHONE_OTHER_FAX, false},
        {"Pager", KITH_PHONE_PAGER, false},       {"Work Pager", KITH_PHONE_PAGER, true},
        {"Other", KITH_PHONE_OTHER, false},       {"", KITH_PHONE_OTHER, false},
    };

    *ret_label = "";
    for (size_t i = 0; i < KITH_COUNT_OF(kinds); i++) {
        if (!kith_text_equal_ci(type, kinds[i].type))
            continue;
        if (kinds[i].labelled)
            *ret_label = type;
        return kinds[i].kind;
    }
    *ret_label = type;
    return KITH_PHONE_OTHER;
}

/* --- One of each kind ---------------------------------------------------------------- */

/* The last of n parts to the front, behind those of the same cell, if it is a preferred one. */
static void prefer(struct group *g, void *parts, size_t n, size_t size)
{
    char *first = (char *)parts + g->n_preferred * size;
    char last[PART_BYTES_MAX];

    if (!g->preferred || n <= g->n_preferred)
        return;
    n -= ++g->n_preferred;
    memcpy(last, first + n * size, size);
    memmove(first + size, first, n * size);
    memcpy(first, last, size);
}

static void one_too_many(struct group *g)
{
    g->r->contact.partial = true;
}

static void read_email(struct group *g, bool is_last)
{
    struct kith_contact *contact = &g->r->contact;
    const char *type = next_type(g, is_last);
    const char *address = next_piece(g, KITH_CSV_M_VALUE, is_last);
    struct kith_email *email = address[0] != '\0' ? kith_contact_add_email(contact, g->r->arena) : NULL;

    if (!email) {
        if (address[0] != '\0')
            one_too_many(g);
        return;
    }
    email->address = address;
    email->place = place_of(type, &email->label);
    prefer(g, contact->emails, contact->n_emails, sizeof(*email));
}

static void read_phone(struct group *g, bool is_last)
{
    struct kith_contact *contact = &g->r->contact;
    const char *type = next_type(g, is_last);
    const char *raw = next_piece(g, KITH_CSV_M_VALUE, is_last);
    struct kith_phone *phone = raw[0] != '\0' ? kith_contact_add_phone(contact, g->r->arena) : NULL;

    if (!phone) {
        if (raw[0] != '\0')
            one_too_many(g);
        return;
    }
    phone->raw = raw;
    phone->kind = phone_kind(type, &phone->label);
    prefer(g, contact->phones, contact->n_phones, sizeof(*phone));
}

static const char *street_of(struct group *g, bool is_last)
{
    const char *street = next_piece(g, KITH_CSV_M_STREET, is_last);
    const char *more = next_piece(g, KITH_CSV_M_MORE_STREET, is_last);
    size_t room = strlen(street) + strlen(more) + 2;
    char *both;

    if (street[0] == '\0' || more[0] == '\0')
        return street[0] != '\0' ? street : more;
    both = kith_arena_alloc(g->r->arena, room);
    (void)kith_text_format(both, room, "%s\n%s", street, more); /* it fits */
    return both;
}

static bool is_in_parts(const struct kith_address *address)
{
    return address->street[0] != '\0' || address->po_box[0] != '\0' || address->city[0] != '\0' ||
           address->region[0] != '\0' || address->postal_code[0] != '\0';
}

static void read_address(struct group *g, bool is_last)
{
    struct kith_contact *contact = &g->r->contact;
    const char *type = next_type(g, is_last);
    const char *whole = next_piece(g, KITH_CSV_M_WHOLE, is_last);
    struct kith_address read = {
        .street = street_of(g, is_last),
        .po_box = next_piece(g, KITH_CSV_M_BOX, is_last),
        .city = next_piece(g, KITH_CSV_M_CITY, is_last),
        .region = next_piece(g, KITH_CSV_M_REGION, is_last),
        .postal_code = next_piece(g, KITH_CSV_M_CODE, is_last),
        .country = next_piece(g, KITH_CSV_M_COUNTRY, is_last),
        .label = "",
    };
    struct kith_address *address;

    if (!is_in_parts(&read) && whole[0] != '\0') { /* typed in one piece; a country alone was made of it by Google */
        read.street = whole;
        read.country = "";
    } else if (whole[0] != '\0' && is_last) {
        g->used[KITH_CSV_M_WHOLE] = false;
        kith_csv_tell(g->r, g->numbered->column[KITH_CSV_M_WHOLE], KITH_FIELD_IGNORED, "said by its parts");
    }
    if (!is_in_parts(&read) && read.country[0] == '\0')
        return;
    address = kith_contact_add_address(contact, g->r->arena);
    if (!address) {
        one_too_many(g);
        return;
    }
    *address = read;
    address->place = place_of(type, &address->label);
    prefer(g, contact->addresses, contact->n_addresses, sizeof(*address));
}

/* The first one is where they work; what comes after it is kept beside. */
static void read_company(struct group *g, bool is_last)
{
    static const struct {
        enum kith_csv_member member;
        enum kith_text field;
    } fields[] = {
        {KITH_CSV_M_NAME, KITH_TEXT_COMPANY},    {KITH_CSV_M_READING, KITH_TEXT_PHONETIC_COMPANY},
        {KITH_CSV_M_TITLE, KITH_TEXT_JOB_TITLE}, {KITH_CSV_M_DEPARTMENT, KITH_TEXT_DEPARTMENT},
        {KITH_CSV_M_OFFICE, KITH_TEXT_OFFICE},
    };

    (void)next_type(g, is_last); /* "Work", as all of them */
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        const char *text = next_piece(g, fields[i].member, is_last);

        if (text[0] == '\0')
            continue;
        g->used[fields[i].member] = false; /* it is told here */
        kith_csv_set_text(g->r, g->numbered->column[fields[i].member], fields[i].field, text);
    }
}

static struct kith_item *add_item(struct group *g, enum kith_item_kind kind, const char *label, const char *value)
{
    struct kith_item *item = value[0] != '\0' ? kith_contact_add_item(&g->r->contact, g->r->arena, kind, value) : NULL;

    if (item)
        item->label = label;
    else if (value[0] != '\0')
        one_too_many(g);
    return item;
}

static void read_relation(struct group *g, bool is_last)
{
    static const struct {
        const char *type;
        enum kith_text field;
    } fields[] = {{"Spouse", KITH_TEXT_SPOUSE}, {"Manager", KITH_TEXT_MANAGER}, {"Assistant", KITH_TEXT_ASSISTANT}};
    const char *type = next_type(g, is_last);
    const char *person = next_piece(g, KITH_CSV_M_VALUE, is_last);

    if (kith_text_equal_ci(type, "Child")) {
        (void)add_item(g, KITH_ITEM_CHILD, "", person); /* a missing one was noted */
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        const char **text = &g->r->contact.text[fields[i].field];

        if (!kith_text_equal_ci(type, fields[i].type) || (*text)[0] != '\0')
            continue;
        *text = person;
        return;
    }
    (void)add_item(g, KITH_ITEM_RELATION, type, person); /* as above */
}

static void read_web(struct group *g, bool is_last)
{
    const char *type = next_type(g, is_last);
    struct kith_item *item = add_item(g, KITH_ITEM_WEB, "", next_piece(g, KITH_CSV_M_VALUE, is_last));

    if (item)
        item->place = place_of(type, &item->label);
}

/* The service says more than the place. */
static void read_chat(struct group *g, bool is_last)
{
    const char *type = next_type(g, is_last);
    const char *service = next_piece(g, KITH_CSV_M_SERVICE, is_last);
    struct kith_item *item = add_item(g, KITH_ITEM_CHAT, "", next_piece(g, KITH_CSV_M_VALUE, is_last));

    if (!item)
        return;
    item->place = place_of(type, &item->label);
    if (service[0] != '\0')
        item->label = service;
}

static void read_event(struct group *g, bool is_last)
{
    const char *type = next_type(g, is_last);
    const char *text = next_piece(g, KITH_CSV_M_VALUE, is_last);
    bool anniversary = kith_text_equal_ci(type, "Anniversary");

    if (text[0] == '\0')
        return;
    g->used[KITH_CSV_M_VALUE] = false; /* it is told here */
    kith_csv_add_date(g->r, g->numbered->column[KITH_CSV_M_VALUE],
                      anniversary ? KITH_DATE_ANNIVERSARY : KITH_DATE_OTHER,
                      anniversary || kith_text_equal_ci(type, "Other") ? "" : type, text);
}

static void read_field(struct group *g, bool is_last)
{
    const char *label = next_type(g, is_last);

    (void)add_item(g, KITH_ITEM_EXTRA, label, next_piece(g, KITH_CSV_M_VALUE, is_last)); /* a missing one was noted */
}

/* --- Groups ------------------------------------------------------------------------------ */

static void (*const readers[])(struct group *g, bool is_last) = {
    [KITH_CSV_G_EMAIL] = read_email,     [KITH_CSV_G_PHONE] = read_phone,       [KITH_CSV_G_ADDRESS] = read_address,
    [KITH_CSV_G_COMPANY] = read_company, [KITH_CSV_G_RELATION] = read_relation, [KITH_CSV_G_WEB] = read_web,
    [KITH_CSV_G_CHAT] = read_chat,       [KITH_CSV_G_EVENT] = read_event,       [KITH_CSV_G_FIELD] = read_field,
};

static bool has_lines(size_t member)
{
    return member == KITH_CSV_M_WHOLE || member == KITH_CSV_M_STREET || member == KITH_CSV_M_MORE_STREET;
}

/* A copy for each member, since pieces are cut off it. true: there is more than a type. */
static bool take_members(struct group *g)
{
    bool found = false;

    for (size_t member = 0; member < KITH_CSV_MEMBERS; member++) {
        struct kith_csv_column *column = g->numbered->column[member];
        const char *text;

        if (!column)
            continue;
        text = kith_csv_take(g->r, kith_csv_cell_of(g->r, column), KITH_CSV_LINE_MAX, has_lines(member));
        if (text[0] == '\0')
            continue;
        g->text[member] = kith_arena_copy(g->r->arena, text, strlen(text));
        found = found || (member != KITH_CSV_M_TYPE && member != KITH_CSV_M_SERVICE);
    }
    return found;
}

/* Members that the reader knows were read; the others are kept as they are. */
static void tell_members(struct group *g, const bool *filled, bool found)
{
    for (size_t member = 0; member < KITH_CSV_MEMBERS; member++) {
        struct kith_csv_column *column = g->numbered->column[member];

        if (!filled[member])
            continue;
        if (!found)
            kith_csv_tell(g->r, column, KITH_FIELD_IGNORED, "there is nothing of this type");
        else if (g->used[member])
            kith_csv_tell(g->r, column, KITH_FIELD_READ, "");
        else if (g->text[member])
            kith_csv_keep(g->r, column, g->text[member]);
    }
}

static void read_group(struct kith_csv_reading *r, const struct kith_csv_numbered *numbered)
{
    struct group g = {.r = r, .numbered = numbered};
    bool filled[KITH_CSV_MEMBERS];
    bool found = take_members(&g);
    size_t n = count_pieces(&g);

    for (size_t member = 0; member < KITH_CSV_MEMBERS; member++)
        filled[member] = g.text[member] != NULL;
    for (size_t i = 0; found && i < n; i++)
        readers[numbered->group](&g, i + 1 == n);
    tell_members(&g, filled, found);
}

void kith_csv_read_numbered(struct kith_csv_reading *r)
{
    for (size_t i = 0; i < r->n_numbered; i++)
        read_group(r, &r->numbered[i]);
}
