/* SPDX-License-Identifier: MIT */
/*
 * cleanup.h - locals that clean up after themselves, so that every return is safe.
 *
 *     KITH_AUTO(kith_store_tx) tx = NULL;     calls kith_store_tx_free(tx) at the end of the block
 *     return commit(KITH_TAKE(tx), err);      moves the value out and leaves NULL behind
 */
#pragma once

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include <kith/visibility.h>

/* A type takes part by naming what frees it: KITH_DEFINE_AUTO(kith_page, kith_page_free). */
#define KITH_DEFINE_AUTO(type, free_fn)                                                                                \
    static inline void kith_auto_##type(struct type **p)                                                               \
    {                                                                                                                  \
        if (*p)                                                                                                        \
            free_fn(*p);                                                                                               \
    }
#define KITH_AUTO(type) __attribute__((cleanup(kith_auto_##type))) struct type *

/* The same for a struct that lives in the frame and has x_done(): KITH_AUTO_DONE(kith_buf) buf; */
#define KITH_DEFINE_AUTO_DONE(type, done_fn)                                                                           \
    static inline void kith_auto_done_##type(struct type *p)                                                           \
    {                                                                                                                  \
        done_fn(p);                                                                                                    \
    }
#define KITH_AUTO_DONE(type) __attribute__((cleanup(kith_auto_done_##type))) struct type

static inline void kith_auto_free_string(char **p)
{
    free(*p);
}
#define KITH_AUTO_STRING __attribute__((cleanup(kith_auto_free_string))) char *

static inline void kith_auto_close_fd(int *fd)
{
    int saved = errno; /* the caller may be on its way to say why it failed */

    if (*fd >= 0)
        (void)close(*fd); /* nothing can be done about it, and the data was synced where it mattered */
    errno = saved;
}
#define KITH_AUTO_FD __attribute__((cleanup(kith_auto_close_fd))) int

/* As KITH_TAKE(), for a descriptor: leaves -1 behind. */
static inline int kith_take_fd(int *fd)
{
    int taken = *fd;

    *fd = -1;
    return taken;
}

#define KITH_TAKE(p)                                                                                                   \
    __extension__({                                                                                                    \
        __typeof__(p) kith_taken_ = (p);                                                                               \
        (p) = NULL;                                                                                                    \
        kith_taken_;                                                                                                   \
    })

#define KITH_COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
