/* SPDX-License-Identifier: MIT */
/*
 * mailbox_folders.c - the contact folders of a mailbox; see mailbox_folders.h.
 *
 * Before: listing_microsoft.c has a client that may ask.
 * After:  it reads one folder after the other.
 *
 * The folders are looked at one after the other, each one's number before the folders below it. What the next few will
 * be asked is asked early, so that on a slow line a mailbox of many folders takes a quarter of its requests' time; what
 * is read, and in which order, is the same.
 */
#include "engine/mailbox_folders.h"

#include "base/alloc.h"
#include "base/log.h"
#include "base/text.h"
#include "fetch/fetch_microsoft.h"
#include "parse/parse_microsoft_folders.h"

enum {
    FOLDERS_MAX = 2000,
    FOLDERS_AHEAD = 4, /* are asked about while the answer for one is awaited */
    DEPTH_MAX = 50,    /* Exchange itself allows 300; more levels than this are no person's */
    PAGES_MAX = 200,
    PATH_BYTES_MAX = 2048,
    PATH_ROOM = 32 * 1024,
    BODY_BYTES = 4 * 1024 * 1024,
};

/* --- Making and ending --------------------------------------------------------- */

void kith_mailbox_folders_init(struct kith_mailbox_folders *f, struct kith_fetch_microsoft *fetch,
                               struct kith_json_reader *reader)
{
    *f = (struct kith_mailbox_folders){.fetch = fetch, .reader = reader, .arena = kith_arena_new()};
    kith_buf_init(&f->body, BODY_BYTES);
}

void kith_mailbox_folders_done(struct kith_mailbox_folders *f)
{
    kith_arena_free(f->arena);
    kith_buf_done(&f->body);
    free(f->folder);
}

/* --- Addresses ----------------------------------------------------------------- */

bool kith_mailbox_add_encoded(struct kith_buf *out, const char *id)
{
    size_t room = strlen(id) * 3 + 1;
    KITH_AUTO_STRING encoded = kith_xcalloc(1, room);

    return kith_percent_encode(id, encoded, room) && kith_buf_add_text(out, encoded);
}

char *kith_mailbox_folder_path(const struct kith_mailbox_folder *folder, const char *what)
{
    KITH_AUTO_DONE(kith_buf) path;

    kith_buf_init(&path, PATH_ROOM);
    (void)kith_buf_add_text(&path, "/v1.0/me/");
    if (folder->id[0] != '\0') {
        (void)kith_buf_add_text(&path, "contactFolders/");
        (void)kith_mailbox_add_encoded(&path, folder->id);
        (void)kith_buf_add_text(&path, "/");
    }
    (void)kith_buf_addf(&path, "contacts%s", what); /* too long: fetch/ refuses it */
    return kith_buf_take_text(&path);
}

static char *children_path_of(const struct kith_mailbox_folder *folder)
{
    KITH_AUTO_DONE(kith_buf) path;

    kith_buf_init(&path, PATH_ROOM);
    (void)kith_buf_add_text(&path, "/v1.0/me/contactFolders");
    if (folder->id[0] != '\0') {
        (void)kith_buf_add_text(&path, "/");
        (void)kith_mailbox_add_encoded(&path, folder->id);
        (void)kith_buf_add_text(&path, "/childFolders");
    }
    (void)kith_buf_add_text(&path, "?$top=100");
    return kith_buf_take_text(&path);
}

/* --- Listing ------------------------------------------------------------------- */

static void add_folder(struct kith_mailbox_folders *f, const char *id, const char *path, int depth)
{
    struct kith_mailbox_folder *folder;

    f->folder = kith_xrealloc(f->folder, f->n + 1, sizeof(*f->folder));
    folder = &f->folder[f->n++];
    *folder = (struct kith_mailbox_folder){
        .id = kith_arena_copy(f->arena, id, strlen(id)),
        .path = kith_arena_copy(f->arena, path, strlen(path)),
        .link = "",
        .count = -1,
        .depth = depth,
    };
}

struct kith_mailbox_folder *kith_mailbox_folders_find(const struct kith_mailbox_folders *f, const char *id)
{
    for (size_t i = 0; i < f->n; i++)
        if (strcmp(f->folder[i].id, id) == 0)
            return &f->folder[i];
    return NULL;
}

/* What lies beyond a ceiling is not read, and so nobody may go because he is not met. */
static void leave_out(struct kith_mailbox_folders *f, const char *why)
{
    kith_log_debug(KITH_LOG_FETCH, "contact folders are left out: %s", why);
    f->incomplete = true;
}

static void add_children(struct kith_mailbox_folders *f, const struct kith_graph_folders *page, const char *parent,
                         int depth)
{
    for (size_t i = 0; i < page->n; i++) {
        const char *name = page->folder[i].name[0] != '\0' ? page->folder[i].name : page->folder[i].id;
        char path[PATH_BYTES_MAX];

        if (kith_mailbox_folders_find(f, page->folder[i].id))
            continue; /* a page that came twice */
        if (f->n == FOLDERS_MAX) {
            leave_out(f, "there are too many");
            return;
        }
        (void)kith_text_format(path, sizeof(path), "%s%s%s", parent, parent[0] != '\0' ? "/" : "",
                               name); /* cut is fine */
        add_folder(f, page->folder[i].id, path, depth);
    }
}

/* The folders below one; what is listed under the default folder is all that has no parent listed. */
static enum kith_status list_children(struct kith_mailbox_folders *f, size_t parent, struct kith_error *err)
{
    const char *parent_path = f->folder[parent].path; /* adding moves the array, not the texts */
    int depth = f->folder[parent].depth + 1;
    KITH_AUTO_STRING where = children_path_of(&f->folder[parent]);
    char request_id[64];

    for (int n = 0; where[0] != '\0' && n < PAGES_MAX; n++) {
        struct kith_graph_folders page;
        enum kith_status st = kith_fetch_microsoft_get(f->fetch, where, &f->body, request_id, err);

        if (st == KITH_OK)
            st = kith_parse_microsoft_folders(f->reader, &f->body, f->arena, &page, err);
        if (st != KITH_OK)
            return st;
        add_children(f, &page, parent_path, depth);
        free(where);
        where = kith_xstrdup(page.next_link);
    }
    if (where[0] != '\0')
        leave_out(f, "their list does not end");
    return KITH_OK;
}

/* --- Looking at all of them ---------------------------------------------------- */

bool kith_mailbox_folder_is_gone(const struct kith_error *error)
{
    return error->status == KITH_E_SERVICE && error->http_status == 404;
}

static enum kith_status count_folder(struct kith_mailbox_folders *f, size_t i, struct kith_error *err)
{
    KITH_AUTO_STRING path = kith_mailbox_folder_path(&f->folder[i], "");

    return kith_fetch_microsoft_count(f->fetch, path, &f->folder[i].count, err);
}

/* Ask for the number in this folder and in the next few, and for the folders below them. */
static enum kith_status look_ahead(struct kith_mailbox_folders *f, size_t from, bool count, bool list,
                                   struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (size_t i = from; i < f->n && i < from + FOLDERS_AHEAD && st == KITH_OK; i++) {
        KITH_AUTO_STRING contacts = kith_mailbox_folder_path(&f->folder[i], "");
        KITH_AUTO_STRING children = children_path_of(&f->folder[i]);

        if (count && f->folder[i].count < 0)
            st = kith_fetch_microsoft_foresee(f->fetch, KITH_GRAPH_COUNT, contacts, err);
        if (st == KITH_OK && list && f->folder[i].depth < DEPTH_MAX)
            st = kith_fetch_microsoft_foresee(f->fetch, KITH_GRAPH_GET, children, err);
    }
    return st;
}

static void remove_folder(struct kith_mailbox_folders *f, size_t i)
{
    f->n--;
    memmove(&f->folder[i], &f->folder[i + 1], (f->n - i) * sizeof(*f->folder));
}

static enum kith_status look_at_folder(struct kith_mailbox_folders *f, size_t i, bool count, struct kith_error *err)
{
    enum kith_status st = count ? count_folder(f, i, err) : KITH_OK;

    if (st != KITH_OK)
        return st;
    if (f->folder[i].depth < DEPTH_MAX)
        return list_children(f, i, err);
    leave_out(f, "they would lie too deep");
    return KITH_OK;
}

/*
 * Breadth first: the array is the queue. The default folder says at once what is wrong with the account, and whether
 * there are too many.
 */
enum kith_status kith_mailbox_folders_read(struct kith_mailbox_folders *f, bool count, struct kith_error *err)
{
    enum kith_status st = KITH_OK;
    size_t i = 0;

    f->n = 0;
    f->incomplete = false;
    kith_arena_reset(f->arena);
    add_folder(f, "", "", 0);
    while (i < f->n && st == KITH_OK) {
        st = look_ahead(f, i, count, /* list= */ true, err);
        if (st == KITH_OK)
            st = look_at_folder(f, i, count, err);
        if (st != KITH_OK && i > 0 && kith_mailbox_folder_is_gone(err)) {
            remove_folder(f, i);
            st = KITH_OK;
        } else {
            i++;
        }
    }
    return st;
}

enum kith_status kith_mailbox_folders_count(struct kith_mailbox_folders *f, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < f->n && st == KITH_OK; i++) {
        st = look_ahead(f, i, /* count= */ true, /* list= */ false, err);
        if (st == KITH_OK)
            st = count_folder(f, i, err);
    }
    return st;
}
