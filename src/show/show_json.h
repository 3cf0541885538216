/* SPDX-License-Identifier: MIT */
/* show_json.h - contacts, rows and what else faces say, as JSON; docs/output-schema.md is its promise. */
#pragma once

#include <kith/kith.h>

#include "base/json_write.h"

void kith_show_json_contact(struct kith_json_writer *w, const char *name, const struct kith_contact *contact);
void kith_show_json_row(struct kith_json_writer *w, const char *name, const struct kith_row *row);
