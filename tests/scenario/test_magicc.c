/** @file test_magicc.c
 * @brief Published pathways through the whole workflow, against their published warming by MAGICC.
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

#define DATA "tests/scenario/data/magicc/"

enum { PATHWAYS = 9 };

typedef struct fixture {
    const char *medians; /* the text of the published table */
    size_t count;
    double peak[PATHWAYS]; /* ours less published, absolute */
    double last[PATHWAYS];
} fixture;

/* The published figures of a scenario: the columns after its name. */
static void published(const char *medians, const char *scenario, double *peak, double *last)
{
    char start[64];
    snprintf(start, sizeof start, "\n%s,", scenario);
    const char *row = strstr(medians, start);
    assert_non_null(row);
    row += strlen(start);
    assert_true(stk_text_number((stk_text){row, strcspn(row, ",")}, peak));
    row = strchr(row, ',') + 1;
    assert_true(stk_text_number((stk_text){row, strcspn(row, ",")}, last));
}

static stk_status take(void *user, const stk_scenario_outcome *outcome, stk_error *error)
{
    fixture *f = user;
    double peak;
    double last;
    (void)error;
    assert_int_equal(outcome->status, STK_OK);
    assert_true(f->count < PATHWAYS);
    published(f->medians, outcome->scenario, &peak, &last);
    printf("%-10s %.3f K in 2100, published %.3f; peak %.3f, published %.3f\n", outcome->scenario,
           outcome->inputs.p50_2100, last, outcome->inputs.p50_peak, peak);
    f->peak[f->count] = fabs(outcome->inputs.p50_peak - peak);
    f->last[f->count++] = fabs(outcome->inputs.p50_2100 - last);
    return STK_OK;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The bars: 0.08 K for the median of the differences, 0.15 K for the largest. */
static void within(double *differences)
{
    qsort(differences, PATHWAYS, sizeof *differences, ascending);
    assert_true(differences[PATHWAYS / 2] <= 0.08);
    assert_true(differences[PATHWAYS - 1] <= 0.15);
}

static void is_near_magicc(void **state)
{
    (void)state;
    stk_error error = {0};
    char *medians = test_file(DATA "medians.csv");
    fixture f = {.medians = medians};
    stk_method *method = test_method("ar6-2015");
    stk_iamc *input = test_table(DATA "emissions.csv");
    stk_iamc *base = test_table("data/pathways/history_ar6.csv");
    stk_iamc *database = test_table("data/pathways/ssp_database.csv");
    stk_iamc *history = test_table("data/climate/history_1750-2022.csv");
    stk_calibration *calibration = test_calibration();
    stk_iamc *checked = NULL;
    stk_iamc *harmonised = NULL;
    stk_iamc *infilled = NULL;
    stk_scenario_library *library = NULL;
    stk_scenario_report *report = stk_scenario_report_new();
    assert_int_equal(stk_scenario_check(method, input, report, &checked, &error), STK_OK);
    assert_int_equal(stk_scenario_harmonise(method, checked, base, report, &harmonised, &error),
                     STK_OK);
    assert_int_equal(stk_scenario_library_new(method, database, NULL, report, &library, &error),
                     STK_OK);
    assert_int_equal(stk_scenario_infill(method, harmonised, library, 0, report, &infilled, &error),
                     STK_OK);
    assert_int_equal(stk_scenario_report_count(report), 0);
    stk_scenario_run run = {.method = method,
                            .infilled = infilled,
                            .history = history,
                            .calibration = calibration,
                            .accept = take,
                            .user = &f};
    if (stk_scenario_run_all(&run, &error) != STK_OK) {
        fail_msg("%s", error.message);
    }
    assert_int_equal(f.count, PATHWAYS);
    within(f.last);
    within(f.peak);
    stk_scenario_report_free(report);
    stk_scenario_library_free(library);
    stk_iamc_free(infilled);
    stk_iamc_free(harmonised);
    stk_iamc_free(checked);
    stk_calibration_free(calibration);
    stk_iamc_free(history);
    stk_iamc_free(database);
    stk_iamc_free(base);
    stk_iamc_free(input);
    stk_method_free(method);
    free(medians);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(is_near_magicc)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
