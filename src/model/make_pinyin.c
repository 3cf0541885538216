/* SPDX-License-Identifier: MIT */
/*
 * make_pinyin.c - writes pinyin_table.h while kith is built: what ICU reads each Han letter as.
 *
 * Before: nothing; a program of its own, for the machine that builds. After: pinyin.c looks readings up.
 *
 * Nothing is known here that ICU was not asked. A letter gets into the table when it is read the same
 * whatever stands around it, but for two things: at the beginning of a name some are read as family
 * names, and a few before a certain other letter. Every other letter is left to ICU at run time.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>
#include <unicode/uversion.h>

enum {
    FIRST = 0x3000, /* the first letter that may be in the table, and one behind the last */
    END = 0x40000,
    BEYOND_BMP = 0x10000,
    BLOCK = 64, /* letters that share a bitmap */
    TEXT_BYTES = 256,
    SYLLABLE_BYTES = 8,
    SYLLABLES_MAX = 0x1000,
    OTHERWISE_MAX = 256,
    NOT_HERE = 0xFFFF, /* the letter is left to ICU */
    ITSELF = 0         /* the reading of a letter that ICU has none for */
};

/* How a letter is read before another (0: any) as the first of a name, and inside it. */
struct otherwise {
    UChar32 letter;
    UChar32 next;
    unsigned at_first;
    unsigned inside;
};

static UTransliterator *names;
static char syllable[SYLLABLES_MAX][SYLLABLE_BYTES]; /* [ITSELF] stays "" */
static unsigned n_syllables = 1;
static uint16_t reading[END - FIRST];
static bool is_close[END - FIRST];
static struct otherwise otherwise[OTHERWISE_MAX];
static size_t n_otherwise;

static void die(const char *why)
{
    fprintf(stderr, "make_pinyin: %s\n", why);
    exit(EXIT_FAILURE);
}

static UTransliterator *open_rules(const char *id)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar wide[32];

    u_uastrcpy(wide, id);
    UTransliterator *rules = utrans_openU(wide, -1, UTRANS_FORWARD, NULL, 0, NULL, &status);
    if (U_FAILURE(status))
        die(u_errorName(status));
    return rules;
}

/* --- Asking ICU ------------------------------------------------------------ */

static void read_letters(const UChar32 *letter, size_t n, char *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UChar text[TEXT_BYTES];
    int32_t len = 0;

    for (size_t i = 0; i < n; i++)
        U16_APPEND_UNSAFE(text, len, letter[i]);
    int32_t limit = len;
    utrans_transUChars(names, text, &len, TEXT_BYTES, 0, &limit, &status);
    u_strToUTF8(out, TEXT_BYTES, NULL, text, limit, &status);
    if (U_FAILURE(status) || status == U_STRING_NOT_TERMINATED_WARNING)
        die("a letter with a reading longer than any");
}

/* Cut `before` and `after` off text; false: they are not there. */
static bool cut(char *text, const char *before, const char *after)
{
    size_t len = strlen(text), n_before = strlen(before), n_after = strlen(after);

    if (len < n_before + n_after || memcmp(text, before, n_before) != 0 || strcmp(text + len - n_after, after) != 0)
        return false;
    memmove(text, text + n_before, len - n_before - n_after);
    text[len - n_before - n_after] = '\0';
    return true;
}

/* The syllable's number; NOT_HERE: no single short one. */
static unsigned number_of(const char *text)
{
    unsigned i = 1;

    if (!text[0] || strlen(text) >= SYLLABLE_BYTES || strchr(text, ' '))
        return NOT_HERE;
    while (i < n_syllables && strcmp(syllable[i], text) != 0)
        i++;
    if (i == SYLLABLES_MAX)
        die("more syllables than numbers for them");
    if (i == n_syllables) {
        memcpy(syllable[i], text, strlen(text) + 1);
        n_syllables++;
    }
    return i;
}

static unsigned number_of_letter(UChar32 letter, const char *text)
{
    char as_it_is[5] = "";
    int32_t len = 0;

    U8_APPEND_UNSAFE(as_it_is, len, letter);
    return strcmp(text, as_it_is) == 0 ? ITSELF : number_of(text);
}

static const UChar32 ONE = 0x4E00; /* 一, stands for any other letter */
static const char ONE_READ[] = "y\xC4\xAB";

static void note_otherwise(UChar32 letter, UChar32 next, unsigned at_first, unsigned inside)
{
    if (n_otherwise == OTHERWISE_MAX)
        die("too many letters with several readings");
    otherwise[n_otherwise++] = (struct otherwise){letter, next, at_first, inside};
}

/* --- Single letters -------------------------------------------------------- */

/* 〇 is a number, 々 a sign of repetition: ICU writes no space between two of a kind, as it does beside any other. */
static bool stands_apart(UChar32 letter, const char *first, const char *inside)
{
    char twice[TEXT_BYTES], apart[2 * TEXT_BYTES];

    snprintf(apart, sizeof(apart), "%s %s", first, inside);
    read_letters((UChar32[]){letter, letter}, 2, twice);
    return strcmp(twice, apart) == 0;
}

static void read_letter(UChar32 letter)
{
    char first[TEXT_BYTES], inside[TEXT_BYTES], before[8], after[8];

    snprintf(before, sizeof(before), "%s ", ONE_READ);
    snprintf(after, sizeof(after), " %s", ONE_READ);
    read_letters((UChar32[]){letter, ONE}, 2, first);
    read_letters((UChar32[]){ONE, letter, ONE}, 3, inside);
    if (!cut(first, "", after) || !cut(inside, before, after))
        return;
    unsigned at_first = number_of_letter(letter, first);
    unsigned within = number_of_letter(letter, inside);

    /* Tens of thousands of rare letters have no reading: nobody's name is worth a list of them. */
    if (at_first == NOT_HERE || within == NOT_HERE || (within == ITSELF && letter >= BEYOND_BMP))
        return;
    reading[letter - FIRST] = (uint16_t)within;
    is_close[letter - FIRST] = !stands_apart(letter, first, inside);
    if (at_first != within)
        note_otherwise(letter, 0, at_first, within);
}

static void read_all_letters(void)
{
    for (UChar32 letter = FIRST; letter < END; letter++) {
        UErrorCode status = U_ZERO_ERROR;

        reading[letter - FIRST] = NOT_HERE;
        if (uscript_getScript(letter, &status) == USCRIPT_HAN)
            read_letter(letter);
    }
}

/* --- Letters before others ------------------------------------------------- */

static bool is_here(UChar32 letter)
{
    return letter >= FIRST && letter < END && reading[letter - FIRST] != NOT_HERE;
}

static void leave_to_icu(UChar32 letter)
{
    if (is_here(letter))
        reading[letter - FIRST] = NOT_HERE;
}

/* letter is read in its own way before next, which itself is read as ever. */
static bool read_pair(UChar32 letter, UChar32 next)
{
    char first[TEXT_BYTES], inside[TEXT_BYTES], before[8], after[SYLLABLE_BYTES + 1];

    snprintf(before, sizeof(before), "%s ", ONE_READ);
    snprintf(after, sizeof(after), " %s", syllable[reading[next - FIRST]]);
    read_letters((UChar32[]){letter, next}, 2, first);
    read_letters((UChar32[]){ONE, letter, next}, 3, inside);
    if (!cut(first, "", after) || !cut(inside, before, after))
        return false;
    unsigned at_first = number_of(first);
    unsigned within = number_of(inside);

    if (at_first == NOT_HERE || within == NOT_HERE)
        return false;
    note_otherwise(letter, next, at_first, within);
    return true;
}

/* The letters of one rule's left side; sets in brackets are of single letters. Returns how many. */
static size_t letters_of_rule(const UChar *rule, int32_t len, UChar32 *ret, size_t max)
{
    size_t n = 0;
    bool in_set = false;

    for (int32_t i = 0; i < len && n < max;) {
        UErrorCode status = U_ZERO_ERROR;
        UChar32 cp;

        U16_NEXT(rule, i, len, cp);
        if (cp == '>')
            break;
        if (cp == '[' || cp == ']')
            in_set = cp == '[';
        else if (!in_set && uscript_getScript(cp, &status) == USCRIPT_HAN)
            ret[n++] = cp;
    }
    return n;
}

static void read_rule(const UChar *rule, int32_t len)
{
    UChar32 letter[8];
    size_t n = letters_of_rule(rule, len, letter, sizeof(letter) / sizeof(letter[0]));

    if (n < 2 || (n == 2 && is_here(letter[0]) && is_here(letter[1]) && read_pair(letter[0], letter[1])))
        return;
    for (size_t i = 0; i < n; i++)
        leave_to_icu(letter[i]);
}

static void read_rules(const char *id)
{
    enum { RULES_UNITS = 1 << 20 };
    static UChar text[RULES_UNITS];
    UErrorCode status = U_ZERO_ERROR;
    UTransliterator *rules = open_rules(id);
    int32_t len = utrans_toRules(rules, /* escapeUnprintable= */ 0, text, RULES_UNITS, &status);

    if (U_FAILURE(status))
        die(u_errorName(status));
    for (int32_t start = 0, end; start < len; start = end + 1) {
        for (end = start; end < len && text[end] != '\n';)
            end++;
        read_rule(text + start, end - start);
    }
    utrans_close(rules);
}

/* --- Writing --------------------------------------------------------------- */

enum { OTHERWISE_FLAG = 0x8000, CLOSE_FLAG = 0x4000 };

static bool is_read_otherwise(UChar32 letter)
{
    for (size_t i = 0; i < n_otherwise; i++)
        if (otherwise[i].letter == letter)
            return true;
    return false;
}

static unsigned flags_of(UChar32 letter)
{
    return (is_read_otherwise(letter) ? OTHERWISE_FLAG : 0) | (is_close[letter - FIRST] ? CLOSE_FLAG : 0);
}

static void write_number(FILE *out, unsigned long long number, size_t *n_written)
{
    fprintf(out, "%s0x%llX,", (*n_written)++ % 8 == 0 ? "\n    " : " ", number);
}

static UChar32 end_of_table(void)
{
    UChar32 end = END;

    while (end > FIRST && !is_here(end - 1))
        end--;
    return FIRST + (end - FIRST + BLOCK - 1) / BLOCK * BLOCK;
}

static void write_readings(FILE *out)
{
    size_t n = 0;

    fprintf(out, "\n/* The syllable of each letter that is here, with flags: read otherwise too, not apart from others "
                 "like it. */\n"
                 "static const uint16_t pinyin_reading[] = {");
    for (UChar32 letter = FIRST; letter < END; letter++)
        if (is_here(letter))
            write_number(out, reading[letter - FIRST] | flags_of(letter), &n);
    fprintf(out, "\n};\n");
    if (n > UINT16_MAX)
        die("more letters than numbers for them");
}

static void write_blocks(FILE *out)
{
    UChar32 end = end_of_table();
    size_t n = 0, before = 0;

    fprintf(out, "\n/* Which letters are here, and how many are before them. */\n"
                 "static const struct pinyin_block pinyin_block[] = {");
    for (UChar32 block = FIRST; block < end; block += BLOCK) {
        uint32_t half[2] = {0, 0};
        size_t n_here = 0;

        for (UChar32 i = 0; i < BLOCK; i++) {
            half[i / 32] |= (uint32_t)is_here(block + i) << i % 32;
            n_here += is_here(block + i);
        }
        fprintf(out, "%s{{0x%X, 0x%X}, %zu},", n++ % 4 == 0 ? "\n    " : " ", (unsigned)half[0], (unsigned)half[1],
                before);
        before += n_here;
    }
    fprintf(out, "\n};\n");
}

static void write_otherwise(FILE *out)
{
    fprintf(out, "\n/* The syllables of a letter before another, 0 for any, as the first of a name and inside it. */\n"
                 "static const struct pinyin_otherwise pinyin_otherwise[] = {\n");
    for (size_t i = 0; i < n_otherwise; i++)
        fprintf(out, "    {0x%X, 0x%X, %u, %u},\n", (unsigned)otherwise[i].letter, (unsigned)otherwise[i].next,
                otherwise[i].at_first, otherwise[i].inside);
    fprintf(out, "};\n");
}

static void write_syllables(FILE *out)
{
    fprintf(out, "\nstatic const char pinyin_syllable[][%d] = {\n", SYLLABLE_BYTES);
    for (unsigned i = 0; i < n_syllables; i++)
        fprintf(out, "    \"%s\",\n", syllable[i]);
    fprintf(out, "};\n");
}

static void write_table(FILE *out)
{
    fprintf(out, "/* Made by make_pinyin.c. */\n\n");
    fprintf(out,
            "enum {\n    PINYIN_ICU = %d,\n    PINYIN_FIRST = 0x%X,\n    PINYIN_OTHERWISE = 0x%X,\n    PINYIN_CLOSE = "
            "0x%X\n};\n",
            U_ICU_VERSION_MAJOR_NUM, FIRST, OTHERWISE_FLAG, CLOSE_FLAG);
    write_syllables(out);
    write_otherwise(out);
    write_readings(out);
    write_blocks(out);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        die("usage: make_pinyin FILE");
    names = open_rules("Han-Latin/Names");
    read_all_letters();
    read_rules("Han-Latin/Names");
    read_rules("Han-Latin");

    FILE *out = fopen(argv[1], "w");
    if (!out)
        die("could not write the table");
    write_table(out);
    if (fclose(out) != 0)
        die("could not write the table");
    utrans_close(names);
    return EXIT_SUCCESS;
}
