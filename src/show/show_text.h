/* SPDX-License-Identifier: MIT */
/* show_text.h - a contact for a terminal: labels at the left, values as the source wrote them. */
#pragma once

#include <kith/contact.h>

#include "base/buf.h"

/* Control characters of the values are made harmless (a contact must not drive the terminal). */
bool kith_show_text(struct kith_buf *out, const struct kith_contact *contact);
