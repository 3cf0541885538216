/* SPDX-License-Identifier: MIT */
/* sandbox_extended.h - the MAPI properties of a contact that Graph gives only on $expand. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct sandbox_contact;

/*
 * The value of the extended property that was asked for; ret_id is the id as the
 * answer spells it. false: not set, or not known.
 */
bool sandbox_extended_value(const struct sandbox_contact *c, const char *asked, char *ret_id, size_t id_size,
                            char *ret_value, size_t value_size);
