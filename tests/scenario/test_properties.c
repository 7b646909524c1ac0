/** @file test_properties.c
 * @brief What must hold of the stages whatever the scenario.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "scenario/library.h"
#include "support.h"

#define HARMONIZED "AR6 climate diagnostics|Harmonized|"
#define INFILLED "AR6 climate diagnostics|Infilled|"

enum {
    KYOTO = 2,       /* totals that harmonising adds */
    NOT_INFILLED = 2 /* variables of the database: total CO2, which is a lead, and HFC245fa */
};

static stk_method *method;
static stk_iamc *history;
static stk_iamc *database;

static int load(void **state)
{
    (void)state;
    method = test_method("ar6-2015");
    history = test_table("data/pathways/history_ar6.csv");
    database = test_table("data/pathways/ssp_database.csv");
    return 0;
}

static int unload(void **state)
{
    (void)state;
    stk_method_free(method);
    stk_iamc_free(history);
    stk_iamc_free(database);
    return 0;
}

static stk_iamc *harmonise(const stk_iamc *input)
{
    stk_iamc *output = NULL;
    stk_error error = {0};
    assert_int_equal(stk_scenario_harmonise(method, input, history, NULL, &output, &error), STK_OK);
    return output;
}

static stk_iamc *infill(const stk_method *with, const stk_iamc *input, const stk_iamc *from)
{
    stk_scenario_library *library = NULL;
    stk_iamc *output = NULL;
    stk_error error = {0};
    if (stk_scenario_library_new(with, from, NULL, NULL, &library, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(stk_scenario_infill(with, input, library, 0, NULL, &output, &error), STK_OK);
    stk_scenario_library_free(library);
    return output;
}

/* The row of the history for a harmonised variable. */
static const stk_iamc_row *past_of(const char *variable)
{
    char name[256];
    snprintf(name, sizeof name, "AR6 climate diagnostics|%s|Unharmonized",
             variable + strlen(HARMONIZED));
    return stk_iamc_find(history, "history", "scen", name);
}

static void equals_history_in_the_base_year(void **state)
{
    (void)state;
    stk_iamc *input = test_table("tests/scenario/data/ex2_checked.csv");
    stk_iamc *output = harmonise(input);
    size_t compared = 0;
    for (size_t r = 0; r < output->row_count; r++) {
        const stk_iamc_row *row = &output->rows[r];
        const stk_iamc_row *past = past_of(row->variable);
        if (past != NULL) {
            assert_true(stk_iamc_value(output, row, 2015) == stk_iamc_value(history, past, 2015));
            compared++;
        }
    }
    assert_int_equal(compared, 127);
    stk_iamc_free(output);
    stk_iamc_free(input);
}

/* A scenario that goes on from the history's last value, up and down. */
static stk_iamc *continue_history(double trend)
{
    stk_iamc *input = stk_iamc_new("", 2015, 2100);
    for (size_t r = 0; r < history->row_count; r++) {
        char variable[128] = "";
        const char *name = history->rows[r].variable + strlen("AR6 climate diagnostics|");
        memcpy(variable, name, strlen(name) - strlen("|Unharmonized"));
        stk_iamc_row row = history->rows[r];
        row.scenario = "goes on";
        row.variable = variable;
        double *values;
        assert_int_equal(stk_iamc_add(input, &row, &values, NULL), STK_OK);
        double start = stk_iamc_value(history, &history->rows[r], 2015);
        for (int i = 0; i < 86; i += 5) {
            values[i] = start * (1 + trend * i + 0.1 * sin(i));
        }
    }
    return input;
}

static void leaves_what_meets_history(void **state)
{
    (void)state;
    const double trends[] = {0, -0.01, -0.02, 0.05};
    for (size_t t = 0; t < 4; t++) {
        stk_iamc *input = continue_history(trends[t]);
        stk_iamc *output = harmonise(input);
        size_t compared = 0;
        for (size_t r = 0; r < input->row_count; r++) {
            const stk_iamc_row *row = &input->rows[r];
            char name[256];
            snprintf(name, sizeof name, HARMONIZED "%s", row->variable);
            const stk_iamc_row *found = stk_iamc_find(output, row->model, row->scenario, name);
            for (int year = 2015; found != NULL && year <= 2100; year += 5) {
                assert_true(stk_iamc_value(output, found, year) ==
                            stk_iamc_value(input, row, year));
                compared++;
            }
        }
        /* all that the method harmonises, and the Kyoto totals besides */
        assert_int_equal(compared, 18 * (output->row_count - KYOTO));
        assert_true(output->row_count - KYOTO > 20);
        stk_iamc_free(output);
        stk_iamc_free(input);
    }
}

/* A table with only the lead of every scenario of a database. */
static stk_iamc *only_lead(const stk_iamc *from)
{
    stk_iamc *input = stk_iamc_new("", 2015, 2100);
    for (size_t r = 0; r < from->row_count; r++) {
        const stk_iamc_row *row = &from->rows[r];
        if (strcmp(row->variable, "Emissions|CO2|Energy and Industrial Processes") == 0) {
            double *values;
            assert_int_equal(stk_iamc_add(input, row, &values, NULL), STK_OK);
            for (int year = 2015; year <= 2100; year++) {
                values[year - 2015] = stk_iamc_value(from, row, year);
            }
        }
    }
    return input;
}

/* How many values of a row of the database came back. */
static size_t is_member(const stk_iamc *output, const stk_iamc *from, const stk_iamc_row *row,
                        int first_year)
{
    size_t compared = 0;
    char name[256];
    snprintf(name, sizeof name, INFILLED "%s", row->variable);
    const stk_iamc_row *found = stk_iamc_find(output, row->model, row->scenario, name);
    for (int year = first_year; found != NULL && year <= 2100; year++) {
        double expected = stk_iamc_value(from, row, year);
        double actual = stk_iamc_value(output, found, year);
        if (!(fabs(actual - expected) <= 1e-15 * fabs(expected))) {
            fail_msg("%s %s in %d: %.17g, not %.17g", row->scenario, row->variable, year, actual,
                     expected);
        }
        compared++;
    }
    return compared;
}

static stk_iamc *pick_scenario(const stk_iamc *from, const char *model, const char *scenario)
{
    stk_iamc *one = stk_iamc_new("", 2015, 2100);
    for (size_t r = 0; r < from->row_count; r++) {
        const stk_iamc_row *row = &from->rows[r];
        double *values;
        if (strcmp(row->scenario, scenario) == 0 && strcmp(row->model, model) == 0) {
            assert_int_equal(stk_iamc_add(one, row, &values, NULL), STK_OK);
            for (int year = 2015; year <= 2100; year++) {
                values[year - 2015] = stk_iamc_value(from, row, year);
            }
        }
    }
    return one;
}

static void returns_the_only_member(void **state)
{
    (void)state;
    stk_iamc *leads = only_lead(database);
    for (size_t s = 0; s < leads->row_count; s++) {
        stk_iamc *member = pick_scenario(database, leads->rows[s].model, leads->rows[s].scenario);
        stk_iamc *lead = only_lead(member);
        stk_iamc *output = infill(method, lead, member);
        size_t compared = 0;
        for (size_t r = 0; r < member->row_count; r++) {
            compared += is_member(output, member, &member->rows[r], 2015);
        }
        assert_int_equal(compared, 86 * (member->row_count - NOT_INFILLED));
        stk_iamc_free(output);
        stk_iamc_free(lead);
        stk_iamc_free(member);
    }
    stk_iamc_free(leads);
}

/* Scenarios of the database that share a lead path share their followers' scenario, too. */
static void returns_the_closest_member(void **state)
{
    (void)state;
    stk_method *recent = test_method("recent");
    stk_iamc *input = only_lead(database);
    stk_iamc *output = infill(recent, input, database);
    size_t compared = 0;
    for (size_t r = 0; r < database->row_count; r++) {
        compared += is_member(output, database, &database->rows[r], 2023);
    }
    assert_int_equal(compared, 78 * (database->row_count - NOT_INFILLED * input->row_count));
    stk_iamc_free(output);
    stk_iamc_free(input);
    stk_method_free(recent);
}

/* The rows of a table in another order: `step` and the number of rows have no common factor. */
static stk_iamc *permuted(const stk_iamc *table, size_t step)
{
    stk_iamc *copy = stk_iamc_new("", table->first_year, table->first_year + table->year_count - 1);
    for (size_t i = 0; i < table->row_count; i++) {
        const stk_iamc_row *row = &table->rows[i * step % table->row_count];
        double *values;
        if (stk_iamc_add(copy, row, &values, NULL) == STK_OK) {
            memcpy(values, row->values, (size_t)table->year_count * sizeof *values);
        }
    }
    assert_int_equal(copy->row_count, table->row_count);
    return copy;
}

static stk_iamc *check(const stk_iamc *input)
{
    stk_iamc *output = NULL;
    stk_error error = {0};
    assert_int_equal(stk_scenario_check(method, input, NULL, &output, &error), STK_OK);
    return output;
}

static stk_iamc *chain(const stk_iamc *input, const stk_iamc *from)
{
    stk_iamc *checked = check(input);
    stk_iamc *harmonised = harmonise(checked);
    stk_iamc *output = infill(method, harmonised, from);
    stk_iamc_free(harmonised);
    stk_iamc_free(checked);
    return output;
}

static void does_not_depend_on_order(void **state)
{
    (void)state;
    stk_iamc *input = test_table("tests/scenario/data/ex2_input.csv");
    stk_iamc *expected = chain(input, database);
    const size_t steps[] = {7, 31, 101};
    for (size_t i = 0; i < 3; i++) {
        stk_iamc *other = permuted(input, steps[i]);
        stk_iamc *from = permuted(database, steps[i]);
        stk_iamc *output = chain(other, from);
        test_same_tables(output, expected, 0);
        stk_iamc_free(output);
        stk_iamc_free(from);
        stk_iamc_free(other);
    }
    stk_iamc_free(expected);
    stk_iamc_free(input);
}

static void higher_quantiles_are_higher(void **state)
{
    (void)state;
    uint64_t seed = 1;
    stk_point points[40];
    double weights[40];
    double before[11];
    double values[11];
    for (int round = 0; round < 200; round++) {
        size_t count = 1 + (size_t)round % 40;
        for (int q = 0; q <= 10; q++) {
            double first;
            double step;
            seed = (uint64_t)round + 1;
            for (size_t i = 0; i < count; i++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                points[i].x = round % 7 == 0 ? 1 : (double)(seed >> 33) / 1e9;
                points[i].y = (double)(seed >> 40);
            }
            stk_quantile_windows(points, count, q / 10.0, 11, 1, &first, &step, values, weights);
            for (int k = 0; k < 11; k++) {
                assert_true(q == 0 || values[k] >= before[k]);
                before[k] = values[k];
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equals_history_in_the_base_year),
        cmocka_unit_test(leaves_what_meets_history),
        cmocka_unit_test(returns_the_only_member),
        cmocka_unit_test(returns_the_closest_member),
        cmocka_unit_test(does_not_depend_on_order),
        cmocka_unit_test(higher_quantiles_are_higher),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
