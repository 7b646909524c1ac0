/** @file cmd_climate.h
 * @brief What the files of the climate command share.
 */
#ifndef STK_CMD_CLIMATE_H
#define STK_CMD_CLIMATE_H

#include <jansson.h>

#include "cli.h"
#include "dataset/climate_output.h"
#include "workflow/climate_source.h"

enum { CLIMATE_LIST_MAX = 64 };

/* Everything that a run was told, from the command line. */
typedef struct climate_options {
    stk_ensemble_options ensemble;
    size_t percentile_variables; /* of ensemble.variables; the others are for the members' file */
    stk_climate_variable variables[STK_CLIMATE_VARIABLE_COUNT + STK_MEMBER_COLUMNS];
    const stk_climate_variable *member_variables; /* the columns of the members' file */
    size_t member_variable_count;
    double percentiles[CLIMATE_LIST_MAX];
    double thresholds_k[CLIMATE_LIST_MAX];
    size_t *members;           /* owned; NULL is all */
    const char *output;        /* NULL is the standard output */
    const char *member_output; /* or NULL */
    bool strict;
} climate_options;

/* What a run works on. */
typedef struct climate_data {
    stk_edition *edition; /* of the calibration and the history */
    stk_edition *folder;  /* of --calibration, or NULL */
    stk_calibration *calibration;
    stk_intake *intake;
    stk_scenario_report *report; /* what is left out of it */
    stk_iamc *history;
    stk_iamc *library;
    stk_climate_source *scenarios;
    json_t *inputs; /* files with their checksums, for the manifest */
} climate_data;

stk_status climate_open(query *q, climate_data *data, stk_error *error);
stk_status climate_open_calibration(query *q, climate_data *data, stk_error *error);
void climate_close(climate_data *data);

/* Run and write. */
stk_status climate_run(query *q, const climate_options *options, climate_data *data,
                       stk_error *error);

#endif
