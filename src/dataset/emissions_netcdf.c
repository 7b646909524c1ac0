/** @file emissions_netcdf.c
 * @brief Emissions of scenarios as NetCDF-4 with the attributes of the CF conventions.
 *
 * Units are written as UDUNITS knows them, a mass by year; the substance, which is part of the unit
 * in IAMC tables, is in the attribute `iamc_unit`.
 */
#include "dataset/climate_output.h"
#include "dataset/netcdf_library.h"

#ifdef STK_HAVE_NETCDF

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dataset/netcdf_define.h"

enum { BLOCK = 32 }; /* scenarios that are written at once */

struct stk_emissions_netcdf {
    netcdf_library call;
    int id;
    char path[256];
    stk_emissions_netcdf_layout layout;
    size_t years;
    int scenario, model;
    int *variables;
    double *block; /* [variable][BLOCK][year] */
    size_t first;  /* scenario of the block */
    size_t count;
};

/* "AR6 climate diagnostics|Infilled|Emissions|CO2|AFOLU" is "Infilled_Emissions_CO2_AFOLU". */
static void name_of(const char *variable, char out[NC_MAX_NAME + 1])
{
    static const char prefix[] = "AR6 climate diagnostics|";
    size_t skip = strncmp(variable, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0;
    stk_print(out, NC_MAX_NAME + 1, "%s", variable + skip);
    for (char *c = out; *c != '\0'; c++) {
        *c = isalnum((unsigned char)*c) ? *c : '_';
    }
}

static void define_file(stk_emissions_netcdf *f, definer *d)
{
    const stk_emissions_netcdf_layout *l = &f->layout;
    netcdf_head head = {.title = "Harmonised and infilled emissions of scenarios",
                        .references = "10.5194/gmd-15-9075-2022, 10.5194/gmd-13-5259-2020",
                        .origin = l->origin,
                        .first_year = l->first_year,
                        .times = f->years};
    netcdf_define_head(d, &head);
    f->scenario = head.scenario;
    f->model = head.model;
    const int dims[2] = {head.scenario_dim, head.time_dim};
    const size_t chunk[2] = {BLOCK, f->years};
    for (size_t v = 0; v < l->variable_count; v++) {
        char name[NC_MAX_NAME + 1];
        char units[32];
        name_of(l->variables[v], name);
        cf_units(l->units[v], units);
        f->variables[v] = netcdf_define_data(d, name, 2, dims, l->variables[v], units, chunk, true);
        put_text(d, f->variables[v], "iamc_unit", l->units[v]);
    }
    keep(d, d->call->nc_enddef(d->id));
    netcdf_write_times(d, &head);
}

static stk_status fail(const stk_emissions_netcdf *f, int code, stk_error *error)
{
    return stk_error_at(error, STK_EIO, f->path, 0, 0, "%s", netcdf_why(&f->call, code));
}

static void release(stk_emissions_netcdf *f)
{
    free(f->variables);
    free(f->block);
    free(f);
}

stk_status stk_emissions_netcdf_open(const char *path, const stk_emissions_netcdf_layout *layout,
                                     stk_emissions_netcdf **file, stk_error *error)
{
    stk_emissions_netcdf *f = calloc(1, sizeof *f);
    *file = NULL;
    if (f == NULL) {
        return stk_error_memory(error);
    }
    f->layout = *layout;
    f->years = (size_t)(layout->last_year - layout->first_year + 1);
    f->variables = calloc(layout->variable_count + 1, sizeof *f->variables);
    f->block = malloc((layout->variable_count * f->years * BLOCK + 1) * sizeof *f->block);
    stk_print(f->path, sizeof f->path, "%s", layout->shown != NULL ? layout->shown : path);
    definer d = {&f->call, 0, NC_NOERR};
    stk_status status = f->variables == NULL || f->block == NULL
                            ? stk_error_memory(error)
                            : netcdf_load(&f->call, f->path, error);
    if (status == STK_OK) {
        d.code = f->call.nc_create(path, NC_NETCDF4, &d.id);
        status = d.code == NC_NOERR ? STK_OK : fail(f, d.code, error);
    }
    if (status != STK_OK) {
        release(f);
        return status;
    }
    f->id = d.id;
    define_file(f, &d);
    if (d.code != NC_NOERR) {
        status = fail(f, d.code, error);
        (void)stk_emissions_netcdf_close(f, NULL);
        return status;
    }
    *file = f;
    return STK_OK;
}

static stk_status write_block(stk_emissions_netcdf *f, stk_error *error)
{
    definer d = {&f->call, f->id, NC_NOERR};
    size_t start[2] = {f->first, 0};
    size_t count[2] = {f->count, f->years};
    for (size_t v = 0; v < f->layout.variable_count && f->count > 0; v++) {
        keep(&d, d.call->nc_put_vara_double(f->id, f->variables[v], start, count,
                                            f->block + v * BLOCK * f->years));
    }
    f->count = 0;
    return d.code == NC_NOERR ? STK_OK : fail(f, d.code, error);
}

stk_status stk_emissions_netcdf_write(stk_emissions_netcdf *file, size_t at, const char *model,
                                      const char *scenario, const double *values, stk_error *error)
{
    definer d = {&file->call, file->id, NC_NOERR};
    keep(&d, d.call->nc_put_var1_string(file->id, file->scenario, &at, &scenario));
    keep(&d, d.call->nc_put_var1_string(file->id, file->model, &at, &model));
    if (d.code != NC_NOERR) {
        return fail(file, d.code, error);
    }
    if (file->count > 0 && at != file->first + file->count) {
        stk_status status = write_block(file, error);
        if (status != STK_OK) {
            return status;
        }
    }
    file->first = file->count == 0 ? at : file->first;
    for (size_t v = 0; v < file->layout.variable_count; v++) {
        memcpy(file->block + (v * BLOCK + file->count) * file->years, values + v * file->years,
               file->years * sizeof *values);
    }
    file->count++;
    /* blocks lie as the chunks of the file do */
    return (at + 1) % BLOCK == 0 ? write_block(file, error) : STK_OK;
}

stk_status stk_emissions_netcdf_close(stk_emissions_netcdf *file, stk_error *error)
{
    if (file == NULL) {
        return STK_OK;
    }
    stk_status status = write_block(file, error);
    int code = file->call.nc_close(file->id);
    if (status == STK_OK && code != NC_NOERR) {
        status = fail(file, code, error);
    }
    release(file);
    return status;
}

#else

stk_status stk_emissions_netcdf_open(const char *path, const stk_emissions_netcdf_layout *layout,
                                     stk_emissions_netcdf **file, stk_error *error)
{
    (void)layout;
    *file = NULL;
    return netcdf_check(path, error);
}

stk_status stk_emissions_netcdf_write(stk_emissions_netcdf *file, size_t at, const char *model,
                                      const char *scenario, const double *values, stk_error *error)
{
    (void)file, (void)at, (void)model, (void)scenario, (void)values;
    return netcdf_check(NULL, error);
}

stk_status stk_emissions_netcdf_close(stk_emissions_netcdf *file, stk_error *error)
{
    (void)file, (void)error;
    return STK_OK;
}

#endif
