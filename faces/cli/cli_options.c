/* SPDX-License-Identifier: MIT */
/* cli_options.c - see cli_options.h. One table of options; a command's row names those it takes. */
#include "cli_options.h"

#include <getopt.h>

#include "base/text.h"
#include "cli_out.h"

enum option_id {
    OPT_JSON = 256,
    OPT_DATA_DIR,
    OPT_CONFIG,
    OPT_SET,
    OPT_ACCOUNT,
    OPT_NAME,
    OPT_AGAIN,
    OPT_FORMAT,
    OPT_LIMIT,
    OPT_AFTER,
    OPT_NO_BROWSER,
    OPT_DEVICE_CODE,
    OPT_NO_IMPORT,
    OPT_KEEP_CONTACTS,
    OPT_IF_OLDER_THAN,
    OPT_CHECK,
    OPT_REPAIR,
    OPT_PORT,
    OPT_NO_OPEN,
    OPT_ALLOW_REMOVALS,
    OPT_REPORT,
};

static const struct option all[] = {
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {"json", no_argument, NULL, OPT_JSON},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"data-dir", required_argument, NULL, OPT_DATA_DIR},
    {"config", required_argument, NULL, OPT_CONFIG},
    {"set", required_argument, NULL, OPT_SET},
    {"account", required_argument, NULL, OPT_ACCOUNT},
    {"name", required_argument, NULL, OPT_NAME},
    {"again", required_argument, NULL, OPT_AGAIN},
    {"format", required_argument, NULL, OPT_FORMAT},
    {"output", required_argument, NULL, 'o'},
    {"limit", required_argument, NULL, OPT_LIMIT},
    {"after", required_argument, NULL, OPT_AFTER},
    {"no-browser", no_argument, NULL, OPT_NO_BROWSER},
    {"device-code", no_argument, NULL, OPT_DEVICE_CODE},
    {"no-import", no_argument, NULL, OPT_NO_IMPORT},
    {"keep-contacts", no_argument, NULL, OPT_KEEP_CONTACTS},
    {"if-older-than", required_argument, NULL, OPT_IF_OLDER_THAN},
    {"check", no_argument, NULL, OPT_CHECK},
    {"repair", no_argument, NULL, OPT_REPAIR},
    {"port", required_argument, NULL, OPT_PORT},
    {"no-open", no_argument, NULL, OPT_NO_OPEN},
    {"allow-removals", no_argument, NULL, OPT_ALLOW_REMOVALS},
    {"report", no_argument, NULL, OPT_REPORT},
    {0},
};
enum { N_GLOBAL = 8 }; /* the first rows are for every command */

static bool takes(const struct cli_command *command, const char *name)
{
    const char *word = command ? command->takes : "";
    size_t len = strlen(name);

    while (*word) {
        size_t word_len = strcspn(word, " ");

        if (word_len == len && strncmp(word, name, len) == 0)
            return true;
        word += word_len;
        word += strspn(word, " ");
    }
    return false;
}

/* The options this command takes, as getopt_long wants them. */
static void choose(const struct cli_command *command, struct option out[KITH_COUNT_OF(all)])
{
    size_t n = 0;

    for (size_t i = 0; all[i].name; i++)
        if (i < N_GLOBAL || takes(command, all[i].name))
            out[n++] = all[i];
    out[n] = (struct option){0};
}

static int fail_unknown(struct cli *cli, const struct option *known, const char *word)
{
    const char *names[KITH_COUNT_OF(all)];
    char bare[64];
    size_t n = 0;
    const char *nearest;
    size_t dashes = strspn(word, "-");

    for (; known[n].name; n++)
        names[n] = known[n].name;
    (void)kith_text_copy_n(bare, sizeof(bare), word + dashes, strcspn(word + dashes, "="));
    nearest = kith_text_nearest(bare, names, n);
    if (nearest && dashes == 2)
        return cli_usage(cli, "", "there is no option `--%s`. Did you mean `--%s`?", bare, nearest);
    return cli_usage(cli, "`--help` shows the options", "there is no option `%.*s%s`", (int)dashes, "--", bare);
}

/* getopt says in optopt which one it was: 0 for a long one it does not know, else its letter or number. */
static int fail_option(struct cli *cli, const struct option *known, const char *word)
{
    if (optopt == 0)
        return fail_unknown(cli, known, word);
    for (; known->name; known++)
        if (known->val == optopt)
            return cli_usage(cli, "", "`--%s` takes no value", known->name);
    return cli_usage(cli, "`--help` shows the options", "there is no option `-%c`", optopt);
}

static int fail_argument(struct cli *cli, const char *word)
{
    return cli_usage(cli, "", "`%s` needs a value", word);
}

static int take_number(struct cli *cli, const char *name, const char *text, int64_t max, int64_t *ret)
{
    if (kith_text_to_int64(text, 0, max, ret))
        return 0;
    return cli_usage(cli, "", "`--%s` takes a number from 0, not `%s`", name, text);
}

/* 0, or the exit code of a mistake. */
static int take(struct cli *cli, int id, const char *value)
{
    struct cli_options *o = &cli->options;

    switch (id) {
    case 'h':
        o->help = true;
        return 0;
    case 'V':
        o->version = true;
        return 0;
    case 'q':
        o->quiet = true;
        return 0;
    case 'v':
        o->verbose++;
        return 0;
    case 'o':
        o->output = value;
        return 0;
    case OPT_JSON:
        o->json = true;
        return 0;
    case OPT_DATA_DIR:
        o->data_dir = value;
        return 0;
    case OPT_CONFIG:
        o->config_file = value;
        return 0;
    case OPT_SET:
        if (o->n_sets == CLI_SETS_MAX)
            return cli_usage(cli, "", "`--set` can be given %d times at most", CLI_SETS_MAX);
        o->set[o->n_sets++] = value;
        return 0;
    case OPT_ACCOUNT:
        o->account = value;
        return 0;
    case OPT_NAME:
        o->name = value;
        return 0;
    case OPT_AGAIN:
        o->again = value;
        return 0;
    case OPT_FORMAT:
        o->format = value;
        return 0;
    case OPT_IF_OLDER_THAN:
        o->if_older_than = value;
        return 0;
    case OPT_NO_BROWSER:
        o->no_browser = true;
        return 0;
    case OPT_DEVICE_CODE:
        o->device_code = true;
        return 0;
    case OPT_NO_IMPORT:
        o->no_import = true;
        return 0;
    case OPT_KEEP_CONTACTS:
        o->keep_contacts = true;
        return 0;
    case OPT_CHECK:
        o->check = true;
        return 0;
    case OPT_REPAIR:
        o->repair = true;
        return 0;
    case OPT_NO_OPEN:
        o->no_open = true;
        return 0;
    case OPT_ALLOW_REMOVALS:
        o->allow_removals = true;
        return 0;
    case OPT_REPORT:
        o->report = true;
        return 0;
    case OPT_LIMIT:
        o->limit_given = true;
        return take_number(cli, "limit", value, INT64_MAX, &o->limit);
    case OPT_AFTER:
        return take_number(cli, "after", value, INT64_MAX, &o->after);
    case OPT_PORT:
        o->port_given = true;
        return take_number(cli, "port", value, 65535, &o->port);
    default:
        return cli_usage(cli, "", "this option is not known");
    }
}

int cli_options_parse(struct cli *cli, const struct cli_command *command, int argc, char **argv, int *ret_exit)
{
    struct option known[KITH_COUNT_OF(all)];
    /* "+": stop at the first word, which is the command; ":": tell a missing value apart. */
    const char *letters = command ? (takes(command, "output") ? ":hVqvo:" : ":hVqv") : "+:hVqv";
    int id;

    choose(command, known);
    opterr = 0;
    optind = 0; /* GNU: begin anew, also with another set of options */
    while ((id = getopt_long(argc, argv, letters, known, NULL)) != -1) {
        if (id == '?')
            *ret_exit = fail_option(cli, known, argv[optind - 1]);
        else if (id == ':')
            *ret_exit = fail_argument(cli, argv[optind - 1]);
        else
            *ret_exit = take(cli, id, optarg);
        if (*ret_exit != 0)
            return -1;
    }
    return optind;
}

bool cli_parse_duration(const char *text, int64_t *ret_s)
{
    static const struct {
        char letter;
        int64_t seconds;
    } units[] = {{'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}};
    char number[24];
    size_t len = strlen(text);
    int64_t n;

    if (len < 2 || !kith_text_copy_n(number, sizeof(number), text, len - 1) ||
        !kith_text_to_int64(number, 0, 1000000, &n))
        return false;
    for (size_t i = 0; i < KITH_COUNT_OF(units); i++)
        if (units[i].letter == text[len - 1]) {
            *ret_s = n * units[i].seconds;
            return true;
        }
    return false;
}
