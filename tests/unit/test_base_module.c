/* SPDX-License-Identifier: MIT */
/* test_base_module.c - parts that are loaded when they are first needed, and those that cannot be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pthread.h>

#include <cmocka.h>

#include "base/cleanup.h"
#include "base/fail.h"
#include "base/text.h"
#include "sample_module.h"

static void module__its_functions_can_be_called(void **state)
{
    static struct kith_module module = KITH_MODULE("sample-fit.so", sample_functions);
    struct kith_error err = {0};
    (void)state;

    assert_int_equal(kith_module_status(&module, &err), KITH_OK); /* nobody asked yet */
    assert_false(module.tried);
    const struct sample_functions *functions = kith_module_load(&module, &err);
    assert_non_null(functions);
    assert_int_equal(functions->answer(), 42);
    assert_ptr_equal(kith_module_load(&module, NULL), functions);
    assert_int_equal(kith_module_status(&module, NULL), KITH_OK);
}

static void *load_it(void *module)
{
    return (void *)(uintptr_t)kith_module_load(module, NULL);
}

static void module__threads_that_ask_at_once_get_the_same(void **state)
{
    static struct kith_module module = KITH_MODULE("sample-fit.so", sample_functions);
    pthread_t thread[8];
    void *first = NULL;
    (void)state;

    for (size_t i = 0; i < KITH_COUNT_OF(thread); i++)
        assert_int_equal(pthread_create(&thread[i], NULL, load_it, &module), 0);
    for (size_t i = 0; i < KITH_COUNT_OF(thread); i++) {
        void *functions = NULL;
        assert_int_equal(pthread_join(thread[i], &functions), 0);
        assert_non_null(functions);
        assert_true(first == NULL || first == functions);
        first = functions;
    }
}

static void assert_unfit(struct kith_module *module, const char *why)
{
    struct kith_error err = {0};

    for (int again = 0; again < 2; again++) {
        kith_error_clear(&err);
        assert_null(kith_module_load(module, &err));
        assert_int_equal(err.status, KITH_E_INTERNAL);
        assert_int_equal(err.reason, KITH_REASON_INCOMPLETE);
        assert_non_null(strstr(err.message, module->file));
        assert_non_null(strstr(err.message, why));
        assert_int_equal(kith_module_status(module, NULL), KITH_E_INTERNAL);
    }
    assert_null(kith_module_load(module, NULL));
}

static void module__one_that_is_missing_is_a_failure_that_names_it(void **state)
{
    static struct kith_module module = KITH_MODULE("sample-that-is-nowhere.so", sample_functions);
    (void)state;

    assert_unfit(&module, "No such file");
}

static void module__one_of_another_kith_is_not_called(void **state)
{
    static struct kith_module version = KITH_MODULE("sample-other-version.so", sample_functions);
    static struct kith_module table = KITH_MODULE("sample-other-table.so", sample_functions);
    static struct kith_module faceless = KITH_MODULE("sample-no-face.so", sample_functions);
    (void)state;

    assert_unfit(&version, "not of this version");
    assert_unfit(&table, "not of this version");
    assert_unfit(&faceless, "not of this version");
}

static void module__the_folder_of_the_moment_is_no_place_to_look(void **state)
{
    static struct kith_module module = KITH_MODULE("sample-here.so", sample_functions);
    char dir[] = "/tmp/kith-test-XXXXXX";
    char *before = getcwd(NULL, 0);
    (void)state;

    assert_non_null(before);
    assert_non_null(mkdtemp(dir));
    assert_int_equal(chdir(dir), 0);
    FILE *file = fopen("sample-here.so", "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    assert_unfit(&module, "No such file"); /* a look at it would say "file too short" */
    assert_int_equal(unlink("sample-here.so"), 0);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(rmdir(dir), 0);
    free(before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(module__its_functions_can_be_called),
        cmocka_unit_test(module__threads_that_ask_at_once_get_the_same),
        cmocka_unit_test(module__one_that_is_missing_is_a_failure_that_names_it),
        cmocka_unit_test(module__one_of_another_kith_is_not_called),
        cmocka_unit_test(module__the_folder_of_the_moment_is_no_place_to_look),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
