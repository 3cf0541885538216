/* SPDX-License-Identifier: MIT */
/*
 * ask.c - puts the candidates of a question in the order of what was most likely meant.
 *
 * Before: store/ fetched up to some hundred rows that hold all the words.
 * After: a face shows them; the first is one key away.
 *
 * Only what a row shows is looked at: that is what the person will compare with what they
 * typed, and it costs a microsecond a row.
 */
#include "find/ask.h"

#include "base/buf.h"
#include "base/text.h"

enum { FOLDED_MAX_BYTES = 2048, WORDS_MAX = 24 };

/* Smaller is better, member by member. */
struct rank {
    int place;      /* where the words are: name, company, e-mail, number */
    int unfinished; /* words of the question that are only the beginning of one */
    int not_family; /* words of the question that are not in the part that sorts */
    int position;   /* of the first word that was found: a name's beginning before its end */
    size_t length;  /* of the name */
    size_t order;   /* as the store gave it */
};

struct ranked {
    struct kith_row row;
    struct rank rank;
};

/* The words of one text. */
struct words {
    const char *word[WORDS_MAX];
    size_t len[WORDS_MAX];
    size_t n;
};

static void split(const struct kith_buf *folded, struct words *words)
{
    const char *at = kith_buf_text(folded);

    words->n = 0;
    while (*at && words->n < WORDS_MAX) {
        size_t len = strcspn(at, " ");

        if (len > 0) {
            words->word[words->n] = at;
            words->len[words->n++] = len;
        }
        at += len;
        at += *at == ' ';
    }
}

enum fit { FIT_NONE, FIT_BEGINNING, FIT_WHOLE };

static enum fit fit_of(const char *typed, const struct words *words, size_t *ret_position)
{
    size_t typed_len = strlen(typed);
    enum fit best = FIT_NONE;

    for (size_t i = 0; i < words->n; i++) {
        enum fit fit = FIT_NONE;

        if (words->len[i] >= typed_len && memcmp(words->word[i], typed, typed_len) == 0)
            fit = words->len[i] == typed_len ? FIT_WHOLE : FIT_BEGINNING;
        if (fit <= best)
            continue;
        best = fit;
        *ret_position = i;
    }
    return best;
}

/* Folding goes to one buffer for all rows; each text is split before the next is folded. */
struct ranker {
    const struct kith_query *query;
    const struct kith_find_fold *fold;
    bool latin; /* all that was typed is ASCII */
    struct kith_buf shown, bold, reading;
};

static void fold_into(struct ranker *ranker, const char *text, struct kith_buf *buf, struct words *words)
{
    kith_buf_clear(buf);
    if (text[0] && !(ranker->latin && kith_text_is_foreign(text)))
        ranker->fold->fold(ranker->fold->ctx, text, buf);
    split(buf, words);
}

static int place_of_match(const struct kith_row *row)
{
    /* A company's own card is no person of that name: it stands with the people who work there. */
    if (row->match == KITH_MATCH_NAME && row->is_company)
        return KITH_MATCH_COMPANY;
    return (int)row->match;
}

static void rank_words(struct ranker *ranker, const struct kith_row *row, struct rank *rank)
{
    const struct kith_query *query = ranker->query;
    struct words shown, bold, reading;
    size_t first = WORDS_MAX;

    fold_into(ranker, row->shown, &ranker->shown, &shown);
    if (row->bold == row->shown)
        bold = shown;
    else
        fold_into(ranker, row->bold, &ranker->bold, &bold);
    fold_into(ranker, row->reading, &ranker->reading, &reading);
    for (size_t i = 0; i < query->n_words; i++) {
        const char *typed = query->word[i].text;
        size_t position = WORDS_MAX;
        size_t unused;
        enum fit fit = fit_of(typed, &shown, &position);

        if (fit == FIT_NONE)
            fit = fit_of(typed, &reading, &position);
        rank->unfinished += fit != FIT_WHOLE;
        rank->not_family += fit_of(typed, &bold, &unused) == FIT_NONE;
        first = position < first ? position : first;
    }
    rank->position = (int)first;
}

static size_t count_digits(const char *text)
{
    size_t n = 0;

    for (; *text; text++)
        n += *text >= '0' && *text <= '9';
    return n;
}

/* The whole number was typed, apart from how its country is written. */
static bool is_whole_number(const struct kith_query *query, const struct kith_row *row)
{
    const char *number = row->matched[0] ? row->matched : row->phone;

    if (row->phone_e164[0])
        for (size_t i = 0; i < KITH_COUNT_OF(query->e164_prefix) && query->e164_prefix[i][0]; i++)
            if (strcmp(row->phone_e164 + 1, query->e164_prefix[i]) == 0)
                return true;
    return count_digits(number) == strlen(query->digits);
}

static void rank_row(struct ranker *ranker, const struct kith_row *row, struct rank *rank)
{
    rank->place = place_of_match(row);
    rank->length = strlen(row->shown);
    if (row->match >= KITH_MATCH_NUMBER) {
        rank->unfinished = !is_whole_number(ranker->query, row);
        return;
    }
    rank_words(ranker, row, rank);
}

static int compare_size(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare(const void *a_ptr, const void *b_ptr)
{
    const struct rank *a = &((const struct ranked *)a_ptr)->rank;
    const struct rank *b = &((const struct ranked *)b_ptr)->rank;

    if (a->place != b->place)
        return a->place < b->place ? -1 : 1;
    if (a->unfinished != b->unfinished)
        return a->unfinished < b->unfinished ? -1 : 1;
    if (a->not_family != b->not_family)
        return a->not_family < b->not_family ? -1 : 1;
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    if (a->length != b->length)
        return compare_size(a->length, b->length);
    return compare_size(a->order, b->order);
}

static void sort_rows(struct ranker *ranker, struct kith_rows *rows)
{
    struct ranked *ranked = kith_xnew_n(struct ranked, rows->n);

    for (size_t i = 0; i < rows->n; i++) {
        ranked[i].row = rows->row[i];
        ranked[i].rank.order = i;
        rank_row(ranker, &rows->row[i], &ranked[i].rank);
    }
    qsort(ranked, rows->n, sizeof(ranked[0]), compare);
    for (size_t i = 0; i < rows->n; i++)
        rows->row[i] = ranked[i].row;
    free(ranked);
}

void kith_find_rank(const struct kith_query *query, const struct kith_find_fold *fold, struct kith_rows *rows)
{
    struct ranker ranker = {.query = query, .fold = fold, .latin = true};

    for (size_t i = 0; i < query->n_words; i++)
        ranker.latin = ranker.latin && kith_text_is_ascii(query->word[i].text);
    if (rows->n > 1) {
        kith_buf_init(&ranker.shown, FOLDED_MAX_BYTES);
        kith_buf_init(&ranker.bold, FOLDED_MAX_BYTES);
        kith_buf_init(&ranker.reading, FOLDED_MAX_BYTES);
        sort_rows(&ranker, rows);
        kith_buf_done(&ranker.shown);
        kith_buf_done(&ranker.bold);
        kith_buf_done(&ranker.reading);
    }
    if (query->limit <= 0 || rows->n <= (size_t)query->limit)
        return;
    rows->n = (size_t)query->limit;
    rows->more = true;
}
