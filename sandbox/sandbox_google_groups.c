/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_groups.c - contact groups: the list, single ones with their members, several at once.
 *
 * Before: sandbox_google_people.c found whose address book it is.
 * After:  a client shows the groups' names as categories; who is in which, each person says itself.
 *
 * People's own groups are the categories of sandbox_contact.c. Only those have an
 * etag and a time; the others are everybody's.
 */
#include "sandbox/sandbox_google_groups.h"

#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_google_manner.h"
#include "sandbox/sandbox_google_people.h"
#include "sandbox/sandbox_google_person.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_world.h"

#define DEFAULT_SIZE 30
#define MAX_SIZE 1000
#define MAX_BATCH 200

static const struct group {
    const char *id, *name, *shown;
    bool own;
} groups[] = {
    {"myContacts", "myContacts", "My Contacts", false},
    {"starred", "starred", "Starred", false},
    {"friends", "friends", "Friends", false},
    {"family", "family", "Family", false},
    {"coworkers", "coworkers", "Coworkers", false},
    {"chatBuddies", "chatBuddies", "Chat contacts", false},
    {"all", "all", "All Contacts", false},
    {"blocked", "blocked", "Blocked", false},
    {"1a2b3c4d0e5f6071", "Business", "Business", true},
    {"1a2b3c4d0e5f6072", "Family", "Family", true},
    {"1a2b3c4d0e5f6073", "Friends", "Friends", true},
    {"1a2b3c4d0e5f6074", "Suppliers", "Suppliers", true},
    {"1a2b3c4d0e5f6075", "Customers", "Customers", true},
    {"1a2b3c4d0e5f6076", "Red category", "Red category", true},
    {"1a2b3c4d0e5f6077", "Neighbours", "Neighbours", true},
    {"1a2b3c4d0e5f6078", "Choir", "Choir", true},
    {"1a2b3c4d0e5f6079", "VIP", "VIP", true},
    {"1a2b3c4d0e5f607a", "Holiday cards", "Holiday cards", true},
};
#define N_GROUPS KITH_COUNT_OF(groups)
#define FIRST_OWN (N_GROUPS - SANDBOX_N_OWN_GROUPS) /* own groups stand behind the others */

_Static_assert(N_GROUPS > SANDBOX_N_OWN_GROUPS, "the last rows are the own ones");

/* How often and when it was renamed; everybody's groups never are. */
static struct sandbox_group_change change_of(const struct sandbox_mailbox *m, const struct group *g)
{
    static const struct sandbox_group_change never;

    return g->own ? sandbox_group_get_change(m, (size_t)(g - groups) - FIRST_OWN) : never;
}

bool sandbox_group_id_of(const char *name, char out[SANDBOX_GROUP_ID_SIZE])
{
    for (size_t i = 0; i < N_GROUPS; i++)
        if (groups[i].own && strcmp(groups[i].name, name) == 0)
            return kith_text_copy(out, SANDBOX_GROUP_ID_SIZE, groups[i].id);
    return false;
}

static const struct group *find_group(const char *id)
{
    for (size_t i = 0; i < N_GROUPS; i++)
        if (strcmp(groups[i].id, id) == 0)
            return &groups[i];
    return NULL;
}

/* --- Who is in it -------------------------------------------------------------------------- */

static bool is_member(const struct group *g, const struct sandbox_google_person *p)
{
    const struct sandbox_list *categories = &p->contact->categories;

    if (!g->own)
        return strcmp(g->id, "myContacts") == 0 || (strcmp(g->id, "starred") == 0 && p->starred);
    for (size_t i = 0; i < categories->n; i++)
        if (strcmp(categories->item[i], g->name) == 0)
            return true;
    return false;
}

/* Counts once for all groups: it takes making every contact there is. */
static void count_members(const struct sandbox_mailbox *m, int64_t count[N_GROUPS])
{
    struct sandbox_contact *c = kith_xrealloc(NULL, 1, sizeof(*c));
    struct sandbox_google_person *p = kith_xrealloc(NULL, 1, sizeof(*p));

    memset(count, 0, N_GROUPS * sizeof(count[0]));
    for (int64_t n = 0; n < sandbox_folder_live(m, SANDBOX_DEFAULT_FOLDER); n++) {
        if (!sandbox_slot_contact(m, SANDBOX_DEFAULT_FOLDER, sandbox_folder_nth(m, SANDBOX_DEFAULT_FOLDER, n), c))
            continue;
        sandbox_google_person_make(p, c);
        for (size_t i = 0; i < N_GROUPS; i++)
            count[i] += is_member(&groups[i], p);
    }
    free(c);
    free(p);
}

/* The first most members' names. */
static void put_members(struct sandbox_request *req, const struct sandbox_mailbox *m, const struct group *g,
                        int64_t most, struct kith_json_writer *w)
{
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    struct sandbox_contact *c = kith_arena_alloc(arena, sizeof(*c));
    struct sandbox_google_person *p = kith_arena_alloc(arena, sizeof(*p));
    int64_t live = sandbox_folder_live(m, SANDBOX_DEFAULT_FOLDER), n_members = 0;

    if (most == 0)
        return;
    kith_json_begin_array(w, "memberResourceNames");
    for (int64_t n = 0; n < live && n_members < most; n++) {
        int64_t slot = sandbox_folder_nth(m, SANDBOX_DEFAULT_FOLDER, n);
        if (!sandbox_slot_contact(m, SANDBOX_DEFAULT_FOLDER, slot, c))
            continue;
        sandbox_google_person_make(p, c);
        if (!is_member(g, p))
            continue;
        n_members++;
        kith_json_put_text(
            w, NULL,
            sandbox_request_format(req, "people/c%llu",
                                   (unsigned long long)sandbox_slot_number(m, SANDBOX_DEFAULT_FOLDER, slot)));
    }
    kith_json_end(w);
}

/* --- One group --------------------------------------------------------------------------------- */

enum { FIELD_CLIENT_DATA = 1, FIELD_TYPE = 2, FIELD_COUNT = 4, FIELD_METADATA = 8, FIELD_NAME = 16 };

static bool read_fields(struct sandbox_request *req, unsigned *ret, struct sandbox_answer *ans)
{
    static const struct {
        const char *name;
        unsigned bit;
    } known[] = {{"clientData", FIELD_CLIENT_DATA},
                 {"groupType", FIELD_TYPE},
                 {"memberCount", FIELD_COUNT},
                 {"metadata", FIELD_METADATA},
                 {"name", FIELD_NAME}};
    const char *list = sandbox_params_text(&req->query, "groupFields");

    *ret = *list ? 0 : FIELD_TYPE | FIELD_COUNT | FIELD_METADATA | FIELD_NAME;
    for (; *list; list += strcspn(list, ","), list += *list == ',') {
        size_t len = strcspn(list, ","), i = 0;
        while (i < KITH_COUNT_OF(known) && (strlen(known[i].name) != len || strncmp(known[i].name, list, len) != 0))
            i++;
        if (i == KITH_COUNT_OF(known)) {
            sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                                 sandbox_request_format(req, "Invalid groupFields mask path: \"%.*s\".",
                                                        (int)(len < 60 ? len : 60), list));
            return false;
        }
        *ret |= known[i].bit;
    }
    return true;
}

/* What a group of one's own has besides. */
static void put_own(const struct sandbox_group_change *change, unsigned fields, struct kith_json_writer *w)
{
    char etag[32], stamp[21] = "2025-02-19T20:29:44Z", updated[32];

    if (change->revision > 0)
        kith_clock_format_iso(change->changed_s, stamp);
    (void)kith_text_format(etag, sizeof(etag), "c2FuZGJveC%uE=", change->revision);
    (void)kith_text_format(updated, sizeof(updated), "%.19s.421678Z", stamp);
    kith_json_put_text(w, "etag", etag);
    if (!(fields & FIELD_METADATA))
        return;
    kith_json_begin_object(w, "metadata");
    kith_json_put_text(w, "updateTime", updated);
    kith_json_end(w);
}

static void put_group(const struct sandbox_mailbox *m, const struct group *g, unsigned fields, int64_t count,
                      struct kith_json_writer *w)
{
    struct sandbox_group_change change = change_of(m, g);
    char name[64], resource[64];

    (void)kith_text_format(resource, sizeof(resource), "contactGroups/%s", g->id); /* all these are short */
    (void)kith_text_copy(name, sizeof(name), g->name);
    if (change.revision > 0)
        (void)kith_text_format(name, sizeof(name), "%s %u", g->name, change.revision + 1);
    kith_json_put_text(w, "resourceName", resource);
    if (g->own)
        put_own(&change, fields, w);
    if (fields & FIELD_TYPE)
        kith_json_put_text(w, "groupType", g->own ? "USER_CONTACT_GROUP" : "SYSTEM_CONTACT_GROUP");
    if (fields & FIELD_NAME) {
        kith_json_put_text(w, "name", name);
        kith_json_put_text(w, "formattedName", g->own ? name : g->shown);
    }
    if ((fields & FIELD_COUNT) && count > 0)
        kith_json_put_int(w, "memberCount", count);
}

static bool read_limit(struct sandbox_request *req, const char *name, int64_t preset, int64_t max, int64_t *ret,
                       struct sandbox_answer *ans)
{
    const char *text = sandbox_params_text(&req->query, name);

    *ret = preset;
    if (*text && !kith_text_to_int64(text, 0, max, ret)) {
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                             sandbox_request_format(req, "Invalid value at '%s'.", name));
        return false;
    }
    *ret = *ret ? *ret : preset; /* 0 is the same as not said */
    return true;
}

static void one_group(struct sandbox_request *req, struct sandbox_mailbox *m, struct sandbox_answer *ans)
{
    const struct group *g = find_group(sandbox_request_segment(req, 2));
    int64_t count[N_GROUPS] = {0}, most = 0;
    unsigned fields = 0;

    if (!read_fields(req, &fields, ans) || !read_limit(req, "maxMembers", 0, INT32_MAX, &most, ans))
        return;
    if (!g) {
        sandbox_google_error(req, ans, "NOT_FOUND", 0, "");
        return;
    }
    if (fields & FIELD_COUNT)
        count_members(m, count);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    put_group(m, g, fields, count[g - groups], w);
    put_members(req, m, g, most, w);
    kith_json_end(w);
}

static void put_batch_answer(struct sandbox_request *req, struct sandbox_mailbox *m, const char *name, unsigned fields,
                             const int64_t *count, int64_t most, struct kith_json_writer *w)
{
    const struct group *g =
        kith_text_starts_with(name, "contactGroups/") ? find_group(name + strlen("contactGroups/")) : NULL;

    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "requestedResourceName", name);
    kith_json_begin_object(w, "status");
    if (!g)
        kith_json_put_int(w, "code", 5);
    kith_json_end(w);
    if (g) {
        kith_json_begin_object(w, "contactGroup");
        put_group(m, g, fields, count[g - groups], w);
        put_members(req, m, g, most, w);
        kith_json_end(w);
    }
    kith_json_end(w);
}

static void several_groups(struct sandbox_request *req, struct sandbox_mailbox *m, struct sandbox_answer *ans)
{
    int64_t count[N_GROUPS] = {0}, most = 0;
    unsigned fields = 0, n = 0;

    if (!read_fields(req, &fields, ans) || !read_limit(req, "maxMembers", 0, INT32_MAX, &most, ans))
        return;
    for (size_t i = 0; i < req->query.n; i++)
        n += strcmp(req->query.item[i].name, "resourceNames") == 0;
    if (n == 0 || n > MAX_BATCH) {
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0, "From 1 to 200 resource names must be given.");
        return;
    }
    if (fields & FIELD_COUNT)
        count_members(m, count);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    kith_json_begin_array(w, "responses");
    for (size_t i = 0; i < req->query.n; i++)
        if (strcmp(req->query.item[i].name, "resourceNames") == 0)
            put_batch_answer(req, m, req->query.item[i].value, fields, count, most, w);
    kith_json_end(w);
    kith_json_end(w);
}

/* --- The list ------------------------------------------------------------------------------------- */

enum { KIND_PAGE = 0x31, KIND_SYNC = 0x32 };

struct page {
    struct sandbox_mailbox *mailbox;
    uint64_t key;
    unsigned fields;
    int64_t size;
    struct sandbox_google_mark mark; /* since 0: all groups, else those that changed */
};

static bool token_is_old(struct sandbox_request *req, const struct sandbox_google_mark *mark)
{
    return kith_clock_now_s() - mark->began_s >= sandbox_google_get_settings(req->world->google).sync_token_life_s;
}

static bool begin(struct sandbox_request *req, struct page *p, struct sandbox_answer *ans)
{
    const char *page_token = sandbox_params_text(&req->query, "pageToken");
    const char *sync_token = sandbox_params_text(&req->query, "syncToken");
    uint64_t epoch = sandbox_mailbox_epoch(p->mailbox), question = (uint64_t)p->fields << 16 | (uint64_t)p->size;
    struct sandbox_google_mark mark;

    p->mark = (struct sandbox_google_mark){.question = question,
                                           .epoch = epoch,
                                           .until = sandbox_mailbox_sequence(p->mailbox),
                                           .began_s = kith_clock_now_s()};
    if (*page_token) {
        if (sandbox_google_mark_read(page_token, p->key, &p->mark) && p->mark.kind == KIND_PAGE &&
            p->mark.question == question && p->mark.epoch == epoch)
            return true;
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0, "Invalid page token.");
        return false;
    }
    if (!*sync_token)
        return true;
    if (!sandbox_google_mark_read(sync_token, p->key, &mark) || mark.kind != KIND_SYNC) {
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0, "Invalid sync token.");
        return false;
    }
    if (mark.epoch != epoch || token_is_old(req, &mark)) {
        sandbox_google_error(req, ans, "EXPIRED_SYNC_TOKEN", 0, "");
        return false;
    }
    p->mark.began_s = mark.began_s;
    p->mark.since = mark.until;
    return true;
}

static void put_token(const struct page *p, const char *name, uint64_t kind, uint64_t position,
                      struct kith_json_writer *w)
{
    struct sandbox_google_mark mark = p->mark;
    char text[SANDBOX_MARK_SIZE];

    mark.kind = kind;
    mark.position = position;
    sandbox_google_mark_write(&mark, p->key, text);
    kith_json_put_text(w, name, text);
}

/* The next group of this round at or behind i; N_GROUPS when there is none. */
static size_t next_group(const struct page *p, size_t i)
{
    while (i < N_GROUPS && p->mark.since > 0 && change_of(p->mailbox, &groups[i]).sequence <= p->mark.since)
        i++;
    return i;
}

static void write_page(struct sandbox_request *req, const struct page *p, struct sandbox_answer *ans)
{
    bool loop = req->fault.act == SANDBOX_ACT_LOOP, empty = req->fault.act == SANDBOX_ACT_EMPTY_PAGE;
    size_t at = next_group(p, (size_t)p->mark.position);
    bool any = at < N_GROUPS && !empty;
    int64_t count[N_GROUPS] = {0};

    if ((p->fields & FIELD_COUNT) && any)
        count_members(p->mailbox, count);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);
    kith_json_begin_object(w, NULL);
    if (any)
        kith_json_begin_array(w, "contactGroups");
    for (int64_t n = 0; n < p->size && at < N_GROUPS && !empty; n++, at = next_group(p, at + 1)) {
        kith_json_begin_object(w, NULL);
        put_group(p->mailbox, &groups[at], p->fields, count[at], w);
        kith_json_end(w);
    }
    if (any)
        kith_json_end(w);
    kith_json_put_int(w, "totalItems", (int64_t)N_GROUPS);
    if (at < N_GROUPS || loop || empty)
        put_token(p, "nextPageToken", KIND_PAGE, loop ? p->mark.position : at, w);
    else
        put_token(p, "nextSyncToken", KIND_SYNC, 0, w);
    kith_json_end(w);
}

static void list_groups(struct sandbox_request *req, struct sandbox_mailbox *m, struct sandbox_answer *ans)
{
    struct page p = {.mailbox = m, .key = sandbox_slot_number(m, SANDBOX_DEFAULT_FOLDER, 1)};
    const char *key;

    if (!read_fields(req, &p.fields, ans) || !read_limit(req, "pageSize", DEFAULT_SIZE, MAX_SIZE, &p.size, ans) ||
        !begin(req, &p, ans))
        return;
    key = sandbox_request_format(req, "groups %u %lld %llx %llx %llx %lld", p.fields, (long long)p.size,
                                 (unsigned long long)p.mark.since, (unsigned long long)sandbox_mailbox_state(m),
                                 (unsigned long long)p.mark.position, (long long)p.mark.began_s);
    if (sandbox_google_get_kept(req, key, ans))
        return;
    write_page(req, &p, ans);
    sandbox_google_keep(req, key, ans);
}

void sandbox_google_groups(struct sandbox_request *req, struct sandbox_mailbox *mailbox, struct sandbox_answer *ans)
{
    if (strcmp(sandbox_request_segment(req, 1), "contactGroups:batchGet") == 0)
        several_groups(req, mailbox, ans);
    else if (req->n_segments == 3)
        one_group(req, mailbox, ans);
    else
        list_groups(req, mailbox, ans);
}
