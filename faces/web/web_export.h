/* SPDX-License-Identifier: MIT */
/* web_export.h - all contacts as a download, written while it is sent. */
#pragma once

#include <kith/kith.h>

struct kith_web_exports;
struct kith_web_exports *kith_web_exports_new(struct kith *k);
/* After the last download's stream was closed: waits for their threads. NULL is fine. */
void kith_web_exports_free(struct kith_web_exports *exports);
