/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_people.c - the People API v1: who is asking, what may they, and single people.
 *
 * Before: sandbox_google_token.c issued the access token.
 * After:  sandbox_google_connections.c and its neighbours answer with lists.
 */
#include "sandbox/sandbox_google_people.h"

#include "base/text.h"
#include "sandbox/sandbox_cache.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_google_person.h"
#include "sandbox/sandbox_google_scopes.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_people.h"
#include "sandbox/sandbox_vault.h"
#include "sandbox/sandbox_world.h"

/* --- Who ------------------------------------------------------------------------------ */

void sandbox_google_identify(struct sandbox_request *req)
{
    const char *header = sandbox_request_header(req, "Authorization");
    const char *text = sandbox_params_text(&req->query, "access_token");
    struct sandbox_token token;

    if (!sandbox_is_people_path(req))
        return;
    if (header && kith_text_starts_with_ci(header, "Bearer "))
        text = header + 7;
    req->token_state = SANDBOX_TOKEN_NONE;
    if (!*text)
        return;
    req->token_state = (int)sandbox_vault_check_access(req->world->vault, text, &token);
    if (req->token_state == SANDBOX_TOKEN_UNKNOWN)
        return;
    if (token.app->provider != SANDBOX_GOOGLE) {
        req->token_state = SANDBOX_TOKEN_UNKNOWN;
        return;
    }
    req->person = token.person;
    req->scopes = token.scopes;
    if (req->token_state == SANDBOX_TOKEN_OK)
        req->mailbox = req->person;
}

static bool refuse_token(struct sandbox_request *req, struct sandbox_answer *ans)
{
    if (req->token_state == SANDBOX_TOKEN_OK)
        return false;
    sandbox_google_error(
        req, ans, req->token_state == SANDBOX_TOKEN_NONE ? "CREDENTIALS_MISSING" : "ACCESS_TOKEN_EXPIRED", 0, "");
    return true;
}

/* --- What is asked for ------------------------------------------------------------------ */

bool sandbox_google_read_mask(struct sandbox_request *req, const char *name, uint64_t *ret_mask,
                              struct sandbox_answer *ans)
{
    const char *list = sandbox_params_text(&req->query, name);
    char unknown[80] = "";

    if (!*list) {
        sandbox_google_error(
            req, ans, "INVALID_ARGUMENT", 0,
            sandbox_request_format(req, "%s mask is required. Please specify one or more valid paths.", name));
        return false;
    }
    if (sandbox_google_mask_parse(list, ret_mask, unknown, sizeof(unknown)))
        return true;
    sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                         sandbox_request_format(req, "Invalid %s mask path: \"%s\".", name, unknown));
    return false;
}

bool sandbox_google_read_sources(struct sandbox_request *req, unsigned preset, unsigned *ret,
                                 struct sandbox_answer *ans)
{
    static const struct {
        const char *name;
        unsigned bit;
    } known[] = {
        {"READ_SOURCE_TYPE_UNSPECIFIED", 0},
        {"READ_SOURCE_TYPE_CONTACT", SANDBOX_GOOGLE_SOURCE_CONTACT},
        {"READ_SOURCE_TYPE_PROFILE", SANDBOX_GOOGLE_SOURCE_PROFILE},
        {"READ_SOURCE_TYPE_DOMAIN_CONTACT", 0},
        {"READ_SOURCE_TYPE_OTHER_CONTACT", 0},
    };
    unsigned mask = 0;

    for (size_t i = 0; i < req->query.n; i++) {
        size_t k = 0;
        if (strcmp(req->query.item[i].name, "sources") != 0)
            continue;
        while (k < KITH_COUNT_OF(known) && strcmp(known[k].name, req->query.item[i].value) != 0)
            k++;
        if (k == KITH_COUNT_OF(known)) {
            sandbox_google_error(
                req, ans, "INVALID_ARGUMENT", 0,
                sandbox_request_format(req, "Invalid value at 'sources', \"%.60s\"", req->query.item[i].value));
            return false;
        }
        mask |= known[k].bit;
    }
    *ret = mask ? mask : preset;
    return true;
}

/* --- One person --------------------------------------------------------------------------- */

struct sandbox_google_scratch {
    struct sandbox_contact contact;
    struct sandbox_google_person person;
};

struct sandbox_google_scratch *sandbox_google_scratch_new(void)
{
    return kith_xrealloc(NULL, 1, sizeof(struct sandbox_google_scratch)); /* too large to be zeroed for nothing */
}

void sandbox_google_scratch_free(struct sandbox_google_scratch *scratch)
{
    free(scratch);
}

static void find_former_ids(const struct sandbox_mailbox *m, size_t folder, int64_t slot,
                            struct sandbox_google_view *view)
{
    for (view->n_former = 0; view->n_former < KITH_COUNT_OF(view->former); view->n_former++) {
        if (!sandbox_slot_former(m, folder, slot, &slot))
            return;
        view->former[view->n_former] = sandbox_slot_number(m, folder, slot);
    }
}

void sandbox_google_write_slot(struct sandbox_request *req, const struct sandbox_mailbox *m, size_t folder,
                               int64_t slot, struct sandbox_google_view *view, struct sandbox_google_scratch *scratch,
                               struct kith_buf *out)
{
    bool other = folder != SANDBOX_DEFAULT_FOLDER;

    if (!view->photo_url)
        view->photo_url = sandbox_request_format(req, "%s/cm/", sandbox_request_base_url(req));
    view->kind = other ? "otherContacts/c" : "people/c";
    view->source = other ? "OTHER_CONTACT" : "CONTACT";
    view->id = sandbox_slot_number(m, folder, slot);
    view->sequence = sandbox_slot_sequence(m, folder, slot);
    find_former_ids(m, folder, slot, view);
    if (!sandbox_slot_contact(m, folder, slot, &scratch->contact)) {
        sandbox_google_tombstone_write(view, out);
        return;
    }
    sandbox_google_person_make(&scratch->person, &scratch->contact);
    sandbox_google_person_write(&scratch->person, view, out);
}

/* The account's owner, as the own profile says. */
static void write_owner(struct sandbox_request *req, uint64_t mask, struct kith_buf *out)
{
    const struct sandbox_person *person = &sandbox_people[req->person];
    const char *source =
        sandbox_request_format(req, "{\"primary\":true,\"source\":{\"type\":\"PROFILE\",\"id\":\"%s\"}}", person->oid);

    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(out, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "resourceName", sandbox_request_format(req, "people/%s", person->oid));
    kith_json_put_text(w, "etag", "%EgUBAj0DNy4aBAECBQc=");
    if (mask & sandbox_google_mask_bit("metadata")) {
        const char *metadata = sandbox_request_format(
            req,
            "{\"sources\":[{\"type\":\"PROFILE\",\"id\":\"%s\",\"etag\":\"#b3duZXI=\",\"profileMetadata\":"
            "{\"objectType\":\"PERSON\",\"userTypes\":[\"GOOGLE_USER\"]}}],\"objectType\":\"PERSON\"}",
            person->oid);
        kith_json_put_raw(w, "metadata", metadata, strlen(metadata));
    }
    const struct {
        const char *field, *member, *value;
        unsigned scope;
    } elements[] = {
        {"names", "displayName", person->name, SANDBOX_GOOGLE_PROFILE},
        {"photos", "url", sandbox_request_format(req, "%s/cm/o%.16s=s100", sandbox_request_base_url(req), person->oid),
         SANDBOX_GOOGLE_PROFILE},
        {"emailAddresses", "value", person->address, SANDBOX_GOOGLE_EMAIL},
    };
    for (size_t i = 0; i < KITH_COUNT_OF(elements); i++) {
        if (!(mask & sandbox_google_mask_bit(elements[i].field)) || !(req->scopes & elements[i].scope))
            continue;
        kith_json_begin_array(w, elements[i].field);
        kith_json_begin_object(w, NULL);
        kith_json_put_raw(w, "metadata", source, strlen(source));
        kith_json_put_text(w, elements[i].member, elements[i].value);
        if (i == 0) {
            kith_json_put_text(w, "familyName", person->surname);
            kith_json_put_text(w, "givenName", person->given_name);
        }
        kith_json_end(w);
        kith_json_end(w);
    }
    kith_json_end(w);
}

/* Digits behind "c", without leading zeros or a sign. */
static bool read_number(const char *name, uint64_t *ret)
{
    uint64_t number = 0;
    size_t len = strlen(name);

    if (name[0] != 'c' || len < 2 || len > 21 || name[1] == '0' || strspn(name + 1, "0123456789") != len - 1)
        return false;
    for (const char *p = name + 1; *p; p++)
        number = number * 10 + (uint64_t)(*p - '0');
    *ret = number;
    return true;
}

/* "c123" of a "people/c123". */
static enum sandbox_id_state find_person(const struct sandbox_mailbox *m, const char *name, size_t *ret_folder,
                                         int64_t *ret_slot)
{
    uint64_t number = 0;
    enum sandbox_id_state state;

    if (!read_number(name, &number))
        return SANDBOX_ID_MALFORMED;
    state = sandbox_number_find(m, number, ret_folder, ret_slot);
    /* A number that is none of this address book's has the right shape all the same. */
    return state == SANDBOX_ID_LIVE ? state : SANDBOX_ID_REMOVED;
}

void sandbox_google_one_person(struct sandbox_request *req, struct sandbox_mailbox *mailbox, struct sandbox_answer *ans)
{
    const char *name = sandbox_request_segment(req, 2);
    struct sandbox_google_view view = {0};
    unsigned sources = 0;
    size_t folder = 0;
    int64_t slot = 0;
    bool owner = strcmp(name, "me") == 0 || strcmp(name, sandbox_people[req->person].oid) == 0;

    if (!sandbox_google_read_mask(req, "personFields", &view.mask, ans) ||
        !sandbox_google_read_sources(req, SANDBOX_GOOGLE_SOURCE_CONTACT | SANDBOX_GOOGLE_SOURCE_PROFILE, &sources, ans))
        return;
    if (owner) {
        write_owner(req, view.mask, &ans->body);
        return;
    }
    switch (find_person(mailbox, name, &folder, &slot)) {
    case SANDBOX_ID_MALFORMED:
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0, "Invalid resource name.");
        return;
    case SANDBOX_ID_REMOVED:
        sandbox_google_error(req, ans, "NOT_FOUND", 0, "");
        return;
    case SANDBOX_ID_LIVE:
        break;
    }
    KITH_AUTO(sandbox_google_scratch) scratch = sandbox_google_scratch_new();
    view.with_profile = sources & SANDBOX_GOOGLE_SOURCE_PROFILE;
    sandbox_google_write_slot(req, mailbox, folder, slot, &view, scratch, &ans->body);
}

#define MAX_BATCH 200

static void put_batch_answer(struct sandbox_request *req, const struct sandbox_mailbox *mailbox, const char *name,
                             struct sandbox_google_view *view, struct sandbox_google_scratch *scratch,
                             struct kith_buf *out)
{
    size_t folder = 0;
    int64_t slot = 0;
    bool found = kith_text_starts_with(name, "people/") &&
                 find_person(mailbox, name + strlen("people/"), &folder, &slot) == SANDBOX_ID_LIVE;

    if (!found) {
        (void)kith_buf_addf(out, "{\"httpStatusCode\":404,\"status\":{\"code\":5},\"requestedResourceName\":\"%s\"}",
                            name);
        return;
    }
    (void)kith_buf_addf(out, "{\"httpStatusCode\":200,\"requestedResourceName\":\"%s\",\"person\":", name);
    sandbox_google_write_slot(req, mailbox, folder, slot, view, scratch, out);
    (void)kith_buf_add_text(out, "}");
}

/* Letters, digits and "/": what goes back into an answer as it came. */
static bool is_plain_name(const char *name)
{
    return strlen(name) < 64 &&
           name[strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/")] == 0;
}

void sandbox_google_batch_get(struct sandbox_request *req, struct sandbox_mailbox *mailbox, struct sandbox_answer *ans)
{
    struct sandbox_google_view view = {0};
    unsigned sources = 0, n = 0;

    if (!sandbox_google_read_mask(req, "personFields", &view.mask, ans) ||
        !sandbox_google_read_sources(req, SANDBOX_GOOGLE_SOURCE_CONTACT | SANDBOX_GOOGLE_SOURCE_PROFILE, &sources, ans))
        return;
    KITH_AUTO(sandbox_google_scratch) scratch = sandbox_google_scratch_new();
    view.with_profile = sources & SANDBOX_GOOGLE_SOURCE_PROFILE;
    (void)kith_buf_add_text(&ans->body, "{\"responses\":[");
    for (size_t i = 0; i < req->query.n; i++) {
        if (strcmp(req->query.item[i].name, "resourceNames") != 0)
            continue;
        if (n == MAX_BATCH || !is_plain_name(req->query.item[i].value)) {
            sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0,
                                 n == MAX_BATCH ? "At most 200 resource names are allowed." : "Invalid resource name.");
            return;
        }
        (void)kith_buf_add_text(&ans->body, n++ ? "," : "");
        put_batch_answer(req, mailbox, req->query.item[i].value, &view, scratch, &ans->body);
    }
    if (n == 0)
        sandbox_google_error(req, ans, "INVALID_ARGUMENT", 0, "Must specify at least one resource name.");
    else
        (void)kith_buf_add_text(&ans->body, "]}");
}

/* --- Pages that are kept ---------------------------------------------------------------------- */

/* Google compresses for those only who also say so in their name. */
static bool accepts_gzip(const struct sandbox_request *req)
{
    const char *agent = sandbox_request_header(req, "User-Agent");

    return agent && strstr(agent, "gzip") && sandbox_request_accepts_gzip(req);
}

static const char *whole_key(struct sandbox_request *req, const char *key)
{
    return sandbox_request_format(req, "google %s %zu %d %s", sandbox_request_base_url(req), req->person,
                                  accepts_gzip(req), key);
}

bool sandbox_google_get_kept(struct sandbox_request *req, const char *key, struct sandbox_answer *ans)
{
    if (req->fault.act != SANDBOX_ACT_NONE && req->fault.act != SANDBOX_ACT_LATENCY)
        return false;
    ans->cached = sandbox_cache_get(req->world->cache, whole_key(req, key));
    return ans->cached;
}

void sandbox_google_keep(struct sandbox_request *req, const char *key, struct sandbox_answer *ans)
{
    if (req->fault.act != SANDBOX_ACT_NONE && req->fault.act != SANDBOX_ACT_LATENCY)
        return;
    if (accepts_gzip(req))
        sandbox_answer_zip(req, ans);
    ans->cached = sandbox_cache_put(req->world->cache, whole_key(req, key), &ans->body, ans->zipped);
    ans->zipped = false;
}

/* --- Into the address book ----------------------------------------------------------------------- */

#define CONTACTS (SANDBOX_GOOGLE_CONTACTS_READONLY | SANDBOX_GOOGLE_CONTACTS)

static const struct {
    const char *path; /* segments behind /v1; "*" is any one */
    unsigned scopes;  /* one of them is enough */
    void (*serve)(struct sandbox_request *req, struct sandbox_mailbox *mailbox, struct sandbox_answer *ans);
} calls[] = {
    {"people/me/connections", CONTACTS, sandbox_google_connections},
    {"people:batchGet", CONTACTS, sandbox_google_batch_get},
    {"people/me", CONTACTS | SANDBOX_GOOGLE_PROFILE | SANDBOX_GOOGLE_EMAIL, sandbox_google_one_person},
    {"people/*", CONTACTS, sandbox_google_one_person},
    {"otherContacts", SANDBOX_GOOGLE_OTHER_READONLY, sandbox_google_other_contacts},
    {"contactGroups", CONTACTS, sandbox_google_groups},
    {"contactGroups:batchGet", CONTACTS, sandbox_google_groups},
    {"contactGroups/*", CONTACTS, sandbox_google_groups},
};

static bool path_is(const struct sandbox_request *req, const char *path)
{
    size_t i = 1;

    for (; *path; i++) {
        size_t len = strcspn(path, "/");
        const char *segment = sandbox_request_segment(req, i);
        if (*path != '*' && (strlen(segment) != len || strncmp(segment, path, len) != 0))
            return false;
        path += len;
        path += *path == '/';
    }
    return req->n_segments == i;
}

static void serve_call(struct sandbox_request *req, size_t call, struct sandbox_answer *ans)
{
    struct sandbox_mailbox *mailbox = req->world->mailbox[req->person];

    if (!(req->scopes & calls[call].scopes)) {
        sandbox_google_error(req, ans, "ACCESS_TOKEN_SCOPE_INSUFFICIENT", 0, "");
        return;
    }
    if (strcmp(req->method, "GET") != 0 && strcmp(req->method, "HEAD") != 0) {
        sandbox_google_error(req, ans, "UNIMPLEMENTED", 0, "");
        return;
    }
    sandbox_mailbox_read(mailbox);
    calls[call].serve(req, mailbox, ans);
    sandbox_mailbox_read_end(mailbox);
    if (ans->body.full)
        sandbox_google_error_for(req, ans, 500);
}

static void find_call(struct sandbox_request *req, struct sandbox_answer *ans)
{
    for (size_t i = 0; i < KITH_COUNT_OF(calls); i++) {
        if (path_is(req, calls[i].path)) {
            serve_call(req, i, ans);
            return;
        }
    }
    sandbox_answer_text(ans, 404, "text/html; charset=UTF-8",
                        "<!DOCTYPE html><html lang=\"en\"><title>Error 404 (Not Found)</title><p>404. There is no such "
                        "address on this server.</html>\n");
}

static void serve(struct sandbox_request *req, struct sandbox_answer *ans)
{
    ans->content_type = SANDBOX_GOOGLE_JSON;
    if (req->throttled)
        sandbox_google_error_for(req, ans, 429);
    else if (sandbox_fault_replaces_answer(req, ans) || refuse_token(req, ans))
        return;
    else if (sandbox_people[req->person].obstacle == SANDBOX_OBSTACLE_NO_SERVICE)
        sandbox_google_error(req, ans, "USER_BLOCKED_BY_ADMIN", 0, "");
    else
        find_call(req, ans);
}

void sandbox_google_people(struct sandbox_request *req, struct sandbox_answer *ans)
{
    serve(req, ans);
    sandbox_answer_header(req, ans, "Server", "ESF");
    sandbox_answer_header(req, ans, "Cache-Control", "private");
    sandbox_answer_header(req, ans, "X-Content-Type-Options", "nosniff");
    /* What will be cut short must be cut short before it is compressed. */
    if (accepts_gzip(req) && req->fault.act != SANDBOX_ACT_TRUNCATE)
        sandbox_answer_zip(req, ans);
}
