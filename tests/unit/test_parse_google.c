/* SPDX-License-Identifier: MIT */
/*
 * test_parse_google.c - pages of the Google People API, as odd as they come (src/parse/parse_google.c).
 *
 * JSON is written with ' for " here: it reads as JSON then.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "parse/parse_google.h"

/* --- Helpers -------------------------------------------------------------- */

static void add_groups(struct kith_google_groups *groups)
{
    kith_google_groups_init(groups);
    kith_google_groups_add(groups, "contactGroups/g1", "Chess");
    kith_google_groups_add(groups, "contactGroups/g2", "Bakery");
    kith_google_groups_add(groups, "contactGroups/starred", "Starred");
}

static struct kith_buf quoted(const char *json)
{
    struct kith_buf bytes;

    kith_buf_init(&bytes, SIZE_MAX);
    for (; *json != '\0'; json++)
        assert_true(kith_buf_add_char(&bytes, *json == '\'' ? '"' : *json));
    return bytes;
}

static enum kith_status try_parse(const char *json, struct kith_page **ret, struct kith_error *err)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_google_groups) groups;
    KITH_AUTO_DONE(kith_buf) text = quoted(json);

    add_groups(&groups);
    return kith_parse_google_page(reader, &text, &groups, ret, NULL, err);
}

static struct kith_page *parse(const char *json)
{
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    if (try_parse(json, &page, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return page;
}

/* A page of one person with these members beside the name. */
static struct kith_page *parse_members(const char *members)
{
    KITH_AUTO_DONE(kith_buf) json;
    struct kith_page *page;

    kith_buf_init(&json, SIZE_MAX);
    assert_true(kith_buf_addf(&json, "{'connections':[{'resourceName':'people/c1'%s%s}]}",
                              members[0] != '\0' ? "," : "", members));
    page = parse(kith_buf_text(&json));
    assert_int_equal(page->n_contacts, 1);
    return page;
}

static void assert_fails(const char *json, const char *words)
{
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    assert_int_equal(try_parse(json, &page, &err), KITH_E_SERVICE);
    assert_null(page);
    if (!strstr(err.message, words))
        fail_msg("\"%s\" does not say \"%s\"", err.message, words);
}

static const struct kith_item *item_of(const struct kith_contact *contact, enum kith_item_kind kind, const char *label)
{
    for (size_t i = 0; i < contact->n_items; i++)
        if (contact->items[i].kind == kind && strcmp(contact->items[i].label, label) == 0)
            return &contact->items[i];
    fail_msg("there is no item \"%s\"", label);
    return NULL;
}

static void assert_extra(const struct kith_contact *contact, const char *label, const char *value)
{
    assert_string_equal(item_of(contact, KITH_ITEM_EXTRA, label)->value, value);
}

/* --- The page ------------------------------------------------------------- */

static void parse_google__page_gives_people_in_order_with_total_and_tokens(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse("{'connections':[{'resourceName':'people/c2'},{'resourceName':'people/c1'}],'nextPageToken':'p=/+',"
                 "'totalPeople':3,'totalItems':12431}");

    assert_int_equal(page->n_contacts, 2);
    assert_string_equal(page->contacts[0].source_id, "people/c2");
    assert_string_equal(page->contacts[1].source_id, "people/c1");
    assert_int_equal(page->contacts[0].source, KITH_SOURCE_GOOGLE);
    assert_int_equal(page->reported, 12431);
    assert_string_equal(page->next_link, "p=/+");
    assert_string_equal(page->resume, "");
}

static void parse_google__an_empty_page_keeps_its_tokens(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) none = parse("{}");
    KITH_AUTO(kith_page) last = parse("{'nextSyncToken':'s','totalItems':0}");
    KITH_AUTO(kith_page) middle = parse("{'connections':[],'nextPageToken':'p'}");

    assert_int_equal(none->n_contacts, 0);
    assert_int_equal(none->reported, -1);
    assert_string_equal(last->resume, "s");
    assert_int_equal(last->reported, 0);
    assert_string_equal(middle->next_link, "p");
}

static void parse_google__a_larger_total_than_fits_anywhere_is_still_a_number(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) large = parse("{'totalItems':2147483648}");
    KITH_AUTO(kith_page) older = parse("{'totalPeople':7}");
    KITH_AUTO(kith_page) odd = parse("{'totalItems':-7}");

    assert_int_equal(large->reported, INT64_C(2147483648));
    assert_int_equal(older->reported, 7);
    assert_int_equal(odd->reported, -1);
}

static void parse_google__refuses_what_is_no_page_and_says_why(void **state)
{
    (void)state;
    assert_fails("", "not JSON");
    assert_fails("<html>", "at byte 0");
    assert_fails("{'connections':[{'resourceName':'peop", "not JSON");
    assert_fails("[]", "no JSON object");
    assert_fails("{'connections':{}}", "\"connections\" of the page is no list");
    assert_fails("{'nextPageToken':7}", "\"nextPageToken\"");
    assert_fails("{'nextSyncToken':'a b'}", "at byte 1");
    assert_fails("{'error':{'code':503,'status':'UNAVAILABLE'}}", "\"UNAVAILABLE\"");
}

static void parse_google__who_went_and_who_was_called_otherwise_is_told(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse("{'connections':[{'resourceName':'people/c7','metadata':{'deleted':true,"
                 "'previousResourceNames':['people/c70']}},"
                 "{'resourceName':'people/c8','metadata':{'previousResourceNames':['people/c80','people/c8']}},"
                 "{'metadata':{'deleted':true}},7]}");

    assert_int_equal(page->n_contacts, 1);
    assert_string_equal(page->contacts[0].source_id, "people/c8");
    assert_int_equal(page->n_skipped, 2);
    assert_int_equal(page->n_removed, 3);
    assert_string_equal(page->removed[0], "people/c70");
    assert_string_equal(page->removed[1], "people/c7");
    assert_string_equal(page->removed[2], "people/c80");
}

/* --- Which version it is ---------------------------------------------------- */

static void parse_google__the_sources_etag_is_the_change_key(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'etag':'%x','metadata':{'sources':[{'type':'PROFILE','etag':'#p'},"
                         "{'type':'CONTACT','etag':'#c','updateTime':'2026-02-24T16:40:20.181599Z'}]}");
    KITH_AUTO(kith_page) no_source = parse_members("'etag':'%x'");

    assert_string_equal(page->contacts[0].change_key, "#c");
    assert_int_equal(page->contacts[0].modified_s, 1771951220);
    assert_string_equal(no_source->contacts[0].change_key, "%x");
}

#define IN_GROUPS(a, b)                                                                                                \
    "'metadata':{'sources':[{'type':'CONTACT','etag':'#c'}]},'memberships':["                                          \
    "{'contactGroupMembership':{'contactGroupResourceName':'contactGroups/" a "'}},"                                   \
    "{'contactGroupMembership':{'contactGroupId':'" b "'}},{'domainMembership':{'inViewerDomain':true}}]"

static void parse_google__groups_are_categories_and_part_of_the_change_key(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) both = parse_members(IN_GROUPS("g1", "g2"));
    KITH_AUTO(kith_page) turned = parse_members(IN_GROUPS("g2", "g1"));
    KITH_AUTO(kith_page) one = parse_members(IN_GROUPS("g1", "g1"));
    KITH_AUTO(kith_page) everybody = parse_members(IN_GROUPS("myContacts", "unknown"));

    assert_int_equal(both->contacts[0].n_items, 2);
    assert_string_equal(both->contacts[0].items[0].value, "Bakery"); /* by name, whatever the answer's order */
    assert_string_equal(both->contacts[0].items[1].value, "Chess");
    assert_int_equal(both->contacts[0].items[0].kind, KITH_ITEM_CATEGORY);
    assert_string_equal(both->contacts[0].change_key, turned->contacts[0].change_key);
    assert_int_equal(one->contacts[0].n_items, 1);
    assert_string_not_equal(one->contacts[0].change_key, both->contacts[0].change_key);
    assert_int_equal(everybody->contacts[0].n_items, 0);
    assert_string_equal(everybody->contacts[0].change_key, "#c");
}

static void parse_google__groups_are_people_s_own_and_those_that_say_something(void **state)
{
    (void)state;
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_google_groups) groups;
    KITH_AUTO_DONE(kith_buf) next;
    KITH_AUTO_DONE(kith_buf)
    json = quoted("{'contactGroups':[{'resourceName':'contactGroups/myContacts','name':'myContacts',"
                  "'formattedName':'My Contacts'},{'resourceName':'contactGroups/starred','name':'starred',"
                  "'formattedName':'Starred'},{'resourceName':'contactGroups/z9','name':'Choir'},"
                  "{'resourceName':'contactGroups/a1','name':'Gone','metadata':{'deleted':true}},{},7],"
                  "'nextPageToken':'more'}");
    struct kith_error err = {0};

    kith_google_groups_init(&groups);
    kith_buf_init(&next, 1000);
    assert_int_equal(kith_parse_google_groups(reader, &json, &groups, &next, &err), KITH_OK);
    assert_int_equal(groups.n, 2);
    assert_string_equal(kith_google_groups_name(&groups, "contactGroups/starred"), "Starred");
    assert_string_equal(kith_google_groups_name(&groups, "contactGroups/z9"), "Choir");
    assert_null(kith_google_groups_name(&groups, "contactGroups/myContacts"));
    assert_null(kith_google_groups_name(&groups, ""));
    assert_string_equal(kith_buf_text(&next), "more");
}

static void parse_google__many_groups_are_found_each(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_google_groups) groups;
    char id[32], name[32];

    kith_google_groups_init(&groups);
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(id, sizeof(id), "contactGroups/%d", (i * 7919) % 1000);
        (void)snprintf(name, sizeof(name), "n%d", (i * 7919) % 1000);
        kith_google_groups_add(&groups, id, name);
        kith_google_groups_add(&groups, id, "another word for it"); /* the first one counts */
    }
    assert_int_equal(groups.n, 1000);
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(id, sizeof(id), "contactGroups/%d", i);
        (void)snprintf(name, sizeof(name), "n%d", i);
        assert_string_equal(kith_google_groups_name(&groups, id), name);
    }
}

/* --- Fields ------------------------------------------------------------------ */

static void parse_google__names(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'names':[{'displayName':'Dr. Ada M. Byron PhD','familyName':'Byron','givenName':'Ada',"
                         "'middleName':'M.','honorificPrefix':'Dr.','honorificSuffix':'PhD','phoneticFamilyName':'b',"
                         "'phoneticGivenName':'a','phoneticMiddleName':'m'}],'nicknames':[{'value':'Countess'},"
                         "{'type':'MAIDEN_NAME','value':'Gordon'},{'type':'INITIALS','value':'AMB'}],"
                         "'fileAses':[{'value':'Byron (work)'}],'occupations':[{'value':'Mathematician'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_string_equal(c->text[KITH_TEXT_DISPLAY], "Dr. Ada M. Byron PhD");
    assert_string_equal(c->text[KITH_TEXT_GIVEN], "Ada");
    assert_string_equal(c->text[KITH_TEXT_MIDDLE], "M.");
    assert_string_equal(c->text[KITH_TEXT_FAMILY], "Byron");
    assert_string_equal(c->text[KITH_TEXT_PREFIX], "Dr.");
    assert_string_equal(c->text[KITH_TEXT_SUFFIX], "PhD");
    assert_string_equal(c->text[KITH_TEXT_PHONETIC_GIVEN], "a");
    assert_string_equal(c->text[KITH_TEXT_PHONETIC_FAMILY], "b");
    assert_string_equal(c->text[KITH_TEXT_NICKNAME], "Countess");
    assert_string_equal(c->text[KITH_TEXT_INITIALS], "AMB");
    assert_string_equal(c->text[KITH_TEXT_FILE_AS], "Byron (work)");
    assert_string_equal(c->text[KITH_TEXT_PROFESSION], "Mathematician");
    assert_extra(c, "Phonetic middle name", "m");
    assert_extra(c, "Maiden name", "Gordon");
    assert_false(c->partial);
}

static void parse_google__what_the_person_wrote_comes_before_a_profile(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page =
        parse_members("'names':[{'metadata':{'primary':true,'source':{'type':'PROFILE'}},'displayName':'Ada Profile'},"
                      "{'metadata':{'source':{'type':'CONTACT'}},'displayName':'Ada E.'}]");

    assert_string_equal(page->contacts[0].text[KITH_TEXT_DISPLAY], "Ada E.");
    assert_int_equal(page->contacts[0].n_items, 0);
}

#define NUMBER_A "{'value':'1','type':'work'}"
#define NUMBER_B "{'value':'2','type':'home'}"
#define NUMBER_C "{'value':'3','type':'work','metadata':{'primary':true}}"

static void parse_google__the_order_of_an_answer_means_nothing(void **state)
{
    static const char *const orders[] = {
        "'phoneNumbers':[" NUMBER_A "," NUMBER_B "," NUMBER_C "]",
        "'phoneNumbers':[" NUMBER_C "," NUMBER_B "," NUMBER_A "]",
        "'phoneNumbers':[" NUMBER_B "," NUMBER_C "," NUMBER_A "]",
    };
    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(orders); i++) {
        KITH_AUTO(kith_page) page = parse_members(orders[i]);
        const struct kith_phone *phones = page->contacts[0].phones;

        assert_int_equal(page->contacts[0].n_phones, 3);
        assert_string_equal(phones[0].raw, "3"); /* the primary one */
        assert_string_equal(phones[1].raw, "2");
        assert_string_equal(phones[2].raw, "1");
    }
}

static void parse_google__numbers_keep_what_was_typed_and_what_google_makes_of_it(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'phoneNumbers':[{'value':'020 7946 0018','canonicalForm':'+442079460018',"
                         "'type':'workMobile','formattedType':'Work Mobile'},{'value':'ext 42'},"
                         "{'value':'5','type':'Boat','formattedType':'Boat'},{'value':'6','type':'main'},"
                         "{'value':'7','type':'homeFax'},{'canonicalForm':'+1','value':''},{'type':'work'},"
                         "{'value':'8','canonicalForm':'+12345678901234567890'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_int_equal(c->n_phones, 7);
    for (size_t i = 0; i < c->n_phones; i++) {
        const struct kith_phone *p = &c->phones[i];
        if (strcmp(p->raw, "020 7946 0018") == 0) {
            assert_int_equal(p->kind, KITH_PHONE_MOBILE);
            assert_string_equal(p->label, "Work Mobile");
            assert_string_equal(p->e164, "+442079460018");
        } else if (strcmp(p->raw, "5") == 0) {
            assert_int_equal(p->kind, KITH_PHONE_OTHER);
            assert_string_equal(p->label, "Boat");
        } else if (strcmp(p->raw, "6") == 0) {
            assert_int_equal(p->kind, KITH_PHONE_PRIMARY);
        } else if (strcmp(p->raw, "7") == 0) {
            assert_int_equal(p->kind, KITH_PHONE_HOME_FAX);
            assert_string_equal(p->label, "");
        } else if (strcmp(p->raw, "8") == 0) {
            assert_string_equal(p->e164, "");
        } else {
            assert_true(strcmp(p->raw, "ext 42") == 0 || strcmp(p->raw, "+1") == 0);
        }
    }
}

static void parse_google__emails_have_place_label_and_caption(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'emailAddresses':[{'value':'a@x.example','type':'home','displayName':'Ada L'},"
                         "{'value':'b@x.example','type':'Boot','formattedType':'Boot'},{'displayName':'nobody'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_int_equal(c->n_emails, 2);
    assert_string_equal(c->emails[0].address, "b@x.example"); /* "Boot" before "home" */
    assert_string_equal(c->emails[0].label, "Boot");
    assert_int_equal(c->emails[1].place, KITH_PLACE_HOME);
    assert_string_equal(c->emails[1].name, "Ada L");
    assert_extra(c, "Name beside the e-mail", "nobody");
}

static void parse_google__a_hundred_emails_are_all_there(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) members;

    kith_buf_init(&members, SIZE_MAX);
    (void)kith_buf_add_text(&members, "'emailAddresses':[");
    for (int i = 0; i < 100; i++)
        (void)kith_buf_addf(&members, "%s{'value':'%03d@x.example'}", i > 0 ? "," : "", (i * 37) % 100);
    (void)kith_buf_add_text(&members, "]");
    KITH_AUTO(kith_page) page = parse_members(kith_buf_text(&members));

    assert_int_equal(page->contacts[0].n_emails, KITH_PARSE_GOOGLE_LIST_MAX);
    assert_string_equal(page->contacts[0].emails[0].address, "000@x.example");
    assert_string_equal(page->contacts[0].emails[99].address, "099@x.example");
}

static void parse_google__an_answer_comes_in_portions(void **state)
{
    (void)state;
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_google_groups) groups;
    KITH_AUTO_DONE(kith_buf) json = {0};
    struct kith_page_rest rest;
    struct kith_error err = {0};
    struct kith_page *page;
    int n = 0;

    add_groups(&groups);
    kith_buf_init(&json, SIZE_MAX);
    (void)kith_buf_add_text(&json, "{\"connections\":[");
    for (int i = 0; i < 250; i++)
        (void)kith_buf_addf(&json, "%s{\"resourceName\":\"people/%d\"}", i > 0 ? "," : "", i);
    (void)kith_buf_add_text(&json, "],\"nextPageToken\":\"more\",\"totalItems\":900}");

    assert_int_equal(kith_parse_google_page(reader, &json, &groups, &page, &rest, &err), KITH_OK);
    assert_int_equal(page->reported, 900);
    assert_string_equal(page->next_link, "more");
    for (;;) {
        assert_in_range(page->n_contacts, 1, KITH_PORTION_CONTACTS);
        for (size_t i = 0; i < page->n_contacts; i++) {
            char id[32];
            (void)snprintf(id, sizeof(id), "people/%d", n++);
            assert_string_equal(page->contacts[i].source_id, id);
        }
        kith_page_free(page);
        if (rest.n_left == 0)
            break;
        assert_int_equal(kith_parse_google_more(&rest, &groups, &page, &err), KITH_OK);
    }
    assert_int_equal(n, 250);
}

static void parse_google__a_person_asked_for_alone_takes_their_place(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) page = parse_members("'emailAddresses':[{'value':'a@x.example'}]");
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_google_groups) groups;
    KITH_AUTO_DONE(kith_buf)
    whole = quoted("{'resourceName':'people/c1','emailAddresses':[{'value':'a@x.example'},{'value':'b@x.example'}]}");
    KITH_AUTO_DONE(kith_buf) other = quoted("{'resourceName':'people/c2'}");
    struct kith_error err = {0};

    add_groups(&groups);
    assert_int_equal(kith_parse_google_person(reader, &other, &groups, page, 0, &err), KITH_E_SERVICE);
    assert_int_equal(page->contacts[0].n_emails, 1);
    assert_int_equal(kith_parse_google_person(reader, &whole, &groups, page, 0, &err), KITH_OK);
    assert_int_equal(page->contacts[0].n_emails, 2);
}

static void parse_google__addresses(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'addresses':[{'formattedValue':'x','type':'home','streetAddress':'12 Rope Walk',"
                         "'extendedAddress':'Flat 2','poBox':'PO 9','city':'London','region':'England',"
                         "'postalCode':'SW1','countryCode':'GB'},{'formattedValue':'somewhere\\nnear Rye',"
                         "'country':'GB'},{'formattedValue':''}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_int_equal(c->n_addresses, 2);
    assert_string_equal(c->addresses[0].street, "somewhere\nnear Rye");
    assert_string_equal(c->addresses[0].country, "");
    assert_string_equal(c->addresses[1].street, "12 Rope Walk\nFlat 2");
    assert_string_equal(c->addresses[1].po_box, "PO 9");
    assert_string_equal(c->addresses[1].city, "London");
    assert_string_equal(c->addresses[1].region, "England");
    assert_string_equal(c->addresses[1].postal_code, "SW1");
    assert_string_equal(c->addresses[1].country, "GB");
    assert_int_equal(c->addresses[1].place, KITH_PLACE_HOME);
}

static void parse_google__the_current_organization_is_the_field_and_others_are_kept(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'organizations':[{'name':'Abacus Works','title':'Clerk','endDate':{'year':1841}},"
                         "{'name':'Engines','phoneticName':'e','department':'R&D','title':'Programmer','location':'HQ',"
                         "'current':true,'startDate':{'year':1842,'month':5},'jobDescription':'notes','symbol':'AE',"
                         "'domain':'x.example','costCenter':'7'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_string_equal(c->text[KITH_TEXT_COMPANY], "Engines");
    assert_string_equal(c->text[KITH_TEXT_DEPARTMENT], "R&D");
    assert_string_equal(c->text[KITH_TEXT_JOB_TITLE], "Programmer");
    assert_string_equal(c->text[KITH_TEXT_OFFICE], "HQ");
    assert_string_equal(c->text[KITH_TEXT_PHONETIC_COMPANY], "e");
    assert_extra(c, "Organization", "Clerk, Abacus Works");
    assert_extra(c, "There since", "1842-05");
    assert_extra(c, "There until", "1841");
    assert_extra(c, "Job description", "notes");
    assert_extra(c, "Stock symbol", "AE");
    assert_extra(c, "Domain", "x.example");
    assert_extra(c, "Cost center", "7");
}

static void parse_google__dates_may_lack_their_year_or_their_day(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) no_year = parse_members("'birthdays':[{'date':{'month':2,'day':29},'text':'some day'}]");
    KITH_AUTO(kith_page) zero_year = parse_members("'birthdays':[{'date':{'year':0,'month':12,'day':10}}]");
    KITH_AUTO(kith_page) year_only = parse_members("'birthdays':[{'date':{'year':1985}}]");
    KITH_AUTO(kith_page) words = parse_members("'birthdays':[{'text':'in the spring'}]");
    KITH_AUTO(kith_page) wrong = parse_members("'birthdays':[{'date':{'month':13,'day':1}}]");

    assert_int_equal(no_year->contacts[0].dates[0].kind, KITH_DATE_BIRTHDAY);
    assert_int_equal(no_year->contacts[0].dates[0].year, 0);
    assert_int_equal(no_year->contacts[0].dates[0].day, 29);
    assert_int_equal(no_year->contacts[0].n_items, 0);
    assert_int_equal(zero_year->contacts[0].dates[0].month, 12);
    assert_extra(&year_only->contacts[0], "Birthday", "1985");
    assert_extra(&words->contacts[0], "Birthday", "in the spring");
    assert_int_equal(wrong->contacts[0].n_dates, 0);
    assert_true(wrong->contacts[0].partial);
}

static void parse_google__events(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'events':[{'date':{'year':2010,'month':6,'day':1},'type':'anniversary',"
                         "'formattedType':'Anniversary'},{'date':{'month':7,'day':2},'type':'First met',"
                         "'formattedType':'First met'},{'date':{'month':8,'day':3},'type':'other',"
                         "'formattedType':'Other'}]");
    const struct kith_date *dates = page->contacts[0].dates;

    assert_int_equal(page->contacts[0].n_dates, 3);
    assert_int_equal(dates[0].kind, KITH_DATE_OTHER);
    assert_string_equal(dates[0].label, "First met");
    assert_int_equal(dates[1].kind, KITH_DATE_ANNIVERSARY);
    assert_int_equal(dates[1].year, 2010);
    assert_int_equal(dates[2].kind, KITH_DATE_OTHER);
    assert_string_equal(dates[2].label, "");
}

static void parse_google__pages_and_chats(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'urls':[{'value':'x.example/ada','type':'homePage','formattedType':'Home Page'}],"
                         "'calendarUrls':[{'url':'https://x.example/a.ics','type':'freeBusy',"
                         "'formattedType':'Free/Busy'}],"
                         "'imClients':[{'username':'ada','protocol':'jabber','formattedProtocol':'Jabber'},"
                         "{'username':'skype:ada','protocol':'skype','type':'work'},"
                         "{'username':'ada#1','protocol':'Parrot'}],'sipAddresses':[{'value':'ada@x.example'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_string_equal(item_of(c, KITH_ITEM_WEB, "Home Page")->value, "x.example/ada");
    assert_string_equal(item_of(c, KITH_ITEM_WEB, "Free/Busy")->value, "https://x.example/a.ics");
    assert_string_equal(item_of(c, KITH_ITEM_CHAT, "Jabber")->value, "xmpp:ada");
    assert_string_equal(item_of(c, KITH_ITEM_CHAT, "skype")->value, "skype:ada");
    assert_int_equal(item_of(c, KITH_ITEM_CHAT, "skype")->place, KITH_PLACE_WORK);
    assert_string_equal(item_of(c, KITH_ITEM_CHAT, "Parrot")->value, "ada#1");
    assert_string_equal(item_of(c, KITH_ITEM_CHAT, "")->value, "sip:ada@x.example");
}

static void parse_google__relations_have_their_fields(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'relations':[{'person':'W. King','type':'spouse'},{'person':'C. B.','type':'manager'},"
                         "{'person':'A. D.','type':'assistant'},{'person':'Byron','type':'child'},"
                         "{'person':'Annabella','type':'mother','formattedType':'Mother'},"
                         "{'person':'X. Second','type':'spouse','formattedType':'Spouse'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_string_equal(c->text[KITH_TEXT_SPOUSE], "W. King");
    assert_string_equal(c->text[KITH_TEXT_MANAGER], "C. B.");
    assert_string_equal(c->text[KITH_TEXT_ASSISTANT], "A. D.");
    assert_string_equal(item_of(c, KITH_ITEM_CHILD, "")->value, "Byron");
    assert_string_equal(item_of(c, KITH_ITEM_RELATION, "Mother")->value, "Annabella");
    assert_string_equal(item_of(c, KITH_ITEM_RELATION, "Spouse")->value, "X. Second");
}

static void parse_google__what_has_no_field_is_kept_beside(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'userDefined':[{'key':'Locker','value':'17'}],'genders':[{'value':'female',"
                         "'formattedValue':'Female','addressMeAs':'she/her'}],'externalIds':[{'value':'E-17',"
                         "'type':'organization','formattedType':'Organization'}],'miscKeywords':[{'value':'kw'}],"
                         "'locations':[{'value':'Desk','buildingId':'B1','floor':'3','deskCode':'3.14'}],"
                         "'interests':[{'value':'flight'}],'skills':[{'value':'numbers'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_extra(c, "Locker", "17");
    assert_extra(c, "Gender", "Female");
    assert_extra(c, "Pronouns", "she/her");
    assert_extra(c, "Organization", "E-17");
    assert_extra(c, "Keyword", "kw");
    assert_extra(c, "Location", "Desk, building B1, floor 3, desk 3.14");
    assert_extra(c, "Interest", "flight");
    assert_extra(c, "Skill", "numbers");
}

static void parse_google__a_made_up_picture_is_none(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) made_up = parse_members("'photos':[{'url':'https://p.example/a','default':true}]");
    KITH_AUTO(kith_page) real = parse_members("'photos':[{'url':'https://p.example/a'}]");

    assert_false(made_up->contacts[0].has_photo);
    assert_true(real->contacts[0].has_photo);
}

static void parse_google__notes_are_text_whatever_they_were(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) plain = parse_members("'biographies':[{'value':'a <b>\\r\\nc','contentType':'TEXT_PLAIN'}]");
    KITH_AUTO(kith_page)
    html = parse_members("'biographies':[{'value':'<p>Tea &amp; <b>cake</b></p><p>at 4</p>','contentType':"
                         "'TEXT_HTML'}]");

    assert_string_equal(plain->contacts[0].text[KITH_TEXT_NOTES], "a <b>\nc");
    assert_string_equal(html->contacts[0].text[KITH_TEXT_NOTES], "Tea & cake\nat 4");
}

/* --- What should not come ------------------------------------------------------ */

static void parse_google__a_member_of_another_type_leaves_the_rest(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'names':{'displayName':'x'},'phoneNumbers':[7,null,{'value':7},{'value':'8'}],"
                         "'emailAddresses':null,'memberships':{},'photos':[{'url':{}}],'metadata':7,"
                         "'strangers':[{'value':'y'}]");
    const struct kith_contact *c = &page->contacts[0];

    assert_true(c->partial);
    assert_int_equal(c->n_phones, 1);
    assert_string_equal(c->phones[0].raw, "8");
    assert_string_equal(c->text[KITH_TEXT_DISPLAY], "");
    assert_string_equal(c->change_key, "");
}

static void parse_google__control_characters_become_spaces(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) page = parse_members("'names':[{'displayName':'A\\u0007da\\nB\\u0085'}]");

    assert_string_equal(page->contacts[0].text[KITH_TEXT_DISPLAY], "A da B ");
}

static void parse_google__too_much_of_anything_is_cut_and_told(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) members;

    kith_buf_init(&members, SIZE_MAX);
    (void)kith_buf_add_text(&members, "'urls':[");
    for (int i = 0; i < 1500; i++)
        (void)kith_buf_addf(&members, "%s{'value':'%d'}", i > 0 ? "," : "", i);
    (void)kith_buf_add_text(&members, "],'names':[{'displayName':'");
    for (int i = 0; i < 5000; i++)
        (void)kith_buf_add_text(&members, "1234567890");
    (void)kith_buf_add_text(&members, "'}]");
    KITH_AUTO(kith_page) page = parse_members(kith_buf_text(&members));

    assert_true(page->contacts[0].partial);
    assert_int_equal(page->contacts[0].n_items, KITH_PARTS_MAX);
    assert_int_equal(strlen(page->contacts[0].text[KITH_TEXT_DISPLAY]), 32 * 1024);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_google__page_gives_people_in_order_with_total_and_tokens),
        cmocka_unit_test(parse_google__an_empty_page_keeps_its_tokens),
        cmocka_unit_test(parse_google__a_larger_total_than_fits_anywhere_is_still_a_number),
        cmocka_unit_test(parse_google__refuses_what_is_no_page_and_says_why),
        cmocka_unit_test(parse_google__who_went_and_who_was_called_otherwise_is_told),
        cmocka_unit_test(parse_google__the_sources_etag_is_the_change_key),
        cmocka_unit_test(parse_google__groups_are_categories_and_part_of_the_change_key),
        cmocka_unit_test(parse_google__groups_are_people_s_own_and_those_that_say_something),
        cmocka_unit_test(parse_google__many_groups_are_found_each),
        cmocka_unit_test(parse_google__names),
        cmocka_unit_test(parse_google__what_the_person_wrote_comes_before_a_profile),
        cmocka_unit_test(parse_google__the_order_of_an_answer_means_nothing),
        cmocka_unit_test(parse_google__numbers_keep_what_was_typed_and_what_google_makes_of_it),
        cmocka_unit_test(parse_google__emails_have_place_label_and_caption),
        cmocka_unit_test(parse_google__a_hundred_emails_are_all_there),
        cmocka_unit_test(parse_google__an_answer_comes_in_portions),
        cmocka_unit_test(parse_google__a_person_asked_for_alone_takes_their_place),
        cmocka_unit_test(parse_google__addresses),
        cmocka_unit_test(parse_google__the_current_organization_is_the_field_and_others_are_kept),
        cmocka_unit_test(parse_google__dates_may_lack_their_year_or_their_day),
        cmocka_unit_test(parse_google__events),
        cmocka_unit_test(parse_google__pages_and_chats),
        cmocka_unit_test(parse_google__relations_have_their_fields),
        cmocka_unit_test(parse_google__what_has_no_field_is_kept_beside),
        cmocka_unit_test(parse_google__a_made_up_picture_is_none),
        cmocka_unit_test(parse_google__notes_are_text_whatever_they_were),
        cmocka_unit_test(parse_google__a_member_of_another_type_leaves_the_rest),
        cmocka_unit_test(parse_google__control_characters_become_spaces),
        cmocka_unit_test(parse_google__too_much_of_anything_is_cut_and_told),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
