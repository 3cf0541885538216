/* SPDX-License-Identifier: MIT */
/*
 * spellings.c - how words of other alphabets are typed on a Latin keyboard.
 *
 * Before: fold.c found a word that is not Latin. After: its spellings stand among the
 * contact's words.
 *
 * There is no one right romanisation: passports, newspapers, neighbours and ICU each
 * have theirs, and a person types the one they know. So a Cyrillic or Greek word gets
 * the few that are common; they are short and mostly share their beginnings.
 */
#include "normalise/normaliser_parts.h"

#include "base/text.h"

enum { SPELLING_BYTES = 160 };

/* Latin letters of one word that is being spelled; what does not fit is cut, beginnings find. */
struct spelling {
    char text[SPELLING_BYTES];
    size_t len;
};

static void put(struct spelling *s, const char *letters)
{
    (void)kith_text_copy(s->text + s->len, sizeof(s->text) - s->len, letters);
    s->len += strlen(s->text + s->len);
}

/* --- Cyrillic -------------------------------------------------------------- */

enum cyrillic_scheme {
    CYRILLIC_BGN,      /* Yuliya, Aleksey, Yeltsin */
    CYRILLIC_PASSPORT, /* Iuliia, Aleksei, Eltsin */
    CYRILLIC_SLAVIC,   /* Julija, Aleksej: as Serbs, Czechs and Germans write */
    CYRILLIC_BARE,     /* Ulia: ICU's letters without their marks */
    CYRILLIC_SCHEMES
};

struct cyrillic_letter {
    uint32_t letter;
    const char *latin[CYRILLIC_SCHEMES];
};

static const struct cyrillic_letter cyrillic[] = {
    {0x430, {"a", "a", "a", "a"}},        /* а */
    {0x431, {"b", "b", "b", "b"}},        /* б */
    {0x432, {"v", "v", "v", "v"}},        /* в */
    {0x433, {"g", "g", "g", "g"}},        /* г */
    {0x434, {"d", "d", "d", "d"}},        /* д */
    {0x435, {"e", "e", "e", "e"}},        /* е */
    {0x436, {"zh", "zh", "z", "z"}},      /* ж */
    {0x437, {"z", "z", "z", "z"}},        /* з */
    {0x438, {"i", "i", "i", "i"}},        /* и */
    {0x439, {"y", "i", "j", "j"}},        /* й */
    {0x43A, {"k", "k", "k", "k"}},        /* к */
    {0x43B, {"l", "l", "l", "l"}},        /* л */
    {0x43C, {"m", "m", "m", "m"}},        /* м */
    {0x43D, {"n", "n", "n", "n"}},        /* н */
    {0x43E, {"o", "o", "o", "o"}},        /* о */
    {0x43F, {"p", "p", "p", "p"}},        /* п */
    {0x440, {"r", "r", "r", "r"}},        /* р */
    {0x441, {"s", "s", "s", "s"}},        /* с */
    {0x442, {"t", "t", "t", "t"}},        /* т */
    {0x443, {"u", "u", "u", "u"}},        /* у */
    {0x444, {"f", "f", "f", "f"}},        /* ф */
    {0x445, {"kh", "kh", "h", "h"}},      /* х */
    {0x446, {"ts", "ts", "c", "c"}},      /* ц */
    {0x447, {"ch", "ch", "c", "c"}},      /* ч */
    {0x448, {"sh", "sh", "s", "s"}},      /* ш */
    {0x449, {"shch", "shch", "sc", "s"}}, /* щ */
    {0x44A, {"", "ie", "", ""}},          /* ъ */
    {0x44B, {"y", "y", "y", "y"}},        /* ы */
    {0x44C, {"", "", "", ""}},            /* ь */
    {0x44D, {"e", "e", "e", "e"}},        /* э */
    {0x44E, {"yu", "iu", "ju", "u"}},     /* ю */
    {0x44F, {"ya", "ia", "ja", "a"}},     /* я */
    {0x450, {"e", "e", "e", "e"}},        /* ѐ */
    {0x451, {"yo", "e", "jo", "e"}},      /* ё */
    {0x452, {"dj", "dj", "d", "d"}},      /* ђ */
    {0x453, {"gj", "g", "gj", "g"}},      /* ѓ */
    {0x454, {"ye", "ie", "je", "e"}},     /* є */
    {0x455, {"dz", "dz", "dz", "z"}},     /* ѕ */
    {0x456, {"i", "i", "i", "i"}},        /* і */
    {0x457, {"yi", "i", "ji", "i"}},      /* ї */
    {0x458, {"j", "j", "j", "j"}},        /* ј */
    {0x459, {"lj", "lj", "lj", "l"}},     /* љ */
    {0x45A, {"nj", "nj", "nj", "n"}},     /* њ */
    {0x45B, {"c", "c", "c", "c"}},        /* ћ */
    {0x45C, {"kj", "k", "kj", "k"}},      /* ќ */
    {0x45D, {"i", "i", "i", "i"}},        /* ѝ */
    {0x45E, {"w", "u", "u", "u"}},        /* ў */
    {0x45F, {"dzh", "dzh", "dz", "d"}},   /* џ */
    {0x491, {"g", "g", "g", "g"}},        /* ґ */
    {0x493, {"gh", "g", "g", "g"}},       /* ғ */
    {0x49B, {"q", "k", "k", "k"}},        /* қ */
    {0x4A3, {"ng", "n", "n", "n"}},       /* ң */
    {0x4AF, {"u", "u", "u", "u"}},        /* ү */
    {0x4B1, {"u", "u", "u", "u"}},        /* ұ */
    {0x4BB, {"h", "h", "h", "h"}},        /* һ */
    {0x4D9, {"a", "a", "a", "a"}},        /* ә */
    {0x4E9, {"o", "o", "o", "o"}},        /* ө */
};

static const struct cyrillic_letter *cyrillic_row(uint32_t letter)
{
    if (letter >= 0x430 && letter <= 0x44F)
        return &cyrillic[letter - 0x430];
    for (size_t i = 0x20; i < KITH_COUNT_OF(cyrillic); i++)
        if (cyrillic[i].letter == letter)
            return &cyrillic[i];
    return NULL;
}

static bool is_ukrainian(const struct kith_normaliser *n, const struct kith_plain_word *word)
{
    if (strncmp(n->language, "uk", 2) == 0)
        return true;
    for (size_t i = 0; i < word->n; i++)
        if (word->letter[i] == 0x454 || word->letter[i] == 0x456 || word->letter[i] == 0x457)
            return true;
    return false;
}

static bool is_cyrillic_vowel_or_sign(uint32_t c)
{
    switch (c) {
    case 0x430:
    case 0x435:
    case 0x438:
    case 0x43E:
    case 0x443:
    case 0x44A:
    case 0x44B:
    case 0x44C:
    case 0x44D:
    case 0x44E:
    case 0x44F:
    case 0x451:
        return true;
    default:
        return false;
    }
}

/* BGN: е is "ye" at the beginning and after vowels and signs. */
static bool is_ye(const struct kith_plain_word *word, size_t i)
{
    return word->letter[i] == 0x435 && (i == 0 || is_cyrillic_vowel_or_sign(word->letter[i - 1]));
}

static void spell_cyrillic_letter(const struct kith_plain_word *word, size_t i, enum cyrillic_scheme scheme,
                                  bool ukrainian, struct spelling *s)
{
    const struct cyrillic_letter *row = cyrillic_row(word->letter[i]);

    bool before_e = i + 1 < word->n && (word->letter[i + 1] == 0x435 || word->letter[i + 1] == 0x451);

    if (scheme == CYRILLIC_BGN && is_ye(word, i) && !ukrainian)
        put(s, "ye");
    else if (scheme == CYRILLIC_PASSPORT && word->letter[i] == 0x44C && before_e)
        put(s, "i"); /* Soloviev */
    else if (ukrainian && scheme != CYRILLIC_BARE && word->letter[i] == 0x433)
        put(s, "h");
    else if (ukrainian && scheme != CYRILLIC_BARE && word->letter[i] == 0x438)
        put(s, "y");
    else if (row)
        put(s, row->latin[scheme]);
}

static void replace(struct spelling *s, size_t at, size_t len, const char *with)
{
    size_t with_len = strlen(with); /* never longer than len */

    memcpy(s->text + at, with, with_len);
    memmove(s->text + at + with_len, s->text + at + len, s->len - at - len + 1);
    s->len -= len - with_len;
}

static void replace_all(struct spelling *s, const char *what, const char *with)
{
    char *found = strstr(s->text, what);

    while (found) {
        size_t at = (size_t)(found - s->text);

        replace(s, at, strlen(what), with);
        found = strstr(s->text + at + strlen(with), what);
    }
}

static void replace_end(struct spelling *s, const char *what, const char *with)
{
    size_t len = strlen(what);

    if (s->len > len && kith_text_ends_with(s->text, what))
        replace(s, s->len - len, len, with);
}

/* As newspapers and the people themselves shorten it: Dmitry, Maria, Alexey, Sergei. */
static void simplify_cyrillic(struct spelling *s)
{
    replace_all(s, "ks", "x");
    replace_end(s, "iya", "ia");
    replace_end(s, "iia", "ia");
    replace_end(s, "ija", "ia");
    replace_end(s, "iy", "y");
    replace_end(s, "yy", "y");
    replace_end(s, "ii", "i");
    replace_end(s, "yi", "y");
}

static void add(const struct spelling *s, struct kith_words *words)
{
    kith_words_add_spelling(words, s->text, s->len);
}

/* Yevgeniya and Evgenia, Yelena and Elena: the short form does not keep BGN's "ye". */
static void drop_leading_y(struct spelling *s)
{
    if (s->len > 2 && s->text[0] == 'y' && s->text[1] == 'e')
        replace(s, 0, 2, "e");
}

static void spell_cyrillic(const struct kith_normaliser *n, const struct kith_plain_word *word,
                           struct kith_words *words)
{
    bool ukrainian = is_ukrainian(n, word);

    for (int scheme = 0; scheme < CYRILLIC_SCHEMES; scheme++) {
        struct spelling s = {.len = 0};

        for (size_t i = 0; i < word->n; i++)
            spell_cyrillic_letter(word, i, (enum cyrillic_scheme)scheme, ukrainian, &s);
        add(&s, words);
        simplify_cyrillic(&s);
        add(&s, words);
        drop_leading_y(&s);
        add(&s, words);
        if (scheme == CYRILLIC_BGN) {
            replace_all(&s, "kh", "h");
            add(&s, words);
        }
    }
}

/* --- Greek ----------------------------------------------------------------- */

enum greek_scheme {
    GREEK_ELOT,    /* what passports have: Giorgos, Christos, Eirini */
    GREEK_EAR,     /* as it sounds, and BGN: Yiorgos, Hristos, Irini */
    GREEK_YOUNG,   /* the same with y alone: Yorgos, Yannis */
    GREEK_CLASSIC, /* ICU's letters: Demetrios, Philippos, Basileios */
    GREEK_SCHEMES
};

enum {
    ALPHA = 0x3B1,
    BETA,
    GAMMA,
    DELTA,
    EPSILON,
    ZETA,
    ETA,
    THETA,
    IOTA,
    KAPPA,
    LAMDA,
    MU,
    NU,
    XI,
    OMICRON,
    PI,
    RHO,
    FINAL_SIGMA,
    SIGMA,
    TAU,
    UPSILON,
    PHI,
    CHI,
    PSI,
    OMEGA
};

static uint32_t greek_base(uint32_t c)
{
    static const struct {
        uint32_t accented, base;
    } accents[] = {{0x3AC, ALPHA},   {0x3AD, EPSILON}, {0x3AE, ETA},  {0x3AF, IOTA},
                   {0x3CC, OMICRON}, {0x3CD, UPSILON}, {0x3CE, OMEGA}};

    for (size_t i = 0; i < KITH_COUNT_OF(accents); i++)
        if (accents[i].accented == c)
            return accents[i].base;
    return c;
}

/* Letter i of word without tonos; 0 beyond its ends. A diaeresis stays: it keeps two vowels apart. */
static uint32_t greek_at(const struct kith_plain_word *word, size_t i)
{
    return i < word->n ? greek_base(word->letter[i]) : 0;
}

static bool is_greek_e_or_i(uint32_t c)
{
    return c == EPSILON || c == ETA || c == IOTA || c == UPSILON;
}

static bool is_greek_vowel(uint32_t c)
{
    return c == ALPHA || c == EPSILON || c == ETA || c == IOTA || c == OMICRON || c == UPSILON || c == OMEGA;
}

static bool is_greek_unvoiced(uint32_t c)
{
    return c == 0 || c == THETA || c == KAPPA || c == XI || c == PI || c == SIGMA || c == FINAL_SIGMA || c == TAU ||
           c == PHI || c == CHI || c == PSI;
}

/* αυ, ευ, ου, αι, ει, οι: letters that are heard together. NULL when the two are not such a pair. */
static const char *greek_vowel_pair(uint32_t a, uint32_t b, uint32_t after, enum greek_scheme scheme)
{
    bool ear = scheme == GREEK_EAR || scheme == GREEK_YOUNG;

    if (b == UPSILON && a == OMICRON)
        return "ou";
    if (b == UPSILON && (a == ALPHA || a == EPSILON) && scheme != GREEK_CLASSIC) {
        if (a == ALPHA)
            return is_greek_unvoiced(after) ? "af" : "av";
        return is_greek_unvoiced(after) ? "ef" : "ev";
    }
    if (b == IOTA && ear) {
        if (a == ALPHA)
            return "e";
        if (a == EPSILON || a == OMICRON)
            return "i";
    }
    return NULL;
}

static const char *greek_consonant_pair(uint32_t a, uint32_t b, bool first, enum greek_scheme scheme)
{
    bool ear = scheme == GREEK_EAR || scheme == GREEK_YOUNG;

    if (scheme == GREEK_CLASSIC)
        return NULL;
    if (a == GAMMA && b == GAMMA)
        return "ng";
    if (a == GAMMA && b == KAPPA)
        return ear || first ? "g" : "gk";
    if (a == MU && b == PI)
        return ear || first ? "b" : "mp";
    if (a == NU && b == TAU && (ear || first))
        return "d";
    return NULL;
}

static const char *greek_single(uint32_t c, uint32_t after, enum greek_scheme scheme)
{
    static const char *const plain[] = {"a", "v", "g", "d", "e", "z", "i", "th", "i", "k",  "l",  "m", "n",
                                        "x", "o", "p", "r", "s", "s", "t", "y",  "f", "ch", "ps", "o"};
    bool ear = scheme == GREEK_EAR || scheme == GREEK_YOUNG;

    if (c == 0x3CA || c == 0x390)
        return "i";
    if (c == 0x3CB || c == 0x3B0)
        return "y";
    if (c < ALPHA || c > OMEGA)
        return "";
    if (ear && c == GAMMA && is_greek_e_or_i(after))
        return "y";
    if (ear && c == CHI)
        return "h";
    if (ear && c == UPSILON)
        return "i";
    if (scheme != GREEK_CLASSIC)
        return plain[c - ALPHA];
    if (c == ETA)
        return "e";
    if (c == BETA)
        return "b";
    if (c == PHI)
        return "ph";
    return plain[c - ALPHA];
}

/* Spell what begins at i; returns how many letters that took. */
static size_t spell_greek_at(const struct kith_plain_word *word, size_t i, enum greek_scheme scheme, struct spelling *s)
{
    uint32_t a = greek_at(word, i);
    uint32_t b = greek_at(word, i + 1);
    uint32_t after = greek_at(word, i + 2);
    bool second_accent_on_first = word->letter[i] != a && (b == IOTA || b == UPSILON); /* άι: two sounds */
    const char *pair = second_accent_on_first ? NULL : greek_vowel_pair(a, b, after, scheme);

    if (!pair)
        pair = greek_consonant_pair(a, b, i == 0, scheme);
    if (pair) {
        put(s, pair);
        return 2;
    }
    if (scheme == GREEK_YOUNG && a == GAMMA && b == IOTA && is_greek_vowel(after)) {
        put(s, "y");
        return 2;
    }
    put(s, greek_single(a, b, scheme));
    return 1;
}

static void spell_greek(const struct kith_plain_word *word, struct kith_words *words)
{
    for (int scheme = 0; scheme < GREEK_SCHEMES; scheme++) {
        struct spelling s = {.len = 0};

        for (size_t i = 0; i < word->n;)
            i += spell_greek_at(word, i, (enum greek_scheme)scheme, &s);
        add(&s, words);
        if (scheme == GREEK_ELOT) {
            replace_all(&s, "ch", "h");
            add(&s, words);
        }
    }
}

/* --- Everything else ------------------------------------------------------- */

static void write_plain(const struct kith_plain_word *word, char *out, size_t out_size)
{
    size_t used = 0;

    for (size_t i = 0; i < word->n && used + 5 <= out_size; i++)
        used += kith_utf8_put(word->letter[i], out + used);
    out[used] = '\0';
}

static void add_latin_words(struct kith_normaliser *n, const char *latin, struct kith_words *words)
{
    struct kith_words spelled;

    kith_words_init(&spelled, KITH_WORDS_BYTES);
    kith_fold_words(n, latin, KITH_SPELLINGS_NONE, &spelled);
    for (size_t i = 0; i < spelled.n; i++)
        if (kith_script_of_text(kith_words_at(&spelled, i)) == KITH_SCRIPT_LATIN)
            kith_words_add_spelling(words, kith_words_at(&spelled, i), spelled.place[i].len);
}

/* Scholars write ś, ṣ and c in Indian names where everybody else writes sh and ch. */
static void add_as_in_india(struct kith_normaliser *n, const char *latin, struct kith_words *words)
{
    const char *end = latin + strlen(latin);
    struct spelling s = {.len = 0};

    while (latin < end) {
        const char *here = latin;
        uint32_t cp = kith_utf8_next(&latin, end);
        char as_it_is[8];

        (void)kith_text_copy_n(as_it_is, sizeof(as_it_is), here, (size_t)(latin - here));
        put(&s, cp == 0x15B || cp == 0x1E63 ? "sh" : cp == 'c' ? "ch" : as_it_is);
    }
    add_latin_words(n, s.text, words);
}

static void spell_by_icu(struct kith_normaliser *n, const struct kith_plain_word *word, struct kith_words *words)
{
    char text[4 * KITH_WORD_LETTERS + 1];
    char latin[8 * KITH_WORD_LETTERS];

    write_plain(word, text, sizeof(text));
    if (!kith_transliterate(n, KITH_TRANSLIT_ANY, text, latin, sizeof(latin)))
        return;
    add_latin_words(n, latin, words);
    if (word->script == KITH_SCRIPT_OTHER)
        add_as_in_india(n, latin, words);
}

void kith_spell_latin(struct kith_normaliser *n, const struct kith_plain_word *word, enum kith_spellings how,
                      struct kith_words *words)
{
    switch (word->script) {
    case KITH_SCRIPT_CYRILLIC:
        spell_cyrillic(n, word, words);
        break;
    case KITH_SCRIPT_GREEK:
        spell_greek(word, words);
        break;
    case KITH_SCRIPT_HEBREW:
    case KITH_SCRIPT_ARABIC:
        spell_by_icu(n, word, words);
        kith_skeleton_words(word, words);
        break;
    case KITH_SCRIPT_HANGUL:
    case KITH_SCRIPT_KANA:
    case KITH_SCRIPT_HAN:
        kith_spell_east_asian(n, word, how, words);
        break;
    case KITH_SCRIPT_NONE:
    case KITH_SCRIPT_LATIN:
        break;
    case KITH_SCRIPT_GEORGIAN:
    case KITH_SCRIPT_ARMENIAN:
    case KITH_SCRIPT_OTHER:
        spell_by_icu(n, word, words);
        break;
    }
}
