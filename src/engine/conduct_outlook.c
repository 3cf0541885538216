/* SPDX-License-Identifier: MIT */
/*
 * conduct_outlook.c - the Outlook app's files from a path somebody typed or dropped to an account, and away again.
 *
 * Before: a face has paths.
 * After:  conduct_import.c imports the account through listing_files.c, as any other.
 *
 * The account and its paths are written first, the files moved (where they are to become the account's own) after that:
 * a crash in between leaves an account that says what it misses, never files that belong to nobody.
 */
#include <kith/outlook.h>

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <sodium.h>
#include <sys/stat.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "engine/account_lock.h"
#include "engine/conduct_import.h"
#include "engine/file_prints.h"
#include "engine/file_tree.h"
#include "engine/listing.h"
#include "fetch/fetch_file.h"

enum {
    PATHS_MAX = KITH_TREE_FILES,
    FOLDER_NAME_BYTES = 16,
    NAME_TRIES = 100,
};

static const char own_folder[] = "outlook"; /* below the data folder: each account with copies has a folder in it */

/* --- Paths -------------------------------------------------------------------------------------- */

/* Absolute and without links, so that it is the same file from everywhere, and known again. */
static enum kith_status resolve(const char *path, char **ret, struct kith_error *err)
{
    char *resolved = realpath(path, NULL);
    struct kith_file_print print;
    enum kith_status st;

    if (resolved) {
        *ret = resolved;
        return KITH_OK;
    }
    st = kith_file_print_of(path, /* with_hash= */ false, NULL, &print, err); /* says what is the matter */
    return st == KITH_OK ? kith_fail(err, KITH_E_USAGE, "\"%s\" leads nowhere", path) : st;
}

static bool is_folder(const char *path)
{
    struct stat about;

    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static enum kith_status resolve_all(const char *const *paths, size_t n, struct kith_store_files *files,
                                    struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    if (n == 0 || n > PATHS_MAX)
        return kith_fail(err, KITH_E_USAGE, "an account has 1 to %d files and folders", PATHS_MAX);
    files->path = kith_xnew_n(char *, n);
    for (; files->n < n; files->n++) {
        st = resolve(paths[files->n], &files->path[files->n], err);
        if (st != KITH_OK)
            return st;
        if (files->copies && is_folder(files->path[files->n])) {
            free(files->path[files->n]);
            return kith_fail(err, KITH_E_USAGE, "a folder cannot be moved here");
        }
    }
    return KITH_OK;
}

/* "/" before every other character: between a folder and what is in it nothing else can stand. */
static int rank_of(char c)
{
    return c == '\0' ? 0 : c == '/' ? 1 : (unsigned char)c + 1;
}

static int by_path(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;

    while (*x != '\0' && *x == *y) {
        x++;
        y++;
    }
    return rank_of(*x) - rank_of(*y);
}

/* Twice the same file would be everybody in it twice. Sorted, what overlaps stands side by side. */
static enum kith_status check_own(const struct kith_store_files *files, struct kith_error *err)
{
    char **sorted = kith_xnew_n(char *, files->n);
    enum kith_status st = KITH_OK;

    memcpy(sorted, files->path, files->n * sizeof(sorted[0]));
    qsort(sorted, files->n, sizeof(sorted[0]), by_path);
    for (size_t i = 1; i < files->n && st == KITH_OK; i++)
        if (kith_file_overlaps(sorted[i - 1], sorted[i]))
            st = kith_fail(err, KITH_E_USAGE, "\"%s\" was named twice", sorted[i]);
    free(sorted);
    return st;
}

static bool same_paths(const struct kith_store_files *a, const struct kith_store_files *b)
{
    if (a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (strcmp(a->path[i], b->path[i]) != 0)
            return false;
    return true;
}

static enum kith_status has_paths(struct kith *k, int64_t account_id, const struct kith_store_files *wanted, bool *ret,
                                  struct kith_error *err)
{
    KITH_AUTO_DONE(kith_store_files) there = {0};
    enum kith_status st = kith_store_files_get(k->store, account_id, &there, err);

    *ret = st == KITH_OK && same_paths(wanted, &there);
    return st;
}

/* A file of the same size there, and with_hash of the same bytes. */
static bool has_print(const struct kith_file_prints *prints, const struct kith_file_print *print, bool with_hash)
{
    for (size_t i = 0; i < prints->n; i++)
        if (prints->past[i].print.bytes == print->bytes &&
            (!with_hash || strcmp(prints->past[i].print.hash, print->hash) == 0))
            return true;
    return false;
}

/* To hash is to read the whole file: only where its size leaves a doubt. */
static enum kith_status is_known(const struct kith_file_prints *prints, const char *path, bool *ret,
                                 struct kith_error *err)
{
    struct kith_file_print print;
    enum kith_status st = kith_file_print_of(path, /* with_hash= */ false, NULL, &print, err);

    *ret = st == KITH_OK && has_print(prints, &print, /* with_hash= */ false);
    if (!*ret)
        return st;
    st = kith_file_print_of(path, /* with_hash= */ true, NULL, &print, err);
    *ret = st == KITH_OK && has_print(prints, &print, /* with_hash= */ true);
    return st;
}

/* Whether the account was imported from files of these very bytes. */
static enum kith_status has_bytes(struct kith *k, int64_t account_id, const struct kith_store_files *wanted, bool *ret,
                                  struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) resume;
    KITH_AUTO_DONE(kith_file_prints) prints = {0};
    enum kith_status st;

    kith_buf_init(&resume, KITH_RESUME_BYTES);
    st = kith_store_resume_get(k->store, account_id, &resume, err);
    if (st != KITH_OK)
        return st;
    kith_file_prints_read(kith_buf_text(&resume), &prints);
    *ret = prints.n == wanted->n;
    for (size_t i = 0; i < wanted->n && *ret && st == KITH_OK; i++)
        st = is_known(&prints, wanted->path[i], ret, err);
    return st;
}

/*
 * *ret: the account that has these very files, untouched when there is none. A file that is handed over has another
 * path each time, so it is known by its bytes.
 */
static enum kith_status look_for_same(struct kith *k, const struct kith_store_files *wanted,
                                      struct kith_store_account *ret, struct kith_error *err)
{
    struct kith_store_account *rows = NULL;
    size_t n = 0;
    enum kith_status st = kith_store_accounts(k->store, &rows, &n, err);

    for (size_t i = 0; i < n && st == KITH_OK; i++) {
        const struct kith_account *account = &rows[i].public_face;
        bool same = false;

        if (account->source != KITH_SOURCE_OUTLOOK)
            continue;
        st = wanted->copies ? has_bytes(k, account->id, wanted, &same, err)
                            : has_paths(k, account->id, wanted, &same, err);
        if (same)
            *ret = rows[i];
    }
    free(rows);
    return st;
}

/* --- Files of the account's own -------------------------------------------------------------------- */

/* DATA/outlook/NAME, NAME of this account alone; then each file in a folder of its own, since names may be equal. */
static enum kith_status choose_copies(struct kith *k, const struct kith_store_files *from, struct kith_store_files *ret,
                                      struct kith_error *err)
{
    unsigned char random[FOLDER_NAME_BYTES / 2];
    char name[FOLDER_NAME_BYTES + 1], path[PATH_MAX];

    randombytes_buf(random, sizeof(random));
    (void)sodium_bin2hex(name, sizeof(name), random, sizeof(random));
    ret->copies = true;
    ret->path = kith_xnew_n(char *, from->n);
    for (; ret->n < from->n; ret->n++) {
        if (!kith_text_format(path, sizeof(path), "%s/%s/%s/%zu/%s", k->data_dir, own_folder, name, ret->n + 1,
                              kith_file_name(from->path[ret->n])))
            return kith_fail(err, KITH_E_USAGE, "the name of a file is too long");
        ret->path[ret->n] = kith_xstrdup(path);
    }
    return KITH_OK;
}

static enum kith_status move_file(const char *from, const char *to, struct kith_error *err)
{
    char folder[PATH_MAX];
    enum kith_status st;

    (void)kith_text_copy_n(folder, sizeof(folder), to, (size_t)(strrchr(to, '/') - to)); /* made by choose_copies() */
    st = kith_file_make_dir(folder, err);
    if (st != KITH_OK)
        return st;
    if (rename(from, to) != 0)
        return kith_file_fail(err, errno, "move a file to", to);
    if (chmod(to, 0600) != 0)
        return kith_file_fail(err, errno, "make private", to);
    return KITH_OK;
}

static enum kith_status move_all(const struct kith_store_files *from, const struct kith_store_files *to,
                                 struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < to->n && st == KITH_OK; i++)
        st = move_file(from->path[i], to->path[i], err);
    return st;
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *where)
{
    return remove(path);
}

/* Only what this file put there: a row of a store that somebody wrote by hand must not clear anything else. */
static void remove_copies(const struct kith *k, const struct kith_store_files *files)
{
    char ours[PATH_MAX], folder[PATH_MAX];
    size_t len;

    if (!files->copies || !kith_text_format(ours, sizeof(ours), "%s/%s/", k->data_dir, own_folder))
        return;
    len = strlen(ours);
    for (size_t i = 0; i < files->n; i++) {
        const char *path = files->path[i];
        size_t name_len = kith_text_starts_with(path, ours) ? strcspn(path + len, "/") : 0;

        if (name_len != FOLDER_NAME_BYTES || !kith_text_copy_n(folder, sizeof(folder), path, len + name_len))
            continue;
        if (nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0 && errno != ENOENT)
            kith_log_debug(KITH_LOG_ENGINE, "the copies of an account could not be removed: %s", strerror(errno));
    }
}

enum kith_status kith_files_forget(struct kith *k, int64_t account_id, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_store_files) files = {0};
    enum kith_status st = kith_store_files_get(k->store, account_id, &files, err);

    if (st == KITH_OK)
        st = kith_store_account_remove(k->store, account_id, err);
    if (st != KITH_OK)
        return st;
    remove_copies(k, &files);
    kith_account_lock_forget(k->data_dir, account_id);
    return KITH_OK;
}

/* --- The account --------------------------------------------------------------------------------------- */

static bool is_name_free(struct kith *k, const char *name)
{
    struct kith_store_account account;

    return kith_store_account_by_name(k->store, name, &account, NULL) != KITH_OK;
}

/* "outlook", then "outlook-2" and so on. */
static void invent_name(struct kith *k, char *out, size_t out_size)
{
    (void)kith_text_copy(out, out_size, "outlook");
    for (int i = 2; i < NAME_TRIES && !is_name_free(k, out); i++)
        (void)kith_text_format(out, out_size, "outlook-%d", i);
}

/* Somebody may be as fast, and take the name that was free a moment ago: then the next one. */
static enum kith_status save(struct kith *k, struct kith_store_account *account, const char *name,
                             const struct kith_store_files *files, struct kith_error *err)
{
    struct kith_account *face = &account->public_face;
    enum kith_status st;
    int tries = 0;

    do {
        if (name)
            (void)kith_text_copy(face->name, sizeof(face->name), name);
        else
            invent_name(k, face->name, sizeof(face->name));
        st = kith_store_account_add_files(k->store, account, files, err);
    } while (st == KITH_E_USAGE && !name && !is_name_free(k, face->name) && ++tries < NAME_TRIES);
    return st;
}

static enum kith_status make(struct kith *k, const char *name, const struct kith_store_files *from,
                             struct kith_store_account *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_store_files) copies = {0};
    struct kith_store_account account = {
        .public_face = {.source = KITH_SOURCE_OUTLOOK, .state = KITH_ACCOUNT_NEW, .n_reported = -1}};
    enum kith_status st = KITH_OK;

    (void)kith_text_copy(account.public_face.identity, sizeof(account.public_face.identity),
                         kith_file_name(from->path[0]));
    if (from->copies)
        st = choose_copies(k, from, &copies, err);
    if (st == KITH_OK)
        st = save(k, &account, name, from->copies ? &copies : from, err);
    if (st != KITH_OK)
        return st;
    if (from->copies)
        st = move_all(from, &copies, err);
    if (st != KITH_OK) {
        (void)kith_files_forget(k, account.public_face.id, NULL); /* what led here is told */
        return st;
    }
    *ret = account;
    return KITH_OK;
}

static enum kith_status rename_same(struct kith *k, const char *name, struct kith_store_account *account,
                                    struct kith_error *err)
{
    if (!name || strcmp(name, account->public_face.name) == 0)
        return KITH_OK;
    (void)kith_text_copy(account->public_face.name, sizeof(account->public_face.name), name);
    return kith_store_account_save(k->store, account, err);
}

enum kith_status kith_outlook_link(struct kith *k, const char *const *paths, size_t n,
                                   const struct kith_outlook_options *options, struct kith_account *ret,
                                   struct kith_error *err)
{
    static const struct kith_outlook_options no_options = {0};
    KITH_AUTO_DONE(kith_store_files) files = {0};
    struct kith_store_account account = {0};
    enum kith_status st = KITH_OK;

    options = options ? options : &no_options;
    files.copies = options->take;
    if (options->name)
        st = kith_account_check_name(options->name, err);
    if (st == KITH_OK)
        st = resolve_all(paths, n, &files, err);
    if (st == KITH_OK)
        st = check_own(&files, err);
    if (st == KITH_OK)
        st = look_for_same(k, &files, &account, err);
    if (st == KITH_OK)
        st = account.public_face.id != 0 ? rename_same(k, options->name, &account, err)
                                         : make(k, options->name, &files, &account, err);
    if (st == KITH_OK)
        *ret = account.public_face;
    else if (err)
        err->source = KITH_SOURCE_OUTLOOK;
    return st;
}

enum kith_status kith_outlook_add(struct kith *k, const char *const *paths, size_t n,
                                  const struct kith_outlook_options *options, const struct kith_import_options *import,
                                  struct kith_import_result *ret, struct kith_error *err)
{
    struct kith_account account;
    enum kith_status st = kith_outlook_link(k, paths, n, options, &account, err);

    return st == KITH_OK ? kith_import_run(k, account.name, import, ret, err) : st;
}

/* --- Looking --------------------------------------------------------------------------------------------- */

static enum kith_status count_contact(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                      struct kith_error *err)
{
    int64_t *n = ctx;

    (*n)++;
    return KITH_OK;
}

/* Adds to *n. Fails for what is not the file's fault alone; *ret_trouble keeps the first that is. */
static enum kith_status look_into(struct kith *k, const struct kith_tree_file *entry, const struct kith_cancel *cancel,
                                  int64_t *n, struct kith_error *ret_trouble, struct kith_error *err)
{
    char region[KITH_SETTING_BYTES];
    const struct kith_fetch_file_options how = {.region = region, .cancel = cancel};
    int64_t found = 0;
    const struct kith_contact_sink sink = {.contact = count_contact, .ctx = &found};
    struct kith_file_facts facts;
    struct kith_error error = {0};
    enum kith_status st;

    kith_config_get(k->config, KITH_SET_IMPORT_REGION, region);
    if (entry->error)
        error = *entry->error;
    st = entry->error ? KITH_E_FILE : kith_fetch_file(entry->path, &how, &sink, &facts, &error);
    if (st != KITH_OK && st != KITH_E_FILE) {
        if (err)
            *err = error;
        return st;
    }
    if (st == KITH_OK || error.reason == KITH_REASON_FILE_CUT)
        *n += found;
    if (st != KITH_OK && ret_trouble->status == KITH_OK)
        *ret_trouble = error;
    return KITH_OK;
}

enum kith_status kith_outlook_look(struct kith *k, const char *const *paths, size_t n, struct kith_cancel *cancel,
                                   int64_t *ret_found, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_store_files) files = {0};
    KITH_AUTO_DONE(kith_file_tree) tree = {0};
    struct kith_error trouble = {0};
    int64_t found = 0;
    enum kith_status st = resolve_all(paths, n, &files, err);

    if (st == KITH_OK)
        st = kith_file_tree_walk(files.path, files.n, cancel, &tree, err);
    for (size_t i = 0; i < tree.n && st == KITH_OK; i++)
        if (!tree.file[i].ignored)
            st = look_into(k, &tree.file[i], cancel, &found, &trouble, err);
    if (st != KITH_OK)
        return st;
    if (found == 0 && trouble.status != KITH_OK) {
        if (err)
            *err = trouble;
        return trouble.status;
    }
    *ret_found = found;
    return KITH_OK;
}

/* --- Watching ---------------------------------------------------------------------------------------------- */

static bool looks_the_same(const struct kith_file_past *past, const struct kith_file_print *now)
{
    return past->print.bytes == now->bytes && (past->print.modified_ns == 0 || kith_file_past_fits(past, now));
}

static void note_state(struct kith_account *account, enum kith_files_state state, const char *path)
{
    struct kith_error where = {0};

    if (account->files >= state)
        return;
    account->files = state;
    kith_file_blame(&where, path);
    (void)kith_text_copy(account->files_at, sizeof(account->files_at), where.file);
}

/* any_known: how the files were is known, so one without a past is new; else there is only its time to go by. */
static void watch_file(struct kith_account *account, const struct kith_tree_file *entry,
                       const struct kith_file_past *past, bool any_known)
{
    struct kith_file_print now;
    struct kith_error error = {0};
    bool is_there =
        !entry->error && kith_file_print_of(entry->path, /* with_hash= */ false, NULL, &now, &error) == KITH_OK;
    int64_t changed_s;

    if (!is_there && (entry->error ? entry->error : &error)->reason == KITH_REASON_FILE_MISSING)
        note_state(account, KITH_FILES_GONE, entry->path);
    if (!is_there || (past && looks_the_same(past, &now)))
        return;
    changed_s = now.modified_ns / 1000000000;
    if (!any_known && changed_s <= account->last_import_s)
        return;
    note_state(account, KITH_FILES_CHANGED, entry->path);
    if (account->files_changed_s < changed_s)
        account->files_changed_s = changed_s;
}

/* As many as there were, and each known: none came, none went. */
static bool all_known(const struct kith_file_prints *prints, size_t n_known)
{
    return prints->n == 0 || n_known == prints->n;
}

static void watch_all(struct kith_account *account, const struct kith_file_tree *tree,
                      const struct kith_file_prints *prints)
{
    size_t n_known = 0;

    account->files = KITH_FILES_SAME;
    for (size_t i = 0; i < tree->n; i++) {
        const struct kith_tree_file *entry = &tree->file[i];
        const struct kith_file_past *past = entry->ignored ? NULL : kith_file_prints_find(prints, entry->tag);

        if (entry->ignored)
            continue;
        n_known += past != NULL;
        watch_file(account, entry, past, prints->n > 0);
    }
    if (!all_known(prints, n_known) && tree->n > 0)
        note_state(account, KITH_FILES_CHANGED, tree->file[0].path);
}

enum kith_status kith_outlook_watch(struct kith *k, struct kith_account *account, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_store_files) files = {0};
    KITH_AUTO_DONE(kith_file_tree) tree = {0};
    KITH_AUTO_DONE(kith_file_prints) prints = {0};
    KITH_AUTO_DONE(kith_buf) resume;
    enum kith_status st;

    kith_buf_init(&resume, KITH_RESUME_BYTES);
    if (account->source != KITH_SOURCE_OUTLOOK)
        return KITH_OK;
    account->files_changed_s = 0;
    account->files_at[0] = '\0';
    st = kith_store_files_get(k->store, account->id, &files, err);
    if (st == KITH_OK)
        st = kith_store_resume_get(k->store, account->id, &resume, err);
    if (st == KITH_OK)
        st = kith_file_tree_walk(files.path, files.n, NULL, &tree, err);
    if (st != KITH_OK)
        return st;
    kith_file_prints_read(kith_buf_text(&resume), &prints);
    watch_all(account, &tree, &prints);
    return KITH_OK;
}

/* --- Paths of an account ------------------------------------------------------------------------------------- */

enum kith_status kith_outlook_paths_get(struct kith *k, const char *name, struct kith_outlook_paths **ret,
                                        struct kith_error *err)
{
    struct kith_store_account account;
    struct kith_store_files files;
    struct kith_outlook_paths *paths;
    enum kith_status st = kith_account_look_up(k, name, &account, err);

    if (st == KITH_OK)
        st = kith_store_files_get(k->store, account.public_face.id, &files, err);
    if (st != KITH_OK)
        return st;
    paths = kith_xnew(struct kith_outlook_paths);
    *paths = (struct kith_outlook_paths){.n = files.n, .path = files.path};
    *ret = paths;
    return KITH_OK;
}

void kith_outlook_paths_free(struct kith_outlook_paths *paths)
{
    if (!paths)
        return;
    for (size_t i = 0; i < paths->n; i++)
        free(paths->path[i]);
    free(paths->path);
    free(paths);
}
