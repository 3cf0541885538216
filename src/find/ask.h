/* SPDX-License-Identifier: MIT */
/*
 * ask.h - ranks the candidates of a question: what a person most likely meant comes first.
 *
 * A whole word before a beginning, family name before given name, name before company before
 * e-mail before number, shorter before longer; equal ones in the list's order.
 */
#pragma once

#include "base/buf.h"
#include "model/query.h"
#include "model/rows.h"

/*
 * Sort candidates in place and cut them to query->limit (setting rows->more when something was cut).
 * fold: folds one text as the query's words were folded (from normalise/, by way of engine/).
 */
struct kith_find_fold {
    void (*fold)(void *ctx, const char *text, struct kith_buf *out);
    void *ctx;
};
void kith_find_rank(const struct kith_query *query, const struct kith_find_fold *fold, struct kith_rows *rows);
