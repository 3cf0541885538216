/* SPDX-License-Identifier: MIT */
/*
 * account_lock.h - one import of an account at a time, over all processes.
 *
 * A lock on a file of the data folder (open file description locks, so it goes with
 * the process however that ends); the file's bytes tell the others how far it is.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <kith/error.h>

#include "base/cleanup.h"

struct kith_account_lock;

/* KITH_E_IMPORT_RUNNING when somebody holds it: err->done and err->total say how far that is. */
enum kith_status kith_account_lock_take(const char *data_dir, int64_t account_id, struct kith_account_lock **ret,
                                        struct kith_error *err);
void kith_account_lock_progress(struct kith_account_lock *lock, int64_t done, int64_t total);
void kith_account_lock_free(struct kith_account_lock *lock);
KITH_DEFINE_AUTO(kith_account_lock, kith_account_lock_free)

/* The account is gone, and so is the file; who holds the lock still does. */
void kith_account_lock_forget(const char *data_dir, int64_t account_id);

/* true: somebody (perhaps this process) holds it now. */
bool kith_account_lock_is_held(const char *data_dir, int64_t account_id, int64_t *ret_done, int64_t *ret_total);
