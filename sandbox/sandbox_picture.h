/* SPDX-License-Identifier: MIT */
/* sandbox_picture.h - small pictures that tell contacts apart, drawn from a number. */
#pragma once

#include <stdint.h>

#include "base/buf.h"

#define SANDBOX_PICTURE_SIDE 240

const char *sandbox_picture_type(uint64_t key); /* "image/jpeg" or "image/png" */
/* Append the picture's file to out. */
void sandbox_picture_draw(uint64_t key, struct kith_buf *out);
