/* SPDX-License-Identifier: MIT */
/*
 * graph_envelope.c - the outside of every list that Microsoft Graph sends; see graph_envelope.h.
 *
 * Before: fetch/fetch_microsoft.c gives the bytes of one response.
 * After:  parse_microsoft.c reads the contacts in it, parse_microsoft_folders.c the folders.
 */
#include "parse/graph_envelope.h"

#include "base/fail.h"
#include "base/text.h"

enum { LINK_BYTES_MAX = 16 * 1024 };

static bool is_none(struct kith_json v)
{
    return v.type == KITH_JSON_NULL || v.type == KITH_JSON_NONE;
}

static bool is_control(unsigned char c)
{
    return c < 0x20 || c == 0x7f;
}

static enum kith_status fail_with_error_object(struct kith_json error, struct kith_error *err)
{
    char code[96];
    size_t len;
    const char *text = kith_json_string(kith_json_member(error, "code"), &len);

    (void)kith_text_copy_n(code, sizeof(code), text, len); /* cut is fine */
    for (char *c = code; *c != '\0'; c++)
        if (is_control((unsigned char)*c))
            *c = ' ';
    return kith_fail(err, KITH_E_SERVICE, "the page of contacts holds an error instead: \"%s\"", code);
}

static enum kith_status read_link(struct kith_arena *arena, struct kith_json v, const char *name, char **ret,
                                  struct kith_error *err)
{
    size_t len;
    const char *link = kith_json_string(v, &len);

    *ret = kith_arena_copy(arena, "", 0);
    if (is_none(v))
        return KITH_OK;
    if (v.type != KITH_JSON_STRING)
        return kith_fail(err, KITH_E_SERVICE, "member \"%s\" of the page is no text", name);
    if (len > LINK_BYTES_MAX)
        return kith_fail(err, KITH_E_SERVICE, "member \"%s\" of the page has %zu bytes, %d at most", name, len,
                         LINK_BYTES_MAX);
    for (size_t i = 0; i < len; i++)
        if (is_control((unsigned char)link[i]) || link[i] == ' ')
            return kith_fail(err, KITH_E_SERVICE, "member \"%s\" of the page is no address, at byte %zu", name, i);

    *ret = kith_arena_copy(arena, link, len);
    return KITH_OK;
}

static enum kith_status read_members(struct kith_json root, struct kith_arena *arena, struct kith_graph_envelope *ret,
                                     struct kith_error *err)
{
    struct kith_json error = kith_json_member(root, "error");
    enum kith_status st;

    if (root.type != KITH_JSON_OBJECT)
        return kith_fail(err, KITH_E_SERVICE, "the page of contacts is no JSON object");
    if (error.type == KITH_JSON_OBJECT)
        return fail_with_error_object(error, err);
    ret->value = kith_json_member(root, "value");
    if (ret->value.type != KITH_JSON_ARRAY)
        return kith_fail(err, KITH_E_SERVICE, "member \"value\" of the page %s",
                         ret->value.type == KITH_JSON_NONE ? "is missing" : "is no list");
    if (!kith_json_int64(kith_json_member(root, "@odata.count"), &ret->count) || ret->count < 0)
        ret->count = -1;
    st = read_link(arena, kith_json_member(root, "@odata.nextLink"), "@odata.nextLink", &ret->next_link, err);
    if (st != KITH_OK)
        return st;
    return read_link(arena, kith_json_member(root, "@odata.deltaLink"), "@odata.deltaLink", &ret->delta_link, err);
}

enum kith_status kith_graph_envelope_read(struct kith_json_reader *reader, const char *json, size_t json_len,
                                          struct kith_arena *arena, struct kith_graph_envelope *ret,
                                          struct kith_error *err)
{
    struct kith_json root;
    char why[160];

    if (!kith_json_read(reader, json, json_len, &root, why, sizeof(why)))
        return kith_fail(err, KITH_E_SERVICE, "the page of contacts is not JSON: %s", why);
    return read_members(root, arena, ret, err);
}
