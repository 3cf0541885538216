/* SPDX-License-Identifier: MIT */
/* reader_pst_fields.h - the properties of an Outlook contact become the fields of a contact. */
#pragma once

#include "model/contact_sink.h"
#include "reader/reader_pst_item.h"

/*
 * Fill contact (initialised by the caller; its texts go to texts->arena) from the item's properties and count each of
 * them in report (may be NULL). folder and source_id are the caller's.
 */
void reader_pst_fields_read(const struct reader_pst_item *item, struct reader_pst_texts *texts,
                            struct kith_contact *contact, struct kith_field_report *report);
