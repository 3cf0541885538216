/* SPDX-License-Identifier: MIT */
/* cli_out.c - see cli_out.h. */
#include "cli_out.h"

#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

#include "base/json_write.h"
#include "base/text.h"

void cli_out_init(struct cli *cli)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");

    (void)setlocale(LC_ALL, "");
    cli->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
    if (!cli->utf8)
        (void)setlocale(LC_CTYPE, "C.UTF-8"); /* so that widths are known; what is printed is UTF-8 anyway */
    cli->colour = isatty(STDOUT_FILENO) && (!no_color || !no_color[0]) && (!term || strcmp(term, "dumb") != 0);
}

void cli_say(const struct cli *cli, const char *format, ...)
{
    va_list args;

    if (cli->options.quiet)
        return;
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
}

static void put_error_document(char *object)
{
    (void)printf("{\"schema\":1,\"error\":%s}\n", object);
    (void)fflush(stdout);
    free(object);
}

static void print_failure(const struct cli *cli, const struct kith_error *err, const struct kith_failure *failure)
{
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, 16384);
    (void)kith_buf_addf(&text, "kith: %s\n", failure->title);
    if (failure->sentence[0])
        (void)kith_buf_addf(&text, "%s\n", failure->sentence);
    if (err->link[0])
        (void)kith_buf_addf(&text, "  %s\n", err->link);
    if (failure->command[0])
        (void)kith_buf_addf(&text, "Then: %s\n", failure->command);
    if (cli->options.verbose > 0 && err->message[0])
        (void)kith_buf_addf(&text, "Detail: %s\n", err->message);
    if (err->hint[0])
        (void)kith_buf_addf(&text, "Hint: %s\n", err->hint);
    (void)fputs(kith_buf_text(&text), stderr);
}

int cli_fail(const struct cli *cli, const struct kith_error *err)
{
    struct kith_failure failure;

    kith_failure_describe(err, &failure);
    if (cli->options.json)
        put_error_document(kith_error_to_json(err));
    else if (err->status == KITH_E_USAGE && failure.command[0] == '\0')
        (void)fprintf(stderr, "kith: %s\n%s%s%s", err->message, err->hint[0] ? "Hint: " : "", err->hint,
                      err->hint[0] ? "\n" : "");
    else
        print_failure(cli, err, &failure);
    return failure.exit_code;
}

int cli_usage(const struct cli *cli, const char *hint, const char *format, ...)
{
    struct kith_error err = {.status = KITH_E_USAGE};
    va_list args;

    va_start(args, format);
    (void)vsnprintf(err.message, sizeof(err.message), format, args);
    va_end(args);
    (void)kith_text_copy(err.hint, sizeof(err.hint), hint);
    return cli_fail(cli, &err);
}

/* --- Columns ------------------------------------------------------------------ */

static int char_width(uint32_t cp)
{
    int width = wcwidth((wchar_t)cp);

    return width < 0 ? 0 : width;
}

int cli_width(const char *text)
{
    const char *end = text + strlen(text);
    int width = 0;

    while (text < end)
        width += char_width(kith_utf8_next(&text, end));
    return width;
}

/* Control characters, and the bidirectional overrides that could make a name pretend to be something else. */
static bool is_harmless(uint32_t cp)
{
    return cp >= 0x20 && cp != 0x7f && !(cp >= 0x80 && cp < 0xa0) && !(cp >= 0x202a && cp <= 0x202e) &&
           !(cp >= 0x2066 && cp <= 0x2069);
}

/* Append what fits into room columns (negative: all of it); returns the columns used. */
static int add_harmless(struct kith_buf *out, const char *text, int room)
{
    const char *end = text + strlen(text);
    int used = 0;

    while (text < end) {
        uint32_t cp = kith_utf8_next(&text, end);
        char bytes[4];
        size_t n;

        if (!is_harmless(cp))
            cp = ' ';
        if (room >= 0 && used + char_width(cp) > room)
            break;
        n = kith_utf8_put(cp, bytes);
        (void)kith_buf_add(out, bytes, n);
        used += char_width(cp);
    }
    return used;
}

void cli_add_text(struct kith_buf *out, const char *text)
{
    (void)add_harmless(out, text, -1);
}

void cli_add_cell(struct kith_buf *out, const char *text, int columns, bool cut)
{
    bool too_long = cut && cli_width(text) > columns;
    int used = add_harmless(out, text, too_long ? columns - 1 : -1);

    if (too_long) {
        (void)kith_buf_add_text(out, "…");
        used++;
    }
    for (; used < columns; used++)
        (void)kith_buf_add_char(out, ' ');
}

const char *cli_number(int64_t n, char *out)
{
    kith_text_format_count(n, out, 32);
    return out;
}

const char *cli_clock(int64_t time_s, char *out)
{
    time_t time = (time_t)time_s;
    struct tm local;

    out[0] = '\0';
    if (localtime_r(&time, &local))
        (void)strftime(out, 8, "%H:%M", &local);
    return out;
}

char *cli_json_string(const char *text)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, 64 * 1024);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_json_put_text(w, NULL, text);
    return kith_buf_take_text(&out);
}

static int lost_errno; /* why results did not arrive; 0: they did */

static void flush_stdout(void)
{
    if (fflush(stdout) != 0 && lost_errno == 0)
        lost_errno = errno;
}

bool cli_flush(struct kith_buf *buf)
{
    size_t done = 0;
    bool read_on = true;

    flush_stdout();
    while (done < buf->len && read_on) {
        ssize_t n = write(STDOUT_FILENO, buf->data + done, buf->len - done);

        if (n > 0)
            done += (size_t)n;
        else
            read_on = n < 0 && errno == EINTR;
    }
    if (!read_on && lost_errno == 0)
        lost_errno = errno;
    kith_buf_clear(buf);
    return read_on;
}

bool cli_out_done(void)
{
    flush_stdout();
    if (lost_errno == 0 || lost_errno == EPIPE)
        return true;
    (void)fprintf(stderr, "kith: the result could not be written: %s\n", strerrordesc_np(lost_errno));
    return false;
}

int cli_columns(int fd)
{
    struct winsize size;

    if (ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}
