/* SPDX-License-Identifier: MIT */
/* show_photo.h - a contact's picture as text. */
#pragma once

#include <kith/contact.h>

#include "base/buf.h"

/* Append the picture as base64 (RFC 4648), without line ends; nothing when the contact has none with it. */
void kith_show_photo_base64(struct kith_buf *out, const struct kith_contact *contact);

/* The same as a "data:" URI (RFC 2397). */
void kith_show_photo_uri(struct kith_buf *out, const struct kith_contact *contact);
