/* SPDX-License-Identifier: MIT */
/*
 * sandbox_graph_contacts.c - lists of contacts, their number, and single ones.
 *
 * Before: sandbox_graph.c found mailbox and folder.
 * After:  a page goes out, kept by sandbox_cache.c for the next who asks for it.
 */
#include "sandbox/sandbox_graph.h"

#include "base/text.h"
#include "sandbox/sandbox_cache.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_contact_json.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_world.h"

#define DEFAULT_TOP 10
#define TOP_CAP 1000

/* One page that was asked for. */
struct page {
    struct sandbox_mailbox *mailbox;
    size_t folder;
    int64_t top, skip;
    uint64_t select;
    struct sandbox_expand expand;
    bool count, immutable, descending;
    int order;         /* text to order by; -1: as they stand */
    const char *email; /* of a $filter; NULL: none */
};

/* --- Reading the query ------------------------------------------------------------- */

static bool read_order(struct sandbox_request *req, struct page *page)
{
    static const struct {
        const char *name;
        int text;
    } orders[] = {
        {"displayName", SANDBOX_DISPLAY_NAME},
        {"givenName", SANDBOX_GIVEN_NAME},
        {"surname", SANDBOX_SURNAME},
        {"fileAs", SANDBOX_FILE_AS},
        {"companyName", SANDBOX_COMPANY_NAME},
        {"jobTitle", SANDBOX_JOB_TITLE},
        {"mobilePhone", SANDBOX_MOBILE_PHONE},
        {"department", SANDBOX_DEPARTMENT},
        {"createdDateTime", SANDBOX_BY_CREATED},
        {"lastModifiedDateTime", SANDBOX_BY_CHANGED},
    };
    const char *asked = sandbox_params_text(&req->query, "$orderby");
    size_t len = strcspn(asked, " ,");
    char name[64];

    page->order = -1;
    if (!*asked)
        return true;
    page->descending = kith_text_starts_with_ci(asked + len + strspn(asked + len, " "), "desc");
    if (!kith_text_copy_n(name, sizeof(name), asked, len))
        return false;
    for (size_t i = 0; i < KITH_COUNT_OF(orders); i++)
        if (kith_text_equal_ci(orders[i].name, name))
            page->order = orders[i].text;
    return page->order >= 0;
}

/* emailAddresses/any(a:a/address eq 'x'), the one filter on addresses that Graph takes. */
static bool read_filter(struct sandbox_request *req, struct page *page)
{
    const char *filter = sandbox_params_get(&req->query, "$filter");
    const char *first, *last;

    if (!filter)
        return true;
    first = strchr(filter, '\'');
    last = first ? strchr(first + 1, '\'') : NULL;
    if (!last || !kith_text_starts_with_ci(filter, "emailAddresses/any(") || !strstr(filter, "/address eq "))
        return false;
    page->email = kith_arena_copy(req->arena, first + 1, (size_t)(last - first - 1));
    return true;
}

static void bad_query(struct sandbox_request *req, const char *name, struct sandbox_answer *ans)
{
    sandbox_graph_error(req, ans, 400, "ErrorInvalidUrlQuery",
                        sandbox_request_format(req, "The query option '%s' has a value that is not supported.", name));
}

static bool read_page(struct sandbox_request *req, struct page *page, struct sandbox_answer *ans)
{
    struct sandbox_mailbox_shape shape = sandbox_mailbox_shape_held(page->mailbox);
    const char *size = sandbox_request_preference(req, "odata.maxpagesize");
    int64_t cap = shape.top_cap > 0 ? shape.top_cap : TOP_CAP;
    int64_t preset = DEFAULT_TOP;

    if (size && !kith_text_to_int64(size, 1, INT64_MAX, &preset))
        preset = DEFAULT_TOP;
    if (!sandbox_graph_number(req, "$top", preset, &page->top) || page->top < 1) {
        bad_query(req, "$top", ans);
        return false;
    }
    page->top = page->top < cap ? page->top : cap;
    if (!sandbox_graph_number(req, "$skip", 0, &page->skip)) {
        bad_query(req, "$skip", ans);
        return false;
    }
    if (!read_order(req, page)) {
        bad_query(req, "$orderby", ans);
        return false;
    }
    if (!read_filter(req, page) || sandbox_params_get(&req->query, "$search")) {
        bad_query(req, page->email ? "$search" : "$filter", ans);
        return false;
    }
    page->count = kith_text_equal_ci(sandbox_params_text(&req->query, "$count"), "true");
    page->immutable = sandbox_graph_wants_immutable(req);
    return sandbox_graph_read_view(req, &page->select, &page->expand, ans);
}

/* --- Writing a page ------------------------------------------------------------------ */

struct page_writer {
    struct sandbox_request *req;
    const struct page *page;
    struct kith_buf *out;
    struct sandbox_contact *scratch;
    bool first;
};

static void write_slot(struct page_writer *w, int64_t slot)
{
    const struct page *page = w->page;
    char id[SANDBOX_ID_SIZE], change_key[41];
    struct sandbox_contact_view view = {
        .id = id,
        .change_key = change_key,
        .folder_id = sandbox_mailbox_folder(page->mailbox, page->folder)->id,
        .select = page->select,
        .expand = &page->expand,
    };

    if (!sandbox_slot_contact(page->mailbox, page->folder, slot, w->scratch))
        return;
    sandbox_slot_id(page->mailbox, page->folder, slot, page->immutable, id);
    sandbox_slot_change_key(page->mailbox, page->folder, slot, change_key);
    if (!w->first)
        (void)kith_buf_add_char(w->out, ',');
    w->first = false;
    sandbox_contact_write(w->scratch, &view, w->out);
}

/* The slot at a position in the order that was asked for; -1: nothing is listed there. */
static int64_t slot_at(const struct page *page, int64_t position)
{
    int64_t n = 0;
    const uint32_t *ordered;

    if (page->order < 0)
        return sandbox_folder_slot(page->mailbox, page->folder, position);
    ordered = sandbox_folder_ordered(page->mailbox, page->folder, page->order, &n);
    if (position >= n)
        return -1;
    return ordered[page->descending ? n - 1 - position : position];
}

static void write_items(struct page_writer *w, int64_t end)
{
    enum sandbox_act act = w->req->fault.act;

    for (int64_t position = w->page->skip; position < end; position++) {
        int64_t slot = slot_at(w->page, position);
        bool odd_one = position % 7 == 3;
        if (slot < 0 || (act == SANDBOX_ACT_DROP_ITEMS && odd_one))
            continue;
        write_slot(w, slot);
        if (act == SANDBOX_ACT_REPEAT_ITEMS && odd_one)
            write_slot(w, slot);
    }
}

static void put_encoded(struct kith_buf *out, struct sandbox_request *req, const char *text)
{
    size_t room = strlen(text) * 3 + 1;
    char *encoded = kith_arena_alloc(req->arena, room);

    (void)kith_percent_encode(text, encoded, room); /* three bytes for each are enough */
    (void)kith_buf_add_text(out, encoded);
}

/* The same request with another $skip: all options are carried along, as Graph does. */
static void write_link(struct page_writer *w, int64_t next_skip)
{
    struct sandbox_request *req = w->req;
    const char *base = sandbox_request_base_url(req);
    KITH_AUTO_DONE(kith_buf) link = {0};

    if (req->fault.act == SANDBOX_ACT_FOREIGN_LINK)
        base = req->fault.link[0] ? req->fault.link : "https://graph.attacker.example";
    kith_buf_init(&link, 64 * 1024);
    (void)kith_buf_addf(&link, "%s%s?", base, req->path);
    for (size_t i = 0; i < req->query.n; i++) {
        const char *name = req->query.item[i].name;
        if (kith_text_equal_ci(name, "$skip") || kith_text_equal_ci(name, "$skiptoken"))
            continue;
        if (name[0] == '$')
            (void)kith_buf_add_char(&link, *name++);
        put_encoded(&link, req, name);
        (void)kith_buf_add_char(&link, '=');
        put_encoded(&link, req, req->query.item[i].value);
        (void)kith_buf_add_char(&link, '&');
    }
    (void)kith_buf_addf(&link, "$skip=%lld", (long long)next_skip);
    if (req->fault.act == SANDBOX_ACT_EMPTY_PAGE)
        (void)kith_buf_add_text(&link, "&$skiptoken=again");
    (void)kith_buf_add_text(w->out, ",\"@odata.nextLink\":");
    sandbox_json_text(w->out, kith_buf_text(&link));
}

static void write_page(struct page_writer *w, const char *context)
{
    const struct page *page = w->page;
    enum sandbox_act act = w->req->fault.act;
    int64_t all = sandbox_folder_positions(page->mailbox, page->folder);
    int64_t left = page->skip < all ? all - page->skip : 0;
    int64_t end = page->skip + (left < page->top ? left : page->top);

    (void)kith_buf_add_text(w->out, "{\"@odata.context\":");
    sandbox_json_text(w->out, context);
    if (page->count)
        (void)kith_buf_addf(w->out, ",\"@odata.count\":%lld",
                            (long long)sandbox_folder_count(page->mailbox, page->folder));
    (void)kith_buf_add_text(w->out, ",\"value\":[");
    if (act != SANDBOX_ACT_EMPTY_PAGE)
        write_items(w, end);
    (void)kith_buf_add_text(w->out, "]");
    if (act == SANDBOX_ACT_LOOP || act == SANDBOX_ACT_EMPTY_PAGE)
        write_link(w, page->skip);
    else if (end < all)
        write_link(w, end);
    (void)kith_buf_add_text(w->out, "}");
}

/* Contacts with this address, found by looking at all of them: nobody does this a thousand times a second. */
static void write_filtered(struct page_writer *w, const char *context)
{
    const struct page *page = w->page;
    int64_t all = sandbox_folder_live(page->mailbox, page->folder);

    (void)kith_buf_add_text(w->out, "{\"@odata.context\":");
    sandbox_json_text(w->out, context);
    (void)kith_buf_add_text(w->out, ",\"value\":[");
    for (int64_t i = 0; i < all; i++) {
        int64_t slot = sandbox_folder_nth(page->mailbox, page->folder, i);
        bool found = false;
        if (!sandbox_slot_contact(page->mailbox, page->folder, slot, w->scratch))
            continue;
        for (size_t k = 0; k < w->scratch->n_emails; k++)
            found |= w->scratch->email[k].address && kith_text_equal_ci(w->scratch->email[k].address, page->email);
        if (found)
            write_slot(w, slot);
    }
    (void)kith_buf_add_text(w->out, "]}");
}

static bool may_be_kept(const struct sandbox_request *req, const struct page *page)
{
    return req->fault.act == SANDBOX_ACT_NONE && !page->email && req->connection && !req->headers;
}

/* Everything a page depends on. */
static const char *page_key(struct sandbox_request *req, const struct page *page)
{
    return sandbox_request_format(req, "%zu %llu %zu %d %d %lld %s %s", req->person,
                                  (unsigned long long)sandbox_mailbox_state(page->mailbox), page->folder,
                                  page->immutable, sandbox_request_accepts_gzip(req), (long long)page->top,
                                  sandbox_request_base_url(req), req->target);
}

static void keep_page(struct sandbox_request *req, const char *key, struct sandbox_answer *ans)
{
    bool zips = sandbox_request_accepts_gzip(req);

    sandbox_answer_zip(req, ans);
    ans->cached = sandbox_cache_put(req->world->cache, key, &ans->body, zips && ans->zipped);
    ans->zipped = false;
}

static const char *list_context(struct sandbox_request *req, const struct page *page)
{
    if (page->folder == SANDBOX_DEFAULT_FOLDER)
        return sandbox_graph_context(req, "contacts");
    return sandbox_graph_context(req, sandbox_request_format(req, "contactFolders('%s')/contacts",
                                                             sandbox_mailbox_folder(page->mailbox, page->folder)->id));
}

static void list(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place, struct sandbox_answer *ans)
{
    struct page page = {.mailbox = place->mailbox, .folder = place->folder};
    struct page_writer w = {.req = req, .page = &page, .out = &ans->body, .first = true};
    const char *key;

    if (!read_page(req, &page, ans))
        return;
    ans->content_type = SANDBOX_GRAPH_JSON;
    key = page_key(req, &page);
    if (may_be_kept(req, &page)) {
        ans->cached = sandbox_cache_get(req->world->cache, key);
        if (ans->cached)
            return;
    }
    w.scratch = kith_xrealloc(NULL, 1, sizeof(*w.scratch));
    if (page.email)
        write_filtered(&w, list_context(req, &page));
    else
        write_page(&w, list_context(req, &page));
    free(w.scratch);
    if (ans->body.full)
        sandbox_graph_error_for(req, ans, 500);
    else if (may_be_kept(req, &page))
        keep_page(req, key, ans);
}

/* --- One contact ----------------------------------------------------------------------- */

static void write_one(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place, size_t folder,
                      int64_t slot, struct sandbox_answer *ans)
{
    struct sandbox_contact *c;
    struct sandbox_expand expand;
    char id[SANDBOX_ID_SIZE], change_key[41];
    struct sandbox_contact_view view = {
        .id = id,
        .change_key = change_key,
        .folder_id = sandbox_mailbox_folder(place->mailbox, folder)->id,
        .expand = &expand,
        .context = sandbox_graph_context(req, "contacts/$entity"),
    };

    if (!sandbox_graph_read_view(req, &view.select, &expand, ans))
        return;
    c = kith_xrealloc(NULL, 1, sizeof(*c));
    (void)sandbox_slot_contact(place->mailbox, folder, slot, c); /* the id was found to be live */
    sandbox_slot_id(place->mailbox, folder, slot, sandbox_graph_wants_immutable(req), id);
    sandbox_slot_change_key(place->mailbox, folder, slot, change_key);
    ans->content_type = SANDBOX_GRAPH_JSON;
    sandbox_contact_write(c, &view, &ans->body);
    free(c);
}

static void photo(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place, size_t folder,
                  int64_t slot, bool value, struct sandbox_answer *ans)
{
    struct sandbox_contact *c = kith_xrealloc(NULL, 1, sizeof(*c));
    uint64_t key;

    (void)sandbox_slot_contact(place->mailbox, folder, slot, c); /* the id was found to be live */
    key = c->key;
    free(c);
    sandbox_graph_photo(req, key, value, ans);
}

static void one(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place, struct sandbox_answer *ans)
{
    const char *id = sandbox_request_segment(req, place->next);
    const char *what = sandbox_request_segment(req, place->next + 1);
    const char *value = sandbox_request_segment(req, place->next + 2);
    size_t folder = 0;
    int64_t slot = 0;

    switch (sandbox_id_find(place->mailbox, id, &folder, &slot)) {
    case SANDBOX_ID_MALFORMED:
        sandbox_graph_error(req, ans, 400, "ErrorInvalidIdMalformed", "Id is malformed.");
        return;
    case SANDBOX_ID_REMOVED:
        sandbox_graph_error_for(req, ans, 404);
        return;
    case SANDBOX_ID_LIVE:
        break;
    }
    if (!*what)
        write_one(req, place, folder, slot, ans);
    else if (kith_text_equal_ci(what, "photo") && (!*value || kith_text_equal_ci(value, "$value")))
        photo(req, place, folder, slot, *value, ans);
    else
        sandbox_graph_error_for(req, ans, 400);
}

void sandbox_graph_contacts(struct sandbox_request *req, const struct sandbox_place_in_mailbox *place,
                            struct sandbox_answer *ans)
{
    const char *what = sandbox_request_segment(req, place->next);

    if (!*what)
        list(req, place, ans);
    else if (kith_text_equal_ci(what, "$count"))
        sandbox_answer_text(
            ans, 200, "text/plain",
            sandbox_request_format(req, "%lld", (long long)sandbox_folder_count(place->mailbox, place->folder)));
    else if (sandbox_graph_is_delta(what))
        sandbox_graph_contacts_delta(req, place, ans);
    else
        one(req, place, ans);
}
