/* SPDX-License-Identifier: MIT */
/* web_context.h - what all handlers share: the engine and the things that live as long as the server. */
#pragma once

#include "web_events.h"
#include "web_export.h"
#include "web_index.h"
#include "web_jobs.h"
#include "web_security.h"
#include "web_state.h"
#include "web_uploads.h"

struct kith_web {
    struct kith *k;
    struct kith_web_security security;
    struct kith_web_device *device;   /* web_state.h */
    struct kith_web_index *index;     /* the list by position */
    struct kith_web_jobs *jobs;       /* sign-ins and imports begun here */
    struct kith_web_events *events;   /* the streams of open pages */
    struct kith_web_exports *exports; /* downloads under way */
    struct kith_web_uploads *uploads; /* files that were handed over and not imported yet */
};

/* k outlives the context. */
struct kith_web *kith_web_new(struct kith *k, int port);
/* Everything that waits comes back soon after; new work is refused. */
void kith_web_stop(struct kith_web *web);
/* After kith_web_stop(), and after the last request. NULL is fine. */
void kith_web_free(struct kith_web *web);
KITH_DEFINE_AUTO(kith_web, kith_web_free)
