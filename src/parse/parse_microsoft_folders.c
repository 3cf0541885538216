/* SPDX-License-Identifier: MIT */
/*
 * parse_microsoft_folders.c - one page of Graph's contact folders; see parse_microsoft_folders.h.
 *
 * Before: fetch/fetch_microsoft.c gives the bytes of one response.
 * After:  engine/listing_microsoft.c asks for the contacts of each folder.
 */
#include "parse/parse_microsoft_folders.h"

#include "base/fail.h"
#include "base/text.h"
#include "parse/harmless.h"

enum { FOLDERS_MAX = 5000, ID_BYTES_MAX = 2048, NAME_BYTES_MAX = 1024 };

static const char *read_text(struct kith_json v, size_t max, struct kith_arena *arena)
{
    size_t len;
    const char *text = kith_json_string(v, &len);

    return kith_arena_copy(arena, text, len <= max ? len : 0);
}

/* A "/" in a name must not look like the one between two names. */
static void make_harmless(char *name)
{
    size_t len = strlen(name);

    if (len == 0)
        return; /* "" may be everybody's */
    name[kith_harmless(name, len, /* lines= */ false)] = '\0';
    for (char *p = name; *p != '\0'; p++)
        if (*p == '/')
            *p = ' ';
}

enum kith_status kith_parse_microsoft_folders(struct kith_json_reader *reader, struct kith_buf *json,
                                              struct kith_arena *arena, struct kith_graph_folders *ret,
                                              struct kith_error *err)
{
    struct kith_graph_envelope envelope;
    struct kith_graph_folders folders = {0};
    enum kith_status st = kith_graph_envelope_read(reader, json, arena, &envelope, err);
    size_t n;

    if (st != KITH_OK)
        return st;
    n = kith_json_length(envelope.value);
    if (n > FOLDERS_MAX)
        return kith_fail(err, KITH_E_SERVICE, "the page holds %zu folders, %d at most", n, FOLDERS_MAX);
    folders.folder = kith_arena_new_n(arena, struct kith_graph_folder, n);
    for (struct kith_json_walk walk = kith_json_walk(envelope.value); kith_json_next(&walk);) {
        struct kith_graph_folder *folder = &folders.folder[folders.n];
        char *name = (char *)read_text(kith_json_member(walk.value, "displayName"), NAME_BYTES_MAX, arena);

        make_harmless(name);
        folder->id = read_text(kith_json_member(walk.value, "id"), ID_BYTES_MAX, arena);
        folder->name = name;
        folders.n += folder->id[0] != '\0';
    }
    folders.next_link = envelope.next_link;
    *ret = folders;
    return KITH_OK;
}
