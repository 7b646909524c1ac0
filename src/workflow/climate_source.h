/** @file climate_source.h
 * @brief Scenarios of an intake for the climate ensemble, a portion of them in memory.
 */
#ifndef STK_WORKFLOW_CLIMATE_SOURCE_H
#define STK_WORKFLOW_CLIMATE_SOURCE_H

#include <stocktake/climate.h>

#include "workflow/intake.h"

typedef struct stk_climate_source stk_climate_source;

/** What is given must outlive the source.
 * @return STK_ENOTFOUND for an intake without a scenario; what stk_climate_scenarios_new() refuses
 */
stk_status stk_climate_source_new(const stk_calibration *calibration, const stk_intake *intake,
                                  const stk_climate_scenario_options *options,
                                  stk_climate_source **source, stk_error *error);
void stk_climate_source_free(stk_climate_source *source);

/** Scenarios, and model and scenario of each. */
size_t stk_climate_source_count(const stk_climate_source *source);
const stk_iamc_row *stk_climate_source_names(const stk_climate_source *source, size_t i);

/** The `fill` of a ::stk_ensemble_job whose user is a source. Scenarios are mostly asked for in
 * their order. */
stk_status stk_climate_source_fill(void *source, size_t i, stk_climate_rows *rows,
                                   stk_error *error);

/** What ends the run, found where only a scenario can be refused: a row that is there twice, a file
 * that cannot be read again; NULL while there is nothing. */
const stk_error *stk_climate_source_fault(const stk_climate_source *source);

#endif
