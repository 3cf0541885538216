/* SPDX-License-Identifier: MIT */
/* cmd_status.c - kith status and kith config. */
#include <stdio.h>

#include "base/text.h"
#include "cli.h"
#include "cli_out.h"

/* --- status ---------------------------------------------------------------------- */

/* What a repair did: on standard error, beside what there is now. */
static void tell_repair(const struct cli *cli, const struct kith_repair *repair)
{
    char n[32];

    if (!repair->damaged) {
        cli_say(cli, "The contacts’ file is sound: nothing had to be mended.");
    } else if (repair->copy[0] == '\0') {
        cli_say(cli, "The search index was damaged and has been made anew. No contact was lost.");
    } else {
        cli_say(cli, "The contacts’ file was damaged; a copy was kept: %s", repair->copy);
        cli_say(cli, "Accounts that came over into a new one: %s. `kith refresh` brings their contacts.",
                cli_number(repair->n_accounts, n));
    }
}

static void print_problem(const struct kith_account *account)
{
    struct kith_failure failure;

    if (account->last_error.status == KITH_OK)
        return;
    kith_failure_describe(&account->last_error, &failure);
    (void)printf("Account “%s”: %s. %s\n", account->name, failure.title, failure.sentence);
    if (account->last_error.link[0])
        (void)printf("  %s\n", account->last_error.link);
    if (failure.command[0])
        (void)printf("  Then: %s\n", failure.command);
}

/* Each account's own place: it may have been signed in when there was no keyring, or under another setting. */
static void print_places(const struct kith_accounts *accounts)
{
    for (size_t i = 0; i < accounts->n; i++)
        if (accounts->account[i].tokens_in != KITH_TOKENS_UNKNOWN)
            (void)printf("           “%s” in the %s\n", accounts->account[i].name,
                         kith_tokens_in_id(accounts->account[i].tokens_in));
}

static void print_health(const struct kith_health *h, const struct kith_accounts *accounts)
{
    char a[32], b[32];

    (void)printf("kith %s, SQLite %s, store schema %d\n", h->version, h->store_version, h->schema);
    (void)printf("Contacts   %s in %s (%s KiB)\n", cli_number(h->n_contacts, a), h->data_dir,
                 cli_number(h->store_bytes / 1024, b));
    (void)printf("Accounts   %s\n", cli_number(h->n_accounts, a));
    (void)printf("Sign-ins   %s%s\n", h->tokens_in[0] ? "kept in the " : "cannot be read", h->tokens_in);
    print_places(accounts);
    (void)printf("Settings   %s\n", h->config_file);
    (void)printf("Region     %s, for numbers without a country code\n", h->region[0] ? h->region : "none");
    (void)printf("Sorting    %s\n", h->language[0] ? h->language : "as Unicode sorts");
    (void)printf("Microsoft  %s\n", h->microsoft_ready
                                        ? "ready"
                                        : "no client id: set microsoft.client_id (docs/register-an-application.md)");
    (void)printf("Google     %s\n", h->google_ready ? "ready"
                                                    : "no client id: set google.client_id and google.client_secret "
                                                      "(docs/register-an-application.md)");
    if (h->checked)
        (void)printf("Store      %s\n", h->store_sound ? "read whole, sound" : "damaged");
    if (h->problem[0])
        (void)printf("Problem    %s\n", h->problem);
    for (size_t i = 0; i < accounts->n; i++)
        print_problem(&accounts->account[i]);
}

static void add_repair_json(struct kith_buf *out, const struct kith_repair *repair)
{
    KITH_AUTO_STRING copy = cli_json_string(repair->copy);

    (void)kith_buf_addf(out, "\"repair\":{\"damaged\":%s,\"accounts\":%lld,\"copy\":%s},",
                        repair->damaged ? "true" : "false", (long long)repair->n_accounts, copy);
}

static void print_health_json(const struct kith_health *h, const struct kith_accounts *accounts,
                              const struct kith_repair *repair)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO_STRING health = kith_health_to_json(h);

    kith_buf_init(&out, 4 * 1024 * 1024);
    (void)kith_buf_add_text(&out, "{\"schema\":1,");
    if (repair)
        add_repair_json(&out, repair);
    (void)kith_buf_addf(&out, "\"status\":%s,\"accounts\":[", health);
    for (size_t i = 0; i < accounts->n; i++) {
        KITH_AUTO_STRING account = kith_account_to_json(&accounts->account[i]);

        (void)kith_buf_addf(&out, "%s%s", i ? "," : "", account);
    }
    (void)kith_buf_add_text(&out, "]}\n");
    (void)cli_flush(&out);
}

int cli_status(struct cli *cli, int argc, char **argv)
{
    KITH_AUTO(kith_accounts) accounts = NULL;
    struct kith_repair repair = {0};
    struct kith_health health;
    struct kith_error err = {0};

    (void)argc;
    (void)argv;
    if (cli->options.repair && kith_repair(cli->k, &repair, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.repair && !cli->options.json)
        tell_repair(cli, &repair);
    if (kith_health_get(cli->k, cli->options.check, &health, &err) != KITH_OK ||
        kith_accounts_get(cli->k, &accounts, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.json)
        print_health_json(&health, accounts, cli->options.repair ? &repair : NULL);
    else
        print_health(&health, accounts);
    return health.checked && !health.store_sound ? 40 : 0;
}

/* --- config ---------------------------------------------------------------------- */

static void print_setting(const struct kith_setting *setting)
{
    (void)printf("%-22s %-36s %s%s\n", setting->key, setting->value[0] ? setting->value : "-", setting->description,
                 setting->is_set ? " (set)" : "");
}

static int list_settings(struct cli *cli, const struct kith_settings *settings)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, 1024 * 1024);
    (void)kith_buf_add_text(&out, "{\"schema\":1,\"settings\":[");
    for (size_t i = 0; i < settings->n; i++) {
        KITH_AUTO_STRING json = kith_setting_to_json(&settings->setting[i]);

        if (cli->options.json)
            (void)kith_buf_addf(&out, "%s%s", i ? "," : "", json);
        else
            print_setting(&settings->setting[i]);
    }
    (void)kith_buf_add_text(&out, "]}\n");
    if (cli->options.json)
        (void)cli_flush(&out);
    return 0;
}

static int get_setting(struct cli *cli, const struct kith_settings *settings, const char *key)
{
    const char *keys[128];
    const char *nearest;
    size_t n = settings->n < KITH_COUNT_OF(keys) ? settings->n : KITH_COUNT_OF(keys);

    for (size_t i = 0; i < n; i++) {
        KITH_AUTO_STRING json = NULL;

        keys[i] = settings->setting[i].key;
        if (strcmp(keys[i], key) != 0)
            continue;
        json = kith_setting_to_json(&settings->setting[i]);
        if (cli->options.json)
            (void)printf("{\"schema\":1,\"setting\":%s}\n", json);
        else
            (void)printf("%s\n", settings->setting[i].value);
        return 0;
    }
    nearest = kith_text_nearest(key, keys, n);
    if (nearest)
        return cli_usage(cli, "", "there is no setting `%s`. Did you mean `%s`?", key, nearest);
    return cli_usage(cli, "`kith config list` shows all settings", "there is no setting `%s`", key);
}

static int set_setting(struct cli *cli, const char *key, const char *value)
{
    struct kith_error err = {0};

    if (kith_setting_set(cli->k, key, value, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.json)
        (void)printf("{\"schema\":1,\"saved\":true}\n");
    return 0;
}

int cli_config(struct cli *cli, int argc, char **argv)
{
    KITH_AUTO(kith_settings) settings = NULL;
    struct kith_error err = {0};

    if (strcmp(argv[0], "set") == 0 && argc >= 2)
        return set_setting(cli, argv[1], argc == 3 ? argv[2] : NULL);
    if (kith_settings_get(cli->k, &settings, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (strcmp(argv[0], "list") == 0 && argc == 1)
        return list_settings(cli, settings);
    if (strcmp(argv[0], "get") == 0 && argc == 2)
        return get_setting(cli, settings, argv[1]);
    return cli_usage(cli, "", "kith config list, kith config get KEY, or kith config set KEY [VALUE]");
}
