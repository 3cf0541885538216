/* SPDX-License-Identifier: MIT */
/*
 * reader_pst_item.c - the properties of an item, out of libpff and into plain memory.
 *
 * Before: reader_pst.c has found an item.
 * After:  reader_pst_fields.c makes a contact of its properties.
 *
 * libpff is asked through its generic calls: those made for contacts know half of what a contact has. Numbers of
 * named properties differ from file to file, so the file's own map says what they stand for.
 */
#include "reader/reader_pst_item.h"

#include <string.h>

#include "base/text.h"

enum {
    PROPERTIES_MAX = 4096,
    VALUE_BYTES_MAX = 4 * 1024 * 1024,
    ITEM_BYTES_MAX = 32 * 1024 * 1024,
    FIRST_NAMED = 0x8000,
    GUID_BYTES = 16,
    NAME_BYTES = 256,
};

/* Sets end in -0000-0000-C000-000000000046; how they begin tells them apart. */
static const struct {
    uint32_t number;
    enum reader_pst_set set;
} sets[] = {
    {0x00062004, READER_PST_ADDRESS},
    {0x00062008, READER_PST_COMMON},
    {0x00020329, READER_PST_PUBLIC},
};

bool reader_pst_did(int rc, libpff_error_t **error)
{
    libpff_error_free(error);
    return rc == 1;
}

/* --- Names ----------------------------------------------------------------- */

static void read_set(libpff_name_to_id_map_entry_t *name, struct reader_pst_property *p)
{
    static const unsigned char rest[] = {0x00, 0x00, 0x00, 0x00, 0xc0, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x46};
    uint8_t guid[GUID_BYTES] = {0};
    libpff_error_t *error = NULL;

    p->set = READER_PST_OTHER;
    if (!reader_pst_did(libpff_name_to_id_map_entry_get_guid(name, guid, sizeof(guid), &error), &error))
        return;
    p->set_number = (uint32_t)guid[0] | (uint32_t)guid[1] << 8 | (uint32_t)guid[2] << 16 | (uint32_t)guid[3] << 24;
    for (size_t i = 0; i < KITH_COUNT_OF(sets); i++)
        if (sets[i].number == p->set_number && memcmp(guid + 4, rest, sizeof(rest)) == 0)
            p->set = sets[i].set;
}

static bool read_text_name(libpff_name_to_id_map_entry_t *name, struct kith_arena *arena, struct reader_pst_property *p)
{
    uint8_t text[NAME_BYTES] = {0};
    libpff_error_t *error = NULL;
    size_t size = 0;

    if (!reader_pst_did(libpff_name_to_id_map_entry_get_utf8_string_size(name, &size, &error), &error) || size == 0 ||
        size > sizeof(text) ||
        !reader_pst_did(libpff_name_to_id_map_entry_get_utf8_string(name, text, size, &error), &error))
        return false;
    text[size - 1] = '\0';
    p->name = kith_arena_copy(arena, (const char *)text, kith_utf8_valid_len((const char *)text, strlen((char *)text)));
    return p->name[0] != '\0';
}

/* What a number from 0x8000 on stands for in this file. Left as it is where the map does not say. */
static void read_name(libpff_record_entry_t *entry, struct kith_arena *arena, struct reader_pst_property *p)
{
    libpff_name_to_id_map_entry_t *name = NULL;
    libpff_error_t *error = NULL;
    uint8_t kind = 0;

    p->set = READER_PST_OTHER;
    if (!reader_pst_did(libpff_record_entry_get_name_to_id_map_entry(entry, &name, &error), &error) || !name)
        return;
    read_set(name, p);
    if (!reader_pst_did(libpff_name_to_id_map_entry_get_type(name, &kind, &error), &error) ||
        !(kind == LIBPFF_NAME_TO_ID_MAP_ENTRY_TYPE_STRING
              ? read_text_name(name, arena, p)
              : reader_pst_did(libpff_name_to_id_map_entry_get_number(name, &p->id, &error), &error)))
        p->set = READER_PST_OTHER; /* this file's number is none of that set's */
}

/* --- Values ---------------------------------------------------------------- */

/* A large value is cut: reading it must not cost more than it is worth. */
static void read_value(libpff_record_entry_t *entry, struct kith_arena *arena, struct reader_pst_property *p)
{
    libpff_error_t *error = NULL;
    size_t size = 0;
    char *bytes;

    p->bytes = "";
    if (!reader_pst_did(libpff_record_entry_get_data_size(entry, &size, &error), &error)) {
        p->cut = true;
        return;
    }
    if (size == 0)
        return;
    if (size > VALUE_BYTES_MAX || size + kith_arena_bytes(arena) > ITEM_BYTES_MAX) {
        p->cut = true;
        return;
    }
    bytes = kith_arena_alloc(arena, size);
    if (!reader_pst_did(libpff_record_entry_get_data(entry, (uint8_t *)bytes, size, &error), &error)) {
        p->cut = true;
        return;
    }
    p->bytes = bytes;
    p->len = size;
}

static bool read_property(libpff_record_entry_t *entry, struct kith_arena *arena, struct reader_pst_property *ret)
{
    struct reader_pst_property p = {.set = READER_PST_TAG, .name = ""};
    libpff_error_t *error = NULL;

    if (!reader_pst_did(libpff_record_entry_get_entry_type(entry, &p.id, &error), &error) ||
        !reader_pst_did(libpff_record_entry_get_value_type(entry, &p.type, &error), &error))
        return false;
    if (p.id >= FIRST_NAMED)
        read_name(entry, arena, &p);
    read_value(entry, arena, &p);
    *ret = p;
    return true;
}

/* --- An item ---------------------------------------------------------------- */

static libpff_record_set_t *first_record_set(libpff_item_t *item)
{
    libpff_record_set_t *set = NULL;
    libpff_error_t *error = NULL;
    int n = 0;

    if (!reader_pst_did(libpff_item_get_number_of_record_sets(item, &n, &error), &error) || n < 1 ||
        !reader_pst_did(libpff_item_get_record_set_by_index(item, 0, &set, &error), &error))
        return NULL;
    return set;
}

static void read_entries(libpff_record_set_t *set, int n, struct kith_arena *arena, struct reader_pst_item *item)
{
    libpff_error_t *error = NULL;

    item->properties = kith_arena_new_n(arena, struct reader_pst_property, (size_t)n);
    for (int i = 0; i < n; i++) {
        libpff_record_entry_t *entry = NULL;

        if (reader_pst_did(libpff_record_set_get_entry_by_index(set, i, &entry, &error), &error) &&
            read_property(entry, arena, &item->properties[item->n]))
            item->damaged |= item->properties[item->n++].cut;
        else
            item->damaged = true;
        if (entry)
            (void)reader_pst_did(libpff_record_entry_free(&entry, &error), &error);
    }
}

bool reader_pst_item_read(libpff_item_t *item, struct kith_arena *arena, struct reader_pst_item *ret)
{
    libpff_record_set_t *set = first_record_set(item);
    libpff_error_t *error = NULL;
    int n = 0;

    *ret = (struct reader_pst_item){0};
    if (!set)
        return false;
    if (reader_pst_did(libpff_record_set_get_number_of_entries(set, &n, &error), &error) && n > 0)
        read_entries(set, n < PROPERTIES_MAX ? n : PROPERTIES_MAX, arena, ret);
    ret->damaged |= n > PROPERTIES_MAX;
    (void)reader_pst_did(libpff_record_set_free(&set, &error), &error);
    return ret->n > 0;
}

bool reader_pst_item_get(libpff_item_t *item, uint32_t tag, struct kith_arena *arena, struct reader_pst_property *ret)
{
    libpff_record_set_t *set = first_record_set(item);
    libpff_record_entry_t *entry = NULL;
    libpff_error_t *error = NULL;
    bool found = false;

    if (!set)
        return false;
    if (reader_pst_did(libpff_record_set_get_entry_by_type(set, tag, 0, &entry,
                                                           LIBPFF_ENTRY_VALUE_FLAG_MATCH_ANY_VALUE_TYPE |
                                                               LIBPFF_ENTRY_VALUE_FLAG_IGNORE_NAME_TO_ID_MAP,
                                                           &error),
                       &error))
        found = read_property(entry, arena, ret);
    if (entry)
        (void)reader_pst_did(libpff_record_entry_free(&entry, &error), &error);
    (void)reader_pst_did(libpff_record_set_free(&set, &error), &error);
    return found;
}
