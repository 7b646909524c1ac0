/** @file test_published.c
 * @brief The workflows after AR6, and infilling from a database of one's own, against published
 * stages that may not be shipped: read where they lie beside the source tree, else skipped.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "scenario/method.h"
#include "support.h"

#define FOLDER "../shared/reference/scenario/"
#define HARMONIZED "AR6 climate diagnostics|Harmonized|"
#define INFILLED "AR6 climate diagnostics|Infilled|"

static void need_files(void)
{
    if (access(STK_TEST_SOURCE "/" FOLDER, R_OK) != 0) {
        print_message("skipped: no " FOLDER "\n");
        skip();
    }
}

static stk_method *method_with_overrides(const char *name)
{
    stk_method *method = test_method(name);
    if (stk_method_overrides(method) != NULL) {
        char path[200];
        snprintf(path, sizeof path, "data/methods/%s", stk_method_overrides(method));
        char *text = test_file(path);
        assert_int_equal(stk_method_read_overrides(method, path, stk_text_of(text), NULL), STK_OK);
        free(text);
    }
    return method;
}

/* The name of a variable of the method, or of its total of greenhouse gases; NULL for others. */
static const char *name_of(const stk_method *method, const char *variable)
{
    int v = stk_method_match_name(method, stk_text_of(variable)).variable;
    return v != STK_NO_VARIABLE                                     ? method->variables[v].name
           : strcmp(variable, "Emissions|Kyoto GHG AR6GWP100") == 0 ? method->kyoto[0].name
                                                                    : NULL;
}

static void agrees(const stk_iamc *actual, const char *variable, const char *prefix,
                   const stk_iamc *expected, const stk_iamc_row *row, double tolerance)
{
    char name[256];
    snprintf(name, sizeof name, "%s%s", prefix, variable);
    const stk_iamc_row *own = stk_iamc_find(actual, row->model, row->scenario, name);
    if (own == NULL) {
        fail_msg("no '%s' of '%s', '%s'", name, row->model, row->scenario);
    }
    for (int i = 0; i < expected->year_count; i++) {
        double a = stk_iamc_value(actual, own, expected->first_year + i);
        double b = row->values[i];
        if (!isnan(b) && !(fabs(a - b) <= tolerance * fabs(b))) {
            fail_msg("%s of '%s', '%s' in %d: %.17g, not %.17g", name, row->model, row->scenario,
                     expected->first_year + i, a, b);
        }
    }
}

/* Every row of a published table that the stage makes agrees; how many there are. */
static size_t compare(const stk_method *method, const stk_iamc *actual, const char *prefix,
                      const char *file, const char *without, double tolerance)
{
    stk_iamc *expected = test_table(file);
    size_t count = 0;
    for (size_t r = 0; r < expected->row_count; r++) {
        const stk_iamc_row *row = &expected->rows[r];
        const char *variable = name_of(method, row->variable);
        if (variable != NULL && strcmp(row->model, without) != 0) {
            agrees(actual, variable, prefix, expected, row, tolerance);
            count++;
        }
    }
    stk_iamc_free(expected);
    return count;
}

static stk_iamc *harmonise(const stk_method *method, const stk_iamc *input, const char *past)
{
    stk_iamc *history = test_table(past);
    stk_iamc *output = NULL;
    stk_error error = {0};
    if (stk_scenario_harmonise(method, input, history, NULL, &output, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    stk_iamc_free(history);
    return output;
}

#define HISTORY FOLDER "cmip7/history_cmip7_scenariomip.csv"

static void scenario_compass(void **state)
{
    (void)state;
    need_files();
    stk_method *method = method_with_overrides("sci-2026");
    stk_iamc *input = test_table(FOLDER "sci-2026/input.csv");
    stk_iamc *checked = NULL;
    assert_int_equal(stk_scenario_check(method, input, NULL, &checked, NULL), STK_OK);
    stk_iamc *from_input = harmonise(method, checked, HISTORY);
    stk_iamc *stage = test_table(FOLDER "sci-2026/preprocessed.csv");
    stk_iamc *from_stage = harmonise(method, stage, HISTORY);
    const char *expected = FOLDER "sci-2026/harmonised.csv";
    assert_int_equal(compare(method, from_stage, HARMONIZED, expected, "", 1e-12), 432);
    /* the published stage was rounded before it was harmonised */
    assert_int_equal(compare(method, from_input, HARMONIZED, expected, "", 1e-7), 432);
    stk_iamc_free(from_input);
    stk_iamc_free(from_stage);
    stk_iamc_free(checked);
    stk_iamc_free(input);
    stk_iamc_free(stage);
    stk_method_free(method);
}

static void scenario_mip(void **state)
{
    (void)state;
    need_files();
    stk_method *method = method_with_overrides("cmip7");
    stk_iamc *input = test_table(FOLDER "cmip7/preprocessed_global.csv");
    stk_iamc *harmonised = harmonise(method, input, HISTORY);
    assert_int_equal(
        compare(method, harmonised, HARMONIZED, FOLDER "cmip7/harmonised_global.csv", "", 1e-12),
        67);
    stk_iamc *database = test_table(FOLDER "cmip7/infilling_db_cmip7_scenariomip.csv");
    stk_iamc *history = test_table(HISTORY);
    stk_iamc *before = test_table(FOLDER "cmip7/cmip7_ghg_inversions.csv");
    stk_iamc *regions = test_table(FOLDER "cmip7/harmonised_for_scms.csv");
    stk_scenario_library *library = NULL;
    stk_iamc *infilled = NULL;
    stk_error error = {0};
    if (stk_scenario_library_new(method, database, NULL, NULL, &library, &error) != STK_OK ||
        stk_scenario_library_scale(library, history, before, &error) != STK_OK ||
        stk_scenario_infill(method, regions, library, 0, NULL, &infilled, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    /* the harmonised stage of one of the four is not there */
    assert_int_equal(
        compare(method, infilled, INFILLED, FOLDER "cmip7/complete.csv", "GCAM 8s", 1e-12), 156);
    assert_int_equal(
        compare(method, infilled, INFILLED, FOLDER "cmip7/ghg_aggregates.csv", "GCAM 8s", 1e-12),
        3);
    stk_iamc_free(infilled);
    stk_scenario_library_free(library);
    stk_iamc_free(regions);
    stk_iamc_free(before);
    stk_iamc_free(history);
    stk_iamc_free(database);
    stk_iamc_free(harmonised);
    stk_iamc_free(input);
    stk_method_free(method);
}

static stk_iamc *infill_ar6(const stk_method *method, const char *from)
{
    stk_iamc *input = test_table(FOLDER "climate-assessment/ex2_harmonized.csv");
    stk_iamc *database = test_table(from);
    stk_iamc *builtin = test_table("data/pathways/ssp_database.csv");
    stk_scenario_library *library = NULL;
    stk_iamc *infilled = NULL;
    stk_error error = {0};
    if (stk_scenario_library_new(method, database, builtin, NULL, &library, &error) != STK_OK ||
        stk_scenario_infill(method, input, library, 0, NULL, &infilled, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    stk_scenario_library_free(library);
    stk_iamc_free(builtin);
    stk_iamc_free(database);
    stk_iamc_free(input);
    return infilled;
}

static void ar6(void **state)
{
    (void)state;
    need_files();
    stk_method *method = method_with_overrides("ar6-2015");
    stk_iamc *infilled = infill_ar6(
        method,
        FOLDER "climate-assessment/cmip6-ssps-workflow-emissions_infillerdatabase_until2100.csv");
    stk_iamc *expected =
        test_table(FOLDER "climate-assessment/workflow-infilling-slimmed_infilled.csv");
    test_same_tables(infilled, expected, 1e-12); /* it has 13 digits */
    stk_iamc_free(infilled);
    stk_iamc_free(expected);
    /* a database that has gases of the built-in one as well */
    infilled = infill_ar6(method, "../shared/reference/cases/scenario/08-library-with-cfcs.csv");
    const stk_iamc_row *row =
        stk_iamc_find(infilled, "model11", "1point5", INFILLED "Emissions|CFC12");
    assert_non_null(row);
    assert_true(fabs(stk_iamc_value(infilled, row, 2021) / 5.500534163701068 - 1) < 1e-15);
    stk_iamc_free(infilled);
    stk_method_free(method);
}

/* Base year 2010, with the variation of the history to 2015. */
static void sr15(void **state)
{
    (void)state;
    need_files();
    char *text = test_file(FOLDER "methods/sr15-2010.yaml");
    char *years = strstr(text, "variation_years: [1990, 2010]");
    stk_method *method = NULL;
    stk_iamc *checked = NULL;
    assert_non_null(years);
    years[strlen("variation_years: [1990, 201")] = '5';
    assert_int_equal(stk_method_read("sr15", stk_text_of(text), &method, NULL), STK_OK);
    stk_iamc *input = test_table(FOLDER "climate-assessment/sr15.csv");
    assert_int_equal(stk_scenario_check(method, input, NULL, &checked, NULL), STK_OK);
    stk_iamc *harmonised = harmonise(method, checked, FOLDER "climate-assessment/history_sr15.csv");
    stk_iamc *expected = test_table(FOLDER "climate-assessment/sr15_harmonized_infilled.csv");
    size_t count = 0;
    for (size_t r = 0; r < expected->row_count; r++) {
        const stk_iamc_row *row = &expected->rows[r];
        stk_method_match match = stk_method_match_name(method, stk_text_of(row->variable));
        if (match.variable == STK_NO_VARIABLE || match.rank != STK_NAME_HARMONISED) {
            continue;
        }
        agrees(harmonised, method->variables[match.variable].name, HARMONIZED, expected, row,
               1e-12);
        count++;
    }
    assert_int_equal(count, 21);
    stk_iamc_free(expected);
    stk_iamc_free(harmonised);
    stk_iamc_free(checked);
    stk_iamc_free(input);
    stk_method_free(method);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scenario_compass),
        cmocka_unit_test(scenario_mip),
        cmocka_unit_test(ar6),
        cmocka_unit_test(sr15),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
