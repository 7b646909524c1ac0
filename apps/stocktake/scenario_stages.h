/** @file scenario_stages.h
 * @brief The stages before the climate, on a table of some scenarios.
 */
#ifndef STK_SCENARIO_STAGES_H
#define STK_SCENARIO_STAGES_H

#include "cmd_scenario.h"

/* What stages need besides scenarios. Start with the run alone: a stage opens what it needs when it
 * is first called. */
typedef struct scenario_stages {
    scenario_run *run;
    stk_iamc *history;
    stk_scenario_library *library;
} scenario_stages;

void scenario_stages_close(scenario_stages *with);

/* Make another table, which the caller frees. */
typedef stk_status scenario_stage(scenario_stages *with, const stk_iamc *input, stk_iamc **output,
                                  stk_error *error);

scenario_stage scenario_check;
scenario_stage scenario_harmonise;
scenario_stage scenario_infill;
scenario_stage scenario_check_to_infill; /* all three */

#endif
