/* SPDX-License-Identifier: MIT */
/*
 * reader_main.c - kith-reader: one file of the Outlook app in, its contacts out.
 *
 * Before: src/fetch/fetch_file.c has opened the file and started this program with it as standard input.
 * After:  src/fetch/fetch_file.c reads the frames from its standard output.
 *
 * The order is the point: map the file, lock in, and only then look at the first byte of it.
 */
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>

#include "base/fail.h"
#include "base/text.h"
#include "parse/parse_csv.h"
#include "parse/parse_vcard.h"
#include "reader/reader_escape.h"
#include "reader/reader_format.h"
#include "reader/reader_lock.h"
#include "reader/reader_out.h"
#include "reader/reader_pst.h"

static const char help_text[] =
    "Usage: kith-reader [OPTION]... <FILE\n"
    "Reads an Outlook data file (PST, OST), a CSV or a vCard for kith, which starts it by itself.\n"
    "Standard input must be the file, standard output a pipe: it gets frames that only kith reads.\n"
    "\n"
    "Before it looks at the file it gives up all else: it can open no file and no connection, and\n"
    "start no program.\n"
    "\n"
    "  --name NAME         the file's name, whose suffix may say what its content does not\n"
    "  --region XX         country whose habits count for dates of a CSV, such as US\n"
    "  --code-page NAME    encoding of texts that do not say it, such as windows-1250\n"
    "  --try-to-escape     lock in, then try what a hostile file would try, and say how it ends\n"
    "  --help              show this\n"
    "\n"
    "Examples:\n"
    "  kith-reader --try-to-escape\n"
    "  kith-reader --name contacts.csv --region DE <contacts.csv | wc -c\n";

enum { EXIT_WRONG_USE = 2, EXIT_NO_LOCK = 3 };

struct options {
    const char *name, *region, *code_page; /* "" where not given */
    bool try_to_escape, help;
};

struct input {
    const char *bytes;
    size_t len;
};

/* --- Arguments ----------------------------------------------------------- */

static const char **value_of(struct options *options, const char *argument)
{
    if (strcmp(argument, "--name") == 0)
        return &options->name;
    if (strcmp(argument, "--region") == 0)
        return &options->region;
    if (strcmp(argument, "--code-page") == 0)
        return &options->code_page;
    return NULL;
}

static bool read_options(int argc, char **argv, struct options *options)
{
    *options = (struct options){.name = "", .region = "", .code_page = ""};
    for (int i = 1; i < argc; i++) {
        const char **value = value_of(options, argv[i]);

        if (strcmp(argv[i], "--help") == 0)
            options->help = true;
        else if (strcmp(argv[i], "--try-to-escape") == 0)
            options->try_to_escape = true;
        else if (!value || i + 1 == argc) {
            (void)fprintf(stderr, "kith-reader: \"%s\" %s; see --help\n", argv[i],
                          value ? "wants a value" : "is no option");
            return false;
        } else
            *value = argv[++i];
    }
    return true;
}

/* Behind the lock no file can be written, not even this one. */
static bool is_output_file(void)
{
    struct stat st;

    return fstat(STDOUT_FILENO, &st) == 0 && S_ISREG(st.st_mode);
}

/* --- The file ------------------------------------------------------------ */

/* A private mapping: nobody's change to it is ours, and nothing is copied. */
static bool map_input(struct input *input)
{
    struct stat st;
    void *bytes;

    *input = (struct input){.bytes = ""};
    if (fstat(STDIN_FILENO, &st) != 0 || !S_ISREG(st.st_mode))
        return false;
    if (st.st_size == 0)
        return true; /* nothing to map */
    bytes = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE | MAP_NORESERVE, STDIN_FILENO, 0);
    if (bytes == MAP_FAILED)
        return false;
    *input = (struct input){.bytes = bytes, .len = (size_t)st.st_size};
    return true;
}

static enum kith_status read_csv(const struct options *options, const struct input *input, struct reader_out *out,
                                 struct kith_error *err)
{
    const struct kith_parse_csv_options how = {.region = options->region, .code_page = options->code_page};
    struct kith_contact_sink sink = reader_out_sink(out);
    struct kith_parse_csv_facts facts = {0};
    enum kith_status st;

    st = kith_parse_csv(input->bytes, input->len, &how, &sink, &facts, err);
    if (st != KITH_OK)
        return st;
    (void)kith_text_copy(out->facts.layout, sizeof(out->facts.layout), facts.layout);
    (void)kith_text_copy(out->facts.encoding, sizeof(out->facts.encoding), facts.encoding);
    out->facts.separator = facts.separator;
    out->facts.encoding_assumed = facts.encoding_assumed;
    out->facts.dates_assumed = facts.dates_assumed;
    out->facts.dates_day_first = facts.dates_day_first;
    return KITH_OK;
}

static enum kith_status read_vcard(const struct input *input, struct reader_out *out, struct kith_error *err)
{
    struct kith_contact_sink sink = reader_out_sink(out);

    return kith_parse_vcard(input->bytes, input->len, &sink, err);
}

static enum kith_status read_input(const struct options *options, const struct input *input, struct reader_out *out,
                                   struct kith_error *err)
{
    enum reader_format format = reader_format_of(input->bytes, input->len, options->name);

    (void)kith_text_copy(out->facts.format, sizeof(out->facts.format), reader_format_id(format));
    switch (format) {
    case READER_PST:
    case READER_OST:
        return reader_pst_read(input->bytes, input->len, options->code_page, out, err);
    case READER_VCARD:
        return read_vcard(input, out, err);
    case READER_CSV:
        return read_csv(options, input, out, err);
    case READER_EMPTY:
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_EMPTY, "%s", reader_format_words(format));
    default:
        return kith_fail_reason(err, KITH_E_FILE, KITH_REASON_FILE_UNKNOWN, "%s", reader_format_words(format));
    }
}

static int read_file(const struct options *options, const struct input *input, unsigned locks)
{
    KITH_AUTO_DONE(reader_out) out;
    struct kith_error err = {0};
    enum kith_status st;

    reader_out_init(&out);
    reader_out_hello(&out, locks);
    st = read_input(options, input, &out, &err);
    reader_out_end(&out, st, &err);
    return st == KITH_OK ? 0 : 1;
}

int main(int argc, char **argv)
{
    struct options options;
    struct input input = {.bytes = ""};
    const char *failed;
    unsigned locks;

    if (!read_options(argc, argv, &options))
        return EXIT_WRONG_USE;
    if (options.help) {
        (void)fputs(help_text, stdout); /* a closed standard output is the caller's choice */
        return 0;
    }
    if (is_output_file()) {
        (void)fputs("kith-reader: standard output is a file, which the lock forbids; use a pipe\n", stderr);
        return EXIT_WRONG_USE;
    }
    if (!options.try_to_escape && !map_input(&input)) {
        (void)fputs("kith-reader: standard input is no file that can be read; see --help\n", stderr);
        return EXIT_WRONG_USE;
    }
    if (!reader_lock(input.len, &locks, &failed)) {
        (void)fprintf(stderr, "kith-reader: could not %s: nothing was read\n", failed);
        return EXIT_NO_LOCK;
    }
    return options.try_to_escape ? reader_escape(locks) : read_file(&options, &input, locks);
}
