/* SPDX-License-Identifier: MIT */
/* visibility.h - marks what libkith shows to the world; everything else stays hidden. */
#pragma once

#if defined(__GNUC__)
#define KITH_API __attribute__((visibility("default")))
#define KITH_MUST_CHECK __attribute__((warn_unused_result))
#else
#define KITH_API
#define KITH_MUST_CHECK
#endif
