/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_who.c - who is calling: the contacts that have this number, and how sure that is.
 *
 * Before: normalise/ understood the number (struct kith_number).
 * After:  a face shows a name while the telephone rings.
 *
 * Each step is asked only when the one before found nobody: the same E.164; the same
 * national number where one side's country is not certain; then, as a guess, numbers of
 * which one ends with the other. That the last seven digits agree is never enough by
 * itself: that is how the wrong name comes up.
 */
#include "store/store_sqlite.h"

#include "base/fail.h"
#include "base/text.h"
#include "model/rows.h"
#include "store/store_pack.h"

enum {
    GUESS_MIN = 7,     /* digits that must agree */
    SHORT_MAX = 6,     /* a caller of so few digits is an internal or service number */
    ANSWERS_MAX = 100, /* a company's main number may be everybody's */
};

struct caller {
    const struct kith_number *number;
    struct kith_db *db;
    struct kith_row_maker maker;
};

/* What all questions below answer, in this order of columns. */
#define SELECT_PHONE                                                                                                   \
    "SELECT contact, raw, e164, national_len, assumed, phone.extension, number_class FROM phone JOIN contact "         \
    "ON contact.id = phone.contact WHERE "
#define BY_NAME " ORDER BY sort_key, letter, contact.account, contact.id, phone.id"

enum phone_column {
    PHONE_CONTACT,
    PHONE_RAW,
    PHONE_E164,
    PHONE_NATIONAL_LEN,
    PHONE_ASSUMED,
    PHONE_EXTENSION,
    PHONE_CLASS
};

static const char same_e164_sql[] = SELECT_PHONE "e164 IN (?1, ?2, ?3, ?4, ?5)" BY_NAME;
static const char same_ending_sql[] = SELECT_PHONE "ending = ?1" BY_NAME;
static const char same_short_sql[] = SELECT_PHONE "ending = ?1 AND e164 IS NULL" BY_NAME;
static const char longer_sql[] = SELECT_PHONE "ending BETWEEN ?1 AND ?2" BY_NAME;
static const char shorter_sql[] = SELECT_PHONE "ending IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)" BY_NAME;

/* --- Is it the same? ------------------------------------------------------------------ */

/* The country of one of the two was not said: it may be that of the other. */
static bool country_open(const struct caller *caller, struct kith_stmt *s)
{
    const struct kith_number *number = caller->number;

    return number->region_assumed || (!number->e164[0] && !number->country_named) || kith_stmt_is_null(s, PHONE_E164) ||
           kith_stmt_int(s, PHONE_ASSUMED);
}

static bool same_country(const struct caller *caller, struct kith_stmt *s)
{
    char stored[17];
    size_t national_len = strlen(caller->number->national), len = strlen(caller->number->e164);
    size_t stored_national_len = (size_t)kith_stmt_int(s, PHONE_NATIONAL_LEN);

    kith_e164_text(kith_stmt_int(s, PHONE_E164), stored);
    size_t stored_len = strlen(stored);
    if (len <= national_len || stored_len <= stored_national_len)
        return false;
    return len - national_len == stored_len - stored_national_len &&
           memcmp(caller->number->e164, stored, len - national_len) == 0;
}

/* An extension that both name must be the same; one that only the contact names makes it the main line. */
static enum kith_match with_extension(const struct caller *caller, struct kith_stmt *s, enum kith_match match)
{
    const char *theirs = kith_stmt_text(s, PHONE_EXTENSION);
    const char *ours = caller->number->extension;

    if (theirs[0] && ours[0])
        return strcmp(theirs, ours) == 0 ? match : KITH_MATCH_NONE;
    return theirs[0] && match == KITH_MATCH_NUMBER ? KITH_MATCH_NUMBER_MAIN : match;
}

static enum kith_match judge(const struct caller *caller, struct kith_stmt *s, enum kith_match match)
{
    if (match != KITH_MATCH_NUMBER && kith_stmt_int(s, PHONE_CLASS) == KITH_NUMBER_SHORT)
        return KITH_MATCH_NONE; /* 12345 is a service, +49 12345 is not */
    if (match == KITH_MATCH_NUMBER_NATIONAL && !country_open(caller, s))
        return KITH_MATCH_NONE;
    if (match == KITH_MATCH_NUMBER_GUESS && !country_open(caller, s) && !same_country(caller, s))
        return KITH_MATCH_NONE;
    return with_extension(caller, s, match);
}

/* --- Collecting ------------------------------------------------------------------------- */

static struct kith_row *row_of(struct kith_rows *rows, int64_t contact_id)
{
    for (size_t i = 0; i < rows->n; i++) {
        if (rows->row[i].id == contact_id)
            return &rows->row[i];
    }
    return NULL;
}

/* The order of sureness; the enum's own follows when each came to be. */
static int rank(enum kith_match match)
{
    switch (match) {
    case KITH_MATCH_NUMBER:
        return 0;
    case KITH_MATCH_NUMBER_MAIN:
        return 1;
    case KITH_MATCH_NUMBER_NATIONAL:
        return 2;
    default:
        return 3;
    }
}

static enum kith_status take(struct caller *caller, struct kith_stmt *s, enum kith_match match, struct kith_error *err)
{
    struct kith_rows *rows = caller->maker.rows;
    int64_t id = kith_stmt_int(s, PHONE_CONTACT);
    struct kith_row *row = row_of(rows, id);

    if (!row) {
        enum kith_status st = kith_row_make(&caller->maker, id, &row, err);
        if (st != KITH_OK || !row)
            return st;
    } else if (rank(row->match) <= rank(match)) {
        return KITH_OK;
    }
    const char *raw = kith_stmt_text(s, PHONE_RAW);
    row->match = match;
    row->matched = kith_arena_copy(kith_rows_arena(rows), raw, strlen(raw));
    return KITH_OK;
}

static enum kith_status take_all(struct caller *caller, struct kith_stmt *s, enum kith_match match,
                                 struct kith_error *err)
{
    while (kith_stmt_step(s)) {
        enum kith_match how = judge(caller, s, match);
        if (how == KITH_MATCH_NONE)
            continue;
        if (caller->maker.rows->n == ANSWERS_MAX) {
            caller->maker.rows->more = true;
            break;
        }
        enum kith_status st = take(caller, s, how, err);
        if (st != KITH_OK)
            return st;
    }
    return kith_stmt_end(s, "look the number up", err);
}

/* Stable: within one sureness they stay in the order of their names. */
static void sort_by_sureness(struct kith_rows *rows)
{
    for (size_t i = 1; i < rows->n; i++) {
        struct kith_row moved = rows->row[i];
        size_t at = i;
        for (; at > 0 && rank(rows->row[at - 1].match) > rank(moved.match); at--)
            rows->row[at] = rows->row[at - 1];
        rows->row[at] = moved;
    }
}

/* --- The steps ------------------------------------------------------------------------------ */

static enum kith_status by_e164(struct caller *caller, struct kith_error *err)
{
    const struct kith_number *number = caller->number;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(caller->db, same_e164_sql);

    kith_bind_int_or_null(&s, kith_e164_number(number->e164));
    for (size_t i = 0; i < KITH_COUNT_OF(number->also); i++)
        kith_bind_int_or_null(&s, kith_e164_number(number->also[i]));
    return take_all(caller, &s, KITH_MATCH_NUMBER, err);
}

static enum kith_status by_ending(struct caller *caller, const char *sql, enum kith_match match, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(caller->db, sql);

    kith_bind_int_or_null(&s, kith_ending(caller->number->national));
    return take_all(caller, &s, match, err);
}

/* Stored numbers that end with the caller's, and those that the caller's ends with. */
static enum kith_status by_guess(struct caller *caller, struct kith_error *err)
{
    const char *national = caller->number->national;
    size_t len = strlen(national);
    int64_t first, last;

    if (len < GUESS_MIN || !kith_ending_range(national, &first, &last))
        return KITH_OK;
    KITH_AUTO_DONE(kith_stmt) longer = kith_db_use(caller->db, longer_sql);
    kith_bind_int(&longer, first);
    kith_bind_int(&longer, last);
    enum kith_status st = take_all(caller, &longer, KITH_MATCH_NUMBER_GUESS, err);
    if (st != KITH_OK)
        return st;

    KITH_AUTO_DONE(kith_stmt) shorter = kith_db_use(caller->db, shorter_sql);
    for (size_t n = GUESS_MIN; n < GUESS_MIN + 9; n++)
        kith_bind_int_or_null(&shorter, n < len ? kith_ending(national + len - n) : 0);
    return take_all(caller, &shorter, KITH_MATCH_NUMBER_GUESS, err);
}

static bool is_short(const struct kith_number *number)
{
    return number->number_class == KITH_NUMBER_SHORT ||
           (!number->e164[0] && number->national[0] && strlen(number->national) <= SHORT_MAX);
}

static enum kith_caller kind_of(const struct kith_number *number)
{
    if (number->withheld)
        return KITH_CALLER_WITHHELD;
    if (number->number_class == KITH_NUMBER_NO_NUMBER)
        return KITH_CALLER_NO_NUMBER;
    return is_short(number) ? KITH_CALLER_SHORT : KITH_CALLER_NUMBER;
}

static enum kith_status look_up(struct caller *caller, struct kith_error *err)
{
    const struct kith_number *number = caller->number;
    struct kith_rows *rows = caller->maker.rows;
    enum kith_status st = KITH_OK;

    if (rows->caller == KITH_CALLER_SHORT)
        return by_ending(caller, same_short_sql, KITH_MATCH_NUMBER, err);
    if (number->e164[0])
        st = by_e164(caller, err);
    if (st == KITH_OK && rows->n == 0)
        st = by_ending(caller, same_ending_sql, KITH_MATCH_NUMBER_NATIONAL, err);
    if (st == KITH_OK && rows->n == 0)
        st = by_guess(caller, err);
    return st;
}

enum kith_status kith_store_who(struct kith_store *store, const struct kith_number *number, struct kith_rows **ret,
                                struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    KITH_AUTO(kith_rows) rows = kith_rows_new();
    struct caller caller = {.number = number, .db = db, .maker = {.db = db, .rows = rows}};
    rows->caller = kind_of(number);
    if (rows->caller == KITH_CALLER_NUMBER || rows->caller == KITH_CALLER_SHORT)
        st = look_up(&caller, err);
    if (st != KITH_OK)
        return st;
    sort_by_sureness(rows);
    *ret = KITH_TAKE(rows);
    return KITH_OK;
}
