/* SPDX-License-Identifier: MIT */
/* answer_text.c - see answer_text.h. */
#include "parse/answer_text.h"

#include "base/fail.h"
#include "base/text.h"
#include "parse/harmless.h"

enum { LINK_BYTES_MAX = 16 * 1024 };

bool kith_answer_is_none(struct kith_json v)
{
    return v.type == KITH_JSON_NULL || v.type == KITH_JSON_NONE;
}

const char *kith_answer_text(struct kith_arena *arena, struct kith_json v, size_t max_bytes, bool lines,
                             const char **ret_trouble)
{
    size_t len;
    const char *text = kith_json_string(v, &len);
    char *copy;

    *ret_trouble = v.type == KITH_JSON_STRING || kith_answer_is_none(v) ? NULL : "is no text";
    if (len > max_bytes) {
        *ret_trouble = "is too long";
        len = kith_utf8_valid_len(text, max_bytes);
    }
    if (len == 0)
        return "";
    copy = kith_arena_copy(arena, text, len);
    copy[kith_harmless(copy, len, lines)] = '\0';
    return copy;
}

void kith_answer_word(struct kith_json v, char *out, size_t out_size)
{
    size_t len;
    const char *text = kith_json_string(v, &len);

    (void)kith_text_copy_n(out, out_size, text, strnlen(text, len)); /* cut is fine */
    out[kith_harmless(out, strlen(out), /* lines= */ false)] = '\0';
}

enum kith_status kith_answer_link(struct kith_json page, const char *name, struct kith_arena *arena, char **ret,
                                  struct kith_error *err)
{
    struct kith_json v = kith_json_member(page, name);
    size_t len;
    const char *link = kith_json_string(v, &len);

    if (v.type != KITH_JSON_STRING && !kith_answer_is_none(v))
        return kith_fail(err, KITH_E_SERVICE, "member \"%s\" of the page is no text", name);
    if (len > LINK_BYTES_MAX)
        return kith_fail(err, KITH_E_SERVICE, "member \"%s\" of the page has %zu bytes, %d at most", name, len,
                         LINK_BYTES_MAX);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)link[i] <= ' ' || link[i] == 0x7f)
            return kith_fail(err, KITH_E_SERVICE, "member \"%s\" of the page fits into no address, at byte %zu", name,
                             i);
    *ret = kith_arena_copy(arena, link, len);
    return KITH_OK;
}
