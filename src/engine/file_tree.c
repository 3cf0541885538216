/* SPDX-License-Identifier: MIT */
/*
 * file_tree.c - see file_tree.h.
 *
 * Before: a person named files and folders.
 * After:  listing_files.c reads those that changed.
 *
 * What lies in a folder may be anything, and change while it is looked at: depth, number and length have ceilings, and
 * nothing but plain files and folders is followed. A link could lead out of the folder, or round in a circle.
 */
#include "engine/file_tree.h"

#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <sys/stat.h>

#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"
#include "fetch/fetch_file.h"

static const char *const extensions[] = {".pst", ".ost", ".csv", ".vcf"};

struct walk {
    struct kith_file_tree *tree;
    const struct kith_cancel *cancel;
    const char *root; /* path that is walked now */
    size_t root_number;
    size_t n_files, n_entries; /* below it */
    bool too_many;
};

static struct kith_tree_file *add(struct walk *walk, const char *path, const char *tag)
{
    struct kith_file_tree *tree = walk->tree;

    if (tree->n == tree->cap) {
        tree->cap = tree->cap ? tree->cap * 2 : 16;
        tree->file = kith_xrealloc(tree->file, tree->cap, sizeof(tree->file[0]));
    }
    tree->file[tree->n] = (struct kith_tree_file){.path = kith_arena_copy(tree->arena, path, strlen(path)),
                                                  .tag = kith_arena_copy(tree->arena, tag, strlen(tag))};
    return &tree->file[tree->n++];
}

/* --- What cannot be read ------------------------------------------------------------------ */

static void add_error(struct walk *walk, const char *path, const struct kith_error *error)
{
    struct kith_error *kept = kith_arena_alloc(walk->tree->arena, sizeof(*kept));
    char tag[24];

    *kept = *error;
    (void)kith_text_format(tag, sizeof(tag), "%zu", walk->root_number);
    add(walk, path, tag)->error = kept;
}

static void add_reason(struct walk *walk, const char *path, enum kith_reason reason, const char *why)
{
    struct kith_error error = {0};

    (void)kith_fail_reason(&error, KITH_E_FILE, reason, "\"%s\" cannot be read: %s", path, why);
    kith_file_blame(&error, path);
    add_error(walk, path, &error);
}

/* --- A folder -------------------------------------------------------------------------------- */

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static bool is_ours(const char *name)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < KITH_COUNT_OF(extensions); i++) {
        size_t n = strlen(extensions[i]);
        if (len > n && kith_text_equal_ci(name + len - n, extensions[i]))
            return true;
    }
    return false;
}

static void add_file(struct walk *walk, const char *path, const char *name, bool is_file)
{
    const char *within = path + strlen(walk->root);
    unsigned char hash[8];
    char hex[2 * sizeof(hash) + 1], tag[48];

    if (!is_file || !is_ours(name)) {
        add(walk, path, "")->ignored = true;
        return;
    }
    (void)crypto_generichash(hash, sizeof(hash), (const unsigned char *)within, strlen(within), NULL, 0);
    (void)sodium_bin2hex(hex, sizeof(hex), hash, sizeof(hash));
    (void)kith_text_format(tag, sizeof(tag), "%zu/%s", walk->root_number, hex);
    (void)add(walk, path, tag);
    walk->too_many = walk->too_many || ++walk->n_files > KITH_TREE_FILES;
}

static void walk_folder(struct walk *walk, const char *folder, unsigned depth);

static void walk_entry(struct walk *walk, const char *folder, const char *name, unsigned depth)
{
    char path[KITH_TREE_PATH_BYTES];
    struct stat about;

    if (!kith_file_join(path, sizeof(path), folder, name)) {
        add_reason(walk, folder, KITH_REASON_FILE_TOO_LARGE, "a name in it is too long");
        return;
    }
    if (lstat(path, &about) != 0) {
        if (errno != ENOENT) /* else it went within this moment */
            add_reason(walk, path, KITH_REASON_FILE_NO_ACCESS, "the folder that it lies in does not let look at it");
        return;
    }
    if (!S_ISDIR(about.st_mode))
        add_file(walk, path, name, S_ISREG(about.st_mode));
    else if (depth < KITH_TREE_DEPTH)
        walk_folder(walk, path, depth + 1);
    else
        add_reason(walk, path, KITH_REASON_FILE_TOO_LARGE, "it lies too deep in other folders");
}

static void walk_folder(struct walk *walk, const char *folder, unsigned depth)
{
    struct dirent **entries = NULL;
    int n = scandir(folder, &entries, is_shown, by_name);

    if (n < 0) {
        add_reason(walk, folder, KITH_REASON_FILE_NO_ACCESS, "the folder cannot be opened");
        return;
    }
    walk->n_entries += (size_t)n;
    walk->too_many = walk->too_many || walk->n_entries > KITH_TREE_ENTRIES;
    for (int i = 0; i < n; i++) {
        if (!walk->too_many && !kith_cancel_is_set(walk->cancel))
            walk_entry(walk, folder, entries[i]->d_name, depth);
        free(entries[i]);
    }
    free(entries);
}

/* --- The paths -------------------------------------------------------------------------------- */

static bool has_any(const struct kith_file_tree *tree, size_t from)
{
    for (size_t i = from; i < tree->n; i++)
        if (!tree->file[i].ignored)
            return true;
    return false;
}

static void walk_root(struct walk *walk, const char *path)
{
    size_t from = walk->tree->n;
    struct kith_file_print print;
    struct kith_error error = {0};
    struct stat about;
    char tag[24];

    if (stat(path, &about) == 0 && S_ISDIR(about.st_mode)) {
        walk_folder(walk, path, 1);
        if (walk->too_many) {
            walk->tree->n = from;
            add_reason(walk, path, KITH_REASON_FILE_TOO_LARGE, "there are too many files in it");
        } else if (!has_any(walk->tree, from) && !kith_cancel_is_set(walk->cancel)) {
            add_reason(walk, path, KITH_REASON_FILE_EMPTY, "there is no .pst, .ost, .csv or .vcf in it");
        }
        return;
    }
    if (kith_file_print_of(path, /* with_hash= */ false, NULL, &print, &error) != KITH_OK) {
        add_error(walk, path, &error);
        return;
    }
    (void)kith_text_format(tag, sizeof(tag), "%zu", walk->root_number);
    (void)add(walk, path, tag);
}

enum kith_status kith_file_tree_walk(char *const *paths, size_t n, const struct kith_cancel *cancel,
                                     struct kith_file_tree *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_file_tree) tree = {.arena = kith_arena_new()};

    for (size_t i = 0; i < n; i++) {
        struct walk walk = {.tree = &tree, .cancel = cancel, .root = paths[i], .root_number = i};
        walk_root(&walk, paths[i]);
    }
    if (kith_cancel_is_set(cancel))
        return kith_fail(err, KITH_E_CANCELLED, "cancelled");
    *ret = tree;
    tree = (struct kith_file_tree){0};
    return KITH_OK;
}

void kith_file_tree_done(struct kith_file_tree *tree)
{
    kith_arena_free(tree->arena);
    free(tree->file);
    *tree = (struct kith_file_tree){0};
}

bool kith_tag_is_below(const char *tag, const char *root)
{
    size_t len = strlen(root);

    return strncmp(tag, root, len) == 0 && (tag[len] == '\0' || tag[len] == '/');
}
