/* SPDX-License-Identifier: MIT */
/* test_base_file.c - private files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fail.h"
#include "base/file.h"
#include "base/text.h"

static char dir[64]; /* a fresh folder for each test */

static int make_dir(void **state)
{
    (void)state;
    (void)kith_text_copy(dir, sizeof(dir), "/tmp/kith-test-XXXXXX");
    return mkdtemp(dir) ? 0 : -1;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

static int remove_dir(void **state)
{
    (void)state;
    return nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Borrowed until the second call after this one. */
static const char *in_dir(const char *name)
{
    static char paths[2][256];
    static int turn;

    turn = !turn;
    assert_true(kith_file_join(paths[turn], sizeof(paths[turn]), dir, name));
    return paths[turn];
}

static unsigned mode_of(const char *path)
{
    struct stat st;

    assert_int_equal(stat(path, &st), 0);
    return st.st_mode & 07777;
}

static void assert_holds(const char *path, const char *text)
{
    KITH_AUTO_DONE(kith_buf) buf;

    kith_buf_init(&buf, 1000000);
    assert_int_equal(kith_file_read(path, &buf, NULL), KITH_OK);
    assert_string_equal(kith_buf_text(&buf), text);
}

static void file__makes_private_folders_with_their_parents(void **state)
{
    (void)state;
    assert_int_equal(kith_file_make_dir(in_dir("a/b//c/"), NULL), KITH_OK);
    assert_int_equal(mode_of(in_dir("a")), 0700);
    assert_int_equal(mode_of(in_dir("a/b/c")), 0700);
    assert_int_equal(kith_file_make_dir(in_dir("a/b/c"), NULL), KITH_OK);
}

static void file__leaves_folders_that_are_there_alone(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_dir("open"), 0755), 0);
    assert_int_equal(chmod(in_dir("open"), 0755), 0);
    assert_int_equal(kith_file_make_dir(in_dir("open/new"), NULL), KITH_OK);
    assert_int_equal(mode_of(in_dir("open")), 0755);
}

static void file__a_file_in_the_way_of_a_folder_is_named(void **state)
{
    (void)state;
    struct kith_error err;

    assert_int_equal(kith_file_replace(in_dir("a"), "x", 1, NULL), KITH_OK);
    assert_int_equal(kith_file_make_dir(in_dir("a/b"), &err), KITH_E_STORE);
    assert_non_null(strstr(err.message, "/a\": Not a directory"));
    assert_int_equal(kith_file_make_dir("", &err), KITH_E_STORE);
}

static void file__an_endless_path_is_refused(void **state)
{
    (void)state;
    struct kith_error err;
    char path[10000];

    memset(path, 'x', sizeof(path) - 1);
    path[0] = '/';
    path[sizeof(path) - 1] = '\0';
    assert_int_equal(kith_file_make_dir(path, &err), KITH_E_STORE);
    assert_int_equal(kith_file_replace(path, "", 0, &err), KITH_E_STORE);
    assert_int_equal(kith_file_temporary(path), -1);
}

static void file__is_replaced_whole_and_private(void **state)
{
    (void)state;
    mode_t old = umask(0);

    assert_int_equal(kith_file_replace(in_dir("f"), "first", 5, NULL), KITH_OK);
    (void)umask(old);
    assert_int_equal(mode_of(in_dir("f")), 0600);
    assert_holds(in_dir("f"), "first");
    assert_int_equal(kith_file_replace(in_dir("f"), "2nd", 3, NULL), KITH_OK);
    assert_holds(in_dir("f"), "2nd");
    assert_int_equal(kith_file_replace(in_dir("f"), "", 0, NULL), KITH_OK);
    assert_holds(in_dir("f"), "");
}

static void file__a_link_stays_a_link_when_its_file_is_replaced(void **state)
{
    (void)state;
    struct stat st;

    assert_int_equal(kith_file_make_dir(in_dir("dotfiles"), NULL), KITH_OK);
    assert_int_equal(kith_file_replace(in_dir("dotfiles/config"), "old", 3, NULL), KITH_OK);
    assert_int_equal(symlink("dotfiles/config", in_dir("config")), 0);
    assert_int_equal(kith_file_replace(in_dir("config"), "new", 3, NULL), KITH_OK);
    assert_int_equal(lstat(in_dir("config"), &st), 0);
    assert_true(S_ISLNK(st.st_mode));
    assert_holds(in_dir("dotfiles/config"), "new");
}

static void file__a_failed_replacement_leaves_nothing_behind(void **state)
{
    (void)state;
    struct kith_error err;

    assert_int_equal(kith_file_make_dir(in_dir("d/full"), NULL), KITH_OK); /* a folder cannot be replaced by a file */
    assert_int_equal(kith_file_replace(in_dir("d"), "x", 1, &err), KITH_E_STORE);
    assert_true(kith_text_starts_with(err.message, "could not write \"/tmp/"));
    assert_int_equal(rmdir(in_dir("d/full")), 0);
    assert_int_equal(rmdir(in_dir("d")), 0);
    assert_int_equal(rmdir(dir), 0); /* empty: no temporary file */
    assert_int_equal(mkdir(dir, 0700), 0);
    assert_int_equal(kith_file_replace(in_dir("no/such/folder"), "x", 1, &err), KITH_E_STORE);
}

static void file__works_in_the_current_folder(void **state)
{
    (void)state;
    char before[4096];

    assert_non_null(getcwd(before, sizeof(before)));
    assert_int_equal(chdir(dir), 0);
    assert_int_equal(kith_file_replace("plain", "here", 4, NULL), KITH_OK);
    assert_holds("plain", "here");
    assert_int_equal(kith_file_make_dir("p/q", NULL), KITH_OK);
    assert_int_equal(chdir(before), 0);
}

static void file__reading_stops_politely_at_the_ceiling(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) exact;
    KITH_AUTO_DONE(kith_buf) small;
    struct kith_error err;

    assert_int_equal(kith_file_replace(in_dir("f"), "0123456789", 10, NULL), KITH_OK);
    kith_buf_init(&exact, 10);
    assert_int_equal(kith_file_read(in_dir("f"), &exact, &err), KITH_OK);
    assert_string_equal(kith_buf_text(&exact), "0123456789");
    kith_buf_init(&small, 9);
    assert_int_equal(kith_file_read(in_dir("f"), &small, &err), KITH_E_STORE);
    assert_non_null(strstr(err.message, "larger than 9 bytes"));
}

static void file__reads_files_of_many_pieces(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;
    char *bytes = malloc(300000);

    assert_non_null(bytes);
    for (size_t i = 0; i < 300000; i++)
        bytes[i] = (char)(i * 7);
    assert_int_equal(kith_file_replace(in_dir("f"), bytes, 300000, NULL), KITH_OK);
    kith_buf_init(&buf, 400000);
    assert_true(kith_buf_add_text(&buf, "before"));
    assert_int_equal(kith_file_read(in_dir("f"), &buf, NULL), KITH_OK);
    assert_int_equal(buf.len, 300006);
    assert_memory_equal(buf.data + 6, bytes, 300000);
    free(bytes);
}

static void file__what_is_missing_is_told_from_what_cannot_be_read(void **state)
{
    (void)state;
    KITH_AUTO_DONE(kith_buf) buf;
    struct kith_error err;

    kith_buf_init(&buf, 100);
    assert_int_equal(kith_file_read(in_dir("none"), &buf, &err), KITH_E_NOT_FOUND);
    assert_int_equal(kith_file_read(dir, &buf, &err), KITH_E_STORE);
    assert_int_equal(mkfifo(in_dir("pipe"), 0600), 0);
    assert_int_equal(kith_file_read(in_dir("pipe"), &buf, &err), KITH_E_STORE);
    assert_non_null(strstr(err.message, "not a plain file"));
}

static void file__a_temporary_file_has_no_name(void **state)
{
    (void)state;
    char text[5] = "";
    struct stat st;
    int fd = kith_file_temporary(dir);

    assert_true(fd >= 0);
    assert_int_equal(fstat(fd, &st), 0);
    assert_int_equal(st.st_mode & 07777, 0600);
    assert_int_equal(write(fd, "text", 4), 4);
    assert_int_equal(pread(fd, text, 4, 0), 4);
    assert_string_equal(text, "text");
    assert_int_equal(rmdir(dir), 0);
    assert_int_equal(mkdir(dir, 0700), 0);
    assert_int_equal(close(fd), 0);
}

static void file__says_why_a_folder_of_ours_failed(void **state)
{
    (void)state;
    struct kith_error err;

    assert_int_equal(kith_file_fail(&err, ENOSPC, "write", "/d/f"), KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_DISK_FULL);
    assert_string_equal(err.message, "could not write \"/d/f\": No space left on device");
    assert_int_equal(kith_file_fail(&err, EROFS, "write", "/d/f"), KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_NO_ACCESS);
    assert_int_equal(kith_file_fail(&err, EIO, "write", "/d/f"), KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_NONE);
    assert_int_equal(kith_file_fail(&err, -5, "write", "/d/f"), KITH_E_STORE);
}

static void file__joins_names(void **state)
{
    (void)state;
    char out[10];

    assert_true(kith_file_join(out, sizeof(out), "/data", "f.x"));
    assert_string_equal(out, "/data/f.x");
    assert_true(kith_file_join(out, sizeof(out), "/", "f"));
    assert_string_equal(out, "/f");
    assert_false(kith_file_join(out, sizeof(out), "/data", "f.xy"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(file__makes_private_folders_with_their_parents, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__leaves_folders_that_are_there_alone, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__a_file_in_the_way_of_a_folder_is_named, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__an_endless_path_is_refused, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__is_replaced_whole_and_private, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__a_link_stays_a_link_when_its_file_is_replaced, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__a_failed_replacement_leaves_nothing_behind, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__works_in_the_current_folder, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__reading_stops_politely_at_the_ceiling, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__reads_files_of_many_pieces, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__what_is_missing_is_told_from_what_cannot_be_read, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__a_temporary_file_has_no_name, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__says_why_a_folder_of_ours_failed, make_dir, remove_dir),
        cmocka_unit_test_setup_teardown(file__joins_names, make_dir, remove_dir),
    };

    return cmocka_run_group_tests_name("base_file", tests, NULL, NULL);
}
