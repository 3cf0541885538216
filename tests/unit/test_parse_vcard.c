/* SPDX-License-Identifier: MIT */
/* test_parse_vcard.c - cards of every program, as they are and as they should not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/fail.h"
#include "parse/parse_vcard.h"
#include "show/show_vcard.h"
#include "tests/unit/kept_contacts.h"
#include "tests/unit/same_contact.h"

/* --- Helpers -------------------------------------------------------------- */

static void read_bytes(struct file *file, const char *bytes, size_t len)
{
    struct kith_contact_sink sink;
    char *exact = exact_copy(bytes, len);

    file_init(file);
    sink = file_sink(file);
    file->st = kith_parse_vcard(exact, len, &sink, &file->err);
    free(exact);
}

/* A file of one card, of which these are the lines inside; lines end in \n here and CR LF there. */
static void read_card(struct file *file, const char *lines)
{
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, SIZE_MAX);
    assert_true(kith_buf_add_text(&text, "BEGIN:VCARD\r\n"));
    for (; *lines != '\0'; lines++)
        assert_true(kith_buf_add_text(&text, *lines == '\n' ? "\r\n" : (char[]){*lines, '\0'}));
    assert_true(kith_buf_add_text(&text, "END:VCARD\r\n"));
    read_bytes(file, text.data, text.len);
    assert_int_equal(file->st, KITH_OK);
    assert_int_equal(file->n, 1);
}

static void read_text(struct file *file, const char *text)
{
    read_bytes(file, text, strlen(text));
}

/* --- Programs ---------------------------------------------------------------- */

static void vcard__outlook_2003(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "VERSION:2.1\n"
                     "N:Almeida;Rosa;Maria,Luz;Dr.;Jr.\n"
                     "FN:Dr. Rosa Almeida Jr.\n"
                     "ORG:Halvorsen, Inc.;Quality\n"
                     "TITLE:Lead\n"
                     "NOTE;ENCODING=QUOTED-PRINTABLE:First line=0D=0A=\nSecond line=0D=0A=0D=0AFourth=0D=\n=0A\n"
                     "TEL;WORK;VOICE:(020) 7946 0812\n"
                     "TEL;WORK;FAX:(020) 7946 0816\n"
                     "TEL;PREF;VOICE:(020) 7946 0813\n"
                     "X-MS-TEL;VOICE;CALLBACK:(020) 7946 0814\n"
                     "ADR;WORK;PREF:;Room 3;14 Lantern Yard;London;;SE1 0QX;United Kingdom\n"
                     "LABEL;WORK;PREF;ENCODING=QUOTED-PRINTABLE:Room 3=0D=0A14 Lantern Yard=\n London\n"
                     "URL;WORK:http://halvorsen.example\n"
                     "ROLE:Engineer\n"
                     "BDAY:19810314\n"
                     "KEY;X509;ENCODING=BASE64:\n    AAECAwQF\n    BgcICQ==\n\n\n"
                     "EMAIL;PREF;INTERNET:rosa@halvorsen.example\n"
                     "X-MS-ANNIVERSARY:20110113\n"
                     "X-MS-MANAGER:Britta\n"
                     "X-MS-CHILD:Ida\n"
                     "X-MS-IMADDRESS:rosa@im.example\n"
                     "X-MS-TEXT;CUSTOM2:blue badge\n"
                     "X-MS-OL-DEFAULT-POSTAL-ADDRESS:2\n"
                     "REV:20121012T210525Z\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_string_equal(c->text[KITH_TEXT_DISPLAY], "Dr. Rosa Almeida Jr.");
    assert_string_equal(c->text[KITH_TEXT_FAMILY], "Almeida");
    assert_string_equal(c->text[KITH_TEXT_MIDDLE], "Maria,Luz");
    assert_string_equal(c->text[KITH_TEXT_PREFIX], "Dr.");
    assert_string_equal(c->text[KITH_TEXT_SUFFIX], "Jr.");
    assert_string_equal(c->text[KITH_TEXT_COMPANY], "Halvorsen, Inc.");
    assert_string_equal(c->text[KITH_TEXT_DEPARTMENT], "Quality");
    assert_string_equal(c->text[KITH_TEXT_PROFESSION], "Engineer");
    assert_string_equal(c->text[KITH_TEXT_OFFICE], "Room 3");
    assert_string_equal(c->text[KITH_TEXT_MANAGER], "Britta");
    assert_string_equal(c->text[KITH_TEXT_NOTES], "First line\nSecond line\n\nFourth\n");
    assert_int_equal(c->n_phones, 4);
    assert_phone(c, 0, KITH_PHONE_WORK, "(020) 7946 0812");
    assert_phone(c, 1, KITH_PHONE_WORK_FAX, "(020) 7946 0816");
    assert_phone(c, 2, KITH_PHONE_PRIMARY, "(020) 7946 0813");
    assert_phone(c, 3, KITH_PHONE_CALLBACK, "(020) 7946 0814");
    assert_int_equal(c->n_addresses, 1);
    assert_string_equal(c->addresses[0].street, "14 Lantern Yard");
    assert_string_equal(c->addresses[0].postal_code, "SE1 0QX");
    assert_int_equal(c->addresses[0].place, KITH_PLACE_WORK);
    assert_string_equal(c->emails[0].address, "rosa@halvorsen.example");
    assert_date(c, 0, KITH_DATE_BIRTHDAY, 1981, 3, 14);
    assert_date(c, 1, KITH_DATE_ANNIVERSARY, 2011, 1, 13);
    assert_item(c, KITH_ITEM_WEB, "", "http://halvorsen.example");
    assert_item(c, KITH_ITEM_CHILD, "", "Ida");
    assert_item(c, KITH_ITEM_CHAT, "", "rosa@im.example");
    assert_item(c, KITH_ITEM_EXTRA, "User field 2", "blue badge");
    assert_int_equal(c->modified_s, 1350075925);
    assert_false(c->partial);
    assert_int_equal(fate_count(&file, "KEY", KITH_FIELD_IGNORED), 1);
    assert_int_equal(fate_count(&file, "X-MS-OL-DEFAULT-POSTAL-ADDRESS", KITH_FIELD_IGNORED), 1);
}

static void vcard__apple(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "VERSION:3.0\nN:Lindqvist;Åsa;;;\nFN:Åsa Lindqvist\n"
                     "item1.TEL;type=CELL;type=VOICE;type=pref:+46 70 174 06 05\n"
                     "item2.TEL:08 123 45\nitem2.X-ABLabel:_$!<AssistantPhone>!$_\n"
                     "item3.EMAIL;type=INTERNET:asa@lindqvist.example\nitem3.X-ABLabel:_$!<Home>!$_\n"
                     "item4.ADR;type=HOME;type=pref:;;Storgatan 1\\n2 tr;Stockholm;;111 23;Sweden\nitem4.X-ABADR:se\n"
                     "item5.URL;type=pref:http\\://lindqvist.example\nitem5.X-ABLabel:_$!<HomePage>!$_\n"
                     "item6.X-ABDATE;X-APPLE-OMIT-YEAR=1604:1604-06-02\nitem6.X-ABLabel:_$!<Anniversary>!$_\n"
                     "item7.X-ABRELATEDNAMES:Nils\nitem7.X-ABLabel:_$!<Mother>!$_\n"
                     "item8.X-ABRELATEDNAMES:Olle\nitem8.X-ABLabel:_$!<Spouse>!$_\n"
                     "item9.X-ABRELATEDNAMES:Kim\nitem9.X-ABLabel:Boat partner\n"
                     "BDAY;X-APPLE-OMIT-YEAR=1604:1604-03-14\n"
                     "IMPP;X-SERVICE-TYPE=Skype;type=HOME:skype:asa.l\n"
                     "X-SOCIALPROFILE;type=twitter;x-user=asa:http://social.example/asa\n"
                     "X-ABShowAs:COMPANY\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_phone(c, 0, KITH_PHONE_MOBILE, "+46 70 174 06 05");
    assert_phone(c, 1, KITH_PHONE_ASSISTANT, "08 123 45");
    assert_string_equal(c->phones[1].label, "");
    assert_int_equal(c->emails[0].place, KITH_PLACE_HOME);
    assert_string_equal(c->addresses[0].street, "Storgatan 1\n2 tr");
    assert_date(c, 0, KITH_DATE_ANNIVERSARY, 0, 6, 2);
    assert_date(c, 1, KITH_DATE_BIRTHDAY, 0, 3, 14);
    assert_string_equal(c->text[KITH_TEXT_SPOUSE], "Olle");
    assert_item(c, KITH_ITEM_RELATION, "Mother", "Nils");
    assert_item(c, KITH_ITEM_RELATION, "Boat partner", "Kim");
    assert_item(c, KITH_ITEM_WEB, "", "http://lindqvist.example");
    assert_item(c, KITH_ITEM_WEB, "twitter", "http://social.example/asa");
    assert_item(c, KITH_ITEM_CHAT, "Skype", "skype:asa.l");
}

static void vcard__google(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "VERSION:3.0\nFN:Tomás Figueiredo\nN:Figueiredo;Tomás;;;\n"
                     "X-PHONETIC-FIRST-NAME:Tomash\nX-PHONETIC-LAST-NAME:Figeiredu\n"
                     "EMAIL;TYPE=INTERNET;TYPE=HOME:tomas@kontor.example\nX-ICQ:123456\n"
                     "item1.TEL:555 0100\nitem1.X-ABLabel:GRAND_CENTRAL\n"
                     "ADR;TYPE=HOME:;12 Home St\\nHome City\\, HM 12345;;;;;\n"
                     "NOTE:He said \\\"maybe\\\".\\nTwice.\nCATEGORIES:myContacts, Sailing\\, 2026\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_string_equal(c->text[KITH_TEXT_PHONETIC_GIVEN], "Tomash");
    assert_int_equal(c->emails[0].place, KITH_PLACE_HOME);
    assert_string_equal(c->phones[0].label, "GRAND_CENTRAL");
    assert_string_equal(c->addresses[0].street, "12 Home St\nHome City, HM 12345");
    assert_string_equal(c->text[KITH_TEXT_NOTES], "He said \"maybe\".\nTwice.");
    assert_item(c, KITH_ITEM_CATEGORY, "", "myContacts");
    assert_item(c, KITH_ITEM_CATEGORY, "", "Sailing, 2026");
    assert_item(c, KITH_ITEM_CHAT, "ICQ", "123456");
}

static void vcard__android(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file,
              "VERSION:2.1\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=B1=B1=E7=94=B0;=E5=A4=\n=AA=E9=83=8E;;;\n"
              "TEL;CELL;PREF:090-1234-5678\nTEL;X-Ferry:1234\n"
              "X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Taro;;;;;;;;;;;;;;\n"
              "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2011-01-13;1;;;;;;;;;;;;;\n"
              "X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;--05-05;0;Name day;;;;;;;;;;;;\n"
              "X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;Hanako;14;;;;;;;;;;;;;\n"
              "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\n AAAA\n\nX-QQ:10001\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_string_equal(c->text[KITH_TEXT_FAMILY], "山田");
    assert_string_equal(c->text[KITH_TEXT_GIVEN], "太郎");
    assert_string_equal(c->text[KITH_TEXT_NICKNAME], "Taro");
    assert_string_equal(c->text[KITH_TEXT_SPOUSE], "Hanako");
    assert_phone(c, 0, KITH_PHONE_MOBILE, "090-1234-5678");
    assert_string_equal(c->phones[1].label, "Ferry");
    assert_date(c, 0, KITH_DATE_ANNIVERSARY, 2011, 1, 13);
    assert_date(c, 1, KITH_DATE_OTHER, 0, 5, 5);
    assert_string_equal(c->dates[1].label, "Name day");
    assert_item(c, KITH_ITEM_CHAT, "QQ", "10001");
    assert_false(c->has_photo);
}

static void vcard__evolution(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "VERSION:3.0\nUID:pas-id-54B2\nX-EVOLUTION-FILE-AS:Doe\\, Jane\nFN:Jane Doe\nN:Doe;Jane;;;\n"
                     "URL;X-COUCHDB-UUID=\"0abc9b8d-0845-47d0-9a91-3db5bb74620d\":http://jane.exampl\n e\n"
                     "TEL;X-EVOLUTION-UI-SLOT=2;TYPE=X-EVOLUTION-TTYTDD;X-COUCHDB-UUID=\"fbfb2722-4\n fd8:4\":2\n"
                     "X-EVOLUTION-SPOUSE:Max\nX-EVOLUTION-ANNIVERSARY:1980-03-22\nANNIVERSARY:19800322\n"
                     "X-JABBER;TYPE=HOME:jane@im.example\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_string_equal(c->source_id, "pas-id-54B2");
    assert_string_equal(c->text[KITH_TEXT_FILE_AS], "Doe, Jane");
    assert_item(c, KITH_ITEM_WEB, "", "http://jane.example");
    assert_phone(c, 0, KITH_PHONE_TEXT, "2"); /* the fold is in the header */
    assert_string_equal(c->text[KITH_TEXT_SPOUSE], "Max");
    assert_int_equal(c->n_dates, 1); /* the same day under two names */
    assert_item(c, KITH_ITEM_CHAT, "Jabber", "jane@im.example");
}

static void vcard__kde_and_blackberry(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "FN:Kim\nTEL;TYPE=HOME,TYPE=VOICE:1\nX-KADDRESSBOOK-X-ManagersName:Britta\n"
                     "X-KADDRESSBOOK-X-Profession:Pilot\nX-KADDRESSBOOK-X-Anniversary:1982-07-07\n"
                     "PHOTO;ENCODING=BASE64:/9j/4QFaRXhpZgAA\nSUkqAAgAAAAAABAB\n\nNOTE:\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_phone(c, 0, KITH_PHONE_HOME, "1");
    assert_string_equal(c->phones[0].label, "");
    assert_string_equal(c->text[KITH_TEXT_MANAGER], "Britta");
    assert_string_equal(c->text[KITH_TEXT_PROFESSION], "Pilot");
    assert_date(c, 0, KITH_DATE_ANNIVERSARY, 1982, 7, 7);
    assert_false(c->partial); /* a picture's line without a fold is no damage */
}

static void vcard__version_4(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "VERSION:4.0\nUID:urn:uuid:b8767877-b4a1-4c70-9acc-505d3819e519\nFN;PREF=1:Simone Perrin\n"
                     "N;SORT-AS=\"Perrin,Simone\":Perrin;Simone;;;ing. jr,M.Sc.\n"
                     "BDAY:--0203\nANNIVERSARY:20090808T1430-0500\n"
                     "TEL;VALUE=uri;TYPE=\"work,voice\";PREF=1:tel:+1-418-555-0154;ext=102\n"
                     "TEL;VALUE=uri;TYPE=\"cell,voice,video,text\":tel:+1%2D418-555-0101;phone-context=x\n"
                     "ADR;LABEL=\"Perrin^nSuite 2: Laurier\":;Suite D2-630;2875 Laurier;Quebec;QC;G1V 2M2;Canada\n"
                     "RELATED;TYPE=friend:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6\n"
                     "RELATED;TYPE=colleague;VALUE=text:Ana\n"
                     "GENDER:F\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_string_equal(c->text[KITH_TEXT_FILE_AS], "Perrin, Simone");
    assert_string_equal(c->text[KITH_TEXT_SUFFIX], "ing. jr,M.Sc.");
    assert_date(c, 0, KITH_DATE_BIRTHDAY, 0, 2, 3);
    assert_date(c, 1, KITH_DATE_ANNIVERSARY, 2009, 8, 8);
    assert_phone(c, 0, KITH_PHONE_WORK, "+1-418-555-0154 ext. 102");
    assert_phone(c, 1, KITH_PHONE_MOBILE, "+1-418-555-0101");
    assert_string_equal(c->addresses[0].street, "Suite D2-630\n2875 Laurier");
    assert_item(c, KITH_ITEM_RELATION, "colleague", "Ana");
    assert_int_equal(fate_count(&file, "RELATED", KITH_FIELD_IGNORED), 1);
    assert_item(c, KITH_ITEM_EXTRA, "GENDER", "F");
    assert_int_equal(fate_count(&file, "GENDER", KITH_FIELD_KEPT), 1);
}

/* --- Bytes ------------------------------------------------------------------- */

static void vcard__code_page_is_named_or_told_from_the_bytes(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        const char *name;
    } cases[] = {
        {"FN;CHARSET=windows-1252;ENCODING=QUOTED-PRINTABLE:M=FCller=80", "Müller€"},
        {"FN;CHARSET=iso-8859-1:M\xfcller\x80", "Müller€"}, /* its successor is meant */
        {"FN;CHARSET=iso-8859-2:\xa3ucja", "Łucja"},
        {"FN;CHARSET=Shift_JIS:\x95\x5c\x8c\x76", "表計"}, /* its second byte is a backslash */
        {"FN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCl=\r\nler", "Müller"},
        {"FN:M\xfcller", "Müller"},
        {"FN:M\xc3\xbcller", "Müller"},
        {"FN;CHARSET=no-such-thing:M\xfcller", "Müller"},
        {"FN;CHARSET=utf-8:M\xfcller", "Müller"},
        {"FN;CHARSET=utf-8;ENCODING=QUOTED-PRINTABLE:=C3=BC=C3=BC=C3", "üü\xef\xbf\xbd"}, /* cut in a character */
        {"FN:M\xc3\r\n \xbcller", "Müller"},                                              /* folded in a character */
        {"FN;ENCODING=B:TcO8bGxlcg==", "Müller"},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(cases); i++) {
        KITH_AUTO_DONE(file) file;
        KITH_AUTO_DONE(kith_buf) text;

        kith_buf_init(&text, SIZE_MAX);
        assert_true(kith_buf_addf(&text, "BEGIN:VCARD\r\n%s\r\nEND:VCARD\r\n", cases[i].line));
        read_bytes(&file, text.data, text.len);
        assert_int_equal(file.n, 1);
        assert_string_equal(file.contacts[0].text[KITH_TEXT_DISPLAY], cases[i].name);
    }
}

static void vcard__lines_end_as_they_like(void **state)
{
    (void)state;
    static const char *const ends[] = {"\r\n", "\n", "\r", "\r\r\n"};

    for (size_t i = 0; i < KITH_COUNT_OF(ends); i++) {
        KITH_AUTO_DONE(file) file;
        KITH_AUTO_DONE(kith_buf) text;
        const char *e = ends[i];

        kith_buf_init(&text, SIZE_MAX);
        assert_true(kith_buf_addf(&text,
                                  "\xef\xbb\xbf"
                                  "begin:vcard%sFN:Ro%s sa%sNOTE:a%send:vcard%s",
                                  e, e, e, e, e));
        read_bytes(&file, text.data, text.len);
        assert_int_equal(file.n, 1);
        assert_string_equal(file.contacts[0].text[KITH_TEXT_DISPLAY], "Rosa");
        assert_string_equal(file.contacts[0].text[KITH_TEXT_NOTES], "a");
        assert_false(file.contacts[0].partial);
    }
}

static void vcard__whole_file_may_be_utf16(void **state)
{
    (void)state;
    static const char text[] = "BEGIN:VCARD\r\nFN:Rosa\r\nEND:VCARD\r\n";
    char wide[2 * sizeof(text) + 2] = {(char)0xff, (char)0xfe};
    KITH_AUTO_DONE(file) file;
    KITH_AUTO_DONE(file) unmarked;

    for (size_t i = 0; i < sizeof(text) - 1; i++)
        wide[2 + 2 * i] = text[i];
    read_bytes(&file, wide, 2 * sizeof(text));
    assert_int_equal(file.n, 1);
    assert_string_equal(file.contacts[0].text[KITH_TEXT_DISPLAY], "Rosa");
    read_bytes(&unmarked, wide + 2, 2 * sizeof(text) - 2);
    assert_int_equal(unmarked.n, 1);
}

static void vcard__old_version_folds_at_blanks_and_has_plain_backslashes(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) old;
    KITH_AUTO_DONE(file) later;

    read_card(&old,
              "VERSION:2.1\nFN:Rosa\n Almeida\nNOTE;ENCODING=QUOTED-PRINTABLE:C:\\new\\;x\nORG:\\\\server\\;x;y\n");
    assert_string_equal(old.contacts[0].text[KITH_TEXT_DISPLAY], "Rosa Almeida");
    assert_string_equal(old.contacts[0].text[KITH_TEXT_NOTES], "C:\\new;x");
    assert_string_equal(old.contacts[0].text[KITH_TEXT_COMPANY], "\\\\server;x");
    assert_string_equal(old.contacts[0].text[KITH_TEXT_DEPARTMENT], "y");
    read_card(&later, "VERSION:3.0\nFN:Rosa\n Almeida\nNOTE:C:\\\\new\\nline\\t\n");
    assert_string_equal(later.contacts[0].text[KITH_TEXT_DISPLAY], "RosaAlmeida");
    assert_string_equal(later.contacts[0].text[KITH_TEXT_NOTES], "C:\\new\nline\\t");
}

static void vcard__control_characters_are_harmless(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    static const char text[] = "BEGIN:VCARD\nFN:a\0b\x1b[2J\xc2\x85z\nNOTE:a\x01\tb\nEND:VCARD\n";

    read_bytes(&file, text, sizeof(text) - 1);
    assert_string_equal(file.contacts[0].text[KITH_TEXT_DISPLAY], "a b [2J z");
    assert_string_equal(file.contacts[0].text[KITH_TEXT_NOTES], "a \tb");
}

/* --- Types and dates ----------------------------------------------------------- */

static void vcard__types_in_all_spellings(void **state)
{
    (void)state;
    static const char *const spellings[] = {"TEL;WORK;FAX:1",           "TEL;TYPE=WORK,FAX:1",
                                            "tel;type=fax;type=work:1", "TEL;TYPE=\"work,fax\":1",
                                            "TEL;TYPE=WORK,TYPE=FAX:1", "a.b.TEL ; WORK ; FAX :1",
                                            "TEL;TYPE=work;TYPE=fax:1", "TEL;WORK;TYPE=FAX;PREF=1:1"};

    for (size_t i = 0; i < KITH_COUNT_OF(spellings); i++) {
        KITH_AUTO_DONE(file) file;
        KITH_AUTO_DONE(kith_buf) text;

        kith_buf_init(&text, SIZE_MAX);
        assert_true(kith_buf_addf(&text, "BEGIN:VCARD\n%s\nEND:VCARD\n", spellings[i]));
        read_bytes(&file, text.data, text.len);
        assert_int_equal(file.n, 1);
        assert_phone(&file.contacts[0], 0, KITH_PHONE_WORK_FAX, "1");
        assert_string_equal(file.contacts[0].phones[0].label, "");
    }
}

static void vcard__days_in_all_spellings(void **state)
{
    (void)state;
    static const char *const days[] = {"19800322", "1980-03-22", "1980-03-22T00:00:00Z", "19800322T10", " 1980-03-22 "};
    static const char *const others[] = {"1985-04",    "1985",     "---03",   "circa 1800",
                                         "1980-13-01", "19800230", "80-03-22"};

    for (size_t i = 0; i < KITH_COUNT_OF(days) + KITH_COUNT_OF(others); i++) {
        bool is_day = i < KITH_COUNT_OF(days);
        const char *day = is_day ? days[i] : others[i - KITH_COUNT_OF(days)];
        KITH_AUTO_DONE(file) file;
        KITH_AUTO_DONE(kith_buf) text;

        kith_buf_init(&text, SIZE_MAX);
        assert_true(kith_buf_addf(&text, "BEGIN:VCARD\nFN:x\nBDAY:%s\nEND:VCARD\n", day));
        read_bytes(&file, text.data, text.len);
        assert_int_equal(file.contacts[0].n_dates, is_day ? 1 : 0);
        if (is_day)
            assert_date(&file.contacts[0], 0, KITH_DATE_BIRTHDAY, 1980, 3, 22);
        else
            assert_item(&file.contacts[0], KITH_ITEM_EXTRA, "BDAY", day); /* kept as it stands */
    }
}

static void vcard__label_without_an_address_is_one(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "ADR;TYPE=WORK:;;1;;;;\nLABEL;TYPE=WORK:1\\nLondon\nLABEL;TYPE=HOME:2\\nFaro\n");
    assert_int_equal(file.contacts[0].n_addresses, 2);
    assert_int_equal(file.contacts[0].addresses[1].place, KITH_PLACE_HOME);
    assert_string_equal(file.contacts[0].addresses[1].street, "2\nFaro");
}

static void vcard__nothing_is_dropped(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_card(&file, "FN:Rosa\nFN:Rose\nFN:Rosa\nN:A;B\nN:C;D\nORG:X\nORG:Y;Z\nTITLE:1\nTITLE:2\nNOTE:a\nNOTE:b\n"
                     "X-Odd;X-P=\"a;b:c\":v\\;w\nEMAIL:/o=Contoso/cn=rosa\nROLE:\n");
    const struct kith_contact *c = &file.contacts[0];

    assert_item(c, KITH_ITEM_EXTRA, "FN", "Rose");
    assert_item(c, KITH_ITEM_EXTRA, "N", "C;D");
    assert_item(c, KITH_ITEM_EXTRA, "ORG", "Y;Z");
    assert_item(c, KITH_ITEM_EXTRA, "TITLE", "2");
    assert_item(c, KITH_ITEM_EXTRA, "X-Odd", "v;w");
    assert_item(c, KITH_ITEM_EXTRA, "Exchange address", "/o=Contoso/cn=rosa");
    assert_string_equal(c->text[KITH_TEXT_NOTES], "a\n\nb");
    assert_int_equal(c->n_emails, 0);
    assert_int_equal(fate_count(&file, "X-Odd", KITH_FIELD_KEPT), 1);
    assert_int_equal(fate_count(&file, "FN", KITH_FIELD_READ), 2);
    assert_int_equal(fate_count(&file, "FN", KITH_FIELD_KEPT), 1);
    assert_int_equal(fate_count(&file, "ROLE", KITH_FIELD_IGNORED), 1);
}

/* --- Damage ---------------------------------------------------------------------- */

static void vcard__cards_without_an_end_are_told(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file, "BEGIN:VCARD\nFN:One\nBEGIN:VCARD\nFN:Two\nEND\nBEGIN:VCARD\nFN:Three\nTEL:1");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 3);
    assert_true(file.contacts[0].partial);
    assert_false(file.contacts[1].partial);
    assert_true(file.contacts[2].partial);
    assert_phone(&file.contacts[2], 0, KITH_PHONE_OTHER, "1");
    assert_string_equal(kith_buf_text(&file.skipped), "card 1: has no end; what is before the next card was read\n"
                                                      "card 3: the file ends too early; what is there was read\n");
}

static void vcard__damage_costs_no_more_than_its_line(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file,
              "BEGIN:VCARD\nFN:One\nNOTE:begun\nand lost its fold: it says\nTEL;TYPE=\"work:1\nEMAIL;ENCODING=B:*\n"
              "EMAIL:one@kontor.example\nEND:VCARD\nBEGIN:VCARD\nFN:Two\nEND:VCARD\n");
    assert_int_equal(file.n, 2);
    assert_true(file.contacts[0].partial);
    assert_string_equal(file.contacts[0].emails[0].address, "one@kontor.example");
    assert_phone(&file.contacts[0], 0, KITH_PHONE_WORK, "1");
    assert_int_equal(fate_count(&file, "(a line without a name)", KITH_FIELD_IGNORED), 1);
    assert_int_equal(fate_count(&file, "EMAIL", KITH_FIELD_IGNORED), 1);
    assert_false(file.contacts[1].partial);
}

static void vcard__soft_break_does_not_swallow_the_end(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file, "BEGIN:VCARD\nNOTE;QUOTED-PRINTABLE:cut=\nEND:VCARD\nBEGIN:VCARD\nFN:Two\nEND:VCARD\n");
    assert_int_equal(file.n, 2);
    assert_string_equal(file.contacts[0].text[KITH_TEXT_NOTES], "cut");
}

static void vcard__card_inside_of_a_card_is_no_contact(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file,
              "BEGIN:VCARD\nVERSION:2.1\nFN:Boss\nAGENT:\nBEGIN:VCARD\nFN:Agent\nTEL:1\nEND:VCARD\nTEL:2\nEND:VCARD\n"
              "BEGIN:VCARD\nFN:Other\nAGENT:BEGIN:VCARD\\nFN:Agent\\nEND:VCARD\\n\nEND:VCARD\n");
    assert_int_equal(file.n, 2);
    assert_int_equal(file.contacts[0].n_phones, 1);
    assert_phone(&file.contacts[0], 0, KITH_PHONE_OTHER, "2");
    assert_string_equal(file.contacts[1].text[KITH_TEXT_DISPLAY], "Other");
    assert_int_equal(fate_count(&file, "AGENT", KITH_FIELD_IGNORED), 2);
}

static void vcard__lists_and_empty_cards_are_skipped_and_told(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;

    read_text(&file, "BEGIN:VCARD\nKIND:group\nFN:Family\nMEMBER:urn:uuid:1\nEND:VCARD\n"
                     "BEGIN:VCARD\nX-ADDRESSBOOKSERVER-KIND:group\nFN:Team\nEND:VCARD\n"
                     "BEGIN:VCARD\nX-EVOLUTION-LIST:TRUE\nFN:List\nEND:VCARD\n"
                     "BEGIN:VCARD\nVERSION:3.0\nUID:1\nN:;;;;\nTEL: \nEND:VCARD\n");
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 0);
    assert_string_equal(kith_buf_text(&file.skipped), "contact list: its members are contacts of their own\n"
                                                      "contact list: its members are contacts of their own\n"
                                                      "contact list: its members are contacts of their own\n"
                                                      "card 4: holds nothing\n");
}

static void vcard__file_without_a_card_fails(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        enum kith_reason reason;
    } cases[] = {{"", KITH_REASON_FILE_EMPTY},
                 {"\xef\xbb\xbf \r\n\r\n", KITH_REASON_FILE_EMPTY},
                 {"First Name,Last Name\r\n", KITH_REASON_FILE_UNKNOWN},
                 {"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n", KITH_REASON_FILE_UNKNOWN}};

    for (size_t i = 0; i < KITH_COUNT_OF(cases); i++) {
        KITH_AUTO_DONE(file) file;

        read_text(&file, cases[i].text);
        assert_int_equal(file.st, KITH_E_FILE);
        assert_int_equal(file.err.reason, cases[i].reason);
        assert_string_not_equal(file.err.message, "");
    }
}

static void vcard__too_much_is_cut_and_told(void **state)
{
    (void)state;
    KITH_AUTO_DONE(file) file;
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, SIZE_MAX);
    assert_true(kith_buf_add_text(&text, "BEGIN:VCARD\nFN:"));
    for (int i = 0; i < 40 * 1024; i++)
        assert_true(kith_buf_add_text(&text, "é"));
    for (int i = 0; i < KITH_PARTS_MAX + 5; i++)
        assert_true(kith_buf_add_text(&text, "\nTEL:1"));
    assert_true(kith_buf_add_text(&text, "\nEND:VCARD\n"));
    read_bytes(&file, text.data, text.len);
    assert_int_equal(file.n, 1);
    assert_true(file.contacts[0].partial);
    assert_int_equal(strlen(file.contacts[0].text[KITH_TEXT_DISPLAY]), 32 * 1024);
    assert_int_equal(file.contacts[0].n_phones, KITH_PARTS_MAX);
    assert_int_equal(fate_count(&file, "TEL", KITH_FIELD_IGNORED), 5);
}

static void vcard__notes_are_cut_where_a_contact_may_end(void **state)
{
    (void)state;
    enum { NOTES_MAX = 1024 * 1024 };
    KITH_AUTO_DONE(file) file;
    KITH_AUTO_DONE(kith_buf) text;

    kith_buf_init(&text, SIZE_MAX);
    assert_true(kith_buf_add_text(&text, "BEGIN:VCARD\nNOTE:"));
    for (int i = 0; i < NOTES_MAX; i++)
        assert_true(kith_buf_add_text(&text, "ab"));
    assert_true(kith_buf_add_text(&text, "\nNOTE:more\nTEL:1\nEND:VCARD\n"));
    read_bytes(&file, text.data, text.len);
    assert_int_equal(file.n, 1);
    assert_true(file.contacts[0].partial);
    assert_int_equal(strlen(file.contacts[0].text[KITH_TEXT_NOTES]), NOTES_MAX);
    assert_phone(&file.contacts[0], 0, KITH_PHONE_OTHER, "1");
    assert_int_equal(fate_count(&file, "NOTE", KITH_FIELD_IGNORED), 1);
}

static enum kith_status refuse(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                               struct kith_error *err)
{
    (void)contact;
    (void)arena;
    (*(int *)ctx)++;
    return kith_fail(err, KITH_E_CANCELLED, "no more");
}

static void vcard__sink_ends_the_reading(void **state)
{
    (void)state;
    static const char text[] = "BEGIN:VCARD\nFN:1\nEND:VCARD\nBEGIN:VCARD\nFN:2\nEND:VCARD\n";
    int n = 0;
    struct kith_contact_sink sink = {.contact = refuse, .ctx = &n};
    struct kith_error err = {0};

    assert_int_equal(kith_parse_vcard(text, sizeof(text) - 1, &sink, &err), KITH_E_CANCELLED);
    assert_string_equal(err.message, "no more");
    assert_int_equal(n, 1);
}

/* --- Pictures ------------------------------------------------------------------------ */

static void vcard__pictures_in_every_spelling(void **state)
{
    static const char *const lines[] = {
        "PHOTO;ENCODING=BASE64;TYPE=PNG:iVBORw0KGgoAAAAAAAAAAA==\r\n",
        "PHOTO;PNG;BASE64:\r\n iVBORw0KGgoA\r\n AAAAAAAAAA==\r\n\r\n",
        "PHOTO;ENCODING=b;TYPE=image/png:iVBORw0K\r\n GgoAAAAAAAAAAA==\r\n",
        "PHOTO:data:image/png;base64,iVBORw0KGgoAAAAAAAAAAA==\r\n",
        "item1.PHOTO;VALUE=uri:DATA:image/png;foo=bar;BASE64,iVBORw0KGgoAAAAAAAAAAA==\r\n",
    };

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(lines); i++) {
        KITH_AUTO_DONE(kith_buf) card;
        KITH_AUTO_DONE(file) file;

        kith_buf_init(&card, SIZE_MAX);
        assert_true(kith_buf_addf(&card, "BEGIN:VCARD\r\nFN:Ada\r\n%sEND:VCARD\r\n", lines[i]));
        read_bytes(&file, card.data, card.len);
        assert_int_equal(file.n, 1);
        assert_true(file.contacts[0].has_photo);
        assert_int_equal(file.contacts[0].n_photo, 16);
        assert_memory_equal(file.contacts[0].photo, "\x89PNG\r\n\x1A\n", 8);
    }
}

static void vcard__pictures_that_are_none_or_elsewhere(void **state)
{
    static const char *const lines[] = {
        "PHOTO;VALUE=uri:https://pictures.example/ada.png",
        "PHOTO:data:image/png;base64,!!!!",
        "PHOTO;ENCODING=b:bm8gcGljdHVyZSBhdCBhbGw=",
        "PHOTO;ENCODING=b:not base64",
        "PHOTO:data:image/png,plain",
        "PHOTO:",
    };

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(lines); i++) {
        KITH_AUTO_DONE(kith_buf) card;
        KITH_AUTO_DONE(file) file;

        kith_buf_init(&card, SIZE_MAX);
        assert_true(kith_buf_addf(&card, "BEGIN:VCARD\r\nFN:Ada\r\n%s\r\nEND:VCARD\r\n", lines[i]));
        read_bytes(&file, card.data, card.len);
        assert_int_equal(file.n, 1);
        assert_false(file.contacts[0].has_photo);
        assert_null(file.contacts[0].photo);
    }
}

/* --- There and back ----------------------------------------------------------------- */

/* Every field that a contact can have, with what is hard to write in it. */
static void fill(struct kith_contact *contact, struct kith_arena *arena)
{
    static const char *const texts[KITH_TEXT_COUNT] = {
        [KITH_TEXT_DISPLAY] = "Dr. Rosa, \"Rosinha\" Almeida; Jr.",
        [KITH_TEXT_GIVEN] = "Rosa",
        [KITH_TEXT_MIDDLE] = "Maria,Luz",
        [KITH_TEXT_FAMILY] = "Almeida; Figueiredo",
        [KITH_TEXT_PREFIX] = "Dr.",
        [KITH_TEXT_SUFFIX] = "Jr.",
        [KITH_TEXT_NICKNAME] = "Rosinha, Ro",
        [KITH_TEXT_INITIALS] = "R.A.",
        [KITH_TEXT_FILE_AS] = "Almeida, Rosa",
        [KITH_TEXT_PHONETIC_GIVEN] = "ろさ",
        [KITH_TEXT_PHONETIC_FAMILY] = "あるめいだ",
        [KITH_TEXT_PHONETIC_COMPANY] = "はるぼるせん",
        [KITH_TEXT_COMPANY] = "Halvorsen; Sons",
        [KITH_TEXT_DEPARTMENT] = "Quality, Lab",
        [KITH_TEXT_JOB_TITLE] = "Lead\\Deputy",
        [KITH_TEXT_OFFICE] = "3.14",
        [KITH_TEXT_PROFESSION] = "Engineer",
        [KITH_TEXT_MANAGER] = "Britta",
        [KITH_TEXT_ASSISTANT] = "Tom",
        [KITH_TEXT_SPOUSE] = "João",
        [KITH_TEXT_NOTES] = "First\n\n\tthird, with \\n and \\\\ ^n\n END:VCARD\n",
    };

    contact->folder = "Contacts/Suppliers, old";
    contact->shown = "Rosa";
    contact->created_s = 1413760104;
    contact->modified_s = 1413760105;
    for (int i = 0; i < KITH_TEXT_COUNT; i++)
        contact->text[i] = texts[i];
    for (int kind = 0; kind < KITH_PHONE_KIND_COUNT; kind++) {
        for (int form = 0; form < 4; form++) {
            struct kith_phone *phone = kith_contact_add_phone(contact, arena);

            phone->kind = (enum kith_phone_kind)kind;
            phone->raw = form == 3 ? "tel:+44" : "(020) 7946^0812; x 24";
            phone->label = form == 1 ? "reception, day" : "";
            if (form == 2) {
                (void)kith_text_copy(phone->e164, sizeof(phone->e164), "+442079460812");
                (void)kith_text_copy(phone->extension, sizeof(phone->extension), "24");
            }
        }
    }
    for (int place = KITH_PLACE_NONE; place <= KITH_PLACE_OTHER; place++) {
        *kith_contact_add_email(contact, arena) = (struct kith_email){(enum kith_place)place, "rosa@halvorsen.example",
                                                                      "Rosa \"^\" A.", place == 1 ? "lab" : ""};
        *kith_contact_add_address(contact, arena) = (struct kith_address){
            (enum kith_place)place, "14 Lantern Yard\n2nd, left", "Box 1;2", "London", "E", "SE1", "UK", "summer"};
        *kith_contact_add_item(contact, arena, KITH_ITEM_WEB, "www.a.example/é b%20c") = (struct kith_item){
            KITH_ITEM_WEB, (enum kith_place)place, place == 2 ? "blog" : "", "www.a.example/é b%20c,d;e\\f"};
        *kith_contact_add_item(contact, arena, KITH_ITEM_CHAT, "") = (struct kith_item){
            KITH_ITEM_CHAT, (enum kith_place)place, place == 2 ? "Skype" : "", place == 3 ? "sip:r a" : "im:rosa"};
    }
    for (int kind = KITH_DATE_BIRTHDAY; kind <= KITH_DATE_OTHER; kind++) {
        *kith_contact_add_date(contact, arena) = (struct kith_date){(enum kith_date_kind)kind, 1981, 3, 14, ""};
        *kith_contact_add_date(contact, arena) = (struct kith_date){(enum kith_date_kind)kind, 0, 2, 29, "First day"};
    }
    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Suppliers");
    kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Lisbon, 2026");
    kith_contact_add_item(contact, arena, KITH_ITEM_CHILD, "Inês");
    kith_contact_add_item(contact, arena, KITH_ITEM_RELATION, "Ana")->label = "Friend";
    kith_contact_add_item(contact, arena, KITH_ITEM_RELATION, "Eva")->label = "spouse";
    kith_contact_add_item(contact, arena, KITH_ITEM_RELATION, "urn:uuid:1")->label = "Godmother";
    kith_contact_add_item(contact, arena, KITH_ITEM_RELATION, "Kim");
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "one; two")->label = "User field 1";
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "1985-04")->label = "BDAY";
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "no label");
    contact->has_photo = true;
    contact->photo = "\x89PNG\r\n\x1A\n\0\x80\xFF and more of it";
    contact->n_photo = 26;
}

static void assert_comes_back(const struct kith_contact *contact,
                              bool (*show)(struct kith_buf *out, const struct kith_contact *contact))
{
    KITH_AUTO_DONE(kith_buf) card;
    KITH_AUTO_DONE(file) file;
    struct difference difference;

    kith_buf_init(&card, SIZE_MAX);
    assert_true(show(&card, contact));
    read_bytes(&file, card.data, card.len);
    assert_int_equal(file.st, KITH_OK);
    assert_int_equal(file.n, 1);
    if (!same_contact(&difference, contact, &file.contacts[0]))
        fail_msg("%s in\n%s", difference.text, card.data);
    assert_false(file.contacts[0].partial);

    /* Once more: its id stays what it is. */
    KITH_AUTO_DONE(kith_buf) again;
    KITH_AUTO_DONE(file) twice;

    KITH_AUTO_DONE(kith_buf) stored_id; /* behind the tag and the number that an account of files gives it */
    struct kith_contact stored = file.contacts[0];

    kith_buf_init(&again, SIZE_MAX);
    kith_buf_init(&stored_id, SIZE_MAX);
    assert_true(kith_buf_addf(&stored_id, "tag:1:%s", stored.source_id));
    stored.source_id = kith_buf_text(&stored_id);
    assert_true(show(&again, &stored));
    read_bytes(&twice, again.data, again.len);
    assert_string_equal(twice.contacts[0].source_id, file.contacts[0].source_id);
}

static void vcard__every_field_comes_back(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    fill(contact, kith_contact_arena(contact));
    assert_comes_back(contact, kith_show_vcard4);
    assert_comes_back(contact, kith_show_vcard3);
}

/* Of as many bytes as are kept of one: as base64, and folded, they are nearly half as many again. */
static void vcard__the_largest_picture_comes_back(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    char *picture = kith_arena_alloc(kith_contact_arena(contact), KITH_PHOTO_BYTES_MAX);

    memcpy(picture, "\x89PNG\r\n\x1A\n", 8);
    contact->text[KITH_TEXT_DISPLAY] = "Rosa";
    contact->has_photo = true;
    contact->photo = picture;
    contact->n_photo = KITH_PHOTO_BYTES_MAX;
    assert_comes_back(contact, kith_show_vcard4);
    assert_comes_back(contact, kith_show_vcard3);
}

static void vcard__what_is_not_there_does_not_come_back(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    contact->shown = "rosa@halvorsen.example"; /* stands in for a name: no name must come of it */
    kith_contact_add_email(contact, kith_contact_arena(contact))->address = "rosa@halvorsen.example";
    assert_comes_back(contact, kith_show_vcard4);
    assert_comes_back(contact, kith_show_vcard3);
    contact->text[KITH_TEXT_COMPANY] = contact->shown = "Halvorsen";
    assert_comes_back(contact, kith_show_vcard4);
    assert_comes_back(contact, kith_show_vcard3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vcard__outlook_2003),
        cmocka_unit_test(vcard__apple),
        cmocka_unit_test(vcard__google),
        cmocka_unit_test(vcard__android),
        cmocka_unit_test(vcard__evolution),
        cmocka_unit_test(vcard__pictures_in_every_spelling),
        cmocka_unit_test(vcard__pictures_that_are_none_or_elsewhere),
        cmocka_unit_test(vcard__kde_and_blackberry),
        cmocka_unit_test(vcard__version_4),
        cmocka_unit_test(vcard__code_page_is_named_or_told_from_the_bytes),
        cmocka_unit_test(vcard__lines_end_as_they_like),
        cmocka_unit_test(vcard__whole_file_may_be_utf16),
        cmocka_unit_test(vcard__old_version_folds_at_blanks_and_has_plain_backslashes),
        cmocka_unit_test(vcard__control_characters_are_harmless),
        cmocka_unit_test(vcard__types_in_all_spellings),
        cmocka_unit_test(vcard__days_in_all_spellings),
        cmocka_unit_test(vcard__label_without_an_address_is_one),
        cmocka_unit_test(vcard__nothing_is_dropped),
        cmocka_unit_test(vcard__cards_without_an_end_are_told),
        cmocka_unit_test(vcard__damage_costs_no_more_than_its_line),
        cmocka_unit_test(vcard__soft_break_does_not_swallow_the_end),
        cmocka_unit_test(vcard__card_inside_of_a_card_is_no_contact),
        cmocka_unit_test(vcard__lists_and_empty_cards_are_skipped_and_told),
        cmocka_unit_test(vcard__file_without_a_card_fails),
        cmocka_unit_test(vcard__too_much_is_cut_and_told),
        cmocka_unit_test(vcard__notes_are_cut_where_a_contact_may_end),
        cmocka_unit_test(vcard__sink_ends_the_reading),
        cmocka_unit_test(vcard__every_field_comes_back),
        cmocka_unit_test(vcard__the_largest_picture_comes_back),
        cmocka_unit_test(vcard__what_is_not_there_does_not_come_back),
    };

    return cmocka_run_group_tests_name("parse_vcard", tests, NULL, NULL);
}
