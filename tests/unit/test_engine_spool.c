/* SPDX-License-Identifier: MIT */
/* test_engine_spool.c - the waiting room between network and store: order, memory, the file behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/resource.h>
#include <signal.h>

#include <cmocka.h>

#include "base/text.h"
#include "engine/seen.h"
#include "engine/spool.h"
#include "model/reader_frame.h"

static enum kith_status put_numbered(struct kith_spool *spool, int number, size_t note_bytes, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_keys) keys;
    KITH_AUTO_STRING note = calloc(1, note_bytes + 1);
    struct kith_contact contact;
    char id[32];

    (void)kith_text_format(id, sizeof(id), "id-%d", number);
    memset(note, 'n', note_bytes);
    kith_keys_init(&keys);
    (void)kith_buf_add_text(&keys.names, id);
    kith_contact_init(&contact);
    contact.source_id = id;
    contact.text[KITH_TEXT_NOTES] = note;
    return kith_spool_put(spool, &contact, &keys, err);
}

static void expect_numbered(struct kith_spool *spool, int number, size_t note_bytes)
{
    KITH_AUTO_DONE(kith_keys) keys;
    struct kith_contact contact;
    enum kith_spooled what;
    int64_t id;
    char expected[32];

    kith_keys_init(&keys);
    (void)kith_text_format(expected, sizeof(expected), "id-%d", number);
    assert_int_equal(kith_spool_next(spool, &what, &id, &contact, &keys, NULL), KITH_OK);
    assert_int_equal(what, KITH_SPOOLED_PUT);
    assert_string_equal(contact.source_id, expected);
    assert_string_equal(kith_buf_text(&keys.names), expected);
    assert_int_equal(strlen(contact.text[KITH_TEXT_NOTES]), note_bytes);
}

static void expect_end(struct kith_spool *spool)
{
    struct kith_contact contact;
    enum kith_spooled what;
    int64_t id;

    assert_int_equal(kith_spool_next(spool, &what, &id, &contact, NULL, NULL), KITH_OK);
    assert_int_equal(what, KITH_SPOOLED_END);
}

static void spool__an_empty_one_ends_at_once(void **state)
{
    KITH_AUTO(kith_spool) spool = kith_spool_new("/nowhere");

    (void)state;
    assert_int_equal(kith_spool_rewind(spool, NULL), KITH_OK);
    expect_end(spool);
}

static void spool__gives_back_in_order_from_memory(void **state)
{
    KITH_AUTO(kith_spool) spool = kith_spool_new("/nowhere"); /* never needed: it all fits */
    struct kith_contact contact;
    enum kith_spooled what;
    int64_t id;

    (void)state;
    assert_int_equal(put_numbered(spool, 1, 10, NULL), KITH_OK);
    assert_int_equal(kith_spool_keep(spool, 4711, NULL), KITH_OK);
    assert_int_equal(put_numbered(spool, 2, 0, NULL), KITH_OK);
    assert_int_equal(kith_spool_rewind(spool, NULL), KITH_OK);
    expect_numbered(spool, 1, 10);
    assert_int_equal(kith_spool_next(spool, &what, &id, &contact, NULL, NULL), KITH_OK);
    assert_int_equal(what, KITH_SPOOLED_KEEP);
    assert_int_equal(id, 4711);
    expect_numbered(spool, 2, 0);
    expect_end(spool);
}

static void spool__says_who_is_gone_and_from_where(void **state)
{
    static const char *const folders[] = {NULL, "", "Clients/Old"};
    KITH_AUTO(kith_spool) spool = kith_spool_new("/nowhere");

    (void)state;
    for (size_t i = 0; i < KITH_COUNT_OF(folders); i++)
        assert_int_equal(kith_spool_gone(spool, "id-1", folders[i], NULL), KITH_OK);
    assert_int_equal(kith_spool_rewind(spool, NULL), KITH_OK);
    for (size_t i = 0; i < KITH_COUNT_OF(folders); i++) {
        struct kith_contact contact;
        enum kith_spooled what;
        int64_t id;

        assert_int_equal(kith_spool_next(spool, &what, &id, &contact, NULL, NULL), KITH_OK);
        assert_int_equal(what, folders[i] ? KITH_SPOOLED_LEFT : KITH_SPOOLED_GONE);
        assert_string_equal(contact.source_id, "id-1");
        assert_string_equal(contact.folder, folders[i] ? folders[i] : "");
    }
    expect_end(spool);
}

static void spool__goes_on_in_a_file_when_there_is_much(void **state)
{
    KITH_AUTO(kith_spool) spool = kith_spool_new("/tmp");
    enum { N = 700, NOTE = 32 * 1024 }; /* 22 MB: several times the memory it may take */

    (void)state;
    for (int i = 0; i < N; i++)
        assert_int_equal(put_numbered(spool, i, NOTE, NULL), KITH_OK);
    assert_int_equal(kith_spool_rewind(spool, NULL), KITH_OK);
    for (int i = 0; i < N; i++)
        expect_numbered(spool, i, NOTE);
    expect_end(spool);
}

/* As large as a file's reader may hand over; what is larger is refused while it can still be said which contact. */
static void spool__the_largest_contact_comes_back(void **state)
{
    KITH_AUTO(kith_spool) spool = kith_spool_new("/tmp");
    enum { LARGEST = KITH_READER_FRAME_BODY_MAX };

    (void)state;
    assert_int_equal(put_numbered(spool, 1, LARGEST, NULL), KITH_OK);
    assert_int_equal(put_numbered(spool, 2, 10, NULL), KITH_OK);
    assert_int_equal(put_numbered(spool, 3, LARGEST, NULL), KITH_OK);
    assert_int_equal(kith_spool_rewind(spool, NULL), KITH_OK);
    expect_numbered(spool, 1, LARGEST);
    expect_numbered(spool, 2, 10);
    expect_numbered(spool, 3, LARGEST);
    expect_end(spool);
    assert_int_equal(put_numbered(spool, 4, LARGEST + 2 * 1024 * 1024, NULL), KITH_E_SERVICE);
}

static void spool__without_a_folder_says_so(void **state)
{
    KITH_AUTO(kith_spool) spool = kith_spool_new("/nowhere/at/all");
    struct kith_error err = {0};
    enum kith_status st = KITH_OK;

    (void)state;
    for (int i = 0; i < 200 && st == KITH_OK; i++)
        st = put_numbered(spool, i, 32 * 1024, &err);
    assert_int_equal(st, KITH_E_STORE);
    assert_true(err.message[0] != '\0');
}

static void spool__a_full_disk_is_told_as_one(void **state)
{
    KITH_AUTO(kith_spool) spool = kith_spool_new("/tmp");
    struct rlimit before, small;
    struct kith_error err = {0};
    enum kith_status st = KITH_OK;

    (void)state;
    (void)signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 6 * 1024 * 1024;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    for (int i = 0; i < 700 && st == KITH_OK; i++)
        st = put_numbered(spool, i, 32 * 1024, &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_int_equal(st, KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_DISK_FULL);
}

static void seen__counts_each_id_once(void **state)
{
    KITH_AUTO(kith_seen) seen = kith_seen_new();
    char id[32];

    (void)state;
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 50000; i++) {
            (void)kith_text_format(id, sizeof(id), "AAMk-%d", i);
            assert_int_equal(kith_seen_add(seen, id), round == 0);
        }
    assert_int_equal(kith_seen_count(seen), 50000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spool__an_empty_one_ends_at_once),
        cmocka_unit_test(spool__gives_back_in_order_from_memory),
        cmocka_unit_test(spool__says_who_is_gone_and_from_where),
        cmocka_unit_test(spool__goes_on_in_a_file_when_there_is_much),
        cmocka_unit_test(spool__the_largest_contact_comes_back),
        cmocka_unit_test(spool__without_a_folder_says_so),
        cmocka_unit_test(spool__a_full_disk_is_told_as_one),
        cmocka_unit_test(seen__counts_each_id_once),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
