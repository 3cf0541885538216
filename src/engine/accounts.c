/* SPDX-License-Identifier: MIT */
/*
 * accounts.c - Linked Accounts: the store's rows, with what the locks and the tokens know of them.
 */
#include <kith/account.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "engine/account_lock.h"
#include "engine/handle.h"
#include "engine/token_access.h"

static void add_lock_state(const struct kith *k, struct kith_account *account)
{
    account->total = -1;
    account->importing = kith_account_lock_is_held(k->data_dir, account->id, &account->done, &account->total);
}

enum kith_status kith_accounts_get(struct kith *k, struct kith_accounts **ret, struct kith_error *err)
{
    struct kith_store_account *rows = NULL;
    struct kith_accounts *accounts;
    size_t n = 0;
    enum kith_status st = kith_store_accounts(k->store, &rows, &n, err);

    if (st != KITH_OK)
        return st;
    accounts = kith_xnew(struct kith_accounts);
    accounts->n = n;
    accounts->account = kith_xnew_n(struct kith_account, n ? n : 1);
    for (size_t i = 0; i < n; i++) {
        accounts->account[i] = rows[i].public_face;
        add_lock_state(k, &accounts->account[i]);
        accounts->account[i].tokens_in = kith_tokens_place(k, rows[i].public_face.id);
    }
    free(rows);
    *ret = accounts;
    return KITH_OK;
}

void kith_accounts_free(struct kith_accounts *accounts)
{
    if (!accounts)
        return;
    free(accounts->account);
    free(accounts);
}

static enum kith_status fail_no_account(const char *name, struct kith_error *err)
{
    (void)kith_fail_reason(err, KITH_E_NOT_FOUND, KITH_REASON_NO_ACCOUNT, "there is no account \"%s\"", name);
    (void)kith_fail_hint(err, "`kith accounts` shows the accounts of this device");
    if (err)
        (void)kith_text_copy(err->account, sizeof(err->account), name);
    return KITH_E_NOT_FOUND;
}

enum kith_status kith_account_look_up(struct kith *k, const char *name, struct kith_store_account *ret,
                                      struct kith_error *err)
{
    struct kith_store_account *rows = NULL;
    const struct kith_store_account *found = NULL;
    size_t n = 0;
    enum kith_status st = kith_store_accounts(k->store, &rows, &n, err);

    if (st != KITH_OK)
        return st;
    for (size_t i = 0; i < n && !found; i++)
        if (strcmp(rows[i].public_face.name, name) == 0)
            found = &rows[i];
    for (size_t i = 0; i < n && !found; i++)
        if (kith_text_equal_ci(rows[i].public_face.identity, name))
            found = &rows[i];
    if (found)
        *ret = *found;
    free(rows);
    return found ? KITH_OK : fail_no_account(name, err);
}

enum kith_status kith_account_find(struct kith *k, const char *name, struct kith_account *ret, struct kith_error *err)
{
    struct kith_store_account row;
    enum kith_status st = kith_account_look_up(k, name, &row, err);

    if (st != KITH_OK)
        return st;
    add_lock_state(k, &row.public_face);
    row.public_face.tokens_in = kith_tokens_place(k, row.public_face.id);
    *ret = row.public_face;
    return KITH_OK;
}

enum kith_status kith_account_blame(const struct kith_account *account, enum kith_status st, struct kith_error *err)
{
    if (!err)
        return st;
    err->status = st;
    err->source = account->source;
    (void)kith_text_copy(err->account, sizeof(err->account), account->name);
    if (err->identity[0] == '\0')
        (void)kith_text_copy(err->identity, sizeof(err->identity), account->identity);
    if (err->count == 0 && st != KITH_E_TOO_MANY_CONTACTS)
        err->count = account->n_contacts;
    return st;
}

void kith_token_key(const struct kith_store_account *account, char *out, size_t out_size)
{
    (void)kith_text_format(out, out_size, "%s/%s", kith_source_id(account->public_face.source), account->uid);
}

static bool is_good_name(const char *name)
{
    size_t len = strlen(name);

    if (len == 0 || len >= sizeof(((struct kith_account *)0)->name) || kith_utf8_valid_len(name, len) != len)
        return false;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)name[i] < ' ' || name[i] == 0x7f)
            return false;
    return name[0] != ' ' && name[0] != '-' && name[len - 1] != ' ';
}

enum kith_status kith_account_check_name(const char *name, struct kith_error *err)
{
    if (!is_good_name(name))
        return kith_fail(err, KITH_E_USAGE,
                         "an account's short name has 1 to 63 bytes, no control characters, no blanks around it");
    return KITH_OK;
}

enum kith_status kith_account_rename(struct kith *k, const char *name, const char *new_name, struct kith_error *err)
{
    struct kith_store_account row;
    enum kith_status st = kith_account_check_name(new_name, err);

    if (st == KITH_OK)
        st = kith_account_look_up(k, name, &row, err);
    if (st != KITH_OK)
        return st;
    (void)kith_text_copy(row.public_face.name, sizeof(row.public_face.name), new_name);
    return kith_store_account_save(k->store, &row, err);
}

/* Files know no sign-in: without them nothing would ever bring these contacts up to date, or say that they are old. */
static enum kith_status remove_files(struct kith *k, const struct kith_store_account *row, bool keep_contacts,
                                     struct kith_error *err)
{
    if (keep_contacts)
        return kith_fail(err, KITH_E_USAGE, "\"%s\" has no sign-in; its contacts stay here as long as it does",
                         row->public_face.name);
    return kith_files_forget(k, row->public_face.id, err);
}

/* Tokens first: whatever happens then, there is no usable sign-in without the account that it belongs to. */
enum kith_status kith_sign_out(struct kith *k, const char *name, bool keep_contacts, struct kith_error *err)
{
    static const struct kith_error no_error = {0};
    KITH_AUTO(kith_account_lock) lock = NULL;
    struct kith_store_account row;
    enum kith_status st = kith_account_look_up(k, name, &row, err);

    if (st != KITH_OK)
        return st;
    st = kith_account_lock_take(k->data_dir, row.public_face.id, &lock, err);
    if (st == KITH_OK && row.public_face.source == KITH_SOURCE_OUTLOOK)
        return remove_files(k, &row, keep_contacts, err);
    if (st == KITH_OK)
        st = kith_tokens_give_back(k, &row, err);
    if (st != KITH_OK)
        return kith_account_blame(&row.public_face, st, err);
    if (keep_contacts)
        return kith_store_account_note(k->store, row.public_face.id, KITH_ACCOUNT_SIGNED_OUT, &no_error, err);
    st = kith_store_account_remove(k->store, row.public_face.id, err);
    if (st == KITH_OK)
        kith_account_lock_forget(k->data_dir, row.public_face.id);
    return st;
}
