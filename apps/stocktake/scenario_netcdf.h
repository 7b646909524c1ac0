/** @file scenario_netcdf.h
 * @brief Results of `scenario assess` as NetCDF: the first rank writes what all have, round by
 * round.
 */
#ifndef STK_SCENARIO_NETCDF_H
#define STK_SCENARIO_NETCDF_H

#include "dataset/climate_output.h"
#include "scenario_assessment.h"

typedef struct netcdf_out {
    assessment *a;
    char history[128];
    stk_netcdf_origin origin;
    char path[1040];
    char temporary[1080];
    bool opened;    /* on all ranks */
    size_t written; /* scenarios */
    /* emissions.nc */
    stk_buffer texts; /* names and units, each terminated */
    const char **variables;
    const char **units;
    size_t variable_count;
    size_t years;
    double *values; /* [variable][year] of a scenario */
    stk_emissions_netcdf *emissions;
    /* climate.nc */
    stk_ensemble_options options;
    stk_warming *warming;
    stk_climate_netcdf *climate;
} netcdf_out;

/* All are collective. emissions.nc: all rows of infilled scenarios. */
stk_status netcdf_open_emissions(netcdf_out *out, assessment *a, stk_error *error);

/* Add the scenarios from `first` to before `last` of every rank. One that has failed adds none. */
stk_status netcdf_add_emissions(netcdf_out *out, size_t first, size_t last, stk_status status,
                                stk_error *error);

/* climate.nc: percentiles and exceedance probabilities. */
stk_status netcdf_open_climate(netcdf_out *out, assessment *a, stk_error *error);

/* Put an outcome into the buffer that the next round passes on. */
void netcdf_keep_outcome(const netcdf_out *out, stk_buffer *kept,
                         const stk_scenario_outcome *outcome);
stk_status netcdf_add_climate(netcdf_out *out, stk_buffer *kept, stk_status status,
                              stk_error *error);

/* Finish the file, or remove it. */
stk_status netcdf_finish(netcdf_out *out, stk_status status, stk_error *error);

#endif
