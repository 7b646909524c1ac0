/** @file lanes.h
 * @brief Vectors of members: types, the few operations that need an instruction of their own, and
 * exponentials and logarithms.
 *
 * Included by files that are each compiled for one instruction set, after STK_LANES is defined.
 * Everything is written once, in the compiler's portable vectors, from IEEE operations without
 * fused multiply-add: a lane has the same bits whatever the width of the vector. Precision of the
 * functions: below 1 ulp, expm1 below 2 (tests/climate/test_lanes.c measures it).
 */
#ifndef STK_CLIMATE_LANES_H
#define STK_CLIMATE_LANES_H

#include <math.h>
#include <stdint.h>

#if defined(__SSE2__)
#include <immintrin.h>
#endif

#ifndef STK_LANES
#error "define STK_LANES before including lanes.h"
#endif

typedef double lanes __attribute__((vector_size(8 * STK_LANES)));
typedef uint64_t lanes_bits __attribute__((vector_size(8 * STK_LANES)));
typedef int64_t lanes_mask __attribute__((vector_size(8 * STK_LANES)));

static inline lanes lanes_all(double x)
{
    return x - (lanes){0};
}

/* Not by memcpy(), which may change anything: what a loop reads besides would be read again for
 * each vector. */
typedef double lanes_unaligned __attribute__((vector_size(8 * STK_LANES), aligned(8)));

static inline lanes lanes_load(const double *p)
{
    return *(const lanes_unaligned *)p;
}

static inline void lanes_store(double *p, lanes x)
{
    *(lanes_unaligned *)p = x;
}

static inline lanes lanes_select(lanes_mask mask, lanes yes, lanes no)
{
    return (lanes)(((lanes_mask)yes & mask) | ((lanes_mask)no & ~mask));
}

/* min and max are a < b ? a : b and a > b ? a : b: of a NaN the second operand remains. */
#if STK_LANES == 8 && defined(__AVX512F__)
static inline lanes lanes_min(lanes a, lanes b)
{
    return (lanes)_mm512_min_pd((__m512d)a, (__m512d)b);
}
static inline lanes lanes_max(lanes a, lanes b)
{
    return (lanes)_mm512_max_pd((__m512d)a, (__m512d)b);
}
static inline lanes lanes_sqrt(lanes a)
{
    return (lanes)_mm512_sqrt_pd((__m512d)a);
}
#elif STK_LANES == 4 && defined(__AVX__)
static inline lanes lanes_min(lanes a, lanes b)
{
    return (lanes)_mm256_min_pd((__m256d)a, (__m256d)b);
}
static inline lanes lanes_max(lanes a, lanes b)
{
    return (lanes)_mm256_max_pd((__m256d)a, (__m256d)b);
}
static inline lanes lanes_sqrt(lanes a)
{
    return (lanes)_mm256_sqrt_pd((__m256d)a);
}
#elif STK_LANES == 2 && defined(__SSE2__)
static inline lanes lanes_min(lanes a, lanes b)
{
    return (lanes)_mm_min_pd((__m128d)a, (__m128d)b);
}
static inline lanes lanes_max(lanes a, lanes b)
{
    return (lanes)_mm_max_pd((__m128d)a, (__m128d)b);
}
static inline lanes lanes_sqrt(lanes a)
{
    return (lanes)_mm_sqrt_pd((__m128d)a);
}
#else
static inline lanes lanes_min(lanes a, lanes b)
{
    return lanes_select((lanes_mask)(a < b), a, b);
}
static inline lanes lanes_max(lanes a, lanes b)
{
    return lanes_select((lanes_mask)(a > b), a, b);
}
static inline lanes lanes_sqrt(lanes a)
{
    for (int i = 0; i < STK_LANES; i++) {
        a[i] = sqrt(a[i]);
    }
    return a;
}
#endif

static inline int lanes_any(lanes_mask mask)
{
#if STK_LANES == 8 && defined(__AVX512DQ__)
    return _mm512_movepi64_mask((__m512i)mask) != 0;
#elif STK_LANES == 4 && defined(__AVX__)
    return _mm256_movemask_pd((__m256d)mask) != 0;
#elif STK_LANES == 2 && defined(__SSE2__)
    return _mm_movemask_pd((__m128d)mask) != 0;
#else
    int64_t any = 0;
    for (int i = 0; i < STK_LANES; i++) {
        any |= mask[i];
    }
    return any != 0;
#endif
}

/* Numbers of 16 bits; AVX-512 without its later parts has them as AVX2 does. */
#if STK_LANES > 2
#define LANES_WORDS 16
#else
#define LANES_WORDS 8
#endif
typedef uint16_t lanes_words __attribute__((vector_size(2 * LANES_WORDS)));

static inline lanes_words lanes_load_words(const uint16_t *p)
{
    lanes_words x;
    __builtin_memcpy(&x, p, sizeof x);
    return x;
}

/* Two bits for each word of a comparison, the first lowest. */
static inline uint64_t lanes_word_bits(lanes_words mask)
{
#if LANES_WORDS == 16 && defined(__AVX2__)
    return (uint32_t)_mm256_movemask_epi8((__m256i)mask);
#elif LANES_WORDS == 8 && defined(__SSE2__)
    return (uint32_t)_mm_movemask_epi8((__m128i)mask);
#else
    uint64_t bits = 0;
    for (int i = 0; i < LANES_WORDS; i++) {
        bits |= (uint64_t)(mask[i] & 3) << 2 * i;
    }
    return bits;
#endif
}

/* x = k ln 2 + r, |r| <= ln(2)/2. The high part of ln 2 has 21 trailing zeros, so that k times it
 * is exact. Adding 1.5 * 2^52 rounds to an integer and leaves it in the low bits. */
#define LANES_ROUND 0x1.8p52
#define LANES_LN2_HIGH 0x1.62e42fee00000p-1
#define LANES_LN2_LOW 0x1.a39ef35793c76p-33
#define LANES_INV_LN2 0x1.71547652b82fep0

typedef struct lanes_reduced {
    lanes r;
    lanes power; /* 2^k */
} lanes_reduced;

static inline lanes_reduced lanes_reduce(lanes x)
{
    x = lanes_min(lanes_all(709), lanes_max(lanes_all(-708), x));
    lanes shifted = x * LANES_INV_LN2 + LANES_ROUND;
    lanes k = shifted - LANES_ROUND;
    /* the low bits of `shifted` hold k; one shift makes them an exponent */
    lanes_bits exponent = ((lanes_bits)shifted + 1023) << 52;
    return (lanes_reduced){(x - k * LANES_LN2_HIGH) - k * LANES_LN2_LOW, (lanes)exponent};
}

/* Up to here an argument is its own remainder, and lanes_expm1() is the series alone. */
#define LANES_NEAR 0.34

/* e^r - 1 for |r| <= ln(2)/2: the Taylor series to r^13, whose remainder is below 2e-17 of r,
 * in pairs so that the multiplications overlap. */
static inline lanes lanes_expm1_series(lanes r)
{
    lanes r2 = r * r;
    lanes r4 = r2 * r2;
    lanes c2 = 1.0 / 2 + r * (1.0 / 6);
    lanes c4 = 1.0 / 24 + r * (1.0 / 120);
    lanes c6 = 1.0 / 720 + r * (1.0 / 5040);
    lanes c8 = 1.0 / 40320 + r * (1.0 / 362880);
    lanes c10 = 1.0 / 3628800 + r * (1.0 / 39916800);
    lanes c12 = 1.0 / 479001600 + r * (1.0 / 6227020800);
    lanes low = c2 + r2 * c4;
    lanes mid = c6 + r2 * c8;
    lanes high = c10 + r2 * c12;
    return r + r2 * (low + r4 * (mid + r4 * high));
}

/** e^x for -708 <= x <= 709, clamped outside; NaN stays NaN. */
static inline lanes lanes_exp(lanes x)
{
    lanes_reduced t = lanes_reduce(x);
    return t.power + t.power * lanes_expm1_series(t.r);
}

/** e^x - 1 for x <= 709, without loss near 0. */
static inline lanes lanes_expm1(lanes x)
{
    lanes_reduced t = lanes_reduce(x);
    return t.power * lanes_expm1_series(t.r) + (t.power - 1);
}

/* x = 2^e m with m in [sqrt(1/2), sqrt(2)), for positive normal x. */
typedef struct lanes_split {
    lanes e;
    lanes f;         /* m - 1, exact */
    lanes inv_power; /* 2^-e */
} lanes_split;

static inline lanes_split lanes_split_power(lanes x)
{
    const uint64_t half_root = 0x3fe6a09e667f3bcd; /* bits of LANES_LOG_NEAR, sqrt(1/2) */
    const uint64_t one = 0x3ff0000000000000;
    lanes_bits bits = (lanes_bits)x;
    lanes_bits biased = (bits - half_root + one) >> 52; /* e + 1023 */
    lanes e = (lanes)(biased | 0x4330000000000000) - (0x1p52 + 1023);
    lanes m = (lanes)(bits - ((biased - 1023) << 52));
    return (lanes_split){e, m - 1, (lanes)((2046 - biased) << 52)};
}

/* A logarithm before its series: ln(1 + f) + high + low with s = f / (2 + f). */
typedef struct lanes_log_parts {
    lanes f, s, high, low;
} lanes_log_parts;

/* Of what is not a positive normal number, f is NaN. */
static inline lanes_log_parts lanes_log_part(lanes x, lanes_split t, lanes correction)
{
    lanes_mask valid = (lanes_mask)(x >= 0x1p-1022) & (lanes_mask)(x <= 0x1.fffffffffffffp1023);
    lanes f = lanes_select(valid, t.f, lanes_all(NAN));
    return (lanes_log_parts){f, f / (2 + f), t.e * LANES_LN2_HIGH,
                             correction + t.e * LANES_LN2_LOW};
}

static inline lanes_log_parts lanes_log_begin(lanes x)
{
    return lanes_log_part(x, lanes_split_power(x), (lanes){0});
}

static inline lanes_log_parts lanes_log1p_begin(lanes x)
{
    lanes u = 1 + x;
    lanes v = u - 1;
    lanes lost = (1 - (u - v)) + (x - v); /* exactly 1 + x - u */
    lanes_split t = lanes_split_power(u);
    /* ln(u + lost) = ln u + lost / u, and lost is below half an ulp of u: three terms of 1 / m */
    return lanes_log_part(u, t, lost * t.inv_power * (1 - t.f + t.f * t.f));
}

/* From here to below twice of it a number is its own m, and lanes_log() is f less the series. */
#define LANES_LOG_NEAR 0x1.6a09e667f3bcdp-1

/* ln(1 + f) = 2 atanh(s) = f - s (f - R), R = 2 (s^2/3 + s^4/5 + ...); |s| <= 0.172, ten terms
 * leave 1e-18. This is s (f - R). */
static inline lanes lanes_log_series(lanes f, lanes s)
{
    lanes z = s * s;
    lanes z2 = z * z;
    lanes z4 = z2 * z2;
    lanes a = 2.0 / 3 + z * (2.0 / 5);
    lanes b = 2.0 / 7 + z * (2.0 / 9);
    lanes c = 2.0 / 11 + z * (2.0 / 13);
    lanes d = 2.0 / 15 + z * (2.0 / 17);
    lanes g = 2.0 / 19 + z * (2.0 / 21);
    lanes rest = z * ((a + z2 * b) + z4 * ((c + z2 * d) + z4 * g));
    return s * (f - rest);
}

static inline lanes lanes_log_end(lanes_log_parts x)
{
    return x.high + (x.f + (x.low - lanes_log_series(x.f, x.s)));
}

/** ln x for positive normal x, NaN for everything else. */
static inline lanes lanes_log(lanes x)
{
    return lanes_log_end(lanes_log_begin(x));
}

/** ln(1 + x) for x > -1, without loss near 0; NaN for everything else. */
static inline lanes lanes_log1p(lanes x)
{
    return lanes_log_end(lanes_log1p_begin(x));
}

#endif
