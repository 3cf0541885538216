/* SPDX-License-Identifier: MIT */
/*
 * mailbox_folders.h - which contact folders a mailbox at Microsoft Graph has, and how many contacts each says it holds.
 */
#pragma once

#include <kith/kith.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/json_read.h"

struct kith_fetch_microsoft;

/* One folder of contacts. The first is the default one, which no list of folders holds. */
struct kith_mailbox_folder {
    const char *id;   /* "" the default folder */
    const char *path; /* as contacts have it; "" the default folder */
    const char *link; /* where its changes go on; "" not known: its first round gives everything. The listing's */
    int64_t count;    /* contacts it says it has; -1 not asked */
    int depth;
};

struct kith_mailbox_folders {
    struct kith_mailbox_folder *folder; /* n, breadth first */
    size_t n;
    bool incomplete;          /* some lie beyond a ceiling and are left out */
    struct kith_arena *arena; /* of their texts */

    struct kith_fetch_microsoft *fetch; /* borrowed, as the reader is */
    struct kith_json_reader *reader;
    struct kith_buf body;
};

void kith_mailbox_folders_init(struct kith_mailbox_folders *folders, struct kith_fetch_microsoft *fetch,
                               struct kith_json_reader *reader);
void kith_mailbox_folders_done(struct kith_mailbox_folders *folders);

/*
 * Look which there are now. count: and how many contacts each has; the default folder is asked first, and says what is
 * wrong with the account. A folder that goes meanwhile is none. KITH_E_TOO_MANY_CONTACTS for what one folder reports.
 */
enum kith_status kith_mailbox_folders_read(struct kith_mailbox_folders *folders, bool count, struct kith_error *err);

/* The numbers alone, where they were not asked for. */
enum kith_status kith_mailbox_folders_count(struct kith_mailbox_folders *folders, struct kith_error *err);

struct kith_mailbox_folder *kith_mailbox_folders_find(const struct kith_mailbox_folders *folders,
                                                      const char *id); /* NULL: none */

/* "/v1.0/me/contacts", or ".../contactFolders/{id}/contacts", and what behind it (e.g. "/delta"); yours. */
char *kith_mailbox_folder_path(const struct kith_mailbox_folder *folder, const char *what);

/* A folder that was listed and answers so went since. */
bool kith_mailbox_folder_is_gone(const struct kith_error *error);

/* Text in the path or the query of an address: it may hold what an address may not. */
bool kith_mailbox_add_encoded(struct kith_buf *out, const char *text);
