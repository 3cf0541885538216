/* SPDX-License-Identifier: MIT */
/*
 * reader_pst_picture.c - the picture of a contact in a data file; see reader_pst_picture.h.
 *
 * Before: reader_pst_fields.c has read the contact's properties.
 * After:  the contact leaves the process with its picture.
 *
 * [MS-OXOCNTC] "Contact photo": an attachment with PidTagAttachmentContactPhoto. Older versions of Outlook only gave it
 * the name ContactPicture.jpg.
 */
#include "reader/reader_pst_picture.h"

#include <string.h>

#include "base/alloc.h"
#include "base/text.h"
#include "reader/reader_pst_item.h"

enum {
    TAG_IS_PICTURE = 0x7FFF,
    TAG_LONG_NAME = 0x3707,
    TAG_SHORT_NAME = 0x3704,
    ATTACHMENTS_MAX = 200, /* of one contact; more are no person's */
};

/* The name stands in UTF-16 or in the file's code page; its letters are ASCII either way. */
static bool has_name(libpff_item_t *attachment, uint32_t tag, const char *wanted, struct kith_arena *arena)
{
    struct reader_pst_property p;
    size_t len = strlen(wanted), n = 0;

    if (!reader_pst_item_get(attachment, tag, arena, &p))
        return false;
    for (size_t i = 0; i < p.len && n < len; i++) {
        unsigned char c = (unsigned char)p.bytes[i];

        if (c != '\0' && (c | 0x20) != ((unsigned char)wanted[n++] | 0x20))
            return false;
    }
    return n == len;
}

static bool is_picture(libpff_item_t *attachment, struct kith_arena *arena)
{
    struct reader_pst_property p;

    if (reader_pst_item_get(attachment, TAG_IS_PICTURE, arena, &p) && reader_pst_integer(&p) != 0)
        return true;
    return has_name(attachment, TAG_LONG_NAME, "ContactPicture.jpg", arena) ||
           has_name(attachment, TAG_SHORT_NAME, "ContactPicture.jpg", arena);
}

/* libpff gives as much as it likes at a time. */
static bool read_data(libpff_item_t *attachment, struct kith_arena *arena, struct kith_contact *contact)
{
    libpff_error_t *error = NULL;
    size64_t size = 0;
    size_t n = 0;
    char *bytes;

    if (!reader_pst_did(libpff_attachment_get_data_size(attachment, &size, &error), &error) || size == 0 ||
        size > KITH_PHOTO_BYTES_MAX)
        return false;
    bytes = kith_arena_alloc(arena, (size_t)size);
    while (n < size) {
        ssize_t got = libpff_attachment_data_read_buffer(attachment, (uint8_t *)bytes + n, (size_t)size - n, &error);

        if (got <= 0)
            break;
        n += (size_t)got;
    }
    libpff_error_free(&error);
    if (n < size || kith_photo_kind_of(bytes, n) == KITH_PHOTO_NONE)
        return false;
    contact->photo = bytes;
    contact->n_photo = n;
    return true;
}

static void read_attachment(libpff_item_t *attachment, struct kith_arena *arena, struct kith_contact *contact,
                            struct kith_field_report *report)
{
    if (contact->photo || !is_picture(attachment, arena))
        kith_field_report_add(report, "(attachment)", KITH_FIELD_IGNORED, "files stay there");
    else if (read_data(attachment, arena, contact))
        kith_field_report_add(report, "(picture)", KITH_FIELD_READ, "");
    else
        kith_field_report_add(report, "(picture)", KITH_FIELD_IGNORED, "no picture that can be shown");
}

void reader_pst_picture_read(libpff_item_t *item, struct kith_arena *arena, struct kith_contact *contact,
                             struct kith_field_report *report)
{
    libpff_error_t *error = NULL;
    int n = 0;

    contact->photo = NULL;
    contact->n_photo = 0;
    if (!reader_pst_did(libpff_message_get_number_of_attachments(item, &n, &error), &error))
        n = 0;
    for (int i = 0; i < n && i < ATTACHMENTS_MAX; i++) {
        libpff_item_t *attachment = NULL;

        if (!reader_pst_did(libpff_message_get_attachment(item, i, &attachment, &error), &error))
            continue;
        read_attachment(attachment, arena, contact, report);
        (void)reader_pst_did(libpff_item_free(&attachment, &error), &error);
    }
    if (n > ATTACHMENTS_MAX)
        kith_field_report_add_n(report, "(attachment)", KITH_FIELD_IGNORED, "too many", n - ATTACHMENTS_MAX);
    contact->has_photo = contact->photo != NULL; /* the flag alone shows nothing */
}
