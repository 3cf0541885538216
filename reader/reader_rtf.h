/* SPDX-License-Identifier: MIT */
/* reader_rtf.h - notes as Outlook keeps them when they have a look: compressed RTF. */
#pragma once

#include "parse/charset.h"

/*
 * Append the plain text of property 0x1009 ([MS-OXRTFCP]) to out. false: it is damaged, or out is at its ceiling;
 * what stands in out then is its beginning.
 */
bool reader_rtf_to_text(const char *bytes, size_t len, struct kith_charset *charset, struct kith_buf *out);
