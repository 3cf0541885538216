/* SPDX-License-Identifier: MIT */
/*
 * fetch_microsoft_photos.c - pictures of contacts at Graph, several in one request; see fetch_microsoft.h.
 *
 * Before: engine/ knows which contacts have a picture that is not here.
 * After:  store/ keeps the bytes.
 *
 * Graph: "Get profilePhoto", "Combine multiple HTTP requests using JSON batching". A picture comes as base64 in its
 * part of the answer. 404 under several codes means that there is none; a personal account may refuse them altogether.
 */
#include "fetch/fetch_microsoft.h"

#include <sodium.h>
#include <string.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"

enum {
    REQUEST_BYTES = 64 * 1024,
    ANSWER_BYTES = KITH_PICTURES_AT_ONCE * (KITH_PHOTO_BYTES_MAX / 3 * 4 + 64 * 1024),
};

static void write_part(struct kith_json_writer *w, const char *contact_id, size_t number)
{
    char id[16];
    size_t room = strlen(contact_id) * 3 + 1;
    KITH_AUTO_STRING encoded = kith_xcalloc(1, room);
    size_t url_room = room + 64;
    KITH_AUTO_STRING url = kith_xcalloc(1, url_room);

    (void)kith_percent_encode(contact_id, encoded, room); /* three bytes for each are enough */
    (void)kith_text_format(url, url_room, "/me/contacts/%s/photo/$value", encoded);
    (void)kith_text_format(id, sizeof(id), "%zu", number);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "id", id);
    kith_json_put_text(w, "method", "GET");
    kith_json_put_text(w, "url", url);
    kith_json_begin_object(w, "headers");
    kith_json_put_text(w, "Prefer", "IdType=\"ImmutableId\"");
    kith_json_end(w);
    kith_json_end(w);
}

static char *write_request(const struct kith_picture *pictures, size_t n)
{
    KITH_AUTO_DONE(kith_buf) json;
    struct kith_json_writer *w;

    kith_buf_init(&json, REQUEST_BYTES);
    w = kith_json_writer_new(&json, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_json_begin_array(w, "requests");
    for (size_t i = 0; i < n; i++)
        write_part(w, pictures[i].wish->source_id, i);
    kith_json_end(w);
    kith_json_end(w);
    kith_json_writer_free(w);
    return kith_buf_take_text(&json);
}

/* Base64 with or without line ends; anything else is no picture. */
static void take_bytes(struct kith_picture *picture, struct kith_json body)
{
    size_t len, n_bytes;
    const char *text = kith_json_string(body, &len);

    if (len == 0)
        return;
    picture->bytes = kith_xcalloc(1, len / 4 * 3 + 3);
    if (sodium_base642bin(picture->bytes, len / 4 * 3 + 3, text, len, "\r\n", &n_bytes, NULL,
                          sodium_base64_VARIANT_ORIGINAL) == 0) {
        picture->n_bytes = n_bytes;
        return;
    }
    free(picture->bytes);
    picture->bytes = NULL;
}

static void take_part(struct kith_picture *pictures, size_t n, struct kith_json part)
{
    char id[16];
    size_t len;
    int64_t number, status;
    const char *text = kith_json_string(kith_json_member(part, "id"), &len);

    if (!kith_text_copy_n(id, sizeof(id), text, len) || !kith_text_to_int64(id, 0, (int64_t)n - 1, &number) ||
        !kith_json_int64(kith_json_member(part, "status"), &status) || pictures[number].answered)
        return;
    pictures[number].answered = status != 429 && status != 503 && status != 424;
    if (status == 200)
        take_bytes(&pictures[number], kith_json_member(part, "body"));
}

enum kith_status kith_fetch_microsoft_photos(struct kith_fetch_microsoft *fetch, struct kith_picture *pictures,
                                             size_t n, struct kith_error *err)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_buf) body;
    KITH_AUTO_STRING json = write_request(pictures, n);
    struct kith_json root;
    char why[160];
    enum kith_status st;

    kith_buf_init(&body, ANSWER_BYTES);
    st = kith_fetch_microsoft_post(fetch, "/v1.0/$batch", json, ANSWER_BYTES, &body, err);
    if (st != KITH_OK)
        return st;
    if (!kith_json_read(reader, kith_buf_text(&body), body.len, &root, why, sizeof(why)))
        return kith_fail(err, KITH_E_SERVICE, "the answer about pictures is not JSON: %s", why);
    for (struct kith_json_walk walk = kith_json_walk(kith_json_member(root, "responses")); kith_json_next(&walk);)
        take_part(pictures, n, walk.value);
    return KITH_OK;
}
