/* SPDX-License-Identifier: MIT */
/*
 * import_worker.c - see import_worker.h.
 *
 * Before: parse/ has made a page of contacts out of a response.
 * After:  import_apply.c writes what was spooled, in one transaction.
 *
 * An unchanged contact costs one look into the store and nothing more: its numbers are not
 * understood again, its keys are not made again.
 */
#include "engine/import_worker.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"

enum { QUEUE_PAGES = 4 };

struct kith_import_worker {
    struct kith *k;
    struct kith_spool *spool;
    bool anew;
    const struct kith_cancel *cancel;
    struct kith_store_lookup *lookup;
    struct kith_normaliser *normaliser;
    pthread_t thread;
    bool running;

    pthread_mutex_t lock; /* over what follows */
    pthread_cond_t changed;
    struct kith_page *queue[QUEUE_PAGES];
    size_t n_queued;
    bool no_more; /* no page will come */
    bool stop;    /* do not even finish those that came */
    enum kith_status st;
    struct kith_error error;
    struct kith_import_counts counts;
};

/* --- On the worker's thread ---------------------------------------------------- */

static enum kith_status spool_contact(struct kith_import_worker *worker, struct kith_contact *contact,
                                      struct kith_arena *arena, struct kith_keys *keys,
                                      struct kith_import_counts *counts, struct kith_error *err)
{
    enum kith_store_known known;
    int64_t id = 0;
    enum kith_status st = kith_store_lookup(worker->lookup, contact->source_id, contact->change_key, &known, &id, err);

    if (st != KITH_OK)
        return st;
    if (contact->partial)
        counts->n_partial++;
    if (known == KITH_STORE_NEW)
        counts->n_new++;
    else if (known == KITH_STORE_CHANGED)
        counts->n_changed++;
    else
        counts->n_same++;
    if (known == KITH_STORE_SAME && !worker->anew)
        return kith_spool_keep(worker->spool, id, err);
    kith_normalise_contact(worker->normaliser, contact, arena);
    st = kith_normalise_number_status(err); /* a number that was not read would be kept like that */
    if (st != KITH_OK)
        return st;
    kith_keys_clear(keys);
    kith_normalise_keys(worker->normaliser, contact, keys);
    return kith_spool_put(worker->spool, contact, keys, err);
}

/* A source may tell of many that it removed and that never were here. */
static enum kith_status spool_removed(struct kith_import_worker *worker, const struct kith_page *page,
                                      struct kith_import_counts *counts, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < page->n_removed && st == KITH_OK; i++) {
        enum kith_store_known known = KITH_STORE_NEW;
        int64_t id;

        st = kith_store_lookup(worker->lookup, page->removed[i], "", &known, &id, err);
        counts->n_gone += known != KITH_STORE_NEW;
        if (st == KITH_OK)
            st = kith_spool_gone(worker->spool, page->removed[i], page->removed_from, err);
    }
    return st;
}

static enum kith_status spool_page(struct kith_import_worker *worker, struct kith_page *page, struct kith_keys *keys,
                                   struct kith_error *err)
{
    struct kith_import_counts counts = {0};

    for (size_t i = 0; i < page->n_contacts; i++) {
        enum kith_status st;

        if (kith_cancel_is_set(worker->cancel))
            return kith_fail(err, KITH_E_CANCELLED, "cancelled");
        st = spool_contact(worker, &page->contacts[i], page->arena, keys, &counts, err);
        if (st != KITH_OK)
            return st;
    }
    enum kith_status st = spool_removed(worker, page, &counts, err);
    if (st != KITH_OK)
        return st;
    (void)pthread_mutex_lock(&worker->lock);
    worker->counts.n_new += counts.n_new;
    worker->counts.n_changed += counts.n_changed;
    worker->counts.n_same += counts.n_same;
    worker->counts.n_partial += counts.n_partial;
    worker->counts.n_gone += counts.n_gone;
    (void)pthread_mutex_unlock(&worker->lock);
    return KITH_OK;
}

/* The next page, NULL when there is nothing left to do. */
static struct kith_page *take_page(struct kith_import_worker *worker)
{
    struct kith_page *page = NULL;

    (void)pthread_mutex_lock(&worker->lock);
    while (worker->n_queued == 0 && !worker->no_more && !worker->stop)
        (void)pthread_cond_wait(&worker->changed, &worker->lock);
    if (worker->n_queued > 0 && !worker->stop) {
        page = worker->queue[0];
        worker->n_queued--;
        memmove(&worker->queue[0], &worker->queue[1], worker->n_queued * sizeof(page));
        (void)pthread_cond_broadcast(&worker->changed);
    }
    (void)pthread_mutex_unlock(&worker->lock);
    return page;
}

static void note_failure(struct kith_import_worker *worker, enum kith_status st, const struct kith_error *error)
{
    (void)pthread_mutex_lock(&worker->lock);
    worker->st = st;
    worker->error = *error;
    worker->stop = true;
    (void)pthread_cond_broadcast(&worker->changed);
    (void)pthread_mutex_unlock(&worker->lock);
}

static void *work(void *arg)
{
    struct kith_import_worker *worker = arg;
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_page *page;

    kith_keys_init(&keys);
    while ((page = take_page(worker))) {
        struct kith_error error = {0};
        enum kith_status st = spool_page(worker, page, &keys, &error);

        kith_page_free(page);
        if (st != KITH_OK)
            note_failure(worker, st, &error);
    }
    return NULL;
}

/* --- On the import's thread ----------------------------------------------------- */

enum kith_status kith_import_worker_new(struct kith *k, int64_t account_id, struct kith_spool *spool, bool anew,
                                        const struct kith_cancel *cancel, struct kith_import_worker **ret,
                                        struct kith_error *err)
{
    KITH_AUTO(kith_import_worker) worker = kith_xnew(struct kith_import_worker);
    enum kith_status st;

    worker->k = k;
    worker->spool = spool;
    worker->anew = anew;
    worker->cancel = cancel;
    (void)pthread_mutex_init(&worker->lock, NULL); /* with default attributes these cannot fail on Linux */
    (void)pthread_cond_init(&worker->changed, NULL);
    st = kith_store_lookup_new(k->store, account_id, &worker->lookup, err);
    if (st != KITH_OK)
        return st;
    worker->normaliser = kith_normaliser_borrow(k);
    if (pthread_create(&worker->thread, NULL, work, worker) != 0)
        return kith_fail(err, KITH_E_INTERNAL, "no thread could be started");
    worker->running = true;
    *ret = KITH_TAKE(worker);
    return KITH_OK;
}

static enum kith_status failure_of(struct kith_import_worker *worker, struct kith_error *err)
{
    if (worker->st != KITH_OK && err)
        *err = worker->error;
    return worker->st;
}

enum kith_status kith_import_worker_push(struct kith_import_worker *worker, struct kith_page *page,
                                         struct kith_error *err)
{
    enum kith_status st;

    (void)pthread_mutex_lock(&worker->lock);
    while (worker->n_queued == QUEUE_PAGES && !worker->stop)
        (void)pthread_cond_wait(&worker->changed, &worker->lock);
    if (!worker->stop) {
        worker->queue[worker->n_queued++] = KITH_TAKE(page);
        (void)pthread_cond_broadcast(&worker->changed);
    }
    st = failure_of(worker, err);
    (void)pthread_mutex_unlock(&worker->lock);
    kith_page_free(page);
    return st;
}

static void join(struct kith_import_worker *worker, bool stop)
{
    if (!worker->running)
        return;
    (void)pthread_mutex_lock(&worker->lock);
    worker->no_more = true;
    worker->stop = worker->stop || stop;
    (void)pthread_cond_broadcast(&worker->changed);
    (void)pthread_mutex_unlock(&worker->lock);
    (void)pthread_join(worker->thread, NULL); /* it was started and never joined before */
    worker->running = false;
}

/* What the thread worked with goes at once: the transaction that follows can use the normaliser, which took its time to
 * open its rules. */
static void give_back(struct kith_import_worker *worker)
{
    kith_store_lookup_free(worker->lookup);
    worker->lookup = NULL;
    if (worker->normaliser)
        kith_normaliser_return(worker->k, worker->normaliser);
    worker->normaliser = NULL;
}

enum kith_status kith_import_worker_finish(struct kith_import_worker *worker, struct kith_import_counts *ret,
                                           struct kith_error *err)
{
    join(worker, /* stop= */ false);
    give_back(worker);
    if (worker->st == KITH_OK)
        *ret = worker->counts;
    return failure_of(worker, err);
}

void kith_import_worker_free(struct kith_import_worker *worker)
{
    if (!worker)
        return;
    join(worker, /* stop= */ true);
    for (size_t i = 0; i < worker->n_queued; i++)
        kith_page_free(worker->queue[i]);
    give_back(worker);
    (void)pthread_cond_destroy(&worker->changed);
    (void)pthread_mutex_destroy(&worker->lock);
    free(worker);
}
