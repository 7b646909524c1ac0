/** @file workflow.h
 * @brief From infilled scenarios to warming and categories: the ensemble run on each scenario.
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

/** What came out for one scenario; valid in the callback. */
typedef struct stk_scenario_outcome {
    size_t number; /**< among those of the run */
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

/** Where a scenario is found: its names, and a table that has its rows among others. */
typedef struct stk_scenario_place {
    const stk_iamc *infilled; /**< from stk_scenario_infill() */
    const char *model;
    const char *scenario;
} stk_scenario_place;

/** What a run works on. Callbacks are called on the caller's thread. */
typedef struct stk_scenario_run {
    const stk_method *method;
    const stk_iamc *history; /**< emissions of every species before the method's base year */
    const stk_iamc *past;    /**< a history whose species take the place of those; may be NULL */
    const stk_calibration *calibration; /**< all of whose members are run */
    int threads;                        /**< 0: as many as processors */
    const stk_iamc *infilled;           /**< all of its scenarios are run; unused with `find` */
    size_t count;                       /**< scenarios, with `find` */
    /** Where a scenario is: asked in order when the scenario is taken, some of them ahead of
     * `accept`, and in order again when its result is there. One that is refused is handed to
     * `accept` with the error, and the others go on. May be NULL. */
    stk_status (*find)(void *user, size_t number, stk_scenario_place *place, stk_error *error);
    /** Called in the order of scenarios; an error ends the run with it. */
    stk_status (*accept)(void *user, const stk_scenario_outcome *outcome, stk_error *error);
    void *user;
} stk_scenario_run;

/** Run the climate ensemble on scenarios and categorise them. Variables find their species by the
 * method's names; results do not depend on threads.
 * @return STK_EDATA naming a species that nothing drives; STK_EARG for years that are not run; what
 *         `accept` returned */
stk_status stk_scenario_run_all(const stk_scenario_run *run, stk_error *error);

/** What a run works with, kept for the next: where species come from, history, the ensemble of
 * stk_ensemble_open(). One thread at a time. */
typedef struct stk_scenario_keep stk_scenario_keep;

/** @param run  its method, history and calibration must outlive the result; `infilled`, `find` and
 *              the callback are not used */
stk_status stk_scenario_keep_open(const stk_scenario_run *run, stk_scenario_keep **keep,
                                  stk_error *error);
void stk_scenario_keep_close(stk_scenario_keep *keep);

/** The same as stk_scenario_run_all() on all scenarios of a table, and cheaper. */
stk_status stk_scenario_run_kept(stk_scenario_keep *keep, const stk_iamc *infilled,
                                 stk_status (*take)(void *user, const stk_scenario_outcome *outcome,
                                                    stk_error *error),
                                 void *user, stk_error *error);

/** The members' temperatures in the scenario that ran last: stk_ensemble_members(). */
void stk_scenario_members(const stk_scenario_keep *keep, int first, int count, double *out);

#ifdef __cplusplus
}
#endif

#endif
