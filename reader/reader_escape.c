/* SPDX-License-Identifier: MIT */
/*
 * reader_escape.c - the lock put to the test: kith-reader --try-to-escape.
 *
 * The calls are made as an attacker makes them, without the C library, whose own checks would only hide what the
 * kernel says. Whatever should succeed all the same is undone.
 */
#include "reader/reader_escape.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/text.h"
#include "model/reader_frame.h"

static const char new_file[] = "/tmp/kith-reader-escaped";

static long try_socket(void)
{
    return syscall(SYS_socket, AF_INET, SOCK_STREAM, 0);
}

static long try_socket_nearby(void)
{
    return syscall(SYS_socket, AF_UNIX, SOCK_STREAM, 0);
}

/* Through a descriptor that it still has. */
static long try_connect(void)
{
    struct sockaddr_in home = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons(9)};

    return syscall(SYS_connect, STDOUT_FILENO, &home, sizeof(home));
}

static long try_write_file(void)
{
    long fd = syscall(SYS_openat, AT_FDCWD, new_file, O_WRONLY | O_CREAT | O_EXCL, 0600);

    if (fd >= 0)
        (void)unlink(new_file); /* the answer is known */
    return fd;
}

static long try_read_file(void)
{
    return syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY);
}

static long try_memory_file(void)
{
    return syscall(SYS_memfd_create, "escaped", 0);
}

static long try_unlink(void)
{
    return syscall(SYS_unlinkat, AT_FDCWD, new_file, 0);
}

static long try_pipe(void)
{
    int ends[2];

    return syscall(SYS_pipe2, ends, 0);
}

static long try_copy_descriptor(void)
{
    return syscall(SYS_dup, STDOUT_FILENO);
}

static long try_fork(void)
{
    long pid = syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);

    if (pid == 0)
        _exit(0);
    return pid;
}

static long try_exec(void)
{
    char *const arguments[] = {(char *)(uintptr_t) "true", NULL};

    return syscall(SYS_execve, "/bin/true", arguments, NULL);
}

static long try_signal(void)
{
    return syscall(SYS_kill, getppid(), 0);
}

static long try_trace(void)
{
    return syscall(SYS_ptrace, PTRACE_TRACEME, 0, NULL, NULL);
}

static long try_other_memory(void)
{
    return syscall(SYS_process_vm_readv, getppid(), NULL, 0, NULL, 0, 0);
}

static long try_ring(void)
{
    char no_parameters[128] = {0};

    return syscall(SYS_io_uring_setup, 1, no_parameters);
}

static long try_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

    return page == MAP_FAILED ? -1 : 0;
}

static long try_limits(void)
{
    struct rlimit more = {.rlim_cur = 100, .rlim_max = 100};

    return syscall(SYS_prlimit64, 0, RLIMIT_NOFILE, &more, NULL);
}

static long try_namespace(void)
{
    return syscall(SYS_unshare, CLONE_NEWUSER);
}

static const struct {
    const char *name;
    long (*attempt)(void); /* negative: refused, errno says how */
} attempts[] = {
    {"open a socket", try_socket},
    {"open a local socket", try_socket_nearby},
    {"connect", try_connect},
    {"open a file for writing", try_write_file},
    {"open a file for reading", try_read_file},
    {"make a file in memory", try_memory_file},
    {"remove a file", try_unlink},
    {"make a pipe", try_pipe},
    {"copy a descriptor", try_copy_descriptor},
    {"start a process", try_fork},
    {"run a program", try_exec},
    {"signal its parent", try_signal},
    {"be traced", try_trace},
    {"read another's memory", try_other_memory},
    {"open an io_uring", try_ring},
    {"make memory executable", try_code},
    {"raise its limits", try_limits},
    {"make a namespace", try_namespace},
};

static const struct {
    unsigned lock;
    const char *name;
} lock_names[] = {
    {KITH_LOCK_LIMITS, "limits"},
    {KITH_LOCK_NO_PRIVILEGES, "no new privileges"},
    {KITH_LOCK_LANDLOCK, "Landlock"},
    {KITH_LOCK_SECCOMP, "seccomp"},
};

static void say(struct kith_buf *said)
{
    const char *at = kith_buf_text(said);

    for (ssize_t n = 1; *at != '\0' && n > 0; at += n > 0 ? n : 0)
        n = write(STDOUT_FILENO, at, strlen(at));
}

int reader_escape(unsigned locks)
{
    KITH_AUTO_DONE(kith_buf) said;
    int escaped = 0;

    kith_buf_init(&said, 64 * 1024);
    for (size_t i = 0; i < KITH_COUNT_OF(lock_names); i++)
        (void)kith_buf_addf(&said, "%s: %s\n", lock_names[i].name, locks & lock_names[i].lock ? "on" : "not here");
    for (size_t i = 0; i < KITH_COUNT_OF(attempts); i++) {
        bool refused = attempts[i].attempt() < 0;
        const char *how = refused ? strerrorname_np(errno) : NULL;

        escaped |= !refused;
        (void)kith_buf_addf(&said, "%s: %s%s%s\n", attempts[i].name, refused ? "refused (" : "LET THROUGH",
                            refused ? how ? how : "?" : "", refused ? ")" : "");
    }
    say(&said);
    return escaped;
}
