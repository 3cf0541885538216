/* SPDX-License-Identifier: MIT */
/* cli_progress.c - see cli_progress.h. */
#include "cli_progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/text.h"
#include "cli_out.h"

enum { BAR_CELLS = 28, EIGHTHS = 8 };

void cli_progress_init(struct cli_progress *progress, const struct cli *cli)
{
    *progress = (struct cli_progress){.cli = cli, .bar = isatty(STDERR_FILENO) && !cli->options.json};
}

void cli_progress_clear(struct cli_progress *progress)
{
    if (progress->bar_open)
        (void)fputs("\r\033[K", stderr);
    progress->bar_open = false;
}

/* Eighths of a cell, so that the bar moves smoothly; '#' where the terminal has no such signs. */
static void draw_cells(struct kith_buf *out, bool utf8, int64_t done, int64_t total)
{
    static const char *const part[EIGHTHS] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    int64_t filled = total > 0 ? done * BAR_CELLS * EIGHTHS / total : 0;
    int cells = 0;

    for (; cells < filled / EIGHTHS; cells++)
        (void)kith_buf_add_text(out, utf8 ? "█" : "#");
    if (utf8 && cells < BAR_CELLS && filled % EIGHTHS > 0) {
        (void)kith_buf_add_text(out, part[filled % EIGHTHS]);
        cells++;
    }
    for (; cells < BAR_CELLS; cells++)
        (void)kith_buf_add_text(out, utf8 ? "░" : ".");
}

static void draw_bar(struct cli_progress *progress, const struct kith_event *event)
{
    KITH_AUTO_DONE(kith_buf) line;
    char done[32], total[32];

    kith_buf_init(&line, 4096);
    (void)kith_buf_addf(&line, "\r\033[K%s ", kith_source_title(event->source));
    if (event->kind == KITH_EVENT_SAVING) {
        (void)kith_buf_add_text(&line, "Saving your contacts");
    } else if (event->kind == KITH_EVENT_PICTURES) {
        (void)kith_buf_addf(&line, "Picture %s of %s", cli_number(event->done, done), cli_number(event->total, total));
    } else if (event->total < 0) {
        (void)kith_buf_add_text(&line,
                                event->kind == KITH_EVENT_STARTED ? "Counting your contacts" : "Reading changes");
    } else {
        draw_cells(&line, progress->cli->utf8, event->done, event->total);
        (void)kith_buf_addf(&line, "  %s of %s", cli_number(event->done, done), cli_number(event->total, total));
    }
    (void)fputs(kith_buf_text(&line), stderr);
    progress->bar_open = true;
}

static void say_waiting(struct cli_progress *progress, const struct kith_event *event)
{
    time_t until = (time_t)((event->wait_until_ms + 999) / 1000);
    struct tm local;
    char clock[16] = "soon";

    if (localtime_r(&until, &local))
        (void)strftime(clock, sizeof(clock), "%H:%M:%S", &local);
    cli_progress_clear(progress);
    cli_say(progress->cli, "%s asks us to wait. Going on by itself at %s. Nothing is lost.",
            kith_source_title(event->source), clock);
}

static void say_again(struct cli_progress *progress, const struct kith_event *event)
{
    cli_progress_clear(progress);
    progress->quarter = 0;
    cli_say(progress->cli,
            "Importing “%s” again from the start: %s asked for a fresh copy. Your contacts stay here "
            "meanwhile.",
            event->account, kith_source_title(event->source));
}

static void say_line(struct cli_progress *progress, const struct kith_event *event)
{
    char done[32], total[32];
    int quarter;

    if (event->kind == KITH_EVENT_STARTED) {
        cli_say(progress->cli, "Importing from %s into “%s”", kith_source_title(event->source), event->account);
        return;
    }
    quarter = event->total > 0 ? (int)(event->done * 4 / event->total) : 0; /* changes come without a total */
    if (event->kind != KITH_EVENT_PROGRESS || quarter <= progress->quarter)
        return;
    progress->quarter = quarter;
    cli_say(progress->cli, "%s of %s contacts", cli_number(event->done, done), cli_number(event->total, total));
}

static void print_event(const struct kith_event *event)
{
    char *json = kith_event_to_json(event);

    (void)puts(json);
    (void)fflush(stdout);
    free(json);
}

void cli_progress_event(void *ctx, const struct kith_event *event)
{
    struct cli_progress *progress = ctx;

    if (progress->cli->options.json) {
        if (event->kind != KITH_EVENT_PICTURES) /* `finished` is an import's last line */
            print_event(event);
        return;
    }
    if (progress->cli->options.quiet)
        return;
    if (event->kind == KITH_EVENT_FINISHED || event->kind == KITH_EVENT_FAILED)
        cli_progress_clear(progress);
    else if (event->kind == KITH_EVENT_WAITING)
        say_waiting(progress, event);
    else if (event->kind == KITH_EVENT_AGAIN)
        say_again(progress, event);
    else if (progress->bar)
        draw_bar(progress, event);
    else
        say_line(progress, event);
}
