/** @file climate_output.h
 * @brief Results of the climate ensemble as IAMC tables, member tables and NetCDF.
 */
#ifndef STK_DATASET_CLIMATE_OUTPUT_H
#define STK_DATASET_CLIMATE_OUTPUT_H

#include <stocktake/climate.h>

#include "base/buffer.h"

/** Append the header of an IAMC wide table of the years of a run. */
void stk_climate_iamc_header(stk_buffer *out, const stk_ensemble_options *options);

/** Append the rows of a scenario: percentiles of the first `variable_count` variables of the run,
 * exceedance probabilities, 12 significant digits. */
void stk_climate_iamc_rows(stk_buffer *out, const stk_ensemble_options *options,
                           size_t variable_count, const stk_ensemble_result *result,
                           const char *model, const char *scenario);

/** The variables of a member table if none are asked for. */
enum { STK_MEMBER_COLUMNS = 8, STK_MEMBER_COLUMN_SIZE = 64 };
extern const stk_climate_variable stk_member_variables[STK_MEMBER_COLUMNS];

/** Variables of a member table, one a column. */
typedef struct stk_member_list {
    const stk_climate_variable *variables;
    size_t count;
} stk_member_list;

/** What the column of a variable is called, with its unit at the end. */
void stk_member_column(stk_climate_variable variable, char out[STK_MEMBER_COLUMN_SIZE]);

/** Append the header of a member table: scenario, member, year (a time bound) and the columns. */
void stk_climate_member_header(stk_buffer *out, const stk_member_list *columns);

/** Append the rows of one member at 17 digits; temperatures less `baseline_k`.
 * @param series  [column] rows of the result, [bound][stride] */
void stk_climate_member_rows(stk_buffer *out, const stk_ensemble_result *result,
                             const stk_member_list *columns, const double *const *series,
                             const char *scenario, long number, size_t member, int first_year,
                             double baseline_k);

/** What a NetCDF file says of how it was made. Nothing of it depends on the day, so that the same
 * run gives the same bytes. */
typedef struct stk_netcdf_origin {
    const char *history;
    const char *method;
    const char *method_version;
} stk_netcdf_origin;

/** A NetCDF-4 file of percentiles, or of members. */
typedef struct stk_climate_netcdf stk_climate_netcdf;

typedef struct stk_climate_netcdf_layout {
    const char *shown; /**< the file in messages, whose path is that of what is on its way */
    const stk_ensemble_options *options;
    size_t variable_count;           /**< percentiles of the first ones; 0 for a file of members */
    size_t member_count;             /**< members of a file of members */
    const long *members;             /**< their numbers */
    stk_member_list columns;         /**< their variables */
    const stk_netcdf_origin *origin; /**< or NULL */
} stk_climate_netcdf_layout;

/** Create a file.
 * @return STK_EIO with the library's message; STK_EARG in a build without NetCDF */
stk_status stk_climate_netcdf_open(const char *path, const stk_climate_netcdf_layout *layout,
                                   stk_climate_netcdf **file, stk_error *error);

/** Write scenario number `at` of the file. `series` and `baselines_k` as for the member table. */
stk_status stk_climate_netcdf_write(stk_climate_netcdf *file, size_t at, const char *model,
                                    const char *scenario, const stk_ensemble_result *result,
                                    const double *const *series, const double *baselines_k,
                                    stk_error *error);

stk_status stk_climate_netcdf_close(stk_climate_netcdf *file, stk_error *error);

/** A NetCDF-4 file of annual emissions, one variable of the file for each variable and scenario. */
typedef struct stk_emissions_netcdf stk_emissions_netcdf;

typedef struct stk_emissions_netcdf_layout {
    const char *shown; /**< as above */
    int first_year;
    int last_year;
    size_t variable_count;
    const char *const
        *variables;           /**< IAMC names; "AR6 climate diagnostics|" is left out of names */
    const char *const *units; /**< as IAMC writes them */
    const stk_netcdf_origin *origin;
} stk_emissions_netcdf_layout;

/** The layout's lists must stay until the file is closed.
 * @return as stk_climate_netcdf_open() */
stk_status stk_emissions_netcdf_open(const char *path, const stk_emissions_netcdf_layout *layout,
                                     stk_emissions_netcdf **file, stk_error *error);

/** Write scenario number `at`: `values` are [variable][year], NaN where there are none. */
stk_status stk_emissions_netcdf_write(stk_emissions_netcdf *file, size_t at, const char *model,
                                      const char *scenario, const double *values, stk_error *error);
stk_status stk_emissions_netcdf_close(stk_emissions_netcdf *file, stk_error *error);

#endif
