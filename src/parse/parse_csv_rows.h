/* SPDX-License-Identifier: MIT */
/*
 * parse_csv_rows.h - rows of cells out of the bytes of a table, damaged ones too.
 *
 * The bytes are in any code page in which separators, quotes and line ends are those of ASCII, which is each but
 * UTF-16.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/cleanup.h"

/* Ceilings: for the cells of a row, and for its bytes. */
enum { KITH_CSV_CELLS_MAX = 4096, KITH_CSV_ROW_BYTES_MAX = 2 * 1024 * 1024 };

struct kith_csv_cell {
    const char *at; /* not NUL-terminated */
    size_t len;
};

struct kith_csv_row {
    const struct kith_csv_cell *cells; /* borrowed until the next row */
    size_t n_cells;
    size_t number;   /* from 1; the headings are one of them */
    bool damaged;    /* a quote opens in it that does not close: its end was guessed */
    bool unfinished; /* the file ends in it, without a line end */
    bool too_wide;   /* it has more cells than fit */
};

struct kith_csv_rows;
struct kith_csv_rows *kith_csv_rows_new(const char *bytes, size_t len, char separator); /* bytes: borrowed */
void kith_csv_rows_free(struct kith_csv_rows *rows);                                    /* NULL is fine */
KITH_DEFINE_AUTO(kith_csv_rows, kith_csv_rows_free)

/*
 * The next row that has a cell. false: there is none.
 *
 * Where a quote does not close, the row goes up to the next line that is a row by itself, with as many cells as the
 * first row has: so a quote that is missing costs one row, and not the rest of the file.
 */
bool kith_csv_next_row(struct kith_csv_rows *rows, struct kith_csv_row *ret);

/* The rows that came last were so damaged that looking for the next good one was given up. */
bool kith_csv_rows_gave_up(const struct kith_csv_rows *rows);
