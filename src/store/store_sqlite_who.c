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

/*
 * A question to the table of numbers. Few have the number: they are put in order when they are known. Of more than can
 * be answered the first by name are wanted, so that all of them are sorted before.
 */
struct asking {
    const char *some, *by_name;
};
#define NUMBER_COLUMNS                                                                                                 \
    "SELECT phone.contact, raw, e164, national_len, assumed, phone.extension, number_class FROM phone "
#define ASKING(condition)                                                                                              \
    {                                                                                                                  \
        NUMBER_COLUMNS "WHERE " condition " LIMIT 101",                                                                \
            NUMBER_COLUMNS "JOIN contact ON contact.id = phone.contact WHERE " condition                               \
                           " ORDER BY sort_key, letter, contact.account, contact.id, phone.id"                         \
    }
_Static_assert(ANSWERS_MAX == 100, "one less than the limit of ASKING");

enum phone_column {
    PHONE_CONTACT,
    PHONE_RAW,
    PHONE_E164,
    PHONE_NATIONAL_LEN,
    PHONE_ASSUMED,
    PHONE_EXTENSION,
    PHONE_CLASS
};

static const struct asking same_e164 = ASKING("e164 = ?1");
/* A list costs a table that is made and dropped again: as much as a whole look-up, and few numbers need it. */
static const struct asking any_e164 = ASKING("e164 IN (?1, ?2, ?3, ?4, ?5)");
static const struct asking same_ending = ASKING("ending = ?1");
static const struct asking same_short = ASKING("ending = ?1 AND e164 IS NULL");
static const struct asking longer = ASKING("ending BETWEEN ?1 AND ?2");
static const struct asking shorter = ASKING("ending IN (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");

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

static void take(struct caller *caller, struct kith_stmt *s, enum kith_match match)
{
    struct kith_rows *rows = caller->maker.rows;
    int64_t id = kith_stmt_int(s, PHONE_CONTACT);
    struct kith_row *row = row_of(rows, id);

    if (row && rank(row->match) <= rank(match))
        return;
    if (!row) {
        row = kith_rows_add(rows);
        row->id = id;
    }
    const char *raw = kith_stmt_text(s, PHONE_RAW);
    row->match = match;
    row->matched = kith_arena_copy(kith_rows_arena(rows), raw, strlen(raw));
}

/* value: n parameters of sql, 0 for one that is not there. *ret_n: how many numbers were looked at. */
static enum kith_status take_numbers(struct caller *caller, const char *sql, const int64_t *value, size_t n,
                                     enum kith_match match, size_t *ret_n, struct kith_error *err)
{
    struct kith_rows *rows = caller->maker.rows;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(caller->db, sql);

    for (size_t i = 0; i < n; i++)
        kith_bind_int_or_null(&s, value[i]);
    for (*ret_n = 0; kith_stmt_step(&s); (*ret_n)++) {
        enum kith_match how = judge(caller, &s, match);
        if (how == KITH_MATCH_NONE)
            continue;
        if (rows->n == ANSWERS_MAX) {
            rows->more = true;
            break;
        }
        take(caller, &s, how);
    }
    return kith_stmt_end(&s, "look the number up", err);
}

static enum kith_status take_all(struct caller *caller, const struct asking *asking, const int64_t *value, size_t n,
                                 enum kith_match match, struct kith_error *err)
{
    struct kith_rows *rows = caller->maker.rows;
    size_t before = rows->n, n_numbers = 0;
    enum kith_status st = take_numbers(caller, asking->some, value, n, match, &n_numbers, err);

    if (st != KITH_OK || n_numbers < ANSWERS_MAX)
        return st;
    rows->n = before;
    rows->more = false;
    return take_numbers(caller, asking->by_name, value, n, match, &n_numbers, err);
}

/* --- The order of the answers --------------------------------------------------------------- */

struct placed {
    struct kith_row row;
    struct kith_row_place place;
};

static int compare_int(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* By sureness, then as in the list. */
static int compare(const void *a_ptr, const void *b_ptr)
{
    const struct placed *a = a_ptr, *b = b_ptr;
    size_t common = a->place.n_key < b->place.n_key ? a->place.n_key : b->place.n_key;
    int order = rank(a->row.match) - rank(b->row.match);

    if (order == 0)
        order = memcmp(a->place.key, b->place.key, common);
    if (order == 0)
        order = compare_int((int64_t)a->place.n_key, (int64_t)b->place.n_key);
    if (order == 0)
        order = strcmp(a->place.letter, b->place.letter);
    if (order == 0)
        order = compare_int(a->row.account_id, b->row.account_id);
    return order ? order : compare_int(a->row.id, b->row.id);
}

static enum kith_status complete_in_order(struct caller *caller, struct kith_error *err)
{
    struct kith_rows *rows = caller->maker.rows;
    struct kith_row_place place[ANSWERS_MAX] = {0};
    struct placed placed[ANSWERS_MAX];
    size_t n = 0;

    caller->maker.place = rows->n > 1 ? place : NULL;
    enum kith_status st = kith_rows_complete(&caller->maker, rows->row, rows->n, err);
    if (st != KITH_OK)
        return st;
    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].account_id != 0) /* of a damaged file, a number may be nobody's */
            placed[n++] = (struct placed){.row = rows->row[i], .place = place[i]};
    qsort(placed, n, sizeof(placed[0]), compare);
    for (rows->n = 0; rows->n < n; rows->n++)
        rows->row[rows->n] = placed[rows->n].row;
    return KITH_OK;
}

/* --- The steps ------------------------------------------------------------------------------ */

static enum kith_status by_e164(struct caller *caller, struct kith_error *err)
{
    const struct kith_number *number = caller->number;
    int64_t value[1 + KITH_COUNT_OF(number->also)] = {kith_e164_number(number->e164)};

    if (!number->also[0][0])
        return take_all(caller, &same_e164, value, 1, KITH_MATCH_NUMBER, err);
    for (size_t i = 0; i < KITH_COUNT_OF(number->also); i++)
        value[i + 1] = kith_e164_number(number->also[i]);
    return take_all(caller, &any_e164, value, KITH_COUNT_OF(value), KITH_MATCH_NUMBER, err);
}

static enum kith_status by_ending(struct caller *caller, const struct asking *asking, enum kith_match match,
                                  struct kith_error *err)
{
    int64_t ending = kith_ending(caller->number->national);

    return take_all(caller, asking, &ending, 1, match, err);
}

/* Stored numbers that end with the caller's, and those that the caller's ends with. */
static enum kith_status by_guess(struct caller *caller, struct kith_error *err)
{
    const char *national = caller->number->national;
    size_t len = strlen(national);
    int64_t range[2], value[9];

    if (len < GUESS_MIN || !kith_ending_range(national, &range[0], &range[1]))
        return KITH_OK;
    enum kith_status st = take_all(caller, &longer, range, KITH_COUNT_OF(range), KITH_MATCH_NUMBER_GUESS, err);
    if (st != KITH_OK)
        return st;
    for (size_t i = 0; i < KITH_COUNT_OF(value); i++) {
        size_t n = GUESS_MIN + i;
        value[i] = n < len ? kith_ending(national + len - n) : 0;
    }
    return take_all(caller, &shorter, value, KITH_COUNT_OF(value), KITH_MATCH_NUMBER_GUESS, err);
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
        return by_ending(caller, &same_short, KITH_MATCH_NUMBER, err);
    if (number->e164[0])
        st = by_e164(caller, err);
    if (st == KITH_OK && rows->n == 0)
        st = by_ending(caller, &same_ending, KITH_MATCH_NUMBER_NATIONAL, err);
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
    if (st == KITH_OK)
        st = complete_in_order(&caller, err);
    if (st != KITH_OK)
        return st;
    *ret = KITH_TAKE(rows);
    return KITH_OK;
}
