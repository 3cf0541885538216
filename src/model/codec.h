/* SPDX-License-Identifier: MIT */
/*
 * codec.h - a contact and its keys as bytes, for the time between the network and the store.
 *
 * Only for files of this very process: neither portable nor versioned. Reading
 * checks every length all the same, since a disk may lie.
 */
#pragma once

#include "model/contact_parts.h"

/* Append one record. false: the buffer is at its ceiling. keys NULL: without. */
bool kith_codec_write(struct kith_buf *out, const struct kith_contact *contact, const struct kith_keys *keys);

/*
 * Read the record at bytes. contact's strings are copied into arena; keys (may be NULL) are filled.
 * Returns the bytes read, 0 when the record is damaged.
 */
size_t kith_codec_read(const char *bytes, size_t len, struct kith_arena *arena, struct kith_contact *contact,
                       struct kith_keys *keys);
