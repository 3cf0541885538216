/* SPDX-License-Identifier: MIT */
/* test_model_codec.c - a contact as bytes and back, also from a disk that lies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/codec.h"

/* --- Helpers -------------------------------------------------------------- */

static void fill_parts(struct kith_contact *contact, struct kith_arena *arena)
{
    struct kith_email *email = kith_contact_add_email(contact, arena);
    struct kith_phone *phone = kith_contact_add_phone(contact, arena);
    struct kith_address *address = kith_contact_add_address(contact, arena);
    struct kith_date *date = kith_contact_add_date(contact, arena);
    struct kith_item *item;

    *email = (struct kith_email){KITH_PLACE_WORK, "rosa@halvorsen.example", "Rosa", "office"};
    *phone = (struct kith_phone){.kind = KITH_PHONE_TEXT,
                                 .number_class = KITH_NUMBER_NORMAL,
                                 .region_assumed = true,
                                 .raw = "020 7946 0812 ext. 24",
                                 .label = "desk",
                                 .e164 = "+442079460812",
                                 .national = "2079460812",
                                 .extension = "24"};
    *kith_contact_add_phone(contact, arena) =
        (struct kith_phone){.raw = "+44 7700 900461", .label = "", .e164 = "+123456789012345"};
    *address = (struct kith_address){KITH_PLACE_OTHER,
                                     "14 Lantern Yard\n3rd floor",
                                     "12",
                                     "London",
                                     "Greater London",
                                     "SE1 0QX",
                                     "United Kingdom",
                                     "yard"};
    *date = (struct kith_date){KITH_DATE_ANNIVERSARY, 0, 2, 29, "leap"};
    item = kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "one");
    item->label = "User field 1";
    item->place = KITH_PLACE_HOME;
}

static struct kith_contact *make_contact(void)
{
    struct kith_contact *contact = kith_contact_new();

    contact->id = INT64_MAX;
    contact->account_id = -5;
    contact->account = "work";
    contact->source = KITH_SOURCE_OUTLOOK;
    contact->folder = "Contacts/Suppliers";
    contact->source_id = "AAMk";
    contact->change_key = "EQAA";
    contact->shown = "Rosa Almeida";
    contact->initials = "RA";
    contact->colour = 11;
    contact->nameless = contact->has_photo = true;
    contact->created_s = INT64_MIN;
    contact->modified_s = 1413760104;
    contact->text[KITH_TEXT_DISPLAY] = "Rosa Almeida";
    contact->text[KITH_TEXT_NOTES] = "one\ntwo";
    fill_parts(contact, kith_contact_arena(contact));
    return contact;
}

static void fill_keys(struct kith_keys *keys)
{
    kith_keys_init(keys);
    assert_true(kith_buf_add_text(&keys->names, "rosa almeida"));
    assert_true(kith_buf_add_text(&keys->others, "halvorsen"));
    assert_true(kith_buf_add_text(&keys->numbers, "442079460812"));
    assert_true(kith_buf_add(&keys->sort, "\x05\x00\xff", 3));
    assert_true(kith_text_copy(keys->letter, sizeof(keys->letter), "Ω"));
    keys->bold_start = 5;
    keys->bold_len = 7;
    assert_true(kith_text_copy(keys->reading, sizeof(keys->reading), "Rosa"));
}

static void assert_same_parts(const struct kith_contact *a, const struct kith_contact *b)
{
    assert_int_equal(a->n_emails, b->n_emails);
    assert_int_equal(a->emails[0].place, b->emails[0].place);
    assert_string_equal(a->emails[0].address, b->emails[0].address);
    assert_string_equal(a->emails[0].name, b->emails[0].name);
    assert_string_equal(a->emails[0].label, b->emails[0].label);

    assert_int_equal(a->n_phones, b->n_phones);
    for (size_t i = 0; i < a->n_phones; i++) {
        assert_int_equal(a->phones[i].kind, b->phones[i].kind);
        assert_int_equal(a->phones[i].number_class, b->phones[i].number_class);
        assert_int_equal(a->phones[i].region_assumed, b->phones[i].region_assumed);
        assert_string_equal(a->phones[i].raw, b->phones[i].raw);
        assert_string_equal(a->phones[i].label, b->phones[i].label);
        assert_string_equal(a->phones[i].e164, b->phones[i].e164);
        assert_string_equal(a->phones[i].national, b->phones[i].national);
        assert_string_equal(a->phones[i].extension, b->phones[i].extension);
    }

    assert_int_equal(a->n_addresses, b->n_addresses);
    assert_int_equal(a->addresses[0].place, b->addresses[0].place);
    assert_string_equal(a->addresses[0].street, b->addresses[0].street);
    assert_string_equal(a->addresses[0].po_box, b->addresses[0].po_box);
    assert_string_equal(a->addresses[0].city, b->addresses[0].city);
    assert_string_equal(a->addresses[0].region, b->addresses[0].region);
    assert_string_equal(a->addresses[0].postal_code, b->addresses[0].postal_code);
    assert_string_equal(a->addresses[0].country, b->addresses[0].country);
    assert_string_equal(a->addresses[0].label, b->addresses[0].label);

    assert_int_equal(a->n_dates, b->n_dates);
    assert_int_equal(a->dates[0].kind, b->dates[0].kind);
    assert_int_equal(a->dates[0].year, b->dates[0].year);
    assert_int_equal(a->dates[0].month, b->dates[0].month);
    assert_int_equal(a->dates[0].day, b->dates[0].day);
    assert_string_equal(a->dates[0].label, b->dates[0].label);

    assert_int_equal(a->n_items, b->n_items);
    assert_int_equal(a->items[0].kind, b->items[0].kind);
    assert_int_equal(a->items[0].place, b->items[0].place);
    assert_string_equal(a->items[0].label, b->items[0].label);
    assert_string_equal(a->items[0].value, b->items[0].value);
}

static void assert_same(const struct kith_contact *a, const struct kith_contact *b)
{
    assert_int_equal(a->id, b->id);
    assert_int_equal(a->account_id, b->account_id);
    assert_string_equal(a->account, b->account);
    assert_int_equal(a->source, b->source);
    assert_string_equal(a->folder, b->folder);
    assert_string_equal(a->source_id, b->source_id);
    assert_string_equal(a->change_key, b->change_key);
    assert_string_equal(a->shown, b->shown);
    assert_string_equal(a->initials, b->initials);
    assert_int_equal(a->colour, b->colour);
    assert_int_equal(a->nameless, b->nameless);
    assert_int_equal(a->partial, b->partial);
    assert_int_equal(a->has_photo, b->has_photo);
    assert_int_equal(a->created_s, b->created_s);
    assert_int_equal(a->modified_s, b->modified_s);
    for (size_t i = 0; i < KITH_TEXT_COUNT; i++)
        assert_string_equal(a->text[i], b->text[i]);
    assert_same_parts(a, b);
}

/* A record of make_contact() with keys. */
static void make_record(struct kith_buf *out)
{
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_DONE(kith_keys) keys;

    fill_keys(&keys);
    kith_buf_init(out, SIZE_MAX);
    assert_true(kith_codec_write(out, contact, &keys));
}

/* --- Tests ---------------------------------------------------------------- */

static void codec__gives_back_what_was_written(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO_DONE(kith_buf) record;
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_contact copy;

    make_record(&record);
    kith_keys_init(&keys);
    assert_true(kith_buf_add_text(&keys.names, "of the contact before"));
    assert_int_equal(kith_codec_read(record.data, record.len, arena, &copy, &keys), record.len);
    memset(record.data, 0xee, record.len); /* nothing points into the record */

    assert_same(contact, &copy);
    assert_string_equal(kith_buf_text(&keys.names), "rosa almeida");
    assert_string_equal(kith_buf_text(&keys.others), "halvorsen");
    assert_string_equal(kith_buf_text(&keys.numbers), "442079460812");
    assert_int_equal(keys.sort.len, 3);
    assert_memory_equal(keys.sort.data, "\x05\x00\xff", 3);
    assert_string_equal(keys.letter, "Ω");
    assert_int_equal(keys.bold_start, 5);
    assert_int_equal(keys.bold_len, 7);
    assert_string_equal(keys.reading, "Rosa");
}

static void codec__keys_may_be_left_out_on_either_side(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO_DONE(kith_buf) with;
    KITH_AUTO_DONE(kith_buf) without;
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_contact copy;

    make_record(&with);
    assert_int_equal(kith_codec_read(with.data, with.len, arena, &copy, NULL), with.len);
    assert_same(contact, &copy);

    kith_buf_init(&without, SIZE_MAX);
    assert_true(kith_codec_write(&without, contact, NULL));
    fill_keys(&keys);
    assert_int_equal(kith_codec_read(without.data, without.len, arena, &copy, &keys), without.len);
    assert_same(contact, &copy);
    assert_int_equal(keys.names.len + keys.sort.len + keys.bold_len, 0);
    assert_string_equal(keys.letter, "");
}

static void codec__parts_of_a_copy_can_grow(void **state)
{
    (void)state;
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO_DONE(kith_buf) record;
    struct kith_contact copy;

    make_record(&record);
    assert_int_equal(kith_codec_read(record.data, record.len, arena, &copy, NULL), record.len);
    for (int i = 0; i < 10; i++)
        assert_non_null(kith_contact_add_phone(&copy, arena));
    assert_int_equal(copy.n_phones, 12);
    assert_string_equal(copy.phones[1].raw, "+44 7700 900461");
}

static void codec__records_follow_each_other(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = kith_contact_new();
    KITH_AUTO(kith_arena) arena = kith_arena_new();
    KITH_AUTO_DONE(kith_buf) records;
    struct kith_contact copy;
    size_t at = 0;

    kith_buf_init(&records, SIZE_MAX);
    for (int i = 0; i < 3; i++) {
        contact->id = i;
        assert_true(kith_codec_write(&records, contact, NULL));
    }
    for (int i = 0; i < 3; i++) {
        size_t used = kith_codec_read(records.data + at, records.len - at, arena, &copy, NULL);

        assert_true(used > 0);
        assert_int_equal(copy.id, i);
        at += used;
    }
    assert_int_equal(at, records.len);
}

static void codec__full_buffer_keeps_the_records_before(void **state)
{
    (void)state;
    KITH_AUTO(kith_contact) contact = make_contact();
    KITH_AUTO_DONE(kith_buf) one;
    KITH_AUTO_DONE(kith_buf) two;

    kith_buf_init(&one, SIZE_MAX);
    assert_true(kith_codec_write(&one, contact, NULL));
    for (size_t max = one.len; max < 2 * one.len; max += 7) {
        kith_buf_init(&two, max);
        assert_true(kith_codec_write(&two, contact, NULL));
        assert_false(kith_codec_write(&two, contact, NULL));
        assert_true(two.full);
        assert_int_equal(two.len, one.len);
        assert_memory_equal(two.data, one.data, one.len);
        kith_buf_done(&two);
    }
    kith_buf_init(&two, 3);
    assert_false(kith_codec_write(&two, contact, NULL));
    assert_int_equal(two.len, 0);
}

static void codec__record_cut_anywhere_is_damaged(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) record;

    make_record(&record);
    for (size_t len = 0; len < record.len; len++) {
        KITH_AUTO(kith_arena) arena = kith_arena_new();
        KITH_AUTO_STRING cut = kith_xstrndup(record.data, len);
        struct kith_contact copy;

        assert_int_equal(kith_codec_read(cut, len, arena, &copy, NULL), 0);
    }
}

static void codec__no_flipped_bit_is_trusted(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) record;

    make_record(&record);
    for (size_t i = 0; i < record.len * 8; i++) {
        KITH_AUTO(kith_arena) arena = kith_arena_new();
        KITH_AUTO_DONE(kith_keys) keys;
        struct kith_contact copy;
        size_t used;

        kith_keys_init(&keys);
        record.data[i / 8] = (char)(record.data[i / 8] ^ (1 << i % 8));
        used = kith_codec_read(record.data, record.len, arena, &copy, &keys);
        assert_true(used == 0 || used == record.len); /* a changed letter is a letter all the same */
        record.data[i / 8] = (char)(record.data[i / 8] ^ (1 << i % 8));
    }
}

static void codec__absurd_lengths_are_refused(void **state)
{
    (void)state;
    static const char *const records[] = {
        "\xff\xff\xff\xff",
        "\x04\x00\x00\x00\xff\xff\xff\xff",
        "\x0b\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\xff\xff\xff\x7f",
    };
    static const size_t lengths[] = {4, 8, 15};

    for (size_t i = 0; i < KITH_COUNT_OF(records); i++) {
        KITH_AUTO(kith_arena) arena = kith_arena_new();
        struct kith_contact copy;

        assert_int_equal(kith_codec_read(records[i], lengths[i], arena, &copy, NULL), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codec__gives_back_what_was_written),
        cmocka_unit_test(codec__keys_may_be_left_out_on_either_side),
        cmocka_unit_test(codec__parts_of_a_copy_can_grow),
        cmocka_unit_test(codec__records_follow_each_other),
        cmocka_unit_test(codec__full_buffer_keeps_the_records_before),
        cmocka_unit_test(codec__record_cut_anywhere_is_damaged),
        cmocka_unit_test(codec__no_flipped_bit_is_trusted),
        cmocka_unit_test(codec__absurd_lengths_are_refused),
    };

    return cmocka_run_group_tests_name("model_codec", tests, NULL, NULL);
}
