/* SPDX-License-Identifier: MIT */
/* parse_microsoft_folders.h - one page of Graph's contact folders becomes names and ids. */
#pragma once

#include "parse/graph_envelope.h"

struct kith_graph_folder {
    const char *id;
    const char *name; /* as the person calls it; may be "" */
};

struct kith_graph_folders {
    struct kith_graph_folder *folder;
    size_t n;
    const char *next_link; /* "" on the last page */
};

/*
 * Read one page of GET /me/contactFolders or .../childFolders. Everything of *ret lies in arena. A folder without an id
 * is left out: nothing could be asked about it. Fails as kith_graph_envelope_read() does.
 */
enum kith_status kith_parse_microsoft_folders(struct kith_json_reader *reader, struct kith_buf *json,
                                              struct kith_arena *arena, struct kith_graph_folders *ret,
                                              struct kith_error *err);
