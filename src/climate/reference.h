/** @file reference.h
 * @brief The plain implementation with what only tests need of it.
 */
#ifndef STK_CLIMATE_REFERENCE_H
#define STK_CLIMATE_REFERENCE_H

#include "climate/calibration.h"

/** As stk_climate_run_member(), with given noise instead of the generator's: `noise[bound]` enters
 * the state at that bound. NULL: as `physics` says. */
stk_status stk_reference_run(const stk_calibration *calibration, size_t member,
                             const stk_climate_input *input, const stk_climate_physics *physics,
                             const double (*noise)[STK_STATE], stk_climate_series *out,
                             stk_error *error);

#endif
