/* SPDX-License-Identifier: MIT */
/* test_show_vcard.c - cards that any program can read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <kith/export.h>

#include "base/text.h"
#include "model/contact_parts.h"
#include "show/show_vcard.h"

/* --- Helpers -------------------------------------------------------------- */

/* Folded lines put together again (RFC 6350 section 3.2), in place. */
static char *unfold(char *card)
{
    char *out = card;

    for (const char *in = card; *in != '\0';) {
        if (strncmp(in, "\r\n ", 3) == 0)
            in += 3;
        else
            *out++ = *in++;
    }
    *out = '\0';
    return card;
}

static char *unfolded(const struct kith_contact *contact)
{
    return unfold(kith_contact_to_vcard(contact));
}

static char *unfolded_3(const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, SIZE_MAX);
    assert_true(kith_show_vcard3(&out, contact));
    return unfold(kith_buf_take_text(&out));
}

static bool has_line(const char *card, const char *line)
{
    KITH_AUTO_DONE(kith_buf) whole;

    kith_buf_init(&whole, SIZE_MAX);
    assert_true(kith_buf_addf(&whole, "\r\n%s\r\n", line));
    return strstr(card, kith_buf_text(&whole)) != NULL;
}

static void assert_line(const struct kith_contact *contact, const char *line)
{
    KITH_AUTO_STRING card = unfolded(contact);

    if (!has_line(card, line))
        fail_msg("no line \"%s\" in\n%s", line, card);
}

static void assert_line_3(const struct kith_contact *contact, const char *line)
{
    KITH_AUTO_STRING card = unfolded_3(contact);

    if (!has_line(card, line))
        fail_msg("no line \"%s\" in\n%s", line, card);
}

static void assert_no_property(const struct kith_contact *contact, const char *name)
{
    KITH_AUTO_STRING card = unfolded(contact);
    KITH_AUTO_DONE(kith_buf) begin;

    kith_buf_init(&begin, SIZE_MAX);
    assert_true(kith_buf_addf(&begin, "\r\n%s", name));
    if (strstr(card, kith_buf_text(&begin)))
        fail_msg("there is a %s in\n%s", name, card);
}

static struct kith_contact *make_contact(void)
{
    struct kith_contact *contact = kith_contact_new();

    contact->source = KITH_SOURCE_MICROSOFT365;
    contact->source_id = "AAMk1";
    contact->shown = "Rosa Almeida";
    return contact;
}

/* --- The card ------------------------------------------------------------- */

static void vcard__least_card_is_whole(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_STRING card = kith_contact_to_vcard(contact);

    assert_true(kith_text_starts_with(card, "BEGIN:VCARD\r\nVERSION:4.0\r\n"));
    assert_true(kith_text_ends_with(card, "\r\nEND:VCARD\r\n"));
    assert_line(contact, "FN;DERIVED=TRUE:Rosa Almeida"); /* nobody wrote it: it stands in */
    contact->text[KITH_TEXT_DISPLAY] = "R. Almeida";
    assert_line(contact, "FN:R. Almeida");
    assert_no_property(contact, "N:");
    assert_no_property(contact, "ORG");
    assert_no_property(contact, "REV");
}

static void vcard__there_is_a_full_name_whatever_is_missing(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    assert_line(contact, "FN;DERIVED=TRUE:No name");
    kith_contact_add_email(contact, kith_contact_arena(contact))->address = "rosa@halvorsen.example";
    assert_line(contact, "FN;DERIVED=TRUE:rosa@halvorsen.example");
    contact->text[KITH_TEXT_COMPANY] = "Halvorsen";
    assert_line(contact, "FN;DERIVED=TRUE:Halvorsen");
}

static void vcard__company_without_a_person_is_an_organisation(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->shown = contact->text[KITH_TEXT_COMPANY] = "Halvorsen";
    assert_line(contact, "KIND:org");
    contact->text[KITH_TEXT_GIVEN] = "Rosa";
    assert_no_property(contact, "KIND");
}

static void vcard__uid_is_the_same_each_time_and_different_for_others(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_STRING first = kith_contact_to_vcard(contact);
    const char *uid = strstr(first, "UID:urn:uuid:");

    assert_non_null(uid);
    assert_int_equal(strcspn(uid, "\r"), strlen("UID:urn:uuid:") + 36);
    assert_int_equal(uid[strlen("UID:urn:uuid:") + 14], '8'); /* version */

    contact->id = 77; /* this device's number says nothing about the contact */
    contact->account = "renamed";
    KITH_AUTO_STRING again = kith_contact_to_vcard(contact);
    assert_string_equal(first, again);

    contact->source_id = "AAMk2";
    KITH_AUTO_STRING other = kith_contact_to_vcard(contact);
    assert_string_not_equal(first, other);
}

static void vcard__uid_of_a_card_is_kept(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->source = KITH_SOURCE_OUTLOOK;
    contact->source_id = "0/5f0c6a1e7b324d7a:2:urn:uuid:00112233-4455-8677-8899-aabbccddeeff";
    assert_line(contact, "UID:urn:uuid:00112233-4455-8677-8899-aabbccddeeff");
    contact->source_id = "pas-id-54B2"; /* no UUID: the standard wants one */
    assert_no_property(contact, "UID:pas");
}

static void vcard__name_has_five_parts(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->text[KITH_TEXT_GIVEN] = "Rosa";
    contact->text[KITH_TEXT_MIDDLE] = "Maria";
    contact->text[KITH_TEXT_FAMILY] = "Almeida; Figueiredo";
    contact->text[KITH_TEXT_PREFIX] = "Dr.";
    contact->text[KITH_TEXT_SUFFIX] = "Jr.";
    contact->text[KITH_TEXT_NICKNAME] = "Rosinha";
    assert_line(contact, "N:Almeida\\; Figueiredo;Rosa;Maria;Dr.;Jr.");
    assert_line(contact, "NICKNAME:Rosinha");

    contact->text[KITH_TEXT_FILE_AS] = "Almeida, Rosa \"R\"";
    assert_line(contact, "N;SORT-AS=\"Almeida,Rosa ^'R^'\":Almeida\\; Figueiredo;Rosa;Maria;Dr.;Jr.");
    assert_line(contact, "X-EVOLUTION-FILE-AS:Almeida\\, Rosa \"R\"");
}

static void vcard__reading_sorts(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->text[KITH_TEXT_FAMILY] = "山田";
    contact->text[KITH_TEXT_GIVEN] = "太郎";
    contact->text[KITH_TEXT_PHONETIC_FAMILY] = "やまだ";
    contact->text[KITH_TEXT_PHONETIC_GIVEN] = "たろう";
    contact->text[KITH_TEXT_COMPANY] = "山田商店";
    contact->text[KITH_TEXT_PHONETIC_COMPANY] = "やまだしょうてん";
    assert_line(contact, "N;SORT-AS=\"やまだ,たろう\":山田;太郎;;;");
    assert_line(contact, "X-PHONETIC-LAST-NAME:やまだ");
    assert_line(contact, "X-PHONETIC-FIRST-NAME:たろう");
    assert_line(contact, "ORG;SORT-AS=\"やまだしょうてん\":山田商店");
    assert_line(contact, "X-PHONETIC-ORG:やまだしょうてん");
}

static void vcard__work_has_its_properties(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->text[KITH_TEXT_COMPANY] = "Halvorsen, Inc.";
    contact->text[KITH_TEXT_DEPARTMENT] = "Quality";
    contact->text[KITH_TEXT_JOB_TITLE] = "Lead";
    contact->text[KITH_TEXT_PROFESSION] = "Engineer";
    assert_line(contact, "ORG:Halvorsen\\, Inc.;Quality");
    assert_line(contact, "TITLE:Lead");
    assert_line(contact, "ROLE:Engineer");

    contact->text[KITH_TEXT_COMPANY] = "";
    assert_line(contact, "ORG:;Quality");
}

/* --- How to reach them ----------------------------------------------------- */

static void vcard__number_is_a_uri_when_it_is_understood(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_phone *phone = kith_contact_add_phone(contact, kith_contact_arena(contact));

    phone->kind = KITH_PHONE_WORK;
    phone->raw = "(0)20; 7946";
    assert_line(contact, "TEL;TYPE=work:(0)20\\; 7946");
    assert_true(kith_text_copy(phone->e164, sizeof(phone->e164), "+442079460812"));
    assert_line(contact, "TEL;VALUE=uri;TYPE=work;X-AS-WRITTEN=\"(0)20; 7946\":tel:+442079460812");
    phone->raw = "+442079460812";
    assert_line(contact, "TEL;VALUE=uri;TYPE=work:tel:+442079460812");
    phone->raw = "+442079460812 ext. 24";
    assert_true(kith_text_copy(phone->extension, sizeof(phone->extension), "24"));
    assert_line(contact, "TEL;VALUE=uri;TYPE=work:tel:+442079460812;ext=24");
    phone->kind = KITH_PHONE_WORK_FAX;
    phone->label = "fax, 3rd floor";
    assert_line(contact, "item1.TEL;VALUE=uri;TYPE=\"work,fax\":tel:+442079460812;ext=24");
    assert_line(contact, "item1.X-ABLabel:fax\\, 3rd floor");
}

static void vcard__every_kind_of_number_is_written(void **state)
{
    (void)state;
    for (int kind = 0; kind < KITH_PHONE_KIND_COUNT; kind++) {
        KITH_AUTO(kith_contact) contact = make_contact();
        struct kith_phone *phone = kith_contact_add_phone(contact, kith_contact_arena(contact));

        phone->kind = (enum kith_phone_kind)kind;
        phone->raw = "112";
        KITH_AUTO_STRING card = kith_contact_to_vcard(contact);
        assert_non_null(strstr(card, "\r\nTEL"));
        assert_non_null(strstr(card, ":112\r\n"));
    }
}

static void vcard__email_and_address_say_their_place(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_email *email = kith_contact_add_email(contact, kith_contact_arena(contact));
    struct kith_address *address = kith_contact_add_address(contact, kith_contact_arena(contact));

    email->address = "rosa@halvorsen.example";
    email->place = KITH_PLACE_WORK;
    *address = (struct kith_address){
        KITH_PLACE_HOME, "14 Lantern Yard\n3rd floor", "12", "London", "", "SE1 0QX", "United Kingdom", ""};
    assert_line(contact, "EMAIL;TYPE=work:rosa@halvorsen.example");
    assert_line(contact, "ADR;TYPE=home:12;;14 Lantern Yard\\n3rd floor;London;;SE1 0QX;United Kingdom");
    email->name = "Rosa \"R\"";
    assert_line(contact, "EMAIL;TYPE=work;X-DISPLAY-NAME=\"Rosa ^'R^'\":rosa@halvorsen.example");
    address->place = KITH_PLACE_OTHER;
    assert_line(contact, "ADR;TYPE=other:12;;14 Lantern Yard\\n3rd floor;London;;SE1 0QX;United Kingdom");
}

static void vcard__chat_is_a_uri(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    kith_contact_add_item(contact, arena, KITH_ITEM_CHAT, "sip:rosa@halvorsen.example");
    kith_contact_add_item(contact, arena, KITH_ITEM_CHAT, "rosa almeida@halvorsen.example");
    assert_line(contact, "IMPP:sip:rosa@halvorsen.example");
    assert_line(contact, "IMPP;X-AS-WRITTEN=\"rosa almeida@halvorsen.example\":im:rosa%20almeida@halvorsen.example");
}

static void vcard__web_page_is_a_uri(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    kith_contact_add_item(contact, arena, KITH_ITEM_WEB, "https://halvorsen.example/é")->place = KITH_PLACE_WORK;
    kith_contact_add_item(contact, arena, KITH_ITEM_WEB, "halvorsen.example:8080");
    assert_line(contact, "URL;TYPE=work;X-AS-WRITTEN=\"https://halvorsen.example/é\":https://halvorsen.example/%C3%A9");
    assert_line(contact, "URL;X-AS-WRITTEN=\"halvorsen.example:8080\":http://halvorsen.example:8080");
}

/* --- Dates and the rest ----------------------------------------------------- */

static void vcard__birthday_may_be_without_a_year(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_date *date = kith_contact_add_date(contact, kith_contact_arena(contact));

    *date = (struct kith_date){KITH_DATE_BIRTHDAY, 1981, 3, 14, ""};
    assert_line(contact, "BDAY:19810314");
    date->year = 0;
    assert_line(contact, "BDAY:--0314");
    date->kind = KITH_DATE_ANNIVERSARY;
    assert_line(contact, "ANNIVERSARY:--0314");
    date->kind = KITH_DATE_OTHER;
    date->label = "First day";
    assert_line(contact, "item1.X-ABDATE:--0314");
    assert_line(contact, "item1.X-ABLabel:First day");
    date->month = 13;
    assert_no_property(contact, "item1");
}

static void vcard__people_are_related(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    contact->text[KITH_TEXT_MANAGER] = "Britta";
    contact->text[KITH_TEXT_ASSISTANT] = "Tom";
    contact->text[KITH_TEXT_SPOUSE] = "João";
    kith_contact_add_item(contact, arena, KITH_ITEM_CHILD, "Inês");
    kith_contact_add_item(contact, arena, KITH_ITEM_RELATION, "Ana")->label = "Friend";
    kith_contact_add_item(contact, arena, KITH_ITEM_RELATION, "Eva")->label = "Godmother";
    assert_line(contact, "RELATED;VALUE=text;TYPE=x-manager:Britta");
    assert_line(contact, "RELATED;VALUE=text;TYPE=x-assistant:Tom");
    assert_line(contact, "RELATED;VALUE=text;TYPE=spouse:João");
    assert_line(contact, "RELATED;VALUE=text;TYPE=child:Inês");
    assert_line(contact, "item1.RELATED;VALUE=text;TYPE=friend:Ana");
    assert_line(contact, "item1.X-ABLabel:Friend");
    assert_line(contact, "item2.RELATED;VALUE=text:Eva");
    assert_line(contact, "item2.X-ABLabel:Godmother");
}

static void vcard__categories_share_one_property(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Suppliers");
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "one")->label = "User field 1";
    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Lisbon, 2026");
    assert_line(contact, "CATEGORIES:Suppliers,Lisbon\\, 2026");
    assert_line(contact, "item1.X-EXTRA:one");
}

static void vcard__revision_is_the_time_of_the_last_change(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->modified_s = 1413760104;
    assert_line(contact, "REV:20141019T230824Z");
    assert_line_3(contact, "REV:2014-10-19T23:08:24Z");
    contact->modified_s = INT64_MAX;
    assert_no_property(contact, "REV");
    contact->created_s = 1413760104;
    assert_line(contact, "CREATED:20141019T230824Z");
    assert_line_3(contact, "X-CREATED:2014-10-19T23:08:24Z");
}

static void vcard__folder_is_kept(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    assert_no_property(contact, "X-KITH-FOLDER");
    contact->folder = "Contacts/Suppliers";
    assert_line(contact, "X-KITH-FOLDER:Contacts/Suppliers");
}

/* --- vCard 3.0 --------------------------------------------------------------- */

static void vcard3__has_a_name_also_where_there_is_none(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_STRING card = unfolded_3(contact);

    assert_true(kith_text_starts_with(card, "BEGIN:VCARD\r\nVERSION:3.0\r\n"));
    assert_line_3(contact, "N:;;;;");
    assert_line_3(contact, "FN;X-DERIVED=TRUE:Rosa Almeida");
    contact->text[KITH_TEXT_FAMILY] = "Almeida";
    contact->text[KITH_TEXT_FILE_AS] = "Almeida, Rosa";
    assert_line_3(contact, "N:Almeida;;;;");
    assert_line_3(contact, "X-EVOLUTION-FILE-AS:Almeida\\, Rosa");
}

static void vcard3__company_without_a_person_shows_as_one(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->text[KITH_TEXT_DISPLAY] = contact->shown = contact->text[KITH_TEXT_COMPANY] = "Halvorsen";
    assert_line_3(contact, "X-ABShowAs:COMPANY");
}

static void vcard3__number_is_as_it_was_written(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_phone *phone = kith_contact_add_phone(contact, kith_contact_arena(contact));

    phone->kind = KITH_PHONE_WORK_FAX;
    phone->raw = "(0)20 7946";
    assert_true(kith_text_copy(phone->e164, sizeof(phone->e164), "+442079460812"));
    assert_line_3(contact, "TEL;TYPE=WORK,FAX:(0)20 7946");
    phone->kind = KITH_PHONE_ASSISTANT;
    assert_line_3(contact, "TEL;TYPE=X-EVOLUTION-ASSISTANT:(0)20 7946");
    phone->raw = "tel:112";
    assert_line_3(contact, "TEL;TYPE=X-EVOLUTION-ASSISTANT;VALUE=text:tel:112");
}

static void vcard3__day_without_a_year_is_marked_as_apple_marks_it(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_date *date = kith_contact_add_date(contact, kith_contact_arena(contact));

    *date = (struct kith_date){KITH_DATE_BIRTHDAY, 1981, 3, 14, ""};
    assert_line_3(contact, "BDAY:1981-03-14");
    date->year = 0;
    assert_line_3(contact, "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-14");
    date->kind = KITH_DATE_ANNIVERSARY;
    assert_line_3(contact, "X-EVOLUTION-ANNIVERSARY;X-APPLE-OMIT-YEAR=1604:1604-03-14");
}

static void vcard3__people_have_the_names_of_evolution_and_apple(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    struct kith_arena *arena = kith_contact_arena(contact);

    contact->text[KITH_TEXT_MANAGER] = "Britta";
    kith_contact_add_item(contact, arena, KITH_ITEM_CHILD, "Inês");
    kith_contact_add_item(contact, arena, KITH_ITEM_RELATION, "Ana")->label = "Friend";
    assert_line_3(contact, "X-EVOLUTION-MANAGER:Britta");
    assert_line_3(contact, "item1.X-ABRELATEDNAMES:Inês");
    assert_line_3(contact, "item1.X-ABLabel:_$!<Child>!$_");
    assert_line_3(contact, "item2.X-ABRELATEDNAMES:Ana");
    assert_line_3(contact, "item2.X-ABLabel:Friend");
}

/* --- Lines ------------------------------------------------------------------ */

static void vcard__text_cannot_end_its_line(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();

    contact->text[KITH_TEXT_NOTES] = "a\r\nEND:VCARD\rb\\n;c,\x01\x7f\xc2\x85\td\xff";
    assert_line(contact, "NOTE:a\\nEND:VCARDb\\\\n\\;c\\,\td\xef\xbf\xbd");
}

static void vcard__lines_are_folded_between_characters(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_DONE(kith_buf) notes;
    KITH_AUTO_DONE(kith_buf) expected;

    kith_buf_init(&notes, SIZE_MAX);
    kith_buf_init(&expected, SIZE_MAX);
    for (int i = 0; i < 300; i++)
        assert_true(kith_buf_add_text(&notes, i % 3 == 0 ? "山" : i % 3 == 1 ? "é" : "😀"));
    contact->text[KITH_TEXT_NOTES] = kith_buf_text(&notes);

    KITH_AUTO_STRING card = kith_contact_to_vcard(contact);
    for (const char *line = card; *line != '\0';) {
        const char *end = strstr(line, "\r\n");

        assert_non_null(end);
        assert_in_range(end - line, 1, 75);
        assert_int_equal(kith_utf8_valid_len(line, (size_t)(end - line)), end - line);
        line = end + 2;
    }
    assert_true(kith_buf_addf(&expected, "NOTE:%s", kith_buf_text(&notes)));
    assert_line(contact, kith_buf_text(&expected));
}

static void vcard__line_of_75_octets_is_not_folded(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    char name[80];

    memset(name, 'x', sizeof(name));
    name[72] = '\0'; /* with "FN:" 75 */
    contact->text[KITH_TEXT_DISPLAY] = name;
    KITH_AUTO_STRING card = kith_contact_to_vcard(contact);
    assert_null(strstr(card, "\r\n "));
    name[72] = 'x';
    name[73] = '\0';
    KITH_AUTO_STRING folded = kith_contact_to_vcard(contact);
    assert_non_null(strstr(folded, "x\r\n x\r\n"));
}

static void vcard__full_buffer_is_told(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, 100);
    assert_false(kith_show_vcard4(&out, contact));
    kith_buf_clear(&out);
    assert_false(kith_show_vcard3(&out, contact));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vcard__least_card_is_whole),
        cmocka_unit_test(vcard__there_is_a_full_name_whatever_is_missing),
        cmocka_unit_test(vcard__company_without_a_person_is_an_organisation),
        cmocka_unit_test(vcard__uid_is_the_same_each_time_and_different_for_others),
        cmocka_unit_test(vcard__uid_of_a_card_is_kept),
        cmocka_unit_test(vcard__name_has_five_parts),
        cmocka_unit_test(vcard__reading_sorts),
        cmocka_unit_test(vcard__work_has_its_properties),
        cmocka_unit_test(vcard__number_is_a_uri_when_it_is_understood),
        cmocka_unit_test(vcard__every_kind_of_number_is_written),
        cmocka_unit_test(vcard__email_and_address_say_their_place),
        cmocka_unit_test(vcard__chat_is_a_uri),
        cmocka_unit_test(vcard__web_page_is_a_uri),
        cmocka_unit_test(vcard__birthday_may_be_without_a_year),
        cmocka_unit_test(vcard__people_are_related),
        cmocka_unit_test(vcard__categories_share_one_property),
        cmocka_unit_test(vcard__revision_is_the_time_of_the_last_change),
        cmocka_unit_test(vcard__folder_is_kept),
        cmocka_unit_test(vcard3__has_a_name_also_where_there_is_none),
        cmocka_unit_test(vcard3__company_without_a_person_shows_as_one),
        cmocka_unit_test(vcard3__number_is_as_it_was_written),
        cmocka_unit_test(vcard3__day_without_a_year_is_marked_as_apple_marks_it),
        cmocka_unit_test(vcard3__people_have_the_names_of_evolution_and_apple),
        cmocka_unit_test(vcard__text_cannot_end_its_line),
        cmocka_unit_test(vcard__lines_are_folded_between_characters),
        cmocka_unit_test(vcard__line_of_75_octets_is_not_folded),
        cmocka_unit_test(vcard__full_buffer_is_told),
    };

    return cmocka_run_group_tests_name("show_vcard", tests, NULL, NULL);
}
