/* SPDX-License-Identifier: MIT */
/*
 * web_touched.c - who is new or changed since a refresh, for its banner's button "Show what changed".
 *
 * Before: web_runs.c heard it from the engine, contact by contact.
 * After:  web_index.c makes a list of them, in the order of My Contacts.
 */
#include "base/alloc.h"
#include "base/text.h"
#include "web_jobs_inside.h"

enum {
    CONTACTS_MAX = 100000, /* of one refresh: nobody looks through more */
    STEP = 256
};

void kith_web_touched_add(struct kith_web_touched *touched, int64_t contact_id)
{
    if (touched->n == CONTACTS_MAX)
        return;
    if (touched->n % STEP == 0)
        touched->id = kith_xrealloc(touched->id, touched->n + STEP, sizeof(*touched->id));
    touched->id[touched->n++] = contact_id;
}

static int compare(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Each account tells its own in order; together they are not. */
void kith_web_touched_keep(struct kith_web_jobs *jobs, struct kith_web_touched *touched)
{
    struct kith_web_touched *place = &jobs->touched[jobs->next_touched++ % KITH_WEB_SHOWN_MAX];

    free(place->id);
    *place = *touched;
    *touched = (struct kith_web_touched){0};
    if (place->n > 0)
        qsort(place->id, place->n, sizeof(*place->id), compare);
}

void kith_web_touched_clear(struct kith_web_jobs *jobs)
{
    for (size_t i = 0; i < KITH_WEB_SHOWN_MAX; i++) {
        free(jobs->touched[i].id);
        jobs->touched[i] = (struct kith_web_touched){0};
    }
}

enum kith_status kith_web_run_touched(struct kith_web_jobs *jobs, const char *id, int64_t **ret, size_t *ret_n,
                                      struct kith_error *err)
{
    const struct kith_web_touched *found = NULL;

    kith_web_jobs_lock(jobs);
    for (size_t i = 0; i < KITH_WEB_SHOWN_MAX; i++)
        if (strcmp(jobs->touched[i].run, id) == 0)
            found = &jobs->touched[i];
    if (found) {
        *ret = kith_xnew_n(int64_t, found->n + 1); /* also of none there is something to free */
        *ret_n = found->n;
        if (found->n > 0)
            memcpy(*ret, found->id, found->n * sizeof(**ret));
    }
    kith_web_jobs_unlock(jobs);
    return found ? KITH_OK : kith_web_job_not_found(id, err);
}
