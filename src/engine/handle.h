/* SPDX-License-Identifier: MIT */
/* handle.h - the inside of struct kith: what the engine's own files share. */
#pragma once

#include <pthread.h>

#include <kith/kith.h>

#include "engine/config.h"
#include "engine/providers.h"
#include "normalise/normaliser.h"
#include "signin/token_store.h"
#include "store/store.h"

KITH_DEFINE_AUTO(kith_accounts, kith_accounts_free)

enum { KITH_NORMALISERS_MAX = 8 }; /* kept for the next call; more callers at once make their own */

struct kith {
    struct kith_config *config;
    struct kith_store *store;
    char data_dir[3072];
    char language[32];

    pthread_mutex_t tokens_lock; /* over tokens alone: who waits for a keyring must not keep others from searching */
    struct kith_token_store *tokens; /* opened at first need: asking a desktop's keyring takes time */

    pthread_mutex_t lock; /* over what follows */
    struct kith_normaliser *idle[KITH_NORMALISERS_MAX];
    char idle_region[4]; /* the region the idle ones were made for */
    size_t n_idle;
};

/* Borrow a normaliser for one call on one thread; give it back. Never NULL. */
struct kith_normaliser *kith_normaliser_borrow(struct kith *k);
void kith_normaliser_return(struct kith *k, struct kith_normaliser *n);

/* The token store, opened on first use. */
enum kith_status kith_tokens_open(struct kith *k, struct kith_token_store **ret, struct kith_error *err);

/* The account of this name (or identity); KITH_E_NOT_FOUND with the name in the error's facts. */
enum kith_status kith_account_look_up(struct kith *k, const char *name, struct kith_store_account *ret,
                                      struct kith_error *err);

/* Put the account's facts into an error that concerns it. Returns err->status. */
enum kith_status kith_account_blame(const struct kith_account *account, enum kith_status st, struct kith_error *err);

/* The link by which an administrator allows the permission, put into err->link. */
void kith_error_add_admin_link(struct kith *k, enum kith_source source, struct kith_error *err);

/* Where the account's tokens are, as far as this device remembers; it forgets with KITH_TOKENS_UNKNOWN. */
enum kith_tokens_in kith_tokens_place(struct kith *k, int64_t account_id);
void kith_tokens_note_place(struct kith *k, int64_t account_id, enum kith_tokens_in place);

/* The key of an account's tokens in the token store. */
void kith_token_key(const struct kith_store_account *account, char *out, size_t out_size);

/*
 * Remove an account of files with its contacts, the copies that are its own and its lock's file. Unless it was made
 * just now, the caller holds that lock.
 */
enum kith_status kith_files_forget(struct kith *k, int64_t account_id, struct kith_error *err);

/* Why a file could not be read, without its name: what stands in the message of a KITH_E_FILE. Borrowed from err. */
const char *kith_file_why(const struct kith_error *err);

/* A word for a command line that a person may copy: quoted where a shell would take it apart. */
void kith_shell_word(const char *word, char *out, size_t out_size);

/* KITH_E_USAGE for what cannot be an account's short name. */
enum kith_status kith_account_check_name(const char *name, struct kith_error *err);
