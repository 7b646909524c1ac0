/** @file kernel.c
 * @brief The climate kernel of the page, which asks for temperatures alone: in the place of climate/kernel_baseline.c,
 * without what other variables are made by.
 */
#define STK_LANES 2
#pragma clang diagnostic ignored "-Wunused-function"
#include "climate/kernel_lanes.h"

const stk_kernel stk_kernel_baseline = {"baseline",    kernel_run,   NULL, kernel_gather,
                                        kernel_select, kernel_above, NULL};
