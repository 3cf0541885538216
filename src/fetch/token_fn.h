/* SPDX-License-Identifier: MIT */
/* token_fn.h - how fetch/ gets access tokens: engine/ knows where they are kept and how they are renewed. */
#pragma once

#include <stdbool.h>

#include <kith/error.h>

#include "base/buf.h"

/* Gives a fresh access token; called at the start and after a 401. force: the last one was refused. Appends to out. */
typedef enum kith_status (*kith_token_fn)(void *ctx, bool force, struct kith_buf *out, struct kith_error *err);
