/* SPDX-License-Identifier: MIT */
/*
 * browser.c - opens an address in the person's browser; see kith/signin.h.
 *
 * Before: engine/ made the address of a sign-in.
 * After:  the browser is somebody else's process; its answer comes to loopback.c.
 */
#include <kith/signin.h>

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>

#include "base/alloc.h"
#include "base/cancel.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"

extern char **environ;

enum { PATIENCE_MS = 1500, LOOK_EVERY_MS = 20 };

/* One of these opens the browser that the person chose; the first that is installed is asked. */
static const char *const openers[][3] = {
    {"xdg-open", NULL, NULL},
    {"gio", "open", NULL},
    {"x-www-browser", NULL, NULL},
    {"sensible-browser", NULL, NULL},
};

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);

    return value && value[0] != '\0';
}

/* Without a display xdg-open would start a browser in the terminal, in the middle of our own output. */
static bool has_display(void)
{
    return is_set("DISPLAY") || is_set("WAYLAND_DISPLAY") || is_set("BROWSER");
}

/* The browser's chatter belongs neither into our output nor into our messages, and it must not read our input. */
static bool detach(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes)
{
    return posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP) == 0 && /* Ctrl-C here is not meant for it */
           posix_spawnattr_setpgroup(attributes, 0) == 0;
}

static bool start(char *const argv[], pid_t *ret)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;

    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    if (posix_spawnattr_init(&attributes) != 0) {
        (void)posix_spawn_file_actions_destroy(&actions); /* cannot fail */
        return false;
    }
    bool ok = detach(&actions, &attributes) && posix_spawnp(ret, argv[0], &actions, &attributes, argv, environ) == 0;
    (void)posix_spawnattr_destroy(&attributes); /* cannot fail */
    (void)posix_spawn_file_actions_destroy(&actions);
    return ok;
}

/* Wait for the opener as long as it runs, so that it does not stay in the process table. */
static void *collect(void *ctx)
{
    pid_t *pid = ctx;

    while (waitpid(*pid, NULL, 0) < 0 && errno == EINTR)
        continue;
    free(pid);
    return NULL;
}

static void collect_later(pid_t pid)
{
    pid_t *copy = kith_xnew(pid_t);
    pthread_t thread;

    *copy = pid;
    if (pthread_create(&thread, NULL, collect, copy) == 0)
        (void)pthread_detach(thread); /* it was just made: cannot fail */
    else
        free(copy); /* init collects the opener in the end */
}

/*
 * An opener that finds no browser says so soon. One that still runs after a moment has become the browser, or
 * waits for it.
 */
static bool seems_to_work(pid_t pid, const struct kith_cancel *cancel)
{
    int64_t until_ms = kith_clock_monotonic_ms() + PATIENCE_MS;
    int status;

    while (kith_clock_monotonic_ms() < until_ms) {
        pid_t ended = waitpid(pid, &status, WNOHANG);
        if (ended == pid)
            return WIFEXITED(status) && WEXITSTATUS(status) == 0;
        if (ended < 0 && errno != EINTR)
            return errno == ECHILD; /* whoever uses the library collects its children: then nothing is known */
        if (!kith_cancel_sleep_ms(cancel, LOOK_EVERY_MS))
            break; /* nobody wants to know any more */
    }
    collect_later(pid);
    return true;
}

/* Only what a browser opens; an address never looks like an option, as it begins with a letter. */
static bool is_web_address(const char *url)
{
    return kith_text_starts_with(url, "https://") || kith_text_starts_with(url, "http://");
}

bool kith_browser_open(const char *url, const struct kith_cancel *cancel)
{
    if (!is_web_address(url) || !has_display())
        return false;
    for (size_t i = 0; i < KITH_COUNT_OF(openers); i++) {
        char *argv[4] = {NULL};
        size_t n = 0;
        pid_t pid;
        for (; openers[i][n]; n++)
            argv[n] = (char *)openers[i][n];
        argv[n] = (char *)url;
        if (start(argv, &pid) && seems_to_work(pid, cancel))
            return true;
    }
    return false;
}
