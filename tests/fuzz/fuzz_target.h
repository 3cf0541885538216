/* SPDX-License-Identifier: MIT */
/*
 * fuzz_target.h - what all fuzz targets have in common.
 *
 * A target is built twice: with libFuzzer (meson setup -Dfuzz=true, clang), which invents inputs, and with
 * run_corpus.c, which runs the seeds of corpus/ through it as an ordinary test, with any compiler.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Like assert(), but also in builds without assertions: a broken promise must always end the run. */
#define FUZZ_CHECK(promise)                                                                                            \
    do {                                                                                                               \
        if (!(promise)) {                                                                                              \
            (void)fprintf(stderr, "%s:%d: broken promise: %s\n", __FILE__, __LINE__, #promise);                        \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)
