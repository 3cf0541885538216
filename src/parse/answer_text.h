/* SPDX-License-Identifier: MIT */
/* answer_text.h - text out of the JSON that a service answers with: bounded, harmless, and said what is wrong with it.
 */
#pragma once

#include <kith/error.h>

#include "base/alloc.h"
#include "base/json_read.h"

/* null and an absent member say the same: there is none. */
bool kith_answer_is_none(struct kith_json v);

/*
 * A copy of the string v in arena, see kith_harmless(); "" for anything else. *ret_trouble: "is too long" when it was
 * cut at max_bytes, "is no text", or NULL.
 */
const char *kith_answer_text(struct kith_arena *arena, struct kith_json v, size_t max_bytes, bool lines,
                             const char **ret_trouble);

/* A word of an error, fit to be shown; cut to what fits. */
void kith_answer_word(struct kith_json v, char *out, size_t out_size);

/*
 * The member of a page that says where to go on, in arena: an address or a token, which goes into one. "" when there is
 * none. Fails with KITH_E_SERVICE when it is no text, too long, or has blanks or control characters in it.
 */
enum kith_status kith_answer_link(struct kith_json page, const char *name, struct kith_arena *arena, char **ret,
                                  struct kith_error *err);
