/* SPDX-License-Identifier: MIT */
/*
 * sandbox_graph_delta.c - change tracking: rounds of pages that end in a link for the next round.
 *
 * Before: sandbox_mailbox.c numbers every change.
 * After:  a program asks with the deltaLink and gets what has a higher number.
 *
 * A token holds everything a round needs, so nothing is kept between requests:
 * epoch.since.until.slot.select.expand, each a number. A mailbox that began again
 * has a new epoch, and tokens of the old one are gone (410).
 */
#include "sandbox/sandbox_graph.h"

#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_contact_json.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_world.h"

#define PAGE_CAP 200

struct round {
    const struct sandbox_place_in_mailbox *place;
    uint64_t epoch, since, until;
    int64_t slot; /* where the next page begins */
    uint64_t select;
    struct sandbox_expand expand;
    int64_t page_size;
    bool immutable;
};

/* --- Tokens ----------------------------------------------------------------------------- */

static const char *write_token(struct sandbox_request *req, const struct round *r, int64_t slot)
{
    KITH_AUTO_DONE(kith_buf) ids = {0};

    kith_buf_init(&ids, 16384);
    for (size_t i = 0; i < r->expand.n; i++)
        (void)kith_buf_addf(&ids, "%s~", r->expand.id[i]); /* 32 short ids fit */
    size_t room = ids.len * 3 + 1;
    char *encoded = kith_arena_alloc(req->arena, room);
    (void)kith_percent_encode(kith_buf_text(&ids), encoded, room); /* three bytes for each are enough */
    return sandbox_request_format(req, "sb.%llx.%llx.%llx.%llx.%llx.%s", (unsigned long long)r->epoch,
                                  (unsigned long long)r->since, (unsigned long long)r->until, (unsigned long long)slot,
                                  (unsigned long long)r->select, encoded);
}

/* One number and its dot; *text moves on. */
static bool take_number(const char **text, uint64_t *ret)
{
    uint64_t value = 0;
    size_t digits = 0;

    for (; digits < 16; digits++, (*text)++) {
        char c = **text;
        if (c >= '0' && c <= '9')
            value = value << 4 | (uint64_t)(c - '0');
        else if (c >= 'a' && c <= 'f')
            value = value << 4 | (uint64_t)(c - 'a' + 10);
        else
            break;
    }
    if (digits == 0 || **text != '.')
        return false;
    (*text)++;
    *ret = value;
    return true;
}

static bool take_expand(const char *text, struct sandbox_expand *ret)
{
    ret->n = 0;
    while (*text) {
        size_t len = strcspn(text, "~");
        if (ret->n == SANDBOX_MAX_EXPAND || text[len] != '~' ||
            !kith_text_copy_n(ret->id[ret->n], sizeof(ret->id[0]), text, len))
            return false;
        ret->n++;
        text += len + 1;
    }
    return true;
}

static bool read_token(const char *text, struct round *r)
{
    uint64_t slot = 0;

    if (!kith_text_starts_with(text, "sb."))
        return false;
    text += 3;
    if (!take_number(&text, &r->epoch) || !take_number(&text, &r->since) || !take_number(&text, &r->until) ||
        !take_number(&text, &slot) || !take_number(&text, &r->select) || slot > INT64_MAX)
        return false;
    r->slot = (int64_t)slot;
    return take_expand(text, &r->expand);
}

/* --- A page -------------------------------------------------------------------------------- */

static void write_removed(struct kith_buf *out, const char *id)
{
    (void)kith_buf_add_text(out, "{\"@odata.type\":\"#microsoft.graph.contact\",\"id\":");
    sandbox_json_text(out, id);
    (void)kith_buf_add_text(out, ",\"@removed\":{\"reason\":\"deleted\"}}");
}

static void write_item(const struct round *r, int64_t slot, bool removed, struct sandbox_contact *scratch,
                       struct kith_buf *out)
{
    const struct sandbox_mailbox *m = r->place->mailbox;
    char id[SANDBOX_ID_SIZE], change_key[41];
    struct sandbox_contact_view view = {
        .id = id,
        .change_key = change_key,
        .folder_id = sandbox_mailbox_folder(m, r->place->folder)->id,
        .select = r->select,
        .expand = &r->expand,
        .type = "#microsoft.graph.contact",
    };

    sandbox_slot_id(m, r->place->folder, slot, r->immutable, id);
    if (removed || !sandbox_slot_contact(m, r->place->folder, slot, scratch)) {
        write_removed(out, id);
        return;
    }
    sandbox_slot_change_key(m, r->place->folder, slot, change_key);
    sandbox_contact_write(scratch, &view, out);
}

/* The next slot of this round at or behind *slot. A first round lists what is there, later ones what changed. */
static bool next_item(const struct round *r, int64_t *slot, bool *ret_removed, struct sandbox_contact *scratch)
{
    const struct sandbox_mailbox *m = r->place->mailbox;

    if (r->since > 0)
        return sandbox_folder_next_change(m, r->place->folder, r->since, slot, ret_removed);
    *ret_removed = false;
    for (; *slot < sandbox_folder_slots(m, r->place->folder); (*slot)++)
        if (sandbox_slot_contact(m, r->place->folder, *slot, scratch))
            return true;
    return false;
}

static void write_link(struct sandbox_request *req, const char *name, const char *option, const char *token,
                       struct kith_buf *out)
{
    const char *base = sandbox_request_base_url(req);

    if (req->fault.act == SANDBOX_ACT_FOREIGN_LINK)
        base = req->fault.link[0] ? req->fault.link : "https://graph.attacker.example";
    (void)kith_buf_addf(out, ",\"%s\":", name);
    sandbox_json_text(out, sandbox_request_format(req, "%s%s?%s=%s", base, req->path, option, token));
}

static void write_round_page(struct sandbox_request *req, const struct round *r, struct sandbox_answer *ans)
{
    struct sandbox_contact *scratch = kith_xrealloc(NULL, 1, sizeof(*scratch));
    enum sandbox_act act = req->fault.act;
    struct kith_buf *out = &ans->body;
    int64_t slot = r->slot, listed = 0;
    bool removed = false, first = true, more;
    struct round next = *r;

    ans->content_type = SANDBOX_GRAPH_JSON;
    (void)kith_buf_add_text(out, "{\"@odata.context\":");
    sandbox_json_text(out, sandbox_graph_context(req, "contacts(delta)"));
    (void)kith_buf_add_text(out, ",\"value\":[");
    while (act != SANDBOX_ACT_EMPTY_PAGE && listed < r->page_size && next_item(r, &slot, &removed, scratch)) {
        for (int k = act == SANDBOX_ACT_REPEAT_ITEMS && listed % 7 == 3 ? 2 : 1; k > 0; k--) {
            if (act == SANDBOX_ACT_DROP_ITEMS && listed % 7 == 3)
                break;
            if (!first)
                (void)kith_buf_add_char(out, ',');
            first = false;
            write_item(r, slot, removed, scratch, out);
        }
        listed++;
        slot++;
    }
    (void)kith_buf_add_text(out, "]");
    int64_t look = slot;
    more = next_item(r, &look, &removed, scratch);
    free(scratch);
    if (act == SANDBOX_ACT_LOOP)
        slot = r->slot;
    if (more || act == SANDBOX_ACT_LOOP || act == SANDBOX_ACT_EMPTY_PAGE) {
        write_link(req, "@odata.nextLink", "$skiptoken", write_token(req, r, slot), out);
    } else {
        next.since = r->until;
        next.until = 0;
        write_link(req, "@odata.deltaLink", "$deltatoken", write_token(req, &next, 0), out);
    }
    (void)kith_buf_add_text(out, "}");
    if (out->full)
        sandbox_graph_error_for(req, ans, 500);
}

static void gone(struct sandbox_request *req, struct sandbox_answer *ans)
{
    sandbox_graph_error_for(req, ans, 410);
    sandbox_answer_header(req, ans, "Location",
                          sandbox_request_format(req, "%s%s?$deltatoken=", sandbox_request_base_url(req), req->path));
}

static bool first_options_are_fine(struct sandbox_request *req, struct sandbox_answer *ans)
{
    static const char *const refused[] = {"$filter", "$orderby", "$search", "$skip"};

    for (size_t i = 0; i < KITH_COUNT_OF(refused); i++) {
        if (sandbox_params_get(&req->query, refused[i])) {
            sandbox_graph_error(req, ans, 400, "ErrorInvalidUrlQuery",
                                "The query contains options that change tracking does not support.");
            return false;
        }
    }
    return true;
}

static void read_page_size(struct sandbox_request *req, struct round *r)
{
    const char *size = sandbox_request_preference(req, "odata.maxpagesize");

    r->page_size = PAGE_CAP;
    if (size && kith_text_to_int64(size, 1, INT64_MAX, &r->page_size))
        r->page_size = r->page_size < PAGE_CAP ? r->page_size : PAGE_CAP;
}

void sandbox_graph_contacts_delta(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place,
                                  struct sandbox_answer *ans)
{
    const char *token = sandbox_params_get(&req->query, "$skiptoken");
    struct round r = {.place = place, .epoch = sandbox_mailbox_epoch(place->mailbox)};

    if (!token)
        token = sandbox_params_get(&req->query, "$deltatoken");
    read_page_size(req, &r);
    r.immutable = sandbox_graph_wants_immutable(req);
    if (token && *token) {
        if (!read_token(token, &r)) {
            sandbox_graph_error(req, ans, 400, "ErrorInvalidIdMalformed", "The sync state is malformed.");
            return;
        }
        if (r.epoch != sandbox_mailbox_epoch(place->mailbox)) {
            gone(req, ans);
            return;
        }
    } else if (!first_options_are_fine(req, ans) || !sandbox_graph_read_view(req, &r.select, &r.expand, ans)) {
        return;
    }
    if (r.until == 0)
        r.until = sandbox_mailbox_sequence(place->mailbox);
    write_round_page(req, &r, ans);
    if (sandbox_request_preference(req, "odata.track-changes"))
        sandbox_answer_header(req, ans, "Preference-Applied", "odata.track-changes");
}

/* Folders never change here: the first round lists them, later ones list nothing. */
void sandbox_graph_folders_delta(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place,
                                 struct sandbox_answer *ans)
{
    const char *token = sandbox_params_text(&req->query, "$deltatoken");
    const struct sandbox_mailbox *m = place->mailbox;

    ans->content_type = SANDBOX_GRAPH_JSON;
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "@odata.context", sandbox_graph_context(req, "contactFolders(delta)"));
    kith_json_begin_array(w, "value");
    for (size_t i = 0; !*token && i < SANDBOX_N_FOLDERS; i++) {
        bool child = i != SANDBOX_DEFAULT_FOLDER && sandbox_mailbox_folder(m, i)->parent == place->folder;
        if (place->folder != SANDBOX_N_FOLDERS && !child)
            continue;
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "@odata.type", "#microsoft.graph.contactFolder");
        sandbox_graph_put_folder(w, m, i);
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_json_put_text(w, "@odata.deltaLink",
                       sandbox_request_format(req, "%s%s?$deltatoken=sbf", sandbox_request_base_url(req), req->path));
    kith_json_end(w);
}
