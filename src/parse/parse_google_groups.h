/* SPDX-License-Identifier: MIT */
/* parse_google_groups.h - the groups of a Google account, by their ids. */
#pragma once

#include <kith/error.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/json_read.h"

/*
 * The groups of an account: people's own, and of Google's those that say something about a contact ("Starred", not
 * "My Contacts"). A contact's memberships become categories by them.
 */
struct kith_google_group {
    const char *id;   /* "contactGroups/19cb37f60aed8000" */
    const char *name; /* never "" */
};
struct kith_google_groups {
    struct kith_arena *arena; /* of all strings */
    struct kith_google_group *group;
    size_t n;
};
void kith_google_groups_init(struct kith_google_groups *groups);
void kith_google_groups_done(struct kith_google_groups *groups);
KITH_DEFINE_AUTO_DONE(kith_google_groups, kith_google_groups_done)
void kith_google_groups_add(struct kith_google_groups *groups, const char *id, const char *name);
const char *kith_google_groups_name(const struct kith_google_groups *groups, const char *id); /* NULL: not among them */

/*
 * Add one page of GET /v1/contactGroups to groups. next: cleared and filled with the token of the page after it, ""
 * after the last. Fails with KITH_E_SERVICE when the bytes are no such page; groups may hold a part of it then.
 */
enum kith_status kith_parse_google_groups(struct kith_json_reader *reader, struct kith_buf *json,
                                          struct kith_google_groups *groups, struct kith_buf *next,
                                          struct kith_error *err);
