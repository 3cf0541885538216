/* SPDX-License-Identifier: MIT */
/* test_parse_csv.c - tables of every program and language, as they are and as they should not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ucnv.h>

#include <cmocka.h>

#include "base/fail.h"
#include "parse/parse_csv.h"
#include "parse/parse_csv_date.h"
#include "parse/parse_csv_headings.h"
#include "show/show_csv.h"
#include "tests/unit/kept_contacts.h"
#include "tests/unit/same_contact.h"

/* --- Helpers -------------------------------------------------------------- */

static void read_with(struct file *file, const char *bytes, size_t len, const char *region, const char *code_page)
{
    struct kith_contact_sink sink;
    struct kith_parse_csv_options options = {.region = region, .code_page = code_page};
    char *exact = exact_copy(bytes, len);

    file_init(file);
    sink = file_sink(file);
    file->st = kith_parse_csv(exact, len, &options, &sink, &file->facts, &file->err);
    free(exact);
    for (size_t i = 0; i < file->n; i++)
        assert_string_equal(file->contacts[i].source_id, "");
}

static void read_text(struct file *file, const char *text)
{
    read_with(file, text, strlen(text), "", "");
}

/* A file that is fine, of one contact. */
static const struct kith_contact *read_one(struct file *file, const char *text)
{
    read_text(file, text);
    assert_int_equal(file->st, KITH_OK);
    assert_int_equal(file->n, 1);
    assert_string_equal(kith_buf_text(&file->skipped), "");
    assert_false(file->contacts[0].partial);
    return &file->contacts[0];
}

/* The text in another encoding. */
static void encode(const char *text, const char *encoding, struct kith_buf *out)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t room = (int32_t)strlen(text) * 4 + 16;
    char *to = kith_buf_reserve(out, (size_t)room);
    int32_t len = ucnv_convert(encoding, "UTF-8", to, room, text, -1, &code);

    assert_true(U_SUCCESS(code));
    out->len += (size_t)len;
}

static void read_encoded(struct file *file, const char *text, const char *encoding, const char *mark,
                         const char *code_page)
{
    KITH_AUTO_DONE(kith_buf) bytes;

    kith_buf_init(&bytes, SIZE_MAX);
    assert_true(kith_buf_add_text(&bytes, mark));
    encode(text, encoding, &bytes);
    read_with(file, bytes.data, bytes.len, "", code_page);
    assert_int_equal(file->st, KITH_OK);
}

static void assert_fate(const struct file *file, const char *name, enum kith_field_fate fate, int64_t n)
{
    int64_t told = fate_count(file, name, fate);

    if (told != n)
        fail_msg("\"%s\" is told %lld times, not %lld", name, (long long)told, (long long)n);
}

static void assert_text(const struct kith_contact *contact, enum kith_text field, const char *text)
{
    assert_string_equal(contact->text[field], text);
}

static void assert_email(const struct kith_contact *contact, size_t i, const char *address)
{
    assert_true(i < contact->n_emails);
    assert_string_equal(contact->emails[i].address, address);
}

/* --- Programs ---------------------------------------------------------------- */

static void csv__outlook_classic(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(
        &file,
        "\"Title\",\"First Name\",\"Last Name\",\"Company\",\"Business Street\",\"Business Street 2\",\"Business "
        "City\","
        "\"Business Country\",\"Home Postal Code\",\"Assistant's Phone\",\"Business Fax\",\"Business Phone\","
        "\"Business Phone 2\",\"ISDN\",\"Pager\",\"TTY/TDD Phone\",\"Telex\",\"Anniversary\",\"Assistant's Name\","
        "\"Birthday\",\"Business Address PO Box\",\"Categories\",\"Children\",\"E-mail Address\",\"E-mail Type\","
        "\"E-mail Display Name\",\"E-mail 2 Address\",\"E-mail 2 Type\",\"Gender\",\"Hobby\",\"Initials\",\"Notes\","
        "\"Priority\",\"Private\",\"Sensitivity\",\"User 2\",\"Web Page\"\r\n"
        "\"Dr.\",\"Rosa\",\"Almeida\",\"Halvorsen, Inc.\",\"Harbour Road 12\",\"Floor 3\",\"Bergen\",\"Norway\","
        "\"5003\",\"555 0101\",\"555 0102\",\"555 0103\",\"555 0104\",\"555 0105\",\"555 0106\",\"555 0107\","
        "\"555 0108\",\"0/0/00\",\"Bo Lind\",\"12/31/1969\",\"PB 7\",\"Suppliers;VIP\",\"Ida;Per\","
        "\"rosa@halvorsen.example\",\"SMTP\",\"Rosa Almeida (rosa@halvorsen.example)\",\"r.a@home.example\",\"SMTP\","
        "\"Unspecified\",\"Sailing\",\"R.A.\",\"Says \"\"hello\"\"\r\n\r\nin three lines\",\"Normal\",\"False\","
        "\"Normal\",\"second\",\"https://halvorsen.example\"\r\n");

    assert_string_equal(file.facts.layout, "outlook");
    assert_string_equal(file.facts.encoding, "UTF-8");
    assert_int_equal(file.facts.separator, ',');
    assert_text(c, KITH_TEXT_PREFIX, "Dr.");
    assert_text(c, KITH_TEXT_GIVEN, "Rosa");
    assert_text(c, KITH_TEXT_FAMILY, "Almeida");
    assert_text(c, KITH_TEXT_COMPANY, "Halvorsen, Inc.");
    assert_text(c, KITH_TEXT_ASSISTANT, "Bo Lind");
    assert_text(c, KITH_TEXT_NOTES, "Says \"hello\"\n\nin three lines");
    assert_int_equal(c->n_phones, 8);
    assert_phone(c, 0, KITH_PHONE_ASSISTANT, "555 0101");
    assert_phone(c, 1, KITH_PHONE_WORK_FAX, "555 0102");
    assert_phone(c, 2, KITH_PHONE_WORK, "555 0103");
    assert_phone(c, 3, KITH_PHONE_WORK, "555 0104");
    assert_phone(c, 4, KITH_PHONE_ISDN, "555 0105");
    assert_phone(c, 5, KITH_PHONE_PAGER, "555 0106");
    assert_phone(c, 6, KITH_PHONE_TEXT, "555 0107");
    assert_phone(c, 7, KITH_PHONE_TELEX, "555 0108");
    assert_int_equal(c->n_emails, 2);
    assert_email(c, 0, "rosa@halvorsen.example");
    assert_string_equal(c->emails[0].name, "Rosa Almeida (rosa@halvorsen.example)");
    assert_email(c, 1, "r.a@home.example");
    assert_int_equal(c->n_addresses, 2);
    assert_int_equal(c->addresses[0].place, KITH_PLACE_WORK);
    assert_string_equal(c->addresses[0].street, "Harbour Road 12\nFloor 3");
    assert_string_equal(c->addresses[0].po_box, "PB 7");
    assert_string_equal(c->addresses[0].country, "Norway");
    assert_int_equal(c->addresses[1].place, KITH_PLACE_HOME);
    assert_string_equal(c->addresses[1].postal_code, "5003");
    assert_int_equal(c->n_dates, 1);
    assert_date(c, 0, KITH_DATE_BIRTHDAY, 1969, 12, 31);
    assert_item(c, KITH_ITEM_CATEGORY, "", "Suppliers");
    assert_item(c, KITH_ITEM_CATEGORY, "", "VIP");
    assert_item(c, KITH_ITEM_CHILD, "", "Per");
    assert_item(c, KITH_ITEM_EXTRA, "Hobbies", "Sailing");
    assert_item(c, KITH_ITEM_EXTRA, "User field 2", "second");
    assert_item(c, KITH_ITEM_WEB, "", "https://halvorsen.example");
    assert_fate(&file, "Business Fax", KITH_FIELD_READ, 1);
    assert_fate(&file, "Hobby", KITH_FIELD_KEPT, 1);
    assert_fate(&file, "Priority", KITH_FIELD_IGNORED, 1);
    assert_fate(&file, "Private", KITH_FIELD_IGNORED, 1);
    assert_fate(&file, "Sensitivity", KITH_FIELD_IGNORED, 1);
    assert_fate(&file, "Gender", KITH_FIELD_IGNORED, 1);
    assert_fate(&file, "Anniversary", KITH_FIELD_IGNORED, 1);
}

static void csv__outlook_com(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(
        &file, "First Name,Last Name,Nickname,Given Yomi,Surname Yomi,E-mail Address,Mobile Phone,IMAddress,"
               "Company,Company Yomi,Business Street,Business Country/Region,Personal Web Page,Schools,"
               "Web Page,Birthday,Notes\n"
               "愛子,佐藤,アイ,あいこ,さとう,aiko@sato.example,090 5550 0123,aiko.chat,佐藤商店,さとうしょうてん,"
               "\"1-2-3 Honmachi\nBuilding 4\",Japan,https://aiko.example,Osaka,https://sato.example,"
               "1604-02-29,\"One\nTwo\"\n");

    assert_string_equal(file.facts.layout, "outlook.com");
    assert_text(c, KITH_TEXT_GIVEN, "愛子");
    assert_text(c, KITH_TEXT_NICKNAME, "アイ");
    assert_text(c, KITH_TEXT_PHONETIC_GIVEN, "あいこ");
    assert_text(c, KITH_TEXT_PHONETIC_FAMILY, "さとう");
    assert_text(c, KITH_TEXT_PHONETIC_COMPANY, "さとうしょうてん");
    assert_string_equal(c->addresses[0].street, "1-2-3 Honmachi\nBuilding 4");
    assert_date(c, 0, KITH_DATE_BIRTHDAY, 0, 2, 29);
    assert_item(c, KITH_ITEM_CHAT, "", "aiko.chat");
    assert_item(c, KITH_ITEM_EXTRA, "Schools", "Osaka");
    assert_item(c, KITH_ITEM_WEB, "", "https://aiko.example");
    assert_item(c, KITH_ITEM_WEB, "", "https://sato.example");
}

static void csv__google_as_outlook(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(
        &file, "First Name,Last Name,E-mail Address,Home Address,Home Street,Home City,Business Address,"
               "Other Address,Other Street,Other City,Categories\r\n"
               "Tom,Berg,tom@berg.example,\"Lane 1\nOslo\",Lane 1,Oslo,\"Quay 2\nBergen\",\"Hut 3\nVoss\",,Voss,"
               "myContacts;starred\r\n");

    assert_string_equal(file.facts.layout, "google-outlook");
    assert_int_equal(c->n_addresses, 3);
    assert_string_equal(c->addresses[0].street, "Lane 1");
    assert_string_equal(c->addresses[1].city, "Voss");
    assert_int_equal(c->addresses[2].place, KITH_PLACE_WORK);
    assert_string_equal(c->addresses[2].street, "Quay 2\nBergen");
    assert_item(c, KITH_ITEM_CATEGORY, "", "starred");
    assert_item(c, KITH_ITEM_EXTRA, "Other Address", "Hut 3 Voss"); /* it knows more than the city */
    assert_fate(&file, "Home Address", KITH_FIELD_IGNORED, 1);
    assert_int_equal(c->n_items, 2);
}

static void csv__google_older(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(
        &file,
        "Name,Given Name,Family Name,Given Name Yomi,Name Prefix,Birthday,Group Membership,E-mail 1 - Type,"
        "E-mail 1 - Value,E-mail 2 - Type,E-mail 2 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,Phone 1 - Type,"
        "Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Address 1 - Type,Address 1 - Formatted,Address 1 - Street,"
        "Address 1 - City,Address 1 - PO Box,Address 1 - Extended Address,Organization 1 - Type,"
        "Organization 1 - Name,Organization 1 - Title,Organization 1 - Symbol,Relation 1 - Type,Relation 1 - Value,"
        "Relation 2 - Type,Relation 2 - Value,Website 1 - Type,Website 1 - Value,Event 1 - Type,Event 1 - Value,"
        "Custom Field 1 - Type,Custom Field 1 - Value,Jot 1 - Type,Jot 1 - Value\n"
        "Ida Moen,Ida,Moen,ida,Ms.,--12-10,* myContacts ::: Friends ::: Choir,Work,ida@work.example,* Home,"
        "ida@home.example ::: ida2@home.example,Home,Jabber,ida@chat.example,Mobile,555 0001 ::: 555 0002,"
        "Work Fax,555 0003,Home,\"Quay 1\nBergen\",Quay 1,Bergen,PB 9,Back yard,Work,Halvorsen,Lead,HLV,Spouse,"
        "Jon Moen,Mentor,Bo Lind,Home Page,https://ida.example,Anniversary,2010-06-12,Badge,B-17,Note,remember\n");

    assert_string_equal(file.facts.layout, "google");
    assert_text(c, KITH_TEXT_DISPLAY, "Ida Moen");
    assert_text(c, KITH_TEXT_PHONETIC_GIVEN, "ida");
    assert_text(c, KITH_TEXT_COMPANY, "Halvorsen");
    assert_text(c, KITH_TEXT_JOB_TITLE, "Lead");
    assert_text(c, KITH_TEXT_SPOUSE, "Jon Moen");
    assert_int_equal(c->n_emails, 3);
    assert_email(c, 0, "ida@home.example"); /* the preferred ones first, in their order */
    assert_email(c, 1, "ida2@home.example");
    assert_int_equal(c->emails[1].place, KITH_PLACE_HOME);
    assert_email(c, 2, "ida@work.example");
    assert_int_equal(c->n_phones, 3);
    assert_phone(c, 0, KITH_PHONE_MOBILE, "555 0001");
    assert_phone(c, 1, KITH_PHONE_MOBILE, "555 0002");
    assert_phone(c, 2, KITH_PHONE_WORK_FAX, "555 0003");
    assert_int_equal(c->n_addresses, 1);
    assert_string_equal(c->addresses[0].street, "Quay 1\nBack yard");
    assert_string_equal(c->addresses[0].po_box, "PB 9");
    assert_date(c, 0, KITH_DATE_BIRTHDAY, 0, 12, 10);
    assert_date(c, 1, KITH_DATE_ANNIVERSARY, 2010, 6, 12);
    assert_item(c, KITH_ITEM_CATEGORY, "", "Friends");
    assert_item(c, KITH_ITEM_CATEGORY, "", "Choir");
    assert_item(c, KITH_ITEM_CHAT, "Jabber", "ida@chat.example");
    assert_item(c, KITH_ITEM_RELATION, "Mentor", "Bo Lind");
    assert_item(c, KITH_ITEM_WEB, "Home Page", "https://ida.example");
    assert_item(c, KITH_ITEM_EXTRA, "Badge", "B-17");
    assert_item(c, KITH_ITEM_EXTRA, "Organization 1 - Symbol", "HLV");
    assert_item(c, KITH_ITEM_EXTRA, "Jot 1 - Value", "remember");
    assert_fate(&file, "Address 1 - Formatted", KITH_FIELD_IGNORED, 1);
    assert_fate(&file, "E-mail 2 - Type", KITH_FIELD_READ, 1);
}

static void csv__google_newer(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c =
        read_one(&file, "First Name,Middle Name,Last Name,Phonetic First Name,File As,Organization Name,"
                        "Organization Title,Organization Department,Labels,E-mail 1 - Label,E-mail 1 - Value,"
                        "Phone 1 - Label,Phone 1 - Value,Address 1 - Label,Address 1 - Country,Phone 2 - Label,"
                        "Phone 2 - Value\n"
                        "Ida,Q.,Moen,ee-da,\"Moen, Ida\",Halvorsen,Lead,Quality,* myContacts,* ,ida@moen.example,"
                        "Boat,555 0001,Cabin,Norway,Home,\n");

    assert_text(c, KITH_TEXT_MIDDLE, "Q.");
    assert_text(c, KITH_TEXT_PHONETIC_GIVEN, "ee-da");
    assert_text(c, KITH_TEXT_FILE_AS, "Moen, Ida");
    assert_text(c, KITH_TEXT_COMPANY, "Halvorsen");
    assert_text(c, KITH_TEXT_DEPARTMENT, "Quality");
    assert_email(c, 0, "ida@moen.example");
    assert_phone(c, 0, KITH_PHONE_OTHER, "555 0001");
    assert_string_equal(c->phones[0].label, "Boat");
    assert_string_equal(c->addresses[0].country, "Norway");
    assert_string_equal(c->addresses[0].label, "Cabin");
    assert_int_equal(c->n_items, 0);
    assert_fate(&file, "Labels", KITH_FIELD_IGNORED, 1);
    assert_fate(&file, "Phone 2 - Label", KITH_FIELD_IGNORED, 1);
}

static void csv__what_google_prefers_comes_first(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c =
        read_one(&file, "Name,Phone 1 - Type,Phone 1 - Value,Phone 2 - Type,Phone 2 - Value,Phone 3 - Type,"
                        "Phone 3 - Value,Address 1 - Type,Address 1 - City,Address 2 - Type,Address 2 - City\n"
                        "Ida,Home,1,Work,2,* Mobile,3 ::: 4,Home,Oslo,* Work,Bergen\n");

    assert_int_equal(c->n_phones, 4);
    assert_phone(c, 0, KITH_PHONE_MOBILE, "3");
    assert_phone(c, 1, KITH_PHONE_MOBILE, "4");
    assert_phone(c, 2, KITH_PHONE_HOME, "1");
    assert_phone(c, 3, KITH_PHONE_WORK, "2");
    assert_string_equal(c->addresses[0].city, "Bergen");
    assert_string_equal(c->addresses[1].city, "Oslo");
}

static void csv__thunderbird(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(
        &file, "First Name,Last Name,Display Name,Primary Email,Secondary Email,Fax Number,Home Address,"
               "Home Address 2,Home ZipCode,Work Address,Organization,Web Page 1,Web Page 2,Birth Year,Birth Month,"
               "Birth Day,Custom 1,Notes,\n"
               "Per,Dahl,Per Dahl,per@dahl.example,p2@dahl.example,555 0009,Lane 4,Door 2,0150,Quay 3,Dahl & Co,"
               "https://dahl.example,https://two.example,1980,3,22,blue,met in Oslo\n");

    assert_string_equal(file.facts.layout, "thunderbird");
    assert_text(c, KITH_TEXT_DISPLAY, "Per Dahl");
    assert_email(c, 1, "p2@dahl.example");
    assert_phone(c, 0, KITH_PHONE_OTHER_FAX, "555 0009");
    assert_string_equal(c->addresses[0].street, "Lane 4\nDoor 2");
    assert_string_equal(c->addresses[0].postal_code, "0150");
    assert_string_equal(c->addresses[1].street, "Quay 3");
    assert_date(c, 0, KITH_DATE_BIRTHDAY, 1980, 3, 22);
    assert_item(c, KITH_ITEM_EXTRA, "User field 1", "blue");
    assert_fate(&file, "Birth Year", KITH_FIELD_READ, 1);
}

static void csv__columns_that_nobody_knows_are_kept(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c;

    read_text(&file, "Shoe size,Name,,E-Mail\n43,Bo Lind,left over,bo@lind.example\n,Ida Moen,,\n");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 2);
    c = &file.contacts[0];
    assert_string_equal(file.facts.layout, "other");
    assert_text(c, KITH_TEXT_DISPLAY, "Bo Lind");
    assert_item(c, KITH_ITEM_EXTRA, "Shoe size", "43");
    assert_item(c, KITH_ITEM_EXTRA, "(no heading)", "left over");
    assert_int_equal(file.contacts[1].n_items, 0);
    assert_fate(&file, "Shoe size", KITH_FIELD_KEPT, 1);
}

static void csv__a_field_that_comes_twice_is_kept(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(
        &file, "First Name,Given Name,Email,Email,Home City,home-city\nBo,Bosse,a@b.example,c@d.example,Oslo,Voss\n");

    assert_text(c, KITH_TEXT_GIVEN, "Bo");
    assert_item(c, KITH_ITEM_EXTRA, "Given Name", "Bosse");
    assert_item(c, KITH_ITEM_EXTRA, "home-city", "Voss");
    assert_int_equal(c->n_emails, 2);
    assert_email(c, 1, "c@d.example");
}

static void csv__each_cell_is_accounted_for(void **state)
{
    (void)state;
    static const char *const headings[] = {
        "Name,First Name,Title,Suffix,Initials,E-mail Type,E-mail Display Name,E-mail 2 Address,E-mail 2 Type,Email,"
        "E-mail,Gender,Priority,Private,Photo,Home Street 2,Home Address,Home City,Home City,Other Address,Birthday,"
        "Birthday,Birth Month,Anniversary,Categories,Children,Web Page,Skype,Hobby,User 1,Stranger,Notes,Notes,",
        "Name,E-mail 1 - Type,E-mail 1 - Value,E-mail 2 - Type,Phone 1 - Value,Phone 1 - City,Address 1 - Formatted,"
        "Address 1 - Street,Address 1 - Title,Organization 1 - Name,Organization 1 - Title,Organization 2 - Name,"
        "Organization 1 - Value,Relation 1 - Type,Relation 1 - Value,IM 1 - Service,IM 1 - Value,Event 1 - Value,"
        "Event 1 - Type,Custom Field 1 - Type,Custom Field 1 - Value,Group Membership,Name,Phone 1 - Value,",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(headings); i++) {
        KITH_AUTO_DONE(file) file;
        KITH_AUTO_DONE(kith_buf) text;
        int64_t told = 0;
        int64_t n = 0;

        kith_buf_init(&text, SIZE_MAX);
        assert_true(kith_buf_addf(&text, "%s\n", headings[i]));
        for (const char *c = headings[i]; *c != '\0'; c++)
            if (*c == ',')
                assert_true(kith_buf_addf(&text, "cell%d,", (int)++n));
        read_with(&file, text.data, text.len, "", "");
        assert_int_equal(file.st, KITH_OK);
        assert_int_equal(file.n, 1);
        for (size_t k = 0; k < kith_field_report_count(file.report); k++)
            told += kith_field_report_get(file.report, k)->n;
        assert_int_equal(told, n);
    }
}

/* --- E-mails ------------------------------------------------------------------- */

static void csv__an_exchange_path_is_no_address(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c;

    read_text(&file, "First Name,E-mail Address,E-mail Type,E-mail Display Name\n"
                     "Li,/o=Org/ou=Group/cn=Recipients/cn=li,EX,Li Wei\n"
                     "Bo,/o=Org/ou=Group/cn=Recipients/cn=bo,EX,Bo Lind (bo@lind.example)\n"
                     "Jo,,SMTP,jo@hart.example\n"
                     "Al,,,Al Fresco\n"
                     "Fay,Fay@555 0100,FAX,Fay\n"
                     "Gus,GUS-ID,NOTES,Gus\n");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 6);
    c = file.contacts;
    assert_int_equal(c[0].n_emails, 0);
    assert_false(c[0].partial);
    assert_item(&c[0], KITH_ITEM_EXTRA, "Exchange address", "/o=Org/ou=Group/cn=Recipients/cn=li");
    assert_item(&c[0], KITH_ITEM_EXTRA, "Name beside the e-mail", "Li Wei");
    assert_email(&c[1], 0, "bo@lind.example");
    assert_string_equal(c[1].emails[0].name, "Bo Lind (bo@lind.example)");
    assert_item(&c[1], KITH_ITEM_EXTRA, "Exchange address", "/o=Org/ou=Group/cn=Recipients/cn=bo");
    assert_email(&c[2], 0, "jo@hart.example");
    assert_item(&c[3], KITH_ITEM_EXTRA, "Name beside the e-mail", "Al Fresco");
    assert_item(&c[5], KITH_ITEM_EXTRA, "E-mail Address", "GUS-ID");
    assert_fate(&file, "E-mail Address", KITH_FIELD_KEPT, 3);
    assert_fate(&file, "E-mail Type", KITH_FIELD_IGNORED, 1);
}

/* --- Languages ------------------------------------------------------------------- */

static void csv__headings_in_other_languages(void **state)
{
    (void)state;
    static const struct {
        const char *given, *family, *email, *mobile, *street, *country, *notes;
    } languages[] = {
        {"Vorname", "Nachname", "E-Mail-Adresse", "Mobiltelefon", "Straße geschäftlich", "Land/Region geschäftlich",
         "Notizen"},
        {"Prénom", "Nom", "Adresse de messagerie", "Tél. mobile", "Rue (bureau)", "Pays/Région (bureau)", "Notes"},
        {"Nombre", "Apellidos", "Dirección de correo electrónico", "Móvil", "Calle del trabajo",
         "País o región del trabajo", "Notas"},
        {"Nome", "Cognome", "Indirizzo di posta elettronica", "Cellulare", "Via (uff.)", "Paese (uff.)", "Note"},
        {"Primeiro nome", "Sobrenome", "Endereço de E-mail", "Celular", "Rua comercial", "País/Região comercial",
         "Observações"},
        {"Voornaam", "Achternaam", "E-mailadres", "Mobiele telefoon", "Werk, straat", "Werk, land/regio", "Notities"},
        {"Förnamn", "Efternamn", "E-postadress", "Mobiltelefon", "Gatuadress, arbete", "Land, arbete", "Anteckningar"},
        {"Fornavn", "Efternavn", "E-mailadresse", "Mobiltelefon", "Gade, arbejde", "Land, arbejde", "Noter"},
        {"Fornavn", "Etternavn", "E-postadresse", "Mobiltelefon", "Gate, arbeid", "Land, arbeid", "Notater"},
        {"Etunimi", "Sukunimi", "Sähköpostiosoite", "Matkapuhelin", "Katuosoite (työ)", "Maa (työ)", "Muistiinpanot"},
        {"Imię", "Nazwisko", "Adres e-mail", "Telefon komórkowy", "Ulica (biuro)", "Kraj/region (biuro)", "Notatki"},
        {"Jméno", "Příjmení", "E-mailová adresa", "Mobilní telefon", "Ulice (zaměstnání)", "Země (zaměstnání)",
         "Poznámky"},
        {"Meno", "Priezvisko", "E-mailová adresa", "Mobilný telefón", "Ulica (práca)", "Krajina/oblasť (práca)",
         "Poznámky"},
        {"Utónév", "Vezetéknév", "E-mail cím", "Mobiltelefon", "Hivatali utca", "Hivatali ország", "Jegyzetek"},
        {"Ad", "Soyad", "E-posta Adresi", "Cep Telefonu", "İş Adresi Cadde", "İş Adresi Ülke", "Notlar"},
        {"Имя", "Фамилия", "Адрес эл. почты", "Мобильный телефон", "Улица (раб.)", "Страна (раб.)", "Заметки"},
        {"名", "姓", "電子メール アドレス", "携帯電話", "会社住所", "会社の国/地域", "メモ"},
        {"名", "姓", "电子邮件地址", "移动电话", "商务地址 街道", "商务国家/地区", "附注"},
        {"名字", "姓氏", "電子郵件地址", "行動電話", "商務 - 街", "商務 - 國家/地區", "記事"},
        {"이름", "성", "전자 메일 주소", "휴대폰", "근무처 주소 번지", "근무처 국가/지역", "메모"},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(languages); i++) {
        KITH_AUTO_DONE(file) file;
        KITH_AUTO_DONE(kith_buf) text;
        const struct kith_contact *c;

        kith_buf_init(&text, SIZE_MAX);
        assert_true(kith_buf_addf(&text, "\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"%s\",\"%s\"\n", languages[i].notes,
                                  languages[i].country, languages[i].street, languages[i].mobile, languages[i].email,
                                  languages[i].family, languages[i].given));
        assert_true(kith_buf_add_text(&text, "note,Land,Lane 1,555 0001,x@y.example,Moen,Ida\n"));
        c = read_one(&file, kith_buf_text(&text));
        assert_text(c, KITH_TEXT_GIVEN, "Ida");
        assert_text(c, KITH_TEXT_FAMILY, "Moen");
        assert_text(c, KITH_TEXT_NOTES, "note");
        assert_email(c, 0, "x@y.example");
        assert_phone(c, 0, KITH_PHONE_MOBILE, "555 0001");
        assert_int_equal(c->n_addresses, 1);
        assert_int_equal(c->addresses[0].place, KITH_PLACE_WORK);
        assert_string_equal(c->addresses[0].street, "Lane 1");
        assert_string_equal(c->addresses[0].country, "Land");
        assert_int_equal(c->n_items, 0);
    }
}

static void csv__case_blanks_and_hyphens_of_headings_do_not_count(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(
        &file, "  FIRST_NAME ,last name,E-Mail-Address,\"Assistant’s phone\"\nIda,Moen,ida@moen.example,1234\n");

    assert_text(c, KITH_TEXT_GIVEN, "Ida");
    assert_text(c, KITH_TEXT_FAMILY, "Moen");
    assert_email(c, 0, "ida@moen.example");
    assert_phone(c, 0, KITH_PHONE_ASSISTANT, "1234");
}

static void csv__a_word_with_two_meanings_is_told_by_its_neighbours(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) german;
    KITH_AUTO_DONE(file) french;
    const struct kith_contact *c = read_one(&german, "Vorname;Name;Telefon\nIda;Moen;555 0001\n");

    assert_text(c, KITH_TEXT_FAMILY, "Moen");
    assert_text(c, KITH_TEXT_DISPLAY, "");
    c = read_one(&french, "Titre,Prénom,Nom,Titre,Service\nMme,Ida,Moen,Directrice,Ventes\n");
    assert_text(c, KITH_TEXT_PREFIX, "Mme");
    assert_text(c, KITH_TEXT_JOB_TITLE, "Directrice");
    assert_text(c, KITH_TEXT_DEPARTMENT, "Ventes");
}

/* --- Encodings ---------------------------------------------------------------------- */

static const char umlauts[] =
    "Vorname;Nachname;E-Mail-Adresse;Straße geschäftlich\r\nZoë;Müller;z@m.example;Höhe 1\r\n";

static void assert_umlauts(const struct file *file)
{
    assert_int_equal(file->n, 1);
    assert_text(&file->contacts[0], KITH_TEXT_GIVEN, "Zoë");
    assert_text(&file->contacts[0], KITH_TEXT_FAMILY, "Müller");
    assert_string_equal(file->contacts[0].addresses[0].street, "Höhe 1");
    assert_false(file->contacts[0].partial);
}

static void csv__every_encoding_gives_the_same(void **state)
{
    (void)state;
    static const struct {
        const char *encoding, *mark, *told;
    } encodings[] = {
        {"UTF-8", "", "UTF-8"},
        {"UTF-8", "\xef\xbb\xbf", "UTF-8"},
        {"UTF-16LE", "\xff\xfe", "UTF-16"},
        {"UTF-16BE", "\xfe\xff", "UTF-16"},
        {"UTF-16LE", "", "UTF-16"},
        {"UTF-16BE", "", "UTF-16"},
        {"windows-1252", "", "windows-1252"},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(encodings); i++) {
        KITH_AUTO_DONE(file) file;

        read_encoded(&file, umlauts, encodings[i].encoding, encodings[i].mark, "");
        assert_umlauts(&file);
        assert_string_equal(file.facts.encoding, encodings[i].told);
        assert_int_equal(file.facts.separator, ';');
        assert_false(file.facts.encoding_assumed); /* also the code page: its headings make sense */
    }
}

static void csv__headings_tell_the_code_page(void **state)
{
    (void)state;
    static const struct {
        const char *text, *encoding, *given;
    } samples[] = {
        {"Имя,Фамилия,Адрес эл. почты\nЗоя,Ким,z@k.example\n", "windows-1251", "Зоя"},
        {"Jméno,Příjmení,E-mailová adresa\nŽofie,Říha,z@r.example\n", "windows-1250", "Žofie"},
        {"名,姓,電子メール アドレス\n愛子,佐藤,a@s.example\n", "windows-31j", "愛子"},
        {"名字,姓氏,電子郵件地址\n愛玲,陳,a@c.example\n", "big5", "愛玲"},
        {"이름,성,전자 메일 주소\n민아,김,m@k.example\n", "ks_c_5601-1987", "민아"},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(samples); i++) {
        KITH_AUTO_DONE(file) file;

        read_encoded(&file, samples[i].text, samples[i].encoding, "", "");
        assert_int_equal(file.n, 1);
        assert_text(&file.contacts[0], KITH_TEXT_GIVEN, samples[i].given);
        assert_string_equal(file.facts.encoding, samples[i].encoding);
        assert_false(file.facts.encoding_assumed);
    }
}

static void csv__english_headings_leave_the_code_page_open(void **state)
{
    (void)state;
    static const char text[] = "First Name,Last Name,E-mail Address\nŽofie,Říha,z@r.example\n";
    KITH_AUTO_DONE(file) told;
    KITH_AUTO_DONE(file) untold;

    read_encoded(&told, text, "windows-1250", "", "windows-1250");
    assert_text(&told.contacts[0], KITH_TEXT_FAMILY, "Říha");
    assert_string_equal(told.facts.encoding, "windows-1250");
    assert_true(told.facts.encoding_assumed);
    read_encoded(&untold, text, "windows-1250", "", "");
    assert_string_equal(untold.facts.encoding, "windows-1252");
    assert_true(untold.facts.encoding_assumed);
}

static void csv__a_byte_that_is_no_utf8_makes_its_row_partial(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file, "Vorname,Nachname,E-Mail-Adresse,Straße geschäftlich\n"
                     "Zoë,Müller-Ångström,z@m.example,Größe ÄÖÜ Straße\n"
                     "J\xff\xfe\xffrgen,Bär,j@b.example,äöüß äöüß\n");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 2);
    assert_string_equal(file.facts.encoding, "UTF-8");
    assert_false(file.contacts[0].partial);
    assert_true(file.contacts[1].partial);
    assert_text(&file.contacts[1], KITH_TEXT_FAMILY, "Bär");
}

/* --- Separators and quotes ----------------------------------------------------------- */

static void csv__separators(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char separator;
    } samples[] = {
        {"First Name,Last Name,Notes\nIda,Moen,\"a;b;c\"\n", ','},
        {"First Name;Last Name;Notes\nIda;Moen;a,b,c\n", ';'},
        {"First Name\tLast Name\tNotes\nIda\tMoen\ta,b;c\n", '\t'},
        {"\"First Name\";\"Last Name\";\"x,y,z,a,b,c\"\nIda;Moen;1\n", ';'},
        {"sep=;\r\nFirst Name;Last Name\r\nIda;Moen\r\n", ';'},
        {"sep=|\r\nFirst Name|Last Name\r\nIda|Moen\r\n", '|'},
        {"sep=x\r\nFirst Name;Last Name\r\nIda;Moen\r\n", ';'}, /* that cannot be */
        {"\r\n\r\nFirst Name,Last Name\rIda,Moen\r", ','},      /* lines that end in CR alone */
    };

    for (size_t i = 0; i < KITH_COUNT_OF(samples); i++) {
        KITH_AUTO_DONE(file) file;
        const struct kith_contact *c = read_one(&file, samples[i].text);

        assert_int_equal(file.facts.separator, samples[i].separator);
        assert_text(c, KITH_TEXT_GIVEN, "Ida");
        assert_text(c, KITH_TEXT_FAMILY, "Moen");
    }
}

static void csv__what_a_spreadsheet_would_compute_is_text(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(&file, "First Name,Mobile Phone,Notes\n\"'=cmd\",'+47 555 0001,'n Abend\n");

    assert_text(c, KITH_TEXT_GIVEN, "=cmd");
    assert_phone(c, 0, KITH_PHONE_MOBILE, "+47 555 0001");
    assert_text(c, KITH_TEXT_NOTES, "'n Abend");
}

static void csv__control_characters_become_blanks(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    static const char bytes[] = "First Name,Last Name,Notes\nI\0da,\x01,a\x02\"b\n";

    read_with(&file, bytes, sizeof(bytes) - 1, "", "");
    assert_int_equal(file.st, KITH_OK);
    assert_text(&file.contacts[0], KITH_TEXT_GIVEN, "I da");
    assert_text(&file.contacts[0], KITH_TEXT_FAMILY, "");
    assert_text(&file.contacts[0], KITH_TEXT_NOTES, "a \"b");
    assert_fate(&file, "Last Name", KITH_FIELD_IGNORED, 1);
}

/* --- Dates ------------------------------------------------------------------------------ */

static void csv__dates_in_all_their_forms(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum kith_csv_date is;
        int year, month, day; /* month first, where it is open */
    } samples[] = {
        {"2/29/1984", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"29.02.1984", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"29/2/1984", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"3/4/84", KITH_CSV_IS_DATE, 1984, 3, 4},
        {"84/2/29", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"3.4.84", KITH_CSV_IS_DATE, 1984, 4, 3},
        {"1984-02-29", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"1984/2/29", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"1984年2月29日", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"1984. 2. 29.", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"29-Feb-84", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"February 29, 1984", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"--02-29", KITH_CSV_IS_DATE, 0, 2, 29},
        {"2/29/1604", KITH_CSV_IS_DATE, 0, 2, 29},
        {"1604-02-29", KITH_CSV_IS_DATE, 0, 2, 29},
        {"5/6/29", KITH_CSV_IS_DATE, 2029, 5, 6},
        {"5/6/30", KITH_CSV_IS_DATE, 1930, 5, 6},
        {"2/29/1984 12:00:00 AM", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"1984-02-29T00:00:00Z", KITH_CSV_IS_DATE, 1984, 2, 29},
        {"0/0/00", KITH_CSV_IS_NONE, 0, 0, 0},
        {"00.00.0000", KITH_CSV_IS_NONE, 0, 0, 0},
        {"0000-00-00", KITH_CSV_IS_NONE, 0, 0, 0},
        {"1/1/4501", KITH_CSV_IS_NONE, 0, 0, 0},
        {"4501-01-01", KITH_CSV_IS_NONE, 0, 0, 0},
        {"31/2/1984", KITH_CSV_IS_NO_DATE, 0, 0, 0},
        {"in spring", KITH_CSV_IS_NO_DATE, 0, 0, 0},
        {"1984", KITH_CSV_IS_NO_DATE, 0, 0, 0},
        {"3/4/1984 or so", KITH_CSV_IS_NO_DATE, 0, 0, 0},
        {"3/4/19840", KITH_CSV_IS_NO_DATE, 0, 0, 0},
        {"3/4/1984 5", KITH_CSV_IS_NO_DATE, 0, 0, 0},
        {"", KITH_CSV_IS_NO_DATE, 0, 0, 0},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(samples); i++) {
        struct kith_csv_day day = {0};

        if (kith_csv_read_date(samples[i].text, KITH_CSV_MONTH_FIRST, &day) != samples[i].is ||
            day.year != samples[i].year || day.month != samples[i].month || day.day != samples[i].day)
            fail_msg("\"%s\" became %d-%d-%d", samples[i].text, day.year, day.month, day.day);
    }
}

static void read_dates(struct file *file, const char *region, const char *first, const char *second)
{
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, SIZE_MAX);
    assert_true(kith_buf_addf(&text, "First Name,Birthday\nIda,%s\nPer,%s\n", first, second));
    read_with(file, text.data, text.len, region, "");
    assert_int_equal(file->st, KITH_OK);
    assert_int_equal(file->n, 2);
}

static void csv__one_date_says_the_order_of_all(void **state)
{
    (void)state;
    static const struct {
        const char *region, *first, *second;
        int month, day; /* of the first */
        bool day_first, assumed;
    } samples[] = {
        {"US", "3/4/1984", "25/12/1990", 4, 3, true, false}, {"DE", "3/4/1984", "12/25/1990", 3, 4, false, false},
        {"US", "3/4/1984", "5/6/1990", 3, 4, false, true},   {"GB", "3/4/1984", "5/6/1990", 4, 3, true, true},
        {"", "3/4/1984", "0/0/00", 3, 4, false, true},       {"GB", "1984-04-03", "0/0/00", 4, 3, true, false},
        {"GB", "4/4/1984", "0/0/00", 4, 4, true, false}, /* the same both ways */
    };

    for (size_t i = 0; i < KITH_COUNT_OF(samples); i++) {
        KITH_AUTO_DONE(file) file;

        read_dates(&file, samples[i].region, samples[i].first, samples[i].second);
        assert_date(&file.contacts[0], 0, KITH_DATE_BIRTHDAY, 1984, samples[i].month, samples[i].day);
        assert_int_equal(file.facts.dates_day_first, samples[i].day_first);
        assert_int_equal(file.facts.dates_assumed, samples[i].assumed);
    }
}

static void csv__headings_of_other_languages_have_the_day_first(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c = read_one(&file, "Prénom,Nom,Anniversaire\nIda,Moen,03/04/1984\n");

    assert_date(c, 0, KITH_DATE_BIRTHDAY, 1984, 4, 3);
    assert_true(file.facts.dates_assumed);
}

static void csv__what_is_no_date_is_kept(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    const struct kith_contact *c =
        read_one(&file, "First Name,Birthday,Anniversary\nIda,some day in May,\"June, every year\"\n");

    assert_int_equal(c->n_dates, 0);
    assert_item(c, KITH_ITEM_EXTRA, "Birthday", "some day in May");
    assert_item(c, KITH_ITEM_EXTRA, "Anniversary", "June, every year");
    assert_fate(&file, "Birthday", KITH_FIELD_KEPT, 1);
}

/* --- Damage --------------------------------------------------------------------------------- */

static void csv__headings_alone_are_an_empty_address_book(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file, "First Name,Last Name,E-mail Address\r\n,,\r\n");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 0);
    assert_string_equal(kith_buf_text(&file.skipped), "");
}

static void csv__what_is_no_table_of_contacts(void **state)
{
    (void)state;
    static const struct {
        const char *bytes;
        size_t len;
        enum kith_reason reason;
    } samples[] = {
        {"", 0, KITH_REASON_FILE_EMPTY},
        {"\xef\xbb\xbf\r\n \t\n", 8, KITH_REASON_FILE_EMPTY},
        {"Date,Name,Amount,Currency,Balance\n1/1/2020,Rent,5,EUR,6\n", 55, KITH_REASON_FILE_UNKNOWN},
        {"Ida,Moen,555 0001\n", 18, KITH_REASON_FILE_UNKNOWN},
        {"Date,Name,Amount,Currency,Balance,Number,Text,City,Kind\n1/1/2020,Rent\n", 69, KITH_REASON_FILE_UNKNOWN},
        {"Notes,City\nx,y\n", 15, KITH_REASON_FILE_UNKNOWN},
        {"\x00\x01\x02\xff\xfe\x00,,,\n\x00", 12, KITH_REASON_FILE_UNKNOWN},
        {"\"First Name,Last Name\nIda,Moen\n", 32, KITH_REASON_FILE_UNKNOWN},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(samples); i++) {
        KITH_AUTO_DONE(file) file;

        read_with(&file, samples[i].bytes, samples[i].len, "", "");
        assert_int_equal(file.st, KITH_E_FILE);
        assert_int_equal(file.err.reason, samples[i].reason);
        assert_int_equal(file.n, 0);
    }
}

static void csv__a_missing_quote_costs_one_row(void **state)
{
    (void)state;
    static const char *const samples[] = {
        "First Name,Last Name,Notes\nBo,Lind,\"open\nIda,Moen,b\nPer,Dahl,c\n",
        "First Name,Last Name,Notes\n\"Bo,Lind,a\nIda,Moen,b\nPer,Dahl,c\n",
        "First Name,Last Name,Notes\nBo,Lind,\"open\nIda,Moen,\"b, \"\"c\"\"\"\nPer,Dahl,c\n",
    };

    for (size_t i = 0; i < KITH_COUNT_OF(samples); i++) {
        KITH_AUTO_DONE(file) file;

        read_text(&file, samples[i]);
        assert_int_equal(file.st, KITH_OK);
        assert_int_equal(file.n, 3);
        assert_true(file.contacts[0].partial);
        assert_text(&file.contacts[0], KITH_TEXT_GIVEN, "Bo");
        assert_text(&file.contacts[0], KITH_TEXT_FAMILY, "Lind");
        assert_false(file.contacts[1].partial);
        assert_text(&file.contacts[1], KITH_TEXT_GIVEN, "Ida");
        assert_text(&file.contacts[2], KITH_TEXT_GIVEN, "Per");
        assert_string_equal(kith_buf_text(&file.skipped), "row 2: a quote is missing in it; what is there was read\n");
    }
}

/* One row in many, far more of them than could be looked for behind each. */
static void csv__many_missing_quotes_cost_as_many_rows(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    KITH_AUTO_DONE(kith_buf) text;
    enum { DAMAGED = 200 };

    kith_buf_init(&text, SIZE_MAX);
    assert_true(kith_buf_add_text(&text, "First Name,Last Name,E-mail Address,Notes,Web Page\n"));
    for (size_t i = 0; i < DAMAGED; i++) {
        assert_true(kith_buf_add_text(&text, "\"Bo\" of Oslo,Lind,,,\n"));
        for (size_t k = 0; k < 15000; k++)
            assert_true(kith_buf_add_text(&text, ",,,,\n"));
    }
    read_with(&file, text.data, text.len, "", "");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, DAMAGED);
    assert_true(file.contacts[DAMAGED - 1].partial);
    assert_text(&file.contacts[DAMAGED - 1], KITH_TEXT_FAMILY, "Lind");
    assert_null(strstr(kith_buf_text(&file.skipped), "rest of the file"));
}

static void csv__long_notes_are_notes(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, SIZE_MAX);
    assert_true(kith_buf_add_text(&text, "First Name,Last Name,E-mail Address,Notes,Web Page\nIda,Moen,,\""));
    for (size_t i = 0; i < 500; i++)
        assert_true(kith_buf_add_text(&text, "one, two, three, \"\"four\"\"\n"));
    assert_true(kith_buf_add_text(&text, "end\",w.example\n"));
    (void)read_one(&file, kith_buf_text(&text));
    assert_int_equal(strlen(file.contacts[0].text[KITH_TEXT_NOTES]), 500 * strlen("one, two, three, \"four\"\n") + 3);
    assert_item(&file.contacts[0], KITH_ITEM_WEB, "", "w.example");
}

static void csv__a_file_that_is_cut_gives_what_is_there(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) in_cell;
    KITH_AUTO_DONE(file) in_quotes;

    read_text(&in_cell, "First Name,Last Name,Notes\nIda,Moen,b\nPer,Da");
    assert_int_equal(in_cell.n, 2);
    assert_true(in_cell.contacts[1].partial);
    assert_text(&in_cell.contacts[1], KITH_TEXT_FAMILY, "Da");
    assert_string_equal(kith_buf_text(&in_cell.skipped), "row 3: the file ends inside of it; what is there was read\n");
    read_text(&in_quotes, "First Name,Last Name,Notes\nIda,Moen,b\nPer,Dahl,\"one\ntwo\nthr");
    assert_int_equal(in_quotes.n, 2);
    assert_true(in_quotes.contacts[1].partial);
    assert_text(&in_quotes.contacts[1], KITH_TEXT_NOTES, "one\ntwo\nthr");
}

static void csv__a_last_row_without_line_end_is_whole(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    (void)read_one(&file, "First Name,Last Name,Notes\nIda,Moen,b");
}

static void csv__rows_with_too_few_and_too_many_cells(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file, "First Name,Last Name,E-mail Address,E-mail Type,Notes\n"
                     "Ida,Moen\n"
                     "Per,Dahl,per@dahl.example,SMTP,a,surplus\n"
                     "Bo,Lind,bo@lind.example,SMTP,a,,,\n");
    assert_int_equal(file.n, 3);
    assert_true(file.contacts[0].partial);
    assert_text(&file.contacts[0], KITH_TEXT_FAMILY, "Moen");
    assert_true(file.contacts[1].partial);
    assert_item(&file.contacts[1], KITH_ITEM_EXTRA, "(no heading)", "surplus");
    assert_false(file.contacts[2].partial);
    assert_string_equal(kith_buf_text(&file.skipped),
                        "row 2: has fewer cells than there are headings; what is there was read\n"
                        "row 3: has more cells than there are headings; they were kept\n");
    assert_fate(&file, "(no heading)", KITH_FIELD_KEPT, 1);
}

static void csv__spreadsheets_leave_out_empty_cells(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    (void)read_one(&file, "First Name;Last Name;Notes\nIda;Moen\n");
}

static void csv__rows_that_hold_nobody_are_told(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file,
              "First Name,Last Name,Priority,Private\n,,Normal,False\n,,,\nFirst Name,Last Name,Priority,Private\n"
              "Ida,,Normal,False\n");
    assert_int_equal(file.n, 1);
    assert_string_equal(kith_buf_text(&file.skipped),
                        "row 2: holds nothing about anybody\nrow 4: is the headings once more\n");
    assert_fate(&file, "Priority", KITH_FIELD_IGNORED, 2);
}

static void csv__ceilings(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, SIZE_MAX);
    assert_true(kith_buf_add_text(&text, "First Name,Last Name,Notes\nIda,Moen,"));
    for (size_t i = 0; i < 1200 * 1024; i++)
        assert_true(kith_buf_add_char(&text, 'n'));
    assert_true(kith_buf_add_text(&text, "\nPer,"));
    for (size_t i = 0; i < 5 * 1024 * 1024; i++)
        assert_true(kith_buf_add_char(&text, 'x'));
    assert_true(kith_buf_add_text(&text, "\nBo,Lind,"));
    for (size_t i = 0; i < 10000; i++)
        assert_true(kith_buf_add_text(&text, "c,"));
    assert_true(kith_buf_add_text(&text, "\nJo,Hart,z\n"));
    read_with(&file, text.data, text.len, "", "");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 4);
    assert_true(file.contacts[0].partial);
    assert_int_equal(strlen(file.contacts[0].text[KITH_TEXT_NOTES]), 1024 * 1024);
    assert_true(file.contacts[1].partial);
    assert_text(&file.contacts[1], KITH_TEXT_GIVEN, "Per");
    assert_true(file.contacts[2].partial);
    assert_int_equal(file.contacts[2].n_items, KITH_PARTS_MAX);
    assert_false(file.contacts[3].partial);
    assert_text(&file.contacts[3], KITH_TEXT_GIVEN, "Jo");
}

static enum kith_status refuse(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                               struct kith_error *err)
{
    (void)ctx;
    (void)contact;
    (void)arena;
    return kith_fail(err, KITH_E_CANCELLED, "enough");
}

static void csv__the_sink_may_end_it(void **state)
{
    (void)state;
    static const char text[] = "First Name,Last Name\nIda,Moen\n";
    struct kith_contact_sink sink = {.contact = refuse};
    struct kith_parse_csv_options options = {.region = "", .code_page = ""};
    struct kith_error err = {0};

    assert_int_equal(kith_parse_csv(text, strlen(text), &options, &sink, NULL, &err), KITH_E_CANCELLED);
    assert_string_equal(err.message, "enough");
}

/* --- Our own ---------------------------------------------------------------------------------- */

static void csv__our_own_export_comes_back(void **state)
{
    (void)state;
    struct kith_email emails[] = {
        {.address = "ida@moen.example", .name = "Ida (ida@moen.example)", .label = ""},
        {.address = "i@w.example", .name = "", .label = ""},
    };
    struct kith_phone phones[] = {
        {.kind = KITH_PHONE_WORK_FAX, .raw = "+47 555 0001", .label = ""},
        {.kind = KITH_PHONE_WORK, .raw = "555 0002", .label = ""},
        {.kind = KITH_PHONE_WORK, .raw = "555 0003", .label = ""},
        {.kind = KITH_PHONE_MOBILE, .raw = "'555; \"0004\"", .label = ""},
    };
    struct kith_address addresses[] = {
        {KITH_PLACE_WORK, "Quay 1\n\nDoor 3\nStairs", "PB 1", "Bergen", "Vestland", "5003", "Norway", ""},
        {KITH_PLACE_OTHER, "Hut", "", "Voss", "", "", "", ""},
    };
    struct kith_date dates[] = {
        {KITH_DATE_ANNIVERSARY, 2010, 3, 4, ""},
        {KITH_DATE_BIRTHDAY, 0, 2, 29, ""},
    };
    struct kith_item items[] = {
        {KITH_ITEM_CATEGORY, KITH_PLACE_NONE, "", "Friends"},
        {KITH_ITEM_CATEGORY, KITH_PLACE_NONE, "", "Choir"},
        {KITH_ITEM_CHILD, KITH_PLACE_NONE, "", "Per"},
        {KITH_ITEM_EXTRA, KITH_PLACE_NONE, "User field 3", "x"},
        {KITH_ITEM_WEB, KITH_PLACE_NONE, "", "https://moen.example/?a=1,2"},
    };
    struct kith_contact contact;
    struct difference difference;
    KITH_AUTO_DONE(file) file;
    KITH_AUTO_DONE(kith_buf) csv;

    kith_contact_init(&contact);
    contact.text[KITH_TEXT_GIVEN] = "=Ida";
    contact.text[KITH_TEXT_FAMILY] = "Moen, jr.";
    contact.text[KITH_TEXT_COMPANY] = "\"Halvorsen\"";
    contact.text[KITH_TEXT_OFFICE] = "2.17";
    contact.text[KITH_TEXT_MANAGER] = "Bo Lind";
    contact.text[KITH_TEXT_NOTES] = "One\n\n\"Two\", \xf0\x9f\x8e\xbb";
    contact.emails = emails;
    contact.n_emails = KITH_COUNT_OF(emails);
    contact.phones = phones;
    contact.n_phones = KITH_COUNT_OF(phones);
    contact.addresses = addresses;
    contact.n_addresses = KITH_COUNT_OF(addresses);
    contact.dates = dates;
    contact.n_dates = KITH_COUNT_OF(dates);
    contact.items = items;
    contact.n_items = KITH_COUNT_OF(items);

    kith_buf_init(&csv, SIZE_MAX);
    assert_true(kith_show_csv_begin(&csv));
    assert_true(kith_show_csv(&csv, &contact));
    read_with(&file, csv.data, csv.len, "US", "");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 1);
    assert_string_equal(file.facts.layout, "outlook");
    assert_false(file.contacts[0].partial);
    if (!same_contact(&difference, &contact, &file.contacts[0]))
        fail_msg("%s", difference.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv__outlook_classic),
        cmocka_unit_test(csv__outlook_com),
        cmocka_unit_test(csv__google_as_outlook),
        cmocka_unit_test(csv__google_older),
        cmocka_unit_test(csv__google_newer),
        cmocka_unit_test(csv__what_google_prefers_comes_first),
        cmocka_unit_test(csv__thunderbird),
        cmocka_unit_test(csv__columns_that_nobody_knows_are_kept),
        cmocka_unit_test(csv__a_field_that_comes_twice_is_kept),
        cmocka_unit_test(csv__each_cell_is_accounted_for),
        cmocka_unit_test(csv__an_exchange_path_is_no_address),
        cmocka_unit_test(csv__headings_in_other_languages),
        cmocka_unit_test(csv__case_blanks_and_hyphens_of_headings_do_not_count),
        cmocka_unit_test(csv__a_word_with_two_meanings_is_told_by_its_neighbours),
        cmocka_unit_test(csv__every_encoding_gives_the_same),
        cmocka_unit_test(csv__headings_tell_the_code_page),
        cmocka_unit_test(csv__english_headings_leave_the_code_page_open),
        cmocka_unit_test(csv__a_byte_that_is_no_utf8_makes_its_row_partial),
        cmocka_unit_test(csv__separators),
        cmocka_unit_test(csv__what_a_spreadsheet_would_compute_is_text),
        cmocka_unit_test(csv__control_characters_become_blanks),
        cmocka_unit_test(csv__dates_in_all_their_forms),
        cmocka_unit_test(csv__one_date_says_the_order_of_all),
        cmocka_unit_test(csv__headings_of_other_languages_have_the_day_first),
        cmocka_unit_test(csv__what_is_no_date_is_kept),
        cmocka_unit_test(csv__headings_alone_are_an_empty_address_book),
        cmocka_unit_test(csv__what_is_no_table_of_contacts),
        cmocka_unit_test(csv__a_missing_quote_costs_one_row),
        cmocka_unit_test(csv__many_missing_quotes_cost_as_many_rows),
        cmocka_unit_test(csv__long_notes_are_notes),
        cmocka_unit_test(csv__a_file_that_is_cut_gives_what_is_there),
        cmocka_unit_test(csv__a_last_row_without_line_end_is_whole),
        cmocka_unit_test(csv__rows_with_too_few_and_too_many_cells),
        cmocka_unit_test(csv__spreadsheets_leave_out_empty_cells),
        cmocka_unit_test(csv__rows_that_hold_nobody_are_told),
        cmocka_unit_test(csv__ceilings),
        cmocka_unit_test(csv__the_sink_may_end_it),
        cmocka_unit_test(csv__our_own_export_comes_back),
    };

    return cmocka_run_group_tests_name("parse_csv", tests, NULL, NULL);
}
