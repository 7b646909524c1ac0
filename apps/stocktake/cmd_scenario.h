/** @file cmd_scenario.h
 * @brief What the files of `stocktake scenario` share: the method, tables from files, outputs.
 */
#ifndef STK_CMD_SCENARIO_H
#define STK_CMD_SCENARIO_H

#include <stocktake/workflow.h>

#include "cli.h"

/* What a run works with; close with scenario_close(). */
typedef struct scenario_run {
    const cli_arguments *arguments;
    stk_edition *edition;
    stk_method *method;
    stk_scenario_report *report;
    const char *input; /* path */
    int threads;       /* 0: as many as processors */
} scenario_run;

stk_status scenario_open(const cli_arguments *arguments, scenario_run *run, stk_error *error);
void scenario_close(scenario_run *run);

/* A table from --OPTION FILE, or else from the file `shipped` of the edition. */
stk_status scenario_table(const scenario_run *run, const char *option, const char *shipped,
                          stk_iamc **table, stk_error *error);

/* The database for infilling, from --library or the method. */
stk_status scenario_library(const scenario_run *run, stk_scenario_library **library,
                            stk_error *error);

/* A file that is written piece by piece and gets its name when it is complete; "-" is the standard
 * output. */
typedef struct scenario_file {
    char path[1024];
    char temporary[1040];
    FILE *file;
    bool as_it_is; /* the standard output, a device, a pipe: written to directly */
} scenario_file;

stk_status scenario_create(scenario_file *out, const char *folder, const char *name,
                           stk_error *error);

/* Whether such a file can be made, found out before the work and not after it. Leaves nothing. */
stk_status scenario_can_create(const char *folder, const char *name, stk_error *error);

bool scenario_append(void *file, const char *data, size_t size);

/* Finish the file, or remove it when `status` is no success. Returns the first failure. */
stk_status scenario_finish(scenario_file *out, stk_status status, stk_error *error);

/* The folder for what is on its way to the file: its own, or that for temporary files. */
void scenario_scratch(const scenario_file *out, char *folder, size_t size);

/* Write the percentiles and exceedance probabilities of one scenario as IAMC rows. */
stk_status scenario_write_warming(const stk_postprocess_options *options, const char *model,
                                  const char *scenario, const stk_warming *warming,
                                  const stk_iamc_output *output, stk_error *error);

/* A percentile or a level of warming in a name: with one decimal, as published, if that says it. */
void scenario_level(double value, char out[STK_NUMBER_SIZE]);

/* The checksums of the input files, as they are now: an output may take the place of one. */
void scenario_note_inputs(const scenario_run *run);

/* One line on the standard error for everything that was left out. */
void scenario_print_notes(const stk_scenario_report *report);

/* The report as JSON. */
stk_status scenario_write_report(const scenario_run *run, const char *folder, const char *name,
                                 stk_error *error);

int scenario_assess(scenario_run *run);
int scenario_categorise(scenario_run *run);
int scenario_postprocess(scenario_run *run);

#endif
