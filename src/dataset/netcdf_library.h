/** @file netcdf_library.h
 * @brief The NetCDF library, loaded when a file is written or read.
 */
#ifndef STK_DATASET_NETCDF_LIBRARY_H
#define STK_DATASET_NETCDF_LIBRARY_H

#include <stocktake/base.h>

/** Whether NetCDF can be written here, for whoever asks before a long run.
 * @param file  what was to be written, in the message, or NULL
 * @return STK_ENOTFOUND in a build without NetCDF, and where the library is not installed */
stk_status netcdf_check(const char *file, stk_error *error);

#ifdef STK_HAVE_NETCDF

#include <netcdf.h>
#include <netcdf_mem.h>

#include "base/loaded.h"

#define NETCDF_FUNCTIONS(X)                                                                        \
    X(nc_create)                                                                                   \
    X(nc_create_mem)                                                                               \
    X(nc_def_dim)                                                                                  \
    X(nc_def_var)                                                                                  \
    X(nc_def_var_chunking)                                                                         \
    X(nc_def_var_deflate)                                                                          \
    X(nc_def_var_fill)                                                                             \
    X(nc_set_var_chunk_cache)                                                                      \
    X(nc_put_att_text)                                                                             \
    X(nc_enddef)                                                                                   \
    X(nc_put_var1_int)                                                                             \
    X(nc_put_var1_double)                                                                          \
    X(nc_put_var1_string)                                                                          \
    X(nc_put_var_long)                                                                             \
    X(nc_put_var_double)                                                                           \
    X(nc_put_var_string)                                                                           \
    X(nc_put_vara_double)                                                                          \
    X(nc_open)                                                                                     \
    X(nc_inq_dimid)                                                                                \
    X(nc_inq_dimlen)                                                                               \
    X(nc_inq_varid)                                                                                \
    X(nc_inq_var)                                                                                  \
    X(nc_inq_attlen)                                                                               \
    X(nc_get_att_text)                                                                             \
    X(nc_get_var1_string)                                                                          \
    X(nc_get_var_double)                                                                           \
    X(nc_get_vara_double)                                                                          \
    X(nc_free_string)                                                                              \
    X(nc_close)                                                                                    \
    X(nc_close_memio)                                                                              \
    X(nc_strerror)

typedef struct netcdf_library {
    NETCDF_FUNCTIONS(STK_LOADED_MEMBER)
} netcdf_library;

/** Load the library; the same answer as netcdf_check(). */
stk_status netcdf_load(netcdf_library *call, const char *file, stk_error *error);

#endif
#endif
