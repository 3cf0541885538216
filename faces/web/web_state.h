/* SPDX-License-Identifier: MIT */
/* web_state.h - the State of openapi.yaml: everything that a page draws but the contacts. */
#pragma once

#include <kith/kith.h>

#include "base/buf.h"
#include "base/json_write.h"

struct kith_web;

/* What hardly ever changes and costs something to ask: asked once for each data version. */
struct kith_web_device;
struct kith_web_device *kith_web_device_new(struct kith *k);
void kith_web_device_free(struct kith_web_device *device);
void kith_web_device_forget(struct kith_web_device *device); /* a setting was changed here */

enum kith_web_part { KITH_WEB_SOURCES, KITH_WEB_ACCOUNTS, KITH_WEB_SETTINGS, KITH_WEB_DEVICE, KITH_WEB_PARTS };

/* What a State is made of, taken at one moment. */
struct kith_web_snapshot {
    uint64_t data_version;
    int64_t n_contacts;
    struct kith_buf part[KITH_WEB_PARTS]; /* members, as JSON */
    struct kith_buf ids;                  /* of sign-ins and runs */
};
void kith_web_snapshot_init(struct kith_web_snapshot *snapshot);
void kith_web_snapshot_done(struct kith_web_snapshot *snapshot);
/* Nothing but the data version and the inside of sign-ins and runs differs. */
bool kith_web_snapshot_equal(const struct kith_web_snapshot *a, const struct kith_web_snapshot *b);
KITH_DEFINE_AUTO_DONE(kith_web_snapshot, kith_web_snapshot_done)

/* snapshot: initialised. */
enum kith_status kith_web_snapshot_take(struct kith_web *web, struct kith_web_snapshot *snapshot,
                                        struct kith_error *err);
/* The whole State, with the sign-ins and runs as they are now. */
void kith_web_state_write(struct kith_web *web, const struct kith_web_snapshot *snapshot, struct kith_json_writer *w,
                          const char *name);

/* import.limit and import.region as the members of an object. */
enum kith_status kith_web_settings_write(struct kith *k, struct kith_json_writer *w, const char *name,
                                         struct kith_error *err);
