/* SPDX-License-Identifier: MIT */
/* cmd_signin.c - kith sign-in and kith sign-out. */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "cli.h"
#include "cli_device.h"
#include "cli_out.h"

/* --- An address pasted on standard input, while the sign-in waits -------------------- */

struct paste {
    const struct cli *cli;
    struct kith_signin *signin;
    pthread_t thread;
    int stop_fd; /* readable: the sign-in is over */
    bool running;
};

static void take_line(struct paste *paste, const char *line)
{
    struct kith_error err = {0};

    if (kith_text_is_empty(line))
        return;
    if (kith_signin_paste(paste->signin, line, &err) != KITH_OK)
        cli_say(paste->cli, "This is not the address of this sign-in. Copy the whole line of the browser’s address "
                            "field.");
}

/* Split what came into lines; the rest stays in buf. */
static void take_lines(struct paste *paste, struct kith_buf *buf)
{
    char *newline;

    while (buf->len > 0 && (newline = memchr(buf->data, '\n', buf->len))) {
        size_t used = (size_t)(newline - buf->data) + 1;

        *newline = '\0';
        take_line(paste, buf->data);
        memmove(buf->data, buf->data + used, buf->len - used);
        buf->len -= used;
    }
}

static void *read_pasted(void *arg)
{
    struct paste *paste = arg;
    struct pollfd fds[2] = {{.fd = STDIN_FILENO, .events = POLLIN}, {.fd = paste->stop_fd, .events = POLLIN}};
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 64 * 1024);
    while (poll(fds, 2, -1) > 0 || errno == EINTR) {
        char *room;
        ssize_t n;

        if (fds[1].revents)
            break;
        if (!fds[0].revents)
            continue;
        if (!(room = kith_buf_reserve(&buf, 8192)))
            break; /* a line as long as that is no address */
        n = read(STDIN_FILENO, room, 8192);
        if (n <= 0)
            break; /* nobody types here; the browser may still answer by itself */
        buf.len += (size_t)n;
        take_lines(paste, &buf);
    }
    return NULL;
}

static void paste_start(struct paste *paste)
{
    paste->stop_fd = eventfd(0, EFD_CLOEXEC);
    paste->running = paste->stop_fd >= 0 && pthread_create(&paste->thread, NULL, read_pasted, paste) == 0;
}

static void paste_stop(struct paste *paste)
{
    const uint64_t one = 1;

    if (paste->running) {
        (void)!write(paste->stop_fd, &one, sizeof(one)); /* an eventfd at 0 takes it */
        (void)pthread_join(paste->thread, NULL);
    }
    if (paste->stop_fd >= 0)
        (void)close(paste->stop_fd);
}

/* --- Sign in ---------------------------------------------------------------------------- */

static void print_open_event(struct kith_signin *s)
{
    KITH_AUTO_STRING url = cli_json_string(kith_signin_url(s)); /* begins with what the person configured */
    char expires_at[21];

    kith_clock_format_iso(kith_signin_expires_at_s(s), expires_at);
    (void)printf("{\"schema\":1,\"event\":\"open\",\"url\":%s,\"expires_at\":\"%s\"}\n", url, expires_at);
    (void)fflush(stdout);
}

/* At Google people overlook a box, and nothing comes of the whole sign-in. */
static const char *what_to_press(enum kith_source source)
{
    return source == KITH_SOURCE_GOOGLE ? "Tick the box for contacts on Google’s page and press Continue."
                                        : "Press Accept on the page there.";
}

static void say_until(const struct cli *cli, struct kith_signin *s, enum kith_source source)
{
    char clock[8];

    cli_say(cli, "%s The rest happens by itself. The page waits until %s.", what_to_press(source),
            cli_clock(kith_signin_expires_at_s(s), clock));
}

/* Show the address, in the browser where there is one. */
static void invite(const struct cli *cli, struct kith_signin *s, enum kith_source source)
{
    bool opened = !cli->options.no_browser && kith_browser_open(kith_signin_url(s), cli->cancel);

    if (cli->options.json) {
        print_open_event(s);
        return;
    }
    if (opened) {
        cli_say(cli, "The import has started. Your browser wants an answer.");
        say_until(cli, s, source);
        cli_say(cli, "No page there? Open this address:\n\n  %s\n", kith_signin_url(s));
        return;
    }
    cli_say(cli, "Open this address in a browser and sign in there:\n");
    (void)printf("%s\n", kith_signin_url(s)); /* the result of this step: for a script to take */
    (void)fflush(stdout);
    cli_say(cli, "%s", "");
    say_until(cli, s, source);
    cli_say(cli, "Is that browser on another machine? It ends at a page that cannot be shown. Copy the address of that "
                 "page and paste it here.");
}

/* Wait for the browser's answer, or for its address to be pasted. */
static enum kith_status wait_for_browser(struct cli *cli, struct kith_signin *s, struct kith_account *account,
                                         struct kith_error *err)
{
    struct paste paste = {.cli = cli, .signin = s, .stop_fd = -1};
    enum kith_status st;

    paste_start(&paste);
    st = kith_signin_wait(s, cli->cancel, account, err);
    paste_stop(&paste);
    return st;
}

static int finish(struct cli *cli, const struct kith_account *account)
{
    if (cli->options.json) {
        KITH_AUTO_STRING json = kith_account_to_json(account);

        (void)printf("{\"schema\":1,\"event\":\"signed-in\",\"account\":%s}\n", json);
        (void)fflush(stdout);
    } else {
        cli_say(cli, "%s is signed in as “%s”.", account->identity, account->name);
    }
    return cli->options.no_import ? 0 : cli_import_one(cli, account->name);
}

/*
 * Signing in again is signing out with the contacts kept, then signing in. A sign-in that nobody gets at is replaced:
 * this is the way out for a person whose keyring is gone.
 */
static int sign_out_for_again(struct cli *cli, const char *name)
{
    struct kith_error err = {0};
    enum kith_status st = kith_sign_out(cli->k, name, /* keep_contacts= */ true, &err);

    return st == KITH_OK || err.reason == KITH_REASON_TOKENS_LOCKED ? 0 : cli_fail(cli, &err);
}

/* The provider of a word; KITH_SOURCE_NONE for any other. */
static enum kith_source source_of(const char *word)
{
    static const struct {
        const char *word;
        enum kith_source source;
    } providers[] = {{"microsoft", KITH_SOURCE_MICROSOFT365}, {"google", KITH_SOURCE_GOOGLE}};

    for (size_t i = 0; i < KITH_COUNT_OF(providers); i++)
        if (strcmp(word, providers[i].word) == 0)
            return providers[i].source;
    return KITH_SOURCE_NONE;
}

static int check_device_code(struct cli *cli, enum kith_source source)
{
    if (!cli->options.device_code)
        return 0;
    if (source == KITH_SOURCE_GOOGLE)
        return cli_usage(cli, "`--no-browser` prints an address for a browser on any machine; the answer is pasted",
                         "Google gives no contacts for a device code, only for a sign-in in a browser");
    if (cli->options.no_browser)
        return cli_usage(cli, "", "`--no-browser` and `--device-code` are two ways; choose one of them");
    return 0;
}

static int choose_account(struct cli *cli, int argc, struct kith_signin_options *options)
{
    struct kith_account account;
    struct kith_error err = {0};

    if (argc > 0)
        return cli_usage(cli, "", "`--again` names the account; no provider behind it");
    if (kith_account_find(cli->k, options->again, &account, &err) != KITH_OK)
        return cli_fail(cli, &err);
    options->source = account.source;
    return 0;
}

static int choose_source(struct cli *cli, int argc, char **argv, struct kith_signin_options *options)
{
    int code = 0;

    if (options->again)
        code = choose_account(cli, argc, options);
    else if (argc == 0)
        return cli_usage(cli, "", "sign in where? kith sign-in microsoft, or kith sign-in google");
    else
        options->source = source_of(argv[0]);
    if (code == 0 && options->source == KITH_SOURCE_NONE)
        return cli_usage(cli, "kith sign-in microsoft, or kith sign-in google", "kith cannot sign in to `%s`", argv[0]);
    return code == 0 ? check_device_code(cli, options->source) : code;
}

int cli_signin(struct cli *cli, int argc, char **argv)
{
    struct kith_signin_options options = {.name = cli->options.name, .again = cli->options.again};
    KITH_AUTO(kith_signin) s = NULL;
    struct cli_device device;
    struct kith_account account;
    struct kith_error err = {0};
    enum kith_status st;
    int code = choose_source(cli, argc, argv, &options);

    if (code != 0)
        return code;
    cli_device_init(&device, cli);
    options.on_device_code = cli->options.device_code ? cli_device_show : NULL;
    options.ctx = &device;
    if (kith_signin_start(cli->k, &options, &s, &err) != KITH_OK)
        return cli_fail(cli, &err);
    /* With a device code not yet: there may come none at all, and a sign-in that does come replaces the old one. */
    if (options.again && !cli->options.device_code)
        code = sign_out_for_again(cli, options.again);
    if (code != 0)
        return code;
    if (cli->options.device_code) {
        st = kith_signin_wait(s, cli->cancel, &account, &err);
        cli_device_done(&device);
    } else {
        invite(cli, s, options.source);
        st = wait_for_browser(cli, s, &account, &err);
    }
    return st == KITH_OK ? finish(cli, &account) : cli_fail(cli, &err);
}

int cli_signout(struct cli *cli, int argc, char **argv)
{
    struct kith_account account;
    struct kith_error err = {0};
    char n[32];

    (void)argc;
    if (kith_account_find(cli->k, argv[0], &account, &err) != KITH_OK ||
        kith_sign_out(cli->k, account.name, cli->options.keep_contacts, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.json)
        (void)printf("{\"schema\":1,\"signed_out\":true,\"contacts_kept\":%s}\n",
                     cli->options.keep_contacts ? "true" : "false");
    else if (!cli->options.quiet)
        (void)printf(cli->options.keep_contacts ? "Signed out of “%s”. Its %s contacts stay here.\n"
                                                : "Signed out of “%s” and removed its %s contacts from this device.\n",
                     account.name, cli_number(account.n_contacts, n));
    return 0;
}
