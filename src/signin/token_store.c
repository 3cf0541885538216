/* SPDX-License-Identifier: MIT */
/*
 * token_store.c - keeps tokens: in the desktop's Secret Service, else in an encrypted file; see token_store.h.
 *
 * Before: oauth.c got tokens, engine/ made one text of them.
 * After:  the next import, perhaps of another process, asks for them.
 *
 * A value may be in both places: a desktop got its keyring later, or lost it for a day. Each
 * carries the time at which it was put, and the newest is the one that counts.
 */
#include "signin/token_store.h"

#include <limits.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/text.h"
#include "signin/token_file.h"
#include "signin/token_keyring.h"

enum { VALUE_BYTES = 128 * 1024 };

struct kith_token_store {
    enum kith_token_keep keep;
    struct kith_token_keyring *keyring; /* NULL: there is no service to talk to */
    struct kith_error no_keyring;       /* why not: OFFLINE, or what keeps its module from being loaded */
    struct kith_token_file *file;
    bool prefer_keyring; /* it is wanted, and could keep a value when the store was opened */
};

/* Without a bus no keyring can answer, and GLib would start a bus of its own. */
static bool is_bus_there(void)
{
    const char *address = getenv("DBUS_SESSION_BUS_ADDRESS");
    const char *runtime = getenv("XDG_RUNTIME_DIR");
    char path[PATH_MAX];

    if (address && address[0] != '\0')
        return true;
    return runtime && runtime[0] == '/' && kith_text_format(path, sizeof(path), "%s/bus", runtime) &&
           access(path, F_OK) == 0;
}

enum kith_status kith_token_store_open(const char *dir, const char *key_dir, enum kith_token_keep keep,
                                       struct kith_token_store **ret, struct kith_error *err)
{
    KITH_AUTO(kith_token_store) store = kith_xnew(struct kith_token_store);

    store->keep = keep;
    enum kith_status st = kith_token_file_open(dir, key_dir, &store->file, err);
    if (st != KITH_OK)
        return st;
    store->no_keyring.status = KITH_E_OFFLINE;
    /* Also for KEEP_FILE: what was put there before is looked for, though nothing is amiss when it cannot be. */
    if (is_bus_there())
        (void)kith_token_keyring_open(dir, &store->keyring, keep == KITH_KEEP_FILE ? NULL : &store->no_keyring);
    store->prefer_keyring = keep != KITH_KEEP_FILE && store->keyring && kith_token_keyring_usable(store->keyring);
    if (keep == KITH_KEEP_KEYRING && store->no_keyring.status == KITH_E_INTERNAL) {
        if (err)
            *err = store->no_keyring;
        return KITH_E_INTERNAL;
    }
    if (keep == KITH_KEEP_KEYRING && !store->prefer_keyring)
        return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_TOKENS_LOCKED, "there is no keyring, or it is locked");
    *ret = KITH_TAKE(store);
    return KITH_OK;
}

void kith_token_store_close(struct kith_token_store *store)
{
    if (!store)
        return;
    kith_token_keyring_close(store->keyring);
    kith_token_file_close(store->file);
    free(store);
}

enum kith_tokens_in kith_token_store_where(const struct kith_token_store *store)
{
    return store->prefer_keyring ? KITH_TOKENS_IN_KEYRING : KITH_TOKENS_IN_FILE;
}

/* KEEP_FILE: it is not talked to, but for a value that was put there before. */
static bool asks_keyring(const struct kith_token_store *store, enum kith_tokens_in place)
{
    return store->keyring && (store->keep != KITH_KEEP_FILE || place == KITH_TOKENS_IN_KEYRING);
}

/* It lies in a keyring, and who does not reach it must not take it for gone. */
static bool must_reach_keyring(const struct kith_token_store *store, enum kith_tokens_in place)
{
    return store->keep != KITH_KEEP_FILE && place == KITH_TOKENS_IN_KEYRING;
}

bool kith_token_store_misses(const struct kith_token_store *store, enum kith_tokens_in place)
{
    return must_reach_keyring(store, place) && !store->prefer_keyring;
}

/* --- Stamps -------------------------------------------------------------- */

/* "1795507200000 value" */
static bool stamp(struct kith_buf *out, const char *value)
{
    kith_buf_init_secret(out, VALUE_BYTES);
    return kith_buf_addf(out, "%lld ", (long long)kith_clock_now_ms()) && kith_buf_add_text(out, value);
}

/* Where the value begins; *ret_ms: when it was put. One without a stamp is as old as can be. */
static const char *without_stamp(const char *stamped, int64_t *ret_ms)
{
    size_t digits = strspn(stamped, "0123456789");
    char number[24];

    *ret_ms = 0;
    if (stamped[digits] != ' ' || !kith_text_copy_n(number, sizeof(number), stamped, digits) ||
        !kith_text_to_int64(number, 0, INT64_MAX, ret_ms))
        return stamped;
    return stamped + digits + 1;
}

/* --- Values -------------------------------------------------------------- */

/* Whatever keeps the keyring from answering, a person mends it in the same place. */
static enum kith_status locked_out(enum kith_status st, struct kith_error *err)
{
    if (err && st == KITH_E_STORE)
        err->reason = KITH_REASON_TOKENS_LOCKED;
    return st;
}

static enum kith_status fail_no_keyring(struct kith_error *err)
{
    return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_TOKENS_LOCKED,
                            "it lies in the desktop's keyring, which cannot be reached");
}

/* One place for a value: what is left in the other would only be a secret too many. */
static enum kith_status put_stamped(struct kith_token_store *store, const char *key, const char *stamped,
                                    enum kith_tokens_in *place, struct kith_error *err)
{
    enum kith_status st = KITH_E_STORE;

    if (store->prefer_keyring)
        st = kith_token_keyring_put(store->keyring, key, stamped, err);
    if (st == KITH_OK) {
        (void)kith_token_file_remove(store->file, key, NULL); /* the stamp tells the old one from the new */
        *place = KITH_TOKENS_IN_KEYRING;
        return KITH_OK;
    }
    if (store->keep == KITH_KEEP_KEYRING)
        return locked_out(st, err);
    st = kith_token_file_put(store->file, key, stamped, err);
    if (st != KITH_OK)
        return st;
    if (!store->prefer_keyring && *place == KITH_TOKENS_IN_KEYRING && store->keyring)
        (void)kith_token_keyring_remove(store->keyring, key, NULL); /* the same */
    *place = KITH_TOKENS_IN_FILE;
    return KITH_OK;
}

enum kith_status kith_token_store_put(struct kith_token_store *store, const char *key, const char *value,
                                      enum kith_tokens_in *place, struct kith_error *err)
{
    struct kith_buf stamped;
    enum kith_status st;

    if (stamp(&stamped, value))
        st = put_stamped(store, key, kith_buf_text(&stamped), place, err);
    else
        st = kith_fail(err, KITH_E_STORE, "the sign-in is too long to be saved");
    kith_buf_done_secret(&stamped);
    if (st == KITH_OK)
        kith_error_clear(err);
    return st;
}

/* The newer of two stamped values; "" counts as none. */
static const char *newer(const struct kith_buf *in_keyring, const struct kith_buf *in_file, enum kith_tokens_in *place)
{
    int64_t keyring_ms, file_ms;
    const char *keyring_value = without_stamp(kith_buf_text(in_keyring), &keyring_ms);
    const char *file_value = without_stamp(kith_buf_text(in_file), &file_ms);
    bool keyring_wins = in_file->len == 0 || (in_keyring->len > 0 && keyring_ms >= file_ms);

    *place = keyring_wins ? KITH_TOKENS_IN_KEYRING : KITH_TOKENS_IN_FILE;
    return keyring_wins ? keyring_value : file_value;
}

/* Neither has it. st, err: of the file; keyring_err: of the keyring. */
static enum kith_status fail_missing(const struct kith_token_store *store, enum kith_tokens_in place,
                                     const struct kith_error *keyring_err, enum kith_status st, struct kith_error *err)
{
    if (st != KITH_E_NOT_FOUND || place == KITH_TOKENS_IN_FILE)
        return st;
    if (keyring_err->status == KITH_E_OFFLINE)
        return must_reach_keyring(store, place) ? fail_no_keyring(err) : st;
    if (keyring_err->status != KITH_E_STORE && keyring_err->status != KITH_E_INTERNAL)
        return st;
    if (err)
        *err = *keyring_err;
    return locked_out(keyring_err->status, err); /* it may well be there, behind the lock */
}

enum kith_status kith_token_store_get(struct kith_token_store *store, const char *key, struct kith_buf *value,
                                      enum kith_tokens_in *place, struct kith_error *err)
{
    struct kith_buf in_keyring, in_file;
    struct kith_error keyring_err = store->no_keyring;
    enum kith_status st;

    kith_buf_init_secret(&in_keyring, VALUE_BYTES);
    kith_buf_init_secret(&in_file, VALUE_BYTES);
    if (asks_keyring(store, *place))
        (void)kith_token_keyring_get(store->keyring, key, &in_keyring, &keyring_err); /* its err is looked at below */
    st = kith_token_file_get(store->file, key, &in_file, err);

    if (in_keyring.len > 0 || in_file.len > 0)
        st = kith_buf_add_text(value, newer(&in_keyring, &in_file, place))
                 ? KITH_OK
                 : kith_fail(err, KITH_E_STORE, "the saved sign-in is too long");
    else
        st = fail_missing(store, *place, &keyring_err, st, err);
    kith_buf_done_secret(&in_keyring);
    kith_buf_done_secret(&in_file);
    if (st == KITH_OK)
        kith_error_clear(err);
    return st;
}

/*
 * A sign-in that stays behind a lock must not be called gone. But where the keyring was never used, one that is
 * missing or broken is no reason to keep a person from leaving.
 */
static enum kith_status after_keyring_removal(const struct kith_token_store *store, enum kith_tokens_in place,
                                              enum kith_status st, const struct kith_error *keyring_err,
                                              struct kith_error *err)
{
    if (st == KITH_OK || st == KITH_E_NOT_FOUND)
        return KITH_OK;
    if (st == KITH_E_OFFLINE)
        return must_reach_keyring(store, place) ? fail_no_keyring(err) : KITH_OK;
    if (!store->prefer_keyring && !must_reach_keyring(store, place) && keyring_err->reason != KITH_REASON_TOKENS_LOCKED)
        return KITH_OK;
    if (err)
        *err = *keyring_err;
    return locked_out(st, err);
}

enum kith_status kith_token_store_remove(struct kith_token_store *store, const char *key, enum kith_tokens_in place,
                                         struct kith_error *err)
{
    struct kith_error keyring_err = {.status = KITH_E_OFFLINE};
    enum kith_status st = kith_token_file_remove(store->file, key, err);

    if (st != KITH_OK)
        return st;
    st = KITH_E_OFFLINE;
    if (asks_keyring(store, place))
        st = kith_token_keyring_remove(store->keyring, key, &keyring_err);
    return after_keyring_removal(store, place, st, &keyring_err, err);
}

enum kith_status kith_token_store_clear(struct kith_token_store *store, struct kith_error *err)
{
    struct kith_error keyring_err = {.status = KITH_OK};
    enum kith_status st = kith_token_file_clear(store->file, err);

    if (st != KITH_OK || !store->keyring)
        return st;
    st = kith_token_keyring_clear(store->keyring, &keyring_err);
    return after_keyring_removal(store, KITH_TOKENS_UNKNOWN, st, &keyring_err, err);
}
