/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_photo.c - pictures: wished for when a contact is written, kept when they come.
 *
 * Before: an import has written the contacts; engine/ fetches the pictures afterwards, or the contact brought its own.
 * After:  faces show them.
 */
#include "store/store_sqlite.h"

#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "store/store_contact.h"

static const char keep_what[] = "keep a picture";

static int64_t tag_of(const void *bytes, size_t n_bytes)
{
    return (int64_t)kith_fnv1a64(bytes, n_bytes);
}

void kith_photo_tag_text(int64_t tag, char out[KITH_PHOTO_TAG_SIZE])
{
    (void)kith_text_format(out, KITH_PHOTO_TAG_SIZE, "%016llx", (unsigned long long)tag);
}

static const char bring_sql[] = "REPLACE INTO photo (contact, wanted, kind, tag, bytes) VALUES (?1, 0, ?2, ?3, ?4)";
static const char wish_sql[] = "INSERT INTO photo (contact, wanted, url) VALUES (?1, 1, ?2) "
                               "ON CONFLICT (contact) DO UPDATE SET wanted = 1, url = excluded.url";
static const char forget_sql[] = "DELETE FROM photo WHERE contact = ?1";

static enum kith_status bring(struct kith_db *db, int64_t id, const struct kith_contact *contact,
                              struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, bring_sql);

    kith_bind_int(&s, id);
    kith_bind_int(&s, kith_photo_kind_of(contact->photo, contact->n_photo));
    kith_bind_int(&s, tag_of(contact->photo, contact->n_photo));
    kith_bind_blob(&s, contact->photo, contact->n_photo);
    return kith_stmt_run(&s, keep_what, err);
}

static enum kith_status wish(struct kith_db *db, int64_t id, const struct kith_contact *contact, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, wish_sql);

    kith_bind_int(&s, id);
    kith_bind_text(&s, contact->photo_url);
    return kith_stmt_run(&s, keep_what, err);
}

static enum kith_status forget(struct kith_db *db, int64_t id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, forget_sql);

    kith_bind_int(&s, id);
    return kith_stmt_run(&s, keep_what, err);
}

enum kith_status kith_photo_note(struct kith_db *db, int64_t contact_id, const struct kith_contact *contact,
                                 struct kith_error *err)
{
    if (!contact->has_photo)
        return forget(db, contact_id, err);
    if (kith_photo_kind_of(contact->photo, contact->n_photo) != KITH_PHOTO_NONE)
        return bring(db, contact_id, contact, err);
    return contact->n_photo > 0 ? forget(db, contact_id, err) : wish(db, contact_id, contact, err);
}

/* --- Reading --------------------------------------------------------------------------------- */

static const char get_sql[] = "SELECT tag, bytes FROM photo WHERE contact = ?1 AND kind <> 0";
static const char is_here_sql[] = "SELECT 1 FROM contact WHERE id = ?1";

static enum kith_status say_none(struct kith_db *db, int64_t id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, is_here_sql);

    kith_bind_int(&s, id);
    if (kith_stmt_step(&s))
        return kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_PHOTO, "no picture of this contact is here");
    enum kith_status st = kith_stmt_end(&s, "read a picture", err);
    return st == KITH_OK ? kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_CONTACT, "there is no such contact")
                         : st;
}

enum kith_status kith_store_photo_get(struct kith_store *store, int64_t contact_id, struct kith_photo **ret,
                                      struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, get_sql);
    kith_bind_int(&s, contact_id);
    if (!kith_stmt_step(&s)) {
        st = kith_stmt_end(&s, "read a picture", err);
        return st == KITH_OK ? say_none(db, contact_id, err) : st;
    }
    size_t len;
    const void *bytes = kith_stmt_blob(&s, 1, &len);
    struct kith_photo *photo = kith_xcalloc(1, sizeof(*photo) + len);
    photo->kind = kith_photo_kind_of(bytes, len); /* what the file says may be damaged */
    kith_photo_tag_text(kith_stmt_int(&s, 0), photo->tag);
    photo->n_bytes = len;
    if (len > 0)
        memcpy(photo->bytes, bytes, len);
    *ret = photo;
    return KITH_OK;
}

/* --- Wishes ------------------------------------------------------------------------------------ */

static const char wishes_sql[] =
    "SELECT photo.contact, photo.url FROM photo JOIN contact ON contact.id = photo.contact "
    "JOIN account ON account.id = contact.account "
    "WHERE photo.wanted = 1 AND photo.contact > ?1 AND account.id = ?2 AND account.state <> ?3 "
    "ORDER BY photo.contact LIMIT ?4";
static const char all_sql[] = "SELECT count(*) FROM photo JOIN contact ON contact.id = photo.contact "
                              "WHERE photo.wanted = 1 AND contact.account = ?1";

static enum kith_status read_wishes(struct kith_db *db, int64_t account_id, int64_t after, size_t max,
                                    struct kith_photo_wishes *wishes, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, wishes_sql);

    kith_bind_int(&s, after);
    kith_bind_int(&s, account_id);
    kith_bind_int(&s, KITH_ACCOUNT_SIGNED_OUT);
    kith_bind_int(&s, (int64_t)max);
    while (wishes->n < max && kith_stmt_step(&s)) {
        const char *url = kith_stmt_text(&s, 1);

        wishes->wish[wishes->n++] = (struct kith_photo_wish){.contact_id = kith_stmt_int(&s, 0),
                                                             .url = kith_arena_copy(wishes->arena, url, strlen(url))};
    }
    return kith_stmt_end(&s, "read which pictures are missing", err);
}

static enum kith_status count_all(struct kith_db *db, int64_t account_id, int64_t *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, all_sql);

    kith_bind_int(&s, account_id);
    if (kith_stmt_step(&s)) {
        *ret = kith_stmt_int(&s, 0);
        return KITH_OK;
    }
    return kith_stmt_end(&s, "read which pictures are missing", err);
}

/* The id under which the source knows the contact stands in pieces in the file. */
static enum kith_status add_source_ids(struct kith_store *store, struct kith_photo_wishes *wishes,
                                       struct kith_error *err)
{
    for (size_t i = 0; i < wishes->n; i++) {
        KITH_AUTO(kith_contact) contact = NULL;
        enum kith_status st = kith_store_contact(store, wishes->wish[i].contact_id, &contact, err);

        if (st != KITH_OK && st != KITH_E_NOT_FOUND)
            return st;
        wishes->wish[i].source_id = contact
                                        ? kith_arena_copy(wishes->arena, contact->source_id, strlen(contact->source_id))
                                        : kith_arena_copy(wishes->arena, "", 0);
    }
    return KITH_OK;
}

enum kith_status kith_store_photo_wishes(struct kith_store *store, int64_t account_id, int64_t after, size_t max,
                                         struct kith_photo_wishes *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_photo_wishes)
    wishes = {.arena = kith_arena_new(), .wish = kith_xnew_n(struct kith_photo_wish, max)};
    enum kith_status st;

    {
        KITH_AUTO(kith_db) db = NULL;
        st = kith_store_borrow(store, &db, err);
        if (st == KITH_OK)
            st = read_wishes(db, account_id, after, max, &wishes, err);
        if (st == KITH_OK && after == 0) /* each time would be all of them over and over */
            st = count_all(db, account_id, &wishes.all, err);
    }
    if (st == KITH_OK)
        st = add_source_ids(store, &wishes, err);
    if (st != KITH_OK)
        return st;
    *ret = wishes;
    wishes = (struct kith_photo_wishes){0};
    return KITH_OK;
}

void kith_photo_wishes_done(struct kith_photo_wishes *wishes)
{
    kith_arena_free(wishes->arena);
    free(wishes->wish);
    *wishes = (struct kith_photo_wishes){0};
}

static const char fulfil_sql[] = "UPDATE photo SET wanted = 0, kind = ?1, tag = ?2, bytes = ?3 "
                                 "WHERE contact = ?4 AND wanted = 1 AND ifnull(url, '') = ifnull(?5, '')";

enum kith_status kith_store_photo_put(struct kith_store_tx *tx, const struct kith_photo_wish *wish, const void *bytes,
                                      size_t n_bytes, struct kith_error *err)
{
    enum kith_photo_kind kind = bytes ? kith_photo_kind_of(bytes, n_bytes) : KITH_PHOTO_NONE;
    enum kith_status st = kith_store_tx_check(tx, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(tx->db, fulfil_sql);
    kith_bind_int(&s, kind);
    kith_bind_int(&s, kind == KITH_PHOTO_NONE ? 0 : tag_of(bytes, n_bytes));
    if (kind == KITH_PHOTO_NONE)
        kith_bind_null(&s);
    else
        kith_bind_blob(&s, bytes, n_bytes);
    kith_bind_int(&s, wish->contact_id);
    kith_bind_text(&s, wish->url);
    return kith_stmt_run(&s, keep_what, err);
}
