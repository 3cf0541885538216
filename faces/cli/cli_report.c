/* SPDX-License-Identifier: MIT */
/* cli_report.c - see cli_report.h. A file's lines come as soon as it was read: of the last file a cancel leaves none.
 */
#include "cli_report.h"

#include <stdio.h>

#include <kith/outlook.h>

#include "base/text.h"
#include "cli_out.h"
#include "cli_progress.h"

enum { REPORT_BYTES_MAX = 1024 * 1024, NAME_COLUMNS = 36 };

static void add_head(struct kith_buf *out, const struct kith_outlook_file *file)
{
    struct kith_failure failure;
    char n[32];

    cli_add_text(out, file->path);
    switch (file->seen) {
    case KITH_OUTLOOK_SEEN_READ:
        (void)kith_buf_addf(out, ": %s, %s %s", file->format, cli_number(file->n_contacts, n),
                            file->n_contacts == 1 ? "contact" : "contacts");
        if (file->n_skipped > 0)
            (void)kith_buf_addf(out, ", %s left out", cli_number(file->n_skipped, n));
        break;
    case KITH_OUTLOOK_SEEN_UNCHANGED:
        (void)kith_buf_add_text(out, ": unchanged, not read");
        break;
    case KITH_OUTLOOK_SEEN_IGNORED:
        (void)kith_buf_add_text(out, ": ignored, not a kind of file that kith reads");
        break;
    case KITH_OUTLOOK_SEEN_FAILED:
        kith_failure_describe(file->error, &failure);
        (void)kith_buf_addf(out, ": failed. %s", failure.sentence);
        break;
    }
    (void)kith_buf_add_char(out, '\n');
}

static void add_facts(struct kith_buf *out, const struct kith_outlook_file *file)
{
    if (file->layout[0] != '\0')
        (void)kith_buf_addf(out, "  columns of %s\n", file->layout);
    if (file->encoding[0] != '\0')
        (void)kith_buf_addf(out, "  written in %s%s\n", file->encoding,
                            file->encoding_assumed ? ", as far as can be told" : "");
    if (file->dates_assumed)
        (void)kith_buf_add_text(out, "  the order of day and month is the region's: nothing in the file says it\n");
    if (file->ended_early)
        (void)kith_buf_addf(out, "  damaged or cut: %s could not be read\n",
                            file->where[0] ? file->where : "a part of it");
}

static void add_fields(struct kith_buf *out, const struct kith_outlook_file *file)
{
    char n[32];

    for (size_t i = 0; i < file->n_fields; i++) {
        const struct kith_outlook_field *field = &file->fields[i];

        (void)kith_buf_add_text(out, "  ");
        cli_add_cell(out, kith_outlook_fate_id(field->fate), 8, /* cut= */ false);
        cli_add_cell(out, field->name, NAME_COLUMNS, /* cut= */ false);
        (void)kith_buf_addf(out, " %9s", cli_number(field->n, n));
        if (field->reason[0] != '\0')
            (void)kith_buf_addf(out, "  %s", field->reason);
        (void)kith_buf_add_char(out, '\n');
    }
}

static void add_skipped(struct kith_buf *out, const struct kith_outlook_file *file)
{
    for (size_t i = 0; i < file->n_named; i++) {
        (void)kith_buf_add_text(out, "  left out ");
        cli_add_text(out, file->skipped[i].what);
        (void)kith_buf_add_text(out, ": ");
        cli_add_text(out, file->skipped[i].why);
        (void)kith_buf_add_char(out, '\n');
    }
}

static void print_text(const struct kith_outlook_file *file)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, REPORT_BYTES_MAX);
    add_head(&out, file);
    add_facts(&out, file);
    add_fields(&out, file);
    add_skipped(&out, file);
    (void)cli_flush(&out);
}

static void print_json(const struct kith_outlook_file *file)
{
    KITH_AUTO_STRING json = kith_outlook_file_to_json(file);

    (void)puts(json);
    (void)fflush(stdout);
}

static void on_file(void *ctx, const struct kith_outlook_file *file)
{
    struct cli_progress *progress = ctx;

    cli_progress_clear(progress);
    if (progress->cli->options.json)
        print_json(file);
    else
        print_text(file);
}

kith_outlook_file_fn cli_report(const struct cli *cli)
{
    return cli->options.report ? on_file : NULL;
}
