/* SPDX-License-Identifier: MIT */
/*
 * buf.c - bytes that grow up to a ceiling; see buf.h.
 *
 * Stands at every place where something from outside comes in or goes out: a
 * page of a provider, a file, a document we write.
 */
#include "base/buf.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>

#include <sodium.h>

#include "base/alloc.h"
#include "base/text.h"

enum { SMALLEST_CAP = 256 };

void kith_buf_init(struct kith_buf *buf, size_t max_bytes)
{
    /* No object may be larger, and one byte is kept for the NUL. */
    const size_t largest = PTRDIFF_MAX - 1;

    *buf = (struct kith_buf){.max = max_bytes < largest ? max_bytes : largest};
}

void kith_buf_init_secret(struct kith_buf *buf, size_t max_bytes)
{
    kith_buf_init(buf, max_bytes);
    buf->secret = true;
}

void kith_buf_done(struct kith_buf *buf)
{
    if (buf->secret)
        sodium_free(buf->data); /* wipes it */
    else
        free(buf->data);
    *buf = (struct kith_buf){.max = buf->max, .secret = buf->secret};
}

void kith_buf_done_secret(struct kith_buf *buf)
{
    if (buf->data)
        explicit_bzero(buf->data, buf->cap);
    kith_buf_done(buf);
}

void kith_buf_clear(struct kith_buf *buf)
{
    buf->len = 0;
    buf->full = false;
    if (buf->data)
        buf->data[0] = '\0';
}

static size_t grown_cap(const struct kith_buf *buf, size_t needed)
{
    size_t cap = buf->cap > SMALLEST_CAP ? buf->cap : SMALLEST_CAP;

    while (cap < needed) {
        if (cap > (buf->max + 1) / 2)
            return buf->max + 1;
        cap *= 2;
    }
    return cap < buf->max + 1 ? cap : buf->max + 1;
}

/* The same bytes in a larger block; NULL: there is none, and nothing changed. */
static char *move_to(const struct kith_buf *buf, size_t cap)
{
    if (!buf->secret)
        return realloc(buf->data, cap);
    char *data = sodium_init() < 0 ? NULL : sodium_malloc(cap);
    if (data && buf->data)
        memcpy(data, buf->data, buf->len + 1);
    if (data)
        sodium_free(buf->data);
    return data;
}

/*
 * Once something did not fit nothing more is taken, however small: a text with
 * a hole in its middle would be worse than one that ends early.
 */
char *kith_buf_reserve(struct kith_buf *buf, size_t len)
{
    if (buf->full || len > buf->max - buf->len) {
        buf->full = true;
        return NULL;
    }
    size_t needed = buf->len + len + 1;
    if (needed > buf->cap) {
        size_t cap = grown_cap(buf, needed);
        char *data = move_to(buf, cap);
        if (!data) {
            buf->full = true;
            return NULL;
        }
        buf->data = data;
        buf->cap = cap;
        buf->data[buf->len] = '\0';
    }
    return buf->data + buf->len;
}

bool kith_buf_add(struct kith_buf *buf, const void *bytes, size_t len)
{
    char *room = kith_buf_reserve(buf, len);

    if (!room)
        return false;
    if (len > 0)
        memcpy(room, bytes, len);
    room[len] = '\0';
    buf->len += len;
    return true;
}

bool kith_buf_add_text(struct kith_buf *buf, const char *text)
{
    return kith_buf_add(buf, text, strlen(text));
}

bool kith_buf_add_char(struct kith_buf *buf, char c)
{
    return kith_buf_add(buf, &c, 1);
}

bool kith_buf_addf(struct kith_buf *buf, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);

    char *room = len < 0 ? NULL : kith_buf_reserve(buf, (size_t)len);
    if (!room) {
        buf->full = true;
        return false;
    }
    va_start(args, format);
    (void)vsnprintf(room, (size_t)len + 1, format, args); /* its length is known by now */
    va_end(args);
    buf->len += (size_t)len;
    return true;
}

const char *kith_buf_text(const struct kith_buf *buf)
{
    return buf->len > 0 ? buf->data : "";
}

char *kith_buf_take_text(struct kith_buf *buf)
{
    char *text = buf->len > 0 ? buf->data : NULL;

    assert(!buf->secret); /* it is not free() that gives such memory back */
    if (!text) {
        free(buf->data);
        text = kith_xstrdup("");
    }
    *buf = (struct kith_buf){.max = buf->max};
    return text;
}
