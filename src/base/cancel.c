/* SPDX-License-Identifier: MIT */
/*
 * cancel.c - a switch that is thrown once; see kith/kith.h and cancel.h.
 *
 * A face makes it and throws it; http/, signin/ and store/ look at it wherever
 * they wait or work for long.
 */
#include "base/cancel.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <stdatomic.h>
#include <sys/eventfd.h>

#include "base/alloc.h"
#include "base/clock.h"
#include "base/text.h"

/* Locks are not allowed in a signal handler. */
_Static_assert(ATOMIC_BOOL_LOCK_FREE == 2, "kith_cancel_set must stay async-signal-safe");

enum { LONGEST_NAP_MS = 50 }; /* between two looks at a switch without a descriptor; cancelling takes 200 at most */

struct kith_cancel {
    atomic_bool set;
    int fd; /* an eventfd; -1 when the process had no descriptor left */
};

struct kith_cancel *kith_cancel_new(void)
{
    struct kith_cancel *cancel = kith_xnew(struct kith_cancel);

    atomic_init(&cancel->set, false);
    cancel->fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return cancel;
}

void kith_cancel_free(struct kith_cancel *cancel)
{
    if (!cancel)
        return;
    if (cancel->fd >= 0)
        (void)close(cancel->fd); /* holds no data */
    free(cancel);
}

void kith_cancel_set(struct kith_cancel *cancel)
{
    const uint64_t one = 1;

    if (!cancel || atomic_exchange(&cancel->set, true) || cancel->fd < 0)
        return;
    int saved = errno;                           /* a signal handler must not change it under the code it interrupted */
    (void)!write(cancel->fd, &one, sizeof(one)); /* the first write to an eventfd has room */
    errno = saved;
}

bool kith_cancel_is_set(const struct kith_cancel *cancel)
{
    return cancel && atomic_load(&cancel->set);
}

int kith_cancel_fd(const struct kith_cancel *cancel)
{
    return cancel ? cancel->fd : -1;
}

static int next_nap_ms(const struct kith_cancel *cancel, int64_t left_ms)
{
    if (cancel && cancel->fd < 0 && left_ms > LONGEST_NAP_MS)
        return LONGEST_NAP_MS;
    return left_ms > INT_MAX ? INT_MAX : (int)left_ms;
}

bool kith_cancel_sleep_ms(const struct kith_cancel *cancel, int64_t ms)
{
    int64_t now = kith_clock_monotonic_ms();
    int64_t deadline = ms > INT64_MAX - now ? INT64_MAX : now + ms;

    for (; now < deadline; now = kith_clock_monotonic_ms()) {
        struct pollfd waiting = {.fd = kith_cancel_fd(cancel), .events = POLLIN};
        if (kith_cancel_is_set(cancel))
            return false;
        (void)poll(&waiting, 1, next_nap_ms(cancel, deadline - now)); /* early or interrupted: the loop looks again */
    }
    return !kith_cancel_is_set(cancel);
}
