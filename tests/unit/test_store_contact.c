/* SPDX-License-Identifier: MIT */
/*
 * test_store_contact.c - what is read back is in every byte what was written.
 *
 * The codec serves as the judge: two contacts are the same when their bytes are.
 */
#include "store_fixture.h"

#include "model/codec.h"

static void assert_same(const struct kith_contact *wanted, struct kith_contact *got)
{
    KITH_AUTO_DONE(kith_buf) a;
    KITH_AUTO_DONE(kith_buf) b;
    struct kith_contact mine = *wanted;

    kith_buf_init(&a, 1 << 20);
    kith_buf_init(&b, 1 << 20);
    mine.id = got->id; /* given by the store */
    mine.account_id = got->account_id;
    mine.account = got->account;
    mine.source = got->source;
    assert_true(kith_codec_write(&a, &mine, NULL));
    assert_true(kith_codec_write(&b, got, NULL));
    assert_int_equal(a.len, b.len);
    assert_memory_equal(a.data, b.data, a.len);
}

static int64_t only_id(int64_t account_id)
{
    struct kith_ids *ids;
    int64_t id;

    assert_ok(kith_store_list_ids(store, account_id, &ids, &store_err));
    assert_int_equal(ids->n, 1);
    id = ids->id[0];
    kith_ids_free(ids);
    return id;
}

static void check_round_trip(int64_t account_id, struct kith_contact *contact)
{
    KITH_AUTO(kith_contact) got = NULL;

    (void)store_import(account_id, &contact, 1);
    assert_ok(kith_store_contact(store, only_id(account_id), &got, &store_err));
    assert_same(contact, got);
    assert_int_equal(got->account_id, account_id);
    assert_ok(kith_store_check(store, &store_err));
}

static struct kith_contact *rich_contact(void)
{
    struct kith_contact *c = store_person(
        "AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5LTA5OGJiZGEzMTc0YQBGAAAAAADUuTJK1K9aTpCdqXop_4NaBwCd9nJ-tVysQos2hTfspaWR",
        "Zoë", "O'Neill-Müller", "Société “Générale” & fils");
    char text[64];

    c->change_key = "EQAAABYAAACd/nJ+tVysQos2hTfspaWRAAAJAn5M";
    c->folder = "Contacts/Suppliers/\xE6\x9D\xB1\xE4\xBA\xAC";
    c->initials = "ZM";
    c->colour = 11;
    c->partial = c->has_photo = true;
    c->created_s = 1;
    c->modified_s = 253402300799;
    for (size_t i = KITH_TEXT_FAMILY + 1; i < KITH_TEXT_COUNT; i++) {
        (void)kith_text_format(text, sizeof(text), "field %zu \n \xF0\x9F\x99\x82 \"'", i);
        if (i != KITH_TEXT_COMPANY)
            c->text[i] = kith_arena_copy(store_arena, text, strlen(text));
    }
    for (int i = 0; i < 3; i++) {
        struct kith_email *e = kith_contact_add_email(c, store_arena);
        e->place = (enum kith_place)i;
        e->address = "zoe@example.org";
        e->name = i == 0 ? e->address : i == 1 ? c->shown : "Zoë (office)";
        e->label = i == 2 ? "office" : "";
    }
    (void)kith_contact_add_email(c, store_arena); /* nothing in it at all */
    for (int kind = 0; kind < KITH_PHONE_KIND_COUNT; kind++) {
        struct kith_phone *p = store_add_phone(c, "+1 (408) 555-0100 x12", "+14085550100", "4085550100");
        p->kind = (enum kith_phone_kind)kind;
        p->region_assumed = kind % 2;
        p->label = kind % 3 ? "own label" : "";
        (void)kith_text_copy(p->extension, sizeof(p->extension), kind % 4 ? "00123456789" : "");
    }
    (void)store_add_phone(c, "112", "", "112");
    (void)store_add_phone(c, "*100#", "", "*100#");
    (void)store_add_phone(c, "02 1234 5678", "+390212345678", "0212345678");
    (void)store_add_phone(c, "odd", "+999999999999999", "77"); /* national is no end of it */
    (void)store_add_phone(c, "call me", "", "");
    struct kith_address *a = kith_contact_add_address(c, store_arena);
    *a = (struct kith_address){
        KITH_PLACE_HOME, "1 Lantern Yard\n3rd floor", "PO 1", "London", "Greater London", "SE1 0QX", "United Kingdom",
        "main"};
    (void)kith_contact_add_address(c, store_arena);
    *kith_contact_add_date(c, store_arena) = (struct kith_date){KITH_DATE_BIRTHDAY, 0, 2, 29, ""};
    *kith_contact_add_date(c, store_arena) = (struct kith_date){KITH_DATE_OTHER, 1604, 12, 31, "first met"};
    for (int kind = KITH_ITEM_WEB; kind <= KITH_ITEM_EXTRA; kind++) {
        struct kith_item *item =
            kith_contact_add_item(c, store_arena, (enum kith_item_kind)kind, kind == KITH_ITEM_CHILD ? "" : "value");
        item->place = KITH_PLACE_WORK;
        item->label = kind % 2 ? "label" : "";
    }
    return c;
}

static void contact__rich_one_comes_back_as_it_was(void **state)
{
    (void)state;
    check_round_trip(store_add_account("work", KITH_SOURCE_MICROSOFT365), rich_contact());
}

static void contact__empty_one_comes_back_as_it_was(void **state)
{
    struct kith_contact *c = store_person("x", "", "", "");

    (void)state;
    check_round_trip(store_add_account("work", KITH_SOURCE_MICROSOFT365), c);
}

/* What the store keeps once must not be put where it was not. */
static void contact__fields_that_nearly_agree_stay_apart(void **state)
{
    static const char *const file_as[] = {"Lovelace, Ada",
                                          "Lovelace,  Ada",
                                          "Lovelace, ada",
                                          "Ada Lovelace",
                                          "ada lovelace",
                                          "Lovelace, ",
                                          "Lovelace",
                                          ", Ada",
                                          "Lovelace, Adam",
                                          "Lovelace,Ada",
                                          ""};
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(file_as); i++) {
        struct kith_contact *c = store_person("x", "Ada", "Lovelace", "Engines");
        char version[16];
        (void)kith_text_format(version, sizeof(version), "v%zu", i);
        c->change_key = kith_arena_copy(store_arena, version, strlen(version));
        c->text[KITH_TEXT_FILE_AS] = file_as[i];
        c->shown = i % 2 ? c->shown : "Engines";
        check_round_trip(account, c);
    }
}

static void contact__family_name_beside_others_comes_back(void **state)
{
    static const struct {
        const char *shown, *given, *middle, *family;
    } names[] = {
        {"Ada Lovelace", "Ada", "", "Lovelace"},
        {"Ada King Lovelace", "Ada", "King", "Lovelace"},
        {"Ada King Lovelace", "Ada", "", "King Lovelace"},
        {"Ada  Lovelace", "Ada", "", "Lovelace"},
        {"Ada Lovelace ", "Ada", "", "Lovelace"},
        {"Lovelace, Ada", "Ada", "", "Lovelace"},
        {"Lovelace, Ada", "Ada", "King", "Lovelace"},
        {"Lovelace, Ada King", "Ada", "King", "Lovelace"},
        {"Ada, Ada", "Ada", "", "Ada"},
        {"Ada Lovelace", "Ada", "Lovelace", ""},
        {"Ada Lovelace", "", "", "Lovelace"},
        {" Lovelace", "", "", "Lovelace"},
        {"", "Ada", "", "Lovelace"},
    };
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(names); i++) {
        struct kith_contact *c = store_person("x", names[i].given, names[i].family, "Engines");
        char version[16];
        (void)kith_text_format(version, sizeof(version), "v%zu", i);
        c->change_key = kith_arena_copy(store_arena, version, strlen(version));
        c->text[KITH_TEXT_MIDDLE] = names[i].middle;
        c->shown = names[i].shown;
        check_round_trip(account, c);
    }
}

/* A note of len bytes that has no two lines alike. */
static const char *note_of(size_t len)
{
    char *note = kith_arena_alloc(store_arena, len + 64);

    for (size_t at = 0; at < len;)
        at += (size_t)snprintf(note + at, 32, "%zu: met at the fair\n", at * 7919);
    note[len] = '\0';
    return note;
}

static void contact__long_note_comes_back_as_it_was(void **state)
{
    static const size_t lens[] = {1023, 1024, 1025, 5000, 0, 300000};
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(lens); i++) {
        struct kith_contact *c = store_person("x", "Ada", "Lovelace", "Engines");
        char version[16];
        (void)kith_text_format(version, sizeof(version), "v%zu", i);
        c->change_key = kith_arena_copy(store_arena, version, strlen(version));
        c->text[KITH_TEXT_NOTES] = note_of(lens[i]);
        check_round_trip(account, c);
        assert_string_equal(store_sql("SELECT count(*) FROM note"), lens[i] > 1024 ? "1" : "0");
    }
    assert_string_equal(store_sql("SELECT length(packed) < n_bytes / 2 FROM note"), "1");
}

static void contact__long_note_of_an_older_file_is_still_here(void **state)
{
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    struct kith_contact *c = store_person("x", "Ada", "Lovelace", "Engines");
    KITH_AUTO(kith_contact) got = NULL;

    (void)state;
    (void)store_import(account, &c, 1);
    (void)store_sql("UPDATE contact SET notes = printf('%.*c', 3000, 'x')"); /* as versions before 5 kept it */
    assert_ok(kith_store_contact(store, only_id(account), &got, &store_err));
    assert_int_equal(strlen(got->text[KITH_TEXT_NOTES]), 3000);
}

static void contact__note_that_cannot_be_unpacked_is_damage(void **state)
{
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    struct kith_contact *c = store_person("x", "Ada", "Lovelace", "Engines");
    struct kith_contact *got = NULL;
    static const char *const damages[] = {"UPDATE note SET n_bytes = n_bytes - 1", "UPDATE note SET n_bytes = 1 << 60",
                                          "UPDATE note SET packed = x'00'", "DELETE FROM note"};

    (void)state;
    c->text[KITH_TEXT_NOTES] = note_of(3000);
    (void)store_import(account, &c, 1);
    for (size_t i = 0; i < KITH_COUNT_OF(damages); i++) {
        (void)store_sql(damages[i]);
        assert_fails(kith_store_contact(store, only_id(account), &got, &store_err), KITH_E_STORE);
        assert_int_equal(store_err.reason, KITH_REASON_DAMAGED);
    }
}

static void contact__change_of_every_kind_leaves_nothing_of_the_old(void **state)
{
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    struct kith_contact *rich = rich_contact();
    struct kith_contact *plain = store_person(rich->source_id, "Zoë", "Müller", "");
    char note[2000] = "";

    (void)state;
    memset(note, 'n', sizeof(note) - 1);
    rich->text[KITH_TEXT_NOTES] = note;
    plain->change_key = "later";
    check_round_trip(account, rich);
    int64_t id = only_id(account);
    check_round_trip(account, plain);
    assert_int_equal(only_id(account), id);
    rich->change_key = "latest";
    check_round_trip(account, rich);
    assert_int_equal(only_id(account), id);
    (void)store_import(account, NULL, 0);
    assert_string_equal(
        store_sql("SELECT (SELECT count(*) FROM contact) + (SELECT count(*) FROM email) + (SELECT count(*) "
                  "FROM phone) + (SELECT count(*) FROM address) + (SELECT count(*) FROM date) + (SELECT "
                  "count(*) FROM item) + (SELECT count(*) FROM note)"),
        "0");
}

static void contact__ids_with_and_without_a_common_beginning(void **state)
{
    static const char *const ids[] = {
        "AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5LTA5OGJiZGEzMTc0YQBGAAAAAADUuTJK1K9aTpCdqXopAAAA",
        "AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5LTA5OGJiZGEzMTc0YQBGAAAAAADUuTJK1K9aTpCdqXopAAAB",
        "AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5LTA5OGJiZGEzMTc0YQBGAAAAAADUuTJK1K9aTpCdqXop",
        "AAMkAGI2NGVhZTVlLTI1OGMtNDI4My1iZmE5",
        "people/c100000000000000001",
        "people/c100000000000000002",
        "\xC3\xA9t\xC3\xA9",
        "x",
    };
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    struct kith_contact *contacts[KITH_COUNT_OF(ids)];

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(ids); i++)
        contacts[i] = store_person(ids[i], "Person", ids[i], "");
    assert_int_equal(store_import(account, contacts, KITH_COUNT_OF(ids)).added, KITH_COUNT_OF(ids));
    assert_int_equal(store_import(account, contacts, KITH_COUNT_OF(ids)).unchanged, KITH_COUNT_OF(ids));
    for (int64_t id = 1; id <= (int64_t)KITH_COUNT_OF(ids); id++) {
        KITH_AUTO(kith_contact) got = NULL;
        assert_ok(kith_store_contact(store, id, &got, &store_err));
        assert_string_equal(got->source_id, ids[id - 1]);
    }
}

static void contact__many_folders_keep_their_names(void **state)
{
    enum { N = 1200 };
    static struct kith_contact *contacts[N];
    int64_t account = store_add_account("work", KITH_SOURCE_MICROSOFT365);

    (void)state;
    for (size_t i = 0; i < N; i++) {
        char text[32];
        (void)kith_text_format(text, sizeof(text), "folder %zu", i);
        contacts[i] = store_person(text, "A", text, "");
        contacts[i]->folder = contacts[i]->source_id;
    }
    (void)store_import(account, contacts, N);
    for (size_t i = 0; i < N; i++)
        contacts[i]->change_key = "v2";
    assert_int_equal(store_import(account, contacts, N).changed, N);
    assert_string_equal(store_sql("SELECT count(*) FROM folder"), "1200");
    for (int64_t id = 1; id <= N; id += 113) {
        KITH_AUTO(kith_contact) got = NULL;
        assert_ok(kith_store_contact(store, id, &got, &store_err));
        assert_string_equal(got->folder, got->source_id);
    }
}

static void contact__unknown_id_is_not_found(void **state)
{
    struct kith_contact *got = NULL;

    (void)state;
    assert_fails(kith_store_contact(store, 99, &got, &store_err), KITH_E_NOT_FOUND);
    assert_int_equal(store_err.reason, KITH_REASON_NO_CONTACT);
    assert_null(got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(contact__rich_one_comes_back_as_it_was),
        store_test(contact__empty_one_comes_back_as_it_was),
        store_test(contact__fields_that_nearly_agree_stay_apart),
        store_test(contact__family_name_beside_others_comes_back),
        store_test(contact__long_note_comes_back_as_it_was),
        store_test(contact__long_note_of_an_older_file_is_still_here),
        store_test(contact__note_that_cannot_be_unpacked_is_damage),
        store_test(contact__change_of_every_kind_leaves_nothing_of_the_old),
        store_test(contact__ids_with_and_without_a_common_beginning),
        store_test(contact__many_folders_keep_their_names),
        store_test(contact__unknown_id_is_not_found),
    };

    return cmocka_run_group_tests_name("store_contact", tests, NULL, NULL);
}
