/* SPDX-License-Identifier: MIT */
/*
 * google_envelope.c - the outside of every answer of the Google People API; see google_envelope.h.
 *
 * Before: fetch/fetch_google.c gives the bytes of one response.
 * After:  parse_google.c reads the people in it, parse_google_groups.c the groups.
 */
#include "parse/google_envelope.h"

#include "base/fail.h"
#include "parse/answer_text.h"

enum kith_status kith_google_document(struct kith_json_reader *reader, struct kith_buf *json, const char *what,
                                      struct kith_json *ret_root, struct kith_error *err)
{
    struct kith_json error;
    char why[160], status[96];

    if (json->len > KITH_PARSE_GOOGLE_PAGE_BYTES)
        return kith_fail(err, KITH_E_SERVICE, "the page of %s has %zu bytes, %d at most", what, json->len,
                         KITH_PARSE_GOOGLE_PAGE_BYTES);
    if (!kith_json_read_buf(reader, json, ret_root, why, sizeof(why)))
        return kith_fail(err, KITH_E_SERVICE, "the page of %s is not JSON: %s", what, why);
    if (ret_root->type != KITH_JSON_OBJECT)
        return kith_fail(err, KITH_E_SERVICE, "the page of %s is no JSON object", what);
    error = kith_json_member(*ret_root, "error");
    if (kith_answer_is_none(error))
        return KITH_OK;
    kith_answer_word(kith_json_member(error, "status"), status, sizeof(status));
    return kith_fail(err, KITH_E_SERVICE, "the page of %s holds an error instead: \"%s\"", what, status);
}

enum kith_status kith_google_list(struct kith_json root, const char *name, size_t max, struct kith_json *ret,
                                  struct kith_error *err)
{
    *ret = kith_json_member(root, name);
    if (kith_answer_is_none(*ret))
        return KITH_OK;
    if (ret->type != KITH_JSON_ARRAY)
        return kith_fail(err, KITH_E_SERVICE, "member \"%s\" of the page is no list", name);
    if (kith_json_length(*ret) > max)
        return kith_fail(err, KITH_E_SERVICE, "the page holds %zu items, %zu at most", kith_json_length(*ret), max);
    return KITH_OK;
}
