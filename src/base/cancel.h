/* SPDX-License-Identifier: MIT */
/* cancel.h - the inside of struct kith_cancel (declared in kith/kith.h): a flag that a poll can wait for. */
#pragma once

#include <kith/kith.h>

/* A file descriptor that is readable once the switch is thrown; -1 for NULL. Only to poll, never to read. */
int kith_cancel_fd(const struct kith_cancel *cancel);

/* Sleep; true: slept to the end, false: cancelled before. cancel may be NULL. */
bool kith_cancel_sleep_ms(const struct kith_cancel *cancel, int64_t ms);
