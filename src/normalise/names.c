/* SPDX-License-Identifier: MIT */
/*
 * names.c - what stands for a contact in a list: the name shown, its heavy part, initials and colour.
 *
 * Before: parse/ filled in what the source said. After: normalise_keys.c makes it findable.
 *
 * Every face shows these the same way because they are decided here, once.
 */
#include "normalise/normaliser_parts.h"

#include "base/text.h"

enum { COLOURS = 12, INITIALS_BYTES = 16, SHOWN_BYTES = 1024 };

static const char *const NO_NAME = "No name";

static bool has(const struct kith_contact *contact, enum kith_text field)
{
    return contact->text[field][0] != '\0';
}

bool kith_names_is_company(const struct kith_contact *contact)
{
    const char *display = contact->text[KITH_TEXT_DISPLAY];

    if (!has(contact, KITH_TEXT_COMPANY) || has(contact, KITH_TEXT_GIVEN) || has(contact, KITH_TEXT_FAMILY) ||
        has(contact, KITH_TEXT_MIDDLE))
        return false;
    return display[0] == '\0' || strcmp(display, contact->text[KITH_TEXT_COMPANY]) == 0;
}

/* --- Shown ----------------------------------------------------------------- */

static bool is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

/* Family name first, nothing between them where the script has no spaces. */
static bool writes_family_first(const char *family)
{
    return kith_script_is_cjk(kith_script_of_text(family));
}

static const char *space_between(const char *family, const char *given)
{
    enum kith_script a = kith_script_of_text(family);
    enum kith_script b = kith_script_of_text(given);
    bool one_word = a == b && (a == KITH_SCRIPT_HAN || a == KITH_SCRIPT_HANGUL);

    return one_word ? "" : " ";
}

static void append_name(char *out, size_t out_size, const char *space, const char *name)
{
    size_t len = strlen(out);

    if (!is_blank(name))
        (void)kith_text_format(out + len, out_size - len, "%s%s", len > 0 ? space : "", name); /* cut if absurd */
}

static void compose_name(const struct kith_contact *contact, char *out, size_t out_size)
{
    const char *given = contact->text[KITH_TEXT_GIVEN];
    const char *middle = contact->text[KITH_TEXT_MIDDLE];
    const char *family = contact->text[KITH_TEXT_FAMILY];

    out[0] = '\0';
    if (writes_family_first(family)) {
        append_name(out, out_size, "", family);
        append_name(out, out_size, space_between(family, given), given);
        append_name(out, out_size, " ", middle);
        return;
    }
    append_name(out, out_size, "", given);
    append_name(out, out_size, " ", middle);
    append_name(out, out_size, " ", family);
}

/* Sources put an address or a number where a name is missing; that does not make it one. */
static bool is_address_or_number(const struct kith_contact *contact, const char *name)
{
    for (size_t i = 0; i < contact->n_emails; i++)
        if (kith_text_equal_ci(contact->emails[i].address, name))
            return true;
    for (size_t i = 0; i < contact->n_phones; i++)
        if (strcmp(contact->phones[i].raw, name) == 0)
            return true;
    return false;
}

static const char *first_address_or_number(const struct kith_contact *contact)
{
    for (size_t i = 0; i < contact->n_emails; i++)
        if (!is_blank(contact->emails[i].address))
            return contact->emails[i].address;
    for (size_t i = 0; i < contact->n_phones; i++)
        if (!is_blank(contact->phones[i].raw))
            return contact->phones[i].raw;
    return NO_NAME;
}

static const char *first_name_field(const struct kith_contact *contact)
{
    static const enum kith_text fields[] = {KITH_TEXT_FILE_AS, KITH_TEXT_NICKNAME, KITH_TEXT_COMPANY};

    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++)
        if (!is_blank(contact->text[fields[i]]))
            return contact->text[fields[i]];
    return NULL;
}

static void set_shown(struct kith_contact *contact, struct kith_arena *arena)
{
    char composed[SHOWN_BYTES];
    const char *name = contact->text[KITH_TEXT_DISPLAY];

    contact->nameless = false;
    compose_name(contact, composed, sizeof(composed));
    if (!is_blank(name)) {
        contact->shown = name;
        contact->nameless = composed[0] == '\0' && is_address_or_number(contact, name);
        return;
    }
    if (composed[0]) {
        contact->shown = kith_arena_copy(arena, composed, strlen(composed));
        return;
    }
    name = first_name_field(contact);
    contact->nameless = !name || is_address_or_number(contact, name);
    contact->shown = name ? name : first_address_or_number(contact);
}

/* --- Heavy part ------------------------------------------------------------ */

const char *kith_names_sorting_part(const char *family)
{
    const char *end = family + strlen(family);

    for (const char *at = family; at < end;) {
        const char *here = at;
        uint32_t cp = kith_utf8_next(&at, end);

        if (kith_letter_is_upper(cp))
            return here;
        if (cp >= 0x80 && !kith_letter_is_letter(cp))
            continue;
    }
    return family;
}

static bool is_edge(const char *text, const char *at)
{
    unsigned char c = (unsigned char)*at;

    if (at == text || c == '\0')
        return true;
    return !kith_letter_is_letter(c) && c < 0x80;
}

/* A name that stands in shown as a whole word; the last such place, or the first where families come first. */
static const char *find_name(const char *shown, const char *name)
{
    bool cjk = writes_family_first(name);
    const char *found = NULL;
    size_t len = strlen(name);

    for (const char *at = strstr(shown, name); at; at = strstr(at + 1, name)) {
        bool whole = cjk || ((at == shown || is_edge(shown, at - 1)) && is_edge(shown, at + len));

        if (whole)
            found = at;
        if (found && cjk)
            break;
    }
    return found;
}

void kith_normalise_bold(const struct kith_contact *contact, size_t *ret_start, size_t *ret_len)
{
    const char *family = contact->text[KITH_TEXT_FAMILY];
    const char *given = contact->text[KITH_TEXT_GIVEN];
    const char *name = !is_blank(family) ? family : given;

    *ret_start = 0;
    *ret_len = contact->nameless ? 0 : strlen(contact->shown);
    if (contact->nameless || is_blank(name))
        return;
    const char *found = find_name(contact->shown, name);
    *ret_start = found ? (size_t)(found - contact->shown) : 0;
    *ret_len = found ? strlen(name) : 0;
}

/* --- Initials -------------------------------------------------------------- */

bool kith_names_is_honorific(const char *word)
{
    static const char *const honorifics[] = {
        "dr",   "prof",  "mr",     "mrs",  "ms",     "miss",   "mx",     "sir",       "herr",
        "frau", "ing",   "dipl",   "mag",  "mme",    "mlle",   "hr",     "fr",        "sig",
        "sra",  "don",   "dona",   "rev",  "drs",    "ir",     "lady",   "madame",    "monsieur",
        "sr",   "senor", "senora", "srta", "mister", "doctor", "doktor", "professor", "herrn",
        "hrn",  "dott",  "avv",    "fru",  "frk",    "dhr",    "mevr",   "mw",        "sayin"};

    for (size_t i = 0; i < KITH_COUNT_OF(honorifics); i++)
        if (strcmp(word, honorifics[i]) == 0)
            return true;
    return false;
}

struct initials {
    char text[INITIALS_BYTES];
    size_t len;
};

static void put_initial(struct initials *initials, uint32_t cp)
{
    if (cp == 0 || initials->len + 5 > sizeof(initials->text))
        return;
    initials->len += kith_utf8_put(kith_letter_upper(cp), initials->text + initials->len);
    initials->text[initials->len] = '\0';
}

static uint32_t first_letter(const char *text, const char *end, bool capital)
{
    while (text < end) {
        uint32_t cp = kith_utf8_next(&text, end);

        if (capital ? kith_letter_is_upper(cp) : kith_letter_is_letter(cp))
            return cp;
    }
    return 0;
}

static uint32_t first_capital(const char *text, const char *end)
{
    uint32_t capital = first_letter(text, end, /* capital= */ true);

    return capital ? capital : first_letter(text, end, /* capital= */ false);
}

/* From names that are known apart. Which letters, by the script of the family name. */
static void initials_of(const char *given, const char *given_end, const char *family, const char *family_end,
                        struct initials *initials)
{
    uint32_t given_letter = first_letter(given, given_end, /* capital= */ false);
    uint32_t family_letter = first_capital(family, family_end);
    enum kith_script script = kith_script_of(family_letter ? family_letter : given_letter);

    if (kith_script_is_cjk(script)) {
        put_initial(initials, family_letter ? family_letter : given_letter);
        return;
    }
    put_initial(initials, given_letter);
    if (initials->len > 0 && (script == KITH_SCRIPT_ARABIC || script == KITH_SCRIPT_HEBREW))
        return; /* two would join to something else */
    put_initial(initials, family_letter);
}

static bool is_honorific_span(const char *word, size_t len)
{
    char folded[8];

    if (len > 0 && word[len - 1] == '.')
        len--;
    if (len == 0 || len >= sizeof(folded))
        return false;
    for (size_t i = 0; i < len; i++)
        folded[i] = word[i] >= 'A' && word[i] <= 'Z' ? (char)(word[i] + ('a' - 'A')) : word[i];
    folded[len] = '\0';
    return kith_names_is_honorific(folded);
}

/* A name that came in one piece: its first and its last word, titles and remarks in brackets left out. */
static void initials_of_whole(const char *shown, struct initials *initials)
{
    const char *end = shown + strcspn(shown, "([");
    const char *comma = strchr(shown, ',');
    const char *first = NULL, *first_end = NULL, *last = NULL, *last_end = NULL;

    if (comma && comma < end) { /* "Weber, Anna" */
        initials_of(comma + 1, end, shown, comma, initials);
        return;
    }
    for (const char *at = shown; at < end;) {
        size_t len = strcspn(at, " ([\t\n");

        if (len > 0 && first_letter(at, at + len, false) && !is_honorific_span(at, len)) {
            last = at;
            last_end = at + len;
            if (!first) {
                first = last;
                first_end = last_end;
            }
        }
        at += len > 0 ? len : 1;
    }
    if (!first)
        return;
    if (kith_script_is_cjk(kith_script_of_text(first))) {
        put_initial(initials, first_letter(first, first_end, false));
        return;
    }
    if (first == last)
        last = last_end = first_end;
    initials_of(first, first_end, last, last_end, initials);
}

static void set_initials(struct kith_contact *contact, struct kith_arena *arena)
{
    const char *given = contact->text[KITH_TEXT_GIVEN];
    const char *family = contact->text[KITH_TEXT_FAMILY];
    struct initials initials = {.len = 0};

    if (!contact->nameless && !kith_names_is_company(contact)) {
        if (is_blank(given) && is_blank(family))
            initials_of_whole(contact->shown, &initials);
        else
            initials_of(given, given + strlen(given), family, family + strlen(family), &initials);
    }
    contact->initials = kith_arena_copy(arena, initials.text, initials.len);
}

void kith_normalise_contact(struct kith_normaliser *n, struct kith_contact *contact, struct kith_arena *arena)
{
    set_shown(contact, arena);
    set_initials(contact, arena);
    contact->colour = (int)(kith_fnv1a32(contact->shown, strlen(contact->shown)) % COLOURS);
    for (size_t i = 0; i < contact->n_phones; i++)
        kith_number_of_phone(n->region, &contact->phones[i]);
}
