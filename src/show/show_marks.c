/* SPDX-License-Identifier: MIT */
/*
 * show_marks.c - finds again, in what a row shows, what the person typed.
 *
 * Before: kith_find() gave rows.
 * After:  a face marks the letters.
 *
 * A text is cut into graphemes, each is read in plain small Latin letters, and the words that were typed,
 * read the same way, are looked for in the sequence of readings. Marking too little is a blemish, so
 * whatever goes wrong inside ICU leads to fewer marks and to nothing else.
 */
#include <kith/marks.h>

#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

#include "base/alloc.h"
#include "base/buf.h"
#include "base/json_write.h"
#include "base/text.h"
#include "model/pinyin.h"

enum {
    WORDS_MAX = 8,    /* as many as the engine looks at */
    WORD_UNITS = 64,  /* of a word's reading */
    TEXT_UNITS = 512, /* a row shows less; what is behind is not marked */
    READ_UNITS = 2048,
    MARKS_MAX = 16,
    SHORTEST_NUMBER = 3, /* digits that are worth marking */
    SHORTEST_GUESS = 7,  /* digits from the end that make a guess, as the engine has it */
    CACHE_SIZE = 512,    /* readings of single characters; a power of two */
    CACHED_UNITS = 7
};

/*
 * Ways to read a letter in Latin. The first is what a person types who knows no rules; the second
 * follows the passport's rules (BGN, UNGEGN), by which "я" is "ya". A word counts as found by either.
 */
static const char *const readings[] = {
    "Any-Latin; NFKD; [:M:] Remove; Lower; Latin-ASCII",
    "Russian-Latin/BGN; Greek-Latin/UNGEGN; Any-Latin; NFKD; [:M:] Remove; Lower; Latin-ASCII",
};
enum { READINGS = 2 };

struct cached {
    UChar32 cp; /* 0: free */
    int32_t len;
    UChar units[CACHED_UNITS];
};

struct word {
    UChar units[WORD_UNITS];
    int32_t len;
};

/* A text in graphemes and in readings: reading unit i came from the units [start[from[i]], start[from[i] + 1]). */
struct read_text {
    UChar text[TEXT_UNITS];
    int32_t text_len;
    int32_t start[TEXT_UNITS + 1];
    size_t n_graphemes;
    UChar units[READ_UNITS];
    uint16_t from[READ_UNITS];
    int32_t len;
};

struct kith_marker {
    UTransliterator *reader[READINGS]; /* opened when the first text needs it: ASCII reads itself */
    bool reader_tried[READINGS];
    UBreakIterator *graphemes;
    struct word word[READINGS][WORDS_MAX];
    size_t n_words[READINGS];
    bool is_plain;   /* what was typed is ASCII */
    char digits[32]; /* what was typed is a number: its digits; else "" */
    struct cached cache[READINGS][CACHE_SIZE];
    struct read_text read; /* the text that is being looked at */
};

static bool is_ascii(const char *text)
{
    while (*text && (unsigned char)*text < 0x80)
        text++;
    return *text == '\0';
}

/* --- Reading ---------------------------------------------------------------------- */

static UTransliterator *open_reader(const char *rule)
{
    UChar id[128];
    UErrorCode status = U_ZERO_ERROR;

    u_uastrcpy(id, rule);
    return utrans_openU(id, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
}

/* Read in place; the new length, 0 when it cannot be read. */
static int32_t read_units(struct kith_marker *marker, size_t how, UChar *units, int32_t len, int32_t cap)
{
    UErrorCode status = U_ZERO_ERROR;
    int32_t limit = len;

    if (!marker->reader_tried[how])
        marker->reader[how] = open_reader(readings[how]);
    marker->reader_tried[how] = true;
    UTransliterator *reader = marker->reader[how];
    if (!reader)
        return 0;
    utrans_transUChars(reader, units, &len, cap, 0, &limit, &status);
    return U_SUCCESS(status) ? limit : 0;
}

/* "ü" is a "u" with a mark: no rules have to be opened for it, which takes longer than a whole search. */
static int32_t read_marked_letter(UChar32 cp, UChar *units, int32_t cap)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar apart[CACHED_UNITS];
    const UNormalizer2 *nfkd = unorm2_getNFKDInstance(&status);
    int32_t n = unorm2_getDecomposition(nfkd, cp, apart, CACHED_UNITS, &status);
    int32_t len = 0;

    for (int32_t i = 0; U_SUCCESS(status) && i < n && len < cap; i++) {
        if (apart[i] < 0x80 && u_isalnum(apart[i]))
            units[len++] = (UChar)u_tolower(apart[i]);
        else if (u_charType(apart[i]) != U_NON_SPACING_MARK)
            return 0;
    }
    return U_SUCCESS(status) ? len : 0;
}

/* By the table: without its tone; the second way as the first of a name, where some families read otherwise. */
static int32_t read_chinese(UChar32 cp, size_t how, UChar *units, int32_t cap)
{
    const char *syllable = kith_pinyin_letter((uint32_t)cp, how > 0);
    const char *end = syllable ? syllable + strlen(syllable) : NULL;
    int32_t len = 0;

    while (syllable < end) {
        uint32_t letter = kith_utf8_next(&syllable, end);

        len += letter < 0x80 ? 0 : read_marked_letter((UChar32)letter, units + len, cap - len);
        if (letter < 0x80 && len < cap)
            units[len++] = (UChar)letter;
    }
    return len;
}

static const struct cached *read_character(struct kith_marker *marker, size_t how, UChar32 cp)
{
    struct cached *cached = &marker->cache[how][(uint32_t)cp % CACHE_SIZE];
    UChar units[32];
    int32_t len = 0;

    if (cached->cp == cp)
        return cached;
    len = read_marked_letter(cp, units, CACHED_UNITS);
    if (len == 0)
        len = read_chinese(cp, how, units, CACHED_UNITS);
    if (len == 0) {
        U16_APPEND_UNSAFE(units, len, cp);
        len = read_units(marker, how, units, len, (int32_t)KITH_COUNT_OF(units));
    }
    if (len > CACHED_UNITS)
        len = 0; /* a sign that stands for a sentence: nobody types that */
    cached->cp = cp;
    cached->len = len;
    (void)u_memcpy(cached->units, units, len);
    return cached;
}

/* The reading of one grapheme (len units) into out; how many units it takes. */
static int32_t read_grapheme(struct kith_marker *marker, size_t how, const UChar *text, int32_t len, UChar *out,
                             int32_t cap)
{
    UChar32 cp;
    int32_t at = 0;
    const struct cached *cached;

    if (cap == 0)
        return 0;
    if (len == 1 && text[0] < 0x80) {
        out[0] = (UChar)u_tolower(text[0]);
        return 1;
    }
    U16_NEXT(text, at, len, cp);
    if (at == len && cp > 0 && !U_IS_SURROGATE(cp)) {
        cached = read_character(marker, how, cp);
        if (cached->len > cap)
            return 0;
        (void)u_memcpy(out, cached->units, cached->len);
        return cached->len;
    }
    UChar units[128];
    if (len > 32)
        return 0;
    (void)u_memcpy(units, text, len);
    len = read_units(marker, how, units, len, (int32_t)KITH_COUNT_OF(units));
    if (len > cap)
        return 0;
    (void)u_memcpy(out, units, len);
    return len;
}

static void cut_graphemes(struct kith_marker *marker)
{
    struct read_text *read = &marker->read;
    UErrorCode status = U_ZERO_ERROR;

    ubrk_setText(marker->graphemes, read->text, read->text_len, &status);
    if (U_FAILURE(status))
        return;
    (void)ubrk_first(marker->graphemes);
    for (int32_t next = ubrk_next(marker->graphemes); next != UBRK_DONE; next = ubrk_next(marker->graphemes))
        read->start[++read->n_graphemes] = next;
}

static void read_graphemes(struct kith_marker *marker, size_t how)
{
    struct read_text *read = &marker->read;

    read->len = 0;
    for (size_t i = 0; i < read->n_graphemes; i++) {
        int32_t from = read->start[i];
        int32_t len = read_grapheme(marker, how, read->text + from, read->start[i + 1] - from, read->units + read->len,
                                    READ_UNITS - read->len);
        for (int32_t j = 0; j < len; j++)
            read->from[read->len++] = (uint16_t)i;
    }
}

/* UTF-8 to units, cut at TEXT_UNITS. */
static void take_text(struct kith_marker *marker, const char *text)
{
    struct read_text *read = &marker->read;
    const char *end = text + strlen(text);

    read->text_len = 0;
    read->n_graphemes = 0;
    read->start[0] = 0;
    while (text < end && read->text_len < TEXT_UNITS - 1) {
        UChar32 cp = (UChar32)kith_utf8_next(&text, end);
        U16_APPEND_UNSAFE(read->text, read->text_len, cp);
    }
    cut_graphemes(marker);
}

/* --- What was typed ------------------------------------------------------------------ */

static bool is_word_unit(UChar unit)
{
    return u_isalnum(unit) || U16_IS_SURROGATE(unit);
}

static void add_word(struct kith_marker *marker, size_t how, const UChar *units, int32_t len)
{
    struct word *word;

    if (len == 0 || marker->n_words[how] == WORDS_MAX)
        return;
    word = &marker->word[how][marker->n_words[how]++];
    word->len = len < WORD_UNITS ? len : WORD_UNITS;
    (void)u_memcpy(word->units, units, word->len);
}

static void take_words(struct kith_marker *marker, size_t how, const char *typed)
{
    const struct read_text *read = &marker->read;
    int32_t from = 0;

    take_text(marker, typed);
    read_graphemes(marker, how);
    for (int32_t i = 0; i <= read->len; i++) {
        if (i < read->len && is_word_unit(read->units[i]))
            continue;
        add_word(marker, how, read->units + from, i - from);
        from = i + 1;
    }
}

/* A number is marked by its digits, however it is written; "ext 24" is a second number. */
static void take_digits(struct kith_marker *marker, const char *typed)
{
    size_t n = 0;

    for (const char *c = typed; *c != '\0' && n < sizeof(marker->digits) - 1; c++) {
        if (*c >= '0' && *c <= '9')
            marker->digits[n++] = *c;
        else if (!strchr(" +-()./", *c) && n < SHORTEST_GUESS)
            n = sizeof(marker->digits); /* letters before the number: a name with a number in it */
        else if (!strchr(" +-()./", *c))
            break;
    }
    marker->digits[n < sizeof(marker->digits) && n >= SHORTEST_NUMBER ? n : 0] = '\0';
}

struct kith_marker *kith_marker_new(const char *typed)
{
    struct kith_marker *marker = kith_xnew(struct kith_marker);
    UErrorCode status = U_ZERO_ERROR;

    marker->graphemes = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
    for (size_t how = 0; how < READINGS && marker->graphemes; how++)
        take_words(marker, how, typed);
    marker->is_plain = is_ascii(typed);
    take_digits(marker, typed);
    return marker;
}

void kith_marker_free(struct kith_marker *marker)
{
    if (!marker)
        return;
    for (size_t how = 0; how < READINGS; how++)
        if (marker->reader[how])
            utrans_close(marker->reader[how]);
    if (marker->graphemes)
        ubrk_close(marker->graphemes);
    free(marker);
}

/* --- Finding -------------------------------------------------------------------------- */

/* Graphemes, first to last, that are marked. */
struct run {
    size_t first, last;
};
struct runs {
    struct run run[MARKS_MAX];
    size_t n;
};

static void add_run(struct runs *runs, size_t first, size_t last)
{
    if (runs->n < MARKS_MAX)
        runs->run[runs->n++] = (struct run){first, last};
}

static bool is_there(const struct read_text *read, int32_t at, const struct word *word)
{
    return at + word->len <= read->len && u_memcmp(read->units + at, word->units, word->len) == 0;
}

static bool begins_word(const struct read_text *read, int32_t at)
{
    return at == 0 || (read->from[at] != read->from[at - 1] && !is_word_unit(read->units[at - 1]));
}

static bool begins_grapheme(const struct read_text *read, int32_t at)
{
    return at == 0 || read->from[at] != read->from[at - 1];
}

/* Where words begin with it, all places; else, since some scripts write words together, the first place inside one. */
static void mark_word(const struct read_text *read, const struct word *word, struct runs *runs)
{
    bool found = false;

    for (int32_t at = 0; at + word->len <= read->len; at++) {
        if (!begins_word(read, at) || !is_there(read, at, word))
            continue;
        add_run(runs, read->from[at], read->from[at + word->len - 1]);
        found = true;
    }
    for (int32_t at = 0; !found && at + word->len <= read->len; at++) {
        if (!begins_grapheme(read, at) || !is_there(read, at, word))
            continue;
        add_run(runs, read->from[at], read->from[at + word->len - 1]);
        found = true;
    }
}

/* The digits of the text, each with its grapheme. */
static size_t take_text_digits(const struct read_text *read, char *digits, size_t *from, size_t max)
{
    size_t n = 0;

    for (int32_t i = 0; i < read->len && n < max - 1; i++) {
        if (read->units[i] < '0' || read->units[i] > '9')
            continue;
        digits[n] = (char)read->units[i];
        from[n++] = read->from[i];
    }
    digits[n] = '\0';
    return n;
}

/* The same line written in another way agrees from the end: "0044 20 7946" and "+44 20 7946", "020 7946" and "+44 20
 * 7946". */
static void mark_digits(const struct kith_marker *marker, struct runs *runs)
{
    const struct read_text *read = &marker->read;
    char digits[TEXT_UNITS];
    size_t from[TEXT_UNITS];
    size_t n = take_text_digits(read, digits, from, sizeof(digits));
    const char *wanted = marker->digits;
    const char *at = strstr(digits, wanted);

    while (!at && strlen(wanted) > SHORTEST_GUESS)
        at = strstr(digits, ++wanted);
    if (!at || n == 0)
        return;
    size_t first = from[at - digits];
    size_t last = from[(size_t)(at - digits) + strlen(wanted) - 1];
    if (first > 0 && read->text[read->start[first - 1]] == '+')
        first--;
    add_run(runs, first, last);
}

static int by_first(const void *a, const void *b)
{
    const struct run *left = a, *right = b;

    return (left->first > right->first) - (left->first < right->first);
}

/* Runs that touch or overlap become one mark. */
static size_t join(const struct read_text *read, struct runs *runs, struct kith_mark *marks, size_t max)
{
    size_t n = 0;

    qsort(runs->run, runs->n, sizeof(runs->run[0]), by_first);
    for (size_t i = 0; i < runs->n; i++) {
        int start = read->start[runs->run[i].first];
        int end = read->start[runs->run[i].last + 1];

        if (n > 0 && start <= marks[n - 1].start + marks[n - 1].length) {
            if (end > marks[n - 1].start + marks[n - 1].length)
                marks[n - 1].length = end - marks[n - 1].start;
        } else if (n < max) {
            marks[n++] = (struct kith_mark){.start = start, .length = end - start};
        }
    }
    return n;
}

size_t kith_marks_find(struct kith_marker *marker, const char *text, struct kith_mark *marks, size_t max)
{
    struct runs runs = {.n = 0};

    if (!marker->graphemes || text[0] == '\0')
        return 0;
    take_text(marker, text);
    size_t ways = marker->is_plain && is_ascii(text) ? 1 : READINGS; /* plain letters are read in one way only */
    for (size_t how = 0; how < ways && runs.n == 0; how++) {
        read_graphemes(marker, how);
        if (marker->digits[0] != '\0')
            mark_digits(marker, &runs);
        else
            for (size_t i = 0; i < marker->n_words[how]; i++)
                mark_word(&marker->read, &marker->word[how][i], &runs);
    }
    return join(&marker->read, &runs, marks, max);
}

static void write_marks(struct kith_marker *marker, struct kith_json_writer *w, const char *name, const char *text)
{
    struct kith_mark marks[MARKS_MAX];
    size_t n = kith_marks_find(marker, text, marks, MARKS_MAX);

    kith_json_begin_array(w, name);
    for (size_t i = 0; i < n; i++) {
        kith_json_begin_array(w, NULL);
        kith_json_put_int(w, NULL, marks[i].start);
        kith_json_put_int(w, NULL, marks[i].length);
        kith_json_end(w);
    }
    kith_json_end(w);
}

char *kith_row_marks_to_json(struct kith_marker *marker, const struct kith_row *row)
{
    KITH_AUTO_DONE(kith_buf) out;
    KITH_AUTO(kith_json_writer) w = NULL;

    kith_buf_init(&out, SIZE_MAX);
    w = kith_json_writer_new(&out, /* indented= */ false);
    kith_json_begin_object(w, NULL);
    write_marks(marker, w, "shown", row->shown);
    write_marks(marker, w, "reading", row->reading);
    write_marks(marker, w, "second", row->second);
    write_marks(marker, w, "matched", row->matched);
    kith_json_end(w);
    return kith_buf_take_text(&out);
}
