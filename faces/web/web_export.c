/* SPDX-License-Identifier: MIT */
/*
 * web_export.c - a download: kith_export() writes on a thread of its own, the connection reads.
 *
 * Before: somebody chose Export.
 * After:  the browser saves a file.
 *
 * Between the two stands a pair of sockets, whose small buffer makes the writer wait for a slow
 * reader: a million contacts are never whole in memory. When the reader goes, writing fails and the export ends.
 */
#include "web_export.h"

#include <errno.h>
#include <pthread.h>
#include <sys/socket.h>

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "web_api.h"
#include "web_input.h"

struct kith_web_exports {
    struct kith *k;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    size_t n; /* threads that write */
};

/* Shared by the writing thread and the stream; the last of them frees it. */
struct download {
    struct kith_web_stream base;
    struct kith_web_exports *exports;
    enum kith_format format;
    char account[64]; /* "" all */
    int write_fd, read_fd;
    int n_users; /* these two under exports->lock */
    bool broke_off;
};

struct kith_web_exports *kith_web_exports_new(struct kith *k)
{
    struct kith_web_exports *exports = kith_xnew(struct kith_web_exports);

    exports->k = k;
    (void)pthread_mutex_init(&exports->lock, NULL); /* with default attributes these cannot fail on Linux */
    (void)pthread_cond_init(&exports->changed, NULL);
    return exports;
}

void kith_web_exports_free(struct kith_web_exports *exports)
{
    if (!exports)
        return;
    (void)pthread_mutex_lock(&exports->lock);
    while (exports->n > 0)
        (void)pthread_cond_wait(&exports->changed, &exports->lock);
    (void)pthread_mutex_unlock(&exports->lock);
    (void)pthread_cond_destroy(&exports->changed);
    (void)pthread_mutex_destroy(&exports->lock);
    free(exports);
}

/* With the lock held. */
static void give_back(struct download *download)
{
    if (--download->n_users == 0)
        free(download);
}

/* --- The writing side -------------------------------------------------------------- */

static bool write_bytes(void *ctx, const char *bytes, size_t len)
{
    const struct download *download = ctx;

    while (len > 0) {
        ssize_t n = send(download->write_fd, bytes, len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false; /* the browser went away */
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static void *writing_thread(void *arg)
{
    struct download *download = arg;
    struct kith_web_exports *exports = download->exports;
    enum kith_status st = kith_export(exports->k, download->account[0] ? download->account : NULL, download->format,
                                      write_bytes, download, NULL, NULL);

    (void)pthread_mutex_lock(&exports->lock);
    download->broke_off = st != KITH_OK;
    (void)close(download->write_fd); /* the reader sees the end, and then asks whether it was one */
    give_back(download);
    exports->n--;
    (void)pthread_cond_broadcast(&exports->changed);
    (void)pthread_mutex_unlock(&exports->lock);
    return NULL;
}

/* --- The reading side --------------------------------------------------------------- */

/* A download that broke off must not look like a whole one. */
static ssize_t end_of(const struct download *download)
{
    ssize_t end;

    (void)pthread_mutex_lock(&download->exports->lock);
    end = download->broke_off ? -1 : 0;
    (void)pthread_mutex_unlock(&download->exports->lock);
    return end;
}

static ssize_t read_stream(struct kith_web_stream *base, char *out, size_t out_size)
{
    const struct download *download = (struct download *)base;
    ssize_t n;

    do
        n = recv(download->read_fd, out, out_size, 0);
    while (n < 0 && errno == EINTR);
    return n > 0 ? n : end_of(download);
}

static void close_stream(struct kith_web_stream *base)
{
    struct download *download = (struct download *)base;
    struct kith_web_exports *exports = download->exports;

    (void)close(download->read_fd); /* the writer stops at this */
    (void)pthread_mutex_lock(&exports->lock);
    give_back(download);
    (void)pthread_mutex_unlock(&exports->lock);
}

/* --- Beginning ------------------------------------------------------------------------- */

/* Open the pair and start the thread. NULL and errno on failure. */
static struct download *begin(struct kith_web_exports *exports, enum kith_format format, const char *account)
{
    struct download *download;
    pthread_t thread;
    int fds[2];

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) != 0)
        return NULL;
    download = kith_xnew(struct download);
    *download = (struct download){.base = {.read = read_stream, .close = close_stream, .socket = -1},
                                  .exports = exports,
                                  .format = format,
                                  .read_fd = fds[0],
                                  .write_fd = fds[1],
                                  .n_users = 2};
    (void)kith_text_copy(download->account, sizeof(download->account), account);
    (void)pthread_mutex_lock(&exports->lock);
    int reason = pthread_create(&thread, NULL, writing_thread, download);
    exports->n += reason == 0;
    (void)pthread_mutex_unlock(&exports->lock);
    if (reason == 0) {
        (void)pthread_detach(thread); /* exports->n says when it is over */
        return download;
    }
    (void)close(fds[0]); /* never used */
    (void)close(fds[1]);
    free(download);
    errno = reason;
    return NULL;
}

static enum kith_status read_format(const struct kith_web_request *request, enum kith_format *ret,
                                    struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) text;
    enum kith_status st;

    kith_buf_init(&text, KITH_WEB_TARGET_BYTES);
    st = kith_web_query_text(request, "format", 16, &text, NULL, err);
    if (st != KITH_OK)
        return st;
    if (strcmp(kith_buf_text(&text), "vcard4") == 0)
        *ret = KITH_FORMAT_VCARD4;
    else if (strcmp(kith_buf_text(&text), "json") == 0)
        *ret = KITH_FORMAT_JSON;
    else
        return kith_fail(err, KITH_E_USAGE, "the parameter \"format\" must be vcard4 or json");
    return KITH_OK;
}

KITH_WEB_HANDLER(kith_web_get_export)
{
    enum kith_format format = KITH_FORMAT_VCARD4;
    char account[64];
    struct kith_account found;
    struct download *download;
    enum kith_status st = read_format(request, &format, err);

    if (st == KITH_OK)
        st = kith_web_query_account(request, account, err);
    if (st == KITH_OK && account[0] != '\0')
        st = kith_account_find(web->k, account, &found, err);
    if (st != KITH_OK)
        return st;
    download = begin(web->exports, format, account);
    if (!download)
        return kith_fail(err, KITH_E_INTERNAL, "the download could not begin: %s", strerror(errno));
    answer->status = 200;
    answer->type = format == KITH_FORMAT_JSON ? "application/json" : "text/vcard; charset=utf-8";
    (void)kith_text_format(answer->disposition, sizeof(answer->disposition), "attachment; filename=\"contacts.%s\"",
                           format == KITH_FORMAT_JSON ? "json" : "vcf");
    answer->stream = &download->base;
    return KITH_OK;
}
