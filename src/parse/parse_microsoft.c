/* SPDX-License-Identifier: MIT */
/*
 * parse_microsoft.c - one page of Graph contacts becomes contacts.
 *
 * Before: fetch/fetch_microsoft.c gives the bytes of one response.
 * After:  normalise/ makes the contacts comparable.
 *
 * Nothing is tidied here: a stored contact must stay comparable with what Microsoft sent, or nobody can tell
 * our mistakes from theirs. Three things are done all the same, because no later step could bear their absence:
 * control characters become spaces, line ends become \n, dates stop being points in time.
 *
 * The members are described at https://learn.microsoft.com/graph/api/resources/contact; what v1.0 does not
 * show comes as MAPI properties, see [MS-OXPROPS] for their numbers.
 */
#include "parse/parse_microsoft.h"

#include <pthread.h>
#include <string.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/log.h"
#include "base/text.h"
#include "parse/answer_text.h"
#include "parse/exchange_path.h"
#include "parse/graph_envelope.h"

/* Ceilings. Exchange itself keeps some 255 characters of a name and 32 KiB of most else; more is cut and told. */
enum {
    CONTACTS_MAX = 20000, /* of one page; Graph gives at most 1,000 */
    ID_BYTES_MAX = 2048,  /* 152 are usual */
    LINE_BYTES_MAX = 32 * 1024,
    NOTES_BYTES_MAX = 1024 * 1024,
    PAGE_MEMORY_MAX = 4 * KITH_PARSE_MICROSOFT_PAGE_BYTES, /* tiny members become larger structs */

    YEAR_NONE_MAX = 1000, /* an unset birthday was met as 0001-01-01: nobody here was born so early */
    YEAR_UNKNOWN = 1604,  /* Outlook's leap year for "no year" */
};

/* The contact that is being read. */
struct reading {
    struct kith_page *page;
    struct kith_contact *contact;
    size_t position;    /* of the contact in the page, for the log */
    bool has_emails;    /* a better source gave some: spare ones are not looked at */
    bool is_removed;    /* told by a delta query: gone, or moved to another folder */
    bool is_no_contact; /* a contact list */
};

/* A member, and what becomes of it. what, place: as `read` understands them. */
struct rule {
    const char *name;
    void (*read)(struct reading *r, const struct rule *rule, struct kith_json v);
    int what;
    enum kith_place place;
    uint32_t property; /* instead of a name: of an extended property, see property_number() */
};

/* --- Small readers ------------------------------------------------------- */

static void mark_partial(struct reading *r, const struct rule *rule, const char *why)
{
    r->contact->partial = true;
    kith_log_debug(KITH_LOG_PARSE, "item %zu of the page: %s 0x%x %s", r->position,
                   rule->name ? rule->name : "property", rule->property, why);
}

static const char *take_text(struct reading *r, const struct rule *rule, struct kith_json v, size_t max_bytes,
                             bool lines)
{
    const char *trouble;
    const char *text = kith_answer_text(r->page->arena, v, max_bytes, lines, &trouble);

    if (trouble)
        mark_partial(r, rule, trouble);
    return text;
}

static const char *take_line(struct reading *r, const struct rule *rule, struct kith_json v)
{
    return take_text(r, rule, v, LINE_BYTES_MAX, /* lines= */ false);
}

static const char *take_lines(struct reading *r, const struct rule *rule, struct kith_json v)
{
    return take_text(r, rule, v, NOTES_BYTES_MAX, /* lines= */ true);
}

/* --- Dates --------------------------------------------------------------- */

/* Gregorian calendar, days since 1970-01-01 (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static void date_of_day(int64_t days, struct kith_date *date)
{
    int64_t shifted = days + 719468; /* from 0000-03-01 */
    int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    int64_t day_of_era = shifted - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t month = (5 * day_of_year + 2) / 153; /* from March */

    date->day = (int)(day_of_year - (153 * month + 2) / 5 + 1);
    date->month = (int)(month < 10 ? month + 3 : month - 9);
    date->year = (int)(year_of_era + era * 400 + (date->month <= 2));
}

/*
 * Which day a point in time stands for. Exchange writes 11:59 so that no time zone shifts the day; older programs
 * wrote the writer's midnight in UTC, which east of Greenwich falls on the day before: in the afternoon or evening,
 * at a full quarter of an hour, as zones do. Noon itself is somebody else's way to be safe.
 */
static int64_t day_meant(int64_t time_s)
{
    enum { DAY_S = 86400, HOUR_S = 3600, QUARTER_S = 900 };
    int64_t second = ((time_s % DAY_S) + DAY_S) % DAY_S;
    int64_t day = (time_s - second) / DAY_S;
    bool eastern_midnight = second >= 13 * HOUR_S && second % QUARTER_S == 0;

    return eastern_midnight ? day + 1 : day;
}

enum date_reading { DATE_READ, DATE_NONE, DATE_UNREADABLE };

static enum date_reading read_day(struct kith_json v, struct kith_date *ret)
{
    char text[40];
    int64_t time_s;
    size_t len;
    const char *given = kith_json_string(v, &len);

    if (kith_answer_is_none(v) || (v.type == KITH_JSON_STRING && len == 0))
        return DATE_NONE;
    if (v.type != KITH_JSON_STRING || memchr(given, '\0', len) ||
        !kith_text_copy_n(text, sizeof(text) - 10, given, len))
        return DATE_UNREADABLE;
    if (len == strlen("2026-11-24"))
        memcpy(text + len, "T00:00:00Z", sizeof("T00:00:00Z"));
    if (!kith_clock_parse_iso(text, &time_s))
        return DATE_UNREADABLE;

    date_of_day(day_meant(time_s), ret);
    if (ret->year <= YEAR_NONE_MAX)
        return DATE_NONE;
    if (ret->year == YEAR_UNKNOWN)
        ret->year = 0;
    return DATE_READ;
}

/* what: enum kith_date_kind. A later one of the same kind replaces the first: the local date, the one in UTC. */
static void read_date(struct reading *r, const struct rule *rule, struct kith_json v)
{
    struct kith_date read = {0};
    struct kith_date *date = NULL;
    enum date_reading how = read_day(v, &read);

    if (how == DATE_UNREADABLE)
        mark_partial(r, rule, "is no date");
    if (how != DATE_READ)
        return;
    for (size_t i = 0; i < r->contact->n_dates && !date; i++)
        if ((int)r->contact->dates[i].kind == rule->what)
            date = &r->contact->dates[i];
    if (!date)
        date = kith_contact_add_date(r->contact, r->page->arena);
    if (!date)
        return; /* two kinds exist, a thousand fit */
    date->kind = (enum kith_date_kind)rule->what;
    date->year = read.year;
    date->month = read.month;
    date->day = read.day;
}

/* what: offset of the time in struct kith_contact. */
static void read_time(struct reading *r, const struct rule *rule, struct kith_json v)
{
    int64_t time_s = 0;
    const char *text = take_line(r, rule, v);

    if (text[0] == '\0')
        return;
    if (!kith_clock_parse_iso(text, &time_s)) {
        mark_partial(r, rule, "is no time");
        return;
    }
    memcpy((char *)r->contact + rule->what, &time_s, sizeof(time_s));
}

/* --- Who it is ----------------------------------------------------------- */

/* Cut short, an id would name another contact or none. */
static void read_id(struct reading *r, const struct rule *rule, struct kith_json v)
{
    size_t len;

    (void)kith_json_string(v, &len);
    if (len <= ID_BYTES_MAX)
        r->contact->source_id = take_line(r, rule, v);
}

static void read_change_key(struct reading *r, const struct rule *rule, struct kith_json v)
{
    r->contact->change_key = take_text(r, rule, v, ID_BYTES_MAX, /* lines= */ false);
}

/* W/"key": the same as the change key, for answers that leave that one out. */
static void read_etag(struct reading *r, const struct rule *rule, struct kith_json v)
{
    const char *etag;
    const char *open;
    const char *close;

    if (r->contact->change_key[0] != '\0')
        return;
    etag = take_text(r, rule, v, ID_BYTES_MAX, /* lines= */ false);
    open = strchr(etag, '"');
    close = strrchr(etag, '"');
    if (open && close > open)
        r->contact->change_key = kith_arena_copy(r->page->arena, open + 1, (size_t)(close - open - 1));
}

/* An item of a change list that says: this contact is gone. */
static void read_removed(struct reading *r, const struct rule *rule, struct kith_json v)
{
    r->is_removed = !kith_answer_is_none(v);
}

static void read_message_class(struct reading *r, const struct rule *rule, struct kith_json v)
{
    if (kith_text_starts_with_ci(take_line(r, rule, v), "IPM.DistList"))
        r->is_no_contact = true;
}

static void read_has_photo(struct reading *r, const struct rule *rule, struct kith_json v)
{
    r->contact->has_photo =
        v.type == KITH_JSON_BOOL ? kith_json_bool(v, false) : kith_text_equal_ci(take_line(r, rule, v), "true");
}

/* what: enum kith_text. */
static void read_text(struct reading *r, const struct rule *rule, struct kith_json v)
{
    r->contact->text[rule->what] = take_line(r, rule, v);
}

static void read_notes(struct reading *r, const struct rule *rule, struct kith_json v)
{
    r->contact->text[KITH_TEXT_NOTES] = take_lines(r, rule, v);
}

/* --- How to reach them --------------------------------------------------- */

/* what: enum kith_phone_kind. */
static void read_phone(struct reading *r, const struct rule *rule, struct kith_json v)
{
    const char *raw = take_line(r, rule, v);
    struct kith_phone *phone;

    if (raw[0] == '\0')
        return;
    phone = kith_contact_add_phone(r->contact, r->page->arena);
    if (!phone) {
        mark_partial(r, rule, "is one number too many");
        return;
    }
    phone->kind = (enum kith_phone_kind)rule->what;
    phone->raw = raw;
}

/* "Business 2" and "home 2" may have come in businessPhones and homePhones already. */
static void read_second_phone(struct reading *r, const struct rule *rule, struct kith_json v)
{
    const char *raw = take_line(r, rule, v);

    for (size_t i = 0; i < r->contact->n_phones; i++)
        if ((int)r->contact->phones[i].kind == rule->what && strcmp(r->contact->phones[i].raw, raw) == 0)
            return;
    read_phone(r, rule, v);
}

/* An item without place or label, "" left out. */
static struct kith_item *add_item(struct reading *r, const struct rule *rule, enum kith_item_kind kind,
                                  const char *value)
{
    struct kith_item *item;

    if (value[0] == '\0')
        return NULL;
    item = kith_contact_add_item(r->contact, r->page->arena, kind, value);
    if (!item)
        mark_partial(r, rule, "is one value too many");
    return item;
}

/* what: enum kith_item_kind. */
static void read_item(struct reading *r, const struct rule *rule, struct kith_json v)
{
    struct kith_item *item = add_item(r, rule, (enum kith_item_kind)rule->what, take_line(r, rule, v));

    if (item)
        item->place = rule->place;
}

/* what: 1 to 4. */
static void read_user_field(struct reading *r, const struct rule *rule, struct kith_json v)
{
    static const char *const labels[] = {"", "User field 1", "User field 2", "User field 3", "User field 4"};
    struct kith_item *item = add_item(r, rule, KITH_ITEM_EXTRA, take_line(r, rule, v));

    if (item)
        item->label = labels[rule->what];
}

/* Each element by `read`. */
static void read_each(struct reading *r, const struct rule *rule, struct kith_json v,
                      void (*read)(struct reading *, const struct rule *, struct kith_json))
{
    struct kith_json_walk walk = kith_json_walk(v);

    if (v.type != KITH_JSON_ARRAY && !kith_answer_is_none(v))
        mark_partial(r, rule, "is no list");
    while (v.type == KITH_JSON_ARRAY && kith_json_next(&walk))
        read(r, rule, walk.value);
}

static void read_phones(struct reading *r, const struct rule *rule, struct kith_json v)
{
    read_each(r, rule, v, read_phone);
}

static void read_items(struct reading *r, const struct rule *rule, struct kith_json v)
{
    read_each(r, rule, v, read_item);
}

/* No address to write to, but something that the source has all the same: kept under "More fields". */
static void keep_without_address(struct reading *r, const struct rule *rule, const char *path, const char *name)
{
    struct kith_item *item = add_item(r, rule, KITH_ITEM_EXTRA, name);

    if (item)
        item->label = "Name beside the e-mail";
    item = add_item(r, rule, KITH_ITEM_EXTRA, path);
    if (item)
        item->label = "Exchange address";
}

static void add_email(struct reading *r, const struct rule *rule, const char *address, const char *name)
{
    struct kith_email *email;
    const char *path = "";

    if (kith_is_exchange_path(address)) {
        path = address;
        address = "";
    }
    if (address[0] == '\0' && strchr(name, '@'))
        address = name; /* the caption often repeats the address, and is then all there is */
    if (address[0] == '\0') {
        keep_without_address(r, rule, path, strcmp(name, path) == 0 ? "" : name);
        return;
    }

    email = kith_contact_add_email(r->contact, r->page->arena);
    if (!email) {
        mark_partial(r, rule, "is one address too many");
        return;
    }
    email->address = address;
    email->name = name;
    if (path[0] != '\0')
        keep_without_address(r, rule, path, "");
}

static bool is_named(const struct kith_json_walk *walk, const char *name)
{
    return walk->name_len == strlen(name) && memcmp(walk->name, name, walk->name_len) == 0;
}

/* {"name", "address"}; either may be missing. */
static void read_email(struct reading *r, const struct rule *rule, struct kith_json v)
{
    struct kith_json_walk walk = kith_json_walk(v);
    const char *address = "";
    const char *name = "";

    if (v.type != KITH_JSON_OBJECT) {
        if (!kith_answer_is_none(v))
            mark_partial(r, rule, "is no e-mail address");
        return;
    }
    while (kith_json_next(&walk)) {
        if (is_named(&walk, "address"))
            address = take_line(r, rule, walk.value);
        else if (is_named(&walk, "name"))
            name = take_line(r, rule, walk.value);
    }
    add_email(r, rule, address, name);
}

static void read_emails(struct reading *r, const struct rule *rule, struct kith_json v)
{
    read_each(r, rule, v, read_email);
    r->has_emails = r->contact->n_emails > 0;
}

/* primaryEmailAddress and its like say again what emailAddresses says; some clouds send only these. */
static void read_spare_email(struct reading *r, const struct rule *rule, struct kith_json v)
{
    if (!r->has_emails)
        read_email(r, rule, v);
}

static void read_spare_address(struct reading *r, const struct rule *rule, struct kith_json v)
{
    if (!r->has_emails)
        add_email(r, rule, take_line(r, rule, v), "");
}

/* The address of this place; made when it is not there yet. NULL at the ceiling. */
static struct kith_address *address_at(struct reading *r, enum kith_place place)
{
    struct kith_address *address;

    for (size_t i = 0; i < r->contact->n_addresses; i++)
        if (r->contact->addresses[i].place == place)
            return &r->contact->addresses[i];
    address = kith_contact_add_address(r->contact, r->page->arena);
    if (address)
        address->place = place;
    return address;
}

/* An address that is not set is {}, or an object of nulls: then there is none. */
static void read_address(struct reading *r, const struct rule *rule, struct kith_json v)
{
    static const struct {
        const char *name;
        size_t offset;
        bool lines;
    } members[] = {
        {"street", offsetof(struct kith_address, street), true},
        {"city", offsetof(struct kith_address, city), false},
        {"state", offsetof(struct kith_address, region), false},
        {"postalCode", offsetof(struct kith_address, postal_code), false},
        {"countryOrRegion", offsetof(struct kith_address, country), false},
    };
    struct kith_json_walk walk = kith_json_walk(v);

    if (v.type != KITH_JSON_OBJECT) {
        if (!kith_answer_is_none(v))
            mark_partial(r, rule, "is no address");
        return;
    }
    while (kith_json_next(&walk)) {
        for (size_t i = 0; i < KITH_COUNT_OF(members); i++) {
            struct kith_address *address;
            const char *text;

            if (!is_named(&walk, members[i].name))
                continue;
            text = members[i].lines ? take_lines(r, rule, walk.value) : take_line(r, rule, walk.value);
            address = text[0] != '\0' ? address_at(r, rule->place) : NULL;
            if (address)
                memcpy((char *)address + members[i].offset, &text, sizeof(text));
            break;
        }
    }
}

static void read_po_box(struct reading *r, const struct rule *rule, struct kith_json v)
{
    const char *box = take_line(r, rule, v);
    struct kith_address *address = box[0] != '\0' ? address_at(r, rule->place) : NULL;

    if (address)
        address->po_box = box;
}

/* --- Extended properties -------------------------------------------------- */

/* A property is a MAPI tag, or a number in the property set of the address book (PSETID_Address): one number for both.
 */
#define TAG(id) (UINT32_C(0x00000) | (id))
#define NAMED(id) (UINT32_C(0x10000) | (id))

/* What Graph's v1.0 does not show of an Outlook contact. Applied in this order, whatever the answer's is. */
static const struct rule property_rules[] = {
    {.property = TAG(0x001A), .read = read_message_class},
    {.property = NAMED(0x8015), .read = read_has_photo},

    {.property = TAG(0x3A1A), .read = read_phone, .what = KITH_PHONE_PRIMARY},
    {.property = TAG(0x3A1B), .read = read_second_phone, .what = KITH_PHONE_WORK},
    {.property = TAG(0x3A2F), .read = read_second_phone, .what = KITH_PHONE_HOME},
    {.property = TAG(0x3A1F), .read = read_phone, .what = KITH_PHONE_OTHER},
    {.property = TAG(0x3A57), .read = read_phone, .what = KITH_PHONE_COMPANY},
    {.property = TAG(0x3A2E), .read = read_phone, .what = KITH_PHONE_ASSISTANT},
    {.property = TAG(0x3A02), .read = read_phone, .what = KITH_PHONE_CALLBACK},
    {.property = TAG(0x3A1E), .read = read_phone, .what = KITH_PHONE_CAR},
    {.property = TAG(0x3A1D), .read = read_phone, .what = KITH_PHONE_RADIO},
    {.property = TAG(0x3A21), .read = read_phone, .what = KITH_PHONE_PAGER},
    {.property = TAG(0x3A24), .read = read_phone, .what = KITH_PHONE_WORK_FAX},
    {.property = TAG(0x3A25), .read = read_phone, .what = KITH_PHONE_HOME_FAX},
    {.property = TAG(0x3A23), .read = read_phone, .what = KITH_PHONE_OTHER_FAX},
    {.property = TAG(0x3A2D), .read = read_phone, .what = KITH_PHONE_ISDN},
    {.property = TAG(0x3A2C), .read = read_phone, .what = KITH_PHONE_TELEX},
    {.property = TAG(0x3A4B), .read = read_phone, .what = KITH_PHONE_TEXT},

    {.property = NAMED(0x8083), .read = read_spare_address},
    {.property = NAMED(0x8093), .read = read_spare_address},
    {.property = NAMED(0x80A3), .read = read_spare_address},

    {.property = NAMED(0x804A), .read = read_po_box, .place = KITH_PLACE_WORK},
    {.property = TAG(0x3A5E), .read = read_po_box, .place = KITH_PLACE_HOME},
    {.property = TAG(0x3A64), .read = read_po_box, .place = KITH_PLACE_OTHER},

    {.property = TAG(0x3A41), .read = read_date, .what = KITH_DATE_ANNIVERSARY},
    {.property = NAMED(0x80DF), .read = read_date, .what = KITH_DATE_ANNIVERSARY},

    {.property = TAG(0x3A50), .read = read_item, .what = KITH_ITEM_WEB, .place = KITH_PLACE_HOME},
    {.property = NAMED(0x804F), .read = read_user_field, .what = 1},
    {.property = NAMED(0x8050), .read = read_user_field, .what = 2},
    {.property = NAMED(0x8051), .read = read_user_field, .what = 3},
    {.property = NAMED(0x8052), .read = read_user_field, .what = 4},
};

/* The type that Graph wants to be told; the answer comes as text all the same. */
static const char *type_of(const struct rule *rule)
{
    return rule->read == read_date ? "SystemTime" : rule->read == read_has_photo ? "Boolean" : "String";
}

void kith_parse_microsoft_properties(struct kith_buf *out)
{
    for (size_t i = 0; i < KITH_COUNT_OF(property_rules); i++) {
        const struct rule *rule = &property_rules[i];
        const bool named = rule->property >= NAMED(0);

        (void)kith_buf_addf(out, "%sid eq '%s %s0x%04X'", i > 0 ? " or " : "", type_of(rule),
                            named ? "{00062004-0000-0000-C000-000000000046} Id " : "",
                            rule->property & UINT32_C(0xFFFF)); /* too long: the caller's ceiling says so */
    }
}

/* "0x3a24" to its end; false for anything else. */
static bool read_property_id(const char *text, uint32_t *ret)
{
    uint32_t id = 0;
    size_t digits = 0;

    if (!kith_text_starts_with_ci(text, "0x"))
        return false;
    for (text += 2; *text != '\0'; text++, digits++) {
        char c = *text;
        uint32_t digit = c >= '0' && c <= '9'   ? (uint32_t)(c - '0')
                         : c >= 'a' && c <= 'f' ? (uint32_t)(c - 'a') + 10
                         : c >= 'A' && c <= 'F' ? (uint32_t)(c - 'A') + 10
                                                : 16;

        if (digit == 16 || digits == 4)
            return false;
        id = id << 4 | digit;
    }
    *ret = id;
    return digits > 0;
}

/*
 * "String 0x3A24" or "String {00062004-0000-0000-C000-000000000046} Id 0x804A", hexadecimal digits in either case,
 * as one number. false: some other property.
 */
static bool property_number(struct kith_json id, uint32_t *ret)
{
    static const char address_set[] = "{00062004-0000-0000-C000-000000000046} Id ";
    char text[96];
    size_t len;
    const char *given = kith_json_string(id, &len);
    const char *rest;
    bool named;

    if (!kith_text_copy_n(text, sizeof(text), given, len))
        return false;
    rest = strchr(text, ' '); /* before it stands the type, which the number implies */
    if (!rest)
        return false;
    rest++;
    named = kith_text_starts_with_ci(rest, address_set);
    if (!read_property_id(named ? rest + sizeof(address_set) - 1 : rest, ret))
        return false;
    if (named)
        *ret = NAMED(*ret);
    return true;
}

/* Note {"id", "value"} in values, in the place of its rule. */
static void note_property(struct kith_json v, struct kith_json *values)
{
    uint32_t number;

    if (!property_number(kith_json_member(v, "id"), &number))
        return;
    for (size_t i = 0; i < KITH_COUNT_OF(property_rules); i++)
        if (property_rules[i].property == number)
            values[i] = kith_json_member(v, "value");
}

static void read_properties(struct reading *r, const struct rule *rule, struct kith_json v)
{
    struct kith_json values[KITH_COUNT_OF(property_rules)] = {0};
    struct kith_json_walk walk = kith_json_walk(v);

    if (v.type != KITH_JSON_ARRAY) {
        if (!kith_answer_is_none(v))
            mark_partial(r, rule, "is no list");
        return;
    }
    r->has_emails = r->contact->n_emails > 0;
    while (kith_json_next(&walk))
        note_property(walk.value, values);
    for (size_t i = 0; i < KITH_COUNT_OF(property_rules); i++)
        if (!kith_answer_is_none(values[i]))
            property_rules[i].read(r, &property_rules[i], values[i]);
}

/* --- Members of a contact ------------------------------------------------- */

/*
 * Applied in this order, whatever the answer's is: so a contact's first number is the one in its pocket, and a
 * better source comes before its stand-in. parentFolderId is not read: the caller knows which folder it asked for.
 */
static const struct rule member_rules[] = {
    {.name = "id", .read = read_id},
    {.name = "@removed", .read = read_removed},
    {.name = "changeKey", .read = read_change_key},
    {.name = "@odata.etag", .read = read_etag},
    {.name = "createdDateTime", .read = read_time, .what = offsetof(struct kith_contact, created_s)},
    {.name = "lastModifiedDateTime", .read = read_time, .what = offsetof(struct kith_contact, modified_s)},

    {.name = "displayName", .read = read_text, .what = KITH_TEXT_DISPLAY},
    {.name = "givenName", .read = read_text, .what = KITH_TEXT_GIVEN},
    {.name = "middleName", .read = read_text, .what = KITH_TEXT_MIDDLE},
    {.name = "surname", .read = read_text, .what = KITH_TEXT_FAMILY},
    {.name = "title", .read = read_text, .what = KITH_TEXT_PREFIX},
    {.name = "generation", .read = read_text, .what = KITH_TEXT_SUFFIX},
    {.name = "nickName", .read = read_text, .what = KITH_TEXT_NICKNAME},
    {.name = "initials", .read = read_text, .what = KITH_TEXT_INITIALS},
    {.name = "fileAs", .read = read_text, .what = KITH_TEXT_FILE_AS},
    {.name = "yomiGivenName", .read = read_text, .what = KITH_TEXT_PHONETIC_GIVEN},
    {.name = "yomiSurname", .read = read_text, .what = KITH_TEXT_PHONETIC_FAMILY},
    {.name = "yomiCompanyName", .read = read_text, .what = KITH_TEXT_PHONETIC_COMPANY},
    {.name = "companyName", .read = read_text, .what = KITH_TEXT_COMPANY},
    {.name = "department", .read = read_text, .what = KITH_TEXT_DEPARTMENT},
    {.name = "jobTitle", .read = read_text, .what = KITH_TEXT_JOB_TITLE},
    {.name = "officeLocation", .read = read_text, .what = KITH_TEXT_OFFICE},
    {.name = "profession", .read = read_text, .what = KITH_TEXT_PROFESSION},
    {.name = "manager", .read = read_text, .what = KITH_TEXT_MANAGER},
    {.name = "assistantName", .read = read_text, .what = KITH_TEXT_ASSISTANT},
    {.name = "spouseName", .read = read_text, .what = KITH_TEXT_SPOUSE},
    {.name = "personalNotes", .read = read_notes},

    {.name = "mobilePhone", .read = read_phone, .what = KITH_PHONE_MOBILE},
    {.name = "businessPhones", .read = read_phones, .what = KITH_PHONE_WORK},
    {.name = "homePhones", .read = read_phones, .what = KITH_PHONE_HOME},

    {.name = "emailAddresses", .read = read_emails},
    {.name = "primaryEmailAddress", .read = read_spare_email},
    {.name = "secondaryEmailAddress", .read = read_spare_email},
    {.name = "tertiaryEmailAddress", .read = read_spare_email},

    {.name = "businessAddress", .read = read_address, .place = KITH_PLACE_WORK},
    {.name = "homeAddress", .read = read_address, .place = KITH_PLACE_HOME},
    {.name = "otherAddress", .read = read_address, .place = KITH_PLACE_OTHER},

    {.name = "birthday", .read = read_date, .what = KITH_DATE_BIRTHDAY},
    {.name = "businessHomePage", .read = read_item, .what = KITH_ITEM_WEB, .place = KITH_PLACE_WORK},
    {.name = "imAddresses", .read = read_items, .what = KITH_ITEM_CHAT},
    {.name = "categories", .read = read_items, .what = KITH_ITEM_CATEGORY},
    {.name = "children", .read = read_items, .what = KITH_ITEM_CHILD},

    {.name = "singleValueExtendedProperties", .read = read_properties},
};
enum { N_MEMBERS = KITH_COUNT_OF(member_rules) };

/*
 * Member names by hash, since forty of them are looked up for each contact. The table is twice too large at least,
 * so that most names are found at once, and strangers are most often met by an empty slot.
 */
enum { SLOTS = 128 };
static uint8_t slots[SLOTS]; /* number of the rule + 1; 0 empty */
static pthread_once_t slots_once = PTHREAD_ONCE_INIT;

static size_t slot_of(const char *name, size_t len)
{
    return (len * 41 + (unsigned char)name[0] * 7u + (unsigned char)name[len - 1] * 3u + (unsigned char)name[len / 2]) %
           SLOTS;
}

static void fill_slots(void)
{
    _Static_assert(N_MEMBERS * 2 <= SLOTS, "a search ends at an empty slot");

    for (size_t i = 0; i < N_MEMBERS; i++) {
        size_t slot = slot_of(member_rules[i].name, strlen(member_rules[i].name));

        while (slots[slot] != 0)
            slot = (slot + 1) % SLOTS;
        slots[slot] = (uint8_t)(i + 1);
    }
}

/* The number of the member's rule; N_MEMBERS for a member that we do not know. */
static size_t find_member(const struct kith_json_walk *walk)
{
    if (walk->name_len == 0)
        return N_MEMBERS;
    for (size_t slot = slot_of(walk->name, walk->name_len); slots[slot] != 0; slot = (slot + 1) % SLOTS)
        if (is_named(walk, member_rules[slots[slot] - 1].name))
            return slots[slot] - 1u;
    return N_MEMBERS;
}

/* Read one item of the page into r->contact. false: it is no contact. */
static bool read_contact(struct reading *r, struct kith_json v)
{
    struct kith_json values[N_MEMBERS + 1] = {0}; /* the last one takes strangers */
    struct kith_json_walk walk = kith_json_walk(v);

    if (v.type != KITH_JSON_OBJECT)
        return false;
    while (kith_json_next(&walk)) {
        size_t member = find_member(&walk);

        if (values[member].type == KITH_JSON_NONE)
            values[member] = walk.value;
    }

    kith_contact_init(r->contact);
    r->contact->source = KITH_SOURCE_MICROSOFT365;
    for (size_t i = 0; i < N_MEMBERS; i++)
        if (!kith_answer_is_none(values[i]))
            member_rules[i].read(r, &member_rules[i], values[i]);
    return r->contact->source_id[0] != '\0' && !r->is_no_contact;
}

/* --- The page ------------------------------------------------------------ */

static enum kith_status read_contacts(struct kith_page *page, struct kith_page_rest *rest, bool whole,
                                      struct kith_error *err)
{
    kith_page_rest_begin(rest, page, whole);
    while (kith_page_rest_next(rest, page, whole)) {
        struct reading r = {.page = page, .contact = &page->contacts[page->n_contacts], .position = rest->n_read};

        if (!read_contact(&r, rest->walk.value))
            page->n_skipped++;
        else if (r.is_removed)
            kith_page_add_removed(page, r.contact->source_id, strlen(r.contact->source_id));
        else
            page->n_contacts++;
        if (kith_arena_bytes(page->arena) > PAGE_MEMORY_MAX)
            return kith_fail(err, KITH_E_SERVICE, "the page takes too much memory, at item %zu of member \"value\"",
                             r.position);
    }
    return KITH_OK;
}

enum kith_status kith_parse_microsoft_page(struct kith_json_reader *reader, struct kith_buf *json,
                                           struct kith_page **ret_page, struct kith_page_rest *ret_rest,
                                           struct kith_error *err)
{
    KITH_AUTO(kith_page) page = kith_page_new();
    struct kith_graph_envelope envelope;
    struct kith_page_rest rest;
    enum kith_status st;

    (void)pthread_once(&slots_once, fill_slots);
    if (json->len > KITH_PARSE_MICROSOFT_PAGE_BYTES)
        return kith_fail(err, KITH_E_SERVICE, "the page of contacts has %zu bytes, %d at most", json->len,
                         KITH_PARSE_MICROSOFT_PAGE_BYTES);
    st = kith_graph_envelope_read(reader, json, page->arena, &envelope, err);
    if (st != KITH_OK)
        return st;
    page->reported = envelope.count;
    page->next_link = envelope.next_link;
    page->resume = envelope.delta_link;
    if (kith_json_length(envelope.value) > CONTACTS_MAX)
        return kith_fail(err, KITH_E_SERVICE, "the page holds %zu contacts, %d at most",
                         kith_json_length(envelope.value), CONTACTS_MAX);
    rest = kith_page_rest_of(envelope.value);
    st = read_contacts(page, &rest, /* whole= */ !ret_rest, err);
    if (st != KITH_OK)
        return st;
    if (ret_rest)
        *ret_rest = rest;
    *ret_page = KITH_TAKE(page);
    return KITH_OK;
}

enum kith_status kith_parse_microsoft_more(struct kith_page_rest *rest, struct kith_page **ret_page,
                                           struct kith_error *err)
{
    KITH_AUTO(kith_page) page = kith_page_new();
    enum kith_status st = read_contacts(page, rest, /* whole= */ false, err);

    if (st != KITH_OK)
        return st;
    *ret_page = KITH_TAKE(page);
    return KITH_OK;
}
