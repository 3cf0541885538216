/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_files.c - accounts that are files: their paths, and which contact came from which file.
 *
 * Before: a person adds files of the Outlook app.
 * After:  engine/ reads those that changed; what came from the others stays as it is.
 *
 * An account and its paths are written together: an account without paths would be one that nobody can refresh.
 */
#include "store/store_sqlite.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "store/store_contact.h"
#include "store/store_pack.h"

static const char read_what[] = "read which files an account has";

/* --- Paths --------------------------------------------------------------------------------- */

static const char paths_sql[] = "SELECT path, is_copy FROM source_file WHERE account = ?1 ORDER BY ord";
static const char add_sql[] = "INSERT INTO source_file (account, ord, path, is_copy) VALUES (?1, ?2, ?3, ?4)";

enum kith_status kith_store_files_get(struct kith_store *store, int64_t account_id, struct kith_store_files *ret,
                                      struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    KITH_AUTO_DONE(kith_store_files) files = {0};
    size_t cap = 0;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, paths_sql);
    kith_bind_int(&s, account_id);
    while (kith_stmt_step(&s)) {
        if (files.n == cap) {
            cap = cap ? cap * 2 : 4;
            files.path = kith_xrealloc(files.path, cap, sizeof(files.path[0]));
        }
        files.path[files.n++] = kith_xstrdup(kith_stmt_text(&s, 0));
        files.copies = kith_stmt_int(&s, 1) != 0;
    }
    st = kith_stmt_end(&s, read_what, err);
    if (st != KITH_OK)
        return st;
    *ret = files;
    files = (struct kith_store_files){0};
    return KITH_OK;
}

void kith_store_files_done(struct kith_store_files *files)
{
    for (size_t i = 0; i < files->n; i++)
        free(files->path[i]);
    free(files->path);
    *files = (struct kith_store_files){0};
}

static const char all_sql[] = "SELECT source_file.path, account.name FROM source_file "
                              "JOIN account ON account.id = source_file.account";

/* Looked at inside the write transaction: two processes must not both find that nobody has these files. */
static enum kith_status check_free(struct kith_db *db, const struct kith_store_files *files, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, all_sql);

    while (kith_stmt_step(&s))
        for (size_t i = 0; i < files->n; i++) {
            if (!kith_file_overlaps(files->path[i], kith_stmt_text(&s, 0)))
                continue;
            (void)kith_fail(err, KITH_E_USAGE, "\"%s\" is imported into \"%s\" already", files->path[i],
                            kith_stmt_text(&s, 1));
            (void)kith_fail_hint(err, "`kith outlook sync` reads again what changed");
            return KITH_E_USAGE;
        }
    return kith_stmt_end(&s, read_what, err);
}

static enum kith_status add_path(struct kith_db *db, int64_t account_id, size_t ord, const char *path, bool is_copy,
                                 struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, add_sql);

    kith_bind_int(&s, account_id);
    kith_bind_int(&s, (int64_t)ord);
    kith_bind_text(&s, path);
    kith_bind_int(&s, is_copy);
    return kith_stmt_run(&s, "save the account", err);
}

enum kith_status kith_store_account_add_files(struct kith_store *store, struct kith_store_account *account,
                                              const struct kith_store_files *files, struct kith_error *err)
{
    KITH_AUTO(kith_store_tx) tx = NULL;
    int64_t id = 0;
    enum kith_status st = kith_store_begin(store, NULL, &tx, err);

    if (st == KITH_OK && !files->copies) /* what lies in a folder of its own is nobody else's */
        st = check_free(tx->db, files, err);
    if (st == KITH_OK)
        st = kith_account_put(tx->db, account, &id, err);
    for (size_t i = 0; i < files->n && st == KITH_OK; i++)
        st = add_path(tx->db, id, i, files->path[i], files->copies, err);
    if (st == KITH_OK)
        st = kith_store_commit(KITH_TAKE(tx), err);
    if (st == KITH_OK)
        account->public_face.id = id;
    return st;
}

/* --- Which contact came from where ----------------------------------------------------------- */

static const char origins_sql[] =
    "SELECT contact.id, ifnull(ids.beginning, ''), contact.id_rest, ifnull(keys.beginning, ''), contact.change_key "
    "FROM contact LEFT JOIN id_prefix AS ids ON ids.id = contact.id_prefix "
    "LEFT JOIN id_prefix AS keys ON keys.id = contact.key_prefix WHERE contact.account = ?1 ORDER BY contact.id";

/* A text that lies in two columns: its beginning, and the rest, packed or not. */
static void join_text(struct kith_stmt *s, int column, struct kith_buf *out)
{
    char room[KITH_PACK_TEXT_MAX + 1];
    const char *rest = room;

    kith_buf_clear(out);
    if (sqlite3_column_type(s->handle, column + 1) == SQLITE_BLOB)
        (void)kith_unpack(sqlite3_column_blob(s->handle, column + 1),
                          (size_t)sqlite3_column_bytes(s->handle, column + 1), room); /* "" when it is none of ours */
    else
        rest = kith_stmt_text(s, column + 1);
    /* What is longer than any id of a file belongs to none. */
    if (!kith_buf_add_text(out, kith_stmt_text(s, column)) || !kith_buf_add_text(out, rest))
        kith_buf_clear(out);
}

enum kith_status kith_store_origins(struct kith_store *store, int64_t account_id, kith_store_origin_fn fn, void *ctx,
                                    struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    KITH_AUTO_DONE(kith_buf) source_id;
    KITH_AUTO_DONE(kith_buf) change_key;
    enum kith_status st = kith_store_borrow(store, &db, err);

    kith_buf_init(&source_id, KITH_ORIGIN_BYTES);
    kith_buf_init(&change_key, KITH_ORIGIN_BYTES);
    if (st != KITH_OK)
        return st;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, origins_sql);
    kith_bind_int(&s, account_id);
    while (kith_stmt_step(&s)) {
        join_text(&s, 1, &source_id);
        join_text(&s, 3, &change_key);
        fn(ctx, kith_stmt_int(&s, 0), kith_buf_text(&source_id), kith_buf_text(&change_key));
    }
    return kith_stmt_end(&s, "read where contacts came from", err);
}
