/* SPDX-License-Identifier: MIT */
/* cmd_find.c - kith list, find, who, show and query: asking for people. */
#include <stdio.h>
#include <unistd.h>

#include <kith/marks.h>

#include "base/json_write.h"
#include "base/text.h"
#include "cli.h"
#include "cli_out.h"

enum { OUT_BYTES_MAX = 256 * 1024 * 1024, FIND_PRESET = 20 };

KITH_DEFINE_AUTO(kith_marker, kith_marker_free)

static const char NUMBER[] = "number"; /* what `who` asks about */

/* The words of the command line as one text. */
static void join_words(struct kith_buf *out, int argc, char **argv)
{
    kith_buf_init(out, 4096);
    for (int i = 0; i < argc; i++)
        (void)kith_buf_addf(out, "%s%s", i ? " " : "", argv[i]);
}

/* --- Rows as JSON ------------------------------------------------------------------ */

/* A row as the engine writes it, "{...}", with one more member where something was asked. */
static void put_row(struct kith_json_writer *w, const struct kith_row *row, struct kith_marker *marker)
{
    KITH_AUTO_STRING json = kith_row_to_json(row);
    KITH_AUTO_STRING marks = marker ? kith_row_marks_to_json(marker, row) : NULL;
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, OUT_BYTES_MAX);
    (void)kith_buf_add(&out, json, strlen(json) - 1);
    if (marks)
        (void)kith_buf_addf(&out, ",\"marks\":%s", marks);
    (void)kith_buf_add_char(&out, '}');
    kith_json_put_raw(w, NULL, kith_buf_text(&out), out.len);
}

/* question: the member that repeats what was asked, as {"text": ...}; name NULL: none. */
static void print_rows_json(const struct kith_rows *rows, const char *question_name, const char *question)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;
    KITH_AUTO(kith_marker) marker = question_name ? kith_marker_new(question) : NULL;

    kith_buf_init(&out, OUT_BYTES_MAX);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    kith_json_put_int(w, "schema", 1);
    if (question_name)
        kith_json_put_text(w, question_name, question);
    if (question_name && strcmp(question_name, NUMBER) == 0)
        kith_json_put_text(w, "caller", kith_caller_id(rows->caller));
    kith_json_begin_array(w, "contacts");
    for (size_t i = 0; i < rows->n; i++)
        put_row(w, &rows->row[i], marker);
    kith_json_end(w);
    kith_json_put_bool(w, "more", rows->more);
    kith_json_end(w);
    (void)kith_buf_add_char(&out, '\n');
    (void)cli_flush(&out);
}

/* --- Rows for people ---------------------------------------------------------------- */

struct columns {
    int id, name, second, email; /* the number comes last and takes what is left */
    bool cut;                    /* on a terminal only */
};

static struct columns choose_columns(const struct kith_rows *rows)
{
    struct columns c = {.id = 1, .name = 24, .second = 26, .email = 30, .cut = isatty(STDOUT_FILENO)};
    int64_t widest = 0;
    int total = c.cut ? cli_columns(STDOUT_FILENO) : 120;

    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].id > widest)
            widest = rows->row[i].id;
    for (; widest >= 10; widest /= 10)
        c.id++;
    if (total < 110) { /* narrow: what matters most first */
        c.second = 0;
        c.email = total >= 80 ? 28 : 0;
    }
    return c;
}

static void add_name(struct kith_buf *out, const struct cli *cli, const struct kith_row *row, const struct columns *c)
{
    if (cli->colour)
        (void)kith_buf_add_text(out, "\033[1m");
    cli_add_cell(out, row->shown, c->name, c->cut);
    if (cli->colour)
        (void)kith_buf_add_text(out, "\033[0m");
}

/* Why somebody was found takes the place of job and company, unless it stands in a column of its own. */
static const char *second_line(const struct kith_row *row)
{
    bool has_column = strcmp(row->matched, row->email) == 0 || strcmp(row->matched, row->phone) == 0;

    return row->matched[0] && !has_column ? row->matched : row->second;
}

static void add_row(struct kith_buf *out, const struct cli *cli, const struct kith_row *row, const struct columns *c)
{
    (void)kith_buf_addf(out, "%*lld  ", c->id, (long long)row->id);
    add_name(out, cli, row, c);
    (void)kith_buf_add_text(out, "  ");
    if (c->second > 0) {
        cli_add_cell(out, second_line(row), c->second, c->cut);
        (void)kith_buf_add_text(out, "  ");
    }
    if (c->email > 0) {
        cli_add_cell(out, row->email, c->email, c->cut);
        (void)kith_buf_add_text(out, "  ");
    }
    cli_add_text(out, row->phone);
    while (out->len > 0 && out->data[out->len - 1] == ' ')
        out->len--;
    (void)kith_buf_add_char(out, '\n');
}

static void print_rows(const struct cli *cli, const struct kith_rows *rows)
{
    const struct columns c = choose_columns(rows);
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, OUT_BYTES_MAX);
    for (size_t i = 0; i < rows->n; i++)
        add_row(&out, cli, &rows->row[i], &c);
    (void)cli_flush(&out);
}

/* --- list, find ------------------------------------------------------------------------ */

int cli_list(struct cli *cli, int argc, char **argv)
{
    const struct kith_list_options options = {
        .account = cli->options.account, .after = cli->options.after, .limit = cli->options.limit};
    KITH_AUTO(kith_rows) rows = NULL;
    struct kith_error err = {0};

    (void)argc;
    (void)argv;
    if (kith_list(cli->k, &options, &rows, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.json)
        print_rows_json(rows, NULL, NULL);
    else
        print_rows(cli, rows);
    if (rows->n == 0 && !cli->options.json)
        cli_say(cli, "No contacts yet. Begin with: kith sign-in microsoft, or google");
    return 0;
}

int cli_find(struct cli *cli, int argc, char **argv)
{
    KITH_AUTO(kith_rows) rows = NULL;
    KITH_AUTO_DONE(kith_buf) text;
    struct kith_error err = {0};

    join_words(&text, argc, argv);
    if (kith_find(cli->k, kith_buf_text(&text), cli->options.limit_given ? cli->options.limit : FIND_PRESET, &rows,
                  &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.json) {
        print_rows_json(rows, "text", kith_buf_text(&text));
        return 0;
    }
    print_rows(cli, rows);
    if (rows->n == 0)
        cli_say(cli, "Nobody by “%s”.", kith_buf_text(&text));
    else if (rows->more)
        cli_say(cli, "There are more. `--limit 0` shows all.");
    return 0;
}

/* --- who ---------------------------------------------------------------------------------- */

static const char *reason(const struct kith_row *row, bool several)
{
    switch (row->match) {
    case KITH_MATCH_NUMBER:
        return "This is the number of";
    case KITH_MATCH_NUMBER_NATIONAL:
        return "Same national number, country assumed";
    case KITH_MATCH_NUMBER_MAIN:
        return "Same number, other extension";
    case KITH_MATCH_NUMBER_GUESS:
        return several ? "A guess: these numbers end the same, it may be any of them"
                       : "A guess: the last digits agree";
    default:
        return "";
    }
}

static void print_answers(const struct cli *cli, const struct kith_rows *rows)
{
    const struct columns c = choose_columns(rows);
    KITH_AUTO_DONE(kith_buf) out;
    const char *said = "";

    kith_buf_init(&out, OUT_BYTES_MAX);
    for (size_t i = 0; i < rows->n; i++) {
        const char *words = reason(&rows->row[i], /* several= */ rows->n > 1);

        if (strcmp(words, said) != 0 && !cli->options.quiet)
            (void)kith_buf_addf(&out, "%s:\n", words);
        said = words;
        add_row(&out, cli, &rows->row[i], &c);
    }
    (void)cli_flush(&out);
}

static void say_nobody(const struct cli *cli, enum kith_caller caller, const char *number)
{
    switch (caller) {
    case KITH_CALLER_WITHHELD:
        cli_say(cli, "This caller hides the number.");
        break;
    case KITH_CALLER_NO_NUMBER:
        cli_say(cli, "“%s” is no number.", number);
        break;
    case KITH_CALLER_SHORT:
        cli_say(cli, "Nobody here has the short number %s.", number);
        break;
    default:
        cli_say(cli, "Nobody here has the number %s.", number);
        break;
    }
}

int cli_who(struct cli *cli, int argc, char **argv)
{
    KITH_AUTO(kith_rows) rows = NULL;
    KITH_AUTO_DONE(kith_buf) number;
    struct kith_error err = {0};

    join_words(&number, argc, argv);
    if (kith_who(cli->k, kith_buf_text(&number), &rows, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.json)
        print_rows_json(rows, NUMBER, kith_buf_text(&number));
    else if (rows->n == 0)
        say_nobody(cli, rows->caller, kith_buf_text(&number));
    else
        print_answers(cli, rows);
    return rows->n > 0 ? 0 : 44;
}

/* --- show ----------------------------------------------------------------------------------- */

static int fail_nobody(const struct cli *cli, const char *text)
{
    struct kith_error err = {.status = KITH_E_NOT_FOUND, .reason = KITH_REASON_NO_CONTACT};

    (void)kith_text_format(err.message, sizeof(err.message), "there is no contact \"%s\" here", text);
    return cli_fail(cli, &err);
}

/* By number; else by what finds exactly one person. */
static int choose_contact(const struct cli *cli, const char *text, int64_t *ret)
{
    KITH_AUTO(kith_rows) rows = NULL;
    struct kith_error err = {0};

    if (kith_text_to_int64(text, 1, INT64_MAX, ret))
        return 0;
    if (kith_find(cli->k, text, 2, &rows, &err) != KITH_OK)
        return cli_fail(cli, &err);
    if (rows->n == 0)
        return fail_nobody(cli, text);
    if (rows->n > 1)
        return cli_usage(cli, "`kith find` lists them with their numbers", "\"%s\" finds several contacts", text);
    *ret = rows->row[0].id;
    return 0;
}

static void print_contact(const struct cli *cli, struct kith_contact *contact)
{
    kith_contact_add_photo(cli->k, contact);
    KITH_AUTO_STRING text = cli->options.json ? kith_contact_to_json(contact) : kith_contact_to_text(contact);

    if (cli->options.json)
        (void)printf("{\"schema\":1,\"contact\":%s}\n", text);
    else
        (void)fputs(text, stdout);
}

int cli_show(struct cli *cli, int argc, char **argv)
{
    KITH_AUTO(kith_contact) contact = NULL;
    KITH_AUTO_DONE(kith_buf) text;
    struct kith_error err = {0};
    int64_t id = 0;
    int code;

    join_words(&text, argc, argv);
    code = choose_contact(cli, kith_buf_text(&text), &id);
    if (code != 0)
        return code;
    if (kith_contact_get(cli->k, id, &contact, &err) != KITH_OK)
        return cli_fail(cli, &err);
    print_contact(cli, contact);
    return 0;
}

/* --- query: what mutt's query_command and aerc's address-book-cmd expect --------------------- */

static void add_address(struct kith_buf *out, const struct kith_contact *contact, const struct kith_email *email)
{
    if (kith_text_is_empty(email->address))
        return;
    cli_add_text(out, email->address);
    (void)kith_buf_add_char(out, '\t');
    cli_add_text(out, contact->nameless ? "" : contact->shown);
    (void)kith_buf_add_char(out, '\t');
    cli_add_text(out, contact->text[KITH_TEXT_COMPANY]);
    (void)kith_buf_add_char(out, '\n');
}

int cli_query(struct cli *cli, int argc, char **argv)
{
    KITH_AUTO(kith_rows) rows = NULL;
    KITH_AUTO_DONE(kith_buf) text;
    KITH_AUTO_DONE(kith_buf) out;
    struct kith_error err = {0};

    join_words(&text, argc, argv);
    kith_buf_init(&out, OUT_BYTES_MAX);
    if (kith_find(cli->k, kith_buf_text(&text), cli->options.limit_given ? cli->options.limit : 0, &rows, &err) !=
        KITH_OK)
        return cli_fail(cli, &err);
    if (cli->options.json) {
        print_rows_json(rows, "text", kith_buf_text(&text));
        return rows->n > 0 ? 0 : 1;
    }
    for (size_t i = 0; i < rows->n; i++) {
        KITH_AUTO(kith_contact) contact = NULL;

        if (rows->row[i].email[0] == '\0' || kith_contact_get(cli->k, rows->row[i].id, &contact, NULL) != KITH_OK)
            continue; /* removed since it was found: nobody to write to */
        for (size_t e = 0; e < contact->n_emails; e++)
            add_address(&out, contact, &contact->emails[e]);
    }
    (void)printf("kith: %zu contacts found by \"%s\"\n", rows->n, kith_buf_text(&text));
    if (out.len == 0)
        return 1;
    (void)cli_flush(&out);
    return 0;
}
