/* SPDX-License-Identifier: MIT */
/*
 * sandbox_ids.c - writes and reads ids of contacts and folders.
 *
 * Before: sandbox_mailbox.c knows folder and slot.
 * After:  sandbox_contact_json.c puts the id on the wire.
 *
 * The last 12 bytes hold the folder, the slot and a check, so that an id that was
 * damaged on its way is told from one whose contact is gone.
 */
#include "sandbox/sandbox_ids.h"

#include "base/text.h"
#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_dice.h"

enum { TAIL_BYTES = 12, TAIL_CHARS = 16 };

static void write_random(char *out, size_t n, uint64_t key)
{
    struct sandbox_dice dice = {.state = key};
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    for (size_t i = 0; i < n; i++)
        out[i] = letters[sandbox_roll_below(&dice, 62)];
    out[n] = '\0';
}

void sandbox_id_maker_init(struct sandbox_id_maker *ids, uint64_t key)
{
    static const char classic[] = "AAMkAG", immutable[] = "AAkALgAAAAAAHYQDEapmEc2byACqAC-EWg0A";

    ids->key = key;
    (void)kith_text_copy(ids->classic, sizeof(ids->classic), classic);
    write_random(ids->classic + sizeof(classic) - 1, sizeof(ids->classic) - sizeof(classic), key);
    (void)kith_text_copy(ids->immutable, sizeof(ids->immutable), immutable);
    write_random(ids->immutable + sizeof(immutable) - 1, sizeof(ids->immutable) - sizeof(immutable), key ^ 1);
}

static uint64_t check_of(const struct sandbox_id_maker *ids, size_t folder, int64_t slot, bool immutable)
{
    return sandbox_mix2(ids->key ^ (immutable ? 2 : 3), (uint64_t)slot * 64 + folder) >> 16;
}

static void write_tail(const struct sandbox_id_maker *ids, size_t folder, int64_t slot, bool immutable, char *out)
{
    uint64_t check = check_of(ids, folder, slot, immutable);
    unsigned char bytes[TAIL_BYTES];

    bytes[0] = (unsigned char)folder;
    for (int i = 0; i < 5; i++)
        bytes[1 + i] = (unsigned char)((uint64_t)slot >> (32 - 8 * i));
    for (int i = 0; i < 6; i++)
        bytes[6 + i] = (unsigned char)(check >> (40 - 8 * i));
    sandbox_base64url(bytes, sizeof(bytes), out);
}

void sandbox_id_write(const struct sandbox_id_maker *ids, size_t folder, int64_t slot, bool immutable, char *out,
                      size_t out_size)
{
    char tail[TAIL_CHARS + 1];

    write_tail(ids, folder, slot, immutable, tail);
    /* Lengths: 52 + 16 + 4 = 72 and 132 + 16 + 4 = 152 are what real ones have. */
    if (immutable)
        (void)kith_text_format(out, out_size, "%s%sAAA=", ids->immutable, tail);
    else
        (void)kith_text_format(out, out_size, "%s%sAAA=", ids->classic, tail);
}

bool sandbox_id_read(const struct sandbox_id_maker *ids, const char *id, size_t *ret_folder, int64_t *ret_slot,
                     bool *ret_immutable)
{
    size_t len = strlen(id);
    unsigned char bytes[TAIL_BYTES];
    bool immutable = len == 72;
    uint64_t slot = 0, check = 0;

    if (len != 72 && len != 152)
        return false;
    if (strncmp(id, immutable ? ids->immutable : ids->classic, len - 20) != 0 || strcmp(id + len - 4, "AAA=") != 0)
        return false;
    if (!sandbox_unbase64url(id + len - 20, TAIL_CHARS, bytes))
        return false;
    for (int i = 0; i < 5; i++)
        slot = slot << 8 | bytes[1 + i];
    for (int i = 0; i < 6; i++)
        check = check << 8 | bytes[6 + i];
    if (check != check_of(ids, bytes[0], (int64_t)slot, immutable))
        return false;
    *ret_folder = bytes[0];
    *ret_slot = (int64_t)slot;
    *ret_immutable = immutable;
    return true;
}

/* The lower 35 bits say where the contact is, mixed with the mailbox's key; the rest is a check. */
#define NUMBER_PLACE_BITS 35
#define NUMBER_PLACE_MASK ((UINT64_C(1) << NUMBER_PLACE_BITS) - 1)
#define NUMBER_FOLDER_BITS 3

uint64_t sandbox_id_number(const struct sandbox_id_maker *ids, size_t folder, int64_t slot)
{
    uint64_t place = ((uint64_t)slot << NUMBER_FOLDER_BITS | folder) & NUMBER_PLACE_MASK;
    uint64_t check = sandbox_mix2(ids->key ^ 5, place) >> (NUMBER_PLACE_BITS + 2); /* 27 bits */

    return UINT64_C(1) << 62 | check << NUMBER_PLACE_BITS | (place ^ (sandbox_mix(ids->key) & NUMBER_PLACE_MASK));
}

bool sandbox_id_read_number(const struct sandbox_id_maker *ids, uint64_t number, size_t *ret_folder, int64_t *ret_slot)
{
    uint64_t place = (number ^ sandbox_mix(ids->key)) & NUMBER_PLACE_MASK;
    size_t folder = place & ((1 << NUMBER_FOLDER_BITS) - 1);
    int64_t slot = (int64_t)(place >> NUMBER_FOLDER_BITS);

    if (sandbox_id_number(ids, folder, slot) != number)
        return false;
    *ret_folder = folder;
    *ret_slot = slot;
    return true;
}

void sandbox_id_write_folder(const struct sandbox_id_maker *ids, size_t folder, char *out, size_t out_size)
{
    char end[33];

    write_random(end, 16, sandbox_mix2(ids->key, folder + 1000));
    (void)kith_text_format(out, out_size, "%.96s%sAAEOAAA=", ids->classic, end);
}

void sandbox_id_write_change_key(const struct sandbox_id_maker *ids, size_t folder, int64_t slot, uint64_t sequence,
                                 char out[41])
{
    unsigned char bytes[30] = {0x11, 0, 0, 0, 0x16, 0, 0};
    uint64_t place = sandbox_mix2(ids->key, (uint64_t)slot * 64 + folder);
    uint64_t turn = sandbox_mix2(place, sequence);

    for (int i = 0; i < 8; i++) {
        bytes[7 + i] = (unsigned char)(ids->key >> (8 * i));
        bytes[15 + i] = (unsigned char)(place >> (8 * i));
    }
    for (int i = 0; i < 7; i++)
        bytes[23 + i] = (unsigned char)(turn >> (8 * i));
    sandbox_base64url(bytes, sizeof(bytes), out);
}
