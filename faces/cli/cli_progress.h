/* SPDX-License-Identifier: MIT */
/*
 * cli_progress.h - how far an import is: a bar on a terminal, plain lines elsewhere, events with --json,
 * nothing with -q.
 */
#pragma once

#include "cli.h"

struct cli_progress {
    const struct cli *cli;
    bool bar;      /* standard error is a terminal */
    bool bar_open; /* a bar stands on the line now */
    int quarter;   /* last quarter that was told in plain lines */
};

void cli_progress_init(struct cli_progress *progress, const struct cli *cli);
/* A kith_event_fn; ctx is the struct cli_progress. */
void cli_progress_event(void *ctx, const struct kith_event *event);
/* Take the bar away before other words are written. */
void cli_progress_clear(struct cli_progress *progress);
