/* SPDX-License-Identifier: MIT */
/*
 * contact_sink.h - where a reader of files puts the contacts it finds, one after the other.
 *
 * A file may hold any number of contacts, so no reader collects them: it hands each one on and begins anew.
 */
#pragma once

#include "model/contact_parts.h"
#include "model/field_report.h"

struct kith_contact_sink {
    /*
     * One contact. It and its strings live in arena, which the reader empties afterwards. source_id is the file's own
     * stable name for it (a vCard's UID) or "", folder the path in the file or "". Anything but KITH_OK ends the
     * reading, which then fails with that.
     */
    enum kith_status (*contact)(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                struct kith_error *err);
    /* A record that was left out, or not read whole: what it was ("contact list", "card 12") and why. NULL: not told.
     */
    void (*skipped)(void *ctx, const char *what, const char *why);
    struct kith_field_report *report; /* NULL: not wanted */
    void *ctx;
};
