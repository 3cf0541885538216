/* SPDX-License-Identifier: MIT */
/* cmd_export.c - kith export: all contacts as a file, which appears complete or not at all. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"
#include "cli.h"
#include "cli_out.h"

struct target {
    int fd;
    int write_errno;
    const struct kith_cancel *cancel;
};

static bool write_all(void *ctx, const char *bytes, size_t len)
{
    struct target *target = ctx;

    while (len > 0) {
        if (kith_cancel_is_set(target->cancel))
            return false;
        ssize_t n = write(target->fd, bytes, len);

        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0) {
            target->write_errno = errno;
            return false;
        }
        bytes += n;
        len -= (size_t)n;
    }
    return true;
}

static int choose_format(const struct cli *cli, enum kith_format *ret)
{
    static const struct {
        const char *name;
        enum kith_format format;
    } formats[] = {{"vcard4", KITH_FORMAT_VCARD4},
                   {"vcard3", KITH_FORMAT_VCARD3},
                   {"csv", KITH_FORMAT_CSV},
                   {"json", KITH_FORMAT_JSON}};
    const char *wanted = cli->options.format ? cli->options.format : cli->options.json ? "json" : "vcard4";

    for (size_t i = 0; i < KITH_COUNT_OF(formats); i++) {
        if (strcmp(wanted, formats[i].name) == 0) {
            *ret = formats[i].format;
            return 0;
        }
    }
    return cli_usage(cli, "", "`--format` is vcard4, vcard3, csv or json, not `%s`", wanted);
}

static int fail_write(const struct cli *cli, const char *path, int errno_value)
{
    struct kith_error err = {.status = KITH_E_STORE};

    (void)kith_text_format(err.message, sizeof(err.message), "could not write \"%s\": %s", path,
                           strerrordesc_np(errno_value));
    return cli_fail(cli, &err);
}

static int export_to(const struct cli *cli, enum kith_format format, struct target *target, const char *path)
{
    struct kith_error err = {0};
    char n[32];
    int64_t written = 0;
    enum kith_status st = kith_export(cli->k, cli->options.account, format, write_all, target, &written, &err);

    if (st == KITH_E_CANCELLED && kith_cancel_is_set(target->cancel)) {
        cli_say(cli, "Export cancelled.");
        return 18; /* the catalogue's, for a cancel */
    }
    if (st == KITH_E_CANCELLED && target->write_errno == EPIPE)
        return 0; /* the reader had enough */
    if (st == KITH_E_CANCELLED)
        return fail_write(cli, path, target->write_errno);
    if (st != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.output)
        cli_say(cli, "%s contacts written to %s.", cli_number(written, n), path);
    return 0;
}

/* A file beside the one asked for takes its place when it is whole. */
static int export_to_file(const struct cli *cli, enum kith_format format, const char *path)
{
    struct target target = {.cancel = cli->cancel};
    char temporary[4096];
    int code;

    if (!kith_text_format(temporary, sizeof(temporary), "%s.XXXXXX", path))
        return cli_usage(cli, "", "the path of the output is too long");
    target.fd = mkstemp(temporary); /* mode 0600: other people's addresses are nobody else's business */
    if (target.fd < 0)
        return fail_write(cli, path, errno);
    code = export_to(cli, format, &target, path);
    if (code == 0 && fsync(target.fd) != 0)
        code = fail_write(cli, path, errno);
    (void)close(target.fd); /* synced above */
    if (code == 0 && rename(temporary, path) != 0)
        code = fail_write(cli, path, errno);
    if (code != 0)
        (void)unlink(temporary); /* the failure was told */
    return code;
}

int cli_export(struct cli *cli, int argc, char **argv)
{
    struct target standard_output = {.fd = STDOUT_FILENO, .cancel = cli->cancel};
    enum kith_format format = KITH_FORMAT_VCARD4;
    int code = choose_format(cli, &format);

    (void)argc;
    (void)argv;
    if (code != 0)
        return code;
    if (cli->options.output && strcmp(cli->options.output, "-") != 0)
        return export_to_file(cli, format, cli->options.output);
    cli->options.output = NULL;
    return export_to(cli, format, &standard_output, "standard output");
}
