/* SPDX-License-Identifier: MIT */
/*
 * kith_open.c - the handle: finds the folders, opens configuration and store, closes them again.
 *
 * Opening is on the way of every command, so nothing is done here that can wait: no ICU
 * object, no keyring, no network.
 */
#include <kith/kith.h>

#include <glib.h>
#include <sodium.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"
#include "engine/handle.h"
#include "kith_config.h"

const char *kith_version(void)
{
    return KITH_VERSION;
}

const char *kith_data_dir(const struct kith *k)
{
    return k->data_dir;
}

/* --- Normalisers: costly to make, one thread each ---------------------------- */

struct kith_normaliser *kith_normaliser_borrow(struct kith *k)
{
    char region[KITH_SETTING_BYTES];
    struct kith_normaliser *n = NULL;

    kith_config_get(k->config, KITH_SET_IMPORT_REGION, region);
    (void)pthread_mutex_lock(&k->lock);
    if (strcmp(region, k->idle_region) != 0) {
        while (k->n_idle > 0)
            kith_normaliser_free(k->idle[--k->n_idle]);
        (void)kith_text_copy(k->idle_region, sizeof(k->idle_region), region);
    }
    if (k->n_idle > 0)
        n = k->idle[--k->n_idle];
    (void)pthread_mutex_unlock(&k->lock);
    return n ? n : kith_normaliser_new(k->language, region);
}

void kith_normaliser_return(struct kith *k, struct kith_normaliser *n)
{
    (void)pthread_mutex_lock(&k->lock);
    if (k->n_idle < KITH_NORMALISERS_MAX && strcmp(kith_normaliser_region(n), k->idle_region) == 0) {
        k->idle[k->n_idle++] = n;
        n = NULL;
    }
    (void)pthread_mutex_unlock(&k->lock);
    kith_normaliser_free(n);
}

/* What the store asks for when it takes a contact out of its index. */
static void keys_for_store(void *ctx, const struct kith_contact *contact, struct kith_keys *keys)
{
    struct kith *k = ctx;
    struct kith_normaliser *n = kith_normaliser_borrow(k);

    kith_normalise_keys(n, contact, keys);
    kith_normaliser_return(k, n);
}

/* What it compares texts with, to say where something was found. */
static void fold_for_store(void *ctx, const char *text, struct kith_buf *out)
{
    struct kith *k = ctx;
    struct kith_normaliser *n = kith_normaliser_borrow(k);

    kith_normalise_fold(n, text, out);
    kith_normaliser_return(k, n);
}

enum kith_status kith_tokens_open(struct kith *k, struct kith_token_store **ret, struct kith_error *err)
{
    static const struct {
        const char *word;
        enum kith_token_keep keep;
    } keeps[] = {{"auto", KITH_KEEP_AUTO}, {"keyring", KITH_KEEP_KEYRING}, {"file", KITH_KEEP_FILE}};
    char word[KITH_SETTING_BYTES];
    enum kith_token_keep keep = KITH_KEEP_AUTO;
    enum kith_status st = KITH_OK;

    kith_config_get(k->config, KITH_SET_TOKENS_KEEP, word);
    for (size_t i = 0; i < KITH_COUNT_OF(keeps); i++)
        if (strcmp(keeps[i].word, word) == 0)
            keep = keeps[i].keep;
    (void)pthread_mutex_lock(&k->tokens_lock);
    if (!k->tokens)
        st = kith_token_store_open(k->data_dir, "", keep, &k->tokens, err);
    if (st == KITH_OK)
        *ret = k->tokens;
    (void)pthread_mutex_unlock(&k->tokens_lock);
    return st;
}

/* --- Opening ------------------------------------------------------------------- */

static enum kith_status find_folders(const struct kith_options *options, struct kith *k, char *config_path,
                                     size_t config_path_size, struct kith_error *err)
{
    bool fits;

    if (options && options->data_dir && options->data_dir[0])
        fits = kith_text_copy(k->data_dir, sizeof(k->data_dir), options->data_dir);
    else
        fits = kith_file_join(k->data_dir, sizeof(k->data_dir), g_get_user_data_dir(), "kith");
    if (options && options->config_file && options->config_file[0])
        fits = fits && kith_text_copy(config_path, config_path_size, options->config_file);
    else
        fits = fits && kith_file_join(config_path, config_path_size, g_get_user_config_dir(), "kith/config");
    if (!fits)
        return kith_fail(err, KITH_E_USAGE, "the path of the data folder or of the configuration is too long");
    return KITH_OK;
}

/* "sv_SE" of "sv_SE.UTF-8"; "" for the C locale. */
static void find_language(const struct kith_options *options, struct kith *k)
{
    const char *const variables[] = {"LC_ALL", "LC_COLLATE", "LANG"};
    const char *name = options ? options->language : NULL;
    size_t len;

    for (size_t i = 0; i < KITH_COUNT_OF(variables) && kith_text_is_empty(name); i++)
        name = getenv(variables[i]);
    if (kith_text_is_empty(name) || strcmp(name, "POSIX") == 0 || strcmp(name, "C") == 0 ||
        kith_text_starts_with(name, "C."))
        return;
    len = strcspn(name, ".@");
    (void)kith_text_copy_n(k->language, sizeof(k->language), name, len);
}

/*
 * A program without a locale (a cron job) keeps the order that a person's session chose: else the two would
 * sort all contacts anew in turn. The last language chosen is a small file beside the store.
 */
static void remember_language(struct kith *k)
{
    KITH_AUTO_DONE(kith_buf) kept;
    char path[4096];
    const char *before;

    kith_buf_init(&kept, sizeof(k->language) - 1);
    if (!kith_file_join(path, sizeof(path), k->data_dir, "language"))
        return;
    (void)kith_file_read(path, &kept, NULL); /* not there, or unreadable: nothing was chosen */
    before = kith_buf_text(&kept);
    if (k->language[0] == '\0') {
        if (before[strspn(before, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-")] == '\0')
            (void)kith_text_copy(k->language, sizeof(k->language), before);
    } else if (strcmp(before, k->language) != 0) {
        (void)kith_file_replace(path, k->language, strlen(k->language),
                                NULL); /* a read-only folder fails at the store */
    }
}

static enum kith_status open_store(struct kith *k, bool even_unusable, struct kith_error *err)
{
    struct kith_store_keys_fn keys = {.keys = keys_for_store, .fold = fold_for_store, .ctx = k};
    struct kith_normaliser *n;
    enum kith_status st = kith_file_make_dir(k->data_dir, err);

    if (st != KITH_OK && !even_unusable)
        return st;
    remember_language(k);
    n = kith_normaliser_borrow(k);
    keys.version = kith_normaliser_version();
    keys.sort_version = kith_normaliser_sort_version(n);
    k->store = kith_store_new(k->data_dir, &keys);
    kith_normaliser_return(k, n);
    st = kith_store_ready(k->store, err);
    return even_unusable ? KITH_OK : st;
}

enum kith_status kith_open(const struct kith_options *options, struct kith **ret, struct kith_error *err)
{
    struct kith *k = kith_xnew(struct kith);
    char config_path[4096];
    enum kith_status st;

    (void)pthread_mutex_init(&k->tokens_lock, NULL); /* with default attributes these cannot fail on Linux */
    (void)pthread_mutex_init(&k->lock, NULL);
    if (sodium_init() < 0) {
        kith_close(k);
        return kith_fail(err, KITH_E_INTERNAL, "the system's random source does not work");
    }
    find_language(options, k);
    st = find_folders(options, k, config_path, sizeof(config_path), err);
    if (st == KITH_OK)
        st = kith_config_new(config_path, options ? options->set : NULL, &k->config, err);
    if (st == KITH_OK)
        st = open_store(k, options && options->even_unusable, err);
    if (st != KITH_OK) {
        kith_close(k);
        return st;
    }
    *ret = k;
    return KITH_OK;
}

void kith_close(struct kith *k)
{
    if (!k)
        return;
    kith_store_close(k->store);
    kith_token_store_close(k->tokens);
    while (k->n_idle > 0)
        kith_normaliser_free(k->idle[--k->n_idle]);
    kith_config_free(k->config);
    (void)pthread_mutex_destroy(&k->lock);
    (void)pthread_mutex_destroy(&k->tokens_lock);
    free(k);
}

uint64_t kith_data_version(struct kith *k)
{
    return kith_store_data_version(k->store);
}

enum kith_status kith_settings_get(struct kith *k, struct kith_settings **ret, struct kith_error *err)
{
    return kith_config_all(k->config, ret, err);
}

enum kith_status kith_setting_set(struct kith *k, const char *key, const char *value, struct kith_error *err)
{
    return kith_config_set(k->config, key, value, err);
}

/* --- Health -------------------------------------------------------------------- */

static bool is_set(struct kith *k, enum kith_setting_id id)
{
    char value[KITH_SETTING_BYTES];

    kith_config_get(k->config, id, value);
    return value[0] != '\0';
}

/* The first account whose sign-in is where nobody gets at it now. */
static void find_out_of_reach(const struct kith_accounts *accounts, const struct kith_token_store *tokens,
                              char *problem, size_t problem_size)
{
    for (size_t i = 0; i < accounts->n; i++) {
        if (!kith_token_store_misses(tokens, accounts->account[i].tokens_in))
            continue;
        (void)kith_text_format(problem, problem_size,
                               "the sign-in of \"%s\" lies in the desktop's keyring, which cannot be reached",
                               accounts->account[i].name);
        return;
    }
}

enum kith_status kith_health_get(struct kith *k, bool deep, struct kith_health *ret, struct kith_error *err)
{
    struct kith_health health = {.checked = deep, .store_sound = true};
    KITH_AUTO(kith_accounts) accounts = NULL;
    struct kith_token_store *tokens = NULL;
    struct kith_error problem = {0};
    char region[KITH_SETTING_BYTES];
    enum kith_status st;

    st = kith_accounts_get(k, &accounts, err);
    if (st != KITH_OK)
        return st;
    (void)kith_text_copy(health.version, sizeof(health.version), KITH_VERSION);
    (void)kith_text_copy(health.store_version, sizeof(health.store_version), kith_store_library_version());
    (void)kith_text_copy(health.data_dir, sizeof(health.data_dir), k->data_dir);
    (void)kith_text_copy(health.config_file, sizeof(health.config_file), kith_config_path(k->config));
    (void)kith_text_copy(health.language, sizeof(health.language), k->language);
    kith_config_get(k->config, KITH_SET_IMPORT_REGION, region);
    (void)kith_text_copy(health.region, sizeof(health.region), region);
    health.schema = kith_store_schema(k->store);
    health.store_bytes = kith_store_bytes(k->store);
    health.n_contacts = kith_store_count(k->store, 0);
    health.n_accounts = (int64_t)accounts->n;
    health.microsoft_ready = is_set(k, KITH_SET_MICROSOFT_CLIENT_ID);
    health.google_ready = is_set(k, KITH_SET_GOOGLE_CLIENT_ID) && is_set(k, KITH_SET_GOOGLE_CLIENT_SECRET);
    (void)kith_config_find_unknown(k->config, health.problem, sizeof(health.problem)); /* what follows weighs more */
    if (kith_tokens_open(k, &tokens, &problem) == KITH_OK) {
        (void)kith_text_copy(health.tokens_in, sizeof(health.tokens_in),
                             kith_tokens_in_id(kith_token_store_where(tokens)));
        find_out_of_reach(accounts, tokens, health.problem, sizeof(health.problem));
    } else {
        (void)kith_text_copy(health.problem, sizeof(health.problem), problem.message);
    }
    if (deep && kith_store_check(k->store, &problem) != KITH_OK) {
        health.store_sound = false;
        (void)kith_text_copy(health.problem, sizeof(health.problem), problem.message);
    }
    *ret = health;
    return KITH_OK;
}

enum kith_status kith_repair(struct kith *k, struct kith_repair *ret, struct kith_error *err)
{
    return kith_store_repair(k->store, ret, err);
}

enum kith_status kith_remove_everything(struct kith *k, struct kith_error *err)
{
    KITH_AUTO(kith_accounts) accounts = NULL;
    struct kith_token_store *tokens;
    enum kith_status st = kith_accounts_get(k, &accounts, err);

    for (size_t i = 0; st == KITH_OK && i < accounts->n; i++)
        st = kith_sign_out(k, accounts->account[i].name, /* keep_contacts= */ false, err);
    if (st == KITH_OK)
        st = kith_tokens_open(k, &tokens, err);
    if (st == KITH_OK)
        st = kith_token_store_clear(tokens, err);
    if (st == KITH_OK)
        st = kith_store_clear(k->store, err);
    return st;
}
