/* SPDX-License-Identifier: MIT */
/* cmd_accounts.c - kith accounts: one line an account, in the words of Linked Accounts. */
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli.h"
#include "cli_out.h"

static const char *folder_of(const struct kith_account *account, char folder[sizeof(account->files_at)])
{
    const char *slash = strrchr(account->files_at, '/');
    size_t len = slash && slash != account->files_at ? (size_t)(slash - account->files_at) : 1;

    (void)kith_text_copy_n(folder, sizeof(account->files_at), account->files_at, len);
    return folder;
}

static void status_line(const struct kith_account *account, char *out, size_t out_size)
{
    struct kith_failure failure;
    char when[64] = "", done[32], total[32], folder[sizeof(account->files_at)];

    if (account->importing) {
        if (account->total > 0)
            (void)kith_text_format(out, out_size, "Importing, %s of %s", cli_number(account->done, done),
                                   cli_number(account->total, total));
        else
            (void)kith_text_copy(out, out_size, "Importing");
        return;
    }
    if (account->state == KITH_ACCOUNT_SIGNED_OUT) {
        (void)kith_text_copy(out, out_size, "Signed out, contacts kept");
        return;
    }
    if (account->files == KITH_FILES_GONE) {
        (void)kith_text_format(out, out_size, "The file is no longer in %s", folder_of(account, folder));
        return;
    }
    if (account->last_error.status != KITH_OK) {
        kith_failure_describe(&account->last_error, &failure);
        kith_clock_format_day(account->last_attempt_s, when, sizeof(when));
        (void)kith_text_format(out, out_size, "%s, %s", failure.title, when);
        return;
    }
    if (account->last_import_s == 0) {
        (void)kith_text_copy(out, out_size, "Never imported");
        return;
    }
    if (account->files == KITH_FILES_CHANGED) {
        kith_clock_format_day(account->files_changed_s, when, sizeof(when));
        (void)kith_text_format(out, out_size, "The file changed %s (kith outlook sync)",
                               account->files_changed_s > 0 ? when : "since");
        return;
    }
    kith_clock_format_day(account->last_import_s, when, sizeof(when));
    (void)kith_text_format(out, out_size, "Up to date, %s", when);
}

static void print_json(const struct kith_accounts *accounts)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, 4 * 1024 * 1024);
    (void)kith_buf_add_text(&out, "{\"schema\":1,\"accounts\":[");
    for (size_t i = 0; i < accounts->n; i++) {
        KITH_AUTO_STRING json = kith_account_to_json(&accounts->account[i]);

        (void)kith_buf_addf(&out, "%s%s", i ? "," : "", json);
    }
    (void)kith_buf_add_text(&out, "]}\n");
    (void)cli_flush(&out);
}

enum { NAME_MOST = 16, SOURCE_MOST = 14, IDENTITY_MOST = 34, NUMBER_MOST = 13, STATUS_USUAL = 28 };

/* As wide as what stands in them. */
struct columns {
    int name, source, identity, number;
    bool cut;    /* on a terminal only */
    bool narrow; /* no room for the status beside them: it has a line of its own */
};

static int wider(int columns, const char *text, int most)
{
    int width = cli_width(text);

    return width <= columns ? columns : width < most ? width : most;
}

static struct columns choose_columns(const struct kith_accounts *accounts)
{
    struct columns c = {.cut = isatty(STDOUT_FILENO)};

    for (size_t i = 0; i < accounts->n; i++) {
        const struct kith_account *account = &accounts->account[i];
        char n[32];

        c.name = wider(c.name, account->name, NAME_MOST);
        c.source = wider(c.source, kith_source_title(account->source), SOURCE_MOST);
        c.identity = wider(c.identity, account->identity, IDENTITY_MOST);
        c.number = wider(c.number, cli_number(account->n_contacts, n), NUMBER_MOST);
    }
    c.narrow = c.cut && c.name + c.source + c.identity + c.number + STATUS_USUAL + 8 > cli_columns(STDOUT_FILENO);
    return c;
}

static void add_row(struct kith_buf *out, const struct kith_account *account, const struct columns *c)
{
    char status[192], n[32];

    status_line(account, status, sizeof(status));
    cli_add_cell(out, account->name, c->name, c->cut);
    (void)kith_buf_add_text(out, "  ");
    cli_add_cell(out, kith_source_title(account->source), c->source, c->cut);
    (void)kith_buf_add_text(out, "  ");
    cli_add_cell(out, account->identity, c->identity, c->cut);
    (void)kith_buf_addf(out, "  %*s", c->number, cli_number(account->n_contacts, n));
    (void)kith_buf_addf(out, "%s%s\n", c->narrow ? "\n    " : "  ", status);
}

static void print_text(const struct cli *cli, const struct kith_accounts *accounts)
{
    KITH_AUTO_DONE(kith_buf) out;
    const struct columns c = choose_columns(accounts);

    kith_buf_init(&out, 4 * 1024 * 1024);
    for (size_t i = 0; i < accounts->n; i++)
        add_row(&out, &accounts->account[i], &c);
    (void)cli_flush(&out);
    if (accounts->n == 0)
        cli_say(cli, "No linked accounts. Begin with: kith sign-in microsoft, or google");
}

int cli_accounts(struct cli *cli, int argc, char **argv)
{
    KITH_AUTO(kith_accounts) accounts = NULL;
    struct kith_error err = {0};

    (void)argc;
    (void)argv;
    if (kith_accounts_get(cli->k, &accounts, &err) != KITH_OK)
        return cli_fail(cli, &err);
    for (size_t i = 0; i < accounts->n; i++)
        if (kith_outlook_watch(cli->k, &accounts->account[i], &err) != KITH_OK)
            return cli_fail(cli, &err);
    if (cli->options.json)
        print_json(accounts);
    else
        print_text(cli, accounts);
    return 0;
}
