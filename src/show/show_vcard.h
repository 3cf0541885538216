/* SPDX-License-Identifier: MIT */
/*
 * show_vcard.h - a contact as a vCard: UTF-8, CR LF, folded at 75 octets.
 *
 * parse/parse_vcard.h reads all that is written here back as it was; what is derived (what is shown, E.164 ...) is
 * made again.
 */
#pragma once

#include <kith/contact.h>

#include "base/buf.h"

/* Append one card of vCard 4.0 (RFC 6350) or 3.0 (RFC 2426); false at the buffer's ceiling. */
bool kith_show_vcard4(struct kith_buf *out, const struct kith_contact *contact);
bool kith_show_vcard3(struct kith_buf *out, const struct kith_contact *contact);
