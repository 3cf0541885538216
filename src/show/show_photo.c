/* SPDX-License-Identifier: MIT */
/*
 * show_photo.c - a contact's picture as text, for JSON and vCard.
 *
 * Before: engine/ has put the picture beside the contact that is exported.
 * After:  another program shows it.
 */
#include "show/show_photo.h"

#include <sodium.h>

void kith_show_photo_base64(struct kith_buf *out, const struct kith_contact *contact)
{
    const int variant = sodium_base64_VARIANT_ORIGINAL;
    size_t size = sodium_base64_encoded_len(contact->n_photo, variant); /* its NUL counted */
    char *room = contact->n_photo > 0 ? kith_buf_reserve(out, size) : NULL;

    if (!room)
        return;
    (void)sodium_bin2base64(room, size, contact->photo, contact->n_photo, variant);
    out->len += size - 1;
}

void kith_show_photo_uri(struct kith_buf *out, const struct kith_contact *contact)
{
    if (contact->n_photo == 0)
        return;
    (void)kith_buf_addf(out, "data:%s;base64,",
                        kith_photo_media_type(kith_photo_kind_of(contact->photo, contact->n_photo)));
    kith_show_photo_base64(out, contact);
}
