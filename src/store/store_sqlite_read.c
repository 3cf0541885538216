/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_read.c - rows become the contact again that they were made of; see store_contact.h.
 *
 * Before: store_sqlite_contact.c wrote the rows.
 * After:  store_sqlite_list.c gives the contact to whoever asks, store_sqlite_index.c makes its keys of it.
 *
 * Byte for byte: what was kept once is put back in each place where it was.
 */
#include "store/store_contact.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "store/store_pack.h"

static const char read_what[] = "read a contact";

/* The text of a packed column; borrowed from the row or from room. */
static const char *unpacked(struct kith_stmt *s, int column, char room[KITH_PACK_TEXT_MAX + 1])
{
    if (sqlite3_column_type(s->handle, column) != SQLITE_BLOB)
        return kith_stmt_text(s, column);
    const void *bytes = sqlite3_column_blob(s->handle, column);
    (void)kith_unpack(bytes, (size_t)sqlite3_column_bytes(s->handle, column), room); /* "" when it is none of ours */
    return room;
}

static const char read_sql[] =
    "SELECT account.id, account.name, account.source, folder.path, a.beginning, id_rest, b.beginning, change_key, "
    "flags, colour, created_s, modified_s, shown, monogram, " CONTACT_TEXT_COLUMNS " FROM contact "
    "JOIN account ON account.id = contact.account LEFT JOIN folder ON folder.id = contact.folder "
    "LEFT JOIN id_prefix AS a ON a.id = contact.id_prefix LEFT JOIN id_prefix AS b ON b.id = contact.key_prefix "
    "WHERE contact.id = ?1";

enum { READ_FIRST_TEXT = 14 };

static char *copied(struct kith_stmt *s, int column, struct kith_arena *arena)
{
    const char *text = kith_stmt_text(s, column);

    return kith_arena_copy(arena, text, (size_t)sqlite3_column_bytes(s->handle, column));
}

static char *joined(struct kith_arena *arena, const char *a, const char *between, const char *b)
{
    size_t size = strlen(a) + strlen(between) + strlen(b) + 1;
    char *out = kith_arena_alloc(arena, size);

    kith_text_format(out, size, "%s%s%s", a, between, b);
    return out;
}

/* What is left of shown beside the given name, and a middle one; "" in a file that is damaged. */
static const char *family_in_shown(const struct kith_contact *c, int64_t flags, struct kith_arena *arena)
{
    size_t shown_len = strlen(c->shown), given_len = strlen(c->text[KITH_TEXT_GIVEN]);
    size_t middle_len = strlen(c->text[KITH_TEXT_MIDDLE]);
    bool ends = flags & CONTACT_FAMILY_ENDS;
    size_t others = ends ? given_len + 1 + (middle_len ? middle_len + 1 : 0) : given_len + 2;

    if (others > shown_len)
        return "";
    return ends ? c->shown + others : kith_arena_copy(arena, c->shown, shown_len - others);
}

static void put_back(struct kith_contact *c, int64_t flags, struct kith_arena *arena)
{
    if (flags & (CONTACT_FAMILY_ENDS | CONTACT_FAMILY_BEGINS))
        c->text[KITH_TEXT_FAMILY] = family_in_shown(c, flags, arena);
    if (flags & CONTACT_SHOWN_IS_NAME)
        c->text[KITH_TEXT_DISPLAY] = c->shown;
    if (flags & CONTACT_FILE_AS_SHOWN)
        c->text[KITH_TEXT_FILE_AS] = c->shown;
    if (flags & CONTACT_FILE_AS_REVERSED)
        c->text[KITH_TEXT_FILE_AS] = joined(arena, c->text[KITH_TEXT_FAMILY], ", ", c->text[KITH_TEXT_GIVEN]);
}

static int64_t read_row(struct kith_stmt *s, struct kith_arena *arena, struct kith_contact *c)
{
    char room[KITH_PACK_TEXT_MAX + 1];
    int64_t flags = kith_stmt_int(s, 8);

    c->account_id = kith_stmt_int(s, 0);
    c->account = copied(s, 1, arena);
    c->source = (enum kith_source)kith_stmt_int(s, 2);
    c->folder = copied(s, 3, arena);
    c->source_id = joined(arena, kith_stmt_text(s, 4), "", unpacked(s, 5, room));
    c->change_key = joined(arena, kith_stmt_text(s, 6), "", unpacked(s, 7, room));
    c->nameless = flags & CONTACT_NAMELESS;
    c->partial = flags & CONTACT_PARTIAL;
    c->has_photo = flags & CONTACT_HAS_PHOTO;
    c->colour = (int)kith_stmt_int(s, 9);
    c->created_s = kith_stmt_int(s, 10);
    c->modified_s = kith_stmt_int(s, 11);
    c->shown = copied(s, 12, arena);
    c->initials = copied(s, 13, arena);
    for (int i = 0; i < KITH_TEXT_COUNT; i++)
        c->text[i] = copied(s, READ_FIRST_TEXT + i, arena);
    put_back(c, flags, arena);
    return flags;
}

static const char read_emails_sql[] =
    "SELECT place, address, name_is, name, label FROM email WHERE " PARTS_OF_CONTACT " ORDER BY id";

static void read_email(struct kith_stmt *s, struct kith_arena *arena, struct kith_contact *c)
{
    struct kith_email *e = kith_contact_add_email(c, arena);
    int64_t caption = kith_stmt_int(s, 2);

    if (!e)
        return;
    e->place = (enum kith_place)kith_stmt_int(s, 0);
    e->address = copied(s, 1, arena);
    e->name = caption == CAPTION_ADDRESS ? e->address : caption == CAPTION_SHOWN ? c->shown : copied(s, 3, arena);
    e->label = copied(s, 4, arena);
}

static const char read_phones_sql[] =
    "SELECT kind, number_class, assumed, raw, label, e164, national_len, national, extension FROM phone "
    "WHERE " PARTS_OF_CONTACT " ORDER BY id";

static void read_phone(struct kith_stmt *s, struct kith_arena *arena, struct kith_contact *c)
{
    struct kith_phone *p = kith_contact_add_phone(c, arena);

    if (!p)
        return;
    p->kind = (enum kith_phone_kind)kith_stmt_int(s, 0);
    p->number_class = (enum kith_number_class)kith_stmt_int(s, 1);
    p->region_assumed = kith_stmt_int(s, 2) != 0;
    p->raw = copied(s, 3, arena);
    p->label = copied(s, 4, arena);
    kith_text_copy(p->national, sizeof(p->national), kith_stmt_text(s, 7));
    kith_text_copy(p->extension, sizeof(p->extension), kith_stmt_text(s, 8));
    if (kith_stmt_is_null(s, 5))
        return;
    kith_e164_text(kith_stmt_int(s, 5), p->e164);
    size_t len = strlen(p->e164), national_len = (size_t)kith_stmt_int(s, 6);
    if (national_len > 0 && national_len < len)
        kith_text_copy(p->national, sizeof(p->national), p->e164 + len - national_len);
}

static const char read_addresses_sql[] =
    "SELECT place, street, po_box, city, region, postal_code, country, label FROM address "
    "WHERE " PARTS_OF_CONTACT " ORDER BY id";

static void read_address(struct kith_stmt *s, struct kith_arena *arena, struct kith_contact *c)
{
    struct kith_address *a = kith_contact_add_address(c, arena);

    if (!a)
        return;
    a->place = (enum kith_place)kith_stmt_int(s, 0);
    a->street = copied(s, 1, arena);
    a->po_box = copied(s, 2, arena);
    a->city = copied(s, 3, arena);
    a->region = copied(s, 4, arena);
    a->postal_code = copied(s, 5, arena);
    a->country = copied(s, 6, arena);
    a->label = copied(s, 7, arena);
}

static const char read_dates_sql[] =
    "SELECT kind, year, month, day, label FROM date WHERE " PARTS_OF_CONTACT " ORDER BY id";

static void read_date(struct kith_stmt *s, struct kith_arena *arena, struct kith_contact *c)
{
    struct kith_date *d = kith_contact_add_date(c, arena);

    if (!d)
        return;
    d->kind = (enum kith_date_kind)kith_stmt_int(s, 0);
    d->year = (int)kith_stmt_int(s, 1);
    d->month = (int)kith_stmt_int(s, 2);
    d->day = (int)kith_stmt_int(s, 3);
    d->label = copied(s, 4, arena);
}

static const char read_items_sql[] =
    "SELECT kind, place, label, value FROM item WHERE " PARTS_OF_CONTACT " ORDER BY id";

static void read_item(struct kith_stmt *s, struct kith_arena *arena, struct kith_contact *c)
{
    enum kith_item_kind kind = (enum kith_item_kind)kith_stmt_int(s, 0);
    struct kith_item *item = kith_contact_add_item(c, arena, kind, "");

    if (!item)
        return;
    item->place = (enum kith_place)kith_stmt_int(s, 1);
    item->label = copied(s, 2, arena);
    item->value = copied(s, 3, arena);
}

static const struct part_reader {
    enum contact_flag flag; /* none of its rows is there without it */
    const char *sql;
    void (*read)(struct kith_stmt *s, struct kith_arena *arena, struct kith_contact *c);
} part_readers[] = {
    {CONTACT_HAS_EMAIL, read_emails_sql, read_email},        {CONTACT_HAS_PHONE, read_phones_sql, read_phone},
    {CONTACT_HAS_ADDRESS, read_addresses_sql, read_address}, {CONTACT_HAS_DATE, read_dates_sql, read_date},
    {CONTACT_HAS_ITEM, read_items_sql, read_item},
};

static const char read_note_sql[] = "SELECT n_bytes, packed FROM note WHERE contact = ?1";

static enum kith_status read_note(struct kith_db *db, int64_t id, struct kith_arena *arena, struct kith_contact *c,
                                  struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, read_note_sql);
    size_t packed_len = 0;

    kith_bind_int(&s, id);
    bool found = kith_stmt_step(&s);
    enum kith_status st = kith_stmt_end(&s, read_what, err);
    if (st != KITH_OK)
        return st;
    const void *packed = found ? kith_stmt_blob(&s, 1, &packed_len) : NULL;
    const char *note = found ? kith_unpack_long(packed, packed_len, kith_stmt_int(&s, 0), arena) : NULL;
    if (!note)
        return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_DAMAGED,
                                "contacts are damaged: the note of a contact cannot be read");
    c->text[KITH_TEXT_NOTES] = note;
    return KITH_OK;
}

static enum kith_status read_parts(struct kith_db *db, const struct part_reader *reader, int64_t id,
                                   struct kith_arena *arena, struct kith_contact *c, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, reader->sql);

    kith_bind_int(&s, id);
    while (kith_stmt_step(&s))
        reader->read(&s, arena, c);
    return kith_stmt_end(&s, read_what, err);
}

enum kith_status kith_contact_read(struct kith_db *db, int64_t id, struct kith_arena *arena,
                                   struct kith_contact *contact, bool *ret_found, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, read_sql);
    int64_t flags = 0;

    kith_bind_int(&s, id);
    bool found = kith_stmt_step(&s);
    enum kith_status st = kith_stmt_end(&s, read_what, err);
    if (st != KITH_OK)
        return st;
    if (found) {
        flags = read_row(&s, arena, contact);
        contact->id = id;
    }
    if (flags & CONTACT_HAS_LONG_NOTE)
        st = read_note(db, id, arena, contact, err);
    for (size_t i = 0; i < KITH_COUNT_OF(part_readers) && st == KITH_OK; i++) {
        if (flags & part_readers[i].flag)
            st = read_parts(db, &part_readers[i], id, arena, contact, err);
    }
    if (st == KITH_OK)
        *ret_found = found;
    return st;
}
