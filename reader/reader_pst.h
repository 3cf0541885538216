/* SPDX-License-Identifier: MIT */
/* reader_pst.h - the contacts of an Outlook data file, PST or OST. */
#pragma once

#include "reader/reader_out.h"

/*
 * Hand every contact of the file to the way out: items of the class IPM.Contact and of those derived from it, in
 * whatever folder; not those in Deleted Items and in folders that Outlook hides.
 *
 * code_page: of texts in files of the old kind that do not say theirs; "" windows-1252.
 *
 * A damaged file is read as far as it goes, and out->where says where it was not. Fails with KITH_E_FILE when nothing
 * of it can be read (cut, damaged, encrypted), with what a sink failed with when nobody listens any more.
 */
enum kith_status reader_pst_read(const char *bytes, size_t len, const char *code_page, struct reader_out *out,
                                 struct kith_error *err);
