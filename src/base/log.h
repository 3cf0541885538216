/* SPDX-License-Identifier: MIT */
/*
 * log.h - what developers see with KITH_DEBUG=http,store or KITH_DEBUG=all.
 *
 * Goes to standard error, nothing unless asked for. Neither tokens nor the
 * contents of contacts are ever logged.
 */
#pragma once

#include <stdbool.h>

enum kith_log_area {
    KITH_LOG_HTTP,
    KITH_LOG_SIGNIN,
    KITH_LOG_FETCH,
    KITH_LOG_PARSE,
    KITH_LOG_NORMALISE,
    KITH_LOG_STORE,
    KITH_LOG_FIND,
    KITH_LOG_ENGINE,
    KITH_LOG_WEB,
    KITH_LOG_SANDBOX,
    KITH_LOG_AREA_COUNT
};

/* detail: what stands behind the colon, as "explain" in KITH_DEBUG=store:explain. */
bool kith_log_wanted(enum kith_log_area area);
bool kith_log_wanted_detail(enum kith_log_area area, const char *detail);

void kith_log_write(enum kith_log_area area, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define kith_log_debug(area, ...)                                                                                      \
    do {                                                                                                               \
        if (kith_log_wanted(area))                                                                                     \
            kith_log_write(area, __VA_ARGS__);                                                                         \
    } while (0)
