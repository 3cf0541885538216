/* SPDX-License-Identifier: MIT */
/*
 * web_input.c - parameters and bodies, checked part by part.
 *
 * Before: web_router.c chose the handler.
 * After:  the handler asks the engine with values that have the right form; whether they
 *         make sense is for the engine to say.
 */
#include "web_input.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"

/* --- The query -------------------------------------------------------------------- */

/* UTF-16 code units: what a browser counts when it limits a field. */
static size_t count_units(const char *text, size_t len)
{
    const char *end = text + len;
    size_t n = 0;

    while (text < end)
        n += kith_utf8_next(&text, end) > 0xffff ? 2 : 1;
    return n;
}

/* "name=value" of this name. */
static bool is_named(const char *pair, size_t len, const char *name)
{
    size_t name_len = strlen(name);

    return len >= name_len && memcmp(pair, name, name_len) == 0 && (len == name_len || pair[name_len] == '=');
}

static enum kith_status decode(const char *name, const char *raw, size_t len, size_t max_units, struct kith_buf *out,
                               struct kith_error *err)
{
    size_t room = len + 1;
    char *text = kith_buf_reserve(out, room);

    if (!text || !kith_percent_decode(raw, len, /* form= */ true, text, room))
        return kith_fail(err, KITH_E_USAGE, "the parameter \"%s\" is not written as it should be", name);
    len = strlen(text);
    if (kith_utf8_valid_len(text, len) != len)
        return kith_fail(err, KITH_E_USAGE, "the parameter \"%s\" is not UTF-8", name);
    if (count_units(text, len) > max_units)
        return kith_fail(err, KITH_E_USAGE, "the parameter \"%s\" is longer than %zu characters", name, max_units);
    out->len += len;
    return KITH_OK;
}

enum kith_status kith_web_query_text(const struct kith_web_request *request, const char *name, size_t max_units,
                                     struct kith_buf *out, bool *ret_given, struct kith_error *err)
{
    const char *at = request->query;
    bool given = false;

    while (*at != '\0') {
        size_t len = strcspn(at, "&");
        if (is_named(at, len, name)) {
            size_t skipped = strlen(name) + (len > strlen(name));
            if (given)
                return kith_fail(err, KITH_E_USAGE, "the parameter \"%s\" is there twice", name);
            enum kith_status st = decode(name, at + skipped, len - skipped, max_units, out, err);
            if (st != KITH_OK)
                return st;
            given = true;
        }
        at += len + (at[len] == '&');
    }
    if (ret_given)
        *ret_given = given;
    return KITH_OK;
}

enum kith_status kith_web_query_int(const struct kith_web_request *request, const char *name, int64_t min, int64_t max,
                                    int64_t preset, int64_t *ret, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) text;
    bool given;
    enum kith_status st;

    kith_buf_init(&text, KITH_WEB_TARGET_BYTES);
    st = kith_web_query_text(request, name, 24, &text, &given, err);
    if (st != KITH_OK)
        return st;
    if (!given) {
        *ret = preset;
        return KITH_OK;
    }
    if (!kith_text_to_int64(kith_buf_text(&text), min, max, ret))
        return kith_fail(err, KITH_E_USAGE, "the parameter \"%s\" must be a number from %lld to %lld", name,
                         (long long)min, (long long)max);
    return KITH_OK;
}

enum kith_status kith_web_query_account(const struct kith_web_request *request, char ret[64], struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) text;
    enum kith_status st;

    kith_buf_init(&text, KITH_WEB_TARGET_BYTES);
    st = kith_web_query_text(request, "account", 63, &text, NULL, err);
    if (st == KITH_OK && !kith_text_copy(ret, 64, kith_buf_text(&text)))
        return kith_fail(err, KITH_E_USAGE, "the parameter \"account\" is longer than 63 bytes");
    return st;
}

enum kith_status kith_web_arg_id(const struct kith_web_request *request, int64_t *ret, struct kith_error *err)
{
    if (!kith_text_to_int64(request->arg, 1, INT64_MAX, ret))
        return kith_fail(err, KITH_E_USAGE, "a contact is asked for by its number");
    return KITH_OK;
}

/* --- The body ----------------------------------------------------------------------- */

void kith_web_body_done(struct kith_web_body *body)
{
    kith_json_reader_free(body->reader);
    body->reader = NULL;
}

static const char *type_name(enum kith_json_type type)
{
    switch (type) {
    case KITH_JSON_BOOL:
        return "true or false";
    case KITH_JSON_NUMBER:
        return "a number";
    case KITH_JSON_STRING:
        return "a text";
    case KITH_JSON_ARRAY:
        return "a list";
    case KITH_JSON_OBJECT:
        return "an object";
    case KITH_JSON_NONE:
    case KITH_JSON_NULL:
        break;
    }
    return "nothing";
}

static enum kith_status check_value(const struct kith_web_member *member, struct kith_json value,
                                    struct kith_error *err)
{
    size_t len = 0;

    if (value.type != member->type)
        return kith_fail(err, KITH_E_USAGE, "the member \"%s\" must be %s", member->name, type_name(member->type));
    if (value.type == KITH_JSON_STRING)
        (void)kith_json_string(value, &len);
    if (value.type == KITH_JSON_ARRAY)
        len = kith_json_length(value);
    if (member->max_bytes > 0 && len > member->max_bytes)
        return kith_fail(err, KITH_E_USAGE, "the member \"%s\" is longer than %zu", member->name, member->max_bytes);
    return KITH_OK;
}

static enum kith_status take_member(const struct kith_json_walk *walk, const struct kith_web_member *members,
                                    size_t n_members, struct kith_web_body *body, struct kith_error *err)
{
    for (size_t i = 0; i < n_members; i++) {
        if (strlen(members[i].name) != walk->name_len || memcmp(members[i].name, walk->name, walk->name_len) != 0)
            continue;
        if (body->value[i].type != KITH_JSON_NONE)
            return kith_fail(err, KITH_E_USAGE, "the member \"%s\" is there twice", members[i].name);
        body->value[i] = walk->value;
        return check_value(&members[i], walk->value, err);
    }
    return kith_fail(err, KITH_E_USAGE, "the body has a member \"%.*s\" that means nothing here",
                     (int)(walk->name_len < 40 ? kith_utf8_valid_len(walk->name, walk->name_len) : 0), walk->name);
}

enum kith_status kith_web_body_read(const struct kith_web_request *request, const struct kith_web_member *members,
                                    size_t n_members, struct kith_web_body *ret, struct kith_error *err)
{
    struct kith_json document;
    struct kith_json_walk walk;
    char why[128];

    *ret = (struct kith_web_body){.reader = kith_json_reader_new()};
    if (!kith_json_read(ret->reader, request->body, request->body_len, &document, why, sizeof(why)))
        return kith_fail(err, KITH_E_USAGE, "the body is not JSON: %s", why);
    if (document.type != KITH_JSON_OBJECT)
        return kith_fail(err, KITH_E_USAGE, "the body must be an object");

    walk = kith_json_walk(document);
    while (kith_json_next(&walk)) {
        enum kith_status st = take_member(&walk, members, n_members, ret, err);
        if (st != KITH_OK)
            return st;
    }
    for (size_t i = 0; i < n_members; i++)
        if (members[i].required && ret->value[i].type == KITH_JSON_NONE)
            return kith_fail(err, KITH_E_USAGE, "the member \"%s\" is missing", members[i].name);
    return KITH_OK;
}

enum kith_status kith_web_body_nothing(const struct kith_web_request *request, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_web_body) body;

    return kith_web_body_read(request, NULL, 0, &body, err);
}

enum kith_status kith_web_value_text(struct kith_json value, const char *name, char *out, size_t out_size,
                                     struct kith_error *err)
{
    size_t len;
    const char *text = kith_json_string(value, &len);

    if (value.type != KITH_JSON_STRING && value.type != KITH_JSON_NONE)
        return kith_fail(err, KITH_E_USAGE, "\"%s\" must be a text", name);
    if (len >= out_size)
        return kith_fail(err, KITH_E_USAGE, "\"%s\" is longer than %zu bytes", name, out_size - 1);
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
            return kith_fail(err, KITH_E_USAGE, "\"%s\" holds a control character", name);
    (void)kith_text_copy_n(out, out_size, text, len);
    return KITH_OK;
}
