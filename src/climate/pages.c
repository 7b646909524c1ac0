/** @file pages.c
 * @brief Asking for huge pages.
 */
#if defined(__linux__)
#define _DEFAULT_SOURCE /* madvise() */
#include <sys/mman.h>
#endif

#include <stdlib.h>

#include "climate/pages.h"

void *stk_pages_alloc(size_t size)
{
    const size_t huge = (size_t)2 * 1024 * 1024;
    size_t alignment = size >= huge / 2 ? huge : 64;
    if (size > (size_t)-1 - huge) {
        return NULL;
    }
    size = (size + alignment - 1) / alignment * alignment;
    void *memory = aligned_alloc(alignment, size > 0 ? size : alignment);
#if defined(MADV_HUGEPAGE)
    if (memory != NULL && alignment == huge) {
        (void)madvise(memory, size,
                      MADV_HUGEPAGE); /* a hint: without it all is slower, not wrong */
    }
#endif
    return memory;
}
