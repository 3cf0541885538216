/* SPDX-License-Identifier: MIT */
/*
 * module.c - loads parts of kith when they are first needed; see module.h.
 *
 * Stands beside the journey: a gate (http/http_gate.c and its like) asks for its module here
 * and hands each call on. The only file that knows how this system loads code.
 */
#include "base/module.h"

#include <dlfcn.h>

#include "base/fail.h"
#include "base/text.h"

static bool fits(const struct kith_module *module, const struct kith_module_face *face)
{
    return face && strcmp(face->version, KITH_VERSION) == 0 && face->functions_bytes == module->functions_bytes;
}

/*
 * Never closed again, not even one that does not fit: its libraries may have left functions behind for the process's
 * end. The name has no slash, so that the folder a program happens to be in is no place to look.
 */
static void load(struct kith_module *module)
{
    void *handle = dlopen(module->file, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const struct kith_module_face *face = handle ? dlsym(handle, "kith_module_face") : NULL;
    const char *why = handle ? NULL : dlerror();

    if (fits(module, face))
        module->functions = face->functions;
    else if (why)
        (void)kith_text_copy(module->why, sizeof(module->why), why); /* cut: the beginning names the file */
    else
        (void)kith_text_format(module->why, sizeof(module->why), "%s is not of this version of kith", module->file);
}

const void *kith_module_load(struct kith_module *module, struct kith_error *err)
{
    (void)pthread_mutex_lock(&module->lock); /* a plain mutex, held by nobody who could fail */
    if (!module->tried)
        load(module);
    module->tried = true;
    const void *functions = module->functions;
    (void)pthread_mutex_unlock(&module->lock);
    if (!functions)
        (void)kith_module_status(module, err); /* the caller sees it by the NULL */
    return functions;
}

enum kith_status kith_module_status(struct kith_module *module, struct kith_error *err)
{
    (void)pthread_mutex_lock(&module->lock); /* as above */
    bool missing = module->tried && !module->functions;
    (void)pthread_mutex_unlock(&module->lock);
    if (!missing)
        return KITH_OK;
    return kith_fail_reason(err, KITH_E_INTERNAL, KITH_REASON_INCOMPLETE, "a part of kith could not be loaded: %s",
                            module->why);
}
