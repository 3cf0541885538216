/* SPDX-License-Identifier: MIT */
/*
 * rows.c - the rows of a list or of an answer, and the arena that holds their strings.
 *
 * Before: store/ adds a row for each contact it found.
 * After:  find/ ranks them, a face shows them and frees them.
 */
#include "model/rows.h"

#include "base/text.h"

/* What a face gets is the first member, so that its address is also that of the whole. */
struct owned_rows {
    struct kith_rows rows;
    struct kith_arena *arena;
    size_t cap;
};

struct kith_rows *kith_rows_new(void)
{
    struct owned_rows *owned = kith_xnew(struct owned_rows);

    owned->arena = kith_arena_new();
    return &owned->rows;
}

struct kith_arena *kith_rows_arena(struct kith_rows *rows)
{
    return ((struct owned_rows *)rows)->arena;
}

struct kith_row *kith_rows_add(struct kith_rows *rows)
{
    struct owned_rows *owned = (struct owned_rows *)rows;
    struct kith_row *row;

    if (rows->n == owned->cap) {
        owned->cap = owned->cap ? owned->cap * 2 : 16;
        rows->row = kith_xrealloc(rows->row, owned->cap, sizeof(*rows->row));
    }

    row = &rows->row[rows->n++];
    *row = (struct kith_row){.account = "",
                             .shown = "",
                             .bold = "",
                             .reading = "",
                             .second = "",
                             .email = "",
                             .phone = "",
                             .phone_e164 = "",
                             .initials = "",
                             .photo_tag = "",
                             .matched = ""};
    return row;
}

void kith_rows_free(struct kith_rows *rows)
{
    struct owned_rows *owned = (struct owned_rows *)rows;

    if (!owned)
        return;
    kith_arena_free(owned->arena);
    free(rows->row);
    free(owned);
}
