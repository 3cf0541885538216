/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_list.c - My Contacts: rows in the order of the person's language, letters, one contact whole.
 *
 * Before: store_sqlite_import.c wrote contacts with their sort keys.
 * After:  faces show rows; show/ writes whole contacts.
 *
 * A page of the list begins after a contact, never at a number: the index is
 * entered where the page begins, however far down that is.
 */
#include "store/store_sqlite.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "model/rows.h"
#include "store/store_contact.h"
#include "store/store_pack.h"

/* --- One row --------------------------------------------------------------------- */

static const char account_sql[] = "SELECT name, source FROM account WHERE id = ?1";

/*
 * All of a row. What a flag says is not there is not looked for. One statement for many contacts: to begin and end one
 * costs as much as to read a row with it.
 */
#define ROW_COLUMNS                                                                                                    \
    "SELECT contact.id, account, flags, colour, shown, bold_start, bold_len, reading, monogram, company, job_title, "  \
    "email.address, phone.raw, phone.e164, photo.tag "
#define ROW_PARTS                                                                                                      \
    " LEFT JOIN email ON email.id = CASE WHEN flags & 32 THEN contact.id << 10 END "                                   \
    "LEFT JOIN phone ON phone.id = CASE WHEN flags & 64 THEN contact.id << 10 END "                                    \
    "LEFT JOIN photo ON photo.contact = CASE WHEN flags & 4 THEN contact.id END AND photo.kind <> 0"
_Static_assert(CONTACT_HAS_EMAIL == 32 && CONTACT_HAS_PHONE == 64 && CONTACT_HAS_PHOTO == 4, "as in ROW_PARTS");

enum { MANY = 20 }; /* a page of the answers to a question */

#define WANTED                                                                                                         \
    "WITH wanted (id) AS (VALUES (?1), (?2), (?3), (?4), (?5), (?6), (?7), (?8), (?9), (?10), (?11), (?12), (?13), "   \
    "(?14), (?15), (?16), (?17), (?18), (?19), (?20)) "
#define OF_WANTED " FROM wanted CROSS JOIN contact ON contact.id = wanted.id" ROW_PARTS

static const char row_sql[] = ROW_COLUMNS "FROM contact" ROW_PARTS " WHERE contact.id = ?1";
static const char many_rows_sql[] = WANTED ROW_COLUMNS OF_WANTED;
static const char placed_rows_sql[] = WANTED ROW_COLUMNS ", sort_key, letter" OF_WANTED;

enum row_column {
    ROW_ID,
    ROW_ACCOUNT,
    ROW_FLAGS,
    ROW_COLOUR,
    ROW_SHOWN,
    ROW_BOLD_START,
    ROW_BOLD_LEN,
    ROW_READING,
    ROW_MONOGRAM,
    ROW_COMPANY,
    ROW_JOB_TITLE,
    ROW_EMAIL,
    ROW_PHONE,
    ROW_E164,
    ROW_PHOTO_TAG,
    ROW_SORT_KEY, /* of placed_rows_sql */
    ROW_LETTER
};

static const char *copied(struct kith_stmt *s, int column, struct kith_arena *arena)
{
    size_t len;
    const char *text = kith_stmt_blob(s, column, &len); /* as text it would be copied once more, for its NUL */

    return kith_arena_copy(arena, text, len);
}

static void set_account(struct kith_row_maker *maker, int64_t account_id)
{
    if (maker->account_id == account_id)
        return;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(maker->db, account_sql);
    kith_bind_int(&s, account_id);
    bool found = kith_stmt_step(&s);
    maker->account_id = account_id;
    maker->account = found ? copied(&s, 0, kith_rows_arena(maker->rows)) : "";
    maker->source = found ? (enum kith_source)kith_stmt_int(&s, 1) : KITH_SOURCE_NONE;
}

/* The part of shown that sorts; nothing when the numbers do not fit the text. */
static const char *bold_of(const char *shown, int64_t start, int64_t len, struct kith_arena *arena)
{
    int64_t shown_len = (int64_t)strlen(shown);

    if (len <= 0 || start < 0 || start > shown_len || len > shown_len - start)
        return "";
    if (len == shown_len)
        return shown;
    return kith_arena_copy(arena, shown + start, (size_t)len);
}

/* Job and company, else e-mail, else number: what the name does not say already. */
static const char *second_of(const struct kith_row *row, const char *company, const char *job, struct kith_arena *arena)
{
    bool has_company = company[0] && strcmp(company, row->shown) != 0;

    if (job[0] && has_company) {
        size_t job_len = strlen(job), company_len = strlen(company);
        char *both = kith_arena_alloc(arena, job_len + company_len + 3);
        char *end = mempcpy(mempcpy(mempcpy(both, job, job_len), ", ", 2), company, company_len);
        *end = '\0';
        return both;
    }
    if (job[0] || has_company)
        return kith_arena_copy(arena, job[0] ? job : company, strlen(job[0] ? job : company));
    return row->email[0] && strcmp(row->email, row->shown) != 0   ? row->email
           : row->phone[0] && strcmp(row->phone, row->shown) != 0 ? row->phone
                                                                  : "";
}

static void fill_names(struct kith_row_maker *maker, struct kith_stmt *s, int first, int64_t flags,
                       struct kith_row *row)
{
    struct kith_arena *arena = kith_rows_arena(maker->rows);

    row->shown = copied(s, first, arena);
    row->bold = bold_of(row->shown, kith_stmt_int(s, first + 1), kith_stmt_int(s, first + 2), arena);
    row->reading = copied(s, first + 3, arena);
    row->is_company = flags & CONTACT_IS_COMPANY;
}

struct kith_row *kith_row_begin(struct kith_row_maker *maker, struct kith_stmt *s)
{
    struct kith_row *row = kith_rows_add(maker->rows);

    row->id = kith_stmt_int(s, RANKED_ID);
    fill_names(maker, s, RANKED_SHOWN, kith_stmt_int(s, RANKED_FLAGS), row);
    return row;
}

static void fill_row(struct kith_row_maker *maker, struct kith_stmt *s, struct kith_row *row)
{
    struct kith_arena *arena = kith_rows_arena(maker->rows);
    int64_t flags = kith_stmt_int(s, ROW_FLAGS);
    char text[KITH_PHOTO_TAG_SIZE > 17 ? KITH_PHOTO_TAG_SIZE : 17];

    set_account(maker, kith_stmt_int(s, ROW_ACCOUNT));
    row->account_id = maker->account_id;
    row->account = maker->account;
    row->source = maker->source;
    row->colour = (int)kith_stmt_int(s, ROW_COLOUR);
    if (!row->shown[0])
        fill_names(maker, s, ROW_SHOWN, flags, row);
    row->initials = copied(s, ROW_MONOGRAM, arena);
    row->nameless = flags & CONTACT_NAMELESS;
    row->has_photo = flags & CONTACT_HAS_PHOTO;
    row->email = copied(s, ROW_EMAIL, arena);
    row->phone = copied(s, ROW_PHONE, arena);
    if (!kith_stmt_is_null(s, ROW_E164)) {
        kith_e164_text(kith_stmt_int(s, ROW_E164), text);
        row->phone_e164 = kith_arena_copy(arena, text, strlen(text));
    }
    if (!kith_stmt_is_null(s, ROW_PHOTO_TAG)) {
        kith_photo_tag_text(kith_stmt_int(s, ROW_PHOTO_TAG), text);
        row->photo_tag = kith_arena_copy(arena, text, strlen(text));
    }
    row->second = second_of(row, kith_stmt_text(s, ROW_COMPANY), kith_stmt_text(s, ROW_JOB_TITLE), arena);
}

static void fill_place(struct kith_row_maker *maker, struct kith_stmt *s, struct kith_row_place *place)
{
    struct kith_arena *arena = kith_rows_arena(maker->rows);
    const char *key = kith_stmt_blob(s, ROW_SORT_KEY, &place->n_key);

    place->key = kith_arena_copy(arena, key, place->n_key);
    place->letter = copied(s, ROW_LETTER, arena);
}

/* Those whose contact is gone are passed over. place: NULL, or one for each. */
static enum kith_status complete_some(struct kith_row_maker *maker, const char *sql, struct kith_row *row, size_t n,
                                      struct kith_row_place *place, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(maker->db, sql);
    size_t i = 0;

    for (; i < n; i++)
        kith_bind_int(&s, row[i].id);
    for (i = 0; i < n && kith_stmt_step(&s); i++) {
        while (i + 1 < n && row[i].id != kith_stmt_int(&s, ROW_ID))
            i++;
        fill_row(maker, &s, &row[i]);
        if (place)
            fill_place(maker, &s, &place[i]);
    }
    return kith_stmt_end(&s, "read a contact", err);
}

enum kith_status kith_rows_complete(struct kith_row_maker *maker, struct kith_row *row, size_t n,
                                    struct kith_error *err)
{
    enum { FEW = 4 }; /* each on its own */
    enum kith_status st = KITH_OK;

    for (size_t done = 0, some; done < n && st == KITH_OK; done += some) {
        struct kith_row_place *place = maker->place ? maker->place + done : NULL;
        const char *sql = place ? placed_rows_sql : n - done >= FEW ? many_rows_sql : row_sql;
        some = sql == row_sql ? 1 : n - done < MANY ? n - done : MANY;
        st = complete_some(maker, sql, row + done, some, place, err);
    }
    return st;
}

/* --- The list ----------------------------------------------------------------------- */

/*
 * In the order of contact_order. The unary plus keeps the planner from thinking of
 * another way: it has no numbers to think with.
 */
#define IN_ORDER " ORDER BY sort_key, letter, account, id"

static const char all_ids_sql[] = "SELECT id FROM contact" IN_ORDER;
static const char account_ids_sql[] = "SELECT id FROM contact WHERE +account = ?1" IN_ORDER;
static const char after_sql[] =
    "SELECT id FROM contact WHERE (sort_key, letter, account, id) > (?1, ?2, ?3, ?4)" IN_ORDER;
static const char account_after_sql[] =
    "SELECT id FROM contact WHERE (sort_key, letter, account, id) > (?1, ?2, ?3, ?4) AND +account = ?5" IN_ORDER;
static const char place_sql[] = "SELECT sort_key, letter, account FROM contact WHERE id = ?1";

/* Make *s give the ids that come after *place (whose row is there), or all. */
static struct kith_stmt ids_in_order(struct kith_db *db, int64_t account_id, int64_t after, struct kith_stmt *place)
{
    struct kith_stmt s = kith_db_use(db, after        ? (account_id ? account_after_sql : after_sql)
                                         : account_id ? account_ids_sql
                                                      : all_ids_sql);

    if (after) {
        kith_bind_blob(&s, sqlite3_column_blob(place->handle, 0), (size_t)sqlite3_column_bytes(place->handle, 0));
        kith_bind_text(&s, kith_stmt_text(place, 1));
        kith_bind_int(&s, kith_stmt_int(place, 2));
        kith_bind_int(&s, after);
    }
    if (account_id)
        kith_bind_int(&s, account_id);
    return s;
}

static enum kith_status no_contact(struct kith_error *err)
{
    return kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_CONTACT, "there is no such contact");
}

enum kith_status kith_store_list(struct kith_store *store, const struct kith_list_options *options, int64_t account_id,
                                 struct kith_rows **ret, struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) place = kith_db_use(db, place_sql);
    kith_bind_int(&place, options->after);
    if (options->after && !kith_stmt_step(&place)) {
        st = kith_stmt_end(&place, "list the contacts", err);
        return st == KITH_OK ? no_contact(err) : st;
    }

    KITH_AUTO(kith_rows) rows = kith_rows_new();
    struct kith_row_maker maker = {.db = db, .rows = rows};
    KITH_AUTO_DONE(kith_stmt) s = ids_in_order(db, account_id, options->after, &place);
    while (kith_stmt_step(&s)) {
        if (options->limit > 0 && (int64_t)rows->n == options->limit) {
            rows->more = true;
            break;
        }
        kith_rows_add(rows)->id = kith_stmt_int(&s, 0);
    }
    st = kith_stmt_end(&s, "list the contacts", err);
    if (st == KITH_OK)
        st = kith_rows_complete(&maker, rows->row, rows->n, err);
    if (st == KITH_OK)
        *ret = KITH_TAKE(rows);
    return st;
}

/* Whoever asks for a number may ask for one that nobody has any longer. */
static void leave_out_gone(struct kith_rows *rows)
{
    size_t kept = 0;

    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].account_id != 0)
            rows->row[kept++] = rows->row[i];
    rows->n = kept;
}

enum kith_status kith_store_rows(struct kith_store *store, const int64_t *ids, size_t n, struct kith_rows **ret,
                                 struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    KITH_AUTO(kith_rows) rows = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    rows = kith_rows_new();
    struct kith_row_maker maker = {.db = db, .rows = rows};
    for (size_t i = 0; i < n; i++)
        kith_rows_add(rows)->id = ids[i];
    st = kith_rows_complete(&maker, rows->row, rows->n, err);
    if (st != KITH_OK)
        return st;
    leave_out_gone(rows);
    *ret = KITH_TAKE(rows);
    return KITH_OK;
}

static const char count_all_sql[] = "SELECT total(n_contacts) FROM account";
static const char count_sql[] = "SELECT n_contacts FROM account WHERE id = ?1";

static int64_t count_in(struct kith_db *db, int64_t account_id)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, account_id ? count_sql : count_all_sql);

    if (account_id)
        kith_bind_int(&s, account_id);
    return kith_stmt_step(&s) ? kith_stmt_int(&s, 0) : 0;
}

int64_t kith_store_count(struct kith_store *store, int64_t account_id)
{
    KITH_AUTO(kith_db) db = NULL;

    return kith_store_borrow(store, &db, NULL) == KITH_OK ? count_in(db, account_id) : 0;
}

/* What a list of numbers costs is known before: it is made in one piece. */
static void add_id(struct kith_ids *ids, size_t *cap, int64_t id)
{
    if (ids->n == *cap) {
        *cap = *cap * 2 + 64;
        ids->id = kith_xrealloc(ids->id, *cap, sizeof(ids->id[0]));
    }
    ids->id[ids->n++] = id;
}

enum kith_status kith_store_list_ids(struct kith_store *store, int64_t account_id, struct kith_ids **ret,
                                     struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    struct kith_ids *ids = kith_xnew(struct kith_ids);
    size_t cap = (size_t)count_in(db, account_id);
    ids->id = kith_xnew_n(int64_t, cap ? cap : 1);
    KITH_AUTO_DONE(kith_stmt) s = ids_in_order(db, account_id, 0, NULL);
    while (kith_stmt_step(&s))
        add_id(ids, &cap, kith_stmt_int(&s, 0));
    st = kith_stmt_end(&s, "list the contacts", err);
    if (st != KITH_OK) {
        kith_ids_free(ids);
        return st;
    }
    *ret = ids;
    return KITH_OK;
}

/* --- Letters ------------------------------------------------------------------------------ */

static const char letters_sql[] = "SELECT letter FROM contact" IN_ORDER;
static const char account_letters_sql[] = "SELECT letter FROM contact WHERE +account = ?1" IN_ORDER;

enum { LETTERS_MAX = 2000 }; /* of all scripts there are far fewer; a broken order must not make a million */

static void add_letter(struct kith_letters *letters, const char *letter, int64_t index)
{
    if (letters->n >= LETTERS_MAX)
        return;
    if (letters->n > 0 && strcmp(letters->letter[letters->n - 1].letter, letter) == 0)
        return;
    struct kith_letter *l = &letters->letter[letters->n++];
    kith_text_copy(l->letter, sizeof(l->letter), letter);
    l->index = index;
}

enum kith_status kith_store_letters(struct kith_store *store, int64_t account_id, struct kith_letters **ret,
                                    struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);
    int64_t index = 0;

    if (st != KITH_OK)
        return st;
    struct kith_letters *letters = kith_xnew(struct kith_letters);
    letters->letter = kith_xnew_n(struct kith_letter, LETTERS_MAX);
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, account_id ? account_letters_sql : letters_sql);
    if (account_id)
        kith_bind_int(&s, account_id);
    while (kith_stmt_step(&s))
        add_letter(letters, kith_stmt_text(&s, 0), index++);
    st = kith_stmt_end(&s, "list the letters", err);
    if (st != KITH_OK) {
        kith_letters_free(letters);
        return st;
    }
    *ret = letters;
    return KITH_OK;
}

/* --- Whole contacts --------------------------------------------------------------------------- */

enum kith_status kith_store_contact(struct kith_store *store, int64_t id, struct kith_contact **ret,
                                    struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    bool found = false;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    st = kith_contact_read(db, id, kith_contact_arena(contact), contact, &found, err);
    if (st != KITH_OK)
        return st;
    if (!found)
        return no_contact(err);
    *ret = KITH_TAKE(contact);
    return KITH_OK;
}

enum kith_status kith_store_each(struct kith_store *store, int64_t account_id, kith_contact_fn fn, void *ctx,
                                 struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = ids_in_order(db, account_id, 0, NULL);
    while (kith_stmt_step(&s)) {
        struct kith_contact contact;
        bool found = false;
        kith_arena_reset(arena);
        kith_contact_init(&contact);
        st = kith_contact_read(db, kith_stmt_int(&s, 0), arena, &contact, &found, err);
        if (st != KITH_OK)
            return st;
        if (found && !fn(ctx, &contact))
            return KITH_OK;
    }
    return kith_stmt_end(&s, "read the contacts", err);
}
