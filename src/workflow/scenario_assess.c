/** @file scenario_assess.c
 * @brief From the warming of a scenario to its category, and all scenarios of a table in one go.
 */
#include <stdlib.h>

#include <stocktake/workflow.h>

const double stk_budget_percentiles[STK_BUDGET_PERCENTILES] = {50, 67, 83};
const double stk_budget_thresholds_k[STK_BUDGET_THRESHOLDS] = {1.5, 2.0};

stk_status stk_scenario_complete(const stk_method *method, const stk_iamc *infilled,
                                 stk_scenario_outcome *outcome, stk_error *error)
{
    stk_status status = stk_scenario_indicators(method, infilled, outcome->model, outcome->scenario,
                                                &outcome->indicators, error);
    if (status == STK_OK) {
        status = stk_warming_category_inputs(stk_method_postprocess(method), outcome->warming,
                                             &outcome->inputs, error);
    }
    if (status == STK_OK) {
        status = stk_scenario_category(method, &outcome->inputs, &outcome->category, error);
    }
    if (status != STK_OK) {
        return status;
    }
    outcome->subset =
        stk_category_subset(&outcome->category, outcome->indicators.net_zero_ghg_year);
    for (size_t t = 0; t < STK_BUDGET_THRESHOLDS; t++) {
        for (size_t p = 0; p < STK_BUDGET_PERCENTILES; p++) {
            outcome->budgets_gtco2[t][p] = stk_exceedance_budget_gtco2(
                method, infilled, outcome->model, outcome->scenario, outcome->warming,
                stk_budget_percentiles[p], stk_budget_thresholds_k[t]);
        }
    }
    return STK_OK;
}

typedef struct assessment {
    const stk_scenario_run *run;
    const stk_scenario_climate *climate;
    stk_iamc_scenarios scenarios;
} assessment;

static stk_status drive(void *user, size_t number, double *values, stk_error *error)
{
    const assessment *a = user;
    const stk_iamc_scenario *item = &a->scenarios.items[number];
    return stk_scenario_drive(a->climate, a->run->infilled, item->model, item->scenario, values,
                              error);
}

static stk_status accept(void *user, size_t number, const stk_scenario_result *result,
                         stk_error *error)
{
    const assessment *a = user;
    stk_error cause = {0};
    stk_scenario_outcome outcome = {.model = a->scenarios.items[number].model,
                                    .scenario = a->scenarios.items[number].scenario,
                                    .status = result->status,
                                    .error = result->error,
                                    .warming = result->warming,
                                    .member_count = result->member_count};
    if (outcome.status == STK_OK) {
        outcome.status = stk_scenario_complete(a->run->method, a->run->infilled, &outcome, &cause);
        outcome.error = outcome.status == STK_OK ? NULL : &cause;
    }
    return a->run->accept(a->run->user, &outcome, error);
}

stk_status stk_scenario_run_all(const stk_scenario_run *run, stk_error *error)
{
    assessment a = {.run = run};
    stk_scenario_climate *climate = NULL;
    stk_status status = stk_iamc_group(run->infilled, &a.scenarios, error);
    if (status != STK_OK) {
        return status;
    }
    status = stk_scenario_climate_new(run->method, run->history, run->calibration, &climate, error);
    if (status == STK_OK) {
        a.climate = climate;
        stk_scenario_work work = {a.scenarios.count, run->threads, drive, accept, &a, NULL};
        status = stk_scenario_climate_run(climate, &work, error);
    }
    stk_scenario_climate_free(climate);
    stk_iamc_scenarios_free(&a.scenarios);
    return status;
}
