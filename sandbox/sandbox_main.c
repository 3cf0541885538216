/* SPDX-License-Identifier: MIT */
/*
 * sandbox_main.c - kith-sandbox: starts the world, says where it is, and waits for its end.
 *
 * Before: somebody wants to rehearse without an account.
 * After:  programs find Microsoft's and Google's sign-in and contacts on loopback.
 */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/json_write.h"
#include "base/text.h"
#include "sandbox/sandbox_draw.h"
#include "sandbox/sandbox_options.h"
#include "sandbox/sandbox_server.h"
#include "sandbox/sandbox_world.h"

/* --- The end --------------------------------------------------------------------------- */

static volatile sig_atomic_t stop_wanted;

static void on_signal(int number)
{
    (void)number;
    stop_wanted = 1;
}

/*
 * Signals reach the main thread only, and only while it waits: they are blocked here,
 * before any thread starts, and let through by wait_for_end(), so none is missed.
 * ret_waiting: the mask to wait with.
 */
static bool watch_signals(sigset_t *ret_waiting)
{
    struct sigaction stop = {.sa_handler = on_signal}, ignore = {.sa_handler = SIG_IGN};
    sigset_t ours;

    (void)sigemptyset(&ours); /* these three cannot fail for signals that exist */
    (void)sigaddset(&ours, SIGTERM);
    (void)sigaddset(&ours, SIGINT);
    if (pthread_sigmask(SIG_BLOCK, &ours, ret_waiting) != 0)
        return false;
    (void)sigdelset(ret_waiting, SIGTERM);
    (void)sigdelset(ret_waiting, SIGINT);
    return sigaction(SIGTERM, &stop, NULL) == 0 && sigaction(SIGINT, &stop, NULL) == 0 &&
           sigaction(SIGPIPE, &ignore, NULL) == 0;
}

/* Thousands of connections are fine here; what a shell allows at first often is not. Less is no reason to fail. */
static void allow_many_connections(void)
{
    struct rlimit limit;

    if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= 10000)
        return;
    limit.rlim_cur = limit.rlim_max < 10000 ? limit.rlim_max : 10000;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

/* A pipe, or what some launchers use in its place. */
static bool stdin_is_pipe(void)
{
    struct stat st;

    return fstat(STDIN_FILENO, &st) == 0 && (S_ISFIFO(st.st_mode) || S_ISSOCK(st.st_mode));
}

/* true: standard input has closed. What comes in is read and forgotten. */
static bool stdin_has_closed(void)
{
    char bytes[4096];
    ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));

    return n == 0 || (n < 0 && errno != EINTR && errno != EAGAIN);
}

static void wait_for_end(const sigset_t *waiting)
{
    struct pollfd input = {.fd = stdin_is_pipe() ? STDIN_FILENO : -1, .events = POLLIN};

    while (!stop_wanted) {
        int n = ppoll(&input, 1, NULL, waiting);
        if (n < 0 && errno != EINTR)
            return;
        if (n > 0 && stdin_has_closed())
            return;
    }
}

/* --- The beginning ------------------------------------------------------------------------ */

static bool print_ready_line(const struct sandbox_world *world)
{
    KITH_AUTO_DONE(kith_buf) line = {0};

    kith_buf_init(&line, 4096);
    KITH_AUTO(kith_json_writer) w = kith_json_writer_new(&line, false);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "port", world->port);
    kith_json_put_text(w, "microsoft.authority", world->base_url);
    kith_json_put_text(w, "microsoft.graph", world->base_url);
    kith_json_put_text(w, "microsoft.client_id", sandbox_app_first(SANDBOX_MICROSOFT)->client_id);
    kith_json_put_text(w, "google.accounts", world->base_url);
    kith_json_put_text(w, "google.oauth2", world->base_url);
    kith_json_put_text(w, "google.people", world->base_url);
    kith_json_put_text(w, "google.client_id", sandbox_app_first(SANDBOX_GOOGLE)->client_id);
    kith_json_put_text(w, "google.client_secret", sandbox_app_first(SANDBOX_GOOGLE)->secret);
    kith_json_end(w);
    return printf("%s\n", kith_buf_text(&line)) > 0 && fflush(stdout) == 0;
}

static bool write_config(const struct sandbox_world *world)
{
    KITH_AUTO_DONE(kith_buf) ini = {0};
    struct kith_error err = {0};

    if (!world->options.config_out)
        return true;
    kith_buf_init(&ini, 4096);
    (void)kith_buf_addf(&ini,
                        "# Points kith at the sandbox that wrote this; good as long as that one runs.\n"
                        "[microsoft]\n"
                        "client_id = %s\n"
                        "tenant = common\n"
                        "authority = %s\n"
                        "graph = %s\n",
                        sandbox_app_first(SANDBOX_MICROSOFT)->client_id, world->base_url, world->base_url);
    (void)kith_buf_addf(&ini,
                        "\n[google]\n"
                        "client_id = %s\n"
                        "client_secret = %s\n"
                        "accounts = %s\n"
                        "oauth2 = %s\n"
                        "people = %s\n",
                        sandbox_app_first(SANDBOX_GOOGLE)->client_id, sandbox_app_first(SANDBOX_GOOGLE)->secret,
                        world->base_url, world->base_url, world->base_url);
    if (world->options.tls_cert)
        (void)kith_buf_addf(&ini, "\n[network]\nca_file = %s\n", world->options.tls_cert);
    if (kith_file_replace(world->options.config_out, ini.data, ini.len, &err) == KITH_OK)
        return true;
    (void)fprintf(stderr, "kith-sandbox: %s\n", err.message);
    return false;
}

static int run(struct sandbox_world *world, const sigset_t *waiting)
{
    KITH_AUTO(sandbox_server) server = sandbox_server_start(world);

    if (!server)
        return 1;
    if (!write_config(world))
        return 1;
    if (!print_ready_line(world)) {
        (void)fputs("kith-sandbox: standard output cannot be written\n", stderr);
        return 1;
    }
    wait_for_end(waiting);
    return 0;
}

/* Who is to answer by themselves. */
static bool all_exist(const struct sandbox_options *options)
{
    for (size_t i = 0; i < options->n_auto_logins; i++) {
        if (sandbox_person_find(options->auto_login[i]) != SANDBOX_NOBODY)
            continue;
        (void)fprintf(stderr, "kith-sandbox: there is nobody called \"%s\"; see --help\n", options->auto_login[i]);
        return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    struct sandbox_options options;
    struct sandbox_world world;
    sigset_t waiting;
    int rc;

    switch (sandbox_options_read(argc, argv, &options)) {
    case SANDBOX_OPTIONS_HELP:
        sandbox_options_print_help();
        return 0;
    case SANDBOX_OPTIONS_WRONG:
        return 2;
    case SANDBOX_OPTIONS_RUN:
        break;
    }
    if (!all_exist(&options))
        return 2;
    if (!watch_signals(&waiting)) {
        (void)fputs("kith-sandbox: signals cannot be watched\n", stderr);
        return 1;
    }
    allow_many_connections();
    sandbox_draw_prepare();
    sandbox_world_init(&world, &options);
    rc = run(&world, &waiting);
    sandbox_world_done(&world);
    sandbox_draw_forget();
    return rc;
}
