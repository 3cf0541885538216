/* SPDX-License-Identifier: MIT */
/*
 * parse_csv_contact.h - a row of a table whose columns are known becomes a contact. Of the parser of tables alone.
 */
#pragma once

#include "model/contact_sink.h"
#include "parse/charset.h"
#include "parse/parse_csv_date.h"
#include "parse/parse_csv_headings.h"
#include "parse/parse_csv_rows.h"

enum {
    KITH_CSV_LINE_MAX = 32 * 1024, /* bytes of a text of one line */
    KITH_CSV_NOTES_MAX = 1024 * 1024,
    KITH_CSV_TALLIES = 6, /* fates that the cells of a column have, with their reasons */
    KITH_CSV_PLACES = 4,  /* enum kith_place */
    KITH_CSV_STREET_LINES = 3,
};

/* How often a column's cells had this fate. They are counted here: a report is searched for each that it is told. */
struct kith_csv_tally {
    enum kith_field_fate fate;
    const char *reason;
    int64_t n; /* 0: free */
};

struct kith_csv_column {
    const char *heading; /* UTF-8, harmless; "" where there is none */
    struct kith_csv_field field;
    struct kith_csv_tally tallies[KITH_CSV_TALLIES];
};

/* "Address 2": which columns hold its members. */
struct kith_csv_numbered {
    enum kith_csv_group group;
    int number;
    struct kith_csv_column *column[KITH_CSV_MEMBERS]; /* NULL: none */
};

/* A cell of the row that waits for others. */
struct kith_csv_waiting {
    struct kith_csv_column *column; /* NULL: there is none */
    const char *text;
};

struct kith_csv_reading {
    const struct kith_contact_sink *sink;
    struct kith_charset *charset;
    const char *encoding; /* "UTF-8" or a code page */
    enum kith_csv_order order;
    struct kith_csv_column *columns;
    size_t n_columns;
    struct kith_csv_column beyond; /* cells without a heading */
    struct kith_csv_numbered *numbered;
    size_t n_numbered;
    struct kith_buf utf8; /* the cell that was converted last */

    /* The row. */
    struct kith_csv_row row;
    struct kith_arena *arena;
    struct kith_contact contact;
    struct {
        struct kith_csv_waiting address, type, name;
        enum kith_place place;
    } emails[KITH_CSV_EMAILS];
    struct {
        size_t number; /* of the contact's address, from 1; 0: none yet */
        struct kith_csv_waiting street[KITH_CSV_STREET_LINES], whole;
    } addresses[KITH_CSV_PLACES];
    struct kith_csv_waiting birthday[KITH_CSV_DAY_PARTS];
};

/* Fill r->contact from r->row. true: it has something in it. */
bool kith_csv_read_contact(struct kith_csv_reading *r);

/* Read the numbered groups of the row; parse_csv_numbered.c. */
void kith_csv_read_numbered(struct kith_csv_reading *r);

/* Bytes of the file as harmless UTF-8 in the arena; "" when they are blank. Cut, with the contact partial, at max. */
const char *kith_csv_take(struct kith_csv_reading *r, struct kith_csv_cell cell, size_t max, bool lines);
/* There is nothing but blanks, line ends and zeros. */
bool kith_csv_is_blank(const char *bytes, size_t len);
/* The row's cell of this column; empty where the row is too short. */
struct kith_csv_cell kith_csv_cell_of(const struct kith_csv_reading *r, const struct kith_csv_column *column);

/* What became of a cell. reason: a literal, "" for none. */
void kith_csv_tell(struct kith_csv_reading *r, struct kith_csv_column *column, enum kith_field_fate fate,
                   const char *reason);

/* Add to the contact and tell. A value that is one too many leaves it partial. */
struct kith_item *kith_csv_add_item(struct kith_csv_reading *r, struct kith_csv_column *column,
                                    enum kith_item_kind kind, const char *label, const char *value);
/* Word for word, under its heading. */
void kith_csv_keep(struct kith_csv_reading *r, struct kith_csv_column *column, const char *value);
/* A contact has one of it: what comes second and is something else is kept. */
void kith_csv_set_text(struct kith_csv_reading *r, struct kith_csv_column *column, enum kith_text field,
                       const char *value);
/* label: of a date that is neither birthday nor anniversary. */
void kith_csv_add_date(struct kith_csv_reading *r, struct kith_csv_column *column, enum kith_date_kind kind,
                       const char *label, const char *text);

/* A group as Google's tables name it, without "* "; NULL for those that hold everybody. name is changed in place. */
const char *kith_csv_group_name(char *name);
