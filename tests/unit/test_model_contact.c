/* SPDX-License-Identifier: MIT */
/* test_model_contact.c - contacts, pages, rows and the names of enums. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/contact_parts.h"
#include "model/rows.h"

static void contact__new_one_has_texts_and_no_parts(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();

    assert_string_equal(contact->account, "");
    assert_string_equal(contact->folder, "");
    assert_string_equal(contact->source_id, "");
    assert_string_equal(contact->change_key, "");
    assert_string_equal(contact->shown, "");
    assert_string_equal(contact->initials, "");
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        assert_string_equal(contact->text[i], "");
    assert_int_equal(contact->n_emails + contact->n_phones + contact->n_addresses + contact->n_dates + contact->n_items,
                     0);
    assert_non_null(kith_contact_arena(contact));
}

static void contact__freeing_none_is_fine(void **state)
{
    (void)state;
    kith_contact_free(NULL);
    kith_page_free(NULL);
    kith_rows_free(NULL);
    kith_ids_free(NULL);
    kith_letters_free(NULL);
}

static void contact__parts_begin_with_empty_texts(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    struct kith_arena *arena = kith_contact_arena(contact);
    const struct kith_email *email = kith_contact_add_email(contact, arena);
    const struct kith_phone *phone = kith_contact_add_phone(contact, arena);
    const struct kith_address *address = kith_contact_add_address(contact, arena);
    const struct kith_date *date = kith_contact_add_date(contact, arena);
    const struct kith_item *item = kith_contact_add_item(contact, arena, KITH_ITEM_CHILD, "Inês");

    assert_string_equal(email->address, "");
    assert_string_equal(email->name, "");
    assert_string_equal(email->label, "");
    assert_string_equal(phone->raw, "");
    assert_string_equal(phone->label, "");
    assert_string_equal(phone->e164, "");
    assert_string_equal(address->street, "");
    assert_string_equal(address->po_box, "");
    assert_string_equal(address->country, "");
    assert_string_equal(address->label, "");
    assert_string_equal(date->label, "");
    assert_int_equal(item->kind, KITH_ITEM_CHILD);
    assert_string_equal(item->value, "Inês");
    assert_string_equal(item->label, "");
}

static void contact__parts_keep_their_order_while_they_grow(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    struct kith_arena *arena = kith_contact_arena(contact);

    for (int i = 0; i < KITH_PARTS_MAX; i++) {
        struct kith_date *date = kith_contact_add_date(contact, arena);

        assert_non_null(date);
        assert_int_equal(date->year, 0);
        date->year = i + 1;
    }
    assert_int_equal(contact->n_dates, KITH_PARTS_MAX);
    for (int i = 0; i < KITH_PARTS_MAX; i++)
        assert_int_equal(contact->dates[i].year, i + 1);
}

static void contact__one_part_too_many_is_refused(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    struct kith_arena *arena = kith_contact_arena(contact);

    for (int i = 0; i < KITH_PARTS_MAX; i++)
        assert_non_null(kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "x"));
    assert_null(kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "x"));
    assert_int_equal(contact->n_items, KITH_PARTS_MAX);
    assert_non_null(kith_contact_add_email(contact, arena)); /* each kind counts for itself */
}

static void page__new_one_is_the_last_and_says_no_count(void **state)
{
    (void)state;
    KITH_AUTO(kith_page) page = kith_page_new();

    assert_string_equal(page->next_link, "");
    assert_int_equal(page->reported, -1);
    assert_int_equal(page->n_contacts, 0);
}

static void rows__grow_and_begin_with_empty_texts(void **state)
{
    (void)state;
    KITH_AUTO(kith_rows) rows = kith_rows_new();

    for (int i = 0; i < 100; i++) {
        struct kith_row *row = kith_rows_add(rows);

        assert_string_equal(row->shown, "");
        assert_string_equal(row->matched, "");
        assert_string_equal(row->phone_e164, "");
        assert_int_equal(row->match, KITH_MATCH_NONE);
        row->id = i;
        row->shown = kith_arena_copy(kith_rows_arena(rows), "Rosa", 4);
    }
    assert_int_equal(rows->n, 100);
    assert_int_equal(rows->row[0].id, 0);
    assert_int_equal(rows->row[99].id, 99);
    assert_string_equal(rows->row[50].shown, "Rosa");
}

static void keys__clear_forgets_and_keeps_the_ceiling(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_keys) keys;

    kith_keys_init(&keys);
    assert_true(kith_buf_add_text(&keys.names, "rosa"));
    keys.letter[0] = 'R';
    keys.reading[0] = 'R';
    keys.bold_start = keys.bold_len = 4;
    kith_keys_clear(&keys);
    assert_int_equal(keys.names.len, 0);
    assert_string_equal(keys.letter, "");
    assert_string_equal(keys.reading, "");
    assert_int_equal(keys.bold_start + keys.bold_len, 0);
    assert_true(kith_buf_add_text(&keys.names, "almeida"));
}

/* These names are in other programs' code by now. */
static void ids__are_what_they_always_were(void **state)
{
    (void)state;
    assert_string_equal(kith_phone_kind_id(KITH_PHONE_OTHER), "other");
    assert_string_equal(kith_phone_kind_id(KITH_PHONE_MOBILE), "mobile");
    assert_string_equal(kith_phone_kind_id(KITH_PHONE_WORK_FAX), "work-fax");
    assert_string_equal(kith_phone_kind_id(KITH_PHONE_TEXT), "text");
    assert_string_equal(kith_text_id(KITH_TEXT_DISPLAY), "display");
    assert_string_equal(kith_text_id(KITH_TEXT_FILE_AS), "file-as");
    assert_string_equal(kith_text_id(KITH_TEXT_NOTES), "notes");
    assert_string_equal(kith_place_id(KITH_PLACE_NONE), "");
    assert_string_equal(kith_place_id(KITH_PLACE_WORK), "work");
}

static void ids__are_each_different(void **state)
{
    (void)state;
    for (int i = 0; i < KITH_PHONE_KIND_COUNT; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(kith_phone_kind_id((enum kith_phone_kind)i),
                                    kith_phone_kind_id((enum kith_phone_kind)j));
    for (int i = 0; i < KITH_TEXT_COUNT; i++)
        for (int j = 0; j < i; j++)
            assert_string_not_equal(kith_text_id((enum kith_text)i), kith_text_id((enum kith_text)j));
}

static void ids__of_what_is_not_known_are_harmless(void **state)
{
    (void)state;
    assert_string_equal(kith_phone_kind_id((enum kith_phone_kind)4711), "other");
    assert_string_equal(kith_text_id(KITH_TEXT_COUNT), "");
    assert_string_equal(kith_place_id((enum kith_place)4711), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(contact__new_one_has_texts_and_no_parts),
        cmocka_unit_test(contact__freeing_none_is_fine),
        cmocka_unit_test(contact__parts_begin_with_empty_texts),
        cmocka_unit_test(contact__parts_keep_their_order_while_they_grow),
        cmocka_unit_test(contact__one_part_too_many_is_refused),
        cmocka_unit_test(page__new_one_is_the_last_and_says_no_count),
        cmocka_unit_test(rows__grow_and_begin_with_empty_texts),
        cmocka_unit_test(keys__clear_forgets_and_keeps_the_ceiling),
        cmocka_unit_test(ids__are_what_they_always_were),
        cmocka_unit_test(ids__are_each_different),
        cmocka_unit_test(ids__of_what_is_not_known_are_harmless),
    };

    return cmocka_run_group_tests_name("model_contact", tests, NULL, NULL);
}
