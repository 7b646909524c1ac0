/** @file kernel.c
 * @brief Choosing the kernel that the processor runs.
 */
#include "climate/kernel.h"

#include <string.h>

static bool supported(const stk_kernel *kernel)
{
#if defined(__x86_64__)
    if (kernel == &stk_kernel_avx512) {
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq");
    }
    if (kernel == &stk_kernel_avx2) {
        return __builtin_cpu_supports("avx2");
    }
#endif
    return kernel == &stk_kernel_baseline;
}

const stk_kernel *stk_kernel_at(size_t i)
{
    static const stk_kernel *const kernels[] = {
        &stk_kernel_baseline,
#if defined(__x86_64__)
        &stk_kernel_avx2,
        &stk_kernel_avx512,
#endif
    };
    for (size_t k = 0; k < sizeof kernels / sizeof kernels[0]; k++) {
        if (supported(kernels[k]) && i-- == 0) {
            return kernels[k];
        }
    }
    return NULL;
}

const stk_kernel *stk_kernel_find(const char *name)
{
    const stk_kernel *found = NULL;
    for (size_t i = 0; stk_kernel_at(i) != NULL; i++) {
        if (name == NULL || strcmp(name, stk_kernel_at(i)->name) == 0) {
            found = stk_kernel_at(i);
        }
    }
    return found;
}
