/* SPDX-License-Identifier: MIT */
/*
 * module.h - parts of kith in files of their own, loaded when they are first needed.
 *
 * Who links to a library waits for it, and for all that it brings along, at every start.
 * What a look-up has no use for is therefore linked to a module, which stands in a private
 * folder beside libkith and is named in few words here: a file, and a table of functions.
 *
 *     struct kith_web_functions { __typeof__(kith_web_run) *run; };       what both sides know
 *     KITH_MODULE_FACE(kith_web_functions, {.run = kith_web_run})         in the module
 *     static struct kith_module web = KITH_MODULE("kith-web.so", kith_web_functions);
 *     const struct kith_web_functions *functions = kith_module_load(&web, err);
 */
#pragma once

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

#include <kith/error.h>
#include <kith/visibility.h>

#include "kith_config.h"

/* What a module shows to the world. It fits the kith that it was built with, and no other. */
struct kith_module_face {
    const char *version;
    size_t functions_bytes;
    const void *functions;
};

#define KITH_MODULE_FACE(type, ...)                                                                                    \
    static const struct type kith_module_functions = __VA_ARGS__;                                                      \
    extern KITH_API const struct kith_module_face kith_module_face;                                                    \
    const struct kith_module_face kith_module_face = {KITH_VERSION, sizeof(struct type), &kith_module_functions};

/* One for each module, static: what became of it in this process. */
struct kith_module {
    const char *file;
    size_t functions_bytes;
    pthread_mutex_t lock; /* guards what follows */
    bool tried;
    const void *functions; /* NULL: not tried, or of no use */
    char why[200];
};

#define KITH_MODULE(name, type)                                                                                        \
    {                                                                                                                  \
        .file = (name), .functions_bytes = sizeof(struct type), .lock = PTHREAD_MUTEX_INITIALIZER                      \
    }

/*
 * The module's functions; from any thread. It is looked for once, where the file that holds the caller says that its
 * parts are (RUNPATH), and stays until the process ends.
 *
 * NULL: it is missing, lacks a library or is of another kith; KITH_E_INTERNAL with reason INCOMPLETE then, each time.
 */
KITH_MUST_CHECK
const void *kith_module_load(struct kith_module *module, struct kith_error *err);

/* KITH_OK unless it was asked for and cannot be had. Loads nothing. */
enum kith_status kith_module_status(struct kith_module *module, struct kith_error *err);
