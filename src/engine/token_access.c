/* SPDX-License-Identifier: MIT */
/* token_access.c - see token_access.h. The kept value is a small JSON object, encrypted by signin/token_store. */
#include "engine/token_access.h"

#include <sodium.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/text.h"
#include "engine/account_lock.h"

enum {
    TOKENS_BYTES_MAX = 256 * 1024,
    SPARE_LIFE_S = 120 /* a token that dies sooner is refreshed now: a page may be long under way */
};

/* --- Where they are ------------------------------------------------------------ */

static const char *const place_ids[] = {
    [KITH_TOKENS_UNKNOWN] = "",
    [KITH_TOKENS_IN_FILE] = "encrypted file",
    [KITH_TOKENS_IN_KEYRING] = "keyring",
};

const char *kith_tokens_in_id(enum kith_tokens_in place)
{
    return (size_t)place < KITH_COUNT_OF(place_ids) ? place_ids[place] : "";
}

static void place_key(int64_t account_id, char *out, size_t out_size)
{
    (void)kith_text_format(out, out_size, "tokens.%lld", (long long)account_id); /* numbers fit */
}

enum kith_tokens_in kith_tokens_place(struct kith *k, int64_t account_id)
{
    KITH_AUTO_DONE(kith_buf) id;
    char key[48];

    kith_buf_init(&id, KITH_SETTING_BYTES);
    place_key(account_id, key, sizeof(key));
    if (kith_store_setting_get(k->store, key, &id, NULL) != KITH_OK)
        return KITH_TOKENS_UNKNOWN; /* nothing is noted, or not legibly */
    for (size_t i = 1; i < KITH_COUNT_OF(place_ids); i++)
        if (strcmp(place_ids[i], kith_buf_text(&id)) == 0)
            return (enum kith_tokens_in)i;
    return KITH_TOKENS_UNKNOWN;
}

/* What cannot be noted is noted when the tokens are read the next time. */
void kith_tokens_note_place(struct kith *k, int64_t account_id, enum kith_tokens_in place)
{
    char key[48];

    place_key(account_id, key, sizeof(key));
    if (kith_tokens_place(k, account_id) != place)
        (void)kith_store_setting_set(k->store, key, kith_tokens_in_id(place), NULL);
}

/* --- Keeping ------------------------------------------------------------------- */

static int64_t id_of(const struct kith_store_account *account)
{
    return account->public_face.id;
}

static enum kith_status put(struct kith *k, struct kith_token_store *store, const struct kith_store_account *account,
                            const char *value, struct kith_error *err)
{
    enum kith_tokens_in place = kith_tokens_place(k, id_of(account));
    char key[256];

    kith_token_key(account, key, sizeof(key));
    enum kith_status st = kith_token_store_put(store, key, value, &place, err);
    if (st == KITH_OK)
        kith_tokens_note_place(k, id_of(account), place);
    return st;
}

enum kith_status kith_tokens_keep(struct kith *k, const struct kith_store_account *account,
                                  const struct kith_tokens *tokens, struct kith_error *err)
{
    struct kith_token_store *store;
    struct kith_json_writer *w;
    struct kith_buf json;
    enum kith_status st = kith_tokens_open(k, &store, err);

    if (st != KITH_OK)
        return st;
    kith_buf_init_secret(&json, TOKENS_BYTES_MAX);
    w = kith_json_writer_new(&json, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "access", kith_buf_text(&tokens->access));
    kith_json_put_text(w, "refresh", kith_buf_text(&tokens->refresh));
    kith_json_put_text(w, "scope", kith_buf_text(&tokens->scope));
    kith_json_put_int(w, "expires_at", tokens->expires_at_s);
    kith_json_put_int(w, "ends_at", tokens->ends_at_s);
    kith_json_end(w);
    kith_json_writer_free(w);
    st = put(k, store, account, kith_buf_text(&json), err);
    kith_buf_done_secret(&json);
    return st;
}

enum kith_status kith_tokens_forget(struct kith *k, const struct kith_store_account *account, struct kith_error *err)
{
    struct kith_token_store *store;
    char key[256];
    enum kith_status st = kith_tokens_open(k, &store, err);

    if (st != KITH_OK)
        return st;
    kith_token_key(account, key, sizeof(key));
    st = kith_token_store_remove(store, key, kith_tokens_place(k, id_of(account)), err);
    if (st != KITH_OK && st != KITH_E_NOT_FOUND)
        return st;
    kith_tokens_note_place(k, id_of(account), KITH_TOKENS_UNKNOWN);
    return KITH_OK;
}

/* Appends to json what is kept; notes where that is. */
static enum kith_status get(struct kith *k, struct kith_token_store *store, const struct kith_store_account *account,
                            struct kith_buf *json, enum kith_tokens_in *ret_place, struct kith_error *err)
{
    enum kith_tokens_in place = kith_tokens_place(k, id_of(account));
    char key[256];

    kith_token_key(account, key, sizeof(key));
    enum kith_status st = kith_token_store_get(store, key, json, &place, err);
    if (st != KITH_OK)
        return st;
    kith_tokens_note_place(k, id_of(account), place);
    *ret_place = place;
    return KITH_OK;
}

/* One that cannot be read (another device's, a locked keyring's) is of no use to anybody later either: none. */
enum kith_status kith_tokens_look_at(struct kith *k, const struct kith_store_account *account, struct kith_buf *before,
                                     struct kith_error *err)
{
    struct kith_token_store *store;
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    enum kith_status st = kith_tokens_open(k, &store, err);

    kith_buf_init_secret(before, TOKENS_BYTES_MAX);
    if (st != KITH_OK)
        return st;
    if (id_of(account) == 0 || get(k, store, account, before, &place, NULL) != KITH_OK)
        kith_buf_clear(before);
    return KITH_OK;
}

enum kith_status kith_tokens_put_back(struct kith *k, const struct kith_store_account *account,
                                      const struct kith_buf *before, struct kith_error *err)
{
    struct kith_token_store *store;

    if (before->len == 0)
        return kith_tokens_forget(k, account, err);
    enum kith_status st = kith_tokens_open(k, &store, err);
    return st == KITH_OK ? put(k, store, account, kith_buf_text(before), err) : st;
}

static void take_member(struct kith_json object, const char *name, struct kith_buf *out)
{
    size_t len;
    const char *text = kith_json_string(kith_json_member(object, name), &len);

    (void)kith_buf_add(out, text, len);
}

static enum kith_status read_kept(const char *json, size_t len, struct kith_tokens *ret, struct kith_error *err)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    struct kith_json object;
    char why[96];

    kith_json_reader_keep_secret(reader);
    if (!kith_json_read(reader, json, len, &object, why, sizeof(why)))
        return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_TOKENS_LOCKED, "the kept sign-in is damaged");
    take_member(object, "access", &ret->access);
    take_member(object, "refresh", &ret->refresh);
    take_member(object, "scope", &ret->scope);
    if (!kith_json_int64(kith_json_member(object, "expires_at"), &ret->expires_at_s))
        ret->expires_at_s = 0;
    if (!kith_json_int64(kith_json_member(object, "ends_at"), &ret->ends_at_s))
        ret->ends_at_s = 0;
    return KITH_OK;
}

/* A lock is opened, a keyring started; who cannot do that does not need what lies behind. */
static enum kith_status add_way_out(const struct kith_store_account *account, enum kith_status st,
                                    struct kith_error *err)
{
    char name[128];

    if (!err || err->reason != KITH_REASON_TOKENS_LOCKED)
        return st;
    kith_shell_word(account->public_face.name, name, sizeof(name));
    (void)kith_text_copy(err->setting, sizeof(err->setting), "tokens.keep");
    (void)kith_fail_hint(err, "`kith sign-in --again %s` makes a new one", name);
    return st;
}

/* *ret_place: where they are. */
static enum kith_status get_kept(struct kith *k, const struct kith_store_account *account, struct kith_tokens *ret,
                                 enum kith_tokens_in *ret_place, struct kith_error *err)
{
    struct kith_token_store *store;
    struct kith_buf json;
    enum kith_status st = kith_tokens_open(k, &store, err);

    if (st != KITH_OK)
        return st;
    kith_buf_init_secret(&json, TOKENS_BYTES_MAX);
    st = get(k, store, account, &json, ret_place, err);
    if (st == KITH_OK)
        st = read_kept(json.data, json.len, ret, err);
    kith_buf_done_secret(&json);
    if (st == KITH_E_NOT_FOUND)
        return kith_fail(err, KITH_E_SIGNIN_NEEDED, "no sign-in is kept for this account");
    return st == KITH_OK ? st : add_way_out(account, st, err);
}

/*
 * Where the setting, or a keyring that is there by now, wants them elsewhere. Under the account's lock: nobody renews
 * them meanwhile. What fails here leaves them where they are, which is no failure.
 */
static void move_home(const struct kith_token_access *access, const struct kith_tokens *tokens,
                      enum kith_tokens_in place)
{
    struct kith_token_store *store;

    if (!access->unlocked && kith_tokens_open(access->k, &store, NULL) == KITH_OK &&
        kith_token_store_where(store) != place)
        (void)kith_tokens_keep(access->k, access->account, tokens, NULL);
}

/*
 * What a refused refresh of Google's means, where more is known than the provider says: a sign-in whose end was told
 * beforehand has come to it, and a permission that was never used has not been "removed".
 */
static enum kith_status look_closer(const struct kith_token_access *access, const struct kith_tokens *kept,
                                    enum kith_status st, struct kith_error *err)
{
    bool ended = kept->ends_at_s > 0 && kept->ends_at_s <= kith_clock_now_s();
    bool never_used = access->account->public_face.last_import_s == 0;

    if (st != KITH_E_PERMISSION_REMOVED || access->provider.provider.source != KITH_SOURCE_GOOGLE ||
        !(ended || never_used))
        return st;
    if (err)
        err->status = KITH_E_SIGNIN_NEEDED;
    return ended ? kith_fail_context(err, KITH_E_SIGNIN_NEEDED, "the sign-in was given for a limited time")
                 : KITH_E_SIGNIN_NEEDED;
}

static void copy_access(struct kith_tokens *to, const struct kith_tokens *from)
{
    kith_buf_clear(&to->access);
    (void)kith_buf_add(&to->access, from->access.data, from->access.len);
}

static enum kith_status refresh(struct kith_token_access *access, struct kith_tokens *kept, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_tokens) fresh;
    enum kith_status st;

    kith_tokens_init(&fresh);
    if (kept->refresh.len == 0)
        return kith_fail(err, KITH_E_SIGNIN_NEEDED, "the sign-in has ended and cannot be renewed without you");
    st = kith_oauth_refresh(access->http, &access->provider.provider, kith_buf_text(&kept->refresh), access->cancel,
                            &fresh, err);
    if (st != KITH_OK)
        return look_closer(access, kept, st, err);
    if (fresh.refresh.len == 0) { /* no new one: the old one goes on */
        (void)kith_buf_add(&fresh.refresh, kept->refresh.data, kept->refresh.len);
        if (fresh.ends_at_s == 0)
            fresh.ends_at_s = kept->ends_at_s;
    }
    st = kith_tokens_keep(access->k, access->account, &fresh, err);
    if (st != KITH_OK)
        return st;
    copy_access(kept, &fresh);
    return KITH_OK;
}

/*
 * Without the account's lock a sign-out could come between asking for tokens and keeping them: a usable sign-in would
 * be left behind. So the lock is taken for this moment, and what was kept is read again under it; who imports the
 * account by now has perhaps renewed it already.
 */
static enum kith_status refresh_locked(struct kith_token_access *access, struct kith_tokens *kept,
                                       struct kith_error *err)
{
    KITH_AUTO(kith_account_lock) lock = NULL;
    KITH_AUTO_DONE(kith_tokens) now;
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    enum kith_status st;

    kith_tokens_init(&now);
    if (!access->unlocked)
        return refresh(access, kept, err);
    st = kith_account_lock_take(access->k->data_dir, access->account->public_face.id, &lock, err);
    if (st == KITH_OK)
        st = get_kept(access->k, access->account, &now, &place, err);
    if (st == KITH_OK && strcmp(kith_buf_text(&now.access), kith_buf_text(&kept->access)) == 0)
        st = refresh(access, &now, err);
    if (st == KITH_OK)
        copy_access(kept, &now);
    return st;
}

enum kith_status kith_token_access_get(void *ctx, bool force, struct kith_buf *out, struct kith_error *err)
{
    struct kith_token_access *access = ctx;
    KITH_AUTO_DONE(kith_tokens) tokens;
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    enum kith_status st;

    kith_tokens_init(&tokens);
    st = get_kept(access->k, access->account, &tokens, &place, err);
    if (st == KITH_OK)
        move_home(access, &tokens, place);
    if (st == KITH_OK && (force || tokens.access.len == 0 || tokens.expires_at_s < kith_clock_now_s() + SPARE_LIFE_S))
        st = refresh_locked(access, &tokens, err);
    if (st != KITH_OK)
        return st;
    if (!kith_buf_add(out, tokens.access.data, tokens.access.len))
        return kith_fail(err, KITH_E_SERVICE, "the access token is too long");
    return KITH_OK;
}

/* --- Leaving ------------------------------------------------------------------- */

/* The refresh token stands for everything that was granted; an access token takes its refresh token along. */
static void give_back(struct kith *k, const struct kith_provider *provider, const struct kith_tokens *tokens)
{
    const struct kith_buf *token = tokens->refresh.len > 0 ? &tokens->refresh : &tokens->access;
    char ca_file[KITH_SETTING_BYTES], proxy[KITH_SETTING_BYTES];
    const struct kith_http_config config = {.source = provider->source, .ca_file = ca_file, .proxy = proxy};
    KITH_AUTO(kith_http) http = NULL;

    if (token->len == 0)
        return;
    kith_config_get(k->config, KITH_SET_NETWORK_CA_FILE, ca_file);
    kith_config_get(k->config, KITH_SET_NETWORK_PROXY, proxy);
    http = kith_http_new(&config);
    (void)kith_oauth_revoke(http, provider, kith_buf_text(token), NULL); /* best effort, as promised */
}

enum kith_status kith_tokens_give_back(struct kith *k, const struct kith_store_account *account, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_tokens) tokens;
    struct kith_provider_in_use provider;
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    enum kith_status st;

    kith_tokens_init(&tokens);
    /* Whose provider or tokens cannot be found out has nothing to give back. */
    bool known = kith_provider_get(k->config, account->public_face.source, &provider, NULL) == KITH_OK &&
                 provider.provider.revoke_url[0] != '\0' && get_kept(k, account, &tokens, &place, NULL) == KITH_OK;
    st = kith_tokens_forget(k, account, err);
    if (st == KITH_OK && known)
        give_back(k, &provider.provider, &tokens);
    return st;
}
