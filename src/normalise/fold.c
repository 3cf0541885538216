/* SPDX-License-Identifier: MIT */
/*
 * fold.c - text becomes words that can be compared: lower case, no accents, no punctuation.
 *
 * Before: names.c decided what is shown. After: normalise_keys.c gathers the words of
 * a contact, normalise_query.c those of a question; both must come out of here.
 *
 * What a hyphen or an apostrophe joins is one word to some people and two to others:
 * keys hold both forms, a question has the form that finds more.
 */
#include "normalise/normaliser_parts.h"

#include <unicode/ustring.h>

#include "base/text.h"

enum {
    PIECES_MAX = 6,  /* joined by hyphens; more are words of their own */
    INITIALS_MAX = 6 /* "J. R. R." */
};

/* A word, or one side of a hyphen or an apostrophe. */
struct piece {
    char text[KITH_WORD_BYTES];
    char other[KITH_WORD_BYTES]; /* umlauts as two letters; "" when there are none */
    size_t len, other_len;
    struct kith_plain_word plain;
    bool after_apostrophe;
};

struct folder {
    struct kith_normaliser *n;
    struct kith_words *words;
    enum kith_spellings how;
    size_t words_left;
    struct piece piece[PIECES_MAX];
    size_t n_pieces; /* finished ones */
    bool in_piece;   /* piece[n_pieces] has begun */
    char initials[INITIALS_MAX + 1];
    size_t n_initials;
    char particle[KITH_WORD_BYTES];  /* "de", waiting for "Luca" */
    char particles[KITH_WORD_BYTES]; /* "vander", waiting for "Berg"; the same as particle when it is the first */
};

/* --- Spellings of a finished word ------------------------------------------ */

/* Words that some write together with the next: "Mc Donald", "De Luca", "El Sayed". */
static bool is_particle(const char *word, size_t len)
{
    static const char *const particles[] = {"abd", "abu", "al", "ben", "bin", "d",    "da", "de",
                                            "del", "der", "di", "du",  "el",  "fitz", "la", "le",
                                            "lo",  "mac", "mc", "o",   "st",  "van",  "von"};

    for (size_t i = 0; i < KITH_COUNT_OF(particles); i++)
        if (strlen(particles[i]) == len && memcmp(particles[i], word, len) == 0)
            return true;
    return false;
}

/* "mueller" also as "muller", so that a typed "Müller" finds it. False when there is nothing to contract. */
static bool contract_digraphs(const char *word, size_t len, char *out, size_t *ret_len)
{
    size_t used = 0;

    for (size_t i = 0; i < len; i++) {
        bool digraph = i + 1 < len && ((word[i + 1] == 'e' && (word[i] == 'u' || word[i] == 'o' || word[i] == 'a')) ||
                                       (word[i] == 'a' && word[i + 1] == 'a'));

        out[used++] = word[i];
        if (digraph)
            i++;
    }
    *ret_len = used;
    return used < len;
}

static void add_umlaut_spellings(struct folder *f, const struct piece *piece)
{
    char contracted[KITH_WORD_BYTES];
    size_t len = 0;

    if (piece->other_len > 0)
        kith_words_add_spelling(f->words, piece->other, piece->other_len);
    else if (contract_digraphs(piece->text, piece->len, contracted, &len))
        kith_words_add_spelling(f->words, contracted, len);
}

static void add_joined(struct folder *f, const char *particle, const struct piece *piece)
{
    char joined[2 * KITH_WORD_BYTES];

    (void)kith_text_format(joined, sizeof(joined), "%s%s", particle, piece->text);
    kith_words_add_spelling(f->words, joined, strlen(joined));
}

/* "van der Berg" is also "derberg" and "vanderberg". */
static void join_particle(struct folder *f, const struct piece *piece)
{
    char before[KITH_WORD_BYTES];

    if (f->particle[0])
        add_joined(f, f->particle, piece);
    if (strcmp(f->particle, f->particles) != 0)
        add_joined(f, f->particles, piece);
    (void)kith_text_copy(before, sizeof(before), f->particles);
    f->particle[0] = f->particles[0] = '\0';
    if (!is_particle(piece->text, piece->len))
        return;
    (void)kith_text_copy(f->particle, sizeof(f->particle), piece->text);
    (void)kith_text_format(f->particles, sizeof(f->particles), "%s%s", before, piece->text); /* cut: no name */
}

/* "الرشيد" also as "رشيد": the article is a part of the word, and of no interest to who looks for it. */
static void add_without_article(struct folder *f, const struct piece *piece)
{
    static const char ARTICLE[] = "ال";
    enum { LETTER_BYTES = 2, SHORTEST_REST = 3 };
    size_t article = strlen(ARTICLE);

    if (piece->plain.script == KITH_SCRIPT_ARABIC && piece->len >= article + SHORTEST_REST * LETTER_BYTES &&
        kith_text_starts_with(piece->text, ARTICLE))
        kith_words_add_spelling(f->words, piece->text + article, piece->len - article);
}

static void end_initials(struct folder *f)
{
    if (f->n_initials > 1)
        kith_words_add_spelling(f->words, f->initials, f->n_initials);
    f->n_initials = 0;
}

static void note_initial(struct folder *f, const struct piece *piece)
{
    bool is_initial = piece->len == 1 && piece->text[0] >= 'a' && piece->text[0] <= 'z';

    if (is_initial && f->n_initials < INITIALS_MAX)
        f->initials[f->n_initials++] = piece->text[0];
    else
        end_initials(f);
}

static void add_word(struct folder *f, const struct piece *piece)
{
    if (piece->len == 0 || f->words_left == 0)
        return;
    f->words_left--;
    (void)kith_words_add(f->words, piece->text, piece->len); /* no room: not found by this word */
    if (f->how == KITH_SPELLINGS_NONE)
        return;

    if (piece->plain.script <= KITH_SCRIPT_LATIN)
        add_umlaut_spellings(f, piece);
    else
        kith_spell_latin(f->n, &piece->plain, f->how, f->words);
    add_without_article(f, piece);
    if (f->how != KITH_SPELLINGS_NAME)
        return;
    note_initial(f, piece);
    join_particle(f, piece);
}

/* --- Pieces ---------------------------------------------------------------- */

static void append_piece(struct piece *to, const struct piece *piece)
{
    if (to->other_len > 0 || piece->other_len > 0) {
        const char *before = to->other_len > 0 ? to->other : to->text;
        const char *after = piece->other_len > 0 ? piece->other : piece->text;
        char joined[2 * KITH_WORD_BYTES];

        (void)kith_text_format(joined, sizeof(joined), "%s%s", before, after);
        (void)kith_text_copy(to->other, sizeof(to->other), joined); /* a long word is cut */
        to->other_len = strlen(to->other);
    }
    (void)kith_text_copy(to->text + to->len, sizeof(to->text) - to->len, piece->text);
    to->len += strlen(to->text + to->len);
    for (size_t i = 0; i < piece->plain.n && to->plain.n < KITH_WORD_LETTERS; i++)
        to->plain.letter[to->plain.n++] = piece->plain.letter[i];
    if (to->plain.script == KITH_SCRIPT_NONE)
        to->plain.script = piece->plain.script;
}

/* "Jean-Luc": jean, luc, jeanluc. "O'Brien": obrien, brien. "Al-Ma'mun": al, mamun, almamun, mun. */
static void end_compound(struct folder *f)
{
    struct piece word = f->piece[0];
    struct piece all = f->piece[0];
    bool has_hyphen = false;

    for (size_t i = 1; i < f->n_pieces; i++) {
        append_piece(&all, &f->piece[i]);
        if (f->piece[i].after_apostrophe) {
            append_piece(&word, &f->piece[i]);
            continue;
        }
        add_word(f, &word);
        word = f->piece[i];
        has_hyphen = true;
    }
    add_word(f, &word);
    if (f->how == KITH_SPELLINGS_NONE)
        return;

    for (size_t i = 0; i < f->n_pieces; i++)
        kith_words_add_spelling(f->words, f->piece[i].text, f->piece[i].len);
    if (has_hyphen && all.plain.script <= KITH_SCRIPT_LATIN) {
        kith_words_add_spelling(f->words, all.text, all.len);
        kith_words_add_spelling(f->words, all.other, all.other_len);
    } else if (has_hyphen) {
        kith_words_add_spelling(f->words, all.text, all.len);
        kith_spell_latin(f->n, &all.plain, f->how, f->words);
    }
}

static void end_word(struct folder *f)
{
    if (f->in_piece)
        f->n_pieces++;
    f->in_piece = false;
    if (f->n_pieces == 1)
        add_word(f, &f->piece[0]);
    else if (f->n_pieces > 1)
        end_compound(f);
    f->n_pieces = 0;
}

static void end_piece(struct folder *f, bool apostrophe)
{
    if (!f->in_piece)
        return;
    if (f->n_pieces + 1 == PIECES_MAX) {
        end_word(f);
        return;
    }
    f->in_piece = false;
    f->n_pieces++;
    f->piece[f->n_pieces].after_apostrophe = apostrophe;
}

static struct piece *open_piece(struct folder *f)
{
    struct piece *piece = &f->piece[f->n_pieces];

    if (f->in_piece)
        return piece;
    if (f->n_pieces == 0)
        piece->after_apostrophe = false;
    piece->text[0] = piece->other[0] = '\0';
    piece->len = piece->other_len = 0;
    piece->plain.n = 0;
    piece->plain.script = KITH_SCRIPT_NONE;
    f->in_piece = true;
    return piece;
}

/* --- One character --------------------------------------------------------- */

/* Where two kinds of writing meet there is a word's edge without a space: "山田Taro". */
static bool begins_other_writing(const struct piece *piece, enum kith_script script)
{
    enum kith_script before = piece->plain.script;
    bool both_japanese = before >= KITH_SCRIPT_KANA && script >= KITH_SCRIPT_KANA;

    if (before == KITH_SCRIPT_NONE || script == KITH_SCRIPT_NONE || before == script || both_japanese)
        return false;
    return kith_script_is_cjk(before) || kith_script_is_cjk(script);
}

static bool is_ascii_word(char c)
{
    unsigned char u = (unsigned char)c;

    return (unsigned char)((u | 0x20) - 'a') < 26 || (unsigned char)(u - '0') < 10;
}

static size_t append_lower(char *out, size_t len, size_t size, const char *text, size_t n)
{
    for (size_t i = 0; i < n && len + 1 < size; i++)
        out[len++] = (char)(text[i] | 0x20); /* digits have that bit already */
    out[len] = '\0';
    return len;
}

/* The ASCII letters and digits at text up to end, in one go: most names are nothing else. Returns how many. */
static size_t add_ascii_run(struct folder *f, const char *text, const char *end)
{
    size_t n = 0;

    while (text + n < end && is_ascii_word(text[n]))
        n++;
    if (f->in_piece && text[0] > '9' && begins_other_writing(&f->piece[f->n_pieces], KITH_SCRIPT_LATIN))
        end_word(f);

    struct piece *piece = open_piece(f);

    piece->len = append_lower(piece->text, piece->len, sizeof(piece->text), text, n);
    if (piece->other_len > 0)
        piece->other_len = append_lower(piece->other, piece->other_len, sizeof(piece->other), text, n);
    if (piece->plain.script == KITH_SCRIPT_NONE && text[0] > '9')
        piece->plain.script = KITH_SCRIPT_LATIN;
    for (size_t i = 0; i < n && piece->plain.script > KITH_SCRIPT_LATIN && piece->plain.n < KITH_WORD_LETTERS; i++)
        piece->plain.letter[piece->plain.n++] = (uint32_t)(text[i] | 0x20);
    return n;
}

static void add_other(struct piece *piece, const char *text, const char *other)
{
    if (other[0] && piece->other_len == 0 && piece->len < sizeof(piece->other)) {
        memcpy(piece->other, piece->text, piece->len);
        piece->other_len = piece->len;
    }
    if (other[0] || piece->other_len > 0) {
        (void)kith_text_copy(piece->other + piece->other_len, sizeof(piece->other) - piece->other_len,
                             other[0] ? other : text);
        piece->other_len += strlen(piece->other + piece->other_len);
    }
}

static void add_letter(struct folder *f, const struct kith_folded_letter *letter)
{
    if (f->in_piece && begins_other_writing(&f->piece[f->n_pieces], letter->script))
        end_word(f);

    struct piece *piece = open_piece(f);

    add_other(piece, letter->text, letter->other);
    (void)kith_text_copy(piece->text + piece->len, sizeof(piece->text) - piece->len, letter->text); /* may be cut */
    piece->len += strlen(piece->text + piece->len);
    if (piece->plain.n < KITH_WORD_LETTERS)
        piece->plain.letter[piece->plain.n++] = letter->plain;
    if (letter->script > piece->plain.script)
        piece->plain.script = letter->script;
}

/* The sign that takes a letter's vowel away is no part of a key, but it is heard in the Latin form. */
static void keep_heard_mark(struct kith_plain_word *plain, uint32_t cp)
{
    if (plain->script == KITH_SCRIPT_OTHER && plain->n < KITH_WORD_LETTERS)
        plain->letter[plain->n++] = cp;
}

static void add_character(struct folder *f, uint32_t cp)
{
    struct kith_folded_letter letter;

    kith_letter_fold(cp, &letter);
    switch (letter.letter_class) {
    case KITH_LETTER_PART:
        add_letter(f, &letter);
        break;
    case KITH_LETTER_DROP:
        if (f->in_piece)
            keep_heard_mark(&f->piece[f->n_pieces].plain, cp);
        break;
    case KITH_LETTER_HYPHEN:
        end_piece(f, /* apostrophe= */ false);
        break;
    case KITH_LETTER_APOSTROPHE:
        end_piece(f, /* apostrophe= */ true);
        break;
    case KITH_LETTER_BREAK:
        end_word(f);
        break;
    }
}

static void add_ascii_separator(struct folder *f, char c)
{
    if (c == '-' || c == '&')
        end_piece(f, /* apostrophe= */ false);
    else if (c == '\'' || c == '`')
        end_piece(f, /* apostrophe= */ true);
    else
        end_word(f);
}

/* --- Whole texts ----------------------------------------------------------- */

size_t kith_fold_compatibility(const char *text, size_t len, uint32_t *ret, size_t max)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar given[KITH_WORDS_FIELD_BYTES];
    UChar folded[2 * KITH_WORDS_FIELD_BYTES];
    int32_t given_len = 0;
    size_t n = 0;

    u_strFromUTF8WithSub(given, (int32_t)KITH_COUNT_OF(given), &given_len, text, (int32_t)len, 0xFFFD, NULL, &status);
    const UNormalizer2 *nfkc = unorm2_getNFKCCasefoldInstance(&status);
    int32_t folded_len = unorm2_normalize(nfkc, given, given_len, folded, (int32_t)KITH_COUNT_OF(folded), &status);
    if (U_FAILURE(status)) /* one ligature may stand for 18 letters: such a text is nobody's name */
        return 0;

    for (int32_t i = 0; i < folded_len && n < max;) {
        UChar32 cp;

        U16_NEXT(folded, i, folded_len, cp);
        ret[n++] = (uint32_t)cp;
    }
    return n;
}

static void fold_compatible(struct folder *f, const char *text, size_t len)
{
    uint32_t cps[KITH_WORDS_FIELD_BYTES];
    size_t n = kith_fold_compatibility(text, len, cps, KITH_COUNT_OF(cps));

    for (size_t i = 0; i < n && f->words_left > 0; i++) {
        char c = cps[i] < 0x80 ? (char)cps[i] : '\0';

        if (cps[i] >= 0x80)
            add_character(f, cps[i]);
        else if (is_ascii_word(c))
            (void)add_ascii_run(f, &c, &c + 1);
        else
            add_ascii_separator(f, c);
    }
}

static void fold_plain(struct folder *f, const char *text, size_t len)
{
    const char *end = text + len;

    while (text < end && f->words_left > 0) {
        if (is_ascii_word(*text))
            text += add_ascii_run(f, text, end);
        else if ((unsigned char)*text < 0x80)
            add_ascii_separator(f, *text++);
        else
            add_character(f, kith_utf8_next(&text, end));
    }
}

static bool is_ascii(const char *text, size_t len)
{
    unsigned char all = 0;

    for (size_t i = 0; i < len; i++)
        all |= (unsigned char)text[i];
    return all < 0x80;
}

static void fold(struct folder *f, const char *text)
{
    size_t len = strnlen(text, KITH_WORDS_FIELD_BYTES);

    if (len == KITH_WORDS_FIELD_BYTES)
        len = kith_utf8_valid_len(text, len - 1);
    if (!is_ascii(text, len) && kith_letters_need_icu(text, len))
        fold_compatible(f, text, len);
    else
        fold_plain(f, text, len);
    end_word(f);
    end_initials(f);
}

static void init(struct folder *f, struct kith_normaliser *n, struct kith_words *words)
{
    /* Pieces are set up as they open: clearing all of them would cost more than a name. */
    f->n = n;
    f->words = words;
    f->how = KITH_SPELLINGS_NONE;
    f->words_left = KITH_WORDS_MAX;
    f->n_pieces = 0;
    f->in_piece = false;
    f->n_initials = 0;
    f->particle[0] = f->particles[0] = '\0';
}

void kith_fold_words(struct kith_normaliser *n, const char *text, enum kith_spellings how, struct kith_words *words)
{
    struct folder f;

    init(&f, n, words);
    f.how = how;
    fold(&f, text);
}

void kith_fold_beginning(struct kith_normaliser *n, const char *text, size_t max_words, struct kith_words *words)
{
    struct folder f;

    init(&f, n, words);
    f.words_left = max_words;
    fold(&f, text);
}

/*
 * Most texts are words of ASCII, and without spellings there is nothing to fold in them but the case.
 * false: this one has more in it.
 */
static bool fold_ascii(const char *text, struct kith_buf *out)
{
    enum { SHORT_TEXT = 128 };
    char words[SHORT_TEXT + 3] = " "; /* each between two blanks */
    size_t len = 1, begin = 1;

    for (size_t i = 0; i <= SHORT_TEXT; i++) {
        if (is_ascii_word(text[i])) {
            words[len++] = (char)(text[i] | 0x20);
            continue;
        }
        if ((unsigned char)text[i] >= 0x80 || text[i] == '\'' || text[i] == '`' || len - begin >= KITH_WORD_BYTES)
            return false;
        if (len > begin) {
            words[len++] = ' ';
            words[len] = '\0';
            len = strstr(words, words + begin - 1) < words + begin - 1 ? begin : len; /* each word once */
            begin = len;
        }
        if (text[i] != '\0')
            continue;
        if (len > 1 && out->len > 0)
            (void)kith_buf_add_char(out, ' ');                     /* out->full tells */
        (void)kith_buf_add(out, words + 1, len > 1 ? len - 2 : 0); /* without the last blank */
        return true;
    }
    return false;
}

void kith_normalise_fold(struct kith_normaliser *n, const char *text, struct kith_buf *out)
{
    struct kith_words words;

    if (fold_ascii(text, out))
        return;
    kith_words_init(&words, KITH_WORDS_BYTES);
    kith_fold_words(n, text, KITH_SPELLINGS_NONE, &words);
    kith_words_write(&words, out);
}
