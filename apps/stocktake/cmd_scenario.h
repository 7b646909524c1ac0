/** @file cmd_scenario.h
 * @brief What the files of `stocktake scenario` share: the method, tables from files, outputs.
 */
#ifndef STK_CMD_SCENARIO_H
#define STK_CMD_SCENARIO_H

#include "assess/scenario_inputs.h"
#include "base/pending_file.h"
#include "cli.h"
#include "workflow/stages.h"

/* What a run works with: the query and the threads are set, scenario_open() opens the rest. */
typedef struct scenario_run {
    query *q;
    const char *input; /* path */
    scenario_inputs in;
    int threads; /* 0: as many as there are */
} scenario_run;

stk_status scenario_open(scenario_run *run, stk_error *error);
void scenario_close(scenario_run *run);

/* The database to infill from. */
stk_status scenario_open_library(scenario_run *run, stk_error *error);

/* Refuse an option that infilling by a method that scales no gas would pass over. */
stk_status scenario_check_unused(const scenario_run *run, const char *option, stk_error *error);

/* The tables as stages take them. */
stk_stages scenario_stages(const scenario_run *run);

/* The checksums of the input files, as they are now: an output may take the place of one. */
void scenario_note_inputs(const scenario_run *run);

/* One line on the standard error for everything that was left out. */
void scenario_print_notes(const stk_scenario_report *report);

/* How the result is made, as a JSON report starts; owned by the caller. */
stk_status scenario_document(const scenario_run *run, json_t **document, stk_error *error);

/* Which of several processes this one is, by --part, or by the environment that a launcher or an
 * array of jobs gives it; part 0 of 1 if it is alone. */
stk_status scenario_find_part(query *q, size_t *part, size_t *parts, stk_error *error);

/* Whether a launcher has started this process together with others. */
bool scenario_launched(size_t *count);

stk_status scenario_assess(scenario_run *run, stk_error *error);
stk_status scenario_merge(query *q, stk_error *error);
stk_status scenario_categorise(scenario_run *run, stk_error *error);
stk_status scenario_postprocess(scenario_run *run, stk_error *error);

#endif
