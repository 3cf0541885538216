/* SPDX-License-Identifier: MIT */
/*
 * web_index.c - keeps the last few lists; see web_index.h.
 *
 * Before: a page asks for positions.
 * After:  web_api_contacts.c asks the engine for the rows of the ids that stand there.
 */
#include "web_index.h"

#include "base/alloc.h"
#include "base/text.h"

enum { KEPT = 4 }; /* all contacts, and the accounts that somebody looks at */

struct kith_web_index {
    struct kith *k;
    struct kith_web_jobs *jobs;
    pthread_mutex_t lock;
    struct kith_web_list *list[KEPT]; /* the last used first; NULL: free */
};

struct kith_web_index *kith_web_index_new(struct kith *k, struct kith_web_jobs *jobs)
{
    struct kith_web_index *index = kith_xnew(struct kith_web_index);

    index->k = k;
    index->jobs = jobs;
    (void)pthread_mutex_init(&index->lock, NULL); /* with default attributes it cannot fail on Linux */
    return index;
}

/* With the lock held. */
static void drop(struct kith_web_list *list)
{
    if (!list || --list->n_holders > 0)
        return;
    kith_ids_free(list->ids);
    kith_letters_free(list->letters);
    free(list);
}

void kith_web_index_free(struct kith_web_index *index)
{
    if (!index)
        return;
    for (size_t i = 0; i < KEPT; i++)
        drop(index->list[i]);
    (void)pthread_mutex_destroy(&index->lock);
    free(index);
}

void kith_web_list_return(struct kith_web_list *list)
{
    struct kith_web_index *index = list->index;

    (void)pthread_mutex_lock(&index->lock);
    drop(list);
    (void)pthread_mutex_unlock(&index->lock);
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Leave those in the list that the refresh touched, without letters: there are few. */
static enum kith_status narrow(struct kith_web_list *list, struct kith_web_jobs *jobs, struct kith_error *err)
{
    int64_t *touched = NULL;
    struct kith_ids *ids = list->ids;
    size_t n_touched, n = 0;
    enum kith_status st = kith_web_run_touched(jobs, list->run, &touched, &n_touched, err);

    if (st != KITH_OK)
        return st;
    for (size_t i = 0; i < ids->n; i++)
        if (bsearch(&ids->id[i], touched, n_touched, sizeof(*touched), compare))
            ids->id[n++] = ids->id[i];
    ids->n = n;
    list->letters->n = 0;
    free(touched);
    return KITH_OK;
}

/*
 * The version is read first: should the list change meanwhile, it is asked for again next time
 * rather than kept under a version that it does not have.
 */
static enum kith_status load(struct kith_web_index *index, const char *account, const char *run,
                             struct kith_web_list **ret, struct kith_error *err)
{
    const char *or_all = account[0] ? account : NULL;
    struct kith_web_list *list = kith_xnew(struct kith_web_list);
    enum kith_status st;

    list->index = index;
    list->n_holders = 1;
    list->data_version = kith_data_version(index->k);
    (void)kith_text_copy(list->account, sizeof(list->account), account);
    (void)kith_text_copy(list->run, sizeof(list->run), run);
    st = kith_list_ids(index->k, or_all, &list->ids, err);
    if (st == KITH_OK)
        st = kith_letters_get(index->k, or_all, &list->letters, err);
    if (st == KITH_OK && run[0] != '\0')
        st = narrow(list, index->jobs, err);
    if (st != KITH_OK) {
        drop(list);
        return st;
    }
    *ret = list;
    return KITH_OK;
}

/* Put it first; the one that was used least is dropped. */
static void keep(struct kith_web_index *index, struct kith_web_list *list, size_t from)
{
    if (from == KEPT)
        drop(index->list[--from]);
    for (size_t i = from; i > 0; i--)
        index->list[i] = index->list[i - 1];
    index->list[0] = list;
}

/* The lock is held while loading: ten requests that come together shall ask the engine once. */
static enum kith_status get_locked(struct kith_web_index *index, const char *account, const char *run,
                                   struct kith_web_list **ret, struct kith_error *err)
{
    struct kith_web_list *list;
    enum kith_status st;

    for (size_t i = 0; i < KEPT && index->list[i]; i++) {
        list = index->list[i];
        if (strcmp(list->account, account) != 0 || strcmp(list->run, run) != 0)
            continue;
        if (list->data_version == kith_data_version(index->k)) {
            keep(index, list, i);
            *ret = list;
            return KITH_OK;
        }
        st = load(index, account, run, &list, err);
        if (st != KITH_OK)
            return st;
        drop(index->list[i]);
        keep(index, list, i);
        *ret = list;
        return KITH_OK;
    }
    st = load(index, account, run, &list, err);
    if (st != KITH_OK)
        return st;
    keep(index, list, KEPT);
    *ret = list;
    return KITH_OK;
}

enum kith_status kith_web_index_get(struct kith_web_index *index, const char *account, const char *run,
                                    struct kith_web_list **ret, struct kith_error *err)
{
    enum kith_status st;

    (void)pthread_mutex_lock(&index->lock);
    st = get_locked(index, account, run, ret, err);
    if (st == KITH_OK)
        (*ret)->n_holders++;
    (void)pthread_mutex_unlock(&index->lock);
    return st;
}
