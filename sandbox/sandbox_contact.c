/* SPDX-License-Identifier: MIT */
/*
 * sandbox_contact.c - invents one contact: who, where, at which company, reached how.
 *
 * Before: sandbox_mailbox.c knows which number and revision stands at a place.
 * After:  sandbox_contact_json.c writes it as Graph does.
 *
 * The odd ones are there on purpose, in small shares: no name at all, company
 * only, an e-mail without address, birthdays in five forms, notes of 20 kB.
 */
#include "sandbox/sandbox_contact.h"

#include <stdarg.h>
#include <stdio.h>

#include "base/text.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_draw.h"

static const struct sandbox_draw *country_of(struct sandbox_dice *dice)
{
    return sandbox_draw_country(sandbox_roll_below(dice, sandbox_draw_total_weight()));
}

/* --- Room for the texts -------------------------------------------------- */

/* Copies are cut when the store is full, which only a mistake here could cause. */
static const char *keep(struct sandbox_contact *c, const char *text)
{
    char *at = c->store + c->used;

    (void)kith_text_copy(at, sizeof(c->store) - c->used, text);
    c->used += strlen(at) + 1;
    return at;
}

#define KEEP(...) keepf(c, __VA_ARGS__)

__attribute__((format(printf, 2, 3))) static const char *keepf(struct sandbox_contact *c, const char *format, ...)
{
    char *at = c->store + c->used;
    size_t room = sizeof(c->store) - c->used;
    va_list args;
    int len;

    va_start(args, format);
    len = vsnprintf(at, room, format, args);
    va_end(args);
    if (len < 0 || (size_t)len >= room)
        return "";
    c->used += (size_t)len + 1;
    return at;
}

static void add_to(struct sandbox_list *list, const char *text)
{
    if (list->n < sizeof(list->item) / sizeof(list->item[0]))
        list->item[list->n++] = text;
}

/* --- The parts of a person ------------------------------------------------ */

struct maker {
    struct sandbox_contact *c;
    struct sandbox_dice dice;
    const struct sandbox_draw *country;
    const struct sandbox_place *place;
    const struct sandbox_word *given, *surname;
    char mail_host[64];
};

static const struct sandbox_word *draw(struct sandbox_dice *dice, const struct sandbox_words *words)
{
    return &words->item[sandbox_roll_below(dice, (unsigned)words->n)];
}

/* Fill in a pattern's '#', '^' and '@' (see sandbox_countries.h). */
static const char *fill(struct maker *m, const char *pattern)
{
    char out[128];
    size_t n = 0;

    for (const char *p = pattern; *p && n < sizeof(out) - 1; p++) {
        if (*p == '#')
            out[n++] = (char)('0' + sandbox_roll_below(&m->dice, 10));
        else if (*p == '^')
            out[n++] = "ABCDEFGHJKLMNPRSTUWXYZ"[sandbox_roll_below(&m->dice, 22)];
        else
            out[n++] = *p;
    }
    out[n] = '\0';
    return keep(m->c, out);
}

static const char *phone(struct maker *m, const struct sandbox_words *patterns)
{
    const char *pattern = draw(&m->dice, patterns)->native;
    const char *at = strchr(pattern, '@');
    char with_area[128];

    if (!at)
        return fill(m, pattern);
    (void)kith_text_format(with_area, sizeof(with_area), "%.*s%s%s", (int)(at - pattern), pattern, m->place->area,
                           at + 1);
    return fill(m, with_area);
}

/* Bytes of the first character. */
static int first_letter(const char *text)
{
    const char *p = text;

    (void)kith_utf8_next(&p, text + strlen(text));
    return (int)(p - text);
}

static void name_person(struct maker *m)
{
    static const char *const titles[] = {"Dr.", "Prof.", "Mr.", "Ms.", "Mrs.", "Dr. med.", "Ing."};
    static const char *const generations[] = {"Jr.", "Sr.", "III"};
    struct sandbox_contact *c = m->c;
    const struct sandbox_draw *country = m->country;
    bool woman = sandbox_chance(&m->dice, 50);
    const char *given, *surname, *middle = NULL;

    m->given = draw(&m->dice, woman ? &country->women : &country->men);
    m->surname = draw(&m->dice, woman ? &country->women_surnames : &country->surnames);
    given = m->given->native;
    surname = m->surname->native;
    c->text[SANDBOX_GIVEN_NAME] = given;
    c->text[SANDBOX_SURNAME] = surname;
    if (m->given->reading[0]) {
        c->text[SANDBOX_YOMI_GIVEN_NAME] = m->given->reading;
        c->text[SANDBOX_YOMI_SURNAME] = m->surname->reading;
    }
    /* Where names are not in Latin letters a second given name would be wrong: it is a patronymic there, or rare. */
    if (country->order == SANDBOX_GIVEN_FIRST && m->given->latin == given && sandbox_chance(&m->dice, 14))
        middle = draw(&m->dice, woman ? &country->women : &country->men)->native;
    middle = middle == given ? NULL : middle;
    c->text[SANDBOX_MIDDLE_NAME] = middle;
    if (sandbox_chance(&m->dice, 6))
        c->text[SANDBOX_TITLE] = titles[sandbox_roll_below(&m->dice, 7)];
    if (!woman && sandbox_chance(&m->dice, 1))
        c->text[SANDBOX_GENERATION] = generations[sandbox_roll_below(&m->dice, 3)];

    if (country->order == SANDBOX_FAMILY_JOINED)
        c->text[SANDBOX_DISPLAY_NAME] = KEEP("%s%s", surname, given);
    else if (country->order == SANDBOX_FAMILY_FIRST)
        c->text[SANDBOX_DISPLAY_NAME] = KEEP("%s %s", surname, given);
    else if (sandbox_chance(&m->dice, 8))
        c->text[SANDBOX_DISPLAY_NAME] = KEEP("%s, %s", surname, given);
    else if (middle)
        c->text[SANDBOX_DISPLAY_NAME] = KEEP("%s %s %s", given, middle, surname);
    else
        c->text[SANDBOX_DISPLAY_NAME] = KEEP("%s %s", given, surname);
    c->text[SANDBOX_FILE_AS] =
        country->order == SANDBOX_GIVEN_FIRST ? KEEP("%s, %s", surname, given) : c->text[SANDBOX_DISPLAY_NAME];
    if (sandbox_chance(&m->dice, 20) && country->order == SANDBOX_GIVEN_FIRST)
        c->text[SANDBOX_INITIALS] = KEEP("%.*s.%.*s.", first_letter(given), given, first_letter(surname), surname);
    if (sandbox_chance(&m->dice, 5))
        c->text[SANDBOX_NICK_NAME] = given;
}

static void employ(struct maker *m)
{
    static const char *const jobs[] = {"Account Manager",
                                       "Accountant",
                                       "Architect",
                                       "Baker",
                                       "Buyer",
                                       "Chief Executive",
                                       "Civil Engineer",
                                       "Conservator",
                                       "Controller",
                                       "Data Analyst",
                                       "Designer",
                                       "Editor",
                                       "Electrician",
                                       "Events Manager",
                                       "Export Manager",
                                       "Facility Manager",
                                       "Finance Director",
                                       "Head of Sales",
                                       "HR Partner",
                                       "Interpreter",
                                       "Joiner",
                                       "Lab Technician",
                                       "Lawyer",
                                       "Logistics Lead",
                                       "Marketing Manager",
                                       "Notary",
                                       "Office Manager",
                                       "Optician",
                                       "Photographer",
                                       "Plant Manager",
                                       "Product Owner",
                                       "Project Manager",
                                       "Quality Engineer",
                                       "Receptionist",
                                       "Sales Representative",
                                       "Secretary",
                                       "Software Engineer",
                                       "Supply Chain Lead",
                                       "Tax Consultant",
                                       "Veterinarian",
                                       "Web Developer",
                                       "Works Council",
                                       "Head of Research",
                                       "Customer Support"};
    static const char *const departments[] = {"Sales & Marketing", "Finance",    "Research",       "IT",
                                              "Human Resources",   "Production", "Legal",          "Purchasing",
                                              "Customer Care",     "Logistics",  "Administration", "Quality"};
    struct sandbox_contact *c = m->c;
    char host[40];

    sandbox_draw_company(m->country, &m->dice, c->store + c->used, 160, host, sizeof(host));
    c->text[SANDBOX_COMPANY_NAME] = c->store + c->used;
    c->used += strlen(c->store + c->used) + 1;
    (void)kith_text_format(m->mail_host, sizeof(m->mail_host), "%s.example", host);
    c->text[SANDBOX_JOB_TITLE] = jobs[sandbox_roll_below(&m->dice, 44)];
    if (m->country->company_readings && m->given && sandbox_chance(&m->dice, 60))
        c->text[SANDBOX_YOMI_COMPANY_NAME] = sandbox_draw_company_reading(m->country, c->text[SANDBOX_COMPANY_NAME]);
    if (sandbox_chance(&m->dice, 55))
        c->text[SANDBOX_DEPARTMENT] = departments[sandbox_roll_below(&m->dice, 12)];
    if (sandbox_chance(&m->dice, 30))
        c->text[SANDBOX_OFFICE_LOCATION] =
            KEEP("%u/%u", 1 + sandbox_roll_below(&m->dice, 40), 1000 + sandbox_roll_below(&m->dice, 900));
    if (sandbox_chance(&m->dice, 45))
        c->text[SANDBOX_HOME_PAGE] = KEEP("https://www.%s", m->mail_host);
    if (sandbox_chance(&m->dice, 5))
        c->text[SANDBOX_PROFESSION] = jobs[sandbox_roll_below(&m->dice, 44)];
    if (sandbox_chance(&m->dice, 6))
        c->text[SANDBOX_ASSISTANT_NAME] = KEEP("%s %s", draw(&m->dice, &m->country->women)->native,
                                               draw(&m->dice, &m->country->women_surnames)->native);
    if (sandbox_chance(&m->dice, 6))
        c->text[SANDBOX_MANAGER] =
            KEEP("%s %s", draw(&m->dice, &m->country->men)->native, draw(&m->dice, &m->country->surnames)->native);
}

static void add_email(struct maker *m, const char *host, bool is_private)
{
    struct sandbox_contact *c = m->c;
    struct sandbox_email *e = &c->email[c->n_emails];
    const char *given = m->given ? m->given->local : "info";
    const char *surname = m->surname ? m->surname->local : "office";

    if (!m->given)
        e->address = KEEP("%s@%s", sandbox_chance(&m->dice, 50) ? "info" : "office", host);
    else if (is_private)
        e->address = KEEP("%s.%s%u@%s", given, surname, 1 + sandbox_roll_below(&m->dice, 99), host);
    else if (sandbox_chance(&m->dice, 70))
        e->address = KEEP("%s.%s@%s", given, surname, host);
    else
        e->address = KEEP("%.1s%s@%s", given, surname, host);
    /* The name is more often the address again than a name. */
    e->name =
        sandbox_chance(&m->dice, 55) || !c->text[SANDBOX_DISPLAY_NAME] ? e->address : c->text[SANDBOX_DISPLAY_NAME];
    c->n_emails++;
}

static void add_emails(struct maker *m)
{
    static const char *const private_hosts[] = {"postbox.example", "mailbox.example", "brevkort.example",
                                                "letterbox.example"};
    struct sandbox_contact *c = m->c;
    unsigned roll = sandbox_roll_below(&m->dice, 1000);

    if (roll < 110)
        return;
    if (m->mail_host[0])
        add_email(m, m->mail_host, /* is_private= */ false);
    else
        add_email(m, private_hosts[sandbox_roll_below(&m->dice, 4)], /* is_private= */ true);
    if (roll >= 720)
        add_email(m, private_hosts[sandbox_roll_below(&m->dice, 4)], /* is_private= */ true);
    if (roll >= 950)
        add_email(m, "old-address.example", /* is_private= */ true);
    if (roll >= 995)
        c->email[0].address = NULL; /* an entry without an address */
    if (roll >= 992 && roll < 995)
        c->email[0].address = KEEP("/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=%s",
                                   m->surname ? m->surname->local : "office");
}

static void add_phones(struct maker *m)
{
    struct sandbox_contact *c = m->c;

    if (m->given && sandbox_chance(&m->dice, 72))
        c->text[SANDBOX_MOBILE_PHONE] = phone(m, &m->country->mobile);
    if (c->text[SANDBOX_COMPANY_NAME] && sandbox_chance(&m->dice, 70)) {
        add_to(&c->business_phones, phone(m, &m->country->landline));
        if (sandbox_chance(&m->dice, 18))
            add_to(&c->business_phones, phone(m, &m->country->landline));
    }
    if (m->given && sandbox_chance(&m->dice, 22)) {
        add_to(&c->home_phones, phone(m, &m->country->landline));
        if (sandbox_chance(&m->dice, 10))
            add_to(&c->home_phones, phone(m, &m->country->landline));
    }
}

static void locate(struct maker *m, struct sandbox_address *a)
{
    struct sandbox_contact *c = m->c;
    const char *street = draw(&m->dice, &m->place->streets)->native;
    unsigned number = 1 + sandbox_roll_below(&m->dice, 180);
    const char *pattern = m->country->street;
    char line[200];
    size_t n = 0;

    for (const char *p = pattern; *p && n < sizeof(line) - 100; p++) {
        char piece[128] = {*p, '\0'};
        if (p[0] == '%' && p[1] == 'n')
            (void)kith_text_format(piece, sizeof(piece), "%u", number);
        else if (p[0] == '%')
            (void)kith_text_copy(piece, sizeof(piece), street);
        if (p[0] == '%')
            p++;
        (void)kith_text_copy(line + n, sizeof(line) - n, piece);
        n += strlen(line + n);
    }
    line[n] = '\0';
    a->set = true;
    a->street = sandbox_chance(&m->dice, 8) ? KEEP("%s\r\n%s", line, "c/o Front Desk") : keep(c, line);
    a->city = m->place->city;
    a->state = m->place->state[0] ? m->place->state : NULL;
    a->country = m->country->name;
    a->postal_code = m->place->postal[0] ? fill(m, m->place->postal) : NULL;
}

/* The forms in which a birthday is met; the time of day means nothing, the last two mean "no birthday". */
static void birthday(struct maker *m)
{
    struct sandbox_contact *c = m->c;
    unsigned roll = sandbox_roll_below(&m->dice, 100);
    unsigned year = 1938 + sandbox_roll_below(&m->dice, 68);
    unsigned month = 1 + sandbox_roll_below(&m->dice, 12);
    unsigned day = 1 + sandbox_roll_below(&m->dice, 28);
    const char *time_of_day = "T11:59:00Z";

    if (roll >= 60 && roll < 80)
        time_of_day = "T00:00:00Z";
    else if (roll >= 80 && roll < 90)
        time_of_day = sandbox_chance(&m->dice, 50) ? "T22:00:00Z" : "T23:00:00Z";
    else if (roll >= 90 && roll < 95)
        time_of_day = "";
    if (roll >= 95 && roll < 98)
        year = 1604;
    if (roll >= 98)
        c->text[SANDBOX_BIRTHDAY] = "0001-01-01T08:00:00Z";
    else
        c->text[SANDBOX_BIRTHDAY] = KEEP("%04u-%02u-%02u%s", year, month, day, time_of_day);
}

static void note(struct maker *m)
{
    static const char *const sentences[] = {
        "Met at the spring fair, interested in the new catalogue.",
        "Prefers to be called before ten.",
        "Sends a card every New Year.",
        "Ask about the delivery of last month.",
        "Speaks French and a little Dutch.",
        "Allergic to nuts - mind the catering!",
        "Key is with the neighbour on the second floor.",
        "Contract runs until the end of next year.",
        "Introduced by the choir.",
        "Invoice address differs, see business address.",
        "Bitte nur schriftlich, ist schwerhörig.",
        "Ne pas appeler le mercredi après-midi.",
        "お土産: 抹茶のクッキーが好き。",
        "Любит шахматы и крепкий чай.",
    };
    struct sandbox_contact *c = m->c;
    unsigned n = 1 + sandbox_roll_below(&m->dice, 4);
    char *at = c->store + c->used;
    size_t used = 0, room = 2000;

    if (sandbox_roll_below(&m->dice, 1000) == 0) { /* notes can be large */
        n = 400;
        room = 20000;
    }
    for (unsigned i = 0; i < n && used < room - 200; i++) {
        (void)kith_text_format(at + used, room - used, "%s%s", i ? "\r\n" : "",
                               sentences[sandbox_roll_below(&m->dice, 14)]);
        used += strlen(at + used);
    }
    c->text[SANDBOX_PERSONAL_NOTES] = at;
    c->used += used + 1;
}

static void private_life(struct maker *m)
{
    static const char *const categories[] = {"Business",     "Family",     "Friends", "Suppliers", "Customers",
                                             "Red category", "Neighbours", "Choir",   "VIP",       "Holiday cards"};
    struct sandbox_contact *c = m->c;

    if (sandbox_chance(&m->dice, 24))
        add_to(&c->categories, categories[sandbox_roll_below(&m->dice, 5)]);
    if (c->categories.n > 0 && sandbox_chance(&m->dice, 25))
        add_to(&c->categories, categories[5 + sandbox_roll_below(&m->dice, 5)]);
    if (sandbox_chance(&m->dice, 14))
        note(m);
    if (!m->given)
        return;
    if (sandbox_chance(&m->dice, 30))
        birthday(m);
    if (sandbox_chance(&m->dice, 4))
        c->text[SANDBOX_SPOUSE_NAME] = draw(&m->dice, &m->country->women)->native;
    if (sandbox_chance(&m->dice, 3)) {
        add_to(&c->children, draw(&m->dice, &m->country->women)->native);
        add_to(&c->children, draw(&m->dice, &m->country->men)->native);
    }
    if (c->n_emails > 0 && c->email[0].address && sandbox_chance(&m->dice, 8))
        add_to(&c->im_addresses, KEEP("sip:%s", c->email[0].address));
}

/* Contacts that are no person, or of which hardly anything is known. */
static void be_odd(struct maker *m)
{
    struct sandbox_contact *c = m->c;
    unsigned kind = sandbox_roll_below(&m->dice, 6);

    employ(m);
    if (kind <= 2) { /* a company by its name */
        c->text[SANDBOX_DISPLAY_NAME] = c->text[SANDBOX_FILE_AS] = c->text[SANDBOX_COMPANY_NAME];
        c->text[SANDBOX_JOB_TITLE] = NULL;
        add_to(&c->business_phones, phone(m, &m->country->landline));
        locate(m, &c->business);
    } else if (kind == 3) { /* a company, but nothing to call the contact by */
        c->text[SANDBOX_FILE_AS] = "";
        add_to(&c->business_phones, phone(m, &m->country->landline));
    } else if (kind == 4) { /* only an address */
        c->text[SANDBOX_COMPANY_NAME] = c->text[SANDBOX_JOB_TITLE] = NULL;
        c->text[SANDBOX_FILE_AS] = "";
        add_email(m, m->mail_host, /* is_private= */ false);
    } else { /* only a number */
        c->text[SANDBOX_COMPANY_NAME] = c->text[SANDBOX_JOB_TITLE] = NULL;
        c->text[SANDBOX_DISPLAY_NAME] = "";
        c->text[SANDBOX_MOBILE_PHONE] = phone(m, &m->country->mobile);
    }
    if (kind <= 3 && sandbox_chance(&m->dice, 60))
        add_email(m, m->mail_host, /* is_private= */ false);
}

static void be_a_person(struct maker *m)
{
    struct sandbox_contact *c = m->c;

    name_person(m);
    if (sandbox_chance(&m->dice, 78))
        employ(m);
    add_emails(m);
    add_phones(m);
    if (c->text[SANDBOX_COMPANY_NAME] && sandbox_chance(&m->dice, 55))
        locate(m, &c->business);
    if (sandbox_chance(&m->dice, 30))
        locate(m, &c->home);
    if (sandbox_chance(&m->dice, 2))
        locate(m, &c->other);
    private_life(m);
}

/* What a change changes: where somebody works and how to reach them. */
static void revise(struct maker *m, unsigned revision)
{
    struct sandbox_contact *c = m->c;

    m->dice.state = sandbox_mix2(c->key, revision);
    if (m->given && sandbox_chance(&m->dice, 50))
        employ(m);
    c->text[SANDBOX_MOBILE_PHONE] = phone(m, &m->country->mobile);
    c->text[SANDBOX_PERSONAL_NOTES] = KEEP("Changed %u time%s.", revision, revision == 1 ? "" : "s");
}

void sandbox_contact_write_note(struct sandbox_contact *c, size_t bytes)
{
    const char *own = c->text[SANDBOX_PERSONAL_NOTES];
    char *at = c->store + c->used;

    if (bytes >= sizeof(c->store) - c->used)
        return;
    if (!own || !own[0])
        own = "Met at the Lisbon fair. Prefers a call before ten. ";
    size_t len = strlen(own);
    for (size_t i = 0; i < bytes; i++)
        at[i] = own[i % len];
    while (bytes > 0 && ((unsigned char)own[bytes % len] & 0xc0) == 0x80)
        bytes--; /* not within a character */
    at[bytes] = '\0';
    c->text[SANDBOX_PERSONAL_NOTES] = at;
    c->used += bytes + 1;
}

uint64_t sandbox_contact_key(uint64_t key, int64_t number)
{
    return sandbox_mix2(key, (uint64_t)number);
}

bool sandbox_contact_has_photo(uint64_t contact_key)
{
    return sandbox_mix2(contact_key, 0x70686f746f) % 10 == 0;
}

void sandbox_contact_make(struct sandbox_contact *c, uint64_t key, int64_t number, unsigned revision)
{
    struct maker m = {.c = c};

    memset(c, 0, offsetof(struct sandbox_contact, store));
    c->key = sandbox_contact_key(key, number);
    m.dice.state = c->key;
    m.country = country_of(&m.dice);
    m.place = &m.country->place[sandbox_roll_below(&m.dice, (unsigned)m.country->n_places)];
    c->created_s = INT64_C(1420070400) + (int64_t)sandbox_roll_below(&m.dice, 330000000);
    c->changed_s = c->created_s + (int64_t)sandbox_roll_below(&m.dice, 20000000);
    c->leaves_nulls_out = sandbox_chance(&m.dice, 5);
    if (sandbox_chance(&m.dice, 3))
        be_odd(&m);
    else
        be_a_person(&m);
    if (revision > 0)
        revise(&m, revision);
}
