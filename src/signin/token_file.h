/* SPDX-License-Identifier: MIT */
/*
 * token_file.h - values in one encrypted file; see token_store.h for what the key is made of.
 */
#pragma once

#include <kith/error.h>

#include "base/buf.h"
#include "base/cleanup.h"

struct kith_token_file;

/* dir, key_dir: as in kith_token_store_open(); made when the first value is put. */
enum kith_status kith_token_file_open(const char *dir, const char *key_dir, struct kith_token_file **ret,
                                      struct kith_error *err);
void kith_token_file_close(struct kith_token_file *file);
KITH_DEFINE_AUTO(kith_token_file, kith_token_file_close)

/* As those of the token store; a value is "" never. Any thread, any process. */
enum kith_status kith_token_file_put(struct kith_token_file *file, const char *key, const char *value,
                                     struct kith_error *err);
enum kith_status kith_token_file_get(struct kith_token_file *file, const char *key, struct kith_buf *value,
                                     struct kith_error *err);
enum kith_status kith_token_file_remove(struct kith_token_file *file, const char *key, struct kith_error *err);
enum kith_status kith_token_file_clear(struct kith_token_file *file, struct kith_error *err);
