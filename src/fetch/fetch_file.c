/* SPDX-License-Identifier: MIT */
/*
 * fetch_file.c - the contacts of one file of the Outlook app: PST, OST, CSV, vCard.
 *
 * Before: the engine knows which files an account stands for.
 * After:  the sink takes the contacts, normalise/ makes them comparable.
 *
 * The file itself is only hashed here. What is in it is read by kith-reader, and whatever that says is heard as if the
 * file's writer had said it: frames are checked one by one, their number has a ceiling, silence has an end.
 */
#include "fetch/fetch_file.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/log.h"
#include "base/text.h"
#include "fetch/fetch_reader.h"
#include "kith_config.h"

enum {
    RECORDS_MAX = 1000000,      /* contacts and skipped records, each: an address book is a hundred times smaller */
    OTHERS_MAX = 100000,        /* frames of other kinds; a sign of life comes once a second */
    CHUNK_BYTES = 128 * 1024,   /* read from the pipe at once */
    HASHED_BYTES = 1024 * 1024, /* read from the file at once; a cancel is looked at in between */
    HASH_BYTES = 32,
    SILENCE_MS = 60 * 1000,
    LONGEST_NAP_MS = 50, /* between two looks at a cancel without a descriptor */
    EXIT_NO_LOCK = 3,
    EXIT_NO_MEMORY = 70,
};

/* --- Failures ------------------------------------------------------------ */

static enum kith_status fail_file(struct kith_error *err, const char *path, enum kith_reason reason, const char *why)
{
    (void)kith_fail_reason(err, KITH_E_FILE, reason, "\"%s\" cannot be read: %s", kith_file_name(path), why);
    kith_file_blame(err, path);
    return KITH_E_FILE;
}

static enum kith_status fail_errno(struct kith_error *err, const char *path, int errno_value)
{
    const char *words = strerrordesc_np(errno_value);
    enum kith_reason reason = KITH_REASON_FILE_CUT;

    if (errno_value == ENOENT || errno_value == ENOTDIR)
        reason = KITH_REASON_FILE_MISSING;
    else if (errno_value == EACCES || errno_value == EPERM)
        reason = KITH_REASON_FILE_NO_ACCESS;
    return fail_file(err, path, reason, words ? words : "unknown error");
}

/* --- The file ------------------------------------------------------------ */

/* Only a plain file: a pipe or a device in its place could hold us for ever. */
static enum kith_status open_file(const char *path, int *ret_fd, struct kith_error *err)
{
    struct stat st;

    KITH_AUTO_FD fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &st) != 0)
        return fail_errno(err, path, errno);
    if (!S_ISREG(st.st_mode))
        return fail_file(err, path, KITH_REASON_FILE_UNKNOWN, "it is no plain file");
    *ret_fd = kith_take_fd(&fd);
    return KITH_OK;
}

static enum kith_status look_at(int fd, const char *path, struct kith_file_print *print, struct kith_error *err)
{
    struct stat st;

    if (fstat(fd, &st) != 0)
        return fail_errno(err, path, errno);
    print->bytes = st.st_size;
    print->modified_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
    return KITH_OK;
}

/* With pread: the descriptor's position stays, and is nobody's business. */
static enum kith_status hash_bytes(int fd, const char *path, const struct kith_cancel *cancel,
                                   crypto_generichash_state *hash, int64_t *ret_bytes, struct kith_error *err)
{
    KITH_AUTO_STRING piece = kith_xcalloc(1, HASHED_BYTES);
    int64_t at = 0;

    for (;;) {
        ssize_t n = pread(fd, piece, HASHED_BYTES, at);

        if (kith_cancel_is_set(cancel))
            return kith_fail(err, KITH_E_CANCELLED, "cancelled while \"%s\" was looked at", kith_file_name(path));
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return fail_errno(err, path, errno);
        if (n == 0)
            break;
        (void)crypto_generichash_update(hash, (const unsigned char *)piece, (size_t)n); /* cannot fail */
        at += n;
    }
    *ret_bytes = at;
    return KITH_OK;
}

static enum kith_status hash_file(int fd, const char *path, const struct kith_cancel *cancel,
                                  struct kith_file_print *print, struct kith_error *err)
{
    unsigned char hash[HASH_BYTES];
    crypto_generichash_state state;
    enum kith_status st;
    int64_t bytes = 0;

    _Static_assert(sizeof(print->hash) == 2 * HASH_BYTES + 1, "hexadecimal, and its end");
    if (sodium_init() < 0)
        return kith_fail(err, KITH_E_INTERNAL, "libsodium could not be initialised");
    (void)crypto_generichash_init(&state, NULL, 0, HASH_BYTES); /* the sizes are right */
    st = hash_bytes(fd, path, cancel, &state, &bytes, err);
    if (st != KITH_OK)
        return st;
    if (bytes != print->bytes)
        return fail_file(err, path, KITH_REASON_FILE_CHANGED, "it changed while it was read");
    (void)crypto_generichash_final(&state, hash, HASH_BYTES);
    (void)sodium_bin2hex(print->hash, sizeof(print->hash), hash, HASH_BYTES);
    return KITH_OK;
}

static enum kith_status print_of(int fd, const char *path, bool with_hash, const struct kith_cancel *cancel,
                                 struct kith_file_print *ret, struct kith_error *err)
{
    struct kith_file_print print = {0};
    enum kith_status st;

    st = look_at(fd, path, &print, err);
    if (st == KITH_OK && with_hash)
        st = hash_file(fd, path, cancel, &print, err);
    if (st == KITH_OK)
        *ret = print;
    return st;
}

enum kith_status kith_file_print_of(const char *path, bool with_hash, const struct kith_cancel *cancel,
                                    struct kith_file_print *ret, struct kith_error *err)
{
    KITH_AUTO_FD fd = -1;
    enum kith_status st;

    st = open_file(path, &fd, err);
    return st == KITH_OK ? print_of(fd, path, with_hash, cancel, ret, err) : st;
}

/* Outlook, or whoever copies the file here, was faster or slower than the reader: its contacts are of no one state. */
static enum kith_status check_unchanged(int fd, const char *path, const struct kith_file_print *before,
                                        struct kith_error *err)
{
    struct kith_file_print now = {0};
    enum kith_status st;

    st = look_at(fd, path, &now, err);
    if (st != KITH_OK)
        return st;
    if (now.bytes == before->bytes && now.modified_ns == before->modified_ns)
        return KITH_OK;
    return fail_file(err, path, KITH_REASON_FILE_CHANGED, "it changed while it was read");
}

/* --- Where the reader is -------------------------------------------------- */

/* The folder that this code was loaded from. false: cannot be told. */
static bool own_folder(char *out, size_t out_size)
{
    static const int here = 0;
    Dl_info info;
    const char *slash;

    if (dladdr(&here, &info) == 0 || !info.dli_fname)
        return false;
    slash = strrchr(info.dli_fname, '/');
    return slash && kith_text_format(out, out_size, "%.*s", (int)(slash - info.dli_fname), info.dli_fname);
}

/*
 * A library that was not installed yet takes the reader that was built with it, not an older one of the system. It
 * lies one folder below the one that Ninja builds in; a test that holds it in itself, two.
 */
static bool is_beside_us(char *out, size_t out_size)
{
    static const char *const build_folders[] = {"..", "../.."};
    char folder[PATH_MAX];
    char build_file[PATH_MAX];

    if (!own_folder(folder, sizeof(folder)))
        return false;
    for (size_t i = 0; i < KITH_COUNT_OF(build_folders); i++) {
        if (kith_text_format(build_file, sizeof(build_file), "%s/%s/build.ninja", folder, build_folders[i]) &&
            kith_text_format(out, out_size, "%s/%s/reader/kith-reader", folder, build_folders[i]) &&
            access(build_file, F_OK) == 0 && access(out, X_OK) == 0)
            return true;
    }
    return false;
}

bool kith_fetch_file_reader(char *out, size_t out_size)
{
    const char *given = secure_getenv("KITH_READER");

    if (!kith_text_is_empty(given))
        return kith_text_copy(out, out_size, given);
    return is_beside_us(out, out_size) || kith_text_copy(out, out_size, KITH_READER_PATH);
}

/* --- Listening ------------------------------------------------------------ */

struct fetch {
    const char *path;
    const struct kith_fetch_file_options *options;
    const struct kith_contact_sink *sink;
    struct kith_file_facts *facts;
    struct kith_fetch_reader reader;
    struct kith_buf heard; /* bytes that are no whole frame yet */
    struct kith_arena *arena;
    int64_t silent_since_ms;
    int64_t n_others; /* frames that are neither contacts nor skipped records */
    bool greeted;
    bool ended; /* the reader has said its last word */
};

static enum kith_status fail_stream(struct fetch *f, struct kith_error *err)
{
    return fail_file(err, f->path, KITH_REASON_FILE_CUT, "its reader was led astray by what is in it");
}

static enum kith_status fail_cancelled(const struct fetch *f, struct kith_error *err)
{
    return kith_fail(err, KITH_E_CANCELLED, "cancelled while \"%s\" was read", kith_file_name(f->path));
}

static enum kith_status take_contact(struct fetch *f, struct kith_contact *contact, struct kith_error *err)
{
    if (++f->facts->n_contacts > RECORDS_MAX)
        return fail_file(err, f->path, KITH_REASON_FILE_TOO_LARGE, "it has more than a million contacts");
    return f->sink->contact(f->sink->ctx, contact, f->arena, err);
}

static enum kith_status take_skipped(struct fetch *f, const struct kith_reader_frame *frame, struct kith_error *err)
{
    if (++f->facts->n_skipped > RECORDS_MAX)
        return fail_file(err, f->path, KITH_REASON_FILE_TOO_LARGE, "it has more than a million records");
    if (f->sink->skipped)
        f->sink->skipped(f->sink->ctx, frame->what, frame->why);
    return KITH_OK;
}

static enum kith_status take_failure(struct fetch *f, const struct kith_reader_failure *failure, struct kith_error *err)
{
    enum kith_reason reason = failure->reason == KITH_REASON_NONE ? KITH_REASON_FILE_CUT : failure->reason;

    f->ended = true;
    f->facts->ended_early = true;
    return fail_file(err, f->path, reason, failure->message);
}

static void take_end(struct fetch *f, const struct kith_reader_frame *frame)
{
    f->ended = true;
    f->facts->ended_early = frame->what[0] != '\0';
    (void)kith_text_copy(f->facts->where, sizeof(f->facts->where), frame->what);
}

static enum kith_status take_hello(struct fetch *f, const struct kith_reader_frame *frame, struct kith_error *err)
{
    f->greeted = true;
    f->facts->locked_in = frame->locks;
    if (frame->is_stranger)
        return kith_fail_reason(err, KITH_E_INTERNAL, KITH_REASON_INCOMPLETE,
                                "kith-reader is not of the version that kith is");
    return KITH_OK;
}

static enum kith_status take_frame(struct fetch *f, struct kith_reader_frame *frame, struct kith_error *err)
{
    if (f->greeted == (frame->kind == KITH_FRAME_HELLO))
        return fail_stream(f, err); /* the greeting comes first, and once */
    switch (frame->kind) {
    case KITH_FRAME_CONTACT:
        return take_contact(f, &frame->contact, err);
    case KITH_FRAME_SKIPPED:
        return take_skipped(f, frame, err);
    case KITH_FRAME_FAILURE:
        return take_failure(f, &frame->failure, err);
    case KITH_FRAME_HELLO:
        return take_hello(f, frame, err);
    case KITH_FRAME_FIELD:
        kith_field_report_add_n(f->sink->report, frame->field.name, frame->field.fate, frame->field.reason,
                                frame->field.n);
        break;
    case KITH_FRAME_FACTS:
        f->facts->read = frame->facts;
        break;
    case KITH_FRAME_END:
        take_end(f, frame);
        break;
    case KITH_FRAME_ALIVE:
        break;
    }
    return ++f->n_others > OTHERS_MAX ? fail_stream(f, err) : KITH_OK;
}

/* Take the whole frames out of f->heard; what is left is the beginning of one. */
static enum kith_status take_frames(struct fetch *f, struct kith_error *err)
{
    enum kith_reader_frame_state state = KITH_FRAME_WHOLE;
    enum kith_status st = KITH_OK;
    size_t at = 0;

    while (st == KITH_OK && !f->ended) {
        struct kith_reader_frame frame;
        size_t used;

        if (kith_cancel_is_set(f->options->cancel))
            return fail_cancelled(f, err);
        kith_arena_reset(f->arena);
        state = kith_reader_frame_read(f->heard.data + at, f->heard.len - at, f->arena, &frame, &used);
        if (state != KITH_FRAME_WHOLE)
            break;
        at += used;
        st = take_frame(f, &frame, err);
    }
    if (state == KITH_FRAME_DAMAGED)
        return fail_stream(f, err);
    if (at > 0) {
        memmove(f->heard.data, f->heard.data + at, f->heard.len - at);
        f->heard.len -= at;
        f->silent_since_ms = kith_clock_monotonic_ms();
    }
    return st;
}

static int silence_ms(const struct fetch *f)
{
    return f->options->silence_ms > 0 ? f->options->silence_ms : SILENCE_MS;
}

/* Until there is something to hear, or its end. */
static enum kith_status wait_for_reader(struct fetch *f, struct kith_error *err)
{
    const struct kith_cancel *cancel = f->options->cancel;

    while (!kith_cancel_is_set(cancel)) {
        struct pollfd waiting[] = {{.fd = f->reader.out_fd, .events = POLLIN},
                                   {.fd = kith_cancel_fd(cancel), .events = POLLIN}};
        int64_t left_ms = f->silent_since_ms + silence_ms(f) - kith_clock_monotonic_ms();
        bool blind = cancel && waiting[1].fd < 0;

        if (left_ms <= 0)
            return fail_file(err, f->path, KITH_REASON_FILE_CUT, "its reader got stuck in it");
        if (blind && left_ms > LONGEST_NAP_MS)
            left_ms = LONGEST_NAP_MS;
        if (poll(waiting, 2, (int)left_ms) > 0 && waiting[0].revents != 0)
            return KITH_OK;
    }
    return fail_cancelled(f, err);
}

/* *ret_more false: its output has ended. */
static enum kith_status hear(struct fetch *f, bool *ret_more, struct kith_error *err)
{
    char *room = kith_buf_reserve(&f->heard, CHUNK_BYTES);
    ssize_t n;

    if (!room)
        return kith_fail(err, KITH_E_INTERNAL, "no memory for what \"%s\" holds", kith_file_name(f->path));
    n = read(f->reader.out_fd, room, CHUNK_BYTES);
    *ret_more = n != 0;
    if (n > 0)
        f->heard.len += (size_t)n;
    if (n < 0 && errno != EAGAIN && errno != EINTR)
        return fail_errno(err, f->path, errno);
    return KITH_OK;
}

static enum kith_status listen_to_reader(struct fetch *f, struct kith_error *err)
{
    bool more = true;

    f->silent_since_ms = kith_clock_monotonic_ms();
    while (more && !f->ended) {
        enum kith_status st = wait_for_reader(f, err);

        if (st == KITH_OK)
            st = hear(f, &more, err);
        if (st == KITH_OK)
            st = take_frames(f, err);
        if (st != KITH_OK)
            return st;
    }
    return KITH_OK;
}

/* --- How the reader ended -------------------------------------------------- */

static enum kith_status fail_signal(struct fetch *f, int signal_number, struct kith_error *err)
{
    char why[96];

    if (signal_number == SIGBUS) /* the mapping's end is no longer the file's */
        return fail_file(err, f->path, KITH_REASON_FILE_CHANGED, "it became shorter while it was read");
    if (signal_number == SIGXCPU)
        return fail_file(err, f->path, KITH_REASON_FILE_TOO_LARGE, "reading it took too much time");
    (void)kith_text_format(why, sizeof(why),
                           "it is damaged, its reader was stopped by SIG%s after %" PRId64 " contacts",
                           sigabbrev_np(signal_number) ? sigabbrev_np(signal_number) : "?", f->facts->n_contacts);
    return fail_file(err, f->path, KITH_REASON_FILE_CUT, why);
}

/* It went without a last word. */
static enum kith_status fail_silent_end(struct fetch *f, struct kith_error *err)
{
    int status = 0;
    bool known = kith_fetch_reader_end(&f->reader, &status);

    f->facts->ended_early = true;
    if (known && WIFSIGNALED(status))
        return fail_signal(f, WTERMSIG(status), err);
    if (known && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_MEMORY)
        return fail_file(err, f->path, KITH_REASON_FILE_TOO_LARGE, "it needs more memory than its reader may have");
    if (known && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_NO_LOCK)
        return kith_fail(err, KITH_E_INTERNAL, "kith-reader could not lock itself in, so it read nothing");
    return fail_file(err, f->path, KITH_REASON_FILE_CUT, "it is damaged, its reader stopped in the middle");
}

static enum kith_status start_reader(struct fetch *f, int fd, struct kith_error *err)
{
    const char *arguments[] = {"--name",      kith_file_name(f->path),
                               "--region",    f->options->region ? f->options->region : "",
                               "--code-page", f->options->code_page ? f->options->code_page : "",
                               NULL};
    char program[PATH_MAX];

    if (f->options->reader ? !kith_text_copy(program, sizeof(program), f->options->reader)
                           : !kith_fetch_file_reader(program, sizeof(program)))
        return kith_fail(err, KITH_E_INTERNAL, "the path of kith-reader is too long");
    return kith_fetch_reader_start(program, arguments, fd, &f->reader, err);
}

static enum kith_status read_with_reader(struct fetch *f, int fd, struct kith_error *err)
{
    enum kith_status st;

    st = start_reader(f, fd, err);
    if (st == KITH_OK)
        st = listen_to_reader(f, err);
    if (st == KITH_OK && !f->ended)
        st = fail_silent_end(f, err);
    kith_log_debug(KITH_LOG_FETCH, "%s: %" PRId64 " contacts, %" PRId64 " skipped, locks %u", f->facts->read.format,
                   f->facts->n_contacts, f->facts->n_skipped, f->facts->locked_in);
    return st;
}

enum kith_status kith_fetch_file(const char *path, const struct kith_fetch_file_options *options,
                                 const struct kith_contact_sink *sink, struct kith_file_facts *ret,
                                 struct kith_error *err)
{
    struct fetch f = {.path = path, .options = options, .sink = sink, .facts = ret, .reader = {.out_fd = -1}};
    KITH_AUTO_FD fd = -1;
    enum kith_status st;

    *ret = (struct kith_file_facts){0};
    st = open_file(path, &fd, err);
    if (st == KITH_OK)
        st = print_of(fd, path, /* with_hash= */ true, options->cancel, &ret->print, err);
    if (st != KITH_OK)
        return st;

    kith_buf_init(&f.heard, KITH_READER_FRAME_HEAD_BYTES + KITH_READER_FRAME_BODY_MAX + CHUNK_BYTES);
    f.arena = kith_arena_new();
    st = read_with_reader(&f, fd, err);
    kith_fetch_reader_done(&f.reader);
    kith_arena_free(f.arena);
    kith_buf_done(&f.heard);
    return st == KITH_OK ? check_unchanged(fd, path, &ret->print, err) : st;
}
