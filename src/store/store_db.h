/* SPDX-License-Identifier: MIT */
/*
 * store_db.h - one connection to SQLite: statements made once, bound and read without ceremony.
 *
 *     KITH_AUTO_DONE(kith_stmt) s = kith_db_use(db, count_sql);
 *     kith_bind_int(&s, account_id);
 *     while (kith_stmt_step(&s))
 *         n += kith_stmt_int(&s, 0);
 *     return kith_stmt_end(&s, err, "count contacts");
 *
 * A query is a constant: its address is what its prepared statement is kept under.
 */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include <kith/error.h>

#include "base/buf.h"
#include "base/cleanup.h"

struct kith_store;

enum { KITH_DB_STATEMENTS = 128 }; /* slots; the queries of this folder fill less than two thirds */

/* Which file a path names: a repair, by whichever process, puts another one in its place. Zero: none. */
struct kith_file_id {
    uint64_t device, number;
};
struct kith_file_id kith_file_id_of(const char *path);
bool kith_file_id_equal(struct kith_file_id a, struct kith_file_id b); /* false for two zeros */

struct kith_db {
    sqlite3 *sqlite;
    struct kith_file_id file; /* as it was when the connection was opened */
    struct kith_store *owner; /* whose pool it goes back to */
    struct kith_db *next;     /* in the pool */
    bool explain;             /* KITH_DEBUG=store:explain */
    struct {
        const char *sql;
        sqlite3_stmt *handle;
    } cached[KITH_DB_STATEMENTS];
};

enum kith_db_role {
    KITH_DB_READER,
    KITH_DB_LOOKUP, /* reads as well, for an import's look at every id */
    KITH_DB_WRITER
};

enum kith_status kith_db_open(const char *path, enum kith_db_role role, struct kith_db **ret, struct kith_error *err);
void kith_db_close(struct kith_db *db); /* NULL is fine */

/* Run one or more statements that take and give nothing. what: "save the account", for the message. */
enum kith_status kith_db_exec(struct kith_db *db, const char *sql, const char *what, struct kith_error *err);
/* The one integer that sql answers; preset when it answers nothing or fails. */
int64_t kith_db_integer(struct kith_db *db, const char *sql, int64_t preset);
/* Status and reason for what the last call on db answered. */
enum kith_status kith_db_fail(struct kith_db *db, int code, const char *what, struct kith_error *err);

struct kith_stmt {
    struct kith_db *db;
    sqlite3_stmt *handle;
    int n_bound;
    int code; /* of the last step */
};

/* Borrow the statement for sql (a constant), made at its first use. Only one user at a time. */
struct kith_stmt kith_db_use(struct kith_db *db, const char *sql);
void kith_stmt_done(struct kith_stmt *stmt); /* gives it back */
KITH_DEFINE_AUTO_DONE(kith_stmt, kith_stmt_done)

/* Bind the next parameter. Bytes are borrowed until the next step has been made. Text "" becomes NULL. */
void kith_bind_int(struct kith_stmt *stmt, int64_t value);
void kith_bind_int_or_null(struct kith_stmt *stmt, int64_t value); /* 0 becomes NULL */
void kith_bind_text(struct kith_stmt *stmt, const char *text);
void kith_bind_text_n(struct kith_stmt *stmt, const char *text, size_t len);
void kith_bind_blob(struct kith_stmt *stmt, const void *bytes, size_t len); /* never NULL */
void kith_bind_null(struct kith_stmt *stmt);

bool kith_stmt_step(struct kith_stmt *stmt);  /* true: a row is there */
void kith_stmt_again(struct kith_stmt *stmt); /* ready for other parameters */
/* KITH_OK when the last step ended as it should. */
enum kith_status kith_stmt_end(struct kith_stmt *stmt, const char *what, struct kith_error *err);
/* For a statement that gives no rows: step, look, ready for other parameters. */
enum kith_status kith_stmt_run(struct kith_stmt *stmt, const char *what, struct kith_error *err);

/* Of the row that is there; text is never NULL and lives until the next step. */
int64_t kith_stmt_int(struct kith_stmt *stmt, int column);
const char *kith_stmt_text(struct kith_stmt *stmt, int column);
const void *kith_stmt_blob(struct kith_stmt *stmt, int column,
                           size_t *ret_len); /* the same for bytes; NULL when there are none */
bool kith_stmt_is_null(struct kith_stmt *stmt, int column);
