/* SPDX-License-Identifier: MIT */
/* test_model_reader_frame.c - frames from a process that a hostile file may have taken over. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/codec.h"
#include "model/reader_frame.h"

struct pipe {
    struct kith_buf bytes;
    struct kith_arena *arena;
    struct kith_reader_frame frame;
    size_t used;
};

/* --- Helpers -------------------------------------------------------------- */

static int open_pipe(void **state)
{
    struct pipe *pipe = kith_xnew(struct pipe);

    kith_buf_init(&pipe->bytes, 64 * 1024 * 1024);
    pipe->arena = kith_arena_new();
    *state = pipe;
    return 0;
}

static int close_pipe(void **state)
{
    struct pipe *pipe = *state;

    kith_buf_done(&pipe->bytes);
    kith_arena_free(pipe->arena);
    free(pipe);
    return 0;
}

static enum kith_reader_frame_state read_frame(struct pipe *pipe)
{
    return kith_reader_frame_read(pipe->bytes.data, pipe->bytes.len, pipe->arena, &pipe->frame, &pipe->used);
}

static void assert_whole(struct pipe *pipe, enum kith_reader_frame_kind kind)
{
    assert_int_equal(read_frame(pipe), KITH_FRAME_WHOLE);
    assert_int_equal(pipe->frame.kind, kind);
    assert_int_equal(pipe->used, pipe->bytes.len);
}

static void put_contact(struct pipe *pipe, void (*change)(struct kith_contact *, struct kith_arena *))
{
    struct kith_contact *contact = kith_contact_new();

    contact->source = KITH_SOURCE_OUTLOOK;
    change(contact, kith_contact_arena(contact));
    assert_true(kith_reader_frame_contact(&pipe->bytes, contact));
    kith_contact_free(contact);
}

/* --- Every kind ------------------------------------------------------------- */

static void reader_frame__a_greeting_says_what_holds(void **state)
{
    struct pipe *pipe = *state;

    assert_true(kith_reader_frame_hello(&pipe->bytes, KITH_LOCK_LIMITS | KITH_LOCK_SECCOMP));
    assert_whole(pipe, KITH_FRAME_HELLO);
    assert_int_equal(pipe->frame.locks, KITH_LOCK_LIMITS | KITH_LOCK_SECCOMP);
}

/* Its first number stands for the build; another one is told apart from damage. */
static void reader_frame__a_reader_of_another_build_is_a_stranger(void **state)
{
    struct pipe *pipe = *state;

    assert_true(kith_reader_frame_hello(&pipe->bytes, 0));
    assert_whole(pipe, KITH_FRAME_HELLO);
    assert_false(pipe->frame.is_stranger);
    pipe->bytes.data[KITH_READER_FRAME_HEAD_BYTES] ^= 1;
    assert_whole(pipe, KITH_FRAME_HELLO);
    assert_true(pipe->frame.is_stranger);
}

static void reader_frame__a_lock_that_nobody_knows_is_damage(void **state)
{
    struct pipe *pipe = *state;

    assert_true(kith_reader_frame_hello(&pipe->bytes, KITH_LOCK_ALL + 1));
    assert_int_equal(read_frame(pipe), KITH_FRAME_DAMAGED);
}

static void fill_contact(struct kith_contact *contact, struct kith_arena *arena)
{
    struct kith_address *address = kith_contact_add_address(contact, arena);
    struct kith_date *date = kith_contact_add_date(contact, arena);

    contact->folder = "Contacts/Suppliers";
    contact->source_id = "0102";
    contact->created_s = 1709195400;
    contact->has_photo = true;
    contact->text[KITH_TEXT_NOTES] = "two\nlines";
    kith_contact_add_email(contact, arena)->address = "ada@contoso.example";
    kith_contact_add_phone(contact, arena)->raw = "+49 30 23125 007";
    kith_contact_add_item(contact, arena, KITH_ITEM_EXTRA, "chess")->label = "Hobbies";
    address->place = KITH_PLACE_HOME;
    address->street = "Kastanienallee 12\nHof";
    *date = (struct kith_date){KITH_DATE_BIRTHDAY, 0, 2, 29, ""};
}

static void reader_frame__a_contact_arrives_as_it_was(void **state)
{
    struct pipe *pipe = *state;
    const struct kith_contact *contact = &pipe->frame.contact;

    put_contact(pipe, fill_contact);
    assert_whole(pipe, KITH_FRAME_CONTACT);
    assert_string_equal(contact->folder, "Contacts/Suppliers");
    assert_string_equal(contact->source_id, "0102");
    assert_int_equal(contact->created_s, 1709195400);
    assert_true(contact->has_photo);
    assert_string_equal(contact->text[KITH_TEXT_NOTES], "two\nlines");
    assert_string_equal(contact->emails[0].address, "ada@contoso.example");
    assert_string_equal(contact->phones[0].raw, "+49 30 23125 007");
    assert_string_equal(contact->items[0].label, "Hobbies");
    assert_string_equal(contact->addresses[0].street, "Kastanienallee 12\nHof");
    assert_int_equal(contact->dates[0].day, 29);
}

static void reader_frame__the_other_kinds_arrive_as_they_were(void **state)
{
    struct pipe *pipe = *state;
    const struct kith_field_count field = {
        .name = "3A06 given name", .reason = "empty", .fate = KITH_FIELD_IGNORED, .n = 7};
    const struct kith_reader_facts facts = {
        .format = "csv", .layout = "outlook", .encoding = "windows-1252", .separator = ';', .dates_assumed = true};
    const struct kith_reader_failure failure = {.reason = KITH_REASON_FILE_EMPTY, .message = "it is empty"};

    assert_true(kith_reader_frame_skipped(&pipe->bytes, "contact list", "a list"));
    assert_whole(pipe, KITH_FRAME_SKIPPED);
    assert_string_equal(pipe->frame.what, "contact list");
    assert_string_equal(pipe->frame.why, "a list");

    kith_buf_clear(&pipe->bytes);
    assert_true(kith_reader_frame_field(&pipe->bytes, &field));
    assert_whole(pipe, KITH_FRAME_FIELD);
    assert_string_equal(pipe->frame.field.name, field.name);
    assert_int_equal(pipe->frame.field.fate, KITH_FIELD_IGNORED);
    assert_int_equal(pipe->frame.field.n, 7);

    kith_buf_clear(&pipe->bytes);
    assert_true(kith_reader_frame_facts(&pipe->bytes, &facts));
    assert_whole(pipe, KITH_FRAME_FACTS);
    assert_memory_equal(&pipe->frame.facts, &facts, sizeof(facts));

    kith_buf_clear(&pipe->bytes);
    assert_true(kith_reader_frame_failure(&pipe->bytes, &failure));
    assert_whole(pipe, KITH_FRAME_FAILURE);
    assert_int_equal(pipe->frame.failure.reason, KITH_REASON_FILE_EMPTY);
    assert_string_equal(pipe->frame.failure.message, "it is empty");

    kith_buf_clear(&pipe->bytes);
    assert_true(kith_reader_frame_end(&pipe->bytes, "an item"));
    assert_whole(pipe, KITH_FRAME_END);
    assert_string_equal(pipe->frame.what, "an item");

    kith_buf_clear(&pipe->bytes);
    assert_true(kith_reader_frame_alive(&pipe->bytes));
    assert_whole(pipe, KITH_FRAME_ALIVE);
}

/* --- Pieces --------------------------------------------------------------------- */

static void reader_frame__every_beginning_of_a_frame_asks_for_more(void **state)
{
    struct pipe *pipe = *state;
    size_t whole;

    put_contact(pipe, fill_contact);
    whole = pipe->bytes.len;
    for (pipe->bytes.len = 0; pipe->bytes.len < whole; pipe->bytes.len++)
        assert_int_equal(read_frame(pipe), KITH_FRAME_MORE);
    pipe->bytes.len = whole;
    assert_whole(pipe, KITH_FRAME_CONTACT);
}

static void reader_frame__what_follows_a_frame_is_left(void **state)
{
    struct pipe *pipe = *state;
    size_t first;

    assert_true(kith_reader_frame_alive(&pipe->bytes));
    first = pipe->bytes.len;
    assert_true(kith_reader_frame_end(&pipe->bytes, ""));
    assert_int_equal(read_frame(pipe), KITH_FRAME_WHOLE);
    assert_int_equal(pipe->used, first);
}

/* --- Ceilings -------------------------------------------------------------------- */

static void fill_too_much(struct kith_contact *contact, struct kith_arena *arena)
{
    char *large = kith_arena_alloc(arena, KITH_READER_FRAME_BODY_MAX + 1);

    memset(large, 'x', KITH_READER_FRAME_BODY_MAX);
    contact->text[KITH_TEXT_NOTES] = large;
}

static void reader_frame__a_contact_beyond_the_ceiling_is_not_written(void **state)
{
    struct pipe *pipe = *state;
    struct kith_contact *contact = kith_contact_new();

    assert_true(kith_reader_frame_alive(&pipe->bytes));
    fill_too_much(contact, kith_contact_arena(contact));
    assert_false(kith_reader_frame_contact(&pipe->bytes, contact));
    assert_whole(pipe, KITH_FRAME_ALIVE); /* nothing of it stands in the buffer */
    assert_true(kith_reader_frame_end(&pipe->bytes, ""));
    kith_contact_free(contact);
}

static void reader_frame__a_length_beyond_the_ceiling_is_damage_at_once(void **state)
{
    struct pipe *pipe = *state;

    assert_true(kith_buf_add(&pipe->bytes, "\x02\x01\x00\x00\x01", 5)); /* 16 MiB and a byte */
    assert_int_equal(read_frame(pipe), KITH_FRAME_DAMAGED);
}

/* --- Lies -------------------------------------------------------------------------- */

static void assert_damaged(struct pipe *pipe, const char *bytes, size_t len)
{
    kith_buf_clear(&pipe->bytes);
    assert_true(kith_buf_add(&pipe->bytes, bytes, len));
    assert_int_equal(read_frame(pipe), KITH_FRAME_DAMAGED);
}

static void reader_frame__unknown_kinds_and_numbers_are_damage(void **state)
{
    struct pipe *pipe = *state;

    assert_damaged(pipe, "\x00", 1);
    assert_damaged(pipe, "\x09", 1);
    assert_damaged(pipe, "\x06\x01\0\0\0x", 6);                                  /* a body where there is none */
    assert_damaged(pipe, "\x08\x09\0\0\0\x02\0\0\0\0\0\0\0x", 14);               /* a text that ends too early */
    assert_damaged(pipe, "\x08\x09\0\0\0\xff\xff\xff\xff\xff\xff\xff\xffx", 14); /* one of endless length */
    assert_damaged(pipe, "\x08\x09\0\0\0\x01\0\0\0\0\0\0\0\xff", 14);            /* one that is no UTF-8 */
    assert_damaged(pipe, "\x08\x09\0\0\0\x01\0\0\0\0\0\0\0\0", 14);              /* one with a NUL */
}

static void reader_frame__a_reason_that_is_not_about_files_is_damage(void **state)
{
    struct pipe *pipe = *state;
    const struct kith_reader_failure failure = {.reason = KITH_REASON_DISK_FULL, .message = "x"};

    assert_true(kith_reader_frame_failure(&pipe->bytes, &failure));
    assert_int_equal(read_frame(pipe), KITH_FRAME_DAMAGED);
}

static void claim(struct kith_contact *contact, struct kith_arena *arena)
{
    struct kith_phone *phone = kith_contact_add_phone(contact, arena);

    contact->id = 5;
    contact->account_id = 6;
    contact->account = "work";
    contact->change_key = "k";
    contact->shown = "Somebody";
    contact->initials = "S";
    contact->photo_url = "https://x.example/\x1b\xff";
    contact->colour = 1000000;
    contact->source = KITH_SOURCE_GOOGLE;
    *phone =
        (struct kith_phone){.raw = "1", .label = "", .number_class = KITH_NUMBER_NORMAL, .e164 = "+1", .national = "1"};
}

static void reader_frame__what_only_the_engine_knows_is_forgotten(void **state)
{
    struct pipe *pipe = *state;
    const struct kith_contact *contact = &pipe->frame.contact;

    put_contact(pipe, claim);
    assert_whole(pipe, KITH_FRAME_CONTACT);
    assert_int_equal(contact->id, 0);
    assert_int_equal(contact->account_id, 0);
    assert_int_equal(contact->colour, 0);
    assert_int_equal(contact->source, KITH_SOURCE_OUTLOOK);
    assert_string_equal(contact->account, "");
    assert_string_equal(contact->change_key, "");
    assert_string_equal(contact->shown, "");
    assert_string_equal(contact->initials, "");
    assert_string_equal(contact->photo_url, "");
    assert_string_equal(contact->phones[0].e164, "");
    assert_int_equal(contact->phones[0].number_class, KITH_NUMBER_UNREAD);
}

static void paint(struct kith_contact *contact, struct kith_arena *arena)
{
    contact->text[KITH_TEXT_DISPLAY] = "Ada\x1b[31m\x7f\xc2\x9bm\xc2\xa0";
    contact->text[KITH_TEXT_NOTES] = "one\n\ttwo\r";
}

static void reader_frame__controls_never_reach_a_screen(void **state)
{
    struct pipe *pipe = *state;

    put_contact(pipe, paint);
    assert_whole(pipe, KITH_FRAME_CONTACT);
    assert_string_equal(pipe->frame.contact.text[KITH_TEXT_DISPLAY], "Ada [31m   m\xc2\xa0");
    assert_string_equal(pipe->frame.contact.text[KITH_TEXT_NOTES], "one\n\ttwo ");
    kith_buf_clear(&pipe->bytes);
    assert_true(kith_reader_frame_skipped(&pipe->bytes, "line\nline", ""));
    assert_whole(pipe, KITH_FRAME_SKIPPED);
    assert_string_equal(pipe->frame.what, "line line");
}

static void spoil_text(struct kith_contact *contact, struct kith_arena *arena)
{
    kith_contact_add_address(contact, arena)->city = "K\xf6ln";
}

static void spoil_date(struct kith_contact *contact, struct kith_arena *arena)
{
    *kith_contact_add_date(contact, arena) = (struct kith_date){KITH_DATE_BIRTHDAY, 2024, 13, 1, ""};
}

static void spoil_kind(struct kith_contact *contact, struct kith_arena *arena)
{
    kith_contact_add_item(contact, arena, (enum kith_item_kind)0, "x");
}

static void reader_frame__a_contact_that_no_reader_writes_is_damage(void **state)
{
    static void (*const spoilers[])(struct kith_contact *, struct kith_arena *) = {spoil_text, spoil_date, spoil_kind};
    struct pipe *pipe = *state;

    for (size_t i = 0; i < KITH_COUNT_OF(spoilers); i++) {
        kith_buf_clear(&pipe->bytes);
        put_contact(pipe, spoilers[i]);
        assert_int_equal(read_frame(pipe), KITH_FRAME_DAMAGED);
    }
}

int main(void)
{
#define FRAME_TEST(f) cmocka_unit_test_setup_teardown(f, open_pipe, close_pipe)
    const struct CMUnitTest tests[] = {
        FRAME_TEST(reader_frame__a_greeting_says_what_holds),
        FRAME_TEST(reader_frame__a_reader_of_another_build_is_a_stranger),
        FRAME_TEST(reader_frame__a_lock_that_nobody_knows_is_damage),
        FRAME_TEST(reader_frame__a_contact_arrives_as_it_was),
        FRAME_TEST(reader_frame__the_other_kinds_arrive_as_they_were),
        FRAME_TEST(reader_frame__every_beginning_of_a_frame_asks_for_more),
        FRAME_TEST(reader_frame__what_follows_a_frame_is_left),
        FRAME_TEST(reader_frame__a_contact_beyond_the_ceiling_is_not_written),
        FRAME_TEST(reader_frame__a_length_beyond_the_ceiling_is_damage_at_once),
        FRAME_TEST(reader_frame__unknown_kinds_and_numbers_are_damage),
        FRAME_TEST(reader_frame__a_reason_that_is_not_about_files_is_damage),
        FRAME_TEST(reader_frame__what_only_the_engine_knows_is_forgotten),
        FRAME_TEST(reader_frame__controls_never_reach_a_screen),
        FRAME_TEST(reader_frame__a_contact_that_no_reader_writes_is_damage),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
