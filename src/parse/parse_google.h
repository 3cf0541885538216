/* SPDX-License-Identifier: MIT */
/*
 * parse_google.h - pages of the Google People API become contacts, exactly as Google said them.
 */
#pragma once

#include "model/contact_parts.h"
#include "parse/google_envelope.h"
#include "parse/page_rest.h"
#include "parse/parse_google_groups.h"

/* A list capped by Google: a person with exactly so many e-mail addresses or numbers must be asked for alone. */
enum { KITH_PARSE_GOOGLE_LIST_MAX = 100 };

/*
 * Read one page of GET /v1/people/me/connections.
 *
 * reader:   reused from page to page; its document is replaced.
 * json:     UTF-8 bytes; taken, and empty afterwards.
 * ret_page: on success a new page, yours to kith_page_free(); else untouched. Its next_link is the token of the next
 *           page, its resume the sync token (on the last page only), its removed the people who were deleted and the
 *           former names of those who got another.
 * ret_rest: NULL, and the page holds everybody on the answer. Else it holds a portion, and what is left of the answer
 *           goes here, for kith_parse_google_more().
 *
 * Lists come in any order, so a contact's parts are put into one of their own: the primary one first. Where Google
 * merged a profile into a contact, what the person wrote is preferred. A change key is the source's etag and the
 * names of the contact's groups: renaming a group changes no etag.
 *
 * Unknown members are ignored; a member of an unexpected type makes the contact `partial`, the rest of it is read. An
 * item without a name at Google, or that is no object, is counted in n_skipped. A page without people is a page.
 *
 * Fails with KITH_E_SERVICE when the bytes are not JSON, not an object, or hold an error; the message says where.
 */
enum kith_status kith_parse_google_page(struct kith_json_reader *reader, struct kith_buf *json,
                                        const struct kith_google_groups *groups, struct kith_page **ret_page,
                                        struct kith_page_rest *ret_rest, struct kith_error *err);

/*
 * The next portion, while rest->n_left says that there is one and the reader has read nothing else: contacts, removed
 * ones and what was skipped. What is said of the answer as a whole stands on its first page.
 */
enum kith_status kith_parse_google_more(struct kith_page_rest *rest, const struct kith_google_groups *groups,
                                        struct kith_page **ret_page, struct kith_error *err);

/*
 * Read one person (GET /v1/people/{id}) in place of contact i of the page, whose lists were capped. It stays as it was
 * when this fails, or when the bytes are about somebody else (KITH_E_SERVICE).
 */
enum kith_status kith_parse_google_person(struct kith_json_reader *reader, struct kith_buf *json,
                                          const struct kith_google_groups *groups, struct kith_page *page, size_t i,
                                          struct kith_error *err);
