/* SPDX-License-Identifier: MIT */
/*
 * cli_main.c - `kith`: finds the command, reads its options, opens the engine, runs it.
 */
#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/text.h"
#include "cli.h"
#include "cli_options.h"
#include "cli_out.h"

#if defined(__SANITIZE_ADDRESS__)
#define CLI_FINDS_LEAKS
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define CLI_FINDS_LEAKS
#endif
#endif

static struct kith_cancel *interrupt_cancel;

static void on_interrupt(int signal_number)
{
    kith_cancel_set(interrupt_cancel);
    (void)signal(signal_number, SIG_DFL); /* a second one ends the program whatever it does */
}

/* Only for commands that look at the switch: with the others a first Ctrl-C would do nothing at all. */
static void watch_interrupts(struct cli *cli)
{
    struct sigaction action = {.sa_handler = on_interrupt};

    cli->cancel = interrupt_cancel = kith_cancel_new();
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

static void print_help(void)
{
    (void)printf(
        "kith brings your contacts from Microsoft 365, Google and Outlook onto this device and finds them at once.\n"
        "Usage: kith COMMAND [OPTION...] [ARGUMENT...]\n\n");
    for (size_t i = 0; i < cli_n_commands; i++)
        (void)printf("  %-10s %s\n", cli_commands[i].name, cli_commands[i].summary);
    (void)printf(
        "\nWith every command: --json, --help, -q, -v, --data-dir DIR, --config FILE, --set section.key=value\n\n"
        "  kith sign-in microsoft\n"
        "  kith find maria bauer\n"
        "  kith who '+1 408 555 0100'\n");
}

static void print_command_help(const struct cli_command *command)
{
    (void)printf("Usage: kith %s%s%s\n\n%s\n\n%s\nExamples:\n%s", command->name, command->usage[0] ? " " : "",
                 command->usage, command->summary, command->details, command->examples);
}

static int fail_unknown_command(struct cli *cli, const char *word)
{
    const char *names[64];
    const char *nearest;

    for (size_t i = 0; i < cli_n_commands; i++)
        names[i] = cli_commands[i].name;
    nearest = kith_text_nearest(word, names, cli_n_commands);
    if (nearest)
        return cli_usage(cli, "", "there is no command `%s`. Did you mean `%s`?", word, nearest);
    return cli_usage(cli, "`kith --help` shows the commands", "there is no command `%s`", word);
}

/* `kith help COMMAND` is `kith COMMAND --help`. */
static int help(struct cli *cli, const char *word)
{
    const struct cli_command *command = word ? cli_command_find(word) : NULL;

    if (word && !command)
        return fail_unknown_command(cli, word);
    if (command)
        print_command_help(command);
    else
        print_help();
    return 0;
}

static int check_arguments(struct cli *cli, const struct cli_command *command, int argc)
{
    if (argc < command->min_args)
        return cli_usage(cli, "", "something is missing: kith %s %s", command->name, command->usage);
    if (command->max_args >= 0 && argc > command->max_args)
        return cli_usage(cli, "", "that is too much: kith %s %s", command->name, command->usage);
    return 0;
}

static int run_command(struct cli *cli, const struct cli_command *command, int argc, char **argv)
{
    const struct kith_options options = {.data_dir = cli->options.data_dir,
                                         .config_file = cli->options.config_file,
                                         .set = cli->options.set,
                                         .even_unusable = command->run == cli_serve || cli->options.repair};
    KITH_AUTO(kith) k = NULL;
    struct kith_error err = {0};
    int code;

    if (command->tidies_up)
        watch_interrupts(cli);
    if (kith_open(&options, &k, &err) != KITH_OK)
        return cli_fail(cli, &err);
    cli->k = k;
    code = command->run(cli, argc, argv);
    return cli_out_done() || code != 0 ? code : 1;
}

static int run(struct cli *cli, int argc, char **argv)
{
    const struct cli_command *command;
    int code = 0;
    int at = cli_options_parse(cli, NULL, argc, argv, &code);

    if (at < 0)
        return code;
    if (cli->options.version) {
        (void)printf("kith %s\n", kith_version());
        return 0;
    }
    if (at == argc) {
        print_help();
        return cli->options.help ? 0 : 2;
    }
    if (strcmp(argv[at], "help") == 0)
        return help(cli, at + 1 < argc && argv[at + 1][0] != '-' ? argv[at + 1] : NULL);
    command = cli_command_find(argv[at]);
    if (!command)
        return fail_unknown_command(cli, argv[at]);
    argc -= at;
    argv += at;
    at = cli_options_parse(cli, command, argc, argv, &code);
    if (at < 0)
        return code;
    if (cli->options.help) {
        print_command_help(command);
        return 0;
    }
    code = check_arguments(cli, command, argc - at);
    if (code != 0)
        return code;
    return run_command(cli, command, argc - at, argv + at);
}

/*
 * No core dump of this process and no debugger of another program of this person: tokens pass through
 * its memory. Leak detection works by such a debugger, so builds with it are left alone.
 */
static void keep_memory_private(void)
{
#ifndef CLI_FINDS_LEAKS
    (void)prctl(PR_SET_DUMPABLE, 0); /* cannot fail for this value */
#endif
}

/*
 * What an import took for its pages goes back to the system before it writes them. Left to itself glibc holds on to
 * large pieces as soon as some were given back.
 */
static void keep_memory_small(void)
{
#ifdef __GLIBC__
    enum { LARGE_BYTES = 128 * 1024 };

    (void)mallopt(M_MMAP_THRESHOLD, LARGE_BYTES); /* without these the program takes more, that is all */
    (void)mallopt(M_TRIM_THRESHOLD, LARGE_BYTES);
#endif
}

int main(int argc, char **argv)
{
    struct cli cli = {0};
    int code;

    keep_memory_small();
    keep_memory_private();
    cli_out_init(&cli);
    (void)signal(SIGPIPE, SIG_IGN); /* a reader that leaves (kith list | head) is an end, not a crash */
    code = run(&cli, argc, argv);
    kith_cancel_free(cli.cancel);
    return code;
}
