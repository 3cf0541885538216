/* SPDX-License-Identifier: MIT */
/* test_engine_contact_hash.c - what a contact says and who it is, in a few letters that never change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "engine/contact_hash.h"
#include "model/contact_parts.h"

struct hashes {
    char content[KITH_CONTACT_HASH_BYTES], identity[KITH_CONTACT_HASH_BYTES];
};

static struct hashes hashes_of(const struct kith_contact *contact)
{
    struct hashes hashes;

    kith_contact_hash_content(contact, hashes.content);
    kith_contact_hash_identity(contact, hashes.identity);
    return hashes;
}

static struct kith_contact *make_ada(void)
{
    struct kith_contact *contact = kith_contact_new();

    contact->text[KITH_TEXT_GIVEN] = "Ada";
    contact->text[KITH_TEXT_FAMILY] = "Lind";
    contact->text[KITH_TEXT_COMPANY] = "Contoso";
    kith_contact_add_email(contact, kith_contact_arena(contact))->address = "ada@contoso.example";
    kith_contact_add_phone(contact, kith_contact_arena(contact))->raw = "+49 30 23125 001";
    return contact;
}

/* They are stored: another rule would make every contact of every file a new one. */
static void contact_hash__is_the_same_in_every_release(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) ada = make_ada();
    struct hashes hashes = hashes_of(ada);

    assert_string_equal(hashes.content, "6b7e3d0c7c11e6f6a743d418a8e00669");
    assert_string_equal(hashes.identity, "6bf88d25356da4ce2be1e24c4a40c6ee");
}

static void contact_hash__content_is_all_that_the_source_says(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) ada = make_ada();
    const struct hashes before = hashes_of(ada);

    ada->source_id = "another";
    ada->change_key = "another";
    ada->shown = "Ada Lind";
    ada->created_s = ada->modified_s = 1700000000;
    (void)kith_text_copy(ada->phones[0].e164, sizeof(ada->phones[0].e164), "+493023125001");
    assert_string_equal(hashes_of(ada).content, before.content);

    ada->folder = "Contacts/Suppliers";
    assert_string_not_equal(hashes_of(ada).content, before.content);
    ada->folder = "";
    ada->photo = "picture";
    ada->n_photo = 7;
    assert_string_not_equal(hashes_of(ada).content, before.content);
    ada->n_photo = 0;
    ada->phones[0].kind = KITH_PHONE_HOME;
    assert_string_not_equal(hashes_of(ada).content, before.content);
}

static void contact_hash__nothing_passes_for_its_neighbour(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) a = kith_contact_new();
    KITH_AUTO(kith_contact) b = kith_contact_new();
    struct kith_email *email = kith_contact_add_email(a, kith_contact_arena(a));

    email->address = "ada@contoso.example";
    kith_contact_add_email(b, kith_contact_arena(b))->name = "ada@contoso.example";
    assert_string_not_equal(hashes_of(a).content, hashes_of(b).content);

    email->address = "";
    email->name = "Ada";
    email->label = "Work";
    b->emails[0].name = "AdaWork";
    assert_string_not_equal(hashes_of(a).content, hashes_of(b).content);
}

static void contact_hash__identity_survives_new_numbers_and_notes(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) ada = make_ada();
    const struct hashes before = hashes_of(ada);

    ada->phones[0].raw = "+49 30 23125 002";
    ada->emails[0].address = "lind@contoso.example";
    ada->text[KITH_TEXT_NOTES] = "moved";
    assert_string_equal(hashes_of(ada).identity, before.identity);
    assert_string_not_equal(hashes_of(ada).content, before.content);

    ada->text[KITH_TEXT_COMPANY] = "Fabrikam";
    assert_string_not_equal(hashes_of(ada).identity, before.identity);
}

static void contact_hash__identity_of_the_nameless_is_what_they_have(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) ada = make_ada();
    struct hashes before;

    for (int i = 0; i < KITH_TEXT_COUNT; i++)
        ada->text[i] = "";
    before = hashes_of(ada);
    ada->phones[0].raw = "+49 30 23125 002";
    assert_string_equal(hashes_of(ada).identity, before.identity); /* the address says who it is */
    ada->n_emails = 0;
    before = hashes_of(ada);
    ada->phones[0].raw = "+49 30 23125 003";
    assert_string_not_equal(hashes_of(ada).identity, before.identity);
    ada->n_phones = 0;
    before = hashes_of(ada);
    ada->text[KITH_TEXT_NOTES] = "nothing else";
    assert_string_not_equal(hashes_of(ada).identity, before.identity);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contact_hash__is_the_same_in_every_release),
        cmocka_unit_test(contact_hash__content_is_all_that_the_source_says),
        cmocka_unit_test(contact_hash__nothing_passes_for_its_neighbour),
        cmocka_unit_test(contact_hash__identity_survives_new_numbers_and_notes),
        cmocka_unit_test(contact_hash__identity_of_the_nameless_is_what_they_have),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
