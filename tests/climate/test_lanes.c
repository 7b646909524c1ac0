/** @file test_lanes.c
 * @brief Precision of the vector functions against long double.
 */
#include "support.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define STK_LANES 2
#include "climate/lanes.h"

enum { SAMPLES = 400000 };

/* A plain generator (splitmix64): the samples are the same everywhere. */
static uint64_t next_bits(uint64_t *state)
{
    uint64_t z = (*state += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
}

static double uniform(uint64_t *state, double low, double high)
{
    return low + (high - low) * (double)(next_bits(state) >> 11) * 0x1p-53;
}

/* Magnitudes spread over `decades` below `high`. */
static double spread(uint64_t *state, double high, double decades)
{
    return high * pow(10, -uniform(state, 0, decades));
}

static double ulps(double value, long double exact)
{
    int exponent;
    frexpl(exact, &exponent);
    exponent = exponent < DBL_MIN_EXP ? DBL_MIN_EXP : exponent;
    return (double)(fabsl((long double)value - exact) / ldexpl(1, exponent - DBL_MANT_DIG));
}

typedef lanes (*lanes_function)(lanes);
typedef long double (*exact_function)(long double);

static lanes call_exp(lanes x)
{
    return lanes_exp(x);
}

static lanes call_expm1(lanes x)
{
    return lanes_expm1(x);
}

static lanes call_log(lanes x)
{
    return lanes_log(x);
}

static lanes call_log1p(lanes x)
{
    return lanes_log1p(x);
}

static void measure(const char *name, lanes_function f, exact_function exact, double low,
                    double high, double decades, double allowed)
{
    uint64_t state = 42;
    double worst = 0;
    double where = 0;
    for (int n = 0; n < SAMPLES; n++) {
        double x = decades > 0 ? spread(&state, high, decades) : uniform(&state, low, high);
        double value = f(lanes_all(x))[n % 2];
        double error = ulps(value, exact(x));
        if (!(error <= worst)) {
            worst = error;
            where = x;
        }
    }
    print_message("%s: %.3f ulp at %.17g\n", name, worst, where);
    assert_true(worst <= allowed);
}

static void test_exp(void **state)
{
    (void)state;
    measure("exp(-700..700)", call_exp, expl, -700, 700, 0, 1);
    measure("exp(-1..1)", call_exp, expl, -1, 1, 0, 1);
    measure("exp(tiny)", call_exp, expl, 0, 1, 30, 1);
}

static void test_expm1(void **state)
{
    (void)state;
    measure("expm1(-40..1)", call_expm1, expm1l, -40, 1, 0, 2);
    measure("expm1(-tiny)", call_expm1, expm1l, 0, -1, 300, 2);
}

/* What the kernel leaves out where it may. */
static void test_near(void **state)
{
    (void)state;
    uint64_t bits = 7;
    for (int n = 0; n < SAMPLES; n++) {
        double x = n % 2 == 0 ? uniform(&bits, -LANES_NEAR, LANES_NEAR)
                              : spread(&bits, n % 4 == 1 ? LANES_NEAR : -LANES_NEAR, 40);
        assert_true(lanes_expm1_series(lanes_all(x))[0] == lanes_expm1(lanes_all(x))[0]);
    }
    assert_true(lanes_expm1_series(lanes_all(-LANES_NEAR))[0] ==
                lanes_expm1(lanes_all(-LANES_NEAR))[0]);
    assert_true(lanes_expm1_series(lanes_all(LANES_NEAR))[0] ==
                lanes_expm1(lanes_all(LANES_NEAR))[0]);
}

static void test_near_log(void **state)
{
    (void)state;
    uint64_t bits = 7;
    for (int n = -2; n < SAMPLES; n++) {
        double last = nextafter(2 * LANES_LOG_NEAR, 0);
        double x = n == -2 ? LANES_LOG_NEAR : n == -1 ? last : uniform(&bits, LANES_LOG_NEAR, last);
        lanes f = lanes_all(x) - 1;
        assert_true((f - lanes_log_series(f, f / (2 + f)))[0] == lanes_log(lanes_all(x))[0]);
    }
}

static void test_log(void **state)
{
    (void)state;
    measure("log(0.1..10)", call_log, logl, 0.1, 10, 0, 1);
    measure("log(1e300..)", call_log, logl, 0, 1e300, 600, 1);
}

static void test_log1p(void **state)
{
    (void)state;
    measure("log1p(-0.9..10)", call_log1p, log1pl, -0.9, 10, 0, 1.5);
    measure("log1p(1e12..1e-300)", call_log1p, log1pl, 0, 1e12, 312, 1.5);
}

/* What has no answer gives NaN; NaN stays; far arguments are clamped, not wrapped. */
static void test_limits(void **state)
{
    (void)state;
    assert_true(isnan(lanes_log(lanes_all(0))[0]));
    assert_true(isnan(lanes_log(lanes_all(-1))[1]));
    assert_true(isnan(lanes_log(lanes_all(INFINITY))[1]));
    assert_true(isnan(lanes_log1p(lanes_all(-1))[0]));
    assert_true(isnan(lanes_log1p(lanes_all(-5))[0]));
    assert_true(isnan(lanes_exp(lanes_all(NAN))[0]));
    assert_true(isnan(lanes_expm1(lanes_all(NAN))[0]));
    assert_true(lanes_exp(lanes_all(-1e300))[0] < 1e-300);
    assert_true(lanes_expm1(lanes_all(-1e9))[0] == -1);
    assert_true(lanes_exp(lanes_all(1e300))[0] > 1e300);
    assert_true(lanes_exp(lanes_all(0))[0] == 1);
    assert_true(lanes_expm1(lanes_all(0))[0] == 0);
    assert_true(lanes_log(lanes_all(1))[0] == 0);
    assert_true(lanes_log1p(lanes_all(0))[0] == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_exp),    cmocka_unit_test(test_expm1),
        cmocka_unit_test(test_log),    cmocka_unit_test(test_log1p),
        cmocka_unit_test(test_near),   cmocka_unit_test(test_near_log),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests_name("climate vector functions", tests, NULL, NULL);
}
