/** @file workflow.h
 * @brief From infilled scenarios to warming and categories: the ensemble run on each scenario.
 *
 * The two halves can be had apart, for runs whose scenarios are dealt out to several processes:
 * what drives the climate model is a row of numbers (stk_scenario_drive()), the ensemble makes the
 * numbers of a ::stk_warming of it wherever it runs (stk_scenario_climate_run()), and what is said
 * of a scenario follows from those and its emissions (stk_scenario_complete()).
 */
#ifndef STOCKTAKE_WORKFLOW_H
#define STOCKTAKE_WORKFLOW_H

#include <stocktake/climate.h>
#include <stocktake/scenario.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { STK_BUDGET_PERCENTILES = 3, STK_BUDGET_THRESHOLDS = 2 };

/** The percentiles and thresholds of the exceedance budgets: 50, 67, 83; 1.5 and 2 K. */
extern const double stk_budget_percentiles[STK_BUDGET_PERCENTILES];
extern const double stk_budget_thresholds_k[STK_BUDGET_THRESHOLDS];

/** @name The ensemble
 * @{ */

/** How infilled variables and the history become emissions of the climate model's species. */
typedef struct stk_scenario_climate stk_scenario_climate;

/** Find what drives each species; everything given is kept by reference. Emissions before the base
 * year of the method are the history's; variables find their species by the method's names.
 * @return STK_EDATA naming a species that nothing drives; STK_EARG for years that are not run */
stk_status stk_scenario_climate_new(const stk_method *method, const stk_iamc *history,
                                    const stk_calibration *calibration,
                                    stk_scenario_climate **climate, stk_error *error);
void stk_scenario_climate_free(stk_scenario_climate *climate);

/** How many numbers drive a scenario: all emissions from the base year on. */
size_t stk_scenario_drive_size(const stk_scenario_climate *climate);

/** What drives a scenario of an infilled table.
 * @return STK_ENOTFOUND when it lacks a variable */
stk_status stk_scenario_drive(const stk_scenario_climate *climate, const stk_iamc *infilled,
                              const char *model, const char *scenario, double *drive,
                              stk_error *error);

/** What the ensemble makes of one scenario; valid in the callback. */
typedef struct stk_scenario_result {
    stk_status status;          /**< not STK_OK: nothing below but `error` means anything */
    const stk_error *error;     /**< why there is no result */
    const stk_warming *warming; /**< a row of stk_warming_size() numbers */
    size_t member_count;        /**< members that stayed in the model's valid range */
} stk_scenario_result;

/** What a run works on. Callbacks are called on the caller's thread. */
typedef struct stk_scenario_work {
    size_t count; /**< scenarios; with `next` at most as many */
    int threads;  /**< 0: as many as processors */
    /** What drives a scenario. One that is refused is handed to `accept` with the error, and the
     * others go on. */
    stk_status (*drive)(void *user, size_t number, double *drive, stk_error *error);
    /** Called in the order in which the scenarios were taken; an error ends the run with it. */
    stk_status (*accept)(void *user, size_t number, const stk_scenario_result *result,
                         stk_error *error);
    void *user;
    /** Where others take scenarios from the same heap: the number of the next one, for which
     * `drive` is called before `next` is called again; false when there is none. NULL: all, in
     * order. */
    bool (*next)(void *user, size_t *number);
} stk_scenario_work;

/** Run all members of the calibration through the scenarios. */
stk_status stk_scenario_climate_run(const stk_scenario_climate *climate,
                                    const stk_scenario_work *work, stk_error *error);

/** @} */

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

/** Everything that follows from the warming of a scenario and its infilled emissions. The outcome
 * comes with `model`, `scenario`, `warming` and `member_count` set. */
stk_status stk_scenario_complete(const stk_method *method, const stk_iamc *infilled,
                                 stk_scenario_outcome *outcome, stk_error *error);

typedef struct stk_scenario_run {
    const stk_method *method;
    const stk_iamc *infilled;           /**< from stk_scenario_infill() */
    const stk_iamc *history;            /**< emissions of every species before the base year */
    const stk_calibration *calibration; /**< all of whose members are run */
    int threads;                        /**< 0: as many as processors */
    /** Called in the order of scenarios; an error ends the run with it. */
    stk_status (*accept)(void *user, const stk_scenario_outcome *outcome, stk_error *error);
    void *user;
} stk_scenario_run;

/** Run the climate ensemble on every scenario of a table and categorise it.
 * @return what stk_scenario_climate_new() refuses; what `accept` returned */
stk_status stk_scenario_run_all(const stk_scenario_run *run, stk_error *error);

#ifdef __cplusplus
}
#endif

#endif
