/** @file netcdf_define.h
 * @brief What NetCDF files of scenarios have in common: dimensions scenario (grows) and time,
 * attributes of the CF conventions, compression. Only in builds with NetCDF.
 */
#ifndef STK_DATASET_NETCDF_DEFINE_H
#define STK_DATASET_NETCDF_DEFINE_H

#include "dataset/climate_output.h"
#include "dataset/netcdf_parts.h"

/** A variable of doubles of which the first dimension is the scenario, compressed; missing is NaN.
 * @param mean  whether values are means of the year, else values at an instant */
int netcdf_define_data(definer *d, const char *name, int rank, const int *dims,
                       const char *long_name, const char *units, const size_t *chunk, bool mean);

/** Attributes of the file, scenarios and times. */
typedef struct netcdf_head {
    const char *title;
    const char *references;
    const stk_netcdf_origin *origin; /**< or NULL */
    int first_year;
    size_t times;
    bool points; /**< times are the first instants of years, not years */
    /* defined by netcdf_define_head() */
    int scenario_dim, time_dim;
    int scenario, model;
    int time, bounds;
} netcdf_head;

void netcdf_define_head(definer *d, netcdf_head *head);

/** A file of scenarios that is being written; start with all zeros. */
typedef struct netcdf_file {
    netcdf_library call;
    definer d; /**< with the first failure since it was created */
    bool created;
    char path[256];
    int scenario, model; /**< variables, from the head */
} netcdf_file;

/** Load the library and create the file; to be closed also after an error.
 * @param shown  its name in messages, or NULL */
stk_status netcdf_file_create(netcdf_file *file, const char *path, const char *shown,
                              stk_error *error);

/** Write the names of scenario number `at`. */
void netcdf_file_name(netcdf_file *file, size_t at, const char *model, const char *scenario);

/** The first failure as a refusal. */
stk_status netcdf_file_status(const netcdf_file *file, stk_error *error);
stk_status netcdf_file_close(netcdf_file *file, stk_error *error);

/** After the definitions have ended. */
void netcdf_write_times(definer *d, const netcdf_head *head);

#endif
