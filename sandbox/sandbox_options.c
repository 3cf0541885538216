/* SPDX-License-Identifier: MIT */
/*
 * sandbox_options.c - the command line becomes a struct sandbox_options.
 *
 * Before: main() has argv.
 * After:  sandbox_world.c invents the people and mailboxes that were asked for.
 */
#include "sandbox/sandbox_options.h"

#include <stdio.h>

#include "base/cleanup.h"
#include "base/text.h"

static const char help_text[] =
    "Usage: kith-sandbox [OPTION]...\n"
    "Behaves as Microsoft's and Google's sign-in and contacts on this device, for rehearsals\n"
    "and tests.\n"
    "\n"
    "  --port N            listen on 127.0.0.1:N and [::1]:N (default: any free port)\n"
    "  --contacts N        contacts in each mailbox (default: 10000)\n"
    "  --seed N            invent other people (default: 1)\n"
    "  --latency MS        wait before every answer (default: 0)\n"
    "  --auto PERSON       sign-in pages answer by themselves as PERSON; may be given once for\n"
    "                      Microsoft and once for Google\n"
    "  --tls CERT KEY      speak TLS with these PEM files\n"
    "  --config-out FILE   write the settings that point kith at this sandbox\n"
    "  --help              show this\n"
    "\n"
    "When ready it prints one line of JSON with its addresses. It ends on SIGTERM, SIGINT\n"
    "or when its standard input, if a pipe, closes.\n"
    "\n"
    "People: worker@contoso.example, admin@contoso.example, managed@locked.example,\n"
    "        unlicensed@contoso.example, someone@outlook.example (Microsoft);\n"
    "        anna@gmail.example, carla@studio.example, noah@studio.example,\n"
    "        olga@strict.example, guest@gmail.example (Google)\n"
    "\n"
    "Examples:\n"
    "  kith-sandbox --config-out sandbox.ini\n"
    "  kith-sandbox --auto worker@contoso.example --contacts 100000 --latency 150\n"
    "  kith-sandbox --auto worker@contoso.example --auto anna@gmail.example\n"
    "  curl -d '{\"path\":\"/v1.0/me/contacts\",\"do\":\"status\",\"status\":503}' "
    "http://127.0.0.1:PORT/sandbox/faults\n";

void sandbox_options_print_help(void)
{
    (void)fputs(help_text, stdout); /* a closed standard output is the reader's choice */
}

static bool read_number(const char *option, const char *text, int64_t max, int64_t *ret)
{
    if (text && kith_text_to_int64(text, 0, max, ret))
        return true;
    (void)fprintf(stderr, "kith-sandbox: %s wants a number from 0 to %lld\n", option, (long long)max);
    return false;
}

static bool read_word(const char *option, const char *text, const char **ret)
{
    if (!kith_text_is_empty(text)) {
        *ret = text;
        return true;
    }
    (void)fprintf(stderr, "kith-sandbox: %s wants a value\n", option);
    return false;
}

static bool add_auto_login(const char *text, struct sandbox_options *o)
{
    if (o->n_auto_logins == SANDBOX_MAX_AUTO) {
        (void)fputs("kith-sandbox: --auto is given too often\n", stderr);
        return false;
    }
    if (!read_word("--auto", text, &o->auto_login[o->n_auto_logins]))
        return false;
    o->n_auto_logins++;
    return true;
}

static void complain_about(const char *option)
{
    static const char *const known[] = {"--port", "--contacts", "--seed",       "--latency",
                                        "--auto", "--tls",      "--config-out", "--help"};
    const char *near = kith_text_nearest(option, known, KITH_COUNT_OF(known));

    if (near)
        (void)fprintf(stderr, "kith-sandbox: there is no option \"%s\"; did you mean %s\n", option, near);
    else
        (void)fprintf(stderr, "kith-sandbox: there is no option \"%s\"; see --help\n", option);
}

/* One option and its values at argv[i]; returns how many words it took, 0 for what is wrong. argv ends in NULL. */
static int read_option(char **argv, struct sandbox_options *o)
{
    const char *option = argv[0];
    int64_t number = 0;

    if (strcmp(option, "--port") == 0) {
        if (!read_number(option, argv[1], UINT16_MAX, &number))
            return 0;
        o->port = (uint16_t)number;
        return 2;
    }
    if (strcmp(option, "--contacts") == 0)
        return read_number(option, argv[1], SANDBOX_MAX_CONTACTS, &o->contacts) ? 2 : 0;
    if (strcmp(option, "--seed") == 0) {
        if (!read_number(option, argv[1], INT64_MAX, &number))
            return 0;
        o->seed = (uint64_t)number;
        return 2;
    }
    if (strcmp(option, "--latency") == 0)
        return read_number(option, argv[1], 600000, &o->latency_ms) ? 2 : 0;
    if (strcmp(option, "--auto") == 0)
        return add_auto_login(argv[1], o) ? 2 : 0;
    if (strcmp(option, "--config-out") == 0)
        return read_word(option, argv[1], &o->config_out) ? 2 : 0;
    if (strcmp(option, "--tls") == 0) {
        if (!read_word(option, argv[1], &o->tls_cert) || !read_word(option, argv[2], &o->tls_key))
            return 0;
        return 3;
    }
    complain_about(option);
    return 0;
}

enum sandbox_options_result sandbox_options_read(int argc, char **argv, struct sandbox_options *ret)
{
    struct sandbox_options o = {.contacts = 10000, .seed = 1};

    for (int i = 1; i < argc;) {
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0)
            return SANDBOX_OPTIONS_HELP;
        int taken = read_option(argv + i, &o);
        if (taken == 0)
            return SANDBOX_OPTIONS_WRONG;
        i += taken;
    }
    *ret = o;
    return SANDBOX_OPTIONS_RUN;
}
