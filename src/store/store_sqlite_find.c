/* SPDX-License-Identifier: MIT */
/*
 * store_sqlite_find.c - candidates for what a person types: likely ones first, and no more than are looked at.
 *
 * Before: normalise/ understood what was typed (struct kith_query).
 * After:  find/ ranks what is found here.
 *
 * One letter may fit every contact, so nothing here sorts or counts a whole match set: the
 * index is asked again and again, each time for something less likely, and the asking
 * ends as soon as there is enough. A hit carries the text it was found in, so that a face can
 * show why it is an answer.
 */
#include "store/store_sqlite.h"

#include "base/alloc.h"
#include "base/fail.h"
#include "base/text.h"
#include "model/rows.h"
#include "store/store_contact.h"
#include "store/store_pack.h"
#include "store/store_set.h"

enum {
    EXPRESSION_MAX_BYTES = 8192,
    FOLDED_MAX_BYTES = 4096,
    ENDING_MIN = 3, /* fewer last digits belong to everybody */
    E164_MIN = 7,   /* digits of the shortest and longest number with a country code */
    E164_MAX = 15,
    FOLDS_MAX = 200,       /* texts that are folded to explain the hits of one question: a microsecond or two each */
    SPELLED_MAX = 8,       /* the same with all the spellings that find them: fifty microseconds each */
    LARGE = 200000,        /* contacts from which on long prefixes are sifted first */
    LISTED_PREFIX = 3,     /* letters of the longest prefix that has its own list, as in 0001-people.sql */
    SIFTED_MAX = 300,      /* contacts looked at to avoid a merge */
    BEYOND_NAMES_MAX = 50, /* candidates when other fields are asked, too: each costs several times what a name costs */
};

struct search {
    const struct kith_query *query;
    const struct kith_store_keys_fn *fold;
    struct kith_db *db;
    struct kith_row_maker maker;
    struct kith_picks picks;
    size_t want;   /* rows; 0: all */
    bool sifting;  /* see sift() */
    bool thorough; /* the rows are those that are shown: a text may be looked at in all its spellings */
    unsigned n_folded, n_spelled, n_explained;
    struct kith_buf folded;
    const char *folded_text; /* what folded was made of, as long as it is looked at; NULL: of nothing */
    struct kith_keys keys;
};

static bool enough(const struct search *search)
{
    return search->want && search->maker.rows->n >= search->want;
}

/* --- Words become an expression of FTS5 ------------------------------------------------ */

/* Around the consonants of Arabic and Hebrew names, which normalise/ puts among the words: U+E000, U+E001. */
static const char skeleton_mark[] = "\xEE\x80\x80";
static const char skeleton_end[] = "\xEE\x80\x81";

/* A string of FTS5: whatever is between the quotes is text. */
static void add_string(struct kith_buf *out, const char *mark, const char *word, const char *end, bool whole)
{
    (void)kith_buf_add_char(out, '"'); /* fullness is looked at once, when the expression is complete */
    (void)kith_buf_add_text(out, mark);
    for (const char *c = word; *c; c++) {
        if (*c == '"')
            (void)kith_buf_add_char(out, '"');
        if ((unsigned char)*c > ' ' && *c != 0x7f) /* the index has no such thing in a word */
            (void)kith_buf_add_char(out, *c);
    }
    (void)kith_buf_add_text(out, end);
    (void)kith_buf_add_text(out, whole ? "\"" : "\"*");
}

static void add_word(struct kith_buf *out, const struct kith_query_word *word, bool whole)
{
    (void)kith_buf_add_char(out, '(');
    add_string(out, "", word->text, "", whole);
    if (word->skeleton[0]) {
        bool ended = kith_text_ends_with(word->skeleton, skeleton_end);
        (void)kith_buf_add_text(out, " OR ");
        add_string(out, skeleton_mark, word->skeleton, whole && !ended ? skeleton_end : "", whole);
    }
    (void)kith_buf_add_char(out, ')');
}

/* All words must be there; which of them must be whole? */
enum wholeness { ALL_BEGUN, LAST_BEGUN, ALL_WHOLE };

static bool make_expression(const struct kith_query *query, enum wholeness wholeness, struct kith_buf *out)
{
    for (size_t i = 0; i < query->n_words; i++) {
        bool last = i + 1 == query->n_words;
        if (i > 0)
            (void)kith_buf_add_text(out, " AND ");
        add_word(out, &query->word[i], wholeness == ALL_WHOLE || (wholeness == LAST_BEGUN && !last));
    }
    return !out->full;
}

/* --- Where was it found? ------------------------------------------------------------------ */

/* true: text has a word that begins like this. ASCII letters in any case, other letters as they are. */
static bool has_word(const char *text, const char *beginning)
{
    size_t len = strlen(beginning);
    bool inside = false; /* a word */

    for (const char *at = text; *at; at++) {
        unsigned char c = (unsigned char)*at;
        size_t n = 0;
        while (!inside && n < len && at[n] && (at[n] | ((at[n] >= 'A' && at[n] <= 'Z') ? 0x20 : 0)) == beginning[n])
            n++;
        if (!inside && n == len)
            return true;
        inside = c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
    return false;
}

static bool folded_has_word(const struct kith_buf *folded, const struct kith_query_word *word)
{
    size_t len = strlen(word->text);

    for (const char *at = kith_buf_text(folded); at && *at; at = strchr(at, ' ')) {
        at += *at == ' ';
        if (strncmp(at, word->text, len) == 0)
            return true;
    }
    return false;
}

static bool has_word_folded(struct search *search, const char *text, const struct kith_query_word *word)
{
    if (kith_text_is_ascii(word->text) && kith_text_is_foreign(text))
        return false;
    if (search->folded_text != text) {
        if (search->n_folded++ >= FOLDS_MAX)
            return false;
        kith_buf_clear(&search->folded);
        search->fold->fold(search->fold->ctx, text, &search->folded);
        search->folded_text = text;
    }
    return folded_has_word(&search->folded, word);
}

/* With everything that finds it, Latin letters for other scripts included: the keys of a contact that is only this. */
static bool has_word_spelled(struct search *search, const char *text, const struct kith_query_word *word)
{
    struct kith_contact only;

    if (!search->thorough || search->n_spelled++ >= SPELLED_MAX)
        return false;
    kith_contact_init(&only);
    only.text[KITH_TEXT_COMPANY] = text;
    kith_keys_clear(&search->keys);
    search->fold->keys(search->fold->ctx, &only, &search->keys);
    return folded_has_word(&search->keys.others, word);
}

static bool text_has_word(struct search *search, const char *text, const struct kith_query_word *word)
{
    if (has_word(text, word->text))
        return true;
    return !kith_text_is_ascii(text) && (has_word_folded(search, text, word) || has_word_spelled(search, text, word));
}

/* A word of the question that text has and the name has not. */
static bool explains(struct search *search, const struct kith_row *row, const char *text)
{
    search->folded_text = NULL; /* another text may lie in the same place now */
    for (size_t i = 0; text[0] && i < search->query->n_words; i++) {
        const struct kith_query_word *word = &search->query->word[i];
        if (text_has_word(search, text, word) && !has_word(row->shown, word->text))
            return true;
    }
    return false;
}

static void set_match(struct search *search, struct kith_row *row, enum kith_match match, const char *text)
{
    row->match = match;
    row->matched = kith_arena_copy(kith_rows_arena(search->maker.rows), text, strlen(text));
}

/* In the order in which a person would think of them. */
#define FIELD_COLUMNS "company, job_title, department, nickname, profession, office, manager, assistant, spouse"
static const char fields_sql[] = "SELECT " FIELD_COLUMNS " FROM contact WHERE id = ?1";
static const char emails_sql[] = "SELECT address FROM email WHERE " PARTS_OF_CONTACT " ORDER BY id";
static const char numbers_sql[] =
    "SELECT raw, e164, ending, national_len, national FROM phone WHERE " PARTS_OF_CONTACT " ORDER BY id";

/* One of the columns from first on. */
static bool explained_by_column(struct search *search, struct kith_row *row, struct kith_stmt *s, int first,
                                enum kith_match match)
{
    for (int column = first; column < sqlite3_column_count(s->handle); column++) {
        const char *text = kith_stmt_text(s, column);
        if (!explains(search, row, text))
            continue;
        set_match(search, row, match, text);
        return true;
    }
    return false;
}

static bool explained_by(struct search *search, struct kith_row *row, const char *sql, enum kith_match match)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(search->db, sql);

    kith_bind_int(&s, row->id);
    while (kith_stmt_step(&s))
        if (explained_by_column(search, row, &s, 0, match))
            return true;
    return false;
}

/* s: a statement that has the fields at hand, behind what a row is ranked by; NULL: they are asked for. */
static bool explained_by_field(struct search *search, struct kith_row *row, struct kith_stmt *s)
{
    return s ? explained_by_column(search, row, s, RANKED_COLUMNS_END, KITH_MATCH_COMPANY)
             : explained_by(search, row, fields_sql, KITH_MATCH_COMPANY);
}

static void digits_of(const char *text, char *out, size_t out_size)
{
    size_t n = 0;

    for (const char *c = text; *c && n + 1 < out_size; c++) {
        if (*c >= '0' && *c <= '9')
            out[n++] = *c;
    }
    out[n] = '\0';
}

/* true: the number begins like this as it is written, with its country or without, or it ends like this. */
static bool number_has(struct kith_stmt *s, const char *digits)
{
    char written[40], e164[17] = "+";
    int64_t first, last, ending = kith_stmt_int(s, 2);

    digits_of(kith_stmt_text(s, 0), written, sizeof(written));
    if (!kith_stmt_is_null(s, 1))
        kith_e164_text(kith_stmt_int(s, 1), e164);
    size_t len = strlen(e164), national_len = (size_t)kith_stmt_int(s, 3);
    const char *national = national_len && national_len < len ? e164 + len - national_len : kith_stmt_text(s, 4);
    if (kith_text_starts_with(written, digits) || kith_text_starts_with(e164 + 1, digits) ||
        kith_text_starts_with(national, digits))
        return true;
    return kith_ending_range(digits, &first, &last) && ending >= first && ending <= last;
}

static bool explained_by_number(struct search *search, struct kith_row *row, const char *digits)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(search->db, numbers_sql);

    kith_bind_int(&s, row->id);
    while (kith_stmt_step(&s)) {
        if (!number_has(&s, digits))
            continue;
        set_match(search, row, KITH_MATCH_NUMBER, kith_stmt_text(&s, 0));
        return true;
    }
    return false;
}

static bool is_digits(const char *text)
{
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* Where a hit beyond the names was found, and the text. s: as above. */
static void explain(struct search *search, struct kith_row *row, struct kith_stmt *s)
{
    const struct kith_query *query = search->query;

    if (query->digits[0] && explained_by_number(search, row, query->digits))
        return;
    if (explained_by_field(search, row, s) || explained_by(search, row, emails_sql, KITH_MATCH_EMAIL))
        return;
    for (size_t i = 0; i < query->n_words; i++) {
        if (is_digits(query->word[i].text) && explained_by_number(search, row, query->word[i].text))
            return;
    }
    /* Among the words, but in a spelling that no field shows: it stays as it is. */
}

/* The likeliest at once, since the ranking asks where they were found; the others once it is known who is shown. */
static void explain_some(struct search *search, struct kith_row *row, enum kith_match match, struct kith_stmt *s)
{
    row->match = match;
    if (match != KITH_MATCH_NAME && search->n_explained++ < BEYOND_NAMES_MAX)
        explain(search, row, s);
}

/* --- Words ------------------------------------------------------------------------------------ */

static const char match_name_sql[] =
    "SELECT " RANKED_COLUMNS " FROM search_name CROSS JOIN contact ON contact.id = search_name.rowid "
    "WHERE search_name MATCH ?1";
static const char match_all_sql[] =
    "SELECT " RANKED_COLUMNS ", " FIELD_COLUMNS " FROM search_all CROSS JOIN contact ON contact.id = search_all.rowid "
    "WHERE search_all MATCH ?1";

/* Run one expression; row by row into the answer. match: where it is found, or most likely is. */
static enum kith_status take_matches(struct search *search, const char *expression, enum kith_match match,
                                     struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(search->db, match == KITH_MATCH_NAME ? match_name_sql : match_all_sql);

    kith_bind_text(&s, expression);
    while (!enough(search) && kith_stmt_step(&s))
        if (kith_picks_add(&search->picks, kith_stmt_int(&s, RANKED_ID)))
            explain_some(search, kith_row_begin(&search->maker, &s), match, &s);
    return kith_stmt_end(&s, "search", err);
}

static enum kith_status find_words_as(struct search *search, enum wholeness wholeness, enum kith_match match,
                                      struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) expression;

    kith_buf_init(&expression, EXPRESSION_MAX_BYTES);
    if (enough(search) || !make_expression(search->query, wholeness, &expression))
        return KITH_OK;
    return take_matches(search, kith_buf_text(&expression), match, err);
}

/* --- Long prefixes among very many ------------------------------------------------------------- */

static size_t listed_len(const char *word)
{
    const char *at = word, *end = word + strlen(word);

    for (int letters = 0; at < end && letters < LISTED_PREFIX; letters++)
        (void)kith_utf8_next(&at, end);
    return (size_t)(at - word);
}

static bool has_long_word(const struct kith_query *query)
{
    for (size_t i = 0; i < query->n_words; i++) {
        if (query->word[i].text[listed_len(query->word[i].text)])
            return true;
    }
    return false;
}

static bool make_listed_expression(const struct kith_query *query, struct kith_buf *out)
{
    for (size_t i = 0; i < query->n_words; i++) {
        struct kith_query_word word = {0};
        (void)kith_text_copy_n(word.text, sizeof(word.text), query->word[i].text, listed_len(query->word[i].text));
        if (i > 0)
            (void)kith_buf_add_text(out, " AND ");
        add_word(out, &word, false);
    }
    return !out->full;
}

static bool field_has_word(struct search *search, int64_t id, const char *sql, const struct kith_query_word *word)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(search->db, sql);

    kith_bind_int(&s, id);
    while (kith_stmt_step(&s)) {
        for (int column = 0; column < sqlite3_column_count(s.handle); column++) {
            search->folded_text = NULL;
            if (text_has_word(search, kith_stmt_text(&s, column), word))
                return true;
        }
    }
    return false;
}

static bool has_all_words(struct search *search, const struct kith_row *row, enum kith_match match)
{
    for (size_t i = 0; i < search->query->n_words; i++) {
        const struct kith_query_word *word = &search->query->word[i];
        search->folded_text = NULL;
        bool has = text_has_word(search, row->shown, word) ||
                   (match != KITH_MATCH_NAME && (field_has_word(search, row->id, fields_sql, word) ||
                                                 field_has_word(search, row->id, emails_sql, word)));
        if (!has)
            return false;
    }
    return true;
}

static enum kith_status take_sifted(struct search *search, const char *expression, enum kith_match match,
                                    struct kith_error *err)
{
    struct kith_rows *rows = search->maker.rows;
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(search->db, match == KITH_MATCH_NAME ? match_name_sql : match_all_sql);

    kith_bind_text(&s, expression);
    for (int n = 0; n < SIFTED_MAX && !enough(search) && kith_stmt_step(&s); n++) {
        int64_t id = kith_stmt_int(&s, RANKED_ID);
        if (kith_picks_has(&search->picks, id))
            continue;
        struct kith_row *row = kith_row_begin(&search->maker, &s);
        if (!has_all_words(search, row, match)) {
            rows->n--; /* not this one, as far as can be seen */
            continue;
        }
        (void)kith_picks_add(&search->picks, id); /* it was not there */
        explain_some(search, row, match, &s);
    }
    return kith_stmt_end(&s, "search", err);
}

/*
 * Before the first contact of a prefix without a list comes out, all words that begin so are merged: of a million
 * contacts, a common one holds up for tens of milliseconds. What is common is soon found another way: in the list
 * of the first three letters, leaving out what does not fit. If not, it is rare, and the merge is short.
 * *ret_done: there is enough for an answer.
 */
static enum kith_status sift(struct search *search, enum kith_match match, bool *ret_done, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) expression;

    *ret_done = enough(search);
    kith_buf_init(&expression, EXPRESSION_MAX_BYTES);
    if (*ret_done || !search->sifting || !make_listed_expression(search->query, &expression))
        return KITH_OK;
    enum kith_status st = take_sifted(search, kith_buf_text(&expression), match, err);
    *ret_done = search->maker.rows->n > (size_t)search->query->limit;
    return st;
}

static const char count_sql[] = "SELECT total(n_contacts) FROM account";

static bool worth_sifting(const struct search *search)
{
    return search->want && has_long_word(search->query) && kith_db_integer(search->db, count_sql, 0) >= LARGE;
}

/* --- One place after the other ------------------------------------------------------------------ */

/*
 * All that begin like this, in no order that matters. If there are more than are wanted, the person called
 * exactly so may be beyond them: some of the places are for whole words.
 */
static enum kith_status find_names(struct search *search, struct kith_error *err)
{
    size_t want = search->want;

    bool more = false;
    search->want = want - want / 3;
    enum kith_status st = sift(search, KITH_MATCH_NAME, &more, err);
    if (st == KITH_OK && !more)
        st = find_words_as(search, ALL_BEGUN, KITH_MATCH_NAME, err);
    more = more || enough(search);
    search->want = want;
    if (st == KITH_OK && more)
        st = find_words_as(search, ALL_WHOLE, KITH_MATCH_NAME, err);
    if (st == KITH_OK && more && search->query->n_words > 1 && !search->sifting)
        st = find_words_as(search, LAST_BEGUN, KITH_MATCH_NAME, err);
    return st;
}

/*
 * Persons found by name come before everything else. When they fill the answer nothing else needs to be
 * asked; else a few candidates are enough, since each costs more than a name.
 */
static void want_less_beyond_names(struct search *search)
{
    const struct kith_rows *rows = search->maker.rows;
    size_t limit = (size_t)search->query->limit, persons = 0;

    if (search->want == 0)
        return;
    for (size_t i = 0; i < rows->n; i++)
        persons += !rows->row[i].is_company;
    size_t most = limit + 1 > BEYOND_NAMES_MAX ? limit + 1 : BEYOND_NAMES_MAX;
    if (persons > limit)
        search->want = rows->n;
    else if (search->want > most)
        search->want = most;
}

/* --- Numbers ------------------------------------------------------------------------------------ */

#define NUMBERS_IN_RANGE                                                                                               \
    "SELECT " RANKED_COLUMNS ", raw FROM phone CROSS JOIN contact ON contact.id = phone.contact WHERE "
static const char e164_range_sql[] = NUMBERS_IN_RANGE "e164 BETWEEN ?1 AND ?2";
static const char ending_range_sql[] = NUMBERS_IN_RANGE "ending BETWEEN ?1 AND ?2";

static enum kith_status take_range(struct search *search, const char *sql, int64_t first, int64_t last,
                                   struct kith_error *err)
{
    KITH_AUTO_DONE(kith_stmt) s = kith_db_use(search->db, sql);

    kith_bind_int(&s, first);
    kith_bind_int(&s, last);
    while (!enough(search) && kith_stmt_step(&s))
        if (kith_picks_add(&search->picks, kith_stmt_int(&s, RANKED_ID)))
            set_match(search, kith_row_begin(&search->maker, &s), KITH_MATCH_NUMBER,
                      kith_stmt_text(&s, RANKED_COLUMNS_END));
    return kith_stmt_end(&s, "search", err);
}

/* Numbers of every length that begin like this: one range for each length. */
static enum kith_status take_beginning(struct search *search, const char *digits, struct kith_error *err)
{
    size_t len = strlen(digits);
    int64_t number, width = 1;
    enum kith_status st = KITH_OK;

    if (!kith_text_to_int64(digits, 1, INT64_MAX, &number) || len > E164_MAX)
        return KITH_OK;
    for (size_t total = len; total <= E164_MAX && st == KITH_OK && !enough(search); total++, width *= 10) {
        if (total >= E164_MIN)
            st = take_range(search, e164_range_sql, number * width, number * width + width - 1, err);
    }
    return st;
}

static enum kith_status take_number_words(struct search *search, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) expression;

    kith_buf_init(&expression, EXPRESSION_MAX_BYTES);
    add_string(&expression, "", search->query->digits, "", false);
    if (expression.full)
        return KITH_OK;
    return take_matches(search, kith_buf_text(&expression), KITH_MATCH_NUMBER, err);
}

/*
 * Ranges first: they cost what is taken out of them. The words know the numbers of all countries as they are typed
 * there, but many different numbers that begin alike have to be merged before the first comes out.
 */
static enum kith_status find_numbers(struct search *search, struct kith_error *err)
{
    const struct kith_query *query = search->query;
    int64_t first, last;
    enum kith_status st = KITH_OK;

    for (size_t i = 0; i < KITH_COUNT_OF(query->e164_prefix) && query->e164_prefix[i][0] && st == KITH_OK; i++)
        st = take_beginning(search, query->e164_prefix[i], err);
    if (st == KITH_OK && strlen(query->digits) >= ENDING_MIN && kith_ending_range(query->digits, &first, &last))
        st = take_range(search, ending_range_sql, first, last, err);
    return st == KITH_OK && !enough(search) ? take_number_words(search, err) : st;
}

/* --- The question --------------------------------------------------------------------------------- */

/* More than the answer, for the ranking to choose from and to know that there are more. */
static size_t wanted(int64_t limit)
{
    if (limit <= 0)
        return 0;
    return limit >= KITH_QUERY_CANDIDATES ? (size_t)limit + 1 : KITH_QUERY_CANDIDATES;
}

static void begin(struct search *search, struct kith_store *store, const struct kith_query *query, struct kith_db *db,
                  struct kith_rows *rows)
{
    *search = (struct search){.query = query, .fold = &store->keys, .db = db, .maker = {.db = db, .rows = rows}};
    kith_buf_init(&search->folded, FOLDED_MAX_BYTES);
    kith_keys_init(&search->keys);
}

static void search_done(struct search *search)
{
    kith_picks_done(&search->picks);
    kith_buf_done(&search->folded);
    kith_keys_done(&search->keys);
}

/* The digits were asked for among the numbers already, and numbers are among all words. */
static bool only_digits(const struct kith_query *query)
{
    return query->n_words == 1 && query->digits[0] && strcmp(query->word[0].text, query->digits) == 0;
}

static enum kith_status find_anywhere(struct search *search, struct kith_error *err)
{
    bool done = false;
    enum kith_status st = sift(search, KITH_MATCH_COMPANY, &done, err);

    return st == KITH_OK && !done ? find_words_as(search, ALL_BEGUN, KITH_MATCH_COMPANY, err) : st;
}

/* Names, then numbers if it is one, then everything else. */
static enum kith_status ask(struct search *search, struct kith_error *err)
{
    const struct kith_query *query = search->query;
    enum kith_status st = KITH_OK;

    search->sifting = worth_sifting(search);
    if (query->n_words > 0)
        st = find_names(search, err);
    want_less_beyond_names(search);
    if (st == KITH_OK && query->digits[0] && !enough(search))
        st = find_numbers(search, err);
    if (st == KITH_OK && query->n_words > 0 && !only_digits(query))
        st = find_anywhere(search, err);
    return st;
}

enum kith_status kith_store_find(struct kith_store *store, const struct kith_query *query, struct kith_rows **ret,
                                 struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    KITH_AUTO(kith_rows) rows = NULL;
    struct search search;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    rows = kith_rows_new();
    begin(&search, store, query, db, rows);
    search.want = wanted(query->limit);
    st = ask(&search, err);
    rows->more = search.want && rows->n > 0 && (enough(&search) || rows->n > (size_t)query->limit);
    search_done(&search);
    if (st == KITH_OK)
        *ret = KITH_TAKE(rows);
    return st;
}

enum kith_status kith_store_find_complete(struct kith_store *store, const struct kith_query *query,
                                          struct kith_rows *rows, struct kith_error *err)
{
    KITH_AUTO(kith_db) db = NULL;
    struct search search;
    enum kith_status st = kith_store_borrow(store, &db, err);

    if (st != KITH_OK)
        return st;
    begin(&search, store, query, db, rows);
    search.thorough = true;
    for (size_t i = 0; i < rows->n; i++) {
        struct kith_row *row = &rows->row[i];
        if (row->match != KITH_MATCH_NAME && !row->matched[0])
            explain(&search, row, NULL);
    }
    st = kith_rows_complete(&search.maker, rows->row, rows->n, err);
    search_done(&search);
    return st;
}
