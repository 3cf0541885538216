/* SPDX-License-Identifier: MIT */
/*
 * failures.c - the failure catalogue: one table from status to id, exit code, words and remedy.
 *
 * All faces render this and nothing else, so a person reads the same sentence in the
 * terminal, on the page and in the window. Ids and exit codes are promises; words may improve.
 * {names} are filled in from the error's facts.
 */
#include <kith/error.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "engine/handle.h"

struct id_row {
    const char *id;
    int exit_code;
    int http_status;
};

static const struct id_row ids[KITH_STATUS_COUNT] = {
    [KITH_OK] = {"ok", 0, 200},
    [KITH_E_USAGE] = {"usage", 2, 400},
    [KITH_E_SIGNIN_NEEDED] = {"signin-needed", 9, 409},
    [KITH_E_SIGNIN_CANCELLED] = {"signin-cancelled", 10, 409},
    [KITH_E_SIGNIN_EXPIRED] = {"signin-expired", 11, 409},
    [KITH_E_PERMISSION_MISSING] = {"permission-missing", 12, 409},
    [KITH_E_PERMISSION_REMOVED] = {"permission-removed", 13, 409},
    [KITH_E_NO_MAILBOX] = {"no-mailbox", 14, 409},
    [KITH_E_TOO_MANY_CONTACTS] = {"too-many-contacts", 15, 409},
    [KITH_E_SOURCE_CONFLICT] = {"source-conflict", 16, 409},
    [KITH_E_IMPORT_RUNNING] = {"import-running", 17, 409},
    [KITH_E_CANCELLED] = {"cancelled", 18, 409},
    [KITH_E_NOT_CONFIGURED] = {"not-configured", 19, 409},
    [KITH_E_THROTTLED] = {"throttled", 20, 503},
    [KITH_E_OFFLINE] = {"offline", 21, 503},
    [KITH_E_SERVICE] = {"service", 22, 502},
    [KITH_E_TLS] = {"tls", 23, 502},
    [KITH_E_REMOVALS_HELD] = {"removals-held", 24, 409},
    [KITH_E_FILE] = {"file", 30, 409},
    [KITH_E_STORE] = {"store", 40, 500},
    [KITH_E_NOT_FOUND] = {"not-found", 44, 404},
    [KITH_E_INTERNAL] = {"internal", 70, 500},
};

struct words_row {
    enum kith_status status;
    enum kith_reason reason; /* KITH_REASON_NONE: fits any */
    const char *title;
    const char *sentence;
    enum kith_remedy remedy;
    const char *button;
    const char *command;
};

/* Rows with a reason stand before the row of the same status without. */
static const struct words_row words[] = {
    {KITH_E_USAGE, KITH_REASON_OTHER_PERSON, "Somebody else signed in",
     "{account} belongs to {other}, but {identity} signed in. Its contacts are still here.", KITH_REMEDY_START_AGAIN,
     "Sign in again", "{signin}"},
    {KITH_E_USAGE, 0, "This cannot be done like that", "{message}.", KITH_REMEDY_NONE, "", ""},
    {KITH_E_SIGNIN_NEEDED, 0, "Sign in again",
     "{provider} wants you to sign in to {account} again. Its {n} contacts are still here.", KITH_REMEDY_SIGN_IN_AGAIN,
     "Sign in again", "kith sign-in --again {name}"},
    {KITH_E_SIGNIN_CANCELLED, KITH_REASON_DECLINED, "Sign-in cancelled",
     "You declined on {provider}’s page. Nothing was imported. Your contacts here are as they were.",
     KITH_REMEDY_START_AGAIN, "Start again", "{signin}"},
    {KITH_E_SIGNIN_CANCELLED, 0, "Sign-in cancelled", "Nothing was imported. Your contacts here are as they were.",
     KITH_REMEDY_START_AGAIN, "Start again", "{signin}"},
    {KITH_E_SIGNIN_EXPIRED, KITH_REASON_CODE_UNUSED, "Sign-in took too long",
     "The code is no longer good: it ran out, or was used before. Nothing was imported.", KITH_REMEDY_START_AGAIN,
     "Start again", "{signin}"},
    {KITH_E_SIGNIN_EXPIRED, 0, "Sign-in took too long",
     "The browser gave no answer within 15 minutes. Nothing was imported.", KITH_REMEDY_START_AGAIN, "Start again",
     "{signin}"},
    {KITH_E_PERMISSION_MISSING, KITH_REASON_MANAGED, "Permission to read contacts is missing",
     "Nothing was imported. An administrator of {domain} must allow Contacts.Read for kith. Send one this link:",
     KITH_REMEDY_COPY_LINK, "Copy the link", "{signin}"},
    {KITH_E_PERMISSION_MISSING, KITH_REASON_UNTICKED, "Permission to read contacts is missing",
     "Nothing was imported. The box for contacts was not ticked on Google’s page.", KITH_REMEDY_START_AGAIN,
     "Sign in again", "{signin}"},
    {KITH_E_PERMISSION_MISSING, KITH_REASON_BLOCKED, "Permission to read contacts is missing",
     "Nothing was imported. An administrator of {domain} does not allow kith to read contacts at {provider}. Only an "
     "administrator can change that.",
     KITH_REMEDY_OTHER_ACCOUNT, "Use another account", "kith sign-in {source}{way}"},
    {KITH_E_PERMISSION_MISSING, 0, "Permission to read contacts is missing",
     "Nothing was imported. {provider} gave neither {permissions}.", KITH_REMEDY_START_AGAIN, "Sign in again",
     "{signin}"},
    {KITH_E_PERMISSION_REMOVED, KITH_REASON_BLOCKED, "Permission was removed",
     "An administrator of {domain} no longer lets kith read the contacts of {account}. The {n} imported before are "
     "still "
     "here. Only an administrator can change that.",
     KITH_REMEDY_TRY_AGAIN, "Try again", "kith import {name}"},
    {KITH_E_PERMISSION_REMOVED, 0, "Permission was removed",
     "{account} no longer lets kith read its contacts. The {n} imported before are still here. Sign in again and give "
     "the permission.",
     KITH_REMEDY_SIGN_IN_AGAIN, "Sign in again", "kith sign-in --again {name}"},
    {KITH_E_NO_MAILBOX, 0, "This account has no Microsoft 365 mailbox",
     "Nothing was imported. {identity} needs a licence with a mailbox; an administrator can assign one.",
     KITH_REMEDY_OTHER_ACCOUNT, "Use another account", "kith sign-in {source}{way}"},
    {KITH_E_TOO_MANY_CONTACTS, 0, "Too many contacts",
     "{provider} reports {n}. More than 2,147,483,647 cannot be imported, so nothing was fetched.",
     KITH_REMEDY_OTHER_ACCOUNT, "Use another account", "kith sign-in {source}{way}"},
    {KITH_E_SOURCE_CONFLICT, 0, "Already imported from {other}",
     "{other} holds the same people. So that nobody is here twice, remove {other} first.", KITH_REMEDY_SHOW_ACCOUNTS,
     "Show Linked Accounts", "kith accounts"},
    {KITH_E_IMPORT_RUNNING, 0, "Already importing", "{account} is being imported now{progress}.",
     KITH_REMEDY_SHOW_PROGRESS, "Show progress", "kith accounts"},
    {KITH_E_CANCELLED, 0, "Import cancelled", "Nothing changed. Your contacts are as they were.",
     KITH_REMEDY_START_AGAIN, "Start again", "kith import {name}"},
    {KITH_E_NOT_CONFIGURED, KITH_REASON_REGISTRATION, "kith cannot sign in to {provider} yet",
     "{provider} does not accept the application {setting} names: {message}. The guide shows how to register one that "
     "fits in three minutes.",
     KITH_REMEDY_OPEN_GUIDE, "Open the guide", "kith config set {setting} {value}"},
    {KITH_E_NOT_CONFIGURED, KITH_REASON_SERVICE_OFF, "kith cannot read contacts at {provider} yet",
     "The service for contacts is switched off for the application whose id kith uses. Its owner can switch it on "
     "here:",
     KITH_REMEDY_COPY_LINK, "Copy the link", "{retry}"},
    {KITH_E_NOT_CONFIGURED, 0, "kith cannot sign in to {provider} yet",
     "This build has no client {what}: the setting {setting} is missing. The guide shows how to get one in three "
     "minutes.",
     KITH_REMEDY_OPEN_GUIDE, "Open the guide", "kith config set {setting} {value}"},
    {KITH_E_THROTTLED, 0, "{provider} asks us to wait", "It answers again {after}. Your contacts are as they were.",
     KITH_REMEDY_TRY_AGAIN, "Try again", "{retry}"},
    {KITH_E_OFFLINE, KITH_REASON_PROXY, "No connection to {provider}",
     "The proxy of this network did not let kith through ({message}). Your contacts here still work.",
     KITH_REMEDY_TRY_AGAIN, "Try again", "{retry}"},
    {KITH_E_OFFLINE, 0, "No connection to {provider}",
     "Your contacts here still work. Try again when the connection is back.", KITH_REMEDY_TRY_AGAIN, "Try again",
     "{retry}"},
    {KITH_E_SERVICE, 0, "{provider} could not answer", "The fault is there; nothing changed here.{support}",
     KITH_REMEDY_TRY_AGAIN, "Try again", "{retry}"},
    {KITH_E_TLS, 0, "Connection is not safe",
     "Something between this device and {provider} shows a certificate that cannot be trusted ({message}). kith "
     "stopped "
     "before sending anything.",
     KITH_REMEDY_TRY_AGAIN, "Try again", "{retry}"},
    {KITH_E_REMOVALS_HELD, 0, "A refresh would remove {n} contacts",
     "{account} would go from {total} to {done}. Until you decide, all are here.", KITH_REMEDY_DECIDE, "Decide",
     "kith refresh {name} --allow-removals"},
    {KITH_E_FILE, KITH_REASON_FILE_MISSING, "File could not be read",
     "“{filename}”: it is no longer in {folder}. {kept}", KITH_REMEDY_CHOOSE_FILE, "Choose another file", "{reread}"},
    {KITH_E_FILE, KITH_REASON_FILE_NO_ACCESS, "File could not be read", "“{filename}”: kith may not open it. {kept}",
     KITH_REMEDY_CHOOSE_FILE, "Choose another file", "{reread}"},
    {KITH_E_FILE, KITH_REASON_FILE_CHANGED, "File could not be read",
     "“{filename}”: it changed while it was read. {kept}", KITH_REMEDY_TRY_AGAIN, "Try again", "{reread}"},
    {KITH_E_FILE, KITH_REASON_FILE_EMPTY, "File could not be read", "“{filename}”: there is no contact in it. {kept}",
     KITH_REMEDY_CHOOSE_FILE, "Choose another file", "{reread}"},
    {KITH_E_FILE, 0, "File could not be read", "“{filename}”: {why}. {kept}", KITH_REMEDY_CHOOSE_FILE,
     "Choose another file", "{reread}"},
    {KITH_E_STORE, KITH_REASON_DISK_FULL, "Contacts could not be saved",
     "The disk is full: more room is needed. Nothing that was here is lost.", KITH_REMEDY_TRY_AGAIN, "Try again", ""},
    {KITH_E_STORE, KITH_REASON_NO_ACCESS, "Contacts could not be saved",
     "kith may not write to {folder}. Nothing that was here is lost.", KITH_REMEDY_OPEN_FOLDER, "Open the folder",
     "kith status"},
    {KITH_E_STORE, KITH_REASON_DAMAGED, "Contacts could not be saved",
     "The contacts’ file is damaged; a copy is kept. Nothing that was here is lost.", KITH_REMEDY_REPAIR,
     "Check and repair", "kith status --repair"},
    {KITH_E_STORE, KITH_REASON_NEWER, "Contacts could not be saved",
     "A newer kith wrote it; install {version} or newer. Nothing that was here is lost.", KITH_REMEDY_NONE, "", ""},
    {KITH_E_STORE, KITH_REASON_TOKENS_LOCKED, "The sign-in cannot be read", "{message}. Your contacts here still work.",
     KITH_REMEDY_TRY_AGAIN, "Try again", "kith status"},
    {KITH_E_STORE, 0, "Contacts could not be saved", "{message}. Nothing that was here is lost.", KITH_REMEDY_TRY_AGAIN,
     "Try again", "kith status"},
    {KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "This account is no longer here",
     "There is no account {account} on this device. It was signed out, perhaps in another window.",
     KITH_REMEDY_SHOW_ACCOUNTS, "Show Linked Accounts", "kith accounts"},
    {KITH_E_NOT_FOUND, 0, "This contact is no longer here",
     "It was removed at its source, and the last refresh removed it here.", KITH_REMEDY_SHOW_CONTACTS,
     "Back to My Contacts", "kith list"},
    {KITH_E_INTERNAL, KITH_REASON_INCOMPLETE, "kith is not completely installed",
     "{message}. Install kith again. Your contacts are as they were.", KITH_REMEDY_NONE, "", ""},
    {KITH_E_INTERNAL, 0, "kith made a mistake",
     "Your contacts are as they were. The details hold no names, numbers or sign-ins. Please report them.",
     KITH_REMEDY_REPORT, "Copy the details", ""},
};

static const char *const remedy_ids[] = {
    [KITH_REMEDY_NONE] = "none",
    [KITH_REMEDY_START_AGAIN] = "start-again",
    [KITH_REMEDY_SIGN_IN_AGAIN] = "sign-in-again",
    [KITH_REMEDY_COPY_LINK] = "copy-link",
    [KITH_REMEDY_OTHER_ACCOUNT] = "other-account",
    [KITH_REMEDY_SHOW_ACCOUNTS] = "show-accounts",
    [KITH_REMEDY_SHOW_PROGRESS] = "show-progress",
    [KITH_REMEDY_TRY_AGAIN] = "try-again",
    [KITH_REMEDY_OPEN_GUIDE] = "open-guide",
    [KITH_REMEDY_DECIDE] = "decide",
    [KITH_REMEDY_CHOOSE_FILE] = "choose-file",
    [KITH_REMEDY_OPEN_FOLDER] = "open-folder",
    [KITH_REMEDY_REPAIR] = "repair",
    [KITH_REMEDY_SHOW_CONTACTS] = "show-contacts",
    [KITH_REMEDY_REPORT] = "report",
};

const char *kith_status_id(enum kith_status status)
{
    return (unsigned)status < KITH_STATUS_COUNT ? ids[status].id : ids[KITH_E_INTERNAL].id;
}

const char *kith_source_title(enum kith_source source)
{
    switch (source) {
    case KITH_SOURCE_MICROSOFT365:
        return "Microsoft 365";
    case KITH_SOURCE_GOOGLE:
        return "Google";
    case KITH_SOURCE_OUTLOOK:
        return "Outlook";
    case KITH_SOURCE_NONE:
        break;
    }
    return "The service";
}

const char *kith_source_id(enum kith_source source)
{
    switch (source) {
    case KITH_SOURCE_MICROSOFT365:
        return "microsoft365";
    case KITH_SOURCE_GOOGLE:
        return "google";
    case KITH_SOURCE_OUTLOOK:
        return "outlook";
    case KITH_SOURCE_NONE:
        break;
    }
    return "";
}

/* --- Filling in --------------------------------------------------------------- */

static const char *command_word(enum kith_source source)
{
    return source == KITH_SOURCE_GOOGLE ? "google" : "microsoft";
}

static void fill_progress(const struct kith_error *err, char *out, size_t out_size)
{
    char done[32], total[32];

    out[0] = '\0';
    if (err->total <= 0)
        return;
    kith_text_format_count(err->done, done, sizeof(done));
    kith_text_format_count(err->total, total, sizeof(total));
    (void)kith_text_format(out, out_size, ", %s of %s", done, total);
}

static void fill_after(const struct kith_error *err, char *out, size_t out_size)
{
    char when[64];

    if (err->retry_at_s == 0) {
        (void)kith_text_copy(out, out_size, "later");
        return;
    }
    kith_clock_format_day(err->retry_at_s, when, sizeof(when));
    (void)kith_text_format(out, out_size, "after %s", when);
}

static void fill_support(const struct kith_error *err, char *out, size_t out_size)
{
    char when[64];

    out[0] = '\0';
    if (err->request_id[0] == '\0')
        return;
    kith_clock_format_day(kith_clock_now_s(), when, sizeof(when));
    (void)kith_text_format(out, out_size, " For its support: request %s, %s.", err->request_id, when);
}

/* A name of the person's making may hold anything: quoted for a shell only where it must be. */
void kith_shell_word(const char *word, char *out, size_t out_size)
{
    size_t at = 0;

    if (word[0] == '\0' || word[strspn(word, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._@")]) {
        if (out_size < 3)
            return;
        out[at++] = '\'';
        for (; *word && at + 6 < out_size; word++) {
            if (*word == '\'') {
                memcpy(out + at, "'\\''", 4);
                at += 4;
            } else {
                out[at++] = *word;
            }
        }
        out[at++] = '\'';
        out[at] = '\0';
        return;
    }
    (void)kith_text_copy(out, out_size, word);
}

static bool names_secret(const struct kith_error *err)
{
    return kith_text_ends_with(err->setting, "client_secret");
}

static const char *permissions_of(enum kith_source source)
{
    return source == KITH_SOURCE_GOOGLE ? "contacts.readonly nor contacts" : "Contacts.Read nor Contacts.ReadWrite";
}

/* --- Of files -------------------------------------------------------------------- */

static void fill_folder(const struct kith_error *err, char *out, size_t out_size)
{
    const char *name = kith_file_name(err->file);

    if (err->status != KITH_E_FILE)
        (void)kith_text_copy(out, out_size, err->file[0] ? err->file : "the folder of the contacts");
    else if (name - err->file > 1)
        (void)kith_text_copy_n(out, out_size, err->file, (size_t)(name - err->file - 1));
    else
        (void)kith_text_copy(out, out_size, name == err->file ? "its folder" : "/");
}

/* `"archive.pst" cannot be read: it is damaged`: what stands behind, which the name before it may look like. */
const char *kith_file_why(const struct kith_error *err)
{
    static const char before[] = "\" cannot be read";
    const char *at = strstr(err->message, before);
    const char *why = at ? strstr(at, ": ") : NULL;

    return why ? why + 2 : err->message;
}

/* A file of the first import kept nothing, and one that was read in part gave what it could. */
static const char *kept_of(const struct kith_error *err)
{
    if (err->done > 0)
        return "What could be read of it is here.";
    return err->count > 0 ? "What was imported from it before is still here." : "Nothing was imported.";
}

static void fill_reread(const struct kith_error *err, char *out, size_t out_size)
{
    char name[128];

    if (err->account[0] == '\0' || err->count == 0) {
        (void)kith_text_copy(out, out_size, "kith outlook add FILE");
        return;
    }
    kith_shell_word(err->account, name, sizeof(name));
    (void)kith_text_format(out, out_size, "kith outlook sync %s", name);
}

/* The way in which it was tried: with a code where there is no browser. */
static const char *way_of(const struct kith_error *err)
{
    return err->by_code ? " --device-code" : "";
}

/* The sign-in once more: a new one, or that of an account that is here. */
static void fill_signin(const struct kith_error *err, char *out, size_t out_size)
{
    char name[128];

    if (err->account[0] == '\0' || !err->signing_in) {
        (void)kith_text_format(out, out_size, "kith sign-in %s%s", command_word(err->source), way_of(err));
        return;
    }
    kith_shell_word(err->account, name, sizeof(name));
    (void)kith_text_format(out, out_size, "kith sign-in --again %s%s", name, way_of(err));
}

/* Before there is an account, the sign-in is what is tried again. */
static void fill_retry(const struct kith_error *err, char *out, size_t out_size)
{
    char name[128];

    if (err->account[0] == '\0' || err->signing_in) {
        fill_signin(err, out, out_size);
        return;
    }
    kith_shell_word(err->account, name, sizeof(name));
    (void)kith_text_format(out, out_size, "kith import %s", name);
}

static void fill_name(const struct kith_error *err, const char *name, char *out, size_t out_size)
{
    const char *at;

    out[0] = '\0';
    if (strcmp(name, "provider") == 0)
        (void)kith_text_copy(out, out_size, kith_source_title(err->source));
    else if (strcmp(name, "source") == 0)
        (void)kith_text_copy(out, out_size, command_word(err->source));
    else if (strcmp(name, "account") == 0)
        (void)kith_text_format(out, out_size, "“%s”", err->account);
    else if (strcmp(name, "name") == 0)
        kith_shell_word(err->account[0] ? err->account : "ACCOUNT", out, out_size);
    else if (strcmp(name, "identity") == 0)
        (void)kith_text_copy(out, out_size, err->identity[0] ? err->identity : "This account");
    else if (strcmp(name, "domain") == 0)
        (void)kith_text_copy(out, out_size, (at = strrchr(err->identity, '@')) && at[1] ? at + 1 : "your organization");
    else if (strcmp(name, "n") == 0)
        kith_text_format_count(err->count, out, out_size);
    else if (strcmp(name, "done") == 0)
        kith_text_format_count(err->done, out, out_size);
    else if (strcmp(name, "total") == 0)
        kith_text_format_count(err->total, out, out_size);
    else if (strcmp(name, "other") == 0)
        (void)kith_text_copy(out, out_size, err->other);
    else if (strcmp(name, "version") == 0)
        (void)kith_text_copy(out, out_size, err->other[0] ? err->other : "that version");
    else if (strcmp(name, "folder") == 0)
        fill_folder(err, out, out_size);
    else if (strcmp(name, "filename") == 0)
        (void)kith_text_copy(out, out_size, kith_file_name(err->file));
    else if (strcmp(name, "why") == 0)
        (void)kith_text_copy(out, out_size, kith_file_why(err));
    else if (strcmp(name, "kept") == 0)
        (void)kith_text_copy(out, out_size, kept_of(err));
    else if (strcmp(name, "reread") == 0)
        fill_reread(err, out, out_size);
    else if (strcmp(name, "retry") == 0)
        fill_retry(err, out, out_size);
    else if (strcmp(name, "signin") == 0)
        fill_signin(err, out, out_size);
    else if (strcmp(name, "way") == 0)
        (void)kith_text_copy(out, out_size, way_of(err));
    else if (strcmp(name, "setting") == 0)
        (void)kith_text_copy(out, out_size, err->setting);
    else if (strcmp(name, "what") == 0)
        (void)kith_text_copy(out, out_size, names_secret(err) ? "secret" : "id");
    else if (strcmp(name, "value") == 0)
        (void)kith_text_copy(out, out_size, names_secret(err) ? "SECRET" : "ID");
    else if (strcmp(name, "permissions") == 0)
        (void)kith_text_copy(out, out_size, permissions_of(err->source));
    else if (strcmp(name, "message") == 0)
        (void)kith_text_copy(out, out_size, err->message);
    else if (strcmp(name, "progress") == 0)
        fill_progress(err, out, out_size);
    else if (strcmp(name, "after") == 0)
        fill_after(err, out, out_size);
    else if (strcmp(name, "support") == 0)
        fill_support(err, out, out_size);
}

/* Messages begin in lower case ("the folder ..."); a sentence does not. */
static void begin_large(char *sentence)
{
    if (sentence[0] >= 'a' && sentence[0] <= 'z' && !kith_text_starts_with(sentence, "kith"))
        sentence[0] = (char)(sentence[0] - 'a' + 'A');
}

static void fill(const struct kith_error *err, const char *pattern, char *out, size_t out_size)
{
    size_t at = 0;

    out[0] = '\0';
    while (*pattern && at + 1 < out_size) {
        const char *close = *pattern == '{' ? strchr(pattern, '}') : NULL;
        char name[16];

        if (close && kith_text_copy_n(name, sizeof(name), pattern + 1, (size_t)(close - pattern - 1))) {
            fill_name(err, name, out + at, out_size - at);
            at += strlen(out + at);
            pattern = close + 1;
        } else {
            out[at++] = *pattern++;
            out[at] = '\0';
        }
    }
}

static const struct words_row *words_of(const struct kith_error *err)
{
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (words[i].status == err->status &&
            (words[i].reason == KITH_REASON_NONE || words[i].reason == (enum kith_reason)err->reason))
            return &words[i];
    return &words[sizeof(words) / sizeof(words[0]) - 1]; /* internal stands last */
}

void kith_failure_describe(const struct kith_error *err, struct kith_failure *out)
{
    const struct words_row *row = words_of(err);
    const struct id_row *id = &ids[row->status];

    out->id = id->id;
    out->exit_code = id->exit_code;
    out->http_status = id->http_status;
    out->remedy = row->remedy;
    out->remedy_id = remedy_ids[row->remedy];
    fill(err, row->title, out->title, sizeof(out->title));
    fill(err, row->sentence, out->sentence, sizeof(out->sentence));
    fill(err, row->command, out->command, sizeof(out->command));
    begin_large(out->sentence);
    (void)kith_text_copy(out->button, sizeof(out->button), row->button);
    /* "Its 0 contacts are still here" says nothing; and a file not imported yet kept nothing. */
    if (err->status == KITH_E_SIGNIN_NEEDED && err->count == 0)
        fill(err, "{provider} wants you to sign in to {account} again.", out->sentence, sizeof(out->sentence));
}
