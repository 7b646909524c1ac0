/** @file test_vectors.c
 * @brief The plain implementation against members computed by the reference model.
 */
#include "support.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "climate/reference.h"

enum { LAST_YEAR = 2499, BOUNDS = LAST_YEAR - 1750 + 2 };

/* Largest difference allowed, of the largest value of the member's own series. */
static const double tolerance = 1e-11;

static double compare_column(const test_table *table, size_t first_row, const char *column,
                             const double *actual)
{
    double largest = 0;
    double difference = 0;
    for (size_t i = 0; i < BOUNDS; i++) {
        double expected = test_cell(table, first_row + i, column);
        if (isnan(expected)) {
            continue;
        }
        assert_true(isfinite(actual[i]));
        largest = fmax(largest, fabs(expected));
        difference = fmax(difference, fabs(expected - actual[i]));
    }
    return largest > 0 ? difference / largest : difference;
}

static void check_scenario(const char *name)
{
    char path[128];
    stk_climate_physics physics = {0};
    stk_climate_series series;
    double worst = 0;
    double *values = calloc((size_t)STK_CLIMATE_VARIABLE_COUNT * BOUNDS, sizeof *values);
    stk_calibration *calibration = test_calibration();
    test_scenario scenario = test_scenario_read(calibration, name, LAST_YEAR);
    snprintf(path, sizeof path, "%s_members_B_expm1.csv", name);
    test_table table = test_table_read(path);
    for (int v = 0; v < STK_CLIMATE_VARIABLE_COUNT; v++) {
        series.rows[v] = values + v * BOUNDS;
    }
    assert_int_equal(table.rows % BOUNDS, 0);
    for (size_t m = 0; m < table.rows / BOUNDS; m++) {
        stk_error error = {0};
        size_t row = m * BOUNDS;
        long index =
            stk_calibration_find_member(calibration, (long)test_cell(&table, row, "member"));
        assert_true(index >= 0);
        if (stk_climate_run_member(calibration, (size_t)index, &scenario.input, &physics, &series,
                                   &error) != STK_OK) {
            fail_msg("%s", error.message);
        }
        for (size_t c = 0; c < TEST_COLUMNS; c++) {
            double difference = compare_column(&table, row, test_columns[c].column,
                                               series.rows[test_columns[c].variable]);
            snprintf(path, sizeof path, "%s member %g %s", name, test_cell(&table, row, "member"),
                     test_columns[c].column);
            test_close(path, difference, 0, 1, tolerance);
            worst = fmax(worst, difference);
        }
    }
    print_message("%s: largest difference %.2g of a series' maximum\n", name, worst);
    test_table_free(&table);
    test_scenario_free(&scenario);
    stk_calibration_free(calibration);
    free(values);
}

static void test_ssp126(void **state)
{
    (void)state;
    check_scenario("ssp126");
}

static void test_ssp245(void **state)
{
    (void)state;
    check_scenario("ssp245");
}

static void test_ssp370(void **state)
{
    (void)state;
    check_scenario("ssp370");
}

static void test_medium_extension(void **state)
{
    (void)state;
    check_scenario("medium-extension");
}

/* With the reference's own noise the stochastic run is the reference's too. */
static void test_stochastic(void **state)
{
    (void)state;
    enum { NOISE_BOUNDS = 351 };
    static double noise[NOISE_BOUNDS][STK_STATE];
    static double values[4][NOISE_BOUNDS];
    static const char *const names[] = {"T1", "T2", "T3", "ERF"};
    stk_climate_physics physics = {0};
    stk_climate_series series = {{NULL}};
    stk_calibration *calibration = test_calibration();
    test_table table = test_table_read("unit/stochastic_ssp245.csv");
    test_scenario scenario = test_scenario_read(calibration, "ssp245", 1750 + NOISE_BOUNDS - 2);
    assert_int_equal(table.rows, 3 * NOISE_BOUNDS);
    series.rows[STK_CLIMATE_TEMPERATURE] = values[0];
    series.rows[STK_CLIMATE_TEMPERATURE_2] = values[1];
    series.rows[STK_CLIMATE_TEMPERATURE_3] = values[2];
    series.rows[STK_CLIMATE_ERF] = values[3];
    for (size_t m = 0; m < 3; m++) {
        size_t row = m * NOISE_BOUNDS;
        long member = (long)test_cell(&table, row, "member");
        for (size_t i = 0; i < NOISE_BOUNDS; i++) {
            noise[i][0] = test_cell(&table, row + i, "noise0");
            noise[i][1] = test_cell(&table, row + i, "noise1");
            noise[i][2] = test_cell(&table, row + i, "noise2");
            noise[i][3] = test_cell(&table, row + i, "noise3");
        }
        assert_int_equal(stk_reference_run(calibration,
                                           (size_t)stk_calibration_find_member(calibration, member),
                                           &scenario.input, &physics,
                                           (const double(*)[STK_STATE])noise, &series, NULL),
                         STK_OK);
        for (size_t v = 0; v < 4; v++) {
            for (size_t i = 0; i < NOISE_BOUNDS; i++) {
                /* made with the unmodified code, whose carbon cycle rounds at 1e-8 */
                test_close(names[v], values[v][i], test_cell(&table, row + i, names[v]), 1, 2e-8);
            }
        }
    }
    test_table_free(&table);
    test_scenario_free(&scenario);
    stk_calibration_free(calibration);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ssp126),     cmocka_unit_test(test_ssp245),
        cmocka_unit_test(test_ssp370),     cmocka_unit_test(test_medium_extension),
        cmocka_unit_test(test_stochastic),
    };
    return cmocka_run_group_tests_name("climate vectors", tests, NULL, NULL);
}
