/** @file test_postprocess.c
 * @brief Warming and emission indicators on cases that can be worked out by hand.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support.h"

enum { MEMBERS = 101, FIRST = 1850, YEARS = 251 };

static void interpolates_percentiles(void **state)
{
    (void)state;
    const double values[] = {1, 2, 4, 8};
    assert_true(stk_percentile(values, 4, 0) == 1);
    assert_true(stk_percentile(values, 4, 100) == 8);
    assert_true(stk_percentile(values, 4, 50) == 3);
    assert_true(fabs(stk_percentile(values, 4, 83.3) - (4 + 4 * (0.833 * 3 - 2))) < 1e-15);
    assert_true(stk_percentile(values, 1, 33) == 1);
    assert_true(isnan(stk_percentile(values, 0, 50)));
}

/* Member m warms from 1900 on to its peak in 2060 and cools to 2100; at the median it peaks at
 * 1.6 K. A preindustrial level of its own must not matter. */
static double *make_members(void)
{
    double *values = malloc(sizeof *values * MEMBERS * YEARS);
    assert_non_null(values);
    for (int m = 0; m < MEMBERS; m++) {
        double strength = 1 + (m - 50) / 100.0;
        for (int i = 0; i < YEARS; i++) {
            int year = FIRST + i;
            double shape = year <= 1900   ? 0
                           : year <= 2060 ? (year - 1900) / 100.0
                                          : 1.6 - (year - 2060) / 100.0;
            values[m * YEARS + i] = 10 + m + strength * shape;
        }
    }
    return values;
}

static void reduces_an_ensemble(void **state)
{
    (void)state;
    stk_method *method = test_method("ar6-2015");
    stk_postprocess_options options = *stk_method_postprocess(method);
    options.recent_warming_k = NAN;
    double *values = make_members();
    stk_member_temperatures members = {FIRST, YEARS, MEMBERS, values};
    stk_warming *warming = stk_warming_new(&options);
    stk_error error = {0};
    assert_int_equal(stk_scenario_postprocess(&options, &members, warming, &error), STK_OK);
    assert_true(warming->shift_k == 0);
    stk_category_warming inputs;
    assert_int_equal(stk_warming_category_inputs(&options, warming, &inputs, &error), STK_OK);
    assert_true(fabs(inputs.p50_peak - 1.6) < 1e-12);
    assert_true(fabs(inputs.p33_peak - 1.6 * 0.83) < 1e-12);
    assert_true(fabs(inputs.p50_2100 - 1.2) < 1e-12);
    for (size_t p = 0; p < options.peak_percentile_count; p++) {
        assert_true(warming->peak_year[p] == 2060);
        assert_true(p == 0 || warming->peak_k[p] >= warming->peak_k[p - 1]);
    }
    /* above 1.5 K: 1.6 (1 + (m - 50)/100) > 1.5 from m = 44 on */
    assert_true(fabs(warming->exceedance_ever[0] - 57.0 / 101) < 1e-15);
    for (int i = 0; i < warming->year_count; i++) {
        for (size_t p = 1; p < options.percentile_count; p++) {
            assert_true(warming->percentiles_k[p * 106 + (size_t)i] >=
                        warming->percentiles_k[(p - 1) * 106 + (size_t)i]);
        }
        assert_true(warming->exceedance[i] <= warming->exceedance_ever[0]);
    }
    stk_warming_free(warming);
    free(values);
    stk_method_free(method);
}

static void shifts_to_recent_warming(void **state)
{
    (void)state;
    stk_method *method = test_method("ar6-2015");
    const stk_postprocess_options *options = stk_method_postprocess(method);
    double *values = make_members();
    stk_member_temperatures members = {FIRST, YEARS, MEMBERS, values};
    stk_warming *warming = stk_warming_new(options);
    assert_int_equal(stk_scenario_postprocess(options, &members, warming, NULL), STK_OK);
    double recent = 1.045; /* median mean of 1995 to 2014 */
    assert_true(fabs(warming->shift_k - (0.85 - recent)) < 1e-12);
    stk_category_warming inputs;
    stk_warming_category_inputs(options, warming, &inputs, NULL);
    assert_true(fabs(inputs.p50_peak - (1.6 + 0.85 - recent)) < 1e-12);
    values[7] = INFINITY;
    stk_error error = {0};
    assert_int_equal(stk_scenario_postprocess(options, &members, warming, &error), STK_EDATA);
    assert_non_null(strstr(error.message, "1857"));
    members.year_count = 250;
    assert_int_equal(stk_scenario_postprocess(options, &members, warming, &error), STK_EARG);
    stk_warming_free(warming);
    free(values);
    stk_method_free(method);
}

static double *add_row(stk_iamc *table, const char *variable)
{
    char name[128] = "AR6 climate diagnostics|Infilled|Emissions|";
    strcat(name, variable);
    stk_iamc_row row = {"m", "s", "World", name, "Mt CO2/yr", 0, NULL};
    double *values;
    assert_int_equal(stk_iamc_add(table, &row, &values, NULL), STK_OK);
    return values;
}

static void adds_up_emissions(void **state)
{
    (void)state;
    stk_method *method = test_method("ar6-2015");
    stk_iamc *table = stk_iamc_new("", 2015, 2100);
    double *fossil = add_row(table, "CO2|Energy and Industrial Processes");
    double *land = add_row(table, "CO2|AFOLU");
    double *ghg = add_row(table, "Kyoto Gases (AR6-GWP100)");
    for (int i = 0; i < 86; i++) {
        /* CO2 is 40 Gt to 2019, falls by 1 Gt a year and stays at -4 Gt: zero in 2059 */
        double co2 = 40000 - (i < 5 ? 0 : 1000.0 * (i - 4));
        co2 = co2 < -4000 ? -4000 : co2;
        land[i] = 4000;
        fossil[i] = co2 - 4000;
        ghg[i] = co2 + 10000;
    }
    stk_emission_indicators found;
    stk_error error = {0};
    assert_int_equal(stk_scenario_indicators(method, table, "m", "s", &found, &error), STK_OK);
    assert_int_equal(found.net_zero_co2_year, 2060);
    assert_int_equal(found.net_zero_ghg_year, 0);
    double to_zero = 39 * 40 / 2.0 - 1;
    assert_true(fabs(found.cumulative_to_net_zero_gtco2 - to_zero) < 1e-9);
    double negative = -1 - 2 - 3 - 4 * 38;
    assert_true(fabs(found.net_negative_gtco2 - negative) < 1e-9);
    assert_true(fabs(found.cumulative_gtco2 - (to_zero + negative + 1)) < 1e-9);
    assert_true(fabs(found.co2_reduction_2030_pct - 27.5) < 1e-9);
    assert_true(fabs(found.ghg_reduction_2040_pct - 42) < 1e-9);
    assert_int_equal(stk_scenario_indicators(method, table, "m", "x", &found, &error),
                     STK_ENOTFOUND);
    stk_iamc_free(table);
    stk_method_free(method);
}

static void finds_net_zero(void **state)
{
    (void)state;
    const double values[] = {1, -1, 1, 0, 0, -1, 2, -1};
    assert_int_equal(stk_net_zero_year(values, 2015, 8, 2015), 2016);
    assert_int_equal(stk_net_zero_year(values, 2015, 8, 2016), 2020);
    assert_int_equal(stk_net_zero_year(values, 2015, 8, 2020), 2022);
    assert_int_equal(stk_net_zero_year(values, 2015, 8, 2022), 0);
    stk_category c1 = {.name = "C1", .label = "C1a"};
    stk_category c4 = {.name = "C4", .label = "C4"};
    assert_string_equal(stk_category_subset(&c1, 2070), "C1a_NZGHGs");
    assert_string_equal(stk_category_subset(&c1, 0), "C1b_+veGHGs");
    assert_string_equal(stk_category_subset(&c4, 2070), "C4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(interpolates_percentiles), cmocka_unit_test(reduces_an_ensemble),
        cmocka_unit_test(shifts_to_recent_warming), cmocka_unit_test(adds_up_emissions),
        cmocka_unit_test(finds_net_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
