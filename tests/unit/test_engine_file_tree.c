/* SPDX-License-Identifier: MIT */
/* test_engine_file_tree.c - which files stand behind a path, and which of them only seem to be gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine/file_tree.h"

enum { NOBODY = 65534 }; /* no permission holds back the superuser */

static void make_file(const char *path)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

/* A folder that may be read, but not entered: the names are there, and nothing behind them can be looked at. */
static void file_tree__what_cannot_be_looked_at_is_not_gone(void **state)
{
    KITH_AUTO_DONE(kith_file_tree) tree = {0};
    char root[] = "/tmp/kith-tree-XXXXXX";
    char *const paths[] = {root};
    const bool was_root = geteuid() == 0;
    bool told = false;

    (void)state;
    if (was_root)
        assert_int_equal(seteuid(NOBODY), 0);
    assert_non_null(mkdtemp(root));
    assert_int_equal(chdir(root), 0);
    make_file("a.vcf");
    assert_int_equal(mkdir("below", 0700), 0);
    make_file("below/b.vcf");
    assert_int_equal(chmod("below", 0400), 0);

    assert_int_equal(kith_file_tree_walk(paths, 1, NULL, &tree, NULL), KITH_OK);
    for (size_t i = 0; i < tree.n; i++)
        told = told || (tree.file[i].error && kith_tag_is_below("0/123", tree.file[i].tag));

    assert_int_equal(chmod("below", 0700), 0);
    assert_int_equal(unlink("below/b.vcf"), 0);
    assert_int_equal(rmdir("below"), 0);
    assert_int_equal(unlink("a.vcf"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(root), 0);
    if (was_root)
        assert_int_equal(seteuid(0), 0);
    assert_true(told); /* last: a failure must not leave us as somebody else */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(file_tree__what_cannot_be_looked_at_is_not_gone),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
