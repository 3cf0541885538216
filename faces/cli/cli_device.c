/* SPDX-License-Identifier: MIT */
/* cli_device.c - see cli_device.h. */
#include "cli_device.h"

#include <poll.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli_out.h"

enum { COUNTDOWN_COLUMNS = 72 }; /* with what follows; on less, a line would be two, and the upper one would stay */

/* --- The countdown -------------------------------------------------------------------- */

static const char *what_follows(const struct cli *cli)
{
    return cli->options.no_import ? "" : " The import then starts by itself.";
}

static void draw_left(const struct cli_device *device)
{
    int64_t left_s = (device->until_ms - kith_clock_monotonic_ms() + 999) / 1000;

    if (left_s < 0)
        left_s = 0;
    (void)fprintf(stderr, "\r\033[KWaiting for your answer, %lld:%02lld left.%s", (long long)left_s / 60,
                  (long long)left_s % 60,
                  cli_columns(STDERR_FILENO) < COUNTDOWN_COLUMNS ? "" : what_follows(device->cli));
    (void)fflush(stderr);
}

static void *count_down(void *arg)
{
    const struct cli_device *device = arg;
    struct pollfd stop = {.fd = device->stop_fd, .events = POLLIN};

    do
        draw_left(device);
    while (poll(&stop, 1, 1000) == 0);
    (void)fputs("\r\033[K", stderr);
    return NULL;
}

static void say_until(const struct cli *cli, const struct kith_device_code *code)
{
    char clock[8];

    cli_say(cli, "Waiting for your answer, until %s.%s", cli_clock(code->expires_at_s, clock), what_follows(cli));
}

/* Where no thread can be had, the hour of the end has to do. */
static void begin_to_wait(struct cli_device *device, const struct kith_device_code *code)
{
    if (device->cli->options.quiet)
        return;
    device->until_ms = kith_clock_monotonic_ms() + (code->expires_at_s - kith_clock_now_s()) * 1000;
    device->stop_fd = isatty(STDERR_FILENO) ? eventfd(0, EFD_CLOEXEC) : -1;
    device->counting = device->stop_fd >= 0 && pthread_create(&device->thread, NULL, count_down, device) == 0;
    if (!device->counting)
        say_until(device->cli, code);
}

/* --- The code --------------------------------------------------------------------------- */

static void print_event(const struct kith_device_code *code)
{
    KITH_AUTO_STRING address = cli_json_string(code->address);
    KITH_AUTO_STRING text = cli_json_string(code->code);
    char expires_at[21];

    kith_clock_format_iso(code->expires_at_s, expires_at);
    (void)printf("{\"schema\":1,\"event\":\"code\",\"url\":%s,\"code\":%s,\"expires_at\":\"%s\"}\n", address, text,
                 expires_at);
    (void)fflush(stdout);
}

/* The result of this step, for a person or for a script to take. */
static void print_result(const char *text)
{
    (void)printf("%s\n", text);
    (void)fflush(stdout);
}

void cli_device_init(struct cli_device *device, const struct cli *cli)
{
    *device = (struct cli_device){.cli = cli, .stop_fd = -1};
}

void cli_device_show(void *ctx, const struct kith_device_code *code)
{
    struct cli_device *device = ctx;

    if (device->cli->options.json) {
        print_event(code);
        return;
    }
    cli_say(device->cli, "Open this address on any phone or computer:\n");
    print_result(code->address);
    cli_say(device->cli, "\nType this code there:\n");
    print_result(code->code);
    cli_say(device->cli, "%s", "");
    begin_to_wait(device, code);
}

void cli_device_done(struct cli_device *device)
{
    const uint64_t one = 1;

    if (device->counting) {
        (void)!write(device->stop_fd, &one, sizeof(one)); /* an eventfd at 0 takes it */
        (void)pthread_join(device->thread, NULL);
    }
    if (device->stop_fd >= 0)
        (void)close(device->stop_fd);
    cli_device_init(device, device->cli);
}
