/* SPDX-License-Identifier: MIT */
/*
 * web_events.h - server-sent events: what changes, told to every open page as it changes.
 *
 * Changes of this program are told at once; those of other processes are looked for while somebody
 * listens.
 */
#pragma once

#include "web_exchange.h"

struct kith_web;
struct kith_web_events;

struct kith_web_events *kith_web_events_new(struct kith_web *web);
void kith_web_events_stop(struct kith_web_events *events); /* every stream ends soon after */
void kith_web_events_free(struct kith_web_events *events); /* after the last stream */

/* Something changed here. Returns at once; any thread. NULL is fine. */
void kith_web_events_wake(struct kith_web_events *events);
