/** @file netcdf_define.c
 * @brief What our NetCDF files have in common.
 */
#include "report/netcdf_define.h"

#include <math.h>
#include <string.h>

enum { DEFLATE_LEVEL = 4 };

void netcdf_keep(netcdf_definer *d, int code)
{
    d->code = d->code == NC_NOERR ? code : d->code;
}

void netcdf_put_text(netcdf_definer *d, int variable, const char *name, const char *text)
{
    netcdf_keep(d, nc_put_att_text(d->id, variable, name, strlen(text), text));
}

int netcdf_define_variable(netcdf_definer *d, const char *name, nc_type type, int rank,
                           const int *dims, const char *long_name, const char *units)
{
    int variable = -1;
    netcdf_keep(d, nc_def_var(d->id, name, type, rank, dims, &variable));
    netcdf_put_text(d, variable, "long_name", long_name);
    if (units != NULL) {
        netcdf_put_text(d, variable, "units", units);
    }
    return variable;
}

int netcdf_define_data(netcdf_definer *d, const char *name, int rank, const int *dims,
                       const char *long_name, const char *units, const size_t *chunk, bool mean)
{
    const double fill = NAN;
    size_t cache = 2 * sizeof(double);
    for (int i = 0; i < rank; i++) {
        cache *= chunk[i];
    }
    int variable = netcdf_define_variable(d, name, NC_DOUBLE, rank, dims, long_name, units);
    netcdf_keep(d, nc_def_var_chunking(d->id, variable, NC_CHUNKED, chunk));
    /* chunks are written once: a cache of megabytes for each variable would only grow */
    netcdf_keep(d, nc_set_var_chunk_cache(d->id, variable, cache, 11, 1));
    netcdf_keep(d, nc_def_var_deflate(d->id, variable, 1, 1, DEFLATE_LEVEL));
    netcdf_keep(d, nc_def_var_fill(d->id, variable, NC_FILL, &fill));
    netcdf_put_text(d, variable, "cell_methods", mean ? "time: mean" : "time: point");
    return variable;
}

void netcdf_define_head(netcdf_definer *d, netcdf_head *head)
{
    int edge;
    netcdf_put_text(d, NC_GLOBAL, "Conventions", "CF-1.8");
    netcdf_put_text(d, NC_GLOBAL, "title", head->title);
    netcdf_put_text(d, NC_GLOBAL, "source", "stocktake");
    netcdf_put_text(d, NC_GLOBAL, "references", head->references);
    if (head->origin != NULL) {
        netcdf_put_text(d, NC_GLOBAL, "history", head->origin->history);
        netcdf_put_text(d, NC_GLOBAL, "method", head->origin->method);
        netcdf_put_text(d, NC_GLOBAL, "method_version", head->origin->method_version);
    }
    netcdf_keep(d, nc_def_dim(d->id, "scenario", NC_UNLIMITED, &head->scenario_dim));
    netcdf_keep(d, nc_def_dim(d->id, "time", head->times, &head->time_dim));
    head->scenario =
        netcdf_define_variable(d, "scenario", NC_STRING, 1, &head->scenario_dim, "scenario", NULL);
    head->model = netcdf_define_variable(d, "model", NC_STRING, 1, &head->scenario_dim,
                                         "model of the scenario", NULL);
    head->time = netcdf_define_variable(d, "time", NC_DOUBLE, 1, &head->time_dim, "time",
                                        "days since 1750-01-01 00:00:00");
    netcdf_put_text(d, head->time, "standard_name", "time");
    netcdf_put_text(d, head->time, "calendar", "proleptic_gregorian");
    netcdf_put_text(d, head->time, "axis", "T");
    head->bounds = -1;
    if (!head->points) {
        netcdf_put_text(d, head->time, "bounds", "time_bnds");
        netcdf_keep(d, nc_def_dim(d->id, "bnds", 2, &edge));
        int dims[2] = {head->time_dim, edge};
        netcdf_keep(d, nc_def_var(d->id, "time_bnds", NC_DOUBLE, 2, dims, &head->bounds));
    }
}

/* Days from 1750-01-01 to the first of January of a year, in the Gregorian calendar. */
static double days_to(int year)
{
    int y = year - 1;
    int before = 1749;
    int leap_days = y / 4 - y / 100 + y / 400 - (before / 4 - before / 100 + before / 400);
    return 365.0 * (year - 1750) + leap_days;
}

void netcdf_write_times(netcdf_definer *d, const netcdf_head *head)
{
    for (size_t i = 0; i < head->times; i++) {
        double edges[2] = {days_to(head->first_year + (int)i),
                           days_to(head->first_year + (int)i + 1)};
        double at = head->points ? edges[0] : 0.5 * (edges[0] + edges[1]);
        size_t start[2] = {i, 0};
        size_t count[2] = {1, 2};
        netcdf_keep(d, nc_put_var1_double(d->id, head->time, &i, &at));
        if (head->bounds >= 0) {
            netcdf_keep(d, nc_put_vara_double(d->id, head->bounds, start, count, edges));
        }
    }
}
