/* SPDX-License-Identifier: MIT */
/* sample_module.c - a module for test_base_module.c; built once as it should be, and once for each way not to fit. */
#include "sample_module.h"

static int answer(void)
{
    return 42;
}

#if defined(SAMPLE_OTHER_VERSION)
extern KITH_API const struct kith_module_face kith_module_face;
static const struct sample_functions functions = {.answer = answer};
const struct kith_module_face kith_module_face = {"0.0.1", sizeof(functions), &functions};
#elif defined(SAMPLE_OTHER_TABLE)
struct larger_functions {
    int (*answer)(void);
    int (*another)(void);
};
KITH_MODULE_FACE(larger_functions, {.answer = answer, .another = answer})
#elif defined(SAMPLE_NO_FACE)
KITH_API int sample_answer(void);
int sample_answer(void)
{
    return answer();
}
#else
KITH_MODULE_FACE(sample_functions, {.answer = answer})
#endif
