/** @file noise.c
 * @brief The generator and the correlation of its numbers.
 */
#include "climate/noise.h"

#include <math.h>

#include "base/elementary.h"

static void philox(uint64_t key, uint32_t counter_low, uint32_t counter_high, uint32_t out[4])
{
    enum { ROUNDS = 10 };
    uint32_t c[4] = {counter_low, counter_high, 0, 0};
    uint32_t k0 = (uint32_t)key;
    uint32_t k1 = (uint32_t)(key >> 32);
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t p0 = (uint64_t)0xD2511F53u * c[0];
        uint64_t p1 = (uint64_t)0xCD9E8D57u * c[2];
        uint32_t n0 = (uint32_t)(p1 >> 32) ^ c[1] ^ k0;
        uint32_t n2 = (uint32_t)(p0 >> 32) ^ c[3] ^ k1;
        c[1] = (uint32_t)p1;
        c[3] = (uint32_t)p0;
        c[0] = n0;
        c[2] = n2;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    for (int i = 0; i < 4; i++) {
        out[i] = c[i];
    }
}

/* Two independent standard normal numbers from 128 random bits (Box and Muller 1958). */
static void normal_pair(const uint32_t bits[4], double out[2])
{
    uint64_t a = ((uint64_t)bits[0] << 32 | bits[1]) >> 11;
    uint64_t b = ((uint64_t)bits[2] << 32 | bits[3]) >> 11;
    double u = ((double)a + 0.5) * 0x1p-53; /* never 0 */
    double v = (double)b * 0x1p-53;
    double radius = sqrt(-2 * stk_log(u));
    out[0] = radius * stk_cos_pi(2 * v);
    out[1] = radius * stk_sin_pi(2 * v);
}

void stk_noise_prepare(const stk_calibration *calibration, size_t member, uint64_t seed_offset,
                       stk_noise *noise)
{
    double covariance[STK_STATE_MAX][STK_STATE_MAX];
    stk_energy_noise(&calibration->energy[member], calibration->sigma_eta[member],
                     calibration->sigma_xi[member], covariance);
    stk_cholesky(STK_STATE, covariance, noise->lower);
    noise->seed = calibration->seeds[member] + seed_offset;
}

void stk_noise_draw(const stk_noise *noise, uint32_t bound, double out[STK_STATE])
{
    double z[STK_STATE];
    for (uint32_t half = 0; half < STK_STATE / 2; half++) {
        uint32_t bits[4];
        philox(noise->seed, bound, half, bits);
        normal_pair(bits, z + 2 * half);
    }
    for (int i = 0; i < STK_STATE; i++) {
        out[i] = 0;
        for (int j = 0; j <= i; j++) {
            out[i] += noise->lower[i][j] * z[j];
        }
    }
}
