/* SPDX-License-Identifier: MIT */
/*
 * cli_device.h - a sign-in on another device: the address, the code, and the time that is left.
 *
 * On a terminal the time counts down on a line of its own; elsewhere one line says until when; --json makes an event.
 */
#pragma once

#include <pthread.h>

#include "cli.h"

struct cli_device {
    const struct cli *cli;
    pthread_t thread;
    int stop_fd; /* readable: the wait is over */
    bool counting;
    int64_t until_ms; /* monotonic: a clock that is set must not change what is left */
};

void cli_device_init(struct cli_device *device, const struct cli *cli);
/* A kith_device_code_fn; ctx is the struct cli_device. */
void cli_device_show(void *ctx, const struct kith_device_code *code);
/* The wait is over: take the countdown away. */
void cli_device_done(struct cli_device *device);
