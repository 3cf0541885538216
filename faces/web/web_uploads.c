/* SPDX-License-Identifier: MIT */
/*
 * web_uploads.c - keeps the files that a page hands over; see web_uploads.h.
 *
 * Before: web_router.c found that a request with a file may come in; web_wire.c brings its bytes.
 * After:  the engine's reading process looks into the file, and the engine takes what is imported.
 *
 *     DATA/uploads/ID/7/archive.pst       each upload a folder that is locked while its program lives,
 *                                         each file a folder of its own, so that its name can be the person's
 */
#include "web_uploads.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <pthread.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include <kith/outlook.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "web_security.h"
#include "web_words.h"

enum {
    UPLOADS_MAX = 4,               /* a page has one; more are pages that were closed */
    UNTOUCHED_MS = 15 * 60 * 1000, /* somebody who was called away finds the dialog as it was */
    PATH_BYTES = 1024,
    DIR_TRIES = 4
};

struct file {
    int64_t id;
    char *path;
    int64_t found;
};

struct upload {
    struct upload *next;
    char id[KITH_WEB_ID_BYTES];
    char dir[PATH_BYTES];
    int lock_fd; /* of the folder: nobody clears it while it is held */
    struct kith_cancel *cancel;
    int64_t touched_ms;
    int n_users; /* intakes and calls that are under way */
    bool closed; /* being added to the engine: found by nobody any more */
    bool gone;   /* off the list; the last user takes it away */
    int64_t last_file;
    struct file *files;
    size_t n_files, cap_files;
};

struct kith_web_uploads {
    struct kith *k;
    char dir[PATH_BYTES];
    pthread_mutex_t lock; /* over what follows and over every upload */
    bool stopping;
    struct upload *uploads;
};

struct kith_web_intake {
    struct kith_web_uploads *uploads;
    struct upload *upload;
    int64_t file;
    int fd;
    int failed; /* errno of the first write that failed */
    int64_t n_bytes;
    char path[PATH_BYTES];
};

/* --- Folders ---------------------------------------------------------------------- */

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    return remove(path);
}

static void remove_tree(const char *dir)
{
    if (nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0)
        kith_log_debug(KITH_LOG_WEB, "an upload could not be cleared: %s", strerror(errno));
}

/* The folder's descriptor with the lock; -1: it is somebody's, or gone. */
static int lock_dir(const char *dir)
{
    KITH_AUTO_FD fd = open(dir, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat info;

    if (fd < 0 || flock(fd, LOCK_EX | LOCK_NB) != 0 || fstat(fd, &info) != 0 || info.st_nlink == 0)
        return -1;
    return kith_take_fd(&fd);
}

/* What programs left behind that are no more. */
static void clear_left_behind(const char *dir)
{
    DIR *entries = opendir(dir);
    struct dirent *entry;

    if (!entries)
        return;
    while ((entry = readdir(entries))) {
        char path[PATH_BYTES];
        if (entry->d_name[0] == '.' || !kith_file_join(path, sizeof(path), dir, entry->d_name))
            continue;
        KITH_AUTO_FD fd = lock_dir(path);
        if (fd >= 0)
            remove_tree(path);
    }
    (void)closedir(entries);
}

/* --- Life ----------------------------------------------------------------------------- */

struct kith_web_uploads *kith_web_uploads_new(struct kith *k)
{
    struct kith_web_uploads *uploads = kith_xnew(struct kith_web_uploads);

    uploads->k = k;
    (void)pthread_mutex_init(&uploads->lock, NULL); /* with default attributes it cannot fail on Linux */
    if (kith_file_join(uploads->dir, sizeof(uploads->dir), kith_data_dir(k), "uploads"))
        clear_left_behind(uploads->dir);
    else
        uploads->dir[0] = '\0'; /* no path fits below it: nothing can be taken in */
    return uploads;
}

/* Off the list and used by nobody. With the lock held. */
static void free_upload(struct kith_web_uploads *uploads, struct upload *upload)
{
    remove_tree(upload->dir);
    (void)rmdir(uploads->dir); /* goes with the last upload in it */
    (void)close(upload->lock_fd);
    for (size_t i = 0; i < upload->n_files; i++)
        free(upload->files[i].path);
    free(upload->files);
    kith_cancel_free(upload->cancel);
    free(upload);
}

/* With the lock held. */
static void give_back(struct kith_web_uploads *uploads, struct upload *upload)
{
    upload->touched_ms = kith_clock_monotonic_ms();
    upload->n_users--;
    if (upload->gone && upload->n_users == 0)
        free_upload(uploads, upload);
}

/* Off the list; what is under way in it ends soon. With the lock held. */
static void take_off(struct kith_web_uploads *uploads, struct upload *upload)
{
    struct upload **at = &uploads->uploads;

    while (*at != upload)
        at = &(*at)->next;
    *at = upload->next;
    upload->gone = true;
    kith_cancel_set(upload->cancel);
}

/* The same for one that this caller does not use: it goes at once when nobody does. With the lock held. */
static void give_up(struct kith_web_uploads *uploads, struct upload *upload)
{
    take_off(uploads, upload);
    if (upload->n_users == 0)
        free_upload(uploads, upload);
}

void kith_web_uploads_clear(struct kith_web_uploads *uploads)
{
    (void)pthread_mutex_lock(&uploads->lock);
    while (uploads->uploads)
        give_up(uploads, uploads->uploads);
    (void)pthread_mutex_unlock(&uploads->lock);
}

void kith_web_uploads_stop(struct kith_web_uploads *uploads)
{
    (void)pthread_mutex_lock(&uploads->lock);
    uploads->stopping = true;
    (void)pthread_mutex_unlock(&uploads->lock);
    kith_web_uploads_clear(uploads);
}

void kith_web_uploads_free(struct kith_web_uploads *uploads)
{
    if (!uploads)
        return;
    kith_web_uploads_clear(uploads);
    (void)pthread_mutex_destroy(&uploads->lock);
    free(uploads);
}

static struct upload *longest_untouched(const struct kith_web_uploads *uploads, size_t *ret_n)
{
    struct upload *oldest = NULL;
    size_t n = 0;

    for (struct upload *u = uploads->uploads; u; u = u->next) {
        n++;
        /* The list begins with the newest: of those touched in the same millisecond, the last is the oldest. */
        if (u->n_users == 0 && (!oldest || u->touched_ms <= oldest->touched_ms))
            oldest = u;
    }
    *ret_n = n;
    return oldest;
}

void kith_web_uploads_sweep(struct kith_web_uploads *uploads)
{
    int64_t before_ms = kith_clock_monotonic_ms() - UNTOUCHED_MS;
    size_t n;

    (void)pthread_mutex_lock(&uploads->lock);
    for (;;) {
        struct upload *oldest = longest_untouched(uploads, &n);
        if (!oldest || oldest->touched_ms > before_ms)
            break;
        give_up(uploads, oldest);
    }
    (void)pthread_mutex_unlock(&uploads->lock);
}

/* --- Uploads ----------------------------------------------------------------------------- */

/* Between the making of a folder and its locking another program that starts may clear it: then once more. */
static enum kith_status make_dir(struct kith_web_uploads *uploads, struct upload *upload, struct kith_error *err)
{
    enum kith_status st = KITH_OK;

    for (int i = 0; st == KITH_OK && i < DIR_TRIES && upload->lock_fd < 0; i++) {
        st = kith_file_make_dir(upload->dir, err);
        if (st == KITH_OK)
            upload->lock_fd = lock_dir(upload->dir);
    }
    if (st == KITH_OK && upload->lock_fd < 0)
        return kith_fail(err, KITH_E_STORE, "could not keep the folder \"%s\"", upload->dir);
    return st;
}

enum kith_status kith_web_upload_begin(struct kith_web_uploads *uploads, char ret_id[KITH_WEB_ID_BYTES],
                                       struct kith_error *err)
{
    struct upload *upload = kith_xnew(struct upload);
    enum kith_status st = KITH_OK;
    struct upload *oldest;
    size_t n;

    upload->lock_fd = -1;
    upload->touched_ms = kith_clock_monotonic_ms();
    kith_web_random_word(upload->id, sizeof(upload->id));
    (void)pthread_mutex_lock(&uploads->lock);
    oldest = longest_untouched(uploads, &n);
    if (uploads->stopping)
        st = kith_fail(err, KITH_E_CANCELLED, "kith is being stopped");
    else if (n >= UPLOADS_MAX && !oldest)
        st = kith_fail(err, KITH_E_USAGE, "%d uploads are under way", UPLOADS_MAX);
    else if (uploads->dir[0] == '\0' || !kith_file_join(upload->dir, sizeof(upload->dir), uploads->dir, upload->id))
        st = kith_fail(err, KITH_E_STORE, "the path of the data folder is too long");
    if (st == KITH_OK)
        st = make_dir(uploads, upload, err);
    if (st == KITH_OK) {
        if (n >= UPLOADS_MAX && oldest)
            give_up(uploads, oldest);
        upload->cancel = kith_cancel_new();
        upload->next = uploads->uploads;
        uploads->uploads = upload;
        (void)kith_text_copy(ret_id, KITH_WEB_ID_BYTES, upload->id);
        upload = NULL;
    }
    (void)pthread_mutex_unlock(&uploads->lock);
    free(upload);
    return st;
}

/* With the lock held. NULL and an error when there is none. */
static struct upload *find(struct kith_web_uploads *uploads, const char *id, struct kith_error *err)
{
    struct upload *u = uploads->uploads;

    while (u && (u->closed || strcmp(u->id, id) != 0))
        u = u->next;
    if (!u)
        (void)kith_fail(err, KITH_E_NOT_FOUND, "there is no upload \"%s\" any more", id);
    return u;
}

enum kith_status kith_web_upload_cancel(struct kith_web_uploads *uploads, const char *id, struct kith_error *err)
{
    struct upload *upload;

    (void)pthread_mutex_lock(&uploads->lock);
    upload = find(uploads, id, err);
    if (upload)
        give_up(uploads, upload);
    (void)pthread_mutex_unlock(&uploads->lock);
    return upload ? KITH_OK : KITH_E_NOT_FOUND;
}

/* A file and the folder around it. */
static void remove_file(const char *path)
{
    char dir[PATH_BYTES];
    char *slash;

    (void)kith_text_copy(dir, sizeof(dir), path);
    slash = strrchr(dir, '/');
    *slash = '\0';
    (void)unlink(path); /* what stays goes with the upload */
    (void)rmdir(dir);
}

enum kith_status kith_web_upload_drop(struct kith_web_uploads *uploads, const char *id, int64_t file,
                                      struct kith_error *err)
{
    enum kith_status st = KITH_E_NOT_FOUND;

    (void)pthread_mutex_lock(&uploads->lock);
    struct upload *upload = find(uploads, id, err);
    for (size_t i = 0; upload && i < upload->n_files; i++) {
        if (upload->files[i].id != file)
            continue;
        remove_file(upload->files[i].path);
        free(upload->files[i].path);
        upload->files[i] = upload->files[--upload->n_files];
        upload->touched_ms = kith_clock_monotonic_ms();
        st = KITH_OK;
    }
    if (upload && st != KITH_OK)
        (void)kith_fail(err, KITH_E_NOT_FOUND, "there is no file %lld in this upload", (long long)file);
    (void)pthread_mutex_unlock(&uploads->lock);
    return st;
}

/* --- One file that is coming in --------------------------------------------------------- */

/* The last part of what the browser calls it, without what could lead anywhere or hide it. */
static void clean_name(const char *name, char *out, size_t out_size)
{
    size_t n = 0;

    for (const char *c = name; *c != '\0'; c++)
        if (*c == '/' || *c == '\\')
            name = c + 1;
    name += strspn(name, ". ");
    for (; *name != '\0' && n < out_size - 1; name++)
        if ((unsigned char)*name >= ' ' && *name != 0x7f)
            out[n++] = *name;
    out[kith_utf8_valid_len(out, n)] = '\0';
    if (out[0] == '\0')
        (void)kith_text_copy(out, out_size, "file");
}

static enum kith_status check_room(const char *dir, int64_t announced, struct kith_error *err)
{
    struct statvfs info;

    if (announced <= 0 || statvfs(dir, &info) != 0)
        return KITH_OK; /* writing will tell */
    if ((uint64_t)announced / info.f_frsize < info.f_bavail)
        return KITH_OK;
    return kith_file_fail(err, ENOSPC, "write to", dir);
}

static enum kith_status open_file(struct kith_web_intake *intake, const char *name, struct kith_error *err)
{
    char clean[KITH_WEB_UPLOAD_NAME_BYTES], dir[PATH_BYTES];
    enum kith_status st;

    clean_name(name, clean, sizeof(clean));
    if (!kith_text_format(dir, sizeof(dir), "%s/%lld", intake->upload->dir, (long long)intake->file) ||
        !kith_file_join(intake->path, sizeof(intake->path), dir, clean))
        return kith_fail(err, KITH_E_STORE, "the path of the data folder is too long");
    st = kith_file_make_dir(dir, err);
    if (st != KITH_OK)
        return st;
    intake->fd = open(intake->path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    return intake->fd >= 0 ? KITH_OK : kith_file_fail(err, errno, "make the file", intake->path);
}

/* With the lock held. */
static enum kith_status join(struct kith_web_uploads *uploads, const char *id, struct kith_web_intake *intake,
                             struct kith_error *err)
{
    struct upload *upload = find(uploads, id, err);

    if (!upload)
        return KITH_E_NOT_FOUND;
    if (upload->last_file >= KITH_WEB_UPLOAD_FILES_MAX)
        return kith_fail(err, KITH_E_USAGE, "more than %d files at once", KITH_WEB_UPLOAD_FILES_MAX);
    upload->n_users++;
    intake->upload = upload;
    intake->file = ++upload->last_file;
    return KITH_OK;
}

enum kith_status kith_web_intake_open(struct kith_web_uploads *uploads, const char *id, const char *name,
                                      int64_t announced, struct kith_web_intake **ret, struct kith_error *err)
{
    KITH_AUTO(kith_web_intake) intake = kith_xnew(struct kith_web_intake);
    enum kith_status st;

    intake->uploads = uploads;
    intake->fd = -1;
    (void)pthread_mutex_lock(&uploads->lock);
    st = join(uploads, id, intake, err);
    (void)pthread_mutex_unlock(&uploads->lock);
    if (st == KITH_OK)
        st = check_room(intake->upload->dir, announced, err);
    if (st == KITH_OK)
        st = open_file(intake, name, err);
    if (st == KITH_OK)
        *ret = KITH_TAKE(intake);
    return st;
}

bool kith_web_intake_write(struct kith_web_intake *intake, const char *bytes, size_t len)
{
    intake->n_bytes += (int64_t)len;
    if (intake->n_bytes > KITH_WEB_UPLOAD_FILE_BYTES)
        return false;
    while (len > 0 && intake->failed == 0) {
        ssize_t n = write(intake->fd, bytes, len);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            intake->failed = n < 0 ? errno : EIO;
            if (ftruncate(intake->fd, 0) != 0) /* the disk is not kept full while the rest comes in */
                kith_log_debug(KITH_LOG_WEB, "a file stays half written: %s", strerror(errno));
            break;
        }
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

/* From here on the upload may be imported: the answer that tells of this file is on its way. */
static void leave(struct kith_web_intake *intake)
{
    if (!intake->upload)
        return;
    (void)pthread_mutex_lock(&intake->uploads->lock);
    give_back(intake->uploads, intake->upload);
    (void)pthread_mutex_unlock(&intake->uploads->lock);
    intake->upload = NULL;
}

/* Unless the upload has taken the file over. */
static void drop(struct kith_web_intake *intake)
{
    if (intake->path[0] == '\0')
        return;
    remove_file(intake->path);
    intake->path[0] = '\0';
}

void kith_web_intake_close(struct kith_web_intake *intake)
{
    if (!intake)
        return;
    if (intake->fd >= 0)
        (void)close(intake->fd);
    drop(intake);
    leave(intake);
    free(intake);
}

/* The path goes over to the upload. With the lock held. */
static void keep(struct kith_web_intake *intake, int64_t found)
{
    struct upload *upload = intake->upload;

    if (upload->n_files == upload->cap_files) {
        upload->cap_files = upload->cap_files > 0 ? upload->cap_files * 2 : 16;
        upload->files = kith_xrealloc(upload->files, upload->cap_files, sizeof(upload->files[0]));
    }
    upload->files[upload->n_files++] =
        (struct file){.id = intake->file, .path = kith_xstrdup(intake->path), .found = found};
    intake->path[0] = '\0';
}

/* By the engine's reading process. */
static enum kith_status look(struct kith *k, const char *path, struct kith_cancel *cancel, int64_t *ret_found,
                             struct kith_error *err)
{
    const char *paths[] = {path};

    return kith_outlook_look(k, paths, 1, cancel, ret_found, err);
}

static enum kith_status judge(struct kith_web_intake *intake, struct kith_web_look *ret, struct kith_error *err)
{
    struct kith_error own = {0};
    int64_t found = 0;
    enum kith_status st;

    if (intake->failed != 0)
        return kith_file_fail(err, intake->failed, "write to", intake->path);
    (void)close(intake->fd);
    intake->fd = -1;
    st = look(intake->uploads->k, intake->path, intake->upload->cancel, &found, &own);
    if (st != KITH_OK && st != KITH_E_FILE) {
        if (err)
            *err = own;
        return st;
    }
    *ret = (struct kith_web_look){.found = found};
    if (st == KITH_E_FILE || found == 0)
        kith_web_file_reason(&own, ret->why, sizeof(ret->why));
    if (ret->why[0] == '\0') {
        ret->id = intake->file;
        (void)pthread_mutex_lock(&intake->uploads->lock);
        keep(intake, found);
        (void)pthread_mutex_unlock(&intake->uploads->lock);
    }
    return KITH_OK;
}

enum kith_status kith_web_intake_look(struct kith_web_intake *intake, struct kith_web_look *ret, struct kith_error *err)
{
    enum kith_status st = judge(intake, ret, err);

    drop(intake); /* now: whoever is told that it is no use must not find it any more */
    leave(intake);
    return st;
}

/* --- Into the engine ------------------------------------------------------------------------ */

/* Nobody adds to it or leaves out of it from now on, so that its paths stay. With the lock held. */
static enum kith_status close_upload(struct upload *upload, struct kith_error *err)
{
    if (upload->n_files == 0)
        return kith_fail(err, KITH_E_USAGE, "there is nothing in this upload");
    if (upload->n_users > 0)
        return kith_fail(err, KITH_E_USAGE, "a file is still coming in");
    upload->closed = true;
    upload->n_users++;
    return KITH_OK;
}

/* The files move to where the engine keeps its own. */
static enum kith_status link_files(struct kith *k, const struct upload *upload, struct kith_account *ret,
                                   struct kith_error *err)
{
    const struct kith_outlook_options options = {.take = true};
    const char **paths = kith_xnew_n(const char *, upload->n_files);
    enum kith_status st;

    for (size_t i = 0; i < upload->n_files; i++)
        paths[i] = upload->files[i].path;
    st = kith_outlook_link(k, paths, upload->n_files, &options, ret, err);
    free(paths);
    return st;
}

enum kith_status kith_web_upload_add(struct kith_web_uploads *uploads, const char *id, struct kith_account *ret,
                                     struct kith_error *err)
{
    struct upload *upload;
    enum kith_status st;

    (void)pthread_mutex_lock(&uploads->lock);
    upload = find(uploads, id, err);
    st = upload ? close_upload(upload, err) : KITH_E_NOT_FOUND;
    (void)pthread_mutex_unlock(&uploads->lock);
    if (st != KITH_OK)
        return st;
    st = link_files(uploads->k, upload, ret, err);
    (void)pthread_mutex_lock(&uploads->lock);
    if (!upload->gone)
        take_off(uploads, upload);
    give_back(uploads, upload);
    (void)pthread_mutex_unlock(&uploads->lock);
    return st;
}
