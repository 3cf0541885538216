/* SPDX-License-Identifier: MIT */
/* parse_vcard_types.c - see parse_vcard_types.h. Every program has words of its own; the tables are all of them. */
#include "parse/parse_vcard_types.h"

#include "base/cleanup.h"
#include "base/text.h"

enum {
    WORK = 1 << 0,
    HOME = 1 << 1,
    ELSEWHERE = 1 << 2,
    CELL = 1 << 3,
    FAX = 1 << 4,
    PAGER = 1 << 5,
    CAR = 1 << 6,
    ISDN = 1 << 7,
    TELEX = 1 << 8,
    RADIO = 1 << 9,
    TEXTPHONE = 1 << 10,
    CALLBACK = 1 << 11,
    COMPANY = 1 << 12,
    ASSISTANT = 1 << 13,
    PREFERRED = 1 << 14,
};

/* "x-" before a word has been taken off. The frequent ones stand first. */
static const struct {
    const char *word;
    uint32_t flag; /* 0: known, and nothing that makes a difference here */
} words[] = {
    {"work", WORK},
    {"home", HOME},
    {"cell", CELL},
    {"voice", 0},
    {"internet", 0},
    {"pref", PREFERRED},
    {"fax", FAX},
    {"other", ELSEWHERE},
    {"quoted-printable", 0},
    {"base64", 0},
    {"8bit", 0},
    {"7bit", 0},
    {"postal", 0},
    {"parcel", 0},
    {"dom", 0},
    {"intl", 0},
    {"msg", 0},
    {"video", 0},
    {"text", 0},
    {"modem", 0},
    {"bbs", 0},
    {"uri", 0},
    {"url", 0},
    {"x400", 0},
    {"smtp", 0},
    {"mobile", CELL},
    {"pcs", CELL},
    {"iphone", CELL},
    {"business", WORK},
    {"pager", PAGER},
    {"car", CAR},
    {"isdn", ISDN},
    {"telex", TELEX},
    {"radio", RADIO},
    {"textphone", TEXTPHONE},
    {"tty/tdd", TEXTPHONE},
    {"ttytdd", TEXTPHONE},
    {"callback", CALLBACK},
    {"company", COMPANY},
    {"assistant", ASSISTANT},
    {"evolution-telex", TELEX},
    {"evolution-radio", RADIO},
    {"evolution-ttytdd", TEXTPHONE},
    {"evolution-callback", CALLBACK},
    {"evolution-company", COMPANY},
    {"evolution-assistant", ASSISTANT},
};

bool kith_vcard_next_word(struct kith_vcard_piece *rest, struct kith_vcard_piece *ret)
{
    const char *p = rest->at;
    const char *end = rest->at + rest->len;

    for (;;) {
        const char *start;

        while (p < end && strchr("\", ", *p) && *p != '\0')
            p++;
        start = p;
        while (p < end && *p != '"' && *p != ',')
            p++;
        *rest = (struct kith_vcard_piece){p, (size_t)(end - p)};
        *ret = kith_vcard_trim((struct kith_vcard_piece){start, (size_t)(p - start)});
        if (ret->len > 0)
            return true;
        if (p == end)
            return false;
    }
}

/* "TYPE=HOME,TYPE=VOICE" was met: the parameter's name once more. */
static struct kith_vcard_piece skip_prefix(struct kith_vcard_piece word, const char *prefix)
{
    size_t len = strlen(prefix);

    if (word.len <= len || !kith_vcard_is((struct kith_vcard_piece){word.at, len}, prefix))
        return word;
    return (struct kith_vcard_piece){word.at + len, word.len - len};
}

static void read_word(struct kith_vcard_piece word, struct kith_vcard_types *types)
{
    word = skip_prefix(skip_prefix(word, "TYPE="), "x-");
    for (size_t i = 0; i < KITH_COUNT_OF(words); i++) {
        if (kith_vcard_is(word, words[i].word)) {
            types->flags |= words[i].flag;
            return;
        }
    }
    if (types->stranger.len == 0)
        types->stranger = word;
}

void kith_vcard_read_types(const struct kith_vcard_line *line, struct kith_vcard_types *ret)
{
    *ret = (struct kith_vcard_types){0};
    for (size_t i = 0; i < line->n_parameters; i++) {
        struct kith_vcard_piece rest = line->parameters[i].value;
        struct kith_vcard_piece name = line->parameters[i].name;
        struct kith_vcard_piece word;

        if (kith_vcard_is(name, "PREF"))
            ret->flags |= PREFERRED;
        if (name.len == 0 || kith_vcard_is(name, "TYPE"))
            while (kith_vcard_next_word(&rest, &word))
                read_word(word, ret);
    }
}

enum kith_place kith_vcard_place(const struct kith_vcard_types *types)
{
    return types->flags & WORK        ? KITH_PLACE_WORK
           : types->flags & HOME      ? KITH_PLACE_HOME
           : types->flags & ELSEWHERE ? KITH_PLACE_OTHER
                                      : KITH_PLACE_NONE;
}

enum kith_phone_kind kith_vcard_phone_kind(const struct kith_vcard_types *types)
{
    /* The first that fits: "work,fax" is a fax, "work,cell" is in the pocket all the same. */
    static const struct {
        uint32_t flags;
        enum kith_phone_kind kind;
    } kinds[] = {
        {FAX | HOME, KITH_PHONE_HOME_FAX}, {FAX | WORK, KITH_PHONE_WORK_FAX},
        {FAX, KITH_PHONE_OTHER_FAX},       {PAGER, KITH_PHONE_PAGER},
        {ASSISTANT, KITH_PHONE_ASSISTANT}, {COMPANY, KITH_PHONE_COMPANY},
        {CALLBACK, KITH_PHONE_CALLBACK},   {CAR, KITH_PHONE_CAR},
        {RADIO, KITH_PHONE_RADIO},         {ISDN, KITH_PHONE_ISDN},
        {TELEX, KITH_PHONE_TELEX},         {TEXTPHONE, KITH_PHONE_TEXT},
        {CELL, KITH_PHONE_MOBILE},         {WORK, KITH_PHONE_WORK},
        {HOME, KITH_PHONE_HOME},           {ELSEWHERE, KITH_PHONE_OTHER},
        {PREFERRED, KITH_PHONE_PRIMARY},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(kinds); i++)
        if ((types->flags & kinds[i].flags) == kinds[i].flags)
            return kinds[i].kind;
    return KITH_PHONE_OTHER;
}

bool kith_vcard_parameter(const struct kith_vcard_line *line, const char *name, struct kith_vcard_piece *ret)
{
    for (size_t i = 0; i < line->n_parameters; i++) {
        if (kith_vcard_is(line->parameters[i].name, name)) {
            *ret = line->parameters[i].value;
            return true;
        }
    }
    return false;
}

/* --- Apple's labels ---------------------------------------------------------- */

bool kith_vcard_unwrap_label(const char **label, size_t *len)
{
    static const char before[] = "_$!<";
    static const char after[] = ">!$_";
    enum { MARK = sizeof(before) - 1 };
    bool found = false;

    while (*len >= 2 * MARK && memcmp(*label, before, MARK) == 0 && memcmp(*label + *len - MARK, after, MARK) == 0) {
        *label += MARK;
        *len -= 2 * MARK;
        found = true;
    }
    return found;
}

bool kith_vcard_label_place(const char *word, enum kith_place *ret)
{
    static const char *const places[] = {
        [KITH_PLACE_WORK] = "work", [KITH_PLACE_HOME] = "home", [KITH_PLACE_OTHER] = "other"};

    for (size_t i = KITH_PLACE_WORK; i < KITH_COUNT_OF(places); i++) {
        if (kith_text_equal_ci(word, places[i])) {
            *ret = (enum kith_place)i;
            return true;
        }
    }
    return false;
}

bool kith_vcard_label_phone(const char *word, enum kith_phone_kind *ret)
{
    static const struct {
        const char *word;
        enum kith_phone_kind kind;
    } kinds[] = {
        {"mobile", KITH_PHONE_MOBILE},
        {"iphone", KITH_PHONE_MOBILE},
        {"home", KITH_PHONE_HOME},
        {"work", KITH_PHONE_WORK},
        {"other", KITH_PHONE_OTHER},
        {"homefax", KITH_PHONE_HOME_FAX},
        {"workfax", KITH_PHONE_WORK_FAX},
        {"otherfax", KITH_PHONE_OTHER_FAX},
        {"pager", KITH_PHONE_PAGER},
        {"assistantphone", KITH_PHONE_ASSISTANT},
        {"assistant", KITH_PHONE_ASSISTANT},
        {"callbackphone", KITH_PHONE_CALLBACK},
        {"carphone", KITH_PHONE_CAR},
        {"car", KITH_PHONE_CAR},
        {"companymainphone", KITH_PHONE_COMPANY},
        {"radiophone", KITH_PHONE_RADIO},
        {"radio", KITH_PHONE_RADIO},
        {"telex", KITH_PHONE_TELEX},
        {"isdn", KITH_PHONE_ISDN},
        {"tty/tdd", KITH_PHONE_TEXT},
        {"primaryphone", KITH_PHONE_PRIMARY},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(kinds); i++) {
        if (kith_text_equal_ci(word, kinds[i].word)) {
            *ret = kinds[i].kind;
            return true;
        }
    }
    return false;
}
