/* SPDX-License-Identifier: MIT */
/*
 * cli.h - what the commands of `kith` share.
 *
 * A command is a row of cli_commands.c and a function: it gets the handle, its parsed
 * options and the arguments behind them, and returns the exit code.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <kith/kith.h>

#include "base/cleanup.h"

KITH_DEFINE_AUTO(kith, kith_close)
KITH_DEFINE_AUTO(kith_accounts, kith_accounts_free)
KITH_DEFINE_AUTO(kith_contact, kith_contact_free)
KITH_DEFINE_AUTO(kith_rows, kith_rows_free)
KITH_DEFINE_AUTO(kith_settings, kith_settings_free)
KITH_DEFINE_AUTO(kith_signin, kith_signin_free)

enum { CLI_SETS_MAX = 64 };

/* Every option any command knows; a command's row says which it takes. */
struct cli_options {
    /* global */
    bool json, quiet, help, version;
    int verbose;
    const char *data_dir, *config_file;
    const char *set[CLI_SETS_MAX + 1];
    size_t n_sets;
    /* of single commands */
    const char *account, *name, *again, *format, *output, *if_older_than;
    bool no_browser, device_code, no_import, keep_contacts, check, repair, no_open, allow_removals, report;
    int64_t limit, after, port;
    bool limit_given, port_given;
};

struct cli {
    struct cli_options options;
    struct kith *k;             /* NULL for commands that need none */
    struct kith_cancel *cancel; /* thrown by Ctrl-C; NULL for commands that Ctrl-C may just end */
    bool colour;                /* standard output takes colours */
    bool utf8;                  /* the terminal shows UTF-8 */
};

struct cli_command {
    const char *name;
    const char *usage;      /* what stands behind the name: "ACCOUNT..." */
    const char *summary;    /* one line */
    const char *details;    /* for --help: what it does, its options */
    const char *examples;   /* for --help: real commands, one a line */
    const char *takes;      /* long options beside the global ones, separated by blanks: "limit account" */
    int min_args, max_args; /* max -1: any number */
    bool tidies_up;         /* Ctrl-C throws cli->cancel, and the command ends by itself */
    int (*run)(struct cli *cli, int argc, char **argv);
};

extern const struct cli_command cli_commands[];
extern const size_t cli_n_commands;
const struct cli_command *cli_command_find(const char *name);

/* The rows' functions. */
int cli_signin(struct cli *cli, int argc, char **argv);
int cli_signout(struct cli *cli, int argc, char **argv);
int cli_accounts(struct cli *cli, int argc, char **argv);
int cli_import(struct cli *cli, int argc, char **argv);
int cli_refresh(struct cli *cli, int argc, char **argv);
int cli_outlook(struct cli *cli, int argc, char **argv);
int cli_list(struct cli *cli, int argc, char **argv);
int cli_find(struct cli *cli, int argc, char **argv);
int cli_who(struct cli *cli, int argc, char **argv);
int cli_show(struct cli *cli, int argc, char **argv);
int cli_export(struct cli *cli, int argc, char **argv);
int cli_query(struct cli *cli, int argc, char **argv);
int cli_status(struct cli *cli, int argc, char **argv);
int cli_config(struct cli *cli, int argc, char **argv);
int cli_serve(struct cli *cli, int argc, char **argv);

/* Import one account with progress and closing lines; used by import, sign-in and outlook. Returns the exit code. */
int cli_import_one(struct cli *cli, const char *account);
/* Refresh these n accounts, all when n is 0, with progress and closing lines; the same. */
int cli_refresh_these(struct cli *cli, const char *const *names, size_t n);
/* The document of a refresh that had nothing to do; returns 0. */
int cli_refresh_none(const struct cli *cli);
