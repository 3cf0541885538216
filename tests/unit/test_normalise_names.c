/* SPDX-License-Identifier: MIT */
/* test_normalise_names.c - what is shown, its heavy part, initials, reading, order and heading. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "normalise/normaliser.h"

struct card {
    const char *display, *given, *family, *company, *email, *number;
};

static void fill(const struct card *card, struct kith_contact *contact)
{
    struct kith_arena *arena = kith_contact_arena(contact);

    contact->text[KITH_TEXT_DISPLAY] = card->display ? card->display : "";
    contact->text[KITH_TEXT_GIVEN] = card->given ? card->given : "";
    contact->text[KITH_TEXT_FAMILY] = card->family ? card->family : "";
    contact->text[KITH_TEXT_COMPANY] = card->company ? card->company : "";
    if (card->email)
        kith_contact_add_email(contact, arena)->address = card->email;
    if (card->number)
        kith_contact_add_phone(contact, arena)->raw = card->number;
}

static void make(const char *language, const struct card *card, struct kith_contact *contact, struct kith_keys *keys)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new(language, "US");

    fill(card, contact);
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_keys(n, contact, keys);
}

static void names__the_source_decides_what_is_shown_else_what_there_is(void **state)
{
    (void)state;
    static const struct {
        struct card card;
        const char *shown;
        bool nameless;
    } rows[] = {
        {{.display = "Rosie A.", .given = "Rosa", .family = "Almeida"}, "Rosie A.", false},
        {{.given = "Rosa", .family = "Almeida"}, "Rosa Almeida", false},
        {{.family = "Almeida"}, "Almeida", false},
        {{.given = "芳", .family = "王"}, "王芳", false},
        {{.given = "민준", .family = "김"}, "김민준", false},
        {{.given = "マリア", .family = "山口"}, "山口 マリア", false},
        {{.given = "ليلى", .family = "حدّاد"}, "ليلى حدّاد", false},
        {{.company = "Atelier Brume", .email = "x@y.example"}, "Atelier Brume", false},
        {{.display = " ", .email = "tom@marisol.example", .number = "1"}, "tom@marisol.example", true},
        {{.display = "tom@marisol.example", .email = "Tom@marisol.example"}, "tom@marisol.example", true},
        {{.number = "+1 408 555 0142"}, "+1 408 555 0142", true},
        {{0}, "No name", true},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        KITH_AUTO(kith_contact) contact = kith_contact_new();
        KITH_AUTO_DONE(kith_keys) keys;

        kith_keys_init(&keys);
        make("en", &rows[i].card, contact, &keys);
        assert_string_equal(contact->shown, rows[i].shown);
        assert_int_equal(contact->nameless, rows[i].nameless);
    }
}

static void names__initials_are_those_that_people_expect(void **state)
{
    (void)state;
    static const struct {
        struct card card;
        const char *initials;
    } rows[] = {
        {{.given = "Rosa", .family = "Almeida"}, "RA"},
        {{.given = "Maximiliane", .family = "von Auersperg-Lichtenfels"}, "MA"},
        {{.given = "rosa", .family = "almeida"}, "RA"},
        {{.given = "Marius", .family = "Øverås"}, "MØ"},
        {{.given = "Мария", .family = "Иванова"}, "МИ"},
        {{.given = "მარიამ", .family = "ბერიძე"}, "მბ"},
        {{.given = "मारिया", .family = "डिसूज़ा"}, "मड"},
        {{.given = "太郎", .family = "山田"}, "山"},
        {{.given = "マリア", .family = "山口"}, "山"},
        {{.given = "민준", .family = "김"}, "김"},
        {{.display = "王小明"}, "王"},
        {{.given = "ليلى", .family = "حدّاد"}, "ل"},
        {{.given = "דוד", .family = "כהן"}, "ד"},
        {{.display = "Rosa Maria Almeida"}, "RA"},
        {{.display = "Dr. Rosa Almeida (Lisbon)"}, "RA"},
        {{.display = "Almeida, Rosa"}, "RA"},
        {{.display = "Madonna"}, "M"},
        {{.given = "Rosa"}, "R"},
        {{.family = "Almeida"}, "A"},
        {{.company = "Atelier Brume"}, ""},
        {{.display = "Atelier Brume", .company = "Atelier Brume"}, ""},
        {{.email = "tom@marisol.example"}, ""},
        {{.number = "+1 408 555 0142"}, ""},
        {{.display = "007"}, ""},
        {{.display = "☎ 🙂"}, ""},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        KITH_AUTO(kith_contact) contact = kith_contact_new();
        KITH_AUTO_DONE(kith_keys) keys;

        kith_keys_init(&keys);
        make("en", &rows[i].card, contact, &keys);
        if (strcmp(contact->initials, rows[i].initials) != 0)
            fail_msg("%s has initials \"%s\", wanted \"%s\"", contact->shown, contact->initials, rows[i].initials);
    }
}

static void names__the_colour_is_the_hash_of_what_is_shown(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;

    kith_keys_init(&keys);
    make("en", &(struct card){.display = "Мария Иванова"}, contact, &keys);
    assert_int_equal(contact->colour, kith_fnv1a32("Мария Иванова", strlen("Мария Иванова")) % 12);
    assert_in_range(contact->colour, 0, 11);
}

static void names__the_heavy_part_is_what_sorts(void **state)
{
    (void)state;
    static const struct {
        struct card card;
        const char *bold;
    } rows[] = {
        {{.given = "Rosa", .family = "Almeida Figueiredo"}, "Almeida Figueiredo"},
        {{.given = "Theodora", .family = "von Auersperg"}, "von Auersperg"},
        {{.display = "Smith Smith", .given = "Smith", .family = "Smith"}, "Smith"},
        {{.given = "太郎", .family = "山田"}, "山田"},
        {{.display = "Rosie", .given = "Rosa", .family = "Almeida"}, ""},
        {{.display = "Annabel Ann", .given = "Annabel", .family = "Ann"}, "Ann"},
        {{.given = "Rosa"}, "Rosa"},
        {{.company = "Atelier Brume"}, "Atelier Brume"},
        {{.number = "+1 408 555 0142"}, ""},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        KITH_AUTO(kith_contact) contact = kith_contact_new();
        KITH_AUTO_DONE(kith_keys) keys;
        char bold[128];

        kith_keys_init(&keys);
        make("en", &rows[i].card, contact, &keys);
        assert_true(keys.bold_start + keys.bold_len <= strlen(contact->shown));
        (void)kith_text_copy_n(bold, sizeof(bold), contact->shown + keys.bold_start, keys.bold_len);
        assert_string_equal(bold, rows[i].bold);
    }
    KITH_AUTO(kith_contact) twice = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;

    kith_keys_init(&keys);
    make("en", &rows[2].card, twice, &keys);
    assert_int_equal(keys.bold_start, 6); /* the family name is the second one */
}

static void names__a_reading_is_printed_where_it_is_true(void **state)
{
    (void)state;
    static const struct {
        const char *shown, *reading;
    } rows[] = {
        {"Мария Иванова", "Mariya Ivanova"},
        {"Юлія Зеленко", "Yuliya Zelenko"},
        {"Борис Ельцин", "Boris Yeltsin"},
        {"Μαρία Παπαδοπούλου", "María Papadopoúlou"},
        {"Γιώργος Ελένης", "Giórgos Elénis"},
        {"მარიამ ბერიძე", "Mariam Beridze"},
        {"मारिया डिसूज़ा", "Māriyā Ḍisūzā"},
        {"マリア ヤマグチ", "Maria Yamaguchi"},
        {"김민준", "Kim Minjun"},
        {"Rosa Almeida", ""},
        {"王芳", ""},
        {"山口 マリア", ""}, /* half of it would be a guess */
        {"ليلى حدّاد", ""},
        {"דוד כהן", ""},
        {"สมชาย ใจดี", ""},
        {"+1 408 555 0142", ""},
    };

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        KITH_AUTO(kith_contact) contact = kith_contact_new();
        KITH_AUTO_DONE(kith_keys) keys;

        kith_keys_init(&keys);
        make("en", &(struct card){.display = rows[i].shown}, contact, &keys);
        if (strcmp(keys.reading, rows[i].reading) != 0)
            fail_msg("%s reads \"%s\", wanted \"%s\"", rows[i].shown, keys.reading, rows[i].reading);
    }
}

static void names__the_sources_own_reading_comes_first(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    char reading[64];
    char tiny[4];

    contact->text[KITH_TEXT_DISPLAY] = "山口 マリア";
    contact->text[KITH_TEXT_PHONETIC_FAMILY] = "ヤマグチ";
    contact->text[KITH_TEXT_PHONETIC_GIVEN] = "マリア";
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_reading(n, contact, reading, sizeof(reading));
    assert_string_equal(reading, "Yamaguchi Maria");
    kith_normalise_reading(n, contact, tiny, sizeof(tiny));
    assert_true(strlen(tiny) < sizeof(tiny));

    contact->text[KITH_TEXT_DISPLAY] = "ليلى حداد";
    contact->text[KITH_TEXT_PHONETIC_FAMILY] = "Haddad";
    contact->text[KITH_TEXT_PHONETIC_GIVEN] = "Layla";
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_reading(n, contact, reading, sizeof(reading));
    assert_string_equal(reading, "Layla Haddad");
}

/* --- Order ----------------------------------------------------------------- */

static int compare_keys(const struct kith_keys *a, const struct kith_keys *b)
{
    size_t len = a->sort.len < b->sort.len ? a->sort.len : b->sort.len;
    int order = memcmp(a->sort.data, b->sort.data, len);

    return order ? order : (a->sort.len > b->sort.len) - (a->sort.len < b->sort.len);
}

struct place {
    struct card card;
    const char *letter;
};

/* Each stands before the next, under its letter. */
static void assert_order(const char *language, const struct place *places, size_t n)
{
    struct kith_keys keys[2];

    for (size_t i = 0; i < n; i++) {
        KITH_AUTO(kith_contact) contact = kith_contact_new();

        kith_keys_init(&keys[i % 2]);
        make(language, &places[i].card, contact, &keys[i % 2]);
        if (strcmp(keys[i % 2].letter, places[i].letter) != 0)
            fail_msg("%s: %s stands under %s, wanted %s", language, contact->shown, keys[i % 2].letter,
                     places[i].letter);
        if (i > 0) {
            if (compare_keys(&keys[(i - 1) % 2], &keys[i % 2]) >= 0)
                fail_msg("%s: %s does not stand behind the one before it", language, contact->shown);
            kith_keys_done(&keys[(i - 1) % 2]);
        }
    }
    kith_keys_done(&keys[(n - 1) % 2]);
}

static void order__family_names_first_then_other_scripts_then_no_letter(void **state)
{
    (void)state;
    static const struct place places[] = {
        {{.given = "Folake", .family = "Adeyemi"}, "A"},
        {{.given = "Britta-Karin", .family = "Ahlström"}, "A"},
        {{.given = "Rosa", .family = "Almeida Figueiredo"}, "A"},
        {{.company = "Atelier Brume"}, "A"},
        {{.given = "Maximiliane", .family = "von Auersperg"}, "A"},
        {{.given = "Wei", .family = "Li"}, "L"},
        {{.given = "Anna", .family = "Lianos"}, "L"},
        {{.given = "Ola", .family = "Øverås"}, "O"},
        {{.given = "Pat", .family = "'t Hooft"}, "H"},
    };
    static const struct place others[] = {
        {{.family = "Zola"}, "Z"},    {{.family = "Παπαδόπουλος"}, "Ω"}, {{.family = "Иванова"}, "Я"},
        {{.family = "ბერიძე"}, "ა"},  {{.family = "כהן"}, "א"},          {{.family = "حداد"}, "ع"},
        {{.family = "शर्मा"}, "अ"},    {{.family = "ใจดี"}, "ท"},          {{.family = "김"}, "가"},
        {{.family = "さとう"}, "あ"}, {{.family = "王"}, "漢"},          {{.number = "+1 408 555"}, "#"},
    };

    assert_order("en", places, KITH_COUNT_OF(places) - 1);
    assert_order("en", places + KITH_COUNT_OF(places) - 1, 1);
    assert_order("en", others, KITH_COUNT_OF(others));
}

static void order__each_language_has_its_own_letters(void **state)
{
    (void)state;
    static const struct place swedish[] = {{{.family = "Zetterlund"}, "Z"},
                                           {{.family = "Åberg"}, "Å"},
                                           {{.family = "Ärlig"}, "Ä"},
                                           {{.family = "Öberg"}, "Ö"}};
    static const struct place thai[] = {{{.family = "ใจดี"}, "จ"}, {{.family = "เดชา"}, "ด"}};
    static const struct place german[] = {
        {{.family = "Ahrens"}, "A"}, {{.family = "Ärlig"}, "A"}, {{.family = "Azul"}, "A"}};
    static const struct place danish[] = {
        {{.family = "Zola"}, "Z"}, {{.family = "Ærø"}, "Æ"}, {{.family = "Øster"}, "Ø"}, {{.family = "Aaberg"}, "Å"}};
    static const struct place czech[] = {{{.family = "Cibulka"}, "C"},
                                         {{.family = "Čapek"}, "Č"},
                                         {{.family = "Hora"}, "H"},
                                         {{.family = "Chalupa"}, "Ch"},
                                         {{.family = "Ivan"}, "I"}};
    static const struct place spanish[] = {
        {{.family = "Nuevo"}, "N"}, {{.family = "Ñandú"}, "Ñ"}, {{.family = "Ortiz"}, "O"}};
    static const struct place russian[] = {{{.family = "Алексеев"}, "А"}, {{.family = "Ёлкин"}, "Е"},
                                           {{.family = "Иванов"}, "И"},   {{.family = "Йовов"}, "Й"},
                                           {{.family = "Almeida"}, "A"},  {{.family = "Zola"}, "A"}};
    static const struct place greek[] = {{{.family = "Άγγελος"}, "Α"}, {{.family = "Βασιλείου"}, "Β"}};
    static const struct place korean[] = {
        {{.family = "김"}, "가"}, {{.family = "까"}, "가"}, {{.family = "박"}, "바"}, {{.family = "Zola"}, "A"}};
    static const struct place japanese[] = {{{.family = "さとう"}, "さ"},
                                            {{.family = "タナカ"}, "た"},
                                            {{.family = "やまだ"}, "や"},
                                            {{.family = "Zola"}, "A"},
                                            {{.family = "王"}, "漢"}};
    static const struct place chinese[] = {{{.given = "伟", .family = "陈"}, "C"},
                                           {{.family = "Diaz"}, "D"},
                                           {{.given = "芳", .family = "王"}, "W"},
                                           {{.given = "国", .family = "曾"}, "Z"}};

    assert_order("sv_SE", swedish, KITH_COUNT_OF(swedish));
    assert_order("th", thai, KITH_COUNT_OF(thai));
    assert_order("de", german, KITH_COUNT_OF(german));
    assert_order("da_DK.UTF-8", danish, KITH_COUNT_OF(danish));
    assert_order("cs", czech, KITH_COUNT_OF(czech));
    assert_order("es", spanish, KITH_COUNT_OF(spanish));
    assert_order("ru", russian, KITH_COUNT_OF(russian));
    assert_order("el", greek, KITH_COUNT_OF(greek));
    assert_order("ko", korean, KITH_COUNT_OF(korean));
    assert_order("ja", japanese, KITH_COUNT_OF(japanese));
    assert_order("zh", chinese, KITH_COUNT_OF(chinese));
}

static void order__the_version_names_the_language(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) swedish = kith_normaliser_new("sv_SE.UTF-8", "se");
    KITH_AUTO(kith_normaliser) german = kith_normaliser_new("de", "");
    KITH_AUTO(kith_normaliser) none = kith_normaliser_new("C", "");

    assert_string_not_equal(kith_normaliser_sort_version(swedish), kith_normaliser_sort_version(german));
    assert_string_not_equal(kith_normaliser_sort_version(none), kith_normaliser_sort_version(german));
    assert_non_null(strstr(kith_normaliser_sort_version(swedish), "sv_SE"));
    assert_ptr_equal(kith_normaliser_version(), kith_normaliser_version());
    assert_string_equal(kith_normaliser_region(swedish), "se");
}

static void order__an_unknown_language_sorts_like_no_language(void **state)
{
    (void)state;
    static const struct place places[] = {{{.family = "Almeida"}, "A"}, {{.family = "Zola"}, "Z"}};

    assert_order("xx_YY", places, KITH_COUNT_OF(places));
    assert_order("", places, KITH_COUNT_OF(places));
    assert_order("POSIX", places, KITH_COUNT_OF(places));
    assert_order("this-is-no-language-at-all-but-a-rather-long-text", places, KITH_COUNT_OF(places));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names__the_source_decides_what_is_shown_else_what_there_is),
        cmocka_unit_test(names__initials_are_those_that_people_expect),
        cmocka_unit_test(names__the_colour_is_the_hash_of_what_is_shown),
        cmocka_unit_test(names__the_heavy_part_is_what_sorts),
        cmocka_unit_test(names__a_reading_is_printed_where_it_is_true),
        cmocka_unit_test(names__the_sources_own_reading_comes_first),
        cmocka_unit_test(order__family_names_first_then_other_scripts_then_no_letter),
        cmocka_unit_test(order__each_language_has_its_own_letters),
        cmocka_unit_test(order__the_version_names_the_language),
        cmocka_unit_test(order__an_unknown_language_sorts_like_no_language),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
