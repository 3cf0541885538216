/* SPDX-License-Identifier: MIT */
/*
 * web_input.h - reading what a page sent: parameters of the query, members of the body.
 *
 * Every reader checks what it reads and fails with KITH_E_USAGE, naming the part.
 */
#pragma once

#include "base/json_read.h"
#include "web_exchange.h"

/* A parameter of the query, decoded. Missing: "" (and *ret_given false). At most max_units characters. */
enum kith_status kith_web_query_text(const struct kith_web_request *request, const char *name, size_t max_units,
                                     struct kith_buf *out, bool *ret_given, struct kith_error *err);
enum kith_status kith_web_query_int(const struct kith_web_request *request, const char *name, int64_t min, int64_t max,
                                    int64_t preset, int64_t *ret, struct kith_error *err);

/* The parameter "account": a short name, or "" for all accounts. */
enum kith_status kith_web_query_account(const struct kith_web_request *request, char ret[64], struct kith_error *err);

/* A member that a body may have. */
struct kith_web_member {
    const char *name;
    enum kith_json_type type;
    bool required;
    size_t max_bytes; /* of a string; elements of an array */
};

enum { KITH_WEB_MEMBERS_MAX = 4 };

struct kith_web_body {
    struct kith_json_reader *reader;
    struct kith_json value[KITH_WEB_MEMBERS_MAX]; /* in the members' order; type NONE when missing */
};
void kith_web_body_done(struct kith_web_body *body);
KITH_DEFINE_AUTO_DONE(kith_web_body, kith_web_body_done)

/* Read an object that has these members and no others. ret is to be done in any case. */
enum kith_status kith_web_body_read(const struct kith_web_request *request, const struct kith_web_member *members,
                                    size_t n_members, struct kith_web_body *ret, struct kith_error *err);
/* An object without members: the button says all there is to say. */
enum kith_status kith_web_body_nothing(const struct kith_web_request *request, struct kith_error *err);

/* A string of at most out_size - 1 bytes without control characters into out. */
enum kith_status kith_web_value_text(struct kith_json value, const char *name, char *out, size_t out_size,
                                     struct kith_error *err);

/* The part of the path that names something, as a contact's number. */
enum kith_status kith_web_arg_id(const struct kith_web_request *request, int64_t *ret, struct kith_error *err);
