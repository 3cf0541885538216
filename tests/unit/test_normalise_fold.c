/* SPDX-License-Identifier: MIT */
/* test_normalise_fold.c - text becomes the words by which it is found. */
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

static void assert_folds(const char *text, const char *want)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO_DONE(kith_buf) out;

    kith_buf_init(&out, 4096);
    kith_normalise_fold(n, text, &out);
    if (strcmp(kith_buf_text(&out), want) != 0)
        fail_msg("\"%s\" folds to \"%s\", wanted \"%s\"", text, kith_buf_text(&out), want);
}

static void fold__case_accents_and_punctuation_do_not_count(void **state)
{
    (void)state;
    assert_folds("", "");
    assert_folds("  ...  ", "");
    assert_folds("Rosa ALMEIDA", "rosa almeida");
    assert_folds("Lefèvre, Núñez; Øverås/Łukasz", "lefevre nunez overas lukasz");
    assert_folds("Trần Nguyễn", "tran nguyen");
    assert_folds("e\xCC\x81lise", "elise"); /* the accent as a character of its own */
    assert_folds("Weiß Straße ẞ", "weiss strasse ss");
    assert_folds("3M Halvorsen+Söhne", "3m halvorsen sohne");
    assert_folds("ﬁne ＲＯＳＡ ①", "fine rosa 1");
    assert_folds("\xC2\xA0Ro\xC2\xADsa\xE2\x80\x8B", "rosa"); /* no-break space, soft hyphen, zero width space */
}

static void fold__turkish_i_is_i(void **state)
{
    (void)state;
    assert_folds("IŞIL İnci ışık Isil", "isil inci isik");
}

static void fold__apostrophes_join_and_hyphens_part(void **state)
{
    (void)state;
    assert_folds("O'Brien O’Brien OʼBrien", "obrien");
    assert_folds("D'Angelo-Müller", "dangelo muller");
    assert_folds("Jean-Luc Jean‐Luc", "jean luc");
    assert_folds("James' 'tis", "james tis");
    assert_folds("--- ''' -", "");
}

static void fold__other_scripts_keep_their_letters(void **state)
{
    (void)state;
    assert_folds("Мария КОРОЛЁВА", "мария королева");
    assert_folds("ΓΙΏΡΓΟΣ Γιώργος", "γιωργοσ");
    assert_folds("مُحَمَّد محمد محـمد", "محمد");
    assert_folds("أحمد احمد إحمد آحمد", "احمد");
    assert_folds("فاطمة فاطمه", "فاطمه");
    assert_folds("ليلى ليلي لیلی", "ليلي");
    assert_folds("דָּוִד דוד", "דוד");
    assert_folds("שלום שלומ", "שלומ");
    assert_folds("ヤマダ やまだ ﾔﾏﾀﾞ", "やまだ");
    assert_folds("山田Taro", "山田 taro");
    assert_folds("김민준", "김민준");
    assert_folds("٠٢٠ ०१२", "020 012");
}

static void fold__bytes_that_are_no_text_are_no_words(void **state)
{
    (void)state;
    assert_folds("\xFF\xFE", "");
    assert_folds("ros\xFF"
                 "a",
                 "ros a");
    assert_folds("\xEE\x80\x80mhmd\xEE\x80\x81", "mhmd"); /* nobody types their way into the skeletons */
}

static void fold__long_texts_and_words_are_cut(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO_DONE(kith_buf) out;
    char text[8000];

    memset(text, 'a', sizeof(text));
    text[sizeof(text) - 1] = '\0';
    kith_buf_init(&out, 4096);
    kith_normalise_fold(n, text, &out);
    assert_true(out.len > 0 && out.len < 64);

    for (size_t i = 0; i + 2 < sizeof(text); i += 2)
        memcpy(text + i, "ä", 2);
    kith_buf_clear(&out);
    kith_normalise_fold(n, text, &out);
    assert_true(out.len > 0 && out.len < 64);
    for (size_t i = 0; i < sizeof(text) - 1; i++)
        text[i] = "\xEF\xB7\xBA"[i % 3]; /* one character that stands for eighteen */
    kith_buf_clear(&out);
    kith_normalise_fold(n, text, &out);
}

/* --- Keys of a contact ----------------------------------------------------- */

static bool has_word(const char *words, const char *word)
{
    char wanted[96];
    char padded[2200];

    (void)kith_text_format(wanted, sizeof(wanted), " %s ", word);
    (void)kith_text_format(padded, sizeof(padded), " %s ", words);
    return strstr(padded, wanted) != NULL;
}

/* wanted: words separated by spaces; those with ! before them must not be there. */
static void assert_words(const char *words, const char *wanted)
{
    char word[96];

    while (*wanted) {
        size_t len = strcspn(wanted, " ");
        bool absent = *wanted == '!';

        (void)kith_text_copy_n(word, sizeof(word), wanted + absent, len - absent);
        if (has_word(words, word) == absent)
            fail_msg("%s is %s \"%s\"", word, absent ? "among" : "not among", words);
        wanted += len;
        wanted += *wanted == ' ';
    }
}

static void make_keys(const char *language, struct kith_contact *contact, struct kith_keys *keys)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new(language, "GB");

    kith_keys_init(keys);
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_keys(n, contact, keys);
}

static void assert_name_words(const char *given, const char *family, const char *wanted)
{
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;

    contact->text[KITH_TEXT_GIVEN] = given;
    contact->text[KITH_TEXT_FAMILY] = family;
    make_keys("en", contact, &keys);
    assert_words(kith_buf_text(&keys.names), wanted);
}

static void keys__names_have_both_forms_of_what_is_joined(void **state)
{
    (void)state;
    assert_name_words("Jean-Luc", "O'Brien", "jean luc jeanluc obrien brien");
    assert_name_words("J. R.", "Tolkmann", "j r jr tolkmann");
    assert_name_words("J.R.R.", "Tolkmann", "jrr");
    assert_name_words("Ana", "De Luca", "ana de luca deluca");
    assert_name_words("Ian", "Mc Donald", "mc donald mcdonald");
    assert_name_words("Pieter", "van der Berg", "van der berg derberg vanderberg");
    assert_name_words("Inés", "de la Cruz Ortiz", "cruz lacruz delacruz ortiz !cruzortiz !delacruzortiz");
    assert_name_words("Rosa", "Almeida", "rosa almeida ra");
}

static void keys__umlauts_are_found_in_both_spellings(void **state)
{
    (void)state;
    assert_name_words("Jürgen", "Müller", "jurgen juergen muller mueller");
    assert_name_words("Juergen", "Mueller", "juergen jurgen mueller muller");
    assert_name_words("Håkon", "Sørensen", "hakon haakon sorensen soerensen");
    assert_name_words("Haakon", "Soerensen", "haakon hakon soerensen sorensen");
    assert_name_words("Kjær", "Weiß", "kjaer weiss");
    assert_name_words("Đorđe", "Þór", "djordje dorde thor");
}

static void keys__arabic_names_are_found_without_their_article(void **state)
{
    (void)state;
    assert_name_words("محمد", "الرشيد", "الرشيد رشيد");
    assert_name_words("محمد", "الحق", "الحق !حق"); /* too short: it would be the beginning of anything */
    assert_name_words("آلاء", "سالم", "سالم");
}

static void keys__a_word_is_there_once(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;

    contact->text[KITH_TEXT_DISPLAY] = "Rosa Almeida";
    contact->text[KITH_TEXT_GIVEN] = "Rosa";
    contact->text[KITH_TEXT_FAMILY] = "Almeida";
    contact->text[KITH_TEXT_FILE_AS] = "Almeida, Rosa";
    make_keys("en", contact, &keys);
    assert_string_equal(kith_buf_text(&keys.names), "rosa almeida ra");
}

static void keys__everything_else_is_found_by_its_words(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_arena *arena = kith_contact_arena(contact);

    contact->text[KITH_TEXT_DISPLAY] = "Rosa Almeida";
    contact->text[KITH_TEXT_NICKNAME] = "Rosie";
    contact->text[KITH_TEXT_COMPANY] = "Grünwald-Optik AT&T";
    contact->text[KITH_TEXT_JOB_TITLE] = "Supplier Quality Lead";
    contact->text[KITH_TEXT_NOTES] = "Met at the fair.";
    kith_contact_add_email(contact, arena)->address = "r.almeida@polar-freight.example";
    kith_contact_add_address(contact, arena)->city = "São Paulo";
    (void)kith_contact_add_item(contact, arena, KITH_ITEM_CATEGORY, "Lisbon 2026");
    (void)kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "unsearched");
    kith_contact_add_phone(contact, arena)->raw = "020 7946 0018";
    kith_contact_add_phone(contact, arena)->raw = "+1 408 555 0100";
    kith_contact_add_phone(contact, arena)->raw = "4711";
    make_keys("en", contact, &keys);
    assert_words(kith_buf_text(&keys.names), "rosa almeida rosie !grunwald");
    assert_words(kith_buf_text(&keys.others), "grunwald gruenwald optik grunwaldoptik att supplier quality lead "
                                              "almeida polar freight example sao paulo lisbon 2026 met fair "
                                              "!unsearched !rosie");
    assert_string_equal(kith_buf_text(&keys.numbers), "2079460018 4085550100 4711");
}

static void keys__are_bounded_whatever_the_source_sends(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;
    char *text = malloc(40000);

    for (size_t i = 0; i < 39999; i++)
        text[i] = i % 7 == 6 ? ' ' : (char)('a' + (i * i / 7) % 26);
    text[39999] = '\0';
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        contact->text[i] = text;
    for (size_t i = 0; i < 500; i++) {
        kith_contact_add_email(contact, kith_contact_arena(contact))->address = text;
        kith_contact_add_phone(contact, kith_contact_arena(contact))->raw = text;
    }
    make_keys("en", contact, &keys);
    assert_true(keys.names.len <= 1024);
    assert_true(keys.others.len <= 1024);
    assert_true(keys.sort.len <= 80);
    free(text);
}

static void keys__only_the_beginning_of_notes_is_kept(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;
    char notes[1000] = "";

    for (unsigned i = 0; i < 100; i++) {
        size_t len = strlen(notes);

        (void)kith_text_format(notes + len, sizeof(notes) - len, "word%u ", i);
    }
    contact->text[KITH_TEXT_DISPLAY] = "Rosa";
    contact->text[KITH_TEXT_NOTES] = notes;
    make_keys("en", contact, &keys);
    assert_words(kith_buf_text(&keys.others), "word0 word31 !word32");
}

static void keys__a_text_alone_has_words_and_no_place_in_the_list(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_contact only;

    kith_contact_init(&only);
    kith_keys_init(&keys);
    only.text[KITH_TEXT_COMPANY] = "Grünwald 王 თბილისი";
    kith_normalise_keys(n, &only, &keys);
    assert_words(kith_buf_text(&keys.others), "grunwald gruenwald 王 wang თბილისი !tbilisi");
    assert_int_equal(keys.sort.len, 0);
    assert_string_equal(keys.letter, "#");
    only.shown = "Grünwald";
    kith_normalise_keys(n, &only, &keys);
    assert_words(kith_buf_text(&keys.others), "grunwald 王 wang თბილისი tbilisi");
    assert_true(keys.sort.len > 0);
}

/* --- Questions ------------------------------------------------------------- */

static void ask(const char *text, const char *region, struct kith_query *query)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", region);

    *query = (struct kith_query){.limit = 20};
    kith_normalise_query(n, text, query);
}

static void assert_query_words(const char *text, const char *want)
{
    struct kith_query query;
    char got[1024] = "";

    ask(text, "GB", &query);
    for (size_t i = 0; i < query.n_words; i++) {
        size_t len = strlen(got);

        (void)kith_text_format(got + len, sizeof(got) - len, "%s%s", i > 0 ? " " : "", query.word[i].text);
    }
    assert_string_equal(got, want);
    assert_int_equal(query.limit, 20);
}

static void query__words_are_folded_and_titles_left_out(void **state)
{
    (void)state;
    assert_query_words("", "");
    assert_query_words("  !? ", "");
    assert_query_words("Rosa alm", "rosa alm");
    assert_query_words("Dr. Rosa Almeida", "rosa almeida");
    assert_query_words("Herr Prof. Müller", "muller");
    assert_query_words("señor Dahl", "dahl");
    assert_query_words("Sayın Işık", "isik");
    assert_query_words("dr", "dr");
    assert_query_words("rosa dr", "rosa dr");
    assert_query_words("O'Brien", "obrien");
    assert_query_words("jean-luc", "jean luc");
    assert_query_words("tom@marisol.exa", "tom marisol exa");
    assert_query_words("a b c d e f g h i j", "a b c d e f g h");
}

static void query__a_number_has_digits_and_what_it_may_begin_with(void **state)
{
    (void)state;
    static const struct {
        const char *text, *region, *digits, *prefix[3];
    } rows[] = {
        {"+44 20", "", "4420", {"4420", "", ""}},
        {"0044 20", "GB", "004420", {"4420", "", ""}},
        {"0044 20", "", "004420", {"4420", "", ""}},
        {"01144", "US", "01144", {"44", "", ""}},
        {"020 79", "GB", "02079", {"442079", "", ""}},
        {"4155", "US", "4155", {"14155", "4155", ""}},
        {"14155", "US", "14155", {"14155", "", ""}},
        {"02 12", "IT", "0212", {"390212", "", ""}},
        {"4420", "", "4420", {"4420", "", ""}},
        {"0044 20 7946 0812 ext 24", "GB", "00442079460812", {"442079460812", "", ""}},
        {"*100#", "GB", "100", {"", "", ""}},
        {"rosa", "GB", "", {"", "", ""}},
        {"room 4155550100", "US", "", {"", "", ""}},
        {"3m", "US", "", {"", "", ""}},
    };
    struct kith_query query;

    for (size_t i = 0; i < KITH_COUNT_OF(rows); i++) {
        ask(rows[i].text, rows[i].region, &query);
        if (strcmp(query.digits, rows[i].digits) != 0)
            fail_msg("%s: digits %s", rows[i].text, query.digits);
        for (size_t k = 0; k < 3; k++)
            if (strcmp(query.e164_prefix[k], rows[i].prefix[k]) != 0)
                fail_msg("%s: prefix %zu is %s", rows[i].text, k, query.e164_prefix[k]);
    }
}

static void query__any_bytes_are_understood_somehow(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("ja", "JP");
    uint32_t random = 99;
    char text[600];

    for (int round = 0; round < 3000; round++) {
        struct kith_query query = {.limit = 0};
        size_t len = (size_t)round % (sizeof(text) - 1);

        for (size_t i = 0; i < len; i++) {
            random = random * 1664525u + 1013904223u;
            text[i] = (char)(random >> 24 ? random >> 24 : 1);
        }
        text[len] = '\0';
        kith_normalise_query(n, text, &query);
        assert_true(query.n_words <= KITH_QUERY_WORDS_MAX);
    }
}

/* Texts of ASCII go a short way; a letter of no width, at the end, takes the long one and adds nothing. */
static void fold__short_way_of_ascii_agrees_with_the_long_one(void **state)
{
    static const char characters[] = "aabAZz09 .,-&+_/()@'` ";
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO_DONE(kith_buf) shorter;
    KITH_AUTO_DONE(kith_buf) longer;
    uint64_t random = 1;

    (void)state;
    kith_buf_init(&shorter, 4096);
    kith_buf_init(&longer, 4096);
    for (int i = 0; i < 20000; i++) {
        char text[160 + 8];
        size_t len = 0, wanted = (size_t)i % 160;

        while (len < wanted) {
            random = random * 6364136223846793005u + 1442695040888963407u;
            text[len++] = i % 7 == 0 ? 'x' : characters[(random >> 33) % (sizeof(characters) - 1)];
        }
        text[len] = '\0';
        kith_buf_clear(&shorter);
        kith_buf_clear(&longer);
        kith_normalise_fold(n, text, &shorter);
        (void)kith_text_copy(text + len, sizeof(text) - len, "\xE2\x80\x8B");
        kith_normalise_fold(n, text, &longer);
        assert_string_equal(kith_buf_text(&shorter), kith_buf_text(&longer));
    }
}

/* Who ranks and explains does not fold a foreign text for what was typed in ASCII. */
static void fold__no_ascii_comes_of_a_foreign_letter(void **state)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO_DONE(kith_buf) out;
    size_t n_foreign = 0;

    (void)state;
    kith_buf_init(&out, 4096);
    for (uint32_t cp = 0x80; cp <= 0x10FFFF; cp++) {
        char text[5] = "";

        if (kith_utf8_put(cp, text) == 0 || !kith_text_is_foreign(text))
            continue;
        n_foreign++;
        kith_buf_clear(&out);
        kith_normalise_fold(n, text, &out);
        for (const char *c = kith_buf_text(&out); *c; c++)
            if ((unsigned char)*c < 0x80 && *c != ' ')
                fail_msg("U+%04X folds to \"%s\"", (unsigned)cp, kith_buf_text(&out));
    }
    assert_true(n_foreign > 30000);
    assert_false(kith_text_is_foreign("山田Taro"));
    assert_false(kith_text_is_foreign("Ż"));
    assert_false(kith_text_is_foreign("٣"));
    assert_true(kith_text_is_foreign("山田 (太郎), Ада"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fold__case_accents_and_punctuation_do_not_count),
        cmocka_unit_test(fold__turkish_i_is_i),
        cmocka_unit_test(fold__short_way_of_ascii_agrees_with_the_long_one),
        cmocka_unit_test(fold__no_ascii_comes_of_a_foreign_letter),
        cmocka_unit_test(fold__apostrophes_join_and_hyphens_part),
        cmocka_unit_test(fold__other_scripts_keep_their_letters),
        cmocka_unit_test(fold__bytes_that_are_no_text_are_no_words),
        cmocka_unit_test(fold__long_texts_and_words_are_cut),
        cmocka_unit_test(keys__names_have_both_forms_of_what_is_joined),
        cmocka_unit_test(keys__umlauts_are_found_in_both_spellings),
        cmocka_unit_test(keys__arabic_names_are_found_without_their_article),
        cmocka_unit_test(keys__a_word_is_there_once),
        cmocka_unit_test(keys__everything_else_is_found_by_its_words),
        cmocka_unit_test(keys__are_bounded_whatever_the_source_sends),
        cmocka_unit_test(keys__only_the_beginning_of_notes_is_kept),
        cmocka_unit_test(keys__a_text_alone_has_words_and_no_place_in_the_list),
        cmocka_unit_test(query__words_are_folded_and_titles_left_out),
        cmocka_unit_test(query__a_number_has_digits_and_what_it_may_begin_with),
        cmocka_unit_test(query__any_bytes_are_understood_somehow),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
