/* SPDX-License-Identifier: MIT */
/*
 * test_normalise_golden.c - keys do not change unnoticed.
 *
 * Stores take old keys out of their index by making them again. A change to the rules without
 * a new number would leave words behind that nobody can take out any more.
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

/* Both belong together: when the sum changes, raise RULES_VERSION in normaliser.c and write both anew. */
#define GOLDEN_RULES "rules2;"
#define GOLDEN_SUM "fd771ad0e11ad8e3"

struct card {
    const char *given, *family, *nickname, *company, *email, *number, *notes;
};

static const struct card cards[] = {
    {"Rosa", "Almeida Figueiredo", "Rosie", "Halvorsen Instruments", "rosa.almeida@halvorsen.example",
     "+44 20 7946 0812 ext. 24", "Met at the Lisbon fair."},
    {"Jean-Luc", "O'Brien-Müller", "", "AT&T", "j@obrien.example", "020 7946 0018", ""},
    {"J. R.", "von Auersperg", "", "Grünwald Optik", "", "112", ""},
    {"Håkon", "Soerensen", "", "", "", "555-2671", ""},
    {"Юлия", "Щукина", "", "Полярный фрахт", "yuliya@polar-freight.example", "8 (495) 123-45-67", ""},
    {"Γιώργος", "Παπαδόπουλος", "", "", "", "*100#", ""},
    {"مُحَمَّد", "الرشيد", "", "", "", "", ""},
    {"שרה", "כהן", "", "", "", "", ""},
    {"민준", "김", "", "", "", "", ""},
    {"マリア", "さとう", "", "みなと製作所", "", "", ""},
    {"İnci", "Işık", "", "", "", "", "ﬁne ＲＯＳＡ"},
    {"", "", "", "Marisol Ceramics", "", "+1 408 555 0177", ""},
    {"", "", "", "", "", "0044 7700 900461", ""},
};

static void add_sum(uint64_t *sum, const void *bytes, size_t len)
{
    *sum = (*sum ^ kith_fnv1a64(bytes, len)) * 0x9E3779B97F4A7C15u;
}

static void add_card(struct kith_normaliser *n, const struct card *card, uint64_t *sum)
{
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_arena *arena = kith_contact_arena(contact);

    kith_keys_init(&keys);
    contact->text[KITH_TEXT_GIVEN] = card->given;
    contact->text[KITH_TEXT_FAMILY] = card->family;
    contact->text[KITH_TEXT_NICKNAME] = card->nickname;
    contact->text[KITH_TEXT_COMPANY] = card->company;
    contact->text[KITH_TEXT_NOTES] = card->notes;
    if (card->email[0])
        kith_contact_add_email(contact, arena)->address = card->email;
    if (card->number[0])
        kith_contact_add_phone(contact, arena)->raw = card->number;
    kith_normalise_contact(n, contact, arena);
    kith_normalise_keys(n, contact, &keys);

    add_sum(sum, contact->shown, strlen(contact->shown));
    add_sum(sum, contact->initials, strlen(contact->initials));
    add_sum(sum, kith_buf_text(&keys.names), keys.names.len);
    add_sum(sum, kith_buf_text(&keys.others), keys.others.len);
    add_sum(sum, kith_buf_text(&keys.numbers), keys.numbers.len);
    add_sum(sum, keys.letter, strlen(keys.letter));
}

static void golden__keys_change_only_with_the_rules_version(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) n = kith_normaliser_new("en", "GB");
    uint64_t sum = 0;
    char text[20];

    for (size_t i = 0; i < KITH_COUNT_OF(cards); i++)
        add_card(n, &cards[i], &sum);
    (void)kith_text_format(text, sizeof(text), "%016llx", (unsigned long long)sum);
    if (!kith_text_starts_with(kith_normaliser_version(), GOLDEN_RULES) || strcmp(text, GOLDEN_SUM) != 0)
        fail_msg("keys are other than they were: raise RULES_VERSION in src/normalise/normaliser.c and put the version "
                 "and \"%s\" into this test",
                 text);
}

static void golden__keys_are_the_same_whenever_they_are_made(void **state)
{
    (void)state;
    KITH_AUTO(kith_normaliser) used = kith_normaliser_new("en", "GB");
    uint64_t first = 0, again = 0, other = 0;

    for (size_t i = 0; i < KITH_COUNT_OF(cards); i++)
        add_card(used, &cards[i], &first);
    for (size_t i = 0; i < KITH_COUNT_OF(cards); i++) {
        KITH_AUTO(kith_normaliser) fresh = kith_normaliser_new("en", "GB");

        add_card(used, &cards[i], &again);
        add_card(fresh, &cards[i], &other);
    }
    assert_true(first == again);
    assert_true(first == other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(golden__keys_change_only_with_the_rules_version),
        cmocka_unit_test(golden__keys_are_the_same_whenever_they_are_made),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
