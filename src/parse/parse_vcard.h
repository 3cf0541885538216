/* SPDX-License-Identifier: MIT */
/*
 * parse_vcard.h - a file of vCards becomes contacts, exactly as its writer said them.
 */
#pragma once

#include "model/contact_sink.h"

/*
 * Read a file of any number of cards: vCard 2.1, 3.0 and 4.0 (RFC 2426, RFC 6350), of any program, also where it does
 * not keep to them. A card is handed to the sink as soon as it has ended.
 *
 * bytes: the file as it is, need not end in NUL; borrowed for this call.
 *
 * A card that is damaged gives a `partial` contact; one that holds nothing, and one that is a list of contacts, is told
 * to sink->skipped. Each property is counted in sink->report; parameters are not, they say something about their
 * property. Pictures, sounds and keys are left out.
 *
 * source_id is the card's UID, "" where it has none; source is KITH_SOURCE_OUTLOOK, as of all files.
 *
 * Fails with KITH_E_FILE when the file is empty (KITH_REASON_FILE_EMPTY), has no card in it (KITH_REASON_FILE_UNKNOWN)
 * or is beyond a ceiling (KITH_REASON_FILE_TOO_LARGE), and with what sink->contact failed with.
 */
enum kith_status kith_parse_vcard(const char *bytes, size_t len, const struct kith_contact_sink *sink,
                                  struct kith_error *err);
