/* SPDX-License-Identifier: MIT */
/*
 * test_parse_microsoft.c - pages of Graph contacts, as odd as they come.
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
#include "parse/parse_microsoft.h"

/* --- Helpers -------------------------------------------------------------- */

static enum kith_status try_parse(const char *json, size_t len, struct kith_page **ret, struct kith_error *err)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_buf) quoted;

    kith_buf_init(&quoted, SIZE_MAX);
    for (size_t i = 0; i < len; i++)
        kith_buf_add_char(&quoted, json[i] == '\'' ? '"' : json[i]);
    return kith_parse_microsoft_page(reader, &quoted, ret, NULL, err);
}

static struct kith_page *parse(const char *json)
{
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    if (try_parse(json, strlen(json), &page, &err) != KITH_OK)
        fail_msg("%s", err.message);
    return page;
}

/* A page of one contact with these members beside its id. */
static struct kith_page *parse_members(const char *members)
{
    KITH_AUTO_DONE(kith_buf) json;
    struct kith_page *page;

    kith_buf_init(&json, SIZE_MAX);
    assert_true(kith_buf_addf(&json, "{'value':[{'id':'a'%s%s}]}", members[0] != '\0' ? "," : "", members));
    page = parse(kith_buf_text(&json));
    assert_int_equal(page->n_contacts, 1);
    assert_int_equal(page->n_skipped, 0);
    return page;
}

static void assert_fails(const char *json, size_t len, const char *words)
{
    struct kith_page *page = NULL;
    struct kith_error err = {0};

    assert_int_equal(try_parse(json, len, &page, &err), KITH_E_SERVICE);
    assert_null(page);
    if (!strstr(err.message, words))
        fail_msg("\"%s\" does not say \"%s\"", err.message, words);
}

/* --- The page ------------------------------------------------------------- */

static void parse_microsoft__page_gives_contacts_in_order_with_count_and_link(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse("{'@odata.context':'x','@odata.count':12431,'@odata.nextLink':'https://graph.example/next?$skip=2',"
                 "'value':[{'id':'b'},{'id':'a'}]}");

    assert_int_equal(page->n_contacts, 2);
    assert_string_equal(page->contacts[0].source_id, "b");
    assert_string_equal(page->contacts[1].source_id, "a");
    assert_int_equal(page->contacts[0].source, KITH_SOURCE_MICROSOFT365);
    assert_int_equal(page->reported, 12431);
    assert_string_equal(page->next_link, "https://graph.example/next?$skip=2");
}

static void parse_microsoft__empty_page_keeps_its_link(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) page = parse("{'value':[],'@odata.nextLink':'https://graph.example/next'}");

    assert_int_equal(page->n_contacts, 0);
    assert_string_equal(page->next_link, "https://graph.example/next");
    assert_int_equal(page->reported, -1);
}

static void parse_microsoft__count_may_be_any_number(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) large = parse("{'value':[],'@odata.count':2147483648}");
    KITH_AUTO(kith_page) negative = parse("{'value':[],'@odata.count':-5}");
    KITH_AUTO(kith_page) text = parse("{'value':[],'@odata.count':'many'}");

    assert_int_equal(large->reported, INT64_C(2147483648));
    assert_int_equal(negative->reported, -1);
    assert_int_equal(text->reported, -1);
}

static void parse_microsoft__refuses_what_is_no_page_and_says_why(void **state)
{
    (void)state;
    static const char nul_in_link[] = "{'value':[],'@odata.nextLink':'https://graph.example\\u0000.example'}";

    assert_fails("", 0, "not JSON");
    assert_fails("{'value':[{'id':'a'", 19, "not JSON");
    assert_fails("<html>", 6, "at byte 0");
    assert_fails("[]", 2, "no JSON object");
    assert_fails("{}", 2, "\"value\" of the page is missing");
    assert_fails("{'value':{}}", 12, "\"value\" of the page is no list");
    assert_fails("{'error':{'code':'ErrorInvalidUser'}}", 37, "\"ErrorInvalidUser\"");
    assert_fails("{'value':[],'@odata.nextLink':7}", 32, "\"@odata.nextLink\"");
    assert_fails(nul_in_link, sizeof(nul_in_link) - 1, "\"@odata.nextLink\"");
}

static void parse_microsoft__refuses_a_page_of_absurd_length(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) json;

    kith_buf_init(&json, SIZE_MAX);
    assert_true(kith_buf_add_text(&json, "{'value':[0"));
    for (int i = 0; i < 20000; i++)
        assert_true(kith_buf_add_text(&json, ",0"));
    assert_true(kith_buf_add_text(&json, "]}"));
    assert_fails(json.data, json.len, "20001 contacts");
}

static void parse_microsoft__counts_what_is_no_contact(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse("{'value':[null,7,'x',[],{},{'displayName':'no id'},{'id':''},{'id':5},"
                 "{'id':'gone','@removed':{'reason':'deleted'}},"
                 "{'id':'list','singleValueExtendedProperties':[{'id':'String 0x001a','value':'IPM.DistList'}]},"
                 "{'id':'person','singleValueExtendedProperties':[{'id':'String 0x001A','value':'IPM.Contact'}]}]}");

    assert_int_equal(page->n_contacts, 1);
    assert_string_equal(page->contacts[0].source_id, "person");
    assert_int_equal(page->n_skipped, 9);
}

static void parse_microsoft__round_of_changes_says_who_is_gone_and_where_to_go_on(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse("{'value':[{'@odata.type':'#microsoft.graph.contact','id':'a','@removed':{'reason':'deleted'}},"
                 "{'id':'b'},{'id':'c','@removed':{'reason':'changed'}},{'id':'d','@removed':{}},"
                 "{'@removed':{'reason':'deleted'}}],"
                 "'@odata.deltaLink':'https://graph.example/v1.0/me/contacts/delta?$deltatoken=x'}");

    assert_int_equal(page->n_contacts, 1);
    assert_int_equal(page->n_removed, 3);
    assert_string_equal(page->removed[0], "a");
    assert_string_equal(page->removed[1], "c");
    assert_string_equal(page->removed[2], "d");
    assert_int_equal(page->n_skipped, 1);
    assert_string_equal(page->next_link, "");
    assert_string_equal(page->resume, "https://graph.example/v1.0/me/contacts/delta?$deltatoken=x");
}

static void parse_microsoft__contact_without_content_is_a_contact(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) page = parse_members("");
    const struct kith_contact *contact = &page->contacts[0];

    for (int i = 0; i < KITH_TEXT_COUNT; i++)
        assert_string_equal(contact->text[i], "");
    assert_int_equal(contact->n_emails + contact->n_phones + contact->n_addresses + contact->n_dates + contact->n_items,
                     0);
    assert_false(contact->partial);
}

/* --- Texts ---------------------------------------------------------------- */

static const struct {
    const char *member;
    enum kith_text field;
} texts[] = {
    {"displayName", KITH_TEXT_DISPLAY},
    {"givenName", KITH_TEXT_GIVEN},
    {"middleName", KITH_TEXT_MIDDLE},
    {"surname", KITH_TEXT_FAMILY},
    {"title", KITH_TEXT_PREFIX},
    {"generation", KITH_TEXT_SUFFIX},
    {"nickName", KITH_TEXT_NICKNAME},
    {"initials", KITH_TEXT_INITIALS},
    {"fileAs", KITH_TEXT_FILE_AS},
    {"yomiGivenName", KITH_TEXT_PHONETIC_GIVEN},
    {"yomiSurname", KITH_TEXT_PHONETIC_FAMILY},
    {"yomiCompanyName", KITH_TEXT_PHONETIC_COMPANY},
    {"companyName", KITH_TEXT_COMPANY},
    {"department", KITH_TEXT_DEPARTMENT},
    {"jobTitle", KITH_TEXT_JOB_TITLE},
    {"officeLocation", KITH_TEXT_OFFICE},
    {"profession", KITH_TEXT_PROFESSION},
    {"manager", KITH_TEXT_MANAGER},
    {"assistantName", KITH_TEXT_ASSISTANT},
    {"spouseName", KITH_TEXT_SPOUSE},
    {"personalNotes", KITH_TEXT_NOTES},
};

static void parse_microsoft__every_text_has_its_field(void **state)
{
    (void)state;
    assert_int_equal(KITH_COUNT_OF(texts), KITH_TEXT_COUNT);
    for (size_t i = 0; i < KITH_COUNT_OF(texts); i++) {
        char members[96];

        assert_true(kith_text_format(members, sizeof(members), "'%s':'山田 %zu'", texts[i].member, i));
        KITH_AUTO(kith_page) page = parse_members(members);
        for (size_t field = 0; field < KITH_TEXT_COUNT; field++) {
            const char *got = page->contacts[0].text[field];

            if (field == texts[i].field)
                assert_memory_equal(got, "山田 ", strlen("山田 "));
            else
                assert_string_equal(got, "");
        }
        assert_false(page->contacts[0].partial);
    }
}

static void parse_microsoft__null_and_empty_are_no_text(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'displayName':null,'fileAs':'','mobilePhone':null,'businessPhones':[null,''],'homePhones':[],"
                         "'emailAddresses':null,'birthday':'','categories':null,'businessHomePage':''");
    const struct kith_contact *contact = &page->contacts[0];

    assert_string_equal(contact->text[KITH_TEXT_DISPLAY], "");
    assert_string_equal(contact->text[KITH_TEXT_FILE_AS], "");
    assert_int_equal(contact->n_phones + contact->n_items + contact->n_dates + contact->n_emails, 0);
    assert_false(contact->partial);
}

static void parse_microsoft__wrong_type_makes_the_contact_partial_and_loses_only_itself(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "'displayName':7",
        "'personalNotes':{}",
        "'mobilePhone':true",
        "'businessPhones':'+1'",
        "'businessPhones':[1]",
        "'emailAddresses':{}",
        "'emailAddresses':['a@contoso.example']",
        "'emailAddresses':[{'address':1}]",
        "'homeAddress':[]",
        "'homeAddress':{'city':1}",
        "'birthday':19740722",
        "'birthday':'some day'",
        "'birthday':'1974-02-30'",
        "'createdDateTime':'yesterday'",
        "'categories':[[]]",
        "'changeKey':5",
        "'singleValueExtendedProperties':{}",
        "'singleValueExtendedProperties':[{'id':'String 0x3A24','value':5}]",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(wrong); i++) {
        char members[160];

        assert_true(kith_text_format(members, sizeof(members), "%s,'surname':'Almeida'", wrong[i]));
        KITH_AUTO(kith_page) page = parse_members(members);
        if (!page->contacts[0].partial)
            fail_msg("%s passed", wrong[i]);
        assert_string_equal(page->contacts[0].text[KITH_TEXT_FAMILY], "Almeida");
    }
}

static void parse_microsoft__unknown_members_are_ignored(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'':'x','weather':{'a':[1]},'displayname':'wrong case','givenNames':'x','photo':null,"
                         "'givenName':'Rosa'");

    assert_string_equal(page->contacts[0].text[KITH_TEXT_GIVEN], "Rosa");
    assert_string_equal(page->contacts[0].text[KITH_TEXT_DISPLAY], "");
    assert_false(page->contacts[0].partial);
}

static void parse_microsoft__first_of_equal_members_counts(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) page = parse_members("'givenName':'Rosa','givenName':'Tom'");

    assert_string_equal(page->contacts[0].text[KITH_TEXT_GIVEN], "Rosa");
}

static void parse_microsoft__control_characters_become_spaces(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'displayName':'A\\u0000B\\u001b[2J\\u007f\\u0085C\\r\\nD\\tE \\u00e9\\u00b0'");

    assert_string_equal(page->contacts[0].text[KITH_TEXT_DISPLAY], "A B [2J  C  D E \u00e9\u00b0");
    assert_false(page->contacts[0].partial);
}

static void parse_microsoft__notes_keep_their_lines(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) page = parse_members("'personalNotes':'one\\r\\ntwo\\rthree\\n\\tfour\\u0000\\u0007'");

    assert_string_equal(page->contacts[0].text[KITH_TEXT_NOTES], "one\ntwo\nthree\n\tfour  ");
}

/* --- Ceilings ------------------------------------------------------------- */

static void parse_microsoft__long_name_is_cut_between_characters(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) members;

    kith_buf_init(&members, SIZE_MAX);
    assert_true(kith_buf_add_text(&members, "'displayName':'x"));
    for (int i = 0; i < 20000; i++)
        assert_true(kith_buf_add_text(&members, "é"));
    assert_true(kith_buf_add_text(&members, "'"));
    KITH_AUTO(kith_page) page = parse_members(kith_buf_text(&members));
    const char *name = page->contacts[0].text[KITH_TEXT_DISPLAY];

    assert_true(page->contacts[0].partial);
    assert_int_equal(strlen(name), 32 * 1024 - 1);
    assert_int_equal(kith_utf8_valid_len(name, strlen(name)), strlen(name));
}

static void parse_microsoft__too_long_an_id_is_no_id(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) json;

    kith_buf_init(&json, SIZE_MAX);
    assert_true(kith_buf_add_text(&json, "{'value':[{'id':'"));
    for (int i = 0; i < 2049; i++)
        assert_true(kith_buf_add_char(&json, 'A'));
    assert_true(kith_buf_add_text(&json, "'}]}"));
    KITH_AUTO(kith_page) page = parse(kith_buf_text(&json));

    assert_int_equal(page->n_contacts, 0);
    assert_int_equal(page->n_skipped, 1);
}

static void parse_microsoft__keeps_as_many_parts_as_a_contact_may_have(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) members;

    kith_buf_init(&members, SIZE_MAX);
    assert_true(kith_buf_add_text(&members, "'homePhones':['1'"));
    for (int i = 0; i < KITH_PARTS_MAX; i++)
        assert_true(kith_buf_addf(&members, ",'%d'", i));
    assert_true(kith_buf_add_text(&members, "],'surname':'Almeida'"));
    KITH_AUTO(kith_page) page = parse_members(kith_buf_text(&members));

    assert_int_equal(page->contacts[0].n_phones, KITH_PARTS_MAX);
    assert_true(page->contacts[0].partial);
    assert_string_equal(page->contacts[0].text[KITH_TEXT_FAMILY], "Almeida");
}

/* --- Versions and times ---------------------------------------------------- */

static void parse_microsoft__change_key_wins_over_the_etag(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) both = parse_members("'@odata.etag':'W/\\'one\\'','changeKey':'two'");
    KITH_AUTO(kith_page) etag = parse_members("'@odata.etag':'W/\\'one\\''");
    KITH_AUTO(kith_page) odd = parse_members("'@odata.etag':'one\\''");

    assert_string_equal(both->contacts[0].change_key, "two");
    assert_string_equal(etag->contacts[0].change_key, "one");
    assert_string_equal(odd->contacts[0].change_key, "");
}

static void parse_microsoft__times_are_seconds(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'createdDateTime':'2014-10-19T23:08:24Z','lastModifiedDateTime':'2014-10-19T23:08:25.123Z'");

    assert_int_equal(page->contacts[0].created_s, 1413760104);
    assert_int_equal(page->contacts[0].modified_s, 1413760105);
}

static void parse_microsoft__birthday_is_the_day_that_was_meant(void **state)
{
    (void)state;
    static const struct {
        const char *given;
        int year, month, day; /* month 0: no birthday */
    } days[] = {
        {"1974-07-22", 1974, 7, 22},           /* date only */
        {"1974-07-22T11:59:00Z", 1974, 7, 22}, /* Exchange */
        {"1974-07-22T12:00:00Z", 1974, 7, 22}, /* noon */
        {"1974-07-22T00:00:00Z", 1974, 7, 22},
        {"1974-07-21T22:00:00Z", 1974, 7, 22}, /* midnight in Berlin, in summer */
        {"1974-07-21T23:00:00Z", 1974, 7, 22}, /* and in winter */
        {"1974-07-21T18:30:00Z", 1974, 7, 22}, /* in Delhi */
        {"1974-07-21T15:00:00Z", 1974, 7, 22}, /* in Tokyo */
        {"1974-07-22T05:00:00Z", 1974, 7, 22}, /* in New York */
        {"1974-07-22T23:59:59Z", 1974, 7, 22}, /* no midnight anywhere */
        {"1974-07-22T00:00:00.0000000Z", 1974, 7, 22},
        {"1999-12-31T23:00:00Z", 2000, 1, 1},
        {"2000-02-28T23:00:00Z", 2000, 2, 29},
        {"1900-02-28T23:00:00Z", 1900, 3, 1},
        {"1604-03-14T11:59:00Z", 0, 3, 14}, /* no year */
        {"1604-02-29T00:00:00Z", 0, 2, 29},
        {"1603-12-31T23:00:00Z", 0, 1, 1},
        {"0001-01-01T08:00:00Z", 0, 0, 0}, /* not set */
        {"0001-01-01T00:00:00Z", 0, 0, 0},
        {"1000-06-01T00:00:00Z", 0, 0, 0},
        {"1001-06-01T00:00:00Z", 1001, 6, 1},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(days); i++) {
        char members[80];

        assert_true(kith_text_format(members, sizeof(members), "'birthday':'%s'", days[i].given));
        KITH_AUTO(kith_page) page = parse_members(members);
        const struct kith_contact *contact = &page->contacts[0];

        assert_false(contact->partial);
        assert_int_equal(contact->n_dates, days[i].month != 0);
        if (days[i].month == 0)
            continue;
        if (contact->dates[0].year != days[i].year || contact->dates[0].month != days[i].month ||
            contact->dates[0].day != days[i].day)
            fail_msg("%s became %d-%d-%d", days[i].given, contact->dates[0].year, contact->dates[0].month,
                     contact->dates[0].day);
        assert_int_equal(contact->dates[0].kind, KITH_DATE_BIRTHDAY);
    }
}

/* --- How to reach them ----------------------------------------------------- */

static void parse_microsoft__mobile_comes_first_whatever_the_order(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'homePhones':['+44 20 7946 0812','+44 20 7946 0813'],'businessPhones':['+44 20 7946 0814'],"
                         "'mobilePhone':'+44 7700 900461'");
    const struct kith_phone *phones = page->contacts[0].phones;

    assert_int_equal(page->contacts[0].n_phones, 4);
    assert_int_equal(phones[0].kind, KITH_PHONE_MOBILE);
    assert_string_equal(phones[0].raw, "+44 7700 900461");
    assert_int_equal(phones[1].kind, KITH_PHONE_WORK);
    assert_int_equal(phones[2].kind, KITH_PHONE_HOME);
    assert_string_equal(phones[2].raw, "+44 20 7946 0812");
    assert_string_equal(phones[3].raw, "+44 20 7946 0813");
    assert_string_equal(phones[3].e164, "");
    assert_int_equal(phones[3].number_class, KITH_NUMBER_UNREAD);
}

static void parse_microsoft__email_keeps_its_caption_and_order(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'emailAddresses':[{'name':'Rosa at work','address':'rosa@halvorsen.example'},{},"
                         "{'address':null,'name':''},null,{'name':'rosa@almeida.example'},"
                         "{'address':'Fax:+44 20 7946 0000'}]");
    const struct kith_contact *contact = &page->contacts[0];

    assert_false(contact->partial);
    assert_int_equal(contact->n_emails, 3);
    assert_string_equal(contact->emails[0].address, "rosa@halvorsen.example");
    assert_string_equal(contact->emails[0].name, "Rosa at work");
    assert_int_equal(contact->emails[0].place, KITH_PLACE_NONE);
    assert_string_equal(contact->emails[1].address, "rosa@almeida.example"); /* the caption was all there was */
    assert_string_equal(contact->emails[2].address, "Fax:+44 20 7946 0000");
    assert_string_equal(contact->emails[2].name, "");
}

static void parse_microsoft__what_nobody_can_write_to_is_kept_elsewhere(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'emailAddresses':[{'name':'Rosa','address':'/o=Halvorsen/ou=First/cn=Recipients/cn=rosa'},"
                         "{'name':'rosa@halvorsen.example','address':'/O=HALVORSEN/CN=ROSA'},{'name':'Tom'}]");
    const struct kith_contact *contact = &page->contacts[0];

    assert_int_equal(contact->n_emails, 1);
    assert_string_equal(contact->emails[0].address, "rosa@halvorsen.example");
    assert_int_equal(contact->n_items, 4);
    assert_string_equal(contact->items[0].value, "Rosa");
    assert_string_equal(contact->items[0].label, "Name beside the e-mail");
    assert_string_equal(contact->items[1].value, "/o=Halvorsen/ou=First/cn=Recipients/cn=rosa");
    assert_string_equal(contact->items[1].label, "Exchange address");
    assert_string_equal(contact->items[2].value, "/O=HALVORSEN/CN=ROSA");
    assert_string_equal(contact->items[3].value, "Tom");
    for (size_t i = 0; i < contact->n_items; i++)
        assert_int_equal(contact->items[i].kind, KITH_ITEM_EXTRA);
}

static void parse_microsoft__spare_addresses_are_used_when_the_list_is_absent(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    absent = parse_members("'tertiaryEmailAddress':{'address':'c@contoso.example'},"
                           "'primaryEmailAddress':{'address':'a@contoso.example','name':'A'},"
                           "'secondaryEmailAddress':null");
    KITH_AUTO(kith_page)
    present = parse_members("'primaryEmailAddress':{'address':'a@contoso.example'},"
                            "'emailAddresses':[{'address':'a@contoso.example'}],"
                            "'singleValueExtendedProperties':[{'id':'String {00062004-0000-0000-C000-000000000046} Id "
                            "0x8083','value':'a@contoso.example'}]");
    KITH_AUTO(kith_page)
    property = parse_members("'singleValueExtendedProperties':[{'id':'String {00062004-0000-0000-C000-000000000046} Id "
                             "0x8093','value':'b@contoso.example'}]");

    assert_int_equal(absent->contacts[0].n_emails, 2);
    assert_string_equal(absent->contacts[0].emails[0].address, "a@contoso.example");
    assert_string_equal(absent->contacts[0].emails[1].address, "c@contoso.example");
    assert_int_equal(present->contacts[0].n_emails, 1);
    assert_int_equal(property->contacts[0].n_emails, 1);
    assert_string_equal(property->contacts[0].emails[0].address, "b@contoso.example");
}

static void parse_microsoft__address_that_is_not_set_is_none(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'homeAddress':{},'otherAddress':{'street':null,'city':''},"
                         "'businessAddress':{'street':'14 Lantern Yard\\r\\n3rd floor','city':'London','state':'',"
                         "'countryOrRegion':'United Kingdom','postalCode':'SE1 0QX','planet':'Earth'}");
    const struct kith_address *address = page->contacts[0].addresses;

    assert_int_equal(page->contacts[0].n_addresses, 1);
    assert_int_equal(address->place, KITH_PLACE_WORK);
    assert_string_equal(address->street, "14 Lantern Yard\n3rd floor");
    assert_string_equal(address->city, "London");
    assert_string_equal(address->region, "");
    assert_string_equal(address->postal_code, "SE1 0QX");
    assert_string_equal(address->country, "United Kingdom");
    assert_string_equal(address->po_box, "");
}

static void parse_microsoft__lists_become_items(void **state)
{
    (void)state;
    static const struct {
        enum kith_item_kind kind;
        enum kith_place place;
        const char *value;
    } expected[] = {
        {KITH_ITEM_WEB, KITH_PLACE_WORK, "https://halvorsen.example"},
        {KITH_ITEM_CHAT, KITH_PLACE_NONE, "sip:rosa@halvorsen.example"},
        {KITH_ITEM_CHAT, KITH_PLACE_NONE, "rosa.almeida"},
        {KITH_ITEM_CATEGORY, KITH_PLACE_NONE, "Suppliers"},
        {KITH_ITEM_CHILD, KITH_PLACE_NONE, "Inês"},
    };
    KITH_AUTO(kith_page)
    page = parse_members("'children':['Inês'],'categories':['Suppliers'],'imAddresses':['sip:rosa@halvorsen.example',"
                         "'rosa.almeida'],'businessHomePage':'https://halvorsen.example'");

    assert_int_equal(page->contacts[0].n_items, KITH_COUNT_OF(expected));
    for (size_t i = 0; i < KITH_COUNT_OF(expected); i++) {
        assert_int_equal(page->contacts[0].items[i].kind, expected[i].kind);
        assert_int_equal(page->contacts[0].items[i].place, expected[i].place);
        assert_string_equal(page->contacts[0].items[i].value, expected[i].value);
    }
}

/* --- Extended properties ---------------------------------------------------- */

#define ADDRESS_SET "{00062004-0000-0000-C000-000000000046}"

static struct kith_page *parse_property(const char *id, const char *value)
{
    KITH_AUTO_DONE(kith_buf) members;

    kith_buf_init(&members, SIZE_MAX);
    assert_true(kith_buf_addf(&members, "'singleValueExtendedProperties':[{'id':'%s','value':'%s'}]", id, value));
    return parse_members(kith_buf_text(&members));
}

static void parse_microsoft__every_hidden_number_has_its_kind(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        enum kith_phone_kind kind;
    } numbers[] = {
        {"String 0x3A24", KITH_PHONE_WORK_FAX},  {"String 0x3a25", KITH_PHONE_HOME_FAX},
        {"String 0x3A23", KITH_PHONE_OTHER_FAX}, {"String 0x3A21", KITH_PHONE_PAGER},
        {"String 0x3A1F", KITH_PHONE_OTHER},     {"String 0x3a1e", KITH_PHONE_CAR},
        {"String 0x3A1B", KITH_PHONE_WORK},      {"String 0x3A2F", KITH_PHONE_HOME},
        {"String 0x3A2E", KITH_PHONE_ASSISTANT}, {"String 0x3A02", KITH_PHONE_CALLBACK},
        {"String 0x3A1D", KITH_PHONE_RADIO},     {"String 0X3A57", KITH_PHONE_COMPANY},
        {"String 0x3A1A", KITH_PHONE_PRIMARY},   {"String 0x3A2D", KITH_PHONE_ISDN},
        {"String 0x3A2C", KITH_PHONE_TELEX},     {"String 0x3A4B", KITH_PHONE_TEXT},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(numbers); i++) {
        KITH_AUTO(kith_page) page = parse_property(numbers[i].id, "+44 20 7946 0812");

        assert_int_equal(page->contacts[0].n_phones, 1);
        assert_int_equal(page->contacts[0].phones[0].kind, numbers[i].kind);
        assert_string_equal(page->contacts[0].phones[0].raw, "+44 20 7946 0812");
    }
}

static void parse_microsoft__second_number_is_not_doubled(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'businessPhones':['1','2'],'homePhones':['3'],'singleValueExtendedProperties':["
                         "{'id':'String 0x3A1B','value':'2'},{'id':'String 0x3A2F','value':'2'}]");

    assert_int_equal(page->contacts[0].n_phones, 4);
    assert_int_equal(page->contacts[0].phones[3].kind, KITH_PHONE_HOME);
    assert_string_equal(page->contacts[0].phones[3].raw, "2");
}

static void parse_microsoft__post_office_box_joins_its_address(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'businessAddress':{'city':'London'},'singleValueExtendedProperties':["
                         "{'id':'String " ADDRESS_SET " Id 0x804a','value':'12'},{'id':'String 0x3A5E','value':'13'},"
                         "{'id':'String 0x3A64','value':'14'}]");
    const struct kith_address *addresses = page->contacts[0].addresses;

    assert_int_equal(page->contacts[0].n_addresses, 3);
    assert_string_equal(addresses[0].city, "London");
    assert_string_equal(addresses[0].po_box, "12");
    assert_int_equal(addresses[1].place, KITH_PLACE_HOME);
    assert_string_equal(addresses[1].po_box, "13");
    assert_int_equal(addresses[2].place, KITH_PLACE_OTHER);
    assert_string_equal(addresses[2].po_box, "14");
}

static void parse_microsoft__user_fields_and_own_page_are_items(void **state)
{
    (void)state;
    KITH_AUTO(kith_page)
    page = parse_members("'singleValueExtendedProperties':[{'id':'String " ADDRESS_SET " Id 0x8052','value':'four'},"
                         "{'id':'String {00062004-0000-0000-c000-000000000046} Id 0x804f','value':'one'},"
                         "{'id':'String 0x3A50','value':'https://rosa.example'}]");
    const struct kith_item *items = page->contacts[0].items;

    assert_int_equal(page->contacts[0].n_items, 3);
    assert_int_equal(items[0].kind, KITH_ITEM_WEB);
    assert_int_equal(items[0].place, KITH_PLACE_HOME);
    assert_string_equal(items[1].label, "User field 1");
    assert_string_equal(items[1].value, "one");
    assert_string_equal(items[2].label, "User field 4");
    assert_string_equal(items[2].value, "four");
}

static void parse_microsoft__local_anniversary_wins_over_the_one_in_utc(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) utc = parse_property("SystemTime 0x3A41", "2010-06-11T22:00:00Z");
    KITH_AUTO(kith_page)
    both = parse_members("'singleValueExtendedProperties':[{'id':'SystemTime " ADDRESS_SET " Id 0x80DF','value':"
                         "'2010-06-12T00:00:00Z'},{'id':'SystemTime 0x3A41','value':'2010-06-11T05:00:00Z'}]");

    assert_int_equal(utc->contacts[0].n_dates, 1);
    assert_int_equal(utc->contacts[0].dates[0].kind, KITH_DATE_ANNIVERSARY);
    assert_int_equal(utc->contacts[0].dates[0].day, 12);
    assert_int_equal(both->contacts[0].n_dates, 1);
    assert_int_equal(both->contacts[0].dates[0].day, 12);
}

static void parse_microsoft__property_tells_of_a_photo(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) yes = parse_property("Boolean " ADDRESS_SET " Id 0x8015", "True");
    KITH_AUTO(kith_page) no = parse_property("Boolean " ADDRESS_SET " Id 0x8015", "false");

    assert_true(yes->contacts[0].has_photo);
    assert_false(no->contacts[0].has_photo);
}

static void parse_microsoft__strange_properties_are_ignored(void **state)
{
    (void)state;
    static const char *const ids[] = {
        "",
        "String",
        "String ",
        "String 0x",
        "String 0x13A24",
        "String 0x3A2Z",
        "String 3A24",
        "String " ADDRESS_SET " Id ",
        "String " ADDRESS_SET " Name Color",
        "String {00020329-0000-0000-C000-000000000046} Id 0x3A24",
        "Boolean {00062008-0000-0000-C000-000000000046} Id 0x8506",
        "String 0x3A24 and more, so much more that no id of a property was ever as long as this one is here now",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(ids); i++) {
        KITH_AUTO(kith_page) page = parse_property(ids[i], "x");
        const struct kith_contact *contact = &page->contacts[0];

        assert_int_equal(contact->n_phones + contact->n_items + contact->n_addresses + contact->n_dates, 0);
        assert_false(contact->partial);
    }
}

/* --- Recorded answers ------------------------------------------------------ */

/* The documentation's own samples, where a folder with them is given; the tests never need it. */
static void parse_microsoft__documented_answers_can_be_read(void **state)
{
    (void)state;
    static const char *const names[] = {"list-contacts-1.json", "folder-list-contacts-1.json", "contact-delta-1.json",
                                        "list-contactfolders-1.json", "list-childfolders-1.json"};
    const char *folder = getenv("KITH_PROTOCOL_DATA");

    if (!folder)
        return; /* cmocka's skip() says "not ok" in TAP */
    for (size_t i = 0; i < KITH_COUNT_OF(names); i++) {
        char path[1024];
        static char json[1024 * 1024];
        KITH_AUTO(kith_page) page = NULL;
        struct kith_error err = {0};
        FILE *file;
        size_t len;

        assert_true(kith_text_format(path, sizeof(path), "%s/samples/%s", folder, names[i]));
        file = fopen(path, "rb");
        assert_non_null(file);
        len = fread(json, 1, sizeof(json), file);
        assert_int_equal(fclose(file), 0);
        if (try_parse(json, len, &page, &err) != KITH_OK)
            fail_msg("%s: %s", names[i], err.message);
        assert_int_equal(page->n_contacts + page->n_skipped, 1);
    }
}

/* --- Portions ---------------------------------------------------------------- */

/* Reads an answer of n contacts, every tenth of them a removed one, each with notes of so many bytes. */
static size_t read_in_portions(int n, int note_bytes, size_t *ret_pages)
{
    KITH_AUTO(kith_json_reader) reader = kith_json_reader_new();
    KITH_AUTO_DONE(kith_buf) json;
    struct kith_page_rest rest;
    struct kith_error err = {0};
    struct kith_page *page;
    size_t n_read = 0;

    kith_buf_init(&json, SIZE_MAX);
    (void)kith_buf_add_text(&json, "{\"@odata.count\":4711,\"value\":[");
    for (int i = 0; i < n; i++)
        (void)kith_buf_addf(&json, "%s{\"id\":\"%d\",%s\"personalNotes\":\"%0*d\"}", i > 0 ? "," : "", i,
                            i % 10 == 9 ? "\"@removed\":{}," : "", note_bytes, 0);
    (void)kith_buf_add_text(&json, "],\"@odata.nextLink\":\"https://graph.example/next\"}");
    assert_false(json.full);

    assert_int_equal(kith_parse_microsoft_page(reader, &json, &page, &rest, &err), KITH_OK);
    assert_int_equal(json.len, 0);
    assert_int_equal(page->reported, 4711);
    assert_string_equal(page->next_link, "https://graph.example/next");
    for (*ret_pages = 1;; ++*ret_pages) {
        assert_in_range(page->n_contacts + page->n_removed, 1, KITH_PORTION_CONTACTS);
        assert_in_range(kith_arena_bytes(page->arena), 1, 2 * KITH_PORTION_BYTES);
        for (size_t i = 0; i < page->n_contacts; i++, n_read++) {
            char id[32];
            (void)snprintf(id, sizeof(id), "%zu", n_read / 9 * 10 + n_read % 9);
            assert_string_equal(page->contacts[i].source_id, id);
        }
        kith_page_free(page);
        if (rest.n_left == 0)
            return n_read;
        assert_int_equal(kith_parse_microsoft_more(&rest, &page, &err), KITH_OK);
        assert_int_equal(page->reported, -1);
        assert_string_equal(page->next_link, "");
    }
}

static void parse_microsoft__an_answer_comes_in_portions(void **state)
{
    (void)state;
    size_t n_pages;

    assert_int_equal(read_in_portions(10 * KITH_PORTION_CONTACTS, 1, &n_pages), 9 * KITH_PORTION_CONTACTS);
    assert_int_equal(n_pages, 10);
    assert_int_equal(read_in_portions(10, 1, &n_pages), 9);
    assert_int_equal(n_pages, 1);
}

static void parse_microsoft__portions_of_long_notes_are_smaller(void **state)
{
    (void)state;
    size_t n_pages;

    assert_int_equal(read_in_portions(200, 32 * 1024, &n_pages), 180);
    assert_in_range(n_pages, 200 / (KITH_PORTION_BYTES / (32 * 1024)), 200 / 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parse_microsoft__page_gives_contacts_in_order_with_count_and_link),
        cmocka_unit_test(parse_microsoft__empty_page_keeps_its_link),
        cmocka_unit_test(parse_microsoft__count_may_be_any_number),
        cmocka_unit_test(parse_microsoft__refuses_what_is_no_page_and_says_why),
        cmocka_unit_test(parse_microsoft__refuses_a_page_of_absurd_length),
        cmocka_unit_test(parse_microsoft__counts_what_is_no_contact),
        cmocka_unit_test(parse_microsoft__round_of_changes_says_who_is_gone_and_where_to_go_on),
        cmocka_unit_test(parse_microsoft__contact_without_content_is_a_contact),
        cmocka_unit_test(parse_microsoft__every_text_has_its_field),
        cmocka_unit_test(parse_microsoft__null_and_empty_are_no_text),
        cmocka_unit_test(parse_microsoft__wrong_type_makes_the_contact_partial_and_loses_only_itself),
        cmocka_unit_test(parse_microsoft__unknown_members_are_ignored),
        cmocka_unit_test(parse_microsoft__first_of_equal_members_counts),
        cmocka_unit_test(parse_microsoft__control_characters_become_spaces),
        cmocka_unit_test(parse_microsoft__notes_keep_their_lines),
        cmocka_unit_test(parse_microsoft__long_name_is_cut_between_characters),
        cmocka_unit_test(parse_microsoft__too_long_an_id_is_no_id),
        cmocka_unit_test(parse_microsoft__keeps_as_many_parts_as_a_contact_may_have),
        cmocka_unit_test(parse_microsoft__change_key_wins_over_the_etag),
        cmocka_unit_test(parse_microsoft__times_are_seconds),
        cmocka_unit_test(parse_microsoft__birthday_is_the_day_that_was_meant),
        cmocka_unit_test(parse_microsoft__mobile_comes_first_whatever_the_order),
        cmocka_unit_test(parse_microsoft__email_keeps_its_caption_and_order),
        cmocka_unit_test(parse_microsoft__what_nobody_can_write_to_is_kept_elsewhere),
        cmocka_unit_test(parse_microsoft__spare_addresses_are_used_when_the_list_is_absent),
        cmocka_unit_test(parse_microsoft__address_that_is_not_set_is_none),
        cmocka_unit_test(parse_microsoft__lists_become_items),
        cmocka_unit_test(parse_microsoft__every_hidden_number_has_its_kind),
        cmocka_unit_test(parse_microsoft__second_number_is_not_doubled),
        cmocka_unit_test(parse_microsoft__post_office_box_joins_its_address),
        cmocka_unit_test(parse_microsoft__user_fields_and_own_page_are_items),
        cmocka_unit_test(parse_microsoft__local_anniversary_wins_over_the_one_in_utc),
        cmocka_unit_test(parse_microsoft__property_tells_of_a_photo),
        cmocka_unit_test(parse_microsoft__strange_properties_are_ignored),
        cmocka_unit_test(parse_microsoft__documented_answers_can_be_read),
        cmocka_unit_test(parse_microsoft__an_answer_comes_in_portions),
        cmocka_unit_test(parse_microsoft__portions_of_long_notes_are_smaller),
    };

    return cmocka_run_group_tests_name("parse_microsoft", tests, NULL, NULL);
}
