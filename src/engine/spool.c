/* SPDX-License-Identifier: MIT */
/*
 * spool.c - see spool.h. A record is a kind, a length and the bytes of model/codec.
 *
 * Before: conduct_import.c's worker has parsed and normalised a page.
 * After:  conduct_import.c applies the records in one transaction of store/.
 */
#include "engine/spool.h"

#include <errno.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"
#include "model/codec.h"
#include "model/reader_frame.h"

/* The longest record that may follow: a contact as large as a file's reader may hand over, with its keys. */
enum { RECORD_BYTES_MAX = KITH_READER_FRAME_BODY_MAX + 1024 * 1024 };

struct record_head {
    uint32_t kind; /* enum kith_spooled */
    uint32_t len;  /* of the bytes behind it; 0 for a kept contact */
    int64_t contact_id;
};

struct kith_spool {
    char *dir;
    struct kith_buf memory; /* what was not written to the file yet; when reading, a window of it */
    size_t at;              /* reading: where in memory */
    int fd;                 /* -1: everything is in memory */
    off_t file_at;          /* reading: how much of the file is in memory or behind us */
    off_t file_bytes;
    struct kith_arena *arena; /* of the record read last */
};

struct kith_spool *kith_spool_new(const char *dir)
{
    struct kith_spool *spool = kith_xnew(struct kith_spool);

    spool->dir = kith_xstrdup(dir);
    spool->fd = -1;
    spool->arena = kith_arena_new();
    kith_buf_init(&spool->memory, KITH_SPOOL_MEMORY_BYTES + RECORD_BYTES_MAX);
    return spool;
}

void kith_spool_free(struct kith_spool *spool)
{
    if (!spool)
        return;
    if (spool->fd >= 0)
        (void)close(spool->fd); /* the file has no name: it goes now */
    kith_buf_done(&spool->memory);
    kith_arena_free(spool->arena);
    free(spool->dir);
    free(spool);
}

/* --- Writing --------------------------------------------------------------- */

static enum kith_status flush(struct kith_spool *spool, struct kith_error *err)
{
    size_t done = 0;

    if (spool->fd < 0)
        spool->fd = kith_file_temporary(spool->dir);
    if (spool->fd < 0)
        return kith_file_fail(err, errno, "make a temporary file", spool->dir);
    while (done < spool->memory.len) {
        ssize_t n = pwrite(spool->fd, spool->memory.data + done, spool->memory.len - done, spool->file_bytes);

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return kith_file_fail(err, n < 0 ? errno : ENOSPC, "write a temporary file", spool->dir);
        done += (size_t)n;
        spool->file_bytes += n;
    }
    kith_buf_clear(&spool->memory);
    return KITH_OK;
}

static enum kith_status end_record(struct kith_spool *spool, struct kith_error *err)
{
    return spool->memory.len >= KITH_SPOOL_MEMORY_BYTES ? flush(spool, err) : KITH_OK;
}

enum kith_status kith_spool_keep(struct kith_spool *spool, int64_t contact_id, struct kith_error *err)
{
    const struct record_head head = {.kind = KITH_SPOOLED_KEEP, .contact_id = contact_id};

    if (!kith_buf_add(&spool->memory, &head, sizeof(head)))
        return kith_fail(err, KITH_E_INTERNAL, "an import's memory is at its ceiling");
    return end_record(spool, err);
}

enum kith_status kith_spool_put(struct kith_spool *spool, const struct kith_contact *contact,
                                const struct kith_keys *keys, struct kith_error *err)
{
    struct record_head head = {.kind = KITH_SPOOLED_PUT};
    size_t start = spool->memory.len;

    if (!kith_buf_add(&spool->memory, &head, sizeof(head)) || !kith_codec_write(&spool->memory, contact, keys) ||
        spool->memory.len - start - sizeof(head) > RECORD_BYTES_MAX)
        return kith_fail(err, KITH_E_SERVICE, "a contact is larger than can be imported");
    head.len = (uint32_t)(spool->memory.len - start - sizeof(head));
    memcpy(spool->memory.data + start, &head, sizeof(head));
    return end_record(spool, err);
}

/* The id, its NUL, and the folder. */
enum kith_status kith_spool_gone(struct kith_spool *spool, const char *source_id, const char *folder,
                                 struct kith_error *err)
{
    const size_t id_bytes = strlen(source_id) + 1, folder_bytes = folder ? strlen(folder) : 0;
    const struct record_head head = {.kind = folder ? KITH_SPOOLED_LEFT : KITH_SPOOLED_GONE,
                                     .len = (uint32_t)(id_bytes + folder_bytes)};

    if (id_bytes > KITH_SPOOL_ID_BYTES)
        return kith_fail(err, KITH_E_SERVICE, "an id is longer than any that the service gives");
    if (!kith_buf_add(&spool->memory, &head, sizeof(head)) || !kith_buf_add(&spool->memory, source_id, id_bytes) ||
        !kith_buf_add(&spool->memory, folder ? folder : "", folder_bytes))
        return kith_fail(err, KITH_E_INTERNAL, "an import's memory is at its ceiling");
    return end_record(spool, err);
}

/* --- Reading --------------------------------------------------------------- */

enum kith_status kith_spool_rewind(struct kith_spool *spool, struct kith_error *err)
{
    enum kith_status st = spool->fd >= 0 ? flush(spool, err) : KITH_OK;

    if (spool->fd >= 0)
        kith_buf_done(&spool->memory); /* the window that follows is smaller */
    spool->at = 0;
    spool->file_at = 0;
    return st;
}

/* Have at least `need` bytes at spool->at, if there are so many left. */
static enum kith_status fill(struct kith_spool *spool, size_t need, struct kith_error *err)
{
    size_t rest = spool->memory.len - spool->at;

    if (rest >= need || spool->fd < 0)
        return KITH_OK;
    if (rest > 0)
        memmove(spool->memory.data, spool->memory.data + spool->at, rest);
    spool->memory.len = rest;
    spool->at = 0;
    while (spool->memory.len < need && spool->file_at < spool->file_bytes) {
        size_t want = KITH_SPOOL_WINDOW_BYTES > need ? KITH_SPOOL_WINDOW_BYTES : need;
        char *room = kith_buf_reserve(&spool->memory, want);
        ssize_t n = room ? pread(spool->fd, room, want, spool->file_at) : -1;

        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return kith_file_fail(err, n < 0 ? errno : EIO, "read a temporary file", spool->dir);
        spool->memory.len += (size_t)n;
        spool->file_at += n;
    }
    return KITH_OK;
}

static enum kith_status fail_short(const struct kith_spool *spool, struct kith_error *err)
{
    return kith_file_fail(err, EIO, "read a temporary file", spool->dir);
}

/* The bytes of the record are behind spool->at. */
static bool read_record(struct kith_spool *spool, const struct record_head *head, struct kith_contact *ret,
                        struct kith_keys *keys)
{
    const char *bytes = spool->memory.data + spool->at;

    kith_arena_reset(spool->arena);
    if (head->kind == KITH_SPOOLED_PUT)
        return kith_codec_read(bytes, head->len, spool->arena, ret, keys) == head->len;
    const size_t id_len = strnlen(bytes, head->len);

    if (id_len == head->len)
        return false;
    kith_contact_init(ret);
    ret->source_id = kith_arena_copy(spool->arena, bytes, id_len);
    ret->folder = kith_arena_copy(spool->arena, bytes + id_len + 1, head->len - id_len - 1);
    return true;
}

enum kith_status kith_spool_next(struct kith_spool *spool, enum kith_spooled *ret, int64_t *ret_contact_id,
                                 struct kith_contact *ret_contact, struct kith_keys *keys, struct kith_error *err)
{
    struct record_head head;
    enum kith_status st = fill(spool, sizeof(head), err);

    if (st != KITH_OK)
        return st;
    if (spool->memory.len - spool->at < sizeof(head)) {
        *ret = KITH_SPOOLED_END;
        return spool->memory.len == spool->at ? KITH_OK : fail_short(spool, err);
    }
    memcpy(&head, spool->memory.data + spool->at, sizeof(head));
    if (head.len > RECORD_BYTES_MAX)
        return fail_short(spool, err);
    spool->at += sizeof(head);
    *ret_contact_id = head.contact_id;
    if (head.kind != KITH_SPOOLED_KEEP) {
        st = fill(spool, head.len, err);
        if (st != KITH_OK)
            return st;
        if (spool->memory.len - spool->at < head.len || !read_record(spool, &head, ret_contact, keys))
            return fail_short(spool, err);
    }
    spool->at += head.len;
    *ret = (enum kith_spooled)head.kind;
    return KITH_OK;
}
