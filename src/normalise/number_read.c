/* SPDX-License-Identifier: MIT */
/*
 * number_read.c - takes a written number apart: scheme, label, digits, extension.
 *
 * Before: a source, a caller's display or a person wrote it. After: number_plain.c or
 * libphonenumber make a number of its digits.
 *
 * libphonenumber reads anything with a digit in it: "(home)" becomes 4663, a pause becomes
 * part of the number, "112" a number in Germany. So what is no part of the number goes first.
 */
#include "normalise/number_plain.h"

#include <unicode/uchar.h>

#include "base/cleanup.h"
#include "base/text.h"

enum { READ_BYTES = 128, ENOUGH_DIGITS = 7 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static size_t count_digits(const char *text, size_t len)
{
    size_t n = 0;

    for (size_t i = 0; i < len; i++)
        n += is_digit(text[i]);
    return n;
}

/* --- Characters ------------------------------------------------------------ */

/* What a character stands for among digits; 0 for nothing. */
static char to_ascii(uint32_t cp)
{
    if (cp >= 0xFF01 && cp <= 0xFF5E)
        cp -= 0xFEE0; /* full width */
    if (cp < 0x80)
        return cp == '\t' || cp == '\r' ? ' ' : (char)cp;

    int32_t digit = u_charDigitValue((UChar32)cp);
    if (digit >= 0)
        return (char)('0' + digit);
    switch (u_charType((UChar32)cp)) {
    case U_DASH_PUNCTUATION:
        return '-';
    case U_SPACE_SEPARATOR:
        return ' ';
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
        return '\n';
    case U_FORMAT_CHAR:
    case U_NON_SPACING_MARK:
        return 0;
    default:
        break;
    }
    if (cp == 0x2212)
        return '-';
    if (cp == 0x2044 || cp == 0x2215)
        return '/';
    return u_isalpha((UChar32)cp) ? 'z' : ' '; /* some letter; which one does not matter here */
}

/* "доб. 12" is an extension in Russia. */
static size_t foreign_extension_word(const char *text)
{
    if ((unsigned char)*text < 0x80)
        return 0;
    static const char *const words[] = {"доб.", "доб", "Доб.", "доп."};

    for (size_t i = 0; i < KITH_COUNT_OF(words); i++)
        if (kith_text_starts_with(text, words[i]))
            return strlen(words[i]);
    return 0;
}

static void append(char *out, size_t out_size, const char *text)
{
    size_t len = strlen(out);

    (void)kith_text_copy(out + len, out_size - len, text); /* longer texts are no numbers */
}

static void make_ascii(const char *text, char *out, size_t out_size)
{
    const char *end = text + strnlen(text, 4 * out_size);

    out[0] = '\0';
    while (text < end) {
        size_t word = foreign_extension_word(text);

        if (word > 0) {
            append(out, out_size, " ext ");
            text += word;
            continue;
        }
        char c = to_ascii(kith_utf8_next(&text, end));
        if (c)
            append(out, out_size, (char[2]){c, '\0'});
    }
}

/* --- Wrapping: display names, schemes, parameters -------------------------- */

static void remove_range(char *text, size_t from, size_t len)
{
    memmove(text + from, text + from + len, strlen(text + from + len) + 1);
}

static void trim(char *text)
{
    size_t lead = strspn(text, " \n");
    size_t len;

    remove_range(text, 0, lead);
    len = strlen(text);
    while (len > 0 && (text[len - 1] == ' ' || text[len - 1] == '\n'))
        text[--len] = '\0';
}

/* "Anna" <sip:...> */
static void unwrap_angles(char *text)
{
    char *open = strchr(text, '<');
    char *close = open ? strchr(open, '>') : NULL;

    if (!close)
        return;
    *close = '\0';
    remove_range(text, 0, (size_t)(open - text) + 1);
}

enum scheme { SCHEME_NONE, SCHEME_TEL, SCHEME_CALLTO, SCHEME_SIP };

static enum scheme take_scheme(char *text)
{
    static const char WHATSAPP[] = "https://wa.me/"; /* digits of E.164 follow, without the plus */
    static const struct {
        const char *prefix;
        enum scheme scheme;
    } schemes[] = {
        {"tel:", SCHEME_TEL},         {"callto:tel:", SCHEME_TEL}, {"callto://", SCHEME_CALLTO},
        {"callto:", SCHEME_CALLTO},   {"sips:", SCHEME_SIP},       {"sip:", SCHEME_SIP},
        {"smsto:", SCHEME_TEL},       {"sms:", SCHEME_TEL},        {"facetime-audio:", SCHEME_CALLTO},
        {"facetime:", SCHEME_CALLTO}, {"skype:", SCHEME_CALLTO},   {"whatsapp:", SCHEME_CALLTO},
    };

    if (kith_text_starts_with_ci(text, WHATSAPP)) {
        remove_range(text, 0, strlen(WHATSAPP));
        memmove(text + 1, text, strlen(text) + 1); /* shorter than what was removed */
        text[0] = '+';
        return SCHEME_CALLTO;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(schemes); i++) {
        if (kith_text_starts_with_ci(text, schemes[i].prefix)) {
            remove_range(text, 0, strlen(schemes[i].prefix));
            return schemes[i].scheme;
        }
    }
    return SCHEME_NONE;
}

static void decode_percent(char *text)
{
    char decoded[READ_BYTES];

    if (strchr(text, '%') && kith_percent_decode(text, strlen(text), /* form= */ false, decoded, sizeof(decoded)))
        (void)kith_text_copy(text, READ_BYTES, decoded); /* decoding never lengthens */
}

/* Copy the value of ";name=value" to out; false when there is none. */
static bool find_parameter(const char *text, const char *name, char *out, size_t out_size)
{
    for (const char *at = strchr(text, ';'); at; at = strchr(at + 1, ';')) {
        if (!kith_text_starts_with_ci(at + 1, name))
            continue;
        const char *value = at + 1 + strlen(name);
        if (*value != '=')
            continue;
        (void)kith_text_copy_n(out, out_size, value + 1, strcspn(value + 1, ";?@ ")); /* cut: no number then */
        return true;
    }
    return false;
}

static void take_digits(const char *text, char *out, size_t out_size)
{
    size_t n = 0;

    for (; *text && n + 1 < out_size; text++)
        if (is_digit(*text))
            out[n++] = *text;
    out[n] = '\0';
}

/* tel:7042;phone-context=example.com is one company's own number; +1650 as context stands before the digits. */
static void take_context(char *text, struct kith_dialled *out)
{
    char context[READ_BYTES];
    char with_context[2 * READ_BYTES];

    if (!find_parameter(text, "phone-context", context, sizeof(context)) || text[0] == '+')
        return;
    if (context[0] != '+') {
        out->is_private = true;
        return;
    }
    (void)kith_text_format(with_context, sizeof(with_context), "%s%s", context, text);
    (void)kith_text_copy(text, READ_BYTES, with_context); /* cut: too long for a number anyway */
}

static void take_parameters(char *text, struct kith_dialled *out)
{
    char extension[READ_BYTES];

    if (find_parameter(text, "ext", extension, sizeof(extension)))
        take_digits(extension, out->extension, sizeof(out->extension));
    take_context(text, out);
    text[strcspn(text, ";?")] = '\0';
}

/* The user part of a SIP address is a number when it looks like one; a name is none. */
static bool take_sip_user(char *text)
{
    char *at = strchr(text, '@');
    size_t user_len = at ? (size_t)(at - text) : strlen(text);
    size_t number_len = strcspn(text, ";:@");

    if (number_len < user_len && text[number_len] == ':')
        text[number_len] = '\0'; /* a password */
    else
        text[user_len] = '\0';
    return number_len >= 3 && strspn(text, "+0123456789.()-") >= number_len;
}

/* --- Withheld -------------------------------------------------------------- */

/* "anonymous" on a keypad, a row of zeros. */
static bool is_withheld_digits(const char *digits)
{
    return strcmp(digits, "266696687") == 0 ||
           (strlen(digits) >= ENOUGH_DIGITS && strspn(digits, "0") == strlen(digits));
}

/* As telephones and exchanges write it; "P" and "O" (private, out of area) are what an analogue line sends. */
static bool is_withheld_word(const char *text, size_t len)
{
    static const char *const words[] = {"anonymous",
                                        "unknown",
                                        "unknown caller",
                                        "unknown number",
                                        "restricted",
                                        "restricted number",
                                        "private",
                                        "private call",
                                        "private caller",
                                        "private number",
                                        "unavailable",
                                        "not available",
                                        "withheld",
                                        "blocked",
                                        "number withheld",
                                        "no caller id",
                                        "no number",
                                        "hidden",
                                        "out of area",
                                        "anonym",
                                        "anonimo",
                                        "unbekannt",
                                        "privat",
                                        "inconnu",
                                        "desconocido",
                                        "privado",
                                        "oculto",
                                        "sconosciuto",
                                        "numero privato",
                                        "onbekend",
                                        "p",
                                        "o"};

    for (size_t i = 0; i < KITH_COUNT_OF(words); i++)
        if (strlen(words[i]) == len && kith_text_starts_with_ci(text, words[i]))
            return true;
    return false;
}

/* "anonymous@anonymous.invalid", and whoever else comes from that host (RFC 3323). */
static bool is_withheld(const char *text, enum scheme scheme)
{
    size_t user = strcspn(text, "@");
    const char *host = text[user] ? text + user + 1 : "";

    if (text[0] == '\0' || kith_text_starts_with_ci(text, "anonymous@") ||
        kith_text_starts_with_ci(host, "anonymous.invalid"))
        return true;
    return is_withheld_word(text, scheme == SCHEME_SIP ? user : strlen(text));
}

/* --- Extension ------------------------------------------------------------- */

/* Length of the extension mark at text[at], 0 when there is none. Digits have to follow it. */
static size_t extension_mark(const char *text, size_t at)
{
    static const char *const words[] = {";ext=",   "extension", "extn",  "ext",   "xtn", "durchwahl", "anexo",
                                        "interno", "int",       "ramal", "poste", "tlx", "dw",        "x",
                                        "p",       "w",         ",",     ";",     "#"};
    char before = at > 0 ? text[at - 1] : ' ';

    for (size_t i = 0; i < KITH_COUNT_OF(words); i++) {
        size_t len = strlen(words[i]);

        if (!kith_text_starts_with_ci(text + at, words[i]))
            continue;
        if (is_letter(words[i][0]) && is_letter(before))
            return 0; /* inside a word */
        size_t gap = strspn(text + at + len, " .:,=#");
        if (is_digit(text[at + len + gap]))
            return len + gap;
    }
    return 0;
}

/* Cut the extension, or what is dialled after a pause, off the number. */
static void take_extension(char *text, struct kith_dialled *out)
{
    size_t digits_before = 0;

    for (size_t i = 0; text[i]; i++) {
        digits_before += is_digit(text[i]);
        if (digits_before < 3 || !strchr("eExXdDaAiIrRpPtTwW,;#", text[i])) /* what a mark begins with */
            continue;
        size_t mark = extension_mark(text, i);
        size_t digits = mark > 0 ? strspn(text + i + mark, "0123456789") : 0;

        if (digits == 0)
            continue;
        size_t all_digits = count_digits(text + i + mark, strlen(text + i + mark));
        bool separates_numbers = (text[i] == ',' || text[i] == ';') && all_digits >= ENOUGH_DIGITS;
        if (separates_numbers || digits >= sizeof(out->extension))
            continue;
        if (text[i] == '#' && strchr(text, '*')) /* *21*0123456#5 is a code */
            return;
        if (!out->extension[0])
            (void)kith_text_copy_n(out->extension, sizeof(out->extension), text + i + mark, digits);
        text[i] = '\0';
        return;
    }
}

/* --- Labels ---------------------------------------------------------------- */

/* "020 7946 0018 (home)" */
static bool drop_bracketed_words(char *text)
{
    bool dropped = false;

    for (size_t i = 0; text[i]; i++) {
        size_t len = text[i] == '(' || text[i] == '[' ? strcspn(text + i, ")]") : 0;
        bool has_letter = false;

        if (len == 0 || count_digits(text + i, len) > 0)
            continue;
        for (size_t k = i; k < i + len; k++)
            has_letter = has_letter || is_letter(text[k]);
        if (!has_letter)
            continue;
        remove_range(text, i, text[i + len] ? len + 1 : len);
        dropped = true;
    }
    return dropped;
}

/* "Mobile: +44 ...": words before a number that has none inside. */
static bool drop_leading_label(char *text)
{
    size_t start = strcspn(text, "+0123456789(*#");
    bool has_letter = false;

    for (size_t i = 0; i < start; i++)
        has_letter = has_letter || is_letter(text[i]);
    if (!has_letter || count_digits(text + start, strlen(text + start)) < 3)
        return false;
    for (const char *c = text + start; *c; c++)
        if (is_letter(*c))
            return false;
    remove_range(text, 0, start);
    return true;
}

/* "020 7946 0018 home": words after a whole number; vanity letters stand among fewer digits. */
static bool drop_trailing_label(char *text)
{
    size_t last = strlen(text);

    while (last > 0 && !is_digit(text[last - 1]) && text[last - 1] != '#' && text[last - 1] != '*')
        last--;
    bool has_letter = false;
    for (const char *c = text + last; *c; c++)
        has_letter = has_letter || is_letter(*c);
    if (!has_letter || count_digits(text, last) < ENOUGH_DIGITS)
        return false;
    text[last] = '\0';
    return true;
}

/* --- Codes ----------------------------------------------------------------- */

/* What is dialled before a number to show or hide one's own. */
static void drop_service_prefix(char *text)
{
    static const char *const prefixes[] = {"*31#", "#31#", "*67", "*82", "*69#"};

    for (size_t i = 0; i < KITH_COUNT_OF(prefixes); i++) {
        size_t len = strlen(prefixes[i]);

        if (kith_text_starts_with(text, prefixes[i]) && count_digits(text + len, strlen(text + len)) >= ENOUGH_DIGITS) {
            remove_range(text, 0, len);
            trim(text);
            return;
        }
    }
}

static void finish(struct kith_dialled *out)
{
    const char *first = strpbrk(out->text, "+0123456789*#");

    take_digits(out->text, out->digits, sizeof(out->digits));
    out->plus = first && *first == '+';
    out->has_code_signs = strpbrk(out->text, "*#") != NULL;
    for (const char *c = out->text; *c; c++)
        out->has_letters = out->has_letters || is_letter(*c);
}

/* Nine in ten numbers are digits and separators alone, and nothing has to be taken off. */
static bool read_bare(const char *text, struct kith_dialled *out)
{
    const char *first = text + strspn(text, " (");
    size_t len = strlen(text);

    if (len >= sizeof(out->text) ||
        strspn(first + (*first == '+'), "0123456789 -.()") != strlen(first) - (*first == '+'))
        return false;
    memcpy(out->text, text, len + 1);
    take_digits(text, out->digits, sizeof(out->digits));
    out->plus = *first == '+';
    out->withheld = *first == '\0' || is_withheld_digits(out->digits);
    return true;
}

bool kith_number_read(const char *text, struct kith_dialled *out)
{
    char ascii[READ_BYTES];
    enum scheme scheme;

    memset(out, 0, sizeof(*out));
    if (read_bare(text, out))
        return out->digits[0] != '\0' && !out->withheld;
    make_ascii(text, ascii, sizeof(ascii));
    trim(ascii);
    unwrap_angles(ascii);
    scheme = take_scheme(ascii);
    if (scheme != SCHEME_NONE || strchr(ascii, '%'))
        decode_percent(ascii);
    out->withheld = is_withheld(ascii, scheme);
    if (out->withheld)
        return false;

    if ((scheme == SCHEME_SIP || strchr(ascii, '@')) && !take_sip_user(ascii))
        return false;
    if (scheme != SCHEME_NONE)
        take_parameters(ascii, out);
    take_extension(ascii, out);
    drop_service_prefix(ascii);
    out->labelled = drop_bracketed_words(ascii);
    out->labelled |= drop_leading_label(ascii);
    out->labelled |= drop_trailing_label(ascii);
    trim(ascii);
    (void)kith_text_copy(out->text, sizeof(out->text), ascii); /* of the same size */
    finish(out);
    out->withheld = !out->has_letters && is_withheld_digits(out->digits);
    return out->digits[0] != '\0' && !out->withheld;
}
