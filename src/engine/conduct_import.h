/* SPDX-License-Identifier: MIT */
/* conduct_import.h - one account brought here; kith_import_run() and kith_refresh_run() are made of it. */
#pragma once

#include <kith/import.h>

/*
 * refresh: changes are enough where the source tells them, and too many removals are held back: KITH_E_REMOVALS_HELD
 * then, with *ret filled in, as <kith/import.h> says. Else the whole account is fetched and replaces what was here.
 */
enum kith_status kith_conduct_import(struct kith *k, const char *name, bool refresh,
                                     const struct kith_import_options *options, struct kith_import_result *ret,
                                     struct kith_error *err);
