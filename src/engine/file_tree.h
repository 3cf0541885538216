/* SPDX-License-Identifier: MIT */
/*
 * file_tree.h - the files behind the paths of an account of the Outlook app: a path is a file, or a folder of files.
 *
 * Nothing is read. Each file has a tag by which its contacts are known later: "0" for the first path when that is a
 * file, "0/" and a hash of the rest of the path for a file in the folder that is the first path. So the account may be
 * in another person's folders, or its folder be moved with another disk, and its contacts are the same.
 */
#pragma once

#include <kith/error.h>

#include "base/alloc.h"
#include "base/cancel.h"

enum {
    KITH_TREE_DEPTH = 16,           /* folders in folders */
    KITH_TREE_FILES = 20000,        /* of one path */
    KITH_TREE_ENTRIES = 200 * 1000, /* looked at below one path: somebody's whole disk is a mistake */
    KITH_TREE_PATH_BYTES = 4096
};

/* Strings are in the tree's arena. */
struct kith_tree_file {
    const char *path;
    const char *tag;
    const struct kith_error *error; /* NULL, or why neither this path nor anything below it can be read */
    bool ignored;                   /* no file that kith reads; only the path is of interest */
};

struct kith_file_tree {
    struct kith_arena *arena;
    struct kith_tree_file *file; /* n of them, in the order of paths, then of names; yours alone */
    size_t n;
    size_t cap;
};

/*
 * Look at n paths. A path that is not there, a folder that may not be opened or has nothing in it that kith reads:
 * one entry with its error. Fails with KITH_E_CANCELLED alone. ret: yours to kith_file_tree_done().
 */
enum kith_status kith_file_tree_walk(char *const *paths, size_t n, const struct kith_cancel *cancel,
                                     struct kith_file_tree *ret, struct kith_error *err);
void kith_file_tree_done(struct kith_file_tree *tree); /* all zeroes is fine */
KITH_DEFINE_AUTO_DONE(kith_file_tree, kith_file_tree_done)

/* Whether what came from a file with this tag is below the entry of tag `root`. */
bool kith_tag_is_below(const char *tag, const char *root);
