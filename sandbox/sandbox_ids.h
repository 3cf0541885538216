/* SPDX-License-Identifier: MIT */
/*
 * sandbox_ids.h - Graph's ids: long, alike but for their end, and readable back into a place here. And Google's, which
 * are numbers of 63 bits.
 *
 * A classic id has 152 characters and names a place in a folder; an immutable one
 * has 72 and names the contact. Both are base64url and case-sensitive.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sandbox_id_maker {
    uint64_t key;
    char classic[133]; /* what all ids of a mailbox begin with */
    char immutable[53];
};

void sandbox_id_maker_init(struct sandbox_id_maker *ids, uint64_t key);

void sandbox_id_write(const struct sandbox_id_maker *ids, size_t folder, int64_t slot, bool immutable, char *out,
                      size_t out_size);
/* false: not one of this mailbox's ids. */
bool sandbox_id_read(const struct sandbox_id_maker *ids, const char *id, size_t *ret_folder, int64_t *ret_slot,
                     bool *ret_immutable);

/* Google's: never 0. */
uint64_t sandbox_id_number(const struct sandbox_id_maker *ids, size_t folder, int64_t slot);
/* false: not one of this mailbox's. */
bool sandbox_id_read_number(const struct sandbox_id_maker *ids, uint64_t number, size_t *ret_folder, int64_t *ret_slot);

void sandbox_id_write_folder(const struct sandbox_id_maker *ids, size_t folder, char *out, size_t out_size);
/* 40 characters that differ with every change. */
void sandbox_id_write_change_key(const struct sandbox_id_maker *ids, size_t folder, int64_t slot, uint64_t sequence,
                                 char out[41]);
