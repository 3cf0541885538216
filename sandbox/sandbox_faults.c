/* SPDX-License-Identifier: MIT */
/*
 * sandbox_faults.c - keeps the faults that were asked for and picks the one for a request.
 *
 * Before: sandbox_control.c took them in.
 * After:  sandbox_spoil.c does the damage.
 */
#include "sandbox/sandbox_faults.h"

#include <pthread.h>

#include "base/alloc.h"
#include "base/text.h"
#include "sandbox/sandbox_people.h"
#include "sandbox/sandbox_request.h"

#define MAX_FAULTS 256

struct sandbox_faults {
    pthread_mutex_t lock;
    struct sandbox_fault item[MAX_FAULTS];
    size_t n;
};

static const struct {
    const char *name;
    enum sandbox_act act;
} acts[] = {
    {"status", SANDBOX_ACT_STATUS},
    {"cut", SANDBOX_ACT_CUT},
    {"truncate", SANDBOX_ACT_TRUNCATE},
    {"malformed", SANDBOX_ACT_MALFORMED},
    {"hang", SANDBOX_ACT_HANG},
    {"wrong-type", SANDBOX_ACT_WRONG_TYPE},
    {"token-expired", SANDBOX_ACT_TOKEN_EXPIRED},
    {"loop", SANDBOX_ACT_LOOP},
    {"gone", SANDBOX_ACT_GONE},
    {"drop-items", SANDBOX_ACT_DROP_ITEMS},
    {"repeat-items", SANDBOX_ACT_REPEAT_ITEMS},
    {"empty-page", SANDBOX_ACT_EMPTY_PAGE},
    {"foreign-link", SANDBOX_ACT_FOREIGN_LINK},
    {"shuffle", SANDBOX_ACT_SHUFFLE},
    {"latency", SANDBOX_ACT_LATENCY},
    {"claims", SANDBOX_ACT_CLAIMS},
    {"close", SANDBOX_ACT_CLOSE},
};

bool sandbox_act_parse(const char *word, enum sandbox_act *ret)
{
    for (size_t i = 0; i < KITH_COUNT_OF(acts); i++) {
        if (strcmp(acts[i].name, word) == 0) {
            *ret = acts[i].act;
            return true;
        }
    }
    return false;
}

const char *sandbox_act_name(enum sandbox_act act)
{
    for (size_t i = 0; i < KITH_COUNT_OF(acts); i++)
        if (acts[i].act == act)
            return acts[i].name;
    return "";
}

struct sandbox_faults *sandbox_faults_new(void)
{
    struct sandbox_faults *faults = kith_xnew(struct sandbox_faults);

    (void)pthread_mutex_init(&faults->lock, NULL); /* cannot fail for a plain mutex */
    return faults;
}

void sandbox_faults_free(struct sandbox_faults *faults)
{
    if (!faults)
        return;
    (void)pthread_mutex_destroy(&faults->lock); /* nobody holds it any more */
    free(faults);
}

bool sandbox_faults_add(struct sandbox_faults *faults, const struct sandbox_fault *fault)
{
    bool fits;

    (void)pthread_mutex_lock(&faults->lock);
    fits = faults->n < MAX_FAULTS;
    if (fits)
        faults->item[faults->n++] = *fault;
    (void)pthread_mutex_unlock(&faults->lock);
    return fits;
}

void sandbox_faults_clear(struct sandbox_faults *faults)
{
    (void)pthread_mutex_lock(&faults->lock);
    faults->n = 0;
    (void)pthread_mutex_unlock(&faults->lock);
}

static bool fits(const struct sandbox_fault *fault, const struct sandbox_request *req)
{
    if (!kith_text_starts_with_ci(req->path, fault->path))
        return false;
    if (fault->method[0] && !kith_text_equal_ci(fault->method, req->method))
        return false;
    return fault->person == SANDBOX_NOBODY || fault->person == req->person;
}

/* Count the request; true: it is this fault's turn. */
static bool takes(struct sandbox_fault *fault)
{
    fault->seen++;
    if (fault->seen <= fault->after)
        return false;
    if (fault->times >= 0 && fault->spent >= fault->times)
        return false;
    fault->spent++;
    return true;
}

struct sandbox_fault sandbox_faults_take(struct sandbox_faults *faults, const struct sandbox_request *req)
{
    struct sandbox_fault taken = {.act = SANDBOX_ACT_NONE};

    (void)pthread_mutex_lock(&faults->lock);
    for (size_t i = 0; i < faults->n; i++) {
        if (fits(&faults->item[i], req) && takes(&faults->item[i])) {
            taken = faults->item[i];
            break;
        }
    }
    (void)pthread_mutex_unlock(&faults->lock);
    return taken;
}

static void write_fault(const struct sandbox_fault *f, struct kith_json_writer *w)
{
    kith_json_begin_object(w, NULL);
    kith_json_put_text(w, "do", sandbox_act_name(f->act));
    kith_json_put_text(w, "path", f->path);
    kith_json_put_text_if(w, "method", f->method);
    if (f->person != SANDBOX_NOBODY)
        kith_json_put_text(w, "person", sandbox_people[f->person].address);
    kith_json_put_int(w, "after", f->after);
    if (f->times >= 0)
        kith_json_put_int(w, "times", f->times);
    if (f->act == SANDBOX_ACT_STATUS)
        kith_json_put_int(w, "status", f->status);
    kith_json_put_text_if(w, "retry_after", f->retry_after);
    kith_json_put_int(w, "seen", f->seen);
    kith_json_put_int(w, "spent", f->spent);
    kith_json_end(w);
}

void sandbox_faults_write(struct sandbox_faults *faults, struct kith_json_writer *w)
{
    kith_json_begin_array(w, "faults");
    (void)pthread_mutex_lock(&faults->lock);
    for (size_t i = 0; i < faults->n; i++)
        write_fault(&faults->item[i], w);
    (void)pthread_mutex_unlock(&faults->lock);
    kith_json_end(w);
}
