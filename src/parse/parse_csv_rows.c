/* SPDX-License-Identifier: MIT */
/*
 * parse_csv_rows.c - see parse_csv_rows.h.
 *
 * libcsv reads the syntax. It is fed line by line: after each we know whether a row has ended there, and so where to
 * go on when one does not.
 */
#include "parse/parse_csv_rows.h"

#include <csv.h>
#include <string.h>

#include "base/alloc.h"
#include "base/buf.h"

enum {
    GROWTH_BYTES = 4096,              /* of libcsv's memory for a cell; it grows by a constant */
    SEARCHED_MAX = 256 * 1024 * 1024, /* read again for bad rows: a second or two, then it is no table */
    LINES_BEFORE_DOUBT = 64,          /* of a row */
    COLUMNS_FOR_DOUBT = 5,
    FIRST_ROOM = 128,     /* for cells: Outlook's rows, and those of most others */
    MAYBE_EMPTY_LAST = 1, /* some writers end each row with a separator, others do not */
};

struct place {
    size_t at, len;
};

struct kith_csv_rows {
    const char *at, *end;
    const char *line_feed; /* the next one from `at`, or `end`; looked for once, not for each line that ends in CR */
    struct csv_parser parser;
    char separator;

    struct kith_buf text; /* of the row's cells */
    struct place *places; /* of the cells in it */
    struct kith_csv_cell *cells;
    size_t n_cells, room; /* room: for cells; doubled as they come, up to the ceiling */
    bool ended, too_wide;

    size_t n_rows, n_columns; /* n_columns: of the first row */
    size_t searched;          /* bytes that were looked at more than once */
    bool gave_up;
};

static void start_parser(struct kith_csv_rows *rows, char quote)
{
    if (csv_init(&rows->parser, 0) != 0)
        abort(); /* it fails for NULL alone */
    csv_set_delim(&rows->parser, (unsigned char)rows->separator);
    csv_set_quote(&rows->parser, (unsigned char)quote);
    csv_set_blk_size(&rows->parser, GROWTH_BYTES);
}

static void restart_parser(struct kith_csv_rows *rows, char quote)
{
    csv_free(&rows->parser);
    start_parser(rows, quote);
}

struct kith_csv_rows *kith_csv_rows_new(const char *bytes, size_t len, char separator)
{
    struct kith_csv_rows *rows = kith_xnew(struct kith_csv_rows);

    rows->at = rows->line_feed = bytes;
    rows->end = bytes + len;
    rows->separator = separator;
    kith_buf_init(&rows->text, 2 * (size_t)KITH_CSV_ROW_BYTES_MAX);
    start_parser(rows, '"');
    return rows;
}

void kith_csv_rows_free(struct kith_csv_rows *rows)
{
    if (!rows)
        return;
    csv_free(&rows->parser);
    kith_buf_done(&rows->text);
    free(rows->cells);
    free(rows->places);
    free(rows);
}

bool kith_csv_rows_gave_up(const struct kith_csv_rows *rows)
{
    return rows->gave_up;
}

/* --- What libcsv calls ------------------------------------------------------- */

static void take_cell(void *bytes, size_t len, void *ctx)
{
    struct kith_csv_rows *rows = ctx;

    if (rows->n_cells == KITH_CSV_CELLS_MAX) {
        rows->too_wide = rows->too_wide || len > 0;
        return;
    }
    if (rows->n_cells == rows->room) {
        rows->room = rows->room == 0 ? FIRST_ROOM : 2 * rows->room;
        rows->places = kith_xrealloc(rows->places, rows->room, sizeof(*rows->places));
        rows->cells = kith_xrealloc(rows->cells, rows->room, sizeof(*rows->cells));
    }
    rows->places[rows->n_cells++] = (struct place){rows->text.len, len};
    if (len > 0)
        (void)kith_buf_add(&rows->text, bytes, len); /* it fits: a row has no more bytes than are fed for it */
}

static void end_row(int terminator, void *ctx)
{
    struct kith_csv_rows *rows = ctx;

    (void)terminator;
    rows->ended = true;
}

/* --- Lines --------------------------------------------------------------------- */

/* Where the line that begins at `at` ends: behind its CR, LF or both. */
static const char *line_end(struct kith_csv_rows *rows, const char *at)
{
    const char *end = rows->end;
    const char *carriage_return;

    if (rows->line_feed <= at) {
        rows->line_feed = memchr(at, '\n', (size_t)(end - at));
        rows->line_feed = rows->line_feed ? rows->line_feed : end;
    }
    carriage_return = memchr(at, '\r', (size_t)(rows->line_feed - at));
    if (!carriage_return)
        return rows->line_feed < end ? rows->line_feed + 1 : end;
    return carriage_return + 1 == rows->line_feed && rows->line_feed < end ? rows->line_feed + 1 : carriage_return + 1;
}

/* Back or forth; the end of the line there. */
static const char *go_to(struct kith_csv_rows *rows, const char *at)
{
    rows->at = rows->line_feed = at;
    return at < rows->end ? line_end(rows, at) : at;
}

static void feed(struct kith_csv_rows *rows, const char *from, const char *to)
{
    size_t len = (size_t)(to - from);

    if (csv_parse(&rows->parser, from, len, take_cell, end_row, rows) != len)
        abort(); /* it is not strict, and memory ends here as elsewhere */
}

/* The end of the bytes: what is open is a cell, too, unless it is a quote that must have closed. false: it was one. */
static bool feed_end(struct kith_csv_rows *rows, bool must_close)
{
    (void)csv_set_opts(&rows->parser, must_close ? CSV_STRICT | CSV_STRICT_FINI : 0); /* it fails for NULL alone */
    if (csv_fini(&rows->parser, take_cell, end_row, rows) != 0)
        return false;
    (void)csv_set_opts(&rows->parser, 0);
    return true;
}

static void begin_row(struct kith_csv_rows *rows)
{
    kith_buf_clear(&rows->text);
    rows->n_cells = 0;
    rows->ended = rows->too_wide = false;
}

static bool nothing_begun(const struct kith_csv_rows *rows)
{
    return rows->n_cells == 0 && rows->parser.entry_pos == 0 && !rows->parser.quoted;
}

static bool hand_out(struct kith_csv_rows *rows, struct kith_csv_row *ret, bool damaged, bool unfinished)
{
    const char *text = kith_buf_text(&rows->text);

    for (size_t i = 0; i < rows->n_cells; i++)
        rows->cells[i] = (struct kith_csv_cell){text + rows->places[i].at, rows->places[i].len};
    if (rows->n_rows++ == 0)
        rows->n_columns = rows->n_cells;
    *ret = (struct kith_csv_row){.cells = rows->cells,
                                 .n_cells = rows->n_cells,
                                 .number = rows->n_rows,
                                 .damaged = damaged,
                                 .unfinished = unfinished,
                                 .too_wide = rows->too_wide};
    return true;
}

/* --- Damage ----------------------------------------------------------------------- */

static bool has_all_columns(const struct kith_csv_rows *rows)
{
    return rows->n_cells == rows->n_columns || rows->n_cells + MAYBE_EMPTY_LAST == rows->n_columns;
}

/* The line is a row of this table, whatever stands before it. */
static bool is_row(struct kith_csv_rows *rows, const char *from, const char *to)
{
    restart_parser(rows, '"');
    begin_row(rows);
    feed(rows, from, to);
    if (!rows->ended && (nothing_begun(rows) || !feed_end(rows, /* must_close= */ true)))
        return false;
    return has_all_columns(rows);
}

/* The first line from here on that is a row, or the one in which `limit` is, where the trouble was noticed. */
static const char *find_row(struct kith_csv_rows *rows, const char *from, const char *limit)
{
    const char *line = from;

    while (line < limit) {
        const char *next = line_end(rows, line);

        if (next > limit || is_row(rows, line, next))
            break;
        line = next;
    }
    return line;
}

/* With quotes that mean nothing, each cell loses those at its ends. */
static void strip_quotes(struct kith_csv_rows *rows)
{
    const char *text = kith_buf_text(&rows->text);

    for (size_t i = 0; i < rows->n_cells; i++) {
        struct place *place = &rows->places[i];

        if (place->len > 0 && text[place->at] == '"') {
            place->at++;
            place->len--;
        }
        if (place->len > 0 && text[place->at + place->len - 1] == '"')
            place->len--;
    }
}

/* As if quotes meant nothing. true: the line has all cells then, so one of its quotes was the mistake. */
static bool read_without_quotes(struct kith_csv_rows *rows, const char *from, const char *to)
{
    restart_parser(rows, '\0');
    begin_row(rows);
    feed(rows, from, to);
    if (!rows->ended)
        (void)feed_end(rows, /* must_close= */ false); /* there are no quotes */
    strip_quotes(rows);
    return rows->n_columns > 1 && has_all_columns(rows);
}

/* As if the quote that is open closed at `to`. */
static void read_to(struct kith_csv_rows *rows, const char *from, const char *to)
{
    restart_parser(rows, '"');
    begin_row(rows);
    feed(rows, from, to);
    (void)feed_end(rows, /* must_close= */ false); /* that is the point */
}

/* A row begins at `from`; a quote opens in it, and closes neither where it should nor, perhaps, before `limit`. */
static bool recover(struct kith_csv_rows *rows, const char *from, const char *limit, struct kith_csv_row *ret)
{
    bool closes = rows->ended;
    const char *first_end = go_to(rows, from);
    const char *next = find_row(rows, first_end, limit);
    const char *to = next < limit ? next : limit;
    bool unfinished = next == rows->end && !closes;
    bool one_line = next == first_end && !unfinished;

    if (!one_line || !read_without_quotes(rows, from, to))
        read_to(rows, from, to);
    restart_parser(rows, '"');
    (void)go_to(rows, next);
    rows->searched += (size_t)(limit - from);
    if (rows->searched > SEARCHED_MAX) {
        rows->gave_up = rows->at < rows->end;
        rows->at = rows->end;
    }
    return hand_out(rows, ret, /* damaged= */ !closes || next < limit, unfinished);
}

/* --- Rows ----------------------------------------------------------------------------- */

/* Each quote is where one may be. */
static bool is_strict(const struct kith_csv_rows *rows, const char *from, const char *to)
{
    size_t len = (size_t)(to - from);
    struct csv_parser parser;
    bool strict;

    if (csv_init(&parser, CSV_STRICT) != 0)
        return true; /* it fails for NULL alone */
    csv_set_delim(&parser, (unsigned char)rows->separator);
    csv_set_blk_size(&parser, GROWTH_BYTES);
    strict = csv_parse(&parser, from, len, NULL, NULL, NULL) == len;
    csv_free(&parser);
    return strict;
}

/*
 * A quote that is missing makes one cell of all that is before the next one: rows of several lines, and either not as
 * many cells as there should be, or a quote in the middle of a cell.
 */
static bool may_have_swallowed(const struct kith_csv_rows *rows, const char *from, size_t n_lines)
{
    return n_lines > 1 && rows->n_columns > 2 && (!has_all_columns(rows) || !is_strict(rows, from, rows->at));
}

/*
 * After so many lines a quote is either that of a long note or one that was never meant. A note may hold what looks
 * like a row of three or four cells, hardly one of more. Leaves all as it was.
 */
static bool is_doubtful(struct kith_csv_rows *rows, const char *from, size_t n_lines)
{
    const char *at = rows->at;
    bool doubtful;

    if (n_lines != LINES_BEFORE_DOUBT || rows->ended || rows->n_columns < COLUMNS_FOR_DOUBT)
        return false;
    doubtful = find_row(rows, go_to(rows, from), at) < at;
    restart_parser(rows, '"');
    begin_row(rows);
    feed(rows, from, at);
    (void)go_to(rows, at);
    return doubtful;
}

bool kith_csv_next_row(struct kith_csv_rows *rows, struct kith_csv_row *ret)
{
    const char *from = rows->at;
    size_t n_lines = 0;

    begin_row(rows);
    while (!rows->ended && rows->at < rows->end) {
        const char *to = line_end(rows, rows->at);

        if (to - from > KITH_CSV_ROW_BYTES_MAX)
            return recover(rows, from, from + KITH_CSV_ROW_BYTES_MAX, ret);
        feed(rows, rows->at, to);
        rows->at = to;
        n_lines++;
        if (nothing_begun(rows)) {
            from = to;
            n_lines = 0;
        }
        if (is_doubtful(rows, from, n_lines))
            return recover(rows, from, rows->at, ret);
    }
    if (rows->ended && may_have_swallowed(rows, from, n_lines))
        return recover(rows, from, rows->at, ret);
    if (rows->ended)
        return hand_out(rows, ret, /* damaged= */ false, /* unfinished= */ false);
    if (nothing_begun(rows))
        return false;
    if (!feed_end(rows, /* must_close= */ true))
        return recover(rows, from, rows->end, ret);
    return hand_out(rows, ret, /* damaged= */ false, /* unfinished= */ true);
}
