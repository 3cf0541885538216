/* SPDX-License-Identifier: MIT */
/*
 * graph_envelope.h - what is the same around every list of Microsoft Graph: the items, their number, the links.
 *
 * Graph: "Paging", "Use delta query to track changes".
 */
#pragma once

#include <kith/error.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/json_read.h"

struct kith_graph_envelope {
    struct kith_json value; /* the array "value"; lives in the reader until its next document */
    int64_t count;          /* @odata.count; -1 when it does not say */
    char *next_link;        /* "" on the last page */
    char *delta_link;       /* "" unless this is the last page of a round of changes */
};

/*
 * Read json, which is taken and empty afterwards. Links go into arena. Fails with KITH_E_SERVICE when the bytes are not
 * JSON, not a list, or hold an error object (sent with 200 at times).
 */
enum kith_status kith_graph_envelope_read(struct kith_json_reader *reader, struct kith_buf *json,
                                          struct kith_arena *arena, struct kith_graph_envelope *ret,
                                          struct kith_error *err);
