/* SPDX-License-Identifier: MIT */
/*
 * account_lock.c - see account_lock.h. Open file description locks (fcntl(2)) rather than flock: they can be
 * asked about without being taken, so a face that only looks never disturbs an import that begins.
 */
#include "engine/account_lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"

enum {
    PROGRESS_BYTES = 48
}; /* "done total\n", blanks behind, so that a shorter one leaves no digit of the longer before */

struct kith_account_lock {
    int fd;
};

static bool lock_path(const char *data_dir, int64_t account_id, char *out, size_t out_size)
{
    return kith_text_format(out, out_size, "%s/import-%lld.lock", data_dir, (long long)account_id);
}

static void read_progress(int fd, int64_t *ret_done, int64_t *ret_total)
{
    char text[PROGRESS_BYTES + 1] = "";
    ssize_t got = pread(fd, text, PROGRESS_BYTES, 0);
    char *space, *end;

    *ret_done = 0;
    *ret_total = -1;
    if (got <= 0)
        return;
    text[got] = '\0';
    space = strchr(text, ' ');
    end = space ? strpbrk(space + 1, " \n") : NULL;
    if (!end)
        return;
    *space = *end = '\0';
    (void)kith_text_to_int64(text, 0, INT64_MAX, ret_done);
    (void)kith_text_to_int64(space + 1, -1, INT64_MAX, ret_total);
}

enum kith_status kith_account_lock_take(const char *data_dir, int64_t account_id, struct kith_account_lock **ret,
                                        struct kith_error *err)
{
    KITH_AUTO(kith_account_lock) lock = kith_xnew(struct kith_account_lock);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    char path[4096];

    lock->fd = -1;
    if (!lock_path(data_dir, account_id, path, sizeof(path)))
        return kith_fail(err, KITH_E_STORE, "the data folder's path is too long");
    lock->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock->fd < 0)
        return kith_file_fail(err, errno, "lock", path);
    if (fcntl(lock->fd, F_OFD_SETLK, &whole) != 0) {
        int64_t done, total;

        if (errno != EAGAIN && errno != EACCES)
            return kith_file_fail(err, errno, "lock", path);
        read_progress(lock->fd, &done, &total);
        (void)kith_fail(err, KITH_E_IMPORT_RUNNING, "an import of this account is under way");
        if (err) {
            err->done = done;
            err->total = total;
        }
        return KITH_E_IMPORT_RUNNING;
    }
    kith_account_lock_progress(lock, 0, -1);
    *ret = KITH_TAKE(lock);
    return KITH_OK;
}

void kith_account_lock_progress(struct kith_account_lock *lock, int64_t done, int64_t total)
{
    char text[PROGRESS_BYTES + 1];

    (void)kith_text_format(text, sizeof(text), "%lld %-25lld\n", (long long)done, (long long)total);
    (void)!pwrite(lock->fd, text, strlen(text), 0); /* only what others see: an import does not fail for it */
}

void kith_account_lock_free(struct kith_account_lock *lock)
{
    if (!lock)
        return;
    if (lock->fd >= 0)
        (void)close(lock->fd); /* gives the lock back */
    free(lock);
}

void kith_account_lock_forget(const char *data_dir, int64_t account_id)
{
    char path[4096];

    if (lock_path(data_dir, account_id, path, sizeof(path)))
        (void)unlink(path); /* an empty leftover at worst */
}

bool kith_account_lock_is_held(const char *data_dir, int64_t account_id, int64_t *ret_done, int64_t *ret_total)
{
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    KITH_AUTO_FD fd = -1;
    char path[4096];

    if (!lock_path(data_dir, account_id, path, sizeof(path)))
        return false;
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fcntl(fd, F_OFD_GETLK, &whole) != 0 || whole.l_type == F_UNLCK)
        return false;
    read_progress(fd, ret_done, ret_total);
    return true;
}
