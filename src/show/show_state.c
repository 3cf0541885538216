/* SPDX-License-Identifier: MIT */
/*
 * show_state.c - accounts, imports, failures, health and settings as JSON objects.
 *
 * Before: engine/ has the facts. After: the command line prints the object, the web face sends it on.
 * docs/output-schema.md is the promise about every member.
 */
#include <kith/kith.h>

#include "base/json_write.h"
#include "base/text.h"

enum { OBJECT_BYTES_MAX = 64 * 1024 };

struct writing {
    struct kith_buf buf;
    struct kith_json_writer *w;
};

static struct kith_json_writer *begin(struct writing *writing)
{
    kith_buf_init(&writing->buf, OBJECT_BYTES_MAX);
    writing->w = kith_json_writer_new(&writing->buf, /* indented= */ false);
    kith_json_begin_object(writing->w, NULL);
    return writing->w;
}

static char *end(struct writing *writing)
{
    char *text;

    kith_json_end(writing->w);
    kith_json_writer_free(writing->w);
    text = kith_buf_take_text(&writing->buf);
    kith_buf_done(&writing->buf);
    return text;
}

static void put_count(struct kith_json_writer *w, const char *name, int64_t n)
{
    if (n < 0)
        kith_json_put_null(w, name);
    else
        kith_json_put_int(w, name, n);
}

static void put_object(struct kith_json_writer *w, const char *name, char *json)
{
    kith_json_put_raw(w, name, json, strlen(json));
    free(json);
}

static const char *state_id(const struct kith_account *account)
{
    switch (account->state) {
    case KITH_ACCOUNT_NEW:
        return "new";
    case KITH_ACCOUNT_READY:
        return "ready";
    case KITH_ACCOUNT_FAILED:
        return "failed";
    case KITH_ACCOUNT_SIGNED_OUT:
        return "signed-out";
    }
    return "new";
}

static const char *files_id(const struct kith_account *account)
{
    switch (account->files) {
    case KITH_FILES_CHANGED:
        return "changed";
    case KITH_FILES_GONE:
        return "gone";
    case KITH_FILES_SAME:
    case KITH_FILES_UNKNOWN:
        break;
    }
    return "same";
}

/* Only where somebody looked. */
static void put_files(struct kith_json_writer *w, const struct kith_account *account)
{
    if (account->files == KITH_FILES_UNKNOWN)
        return;
    kith_json_put_text(w, "files", files_id(account));
    kith_json_put_time(w, "files_changed", account->files_changed_s);
    kith_json_put_text(w, "files_at", account->files_at);
}

char *kith_account_to_json(const struct kith_account *account)
{
    struct writing writing;
    struct kith_json_writer *w = begin(&writing);

    kith_json_put_int(w, "id", account->id);
    kith_json_put_text(w, "name", account->name);
    kith_json_put_text(w, "source", kith_source_id(account->source));
    kith_json_put_text(w, "source_title", kith_source_title(account->source));
    kith_json_put_text(w, "identity", account->identity);
    kith_json_put_text(w, "state", state_id(account));
    kith_json_put_int(w, "contacts", account->n_contacts);
    put_count(w, "reported", account->n_reported);
    kith_json_put_time(w, "last_import", account->last_import_s);
    kith_json_put_time(w, "last_attempt", account->last_attempt_s);
    kith_json_put_bool(w, "importing", account->importing);
    if (account->importing) {
        kith_json_put_int(w, "done", account->done);
        put_count(w, "total", account->total);
    }
    put_files(w, account);
    kith_json_put_text_if(w, "tokens_in", kith_tokens_in_id(account->tokens_in));
    if (account->last_error.status != KITH_OK)
        put_object(w, "error", kith_error_to_json(&account->last_error));
    else
        kith_json_put_null(w, "error");
    return end(&writing);
}

char *kith_import_result_to_json(const struct kith_import_result *result)
{
    struct writing writing;
    struct kith_json_writer *w = begin(&writing);

    kith_json_put_text(w, "account", result->account);
    kith_json_put_text(w, "source", kith_source_id(result->source));
    put_count(w, "reported", result->reported);
    kith_json_put_int(w, "imported", result->imported);
    kith_json_put_int(w, "added", result->added);
    kith_json_put_int(w, "changed", result->changed);
    kith_json_put_int(w, "removed", result->removed);
    kith_json_put_int(w, "unchanged", result->unchanged);
    kith_json_put_int(w, "held", result->held);
    kith_json_put_bool(w, "by_changes", result->by_changes);
    kith_json_put_bool(w, "again", result->again);
    kith_json_put_int(w, "skipped", result->skipped);
    kith_json_put_int(w, "partial", result->partial);
    kith_json_put_int(w, "limit", result->limit);
    kith_json_put_bool(w, "limit_reached", result->limit_reached);
    kith_json_put_int(w, "requests", result->requests);
    kith_json_put_int(w, "took_ms", result->took_ms);
    return end(&writing);
}

static const char *event_id(enum kith_event_kind kind)
{
    switch (kind) {
    case KITH_EVENT_STARTED:
        return "started";
    case KITH_EVENT_PROGRESS:
        return "progress";
    case KITH_EVENT_WAITING:
        return "waiting";
    case KITH_EVENT_SAVING:
        return "saving";
    case KITH_EVENT_FINISHED:
        return "finished";
    case KITH_EVENT_FAILED:
        return "failed";
    case KITH_EVENT_PICTURES:
        return "pictures";
    case KITH_EVENT_AGAIN:
        return "again";
    }
    return "progress";
}

char *kith_event_to_json(const struct kith_event *event)
{
    struct writing writing;
    struct kith_json_writer *w = begin(&writing);

    kith_json_put_int(w, "schema", 1);
    kith_json_put_text(w, "event", event_id(event->kind));
    kith_json_put_text(w, "account", event->account);
    kith_json_put_text(w, "source", kith_source_id(event->source));
    kith_json_put_int(w, "done", event->done);
    put_count(w, "total", event->total);
    if (event->kind == KITH_EVENT_WAITING)
        kith_json_put_time(w, "wait_until", (event->wait_until_ms + 999) / 1000);
    if (event->result)
        put_object(w, "result", kith_import_result_to_json(event->result));
    if (event->error)
        put_object(w, "error", kith_error_to_json(event->error));
    return end(&writing);
}

char *kith_error_to_json(const struct kith_error *error)
{
    struct writing writing;
    struct kith_json_writer *w = begin(&writing);
    struct kith_failure failure;

    kith_failure_describe(error, &failure);
    kith_json_put_text(w, "id", failure.id);
    kith_json_put_int(w, "exit_code", failure.exit_code);
    kith_json_put_text(w, "title", failure.title);
    kith_json_put_text(w, "sentence", failure.sentence);
    kith_json_put_text(w, "remedy", failure.remedy_id);
    kith_json_put_text_if(w, "button", failure.button);
    kith_json_put_text_if(w, "command", failure.command);
    kith_json_put_text_if(w, "link", error->link);
    kith_json_put_text_if(w, "provider", error->source ? kith_source_title(error->source) : "");
    kith_json_put_text_if(w, "source", kith_source_id(error->source));
    kith_json_put_text_if(w, "account", error->account);
    kith_json_put_text_if(w, "identity", error->identity);
    kith_json_put_text_if(w, "request_id", error->request_id);
    kith_json_put_text_if(w, "setting", error->setting);
    kith_json_put_text_if(w, "file", error->file);
    if (error->status == KITH_E_REMOVALS_HELD) {
        kith_json_put_int(w, "held", error->count);
        kith_json_put_int(w, "contacts", error->total);
    }
    if (error->retry_at_s > 0)
        kith_json_put_time(w, "retry_at", error->retry_at_s);
    if (error->http_status > 0)
        kith_json_put_int(w, "http_status", error->http_status);
    kith_json_put_text_if(w, "detail", error->message);
    kith_json_put_text_if(w, "hint", error->hint);
    return end(&writing);
}

char *kith_health_to_json(const struct kith_health *health)
{
    struct writing writing;
    struct kith_json_writer *w = begin(&writing);

    kith_json_put_text(w, "version", health->version);
    kith_json_put_text(w, "store_version", health->store_version);
    kith_json_put_int(w, "schema_version", health->schema);
    kith_json_put_text(w, "data_dir", health->data_dir);
    kith_json_put_text(w, "config_file", health->config_file);
    kith_json_put_int(w, "store_bytes", health->store_bytes);
    kith_json_put_int(w, "contacts", health->n_contacts);
    kith_json_put_int(w, "accounts", health->n_accounts);
    kith_json_put_text(w, "tokens_in", health->tokens_in);
    kith_json_put_text(w, "region", health->region);
    kith_json_put_text(w, "language", health->language);
    kith_json_put_bool(w, "microsoft_ready", health->microsoft_ready);
    kith_json_put_bool(w, "google_ready", health->google_ready);
    if (health->checked)
        kith_json_put_bool(w, "store_sound", health->store_sound);
    kith_json_put_text_if(w, "problem", health->problem);
    return end(&writing);
}

char *kith_setting_to_json(const struct kith_setting *setting)
{
    struct writing writing;
    struct kith_json_writer *w = begin(&writing);

    kith_json_put_text(w, "key", setting->key);
    kith_json_put_text(w, "value", setting->value);
    kith_json_put_text(w, "preset", setting->preset);
    kith_json_put_bool(w, "is_set", setting->is_set);
    kith_json_put_text(w, "description", setting->description);
    return end(&writing);
}
