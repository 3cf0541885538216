/* SPDX-License-Identifier: MIT */
/* test_engine_lock.c - one import of an account at a time, over all processes, whatever happens to them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <signal.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "engine/account_lock.h"

static char folder[] = "/tmp/kith-lock-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    char path[128];

    (void)state;
    for (int i = 0; i < 10; i++) {
        (void)kith_text_format(path, sizeof(path), "%s/import-%d.lock", folder, i);
        (void)unlink(path);
    }
    return rmdir(folder);
}

static void lock__is_held_once_and_tells_how_far_it_is(void **state)
{
    KITH_AUTO(kith_account_lock) lock = NULL;
    struct kith_account_lock *second = NULL;
    struct kith_error err = {0};
    int64_t done, total;

    (void)state;
    assert_false(kith_account_lock_is_held(folder, 1, &done, &total));
    assert_int_equal(kith_account_lock_take(folder, 1, &lock, NULL), KITH_OK);
    kith_account_lock_progress(lock, 1204, 1880);
    assert_int_equal(kith_account_lock_take(folder, 1, &second, &err), KITH_E_IMPORT_RUNNING);
    assert_null(second);
    assert_int_equal(err.done, 1204);
    assert_int_equal(err.total, 1880);
    assert_true(kith_account_lock_is_held(folder, 1, &done, &total));
    assert_int_equal(done, 1204);
    assert_int_equal(total, 1880);
}

static void lock__of_another_account_is_free(void **state)
{
    KITH_AUTO(kith_account_lock) one = NULL;
    KITH_AUTO(kith_account_lock) two = NULL;

    (void)state;
    assert_int_equal(kith_account_lock_take(folder, 1, &one, NULL), KITH_OK);
    assert_int_equal(kith_account_lock_take(folder, 2, &two, NULL), KITH_OK);
}

static void lock__goes_with_the_process_that_is_killed(void **state)
{
    KITH_AUTO(kith_account_lock) lock = NULL;
    int64_t done, total;
    int told[2];
    char byte;
    pid_t child;

    (void)state;
    assert_int_equal(pipe(told), 0);
    child = fork();
    if (child == 0) {
        struct kith_account_lock *theirs = NULL;

        byte = kith_account_lock_take(folder, 3, &theirs, NULL) == KITH_OK ? 'y' : 'n';
        (void)!write(told[1], &byte, 1);
        for (;;)
            (void)pause();
    }
    assert_int_equal(read(told[0], &byte, 1), 1);
    assert_int_equal(byte, 'y');
    assert_true(kith_account_lock_is_held(folder, 3, &done, &total));
    assert_int_equal(kith_account_lock_take(folder, 3, &lock, NULL), KITH_E_IMPORT_RUNNING);
    (void)kill(child, SIGKILL);
    (void)waitpid(child, NULL, 0);
    assert_false(kith_account_lock_is_held(folder, 3, &done, &total));
    assert_int_equal(kith_account_lock_take(folder, 3, &lock, NULL), KITH_OK);
    (void)close(told[0]);
    (void)close(told[1]);
}

static void lock__in_a_folder_that_is_not_there_says_why(void **state)
{
    struct kith_account_lock *lock = NULL;
    struct kith_error err = {0};

    (void)state;
    assert_int_equal(kith_account_lock_take("/nowhere/at/all", 1, &lock, &err), KITH_E_STORE);
    assert_true(err.message[0] != '\0');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lock__is_held_once_and_tells_how_far_it_is),
        cmocka_unit_test(lock__of_another_account_is_free),
        cmocka_unit_test(lock__goes_with_the_process_that_is_killed),
        cmocka_unit_test(lock__in_a_folder_that_is_not_there_says_why),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
