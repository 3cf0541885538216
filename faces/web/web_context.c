/* SPDX-License-Identifier: MIT */
/*
 * web_context.c - makes and takes apart what all handlers share; see web_context.h.
 *
 * The order matters at the end: whoever is told of changes goes after those who change things.
 */
#include "web_context.h"

#include "base/alloc.h"

static void on_change(void *ctx)
{
    struct kith_web *web = ctx;

    kith_web_events_wake(web->events);
}

struct kith_web *kith_web_new(struct kith *k, int port)
{
    struct kith_web *web = kith_xnew(struct kith_web);

    web->k = k;
    kith_web_security_init(&web->security, port);
    web->device = kith_web_device_new(k);
    web->exports = kith_web_exports_new(k);
    web->uploads = kith_web_uploads_new(k);
    web->jobs = kith_web_jobs_new(k, port, on_change, web);
    web->index = kith_web_index_new(k, web->jobs);
    web->events = kith_web_events_new(web);
    return web;
}

void kith_web_stop(struct kith_web *web)
{
    kith_web_uploads_stop(web->uploads);
    kith_web_jobs_stop(web->jobs);
    kith_web_events_stop(web->events);
}

void kith_web_free(struct kith_web *web)
{
    if (!web)
        return;
    kith_web_stop(web);
    kith_web_index_free(web->index);
    kith_web_jobs_free(web->jobs);
    kith_web_events_free(web->events);
    kith_web_uploads_free(web->uploads);
    kith_web_exports_free(web->exports);
    kith_web_device_free(web->device);
    kith_web_security_done(&web->security);
    free(web);
}
