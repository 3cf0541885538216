/* SPDX-License-Identifier: MIT */
/*
 * token_keyring.c - values in the desktop's Secret Service; see token_keyring.h.
 *
 * libsecret's calls wait for as long as the bus and the service like, and the service may wait
 * for a person. So each runs on a thread of its own, as a job that is left to itself when the
 * time is up; the last of the two who holds the job frees it.
 */
#include "signin/token_keyring.h"

#include "kith_config.h"

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"

#if KITH_HAVE_SECRET

#include <limits.h>
#include <pthread.h>
#include <stdatomic.h>

#include <libsecret/secret.h>

enum {
    PATIENCE_MS = 3000,
    GRACE_MS = 200,
    SILENCE_MS = 60 * 1000, /* for so long it is not asked again, once it did not answer in time */
};

struct kith_token_keyring {
    char folder[PATH_MAX];
    _Atomic int64_t silent_until_ms; /* by the monotonic clock; 0: it answers */
};

/* Items are found by these attributes, in any keyring program. */
static const SecretSchema schema = {
    .name = "kith.Token",
    .flags = SECRET_SCHEMA_NONE,
    .attributes = {{"folder", SECRET_SCHEMA_ATTRIBUTE_STRING}, {"key", SECRET_SCHEMA_ATTRIBUTE_STRING}},
};

enum outcome { OUTCOME_FAILED, OUTCOME_DONE, OUTCOME_NO_SERVICE, OUTCOME_NOT_FOUND, OUTCOME_LOCKED };

struct job {
    atomic_int holders;
    enum outcome (*run)(struct job *job, SecretService *service, GError **error);
    char *folder;
    char *key;   /* NULL: all keys of the folder */
    char *value; /* a secret: to put, or what was got */
    GCancellable *cancellable;

    pthread_mutex_t mutex; /* guards what follows */
    pthread_cond_t ended;
    bool has_ended;
    enum outcome outcome;
    char message[160];
};

/* --- Jobs ---------------------------------------------------------------- */

static struct job *job_new(const struct kith_token_keyring *keyring, const char *key, const char *value)
{
    struct job *job = kith_xnew(struct job);
    pthread_condattr_t attributes;

    atomic_init(&job->holders, 1);
    job->folder = kith_xstrdup(keyring->folder);
    job->key = key ? kith_xstrdup(key) : NULL;
    job->value = value ? kith_xstrdup(value) : NULL;
    job->cancellable = g_cancellable_new();
    /* None of these can fail on Linux with these arguments. */
    (void)pthread_mutex_init(&job->mutex, NULL);
    (void)pthread_condattr_init(&attributes);
    (void)pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&job->ended, &attributes);
    (void)pthread_condattr_destroy(&attributes);
    return job;
}

static void job_release(struct job *job)
{
    if (atomic_fetch_sub(&job->holders, 1) != 1)
        return;
    if (job->value)
        explicit_bzero(job->value, strlen(job->value));
    free(job->value);
    free(job->key);
    free(job->folder);
    g_object_unref(job->cancellable);
    (void)pthread_cond_destroy(&job->ended); /* nobody waits any more */
    (void)pthread_mutex_destroy(&job->mutex);
    free(job);
}

static void *run_job(void *ctx)
{
    struct job *job = ctx;
    GError *error = NULL;
    GMainContext *context = g_main_context_new(); /* not the program's: a GTK face runs its own meanwhile */

    g_main_context_push_thread_default(context);
    SecretService *service = secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, job->cancellable, &error);
    enum outcome outcome = service ? job->run(job, service, &error) : OUTCOME_NO_SERVICE;
    if (service)
        g_object_unref(service);
    g_main_context_pop_thread_default(context);
    g_main_context_unref(context);

    (void)pthread_mutex_lock(&job->mutex); /* a plain mutex, held by nobody who could fail */
    job->outcome = outcome;
    (void)kith_text_copy(job->message, sizeof(job->message), error ? error->message : ""); /* cut: it only explains */
    job->has_ended = true;
    (void)pthread_cond_signal(&job->ended);
    (void)pthread_mutex_unlock(&job->mutex);
    g_clear_error(&error);
    job_release(job);
    return NULL;
}

static struct timespec moment_in(int ms)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t); /* cannot fail for this clock */
    t.tv_sec += ms / 1000;
    t.tv_nsec += (long)(ms % 1000) * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

/* true: the job has ended within that time. */
static bool await_job(struct job *job, int ms)
{
    struct timespec until = moment_in(ms);
    int code = 0;

    (void)pthread_mutex_lock(&job->mutex); /* as above */
    while (!job->has_ended && code == 0)
        code = pthread_cond_timedwait(&job->ended, &job->mutex, &until);
    bool ended = job->has_ended;
    (void)pthread_mutex_unlock(&job->mutex);
    return ended;
}

static bool start_job(struct job *job)
{
    pthread_t thread;

    atomic_store(&job->holders, 2);
    if (pthread_create(&thread, NULL, run_job, job) != 0) {
        atomic_store(&job->holders, 1);
        return false;
    }
    (void)pthread_detach(thread); /* it was just made: cannot fail */
    return true;
}

/* Run the job within its time; the caller releases it and reads nothing of it unless it ended. */
static bool run_in_time(struct kith_token_keyring *keyring, struct job *job)
{
    if (kith_clock_monotonic_ms() < atomic_load(&keyring->silent_until_ms) || !start_job(job))
        return false;
    if (await_job(job, PATIENCE_MS))
        return true;
    g_cancellable_cancel(job->cancellable);
    atomic_store(&keyring->silent_until_ms, kith_clock_monotonic_ms() + SILENCE_MS);
    kith_log_debug(KITH_LOG_SIGNIN, "the keyring gave no answer in %d ms", (int)PATIENCE_MS);
    return await_job(job, GRACE_MS) && job->outcome == OUTCOME_DONE;
}

/* --- What they do -------------------------------------------------------- */

static GHashTable *attributes_of(const struct job *job)
{
    GHashTable *attributes = g_hash_table_new(g_str_hash, g_str_equal);

    g_hash_table_insert(attributes, (char *)"folder", job->folder);
    if (job->key)
        g_hash_table_insert(attributes, (char *)"key", job->key);
    return attributes;
}

/* The keyring that new items go to; NULL when there is none, or, with OUTCOME_LOCKED, when a person must unlock it. */
static enum outcome check_default(struct job *job, SecretService *service, GError **error)
{
    SecretCollection *collection = secret_collection_for_alias_sync(service, SECRET_COLLECTION_DEFAULT,
                                                                    SECRET_COLLECTION_NONE, job->cancellable, error);
    if (!collection)
        return *error ? OUTCOME_FAILED : OUTCOME_NOT_FOUND;
    enum outcome outcome = secret_collection_get_locked(collection) ? OUTCOME_LOCKED : OUTCOME_DONE;
    g_object_unref(collection);
    return outcome;
}

static enum outcome do_put(struct job *job, SecretService *service, GError **error)
{
    enum outcome outcome = check_default(job, service, error);
    if (outcome != OUTCOME_DONE)
        return outcome == OUTCOME_NOT_FOUND ? OUTCOME_FAILED : outcome;

    GHashTable *attributes = attributes_of(job);
    SecretValue *secret = secret_value_new(job->value, -1, "text/plain");
    gboolean stored = secret_service_store_sync(service, &schema, attributes, SECRET_COLLECTION_DEFAULT,
                                                "kith: sign-in", secret, job->cancellable, error);
    secret_value_unref(secret);
    g_hash_table_unref(attributes);
    return stored ? OUTCOME_DONE : OUTCOME_FAILED;
}

static char *dup_secret(SecretItem *item)
{
    SecretValue *secret = secret_item_get_secret(item);
    const char *text = secret ? secret_value_get_text(secret) : NULL;
    char *copy = text ? kith_xstrdup(text) : NULL;

    if (secret)
        secret_value_unref(secret);
    return copy;
}

static enum outcome do_get(struct job *job, SecretService *service, GError **error)
{
    GHashTable *attributes = attributes_of(job);
    GList *items =
        secret_service_search_sync(service, &schema, attributes, SECRET_SEARCH_LOAD_SECRETS, job->cancellable, error);
    enum outcome outcome = *error ? OUTCOME_FAILED : OUTCOME_NOT_FOUND;

    if (items) {
        job->value = dup_secret(items->data);
        outcome = job->value ? OUTCOME_DONE : OUTCOME_LOCKED;
    }
    g_list_free_full(items, g_object_unref);
    g_hash_table_unref(attributes);
    return outcome;
}

/* Items of a locked keyring cannot be removed; that they are there is said, not hidden. */
static enum outcome do_remove(struct job *job, SecretService *service, GError **error)
{
    GHashTable *attributes = attributes_of(job);
    GList *items = secret_service_search_sync(service, &schema, attributes, SECRET_SEARCH_ALL, job->cancellable, error);
    enum outcome outcome = *error ? OUTCOME_FAILED : OUTCOME_DONE;

    for (GList *i = items; i && outcome == OUTCOME_DONE; i = i->next) {
        if (secret_item_get_locked(i->data))
            outcome = OUTCOME_LOCKED;
        else if (!secret_item_delete_sync(i->data, job->cancellable, error))
            outcome = OUTCOME_FAILED;
    }
    g_list_free_full(items, g_object_unref);
    g_hash_table_unref(attributes);
    return outcome;
}

/* --- The interface ------------------------------------------------------- */

enum kith_status kith_token_keyring_open(const char *dir, struct kith_token_keyring **ret, struct kith_error *err)
{
    struct kith_token_keyring *keyring = kith_xnew(struct kith_token_keyring);
    (void)err; /* for who has no libsecret */
    atomic_init(&keyring->silent_until_ms, 0);
    if (!realpath(dir, keyring->folder)) /* not made yet: then by the name it will have */
        (void)kith_text_copy(keyring->folder, sizeof(keyring->folder), dir);
    *ret = keyring;
    return KITH_OK;
}

void kith_token_keyring_close(struct kith_token_keyring *keyring)
{
    free(keyring);
}

static enum kith_status fail_keyring(struct kith_error *err, const struct job *job, bool ended)
{
    if (!ended)
        return kith_fail(err, KITH_E_STORE, "the keyring does not answer");
    if (job->outcome == OUTCOME_LOCKED)
        return kith_fail_reason(err, KITH_E_STORE, KITH_REASON_TOKENS_LOCKED, "the keyring is locked");
    if (job->run != do_put && job->outcome == OUTCOME_NO_SERVICE)
        return kith_fail(err, KITH_E_OFFLINE, "there is no keyring");
    if (job->run != do_put && job->outcome == OUTCOME_NOT_FOUND)
        return kith_fail(err, KITH_E_NOT_FOUND, "no sign-in is saved under this name");
    return kith_fail(err, KITH_E_STORE, "the keyring cannot be used: %s",
                     job->message[0] != '\0' ? job->message : "there is no default keyring");
}

bool kith_token_keyring_usable(struct kith_token_keyring *keyring)
{
    struct job *job = job_new(keyring, NULL, NULL);

    job->run = check_default;
    bool ended = run_in_time(keyring, job);
    bool usable = ended && job->outcome == OUTCOME_DONE;
    kith_log_debug(KITH_LOG_SIGNIN, "keyring: %s", usable ? "usable" : ended ? "locked or missing" : "no answer");
    job_release(job);
    return usable;
}

static enum kith_status run_plain(struct kith_token_keyring *keyring, struct job *job, struct kith_error *err)
{
    bool ended = run_in_time(keyring, job);
    enum kith_status st = ended && job->outcome == OUTCOME_DONE ? KITH_OK : fail_keyring(err, job, ended);

    job_release(job);
    return st;
}

enum kith_status kith_token_keyring_put(struct kith_token_keyring *keyring, const char *key, const char *value,
                                        struct kith_error *err)
{
    struct job *job = job_new(keyring, key, value);

    job->run = do_put;
    return run_plain(keyring, job, err);
}

enum kith_status kith_token_keyring_get(struct kith_token_keyring *keyring, const char *key, struct kith_buf *value,
                                        struct kith_error *err)
{
    struct job *job = job_new(keyring, key, NULL);

    job->run = do_get;
    bool ended = run_in_time(keyring, job);
    enum kith_status st = ended && job->outcome == OUTCOME_DONE ? KITH_OK : fail_keyring(err, job, ended);
    if (st == KITH_OK && !kith_buf_add_text(value, job->value))
        st = kith_fail(err, KITH_E_STORE, "the sign-in in the keyring is too long");
    job_release(job);
    return st;
}

enum kith_status kith_token_keyring_remove(struct kith_token_keyring *keyring, const char *key, struct kith_error *err)
{
    struct job *job = job_new(keyring, key, NULL);

    job->run = do_remove;
    return run_plain(keyring, job, err);
}

enum kith_status kith_token_keyring_clear(struct kith_token_keyring *keyring, struct kith_error *err)
{
    struct job *job = job_new(keyring, NULL, NULL);

    job->run = do_remove;
    return run_plain(keyring, job, err);
}

#else /* built without libsecret */

void kith_token_keyring_close(struct kith_token_keyring *keyring)
{
    (void)keyring; /* there never is one */
}

bool kith_token_keyring_usable(struct kith_token_keyring *keyring)
{
    (void)keyring;
    return false;
}

static enum kith_status fail_missing(struct kith_error *err)
{
    return kith_fail(err, KITH_E_STORE, "this build cannot use a keyring");
}

enum kith_status kith_token_keyring_open(const char *dir, struct kith_token_keyring **ret, struct kith_error *err)
{
    (void)dir;
    (void)ret;
    return kith_fail(err, KITH_E_OFFLINE, "this build cannot use a keyring");
}

enum kith_status kith_token_keyring_put(struct kith_token_keyring *keyring, const char *key, const char *value,
                                        struct kith_error *err)
{
    (void)keyring;
    (void)key;
    (void)value;
    return fail_missing(err);
}

enum kith_status kith_token_keyring_get(struct kith_token_keyring *keyring, const char *key, struct kith_buf *value,
                                        struct kith_error *err)
{
    (void)keyring;
    (void)key;
    (void)value;
    return fail_missing(err);
}

enum kith_status kith_token_keyring_remove(struct kith_token_keyring *keyring, const char *key, struct kith_error *err)
{
    (void)keyring;
    (void)key;
    return fail_missing(err);
}

enum kith_status kith_token_keyring_clear(struct kith_token_keyring *keyring, struct kith_error *err)
{
    (void)keyring;
    return fail_missing(err);
}

#endif
