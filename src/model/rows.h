/* SPDX-License-Identifier: MIT */
/* rows.h - making struct kith_rows: the rows and one arena for all their strings. */
#pragma once

#include <kith/find.h>

#include "base/alloc.h"

struct kith_rows *kith_rows_new(void);
struct kith_arena *kith_rows_arena(struct kith_rows *rows);
struct kith_row *kith_rows_add(struct kith_rows *rows); /* all strings ""; earlier pointers to rows become stale */
KITH_DEFINE_AUTO(kith_rows, kith_rows_free)
