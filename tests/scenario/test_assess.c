/** @file test_assess.c
 * @brief The ensemble's own statistics of a scenario against those computed from its members.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <stocktake/workflow.h>

#include "support.h"

typedef struct fixture {
    stk_method *method;
    stk_calibration *calibration;
    stk_iamc *history;
    stk_iamc *infilled;
    stk_warming *from_members;
    size_t outcomes;
} fixture;

/* The published infilled rows of one scenario. */
static stk_iamc *one_scenario(const char *model)
{
    stk_iamc *all = test_table("tests/scenario/data/ex2_infilled.csv");
    stk_iamc *one = stk_iamc_new("", 2015, 2100);
    for (size_t r = 0; r < all->row_count; r++) {
        double *values;
        if (strcmp(all->rows[r].model, model) == 0) {
            assert_int_equal(stk_iamc_add(one, &all->rows[r], &values, NULL), STK_OK);
            memcpy(values, all->rows[r].values, 86 * sizeof *values);
        }
    }
    stk_iamc_free(all);
    return one;
}

static double emission(const fixture *f, const stk_climate_species *species, int year)
{
    char name[256];
    const char *unit;
    double factor;
    if (year < 2015) {
        for (size_t r = 0; r < f->history->row_count; r++) {
            const stk_iamc_row *row = &f->history->rows[r];
            if (strcmp(row->variable, species->name) == 0) {
                assert_string_equal(row->unit, species->emissions_unit);
                return stk_iamc_value(f->history, row, year);
            }
        }
        fail_msg("no history of %s", species->name);
    }
    const char *variable = stk_method_climate_variable(f->method, species->name, &unit);
    assert_non_null(variable);
    snprintf(name, sizeof name, "AR6 climate diagnostics|Infilled|%s", variable);
    const stk_iamc_row *row = stk_iamc_find(f->infilled, "model1", "1point5", name);
    assert_non_null(row);
    assert_int_equal(stk_iamc_unit_factor(unit, species->emissions_unit, &factor, NULL), STK_OK);
    return factor * stk_iamc_value(f->infilled, row, year);
}

static stk_status fill(void *user, size_t scenario, stk_climate_rows *rows, stk_error *error)
{
    const fixture *f = user;
    (void)scenario;
    (void)error;
    for (size_t s = 0; s < rows->species_count; s++) {
        stk_climate_species species = stk_calibration_species(f->calibration, s);
        for (int i = 0; species.emitted && i < rows->year_count; i++) {
            rows->emissions[s][i] = emission(f, &species, rows->first_year + i);
        }
        rows->emissions_given[s] = species.emitted;
    }
    return STK_OK;
}

/* Annual means of the members' raw temperatures, then the pure functions. */
static stk_status take_members(void *user, const stk_ensemble_result *result, stk_error *error)
{
    fixture *f = user;
    size_t count = stk_calibration_member_count(f->calibration);
    assert_int_equal(result->status, STK_OK);
    assert_int_equal(result->used_count, count);
    double *values = malloc(count * 351 * sizeof *values);
    assert_non_null(values);
    for (size_t m = 0; m < count; m++) {
        for (size_t i = 0; i < 351; i++) {
            values[m * 351 + i] = (result->series[0][i * result->stride + m] +
                                   result->series[0][(i + 1) * result->stride + m]) /
                                  2;
        }
    }
    stk_member_temperatures members = {1750, 351, count, values};
    stk_status status = stk_scenario_postprocess(stk_method_postprocess(f->method), &members,
                                                 f->from_members, error);
    free(values);
    return status;
}

static void same(const double *a, const double *b, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!(fabs(a[i] - b[i]) <= 1e-12)) {
            fail_msg("value %zu: %.17g, not %.17g", i, a[i], b[i]);
        }
    }
}

static stk_status compare(void *user, const stk_scenario_outcome *outcome, stk_error *error)
{
    fixture *f = user;
    const stk_postprocess_options *o = stk_method_postprocess(f->method);
    (void)error;
    assert_int_equal(outcome->status, STK_OK);
    size_t years = (size_t)outcome->warming->year_count;
    same(outcome->warming->percentiles_k, f->from_members->percentiles_k,
         o->percentile_count * years);
    same(outcome->warming->exceedance, f->from_members->exceedance, o->exceedance_count * years);
    same(outcome->warming->exceedance_ever, f->from_members->exceedance_ever, o->exceedance_count);
    same(outcome->warming->peak_k, f->from_members->peak_k, o->peak_percentile_count);
    same(outcome->warming->peak_year, f->from_members->peak_year, o->peak_percentile_count);
    same(outcome->warming->last_k, f->from_members->last_k, o->peak_percentile_count);
    assert_true(outcome->inputs.p50_peak > 1 && outcome->inputs.p50_peak < 3);
    assert_int_equal(outcome->indicators.net_zero_co2_year, 0);
    /* the budget of 1.5 K is less than that of 2 K, and less at a higher percentile */
    assert_true(outcome->budgets_gtco2[0][0] > outcome->budgets_gtco2[0][1]);
    assert_true(isnan(outcome->budgets_gtco2[1][0]) ||
                outcome->budgets_gtco2[1][0] > outcome->budgets_gtco2[0][0]);
    f->outcomes++;
    return STK_OK;
}

static void statistics_agree(void **state)
{
    (void)state;
    fixture f = {test_method("ar6-2015"),
                 test_calibration(),
                 test_table("data/climate/history_1750-2022.csv"),
                 one_scenario("model1"),
                 NULL,
                 0};
    static const stk_climate_variable temperature = STK_CLIMATE_TEMPERATURE;
    stk_ensemble_options options = {.years = {1750, 2100},
                                    .variables = &temperature,
                                    .variable_count = 1,
                                    .keep_members = true};
    stk_ensemble_job job = {1, fill, take_members, &f};
    stk_error error = {0};
    f.from_members = stk_warming_new(stk_method_postprocess(f.method));
    if (stk_ensemble_run(f.calibration, &options, &job, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    stk_scenario_run run = {.method = f.method,
                            .infilled = f.infilled,
                            .history = f.history,
                            .calibration = f.calibration,
                            .accept = compare,
                            .user = &f};
    if (stk_scenario_run_all(&run, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(f.outcomes, 1);
    stk_warming_free(f.from_members);
    stk_iamc_free(f.infilled);
    stk_iamc_free(f.history);
    stk_calibration_free(f.calibration);
    stk_method_free(f.method);
}

static stk_status take_peak(void *user, const stk_scenario_outcome *outcome, stk_error *error)
{
    (void)error;
    assert_int_equal(outcome->status, STK_OK);
    *(double *)user = outcome->inputs.p50_peak;
    return STK_OK;
}

/* Half the sulphur of the history from a year on, under another name and in another unit. */
static stk_iamc *half_the_sulphur(const stk_iamc *history, int first_year)
{
    stk_iamc *past = stk_iamc_new("past", first_year, 2014);
    stk_iamc_row named = {"m", "s", "World", "Emissions|SOx", "kt SO2/yr", 0, NULL};
    double *values;
    assert_int_equal(stk_iamc_add(past, &named, &values, NULL), STK_OK);
    for (size_t r = 0; r < history->row_count; r++) {
        if (strcmp(history->rows[r].variable, "Sulfur") == 0) {
            for (int i = 0; i < past->year_count; i++) {
                values[i] = 500 * stk_iamc_value(history, &history->rows[r], first_year + i);
            }
        }
    }
    return past;
}

/* A history of one's own counts where it reaches as far back as the climate model starts. */
static void takes_another_history(void **state)
{
    (void)state;
    stk_method *method = test_method("ar6-2015");
    stk_calibration *calibration = test_calibration();
    stk_iamc *history = test_table("data/climate/history_1750-2022.csv");
    stk_iamc *infilled = one_scenario("model1");
    double peaks[3] = {0, 0, 0};
    stk_iamc *pasts[3] = {NULL, half_the_sulphur(history, 1850), half_the_sulphur(history, 1750)};
    for (size_t i = 0; i < 3; i++) {
        stk_error error = {0};
        stk_scenario_run run = {.method = method,
                                .infilled = infilled,
                                .history = history,
                                .past = pasts[i],
                                .calibration = calibration,
                                .accept = take_peak,
                                .user = &peaks[i]};
        if (stk_scenario_run_all(&run, &error) != STK_OK) {
            fail_msg("%s", error.message);
        }
        stk_iamc_free(pasts[i]);
    }
    assert_true(peaks[0] == peaks[1]);
    assert_true(fabs(peaks[2] - peaks[0]) > 0.01);
    stk_iamc_free(infilled);
    stk_iamc_free(history);
    stk_calibration_free(calibration);
    stk_method_free(method);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(statistics_agree),
                                       cmocka_unit_test(takes_another_history)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
