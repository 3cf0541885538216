/* SPDX-License-Identifier: MIT */
/*
 * store_fixture.h - a store in a fresh folder, simple keys, and short ways to say what is in it.
 *
 * The keys are the test's own (ASCII, lower case), so that these tests hold the store to
 * its word and not normalise/.
 */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "model/rows.h"
#include "store/store.h"

extern struct kith_store *store; /* open during a test */
extern char store_dir[64];       /* its folder */
extern struct kith_error store_err;
extern struct kith_arena *store_arena; /* goes with the test */
extern struct kith_store_keys_fn store_keys;

int store_setup(void **state); /* for cmocka_unit_test_setup_teardown */
int store_teardown(void **state);
#define store_test(f) cmocka_unit_test_setup_teardown(f, store_setup, store_teardown)

/* The call succeeds; if not, its message is printed. */
#define assert_ok(call) store_assert_status((call), KITH_OK, #call, __FILE__, __LINE__)
#define assert_fails(call, status) store_assert_status((call), (status), #call, __FILE__, __LINE__)
void store_assert_status(enum kith_status got, enum kith_status wanted, const char *call, const char *file, int line);

void store_reopen(void);
const char *store_path(const char *name); /* in the folder; borrowed until the next call */
/* Run SQL on the file behind the store's back; the first value of the first row, "" for none. Borrowed. */
const char *store_sql(const char *sql);

int64_t store_add_account(const char *name, enum kith_source source);

/* A contact of the test's own: display, given, family, company; any may be "". In store_arena. */
struct kith_contact *store_person(const char *source_id, const char *given, const char *family, const char *company);
void store_add_email(struct kith_contact *contact, const char *address);
/* e164 "" for none; national must be its end. */
struct kith_phone *store_add_phone(struct kith_contact *contact, const char *raw, const char *e164,
                                   const char *national);

/* Import exactly these contacts, through lookup, keep and put, as the engine does. */
struct kith_import_result store_import(int64_t account_id, struct kith_contact **contacts, size_t n);

/* "Ada Lovelace|Alan Turing": the shown names of rows, in their order. Borrowed until the next call. */
const char *store_names(const struct kith_rows *rows);
