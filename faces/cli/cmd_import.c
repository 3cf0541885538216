/* SPDX-License-Identifier: MIT */
/* cmd_import.c - kith import and kith refresh. */
#include <stdio.h>

#include "cli.h"
#include "cli_options.h"
#include "cli_out.h"
#include "cli_progress.h"
#include "cli_report.h"

KITH_DEFINE_AUTO(kith_refresh_result, kith_refresh_result_free)

static const char *plural(int64_t n)
{
    return n == 1 ? "contact" : "contacts";
}

/* The closing banner's numbers: they add up. */
static void print_result(const struct kith_import_result *r)
{
    char a[32], b[32], c[32];
    const char *title = kith_source_title(r->source);

    if (r->limit_reached)
        (void)printf("Imported %s of %s contacts from %s.\n%s is the limit for one account. The other %s are still at "
                     "%s.\n",
                     cli_number(r->imported, a), cli_number(r->reported, b), title, cli_number(r->limit, c),
                     cli_number(r->reported - r->imported, (char[32]){0}), title);
    else if (r->imported == 0)
        (void)printf(
            "There are no contacts at %s. “%s” is linked. Contacts added there arrive with the next refresh.\n", title,
            r->account);
    else
        (void)printf("%s %s imported from %s.\n", cli_number(r->imported, a), plural(r->imported), title);
    if (r->added + r->changed + r->removed == 0)
        (void)printf("Nothing had changed.\n");
    else if (r->added != r->imported)
        (void)printf("%s new, %s changed, %s removed.\n", cli_number(r->added, a), cli_number(r->changed, b),
                     cli_number(r->removed, c));
    if (r->partial > 0)
        (void)printf("%s of them only in part: %s sent something unreadable for these.\n", cli_number(r->partial, a),
                     title);
    if (r->skipped > 0)
        (void)printf("%s skipped: contact lists are not people and were left out.\n", cli_number(r->skipped, a));
}

/* The words come as soon as the contacts are here; pictures may take a while longer. */
static void on_import_event(void *ctx, const struct kith_event *event)
{
    struct cli_progress *progress = ctx;

    cli_progress_event(progress, event);
    if (!event->result || progress->cli->options.json || progress->cli->options.quiet)
        return;
    print_result(event->result);
    (void)fflush(stdout);
}

int cli_import_one(struct cli *cli, const char *account)
{
    struct cli_progress progress;
    struct kith_import_options options = {
        .cancel = cli->cancel, .on_event = on_import_event, .on_file = cli_report(cli), .ctx = &progress};
    struct kith_import_result result;
    struct kith_error err = {0};
    enum kith_status st;

    cli_progress_init(&progress, cli);
    st = kith_import_run(cli->k, account, &options, &result, &err);
    cli_progress_clear(&progress);
    if (st == KITH_OK)
        return 0;
    return cli_fail(cli, &err); /* with --json the last line, whether or not an import had begun */
}

int cli_import(struct cli *cli, int argc, char **argv)
{
    int first = 0;
    bool cancelled = false;

    /* The cancel may come between two accounts: then the next one says so, and none is passed over in silence. */
    for (int i = 0; i < argc && !cancelled; i++) {
        int code;

        cancelled = kith_cancel_is_set(cli->cancel);
        code = cli_import_one(cli, argv[i]);
        if (first == 0)
            first = code;
        cancelled = cancelled || (code != 0 && kith_cancel_is_set(cli->cancel));
    }
    return first;
}

/* --- Refresh ------------------------------------------------------------------- */

/* Of what was updated although something is held back. */
static void print_numbers(const struct kith_import_result *r)
{
    char a[32], b[32], c[32];

    (void)printf("Everything else is up to date: %s new, %s changed. Until you decide, all %s are here.\n",
                 cli_number(r->added, a), cli_number(r->changed, b), cli_number(r->imported, c));
}

/* Of what was updated although a file could not be read. */
static void print_rest(const struct kith_import_result *r)
{
    char a[32], b[32], c[32];

    (void)printf("Everything else is up to date: %s new, %s changed, %s removed.\n", cli_number(r->added, a),
                 cli_number(r->changed, b), cli_number(r->removed, c));
}

static void print_outcome(const struct kith_refresh_outcome *outcome)
{
    char a[32], b[32], c[32];
    struct kith_failure failure;

    if (outcome->fresh_enough) {
        (void)printf("“%s” is fresh enough.\n", outcome->account);
        return;
    }
    if (outcome->error.status != KITH_OK) {
        kith_failure_describe(&outcome->error, &failure);
        (void)printf("“%s”: %s.\n", outcome->account, failure.title);
    }
    if (outcome->error.status == KITH_E_REMOVALS_HELD)
        print_numbers(&outcome->result);
    if (outcome->error.status == KITH_E_FILE && outcome->result.account_id != 0)
        print_rest(&outcome->result);
    if (outcome->error.status != KITH_OK)
        return;
    if (outcome->result.added + outcome->result.changed + outcome->result.removed == 0)
        (void)printf("“%s” is up to date. Nothing had changed.\n", outcome->account);
    else
        (void)printf("“%s” is up to date. %s new, %s changed, %s removed.\n", outcome->account,
                     cli_number(outcome->result.added, a), cli_number(outcome->result.changed, b),
                     cli_number(outcome->result.removed, c));
}

static void add_outcome_json(struct kith_buf *out, const struct kith_refresh_outcome *outcome, bool first)
{
    KITH_AUTO_STRING name = cli_json_string(outcome->account);
    KITH_AUTO_STRING result = kith_import_result_to_json(&outcome->result);
    KITH_AUTO_STRING error = kith_error_to_json(&outcome->error);
    const enum kith_status st = outcome->error.status;

    (void)kith_buf_addf(out, "%s{\"account\":%s", first ? "" : ",", name);
    if (outcome->fresh_enough)
        (void)kith_buf_add_text(out, ",\"fresh_enough\":true");
    else if (outcome->result.account_id != 0)
        (void)kith_buf_addf(out, ",\"result\":%s", result);
    if (st != KITH_OK)
        (void)kith_buf_addf(out, ",\"error\":%s", error);
    (void)kith_buf_add_char(out, '}');
}

static void print_refresh_json(const struct kith_refresh_result *result)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, 1024 * 1024);
    (void)kith_buf_add_text(&out, "{\"schema\":1,\"event\":\"refreshed\",\"accounts\":[");
    for (size_t i = 0; i < result->n; i++)
        add_outcome_json(&out, &result->outcome[i], i == 0);
    (void)kith_buf_add_text(&out, "]}\n");
    (void)cli_flush(&out);
}

int cli_refresh_none(const struct cli *cli)
{
    static const struct kith_refresh_result none = {0};

    if (cli->options.json)
        print_refresh_json(&none);
    return 0;
}

int cli_refresh_these(struct cli *cli, const char *const *names, size_t n)
{
    KITH_AUTO(kith_refresh_result) result = NULL;
    struct cli_progress progress;
    struct kith_import_options options = {.cancel = cli->cancel,
                                          .on_event = cli_progress_event,
                                          .on_file = cli_report(cli),
                                          .ctx = &progress,
                                          .allow_removals = cli->options.allow_removals};
    struct kith_error err = {0};
    int64_t if_older_than_s = 0;
    enum kith_status st;

    if (cli->options.if_older_than && !cli_parse_duration(cli->options.if_older_than, &if_older_than_s))
        return cli_usage(cli, "", "`--if-older-than` takes a time as 30m, 4h or 2d, not `%s`",
                         cli->options.if_older_than);
    cli_progress_init(&progress, cli);
    st = kith_refresh_run(cli->k, names, n, if_older_than_s, &options, &result, &err);
    cli_progress_clear(&progress);
    if (result && cli->options.json)
        print_refresh_json(result);
    else if (result && !cli->options.quiet)
        for (size_t i = 0; i < result->n; i++)
            print_outcome(&result->outcome[i]);
    if (result && result->n == 0 && !cli->options.json)
        cli_say(cli, "No linked accounts. Begin with: kith sign-in microsoft, or google");
    if (st == KITH_OK)
        return 0;
    if (result && cli->options.json) {
        struct kith_failure failure;

        kith_failure_describe(&err, &failure);
        return failure.exit_code; /* the document above has said it */
    }
    return cli_fail(cli, &err);
}

int cli_refresh(struct cli *cli, int argc, char **argv)
{
    return cli_refresh_these(cli, (const char *const *)argv, (size_t)argc);
}
