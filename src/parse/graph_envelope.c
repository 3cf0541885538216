/* SPDX-License-Identifier: MIT */
/*
 * graph_envelope.c - the outside of every list that Microsoft Graph sends; see graph_envelope.h.
 *
 * Before: fetch/fetch_microsoft.c gives the bytes of one response.
 * After:  parse_microsoft.c reads the contacts in it, parse_microsoft_folders.c the folders.
 */
#include "parse/graph_envelope.h"

#include "base/fail.h"
#include "parse/answer_text.h"

static enum kith_status fail_with_error_object(struct kith_json error, struct kith_error *err)
{
    char code[96];

    kith_answer_word(kith_json_member(error, "code"), code, sizeof(code));
    return kith_fail(err, KITH_E_SERVICE, "the page of contacts holds an error instead: \"%s\"", code);
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
    st = kith_answer_link(root, "@odata.nextLink", arena, &ret->next_link, err);
    if (st != KITH_OK)
        return st;
    return kith_answer_link(root, "@odata.deltaLink", arena, &ret->delta_link, err);
}

enum kith_status kith_graph_envelope_read(struct kith_json_reader *reader, struct kith_buf *json,
                                          struct kith_arena *arena, struct kith_graph_envelope *ret,
                                          struct kith_error *err)
{
    struct kith_json root;
    char why[160];

    if (!kith_json_read_buf(reader, json, &root, why, sizeof(why)))
        return kith_fail(err, KITH_E_SERVICE, "the page of contacts is not JSON: %s", why);
    return read_members(root, arena, ret, err);
}
