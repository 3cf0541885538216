/* SPDX-License-Identifier: MIT */
/* sandbox_contact_json.h - a contact as Graph v1.0 writes it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct sandbox_contact;

/* The properties of a $select as a mask; every bit when there is none. */
#define SANDBOX_SELECT_ALL UINT64_MAX

/* false: a name is no property; it is then in unknown. */
bool sandbox_select_parse(const char *list, uint64_t *ret, char *unknown, size_t unknown_size);

/* Ids asked for with $expand=singleValueExtendedProperties($filter=id eq '...' or ...). */
#define SANDBOX_MAX_EXPAND 32
struct sandbox_expand {
    char id[SANDBOX_MAX_EXPAND][96];
    size_t n;
};
enum sandbox_expand_result { SANDBOX_EXPAND_OK, SANDBOX_EXPAND_NOT_SUPPORTED, SANDBOX_EXPAND_WRONG };
enum sandbox_expand_result sandbox_expand_parse(const char *text, struct sandbox_expand *ret);

struct sandbox_contact_view {
    const char *id, *change_key, *folder_id;
    uint64_t select;
    const struct sandbox_expand *expand; /* n 0: none */
    const char *context;                 /* @odata.context of a single contact; NULL in a page */
    const char *type;                    /* @odata.type in a delta page; NULL elsewhere */
};

void sandbox_contact_write(const struct sandbox_contact *c, const struct sandbox_contact_view *view,
                           struct kith_buf *out);

/* Append text as a JSON string. */
void sandbox_json_text(struct kith_buf *out, const char *text);
