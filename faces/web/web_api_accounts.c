/* SPDX-License-Identifier: MIT */
/*
 * web_api_accounts.c - sign in, import, refresh, Linked Accounts.
 *
 * Before: somebody pressed a button on some page.
 * After:  web_jobs.h does what takes time; all pages hear of it through web_events.c.
 */
#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"
#include "web_input.h"
#include "web_json.h"

enum { NAME_BYTES = 64, PASTE_BYTES = 16384, REFRESH_MAX = 64, HELD_MAX = 200 };

static enum kith_status read_source(struct kith_json value, enum kith_source *ret, struct kith_error *err)
{
    static const enum kith_source sources[] = {KITH_SOURCE_MICROSOFT365, KITH_SOURCE_GOOGLE, KITH_SOURCE_OUTLOOK};
    char word[32];
    enum kith_status st = kith_web_value_text(value, "source", word, sizeof(word), err);

    if (st != KITH_OK)
        return st;
    for (size_t i = 0; i < KITH_COUNT_OF(sources); i++) {
        if (strcmp(word, kith_source_id(sources[i])) == 0) {
            *ret = sources[i];
            return KITH_OK;
        }
    }
    return kith_fail(err, KITH_E_USAGE, "there is no source \"%s\"", word);
}

/* --- Sign-in ---------------------------------------------------------------------------- */

static enum kith_status answer_signin(struct kith_web *web, const char *id, struct kith_web_answer *answer,
                                      struct kith_error *err)
{
    KITH_AUTO(kith_json_writer) w = kith_web_answer_json(answer, 201);

    if (!kith_web_signin_write(web->jobs, w, id)) /* closed by another page within this moment */
        return kith_fail(err, KITH_E_NOT_FOUND, "the sign-in was closed");
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_post_signin)
{
    static const struct kith_web_member members[] = {{"source", KITH_JSON_STRING, true, 0},
                                                     {"again", KITH_JSON_STRING, false, 0},
                                                     {"device", KITH_JSON_BOOL, false, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    enum kith_source source = KITH_SOURCE_NONE;
    char again[NAME_BYTES] = "";
    char id[KITH_WEB_ID_BYTES];
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    if (st == KITH_OK)
        st = read_source(body.value[0], &source, err);
    if (st == KITH_OK)
        st = kith_web_value_text(body.value[1], "again", again, sizeof(again), err);
    if (st == KITH_OK)
        st = kith_web_signin_begin(web->jobs, source, again, kith_json_bool(body.value[2], false), id, err);
    return st == KITH_OK ? answer_signin(web, id, answer, err) : st;
}

KITH_WEB_HANDLER(kith_web_post_signin_cancel)
{
    enum kith_status st = kith_web_body_nothing(request, err);

    return st == KITH_OK ? kith_web_signin_cancel(web->jobs, request->arg, err) : st;
}

KITH_WEB_HANDLER(kith_web_post_signin_close)
{
    enum kith_status st = kith_web_body_nothing(request, err);

    return st == KITH_OK ? kith_web_signin_close(web->jobs, request->arg, err) : st;
}

KITH_WEB_HANDLER(kith_web_post_signin_paste)
{
    static const struct kith_web_member members[] = {{"text", KITH_JSON_STRING, true, PASTE_BYTES}};
    KITH_AUTO_DONE(kith_web_body) body;
    size_t len;
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    if (st != KITH_OK)
        return st;
    const char *text = kith_json_string(body.value[0], &len);
    if (strlen(text) != len)
        return kith_fail(err, KITH_E_USAGE, "this is not the address of this sign-in");
    return kith_web_signin_paste(web->jobs, request->arg, text, err);
}

/* --- Import and refresh -------------------------------------------------------------------- */

static enum kith_status answer_run(struct kith_web *web, const char *id, struct kith_web_answer *answer,
                                   struct kith_error *err)
{
    KITH_AUTO(kith_json_writer) w = kith_web_answer_json(answer, 202);

    if (!kith_web_run_write(web->jobs, w, id)) /* it ended and was closed within this moment */
        return kith_fail(err, KITH_E_NOT_FOUND, "the import was closed");
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_post_import)
{
    static const struct kith_web_member members[] = {{"account", KITH_JSON_STRING, true, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    char account[NAME_BYTES];
    char id[KITH_WEB_ID_BYTES];
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    if (st == KITH_OK)
        st = kith_web_value_text(body.value[0], "account", account, sizeof(account), err);
    if (st == KITH_OK)
        st = kith_web_import_begin(web->jobs, account, id, err);
    return st == KITH_OK ? answer_run(web, id, answer, err) : st;
}

static enum kith_status read_names(struct kith_json value, char names[REFRESH_MAX][NAME_BYTES], size_t *ret_n,
                                   struct kith_error *err)
{
    struct kith_json_walk walk = kith_json_walk(value);
    size_t n = 0;

    while (n < REFRESH_MAX && kith_json_next(&walk)) {
        enum kith_status st = kith_web_value_text(walk.value, "accounts", names[n], NAME_BYTES, err);

        if (st != KITH_OK)
            return st;
        n++;
    }
    *ret_n = n;
    return KITH_OK;
}

/* A yes is a yes to the accounts that somebody looked at, never to all there are. */
static enum kith_status check_removals(struct kith_json allow, size_t n_names, struct kith_error *err)
{
    if (kith_json_bool(allow, false) && n_names == 0)
        return kith_fail(err, KITH_E_USAGE, "\"allow_removals\" needs \"accounts\"");
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_post_refresh)
{
    static const struct kith_web_member members[] = {{"accounts", KITH_JSON_ARRAY, false, REFRESH_MAX},
                                                     {"allow_removals", KITH_JSON_BOOL, false, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    char names[REFRESH_MAX][NAME_BYTES];
    char id[KITH_WEB_ID_BYTES];
    size_t n = 0;
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    if (st == KITH_OK)
        st = read_names(body.value[0], names, &n, err);
    if (st == KITH_OK)
        st = check_removals(body.value[1], n, err);
    if (st == KITH_OK)
        st = kith_web_refresh_begin(web->jobs, (const char(*)[64])names, n, kith_json_bool(body.value[1], false), id,
                                    err);
    return st == KITH_OK ? answer_run(web, id, answer, err) : st;
}

KITH_WEB_HANDLER(kith_web_post_run_cancel)
{
    enum kith_status st = kith_web_body_nothing(request, err);

    return st == KITH_OK ? kith_web_run_cancel(web->jobs, request->arg, err) : st;
}

KITH_WEB_HANDLER(kith_web_post_run_close)
{
    enum kith_status st = kith_web_body_nothing(request, err);

    return st == KITH_OK ? kith_web_run_close(web->jobs, request->arg, err) : st;
}

/* --- Linked Accounts ------------------------------------------------------------------------ */

KITH_WEB_HANDLER(kith_web_post_sign_out)
{
    static const struct kith_web_member members[] = {{"keep_contacts", KITH_JSON_BOOL, true, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    bool keep = st == KITH_OK && kith_json_bool(body.value[0], false);
    if (st == KITH_OK)
        st = kith_sign_out(web->k, request->arg, keep, err);
    answer->forget_kept = st == KITH_OK && !keep;
    kith_web_events_wake(web->events);
    return st;
}

KITH_WEB_HANDLER(kith_web_post_rename)
{
    static const struct kith_web_member members[] = {{"name", KITH_JSON_STRING, true, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    char name[NAME_BYTES];
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    if (st == KITH_OK)
        st = kith_web_value_text(body.value[0], "name", name, sizeof(name), err);
    if (st == KITH_OK)
        st = kith_account_rename(web->k, request->arg, name, err);
    kith_web_events_wake(web->events);
    return st;
}

/* Somebody decides by names, not by thousands of them. */
KITH_WEB_HANDLER(kith_web_get_held)
{
    KITH_AUTO(kith_json_writer) w = NULL;
    struct kith_rows *rows = NULL;
    enum kith_status st = kith_held_rows(web->k, request->arg, 0, &rows, err);

    if (st != KITH_OK)
        return st;
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "n", (int64_t)rows->n);
    kith_json_begin_array(w, "rows");
    for (size_t i = 0; i < rows->n && i < HELD_MAX; i++)
        kith_web_json_row(w, NULL, &rows->row[i]);
    kith_json_end(w);
    kith_json_end(w);
    kith_rows_free(rows);
    return KITH_OK;
}
