/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_connections.c - lists of people, whole or what changed since a sync token.
 *
 * Before: sandbox_google_people.c found whose address book it is.
 * After:  a page goes out; its token says where the next one begins, the last one's where the next round does.
 *
 * A page token is bound to all parameters, a sync token to those that say which
 * people are listed and how. Both hold what they need, so nothing is kept here.
 */
#include "sandbox/sandbox_google_people.h"

#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_contact_json.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_google_manner.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_world.h"

#define DEFAULT_SIZE 100
#define MAX_SIZE 1000

/* What tells the two lists apart. */
struct list {
    size_t folder;
    const char *mask_parameter, *member, *total, *old_total;
    unsigned sources; /* preset */
    uint64_t kind;
    const char *fields; /* all that may be asked for of this list's own people; NULL: everything */
};

static const struct list connections = {SANDBOX_DEFAULT_FOLDER,
                                        "personFields",
                                        "connections",
                                        "totalItems",
                                        "totalPeople",
                                        SANDBOX_GOOGLE_SOURCE_CONTACT | SANDBOX_GOOGLE_SOURCE_PROFILE,
                                        0x10,
                                        NULL};
static const struct list other_contacts = {SANDBOX_OTHER_CONTACTS_FOLDER,
                                           "readMask",
                                           "otherContacts",
                                           "totalSize",
                                           NULL,
                                           SANDBOX_GOOGLE_SOURCE_CONTACT,
                                           0x20,
                                           "emailAddresses,metadata,names,phoneNumbers,photos"};

enum { KIND_PAGE = 1, KIND_SYNC = 2 };

struct page {
    const struct list *list;
    struct sandbox_mailbox *mailbox;
    struct sandbox_google_view view;
    unsigned sources;
    int order; /* enum sandbox_text, or SANDBOX_BY_CHANGED */
    bool backwards;
    bool wants_token;
    int64_t size;
    uint64_t key; /* of the tokens */
    uint64_t page_question, sync_question;
    struct sandbox_google_mark mark;
};

/* --- The question -------------------------------------------------------------------------- */

static bool read_order(struct sandbox_request *req, struct page *p, struct sandbox_answer *ans)
{
    static const struct {
        const char *name;
        int order;
        bool backwards;
    } orders[] = {
        {"", SANDBOX_BY_CHANGED, false},
        {"LAST_MODIFIED_ASCENDING", SANDBOX_BY_CHANGED, false},
        {"LAST_MODIFIED_DESCENDING", SANDBOX_BY_CHANGED, true},
        {"FIRST_NAME_ASCENDING", SANDBOX_GIVEN_NAME, false},
        {"LAST_NAME_ASCENDING", SANDBOX_SURNAME, false},
    };
    const char *name = sandbox_params_text(&req->query, "sortOrder");

    for (size_t i = 0; i < KITH_COUNT_OF(orders); i++) {
        if (strcmp(orders[i].name, name) != 0)
            continue;
        p->order = orders[i].order;
        p->backwards = orders[i].backwards;
        if (!p->backwards || !p->wants_token)
            return true;
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                             "Sync tokens cannot be used with LAST_MODIFIED_DESCENDING.");
        return false;
    }
    sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                         sandbox_request_format(req, "Invalid value at 'sort_order', \"%.60s\"", name));
    return false;
}

static bool read_size(struct sandbox_request *req, struct page *p, struct sandbox_answer *ans)
{
    const char *text = sandbox_params_text(&req->query, "pageSize");
    int64_t cap = sandbox_mailbox_shape_held(p->mailbox).top_cap;

    p->size = 0;
    if (*text && !kith_text_to_int64(text, INT32_MIN, INT32_MAX, &p->size)) {
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                             sandbox_request_format(req, "Invalid value at 'page_size' (TYPE_INT32), \"%.40s\"", text));
        return false;
    }
    if (p->size < 0 || p->size > MAX_SIZE) {
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0, "Page size must be from 0 to 1000.");
        return false;
    }
    p->size = p->size ? p->size : DEFAULT_SIZE;
    if (cap > 0 && p->size > cap)
        p->size = cap; /* a page may hold fewer than were asked for */
    return true;
}

static uint64_t hash_of(struct sandbox_request *req, const char *const *names)
{
    uint64_t hash = 0;

    for (; *names; names++)
        for (size_t i = 0; i < req->query.n; i++)
            if (strcmp(req->query.item[i].name, *names) == 0)
                hash = sandbox_mix2(hash ^ kith_fnv1a64(*names, strlen(*names)),
                                    kith_fnv1a64(req->query.item[i].value, strlen(req->query.item[i].value)));
    return hash;
}

/* A parameter that is none of this call's is a mistake, and Google says so. */
static bool knows_parameters(struct sandbox_request *req, const struct list *list, struct sandbox_answer *ans)
{
    static const char *const names[] = {
        "pageSize",       "pageToken",    "requestSyncToken", "syncToken",  "sources",         "alt",
        "$alt",           "prettyPrint",  "$prettyPrint",     "fields",     "$fields",         "key",
        "quotaUser",      "access_token", "oauth_token",      "uploadType", "upload_protocol", "$.xgafv",
        "$outputDefaults"};

    for (size_t i = 0; i < req->query.n; i++) {
        const char *name = req->query.item[i].name;
        bool known = strcmp(name, list->mask_parameter) == 0;
        for (size_t k = 0; k < KITH_COUNT_OF(names) && !known; k++)
            known = strcmp(names[k], name) == 0;
        if (known || (list == &connections && strcmp(name, "sortOrder") == 0))
            continue;
        sandbox_google_error(
            req, ans, "INVALID_ARGUMENT", 0,
            sandbox_request_format(req,
                                   "Invalid JSON payload received. Unknown name \"%.60s\": Cannot bind "
                                   "query parameter.",
                                   name));
        return false;
    }
    return true;
}

/* Of "other contacts" more is told only to those who read the profiles, too; and never the profiles alone. */
static bool may_ask_for_that(struct sandbox_request *req, const struct page *p, struct sandbox_answer *ans)
{
    uint64_t allowed = 0;
    char unknown[80];

    if (!p->list->fields || p->sources == (SANDBOX_GOOGLE_SOURCE_CONTACT | SANDBOX_GOOGLE_SOURCE_PROFILE))
        return true;
    (void)sandbox_google_mask_parse(p->list->fields, &allowed, unknown, sizeof(unknown)); /* the table is right */
    if (p->sources == SANDBOX_GOOGLE_SOURCE_CONTACT && !(p->view.mask & ~allowed))
        return true;
    sandbox_google_error(
        req, ans, "INVALID_ARGUMENT", 0,
        sandbox_request_format(req, "Invalid readMask for these sources. Valid paths: %s.", p->list->fields));
    return false;
}

static bool read_question(struct sandbox_request *req, struct page *p, struct sandbox_answer *ans)
{
    static const char *const bound_to_sync[] = {"personFields", "readMask", "sources", "sortOrder", NULL};
    static const char *const bound_to_page[] = {"pageSize", "requestSyncToken", "syncToken", NULL};

    p->wants_token = strcmp(sandbox_params_text(&req->query, "requestSyncToken"), "true") == 0 ||
                     sandbox_params_text(&req->query, "syncToken")[0] != '\0';
    if (!knows_parameters(req, p->list, ans) ||
        !sandbox_google_read_mask(req, p->list->mask_parameter, &p->view.mask, ans) ||
        !sandbox_google_read_sources(req, p->list->sources, &p->sources, ans) || !may_ask_for_that(req, p, ans) ||
        !read_size(req, p, ans) || !read_order(req, p, ans))
        return false;
    p->view.with_profile = p->sources & SANDBOX_GOOGLE_SOURCE_PROFILE;
    p->view.turned = req->fault.act == SANDBOX_ACT_SHUFFLE;
    p->sync_question = hash_of(req, bound_to_sync);
    p->page_question = sandbox_mix2(p->sync_question, hash_of(req, bound_to_page));
    return true;
}

/* --- Tokens ----------------------------------------------------------------------------------- */

static bool token_is_old(struct sandbox_request *req, const struct sandbox_google_mark *mark)
{
    return kith_clock_now_s() - mark->began_s >= sandbox_google_get_settings(req->world->google).sync_token_life_s;
}

static bool begin_from_page_token(struct sandbox_request *req, struct page *p, const char *text,
                                  struct sandbox_answer *ans)
{
    if (sandbox_google_mark_read(text, p->key, &p->mark) && p->mark.kind == (p->list->kind | KIND_PAGE) &&
        p->mark.question == p->page_question && p->mark.epoch == sandbox_mailbox_epoch(p->mailbox))
        return true;
    sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                         "Invalid page token, or the other parameters are not those of the first call.");
    return false;
}

static bool begin_from_sync_token(struct sandbox_request *req, struct page *p, const char *text,
                                  struct sandbox_answer *ans)
{
    struct sandbox_google_mark mark;

    if (!sandbox_google_mark_read(text, p->key, &mark) || mark.kind != (p->list->kind | KIND_SYNC)) {
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0, "Invalid sync token.");
        return false;
    }
    if (mark.question != p->sync_question) {
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                             "The parameters are not those of the call that the sync token comes from.");
        return false;
    }
    if (mark.epoch != sandbox_mailbox_epoch(p->mailbox) || token_is_old(req, &mark)) {
        sandbox_google_error(req, ans, "EXPIRED_SYNC_TOKEN", 0, "");
        return false;
    }
    p->mark.since = mark.until;
    p->mark.began_s = mark.began_s;
    return true;
}

/* Now; cut to the hour where tokens live long, so that a page can be kept for who asks again. */
static int64_t beginning(struct sandbox_request *req)
{
    int64_t life_s = sandbox_google_get_settings(req->world->google).sync_token_life_s, now_s = kith_clock_now_s();

    return life_s >= 24 * 3600 ? now_s - now_s % 3600 : now_s;
}

static bool begin(struct sandbox_request *req, struct page *p, struct sandbox_answer *ans)
{
    const char *page_token = sandbox_params_text(&req->query, "pageToken");
    const char *sync_token = sandbox_params_text(&req->query, "syncToken");

    if (*page_token)
        return begin_from_page_token(req, p, page_token, ans);
    p->mark = (struct sandbox_google_mark){.epoch = sandbox_mailbox_epoch(p->mailbox),
                                           .until = sandbox_mailbox_sequence(p->mailbox),
                                           .began_s = beginning(req)};
    return !*sync_token || begin_from_sync_token(req, p, sync_token, ans);
}

static void put_token(const struct page *p, const char *name, unsigned kind, int64_t position, struct kith_buf *out)
{
    struct sandbox_google_mark mark = p->mark;
    char text[SANDBOX_MARK_SIZE];

    mark.kind = p->list->kind | kind;
    mark.question = kind == KIND_PAGE ? p->page_question : p->sync_question;
    mark.position = (uint64_t)position;
    sandbox_google_mark_write(&mark, p->key, text);
    (void)kith_buf_addf(out, "%s\"%s\":\"%s\"", out->len > 1 ? "," : "", name, text);
}

/* --- A page -------------------------------------------------------------------------------------- */

/*
 * Where the next person of this round is, at or behind *position; false: there is none. ordered: everybody, for a round
 * that lists everybody; NULL: only what changed is listed.
 */
static bool next_person(const struct page *p, const uint32_t *ordered, int64_t n_ordered, int64_t *position,
                        int64_t *ret_slot)
{
    bool removed;

    if (ordered) {
        if (*position >= n_ordered)
            return false;
        *ret_slot = ordered[p->backwards ? n_ordered - 1 - *position : *position];
        return true;
    }
    while (sandbox_folder_next_change(p->mailbox, p->list->folder, p->mark.since, position, &removed)) {
        *ret_slot = *position;
        /* A contact that goes on under another id is told of there, and not mourned here. */
        if (!removed || !sandbox_slot_goes_on(p->mailbox, p->list->folder, *position))
            return true;
        (*position)++;
    }
    return false;
}

/* How often the nth person of the page is written. */
static int copies(enum sandbox_act act, int64_t nth)
{
    if (nth % 7 != 3)
        return 1;
    return act == SANDBOX_ACT_DROP_ITEMS ? 0 : act == SANDBOX_ACT_REPEAT_ITEMS ? 2 : 1;
}

static void put_totals(const struct page *p, struct kith_buf *out)
{
    int64_t count = sandbox_folder_count(p->mailbox, p->list->folder);

    if (count == 0 || p->mark.since > 0)
        return;
    if (p->list->old_total)
        (void)kith_buf_addf(out, "%s\"%s\":%lld", out->len > 1 ? "," : "", p->list->old_total, (long long)count);
    (void)kith_buf_addf(out, "%s\"%s\":%lld", out->len > 1 ? "," : "", p->list->total, (long long)count);
}

static void write_page(struct sandbox_request *req, struct page *p, struct sandbox_answer *ans)
{
    KITH_AUTO(sandbox_google_scratch) scratch = sandbox_google_scratch_new();
    enum sandbox_act act = req->fault.act;
    struct kith_buf *out = &ans->body;
    int64_t n_ordered = 0, position = (int64_t)p->mark.position, slot = 0, listed = 0;
    bool any = false;
    const uint32_t *ordered = NULL;

    if (p->mark.since == 0)
        ordered = sandbox_folder_ordered(p->mailbox, p->list->folder, p->order, &n_ordered);
    (void)kith_buf_add_text(out, "{");
    for (; act != SANDBOX_ACT_EMPTY_PAGE && listed < p->size && next_person(p, ordered, n_ordered, &position, &slot);
         listed++, position++) {
        for (int k = copies(act, listed); k > 0; k--) {
            if (any)
                (void)kith_buf_add_char(out, ',');
            else
                (void)kith_buf_addf(out, "\"%s\":[", p->list->member);
            any = true;
            sandbox_google_write_slot(req, p->mailbox, p->list->folder, slot, &p->view, scratch, out);
        }
    }
    if (any)
        (void)kith_buf_add_char(out, ']');
    bool more = next_person(p, ordered, n_ordered, &position, &slot);
    if (act == SANDBOX_ACT_LOOP)
        position = (int64_t)p->mark.position;
    if (more || act == SANDBOX_ACT_LOOP || act == SANDBOX_ACT_EMPTY_PAGE)
        put_token(p, "nextPageToken", KIND_PAGE, position, out);
    else if (p->wants_token)
        put_token(p, "nextSyncToken", KIND_SYNC, 0, out);
    put_totals(p, out);
    (void)kith_buf_add_char(out, '}');
}

static void list_people(struct sandbox_request *req, const struct list *list, struct sandbox_mailbox *mailbox,
                        struct sandbox_answer *ans)
{
    struct page p = {.list = list, .mailbox = mailbox, .key = sandbox_slot_number(mailbox, SANDBOX_DEFAULT_FOLDER, 0)};
    const char *key;

    if (!read_question(req, &p, ans) || !begin(req, &p, ans))
        return;
    /* What the tokens in the page hold is part of its name. */
    key = sandbox_request_format(
        req, "%llx %llx %llx %llx %llx %llx %lld", (unsigned long long)list->kind, (unsigned long long)p.page_question,
        (unsigned long long)sandbox_mailbox_state(mailbox), (unsigned long long)p.mark.since,
        (unsigned long long)p.mark.until, (unsigned long long)p.mark.position, (long long)p.mark.began_s);
    if (sandbox_google_get_kept(req, key, ans))
        return;
    write_page(req, &p, ans);
    if (!ans->body.full)
        sandbox_google_keep(req, key, ans);
}

void sandbox_google_connections(struct sandbox_request *req, struct sandbox_mailbox *mailbox,
                                struct sandbox_answer *ans)
{
    list_people(req, &connections, mailbox, ans);
}

/* Only what was in an e-mail's head is known of them, unless their contact or profile is read, too. */
void sandbox_google_other_contacts(struct sandbox_request *req, struct sandbox_mailbox *mailbox,
                                   struct sandbox_answer *ans)
{
    list_people(req, &other_contacts, mailbox, ans);
}
