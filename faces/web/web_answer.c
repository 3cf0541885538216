/* SPDX-License-Identifier: MIT */
/*
 * web_answer.c - making answers: documents, failures in words, refusals.
 *
 * Before: a handler knows what to say.
 * After:  web_wire.c sends it, with the header fields that every answer has.
 */
#include "web_exchange.h"

#include "base/text.h"
#include "web_json.h"

void kith_web_answer_init(struct kith_web_answer *answer)
{
    *answer = (struct kith_web_answer){.status = 204};
    kith_buf_init(&answer->text, KITH_WEB_DOCUMENT_BYTES);
}

void kith_web_answer_done(struct kith_web_answer *answer)
{
    kith_buf_done(&answer->text);
    if (answer->stream)
        answer->stream->close(answer->stream);
    answer->stream = NULL;
}

struct kith_json_writer *kith_web_answer_json(struct kith_web_answer *answer, int status)
{
    kith_buf_clear(&answer->text); /* a half-written document gives way to the failure */
    answer->status = status;
    answer->type = "application/json";
    return kith_json_writer_new(&answer->text, /* indented= */ false);
}

/* If-None-Match: one of our tags, or a list of tags that holds it. */
bool kith_web_answer_kept(const struct kith_web_request *request, const char *etag, struct kith_web_answer *answer)
{
    (void)kith_text_copy(answer->etag, sizeof(answer->etag), etag);
    if (!request->if_none_match || !strstr(request->if_none_match, etag))
        return false;
    answer->status = 304;
    return true;
}

void kith_web_answer_fail(struct kith_web_answer *answer, const struct kith_error *err)
{
    struct kith_failure failure;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_failure_describe(err, &failure);
    w = kith_web_answer_json(answer, failure.http_status);
    kith_json_begin_object(w, NULL);
    kith_web_json_failure(w, "error", err);
    kith_json_end(w);
}

struct refusal {
    int status;
    const char *id;
    const char *title;
    const char *sentence;
};

static const struct refusal refusals[] = {
    [KITH_WEB_REFUSED_START_LINK] = {401, "start-link", "This page is not open yet",
                                     "Open the link that kith printed when it started. It works once."},
    [KITH_WEB_REFUSED_FOREIGN] = {403, "foreign", "This came from somewhere else",
                                  "Only kith’s own page on this device may ask."},
    [KITH_WEB_REFUSED_NO_PATH] = {404, "no-path", "There is nothing here", "kith has no such address."},
    [KITH_WEB_REFUSED_METHOD] = {405, "method", "This cannot be done here",
                                 "This address does not take that kind of request."},
    [KITH_WEB_REFUSED_BODY_SIZE] = {413, "too-large", "This is too large", "A request may hold 64 KiB."},
    [KITH_WEB_REFUSED_TARGET_SIZE] = {414, "too-large", "This is too large", "The address is too long."},
    [KITH_WEB_REFUSED_HEADER_SIZE] = {431, "too-large", "This is too large", "The header fields may hold 32 KiB."},
    [KITH_WEB_REFUSED_TYPE] = {415, "type", "This is not JSON",
                               "A request’s body must be declared as application/json."},
    [KITH_WEB_REFUSED_FILE_SIZE] = {413, "too-large", "This file is too large", "A file may hold 50 GB."},
    [KITH_WEB_REFUSED_FILE_TYPE] = {415, "type", "This is not a file",
                                    "A file must be declared as application/octet-stream."},
    [KITH_WEB_REFUSED_BUSY] = {503, "busy", "Too many pages are open", "Close one of them and try again."},
};

void kith_web_answer_refuse(struct kith_web_answer *answer, enum kith_web_refusal why)
{
    const struct refusal *refusal = &refusals[why];
    KITH_AUTO(kith_json_writer) w = kith_web_answer_json(answer, refusal->status);

    kith_json_begin_object(w, NULL);
    kith_web_json_refusal(w, "error", refusal->id, refusal->title, refusal->sentence);
    kith_json_end(w);
}
