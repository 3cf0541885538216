/* SPDX-License-Identifier: MIT */
/*
 * sandbox_control.c - the control interface below /sandbox/: faults, grants, mailboxes, the log.
 *
 * Before: a test or a benchmark wants the world to be otherwise.
 * After:  it is, from the next request on.
 *
 * JSON in and out; a member that is wrong is named in the answer, so that a test
 * with a spelling mistake does not pass for the wrong reason.
 */
#include <math.h>

#include "base/json_read.h"
#include "base/text.h"
#include "sandbox/sandbox_answer.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_faults.h"
#include "sandbox/sandbox_google_manner.h"
#include "sandbox/sandbox_google_signin.h"
#include "sandbox/sandbox_identity.h"
#include "sandbox/sandbox_log.h"
#include "sandbox/sandbox_mailbox.h"
#include "sandbox/sandbox_vault.h"
#include "sandbox/sandbox_world.h"

/* --- Reading members ---------------------------------------------------------------------- */

/* One control request's body, and the first thing that is wrong with it. */
struct reader {
    struct sandbox_request *req;
    struct kith_json_reader *json;
    struct kith_json body;
    char wrong[200]; /* "": nothing */
};

static void complain(struct reader *r, const char *what, const char *name)
{
    if (!r->wrong[0])
        (void)kith_text_format(r->wrong, sizeof(r->wrong), "%s \"%s\"", what, name);
}

static bool refused(const struct reader *r, struct sandbox_answer *ans)
{
    if (!r->wrong[0])
        return false;
    sandbox_answer_refuse(ans, 400, r->wrong);
    return true;
}

static void read_body(struct reader *r)
{
    char why[120];

    if (r->req->body_len == 0)
        return;
    if (!kith_json_read(r->json, r->req->body, r->req->body_len, &r->body, why, sizeof(why)))
        complain(r, "the body is not JSON:", why);
    else if (r->body.type != KITH_JSON_OBJECT)
        complain(r, "the body is not", "an object");
}

static void allow_members(struct reader *r, const char *const *names)
{
    struct kith_json_walk walk = kith_json_walk(r->body);

    while (kith_json_next(&walk)) {
        const char *const *name = names;
        while (*name && (strlen(*name) != walk.name_len || memcmp(*name, walk.name, walk.name_len) != 0))
            name++;
        if (!*name)
            complain(r, "there is no member", kith_arena_copy(r->req->arena, walk.name, walk.name_len));
    }
}

static int64_t read_number(struct reader *r, const char *name, int64_t min, int64_t max, int64_t preset)
{
    struct kith_json v = kith_json_member(r->body, name);
    int64_t number = preset;

    if (v.type == KITH_JSON_NONE)
        return preset;
    if (!kith_json_int64(v, &number) || number < min || number > max)
        complain(r, "a wrong number is in", name);
    return number;
}

static const char *read_text(struct reader *r, const char *name)
{
    struct kith_json v = kith_json_member(r->body, name);
    size_t len = 0;
    const char *text = kith_json_string(v, &len);

    if (v.type != KITH_JSON_NONE && v.type != KITH_JSON_STRING)
        complain(r, "no text is in", name);
    return kith_arena_copy(r->req->arena, text, len);
}

static void copy_text(struct reader *r, const char *name, char *out, size_t out_size)
{
    if (!kith_text_copy(out, out_size, read_text(r, name)))
        complain(r, "the text is too long in", name);
}

static size_t read_person(struct reader *r, bool needed)
{
    const char *text = read_text(r, "person");
    size_t person = sandbox_person_find(text);

    if (person == SANDBOX_NOBODY && (needed || *text))
        complain(r, "there is no person", text);
    return person;
}

static struct sandbox_mailbox *read_mailbox(struct reader *r)
{
    size_t person = read_person(r, /* needed= */ true);

    if (person == SANDBOX_NOBODY)
        return NULL;
    if (!r->req->world->mailbox[person])
        complain(r, "there is no mailbox of", sandbox_people[person].address);
    return r->req->world->mailbox[person];
}

static void say_ok(struct sandbox_answer *ans)
{
    sandbox_answer_text(ans, 200, SANDBOX_JSON, "{\"ok\":true}");
}

/* --- Faults ------------------------------------------------------------------------------------ */

/* A number goes into the header as it was written: 2, 2.128. */
static void read_retry_after(struct reader *r, struct sandbox_fault *fault)
{
    struct kith_json v = kith_json_member(r->body, "retry_after");
    double seconds = 0;
    int64_t whole = 0;

    if (v.type == KITH_JSON_STRING)
        copy_text(r, "retry_after", fault->retry_after, sizeof(fault->retry_after));
    else if (v.type == KITH_JSON_NUMBER && kith_json_int64(v, &whole))
        (void)kith_text_format(fault->retry_after, sizeof(fault->retry_after), "%lld", (long long)whole);
    else if (v.type == KITH_JSON_NUMBER && kith_json_double(v, &seconds) && isfinite(seconds))
        (void)kith_text_format(fault->retry_after, sizeof(fault->retry_after), "%g", seconds);
    else if (v.type != KITH_JSON_NONE && v.type != KITH_JSON_NULL)
        complain(r, "neither text nor number is in", "retry_after");
    for (const char *p = fault->retry_after; *p; p++)
        if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7e)
            complain(r, "no header can hold", "retry_after");
}

static void add_fault(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"path",        "after",  "times",  "do",   "status",
                                          "retry_after", "person", "method", "code", "message",
                                          "suberror",    "body",   "link",   "ms",   NULL};
    struct sandbox_fault fault = {.act = SANDBOX_ACT_NONE};
    const char *word = read_text(r, "do");

    allow_members(r, members);
    if (!sandbox_act_parse(word, &fault.act))
        complain(r, "no fault does", word);
    copy_text(r, "path", fault.path, sizeof(fault.path));
    copy_text(r, "method", fault.method, sizeof(fault.method));
    copy_text(r, "code", fault.code, sizeof(fault.code));
    copy_text(r, "message", fault.message, sizeof(fault.message));
    copy_text(r, "suberror", fault.suberror, sizeof(fault.suberror));
    copy_text(r, "body", fault.body, sizeof(fault.body));
    copy_text(r, "link", fault.link, sizeof(fault.link));
    fault.person = read_person(r, /* needed= */ false);
    fault.after = read_number(r, "after", 0, INT32_MAX, 0);
    fault.times = read_number(r, "times", 0, INT32_MAX, -1);
    fault.status = (int)read_number(r, "status", 200, 599, fault.act == SANDBOX_ACT_STATUS ? 503 : 0);
    fault.latency_ms = read_number(r, "ms", 0, 600000, 1000);
    read_retry_after(r, &fault);
    if (refused(r, ans))
        return;
    if (sandbox_faults_add(r->req->world->faults, &fault))
        say_ok(ans);
    else
        sandbox_answer_refuse(ans, 409, "there are too many faults; DELETE /sandbox/faults takes them back");
}

static void show_faults(struct reader *r, struct sandbox_answer *ans)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);

    kith_json_begin_object(w, NULL);
    sandbox_faults_write(r->req->world->faults, w);
    kith_json_end(w);
}

static void clear_faults(struct reader *r, struct sandbox_answer *ans)
{
    sandbox_faults_clear(r->req->world->faults);
    say_ok(ans);
}

/* --- Grants -------------------------------------------------------------------------------------- */

static bool is_at_google(size_t person)
{
    return person != SANDBOX_NOBODY && sandbox_person_provider(person) == SANDBOX_GOOGLE;
}

static const char *refusal_name(struct reader *r, size_t person)
{
    int refusal = sandbox_vault_refusal(r->req->world->vault, person);

    return is_at_google(person) ? sandbox_google_refusal_name(refusal) : sandbox_refusal_name(refusal);
}

static int find_refusal(size_t person, const char *name)
{
    return is_at_google(person) ? sandbox_google_refusal_find(name) : sandbox_refusal_find(name);
}

static void take_grant_back(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"person", "token_life_s", "why", NULL};
    size_t person = read_person(r, /* needed= */ true);
    int64_t life_s = read_number(r, "token_life_s", 0, 86400, 3600);
    const char *why = read_text(r, "why");
    int refusal = *why ? find_refusal(person, why) : -1;

    allow_members(r, members);
    if (*why && refusal < 0)
        complain(r, "no refusal is called", why);
    if (refused(r, ans))
        return;
    if (*why)
        sandbox_vault_set_refusal(r->req->world->vault, person, refusal);
    else
        sandbox_vault_revoke(r->req->world->vault, person, life_s);
    say_ok(ans);
}

static void grant(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"person", "scope", "organization", NULL};
    size_t person = read_person(r, /* needed= */ true);
    bool for_everybody = kith_json_bool(kith_json_member(r->body, "organization"), false);
    const char *scope = read_text(r, "scope");
    char unknown[160];
    unsigned mask = 0;

    allow_members(r, members);
    enum sandbox_provider provider = is_at_google(person) ? SANDBOX_GOOGLE : SANDBOX_MICROSOFT;
    if (provider == SANDBOX_GOOGLE ? !sandbox_google_scope_parse(scope, &mask, unknown, sizeof(unknown))
                                   : !sandbox_scope_parse(scope, &mask, unknown, sizeof(unknown)))
        complain(r, "there is no scope", unknown);
    if (for_everybody && provider == SANDBOX_GOOGLE)
        complain(r, "Google knows no", "organization");
    if (refused(r, ans))
        return;
    sandbox_vault_grant(r->req->world->vault, person, sandbox_app_first(provider), mask, for_everybody);
    say_ok(ans);
}

static void tokens(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"life_s", NULL};
    int64_t life_s = read_number(r, "life_s", 0, 86400, 0);

    allow_members(r, members);
    if (refused(r, ans))
        return;
    sandbox_vault_set_life(r->req->world->vault, life_s);
    say_ok(ans);
}

static void codes(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"life_s", "interval_s", NULL};
    const struct sandbox_device_pace pace = {.life_s = read_number(r, "life_s", 0, 86400, 0),
                                             .interval_s = read_number(r, "interval_s", 0, 3600, 0)};

    allow_members(r, members);
    if (refused(r, ans))
        return;
    sandbox_vault_set_device_pace(r->req->world->vault, &pace);
    say_ok(ans);
}

/* What --auto does on Google's consent page. */
static void consent(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"person", "do", NULL};
    static const char *const words[] = {"tick", "leave-unticked", "cancel"};
    size_t person = read_person(r, /* needed= */ true), answer = 0;
    const char *what = read_text(r, "do");

    allow_members(r, members);
    while (answer < KITH_COUNT_OF(words) && strcmp(words[answer], what) != 0)
        answer++;
    if (answer == KITH_COUNT_OF(words))
        complain(r, "nobody can", what);
    if (person != SANDBOX_NOBODY && !is_at_google(person))
        complain(r, "there are no boxes for", sandbox_people[person].address);
    if (refused(r, ans))
        return;
    sandbox_google_set_answer(r->req->world->google, person, (enum sandbox_google_answer)answer);
    say_ok(ans);
}

/* What is not said keeps its value. */
static void google(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"refresh_token_expires_in", "sync_token_life_s", NULL};
    struct sandbox_google_settings settings = sandbox_google_get_settings(r->req->world->google);

    settings.refresh_token_expires_in_s =
        read_number(r, "refresh_token_expires_in", 0, INT32_MAX, settings.refresh_token_expires_in_s);
    settings.sync_token_life_s = read_number(r, "sync_token_life_s", 0, INT32_MAX, settings.sync_token_life_s);
    allow_members(r, members);
    if (refused(r, ans))
        return;
    sandbox_google_set_settings(r->req->world->google, &settings);
    say_ok(ans);
}

static void device(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"code", "do", "person", NULL};
    const char *code = read_text(r, "code"), *what = read_text(r, "do");
    size_t person = read_person(r, strcmp(what, "approve") == 0);
    enum sandbox_device_state state = SANDBOX_DEVICE_UNKNOWN;
    struct sandbox_token asked;

    allow_members(r, members);
    if (strcmp(what, "approve") == 0)
        state = SANDBOX_DEVICE_APPROVED;
    else if (strcmp(what, "decline") == 0)
        state = SANDBOX_DEVICE_DECLINED;
    else if (strcmp(what, "expire") == 0)
        state = SANDBOX_DEVICE_EXPIRED;
    else
        complain(r, "no device code can", what);
    if (sandbox_vault_find_device(r->req->world->vault, code, &asked, NULL) == SANDBOX_DEVICE_UNKNOWN)
        complain(r, "there is no device code", code);
    if (refused(r, ans))
        return;
    if (state == SANDBOX_DEVICE_APPROVED)
        sandbox_vault_grant(r->req->world->vault, person, asked.app, asked.scopes, /* for_everybody= */ false);
    sandbox_vault_set_device(r->req->world->vault, code, state, person);
    say_ok(ans);
}

/* --- Mailboxes ------------------------------------------------------------------------------------ */

static void write_mailbox(struct sandbox_mailbox *mailbox, struct sandbox_answer *ans)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);

    sandbox_mailbox_read(mailbox);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "contacts", sandbox_folder_live(mailbox, SANDBOX_DEFAULT_FOLDER));
    kith_json_put_int(w, "count", sandbox_folder_count(mailbox, SANDBOX_DEFAULT_FOLDER));
    kith_json_begin_array(w, "folders");
    for (size_t i = 1; i < SANDBOX_N_FOLDERS; i++) {
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "name", sandbox_mailbox_folder(mailbox, i)->name);
        kith_json_put_int(w, "contacts", sandbox_folder_live(mailbox, i));
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_json_end(w);
    sandbox_mailbox_read_end(mailbox);
}

static void change(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"person", "add", "change", "remove", "move", "rename", "rename_groups", NULL};
    struct sandbox_mailbox *mailbox = read_mailbox(r);
    struct sandbox_mailbox_change what = {
        .add = read_number(r, "add", 0, 1000000, 0),
        .change = read_number(r, "change", 0, 1000000, 0),
        .remove = read_number(r, "remove", 0, 1000000, 0),
        .move = read_number(r, "move", 0, 1000000, 0),
        .rename = read_number(r, "rename", 0, 1000000, 0),
        .rename_groups = read_number(r, "rename_groups", 0, SANDBOX_N_OWN_GROUPS, 0),
    };

    if ((what.rename > 0 || what.rename_groups > 0) && !is_at_google(sandbox_person_find(read_text(r, "person"))))
        complain(r, "only at Google there is", "rename");
    allow_members(r, members);
    if (refused(r, ans))
        return;
    sandbox_mailbox_change(mailbox, &what);
    write_mailbox(mailbox, ans);
}

/* What is not said keeps its value; the contacts begin again only when their number is said. */
static void reshape(struct reader *r, struct sandbox_answer *ans)
{
    static const char *const members[] = {"person",          "contacts",   "report_count",
                                          "folder_contacts", "groups",     "max_requests",
                                          "top_cap",         "note_bytes", NULL};
    struct sandbox_mailbox *mailbox = read_mailbox(r);
    struct sandbox_mailbox_shape shape, before = {0};

    if (mailbox)
        before = sandbox_mailbox_get_shape(mailbox);
    allow_members(r, members);
    shape = (struct sandbox_mailbox_shape){
        .contacts = read_number(r, "contacts", 0, SANDBOX_MAX_CONTACTS, before.contacts),
        .folder_contacts = read_number(r, "folder_contacts", 0, SANDBOX_MAX_CONTACTS, before.folder_contacts),
        .report_count = read_number(r, "report_count", -1, INT64_MAX, -1),
        .groups = read_number(r, "groups", 0, 1000000, before.groups),
        .max_requests = read_number(r, "max_requests", 0, INT32_MAX, before.max_requests),
        .top_cap = read_number(r, "top_cap", 0, INT32_MAX, before.top_cap),
        .note_bytes = read_number(r, "note_bytes", 0, SANDBOX_MAX_NOTE_BYTES, before.note_bytes),
    };
    if (refused(r, ans))
        return;
    if (kith_json_member(r->body, "contacts").type != KITH_JSON_NONE || shape.groups != before.groups ||
        shape.folder_contacts != before.folder_contacts || shape.note_bytes != before.note_bytes)
        sandbox_mailbox_reshape(mailbox, &shape);
    else
        sandbox_mailbox_set_limits(mailbox, &shape);
    write_mailbox(mailbox, ans);
}

/* --- The log, and everything ------------------------------------------------------------------------- */

static void show_requests(struct reader *r, struct sandbox_answer *ans)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);

    sandbox_log_write(r->req->world->log, w);
}

static void clear_requests(struct reader *r, struct sandbox_answer *ans)
{
    sandbox_log_clear(r->req->world->log);
    say_ok(ans);
}

static void reset(struct reader *r, struct sandbox_answer *ans)
{
    sandbox_world_reset(r->req->world);
    say_ok(ans);
}

static void show_people(struct reader *r, struct sandbox_answer *ans)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&ans->body, false);

    kith_json_begin_object(w, NULL);
    kith_json_begin_array(w, "people");
    for (size_t i = 0; i < sandbox_n_people; i++) {
        const struct sandbox_tenant *tenant = &sandbox_tenants[sandbox_people[i].tenant];
        kith_json_begin_object(w, NULL);
        kith_json_put_text(w, "person", sandbox_people[i].address);
        kith_json_put_text(w, "name", sandbox_people[i].name);
        kith_json_put_text(w, "oid", sandbox_people[i].oid);
        kith_json_put_text(w, "tenant", tenant->id);
        kith_json_put_text(w, "domain", tenant->domain);
        kith_json_put_bool(w, "admin", sandbox_people[i].admin);
        kith_json_put_bool(w, "mailbox", sandbox_people[i].mailbox);
        kith_json_put_text(w, "provider", is_at_google(i) ? "google" : "microsoft");
        kith_json_put_text(w, "refusal", refusal_name(r, i));
        kith_json_end(w);
    }
    kith_json_end(w);
    kith_json_end(w);
}

static const struct {
    const char *method, *name;
    void (*serve)(struct reader *r, struct sandbox_answer *ans);
} commands[] = {
    {"POST", "faults", add_fault},      {"GET", "faults", show_faults},
    {"DELETE", "faults", clear_faults}, {"POST", "revoke", take_grant_back},
    {"POST", "grant", grant},           {"POST", "tokens", tokens},
    {"POST", "codes", codes},           {"POST", "device", device},
    {"POST", "consent", consent},       {"POST", "google", google},
    {"POST", "change", change},         {"POST", "mailbox", reshape},
    {"GET", "requests", show_requests}, {"DELETE", "requests", clear_requests},
    {"GET", "people", show_people},     {"POST", "reset", reset},
};

/*
 * Any page in a browser can reach loopback. A page cannot send a JSON content type or
 * DELETE elsewhere without asking first, but a plain POST it can: one that names
 * where it comes from is refused.
 */
static bool is_from_a_page(const struct sandbox_request *req)
{
    const char *origin = sandbox_request_header(req, "Origin");

    return origin && strcmp(origin, req->world->base_url) != 0;
}

void sandbox_control(struct sandbox_request *req, struct sandbox_answer *ans)
{
    KITH_AUTO(kith_json_reader) json = kith_json_reader_new();
    struct reader r = {.req = req, .json = json};
    const char *name = sandbox_request_segment(req, 1);
    bool known = false;

    if (is_from_a_page(req)) {
        sandbox_answer_refuse(ans, 403, "the control interface is not for pages of other addresses");
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(commands) && req->n_segments == 2; i++) {
        if (strcmp(commands[i].name, name) != 0)
            continue;
        known = true;
        if (strcmp(commands[i].method, req->method) != 0)
            continue;
        read_body(&r);
        if (!refused(&r, ans))
            commands[i].serve(&r, ans);
        return;
    }
    sandbox_answer_refuse(ans, known ? 405 : 404, known ? "this is not how it is asked" : "there is no such command");
}
