/** @file members_netcdf.h
 * @brief The members of scenarios, read from NetCDF: what stk_climate_netcdf_write() wrote.
 */
#ifndef STK_DATASET_MEMBERS_NETCDF_H
#define STK_DATASET_MEMBERS_NETCDF_H

#include <stocktake/climate.h>

/** Whether a file, not a pipe, starts as NetCDF does. */
bool stk_is_netcdf(const char *path);

typedef struct stk_members_netcdf stk_members_netcdf;

/** Open a file for one of its variables.
 * @return STK_EIO with the library's message, STK_EDATA for what it lacks, STK_ENOTFOUND without
 *         the library */
stk_status stk_members_netcdf_open(const char *path, stk_climate_variable variable,
                                   stk_members_netcdf **file, stk_error *error);

/** A scenario; everything belongs to the file and is valid until the next. */
typedef struct stk_member_block {
    const char *model;
    const char *scenario;
    int first_year; /**< of the time bounds */
    size_t bounds;
    size_t count;   /**< of members, without those that left the valid range */
    double *values; /**< [member][bound]; may be overwritten */
} stk_member_block;

/** Scenarios of the file. */
size_t stk_members_netcdf_count(const stk_members_netcdf *file);

/** Read scenario number `at`. */
stk_status stk_members_netcdf_read(stk_members_netcdf *file, size_t at, stk_member_block *block,
                                   stk_error *error);
void stk_members_netcdf_close(stk_members_netcdf *file);

#endif
