/* SPDX-License-Identifier: MIT */
/*
 * fetch_google_photo.c - pictures of people at Google, by the addresses that the People API gave; see fetch_google.h.
 *
 * Before: parse/ has read the address with the person.
 * After:  store/ keeps the bytes.
 *
 * The addresses are open to whoever has them, so no token goes there. They lead where Google says, and nowhere near
 * this device: an answer must not make us knock at our own doors.
 */
#include "fetch/fetch_google.h"

#include <string.h>

#include <kith/contact.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "fetch/fetch_google_inside.h"
#include "http/http_url.h"

enum { PIXELS = 256 }; /* a face is shown at 104 at most, twice that on a fine display */

/* ".../photo=s100" says how large; an address that says it otherwise is taken as it is. */
static char *sized(const char *url)
{
    const char *size = strrchr(url, '=');
    size_t room = strlen(url) + 16;
    char *out = kith_xcalloc(1, room);

    if (size && size[1] == 's' && size[2 + strspn(size + 2, "0123456789")] == '\0' && size[2] != '\0')
        (void)kith_text_format(out, room, "%.*s=s%d", (int)(size - url), url, PIXELS);
    else
        (void)kith_text_copy(out, room, url);
    return out;
}

/* https anywhere but here; what is on this device only where the service itself is, on the same port: a rehearsal. */
static bool may_ask(const struct kith_fetch_google *fetch, const char *url)
{
    struct kith_http_url parts;

    if (!kith_http_url_read(url, &parts))
        return false;
    return (parts.https && !parts.loopback) || kith_http_same_origin(url, kith_fetch_google_root(fetch));
}

static struct kith_http_request request_for(const char *url, uint64_t tag)
{
    return (struct kith_http_request){
        .url = url, .accept = "image/*", .max_bytes = KITH_PHOTO_BYTES_MAX, .max_tries = 2, .tag = tag};
}

static enum kith_status submit(struct kith_fetch_google *fetch, struct kith_picture *picture, uint64_t tag,
                               struct kith_error *err)
{
    KITH_AUTO_STRING url = sized(picture->wish->url);
    const struct kith_http_request request = request_for(url, tag);

    return kith_http_submit(kith_fetch_google_http(fetch), &request, err);
}

static void take(struct kith_picture *picture, struct kith_http_response *response)
{
    picture->answered = response->status != 429 && response->status < 500;
    if (response->status != 200 || response->body.len == 0)
        return;
    picture->n_bytes = response->body.len;
    picture->bytes = kith_xcalloc(1, picture->n_bytes);
    memcpy(picture->bytes, response->body.data, picture->n_bytes);
}

/* One that is larger than any we keep is none; one whose host is not there may be, another time. */
static enum kith_status ask_alone(struct kith_fetch_google *fetch, struct kith_picture *picture, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_http_response) response = {0};
    KITH_AUTO_STRING url = sized(picture->wish->url);
    const struct kith_http_request request = request_for(url, 0);
    enum kith_status st =
        kith_http_perform(kith_fetch_google_http(fetch), &request, kith_fetch_google_cancel(fetch), &response, err);

    if (st == KITH_OK)
        take(picture, &response);
    picture->answered = picture->answered || st == KITH_E_SERVICE;
    return st;
}

/* Which of them failed nobody knows, and the others went with it. */
static enum kith_status ask_one_by_one(struct kith_fetch_google *fetch, struct kith_picture *pictures, size_t n,
                                       struct kith_error *err)
{
    enum kith_status st = KITH_OK;
    size_t n_answered = 0;

    for (size_t i = 0; i < n; i++) {
        if (!pictures[i].answered)
            st = ask_alone(fetch, &pictures[i], err);
        if (st == KITH_E_CANCELLED)
            return st;
        n_answered += pictures[i].answered;
    }
    return n_answered > 0 ? KITH_OK : st;
}

static enum kith_status ask_all(struct kith_fetch_google *fetch, struct kith_picture *pictures, size_t n,
                                struct kith_error *err)
{
    size_t under_way = 0;
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < n && st == KITH_OK; i++) {
        pictures[i].answered = !may_ask(fetch, pictures[i].wish->url);
        if (pictures[i].answered)
            continue;
        st = submit(fetch, &pictures[i], i, err);
        under_way += st == KITH_OK;
    }
    for (; under_way > 0 && st == KITH_OK; under_way--) {
        KITH_AUTO_DONE(kith_http_response) response = {0};

        st = kith_http_wait(kith_fetch_google_http(fetch), kith_fetch_google_cancel(fetch), &response, err);
        if (st == KITH_OK)
            take(&pictures[response.tag], &response);
    }
    if (st != KITH_OK)
        kith_http_drop(kith_fetch_google_http(fetch));
    return st;
}

enum kith_status kith_fetch_google_photos(struct kith_fetch_google *fetch, struct kith_picture *pictures, size_t n,
                                          struct kith_error *err)
{
    enum kith_status st = ask_all(fetch, pictures, n, err);

    return st == KITH_OK || st == KITH_E_CANCELLED ? st : ask_one_by_one(fetch, pictures, n, err);
}
