/** @file assess_netcdf.h
 * @brief emissions.nc and climate.nc of `scenario assess`, from the numbers of its blocks.
 */
#ifndef STK_DATASET_ASSESS_NETCDF_H
#define STK_DATASET_ASSESS_NETCDF_H

#include "base/buffer.h"
#include "base/pending_file.h"
#include "dataset/climate_output.h"
#include "workflow/block.h"

enum { STK_ASSESS_NETCDF_FILES = 2 };
extern const char *const stk_assess_netcdf_names[STK_ASSESS_NETCDF_FILES];

/** Start with all zeros; `folder` and `method` are kept by reference. */
typedef struct stk_assess_netcdf {
    const char *folder;
    const stk_method *method;
    stk_pending_file files[STK_ASSESS_NETCDF_FILES]; /* the caller finishes them */
    char history[128];
    stk_netcdf_origin origin;
    /* emissions.nc */
    stk_buffer texts; /* variables and units, each terminated */
    const char **variables;
    const char **units;
    size_t variable_count;
    size_t years;
    double *values; /* [variable][year] of a scenario */
    stk_emissions_netcdf *emissions;
    size_t emissions_written; /* scenarios */
    /* climate.nc */
    stk_ensemble_options options;
    stk_warming *warming;
    stk_climate_netcdf *climate;
    size_t climate_written;
} stk_assess_netcdf;

/** First the variables of every block are named, then the files are opened, then blocks are added
 * in their order. Blocks whose numbers are none are STK_EFORMAT. */
stk_status stk_assess_netcdf_name(stk_assess_netcdf *out, const stk_block *block, stk_error *error);
stk_status stk_assess_netcdf_open(stk_assess_netcdf *out, stk_error *error);
stk_status stk_assess_netcdf_add(stk_assess_netcdf *out, const stk_block *block, stk_error *error);

/** Close both files. Returns the first failure. */
stk_status stk_assess_netcdf_close(stk_assess_netcdf *out, stk_status status, stk_error *error);

#endif
