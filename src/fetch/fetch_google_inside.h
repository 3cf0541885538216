/* SPDX-License-Identifier: MIT */
/* fetch_google_inside.h - what fetch_google.c lends to fetch_google_photo.c. */
#pragma once

#include "fetch/fetch_google.h"

struct kith_http *kith_fetch_google_http(struct kith_fetch_google *fetch);
const struct kith_cancel *kith_fetch_google_cancel(const struct kith_fetch_google *fetch);
const char *kith_fetch_google_root(const struct kith_fetch_google *fetch); /* of the People API */
