/* SPDX-License-Identifier: MIT */
/*
 * web_state.c - gathers the State from the engine and the list of jobs.
 *
 * Before: a page opens, or something changed.
 * After:  web_events.c sends it to every open page.
 */
#include "web_state.h"

#include <pthread.h>

#include <kith/outlook.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"
#include "web_json.h"
#include "web_words.h"

enum { WATCH_EVERY_MS = 2000 };

/* In the order in which Settings shows them. */
static const enum kith_source shown_sources[] = {KITH_SOURCE_MICROSOFT365, KITH_SOURCE_GOOGLE, KITH_SOURCE_OUTLOOK};

/* The other source that holds the same people: while one is imported, the engine refuses the other. */
static enum kith_source rival_of(enum kith_source source)
{
    switch (source) {
    case KITH_SOURCE_MICROSOFT365:
        return KITH_SOURCE_OUTLOOK;
    case KITH_SOURCE_OUTLOOK:
        return KITH_SOURCE_MICROSOFT365;
    case KITH_SOURCE_GOOGLE:
    case KITH_SOURCE_NONE:
        break;
    }
    return KITH_SOURCE_NONE;
}

/* --- What hardly ever changes ------------------------------------------------------- */

/* What was seen of the files of one account. */
struct watched {
    int64_t account_id;
    uint64_t data_version; /* an import reads the files */
    int64_t looked_ms;     /* monotonic */
    enum kith_files_state files;
    int64_t changed_s;
    char at[192];
};

struct kith_web_device {
    struct kith *k;
    pthread_mutex_t lock;
    bool known;
    uint64_t data_version;
    struct kith_health health;
    struct watched *watched;
    size_t n_watched;
};

struct kith_web_device *kith_web_device_new(struct kith *k)
{
    struct kith_web_device *device = kith_xnew(struct kith_web_device);

    device->k = k;
    (void)pthread_mutex_init(&device->lock, NULL); /* with default attributes it cannot fail on Linux */
    return device;
}

void kith_web_device_free(struct kith_web_device *device)
{
    if (!device)
        return;
    (void)pthread_mutex_destroy(&device->lock);
    free(device->watched);
    free(device);
}

void kith_web_device_forget(struct kith_web_device *device)
{
    (void)pthread_mutex_lock(&device->lock);
    device->known = false;
    (void)pthread_mutex_unlock(&device->lock);
}

static enum kith_status get_health(struct kith_web_device *device, uint64_t data_version, struct kith_health *ret,
                                   struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    (void)pthread_mutex_lock(&device->lock);
    if (!device->known || device->data_version != data_version)
        st = kith_health_get(device->k, /* deep= */ false, &device->health, err);
    if (st == KITH_OK) {
        device->known = true;
        device->data_version = data_version;
        *ret = device->health;
    }
    (void)pthread_mutex_unlock(&device->lock);
    return st;
}

static struct watched *find_watched(struct kith_web_device *device, int64_t account_id)
{
    for (size_t i = 0; i < device->n_watched; i++)
        if (device->watched[i].account_id == account_id)
            return &device->watched[i];
    device->watched = kith_xrealloc(device->watched, device->n_watched + 1, sizeof(device->watched[0]));
    device->watched[device->n_watched] = (struct watched){.account_id = account_id, .looked_ms = INT64_MIN / 2};
    return &device->watched[device->n_watched++];
}

/* A folder may hold thousands of files: somebody who looks at Linked Accounts does not mind a few seconds. */
static void watch_files(struct kith_web_device *device, uint64_t data_version, struct kith_account *account)
{
    int64_t now_ms = kith_clock_monotonic_ms();
    struct watched *watched;

    if (account->source != KITH_SOURCE_OUTLOOK)
        return;
    (void)pthread_mutex_lock(&device->lock);
    watched = find_watched(device, account->id);
    if ((watched->data_version != data_version || now_ms - watched->looked_ms >= WATCH_EVERY_MS) &&
        kith_outlook_watch(device->k, account, NULL) == KITH_OK) { /* else what was seen before does */
        *watched = (struct watched){.account_id = account->id,
                                    .data_version = data_version,
                                    .looked_ms = now_ms,
                                    .files = account->files,
                                    .changed_s = account->files_changed_s};
        (void)kith_text_copy(watched->at, sizeof(watched->at), account->files_at);
    }
    account->files = watched->files;
    account->files_changed_s = watched->changed_s;
    (void)kith_text_copy(account->files_at, sizeof(account->files_at), watched->at);
    (void)pthread_mutex_unlock(&device->lock);
}

/* --- Settings ------------------------------------------------------------------------- */

static const char *value_of(const struct kith_settings *settings, const char *key)
{
    for (size_t i = 0; i < settings->n; i++)
        if (strcmp(settings->setting[i].key, key) == 0)
            return settings->setting[i].value;
    return "";
}

enum kith_status kith_web_settings_write(struct kith *k, struct kith_json_writer *w, const char *name,
                                         struct kith_error *err)
{
    struct kith_settings *settings = NULL;
    int64_t limit = 0;
    enum kith_status st = kith_settings_get(k, &settings, err);

    if (st != KITH_OK)
        return st;
    (void)kith_text_to_int64(value_of(settings, "import.limit"), 0, INT64_MAX, &limit); /* the engine checked it */
    kith_json_begin_object(w, name);
    kith_json_put_int(w, "import.limit", limit);
    kith_json_put_text(w, "import.region", value_of(settings, "import.region"));
    kith_json_put_bool(w, "import.photos", strcmp(value_of(settings, "import.photos"), "yes") == 0);
    kith_json_end(w);
    kith_settings_free(settings);
    return KITH_OK;
}

/* --- A snapshot ----------------------------------------------------------------------- */

static const char *const part_names[KITH_WEB_PARTS] = {
    [KITH_WEB_SOURCES] = "sources",
    [KITH_WEB_ACCOUNTS] = "accounts",
    [KITH_WEB_SETTINGS] = "settings",
    [KITH_WEB_DEVICE] = "device",
};

void kith_web_snapshot_init(struct kith_web_snapshot *snapshot)
{
    *snapshot = (struct kith_web_snapshot){.data_version = 0};
    for (size_t i = 0; i < KITH_WEB_PARTS; i++)
        kith_buf_init(&snapshot->part[i], KITH_WEB_DOCUMENT_BYTES);
    kith_buf_init(&snapshot->ids, 1 << 16);
}

void kith_web_snapshot_done(struct kith_web_snapshot *snapshot)
{
    for (size_t i = 0; i < KITH_WEB_PARTS; i++)
        kith_buf_done(&snapshot->part[i]);
    kith_buf_done(&snapshot->ids);
}

bool kith_web_snapshot_equal(const struct kith_web_snapshot *a, const struct kith_web_snapshot *b)
{
    for (size_t i = 0; i < KITH_WEB_PARTS; i++)
        if (strcmp(kith_buf_text(&a->part[i]), kith_buf_text(&b->part[i])) != 0)
            return false;
    return strcmp(kith_buf_text(&a->ids), kith_buf_text(&b->ids)) == 0;
}

/* Files need no client id. */
static bool is_ready(enum kith_source source, const struct kith_health *health)
{
    if (source == KITH_SOURCE_MICROSOFT365)
        return health->microsoft_ready;
    return source != KITH_SOURCE_GOOGLE || health->google_ready;
}

static void write_source(struct kith_json_writer *w, enum kith_source source, const struct kith_health *health,
                         const struct kith_accounts *accounts)
{
    const struct kith_web_source_words *words = kith_web_source_words(source);
    const char *in_the_way = "";

    for (size_t i = 0; i < accounts->n && in_the_way[0] == '\0'; i++)
        if (accounts->account[i].source == rival_of(source))
            in_the_way = accounts->account[i].name;
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "id", kith_source_id(source));
    kith_json_put_text(w, "title", kith_source_title(source));
    kith_json_put_text(w, "name", words->name);
    kith_json_put_text(w, "tile", words->tile);
    kith_json_put_text(w, "button", words->button);
    kith_json_put_text(w, "line", words->line);
    kith_json_put_text(w, "answer", words->answer);
    kith_json_put_text(w, "take_back", words->take_back);
    kith_json_put_text(w, "barred", words->barred);
    kith_json_put_bool(w, "files", source == KITH_SOURCE_OUTLOOK);
    kith_json_put_bool(w, "device_code", source == KITH_SOURCE_MICROSOFT365); /* Google gives no contacts for one */
    kith_json_put_bool(w, "ready", is_ready(source, health));
    kith_json_put_text(w, "in_the_way", in_the_way);
    kith_json_end(w);
}

static void write_sources(struct kith_buf *out, const struct kith_health *health, const struct kith_accounts *accounts)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(out, /* indented= */ false);

    kith_json_begin_array(w, NULL);
    for (size_t i = 0; i < KITH_COUNT_OF(shown_sources); i++)
        write_source(w, shown_sources[i], health, accounts);
    kith_json_end(w);
}

static void write_accounts(struct kith_buf *out, const struct kith_accounts *accounts)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(out, /* indented= */ false);

    kith_json_begin_array(w, NULL);
    for (size_t i = 0; i < accounts->n; i++)
        kith_web_json_account(w, NULL, &accounts->account[i]);
    kith_json_end(w);
}

static void write_device(struct kith_buf *out, const struct kith_health *health)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(out, /* indented= */ false);

    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "tokens_in", health->tokens_in);
    kith_json_put_text(w, "data_dir", health->data_dir);
    kith_json_end(w);
}

static enum kith_status write_settings(struct kith *k, struct kith_buf *out, struct kith_error *err)
{
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(out, /* indented= */ false);

    return kith_web_settings_write(k, w, NULL, err);
}

enum kith_status kith_web_snapshot_take(struct kith_web *web, struct kith_web_snapshot *snapshot,
                                        struct kith_error *err)
{
    struct kith_accounts *accounts = NULL;
    struct kith_health health;
    enum kith_status st;

    snapshot->data_version = kith_data_version(web->k);
    kith_web_jobs_add_ids(web->jobs, &snapshot->ids);
    st = get_health(web->device, snapshot->data_version, &health, err);
    if (st == KITH_OK)
        st = write_settings(web->k, &snapshot->part[KITH_WEB_SETTINGS], err);
    if (st == KITH_OK)
        st = kith_accounts_get(web->k, &accounts, err);
    if (st != KITH_OK)
        return st;
    for (size_t i = 0; i < accounts->n; i++) {
        snapshot->n_contacts += accounts->account[i].n_contacts;
        watch_files(web->device, snapshot->data_version, &accounts->account[i]);
    }
    write_sources(&snapshot->part[KITH_WEB_SOURCES], &health, accounts);
    write_accounts(&snapshot->part[KITH_WEB_ACCOUNTS], accounts);
    write_device(&snapshot->part[KITH_WEB_DEVICE], &health);
    kith_accounts_free(accounts);
    return KITH_OK;
}

void kith_web_state_write(struct kith_web *web, const struct kith_web_snapshot *snapshot, struct kith_json_writer *w,
                          const char *name)
{
    kith_json_begin_object(w, name);
    kith_json_put_text(w, "version", kith_version());
    kith_web_json_version(w, snapshot->data_version);
    kith_json_put_int(w, "n_contacts", snapshot->n_contacts);
    for (size_t i = 0; i < KITH_WEB_PARTS; i++)
        kith_json_put_raw(w, part_names[i], kith_buf_text(&snapshot->part[i]), snapshot->part[i].len);
    kith_web_jobs_write(web->jobs, w);
    kith_json_end(w);
}

KITH_WEB_HANDLER(kith_web_get_state)
{
    KITH_AUTO_DONE(kith_web_snapshot) snapshot;
    KITH_AUTO(kith_json_writer) w = NULL;
    enum kith_status st;

    kith_web_snapshot_init(&snapshot);
    st = kith_web_snapshot_take(web, &snapshot, err);
    if (st != KITH_OK)
        return st;
    w = kith_web_answer_json(answer, 200);
    kith_web_state_write(web, &snapshot, w, NULL);
    return KITH_OK;
}
