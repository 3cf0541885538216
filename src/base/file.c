/* SPDX-License-Identifier: MIT */
/*
 * file.c - private files; see file.h.
 *
 * Under the store, the token file and the configuration: what a person's
 * contacts are kept in is readable by that person only, and is either the old
 * or the new file after a power cut.
 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fail.h"
#include "base/text.h"

enum { READ_CHUNK_BYTES = 64 * 1024 };

/* --- Words for errno ---------------------------------------------------- */

enum kith_reason kith_file_reason(int errno_value)
{
    switch (errno_value) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return KITH_REASON_DISK_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
        return KITH_REASON_NO_ACCESS;
    default:
        return KITH_REASON_NONE;
    }
}

/* English whatever the locale, as all messages are; safe on any thread. */
static const char *words_of(int errno_value)
{
    const char *words = strerrordesc_np(errno_value);

    return words ? words : "unknown error";
}

/* The end of a path says more than its beginning. */
static void blame(struct kith_error *err, const char *path, size_t len)
{
    const char *end = path + len;

    if (len < sizeof(err->file)) {
        (void)kith_text_copy_n(err->file, sizeof(err->file), path, len);
        return;
    }
    const char *from = end - (sizeof(err->file) - sizeof("…"));
    while ((*from & 0xc0) == 0x80) /* not in the middle of a letter */
        from++;
    (void)kith_text_format(err->file, sizeof(err->file), "…%.*s", (int)(end - from), from);
}

void kith_file_blame(struct kith_error *err, const char *path)
{
    if (err)
        blame(err, path, strlen(path));
}

void kith_file_blame_folder(struct kith_error *err, const char *path)
{
    const char *slash = path ? strrchr(path, '/') : NULL;

    if (err && slash && slash != path)
        blame(err, path, (size_t)(slash - path));
}

enum kith_status kith_file_fail(struct kith_error *err, int errno_value, const char *what, const char *path)
{
    enum kith_reason reason = kith_file_reason(errno_value);

    (void)kith_fail_reason(err, KITH_E_STORE, reason, "could not %s \"%s\": %s", what, path, words_of(errno_value));
    if (reason == KITH_REASON_NO_ACCESS)
        kith_file_blame_folder(err, path);
    return KITH_E_STORE;
}

/* --- Paths and folders -------------------------------------------------- */

bool kith_file_join(char *out, size_t out_size, const char *base, const char *name)
{
    size_t base_len = strlen(base);
    const char *slash = base_len > 0 && base[base_len - 1] == '/' ? "" : "/";

    return kith_text_format(out, out_size, "%s%s%s", base, slash, name);
}

const char *kith_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');

    return slash && slash[1] != '\0' ? slash + 1 : path;
}

bool kith_file_overlaps(const char *a, const char *b)
{
    size_t a_len = strlen(a), b_len = strlen(b);
    size_t len = a_len < b_len ? a_len : b_len;
    char behind = a_len < b_len ? b[len] : a[len];

    return strncmp(a, b, len) == 0 && (behind == '\0' || behind == '/' || (len > 0 && a[len - 1] == '/'));
}

static bool is_folder(const char *path)
{
    struct stat st;

    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* An error does not matter when the folder is there: another process may have been faster. */
static enum kith_status make_one_dir(const char *path, struct kith_error *err)
{
    if (mkdir(path, 0700) == 0)
        return KITH_OK;
    int reason = errno;
    if (is_folder(path))
        return KITH_OK;
    return kith_file_fail(err, reason == EEXIST ? ENOTDIR : reason, "make the folder", path);
}

enum kith_status kith_file_make_dir(const char *path, struct kith_error *err)
{
    char part[PATH_MAX];
    enum kith_status st;

    if (path[0] == '\0' || !kith_text_copy(part, sizeof(part), path))
        return kith_file_fail(err, path[0] == '\0' ? ENOENT : ENAMETOOLONG, "make the folder", path);
    if (is_folder(path))
        return KITH_OK;
    for (char *slash = strchr(part + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        st = make_one_dir(part, err);
        if (st != KITH_OK)
            return st;
        *slash = '/';
    }
    return make_one_dir(part, err);
}

/* --- Writing ------------------------------------------------------------ */

static bool write_all(int fd, const void *bytes, size_t len)
{
    const char *p = bytes;

    while (len > 0) {
        ssize_t n = write(fd, p, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return false;
        p += n;
        len -= (size_t)n;
    }
    return true;
}

/* Close reports what a network file system could not write. The descriptor is gone either way. */
static bool close_checked(int *fd)
{
    int n = close(*fd);

    *fd = -1;
    return n == 0 || errno == EINTR;
}

/* Without this the rename itself may be lost in a power cut. */
static bool sync_folder_of(const char *path)
{
    char folder[PATH_MAX];
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) : 0;

    if (!slash)
        (void)kith_text_copy(folder, sizeof(folder), ".");
    else
        (void)kith_text_copy_n(folder, sizeof(folder), path, len > 0 ? len : 1); /* shorter than path, which fitted */
    KITH_AUTO_FD fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    return fsync(fd) == 0 || errno == EINVAL; /* EINVAL: a file system that has no such thing */
}

/* The steps that may fail once temporary exists; errno says why. */
static bool fill_and_rename(int fd, const char *temporary, const char *path, const void *bytes, size_t len)
{
    KITH_AUTO_FD own_fd = fd;

    return write_all(own_fd, bytes, len) && fsync(own_fd) == 0 && close_checked(&own_fd) &&
           rename(temporary, path) == 0;
}

/* path with links followed: who keeps their configuration elsewhere wants that file replaced, not the link to it. */
static bool find_target(const char *path, char out[PATH_MAX])
{
    struct stat st;

    if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
        return realpath(path, out) != NULL;
    errno = ENAMETOOLONG;
    return kith_text_copy(out, PATH_MAX, path);
}

enum kith_status kith_file_replace(const char *path, const void *bytes, size_t len, struct kith_error *err)
{
    char target[PATH_MAX];
    char temporary[PATH_MAX];

    if (!find_target(path, target))
        return kith_file_fail(err, errno, "write", path);
    if (!kith_text_format(temporary, sizeof(temporary), "%s.XXXXXX", target))
        return kith_file_fail(err, ENAMETOOLONG, "write", path);
    int fd = mkostemp(temporary, O_CLOEXEC); /* mode 0600 */
    if (fd < 0)
        return kith_file_fail(err, errno, "write", path);
    if (!fill_and_rename(fd, temporary, target, bytes, len)) {
        int reason = errno;
        (void)unlink(temporary); /* the reason before it is what matters */
        return kith_file_fail(err, reason, "write", path);
    }
    if (!sync_folder_of(target))
        return kith_file_fail(err, errno, "write", path);
    return KITH_OK;
}

int kith_file_temporary(const char *dir)
{
    char name[PATH_MAX];

    int fd = open(dir, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (fd >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return fd;

    /* A file system without unnamed files: the name lives for a moment. */
    if (!kith_file_join(name, sizeof(name), dir, ".kith-XXXXXX")) {
        errno = ENAMETOOLONG;
        return -1;
    }
    fd = mkostemp(name, O_CLOEXEC);
    if (fd >= 0)
        (void)unlink(name); /* left behind it would be empty or private, not wrong */
    return fd;
}

/* --- Reading ------------------------------------------------------------ */

static enum kith_status fail_too_large(const char *path, const struct kith_buf *buf, struct kith_error *err)
{
    return kith_fail(err, KITH_E_STORE, "cannot read \"%s\": larger than %zu bytes", path, buf->max);
}

/* Only a plain file: a pipe or a device in its place could hold us for ever. */
static enum kith_status open_plain(const char *path, int *ret_fd, struct kith_error *err)
{
    struct stat st;

    KITH_AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT)
        return kith_fail(err, KITH_E_NOT_FOUND, "there is no file \"%s\"", path);
    if (fd < 0 || fstat(fd, &st) != 0)
        return kith_file_fail(err, errno, "read", path);
    if (!S_ISREG(st.st_mode))
        return kith_fail(err, KITH_E_STORE, "cannot read \"%s\": not a plain file", path);
    *ret_fd = fd;
    fd = -1;
    return KITH_OK;
}

/* The next piece of the file; *ret_n is 0 at its end. At the ceiling one byte more is asked for, to know the end. */
static bool read_piece(int fd, struct kith_buf *buf, ssize_t *ret_n)
{
    size_t room = buf->max - buf->len;
    size_t wanted = room < READ_CHUNK_BYTES ? room : READ_CHUNK_BYTES;
    char beyond;
    char *into = wanted > 0 ? kith_buf_reserve(buf, wanted) : &beyond;

    if (!into)
        return false;
    do {
        *ret_n = read(fd, into, wanted > 0 ? wanted : 1);
    } while (*ret_n < 0 && errno == EINTR);
    if (*ret_n <= 0)
        return true;
    if (wanted == 0) {
        buf->full = true;
        return false;
    }
    into[*ret_n] = '\0';
    buf->len += (size_t)*ret_n;
    return true;
}

enum kith_status kith_file_read(const char *path, struct kith_buf *buf, struct kith_error *err)
{
    KITH_AUTO_FD fd = -1;
    enum kith_status st;
    ssize_t n;

    st = open_plain(path, &fd, err);
    if (st != KITH_OK)
        return st;
    do {
        if (!read_piece(fd, buf, &n))
            return fail_too_large(path, buf, err);
        if (n < 0)
            return kith_file_fail(err, errno, "read", path);
    } while (n > 0);
    return KITH_OK;
}
