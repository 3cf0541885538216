/* SPDX-License-Identifier: MIT */
/*
 * web_json.c - failures, accounts, results and rows as the page reads them.
 *
 * Before: the engine gave a struct, or a JSON text of its own.
 * After:  a handler puts it into its document.
 */
#include "web_json.h"

#include "base/alloc.h"
#include "base/text.h"
#include "web_words.h"

/* --- Failures --------------------------------------------------------------- */

/*
 * Details are what somebody pastes into a public report: of the message, which may quote an account or a file,
 * only the words that cannot name a person are kept.
 */
static bool may_be_told(const char *word, size_t len)
{
    size_t n_digits = 0;

    for (size_t i = 0; i < len; i++) {
        if (strchr("@/\\+", word[i]) || (unsigned char)word[i] >= 0x80)
            return false;
        n_digits += word[i] >= '0' && word[i] <= '9';
    }
    return n_digits < 6;
}

static void add_told_words(struct kith_buf *out, const char *message)
{
    bool quoted = false;

    while (*message != '\0') {
        size_t len = strcspn(message, " \"");
        if (len > 0 && !quoted)
            (void)kith_buf_add(out, may_be_told(message, len) ? message : "...", may_be_told(message, len) ? len : 3);
        message += len;
        if (*message == '"') {
            (void)kith_buf_add_text(out, quoted ? "" : "\"...\"");
            quoted = !quoted;
        } else if (*message == ' ' && !quoted) {
            (void)kith_buf_add_char(out, ' ');
        }
        message += *message != '\0';
    }
}

static void put_details(struct kith_json_writer *w, const struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, 2048);
    (void)kith_buf_addf(&out, "kith %s, %s", kith_version(), kith_status_id(err->status));
    if (err->source != KITH_SOURCE_NONE)
        (void)kith_buf_addf(&out, ", %s", kith_source_id(err->source));
    if (err->http_status != 0)
        (void)kith_buf_addf(&out, ", HTTP %d", err->http_status);
    (void)kith_buf_add_text(&out, ": ");
    add_told_words(&out, err->message);
    kith_json_put_text(w, "details", kith_buf_text(&out));
}

static void put_facts(struct kith_json_writer *w, const struct kith_error *err)
{
    kith_json_put_text(w, "source", kith_source_id(err->source));
    kith_json_put_text(w, "account", err->account);
    kith_json_put_text(w, "identity", err->identity);
    kith_json_put_text(w, "link", err->link);
    kith_json_put_text(w, "request_id", err->request_id);
    kith_json_put_text(w, "setting", err->setting);
    kith_json_put_text(w, "file", err->file);
    kith_json_put_int(w, "retry_at_s", err->retry_at_s);
    kith_json_put_int(w, "count", err->count);
}

void kith_web_json_failure(struct kith_json_writer *w, const char *name, const struct kith_error *err)
{
    struct kith_failure failure;

    kith_failure_describe(err, &failure);
    kith_json_begin_object(w, name);
    kith_json_put_text(w, "id", failure.id);
    kith_json_put_text(w, "title", failure.title);
    kith_json_put_text(w, "sentence", failure.sentence);
    kith_json_put_text(w, "button", failure.button);
    kith_json_put_text(w, "remedy", failure.remedy_id);
    kith_json_put_text(w, "command", failure.command);
    put_facts(w, err);
    put_details(w, err);
    kith_json_end(w);
}

void kith_web_json_failure_or_null(struct kith_json_writer *w, const char *name, const struct kith_error *err)
{
    if (err->status == KITH_OK)
        kith_json_put_null(w, name);
    else
        kith_web_json_failure(w, name, err);
}

void kith_web_json_refusal(struct kith_json_writer *w, const char *name, const char *id, const char *title,
                           const char *sentence)
{
    static const struct kith_error no_facts = {0};

    kith_json_begin_object(w, name);
    kith_json_put_text(w, "id", id);
    kith_json_put_text(w, "title", title);
    kith_json_put_text(w, "sentence", sentence);
    kith_json_put_text(w, "button", "");
    kith_json_put_text(w, "remedy", "none");
    kith_json_put_text(w, "command", "");
    put_facts(w, &no_facts);
    kith_json_put_text(w, "details", "");
    kith_json_end(w);
}

/* --- Accounts and imports ----------------------------------------------------- */

static const char *state_id(enum kith_account_state state)
{
    switch (state) {
    case KITH_ACCOUNT_NEW:
        return "new";
    case KITH_ACCOUNT_READY:
        return "ready";
    case KITH_ACCOUNT_FAILED:
        return "failed";
    case KITH_ACCOUNT_SIGNED_OUT:
        return "signed-out";
    }
    return "ready"; /* a state of a newer version: its contacts are here all the same */
}

static const char *files_id(enum kith_files_state files)
{
    switch (files) {
    case KITH_FILES_SAME:
        return "same";
    case KITH_FILES_CHANGED:
        return "changed";
    case KITH_FILES_GONE:
        return "gone";
    case KITH_FILES_UNKNOWN:
        break;
    }
    return "";
}

static void put_status(struct kith_json_writer *w, const struct kith_account *account)
{
    struct kith_web_status status;

    kith_web_status_describe(account, &status);
    kith_json_begin_object(w, "status");
    kith_json_put_text(w, "icon", status.icon);
    kith_json_put_text(w, "tone", status.tone);
    kith_json_put_text(w, "text", status.text);
    kith_json_end(w);
}

void kith_web_json_account(struct kith_json_writer *w, const char *name, const struct kith_account *account)
{
    kith_json_begin_object(w, name);
    kith_json_put_int(w, "id", account->id);
    kith_json_put_text(w, "source", kith_source_id(account->source));
    kith_json_put_text(w, "state", state_id(account->state));
    kith_json_put_text(w, "name", account->name);
    kith_json_put_text(w, "identity", account->identity);
    kith_json_put_int(w, "n_contacts", account->n_contacts);
    kith_json_put_int(w, "n_reported", account->n_reported);
    kith_json_put_int(w, "last_import_s", account->last_import_s);
    kith_json_put_int(w, "last_attempt_s", account->last_attempt_s);
    kith_json_put_bool(w, "importing", account->importing);
    kith_json_put_int(w, "done", account->done);
    kith_json_put_int(w, "total", account->total);
    kith_json_put_text(w, "files", files_id(account->files));
    put_status(w, account);
    kith_web_json_failure_or_null(w, "error", &account->last_error);
    kith_json_end(w);
}

void kith_web_json_result(struct kith_json_writer *w, const char *name, const struct kith_import_result *result)
{
    kith_json_begin_object(w, name);
    kith_json_put_int(w, "reported", result->reported);
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
    kith_json_end(w);
}

void kith_web_json_row(struct kith_json_writer *w, const char *name, const struct kith_row *row)
{
    KITH_AUTO_STRING json = kith_row_to_json(row);

    kith_json_put_raw(w, name, json, strlen(json));
}

void kith_web_json_version(struct kith_json_writer *w, uint64_t data_version)
{
    char text[24];

    (void)kith_text_format(text, sizeof(text), "%llu", (unsigned long long)data_version);
    kith_json_put_text(w, "data_version", text);
}
