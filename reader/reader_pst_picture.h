/* SPDX-License-Identifier: MIT */
/* reader_pst_picture.h - the picture of a contact, which Outlook keeps as one of its attachments. */
#pragma once

#include <libpff.h>
#include <stdbool.h>

#include <kith/contact.h>

#include "base/alloc.h"
#include "model/field_report.h"

/*
 * Look through the item's attachments: the first picture among those that Outlook marks as the contact's becomes
 * contact->photo, and contact->has_photo says whether there is one. Every attachment is counted in report.
 */
void reader_pst_picture_read(libpff_item_t *item, struct kith_arena *arena, struct kith_contact *contact,
                             struct kith_field_report *report);
