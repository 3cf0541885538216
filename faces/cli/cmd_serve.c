/* SPDX-License-Identifier: MIT */
/* cmd_serve.c - kith serve: the local web page, until Ctrl-C. No other command needs its module. */
#include <stdio.h>

#include "cli.h"
#include "cli_out.h"
#include "faces/web/web_module.h"

static struct kith_module web = KITH_MODULE("kith-web.so", kith_web_functions);

static void on_ready(void *ctx, const char *start_link)
{
    const struct cli *cli = ctx;
    bool opened = !cli->options.no_open && kith_browser_open(start_link, cli->cancel);

    if (cli->options.json) {
        (void)printf("{\"schema\":1,\"event\":\"serving\",\"url\":\"%s\"}\n",
                     start_link); /* base64url: needs no escapes */
    } else {
        cli_say(cli, opened ? "kith is open in your browser. If not, open this address (it works once):"
                            : "Open this address in your browser (it works once):");
        (void)printf("%s\n", start_link);
        cli_say(cli, "Ctrl-C ends kith.");
    }
    (void)fflush(stdout);
}

int cli_serve(struct cli *cli, int argc, char **argv)
{
    const struct kith_web_options options = {
        .port = cli->options.port_given ? (int)cli->options.port : -1,
        .cancel = cli->cancel,
        .on_ready = on_ready,
        .ctx = cli,
    };
    struct kith_error err = {0};

    (void)argc;
    (void)argv;
    const struct kith_web_functions *functions = kith_module_load(&web, &err);
    return functions && functions->run(cli->k, &options, &err) == KITH_OK ? 0 : cli_fail(cli, &err);
}
