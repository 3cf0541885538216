/* SPDX-License-Identifier: MIT */
/*
 * fetch_reader.c - the process kith-reader: started on one file, listened to, ended.
 *
 * Before: fetch_file.c has opened the file.
 * After:  fetch_file.c reads frames from out_fd.
 *
 * The process belongs to whoever has written the file, so it gets nothing of ours: it starts with three descriptors
 * and an empty environment. What it does itself to be harmless is in reader/reader_lock.c.
 */
#include "fetch/fetch_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "kith_config.h"

enum {
    ARGUMENTS_MAX = 16,
    LINGER_MS = 1000, /* between the end of its output and its own end */
    NAP_MS = 2,
};

/* Handed on for developers, where they are set. */
static const char *const handed_on[] = {
    "KITH_DEBUG",
#if KITH_SANITIZED
    "ASAN_OPTIONS",
    "UBSAN_OPTIONS",
    "TSAN_OPTIONS",
#endif
};

/* --- Starting ------------------------------------------------------------ */

/* Above the three that the reader gets: so none of them is overwritten before it was copied. */
static bool lift(int *fd)
{
    int higher;

    if (*fd > STDERR_FILENO)
        return true;
    higher = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    if (higher < 0)
        return false;
    (void)close(*fd); /* a copy is there */
    *fd = higher;
    return true;
}

/* text[] gets "NAME=value", yours to free(), and ends in NULL. */
static void fill_environment(char *text[KITH_COUNT_OF(handed_on) + 1])
{
    size_t n = 0;

    for (size_t i = 0; i < KITH_COUNT_OF(handed_on); i++) {
        const char *value = secure_getenv(handed_on[i]);

        if (value && asprintf(&text[n], "%s=%s", handed_on[i], value) >= 0)
            n++;
    }
    text[n] = NULL;
}

/* What it has to say beside frames is for developers; a person's terminal is not for a hostile file to write to. */
static bool hears_errors(void)
{
    return KITH_SANITIZED || kith_log_wanted(KITH_LOG_PARSE) || kith_log_wanted(KITH_LOG_FETCH);
}

static bool set_descriptors(posix_spawn_file_actions_t *actions, int file_fd, int out_fd)
{
    return posix_spawn_file_actions_adddup2(actions, file_fd, STDIN_FILENO) == 0 &&
           posix_spawn_file_actions_adddup2(actions, out_fd, STDOUT_FILENO) == 0 &&
           (hears_errors() ||
            posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0) &&
           posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1) == 0;
}

/* In a group of its own: Ctrl-C is for the engine, which ends its reader by itself. */
static bool set_signals(posix_spawnattr_t *attributes)
{
    sigset_t none;
    sigset_t all;

    (void)sigemptyset(&none); /* these two cannot fail */
    (void)sigfillset(&all);
    return posix_spawnattr_setflags(attributes,
                                    POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP) == 0 &&
           posix_spawnattr_setpgroup(attributes, 0) == 0 && posix_spawnattr_setsigmask(attributes, &none) == 0 &&
           posix_spawnattr_setsigdefault(attributes, &all) == 0;
}

/* Returns 0 or an errno. */
static int spawn(const char *program, char **arguments, int file_fd, int out_fd, pid_t *ret_pid)
{
    char *environment[KITH_COUNT_OF(handed_on) + 1];
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int rc = ENOMEM;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return ENOMEM;
    if (posix_spawnattr_init(&attributes) != 0) {
        (void)posix_spawn_file_actions_destroy(&actions); /* always succeeds */
        return ENOMEM;
    }
    fill_environment(environment);
    if (set_descriptors(&actions, file_fd, out_fd) && set_signals(&attributes))
        rc = posix_spawn(ret_pid, program, &actions, &attributes, arguments, environment);
    for (size_t i = 0; environment[i]; i++)
        free(environment[i]);
    (void)posix_spawnattr_destroy(&attributes); /* as above */
    (void)posix_spawn_file_actions_destroy(&actions);
    return rc;
}

/* Both ends above the standard descriptors; ours does not block. */
static bool make_pipe(int ends[2])
{
    return pipe2(ends, O_CLOEXEC) == 0 && lift(&ends[0]) && lift(&ends[1]) && fcntl(ends[0], F_SETFL, O_NONBLOCK) == 0;
}

enum kith_status kith_fetch_reader_start(const char *program, const char *const *arguments, int file_fd,
                                         struct kith_fetch_reader *ret, struct kith_error *err)
{
    char *argv[ARGUMENTS_MAX] = {(char *)(uintptr_t)program}; /* posix_spawn does not write to them */
    int ends[2] = {-1, -1};
    pid_t pid = 0;
    int rc;

    for (size_t i = 0; arguments[i] && i + 2 < ARGUMENTS_MAX; i++)
        argv[i + 1] = (char *)(uintptr_t)arguments[i];
    rc = make_pipe(ends) ? 0 : errno;
    KITH_AUTO_FD out_fd = ends[0];
    KITH_AUTO_FD its_end = ends[1];
    if (rc == 0)
        rc = spawn(program, argv, file_fd, its_end, &pid);
    if (rc != 0)
        return kith_fail_reason(err, KITH_E_INTERNAL, KITH_REASON_INCOMPLETE, "could not start \"%s\": %s", program,
                                strerrordesc_np(rc));
    ret->pid = pid;
    ret->out_fd = kith_take_fd(&out_fd);
    return KITH_OK;
}

/* --- Ending -------------------------------------------------------------- */

static void close_output(struct kith_fetch_reader *reader)
{
    if (reader->out_fd >= 0)
        (void)close(reader->out_fd); /* it was only read */
    reader->out_fd = -1;
}

void kith_fetch_reader_done(struct kith_fetch_reader *reader)
{
    int status;

    if (reader->pid <= 0)
        return;
    close_output(reader);
    (void)kill(reader->pid, SIGKILL); /* not waited for yet: the number is still its own */
    while (waitpid(reader->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    reader->pid = 0;
}

bool kith_fetch_reader_end(struct kith_fetch_reader *reader, int *ret_status)
{
    pid_t gone = 0;

    close_output(reader);
    for (int waited_ms = 0; gone == 0 && waited_ms < LINGER_MS; waited_ms += NAP_MS) {
        gone = waitpid(reader->pid, ret_status, WNOHANG);
        if (gone == 0)
            (void)kith_cancel_sleep_ms(NULL, NAP_MS);
    }
    if (gone == reader->pid) {
        reader->pid = 0;
        return true;
    }
    kith_fetch_reader_done(reader);
    return false;
}
