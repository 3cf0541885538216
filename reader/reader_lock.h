/* SPDX-License-Identifier: MIT */
/* reader_lock.h - the reader gives up everything but its memory and its standard output. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/*
 * Lock this process in, for good: its file is mapped (file_bytes of memory), what it still needs is memory, and to
 * write to descriptors 1 and 2. All other descriptors are closed.
 *
 * ret_locks: enum kith_reader_lock, what holds now. Landlock and seccomp may be missing there, where the kernel has
 * none; Landlock also where a container forbids to ask for it. Where they are there and cannot be used, the result is
 * false: *ret_failed names what failed, and nothing may be read.
 */
bool reader_lock(size_t file_bytes, unsigned *ret_locks, const char **ret_failed);
