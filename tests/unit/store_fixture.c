/* SPDX-License-Identifier: MIT */
/* store_fixture.c - see store_fixture.h. */
#include "store_fixture.h"

#include <ftw.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/file.h"

struct kith_store *store;
char store_dir[64];
struct kith_error store_err;
struct kith_arena *store_arena;

/* --- Keys ----------------------------------------------------------------- */

static void fold(void *ctx, const char *text, struct kith_buf *out)
{
    (void)ctx;
    if (text[0] && out->len)
        assert_true(kith_buf_add_char(out, ' '));
    for (const char *c = text; *c; c++)
        assert_true(kith_buf_add_char(out, *c >= 'A' && *c <= 'Z' ? (char)(*c + 32) : *c));
}

static void make_keys(void *ctx, const struct kith_contact *c, struct kith_keys *keys)
{
    static const enum kith_text others[] = {KITH_TEXT_COMPANY, KITH_TEXT_JOB_TITLE, KITH_TEXT_DEPARTMENT};

    kith_keys_clear(keys);
    fold(ctx, c->text[KITH_TEXT_DISPLAY], &keys->names);
    fold(ctx, c->text[KITH_TEXT_NICKNAME], &keys->names);
    for (size_t i = 0; i < KITH_COUNT_OF(others); i++)
        fold(ctx, c->text[others[i]], &keys->others);
    for (size_t i = 0; i < c->n_emails; i++)
        fold(ctx, c->emails[i].address, &keys->others);
    for (size_t i = 0; i < c->n_phones; i++)
        fold(ctx, c->phones[i].national, &keys->numbers);
    fold(ctx, c->text[KITH_TEXT_FAMILY], &keys->sort);
    fold(ctx, c->text[KITH_TEXT_GIVEN], &keys->sort);
    if (keys->sort.len == 0)
        fold(ctx, c->shown, &keys->sort);
    char first = kith_buf_text(&keys->sort)[0];
    (void)kith_text_format(keys->letter, sizeof(keys->letter), "%c",
                           first >= 'a' && first <= 'z' ? (char)(first - 32) : '#');
    const char *family = c->text[KITH_TEXT_FAMILY];
    const char *at = family[0] ? strstr(c->shown, family) : NULL;
    keys->bold_start = at ? (size_t)(at - c->shown) : 0;
    keys->bold_len = at ? strlen(family) : 0;
}

struct kith_store_keys_fn store_keys = {.keys = make_keys, .fold = fold, .version = "1", .sort_version = "en"};

/* --- The folder ------------------------------------------------------------ */

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
    (void)st;
    (void)flag;
    (void)ftw;
    return remove(path);
}

int store_setup(void **state)
{
    (void)state;
    (void)kith_text_copy(store_dir, sizeof(store_dir), "/tmp/kith-store-XXXXXX");
    if (!mkdtemp(store_dir))
        return -1;
    store_arena = kith_arena_new();
    store_keys.version = "1";
    store_keys.sort_version = "en";
    return kith_store_open(store_dir, &store_keys, &store, &store_err) == KITH_OK ? 0 : -1;
}

int store_teardown(void **state)
{
    (void)state;
    kith_store_close(store);
    store = NULL;
    kith_arena_free(store_arena);
    return nftw(store_dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

void store_assert_status(enum kith_status got, enum kith_status wanted, const char *call, const char *file, int line)
{
    if (got == wanted)
        return;
    if (got != KITH_OK)
        print_error("%s: %s\n", call, store_err.message);
    _assert_int_equal((LargestIntegralType)got, (LargestIntegralType)wanted, file, line);
}

void store_reopen(void)
{
    kith_store_close(store);
    store = NULL;
    assert_ok(kith_store_open(store_dir, &store_keys, &store, &store_err));
}

const char *store_path(const char *name)
{
    static char path[256];

    assert_true(kith_file_join(path, sizeof(path), store_dir, name));
    return path;
}

const char *store_sql(const char *sql)
{
    static char answer[512];
    sqlite3 *db;
    sqlite3_stmt *stmt;

    answer[0] = '\0';
    assert_int_equal(sqlite3_open(store_path("contacts.db"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &stmt, NULL), SQLITE_OK);
    if (sqlite3_step(stmt) == SQLITE_ROW && sqlite3_column_text(stmt, 0))
        (void)kith_text_copy(answer, sizeof(answer), (const char *)sqlite3_column_text(stmt, 0));
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return answer;
}

/* --- What is in it ----------------------------------------------------------- */

int64_t store_add_account(const char *name, enum kith_source source)
{
    struct kith_store_account account = {.public_face = {.source = source, .n_reported = -1}};

    (void)kith_text_copy(account.public_face.name, sizeof(account.public_face.name), name);
    (void)kith_text_format(account.uid, sizeof(account.uid), "uid-of-%s", name);
    assert_ok(kith_store_account_save(store, &account, &store_err));
    assert_true(account.public_face.id > 0);
    return account.public_face.id;
}

static const char *kept(const char *text)
{
    return kith_arena_copy(store_arena, text, strlen(text));
}

struct kith_contact *store_person(const char *source_id, const char *given, const char *family, const char *company)
{
    struct kith_contact *c = kith_arena_new_n(store_arena, struct kith_contact, 1);
    char display[256];

    kith_contact_init(c);
    (void)kith_text_format(display, sizeof(display), "%s%s%s", given, given[0] && family[0] ? " " : "", family);
    c->source_id = kept(source_id);
    c->change_key = "v1";
    c->text[KITH_TEXT_GIVEN] = kept(given);
    c->text[KITH_TEXT_FAMILY] = kept(family);
    c->text[KITH_TEXT_COMPANY] = kept(company);
    c->text[KITH_TEXT_DISPLAY] = kept(display);
    c->shown = display[0] ? c->text[KITH_TEXT_DISPLAY] : c->text[KITH_TEXT_COMPANY];
    c->nameless = !display[0];
    return c;
}

void store_add_email(struct kith_contact *contact, const char *address)
{
    kith_contact_add_email(contact, store_arena)->address = kept(address);
}

struct kith_phone *store_add_phone(struct kith_contact *contact, const char *raw, const char *e164,
                                   const char *national)
{
    struct kith_phone *p = kith_contact_add_phone(contact, store_arena);

    p->raw = kept(raw);
    p->number_class = e164[0] ? KITH_NUMBER_NORMAL : strlen(national) <= 6 ? KITH_NUMBER_SHORT : KITH_NUMBER_LOCAL;
    (void)kith_text_copy(p->e164, sizeof(p->e164), e164);
    (void)kith_text_copy(p->national, sizeof(p->national), national);
    return p;
}

static void import_one(struct kith_store_tx *tx, struct kith_store_lookup *lookup, const struct kith_contact *contact)
{
    KITH_AUTO_DONE(kith_keys) keys;
    enum kith_store_known known;
    int64_t id;

    kith_keys_init(&keys);
    assert_ok(kith_store_lookup(lookup, contact->source_id, contact->change_key, &known, &id, &store_err));
    if (known == KITH_STORE_SAME) {
        assert_ok(kith_store_replace_keep(tx, id, &store_err));
        return;
    }
    make_keys(NULL, contact, &keys);
    assert_ok(kith_store_replace_put(tx, contact, &keys, NULL, &store_err));
}

struct kith_import_result store_import(int64_t account_id, struct kith_contact **contacts, size_t n)
{
    struct kith_import_result result = {.reported = (int64_t)n};
    KITH_AUTO(kith_store_lookup) lookup = NULL;
    struct kith_store_tx *tx;

    assert_ok(kith_store_lookup_new(store, account_id, &lookup, &store_err));
    assert_ok(kith_store_begin(store, NULL, &tx, &store_err));
    assert_ok(kith_store_replace_begin(tx, account_id, (int64_t)n, &store_err));
    for (size_t i = 0; i < n; i++)
        import_one(tx, lookup, contacts[i]);
    assert_ok(kith_store_replace_end(tx, true, "", &result, &store_err));
    assert_ok(kith_store_commit(tx, &store_err));
    return result;
}

const char *store_names(const struct kith_rows *rows)
{
    static char names[4096];

    names[0] = '\0';
    for (size_t i = 0; i < rows->n; i++) {
        size_t len = strlen(names);
        (void)kith_text_format(names + len, sizeof(names) - len, "%s%s", i ? "|" : "", rows->row[i].shown);
    }
    return names;
}
