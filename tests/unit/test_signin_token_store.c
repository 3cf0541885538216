/* SPDX-License-Identifier: MIT */
/* test_signin_token_store.c - where tokens are kept (src/signin/token_store.c, token_file.c). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/text.h"
#include "signin/token_store.h"

struct place {
    char root[64];
    char data[128], keys[128], tokens[192], key[192];
};

static void make_place(struct place *p)
{
    (void)kith_text_copy(p->root, sizeof(p->root), "/tmp/kith-tokens-XXXXXX");
    assert_non_null(mkdtemp(p->root));
    (void)snprintf(p->data, sizeof(p->data), "%s/data", p->root);
    (void)snprintf(p->keys, sizeof(p->keys), "%s/state/kith", p->root);
    (void)snprintf(p->tokens, sizeof(p->tokens), "%s/tokens.enc", p->data);
    (void)snprintf(p->key, sizeof(p->key), "%s/token.key", p->keys);
}

static void remove_folder(const char *path)
{
    DIR *dir = opendir(path);
    struct dirent *entry;
    char name[512];

    while (dir && (entry = readdir(dir))) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        (void)snprintf(name, sizeof(name), "%s/%s", path, entry->d_name);
        if (unlink(name) != 0)
            remove_folder(name);
    }
    if (dir)
        closedir(dir);
    (void)rmdir(path);
}

static struct kith_token_store *open_store(const struct place *p)
{
    struct kith_token_store *store;
    struct kith_error err;

    assert_int_equal(kith_token_store_open(p->data, p->keys, KITH_KEEP_FILE, &store, &err), KITH_OK);
    return store;
}

static enum kith_status put(const struct place *p, const char *key, const char *value)
{
    KITH_AUTO(kith_token_store) store = open_store(p);
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    struct kith_error err;

    return kith_token_store_put(store, key, value, &place, &err);
}

/* The value, or the failure's id. */
static const char *get(const struct place *p, const char *key)
{
    static char text[4096];
    KITH_AUTO(kith_token_store) store = open_store(p);
    KITH_AUTO_DONE(kith_buf) value;
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    struct kith_error err;

    kith_buf_init(&value, sizeof(text) - 1);
    enum kith_status st = kith_token_store_get(store, key, &value, &place, &err);
    if (st == KITH_OK)
        (void)kith_text_copy(text, sizeof(text), kith_buf_text(&value));
    else
        (void)snprintf(text, sizeof(text), "status %d reason %d", (int)st, err.reason);
    return text;
}

static const char *not_found(void)
{
    static char text[64];

    (void)snprintf(text, sizeof(text), "status %d reason 0", (int)KITH_E_NOT_FOUND);
    return text;
}

static const char *locked(void)
{
    static char text[64];

    (void)snprintf(text, sizeof(text), "status %d reason %d", (int)KITH_E_STORE, (int)KITH_REASON_TOKENS_LOCKED);
    return text;
}

static void token_store__what_is_put_is_got_by_the_next_process(void **state)
{
    struct place p;
    (void)state;

    make_place(&p);
    assert_string_equal(get(&p, "a"), not_found());
    assert_int_equal(put(&p, "a", "value of a"), KITH_OK);
    assert_int_equal(put(&p, "b", "1795507200000 like a stamp"), KITH_OK);
    assert_string_equal(get(&p, "a"), "value of a");
    assert_string_equal(get(&p, "b"), "1795507200000 like a stamp");
    assert_int_equal(put(&p, "a", "newer"), KITH_OK);
    assert_string_equal(get(&p, "a"), "newer");
    assert_string_equal(get(&p, "c"), not_found());
    KITH_AUTO(kith_token_store) store = open_store(&p);
    assert_int_equal(kith_token_store_where(store), KITH_TOKENS_IN_FILE);
    remove_folder(p.root);
}

static void token_store__what_is_removed_is_gone(void **state)
{
    struct place p;
    struct kith_error err;
    (void)state;

    make_place(&p);
    KITH_AUTO(kith_token_store) store = open_store(&p);
    assert_int_equal(kith_token_store_remove(store, "a", KITH_TOKENS_UNKNOWN, &err), KITH_OK); /* nothing there: fine */
    assert_int_equal(put(&p, "a", "one"), KITH_OK);
    assert_int_equal(put(&p, "b", "two"), KITH_OK);
    assert_int_equal(kith_token_store_remove(store, "a", KITH_TOKENS_UNKNOWN, &err), KITH_OK);
    assert_string_equal(get(&p, "a"), not_found());
    assert_string_equal(get(&p, "b"), "two");
    assert_int_equal(kith_token_store_clear(store, &err), KITH_OK);
    assert_string_equal(get(&p, "b"), not_found());
    assert_int_not_equal(access(p.tokens, F_OK), 0);
    assert_int_not_equal(access(p.key, F_OK), 0);
    assert_int_equal(kith_token_store_clear(store, &err), KITH_OK);
    remove_folder(p.root);
}

static void token_store__nobody_else_can_read_it(void **state)
{
    struct place p;
    struct stat st;
    KITH_AUTO_DONE(kith_buf) bytes;
    (void)state;

    make_place(&p);
    assert_int_equal(put(&p, "account", "SECRET-VALUE"), KITH_OK);
    assert_int_equal(stat(p.tokens, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(stat(p.key, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0600);
    assert_int_equal(st.st_size, 32);
    assert_int_equal(stat(p.keys, &st), 0);
    assert_int_equal(st.st_mode & 0777, 0700);
    kith_buf_init(&bytes, 65536);
    assert_int_equal(kith_file_read(p.tokens, &bytes, NULL), KITH_OK);
    assert_null(memmem(bytes.data, bytes.len, "SECRET", 6));
    assert_null(memmem(bytes.data, bytes.len, "account", 7));
    remove_folder(p.root);
}

static void token_store__a_copy_without_its_key_is_useless(void **state)
{
    struct place p, other;
    (void)state;

    make_place(&p);
    make_place(&other);
    assert_int_equal(put(&p, "a", "one"), KITH_OK);
    assert_int_equal(put(&other, "b", "two"), KITH_OK);
    assert_int_equal(rename(p.tokens, other.tokens), 0);
    assert_string_equal(get(&other, "a"), locked());
    assert_int_equal(unlink(other.key), 0);
    assert_string_equal(get(&other, "a"), locked());
    assert_int_equal(put(&other, "c", "three"), KITH_OK); /* a person must be able to sign in anew */
    assert_string_equal(get(&other, "c"), "three");
    assert_string_equal(get(&other, "a"), not_found());
    remove_folder(p.root);
    remove_folder(other.root);
}

static void flip_byte(const char *path, long at)
{
    FILE *f = fopen(path, "r+b");

    assert_non_null(f);
    assert_int_equal(fseek(f, at, at < 0 ? SEEK_END : SEEK_SET), 0);
    int c = fgetc(f);
    assert_int_equal(fseek(f, -1, SEEK_CUR), 0);
    fputc(c ^ 1, f);
    fclose(f);
}

static void token_store__a_damaged_file_is_noticed(void **state)
{
    static const long places[] = {0, 15, 16, 39, 40, 50, -1};
    struct place p;
    (void)state;

    make_place(&p);
    for (size_t i = 0; i < KITH_COUNT_OF(places); i++) {
        assert_int_equal(put(&p, "a", "a value of some length"), KITH_OK);
        flip_byte(p.tokens, places[i]);
        assert_string_equal(get(&p, "a"), locked());
    }
    assert_int_equal(truncate(p.tokens, 20), 0);
    assert_string_equal(get(&p, "a"), locked());
    assert_int_equal(truncate(p.tokens, 0), 0);
    assert_string_equal(get(&p, "a"), locked());
    remove_folder(p.root);
}

static void token_store__a_key_file_cut_short_is_made_anew(void **state)
{
    struct place p;
    (void)state;

    make_place(&p);
    assert_int_equal(put(&p, "a", "one"), KITH_OK);
    assert_int_equal(unlink(p.tokens), 0);
    assert_int_equal(truncate(p.key, 7), 0);
    assert_int_equal(put(&p, "a", "two"), KITH_OK);
    assert_string_equal(get(&p, "a"), "two");
    remove_folder(p.root);
}

static void write_many(const struct place *p, int who)
{
    char key[32], value[32];

    for (int i = 0; i < 10; i++) {
        (void)snprintf(key, sizeof(key), "key-%d-%d", who, i);
        (void)snprintf(value, sizeof(value), "value-%d-%d", who, i);
        if (put(p, key, value) != KITH_OK)
            _exit(1);
    }
}

static void token_store__processes_do_not_lose_each_others_keys(void **state)
{
    struct place p;
    char key[32], value[32];
    int status;
    (void)state;

    make_place(&p);
    for (int who = 0; who < 4; who++) {
        if (fork() == 0) {
            write_many(&p, who);
            _exit(0);
        }
    }
    for (int who = 0; who < 4; who++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    for (int who = 0; who < 4; who++) {
        for (int i = 0; i < 10; i++) {
            (void)snprintf(key, sizeof(key), "key-%d-%d", who, i);
            (void)snprintf(value, sizeof(value), "value-%d-%d", who, i);
            assert_string_equal(get(&p, key), value);
        }
    }
    remove_folder(p.root);
}

struct worker {
    struct kith_token_store *store;
    int who;
};

static void *work(void *ctx)
{
    const struct worker *w = ctx;
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    char key[32];
    struct kith_error err;

    for (int i = 0; i < 10; i++) {
        KITH_AUTO_DONE(kith_buf) value;
        kith_buf_init(&value, 1000);
        (void)snprintf(key, sizeof(key), "key-%d", w->who);
        if (kith_token_store_put(w->store, key, key, &place, &err) != KITH_OK ||
            kith_token_store_get(w->store, key, &value, &place, &err) != KITH_OK ||
            strcmp(kith_buf_text(&value), key) != 0)
            return ctx;
    }
    return NULL;
}

static void token_store__threads_may_share_it(void **state)
{
    struct place p;
    pthread_t threads[4];
    struct worker workers[4];
    void *failed;
    (void)state;

    make_place(&p);
    KITH_AUTO(kith_token_store) store = open_store(&p);
    for (int i = 0; i < 4; i++) {
        workers[i] = (struct worker){store, i};
        assert_int_equal(pthread_create(&threads[i], NULL, work, &workers[i]), 0);
    }
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], &failed);
        assert_null(failed);
    }
    remove_folder(p.root);
}

static void token_store__too_long_a_value_is_refused(void **state)
{
    static char value[256 * 1024];
    struct place p;
    (void)state;

    make_place(&p);
    memset(value, 'a', sizeof(value) - 1);
    assert_int_equal(put(&p, "a", value), KITH_E_STORE);
    assert_string_equal(get(&p, "a"), not_found());
    remove_folder(p.root);
}

static void token_store__a_folder_that_cannot_be_written_says_so(void **state)
{
    struct place p;
    struct kith_token_store *store;
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    struct kith_error err;
    (void)state;

    make_place(&p);
    assert_int_equal(kith_token_store_open("/proc/nowhere", p.keys, KITH_KEEP_FILE, &store, &err), KITH_OK);
    assert_int_equal(kith_token_store_put(store, "a", "b", &place, &err), KITH_E_STORE);
    assert_true(err.message[0] != '\0');
    kith_token_store_close(store);
    remove_folder(p.root);
}

/* Debian's GLib is not instrumented: what its threads agree on looks like a race from outside. */
#if defined(__SANITIZE_THREAD__)
#define GLIB_LOOKS_RACY 1
#elif defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define GLIB_LOOKS_RACY 1
#endif
#endif
#ifndef GLIB_LOOKS_RACY
#define GLIB_LOOKS_RACY 0
#endif

/* --- Without a keyring, or with one that says nothing --------------------------------- */

static void token_store__without_a_bus_the_file_is_used_at_once(void **state)
{
    struct place p;
    struct kith_token_store *store = NULL;
    struct kith_error err;
    (void)state;

    make_place(&p);
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    unsetenv("XDG_RUNTIME_DIR");
    int64_t began_ms = kith_clock_monotonic_ms();
    assert_int_equal(kith_token_store_open(p.data, p.keys, KITH_KEEP_AUTO, &store, &err), KITH_OK);
    assert_true(kith_clock_monotonic_ms() - began_ms < 2500); /* nobody was asked */
    assert_int_equal(kith_token_store_where(store), KITH_TOKENS_IN_FILE);
    kith_token_store_close(store);
    store = NULL;
    assert_int_equal(kith_token_store_open(p.data, p.keys, KITH_KEEP_KEYRING, &store, &err), KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_TOKENS_LOCKED);
    assert_null(store);
    remove_folder(p.root);
}

static enum kith_status look_for(struct kith_token_store *store, enum kith_tokens_in place, struct kith_error *err)
{
    KITH_AUTO_DONE(kith_buf) value;

    kith_buf_init(&value, 1000);
    return kith_token_store_get(store, "a", &value, &place, err);
}

static void token_store__what_lies_in_a_keyring_that_is_not_there_is_not_called_gone(void **state)
{
    struct place p;
    struct kith_token_store *store;
    struct kith_error err;
    (void)state;

    make_place(&p);
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    unsetenv("XDG_RUNTIME_DIR");
    assert_int_equal(kith_token_store_open(p.data, p.keys, KITH_KEEP_AUTO, &store, &err), KITH_OK);
    assert_int_equal(look_for(store, KITH_TOKENS_UNKNOWN, &err), KITH_E_NOT_FOUND);
    assert_int_equal(look_for(store, KITH_TOKENS_IN_FILE, &err), KITH_E_NOT_FOUND);
    assert_int_equal(look_for(store, KITH_TOKENS_IN_KEYRING, &err), KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_TOKENS_LOCKED);
    assert_int_equal(kith_token_store_remove(store, "a", KITH_TOKENS_UNKNOWN, &err), KITH_OK);
    assert_int_equal(kith_token_store_remove(store, "a", KITH_TOKENS_IN_KEYRING, &err), KITH_E_STORE);
    assert_int_equal(err.reason, KITH_REASON_TOKENS_LOCKED);
    assert_true(kith_token_store_misses(store, KITH_TOKENS_IN_KEYRING));
    assert_false(kith_token_store_misses(store, KITH_TOKENS_IN_FILE));
    kith_token_store_close(store);

    store = open_store(&p); /* who keeps them in the file does without the keyring */
    assert_int_equal(look_for(store, KITH_TOKENS_IN_KEYRING, &err), KITH_E_NOT_FOUND);
    assert_int_equal(kith_token_store_remove(store, "a", KITH_TOKENS_IN_KEYRING, &err), KITH_OK);
    assert_false(kith_token_store_misses(store, KITH_TOKENS_IN_KEYRING));
    kith_token_store_close(store);
    remove_folder(p.root);
}

static void token_store__what_is_put_says_where_it_lies(void **state)
{
    enum kith_tokens_in place = KITH_TOKENS_IN_KEYRING;
    struct place p;
    struct kith_error err;
    (void)state;

    make_place(&p);
    KITH_AUTO(kith_token_store) store = open_store(&p);
    assert_int_equal(kith_token_store_put(store, "a", "b", &place, &err), KITH_OK);
    assert_int_equal(place, KITH_TOKENS_IN_FILE);
    place = KITH_TOKENS_UNKNOWN;
    KITH_AUTO_DONE(kith_buf) value;
    kith_buf_init(&value, 1000);
    assert_int_equal(kith_token_store_get(store, "a", &value, &place, &err), KITH_OK);
    assert_int_equal(place, KITH_TOKENS_IN_FILE);
    remove_folder(p.root);
}

static void token_store__a_silent_bus_is_not_waited_for(void **state)
{
    struct place p;
    struct kith_token_store *store = NULL;
    struct kith_error err;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char variable[200];
    enum kith_tokens_in place = KITH_TOKENS_UNKNOWN;
    KITH_AUTO_DONE(kith_buf) value;
    (void)state;

    kith_buf_init(&value, 1000);
    if (GLIB_LOOKS_RACY)
        return; /* not cmocka's skip(): it says "not ok" in TAP */
    make_place(&p);
    (void)snprintf(address.sun_path, sizeof(address.sun_path), "%s/bus", p.root);
    int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
    assert_int_equal(listen(fd, 8), 0); /* it takes connections and says nothing */
    (void)snprintf(variable, sizeof(variable), "unix:path=%s/bus", p.root);
    setenv("DBUS_SESSION_BUS_ADDRESS", variable, 1);

    int64_t began_ms = kith_clock_monotonic_ms();
    assert_int_equal(kith_token_store_open(p.data, p.keys, KITH_KEEP_AUTO, &store, &err), KITH_OK);
    assert_int_equal(kith_token_store_put(store, "a", "one", &place, &err), KITH_OK);
    assert_int_equal(kith_token_store_get(store, "a", &value, &place, &err), KITH_OK);
    assert_true(kith_clock_monotonic_ms() - began_ms < 6000); /* the patience is spent once */
    assert_string_equal(kith_buf_text(&value), "one");
    assert_int_equal(kith_token_store_where(store), KITH_TOKENS_IN_FILE);
    kith_token_store_close(store);
    close(fd);
    unsetenv("DBUS_SESSION_BUS_ADDRESS");
    remove_folder(p.root);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(token_store__what_is_put_is_got_by_the_next_process),
        cmocka_unit_test(token_store__what_is_removed_is_gone),
        cmocka_unit_test(token_store__nobody_else_can_read_it),
        cmocka_unit_test(token_store__a_copy_without_its_key_is_useless),
        cmocka_unit_test(token_store__a_damaged_file_is_noticed),
        cmocka_unit_test(token_store__a_key_file_cut_short_is_made_anew),
        cmocka_unit_test(token_store__processes_do_not_lose_each_others_keys),
        cmocka_unit_test(token_store__threads_may_share_it),
        cmocka_unit_test(token_store__too_long_a_value_is_refused),
        cmocka_unit_test(token_store__a_folder_that_cannot_be_written_says_so),
        cmocka_unit_test(token_store__without_a_bus_the_file_is_used_at_once),
        cmocka_unit_test(token_store__what_lies_in_a_keyring_that_is_not_there_is_not_called_gone),
        cmocka_unit_test(token_store__what_is_put_says_where_it_lies),
        cmocka_unit_test(token_store__a_silent_bus_is_not_waited_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
