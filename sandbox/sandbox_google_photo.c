/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_photo.c - the picture behind a photo's address, with and without a size at its end.
 *
 * Before: sandbox_google_person_json.c wrote the address, which holds all there is to know.
 * After:  JPEG or PNG bytes go out. No token is asked for, as none is at Google.
 */
#include "base/text.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_google_people.h"
#include "sandbox/sandbox_picture.h"

#define KEY_DIGITS 16

/* A kind's letter and a contact's key: "c0123456789abcdef"; then nothing, or "=" and what the picture shall be like. */
static bool read_key(const char *name, uint64_t *ret)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t key = 0;

    if (strlen(name) < 1 + KEY_DIGITS || !strchr("cpwo", name[0]))
        return false;
    for (size_t i = 1; i <= KEY_DIGITS; i++) {
        const char *at = name[i] ? strchr(digits, name[i]) : NULL;
        if (!at)
            return false;
        key = key << 4 | (uint64_t)(at - digits);
    }
    *ret = name[0] == 'c' ? key : sandbox_mix2(key, (uint64_t)(unsigned char)name[0]);
    return name[1 + KEY_DIGITS] == '\0' || name[1 + KEY_DIGITS] == '=';
}

void sandbox_google_photo(struct sandbox_request *req, struct sandbox_answer *ans)
{
    uint64_t key = 0;

    if (!read_key(sandbox_request_segment(req, 1), &key)) {
        sandbox_answer_text(ans, 404, "text/html; charset=UTF-8", "<!DOCTYPE html><title>404</title><p>Not found.\n");
        return;
    }
    ans->content_type = sandbox_picture_type(key);
    sandbox_picture_draw(key, &ans->body);
    sandbox_answer_header(req, ans, "Cache-Control", "public, max-age=86400, no-transform");
    sandbox_answer_header(req, ans, "Access-Control-Allow-Origin", "*");
    sandbox_answer_header(req, ans, "X-Content-Type-Options", "nosniff");
}
