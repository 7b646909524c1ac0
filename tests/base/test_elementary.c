/** @file test_elementary.c
 * @brief Exponential, logarithm, power, sine, error function: precision against a wider type, bits
 * of known values, and what C fixes.
 */
#include "support/support.h"

#include <float.h>
#include <math.h>
#include <stdio.h>

#include "base/elementary.h"

/* Distance in units of the last place of the right value. */
static double distance(double value, long double right)
{
    double near = fabs((double)right);
    return (double)(fabsl((long double)value - right) / (nextafter(near, INFINITY) - near));
}

#if LDBL_MANT_DIG >= 64
static void precision_is_what_the_header_says(void **state)
{
    (void)state;
    enum { TIMES = 400000 };
    test_random random = {20261130};
    for (int i = 0; i < TIMES; i++) {
        static const double widths[] = {0.02, 2, 40, 1400};
        double x = (test_random_between(&random, 0, 1) - 0.5) * widths[i % 4];
        double near_one = 1 + 0.02 * (test_random_between(&random, 0, 1) - 0.5);
        double positive =
            i % 3 == 0 ? near_one : exp((test_random_between(&random, 0, 1) - 0.5) * 1400);
        double base = i % 2 == 0 ? 0.8 + 0.4 * test_random_between(&random, 0, 1)
                                 : 1000 * test_random_between(&random, 0, 1);
        double exponent =
            floor(100 * test_random_between(&random, 0, 1)) - 50 + (i % 5 == 0 ? 0.37 : 0);
        exponent = i % 2 == 0 ? exponent : exponent / 5;
        assert_true(distance(stk_exp(x), expl((long double)x)) < 0.52);
        assert_true(distance(stk_expm1(x), expm1l((long double)x)) < 0.7);
        assert_true(distance(stk_log(positive), logl((long double)positive)) < 0.51);
        double more = positive - 1;
        assert_true(more == -1 || distance(stk_log1p(more), log1pl((long double)more)) < 0.51);
        assert_true(distance(stk_pow(base, exponent), powl((long double)base, exponent)) < 0.52);
        assert_true(distance(stk_log10(positive), log10l((long double)positive)) < 0.52);
        assert_true(distance(stk_asinh(x), asinhl((long double)x)) < 2);
    }
}

static void sines_are_precise(void **state)
{
    (void)state;
    enum { TIMES = 400000 };
    const long double pi = 3.14159265358979323846264338327950288L;
    test_random random = {20261201};
    for (int i = 0; i < TIMES; i++) {
        static const double widths[] = {0.001, 0.5, 4, 1000};
        double x = (test_random_between(&random, 0, 1) - 0.5) * widths[i % 4];
        long double turn = (long double)x - 2 * roundl((long double)x / 2); /* exact, -1 to 1 */
        long double rest = turn > 0.5L ? 1 - turn : turn < -0.5L ? -1 - turn : turn;
        long double cosine = 0.5L - fabsl(turn);
        assert_true(distance(stk_sin_pi(x), sinl(pi * rest)) < 0.8);
        assert_true(distance(stk_cos_pi(x), sinl(pi * cosine)) < 0.8);
    }
}

static void error_functions_are_precise(void **state)
{
    (void)state;
    enum { TIMES = 400000 };
    test_random random = {20261202};
    for (int i = 0; i < TIMES; i++) {
        static const double widths[] = {0.001, 2, 12, 54};
        double x = (test_random_between(&random, 0, 1) - 0.5) * widths[i % 4];
        assert_true(distance(stk_erf(x), erfl((long double)x)) < 4);
        assert_true(fabs(x) > 26 || distance(stk_erfc(x), erfcl((long double)x)) < 4);
    }
}
#endif

/* From 80 decimal digits; the same in every build, on every processor. */
static void bits_are_those_of_the_right_values(void **state)
{
    (void)state;
    const struct {
        double value;
        double right;
    } known[] = {
        {stk_exp(1.0), 0x1.5bf0a8b145769p+1},
        {stk_exp(-1.0), 0x1.78b56362cef38p-2},
        {stk_exp(0.1), 0x1.1aec7b35a00d4p+0},
        {stk_exp(-0.037), 0x1.ed66f55a850bap-1},
        {stk_exp(20.5), 0x1.7d6c4f0bcdd5cp+29},
        {stk_exp(-700.25), 0x1.af5fe9a485c8ep-1011},
        {stk_exp(709.5), 0x1.81e9b4b52d0c9p+1023},
        {stk_exp(1e-10), 0x1.000000006df38p+0},
        {stk_log(2.0), 0x1.62e42fefa39efp-1},
        {stk_log(10.0), 0x1.26bb1bbb55516p+1},
        {stk_log(0.1), -0x1.26bb1bbb55515p+1},
        {stk_log(1.0000001), 0x1.ad7f2847b6492p-24},
        {stk_log(3e+300), 0x1.59efe3d35d637p+9},
        {stk_log(5e-324), -0x1.74385446d71c3p+9},
        {stk_log1p(1e-12), 0x1.19799812de065p-40},
        {stk_log1p(-0.5), -0x1.62e42fefa39efp-1},
        {stk_log1p(0.01), 0x1.460d6ccca3677p-7},
        {stk_log1p(10000000000.0), 0x1.7069e2aa3184ep+4},
        {stk_expm1(1e-12), 0x1.19799812df3bdp-40},
        {stk_expm1(-0.5), -0x1.92e9a0720d3ecp-2},
        {stk_expm1(0.01), 0x1.4952e9791133fp-7},
        {stk_expm1(3.0), 0x1.315e5bf6fb106p+4},
        {stk_expm1(-30.0), -0x1.ffffffffffcb5p-1},
        {stk_pow(10.0, 22.0), 0x1.0f0cf064dd592p+73},
        {stk_pow(1.0123, 37.0), 0x1.926c09042c53ep+0},
        {stk_pow(0.93, -15.0), 0x1.7c28cee2fbd05p+1},
        {stk_pow(2.0, 0.5), 0x1.6a09e667f3bcdp+0},
        {stk_pow(1e-05, 0.3333333333333333), 0x1.60fb8a566f629p-6},
        {stk_pow(318.4, 0.465), 0x1.d2b1ba6a7546cp+3},
        {stk_log10(1000.0), 3},
        {stk_log10(1e-7), -7},
        {stk_sin_pi(0.5), 1},
        {stk_sin_pi(1.0 / 6), 0.5},
        {stk_cos_pi(1.5), 0},
        {stk_cos_pi(-0.25), 0x1.6a09e667f3bcdp-1},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].value != known[i].right) {
            fail_msg("value %zu is %a, not %a", i, known[i].value, known[i].right);
        }
    }
}

static void special_values_are_those_of_c(void **state)
{
    (void)state;
    static const double values[] = {0.0,      -0.0,      1.0,  -1.0,   2.0,     -2.0,  3.0,
                                    -3.0,     0.5,       -0.5, 5e-324, -5e-324, 1e308, -1e308,
                                    INFINITY, -INFINITY, NAN,  710.0,  -746.0,  0x1p53};
    enum { COUNT = sizeof values / sizeof *values };
    for (int i = 0; i < COUNT; i++) {
        double x = values[i];
        const double pairs[][2] = {{stk_exp(x), exp(x)},     {stk_expm1(x), expm1(x)},
                                   {stk_log(x), log(x)},     {stk_log1p(x), log1p(x)},
                                   {stk_log10(x), log10(x)}, {stk_asinh(x), asinh(x)},
                                   {stk_erf(x), erf(x)},     {stk_erfc(x), erfc(x)}};
        for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
            bool same =
                (isnan(pairs[k][0]) && isnan(pairs[k][1])) ||
                (pairs[k][0] == pairs[k][1] && signbit(pairs[k][0]) == signbit(pairs[k][1])) ||
                (isfinite(pairs[k][1]) && distance(pairs[k][0], pairs[k][1]) <= 1);
            assert_true(same);
        }
        for (int j = 0; j < COUNT; j++) {
            double got = stk_pow(x, values[j]);
            double right = pow(x, values[j]);
            assert_true((isnan(got) && isnan(right)) ||
                        (got == right && signbit(got) == signbit(right)) ||
                        (isfinite(right) && distance(got, right) <= 1));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#if LDBL_MANT_DIG >= 64
        cmocka_unit_test(precision_is_what_the_header_says),
        cmocka_unit_test(sines_are_precise),
        cmocka_unit_test(error_functions_are_precise),
#endif
        cmocka_unit_test(bits_are_those_of_the_right_values),
        cmocka_unit_test(special_values_are_those_of_c),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
