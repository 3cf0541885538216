/* SPDX-License-Identifier: MIT */
/*
 * parse_microsoft.h - one page of Graph contacts becomes contacts, exactly as Microsoft said them.
 */
#pragma once

#include "base/buf.h"
#include "base/json_read.h"
#include "model/contact_parts.h"
#include "parse/page_rest.h"

/* Ceiling for one page: 1,000 contacts with notes of 32 KiB. */
enum { KITH_PARSE_MICROSOFT_PAGE_BYTES = 64 * 1024 * 1024 };

/*
 * Append the filter that asks for every extended property this parser reads, for
 * $expand=singleValueExtendedProperties($filter=...): "id eq 'String 0x3a24' or id eq ...". Not encoded for an address.
 */
void kith_parse_microsoft_properties(struct kith_buf *out);

/*
 * Read one page of GET /me/contacts.
 *
 * reader:   reused from page to page; its document is replaced.
 * json:     UTF-8 bytes; taken, and empty afterwards.
 * ret_page: on success a new page, yours to kith_page_free(); else untouched.
 * ret_rest: NULL, and the page holds all contacts of the answer. Else it holds a portion, and what is left of the
 *           answer goes here, for kith_parse_microsoft_more().
 *
 * Unknown members are ignored; a member of an unexpected type makes the contact
 * `partial`, the rest of it is read. An item without an id, or that is no object, is
 * counted in n_skipped. A contact without any content is still a contact.
 *
 * Fails with KITH_E_SERVICE when the bytes are not JSON, not a page (no array "value"),
 * or hold an error object (sent with 200 at times); the message says where.
 */
enum kith_status kith_parse_microsoft_page(struct kith_json_reader *reader, struct kith_buf *json,
                                           struct kith_page **ret_page, struct kith_page_rest *ret_rest,
                                           struct kith_error *err);

/*
 * The next portion, while rest->n_left says that there is one and the reader has read nothing else: contacts, removed
 * ones and what was skipped. What is said of the answer as a whole stands on its first page.
 */
enum kith_status kith_parse_microsoft_more(struct kith_page_rest *rest, struct kith_page **ret_page,
                                           struct kith_error *err);
