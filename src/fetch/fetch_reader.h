/* SPDX-License-Identifier: MIT */
/* fetch_reader.h - the process kith-reader: started on one file, listened to, ended. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <kith/error.h>

#include "base/cleanup.h"

struct kith_fetch_reader {
    pid_t pid;  /* 0: none */
    int out_fd; /* its standard output, to read; never blocks */
};

/*
 * Start program with file_fd as its standard input; arguments: what comes behind its name, ends in NULL.
 * It inherits nothing else: no descriptor, no environment but what developers ask for, no blocked signal.
 * KITH_E_INTERNAL when it cannot be started.
 */
enum kith_status kith_fetch_reader_start(const char *program, const char *const *arguments, int file_fd,
                                         struct kith_fetch_reader *ret, struct kith_error *err);

/* Kill it, if it is still there, and forget it. Fine for one that was never started, or ended before. */
void kith_fetch_reader_done(struct kith_fetch_reader *reader);
KITH_DEFINE_AUTO_DONE(kith_fetch_reader, kith_fetch_reader_done)

/*
 * After its output has ended: how it ended, as a status for WIFEXITED() and the like. One that lingers is killed.
 * false: nobody knows (somebody else in this process has waited for it).
 */
bool kith_fetch_reader_end(struct kith_fetch_reader *reader, int *ret_status);
