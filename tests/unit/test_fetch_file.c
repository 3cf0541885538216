/* SPDX-License-Identifier: MIT */
/* test_fetch_file.c - files are read by another process, which may do anything but harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"
#include "fetch/fetch_file.h"

static const char card[] = "BEGIN:VCARD\r\nVERSION:3.0\r\nUID:ada-1\r\nFN:Ada Lind\r\nEND:VCARD\r\n";

static char folder[64];

/* What came of one file. */
struct got {
    enum kith_status st;
    struct kith_file_facts facts;
    struct kith_error err;
    int n_contacts, n_skipped;
    int fail_at; /* the sink fails at this contact; 0 never */
    struct kith_cancel *cancel_at_first;
    char name[64], uid[64], skipped[128];
};

/* --- Helpers ---------------------------------------------------------------- */

static enum kith_status take_contact(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                     struct kith_error *err)
{
    struct got *got = ctx;

    got->n_contacts++;
    (void)kith_text_copy(got->name, sizeof(got->name), contact->text[KITH_TEXT_DISPLAY]);
    (void)kith_text_copy(got->uid, sizeof(got->uid), contact->source_id);
    kith_cancel_set(got->cancel_at_first);
    return got->n_contacts == got->fail_at ? kith_fail(err, KITH_E_STORE, "no room") : KITH_OK;
}

static void take_skipped(void *ctx, const char *what, const char *why)
{
    struct got *got = ctx;

    got->n_skipped++;
    (void)kith_text_copy(got->skipped, sizeof(got->skipped), what);
}

static void write_file(const char *name, const void *bytes, size_t len, char path[PATH_MAX])
{
    assert_true(kith_file_join(path, PATH_MAX, folder, name));
    assert_int_equal(kith_file_replace(path, bytes, len, NULL), KITH_OK);
}

static void fetch(const char *path, const struct kith_fetch_file_options *options, struct got *got)
{
    const struct kith_contact_sink sink = {.contact = take_contact, .skipped = take_skipped, .ctx = got};

    got->st = kith_fetch_file(path, options, &sink, &got->facts, &got->err);
}

/* The fake reader does what the name of the file says. */
static struct got fetch_as(const char *how, struct kith_cancel *cancel)
{
    bool falls_silent = !cancel && strcmp(how, "silent") == 0; /* one that does not may be slow on a busy machine */
    const struct kith_fetch_file_options options = {
        .reader = getenv("KITH_FAKE_READER"), .cancel = cancel, .silence_ms = falls_silent ? 300 : 60000};
    struct got got = {.cancel_at_first = cancel};
    char name[64];
    char path[PATH_MAX];

    (void)kith_text_format(name, sizeof(name), "%s.vcf", how);
    write_file(name, card, sizeof(card) - 1, path);
    fetch(path, &options, &got);
    return got;
}

static void assert_refused(const char *how, enum kith_reason reason, const char *words)
{
    struct got got = fetch_as(how, NULL);

    assert_int_equal(got.st, KITH_E_FILE);
    assert_int_equal(got.err.reason, reason);
    assert_non_null(strstr(got.err.message, words));
    assert_true(kith_text_ends_with(got.err.file, ".vcf"));
}

/* --- What is read ------------------------------------------------------------ */

static void fetch_file__a_card_is_read_and_the_lock_holds(void **state)
{
    const struct kith_fetch_file_options options = {0};
    struct got got = {0};
    char path[PATH_MAX];

    write_file("ada.vcf", card, sizeof(card) - 1, path);
    fetch(path, &options, &got);
    assert_int_equal(got.st, KITH_OK);
    assert_int_equal(got.n_contacts, 1);
    assert_int_equal(got.facts.n_contacts, 1);
    assert_string_equal(got.name, "Ada Lind");
    assert_string_equal(got.uid, "ada-1");
    assert_string_equal(got.facts.read.format, "vcard");
    assert_int_equal(got.facts.print.bytes, sizeof(card) - 1);
    assert_int_equal(got.facts.locked_in & KITH_LOCK_LIMITS, KITH_LOCK_LIMITS);
    assert_int_equal(got.facts.locked_in & KITH_LOCK_NO_PRIVILEGES, KITH_LOCK_NO_PRIVILEGES);
    assert_false(got.facts.ended_early);
}

static void fetch_file__equal_bytes_have_equal_hashes(void **state)
{
    struct kith_file_print one = {0};
    struct kith_file_print two = {0};
    struct kith_file_print three = {0};
    char path[PATH_MAX];

    write_file("one.vcf", card, sizeof(card) - 1, path);
    assert_int_equal(kith_file_print_of(path, true, NULL, &one, NULL), KITH_OK);
    write_file("two.vcf", card, sizeof(card) - 1, path);
    assert_int_equal(kith_file_print_of(path, true, NULL, &two, NULL), KITH_OK);
    write_file("two.vcf", card, sizeof(card) - 2, path);
    assert_int_equal(kith_file_print_of(path, true, NULL, &three, NULL), KITH_OK);
    assert_int_equal(strlen(one.hash), 64);
    assert_string_equal(one.hash, two.hash);
    assert_string_not_equal(one.hash, three.hash);
    assert_true(one.modified_ns > 0);
}

static void fetch_file__a_print_without_hash_reads_no_byte(void **state)
{
    struct kith_file_print print = {0};
    char path[PATH_MAX];

    write_file("one.vcf", card, sizeof(card) - 1, path);
    assert_int_equal(kith_file_print_of(path, false, NULL, &print, NULL), KITH_OK);
    assert_string_equal(print.hash, "");
    assert_int_equal(print.bytes, sizeof(card) - 1);
}

static void fetch_file__what_the_sink_says_ends_the_reading(void **state)
{
    const struct kith_fetch_file_options options = {.reader = getenv("KITH_FAKE_READER")};
    struct got got = {.fail_at = 3};
    char path[PATH_MAX];

    write_file("flood.vcf", card, sizeof(card) - 1, path);
    fetch(path, &options, &got);
    assert_int_equal(got.st, KITH_E_STORE);
    assert_int_equal(got.n_contacts, 3);
}

/* --- What is not ---------------------------------------------------------------- */

static void assert_no_file(const char *path, enum kith_reason reason)
{
    const struct kith_fetch_file_options options = {0};
    struct got got = {0};

    fetch(path, &options, &got);
    assert_int_equal(got.st, KITH_E_FILE);
    assert_int_equal(got.err.reason, reason);
}

static void fetch_file__a_missing_file_a_folder_and_a_pipe_are_refused(void **state)
{
    char path[PATH_MAX];

    assert_true(kith_file_join(path, sizeof(path), folder, "nobody.pst"));
    assert_no_file(path, KITH_REASON_FILE_MISSING);
    assert_no_file(folder, KITH_REASON_FILE_UNKNOWN);
    assert_true(kith_file_join(path, sizeof(path), folder, "pipe.pst"));
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_no_file(path, KITH_REASON_FILE_UNKNOWN);
}

static void fetch_file__an_empty_file_is_told_as_such(void **state)
{
    char path[PATH_MAX];

    write_file("empty.vcf", "", 0, path);
    assert_no_file(path, KITH_REASON_FILE_EMPTY);
}

static void fetch_file__other_formats_are_named(void **state)
{
    static const char archive[] = "PK\x03\x04 and more";
    const struct kith_fetch_file_options options = {0};
    struct got got = {0};
    char path[PATH_MAX];

    write_file("mac.olm", archive, sizeof(archive), path);
    fetch(path, &options, &got);
    assert_int_equal(got.err.reason, KITH_REASON_FILE_UNKNOWN);
    assert_non_null(strstr(got.err.message, "Outlook for Mac"));
}

static void fetch_file__a_long_path_is_cut_at_its_beginning(void **state)
{
    char path[600];
    const struct kith_fetch_file_options options = {0};
    struct got got = {0};

    memset(path, 'x', sizeof(path));
    memcpy(path, "/", 1);
    memcpy(path + sizeof(path) - 9, "/ada.vcf", 9);
    for (size_t i = 100; i < 500; i += 100)
        path[i] = '/';
    fetch(path, &options, &got);
    assert_int_equal(got.st, KITH_E_FILE);
    assert_true(kith_text_starts_with(got.err.file, "\u2026"));
    assert_true(kith_text_ends_with(got.err.file, "/ada.vcf"));
}

static void fetch_file__no_reader_is_our_own_failure(void **state)
{
    const struct kith_fetch_file_options options = {.reader = "/nonexistent/kith-reader"};
    struct got got = {0};
    char path[PATH_MAX];

    write_file("ada.vcf", card, sizeof(card) - 1, path);
    fetch(path, &options, &got);
    assert_int_equal(got.st, KITH_E_INTERNAL);
}

/* --- A reader that goes wrong ------------------------------------------------------ */

static void fetch_file__a_reader_that_dies_is_told_by_how_it_died(void **state)
{
    assert_refused("sigbus", KITH_REASON_FILE_CHANGED, "shorter");
    assert_refused("sigsegv", KITH_REASON_FILE_CUT, "SIGSEGV after 1 contacts");
    assert_refused("sigxcpu", KITH_REASON_FILE_TOO_LARGE, "time");
    assert_refused("memory", KITH_REASON_FILE_TOO_LARGE, "memory");
    assert_refused("stops", KITH_REASON_FILE_CUT, "in the middle");
}

static void fetch_file__contacts_before_the_end_stay(void **state)
{
    struct got got = fetch_as("sigsegv", NULL);

    assert_int_equal(got.n_contacts, 1);
    assert_int_equal(got.facts.n_contacts, 1);
    assert_true(got.facts.ended_early);
}

static void fetch_file__a_reader_that_could_not_lock_itself_in_is_our_failure(void **state)
{
    assert_int_equal(fetch_as("unlocked", NULL).st, KITH_E_INTERNAL);
}

static void fetch_file__a_reader_of_another_build_is_our_failure(void **state)
{
    struct got got = fetch_as("stranger", NULL);

    assert_int_equal(got.st, KITH_E_INTERNAL);
    assert_int_equal(got.n_contacts, 0);
}

static void fetch_file__a_silent_reader_is_given_up(void **state)
{
    assert_refused("silent", KITH_REASON_FILE_CUT, "stuck");
}

static void fetch_file__a_reader_that_lies_is_not_listened_to(void **state)
{
    assert_refused("garbage", KITH_REASON_FILE_CUT, "astray");
    assert_refused("huge", KITH_REASON_FILE_CUT, "astray");
    assert_refused("greets-twice", KITH_REASON_FILE_CUT, "astray");
    assert_refused("no-greeting", KITH_REASON_FILE_CUT, "astray");
    assert_refused("half", KITH_REASON_FILE_CUT, "in the middle");
}

static void fetch_file__a_million_contacts_are_enough(void **state)
{
    struct got got = fetch_as("flood", NULL);

    assert_int_equal(got.st, KITH_E_FILE);
    assert_int_equal(got.err.reason, KITH_REASON_FILE_TOO_LARGE);
    assert_int_equal(got.n_contacts, 1000000);
}

static void fetch_file__a_reader_that_lingers_after_its_last_word_does_no_harm(void **state)
{
    struct got got = fetch_as("lingers", NULL);

    assert_int_equal(got.st, KITH_OK);
    assert_int_equal(got.n_contacts, 1);
}

/* What it inherits: three descriptors, no environment. */
static void fetch_file__the_reader_gets_nothing_of_ours(void **state)
{
    struct got got;

    assert_int_equal(setenv("KITH_TEST_SECRET", "x", 1), 0);
    KITH_AUTO_FD leaking = open("/dev/null", O_RDONLY); /* without O_CLOEXEC, as a library may leave one */
    assert_true(leaking >= 0);
    got = fetch_as("open-files", NULL);
    assert_int_equal(got.st, KITH_OK);
    assert_int_equal(got.n_skipped, 0);
    got = fetch_as("environment", NULL);
    assert_int_equal(got.st, KITH_OK);
    assert_null(strstr(got.skipped, "KITH_TEST_SECRET"));
}

static void fetch_file__standard_descriptors_may_be_closed(void **state)
{
    const struct kith_fetch_file_options options = {0};
    struct got got = {0};
    char path[PATH_MAX];
    int saved = dup(STDIN_FILENO);

    write_file("ada.vcf", card, sizeof(card) - 1, path);
    (void)close(STDIN_FILENO); /* the file that is opened next becomes descriptor 0 */
    fetch(path, &options, &got);
    (void)dup2(saved, STDIN_FILENO);
    (void)close(saved);
    assert_int_equal(got.st, KITH_OK);
    assert_int_equal(got.n_contacts, 1);
}

/* --- Cancelling ---------------------------------------------------------------------- */

static void fetch_file__a_cancel_ends_the_wait_for_a_silent_reader(void **state)
{
    struct kith_cancel *cancel = kith_cancel_new();
    struct got got = fetch_as("silent", cancel); /* the first contact cancels, then nothing comes for a minute */

    assert_int_equal(got.st, KITH_E_CANCELLED);
    assert_int_equal(got.n_contacts, 1);
    kith_cancel_free(cancel);
}

static void fetch_file__a_cancel_ends_a_flood(void **state)
{
    struct kith_cancel *cancel = kith_cancel_new();
    struct got got = fetch_as("flood", cancel);

    assert_int_equal(got.st, KITH_E_CANCELLED);
    assert_int_equal(got.n_contacts, 1);
    kith_cancel_free(cancel);
}

static void fetch_file__a_cancel_before_the_start_reads_nothing(void **state)
{
    struct kith_cancel *cancel = kith_cancel_new();
    struct kith_file_print print = {0};
    char path[PATH_MAX];

    write_file("ada.vcf", card, sizeof(card) - 1, path);
    kith_cancel_set(cancel);
    assert_int_equal(kith_file_print_of(path, true, cancel, &print, NULL), KITH_E_CANCELLED);
    kith_cancel_free(cancel);
}

/* --- While it is read ------------------------------------------------------------------ */

struct growing {
    struct got got;
    char path[PATH_MAX];
};

static enum kith_status append_then_take(void *ctx, struct kith_contact *contact, struct kith_arena *arena,
                                         struct kith_error *err)
{
    struct growing *growing = ctx;
    FILE *file = fopen(growing->path, "ab");

    assert_non_null(file);
    assert_int_equal(fwrite(card, 1, sizeof(card) - 1, file), sizeof(card) - 1);
    assert_int_equal(fclose(file), 0);
    return take_contact(&growing->got, contact, arena, err);
}

static void fetch_file__a_file_that_changes_meanwhile_is_told(void **state)
{
    const struct kith_fetch_file_options options = {0};
    struct growing growing = {0};
    const struct kith_contact_sink sink = {.contact = append_then_take, .ctx = &growing};

    write_file("growing.vcf", card, sizeof(card) - 1, growing.path);
    assert_int_equal(kith_fetch_file(growing.path, &options, &sink, &growing.got.facts, &growing.got.err), KITH_E_FILE);
    assert_int_equal(growing.got.err.reason, KITH_REASON_FILE_CHANGED);
    assert_int_equal(growing.got.n_contacts, 1);
}

/* --------------------------------------------------------------------------------------- */

static int make_folder(void **state)
{
    (void)kith_text_copy(folder, sizeof(folder), "/tmp/kith-fetch-file-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    DIR *dir = opendir(folder);
    struct dirent *entry;

    while (dir && (entry = readdir(dir)))
        (void)unlinkat(dirfd(dir), entry->d_name, 0); /* "." and ".." refuse */
    if (dir)
        (void)closedir(dir);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fetch_file__a_card_is_read_and_the_lock_holds),
        cmocka_unit_test(fetch_file__equal_bytes_have_equal_hashes),
        cmocka_unit_test(fetch_file__a_print_without_hash_reads_no_byte),
        cmocka_unit_test(fetch_file__what_the_sink_says_ends_the_reading),
        cmocka_unit_test(fetch_file__a_missing_file_a_folder_and_a_pipe_are_refused),
        cmocka_unit_test(fetch_file__an_empty_file_is_told_as_such),
        cmocka_unit_test(fetch_file__other_formats_are_named),
        cmocka_unit_test(fetch_file__a_long_path_is_cut_at_its_beginning),
        cmocka_unit_test(fetch_file__no_reader_is_our_own_failure),
        cmocka_unit_test(fetch_file__a_reader_that_dies_is_told_by_how_it_died),
        cmocka_unit_test(fetch_file__contacts_before_the_end_stay),
        cmocka_unit_test(fetch_file__a_reader_that_could_not_lock_itself_in_is_our_failure),
        cmocka_unit_test(fetch_file__a_reader_of_another_build_is_our_failure),
        cmocka_unit_test(fetch_file__a_silent_reader_is_given_up),
        cmocka_unit_test(fetch_file__a_reader_that_lies_is_not_listened_to),
        cmocka_unit_test(fetch_file__a_million_contacts_are_enough),
        cmocka_unit_test(fetch_file__a_reader_that_lingers_after_its_last_word_does_no_harm),
        cmocka_unit_test(fetch_file__the_reader_gets_nothing_of_ours),
        cmocka_unit_test(fetch_file__standard_descriptors_may_be_closed),
        cmocka_unit_test(fetch_file__a_cancel_ends_the_wait_for_a_silent_reader),
        cmocka_unit_test(fetch_file__a_cancel_ends_a_flood),
        cmocka_unit_test(fetch_file__a_cancel_before_the_start_reads_nothing),
        cmocka_unit_test(fetch_file__a_file_that_changes_meanwhile_is_told),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
