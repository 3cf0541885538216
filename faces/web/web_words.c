/* SPDX-License-Identifier: MIT */
/*
 * web_words.c - closing banners, status lines, and the words of sources; see web_words.h.
 *
 * Before: an import ended, or somebody looks at a page.
 * After:  web_runs.c, web_json.c, web_state.c, web_uploads.c and web_api_settings.c put the words into their documents.
 */
#include "web_words.h"

#include "base/buf.h"
#include "base/clock.h"
#include "base/text.h"

enum { COUNT_BYTES = 32 };

/* 12874 as "12,874"; the buffer is the caller's, so that several fit into one sentence. */
static const char *count(int64_t n, char out[COUNT_BYTES])
{
    kith_text_format_count(n, out, COUNT_BYTES);
    return out;
}
#define COUNT(n) count(n, (char[COUNT_BYTES]){0})

static const char *contacts(int64_t n)
{
    return n == 1 ? "contact" : "contacts";
}

static bool is_files(enum kith_source source)
{
    return source == KITH_SOURCE_OUTLOOK;
}

/* --- One account ---------------------------------------------------------------- */

static void say_none(const struct kith_web_outcome *o, struct kith_web_closing *ret)
{
    (void)kith_text_format(ret->title, sizeof(ret->title), "There are no contacts at %s", kith_source_title(o->source));
    (void)kith_text_format(ret->sentence, sizeof(ret->sentence),
                           "“%s” is linked. Contacts added there arrive with the next refresh.", o->account);
}

static void say_limit(const struct kith_web_outcome *o, struct kith_web_closing *ret)
{
    const struct kith_import_result *r = o->result;
    int64_t rest = r->reported - r->imported;
    const char *title = kith_source_title(o->source);

    ret->action = "limit";
    (void)kith_text_format(ret->title, sizeof(ret->title), "Imported %s of %s %s from %s", COUNT(r->imported),
                           COUNT(r->reported), contacts(r->reported), title);
    (void)kith_text_format(ret->sentence, sizeof(ret->sentence),
                           "%s is the limit for one account. The other %s %s still %s%s.", COUNT(r->limit), COUNT(rest),
                           rest == 1 ? "is" : "are", is_files(o->source) ? "in the files" : "at ",
                           is_files(o->source) ? "" : title);
}

static void say_partial(const struct kith_web_outcome *o, struct kith_web_closing *ret)
{
    static const char *const small[] = {"", "", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
    const struct kith_import_result *r = o->result;
    const char *title = is_files(o->source) ? "The file" : kith_source_title(o->source);
    const char *gave = is_files(o->source) ? "holds" : "sent";
    const char *n = r->partial < (int64_t)KITH_COUNT_OF(small) ? small[r->partial] : COUNT(r->partial);

    ret->look = "partly";
    (void)kith_text_format(ret->title, sizeof(ret->title), "Imported %s %s, %s of them only in part",
                           COUNT(r->imported), contacts(r->imported), COUNT(r->partial));
    if (r->partial == 1)
        (void)kith_text_format(ret->sentence, sizeof(ret->sentence),
                               "%s %s something unreadable for this one. Everything else about it is here.", title,
                               gave);
    else
        (void)kith_text_format(ret->sentence, sizeof(ret->sentence),
                               "%s %s something unreadable for these %s. Everything else about them is here.", title,
                               gave, n);
}

static void say_skipped(const struct kith_web_outcome *o, struct kith_web_closing *ret)
{
    const struct kith_import_result *r = o->result;

    ret->look = "partly";
    (void)kith_text_format(ret->title, sizeof(ret->title), "Imported %s %s, %s skipped", COUNT(r->imported),
                           contacts(r->imported), COUNT(r->skipped));
    if (r->skipped == 1)
        (void)kith_text_copy(ret->sentence, sizeof(ret->sentence), "1 contact list is not a person and was left out.");
    else
        (void)kith_text_format(ret->sentence, sizeof(ret->sentence),
                               "%s contact lists are not people and were left out.", COUNT(r->skipped));
}

static void say_imported(const struct kith_web_outcome *o, struct kith_web_closing *ret)
{
    ret->action = "contacts";
    (void)kith_text_format(ret->title, sizeof(ret->title), "%s %s imported from %s", COUNT(o->result->imported),
                           contacts(o->result->imported), kith_source_title(o->source));
    (void)kith_text_format(ret->sentence, sizeof(ret->sentence), "%s on this device now, ready to search and to call.",
                           o->result->imported == 1 ? "It is" : "They are");
}

static void say_changes(const struct kith_web_outcome *outcome, size_t n, struct kith_web_closing *ret)
{
    int64_t added = 0, changed = 0, removed = 0;

    for (size_t i = 0; i < n; i++) {
        added += outcome[i].result->added;
        changed += outcome[i].result->changed;
        removed += outcome[i].result->removed;
    }
    ret->action = added + changed > 0 ? "changes" : "";
    if (added + changed + removed == 0)
        (void)kith_text_copy(ret->sentence, sizeof(ret->sentence), "Nothing had changed.");
    else
        (void)kith_text_format(ret->sentence, sizeof(ret->sentence), "%s new, %s changed, %s removed.", COUNT(added),
                               COUNT(changed), COUNT(removed));
}

static void say_refreshed(const struct kith_web_outcome *o, struct kith_web_closing *ret)
{
    (void)kith_text_format(ret->title, sizeof(ret->title), "“%s” is up to date", o->account);
    say_changes(o, 1, ret);
}

static void describe_one(const struct kith_web_outcome *o, bool is_refresh, struct kith_web_closing *ret)
{
    const struct kith_import_result *r = o->result;

    if (r->imported == 0 && r->reported <= 0 && r->removed == 0)
        say_none(o, ret);
    else if (r->limit_reached)
        say_limit(o, ret);
    else if (r->partial > 0)
        say_partial(o, ret);
    else if (r->skipped > 0)
        say_skipped(o, ret);
    else if (is_refresh)
        say_refreshed(o, ret);
    else
        say_imported(o, ret);
}

/* --- Several accounts -------------------------------------------------------------- */

/* A title inside a sentence begins small, unless it begins with a name. */
static void put_title_inside(const struct kith_web_outcome *o, struct kith_buf *out)
{
    struct kith_failure failure;
    char first;

    kith_failure_describe(o->error, &failure);
    first = failure.title[0];
    if (first >= 'A' && first <= 'Z' && !kith_text_starts_with(failure.title, kith_source_title(o->source)))
        first = (char)(first - 'A' + 'a');
    (void)kith_buf_addf(out, "%c%s", first, failure.title + 1); /* both ends have room for any title */
}

/* "“work” could not be reached: no connection to Google. Its 9,871 contacts are still here." */
static void put_reason(const struct kith_web_outcome *o, struct kith_buf *out)
{
    struct kith_failure failure;

    if (out->len > 0)
        (void)kith_buf_add_char(out, ' ');
    if (o->error->status == KITH_E_REMOVALS_HELD) {
        kith_failure_describe(o->error, &failure);
        (void)kith_buf_add_text(out, failure.sentence);
        return;
    }
    (void)kith_buf_addf(out, "“%s”%s: ", o->account, o->error->status == KITH_E_OFFLINE ? " could not be reached" : "");
    put_title_inside(o, out);
    (void)kith_buf_add_char(out, '.');
    if (o->n_before == 1)
        (void)kith_buf_add_text(out, " Its contact is still here.");
    else if (o->n_before > 1)
        (void)kith_buf_addf(out, " Its %s contacts are still here.", COUNT(o->n_before));
}

static void describe_failed(const struct kith_web_outcome *outcome, size_t n, size_t n_failed,
                            struct kith_web_closing *ret)
{
    KITH_AUTO_DONE(kith_buf) out;
    bool all_held = true;

    kith_buf_init(&out, sizeof(ret->sentence)); /* of more accounts than fit Linked Accounts tells */
    for (size_t i = 0; i < n; i++) {
        if (!outcome[i].error)
            continue;
        put_reason(&outcome[i], &out);
        all_held = all_held && outcome[i].error->status == KITH_E_REMOVALS_HELD;
    }
    ret->look = "partly";
    ret->action = all_held ? "decide" : "again";
    (void)kith_text_format(ret->title, sizeof(ret->title), "%s of %s accounts are up to date",
                           COUNT((int64_t)(n - n_failed)), COUNT((int64_t)n));
    (void)kith_text_copy(ret->sentence, sizeof(ret->sentence), kith_buf_text(&out));
}

void kith_web_closing_describe(const struct kith_web_outcome *outcome, size_t n, bool is_refresh,
                               struct kith_web_closing *ret)
{
    size_t n_failed = 0;

    *ret = (struct kith_web_closing){.look = "done", .action = ""};
    for (size_t i = 0; i < n; i++)
        n_failed += outcome[i].error != NULL;
    if (n_failed > 0) {
        describe_failed(outcome, n, n_failed, ret);
    } else if (n == 1) {
        describe_one(outcome, is_refresh, ret);
    } else {
        (void)kith_text_copy(ret->title, sizeof(ret->title), "All accounts are up to date");
        say_changes(outcome, n, ret);
    }
}

void kith_web_outcome_in_short(const struct kith_web_outcome *o, char *out, size_t out_size)
{
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 512);
    if (o->error) {
        put_title_inside(o, &buf);
    } else if (o->result) {
        const struct {
            int64_t n;
            const char *word;
        } parts[] = {{o->result->added, "new"}, {o->result->changed, "changed"}, {o->result->removed, "removed"}};
        for (size_t i = 0; i < KITH_COUNT_OF(parts); i++)
            if (parts[i].n > 0)
                (void)kith_buf_addf(&buf, "%s%s %s", buf.len > 0 ? ", " : "", COUNT(parts[i].n), parts[i].word);
        if (buf.len == 0)
            (void)kith_buf_add_text(&buf, "nothing new");
    }
    (void)kith_text_copy(out, out_size, kith_buf_text(&buf));
}

/* --- The state of an account ----------------------------------------------------------- */

static const char *when(int64_t time_s, char out[64])
{
    kith_clock_format_day(time_s, out, 64);
    return out;
}
#define WHEN(time_s) when(time_s, (char[64]){0})

static const char *without_today(const char *time)
{
    static const char today[] = "today at ";

    return kith_text_starts_with(time, today) ? time + sizeof(today) - 1 : time;
}

static void set(struct kith_web_status *ret, const char *icon, const char *tone)
{
    ret->icon = icon;
    ret->tone = tone;
}

/* Where path is, without its name. */
static void folder_of(const char *path, char *out, size_t out_size)
{
    char *slash;

    (void)kith_text_copy(out, out_size, path);
    slash = strrchr(out, '/');
    if (slash)
        slash[slash == out ? 1 : 0] = '\0'; /* the root is its slash */
}

static void say_gone(const char *path, struct kith_web_status *ret)
{
    char folder[192];

    set(ret, "stop", "bad");
    folder_of(path, folder, sizeof(folder));
    (void)kith_text_format(ret->text, sizeof(ret->text), "The file is no longer in %s", folder);
}

static void say_changed(const struct kith_account *account, struct kith_web_status *ret)
{
    set(ret, "alert", "warn");
    if (account->files_changed_s > 0)
        (void)kith_text_format(ret->text, sizeof(ret->text), "The file changed %s", WHEN(account->files_changed_s));
    else
        (void)kith_text_copy(ret->text, sizeof(ret->text), "The file changed");
}

/* "No connection today at 14:02. Last imported yesterday at 18:20" */
static void say_tried(const struct kith_account *account, const char *what, struct kith_web_status *ret)
{
    if (account->last_import_s == 0)
        (void)kith_text_format(ret->text, sizeof(ret->text), "%s %s", what, WHEN(account->last_attempt_s));
    else
        (void)kith_text_format(ret->text, sizeof(ret->text), "%s %s. Last imported %s", what,
                               WHEN(account->last_attempt_s), WHEN(account->last_import_s));
}

static void say_throttled(const struct kith_account *account, struct kith_web_status *ret)
{
    const char *title = kith_source_title(account->source);

    set(ret, "clock", "");
    if (account->last_error.retry_at_s > 0)
        (void)kith_text_format(ret->text, sizeof(ret->text), "%s asks us to wait until %s", title,
                               without_today(WHEN(account->last_error.retry_at_s)));
    else
        (void)kith_text_format(ret->text, sizeof(ret->text), "%s asks us to wait", title);
}

static void say_failed(const struct kith_account *account, struct kith_web_status *ret)
{
    struct kith_failure failure;

    kith_failure_describe(&account->last_error, &failure);
    switch (account->last_error.status) {
    case KITH_E_OFFLINE:
        set(ret, "offline", "");
        say_tried(account, "No connection", ret);
        break;
    case KITH_E_THROTTLED:
        say_throttled(account, ret);
        break;
    case KITH_E_CANCELLED:
        set(ret, "close", "");
        say_tried(account, failure.title, ret);
        break;
    case KITH_E_SERVICE:
        set(ret, "alert", "warn");
        say_tried(account, failure.title, ret);
        break;
    case KITH_E_PERMISSION_REMOVED:
        set(ret, "stop", "bad");
        (void)kith_text_format(ret->text, sizeof(ret->text), "%s %s", failure.title, WHEN(account->last_attempt_s));
        break;
    case KITH_E_FILE:
        set(ret, "stop", "bad");
        if (account->last_error.reason == KITH_REASON_FILE_MISSING)
            say_gone(account->last_error.file, ret);
        else
            (void)kith_text_copy(ret->text, sizeof(ret->text), failure.title);
        break;
    case KITH_E_REMOVALS_HELD:
        set(ret, "alert", "warn");
        (void)kith_text_format(ret->text, sizeof(ret->text), "Held back: %s would be removed",
                               COUNT(account->last_error.count));
        break;
    default:
        set(ret, "stop", "bad");
        (void)kith_text_copy(ret->text, sizeof(ret->text), failure.title);
        break;
    }
}

void kith_web_status_describe(const struct kith_account *account, struct kith_web_status *ret)
{
    *ret = (struct kith_web_status){.icon = "done", .tone = "good"};
    if (account->state == KITH_ACCOUNT_SIGNED_OUT) {
        set(ret, "sign-out", "");
        (void)kith_text_copy(ret->text, sizeof(ret->text), "Signed out, contacts kept");
    } else if (account->last_error.status != KITH_OK) {
        say_failed(account, ret);
    } else if (account->files == KITH_FILES_GONE) {
        say_gone(account->files_at, ret);
    } else if (account->files == KITH_FILES_CHANGED) {
        say_changed(account, ret);
    } else if (account->state == KITH_ACCOUNT_NEW) {
        set(ret, "clock", "");
        (void)kith_text_copy(ret->text, sizeof(ret->text), "Never imported");
    } else {
        (void)kith_text_format(ret->text, sizeof(ret->text), "Up to date, %s", WHEN(account->last_import_s));
    }
}

/* --- Files ---------------------------------------------------------------------------- */

void kith_web_file_reason(const struct kith_error *err, char *out, size_t out_size)
{
    const char *why = "It could not be read.";

    switch (err->reason) {
    case KITH_REASON_FILE_ENCRYPTED:
        why = "Encrypted with a password. Open it in Outlook, remove the password, add it again.";
        break;
    case KITH_REASON_FILE_UNKNOWN:
        why = "Not an Outlook data file, an Outlook CSV export or a vCard.";
        break;
    case KITH_REASON_FILE_CUT:
        why = "It ends too early or is damaged.";
        break;
    case KITH_REASON_FILE_TOO_LARGE:
        why = "It is larger than kith reads.";
        break;
    case KITH_REASON_FILE_EMPTY:
        why = "No contacts in it.";
        break;
    default:
        why = err->status == KITH_OK ? "No contacts in it." : why;
        break;
    }
    (void)kith_text_copy(out, out_size, why);
}

/* --- Sources -------------------------------------------------------------------------- */

const struct kith_web_source_words *kith_web_source_words(enum kith_source source)
{
    static const struct kith_web_source_words words[] = {
        [KITH_SOURCE_NONE] = {"", "", "", "", "", "", ""},
        [KITH_SOURCE_MICROSOFT365] = {.name = "Microsoft 365",
                                      .tile = "M",
                                      .button = "Sign in with Microsoft",
                                      .line = "Work, school or personal account. Asks to read contacts, nothing else.",
                                      .answer = "Press Accept on Microsoft’s page.",
                                      .take_back = "myapps.microsoft.com",
                                      .barred = "Contacts of the Outlook app are imported already, and Microsoft 365 "
                                                "holds the same people. To sign in instead, remove "},
        [KITH_SOURCE_GOOGLE] = {.name = "Google",
                                .tile = "G",
                                .button = "Sign in with Google",
                                .line = "Gmail or Google Workspace. On Google’s page, tick the box for contacts.",
                                .answer = "Tick the box for contacts on Google’s page and press Continue.",
                                .take_back = "myaccount.google.com/connections",
                                .barred = ""},
        [KITH_SOURCE_OUTLOOK] = {.name = "Outlook app",
                                 .tile = "O",
                                 .button = "Add files",
                                 .line = "Data files (.pst, .ost), a CSV export or vCards. Needs no sign-in.",
                                 .answer = "",
                                 .take_back = "",
                                 .barred = "Your Microsoft 365 contacts are imported already, and the Outlook app "
                                           "holds the same people. To use Outlook files instead, sign out of "},
    };

    return &words[(unsigned)source < KITH_COUNT_OF(words) ? source : KITH_SOURCE_NONE];
}

/* --- A client id of one's own ------------------------------------------------------------ */

const char *const *kith_web_guide_steps(enum kith_source source)
{
    static const char *const microsoft[] = {
        "Open entra.microsoft.com and go to App registrations, New registration.",
        "Give it a name. Choose accounts in any organisational directory and personal Microsoft accounts.",
        "Redirect URI: Public client/native, http://localhost",
        "After Register, copy the Application (client) ID.",
        NULL,
    };
    static const char *const google[] = {
        "Open console.cloud.google.com, make a project and enable the People API in it.",
        "Under Audience, add yourself as a test user.",
        "Under Clients, create a client of the type Desktop app.",
        "Copy its client ID and its client secret. kith needs both.",
        NULL,
    };

    switch (source) {
    case KITH_SOURCE_MICROSOFT365:
        return microsoft;
    case KITH_SOURCE_GOOGLE:
        return google;
    case KITH_SOURCE_OUTLOOK:
    case KITH_SOURCE_NONE:
        break;
    }
    return NULL;
}
