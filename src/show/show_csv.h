/* SPDX-License-Identifier: MIT */
/*
 * show_csv.h - contacts as Outlook's table: the 92 columns of its English layout, in UTF-8, lines end in CR LF.
 */
#pragma once

#include <kith/contact.h>

#include "base/buf.h"

/* Append the byte order mark and the headings; false at the buffer's ceiling. */
bool kith_show_csv_begin(struct kith_buf *out);
/*
 * Append one contact. What has no column goes to the notes, a line each: "Nickname: Rosinha". A text that a
 * spreadsheet would run as a formula gets an apostrophe before it.
 */
bool kith_show_csv(struct kith_buf *out, const struct kith_contact *contact);
