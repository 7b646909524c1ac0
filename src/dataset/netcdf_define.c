/** @file netcdf_define.c
 * @brief What our NetCDF files have in common.
 */
#include "dataset/netcdf_define.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#include "base/try.h"

int netcdf_define_data(definer *d, const char *name, int rank, const int *dims,
                       const char *long_name, const char *units, const size_t *chunk, bool mean)
{
    const double fill = NAN;
    size_t cache = 2 * sizeof(double);
    for (int i = 0; i < rank; i++) {
        cache *= chunk[i];
    }
    int variable = define_variable(d, name, NC_DOUBLE, rank, dims, long_name, units);
    keep(d, d->call->nc_def_var_chunking(d->id, variable, NC_CHUNKED, chunk));
    /* chunks are written once: a cache of megabytes for each variable would only grow */
    keep(d, d->call->nc_set_var_chunk_cache(d->id, variable, cache, 11, 1));
    keep(d, d->call->nc_def_var_deflate(d->id, variable, 1, 1, DEFLATE_LEVEL));
    keep(d, d->call->nc_def_var_fill(d->id, variable, NC_FILL, &fill));
    put_text(d, variable, "cell_methods", mean ? "time: mean" : "time: point");
    return variable;
}

void netcdf_define_head(definer *d, netcdf_head *head)
{
    int edge;
    put_text(d, NC_GLOBAL, "Conventions", "CF-1.8");
    put_text(d, NC_GLOBAL, "title", head->title);
    put_text(d, NC_GLOBAL, "source", "stocktake");
    put_text(d, NC_GLOBAL, "references", head->references);
    if (head->origin != NULL) {
        put_text(d, NC_GLOBAL, "history", head->origin->history);
        put_text(d, NC_GLOBAL, "method", head->origin->method);
        put_text(d, NC_GLOBAL, "method_version", head->origin->method_version);
    }
    keep(d, d->call->nc_def_dim(d->id, "scenario", NC_UNLIMITED, &head->scenario_dim));
    keep(d, d->call->nc_def_dim(d->id, "time", head->times, &head->time_dim));
    head->scenario =
        define_variable(d, "scenario", NC_STRING, 1, &head->scenario_dim, "scenario", NULL);
    head->model = define_variable(d, "model", NC_STRING, 1, &head->scenario_dim,
                                  "model of the scenario", NULL);
    head->time = define_variable(d, "time", NC_DOUBLE, 1, &head->time_dim, "time",
                                 "days since 1750-01-01 00:00:00");
    put_time(d, head->time);
    put_text(d, head->time, "axis", "T");
    head->bounds = -1;
    if (!head->points) {
        put_text(d, head->time, "bounds", "time_bnds");
        keep(d, d->call->nc_def_dim(d->id, "bnds", 2, &edge));
        int dims[2] = {head->time_dim, edge};
        keep(d, d->call->nc_def_var(d->id, "time_bnds", NC_DOUBLE, 2, dims, &head->bounds));
    }
}

void netcdf_write_times(definer *d, const netcdf_head *head)
{
    for (size_t i = 0; i < head->times; i++) {
        double edges[2] = {days_to(head->first_year + (int)i),
                           days_to(head->first_year + (int)i + 1)};
        double at = head->points ? edges[0] : 0.5 * (edges[0] + edges[1]);
        size_t start[2] = {i, 0};
        size_t count[2] = {1, 2};
        keep(d, d->call->nc_put_var1_double(d->id, head->time, &i, &at));
        if (head->bounds >= 0) {
            keep(d, d->call->nc_put_vara_double(d->id, head->bounds, start, count, edges));
        }
    }
}

/* ---- files ---- */

stk_status netcdf_file_create(netcdf_file *file, const char *path, const char *shown,
                              stk_error *error)
{
    stk_print(file->path, sizeof file->path, "%s", shown != NULL ? shown : path);
    file->d.call = &file->call;
    stk_status status;
    STK_TRY(netcdf_load(&file->call, file->path, error));
    keep(&file->d, file->call.nc_create(path, NC_NETCDF4, &file->d.id));
    file->created = file->d.code == NC_NOERR;
    STK_TRY(netcdf_file_status(file, error));
done:
    return status;
}

void netcdf_file_name(netcdf_file *file, size_t at, const char *model, const char *scenario)
{
    keep(&file->d, file->call.nc_put_var1_string(file->d.id, file->scenario, &at, &scenario));
    keep(&file->d, file->call.nc_put_var1_string(file->d.id, file->model, &at, &model));
}

/* Of a full disk the library says no more than "HDF error". */
stk_status netcdf_file_status(const netcdf_file *file, stk_error *error)
{
    int code = file->d.code;
    bool full = code == NC_EHDFERR && (errno == ENOSPC || errno == EDQUOT || errno == EFBIG);
    return code == NC_NOERR ? STK_OK
                            : stk_error_at(error, STK_EIO, file->path, 0, 0, "%s",
                                           full ? strerror(errno) : file->call.nc_strerror(code));
}

stk_status netcdf_file_close(netcdf_file *file, stk_error *error)
{
    if (file->created) {
        keep(&file->d, file->call.nc_close(file->d.id));
        file->created = false;
    }
    return netcdf_file_status(file, error);
}
