/* SPDX-License-Identifier: MIT */
/* show_vcard.h - a contact as vCard 4.0 (RFC 6350): UTF-8, CR LF, folded at 75 octets. */
#pragma once

#include <kith/contact.h>

#include "base/buf.h"

/* Append one card; false at the buffer's ceiling. */
bool kith_show_vcard4(struct kith_buf *out, const struct kith_contact *contact);
