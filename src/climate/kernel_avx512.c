/** @file kernel_avx512.c
 * @brief The kernel for: x86-64 with AVX-512.
 */
#define STK_LANES 8
#include "climate/kernel_lanes.h"

const stk_kernel stk_kernel_avx512 = {"avx512",      kernel_run,   kernel_derive, kernel_gather,
                                      kernel_select, kernel_above, kernel_bare};
