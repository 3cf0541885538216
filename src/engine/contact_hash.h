/* SPDX-License-Identifier: MIT */
/*
 * contact_hash.h - a contact of a file in a few letters: what it says, and who it is.
 *
 * Files give no version of a contact and often no id. Both are made here, the same on every device and in every
 * release: they are stored, and another rule would make every contact a new one.
 */
#pragma once

#include <kith/contact.h>

enum { KITH_CONTACT_HASH_BYTES = 33 }; /* 128 bits in hexadecimal, and the end */

/*
 * Of everything the source says about the contact, its picture included. Not of its ids, nor of the times at which it
 * was made and changed: most programs write the time of the export there.
 */
void kith_contact_hash_content(const struct kith_contact *contact, char out[KITH_CONTACT_HASH_BYTES]);

/*
 * Of what tells it from others: its name and company; without a name its addresses, without those its numbers; else all
 * of it. Everything else may change, and it is still the same contact.
 */
void kith_contact_hash_identity(const struct kith_contact *contact, char out[KITH_CONTACT_HASH_BYTES]);
