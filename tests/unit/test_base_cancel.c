/* SPDX-License-Identifier: MIT */
/* test_base_cancel.c - the switch that is thrown once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/time.h>

#include <cmocka.h>

#include "base/cancel.h"
#include "base/clock.h"
#include "base/text.h"

static void cancel__is_set_once_and_for_all(void **state)
{
    (void)state;
    struct kith_cancel *cancel = kith_cancel_new();

    assert_false(kith_cancel_is_set(cancel));
    kith_cancel_set(cancel);
    kith_cancel_set(cancel);
    assert_true(kith_cancel_is_set(cancel));
    kith_cancel_free(cancel);
}

static void cancel__null_is_never_set(void **state)
{
    (void)state;
    kith_cancel_set(NULL);
    assert_false(kith_cancel_is_set(NULL));
    assert_int_equal(kith_cancel_fd(NULL), -1);
    assert_true(kith_cancel_sleep_ms(NULL, 5));
    kith_cancel_free(NULL);
}

static void cancel__its_descriptor_becomes_and_stays_readable(void **state)
{
    (void)state;
    struct kith_cancel *cancel = kith_cancel_new();
    struct pollfd p = {.fd = kith_cancel_fd(cancel), .events = POLLIN};

    assert_int_equal(poll(&p, 1, 0), 0);
    kith_cancel_set(cancel);
    assert_int_equal(poll(&p, 1, 0), 1);
    assert_int_equal(poll(&p, 1, 0), 1);
    kith_cancel_free(cancel);
}

static void *set_soon(void *cancel)
{
    (void)kith_cancel_sleep_ms(NULL, 20);
    kith_cancel_set(cancel);
    return NULL;
}

static void assert_wakes_early(struct kith_cancel *cancel)
{
    pthread_t thread;
    int64_t before = kith_clock_monotonic_ms();

    assert_int_equal(pthread_create(&thread, NULL, set_soon, cancel), 0);
    assert_false(kith_cancel_sleep_ms(cancel, INT64_MAX));
    assert_true(kith_clock_monotonic_ms() - before < 20000);
    assert_int_equal(pthread_join(thread, NULL), 0);
}

static void cancel__ends_a_sleep(void **state)
{
    (void)state;
    struct kith_cancel *cancel = kith_cancel_new();

    assert_wakes_early(cancel);
    assert_false(kith_cancel_sleep_ms(cancel, 0));
    kith_cancel_free(cancel);
}

static void cancel__a_sleep_that_nobody_ends_is_whole(void **state)
{
    (void)state;
    struct kith_cancel *cancel = kith_cancel_new();
    int64_t before = kith_clock_monotonic_ms();

    assert_true(kith_cancel_sleep_ms(cancel, 30));
    assert_true(kith_clock_monotonic_ms() - before >= 30);
    assert_true(kith_cancel_sleep_ms(cancel, -5));
    kith_cancel_free(cancel);
}

static void cancel__works_without_a_descriptor_left(void **state)
{
    (void)state;
    struct rlimit limit, none;

    assert_int_equal(getrlimit(RLIMIT_NOFILE, &limit), 0);
    none = (struct rlimit){.rlim_cur = 0, .rlim_max = limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    struct kith_cancel *cancel = kith_cancel_new();
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &limit), 0);

    assert_int_equal(kith_cancel_fd(cancel), -1);
    assert_wakes_early(cancel);
    kith_cancel_free(cancel);
}

static struct kith_cancel *for_signal;

static void on_alarm(int number)
{
    (void)number;
    kith_cancel_set(for_signal);
}

static void cancel__may_be_set_in_a_signal_handler(void **state)
{
    (void)state;
    struct sigaction action = {.sa_handler = on_alarm};
    struct itimerval soon = {.it_value = {.tv_usec = 20000}};

    for_signal = kith_cancel_new();
    assert_int_equal(sigaction(SIGALRM, &action, NULL), 0);
    assert_int_equal(setitimer(ITIMER_REAL, &soon, NULL), 0);
    assert_false(kith_cancel_sleep_ms(for_signal, 20000));
    kith_cancel_free(for_signal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(cancel__is_set_once_and_for_all),
        cmocka_unit_test(cancel__null_is_never_set),
        cmocka_unit_test(cancel__its_descriptor_becomes_and_stays_readable),
        cmocka_unit_test(cancel__ends_a_sleep),
        cmocka_unit_test(cancel__a_sleep_that_nobody_ends_is_whole),
        cmocka_unit_test(cancel__works_without_a_descriptor_left),
        cmocka_unit_test(cancel__may_be_set_in_a_signal_handler),
    };

    return cmocka_run_group_tests_name("base_cancel", tests, NULL, NULL);
}
