/** @file noise.h
 * @brief Internal variability: normal numbers that depend on seed and year only.
 *
 * A counter-based generator (Philox4x32-10; Salmon et al. 2011, 10.1145/2063384.2063405): the
 * noise of a member in a year is a function of its seed and the year's index, so it does not
 * depend on threads, on order or on the other members. Its statistics are those of the reference,
 * its numbers are not.
 */
#ifndef STK_CLIMATE_NOISE_H
#define STK_CLIMATE_NOISE_H

#include "climate/calibration.h"

/** What the noise of a member is made of. */
typedef struct stk_noise {
    uint64_t seed;
    double lower[STK_STATE_MAX][STK_STATE_MAX]; /**< of the covariance of one step */
} stk_noise;

void stk_noise_prepare(const stk_calibration *calibration, size_t member, uint64_t seed_offset,
                       stk_noise *noise);

/** The noise that enters the state at time bound `bound` (counted from the run's start). */
void stk_noise_draw(const stk_noise *noise, uint32_t bound, double out[STK_STATE]);

#endif
