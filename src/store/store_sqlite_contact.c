/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_contact.c - one contact becomes rows, and goes again; see store_contact.h.
 *
 * Before: store_sqlite_import.c decides that the contact is written.
 * After:  store_sqlite_read.c makes the contact of the rows again.
 *
 * A text that is kept elsewhere already (the name in shown, the address as its own caption,
 * the beginning of an id) is kept once and put back when it is read.
 */
#include "store/store_contact.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "store/store_pack.h"

enum {
    PREFIX_MIN = 16,          /* a shorter one saves nothing */
    PREFIX_GAIN = 12,         /* a new one must beat the best known by this much */
    PREFIXES_MAX = 64,        /* of one account; ids that have nothing in common are kept whole */
    FOLDERS_IN_MEMORY = 1000, /* folders beyond it are asked for each time */
    LONG_NOTE_BYTES = 1024,   /* longer notes are packed: of those that spill over, half a page is lost on average */
};

_Static_assert(KITH_PARTS_MAX <= 1 << PART_BITS, "a part's place fits into its number");

static const char write_what[] = "save a contact";
static const char no_letter[] = "#";

/* --- Prefixes and folders ------------------------------------------------------ */

struct kith_prefix {
    int64_t id; /* 0 none */
    size_t len;
};

static void known_done(struct kith_known_texts *known)
{
    for (size_t i = 0; i < known->n; i++)
        free(known->entry[i].text);
    free(known->entry);
    *known = (struct kith_known_texts){0};
}

static void known_add(struct kith_known_texts *known, int64_t id, const char *text, size_t len)
{
    if (known->n == known->cap) {
        known->cap = known->cap ? known->cap * 2 : 16;
        known->entry = kith_xrealloc(known->entry, known->cap, sizeof(known->entry[0]));
    }
    known->entry[known->n++] = (struct kith_known_text){.id = id, .len = len, .text = kith_xstrndup(text, len)};
}

static const struct kith_known_text *known_by_id(const struct kith_known_texts *known, int64_t id)
{
    for (size_t i = 0; i < known->n; i++) {
        if (known->entry[i].id == id)
            return &known->entry[i];
    }
    return NULL;
}

static const char prefixes_sql[] = "SELECT id, beginning FROM id_prefix WHERE account = ?1";
static const char folders_sql[] = "SELECT id, path FROM folder WHERE account = ?1";

static enum kith_status load_known(struct kith_db *db, const char *sql, int64_t account_id,
                                   struct kith_known_texts *known, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, sql);

    kith_bind_int(&s, account_id);
    while (known->n < FOLDERS_IN_MEMORY && kith_stmt_step(&s)) {
        const char *text = kith_stmt_text(&s, 1);
        known_add(known, kith_stmt_int(&s, 0), text, strlen(text));
    }
    return kith_stmt_end(&s, "read an account", err);
}

enum kith_status kith_account_texts_load(struct kith_db *db, int64_t account_id, struct kith_account_texts *texts,
                                         struct kith_error *err)
{
    kith_account_texts_done(texts);
    texts->account_id = account_id;
    enum kith_status st = load_known(db, prefixes_sql, account_id, &texts->prefixes, err);
    return st == KITH_OK ? load_known(db, folders_sql, account_id, &texts->folders, err) : st;
}

void kith_account_texts_done(struct kith_account_texts *texts)
{
    known_done(&texts->prefixes);
    known_done(&texts->folders);
    free(texts->last_id);
    free(texts->last_key);
    texts->last_id = texts->last_key = NULL;
}

static const char add_prefix_sql[] = "INSERT INTO id_prefix (account, beginning) VALUES (?1, ?2)";
static const char add_folder_sql[] = "INSERT INTO folder (account, path) VALUES (?1, ?2)";
static const char find_folder_sql[] = "SELECT id FROM folder WHERE account = ?1 AND path = ?2";

static enum kith_status add_known(struct kith_db *db, const char *sql, int64_t account_id,
                                  struct kith_known_texts *known, const char *text, size_t len, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, sql);

    kith_bind_int(&s, account_id);
    kith_bind_text_n(&s, text, len);
    enum kith_status st = kith_stmt_run(&s, write_what, err);
    if (st == KITH_OK)
        known_add(known, sqlite3_last_insert_rowid(db->sqlite), text, len);
    return st;
}

/* The longest known beginning of text; NULL when none fits. */
static const struct kith_known_text *best_prefix(const struct kith_known_texts *known, const char *text)
{
    const struct kith_known_text *best = NULL;

    for (size_t i = 0; i < known->n; i++) {
        const struct kith_known_text *p = &known->entry[i];
        if ((!best || p->len > best->len) && strncmp(text, p->text, p->len) == 0)
            best = p;
    }
    return best;
}

/*
 * What two ids in a row have in common is worth being known when it is much more than is known.
 * last: the one before, yours to free; it becomes this one. *ret: its number and length, 0 for none.
 */
static enum kith_status choose_prefix(struct kith_db *db, struct kith_account_texts *texts, char **last,
                                      const char *text, struct kith_prefix *ret, struct kith_error *err)
{
    const struct kith_known_text *best = best_prefix(&texts->prefixes, text);
    size_t common = *last ? kith_common_prefix(*last, text) : 0;
    enum kith_status st = KITH_OK;

    if (common >= PREFIX_MIN && common >= (best ? best->len : 0) + PREFIX_GAIN && texts->prefixes.n < PREFIXES_MAX) {
        st = add_known(db, add_prefix_sql, texts->account_id, &texts->prefixes, text, common, err);
        if (st != KITH_OK)
            return st;
        best = &texts->prefixes.entry[texts->prefixes.n - 1];
    }
    free(*last);
    *last = kith_xstrdup(text);
    *ret = best ? (struct kith_prefix){.id = best->id, .len = best->len} : (struct kith_prefix){0};
    return st;
}

static enum kith_status folder_number(struct kith_db *db, struct kith_account_texts *texts, const char *path,
                                      int64_t *ret, struct kith_error *err)
{
    struct kith_known_texts *known = &texts->folders;

    *ret = 0;
    if (path[0] == '\0')
        return KITH_OK;
    for (size_t i = 0; i < known->n; i++) {
        if (strcmp(known->entry[i].text, path) == 0) {
            *ret = known->entry[i].id;
            return KITH_OK;
        }
    }
    if (known->n >= FOLDERS_IN_MEMORY) {
        KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, find_folder_sql);
        kith_bind_int(&s, texts->account_id);
        kith_bind_text(&s, path);
        if (kith_stmt_step(&s)) {
            *ret = kith_stmt_int(&s, 0);
            return KITH_OK;
        }
    }
    enum kith_status st = add_known(db, add_folder_sql, texts->account_id, known, path, strlen(path), err);
    if (st == KITH_OK)
        *ret = known->entry[known->n - 1].id;
    return st;
}

/* --- Packed texts ------------------------------------------------------------------ */

static void bind_packed(struct kith_stmt *s, const char *text, struct kith_packed *room)
{
    kith_pack(text, strlen(text), room);
    if (room->binary)
        kith_bind_blob(s, room->data, room->len);
    else
        kith_bind_text_n(s, room->data, room->len);
}

static bool column_is(struct kith_stmt *s, int column, const char *text)
{
    struct kith_packed packed;
    const void *bytes = sqlite3_column_blob(s->handle, column);
    size_t len = (size_t)sqlite3_column_bytes(s->handle, column);

    kith_pack(text, strlen(text), &packed);
    return packed.len == len && packed.binary == (sqlite3_column_type(s->handle, column) == SQLITE_BLOB) &&
           (len == 0 || memcmp(packed.data, bytes, len) == 0);
}

/* --- Looking up ---------------------------------------------------------------------- */

static const char look_up_sql[] =
    "SELECT id, account, id_prefix, id_rest, key_prefix, change_key FROM contact WHERE source_hash = ?1";

/* prefix, rest: columns of a text that was split. */
static bool split_is(struct kith_stmt *s, int prefix, int rest, const struct kith_account_texts *texts,
                     const char *text)
{
    size_t skip = 0;

    if (!kith_stmt_is_null(s, prefix)) {
        const struct kith_known_text *known = known_by_id(&texts->prefixes, kith_stmt_int(s, prefix));
        if (!known || strncmp(text, known->text, known->len) != 0)
            return false;
        skip = known->len;
    }
    return column_is(s, rest, text + skip);
}

enum kith_status kith_contact_look_up(struct kith_db *db, const struct kith_account_texts *texts, const char *source_id,
                                      const char *change_key, int64_t *ret_id, bool *ret_same, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, look_up_sql);

    kith_bind_int(&s, kith_source_hash(texts->account_id, source_id));
    while (kith_stmt_step(&s)) {
        if (kith_stmt_int(&s, 1) != texts->account_id || !split_is(&s, 2, 3, texts, source_id))
            continue;
        *ret_id = kith_stmt_int(&s, 0);
        *ret_same = split_is(&s, 4, 5, texts, change_key);
        return KITH_OK;
    }
    enum kith_status st = kith_stmt_end(&s, "look a contact up", err);
    if (st == KITH_OK) {
        *ret_id = 0;
        *ret_same = false;
    }
    return st;
}

/* --- Writing ---------------------------------------------------------------------------- */

static const char insert_sql[] =
    "INSERT INTO contact (id, account, source_hash, id_prefix, id_rest, key_prefix, change_key, folder, flags, colour, "
    "created_s, modified_s, sort_key, letter, shown, bold_start, bold_len, reading, monogram, " CONTACT_TEXT_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static bool is_company(const struct kith_contact *c)
{
    return c->text[KITH_TEXT_COMPANY][0] && !c->text[KITH_TEXT_GIVEN][0] && !c->text[KITH_TEXT_MIDDLE][0] &&
           !c->text[KITH_TEXT_FAMILY][0] && strcmp(c->text[KITH_TEXT_COMPANY], c->shown) == 0;
}

static bool shown_is_name(const struct kith_contact *c)
{
    return c->shown[0] && strcmp(c->shown, c->text[KITH_TEXT_DISPLAY]) == 0;
}

static bool is_reversed(const char *file_as, const char *family, const char *given)
{
    size_t family_len = strlen(family);

    return family_len > 0 && given[0] && strncmp(file_as, family, family_len) == 0 &&
           strncmp(file_as + family_len, ", ", 2) == 0 && strcmp(file_as + family_len + 2, given) == 0;
}

/* What "file as" says again, as nearly all do. */
static int64_t file_as_of(const struct kith_contact *c)
{
    const char *file_as = c->text[KITH_TEXT_FILE_AS];

    if (file_as[0] && strcmp(file_as, c->shown) == 0)
        return CONTACT_FILE_AS_SHOWN;
    return is_reversed(file_as, c->text[KITH_TEXT_FAMILY], c->text[KITH_TEXT_GIVEN]) ? CONTACT_FILE_AS_REVERSED : 0;
}

/* Where shown begins with text and between; else NULL. Returns what follows. */
static const char *behind(const char *shown, const char *text, const char *between)
{
    size_t len = strlen(text), between_len = strlen(between);

    if (!shown || strncmp(shown, text, len) != 0 || strncmp(shown + len, between, between_len) != 0)
        return NULL;
    return shown + len + between_len;
}

/* The family name, when shown has it in a place that the other names tell. */
static int64_t family_of(const struct kith_contact *c)
{
    const char *given = c->text[KITH_TEXT_GIVEN], *middle = c->text[KITH_TEXT_MIDDLE];
    const char *family = c->text[KITH_TEXT_FAMILY], *rest = behind(c->shown, given, " ");

    if (!family[0] || !given[0])
        return 0;
    if (middle[0])
        rest = behind(rest, middle, " ");
    if (rest && strcmp(rest, family) == 0)
        return CONTACT_FAMILY_ENDS;
    rest = behind(c->shown, family, ", ");
    return rest && strcmp(rest, given) == 0 ? CONTACT_FAMILY_BEGINS : 0;
}

static bool has_long_note(const struct kith_contact *c)
{
    return strlen(c->text[KITH_TEXT_NOTES]) > LONG_NOTE_BYTES;
}

static int64_t flags_of(const struct kith_contact *c)
{
    return file_as_of(c) | family_of(c) | (has_long_note(c) ? CONTACT_HAS_LONG_NOTE : 0) |
           (c->nameless ? CONTACT_NAMELESS : 0) | (c->partial ? CONTACT_PARTIAL : 0) |
           (c->has_photo ? CONTACT_HAS_PHOTO : 0) | (is_company(c) ? CONTACT_IS_COMPANY : 0) |
           (shown_is_name(c) ? CONTACT_SHOWN_IS_NAME : 0) | (c->n_emails ? CONTACT_HAS_EMAIL : 0) |
           (c->n_phones ? CONTACT_HAS_PHONE : 0) | (c->n_addresses ? CONTACT_HAS_ADDRESS : 0) |
           (c->n_dates ? CONTACT_HAS_DATE : 0) | (c->n_items ? CONTACT_HAS_ITEM : 0);
}

static bool is_elsewhere(const struct kith_contact *c, enum kith_text text)
{
    switch (text) {
    case KITH_TEXT_DISPLAY:
        return shown_is_name(c);
    case KITH_TEXT_FILE_AS:
        return file_as_of(c) != 0;
    case KITH_TEXT_FAMILY:
        return family_of(c) != 0;
    case KITH_TEXT_NOTES:
        return has_long_note(c);
    default:
        return false;
    }
}

static enum kith_status write_row(struct kith_db *db, struct kith_account_texts *texts, int64_t id,
                                  const struct kith_contact *c, const struct kith_keys *keys, struct kith_error *err)
{
    struct kith_prefix id_prefix = {0}, key_prefix = {0};
    struct kith_packed rest, change_key;
    int64_t folder = 0;
    enum kith_status st = choose_prefix(db, texts, &texts->last_id, c->source_id, &id_prefix, err);

    if (st == KITH_OK)
        st = choose_prefix(db, texts, &texts->last_key, c->change_key, &key_prefix, err);
    if (st == KITH_OK)
        st = folder_number(db, texts, c->folder, &folder, err);
    if (st != KITH_OK)
        return st;

    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, insert_sql);
    kith_bind_int(&s, id);
    kith_bind_int(&s, texts->account_id);
    kith_bind_int(&s, kith_source_hash(texts->account_id, c->source_id));
    kith_bind_int_or_null(&s, id_prefix.id);
    bind_packed(&s, c->source_id + id_prefix.len, &rest);
    kith_bind_int_or_null(&s, key_prefix.id);
    bind_packed(&s, c->change_key + key_prefix.len, &change_key);
    kith_bind_int_or_null(&s, folder);
    kith_bind_int(&s, flags_of(c));
    kith_bind_int(&s, c->colour);
    kith_bind_int_or_null(&s, c->created_s);
    kith_bind_int_or_null(&s, c->modified_s);
    kith_bind_blob(&s, keys->sort.data, keys->sort.len);
    kith_bind_text(&s, keys->letter[0] ? keys->letter : no_letter);
    kith_bind_text(&s, c->shown);
    kith_bind_int(&s, (int64_t)keys->bold_start);
    kith_bind_int(&s, (int64_t)keys->bold_len);
    kith_bind_text(&s, keys->reading);
    kith_bind_text(&s, c->initials);
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        kith_bind_text(&s, is_elsewhere(c, (enum kith_text)i) ? "" : c->text[i]);
    return kith_stmt_run(&s, write_what, err);
}

static const char insert_note_sql[] = "INSERT INTO note (contact, n_bytes, packed) VALUES (?, ?, ?)";

static enum kith_status write_note(struct kith_db *db, int64_t id, const struct kith_contact *c, struct kith_error *err)
{
    const char *note = c->text[KITH_TEXT_NOTES];
    size_t len = strlen(note), packed_len = 0;
    KITH_AUTO_STRING packed = kith_pack_long(note, len, &packed_len);

    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, insert_note_sql);
    kith_bind_int(&s, id);
    kith_bind_int(&s, (int64_t)len);
    kith_bind_blob(&s, packed, packed_len);
    return kith_stmt_run(&s, write_what, err);
}

int64_t kith_part_id(int64_t contact_id, size_t ord)
{
    return (contact_id << PART_BITS) + (int64_t)ord;
}

static const char insert_email_sql[] =
    "INSERT INTO email (id, place, address, name_is, name, label) VALUES (?, ?, ?, ?, ?, ?)";

static enum caption caption_of(const struct kith_email *e, const char *shown)
{
    if (e->name[0] && strcmp(e->name, e->address) == 0)
        return CAPTION_ADDRESS;
    return e->name[0] && strcmp(e->name, shown) == 0 ? CAPTION_SHOWN : CAPTION_OWN;
}

static enum kith_status write_emails(struct kith_db *db, int64_t id, const struct kith_contact *c,
                                     struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, insert_email_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < c->n_emails && st == KITH_OK; i++) {
        const struct kith_email *e = &c->emails[i];
        enum caption caption = caption_of(e, c->shown);
        kith_bind_int(&s, kith_part_id(id, i));
        kith_bind_int(&s, e->place);
        kith_bind_text(&s, e->address);
        kith_bind_int(&s, caption);
        kith_bind_text(&s, caption == CAPTION_OWN ? e->name : "");
        kith_bind_text(&s, e->label);
        st = kith_stmt_run(&s, write_what, err);
    }
    return st;
}

static const char insert_phone_sql[] =
    "INSERT INTO phone (id, kind, number_class, assumed, raw, label, e164, national_len, national, ending, "
    "extension) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

static enum kith_status write_phones(struct kith_db *db, int64_t id, const struct kith_contact *c,
                                     struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, insert_phone_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < c->n_phones && st == KITH_OK; i++) {
        const struct kith_phone *p = &c->phones[i];
        int64_t e164 = kith_e164_number(p->e164);
        bool within = e164 && p->national[0] && kith_text_ends_with(p->e164 + 1, p->national);
        kith_bind_int(&s, kith_part_id(id, i));
        kith_bind_int(&s, p->kind);
        kith_bind_int(&s, p->number_class);
        kith_bind_int(&s, p->region_assumed);
        kith_bind_text(&s, p->raw);
        kith_bind_text(&s, p->label);
        kith_bind_int_or_null(&s, e164);
        kith_bind_int_or_null(&s, within ? (int64_t)strlen(p->national) : 0);
        kith_bind_text(&s, within ? "" : p->national);
        kith_bind_int_or_null(&s, kith_ending(p->national));
        kith_bind_text(&s, p->extension);
        st = kith_stmt_run(&s, write_what, err);
    }
    return st;
}

static const char insert_address_sql[] = "INSERT INTO address (id, place, street, po_box, city, region, "
                                         "postal_code, country, label) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";

static enum kith_status write_addresses(struct kith_db *db, int64_t id, const struct kith_contact *c,
                                        struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, insert_address_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < c->n_addresses && st == KITH_OK; i++) {
        const struct kith_address *a = &c->addresses[i];
        kith_bind_int(&s, kith_part_id(id, i));
        kith_bind_int(&s, a->place);
        kith_bind_text(&s, a->street);
        kith_bind_text(&s, a->po_box);
        kith_bind_text(&s, a->city);
        kith_bind_text(&s, a->region);
        kith_bind_text(&s, a->postal_code);
        kith_bind_text(&s, a->country);
        kith_bind_text(&s, a->label);
        st = kith_stmt_run(&s, write_what, err);
    }
    return st;
}

static const char insert_date_sql[] = "INSERT INTO date (id, kind, year, month, day, label) VALUES (?, ?, ?, ?, ?, ?)";

static enum kith_status write_dates(struct kith_db *db, int64_t id, const struct kith_contact *c,
                                    struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, insert_date_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < c->n_dates && st == KITH_OK; i++) {
        const struct kith_date *d = &c->dates[i];
        kith_bind_int(&s, kith_part_id(id, i));
        kith_bind_int(&s, d->kind);
        kith_bind_int(&s, d->year);
        kith_bind_int(&s, d->month);
        kith_bind_int(&s, d->day);
        kith_bind_text(&s, d->label);
        st = kith_stmt_run(&s, write_what, err);
    }
    return st;
}

static const char insert_item_sql[] = "INSERT INTO item (id, kind, place, label, value) VALUES (?, ?, ?, ?, ?)";

static enum kith_status write_items(struct kith_db *db, int64_t id, const struct kith_contact *c,
                                    struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, insert_item_sql);
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < c->n_items && st == KITH_OK; i++) {
        const struct kith_item *item = &c->items[i];
        kith_bind_int(&s, kith_part_id(id, i));
        kith_bind_int(&s, item->kind);
        kith_bind_int(&s, item->place);
        kith_bind_text(&s, item->label);
        kith_bind_text(&s, item->value);
        st = kith_stmt_run(&s, write_what, err);
    }
    return st;
}

static enum kith_status write_parts(struct kith_db *db, int64_t id, const struct kith_contact *c,
                                    struct kith_error *err)
{
    enum kith_status st = write_emails(db, id, c, err);

    if (st == KITH_OK && has_long_note(c))
        st = write_note(db, id, c, err);
    if (st == KITH_OK)
        st = write_phones(db, id, c, err);
    if (st == KITH_OK)
        st = write_addresses(db, id, c, err);
    if (st == KITH_OK)
        st = write_dates(db, id, c, err);
    return st == KITH_OK ? write_items(db, id, c, err) : st;
}

/* A new contact without a picture has nothing to forget. */
static enum kith_status write_photo(struct kith_db *db, int64_t id, const struct kith_contact *c, bool is_new,
                                    struct kith_error *err)
{
    return is_new && !c->has_photo ? KITH_OK : kith_photo_note(db, id, c, err);
}

enum kith_status kith_contact_insert(struct kith_db *db, struct kith_account_texts *texts, int64_t id,
                                     const struct kith_contact *contact, const struct kith_keys *keys,
                                     struct kith_error *err)
{
    enum kith_status st = write_row(db, texts, id, contact, keys, err);

    if (st == KITH_OK)
        st = write_parts(db, id, contact, err);
    return st == KITH_OK ? write_photo(db, id, contact, /* is_new= */ true, err) : st;
}

static enum kith_status remove_row_and_parts(struct kith_db *db, int64_t id, struct kith_error *err);

/*
 * Deleted and written, since a REPLACE opens a savepoint of its own, and at each savepoint FTS5 writes what it has
 * gathered to its tables: a segment a contact, and merges of them without end.
 */
enum kith_status kith_contact_replace(struct kith_db *db, struct kith_account_texts *texts, int64_t id,
                                      const struct kith_contact *contact, const struct kith_keys *keys,
                                      struct kith_error *err)
{
    enum kith_status st = remove_row_and_parts(db, id, err);

    if (st == KITH_OK)
        st = write_row(db, texts, id, contact, keys, err);
    if (st == KITH_OK)
        st = write_parts(db, id, contact, err);
    return st == KITH_OK ? write_photo(db, id, contact, /* is_new= */ false, err) : st;
}

static const char set_sort_sql[] =
    "UPDATE contact SET sort_key = ?1, letter = ?2, bold_start = ?3, bold_len = ?4, reading = ?5 WHERE id = ?6";

enum kith_status kith_contact_set_sort(struct kith_db *db, int64_t id, const struct kith_keys *keys,
                                       struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, set_sort_sql);

    kith_bind_blob(&s, keys->sort.data, keys->sort.len);
    kith_bind_text(&s, keys->letter[0] ? keys->letter : no_letter);
    kith_bind_int(&s, (int64_t)keys->bold_start);
    kith_bind_int(&s, (int64_t)keys->bold_len);
    kith_bind_text(&s, keys->reading);
    kith_bind_int(&s, id);
    return kith_stmt_run(&s, write_what, err);
}

/* --- Removing ------------------------------------------------------------------------------ */

static enum kith_status run_with(struct kith_db *db, const char *sql, int64_t number, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, sql);

    kith_bind_int(&s, number);
    return kith_stmt_run(&s, "remove contacts", err);
}

static const char drop_emails_sql[] = "DELETE FROM email WHERE " PARTS_OF_CONTACT;
static const char drop_phones_sql[] = "DELETE FROM phone WHERE " PARTS_OF_CONTACT;
static const char drop_addresses_sql[] = "DELETE FROM address WHERE " PARTS_OF_CONTACT;
static const char drop_dates_sql[] = "DELETE FROM date WHERE " PARTS_OF_CONTACT;
static const char drop_items_sql[] = "DELETE FROM item WHERE " PARTS_OF_CONTACT;
static const char drop_note_sql[] = "DELETE FROM note WHERE contact = ?1";
static const char drop_photo_sql[] = "DELETE FROM photo WHERE contact = ?1";
static const char drop_contact_sql[] = "DELETE FROM contact WHERE id = ?1";

static enum kith_status remove_row_and_parts(struct kith_db *db, int64_t id, struct kith_error *err)
{
    static const char *const sql[] = {drop_emails_sql, drop_phones_sql, drop_addresses_sql, drop_dates_sql,
                                      drop_items_sql,  drop_note_sql,   drop_contact_sql};
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < KITH_COUNT_OF(sql) && st == KITH_OK; i++)
        st = run_with(db, sql[i], id, err);
    return st;
}

enum kith_status kith_contact_remove(struct kith_db *db, int64_t id, struct kith_error *err)
{
    enum kith_status st = remove_row_and_parts(db, id, err);

    return st == KITH_OK ? run_with(db, drop_photo_sql, id, err) : st;
}

#define OF_ACCOUNT " WHERE contact IN (SELECT id FROM contact WHERE account = ?1)"

static const char drop_account_emails_sql[] = "DELETE FROM email" OF_ACCOUNT;
static const char drop_account_phones_sql[] = "DELETE FROM phone" OF_ACCOUNT;
static const char drop_account_addresses_sql[] = "DELETE FROM address" OF_ACCOUNT;
static const char drop_account_dates_sql[] = "DELETE FROM date" OF_ACCOUNT;
static const char drop_account_items_sql[] = "DELETE FROM item" OF_ACCOUNT;
static const char drop_account_notes_sql[] = "DELETE FROM note" OF_ACCOUNT;
static const char drop_account_photos_sql[] = "DELETE FROM photo" OF_ACCOUNT;
static const char drop_account_contacts_sql[] = "DELETE FROM contact WHERE account = ?1";
static const char drop_account_folders_sql[] = "DELETE FROM folder WHERE account = ?1";
static const char drop_account_prefixes_sql[] = "DELETE FROM id_prefix WHERE account = ?1";

enum kith_status kith_contact_remove_account(struct kith_db *db, int64_t account_id, struct kith_error *err)
{
    static const char *const sql[] = {drop_account_emails_sql,  drop_account_phones_sql,   drop_account_addresses_sql,
                                      drop_account_dates_sql,   drop_account_items_sql,    drop_account_notes_sql,
                                      drop_account_photos_sql,  drop_account_contacts_sql, drop_account_folders_sql,
                                      drop_account_prefixes_sql};
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < KITH_COUNT_OF(sql) && st == KITH_OK; i++)
        st = run_with(db, sql[i], account_id, err);
    return st;
}

enum kith_status kith_contact_remove_all(struct kith_db *db, struct kith_error *err)
{
    /* Without WHERE, SQLite drops whole trees instead of row after row. */
    return kith_db_exec(db,
                        "DELETE FROM email; DELETE FROM phone; DELETE FROM address; DELETE FROM date;"
                        "DELETE FROM item; DELETE FROM note; DELETE FROM photo; DELETE FROM contact; DELETE FROM "
                        "folder; DELETE FROM id_prefix;",
                        "remove contacts", err);
}
