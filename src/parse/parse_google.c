/* SPDX-License-Identifier: MIT */
/*
 * parse_google.c - pages of the Google People API become contacts.
 *
 * Before: fetch/fetch_google.c gives the bytes of one response.
 * After:  normalise/ makes the contacts comparable.
 *
 * Nothing is tidied here: a stored contact must stay comparable with what Google sent. Two things are done all the
 * same, because no later step could bear their absence: control characters become spaces, notes in HTML become text.
 *
 * A person's fields are lists, whose elements come in any order and say in their metadata which is the primary one and
 * who wrote it. The table member_rules is the mapping: a list, what reads an element of it, and by which members
 * elements are put in order, so that the same person gives the same contact however the lists were shuffled.
 *
 * The members are described at https://developers.google.com/people/api/rest/v1/people
 */
#include "parse/parse_google.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "parse/answer_text.h"
#include "parse/google_envelope.h"
#include "parse/harmless.h"
#include "parse/html_text.h"

/* Ceilings. Google itself keeps 1,024 characters of a field, 500 fields and 128 KiB of a contact. */
enum {
    CONTACTS_MAX = 20000, /* of one page; Google gives at most 1,000 */
    ID_BYTES_MAX = 2048,
    LINE_BYTES_MAX = 32 * 1024,
    NOTES_BYTES_MAX = 1024 * 1024,
    PAGE_MEMORY_MAX = 4 * KITH_PARSE_GOOGLE_PAGE_BYTES, /* tiny members become larger structs */
    YEAR_MAX = 9999,
};

/* The person that is being read. */
struct reading {
    struct kith_page *page;
    struct kith_contact *contact;
    const struct kith_google_groups *groups;
    size_t position; /* of the person in the page, for the log */
    size_t index;    /* of the element in its list, once that is in order */
};

/* A list of a person, and what becomes of its elements. what: as `read` understands it. */
struct rule {
    const char *name;
    void (*read)(struct reading *r, const struct rule *rule, struct kith_json element);
    const char *order[6]; /* members that elements are ordered by; NULL-terminated */
    int what;
    const char *member; /* the one that holds the value, for what has but one */
    const char *label;  /* of what becomes a further field */
};

/* --- Small readers ------------------------------------------------------- */

static void mark_partial(struct reading *r, const char *name, const char *why)
{
    r->contact->partial = true;
    kith_log_debug(KITH_LOG_PARSE, "person %zu of the page: %s %s", r->position, name, why);
}

static const char *take_text(struct reading *r, struct kith_json object, const char *name, size_t max_bytes, bool lines)
{
    const char *trouble;
    const char *text = kith_answer_text(r->page->arena, kith_json_member(object, name), max_bytes, lines, &trouble);

    if (trouble)
        mark_partial(r, name, trouble);
    return text;
}

static const char *take_line(struct reading *r, struct kith_json object, const char *name)
{
    return take_text(r, object, name, LINE_BYTES_MAX, /* lines= */ false);
}

static const char *take_lines(struct reading *r, struct kith_json object, const char *name)
{
    return take_text(r, object, name, NOTES_BYTES_MAX, /* lines= */ true);
}

/* A word that is compared and goes nowhere; "" for what is no text. */
static const char *word_of(struct kith_json object, const char *name)
{
    size_t len;

    return kith_json_string(kith_json_member(object, name), &len);
}

static bool is_given(const char *text)
{
    return text[0] != '\0';
}

/* --- Types and labels ------------------------------------------------------ */

/* The name for people that Google gives a type, custom ones verbatim; the type itself where it gives none. */
static const char *label_of(struct reading *r, struct kith_json element)
{
    const char *label = take_line(r, element, "formattedType");

    return is_given(label) ? label : take_line(r, element, "type");
}

/* *ret_label: "" where the place says it all. */
static enum kith_place place_of(struct reading *r, struct kith_json element, const char **ret_label)
{
    static const struct {
        const char *type;
        enum kith_place place;
    } places[] = {{"work", KITH_PLACE_WORK}, {"home", KITH_PLACE_HOME}, {"other", KITH_PLACE_OTHER}};
    const char *type = word_of(element, "type");

    *ret_label = "";
    for (size_t i = 0; i < KITH_COUNT_OF(places); i++)
        if (kith_text_equal_ci(type, places[i].type))
            return places[i].place;
    *ret_label = label_of(r, element);
    return KITH_PLACE_NONE;
}

/* --- Parts ------------------------------------------------------------------ */

/* "" is left out; NULL then, and at the ceiling. */
static struct kith_item *add_item(struct reading *r, enum kith_item_kind kind, const char *label, const char *value)
{
    struct kith_item *item = is_given(value) ? kith_contact_add_item(r->contact, r->page->arena, kind, value) : NULL;

    if (item)
        item->label = label;
    else if (is_given(value))
        mark_partial(r, label, "is one value too many");
    return item;
}

static void add_extra(struct reading *r, const char *label, const char *value)
{
    (void)add_item(r, KITH_ITEM_EXTRA, label, value);
}

/* The first one is the field, what comes after it is kept beside. */
static void set_text(struct reading *r, enum kith_text field, const char *label, const char *value)
{
    if (!is_given(r->contact->text[field]))
        r->contact->text[field] = value;
    else if (strcmp(r->contact->text[field], value) != 0)
        add_extra(r, label, value);
}

/* text, with `between` before it where there is something already; "" adds nothing. */
static void join_text(struct kith_buf *out, const char *between, const char *text)
{
    if (is_given(text) && out->len > 0)
        (void)kith_buf_add_text(out, between);
    (void)kith_buf_add_text(out, text);
}

static const char *keep_text(struct reading *r, const struct kith_buf *text)
{
    return kith_arena_copy(r->page->arena, kith_buf_text(text), text->len);
}

/* --- Dates -------------------------------------------------------------------- */

/* A part that is absent or 0 is not known. false: it is no date at all. */
static bool read_date_part(struct kith_json date, const char *name, int64_t max, int *ret)
{
    struct kith_json v = kith_json_member(date, name);
    int64_t number = 0;

    if (!kith_answer_is_none(v) && (!kith_json_int64(v, &number) || number < 0 || number > max))
        return false;
    *ret = (int)number;
    return true;
}

/* *ret: {0} when there is none, or one that cannot be. */
static void read_date(struct reading *r, struct kith_json element, const char *name, struct kith_date *ret)
{
    struct kith_json v = kith_json_member(element, name);
    struct kith_date date = {.label = ""};

    *ret = date;
    if (kith_answer_is_none(v))
        return;
    if (v.type != KITH_JSON_OBJECT || !read_date_part(v, "year", YEAR_MAX, &date.year) ||
        !read_date_part(v, "month", 12, &date.month) || !read_date_part(v, "day", 31, &date.day)) {
        mark_partial(r, name, "is no date");
        return;
    }
    *ret = date;
}

static bool is_day(const struct kith_date *date)
{
    return date->month > 0 && date->day > 0;
}

/* "1842", "1842-05" or "1842-05-01"; "" for none. What has no day is no date to us, but somebody wrote it. */
static const char *date_text(struct reading *r, const struct kith_date *date)
{
    char text[16] = "";

    if (date->year > 0 && date->month == 0)
        (void)kith_text_format(text, sizeof(text), "%04d", date->year); /* fits, as the next ones */
    else if (date->year > 0 && date->day == 0)
        (void)kith_text_format(text, sizeof(text), "%04d-%02d", date->year, date->month);
    else if (date->year > 0)
        (void)kith_text_format(text, sizeof(text), "%04d-%02d-%02d", date->year, date->month, date->day);
    else if (is_day(date))
        (void)kith_text_format(text, sizeof(text), "--%02d-%02d", date->month, date->day);
    return kith_arena_copy(r->page->arena, text, strlen(text));
}

static void add_date(struct reading *r, enum kith_date_kind kind, const char *label, const struct kith_date *read)
{
    struct kith_date *date = kith_contact_add_date(r->contact, r->page->arena);

    if (!date) {
        mark_partial(r, label, "is one date too many");
        return;
    }
    *date = *read;
    date->kind = kind;
    date->label = label;
}

/* A date, or what was typed instead of one. They may differ; then the date is what was meant. */
static void read_birthday(struct reading *r, const struct rule *rule, struct kith_json element)
{
    struct kith_date date;
    const char *text = take_line(r, element, "text");

    read_date(r, element, "date", &date);
    if (is_day(&date) && r->index == 0)
        add_date(r, KITH_DATE_BIRTHDAY, "", &date);
    else
        add_extra(r, rule->label, date.year > 0 || is_day(&date) ? date_text(r, &date) : text);
}

static void read_event(struct reading *r, const struct rule *rule, struct kith_json element)
{
    struct kith_date date;
    const char *type = word_of(element, "type");
    bool anniversary = kith_text_equal_ci(type, "anniversary");
    const char *label = label_of(r, element);

    read_date(r, element, "date", &date);
    if (!is_day(&date))
        add_extra(r, is_given(label) ? label : rule->label, date_text(r, &date));
    else if (anniversary)
        add_date(r, KITH_DATE_ANNIVERSARY, "", &date);
    else
        add_date(r, KITH_DATE_OTHER, kith_text_equal_ci(type, "other") ? "" : label, &date);
}

/* --- Names ---------------------------------------------------------------------- */

struct text_member {
    const char *name;
    enum kith_text field;
};

static void read_name(struct reading *r, const struct rule *rule, struct kith_json element)
{
    static const struct text_member members[] = {
        {"givenName", KITH_TEXT_GIVEN},
        {"middleName", KITH_TEXT_MIDDLE},
        {"familyName", KITH_TEXT_FAMILY},
        {"honorificPrefix", KITH_TEXT_PREFIX},
        {"honorificSuffix", KITH_TEXT_SUFFIX},
        {"phoneticGivenName", KITH_TEXT_PHONETIC_GIVEN},
        {"phoneticFamilyName", KITH_TEXT_PHONETIC_FAMILY},
    };
    static const struct {
        const char *name, *label;
    } others[] = {
        {"phoneticMiddleName", "Phonetic middle name"},
        {"phoneticHonorificPrefix", "Phonetic prefix"},
        {"phoneticHonorificSuffix", "Phonetic suffix"},
    };
    const char *shown = take_line(r, element, "displayName");

    if (!is_given(shown))
        shown = take_line(r, element, "unstructuredName");
    if (r->index > 0) { /* a contact has one name; a second one is somebody else's word for them */
        add_extra(r, rule->label, shown);
        return;
    }
    r->contact->text[KITH_TEXT_DISPLAY] = shown;
    for (size_t i = 0; i < KITH_COUNT_OF(members); i++)
        r->contact->text[members[i].field] = take_line(r, element, members[i].name);
    for (size_t i = 0; i < KITH_COUNT_OF(others); i++)
        add_extra(r, others[i].label, take_line(r, element, others[i].name));
    /* The whole is made of its parts, where there are some. */
    if (!is_given(r->contact->text[KITH_TEXT_PHONETIC_GIVEN]) && !is_given(r->contact->text[KITH_TEXT_PHONETIC_FAMILY]))
        add_extra(r, "Phonetic name", take_line(r, element, "phoneticFullName"));
}

static void read_nickname(struct reading *r, const struct rule *rule, struct kith_json element)
{
    static const struct {
        const char *type, *label;
    } types[] = {
        {"MAIDEN_NAME", "Maiden name"}, {"INITIALS", "Initials"},         {"GPLUS", "Google+ name"},
        {"OTHER_NAME", "Other name"},   {"ALTERNATE_NAME", "Other name"}, {"SHORT_NAME", "Short name"},
    };
    const char *value = take_line(r, element, "value");
    const char *type = word_of(element, "type");

    if (strcmp(type, "INITIALS") == 0) {
        set_text(r, KITH_TEXT_INITIALS, "Initials", value);
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(types); i++) {
        if (strcmp(type, types[i].type) != 0)
            continue;
        add_extra(r, types[i].label, value);
        return;
    }
    set_text(r, KITH_TEXT_NICKNAME, rule->label, value);
}

/* what: enum kith_text. */
static void read_text(struct reading *r, const struct rule *rule, struct kith_json element)
{
    set_text(r, (enum kith_text)rule->what, rule->label, take_line(r, element, rule->member));
}

static bool is_html(struct kith_json element)
{
    return strcmp(word_of(element, "contentType"), "TEXT_HTML") == 0;
}

static const char *take_notes(struct reading *r, struct kith_json element)
{
    const char *text = take_lines(r, element, "value");
    size_t len = strlen(text);

    if (!is_html(element) || len == 0)
        return text;
    char *copy = kith_arena_copy(r->page->arena, text, len);
    len = kith_html_to_text(copy, len);
    len = kith_harmless(copy, len, /* lines= */ true); /* "&#133;" is one, too */
    copy[len] = '\0';
    return copy;
}

static void read_notes(struct reading *r, const struct rule *rule, struct kith_json element)
{
    const char *text = take_notes(r, element);

    if (r->index == 0)
        r->contact->text[KITH_TEXT_NOTES] = text;
    else
        add_extra(r, rule->label, text);
}

/* --- Where they work -------------------------------------------------------------- */

/* "Programmer, R&D, Analytical Engines": one that is not the contact's main one. */
static void add_second_organization(struct reading *r, const struct rule *rule, struct kith_json element)
{
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, LINE_BYTES_MAX);
    join_text(&text, ", ", take_line(r, element, "title"));
    join_text(&text, ", ", take_line(r, element, "department"));
    join_text(&text, ", ", take_line(r, element, "name"));
    join_text(&text, ", ", take_line(r, element, "location"));
    add_extra(r, rule->label, keep_text(r, &text));
    add_extra(r, "Phonetic company", take_line(r, element, "phoneticName"));
}

static void read_organization(struct reading *r, const struct rule *rule, struct kith_json element)
{
    static const struct text_member members[] = {
        {"name", KITH_TEXT_COMPANY},    {"department", KITH_TEXT_DEPARTMENT},         {"title", KITH_TEXT_JOB_TITLE},
        {"location", KITH_TEXT_OFFICE}, {"phoneticName", KITH_TEXT_PHONETIC_COMPANY},
    };
    static const struct {
        const char *name, *label;
    } others[] = {
        {"jobDescription", "Job description"},
        {"symbol", "Stock symbol"},
        {"domain", "Domain"},
        {"costCenter", "Cost center"},
    };
    struct kith_date from, until;

    if (r->index > 0)
        add_second_organization(r, rule, element);
    for (size_t i = 0; i < KITH_COUNT_OF(members) && r->index == 0; i++)
        r->contact->text[members[i].field] = take_line(r, element, members[i].name);
    for (size_t i = 0; i < KITH_COUNT_OF(others); i++)
        add_extra(r, others[i].label, take_line(r, element, others[i].name));
    read_date(r, element, "startDate", &from);
    read_date(r, element, "endDate", &until);
    add_extra(r, "There since", date_text(r, &from));
    add_extra(r, "There until", date_text(r, &until));
}

/* --- How to reach them ------------------------------------------------------------- */

static void read_email(struct reading *r, const struct rule *rule, struct kith_json element)
{
    const char *address = take_line(r, element, "value");
    const char *name = take_line(r, element, "displayName");
    struct kith_email *email;

    if (!is_given(address)) { /* nobody can write to it, but it is there */
        add_extra(r, "Name beside the e-mail", name);
        return;
    }
    email = kith_contact_add_email(r->contact, r->page->arena);
    if (!email) {
        mark_partial(r, rule->name, "has one address too many");
        return;
    }
    email->address = address;
    email->name = name;
    email->place = place_of(r, element, &email->label);
}

/* Types that say what our kinds say have no label; the others keep Google's. */
static enum kith_phone_kind phone_kind(struct reading *r, struct kith_json element, const char **ret_label)
{
    static const struct {
        const char *type;
        enum kith_phone_kind kind;
        bool labelled; /* our kind says less than the type */
    } kinds[] = {
        {"mobile", KITH_PHONE_MOBILE, false},    {"work", KITH_PHONE_WORK, false},
        {"home", KITH_PHONE_HOME, false},        {"main", KITH_PHONE_PRIMARY, false},
        {"workMobile", KITH_PHONE_MOBILE, true}, {"homeFax", KITH_PHONE_HOME_FAX, false},
        {"workFax", KITH_PHONE_WORK_FAX, false}, {"otherFax", KITH_PHONE_OTHER_FAX, false},
        {"pager", KITH_PHONE_PAGER, false},      {"workPager", KITH_PHONE_PAGER, true},
        {"googleVoice", KITH_PHONE_OTHER, true}, {"other", KITH_PHONE_OTHER, false},
    };
    const char *type = word_of(element, "type");

    *ret_label = "";
    for (size_t i = 0; i < KITH_COUNT_OF(kinds); i++) {
        if (!kith_text_equal_ci(type, kinds[i].type))
            continue;
        if (kinds[i].labelled)
            *ret_label = label_of(r, element);
        return kinds[i].kind;
    }
    *ret_label = label_of(r, element);
    return KITH_PHONE_OTHER;
}

/*
 * What was typed is what is shown. Google's own reading of it goes along for normalise/, which asks it where the text
 * names no country: the account's region may not be the one that is set here.
 */
static void read_phone(struct reading *r, const struct rule *rule, struct kith_json element)
{
    const char *raw = take_line(r, element, "value");
    const char *canonical = take_line(r, element, "canonicalForm");
    struct kith_phone *phone;

    if (!is_given(raw))
        raw = canonical;
    if (!is_given(raw))
        return;
    phone = kith_contact_add_phone(r->contact, r->page->arena);
    if (!phone) {
        mark_partial(r, rule->name, "has one number too many");
        return;
    }
    phone->raw = raw;
    phone->kind = phone_kind(r, element, &phone->label);
    if (canonical[0] == '+' && !kith_text_copy(phone->e164, sizeof(phone->e164), canonical))
        phone->e164[0] = '\0'; /* longer than E.164 allows */
}

static const char *street_of(struct reading *r, struct kith_json element)
{
    KITH_AUTO_DONE(kith_buf) street;

    kith_buf_init(&street, 2 * NOTES_BYTES_MAX);
    join_text(&street, "\n", take_lines(r, element, "streetAddress"));
    join_text(&street, "\n", take_lines(r, element, "extendedAddress"));
    return keep_text(r, &street);
}

static void read_address(struct reading *r, const struct rule *rule, struct kith_json element)
{
    struct kith_address read = {
        .street = street_of(r, element),
        .po_box = take_line(r, element, "poBox"),
        .city = take_line(r, element, "city"),
        .region = take_line(r, element, "region"),
        .postal_code = take_line(r, element, "postalCode"),
        .country = take_line(r, element, "country"),
        .label = "",
    };
    struct kith_address *address;

    if (!is_given(read.country))
        read.country = take_line(r, element, "countryCode");
    bool in_parts = is_given(read.street) || is_given(read.po_box) || is_given(read.city) || is_given(read.region) ||
                    is_given(read.postal_code);
    if (!in_parts) { /* typed in one piece; a country alone was made of it by Google */
        const char *whole = take_lines(r, element, "formattedValue");
        if (is_given(whole)) {
            read.street = whole;
            read.country = "";
        }
    }
    if (!in_parts && !is_given(read.street) && !is_given(read.country))
        return;
    address = kith_contact_add_address(r->contact, r->page->arena);
    if (!address) {
        mark_partial(r, rule->name, "has one address too many");
        return;
    }
    *address = read;
    address->place = place_of(r, element, &address->label);
}

static void add_placed(struct reading *r, enum kith_item_kind kind, struct kith_json element, const char *value,
                       const char *label)
{
    struct kith_item *item = add_item(r, kind, label, value);

    if (!item)
        return;
    item->place = place_of(r, element, &item->label);
    if (!is_given(item->label))
        item->label = label;
}

static void read_web(struct reading *r, const struct rule *rule, struct kith_json element)
{
    add_placed(r, KITH_ITEM_WEB, element, take_line(r, element, rule->member), rule->label);
}

/* scheme ":" value, unless the value says it already. */
static const char *with_scheme(struct reading *r, const char *scheme, const char *value)
{
    KITH_AUTO_DONE(kith_buf) text;
    size_t len = strlen(scheme);

    kith_buf_init(&text, LINE_BYTES_MAX + 32);
    if (!is_given(value) || (strncasecmp(value, scheme, len) == 0 && value[len] == ':'))
        return value;
    (void)kith_buf_addf(&text, "%s:%s", scheme, value);
    return keep_text(r, &text);
}

/* The schemes that programs for these chats answer to; a protocol of the person's own becomes the label. */
static void read_chat(struct reading *r, const struct rule *rule, struct kith_json element)
{
    static const struct {
        const char *protocol, *scheme;
    } schemes[] = {
        {"aim", "aim"},         {"msn", "msnim"}, {"yahoo", "ymsgr"}, {"skype", "skype"},       {"qq", "qq"},
        {"googleTalk", "xmpp"}, {"icq", "icq"},   {"jabber", "xmpp"}, {"netMeeting", "callto"},
    };
    const char *name = take_line(r, element, rule->member);
    const char *protocol = take_line(r, element, "protocol");
    const char *label = take_line(r, element, "formattedProtocol");

    for (size_t i = 0; i < KITH_COUNT_OF(schemes); i++)
        if (kith_text_equal_ci(protocol, schemes[i].protocol))
            name = with_scheme(r, schemes[i].scheme, name);
    add_placed(r, KITH_ITEM_CHAT, element, name, is_given(label) ? label : protocol);
}

static void read_sip(struct reading *r, const struct rule *rule, struct kith_json element)
{
    add_placed(r, KITH_ITEM_CHAT, element, with_scheme(r, "sip", take_line(r, element, rule->member)), rule->label);
}

/* --- Who belongs to them, and the rest ---------------------------------------------- */

static void read_relation(struct reading *r, const struct rule *rule, struct kith_json element)
{
    static const struct {
        const char *type;
        enum kith_text field;
    } fields[] = {{"spouse", KITH_TEXT_SPOUSE}, {"manager", KITH_TEXT_MANAGER}, {"assistant", KITH_TEXT_ASSISTANT}};
    const char *person = take_line(r, element, rule->member);
    const char *type = word_of(element, "type");

    if (kith_text_equal_ci(type, "child")) {
        (void)add_item(r, KITH_ITEM_CHILD, "", person);
        return;
    }
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        if (!kith_text_equal_ci(type, fields[i].type) || is_given(r->contact->text[fields[i].field]))
            continue;
        r->contact->text[fields[i].field] = person;
        return;
    }
    (void)add_item(r, KITH_ITEM_RELATION, label_of(r, element), person);
}

/* A further field under the name that its element gives it, or else under ours. */
static void read_extra(struct reading *r, const struct rule *rule, struct kith_json element)
{
    const char *label = label_of(r, element);

    add_extra(r, is_given(label) ? label : rule->label, take_line(r, element, rule->member));
}

static void read_user_defined(struct reading *r, const struct rule *rule, struct kith_json element)
{
    const char *key = take_line(r, element, "key");

    add_extra(r, is_given(key) ? key : rule->label, take_line(r, element, rule->member));
}

static void read_gender(struct reading *r, const struct rule *rule, struct kith_json element)
{
    const char *shown = take_line(r, element, "formattedValue");

    add_extra(r, rule->label, is_given(shown) ? shown : take_line(r, element, rule->member));
    add_extra(r, "Pronouns", take_line(r, element, "addressMeAs"));
}

/* "Desk, building B1, floor 3, desk 3.14" */
static void read_location(struct reading *r, const struct rule *rule, struct kith_json element)
{
    static const struct {
        const char *name, *words;
    } parts[] = {{"buildingId", "building "}, {"floor", "floor "}, {"floorSection", "section "}, {"deskCode", "desk "}};
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, LINE_BYTES_MAX);
    join_text(&text, ", ", take_line(r, element, rule->member));
    for (size_t i = 0; i < KITH_COUNT_OF(parts); i++) {
        const char *part = take_line(r, element, parts[i].name);

        if (is_given(part))
            join_text(&text, ", ", parts[i].words);
        (void)kith_buf_add_text(&text, part);
    }
    add_extra(r, rule->label, keep_text(r, &text));
}

/* A letter on a coloured ground is Google's own picture for those who have none. */
static void read_photo(struct reading *r, const struct rule *rule, struct kith_json element)
{
    bool made_up = kith_json_bool(kith_json_member(element, "default"), false);
    const char *url = take_text(r, element, rule->member, NOTES_BYTES_MAX, /* lines= */ false);

    if (made_up || !is_given(url) || r->contact->has_photo)
        return;
    r->contact->has_photo = true;
    r->contact->photo_url = url;
}

/* --- Lists in order ------------------------------------------------------------------ */

/* One element of a list, with what decides about its place. */
struct element {
    struct kith_json v;
    size_t position;
    bool primary, current;
    bool of_contact; /* the person wrote it; else it came from a profile that was merged in */
};

static int compare_numbers(struct kith_json a, struct kith_json b)
{
    int64_t x = 0, y = 0;

    (void)kith_json_int64(a, &x); /* what is no number counts as 0, on both sides */
    (void)kith_json_int64(b, &y);
    return (x > y) - (x < y);
}

static int compare_strings(struct kith_json a, struct kith_json b)
{
    size_t a_len, b_len;
    const char *x = kith_json_string(a, &a_len);
    const char *y = kith_json_string(b, &b_len);
    int difference = memcmp(x, y, a_len < b_len ? a_len : b_len);

    return difference != 0 ? difference : (a_len > b_len) - (a_len < b_len);
}

/* Objects here are dates. */
static int compare_values(struct kith_json a, struct kith_json b)
{
    static const char *const parts[] = {"year", "month", "day"};
    int difference = (int)a.type - (int)b.type;

    if (difference != 0 || a.type == KITH_JSON_NONE)
        return difference;
    if (a.type == KITH_JSON_STRING)
        return compare_strings(a, b);
    if (a.type == KITH_JSON_NUMBER)
        return compare_numbers(a, b);
    for (size_t i = 0; i < KITH_COUNT_OF(parts) && difference == 0 && a.type == KITH_JSON_OBJECT; i++)
        difference = compare_numbers(kith_json_member(a, parts[i]), kith_json_member(b, parts[i]));
    return difference;
}

/* The primary one first, then what holds now, then by what is in them: the order of the answer means nothing. */
static int compare_elements(const void *left, const void *right, void *ctx)
{
    const struct element *a = left;
    const struct element *b = right;
    const struct rule *rule = ctx;
    int difference = 0;

    if (a->primary != b->primary)
        return a->primary ? -1 : 1;
    if (a->current != b->current)
        return a->current ? -1 : 1;
    for (size_t i = 0; i < KITH_COUNT_OF(rule->order) && rule->order[i] && difference == 0; i++)
        difference = compare_values(kith_json_member(a->v, rule->order[i]), kith_json_member(b->v, rule->order[i]));
    return difference != 0 ? difference : (a->position > b->position) - (a->position < b->position);
}

static struct element element_of(struct kith_json v, size_t position)
{
    struct kith_json metadata = kith_json_member(v, "metadata");
    const char *source = word_of(kith_json_member(metadata, "source"), "type");

    return (struct element){
        .v = v,
        .position = position,
        .primary = kith_json_bool(kith_json_member(metadata, "primary"), false),
        .current = kith_json_bool(kith_json_member(v, "current"), false),
        .of_contact = strcmp(source, "CONTACT") == 0,
    };
}

/* Leave what a profile says where the person wrote something themselves. Returns how many are left. */
static size_t prefer_contact(struct element *elements, size_t n)
{
    size_t kept = 0;
    bool any = false;

    for (size_t i = 0; i < n; i++)
        any = any || elements[i].of_contact;
    for (size_t i = 0; i < n; i++)
        if (!any || elements[i].of_contact)
            elements[kept++] = elements[i];
    return kept;
}

static size_t collect(struct reading *r, const char *name, struct kith_json list, struct element *elements)
{
    struct kith_json_walk walk = kith_json_walk(list);
    size_t n = 0;

    while (n < KITH_PARTS_MAX && kith_json_next(&walk)) {
        if (walk.value.type == KITH_JSON_OBJECT) {
            elements[n] = element_of(walk.value, n);
            n++;
        } else if (!kith_answer_is_none(walk.value)) {
            mark_partial(r, name, "has an element that is no object");
        }
    }
    if (kith_json_length(list) > KITH_PARTS_MAX)
        mark_partial(r, name, "has too many elements");
    return prefer_contact(elements, n);
}

static void read_list(struct reading *r, const struct rule *rule, struct kith_json list)
{
    struct element few[8];
    struct element *elements = few;
    size_t length = kith_json_length(list);
    size_t n;

    if (list.type != KITH_JSON_ARRAY) {
        mark_partial(r, rule->name, "is no list");
        return;
    }
    if (length > KITH_COUNT_OF(few))
        elements = kith_xnew_n(struct element, length < KITH_PARTS_MAX ? length : KITH_PARTS_MAX);
    n = collect(r, rule->name, list, elements);
    if (n > 1)
        qsort_r(elements, n, sizeof(*elements), compare_elements, (void *)rule);
    for (r->index = 0; r->index < n; r->index++)
        rule->read(r, rule, elements[r->index].v);
    if (elements != few)
        free(elements);
}

/* --- Groups ---------------------------------------------------------------------------- */

static const char group_prefix[] = "contactGroups/";

/* The older way to name a group: without what all of them begin with. */
static const char *group_of_id(struct reading *r, const char *id)
{
    KITH_AUTO_DONE(kith_buf) name;

    kith_buf_init(&name, LINE_BYTES_MAX + sizeof(group_prefix));
    (void)kith_buf_addf(&name, "%s%s", group_prefix, id);
    return keep_text(r, &name);
}

static int compare_names(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

/* The names of the groups that the person is in, in an order of their own. Returns how many. */
static size_t collect_categories(struct reading *r, struct kith_json memberships, const char **names)
{
    struct kith_json_walk walk = kith_json_walk(memberships);
    size_t n = 0;

    while (n < KITH_PARTS_MAX && kith_json_next(&walk)) {
        struct kith_json member = kith_json_member(walk.value, "contactGroupMembership");
        const char *id = take_line(r, member, "contactGroupResourceName");

        if (!is_given(id))
            id = group_of_id(r, take_line(r, member, "contactGroupId"));
        names[n] = kith_google_groups_name(r->groups, id);
        n += names[n] != NULL;
    }
    qsort(names, n, sizeof(*names), compare_names);
    return n;
}

static void read_memberships(struct reading *r, struct kith_json v, uint64_t *hash)
{
    const char *few[16];
    const char **names = few;
    size_t length = kith_json_length(v);
    size_t n;

    if (v.type != KITH_JSON_ARRAY) {
        if (!kith_answer_is_none(v))
            mark_partial(r, "memberships", "is no list");
        return;
    }
    if (length > KITH_COUNT_OF(few))
        names = kith_xnew_n(const char *, length < KITH_PARTS_MAX ? length : KITH_PARTS_MAX);
    n = collect_categories(r, v, names);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && strcmp(names[i], names[i - 1]) == 0)
            continue;
        /* A copy of its own: the groups go before the page does, at times. */
        (void)add_item(r, KITH_ITEM_CATEGORY, "", kith_arena_copy(r->page->arena, names[i], strlen(names[i])));
        *hash = (*hash ^ kith_fnv1a64(names[i], strlen(names[i]))) * UINT64_C(1099511628211);
    }
    if (names != few)
        free(names);
}

/* --- Members of a person ------------------------------------------------------------------ */

/* Applied in this order, whatever the answer's is: so a contact's first number is the one that counts most. */
static const struct rule member_rules[] = {
    {"names", read_name, {"displayName", "givenName", "familyName"}, 0, NULL, "Other name"},
    {"nicknames", read_nickname, {"type", "value"}, 0, NULL, "Nickname"},
    {"fileAses", read_text, {"value"}, KITH_TEXT_FILE_AS, "value", "File as"},
    {"organizations",
     read_organization,
     {"type", "name", "title", "department", "startDate", "location"},
     0,
     NULL,
     "Organization"},
    {"occupations", read_text, {"value"}, KITH_TEXT_PROFESSION, "value", "Occupation"},
    {"phoneNumbers", read_phone, {"type", "value", "canonicalForm"}, 0, NULL, NULL},
    {"emailAddresses", read_email, {"type", "value", "displayName"}, 0, NULL, NULL},
    {"addresses",
     read_address,
     {"type", "formattedValue", "streetAddress", "postalCode", "city", "country"},
     0,
     NULL,
     NULL},
    {"birthdays", read_birthday, {"date", "text"}, 0, NULL, "Birthday"},
    {"events", read_event, {"type", "date", "formattedType"}, 0, NULL, "Event"},
    {"urls", read_web, {"type", "value"}, 0, "value", ""},
    {"calendarUrls", read_web, {"type", "url"}, 0, "url", "Calendar"},
    {"imClients", read_chat, {"protocol", "username", "type"}, 0, "username", NULL},
    {"sipAddresses", read_sip, {"type", "value"}, 0, "value", ""},
    {"relations", read_relation, {"type", "person"}, 0, "person", NULL},
    {"photos", read_photo, {"url"}, 0, "url", NULL},
    {"biographies", read_notes, {"value"}, 0, NULL, "Notes"},
    {"userDefined", read_user_defined, {"key", "value"}, 0, "value", "Custom field"},
    {"genders", read_gender, {"value", "addressMeAs"}, 0, "value", "Gender"},
    {"locations", read_location, {"type", "value", "buildingId", "floor", "deskCode"}, 0, "value", "Location"},
    {"externalIds", read_extra, {"type", "value"}, 0, "value", "External id"},
    {"miscKeywords", read_extra, {"type", "value"}, 0, "value", "Keyword"},
    {"interests", read_extra, {"value"}, 0, "value", "Interest"},
    {"skills", read_extra, {"value"}, 0, "value", "Skill"},
};
enum { N_MEMBERS = KITH_COUNT_OF(member_rules) };

/* The number of the member's rule; N_MEMBERS for a member that we do not know. */
static size_t find_member(const struct kith_json_walk *walk)
{
    for (size_t i = 0; i < N_MEMBERS; i++)
        if (strlen(member_rules[i].name) == walk->name_len &&
            memcmp(member_rules[i].name, walk->name, walk->name_len) == 0)
            return i;
    return N_MEMBERS;
}

static void read_members(struct reading *r, struct kith_json person)
{
    struct kith_json values[N_MEMBERS + 1] = {0}; /* the last one takes strangers */
    struct kith_json_walk walk = kith_json_walk(person);

    while (kith_json_next(&walk)) {
        size_t member = find_member(&walk);

        if (values[member].type == KITH_JSON_NONE)
            values[member] = walk.value;
    }
    for (size_t i = 0; i < N_MEMBERS; i++)
        if (!kith_answer_is_none(values[i]))
            read_list(r, &member_rules[i], values[i]);
}

/* --- Who it is ------------------------------------------------------------------------------- */

/* The contact itself among the sources; of a person who is none, the first one. */
static struct kith_json main_source(struct kith_json metadata)
{
    struct kith_json_walk walk = kith_json_walk(kith_json_member(metadata, "sources"));
    struct kith_json first = {.type = KITH_JSON_NONE};

    while (kith_json_next(&walk)) {
        if (strcmp(word_of(walk.value, "type"), "CONTACT") == 0)
            return walk.value;
        if (first.type == KITH_JSON_NONE)
            first = walk.value;
    }
    return first;
}

/*
 * The etag of the source: the one of the person changes with the fields that are asked for. Behind it the groups, since
 * a group that gets another name changes no etag, but what we keep.
 */
static void read_change_key(struct reading *r, struct kith_json person, struct kith_json source, uint64_t groups)
{
    KITH_AUTO_DONE(kith_buf) key;
    const char *etag = take_text(r, source, "etag", ID_BYTES_MAX, /* lines= */ false);

    kith_buf_init(&key, ID_BYTES_MAX + 32);
    if (!is_given(etag))
        etag = take_text(r, source, "updateTime", ID_BYTES_MAX, /* lines= */ false);
    if (!is_given(etag))
        etag = take_text(r, person, "etag", ID_BYTES_MAX, /* lines= */ false);
    (void)kith_buf_add_text(&key, etag);
    if (groups != 0 && is_given(etag))
        (void)kith_buf_addf(&key, " %016" PRIx64, groups);
    r->contact->change_key = keep_text(r, &key);
}

static void read_modified(struct reading *r, struct kith_json source)
{
    const char *time = take_line(r, source, "updateTime");

    if (is_given(time) && !kith_clock_parse_iso(time, &r->contact->modified_s))
        mark_partial(r, "updateTime", "is no time");
}

/* Cut short, a name would be another's or nobody's. */
static const char *take_id(struct reading *r, struct kith_json person)
{
    size_t len;

    (void)kith_json_string(kith_json_member(person, "resourceName"), &len);
    return len <= ID_BYTES_MAX ? take_line(r, person, "resourceName") : "";
}

static void add_former_names(struct reading *r, struct kith_json metadata)
{
    struct kith_json_walk walk = kith_json_walk(kith_json_member(metadata, "previousResourceNames"));

    while (kith_json_next(&walk)) {
        size_t len;
        const char *name = kith_json_string(walk.value, &len);

        if (len > 0 && len <= ID_BYTES_MAX && strcmp(name, r->contact->source_id) != 0)
            kith_page_add_removed(r->page, name, strnlen(name, len));
    }
}

enum kind_of_item { ITEM_NOTHING, ITEM_REMOVED, ITEM_CONTACT };

/* Read one item into r->contact. */
static enum kind_of_item read_person(struct reading *r, struct kith_json person)
{
    struct kith_json metadata = kith_json_member(person, "metadata");
    struct kith_json source = main_source(metadata);
    uint64_t groups = 0;

    kith_contact_init(r->contact);
    r->contact->source = KITH_SOURCE_GOOGLE;
    r->contact->source_id = take_id(r, person);
    if (!is_given(r->contact->source_id))
        return ITEM_NOTHING;
    if (kith_json_bool(kith_json_member(metadata, "deleted"), false))
        return ITEM_REMOVED;

    read_members(r, person);
    read_memberships(r, kith_json_member(person, "memberships"), &groups);
    read_change_key(r, person, source, groups);
    read_modified(r, source);
    return ITEM_CONTACT;
}

/* --- Pages -------------------------------------------------------------------------------------- */

static enum kith_status read_people(struct kith_page *page, struct kith_page_rest *rest, bool whole,
                                    const struct kith_google_groups *groups, struct kith_error *err)
{
    kith_page_rest_begin(rest, page, whole);
    while (kith_page_rest_next(rest, page, whole)) {
        struct reading r = {
            .page = page, .contact = &page->contacts[page->n_contacts], .groups = groups, .position = rest->n_read};
        enum kind_of_item kind = read_person(&r, rest->walk.value);

        if (kind == ITEM_NOTHING) {
            page->n_skipped++;
            continue;
        }
        add_former_names(&r, kith_json_member(rest->walk.value, "metadata"));
        if (kind == ITEM_CONTACT)
            page->n_contacts++;
        else
            kith_page_add_removed(page, r.contact->source_id, strlen(r.contact->source_id));
        if (kith_arena_bytes(page->arena) > PAGE_MEMORY_MAX)
            return kith_fail(err, KITH_E_SERVICE, "the page takes too much memory, at person %zu", r.position);
    }
    return KITH_OK;
}

static int64_t read_total(struct kith_json root)
{
    int64_t total;

    if (!kith_json_int64(kith_json_member(root, "totalItems"), &total) &&
        !kith_json_int64(kith_json_member(root, "totalPeople"), &total))
        return -1;
    return total < 0 ? -1 : total;
}

enum kith_status kith_parse_google_page(struct kith_json_reader *reader, struct kith_buf *json,
                                        const struct kith_google_groups *groups, struct kith_page **ret_page,
                                        struct kith_page_rest *ret_rest, struct kith_error *err)
{
    KITH_AUTO(kith_page) page = kith_page_new();
    struct kith_json root = {0}, list = {0};
    struct kith_page_rest rest;
    enum kith_status st = kith_google_document(reader, json, "contacts", &root, err);

    if (st == KITH_OK)
        st = kith_google_list(root, "connections", CONTACTS_MAX, &list, err);
    if (st == KITH_OK)
        st = kith_answer_link(root, "nextPageToken", page->arena, &page->next_link, err);
    if (st == KITH_OK)
        st = kith_answer_link(root, "nextSyncToken", page->arena, &page->resume, err);
    rest = kith_page_rest_of(list);
    if (st == KITH_OK)
        st = read_people(page, &rest, /* whole= */ !ret_rest, groups, err);
    if (st != KITH_OK)
        return st;
    page->reported = read_total(root);
    if (ret_rest)
        *ret_rest = rest;
    *ret_page = KITH_TAKE(page);
    return KITH_OK;
}

enum kith_status kith_parse_google_more(struct kith_page_rest *rest, const struct kith_google_groups *groups,
                                        struct kith_page **ret_page, struct kith_error *err)
{
    KITH_AUTO(kith_page) page = kith_page_new();
    enum kith_status st = read_people(page, rest, /* whole= */ false, groups, err);

    if (st != KITH_OK)
        return st;
    *ret_page = KITH_TAKE(page);
    return KITH_OK;
}

enum kith_status kith_parse_google_person(struct kith_json_reader *reader, struct kith_buf *json,
                                          const struct kith_google_groups *groups, struct kith_page *page, size_t i,
                                          struct kith_error *err)
{
    struct kith_contact contact;
    struct reading r = {.page = page, .contact = &contact, .groups = groups};
    struct kith_json root = {0};
    enum kith_status st = kith_google_document(reader, json, "one person", &root, err);

    if (st != KITH_OK)
        return st;
    if (read_person(&r, root) != ITEM_CONTACT || strcmp(contact.source_id, page->contacts[i].source_id) != 0)
        return kith_fail(err, KITH_E_SERVICE, "the answer is about somebody else");
    page->contacts[i] = contact;
    return KITH_OK;
}
