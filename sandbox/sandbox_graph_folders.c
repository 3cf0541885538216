/* SPDX-License-Identifier: MIT */
/*
 * sandbox_graph_folders.c - contact folders: lists, single ones, children to any depth, and id translation.
 *
 * Before: sandbox_graph.c found the mailbox.
 * After:  a folder's contacts are sandbox_graph_contacts.c's.
 *
 * As in v1.0 the default folder is not listed, although it is the parent of others.
 */
#include "sandbox/sandbox_graph.h"

#include "base/json_read.h"
#include "base/text.h"
#include "sandbox/sandbox_mailbox.h"

void sandbox_graph_put_folder(struct kith_json_writer *w, const struct sandbox_mailbox *m, size_t folder)
{
    const struct sandbox_folder *f = sandbox_mailbox_folder(m, folder);
    char root[128];

    /* The default folder's parent is the top of the mailbox, which nothing here lists. */
    (void)kith_text_format(root, sizeof(root), "%.110sAAEIAAA=", sandbox_mailbox_folder(m, 0)->id);
    kith_json_put_text(w, "id", f->id);
    kith_json_put_text(w, "parentFolderId",
                       folder == SANDBOX_DEFAULT_FOLDER ? root : sandbox_mailbox_folder(m, f->parent)->id);
    kith_json_put_text(w, "displayName", f->name);
}

static void list_children(struct sandbox_request *req, const struct sandbox_mailbox *m, size_t parent,
                          struct sandbox_answer *ans)
{
    int64_t top = 10, skip = 0, index = 0, listed = 0;
    bool more = false;

    if (!sandbox_graph_number(req, "$top", 10, &top) || !sandbox_graph_number(req, "$skip", 0, &skip) || top < 1) {
        sandbox_graph_error(req, ans, 400, "ErrorInvalidUrlQuery", "A number in the query is malformed.");
        return;
    }
    ans->content_type = SANDBOX_GRAPH_JSON;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@odata.context", sandbox_graph_context(req, "contactFolders"));
    kith_json_begin_array(w, "value");
    for (size_t i = 1; i < SANDBOX_N_FOLDERS; i++) {
        if (sandbox_mailbox_folder(m, i)->parent != parent || index++ < skip)
            continue;
        more = listed == top;
        if (more)
            break;
        listed++;
        kith_json_begin_object(w, NULL);
        sandbox_graph_put_folder(w, m, i);
        kith_json_end(w);
    }
    kith_json_end(w);
    int64_t next_skip = skip + listed;
    if (more)
        kith_json_put_text(w, "@odata.nextLink",
                           sandbox_request_format(req, "%s%s?$top=%lld&$skip=%lld", sandbox_request_base_url(req),
                                                  req->path, (long long)top, (long long)next_skip));
    kith_json_end(w);
}

static void one_folder(struct sandbox_request *req, const struct sandbox_mailbox *m, size_t folder,
                       struct sandbox_answer *ans)
{
    ans->content_type = SANDBOX_GRAPH_JSON;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@odata.context", sandbox_graph_context(req, "contactFolders/$entity"));
    sandbox_graph_put_folder(w, m, folder);
    kith_json_end(w);
}

static void count_children(const struct sandbox_mailbox *m, size_t parent, struct sandbox_answer *ans)
{
    unsigned n = 0;

    for (size_t i = 1; i < SANDBOX_N_FOLDERS; i++)
        n += sandbox_mailbox_folder(m, i)->parent == parent;
    sandbox_answer_text(ans, 200, "text/plain", "");
    (void)kith_buf_addf(&ans->body, "%u", n); /* far below the ceiling */
}

/* place->next stands behind "contactFolders" or "childFolders"; place->folder is the parent. */
static void children(struct sandbox_request *req, struct sandbox_place_in_mailbox *place, struct sandbox_answer *ans)
{
    const char *what = sandbox_request_segment(req, place->next + 1);

    if (!*sandbox_request_segment(req, place->next)) {
        list_children(req, place->mailbox, place->folder, ans);
        return;
    }
    if (kith_text_equal_ci(sandbox_request_segment(req, place->next), "$count")) {
        count_children(place->mailbox, place->folder, ans);
        return;
    }
    if (sandbox_graph_is_delta(sandbox_request_segment(req, place->next))) {
        sandbox_graph_folders_delta(req, place, ans);
        return;
    }
    place->folder = sandbox_mailbox_find_folder(place->mailbox, sandbox_request_segment(req, place->next));
    if (place->folder == SANDBOX_N_FOLDERS) {
        sandbox_graph_error(req, ans, 404, "ErrorItemNotFound",
                            "The specified folder could not be found in the store.");
        return;
    }
    place->next += 2;
    if (!*what)
        one_folder(req, place->mailbox, place->folder, ans);
    else if (kith_text_equal_ci(what, "contacts"))
        sandbox_graph_contacts(req, place, ans);
    else if (kith_text_equal_ci(what, "childFolders"))
        children(req, place, ans); /* as deep as the path has segments, which are few */
    else
        sandbox_graph_error_for(req, ans, 400);
}

void sandbox_graph_folders(struct sandbox_request *req, struct sandbox_place_in_mailbox *place,
                           struct sandbox_answer *ans)
{
    /* A list at the top is one of children as well, but changes there are those of the whole mailbox. */
    if (sandbox_graph_is_delta(sandbox_request_segment(req, place->next)))
        place->folder = SANDBOX_N_FOLDERS;
    children(req, place, ans);
}

/* --- POST translateExchangeIds ---------------------------------------------------------- */

#define MAX_IDS 1000

static void translate_one(struct kith_json_writer *w, const struct sandbox_mailbox *m, const char *source,
                          bool to_immutable)
{
    char target[SANDBOX_ID_SIZE];
    size_t folder = 0;
    int64_t slot = 0;

    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "sourceId", source);
    if (sandbox_id_find(m, source, &folder, &slot) == SANDBOX_ID_LIVE) {
        sandbox_slot_id(m, folder, slot, to_immutable, target);
        kith_json_put_text(w, "targetId", target);
    }
    kith_json_end(w);
}

void sandbox_graph_translate_ids(struct sandbox_request *req, struct sandbox_mailbox *m, struct sandbox_answer *ans)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json body;
    char why[120];
    size_t len;

    if (strcmp(req->method, "POST") != 0 ||
        !kith_json_read(reader, req->body, req->body_len, &body, why, sizeof(why)) ||
        kith_json_length(kith_json_member(body, "inputIds")) > MAX_IDS) {
        sandbox_graph_error_for(req, ans, 400);
        return;
    }
    bool to_immutable =
        kith_text_starts_with_ci(kith_json_string(kith_json_member(body, "targetIdType"), &len), "restImmutable");
    struct kith_json_walk walk = kith_json_walk(kith_json_member(body, "inputIds"));
    ans->content_type = SANDBOX_GRAPH_JSON;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_begin_array(w, "value");
    while (kith_json_next(&walk))
        translate_one(w, m, kith_json_string(walk.value, &len), to_immutable);
    kith_json_end(w);
    kith_json_end(w);
}
