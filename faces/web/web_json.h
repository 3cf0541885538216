/* SPDX-License-Identifier: MIT */
/* web_json.h - the parts of a document that several answers have in common; docs/api/openapi.yaml names the members. */
#pragma once

#include <kith/kith.h>

#include "base/json_write.h"

void kith_web_json_failure(struct kith_json_writer *w, const char *name, const struct kith_error *err);
/* null when nothing failed. */
void kith_web_json_failure_or_null(struct kith_json_writer *w, const char *name, const struct kith_error *err);
/* A failure that is not the engine's: the same members, most of them empty. */
void kith_web_json_refusal(struct kith_json_writer *w, const char *name, const char *id, const char *title,
                           const char *sentence);
void kith_web_json_account(struct kith_json_writer *w, const char *name, const struct kith_account *account);
void kith_web_json_result(struct kith_json_writer *w, const char *name, const struct kith_import_result *result);
void kith_web_json_row(struct kith_json_writer *w, const char *name, const struct kith_row *row);
void kith_web_json_version(struct kith_json_writer *w, uint64_t data_version);
