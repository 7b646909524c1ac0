/** @file kernel_baseline.c
 * @brief The kernel for: Any processor; on x86-64 the vectors of SSE2.
 */
#define STK_LANES 2
#include "climate/kernel_lanes.h"

const stk_kernel stk_kernel_baseline = {"baseline",    kernel_run,   kernel_derive, kernel_gather,
                                        kernel_select, kernel_above, kernel_bare};
