/* SPDX-License-Identifier: MIT */
/* test_store_photo.c - pictures: wished for, kept, and gone with their contact. */
#include "store_fixture.h"

#include "base/fail.h"

static const unsigned char png[] = "\x89PNG\r\n\x1A\n and the rest of it";
static const unsigned char jpeg[] = "\xFF\xD8\xFF\xE0 and the rest of it";

static struct kith_contact *people[3];
static int64_t account;

static void import_people(size_t n, const char *version)
{
    for (size_t i = 0; i < n; i++)
        people[i]->change_key = version;
    (void)store_import(account, people, n);
}

/* Three people; the first two have a picture somewhere. */
static void make_people(void)
{
    account = store_add_account("work", KITH_SOURCE_MICROSOFT365);
    for (size_t i = 0; i < 3; i++) {
        char id[16];
        (void)kith_text_format(id, sizeof(id), "id-%zu", i);
        people[i] = store_person(id, "Ada", "Lovelace", "Engines");
        people[i]->has_photo = i < 2;
        people[i]->photo_url = i == 1 ? "https://pictures.example/1=s100" : "";
    }
    import_people(3, "v1");
}

static void put(const struct kith_photo_wish *wish, const void *bytes, size_t n)
{
    struct kith_store_tx *tx;

    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_photo_put(tx, wish, bytes, n, &store_err));
    assert_ok(kith_store_commit(tx, &store_err));
}

static void assert_photo(int64_t id, enum kith_photo_kind kind, size_t n)
{
    struct kith_photo *photo = NULL;

    assert_ok(kith_store_photo_get(store, id, &photo, &store_err));
    assert_int_equal(photo->kind, kind);
    assert_int_equal(photo->n_bytes, n);
    free(photo);
}

static void assert_no_photo(int64_t id, enum kith_reason reason)
{
    struct kith_photo *photo = NULL;
    struct kith_error err = {0};

    assert_int_equal(kith_store_photo_get(store, id, &photo, &err), KITH_E_NOT_FOUND);
    assert_int_equal(err.reason, reason);
    assert_null(photo);
}

static void photo__is_wished_for_and_kept(void **state)
{
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};
    KITH_AUTO_DONE(kith_photo_wishes) left = {0};

    (void)state;
    make_people();
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    assert_int_equal(wishes.n, 2);
    assert_int_equal(wishes.all, 2);
    assert_string_equal(wishes.wish[0].source_id, "id-0");
    assert_string_equal(wishes.wish[0].url, "");
    assert_string_equal(wishes.wish[1].url, "https://pictures.example/1=s100");
    assert_no_photo(wishes.wish[0].contact_id, KITH_REASON_NO_PHOTO);
    put(&wishes.wish[0], png, sizeof(png));
    assert_photo(wishes.wish[0].contact_id, KITH_PHOTO_PNG, sizeof(png));
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &left, &store_err));
    assert_int_equal(left.n, 1);
    assert_int_equal(left.wish[0].contact_id, wishes.wish[1].contact_id);
    assert_no_photo(4711, KITH_REASON_NO_CONTACT);
}

static void photo__is_not_asked_for_after_a_sign_out(void **state)
{
    static const struct kith_error no_error = {0};
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};

    (void)state;
    make_people();
    assert_ok(kith_store_account_note(store, account, KITH_ACCOUNT_SIGNED_OUT, &no_error, &store_err));
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    assert_int_equal(wishes.n, 0);
}

static const char *tag_of_row(int64_t id)
{
    static char tag[KITH_PHOTO_TAG_SIZE];
    KITH_AUTO(kith_rows) rows = NULL;

    assert_ok(kith_store_rows(store, &id, 1, &rows, &store_err));
    assert_int_equal(rows->n, 1);
    assert_true(kith_text_copy(tag, sizeof(tag), rows->row[0].photo_tag));
    return tag;
}

static void photo__has_a_tag_that_the_next_one_has_not(void **state)
{
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};
    KITH_AUTO_DONE(kith_photo_wishes) again = {0};
    struct kith_photo *photo = NULL;

    (void)state;
    make_people();
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    int64_t id = wishes.wish[0].contact_id;
    assert_string_equal(tag_of_row(id), "");
    put(&wishes.wish[0], png, sizeof(png));
    assert_ok(kith_store_photo_get(store, id, &photo, &store_err));
    assert_string_equal(tag_of_row(id), photo->tag);
    assert_int_equal(strlen(photo->tag), KITH_PHOTO_TAG_SIZE - 1);
    import_people(3, "v2");
    assert_string_equal(tag_of_row(id), photo->tag); /* the one before stays meanwhile */
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &again, &store_err));
    put(&again.wish[0], jpeg, sizeof(jpeg));
    assert_string_not_equal(tag_of_row(id), photo->tag);
    free(photo);
}

static void photo__of_a_changed_contact_stays_until_the_new_one_comes(void **state)
{
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};
    KITH_AUTO_DONE(kith_photo_wishes) again = {0};

    (void)state;
    make_people();
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    put(&wishes.wish[0], png, sizeof(png));
    import_people(3, "v2");
    assert_photo(wishes.wish[0].contact_id, KITH_PHOTO_PNG, sizeof(png));
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &again, &store_err));
    assert_int_equal(again.n, 2);
    put(&again.wish[0], jpeg, sizeof(jpeg));
    assert_photo(wishes.wish[0].contact_id, KITH_PHOTO_JPEG, sizeof(jpeg));
}

static void photo__that_is_none_is_not_asked_for_again(void **state)
{
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};
    KITH_AUTO_DONE(kith_photo_wishes) left = {0};

    (void)state;
    make_people();
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    put(&wishes.wish[0], NULL, 0);
    put(&wishes.wish[1], "<html>no picture</html>", 23);
    assert_no_photo(wishes.wish[0].contact_id, KITH_REASON_NO_PHOTO);
    assert_no_photo(wishes.wish[1].contact_id, KITH_REASON_NO_PHOTO);
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &left, &store_err));
    assert_int_equal(left.n, 0);
}

static void photo__for_another_address_than_wished_is_not_kept(void **state)
{
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};

    (void)state;
    make_people();
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    people[1]->photo_url = "https://pictures.example/2=s100";
    import_people(3, "v2");
    put(&wishes.wish[1], png, sizeof(png));
    assert_no_photo(wishes.wish[1].contact_id, KITH_REASON_NO_PHOTO);
}

static void photo__that_came_with_its_contact_is_kept_at_once(void **state)
{
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};

    (void)state;
    make_people();
    people[0]->photo = jpeg;
    people[0]->n_photo = sizeof(jpeg);
    import_people(3, "v2");
    assert_photo(1, KITH_PHOTO_JPEG, sizeof(jpeg));
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    assert_int_equal(wishes.n, 1);
}

static void photo__goes_with_its_contact_its_account_or_by_itself(void **state)
{
    KITH_AUTO_DONE(kith_photo_wishes) wishes = {0};

    (void)state;
    make_people();
    assert_ok(kith_store_photo_wishes(store, account, 0, 10, &wishes, &store_err));
    put(&wishes.wish[0], png, sizeof(png));
    put(&wishes.wish[1], png, sizeof(png));
    people[0]->has_photo = false;
    import_people(3, "v2");
    assert_no_photo(wishes.wish[0].contact_id, KITH_REASON_NO_PHOTO);
    import_people(1, "v2");
    assert_string_equal(store_sql("SELECT count(*) FROM photo"), "0");
    people[0]->has_photo = true;
    import_people(3, "v3");
    assert_string_equal(store_sql("SELECT count(*) FROM photo"), "2");
    assert_ok(kith_store_account_remove(store, account, &store_err));
    assert_string_equal(store_sql("SELECT count(*) FROM photo"), "0");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        store_test(photo__is_wished_for_and_kept),
        store_test(photo__is_not_asked_for_after_a_sign_out),
        store_test(photo__has_a_tag_that_the_next_one_has_not),
        store_test(photo__of_a_changed_contact_stays_until_the_new_one_comes),
        store_test(photo__that_is_none_is_not_asked_for_again),
        store_test(photo__for_another_address_than_wished_is_not_kept),
        store_test(photo__that_came_with_its_contact_is_kept_at_once),
        store_test(photo__goes_with_its_contact_its_account_or_by_itself),
    };

    return cmocka_run_group_tests_name("store_photo", tests, NULL, NULL);
}
