/* SPDX-License-Identifier: MIT */
/*
 * test_normalise_scripts.c - names of other scripts are found by what people type in Latin letters.
 *
 * A name counts as found when the store would find it: every word of the question begins
 * a word of the contact's names, or its consonants do.
 */
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

static bool has_word_beginning(const char *words, const char *mark, const char *beginning)
{
    char wanted[96];

    (void)kith_text_format(wanted, sizeof(wanted), " %s%s", mark, beginning);
    size_t len = strlen(wanted) - 1;
    return strncmp(words, wanted + 1, len) == 0 || strstr(words, wanted) != NULL;
}

static bool finds(const struct kith_keys *keys, const struct kith_query *query)
{
    const char *names = kith_buf_text(&keys->names);

    for (size_t i = 0; i < query->n_words; i++) {
        const struct kith_query_word *word = &query->word[i];
        bool found = has_word_beginning(names, "", word->text) ||
                     (word->skeleton[0] && has_word_beginning(names, "\xEE\x80\x80", word->skeleton));

        if (!found)
            return false;
    }
    return query->n_words > 0;
}

struct name {
    const char *given; /* NULL: family holds the whole name as it is shown */
    const char *family;
    const char *typed[8]; /* all of these find it */
};

static bool is_found(struct kith_normaliser *n, const struct name *name, const char *typed)
{
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_query query = {.limit = 20};

    kith_keys_init(&keys);
    if (name->given) {
        contact->text[KITH_TEXT_GIVEN] = name->given;
        contact->text[KITH_TEXT_FAMILY] = name->family;
    } else {
        contact->text[KITH_TEXT_DISPLAY] = name->family;
    }
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_keys(n, contact, &keys);
    kith_normalise_query(n, typed, &query);
    if (finds(&keys, &query))
        return true;
    print_error("\"%s\" does not find %s: %s\n", typed, contact->shown, kith_buf_text(&keys.names));
    return false;
}

static void assert_all_found(const struct name *names, size_t n_names)
{
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en_US", "US");
    size_t missed = 0;

    for (size_t i = 0; i < n_names; i++)
        for (size_t k = 0; k < KITH_COUNT_OF(names[i].typed) && names[i].typed[k]; k++)
            missed += !is_found(n, &names[i], names[i].typed[k]);
    assert_int_equal(missed, 0);
}

static void scripts__arabic_names_are_found_by_their_many_latin_spellings(void **state)
{
    (void)state;
    static const struct name names[] = {
        {"محمد", "علي", {"muhammad", "mohamed", "mohammed", "mohammad ali", "ali", "muhamm", "محمد", "مُحَمَّد"}},
        {"ليلى", "حدّاد", {"layla", "leila", "laila", "leyla", "haddad", "layla haddad", "ليلي", "حداد"}},
        {"يوسف", "منصور", {"yusuf", "youssef", "yousif", "yusef", "mansour", "mansoor", "يُوسُف"}},
        {"فاطمة", "الزهراء", {"fatima", "fatimah", "fatma", "zahra", "al zahra", "alzahra", "فاطمه"}},
        {"خالد", "الرشيد", {"khaled", "khalid", "haled", "rashid", "rachid", "al-rashid", "alrashid", "el-rashid"}},
        {"أحمد", "حسن", {"ahmed", "ahmad", "achmed", "hassan", "hasan", "احمد"}},
        {"عمر", "فاروق", {"omar", "umar", "farouk", "faruq", "farooq"}},
        {"حسين", "قاسم", {"hussein", "hossein", "husayn", "qasim", "kassem", "qassim"}},
        {"سعيد", "جمال", {"said", "saeed", "jamal", "gamal", "djamal"}},
        {"عائشة", "شريف", {"aisha", "aicha", "ayesha", "sharif", "cherif", "sherif"}},
        {"عثمان", "بكر", {"othman", "osman", "uthman", "usman", "bakr"}},
        {"عبد الرحمن", "سالم", {"abdulrahman", "abdelrahman", "abdurrahman", "abd rahman", "abderrahmane", "salem"}},
        {"عبد الله", "ناصر", {"abdullah", "abdallah", "nasser", "nasir"}},
        {"عبدالعزيز", "طارق", {"abdulaziz", "abdelaziz", "tariq", "tarek", "tarik"}},
        {"إبراهيم", "مصطفى", {"ibrahim", "ebrahim", "mustafa", "moustapha", "mostafa"}},
        {"زينب", "كريم", {"zaynab", "zeinab", "zainab", "karim", "kareem"}},
        {"وليد", "صالح", {"walid", "waleed", "oualid", "saleh", "salih"}},
        {"مريم", "خليل", {"maryam", "mariam", "miriam", "khalil", "halil"}},
        {"نور", "الدين", {"nour", "noor", "nur", "aldin", "al din"}},
        {"رمضان", "غسان", {"ramadan", "ramazan", "ghassan", "gassan"}},
        {"هشام", "محمود", {"hisham", "hicham", "mahmoud", "mahmud", "mahmood"}},
        {"طه", "ممدوح", {"taha", "mamdouh", "mamduh"}},
        {"رضا", "پرویز", {"reza", "rida", "parviz", "parvez"}},
    };

    assert_all_found(names, KITH_COUNT_OF(names));
}

static void scripts__hebrew_names_are_found_by_their_latin_spellings(void **state)
{
    (void)state;
    static const struct name names[] = {
        {"דוד", "כהן", {"david", "cohen", "kohen", "david cohen", "דוד"}},
        {"שרה", "לוי", {"sarah", "sara", "levi", "levy"}},
        {"משה", "פרץ", {"moshe", "mosche", "peretz", "perets"}},
        {"רחל", "שפירא", {"rachel", "rahel", "shapira", "schapira"}},
        {"יוסף", "גולדברג", {"yosef", "joseph", "josef", "goldberg"}},
        {"רבקה", "מזרחי", {"rivka", "mizrahi", "mizrachi"}},
        {"יצחק", "פרידמן", {"yitzhak", "yitzchak", "friedman", "fridman"}},
        {"חיים", "כץ", {"chaim", "haim", "katz"}},
        {"אברהם", "שלום", {"avraham", "abraham", "shalom", "שלומ"}},
        {"מיכל", "ישראלי", {"michal", "israeli", "yisraeli"}},
        {"תמר", "בן־דוד", {"tamar", "ben david", "bendavid", "ben-david"}},
    };

    assert_all_found(names, KITH_COUNT_OF(names));
}

static void scripts__cyrillic_names_are_found_in_the_common_romanisations(void **state)
{
    (void)state;
    static const struct name names[] = {
        {"Юлия", "Щукина", {"yuliya", "yulia", "iulia", "ulia", "julija", "shchukina", "юлия"}},
        {"Мария", "Иванова", {"maria", "mariya", "mariia", "ivanova"}},
        {"Алексей", "Королёв", {"aleksey", "aleksei", "alexey", "alexei", "korolev", "korolyov", "королев"}},
        {"Дмитрий", "Соловьёв", {"dmitry", "dmitri", "dmitriy", "dmitrii", "soloviev", "solovyov"}},
        {"Сергей", "Хованский", {"sergey", "sergei", "sergej", "khovanskiy", "khovansky", "hovansky"}},
        {"Елена", "Ельцова", {"elena", "yelena", "eltsova", "yeltsova"}},
        {"Евгения", "Жукова", {"evgenia", "yevgeniya", "zhukova"}},
        {"Михаил", "Чехов", {"mikhail", "mihail", "chekhov", "chehov"}},
        {"Анастасия", "Цветкова", {"anastasia", "anastasiya", "tsvetkova", "cvetkova"}},
        {"Олександр", "Гриценко", {"oleksandr", "gritsenko"}},
        {"Ірина", "Зеленська", {"iryna", "irina", "zelenska", "ірина"}},
        {"Мар'яна", "Шевчук", {"maryana", "mariana", "shevchuk", "марʼяна"}},
        {"Ђорђе", "Јовановић", {"djordje", "jovanovic"}},
        {"Александр", "Максимов", {"alexander", "aleksandr", "maksimov", "maximov"}},
    };
    /* "Alexander" is the English name: what is typed up to "alexand" finds him. */
    struct name adjusted[KITH_COUNT_OF(names)];

    memcpy(adjusted, names, sizeof(names));
    adjusted[KITH_COUNT_OF(names) - 1].typed[0] = "alexand";
    assert_all_found(adjusted, KITH_COUNT_OF(adjusted));
}

static void scripts__greek_names_are_found_in_the_common_romanisations(void **state)
{
    (void)state;
    static const struct name names[] = {
        {"Γιώργος", "Παπαδόπουλος", {"giorgos", "yiorgos", "yorgos", "papadopoulos", "γιωργος", "ΓΙΩΡΓΟΣ"}},
        {"Χρήστος", "Νικολάου", {"christos", "hristos", "nikolaou"}},
        {"Ειρήνη", "Αγγελοπούλου", {"eirini", "irini", "angelopoulou"}},
        {"Δημήτρης", "Μπακογιάννης", {"dimitris", "demetres", "bakogiannis", "bakoyannis"}},
        {"Ευάγγελος", "Κωνσταντίνου", {"evangelos", "konstantinou"}},
        {"Γιάννης", "Ντόκος", {"giannis", "yiannis", "yannis", "dokos"}},
        {"Αικατερίνη", "Φιλίππου", {"aikaterini", "ekaterini", "filippou", "philippou"}},
        {"Χαράλαμπος", "Ξενάκης", {"charalampos", "haralabos", "xenakis"}},
        {"Ελένη", "Θεοδώρου", {"eleni", "theodorou"}},
    };

    assert_all_found(names, KITH_COUNT_OF(names));
}

static void scripts__chinese_names_are_found_by_pinyin_in_both_orders(void **state)
{
    (void)state;
    static const struct name names[] = {
        {"芳", "王", {"wang", "fang", "wangfang", "fangwang", "wang fang", "fang wang", "王芳", "芳"}},
        {NULL, "王芳", {"wang", "fang", "wangfang", "fangwang", "wang f", "王", "芳", "芳王"}},
        {"小明", "李", {"xiaoming", "li xiaoming", "xiao", "ming", "lixiaoming", "xiaomingli", "李小明", "小明"}},
        {NULL, "欧阳娜", {"ouyang", "ouyangna", "naouyang", "欧阳", "娜"}},
        {"国", "曾", {"zeng", "guo", "zengguo"}}, /* as a family name, not céng */
        {"布", "吕", {"lv", "lu", "lyu", "lvbu", "bu"}},
        {"伟", "張", {"zhang", "wei", "zhangwei"}},
    };

    assert_all_found(names, KITH_COUNT_OF(names));
}

static void scripts__korean_names_are_found_by_rule_and_by_custom(void **state)
{
    (void)state;
    static const struct name names[] = {
        {NULL, "김민준", {"kim", "gim", "minjun", "min-jun", "kim minjun", "minjoon", "민준", "김민준"}},
        {"서연", "이", {"lee", "yi", "seoyeon", "seo-yeon", "lee seo", "이서연"}},
        {"지훈", "박", {"park", "bak", "jihun", "jihoon"}},
        {"영희", "최", {"choi", "choe", "younghee", "yeonghui"}},
        {"수진", "정", {"jung", "jeong", "sujin", "soojin"}},
    };

    assert_all_found(names, KITH_COUNT_OF(names));
}

static void scripts__other_alphabets_are_found_by_their_letters(void **state)
{
    (void)state;
    static const struct name names[] = {
        {"მარიამ", "ბერიძე", {"mariam", "beridze"}},
        {"Աննա", "Պետրոսյան", {"anna", "petrosyan"}},
        {"मारिया", "शर्मा", {"mariya", "sharma", "मारिया"}},
        {"พิม", "ใจดี", {"phim", "พิม"}},
    };

    assert_all_found(names, KITH_COUNT_OF(names));
}

static void scripts__japanese_names_are_found_by_their_kana(void **state)
{
    (void)state;
    static const char *const typed[] = {"yamada",   "taro",   "tarou",  "yamada taro", "山田",    "太郎",
                                        "山田太郎", "やまだ", "タロウ", "ﾔﾏﾀﾞ",        "太郎山田"};
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;

    kith_keys_init(&keys);
    contact->text[KITH_TEXT_GIVEN] = "太郎";
    contact->text[KITH_TEXT_FAMILY] = "山田";
    contact->text[KITH_TEXT_PHONETIC_GIVEN] = "タロウ";
    contact->text[KITH_TEXT_PHONETIC_FAMILY] = "ヤマダ";
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_keys(n, contact, &keys);
    for (size_t i = 0; i < KITH_COUNT_OF(typed); i++) {
        struct kith_query query = {.limit = 20};

        kith_normalise_query(n, typed[i], &query);
        if (!finds(&keys, &query))
            fail_msg("\"%s\" does not find 山田太郎: %s", typed[i], kith_buf_text(&keys.names));
    }
    assert_null(strstr(kith_buf_text(&keys.names), "shan")); /* nobody reads it the Chinese way */
}

static void scripts__kana_names_are_found_by_their_syllables(void **state)
{
    (void)state;
    static const struct name names[] = {
        {"マリア", "さとう", {"maria", "satou", "sato", "サトウ"}},
        {"しんぺい", "おおたに", {"shinpei", "shimpei", "ootani", "otani", "ohtani"}},
        {"じゅんいち", "いっせい", {"junichi", "issei"}},
        {"キョウコ", "ファティマ", {"kyouko", "kyoko", "fatima"}},
    };

    assert_all_found(names, KITH_COUNT_OF(names));
}

/* Finds more than it should: one name that has the same consonants is fine, another name is not. */
static void scripts__a_short_skeleton_does_not_find_longer_names(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;
    static const char *const others[] = {"mo", "moha x", "lee", "tom", "hammad", "m"};

    kith_keys_init(&keys);
    contact->text[KITH_TEXT_GIVEN] = "محمد";
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_keys(n, contact, &keys);
    for (size_t i = 0; i + 1 < KITH_COUNT_OF(others); i++) {
        struct kith_query query = {.limit = 20};

        kith_normalise_query(n, others[i], &query);
        if (finds(&keys, &query))
            fail_msg("\"%s\" finds محمد", others[i]);
    }
}

enum { MANY_NAMES = 3000 };

/* A name of two Chinese characters, another one for each number. */
static void write_name(size_t number, char out[16])
{
    size_t len = 0;

    len += kith_utf8_put(0x4E00 + (uint32_t)(number % 977), out);
    len += kith_utf8_put(0x5200 + (uint32_t)(number % 1201), out + len);
    out[len] = '\0';
}

static uint64_t hash_of_names(struct kith_normaliser *n, size_t number)
{
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;
    char family[16];

    kith_keys_init(&keys);
    write_name(number, family);
    contact->text[KITH_TEXT_FAMILY] = family;
    contact->text[KITH_TEXT_COMPANY] = number % 2 ? "Тарас" : "تارا"; /* other rules, in between */
    kith_normalise_contact(n, contact, kith_contact_arena(contact));
    kith_normalise_keys(n, contact, &keys);
    return kith_fnv1a64(keys.names.data, keys.names.len) ^ kith_fnv1a64(keys.others.data, keys.others.len);
}

/* The store takes words out of its index by making them again: whatever came before must not show in them. */
static void scripts__what_is_remembered_of_other_names_changes_no_words(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "");
    static uint64_t first[MANY_NAMES];

    for (size_t i = 0; i < MANY_NAMES; i++)
        first[i] = hash_of_names(n, i);
    for (size_t i = MANY_NAMES; i-- > 0;)
        assert_true(hash_of_names(n, i) == first[i]);
    for (size_t i = 0; i < MANY_NAMES; i += 500) {
        KITH_AUTO(kith_normaliser) fresh = kith_normaliser_new("en", "");

        assert_true(hash_of_names(fresh, i) == first[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts__arabic_names_are_found_by_their_many_latin_spellings),
        cmocka_unit_test(scripts__hebrew_names_are_found_by_their_latin_spellings),
        cmocka_unit_test(scripts__cyrillic_names_are_found_in_the_common_romanisations),
        cmocka_unit_test(scripts__greek_names_are_found_in_the_common_romanisations),
        cmocka_unit_test(scripts__chinese_names_are_found_by_pinyin_in_both_orders),
        cmocka_unit_test(scripts__korean_names_are_found_by_rule_and_by_custom),
        cmocka_unit_test(scripts__other_alphabets_are_found_by_their_letters),
        cmocka_unit_test(scripts__japanese_names_are_found_by_their_kana),
        cmocka_unit_test(scripts__kana_names_are_found_by_their_syllables),
        cmocka_unit_test(scripts__a_short_skeleton_does_not_find_longer_names),
        cmocka_unit_test(scripts__what_is_remembered_of_other_names_changes_no_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
