/* SPDX-License-Identifier: MIT */
/*
 * sandbox_google_person_json.c - one person becomes the JSON that the People API sends for it.
 *
 * Before: sandbox_google_person.c made the person.
 * After:  it stands in a page of sandbox_google_connections.c, or alone.
 *
 * Written by hand rather than with base/json_write.h: this is the one place where
 * the sandbox could become what is measured.
 */
#include "sandbox/sandbox_google_person_json.h"

#include <ctype.h>
#include <inttypes.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/text.h"
#include "sandbox/sandbox_codec.h"
#include "sandbox/sandbox_contact.h"
#include "sandbox/sandbox_contact_json.h"
#include "sandbox/sandbox_dice.h"
#include "sandbox/sandbox_google_groups.h"
#include "sandbox/sandbox_google_person.h"

/* One person on its way into a buffer. */
struct writer {
    const struct sandbox_google_person *p;
    const struct sandbox_google_view *view;
    struct kith_buf *out;
    char source[64]; /* {"type":"CONTACT","id":"..."} */
    char profile[80];
    bool first; /* nothing stands in the innermost object or array yet */
};

/* --- Pieces --------------------------------------------------------------------------- */

static void put(struct writer *w, const char *text)
{
    (void)kith_buf_add_text(w->out, text);
}

/* All appends may meet the page's ceiling: who made the page looks at that in the end. */
static void comma(struct writer *w)
{
    if (!w->first)
        (void)kith_buf_add_char(w->out, ',');
    w->first = false;
}

static void put_name(struct writer *w, const char *name)
{
    comma(w);
    (void)kith_buf_add_char(w->out, '"');
    put(w, name);
    put(w, "\":");
}

/* A member; nothing at all for a missing text, as proto JSON does it. */
static void put_member(struct writer *w, const char *name, const char *text)
{
    if (!name || !text || !*text)
        return;
    put_name(w, name);
    sandbox_json_text(w->out, text);
}

static void put_number(struct writer *w, const char *name, unsigned number)
{
    if (number == 0)
        return;
    put_name(w, name);
    (void)kith_buf_addf(w->out, "%u", number);
}

static void put_date(struct writer *w, const char *name, const struct sandbox_google_date *date)
{
    if (!date->year && !date->month && !date->day)
        return;
    put_name(w, name);
    put(w, "{");
    w->first = true;
    put_number(w, "year", date->year);
    put_number(w, "month", date->month);
    put_number(w, "day", date->day);
    put(w, "}");
    w->first = false;
}

/* "homeFax" is shown as "Home Fax"; a label of one's own as it is. */
static void put_formatted_type(struct writer *w, const char *name, const char *type)
{
    char shown[80];
    size_t n = 0;

    if (!name || !type)
        return;
    for (const char *p = type; *p && n < sizeof(shown) - 2; p++) {
        if (p > type && isupper((unsigned char)*p) && islower((unsigned char)p[-1]))
            shown[n++] = ' ';
        shown[n++] = p == type ? (char)toupper((unsigned char)*p) : *p;
    }
    shown[n] = '\0';
    put_member(w, name, islower((unsigned char)type[0]) ? shown : type);
}

/* An element of a list begins: with its metadata, as all of them do. */
static void begin_element(struct writer *w, bool primary, const char *source)
{
    comma(w);
    put(w, primary ? "{\"metadata\":{\"primary\":true,\"source\":" : "{\"metadata\":{\"source\":");
    put(w, source);
    put(w, "}");
    w->first = false;
}

static void end_element(struct writer *w)
{
    put(w, "}");
    w->first = false;
}

static void begin_list(struct writer *w, const char *name)
{
    put_name(w, name);
    put(w, "[");
    w->first = true;
}

static void end_list(struct writer *w)
{
    put(w, "]");
    w->first = false;
}

/* Lists have no order at Google: the primary element stands anywhere. The nth to be written of n. */
static size_t turned(const struct writer *w, size_t nth, size_t n)
{
    size_t by = (size_t)(sandbox_mix2(w->view->id, n) % n) + w->view->turned;

    return (nth + by) % n;
}

/* --- Lists that are alike ----------------------------------------------------------------- */

/* Which members an element has beside its metadata; NULL: no such member. */
struct list_rule {
    enum sandbox_google_list_id id;
    const char *value, *type, *formatted, *extra, *extra_formatted;
};

static void put_list(struct writer *w, const char *name, const struct list_rule *rule)
{
    const struct sandbox_google_list *list = &w->p->list[rule->id];

    if (list->n == 0)
        return;
    begin_list(w, name);
    for (size_t i = 0; i < list->n; i++) {
        size_t which = turned(w, i, list->n);
        const struct sandbox_google_item *item = &list->item[which];
        begin_element(w, which == 0, w->source);
        put_member(w, rule->value, item->value);
        put_member(w, rule->extra, item->extra);
        put_member(w, rule->type, item->type);
        put_formatted_type(w, rule->formatted, item->type);
        put_formatted_type(w, rule->extra_formatted, item->extra);
        end_element(w);
    }
    end_list(w);
}

static const struct list_rule nicknames = {SANDBOX_GOOGLE_NICKNAMES, "value", "type", NULL, NULL, NULL};
static const struct list_rule emails = {SANDBOX_GOOGLE_EMAILS, "value", "type", "formattedType", "displayName", NULL};
static const struct list_rule phones = {SANDBOX_GOOGLE_PHONES, "value", "type", "formattedType", "canonicalForm", NULL};
static const struct list_rule biographies = {SANDBOX_GOOGLE_BIOGRAPHIES, "value", "contentType", NULL, NULL, NULL};
static const struct list_rule urls = {SANDBOX_GOOGLE_URLS, "value", "type", "formattedType", NULL, NULL};
static const struct list_rule relations = {SANDBOX_GOOGLE_RELATIONS, "person", "type", "formattedType", NULL, NULL};
static const struct list_rule im_clients = {SANDBOX_GOOGLE_IM_CLIENTS, "username", "type",
                                            "formattedType",           "protocol", "formattedProtocol"};
static const struct list_rule sips = {SANDBOX_GOOGLE_SIP_ADDRESSES, "value", "type", "formattedType", NULL, NULL};
static const struct list_rule user_defined = {SANDBOX_GOOGLE_USER_DEFINED, "value", "key", NULL, NULL, NULL};
static const struct list_rule external_ids = {
    SANDBOX_GOOGLE_EXTERNAL_IDS, "value", "type", "formattedType", NULL, NULL};
static const struct list_rule calendar_urls = {
    SANDBOX_GOOGLE_CALENDAR_URLS, "url", "type", "formattedType", NULL, NULL};
static const struct list_rule client_data = {SANDBOX_GOOGLE_CLIENT_DATA, "value", "key", NULL, NULL, NULL};
static const struct list_rule keywords = {SANDBOX_GOOGLE_MISC_KEYWORDS, "value", "type", "formattedType", NULL, NULL};
static const struct list_rule occupations = {SANDBOX_GOOGLE_OCCUPATIONS, "value", NULL, NULL, NULL, NULL};
static const struct list_rule interests = {SANDBOX_GOOGLE_INTERESTS, "value", NULL, NULL, NULL, NULL};
static const struct list_rule skills = {SANDBOX_GOOGLE_SKILLS, "value", NULL, NULL, NULL, NULL};
static const struct list_rule locales = {SANDBOX_GOOGLE_LOCALES, "value", NULL, NULL, NULL, NULL};
static const struct list_rule genders = {SANDBOX_GOOGLE_GENDERS, "value", "addressMeAs", NULL, "formattedValue", NULL};

/* --- Lists of their own kind ---------------------------------------------------------------- */

static bool shows_profile(const struct writer *w)
{
    return w->p->has_profile && w->view->with_profile;
}

static void put_profile_name(struct writer *w)
{
    const char *const *text = w->p->contact->text;

    begin_element(w, true, w->profile);
    put_member(w, "displayName", text[SANDBOX_GIVEN_NAME]);
    put_member(w, "givenName", text[SANDBOX_GIVEN_NAME]);
    put_member(w, "displayNameLastFirst", text[SANDBOX_GIVEN_NAME]);
    put_member(w, "unstructuredName", text[SANDBOX_GIVEN_NAME]);
    end_element(w);
}

static void put_names(struct writer *w, const char *name)
{
    const char *const *text = w->p->contact->text;

    if (!w->p->has_name)
        return;
    begin_list(w, name);
    if (shows_profile(w))
        put_profile_name(w);
    begin_element(w, !shows_profile(w), w->source);
    put_member(w, "displayName", w->p->display_name);
    put_member(w, "familyName", text[SANDBOX_SURNAME]);
    put_member(w, "givenName", text[SANDBOX_GIVEN_NAME]);
    put_member(w, "middleName", text[SANDBOX_MIDDLE_NAME]);
    put_member(w, "honorificPrefix", text[SANDBOX_TITLE]);
    put_member(w, "honorificSuffix", text[SANDBOX_GENERATION]);
    put_member(w, "phoneticFullName", w->p->phonetic_full);
    put_member(w, "phoneticFamilyName", text[SANDBOX_YOMI_SURNAME]);
    put_member(w, "phoneticGivenName", text[SANDBOX_YOMI_GIVEN_NAME]);
    put_member(w, "displayNameLastFirst", w->p->display_last_first);
    put_member(w, "unstructuredName", w->p->unstructured);
    end_element(w);
    end_list(w);
}

static void put_photo(struct writer *w, bool primary, const char *source, char which, bool drawn)
{
    begin_element(w, primary, source);
    put_name(w, "url");
    (void)kith_buf_addf(w->out, "\"%s%c%016" PRIx64 "=s100\"", w->view->photo_url, which, w->p->contact->key);
    if (drawn)
        put(w, ",\"default\":true"); /* a letter in a circle, not a picture of anybody */
    end_element(w);
}

static void put_photos(struct writer *w, const char *name)
{
    begin_list(w, name);
    if (shows_profile(w))
        put_photo(w, true, w->profile, 'p', /* drawn= */ false);
    put_photo(w, !shows_profile(w), w->source, 'c', !sandbox_contact_has_photo(w->p->contact->key));
    end_list(w);
}

static void put_cover_photos(struct writer *w, const char *name)
{
    if (!shows_profile(w))
        return;
    begin_list(w, name);
    put_photo(w, true, w->profile, 'w', /* drawn= */ true);
    end_list(w);
}

static void put_age_ranges(struct writer *w, const char *name)
{
    if (!shows_profile(w))
        return;
    begin_list(w, name);
    begin_element(w, true, w->profile);
    put_member(w, "ageRange", "TWENTY_ONE_OR_OLDER");
    end_element(w);
    end_list(w);
}

static void put_birthdays(struct writer *w, const char *name)
{
    if (w->p->n_birthdays == 0)
        return;
    begin_list(w, name);
    for (size_t i = 0; i < w->p->n_birthdays; i++) {
        begin_element(w, i == 0, w->source);
        put_date(w, "date", &w->p->birthday[i].date);
        put_member(w, "text", w->p->birthday[i].text);
        end_element(w);
    }
    end_list(w);
}

static void put_events(struct writer *w, const char *name)
{
    if (w->p->n_events == 0)
        return;
    begin_list(w, name);
    for (size_t i = 0; i < w->p->n_events; i++) {
        const struct sandbox_google_event *e = &w->p->event[turned(w, i, w->p->n_events)];
        begin_element(w, e == w->p->event, w->source);
        put_date(w, "date", &e->date);
        put_member(w, "type", e->type);
        put_formatted_type(w, "formattedType", e->type);
        end_element(w);
    }
    end_list(w);
}

static void put_addresses(struct writer *w, const char *name)
{
    if (w->p->n_addresses == 0)
        return;
    begin_list(w, name);
    for (size_t i = 0; i < w->p->n_addresses; i++) {
        const struct sandbox_google_address *a = &w->p->address[turned(w, i, w->p->n_addresses)];
        begin_element(w, a == w->p->address, w->source);
        put_member(w, "formattedValue", a->formatted);
        put_member(w, "type", a->type);
        put_formatted_type(w, "formattedType", a->type);
        put_member(w, "poBox", a->po_box);
        put_member(w, "streetAddress", a->street);
        put_member(w, "extendedAddress", a->extended);
        put_member(w, "city", a->city);
        put_member(w, "region", a->region);
        put_member(w, "postalCode", a->postal_code);
        put_member(w, "country", a->country);
        put_member(w, "countryCode", a->country_code);
        end_element(w);
    }
    end_list(w);
}

static void put_organizations(struct writer *w, const char *name)
{
    if (w->p->n_organizations == 0)
        return;
    begin_list(w, name);
    for (size_t i = 0; i < w->p->n_organizations; i++) {
        const struct sandbox_google_organization *o = &w->p->organization[turned(w, i, w->p->n_organizations)];
        begin_element(w, o == w->p->organization, w->source);
        put_member(w, "type", o->type);
        put_formatted_type(w, "formattedType", o->type);
        put_date(w, "startDate", &o->start);
        put_date(w, "endDate", &o->end);
        if (o->current)
            put(w, ",\"current\":true");
        put_member(w, "name", o->name);
        put_member(w, "phoneticName", o->phonetic_name);
        put_member(w, "department", o->department);
        put_member(w, "title", o->title);
        put_member(w, "jobDescription", o->job_description);
        put_member(w, "symbol", o->symbol);
        put_member(w, "domain", o->domain);
        put_member(w, "location", o->location);
        end_element(w);
    }
    end_list(w);
}

static void put_locations(struct writer *w, const char *name)
{
    const struct sandbox_google_location *l = &w->p->location;

    if (!w->p->has_location)
        return;
    begin_list(w, name);
    begin_element(w, true, w->source);
    put_member(w, "value", l->value);
    put_member(w, "type", "desk");
    put(w, ",\"current\":true");
    put_member(w, "buildingId", l->building);
    put_member(w, "floor", l->floor);
    put_member(w, "floorSection", l->section);
    put_member(w, "deskCode", l->desk);
    end_element(w);
    end_list(w);
}

static void put_membership(struct writer *w, const char *group)
{
    begin_element(w, false, w->source); /* no membership is the primary one */
    put(w, ",\"contactGroupMembership\":{\"contactGroupId\":\"");
    put(w, group);
    put(w, "\",\"contactGroupResourceName\":\"contactGroups/");
    put(w, group);
    put(w, "\"}");
    end_element(w);
}

static void put_memberships(struct writer *w, const char *name)
{
    const struct sandbox_list *categories = &w->p->contact->categories;
    char id[SANDBOX_GROUP_ID_SIZE];

    begin_list(w, name);
    for (size_t i = 0; i < categories->n; i++)
        if (sandbox_group_id_of(categories->item[i], id))
            put_membership(w, id);
    if (w->p->starred)
        put_membership(w, "starred");
    put_membership(w, "myContacts");
    end_list(w);
}

/* --- Metadata ---------------------------------------------------------------------------------- */

static void put_time(struct writer *w, int64_t time_s, uint64_t key)
{
    char stamp[21];

    kith_clock_format_iso(time_s, stamp);
    (void)kith_buf_addf(w->out, "\"%.19s.%06uZ\"", stamp, (unsigned)(key % 1000000));
}

/* Eight bytes that differ with every change, as base64. */
static void put_etag(struct writer *w, const char *before, uint64_t salt)
{
    uint64_t mixed = sandbox_mix2(w->view->id ^ salt, w->view->sequence);
    unsigned char bytes[8];
    char text[13];

    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (unsigned char)(mixed >> (8 * i));
    sandbox_base64(bytes, sizeof(bytes), text);
    (void)kith_buf_addf(w->out, "\"%s%s\"", before, text);
}

static void put_sources(struct writer *w)
{
    const struct sandbox_contact *c = w->p->contact;

    (void)kith_buf_addf(w->out, "\"sources\":[{\"type\":\"%s\",\"id\":\"%" PRIx64 "\",\"etag\":", w->view->source,
                        w->view->id);
    put_etag(w, "#", 0);
    put(w, ",\"updateTime\":");
    put_time(w, c->changed_s, c->key ^ w->view->sequence);
    put(w, "}");
    if (shows_profile(w)) {
        put(w, ",");
        (void)kith_buf_add(w->out, w->profile, strlen(w->profile) - 1); /* goes on behind type and id */
        put(w, ",\"etag\":\"#c2FuZGJveA==\",\"profileMetadata\":{\"objectType\":\"PERSON\",\"userTypes\":"
               "[\"GOOGLE_USER\"]},\"updateTime\":");
        put_time(w, c->created_s, c->key);
        put(w, "}");
    }
    put(w, "]");
}

static void put_former(struct writer *w)
{
    for (size_t i = 0; i < w->view->n_former; i++)
        (void)kith_buf_addf(w->out, "%s\"%s%" PRIu64 "\"", i ? "," : ",\"previousResourceNames\":[", w->view->kind,
                            w->view->former[i]);
    put(w, w->view->n_former ? "]" : "");
}

static void put_metadata(struct writer *w, const char *name)
{
    put_name(w, name);
    put(w, "{");
    put_sources(w);
    put_former(w);
    put(w, ",\"objectType\":\"PERSON\"}");
    w->first = false;
}

/* --- A person -------------------------------------------------------------------------------------- */

/* In the order of a real answer; the place here is the bit in a mask. One of put and list is set. */
static const struct field {
    const char *name;
    void (*put)(struct writer *w, const char *name);
    const struct list_rule *list;
} fields[] = {
    {"metadata", put_metadata, NULL},
    {"names", put_names, NULL},
    {"nicknames", NULL, &nicknames},
    {"photos", put_photos, NULL},
    {"coverPhotos", put_cover_photos, NULL},
    {"genders", NULL, &genders},
    {"ageRanges", put_age_ranges, NULL},
    {"birthdays", put_birthdays, NULL},
    {"events", put_events, NULL},
    {"addresses", put_addresses, NULL},
    {"emailAddresses", NULL, &emails},
    {"phoneNumbers", NULL, &phones},
    {"biographies", NULL, &biographies},
    {"urls", NULL, &urls},
    {"organizations", put_organizations, NULL},
    {"occupations", NULL, &occupations},
    {"relations", NULL, &relations},
    {"interests", NULL, &interests},
    {"skills", NULL, &skills},
    {"imClients", NULL, &im_clients},
    {"sipAddresses", NULL, &sips},
    {"userDefined", NULL, &user_defined},
    {"externalIds", NULL, &external_ids},
    {"calendarUrls", NULL, &calendar_urls},
    {"clientData", NULL, &client_data},
    {"locations", put_locations, NULL},
    {"miscKeywords", NULL, &keywords},
    {"locales", NULL, &locales},
    {"memberships", put_memberships, NULL},
};

uint64_t sandbox_google_mask_bit(const char *field)
{
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++)
        if (strcmp(fields[i].name, field) == 0)
            return UINT64_C(1) << i;
    return 0;
}

bool sandbox_google_mask_parse(const char *list, uint64_t *ret, char *unknown, size_t unknown_size)
{
    uint64_t mask = 0;

    for (; *list; list += strcspn(list, ", "), list += *list != '\0') {
        size_t len = strcspn(list, ", ");
        char name[80];
        bool whole = kith_text_copy_n(name, sizeof(name), list, len);
        uint64_t bit;
        if (len == 0)
            continue;
        name[strcspn(name, ".")] = '\0'; /* "names.displayName": more than what was asked for does no harm */
        bit = whole ? sandbox_google_mask_bit(name) : 0;
        if (bit == 0) {
            (void)kith_text_copy(unknown, unknown_size, name); /* only shown */
            return false;
        }
        mask |= bit;
    }
    *ret = mask;
    return true;
}

static void begin_person(struct writer *w)
{
    const struct sandbox_google_view *view = w->view;

    (void)kith_buf_addf(w->out, "{\"resourceName\":\"%s%" PRIu64 "\",\"etag\":", view->kind, view->id);
    put_etag(w, "%EgwBAgMFBwk", view->mask | 1);
    w->first = false;
}

void sandbox_google_person_write(const struct sandbox_google_person *person, const struct sandbox_google_view *view,
                                 struct kith_buf *out)
{
    struct writer w = {.p = person, .view = view, .out = out};

    (void)kith_text_format(w.source, sizeof(w.source), "{\"type\":\"%s\",\"id\":\"%" PRIx64 "\"}", view->source,
                           view->id);
    (void)kith_text_format(w.profile, sizeof(w.profile), "{\"type\":\"PROFILE\",\"id\":\"1%020" PRIu64 "\"}",
                           person->contact->key);
    begin_person(&w);
    for (size_t i = 0; i < KITH_COUNT_OF(fields); i++) {
        if (!(view->mask & UINT64_C(1) << i))
            continue;
        if (fields[i].list)
            put_list(&w, fields[i].name, fields[i].list);
        else
            fields[i].put(&w, fields[i].name);
    }
    put(&w, "}");
}

void sandbox_google_tombstone_write(const struct sandbox_google_view *view, struct kith_buf *out)
{
    struct writer w = {.view = view, .out = out};

    begin_person(&w);
    (void)kith_buf_addf(out, ",\"metadata\":{\"sources\":[{\"type\":\"%s\",\"id\":\"%" PRIx64 "\"}],\"deleted\":true",
                        view->source, view->id);
    put_former(&w);
    put(&w, ",\"objectType\":\"PERSON\"}}");
}
