/* SPDX-License-Identifier: MIT */
/* cmd_outlook.c - kith outlook: add files of the Outlook app, read again what changed, remove them. */
#include <stdio.h>

#include "base/alloc.h"
#include "base/text.h"
#include "cli.h"
#include "cli_out.h"

/* --- add -------------------------------------------------------------------------------------------- */

static int add(struct cli *cli, int argc, char **argv)
{
    struct kith_outlook_options options = {.name = cli->options.name};
    struct kith_account account;
    struct kith_error err = {0};

    if (argc == 0)
        return cli_usage(cli, "", "`kith outlook add` needs a file or a folder");
    if (kith_outlook_link(cli->k, (const char *const *)argv, (size_t)argc, &options, &account, &err) != KITH_OK)
        return cli_fail(cli, &err);
    return cli_import_one(cli, account.name);
}

/* --- sync --------------------------------------------------------------------------------------------- */

static int fail_other_source(struct cli *cli, const struct kith_account *account)
{
    return cli_usage(cli, "`kith accounts` shows which accounts there are", "“%s” is an account at %s, not of files",
                     account->name, kith_source_title(account->source));
}

static int sync_named(struct cli *cli, int argc, char **argv)
{
    struct kith_account account;
    struct kith_error err = {0};

    for (int i = 0; i < argc; i++) {
        if (kith_account_find(cli->k, argv[i], &account, &err) != KITH_OK)
            return cli_fail(cli, &err);
        if (account.source != KITH_SOURCE_OUTLOOK)
            return fail_other_source(cli, &account);
    }
    return cli_refresh_these(cli, (const char *const *)argv, (size_t)argc);
}

static int sync_all(struct cli *cli)
{
    KITH_AUTO(kith_accounts) accounts = NULL;
    struct kith_error err = {0};
    const char **names;
    size_t n = 0;
    int code;

    if (kith_accounts_get(cli->k, &accounts, &err) != KITH_OK)
        return cli_fail(cli, &err);
    names = kith_xnew_n(const char *, accounts->n + 1);
    for (size_t i = 0; i < accounts->n; i++)
        if (accounts->account[i].source == KITH_SOURCE_OUTLOOK)
            names[n++] = accounts->account[i].name;
    if (n > 0) {
        code = cli_refresh_these(cli, names, n);
    } else {
        cli_say(cli, "No files of the Outlook app are imported. Begin with: kith outlook add FILE");
        code = cli_refresh_none(cli);
    }
    free(names);
    return code;
}

static int sync_files(struct cli *cli, int argc, char **argv)
{
    return argc > 0 ? sync_named(cli, argc, argv) : sync_all(cli);
}

/* --- remove ---------------------------------------------------------------------------------------------- */

static void print_removed(const struct cli *cli, const struct kith_account *account)
{
    KITH_AUTO_STRING name = cli_json_string(account->name);
    char n[32];

    if (cli->options.json)
        (void)printf("{\"schema\":1,\"removed\":true,\"account\":%s,\"contacts\":%lld}\n", name,
                     (long long)account->n_contacts);
    else if (!cli->options.quiet)
        (void)printf("Removed “%s” and its %s %s. Your files are as they were.\n", account->name,
                     cli_number(account->n_contacts, n), account->n_contacts == 1 ? "contact" : "contacts");
}

static int remove_one(struct cli *cli, int argc, char **argv)
{
    struct kith_account account;
    struct kith_error err = {0};

    if (argc != 1)
        return cli_usage(cli, "`kith accounts` shows the names", "`kith outlook remove` needs the name of one account");
    if (kith_account_find(cli->k, argv[0], &account, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (account.source != KITH_SOURCE_OUTLOOK)
        return fail_other_source(cli, &account);
    if (kith_sign_out(cli->k, account.name, /* keep_contacts= */ false, &err) != KITH_OK)
        return cli_fail(cli, &err);
    print_removed(cli, &account);
    return 0;
}

/* --- Which one --------------------------------------------------------------------------------------------- */

int cli_outlook(struct cli *cli, int argc, char **argv)
{
    static const struct {
        const char *word;
        int (*run)(struct cli *cli, int argc, char **argv);
    } actions[] = {{"add", add}, {"sync", sync_files}, {"remove", remove_one}};
    const char *words[KITH_COUNT_OF(actions)];
    const char *nearest;

    for (size_t i = 0; i < KITH_COUNT_OF(actions); i++) {
        words[i] = actions[i].word;
        if (strcmp(argv[0], actions[i].word) == 0)
            return actions[i].run(cli, argc - 1, argv + 1);
    }
    nearest = kith_text_nearest(argv[0], words, KITH_COUNT_OF(words));
    if (nearest)
        return cli_usage(cli, "", "there is no `kith outlook %s`. Did you mean `%s`?", argv[0], nearest);
    return cli_usage(cli, "", "`kith outlook` takes add, sync or remove, not `%s`", argv[0]);
}
