/* SPDX-License-Identifier: MIT */
/*
 * photo.c - what kind of picture some bytes are.
 *
 * Before: a source gives bytes and says what they are, which is not always true.
 * After:  store/ keeps those that a browser can show, under the kind they are.
 */
#include <kith/contact.h>

#include <string.h>

static const struct {
    enum kith_photo_kind kind;
    const char *begins;
    size_t len;
    const char *media_type;
} kinds[] = {
    {KITH_PHOTO_JPEG, "\xFF\xD8\xFF", 3, "image/jpeg"},
    {KITH_PHOTO_PNG, "\x89PNG\r\n\x1A\n", 8, "image/png"},
    {KITH_PHOTO_GIF, "GIF8", 4, "image/gif"},
    {KITH_PHOTO_WEBP, "RIFF", 4, "image/webp"},
};

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

enum kith_photo_kind kith_photo_kind_of(const void *bytes, size_t n_bytes)
{
    if (n_bytes > KITH_PHOTO_BYTES_MAX)
        return KITH_PHOTO_NONE;
    for (size_t i = 0; i < KINDS; i++) {
        if (n_bytes < kinds[i].len + 8 || memcmp(bytes, kinds[i].begins, kinds[i].len) != 0)
            continue;
        if (kinds[i].kind == KITH_PHOTO_WEBP && memcmp((const char *)bytes + 8, "WEBP", 4) != 0)
            continue; /* RIFF holds sounds, too */
        return kinds[i].kind;
    }
    return KITH_PHOTO_NONE;
}

const char *kith_photo_media_type(enum kith_photo_kind kind)
{
    for (size_t i = 0; i < KINDS; i++)
        if (kinds[i].kind == kind)
            return kinds[i].media_type;
    return "";
}
