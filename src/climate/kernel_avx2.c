/** @file kernel_avx2.c
 * @brief The kernel for: x86-64 with AVX2.
 */
#define STK_LANES 4
#include "climate/kernel_lanes.h"

const stk_kernel stk_kernel_avx2 = {"avx2",        kernel_run,   kernel_derive, kernel_gather,
                                    kernel_select, kernel_above, kernel_bare};
