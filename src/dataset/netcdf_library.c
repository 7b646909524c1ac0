/** @file netcdf_library.c
 * @brief The NetCDF library, loaded when a file is written.
 *
 * It brings some forty other libraries, whose loading takes longer than an assessment's pathways.
 */
#include "dataset/netcdf_library.h"

static stk_status refuse(const char *file, stk_error *error, const char *why)
{
    static const char instead[] = "write CSV or JSON instead";
    return file == NULL ? stk_error_set(error, STK_ENOTFOUND, "%s; %s", why, instead)
                        : stk_error_at(error, STK_ENOTFOUND, file, 0, 0, "%s; %s", why, instead);
}

#ifdef STK_HAVE_NETCDF

stk_status netcdf_load(netcdf_library *call, const char *file, stk_error *error)
{
#define PLACE(name) STK_LOADED_PLACE(netcdf_library, name)
    static const stk_loaded functions[] = {NETCDF_FUNCTIONS(PLACE)};
#undef PLACE
    return stk_load(STK_NETCDF_FILE, call, functions, sizeof functions / sizeof *functions)
               ? STK_OK
               : refuse(file, error,
                        "NetCDF needs " STK_NETCDF_FILE
                        ", which is not installed here or finds no memory");
}

stk_status netcdf_check(const char *file, stk_error *error)
{
    netcdf_library call;
    return netcdf_load(&call, file, error);
}

#else

stk_status netcdf_check(const char *file, stk_error *error)
{
    return refuse(file, error, "this build has no NetCDF: libnetcdf was missing when it was made");
}

#endif
