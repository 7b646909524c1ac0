/** @file test_decimal.c
 * @brief Decimals by integer arithmetic against those of the C library.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/decimal.h"

static void library_format(double value, char out[STK_NUMBER_SIZE])
{
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(out, STK_NUMBER_SIZE, "%.*g", precision, value);
        if (strtod(out, NULL) == value) {
            return;
        }
    }
}

static size_t compare(double value)
{
    char expected[STK_NUMBER_SIZE];
    char actual[STK_NUMBER_SIZE];
    if (!stk_decimal_format(value, actual)) {
        return 0;
    }
    library_format(value, expected);
    if (strcmp(actual, expected) != 0) {
        fail_msg("%a is %s, not %s", value, actual, expected);
    }
    return 1;
}

static void agrees_with_the_library(void **state)
{
    (void)state;
    uint64_t seed = 7;
    size_t formatted = 0;
    for (int i = 0; i < 300000; i++) {
        seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        double unit = (double)(seed >> 11) * 0x1p-53;
        double value = (unit - 0.5) * pow(10, i % 19 - 3);
        formatted += compare(value);
        formatted += compare(round(value * 1000) / 1000); /* short ones */
        formatted += compare(round(value));
        formatted += compare(nextafter(round(value), INFINITY));
        formatted += compare(nextafter(pow(10, i % 19 - 4), i % 2 == 0 ? 0 : INFINITY));
    }
    assert_true(formatted > 900000);
}

static void leaves_the_rest(void **state)
{
    (void)state;
    char out[STK_NUMBER_SIZE];
    const double values[] = {9.9999e-5, 1e15, 1e300, 5e-324, NAN, INFINITY, 4};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        assert_false(stk_decimal_format(values[i], out));
    }
    assert_true(stk_decimal_format(999999999999999.9, out));
    assert_string_equal(out, "999999999999999.9");
    assert_true(stk_decimal_format(0, out));
    assert_string_equal(out, "0");
    assert_true(stk_decimal_format(-0.0, out));
    assert_string_equal(out, "-0");
    assert_true(stk_decimal_format(-0.1, out));
    assert_string_equal(out, "-0.1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_the_library),
        cmocka_unit_test(leaves_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
