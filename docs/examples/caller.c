/* SPDX-License-Identifier: MIT */
/*
 * caller.c - libkith in 40 lines: sign in, import, find, say who is calling. It needs kith.h alone:
 *
 *     cc caller.c $(pkg-config --cflags --libs libkith) -o caller && ./caller CONFIG FOLDER TEXT NUMBER
 */
#include <kith/kith.h>
#include <stdio.h>

static void on_event(void *ctx, const struct kith_event *event)
{
    if (event->kind == KITH_EVENT_PROGRESS)
        printf("%s: %lld of %lld\n", event->account, (long long)event->done, (long long)event->total);
}

static int print_failure(const struct kith_error *err)
{
    struct kith_failure failure;

    kith_failure_describe(err, &failure); /* the words that every face of kith shows */
    fprintf(stderr, "%s\n%s\n", failure.title, failure.sentence);
    return failure.exit_code;
}

static void print_rows(const char *what, struct kith_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        printf("%s: %s, %s\n", what, rows->row[i].shown, rows->row[i].second);
    kith_rows_free(rows);
}

static enum kith_status run(struct kith *k, const char *text, const char *number, struct kith_error *err)
{
    const struct kith_import_options import = {.on_event = on_event};
    struct kith_import_result result;
    struct kith_account account;
    struct kith_signin *signin;
    struct kith_rows *rows;
    enum kith_status st;

    st = kith_signin_start(k, &(struct kith_signin_options){.source = KITH_SOURCE_MICROSOFT365}, &signin, err);
    if (st != KITH_OK)
        return st;
    printf("Open %s\n", kith_signin_url(signin));
    fflush(stdout);
    st = kith_signin_wait(signin, NULL, &account, err); /* for the browser's answer, 15 minutes at most */
    kith_signin_free(signin);
    if (st == KITH_OK)
        st = kith_import_run(k, account.name, &import, &result, err);
    if (st == KITH_OK)
        st = kith_find(k, text, /* limit= */ 5, &rows, err);
    if (st == KITH_OK)
        print_rows("found", rows);
    if (st == KITH_OK)
        st = kith_who(k, number, &rows, err);
    if (st == KITH_OK)
        print_rows("calling", rows);
    return st;
}

int main(int argc, char **argv)
{
    const char *const settings[] = {"import.photos=no", NULL}; /* as a user's own settings, but stronger */
    struct kith_options options = {.set = settings};
    struct kith_error err;
    struct kith *k;

    if (argc != 5)
        return 2;
    options.config_file = argv[1];
    options.data_dir = argv[2];
    if (kith_open(&options, &k, &err) != KITH_OK)
        return print_failure(&err);
    enum kith_status st = run(k, argv[3], argv[4], &err);
    kith_close(k);
    return st == KITH_OK ? 0 : print_failure(&err);
}
