/** @file stages.h
 * @brief The stages before the climate, on a table of some scenarios, and on all of a file in
 * portions.
 */
#ifndef STK_WORKFLOW_STAGES_H
#define STK_WORKFLOW_STAGES_H

#include "workflow/intake.h"

/** What stages need besides scenarios. Nothing is owned. */
typedef struct stk_stages {
    const stk_method *method;
    const stk_iamc *history;             /**< to harmonise to */
    const stk_scenario_library *library; /**< to infill from */
    stk_scenario_report *report;         /**< gets what is left out */
    int threads;                         /**< 0: as many as processors */
    bool strict;                         /**< warnings leave scenarios out, in the report too */
} stk_stages;

/** Make another table, which the caller frees. */
typedef stk_status stk_stage(const stk_stages *with, const stk_iamc *input, stk_iamc **output,
                             stk_error *error);

stk_stage stk_stage_check;
stk_stage stk_stage_harmonise;
stk_stage stk_stage_infill;
stk_stage stk_stage_all; /**< all three */

/** Take all scenarios of an intake through a stage, a portion at a time, and write them with the
 * years in which any of them has a value.
 * @param scratch  folder for what is on its way
 * @param ran      receives whether the stage was run on all of them, whatever came of it
 * @param left_out receives how many of them are not in the output
 * @return STK_EDATA naming the file when no scenario is left; then nothing is written */
stk_status stk_stages_pass(const stk_stages *with, stk_stage *stage, const stk_intake *intake,
                           const char *scratch, stk_iamc_output *output, bool *ran,
                           size_t *left_out, stk_error *error);

#endif
