/* SPDX-License-Identifier: MIT */
/*
 * weigh.c - runs a command and says in JSON what it cost.
 *
 * Before: bench.py decides what is compared with what.
 * After:  its medians and ratios.
 *
 * A program of its own, and a small one: the kernel counts the memory of whoever starts a program as that
 * program's peak, so the interpreter that conducts the bench must not be it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static double now_s(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now); /* cannot fail for this clock */
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Does not come back. What the command prints is not what is measured. */
static void become(char **command)
{
    int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);

    if (nowhere < 0 || dup2(nowhere, STDIN_FILENO) < 0 || dup2(nowhere, STDOUT_FILENO) < 0)
        _exit(127);
    (void)execvp(command[0], command); /* comes back only when it failed */
    fprintf(stderr, "weigh: cannot start \"%s\": %s\n", command[0], strerror(errno));
    _exit(127);
}

static int weigh(char **command)
{
    struct rusage used;
    int status = 0;
    double began = now_s();
    pid_t child = fork();

    if (child < 0) {
        fprintf(stderr, "weigh: could not fork: %s\n", strerror(errno));
        return 127;
    }
    if (child == 0)
        become(command);
    while (wait4(child, &status, 0, &used) < 0)
        if (errno != EINTR)
            return 127;

    double wall_s = now_s() - began;
    int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    printf("{\"exit\": %d, \"wall_s\": %.6f, \"user_s\": %.6f, \"system_s\": %.6f, \"peak_kib\": %ld}\n", code, wall_s,
           seconds_of(used.ru_utime), seconds_of(used.ru_stime), used.ru_maxrss);
    return code;
}

int main(int argc, char **argv)
{
    long times = argc > 2 ? strtol(argv[1], NULL, 10) : 0;

    if (times < 1) {
        fprintf(stderr, "usage: weigh TIMES COMMAND [ARGUMENT]...\n");
        return 2;
    }
    for (long i = 0; i < times; i++) {
        int code = weigh(argv + 2);

        if (code == 127)
            return code;
    }
    return 0;
}
