/** @file failure.h
 * @brief Why a scenario leaves the valid range of the model.
 */
#ifndef STK_CLIMATE_FAILURE_H
#define STK_CLIMATE_FAILURE_H

#include "climate/calibration.h"

/** The first year in which a member's temperature is out of range, and what did it: a factor on the
 * lifetime of methane that is none any more, or else the largest forcing, with the emissions that
 * drive it. "" when the member stays in range, or without memory. */
void stk_failure_cause(const stk_calibration *calibration, size_t member,
                       const stk_climate_input *input, const stk_climate_physics *physics,
                       char *out, size_t size);

#endif
