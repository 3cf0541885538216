/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_person.c - an invented contact becomes a person in an address book at Google.
 *
 * Before: sandbox_contact.c invented who it is.
 * After:  sandbox_google_person_json.c writes it as the People API does.
 *
 * Everything that is thrown here is thrown from the contact's own key, so that the
 * person stays the same from one request to the next, and through a change.
 */
#include "sandbox/sandbox_google_person.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_draw.h"

struct maker {
    struct sandbox_google_person *p;
    const struct sandbox_contact *c;
    const struct sandbox_draw *country;
    struct sandbox_dice dice;
};

/* --- Room for the texts -------------------------------------------------- */

#define KEEP(...) keepf(m->p, __VA_ARGS__)

/* "" when the store is full, which only a mistake here could cause. */
__attribute__((format(printf, 2, 3))) static const char *keepf(struct sandbox_google_person *p, const char *format, ...)
{
    char *at = p->store + p->used;
    size_t room = sizeof(p->store) - p->used;
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(at, room, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= room)
        return "";
    p->used += (size_t)len + 1;
    return at;
}

static const char *text_of(const struct maker *m, enum sandbox_text which)
{
    const char *text = m->c->text[which];

    return text && *text ? text : NULL;
}

static void add(struct maker *m, enum sandbox_google_list_id id, const char *value, const char *type, const char *extra)
{
    struct sandbox_google_list *list = &m->p->list[id];

    if (!value || !*value || list->n == SANDBOX_GOOGLE_MAX_ITEMS)
        return;
    list->item[list->n++] = (struct sandbox_google_item){value, type, extra};
}

static const char *one_of(struct maker *m, const char *const *words, size_t n)
{
    return words[sandbox_roll_below(&m->dice, (unsigned)n)];
}

#define ONE_OF(m, words) one_of((m), (words), KITH_COUNT_OF(words))

/* --- Names ------------------------------------------------------------------ */

static void append(char *out, size_t size, const char *separator, const char *text)
{
    size_t used = strlen(out);

    if (text)
        (void)kith_text_format(out + used, size - used, "%s%s", used ? separator : "", text); /* cut is fine */
}

/* What Google puts together itself; unstructuredName is what somebody typed. */
static void name_person(struct maker *m)
{
    const char *given = text_of(m, SANDBOX_GIVEN_NAME), *surname = text_of(m, SANDBOX_SURNAME);
    const char *prefix = text_of(m, SANDBOX_TITLE), *suffix = text_of(m, SANDBOX_GENERATION);
    const char *typed = text_of(m, SANDBOX_DISPLAY_NAME);
    char shown[400] = "", last_first[400] = "", rest[300] = "";

    if (!given && !surname)
        return;
    m->p->has_name = true;
    m->p->unstructured = typed ? typed : given;
    append(rest, sizeof(rest), " ", prefix);
    append(rest, sizeof(rest), " ", given);
    append(rest, sizeof(rest), " ", text_of(m, SANDBOX_MIDDLE_NAME));
    if (m->country->order == SANDBOX_GIVEN_FIRST) {
        append(shown, sizeof(shown), " ", rest);
        append(shown, sizeof(shown), " ", surname);
        append(last_first, sizeof(last_first), "", surname);
        append(last_first, sizeof(last_first), ", ", rest);
    } else {
        append(shown, sizeof(shown), "", typed);
        append(last_first, sizeof(last_first), "", typed);
    }
    append(shown, sizeof(shown), " ", suffix);
    append(last_first, sizeof(last_first), ", ", suffix);
    m->p->display_name = KEEP("%s", shown);
    m->p->display_last_first = KEEP("%s", last_first);
    if (text_of(m, SANDBOX_YOMI_GIVEN_NAME) && text_of(m, SANDBOX_YOMI_SURNAME))
        m->p->phonetic_full = KEEP("%s %s", text_of(m, SANDBOX_YOMI_SURNAME), text_of(m, SANDBOX_YOMI_GIVEN_NAME));
}

static void nicknames(struct maker *m)
{
    static const char *const types[] = {"DEFAULT", "SHORT_NAME", "OTHER_NAME", "MAIDEN_NAME"};

    if (!text_of(m, SANDBOX_NICK_NAME))
        return;
    add(m, SANDBOX_GOOGLE_NICKNAMES, text_of(m, SANDBOX_NICK_NAME),
        sandbox_chance(&m->dice, 70) ? NULL : ONE_OF(m, types), NULL);
}

/* --- Reaching them -------------------------------------------------------------- */

static void emails(struct maker *m)
{
    static const char *const labels[] = {"work", "work", "work", "home", "home", "other", "Boat", "Büro", "事務所"};

    for (size_t i = 0; i < m->c->n_emails; i++) {
        const struct sandbox_email *e = &m->c->email[i];
        const char *type = sandbox_chance(&m->dice, 80) ? (i == 0 ? "work" : "home") : ONE_OF(m, labels);
        /* Outlook's own kind of address, and an entry without one, cannot be at Google. */
        if (!e->address || !strchr(e->address, '@'))
            continue;
        add(m, SANDBOX_GOOGLE_EMAILS, e->address, sandbox_chance(&m->dice, 6) ? NULL : type,
            e->name && e->name != e->address ? e->name : NULL);
    }
}

/*
 * E.164, where the server can tell: with a country code, or as the account's own region (the United States) writes it.
 * NULL: it cannot, as often happens to numbers that were typed on another device.
 */
static const char *canonical_form(struct maker *m, const char *value)
{
    bool american = strcmp(m->country->name, "United States") == 0;
    bool with_code = value[0] == '+' || strncmp(value, "00", 2) == 0;
    const char *at = value[0] == '+' ? value + 1 : with_code ? value + 2 : value;
    char digits[32];
    size_t n = 0;

    for (; *at && n < sizeof(digits) - 1; at++) {
        if (with_code && strncmp(at, "(0)", 3) == 0)
            at += 2;
        else if (isdigit((unsigned char)*at))
            digits[n++] = *at;
        else if (*at == 'x' || *at == 'e' || *at == ';' || *at == ',')
            break;
        else if ((unsigned char)*at >= 0x80 || isalpha((unsigned char)*at))
            return NULL;
    }
    digits[n] = '\0';
    if (n < 7 || n > 15 || sandbox_mix2(m->c->key, kith_fnv1a32(digits, n)) % 20 == 0)
        return NULL;
    if (with_code || (american && n == 11 && digits[0] == '1'))
        return KEEP("+%s", digits);
    return american && n == 10 ? KEEP("+1%s", digits) : NULL;
}

static void add_phone(struct maker *m, const char *value, const char *type)
{
    if (value && *value)
        add(m, SANDBOX_GOOGLE_PHONES, value, type, canonical_form(m, value));
}

static void phones(struct maker *m)
{
    static const struct {
        const char *type;
        unsigned share; /* of a thousand contacts */
    } more[] = {{"workFax", 90},  {"homeFax", 20},     {"otherFax", 8}, {"pager", 10}, {"workPager", 4},
                {"main", 40},     {"googleVoice", 15}, {"other", 30},   {"Boat", 12},  {"Ferienhaus", 8},
                {"assistant", 6}, {"実家", 6},         {NULL, 15}};
    static const char *const mobiles[] = {"mobile", "mobile", "mobile", "mobile", "workMobile", "Mobile (old)"};

    add_phone(m, text_of(m, SANDBOX_MOBILE_PHONE), ONE_OF(m, mobiles));
    for (size_t i = 0; i < m->c->business_phones.n; i++)
        add_phone(m, m->c->business_phones.item[i], "work");
    for (size_t i = 0; i < m->c->home_phones.n; i++)
        add_phone(m, m->c->home_phones.item[i], "home");
    for (size_t i = 0; i < KITH_COUNT_OF(more); i++) {
        unsigned area = 201 + sandbox_roll_below(&m->dice, 700), end = sandbox_roll_below(&m->dice, 100);
        if (sandbox_roll_below(&m->dice, 1000) < more[i].share)
            add_phone(m, more[i].type ? KEEP("+1 %u 555 01%02u", area, end) : KEEP("ext. %u", end), more[i].type);
    }
}

/* Countries as people there write them, and their ISO 3166-1 codes. */
static const struct {
    const char *name, *code;
} country_codes[] = {
    {"United States", "US"}, {"United Kingdom", "GB"}, {"Ireland", "IE"},   {"Canada", "CA"},
    {"Australia", "AU"},     {"New Zealand", "NZ"},    {"España", "ES"},    {"México", "MX"},
    {"Argentina", "AR"},     {"Brasil", "BR"},         {"Portugal", "PT"},  {"France", "FR"},
    {"Italia", "IT"},        {"Nigeria", "NG"},        {"Kenya", "KE"},     {"South Africa", "ZA"},
    {"Deutschland", "DE"},   {"Österreich", "AT"},     {"Schweiz", "CH"},   {"Nederland", "NL"},
    {"België", "BE"},        {"Sverige", "SE"},        {"Norge", "NO"},     {"Danmark", "DK"},
    {"Suomi", "FI"},         {"Polska", "PL"},         {"Česko", "CZ"},     {"Magyarország", "HU"},
    {"România", "RO"},       {"Türkiye", "TR"},        {"Ελλάδα", "GR"},    {"Россия", "RU"},
    {"Україна", "UA"},       {"България", "BG"},       {"日本", "JP"},      {"中国", "CN"},
    {"臺灣", "TW"},          {"대한민국", "KR"},       {"مصر", "EG"},       {"الإمارات العربية المتحدة", "AE"},
    {"ישראל", "IL"},         {"ایران", "IR"},          {"भारत", "IN"},      {"India", "IN"},
    {"ไทย", "TH"},           {"Việt Nam", "VN"},       {"Indonesia", "ID"}, {"საქართველო", "GE"},
    {"Հայաստան", "AM"},      {"Қазақстан", "KZ"},
};

static const char *country_code(const char *name)
{
    for (size_t i = 0; i < KITH_COUNT_OF(country_codes); i++)
        if (strcmp(country_codes[i].name, name) == 0)
            return country_codes[i].code;
    return NULL;
}

/* The text with "\n" for "\r\n": Google knows no other line end. */
static const char *with_plain_lines(struct maker *m, const char *text)
{
    char *out;

    if (!strchr(text, '\r'))
        return text;
    out = m->p->store + m->p->used;
    if (!*KEEP("%s", text))
        return "";
    for (char *at = out; (*at = *text) != '\0'; text++)
        at += *at != '\r';
    return out;
}

static void add_address(struct maker *m, const struct sandbox_address *from, const char *type)
{
    struct sandbox_google_address *a = &m->p->address[m->p->n_addresses];
    char formatted[600] = "";

    if (!from->set)
        return;
    m->p->n_addresses++;
    *a = (struct sandbox_google_address){.type = type, .city = from->city, .region = from->state};
    a->street = from->street ? with_plain_lines(m, from->street) : NULL;
    a->postal_code = from->postal_code;
    a->country = from->country;
    a->country_code = from->country ? country_code(from->country) : NULL;
    if (sandbox_chance(&m->dice, 4) && a->country_code)
        a->country = a->country_code; /* met in the wild */
    if (sandbox_chance(&m->dice, 5))
        a->extended = KEEP("Flat %u", 1 + sandbox_roll_below(&m->dice, 30));
    if (sandbox_chance(&m->dice, 3))
        a->po_box = KEEP("PO Box %u", 100 + sandbox_roll_below(&m->dice, 900));
    const char *const lines[] = {a->street, a->extended, a->po_box, a->city, a->region, a->postal_code, a->country};
    for (size_t i = 0; i < KITH_COUNT_OF(lines); i++)
        append(formatted, sizeof(formatted), "\n", lines[i]);
    a->formatted = KEEP("%s", formatted);
}

static void web(struct maker *m)
{
    static const char *const types[] = {"work", "homePage", "profile", "blog", "Portfolio"};
    const char *page = text_of(m, SANDBOX_HOME_PAGE);

    if (page && sandbox_chance(&m->dice, 40) && kith_text_starts_with(page, "https://"))
        page += strlen("https://"); /* the scheme is often missing */
    add(m, SANDBOX_GOOGLE_URLS, page, ONE_OF(m, types), NULL);
    if (sandbox_chance(&m->dice, 4))
        add(m, SANDBOX_GOOGLE_URLS, KEEP("people.example/~%04u", 1000 + sandbox_roll_below(&m->dice, 9000)), "blog",
            NULL);
    if (sandbox_chance(&m->dice, 1))
        add(m, SANDBOX_GOOGLE_CALENDAR_URLS,
            KEEP("https://calendar.example/%u.ics", sandbox_roll_below(&m->dice, 9999)),
            sandbox_chance(&m->dice, 50) ? "freeBusy" : "home", NULL);
}

static void chat(struct maker *m)
{
    static const char *const protocols[] = {"skype", "jabber", "googleTalk", "icq", "qq", "aim", "Matrix", "Signal"};
    const char *given = m->p->has_name && m->c->n_emails > 0 && m->c->email[0].address ? m->c->email[0].address : NULL;

    for (size_t i = 0; i < m->c->im_addresses.n; i++)
        add(m, SANDBOX_GOOGLE_SIP_ADDRESSES, m->c->im_addresses.item[i], "work", NULL);
    if (given && sandbox_chance(&m->dice, 5))
        add(m, SANDBOX_GOOGLE_IM_CLIENTS, KEEP("%.*s", (int)strcspn(given, "@"), given),
            sandbox_chance(&m->dice, 50) ? "home" : NULL, ONE_OF(m, protocols));
}

/* --- Work --------------------------------------------------------------------------- */

static void work(struct maker *m)
{
    struct sandbox_google_organization *o = &m->p->organization[0];
    const char *page = text_of(m, SANDBOX_HOME_PAGE);

    if (!text_of(m, SANDBOX_COMPANY_NAME) && !text_of(m, SANDBOX_JOB_TITLE))
        return;
    m->p->n_organizations = 1;
    *o = (struct sandbox_google_organization){.name = text_of(m, SANDBOX_COMPANY_NAME),
                                              .phonetic_name = text_of(m, SANDBOX_YOMI_COMPANY_NAME),
                                              .department = text_of(m, SANDBOX_DEPARTMENT),
                                              .title = text_of(m, SANDBOX_JOB_TITLE),
                                              .job_description = text_of(m, SANDBOX_PROFESSION),
                                              .location = text_of(m, SANDBOX_OFFICE_LOCATION)};
    o->type = sandbox_chance(&m->dice, 70) ? "work" : NULL;
    o->current = sandbox_chance(&m->dice, 60);
    if (page && sandbox_chance(&m->dice, 30))
        o->domain = page + strlen("https://www.");
    if (sandbox_chance(&m->dice, 2))
        o->symbol = KEEP("%.2s%u", "XK", 10 + sandbox_roll_below(&m->dice, 90));
    if (sandbox_chance(&m->dice, 15))
        o->start =
            (struct sandbox_google_date){1995 + sandbox_roll_below(&m->dice, 30),
                                         sandbox_chance(&m->dice, 50) ? 1 + sandbox_roll_below(&m->dice, 12) : 0, 0};
    if (sandbox_chance(&m->dice, 3)) {
        m->p->n_organizations = 2;
        m->p->organization[1] = (struct sandbox_google_organization){
            .type = "school", .name = "Northgate College", .title = "Student", .end = {1990, 6, 30}};
    }
    if (sandbox_chance(&m->dice, 2)) {
        m->p->has_location = true;
        m->p->location = (struct sandbox_google_location){
            "desk", "HQ", KEEP("%u", sandbox_roll_below(&m->dice, 9)), "West",
            KEEP("%u.%u", sandbox_roll_below(&m->dice, 9), sandbox_roll_below(&m->dice, 99))};
    }
}

/* --- Life ----------------------------------------------------------------------------- */

/* The contact's birthday comes in many forms; 1604 stands for no year, 0001 for none at all. */
static void birthdays(struct maker *m)
{
    const char *text = text_of(m, SANDBOX_BIRTHDAY);
    struct sandbox_google_birthday *b = &m->p->birthday[0];
    int64_t year = 0, month = 0, day = 0;
    char part[8];

    if (!text || strlen(text) < 10)
        return;
    if (!kith_text_copy_n(part, sizeof(part), text, 4) || !kith_text_to_int64(part, 1, 9999, &year) ||
        !kith_text_copy_n(part, sizeof(part), text + 5, 2) || !kith_text_to_int64(part, 1, 12, &month) ||
        !kith_text_copy_n(part, sizeof(part), text + 8, 2) || !kith_text_to_int64(part, 1, 31, &day) || year == 1)
        return;
    m->p->n_birthdays = 1;
    *b = (struct sandbox_google_birthday){
        .date = {year == 1604 || sandbox_chance(&m->dice, 8) ? 0 : (unsigned)year, (unsigned)month, (unsigned)day}};
    if (sandbox_chance(&m->dice, 2)) /* only a text, as some programs write it */
        *b = (struct sandbox_google_birthday){.text = KEEP("%u. %u.", (unsigned)day, (unsigned)month)};
    else if (b->date.year && sandbox_chance(&m->dice, 30))
        b->text = KEEP("%u/%u/%u", (unsigned)month, (unsigned)day, (unsigned)year);
    if (sandbox_chance(&m->dice, 1)) /* only the year is known */
        *b = (struct sandbox_google_birthday){.date = {(unsigned)year, 0, 0}};
}

static void events(struct maker *m)
{
    static const char *const types[] = {"anniversary", "anniversary", "anniversary", "other", "Namensdag"};

    if (!m->p->has_name || !sandbox_chance(&m->dice, 6))
        return;
    m->p->n_events = 1;
    m->p->event[0] = (struct sandbox_google_event){
        .date = {sandbox_chance(&m->dice, 70) ? 1970 + sandbox_roll_below(&m->dice, 55) : 0,
                 1 + sandbox_roll_below(&m->dice, 12), 1 + sandbox_roll_below(&m->dice, 28)},
        .type = ONE_OF(m, types)};
    if (sandbox_chance(&m->dice, 10)) {
        m->p->n_events = 2;
        m->p->event[1] = (struct sandbox_google_event){.date = {0, 1 + sandbox_roll_below(&m->dice, 12), 1}};
    }
}

static const char *somebody(struct maker *m)
{
    const struct sandbox_words *words = sandbox_chance(&m->dice, 50) ? &m->country->women : &m->country->men;

    return words->item[sandbox_roll_below(&m->dice, (unsigned)words->n)].native;
}

static void relations(struct maker *m)
{
    static const char *const types[] = {"mother",   "father",          "parent",     "brother", "sister", "friend",
                                        "relative", "domesticPartner", "referredBy", "partner", "Pate"};

    add(m, SANDBOX_GOOGLE_RELATIONS, text_of(m, SANDBOX_SPOUSE_NAME), "spouse", NULL);
    for (size_t i = 0; i < m->c->children.n; i++)
        add(m, SANDBOX_GOOGLE_RELATIONS, m->c->children.item[i], "child", NULL);
    add(m, SANDBOX_GOOGLE_RELATIONS, text_of(m, SANDBOX_MANAGER), "manager", NULL);
    add(m, SANDBOX_GOOGLE_RELATIONS, text_of(m, SANDBOX_ASSISTANT_NAME), "assistant", NULL);
    if (m->p->has_name && sandbox_chance(&m->dice, 4))
        add(m, SANDBOX_GOOGLE_RELATIONS, somebody(m), ONE_OF(m, types), NULL);
}

static void own_fields(struct maker *m)
{
    static const char *const keys[] = {"Locker", "Customer no.", "Schlüssel", "Shoe size", "会員番号", "Tisch"};
    static const char *const id_types[] = {"account", "customer", "login", "network", "organization", "Members"};
    static const char *const keyword_types[] = {"OUTLOOK_USER", "OUTLOOK_KEYWORD", "OUTLOOK_BILLING_INFORMATION",
                                                "OTHER"};
    static const char *const trades[] = {"mathematician", "beekeeper", "Tischler", "翻訳者"};
    static const char *const pastimes[] = {"flight", "chess", "choir", "盆栽"};
    static const char *const locales[] = {"en-GB", "de", "ja", "pt-BR"};

    for (unsigned n = sandbox_chance(&m->dice, 5) ? 1 + sandbox_roll_below(&m->dice, 3) : 0; n > 0; n--)
        add(m, SANDBOX_GOOGLE_USER_DEFINED, KEEP("%u", 1 + sandbox_roll_below(&m->dice, 500)), ONE_OF(m, keys), NULL);
    if (sandbox_chance(&m->dice, 3))
        add(m, SANDBOX_GOOGLE_EXTERNAL_IDS, KEEP("E-%u", sandbox_roll_below(&m->dice, 9999)), ONE_OF(m, id_types),
            NULL);
    if (sandbox_chance(&m->dice, 2))
        add(m, SANDBOX_GOOGLE_MISC_KEYWORDS, "kept by an older program", ONE_OF(m, keyword_types), NULL);
    if (sandbox_chance(&m->dice, 1))
        add(m, SANDBOX_GOOGLE_CLIENT_DATA, KEEP("%u", sandbox_roll_below(&m->dice, 9999)), "sandbox-sync", NULL);
    if (sandbox_chance(&m->dice, 2))
        add(m, SANDBOX_GOOGLE_OCCUPATIONS, ONE_OF(m, trades), NULL, NULL);
    if (sandbox_chance(&m->dice, 1))
        add(m, SANDBOX_GOOGLE_INTERESTS, ONE_OF(m, pastimes), NULL, NULL);
    if (sandbox_chance(&m->dice, 1))
        add(m, SANDBOX_GOOGLE_SKILLS, "calligraphy", NULL, NULL);
    if (sandbox_chance(&m->dice, 1))
        add(m, SANDBOX_GOOGLE_LOCALES, ONE_OF(m, locales), NULL, NULL);
    if (sandbox_chance(&m->dice, 2))
        add(m, SANDBOX_GOOGLE_GENDERS, "unspecified", NULL, "Unspecified");
    else if (sandbox_chance(&m->dice, 1))
        add(m, SANDBOX_GOOGLE_GENDERS, "genderfluid", "neutral", "Genderfluid");
}

static void addresses(struct maker *m)
{
    add_address(m, &m->c->business, "work");
    add_address(m, &m->c->home, "home");
    add_address(m, &m->c->other, sandbox_chance(&m->dice, 50) ? "other" : "Sommerhaus");
}

static void the_rest(struct maker *m)
{
    const char *notes = text_of(m, SANDBOX_PERSONAL_NOTES);

    m->p->has_profile = m->p->has_name && sandbox_chance(&m->dice, 4);
    m->p->starred = sandbox_chance(&m->dice, 5);
    if (notes)
        add(m, SANDBOX_GOOGLE_BIOGRAPHIES, with_plain_lines(m, notes), "TEXT_PLAIN", NULL);
}

static void (*const parts[])(struct maker *m) = {name_person, nicknames, work,   emails,    phones,     addresses, web,
                                                 chat,        birthdays, events, relations, own_fields, the_rest};

void sandbox_google_person_make(struct sandbox_google_person *p, const struct sandbox_contact *c)
{
    struct maker m = {.p = p, .c = c, .dice = {.state = c->key}};

    memset(p, 0, offsetof(struct sandbox_google_person, store));
    p->contact = c;
    /* The contact's first throw was its country: the same again. */
    m.country = sandbox_draw_country(sandbox_roll_below(&m.dice, sandbox_draw_total_weight()));
    for (size_t i = 0; i < KITH_COUNT_OF(parts); i++) {
        m.dice.state = sandbox_mix2(c->key, 0x676f6f + i); /* a change in one part leaves the others alone */
        parts[i](&m);
    }
}
