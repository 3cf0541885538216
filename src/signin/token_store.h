/* SPDX-License-Identifier: MIT */
/*
 * token_store.h - keeps tokens: in the desktop's Secret Service, else in an encrypted file.
 *
 * A value is bound to this person on this device: the file's key is mixed from a key file outside
 * the data folder, the machine's id and the user's number, so a copied file is useless elsewhere.
 */
#pragma once

#include <kith/account.h>

#include "base/buf.h"
#include "base/cleanup.h"

enum kith_token_keep { KITH_KEEP_AUTO, KITH_KEEP_KEYRING, KITH_KEEP_FILE };

struct kith_token_store;

/*
 * dir: kith's data folder (the encrypted file lives there); key_dir: where the key file lives ("" = the default,
 * $XDG_STATE_HOME/kith). KITH_E_STORE when KEEP_KEYRING is asked for and there is none.
 */
enum kith_status kith_token_store_open(const char *dir, const char *key_dir, enum kith_token_keep keep,
                                       struct kith_token_store **ret, struct kith_error *err);
void kith_token_store_close(struct kith_token_store *store);
KITH_DEFINE_AUTO(kith_token_store, kith_token_store_close)

/* Where a value that is put now goes. */
enum kith_tokens_in kith_token_store_where(const struct kith_token_store *store);

/* Does it lie where it is wanted, but out of reach: in a keyring that was locked or not there when the store was
 * opened? */
bool kith_token_store_misses(const struct kith_token_store *store, enum kith_tokens_in place);

/*
 * key: e.g. "microsoft365/tid.oid". Any thread, any process; last writer wins, no one's other keys are lost.
 * place: where the value lies as far as the caller remembers; after success where it lies now. What is known to lie in
 * a keyring that is not there is not called gone, unless KEEP_FILE says that the person does without one.
 */
enum kith_status kith_token_store_put(struct kith_token_store *store, const char *key, const char *value,
                                      enum kith_tokens_in *place, struct kith_error *err);
/* Appends to value. KITH_E_NOT_FOUND when there is none; KITH_E_STORE (reason TOKENS_LOCKED) when it cannot be read. */
enum kith_status kith_token_store_get(struct kith_token_store *store, const char *key, struct kith_buf *value,
                                      enum kith_tokens_in *place, struct kith_error *err);
/* KITH_E_STORE (reason TOKENS_LOCKED) when it may still be there, out of reach. */
enum kith_status kith_token_store_remove(struct kith_token_store *store, const char *key, enum kith_tokens_in place,
                                         struct kith_error *err);
/* Everything of kith, the key file included. */
enum kith_status kith_token_store_clear(struct kith_token_store *store, struct kith_error *err);
