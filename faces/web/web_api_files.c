/* SPDX-License-Identifier: MIT */
/*
 * web_api_files.c - "Add Outlook contacts": files come in, are looked into, become an account.
 *
 * Before: somebody dropped files on the page.
 * After:  web_uploads.c keeps them; the import is a run like any other.
 */
#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"
#include "web_input.h"

KITH_WEB_HANDLER(kith_web_post_upload)
{
    char id[KITH_WEB_ID_BYTES];
    KITH_AUTO(kith_json_writer) w = NULL;
    enum kith_status st = kith_web_body_nothing(request, err);

    if (st == KITH_OK)
        st = kith_web_upload_begin(web->uploads, id, err);
    if (st != KITH_OK)
        return st;
    w = kith_web_answer_json(answer, 201);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "id", id);
    kith_json_end(w);
    return KITH_OK;
}

enum kith_status kith_web_upload_intake(struct kith_web *web, struct kith_web_request *request, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) name;
    int64_t announced = -1;
    bool given;
    enum kith_status st;

    kith_buf_init(&name, KITH_WEB_TARGET_BYTES);
    st = kith_web_query_text(request, "name", KITH_WEB_UPLOAD_NAME_BYTES, &name, &given, err);
    if (st == KITH_OK && !given)
        st = kith_fail(err, KITH_E_USAGE, "the parameter \"name\" is missing");
    if (st == KITH_OK && request->content_length)
        (void)kith_text_to_int64(request->content_length, 0, INT64_MAX, &announced); /* else the bytes are counted */
    if (st == KITH_OK)
        st = kith_web_intake_open(web->uploads, request->arg, kith_buf_text(&name), announced, &request->intake, err);
    return st;
}

KITH_WEB_HANDLER(kith_web_post_upload_file)
{
    struct kith_web_look look;
    KITH_AUTO(kith_json_writer) w = NULL;
    enum kith_status st;

    if (!request->intake)
        return kith_fail(err, KITH_E_USAGE, "no file came");
    st = kith_web_intake_look(request->intake, &look, err);
    if (st != KITH_OK)
        return st;
    w = kith_web_answer_json(answer, 200);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "id", look.id);
    kith_json_put_int(w, "found", look.found);
    kith_json_put_text(w, "why", look.why);
    kith_json_end(w);
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_post_upload_drop)
{
    static const struct kith_web_member members[] = {{"file", KITH_JSON_NUMBER, true, 0}};
    KITH_AUTO_DONE(kith_web_body) body;
    int64_t file = 0;
    enum kith_status st = kith_web_body_read(request, members, KITH_COUNT_OF(members), &body, err);

    if (st == KITH_OK && !kith_json_int64(body.value[0], &file))
        st = kith_fail(err, KITH_E_USAGE, "a file is named by its number");
    return st == KITH_OK ? kith_web_upload_drop(web->uploads, request->arg, file, err) : st;
}

KITH_WEB_HANDLER(kith_web_post_upload_import)
{
    struct kith_account account;
    char run[KITH_WEB_ID_BYTES];
    KITH_AUTO(kith_json_writer) w = NULL;
    enum kith_status st = kith_web_body_nothing(request, err);

    if (st == KITH_OK)
        st = kith_web_upload_add(web->uploads, request->arg, &account, err);
    if (st == KITH_OK)
        st = kith_web_import_begin(web->jobs, account.name, run, err);
    if (st != KITH_OK)
        return st;
    w = kith_web_answer_json(answer, 202);
    if (!kith_web_run_write(web->jobs, w, run)) /* it ended and was closed within this moment */
        return kith_fail(err, KITH_E_NOT_FOUND, "the import was closed");
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_post_upload_cancel)
{
    enum kith_status st = kith_web_body_nothing(request, err);

    return st == KITH_OK ? kith_web_upload_cancel(web->uploads, request->arg, err) : st;
}
