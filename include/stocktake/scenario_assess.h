/** @file scenario_assess.h
 * @brief From infilled scenarios to warming and categories: the ensemble run on each scenario.
 */
#ifndef STOCKTAKE_SCENARIO_ASSESS_H
#define STOCKTAKE_SCENARIO_ASSESS_H

#include <stocktake/climate.h>
#include <stocktake/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_BUDGET_PERCENTILES = 3, STK_BUDGET_THRESHOLDS = 2 };

/** The percentiles and thresholds of the exceedance budgets: 50, 67, 83; 1.5 and 2 K. */
extern const double stk_budget_percentiles[STK_BUDGET_PERCENTILES];
extern const double stk_budget_thresholds_k[STK_BUDGET_THRESHOLDS];

/** What came out for one scenario; valid in the callback. */
typedef struct stk_scenario_outcome {
    const char *model;
    const char *scenario;
    stk_status status;      /**< not STK_OK: nothing below but `error` means anything */
    const stk_error *error; /**< why the scenario has no outcome */
    const stk_warming *warming;
    stk_emission_indicators indicators;
    stk_category_warming inputs;
    stk_category category;
    const char *subset; /**< by net zero of greenhouse gases */
    double budgets_gtco2[STK_BUDGET_THRESHOLDS][STK_BUDGET_PERCENTILES];
    size_t member_count; /**< members that stayed in the model's valid range */
} stk_scenario_outcome;

typedef struct stk_scenario_run {
    const stk_method *method;
    const stk_iamc *infilled;           /**< from stk_scenario_infill() */
    const stk_iamc *history;            /**< emissions of every species before the base year */
    const stk_calibration *calibration; /**< all of whose members are run */
    int threads;                        /**< 0: as many as processors */
    /** Leaves out scenarios that were run before; NULL runs all. */
    bool (*done)(void *user, const char *model, const char *scenario);
    /** Called in the order of scenarios; an error ends the run with it. */
    stk_status (*accept)(void *user, const stk_scenario_outcome *outcome, stk_error *error);
    void *user;
} stk_scenario_run;

/** Run the climate ensemble on every scenario of a table and categorise it. Emissions before the
 * base year of the method are the history's; variables find their species by the method's names.
 * @return STK_EARG or STK_EDATA naming species that nothing drives; what `accept` returned */
stk_status stk_scenario_run_all(const stk_scenario_run *run, stk_error *error);

#ifdef __cplusplus
}
#endif

#endif
