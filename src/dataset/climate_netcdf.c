/** @file climate_netcdf.c
 * @brief Results as NetCDF-4 with the attributes of the CF conventions, compressed.
 *
 * Dimensions scenario (grows), percentile or member, time. A file of percentiles has annual means
 * in the middle of the year; a file of members has values at the first instant of the year.
 */
#include "dataset/climate_output.h"
#include "dataset/netcdf_library.h"

#ifdef STK_HAVE_NETCDF

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/try.h"
#include "dataset/netcdf_define.h"

enum { VARIABLES_MAX = STK_CLIMATE_VARIABLE_COUNT };

struct stk_climate_netcdf {
    netcdf_file file;
    stk_climate_netcdf_layout layout;
    size_t times;
    int exceedance;
    int variables[VARIABLES_MAX];
    double *buffer;
};

static bool is_members(const stk_climate_netcdf *f)
{
    return f->layout.variable_count == 0;
}

static void key_name(stk_climate_variable variable, char out[64])
{
    stk_print(out, 64, "%s", stk_climate_variable_key(variable));
    for (char *c = out; *c != '\0'; c++) {
        *c = *c == '-' ? '_' : *c;
    }
}

static void define_percentiles(stk_climate_netcdf *f, definer *d, int scenario, int time)
{
    const stk_ensemble_options *o = f->layout.options;
    int dims[3] = {scenario, -1, time};
    size_t chunk[3] = {1, o->percentile_count, f->times};
    keep(d, d->call->nc_def_dim(d->id, "percentile", o->percentile_count, &dims[1]));
    int percentile = define_variable(d, "percentile", NC_DOUBLE, 1, &dims[1],
                                     "percentile over ensemble members", "percent");
    for (size_t v = 0; v < f->layout.variable_count; v++) {
        char name[64];
        key_name(o->variables[v], name);
        f->variables[v] =
            netcdf_define_data(d, name, 3, dims, stk_climate_variable_name(o->variables[v]),
                               stk_climate_variable_unit(o->variables[v]), chunk, true);
    }
    int threshold = -1;
    f->exceedance = -1;
    if (o->threshold_count > 0) {
        chunk[1] = o->threshold_count;
        keep(d, d->call->nc_def_dim(d->id, "threshold", o->threshold_count, &dims[1]));
        threshold = define_variable(d, "threshold", NC_DOUBLE, 1, &dims[1],
                                    "warming that is exceeded", "K");
        f->exceedance =
            netcdf_define_data(d, "exceedance_probability", 3, dims,
                               "share of ensemble members above the threshold", "1", chunk, true);
    }
    keep(d, d->call->nc_enddef(d->id));
    keep(d, d->call->nc_put_var_double(d->id, percentile, o->percentiles));
    if (threshold >= 0) {
        keep(d, d->call->nc_put_var_double(d->id, threshold, o->thresholds_k));
    }
}

static void define_members(stk_climate_netcdf *f, definer *d, int scenario, int time)
{
    int dims[3] = {scenario, -1, time};
    size_t chunk[3] = {1, f->layout.member_count, f->times};
    keep(d, d->call->nc_def_dim(d->id, "member", f->layout.member_count, &dims[1]));
    int member =
        define_variable(d, "member", NC_INT64, 1, &dims[1], "number of the ensemble member", NULL);
    for (size_t c = 0; c < f->layout.columns.count; c++) {
        stk_climate_variable variable = f->layout.columns.variables[c];
        char name[STK_MEMBER_COLUMN_SIZE];
        stk_member_column(variable, name);
        f->variables[c] = netcdf_define_data(d, name, 3, dims, stk_climate_variable_name(variable),
                                             stk_climate_variable_unit(variable), chunk, false);
    }
    keep(d, d->call->nc_enddef(d->id));
    keep(d, d->call->nc_put_var_long(d->id, member, f->layout.members));
}

static void define_file(stk_climate_netcdf *f)
{
    definer *d = &f->file.d;
    netcdf_head head = {.title = "Climate ensemble of emission scenarios",
                        .references = "10.5194/gmd-14-3007-2021, 10.5194/gmd-17-8569-2024",
                        .origin = f->layout.origin,
                        .first_year = f->layout.options->years.first,
                        .times = f->times,
                        .points = is_members(f)};
    netcdf_define_head(d, &head);
    f->file.scenario = head.scenario;
    f->file.model = head.model;
    if (is_members(f)) {
        define_members(f, d, head.scenario_dim, head.time_dim);
    } else {
        define_percentiles(f, d, head.scenario_dim, head.time_dim);
    }
    netcdf_write_times(d, &head);
}

stk_status stk_climate_netcdf_open(const char *path, const stk_climate_netcdf_layout *layout,
                                   stk_climate_netcdf **file, stk_error *error)
{
    stk_climate_netcdf *f = calloc(1, sizeof *f);
    stk_status status;
    STK_TRY(stk_allocated(f, error));
    f->layout = *layout;
    f->times = (size_t)(layout->options->years.last - layout->options->years.first + 1) +
               (layout->variable_count == 0 ? 1 : 0);
    f->buffer = malloc((layout->member_count + 1) * f->times * sizeof *f->buffer);
    STK_TRY(stk_allocated(f->buffer, error));
    STK_TRY(netcdf_file_create(&f->file, path, layout->shown, error));
    define_file(f);
    STK_TRY(netcdf_file_status(&f->file, error));
done:
    *file = status == STK_OK ? f : NULL;
    if (status != STK_OK) {
        (void)stk_climate_netcdf_close(f, NULL);
    }
    return status;
}

static void write_percentiles(stk_climate_netcdf *f, size_t at, const stk_ensemble_result *r)
{
    definer *d = &f->file.d;
    const stk_ensemble_options *o = f->layout.options;
    size_t start[3] = {at, 0, 0};
    size_t count[3] = {1, o->percentile_count, f->times};
    for (size_t v = 0; v < f->layout.variable_count; v++) {
        keep(d, d->call->nc_put_vara_double(d->id, f->variables[v], start, count,
                                            r->percentiles + v * o->percentile_count * f->times));
    }
    if (f->exceedance >= 0) {
        count[1] = o->threshold_count;
        keep(d, d->call->nc_put_vara_double(d->id, f->exceedance, start, count, r->exceedance));
    }
}

static void write_members(stk_climate_netcdf *f, size_t at, const stk_ensemble_result *r,
                          const double *const *series, const double *baselines_k)
{
    definer *d = &f->file.d;
    size_t members = f->layout.member_count;
    size_t start[3] = {at, 0, 0};
    size_t count[3] = {1, members, f->times};
    for (size_t v = 0; v < f->layout.columns.count; v++) {
        bool relative = f->layout.columns.variables[v] == STK_CLIMATE_TEMPERATURE;
        for (size_t m = 0; m < members; m++) {
            for (size_t b = 0; b < f->times; b++) {
                double value = series[v][b * r->stride + m] - (relative ? baselines_k[m] : 0);
                f->buffer[m * f->times + b] = r->member_failed[m] ? NAN : value;
            }
        }
        keep(d, d->call->nc_put_vara_double(d->id, f->variables[v], start, count, f->buffer));
    }
}

stk_status stk_climate_netcdf_write(stk_climate_netcdf *file, size_t at, const char *model,
                                    const char *scenario, const stk_ensemble_result *result,
                                    const double *const *series, const double *baselines_k,
                                    stk_error *error)
{
    netcdf_file_name(&file->file, at, model, scenario);
    if (is_members(file)) {
        write_members(file, at, result, series, baselines_k);
    } else {
        write_percentiles(file, at, result);
    }
    return netcdf_file_status(&file->file, error);
}

stk_status stk_climate_netcdf_close(stk_climate_netcdf *file, stk_error *error)
{
    if (file == NULL) {
        return STK_OK;
    }
    stk_status status = netcdf_file_close(&file->file, error);
    free(file->buffer);
    free(file);
    return status;
}

#else

stk_status stk_climate_netcdf_open(const char *path, const stk_climate_netcdf_layout *layout,
                                   stk_climate_netcdf **file, stk_error *error)
{
    (void)layout;
    *file = NULL;
    return netcdf_check(path, error);
}

stk_status stk_climate_netcdf_write(stk_climate_netcdf *file, size_t at, const char *model,
                                    const char *scenario, const stk_ensemble_result *result,
                                    const double *const *series, const double *baselines_k,
                                    stk_error *error)
{
    (void)file, (void)at, (void)model, (void)scenario, (void)result, (void)series;
    (void)baselines_k;
    return netcdf_check(NULL, error);
}

stk_status stk_climate_netcdf_close(stk_climate_netcdf *file, stk_error *error)
{
    (void)file, (void)error;
    return STK_OK;
}

#endif
